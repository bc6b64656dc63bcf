"""Days and intervals: TIMEX3 values as half-open intervals in a local time without zone, and the feasts of a year.

An interval is a pair of instants `YYYY-MM-DDThh:mm:ss`: `earliest` inclusive, `latest` exclusive, None = open on that side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

__all__ = [
    "DAY_PARTS", "OPEN", "SEASONS", "Interval", "add_months", "day_interval", "days_of", "easter", "feast_day", "first_day",
    "hull", "iso_week", "last_day", "season_of", "value_interval",
]  # fmt: skip

# Hours of the parts of a day; a night begins on its day and ends on the next (design, section 5). FN is the forenoon:
# TIMEX3 has no sign for it, so its value says MO while its interval is wider.
DAY_PARTS: dict[str, tuple[int, int]] = {
    "MO": (6, 10), "FN": (6, 12), "MI": (10, 14), "AF": (14, 18), "EV": (18, 24), "NI": (22, 30), "DT": (6, 18),
}  # fmt: skip
SEASONS: dict[str, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""Month on whose first day a season begins; winter belongs to the year in which it begins."""

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?", re.ASCII)
_CLOCK = re.compile(r"(\d\d)(?::(\d\d)(?::(\d\d))?)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(WE|[1-7])(?:T(.+))?)?", re.ASCII)


@dataclass(frozen=True)
class Interval:
    """From `earliest` (inclusive) to `latest` (exclusive); None = open on that side."""

    earliest: str | None
    latest: str | None

    @property
    def closed(self) -> bool:
        """True where both sides are known."""
        return self.earliest is not None and self.latest is not None


OPEN = Interval(None, None)


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")


def _between(start: datetime, end: datetime) -> Interval:
    return Interval(_instant(start), _instant(end))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def day_interval(first: date, last: date | None = None) -> Interval:
    """The whole days from `first` to `last` (inclusive); one day where `last` is missing."""
    return _between(_midnight(first), _midnight(last or first) + timedelta(days=1))


def first_day(interval: Interval) -> date | None:
    """The day in which an interval begins; None where it is open there."""
    return date.fromisoformat(interval.earliest[:10]) if interval.earliest else None


def last_day(interval: Interval) -> date | None:
    """The last day that an interval touches; None where it is open there."""
    if interval.latest is None:
        return None
    return (datetime.fromisoformat(interval.latest) - timedelta(seconds=1)).date()


def days_of(interval: Interval) -> int | None:
    """How many days an interval touches; None where a side is open."""
    first, last = first_day(interval), last_day(interval)
    return None if first is None or last is None else (last - first).days + 1


def hull(left: Interval, right: Interval) -> Interval:
    """The smallest interval that holds both."""
    earliest = min(left.earliest, right.earliest) if left.earliest and right.earliest else None
    latest = max(left.latest, right.latest) if left.latest and right.latest else None
    return Interval(earliest, latest)


def add_months(day: date, months: int) -> date:
    """The first day of the month that lies `months` after that of `day`. Raises ValueError outside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def iso_week(day: date) -> str:
    """The ISO week of a day, `2025-W11`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def season_of(year: int, season: str) -> tuple[date, date]:
    """First day of a season and first day after it."""
    start = date(year, SEASONS[season], 1)
    return start, add_months(start, 3)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def feast_day(feast: str, year: int) -> date:
    """The day of a feast: `12-24` stands for 24 December, `easter+39` for the 39th day after Easter Sunday."""
    if feast.startswith("easter"):
        return easter(year) + timedelta(days=int(feast[6:] or "0"))
    month, day = feast.split("-")
    return date(year, int(month), int(day))


def value_interval(value: str, mod: str | None = None) -> Interval | None:
    """The interval of a TIMEX3 value; None where the value names no place in time (durations, sets, X forms, references).

    `mod` START, MID, END cut out the first, middle, last third: of a year in months, of anything longer than two days in days.
    """
    try:
        found = _plain_interval(value)
    except (ValueError, OverflowError):
        return None
    return found if found is None or mod not in ("START", "MID", "END") else _third(found, mod)


def _plain_interval(value: str) -> Interval | None:
    if match := _DAY.fullmatch(value):
        return _part_of(date(int(match[1]), int(match[2]), int(match[3])), match[4])
    if match := _WEEK.fullmatch(value):
        return _week_interval(int(match[1]), int(match[2]), match[3], match[4])
    if re.fullmatch(r"\d{4}-\d\d", value, re.ASCII):
        month = date(int(value[:4]), int(value[5:]), 1)
        return _between(_midnight(month), _midnight(add_months(month, 1)))
    if re.fullmatch(r"\d{4}-(?:SP|SU|FA|WI)", value, re.ASCII):
        start, end = season_of(int(value[:4]), value[5:])
        return _between(_midnight(start), _midnight(end))
    if match := re.fullmatch(r"(\d{4})-([QH])([1-4])", value, re.ASCII):
        length = 3 if match[2] == "Q" else 6
        start = add_months(date(int(match[1]), 1, 1), (int(match[3]) - 1) * length)
        return _between(_midnight(start), _midnight(add_months(start, length)))
    if re.fullmatch(r"\d{2,4}", value, re.ASCII):
        size = 10 ** (4 - len(value))
        first = max(int(value) * size, MINYEAR)
        after = min(int(value) * size + size, MAXYEAR)
        return _between(datetime(first, 1, 1), datetime(after, 1, 1)) if first < after else None
    return None


def _week_interval(year: int, week: int, day: str | None, part: str | None) -> Interval | None:
    monday = date.fromisocalendar(year, week, 1)
    if day is None:
        return day_interval(monday, monday + timedelta(days=6))
    if day == "WE":
        return day_interval(monday + timedelta(days=5), monday + timedelta(days=6))
    return _part_of(monday + timedelta(days=int(day) - 1), part)


def _part_of(day: date, part: str | None) -> Interval | None:
    if part is None:
        return day_interval(day)
    start = _midnight(day)
    if part in DAY_PARTS:
        first, last = DAY_PARTS[part]
        return _between(start + timedelta(hours=first), start + timedelta(hours=last))
    match = _CLOCK.fullmatch(part)
    if match is None or int(match[1]) > 24:
        return None
    step = timedelta(hours=1) if match[2] is None else timedelta(minutes=1)
    if match[3] is not None:
        step = timedelta(seconds=1)
    at = start + timedelta(hours=int(match[1]), minutes=int(match[2] or 0), seconds=int(match[3] or 0))
    return _between(at, at + (timedelta(minutes=1) if match[2] is None else step))


def _third(whole: Interval, mod: str) -> Interval:
    if whole.earliest is None or whole.latest is None:
        return whole
    start, end = datetime.fromisoformat(whole.earliest), datetime.fromisoformat(whole.latest)
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1) and end.year == start.year + 1:
        cuts = (start, datetime(start.year, 5, 1), datetime(start.year, 9, 1), end)
    else:
        length = end - start
        third = timedelta(days=length.days // 3) if length.days > 2 else length / 3
        cuts = (start, start + third, start + 2 * third, end)
    at = ("START", "MID", "END").index(mod)
    return _between(cuts[at], cuts[at + 1])
