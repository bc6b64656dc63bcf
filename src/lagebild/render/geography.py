"""Coasts, state borders and admin-1 lines of the world, cut to a box: Natural Earth, public domain, simplified to about 450 m."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Box", "clip_line", "clip_ring", "lines_in"]

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A stretch of the earth in degrees; west is less than east."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def meets(self, other: Box) -> bool:
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )


@cache
def _stored() -> dict[str, list[tuple[Box, list[Point]]]]:
    packed = files("lagebild.render").joinpath("geo", "lines.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    unit = data["unit"]
    return {kind: [_line(row, unit) for row in data[kind]] for kind in ("land", "border", "province")}


def _line(steps: list[int], unit: int) -> tuple[Box, list[Point]]:
    x = y = 0
    points = []
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        points.append((x / unit, y / unit))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys)), points


def lines_in(kind: str, box: Box) -> Iterator[list[Point]]:
    """Lines of a kind (land: closed rings; border, province: open lines) inside the box, cut at its edge."""
    for bounds, points in _stored()[kind]:
        if not bounds.meets(box):
            continue
        if kind == "land":
            ring = clip_ring(points, box)
            if len(ring) > 2:
                yield ring
        else:
            yield from clip_line(points, box)


def clip_line(points: Iterable[Point], box: Box) -> Iterator[list[Point]]:
    """The runs of a line that lie inside the box, each with one point beyond at its ends."""
    run: list[Point] = []
    before: Point | None = None
    for point in points:
        if box.holds(*point):
            if not run and before:
                run.append(before)
            run.append(point)
        elif run:
            yield [*run, point]
            run = []
        before = point
    if len(run) > 1:
        yield run


def clip_ring(points: list[Point], box: Box) -> list[Point]:
    """A closed ring cut to the box (Sutherland and Hodgman 1974)."""
    for axis, bound, keep_above in (
        (0, box.west, True),
        (0, box.east, False),
        (1, box.south, True),
        (1, box.north, False),
    ):
        points = _cut_side(points, axis, bound, keep_above)
        if not points:
            return []
    return points


def _cut_side(points: list[Point], axis: int, bound: float, keep_above: bool) -> list[Point]:
    out: list[Point] = []
    last = points[-1]
    last_in = (last[axis] >= bound) == keep_above or last[axis] == bound
    for point in points:
        is_in = (point[axis] >= bound) == keep_above or point[axis] == bound
        if is_in != last_in:
            share = (bound - last[axis]) / (point[axis] - last[axis])
            out.append((last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])))
        if is_in:
            out.append(point)
        last, last_in = point, is_in
    return out
