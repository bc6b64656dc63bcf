"""Families: documents that are copies of one text as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lagebild.model.account import Reason
from lagebild.model.document import Masthead
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyFamily, CopyLink, Fingerprints
from lagebild.step import CaseView

__all__ = ["group_copies"]

WHOLE = 0.5
"""Share of the shorter text that must stand in passages of the other. Real reprints keep about a third of word triples (NEWS-COPY,
Harvard, 2023) and more of their length in passages; a shared background paragraph is less than half of a report."""
BOTH = 0.3  # share of the longer text from which two texts are copies whatever else stands in it


@dataclass(frozen=True)
class Tie:
    """Two documents, how much of the shorter and of the longer one they share, and the longer one."""

    pair: tuple[str, str]
    of_shorter: float
    of_longer: float
    longer: str
    known: bool
    version: bool


def group_copies(case: CaseView) -> Iterable[CopyFamily]:
    """Families of at least two documents, by shared passages that make up half of the shorter text.

    Versions of one article are a family as well; a reason says so. A longer text that takes texts from several families is a digest and joins none of them. `origin_doc_id` is set where
    every step to it has a known direction. Union-find over the pairs: near-linear.
    """
    sizes = {row.doc_id: row.words for row in case.rows(Fingerprints)}
    agencies: dict[str, tuple[str, ...]] = {row.doc_id: row.agencies for row in case.rows(Masthead)}
    ties = _ties(case.rows(CopyLink), sizes)
    leader: dict[str, str] = {}
    strong = [tie for tie in ties if tie.of_longer >= BOTH or tie.version]
    for tie in strong:
        _join(leader, *tie.pair)
    kept = [*strong, *_joined_parts([tie for tie in ties if tie not in strong], leader)]
    families: dict[str, list[str]] = {}
    for doc_id in sorted(leader):
        families.setdefault(_leader(leader, doc_id), []).append(doc_id)
    by_family: dict[str, list[Tie]] = {}
    for tie in kept:
        by_family.setdefault(_leader(leader, tie.pair[0]), []).append(tie)
    for head, doc_ids in families.items():
        if len(doc_ids) > 1:
            yield _family(doc_ids, by_family[head], agencies)


def _ties(links: Iterable[CopyLink], sizes: Mapping[str, int]) -> list[Tie]:
    shared: dict[tuple[str, str], int] = {}
    known: dict[tuple[str, str], bool] = {}
    version: dict[tuple[str, str], bool] = {}
    for link in links:
        if link.kind == "same_witness":
            continue  # the same words of one speaker make two texts no copies of each other
        pair = (link.earlier.doc_id, link.later.doc_id)
        shared[pair] = shared.get(pair, 0) + link.words
        known[pair] = link.direction == "known"
        version[pair] = link.version
    ties = []
    for pair, words in sorted(shared.items()):
        short, long = sorted(pair, key=lambda doc_id: (sizes.get(doc_id, 1), doc_id))
        of_shorter, of_longer = (min(1.0, words / max(1, sizes.get(doc_id, 1))) for doc_id in (short, long))
        if of_shorter >= WHOLE or version[pair]:
            ties.append(Tie(pair, of_shorter, of_longer, long, known[pair], version[pair]))
    return ties


def _joined_parts(weak: Iterable[Tie], leader: dict[str, str]) -> list[Tie]:
    """Short texts that stand in a much longer one: joined where that one takes from one family only."""
    parts: dict[str, list[Tie]] = {}
    for tie in weak:
        parts.setdefault(tie.longer, []).append(tie)
    joined = []
    for longer, ties in sorted(parts.items()):
        own = _leader(leader, leader.setdefault(longer, longer))
        shorts = [tie.pair[0] if tie.pair[1] == longer else tie.pair[1] for tie in ties]
        others = {_leader(leader, leader.setdefault(short, short)) for short in shorts} - {own}
        if len(others) <= 1:
            joined += ties
    for tie in joined:
        _join(leader, *tie.pair)
    return joined


def _family(doc_ids: list[str], ties: list[Tie], agencies: Mapping[str, tuple[str, ...]]) -> CopyFamily:
    later = {tie.pair[1] for tie in ties if tie.known}
    first = [doc_id for doc_id in doc_ids if doc_id not in later]
    origin = first[0] if all(tie.known for tie in ties) and len(first) == 1 else None
    weakest = min(tie.of_shorter for tie in ties)
    told = f"every text shares at least {weakest:.0%} of the shorter one with another of the family"
    credited = sorted({name for doc_id in doc_ids for name in agencies.get(doc_id, ())})
    reasons = (Reason("shared_text", round(weakest, 4), told), *_versions(doc_ids, ties))
    return CopyFamily(content_id("f", doc_ids[0]), tuple(doc_ids), origin, tuple(credited), reasons)


def _versions(doc_ids: list[str], ties: list[Tie]) -> tuple[Reason, ...]:
    """That some or all texts of a family are versions of one article, of which none copied another."""
    found = {doc_id for tie in ties if tie.version for doc_id in tie.pair}
    if not found:
        return ()
    told = f"{len(found)} of the {len(doc_ids)} texts are versions of one article, not copies"
    return (Reason("versions", None, told),)


def _leader(leader: dict[str, str], doc_id: str) -> str:
    while leader[doc_id] != doc_id:
        leader[doc_id] = leader[leader[doc_id]]
        doc_id = leader[doc_id]
    return doc_id


def _join(leader: dict[str, str], left: str, right: str) -> None:
    a, b = (_leader(leader, leader.setdefault(one, one)) for one in (left, right))
    if a != b:
        leader[max(a, b)] = min(a, b)
