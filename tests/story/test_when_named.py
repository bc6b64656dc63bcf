"""Which day named in a text a clock time or „zwei Jahre später“ hangs on."""

from __future__ import annotations

from datetime import date

import pytest

from lagebild.model.story import Dateline
from lagebild.step import DocView
from lagebild.story.when import date_phrases
from lagebild.textkit.calendar import day_interval

from .rows import WHENS, layers


def values(text: str, day: str = "2025-09-17") -> list[str]:
    rows = layers("d", text)
    whole = day_interval(date.fromisoformat(day))
    rows[Dateline] = (Dateline("d:n", "d", whole.earliest, whole.latest, "published", ()),)
    return [when.value for when in date_phrases([DocView("d", rows)], WHENS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am Donnerstag spielt die Band. Einlass ist ab 18 Uhr.", "2025-09-18T18:00"),
        ("Um 20 Uhr am Freitag beginnt die Lesung.", "2025-09-19"),
        ("Im Jahr 1996 schloss sie ab, zwei Jahre später zog sie fort.", "1998"),
        ("Im Mai 2021 begann der Bau, im Jahr darauf war Richtfest.", "2022"),
        ("Im Mai 2021 begann der Bau, zwei Tage später ruhte er.", "XXXX-XX-XX"),
        ("1990 wurde der Klub gegründet. Um 20 Uhr wird gefeiert.", "2025-09-17T20:00"),
        ("Am Montag kam er an. Um 20 Uhr wird er sprechen.", "2025-09-17T20:00"),
        ("Geöffnet ist dienstags von 10 bis 18 Uhr.", "XXXX-XX-XXT18:00"),
    ],
)
def test_the_day_meant(text: str, expected: str) -> None:
    assert values(text)[-1] == expected


def test_a_clock_time_takes_the_day_behind_it() -> None:
    assert values("Um 20 Uhr am Freitag beginnt die Lesung.") == ["2025-09-19T20:00", "2025-09-19"]


def test_a_day_above_a_list_is_that_of_its_items() -> None:
    text = "Samstag, 20. September\n\n9 Uhr: Messe\n\n11 Uhr: Umzug"
    assert values(text) == ["2025-09-20", "2025-09-20T09:00", "2025-09-20T11:00"]


def test_in_a_list_of_the_texts_own_day_a_weekday_by_the_way_governs_no_item() -> None:
    text = "19 Uhr: Nachrichten, 19.30 Uhr: Film zum Samstag mit allen Stars der großen und der kleinen Bühne, 22 Uhr: Sport"
    assert values(text)[-1] == "2025-09-17T22:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 14. Oktober 2022 wurde er verhaftet, am 3. November kam er frei.", "2022-11-03"),
        ("Am 14. Oktober 2022 wurde er verhaftet, am 3. Mai kam er frei, im Juni starb er.", "2023-06"),
        ("Der Mann, der am 14. Oktober 2022 verhaftet worden war, ist am 3. März gestorben.", "2025-03-03"),
        ("Der Vertrag vom 3. März 2022 läuft am 1. Oktober aus.", "2025-10-01"),
        ("Er wurde 2019 gewählt und trat am 3. März zurück.", "2025-03-03"),
    ],
)
def test_a_day_takes_the_year_of_the_date_before_it_in_one_telling(text: str, expected: str) -> None:
    assert values(text)[-1] == expected
