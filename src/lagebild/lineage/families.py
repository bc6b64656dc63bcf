"""Families: documents that are copies of one text as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lagebild.model.account import Reason
from lagebild.model.document import Masthead
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyFamily, CopyLink, Fingerprints
from lagebild.step import CaseView

__all__ = ["group_copies"]

WHOLE = 0.5
"""Share of the shorter text that must stand in the other. NEWS-COPY (Harvard, 2023): real reprints keep about a third of word
triples, digests and shared paragraphs less; half keeps digests apart and is measured on gold/lineage."""
WORDS_PER_PRINT = 2.5  # of 4 neighbouring windows one is kept, on average 2 of 5 windows


def group_copies(case: CaseView) -> Iterable[CopyFamily]:
    """Families of at least two documents, by shared passages that make up half of the shorter text.

    `origin_doc_id` is set where every step to it has a known direction. Union-find over the pairs: near-linear.
    """
    sizes = {row.doc_id: len(row.hashes) * WORDS_PER_PRINT for row in case.rows(Fingerprints)}
    agencies: dict[str, tuple[str, ...]] = {row.doc_id: row.agencies for row in case.rows(Masthead)}
    shared: dict[tuple[str, str], float] = {}
    earlier: dict[tuple[str, str], bool] = {}
    for link in case.rows(CopyLink):
        if link.kind == "same_witness":
            continue  # the same words of one speaker make two texts no copies of each other
        pair = (link.earlier.doc_id, link.later.doc_id)
        words = (
            (link.later.end - link.later.start) / 7.0 * link.share
        )  # a German word and its space: 7 characters
        shared[pair] = shared.get(pair, 0.0) + words
        earlier[pair] = link.direction == "known"
    leader: dict[str, str] = {}
    kept: dict[tuple[str, str], float] = {}
    for pair, words in shared.items():
        part = min(1.0, words / max(1.0, min(sizes.get(pair[0], 1.0), sizes.get(pair[1], 1.0))))
        if part >= WHOLE:
            kept[pair] = part
            _join(leader, *pair)
    families: dict[str, list[str]] = {}
    for doc_id in sorted(leader):
        families.setdefault(_leader(leader, doc_id), []).append(doc_id)
    for doc_ids in families.values():
        yield _family(doc_ids, kept, earlier, agencies)


def _family(
    doc_ids: list[str],
    kept: Mapping[tuple[str, str], float],
    earlier: Mapping[tuple[str, str], bool],
    agencies: Mapping[str, tuple[str, ...]],
) -> CopyFamily:
    members = set(doc_ids)
    inside = {pair: part for pair, part in kept.items() if pair[0] in members}
    later = {pair[1] for pair in inside if earlier[pair]}
    first = [doc_id for doc_id in doc_ids if doc_id not in later]
    all_known = all(earlier[pair] for pair in inside)
    origin = first[0] if all_known and len(first) == 1 else None
    weakest = min(inside.values())
    told = f"every text shares at least {weakest:.0%} of the shorter one with another of the family"
    credited = sorted({name for doc_id in doc_ids for name in agencies.get(doc_id, ())})
    return CopyFamily(
        content_id("f", doc_ids[0]),
        tuple(doc_ids),
        origin,
        tuple(credited),
        (Reason("shared_text", round(weakest, 4), told),),
    )


def _leader(leader: dict[str, str], doc_id: str) -> str:
    while leader[doc_id] != doc_id:
        leader[doc_id] = leader[leader[doc_id]]
        doc_id = leader[doc_id]
    return doc_id


def _join(leader: dict[str, str], left: str, right: str) -> None:
    a, b = (_leader(leader, leader.setdefault(one, one)) for one in (left, right))
    if a != b:
        leader[max(a, b)] = min(a, b)
