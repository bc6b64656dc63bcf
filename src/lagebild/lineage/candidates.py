"""Which documents share passages: one join over the fingerprints of the whole case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from lagebild.model.lineage import CopyCandidate, Fingerprints
from lagebild.step import CaseView, DocView

__all__ = ["COMMON", "find_candidates", "pair_keys"]

COMMON = 24
"""A fingerprint in more documents than this ties each of them only to the first one (by id): n links instead of n²."""
LEAST = 2  # shared fingerprints: a passage of some ten words, or an edited one of thirty; one alone is a name with its title
ENOUGH = 0.8
"""Shared fingerprints, each weighed by one over the binary logarithm of how many documents have it: two that only five
documents have, or eight of a text that a thousand have. Without weights, stock phrases make every second pair a candidate."""

EVERYWHERE = (
    0.2  # part of all documents (and more than COMMON of them) from which a fingerprint is of boilerplate
)
WHOLE = (
    0.3  # part of the shorter document's fingerprints that boilerplate must make up to be a copy all the same
)

Ints = npt.NDArray[np.int64]


def find_candidates(case: CaseView) -> Iterable[CopyCandidate]:
    """Two rows (one for each side) for every pair of documents with at least two fingerprints in common.

    Sorting makes it n log n in fingerprints; memory is 16 bytes for each. Pairs that share only very common fingerprints are
    found through the first document that has them.
    """
    doc_ids: list[str] = []
    hashes: list[Ints] = []
    for row in case.rows(Fingerprints):
        doc_ids.append(row.doc_id)
        hashes.append(np.array(row.hashes, dtype=np.int64))
    if not doc_ids:
        return
    docs = np.repeat(np.arange(len(doc_ids), dtype=np.int32), [len(one) for one in hashes])
    sizes = np.array([len(one) for one in hashes])
    for left, right, shared in _pairs(np.concatenate(hashes), docs, sizes):
        first, second = doc_ids[left], doc_ids[right]
        yield CopyCandidate(f"{first}:cc{second}", first, second, shared)
        yield CopyCandidate(f"{second}:cc{first}", second, first, shared)


def _pairs(hashes: Ints, docs: npt.NDArray[np.int32], lengths: Ints) -> Iterator[tuple[int, int, int]]:
    """Pairs by number in order, with how many fingerprints they share. Legal notices in every document make no pair."""
    order = np.lexsort((docs, hashes))
    hashes, docs = hashes[order], docs[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    sizes = np.diff(np.r_[starts, len(hashes)])
    keys: list[Ints] = []
    weights: list[npt.NDArray[np.float32]] = []
    rare: list[npt.NDArray[np.bool_]] = []
    everywhere = max(COMMON, EVERYWHERE * len(lengths))
    for size in np.unique(sizes[sizes > 1]):
        heads = starts[sizes == size]
        members = docs[heads[:, None] + np.arange(size)].astype(np.int64)
        if size <= COMMON:
            left, right = np.triu_indices(int(size), k=1)
        else:
            left, right = np.zeros(size - 1, dtype=np.int64), np.arange(1, size)
        keys.append((members[:, left] << 32 | members[:, right]).ravel())
        weights.append(np.full(len(keys[-1]), 1 / np.log2(size), dtype=np.float32))
        rare.append(np.full(len(keys[-1]), size <= everywhere))
    if not keys:
        return
    joined, weight, own = np.concatenate(keys), np.concatenate(weights), np.concatenate(rare)
    keys, weights = [], []
    order = np.argsort(joined, kind="stable")
    joined, weight, own = joined[order], weight[order], own[order]
    firsts = np.flatnonzero(np.r_[True, joined[1:] != joined[:-1]])
    shared = np.diff(np.r_[firsts, len(joined)])
    pairs = joined[firsts]
    shorter = np.minimum(lengths[pairs >> 32], lengths[pairs & 0xFFFF_FFFF])
    copied = np.logical_or.reduceat(own, firsts) | (shared >= WHOLE * shorter)
    good = (shared >= LEAST) & (np.add.reduceat(weight, firsts) >= ENOUGH) & copied
    for pair, count in zip(pairs[good].tolist(), shared[good].tolist(), strict=True):
        yield pair >> 32, pair & 0xFFFF_FFFF, count


def pair_keys(doc: DocView) -> Iterable[str]:
    """The pairs a document takes part in, as `smaller id|larger id`."""
    return ("|".join(sorted((row.doc_id, row.other_id))) for row in doc.rows(CopyCandidate))
