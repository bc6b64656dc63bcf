"""The words of denial, of pointing back and of not knowing."""

from __future__ import annotations

import pytest

from lagebild.lang.wording import Phrases, Wording, wording_of


def german() -> Wording:
    found = wording_of("de")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "words",
    [
        "Der Konzern wies den Vorwurf gestern entschieden zurück",
        "Sie bestritt das",
        "Das Amt stellte die Panne in Abrede",
    ],
)
def test_denials(words: str) -> None:
    assert german().denies(german().words(words))


@pytest.mark.parametrize(
    "words", ["Er wies den Weg", "Sie wollte das weder bestätigen noch dementieren", "Er kam zurück"]
)
def test_no_denials(words: str) -> None:
    assert not german().denies(german().words(words))


@pytest.mark.parametrize(
    "words", ["Warum der Damm brach, ist unklar.", "Das ließ sich nicht unabhängig prüfen."]
)
def test_open(words: str) -> None:
    assert german().says_open(words)


def test_open_for_talks_is_not_open() -> None:
    assert not german().says_open("Der Minister ist offen für Gespräche und noch offen gegenüber Neuem.")


def test_an_article_does_not_lean() -> None:
    assert not german().leans(german().words("der Wagen traf das Haus"))
    assert german().leans(german().words("dass das nicht stimmt"))


def test_a_language_without_data_has_no_wording() -> None:
    assert wording_of("ru") is None
    assert wording_of(None) is None
    assert wording_of("de-AT") is wording_of("de")


def test_phrases_keep_their_order_and_gap() -> None:
    phrases = Phrases([["stimmt", "nicht"]], 1)
    assert phrases.found(["das", "stimmt", "so", "nicht"]) == (1, 3)
    assert phrases.found(["stimmt", "a", "b", "nicht"]) == ()
    assert phrases.found(["nicht", "stimmt"]) == ()


def test_one_phrase_many_times_is_fast_enough_to_end() -> None:
    assert german().denies(["wies"] * 100_000) is False
