"""Claims that several texts make: from how many independent origins, and whether they date it alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagebild.compare.assertions import Assertion, Pile, apart, long_ago, same_claim
from lagebild.textkit.normal import fold, words_of
from lagebild.textkit.terms import overlap

__all__ = ["Agreement", "find_agreements", "find_time_clashes", "moment"]

_SHARE = 0.6
_LEAST = 3
_LISTED = 120  # claims of one predicate held against each other
_COPY = 0.6  # share of word triples beyond which two wordings are one
_SAME_EVENT = 0.75
_CLOCK = re.compile(r"T(\d\d):(\d\d)$")
_LEAST_MINUTES = 3  # clock times nearer to each other are rounded
_ROUND = 45
_SAME_HOURS = 360
_FEW = 6  # terms of a claim that says little but when something happened


@dataclass(frozen=True)
class Agreement:
    """Claims that say the same, from at least two documents."""

    claims: tuple[Assertion, ...]

    @property
    def origins(self) -> frozenset[str]:
        return frozenset(origin for one in self.claims for origin in one.origins)

    @property
    def wordings(self) -> int:
        """How many ways of saying it there are: texts that share nearly all words have them from each other, whoever is named."""
        kept: list[frozenset[tuple[str, ...]]] = []
        for one in self.claims:
            triples = _triples(one.words)
            if not any(overlap(triples, other) >= _COPY for other in kept):
                kept.append(triples)
        return len(kept)

    @property
    def documents(self) -> int:
        return len({one.report.id for one in self.claims})


def _triples(words: str) -> frozenset[tuple[str, ...]]:
    folded = [fold(word) for word in words_of(words)]
    return frozenset(tuple(folded[k : k + 3]) for k in range(max(1, len(folded) - 2)))


def _comparable(pile: Pile) -> Iterator[tuple[str, list[Assertion]]]:
    """Claims by the terms of their predicate; past 120 of one term the rest is left out."""
    blocks: dict[str, list[Assertion]] = {}
    for one in pile.assertions:
        if one.solid and not one.denied and not long_ago(one) and len(one.terms) >= _LEAST:
            for term in sorted(one.predicate):
                blocks.setdefault(term, []).append(one)
    for term in sorted(blocks):
        yield term, blocks[term][:_LISTED]


def find_agreements(pile: Pile) -> list[Agreement]:
    """Groups of claims of at least two documents that say the same: a shared predicate, three shared words, three fifths of the shorter."""
    parent: dict[int, int] = {}

    def root(order: int) -> int:
        while parent.setdefault(order, order) != order:
            parent[order] = parent[parent[order]]
            order = parent[order]
        return order

    members: dict[int, Assertion] = {}
    for _, block in _comparable(pile):
        for at, left in enumerate(block):
            for right in block[at + 1 :]:
                if left.report is not right.report and same_claim(left, right, _SHARE, _LEAST):
                    members.update({left.order: left, right.order: right})
                    first, second = sorted((root(left.order), root(right.order)))
                    parent[second] = first
    groups: dict[int, list[Assertion]] = {}
    for order in sorted(members):
        groups.setdefault(root(order), []).append(members[order])
    return [Agreement(tuple(group)) for _, group in sorted(groups.items())]


def find_time_clashes(pile: Pile) -> list[tuple[Assertion, ...]]:
    """Claims of different texts about one happening that date it so that not all can be right.

    Only dates inside the claims count, and nearly all words but the date must be shared: „erneut“ happens.
    """
    found: dict[tuple[int, int], tuple[Assertion, Assertion]] = {}
    for left, right in _clock_clashes(pile):
        found[(left.order, right.order)] = (left, right)
    for _, block in _comparable(pile):
        dated = [one for one in block if one.claim.times and one.times and one.claim.modality == "happened"]
        for at, left in enumerate(dated):
            for right in dated[at + 1 :]:
                if left.report is not right.report and _same_event(left, right):
                    found[(left.order, right.order)] = (left, right)
    return _together([found[key] for key in sorted(found)])


def _together(pairs: Sequence[tuple[Assertion, Assertion]]) -> list[tuple[Assertion, ...]]:
    """Pairs that share a claim as one group."""
    groups: list[dict[int, Assertion]] = []
    for pair in pairs:
        meeting = [group for group in groups if any(one.order in group for one in pair)]
        merged = {order: one for group in meeting for order, one in group.items()}
        merged.update({one.order: one for one in pair})
        groups = [group for group in groups if group not in meeting] + [merged]
    return [tuple(group[order] for order in sorted(group)) for group in groups]


def moment(one: Assertion) -> str:
    """When a claim says that it happened: its clock time, else its dates."""
    clock = _clock(one)
    dates = "; ".join(f"{earliest[:16]} – {latest[:16]}" for earliest, latest in one.times)
    return dates if clock is None else f"{clock // 60:02d}:{clock % 60:02d}"


def _clock_clashes(pile: Pile) -> Iterator[tuple[Assertion, Assertion]]:
    """Claims of different texts that give one happening two clock times of the same hours."""
    timed: dict[str, list[tuple[Assertion, int]]] = {}
    for one in pile.assertions:
        clock = _clock(one)
        if clock is not None and one.solid and not one.denied and not one.report.background:
            for term in sorted(one.terms):
                timed.setdefault(term, []).append((one, clock))
    for _, block in sorted(timed.items()):
        for at, (left, early) in enumerate(block[:_LISTED]):
            for right, late in block[at + 1 : _LISTED]:
                if left.report is not right.report and _differ(early, late) and _same_moment(left, right):
                    yield left, right


def _clock(one: Assertion) -> int | None:
    """The minute of the day that a claim names, where it names one and says nothing of „about“."""
    phrases = [one.report.phrases[row] for row in one.claim.times if row in one.report.phrases]
    clocks = {found.group(1, 2) for phrase in phrases for found in _CLOCK.finditer(phrase.value)}
    if len(clocks) != 1 or any(phrase.mod for phrase in phrases):
        return None
    hour, minute = clocks.pop()
    return int(hour) * 60 + int(minute)


def _differ(early: int, late: int) -> bool:
    """Full hours are round figures; what lies many hours apart is another happening."""
    least = _ROUND if early % 60 == 0 or late % 60 == 0 else _LEAST_MINUTES
    return least <= abs(early - late) <= _SAME_HOURS


def _same_moment(left: Assertion, right: Assertion) -> bool:
    if left.places and right.places and not left.places & right.places:
        return False
    shared = left.terms & right.terms
    once = left.report.wording.once if left.report.wording else frozenset()
    if shared & once and max(len(left.terms), len(right.terms)) <= _FEW:
        return True
    whole = len(shared) > 1 and overlap(left.terms, right.terms) == 1
    return whole and bool(left.predicate & right.predicate)


def _same_event(left: Assertion, right: Assertion) -> bool:
    return (
        len(left.terms & right.terms) > _LEAST
        and overlap(left.terms, right.terms) >= _SAME_EVENT
        and bool(left.predicate & right.predicate)
        and apart(left.times, right.times)
        and not _phrases(left) & _phrases(right)
        and not (left.places and right.places and not left.places & right.places)
    )


def _phrases(one: Assertion) -> frozenset[str]:
    """How a claim puts its dates, unanchored: „am Samstag“ in two texts is one day however their dates were told."""
    return frozenset(one.report.phrases[row].value for row in one.claim.times if row in one.report.phrases)


def largest(agreements: Sequence[Agreement], most: int) -> list[Agreement]:
    """The ones with the most origins, then documents; at most `most`."""
    ordered = sorted(agreements, key=lambda one: (-len(one.origins), -one.documents, one.claims[0].order))
    return ordered[:most]
