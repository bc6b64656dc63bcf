"""What an editor changed between two texts: equal runs of words, found in bounded time.

Anchors are words that stand once in each text, in the longest order that both keep (patience diff: B. Cohen); what lies between
two anchors is searched again, and short rests are aligned letter for letter of the alphabet of their words (longest common
subsequence). Rests without anchor that are long on both sides count as changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

__all__ = ["Edit", "edits_between"]

Edit = tuple[bool, int, int, int, int]
"""Whether words are equal, and their ranges on the left and on the right, half-open."""

SHORT = 4_096  # words of the left rest times words of the right one that are aligned exactly
DEPTH = 24  # how often a rest is searched again for anchors


def edits_between(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[Edit]:
    """The two sequences cut into equal and changed stretches, in order; together they cover both, none is empty on both sides."""
    pairs = list(_equal(left, right, 0, len(left), 0, len(right), DEPTH))
    a = b = at = 0
    while at < len(pairs):
        x, y = pairs[at]
        if x > a or y > b:
            yield (False, a, x, b, y)
        size = 1
        while at + size < len(pairs) and pairs[at + size] == (x + size, y + size):
            size += 1
        yield (True, x, x + size, y, y + size)
        a, b, at = x + size, y + size, at + size
    if a < len(left) or b < len(right):
        yield (False, a, len(left), b, len(right))


def _equal(
    left: Sequence[Hashable], right: Sequence[Hashable], a: int, a_end: int, b: int, b_end: int, depth: int
) -> Iterator[tuple[int, int]]:
    """Pairs of equal places inside two ranges, both in order."""
    while a < a_end and b < b_end and left[a] == right[b]:
        yield a, b
        a, b = a + 1, b + 1
    tail = 0
    while a < a_end and b < b_end and left[a_end - 1] == right[b_end - 1]:
        a_end, b_end, tail = a_end - 1, b_end - 1, tail + 1
    if a < a_end and b < b_end:
        anchors = _anchors(left, right, a, a_end, b, b_end) if depth else []
        if (a_end - a) * (b_end - b) <= SHORT:
            yield from _aligned(left, right, a, a_end, b, b_end)
        elif anchors:
            for x, y in anchors:
                yield from _equal(left, right, a, x, b, y, depth - 1)
                yield x, y
                a, b = x + 1, y + 1
            yield from _equal(left, right, a, a_end, b, b_end, depth - 1)
    yield from ((a_end + step, b_end + step) for step in range(tail))


def _anchors(
    left: Sequence[Hashable], right: Sequence[Hashable], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]]:
    """Places of words that stand once in each range, the longest chain of them that both keep in order."""
    counts = [Counter(left[a:a_end]), Counter(right[b:b_end])]
    there = {right[at]: at for at in range(b, b_end) if counts[1][right[at]] == 1}
    once = [(at, there[left[at]]) for at in range(a, a_end) if counts[0][left[at]] == 1 and left[at] in there]
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, y) in enumerate(once):
        at = bisect_left(ends, y)
        ends[at : at + 1] = [y]
        tops[at : at + 1] = [number]
        before.append(tops[at - 1] if at else -1)
    chain: list[tuple[int, int]] = []
    last = tops[-1] if tops else -1
    while last >= 0:
        chain.append(once[last])
        last = before[last]
    return chain[::-1]


def _aligned(
    left: Sequence[Hashable], right: Sequence[Hashable], a: int, a_end: int, b: int, b_end: int
) -> Iterator[tuple[int, int]]:
    """A longest common subsequence of two short ranges, the first one where there are several."""
    rows = [[0] * (b_end - b + 1)]
    for x in range(a_end - 1, a - 1, -1):
        below = rows[-1]
        row = [0] * (b_end - b + 1)
        for at in range(b_end - b - 1, -1, -1):
            row[at] = below[at + 1] + 1 if left[x] == right[b + at] else max(below[at], row[at + 1])
        rows.append(row)
    rows.reverse()
    x, y = a, b
    while x < a_end and y < b_end:
        if left[x] == right[y]:
            yield x, y
            x, y = x + 1, y + 1
        elif rows[x - a + 1][y - b] >= rows[x - a][y - b + 1]:
            x += 1
        else:
            y += 1
