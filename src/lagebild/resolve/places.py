"""Where the places of a case lie, by the gazetteer and what the case says around them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import asin, cos, exp, radians, sin, sqrt
from typing import TypeVar

from lagebild.lang.data import LANGUAGES
from lagebild.lang.gazetteer import MOST_PLACES, MOST_ROWS, Gazetteer, GazetteerPlace
from lagebild.lang.lexicon import Lexicon, lexicon
from lagebild.model.account import Reason
from lagebild.model.identity import Entity, EntityForm, NameUse, Place, PlaceUse
from lagebild.model.ids import content_id
from lagebild.resolve.facts import facts_digest, name_facts
from lagebild.resolve.keys import country_name_of
from lagebild.resolve.sounds import likeness
from lagebild.resolve.uses import in_content
from lagebild.settings import Settings
from lagebild.step import CaseView
from lagebild.textkit.normal import fold

__all__ = ["PlaceTools", "place_entities"]

_SURE = 0.55
"""Least share of the weight that the best candidate needs; below it the place stays off the map."""

_ANCHOR = 0.8
"""Share from which a place counts as known when its neighbours are looked for."""

_KNOWN_FROM = 200_000
_SOUNDS = 0.6
_SAME_SPOT = 0.3
"""Degrees of latitude and longitude together, about 25 km."""

_MOST_ALTERNATIVES = 8
_MOST_FORMS = 8
_MOST_COMPANIONS = 60
_MOST_AROUND = 30
_MOST_LONGER = 5
_COUNTRY_WEIGHT = 12.0
_RULED_WEIGHT = 1.0  # a government is named by its seat: less than its country
_NEAR_KM = 200.0
_NEAR_WEIGHT = 8.0
_SAME_LAND = 3.0
_SMALL = 100_000
_FAR = 0.007  # about 1,000 km
_CLOSE = 0.3  # about 240 km
_INSIDE, _OUTSIDE = 40.0, 0.1
_LONGER = 30.0
_LEVEL_WEIGHT = 60.0
_HOME, _HALF_HOME = (
    3.0,
    1.5,
)  # a town where the text's language is spoken; less where the text names any country
_CAPITAL = 6.0
_OWN_NAME = 3.0  # spelt to the letter as here: Bali is not Bāli
_SMALLEST, _WIDE_PEOPLE = 200, 1_000_000
_REGION_SHARE = 20  # as in the gazetteer: a bare „Kursk“ is the town
_HOMES = {"de": ("DE", "AT", "CH")}
_LEVELS = {"admin1": ("admin1", "region"), "district": ("city",), "city": ("city",)}
_REGION_KM = 40.0  # „Region Pokrowsk“: a stretch around a town that is no unit of its own
_DISTRICT_KM = 25.0
_EARTH_KM = 6371.0

T = TypeVar("T", NameUse, PlaceUse)
Asked = tuple[str, str]
"""An entity and the reading of its name that is asked for."""


class PlaceTools:
    """The gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    @classmethod
    def load(cls, settings: Settings) -> PlaceTools:
        return cls(Gazetteer.open())

    @classmethod
    def digest(cls) -> str:
        gazetteer = Gazetteer.open()
        digest = f"{gazetteer.digest}-{facts_digest()}-{Lexicon.digest()}"
        gazetteer.close()
        return digest


@dataclass
class _Named:
    """What the documents say around one place in one reading."""

    docs: int = 0
    alone: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    longer: Counter[str] = field(default_factory=Counter)
    further: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    ruled: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    companions: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Choice:
    """The candidates of a place, best first, with the share of the best and why."""

    ranked: tuple[GazetteerPlace, ...]
    share: float
    reasons: tuple[Reason, ...]


def place_entities(case: CaseView, tools: PlaceTools) -> Iterable[Place]:
    """A row for each place (kind LOC) named in the body of a report whose whereabouts are sure enough, one more where texts mean
    the region („Gebiet Kursk“) or district of that name.

    Candidates are all gazetteer places of the entity's forms. Weight: people living there, whether the documents that name it name
    the country too, whether the case does, what it is said to lie in („Springfield, Illinois“), how near it lies to other places of
    the same documents that are known for sure, whether a word like „Gebiet“ stands by. No row where the best has less than 55 per
    cent of the weight; `alternatives` are the others, best first. Reads Entity, EntityForm, NameUse, PlaceUse.
    """
    entities = {entity.id: entity for entity in case.rows(Entity) if entity.kind == "LOC"}
    keys = {form.key: form.entity_id for form in case.rows(EntityForm) if form.entity_id in entities}
    named, countries = _named(case.rows(NameUse), case.rows(PlaceUse), keys)
    found = _Placing(entities, named, countries, tools.gazetteer)
    for asked in sorted(named):
        place = found.place(asked)
        if place is not None:
            yield place


# what the texts say


def _named(
    uses: Iterator[NameUse], told: Iterator[PlaceUse], keys: Mapping[str, str | None]
) -> tuple[dict[Asked, _Named], Counter[str]]:
    """What each place is named with, and in how many documents each country is named; rows come document by document."""
    named: dict[Asked, _Named] = defaultdict(_Named)
    countries: Counter[str] = Counter()
    by_doc = _by_doc(told)
    held: tuple[str, list[PlaceUse]] = ("", [])
    for doc_id, rows in _by_doc(uses):
        while held[0] < doc_id:
            held = next(by_doc, ("\U0010ffff", []))
        _count(
            [use for use in rows if in_content(use)],
            held[1] if held[0] == doc_id else [],
            keys,
            named,
            countries,
        )
    return dict(named), countries


def _by_doc(rows: Iterator[T]) -> Iterator[tuple[str, list[T]]]:
    for doc_id, group in groupby(rows, key=lambda row: row.doc_id):
        yield doc_id, list(group)


def _count(
    uses: Sequence[NameUse],
    told: Sequence[PlaceUse],
    keys: Mapping[str, str | None],
    named: dict[Asked, _Named],
    countries: Counter[str],
) -> None:
    here = sorted({code for use in uses if (code := _country(use))})
    seats = (name_facts().places.seat_of(use.form) for use in uses if use.kind == "LOC")
    ruled = sorted({seat for seat in seats if seat})
    countries.update(here)
    by_key: dict[str, list[PlaceUse]] = defaultdict(list)
    for row in told:
        by_key[row.key].append(row)
    places = [use for use in uses if use.kind == "LOC" and keys.get(use.key) is not None]
    scenes = sorted({keys[use.key] or "" for use in places if _is_there(by_key[use.key])})[:_MOST_COMPANIONS]
    forms = sorted({form for use in places for form in (use.form, *use.others)})
    for use in places:
        entity_id = keys[use.key] or ""
        readings = {row.reading for row in by_key[use.key]} or {""}
        if country_name_of(use.key):
            readings = {""}
        for reading in sorted(readings):
            entry = named[entity_id, reading]
            entry.docs += 1
            entry.countries.update(here)
            entry.ruled.update(code for code in ruled if code not in here)
            entry.companions.update(other for other in scenes if other != entity_id)
            entry.languages.update((use.language or "",))
            entry.alone += not here
            entry.inside.update({name for row in by_key[use.key] for name in row.inside})
            for form in (use.form, *use.others[:3]):
                if len(entry.forms) < 50:
                    entry.forms[form] += 1
            entry.longer.update(_longer(use.form, forms))
            entry.further.update(
                {form for row in by_key[use.key] if row.reading == reading for form in row.forms}
            )


def _is_there(told: Sequence[PlaceUse]) -> bool:
    """True for a place that is not merely a seat or an attribute."""
    return any(row.role in ("scene", "named", "dateline") for row in told)


def _longer(form: str, forms: Sequence[str]) -> set[str]:
    """Fuller names of the document that begin with this one: „Frankfurt an der Oder“ for „Frankfurt“; at most a few. `forms` are sorted."""
    at = bisect_left(forms, f"{form} ")
    return {other for other in forms[at : at + _MOST_LONGER] if other.startswith(f"{form} ")}


def _country(use: NameUse) -> str:
    """The country that a use tells: its name or adjective, or a body or person of it by its key."""
    if code := country_name_of(use.key):
        return code
    owner = use.key.partition("@")[2][:2] if use.key.startswith("ORG:#") else ""
    return owner if owner.isupper() else ""


# which place


class _Placing:
    """Choices for all places of a case: first each by itself, then by those that are sure around it."""

    def __init__(
        self,
        entities: Mapping[str, Entity],
        named: Mapping[Asked, _Named],
        countries: Counter[str],
        gazetteer: Gazetteer,
    ) -> None:
        self.entities, self.named, self.countries, self.gazetteer = entities, named, countries, gazetteer
        self._total = sum(countries.values())
        self._seats: dict[str, GazetteerPlace | None] = {}
        self._candidates: dict[Asked, dict[GazetteerPlace, int]] = {}
        self._anchors: dict[str, GazetteerPlace] = {}
        self._first: dict[Asked, _Choice] = {}
        for asked, entry in sorted(named.items()):
            choice = self._choice(asked, entry, first=True)
            if choice is not None:
                self._first[asked] = choice
        self._anchors = self._sure(_ANCHOR)
        for asked in sorted(self._first):
            choice = self._choice(asked, named[asked])
            if choice is None:
                del self._first[asked]
            else:
                self._first[asked] = choice
        self._anchors = self._sure(_SURE)

    def _sure(self, least: float) -> dict[str, GazetteerPlace]:
        """The places of entities that are sure enough for others to be judged by them."""
        return {
            entity_id: choice.ranked[0]
            for (entity_id, reading), choice in sorted(self._first.items(), reverse=True)
            if choice.share >= least
            and choice.ranked[0].precision_km < _NEAR_KM
            and self._needs_nothing(self.named[entity_id, reading], choice.ranked[0])
        }

    def place(self, asked: Asked) -> Place | None:
        """The row of an entity in a reading, None where its whereabouts are not sure."""
        entity = self.entities[asked[0]]
        if code := _code(entity):
            country = self.gazetteer.country(code)
            reason = Reason("country_name", 1.0, None, entity.name, code)
            return _row(entity, asked[1], country, (), (reason,)) if country else None
        choice = self._choice(asked, self.named[asked]) if asked in self._first else None
        if choice is None or choice.share < _SURE:
            return None
        return _row(entity, asked[1], _widened(choice.ranked[0], asked[1]), choice.ranked[1:], choice.reasons)

    def _choice(self, asked: Asked, entry: _Named, first: bool = False) -> _Choice | None:
        """The candidates weighed; at `first`, before any neighbour is known, those that need something that leads to them stay in."""
        if first:
            self._candidates[asked] = _candidates(entry, asked[1], self.gazetteer)
        candidates = self._candidates[asked]
        holders = [holder for name in sorted(entry.inside) for holder in _holders(name, self.gazetteer)]
        longer = self._called(sorted(entry.longer), entry)
        around = self._around(entry)
        lands = {other.country for other in around}
        capitals = self._capitals(entry)
        weights: dict[GazetteerPlace, float] = {}
        nearness: dict[GazetteerPlace, float] = {}
        for place, rank in candidates.items():
            nearness[place] = max(
                (exp(-_kilometres(place, other) / _NEAR_KM) for other in around), default=0.0
            )
            held = any(_lies_in(place, holder) for holder in holders)
            led_to = held or nearness[place] > _CLOSE or entry.countries[place.country] > 0
            if (
                not first
                and not led_to
                and not (
                    self._own_name(entry, place)
                    and self._is_likely(entry, place, len(around), nearness[place])
                )
            ):
                continue
            weights[place] = (
                self._weight(place, rank, entry, asked[1])
                * (1 + _NEAR_WEIGHT * nearness[place])
                * (_SAME_LAND if place.country in lands else 1)
                * (_CAPITAL if place.gazetteer_id in capitals else 1)
                * (_LONGER if place.gazetteer_id in longer else 1)
                * (_OWN_NAME if place.name in entry.forms or place.name in entry.further else 1)
            )
        if holders:
            weights = {p: w for p, w in weights.items() if any(_lies_in(p, holder) for holder in holders)}
        if not weights:
            return None
        ranked = tuple(sorted(weights, key=lambda place: (-weights[place], place.gazetteer_id)))
        rivals = sum(weights[place] for place in ranked[1:] if not _near(place, ranked[0]))
        share = weights[ranked[0]] / (weights[ranked[0]] + rivals)
        return _Choice(ranked, share, self._reasons(ranked, entry, asked[1], share, holders, nearness))

    def _called(self, longer: Sequence[str], entry: _Named) -> set[str]:
        """Ids of the places of fuller names: „Frankfurt an der Oder“, „Frankfurt (Oder)“."""
        names = [
            *longer,
            *(f"{form} {name}" for name in sorted(entry.inside) for form in sorted(entry.forms)[:3]),
        ]
        return {place.gazetteer_id for name in names[:12] for place in self.gazetteer.find(name)[:3]}

    def _around(self, entry: _Named) -> list[GazetteerPlace]:
        common = sorted(entry.companions.items(), key=lambda it: (-it[1], it[0]))[:_MOST_AROUND]
        return [self._anchors[other] for other, _ in common if other in self._anchors]

    def _weight(self, place: GazetteerPlace, rank: int, entry: _Named, reading: str) -> float:
        weight = sqrt(_people(place)) / (1 + rank)
        weight *= 1 + _COUNTRY_WEIGHT * entry.countries[place.country] / max(1, entry.docs)
        weight *= 1 + _RULED_WEIGHT * entry.ruled[place.country] / max(1, entry.docs)
        weight *= 1 + (3 * self.countries[place.country] / self._total if self._total else 0)
        if self._is_home(entry, place):
            weight *= _HOME if entry.alone else _HALF_HOME
        if reading:
            weight *= _LEVEL_WEIGHT if place.feature in _LEVELS[reading] else 1
        elif place.feature in ("country", "sea", "region") and rank == 0:
            weight *= 4
        return weight

    def _own_name(self, entry: _Named, place: GazetteerPlace) -> bool:
        """False for a small place that merely has such a name on some list: it sounds otherwise and no language data lists it."""
        if place.population >= _KNOWN_FROM or place.feature != "city":
            return True
        return any(
            self.gazetteer.words.exonym(form)
            or likeness(form, place.name) >= _SOUNDS
            or fold(form) in fold(place.name)
            or fold(place.name) in fold(form)
            for form in sorted({*entry.forms, *entry.further})
        )

    def _needs_nothing(self, entry: _Named, place: GazetteerPlace) -> bool:
        """True for a place that is believed by its name alone."""
        return entry.countries[place.country] > 0 or (
            self._own_name(entry, place) and self._is_likely(entry, place, 0, 0.0)
        )

    def _is_likely(self, entry: _Named, place: GazetteerPlace, others: int, nearness: float) -> bool:
        """False for a small town abroad that nothing in the texts leads to: its name is a common word, or it lies a thousand
        kilometres from all other places of the documents."""
        if place.feature != "city" or place.population >= _SMALL or self._is_home(entry, place):
            return True
        if any(self.gazetteer.words.exonym(form) for form in entry.forms):
            return True
        if others >= 2 and nearness < _FAR:
            return False
        return not any(_is_common_word(form) for form in sorted(entry.forms)[:3])

    def _is_home(self, entry: _Named, place: GazetteerPlace) -> bool:
        return any(place.country in _HOMES.get(language, ()) for language in entry.languages)

    def _capitals(self, entry: _Named) -> set[str]:
        """Ids of the capitals whose names are those of a government („Washington“, „Buenos Aires“)."""
        codes = {code for form in entry.forms if (code := self.gazetteer.words.seat_of(form))}
        found = {code: self._capital(code) for code in sorted(codes)}
        return {place.gazetteer_id for place in found.values() if place}

    def _capital(self, code: str) -> GazetteerPlace | None:
        if code not in self._seats:
            self._seats[code] = self.gazetteer.capital(code)
        return self._seats[code]

    def _reasons(
        self,
        ranked: Sequence[GazetteerPlace],
        entry: _Named,
        reading: str,
        share: float,
        holders: Sequence[GazetteerPlace],
        nearness: Mapping[GazetteerPlace, float],
    ) -> tuple[Reason, ...]:
        best = ranked[0]
        many = f"{len(ranked)} candidate{'' if len(ranked) == 1 else 's'}"
        reasons = [Reason("gazetteer", round(share, 3), many, None, best.name)]
        if holder := next((one for one in holders if _lies_in(best, one)), None):
            reasons.append(Reason("said_to_lie_in", None, holder.name))
        if near := entry.countries[best.country]:
            told = f"named in {near} of {entry.docs} documents with it"
            reasons.append(Reason("country_nearby", None, told, None, best.country))
        elif self.countries[best.country]:
            told = f"named in {self.countries[best.country]} documents"
            reasons.append(Reason("country_in_case", None, told, None, best.country))
        if len(ranked) > 1 and nearness.get(best, 0) > 0.3:
            reasons.append(Reason("near_other_places", round(nearness[best], 2)))
        if reading:
            reasons.append(Reason("region_word", None, reading))
        if best.population:
            reasons.append(Reason("population", None, str(best.population)))
        return tuple(reasons[:5])


def _is_common_word(form: str) -> bool:
    """True for a name that is an ordinary word, too, in small letters („mole“, „mission“)."""
    known = (lexicon(language) for language in LANGUAGES)
    return form.isalpha() and any(words.knows(form.lower()) for words in known if words)


def _people(place: GazetteerPlace) -> float:
    """How many people speak for a place: those of a region count a twentieth, areas without a count as a million."""
    if place.feature in ("sea", "region"):
        return _WIDE_PEOPLE
    return max(_SMALLEST, place.population / (_REGION_SHARE if place.feature == "admin1" else 1))


def _code(entity: Entity) -> str | None:
    return next(
        (it.removeprefix("iso3166:") for it in entity.external_ids if it.startswith("iso3166:")), None
    )


def _candidates(named: _Named, reading: str, gazetteer: Gazetteer) -> dict[GazetteerPlace, int]:
    """Places of the most used forms, each with its best rank in the gazetteer's own order."""
    found: dict[GazetteerPlace, int] = {}
    forms = sorted(named.forms, key=lambda form: (-named.forms[form], form))[:_MOST_FORMS]
    further = sorted(named.further, key=lambda form: (-named.further[form], form))[:_MOST_FORMS]
    for form in (*forms, *further):
        most = MOST_ROWS if named.inside else MOST_PLACES
        places = list(gazetteer.find(form, most)) or list(gazetteer.find(_adjective_stem(form)))
        known = {place.gazetteer_id for place in places}
        if reading == "admin1":
            places += [place for place in gazetteer.find(f"Oblast {form}") if place.gazetteer_id not in known]
        if reading:
            fit = [place for place in places if place.feature in _LEVELS[reading]]
            places = fit or places
        for rank, place in enumerate(places):
            found[place] = min(rank, found.get(place, rank))
    return found


def _adjective_stem(form: str) -> str:
    """„Kölner“ → „Köln“: the place an adjective is made from, where nothing in the text names it."""
    return form[:-2] if form.endswith("er") and len(form) > 5 and " " not in form else ""


def _near(one: GazetteerPlace, other: GazetteerPlace) -> bool:
    """True for two entries of about one place, as a city and its state: they do not make each other doubtful."""
    apart = abs(one.lat - other.lat) + abs(one.lon - other.lon)
    return apart < _SAME_SPOT


def _kilometres(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Distance on the sphere (haversine)."""
    high = sin(radians(other.lat - one.lat) / 2) ** 2
    wide = cos(radians(one.lat)) * cos(radians(other.lat)) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, high + wide)))


def _holders(name: str, gazetteer: Gazetteer) -> list[GazetteerPlace]:
    """The states and regions that a name may mean."""
    code = name if len(name) == 2 and name.isupper() else gazetteer.words.country_of(name)
    country = gazetteer.country(code) if code else None
    found = [country] if country else []
    return found or [
        place for place in gazetteer.find(name)[:6] if place.feature in ("admin1", "country", "region")
    ]


def _lies_in(place: GazetteerPlace, holder: GazetteerPlace) -> bool:
    if holder.feature == "country":
        return place.country == holder.country
    if holder.feature == "admin1":
        return place.country == holder.country and place.admin1 == holder.admin1
    return _kilometres(place, holder) <= holder.precision_km


def _widened(place: GazetteerPlace, reading: str) -> GazetteerPlace:
    """A town that stands for the district or stretch around it is less exact."""
    if place.feature != "city" or reading not in ("admin1", "district"):
        return place
    return replace(
        place, precision_km=max(place.precision_km, _REGION_KM if reading == "admin1" else _DISTRICT_KM)
    )


def _row(
    entity: Entity,
    reading: str,
    place: GazetteerPlace,
    others: Sequence[GazetteerPlace],
    reasons: tuple[Reason, ...],
) -> Place:
    alternatives = dict.fromkeys(
        other.gazetteer_id for other in others if other.gazetteer_id != place.gazetteer_id
    )
    return Place(
        id=content_id("pl", entity.id, place.gazetteer_id, *((reading,) if reading else ())),
        entity_id=entity.id,
        name=place.name,
        country=place.country or None,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        precision_km=place.precision_km,
        gazetteer_id=place.gazetteer_id,
        alternatives=tuple(alternatives)[:_MOST_ALTERNATIVES],
        reasons=reasons[:5],
        reading=reading,
    )
