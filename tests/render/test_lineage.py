"""Where the texts come from, as a picture."""

from __future__ import annotations

from dataclasses import replace

from lagebild.model.pages import LineageEdge, Part
from lagebild.model.side_by_side import Comparison, LabelShare, Parts, SourceShares, Stretch
from lagebild.questions.page import dossier_page
from lagebild.render.lineage import change_places, draw_lineage, held_by, share_bars, tenths
from lagebild.settings import Settings
from tests import pile as piles


def part() -> Part:
    return dossier_page(piles.pile(), Settings()).parts[0]


def test_copies_hang_on_their_origin() -> None:
    picture = draw_lineage(part())
    assert picture is not None
    nodes = {node.label: node for node in picture.nodes}
    assert (nodes["B1"].copy, nodes["B2"].copy) == (False, True)
    assert nodes["B1"].y == nodes["B2"].y == nodes["B3"].y
    assert [(wire.kind, wire.arrow) for wire in picture.wires] == [("guessed", True), ("copy", True)]
    assert nodes["B2"].share.startswith("60")


def test_order_of_publication_from_left_to_right() -> None:
    picture = draw_lineage(part())
    assert picture is not None
    ordered = [node.label for node in sorted(picture.nodes, key=lambda node: node.x)]
    assert ordered == ["F1", "A1", "B1", "B3", "C1", "E1", "B2", "D1"]


def test_without_direction_nobody_is_said_to_have_copied() -> None:
    made = part()
    edges = (
        LineageEdge("C1", "D1", 0.4, "edited", "unknown"),
        LineageEdge("A1", "D1", 0.1, "same_witness", "known"),
    )
    picture = draw_lineage(replace(made, lineage=replace(made.lineage, edges=edges)))
    assert picture is not None
    assert [(wire.kind, wire.arrow) for wire in picture.wires] == [("unsure", False), ("witness", True)]


def test_one_text_or_too_many_have_no_picture() -> None:
    made = part()
    one = replace(made.lineage, columns=made.lineage.columns[:1])
    many = replace(made.lineage, columns=made.lineage.columns * 3)
    assert draw_lineage(replace(made, lineage=one)) is None
    assert draw_lineage(replace(made, lineage=many)) is None


def test_a_line_says_how_sure_it_is() -> None:
    made = part()
    edges = (
        LineageEdge("C1", "D1", 0.4, "edited", "known"),
        LineageEdge("C1", "D1", 0.3, "edited", "guessed"),
        LineageEdge("C1", "D1", 0.2, "edited", "known", version=True),
    )
    picture = draw_lineage(replace(made, lineage=replace(made.lineage, edges=edges, shares=())))
    assert picture is not None
    assert [(wire.kind, wire.arrow) for wire in picture.wires] == [
        ("shared", True),
        ("guessed", True),
        ("version", True),
    ]


def test_no_line_leads_from_a_text_whose_words_are_older() -> None:
    made = part()
    edges = (LineageEdge("C1", "D1", 0.4, "edited", "known"), LineageEdge("A1", "D1", 0.3, "edited", "known"))
    shares = (
        SourceShares("D1", (LabelShare("own", None, None, 0.6), LabelShare("taken", "A1", "known", 0.4))),
    )
    picture = draw_lineage(replace(made, lineage=replace(made.lineage, edges=edges, shares=shares)))
    assert picture is not None
    assert [wire.words for wire in picture.wires] == ["30\u202f%"]


def test_bars_are_as_wide_as_the_shares_and_labelled_where_there_is_room() -> None:
    own, taken = LabelShare("own", None, None, 0.55), LabelShare("taken", "B1", "guessed", 0.4)
    bars = share_bars(SourceShares("A1", (own, taken, LabelShare("shared", "C1", "unknown", 0.05))))
    assert [(bar.x, bar.width, bar.kind, bar.words) for bar in bars] == [
        (0.0, 55.0, "own", ""),
        (55.0, 40.0, "guessed", "B1"),
        (95.0, 5.0, "shared", ""),
    ]
    assert "62,5" in tenths(0.625)
    assert "62.5" in tenths(0.625)


def test_a_text_that_shares_nothing_has_no_bar() -> None:
    made = part()
    alone = replace(made, lineage=replace(made.lineage, shares=()))
    assert held_by(alone, made.sources[0]) == ()


def test_changes_stand_between_the_words_around_them() -> None:
    words = "eins zwei drei vier fünf sechs sieben acht neun zehn"
    sides = Parts("a", "a", 1, 1, 0, 0)
    changes = (Stretch(True, words, words), Stretch(False, "alt", "neu"), Stretch(True, words, words))
    ((before, change, behind),) = change_places(Comparison(sides, sides, (), True, changes))
    assert (before.split()[0], change.right, behind.split()[-1]) == ("drei", "neu", "acht")
