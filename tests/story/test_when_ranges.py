"""Both ends of a range lie in order."""

from __future__ import annotations

from datetime import date

import pytest

from lagebild.model.story import Dateline
from lagebild.step import DocView
from lagebild.story.when import date_phrases
from lagebild.textkit.calendar import day_interval

from .rows import WHENS, layers


def values(text: str) -> list[str]:
    rows = layers("d", text)
    whole = day_interval(date(2025, 6, 11))
    rows[Dateline] = (Dateline("d:n", "d", whole.earliest, whole.latest, "published", ()),)
    return [when.value for when in date_phrases([DocView("d", rows)], WHENS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Hafen blieb von Mai bis September gesperrt.", ["2024-05", "2024-09"]),
        ("Der Hafen war von November bis März zu.", ["2024-11", "2025-03"]),
        ("Die Schau läuft von Freitag bis Dienstag.", ["2025-06-13", "2025-06-17"]),
        ("Von 2023 bis 2021 stimmt nichts.", ["2023", "2021"]),
        ("Im September kam er. Die Kinder spielten bis Mai.", ["2024-09", "2025-05"]),
    ],
)
def test_the_end_comes_after_the_beginning(text: str, expected: list[str]) -> None:
    assert values(text) == expected
