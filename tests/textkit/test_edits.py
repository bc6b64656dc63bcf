"""Equal and changed stretches cover both texts, say the truth, and are found in bounded time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lagebild.textkit.edits import edits_between

words = st.lists(st.sampled_from("abcdefgh"), max_size=120)


@given(words, words)
def test_stretches_cover_both_sides_in_order_and_equal_ones_are_equal(
    left: list[str], right: list[str]
) -> None:
    a = b = 0
    for equal, start, end, other, other_end in edits_between(left, right):
        assert (start, other) == (a, b)
        assert end > start or other_end > other
        if equal:
            assert left[start:end] == right[other:other_end]
        a, b = end, other_end
    assert (a, b) == (len(left), len(right))


@given(words)
def test_a_text_equals_itself(text: list[str]) -> None:
    assert [one[0] for one in edits_between(text, text)] == ([True] if text else [])


def test_a_changed_word_is_all_that_is_changed() -> None:
    left = ["die", "drei", "Männer", "liefen", "über", "die", "lange", "Brücke", "nach", "Hause"]
    right = ["die", "fünf", "Männer", "liefen", "über", "die", "Brücke", "nach", "Hause"]
    changed = [(left[a:b], right[c:d]) for equal, a, b, c, d in edits_between(left, right) if not equal]
    assert changed == [(["drei"], ["fünf"]), (["lange"], [])]


def test_long_texts_without_a_word_that_stands_once_are_no_work() -> None:
    left, right = ["x", "y"] * 50_000, ["y", "x", "x"] * 40_000
    assert len(list(edits_between(left, right))) <= 4
