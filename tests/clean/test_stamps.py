"""Dates and times as mastheads print them."""

from __future__ import annotations

import pytest

from lagebild.clean.stamps import StampWords, read_iso


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Stand: 14.03.2025, 12:35 Uhr", ["2025-03-14T12:35"]),
        ("12.11.2024 08:09", ["2024-11-12T08:09"]),
        ("Freitag, 14. März 2025", ["2025-03-14"]),
        ("18.03.25, 9 Uhr", ["2025-03-18T09"]),
        ("March 14, 2025 at 9:12 pm", ["2025-03-14T21:12"]),
        ("14 Mar 2025 10:30 GMT", ["2025-03-14T10:30+00:00"]),
        ("14. März 2025, 10.30 Uhr MEZ", ["2025-03-14T10:30+01:00"]),
        ("March 14, 2025 9:12 pm ET", ["2025-03-14"]),
        ("2025-03-14 10:12", ["2025-03-14T10:12"]),
        ("Oktober 2025", ["2025-10"]),
        ("1.2.2025 | 3.2.2025", ["2025-02-01", "2025-02-03"]),
        ("25/12/2024", ["2024-12-25"]),
    ],
)
def test_dates_are_read_at_their_precision(line: str, values: list[str]) -> None:
    assert [date.value for date in StampWords.load().find(line)] == values


@pytest.mark.parametrize(
    "line", ["04/05/2025", "31.02.2025", "Stand: Uhr", "14. März", "Version 1.2.2025.4", "12:30 Uhr"]
)
def test_what_names_no_day_of_a_year_is_left_out(line: str) -> None:
    assert StampWords.load().find(line) == []


def test_a_number_behind_a_date_is_no_time() -> None:
    (date,) = StampWords.load().find("Am 14.03.2025, 12 Tote")
    assert (date.value, date.end) == ("2025-03-14", 13)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" date 2025-03 Der Rat", "2025-03"), ("datum: 2024-12 X", "2024-12"), ("published=2025-03-14T10:00:00Z", "2025-03-14T10:00:00+00:00"),
    ],
)  # fmt: skip
def test_leaked_metadata(text: str, value: str) -> None:
    found = StampWords.load().leaked(text)
    assert found is not None
    assert found[1] == value


@pytest.mark.parametrize(
    "text", ["Datum 2025 war gut", "date night 2025-03", "update 2025-03", "2025-03 date"]
)
def test_words_beside_years_are_no_metadata(text: str) -> None:
    assert StampWords.load().leaked(text) is None


@pytest.mark.parametrize(
    "value", ["", "gestern", "2025-13", "2025-02-30", "2025-03-14T25:00", "14.03.2025", "20250314"]
)
def test_iso_refuses_what_it_is_not(value: str) -> None:
    assert read_iso(value) is None
