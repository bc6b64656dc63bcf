"""A person's name in its parts: given names, initials, family name, which generation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lagebild.resolve.facts import name_facts
from lagebild.resolve.sounds import likeness
from lagebild.textkit.normal import fold
from lagebild.textkit.script import LONGEST_NAME, script_of

__all__ = ["PersonParts", "gender_of_name", "given_alike", "is_initial", "person_parts"]

_GAP = re.compile(r"[\s\u00a0]+")
_MOST_TOKENS = 12
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+\Z|[^\W\d_]\Z")
_GENERATION_END = re.compile(
    r"[,\s]+(d\.\s?[ÄäJj]\.|der (?:Ältere|Jüngere|Zweite|Dritte)|the (?:elder|younger))\Z", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_ARTICLE = re.compile(r"([^\W\d_]{2,5})[-‐‑’'](?=[^\W\d_])")
_OPEN_INITIALS = re.compile(r"([^\W\d_]\.)(?=[^\W\d_]\.?)")


@dataclass(frozen=True)
class PersonParts:
    """`given` are given names and initials in order, as written; `surname` without particles („von der“ in `particles`).

    A name of one word is a surname. `generation` is elder, younger, second, third or "".
    """

    given: tuple[str, ...]
    particles: tuple[str, ...]
    surname: str
    generation: str

    @property
    def size(self) -> int:
        """How many words tell the person: more is more exact."""
        return len(self.given) + (1 if self.surname else 0) + (1 if self.generation else 0)


def is_initial(word: str) -> bool:
    """True for „W.“, „H.-J.“ and a single letter."""
    return _INITIALS.match(word) is not None


@lru_cache(maxsize=65536)
def person_parts(name: str) -> PersonParts:
    """The parts of a name, titles left out. „Müller, Hans“ is turned round; only the first twelve words count.

    >>> person_parts("Dr. George H. W. Bush senior")
    PersonParts(given=('George', 'H.', 'W.'), particles=(), surname='Bush', generation='elder')
    """
    facts = name_facts()
    generation = ""
    name = _IN_BRACKETS.sub("", name[: LONGEST_NAME * 4]).strip()
    if match := _GENERATION_END.search(name):
        generation = facts.generations.get(
            fold(_GAP.sub(" ", match[1])).replace("d.a", "d. a").replace("d.j", "d. j"), ""
        )
        name = name[: match.start()]
    name = _turned(_OPEN_INITIALS.sub(r"\1 ", name))
    tokens = _GAP.sub(" ", name).strip(" ,").split(" ")[:_MOST_TOKENS]
    tokens = [token.strip(",()") for token in tokens if token.strip(",()")]
    while len(tokens) > 1 and fold(tokens[0]) in facts.titles:
        tokens = tokens[1:]
    if len(tokens) > 1 and fold(tokens[-1]) in facts.generations:
        generation = facts.generations[fold(tokens[-1])]
        tokens = tokens[:-1]
    return _split(tokens, generation)


def _turned(name: str) -> str:
    """„Surname, Given“ as „Given Surname“."""
    if name.count(",") != 1:
        return name
    surname, given = name.split(",")
    if fold(given.strip()) in name_facts().generations:
        return name
    if fold(given.strip().split(" ")[0]) in name_facts().titles:
        return surname
    return f"{given.strip()} {surname.strip()}"


def _split(tokens: list[str], generation: str) -> PersonParts:
    """„al-Gaddafi“ loses its article like any particle."""
    if not tokens:
        return PersonParts((), (), "", generation)
    particles = name_facts().particles
    left = len(tokens) - 1
    while left > 0 and (tokens[left - 1].islower() or left - 1 > 0) and fold(tokens[left - 1]) in particles:
        left -= 1
    before = [token for token in tokens[:left] if not (token.islower() and fold(token) in particles)]
    surname = tokens[-1]
    if (
        (match := _ARTICLE.match(surname))
        and fold(match[1]) in particles
        and len(surname) > len(match[0]) + 2
    ):
        return PersonParts(tuple(before), (*tokens[left:-1], match[1]), surname[match.end() :], generation)
    return PersonParts(tuple(before), tuple(tokens[left:-1]), surname, generation)


def gender_of_name(name: str) -> str:
    """m, f or "" as the given name or an ending of the surname tells („-owa“); "" where nothing does."""
    parts = person_parts(name)
    facts = name_facts()
    for given in parts.given[:1]:
        key = fold(given)
        known = facts.given_gender.get(key) or facts.given_gender.get(key.split("-")[0])
        if known:
            return known
        if key in facts.masculine_on_a:
            return "m"
    surname = fold(parts.surname)
    if len(surname) > 5 and surname.endswith(facts.feminine_surnames):
        return "f"
    if parts.given and len(parts.given[0]) > 3 and fold(parts.given[0]).endswith(facts.feminine_given):
        return "f"
    return ""


def given_alike(left: str, right: str) -> tuple[float, str]:
    """How far two given names agree, 0 to 1, and why: same, variant, initial, sound or differs."""
    if fold(left) == fold(right):
        return 1.0, "same"
    if is_initial(left) or is_initial(right):
        return _initials_alike(left, right)
    groups = name_facts().given_groups
    one, other = groups.get(fold(left)), groups.get(fold(right))
    if one is not None and one == other:
        return 0.97, "variant"
    if _woman_and_man(fold(left), fold(right)):
        return 0.5, "differs"
    sound = _pieces_alike(left, right)
    shortest = min(len(left), len(right))
    foreign = script_of(left) != script_of(right)
    enough = 0.8 if foreign else next(least for length, least in _GIVEN_ENOUGH if shortest <= length)
    return (sound, "sound") if sound >= enough else (sound, "differs")


_GIVEN_ENOUGH = ((3, 0.95), (5, 0.9), (LONGEST_NAME * 4, 0.8))
"""How alike given names of so many letters have to sound: Ralf and Rolf, Li and Lei are two."""


def _woman_and_man(left: str, right: str) -> bool:
    """„Martin“, „Martina“; „Christian“, „Christiane“."""
    short, long = sorted((left, right), key=len)
    return len(long) == len(short) + 1 and long.startswith(short) and long[-1] in "ae" and len(short) > 3


def _initials_alike(left: str, right: str) -> tuple[float, str]:
    short, long = (left, right) if is_initial(left) else (right, left)
    letter = short[0]
    if letter.casefold() == long[0].casefold():
        return 0.9, "initial"
    return (0.85, "initial") if likeness(letter + "a", long[0] + "a") >= 0.9 else (0.0, "differs")


def _pieces_alike(left: str, right: str) -> float:
    """Of hyphenated names every piece has to agree: Jong-un and Jong-il are two."""
    lefts, rights = (re.split(r"[-‐‑]", word) for word in (left, right))
    whole = likeness(left, right)
    if len(lefts) == len(rights) and len(lefts) > 1:
        return min(whole, *(likeness(one, other) for one, other in zip(lefts, rights, strict=True)))
    return whole
