"""The same weekday with the same rare words, or inside a passage that two documents share: what ties one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lagebild.model.lineage import CopyLink
from lagebild.model.span import Span
from lagebild.story.ranges import DayRange
from lagebild.story.text_days import Mention, TextDays

__all__ = ["TIE_COPIED", "Tie", "Ties"]

# One rare word shared in the sentence (or two around it), more in the sentence, a shared passage.
_TIE_ONE, _TIE_MORE, TIE_COPIED = 1.0, 2.5, 4.0
_RARE_LIST = 40  # phrases in which a rare word with its weekday may stand; more are no tie
_TIES_READ = 8  # mentions elsewhere that one weekday is held against, those with most words in common


@dataclass(frozen=True)
class Tie:
    """A weekday here and in a dated document mean one day: with the words they share, and how much that weighs."""

    own: Mention
    other: Mention
    day: date
    words: frozenset[str]
    strength: float


class Ties:
    """The same weekday with the same rare words, or inside a passage that two documents share."""

    def __init__(self, texts: Mapping[str, TextDays], links: Sequence[CopyLink]) -> None:
        core = [text for text in texts.values() if text.core]
        few = max(2, len(core) // 3)
        self._rare_close = _rare_words(core, few, lambda mention: mention.words)
        self._rare_around = _rare_words(core, few, lambda mention: mention.around)
        self._pairs: dict[str, list[tuple[Mention, Mention, frozenset[str], float]]] = {}
        self._index = _index_mentions(core, self._rare_close | self._rare_around)
        self.copies: dict[str, dict[str, CopyLink]] = defaultdict(dict)
        self._copied: dict[tuple[str, str], list[tuple[Span, Span]]] = defaultdict(list)
        for link in sorted(links, key=lambda row: (row.share, row.id)):
            if link.earlier.doc_id in texts and link.later.doc_id in texts:
                self.copies[link.earlier.doc_id][link.later.doc_id] = link
                self.copies[link.later.doc_id][link.earlier.doc_id] = link
                self._copied[link.earlier.doc_id, link.later.doc_id].append((link.earlier, link.later))
                self._copied[link.later.doc_id, link.earlier.doc_id].append((link.later, link.earlier))

    def of(self, text: TextDays, dated: Mapping[str, DayRange]) -> Iterator[Tie]:
        """Ties to documents that are dated, where the day of the other mention is settled: the same from every day of its interval."""
        read: dict[Mention, int] = defaultdict(int)
        for own, other, words, strength in self._pairs_of(text):
            made = dated.get(other.at.doc_id)
            if made is None or read[own] >= _TIES_READ:
                continue
            read[own] += 1
            if (day := other.day(made.first)) == other.day(made.last):
                yield Tie(own, other, day, words, strength)

    def linked(self, text: TextDays) -> set[str]:
        """Documents that may date this one by a tie or a shared passage."""
        return {other.at.doc_id for _, other, _, _ in self._pairs_of(text)} | self.copies.get(
            text.doc_id, {}
        ).keys()

    def _pairs_of(self, text: TextDays) -> list[tuple[Mention, Mention, frozenset[str], float]]:
        if text.doc_id not in self._pairs:
            self._pairs[text.doc_id] = list(self._paired(text))
        return self._pairs[text.doc_id]

    def _paired(self, text: TextDays) -> Iterator[tuple[Mention, Mention, frozenset[str], float]]:
        """Mentions elsewhere that may mean the day of an own one, those with most words in common first."""
        for own in text.mentions:
            shared: dict[Mention, set[str]] = defaultdict(set)
            for word in sorted(own.around):
                for other in self._index.get((own.weekday, word), ()):
                    if other.at.doc_id != text.doc_id:
                        shared[other].add(word)
            nearest = sorted(shared.items(), key=lambda pair: (-len(pair[1]), pair[0].at))[:_RARE_LIST]
            for other, words in nearest:
                if strength := self._strength(own, other, words):
                    yield own, other, frozenset(words), strength

    def _strength(self, own: Mention, other: Mention, words: set[str]) -> float:
        if self._in_passage(own.at, other.at):
            return TIE_COPIED
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
    core: Sequence[TextDays], few: int, words_of: Callable[[Mention], frozenset[str]]
) -> frozenset[str]:
    """Words that stand beside a weekday in few documents of the story: they tell one happening from another."""
    users: dict[str, set[str]] = defaultdict(set)
    for text in core:
        for mention in text.mentions:
            for word in words_of(mention):
                users[word].add(text.doc_id)
    return frozenset(word for word, names in users.items() if 1 < len(names) <= few)


def _index_mentions(core: Sequence[TextDays], rare: frozenset[str]) -> dict[tuple[int, str], list[Mention]]:
    """Mentions by weekday and rare word."""
    index: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for text in core:
        for mention in text.mentions:
            for word in sorted(mention.around & rare):
                index[mention.weekday, word].append(mention)
    return {key: found for key, found in index.items() if 1 < len(found) <= _RARE_LIST}
