"""The timeline as a picture: bars whose width is their precision, in three bands, for a wide and a narrow page.

Only what happened is drawn solid; planned things and those nobody reports as happened are dashed and hollow, also in a cluster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from lagebild.model.pages import EntryKind, Moment, Part, TimelineItem
from lagebild.render.dates import parse_time, short_words
from lagebild.render.labels import label, label_list
from lagebild.render.measure import clipped, text_width

__all__ = ["Bar", "TimePicture", "Window", "draw_windows"]

WIDE, NARROW = 800, 358
ROW = 22
CROWD = 40  # entries in one window from which bars carry numbers only
BANDS: tuple[Literal["background", "happened", "planned"], ...] = ("background", "happened", "planned")
BarKind = Literal["happened", "inferred", "disputed", "planned", "background", "several"]


@dataclass(frozen=True)
class Span:
    """An entry on the time axis, in seconds."""

    item: TimelineItem
    start: float
    end: float
    open_left: bool
    open_right: bool


@dataclass(frozen=True)
class Bar:
    """A bar or a cluster of `count` bars. All in pixels; `words` is what fits beside it."""

    href: str
    title: str
    kind: BarKind
    x: float
    width: float
    y: float
    number: str
    words: str
    lang: str | None
    text_x: float
    anchor: Literal["start", "end"]
    open_left: bool
    open_right: bool


@dataclass(frozen=True)
class Band:
    """A row of the picture with its heading; `before`, `after`: numbers of entries outside the window."""

    name: str
    y: float
    label_y: float
    bars: tuple[Bar, ...]
    before: str
    after: str
    edge_y: float


@dataclass(frozen=True)
class Tick:
    """A line of the time axis with its label in both languages."""

    x: float
    de: str
    en: str
    strong: bool


@dataclass(frozen=True)
class TimePicture:
    """The picture at one width."""

    width: int
    height: float
    left: float
    bottom: float
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    now: float | None
    wide: bool


@dataclass(frozen=True)
class Window:
    """A stretch of time to look at, with its name in both languages and its pictures."""

    key: str
    de: str
    en: str
    chosen: bool
    pictures: tuple[TimePicture, ...]
    crowded: bool


def _seconds(at: datetime) -> float:
    return (at - datetime(1970, 1, 1)).total_seconds()


def _instant(seconds: float) -> datetime:
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)


def _spans(items: Sequence[TimelineItem]) -> list[Span]:
    spans = []
    for item in items:
        start, end = parse_time(item.moment.earliest), parse_time(item.moment.latest)
        first, last = start or end, end or start
        if first and last:
            a, b = _seconds(first), _seconds(last)
            spans.append(Span(item, min(a, b), max(a, b, a + 60), start is None, end is None))
    return spans


def _band(kind: EntryKind) -> Literal["background", "happened", "planned"]:
    if kind == "background":
        return "background"
    return "planned" if kind in ("planned", "unsure") else "happened"


def draw_windows(part: Part) -> tuple[Window, ...]:
    """Pictures of the timeline of a part: the story itself, its densest day, and everything; () where nothing is dated."""
    spans = _spans(part.timeline)
    if not spans:
        return ()
    now = parse_time(part.as_of)
    stand = _seconds(now) if now else None
    ranges = _ranges(spans, stand)
    year = now.year if now else None
    return tuple(
        Window(
            key=f"{part.key}w{number}",
            de=_range_name(low, high, "de", year, everything),
            en=_range_name(low, high, "en", year, everything),
            chosen=number == 1,
            pictures=tuple(_picture(spans, low, high, stand, width, part) for width in (WIDE, NARROW)),
            crowded=_crowded(spans, low, high),
        )
        for number, (low, high, everything) in enumerate(ranges, 1)
    )


def _crowded(spans: Sequence[Span], low: float, high: float) -> bool:
    return sum(span.start < high and span.end > low for span in spans) > CROWD


def _ranges(spans: Sequence[Span], stand: float | None) -> list[tuple[float, float, bool]]:
    """The story's own stretch first, then its densest day, then all, each only where it differs from those before."""
    near = _heart(spans, stand)
    low, high = min(s.start for s in near), max(s.end for s in near)
    if stand is not None:
        high = max(min(high, stand + max(2 * 86400, 0.8 * (stand - low))), min(stand, high + 2 * 86400))
    ranges = [_padded(low, high)]
    dense = _densest(near)
    if dense and (ranges[0][1] - ranges[0][0]) > 4 * 86400:
        ranges.append(_padded(*dense))
    whole = _padded(min(s.start for s in spans), max(s.end for s in spans))
    out = [(*one, False) for one in ranges]
    if whole[1] - whole[0] > 1.25 * (ranges[0][1] - ranges[0][0]):
        out.append((*whole, True))
    return out


def _heart(spans: Sequence[Span], stand: float | None) -> list[Span]:
    """The entries exact to three days or better that hang together around the last one before the texts end.

    Going away from there a gap ends it that is longer than four days and than half of what is gathered so far.
    """
    exact = [s for s in spans if s.item.kind != "background" and s.end - s.start <= 3 * 86400]
    pool = sorted(exact or spans, key=lambda s: (s.start, s.end))
    past = [place for place, s in enumerate(pool) if stand is None or s.start <= stand]
    first = last = past[-1] if past else 0
    while True:
        extent = max(4 * 86400.0, 0.5 * (pool[last].end - pool[first].start))
        if first > 0 and pool[first].start - pool[first - 1].end <= extent:
            first -= 1
        elif last + 1 < len(pool) and pool[last + 1].start - pool[last].end <= extent:
            last += 1
        else:
            return pool[first : last + 1]


def _padded(low: float, high: float) -> tuple[float, float]:
    extent = max(high - low, 12 * 3600)
    pad = 0.04 * extent
    return low - pad, low + extent + pad


def _densest(spans: Sequence[Span]) -> tuple[float, float] | None:
    """The 30 hours in which most entries begin that are exact to the day or better; None under four."""
    starts = sorted(s.start for s in spans if s.end - s.start <= 86400)
    best, at = 0, 0.0
    for place, start in enumerate(starts):
        inside = sum(other <= start + 30 * 3600 for other in starts[place:])
        if inside > best:
            best, at = inside, start
    return (at, at + 30 * 3600) if best >= 4 else None


def _range_name(
    low: float, high: float, lang: Literal["de", "en"], year: int | None, everything: bool
) -> str:
    first, last = _instant(low), _instant(high)
    if last - first > timedelta(days=400):
        return f"{first.year}–{last.year}"
    start, end = first.date().isoformat(), last.date().isoformat()
    words = short_words(Moment(at=start), lang, year)
    name = words if start == end else f"{words} – {short_words(Moment(at=end), lang, year)}"
    return f"{label(lang, 'time.window_all')}: {name}" if everything else name


class _Scale:
    """Seconds to pixels."""

    def __init__(self, low: float, high: float, left: float, width: float) -> None:
        self.low, self.high, self.left, self.width = low, high, left, width

    def x(self, seconds: float) -> float:
        return self.left + (seconds - self.low) / (self.high - self.low) * self.width

    @property
    def right(self) -> float:
        return self.left + self.width


def _picture(
    spans: Sequence[Span], low: float, high: float, stand: float | None, width: int, part: Part
) -> TimePicture:
    wide = width == WIDE
    left = 96.0 if wide else 0.0
    scale = _Scale(low, high, left, width - left - 4)
    now = scale.x(stand) if stand is not None and low < stand < high and high - low < 400 * 86400 else None
    y, bands = 22.0, []
    for name in BANDS:
        band, y = _draw_band(name, [s for s in spans if _band(s.item.kind) == name], scale, y, wide)
        bands.append(band)
    return TimePicture(width, y + 20, left, y, tuple(bands), tuple(_ticks(scale, wide)), now, wide)


def _draw_band(name: str, spans: list[Span], scale: _Scale, y: float, wide: bool) -> tuple[Band, float]:
    top = y + 4 + (0 if wide else 18)
    inside = [s for s in spans if s.end > scale.low and s.start < scale.high]
    before = ", ".join(str(s.item.number) for s in spans if s.end <= scale.low)
    after = ", ".join(str(s.item.number) for s in spans if s.start >= scale.high)
    crowded = len(inside) > CROWD or scale.high - scale.low > 40 * 86400 * 10
    groups = _grouped(sorted(inside, key=lambda s: (s.start, s.end, s.item.number)), scale, crowded)
    ends: list[float] = []
    bars = tuple(_place(group, scale, top, ends, wide and not crowded) for group in groups)
    rows = max(1, len(ends))
    if (before or after) and ends:
        rows += 1
    edge = top + (rows - 1) * ROW + 12
    band = Band(name, y, y + (19 if wide else 14), bars, _few(before), _few(after), edge)
    return band, top + rows * ROW + 6


def _head(text: str) -> str:
    return text if len(text) <= 90 else text[:87].rsplit(" ", 1)[0] + " …"


def _few(numbers: str) -> str:
    return numbers if len(numbers) < 30 else numbers[:27].rsplit(",", 1)[0] + " …"


def _grouped(spans: Sequence[Span], scale: _Scale, crowded: bool) -> list[list[Span]]:
    """Bars that would lie on each other become one cluster when the window is long or full."""
    groups: list[list[Span]] = []
    merge = crowded or scale.high - scale.low > 60 * 86400
    for span in spans:
        last = groups[-1] if groups else None
        if merge and last and scale.x(span.start) - scale.x(last[0].start) < (16 if crowded else 9):
            last.append(span)
        else:
            groups.append([span])
    return groups


def _bar_kind(group: Sequence[Span]) -> BarKind:
    kind = group[0].item.kind
    band = _band(kind)
    if band == "planned":
        return "planned"
    if len(group) > 1:
        return "background" if band == "background" else "several"
    if kind in ("happened", "inferred", "disputed", "background"):
        return kind
    return "planned"


def _place(group: Sequence[Span], scale: _Scale, top: float, ends: list[float], with_words: bool) -> Bar:
    """Puts a bar into the first row where it and its words find room, words to the right, else to the left."""
    first = group[0]
    start = max(scale.x(first.start), scale.left)
    end = min(scale.x(first.end) if len(group) == 1 else start + 10, scale.right)
    end = max(end, start + 4)
    number = str(first.item.number) if len(group) == 1 else f"{len(group)}×"
    room_right = scale.right - end - 8 - text_width(number, 12, True)
    words = clipped(first.item.text, 12, min(room_right, 300)) if with_words and len(group) == 1 else ""
    anchor: Literal["start", "end"] = "start"
    needed = text_width(number, 12, True) + (5 + text_width(words, 12) if words else 0) + 6
    if not words and with_words and len(group) == 1:
        room_left = start - scale.left - 12 - text_width(number, 12, True)
        left_words = clipped(first.item.text, 12, min(room_left, 300))
        if left_words:
            words, anchor = left_words, "end"
            needed = text_width(number, 12, True) + 5 + text_width(words, 12) + 6
    if anchor == "start" and end + needed > scale.right:
        anchor = "end"
    begin = start - needed - 6 if anchor == "end" else start
    stop = end + 8 if anchor == "end" else end + needed + 8
    row = 0
    while row < len(ends) and ends[row] > begin:
        row += 1
    ends[row : row + 1] = [stop]
    return Bar(
        href=first.item.key,
        title="; ".join(f"{span.item.number}. {_head(span.item.text)}" for span in group),
        kind=_bar_kind(group),
        x=round(start, 1),
        width=round(end - start, 1),
        y=top + row * ROW,
        number=number,
        words=words,
        lang=first.item.language,
        text_x=round(start - 5 if anchor == "end" else end + 5, 1),
        anchor=anchor,
        open_left=first.open_left or scale.x(first.start) < scale.left,
        open_right=len(group) == 1 and (first.open_right or scale.x(first.end) > scale.right),
    )


HOUR, DAY = 3600.0, 86400.0
STEPS = (HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY)


def _ticks(scale: _Scale, wide: bool) -> list[Tick]:
    room = 62 if wide else 52
    per_second = scale.width / (scale.high - scale.low)
    for step in STEPS:
        if step * per_second > room:
            return _even_ticks(scale, step)
    for months in (1, 3, 6):
        if months * 30 * DAY * per_second > room:
            return _month_ticks(scale, months)
    years = next((n for n in (1, 2, 5, 10, 20, 50, 100, 500) if n * 365 * DAY * per_second > room), 1000)
    return _year_ticks(scale, years)


def _tick(scale: _Scale, seconds: float, de: str, en: str, strong: bool) -> Tick:
    x = scale.x(seconds)
    fits = x + text_width(de, 12) + 3 < scale.right + 4
    return Tick(round(x, 1), de if fits else "", en if fits else "", strong)


def _even_ticks(scale: _Scale, step: float) -> list[Tick]:
    anchor = _seconds(datetime(2024, 1, 1))  # a Monday
    at = anchor + -((anchor - scale.low) // step) * step
    ticks: list[Tick] = []
    while at < scale.high:
        if at > scale.low:
            here = _instant(at)
            midnight = here.hour == 0
            names = [label_list(lang, "date.weekdays_short")[here.weekday()] for lang in ("de", "en")]
            if midnight:
                de, en = f"{names[0]} {here.day}.{here.month}.", f"{names[1]} {here.day}"
            else:
                de, en = f"{here.hour} Uhr", f"{here.hour}:00"
            ticks.append(_tick(scale, at, de, en, midnight and step < DAY))
        at += step
    return ticks


def _month_ticks(scale: _Scale, months: int) -> list[Tick]:
    at = _instant(scale.low)
    year, month = at.year, 1
    ticks: list[Tick] = []
    while True:
        here = datetime(year, month, 1)
        if _seconds(here) >= scale.high:
            return ticks
        if _seconds(here) > scale.low:
            names = [label_list(lang, "date.months_short")[month - 1] for lang in ("de", "en")]
            tail = f" {year}" if month == 1 else ""
            ticks.append(_tick(scale, _seconds(here), names[0] + tail, names[1] + tail, month == 1))
        year, month = (year, month + months) if month + months <= 12 else (year + 1, 1)


def _year_ticks(scale: _Scale, years: int) -> list[Tick]:
    first = -(-_instant(scale.low).year // years) * years
    last = _instant(scale.high).year
    ticks: list[Tick] = []
    for year in range(first, last + 1, years):
        at = _seconds(datetime(year, 1, 1))
        if scale.low < at < scale.high:
            ticks.append(_tick(scale, at, str(year), str(year), False))
    return ticks
