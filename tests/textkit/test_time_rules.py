"""Rules are dated from a day, or leave open what it cannot settle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.textkit.time_rules import Direction, date_rule, open_value, phrase_type, read_rule, write_rule

WEDNESDAY = date(2025, 6, 11)


def value(rule: str, direction: Direction = "unknown", day: date = WEDNESDAY) -> str | None:
    dated = date_rule(read_rule(rule), None, direction, day)
    return dated.value if dated else None


@pytest.mark.parametrize(
    ("rule", "direction", "expected"),
    [
        ("weekday=5", "past", "2025-06-06"),
        ("weekday=5", "future", "2025-06-13"),
        ("weekday=3", "past", "2025-06-11"),
        ("weekday=3", "future", "2025-06-11"),
        ("weekday=3;turn=-1", "past", "2025-06-04"),
        ("weekday=3;turn=1", "future", "2025-06-18"),
        ("weekday=4;week=-1", "past", "2025-06-05"),
        ("weekday=3;night=1;part=NI", "past", "2025-06-10TNI"),
        ("weekday=4;part=EV", "past", "2025-06-05TEV"),
        ("weekday=4;part=FN", "past", "2025-06-05TMO"),
        ("day=20;month=1", "past", "2025-01-20"),
        ("day=20;month=1", "future", "2026-01-20"),
        ("day=29;month=2", "past", "2024-02-29"),
        ("weekday=6;day=11;month=6", "past", "2025-06-11"),
        ("weekday=2;day=11;month=6", "unknown", "2024-06-11"),
        ("day=20", "past", "2025-05-20"),
        ("month=8", "past", "2024-08"),
        ("month=8", "future", "2025-08"),
        ("month=6", "past", "2025-06"),
        ("month=3;year=-1", "unknown", "2024-03"),
        ("season=SU;turn=-1", "past", "2024-SU"),
        ("season=SU", "past", "2025-SU"),
        ("season=WI", "past", "2024-WI"),
        ("feast=01-01", "future", "2026-01-01"),
        ("feast=easter-2", "past", "2025-04-18"),
        ("offset=-1D", "past", "2025-06-10"),
        ("offset=-3W", "past", "2025-W21"),
        ("offset=-1M", "past", "2025-05"),
        ("offset=-30Y", "past", "1995"),
        ("offset=0WE", "past", "2025-W23-WE"),
        ("offset=0WE", "future", "2025-W24-WE"),
        ("offset=-1CE", "past", "19"),
        ("quarter=4", "past", "2024-Q4"),
        ("at=2015-02", "past", "2015-02"),
    ],
)
def test_values_from_a_wednesday(rule: str, direction: Direction, expected: str) -> None:
    assert value(rule, direction) == expected


@pytest.mark.parametrize(
    "rule", ["for=3D", "every=1D", "event=wahl", "clock=08:00", "part=EV", "offset=-2H", "back=1D"]
)
def test_some_rules_no_day_can_date(rule: str) -> None:
    assert value(rule) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("weekday=5", "XXXX-WXX-5"),
        ("weekday=1;night=1;part=NI", "XXXX-WXX-7TNI"),
        ("day=1;month=3;night=1", "XXXX-02-29"),
        ("month=8", "XXXX-08"),
        ("season=SU;turn=-1", "XXXX-SU"),
        ("offset=-1M", "XXXX-XX"),
        ("clock=18:47", "XXXX-XX-XXT18:47"),
        ("for=30D", "P30D"),
        ("for=5H", "PT5H"),
        ("for=90MIN", "PT90M"),
        ("span=-XD", "PXD"),
        ("ref=PAST", "PAST_REF"),
        ("every=1W;weekday=4", "XXXX-WXX-4"),
        ("event=wahl", "XXXX-XX-XX"),
    ],
)
def test_values_without_an_anchor(rule: str, expected: str) -> None:
    assert open_value(read_rule(rule)) == expected


def test_types() -> None:
    kinds = {
        rule: phrase_type(read_rule(rule))
        for rule in ("weekday=5", "weekday=5;part=EV", "for=3D", "every=1D", "at=2025-01-01T08:00")
    }
    assert list(kinds.values()) == ["DATE", "TIME", "DURATION", "SET", "TIME"]


def test_spans_end_or_begin_with_the_day() -> None:
    past = date_rule(read_rule("span=-3D"), None, "past", WEDNESDAY)
    ahead = date_rule(read_rule("span=2W"), None, "future", WEDNESDAY)
    vague = date_rule(read_rule("span=-XD"), None, "past", WEDNESDAY)
    assert past is not None
    assert (past.interval.earliest, past.interval.latest) == ("2025-06-08T00:00:00", "2025-06-12T00:00:00")
    assert ahead is not None
    assert (ahead.interval.earliest, ahead.interval.latest) == ("2025-06-11T00:00:00", "2025-06-26T00:00:00")
    assert vague is not None
    assert (vague.interval.earliest, vague.interval.latest) == (None, "2025-06-12T00:00:00")


@given(
    st.integers(1, 7),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["past", "future", "unknown"]),
)
def test_a_weekday_never_goes_back_while_the_day_goes_on(
    weekday: int, day: date, direction: Direction
) -> None:
    first = value(f"weekday={weekday}", direction, day)
    later = value(f"weekday={weekday}", direction, day + timedelta(days=1))
    assert first is not None
    assert later is not None
    assert first <= later
    assert abs((date.fromisoformat(first) - day).days) <= 6


@given(
    st.dictionaries(
        st.sampled_from(["weekday", "part", "bound"]), st.sampled_from(["1", "EV", "since"]), min_size=1
    )
)
def test_rules_survive_writing(pairs: dict[str, str]) -> None:
    assert read_rule(write_rule(pairs)) == pairs


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert value("offset=9999Y") is None
    assert value("offset=-999999W") is None


def test_before_and_after_are_open_on_one_side() -> None:
    before = date_rule(read_rule("feast=01-01;bound=before"), None, "future", date(2025, 10, 8))
    after = date_rule(read_rule("day=4;month=5;bound=after"), None, "past", date(2025, 6, 11))
    assert before is not None
    assert after is not None
    assert (before.interval.earliest, before.interval.latest) == (None, "2026-01-01T00:00:00")
    assert (after.interval.earliest, after.interval.latest) == ("2025-05-05T00:00:00", None)


def test_a_clock_time_with_a_bound_stays_on_its_day() -> None:
    dated = date_rule(read_rule("offset=0D;clock=20:00;bound=after"), None, "past", date(2025, 6, 11))
    assert dated is not None
    assert dated.interval.earliest == "2025-06-11T20:00:00"


def test_a_day_that_no_year_has_gives_no_date() -> None:
    assert date_rule({"month": "09", "day": "31"}, None, "unknown", date(2025, 3, 14)) is None
