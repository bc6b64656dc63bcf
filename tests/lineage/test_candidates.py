"""Documents that share a passage meet; many equal documents stay bounded; order of arrival does not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.lineage import candidates
from lagebild.lineage.candidates import COMMON, CandidateIndex, find_candidates, pair_keys
from lagebild.model.lineage import PRINT_BYTES, CopyCandidate, Fingerprints, pack_hashes
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
    assert all(0 <= value < 2 ** (8 * PRINT_BYTES) for value in one.hashes)
    assert list(one.hashes) == sorted(set(one.hashes))
    assert pack_hashes(one.hashes) == one.packed


def test_a_notice_in_every_document_brings_nobody_together() -> None:
    notice = "Jede Vervielfältigung der Inhalte bedarf der schriftlichen Zustimmung des Verlags Muster und Söhne in Olmstadt."
    own = [" ".join(f"eigenwort{at}x{place}" for place in range(60)) for at in range(40)]
    assert pairs([doc_view(f"d{at:02d}", f"{words} {notice}") for at, words in enumerate(own)]) == set()
    assert len(pairs([doc_view(f"d{at:02d}", f"{words} {notice}") for at, words in enumerate(own[:3])])) == 6


def test_a_copy_is_found_among_many_others() -> None:
    docs = [doc_view(f"d{at:02d}", " ".join(f"eigen{at}x{place}" for place in range(60))) for at in range(30)]
    copies = [doc_view("x", NEWS), doc_view("y", f"Vorneweg anderes. {NEWS}")]
    assert pairs([*docs, *copies]) == {("x", "y"), ("y", "x")}


numbers = st.frozensets(st.integers(0, 40).map(lambda at: 2 * at), min_size=1, max_size=12)


def rows_of(piles: list[frozenset[int]]) -> list[Fingerprints]:
    return [
        Fingerprints(f"d{at:03d}:fp", f"d{at:03d}", pack_hashes(one), len(one))
        for at, one in enumerate(piles)
    ]


@given(st.lists(numbers, min_size=2, max_size=40))
def test_a_new_document_meets_whom_it_would_meet_in_a_new_index(piles: list[frozenset[int]]) -> None:
    rows = rows_of(piles)
    last = len(rows) - 1
    whole = CandidateIndex(iter(rows))
    wanted = [(whole.doc_ids[left], shared) for left, right, shared in whole.pairs() if right == last]
    assert CandidateIndex(iter(rows[:-1])).meeting(rows[-1]) == wanted


@given(st.lists(numbers, max_size=40))
def test_pairs_are_those_that_counting_gives(piles: list[frozenset[int]]) -> None:
    shared = {(a, b): len(piles[a] & piles[b]) for b in range(len(piles)) for a in range(b)}
    if len(piles) <= COMMON:
        found = {(a, b): count for a, b, count in CandidateIndex(iter(rows_of(piles))).pairs()}
        assert found.items() <= shared.items()
        assert all(count < 4 for pair, count in shared.items() if pair not in found)


def test_portions_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of([frozenset((at // 3 * 2, at // 4 * 2 + 100, at // 5 * 2 + 200, 300)) for at in range(90)])
    whole = list(CandidateIndex(iter(rows)).pairs())
    monkeypatch.setattr(candidates, "AT_ONCE", 5)
    assert list(CandidateIndex(iter(rows)).pairs()) == whole
    assert len(whole) > 80


def test_a_crowded_pile_asks_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = [frozenset({2 * at, 2 * at + 2, 2 * at + 4, 2 * at + 6}) for at in range(60)]
    copies = [frozenset(range(900, 924, 2)), frozenset(range(900, 924, 2))]
    assert len(list(CandidateIndex(iter(rows_of([*chance, *copies]))).pairs())) > 62
    monkeypatch.setattr(candidates, "FREE", 0)
    (only,) = [one for one in CandidateIndex(iter(rows_of([*chance, *copies]))).pairs() if one[2] > 3]
    assert only == (60, 61, 12)
    assert len(list(CandidateIndex(iter(rows_of([*chance, *copies]))).pairs())) <= 63


def test_one_phrase_a_hundred_thousand_times_leaves_a_handful_of_fingerprints() -> None:
    text = "Schon wieder derselbe lange Satz über die Schleuse am Kanal. " * 100_000
    (row,) = prints([doc_view("a", text)])[Fingerprints]
    assert len(row.hashes) < 20


def test_tables_of_results_meet_only_where_results_are_equal() -> None:
    teams = [f"Verein{at:02d}" for at in range(18)]
    tables = [
        "\n".join(
            f"{teams[at]} – {teams[(at + day) % 18]} {(at * day) % 5}:{(at + day) % 4}" for at in range(18)
        )
        for day in range(1, 13)
    ]
    found = pairs([doc_view(f"d{at:02d}", table) for at, table in enumerate(tables)])
    assert len(found) <= 12 * 11


def test_fingerprints_of_a_sentence_count_as_one() -> None:
    whole = [frozenset((1, 3, 5, 7)), frozenset((1, 3, 5, 7))]
    assert list(CandidateIndex(iter(rows_of(whole))).pairs()) == [(0, 1, 1)]
    both = [frozenset((1, 3, 5, 7, 8, 10)), frozenset((1, 3, 5, 7, 8, 10))]
    assert list(CandidateIndex(iter(rows_of(both))).pairs()) == [(0, 1, 3)]
