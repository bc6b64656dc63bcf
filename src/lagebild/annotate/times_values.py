"""What a time phrase says before it is dated: its rule in final words, its TIMEX3 type, and its value with X for what is not known.

Beside the rules of textkit.time_rules the patterns of a language may write

    half=2 · kw=23           a half-year, a week by its number; year as there
    movable=11-27/7          a feast: the first Sunday on or after 27 November
    nth=-1;nthday=7;month=10 the last Sunday in October
    counted=-50Y             „heute vor 50 Jahren“: so far from the day that the rest names, to the day
    open=advent              a time whose days are not settled
    chained=1                a day or month of the year in which, or after which, the phrase before it lies
    every=1D;part=EV         a set on which the rest lies: every evening, every Monday morning, every summer; days=WD on workdays

and, taken apart here, so that none of them reaches a row:

    ofyear=2015;month_b=2    the year stands behind a later month or day of the same range: „November bis Februar 2015“
    daypart=EV · halfhour=8  „acht Uhr abends“, „halb acht“; quarterpast, quarterto likewise; upto=16:00 for “2 to 4 p.m.”
    between=1                a word stands between number and unit
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from lagebild.lang.time_words import nth_weekday, weekday_from
from lagebild.textkit.time_rules import open_value, phrase_type

__all__ = ["settled_rule", "timex_type", "timex_value"]

_SMALLER = {"Y": (12, "M"), "H": (60, "MIN"), "MIN": (60, "S"), "DE": (10, "Y"), "CE": (100, "Y")}
"""The units in which halves are said: half a year is six months, half an hour thirty minutes."""
_CLOCK_UNITS = ("H", "MIN", "S")
_LAST_WEEK = 53
_DAYS_OF = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SPOKEN = {"halfhour": -30, "quarterpast": 15, "quarterto": -15}
"""Minutes from the hour that „halb acht“, „Viertel nach drei“ name."""
_AMOUNTS = {"offset", "for", "in", "back", "span", "every"}
_GROUPED = re.compile(r"\b(\d{1,3})\.(\d{3})(?!\d)")  # „1.000 Stunden“, “1,000 hours”
_NTH = ("-1", "1", "2", "3", "4", "5")


def settled_rule(found: Mapping[str, str], exact: str) -> dict[str, str] | None:
    """The rule of a found phrase in the words that dating knows; None where no calendar has it (the 32nd, a third half-year).

    „acht Uhr abends“ is 20:00; a month or day that a later one gives its year (`ofyear`, `month_b`) lies before that one;
    half a year is six months.
    """
    rule = dict(found)
    if not _possible(rule) or ("between" in rule and not exact.split()[-2].islower()):
        return None
    rule.pop("between", None)
    for key, minutes in _SPOKEN.items():
        if key in rule:
            hour, minute = divmod(int(rule.pop(key)) * 60 + minutes, 60)
            rule["clock"] = f"{hour % 24:02d}:{minute:02d}"
    if "upto" in rule:
        rule["clock"] = _same_half(rule["clock"], rule.pop("upto"))
    if "daypart" in rule:
        rule["clock"] = _clock_of(rule["clock"], rule.pop("daypart"))
    if "ofyear" in rule:
        return _of_year(rule)
    if "counted" in rule and rule.get("offset", "0D").endswith("D"):
        rule["counted"] = _whole_units(rule["counted"], ago=True)
    for key in sorted(_AMOUNTS & rule.keys()):
        rule[key] = _whole_units(_GROUPED.sub(r"\1\2", rule[key]), ago=key == "offset")
    return rule


def _possible(rule: Mapping[str, str]) -> bool:
    spoken = next((rule[key] for key in _SPOKEN if key in rule), "1")
    if not spoken.isdigit() or not 1 <= int(spoken) <= 12 or rule.get("nth", "1") not in _NTH:
        return False
    half = rule.get("half") or rule.get("at", "").partition("-H")[2]
    longest = _DAYS_OF[int(rule.get("month", "1"))]
    return (
        half in ("", "1", "2") and _within(rule.get("day"), longest) and _within(rule.get("kw"), _LAST_WEEK)
    )


def _within(number: str | None, most: int) -> bool:
    return number is None or (number.isdigit() and 1 <= int(number) <= most)


def _clock_of(clock: str, part: str) -> str:
    hour, minute = int(clock[:2]), clock[2:]
    if part in ("AF", "EV") and hour < 12:
        hour += 12
    return f"{hour:02d}{minute}"


def _same_half(clock: str, upto: str) -> str:
    """The beginning of “between 2 and 4 p.m.”: in the afternoon where that still lies before the end."""
    afternoon = f"{int(clock[:2]) + 12:02d}{clock[2:]}"
    return afternoon if clock < "12" and upto >= "12:00" and afternoon < upto else clock


def _of_year(rule: dict[str, str]) -> dict[str, str] | None:
    year = int(rule.pop("ofyear"))
    if "kw" in rule:
        return {"at": f"{year:04d}-W{int(rule['kw']):02d}"}
    if "nth" in rule:
        found = nth_weekday(rule, year)
        return None if found is None else {"at": found.isoformat()}
    if "movable" in rule:
        return {"at": weekday_from(rule["movable"], year).isoformat()}
    month, other = int(rule["month"]), int(rule.pop("month_b"))
    year -= month > other
    if "day" not in rule:
        return {"at": f"{year:04d}-{month:02d}"}
    try:
        return {"at": date(year, month, int(rule["day"])).isoformat()}
    except ValueError:
        return None


def _whole_units(amount: str, *, ago: bool) -> str:
    """0.5Y as 6M; 1.5Y as 18M only where it is counted from a day, as no year lies one and a half years off."""
    sign, number, unit = _taken_apart(amount)
    size, smaller = _SMALLER.get(unit, (0, ""))
    if size and (number == "0.5" or (ago and number.endswith(".5"))):
        return f"{sign}{float(number) * size:g}{smaller}"
    return amount


def _taken_apart(amount: str) -> tuple[str, str, str]:
    sign = amount[:1] if amount[:1] in ("-", "+") else ""
    rest = amount[len(sign) :]
    number = rest.rstrip("ABCDEFGHIJKLMNOPQRSTUVWYZ")
    return sign, number, rest[len(number) :]


def timex_type(rule: Mapping[str, str]) -> Literal["DATE", "TIME", "DURATION", "SET"]:
    """The TIMEX3 type; what is counted in hours or less from another time is one itself."""
    if _taken_apart(rule.get("back", ""))[2] in _CLOCK_UNITS:
        return "TIME"
    return phrase_type(rule)


def timex_value(rule: Mapping[str, str]) -> str:
    """The TIMEX3 value as far as it is known without an anchor."""
    if "every" in rule:
        return _value_of_set(rule)
    if "nth" in rule:
        return f"XXXX-{int(rule['month']):02d}-XX"
    if "counted" in rule or "open" in rule:
        return "XXXX-XX-XX"
    if "half" in rule:
        return f"XXXX-H{rule['half']}"
    if "kw" in rule:
        return f"XXXX-W{int(rule['kw']):02d}"
    amount = rule.get("back") or rule.get("offset") or ""
    if _taken_apart(amount)[2] in _CLOCK_UNITS:
        return "XXXX-XX-XXTXX:XX"
    return open_value(rule)


def _value_of_set(rule: Mapping[str, str]) -> str:
    part = f"T{'MO' if rule['part'] == 'FN' else rule['part']}" if "part" in rule else ""
    if "weekday" in rule:
        return f"XXXX-WXX-{rule['weekday']}{part}"
    if part:
        return f"XXXX-XX-XX{part}"
    if "season" in rule:
        return f"XXXX-{rule['season']}"
    if "month" in rule:
        return f"XXXX-{int(rule['month']):02d}"
    if "days" in rule:
        return f"XXXX-WXX-{rule['days']}"
    return "XXXX-WXX-WE" if rule["every"] == "1WE" else open_value(rule)
