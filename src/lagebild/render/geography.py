"""Coasts, lakes, borders and admin-1 lines of the world, cut to a box, and towns for orientation.

Lines: Natural Earth, public domain, simplified to about 450 m. Towns: GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lagebild.textkit.shapes import Box, Point, clip_line, clip_ring

__all__ = ["Town", "lines_in", "towns_in"]

KINDS = ("land", "lake", "border", "disputed", "province")
RINGS = ("land", "lake")


@dataclass(frozen=True)
class Town:
    """A town for finding one's way: its name in both languages, where it lies, people in thousands."""

    de: str
    en: str
    lat: float
    lon: float
    people: int
    capital: bool


@cache
def _stored() -> dict[str, list[tuple[Box, list[Point]]]]:
    packed = files("lagebild.render").joinpath("geo", "lines.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    unit = data["unit"]
    return {kind: [_line(row, unit) for row in data[kind]] for kind in KINDS}


def _line(steps: list[int], unit: int) -> tuple[Box, list[Point]]:
    x = y = 0
    points = []
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        points.append((x / unit, y / unit))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys)), points


def lines_in(kind: str, box: Box) -> Iterator[list[Point]]:
    """Lines of a kind (land, lake: closed rings; border, disputed, province: open lines) inside the box, cut at its edge."""
    for bounds, points in _stored()[kind]:
        if not bounds.meets(box):
            continue
        if kind in RINGS:
            ring = clip_ring(points, box)
            if len(ring) > 2:
                yield ring
        else:
            yield from clip_line(points, box)


@cache
def _towns() -> tuple[Town, ...]:
    packed = files("lagebild.render").joinpath("geo", "cities.json.gz").read_bytes()
    rows = json.loads(gzip.decompress(packed))
    return tuple(
        Town(german or name, name, lat / 100, lon / 100, people, bool(capital))
        for name, german, lat, lon, people, capital in rows
    )


def towns_in(box: Box) -> Iterator[Town]:
    """Towns inside the box: capitals first, then by people."""
    return (town for town in _towns() if box.holds(town.lon, town.lat))
