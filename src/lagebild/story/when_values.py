"""From the rule of a time phrase to a TIMEX3 value and interval on a day: the rules of textkit, halves of a year, weeks by number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from lagebild.lang.time_words import nth_weekday, weekday_from
from lagebild.textkit.calendar import add_months, day_interval, season_of, value_interval
from lagebild.textkit.time_rules import Dated, Direction, date_rule

__all__ = ["date_phrase"]

_DAYS = {"D": 1, "W": 7}
_MONTHS = {"M": 1, "Y": 12}
_NEAR_MONTHS = 5  # without a verb of the past a month up to so many ahead is the next one, else the last
_MOST_HOURS = 240  # beyond, hours are a length and no days


def date_phrase(rule: Mapping[str, str], mod: str | None, direction: Direction, day: date) -> Dated | None:
    """The value and interval of a phrase said on `day`; None where a day cannot settle it.

    A half-year or a numbered week without a year is that of the year of `day`, or the nearest one on the side to which the
    clause looks.
    """
    if "open" in rule:
        return None
    if "counted" in rule:
        return _counted(rule, direction, day)
    if rule.get("span", "").endswith("H"):
        return _hours(rule["span"], day)
    if "movable" in rule or "nth" in rule:
        return _once_a_year(rule, direction, day)
    if "season" in rule and direction == "unknown" and not {"turn", "year"} & rule.keys():
        return date_rule(rule, mod, "future" if _season_is_near(rule["season"], day) else "past", day)
    if (
        "month" in rule
        and "day" not in rule
        and direction == "unknown"
        and not {"turn", "year"} & rule.keys()
    ):
        ahead = (int(rule["month"]) - day.month) % 12
        return date_rule(rule, mod, "future" if 0 < ahead <= _NEAR_MONTHS else "past", day)
    if "half" not in rule and "kw" not in rule:
        return date_rule(rule, mod, direction, day)
    if "half" in rule:
        year, form, number, now = day.year, "{:04d}-H{}", int(rule["half"]), 1 + (day.month > 6)
    else:
        iso = day.isocalendar()
        year, form, number, now = iso.year, "{:04d}-W{:02d}", int(rule["kw"]), iso.week
    year += int(rule["year"]) if "year" in rule else _turn(number - now, direction)
    value = form.format(year, number)
    interval = value_interval(value, mod)
    return None if interval is None else Dated(value, interval)


def _turn(ahead: int, direction: Direction) -> int:
    if direction == "past":
        return -(ahead > 0)
    return int(direction == "future" and ahead < 0)


def _counted(rule: Mapping[str, str], direction: Direction, day: date) -> Dated | None:
    """„Heute vor 50 Jahren“, „Freitag in einer Woche“: the day of the first part, then so far from it, to the day."""
    start = date_rule({key: value for key, value in rule.items() if key != "counted"}, None, direction, day)
    first = start.interval.earliest if start else None
    number, unit = rule["counted"].rstrip("DWMY"), rule["counted"].lstrip("+-0123456789.")
    if first is None or (unit not in _MONTHS and unit not in _DAYS) or "." in number:
        return None
    from_day = date.fromisoformat(first[:10])
    try:
        found = _moved(from_day, int(number), unit)
    except (ValueError, OverflowError):
        return None
    return Dated(found.isoformat(), day_interval(found))


def _moved(day: date, number: int, unit: str) -> date:
    if unit in _DAYS:
        return day + timedelta(days=number * _DAYS[unit])
    first = add_months(day, number * _MONTHS[unit])
    return first + timedelta(days=min(day.day, (add_months(first, 1) - first).days) - 1)


def _hours(span: str, day: date) -> Dated | None:
    """The days that so many hours before or after now touch: the last 24 hours began yesterday."""
    hours = span.lstrip("+-").removesuffix("H")
    if not hours.isdigit() or int(hours) > _MOST_HOURS:
        return date_rule({"span": span}, None, "unknown", day)
    days = timedelta(days=-(-int(hours) // 24))
    interval = day_interval(day - days, day) if span.startswith("-") else day_interval(day, day + days)
    return Dated(f"PT{hours}H", interval)


def _once_a_year(rule: Mapping[str, str], direction: Direction, day: date) -> Dated | None:
    """A feast or „der erste Sonntag im Mai“: the one on or before the day, on or after it, or the nearer one of both."""
    years = range(day.year - 1, day.year + 2)
    if "movable" in rule:
        days = [weekday_from(rule["movable"], year) for year in years]
    else:
        days = [found for year in years if (found := nth_weekday(rule, year))]
    before = max((found for found in days if found <= day), default=None)
    after = min((found for found in days if found >= day), default=None)
    if before is None or after is None:
        return None
    ahead = direction == "future" or (direction == "unknown" and after - day < day - before)
    return Dated((after if ahead else before).isoformat(), day_interval(after if ahead else before))


def _season_is_near(season: str, day: date) -> bool:
    """Whether the next season of that name is much nearer than the last one: news looks back more than ahead."""
    spans = [season_of(year, season) for year in range(day.year - 2, day.year + 2)]
    since = min((day - end).days for start, end in spans if start <= day)
    ahead = min((start - day).days for start, _ in spans if start > day)
    return since > 0 and ahead * 2 < since
