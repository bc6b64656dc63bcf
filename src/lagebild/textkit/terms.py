"""Content terms of a stretch: stems without function words, words of one meaning under one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

import Stemmer

from lagebild.textkit.normal import fold, fold_plain

__all__ = ["Terms", "overlap"]

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60  # longer runs of letters are no words; they are cut here, so that a hostile line costs no more than its length
_KEPT = 100_000
_HEAD = 3


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


class Terms:
    """Terms of one language. Answers depend on the word alone and are kept, up to a bound.

    `classes` gives words of one meaning: an entry that ends in `*` is a beginning, another one a whole word (any form with
    the same stem). Their term is the name of the class after `=`, so that classes of the same name meet across languages.
    """

    def __init__(
        self, stemmer: str, stop: Iterable[str], classes: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._name = stemmer
        self._stop = frozenset(fold(word) for word in stop)
        self._beginnings: dict[str, list[tuple[str, str]]] = {}
        self._whole: dict[str, str] = {}
        self._known: dict[str, str] = {}
        for name, words in sorted((classes or {}).items()):
            for word in words:
                self._add(f"={name}", word)

    def _add(self, name: str, word: str) -> None:
        if word.endswith("*"):
            beginning = fold(word[:-1])
            self._beginnings.setdefault(beginning[:_HEAD], []).append((beginning, name))
        else:
            self._whole.setdefault(self._stem(word), name)

    def _stem(self, word: str) -> str:
        return fold_plain(_stemmer(self._name).stemWord(word.casefold()))

    def term(self, word: str) -> str:
        """The term of one word, "" for a function word or a single letter; digits stay as they are. Classes win over stop words."""
        known = self._known.get(word)
        if known is None:
            known = self._term(word[:_LONGEST])
            if len(self._known) < _KEPT:
                self._known[word] = known
        return known

    def _term(self, word: str) -> str:
        folded = fold(word)
        if word.isdigit():
            return word
        for beginning, name in self._beginnings.get(folded[:_HEAD], ()):
            if folded.startswith(beginning):
                return name
        stem = self._stem(word)
        if stem in self._whole:
            return self._whole[stem]
        return "" if folded in self._stop or len(folded) < 2 else stem

    def listed(self, text: str) -> list[str]:
        """The terms of a text in order, repeated ones too. Parts of a hyphenated word count by themselves."""
        found = (self.term(word.group()) for word in _WORD.finditer(text))
        return [term for term in found if term]

    def of(self, text: str) -> frozenset[str]:
        """The terms of a text."""
        return frozenset(self.listed(text))


def overlap(left: AbstractSet[object], right: AbstractSet[object]) -> float:
    """Shared members over those of the smaller set (Szymkiewicz-Simpson), 0 to 1; 0 where one is empty."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0
