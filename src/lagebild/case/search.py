"""Full-text search over blocks: words with folded umlauts in one column, German stems in another."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import Stemmer

from lagebild.textkit.normal import fold, fold_plain, words_of

__all__ = ["index_columns", "match_expression"]

_PART = re.compile(r'"([^"]*)"|(\S+)')


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("german")


def index_columns(text: str) -> tuple[str, str]:
    """What is indexed of a block: its folded words (both ways of folding an umlaut), and its folded stems."""
    words: list[str] = []
    stems: list[str] = []
    for word in words_of(text):
        forms, stemmed = _indexed(word)
        words += forms
        stems += stemmed
    return " ".join(words), " ".join(stems)


@lru_cache(maxsize=1 << 16)
def _indexed(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded forms and the stems of a word and its parts."""
    parts = _parts(word)
    forms = [form for part in parts for form in dict.fromkeys((fold(part), fold_plain(part)))]
    stems = [fold_plain(stem) for stem in _stemmer().stemWords([part.casefold() for part in parts])]
    return tuple(forms), tuple(stems)


def _parts(word: str) -> list[str]:
    """The word, and the parts of a hyphenated one: „US-Vorschlag“ is found by „Vorschlag“."""
    parts = [part for part in re.split(r"[’'‑-]", word) if part]
    return parts or [word]


def match_expression(query: str) -> str | None:
    """The FTS5 expression for what a person typed: words all must stand in the block, "…" is a phrase, `word*` a beginning.

    A word matches as it is or by its stem. None where the query holds no word.
    """
    terms = []
    for phrase, word in _PART.findall(query):
        if phrase:
            if found := words_of(phrase):
                terms.append(f'words : "{" ".join(fold(p) for w in found for p in _parts(w))}"')
        elif word:
            terms += _term(word)
    return " AND ".join(f"({term})" for term in terms) or None


def _term(word: str) -> list[str]:
    begins = word.endswith("*")
    terms = []
    for found in words_of(word):
        for part in _parts(found):
            folded = fold(part)
            if begins:
                terms.append(f'words : "{folded}" *')
            else:
                stem = fold_plain(_stemmer().stemWord(part.casefold()))
                umlaut = fold_plain(_stemmer().stemWord(_with_umlauts(part.casefold())))
                stems = " OR ".join(f'stems : "{one}"' for one in dict.fromkeys((stem, umlaut)))
                terms.append(f'words : "{folded}" OR {stems}')
    return terms


def _with_umlauts(word: str) -> str:
    return word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
