"""Outlets: declined names, names that are common words, houses with their sources, in the data as they should be."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from lagebild.lang.agencies import Agencies
from lagebild.lang.data import LANGUAGES, read_data
from lagebild.lang.outlets import Outlets, spelled

OUTLETS = Outlets.load()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Süddeutschen Zeitung", "Süddeutsche Zeitung"),
        ("Bayerischen Rundfunks", "Bayerischer Rundfunk"),
        ("Spiegels", "Spiegel"),
        ("Le Monde", "Le Monde"),
        ("Gemeindebrief", None),
    ],
)
def test_declined_names(words: str, name: str | None) -> None:
    assert OUTLETS.named(words) == name


def test_the_expression_reads_every_name_whole() -> None:
    every, clear = (re.compile(OUTLETS.expression(clear=one)) for one in (False, True))
    for name in OUTLETS.names:
        found = every.match(name)
        assert found
        assert found.group() == name
        assert bool(clear.fullmatch(name)) == (name not in OUTLETS.common) or name in OUTLETS.common
    assert not clear.fullmatch("Welt")


def test_spelling_leaves_articles_endings_and_domains_out() -> None:
    assert spelled("Der Spiegel") == spelled("Spiegels") == spelled("spiegel.de")
    assert spelled("Freie Presse") == spelled("Freien Presse")
    assert spelled("Stuttgarter Zeitung") != spelled("Stuttgarter Nachrichten")


def test_houses_are_known_with_their_sources() -> None:
    assert OUTLETS.house("Ostsee-Zeitung") == OUTLETS.house("Leipziger Volkszeitung") == "RND"
    assert OUTLETS.house("Dorfblatt") is None
    assert OUTLETS.house(None) is None
    networks = list(chain.from_iterable(read_data(code, "outlets")["network"] for code in LANGUAGES))
    assert len(networks) >= 30
    assert all(
        network["source"].startswith("https://") and len(network["outlets"]) > 1 for network in networks
    )


def test_there_are_many_agencies_and_outlets_of_many_countries() -> None:
    agencies = Agencies.load().by_name.values()
    assert len(agencies) >= 170
    assert len({agency.country for agency in agencies}) >= 70
    assert all(agency.marks or agency.aliases for agency in agencies)
    assert len(OUTLETS.names) >= 500
    assert sum(len(read_data(code, "credits")["pattern"]) for code in LANGUAGES) >= 60


def test_a_shy_mark_credits_only_beside_another() -> None:
    agencies = Agencies.load()
    assert agencies.credited("INA") == ()
    assert [agency.name for agency in agencies.credited("INA, dpa")] == ["INA", "dpa"]
