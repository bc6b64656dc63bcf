"""Shared passages of two word lists: seeds of three equal words, grown to runs, chained over edits.

Seed and extend after D. Smith, R. Cordell, E. Dillon, „Infectious texts“ (2013); the chains are scored as local alignments
are (T. Smith, M. Waterman, 1981): equal words count for a passage, words in between against it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from math import inf

__all__ = ["LEAST", "Breaks", "Passage", "Run", "shared_passages"]

SEED = 3  # words; with 4, copies with every fourth word changed leave no seed (tried on gold/lineage)
GAP = 12  # words that an edit may add, drop or change between two equal runs
LOPSIDED = 6  # words more on one side of a gap than on the other: a sentence put in parts two passages
COST = 0.4  # of a word in a gap, in equal words; with 0.5 copies at a third of shared triples fall apart, with 0.3 phrases join
LEAST = 8  # equal words a passage must have to be looked at
DENSE = 0.4  # share of a passage that must be equal words; below, the runs are phrases that happen to follow each other
MATCHES = 64  # a window that stands in so many pairs of places seeds nothing
LOOK_BACK = 48  # earlier runs tried as the one before; more stand there only where a text repeats itself

Breaks = tuple[frozenset[int], frozenset[int]]
Window = tuple[str, str, str]


@dataclass(frozen=True, order=True)
class Run:
    """Equal words: `size` tokens from `left` in one document and from `right` in the other."""

    left: int
    right: int
    size: int

    @property
    def left_end(self) -> int:
        return self.left + self.size

    @property
    def right_end(self) -> int:
        return self.right + self.size


@dataclass(frozen=True)
class Passage:
    """Aligned runs of equal words: token ranges on both sides, half-open, the runs, and how many words are equal."""

    left: tuple[int, int]
    right: tuple[int, int]
    runs: tuple[Run, ...]

    @property
    def equal(self) -> int:
        return sum(run.size for run in self.runs)


def shared_passages(
    left: Sequence[str], right: Sequence[str], breaks: Breaks = (frozenset(), frozenset())
) -> list[Passage]:
    """Passages of two word lists with at least LEAST equal words, in the order of the left one; none overlap on the left.

    `breaks` are token positions before which a passage ends. Time is linear in the words: windows that repeat are capped.
    """
    runs = [part for run in sorted(_runs(left, right)) for part in _cut(run, breaks)]
    found: list[Passage] = []
    for chain in _chains(runs, breaks):
        whole = _filled(chain, left, right)
        passage = Passage((chain[0].left, chain[-1].left_end), (chain[0].right, chain[-1].right_end), whole)
        longest = max(passage.left[1] - passage.left[0], passage.right[1] - passage.right[0])
        if passage.equal >= LEAST and passage.equal >= DENSE * longest:
            found.append(passage)
    return sorted(found, key=lambda one: one.left)


def _runs(left: Sequence[str], right: Sequence[str]) -> list[Run]:
    """Maximal equal runs of at least SEED words, ordered by place; each once."""
    there = _windows(right)
    here = _windows(left, there)
    matches: list[tuple[int, int]] = []
    for window, at_left in here.items():
        at_right = there.get(window)
        if at_right and len(at_left) * len(at_right) <= MATCHES:
            matches += [(a, b) for a in at_left for b in at_right]
    matches.sort(key=lambda pair: (pair[0] - pair[1], pair[0]))
    runs: list[Run] = []
    last: tuple[int, int] = (-1, -1)  # diagonal, and the left end of the run on it
    for a, b in matches:
        if a - b == last[0] and a <= last[1] and runs:
            end = max(last[1], a + SEED)
            runs[-1] = Run(runs[-1].left, runs[-1].right, end - runs[-1].left)
        else:
            end = a + SEED
            runs.append(Run(a, b, SEED))
        last = (a - b, end)
    return [*runs, *_lone_words(left, right, runs)]


def _lone_words(left: Sequence[str], right: Sequence[str], runs: Sequence[Run]) -> Iterable[Run]:
    """Words that stand once in each text, outside the runs on the same diagonal: what is left of a much edited sentence."""
    here, there = ({form: at for at, form in enumerate(words)} for words in (left, right))
    counts = [Counter(words) for words in (left, right)]
    inside = {(at, run.left - run.right) for run in runs for at in range(run.left, run.left_end)}
    for form, at in here.items():
        if counts[0][form] == 1 == counts[1][form] and len(form) > 2 and (at, at - there[form]) not in inside:
            yield Run(at, there[form], 1)


def _windows(words: Sequence[str], only: Container[Window] | None = None) -> dict[Window, list[int]]:
    """Where each window of three words stands; with `only` those among them."""
    places: dict[Window, list[int]] = {}
    for at, window in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if only is None or window in only:
            places.setdefault(window, []).append(at)
    return places


def _cut(run: Run, breaks: Breaks) -> Iterable[Run]:
    """A run cut where one of the texts has furniture in between."""
    if not breaks[0] and not breaks[1]:
        yield run
        return
    start = 0
    for step in range(1, run.size):
        if run.left + step in breaks[0] or run.right + step in breaks[1]:
            yield Run(run.left + start, run.right + start, step - start)
            start = step
    yield Run(run.left + start, run.right + start, run.size - start)


def _chains(runs: Sequence[Run], breaks: Breaks) -> list[list[Run]]:
    """The best chains of runs, best first, none sharing words on the left or a run with a better one."""
    ordered = (sorted(breaks[0]), sorted(breaks[1]))
    ends = [(run.left_end, run.right_end) for run in runs]
    scores: list[float] = []
    before: list[int] = []
    for at, run in enumerate(runs):
        best, chosen = 0.0, -1
        for earlier in range(at - 1, max(-1, at - 1 - LOOK_BACK), -1):
            to_left, to_right = run.left - ends[earlier][0], run.right - ends[earlier][1]
            if to_left > GAP or to_right > GAP or to_right <= -run.size or to_left <= -run.size:
                continue
            score = scores[earlier] - _cost(runs[earlier], run, ordered)
            if score > best:
                best, chosen = score, earlier
        scores.append(best + run.size)
        before.append(chosen)
    return _taken(runs, scores, before)


def _cost(last: Run, run: Run, breaks: tuple[list[int], list[int]]) -> float:
    """What it costs to go on from `last` with `run`, in equal words; without end where it does not follow."""
    over = max(0, last.left_end - run.left, last.right_end - run.right)
    gaps = (run.left + over - last.left_end, run.right + over - last.right_end)
    follows = over < run.size and run.left > last.left and run.right > last.right
    if not follows or max(gaps) > GAP or abs(gaps[0] - gaps[1]) > LOPSIDED:
        return inf
    if _between(breaks[0], last.left_end, run.left) or _between(breaks[1], last.right_end, run.right):
        return inf
    return over + COST * max(gaps)


def _between(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] <= end


def _taken(runs: Sequence[Run], scores: Sequence[float], before: Sequence[int]) -> list[list[Run]]:
    used: set[int] = set()
    covered: set[int] = set()
    chains: list[list[Run]] = []
    for end in sorted(range(len(runs)), key=lambda at: (-scores[at], at)):
        picked: list[int] = []
        at = end
        while at >= 0 and at not in used:
            picked.append(at)
            at = before[at]
        used.update(picked)
        chain = _trimmed([runs[one] for one in reversed(picked)], covered)
        if chain:
            covered.update(place for run in chain for place in range(run.left, run.left_end))
            chains.append(chain)
    return chains


def _trimmed(chain: Sequence[Run], covered: set[int]) -> list[Run]:
    """The chain without overlaps inside, from its first word that no better chain has on the left to the next that one has."""
    kept: list[Run] = []
    for run in chain:
        over = max(0, kept[-1].left_end - run.left, kept[-1].right_end - run.right) if kept else 0
        while not kept and over < run.size and run.left + over in covered:
            over += 1
        size = next(
            (size for size in range(run.size - over) if run.left + over + size in covered), run.size - over
        )
        if size > 0:
            kept.append(Run(run.left + over, run.right + over, size))
        if kept and size < run.size - over:
            break
    for at in range(1, len(kept)):
        if any(place in covered for place in range(kept[at - 1].left_end, kept[at].left)):
            return kept[:at]
    return kept


def _filled(chain: Sequence[Run], left: Sequence[str], right: Sequence[str]) -> tuple[Run, ...]:
    """The chain with equal single words in its gaps, in order, the first fit taken."""
    runs = [chain[0]]
    for run in chain[1:]:
        a, b = runs[-1].left_end, runs[-1].right_end
        while a < run.left and b < run.right:
            at = next((at for at in range(b, run.right) if right[at] == left[a]), None)
            if at is not None:
                if runs[-1].left_end == a and runs[-1].right_end == at:
                    runs[-1] = Run(runs[-1].left, runs[-1].right, runs[-1].size + 1)
                else:
                    runs.append(Run(a, at, 1))
                b = at + 1
            a += 1
        runs.append(run)
    return tuple(runs)
