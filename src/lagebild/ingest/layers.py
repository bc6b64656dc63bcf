"""Reads layers for the map: GeoJSON files (RFC 7946) with a day each. Nothing is fetched; what is wrong is told with file and feature.

A layer is given as NAME=FILES, FILES a file, a folder, or a pattern such as `maps/*.geojson`. Its day is the date in the file's name
(`…_20250312.geojson`, `2025-03-12.geojson`), else a property (`date`, `day`, `datum`, `timestamp`) of the collection or of each
feature. Its attribution is what the user says, else a property (`attribution`, `credit`, `source`, `copyright`, `licence`) of the collection.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from glob import glob
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any

from lagebild.errors import InputError, UsageError
from lagebild.model.ids import content_id
from lagebild.model.layers import LayerShape, MapLayer
from lagebild.textkit.shapes import Box, Point, clip_ring, crossing, thinned, unwrapped

__all__ = ["LayersRead", "layer_names", "read_layers"]

MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 1_000
MOST_FEATURES = 100_000
MOST_POSITIONS = 2_000_000
MOST_KEPT = 60_000
"""Points of one day that are kept; a finer file is thinned more until it fits."""

_TOLERANCE = 0.002  # degrees, about 200 m: finer than the map is ever drawn
_WORLD = Box(-180.0, -90.0, 180.0, 90.0)
_NAME = re.compile(r"[\w][\w .-]{0,39}")
_DAY = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_DATES = ("date", "day", "datum", "timestamp", "time")
_CREDITS = ("attribution", "credit", "source", "copyright", "licence", "license")
_DEGREES = ("crs84", "4326", "wgs84", "wgs 84")
_LONGEST_CREDIT = 300
_GEOMETRIES = {
    "Point": ("point", 0), "MultiPoint": ("point", 1), "LineString": ("line", 1), "MultiLineString": ("line", 2),
    "Polygon": ("area", 2), "MultiPolygon": ("area", 3),
}  # fmt: skip


@dataclass(frozen=True)
class LayersRead:
    """The layers of a call, and what somebody should know about them, a sentence each."""

    layers: tuple[MapLayer, ...]
    notes: tuple[str, ...]


def layer_names(given: Sequence[str]) -> list[tuple[str, str]]:
    """Name and files of each „NAME=FILES“. Raises UsageError for anything else."""
    found = []
    for one in given:
        name, sign, rest = one.partition("=")
        if not sign or not _NAME.fullmatch(name.strip()):
            raise UsageError(
                f"--layer {one[:80]}: say NAME=FILES, for instance control=maps/*.geojson "
                "(a name of letters, digits, spaces, at most 40)"
            )
        found.append((name.strip(), rest.strip()))
    return found


def read_layers(given: Sequence[str], credits: Mapping[str, str] | None = None) -> LayersRead:
    """The layers behind „NAME=FILES“, files in the order of their names.

    Raises UsageError for a wrong call or no file, InputError for a file that is too large, no GeoJSON, or holds what no map can show;
    the message says which file, which feature, and what to do. An empty FILES („control=“) gives no layer: it takes a name away.
    """
    layers: list[MapLayer] = []
    notes: list[str] = []
    for name, files in layer_names(given):
        if not files:
            continue
        for path in _paths(name, files):
            found = _LayerFile(name, path, (credits or {}).get(name))
            layers += found.layers()
            notes += found.notes
    return LayersRead(tuple(layers), tuple(notes))


def _paths(name: str, files: str) -> list[Path]:
    if os.path.isdir(files):
        paths = [path for path in Path(files).iterdir() if path.suffix.lower() in (".geojson", ".json")]
    elif os.path.lexists(files):
        paths = [Path(files)]
    else:
        paths = [Path(path) for path in glob(files) if os.path.isfile(path)]
    if not paths:
        raise UsageError(f"--layer {name}={files}: no such file; name a GeoJSON file, a folder or a pattern")
    if len(paths) > MOST_FILES:
        raise UsageError(
            f"--layer {name}={files}: {len(paths)} files, at most {MOST_FILES} can be shown; name fewer"
        )
    return sorted(paths, key=lambda path: path.name)


@dataclass
class _Day:
    """The shapes of one day of a file."""

    shapes: list[tuple[str, list[list[Point]]]] = field(default_factory=list)


class _LayerFile:
    """One file on its way to layers."""

    def __init__(self, name: str, path: Path, credit: str | None) -> None:
        self.name, self.path, self.credit = name, path, credit
        self.notes: list[str] = []
        self._positions = 0

    def layers(self) -> Iterator[MapLayer]:
        """A layer for each day of the file."""
        data = self._bytes()
        collection = self._parsed(data)
        features = self._features(collection)
        properties = collection.get("properties")
        facts = {**collection, **properties} if isinstance(properties, dict) else collection
        named = _day_in(self.path.name)
        stated = named or _first_day(facts)
        days: dict[str | None, _Day] = {}
        for number, feature in enumerate(features, 1):
            day = stated or _first_day(feature.get("properties"))
            shapes = self._shapes(feature.get("geometry"), f"feature {number}")
            days.setdefault(day, _Day()).shapes += shapes
        digest = sha256(data).hexdigest()
        credit = self.credit or _credit(facts)
        for day, found in sorted(days.items(), key=lambda it: it[0] or ""):
            yield MapLayer(
                id=content_id("ly", self.name, self.path.name, day or ""),
                name=self.name,
                file=self.path.name,
                day=day,
                attribution=credit,
                sha256=digest,
                shapes=_kept(found.shapes),
            )
        if not days:
            self.notes.append(f"{self.path.name}: no features; nothing of it is shown")
        elif None in days:
            self.notes.append(
                f"{self.path.name}: neither name nor properties say a day; it is shown for all days"
            )

    def _wrong(self, where: str, what: str, now: str) -> InputError:
        return InputError(f"{self.path.name}{f', {where}' if where else ''}: {what}; {now}")

    def _bytes(self) -> bytes:
        try:
            if not self.path.is_file():
                raise self._wrong("", "is no file", "name a GeoJSON file")
            with self.path.open("rb") as source:
                data = source.read(MOST_BYTES + 1)
        except OSError as error:
            raise self._wrong("", f"cannot be read ({error.strerror})", "check the file") from error
        if len(data) > MOST_BYTES:
            raise self._wrong(
                "", f"larger than {MOST_BYTES // 1024 // 1024} MB", "simplify it or cut it to the region"
            )
        return data

    def _parsed(self, data: bytes) -> dict[str, Any]:
        try:
            found = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
        except UnicodeDecodeError as error:
            raise self._wrong("", "is not UTF-8", "save it as UTF-8") from error
        except RecursionError as error:
            raise self._wrong("", "is nested too deeply to be GeoJSON", "check how it was made") from error
        except ValueError as error:
            raise self._wrong("", f"is no JSON ({error})", "correct it or leave it out") from error
        if not isinstance(found, dict):
            raise self._wrong("", "is no GeoJSON object", "it must begin with a FeatureCollection")
        self._refuse_crs(found.get("crs"))
        return found

    def _refuse_crs(self, crs: object) -> None:
        """GeoJSON is in degrees; older files may name something else."""
        told = json.dumps(crs).casefold() if crs else ""
        if told and not any(name in told for name in _DEGREES):
            raise self._wrong(
                "",
                "its coordinates are not WGS 84 degrees",
                "convert it (for instance with ogr2ogr -t_srs EPSG:4326)",
            )

    def _features(self, found: dict[str, Any]) -> list[dict[str, Any]]:
        kind = found.get("type")
        if kind == "FeatureCollection":
            features = found.get("features")
        elif kind == "Feature":
            features = [found]
        elif kind in _GEOMETRIES or kind == "GeometryCollection":
            features = [{"geometry": found}]
        else:
            raise self._wrong(
                "",
                f"has the type {str(kind)[:40]!r}",
                "GeoJSON needs FeatureCollection, Feature or a geometry",
            )
        if not isinstance(features, list):
            raise self._wrong("", "its `features` are no list", "correct the file")
        if len(features) > MOST_FEATURES:
            raise self._wrong(
                "",
                f"{len(features)} features, at most {MOST_FEATURES} are read",
                "leave out what is not needed",
            )
        for number, feature in enumerate(features, 1):
            if not isinstance(feature, dict):
                raise self._wrong(f"feature {number}", "is no object", "correct the file")
        return features

    def _shapes(self, geometry: object, where: str, depth: int = 0) -> list[tuple[str, list[list[Point]]]]:
        if geometry is None:
            return []
        if not isinstance(geometry, dict):
            raise self._wrong(where, "its geometry is no object", "correct the file")
        kind = geometry.get("type")
        if kind == "GeometryCollection":
            parts = geometry.get("geometries")
            if not isinstance(parts, list) or depth > 4:
                raise self._wrong(
                    where, "its GeometryCollection cannot be read", "give the geometries one by one"
                )
            return [shape for part in parts for shape in self._shapes(part, where, depth + 1)]
        if kind not in _GEOMETRIES:
            raise self._wrong(
                where,
                f"has a geometry of the type {str(kind)[:40]!r}",
                "GeoJSON knows points, lines and polygons",
            )
        form, depth_of = _GEOMETRIES[kind]
        return self._formed(form, depth_of, geometry.get("coordinates"), f"{where} ({kind})")

    def _formed(
        self, form: str, nested: int, coordinates: object, where: str
    ) -> list[tuple[str, list[list[Point]]]]:
        if form == "point":
            points = [self._position(coordinates, where)] if not nested else self._line(coordinates, where)
            return [("point", [[point]]) for point in points]
        if form == "line":
            lines = [coordinates] if nested == 1 else self._list(coordinates, where)
            return [("line", [self._line(line, where, least=2)]) for line in lines]
        polygons = [coordinates] if nested == 2 else self._list(coordinates, where)
        return [shape for polygon in polygons for shape in self._area(polygon, where)]

    def _area(self, polygon: object, where: str) -> Iterator[tuple[str, list[list[Point]]]]:
        sides: dict[int, list[list[Point]]] = {}
        for ring in self._list(polygon, where):
            points = self._line(ring, where, least=4)
            if points[0] != points[-1]:
                points.append(points[0])
            self._note_crossing(points, where)
            for side, part in enumerate(unwrapped(points)):
                cut = clip_ring(part, _WORLD)
                if len(cut) > 2:
                    sides.setdefault(side, []).append(cut)
        yield from (("area", rings) for _, rings in sorted(sides.items()))

    def _note_crossing(self, points: Sequence[Point], where: str) -> None:
        if len(self.notes) < 5 and (at := crossing(points)):
            self.notes.append(
                f"{self.path.name}, {where}: a ring crosses itself at {at[0]:.4f}, {at[1]:.4f}; it is drawn, but look at the source"
            )

    def _list(self, found: object, where: str) -> list[Any]:
        if not isinstance(found, list):
            raise self._wrong(where, "its coordinates are not nested as GeoJSON asks", "correct the file")
        return found

    def _line(self, found: object, where: str, least: int = 1) -> list[Point]:
        points = [self._position(one, where) for one in self._list(found, where)]
        if len(points) < least:
            raise self._wrong(
                where, f"{len(points)} positions, at least {least} are needed", "correct it or leave it out"
            )
        return points

    def _position(self, found: object, where: str) -> Point:
        self._positions += 1
        if self._positions > MOST_POSITIONS:
            raise self._wrong(
                "", f"more than {MOST_POSITIONS:,} positions", "simplify it or cut it to the region"
            )
        if not isinstance(found, list) or len(found) < 2 or not all(_is_number(one) for one in found[:2]):
            raise self._wrong(
                where, f"{json.dumps(found)[:60]} is no position", "a position is [longitude, latitude]"
            )
        lon, lat = float(found[0]), float(found[1])
        if not (-360.0 <= lon <= 360.0 and -90.0 <= lat <= 90.0):
            raise self._wrong(
                where,
                f"{lon:g}, {lat:g} are no degrees of longitude and latitude",
                "check order and projection of the coordinates",
            )
        return (lon + 180.0) % 360.0 - 180.0 if abs(lon) > 180.0 else lon, lat


def _is_number(found: object) -> bool:
    return (
        isinstance(found, int | float)
        and not isinstance(found, bool)
        and abs(found) < 1e9
        and isfinite(found)
    )


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _day_in(text: str) -> str | None:
    """The first date in a text that exists, as YYYY-MM-DD."""
    for found in _DAY.finditer(text[:200]):
        year, month, day = (int(part) for part in found.groups())
        try:
            if 1900 <= year <= 2200:
                return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None


def _first_day(facts: object) -> str | None:
    if not isinstance(facts, dict):
        return None
    for key, value in facts.items():
        if isinstance(value, str) and str(key).casefold() in _DATES and (day := _day_in(value)):
            return day
    return None


def _credit(facts: Mapping[str, Any]) -> str | None:
    by_key = {str(key).casefold(): value for key, value in facts.items() if isinstance(value, str)}
    found = next((by_key[key].strip() for key in _CREDITS if by_key.get(key, "").strip()), None)
    return found[:_LONGEST_CREDIT] if found else None


def _kept(shapes: Sequence[tuple[str, list[list[Point]]]]) -> tuple[LayerShape, ...]:
    """The shapes thinned until they fit."""
    tolerance = _TOLERANCE
    while True:
        found = tuple(_shape(form, rings, tolerance) for form, rings in shapes)
        points = sum(len(ring) for shape in found for ring in shape.rings) // 2
        if points <= MOST_KEPT or tolerance > 5:
            return tuple(shape for shape in found if shape.rings)
        tolerance *= 2


def _shape(form: str, rings: Sequence[list[Point]], tolerance: float) -> LayerShape:
    least = {"area": 4, "line": 2, "point": 1}[form]
    lines = [thinned(ring, tolerance) if form != "point" else ring for ring in rings]
    flat = tuple(
        tuple(round(number, 4) for point in line for number in point) for line in lines if len(line) >= least
    )
    kind: Any = form
    return LayerShape(kind, flat)
