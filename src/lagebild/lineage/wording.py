"""Which words of a text tell it from others: function words, the stock words of news, and whole formulae are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.textkit.normal import fold

__all__ = ["WORDING_FILES", "Wording", "wording", "wording_digest"]

WORDING_FILES = ("stopwords", "formulas")


@dataclass(frozen=True)
class Wording:
    """`empty` are function words, `stock` words that stand in news of any kind, `formulas` finds stock sentences. All folded."""

    empty: frozenset[str]
    stock: frozenset[str]
    formulas: re.Pattern[str] | None

    def formula_places(self, forms: Sequence[str]) -> frozenset[int]:
        """Which words of a list belong to formulae, as positions."""
        if self.formulas is None:
            return frozenset()
        starts, at = [], 0
        for form in forms:
            starts.append(at)
            at += len(form) + 1
        places: set[int] = set()
        by_start = {start: at for at, start in enumerate(starts)}
        for found in self.formulas.finditer(" ".join(forms) + " "):
            first = by_start[found.start()]
            places.update(range(first, first + found.group().count(" ")))
        return frozenset(places)

    def tells(self, form: str) -> bool:
        """Whether a word says something about the matter: no function word, no stock word, no single letter."""
        return len(form) > 1 and form not in self.empty and form not in self.stock


@cache
def wording() -> Wording:
    """The words of all languages with data."""
    empty: set[str] = set()
    stock: set[str] = set()
    formulas: list[str] = []
    for code in LANGUAGES:
        if has_data(code, "stopwords"):
            empty |= {fold(word) for word in str(read_data(code, "stopwords")["words"]).split()}
        if has_data(code, "formulas"):
            data = read_data(code, "formulas")
            stock |= {fold(word) for word in str(data["stock"]).split()}
            formulas += [_expression(line) for line in data["formulas"]]
    joined = "|".join(sorted(formulas, key=lambda one: (-len(one), one)))
    return Wording(
        frozenset(empty), frozenset(stock), re.compile(rf"(?<![^ ])(?:{joined}) ") if formulas else None
    )


def wording_digest(*more: str) -> str:
    """Changes with the data behind `wording`, and with the other data files named."""
    return data_digest(*WORDING_FILES, *more)


def _expression(line: str) -> str:
    """„* stands for up to three words“: a formula as an expression over folded words with a space between."""
    parts = []
    for word in line.split():
        parts.append(r"(?:[^ ]+ ){0,3}?" if word == "*" else re.escape(fold(word)) + " ")
    return "".join(parts).removesuffix(" ")
