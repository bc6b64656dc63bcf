"""Small tools on lines and rings of points: thinning, cutting at a box, whether a ring crosses itself. Planar, degrees or pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

__all__ = ["Box", "Point", "clip_line", "clip_ring", "crossing", "thinned", "unwrapped"]

Point = tuple[float, float]

_MOST_TESTED = (
    20_000  # sides of a ring that are tested against each other; larger rings are not looked through
)
_MOST_PAIRS = 2_000_000


@dataclass(frozen=True)
class Box:
    """A stretch of the plane; west is less than east, south less than north."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, x: float, y: float) -> bool:
        """True for a point in it or on its edge."""
        return self.west <= x <= self.east and self.south <= y <= self.north

    def meets(self, other: Box) -> bool:
        """True where the two share a point."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )


def thinned(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without points that lie nearer than `tolerance` to what is left (Douglas and Peucker 1973); its ends stay.

    Work is bounded: where halving goes badly it stops thinning after forty passes over the line, and keeps the rest as it is.
    """
    if len(line) < 3:
        return list(line)
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    work = 40 * len(line)
    while todo:
        first, last = todo.pop()
        work -= last - first
        if work < 0:
            keep.update(range(first, last))
            continue
        at, off = _farthest(line, first, last)
        if off > tolerance:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [line[at] for at in sorted(keep)]


def _farthest(line: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """The point between two others that lies farthest from the straight line between them."""
    (ax, ay), (bx, by) = line[first], line[last]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    at, worst = first, -1.0
    for place in range(first + 1, last):
        x, y = line[place]
        if length:
            off = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
        else:
            off = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        if off > worst:
            at, worst = place, off
    return at, worst


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


def clip_ring(points: Sequence[Point], box: Box) -> list[Point]:
    """A closed ring cut to the box (Sutherland and Hodgman 1974); [] where nothing of it lies inside."""
    ring = list(points)
    for axis, bound, keep_above in (
        (0, box.west, True),
        (0, box.east, False),
        (1, box.south, True),
        (1, box.north, False),
    ):
        if not ring:
            return []
        ring = _cut_side(ring, axis, bound, keep_above)
    return ring


def _cut_side(points: Sequence[Point], axis: int, bound: float, keep_above: bool) -> list[Point]:
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


def unwrapped(ring: Sequence[Point]) -> list[list[Point]]:
    """A ring of degrees that jumps at 180 as whole rings, one on each side of the map; else the ring itself.

    Steps of more than half the earth are taken to be jumps. A ring around a pole is left as it is.
    """
    out = [ring[0]]
    for x, y in ring[1:]:
        before = out[-1][0]
        out.append((x + 360 * round((before - x) / 360), y))
    low, high = min(x for x, _ in out), max(x for x, _ in out)
    if (low >= -180.01 and high <= 180.01) or abs(out[-1][0] - out[0][0]) > 1:
        return [list(ring) if abs(out[-1][0] - out[0][0]) > 1 else out]
    turn = -360 if high > 180.01 else 360
    return [out, [(x + turn, y) for x, y in out]]


def crossing(ring: Sequence[Point]) -> Point | None:
    """A point at which a ring crosses itself, None where it does not, or where it is too large to be looked through.

    Sides that touch or share an end do not cross.
    """
    sides = list(pairwise(ring))
    if not 3 < len(sides) <= _MOST_TESTED:
        return None
    cells = _cells(sides)
    tested = 0
    for members in cells.values():
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                tested += 1
                if tested > _MOST_PAIRS:
                    return None
                found = _meet(*sides[one], *sides[other])
                if found:
                    return found
    return None


def _cells(sides: Sequence[tuple[Point, Point]]) -> dict[tuple[int, int], list[int]]:
    """Numbers of sides by the squares that their boxes touch; squares about as wide as the sides are long."""
    longest = sum(max(abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in sides) / len(sides)
    size = max(longest * 2, 1e-9)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (a, b) in enumerate(sides):
        xs, ys = (
            sorted((floor(a[0] / size), floor(b[0] / size))),
            sorted((floor(a[1] / size), floor(b[1] / size))),
        )
        if (xs[1] - xs[0] + 1) * (ys[1] - ys[0] + 1) > 400:
            continue
        for x in range(xs[0], xs[1] + 1):
            for y in range(ys[0], ys[1] + 1):
                cells[x, y].append(number)
    return cells


def _meet(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where two sides cross, each strictly inside the other."""
    across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
    if not across:
        return None
    s = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
    t = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / across
    inside = 1e-9 < s < 1 - 1e-9 and 1e-9 < t < 1 - 1e-9
    return (a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])) if inside else None
