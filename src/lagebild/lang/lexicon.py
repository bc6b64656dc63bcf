"""Which words a language has, and their base forms: a thin, cached reader of the word lists that come with simplemma (MIT)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version

from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from lagebild.lang.data import LANGUAGES

__all__ = ["Lexicon", "lexicon"]

LONGEST = 48
"""Longer words are not looked up: the longest German ones of news text have about forty letters."""
_KEPT = 200_000
_SHORTEST_HEAD = 3
_SHORTEST_TAIL = 4
_SHORTEST_LONG = 14
_LONG_TAIL = 5
_LINKS = ("", "s", "es", "n", "en", "er", "e", "-")

_factory = DefaultDictionaryFactory()


class Lexicon:
    """Words of one language. Answers depend on the word alone and are kept, up to a bound."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words: Mapping[str, str] = _factory.get_dictionary(language)
        self._strategy = DefaultStrategy(greedy=False, dictionary_factory=_factory)
        self._lemmas: dict[str, str] = {}
        self._compounds: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """True where exactly this form, in this case, stands in the word list (names of well-known places and people do, too)."""
        return len(word) <= LONGEST and self._words.get(word) is not None

    def listed_lemma(self, word: str) -> str:
        """The base form that the word list gives for exactly this form, "" where the form is not listed."""
        return (self._words.get(word) or "") if len(word) <= LONGEST else ""

    def lemma(self, word: str) -> str:
        """The base form of a word, by list, then by simplemma's rules; "" where it is not known."""
        if len(word) > LONGEST:
            return ""
        known = self._lemmas.get(word)
        if known is None:
            known = self._strategy.get_lemma(word, self.language) or ""
            self._keep(self._lemmas, word, known)
        return known

    def is_word(self, word: str) -> bool:
        """True for a listed form and for a compound of two listed words („Waffenruhevereinbarung“), in either case of its first letter."""
        if len(word) > LONGEST:
            return False
        known = self._compounds.get(word)
        if known is None:
            known = (
                self.knows(word)
                or self.knows(word.lower())
                or any(True for _ in self.splits(word))
                or self._is_long_compound(word)
            )
            self._keep(self._compounds, word, known)
        return known

    def _is_long_compound(self, word: str) -> bool:
        """A listed last part behind a compound of two („Kriegs-überwachungs-gruppe“)."""
        if len(word) < _SHORTEST_LONG:
            return False
        for cut in range(_SHORTEST_LONG - _LONG_TAIL, len(word) - _LONG_TAIL + 1):
            if self.knows(word[cut:].capitalize()):
                heads = (
                    word[:cut].removesuffix(link)
                    for link in ("", "s", "n", "en")
                    if word[:cut].endswith(link)
                )
                if any(True for head in heads for _ in self.splits(head)):
                    return True
        return False

    def splits(self, word: str) -> Iterator[tuple[str, str]]:
        """The ways in which a word is a compound of two listed words, the longest last part first, linking letters left out."""
        lower = word.lower()
        for cut in range(_SHORTEST_HEAD, len(word) - _SHORTEST_TAIL + 1):
            tail = lower[cut:].lstrip("-")
            if not (self.knows(tail.capitalize()) or (self.language == "en" and self.knows(tail))):
                continue
            head = lower[:cut]
            for link in _LINKS:
                stem = head.removesuffix(link) if head.endswith(link) else ""
                if len(stem) >= _SHORTEST_HEAD and (self.knows(stem) or self.knows(stem.capitalize())):
                    yield stem, tail
                    break

    @staticmethod
    def _keep(store: dict[str, str] | dict[str, bool], word: str, value: str | bool) -> None:
        if len(store) >= _KEPT:
            store.clear()
        store[word] = value  # type: ignore[assignment]

    @staticmethod
    def digest() -> str:
        """Names the word lists; changes with them."""
        return f"simplemma-{version('simplemma')}"


@cache
def _open(language: str) -> Lexicon:
    return Lexicon(language)


def lexicon(language: str | None) -> Lexicon | None:
    """The word list of a language (BCP 47, region ignored), read once a process; None for languages without language data."""
    code = (language or "").lower().split("-")[0]
    return _open(code) if code in LANGUAGES else None
