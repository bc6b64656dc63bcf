"""How near two words sound, whatever orthography each is written in.

A weighted edit distance over the sounds of `lagebild.textkit.script`: letters that orthographies confuse (German s for z, sch for
zh, English ch for German tsch) cost little, a wrong consonant costs one. Weights were set by hand on the even Wikidata numbers
of a list of politicians' names; `benchmarks/names.py` measures them on the odd ones.
"""

from __future__ import annotations

from functools import lru_cache

from lagebild.textkit.script import readings, script_of, spoken

__all__ = ["likeness"]

_VOWELS = frozenset("aeiouOÄÖÜ")
_NEAR = {
    "SZ": 0.1, "sz": 0.1, "cs": 0.25, "cz": 0.25, "CS": 0.35, "Cc": 0.4, "CZ": 0.45, "Ss": 0.4, "Zz": 0.4, "Sc": 0.5, "Zs": 0.5, "Cs": 0.6,
    "DZ": 0.25, "CD": 0.35, "Dj": 0.35, "Dg": 0.5, "DS": 0.45, "Zj": 0.5, "Zg": 0.5, "gx": 0.25, "kx": 0.35, "gk": 0.5, "Cx": 0.6, "Sx": 0.7,
    "fv": 0.35, "uv": 0.35, "bv": 0.7, "bp": 0.6, "dt": 0.5, "mn": 0.85, "ij": 0.15,
    "ei": 0.35, "ou": 0.35, "ae": 0.5, "ao": 0.4, "eo": 0.5, "au": 0.6, "ai": 0.8, "io": 1.0, "iu": 1.0, "eu": 0.9, "Oo": 0.0, "Oe": 0.1,
    "Äa": 0.15, "Äe": 0.1, "Öo": 0.15, "Öe": 0.5, "Üu": 0.15, "Üi": 0.4, "ÖÜ": 1.0, "ÄÖ": 0.8,
}  # fmt: skip
_COSTS = {tuple(pair): cost for pair, cost in _NEAR.items()} | {tuple(pair[::-1]): cost for pair, cost in _NEAR.items()}
_DROP = {"j": 0.25, "e": 0.5, "a": 0.7, "i": 0.6, "o": 0.6, "u": 0.6, "x": 0.5, "Ä": 0.6, "Ö": 0.6, "Ü": 0.6, "O": 0.6}
_DROP_LAST = {"a": 1.5, "e": 1.0, "o": 1.0, "i": 0.7, "u": 0.8}
_SIBILANTS = frozenset("SZCDsz")
_STEEPNESS = 0.6
_OFFSET = 1.5
_FOREIGN_VOWELS = 0.6
"""Between scripts vowels follow the ear (Bryan, Брайан), so they cost less."""


@lru_cache(maxsize=131072)
def likeness(left: str, right: str) -> float:
    """0 to 1: how near two words sound in the pair of readings that is nearest; 1 for words that may be the same.

    One wrong consonant gives less than 0.88 in words of up to eleven sounds. 0 for words in scripts that cannot be read.
    """
    if left == right:
        return 1.0
    if left > right:
        return likeness(right, left)
    lefts, rights = readings(left), readings(right)
    if not lefts or not rights:
        return 0.0
    if set(lefts) & set(rights):
        return 0.99
    foreign = script_of(left) != script_of(right)
    if foreign:
        lefts, rights = (*lefts, *spoken(left)), (*rights, *spoken(right))
        if set(lefts) & set(rights):
            return 0.98
    scale = _FOREIGN_VOWELS if foreign else 1.0
    return max(0.0, max(_nearness(one, other, scale) for one in lefts for other in rights))


def _nearness(left: str, right: str, scale: float) -> float:
    longest = max(len(left), len(right))
    room = _STEEPNESS * longest + _OFFSET
    if abs(len(left) - len(right)) > 0.5 * longest + 1:
        return 0.0
    return 0.99 * (1 - min(1.0, _distance(left, right, scale) / room))


def _distance(left: str, right: str, scale: float) -> float:
    """Weighted Levenshtein distance; the last vowel tells a woman's name from a man's, so it costs more."""
    before = [0.0]
    for at, sound in enumerate(right):
        before.append(before[-1] + _drop(sound, at == len(right) - 1, scale))
    for row, one in enumerate(left):
        last_row = row == len(left) - 1
        now = [before[0] + _drop(one, last_row, scale)]
        for column, other in enumerate(right):
            last = last_row and column == len(right) - 1
            change = 0.0 if one == other else _change(one, other, left[row - 1] if row else "", last, scale)
            now.append(
                min(
                    before[column] + change,
                    before[column + 1] + _drop(one, last_row, scale),
                    now[column] + _drop(other, column == len(right) - 1, scale),
                )
            )
        before = now
    return before[-1]


def _drop(sound: str, last: bool, scale: float) -> float:
    if last and sound in _DROP_LAST:
        return _DROP_LAST[sound]
    cost = _DROP.get(sound, 1.0)
    return cost * scale if cost < 1 else cost


def _change(one: str, other: str, before: str, last: bool, scale: float) -> float:
    if {one, other} == {"e", "o"} and before in _SIBILANTS:
        return 0.15
    if one in _VOWELS and other in _VOWELS:
        cost = _COSTS.get((one, other), 0.9) * scale
        return max(cost, 0.5) if last and "a" in (one, other) else cost
    return _COSTS.get((one, other), 1.0)
