"""Clashing figures as a chart: one axis for a question, in hundredths of the width, so that it fits every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal

from lagebild.model.pages import FigureRow

__all__ = ["Axis", "Dot", "draw_dot", "number_words", "spread"]

LEFT, RIGHT = 6.0, 92.0  # per cent of the width


@dataclass(frozen=True)
class Axis:
    """The numbers of a chart from `low` to `high`, with round ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def x(self, value: float) -> float:
        """Place of a number, in per cent of the width."""
        extent = self.high - self.low or 1.0
        return round(LEFT + (value - self.low) / extent * (RIGHT - LEFT), 2)


@dataclass(frozen=True)
class Dot:
    """A number on the axis: a spot at `x`, a stretch from `x` to `until` for ranges, and what its hedge looks like."""

    x: float
    until: float | None
    look: Literal["exact", "up", "down", "around", "under", "over"]
    kind: Literal["plain", "cur", "anon", "weak"]
    words: str


def _step(extent: float) -> float:
    rough = extent / 4 or 1.0
    power: float = 10.0 ** floor(log10(rough))
    return next((power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough), power * 10)


def spread(rows: Sequence[FigureRow]) -> Axis:
    """An axis that holds all numbers with room on both sides. It does not start at zero: the chart shows the difference."""
    values = [value for row in rows for value in (row.low, row.high) if value is not None] or [0.0]
    low, high = min(values), max(values)
    extent = (high - low) or max(abs(high) * 0.1, 1.0)
    step = _step(extent * 1.2)
    if all(value == int(value) for value in values):
        step = float(ceil(step))  # nobody counts 22.5 people; 2.5 becomes 3
    first = floor((low - 0.05 * extent) / step) * step
    last = ceil((high + 0.05 * extent) / step) * step
    if low >= 0 > first:
        first = 0.0
    count = round((last - first) / step)
    return Axis(first, last, tuple(first + step * n for n in range(count + 1)))


def draw_dot(row: FigureRow, axis: Axis) -> Dot:
    """The spot of a row. Headline and anonymity outrank being the latest: a doubtful number is never drawn as the last word."""
    low, high = row.low, row.high
    at = low if low is not None else high
    if at is None:
        at = axis.low
    until = axis.x(high) if low is not None and high is not None and high > low else None
    return Dot(axis.x(at), until, _look(row), _kind(row), _value_words(row))


def _look(row: FigureRow) -> Literal["exact", "up", "down", "around", "under", "over"]:
    looks: dict[str, Literal["exact", "up", "down", "around", "under", "over"]] = {
        "at_least": "up", "more_than": "up", "at_most": "down", "less_than": "under", "about": "around", "vague": "around",
    }  # fmt: skip
    if row.low is not None and row.high is None:
        return "up"
    if row.low is None and row.high is not None and row.hedge != "less_than":
        return "down"
    return looks.get(row.hedge, "exact")


def _kind(row: FigureRow) -> Literal["plain", "cur", "anon", "weak"]:
    if row.headline:
        return "weak"
    if row.kind == "anonymous":
        return "anon"
    return "cur" if row.latest else "plain"


def number_words(value: float) -> str:
    """A number as German and English both can read it: no grouping, a point or nothing after it."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.6g}"


def _value_words(row: FigureRow) -> str:
    low, high = row.low, row.high
    if low is not None and high is not None and high > low:
        return f"{number_words(low)}–{number_words(high)}"
    value = low if low is not None else high
    return "" if value is None else number_words(value)
