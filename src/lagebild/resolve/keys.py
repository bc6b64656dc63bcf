"""Keys: the matching form under which a name is looked up, and the coarse keys under which names may meet to be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from lagebild.model.marks import MentionKind
from lagebild.resolve.bodies import land_stem, read_body, words_in
from lagebild.resolve.facts import name_facts
from lagebild.resolve.parts import given_group, is_initial, person_parts
from lagebild.textkit.normal import fold
from lagebild.textkit.script import coarse_keys

__all__ = ["block_keys", "country_name_of", "form_key", "given_classes", "kind_of_key"]

_GAP = re.compile(r"[\s\u00a0]+")
_LONGEST = 120
_SHORTEST_STEM = 4
_MOST_KEYS = 60
_SYLLABLES = 3
_LONGEST_SYLLABLE = 6
"""Names of three short pieces („Kang Sok-ju“) also meet by all of them in one: Korean and Chinese names are cut in many ways."""


@lru_cache(maxsize=65536)
def form_key(kind: MentionKind, form: str) -> str:
    """„PER:wladimir putin“, „LOC:@RU“ for any word for Russia, „ORG:#general_staff@UA“ for a body many states have.

    Two names of one key are one thing in a case, so the key keeps all that tells names apart; spellings meet in `block_keys`.
    """
    form = _GAP.sub(" ", form[:_LONGEST]).strip()
    if kind == "LOC":
        code = name_facts().places.country_of(form)
        return f"LOC:@{code}" if code else f"LOC:{fold(form)}"
    if kind == "ORG":
        known = name_facts().same_bodies.get(fold(form))
        if known:
            return f"ORG:={known}"
        body = read_body(form)
        if body.kind:
            rest = "".join(f" {word}" for word in body.rest)
            return f"ORG:#{body.kind}{'@' + body.owner if body.owner else ''}{rest}"
    return f"{kind}:{fold(form)}"


def kind_of_key(key: str) -> str:
    """The kind of thing a key is about."""
    return key.partition(":")[0]


def country_name_of(key: str) -> str | None:
    """The code of the country that a key stands for, or None."""
    return key.removeprefix("LOC:@") if key.startswith("LOC:@") else None


@lru_cache(maxsize=65536)
def block_keys(kind: MentionKind, form: str) -> tuple[str, ...]:
    """Coarse keys of a name; two names of one thing nearly always share one. Sorted; () for names that cannot be read aloud.

    Persons: the consonants of the family name (of either part of a double name), of the name before it, and two names in no order.
    Others: those of the longest two words.
    """
    joined: set[str] = set()
    if kind == "PER":
        words, joined = _person_words(form)
    elif kind == "LOC":
        words = [form, land_stem(form)] if len(land_stem(form)) >= _SHORTEST_STEM else [form]
        known = name_facts().places.exonym(form)
        words += [known[0]] if known else []
    else:
        body = read_body(form)
        if body.kind:
            return (f"#{body.kind}",)
        own = [word for word in words_in(form) if not _is_common(word)] or words_in(form)
        words = sorted(own, key=lambda word: (-len(word), word))[:2]
    found = {key for word in words if word for key in coarse_keys(word.replace(" ", ""))}
    return tuple(sorted(found | joined)[:_MOST_KEYS])


def _person_words(form: str) -> tuple[list[str], set[str]]:
    """The words of a person's name that have keys of their own, and the keys of two or more in no order."""
    parts = person_parts(form)
    words = [parts.surname, *(piece for piece in parts.surname.split("-") if len(piece) > 3)]
    for ending in name_facts().added_surname_endings:
        if parts.surname.endswith(ending):
            words.append(parts.surname.removesuffix(ending))
    if len(parts.given) > 1 and not is_initial(parts.given[-1]) and len(parts.given[-1]) > 3:
        words.append(parts.given[-1])
    full = [name for name in (*parts.given[:2], *parts.given[2:][-1:]) if not is_initial(name)]
    joined = {key for name in full for key in _turned_keys(name, parts.surname)}
    for at, name in enumerate(full[1:], 1):
        joined |= _turned_keys(full[at - 1], name)
    pieces = "-".join((*parts.given, parts.surname)).split("-")
    if len(pieces) == _SYLLABLES and all(0 < len(piece) <= _LONGEST_SYLLABLE for piece in pieces):
        joined |= {f"+{key}" for key in coarse_keys("".join(pieces))}
    return words, joined


def _turned_keys(given: str, surname: str) -> set[str]:
    """Keys that do not tell which of two names comes first."""
    return {
        "+".join(sorted((one, other))) for one in coarse_keys(given)[:2] for other in coarse_keys(surname)[:2]
    }


def _is_common(word: str) -> bool:
    facts = name_facts()
    key = fold(word)
    return key in facts.legal_forms or key in facts.body_endings or key in facts.owner_links or len(key) < 3


@lru_cache(maxsize=65536)
def given_classes(name: str) -> tuple[str, ...]:
    """Coarse letters of the first given name and the group of its forms, ("",) without one; names that share none differ."""
    parts = person_parts(name)
    if not parts.given:
        return ("",)
    group = given_group(parts.given[0])
    letters = sorted({key[:1] for key in coarse_keys(parts.given[0])} or {parts.given[0][:1]})
    return (*letters, *([f"={group}"] if group is not None else []))
