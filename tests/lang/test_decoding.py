"""Legal labels and trees from scores."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lagebild.lang.decoding import best_labels, best_tree, heads_of, legal_steps

NAMES = ("O", "B-PER", "I-PER", "B-LOC-deriv", "I-LOC-deriv")
BEGINS, FOLLOWS = legal_steps(NAMES)
SCORE = st.floats(-20, 20, width=32)


def is_tree(heads: list[int]) -> bool:
    def climbs(word: int) -> bool:
        for _ in heads:
            word = heads[word]
            if word < 0:
                return True
        return False

    return heads.count(-1) == 1 and all(climbs(word) for word in range(len(heads)))


@given(st.integers(1, 5).flatmap(lambda size: arrays(np.float32, (size, len(NAMES)), elements=SCORE)))
def test_the_best_legal_labels_are_found(scores: np.ndarray) -> None:
    def total(labels: tuple[int, ...]) -> float:
        return float(sum(float(scores[word, label]) for word, label in enumerate(labels)))

    legal = [
        labels
        for labels in product(range(len(NAMES)), repeat=len(scores))
        if BEGINS[labels[0]] and all(FOLLOWS[left, right] for left, right in pairwise(labels))
    ]
    found = tuple(best_labels(scores, BEGINS, FOLLOWS))
    assert found in legal
    assert total(found) == pytest.approx(max(map(total, legal)), abs=1e-3)


@given(st.integers(1, 4).flatmap(lambda size: arrays(np.float32, (size, size + 1), elements=SCORE)))
def test_the_best_tree_with_one_root_is_found(arcs: np.ndarray) -> None:
    size = len(arcs)
    arcs[np.arange(size), np.arange(1, size + 1)] = -1e4

    def total(heads: list[int]) -> float:
        return float(sum(float(arcs[word, head + 1]) for word, head in enumerate(heads)))

    trees = [list(heads) for heads in product(range(-1, size), repeat=size) if is_tree(list(heads))]
    found = best_tree(arcs)
    assert is_tree(found)
    assert total(found) == pytest.approx(max(map(total, trees)), abs=1e-3)
    assert total(heads_of(arcs)) == pytest.approx(total(found), abs=1e-3)


def test_a_long_sentence_without_any_preference_is_a_tree_still() -> None:
    arcs = np.zeros((254, 255), dtype=np.float32)
    assert is_tree(heads_of(arcs))
