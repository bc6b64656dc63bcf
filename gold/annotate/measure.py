"""How well sentences, names and quantities are found on the labelled cases of this folder.

`marked` holds a text with its answer. Sentences: `‖` where one ends. Names: `[as written|base form]{KIND}`, `d` behind the kind for
derived. Quantities: `[as written]{low;high;unit;hedge;counted}`, empty = null. `split` is "held" for cases that were not looked at
while the rules were made.

`news.jsonl`: short news texts with their outer names by the rules of GermEval 2014 (OTH = MISC); what is `derived` („Moskauer“, a
compound) does not count, and of a name with `judged` false (a compound, a currency) nothing found inside counts either.
`moods.jsonl`: sentences with the mood of every finite verb. In both, `held` cases are only measured. `python -m gold.annotate.measure`
prints the intervals too.
`languages.jsonl`: headlines and short sentences with their language (null: names alone), some in a document of another one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

from lagebild.annotate.names import NameTools, find_names
from lagebild.annotate.quantities import QuantityTools, find_quantities
from lagebild.annotate.sentences import SentenceTools, sentence_bounds, split_sentences
from lagebild.annotate.words import WordTools, split_words
from lagebild.lang.language import passage_language
from lagebild.model.document import Block, Document, Masthead, Stated, Stretch
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase, Words
from lagebild.settings import Settings
from lagebild.step import DocView

HERE = Path(__file__).parent
MARK = re.compile(r"\[([^\]|]+)(?:\|([^\]]+))?\]\{([^}]*)\}")
SETTINGS = Settings()

Answers = Counter[tuple[Any, ...]]
Case = dict[str, Any]


def measure() -> dict[str, float]:
    """Per layer and split: shares of exact sentence cases, strict F1 of names (with kind) and quantities (all fields)."""
    result: dict[str, float] = {}
    for split in ("tune", "held"):
        result[f"sentences.exact.{split}"] = _exact_sentences(split)
        result.update(_name_scores(split))
        result.update(_quantity_scores(split))
    for held in (False, True):
        result.update(_news_scores(held))
        result.update(_mood_scores(held))
    for split in ("tune", "held"):
        result.update(_language_scores(split))
    return {name: round(value, 4) for name, value in sorted(result.items())}


def cases(name: str, split: str | None = None) -> list[Case]:
    """The labelled cases of a file, those of one split where it is given."""
    return [row for row in _rows(name) if split is None or row["split"] == split]


def _rows(name: str) -> list[Case]:
    return [
        json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The text without marks, and each marked stretch: start, end, second form (or the words themselves), label."""
    parts: list[str] = []
    spans: list[tuple[int, int, str, str]] = []
    place = length = 0
    for match in MARK.finditer(marked):
        before = marked[place : match.start()]
        start = length + len(before)
        end = start + len(match[1])
        parts += [before, match[1]]
        spans.append((start, end, match[2] or match[1], match[3]))
        place, length = match.end(), end
    return "".join([*parts, marked[place:]]), spans


@cache
def _tools() -> tuple[SentenceTools, WordTools, NameTools]:
    return SentenceTools.load(SETTINGS), WordTools.load(SETTINGS), NameTools.load(SETTINGS)


def mark(rows: dict[type[Any], tuple[Any, ...]]) -> None:
    """Add words (with whatever is known of each) and names to a document with sentences: the one place that calls these steps."""
    _, words, names = _tools()
    rows[Words] = tuple(split_words([DocView("d", rows)], words))
    rows[Mention] = tuple(find_names([DocView("d", rows)], names))


def annotated(text: str, language: str) -> DocView:
    """A document of one block a line with sentences, words and names."""
    rows: dict[type[Any], tuple[Any, ...]] = {
        Document: (Document("d", text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (Masthead("d:m", "d", language, None, None, None, None, None, (), ()),),
        TimePhrase: (),
    }
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    rows[Stretch] = tuple(Stretch(place_id("d", "b", start, end), "d", start, end) for start, end in lines)
    rows[Block] = tuple(Block(it.id, "d", it.start, it.end, "paragraph", True) for it in rows[Stretch])
    found = split_sentences([DocView("d", rows)], _tools()[0])
    rows[Sentence] = tuple(row for row in found if isinstance(row, Sentence))
    mark(rows)
    return DocView("d", rows)


def expected_names(case: Case) -> tuple[str, Answers]:
    """Text and names of a case as (start, end, kind, derived, base)."""
    text, spans = unmarked(case["marked"])
    return text, Counter(
        (start, end, label.rstrip("d"), label.endswith("d"), base) for start, end, base, label in spans
    )


def found_names(text: str, language: str) -> Answers:
    """The names found, in the same form."""
    rows = annotated(text, language).rows(Mention)
    return Counter((row.start, row.end, row.kind, row.derived, row.base) for row in rows)


def expected_quantities(case: Case) -> tuple[str, Answers]:
    """Text and quantities of a case as (start, end, low, high, unit, hedge, counted words)."""
    text, spans = unmarked(case["marked"])
    return text, Counter((start, end, *_quantity_label(label)) for start, end, _, label in spans)


def _quantity_label(label: str) -> tuple[float | None, float | None, str | None, str, str | None]:
    low, high, unit, hedge, counted = (label.split(";") + [""] * 5)[:5]
    same = low if high == "=" else high
    return (
        float(low) if low else None,
        float(same) if same else None,
        unit or None,
        hedge or "exact",
        counted or None,
    )


def found_quantities(text: str, language: str) -> Answers:
    """What `find_quantities` finds, in the same form."""
    rows: Iterable[Quantity] = find_quantities([annotated(text, language)], QuantityTools.load(SETTINGS))
    return Counter(
        (
            it.start,
            it.end,
            it.low,
            it.high,
            it.unit,
            it.hedge,
            text[it.counted.start : it.counted.end] if it.counted else None,
        )
        for it in rows
    )


def _exact_sentences(split: str) -> float:
    right = [
        sentences_of(case) == [part.strip() for part in case["marked"].split("‖")]
        for case in cases("sentences", split)
    ]
    return sum(right) / len(right)


def sentences_of(case: Case) -> list[str]:
    """The sentences found in a case, read as one stretch."""
    text = case["marked"].replace("‖", "")
    return [text[start:end] for start, end in sentence_bounds(text, _tools()[0])]


def _name_scores(split: str) -> Iterator[tuple[str, float]]:
    pairs = [(expected_names(case), case["language"]) for case in cases("names", split)]
    both = [(answers, found_names(text, language)) for (text, answers), language in pairs]
    yield f"names.strict_f1.{split}", _f1(both, lambda it: it[:4])
    yield f"names.spans_f1.{split}", _f1(both, lambda it: it[:2])
    yield f"names.with_base_f1.{split}", _f1(both, lambda it: it)
    for kind in ("PER", "ORG", "LOC"):
        of_kind = [(_only(left, kind), _only(right, kind)) for left, right in both]
        yield f"names.strict_f1.{kind}.{split}", _f1(of_kind, lambda it: it[:4])


def _only(answers: Answers, kind: str) -> Answers:
    return Counter({key: count for key, count in answers.items() if key[2] == kind})


def _quantity_scores(split: str) -> Iterator[tuple[str, float]]:
    pairs = [(expected_quantities(case), case["language"]) for case in cases("quantities", split)]
    both = [(answers, found_quantities(text, language)) for (text, answers), language in pairs]
    yield f"quantities.all_fields_f1.{split}", _f1(both, lambda it: it)
    yield f"quantities.values_f1.{split}", _f1(both, lambda it: it[2:6])
    yield f"quantities.spans_f1.{split}", _f1(both, lambda it: it[:2])


def news(held: bool) -> list[Case]:
    """The news texts of one half, in file order."""
    return [case for case in _rows("news") if case["held"] == held]


def news_answers(case: Case) -> tuple[Answers, Answers]:
    """Names of a news text as (start, end, kind, derived): those to find, those found; without what is not judged."""
    wanted = Counter(
        (name["start"], name["end"], name["kind"], name["derived"])
        for name in case["names"]
        if name["judged"]
    )
    open_spans = [(name["start"], name["end"]) for name in case["names"] if not name["judged"]]
    found = Counter(
        (row.start, row.end, row.kind, row.derived)
        for row in annotated(case["text"], case["language"]).rows(Mention)
        if not any(start <= row.start and row.end <= end for start, end in open_spans)
    )
    return wanted, found


def _news_scores(held: bool) -> Iterator[tuple[str, float]]:
    answers = [news_answers(case) for case in news(held)]
    for name, kinds, derived in (
        ("", ("PER", "LOC", "ORG", "MISC"), False),
        ("_per_loc", ("PER", "LOC"), False),
        ("_per", ("PER",), False),
        ("_loc", ("LOC",), False),
        ("_org", ("ORG",), False),
        ("_derived", ("PER", "LOC", "ORG", "MISC"), True),
    ):
        pairs = [(_chosen(left, kinds, derived), _chosen(right, kinds, derived)) for left, right in answers]
        yield f"names_news{name}{'_held' if held else ''}", _f1(pairs, lambda it: it)


def _chosen(answers: Answers, kinds: tuple[str, ...], derived: bool) -> Answers:
    return Counter({key: n for key, n in answers.items() if key[2] in kinds and key[3] == derived})


def mood_counts(held: bool) -> Counter[str]:
    """Finite verbs and words by what they are and what they were taken for: `right`, `wrong` (not in reported mood), `missed`."""
    told: Counter[str] = Counter(dict.fromkeys(("right", "wrong", "missed"), 0))
    for case in _rows("moods"):
        if case["held"] != held:
            continue
        wanted = {verb["start"] for verb in case["verbs"] if verb["mood"] == "Sub"}
        found = _subjunctives(annotated(case["text"], "de"), [verb["start"] for verb in case["verbs"]])
        told.update(right=len(wanted & found), wrong=len(found - wanted), missed=len(wanted - found))
    return told


def _subjunctives(doc: DocView, verbs: list[int]) -> set[int]:
    """Where words with Mood=Sub begin; for one that holds a labelled verb, where that begins."""
    found = set()
    for row in doc.rows(Words):
        for start, end, feats in zip(row.starts, row.ends, row.feats, strict=False):
            if "Mood=Sub" in feats.split("|"):
                found.add(next((verb for verb in verbs if start <= verb < end), start))
    return found


def _mood_scores(held: bool) -> Iterator[tuple[str, float]]:
    told = mood_counts(held)
    for name, missed in (("precision", "wrong"), ("recall", "missed")):
        asked = told["right"] + told[missed]
        yield f"moods_{name}{'_held' if held else ''}", told["right"] / asked if asked else 0.0


def _language_scores(split: str) -> Iterator[tuple[str, float]]:
    """Shares of short texts whose language is told, and of all texts where none or the right one is (`languages.jsonl`)."""
    told = [
        (case["language"], passage_language(case["text"], case["document"]))
        for case in cases("languages", split)
    ]
    known = [(wanted, found) for wanted, found in told if wanted is not None]
    yield f"languages.told.{split}", sum(wanted == found for wanted, found in known) / len(known)
    yield f"languages.none_wrong.{split}", sum(found in (None, wanted) for wanted, found in told) / len(told)


def wilson(right: int, asked: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); (0, 1) where nothing was asked."""
    if not asked:
        return 0.0, 1.0
    share, square = right / asked, z * z / asked
    middle = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / asked + square / (4 * asked)) / (1 + square)
    return middle - half, middle + half


def intervals() -> Iterator[str]:
    """Precision and recall of the reported mood over all sentences, each with its 95 % interval, as lines for people."""
    told = mood_counts(False) + mood_counts(True)
    for name, missed in (("precision", "wrong"), ("recall", "missed")):
        right, asked = told["right"], told["right"] + told[missed]
        low, high = wilson(right, asked)
        share = right / asked if asked else 0.0
        yield f"Mood=Sub {name} {share:.3f} ({right} of {asked}; 95 % {low:.3f} to {high:.3f})"


def _f1(
    pairs: Iterable[tuple[Answers, Answers]], seen: Callable[[tuple[Any, ...]], tuple[Any, ...]]
) -> float:
    right = wrong = missed = 0
    for expected, found in pairs:
        left, other = Counter(map(seen, expected.elements())), Counter(map(seen, found.elements()))
        common = sum((left & other).values())
        right, wrong, missed = (
            right + common,
            wrong + sum(other.values()) - common,
            missed + sum(left.values()) - common,
        )
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
    print(*intervals(), sep="\n")
