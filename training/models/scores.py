"""Scores of the heads: strict spans for names, tags and trees for words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_path", "f1", "spans", "tree"]


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Names as (first word, one after the last, kind); an `I-` without its `B-` opens one."""
    found, start, kind = set(), -1, ""
    for place, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag == "O" or tag[0] == "B" or tag[2:] != kind):
            found.add((start, place, kind))
            start = -1
        if tag != "O" and start < 0:
            start, kind = place, tag[2:]
    return found


def f1(
    gold: Sequence[set[tuple[int, int, str]]], found: Sequence[set[tuple[int, int, str]]], kinds: set[str]
) -> float:
    """Micro F1 over names of these kinds."""
    count = Counter[str]()
    for right, ours in zip(gold, found, strict=True):
        right, ours = {s for s in right if s[2] in kinds}, {s for s in ours if s[2] in kinds}
        count.update(gold=len(right), found=len(ours), both=len(right & ours))
    return 200.0 * count["both"] / max(1, count["gold"] + count["found"])


def best_path(scores: NDArray[np.float32], tags: Sequence[str]) -> list[int]:
    """The best row of tags in which `I-X` follows `B-X` or `I-X` only (Viterbi)."""
    legal = np.zeros((len(tags), len(tags)), np.float32)
    for before, left in enumerate(tags):
        for after, right in enumerate(tags):
            if right[0] == "I" and left[1:] != right[1:]:
                legal[before, after] = -1e4
    total = scores[0] + np.array([-1e4 if tag[0] == "I" else 0 for tag in tags], np.float32)
    back = []
    for row in scores[1:]:
        ways = total[:, None] + legal
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    path = [int(total.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def tree(scores: NDArray[np.float32]) -> list[int]:
    """Heads (0 = root, else word + 1) of the best tree with one root: each word's best, cycles broken by Chu-Liu/Edmonds."""
    count = len(scores)
    heads = scores.argmax(1)
    if (heads == 0).sum() == 1 and not _cycle(heads):
        return [int(head) for head in heads]
    best, best_total = list(map(int, heads)), -np.inf
    for root in np.argsort(-scores[:, 0])[:3]:
        table = scores.astype(np.float64).copy()
        table[:, 0] = -1e9
        table[root] = -1e9
        table[root, 0] = 0
        table[np.arange(count), np.arange(count) + 1] = -1e9
        found = _spanning(np.vstack([np.full(count + 1, -1e9), table]))
        total = scores[np.arange(count), found[1:]].sum()
        if total > best_total:
            best, best_total = [int(head) for head in found[1:]], total
    return best


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    state = [0] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        path, node = [], start
        while node and not state[node]:
            state[node] = start + 1
            path.append(node)
            node = int(heads[node - 1])
        if node and state[node] == start + 1:
            return path[path.index(node) :]
    return []


def _spanning(table: NDArray[np.float64]) -> NDArray[np.int64]:
    """Chu-Liu/Edmonds on table[dependent, head]; row 0 is the root."""
    size = len(table)
    heads = table.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads[1:])
    if not cycle:
        return np.asarray(heads, np.int64)
    inside = set(cycle)
    outside = [node for node in range(size) if node not in inside]
    new = len(outside)
    gain = sum(table[node, heads[node]] for node in cycle)
    small = np.full((new + 1, new + 1), -1e9)
    small[:new, :new] = table[np.ix_(outside, outside)]
    into, out = {}, {}
    for place, node in enumerate(outside):
        ways = [table[inner, node] - table[inner, heads[inner]] for inner in cycle]
        small[new, place] = max(ways) + gain
        into[place] = cycle[int(np.argmax(ways))]
        if place:
            back = [table[node, inner] for inner in cycle]
            small[place, new] = max(back)
            out[place] = cycle[int(np.argmax(back))]
    found = _spanning(small)
    result = heads.copy()
    for place, node in enumerate(outside):
        if place:
            result[node] = out[place] if found[place] == new else outside[found[place]]
    entry = int(found[new])
    result[into[entry]] = outside[entry]
    return np.asarray(result, np.int64)
