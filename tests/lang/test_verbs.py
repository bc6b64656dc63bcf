"""What German verb forms can be."""

from __future__ import annotations

import pytest

from lagebild.lang.verbs import Verbs, verbs


@pytest.fixture(scope="module")
def german() -> Verbs:
    found = verbs("de-AT")
    assert found is not None
    return found


def moods(german: Verbs, form: str, person: int = 3) -> set[tuple[str, str]]:
    return {(it.mood, it.tense) for it in german.readings(form) if it.person == person and it.mood != "Imp"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("sei", {("Sub", "Pres")}),
        ("seien", {("Sub", "Pres")}),
        ("befände", {("Sub", "Past")}),
        ("geht", {("Ind", "Pres")}),
        ("gehe", {("Sub", "Pres")}),
        ("sollte", {("Ind", "Past"), ("Sub", "Past")}),
        ("gehen", {("Ind", "Pres"), ("Sub", "Pres")}),
        ("abnehme", {("Sub", "Pres")}),
        ("zurückträte", {("Sub", "Past")}),
        ("muss", {("Ind", "Pres")}),
        ("müsse", {("Sub", "Pres")}),
    ],
)
def test_moods_of_the_third_person(german: Verbs, form: str, expected: set[tuple[str, str]]) -> None:
    assert moods(german, form) == expected


def test_the_first_person_of_a_form_on_e_is_also_indicative(german: Verbs) -> None:
    assert moods(german, "gehe", 1) == {("Ind", "Pres"), ("Sub", "Pres")}


@pytest.mark.parametrize(
    ("form", "verb"), [("abnehme", "abnehmen"), ("stattfände", "stattfinden"), ("nähme", "nehmen")]
)
def test_a_form_leads_to_its_verb(german: Verbs, form: str, verb: str) -> None:
    assert {it.verb for it in german.readings(form)} == {verb}


@pytest.mark.parametrize("form", ["", "haus", "xyzzy", "ab", "a" * 1000, "\x00"])
def test_other_words_have_no_reading(german: Verbs, form: str) -> None:
    assert german.readings(form) == ()


def test_parted_verbs_are_joined(german: Verbs) -> None:
    assert german.joined("ab", "geben") == "abgeben"
    assert german.joined("ab", "xyzzen") == ""


def test_languages_without_a_table_have_none() -> None:
    assert verbs("en") is None
    assert verbs(None) is None
    assert verbs("../de") is None
