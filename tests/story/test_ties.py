"""Weekdays here and elsewhere that mean one day."""

from __future__ import annotations

from datetime import date

from lagebild.step import DocView
from lagebild.story.ranges import DayRange, stated_range
from lagebild.story.text_days import read_days
from lagebild.story.ties import Ties

from .rows import DATELINES, Layers, layers


def tied_days(docs: dict[str, Layers]) -> set[date]:
    """The days to which ties bind the weekdays of „b“."""
    texts = {doc_id: read_days(DocView(doc_id, rows), "st", DATELINES) for doc_id, rows in docs.items()}
    dated: dict[str, DayRange] = {doc_id: made for doc_id, t in texts.items() if (made := stated_range(t))}
    return {tie.day for tie in Ties(texts, []).of(texts["b"], dated)}


def test_a_rare_word_beside_the_same_weekday_ties() -> None:
    first = layers("a", "Am Montag kenterte der Kutter vor Norsum.", "2025-06-10")
    assert tied_days({"a": first, "b": layers("b", "Vor Norsum war am Montag Sturm.")}) == {date(2025, 6, 9)}


def test_another_weekday_or_other_words_tie_nothing() -> None:
    first = layers("a", "Am Montag kenterte der Kutter vor Norsum.", "2025-06-10")
    assert not tied_days({"a": first, "b": layers("b", "Vor Norsum war am Dienstag Sturm.")})
    assert not tied_days({"a": first, "b": layers("b", "Der Rat tagte am Montag in Felde.")})


def test_a_weekday_of_last_week_ties_to_the_day_itself() -> None:
    first = layers("a", "Am Montag kenterte der Kutter vor Norsum.", "2025-06-10")
    later = layers("b", "Vor Norsum war am Montag vergangener Woche Sturm.")
    assert tied_days({"a": first, "b": later}) == {date(2025, 6, 9)}
