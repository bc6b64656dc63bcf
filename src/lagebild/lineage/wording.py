"""Which words of a text tell it from others: function words, the stock words of news, and whole formulae are told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.textkit.normal import fold

__all__ = ["WORDING_FILES", "Wording", "wording", "wording_digest"]

WORDING_FILES = ("stopwords", "formulas")


@dataclass(frozen=True)
class Wording:
    """`empty` are function words, `stock` words that stand in news of any kind, `formulas` finds stock sentences by their first word.
    All folded."""

    empty: frozenset[str]
    stock: frozenset[str]
    formulas: Mapping[str, re.Pattern[str]]

    def formula_places(self, forms: Sequence[str]) -> frozenset[int]:
        """Which words of a list belong to formulae, as positions; the first formula that fits is taken, the longest of its kind."""
        text, start, end = " ".join(forms) + " ", 0, 0
        places: set[int] = set()
        for at, form in enumerate(forms):
            formula = self.formulas.get(form) if start >= end else None
            found = formula.match(text, start) if formula else None
            if found:
                end = found.end()
                places.update(range(at, at + found.group().count(" ")))
            start += len(form) + 1
        return frozenset(places)

    def tells(self, form: str) -> bool:
        """Whether a word says something about the matter: no function word, no stock word, no single letter."""
        return len(form) > 1 and form not in self.empty and form not in self.stock


@cache
def wording() -> Wording:
    """The words of all languages with data."""
    empty: set[str] = set()
    stock: set[str] = set()
    formulas: dict[str, list[str]] = {}
    for code in LANGUAGES:
        if has_data(code, "stopwords"):
            empty |= {fold(word) for word in str(read_data(code, "stopwords")["words"]).split()}
        if has_data(code, "formulas"):
            data = read_data(code, "formulas")
            stock |= {fold(word) for word in str(data["stock"]).split()}
            for line in data["formulas"]:
                formulas.setdefault(fold(line.split()[0]), []).append(_expression(line))
    patterns = {first: re.compile(f"(?:{_longest_first(lines)}) ") for first, lines in formulas.items()}
    return Wording(frozenset(empty), frozenset(stock), patterns)


def _longest_first(expressions: Sequence[str]) -> str:
    return "|".join(sorted(expressions, key=lambda one: (-len(one), one)))


def wording_digest(*more: str) -> str:
    """Changes with the data behind `wording`, and with the other data files named."""
    return data_digest(*WORDING_FILES, *more)


def _expression(line: str) -> str:
    """„* stands for up to three words“: a formula as an expression over folded words with a space between."""
    parts = []
    for word in line.split():
        parts.append(r"(?:[^ ]+ ){0,3}?" if word == "*" else re.escape(fold(word)) + " ")
    return "".join(parts).removesuffix(" ")
