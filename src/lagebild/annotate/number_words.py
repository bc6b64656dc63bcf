"""Numbers as words of a text write them: digits with points and commas, number words, multipliers; by `lang/*/numbers.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, has_data, read_data
from lagebild.model.marks import Hedge

__all__ = ["NumberWords", "number_words"]

_HEDGES: tuple[Hedge, ...] = ("more_than", "at_least", "at_most", "less_than", "about", "exact")
_LONGEST_WORD = 60


class NumberWords:
    """The number data of one language, in the forms that the reader asks for."""

    def __init__(self, language: str) -> None:
        table = read_data(language, "numbers")
        self.language = language
        self._digits = _digit_pattern(table["decimal_mark"], table["group_marks"])
        self._decimal = table["decimal_mark"]
        self._words: dict[str, float] = _floats(table["words"])
        self._compound: Mapping[str, Any] = table["compound"]
        self.multipliers: dict[str, float] = _floats(table["multipliers"])
        self.one = frozenset(table["one_of"]["articles"])
        self.half = frozenset(table["one_of"]["half"])
        self.before_share = frozenset(table["one_of"]["before_share"])
        self.shares = frozenset(table["one_of"]["shares"])
        self.minus = frozenset(table["one_of"]["minus"])
        self.vague: dict[str, float] = _floats(table["vague"])
        self.vague_before = _phrases(table["vague_before"]["words"])
        hedges = table["hedges"]
        self.hedges: dict[tuple[str, ...], Hedge] = {
            phrase: hedge for hedge in _HEDGES for phrase in _phrases(hedges.get(hedge, ()))
        }
        self.after_at_least = _phrases(hedges["after_at_least"])
        self.careful = frozenset(hedges["careful"])
        self.need_unit = frozenset(hedges["need_unit"])
        self.between = frozenset(table["ranges"]["between"])
        self.between_and = frozenset(table["ranges"]["between_and"])
        self.either = frozenset(table["ranges"]["either"])
        self.to = _phrases(table["ranges"]["to"])
        self.units: dict[tuple[str, ...], str] = {
            tuple(name.split()): unit for name, unit in table["units"].items()
        }
        self.prefixed: dict[str, str] = dict(table["prefixed_units"])
        multiples = table["multiples"]
        self.multiple_verbs: dict[str, float] = _floats(multiples["verbs"])
        self.multiple_nouns: dict[str, float] = _floats(multiples["nouns"])
        self.as_many: dict[str, float] = _floats(multiples["as_many"])
        self.as_many_after = frozenset(multiples["as_many_after"])
        self.fractions: dict[str, float] = _floats(table["fractions"])
        ages = table["ages"]
        self.age_endings = tuple(ages["endings"])
        self.age_after = _phrases(ages["after"])
        self.age_before = _phrases(ages["before"])
        self.no_age_nouns = frozenset(ages["no_age_nouns"])
        counting = table["counting"]
        self.total_nouns = frozenset(counting["total_nouns"])
        self.of = frozenset(counting["of"])
        self.skip_before_noun = frozenset(counting["skip_before_noun"])
        self.measure_adjectives = tuple(counting["measure_adjectives"])
        self.adjective_endings = tuple(counting["adjective_endings"])
        self.not_adjectives = frozenset(counting["not_adjectives"])
        nots = table["not_quantities"]
        self.time_units = frozenset(nots["time_units"])
        self.labels = frozenset(nots["labels"])
        self.year_before = frozenset(nots["year_before"])
        self.not_alone = frozenset(nots["not_alone"])

    def digits(self, form: str) -> float | None:
        """The value of a number in digits, by the language's marks; None for dates, clock times, codes with leading zeros."""
        if len(form) > _LONGEST_WORD or not self._digits.fullmatch(form):
            return None
        whole, _, rest = form.partition(self._decimal)
        whole = re.sub(r"\D", "", whole)
        if len(whole) > 15 or (len(whole) > 1 and whole[0] == "0"):
            return None
        return float(f"{whole}.{rest}") if rest else float(whole)

    def word(self, form: str) -> float | None:
        """The value of a number word („dreiundzwanzig“, „twenty-five“), None for all other words, „ein“ and ordinals."""
        lower = form.lower()
        if lower in self._words:
            return self._words[lower]
        return self._composed(lower) if len(lower) <= _LONGEST_WORD else None

    def _composed(self, word: str) -> float | None:
        if self.language == "en":
            tens, hyphen, ones = word.partition("-")
            if hyphen and self._words.get(tens, 0) >= 20 and 0 < self._words.get(ones, 0) < 10:
                return self._words[tens] + self._words[ones]
            return None
        for key, factor in (("thousand", 1000.0), ("hundred", 100.0)):
            head, found, tail = word.partition(self._compound[key])
            if found:
                return self._around(head, factor, tail)
        ones, found, tens = word.partition(self._compound["and"])
        low = 1.0 if ones in self._compound["one"] else self._words.get(ones, 0.0)
        high = self._words.get(tens, 0.0)
        return high + low if found and 0 < low < 10 and high >= 20 and high % 10 == 0 else None

    def _around(self, head: str, factor: float, tail: str) -> float | None:
        times = (
            1.0
            if not head or head in self._compound["one"]
            else self._words.get(head) or self._composed(head)
        )
        rest = (
            0.0
            if not tail
            else self._words.get(tail.removeprefix(self._compound["and"])) or self._composed(tail)
        )
        if times is None or rest is None or rest >= factor or times % 1:
            return None
        return times * factor + rest

    def unit_at(self, forms: Sequence[str], place: int) -> tuple[str, int] | None:
        """The unit that stands at a place, and how many words it has."""
        for length in (2, 1):
            unit = self.units.get(tuple(forms[place : place + length]))
            if unit and place + length <= len(forms):
                return unit, length
        return None


def _floats(table: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in table.items()}


def _digit_pattern(decimal: str, groups: Sequence[str]) -> re.Pattern[str]:
    marks = "".join(map(re.escape, groups))
    return re.compile(
        rf"(?:\d{{1,3}}(?:[{marks}]\d{{3}}){{1,5}}|\d{{1,15}})(?:{re.escape(decimal)}\d{{1,6}})?"
    )


def _phrases(names: Sequence[str]) -> dict[tuple[str, ...], None]:
    return dict.fromkeys(tuple(name.split()) for name in names)


@cache
def _read(language: str) -> NumberWords:
    return NumberWords(language)


def number_words(language: str | None) -> NumberWords | None:
    """The number data of a language (BCP 47, region ignored), None where there is none."""
    code = (language or "").lower().split("-")[0]
    return _read(code) if code in LANGUAGES and has_data(code, "numbers") else None
