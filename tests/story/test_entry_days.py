"""The days under which the entries of a live ticker stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lagebild.model.document import Block
from lagebild.step import DocView
from lagebild.story.entry_days import EntryDays

from .rows import WHENS, layers

STAMP = date(2025, 6, 11)


def days_of(text: str, *, ticker: bool = True) -> EntryDays:
    """Lines that end with a full stop are entries."""
    rows = layers("d", text)
    rows[Block] = tuple(
        replace(block, kind="ticker_entry")
        if ticker and text[block.end - 1] == "."
        else replace(block, kind="headline", content=False)
        for block in rows[Block]
    )
    return EntryDays.of(DocView("d", rows), WHENS.grammars["de"], STAMP)


def test_a_line_that_is_a_day_opens_that_day() -> None:
    days = days_of("Donnerstag, 12. Juni\nDer Kahn liegt.\n11. Juni 2025, 22.10 Uhr\nDer Kahn sinkt.")
    assert days.days == (date(2025, 6, 12), date(2025, 6, 11))
    assert days.at(0) == (date(2025, 6, 12), days.places[0])


def test_an_entry_that_opens_with_its_day_stands_under_it() -> None:
    assert days_of("+++ 12. Juni, 6.30 Uhr: Der Kahn ist gehoben.").days == (date(2025, 6, 12),)


def test_a_day_inside_an_entry_opens_nothing() -> None:
    assert days_of("Der Kahn lief am 10. Juni 2025 aus und sank vor dem Hafen.").days == ()


def test_far_days_and_texts_without_entries_open_nothing() -> None:
    assert days_of("3. April 2011\nDer Kahn sinkt.").days == ()
    assert days_of("12. Juni 2025\nDer Kahn sinkt.", ticker=False).at(20) is None
