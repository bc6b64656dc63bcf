"""Content terms: stems, classes, stop words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lagebild.lang.terms import terms_of
from lagebild.textkit.terms import Terms, overlap

GERMAN = terms_of("de")


def test_words_of_one_meaning_meet() -> None:
    assert "=encircle" in GERMAN.of("die Stadt ist eingekesselt")
    assert GERMAN.of("Einkreisung") == GERMAN.of("umzingelt") == {"=encircle"}


def test_forms_of_one_word_meet() -> None:
    assert GERMAN.of("Brücken") == GERMAN.of("Brücke")


def test_classes_meet_across_languages() -> None:
    assert "=encircle" in terms_of("en").of("The town was surrounded.") & GERMAN.of(
        "Die Stadt wurde umzingelt."
    )


def test_function_words_say_nothing() -> None:
    assert GERMAN.of("Das ist sie, und es war nicht er.") == frozenset()


def test_umlauts_are_folded() -> None:
    assert GERMAN.of("Öltürme") == GERMAN.of("Oeltuerme") or GERMAN.of("Fähre") == {"fahr"}


def test_a_class_wins_over_a_stop_word() -> None:
    terms = Terms("german", ["bekannt"], {"know": ["bekannt*"]})
    assert terms.listed("Das ist bekannt") == ["das", "ist", "=know"]


def test_parts_of_a_hyphenated_word_count() -> None:
    assert {"nato", "gipfel"} <= GERMAN.of("NATO-Gipfel")


def test_overlap_is_over_the_smaller_set() -> None:
    assert overlap(frozenset({"a", "b"}), frozenset({"a", "b", "c", "d"})) == 1.0
    assert overlap(frozenset(), frozenset({"a"})) == 0.0


@given(st.text(max_size=200))
def test_any_text_has_terms_that_stay_the_same(text: str) -> None:
    assert GERMAN.listed(text) == GERMAN.listed(text)
    assert "" not in GERMAN.listed(text)
