"""The grammar of time phrases of a language, put together once per process from `lang/<code>/times.toml` and `numbers.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from lagebild.lang.data import has_data, read_data
from lagebild.textkit.time_grammar import TimeGrammar

__all__ = ["nth_weekday", "time_grammar", "weekday_from"]


@cache
def time_grammar(language: str) -> TimeGrammar:
    """The grammar of a language that has time data. Raises FileNotFoundError for another.

    Number words are those of its number data and, for German and English alike, the compounds below hundred („zweiundzwanzig“,
    “twenty-two”).
    """
    data = dict(read_data(language, "times"))
    if has_data(language, "numbers"):
        data["words"] = {**data["words"], "NUM": _with_number_words(data["words"]["NUM"], language)}
    return TimeGrammar(data)


def _with_number_words(given: Mapping[str, list[str]], language: str) -> dict[str, list[str]]:
    """The class of number words, those of the times file first, as the grammar keeps the first reading of a word."""
    words = {value: list(forms) for value, forms in given.items()}
    for form, value in _number_words(read_data(language, "numbers")):
        words.setdefault(value, []).append(form)
    return words


def _number_words(numbers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Number words with their values as a rule writes them: `2`, `1.5`; compounds of ones and tens in the order of the language."""
    simple: Mapping[str, float] = numbers["words"]
    yield from ((form, f"{value:g}") for form, value in simple.items() if value > 0)
    link: str = numbers["compound"]["and"]
    ones = {form: value for form, value in simple.items() if 1 <= value < 10 and value % 1 == 0}
    ones |= dict.fromkeys(numbers["compound"]["one"], 1)
    tens = {form: value for form, value in simple.items() if 20 <= value < 100 and value % 10 == 0}
    for ten, high in tens.items():
        for one, low in ones.items():
            yield (f"{one}{link}{ten}" if link.isalpha() else f"{ten}{link}{one}"), f"{high + low:g}"


def weekday_from(feast: str, year: int) -> date:
    """The day of a feast written `11-27/7`: the first seventh day of the week (Sunday) on or after 27 November."""
    first, _, weekday = feast.partition("/")
    month, day = first.split("-")
    start = date(year, int(month), int(day))
    return start + timedelta(days=(int(weekday) - start.isoweekday()) % 7)


def nth_weekday(rule: Mapping[str, str], year: int) -> date | None:
    """The day of „der erste Sonntag im Mai“ (`nth=1;nthday=7;month=5`; nth -1 is the last one); None where the month has none."""
    month, nth = int(rule["month"]), int(rule["nth"])
    start = date(year, month, 1)
    first = start + timedelta(days=(int(rule["nthday"]) - start.isoweekday()) % 7)
    days = [day for week in range(5) if (day := first + timedelta(days=7 * week)).month == month]
    if nth > len(days):
        return None
    return days[nth - 1 if nth > 0 else nth]
