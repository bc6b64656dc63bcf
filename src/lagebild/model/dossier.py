"""What is handed over: the brief, the timeline, the map. Every line is bound to characters of the stored sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.document import Precision
from lagebild.model.span import Citation, Span
from lagebild.model.speech import Modality

__all__ = ["BriefLine", "Dossier", "DraftLine", "MapPoint", "OriginMark", "Section", "TimelineEntry"]

Section = Literal["known", "claimed", "disputed", "unknown", "next", "background"]


@dataclass(frozen=True)
class DraftLine:
    """A sentence proposed for the brief, before anybody checked that its citations carry it. `rank` orders the brief."""

    TABLE: ClassVar[str] = "draft_line"
    id: str
    story_id: str
    rank: int
    section: Section
    text: str
    language: str
    citations: tuple[Citation, ...]
    claim_ids: tuple[str, ...]
    finding_id: str | None
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.story_id


@dataclass(frozen=True)
class BriefLine:
    """A checked sentence. `verdict` dropped: its citations do not carry it; kept here with the reason, shown as dropped."""

    TABLE: ClassVar[str] = "brief_line"
    id: str
    story_id: str
    rank: int
    section: Section
    text: str
    language: str
    citations: tuple[Citation, ...]
    verdict: Literal["carried", "marked", "dropped"]
    claim_ids: tuple[str, ...]
    origin_ids: tuple[str, ...]
    finding_id: str | None
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.story_id


@dataclass(frozen=True)
class TimelineEntry:
    """Something dated. `inferred`: no cited source states the day itself. `rank` is the reading order."""

    TABLE: ClassVar[str] = "timeline_entry"
    id: str
    story_id: str
    rank: int
    earliest: str | None
    latest: str | None
    precision: Precision
    inferred: bool
    modality: Modality
    text: str
    entity_ids: tuple[str, ...]
    origin_ids: tuple[str, ...]
    citations: tuple[Citation, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.story_id


@dataclass(frozen=True)
class MapPoint:
    """A place where something is said to have happened, or that the story is about; sized by `origin_ids`.

    event: something happened there; planned: something is to happen there; named: all else. `reading` says which place of the entity it is (see `Place`), `precision_km` how far from it, the nearest of all passages.
    `days` are the days (YYYY-MM-DD) on which what happened there happened, as the texts date it, else those of the reports.
    """

    TABLE: ClassVar[str] = "map_point"
    id: str
    story_id: str
    entity_id: str
    role: Literal["event", "planned", "named"]
    origin_ids: tuple[str, ...]
    citations: tuple[Citation, ...]
    reading: str = ""
    precision_km: float = 0.0
    days: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.story_id


@dataclass(frozen=True)
class OriginMark:
    """The mark of an origin on the page: a letter, and its documents in order (A1, A2, …), the first text first."""

    letter: str
    origin_id: str
    doc_ids: tuple[str, ...]


@dataclass(frozen=True)
class Dossier:
    """One part of the page: a story with its marks. What belongs to it is found under the story's id."""

    TABLE: ClassVar[str] = "dossier"
    id: str
    story_id: str
    title: str
    title_at: Span | None
    as_of: str | None
    doc_ids: tuple[str, ...]
    marks: tuple[OriginMark, ...]

    @property
    def owner(self) -> str:
        return self.story_id
