"""Halves of a year, weeks by number, feasts on a weekday and days counted from a day are dated."""

from __future__ import annotations

from datetime import date

import pytest

from lagebild.story.when_values import date_phrase
from lagebild.textkit.time_rules import Direction

DAY = date(2025, 9, 17)


@pytest.mark.parametrize(
    ("rule", "direction", "value"),
    [
        ({"half": "2"}, "unknown", "2025-H2"),
        ({"half": "1"}, "future", "2026-H1"),
        ({"half": "1", "year": "-1"}, "past", "2024-H1"),
        ({"kw": "40"}, "past", "2024-W40"),
        ({"kw": "40"}, "future", "2025-W40"),
        ({"movable": "11-27/7"}, "unknown", "2025-11-30"),
        ({"movable": "11-27/7"}, "past", "2024-12-01"),
        ({"movable": "05-08/7"}, "unknown", "2025-05-11"),
        ({"nth": "-1", "nthday": "7", "month": "10"}, "future", "2025-10-26"),
        ({"nth": "1", "nthday": "6", "month": "7"}, "past", "2025-07-05"),
        ({"counted": "-20Y", "offset": "0D"}, "unknown", "2005-09-17"),
        ({"counted": "1W", "weekday": "5"}, "future", "2025-09-26"),
        ({"weekday": "5"}, "past", "2025-09-12"),
        ({"season": "WI"}, "unknown", "2025-WI"),
        ({"season": "FA"}, "unknown", "2025-FA"),
    ],
)
def test_values(rule: dict[str, str], direction: Direction, value: str) -> None:
    dated = date_phrase(rule, None, direction, DAY)
    assert dated is not None
    assert dated.value == value


def test_a_leap_day_is_counted_to_the_last_day_of_the_month() -> None:
    dated = date_phrase({"counted": "-1Y", "offset": "0D"}, None, "unknown", date(2024, 2, 29))
    assert dated is not None
    assert dated.value == "2023-02-28"


def test_the_next_season_is_meant_where_it_is_much_nearer() -> None:
    dated = date_phrase({"season": "SU"}, None, "unknown", date(2025, 4, 20))
    assert dated is not None
    assert dated.value == "2025-SU"


def test_the_last_hours_touch_days() -> None:
    dated = date_phrase({"span": "-24H"}, None, "past", DAY)
    assert dated is not None
    assert (dated.value, dated.interval.earliest, dated.interval.latest) == (
        "PT24H",
        "2025-09-16T00:00:00",
        "2025-09-18T00:00:00",
    )


@pytest.mark.parametrize(
    "rule",
    [
        {"open": "advent"},
        {"counted": "-XY", "offset": "0D"},
        {"counted": "-9000Y", "offset": "0D"},
        {"counted": "-1Y", "every": "1D"},
    ],
)
def test_what_a_day_cannot_settle_is_left_open(rule: dict[str, str]) -> None:
    assert date_phrase(rule, None, "unknown", DAY) is None
