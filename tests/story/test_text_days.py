"""What a document itself says of the days around its writing."""

from __future__ import annotations

from datetime import date

from lagebild.step import DocView
from lagebild.story.text_days import TextDays, day_or_none, read_days

from .rows import DATELINES, layers


def text_days(text: str, stated: str | None = None) -> TextDays:
    return read_days(DocView("a", layers("a", text, stated)), "st", DATELINES)


def test_a_weekday_is_a_mention_with_the_way_it_looks() -> None:
    past, ahead = text_days("Am Montag sank der Kahn. Am Freitag wird er gehoben.").mentions
    assert (past.weekday, past.sure, past.ahead) == (1, True, False)
    assert (ahead.weekday, ahead.ahead) == (5, True)


def test_a_weekday_before_is_never_the_day_itself() -> None:
    (mention,) = text_days("Vergangenen Montag sank der Kahn.").mentions
    assert mention.day(date(2025, 6, 9)) == date(2025, 6, 2)


def test_complete_past_days_are_named_in_order() -> None:
    days = text_days("Am 4. Mai 2025 sank der Kahn. Gebaut wurde er am 2. März 1970.").named
    assert [day for day, _ in days] == [date(1970, 3, 2), date(2025, 5, 4)]


def test_the_stamp_is_a_range_of_one_day() -> None:
    text = text_days("Der Kahn.", "2025-06-09")
    assert (text.stated, text.stated_to_day) == ((date(2025, 6, 9), date(2025, 6, 9)), True)


def test_no_day_outside_the_calendar() -> None:
    assert day_or_none(2025, 2, 29) is None
    assert day_or_none(2024, 2, 29) == date(2024, 2, 29)


def test_a_weekday_of_last_week_lies_in_the_week_before() -> None:
    (mention,) = text_days("Am Donnerstag vergangener Woche sank der Kahn.").mentions
    assert mention.day(date(2025, 6, 9)) == date(2025, 6, 5)
    assert mention.day(date(2025, 6, 13)) == date(2025, 6, 5)
