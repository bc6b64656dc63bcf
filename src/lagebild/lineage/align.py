"""The shared passages of two documents as copy links: what is no copy is left out, kind and direction are told."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lagebild.lang.data import LANGUAGES
from lagebild.lang.lexicon import Lexicon, lexicon
from lagebild.lang.outlets import Outlets
from lagebild.lineage.direction import Order, Places, order_of
from lagebild.lineage.passages import Breaks, Passage, shared_passages
from lagebild.lineage.prints import MAX_WORDS
from lagebild.lineage.translated import TRANSLATED_FILES, said_in_translation
from lagebild.lineage.turned import Sentences, sentence_ranges, turned_passages, with_turned, without_own
from lagebild.lineage.versions import versions_of
from lagebild.lineage.witness import Retold, SpokenWords, retold, spoken_words
from lagebild.lineage.wording import Wording, wording, wording_digest
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyLink
from lagebild.model.span import Span
from lagebild.model.speech import Quote
from lagebild.settings import Settings
from lagebild.step import DocView, GroupView
from lagebild.textkit.shingles import Token, tokens_of

__all__ = ["AlignTools", "align_passages"]

CopyKind = Literal["same_text", "edited", "same_witness"]

ALONE = 10.0  # telling words that stand equal in both: what the passages of two texts need together; with 6, unlisted stock sentences pass
BESIDE = 3.0  # what it needs beside such a passage
ALONE_WORDS = 12  # equal words it needs alone; shorter ones are phrases, titles, names
SURE = 14.0  # telling words from which short equal runs do not matter
LEAST_LOWER = 6  # different equal words written small: a row of names and titles has fewer
BESIDE_LOWER = 3  # such words beside a sure passage
NAMED = 2.0  # what a name counts more than another telling word
STOCK = 0.2  # what a stock word of news counts
EMPTY = 0.1  # what a function word counts
VERBATIM = 0.95  # share of word triples from which two translations are one
SAME = 0.9  # share of word triples from which a passage is the same text
MARKED = 0.85  # of the equal words in quotation marks on both sides: the passage is the quotation, whatever stands around it
KEPT = 32  # documents whose words are kept in memory


@dataclass(frozen=True)
class Wordlist:
    """The content of a document as words: `breaks` are positions before which furniture stands, `formulas` words of stock
    sentences, `marked` words inside quotation marks, `said` what named speakers say."""

    tokens: list[Token]
    forms: list[str]
    sentences: Sentences
    breaks: frozenset[int]
    formulas: frozenset[int]
    marked: frozenset[int]
    said: list[SpokenWords]


@dataclass(frozen=True)
class Pair:
    """Two documents with their words, their order, why they are versions of one article (None: they are not), and a common house."""

    docs: tuple[DocView, DocView]
    words: tuple[Wordlist, Wordlist]
    order: Order
    version: Reason | None
    house: Reason | None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What is said of both documents as wholes, for every passage of theirs."""
        return tuple(reason for reason in (self.version, self.order.reason, self.house) if reason)


class AlignTools:
    """The words that tell texts apart, outlets by house, and the words of documents just seen."""

    def __init__(self, words: Wording, outlets: Outlets) -> None:
        self.words = words
        self.outlets = outlets
        self._kept: OrderedDict[tuple[str, str], Wordlist] = OrderedDict()

    def wordlist(self, doc: DocView) -> Wordlist:
        """The words of a document, kept for its next pair."""
        key = (doc.id, doc.text)
        if key not in self._kept:
            self._kept[key] = _wordlist(doc, self.words)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    @classmethod
    def load(cls, settings: Settings) -> AlignTools:
        return cls(wording(), Outlets.load())

    @classmethod
    def digest(cls) -> str:
        return f"{wording_digest(*TRANSLATED_FILES, 'outlets', 'agencies')}-{Lexicon.digest()}"


def align_passages(group: GroupView, tools: AlignTools) -> Iterable[CopyLink]:
    """The passages that the two documents of a group share, as CopyLink rows.

    A passage counts by its equal words that tell texts apart: function words, stock words and formulae of news count little,
    rows of names nothing; beside a sure passage a weaker one is believed. `share` counts word triples of the shorter side.
    Words in quotation marks on both sides, and two translations of what one speaker says, are `same_witness`.
    Two versions of one article are said to be (`version`). Direction: see `order_of`; `earlier` is the first by path where nothing tells.
    """
    if len(group.docs) != 2:
        return
    left, right = sorted(group.docs, key=_path_of)
    a, b = tools.wordlist(left), tools.wordlist(right)
    chains = shared_passages(a.forms, b.forms, _breaks_of(a, b))
    turned = turned_passages(a.sentences, b.sentences)
    whole = with_turned(chains, turned, _breaks_of(a, b))
    found = _believed(without_own(whole, a.sentences, b.sentences), a, b, left.text, tools.words)
    pairs = retold(a.said, b.said)
    found = [one for one in found if not _part_of_retold(one, pairs, a, b)]
    shared = sum(min(_length(one.left), _length(one.right)) for one in found)
    sizes = (len(a.forms), len(b.forms))
    version = versions_of((left, right), sizes, shared)
    order = order_of((left, right), sizes, shared, _places(found, a, b), version is not None)
    pair = Pair((left, right), (a, b), order, version, _same_house(left, right, tools.outlets))
    for passage in found:
        yield _link(pair, passage)
    for again in _new_witnesses(pairs, found, a):
        yield _witness_link(pair, again)


def _places(found: Sequence[Passage], a: Wordlist, b: Wordlist) -> tuple[Places, Places]:
    """Where the passages stand in the two texts, as characters."""
    return (
        [(a.tokens[one.left[0]].start, a.tokens[one.left[1] - 1].end) for one in found],
        [(b.tokens[one.right[0]].start, b.tokens[one.right[1] - 1].end) for one in found],
    )


def _same_house(left: DocView, right: DocView, outlets: Outlets) -> Reason | None:
    """Both texts come from outlets of one publishing house, which often share a text without saying so."""
    names = [head.outlet if (head := doc.get(Masthead)) else None for doc in (left, right)]
    houses = [outlets.house(name) for name in names]
    if houses[0] is None or houses[0] != houses[1] or names[0] == names[1]:
        return None
    return Reason("same_house", None, f"both outlets belong to {houses[0]}", names[0], names[1])


def _breaks_of(a: Wordlist, b: Wordlist) -> Breaks:
    return (a.breaks, b.breaks)


@dataclass(frozen=True)
class Weight:
    """How much the different equal words of a passage tell, and how many of them are written small."""

    words: float
    lower: int

    @property
    def stands_alone(self) -> bool:
        """Whether the words are text and no row of names and titles."""
        return self.words >= BESIDE and (self.lower >= LEAST_LOWER or (self.words >= SURE and self.lower > 0))


def _believed(found: Sequence[Passage], a: Wordlist, b: Wordlist, text: str, words: Wording) -> list[Passage]:
    """Passages that are no stock phrases: those that stand alone, and what is then believed beside them."""
    weighed = [(passage, _weight(passage, a, b, text, words)) for passage in found]
    strong = [
        weight.words for passage, weight in weighed if weight.stands_alone and passage.equal >= ALONE_WORDS
    ]
    sure = sum(strong) >= ALONE
    return [
        passage
        for passage, weight in weighed
        if (sure and weight.words >= BESIDE and weight.lower >= BESIDE_LOWER)
        or (weight.stands_alone and _quotation(passage, (a, b)))
    ]


def _weight(passage: Passage, a: Wordlist, b: Wordlist, text: str, words: Wording) -> Weight:
    """The different equal words, each with what it counts; words of formulae count nothing."""
    forms: dict[str, float] = {}
    lower: set[str] = set()
    for run in passage.runs:
        for at, other in zip(range(run.left, run.left_end), range(run.right, run.right_end), strict=True):
            form = a.forms[at]
            if at in a.formulas or other in b.formulas:
                continue
            if text[a.tokens[at].start].islower():
                lower.add(form)
            forms[form] = _counts(form, words) + _is_name(text[a.tokens[at].start : a.tokens[at].end]) * NAMED
    return Weight(sum(forms.values()), len(lower))


def _is_name(word: str) -> bool:
    """A capitalised word that no word list knows: a stock sentence names nobody and no place."""
    known = lexicon(LANGUAGES[0])
    return word[:1].isupper() and len(word) > 3 and known is not None and not known.is_word(word)


def _counts(form: str, words: Wording) -> float:
    if words.tells(form) or form.isdigit():
        return 1.0
    return EMPTY if form in words.empty else STOCK


def _weights(forms: Sequence[str], words: Wording) -> list[float]:
    counts = {form: _counts(form, words) for form in set(forms)}
    return [counts[form] for form in forms]


def _link(pair: Pair, passage: Passage) -> CopyLink:
    words = pair.words
    spans = (
        _span(pair.docs[0].id, words[0].tokens, passage.left),
        _span(pair.docs[1].id, words[1].tokens, passage.right),
    )
    share = _share(words[0].forms[slice(*passage.left)], words[1].forms[slice(*passage.right)])
    kind, why = _kind(pair, passage, spans, share)
    earlier, later = spans[::-1] if pair.order.swapped else spans
    told = Reason("equal_words", share, f"{passage.equal} words stand in both texts")
    return CopyLink(
        content_id("c", earlier, later), earlier, later, kind, pair.order.direction, share, (told, *why, *pair.reasons),
        min(_length(passage.left), _length(passage.right)), pair.version is not None,
    )  # fmt: skip


def _kind(
    pair: Pair, passage: Passage, spans: tuple[Span, Span], share: float
) -> tuple[CopyKind, tuple[Reason, ...]]:
    """Words inside marks on both sides have a common witness, unless a foreign speaker's stand in one translation; else the text
    was taken over."""
    if _quotation(passage, pair.words):
        sign = next(
            (
                found
                for doc, span in zip(pair.docs, spans, strict=True)
                if share >= VERBATIM
                and passage.equal >= ALONE_WORDS
                and (found := said_in_translation(doc, span.start, span.end))
            ),
            None,
        )
        if sign:
            told = "a foreign speaker's words in the same translation, word for word: a common text"
            return "same_text", (Reason("same_translation", share, told, sign),)
        told = "the passage stands inside quotation marks in both texts: the same words of one speaker"
        return "same_witness", (Reason("same_quotation", None, told),)
    return ("same_text" if share >= SAME else "edited"), ()


def _quotation(passage: Passage, words: tuple[Wordlist, Wordlist]) -> bool:
    marked = sum(
        run.left + step in words[0].marked and run.right + step in words[1].marked
        for run in passage.runs
        for step in range(run.size)
    )
    return marked >= MARKED * passage.equal


def _part_of_retold(passage: Passage, pairs: Sequence[Retold], a: Wordlist, b: Wordlist) -> bool:
    """Whether a passage is what two different renderings of one statement have in common: the whole statement stands for it."""
    if (
        not _quotation(passage, (a, b))
        or _share(a.forms[slice(*passage.left)], b.forms[slice(*passage.right)]) >= SAME
    ):
        return False
    start = a.tokens[passage.left[0]].start
    return any(pair.left.start <= start < pair.left.end for pair in pairs)


def _new_witnesses(pairs: Sequence[Retold], found: Sequence[Passage], a: Wordlist) -> Iterator[Retold]:
    """Retold quotations that no passage covers already."""
    spans = [(a.tokens[one.left[0]].start, a.tokens[one.left[1] - 1].end) for one in found]
    for pair in pairs:
        if not any(start < pair.left.end and pair.left.start < end for start, end in spans):
            yield pair


def _witness_link(pair: Pair, again: Retold) -> CopyLink:
    spans = (
        Span(pair.docs[0].id, again.left.start, again.left.end),
        Span(pair.docs[1].id, again.right.start, again.right.end),
    )
    sides = [
        [token.form for token in tokens_of(doc.text, span.start, span.end)]
        for doc, span in zip(pair.docs, spans, strict=True)
    ]
    earlier, later = spans[::-1] if pair.order.swapped else spans
    told = "one speaker says the same in both texts, in other words: two renderings of one statement"
    return CopyLink(
        content_id("c", earlier, later), earlier, later, "same_witness", pair.order.direction, _share(*sides),
        (Reason("retold_quotation", again.alike, told), *pair.reasons), min(len(sides[0]), len(sides[1])), pair.version is not None,
    )  # fmt: skip


def _wordlist(doc: DocView, words: Wording) -> Wordlist:
    """The words of the content blocks, as many as leave fingerprints. Furniture in between cuts."""
    tokens: list[Token] = []
    breaks: list[int] = []
    cut = False
    for block in doc.rows(Block):
        if block.content and len(tokens) < MAX_WORDS:
            if cut and tokens:
                breaks.append(len(tokens))
            cut = False
            tokens += tokens_of(doc.text, block.start, block.end, MAX_WORDS - len(tokens))
        else:
            cut = True
    forms = [token.form for token in tokens]
    return Wordlist(
        tokens,
        forms,
        Sentences(forms, _weights(forms, words), sentence_ranges(doc.text, tokens)),
        frozenset(breaks),
        words.formula_places(forms),
        _marked(doc, tokens),
        spoken_words(doc, words),
    )


def _marked(doc: DocView, tokens: Sequence[Token]) -> frozenset[int]:
    pieces = sorted((piece.start, piece.end) for quote in doc.rows(Quote) for piece in quote.marked)
    places: set[int] = set()
    at = 0
    for place, token in enumerate(tokens):
        while at < len(pieces) and pieces[at][1] <= token.start:
            at += 1
        if at < len(pieces) and pieces[at][0] <= token.start and token.end <= pieces[at][1]:
            places.add(place)
    return frozenset(places)


def _share(left: Sequence[str], right: Sequence[str]) -> float:
    """Word triples of the shorter side that stand in the other, 0 to 1."""
    short, long = sorted((left, right), key=len)
    triples = [tuple(short[at : at + 3]) for at in range(len(short) - 2)]
    others = {tuple(long[at : at + 3]) for at in range(len(long) - 2)}
    return round(sum(triple in others for triple in triples) / len(triples), 4) if triples else 0.0


def _span(doc_id: str, tokens: Sequence[Token], part: tuple[int, int]) -> Span:
    return Span(doc_id, tokens[part[0]].start, tokens[part[1] - 1].end)


def _length(part: tuple[int, int]) -> int:
    return part[1] - part[0]


def _path_of(doc: DocView) -> tuple[str, int, str]:
    return (doc.item.path, doc.item.line or 0, doc.id)
