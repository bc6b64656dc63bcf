"""Two documents side by side, and what each document has from where: what is shown, not what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lagebild.model.account import Reason

__all__ = [
    "Comparison",
    "LabelShare",
    "OwnShare",
    "PairView",
    "Parts",
    "ShareKind",
    "SharedPassage",
    "SourceShares",
    "Stretch",
]

ShareKind = Literal["own", "taken", "shared", "same_witness", "version"]


@dataclass(frozen=True)
class Stretch:
    """Words that stand in both texts (`equal`), or what each has in their place, one of them perhaps empty."""

    equal: bool
    left: str
    right: str


@dataclass(frozen=True)
class SharedPassage:
    """One passage: both places, what it is, which side is said to be earlier ("left", "right" or None), and the edits."""

    id: str
    kind: Literal["same_text", "edited", "same_witness"]
    share: float
    earlier: Literal["left", "right"] | None
    direction: Literal["known", "guessed", "unknown"]
    left: tuple[int, int]
    right: tuple[int, int]
    stretches: tuple[Stretch, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Parts:
    """Words of a document's content, and how many are copied, spoken by a common witness, or its own; the three add up."""

    doc_id: str
    name: str
    words: int
    copied: int
    same_witness: int
    own: int


@dataclass(frozen=True)
class Comparison:
    """Two documents and what they share, in the order of the left one.

    `version`: they are one article at two times; then `changes` is the whole content of both, cut where they differ, unless it is
    too long, and `notice` what the later one itself says about having been changed (None: it was changed silently, or nothing
    tells which is later).
    """

    left: Parts
    right: Parts
    passages: tuple[SharedPassage, ...]
    version: bool = False
    changes: tuple[Stretch, ...] = ()
    notice: str | None = None


@dataclass(frozen=True)
class OwnShare:
    """A part of a document's content: its own, or what it has from (`taken`, `version`) or in common with (`shared`,
    `same_witness`) the document `doc_id`. The shares of a document add up to 1."""

    kind: ShareKind
    doc_id: str | None
    direction: Literal["known", "guessed", "unknown"] | None
    share: float
    words: int


@dataclass(frozen=True)
class LabelShare:
    """A share as the page shows it: `label` is that of the other text, None for the text's own words and for a text of another part."""

    kind: ShareKind
    label: str | None
    direction: Literal["known", "guessed", "unknown"] | None
    share: float


@dataclass(frozen=True)
class SourceShares:
    """What a text of the page has from where; the shares add up to 1."""

    label: str
    parts: tuple[LabelShare, ...]


@dataclass(frozen=True)
class PairView:
    """Two texts of the page side by side, with their labels, outlets and languages; `cut`: passages that are left out."""

    left: str
    right: str
    outlets: tuple[str, str]
    languages: tuple[str | None, str | None]
    comparison: Comparison
    cut: int = 0
