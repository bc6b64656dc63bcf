"""Bodies that many states have, and whose they are."""

from __future__ import annotations

import pytest

from lagebild.resolve.bodies import country_of, land_stem, owners_agree, read_body


@pytest.mark.parametrize(
    ("name", "kind", "owner"),
    [
        ("polnischer Generalstab", "general_staff", "PL"),
        ("Generalstab in Warschau", "general_staff", "PL"),
        ("Generalstabs der Republik Polen", "general_staff", "PL"),
        ("US-Verteidigungsministerium", "defence_ministry", "US"),
        ("Ministry of Defence of France", "defence_ministry", "FR"),
        ("Ruritaniens Verteidigungsministerium", "defence_ministry", "~ruritan"),
        ("Außenministerium", "foreign_ministry", ""),
        ("Nordwerft AG", "", ""),
    ],
)
def test_kind_and_owner(name: str, kind: str, owner: str) -> None:
    body = read_body(name)
    assert (body.kind, body.owner) == (kind, owner)


def test_army_and_armed_forces_are_one_kind() -> None:
    assert (
        read_body("estnische Armee").kind
        == read_body("estnische Streitkräfte").kind
        == read_body("estnisches Militär").kind
    )


def test_a_country_its_adjective_and_its_people_share_a_stem() -> None:
    assert (
        len(
            {
                land_stem(word)
                for word in ("Ruritanien", "ruritanischen", "Ruritania", "Ruritanian", "Ruritaniens")
            }
        )
        == 1
    )


def test_seats_and_adjectives_stand_for_countries() -> None:
    assert country_of("Moskauer") == country_of("russische") == country_of("Russlands") == "RU"
    assert country_of("Tisch") == ""


def test_owners() -> None:
    assert owners_agree("PL", "PL") is True
    assert owners_agree("PL", "CZ") is False
    assert owners_agree("", "CZ") is None
