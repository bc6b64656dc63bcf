"""Which day a text has named when it says „an diesem Tag“, „zwei Jahre später“, „um 20 Uhr“."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lagebild.model.document import Block
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.story import Anchor, When
from lagebild.textkit.calendar import Interval, first_day, last_day

__all__ = ["NamedDay", "NamedDays", "single_day"]

_FURTHEST = 900  # characters within which a day named before still stands for „an diesem Tag“
_BESIDE = 120  # and for „um 8 Uhr“: in a long list a day named by the way governs no later item
_IN_REPORT = 300  # and where both tell of what has happened
_IN_ITEM = 40  # and in a list: for „20.15 Uhr: …“, and after items that hang on the day of the text itself
_SENTENCES_BACK = 3  # for „an diesem Tag“
_PARAGRAPH_BACK = 1  # for a clock time, within its paragraph
_TOPICAL = timedelta(
    days=60
)  # a clock time goes with a day near that of the text, not with one of its background
_HEADING = 80  # characters of a line that is a day and hardly more
_OTHER_LETTERS = 12  # beside the day: „Programm“, „Beginn“
_LETTER = re.compile(r"[^\W\d_]")
_COARSER = {"W": 7, "M": 31, "Q": 92, "Y": 366, "DE": 3660}
"""Days that a time may last from which so many weeks, months, years are counted."""


@dataclass(frozen=True)
class NamedDay:
    """A day, or a longer time by its first and last day, that the text has named, and how it is known."""

    day: date
    last: date
    phrase: TimePhrase
    anchor: Anchor


def single_day(when: When, rule: Mapping[str, str]) -> date | None:
    """The day of a phrase that names one; others do not change which day „that day“ is."""
    named = _named_time(when, rule)
    return named[0] if named and (rule.get("part") == "NI" or named[0] == named[1]) else None


def _named_time(when: When, rule: Mapping[str, str]) -> tuple[date, date] | None:
    if when.earliest is None or when.latest is None or not {"span", "ref", "every"}.isdisjoint(rule):
        return None
    interval = Interval(when.earliest, when.latest)
    first, last = first_day(interval), last_day(interval)
    return None if first is None or last is None else (first, last)


class NamedDays:
    """The days that one text has named so far."""

    def __init__(self, text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._blocks = blocks
        self._block_starts = [block.start for block in blocks]
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._heading: NamedDay | None = None
        self._longer: NamedDay | None = None
        self._usual: TimePhrase | None = None
        self._own_day: int | None = None  # the block in which a clock time hung on no day that the text named
        self.last: NamedDay | None = None

    def forget(self) -> None:
        """Before a part that was written on another day."""
        self.last = self._longer = self._heading = None

    def add(self, phrase: TimePhrase, rule: Mapping[str, str], when: When) -> NamedDay | None:
        """Take note of a dated phrase; gives it back where it names a single day."""
        named = _named_time(when, rule)
        if "every" in rule:
            self._usual = phrase
        if named is not None:
            self._longer = NamedDay(*named, phrase, when.anchor)
        day = single_day(when, rule)
        if day is None:
            return None
        self.last = NamedDay(day, day, phrase, when.anchor)
        if "clock" not in rule and "back" not in rule and self._is_heading(phrase):
            self._heading = self.last
        return self.last

    def is_usual(self, phrase: TimePhrase) -> bool:
        """Whether a clock time belongs to many days: „dienstags bis sonntags von 10 bis 18 Uhr“."""
        usual = self._usual
        if usual is None or phrase.start - usual.end > _BESIDE or self._apart(usual, phrase):
            return False
        return self.last is None or self.last.phrase.start < usual.start

    def meant(self, phrase: TimePhrase, rule: Mapping[str, str], written: date | None) -> NamedDay | None:
        """The day that a phrase hangs on; None where no day named before can be meant.

        „an diesem Tag“ reaches three sentences back, „zwei Jahre später“ also to a month or year. A clock time hangs on a day within 120 characters
        in its own sentence, or in the one before it in its paragraph where that day lies near the day of the text; in a report
        of what has happened on such a day three sentences before; else on
        the day that stands above it as a heading. A day to come is not that of what has happened, nor the other way round.
        """
        if "back" in rule:
            return self._counted_from(phrase, rule["back"])
        if (
            self.last
            and self._goes_with(self.last.phrase, phrase)
            and self._is_near(self.last, phrase, written)
        ):
            return self.last
        heading = self._heading
        if heading and self._goes_with(heading.phrase, phrase):
            return heading
        self._own_day = self._block_of(phrase)
        return None

    def _counted_from(self, phrase: TimePhrase, amount: str) -> NamedDay | None:
        unit = amount.lstrip("+-0123456789.X")
        longest = _COARSER.get(unit, 1)
        named = self._longer
        if named is None or (named.last - named.day).days >= longest:
            named = self.last
        near = named is not None and phrase.start - named.phrase.end <= _FURTHEST
        return named if named and near and self._apart(named.phrase, phrase) <= _SENTENCES_BACK else None

    def _is_near(self, named: NamedDay, phrase: TimePhrase, written: date | None) -> bool:
        in_list = self._text[phrase.end : phrase.end + 1] == ":" or self._own_day == self._block_of(phrase)
        between, apart = phrase.start - named.phrase.end, self._apart(named.phrase, phrase)
        if apart == 0:
            return between <= (_IN_ITEM if in_list else _BESIDE)
        if written is not None and abs(named.day - written) > _TOPICAL:
            return False
        if named.phrase.direction == phrase.direction == "past" and not in_list:
            return between <= _IN_REPORT and apart <= _SENTENCES_BACK
        same_block = self._block_of(named.phrase) == self._block_of(phrase)
        return between <= (_IN_ITEM if in_list else _BESIDE) and same_block and apart <= _PARAGRAPH_BACK

    @staticmethod
    def _goes_with(day: TimePhrase, phrase: TimePhrase) -> bool:
        return {day.direction, phrase.direction} != {"past", "future"}

    def _apart(self, left: TimePhrase, right: TimePhrase) -> int:
        return bisect_right(self._starts, right.start) - bisect_right(self._starts, left.start)

    def _block_of(self, phrase: TimePhrase) -> int:
        return bisect_right(self._block_starts, phrase.start) - 1

    def _is_heading(self, phrase: TimePhrase) -> bool:
        at = self._block_of(phrase)
        if at < 0 or self._blocks[at].end - self._blocks[at].start > _HEADING:
            return False
        block = self._blocks[at]
        inside = len(_LETTER.findall(self._text, phrase.start, phrase.end))
        return len(_LETTER.findall(self._text, block.start, block.end)) - inside <= _OTHER_LETTERS
