"""Who copied from whom, and what a text says about where it comes from."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.span import Span

__all__ = ["CopyCandidate", "CopyFamily", "CopyLink", "Credit", "Fingerprints", "PRINT_BYTES", "pack_hashes"]


PRINT_BYTES = 5
"""Bytes of one fingerprint: at 100 million of them some 5,000 pairs are equal by chance, and hardly two in the same documents."""


@dataclass(frozen=True)
class Fingerprints:
    """Hashes of words of the content of a document, packed in base64, and how many words it has."""

    TABLE: ClassVar[str] = "fingerprints"
    id: str
    doc_id: str
    packed: str = ""
    words: int = 0

    @property
    def owner(self) -> str:
        return self.doc_id

    @property
    def hashes(self) -> tuple[int, ...]:
        """The hashes as numbers, in order of size."""
        data = b64decode(self.packed)
        return tuple(int.from_bytes(data[at : at + PRINT_BYTES]) for at in range(0, len(data), PRINT_BYTES))


def pack_hashes(hashes: Iterable[int]) -> str:
    """Numbers cut to PRINT_BYTES, each once, in order of size, as Fingerprints keep them."""
    cut = sorted({one & ((1 << 8 * PRINT_BYTES) - 1) for one in hashes})
    return b64encode(b"".join(one.to_bytes(PRINT_BYTES) for one in cut)).decode("ascii")


@dataclass(frozen=True)
class CopyCandidate:
    """Document `doc_id` shares `shared` rare fingerprints with `other_id`, those of one sentence counted as one. Written once for each side."""

    TABLE: ClassVar[str] = "copy_candidate"
    id: str
    doc_id: str
    other_id: str
    shared: int

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class CopyLink:
    """Two passages with the same words. `earlier` is only the first by path where `direction` is unknown.

    `share`: word triples of the shorter passage that stand in the other, 0 to 1; `words`: how long the shorter passage is.
    `version`: the two documents are one article at two times, so that nobody copied anybody.
    """

    TABLE: ClassVar[str] = "copy_link"
    id: str
    earlier: Span
    later: Span
    kind: Literal["same_text", "edited", "same_witness"]
    direction: Literal["known", "guessed", "unknown"]
    share: float
    reasons: tuple[Reason, ...] = ()
    words: int = 0
    version: bool = False

    @property
    def owner(self) -> str:
        return self.later.doc_id


@dataclass(frozen=True)
class CopyFamily:
    """Documents that are copies of one text as a whole; `origin_doc_id` where something says which came first."""

    TABLE: ClassVar[str] = "copy_family"
    id: str
    doc_ids: tuple[str, ...]
    origin_doc_id: str | None
    agencies: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return ""


@dataclass(frozen=True)
class Credit:
    """What a text says about where it comes from: „(dpa, AFP)“, „berichtet X unter Berufung auf Y“, an image credit."""

    TABLE: ClassVar[str] = "credit"
    id: str
    doc_id: str
    start: int
    end: int
    kind: Literal["agency", "outlet", "author", "press_release", "post", "translation", "image"]
    name: str
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id
