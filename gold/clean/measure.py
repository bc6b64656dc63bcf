"""How well furniture, titles and dates of publication are told, on texts written for this project (`cases.jsonl`).

A case has its text, its blocks as [start, end, kind], title and date (null where the text states none). Cases of the split
"held" were not looked at while words and rules were chosen. Measured per block of the gold (a block counts as what most of
its characters were marked as), per character for what was kept of the report, per case for title and date.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from lagebild.clean.blocks import BlockTools, mark_blocks
from lagebild.clean.masthead import MastheadTools, read_masthead
from lagebild.clean.repeats import print_lines
from lagebild.clean.stretches import StretchTools, cut_blocks
from lagebild.clean.text import TextTools, extract_text
from lagebild.model.document import Block, Document, LinePrints, Masthead, Stretch
from lagebild.model.source import Declared, RawItem
from lagebild.settings import Settings
from lagebild.step import DocView

CASES = Path(__file__).with_name("cases.jsonl")
CONTENT = {"headline", "lead", "paragraph", "list", "ticker_entry", "correction"}


def cases() -> list[dict[str, Any]]:
    """The labelled cases, in file order."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def cleaned(case: dict[str, Any]) -> tuple[list[Block], Masthead]:
    """What the stage makes of a case read as a plain text file."""
    settings = Settings()
    raw = case["text"].encode()
    item = RawItem(
        case["id"], f"{case['id']}.txt", None, sha256(raw).hexdigest(), "text/plain", len(raw), Declared()
    )
    rows: dict[type[Any], tuple[Any, ...]] = {RawItem: (item,)}
    made = extract_text([DocView(item.id, rows, raw=raw)], TextTools.load(settings))
    rows[Document] = tuple(row for row in made if isinstance(row, Document))
    rows[Stretch] = tuple(cut_blocks([DocView(item.id, rows)], StretchTools.load(settings)))
    rows[LinePrints] = tuple(print_lines([DocView(item.id, rows)]))
    rows[Block] = tuple(mark_blocks([DocView(item.id, rows)], BlockTools.load(settings)))
    masthead = next(iter(read_masthead([DocView(item.id, rows)], MastheadTools.load(settings))))
    return list(rows[Block]), masthead


def judged(case: dict[str, Any]) -> Iterator[tuple[str, str, int, int]]:
    """For each block of the gold: its kind, the kind most of its characters got, its characters, those marked as report."""
    blocks, _ = cleaned(case)
    marks = [""] * len(case["text"])
    for block in blocks:
        marks[block.start : block.end] = [block.kind] * (block.end - block.start)
    for start, end, kind in case["blocks"]:
        inside = [marks[k] for k in range(start, end) if not case["text"][k].isspace()]
        yield kind, Counter(inside).most_common(1)[0][0], len(inside), sum(mark in CONTENT for mark in inside)


def measure() -> dict[str, float]:
    """Figures over all cases and, with the prefix `held_`, over the held-out ones; 0 to 1."""
    every = cases()
    figures = _figures(every)
    held = _figures([case for case in every if case["split"] == "held"])
    return {**figures, **{f"held_{name}": value for name, value in held.items()}}


def _figures(some: list[dict[str, Any]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for case in some:
        for kind, got, size, kept in judged(case):
            counts["right_kind"] += kind == got
            counts["blocks"] += 1
            counts["found"] += kind not in CONTENT and got not in CONTENT
            counts["furniture"] += kind not in CONTENT
            counts["marked"] += got not in CONTENT
            counts["report"] += size if kind in CONTENT else 0
            counts["kept"] += kept if kind in CONTENT else 0
        masthead = cleaned(case)[1]
        counts["title"] += masthead.title == case["title"]
        counts["published"] += (masthead.published.value if masthead.published else None) == case["published"]
        counts["language"] += masthead.language == case["language"]
    return {
        "furniture_f1": 2 * counts["found"] / (counts["furniture"] + counts["marked"]),
        "content_kept": counts["kept"] / counts["report"],
        "kinds": counts["right_kind"] / counts["blocks"],
        "title": counts["title"] / len(some),
        "published": counts["published"] / len(some),
        "language": counts["language"] / len(some),
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:22} {value:.3f}")
