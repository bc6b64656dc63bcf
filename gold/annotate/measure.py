"""How well sentences, names and quantities are found on the labelled cases of this folder.

`marked` holds a text with its answer. Sentences: `‖` where one ends. Names: `[as written|base form]{KIND}`, `d` behind the kind for
derived. Quantities: `[as written]{low;high;unit;hedge;counted}`, empty = null. `split` is "held" for cases that were not looked at
while the rules were made.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from lagebild.annotate.names import NameTools, find_names
from lagebild.annotate.quantities import QuantityTools, find_quantities
from lagebild.annotate.sentences import SentenceTools, sentence_bounds, split_sentences
from lagebild.annotate.words import WordTools, split_words
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
    return {name: round(value, 4) for name, value in sorted(result.items())}


def cases(name: str, split: str | None = None) -> list[Case]:
    """The labelled cases of a file, those of one split where it is given."""
    rows = [
        json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    return [row for row in rows if split is None or row["split"] == split]


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


def annotated(text: str, language: str) -> DocView:
    """A document of one block a line with sentences and words."""
    rows: dict[type[Any], tuple[Any, ...]] = {
        Document: (Document("d", text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (Masthead("d:m", "d", language, None, None, None, None, None, (), ()),),
        TimePhrase: (),
    }
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    rows[Stretch] = tuple(Stretch(place_id("d", "b", start, end), "d", start, end) for start, end in lines)
    rows[Block] = tuple(Block(it.id, "d", it.start, it.end, "paragraph", True) for it in rows[Stretch])
    found = split_sentences([DocView("d", rows)], SentenceTools.load(SETTINGS))
    rows[Sentence] = tuple(row for row in found if isinstance(row, Sentence))
    rows[Words] = tuple(split_words([DocView("d", rows)], WordTools.load(SETTINGS)))
    return DocView("d", rows)


def expected_names(case: Case) -> tuple[str, Answers]:
    """Text and names of a case as (start, end, kind, derived, base)."""
    text, spans = unmarked(case["marked"])
    return text, Counter(
        (start, end, label.rstrip("d"), label.endswith("d"), base) for start, end, base, label in spans
    )


def found_names(text: str, language: str) -> Answers:
    """What `find_names` finds, in the same form."""
    rows: Iterable[Mention] = find_names([annotated(text, language)], NameTools.load(SETTINGS))
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
    return [text[start:end] for start, end in sentence_bounds(text, SentenceTools.load(SETTINGS))]


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
