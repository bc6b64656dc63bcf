"""Places of the world by name, offline: a GeoNames extract in one read-only SQLite file, with the exonyms of `lang/*/places.toml`.

How the file is made and under which licence: `docs/data.md`. Names alone are looked up here; which of several places of one name
is meant is decided in `resolve`.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from math import sqrt
from pathlib import Path
from typing import Any

from lagebild.errors import MachineError
from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data

__all__ = ["MOST_PLACES", "MOST_ROWS", "Gazetteer", "GazetteerPlace", "PlaceWords", "place_keys"]

MOST_PLACES = 20
"""`Gazetteer.find` gives at most this many places."""

MOST_ROWS = 100
OWN_NAME = 10
"""A town whose main name is the one looked up counts as ten times as large as towns with that name among their other names, so that
Pokrovsk is not Engels, which was once called so. Tried: 20 puts small Georgias and Naples first, 3 leaves Nazareth in Ethiopia."""

LAYOUT = "1"
FEATURES = ("city", "admin1", "country")
DEGREE = 10_000
DISTRICT_KM = 25.0
"""Precision of „Kreis X“: districts have no rows of their own, so the town of that name stands for its district."""

_ONE_LETTER = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h"}
)
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_SILENT = re.compile(r"['’‘ʼʻʽ`´ʹʾʿ.]")
_GAPS = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True)
class GazetteerPlace:
    """One place on Earth.

    `feature` is "city" (any settlement), "admin1" (first-level region), "country", "region" or "sea" (from language data).
    `country` is ISO 3166-1 alpha-2, "" where a region or sea lies in several. `admin1` is the English name of the region, None
    where unknown. `population` is 0 where unknown; that of an admin1 is the sum of its towns. `precision_km` says how far from
    (lat, lon) something in this place may be: about the built-up radius of a town, the reach of a region.
    """

    gazetteer_id: str
    name: str
    country: str
    admin1: str | None
    lat: float
    lon: float
    population: int
    feature: str
    precision_km: float


def place_keys(name: str) -> tuple[str, ...]:
    """The keys under which a name is stored and looked up: without case, accents, apostrophes, full stops; hyphens are spaces.

    A name with ä, ö, ü, å, ø has two keys (`munchen`, `muenchen`). Empty for a name without two letters or digits.
    """
    folded = unicodedata.normalize("NFC", name[:200]).casefold()
    keys = dict.fromkeys((_plain(folded), _plain(folded.translate(_TWO_LETTERS))))
    return tuple(key for key in keys if len(key) > 1)


def _plain(folded: str) -> str:
    if not folded.isascii():
        letters = unicodedata.normalize("NFKD", folded.translate(_ONE_LETTER))
        folded = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _GAPS.sub(" ", _SILENT.sub("", folded)).strip()


class PlaceWords:
    """The words for places of all languages with data (`lang/*/places.toml`).

    Fields: `prepositions` (lower case), `region_words` (folded word: "admin1", "district" or "city").
    """

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        self.prepositions: frozenset[str] = frozenset()
        self.region_words: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._derived: dict[str, str | None] = {}
        self._seats: dict[str, str] = {}
        self._rivers: set[str] = set()
        self._exonyms: dict[str, tuple[str, str]] = {}
        self._areas: dict[str, GazetteerPlace] = {}
        self._endings: tuple[str, ...] = ()
        self._name_endings: tuple[str, ...] = ()
        for table in tables:
            self._add(table)

    @classmethod
    def load(cls) -> PlaceWords:
        """The words of every language that has a `places.toml`."""
        return cls(read_data(code, "places") for code in LANGUAGES if has_data(code, "places"))

    def country_named(self, name: str) -> str | None:
        """Code of the country with exactly this name („Russland“, „USA“), None for anything else."""
        return next((self._names[key] for key in place_keys(name) if key in self._names), None)

    def country_of(self, word: str) -> str | None:
        """Code of the country that a name, adjective or inhabitant stands for („Russlands“, „russische“, „Ukrainerinnen“ → UA).

        None for other words, and for words that stand for several countries („koreanisch“).
        """
        for key in place_keys(word):
            for stem in self._stems(key, self._name_endings):
                if stem in self._names:
                    return self._names[stem]
            for stem in self._stems(key, self._endings):
                if stem in self._derived:
                    return self._derived[stem]
        return None

    def seat_of(self, name: str) -> str | None:
        """Code of the country whose government a place name may stand for („Moskau“, „Kreml“, „Weißes Haus“), or None."""
        return next((self._seats[key] for key in place_keys(name) if key in self._seats), None)

    def is_river(self, name: str) -> bool:
        """True for a river: it has no one place, and the towns of that name are hardly ever meant."""
        return any(key in self._rivers for key in place_keys(name))

    def exonym(self, name: str) -> tuple[str, str] | None:
        """GeoNames name and country code behind an exonym that GeoNames does not list, or None."""
        return next((self._exonyms[key] for key in place_keys(name) if key in self._exonyms), None)

    def area(self, name: str) -> GazetteerPlace | None:
        """A region or sea that is no state's unit („Donbass“, „Sahel“, „Rotes Meer“), or None."""
        return next((self._areas[key] for key in place_keys(name) if key in self._areas), None)

    def without_region_word(self, name: str) -> Iterator[tuple[str, str]]:
        """What is left of a name without its region word, and the word's level: „Gebiet Kursk“, „Kursker Gebiet“ → Kursk, admin1.

        Gives the rest as it stands, then without an adjective's ending. Nothing for names without a region word.
        """
        words = _GAPS.sub(" ", name[:200]).split()
        for length in range(min(2, len(words) - 1), 0, -1):
            for rest, word in ((words[length:], words[:length]), (words[:-length], words[-length:])):
                keys = place_keys(" ".join(word))
                level = next((self.region_words[key] for key in keys if key in self.region_words), None)
                if level:
                    yield " ".join(rest), level
                    if rest[-1].endswith("er"):
                        yield " ".join(rest)[:-2], level

    @staticmethod
    def _stems(key: str, endings: tuple[str, ...]) -> Iterator[str]:
        yield key
        for ending in endings:
            if key.endswith(ending):
                yield key.removesuffix(ending)

    def _add(self, table: Mapping[str, Any]) -> None:
        self.prepositions |= frozenset(table.get("prepositions", ()))
        self._rivers.update(key for name in table.get("rivers", ()) for key in place_keys(name))
        for level, words in table.get("region_words", {}).items():
            self.region_words.update((key, level) for word in words for key in place_keys(word))
        endings = table.get("inflection", {})
        self._endings = tuple(dict.fromkeys((*self._endings, *endings.get("derived", ()))))
        self._name_endings = tuple(dict.fromkeys((*self._name_endings, *endings.get("names", ()))))
        for code, nation in table.get("nations", {}).items():
            self._add_nation(code, nation)
        for code, names in table.get("seats", {}).items():
            self._seats.update((key, code) for name in names for key in place_keys(name))
        for code, pairs in table.get("exonyms", {}).items():
            self._exonyms.update((key, (pairs[name], code)) for name in pairs for key in place_keys(name))
        for area in table.get("areas", ()):
            self._add_area(area)

    def _add_nation(self, code: str, nation: Mapping[str, Any]) -> None:
        for name in nation.get("names", ()):
            self._names.update((key, code) for key in place_keys(name))
        for word in (*nation.get("adjectives", ()), *nation.get("people", ())):
            for key in place_keys(word):
                self._derived[key] = code if self._derived.get(key, code) == code else None

    def _add_area(self, area: Mapping[str, Any]) -> None:
        place = GazetteerPlace(
            f"area:{area['id']}", area["names"][0], area.get("country", ""), None, area["lat"], area["lon"], 0,
            area.get("feature", "region"), float(area["radius_km"]),
        )  # fmt: skip
        for name in area["names"]:
            for key in place_keys(name):
                self._areas.setdefault(key, place)


class Gazetteer:
    """Look-up of places by name. Open it once a worker with `Gazetteer.open()`; it may be shared by threads, not by processes.

    `digest` names the file and the language data; `licence` is the attribution that has to go with places shown to people.
    """

    def __init__(self, connection: sqlite3.Connection, words: PlaceWords) -> None:
        self._connection = connection
        self.words = words
        meta = dict(connection.execute("SELECT name, value FROM meta"))
        self.licence: str = meta["licence"]
        self.digest: str = f"{meta['digest'][:16]}-{data_digest('places')}"

    @classmethod
    def open(cls) -> Gazetteer:
        """The gazetteer that ships with lagebild; pages of the file are read when needed. Raises MachineError where it is missing."""
        path = Path(str(files("lagebild.lang").joinpath("gazetteer.sqlite")))
        if not path.is_file():
            raise MachineError(
                f"{path}: the gazetteer is missing from this installation; install lagebild again"
            )
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        layout = connection.execute("SELECT value FROM meta WHERE name = 'layout'").fetchone()
        if layout != (LAYOUT,):
            raise MachineError(f"{path}: made for another version of lagebild; install lagebild again")
        return cls(connection, PlaceWords.load())

    def close(self) -> None:
        """Closes the file; every later look-up raises sqlite3.ProgrammingError."""
        self._connection.close()

    def find(self, name: str, most: int = MOST_PLACES) -> tuple[GazetteerPlace, ...]:
        """Places of this name, at most `most` (never more than `MOST_ROWS`); empty where none is known.

        Case, accents, apostrophes, hyphens do not count; `ae` finds `ä`. What the language data names outright comes first (areas,
        exonyms, countries), then countries, then the rest by population, where a region counts with a twentieth of its people: a
        bare „Kursk“ is the city, „Bayern“ the region. Among towns, those whose main name it is go before those once called so. „Gebiet Kursk“ and „Kursker Gebiet“ give regions only; „Kreis Pokrowsk“
        gives the town at a precision of 25 km. Rivers have no place. Genitives („Kursks“) are not undone.
        """
        if self.words.is_river(name):
            return ()
        keys = place_keys(name)
        found = dict.fromkeys((*self._outright(name), *self._stored(keys)))
        if not found:
            found = dict.fromkeys(self._in_region(name))
        return tuple(found)[: min(most, MOST_ROWS)]

    def knows(self, name: str) -> bool:
        """True where `find(name)` would give a place; faster, for finding names in text."""
        keys = place_keys(name)
        known = self.words.area(name) or self.words.exonym(name) or self.words.country_named(name)
        return bool(known) or any(self._has(key) for key in keys) or any(self._in_region(name))

    def country(self, code: str) -> GazetteerPlace | None:
        """The country with this ISO 3166-1 alpha-2 code, placed in the middle of its largest land; None for an unknown code."""
        return next(iter(self._rows("rank = (SELECT place FROM country WHERE code = ?)", code)), None)

    def capital(self, code: str) -> GazetteerPlace | None:
        """The capital of the country with this code, None where the data names none."""
        return next(iter(self._rows("rank = (SELECT capital FROM country WHERE code = ?)", code)), None)

    def country_of(self, name_or_adjective: str) -> str | None:
        """See `PlaceWords.country_of`."""
        return self.words.country_of(name_or_adjective)

    def _outright(self, name: str) -> Iterator[GazetteerPlace]:
        if area := self.words.area(name):
            yield area
        if exonym := self.words.exonym(name):
            target, country = exonym
            yield from (place for place in self._stored(place_keys(target)) if place.country == country)
        if (code := self.words.country_named(name)) and (place := self.country(code)):
            yield place

    def _in_region(self, name: str) -> Iterator[GazetteerPlace]:
        for rest, level in self.words.without_region_word(name):
            places = (
                *self._outright(rest),
                *self._stored(place_keys(rest), "AND feature = 1" if level == "admin1" else ""),
            )
            for place in places:
                if place.feature == level:
                    yield place
                elif level == "district" and place.feature == "city":
                    yield replace(place, precision_km=max(place.precision_km, DISTRICT_KM))

    def _has(self, key: str) -> bool:
        return (
            self._connection.execute("SELECT 1 FROM key WHERE text = ? LIMIT 1", (key,)).fetchone()
            is not None
        )

    def _stored(self, keys: tuple[str, ...], only: str = "") -> list[GazetteerPlace]:
        if not keys:
            return []
        marks = ",".join("?" * len(keys))
        places = self._rows(f"rank IN (SELECT rank FROM key WHERE text IN ({marks})) {only}", *keys)
        return _own_names_first(places, keys) if len(places) > 1 else places

    def _rows(self, condition: str, *values: str) -> list[GazetteerPlace]:
        rows = self._connection.execute(
            "SELECT geonames, place.name, country, region.name, lat, lon, population, feature, radius FROM place"
            f" JOIN region ON region.id = region WHERE {condition} ORDER BY rank LIMIT {MOST_ROWS}",
            values,
        )
        return [_place(*row) for row in rows]


def _place(
    geonames: int,
    name: str,
    country: str,
    admin1: str | None,
    lat: int,
    lon: int,
    people: int,
    feature: int,
    radius: int | None,
) -> GazetteerPlace:
    precision = float(radius) if radius is not None else _town_radius_km(people)
    return GazetteerPlace(
        f"geonames:{geonames}",
        name,
        country,
        admin1,
        lat / DEGREE,
        lon / DEGREE,
        people,
        FEATURES[feature],
        precision,
    )


def _own_names_first(places: list[GazetteerPlace], keys: tuple[str, ...]) -> list[GazetteerPlace]:
    """The same places; only towns change places among themselves, by population, with `OWN_NAME` for their main name."""

    def weight(place: GazetteerPlace) -> int:
        own = place_keys(_IN_BRACKETS.sub("", place.name))
        return place.population * (OWN_NAME if set(own) & set(keys) else 1)

    towns = iter(sorted((place for place in places if place.feature == "city"), key=weight, reverse=True))
    return [next(towns) if place.feature == "city" else place for place in places]


def _town_radius_km(people: int) -> float:
    """About 2,800 people a square kilometre: 1 km for a village, 6 for 300,000 people, 20 for three million and more."""
    return round(min(20.0, max(1.0, sqrt(people / 2800 / 3.1416))), 1)
