"""Where it happens: places of the story with what is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from lagebild.brief.passages import Passage, Text, brief_words, passages_of, texts_of
from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.model.account import Reason
from lagebild.model.dossier import MapPoint
from lagebild.model.identity import MentionLink, Place, PlaceUse, chosen_place
from lagebild.model.ids import content_id
from lagebild.model.marks import Mention
from lagebild.model.span import Citation
from lagebild.settings import Settings
from lagebild.step import GroupView
from lagebild.textkit.normal import fold

__all__ = ["PlaceTools", "draw_map", "linked_entities"]

Role = Literal["event", "planned", "named"]

_CITED = 8
_WIDE_KM = 250.0  # larger than this are states: „in Russland“ is a scene, „Region … in der Ukraine“ names what is meant
_MOST_DAYS = 60
_LONGEST = timedelta(days=2)  # a phrase wider than this („im August“) says no day


@dataclass(frozen=True)
class PlaceTools:
    """Nothing but the data files."""

    @classmethod
    def load(cls, settings: Settings) -> PlaceTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest(*TERM_FILES, "roles", "brief")


def linked_entities(group: GroupView) -> Iterator[str]:
    """Ids of the entities named in the documents of a story."""
    yield from sorted({row.entity_id for doc in group.docs for row in doc.rows(MentionLink)})


@dataclass
class _Point:
    place: Place
    event: list[Citation] = field(default_factory=list)
    planned: list[Citation] = field(default_factory=list)
    named: list[Citation] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    within: list[float] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)


def draw_map(group: GroupView, tools: PlaceTools) -> Iterable[MapPoint]:
    """A point for every place that the story names, adjectives and inhabitants apart; „Gebiet Kursk“ and Kursk are two.

    role event: the name is the scene (see `PlaceUse`) of a claim that is said to have happened; planned: of one that is to happen;
    named: all else. Datelines make no point. The citations are the sentences that make the role, at most eight. A day is that of a
    dated phrase of the passage that is no wider than two days (its first), and where no phrase says when, that of the report.
    Passages about the scene alone give days and precision.
    """
    told = {row.mention_id: row for doc in group.docs for row in doc.rows(PlaceUse)}
    found: dict[tuple[str, str], _Point] = {}
    for text in sorted(texts_of(group), key=lambda text: (text.background, text.order)):
        for passage in passages_of(text):
            for mention, entity, use in _places(passage, told):
                place = chosen_place(group.look_up(Place, entity), use.reading)
                if place is not None:
                    _add(
                        found.setdefault((entity, place.gazetteer_id), _Point(place)),
                        passage,
                        mention,
                        use,
                        place,
                    )
    for (entity, _), point in sorted(found.items()):
        yield _row(group.key, entity, point)


def _add(point: _Point, passage: Passage, mention: Mention, use: PlaceUse, place: Place) -> None:
    role = (
        _role(passage, mention)
        if use.role == "scene" and not _is_wide(point.place, passage, mention)
        else "named"
    )
    {"event": point.event, "planned": point.planned, "named": point.named}[role].append(passage.citation)
    if role != "named":
        point.days.update(_days(passage))
        point.within.append(max(use.within_km, place.precision_km))
    if not place.reading:
        point.place = place
    if use.reasons:
        point.reasons.setdefault(role, use.reasons[0])
    point.origins |= passage.origins


def _row(story_id: str, entity: str, point: _Point) -> MapPoint:
    reading = point.place.reading
    citations = list(dict.fromkeys(point.event or point.planned or point.named))[:_CITED]
    role: Role = "event" if point.event else "planned" if point.planned else "named"
    reason = point.reasons.get(role)
    return MapPoint(
        id=content_id("mp", story_id, entity, *((reading,) if reading else ())),
        story_id=story_id,
        entity_id=entity,
        role=role,
        origin_ids=tuple(sorted(point.origins)),
        citations=tuple(citations),
        reading=reading,
        precision_km=min(point.within, default=point.place.precision_km),
        days=tuple(sorted(point.days))[:_MOST_DAYS],
        reasons=(reason,) if reason else (),
    )


def _places(passage: Passage, told: dict[str, PlaceUse]) -> Iterator[tuple[Mention, str, PlaceUse]]:
    text = passage.text
    for mention in passage.mentions:
        entity, use = text.linked.get(mention.id), told.get(mention.id)
        if entity and use and not mention.derived and use.role != "dateline":
            yield mention, entity, use


def _is_wide(place: Place, passage: Passage, mention: Mention) -> bool:
    """True for a whole state that no „in“ stands before: it tells of which state something is."""
    text = passage.text
    if place.precision_km <= _WIDE_KM:
        return False
    before = re.findall(r"\w+", text.text[max(0, mention.start - 80) : mention.start])[-1:]
    return not any(fold(word) in brief_words(text.language).within for word in before)


def _role(passage: Passage, mention: Mention) -> Role:
    """Whether a claim around the name, or failing that one of the passage, is said to have happened, or is to happen."""
    claims = [c for c in passage.claims if c.start <= mention.start < c.end] or passage.claims
    said = {claim.modality for claim in claims}
    return "event" if "happened" in said else "planned" if "planned" in said else "named"


def _days(passage: Passage) -> Iterator[str]:
    """The days a passage tells of, where it tells of no time at all that of its report."""
    dated = [when for when in passage.whens if when.earliest or when.latest]
    if dated:
        yield from (
            when.earliest[:10] for when in dated if when.earliest and _is_short(when.earliest, when.latest)
        )
    elif report := _report_day(passage.text):
        yield report


def _report_day(text: Text) -> str | None:
    if text.dated is None or text.background or not text.dated.earliest:
        return None
    return text.dated.earliest[:10] if _is_short(text.dated.earliest, text.dated.latest) else None


def _is_short(earliest: str, latest: str | None) -> bool:
    """True for an interval of at most two days."""
    if latest is None:
        return False
    try:
        return datetime.fromisoformat(latest) - datetime.fromisoformat(earliest) <= _LONGEST
    except ValueError:
        return False
