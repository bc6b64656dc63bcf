"""Whose words a document holds: shares add up to 1, words of several others count once, later texts take nothing away."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.model.document import Block, Document, Stated
from lagebild.model.lineage import CopyLink
from lagebild.model.span import Span
from lagebild.questions.shares import covered, links_by_document, shares_of, versions_among

Direction = Literal["known", "guessed", "unknown"]
TEXT = " ".join(f"w{at:02d}" for at in range(20))  # word n stands at 4 n to 4 n + 3


def document(name: str, text: str = TEXT) -> tuple[Document, list[Block]]:
    doc = Document(name, text, "text/plain", "utf-8", Stated(), (), None)
    return doc, [Block(f"{name}:b", name, 0, len(text), "paragraph", True)]


def link(
    earlier: tuple[str, int, int],
    later: tuple[str, int, int],
    direction: Direction = "known",
    kind: Literal["same_text", "edited", "same_witness"] = "same_text",
    version: bool = False,
) -> CopyLink:
    spans = [Span(doc, 4 * start, 4 * end - 1) for doc, start, end in (earlier, later)]
    return CopyLink(f"c{earlier}{later}{kind}", spans[0], spans[1], kind, direction, 1.0, (), 5, version)


def shares(name: str, *links: CopyLink) -> list[tuple[str, str | None, int]]:
    found = shares_of(*document(name), links_by_document(links))
    assert sum(round(1_000 * one.share) for one in found) == 1_000
    return [(one.kind, one.doc_id, one.words) for one in found]


def test_a_text_alone_is_its_own() -> None:
    assert shares("a") == [("own", None, 20)]
    assert shares_of(*document("a", " – "), {}) == ()


def test_what_is_taken_is_not_own_and_what_others_took_is() -> None:
    taken = link(("a", 0, 12), ("b", 3, 15))
    assert shares("b", taken) == [("own", None, 8), ("taken", "a", 12)]
    assert shares("a", taken) == [("own", None, 20)]


def test_without_direction_both_share() -> None:
    both = link(("a", 0, 5), ("b", 0, 5), "unknown")
    assert shares("a", both)[1] == ("shared", "b", 5)
    assert shares("b", both)[1] == ("shared", "a", 5)


def test_words_of_a_chain_count_for_its_beginning() -> None:
    links = [
        link(("a", 0, 10), ("b", 0, 10)),
        link(("b", 0, 15), ("c", 0, 15)),
        link(("a", 0, 10), ("c", 0, 10)),
    ]
    assert shares("c", *links) == [("own", None, 5), ("taken", "a", 10), ("taken", "b", 5)]


def test_a_witness_takes_no_words_of_a_copied_text() -> None:
    links = [link(("a", 0, 10), ("b", 0, 10)), link(("x", 0, 6), ("b", 6, 12), "unknown", "same_witness")]
    assert shares("b", *links) == [("own", None, 8), ("taken", "a", 10), ("same_witness", "x", 2)]


def test_versions_are_no_copies() -> None:
    links = [link(("a", 0, 18), ("b", 0, 18), version=True), link(("b", 0, 3), ("c", 0, 3), version=True)]
    assert shares("b", *links)[1] == ("version", "a", 18)
    assert versions_among(["a", "b", "c", "d"], links_by_document(links)) == [["a", "b", "c"]]
    assert versions_among(["a", "c"], links_by_document(links)) == []


@given(st.lists(st.tuples(st.integers(0, 18), st.integers(1, 8), st.integers(0, 4)), max_size=9))
def test_shares_always_add_up(found: list[tuple[int, int, int]]) -> None:
    directions: tuple[Direction, ...] = ("known", "guessed", "unknown")
    links = [
        link((f"x{other}", 0, 2), ("a", start, min(20, start + size)), directions[other % 3])
        for start, size, other in found
    ]
    shares("a", *links)


@pytest.mark.parametrize(
    ("places", "words"), [([(0, 3)], {0}), ([(1, 7)], {1}), ([(0, 2), (2, 3)], set()), ([], set())]
)
def test_only_whole_words_are_covered(places: list[tuple[int, int]], words: set[int]) -> None:
    assert covered([(0, 3), (4, 7)], places) == words
