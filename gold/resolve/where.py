"""How well places are told and put on the map, on short news texts of many regions written for this project (`places.jsonl`).

A text is a pile of its own, its place names are given (with their base forms): what is measured is what a name means and which place
it is. A mention has `lat` and `lon` (right within 25 km) or `country`; `level` is city, district, region or country. Town and region
of one name are told apart: a region („Gebiet Kursk“) is right only where the answer is an area, within its own radius, a town only
where it is none. `role` is that of `PlaceUse`; null is not judged. Texts with `held` are only measured.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.model.decision import Decision
from lagebild.model.document import Block, Document, Masthead, Stated, Stretch
from lagebild.model.identity import Entity, EntityForm, NameUse, Place, PlaceUse, chosen_place
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, Sentence, Words
from lagebild.resolve.places import PlaceTools, place_entities
from lagebild.resolve.places_uses import PlaceUseTools, read_places
from lagebild.resolve.settle import SettleTools, settle_entities
from lagebild.resolve.uses import NameTools, gather_names
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView

__all__ = ["Answer", "answers", "cases", "figures"]

CASES = Path(__file__).with_name("places.jsonl")
CITY_KM = 25.0
REGION_KM = 60.0
WIDE_KM = 15.0
"""Precision from which an answer is an area, not a town."""
TOWN_KM = 60.0
"""Precision up to which an answer is a town: those of the largest cities are near 40."""

Case = dict[str, Any]
Rows = dict[type[Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Answer:
    """A labelled mention with what the project makes of it."""

    case: Case
    mention: dict[str, Any]
    place: Place | None
    role: str | None

    @property
    def right(self) -> bool:
        """True where the place is the labelled one, of the labelled level."""
        if self.place is None:
            return False
        if self.mention["level"] == "country":
            return self.place.country == self.mention["country"] and self.place.precision_km > WIDE_KM
        apart = kilometres(self.mention["lat"], self.mention["lon"], self.place.lat, self.place.lon)
        if self.mention["level"] == "region":
            return self.place.precision_km > WIDE_KM and apart <= max(REGION_KM, self.place.precision_km)
        return apart <= CITY_KM and self.place.precision_km < TOWN_KM


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance on the globe."""
    phi, psi = radians(lat), radians(other_lat)
    east = radians(other_lon) - radians(lon)
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(east / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def cases(held: bool) -> list[Case]:
    """The texts of one half, in file order."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["held"] == held]


@cache
def _tools() -> tuple[SentenceTools, NameTools, SettleTools, PlaceUseTools, PlaceTools]:
    settings = Settings()
    return (
        SentenceTools.load(settings),
        NameTools.load(settings),
        SettleTools.load(settings),
        PlaceUseTools.load(settings),
        PlaceTools.load(settings),
    )


def read(case: Case) -> Rows:
    """A text with its sentences and the labelled place names."""
    text: str = case["text"]
    lines: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    rows: Rows = {
        Document: (Document("d", text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (Masthead("d:m", "d", case["language"], None, None, None, None, None, (), ()),),
        Stretch: tuple(Stretch(place_id("d", "b", start, end), "d", start, end) for start, end in lines),
        Words: (),
        Mention: tuple(_mention(label) for label in case["mentions"]),
    }
    rows[Block] = tuple(Block(it.id, "d", it.start, it.end, "paragraph", True) for it in rows[Stretch])
    found = split_sentences([DocView("d", rows)], _tools()[0])
    rows[Sentence] = tuple(row for row in found if isinstance(row, Sentence))
    return rows


def _mention(label: dict[str, Any]) -> Mention:
    start, end = label["start"], label["end"]
    return Mention(
        place_id("d", "n", start, end), "d", start, end, label["base"], "LOC", label["derived"], 0.9
    )


def answers(case: Case) -> Iterator[Answer]:
    """Every labelled mention of a text with its place and role."""
    rows = read(case)
    _, names, settle, uses, places = _tools()
    rows[NameUse] = tuple(sorted(gather_names([DocView("d", rows)], names), key=lambda row: row.id))
    rows[PlaceUse] = tuple(sorted(read_places([DocView("d", rows)], uses), key=lambda row: row.id))
    table: dict[type[Any], Iterable[Any]] = {NameUse: rows[NameUse], PlaceUse: rows[PlaceUse], Decision: ()}
    view = CaseView(lambda kind: iter(sorted(table[kind], key=lambda row: (row.owner, row.id))))
    made = list(settle_entities(view, settle))
    for kind in (Entity, EntityForm):
        table[kind] = [row for row in made if isinstance(row, kind)]
    entities = {row.key: row.entity_id for row in table[EntityForm]}
    found = list(place_entities(view, places))
    keys = {mention_id: use.key for use in rows[NameUse] for mention_id in use.mention_ids}
    told = {row.mention_id: row for row in rows[PlaceUse]}
    for label in case["mentions"]:
        mention_id = place_id("d", "n", label["start"], label["end"])
        use = told.get(mention_id)
        entity_id = entities.get(keys.get(mention_id, ""))
        of_it = [place for place in found if entity_id is not None and place.entity_id == entity_id]
        place = chosen_place(of_it, use.reading if use else "")
        yield Answer(case, label, place, use.role if use else None)


def figures() -> dict[str, float]:
    """Shares of mentions at their right place, of towns alone, of answers that are right, of right roles; F1 of acting and scene."""
    result: dict[str, float] = {}
    for prefix, held in (("", False), ("held_", True)):
        every = [answer for case in cases(held) for answer in answers(case)]
        towns = [it for it in every if it.mention["level"] in ("city", "district")]
        given = [it for it in every if it.place is not None]
        judged = [it for it in every if it.mention["role"] is not None]
        result[f"{prefix}where"] = _share(it.right for it in every)
        result[f"{prefix}where_towns"] = _share(it.right for it in towns)
        result[f"{prefix}where_answers_right"] = _share(it.right for it in given)
        result[f"{prefix}where_roles"] = _share(it.role == it.mention["role"] for it in judged)
        for role in ("acting", "scene"):
            result[f"{prefix}where_{role}"] = _f1(judged, role)
    return result


def _share(good: Iterable[bool]) -> float:
    told = list(good)
    return sum(told) / len(told) if told else 0.0


def _f1(judged: Iterable[Answer], role: str) -> float:
    told = Counter((it.mention["role"] == role, it.role == role) for it in judged)
    right, off = told[True, True], told[True, False] + told[False, True]
    return 2 * right / (2 * right + off) if right else 0.0
