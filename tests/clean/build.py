"""Small views for the tests of this package: a text as a document, run through the steps before the one under test."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from lagebild.clean.blocks import BlockTools, mark_blocks
from lagebild.clean.masthead import MastheadTools, read_masthead
from lagebild.clean.repeats import print_lines
from lagebild.clean.stretches import StretchTools, cut_blocks
from lagebild.clean.text import TextTools, extract_text
from lagebild.model.account import Problem
from lagebild.model.document import (
    Block,
    Document,
    KindHint,
    LinePrints,
    Masthead,
    RepeatedLine,
    Stated,
    Stretch,
)
from lagebild.model.source import Declared, RawItem
from lagebild.settings import Settings
from lagebild.step import DocView


def item(
    raw: bytes = b"",
    media_type: str = "text/plain",
    declared: Declared | None = None,
    line: int | None = None,
) -> RawItem:
    return RawItem(
        "d1", "report.txt", line, sha256(raw).hexdigest(), media_type, len(raw), declared or Declared()
    )


def extracted(
    raw: bytes, media_type: str = "text/plain", max_text: int = 1_000_000
) -> tuple[Document | None, list[Problem]]:
    view = DocView("d1", {RawItem: (item(raw, media_type),)}, raw=raw)
    rows = list(extract_text([view], TextTools.load(Settings(max_text=max_text))))
    made = [row for row in rows if isinstance(row, Document)]
    return (made[0] if made else None), [row for row in rows if isinstance(row, Problem)]


def document(text: str, hints: Sequence[KindHint] = (), stated: Stated | None = None) -> Document:
    return Document("d1", text, "text/plain", "utf-8", stated or Stated(), tuple(hints), None)


def stretches(doc: Document, max_text: int = 1_000_000) -> list[Stretch]:
    return list(
        cut_blocks([DocView("d1", {Document: (doc,)})], StretchTools.load(Settings(max_text=max_text)))
    )


def parts(text: str) -> list[str]:
    """The exact words of each stretch."""
    return [text[s.start : s.end] for s in stretches(document(text))]


def blocks(
    doc: Document, declared: Declared | None = None, repeated: Sequence[RepeatedLine] = ()
) -> list[Block]:
    rows: dict[type[Any], tuple[Any, ...]] = {
        RawItem: (item(declared=declared),),
        Document: (doc,),
        Stretch: tuple(stretches(doc)),
    }
    rows[LinePrints] = tuple(print_lines([DocView("d1", rows)]))
    found = {(RepeatedLine, row.key): (row,) for row in repeated}
    return list(mark_blocks([DocView("d1", rows, found)], BlockTools.load(Settings())))


def kinds(text: str) -> list[tuple[str, str]]:
    """(kind, exact words) of each block."""
    return [(block.kind, text[block.start : block.end]) for block in blocks(document(text))]


def masthead(text: str, stated: Stated | None = None, declared: Declared | None = None) -> Masthead:
    doc = document(text, stated=stated)
    rows: dict[type[Any], tuple[Any, ...]] = {
        RawItem: (item(declared=declared),), Document: (doc,), Block: tuple(blocks(doc, declared)),
    }  # fmt: skip
    return next(iter(read_masthead([DocView("d1", rows)], MastheadTools.load(Settings()))))
