"""Makes src/lagebild/render/geo/lines.json.gz: coast, state borders and admin-1 lines of the world, simplified and quantised.

    python training/map_lines.py COUNTRIES.json ADMIN1.topo.json OUT.json.gz

COUNTRIES.json is `countries-10m.json` of the npm package world-atlas 2.0.2, ADMIN1.topo.json a TopoJSON of the Natural Earth 10m
admin-1 boundary lines. Both are Natural Earth, public domain. Points are four-hundredths of a degree, each after the first of
a line as the step from the one before. Lines are thinned by Douglas and Peucker (1973) at 0.004 degrees (about 450 m);
islands under 0.06 degrees across are left out.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

UNIT = 400  # steps in a degree
TOLERANCE = 0.004
SMALLEST = 0.06

Point = tuple[float, float]
Line = list[Point]


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def joined(parts: list[int], arcs: list[Line]) -> Line:
    line: Line = []
    for part in parts:
        points = arcs[part] if part >= 0 else arcs[~part][::-1]
        line += points if not line else points[1:]
    return line


def thinned(line: Line, tolerance: float) -> Line:
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, at = 0.0, -1
        for i in range(first + 1, last):
            px, py = line[i]
            off = (
                abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
                if length
                else ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
            )
            if off > worst:
                worst, at = off, i
        if worst > tolerance:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def chained(lines: list[Line]) -> list[Line]:
    """Lines joined end to end where exactly two meet: most arcs of the admin-1 file are two points long."""
    ends: dict[Point, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        ends[line[0]].append(i)
        ends[line[-1]].append(i)
    used: set[int] = set()
    out = []
    for i, line in enumerate(lines):
        if i in used:
            continue
        used.add(i)
        chain = list(line)
        for side in (-1, 0):
            while True:
                meeting = [j for j in ends[chain[side]] if j not in used]
                if len(ends[chain[side]]) != 2 or len(meeting) != 1:
                    break
                used.add(meeting[0])
                more = lines[meeting[0]]
                if side == -1:
                    chain += (more if more[0] == chain[-1] else more[::-1])[1:]
                else:
                    chain = (more if more[-1] == chain[0] else more[::-1])[:-1] + chain
        out.append(chain)
    return out


def packed(lines: list[Line]) -> list[list[int]]:
    rows = []
    for line in lines:
        at = (0, 0)
        row: list[int] = []
        for x, y in line:
            here = (round(x * UNIT), round(y * UNIT))
            if row and here == at:
                continue
            row += [here[0] - at[0], here[1] - at[1]]
            at = here
        if len(row) > 2:
            rows.append(row)
    return sorted(rows)


def unwrapped(ring: Line) -> list[Line]:
    """A ring that crosses 180 degrees as two whole rings, one on each side of the map; else the ring."""
    out = [ring[0]]
    for x, y in ring[1:]:
        before = out[-1][0]
        out.append((x + 360 * round((before - x) / 360), y))
    xs = [x for x, _ in out]
    if min(xs) >= -180.01 and max(xs) <= 180.01:
        return [out]
    turn = -360 if max(xs) > 180.01 else 360
    return [out, [(x + turn, y) for x, y in out]]


def width(line: Line) -> float:
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def main(countries: Path, admin1: Path, out: Path) -> None:
    world = json.loads(countries.read_text())
    arcs = arcs_of(world)
    land = [
        whole
        for shape in world["objects"]["land"]["geometries"]
        for polygon in (shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]])
        for ring in polygon
        if width(joined(ring, arcs)) > SMALLEST
        for whole in unwrapped(thinned(joined(ring, arcs), TOLERANCE))
    ]
    uses: Counter[int] = Counter()
    for shape in world["objects"]["countries"]["geometries"]:
        polygons = shape.get("arcs", []) if shape["type"] == "MultiPolygon" else [shape.get("arcs", [])]
        uses.update(
            {part if part >= 0 else ~part for polygon in polygons for ring in polygon for part in ring}
        )
    border = [thinned(line, TOLERANCE) for line in chained([arcs[i] for i in sorted(uses) if uses[i] > 1])]
    province = [thinned(line, TOLERANCE) for line in chained(arcs_of(json.loads(admin1.read_text())))]
    data = {"unit": UNIT, "land": packed(land), "border": packed(border), "province": packed(province)}
    text = json.dumps(data, separators=(",", ":"))
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
