"""How a time phrase is dated: a small language of rules, the value without an anchor, and the value from a day.

A rule is `key=value` pairs joined by `;`. Amounts are a number (or X, not said) with a unit:
H hours, MIN minutes, S seconds, D days, W weeks, WE weekends, M months, Q quarters, Y years, DE decades, CE centuries.

    at=2025-03-12            complete: needs no anchor (any TIMEX3 value)
    weekday=5                turn=-1 the one before today, turn=1 after today; week=-1 in the week before
    day=20;month=1           a day of the year; weekday=… beside it helps to find the year
    month=8 · season=SU · quarter=2 · feast=12-24 (or easter+39); turn and year=0 (this), -1, 1 as above
    offset=-3D               the day, week, month … that lies so far from the anchor (0 = the anchor's own)
    back=1D                  so far from the day that the text named last
    span=-3D                 the stretch that ends (-) or begins (+) at the anchor
    in=3D                    „in drei Tagen“: an offset where the clause looks ahead, else a duration
    ref=PAST                 „kürzlich“, „jetzt“, „bald“: PAST, PRESENT, FUTURE
    for=30D · every=1D       a duration, a set
    event=wahl               hangs on something that happens; left open
    part=EV · clock=08:09    part of the day or time of the day that the rest names; alone: of a day named before
    night=1                  the night that ends on that day
    ago=1                    beside offset: „vor einer Woche“, not „vergangene Woche“
    bound=since              the phrase is a bound: since, until, before, after, from; for = planned for it. What lies before or
                             after a day is open on that side, and the day itself is not in it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lagebild.textkit.calendar import (
    Interval,
    add_months,
    day_interval,
    feast_day,
    iso_week,
    season_of,
    value_interval,
)

__all__ = [
    "Dated", "Direction", "date_rule", "needs_day_in_text", "open_value", "phrase_type", "read_rule", "write_rule",
]  # fmt: skip

Direction = Literal["past", "future", "unknown"]
Rule = Mapping[str, str]

_CLOCK_UNITS = {"H": "H", "MIN": "M", "S": "S"}
_OFFSET_FORMS = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX",
                 "DE": "XXX", "CE": "XX"}  # fmt: skip


@dataclass(frozen=True)
class Dated:
    """A TIMEX3 value with its interval."""

    value: str
    interval: Interval


def read_rule(text: str) -> dict[str, str]:
    """The pairs of a rule."""
    return dict(pair.split("=", 1) for pair in text.split(";") if "=" in pair)


def write_rule(pairs: Rule) -> str:
    """A rule from its pairs, in their order."""
    return ";".join(f"{key}={value}" for key, value in pairs.items())


def phrase_type(rule: Rule) -> Literal["DATE", "TIME", "DURATION", "SET"]:
    """The TIMEX3 type of what a rule gives."""
    if "every" in rule:
        return "SET"
    if "for" in rule or "span" in rule or "in" in rule:
        return "DURATION"
    if "part" in rule or "clock" in rule or "T" in rule.get("at", ""):
        return "TIME"
    return "TIME" if _unit(rule.get("offset", "")) in _CLOCK_UNITS else "DATE"


def needs_day_in_text(rule: Rule) -> bool:
    """True for phrases that hang on a day named elsewhere in the text: „an diesem Tag“, a clock time alone."""
    named = {
        "at",
        "weekday",
        "day",
        "month",
        "offset",
        "feast",
        "season",
        "quarter",
        "for",
        "every",
        "event",
        "ref",
    }
    return "back" in rule or (("clock" in rule or "part" in rule) and not named & rule.keys())


def _split(amount: str) -> tuple[str, str]:
    number = amount.rstrip("ABCDEFGHIJKLMNOPQRSTUVWYZ")
    return number, amount[len(number) :]


def _unit(amount: str) -> str:
    return _split(amount)[1]


def _duration(amount: str) -> str:
    number, unit = _split(amount.lstrip("+-"))
    if unit in _CLOCK_UNITS:
        return f"PT{number}{_CLOCK_UNITS[unit]}"
    return f"P{number}{unit}"


def _with_time(day: str, rule: Rule) -> str:
    if clock := rule.get("clock"):
        return f"{day}T{clock}"
    part = rule.get("part")
    return day if part is None else f"{day}T{'MO' if part == 'FN' else part}"


def open_value(rule: Rule) -> str:
    """The TIMEX3 value as far as it is known without an anchor: X stands for what is not."""
    if "at" in rule:
        return _with_time(rule["at"], rule)
    if "every" in rule:
        return f"XXXX-WXX-{rule['weekday']}" if "weekday" in rule else _duration(rule["every"])
    for key in ("for", "span", "in"):
        if key in rule:
            return _duration(rule[key])
    if "ref" in rule:
        return f"{rule['ref']}_REF"
    return _with_time(_open_day(rule), rule)


def _open_day(rule: Rule) -> str:
    if "day" in rule:
        return _open_date(rule)
    if "month" in rule:
        return f"XXXX-{int(rule['month']):02d}"
    if "weekday" in rule:
        return f"XXXX-WXX-{(int(rule['weekday']) - 2) % 7 + 1 if 'night' in rule else rule['weekday']}"
    if "season" in rule:
        return f"XXXX-{rule['season']}"
    if "quarter" in rule:
        return f"XXXX-Q{rule['quarter']}"
    if "feast" in rule and not rule["feast"].startswith("easter"):
        return f"XXXX-{rule['feast']}"
    unit = _unit(rule.get("offset") or rule.get("back") or "0D")
    return _OFFSET_FORMS.get(unit, "XXXX-XX-XX")


def _open_date(rule: Rule) -> str:
    if "month" not in rule:
        return f"XXXX-XX-{int(rule['day']):02d}"
    day = _maybe(2000, int(rule["month"]), int(rule["day"])) or date(2000, int(rule["month"]), 1)
    return "XXXX" + (day - timedelta(days=1 if "night" in rule else 0)).isoformat()[4:]


def date_rule(rule: Rule, mod: str | None, direction: Direction, day: date) -> Dated | None:
    """The value and interval of a phrase said on `day`; None where a day cannot settle it.

    A weekday is the last one up to and including `day` unless the clause looks ahead, then the first one from `day` on
    (news names the weekday for the last and the next six days). Months, days of the year, seasons and feasts go the way
    of `direction`; where that is unknown, to the nearer side.
    """
    try:
        value = _value(rule, direction, day)
        interval = _stretch(rule, day) if value is None else _interval(value, rule, mod)
    except (ValueError, OverflowError):
        return None
    if interval is None:
        return None
    return Dated(open_value(rule) if value is None else value, _beyond(interval, rule))


def _beyond(interval: Interval, rule: Rule) -> Interval:
    """What lies before or after a day or a longer time; clock times and parts of a day stay as they are."""
    if phrase_type(rule) != "DATE" or "ref" in rule:
        return interval
    if rule.get("bound") == "before":
        return Interval(None, interval.earliest)
    return Interval(interval.latest, None) if rule.get("bound") == "after" else interval


def _interval(value: str, rule: Rule, mod: str | None) -> Interval | None:
    if rule.get("part") == "FN" and value.endswith("TMO"):
        value = value[:-2] + "FN"
    return value_interval(value, mod)


def _stretch(rule: Rule, day: date) -> Interval | None:
    if ref := rule.get("ref"):
        today = day_interval(day)
        return {"PAST": Interval(None, today.latest), "FUTURE": Interval(today.earliest, None)}.get(
            ref, today
        )
    if "span" not in rule:
        return None
    number, unit = _split(rule["span"].lstrip("+-"))
    ahead = not rule["span"].startswith("-")
    today = day_interval(day)
    if not number.isdigit() or unit in _CLOCK_UNITS:
        return Interval(today.earliest, None) if ahead else Interval(None, today.latest)
    other = _shift(day, int(number) if ahead else -int(number), unit)
    return day_interval(day, other) if ahead else day_interval(other, day)


def _shift(day: date, number: int, unit: str) -> date:
    days = {"D": 1, "W": 7, "WE": 7}.get(unit)
    if days:
        return day + timedelta(days=number * days)
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit]
    first = add_months(day, number * months)
    return first + timedelta(days=min(day.day, (add_months(first, 1) - first).days) - 1)


def _value(rule: Rule, direction: Direction, day: date) -> str | None:
    if "at" in rule:
        return _with_time(rule["at"], rule)
    if "every" in rule or "for" in rule or "ref" in rule or "span" in rule or "event" in rule:
        return None
    if "day" in rule:
        found = _day_of_year(rule, direction, day) - timedelta(days=1 if "night" in rule else 0)
        return _with_time(found.isoformat(), rule)
    if "weekday" in rule:
        found = _weekday(rule, direction, day) - timedelta(days=1 if "night" in rule else 0)
        return _with_time(found.isoformat(), rule)
    if "feast" in rule:
        return _with_time(_feast(rule, direction, day).isoformat(), rule)
    if "month" in rule or "quarter" in rule:
        return _month(rule, direction, day)
    if "season" in rule:
        return _season(rule, direction, day)
    if "offset" in rule:
        return _offset(rule, direction, day)
    return None


def _weekday(rule: Rule, direction: Direction, day: date) -> date:
    wanted = int(rule["weekday"])
    if "week" in rule:
        return day + timedelta(days=wanted - day.isoweekday() + 7 * int(rule["week"]))
    turn = rule.get("turn", "0")
    back = (day.isoweekday() - wanted) % 7
    if turn == "-1":
        return day - timedelta(days=back or 7)
    if turn == "1" or (direction == "future" and back):
        return day + timedelta(days=7 - back)
    return day - timedelta(days=back)


def _nearest(dates: list[date], direction: Direction, day: date) -> date:
    """The latest one up to the day, the first one from it on, or the nearer of the two."""
    before = [found for found in dates if found <= day]
    after = [found for found in dates if found >= day]
    if not before and not after:
        raise ValueError("no such day")  # „31. September“
    if not before or (direction == "future" and after):
        return after[0]
    if not after or direction == "past":
        return before[-1]
    return before[-1] if day - before[-1] <= after[0] - day else after[0]


def _year_of(rule: Rule, day: date) -> int | None:
    return day.year + int(rule["year"]) if "year" in rule else None


def _turned(dates: list[date], rule: Rule, direction: Direction, day: date) -> date:
    if rule.get("turn") == "-1":
        return [found for found in dates if found < day][-1]
    if rule.get("turn") == "1":
        return next(found for found in dates if found > day)
    return _nearest(dates, direction, day)


def _day_of_year(rule: Rule, direction: Direction, day: date) -> date:
    number = int(rule["day"])
    if "month" not in rule:
        months = [add_months(day, step) for step in range(-2, 3)]
        days = [first + timedelta(days=number - 1) for first in months]
        return _nearest([found for found in days if found.day == number], direction, day)
    year = _year_of(rule, day)
    years = range(day.year - 8, day.year + 9) if year is None else (year,)
    days = [found for one in years if (found := _maybe(one, int(rule["month"]), number))]
    if "weekday" in rule:
        fitting = [found for found in days if found.isoweekday() == int(rule["weekday"])]
        near = [found for found in fitting if abs((found - day).days) < 400]
        days = near or days
    return _nearest(days, direction, day)


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _feast(rule: Rule, direction: Direction, day: date) -> date:
    year = _year_of(rule, day)
    years = (day.year - 1, day.year, day.year + 1) if year is None else (year,)
    return _turned([feast_day(rule["feast"], one) for one in years], rule, direction, day)


def _month(rule: Rule, direction: Direction, day: date) -> str:
    size = 1 if "month" in rule else 3
    number = int(rule.get("month") or rule["quarter"])
    year = _year_of(rule, day)
    if year is None:
        now = (day.month - 1) // size + 1
        year = day.year + _turn_of_year(number - now, 12 // size, rule.get("turn"), direction)
    return f"{year:04d}-{number:02d}" if size == 1 else f"{year:04d}-Q{number}"


def _turn_of_year(ahead: int, cycle: int, turn: str | None, direction: Direction) -> int:
    """0 for this year, -1 or 1: `ahead` is how many months (quarters) the named one lies after the present one."""
    if turn == "-1" or (turn is None and direction == "past"):
        return -1 if ahead > 0 or (turn and ahead == 0) else 0
    if turn == "1" or (turn is None and direction == "future"):
        return 1 if ahead < 0 or (turn and ahead == 0) else 0
    # Without tense a month more than a sixth of the year ahead is read as the last one: news looks back more than ahead.
    if ahead > cycle // 6:
        return -1
    return 1 if ahead + cycle <= cycle // 6 else 0


def _season(rule: Rule, direction: Direction, day: date) -> str:
    season = rule["season"]
    years = [day.year - 2, day.year - 1, day.year, day.year + 1]
    year = _year_of(rule, day)
    if year is None:
        spans = [(one, *season_of(one, season)) for one in years]
        if rule.get("turn") == "-1":
            year = [one for one, _, end in spans if end <= day][-1]
        elif rule.get("turn") == "1":
            year = next(one for one, start, _ in spans if start > day)
        elif direction == "future":
            year = next(one for one, _, end in spans if end > day)
        else:
            year = [one for one, start, _ in spans if start <= day][-1]
    return f"{year:04d}-{season}"


def _offset(rule: Rule, direction: Direction, day: date) -> str | None:
    number, unit = _split(rule["offset"])
    if unit in _CLOCK_UNITS or not number.lstrip("+-").isdigit():
        return None
    if unit == "WE":
        return f"{iso_week(_weekend(int(number), direction, day))}-WE"
    there = _shift(day, int(number), unit)
    if unit == "D":
        return _with_time((there - timedelta(days=1 if "night" in rule else 0)).isoformat(), rule)
    if unit == "W":
        return iso_week(there)
    year = f"{there.year:04d}"
    forms = {
        "M": f"{year}-{there.month:02d}",
        "Q": f"{year}-Q{(there.month + 2) // 3}",
        "Y": year,
        "DE": year[:3],
    }
    return forms.get(unit, year[:2])


def _weekend(number: int, direction: Direction, day: date) -> date:
    """A day of the weekend meant: on weekdays the last one is the one before, the next one that of this week."""
    back = (day.isoweekday() - 6) % 7
    latest = day - timedelta(days=back)
    if number == 0:
        return latest if back <= 1 or direction != "future" else latest + timedelta(days=7)
    if number < 0:
        return latest + timedelta(days=7 * (number if back <= 1 else number + 1))
    return latest + timedelta(days=7 * number)
