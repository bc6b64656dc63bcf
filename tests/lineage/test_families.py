"""Whole-text copies are families; a shared paragraph is none; an origin is named only where all directions are known."""

from __future__ import annotations

from lagebild.lineage.families import group_copies
from lagebild.model.document import Masthead
from lagebild.model.lineage import CopyFamily, CopyLink
from lagebild.step import DocView
from tests.lineage.rows import case_view, doc_view, links, prints
from tests.lineage.test_align import NEWS

OWN = " ".join(f"Eigener Satz Nummer {at} über ganz andere Dinge im fernen Tal." for at in range(40))


def families(docs: list[DocView]) -> list[CopyFamily]:
    tables = prints(docs)
    tables[CopyLink] = [
        link for at, left in enumerate(docs) for right in docs[at + 1 :] for link in links(left, right)
    ]
    tables[Masthead] = [row for doc in docs for row in doc.rows(Masthead)]
    return list(group_copies(case_view(tables)))


def test_copies_are_a_family_with_the_first_as_origin() -> None:
    docs = [
        doc_view("a", NEWS, published="2025-05-07"),
        doc_view("b", NEWS, published="2025-05-06", agencies=("dpa",)),
    ]
    (family,) = families(docs)
    assert (family.doc_ids, family.origin_doc_id, family.agencies) == (("a", "b"), "b", ("dpa",))


def test_without_dates_the_origin_is_unknown() -> None:
    (family,) = families([doc_view("a", NEWS), doc_view("b", NEWS), doc_view("c", NEWS)])
    assert (family.doc_ids, family.origin_doc_id) == (("a", "b", "c"), None)


def test_a_shared_paragraph_in_longer_texts_is_no_family() -> None:
    assert families([doc_view("a", f"{NEWS}\n{OWN}"), doc_view("b", f"{NEWS}\n{OWN[::-1]}")]) == []


def test_versions_of_one_article_are_a_family_that_says_so() -> None:
    docs = [
        doc_view("a", NEWS, outlet="Bote"),
        doc_view("b", f"{NEWS} Am Abend kam ein zweiter Schlepper.", outlet="Bote"),
        doc_view("c", NEWS, outlet="Kurier"),
    ]
    (family,) = families(docs)
    assert [reason.name for reason in family.reasons] == ["shared_text", "versions"]
    assert (family.reasons[1].detail or "").startswith("2 of the 3")
