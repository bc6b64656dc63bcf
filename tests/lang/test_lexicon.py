from __future__ import annotations

import pytest

from lagebild.lang.lexicon import LONGEST, Lexicon, lexicon


@pytest.fixture(scope="module")
def german() -> Lexicon:
    words = lexicon("de-AT")
    assert words is not None
    return words


def test_forms_lead_to_their_base_form(german: Lexicon) -> None:
    assert german.lemma("Soldaten") == "Soldat"
    assert german.listed_lemma("Städte") == "Stadt"


def test_an_unknown_name_is_no_word(german: Lexicon) -> None:
    assert german.lemma("Gerassimow") == ""
    assert not german.is_word("Bobrovska")


def test_a_compound_of_two_words_is_a_word(german: Lexicon) -> None:
    assert not german.knows("Drohnenbediener")
    assert german.is_word("Drohnenbediener")
    assert next(german.splits("Drohnenbediener")) == ("drohnen", "bediener")


def test_overlong_words_are_not_looked_up(german: Lexicon) -> None:
    word = "Haus" * LONGEST
    assert not german.knows(word)
    assert german.lemma(word) == ""


@pytest.mark.parametrize("language", [None, "", "xx", "fr"])
def test_a_language_without_data_has_no_lexicon(language: str | None) -> None:
    assert lexicon(language) is None


def test_the_digest_names_the_word_lists() -> None:
    assert Lexicon.digest().startswith("simplemma-")
