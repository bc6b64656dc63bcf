"""Roles read from noun phrases, and which description fits which role."""

from __future__ import annotations

import pytest

from lagebild.resolve.roles import Role, agree, is_role_word, read_role


def role(phrase: str, language: str = "de") -> Role:
    found = read_role(phrase, language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("phrase", "kind", "owner", "field", "gender"),
    [
        ("der finnische Präsident", "president", "FI", "", "m"),
        ("den finnischen Präsidenten", "president", "FI", "", "m"),
        ("US-Außenministerin", "foreign_minister", "US", "", "f"),
        ("Kremlsprecher", "spokesperson", "RU", "kreml", "m"),
        ("Chef des Generalstabs Polens", "head", "PL", "general_staff", "m"),
        ("Polens Generalstabschef", "head", "PL", "general_staff", "m"),
        ("die Vorsitzende des Aufsichtsrats", "head", "", "supervisory_board", "f"),
        ("Aufsichtsratschefin", "head", "", "supervisory_board", "f"),
        ("ruritanischer Innenminister", "interior_minister", "~ruritan", "", "m"),
        ("ein Konzernsprecher", "spokesperson", "", "konzern", "m"),
    ],
)
def test_german_roles(phrase: str, kind: str, owner: str, field: str, gender: str) -> None:
    found = role(phrase)
    assert (found.kind, found.owner, found.field, found.gender) == (kind, owner, field, gender)


def test_english_roles_meet_german_ones() -> None:
    assert role("the Finnish president", "en").key == role("der finnische Präsident").key
    assert role("a spokeswoman for the Defence Ministry of Poland", "en").gender == "f"
    assert role("Ruritanian Foreign Minister", "en").key == role("der ruritanische Außenminister").key


def test_words_of_a_role_are_put_in_the_nominative() -> None:
    assert role("dem früheren finnischen Präsidenten").words == "früherer finnischer Präsident"
    assert role("den neuen Sondergesandten").words == "neuer Sondergesandte"


def test_former_holders_are_told_apart() -> None:
    assert role("Ex-Präsident").former
    assert role("US-Ex-Präsident").former
    assert role("der ehemalige Präsident").former
    assert not role("der Präsident").former


def test_articles() -> None:
    assert role("ein Sprecher").article == "indefinite"
    assert role("der Sprecher").article == "definite"
    assert role("sein Anwalt").article == "possessive"


def test_what_is_no_role() -> None:
    assert read_role("die Brücke") is None
    assert read_role("") is None
    assert not is_role_word("Termin")


@pytest.mark.parametrize(
    ("description", "known", "fits"),
    [
        ("der Präsident", "finnischer Präsident", True),
        ("der finnische Präsident", "finnischer Präsident", True),
        ("der estnische Präsident", "finnischer Präsident", False),
        ("der Präsident", "ehemaliger Präsident", False),
        ("die Präsidentin", "Präsident", False),
        ("der Außenminister", "Innenminister", False),
        ("der Polizeisprecher", "Konzernsprecher", False),
    ],
)
def test_which_description_fits(description: str, known: str, fits: bool) -> None:
    assert (agree(role(description), role(known)) >= 0.6) is fits
