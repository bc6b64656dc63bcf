"""How well quotations, speakers, stance and distance are told, on texts written for this project (`cases.jsonl`).

A case is a text with marks (`gold/quote/marked.py`): 1 the words of quotation 1, 1s its speaker, 1c its cue, 1r who passes it
on, 1a whom it is said to; `quotes` says form, stance and distance of each, and `in=2` for words inside those of quotation 2. A
found quotation matches a labelled one when their characters overlap by at least half of their union, one to one, best first.
The speaker is right when it overlaps the labelled one, or both are absent; a chain when each place of those who pass the
words on overlaps; an addressee is only looked for where one is labelled. Cases of the split "held" were not looked at while words and rules were chosen.

    python -m gold.quote.measure        lists every miss of the tuned cases
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from gold.quote.marked import Places, read_marked

from lagebild.annotate.names import NameTools, find_names
from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.annotate.words import WordTools, split_words
from lagebild.clean.stretches import StretchTools, cut_blocks
from lagebild.model.document import Block, Document, Masthead, Stated, Stretch
from lagebild.model.marks import Mention, Sentence, Words
from lagebild.model.speech import Quote
from lagebild.quote.find import QuoteTools, find_quotes
from lagebild.settings import Settings
from lagebild.step import DocView

CASES = Path(__file__).with_name("cases.jsonl")
Stretches = tuple[tuple[int, int], ...]


@cache
def _tools() -> tuple[StretchTools, SentenceTools, WordTools, NameTools, QuoteTools]:
    given = Settings()
    return (
        StretchTools.load(given), SentenceTools.load(given), WordTools.load(given), NameTools.load(given), QuoteTools.load(given),
    )  # fmt: skip


def cases() -> list[dict[str, Any]]:
    """The labelled cases, in file order."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def annotated(text: str, language: str, doc_id: str = "d") -> DocView:
    """A text with the layers that the stage reads; every block counts as content, a short one without full stop as a headline."""
    stretch_tools, sentence_tools, word_tools, name_tools, _ = _tools()
    rows: dict[type[Any], tuple[Any, ...]] = {
        Document: (Document(doc_id, text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (Masthead(f"{doc_id}:m", doc_id, language, None, None, None, None, None, (), ()),),
    }
    rows[Stretch] = tuple(
        row for row in cut_blocks([DocView(doc_id, rows)], stretch_tools) if isinstance(row, Stretch)
    )
    rows[Block] = tuple(_block(row, text) for row in rows[Stretch])
    found = split_sentences([DocView(doc_id, rows)], sentence_tools)
    rows[Sentence] = tuple(row for row in found if isinstance(row, Sentence))
    rows[Words] = tuple(split_words([DocView(doc_id, rows)], word_tools))
    rows[Mention] = tuple(find_names([DocView(doc_id, rows)], name_tools))
    return DocView(doc_id, rows)


def _block(row: Stretch, text: str) -> Block:
    words = text[row.start : row.end]
    short = len(words) < 90 and words.rstrip('“”"«»')[-1:] not in ".!?:,"
    return Block(row.id, row.doc_id, row.start, row.end, "headline" if short else "paragraph", True)


def quotes_of(text: str, language: str) -> list[Quote]:
    """What the stage finds in a text."""
    return list(find_quotes([annotated(text, language)], _tools()[4]))


def overlap(left: Stretches, right: Stretches) -> float:
    """Shared characters as a share of the union."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)
    size = sum(b - a for a, b in left) + sum(d - c for c, d in right) - both
    return both / size if size else 0.0


def matched(gold: Sequence[Stretches], found: Sequence[Stretches]) -> list[tuple[int, int]]:
    """Pairs of gold and found that overlap by at least half, one to one, best first."""
    scores = sorted(
        ((-overlap(one, other), k, j) for k, one in enumerate(gold) for j, other in enumerate(found)),
        key=lambda row: row,
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for score, k, j in scores:
        if -score >= 0.5 and k not in taken[0] and j not in taken[1]:
            taken[0].add(k)
            taken[1].add(j)
            pairs.append((k, j))
    return sorted(pairs)


def _pieces(quote: Quote) -> Stretches:
    return tuple((piece.start, piece.end) for piece in quote.pieces)


def judged(case: dict[str, Any]) -> tuple[str, Places, list[str], list[Quote], list[tuple[int, int]]]:
    """Text, labels, the numbers of its quotations, what was found, and which belong together."""
    text, places = read_marked(case["marked"])
    numbers = sorted(case["quotes"])
    found = quotes_of(text, case["language"])
    return (
        text,
        places,
        numbers,
        found,
        matched([places[one] for one in numbers], [_pieces(one) for one in found]),
    )


def _counts(split: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for case in cases():
        if case["split"] == split:
            counts.update(_case_counts(case))
    return counts


def _case_counts(case: dict[str, Any]) -> Counter[str]:
    _, places, numbers, found, pairs = judged(case)
    counts = Counter({"gold": len(numbers), "found": len(found), "matched": len(pairs)})
    counts["direct"] = sum(case["quotes"][one].split()[0] == "direct" for one in numbers)
    for k, j in pairs:
        form, stance, distance, *within = case["quotes"][numbers[k]].split()
        quote, said_by = found[j], places.get(numbers[k] + "s", ())
        counts["exact"] += places[numbers[k]] == _pieces(quote)
        counts["direct_matched"] += form == "direct"
        counts["form"] += quote.form == form
        counts["stance"] += quote.stance == stance
        counts["distance"] += quote.distance == distance
        right = _speaker_right(said_by, quote)
        counts["speaker"] += right
        counts["wrong_person"] += not right and quote.speaker is not None
        counts["unknown"] += not said_by
        counts["cue"] += _overlaps(places.get(numbers[k] + "c", ()), [(c.start, c.end) for c in quote.cue])
        passed_on, told = places.get(numbers[k] + "r", ()), places.get(numbers[k] + "a", ())
        counts["chain"] += bool(passed_on)
        counts["chain_right"] += bool(passed_on) and _overlaps(
            passed_on, sorted((r.start, r.end) for r in quote.reported_by)
        )
        counts["told"] += bool(told)
        counts["told_right"] += (
            bool(told)
            and quote.addressee is not None
            and _overlaps(told, [(quote.addressee.start, quote.addressee.end)])
        )
        counts["within"] += bool(within)
        counts["within_right"] += bool(within) and quote.inside is not None
        counts["unknown_right"] += not said_by and quote.speaker is None
    return counts


def _speaker_right(said_by: Stretches, quote: Quote) -> bool:
    if quote.speaker is None or not said_by:
        return quote.speaker is None and not said_by
    return any(a < quote.speaker.end and quote.speaker.start < b for a, b in said_by)


def _overlaps(gold: Stretches, found: Sequence[tuple[int, int]]) -> bool:
    """Each labelled stretch touches one that was found, and the other way round."""
    return all(any(a < d and c < b for c, d in found) for a, b in gold) and all(
        any(a < d and c < b for a, b in gold) for c, d in found
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def measure() -> dict[str, float]:
    """Figures of the tuned and of the held cases; larger is better."""
    figures: dict[str, float] = {}
    for split in ("tuned", "held"):
        counts = _counts(split)
        figures[f"{split}_words_f1"] = _share(2 * counts["matched"], counts["gold"] + counts["found"])
        figures[f"{split}_exact_f1"] = _share(2 * counts["exact"], counts["gold"] + counts["found"])
        figures[f"{split}_joint_f1"] = _share(2 * counts["speaker"], counts["gold"] + counts["found"])
        figures[f"{split}_direct_recall"] = _share(counts["direct_matched"], counts["direct"])
        figures[f"{split}_speaker"] = _share(counts["speaker"], counts["matched"])
        figures[f"{split}_no_wrong_person"] = 1 - _share(counts["wrong_person"], counts["matched"])
        figures[f"{split}_unknown_as_unknown"] = _share(counts["unknown_right"], counts["unknown"])
        figures[f"{split}_stance"] = _share(counts["stance"], counts["matched"])
        figures[f"{split}_distance"] = _share(counts["distance"], counts["matched"])
        figures[f"{split}_form"] = _share(counts["form"], counts["matched"])
        figures[f"{split}_cue"] = _share(counts["cue"], counts["matched"])
        figures[f"{split}_chain"] = _share(counts["chain_right"], counts["chain"])
        figures[f"{split}_addressee"] = _share(counts["told_right"], counts["told"])
        figures[f"{split}_inside"] = _share(counts["within_right"], counts["within"])
    return figures


def misses(split: str) -> Iterator[str]:
    """What went wrong in the cases of a split, a line each."""
    for case in cases():
        if case["split"] != split:
            continue
        text, places, numbers, found, pairs = judged(case)
        hit, used = {k for k, _ in pairs}, {j for _, j in pairs}
        for k, number in enumerate(numbers):
            if k not in hit:
                yield f"{case['id']} missed: {[text[a:b] for a, b in places[number]]}"
        for j, quote in enumerate(found):
            if j not in used:
                yield f"{case['id']} too much: {text[quote.start : quote.end]!r} ({quote.reasons[0].name})"
        for k, j in pairs:
            said_by = places.get(numbers[k] + "s", ())
            speaker = found[j].speaker
            if not _speaker_right(said_by, found[j]):
                named = text[speaker.start : speaker.end] if speaker else None
                yield f"{case['id']} speaker: {named!r} for {[text[a:b] for a, b in said_by]}"
            now = f"{found[j].form} {found[j].stance} {found[j].distance}"
            if now.split() != case["quotes"][numbers[k]].split()[:3]:
                yield f"{case['id']} {now} for {case['quotes'][numbers[k]]}: {text[found[j].start : found[j].end]!r}"


if __name__ == "__main__":
    print(*misses("tuned"), sep="\n")
    print(json.dumps(measure(), indent=1))
