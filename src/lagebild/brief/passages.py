"""Passages that can be quoted whole: runs of sentences in which nobody's words are cut off from who said them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from lagebild.lang.data import read_data
from lagebild.lang.wording import Wording, wording_of
from lagebild.model.document import Block, Masthead
from lagebild.model.finding import ClaimOrigin
from lagebild.model.identity import MentionLink
from lagebild.model.marks import Mention, Sentence, TimePhrase
from lagebild.model.span import Citation
from lagebild.model.speech import Claim, Quote
from lagebild.model.story import Dateline, StoryMember, When
from lagebild.step import DocView, GroupView
from lagebild.textkit.normal import fold

__all__ = [
    "BriefWords", "Passage", "Text", "brief_words", "ends_cleanly", "document_frequency", "marks_balanced", "passages_of", "texts_of",
]  # fmt: skip

_RUN = 4  # sentences of one utterance that are kept together
_LENGTH = range(40, 421)
_KINDS = ("lead", "paragraph", "list", "ticker_entry", "correction")
_ARTICLES = ("das", "dem", "the")
_END = re.compile(r"[.!?…]['’\"“”»«)\]]*$")


@dataclass(frozen=True)
class BriefWords:
    """What the data of one language say about sentences that stand by themselves."""

    not_first: frozenset[str]
    needs_name: frozenset[str]
    not_report: tuple[str, ...]
    place: frozenset[str]
    within: frozenset[str]
    speaks: frozenset[str]


@cache
def brief_words(language: str) -> BriefWords:
    """The words of a language with data. Raises FileNotFoundError where it has no `brief.toml`."""
    data = read_data(language, "brief")
    folded = {
        name: frozenset(fold(word) for word in data[name])
        for name in ("not_first", "needs_name", "place", "within", "speaks")
    }
    return BriefWords(not_report=tuple(fold(phrase) for phrase in data["not_report"]), **folded)


class Text:
    """A document of the story with its layers, content only."""

    def __init__(self, view: DocView) -> None:
        self.id, self.text, self.path = view.id, view.text, view.item.unit
        self.masthead = view.get(Masthead)
        self.wording: Wording | None = wording_of(self.masthead.language if self.masthead else None)
        self.blocks = {block.id: block for block in view.rows(Block)}
        self.sentences = [
            s for s in view.rows(Sentence) if s.block_id in self.blocks and self.blocks[s.block_id].content
        ]
        self.quotes = view.rows(Quote)
        self.claims = view.rows(Claim)
        self.mentions = view.rows(Mention)
        self.linked = {row.mention_id: row.entity_id for row in view.rows(MentionLink)}
        self.phrases = {row.id: row for row in view.rows(TimePhrase)}
        self.whens = [row for row in view.rows(When) if row.phrase_id in self.phrases]
        self.dated = view.get(Dateline)
        self.background = any(row.role == "background" for row in view.rows(StoryMember))
        self.origins: dict[str, set[str]] = {}
        for row in view.rows(ClaimOrigin):
            self.origins.setdefault(row.claim_id, set()).add(row.origin_id)

    @property
    def language(self) -> str:
        return self.wording.language if self.wording else ""

    @property
    def order(self) -> tuple[str, str, str]:
        """Texts in the order of time, then path; undated ones last."""
        since = (self.dated.earliest or self.dated.latest) if self.dated else None
        return since or "9999", self.path, self.id

    def citation(self, start: int, end: int) -> Citation:
        return Citation(self.id, start, end, self.text[start:end])

    def origins_in(self, start: int, end: int) -> frozenset[str]:
        """Origins that stand behind all of a stretch: those of its weakest claim (see `behind`)."""
        return self.behind([claim for claim in self.claims if start <= claim.start < end])

    def behind(self, claims: Sequence[Claim]) -> frozenset[str]:
        """Origins of the weakest of these claims: a sentence is carried no further than its least supported part.

        Where the outlet speaks itself in a stretch, its own claims count, not what it lets others say beside them.
        """
        own = [claim for claim in claims if claim.quote_id is None] or claims
        backed = [self.origins[claim.id] for claim in own if claim.id in self.origins]
        return frozenset(min(backed, key=lambda origins: (len(origins), sorted(origins)), default=()))


@dataclass(frozen=True)
class Passage:
    """A run of whole sentences of one block. `place` counts content sentences before it."""

    text: Text = field(repr=False, compare=False)
    start: int
    end: int
    place: int
    kind: str
    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    whens: tuple[When, ...]
    terms: frozenset[str]
    entities: frozenset[str]

    @property
    def words(self) -> str:
        return self.text.text[self.start : self.end]

    @property
    def citation(self) -> Citation:
        return self.text.citation(self.start, self.end)

    @property
    def origins(self) -> frozenset[str]:
        return self.text.behind(self.claims)

    @property
    def key(self) -> str:
        """Equal for passages with the same words."""
        return " ".join(re.findall(r"\w+", fold(self.words)))

    def stands_alone(self) -> bool:
        """True where it can be read without the sentence before, is a whole sentence, and keeps every speaker with his words."""
        return (
            self.text.wording is not None
            and len(self.words) in _LENGTH
            and self.kind in _KINDS
            and ends_cleanly(self.words)
            and marks_balanced(self.words)
            and all(_is_attributed(quote, self.start, self.end) for quote in self.quotes)
            and not _leans_back(self)
        )


def ends_cleanly(words: str) -> bool:
    """True for the end of a sentence."""
    return bool(_END.search(words.rstrip()))


def marks_balanced(words: str) -> bool:
    """True where no quotation opens or closes outside: plain marks come in pairs, directed ones as often left as right."""
    if words.count('"') % 2:
        return False
    left, right = sum(words.count(mark) for mark in "„«"), sum(words.count(mark) for mark in "»”")
    both = words.count("“")
    return abs(left - right) <= both and (left + right + both) % 2 == 0


def _is_attributed(quote: Quote, start: int, end: int) -> bool:
    """True where the words that introduce a quotation, or its speaker, stand in the stretch with all of its words."""
    if not (start <= quote.start and quote.end <= end):
        return False
    named = [*quote.cue, *((quote.speaker,) if quote.speaker else ())]
    return any(start <= piece.start and piece.end <= end for piece in named)


def _leans_back(passage: Passage) -> bool:
    data, wording = brief_words(passage.text.language), passage.text.wording
    words = wording.words(passage.words) if wording else []
    if not words or (words[0] in data.not_first and not _opens_quoted(passage)):
        return True
    folded = fold(passage.words)
    if any(phrase in folded for phrase in data.not_report):
        return True
    return (
        _points_back(words, wording)
        or _holds_open_article(passage, wording)
        or _pronoun_before_name(passage, data)
    )


def _holds_open_article(passage: Passage, wording: Wording | None) -> bool:
    """„Andere sahen das anders“: „das“ before no noun, and not after a comma, where it opens a clause."""
    if wording is None:
        return False
    words = wording.words(re.sub(r", (\w+)", ", ", _without_quoted(passage, passage.end)))
    pairs = pairwise([*words, ""])
    return any(
        a in wording.ask.articles and a in wording.pointing and not wording.terms.term(b) for a, b in pairs
    )


def _opens_quoted(passage: Passage) -> bool:
    """„Wir …“ in marks is its speaker's, who stands in the passage too."""
    return any(p.start - 1 <= passage.start < p.end for quote in passage.quotes for p in quote.marked)


def _points_back(words: Sequence[str], wording: Wording | None) -> bool:
    """„diese Behauptung“: what is meant stands in a sentence that is not there."""
    pairs = pairwise(words)
    return wording is not None and any(
        a in wording.pointing and a not in _ARTICLES and wording.said_before.has(b) for a, b in pairs
    )


def _pronoun_before_name(passage: Passage, data: BriefWords) -> bool:
    """True where a „er“ stands before any name that it could mean."""
    named = [m.start for m in passage.mentions if not m.derived and m.kind != "LOC"]
    first_name = min(named, default=passage.end)
    before = _without_quoted(passage, first_name)
    return any(fold(word) in data.needs_name for word in re.findall(r"\w+", before))


def _without_quoted(passage: Passage, end: int) -> str:
    """The words before `end` without those in quotation marks: what a pronoun means there, their speaker knows."""
    marked = sorted((p.start, p.end) for quote in passage.quotes for p in quote.marked)
    kept, at = [], passage.start
    for start, stop in marked:
        kept.append(passage.text.text[at : max(at, min(start, end))])
        at = max(at, stop)
    return " ".join([*kept, passage.text.text[at : max(at, end)]])


def texts_of(group: GroupView) -> list[Text]:
    """The texts of a story in the order of time, then path."""
    return sorted((Text(view) for view in group.docs), key=lambda text: text.order)


def passages_of(text: Text) -> Iterator[Passage]:
    """Every sentence of the content, drawn out over the sentences that an utterance in it runs over; each run once."""
    if text.wording is None:
        return
    seen: set[tuple[int, int]] = set()
    quotes = _by_sentence(text, text.quotes)
    claims = _by_sentence(text, text.claims)
    mentions = _by_sentence(text, text.mentions)
    phrases = _by_sentence(text, [text.phrases[when.phrase_id] for when in text.whens])
    dated = {when.phrase_id: when for when in text.whens}
    for place in range(len(text.sentences)):
        first, last = _run(text, quotes, place)
        span = text.sentences[first].start, text.sentences[last].end
        if span in seen:
            continue
        seen.add(span)
        inside = range(first, last + 1)
        yield Passage(
            text=text,
            start=span[0],
            end=span[1],
            place=first,
            kind=text.blocks[text.sentences[first].block_id].kind,
            claims=tuple(c for k in inside for c in claims.get(k, ()) if c.start >= span[0]),
            quotes=_once(q for k in inside for q in quotes.get(k, ())),
            mentions=tuple(m for k in inside for m in mentions.get(k, ())),
            whens=tuple(dated[row.id] for k in inside for row in phrases.get(k, ())),
            terms=text.wording.terms.of(text.text[span[0] : span[1]]),
            entities=frozenset(
                text.linked[m.id] for k in inside for m in mentions.get(k, ()) if m.id in text.linked
            ),
        )


def _once(quotes: Iterator[Quote]) -> tuple[Quote, ...]:
    return tuple({quote.id: quote for quote in quotes}.values())


def _by_sentence(
    text: Text, rows: Sequence[Quote] | Sequence[Claim] | Sequence[Mention] | Sequence[TimePhrase]
) -> dict[int, list[Any]]:
    """Rows by the content sentences that they touch; one sweep, both in text order."""
    found: dict[int, list[Any]] = {}
    ordered: list[Any] = sorted(rows, key=lambda row: (row.start, row.end, row.id))
    at = 0
    for row in ordered:
        while at < len(text.sentences) and text.sentences[at].end <= row.start:
            at += 1
        k = at
        while k < len(text.sentences) and text.sentences[k].start < row.end and k - at < 50:
            found.setdefault(k, []).append(row)
            k += 1
    return found


def _run(text: Text, quotes: dict[int, list[Quote]], place: int) -> tuple[int, int]:
    """First and last sentence of the run around a sentence, inside its block, at most four sentences."""
    first = last = place
    block = text.sentences[place].block_id
    for quote in quotes.get(place, ()):
        reach: list[tuple[int, int]] = [(quote.start, quote.end), *((p.start, p.end) for p in quote.cue)]
        reach += [(quote.speaker.start, quote.speaker.end)] if quote.speaker and quote.cue else []
        start, end = min(a for a, _ in reach), max(b for _, b in reach)
        while (
            first > 0
            and text.sentences[first].start > start
            and text.sentences[first - 1].block_id == block
            and last - first < _RUN - 1
        ):
            first -= 1
        while (
            last + 1 < len(text.sentences)
            and text.sentences[last].end < end
            and text.sentences[last + 1].block_id == block
            and last - first < _RUN - 1
        ):
            last += 1
    return first, last


def document_frequency(passages: Sequence[Passage]) -> tuple[Counter[str], Counter[str]]:
    """In how many texts each term and each entity stands."""
    terms: dict[str, set[str]] = {}
    entities: dict[str, set[str]] = {}
    for passage in passages:
        for term in passage.terms:
            terms.setdefault(term, set()).add(passage.text.id)
        for entity in passage.entities:
            entities.setdefault(entity, set()).add(passage.text.id)
    return Counter({k: len(v) for k, v in terms.items()}), Counter({k: len(v) for k, v in entities.items()})
