from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.annotate.words import WordTools, split_words, word_bounds
from lagebild.model.marks import Words
from lagebild.settings import Settings
from lagebild.step import DocView

TOOLS = WordTools.load(Settings())


def words(sentence: str) -> str:
    return " ".join(sentence[start:end] for start, end in word_bounds(sentence, TOOLS))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Der US-Präsident kam.", "Der US-Präsident kam ."),
        ("Das hilft z. B. Bauern.", "Das hilft z. B. Bauern ."),
        ("z.B. Obst", "z. B. Obst"),
        ("Rund 1.000 Meter, 86,5 Prozent.", "Rund 1.000 Meter , 86,5 Prozent ."),
        ("Am 12. März um 20:15 Uhr.", "Am 12. März um 20:15 Uhr ."),
        ("Es blieben 12.", "Es blieben 12 ."),
        ("Dr. Anna K. Weiß", "Dr. Anna K. Weiß"),
        ("„Ja“, (nein)…", "„ Ja “ , ( nein ) …"),
        ("geht's O’Neill d'Azur", "geht's O’Neill d'Azur"),
        ("eine 30-tägige Pause", "eine 30-tägige Pause"),
        ("30–40 Leute", "30 – 40 Leute"),
        ("The U.S. Senate", "The U.S. Senate"),
        ("$5.5m für @amt_x", "$ 5.5 m für @amt_x"),
        ("(siehe https://a.de/b.c).", "( siehe https://a.de/b.c ) ."),
        ("Bürger:innen in 5G-Netzen", "Bürger:innen in 5G-Netzen"),
        ("Со\u0301фия в Киеве", "Со\u0301фия в Киеве"),
    ],
)
def test_words_are_cut_as_written(sentence: str, expected: str) -> None:
    assert words(sentence) == expected


@given(st.text(max_size=200))
def test_words_cover_all_that_is_no_white_space_once(sentence: str) -> None:
    bounds = list(word_bounds(sentence, TOOLS))
    assert "".join(sentence[start:end] for start, end in bounds) == "".join(sentence.split())
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(bounds))


def test_offsets_are_those_of_the_text_and_lemmas_are_as_many(annotated: Callable[..., DocView]) -> None:
    view = annotated("Vorspann\n  Die Truppen blieben. Niemand floh.")
    rows = view.rows(Words)
    assert [view.text[start:end] for start, end in zip(rows[1].starts, rows[1].ends, strict=True)] == [
        "Die",
        "Truppen",
        "blieben",
        ".",
    ]
    assert rows[1].lemmas[1:3] == ("Truppe", "bleiben")
    assert all(len(row.lemmas) == len(row.starts) for row in rows)
    assert all(len(row.upos) == len(row.feats) == len(row.heads) == len(row.starts) for row in rows)


def test_without_a_word_list_there_are_words_but_no_lemmas(annotated: Callable[..., DocView]) -> None:
    (row,) = annotated("Le maire parle.", language="fr").rows(Words)
    assert len(row.starts) == 4
    assert row.lemmas == ()


def test_a_word_of_a_hundred_thousand_letters_is_one_word_without_a_lemma(
    annotated: Callable[..., DocView],
) -> None:
    rows = annotated("a" * 100_000).rows(Words)
    assert {lemma for row in rows for lemma in row.lemmas} == {""}


def test_word_classes_and_dependencies_are_those_of_the_sentence(annotated: Callable[..., DocView]) -> None:
    (row,) = annotated("Die Leute lachten.").rows(Words)
    assert row.upos == ("DET", "NOUN", "VERB", "PUNCT")
    assert row.heads == (1, 2, -1, 2)
    assert "Mood=Ind" in row.feats[2]


def test_a_foreign_sentence_has_its_own_language(annotated: Callable[..., DocView]) -> None:
    rows = annotated("Der Minister schwieg lange.\nWe have to talk about the weather.").rows(Words)
    assert [row.language for row in rows] == ["de", "en"]
    assert rows[1].upos == ()
    assert rows[1].lemmas[0] == "we"


def test_a_foreign_quotation_is_told(annotated: Callable[..., DocView]) -> None:
    (row,) = annotated("Er schrieb: „We will never give up our country“ und ging dann nach Hause.").rows(
        Words
    )
    assert [(it.language, it.right - it.left) for it in row.passages] == [("en", 7)]
    assert row.language == "de"


def test_the_rows_of_a_document_do_not_depend_on_others(annotated: Callable[..., DocView]) -> None:
    texts = ["Sie sagten, sie wollten nach Kiew reisen.", "Das Haus steht leer. " * 30]
    views = [annotated(text) for text in texts]
    together = list(split_words(views, TOOLS))
    assert together == [row for view in views for row in split_words([view], TOOLS)]


@pytest.mark.parametrize("text", ["...", "١٢٣ שלום עולם", "\x00\x01 a", "😀😀", "a. " * 500, "😀" * 2_000])
def test_hostile_text_is_read(annotated: Callable[..., DocView], text: str) -> None:
    view = annotated(text)
    for row in view.rows(Words):
        assert all(view.text[start:end].strip() for start, end in zip(row.starts, row.ends, strict=True))
        assert all(0 <= it.left < it.right <= len(row.starts) for it in row.names)
