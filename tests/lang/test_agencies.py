"""News agencies by name."""

from __future__ import annotations

import pytest

from lagebild.lang.agencies import Agencies


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("(dpa, AFP, Reuters)", ["dpa", "AFP", "Reuters"]),
        ("APA/dpa", ["APA", "dpa"]),
        ("dpa, eigene Recherche", ["dpa"]),
        ("mit Material von AP", ["AP"]),
        ("Keystone-SDA", ["Keystone-SDA"]),
        ("with reporting by Reuters", ["Reuters"]),
        ("dpa/lby", ["dpa"]),
        ("früher Weißrussland", []),
        ("dpa und Frau Meier", []),
        ("l.", []),
    ],
)
def test_credited_names_every_agency_or_none(credit: str, names: list[str]) -> None:
    assert [agency.name for agency in Agencies.load().credited(credit)] == names


def test_long_names_and_other_languages_give_the_same_short_name() -> None:
    agencies = Agencies.load()
    assert {
        agency.name for form in ("Tass", "TASS", "TASS news agency") if (agency := agencies.named(form))
    } == {"Tass"}
    assert agencies.named("Agence France-Presse") is agencies.named("AFP") is not None


def test_first_names_and_short_words_are_no_agencies() -> None:
    agencies = Agencies.load()
    assert [word for word in ("Petra", "Mehr", "ap", "Ap", "an", "Pa") if agencies.named(word)] == []


def test_there_are_sixty_agencies_that_write() -> None:
    assert sum(agency.kind == "text" for agency in Agencies.load().by_name.values()) >= 60
