"""The places of the stories as KML (OGC KML 2.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from lagebild.model.pages import MapFeature
from lagebild.render.geojson import ATTRIBUTION
from lagebild.render.html import shown

__all__ = ["render_kml"]

_COLOURS = {"event": "ff191719", "planned": "ff8d897c", "named": "ffbdb9ac"}  # aabbggrr
_SIZES = {"event": 1.1, "planned": 1.0, "named": 0.7}


def render_kml(features: Sequence[MapFeature]) -> str:
    """A Document with a folder for each story and a placemark for each place, dated where its days are known.

    All that GeoJSON has as properties stands in ExtendedData, the passages in the description, too. Nothing in it is fetched: styles name no icon.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2">',
        "<Document>",
        "<name>Lagebild</name>",
        f"<description>{_text(ATTRIBUTION)}</description>",
        *(_style(role) for role in _COLOURS),
    ]
    for _, members in groupby(features, key=lambda one: one.story):
        group = list(members)
        lines += ["<Folder>", f"<name>{_text(group[0].story_title) or 'Lagebild'}</name>"]
        for feature in group:
            lines += _placemark(feature)
        lines.append("</Folder>")
    return "\n".join([*lines, "</Document>", "</kml>", ""])


def _text(value: object) -> str:
    """A value as XML text: control characters, which XML has no room for, made visible."""
    return escape(shown(str(value)))


def _style(role: str) -> str:
    icon = f"<IconStyle><color>{_COLOURS[role]}</color><scale>{_SIZES[role]}</scale></IconStyle>"
    return f'<Style id="{role}">{icon}</Style>'


def _placemark(feature: MapFeature) -> Iterator[str]:
    yield f"<Placemark id={quoteattr(feature.id)}>"
    yield f"<name>{_text(feature.name)}</name>"
    yield f"<description>{_text(_description(feature))}</description>"
    if len(feature.days) == 1:
        yield f"<TimeStamp><when>{feature.days[0]}</when></TimeStamp>"
    elif feature.days:
        yield f"<TimeSpan><begin>{feature.days[0]}</begin><end>{feature.days[-1]}</end></TimeSpan>"
    yield f"<styleUrl>#{feature.role}</styleUrl>"
    yield "<ExtendedData>"
    for name, value in _data(feature):
        yield f"<Data name={quoteattr(name)}><value>{_text(value)}</value></Data>"
    yield "</ExtendedData>"
    yield f"<Point><coordinates>{feature.lon},{feature.lat},0</coordinates></Point>"
    yield "</Placemark>"


def _description(feature: MapFeature) -> str:
    """Role, exactness, days, and every passage with its place, as HTML: what shows a description reads it so."""
    told = [f"{feature.role}; within {feature.precision_km:g} km; {_documents(feature)}"]
    if feature.days:
        told.append(", ".join(feature.days))
    told += [
        f"„{one.exact}“ ({_where(one.path, one.line)}, {one.start}–{one.end})" for one in feature.passages
    ]
    return "<br>".join(escape(one) for one in told)


def _documents(feature: MapFeature) -> str:
    """How many texts tell of it; how many of them are independent is for the dossier to say."""
    count = len({(one.path, one.line) for one in feature.passages})
    return f"{count} document" if count == 1 else f"{count} documents"


def _where(path: str, line: int | None) -> str:
    return path if line is None else f"{path}#{line}"


def _data(feature: MapFeature) -> Iterator[tuple[str, str]]:
    yield "role", feature.role
    yield "precision_km", f"{feature.precision_km:g}"
    yield "place", feature.place
    yield "reading", feature.reading
    yield "country", feature.country or ""
    yield "admin1", feature.admin1 or ""
    yield "gazetteer_id", feature.gazetteer_id
    yield "alternatives", " ".join(feature.alternatives)
    yield "days", " ".join(feature.days)
    yield "told_by", "; ".join(feature.told_by)
    yield "entity", feature.entity
    yield "story", feature.story
    yield (
        "reasons",
        "; ".join(f"{one.name}: {one.detail}" if one.detail else one.name for one in feature.reasons),
    )
    for number, one in enumerate(feature.passages, 1):
        yield (
            f"passage_{number}",
            f"{one.doc} {_where(one.path, one.line)} {one.start}-{one.end}: {one.exact}",
        )
