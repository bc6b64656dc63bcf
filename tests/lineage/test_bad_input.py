"""Inputs that are made to be much work: sizes and counts stay bounded, and what comes out makes sense."""

from __future__ import annotations

import pytest

from lagebild.lineage.align import align_passages
from lagebild.lineage.candidates import COMMON, find_candidates
from lagebild.lineage.families import group_copies
from lagebild.lineage.passages import MATCHES, shared_passages
from lagebild.lineage.prints import MAX_WORDS
from lagebild.model.document import Masthead
from lagebild.model.lineage import CopyLink, Fingerprints
from lagebild.step import DocView, GroupView
from tests.lineage.rows import TOOLS, case_view, doc_view, links, prints
from tests.lineage.test_align import NEWS

PHRASE = "Schon wieder derselbe lange Satz über die Schleuse am Kanal von Wehrdorf. "
NOTICE = (
    "Alle Rechte vorbehalten. Die Vervielfältigung, Verbreitung und öffentliche Wiedergabe der Inhalte bedarf der schriftlichen "
    "Zustimmung des Verlags Muster und Söhne, Amtsgericht Olmstadt, Handelsregister B 4711, Umsatzsteuer-Nummer DE 999999999."
)


def test_one_phrase_a_hundred_thousand_times_is_cut_and_shares_nothing_but_itself() -> None:
    text = PHRASE * 100_000
    left, right = doc_view("a", text), doc_view("b", text)
    words = TOOLS.wordlist(left)
    assert len(words.tokens) == MAX_WORDS
    found = links(left, right)
    assert len(found) <= 1
    assert len(prints([left])[Fingerprints][0].hashes) < 20


def test_windows_that_repeat_seed_nothing() -> None:
    words = ["immer", "wieder", "der", "Satz"] * 50_000
    assert shared_passages(words, words) == []
    few = ["immer", "wieder", "der", "Satz"] * 2
    assert len(few) ** 2 <= MATCHES * len(few)
    assert shared_passages([*few, *NEWS.split()], NEWS.split())


def test_two_hundred_equal_documents_are_one_family_with_a_link_for_each() -> None:
    docs = {f"d{at:03d}": doc_view(f"d{at:03d}", NEWS) for at in range(200)}
    tables = prints(docs.values())
    pairs = {tuple(sorted((row.doc_id, row.other_id))) for row in find_candidates(case_view(tables))}
    assert len(pairs) == 199
    assert len(docs) > COMMON
    tables[CopyLink] = [link for a, b in sorted(pairs) for link in pair_links(docs[a], docs[b])]
    tables[Masthead] = [row for doc in docs.values() for row in doc.rows(Masthead)]
    assert len(tables[CopyLink]) == 199
    (family,) = group_copies(case_view(tables))
    assert len(family.doc_ids) == 200


def pair_links(left: DocView, right: DocView) -> list[CopyLink]:
    return list(align_passages(GroupView(f"{left.id}|{right.id}", (left, right)), TOOLS))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "\n".join(f"Verein{at:02d} – Verein{at + 1:02d} {at % 5}:{at % 3}" for at in range(200)),
            "\n".join(f"Verein{at:02d} – Verein{at + 3:02d} {at % 4}:{at % 2}" for at in range(200)),
        ),
        (
            "Aal, Barsch, Döbel, Esox, Forelle, Gründling, Hecht, Karpfen, Lachs, Quappe, Rapfen, Schleie, Zander",
            "Schleie, Hecht, Aal, Zander, Karpfen, Lachs, Barsch, Rapfen, Döbel, Esox, Quappe, Forelle, Gründling",
        ),
        ("1. 12:30 2. 12:31 3. 12:45 " * 3_000, "3. 12:45 1. 12:30 2. 12:31 " * 3_000),
    ],
)
def test_tables_and_lists_are_no_copies(one: str, two: str) -> None:
    assert links(doc_view("a", one), doc_view("b", two)) == []


def test_a_notice_in_every_document_ties_nobody_together() -> None:
    docs = [
        doc_view(f"d{at:03d}", f"{' '.join(f'eigen{at}x{place}' for place in range(80))}\n{NOTICE}")
        for at in range(120)
    ]
    tables = prints(docs)
    assert list(find_candidates(case_view(tables))) == []
    tables[CopyLink] = []
    tables[Masthead] = []
    assert list(group_copies(case_view(tables))) == []


@pytest.mark.parametrize(
    "text", ["", " ", "…", "\u200b" * 5_000, "a" * 1_000_000, "ä" * 3, "? ! . ; :" * 20_000, "x. " * 50_000]
)
def test_texts_without_words_or_sense(text: str) -> None:
    left, right = doc_view("a", text), doc_view("b", text)
    assert links(left, right) == []
    assert len(list(find_candidates(case_view(prints([left, right]))))) <= 2
