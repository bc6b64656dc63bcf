"""What speaks for each day: the weekdays of a text in the light of what is dated."""

from __future__ import annotations

from datetime import date

from lagebild.model.lineage import CopyLink
from lagebild.model.span import Span
from lagebild.step import DocView
from lagebild.story.ranges import DayRange
from lagebild.story.text_days import TextDays, read_days
from lagebild.story.ties import Ties
from lagebild.story.weighing import weighed

from .rows import DATELINES, layers

DATED = {"a": DayRange(date(2025, 6, 10), date(2025, 6, 10), "published", (), (), "a")}


def text(doc_id: str, words: str) -> TextDays:
    return read_days(DocView(doc_id, layers(doc_id, words)), "st", DATELINES)


def test_nothing_that_ties_it_leaves_a_document_open() -> None:
    own = text("b", "Am Montag kenterte der Kutter.")
    assert weighed(own, DATED, Ties({"b": own}, []), ()) is None


def test_a_shared_passage_with_a_weekday_gives_days() -> None:
    own, other = text("b", "Am Montag kenterte der Kutter."), text("a", "Der Kutter.")
    link = CopyLink("k", Span("a", 0, 11), Span("b", 0, 11), "same_text", "unknown", 1.0)
    made = weighed(own, DATED, Ties({"a": other, "b": own}, [link]), ())
    assert made is not None
    assert made.first <= date(2025, 6, 10) <= made.last
    assert made.source == "copy"
