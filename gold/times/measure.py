"""How well time phrases are found and dated, on sentences (`cases.jsonl`) and news of many kinds (`more.jsonl`) written for this project.

A case has its sentence, the first and last day on which it was written (null: not known), and its phrases: place, TIMEX3 type
and value, mod, interval. A value of null is not judged (phrases that stay open). Cases of the split "held" were not looked at
while rules were written. A phrase counts as found where the span is the same to the character.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.annotate.times import TimeTools, find_times
from lagebild.model.document import Block, Document, Masthead, Stated, Stretch
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.story import Dateline, When
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.story.when import WhenTools, date_phrases
from lagebild.textkit.calendar import day_interval

CASES = tuple(Path(__file__).with_name(name) for name in ("cases.jsonl", "more.jsonl"))
_TOOLS = TimeTools.load(Settings())
_WHEN = WhenTools.load(Settings())
_SPLIT = SentenceTools.load(Settings())


def cases() -> list[dict[str, Any]]:
    """The labelled cases, in file order."""
    return [json.loads(line) for path in CASES for line in path.read_text(encoding="utf-8").splitlines()]


def dated(case: dict[str, Any]) -> list[tuple[TimePhrase, When]]:
    """The phrases of a case as the project finds and dates them."""
    text: str = case["text"]
    rows: dict[type[Any], tuple[Any, ...]] = {
        Document: (Document("d", text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (Masthead("d:m", "d", case["language"], None, None, None, None, None, (), ()),),
        Block: (Block("d:b", "d", 0, len(text), "paragraph", True),),
        Stretch: (Stretch("d:b", "d", 0, len(text)),),
        Dateline: (),
    }
    rows[Sentence] = tuple(split_sentences([DocView("d", rows)], _SPLIT))
    rows[TimePhrase] = tuple(find_times([DocView("d", rows)], _TOOLS))
    if case["written"]:
        first, last = (date.fromisoformat(day) for day in case["written"])
        whole = day_interval(first, last)
        rows[Dateline] = (Dateline("d:n", "d", whole.earliest, whole.latest, "published", ()),)
    return list(zip(rows[TimePhrase], date_phrases([DocView("d", rows)], _WHEN), strict=True))


def measure() -> dict[str, float]:
    """Span F1; type, value, mod and interval right, as shares of all labelled phrases; each for open and held cases.

    `year_and_side`: one less the share of phrases dated to a wrong year or to the wrong side of the day of writing.
    """
    counts: dict[str, Counter[str]] = {"open": Counter(), "held": Counter()}
    for case in cases():
        _count(case, counts[case["split"]])
    return {
        f"{name}_{split}": figure for split, told in counts.items() for name, figure in _figures(told).items()
    }


def _count(case: dict[str, Any], told: Counter[str]) -> None:
    found = {(phrase.start, phrase.end): (phrase, when) for phrase, when in dated(case)}
    told["found"] += len(found)
    for gold in case["phrases"]:
        told["gold"] += 1
        told["judged"] += gold["value"] is not None
        if (gold["start"], gold["end"]) not in found:
            continue
        phrase, when = found[gold["start"], gold["end"]]
        told["span"] += 1
        told["type"] += phrase.type == gold["type"]
        told["mod"] += phrase.mod == gold["mod"] or phrase.mod in ("APPROX", "EQUAL_OR_MORE")
        told["value"] += gold["value"] is not None and when.value == gold["value"]
        told["astray"] += _astray(case, gold, when)
        told["interval"] += (when.earliest, when.latest) == (gold["earliest"], gold["latest"])


def _astray(case: dict[str, Any], gold: dict[str, Any], when: When) -> bool:
    """True for a wrong year, or what was before the day of writing put after it or the other way round."""
    if not (gold["earliest"] and when.earliest) or gold["type"] == "DURATION":
        return False
    written = case["written"][0] if case["written"] else ""
    sides = [bool(written) and at[:10] > written for at in (gold["earliest"], when.earliest)]
    return bool(gold["earliest"][:4] != when.earliest[:4] or sides[0] != sides[1])


def _figures(told: Counter[str]) -> dict[str, float]:
    return {
        "span_f1": 2 * told["span"] / (told["gold"] + told["found"]),
        "type": told["type"] / told["gold"],
        "mod": told["mod"] / told["gold"],
        "value": told["value"] / told["judged"],
        "interval": told["interval"] / told["gold"],
        "year_and_side": 1 - told["astray"] / told["gold"],
    }
