"""The days under which the entries of a live ticker stand: a ticker runs over midnight, its stamp says when it began."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lagebild.model.document import Block
from lagebild.model.span import Span
from lagebild.step import DocView
from lagebild.textkit.time_grammar import Found, TimeGrammar
from lagebild.textkit.time_rules import date_rule

__all__ = ["EntryDays"]

_LONGEST = 80  # characters of a line that is a day and hardly more
_OTHER_LETTERS = 12  # beside the day and the clock time: „Stand“, „Uhr“, „Update“
_OPENS = 8  # characters before the day with which an entry opens: „+++ 3. Mai, 6.30 Uhr“
_BEFORE, _AFTER = timedelta(days=1), timedelta(days=21)  # how long before and after its stamp a ticker runs
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class EntryDays:
    """Where the days of a ticker begin: places in order, each with its day and the words that name it."""

    starts: tuple[int, ...]
    days: tuple[date, ...]
    places: tuple[Span, ...]

    @classmethod
    def of(cls, doc: DocView, grammar: TimeGrammar | None, stamp: date) -> EntryDays:
        """The days named by lines of a ticker that are nothing but a day, or with which an entry opens.

        Empty for documents without ticker entries. Days more than one before and 21 after the stamp are left out; a day
        without a year is the one nearest to the stamp.
        """
        blocks = doc.rows(Block)
        if grammar is None or all(block.kind != "ticker_entry" for block in blocks):
            return cls((), (), ())
        found = [
            (block.start, day, Span(doc.id, phrase.start, phrase.end))
            for block in blocks
            for phrase, day in _named(doc.text, block, grammar, stamp)
            if stamp - _BEFORE <= day <= stamp + _AFTER
        ]
        starts, days, places = zip(*found, strict=True) if found else ((), (), ())
        return cls(tuple(starts), tuple(days), tuple(places))

    def at(self, place: int) -> tuple[date, Span] | None:
        """The day under which a place stands, with where it is named."""
        last = bisect_right(self.starts, place) - 1
        return None if last < 0 else (self.days[last], self.places[last])


def _named(text: str, block: Block, grammar: TimeGrammar, stamp: date) -> Iterator[tuple[Found, date]]:
    opens = block.kind == "ticker_entry"
    end = min(block.end, block.start + _LONGEST) if opens else block.end
    if end - block.start > _LONGEST:
        return
    phrases = list(grammar.phrases(text, block.start, end))
    day = _day(phrases[0], stamp) if phrases else None
    if day is None:
        return
    letters = len(_LETTER.findall(text, block.start, end))
    inside = sum(len(_LETTER.findall(text, phrase.start, phrase.end)) for phrase in phrases)
    if letters - inside <= _OTHER_LETTERS or (opens and phrases[0].start - block.start <= _OPENS):
        yield phrases[0], day


def _day(phrase: Found, stamp: date) -> date | None:
    """The day of a phrase that names day and month; None for all others."""
    if len(phrase.rule.get("at", "")) < 10 and not phrase.rule.keys() >= {"day", "month"}:
        return None
    dated = date_rule(phrase.rule, None, "unknown", stamp)
    return date.fromisoformat(dated.value[:10]) if dated else None
