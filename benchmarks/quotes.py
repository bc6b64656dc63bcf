"""Quotations against WikiNews articles labelled by Petersen-Frey and Biemann 2024 (CC BY-NC-SA 4.0: measured only; nothing of
it is kept or shown, and no list was taken from it).

    python -m benchmarks.quotes [FILE]     default ../shared/corpora/quotes/wikinews-dev.jsonl.gz; without it the reason is printed

Its scheme is not ours, so both sides are brought together first:
- direct speech is labelled with its marks: our pieces are widened by the marks beside them;
- mixed speech is two labels there, the clause and, nested in it, the words in marks: ours are doubled the same way;
- free indirect speech over several sentences is one label there, one row a sentence here: rows without a cue that follow each
  other are joined;
- „Reported“ (an utterance told, not quoted) is labelled as the whole sentence there, speaker included: a noun phrase as words
  is widened to its clause with cue and speaker; labels of that type are scored with the others and in a row of their own.
A found quotation matches a label when their characters overlap by at least half of their union, one to one, best first; joint
means that the speaker overlaps too, or that both have none. The baseline takes every pair of quotation marks with at least
three words and the name before or after it.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gold.quote.measure import annotated, matched, quotes_of

from lagebild.model.marks import Mention, Sentence
from lagebild.model.speech import Quote

__all__ = ["Utterance", "mapped", "score"]

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "quotes" / "wikinews-dev.jsonl.gz"
TYPES = ("Direct", "Indirect", "FreeIndirect", "IndirectFreeIndirect", "Reported")
MARKS = '„“”"»«‚‘’'
Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Utterance:
    """Words and speaker as character stretches; `kind` is the label's type, "" for what was found."""

    words: Stretches
    speaker: Stretches
    kind: str = ""


def labelled(article: dict[str, Any]) -> list[Utterance]:
    """The labels of an article."""
    return [
        Utterance(_pairs(row["quote"]), _pairs(row["speaker"]), row["type"])
        for row in article["quotes"]
        if row["quote"]
    ]


def _pairs(rows: Sequence[Sequence[int]]) -> Stretches:
    return tuple((row[0], row[1]) for row in rows)


def mapped(text: str, quotes: Sequence[Quote], sentences: Sequence[tuple[int, int]]) -> list[Utterance]:
    """Our rows in the scheme of the labels."""
    found: list[Utterance] = []
    last: Quote | None = None
    for quote in quotes:
        words = tuple((piece.start, piece.end) for piece in quote.pieces)
        speaker = ((quote.speaker.start, quote.speaker.end),) if quote.speaker else ()
        if quote.form == "direct":
            found.append(Utterance(tuple(_with_marks(text, piece) for piece in words), speaker))
        elif quote.reasons[0].name == "noun_phrase":
            hull = [*words, *speaker, *((cue.start, cue.end) for cue in quote.cue)]
            start, end = _sentence_at(sentences, quote.start, quote.end)
            found.append(
                Utterance(
                    ((max(start, min(a for a, _ in hull)), min(end, max(b for _, b in hull))),), speaker
                )
            )
        elif (
            not quote.cue
            and last is not None
            and not last.cue
            and found
            and text[last.end : quote.start].strip() == ""
        ):
            found[-1] = Utterance(((found[-1].words[0][0], quote.end),), found[-1].speaker)
        elif quote.reasons[0].name != "marked_words":
            found.append(Utterance(words, speaker))
        if quote.form == "mixed":
            found += [
                Utterance((_with_marks(text, (mark.start, mark.end)),), speaker) for mark in quote.marked
            ]
        last = quote if quote.form != "direct" else None
    return found


def _with_marks(text: str, words: tuple[int, int]) -> tuple[int, int]:
    start, end = words
    while start > 0 and text[start - 1] in MARKS:
        start -= 1
    while end < len(text) and text[end] in MARKS:
        end += 1
    return start, end


def _sentence_at(sentences: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    return next(((a, b) for a, b in sentences if a <= start < b), (start, end))


def baseline(text: str, names: Sequence[tuple[int, int]]) -> list[Utterance]:
    """Every pair of quotation marks with three words or more; the nearest name is the speaker."""
    found = []
    for match in re.finditer(r"[„“»\"]([^„“”»«\"\n]{5,2000})[“”«\"]", text):
        if len(match[1].split()) >= 3:
            near = min(
                names,
                key=lambda name: min(abs(name[0] - match.end()), abs(match.start() - name[1])),
                default=None,
            )
            found.append(Utterance(((match.start(), match.end()),), (near,) if near else ()))
    return found


def score(pairs: Sequence[tuple[list[Utterance], list[Utterance]]]) -> dict[str, float]:
    """Words F1, joint F1 in per cent; recall and share of right speakers by type of label."""
    gold = found = hits = joint = 0
    by_kind: dict[str, list[int]] = {kind: [0, 0, 0] for kind in TYPES}
    for labels, ours in pairs:
        gold += len(labels)
        found += len(ours)
        for label in labels:
            by_kind[label.kind][0] += 1
        for k, j in matched([one.words for one in labels], [one.words for one in ours]):
            right = _same_speaker(labels[k].speaker, ours[j].speaker)
            hits += 1
            joint += right
            by_kind[labels[k].kind][1] += 1
            by_kind[labels[k].kind][2] += right
    figures = {
        "labels": float(gold), "found": float(found), "words_f1": _percent(2 * hits, gold + found), "joint_f1": _percent(2 * joint, gold + found),
        "precision": _percent(hits, found), "recall": _percent(hits, gold), "speaker_of_matched": _percent(joint, hits),
    }  # fmt: skip
    for kind, (all_, hit, named) in by_kind.items():
        figures[f"{kind}_recall"] = _percent(hit, all_)
        figures[f"{kind}_speaker"] = _percent(named, hit)
    return figures


def _same_speaker(left: Stretches, right: Stretches) -> bool:
    if not left or not right:
        return not left and not right
    return any(a < d and c < b for a, b in left for c, d in right)


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(arguments: list[str]) -> int:
    """Print the figures; 0 also where the corpus is absent."""
    path = Path(arguments[0]) if arguments else DEFAULT
    if not path.is_file():
        print(f"quotes: no corpus at {path}; skipped")
        return 0
    started = time.perf_counter()
    ours, plain = [], []
    for article in _read(path):
        text, labels = article["text"], labelled(article)
        view = annotated(text, "de")
        sentences = [(row.start, row.end) for row in view.rows(Sentence)]
        ours.append((labels, mapped(text, quotes_of(text, "de"), sentences)))
        names = [(row.start, row.end) for row in view.rows(Mention) if row.kind in ("PER", "ORG")]
        plain.append((labels, baseline(text, names)))
    print("lagebild", json.dumps(score(ours)))
    print("quotation marks alone", json.dumps(score(plain)))
    print(f"{len(ours)} articles, {time.perf_counter() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
