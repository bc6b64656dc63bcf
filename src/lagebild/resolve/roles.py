"""What a noun phrase says somebody is: „der ukrainische Präsident“, "a spokeswoman for the Defence Ministry in Starograd"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lagebild.resolve.bodies import country_of, institution, land_stem, owner_of, words_in
from lagebild.resolve.facts import name_facts
from lagebild.textkit.normal import fold

__all__ = ["Role", "agree", "is_role_word", "read_role", "role_word"]

_LONGEST_PHRASE = 4
_LONGEST_WORD = 40
_NO_COMPOUND = frozenset({"resident", "member", "teacher", "coach"})
_INFLECTIONS = ("", "s", "es", "n", "en", "e", "er", "in", "innen")


@dataclass(frozen=True)
class Role:
    """`kind` is the class of roles.toml; `field` what the role is about („Konzern“), `owner` whose (country code or ~stem).

    `article` is definite, indefinite, possessive or ""; `words` the role as a person would write it alone.
    """

    kind: str
    field: str
    owner: str
    former: bool
    gender: str
    article: str
    words: str

    @property
    def key(self) -> str:
        """Under which a description may look for whom it means."""
        return f"ROLE:{self.kind}@{self.owner}#{self.field}{'!' if self.former else ''}"


def _former_marks() -> tuple[str, ...]:
    return tuple(f"-{prefix}" for prefix in name_facts().former_prefixes)


def _named_body(phrase: str) -> str:
    """The class of a body that many states have, or the name of one known everywhere („Weißes Haus“)."""
    return institution(phrase) or name_facts().same_bodies.get(fold(phrase), "")


@lru_cache(maxsize=65536)
def role_word(word: str) -> tuple[str, str, str] | None:
    """Class, what stands before the role in a compound, and gender of a role word in any of its forms, else None."""
    facts = name_facts()
    key = fold(word[:_LONGEST_WORD])
    for prefix in facts.former_prefixes:
        key = key.removeprefix(prefix)
    if known := facts.known_roles.get(key) or facts.known_roles.get(key.removesuffix("s")):
        return known["class"], known.get("field", "") or known.get("owner", ""), "m"
    if found := _inflected(key):
        return found[0], "", _gender(key, found[1])
    for at in range(2, len(key) - 3):
        if (found := _inflected(key[at:])) and found[0] not in _NO_COMPOUND and len(found[1]) > 3:
            return found[0], key[:at].strip("-"), _gender(key, found[1])
    return None


def is_role_word(word: str) -> bool:
    """True for a role word in any of its forms."""
    return role_word(word) is not None


def _inflected(key: str) -> tuple[str, str] | None:
    """The class and the listed form behind an inflected word."""
    roles = name_facts().roles
    for ending in _INFLECTIONS:
        if key.endswith(ending):
            stem = key[: len(key) - len(ending)]
            if len(stem) > 2 and stem in roles:
                return roles[stem], stem
            if ending in ("in", "innen") and stem + "e" in roles:
                return roles[stem + "e"], stem + "e"
    return None


def _gender(key: str, listed: str) -> str:
    facts = name_facts()
    for word, gender in facts.role_genders.items():
        if listed == word or listed == word + "s":
            return gender
    if key.endswith(("in", "innen")) and not listed.endswith("termin"):
        return "f"
    return "" if listed.endswith("e") else "m"


@lru_cache(maxsize=32768)
def read_role(phrase: str, language: str = "de") -> Role | None:
    """The role that a noun phrase names first, None where it names none. English role words have no gender of their own."""
    tokens = words_in(phrase)
    for at in range(len(tokens)):
        for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
            words = " ".join(tokens[at : at + length])
            found = role_word(tokens[at]) if length == 1 else _phrase(words)
            if found and (length > 1 or tokens[at][:1].isupper() or language != "de"):
                return _role(found, tokens, at, length, language)
    return None


def _phrase(words: str) -> tuple[str, str, str] | None:
    kind = name_facts().roles.get(fold(words))
    return (kind, "", "") if kind else None


def _role(found: tuple[str, str, str], tokens: list[str], at: int, length: int, language: str) -> Role:
    facts = name_facts()
    kind, prefix, gender = found
    article = _article(tokens[:at])
    key = fold(tokens[at])
    former = any(mark in f"-{key}" for mark in _former_marks()) or any(
        _is_former(fold(word)) for word in tokens[:at]
    )
    owner, field = _prefix(prefix)
    known = facts.known_roles.get(key) or facts.known_roles.get(key.removesuffix("s"))
    if known:
        owner, field = known.get("owner", ""), known.get("field", "")
    owner, field = _before(tokens[:at], owner, field, language)
    owner, field = _after(tokens[at + length :], owner, field)
    if language != "de" and not key.endswith(("in", "innen")):
        gender = facts.role_genders.get(fold(" ".join(tokens[at : at + length])).split(" ")[-1], "")
    if not gender or tokens[at].endswith("e"):
        gender = _gender_of_article(tokens[:at], gender, language)
    shown = [
        word for word in tokens[:at] if fold(word) not in facts.definite | facts.indefinite | facts.possessive
    ]
    shown = [_nominative(word, gender) for word in shown]
    words = " ".join([*shown, *_singular(tokens[at : at + length], gender), *tokens[at + length :]])
    return Role(kind, field, owner, former, gender, article, words)


def _singular(words: list[str], gender: str) -> list[str]:
    """The role word without an ending of case: „Präsidenten“ → „Präsident“."""
    last, listed = words[-1], _listed(fold(words[-1]))
    if gender == "m" and listed:
        last = next(
            (last[: len(last) - cut] for cut in (0, 1, 2) if fold(last[: len(last) - cut]).endswith(listed)),
            last,
        )
    return [*words[:-1], last]


def _listed(key: str) -> str:
    for at in range(max(1, len(key) - 3)):
        if found := _inflected(key[at:]):
            return found[1]
    return ""


def _nominative(word: str, gender: str) -> str:
    if not word[:1].islower() or gender not in ("m", "f"):
        return word
    for ending in ("en", "em", "er", "es", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + ("er" if gender == "m" else "e")
    return word


def _article(before: list[str]) -> str:
    facts = name_facts()
    for word in before:
        key = fold(word)
        if key in facts.possessive:
            return "possessive"
        if key in facts.indefinite:
            return "indefinite"
        if key in facts.definite:
            return "definite"
    return ""


def _gender_of_article(before: list[str], gender: str, language: str) -> str:
    if language != "de" or not before:
        return gender
    genders = name_facts().article_genders
    return next((genders[key] for word in before if (key := fold(word)) in genders), gender)


def _is_former(key: str) -> bool:
    return any(
        key == word or (key.startswith(word) and len(key) - len(word) <= 2)
        for word in name_facts().former_words
    )


def _prefix(prefix: str) -> tuple[str, str]:
    """Owner and field that the first part of a compound tells: „us“ → US, „konzern“ → field."""
    for mark in _former_marks():
        prefix = f"-{prefix}-".replace(mark, "-").strip("-")
    if not prefix:
        return "", ""
    bare = prefix.removesuffix("s") if len(prefix) > 3 else prefix
    for word in (prefix, bare):
        if kind := institution(word):
            return "", kind
        if name_facts().places.country_named(word):
            return country_of(word), ""
        if seat := name_facts().places.seat_of(word):
            return seat, bare
    return "", bare


def _before(words: list[str], owner: str, field: str, language: str) -> tuple[str, str]:
    facts = name_facts()
    for at, word in enumerate(reversed(words)):
        key = fold(word)
        if key in facts.definite or key in facts.indefinite or key in facts.possessive or _is_former(key):
            continue
        country = country_of(word)
        if country:
            owner = owner or country
        elif _tells_owner(word, at + 1 == len(words), language):
            owner = owner or f"~{land_stem(word)}"
        elif word[:1].isupper() and not field:
            field = _named_body(" ".join(words[-at - 2 : len(words) - at])) or _named_body(word) or key
    return owner, field


def _tells_owner(word: str, first: bool, language: str) -> bool:
    """„welgorische“, „Aurentias“, "Velgorian": a word before a role that says whose."""
    key = word.casefold()
    if key.endswith(("'s", "’s", "'", "’")):
        return True
    if language == "de":
        stem = key.rstrip("nrsme")
        return stem.endswith("isch") or (word[:1].isupper() and key.endswith("s") and first)
    return word[:1].isupper() and key.endswith(name_facts().land_endings)


def _after(words: list[str], owner: str, field: str) -> tuple[str, str]:
    facts = name_facts()
    at = 0
    while at < len(words):
        length = next(
            (
                size
                for size in range(min(_LONGEST_PHRASE, len(words) - at), 1, -1)
                if _named_body(" ".join(words[at : at + size]))
            ),
            1,
        )
        phrase = " ".join(words[at : at + length])
        key, country = fold(phrase), country_of(phrase)
        kind = _named_body(phrase)
        if key in facts.links or key in facts.definite:
            pass
        elif kind:
            field = field or kind
        elif country:
            owner = owner or country
            if (
                name_facts().places.seat_of(phrase.rstrip("s"))
                and not field
                and facts.places.country_of(phrase) is None
            ):
                field = key.removesuffix("s")
        elif phrase[:1].islower():
            if key.rstrip("nrsme").endswith("isch"):
                owner = owner or owner_of(phrase)
        elif (
            not owner
            and key.endswith(facts.land_endings)
            and at
            and fold(words[at - 1]) in facts.possessor_of
        ):
            owner = owner_of(phrase)
        elif not field:
            field = key.removesuffix("s") if len(key) > 4 else key
        elif not owner:
            owner = f"~{land_stem(phrase)}"
        at += length
    return owner, field


def agree(description: Role, role: Role) -> float:
    """How well somebody known to have `role` fits `description`, 0 to 1; 0 where they contradict each other.

    A description may say less than is known („der Präsident“), not more: what it adds weakens the answer.
    """
    if description.kind != role.kind or description.former != role.former:
        return 0.0
    if description.gender and role.gender and description.gender != role.gender:
        return 0.0
    score = 1.0
    for said, known in ((description.owner, role.owner), (description.field, role.field)):
        if said and known and said != known:
            return 0.0
        if said and not known:
            score *= 0.7
        elif known and not said:
            score *= 0.9
    return score
