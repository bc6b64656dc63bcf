"""The words by which a text denies, doubts, points back or names nobody: read from `lang/*/compare.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lagebild.lang.data import has_data, read_data
from lagebild.lang.terms import base_language, terms_of
from lagebild.textkit.normal import fold
from lagebild.textkit.terms import Terms

__all__ = ["Phrases", "WordList", "Wording", "wording_of"]

_WORD = re.compile(r"[^\W_]+(?:[’'‑-][^\W_]+)*")
_IN_SENTENCE = 30  # words between the parts of a separable verb: long German clauses between „wies“ and „zurück“ have about twenty
_CLOSE = 3
_SHORT = 40  # letters; longer runs are no words and are not kept


@lru_cache(maxsize=50_000)
def _folded_word(word: str) -> str:
    return fold(word)


class WordList:
    """Words and beginnings of words (entries ending in `*`), compared folded."""

    def __init__(self, entries: Iterable[str]) -> None:
        folded = [fold(entry) for entry in entries]
        self._whole = frozenset(entry for entry in folded if not entry.endswith("*"))
        self._beginnings = tuple(sorted({entry[:-1] for entry in folded if entry.endswith("*")}))

    def has(self, word: str) -> bool:
        """True for a listed word, folded already."""
        return word in self._whole or (bool(self._beginnings) and word.startswith(self._beginnings))

    def any_of(self, words: Iterable[str]) -> bool:
        """True where one of the words is listed."""
        return any(self.has(word) for word in words)


class Phrases:
    """Word sequences whose parts stand in this order, with at most `gap` other words between two of them."""

    def __init__(self, entries: Iterable[Sequence[str]], gap: int) -> None:
        self._gap = gap
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for entry in entries:
            parts = tuple(fold(part) for part in entry)
            self._by_first.setdefault(parts[0], []).append(parts)

    def found(self, words: Sequence[str]) -> tuple[int, ...]:
        """Positions of the words of the first sequence that stands in `words` (folded); () where none does."""
        for at, word in enumerate(words):
            for parts in self._by_first.get(word, ()):
                places = self._rest(parts, words, at)
                if places:
                    return places
        return ()

    def _rest(self, parts: tuple[str, ...], words: Sequence[str], at: int) -> tuple[int, ...]:
        places = [at]
        for part in parts[1:]:
            window = range(places[-1] + 1, min(places[-1] + 2 + self._gap, len(words)))
            place = next((k for k in window if _fits(part, words[k])), -1)
            if place < 0:
                return ()
            places.append(place)
        return tuple(places)


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


@dataclass(frozen=True)
class Asking:
    """How questions are phrased: templates, and the finite auxiliaries that open a question."""

    templates: Mapping[str, str]
    front: Mapping[str, str]
    drop: frozenset[str]
    closes: frozenset[str]
    speaking_self: frozenset[str]
    deictic: frozenset[str]
    articles: frozenset[str]
    joins: frozenset[str]
    asked: frozenset[str]


@dataclass(frozen=True)
class Wording:
    """What the data of one language say."""

    language: str
    terms: Terms
    deny: Phrases
    deny_not_of: WordList
    said_before: WordList
    attaches: frozenset[str]
    pointing: frozenset[str]
    such: frozenset[str]
    since: frozenset[str]
    deny_whom: frozenset[str]
    contrary: frozenset[str]
    earlier: frozenset[str]
    false: Phrases
    negations: frozenset[str]
    not_denied: Phrases
    asks: frozenset[str]
    opens_denied: frozenset[str]
    open: Phrases
    open_not: tuple[str, ...]
    witness: WordList
    anonymous: WordList
    posts: re.Pattern[str]
    ask: Asking
    growing: frozenset[str]
    general: frozenset[str]
    persons: frozenset[str]
    once: frozenset[str]
    makes: tuple[tuple[str, str], ...]
    others: frozenset[str]
    parts: frozenset[str]
    exclusive_offices: tuple[frozenset[str], ...]
    offices: Mapping[str, str]
    former: tuple[str, ...]
    acts: Mapping[str, tuple[str, ...]]
    contraries: tuple[tuple[str, Phrases], ...]
    partial: frozenset[str]
    retorts: Phrases
    speaks_for: WordList

    def words(self, text: str) -> list[str]:
        """The words of a text, folded, hyphenated ones whole."""
        return [_folded_word(word) if len(word) < _SHORT else fold(word) for word in _WORD.findall(text)]

    def denial_in(self, words: Sequence[str]) -> tuple[int, ...]:
        """Positions of a verb of denial that is not negated itself („weder bestätigen noch dementieren“); () where there is none."""
        found = self.deny.found(words)
        if found and self.negations & set(words[max(0, found[0] - 4) : found[0]]):
            return ()
        return found

    def denies(self, words: Sequence[str]) -> bool:
        """True where the words hold a verb of denial."""
        return bool(self.denial_in(words))

    def leans(self, words: Sequence[str]) -> bool:
        """True where the words hold „er“, „wir“ or „das“ for something outside; „das“ before a noun is an article."""
        for at, word in enumerate(words):
            if word in self.ask.speaking_self or word in self.such:
                return True
            if word in self.ask.deictic:
                following = words[at + 1] if at + 1 < len(words) else ""
                if word not in self.ask.articles or not self.terms.term(following):
                    return True
        return False

    def says_open(self, text: str) -> bool:
        """True where a sentence says that something is not known."""
        words = self.words(text)
        return bool(self.open.found(words)) and not any(phrase in " ".join(words) for phrase in self.open_not)

    def leaves_number_open(self, text: str) -> bool:
        """True where a sentence says that how many or when is not known."""
        return self.says_open(text) and bool(self.ask.asked & set(self.words(text)))


def wording_of(language: str | None) -> Wording | None:
    """The wording of a language, None where it has no data."""
    code = base_language(language)
    return _wording(code) if code else None


@cache
def _wording(code: str) -> Wording:
    data = read_data(code, "compare")
    roles: Mapping[str, Any] = read_data(code, "roles") if has_data(code, "roles") else {}
    return Wording(
        language=code,
        terms=terms_of(code),
        deny=Phrases(data["deny"], _IN_SENTENCE),
        deny_not_of=WordList(data["deny_not_of"]),
        said_before=WordList(data["said_before"]),
        attaches=_folded(data["attaches"]),
        pointing=_folded(data["pointing"]),
        deny_whom=_folded(data["deny_whom"]),
        contrary=_folded(data["contrary"]),
        since=_folded(data["since"]),
        such=_folded(data["such"]),
        earlier=_folded(data["earlier"]),
        false=Phrases(data["false"], _CLOSE),
        negations=_folded(data["negations"]),
        not_denied=Phrases(data["not_denied"], 2 * _CLOSE),
        asks=_folded(data["asks"]),
        opens_denied=_folded(data["opens_denied"]),
        open=Phrases(data["open"], _CLOSE),
        open_not=tuple(fold(phrase) for phrase in data["open_not"]),
        witness=WordList(data["witness"]),
        anonymous=WordList(data["anonymous"]),
        posts=re.compile(
            r"\b(?:" + "|".join(re.escape(name) for name in data["posts"]) + r")\b", re.IGNORECASE
        ),
        ask=_asking(data["ask"]),
        growing=frozenset(data["counts"]["growing"]),
        general=frozenset(data["counts"]["general"]),
        persons=frozenset(data["counts"]["persons"]),
        once=frozenset(data["counts"]["once"]),
        makes=tuple((key, made) for key, made in data["counts"]["makes"]),
        others=_folded(data["counts"]["others"]),
        parts=_folded(data["counts"]["parts"]),
        exclusive_offices=tuple(frozenset(names) for names in data["office"]["exclusive"]),
        offices=_offices(roles, data["office"]["exclusive"]),
        former=_former(roles),
        acts={f"={name}": tuple(acts) for name, acts in data["acts"].items()},
        contraries=tuple(
            (f"={name}", Phrases(entries, _CLOSE)) for name, entries in sorted(data["contraries"].items())
        ),
        partial=_folded(data["partial"]),
        retorts=Phrases(data["retorts"], _IN_SENTENCE),
        speaks_for=WordList(data["speaks_for"]),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _asking(data: Mapping[str, Any]) -> Asking:
    names = ("disputed", "said", "how_many", "attributed", "role", "when")
    return Asking(
        {name: data[name] for name in names},
        {fold(word): front for word, front in data["front"].items()},
        _folded(data["drop"]),
        _folded(data["closes"]),
        _folded(data["speaking_self"]),
        _folded(data["deictic"]),
        _folded(data["articles"]),
        _folded(data["joins"]),
        _folded(data["asked"]),
    )


def _offices(roles: Mapping[str, Any], exclusive: Sequence[Sequence[str]]) -> dict[str, str]:
    """Folded title -> class, for the classes of which somebody holds only one at a time."""
    wanted = {name for names in exclusive for name in names}
    classes = roles.get("classes", {})
    return {fold(word): name for name in sorted(wanted) for word in classes.get(name, ())}


def _former(roles: Mapping[str, Any]) -> tuple[str, ...]:
    """Beginnings of words that say that an office is past."""
    former = roles.get("former", {})
    words = (*former.get("prefixes", ()), *former.get("words", ()))
    return tuple(sorted(fold(word).rstrip("-") for word in words))
