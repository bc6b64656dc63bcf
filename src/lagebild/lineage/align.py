"""Shared passages of two documents: seed with equal word windows, extend, allow edits in between.

Seed and extend after D. Smith, R. Cordell, E. Dillon, „Infectious texts“ (2013), with word windows instead of n-gram pairs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lineage.prints import MAX_WORDS
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead, Stamp
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyLink
from lagebild.model.span import Span
from lagebild.model.speech import Quote
from lagebild.settings import Settings
from lagebild.step import DocView, GroupView
from lagebild.textkit.shingles import Token, tokens_of

__all__ = ["AlignTools", "Passage", "align_passages", "shared_passages"]

CopyKind = Literal["same_text", "edited", "same_witness"]
Direction = Literal["known", "guessed", "unknown"]

SEED = 4  # words; with 3 stock phrases seed, with 5 a lightly edited copy falls apart (tried on the example piles)
GAP = 8  # words that an edit may add, drop or change between two equal runs
LEAST = 12  # equal words a passage must have; shorter ones are phrases, titles, names
DENSE = 0.5  # share of a passage that must be equal words; below, the runs are phrases that happen to follow each other
LEAST_RARE = 7  # different words among them that are no function words; stock formulae have fewer
KEPT = 32  # documents whose words are kept in memory
PLACES = 16  # a window that stands in more places of one document seeds nothing


@dataclass(frozen=True)
class Run:
    """Equal words: `size` tokens from `left` in one document and from `right` in the other."""

    left: int
    right: int
    size: int


@dataclass(frozen=True)
class Passage:
    """Aligned runs of equal words: token ranges on both sides, half-open, and how many words are equal."""

    left: tuple[int, int]
    right: tuple[int, int]
    equal: int


class AlignTools:
    """Function words, which alone make no passage."""

    def __init__(self, common: frozenset[str]) -> None:
        self.common = common
        self._words: OrderedDict[tuple[str, str], list[list[Token]]] = OrderedDict()

    def words(self, doc: DocView) -> list[list[Token]]:
        """The words of runs of neighbouring content blocks: furniture in between cuts. Kept for the next pair of the document."""
        key = (doc.id, doc.text)
        if key not in self._words:
            self._words[key] = _stretches(doc)
            if len(self._words) > KEPT:
                self._words.popitem(last=False)
        return self._words[key]

    @classmethod
    def load(cls, settings: Settings) -> AlignTools:
        tables = [read_data(code, "stopwords") for code in LANGUAGES if has_data(code, "stopwords")]
        return cls(frozenset(word for table in tables for words in table.values() for word in words))

    @classmethod
    def digest(cls) -> str:
        return data_digest("stopwords")


def align_passages(group: GroupView, tools: AlignTools) -> Iterable[CopyLink]:
    """The passages that the two documents of a group share, as CopyLink rows.

    Passages stay inside neighbouring content blocks; at least twelve equal words, seven of them different content words.
    `share` counts word triples of the shorter side. Direction is known only where both documents state when they were
    published, or one credits the other's agency; else it is unknown and `earlier` is the first by path.
    """
    if len(group.docs) != 2:
        return
    left, right = sorted(group.docs, key=_path_of)
    a, b = tools.words(left), tools.words(right)
    tokens_a = [token for part in a for token in part]
    tokens_b = [token for part in b for token in part]
    breaks = (_breaks(a), _breaks(b))
    forms_a, forms_b = [token.form for token in tokens_a], [token.form for token in tokens_b]
    direction, swapped, reason = _direction(left, right)
    for passage in shared_passages(forms_a, forms_b, breaks):
        words = {forms_a[at] for at in range(*passage.left)}
        if len(words - tools.common) < LEAST_RARE:
            continue
        share = _share(forms_a[slice(*passage.left)], forms_b[slice(*passage.right)])
        spans = (_span(left.id, tokens_a, passage.left), _span(right.id, tokens_b, passage.right))
        earlier, later = spans[::-1] if swapped else spans
        kind, why = _kind(left, right, spans, share)
        yield CopyLink(
            content_id("c", earlier, later),
            earlier,
            later,
            kind,
            direction,
            share,
            (
                Reason("equal_words", share, f"{passage.equal} words stand in both texts in the same order"),
                *why,
                reason,
            ),
        )


def shared_passages(
    left: Sequence[str],
    right: Sequence[str],
    breaks: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset()),
) -> list[Passage]:
    """Passages of two word lists with at least LEAST equal words, in the order of the left one, none overlapping there.

    `breaks` are token positions before which a passage ends. Time is linear in the words but for windows that repeat, which
    are capped.
    """
    runs = _runs(left, right)
    passages = []
    for chain in _chains(runs, breaks):
        equal = sum(run.size for run in chain)
        first, last = chain[0], chain[-1]
        length = max(last.left + last.size - first.left, last.right + last.size - first.right)
        if equal >= LEAST and equal >= DENSE * length:
            passages.append(
                Passage((first.left, last.left + last.size), (first.right, last.right + last.size), equal)
            )
    return passages


def _runs(left: Sequence[str], right: Sequence[str]) -> list[Run]:
    """Maximal equal runs that start with a seed, scanning the left side once; at each place the longest run wins."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(right) - SEED + 1):
        places.setdefault(tuple(right[at : at + SEED]), []).append(at)
    runs: list[Run] = []
    at, expected = 0, -1
    while at + SEED <= len(left):
        found = places.get(tuple(left[at : at + SEED]), ())
        if not found or len(found) > PLACES:
            at += 1
            continue
        best = max(
            (Run(at, place, _equal(left, right, at, place)) for place in found),
            key=lambda run: _worth(run, expected),
        )
        runs.append(best)
        expected = best.right + best.size
        at += best.size
    return runs


def _worth(run: Run, expected: int) -> tuple[int, int]:
    """Longer is better; among equals the one that goes on where the last run ended."""
    return (run.size, -abs(run.right - expected) if expected >= 0 else -run.right)


def _equal(left: Sequence[str], right: Sequence[str], at: int, place: int) -> int:
    size = SEED
    while at + size < len(left) and place + size < len(right) and left[at + size] == right[place + size]:
        size += 1
    return size


def _chains(runs: Sequence[Run], breaks: tuple[frozenset[int], frozenset[int]]) -> list[list[Run]]:
    """Runs that follow each other on both sides with at most GAP words in between, cut at breaks."""
    chains: list[list[Run]] = []
    for run in _cut_runs(runs, breaks):
        last = chains[-1][-1] if chains else None
        if last and _follows(last, run, breaks):
            chains[-1].append(run)
        else:
            chains.append([run])
    return chains


def _follows(last: Run, run: Run, breaks: tuple[frozenset[int], frozenset[int]]) -> bool:
    end_left, end_right = last.left + last.size, last.right + last.size
    near = 0 <= run.left - end_left <= GAP and 0 <= run.right - end_right <= GAP
    crossed = any(at in breaks[0] for at in range(end_left, run.left + 1))
    return near and not crossed and not any(at in breaks[1] for at in range(end_right, run.right + 1))


def _cut_runs(runs: Sequence[Run], breaks: tuple[frozenset[int], frozenset[int]]) -> Iterable[Run]:
    """Runs cut where one of the texts has furniture in between."""
    for run in runs:
        start = 0
        for step in range(1, run.size):
            if run.left + step in breaks[0] or run.right + step in breaks[1]:
                yield Run(run.left + start, run.right + start, step - start)
                start = step
        yield Run(run.left + start, run.right + start, run.size - start)


def _stretches(doc: DocView) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    left = MAX_WORDS
    for block in doc.rows(Block):
        if block.content:
            found = tokens_of(doc.text, block.start, block.end, left)
            left -= len(found)
            parts[-1] += found
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _breaks(parts: Sequence[Sequence[Token]]) -> frozenset[int]:
    places, at = [], 0
    for part in parts:
        places.append(at)
        at += len(part)
    return frozenset(places[1:])


def _share(left: Sequence[str], right: Sequence[str]) -> float:
    """Word triples of the shorter side that stand in the other, 0 to 1."""
    short, long = sorted((left, right), key=len)
    triples = [tuple(short[at : at + 3]) for at in range(len(short) - 2)]
    others = {tuple(long[at : at + 3]) for at in range(len(long) - 2)}
    return round(sum(triple in others for triple in triples) / len(triples), 4) if triples else 0.0


def _span(doc_id: str, tokens: Sequence[Token], part: tuple[int, int]) -> Span:
    return Span(doc_id, tokens[part[0]].start, tokens[part[1] - 1].end)


def _kind(
    left: DocView, right: DocView, spans: tuple[Span, Span], share: float
) -> tuple[CopyKind, tuple[Reason, ...]]:
    """Words that stand wholly inside marks on both sides have a common witness; else the text was taken over."""
    if _all_marked(left, spans[0]) and _all_marked(right, spans[1]):
        told = "the passage stands inside quotation marks in both texts: the same words of one speaker"
        return "same_witness", (Reason("same_quotation", None, told),)
    return ("same_text" if share >= 0.9 else "edited"), ()


def _all_marked(doc: DocView, span: Span) -> bool:
    slack = 2  # the marks themselves
    return any(
        piece.start - slack <= span.start and span.end <= piece.end + slack
        for quote in doc.rows(Quote)
        for piece in quote.marked
    )


def _direction(left: DocView, right: DocView) -> tuple[Direction, bool, Reason]:
    """How sure the order is, whether the second by path is the earlier, and why."""
    stamps = [_stamp(doc) for doc in (left, right)]
    if stamps[0] and stamps[1]:
        order = _earlier(stamps[0], stamps[1])
        if order is not None:
            told = "both texts state when they were published"
            return "known", order == 1, Reason("stated_dates", None, told, stamps[0].value, stamps[1].value)
    agencies = [_agencies(doc) for doc in (left, right)]
    for at in (0, 1):
        own, other = agencies[at], agencies[1 - at]
        outlet = _outlet(left if at == 0 else right)
        if outlet and outlet in other and outlet not in own:
            told = "one text credits the agency that the other comes from"
            return "known", at == 1, Reason("credits_agency", None, told, outlet, ", ".join(sorted(other)))
    return (
        "unknown",
        False,
        Reason("no_direction", None, "nothing says which text came first; the first by path is named first"),
    )


def _earlier(left: Stamp, right: Stamp) -> int | None:
    """0 or 1 for the earlier of two stamps, None where their shared precision does not tell."""
    if left.precision in ("year", "month") or right.precision in ("year", "month"):
        return None
    size = min(len(left.value), len(right.value), 19)
    zones = [value[19:] if len(value) > 19 else "" for value in (left.value, right.value)]
    if zones[0] != zones[1]:
        size = min(size, 10)
    a, b = left.value[:size], right.value[:size]
    return None if a == b else int(a > b)


def _stamp(doc: DocView) -> Stamp | None:
    head = doc.get(Masthead)
    return head.published if head else None


def _agencies(doc: DocView) -> set[str]:
    head = doc.get(Masthead)
    return set(head.agencies) if head else set()


def _outlet(doc: DocView) -> str | None:
    head = doc.get(Masthead)
    return head.outlet if head else None


def _path_of(doc: DocView) -> tuple[str, int, str]:
    return (doc.item.path, doc.item.line or 0, doc.id)
