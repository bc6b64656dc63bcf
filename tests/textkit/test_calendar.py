"""Intervals of TIMEX3 values, feasts, thirds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.textkit.calendar import (
    OPEN,
    Interval,
    add_months,
    day_interval,
    days_of,
    easter,
    feast_day,
    first_day,
    hull,
    last_day,
    value_interval,
)


def at(value: str, mod: str | None = None) -> tuple[str | None, str | None] | None:
    found = value_interval(value, mod)
    return None if found is None else (found.earliest, found.latest)


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2025", "2025-01-01", "2026-01-01"),
        ("199", "1990-01-01", "2000-01-01"),
        ("19", "1900-01-01", "2000-01-01"),
        ("2025-02", "2025-02-01", "2025-03-01"),
        ("2025-12", "2025-12-01", "2026-01-01"),
        ("2025-03-14", "2025-03-14", "2025-03-15"),
        ("2025-W01", "2024-12-30", "2025-01-06"),
        ("2025-W11-WE", "2025-03-15", "2025-03-17"),
        ("2025-W11-5", "2025-03-14", "2025-03-15"),
        ("2025-SU", "2025-06-01", "2025-09-01"),
        ("2025-WI", "2025-12-01", "2026-03-01"),
        ("2025-Q4", "2025-10-01", "2026-01-01"),
        ("2025-H2", "2025-07-01", "2026-01-01"),
    ],
)
def test_values_cover_whole_days(value: str, earliest: str, latest: str) -> None:
    assert at(value) == (f"{earliest}T00:00:00", f"{latest}T00:00:00")


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2025-03-14TMO", "2025-03-14T06:00:00", "2025-03-14T10:00:00"),
        ("2025-03-14TEV", "2025-03-14T18:00:00", "2025-03-15T00:00:00"),
        ("2025-03-14TNI", "2025-03-14T22:00:00", "2025-03-15T06:00:00"),
        ("2025-03-14T08:09", "2025-03-14T08:09:00", "2025-03-14T08:10:00"),
        ("2025-03-14T24:00", "2025-03-15T00:00:00", "2025-03-15T00:01:00"),
        ("2025-03-14T08:09:30", "2025-03-14T08:09:30", "2025-03-14T08:09:31"),
    ],
)
def test_parts_of_a_day(value: str, earliest: str, latest: str) -> None:
    assert at(value) == (earliest, latest)


@pytest.mark.parametrize(
    "value",
    [
        "P3D",
        "PAST_REF",
        "XXXX-WXX-5",
        "XXXX-08",
        "2025-02-30",
        "2025-13",
        "2025-W60",
        "2025-03-14T31:00",
        "0000",
        "",
    ],
)
def test_what_names_no_place_in_time_has_no_interval(value: str) -> None:
    assert value == "0000" or at(value) is None


def test_thirds_follow_the_calendar() -> None:
    assert at("2025", "START") == ("2025-01-01T00:00:00", "2025-05-01T00:00:00")
    assert at("2025", "END") == ("2025-09-01T00:00:00", "2026-01-01T00:00:00")
    assert at("2025-08", "START") == ("2025-08-01T00:00:00", "2025-08-11T00:00:00")
    assert at("2025-08", "MID") == ("2025-08-11T00:00:00", "2025-08-21T00:00:00")
    assert at("2025-08", "END") == ("2025-08-21T00:00:00", "2025-09-01T00:00:00")
    assert at("2025-03-14TEV", "END") == ("2025-03-14T22:00:00", "2025-03-15T00:00:00")
    assert at("2025-08", "APPROX") == at("2025-08")


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (1961, 4, 2), (2038, 4, 25), (2285, 3, 22)],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_feasts_are_fixed_or_hang_on_easter() -> None:
    assert feast_day("12-24", 2025) == date(2025, 12, 24)
    assert feast_day("easter-2", 2025) == date(2025, 4, 18)
    assert feast_day("easter+39", 2025) == date(2025, 5, 29)


def test_hull_keeps_open_sides_open() -> None:
    left, right = day_interval(date(2025, 3, 1)), Interval(None, "2025-03-05T00:00:00")
    assert hull(left, right) == Interval(None, "2025-03-05T00:00:00")
    assert hull(OPEN, left) == OPEN


def test_days_of_an_interval() -> None:
    assert days_of(day_interval(date(2025, 3, 13), date(2025, 3, 15))) == 3
    assert days_of(Interval(None, "2025-03-05T00:00:00")) is None


@given(st.dates(date(1600, 1, 1), date(2400, 1, 1)), st.integers(-500, 500))
def test_months_add_up(day: date, months: int) -> None:
    there = add_months(day, months)
    assert there.day == 1
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


@given(st.dates(date(1, 1, 2), date(9999, 12, 30)))
def test_a_day_holds_itself(day: date) -> None:
    interval = value_interval(day.isoformat())
    assert interval is not None
    assert (first_day(interval), last_day(interval)) == (day, day)


@given(
    st.text(alphabet="0123456789-WTQHX:SPUEN", max_size=16), st.sampled_from([None, "START", "MID", "END"])
)
def test_no_value_fails(value: str, mod: str | None) -> None:
    found = value_interval(value, mod)
    assert found is None or (found.earliest or "") < (found.latest or "")


@pytest.mark.parametrize("value", ["0000", "9999"])
def test_years_outside_the_calendar_are_no_interval(value: str) -> None:
    assert value_interval(value) is None
