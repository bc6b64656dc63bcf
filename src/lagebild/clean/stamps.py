"""Dates and times as mastheads print them: „Stand: 14.03.2025, 12:35 Uhr“, „March 14, 2025 at 9:12 am“, „2025-03-14T12:35+01:00“.

Only what names its year is read. A date that two countries read differently (04/05/2025) is left out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, has_data, read_data
from lagebild.model.document import Precision

__all__ = ["FoundDate", "StampWords", "read_iso"]

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s?(?P<offset>Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
)
_SLUG = re.compile(
    r"[+*]{0,3}\s?([^\W\d_]{2,24}(?: [^\W\d_]{2,12})?)(?:[ /-]{0,2}\d{1,2})?\s?[+*]{0,3}\s?(?::|[-–—|](?=\s))\s*"
)
_FIRST_YEAR, _LAST_YEAR = 1450, 2199
_LONGEST = 80


@dataclass(frozen=True)
class FoundDate:
    """A date at characters `start` to `end` of the line: ISO 8601 cut at its precision."""

    start: int
    end: int
    value: str
    precision: Precision


def read_iso(value: str) -> tuple[str, Precision] | None:
    """An ISO 8601 instant cut at its own precision, with its offset where it states one; None for anything else.

    >>> read_iso("2025-03-14T21:40:05.120Z")
    ('2025-03-14T21:40:05+00:00', 'second')
    >>> read_iso("2025-03")
    ('2025-03', 'month')
    """
    match = _ISO.fullmatch(value.strip()[:_LONGEST])
    return _iso_value(match) if match else None


def _iso_value(match: re.Match[str]) -> tuple[str, Precision] | None:
    part = match.groupdict()
    date = _date(part["year"], part["month"], part["day"])
    if date is None or not part["hour"]:
        return date
    clock = _clock(part["hour"], part["minute"], part["second"])
    if clock is None:
        return None
    return f"{date[0]}T{clock[0]}{_offset(part['offset'])}", clock[1]


def _offset(written: str | None) -> str:
    if not written:
        return ""
    digits = written[1:].replace(":", "")
    return "+00:00" if written == "Z" else f"{written[0]}{digits[:2]}:{digits[2:] or '00'}"


def _date(year: str, month: str | None, day: str | None) -> tuple[str, Precision] | None:
    """Year, month, day as ISO; None for a day that no calendar has."""
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    if not month:
        return year, "year"
    if not 1 <= int(month) <= 12:
        return None
    if not day:
        return f"{year}-{int(month):02d}", "month"
    if not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None
    return f"{year}-{int(month):02d}-{int(day):02d}", "day"


def _clock(hour: str, minute: str | None, second: str | None, half: str = "") -> tuple[str, Precision] | None:
    """A time of day as ISO, 24 hours; `half` is "am", "pm" or ""."""
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    if hours > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    if not minute:
        return f"{hours:02d}", "hour"
    if not second:
        return f"{hours:02d}:{minute}", "minute"
    return f"{hours:02d}:{minute}:{second}", "second"


class StampWords:
    """The words of stamps in all languages with data (`lang/*/mastheads.toml`)."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        self.months: dict[str, int] = {}
        self.words: set[str] = set()
        self.published: set[str] = set()
        self.updated: set[str] = set()
        self.author_words: dict[str, set[str]] = {
            "openers": set(),
            "helpers": set(),
            "joiners": set(),
            "not_names": set(),
        }
        self._outlets: set[str] = set()
        self.releases: set[str] = set()
        self._slugs: set[str] = set()
        self._offsets: dict[str, str] = {}
        self._keys: list[str] = []
        weekdays: list[str] = []
        clock_words: list[str] = []
        for table in tables:
            dates = table["dates"]
            for number, names in enumerate(dates["months"], start=1):
                self.months.update((name.casefold(), number) for name in names)
            self.words.update(dates["stamp_words"])
            self.published.update(dates["published_words"])
            self.updated.update(dates["updated_words"])
            weekdays += dates["weekdays"]
            clock_words += dates["clock_words"]
            self._offsets.update((name.casefold(), offset) for name, offset in dates["zones"].items())
            self._keys += table["metadata"]["date_keys"]
            for name, kept in self.author_words.items():
                kept.update(table["authors"][name])
            self._outlets.update(table["outlets"]["parts"])
            self.releases.update(table["outlets"]["releases"])
            self._slugs.update(table["slugs"]["words"])
        self.weekdays = frozenset(word.casefold() for word in weekdays)
        self._build(clock_words)

    @classmethod
    def load(cls) -> StampWords:
        """The words that ship with lagebild, read once a process."""
        return _shipped()

    def _build(self, clock_words: list[str]) -> None:
        month = _any_of(self.months)
        clock = _any_of(clock_words)
        zone = _any_of(self._offsets)
        time = (
            rf"(?:\s?[,|–—-]?\s{{0,2}}(?:um|at|T)?\s{{0,2}}(?P<hour>\d{{1,2}})(?=[:.]\d{{2}}(?!\.?\d)|\s?[ap]\.?m\b|\s?{clock}\b)"
            rf"(?:[:.](?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
            rf"(?P<clock>\s?{clock}\b)?(?:\s?\(?(?P<zone>{zone})\b\)?)?)?"
        )
        shapes = (
            r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?!\.?\d)",
            rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s{{1,2}}(?P<name>{month})\.?,?\s{{1,2}}(?P<year>\d{{4}})(?!\d)",
            rf"(?P<name>{month})\.?\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<year>\d{{4}})(?!\d)",
            r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?!\d)",
        )
        self._shapes = tuple(re.compile(r"(?<![\w.,/-])" + shape + time, re.IGNORECASE) for shape in shapes)
        self._iso = re.compile(rf"(?<![\w.-])(?=\d{{4}}-\d{{2}}){_ISO.pattern}(?![\w-])")
        self._month_year = re.compile(
            rf"(?<![\w.])(?P<name>{month})\.?\s{{1,2}}(?P<year>\d{{4}})(?!\d)", re.IGNORECASE
        )
        keys = _any_of(self._keys)
        self._leaked = re.compile(
            rf"\s*(?P<key>{keys})(?:\s?[:=]\s{{0,3}}|\s{{1,3}})[\"']?(?P<value>\d{{4}}-\d{{2}}[\d:T+Z.-]{{0,28}})[\"']?(?=\s|$)",
            re.IGNORECASE,
        )
        weekday = _any_of(self.weekdays)
        self._strip = re.compile(rf"\b(?:{weekday}|{clock}|{zone})\b", re.IGNORECASE)

    def leaked(self, text: str, at: int = 0) -> tuple[int, str, Precision] | None:
        """Metadata of a container at position `at`: (where it ends, ISO value, precision); None where there is none.

        >>> StampWords.load().leaked(" date 2025-03 Der Rat tagt.")
        (13, '2025-03', 'month')
        """
        match = self._leaked.match(text, at)
        read = read_iso(match["value"]) if match else None
        return (match.end(), *read) if match and read else None

    def find(self, line: str) -> list[FoundDate]:
        """The dates in a line, in order, without overlap; only the first 2,000 characters are read.

        A month with its year counts only where no day is named anywhere in the line.
        """
        line = line[:2000]
        found = sorted(
            (date for shape in self._shapes for date in self._with_day(shape, line)),
            key=lambda date: (date.start, -date.end),
        )
        found += list(self._written_iso(line))
        if not found:
            found = list(self._months_alone(line))
        found.sort(key=lambda date: (date.start, -date.end))
        return [date for k, date in enumerate(found) if k == 0 or date.start >= found[k - 1].end]

    def _with_day(self, shape: re.Pattern[str], line: str) -> Iterator[FoundDate]:
        for match in shape.finditer(line):
            part = match.groupdict()
            month = part.get("month") or str(self.months.get((part.get("name") or "").casefold(), 0))
            if "/" in match[0][:3] and int(part["day"]) <= 12 and int(month) <= 12 and part["day"] != month:
                continue
            day, month = (
                (month, part["day"]) if "/" in match[0][:3] and int(month) > 12 else (part["day"], month)
            )
            read = _date(_full_year(part["year"]), month, day)
            if read:
                yield self._with_clock(match, read[0])

    def _with_clock(self, match: re.Match[str], day: str) -> FoundDate:
        """The date with its time of day; a bare number after it („14.03.2025, 12 Tote“) is no time."""
        part = match.groupdict()
        offset = self._offsets[part["zone"].casefold()] if part["zone"] else None
        clock = None
        if part["hour"] and (part["minute"] or part["half"] or part["clock"]):
            clock = _clock(part["hour"], part["minute"], part["second"], (part["half"] or "").casefold())
        if clock is None:
            return FoundDate(match.start(), match.end("year"), day, "day")
        if offset == "":
            return FoundDate(match.start(), match.end(), day, "day")
        return FoundDate(match.start(), match.end(), f"{day}T{clock[0]}{offset or ''}", clock[1])

    def _written_iso(self, line: str) -> Iterator[FoundDate]:
        for match in self._iso.finditer(line):
            read = _iso_value(match)
            if read and read[1] != "year":
                yield FoundDate(match.start(), match.end(), *read)

    def _months_alone(self, line: str) -> Iterator[FoundDate]:
        for match in self._month_year.finditer(line):
            read = _date(match["year"], str(self.months[match["name"].casefold()]), None)
            if read:
                yield FoundDate(match.start(), match.end(), *read)

    def rest(self, line: str, dates: list[FoundDate]) -> list[str]:
        """The words of a line that are neither date, time, weekday, zone nor words of stamps."""
        parts, at = [], 0
        for date in dates:
            parts.append(line[at : date.start])
            at = date.end
        parts.append(line[at:])
        bare = _TIME_ALONE.sub(" ", " ".join(parts))
        words = _WORD.findall(self._strip.sub(" ", bare))
        return [word for word in words if word.casefold() not in self.words]

    def outlet_like(self, words: Sequence[str]) -> bool:
        """Whether a short line (its words in lower case) names an outlet or a kind of release rather than a happening."""
        if not 1 <= len(words) <= 5:
            return False
        if " ".join(words) in self.releases:
            return True
        return any(word.endswith(part) for word in words for part in self._outlets)

    def slug_end(self, title: str) -> int:
        """Where the title proper begins behind an agency's slug („ROUNDUP 2: “, „EILMELDUNG – “); 0 without one."""
        match = _SLUG.match(title)
        if match is None or match[1].casefold() not in self._slugs or match.end() >= len(title):
            return 0
        return match.end()

    def says(self, line: str) -> str:
        """What a stamp line says about its date: "published", "updated" or ""."""
        words = {word.casefold() for word in _WORD.findall(line)}
        if words & self.published:
            return "published"
        return "updated" if words & self.updated else ""


_TIME_ALONE = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?(?=(?:Uhr|min)\b)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def _full_year(written: str) -> str:
    """Two digits mean 1970 to 2069."""
    return written if len(written) == 4 else str((1900 if int(written) >= 70 else 2000) + int(written))


def _any_of(words: Iterable[str]) -> str:
    """An alternation, longest first, so that „Sept“ does not stop at „Sep“."""
    return (
        "(?:"
        + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
        + ")"
    )


@cache
def _shipped() -> StampWords:
    return StampWords(
        read_data(language, "mastheads") for language in LANGUAGES if has_data(language, "mastheads")
    )
