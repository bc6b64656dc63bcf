"""Sentences that say the same in turned order: clauses put first, verbs moved, one sentence made two.

A chain of equal words breaks where an editor turns a sentence round. Here the words of two sentences are compared as they are,
without their order; neighbours in both texts are then one passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from lagebild.lineage.passages import Breaks, Passage, Run
from lagebild.textkit.shingles import Token

__all__ = ["Sentences", "sentence_ranges", "turned_passages", "with_turned", "without_own"]

PART = 0.6  # of the telling words of the shorter sentence that must stand in the other; two reports of one event share names: 0.4
LEAST = 4.0  # telling words shared; with 3, short sentences of names and numbers pass
WHOLE = (
    0.85,
    3.0,
)  # part from which fewer shared words are enough: the second half of a sentence that was cut in two
PHRASE = 3  # equal words in a row, at least once, or two runs of two: independent reports share words but few phrases
COMMON = 12  # sentences and parts of one text that may hold a word by which sentences find each other
MEET = 3  # such words that a pair of sentences needs to be compared
MOST = 4_000  # sentences of a text that are looked at
LONGEST = 200  # words of a sentence; a longer one is a list or a text without marks
APART = 3  # words that may stand between two matched stretches of one passage: „so“, „und damit“, a new name
OWN = 5  # words of a sentence put in
STRAY = 1  # words of it that may by chance stand in the other text
BACK = 6  # passages before, in the order of the left text, that one may be a part of
SAME = 0.5  # of the shorter of two finds on both sides: they are one passage

_ENDS = re.compile(r"[.!?;:…](?:[\s“”\"«»)\]’]|$)|\n")
_SAID = re.compile(r"[„“”\"«»]")
Range = tuple[int, int]


@dataclass(frozen=True)
class Sentences:
    """A text as folded words, how much each tells, and where its sentences begin and end, as ranges of word positions."""

    forms: Sequence[str]
    weights: Sequence[float]
    ranges: Sequence[Range]

    @cached_property
    def holders(self) -> dict[str, list[int]]:
        """For each telling word the numbers of the sentences that hold it; very long sentences are left out."""
        found: dict[str, list[int]] = {}
        for number, (start, end) in enumerate(self.ranges[:MOST]):
            if end - start <= LONGEST:
                for form in sorted({self.forms[at] for at in range(start, end) if self.weights[at] >= 1}):
                    found.setdefault(form, []).append(number)
        return found

    def weight(self, start: int, end: int) -> float:
        """How much a range of words tells."""
        return self._sums[end] - self._sums[start]

    @cached_property
    def _sums(self) -> list[float]:
        return [0.0, *accumulate(self.weights)]


def sentence_ranges(text: str, tokens: Sequence[Token]) -> list[Range]:
    """Ranges of words that are sentences, and those that colons and semicolons make of them; in order, the longer one first.

    A full stop inside a number ends nothing.
    """
    whole, parts = [0], [0]
    for at in range(1, len(tokens)):
        mark = _ENDS.search(text, tokens[at - 1].end, tokens[at].start)
        if mark:
            parts.append(at)
            between = text[mark.start() : tokens[at].start]
            if between[0] not in ";:" or _SAID.search(between):
                whole.append(at)
    ranges = {
        pair
        for starts in (whole, parts)
        for pair in zip(starts, [*starts[1:], len(tokens)], strict=True)
        if pair[0] < pair[1]
    }
    return sorted(ranges, key=lambda pair: (pair[0], -pair[1]))


def with_turned(found: Sequence[Passage], turned: Sequence[Passage], breaks: Breaks) -> list[Passage]:
    """Both kinds of passages, those that are one on both sides put together; ordered by their place on the left.

    Nothing is put together over `breaks`, positions before which furniture stands.
    """
    ordered = (sorted(breaks[0]), sorted(breaks[1]))
    kept: list[Passage] = []
    for one in sorted([*found, *turned], key=lambda one: (one.left, one.right)):
        near = range(len(kept) - 1, max(-1, len(kept) - BACK), -1)
        at = next((at for at in near if _one(kept[at], one) and _unbroken(kept[at], one, ordered)), None)
        if at is None:
            kept.append(one)
        else:
            kept[at] = _united(kept[at], one)
    return sorted(kept, key=lambda one: (one.left, one.right))


def without_own(found: Sequence[Passage], left: Sentences, right: Sentences) -> list[Passage]:
    """Passages cut where a whole sentence of one text, of OWN words or more, has no word of the other."""
    parts = [part for one in found for part in _cut(one, left, 0)]
    return [part for one in parts for part in _cut(one, right, 1)]


def _cut(passage: Passage, text: Sentences, side: int) -> Iterator[Passage]:
    equal = sorted(
        place
        for run in passage.runs
        for place in range(run.right if side else run.left, run.right_end if side else run.left_end)
    )
    rest = passage
    start, end = passage.right if side else passage.left
    for a, b in _inside_of(text.ranges, start, end):
        held = bisect_left(equal, b) - bisect_left(equal, a)
        if b - a < OWN or held > STRAY:
            continue
        before = [run for run in rest.runs if (run.right_end if side else run.left_end) <= a]
        after = [run for run in rest.runs if (run.right if side else run.left) >= b]
        if before and after and _in_order(_hull(before), _hull(after)):
            yield _hull(before)
            rest = _hull(after)
    yield rest


def _inside_of(ranges: Sequence[Range], start: int, end: int) -> Iterator[Range]:
    """The sentences that lie inside a stretch of words, in order."""
    for at in range(bisect_left(ranges, (start, 0)), len(ranges)):
        if ranges[at][0] >= end:
            return
        if ranges[at][1] <= end:
            yield ranges[at]


def _in_order(before: Passage, after: Passage) -> bool:
    return before.left[1] <= after.left[0] and before.right[1] <= after.right[0]


def turned_passages(left: Sentences, right: Sentences) -> list[Passage]:
    """Sentences that share most of their telling words, as passages.

    Sentences meet through words that few of them hold, so that a text that repeats itself makes no work.
    """
    pairs = (_pair(left, left.ranges[a], right, right.ranges[b]) for a, b in _meeting(left, right))
    return [pair for pair in pairs if pair]


def _meeting(left: Sentences, right: Sentences) -> Iterator[tuple[int, int]]:
    """Pairs of sentences with MEET telling words in common, in order."""
    shared: Counter[tuple[int, int]] = Counter()
    for form in left.holders.keys() & right.holders.keys():
        here, there = left.holders[form], right.holders[form]
        if len(here) <= COMMON and len(there) <= COMMON:
            for a in here:
                for b in there:
                    shared[a, b] += 1
    yield from sorted(pair for pair, count in shared.items() if count >= MEET)


def _pair(left: Sentences, a: Range, right: Sentences, b: Range) -> Passage | None:
    """The passage from the first to the last shared telling word on each side, where enough is shared."""
    runs = [
        Run(a[0] + run.left, b[0] + run.right, run.size)
        for run in _runs(left.forms[slice(*a)], right.forms[slice(*b)])
    ]
    if not runs or (runs[0].size < PHRASE and sum(run.size > 1 for run in runs) < 2):
        return None
    shared = sum(left.weight(run.left, run.left_end) for run in runs)
    whole = min(left.weight(*a), right.weight(*b))
    part = shared / whole if whole > 0 else 0.0
    if not (part >= PART and shared >= LEAST) and not (part >= WHOLE[0] and shared >= WHOLE[1]):
        return None
    hull = _hull([run for run in runs if run.size > 1 or left.weights[run.left] >= 1])
    return Passage(hull.left, hull.right, tuple(sorted(run for run in runs if _inside(run, hull))))


def _inside(run: Run, hull: Passage) -> bool:
    return (
        hull.left[0] <= run.left
        and run.left_end <= hull.left[1]
        and hull.right[0] <= run.right
        and run.right_end <= hull.right[1]
    )


def _hull(runs: Sequence[Run]) -> Passage:
    return Passage(
        (min(run.left for run in runs), max(run.left_end for run in runs)),
        (min(run.right for run in runs), max(run.right_end for run in runs)),
        tuple(sorted(runs)),
    )


def _runs(left: Sequence[str], right: Sequence[str]) -> list[Run]:
    """Equal runs in any order, the longest first, none sharing a word with another."""
    places: dict[str, list[int]] = {}
    for at, form in enumerate(right):
        places.setdefault(form, []).append(at)
    found = []
    for a, form in enumerate(left):
        for b in places.get(form, ())[:COMMON]:
            if a and b and left[a - 1] == right[b - 1]:
                continue  # inside a run that began before
            size = 1
            while a + size < len(left) and b + size < len(right) and left[a + size] == right[b + size]:
                size += 1
            found.append(Run(a, b, size))
    return list(_apart(sorted(found, key=lambda run: (-run.size, run.left, run.right))))


def _apart(runs: Iterable[Run]) -> Iterator[Run]:
    used: tuple[set[int], set[int]] = (set(), set())
    for run in runs:
        free = [
            at for at in range(run.size) if run.left + at not in used[0] and run.right + at not in used[1]
        ]
        if len(free) < run.size:
            if not free or free[-1] - free[0] >= len(free):
                continue
            run = Run(run.left + free[0], run.right + free[0], len(free))
        used[0].update(range(run.left, run.left_end))
        used[1].update(range(run.right, run.right_end))
        yield run


def _one(a: Passage, b: Passage) -> bool:
    """Whether two finds are one passage: mostly the same words, or neighbours, or two parts of one sentence."""
    sides = ((a.left, b.left), (a.right, b.right))
    if all(_overlap(x, y) >= SAME * min(x[1] - x[0], y[1] - y[0]) for x, y in sides):
        return True
    near = all(_overlap(x, y) >= -APART for x, y in sides)
    in_order = all(y[0] >= x[1] for x, y in sides)
    return near and (in_order or any(_overlap(x, y) > 0 for x, y in sides))


def _unbroken(a: Passage, b: Passage, breaks: tuple[list[int], list[int]]) -> bool:
    whole = _united(a, b)
    return not any(
        bisect_left(places, start + 1) < bisect_left(places, end)
        for places, (start, end) in ((breaks[0], whole.left), (breaks[1], whole.right))
    )


def _overlap(a: Range, b: Range) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _united(a: Passage, b: Passage) -> Passage:
    """One passage over both; the runs of the first, and what the second has beside them."""
    left = {at for run in a.runs for at in range(run.left, run.left_end)}
    right = {at for run in a.runs for at in range(run.right, run.right_end)}
    more = [
        run
        for run in b.runs
        if not left & set(range(run.left, run.left_end)) and not right & set(range(run.right, run.right_end))
    ]
    return Passage(
        (min(a.left[0], b.left[0]), max(a.left[1], b.left[1])),
        (min(a.right[0], b.right[0]), max(a.right[1], b.right[1])),
        tuple(sorted([*a.runs, *more])),
    )
