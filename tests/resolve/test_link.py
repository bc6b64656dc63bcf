"""Mentions and the entities they mean; no row where nobody can tell."""

from __future__ import annotations

from gold.resolve.pile import resolved

from lagebild.model.identity import MentionLink
from lagebild.resolve.link import use_keys
from lagebild.step import DocView


def test_every_settled_mention_has_a_link_with_reasons() -> None:
    pile = resolved(
        ["[Anke Dorn]{P} kam.‖ [Dorns]{Pg} Auto.", "[Finnland]{L} und der [finnische]{D=finnisch} Wald."]
    )
    rows = pile.docs["d0"][MentionLink]
    assert {pile.entities[row.entity_id].name for row in rows} == {"Anke Dorn"}
    assert sorted(row.score for row in rows) == [0.9025, 0.95]
    assert all(1 <= len(row.reasons) <= 5 for row in rows)
    assert {row.reasons[0].name for row in pile.docs["d1"][MentionLink]} == {"own_form", "derived_from"}


def test_ambiguous_names_have_no_link() -> None:
    pile = resolved(["[Anke Dorn]{P}", "[Uwe Dorn]{P}", "[Dorn]{P}"])
    assert pile.docs["d2"][MentionLink] == ()


def test_the_keys_of_a_document_are_those_of_its_uses() -> None:
    pile = resolved(["[Anke Dorn]{P} in [Gera]{L}"])
    own = sorted(use.id for use in pile.uses)
    assert list(use_keys(DocView("d0", pile.docs["d0"]))) == ["LOC:gera", "PER:anke dorn", *own]
