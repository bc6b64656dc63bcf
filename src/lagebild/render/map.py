"""The map as a picture: places of events as spots with the number of origins, labels that never lie on each other.

Below the spots lie the land with its lakes, borders (contested ones apart), towns for orientation, and what the user lays over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, atan2, cos, degrees, floor, log10, radians, sin, sqrt
from typing import Literal

from lagebild.model.layers import LayerShape, MapLayer
from lagebild.model.pages import MapDot
from lagebild.render.geography import lines_in, towns_in
from lagebild.render.measure import text_width
from lagebild.textkit.shapes import Box, Point, clip_line, clip_ring, thinned

__all__ = [
    "Beyond",
    "LayerNote",
    "MapPicture",
    "Overlay",
    "Spot",
    "TownMark",
    "draw_map",
    "kilometres",
    "layer_notes",
    "map_days",
]

WIDE = (800.0, 470.0)
NARROW = (358.0, 400.0)
AREA_KM = 150.0  # a place less exact than this is a country or a large region
# tried on piles about a street, a coast and a war: what belongs together stays together
NEAR_KM, FARTHER = 150.0, 5.0
LEAST_KM = 40.0  # a map never shows less than this across: the borders are no finer
ALONE_KM = 130.0  # around one town alone: with less, nothing says where it is
EARTH_KM = 6371.0
KM_PER_DEGREE = 111.2
PROVINCES_FROM = 22.0  # pixels to a degree; on smaller maps admin-1 lines are a grey mess
MOST_DAYS = 60
MOST_SNAPSHOTS = 40  # of one layer; a page with more days of it would be too heavy
TOWNS_WIDE, TOWNS_SLIM = 12, 6
NEVER = "9999-12-31"


@dataclass(frozen=True)
class TownMark:
    """A town for orientation, with its name in both languages."""

    x: float
    y: float
    de: str
    en: str
    text_x: float
    text_y: float
    anchor: Literal["start", "middle", "end"]
    capital: bool


@dataclass(frozen=True)
class Overlay:
    """What a user laid over the map on the days from `since` to before `until`; `number` counts the layers of the map.

    `areas` (even-odd), `lines` are path data, `points` places of dots. `last`: it is the latest of its layer.
    """

    number: int
    since: str
    until: str
    areas: str
    lines: str
    points: tuple[tuple[int, int], ...]
    last: bool


@dataclass(frozen=True)
class LayerNote:
    """A layer in words, for the legend: its name, whom to credit, and the days for which it stands as (day, since, until, last)."""

    number: int
    name: str
    attribution: str | None
    stands: tuple[tuple[str | None, str, str, bool], ...]


@dataclass(frozen=True)
class Spot:
    """A place, or several that lie within a few pixels, with its label. `leader`: a line from spot to label where it lies off.

    `days` are those on which something happened at one of them.
    """

    href: str
    x: float
    y: float
    radius: float
    count: int
    event: bool
    planned: bool
    ring: float
    title: str
    words: str
    entries: str
    text_x: float
    text_y: float
    anchor: Literal["start", "middle", "end"]
    leader: bool
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beyond:
    """A place outside the picture: an arrow at the edge with name and distance."""

    href: str
    x: float
    y: float
    angle: float
    words: str
    text_x: float
    text_y: float
    anchor: Literal["start", "middle", "end"]
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapPicture:
    """The map at one size. Paths are SVG path data."""

    width: float
    height: float
    land: str
    lakes: str
    borders: str
    disputed: str
    provinces: str
    overlays: tuple[Overlay, ...]
    towns: tuple[TownMark, ...]
    spots: tuple[Spot, ...]
    beyond: tuple[Beyond, ...]
    scale_width: float
    scale_km: str
    wide: bool


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance on the sphere (haversine)."""
    high = sin(radians(other_lat - lat) / 2) ** 2
    wide = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, high + wide)))


def draw_map(dots: Sequence[MapDot], layers: Sequence[MapLayer] = ()) -> tuple[MapPicture, ...]:
    """The map for a wide and for a narrow page; () where there is no place. Layers never change what the map shows of the earth."""
    if not dots:
        return ()
    return (_draw(dots, layers, WIDE, True), _draw(dots, layers, NARROW, False))


def map_days(dots: Sequence[MapDot], layers: Sequence[MapLayer] = ()) -> tuple[str, ...]:
    """The days to choose from: those of the dots, and between them those of the layers; () where there are fewer than two."""
    told = sorted({day for dot in dots for day in dot.days})
    if not told:
        return ()
    laid = {layer.day for layer in layers if layer.day and told[0] <= layer.day <= told[-1]}
    days = sorted({*told, *laid}) if len({*told, *laid}) <= MOST_DAYS else told[-MOST_DAYS:]
    return tuple(days) if len(days) > 1 else ()


def layer_notes(layers: Sequence[MapLayer]) -> tuple[LayerNote, ...]:
    """Each layer in words."""
    notes = []
    for number, (name, snapshots) in enumerate(_by_name(layers)):
        credits = dict.fromkeys(one.attribution for one, _, _, _ in snapshots if one.attribution)
        stands = tuple((one.day, since, until, last) for one, since, until, last in snapshots)
        notes.append(LayerNote(number, name, "; ".join(credits) or None, stands))
    return tuple(notes)


Snapshot = tuple[MapLayer, str, str, bool]


def _by_name(layers: Sequence[MapLayer]) -> list[tuple[str, list[Snapshot]]]:
    """The files of each layer, each with the days from which and before which it is the latest, and whether it is the last of all."""
    names: dict[str, list[MapLayer]] = {}
    for layer in layers:
        names.setdefault(layer.name, []).append(layer)
    found = []
    for name, files in sorted(names.items()):
        days = sorted({one.day for one in files if one.day})[-MOST_SNAPSHOTS:]
        until = dict(zip(days, [*days[1:], NEVER], strict=True))
        ordered = sorted(files, key=lambda one: (one.day or "", one.file))
        shown: list[Snapshot] = [(one, "", NEVER, True) for one in ordered if one.day is None]
        shown += [
            (one, one.day, until[one.day], one.day == days[-1])
            for one in ordered
            if one.day and one.day in until
        ]
        found.append((name, shown))
    return found


class _Projection:
    """Degrees to pixels: plate carrée, true at the middle latitude."""

    def __init__(self, dots: Sequence[MapDot], size: tuple[float, float]) -> None:
        self.width, self.height = size
        lats, lons = [dot.lat for dot in dots], [dot.lon for dot in dots]
        self._lat, self._lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self._squeeze = max(cos(radians(self._lat)), 0.15)
        alone = max(lats) - min(lats) + max(lons) - min(lons) < 0.1
        least = (
            max(ALONE_KM if alone else LEAST_KM, 2.2 * max(dot.precision_km for dot in dots)) / KM_PER_DEGREE
        )
        across = max((max(lons) - min(lons)) * self._squeeze, least)
        down = max(max(lats) - min(lats), 0.7 * least)
        room_x, room_y = self.width * 0.66, self.height * 0.66
        self.pixels = min(room_x / across, room_y / down)  # per degree of latitude

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        x = self.width / 2 + (lon - self._lon) * self._squeeze * self.pixels
        y = self.height / 2 - (lat - self._lat) * self.pixels
        return x, y

    @property
    def box(self) -> Box:
        half_x = self.width / 2 / self.pixels / self._squeeze * 1.04
        half_y = self.height / 2 / self.pixels * 1.04
        return Box(self._lon - half_x, self._lat - half_y, self._lon + half_x, self._lat + half_y)

    @property
    def middle(self) -> tuple[float, float]:
        return self._lat, self._lon

    @property
    def pixels_per_km(self) -> float:
        return self.pixels / KM_PER_DEGREE


def _framed(dots: Sequence[MapDot]) -> list[MapDot]:
    """The dots the picture is made for: from the event with most origins outwards, until the next lies much farther off.

    Whole countries do not widen the picture where anything finer is known.
    """
    events = [dot for dot in dots if dot.event] or list(dots)
    fine = [dot for dot in events if dot.precision_km <= AREA_KM] or events
    heart = min(fine, key=lambda d: (-d.origins, d.precision_km, d.key))
    ordered = sorted((kilometres(heart.lat, heart.lon, d.lat, d.lon), d.key, d) for d in fine)
    framed, reach = [heart], 0.0
    for distance, _, dot in ordered:
        if distance > max(NEAR_KM, FARTHER * reach):
            break
        reach = distance
        framed.append(dot)
    near = [d for d in dots if kilometres(heart.lat, heart.lon, d.lat, d.lon) <= max(1.2 * reach, LEAST_KM)]
    return framed + [d for d in near if d not in framed and d.precision_km <= AREA_KM]


def _draw(
    dots: Sequence[MapDot], layers: Sequence[MapLayer], size: tuple[float, float], wide: bool
) -> MapPicture:
    projection = _Projection(_framed(dots), size)
    width, height = size
    inside: list[Placed] = []
    outside: list[Placed] = []
    for dot in dots:
        x, y = projection.at(dot.lon, dot.lat)
        (inside if 8 <= x <= width - 8 and 8 <= y <= height - 8 else outside).append((dot, x, y))
    close = projection.pixels > PROVINCES_FROM
    taken = _Taken(width, height)
    scale_width, scale_km = _scale_bar(projection.pixels_per_km)
    taken.add(4, height - 36, 12 + scale_width + 46, height)
    spots = _spots(_clusters(inside), projection, taken)
    beyond = _beyond(outside, projection, taken, size)
    towns = _towns(projection, taken, [(x, y) for _, x, y in inside], wide)
    return MapPicture(
        width=width,
        height=height,
        land=_path(lines_in("land", projection.box), projection, closed=True),
        lakes=_path(lines_in("lake", projection.box), projection, closed=True),
        borders=_path(lines_in("border", projection.box), projection),
        disputed=_path(lines_in("disputed", projection.box), projection),
        provinces=_path(lines_in("province", projection.box), projection) if close else "",
        overlays=tuple(_overlays(layers, projection)),
        towns=tuple(towns),
        spots=tuple(spots),
        beyond=tuple(beyond),
        scale_width=scale_width,
        scale_km=scale_km,
        wide=wide,
    )


def _path(lines: Iterable[list[tuple[float, float]]], projection: _Projection, closed: bool = False) -> str:
    """SVG path data in whole pixels, steps only where the line moves; shapes under three pixels are left out."""
    parts = []
    for line in lines:
        kept: list[tuple[int, int]] = []
        for lon, lat in line:
            x, y = projection.at(lon, lat)
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > 1.9:
                kept.append((round(x), round(y)))
        if len(kept) > (3 if closed else 1):
            steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
            parts.append(f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}{'z' if closed else ''}")
    return "".join(parts).replace(" -", "-")


def _overlays(layers: Sequence[MapLayer], projection: _Projection) -> Iterable[Overlay]:
    """Layers cut to the picture and thinned to its pixels."""
    for number, (_, snapshots) in enumerate(_by_name(layers)):
        for layer, since, until, last in snapshots:
            areas, lines, points = "", "", list[tuple[int, int]]()
            for shape in layer.shapes:
                if shape.kind == "area":
                    areas += _laid(shape, projection)
                elif shape.kind == "line":
                    lines += _laid(shape, projection)
                else:
                    points += _laid_points(shape, projection)
            yield Overlay(number, since, until, areas, lines, tuple(points), last)


def _laid(shape: LayerShape, projection: _Projection) -> str:
    """Path data of an area or a line, in whole pixels."""
    box = Box(-6.0, -6.0, projection.width + 6, projection.height + 6)
    parts = []
    for ring in shape.rings:
        line = [projection.at(ring[at], ring[at + 1]) for at in range(0, len(ring) - 1, 2)]
        cut = [clip_ring(line, box)] if shape.kind == "area" else list(clip_line(line, box))
        parts += [_steps(thinned(one, 0.7), shape.kind == "area") for one in cut if len(one) > 1]
    return "".join(parts)


def _steps(line: Sequence[Point], closed: bool) -> str:
    points = [(round(x), round(y)) for x, y in line]
    kept = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
    if len(kept) < (3 if closed else 2):
        return ""
    steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}{'z' if closed else ''}".replace(" -", "-")


def _laid_points(shape: LayerShape, projection: _Projection) -> Iterable[tuple[int, int]]:
    for ring in shape.rings:
        x, y = projection.at(ring[0], ring[1])
        if 0 <= x <= projection.width and 0 <= y <= projection.height:
            yield round(x), round(y)


def _towns(
    projection: _Projection, taken: _Taken, spots: Sequence[tuple[float, float]], wide: bool
) -> list[TownMark]:
    """The largest towns in the picture whose names find room, none where a spot stands."""
    found: list[TownMark] = []
    most = TOWNS_WIDE if wide else TOWNS_SLIM
    tried = 0
    for town in towns_in(projection.box):
        x, y = projection.at(town.lon, town.lat)
        inside = 14 < x < projection.width - 14 and 14 < y < projection.height - 14
        near = any(abs(x - other[0]) < 26 and abs(y - other[1]) < 20 for other in spots)
        apart = all(abs(x - one.x) > 60 or abs(y - one.y) > 34 for one in found)
        if not inside or near or not apart or not taken.free(x - 3, y - 3, x + 3, y + 3):
            continue
        tried += 1
        place = _label_place(
            x, y, 2.5, max(text_width(town.de, 12), text_width(town.en, 12)), 13.0, taken, near=True
        )
        if place:
            taken.add(x - 3, y - 3, x + 3, y + 3)
            text_x, text_y, anchor, _ = place
            found.append(
                TownMark(
                    round(x, 1),
                    round(y, 1),
                    town.de,
                    town.en,
                    round(text_x, 1),
                    round(text_y, 1),
                    anchor,
                    town.capital,
                )
            )
        if len(found) >= most or tried > 10 * most:
            break
    return found


def _scale_bar(pixels_per_km: float) -> tuple[float, str]:
    """A round number of kilometres about 90 pixels long."""
    power: float = 10.0 ** floor(log10(90 / pixels_per_km))
    km = next(power * n for n in (5, 2, 1) if power * n * pixels_per_km <= 110)
    return round(km * pixels_per_km, 1), f"{km:g}"


Placed = tuple[MapDot, float, float]


def _clusters(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Dots that lie within 15 pixels of an earlier one join it."""
    groups: list[list[Placed]] = []
    for dot, x, y in placed:
        near = next((g for g in groups if abs(g[0][1] - x) < 15 and abs(g[0][2] - y) < 15), None)
        if near:
            near.append((dot, x, y))
        else:
            groups.append([(dot, x, y)])
    return groups


class _Taken:
    """Rectangles that are occupied."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._boxes: list[tuple[float, float, float, float]] = []

    def add(self, left: float, top: float, right: float, bottom: float) -> None:
        self._boxes.append((left, top, right, bottom))

    def free(self, left: float, top: float, right: float, bottom: float) -> bool:
        if left < 4 or top < 4 or right > self._width - 4 or bottom > self._height - 4:
            return False
        return all(right <= b[0] or left >= b[2] or bottom <= b[1] or top >= b[3] for b in self._boxes)


def _radius(dot: MapDot, count: int) -> float:
    """Area by evidence: about so many origins as it holds."""
    if not dot.event:
        return 4.5
    return round(min(19.0, 5.5 + 3.4 * sqrt(max(1, count))), 1)


def _spots(groups: Sequence[list[Placed]], projection: _Projection, taken: _Taken) -> list[Spot]:
    sized = []
    for group in groups:
        count = (
            max(dot.origins for dot, _, _ in group if dot.event) if any(d.event for d, _, _ in group) else 0
        )
        radius = _radius(group[0][0], count)
        _, x, y = group[0]
        taken.add(x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1)
        sized.append((group, count, radius))
    return [_spot(group, count, radius, projection, taken) for group, count, radius in sized]


def _spot(group: Sequence[Placed], count: int, radius: float, projection: _Projection, taken: _Taken) -> Spot:
    dot, x, y = group[0]
    names = list(dict.fromkeys(one.name for one, _, _ in group))
    words = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    numbers = sorted({n for one, _, _ in group for n in one.entries})
    entries = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
    size = 13.5 if dot.event else 12.0
    wide = max(text_width(words, size, dot.event), text_width(entries, 12))
    high = 32.0 if entries else 16.0
    place = _label_place(x, y, radius, wide, high, taken)
    ring = dot.precision_km * projection.pixels_per_km
    text_x, text_y, anchor, leader = place or (x, y, "start", False)
    return Spot(
        href=dot.key,
        x=round(x, 1),
        y=round(y, 1),
        radius=radius,
        count=count,
        event=dot.event,
        planned=dot.event and all(one.planned for one, _, _ in group if one.event),
        ring=round(ring, 1) if ring > radius + 6 else 0.0,
        title=words,
        words=words if place else "",
        entries=entries if place else "",
        text_x=round(text_x, 1),
        text_y=round(text_y, 1),
        anchor=anchor,
        leader=leader,
        days=tuple(sorted({day for one, _, _ in group for day in one.days})),
    )


Anchor = Literal["start", "middle", "end"]


def _label_place(
    x: float, y: float, radius: float, wide: float, high: float, taken: _Taken, near: bool = False
) -> tuple[float, float, Anchor, bool] | None:
    """Right, left, above or below the spot, else (not `near`) farther off with a leader; None where there is no room at all."""
    for gap in (4.0,) if near else (6.0, 22.0, 40.0, 62.0):
        off = radius + gap
        slant = off if gap > 6 else 0.0
        candidates: tuple[tuple[float, float, Anchor], ...] = (
            (x + off, y + 4.5, "start"),
            (x - off, y + 4.5, "end"),
            (x, y - off - high + 14, "middle"),
            (x, y + off + 10, "middle"),
            (x + off, y - slant, "start"),
            (x + off, y + slant + 8, "start"),
            (x - off, y - slant, "end"),
            (x - off, y + slant + 8, "end"),
        )
        for text_x, text_y, anchor in candidates:
            left = text_x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            box = (left - 2, text_y - 13, left + wide + 2, text_y - 13 + high + 2)
            if taken.free(*box):
                taken.add(*box)
                return text_x, text_y, anchor, gap > 6
    return None


def _beyond(
    outside: Sequence[Placed], projection: _Projection, taken: _Taken, size: tuple[float, float]
) -> list[Beyond]:
    """Arrows at the edge for places outside; those that find no room stand in the list only."""
    width, height = size
    lat, lon = projection.middle
    found = []
    for dot, x, y in outside[:12]:
        dx, dy = x - width / 2, y - height / 2
        shrink = min((width / 2 - 16) / max(abs(dx), 1e-6), (height / 2 - 16) / max(abs(dy), 1e-6))
        ex, ey = width / 2 + dx * shrink, height / 2 + dy * shrink
        away = (
            f", {round(kilometres(lat, lon, dot.lat, dot.lon))}\u00a0km"
            if dot.precision_km <= AREA_KM
            else ""
        )
        words = dot.name + away
        wide = text_width(words, 12)
        right = ex > width / 2
        anchor: Anchor = "end" if right else "start"
        text_x = ex - 14 if right else ex + 14
        for shift in (4.0, -14.0, 22.0, -32.0, 40.0):
            left = text_x - wide if right else text_x
            box = (left - 2, ey + shift - 13, left + wide + 2, ey + shift + 4)
            if taken.free(*box):
                taken.add(*box)
                taken.add(ex - 8, ey + shift - 12, ex + 8, ey + shift + 4)
                angle = _degrees(dx, dy)
                found.append(
                    Beyond(
                        dot.key,
                        round(ex, 1),
                        round(ey + shift - 4, 1),
                        angle,
                        words,
                        round(text_x, 1),
                        round(ey + shift, 1),
                        anchor,
                        dot.days,
                    )
                )
                break
    return found


def _degrees(dx: float, dy: float) -> float:
    """Direction as an angle for SVG's rotate, 0 to the right, clockwise."""
    return round(degrees(atan2(dy, dx)), 0)
