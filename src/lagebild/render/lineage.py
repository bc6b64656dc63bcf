"""Where the texts come from, as a picture: a lane per origin, a column per text, copies as a comb below the first text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from lagebild.model.pages import LineageEdge, Moment, Part, Source
from lagebild.model.side_by_side import Comparison, LabelShare, SourceShares, Stretch
from lagebild.render.dates import short_words
from lagebild.render.labels import both, label
from lagebild.render.measure import clipped

__all__ = [
    "IN_TEMPLATES",
    "LineagePicture",
    "change_places",
    "draw_lineage",
    "held_by",
    "share_bars",
    "share_name",
    "tenths",
]

WIDTH, LEFT, LANE, TOP = 800.0, 138.0, 54.0, 40.0
MOST_COLUMNS, MOST_LANES, MOST_CROSSINGS = 16, 26, 10
AROUND = 8  # words shown on either side of a change
ROOM = 7.0  # per cent of a bar that a label needs
LEAST_SHARE = 0.05  # less is in the table only


WireKind = Literal["copy", "shared", "guessed", "unsure", "witness", "version"]


@dataclass(frozen=True)
class Bar:
    """One part of a text's bar: `x` and `width` in per cent, what it is, and what is written on it ("" where there is no room)."""

    x: float
    width: float
    kind: str
    words: str


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
    """A line between two texts as SVG path data: solid where it is known who took from whom, dashed where it is guessed, dotted and
    without `arrow` where nothing tells; thick between versions of one article."""

    path: str
    kind: WireKind
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


def share_bars(shares: SourceShares) -> tuple[Bar, ...]:
    """The shares of a text side by side, together 100 per cent wide."""
    bars = []
    x = 0.0
    for part in shares.parts:
        kind = share_name(part)
        width = 100 * part.share
        words = (part.label or "") if width >= ROOM else ""
        bars.append(Bar(round(x, 2), round(width, 2), kind, words))
        x += width
    return tuple(bars)


def share_name(share: LabelShare) -> str:
    """The name under which a share is labelled: a guessed taking has one of its own."""
    return "guessed" if share.kind == "taken" and share.direction == "guessed" else share.kind


def held_by(part: Part, source: Source) -> tuple[LabelShare, ...]:
    """The shares of a source, its own first; () where it shares nothing."""
    return next((one.parts for one in part.lineage.shares if one.label == source.label), ())


def tenths(share: float) -> Markup:
    """A share in per cent with one digit behind the point, in both languages."""
    told = f"{100 * share:.1f}"
    return both(f"{told.replace('.', ',')}\u00a0%", f"{told}\u00a0%")


def change_places(found: Comparison) -> Iterator[tuple[str, Stretch, str]]:
    """Each change of a version with the words before and behind it."""
    for at, one in enumerate(found.changes):
        if not one.equal:
            before = found.changes[at - 1].right.split()[-AROUND:] if at else []
            behind = found.changes[at + 1].right.split()[:AROUND] if at + 1 < len(found.changes) else []
            yield " ".join(before), one, " ".join(behind)


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
    taken = {(one.label, each.label) for one in part.lineage.shares for each in one.parts}
    for edge in part.lineage.edges:
        if edge.earlier not in at or edge.later not in at:
            continue
        if (
            edge.kind != "same_witness"
            and taken
            and not {(edge.later, edge.earlier), (edge.earlier, edge.later)} & taken
        ):
            continue  # its words stand in an earlier text, from which a line leads here
        if lane_of[edge.earlier] == lane_of[edge.later]:
            if edge.later not in combed and edge.kind != "same_witness":
                combed.add(edge.later)
                wires.append(_comb(edge, at))
        elif crossings < MOST_CROSSINGS and (edge.share >= LEAST_SHARE or edge.kind == "same_witness"):
            wires.append(_crossing(edge, at, crossings))
            crossings += 1
    return wires


def _kind(edge: LineageEdge) -> WireKind:
    if edge.kind == "same_witness":
        return "witness"
    if edge.version:
        return "version"
    return {"known": "shared", "guessed": "guessed", "unknown": "unsure"}[edge.direction]  # type: ignore[return-value]


def _comb(edge: LineageEdge, at: dict[str, tuple[float, float]]) -> Wire:
    (ax, ay), (bx, _) = at[edge.earlier], at[edge.later]
    low = ay + 17
    kind = _kind(edge)
    kind = "copy" if kind == "shared" else kind
    arrow = edge.direction != "unknown"
    path = f"M{ax:g} {ay + 11:g}V{low:g}H{bx:g}V{ay + (13 if arrow else 11):g}"
    return Wire(path, kind, arrow, "", 0, 0)


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


IN_TEMPLATES: Mapping[str, Callable[..., Any]] = {
    "draw_lineage": draw_lineage, "share_bars": share_bars, "share_name": share_name, "held_by": held_by, "tenths": tenths,
    "change_places": change_places,
}  # fmt: skip
"""What the templates of this section call."""
