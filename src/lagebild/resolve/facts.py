"""What the language data says about names, titles, roles and bodies, all languages together: names cross languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.gazetteer import PlaceWords
from lagebild.textkit.normal import fold
from lagebild.textkit.script import sounds_digest

__all__ = ["NameFacts", "facts_digest", "name_facts"]

FILES = ("titles", "roles", "entities", "places")


def facts_digest() -> str:
    """Changes whenever one of the data files does."""
    return f"{data_digest(*FILES)}-{sounds_digest()}"


@dataclass(frozen=True)
class NameFacts:
    """Tables with folded keys. `institutions` and `roles` give the class of a word or phrase; `longest` is in words."""

    titles: dict[str, str]
    generations: dict[str, str]
    particles: frozenset[str]
    pronouns: dict[str, frozenset[str]]
    latter: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    possessive: frozenset[str]
    article_genders: dict[str, str]
    given_gender: dict[str, str]
    masculine_on_a: frozenset[str]
    feminine_surnames: tuple[str, ...]
    feminine_given: tuple[str, ...]
    given_groups: dict[str, int]
    roles: dict[str, str]
    role_genders: dict[str, str]
    known_roles: dict[str, dict[str, str]]
    former_prefixes: tuple[str, ...]
    former_words: tuple[str, ...]
    speaks_for: frozenset[str]
    role_bodies: frozenset[str]
    state_bodies: frozenset[str]
    unnamed_bodies: tuple[str, ...]
    offices: tuple[str, ...]
    clause_openers: frozenset[str]
    anonymous: frozenset[str]
    documents: frozenset[str]
    links: frozenset[str]
    possessor_of: frozenset[str]
    joining: frozenset[str]
    institutions: dict[str, str]
    institution_genders: dict[str, str]
    alike: dict[str, str]
    owner_links: frozenset[str]
    genitive_articles: frozenset[str]
    adjective_endings: dict[str, str]
    land_endings: tuple[str, ...]
    body_endings: tuple[str, ...]
    legal_forms: frozenset[str]
    same_bodies: dict[str, str]
    known_bodies: dict[str, tuple[str, str]]
    year_old: frozenset[str]
    trait_from: frozenset[str]
    once: frozenset[str]
    now: frozenset[str]
    career: frozenset[str]
    role_domains: dict[str, str]
    seats: frozenset[str]
    servant_of: frozenset[str]
    added_surname_endings: tuple[str, ...]
    places: PlaceWords


def _tables(name: str) -> list[dict[str, Any]]:
    return [read_data(code, name) for code in LANGUAGES if has_data(code, name)]


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _gathered(tables: list[dict[str, Any]], *path: str) -> Iterator[str]:
    for table in tables:
        found: Any = table
        for key in path:
            found = found.get(key, {})
        yield from found


def _by_word(tables: list[dict[str, Any]], section: str) -> dict[str, str]:
    """Folded word to the key it stands under."""
    found: dict[str, str] = {}
    for table in tables:
        for key, entry in table.get(section, {}).items():
            for word in entry["words"] if isinstance(entry, dict) else entry:
                found.setdefault(fold(word), key)
    return found


@cache
def name_facts() -> NameFacts:
    """The facts of all languages with data, read once a process."""
    titles, roles, entities = (_tables(name) for name in ("titles", "roles", "entities"))
    return NameFacts(
        titles=_by_word(titles, "titles"),
        generations=_by_word(titles, "generations"),
        particles=_folded(_gathered(titles, "particles", "words")),
        pronouns={
            key: _folded(_gathered(titles, "pronouns", key))
            for key in ("m", "f", "n", "plural", "first", "back_reference")
        },
        latter=_folded(_gathered(titles, "pronouns", "latter")),
        definite=_folded(_gathered(titles, "determiners", "definite")),
        indefinite=_folded(_gathered(titles, "determiners", "indefinite")),
        possessive=_folded(_gathered(titles, "determiners", "possessive")),
        article_genders=_by_word(titles, "article_genders"),
        given_gender=_given_genders(titles),
        masculine_on_a=_folded(_gathered(titles, "gender", "m_given_on_a")),
        feminine_surnames=tuple(dict.fromkeys(_gathered(titles, "gender", "f_surnames"))),
        feminine_given=tuple(dict.fromkeys(_gathered(titles, "gender", "f_given"))),
        given_groups=_given_groups(entities),
        roles=_by_word(roles, "classes"),
        role_genders={
            **dict.fromkeys(_folded(_gathered(roles, "female", "words")), "f"),
            **dict.fromkeys(_folded(_gathered(roles, "male", "words")), "m"),
        },
        known_roles={fold(word): entry for table in roles for word, entry in table.get("known", {}).items()},
        former_prefixes=tuple(sorted(_folded(_gathered(roles, "former", "prefixes")))),
        former_words=tuple(sorted(_folded(_gathered(roles, "former", "words")))),
        speaks_for=frozenset(_gathered(roles, "speaks_for", "classes")),
        role_bodies=_folded(_gathered(roles, "speaks_for", "bodies")),
        state_bodies=_folded(_gathered(roles, "speaks_for", "state_bodies")),
        unnamed_bodies=tuple(sorted(_folded(_gathered(roles, "speaks_for", "unnamed_bodies")))),
        offices=tuple(sorted(_folded(_gathered(roles, "speaks_for", "offices")))),
        clause_openers=_folded(_gathered(roles, "links", "clause_openers")),
        anonymous=_folded(_gathered(roles, "sources", "anonymous")),
        documents=_folded(_gathered(roles, "sources", "documents")),
        links=_folded(_gathered(roles, "links", "words")),
        possessor_of=_folded(_gathered(roles, "links", "possessor_of")),
        joining=_folded(_gathered(roles, "links", "joining")),
        institutions=_by_word(entities, "institutions"),
        institution_genders={
            fold(word): entry["g"]
            for table in entities
            for entry in table.get("institutions", {}).values()
            for word in entry["words"]
        },
        alike={
            name: key for table in entities for key, names in table.get("alike", {}).items() for name in names
        },
        owner_links=_folded(_gathered(entities, "owner", "links")),
        genitive_articles=_folded(_gathered(entities, "owner", "genitive_articles")),
        adjective_endings=entities[0]["owner"]["adjective"],
        land_endings=tuple(
            sorted(set(_gathered(entities, "owner", "land_endings")), key=lambda it: (-len(it), it))
        ),
        body_endings=tuple(sorted(_folded(_gathered(entities, "bodies", "endings")))),
        legal_forms=_folded(_gathered(entities, "bodies", "legal_forms")),
        same_bodies=_by_word(entities, "same"),
        known_bodies={
            fold(name): (kind, owner)
            for table in entities
            for kind, owners in table.get("known_as", {}).items()
            for owner, names in owners.items()
            for name in names
        },
        year_old=_folded(_gathered(entities, "traits", "year_old")),
        trait_from=_folded(_gathered(entities, "traits", "from")),
        once=_folded(_gathered(entities, "formerly", "before")),
        now=_folded(_gathered(entities, "formerly", "now")),
        career=_folded(_gathered(entities, "formerly", "career")),
        role_domains=_role_domains(entities),
        seats=frozenset(_gathered(entities, "role_domains", "seats")),
        servant_of=_folded(_gathered(titles, "particles", "servant_of")),
        added_surname_endings=tuple(dict.fromkeys(_gathered(titles, "gender", "added_surname_endings"))),
        places=PlaceWords.load(),
    )


def _role_domains(entities: list[dict[str, Any]]) -> dict[str, str]:
    """Class of a role to the walk of life it belongs to."""
    return {
        kind: domain
        for table in entities
        for domain, kinds in table.get("role_domains", {}).items()
        for kind in kinds
        if domain != "seats"
    }


def _given_genders(titles: list[dict[str, Any]]) -> dict[str, str]:
    """Given names with the gender the lists agree on; names of both are left out."""
    found: dict[str, str] = {}
    for gender in ("f", "m"):
        for name in _gathered(titles, "gender", gender):
            key = fold(name)
            found[key] = gender if found.get(key, gender) == gender else ""
    return found


def _given_groups(entities: list[dict[str, Any]]) -> dict[str, int]:
    """Given name to the number of its group; groups that share a name are one."""
    found: dict[str, int] = {}
    for number, group in enumerate(
        group for table in entities for group in table.get("given_names", {}).get("groups", ())
    ):
        keys = [fold(name) for name in group]
        known = sorted({found[key] for key in keys if key in found})
        target = known[0] if known else number
        for key, value in list(found.items()):
            if value in known:
                found[key] = target
        found.update(dict.fromkeys(keys, target))
    return found
