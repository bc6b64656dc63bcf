"""What a time phrase says before it is dated: its rule in final words, its TIMEX3 type, and its value with X for what is not known."""

from __future__ import annotations

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
_SPOKEN = {"halfhour": -30, "quarterpast": 15, "quarterto": -15}
"""Minutes from the hour that „halb acht“, „Viertel nach drei“ name."""
_NTH = ("-1", "1", "2", "3", "4", "5")


def settled_rule(found: Mapping[str, str]) -> dict[str, str] | None:
    """The rule of a found phrase in the words that dating knows; None where no calendar has it (the 32nd, a third half-year).

    „acht Uhr abends“ is 20:00; a month or day that a later one gives its year (`ofyear`, `month_b`) lies before that one;
    half a year is six months.
    """
    rule = dict(found)
    if not _possible(rule):
        return None
    for key, minutes in _SPOKEN.items():
        if key in rule:
            hour, minute = divmod(int(rule.pop(key)) * 60 + minutes, 60)
            rule["clock"] = f"{hour % 24:02d}:{minute:02d}"
    if "daypart" in rule:
        rule["clock"] = _clock_of(rule["clock"], rule.pop("daypart"))
    if "ofyear" in rule:
        return _of_year(rule)
    if "counted" in rule and rule.get("offset", "0D").endswith("D"):
        rule["counted"] = _whole_units(rule["counted"], ago=True)
    for key in ("offset", "for", "in"):
        if key in rule:
            rule[key] = _whole_units(rule[key], ago=key == "offset")
    return rule


def _possible(rule: Mapping[str, str]) -> bool:
    spoken = next((rule[key] for key in _SPOKEN if key in rule), "1")
    if not spoken.isdigit() or not 1 <= int(spoken) <= 12 or rule.get("nth", "1") not in _NTH:
        return False
    half = rule.get("half") or rule.get("at", "").partition("-H")[2]
    kw = int(rule.get("kw", "1"))
    return half in ("", "1", "2") and int(rule.get("day", "1")) <= 31 and 1 <= kw <= _LAST_WEEK


def _clock_of(clock: str, part: str) -> str:
    hour, minute = int(clock[:2]), clock[2:]
    if part in ("AF", "EV") and hour < 12:
        hour += 12
    return f"{hour:02d}{minute}"


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
