"""Documents that share a passage meet; many equal documents stay bounded; order of arrival does not matter."""

from __future__ import annotations

from lagebild.lineage.candidates import COMMON, find_candidates, pair_keys
from lagebild.model.lineage import CopyCandidate, Fingerprints
from lagebild.step import DocView
from tests.lineage.rows import case_view, doc_view, prints
from tests.lineage.test_align import NEWS


def pairs(docs: list[DocView]) -> set[tuple[str, str]]:
    return {(row.doc_id, row.other_id) for row in find_candidates(case_view(prints(docs)))}


def test_a_passage_of_twenty_words_brings_two_documents_together() -> None:
    short = " ".join(NEWS.split()[:20])
    left = doc_view("a", "Eigenes vorweg, das sonst niemand hat und das lang ist. " + short)
    assert pairs(
        [left, doc_view("b", short + " Und dahinter folgt etwas anderes."), doc_view("c", "Nichts davon.")]
    ) == {
        ("a", "b"),
        ("b", "a"),
    }


def test_furniture_brings_nobody_together() -> None:
    assert pairs([doc_view("a", f"# {NEWS}"), doc_view("b", f"# {NEWS}")]) == set()


def test_a_thousand_equal_documents_give_a_thousand_links() -> None:
    docs = [doc_view(f"d{at:04d}", NEWS) for at in range(1000)]
    found = pairs(docs)
    assert len(found) == 2 * 999
    assert COMMON < 1000


def test_keys_name_the_pair_the_same_from_both_sides() -> None:
    rows = {
        name: DocView(name, {CopyCandidate: (CopyCandidate(f"{name}:cc", name, other, 3),)})
        for name, other in (("a", "b"), ("b", "a"))
    }
    assert list(pair_keys(rows["a"])) == list(pair_keys(rows["b"])) == ["a|b"]


def test_fingerprints_fit_signed_integers_and_depend_on_words_alone() -> None:
    (one,) = prints([doc_view("a", NEWS)])[Fingerprints]
    (two,) = prints([doc_view("a", NEWS.upper().replace(".", " !"))])[Fingerprints]
    assert one.hashes == two.hashes
    assert all(0 <= value < 2**63 for value in one.hashes)


def test_a_notice_in_every_document_brings_nobody_together() -> None:
    notice = "Jede Vervielfältigung der Inhalte bedarf der schriftlichen Zustimmung des Verlags Muster und Söhne in Olmstadt."
    own = [" ".join(f"eigenwort{at}x{place}" for place in range(60)) for at in range(40)]
    assert pairs([doc_view(f"d{at:02d}", f"{words} {notice}") for at, words in enumerate(own)]) == set()
    assert len(pairs([doc_view(f"d{at:02d}", f"{words} {notice}") for at, words in enumerate(own[:3])])) == 6


def test_a_copy_is_found_among_many_others() -> None:
    docs = [doc_view(f"d{at:02d}", " ".join(f"eigen{at}x{place}" for place in range(60))) for at in range(30)]
    copies = [doc_view("x", NEWS), doc_view("y", f"Vorneweg anderes. {NEWS}")]
    assert pairs([*docs, *copies]) == {("x", "y"), ("y", "x")}
