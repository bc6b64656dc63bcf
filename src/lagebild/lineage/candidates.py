"""Which documents share passages: one join over the fingerprints of the whole case."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from lagebild.model.lineage import PRINT_BYTES, CopyCandidate, Fingerprints
from lagebild.step import CaseView, DocView

__all__ = ["COMMON", "CandidateIndex", "find_candidates", "pair_keys"]

COMMON = 24
"""A fingerprint in more documents than this ties each of them only to the first one (by id): n links instead of n²."""
LEAST = 2  # shared fingerprints: a passage of some ten words, or an edited one of thirty; one alone is a name with its title
MOST_LEAST = 8  # what is asked at most in a crowded pile: a copied sentence of fifteen words leaves ten
CROWDED = 0.5  # doubtful pairs a document from which more is asked: chance meetings grow with the square of the pile, copies do not
FREE = 20_000  # doubtful pairs that any pile may have
ENOUGH = 0.8
"""Shared fingerprints, each weighed by one over the binary logarithm of how many documents have it: two that only five
documents have, or eight of a text that a thousand have. Without weights, stock phrases make every second pair a candidate."""

EVERYWHERE = (
    0.2  # part of all documents (and more than COMMON of them) from which a fingerprint is of boilerplate
)
WHOLE = (
    0.3  # part of the shorter document's fingerprints that boilerplate must make up to be a copy all the same
)
AT_ONCE = 4_000_000  # pairs weighed in one go: 32 bytes each
SIZES = (
    COMMON + 65
)  # classes of how many documents have a fingerprint: exact up to COMMON, then by powers of two
RARE = 128  # added to the class of a fingerprint that is no boilerplate; SIZES < RARE
TURNED = 256  # added to the class of a fingerprint of a sentence's longest words
TURNED_COUNTS = 4  # a sentence leaves so many of them, and counts as one shared fingerprint
CLASS_BITS = 9

Ints = npt.NDArray[np.int64]


def find_candidates(case: CaseView) -> Iterable[CopyCandidate]:
    """Two rows (one for each side) for every pair of documents with at least two fingerprints in common.

    Pairs that share only very common fingerprints are found through the first document that has them. Where chance meetings
    are more than one for two documents, more shared fingerprints are asked. Sorting makes it n log n in fingerprints; memory is
    some 30 bytes for each, pairs are weighed in portions.
    """
    index = CandidateIndex(case.rows(Fingerprints))
    for left, right, shared in index.pairs():
        first, second = index.doc_ids[left], index.doc_ids[right]
        yield CopyCandidate(f"{first}:cc{second}", first, second, shared)
        yield CopyCandidate(f"{second}:cc{first}", second, first, shared)


class CandidateIndex:
    """Fingerprints of many documents, sorted, with the number of the document in the low bits of each."""

    def __init__(self, rows: Iterable[Fingerprints]) -> None:
        self.doc_ids: list[str] = []
        packed: list[bytes] = []
        for row in rows:
            self.doc_ids.append(row.doc_id)
            packed.append(b64decode(row.packed))
        self.lengths = np.array([len(one) // PRINT_BYTES for one in packed], dtype=np.int64)
        self._bits = max(1, (len(packed) + 1).bit_length())
        data = b"".join(packed)
        del packed
        self._keys = _unpacked(data) << self._bits
        self._keys |= np.repeat(np.arange(len(self.doc_ids), dtype=np.int64), self.lengths)
        self._keys.sort()

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """Pairs of documents by number, in order, with how many fingerprints they share, those of one sentence as one."""
        docs, turned, starts, sizes = self._repeated()
        if not len(docs):
            return
        found = [self._believed(keys) for keys in self._portions(docs, turned, starts, sizes)]
        pairs, shared, counted = (np.concatenate(part) for part in zip(*found, strict=True))
        kept = shared >= _asked(shared, len(self.doc_ids))
        for pair, count in zip(pairs[kept].tolist(), counted[kept].tolist(), strict=True):
            yield pair >> 32, pair & 0xFFFF_FFFF, count

    def meeting(self, row: Fingerprints) -> list[tuple[str, int]]:
        """Documents of the index that share enough with one that is not in it, and how much; in the time of its own words."""
        hashes = _unpacked(b64decode(row.packed))
        first = np.searchsorted(self._keys, hashes << self._bits)
        last = np.searchsorted(self._keys, (hashes + 1) << self._bits)
        sizes = last - first + 1
        reach = np.where(sizes > COMMON, 1, sizes - 1)[sizes > 1]
        places = _runs_of(first[sizes > 1], reach)
        docs = self._keys[places] & ((1 << self._bits) - 1)
        found = _classes(sizes[sizes > 1], len(self.doc_ids) + 1) + TURNED * (hashes[sizes > 1] & 1)
        classes = np.repeat(found, reach)
        keys = np.sort(docs << CLASS_BITS | classes)
        shorter = np.minimum(self.lengths, len(hashes))
        pairs, _, shared = _weighed(keys, lambda docs: shorter[docs])
        return [
            (self.doc_ids[doc], count) for doc, count in zip(pairs.tolist(), shared.tolist(), strict=True)
        ]

    def _repeated(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Of fingerprints that several documents have: their documents, whether they are of sentences, and where each begins
        among them with how many."""
        hashes = self._keys >> self._bits
        same = hashes[1:] == hashes[:-1]
        del hashes
        repeated = np.zeros(len(self._keys), dtype=bool)
        repeated[1:] |= same
        repeated[:-1] |= same
        begins = repeated.copy()
        begins[1:] &= ~same
        kept = self._keys[repeated]
        docs, turned = kept & ((1 << self._bits) - 1), kept >> self._bits & 1
        starts = np.flatnonzero(begins[repeated])
        return docs, turned, starts, np.diff(np.r_[starts, len(docs)])

    def _portions(self, docs: Ints, turned: Ints, starts: Ints, sizes: Ints) -> Iterator[Ints]:
        """Every meeting of two documents in a fingerprint as left document, right document, class; by left document, in portions."""
        place = np.arange(len(docs)) - np.repeat(starts, sizes)
        size = np.repeat(sizes, sizes)
        reach = np.where(size <= COMMON, size - 1 - place, np.where(place == 0, size - 1, 0))
        classes = _classes(size, len(self.doc_ids)) + TURNED * turned
        order = np.argsort(docs, kind="stable")
        order = order[reach[order] > 0]
        ends, owners = np.cumsum(reach[order]), docs[order]
        start = 0
        while start < len(order):
            done = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, done + AT_ONCE, side="right")))
            stop = int(np.searchsorted(owners, owners[stop - 1], side="right"))
            part = order[start:stop]
            right = docs[_runs_of(part + 1, reach[part])]
            left = np.repeat(docs[part], reach[part])
            keys = (left << 32 | right) << CLASS_BITS | np.repeat(classes[part], reach[part])
            keys.sort()
            yield keys
            start = stop

    def _believed(self, keys: Ints) -> tuple[Ints, Ints, Ints]:
        def shorter(pairs: Ints) -> Ints:
            lengths: Ints = np.minimum(self.lengths[pairs >> 32], self.lengths[pairs & 0xFFFF_FFFF])
            return lengths

        return _weighed(keys, shorter)


def _unpacked(data: bytes) -> Ints:
    """Numbers of PRINT_BYTES bytes, the high byte first."""
    raw = np.frombuffer(data, dtype=np.uint8).reshape(-1, PRINT_BYTES)
    wide = np.zeros((len(raw), 8), dtype=np.uint8)
    wide[:, 8 - PRINT_BYTES :] = raw
    numbers: Ints = wide.view(">i8").ravel().astype(np.int64)
    return numbers


def _runs_of(starts: Ints, sizes: Ints) -> Ints:
    """`starts[k], starts[k] + 1, …` for `sizes[k]` numbers, for every k."""
    ends = np.cumsum(sizes)
    numbers: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)
    return numbers


def _classes(sizes: Ints, documents: int) -> Ints:
    """The class of fingerprints that so many documents have."""
    powers = COMMON + np.frexp(sizes.astype(np.float64))[1].astype(np.int64)
    classes: Ints = np.where(sizes <= COMMON, sizes, powers)
    rare = sizes <= max(COMMON, EVERYWHERE * documents)
    return np.where(rare, classes + RARE, classes)


def _class_weights() -> npt.NDArray[np.float64]:
    """What a shared fingerprint of each class counts."""
    exact = 1 / np.log2(np.maximum(np.arange(COMMON + 1), 2))
    powers = 1 / np.maximum(np.arange(1, SIZES - COMMON), 1)
    counts = np.zeros(2 * RARE)
    for first in (0, RARE):
        counts[first : first + COMMON + 1] = exact
        counts[first + COMMON + 1 : first + SIZES] = powers
    return counts


_COUNTS = _class_weights()


def _weighed(keys: Ints, shorter: Callable[[Ints], Ints]) -> tuple[Ints, Ints, Ints]:
    """Of sorted meetings the pairs that share enough, how many fingerprints they share, and that with those of a sentence as one."""
    pairs = keys >> CLASS_BITS
    classes = keys & (1 << CLASS_BITS) - 1
    firsts = np.flatnonzero(np.r_[True, pairs[1:] != pairs[:-1]]) if len(pairs) else np.zeros(0, np.int64)
    shared = np.diff(np.r_[firsts, len(pairs)])
    met = shared >= LEAST
    if not met.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    turned = np.add.reduceat(classes // TURNED, firsts)[met]
    weights = np.add.reduceat(_COUNTS[classes % TURNED], firsts)[met]
    own = np.logical_or.reduceat(classes % TURNED >= RARE, firsts)[met]
    pairs, shared = pairs[firsts][met], shared[met]
    good = (weights >= ENOUGH) & (own | (shared >= WHOLE * shorter(pairs)))
    counted = shared - turned + -(-turned // TURNED_COUNTS)
    return pairs[good], shared[good], counted[good]


def _asked(shared: Ints, documents: int) -> int:
    """How many fingerprints a pair must share, so that a pile is not crowded with pairs that met by chance."""
    room = max(FREE, CROWDED * documents)
    counts = np.bincount(np.minimum(shared, MOST_LEAST), minlength=MOST_LEAST + 1)
    left = int(counts[:MOST_LEAST].sum())
    for least in range(LEAST, MOST_LEAST):
        if left <= room:
            return least
        left -= int(counts[least])
    return MOST_LEAST


def pair_keys(doc: DocView) -> Iterable[str]:
    """The pairs a document takes part in, as `smaller id|larger id`."""
    return ("|".join(sorted((row.doc_id, row.other_id))) for row in doc.rows(CopyCandidate))
