"""When each document was written: as it states, or inferred from its own words and from the other documents of its story.

What a document does not state is weighed day by day. News names a weekday for the last or the next six days, mostly for the
day itself or the day before; so every weekday in a text speaks for some days and against others. Three things tie those weeks
to the calendar: a complete date in the text (or in an embedded post) that falls on a weekday the text names; the same weekday
with the same rare words in a document that is dated already; a passage shared with one. What is dated in one round dates
others in the next. Only after that is likeness to several dated documents weighed. All days that are not clearly worse than
the best make the interval; a document whose evidence leaves more than a week open is not dated.

Background documents state their own date but never date others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Self
from zoneinfo import ZoneInfo

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyLink
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.span import Span
from lagebild.model.story import Anchor, Dateline, Signature, StoryMember
from lagebild.settings import Settings
from lagebild.step import DocView, GroupView
from lagebild.story.signatures import named_days
from lagebild.story.stories import alike_documents
from lagebild.textkit.calendar import day_interval, value_interval
from lagebild.textkit.terms import Terms
from lagebild.textkit.time_grammar import TimeGrammar
from lagebild.textkit.time_rules import read_rule

__all__ = ["DatelineTools", "date_documents", "story_keys"]

# How far back (ahead) news names a weekday: log-likelihoods by days between, set by hand from newspaper habit: a bare
# weekday six days ago is rare. To be re-measured with gold/story.
_BACK = (0.0, -0.1, -0.7, -1.2, -1.8, -2.5, -3.0)
_AHEAD = (-0.5, 0.0, -0.2, -0.4, -0.6, -1.0, -1.5)
_MENTIONS = 3  # a weekday named more often counts no more than this
_SPREAD = 1.5  # days within so much of the best day stay possible (a factor of four and a half)
_WIDEST = 7  # days an inferred interval may have
# From which loss on a day contradicts a tie, or lies too far from a document; a third of the evidence at odds is too much.
_CONTRADICTS, _TOO_FAR, _AT_ODDS = 0.5, 2.0, 0.34
_NAMED_DAY = 3.0  # against a day on which a weekday would not be the named date it falls on
# One rare word shared in the sentence (or two around it), more in the sentence, a shared passage; the most in all.
_TIE_ONE, _TIE_MORE, _TIE_COPIED, _TIE_MOST = 1.0, 2.5, 4.0, 6.0
_FAR_FROM_NAMED = 0.15  # a day, after the latest day the text names
_FAR_FROM_COPY = 0.5  # a day, from a document with a shared passage
_FAR_FROM_ALIKE, _FAR_FROM_VERY_ALIKE, _VERY_ALIKE = 0.25, 0.5, 0.35
_BEFORE_BEGIN, _TELLS_OF_BEFORE = 1.0, 0.75  # against days before what an alike document tells of
_AFTER_AHEAD = 2.0  # against days after a date the text looks ahead to
_ALIKE_DOCUMENTS, _ALIKE_AT_LEAST = 3, 2
_ROUNDS = 6
_RARE_LIST = 40  # phrases in which a rare word with its weekday may stand; more are no tie
_NEAR_WORDS = 300  # characters on either side of a weekday that may belong to what happened then
_AROUND = 2  # sentences before and after that may still tell of it
_REACH = 9  # days after a named day that are weighed
_PLACES = 6
_TIES_READ = 8  # mentions elsewhere that one weekday is held against, those with most words in common
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
            {code: TimeGrammar(read_data(code, "times")) for code in LANGUAGES if has_data(code, "times")},
            ZoneInfo(settings.timezone),
        )

    @classmethod
    def digest(cls) -> str:
        return data_digest("stopwords", "times")


@dataclass(frozen=True)
class _Mention:
    """A weekday in a text: which, where the clause looks, and the words around it."""

    weekday: int
    ahead: bool
    at: Span
    words: frozenset[str]
    around: frozenset[str]  # also those of the sentences about it
    before: bool  # „vergangenen Freitag“: never the day itself
    sure: bool  # the clause shows that it looks back

    @property
    def loose(self) -> bool:
        """True where the clause shows neither."""
        return not (self.sure or self.ahead or self.before)

    def day(self, written: date) -> date:
        """The day meant if the text was written then."""
        if self.ahead:
            return written + timedelta(days=(self.weekday - written.isoweekday()) % 7)
        back = (written.isoweekday() - self.weekday) % 7
        return written - timedelta(days=back or 7 if self.before else back)


@dataclass(frozen=True)
class _Text:
    """What a document itself says about when it was written; `name` is how people know it."""

    doc_id: str
    name: str
    core: bool
    stated: tuple[date, date] | None
    stated_to_day: bool
    stated_at: tuple[Span, ...]
    mentions: tuple[_Mention, ...]
    named: tuple[tuple[date, Span], ...]
    sure_days: frozenset[date]
    ahead: tuple[tuple[date, Span], ...]
    partial: tuple[tuple[int, int, Span], ...]


@dataclass(frozen=True)
class _Dated:
    """First and last day on which a document can have been written, with what says so."""

    first: date
    last: date
    source: Anchor
    at: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    name: str
    begins: date | None = None  # the first past day it names by weekday: what it tells of had happened then


@dataclass(frozen=True)
class _Evidence:
    """One thing that speaks for some days: its weight, how it is known, what it speaks `against`."""

    weight: float
    source: Anchor
    reason: Reason
    at: tuple[Span, ...]
    against: Mapping[date, float]

    @property
    def anchors(self) -> bool:
        """True where it ties the document to the calendar; a weekday alone does not."""
        return self.reason.name not in ("weekday_named", "names_day", "looks_ahead_to")

    @property
    def contradicts(self) -> float:
        """The loss from which a day is at odds with this."""
        return _TOO_FAR if self.reason.name in ("like_document", "shared_passage") else _CONTRADICTS


@dataclass
class _Scale:
    """The days weighed for a document, and the evidence that was laid on them."""

    scores: dict[date, float]
    evidence: list[_Evidence] = field(default_factory=list)

    def lay(
        self,
        weight: float,
        source: Anchor,
        reason: Reason,
        at: tuple[Span, ...],
        against: Mapping[date, float],
    ) -> None:
        """Lowers days by what speaks against them, and notes why."""
        for day, loss in against.items():
            self.scores[day] -= loss
        self.evidence.append(_Evidence(weight, source, reason, at, against))


def story_keys(doc: DocView) -> Iterable[str]:
    """The story of a document; none for background documents too far off to belong."""
    return (member.story_id for member in doc.rows(StoryMember))


def date_documents(group: GroupView, tools: DatelineTools) -> Iterator[Dateline]:
    """One row for every document of a story that can be dated; no row for the others.

    A stamp precise to the day gives that day (`published`); a month gives its days unless something narrows it. Inferred
    days come with reasons and the places that carry them. A document that only names a past day is open towards later.
    """
    texts = {doc.id: _read_text(doc, group.key, tools) for doc in group.docs}
    dated = {
        text.doc_id: replace(made, begins=_begins(text, made))
        for text in texts.values()
        if (made := _stated(text))
    }
    links = [link for doc in group.docs for link in doc.rows(CopyLink)]
    ties = _Ties(texts, links)
    _in_rounds(texts, dated, ties, {})
    _in_rounds(
        texts, dated, ties, alike_documents([row for doc in group.docs for row in doc.rows(Signature)])
    )
    for doc_id, text in texts.items():
        made = dated.get(doc_id) or _loosely(text)
        if made is not None:
            yield _dateline(doc_id, made, text)


def _dateline(doc_id: str, made: _Dated, text: _Text) -> Dateline:
    whole = day_interval(made.first, made.last)
    latest = None if made.last == date.max - timedelta(days=1) else whole.latest
    return Dateline(
        content_id("dl", doc_id),
        doc_id,
        whole.earliest,
        latest,
        made.source,
        made.at[:_PLACES],
        made.reasons[:5],
    )


# ---- what a document says itself -----------------------------------------------------------------------------------


def _read_text(doc: DocView, story_id: str, tools: DatelineTools) -> _Text:
    masthead = doc.get(Masthead)
    language = (masthead.language or "").split("-")[0] if masthead else ""
    roles = [member.role for member in doc.rows(StoryMember) if member.story_id == story_id]
    stated, to_day = _stamp_days(masthead, tools.zone)
    named = named_days(doc, tools.grammars.get(language))
    days = [(date.fromisoformat(one.day), one) for one in named if _is_day(one.day)]
    ahead, partial = _other_days(doc)
    return _Text(
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


def _mentions(doc: DocView, terms: Terms | None) -> Iterator[_Mention]:
    sentences = doc.rows(Sentence)
    starts = [sentence.start for sentence in sentences]
    for phrase in doc.rows(TimePhrase):
        rule = read_rule(phrase.rule)
        if (
            "weekday" not in rule
            or not rule.keys().isdisjoint({"at", "week", "every", "day"})
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
        yield _Mention(
            int(rule["weekday"]),
            phrase.direction == "future",
            Span(doc.id, phrase.start, phrase.end),
            words,
            around,
            rule.get("turn") == "-1",
            phrase.direction == "past",
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
        elif "day" in rule and "month" in rule and phrase.direction == "past":
            partial.append((int(rule["month"]), int(rule["day"]), place))
    return tuple(ahead), tuple(partial)


def _stated(text: _Text) -> _Dated | None:
    if text.stated is None or not text.stated_to_day:
        return None
    reason = Reason("stated", 1.0, "the document states its day")
    return _Dated(*text.stated, "published", text.stated_at, (reason,), text.name)


def _loosely(text: _Text) -> _Dated | None:
    """What is left for a document that nothing dates to a week: its stated month, or not before a day it names."""
    after = text.named[-1] if text.named else None
    if text.stated is not None:
        first, last = text.stated
        reasons = [Reason("stated_month", 1.0, "the document states no more than this")]
        if after is not None and first < after[0] <= last:
            return _Dated(
                after[0],
                last,
                "published",
                (*text.stated_at, after[1]),
                (*reasons, _named_reason(after[0])),
                text.name,
            )
        return _Dated(first, last, "published", text.stated_at, tuple(reasons), text.name)
    if after is None or not text.core:
        return None
    return _Dated(
        after[0], date.max - timedelta(days=1), "text", (after[1],), (_named_reason(after[0]),), text.name
    )


def _named_reason(day: date) -> Reason:
    return Reason("names_day", None, "written on or after a day that it names as past", day.isoformat())


# ---- ties between documents ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tie:
    """A weekday here and in a dated document mean one day: with the words they share, and how much that weighs."""

    own: _Mention
    other: _Mention
    day: date
    words: frozenset[str]
    strength: float


class _Ties:
    """The same weekday with the same rare words, or inside a passage that two documents share."""

    def __init__(self, texts: Mapping[str, _Text], links: Sequence[CopyLink]) -> None:
        core = [text for text in texts.values() if text.core]
        few = max(2, len(core) // 3)
        self._rare_close = _rare_words(core, few, lambda mention: mention.words)
        self._rare_around = _rare_words(core, few, lambda mention: mention.around)
        self._pairs: dict[str, list[tuple[_Mention, _Mention, frozenset[str], float]]] = {}
        self._index = _index_mentions(core, self._rare_close | self._rare_around)
        self.copies: dict[str, dict[str, CopyLink]] = defaultdict(dict)
        self._copied: dict[tuple[str, str], list[tuple[Span, Span]]] = defaultdict(list)
        for link in sorted(links, key=lambda row: (row.share, row.id)):
            if link.earlier.doc_id in texts and link.later.doc_id in texts:
                self.copies[link.earlier.doc_id][link.later.doc_id] = link
                self.copies[link.later.doc_id][link.earlier.doc_id] = link
                self._copied[link.earlier.doc_id, link.later.doc_id].append((link.earlier, link.later))
                self._copied[link.later.doc_id, link.earlier.doc_id].append((link.later, link.earlier))

    def of(self, text: _Text, dated: Mapping[str, _Dated]) -> Iterator[_Tie]:
        """Ties to documents that are dated, where the day of the other mention is settled: the same from every day of its interval."""
        read: dict[_Mention, int] = defaultdict(int)
        for own, other, words, strength in self._pairs_of(text):
            made = dated.get(other.at.doc_id)
            if made is None or read[own] >= _TIES_READ:
                continue
            read[own] += 1
            if (day := other.day(made.first)) == other.day(made.last):
                yield _Tie(own, other, day, words, strength)

    def linked(self, text: _Text) -> set[str]:
        """Documents that may date this one by a tie or a shared passage."""
        return {other.at.doc_id for _, other, _, _ in self._pairs_of(text)} | self.copies.get(
            text.doc_id, {}
        ).keys()

    def _pairs_of(self, text: _Text) -> list[tuple[_Mention, _Mention, frozenset[str], float]]:
        if text.doc_id not in self._pairs:
            self._pairs[text.doc_id] = list(self._paired(text))
        return self._pairs[text.doc_id]

    def _paired(self, text: _Text) -> Iterator[tuple[_Mention, _Mention, frozenset[str], float]]:
        """Mentions elsewhere that may mean the day of an own one, those with most words in common first."""
        for own in text.mentions:
            shared: dict[_Mention, set[str]] = defaultdict(set)
            for word in sorted(own.around):
                for other in self._index.get((own.weekday, word), ()):
                    if other.at.doc_id != text.doc_id:
                        shared[other].add(word)
            nearest = sorted(shared.items(), key=lambda pair: (-len(pair[1]), pair[0].at))[:_RARE_LIST]
            for other, words in nearest:
                if strength := self._strength(own, other, words):
                    yield own, other, frozenset(words), strength

    def _strength(self, own: _Mention, other: _Mention, words: set[str]) -> float:
        if self._in_passage(own.at, other.at):
            return _TIE_COPIED
        close = len(words & own.words & other.words & self._rare_close)
        if close > 1:
            return _TIE_MORE
        same_way = own.ahead == other.ahead
        return _TIE_ONE if close or (same_way and len(words & self._rare_around) > 1) else 0.0

    def _in_passage(self, own: Span, other: Span) -> bool:
        pairs = self._copied.get((own.doc_id, other.doc_id), ())
        return any(_inside(own, left) and _inside(other, right) for left, right in pairs[:50])


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _rare_words(
    core: Sequence[_Text], few: int, words_of: Callable[[_Mention], frozenset[str]]
) -> frozenset[str]:
    """Words that stand beside a weekday in few documents of the story: they tell one happening from another."""
    users: dict[str, set[str]] = defaultdict(set)
    for text in core:
        for mention in text.mentions:
            for word in words_of(mention):
                users[word].add(text.doc_id)
    return frozenset(word for word, names in users.items() if 1 < len(names) <= few)


def _index_mentions(core: Sequence[_Text], rare: frozenset[str]) -> dict[tuple[int, str], list[_Mention]]:
    """Mentions by weekday and rare word."""
    index: dict[tuple[int, str], list[_Mention]] = defaultdict(list)
    for text in core:
        for mention in text.mentions:
            for word in sorted(mention.around & rare):
                index[mention.weekday, word].append(mention)
    return {key: found for key, found in index.items() if 1 < len(found) <= _RARE_LIST}


# ---- weighing days -------------------------------------------------------------------------------------------------

Alike = Mapping[str, Sequence[tuple[str, float]]]


def _in_rounds(texts: Mapping[str, _Text], dated: dict[str, _Dated], ties: _Ties, alike: Alike) -> None:
    """Dates what can be dated, then what hangs on that, and so on; each round sees only what was dated before it."""
    open_ids = [doc_id for doc_id, text in texts.items() if text.core and doc_id not in dated]
    for _ in range(_ROUNDS):
        anchors = {doc_id: made for doc_id, made in dated.items() if texts[doc_id].core}
        found: dict[str, _Dated] = {}
        for doc_id in open_ids:
            made = _weighed(texts[doc_id], anchors, ties, alike.get(doc_id, ()))
            if made is not None:
                found[doc_id] = replace(made, begins=_begins(texts[doc_id], made))
        if not found:
            return
        dated.update(found)
        open_ids = [
            doc_id
            for doc_id in texts
            if texts[doc_id].core
            and doc_id not in dated
            and not found.keys().isdisjoint(
                ties.linked(texts[doc_id]) | {other for other, _ in alike.get(doc_id, ())}
            )
        ]


def _begins(text: _Text, made: _Dated) -> date | None:
    past = [mention for mention in text.mentions if mention.sure and not mention.before]
    days = [day for mention in past if (day := mention.day(made.first)) == mention.day(made.last)]
    return min(days, default=None)


def _weighed(
    text: _Text, anchors: Mapping[str, _Dated], ties: _Ties, alike: Sequence[tuple[str, float]]
) -> _Dated | None:
    near = [(other, score) for other, score in alike if other in anchors][:_ALIKE_DOCUMENTS]
    copies = [
        (other, link) for other, link in sorted(ties.copies.get(text.doc_id, {}).items()) if other in anchors
    ]
    tied = list(ties.of(text, anchors))
    named = _with_years(text, [anchors[other] for other, _ in [*near, *copies]])
    weekdays = {mention.weekday for mention in text.mentions if not mention.ahead}
    fitting = _fitting(text, named, [anchors[other] for other, _ in [*copies, *near]])
    # One document like this one may be months older; two make the week of the story, or one within the stated month.
    enough = len(near) >= (1 if text.stated else _ALIKE_AT_LEAST)
    if not (tied or copies or fitting or (weekdays and enough)):
        return None
    days = _candidates(
        text, named, fitting, [tie.day for tie in tied], [anchors[o] for o, _ in [*near, *copies]]
    )
    if not days:
        return None
    scale = _Scale(dict.fromkeys(days, 0.0))
    _lay_named(scale, text, named, fitting)
    _lay_ties(scale, tied, anchors)
    _lay_copies(scale, copies, anchors, text)
    _lay_alike(scale, near, anchors, text)
    _lay_weekdays(scale, text)
    return _outcome(scale, text.name)


def _with_years(text: _Text, near: Sequence[_Dated]) -> list[tuple[date, Span]]:
    """Past days the text names; those without a year in the year that brings them nearest to the documents beside it."""
    named = list(text.named)
    around = text.stated[0] if text.stated else (near[0].first if near else (named[-1][0] if named else None))
    for month, day, place in text.partial if around else ():
        years = (around.year - 1, around.year, around.year + 1) if around else ()
        days = [found for year in years if (found := _maybe(year, month, day))]
        if days and around:
            named.append((min(days, key=lambda found: (abs((found - around).days), found)), place))
    return sorted(named, key=lambda pair: (pair[0], pair[1]))


def _fitting(
    text: _Text, named: Sequence[tuple[date, Span]], near: Sequence[_Dated]
) -> list[tuple[date, Span]]:
    """Named days on a weekday that the text names as past: they tie its week to the calendar.

    One in seven dates falls on such a weekday by chance. So a day far from the documents beside this one ties nothing; where
    there are no such documents, only a day in a post, or one named with its weekday, does.
    """
    weekdays = {mention.weekday for mention in text.mentions if mention.sure}
    return [
        (day, place)
        for day, place in named
        if day.isoweekday() in weekdays
        and (any(_distance(day, made) <= _REACH for made in near) if near else day in text.sure_days)
        and (text.stated is None or (text.stated[0] - day).days <= _REACH)
    ]


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _candidates(
    text: _Text,
    named: Sequence[tuple[date, Span]],
    fitting: Sequence[tuple[date, Span]],
    tied: Sequence[date],
    near: Sequence[_Dated],
) -> list[date]:
    """The days to be weighed: around what anchors the document, within its stated month, not before a day it names."""
    days: set[date] = set()
    for day, _ in fitting[-2:]:
        days.update(day + timedelta(days=step) for step in range(_REACH + 1))
    for day in tied:
        days.update(day + timedelta(days=step) for step in range(-6, 7))
    for made in near:
        days.update(
            made.first + timedelta(days=step)
            for step in range(-_REACH, (made.last - made.first).days + _REACH + 1)
        )
    if text.stated is not None:
        days = {day for day in days if text.stated[0] <= day <= text.stated[1]}
    latest = named[-1][0] if named else date.min
    return sorted(day for day in days if day >= latest)


def _lay_named(
    scale: _Scale, text: _Text, named: Sequence[tuple[date, Span]], fitting: Sequence[tuple[date, Span]]
) -> None:
    for day, place in fitting[-1:]:
        own = next(m for m in text.mentions if m.weekday == day.isoweekday() and m.sure)
        against = {t: _NAMED_DAY for t in scale.scores if own.day(t) != day}
        detail = "the text names this date, and the weekday it falls on"
        scale.lay(
            3.0,
            "text",
            Reason("weekday_of_named_day", None, detail, day.isoformat()),
            (place, own.at),
            against,
        )
    if named:
        day, place = named[-1]
        against = {t: min(_FAR_FROM_NAMED * (t - day).days, 3.0) for t in scale.scores}
        scale.lay(0.5, "text", _named_reason(day), (place,), against)
    for day, place in text.ahead[:3]:
        against = {t: _AFTER_AHEAD for t in scale.scores if t > day}
        scale.lay(0.2, "text", Reason("looks_ahead_to", None, None, day.isoformat()), (place,), against)


def _lay_ties(scale: _Scale, tied: Sequence[_Tie], anchors: Mapping[str, _Dated]) -> None:
    """A tie speaks against days from which the weekday would be another date; all ties of a date together have a limit."""
    laid: dict[tuple[int, date], float] = defaultdict(float)
    for tie in sorted(tied, key=lambda tie: (-tie.strength, -len(tie.words), tie.other.at, tie.own.at)):
        key = (tie.own.weekday, tie.day)
        weight = min(tie.strength / 2 if tie.own.loose else tie.strength, _TIE_MOST - laid[key])
        if weight <= 0:
            continue
        laid[key] += weight
        against = {t: weight for t in scale.scores if tie.own.day(t) != tie.day}
        copied = tie.strength == _TIE_COPIED
        shared = "in a shared passage" if copied else "both with " + ", ".join(sorted(tie.words)[:4])
        made = anchors[tie.other.at.doc_id]
        detail = f"the same weekday in {made.name}, {shared}"
        reason = Reason("same_day_elsewhere", None, detail, tie.day.isoformat())
        places = (tie.own.at, tie.other.at, *made.at[:1])
        scale.lay(weight, "copy" if copied else "story", reason, places, against)


def _distance(day: date, made: _Dated) -> int:
    return max((made.first - day).days, (day - made.last).days, 0)


def _lay_copies(
    scale: _Scale, copies: Sequence[tuple[str, CopyLink]], anchors: Mapping[str, _Dated], text: _Text
) -> None:
    for other, link in copies[:_ALIKE_DOCUMENTS]:
        made = anchors[other]
        against = {t: _FAR_FROM_COPY * min(_distance(t, made), 8) for t in scale.scores}
        own, theirs = (
            (link.later, link.earlier) if link.later.doc_id == text.doc_id else (link.earlier, link.later)
        )
        detail = f"shares a passage with {made.name}, written then"
        reason = Reason(
            "shared_passage", round(link.share, 3), detail, made.first.isoformat(), made.last.isoformat()
        )
        scale.lay(1.5, "copy", reason, (own, theirs, *made.at[:1]), against)


def _lay_alike(
    scale: _Scale, near: Sequence[tuple[str, float]], anchors: Mapping[str, _Dated], text: _Text
) -> None:
    for other, score in near:
        made = anchors[other]
        loss = _FAR_FROM_VERY_ALIKE if score >= _VERY_ALIKE else _FAR_FROM_ALIKE
        against = {t: loss * min(_distance(t, made), 12) + _too_early(t, made, text) for t in scale.scores}
        detail = f"tells of the same things as {made.name}, written then"
        reason = Reason(
            "like_document", round(score, 3), detail, made.first.isoformat(), made.last.isoformat()
        )
        scale.lay(1.0, "story", reason, made.at[:2], against)


def _too_early(day: date, made: _Dated, text: _Text) -> float:
    """What speaks against having told of the same things before they happened, or of days before them."""
    if made.begins is None:
        return 0.0
    past = [mention for mention in text.mentions if mention.sure]
    before = any(mention.day(day) < made.begins for mention in past)
    return (_BEFORE_BEGIN if day < made.begins else 0.0) + (_TELLS_OF_BEFORE if before else 0.0)


def _lay_weekdays(scale: _Scale, text: _Text) -> None:
    counts: dict[tuple[int, bool, bool, bool], list[_Mention]] = defaultdict(list)
    for mention in text.mentions:
        counts[mention.weekday, mention.ahead, mention.before, mention.loose].append(mention)
    for _, found in sorted(counts.items()):
        mention = found[0]
        weight = min(len(found), _MENTIONS) * (0.5 if mention.before else 1.0)
        against = {t: -weight * _habit(mention, t) for t in scale.scores}
        word = "names this weekday as to come" if mention.ahead else "names this weekday as past"
        detail = "names this weekday" if mention.loose else word
        reason = Reason("weekday_named", None, detail, str(mention.weekday))
        scale.lay(0.3 * weight, "text", reason, (mention.at,), against)


def _habit(mention: _Mention, written: date) -> float:
    """How usual it is to name the weekday on that day; the more usual way where the clause does not show which."""
    back = _BACK[min(abs((mention.day(written) - written).days), 6)]
    ahead = _AHEAD[(mention.weekday - written.isoweekday()) % 7]
    if mention.ahead:
        return ahead
    return max(back, ahead) if mention.loose else back


def _outcome(scale: _Scale, name: str) -> _Dated | None:
    """The days that stay possible, with the heaviest evidence first; None where they span a week or evidence is at odds."""
    best = max(scale.scores.values())
    days = [day for day, score in sorted(scale.scores.items()) if score >= best - _SPREAD]
    first, last = days[0], days[-1]
    if (last - first).days + 1 > _WIDEST or _at_odds(scale, best):
        return None
    evidence = sorted(scale.evidence, key=lambda one: -one.weight)
    source: Anchor = next((one.source for one in evidence if one.anchors), "story")
    at = dict.fromkeys(place for one in evidence for place in one.at)
    reasons = dict.fromkeys(one.reason for one in evidence)
    return _Dated(first, last, source, tuple(at), tuple(reasons), name)


def _at_odds(scale: _Scale, best: float) -> bool:
    """Whether even the best day has no clear majority of the evidence that ties it to the calendar."""
    day = min(found for found, score in scale.scores.items() if score == best)
    anchoring = [one for one in scale.evidence if one.anchors]
    against = sum(one.weight for one in anchoring if one.against.get(day, 0.0) >= one.contradicts)
    return against > _AT_ODDS * sum(one.weight for one in anchoring)
