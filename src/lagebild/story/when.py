"""The date of each time phrase: from itself, from the day its document was written, or from a day the text named before.

An entry of a live ticker was written on the day under which it stands.

Nothing is dated without an anchor. An anchor of several days (a document that is dated to an interval) dates a phrase only
where every day of it gives the same date; otherwise the phrase keeps its X value and the interval that holds all answers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from lagebild.lang.data import LANGUAGES, data_digest, has_data
from lagebild.lang.time_words import time_grammar
from lagebild.model.account import Reason
from lagebild.model.document import Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.span import Span
from lagebild.model.story import Anchor, Dateline, When
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.story.entry_days import EntryDays
from lagebild.textkit.calendar import OPEN, Interval, first_day, hull, last_day
from lagebild.textkit.time_grammar import TimeGrammar
from lagebild.textkit.time_rules import Dated, date_rule, needs_day_in_text, read_rule

__all__ = ["WhenTools", "date_phrases"]

_FURTHEST = 900  # characters within which a day named before still stands for „an diesem Tag“, „um 8 Uhr“
_NO_DAY = date(2000, 1, 1)  # any day will do for rules that need none
_NEWS = timedelta(days=2)  # how long before its text was written the day lies that a report tells of
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
        return data_digest("times")


@dataclass(frozen=True)
class _Written:
    """When a document was written, as far as known, and how."""

    first: date
    last: date
    anchor: Anchor
    at: Span | None
    reasons: tuple[Reason, ...]
    clock: str | None = None  # the local time of day, `11:20`, where the stamp has one


@dataclass(frozen=True)
class _Named:
    """A day that the text has named, and how it is known."""

    day: date
    phrase: TimePhrase
    anchor: Anchor


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
    named: _Named | None = None
    news: _Named | None = None
    sentences = doc.rows(Sentence)
    for phrase in doc.rows(TimePhrase):
        rule = read_rule(phrase.rule)
        written = _written_there(whole, entries, phrase)
        if named and written != _written_there(whole, entries, named.phrase):
            named = None
        if news and "ago" in rule and rule["offset"] == "-1W":
            when = _week_before(phrase, rule, news, written)
        elif needs_day_in_text(rule):
            near = named if named and _stands_near(named.phrase, phrase, rule, sentences) else None
            when = _from_text(phrase, rule, near, written)
        else:
            when = _from_anchor(phrase, rule, written)
        day = _single_day(when, rule)
        if day is not None:
            named = _Named(day, phrase, when.anchor)
            news = news or (named if _is_news(named, rule, written) else None)
        yield when


def _written_there(whole: _Written | None, entries: EntryDays | None, phrase: TimePhrase) -> _Written | None:
    """When the words around a phrase were written: as the document, or on the day of their entry."""
    under = entries.at(phrase.start) if entries else None
    if under is None:
        return whole
    day, at = under
    reason = Reason("entry_day", None, "the entry of the ticker stands under this day", day.isoformat())
    return _Written(day, day, "text", at, (reason,))


def _is_news(named: _Named, rule: Mapping[str, str], written: _Written | None) -> bool:
    """Whether a day is the one that a report tells of: a past weekday not long before it was written."""
    past = named.phrase.direction == "past" and "weekday" in rule
    return past and written is not None and written.first - _NEWS <= named.day <= written.last


def _week_before(phrase: TimePhrase, rule: Mapping[str, str], news: _Named, written: _Written | None) -> When:
    """„vor einer Woche“ is counted from the day that a report tells of, not from the day it was printed."""
    dated = date_rule({**rule, "offset": "-7D"}, phrase.mod, phrase.direction, news.day)
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


def _stands_near(
    before: TimePhrase, phrase: TimePhrase, rule: Mapping[str, str], sentences: Sequence[Sentence]
) -> bool:
    """Whether a day named before is the one meant.

    A day to come is not that of what has happened. „an diesem Tag“ reaches three sentences back; a clock time in a report of what happened into the sentence before it in
    its own paragraph; „um 20 Uhr“ in an announcement hangs on a day only in its own sentence.
    """
    if phrase.start - before.end > _FURTHEST:
        return False
    if "back" not in rule and before.direction == "future" and phrase.direction == "past":
        return False
    here = bisect_right(sentences, phrase.start, key=lambda sentence: sentence.start) - 1
    there = bisect_right(sentences, before.start, key=lambda sentence: sentence.start) - 1
    if "back" in rule or here == there:
        return here - there <= 3
    same_block = there >= 0 and sentences[here].block_id == sentences[there].block_id
    return same_block and phrase.direction == "past" and here - there == 1


def _single_day(when: When, rule: Mapping[str, str]) -> date | None:
    """The day of a phrase that names one; others do not change which day „that day“ is."""
    if when.earliest is None or when.latest is None or "span" in rule or "ref" in rule or "every" in rule:
        return None
    interval = Interval(when.earliest, when.latest)
    day = first_day(interval)
    part = rule.get("part") == "NI"
    return day if part or last_day(interval) == day else None


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
        dated = date_rule(rule, phrase.mod, phrase.direction, _NO_DAY)
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
    low = date_rule(rule, phrase.mod, phrase.direction, written.first)
    high = date_rule(rule, phrase.mod, phrase.direction, written.last)
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
    phrase: TimePhrase, rule: Mapping[str, str], named: _Named | None, written: _Written | None
) -> When:
    """From a day that the text named before; announced clock times and parts of the day from the document's own day."""
    moved = {("offset" if key == "back" else key): value for key, value in rule.items()}
    moved.setdefault("offset", "0D")
    if named is not None:
        dated = date_rule(moved, phrase.mod, phrase.direction, named.day)
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
    dated = date_rule(rule, phrase.mod, phrase.direction, written.first)
    begins = dated.interval.earliest if dated else None
    later = begins is not None and begins[11:16] > written.clock and begins[:10] == written.first.isoformat()
    return {**rule, "offset": "-1D"} if later else None
