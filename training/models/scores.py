"""Scores of names: strict spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

__all__ = ["f1", "spans"]


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
