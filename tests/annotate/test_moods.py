"""Indicative or subjunctive, by form and clause; the language model's answers are given here, so that the rules are seen alone."""

from __future__ import annotations

import pytest

from lagebild.annotate.moods import settled_moods
from lagebild.lang.lexicon import lexicon
from lagebild.lang.model import Reading


def moods(marked: str, said: str = "Ind") -> list[str]:
    """The moods of the verbs marked with a star; the model takes each for finite, says `said`, and sees no clause."""
    words = marked.split()
    forms = [word.removeprefix("*") for word in words]
    verb = [word.startswith("*") for word in words]
    words_of = lexicon("de")
    assert words_of is not None
    lemmas = [words_of.lemma(form) or "" for form in forms]
    reading = Reading(
        tuple("VERB" if one else "X" for one in verb),
        tuple(f"Mood={said}|VerbForm=Fin" if one else "" for one in verb),
        tuple(place - 1 for place in range(len(words))),
        ("dep",) * len(words),
        (),
    )
    settled = settled_moods(forms, lemmas, reading, "de")
    return [
        feats.split("|")[0].removeprefix("Mood=")
        for feats, one in zip(settled.feats, verb, strict=True)
        if one
    ]


@pytest.mark.parametrize(
    ("marked", "said", "expected"),
    [
        ("Er *sagte , er *habe Zeit .", "Ind", ["Ind", "Sub"]),
        ("Sie *geht .", "Sub", ["Ind"]),
        ("Sie *gehe .", "Ind", ["Sub"]),
        ("Ich *gehe .", "Sub", ["Ind"]),
        ("Er *wollte gehen .", "Ind", ["Ind"]),
        ("Er *wollte gehen .", "Sub", ["Sub"]),
        ("Sie *sagten , sie *hätten Zeit und *wollten helfen .", "Ind", ["Ind", "Sub", "Sub"]),
        ("*Läge nichts vor , *streikten sie .", "Ind", ["Sub", "Sub"]),
        ("Es *gelte als sicher , *lehrte man früher .", "Sub", ["Sub", "Ind"]),
        ("Sie *spielte , als *ginge es um alles .", "Ind", ["Ind", "Sub"]),
        ("Der Konzern *teilte mit , der Umsatz *sei hoch .", "Ind", ["Ind", "Sub"]),
        ("Das *wurde *gesagt .", "Sub", ["Ind", "VerbForm=Part"]),
    ],
)  # fmt: skip
def test_moods_of_verbs(marked: str, said: str, expected: list[str]) -> None:
    assert moods(marked, said) == expected


def test_a_language_without_verb_tables_keeps_what_the_model_says() -> None:
    reading = Reading(("VERB",), ("Mood=Sub",), (-1,), ("root",), ())
    assert settled_moods(["was"], [], reading, "en") is reading
