"""Bodies that many states have, and whose they are: „Generalstab in Kiew“, „russisches Verteidigungsministerium“."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lagebild.resolve.facts import name_facts
from lagebild.textkit.normal import fold
from lagebild.textkit.script import readings, romanise

__all__ = [
    "Body",
    "country_of",
    "institution",
    "land_stem",
    "owner_of",
    "owners_agree",
    "read_body",
    "words_in",
]

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.&][^\W_]+)*[’']?")
_LONGEST_PHRASE = 4
_MOST_WORDS = 16


def words_in(text: str) -> list[str]:
    """The words of a name in order, hyphenated ones whole; at most sixteen."""
    return _WORD.findall(text[:400])[:_MOST_WORDS]


@dataclass(frozen=True)
class Body:
    """What kind of body (its class in entities.toml, "" for names of their own), whose, and the other words, folded."""

    kind: str
    owner: str
    rest: tuple[str, ...]
    gender: str


@lru_cache(maxsize=65536)
def institution(phrase: str) -> str:
    """The class of a body that many states have („Generalstab“ → general_staff); words that mean one body share one. "" for others."""
    facts = name_facts()
    key = fold(phrase)
    found = facts.institutions.get(key, "")
    return facts.alike.get(found, found)


@lru_cache(maxsize=65536)
def country_of(word: str) -> str:
    """ISO code of the country that a name, adjective, inhabitant or seat of government stands for, "" for none."""
    places = name_facts().places
    bare = word.rstrip("'’")
    if bare.endswith(("'s", "’s")):
        bare = bare[:-2]
    found = places.country_of(bare) or places.seat_of(bare)
    if not found and bare.endswith("s"):
        found = places.seat_of(bare[:-1])
    if not found and bare.endswith("er"):
        found = places.seat_of(bare[:-2]) or places.seat_of(bare[:-1])
    return found or ""


@lru_cache(maxsize=65536)
def land_stem(word: str) -> str:
    """What a country's name, its adjective and its people share, as it sounds: „Welgorien“, „welgorisch“, "Velgorian" → velgor."""
    key = romanise(word).casefold().rstrip("'’")
    key = key.removesuffix("'s").removesuffix("’s")
    for ending in name_facts().land_endings:
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            key = key[: -len(ending)]
            break
    else:
        key = key[:-1] if key.endswith("s") and len(key) > 4 else key
    return next(iter(readings(key)), key).lower()


def owner_of(word: str) -> str:
    """Whose, in a word: the code of a country, = and a body known everywhere („UN“), else ~ and a stem; "" for the empty word."""
    if known := name_facts().same_bodies.get(fold(word)):
        return country_of(word) or f"={known}"
    return country_of(word) or (f"~{land_stem(word)}" if word else "")


def owners_agree(left: str, right: str) -> bool | None:
    """True for one owner, False for two, None where one side does not say."""
    if not left or not right:
        return None
    return left == right


@lru_cache(maxsize=32768)
def read_body(name: str) -> Body:
    """The body that a name names. Words that say whose stand before („russisches …“, "Aurentia's …") or behind („… in Kiew“).

    Names that only one state's body has („Pentagon“) are listed as `known_as` in entities.toml.
    """
    facts = name_facts()
    if known := facts.known_bodies.get(fold(name).strip()):
        return Body(facts.alike.get(known[0], known[0]), known[1], (), "")
    tokens = words_in(name)
    for at in range(len(tokens)):
        for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length])
            if kind := institution(phrase):
                gender = name_facts().institution_genders.get(fold(phrase), "")
                return _owned(kind, gender, tokens[:at], tokens[at + length :])
        if compound := _compound(tokens[at]):
            kind, before, gender = compound
            return _owned(kind, gender, [*tokens[:at], before], tokens[at + 1 :])
    return Body("", "", tuple(fold(token) for token in tokens if fold(token) not in facts.legal_forms), "")


def _compound(token: str) -> tuple[str, str, str] | None:
    """„US-Verteidigungsministerium“: the class, what stands before it, its gender."""
    head, _, tail = token.rpartition("-")
    if head and (kind := institution(tail)):
        return kind, head, name_facts().institution_genders.get(fold(tail), "")
    return None


def _owned(kind: str, gender: str, before: list[str], after: list[str]) -> Body:
    facts = name_facts()
    named = [
        word for word in after if fold(word) not in facts.owner_links and fold(word) not in facts.definite
    ]
    whole = " ".join(named)
    countries = [country_of(word) for word in (*reversed(before), *named)]
    owner, rest = country_of(whole) if 1 < len(named) < 5 else "", list[str]()
    if not owner and 1 < len(named) < 8 and (known := facts.same_bodies.get(fold(whole))):
        owner, after = f"={known}", []
    if not owner and len(named) > 1 and (code := next(filter(None, countries), "")):
        owner, after = code, []
    for word in [*reversed(before), *([] if owner else after)]:
        key = fold(word)
        if (
            key in facts.owner_links
            or key in facts.definite
            or key in facts.indefinite
            or key in facts.genitive_articles
        ):
            continue
        if not owner:
            owner = owner_of(word)
        elif country_of(word) != owner:
            rest.append(key)
    return Body(kind, owner, tuple(rest), gender)
