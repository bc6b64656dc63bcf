"""The date of each time phrase: from itself, from the day its document was written, or from a day the text named before.

An entry of a live ticker was written on the day under which it stands.

Nothing is dated without an anchor. An anchor of several days (a document that is dated to an interval) dates a phrase only
where every day of it gives the same date; otherwise the phrase keeps its X value and the interval that holds all answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Self

from lagebild.lang.data import LANGUAGES, data_digest, has_data
from lagebild.lang.time_words import time_grammar
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.span import Span
from lagebild.model.story import Anchor, Dateline, When
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.story.entry_days import EntryDays
from lagebild.story.when_named import NamedDay, NamedDays, single_day
from lagebild.story.when_ranges import in_order
from lagebild.story.when_values import date_phrase
from lagebild.textkit.calendar import OPEN, Interval, first_day, hull, last_day
from lagebild.textkit.time_grammar import TimeGrammar
from lagebild.textkit.time_rules import Dated, needs_day_in_text, read_rule

__all__ = ["WhenTools", "date_phrases"]

_NO_DAY = date(2000, 1, 1)  # any day will do for rules that need none
_NEWS = timedelta(days=2)  # how long before its text was written the day lies that a report tells of
_DAY_BEHIND = re.compile(r"\s(?:\w{1,3}\s)?")
_INFERRED: tuple[Anchor, ...] = ("copy", "story")


@dataclass(frozen=True)
class WhenTools:
    """The words for days, by language."""

    grammars: Mapping[str, TimeGrammar]

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Reads time words; no setting matters."""
        known = [code for code in LANGUAGES if has_data(code, "times")]
        return cls({code: time_grammar(code) for code in known})

    @classmethod
    def digest(cls) -> str:
        return data_digest("times", "numbers")


@dataclass(frozen=True)
class _Written:
    """When a document was written, as far as known, and how."""

    first: date
    last: date
    anchor: Anchor
    at: Span | None
    reasons: tuple[Reason, ...]
    clock: str | None = None  # the local time of day, `11:20`, where the stamp has one


def date_phrases(docs: Sequence[DocView], tools: WhenTools) -> Iterable[When]:
    """One row for each time phrase, in text order; both ends None where nothing dates it.

    `anchor` says what dated it: published (the document states its day); text (the text states the day: in the phrase, in one
    before it, above the entry of a ticker); copy, story (counted from a day of the document that is inferred, story also
    where it was inferred from a date in the document itself); none.
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        language = (masthead.language or "").split("-")[0] if masthead else ""
        yield from _dated(doc, tools.grammars.get(language))


def _dated(doc: DocView, grammar: TimeGrammar | None) -> Iterator[When]:
    whole = _written(doc)
    entries = EntryDays.of(doc, grammar, whole.first) if whole else None
    days = NamedDays(doc.text, doc.rows(Block), doc.rows(Sentence))
    before: tuple[TimePhrase, Mapping[str, str], When] | None = None
    news: NamedDay | None = None
    phrases = doc.rows(TimePhrase)
    for phrase, after in zip_longest(phrases, phrases[1:]):
        rule = read_rule(phrase.rule)
        written = _written_there(whole, entries, phrase)
        if days.last and written != _written_there(whole, entries, days.last.phrase):
            days.forget()
        if news and "ago" in rule and rule["offset"] == "-1W":
            when = _week_before(phrase, rule, news, written)
        elif "clock" in rule and needs_day_in_text(rule) and days.is_usual(phrase):
            when = _open(phrase, "no_place_in_time")
        elif needs_day_in_text(rule):
            near = days.meant(phrase, rule, written.first if written else None)
            when = _from_text(
                phrase, rule, near or _day_behind(doc.text, phrase, rule, after, written), written
            )
        else:
            when = _chained(phrase, rule, before) or _from_anchor(phrase, rule, written)
        named = days.add(phrase, rule, when)
        news = news or (named if named and _is_news(named, rule, written) else None)
        if before is None:
            before = (phrase, rule, when)
            continue
        first, when = in_order(doc.text, before, (phrase, rule, when))
        yield first
        before = (phrase, rule, when)
    if before is not None:
        yield before[2]


def _chained(
    phrase: TimePhrase, rule: Mapping[str, str], before: tuple[TimePhrase, Mapping[str, str], When] | None
) -> When | None:
    """The first such day or month on or after the date before it, where that one has its year in the text."""
    if "chained" not in rule or before is None or before[2].anchor != "text" or before[2].earliest is None:
        return None
    day = date.fromisoformat(before[2].earliest[:10])
    dated = date_phrase(rule, phrase.mod, "future", day)
    if dated is None:
        return None
    at = Span(before[0].doc_id, before[0].start, before[0].end)
    why = Reason("day_named_before", None, None, day.isoformat())
    return _row(phrase, dated.value, dated.interval, "text", at, why)


def _day_behind(
    text: str, phrase: TimePhrase, rule: Mapping[str, str], after: TimePhrase | None, written: _Written | None
) -> NamedDay | None:
    """The day that stands right behind a clock time: „um 20 Uhr am Freitag“."""
    if after is None or "back" in rule or _DAY_BEHIND.fullmatch(text, phrase.end, after.start) is None:
        return None
    other = read_rule(after.rule)
    if needs_day_in_text(other):
        return None
    when = _from_anchor(after, other, written)
    day = single_day(when, other)
    return None if day is None else NamedDay(day, day, after, when.anchor)


def _written_there(whole: _Written | None, entries: EntryDays | None, phrase: TimePhrase) -> _Written | None:
    """When the words around a phrase were written: as the document, or on the day of their entry."""
    under = entries.at(phrase.start) if entries else None
    if under is None:
        return whole
    day, at = under
    reason = Reason("entry_day", None, "the entry of the ticker stands under this day", day.isoformat())
    return _Written(day, day, "text", at, (reason,))


def _is_news(named: NamedDay, rule: Mapping[str, str], written: _Written | None) -> bool:
    """Whether a day is the one that a report tells of: a past weekday not long before it was written."""
    past = named.phrase.direction == "past" and "weekday" in rule
    return past and written is not None and written.first - _NEWS <= named.day <= written.last


def _week_before(
    phrase: TimePhrase, rule: Mapping[str, str], news: NamedDay, written: _Written | None
) -> When:
    """„vor einer Woche“ is counted from the day that a report tells of, not from the day it was printed."""
    dated = date_phrase({**rule, "offset": "-7D"}, phrase.mod, phrase.direction, news.day)
    if dated is None:
        return _from_anchor(phrase, rule, written)
    at = Span(news.phrase.doc_id, news.phrase.start, news.phrase.end)
    why = Reason("day_named_before", None, None, news.day.isoformat())
    return _row(phrase, dated.value, dated.interval, news.anchor, at, why)


def _written(doc: DocView) -> _Written | None:
    line = doc.get(Dateline)
    if line is None:
        return None
    interval = Interval(line.earliest, line.latest)
    first, last = first_day(interval), last_day(interval)
    if first is None or last is None:
        return None
    source: Anchor = "story" if line.source == "text" else line.source
    return _Written(
        first, last, source, line.at[0] if line.at else None, line.reasons, _clock(doc, first, last)
    )


def _clock(doc: DocView, first: date, last: date) -> str | None:
    """The time of day of the stamp as it is written; None where it falls on another day in the zone of the case."""
    masthead = doc.get(Masthead)
    stamp = masthead.published if masthead else None
    day, _, clock = stamp.value.partition("T") if stamp else ("", "", "")
    return clock[:5] if len(clock) >= 5 and first == last and day == first.isoformat() else None


def _row(
    phrase: TimePhrase, value: str, interval: Interval, anchor: Anchor, at: Span | None, *reasons: Reason
) -> When:
    return When(
        id=place_id(phrase.doc_id, "w", phrase.start, phrase.end),
        doc_id=phrase.doc_id,
        phrase_id=phrase.id,
        value=value,
        earliest=interval.earliest,
        latest=interval.latest,
        anchor=anchor,
        anchor_at=at,
        reasons=reasons,
    )


def _open(phrase: TimePhrase, why: str, detail: str | None = None) -> When:
    return _row(phrase, phrase.value, OPEN, "none", None, Reason(why, None, detail))


def _from_anchor(phrase: TimePhrase, rule: Mapping[str, str], written: _Written | None) -> When:
    if "at" in rule:
        dated = date_phrase(rule, phrase.mod, phrase.direction, _NO_DAY)
        here = Span(phrase.doc_id, phrase.start, phrase.end)
        if dated is not None:
            return _row(phrase, dated.value, dated.interval, "text", here, Reason("date_in_phrase", 1.0))
        return _open(phrase, "no_interval")
    if "event" in rule:
        return _open(phrase, "hangs_on_event", rule["event"])
    if "for" in rule or "every" in rule:
        return _open(phrase, "no_place_in_time")
    if written is None:
        return _open(phrase, "document_undated")
    low = date_phrase(rule, phrase.mod, phrase.direction, written.first)
    high = date_phrase(rule, phrase.mod, phrase.direction, written.last)
    if low is None or high is None:
        return _open(phrase, "no_interval")
    return _agreed(phrase, rule, low, high, written)


def _agreed(phrase: TimePhrase, rule: Mapping[str, str], low: Dated, high: Dated, written: _Written) -> When:
    """Rules never go back while the anchor goes on: where both ends agree, every day between agrees."""
    by = _by(written)
    way = Reason("direction", None, phrase.direction)
    if low.value == high.value and low.interval == high.interval:
        reasons = (*dict.fromkeys((by, *written.reasons[:3])), way)
        return _row(phrase, low.value, low.interval, written.anchor, written.at, *reasons)
    detail = "the days on which the text may have been written give different dates"
    wide = Reason("anchor_wide", None, detail, low.value, high.value)
    value = low.value if low.value == high.value else phrase.value
    return _row(phrase, value, hull(low.interval, high.interval), written.anchor, written.at, wide, by, way)


def _by(written: _Written) -> Reason:
    first, last = written.first.isoformat(), written.last.isoformat()
    if written.anchor == "text":
        return written.reasons[0]
    name = "written_on" if first == last else "written_between"
    return Reason(name, None, f"the text was written then ({written.anchor})", first, last)


def _from_text(
    phrase: TimePhrase, rule: Mapping[str, str], named: NamedDay | None, written: _Written | None
) -> When:
    """From a day that the text named before; announced clock times and parts of the day from the document's own day."""
    moved = {("offset" if key == "back" else key): value for key, value in rule.items()}
    moved.setdefault("offset", "0D")
    if named is not None:
        dated = date_phrase(moved, phrase.mod, phrase.direction, named.day)
        at = Span(named.phrase.doc_id, named.phrase.start, named.phrase.end)
        if dated is not None:
            return _row(
                phrase,
                dated.value,
                dated.interval,
                named.anchor if named.anchor in _INFERRED else "text",
                at,
                Reason("day_named_before", None, None, named.day.isoformat()),
            )
    told = "clock" in rule and phrase.direction == "past"
    if "back" not in rule and rule.get("part") != "NI" and not told:
        return _from_anchor(phrase, _yet_to_come(phrase, moved, written) or moved, written)
    return _open(phrase, "no_day_in_text")


def _yet_to_come(
    phrase: TimePhrase, rule: Mapping[str, str], written: _Written | None
) -> Mapping[str, str] | None:
    """The rule moved to the day before: what is past in a text of 11:20 on „am Abend“ was the evening before."""
    if phrase.direction != "past" or rule["offset"] != "0D" or written is None or written.clock is None:
        return None
    dated = date_phrase(rule, phrase.mod, phrase.direction, written.first)
    begins = dated.interval.earliest if dated else None
    later = begins is not None and begins[11:16] > written.clock and begins[:10] == written.first.isoformat()
    return {**rule, "offset": "-1D"} if later else None
