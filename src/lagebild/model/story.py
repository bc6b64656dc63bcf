"""What happened, when: stories, the dates of documents and phrases, events.

Intervals: `earliest` inclusive, `latest` exclusive, `YYYY-MM-DDThh:mm:ss` in the case's zone; None = open on that side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.span import Span
from lagebild.model.speech import Modality

__all__ = ["Anchor", "Dateline", "Event", "Signature", "Story", "StoryMember", "When"]

Anchor = Literal["published", "text", "copy", "story", "none"]


@dataclass(frozen=True)
class Signature:
    """What a document is about, for grouping: weighted terms (stems and entity ids), heaviest first."""

    TABLE: ClassVar[str] = "signature"
    id: str
    doc_id: str
    terms: tuple[str, ...]
    weights: tuple[float, ...]
    stated_day: str | None

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Story:
    """Documents about one story; a document without company is a story of its own."""

    TABLE: ClassVar[str] = "story"
    id: str
    title: str
    doc_ids: tuple[str, ...]
    at: tuple[Span, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.id


@dataclass(frozen=True)
class StoryMember:
    """A document belongs to a story; `background` texts lie far off in time and never date the others."""

    TABLE: ClassVar[str] = "story_member"
    id: str
    doc_id: str
    story_id: str
    role: Literal["core", "background"]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Dateline:
    """When a document was written: stated stamp, else from copies, else from the story. `at` are the places that say so.

    `source` is how: published, copy, story or text. No row = undated.
    """

    TABLE: ClassVar[str] = "dateline"
    id: str
    doc_id: str
    earliest: str | None
    latest: str | None
    source: Anchor
    at: tuple[Span, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class When:
    """A time phrase with its date. `value` is TIMEX3, the X form where no anchor is known."""

    TABLE: ClassVar[str] = "when_said"
    id: str
    doc_id: str
    phrase_id: str
    value: str
    earliest: str | None
    latest: str | None
    anchor: Anchor
    anchor_at: Span | None
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Event:
    """A happening that one or more claims tell of."""

    TABLE: ClassVar[str] = "event"
    id: str
    story_id: str
    label: str
    claim_ids: tuple[str, ...]
    earliest: str | None
    latest: str | None
    precision: str
    inferred: bool
    modality: Modality
    entity_ids: tuple[str, ...]

    @property
    def owner(self) -> str:
        return self.story_id
