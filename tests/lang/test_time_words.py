"""Number words of time phrases come from the number data; feasts on a weekday are computed."""

from __future__ import annotations

from datetime import date

import pytest

from lagebild.lang.time_words import nth_weekday, time_grammar, weekday_from


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("de", "zweiundzwanzig Tage", "22D"),
        ("de", "einundfünfzig Tage", "51D"),
        ("de", "hundert Tage", "100D"),
        ("de", "ein Tag", "1D"),
        ("de", "anderthalb Tage", "1.5D"),
        ("en", "twenty-two days", "22D"),
    ],
)
def test_number_words_are_read(language: str, text: str, amount: str) -> None:
    (found,) = time_grammar(language).phrases(text)
    assert (found.end, found.rule["for"]) == (len(text), amount)


def test_without_time_words_there_is_no_grammar() -> None:
    with pytest.raises(FileNotFoundError):
        time_grammar("xx")


@pytest.mark.parametrize(
    ("feast", "year", "day"),
    [
        ("11-27/7", 2025, date(2025, 11, 30)),
        ("05-08/7", 2026, date(2026, 5, 10)),
        ("11-16/3", 2025, date(2025, 11, 19)),
    ],
)
def test_feasts_on_a_weekday(feast: str, year: int, day: date) -> None:
    assert weekday_from(feast, year) == day


@pytest.mark.parametrize(
    ("nth", "weekday", "month", "day"),
    [("1", "7", "5", date(2025, 5, 4)), ("-1", "7", "10", date(2025, 10, 26)), ("5", "1", "2", None)],
)
def test_days_counted_within_a_month(nth: str, weekday: str, month: str, day: date | None) -> None:
    assert nth_weekday({"nth": nth, "nthday": weekday, "month": month}, 2025) == day
