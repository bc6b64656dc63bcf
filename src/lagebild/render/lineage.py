"""Where the texts come from, as a picture: a lane per origin, a column per text, copies as a comb below the first text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lagebild.model.pages import LineageEdge, Moment, Part
from lagebild.render.dates import short_words
from lagebild.render.labels import label
from lagebild.render.measure import clipped

__all__ = ["LineagePicture", "draw_lineage"]

WIDTH, LEFT, LANE, TOP = 800.0, 138.0, 54.0, 40.0
MOST_COLUMNS, MOST_LANES, MOST_CROSSINGS = 16, 26, 10
LEAST_SHARE = 0.05  # less is in the table only


@dataclass(frozen=True)
class Node:
    """A text: a box at `x`, `y` (its middle)."""

    href: str
    label: str
    x: float
    y: float
    copy: bool
    share: str


@dataclass(frozen=True)
class Row:
    """A lane with its letter and name."""

    letter: str
    name: str
    full: str
    y: float
    line_y: float


@dataclass(frozen=True)
class Column:
    """The date over a text, on two lines, in both languages."""

    x: float
    de: tuple[str, str]
    en: tuple[str, str]


@dataclass(frozen=True)
class Wire:
    """A line between two texts as SVG path data; `arrow` only where somebody says who was first."""

    path: str
    kind: Literal["copy", "shared", "unsure", "witness"]
    arrow: bool
    words: str
    text_x: float
    text_y: float


@dataclass(frozen=True)
class LineagePicture:
    """The picture, 800 wide."""

    height: float
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]


def draw_lineage(part: Part) -> LineagePicture | None:
    """The picture, or None for one text, more than 16 texts or more than 26 origins: then the table stands alone."""
    columns, lanes = part.lineage.columns, part.origins
    if not 1 < len(columns) <= MOST_COLUMNS or len(lanes) > MOST_LANES:
        return None
    step = (WIDTH - LEFT - 52) / max(len(columns) - 1, 1)
    step = min(step, 110.0)
    xs = {node.doc_id: LEFT + 20 + step * place for place, node in enumerate(columns)}
    at = {
        node.label: (xs[node.doc_id], TOP + LANE * place + 24)
        for place, lane in enumerate(lanes)
        for node in lane.nodes
    }
    shares = _shares(part.lineage.edges)
    return LineagePicture(
        height=TOP + LANE * len(lanes) + 4,
        rows=tuple(
            Row(
                lane.letter,
                clipped(lane.name, 12.5, 112) or lane.name[:12] + "…",
                lane.name,
                TOP + LANE * n + 28,
                TOP + LANE * (n + 1),
            )
            for n, lane in enumerate(lanes)
        ),
        columns=tuple(_column(xs[node.doc_id], node.moment) for node in columns),
        nodes=tuple(
            Node(
                f"{part.key}src-{node.label}",
                node.label,
                *at[node.label],
                node.copy,
                shares.get(node.label, "") if node.copy else "",
            )
            for lane in lanes
            for node in lane.nodes
        ),
        wires=tuple(_wires(part, at)),
    )


def _percent(share: float) -> str:
    return f"{round(100 * share)}\u202f%"


def _shares(edges: Sequence[LineageEdge]) -> dict[str, str]:
    best: dict[str, float] = {}
    for edge in edges:
        if edge.kind != "same_witness":
            best[edge.later] = max(best.get(edge.later, 0.0), edge.share)
    return {name: _percent(share) for name, share in best.items()}


def _column(x: float, moment: Moment | None) -> Column:
    return Column(round(x, 1), _date_lines(moment, "de"), _date_lines(moment, "en"))


def _date_lines(moment: Moment | None, lang: Literal["de", "en"]) -> tuple[str, str]:
    """A date on two short lines: day and time, or month and year."""
    if moment is None:
        first, _, second = label(lang, "lineage.undated").partition(" ")
        return first, second
    if moment.at is None:
        start = (moment.earliest or moment.latest or "")[:10]
        first, second = _date_lines(Moment(at=start), lang)
        return f"~ {first}", second
    words = short_words(Moment(at=moment.at[:16]), lang, None)
    first, comma, second = words.partition(", ")
    if comma:
        return first.replace(f".{moment.at[:4]}", ".").replace(f"\u00a0{moment.at[:4]}", ""), second.replace(
            "\u00a0Uhr", ""
        )
    day, _, year = words.rpartition("." if lang == "de" and len(moment.at) > 7 else "\u00a0")
    return (f"{day}." if lang == "de" and len(moment.at) > 7 else day), year


def _wires(part: Part, at: dict[str, tuple[float, float]]) -> list[Wire]:
    lane_of = {node.label: lane.letter for lane in part.origins for node in lane.nodes}
    wires: list[Wire] = []
    combed: set[str] = set()
    crossings = 0
    for edge in part.lineage.edges:
        if edge.earlier not in at or edge.later not in at:
            continue
        if lane_of[edge.earlier] == lane_of[edge.later]:
            if edge.later not in combed and edge.kind != "same_witness":
                combed.add(edge.later)
                wires.append(_comb(edge, at))
        elif crossings < MOST_CROSSINGS and (edge.share >= LEAST_SHARE or edge.kind == "same_witness"):
            wires.append(_crossing(edge, at, crossings))
            crossings += 1
    return wires


def _kind(edge: LineageEdge) -> Literal["copy", "shared", "unsure", "witness"]:
    if edge.kind == "same_witness":
        return "witness"
    return "unsure" if edge.direction == "unknown" else "shared"


def _comb(edge: LineageEdge, at: dict[str, tuple[float, float]]) -> Wire:
    (ax, ay), (bx, _) = at[edge.earlier], at[edge.later]
    low = ay + 17
    path = f"M{ax:g} {ay + 11:g}V{low:g}H{bx:g}V{ay + 11:g}"
    kind: Literal["copy", "unsure"] = "unsure" if edge.direction == "unknown" else "copy"
    return Wire(path, kind, False, "", 0, 0)


def _crossing(edge: LineageEdge, at: dict[str, tuple[float, float]], place: int) -> Wire:
    """From the side of the earlier text along its lane, then to the later one from above or below."""
    (ax, ay), (bx, by) = at[edge.earlier], at[edge.later]
    kind = _kind(edge)
    shift = (place % 5) * 3 - 6
    down = 1 if by > ay else -1
    if abs(bx - ax) < 4:
        path = f"M{ax + shift:g} {ay + 12 * down:g}V{by - 12 * down:g}"
        return Wire(
            path, kind, edge.direction != "unknown", _percent(edge.share), ax + shift + 5, (ay + by) / 2 + 4
        )
    side = 1 if bx > ax else -1
    y = ay + shift * 0.6
    path = f"M{ax + 16 * side:g} {y:g}H{bx + shift - 6 * side:g}q{6 * side:g} 0 {6 * side:g} {6 * down:g}V{by - 13 * down:g}"
    words = "" if kind == "witness" else _percent(edge.share)
    return Wire(path, kind, edge.direction != "unknown", words, bx + shift - 10 * side, y - 5)
