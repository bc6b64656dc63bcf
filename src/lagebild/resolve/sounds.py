"""How near two words sound, whatever orthography each is written in.

A weighted edit distance over the sounds of `lagebild.textkit.script`: letters that orthographies confuse (German s for z, sch for
zh, English ch for German tsch) cost little, a wrong consonant costs one. Weights were set by hand on the even Wikidata numbers
of a list of politicians' names; `benchmarks/names.py` measures them on the odd ones.
"""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance.Indel import normalized_similarity as ratio
from rapidfuzz.distance.Levenshtein import distance as levenshtein

from lagebild.textkit.script import LONGEST_NAME, german_spelling, readings, script_of, spoken

__all__ = ["likeness"]

_VOWELS = frozenset("aeiouOÄÖÜ")
_PLAIN = frozenset("aeiou")
_NEAR = {
    "SZ": 0.1, "sz": 0.1, "cs": 0.25, "cz": 0.25, "CS": 0.35, "Cc": 0.4, "CZ": 0.45, "Ss": 0.4, "Zz": 0.4, "Sc": 0.5, "Zs": 0.5, "Cs": 0.6,
    "DZ": 0.25, "CD": 0.35, "Dj": 0.35, "Dg": 0.5, "DS": 0.45, "Zj": 0.5, "Zg": 0.5, "gx": 0.25, "kx": 0.35, "gk": 0.5, "Cx": 0.6, "Sx": 0.7,
    "fv": 0.35, "uv": 0.35, "bv": 0.7, "bp": 0.6, "dt": 0.5, "mn": 0.85, "ij": 0.15,
    "ei": 0.35, "ou": 0.35, "ae": 0.5, "ao": 0.4, "eo": 0.5, "au": 0.6, "ai": 1.0, "io": 1.0, "iu": 1.0, "eu": 0.9, "Oo": 0.0, "Oe": 0.1,
    "Äa": 0.15, "Äe": 0.1, "Öo": 0.15, "Öe": 0.5, "Üu": 0.15, "Üi": 0.4, "ÖÜ": 1.0, "ÄÖ": 0.8,
}  # fmt: skip
_COSTS = {tuple(pair): cost for pair, cost in _NEAR.items()} | {
    tuple(pair[::-1]): cost for pair, cost in _NEAR.items()
}
_DROP = {
    "j": 0.25,
    "e": 0.75,
    "a": 0.7,
    "i": 0.6,
    "o": 0.6,
    "u": 0.6,
    "x": 0.5,
    "Ä": 0.6,
    "Ö": 0.6,
    "Ü": 0.6,
    "O": 0.6,
}
_DROP_LAST = {"a": 1.5, "e": 1.0, "o": 1.0, "i": 0.9, "u": 0.8}
_SIBILANTS = frozenset("SZCDsz")
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("szcSZCD", "S"),
        **dict.fromkeys("kgxq", "K"),
        **dict.fromkeys("vfb", "F"),
        **dict.fromkeys("dt", "T"),
        **dict.fromkeys("mn", "N"),
        **dict.fromkeys("aeiouOÄÖÜj", None),
    }
)
_STEEPNESS = 0.6
_OFFSET = 1.5
_MOST_READ = 6
"""Pairs of readings that are looked at closely, the nearest ones letter by letter: with 6 no tuning pair and none of 1,263 tuning queries changed."""

_ONE_ORTHOGRAPHY = 2.5
_FOREIGN_VOWELS = 0.6
"""Between scripts vowels follow the ear (Bryan, Брайан), so they cost less."""


@lru_cache(maxsize=131072)
def likeness(left: str, right: str) -> float:
    """0 to 1: how near two words sound in the pair of readings that is nearest; 1 for words that may be the same.

    One wrong consonant gives less than 0.88 in words of up to eleven sounds. Words in scripts that
    cannot be read are compared letter by letter, 0 across scripts.
    """
    if left == right:
        return 1.0
    if left > right:
        return likeness(right, left)
    lefts, rights = readings(left), readings(right)
    if not lefts or not rights:
        return _letters_alike(left, right) if not lefts and not rights else 0.0
    if set(lefts) & set(rights):
        return 0.99
    foreign = script_of(left) != script_of(right)
    if foreign:
        lefts, rights = (*lefts, *spoken(left)), (*rights, *spoken(right))
        if set(lefts) & set(rights):
            return 0.98
    scale = _FOREIGN_VOWELS if foreign else 1.0
    marks = german_spelling(left), german_spelling(right)
    strict = min(marks) > 0 or max(marks) < 0
    near = [(one, other) for one in lefts for other in rights if _may_be_near(one, other, 1 + foreign)]
    if not near:
        return round(0.5 * max(ratio(one, other) for one in lefts[:1] for other in rights[:1]), 4)
    if len(near) > _MOST_READ:
        near = sorted(near, key=lambda pair: levenshtein(*pair))[:_MOST_READ]
    return max(0.0, max(_nearness(one, other, scale, strict) for one, other in near))


def _letters_alike(left: str, right: str) -> float:
    one, other = left[:LONGEST_NAME], right[:LONGEST_NAME]
    return round(0.99 * ratio(one, other), 4) if script_of(one) == script_of(other) else 0.0


def _may_be_near(left: str, right: str, errors: int) -> bool:
    """False where the consonants differ so much that the closer look cannot find them alike; most pairs end here."""
    most = errors + min(len(left), len(right)) // 9
    return levenshtein(_classes(left), _classes(right), score_cutoff=most) <= most


@lru_cache(maxsize=65536)
def _classes(sounds: str) -> str:
    return sounds.translate(_CLASSES)


def _nearness(left: str, right: str, scale: float, strict: bool) -> float:
    longest = max(len(left), len(right))
    room = _STEEPNESS * longest + _OFFSET
    if abs(len(left) - len(right)) > 0.5 * longest + 1:
        return 0.0
    return 0.99 * (1 - min(1.0, _distance(left, right, _costs(scale, strict), room) / room))


Costs = tuple[dict[str, "_Table"], "_Table", "_Table"]


def _distance(left: str, right: str, costs: Costs, most: float) -> float:
    """Weighted Levenshtein distance, `most` where it is surely more.

    The last vowel tells a woman's name from a man's, so it costs more to drop; o for e behind a sibilant (ё) costs little.
    """
    changes, drops, last_drops = costs
    lefts = [drops[sound] for sound in left[:-1]] + [last_drops[left[-1]]] if left else []
    rights = [drops[sound] for sound in right[:-1]] + [last_drops[right[-1]]] if right else []
    before = [0.0]
    for cost in rights:
        before.append(before[-1] + cost)
    for row, one in enumerate(left):
        gone = lefts[row]
        left_cost = before[0] + gone
        now = [left_cost]
        soft = row > 0 and left[row - 1] in _SIBILANTS and one in "eo"
        table = changes[one]
        for column, other in enumerate(right):
            change = before[column] + (
                0.0 if one == other else 0.15 if soft and other in "eo" else table[other]
            )
            dropped = before[column + 1] + gone
            added = left_cost + rights[column]
            left_cost = change if change < dropped else dropped
            if added < left_cost:
                left_cost = added
            now.append(left_cost)
        if min(now) >= most:
            return most
        before = now
    if (
        left
        and right
        and left[-1] != right[-1]
        and "a" in (left[-1], right[-1])
        and {left[-1], right[-1]} <= _PLAIN
    ):
        return before[-1] + max(0.0, 0.5 - changes[left[-1]][right[-1]])
    return before[-1]


class _Table(dict[str, float]):
    """Costs by sound; one for sounds without an entry."""

    def __missing__(self, key: str) -> float:
        return 1.0


@cache
def _costs(scale: float, strict: bool) -> Costs:
    """What it costs to change a sound into another, to drop it, and to drop it at the end.

    `strict` for two words of one orthography („Wolkow“, „Wolchow“): what only different orthographies confuse costs more.
    """
    rate = _ONE_ORTHOGRAPHY if strict else 1.0
    sounds = frozenset(sound for pair in _COSTS for sound in pair) | _VOWELS
    changes = _Changes(
        {
            one: _Table(
                {other: min(1.0, rate * cost) for (first, other), cost in _COSTS.items() if first == one}
            )
            for one in sounds
        }
    )
    for one in _VOWELS:
        for other in _VOWELS - {one}:
            changes[one][other] = changes[one].get(other, 0.9) * scale
    drops = _Table({sound: cost * scale if cost < 1 else cost for sound, cost in _DROP.items()})
    return changes, drops, _Table({**drops, **_DROP_LAST})


class _Changes(dict[str, _Table]):
    """Costs of changes by the sound that is changed."""

    def __missing__(self, key: str) -> _Table:
        return _Table()
