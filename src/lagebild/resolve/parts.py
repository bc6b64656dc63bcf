"""A person's name in its parts: given names, initials, family name, which generation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from lagebild.resolve.facts import name_facts
from lagebild.resolve.roles import is_role_word
from lagebild.resolve.sounds import likeness
from lagebild.textkit.normal import fold
from lagebild.textkit.script import LONGEST_NAME, readings, script_of

__all__ = ["PersonParts", "gender_of_name", "given_alike", "given_group", "is_initial", "person_parts"]

_GAP = re.compile(r"[\s\u00a0]+")
_MOST_TOKENS = 12
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+\Z|[^\W\d_]\Z")
_GENERATION_END = re.compile(
    r"[,\s]+(d\.\s?[ÄäJj]\.|der (?:Ältere|Jüngere|Zweite|Dritte)|the (?:elder|younger))\Z", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_ARTICLE = re.compile(r"([^\W\d_]{2,5})[-‐‑’'](?=[^\W\d_])")
_NUMERAL = re.compile(r"(?:[IVX]{2,6}\.?|[IVX]\.)\Z")
_OPEN_INITIALS = re.compile(r"([^\W\d_]\.)(?=[^\W\d_]\.?)")


@dataclass(frozen=True)
class PersonParts:
    """`given` are given names and initials in order, as written; `surname` without particles („von der“ in `particles`).

    A name of one word is a surname. `generation` is elder, younger, second, third, a numeral in lower case or "".
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
    """The parts of a name, titles and roles left out. „Müller, Hans“ is turned round; only the first twelve words count.

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
    tokens = _untitled(tokens)
    if len(tokens) > 1 and fold(tokens[-1]) in facts.generations:
        generation = facts.generations[fold(tokens[-1])]
        tokens = tokens[:-1]
    elif len(tokens) > 1 and _NUMERAL.match(tokens[-1]):
        generation = tokens[-1].rstrip(".").casefold()
        tokens = tokens[:-1]
    return _split(_one_servant(tokens), generation)


def _untitled(tokens: list[str]) -> list[str]:
    """Without titles and roles in front: „US-Präsident“, „Prime Minister“, „Generaloberst“, „Frau Dr.“."""
    facts = name_facts()
    at = 0
    while at < len(tokens) - 1:
        rest = tokens[at:-1]
        phrase = next((n for n in (3, 2) if len(rest) >= n and fold(" ".join(rest[:n])) in facts.roles), 0)
        if phrase or fold(tokens[at]) in facts.titles or _is_role_in_front(tokens[at]):
            at += phrase or 1
        else:
            break
    return tokens[at:]


def _is_role_in_front(word: str) -> bool:
    key = fold(word)
    if not word[:1].isupper() or key in name_facts().given_gender or key in name_facts().given_groups:
        return False
    return len(word) > 3 and is_role_word(word)


def _one_servant(tokens: list[str]) -> list[str]:
    """„Abd al-Fattah“, „Abdel Fattah“ as one word, „Abdulfattah“; a name that ends so stays."""
    facts = name_facts()
    pieces: list[str] = []
    at = 0
    while at < len(tokens):
        word, _, tail = tokens[at].partition("-")
        if fold(word) not in facts.servant_of or (not tail and at + 1 == len(tokens)):
            pieces.append(tokens[at])
            at += 1
            continue
        rest = [tail] if tail else []
        at += 1
        while at < len(tokens) and not [one for one in rest if fold(one) not in facts.particles]:
            rest.append(tokens[at])
            at += 1
        name = "".join(one for one in rest if fold(one) not in facts.particles)
        pieces.append(f"Abdul{_ARTICLE.sub(_article_dropped, name).lower()}")
    return pieces


def _article_dropped(match: re.Match[str]) -> str:
    return "" if fold(match[1]) in name_facts().particles else match[0]


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
    """How far two given names agree, 0 to 1, and why: same, variant, initial, sound, short_form or differs.

    short_form: one begins or ends as the other („Brad“, „Bradley“) and no list knows it; too little to join two people.
    """
    if fold(left) == fold(right):
        return 1.0, "same"
    if is_initial(left) or is_initial(right):
        return _initials_alike(left, right)
    one, other = given_group(left), given_group(right)
    if one is not None and one == other:
        return 0.97, "variant"
    if _woman_and_man(fold(left), fold(right)) or _genders_differ(fold(left), fold(right)):
        return 0.5, "differs"
    sound = _pieces_alike(left, right)
    shortest = min(len(left), len(right))
    foreign = script_of(left) != script_of(right)
    enough = 0.8 if foreign else next(least for length, least in _GIVEN_ENOUGH if shortest <= length)
    if sound >= enough:
        return sound, "sound"
    return (_SHORT_FORM, "short_form") if _is_short_form(left, right) else (sound, "differs")


@lru_cache(maxsize=65536)
def given_group(name: str) -> int | None:
    """The number of the group of forms that a given name belongs to, of names in other scripts by their sound; None for others."""
    found = name_facts().given_groups.get(fold(name))
    if found is not None or script_of(name) == "Latn":
        return found
    return next((_groups_by_sound()[it] for it in readings(name) if it in _groups_by_sound()), None)


@cache
def _groups_by_sound() -> dict[str, int]:
    """Group by how a given name sounds; sounds of two groups are left out."""
    found: dict[str, int] = {}
    for name, group in name_facts().given_groups.items():
        for sounds in readings(name):
            found[sounds] = group if found.get(sounds, group) == group else -1
    return {sounds: group for sounds, group in found.items() if group >= 0 and len(sounds) > 2}


_SHORT_FORM = 0.45
"""With one family name this gives 0.78: worth a look, not enough."""


def _is_short_form(left: str, right: str) -> bool:
    short, long = sorted((fold(left), fold(right)), key=len)
    if len(long) < len(short) + 2 or len(short) < 2:
        return False
    return long.startswith(short) or (len(short) > 3 and long.endswith(short))


def _genders_differ(left: str, right: str) -> bool:
    genders = name_facts().given_gender
    return {genders.get(left), genders.get(right)} == {"m", "f"}


_GIVEN_ENOUGH = ((3, 0.95), (5, 0.9), (LONGEST_NAME * 4, 0.8))
"""How alike given names of so many letters have to sound: Ralf and Rolf, Li and Lei are two."""


def _woman_and_man(left: str, right: str) -> bool:
    """„Martin“, „Martina“; „Christian“, „Christiane“; „Andrea“, „Andreas“."""
    short, long = sorted((left, right), key=len)
    if len(long) != len(short) + 1 or not long.startswith(short) or len(short) < 4:
        return False
    return long[-1] in "ae" or (long[-1] == "s" and short[-1] == "a")


def _initials_alike(left: str, right: str) -> tuple[float, str]:
    short, long = (left, right) if is_initial(left) else (right, left)
    if "-" in short:
        return _double_initial(short, long)
    letter = short[0]
    if letter.casefold() == long[0].casefold():
        return 0.9, "initial"
    starts = ({sounds[:1] for sounds in readings(word)} for word in (f"{letter}a", long))
    return (0.85, "initial") if set.intersection(*starts) else (0.0, "differs")


def _double_initial(short: str, long: str) -> tuple[float, str]:
    """„H.-J.“ is Hans-Joachim and not Hans-Peter; whether it is Hans is worth a look, not more."""
    pieces, others = short.replace(".", "").split("-"), long.replace(".", "").split("-")
    if any(one[:1].casefold() != other[:1].casefold() for one, other in zip(pieces, others, strict=False)):
        return 0.0, "differs"
    return (0.9 if len(pieces) == len(others) else _SHORT_FORM), "initial"


def _pieces_alike(left: str, right: str) -> float:
    """Of hyphenated names every piece has to agree: Jong-un and Jong-il are two."""
    lefts, rights = (re.split(r"[-‐‑]", word) for word in (left, right))
    whole = likeness(left, right)
    if len(lefts) == len(rights) and len(lefts) > 1:
        return min(whole, *(likeness(one, other) for one, other in zip(lefts, rights, strict=True)))
    return whole
