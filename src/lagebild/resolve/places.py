"""Where the places of a case lie, by the gazetteer and what the case says around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log10

from lagebild.lang.gazetteer import Gazetteer, GazetteerPlace
from lagebild.model.account import Reason
from lagebild.model.identity import Entity, EntityForm, NameUse, Place
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

_KNOWN_FROM = 200_000
_SOUNDS = 0.6
_SAME_SPOT = 0.3
"""Degrees of latitude and longitude together, about 25 km."""

_MOST_ALTERNATIVES = 8
_MOST_FORMS = 8
_COUNTRY_WEIGHT = 12.0
_LEVELS = {"admin1": ("admin1", "region"), "district": ("city",)}


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
        digest = f"{gazetteer.digest}-{facts_digest()}"
        gazetteer.close()
        return digest


@dataclass
class _Named:
    """What the documents say around one place."""

    docs: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)


def place_entities(case: CaseView, tools: PlaceTools) -> Iterable[Place]:
    """A row for each place (kind LOC) named in the body of a report whose whereabouts are sure enough.

    Candidates are all gazetteer places of the entity's forms. Weight: people living there, whether the documents that name it name
    the country too, whether the case does, whether a word like „Gebiet“ stands by. No row where the best has less than 55 per cent
    of the weight; `alternatives` are the others, best first. `precision_km` is the gazetteer's. Reads Entity, EntityForm, NameUse.
    """
    entities = {entity.id: entity for entity in case.rows(Entity) if entity.kind == "LOC"}
    keys = {form.key: form.entity_id for form in case.rows(EntityForm) if form.entity_id in entities}
    named, countries = _named(case.rows(NameUse), keys)
    for entity_id in sorted(named):
        place = _placed(entities[entity_id], named[entity_id], countries, tools.gazetteer)
        if place is not None:
            yield place


def _named(uses: Iterator[NameUse], keys: Mapping[str, str | None]) -> tuple[dict[str, _Named], Counter[str]]:
    """What each entity is named with, and in how many documents each country is named; uses come document by document."""
    named: dict[str, _Named] = defaultdict(_Named)
    countries: Counter[str] = Counter()
    doc_id, held = "", list[NameUse]()
    for use in uses:
        if use.doc_id != doc_id:
            _count(held, keys, named, countries)
            doc_id, held = use.doc_id, []
        if in_content(use):
            held.append(use)
    _count(held, keys, named, countries)
    return dict(named), countries


def _count(
    uses: list[NameUse], keys: Mapping[str, str | None], named: dict[str, _Named], countries: Counter[str]
) -> None:
    here = sorted({code for use in uses if (code := _country(use))})
    countries.update(here)
    for use in uses:
        entity_id = keys.get(use.key)
        if use.kind != "LOC" or entity_id is None:
            continue
        entry = named[entity_id]
        entry.docs += 1
        entry.countries.update(here)
        for form in (use.form, *use.others[:3]):
            if len(entry.forms) < 50:
                entry.forms[form] += 1
        for role in use.roles:
            level = name_facts().places.region_words.get(fold(role))
            if level:
                entry.levels[level] += 1


def _country(use: NameUse) -> str:
    """The country that a use tells: its name or adjective, or a body or person of it by its key."""
    if code := country_name_of(use.key):
        return code
    owner = use.key.partition("@")[2][:2] if use.key.startswith("ORG:#") else ""
    return owner if owner.isupper() else ""


def _placed(entity: Entity, named: _Named, countries: Counter[str], gazetteer: Gazetteer) -> Place | None:
    code = next(
        (it.removeprefix("iso3166:") for it in entity.external_ids if it.startswith("iso3166:")), None
    )
    if code:
        country = gazetteer.country(code)
        return (
            _row(entity, country, (), (Reason("country_name", 1.0, None, entity.name, code),))
            if country
            else None
        )
    candidates = _candidates(named, gazetteer)
    if not candidates:
        return None
    level = _level(named)
    weights = {place: _weight(place, rank, named, countries, level) for place, rank in candidates.items()}
    ranked = sorted(weights, key=lambda place: (-weights[place], place.gazetteer_id))
    rivals = sum(weights[place] for place in ranked[1:] if not _near(place, ranked[0]))
    share = weights[ranked[0]] / (weights[ranked[0]] + rivals)
    if share < _SURE:
        return None
    return _row(entity, ranked[0], tuple(ranked[1:]), _reasons(ranked, named, countries, level, share))


def _candidates(named: _Named, gazetteer: Gazetteer) -> dict[GazetteerPlace, int]:
    """Places of the most used forms, each with its best rank in the gazetteer's own order."""
    found: dict[GazetteerPlace, int] = {}
    level = _level(named)
    forms = sorted(named.forms, key=lambda form: (-named.forms[form], form))[:_MOST_FORMS]
    for form in forms:
        places = list(gazetteer.find(form))
        if level == "admin1":
            known = {place.gazetteer_id for place in places}
            places += [place for place in gazetteer.find(f"Oblast {form}") if place.gazetteer_id not in known]
        for rank, place in enumerate(places):
            if not _own_name(form, place, gazetteer):
                continue
            found[place] = min(rank, found.get(place, rank))
    return found


def _own_name(form: str, place: GazetteerPlace, gazetteer: Gazetteer) -> bool:
    """False for a small place that merely has such a name on some list: it sounds otherwise and no language data lists it."""
    if place.population >= _KNOWN_FROM or place.feature != "city" or gazetteer.words.exonym(form):
        return True
    return (
        likeness(form, place.name) >= _SOUNDS
        or fold(form) in fold(place.name)
        or fold(place.name) in fold(form)
    )


def _near(one: GazetteerPlace, other: GazetteerPlace) -> bool:
    """True for two entries of about one place, as a city and its state: they do not make each other doubtful."""
    apart = abs(one.lat - other.lat) + abs(one.lon - other.lon)
    return apart < _SAME_SPOT


def _level(named: _Named) -> str:
    """What most documents call it: "admin1" for „Gebiet“, "district" for „Stadt“; "" where most say nothing."""
    if not named.levels:
        return ""
    level, count = min(named.levels.items(), key=lambda it: (-it[1], it[0]))
    return level if count * 3 >= named.docs else ""


def _weight(place: GazetteerPlace, rank: int, named: _Named, countries: Counter[str], level: str) -> float:
    weight = (1 + log10(1 + place.population)) ** 2 / (1 + rank)
    weight *= 1 + _COUNTRY_WEIGHT * named.countries[place.country] / max(1, named.docs)
    total = sum(countries.values())
    weight *= 1 + (3 * countries[place.country] / total if total else 0)
    if level:
        weight *= 8 if place.feature in _LEVELS[level] else 1
    elif place.feature in ("country", "sea", "region") and rank == 0:
        weight *= 4
    return weight


def _reasons(
    ranked: list[GazetteerPlace], named: _Named, countries: Counter[str], level: str, share: float
) -> tuple[Reason, ...]:
    best = ranked[0]
    reasons = [
        Reason(
            "gazetteer",
            round(share, 3),
            f"{len(ranked)} candidate{'' if len(ranked) == 1 else 's'}",
            None,
            best.name,
        )
    ]
    if near := named.countries[best.country]:
        reasons.append(
            Reason(
                "country_nearby",
                None,
                f"named in {near} of {named.docs} documents with it",
                None,
                best.country,
            )
        )
    elif countries[best.country]:
        reasons.append(
            Reason(
                "country_in_case", None, f"named in {countries[best.country]} documents", None, best.country
            )
        )
    if level:
        reasons.append(Reason("region_word", None, level))
    if best.population:
        reasons.append(Reason("population", None, str(best.population)))
    return tuple(reasons)


def _row(
    entity: Entity, place: GazetteerPlace, others: tuple[GazetteerPlace, ...], reasons: tuple[Reason, ...]
) -> Place:
    alternatives = dict.fromkeys(
        other.gazetteer_id for other in others if other.gazetteer_id != place.gazetteer_id
    )
    return Place(
        id=content_id("pl", entity.id, place.gazetteer_id),
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
    )
