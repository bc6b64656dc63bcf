"""Dates in German and English words, at the precision they have."""

from __future__ import annotations

from datetime import datetime, timedelta

from lagebild.model.pages import Moment
from lagebild.render.labels import Lang, label, label_list

__all__ = ["moment_words", "parse_time", "short_words", "stamp_words"]

NBSP = "\u00a0"
PARTS = {(6, 10): "morning", (10, 14): "noon", (14, 18): "afternoon", (18, 24): "evening"}


def parse_time(value: str | None) -> datetime | None:
    """A naive date and time from ISO 8601 cut at any precision; an offset is dropped, the clock time stays. None if it is none."""
    if not value:
        return None
    padded = value + "0001-01-01"[len(value) :] if len(value) < 10 else value
    try:
        return datetime.fromisoformat(padded).replace(tzinfo=None)
    except ValueError:
        return None


def _clock(at: datetime, lang: Lang, minutes: bool = True) -> str:
    if lang == "en":
        return f"{at.hour}:{at.minute:02d}"
    return f"{at.hour}.{at.minute:02d}{NBSP}Uhr" if minutes or at.minute else f"{at.hour}{NBSP}Uhr"


def _day(at: datetime, lang: Lang, year: int | None, long: bool) -> str:
    weekday = label_list(lang, "date.weekdays" if long else "date.weekdays_short")[at.weekday()]
    month = label_list(lang, "date.months")[at.month - 1]
    tail = "" if at.year == year else f"{NBSP}{at.year}"
    if lang == "de":
        return f"{weekday}, {at.day}.{NBSP}{month}{tail}"
    return f"{weekday}{',' if long else ''} {at.day}{NBSP}{month}{tail}"


def _short_day(at: datetime, lang: Lang, year: int | None) -> str:
    weekday = label_list(lang, "date.weekdays_short")[at.weekday()]
    if lang == "de":
        return f"{weekday}{NBSP}{at.day}.{at.month}.{'' if at.year == year else at.year}"
    month = label_list(lang, "date.months_short")[at.month - 1]
    return f"{weekday}{NBSP}{at.day}{NBSP}{month}{'' if at.year == year else f'{NBSP}{at.year}'}"


def stamp_words(value: str, lang: Lang, *, long: bool = False) -> str:
    """„Fr, 14. März 2025, 21.40 Uhr“ for an instant cut at its precision; the value itself where it is none."""
    at = parse_time(value)
    if at is None:
        return value
    if len(value) <= 4:
        return f"{at.year}"
    if len(value) <= 7:
        return f"{label_list(lang, 'date.months')[at.month - 1]}{NBSP}{at.year}"
    day = _day(at, lang, None, long)
    if len(value) <= 10:
        return day
    return f"{day}, {_clock(at, lang, len(value) > 13)}"


def moment_words(moment: Moment | None, lang: Lang) -> str:
    """A date of a text, in full."""
    if moment is None:
        return label(lang, "date.unknown")
    if moment.at:
        return stamp_words(moment.at, lang)
    return short_words(moment, lang, None)


def short_words(moment: Moment, lang: Lang, year: int | None) -> str:
    """A date or an interval, short; the year is left out where it is `year`."""
    if moment.at:
        return _short_stamp(moment.at, lang, year)
    start, end = parse_time(moment.earliest), parse_time(moment.latest)
    if start and end:
        return _interval(start, end, lang, year)
    if start:
        return label(lang, "date.from", when=_point(start, lang, year))
    if end:
        last = end - timedelta(days=1) if (end.hour, end.minute) == (0, 0) else end
        return label(lang, "date.before", when=_point(last if last is end else end, lang, year))
    return label(lang, "date.unknown")


def _short_stamp(value: str, lang: Lang, year: int | None) -> str:
    at = parse_time(value)
    if at is None or len(value) < 10:
        return stamp_words(value, lang)
    day = _short_day(at, lang, year)
    return day if len(value) <= 10 else f"{day}, {_clock(at, lang, len(value) > 13)}"


def _point(at: datetime, lang: Lang, year: int | None) -> str:
    day = _short_day(at, lang, year)
    return day if (at.hour, at.minute) == (0, 0) else f"{day}, {_clock(at, lang, False)}"


def _hours(start: datetime, end: datetime, lang: Lang) -> str:
    """„22–24 Uhr“: hours of one day, midnight at its end as 24."""
    if lang == "en":
        return f"{_clock(start, lang)}–{end.hour or 24}:{end.minute:02d}"
    if start.minute or end.minute:
        return f"{_clock(start, lang)} – {_clock(end, lang)}"
    return f"{start.hour}–{end.hour or 24}{NBSP}Uhr"


def _interval(start: datetime, end: datetime, lang: Lang, year: int | None) -> str:
    if (start.month, start.day, start.hour, end.month, end.day, end.hour) == (1, 1, 0, 1, 1, 0):
        last = end.year - 1
        return f"{start.year}" if last <= start.year else f"{start.year}–{last}"
    if (start.day, start.hour, end.day, end.hour) == (1, 0, 1, 0):
        return _months(start, end - timedelta(days=1), lang)
    if (start.hour, start.minute, end.hour, end.minute) == (0, 0, 0, 0):
        last_day = end - timedelta(days=1)
        first = _short_day(start, lang, year)
        return first if last_day <= start else f"{first} – {_short_day(last_day, lang, year)}"
    return _within_days(start, end, lang, year)


def _months(start: datetime, last: datetime, lang: Lang) -> str:
    names = label_list(lang, "date.months")
    first = f"{names[start.month - 1]}{NBSP}{start.year}"
    if (start.year, start.month) >= (last.year, last.month):
        return first
    return f"{first} – {names[last.month - 1]}{NBSP}{last.year}"


def _within_days(start: datetime, end: datetime, lang: Lang, year: int | None) -> str:
    if (start.hour, end.hour) == (22, 6) and end - start == timedelta(hours=8):
        return label(lang, "date.night", when=_short_day(end, lang, year))
    day = _short_day(start, lang, year)
    for (first, last), name in PARTS.items():
        if start.hour == first and start.minute == 0 and end - start == timedelta(hours=last - first):
            return f"{day}, {label(lang, f'date.{name}')}"
    if end - start <= timedelta(hours=1):
        return f"{day}, {_clock(start, lang, end - start < timedelta(hours=1))}"
    midnight = (end.hour, end.minute) == (0, 0) and end - start < timedelta(days=1)
    if start.date() == end.date() or midnight:
        return f"{day}, {_hours(start, end, lang)}"
    return f"{_point(start, lang, year)} – {_point(end, lang, year)}"
