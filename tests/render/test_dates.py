"""Dates in words."""

from __future__ import annotations

import pytest

from lagebild.model.pages import Moment
from lagebild.render.dates import moment_words, parse_time, short_words, stamp_words


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "de", "en"),
    [
        ("2025", "2025", "2025"),
        ("2025-03", "März 2025", "March 2025"),
        ("2025-03-14", "Fr, 14. März 2025", "Fri 14 March 2025"),
        ("2025-03-14T21:40", "Fr, 14. März 2025, 21.40 Uhr", "Fri 14 March 2025, 21:40"),
        ("2025-03-14T21:40+01:00", "Fr, 14. März 2025, 21.40 Uhr", "Fri 14 March 2025, 21:40"),
        ("2025-03-14T21", "Fr, 14. März 2025, 21 Uhr", "Fri 14 March 2025, 21:00"),
        ("irgendwann", "irgendwann", "irgendwann"),
    ],
)
def test_stamps(value: str, de: str, en: str) -> None:
    assert plain(stamp_words(value, "de")) == de
    assert plain(stamp_words(value, "en")) == en


@pytest.mark.parametrize(
    ("earliest", "latest", "de"),
    [
        ("1987-01-01T00:00:00", "1988-01-01T00:00:00", "1987"),
        ("2021-01-01T00:00:00", "2023-01-01T00:00:00", "2021–2022"),
        ("2024-03-01T00:00:00", "2024-04-01T00:00:00", "März 2024"),
        ("2025-03-14T00:00:00", "2025-03-15T00:00:00", "Fr 14.3."),
        ("2025-03-14T00:00:00", "2025-03-17T00:00:00", "Fr 14.3. – So 16.3."),
        ("2025-03-13T22:00:00", "2025-03-14T06:00:00", "Nacht zum Fr 14.3."),
        ("2025-03-14T18:00:00", "2025-03-15T00:00:00", "Fr 14.3., abends"),
        ("2025-03-14T21:40:00", "2025-03-14T21:41:00", "Fr 14.3., 21.40 Uhr"),
        ("2025-03-14T22:00:00", "2025-03-15T00:00:00", "Fr 14.3., 22–24 Uhr"),
        ("2025-03-14T06:00:00", "2025-03-14T12:00:00", "Fr 14.3., 6–12 Uhr"),
        ("2025-03-14T03:40:00", "2025-03-14T05:25:00", "Fr 14.3., 3.40 Uhr – 5.25 Uhr"),
        ("2025-03-14T02:00:00", "2025-03-14T03:00:00", "Fr 14.3., 2 Uhr"),
        ("2024-12-31T00:00:00", "2025-01-01T00:00:00", "Di 31.12.2024"),
        ("2025-03-14T00:00:00", None, "ab Fr 14.3."),
        (None, "2025-03-14T00:00:00", "vor Fr 14.3."),
        (None, None, "ohne Datum"),
    ],
)
def test_intervals_short(earliest: str | None, latest: str | None, de: str) -> None:
    assert plain(short_words(Moment(earliest=earliest, latest=latest), "de", 2025)) == de


def test_no_date() -> None:
    assert moment_words(None, "en") == "undated"
    assert parse_time("x") is None
    assert parse_time(None) is None
