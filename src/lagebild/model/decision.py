"""What a person ruled, and how its place is found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["Decision", "Foothold"]


@dataclass(frozen=True)
class Foothold:
    """The exact words a ruling is about, with a little before and after, in a source known by its bytes (W3C TextQuoteSelector)."""

    sha256: str
    exact: str
    before: str
    after: str
    start_hint: int


@dataclass(frozen=True)
class Decision:
    """A person's ruling: same, not_same, speaker_is, … `at` and `withdrawn_at` are ISO 8601 with offset."""

    TABLE: ClassVar[str] = "decision"
    id: str
    kind: str
    about: tuple[Foothold, ...]
    values: tuple[str, ...]
    by: str
    at: str
    withdrawn_at: str | None = None

    @property
    def owner(self) -> str:
        return ""
