"""What a document itself says of the days around its writing: its stamp, weekdays with the words beside them, complete days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Self
from zoneinfo import ZoneInfo

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.time_words import time_grammar
from lagebild.model.document import Block, Masthead
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.span import Span
from lagebild.model.story import StoryMember
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.story.signatures import named_days
from lagebild.textkit.calendar import value_interval
from lagebild.textkit.terms import Terms
from lagebild.textkit.time_grammar import TimeGrammar
from lagebild.textkit.time_rules import read_rule

__all__ = ["DatelineTools", "Mention", "TextDays", "day_or_none", "read_days"]

_NEAR_WORDS = 300  # characters on either side of a weekday that may belong to what happened then
_AROUND = 2  # sentences before and after that may still tell of it
_WEEKDAYS_READ = 300  # weekdays of one document; a longer list adds no evidence


@dataclass(frozen=True)
class DatelineTools:
    """Stems for ties, the words for days, and the zone in which days are counted."""

    terms: Mapping[str, Terms]
    grammars: Mapping[str, TimeGrammar]
    zone: ZoneInfo

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Reads stop words and time words; `settings.timezone` decides on which day an instant falls."""
        words = {code: read_data(code, "stopwords") for code in LANGUAGES if has_data(code, "stopwords")}
        return cls(
            {code: Terms(data["stemmer"], data["words"].split()) for code, data in words.items()},
            {code: time_grammar(code) for code in LANGUAGES if has_data(code, "times")},
            ZoneInfo(settings.timezone),
        )

    @classmethod
    def digest(cls) -> str:
        return data_digest("stopwords", "times", "numbers")


@dataclass(frozen=True)
class Mention:
    """A weekday in a text: which, where the clause looks, and the words around it."""

    weekday: int
    ahead: bool
    at: Span
    words: frozenset[str]
    around: frozenset[str]  # also those of the sentences about it
    before: bool  # „vergangenen Freitag“: never the day itself
    sure: bool  # the clause shows that it looks back
    week: int | None = None  # „Freitag vergangener Woche“: so many weeks from that of the writing

    @property
    def loose(self) -> bool:
        """True where the clause shows neither."""
        return not (self.sure or self.ahead or self.before)

    def day(self, written: date) -> date:
        """The day meant if the text was written then."""
        if self.week is not None:
            return written + timedelta(days=self.weekday - written.isoweekday() + 7 * self.week)
        if self.ahead:
            return written + timedelta(days=(self.weekday - written.isoweekday()) % 7)
        back = (written.isoweekday() - self.weekday) % 7
        return written - timedelta(days=back or 7 if self.before else back)


@dataclass(frozen=True)
class TextDays:
    """What a document itself says about when it was written; `name` is how people know it."""

    doc_id: str
    name: str
    core: bool
    stated: tuple[date, date] | None
    stated_to_day: bool
    stated_at: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    named: tuple[tuple[date, Span], ...]
    sure_days: frozenset[date]
    ahead: tuple[tuple[date, Span], ...]
    partial: tuple[tuple[int, int, Span], ...]


def read_days(doc: DocView, story_id: str, tools: DatelineTools) -> TextDays:
    """The days in a document; the first 300 weekdays, complete days with their first place. Core = no background there."""
    masthead = doc.get(Masthead)
    language = (masthead.language or "").split("-")[0] if masthead else ""
    roles = [member.role for member in doc.rows(StoryMember) if member.story_id == story_id]
    stated, to_day = _stamp_days(masthead, tools.zone)
    named = named_days(doc, tools.grammars.get(language))
    days = [(date.fromisoformat(one.day), one) for one in named if _is_day(one.day)]
    ahead, partial = _other_days(doc)
    return TextDays(
        doc_id=doc.id,
        name=doc.item.unit,
        core="background" not in roles,
        stated=stated,
        stated_to_day=to_day,
        stated_at=_stamp_place(doc, masthead),
        mentions=tuple(islice(_mentions(doc, tools.terms.get(language)), _WEEKDAYS_READ)),
        named=tuple((day, Span(doc.id, one.start, one.end)) for day, one in days),
        sure_days=frozenset(day for day, one in days if one.sure),
        ahead=ahead,
        partial=partial,
    )


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _stamp_days(masthead: Masthead | None, zone: ZoneInfo) -> tuple[tuple[date, date] | None, bool]:
    """First and last day of the stated stamp, and whether it is precise to the day."""
    stamp = masthead.published if masthead else None
    if stamp is None:
        return None, False
    try:
        if stamp.precision == "month":
            interval = value_interval(stamp.value[:7])
            if interval is None or interval.latest is None or interval.earliest is None:
                return None, False
            last = date.fromisoformat(interval.latest[:10]) - timedelta(days=1)
            return (date.fromisoformat(interval.earliest[:10]), last), False
        if stamp.precision == "year":
            year = int(stamp.value[:4])
            return (date(year, 1, 1), date(year, 12, 31)), False
        return ((day := _local_day(stamp.value, zone)), day), True
    except ValueError:
        return None, False


def _local_day(value: str, zone: ZoneInfo) -> date:
    """The day of an instant in the zone of the case; an instant without offset is taken to be local already."""
    if "T" in value:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        return moment.astimezone(zone).date() if moment.tzinfo else moment.date()
    return date.fromisoformat(value[:10])


def _stamp_place(doc: DocView, masthead: Masthead | None) -> tuple[Span, ...]:
    """Where a stated date stands, as far as the text shows it."""
    stamp = masthead.published if masthead else None
    if stamp is None:
        return ()
    at = doc.text.find(stamp.value[:10])
    if at >= 0:
        return (Span(doc.id, at, at + len(stamp.value[:10])),)
    blocks = doc.rows(Block)
    shown = next((block for block in blocks if block.kind == "stamp"), blocks[0] if blocks else None)
    return (Span(doc.id, shown.start, shown.end),) if shown else ()


def _mentions(doc: DocView, terms: Terms | None) -> Iterator[Mention]:
    sentences = doc.rows(Sentence)
    starts = [sentence.start for sentence in sentences]
    for phrase in doc.rows(TimePhrase):
        rule = read_rule(phrase.rule)
        if (
            "weekday" not in rule
            or not rule.keys().isdisjoint({"at", "every", "day"})
            or rule.get("turn") == "1"
        ):
            continue
        at = bisect_right(starts, phrase.start) - 1
        words: frozenset[str] = frozenset()
        around: frozenset[str] = frozenset()
        if terms is not None and at >= 0:
            words = _words_near(doc.text, phrase, sentences[at].start, sentences[at].end, terms)
            first, last = sentences[max(at - _AROUND, 0)], sentences[min(at + _AROUND, len(sentences) - 1)]
            around = words | _words_near(doc.text, phrase, first.start, last.end, terms)
        yield Mention(
            int(rule["weekday"]),
            phrase.direction == "future",
            Span(doc.id, phrase.start, phrase.end),
            words,
            around,
            rule.get("turn") == "-1",
            phrase.direction == "past",
            int(rule["week"]) if "week" in rule else None,
        )


def _words_near(text: str, phrase: TimePhrase, start: int, end: int, terms: Terms) -> frozenset[str]:
    left = text[max(start, phrase.start - _NEAR_WORDS) : phrase.start]
    right = text[phrase.end : min(max(end, phrase.end), phrase.end + _NEAR_WORDS)]
    return terms.of(left) | terms.of(right)


def _other_days(doc: DocView) -> tuple[tuple[tuple[date, Span], ...], tuple[tuple[int, int, Span], ...]]:
    """Complete days the text looks ahead to, and past days without a year."""
    ahead: list[tuple[date, Span]] = []
    partial: list[tuple[int, int, Span]] = []
    for phrase in doc.rows(TimePhrase):
        rule = read_rule(phrase.rule)
        at = rule.get("at", "")[:10]
        place = Span(doc.id, phrase.start, phrase.end)
        if phrase.direction == "future" and len(at) == 10 and _is_day(at):
            ahead.append((date.fromisoformat(at), place))
        elif "day" in rule and "month" in rule and "chained" not in rule and phrase.direction == "past":
            partial.append((int(rule["month"]), int(rule["day"]), place))
    return tuple(ahead), tuple(partial)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
