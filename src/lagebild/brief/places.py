"""Where it happens: places of the story with what is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lagebild.brief.passages import BriefWords, Passage, Text, brief_words, passages_of, texts_of
from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.model.dossier import MapPoint
from lagebild.model.identity import MentionLink, Place
from lagebild.model.ids import content_id
from lagebild.model.marks import Mention
from lagebild.model.span import Citation
from lagebild.settings import Settings
from lagebild.step import GroupView
from lagebild.textkit.normal import fold

__all__ = ["PlaceTools", "draw_map", "linked_entities"]

_CITED = 8
_WIDE_KM = 250.0  # larger than this are states: „in Russland“ is a scene, „Region … in der Ukraine“ names what is meant
_BEFORE = 3  # words between a preposition of place and the name: „in der russischen Grenzregion Kursk“


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
    event: list[Citation] = field(default_factory=list)
    named: list[Citation] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)


def draw_map(group: GroupView, tools: PlaceTools) -> Iterable[MapPoint]:
    """A point for every entity with coordinates that the story names, adjectives and inhabitants apart.

    role event: the name stands behind a preposition of place in a claim that is said to have happened; named: all else, and
    always where the name itself acts („Moskau fordert“). The citations are the sentences that make the role, at most eight.
    """
    found: dict[str, _Point] = {}
    for text in sorted(texts_of(group), key=lambda text: (text.background, text.order)):
        for passage in passages_of(text):
            for mention, entity in _places(passage, group):
                point = found.setdefault(entity, _Point())
                wide = group.look_up(Place, entity)[0].precision_km > _WIDE_KM
                (point.event if _is_scene(passage, mention, wide) else point.named).append(passage.citation)
                point.origins |= passage.origins
    for entity, point in sorted(found.items()):
        citations = list(dict.fromkeys(point.event or point.named))[:_CITED]
        row_id = content_id("mp", group.key, entity)
        yield MapPoint(
            row_id,
            group.key,
            entity,
            "event" if point.event else "named",
            tuple(sorted(point.origins)),
            tuple(citations),
        )


def _places(passage: Passage, group: GroupView) -> Iterator[tuple[Mention, str]]:
    text = passage.text
    for mention in passage.mentions:
        entity = text.linked.get(mention.id)
        if entity and not mention.derived and group.look_up(Place, entity):
            yield mention, entity


def _is_scene(passage: Passage, mention: Mention, wide: bool) -> bool:
    """True where something happens there."""
    text = passage.text
    data = brief_words(text.language)
    claims = [c for c in passage.claims if c.start <= mention.start < c.end]
    happened = any(claim.modality == "happened" for claim in (claims or passage.claims))
    return (
        happened
        and _behind_preposition(text, mention, data.within if wide else data.place, 0 if wide else _BEFORE)
        and not _acts(text, mention, data)
    )


def _behind_preposition(text: Text, mention: Mention, words: frozenset[str], between: int) -> bool:
    before = re.findall(r"\w+", text.text[max(0, mention.start - 80) : mention.start])[-between - 1 :]
    return any(fold(word) in words for word in before)


def _acts(text: Text, mention: Mention, data: BriefWords) -> bool:
    """„Moskau fordert“, „forderte Moskau“: the place stands for those who rule there."""
    after = re.findall(r"\w+", text.text[mention.end : mention.end + 40])[:1]
    before = re.findall(r"\w+", text.text[max(0, mention.start - 40) : mention.start])[-1:]
    return any(fold(word) in data.speaks for word in (*after, *before))
