"""Both ends of a range in order: „von Mai bis September“ ends after it begins, whichever way each end alone would be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from lagebild.model.marks import TimePhrase
from lagebild.model.story import When
from lagebild.story.when_values import date_phrase
from lagebild.textkit.time_rules import Direction

__all__ = ["in_order"]

_GAP = 12  # characters between the ends: „ bis zum “
_DASH = re.compile(r"\s?[–-]\s?")
_MOVABLE = ("day", "month", "weekday")

End = tuple[TimePhrase, Mapping[str, str], When]


def in_order(text: str, first: End, second: End) -> tuple[When, When]:
    """Both dates; where the later end would lie before the earlier one, the end without a year is moved.

    In a clause that looks back the beginning moves („blieb von Mai bis September gesperrt“ in June: last year's), else the end.
    """
    if not _is_range(text, first, second) or not _is_reversed(first[2], second[2]):
        return first[2], second[2]
    if second[0].direction == "past" and _is_movable(first[1]):
        return _moved(first, second[2].earliest, "past"), second[2]
    if _is_movable(second[1]):
        return first[2], _moved(second, first[2].earliest, "future")
    return first[2], second[2]


def _is_range(text: str, first: End, second: End) -> bool:
    gap = text[first[0].end : second[0].start][: _GAP + 1]
    if len(gap) > _GAP or not first[2].earliest or not second[2].earliest:
        return False
    return second[1].get("bound") == "until" or _DASH.fullmatch(gap) is not None


def _is_reversed(first: When, second: When) -> bool:
    return bool(first.earliest and second.earliest and second.earliest < first.earliest)


def _is_movable(rule: Mapping[str, str]) -> bool:
    return "at" not in rule and "year" not in rule and any(key in rule for key in _MOVABLE)


def _moved(end: End, limit: str | None, way: Direction) -> When:
    phrase, rule, when = end
    if limit is None:
        return when
    day = date.fromisoformat(limit[:10]) + timedelta(days=1 if way == "future" else -1)
    dated = date_phrase(rule, phrase.mod, way, day)
    if dated is None:
        return when
    interval = dated.interval
    return replace(when, value=dated.value, earliest=interval.earliest, latest=interval.latest)
