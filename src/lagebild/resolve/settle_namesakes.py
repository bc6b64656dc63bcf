"""Two people of one full name: which uses of a name cannot have the same bearer.

Ages more than two years apart and one office in two places tell two people apart; so do different home towns together with different
walks of life. Either of these alone is only worth a remark: people move, and generals become mayors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lagebild.model.account import Reason
from lagebild.model.identity import NameUse
from lagebild.resolve.bodies import owner_of
from lagebild.resolve.facts import name_facts
from lagebild.resolve.roles import Role, read_role
from lagebild.resolve.sounds import likeness
from lagebild.textkit.normal import fold

__all__ = ["MOST_WITNESSES", "Bearer", "bearers", "doubtful", "is_witness"]

MOST_WITNESSES = 120
"""Uses of one name that are looked at: the first ones by their ids that tell something of the bearer."""

_MOST_BEARERS = 6
_YEARS = 2


@dataclass(frozen=True)
class Bearer:
    """Uses of a name with one bearer. `sign` is what tells him or her from the others („age:45“), `apart` why they are several."""

    sign: str
    uses: tuple[NameUse, ...]
    apart: Reason


@dataclass(frozen=True)
class _Told:
    """What the uses of one bearer tell."""

    ages: frozenset[int]
    towns: frozenset[str]
    domains: frozenset[str]
    seats: frozenset[tuple[str, str]]

    def __or__(self, other: _Told) -> _Told:
        return _Told(
            self.ages | other.ages,
            self.towns | other.towns,
            self.domains | other.domains,
            self.seats | other.seats,
        )


_NOTHING = _Told(frozenset(), frozenset(), frozenset(), frozenset())


def is_witness(use: NameUse) -> bool:
    """True where a use tells anything of its bearer."""
    return use.kind == "PER" and bool(use.traits or use.roles)


def bearers(uses: Sequence[NameUse]) -> list[Bearer]:
    """The bearers of one full name, [] where nothing speaks for more than one. Uses that fit several are with none."""
    told = [(use, _told(use)) for use in sorted(uses, key=lambda use: use.id)[:MOST_WITNESSES]]
    groups: list[tuple[list[NameUse], _Told]] = []
    why: list[Reason] = []
    rest: list[tuple[NameUse, _Told]] = []
    for use, one in sorted(told, key=lambda it: (not it[1].ages, not it[1].seats, it[0].id)):
        clashes = [_clash(one, known) for _, known in groups]
        fits = [at for at, clash in enumerate(clashes) if clash is None]
        best = [at for at in fits if _agrees(one, groups[at][1])] or fits
        if len(best) == 1:
            groups[best[0]] = ([*groups[best[0]][0], use], groups[best[0]][1] | one)
        elif best:
            rest.append((use, one))
        elif len(groups) < _MOST_BEARERS:
            why += [clash for clash in clashes if clash is not None][:1]
            groups.append(([use], one))
    if len(groups) < 2:
        return []
    for use, one in rest:
        best = _nearest(one, [known for _, known in groups])
        if len(best) == 1:
            groups[best[0]][0].append(use)
    return [Bearer(_sign(known), tuple(found), why[0]) for found, known in groups]


def _nearest(one: _Told, groups: Sequence[_Told]) -> list[int]:
    """The groups that a use agrees with; else those where neither town nor walk of life is another one."""
    fits = [at for at, known in enumerate(groups) if _clash(one, known) is None]
    agreeing = [at for at in fits if _agrees(one, groups[at])]
    return agreeing or [
        at
        for at in fits
        if not _apart(one.domains, groups[at].domains) and not _apart(one.towns, groups[at].towns)
    ]


def doubtful(uses: Sequence[NameUse]) -> Reason | None:
    """Why a name could have several bearers although nothing tells them apart for sure: several home towns or walks of life."""
    told = _NOTHING
    for use in sorted(uses, key=lambda use: use.id)[:MOST_WITNESSES]:
        told |= _told(use)
    for values in (told.towns, told.domains):
        if len(values) > 1:
            left, right = sorted(values)[:2]
            return Reason("perhaps_several", None, None, left.rpartition(":")[2], right.rpartition(":")[2])
    return None


@lru_cache(maxsize=8192)
def _told(use: NameUse) -> _Told:
    roles = list(_roles(use))
    domains = name_facts().role_domains
    return _Told(
        frozenset(int(trait[4:]) for trait in use.traits if trait.startswith("age:")),
        frozenset(trait[5:] for trait in use.traits if trait.startswith("from:")),
        frozenset(domains[role.kind] for role in roles if role.kind in domains),
        frozenset((role.kind, place) for role in roles if (place := _seat(role))),
    )


def _roles(use: NameUse) -> Iterator[Role]:
    for words in use.roles:
        role = read_role(words, use.language or "de")
        if role:
            yield role


def _seat(role: Role) -> str:
    """Of which place somebody holds an office now, "" where the text does not say; „Bürgermeister von Wurzen“ names it as the field."""
    if role.kind not in name_facts().seats or role.former:
        return ""
    if not role.field:
        return role.owner
    town = role.kind in ("mayor", "governor") and role.field in fold(role.words).split()
    return owner_of(role.field) if town and not role.owner else ""


def _clash(one: _Told, other: _Told) -> Reason | None:
    """Why two uses cannot have one bearer, None where they can."""
    if one.ages and other.ages and min(abs(a - b) for a in one.ages for b in other.ages) > _YEARS:
        return Reason("age_differs", None, None, str(min(one.ages)), str(min(other.ages)))
    for kind, place in sorted(one.seats):
        others = sorted(owner for known, owner in other.seats if known == kind)
        if others and not any(_one_place(place, owner) for owner in others):
            return Reason("office_differs", None, kind, place.lstrip("~"), others[0].lstrip("~"))
    if _apart(one.towns, other.towns) and _apart(one.domains, other.domains):
        return Reason("town_and_work_differ", None, None, min(one.towns), min(other.towns))
    return None


def _apart(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right) and not left & right


def _one_place(left: str, right: str) -> bool:
    """Owners that may be spelled differently; a country and a town can be one („Präsident in Kiew“)."""
    if left == right or left.startswith("~") != right.startswith("~"):
        return True
    return left.startswith("~") and likeness(left[1:], right[1:]) >= 0.8


def _agrees(one: _Told, other: _Told) -> bool:
    same_age = any(abs(a - b) <= _YEARS for a in one.ages for b in other.ages)
    return bool(same_age or one.towns & other.towns or one.seats & other.seats or one.domains & other.domains)


def _sign(told: _Told) -> str:
    """What tells a bearer from another, the surest first; it is a part of the key, so it must not change with the order of reports."""
    if told.ages:
        return f"age:{min(told.ages)}"
    if told.seats:
        kind, owner = min(told.seats)
        return f"{kind}@{owner}"
    return f"from:{min(told.towns)}" if told.towns else min(told.domains, default="")
