"""Newspapers, broadcasters and portals by name: what `lang/*/outlets.toml` knows, with the houses they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, has_data, read_data
from lagebild.textkit.normal import fold

__all__ = ["Outlets", "spelled"]

_DECLINED = re.compile(r"(\w*(?:sch|Neu|Klein|Frei|Allgemein|Jung))(?:er|es|e)(?!\w)")
_ENDINGS = ("e", "en", "er", "em", "es")
_ARTICLES = ("der ", "die ", "das ", "the ")

Trie = dict[str, "Trie"]


class Outlets:
    """Outlets of all languages with data: `names` as written in the data, `common` those that are words of a language, too."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        names: dict[str, None] = {}
        common: set[str] = set()
        self._houses: dict[str, str] = {}
        for table in tables:
            for country in table["countries"].values():
                names |= dict.fromkeys(country)
            common |= set(table["words"]["common"])
            for network in table["network"]:
                names |= dict.fromkeys(network["outlets"])
                for outlet in network["outlets"]:
                    self._houses.setdefault(spelled(outlet), network["name"])
        self.names = tuple(names)
        self.common = frozenset(common)
        self._by_spelling: dict[str, str] = {}
        for name in names:
            for form in _forms(name):
                self._by_spelling.setdefault(form, name)

    @classmethod
    def load(cls) -> Outlets:
        """The outlets that ship with lagebild, read once a process."""
        return _shipped()

    def named(self, words: str) -> str | None:
        """The outlet that these words name, as the data write it; None for anything else."""
        return self._by_spelling.get(words) or self._by_spelling.get(words.removesuffix("s"))

    def house(self, name: str | None) -> str | None:
        """The publishing house or network that an outlet belongs to; None where that is not known."""
        return self._houses.get(spelled(name)) if name else None

    def expression(self, clear: bool = False) -> str:
        """A regular expression for every outlet in every declension; with `clear` without names that are common words."""
        names = [name for name in self.names if not (clear and name in self.common)]
        return _branches({form for name in names for form in _forms(name)})


def spelled(name: str) -> str:
    """A name in the form by which outlets are compared: folded, without article, endings of words and web domain."""
    words = fold(name)
    for article in _ARTICLES:
        words = words.removeprefix(article)
    return " ".join(re.sub(r"(?:e[nrms]?|s)$", "", word) for word in words.removesuffix(".de").split())


def _forms(name: str) -> Iterator[str]:
    """A name and its declensions: „Süddeutsche Zeitung“, „Süddeutschen Zeitung“."""
    yield name
    if _DECLINED.search(name):
        for ending in _ENDINGS:
            yield _DECLINED.sub(lambda found, ending=ending: found[1] + ending, name)  # type: ignore[misc]


def _branches(names: Iterable[str]) -> str:
    """Names as one expression that shares beginnings, the longest first: reading a place costs letters, not names."""
    root: Trie = {}
    for name in names:
        node = root
        for letter in name:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _expression(root)


def _expression(node: Trie) -> str:
    parts = [re.escape(letter) + _expression(node[letter]) for letter in sorted(node) if letter]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return f"{joined}?" if "" in node else joined


@cache
def _shipped() -> Outlets:
    return Outlets(read_data(language, "outlets") for language in LANGUAGES if has_data(language, "outlets"))
