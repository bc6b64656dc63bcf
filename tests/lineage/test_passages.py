"""The alignment of two word lists: inside, bounded, cut by furniture, tolerant of edits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lagebild.lineage.passages import LEAST, Passage, shared_passages


def test_one_phrase_repeated_is_bounded() -> None:
    words = ["immer", "wieder", "derselbe", "lange", "Satz", "ohne", "Ende"] * 20_000
    assert shared_passages(words, words) == []


def test_single_equal_words_in_a_gap_count() -> None:
    left = ["a", "b", "c", "d", "e", "X", "f", "Y", "g", "h", "i", "j", "k", "l"]
    right = ["a", "b", "c", "d", "e", "Z", "f", "W", "g", "h", "i", "j", "k", "l"]
    (passage,) = shared_passages(left, right)
    assert (passage.left, passage.equal) == ((0, 14), 12)


def test_a_long_stretch_of_other_words_ends_a_passage() -> None:
    first, second = [f"a{at}" for at in range(20)], [f"b{at}" for at in range(20)]
    between = [f"c{at}" for at in range(20)]
    assert [one.right for one in shared_passages([*first, *second], [*first, *between, *second])] == [
        (0, 20),
        (40, 60),
    ]


def test_parts_in_another_order_are_found_whole_but_for_words_they_share() -> None:
    first, second = [*(f"a{at}" for at in range(20)), "die"], ["die", *(f"b{at}" for at in range(20))]
    found = shared_passages([*first, *second[1:]], [*second, *first])
    assert sorted(one.equal for one in found) == [20, 21]


@given(
    st.lists(st.sampled_from("abcdefghij"), max_size=80),
    st.lists(st.sampled_from("abcdefghij"), max_size=80),
    st.frozensets(st.integers(1, 79), max_size=3),
)
def test_passages_lie_inside_and_do_not_overlap(
    left: list[str], right: list[str], breaks: frozenset[int]
) -> None:
    end = 0
    for passage in shared_passages(left, right, (breaks, frozenset())):
        assert end <= passage.left[0] < passage.left[1] <= len(left)
        assert 0 <= passage.right[0] < passage.right[1] <= len(right)
        assert not any(passage.left[0] < one < passage.left[1] for one in breaks)
        assert_equal_runs(passage, left, right)
        end = passage.left[1]


def assert_equal_runs(passage: Passage, left: list[str], right: list[str]) -> None:
    assert passage.equal >= LEAST
    at = (passage.left[0], passage.right[0])
    for run in passage.runs:
        assert run.left >= at[0]
        assert run.right >= at[1]
        assert left[run.left : run.left_end] == right[run.right : run.right_end]
        at = (run.left_end, run.right_end)
    assert at == (passage.left[1], passage.right[1])
