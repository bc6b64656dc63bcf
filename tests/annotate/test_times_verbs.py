"""Words are told to be verbs in the present or the past by their infinitive."""

from __future__ import annotations

import pytest

from lagebild.annotate.times_verbs import VerbForms
from lagebild.lang.data import read_data

GERMAN = VerbForms("de", read_data("de", "times")["verb_forms"])


@pytest.mark.parametrize(
    "word",
    [
        "kommt",
        "fährt",
        "trifft",
        "liest",
        "hält",
        "läuft",
        "übernimmt",
        "dauert",
        "findet",
        "finden",
        "tritt",
    ],
)
def test_present(word: str) -> None:
    assert GERMAN.form(word) == "present"


@pytest.mark.parametrize(
    "word", ["kam", "hielt", "trat", "übernahm", "lagen", "erwarb", "geschah", "sprachen"]
)
def test_preterite(word: str) -> None:
    assert GERMAN.form(word) == "past"


@pytest.mark.parametrize(
    "word",
    ["nicht", "offenen", "kleinen", "einen", "zwischen", "Kommt", "mit", "xyzt", "", "singend", "jetzt"],
)
def test_other_words_are_no_verb_forms(word: str) -> None:
    assert GERMAN.form(word) is None


def test_without_a_table_there_are_no_verb_forms() -> None:
    assert VerbForms("en", None).form("comes") is None
