"""Where the texts come from, as a picture."""

from __future__ import annotations

from dataclasses import replace

from lagebild.model.pages import LineageEdge, Part
from lagebild.questions.page import dossier_page
from lagebild.render.lineage import draw_lineage
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
    assert [wire.kind for wire in picture.wires] == ["copy", "copy"]
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
