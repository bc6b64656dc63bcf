"""Verb forms: the subjunctive by table and by rule, and words that only look like verbs."""

from __future__ import annotations

import pytest

from lagebild.lang.lexicon import lexicon
from lagebild.lang.moods import Moods

DE = Moods.load("de")
WORDS = lexicon("de")


def forms(word: str) -> set[str]:
    assert WORDS is not None
    return set(DE.forms_of(word, WORDS.lemma(word)))


@pytest.mark.parametrize(
    "word",
    ["sei", "seien", "habe", "werde", "müsse", "gehe", "bestehe", "fordere", "handle", "nehme", "käme", "gäben", "wäre", "hätten", "würden", "ließe"],
)  # fmt: skip
def test_subjunctive(word: str) -> None:
    assert WORDS is not None
    assert DE.is_subjunctive(word, WORDS.lemma(word))


@pytest.mark.parametrize(
    "word", ["sagte", "geht", "wies", "verwies", "hieß", "waren", "gingen", "teilten", "gibt"]
)
def test_finite_but_no_subjunctive(word: str) -> None:
    assert WORDS is not None
    assert DE.is_finite(word, WORDS.lemma(word))
    assert not DE.is_subjunctive(word, WORDS.lemma(word))


@pytest.mark.parametrize(
    "word", ["heute", "gegen", "neuen", "drohenden", "gehaltene", "ukrainische", "eigene", "seinen"]
)
def test_no_verb(word: str) -> None:
    assert WORDS is not None
    assert not DE.is_finite(word, WORDS.lemma(word))


def test_participles_and_infinitives_with_zu() -> None:
    assert forms("gesagt") == {"participle"}
    assert forms("mitgeteilt") == {"participle"}
    assert forms("zurückzuerobern") == {"zu"}
    assert "participle" in forms("verletzt")
    assert forms("gehen") == {"plural", "infinitive"}
