"""News agencies by name: what `lang/*/agencies.toml` knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, has_data, read_data

__all__ = ["Agencies", "Agency"]

_SEPARATOR = re.compile(r"\s*(?:[/,;|+&]|\s-\s|\bund\b|\band\b)\s*")


class Agency:
    """One agency: short `name`, `kind` ("text" or "photo"), `country`, `state` (run by a state), `marks`, `aliases`.

    The marks of a `shy` one are words of other things, too: they credit it only beside another agency's.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.kind = "text"
        self.country: str | None = None
        self.state = False
        self.shy = False
        self.marks: tuple[str, ...] = ()
        self.aliases: tuple[str, ...] = ()

    def add(self, entry: Mapping[str, Any]) -> None:
        """Takes over what one entry of the data says."""
        self.kind = entry.get("kind", self.kind)
        self.country = entry.get("country", self.country)
        self.state = entry.get("state", self.state)
        self.shy = entry.get("shy", self.shy)
        self.marks = tuple(dict.fromkeys((*self.marks, *entry.get("marks", ()))))
        self.aliases = tuple(dict.fromkeys((*self.aliases, *entry.get("aliases", ()))))


class Agencies:
    """Agencies of all languages with data. Look-ups compare letter by letter, marks of up to three letters with their case."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        self.by_name: dict[str, Agency] = {}
        self._beside: set[str] = set()
        self._called: set[str] = set()
        for table in tables:
            self._called |= {word.casefold() for word in table.get("generic", {}).get("called", ())}
            self._beside |= {word.casefold() for word in table.get("generic", {}).get("beside", ())}
            for entry in table.get("agency", ()):
                self.by_name.setdefault(entry["name"], Agency(entry["name"])).add(entry)
        self._known: dict[str, Agency] = {}
        for agency in self.by_name.values():
            for form in (*(agency.marks or (agency.name,)), *agency.aliases):
                self._known.setdefault(_key(form), agency)

    @property
    def openers(self) -> frozenset[str]:
        """First words of what may stand beside agencies in a credit („mit“ of „mit Material von“), lower case."""
        return frozenset(words.split(" ", 1)[0] for words in self._beside if " " in words)

    @classmethod
    def load(cls) -> Agencies:
        """The agencies that ship with lagebild, read once a process."""
        return _shipped()

    def is_called_agency(self, words: str) -> bool:
        """Whether a word such as „Nachrichtenagentur“ stands in some words, so that a shy mark in them is meant."""
        folded = words.casefold()
        return any(word in folded for word in self._called)

    def named(self, words: str) -> Agency | None:
        """The agency that these words name, as a whole: „dpa“, „Agence France-Presse“; None for anything else."""
        return self._known.get(_key(" ".join(words.split())))

    def credited(self, credit: str) -> tuple[Agency, ...]:
        """The agencies that a credit line names, in its order: „dpa, AFP, Reuters“, „Reuters/dpa“, „mit Material von AP“.

        () where any part of the credit is neither an agency nor one of the words that may stand beside them, and where all are shy.
        """
        if len(credit) > 200:
            return ()
        found: dict[str, Agency] = {}
        for part in _parts(credit):
            agency = self.named(part) or self._after_opening(part)
            if agency:
                found[agency.name] = agency
            elif part.casefold() not in self._beside:
                return ()
        return tuple(found.values()) if any(not agency.shy for agency in found.values()) else ()

    def _after_opening(self, part: str) -> Agency | None:
        """„mit Material von dpa“: the agency behind words that open a credit."""
        words = part.split()
        for cut in range(1, min(len(words), 6)):
            if " ".join(words[:cut]).casefold() in self._beside and (
                agency := self.named(" ".join(words[cut:]))
            ):
                return agency
        return None


def _parts(credit: str) -> list[str]:
    return [part for part in _SEPARATOR.split(credit.strip().strip("()[].")) if part]


def _key(words: str) -> str:
    return words if len(words) <= 3 else words.casefold()


@cache
def _shipped() -> Agencies:
    return Agencies(
        read_data(language, "agencies") for language in LANGUAGES if has_data(language, "agencies")
    )
