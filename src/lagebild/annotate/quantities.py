"""Numbers with what they count: „mehr als 40 russische Angriffe“, „86 Prozent“, „Tausende Soldaten“, „verdoppelt“.

Dates, durations, clock times, ordinals, scores, house and article numbers are none. Ages are, with the unit "year"; fractions are
percentages; multiples have the unit "x".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lagebild.annotate.number_words import NumberWords, number_words
from lagebild.lang.data import data_digest
from lagebild.model.document import Block, Document, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Hedge, Quantity, Sentence, TimePhrase, Words
from lagebild.model.span import Piece
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["QuantityTools", "find_quantities"]

_YEARS = range(1500, 2101)
_MODERN = frozenset(range(1900, 2101))
_LONGEST_HEDGE = 3
_MOST_ADJECTIVES = 4
_PLURAL = re.compile(
    r"[a-z-]+s\Z|(?:people|men|women|children|police|troops|personnel|staff|feet|cattle|sheep)\Z"
)
_WITH_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)([^\W\d_]{1,3}[²³]?(?:/h)?|%|€)\Z")
_PERCENT_ADJECTIVE = re.compile(r"(\d+(?:,\d+)?)-(?:prozentig|percent)\w*\Z")
_FOLD = re.compile(r"(?:(\d+)-?|([a-zäöüß]+))fach(?:e|en|er|es|em)?\Z")
_NO_FOLD = ("ein", "mehr", "viel", "viel-", "tausend", "hundert")


class QuantityTools:
    """Number data of each language, read when a document needs it."""

    @classmethod
    def load(cls, settings: Settings) -> QuantityTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest("numbers")

    def numbers_of(self, language: str | None) -> NumberWords | None:
        return number_words(language)


@dataclass(frozen=True)
class _Number:
    """Words `left` to `right` (exclusive) say a value; `high` differs from `low` in ranges; `vague` for „Tausende“."""

    left: int
    right: int
    low: float | None
    high: float | None
    unit: str | None = None
    hedge: Hedge = "exact"
    spelled: bool = False
    bare: bool = True
    counts: bool = True


def find_quantities(docs: Sequence[DocView], tools: QuantityTools) -> Iterable[Quantity]:
    """The quantities in blocks with content, in text order, for languages with number data.

    A row spans hedge, number, multiplier and unit, not what is counted; `counted` is the noun with its adjectives, without article
    or preposition, or what „die Zahl der …“ in the same sentence names. Units are symbols (ISO 4217 for money). Left out: numbers
    inside a time phrase, and „ein“, „one“ on their own.
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        numbers = tools.numbers_of(masthead.language if masthead else None)
        if numbers is None:
            continue
        content = {block.id for block in doc.rows(Block) if block.content}
        sentences = {row.id: row for row in doc.rows(Sentence) if row.block_id in content}
        times = _Times(doc.rows(TimePhrase))
        text = doc.rows(Document)[0].text
        for words in doc.rows(Words):
            if words.sentence_id in sentences:
                yield from _Sentence(doc.id, text, words, numbers, times).quantities()


class _Times:
    """Where time phrases lie; asked in text order."""

    def __init__(self, phrases: Sequence[TimePhrase]) -> None:
        self._spans = sorted((phrase.start, phrase.end) for phrase in phrases)
        self._place = 0

    def cover(self, start: int, end: int) -> bool:
        while self._place < len(self._spans) and self._spans[self._place][1] <= start:
            self._place += 1
        return any(left < end for left, _ in self._spans[self._place : self._place + 1])


class _Sentence:
    """The words of one sentence."""

    def __init__(self, doc_id: str, text: str, words: Words, numbers: NumberWords, times: _Times) -> None:
        self.doc_id, self.text, self.numbers, self.times = doc_id, text, numbers, times
        self.starts, self.ends = words.starts, words.ends
        self.forms = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
        self._total: Piece | None = None
        self._total_known = False

    def quantities(self) -> Iterator[Quantity]:
        place = 0
        while place < len(self.forms):
            number = self._at(place)
            if number is None:
                place += 1
                continue
            place = max(number.right, place + 1)
            quantity = self._quantity(number)
            if quantity is not None:
                yield quantity

    def _form(self, place: int) -> str:
        return self.forms[place] if 0 <= place < len(self.forms) else ""

    def _joined(self, place: int) -> bool:
        """One space, or nothing, between this word and the one before."""
        return 0 < place < len(self.forms) and self.starts[place] - self.ends[place - 1] <= 1

    # What stands at a place.

    def _at(self, place: int) -> _Number | None:
        form = self.forms[place]
        if not (form[:1].isalnum() or form in self.numbers.prefixed):
            return None
        return (
            self._age(place)
            or self._glued(place)
            or self._multiple(place)
            or self._fraction(place)
            or self._vague(place)
            or self._range(place)
            or self._plain(place)
        )

    def _age(self, place: int) -> _Number | None:
        form = self.forms[place]
        stem = next((form.removesuffix(end) for end in self.numbers.age_endings if form.endswith(end)), None)
        value = self.numbers.digits(stem) if stem else None
        if stem and value is None:
            value = self.numbers.word(stem)
        if value is not None and value < 130:
            noun = next((it for it in self.forms[place + 1 : place + 4] if it[:1].isupper()), "")
            other = noun in self.numbers.no_age_nouns or self._form(place + 1) in self.numbers.no_age_nouns
            return None if other else _Number(place, place + 1, value, value, "year", bare=False)
        value = self._simple(place)
        if value is None or value >= 130:
            return None
        after = tuple(self.forms[place + 1 : place + 3])
        if after in self.numbers.age_after:
            return _Number(place, place + 3, value, value, "year", bare=False)
        for length in (2, 3, 1):
            if place >= length and tuple(self.forms[place - length : place]) in self.numbers.age_before:
                return _Number(
                    place,
                    min(place + 2, len(self.forms))
                    if self._form(place + 1) in self.numbers.time_units
                    else place + 1,
                    value,
                    value,
                    "year",
                    bare=False,
                )
        return None

    def _glued(self, place: int) -> _Number | None:
        """„40kg“, „86%“, „40-prozentige“, „5-fache“."""
        form = self.forms[place]
        if match := _PERCENT_ADJECTIVE.match(form):
            value = self.numbers.digits(match[1])
            return (
                _Number(place, place + 1, value, value, "%", bare=False, counts=False)
                if value is not None
                else None
            )
        if match := _FOLD.match(form.lower()):
            value = self.numbers.digits(match[1]) if match[1] else self.numbers.word(match[2])
            if value is None or value < 2 or match[2] in _NO_FOLD:
                return None
            return _Number(place, place + 1, value, value, "x", bare=False)
        if match := _WITH_UNIT.match(form):
            value, unit = self.numbers.digits(match[1]), self.numbers.units.get((match[2],))
            return (
                _Number(place, place + 1, value, value, unit, bare=False)
                if value is not None and unit
                else None
            )
        return None

    def _multiple(self, place: int) -> _Number | None:
        form = self.forms[place]
        lower = form.lower().removeprefix("ge")
        for stem, value in self.numbers.multiple_verbs.items():
            if lower.startswith(stem) and len(lower) - len(stem) <= 4:
                return _Number(place, place + 1, value, value, "x", bare=False)
        if form in self.numbers.multiple_nouns:
            value = self.numbers.multiple_nouns[form]
            return _Number(place, place + 1, value, value, "x", bare=False)
        if lower in self.numbers.as_many and self._form(place + 1) in self.numbers.as_many_after:
            value = self.numbers.as_many[lower]
            return _Number(place, place + 1, value, value, "x", bare=False)
        return None

    def _fraction(self, place: int) -> _Number | None:
        form = self.forms[place]
        if form in self.numbers.shares and self._form(place + 1) not in self.numbers.one:
            share = self.numbers.fractions.get(form) or self.numbers.fractions.get(form.lower())
            return _Number(place, place + 1, share, share, "%", bare=False)
        share = self.numbers.fractions.get(self._form(place + 1))
        times = 1.0 if form.lower() in self.numbers.one else self.numbers.word(form)
        if share is None and "-" in form:
            head, _, tail = form.partition("-")
            share, times = (
                self.numbers.fractions.get(tail),
                1.0 if head in self.numbers.one else self.numbers.word(head),
            )
            if share and times:
                return _Number(
                    place, place + 1, round(times * share, 2), round(times * share, 2), "%", bare=False
                )
        if not share or times is None or times > 9 or not self._joined(place + 1):
            return None
        value = round(times * share, 2)
        if self.numbers.language == "en" and self._form(place + 2) in self.numbers.multipliers:
            return None
        return _Number(place, place + 2, value, value, "%", bare=False)

    def _vague(self, place: int) -> _Number | None:
        """„Tausende“, „mehrere Hundert“, „dozens of“: at least one of them, the rest open."""
        for length in (2, 1):
            phrase = tuple(form.lower() for form in self.forms[place : place + length])
            factor = self._multiplier(place + length)
            if phrase in self.numbers.vague_before and factor is None:
                factor = self.numbers.vague.get(self._form(place + length).lower())
            if phrase in self.numbers.vague_before and factor:
                return _Number(place, place + length + 1, factor, None, hedge="vague", bare=False)
        form = self.forms[place]
        least = self.numbers.vague.get(form if form in self.numbers.vague else form.lower())
        if least is None or (form.lower() not in self.numbers.vague and form not in self.numbers.vague):
            return None
        right = place + 1
        if (
            self.numbers.language == "en"
            and self._form(right) == "of"
            and self._form(right + 1) in self.numbers.vague
        ):
            least, right = least * self.numbers.vague[self._form(right + 1)], right + 2
        return _Number(place, right, least, None, hedge="vague", bare=False)

    def _range(self, place: int) -> _Number | None:
        """„zwischen 20 und 30“, „20 bis 30“, „20–30“, „drei oder vier“."""
        begins = self.forms[place].lower() in self.numbers.between
        first = self._plain(place + 1 if begins else place)
        if first is None or first.low is None:
            return None
        right = first.right
        if begins:
            length = 1 if self._form(right) in self.numbers.between_and else 0
        else:
            length = next(
                (size for size in (2, 1) if tuple(self.forms[right : right + size]) in self.numbers.to), 0
            )
        if not length or right + length >= len(self.forms):
            return None
        second = self._plain(right + length)
        if second is None or second.low is None:
            return None
        return self._between(place, first, second, self._form(right))

    def _between(self, place: int, first: _Number, second: _Number, link: str) -> _Number | None:
        low, high = first.low or 0.0, second.low or 0.0
        unit = second.unit or first.unit
        factor = self._multiplier(second.right - 1) or (
            self._multiplier(second.right - 2) if second.unit else None
        )
        if factor and first.bare and low * factor < high:
            low *= factor
        if (
            first.bare
            and second.bare
            and {int(low), int(high)} <= _MODERN
            and len(self.forms[first.left]) == 4
        ):
            return None
        if not low < high or (first.unit and second.unit and first.unit != second.unit):
            return None
        if link in self.numbers.either and high - low > max(1.0, low * 0.5):
            return None
        return _Number(place, second.right, low, high, unit, bare=unit is None, spelled=second.spelled)

    def _plain(self, place: int) -> _Number | None:
        """A number with its multiplier and unit."""
        if place >= len(self.forms):
            return None
        prefix = self.numbers.prefixed.get(self.forms[place])
        start = place + 1 if prefix else place
        value = self._simple(start)
        right = start + 1
        spelled = value is not None and not self.forms[start][:1].isdigit()
        if value is None:
            counted = self._one_of(start)
            if counted is None:
                return None
            value, right, spelled = counted[0], counted[1], True
        elif self._grouped(start):
            value, right = value * 1000 + float(self.forms[start + 1]), start + 2
        multiplied = False
        while (factor := self._multiplier(right)) and right - start < 4:
            if len(self._form(right)) < 3 and not prefix and self.numbers.language == "en":
                break
            value, right, multiplied = value * factor, right + 1, True
        if multiplied and self._form(right) == ".":
            right += self.ends[right] < self.ends[-1]
        unit = self.numbers.unit_at(self.forms, right)
        right += unit[1] if unit else 0
        found = unit[0] if unit else prefix
        if found and not prefix and self._form(place - 1) in self.numbers.minus and self._minus_fits(place):
            place, value = place - 1, -value
        return _Number(
            place, right, value, value, found, spelled=spelled, bare=found is None and not multiplied
        )

    def _minus_fits(self, place: int) -> bool:
        """The sign before the number is a minus, not a dash: a word, or a mark that touches the number and nothing else."""
        sign = place - 1
        if self.forms[sign].isalpha():
            return True
        return self.ends[sign] == self.starts[place] and (
            sign == 0 or self.ends[sign - 1] < self.starts[sign]
        )

    def _simple(self, place: int) -> float | None:
        form = self._form(place)
        if form[:1].isdigit():
            return self.numbers.digits(form)
        if (
            form[:1].isupper()
            and place
            and self._form(place - 1) not in '„“"»«(:–'
            and form not in self.numbers.multipliers
        ):
            return None
        value = self.numbers.word(form)
        if (
            value is not None
            and self.numbers.language == "de"
            and form in self.numbers.multipliers
            and form[:1].isupper()
        ):
            return None
        return value

    def _one_of(self, place: int) -> tuple[float, int] | None:
        """„eine Million“, „ein Dutzend“, „eine halbe Million“, „half a million“."""
        form = self._form(place).lower()
        if form in self.numbers.half and self._form(place + 1) in self.numbers.one:
            factor = self._multiplier(place + 2)
            return (factor / 2, place + 3) if factor else None
        if form not in self.numbers.one:
            return None
        if self._form(place + 1) in self.numbers.half and (factor := self._multiplier(place + 2)):
            return factor / 2, place + 3
        factor = self._multiplier(place + 1)
        return (factor, place + 2) if factor else None

    def _multiplier(self, place: int) -> float | None:
        form = self._form(place).rstrip(".")
        return self.numbers.multipliers.get(form) if form and (place == 0 or self._joined(place)) else None

    def _grouped(self, place: int) -> bool:
        """„80 000“: three digits behind a plain space."""
        first, second = self.forms[place], self._form(place + 1)
        return (
            len(second) == 3
            and second.isdigit()
            and first.isdigit()
            and len(first) < 4
            and self.starts[place + 1] - self.ends[place] == 1
        )

    # From a number to a quantity.

    def _quantity(self, number: _Number) -> Quantity | None:
        if self._is_none(number):
            return None
        counted = self._counted(number.right, number.unit) if number.counts else None
        hedged = self._hedged(number, counted is not None)
        if (
            hedged.left == number.left
            and hedged.hedge == "exact"
            and number.bare
            and self._is_label(number, counted)
        ):
            return None
        start, end = self.starts[hedged.left], self.ends[hedged.right - 1]
        if hedged.unit != "year" and self.times.cover(self.starts[number.left], self.ends[number.right - 1]):
            return None
        if number.counts and counted is None and hedged.unit in (None, "%", "x"):
            counted = self._total_before(hedged.left)
        row_id = place_id(self.doc_id, "q", start, end)
        return Quantity(
            row_id, self.doc_id, start, end, hedged.low, hedged.high, hedged.unit, counted, hedged.hedge
        )

    def _is_none(self, number: _Number) -> bool:
        """Durations, clock times, dates, scores, phone numbers, years."""
        after, before = self._form(number.right), self._form(number.left - 1)
        if number.unit == "year":
            return False
        if after in self.numbers.time_units and number.unit is None:
            return True
        adjective = self._form(number.right + 1)
        if number.unit is None and adjective in self.numbers.time_units and self._is_adjective(after):
            return True
        if number.bare and (
            before in ("+", "/", "-", "–", ":", "#")
            and self._joined(number.left)
            and self.starts[number.left] == self.ends[number.left - 1]
        ):
            return True
        if (
            number.bare
            and after[:1] in "/:-–"
            and after
            and self._form(number.right + 1)[:1].isdigit()
            and self.starts[number.right] == self.ends[number.right - 1]
        ):
            return True
        if number.bare and before[:1].isdigit() and self._joined(number.left):
            return True
        return self._is_year(number)

    def _is_year(self, number: _Number) -> bool:
        form = self.forms[number.left]
        if (
            number.right - number.left != 1
            or not number.bare
            or not (form.isdigit() and len(form) == 4 and int(form) in _YEARS)
        ):
            return False
        if self._form(number.left - 1) in self.numbers.year_before or int(form) % 10:
            return True
        return self._counted(number.right, None) is None

    def _is_label(self, number: _Number, counted: Piece | None) -> bool:
        """„Artikel 5“, „Boeing 737“, „Platz drei“: a number that names rather than counts."""
        before = self._form(number.left - 1)
        if before in self.numbers.labels and self._joined(number.left):
            return True
        if counted is not None:
            return False
        if self.forms[number.left].lower() in self.numbers.not_alone:
            return True
        return (
            before[:1].isupper()
            and before.isalpha()
            and number.left > 1
            and not number.spelled
            and self._joined(number.left)
        )

    def _hedged(self, number: _Number, counted: bool) -> _Number:
        """The number with the words before (or behind) it that make it open or vague."""
        if number.hedge == "vague":
            return number
        if self._form(number.left).lower() in self.numbers.between:
            return number
        after = tuple(self.forms[number.right : number.right + 2])
        if after in self.numbers.after_at_least and number.unit != "year":
            return replace(number, right=number.right + 2, high=None, hedge="at_least")
        share = number.unit == "%" and self._form(number.left - 1) in self.numbers.before_share
        end = number.left - 1 if share else number.left
        for length in range(min(_LONGEST_HEDGE, end), 0, -1):
            phrase = tuple(form.lower() for form in self.forms[end - length : end])
            hedge = self.numbers.hedges.get(phrase)
            if hedge and self._hedge_fits(phrase, number):
                return self._with_hedge(number, number.left - end + length, hedge)
        return number

    def _hedge_fits(self, phrase: tuple[str, ...], number: _Number) -> bool:
        if len(phrase) > 1 or phrase[0] not in self.numbers.careful:
            return True
        if phrase[0] in self.numbers.need_unit:
            return not number.bare
        return not number.bare or (number.low or 0) >= 10

    def _with_hedge(self, number: _Number, length: int, hedge: Hedge) -> _Number:
        left = number.left - length if hedge != "exact" else number.left
        if hedge in ("more_than", "at_least"):
            return replace(number, left=left, high=None, hedge=hedge)
        if hedge in ("less_than", "at_most"):
            return replace(number, left=left, low=None, hedge=hedge)
        return replace(number, left=left, hedge=hedge)

    def _counted(self, place: int, unit: str | None) -> Piece | None:
        """The noun behind a number, with its adjectives („russischen Angriffen“)."""
        if unit in ("x", "year"):
            return None
        if self._form(place) in self.numbers.skip_before_noun and self._joined(place):
            place += 1
        if self.numbers.language == "en":
            return self._counted_english(place, unit)
        first = place
        while (
            place - first < _MOST_ADJECTIVES and self._joined(place) and self._is_adjective(self._form(place))
        ):
            place += 1
        noun = self._form(place)
        if (
            not noun[:1].isupper()
            or not self._joined(place)
            or len(noun) < 2
            or noun in self.numbers.time_units
        ):
            return None
        if noun in self.numbers.labels and place == first:
            return None
        return Piece(self.starts[first], self.ends[place])

    def _is_adjective(self, form: str) -> bool:
        if (
            not form[:1].islower()
            or form in self.numbers.not_adjectives
            or self.numbers.word(form) is not None
        ):
            return False
        return len(form) > 3 and form.endswith(self.numbers.adjective_endings or "\0")

    def _counted_english(self, place: int, unit: str | None) -> Piece | None:
        for last in range(place, min(place + _MOST_ADJECTIVES, len(self.forms))):
            form = self.forms[last]
            if not self._joined(last) or form in self.numbers.not_adjectives or not form[:1].isalpha():
                return None
            if form in self.numbers.time_units:
                return None
            if _PLURAL.match(form) or (unit and last > place and form.islower()):
                return Piece(self.starts[place], self.ends[last])
        return None

    def _total_before(self, place: int) -> Piece | None:
        """What „die Zahl der …“ earlier in the sentence counts."""
        if not self._total_known:
            self._total, self._total_known = self._find_total(), True
        total = self._total
        return total if total and place < len(self.starts) and total.end <= self.starts[place] else None

    def _find_total(self) -> Piece | None:
        for place, form in enumerate(self.forms[:-2]):
            if form in self.numbers.total_nouns and self.forms[place + 1] in self.numbers.of:
                first = place + 2
                if self.numbers.language == "en":
                    return self._counted_english(first, "total")
                last = first
                while last - first < _MOST_ADJECTIVES and self._is_adjective(self._form(last)):
                    last += 1
                if self._form(last)[:1].isupper():
                    return Piece(self.starts[first], self.ends[last])
        return None
