"""Claims as they are held against each other: their terms, who makes them, whether they are denied, for which time."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lagebild.lang.wording import Wording, wording_of
from lagebild.model.document import Block, Masthead
from lagebild.model.finding import ClaimOrigin
from lagebild.model.identity import MentionLink
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase
from lagebild.model.speech import Claim, Quote
from lagebild.model.story import Dateline, StoryMember, When
from lagebild.step import DocView, GroupView
from lagebild.textkit.terms import overlap

__all__ = ["Assertion", "Interval", "Pile", "Report", "apart", "long_ago", "same_claim"]

Interval = tuple[str, str]
"""Earliest and latest instant, half-open; ISO 8601, so that they sort as text. An open side is "" or "~"."""

_PREDICATE_SHARE = 0.7
_SOLID = ("happened", "unknown")


@dataclass(frozen=True)
class Assertion:
    """A claim with what is known of it. `order` is its place in the pile, `sentence` the place of its sentence in its document.

    `acts` are the terms of its predicate, empty for „ist“, „gibt es“; `predicate` then holds its classes of meaning instead.
    """

    order: int
    claim: Claim
    report: Report = field(repr=False, compare=False)
    words: str
    terms: frozenset[str]
    acts: frozenset[str]
    predicate: frozenset[str]
    entities: frozenset[str]
    places: frozenset[str]
    origins: frozenset[str]
    spoken: bool
    denied: bool
    sentence: int
    times: tuple[Interval, ...]
    headline: bool
    said_so: bool
    mentioned: bool

    @property
    def solid(self) -> bool:
        """True for what is said to be so: neither asked, planned, demanded, forecast nor conditional."""
        return (
            self.said_so
            and not self.mentioned
            and self.claim.modality in _SOLID
            and self.claim.condition is None
        )


class Report:
    """One document of the story with its claims, sentence by sentence. Furniture is left out."""

    def __init__(self, view: DocView, rank: int) -> None:
        self.id = view.id
        self.rank = rank
        self.text = view.text
        self.path = view.item.unit
        masthead = view.get(Masthead)
        self.language = (masthead.language if masthead else None) or ""
        self.wording: Wording | None = wording_of(self.language)
        self.blocks = {block.id: block for block in view.rows(Block)}
        self.sentences = [
            s for s in view.rows(Sentence) if s.block_id in self.blocks and self.blocks[s.block_id].content
        ]
        self.quotes = {quote.id: quote for quote in view.rows(Quote)}
        self.quantities = {row.id: row for row in view.rows(Quantity)}
        self.mentions = {row.id: row for row in view.rows(Mention)}
        self.linked = {row.mention_id: row.entity_id for row in view.rows(MentionLink)}
        self.when = {row.phrase_id: row for row in view.rows(When)}
        self.phrases = {row.id: row for row in view.rows(TimePhrase) if row.id in self.when}
        self._phrases_in_order = sorted(self.phrases.values(), key=lambda row: (row.start, row.id))
        self._phrase_starts = [row.start for row in self._phrases_in_order]
        self.dated = view.get(Dateline)
        self.background = any(row.role == "background" for row in view.rows(StoryMember))
        self.assertions: list[Assertion] = []

    @property
    def day(self) -> Interval:
        """When the document was written, as far as is known."""
        return (self.dated.earliest or "", self.dated.latest or "~") if self.dated else ("", "~")

    def sentence_at(self, start: int) -> int:
        """Index of the content sentence that holds a character, -1 where none does."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.sentences) and self.sentences[low].start <= start else -1

    def phrases_in(self, start: int, end: int) -> list[TimePhrase]:
        """The dated phrases that begin in a stretch."""
        first, last = bisect_left(self._phrase_starts, start), bisect_left(self._phrase_starts, end)
        return self._phrases_in_order[first:last]

    def in_sentence(self, index: int) -> list[Assertion]:
        """The claims that begin in a sentence."""
        return self._by_sentence.get(index, [])

    def index(self) -> None:
        """To be called when all assertions are there."""
        self._by_sentence: dict[int, list[Assertion]] = {}
        for one in self.assertions:
            self._by_sentence.setdefault(one.sentence, []).append(one)

    def sentence_words(self, index: int) -> str:
        row = self.sentences[index]
        return self.text[row.start : row.end]

    def headline(self, index: int) -> bool:
        return index >= 0 and self.blocks[self.sentences[index].block_id].kind == "headline"


class Pile:
    """All documents of a story and all their assertions, in the order of documents and places."""

    def __init__(self, group: GroupView) -> None:
        self.story_id = group.key
        self.reports = [Report(view, rank) for rank, view in enumerate(group.docs)]
        self.assertions: list[Assertion] = []
        for view, report in zip(group.docs, self.reports, strict=True):
            self._add(view, report)
        counts = Counter(term for one in self.assertions for term in one.terms)
        total = len(self.assertions) + 1
        self.weights = {term: math.log(1 + total / count) for term, count in counts.items()}

    def _add(self, view: DocView, report: Report) -> None:
        origins: dict[str, set[str]] = {}
        for row in view.rows(ClaimOrigin):
            origins.setdefault(row.claim_id, set()).add(row.origin_id)
        for claim in sorted(view.rows(Claim), key=lambda row: (row.start, row.end, row.id)):
            one = _assertion(len(self.assertions), claim, report, frozenset(origins.get(claim.id, ())))
            if one:
                self.assertions.append(one)
                report.assertions.append(one)
        report.index()

    @cached_property
    def left_open(self) -> list[tuple[int, int, frozenset[str]]]:
        """Sentences that say that a number or a time is not known: rank of the report, place, terms of them and of the one before."""
        found = []
        for report in self.reports:
            for index in range(len(report.sentences) if report.wording and not report.background else 0):
                words = report.sentence_words(index)
                if report.wording and report.wording.leaves_number_open(words):
                    before = report.sentence_words(index - 1) if index else ""
                    found.append((report.rank, index, report.wording.terms.of(f"{before} {words}")))
        return found

    def weight(self, terms: frozenset[str]) -> float:
        """How much a set of terms says: rare ones say more."""
        return math.fsum(sorted(self.weights.get(term, 1.0) for term in terms))


def _assertion(order: int, claim: Claim, report: Report, origins: frozenset[str]) -> Assertion | None:
    sentence = report.sentence_at(claim.start)
    if report.wording is None or not origins or sentence < 0:
        return None
    words = " ".join(report.text[piece.start : piece.end] for piece in claim.pieces)
    terms = report.wording.terms
    quote = report.quotes.get(claim.quote_id) if claim.quote_id else None
    actor = terms.of(_cut(report, claim.actor.start, claim.actor.end)) if claim.actor else frozenset()
    named = [report.mentions[row] for row in claim.mentions if row in report.mentions]
    predicate = terms.of(_cut(report, claim.predicate.start, claim.predicate.end))
    return Assertion(
        order=order,
        claim=claim,
        report=report,
        words=words,
        terms=_meaning(terms.of(words)),
        acts=_meaning(predicate),
        predicate=_meaning(predicate) or _topic(terms.of(words), actor),
        entities=frozenset(report.linked[row.id] for row in named if row.id in report.linked),
        places=frozenset(
            report.linked[r.id] for r in named if r.id in report.linked and r.kind == "LOC" and not r.derived
        ),
        origins=origins,
        spoken=quote is not None,
        denied=_denied(claim, quote, report),
        sentence=sentence,
        times=_times(claim, report, sentence),
        headline=report.headline(sentence),
        said_so=_said_so(claim, report, report.wording),
        mentioned=_mentioned(claim, report, report.wording, sentence),
    )


def _topic(terms: frozenset[str], actor: frozenset[str]) -> frozenset[str]:
    """What a clause with „ist“ or „gibt es“ is about: its classes of meaning, else its words."""
    said = _meaning(terms - actor)
    return frozenset(term for term in said if term.startswith("=")) or said or _meaning(terms)


def _said_so(claim: Claim, report: Report, wording: Wording) -> bool:
    """False for questions, and for clauses that open with „wer“, „ob“ or „wenn“."""
    words = wording.words(report.text[claim.start : claim.end])
    asked = report.text[claim.end : claim.end + 3].lstrip('”“"»« ').startswith("?")
    return bool(words) and words[0] not in wording.asks and not asked


def _mentioned(claim: Claim, report: Report, wording: Wording, sentence: int) -> bool:
    """True for what the outlet only speaks of („zu der Behauptung, X sei …“): neither it nor a speaker says so."""
    before = report.text[max(report.sentences[sentence].start, claim.start - 60) : claim.start].rstrip()
    quote = report.quotes.get(claim.quote_id or "")
    named = before.endswith(",") and wording.said_before.any_of(wording.words(before)[-1:])
    return named and (quote is None or quote.speaker is None)


def _cut(report: Report, start: int, end: int) -> str:
    return report.text[start:end]


def _meaning(terms: frozenset[str]) -> frozenset[str]:
    """Terms without numbers: two answers to one question differ in them."""
    return frozenset(term for term in terms if not term[:1].isdigit())


def _denied(claim: Claim, quote: Quote | None, report: Report) -> bool:
    """Whether the one who speaks says that it is not so: by a negation, or because a word of denial introduces the clause."""
    words = report.wording.words(report.text[claim.start : claim.end]) if report.wording else []
    if report.wording and report.wording.not_denied.found(words):
        return False
    negated = bool(report.wording and report.wording.negations & set(words))
    if quote is None or quote.stance != "deny" or negated:
        return claim.polarity == "denied"
    if not quote.cue or quote.form == "direct" or report.wording is None:
        return False
    said = report.wording.words(report.text[quote.start : quote.end])
    opens = report.wording.opens_denied
    if claim.predicate.start <= claim.start and claim.end <= claim.predicate.end:
        return claim.polarity == "denied"  # a noun phrase: „wies die Vorwürfe zurück“
    return bool(said) and (said[0] in opens or "zu" in opens & set(said))


def _times(claim: Claim, report: Report, sentence: int) -> tuple[Interval, ...]:
    """The dates in a claim, else those in its sentence."""
    own = [report.when[row] for row in claim.times if row in report.when]
    if not own:
        row = report.sentences[sentence]
        own = [report.when[phrase.id] for phrase in report.phrases_in(row.start, row.end)]
    found = {
        (when.earliest or "", "~" if _since(when, report) else when.latest or "~")
        for when in own
        if when.earliest or when.latest
    }
    return tuple(sorted(found))


def _since(when: When, report: Report) -> bool:
    """„seit dem Sommer“: from then on."""
    phrase = report.phrases.get(when.phrase_id)
    if phrase is None or report.wording is None:
        return False
    words = report.wording.words(report.text[max(0, phrase.start - 12) : phrase.end])
    return bool(report.wording.since & set(words))


def apart(left: Sequence[Interval], right: Sequence[Interval]) -> bool:
    """True where both are dated and no date of one can be a date of the other."""
    return bool(left and right) and not any(a[0] < b[1] and b[0] < a[1] for a in left for b in right)


def long_ago(one: Assertion) -> bool:
    """True where a claim is about a time more than two months before its document."""
    written = one.report.day[0]
    return bool(written and one.times) and all(
        latest != "~" and _months(latest) + 2 < _months(written) for _, latest in one.times
    )


def _months(instant: str) -> int:
    year, _, rest = instant.partition("-")
    return int(year) * 12 + int(rest[:2] or 0) if year.isdigit() and rest[:2].isdigit() else 0


def same_claim(left: Assertion, right: Assertion, share: float = _PREDICATE_SHARE, least: int = 2) -> bool:
    """True where two claims say the same of the same: a shared predicate and most terms of the shorter one.

    Not where their dates or the places they name exclude each other.
    """
    shared = left.terms & right.terms
    return (
        len(shared) >= least
        and bool(left.predicate & right.predicate)
        and overlap(left.terms, right.terms) >= share
        and not apart(left.times, right.times)
        and not (left.places and right.places and not left.places & right.places)
    )
