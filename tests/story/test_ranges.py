"""First and last day on which a document can have been written."""

from __future__ import annotations

from datetime import date

import pytest

from lagebild.step import DocView
from lagebild.story.ranges import DayRange, days_apart, loose_range, stated_range
from lagebild.story.text_days import read_days

from .rows import DATELINES, layers

WEEK = DayRange(date(2025, 6, 9), date(2025, 6, 11), "story", (), (), "a")


@pytest.mark.parametrize(("day", "apart"), [(7, 2), (9, 0), (10, 0), (11, 0), (14, 3)])
def test_days_between_a_day_and_a_range(day: int, apart: int) -> None:
    assert days_apart(date(2025, 6, day), WEEK) == apart


def test_a_month_is_no_stated_day_but_bounds_it() -> None:
    text = read_days(
        DocView("a", layers("a", "Am 4. Mai 2025 sank der Kahn.", "2025-05", "month")), "st", DATELINES
    )
    assert stated_range(text) is None
    loose = loose_range(text)
    assert loose is not None
    assert (loose.first, loose.last, loose.source) == (date(2025, 5, 4), date(2025, 5, 31), "published")
