"""The places of a case's stories with all that stands behind them, for other map programs."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.model.dossier import MapPoint
from lagebild.model.finding import Origin
from lagebild.model.identity import Entity, Place, chosen_place
from lagebild.model.pages import MapFeature, MapPassage
from lagebild.model.source import RawItem
from lagebild.model.story import Story
from lagebild.questions.page_shelf import CaseReader

__all__ = ["map_features", "named_in_full"]

ROLES = ("event", "planned", "named")


def map_features(reader: CaseReader) -> Iterator[MapFeature]:
    """Every point of every story: stories by id, in each events first, then by the number of origins, then by entity.

    A point whose place is no longer known is left out. Layers that a user laid over the map are none of the case's findings and are
    not among them.
    """
    items = {item.id: item for item in reader.rows(RawItem)}
    for story in sorted(reader.rows(Story), key=lambda one: one.id):
        origins = {origin.id: origin.name for origin in reader.rows(Origin, story.id)}
        points = sorted(
            reader.rows(MapPoint, story.id),
            key=lambda one: (ROLES.index(one.role), -len(one.origin_ids), one.entity_id, one.id),
        )
        for point in points:
            place = chosen_place(tuple(reader.rows(Place, point.entity_id)), point.reading)
            if place is not None:
                entity = next(iter(reader.rows(Entity, point.entity_id)), None)
                yield _feature(story, point, place, entity, origins, items)


def named_in_full(name: str, reading: str) -> str:
    """„Kursk (Region)“ where the region of that name is meant, so that it is not taken for the town."""
    return f"{name} (Region)" if reading == "admin1" and "(" not in name else name


def _feature(
    story: Story,
    point: MapPoint,
    place: Place,
    entity: Entity | None,
    origins: dict[str, str],
    items: dict[str, RawItem],
) -> MapFeature:
    passages = tuple(
        MapPassage(
            doc=one.doc_id,
            path=items[one.doc_id].path if one.doc_id in items else "",
            line=items[one.doc_id].line if one.doc_id in items else None,
            start=one.start,
            end=one.end,
            exact=one.exact,
        )
        for one in point.citations
    )
    return MapFeature(
        id=point.id,
        story=story.id,
        story_title=story.title,
        entity=point.entity_id,
        name=named_in_full(entity.name if entity else place.name, point.reading),
        place=place.name,
        reading=point.reading,
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        precision_km=point.precision_km or place.precision_km,
        role=point.role,
        days=point.days,
        told_by=tuple(origins.get(one, one) for one in point.origin_ids),
        gazetteer_id=place.gazetteer_id,
        alternatives=place.alternatives,
        passages=passages,
        reasons=(*point.reasons, *place.reasons)[:5],
    )
