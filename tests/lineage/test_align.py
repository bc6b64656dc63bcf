"""Shared passages: found through other marks, edits and order; not found where only phrases are shared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.lineage.align import LEAST, shared_passages
from tests.lineage.rows import doc_view, links, words_of

NEWS = (
    "Der Deichverband hat am Morgen die Schleuse bei Wehrdorf geschlossen, nachdem ein Frachter das Tor gerammt hatte. "
    "Sieben Schiffe liegen seither im Oberwasser fest, die Reparatur soll nach Angaben der Werft bis Mittwoch dauern."
)


def test_the_same_words_in_other_marks_are_one_passage() -> None:
    left = doc_view("a", f"Vorne steht etwas Eigenes.\n„{NEWS}“\nHinten auch.")
    right = doc_view("b", f'Ganz anderer Anfang hier.\n"{NEWS}"')
    (link,) = links(left, right)
    assert words_of(left, link) == NEWS.rstrip(".")
    assert words_of(right, link) == NEWS.rstrip(".")
    assert (link.kind, link.share, link.direction) == ("same_text", 1.0, "unknown")


def test_an_edited_copy_is_one_passage_with_a_lower_share() -> None:
    edited = NEWS.replace("am Morgen die Schleuse", "am frühen Montag die große Schleuse").replace(
        "Sieben", "Acht"
    )
    left, right = doc_view("a", NEWS), doc_view("b", edited)
    (link,) = links(left, right)
    assert link.kind == "edited"
    assert 0.5 < link.share < 0.9


def test_changed_order_gives_a_passage_each() -> None:
    first, second = NEWS.split(". ", 1)
    left, right = doc_view("a", NEWS), doc_view("b", f"{second}\n{first}.")
    found = links(left, right)
    assert sorted(words_of(right, link)[:10] for link in found) == ["Der Deichv", "Sieben Sch"]


def test_a_teaser_in_between_cuts_the_passage() -> None:
    first, second = NEWS.split(". ", 1)
    left, right = doc_view("a", NEWS), doc_view("b", f"{first}.\n# LESEN Sie auch anderes\n{second}")
    assert len(links(left, right)) == 2
    assert all("LESEN" not in words_of(right, link) for link in links(left, right))


@pytest.mark.parametrize(
    "other",
    [
        "Das teilte das Ministerium am Freitag mit. Der Sprecher wollte sich dazu nicht äußern.",
        "Am Montag rammte ein Schiff das Tor der Schleuse bei Wehrdorf, die nun geschlossen ist; sieben Schiffe warten.",
        "",
    ],
)
def test_phrases_and_the_same_event_in_other_words_are_no_copy(other: str) -> None:
    left = doc_view(
        "a", NEWS + " Das teilte das Ministerium am Freitag mit. Der Sprecher wollte sich dazu nicht äußern."
    )
    assert links(left, doc_view("b", other)) == []


def test_stated_dates_give_a_known_direction() -> None:
    late = doc_view("a", NEWS, published="2025-05-07")
    early = doc_view("b", NEWS, published="2025-05-06T18:00")
    (link,) = links(late, early)
    assert (link.earlier.doc_id, link.direction) == ("b", "known")


@pytest.mark.parametrize(
    ("one", "two"), [("2025-05", "2025-05-06"), ("2025-05-06", "2025-05-06T08:00"), (None, "2025-05-06")]
)
def test_dates_that_do_not_tell_leave_the_direction_open(one: str | None, two: str | None) -> None:
    (link,) = links(doc_view("a", NEWS, published=one), doc_view("b", NEWS, published=two))
    assert link.direction == "unknown"


def test_a_credit_to_the_other_gives_a_known_direction() -> None:
    agency = doc_view("b", NEWS, outlet="dpa", agencies=("dpa",))
    paper = doc_view("a", NEWS, outlet="Wehrdorfer Bote", agencies=("dpa",))
    (link,) = links(paper, doc_view("b", NEWS, outlet="dpa"))
    assert (link.earlier.doc_id, link.direction) == ("b", "known")
    assert links(paper, agency)[0].direction == "unknown"


def test_one_phrase_repeated_is_bounded() -> None:
    words = ["immer", "wieder", "derselbe", "lange", "Satz", "ohne", "Ende"] * 20_000
    assert shared_passages(words, words) == []


@given(
    st.lists(st.sampled_from("abcdefghij"), max_size=80), st.lists(st.sampled_from("abcdefghij"), max_size=80)
)
def test_passages_lie_inside_and_do_not_overlap(left: list[str], right: list[str]) -> None:
    end = 0
    for passage in shared_passages(left, right):
        assert end <= passage.left[0] < passage.left[1] <= len(left)
        assert 0 <= passage.right[0] < passage.right[1] <= len(right)
        assert passage.equal >= LEAST
        end = passage.left[1]
