"""Words cut into pieces."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.lang.pieces import MOST_PIECES, UNKNOWN, Pieces, windows


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Pieces:
    listed = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    listed += [("▁", -3.0), ("a", -4.0), ("b", -4.0), ("ab", -5.0), ("▁ab", -6.0), ("ba", -9.0)]
    path = tmp_path_factory.mktemp("pieces") / "pieces.json"
    path.write_text(json.dumps({"model": {"unk_id": UNKNOWN, "vocab": listed}}), encoding="utf-8")
    return Pieces(path)


@pytest.mark.parametrize(
    ("word", "spaced", "expected"),
    [
        ("ab", True, (8,)),
        ("ab", False, (7,)),
        ("ba", False, (6, 5)),  # two likely pieces before one unlikely
        ("abxyzab", False, (7, UNKNOWN, 7)),  # signs that no piece holds count as one
        ("a\u00adb", False, (7,)),  # a soft hyphen is no part of a word
        ("\x00", False, (UNKNOWN,)),
        ("ａｂ", False, (7,)),  # full-width letters in their compatibility form
    ],
)
def test_the_likeliest_pieces_are_found(
    pieces: Pieces, word: str, spaced: bool, expected: tuple[int, ...]
) -> None:
    assert pieces.of([word], [spaced]) == [expected]


@given(st.lists(st.tuples(st.text(max_size=80), st.booleans()), max_size=20))
def test_every_word_has_one_to_twelve_pieces(pieces: Pieces, words: list[tuple[str, bool]]) -> None:
    found = pieces.of([word for word, _ in words], [spaced for _, spaced in words])
    assert all(1 <= len(one) <= MOST_PIECES for one in found)
    assert len(found) == len(words)


def test_a_word_without_end_costs_no_more_than_its_beginning(pieces: Pieces) -> None:
    assert len(pieces.of(["ab" * 1_000_000], [True])[0]) == MOST_PIECES


@given(st.lists(st.integers(1, 12), max_size=300))
def test_windows_hold_every_word_once_and_no_more_than_they_may(lengths: list[int]) -> None:
    found = list(windows(lengths, 40))
    assert [place for first, last in found for place in range(first, last)] == list(range(len(lengths)))
    assert all(sum(lengths[first:last]) <= 40 for first, last in found)
