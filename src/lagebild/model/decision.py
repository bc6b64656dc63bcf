"""What a person ruled, and how its place is found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lagebild.model.identity import SpeakerKind

__all__ = ["Decision", "Foothold", "Ruling"]


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
    """A person's ruling. `at` and `withdrawn_at` are ISO 8601 with offset; a withdrawn ruling keeps its row.

    `same`, `not_same`: `values` are two names, then the form keys under which they stood, or none; `about` is a place of each.
    `speaker_is`: `values` are a name, "" for nobody known, and its form key; `about` is the utterance.
    """

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


@dataclass(frozen=True)
class Ruling:
    """A standing decision on who speaks, filed under a document that holds its source.

    `speaker_kind` None: its name means nobody in this case, so it decides nothing. `entity_id` None otherwise: nobody known.
    """

    TABLE: ClassVar[str] = "ruling"
    id: str
    doc_id: str
    decision_id: str
    place: Foothold
    name: str
    entity_id: str | None
    speaker_kind: SpeakerKind | None
    by: str
    at: str

    @property
    def owner(self) -> str:
        return self.doc_id
