"""Pairs of quotation marks: every style, mixed, nested, inverted, and marks that have no partner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.quote.marks import LONGEST, MarkStyles, find_marks

STYLES = MarkStyles.load("de")


def inner(text: str) -> list[str]:
    return [text[pair.inner_start : pair.inner_end] for pair in find_marks(text, 0, len(text), STYLES).pairs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er rief: „Halt!“ Dann lief er.", ["Halt!"]),
        ("Die “alte Mühle” und der “neue Hof”.", ["alte Mühle", "neue Hof"]),
        ('Sie sei "müde". Er "auch", sagte sie.', ["müde", "auch"]),
        ("»Nein«, sagte er. «Oui», rief sie.", ["Nein", "Oui"]),
        ("« Bien », dit-elle.", ["Bien"]),
        ("Das war „gemischt\" und “so„.", ["gemischt", "so"]),
        ("„Alles lief ‚wie geplant‘ ab“, hieß es.", ["Alles lief ‚wie geplant‘ ab", "wie geplant"]),
        ("„Wir lasen „Kiel“ und gingen“, sagte sie.", ["Wir lasen „Kiel“ und gingen", "Kiel"]),
        ("Klaus’ Hof und geht's noch, 'gut' so.", ["gut"]),
        ("›Leise‹, bat er.", ["Leise"]),
    ],
)  # fmt: skip
def test_marks_of_many_styles(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_mark_never_closed_swallows_nothing() -> None:
    text = "Er sagte: „Das geht nicht. Dann kam „Lena“ herein."
    assert inner(text) == ["Lena"]
    assert [text[place] for place in find_marks(text, 0, len(text), STYLES).never_closed] == ["„"]


def test_a_mark_never_opened_is_named() -> None:
    text = "bis jemand kommt“, rief er."
    assert find_marks(text, 0, len(text), STYLES).never_opened == (16,)


def test_a_pair_too_far_apart_is_none() -> None:
    text = "„" + "a " * LONGEST + "“"
    assert find_marks(text, 0, len(text), STYLES).pairs == ()


def test_ten_thousand_unbalanced_marks_give_no_pair_and_end() -> None:
    text = "„ab " * 10_000
    assert find_marks(text, 0, len(text), STYLES).pairs == ()


@given(st.text(alphabet="ab .,„“”\"»«‚‘’'(", max_size=80))
def test_pairs_nest_and_lie_in_the_text(text: str) -> None:
    pairs = find_marks(text, 0, len(text), STYLES).pairs
    for one in pairs:
        assert 0 <= one.start < one.inner_start < one.inner_end < one.end <= len(text)
        for other in pairs:
            apart = one.end <= other.start or other.end <= one.start
            nested = (one.start - other.start) * (one.end - other.end) <= 0
            assert apart or nested
