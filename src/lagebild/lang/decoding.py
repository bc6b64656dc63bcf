"""From the scores of the language model to names and trees: Viterbi over the legal label sequences, maximum spanning trees."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["Labels", "best_labels", "best_tree", "heads_of", "legal_steps"]

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]

NEVER = -1e9


def legal_steps(names: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which label may begin a sentence, and which may follow which (row before, column after) in a B/I/O scheme."""
    begins = np.array([not name.startswith("I-") for name in names])
    follows = np.array(
        [[not after.startswith("I-") or before[2:] == after[2:] != "" for after in names] for before in names]
    )
    return begins, follows


def best_labels(scores: Floats, begins: NDArray[np.bool_], follows: NDArray[np.bool_]) -> list[int]:
    """The legal sequence of labels with the greatest sum of scores (log probabilities, one row a word; Viterbi 1967)."""
    greedy: list[int] = scores.argmax(axis=1).tolist()
    if begins[greedy[0]] and all(follows[left, right] for left, right in pairwise(greedy)):
        return greedy
    cost = np.where(follows, 0.0, NEVER)
    total = np.where(begins, scores[0].astype(np.float64), NEVER)
    came: list[Labels] = []
    for row in scores[1:]:
        paths = total[:, None] + cost
        before = paths.argmax(axis=0)
        came.append(before)
        total = paths[before, np.arange(len(before))] + row
    label = int(total.argmax())
    labels = [label]
    for before in reversed(came):
        label = int(before[label])
        labels.append(label)
    return labels[::-1]


def heads_of(arcs: Floats) -> list[int]:
    """The head of each word (-1 for the one root) from scores: a row a word, column 0 the root, column h + 1 word h.

    The best head of each word where these form a tree with one root, else the best tree there is.
    """
    greedy: list[int] = (arcs.argmax(axis=1) - 1).tolist()
    return greedy if _is_tree(greedy) else best_tree(arcs)


def _is_tree(heads: Sequence[int]) -> bool:
    if sum(head < 0 for head in heads) != 1:
        return False
    known = [False] * len(heads)
    for word in range(len(heads)):
        path: list[int] = []
        at = word
        while at >= 0 and not known[at]:
            if len(path) > len(heads):
                return False
            path.append(at)
            at = heads[at]
            if at == word:
                return False
        for seen in path:
            known[seen] = True
    return True


def best_tree(arcs: Floats) -> list[int]:
    """Heads of the tree with one root and the greatest sum of scores (Chu & Liu 1965, Edmonds 1967)."""
    size = len(arcs)
    scores = np.full((size + 1, size + 1), NEVER)
    scores[:, 1:] = arcs.astype(np.float64).T[: size + 1]
    np.fill_diagonal(scores, -np.inf)
    heads = _arborescence(scores)
    if heads[1:].count(0) > 1:
        # The gap to a second root must outweigh anything else: then the best tree has one. Slower, as every word is in a ring at first.
        scores[0, 1:] -= 4.0 * float(np.ptp(arcs) + 1.0) * (size + 1)
        heads = _arborescence(scores)
    return [head - 1 for head in heads[1:]]


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Head of each node in the best tree under node 0; `scores[h, d]` is the weight of the arc from h to d."""
    size = len(scores)
    heads: list[int] = scores.argmax(axis=0).tolist()
    heads[0] = 0
    ring = _ring(heads)
    if not ring:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[ring] = True
    outer = np.flatnonzero(~inside)
    rank = np.array(ring)
    smaller = np.full((len(outer) + 1, len(outer) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outer, outer)]
    leaving = scores[np.ix_(rank, outer)]
    smaller[-1, :-1] = leaving.max(axis=0)
    lost = scores[[heads[node] for node in ring], ring]
    entering = scores[np.ix_(outer, rank)] - lost[None, :]
    smaller[:-1, -1] = entering.max(axis=1)
    smaller[:, 0] = -np.inf
    solved = _arborescence(smaller)
    result = list(heads)
    for place, node in enumerate(outer.tolist()):
        if place and solved[place] == len(outer):
            result[node] = ring[int(leaving[:, place].argmax())]
        elif place:
            result[node] = int(outer[solved[place]])
    gate = solved[-1]
    result[ring[int(entering[gate].argmax())]] = int(outer[gate])
    return result


def _ring(heads: Sequence[int]) -> list[int]:
    """The nodes of one ring of heads, [] where there is none."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []
