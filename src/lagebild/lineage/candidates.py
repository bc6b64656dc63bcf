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
    for left, right, shared in _pairs(np.concatenate(hashes), docs):
        first, second = doc_ids[left], doc_ids[right]
        yield CopyCandidate(f"{first}:cc{second}", first, second, shared)
        yield CopyCandidate(f"{second}:cc{first}", second, first, shared)


def _pairs(hashes: Ints, docs: npt.NDArray[np.int32]) -> Iterator[tuple[int, int, int]]:
    order = np.lexsort((docs, hashes))
    hashes, docs = hashes[order], docs[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    sizes = np.diff(np.r_[starts, len(hashes)])
    keys: list[Ints] = []
    for size in np.unique(sizes[sizes > 1]):
        heads = starts[sizes == size]
        members = docs[heads[:, None] + np.arange(size)].astype(np.int64)
        if size <= COMMON:
            left, right = np.triu_indices(int(size), k=1)
        else:
            left, right = np.zeros(size - 1, dtype=np.int64), np.arange(1, size)
        keys.append((members[:, left] << 32 | members[:, right]).ravel())
    if not keys:
        return
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    for pair, count in zip(pairs[shared >= LEAST].tolist(), shared[shared >= LEAST].tolist(), strict=True):
        yield pair >> 32, pair & 0xFFFF_FFFF, count


def pair_keys(doc: DocView) -> Iterable[str]:
    """The pairs a document takes part in, as `smaller id|larger id`."""
    return ("|".join(sorted((row.doc_id, row.other_id))) for row in doc.rows(CopyCandidate))
