"""Examples as numbers, their states under the untouched lower layers, and batches of them in a seeded order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from network import Embedding, Stack
from texts import Example
from torch import Tensor

from lagebild.lang.pieces import BEGIN, END, PAD, Pieces

__all__ = ["Batch", "Labels", "Prepared", "batches", "labels", "mask_of", "prepare"]

NOTHING = -100  # no loss here
RARE = 100
KINDS = [kind + form for kind in ("LOC", "MISC", "ORG", "PER") for form in ("", "-deriv", "-part")]


@dataclass(frozen=True)
class Labels:
    """The classes of every head, in the order of its columns."""

    names: dict[str, list[str]]
    upos: list[str]
    feats: dict[str, list[str]]
    rels: list[str]

    def slices(self) -> dict[str, slice]:
        """Columns of each feature."""
        found, place = {}, 0
        for feature, values in self.feats.items():
            found[feature] = slice(place, place + len(values))
            place += len(values)
        return found


def labels(groups: dict[str, Sequence[Example]]) -> Labels:
    """Classes seen in the examples; features seen at least a hundred times, `_` for none."""
    trees = [example for group in groups.values() for example in group if example.upos]
    feats: dict[str, Counter[str]] = {}
    for example in trees:
        for found in example.feats:
            for feature, value in found.items():
                feats.setdefault(feature, Counter())[value] += 1
    names = {}
    for scheme, group in groups.items():
        tags = {tag for example in group for tag in example.names}
        if tags:
            kinds = KINDS if scheme == "german" else sorted({tag[2:] for tag in tags if tag != "O"})
            names[scheme] = ["O", *(f"{side}-{kind}" for kind in kinds for side in "BI")]
    return Labels(
        names,
        sorted({tag for example in trees for tag in example.upos}),
        {
            feature: ["_", *sorted(values)]
            for feature, values in sorted(feats.items())
            if sum(values.values()) >= RARE
        },
        sorted({rel for example in trees for rel in example.rels}),
    )


@dataclass(frozen=True)
class Prepared:
    """One example as numbers: pieces, first pieces of words, classes (−100 where unknown)."""

    group: str
    pieces: list[int]
    starts: list[int]
    names: list[int]
    upos: list[int]
    feats: list[list[int]]
    heads: list[int]
    rels: list[int]


def prepare(example: Example, group: str, known: Labels, cutter: Pieces, most: int = 200) -> Prepared:
    """Words past `most` pieces are cut off with their classes (a handful of lists and tables)."""
    pieces, starts = [BEGIN], []
    for found in cutter.of(example.words, example.spaced):
        if len(pieces) + len(found) > most:
            break
        starts.append(len(pieces))
        pieces.extend(found)
    pieces.append(END)
    count = len(starts)
    tags = known.names.get(group, [])
    fields = list(known.feats)
    feats = [[NOTHING] * count for _ in fields]
    for row, field in enumerate(fields):
        values = {value: place for place, value in enumerate(known.feats[field])}
        if example.upos:
            feats[row] = [values.get(word.get(field, "_"), 0) for word in example.feats[:count]]
        elif field in {"Mood", "VerbForm"}:
            for place, mood in example.moods.items():
                if place < count:
                    feats[row][place] = values[mood if field == "Mood" else "Fin"]
    heads = [NOTHING if head >= count else head + 1 for head in example.heads[:count]]
    return Prepared(
        group,
        pieces,
        starts,
        _numbers(example.names[:count], tags) or [NOTHING] * count,
        _numbers(example.upos[:count], known.upos) or [NOTHING] * count,
        feats,
        heads or [NOTHING] * count,
        _numbers(example.rels[:count], known.rels) or [NOTHING] * count,
    )


def _numbers(classes: Sequence[str], known: Sequence[str]) -> list[int]:
    """The places of classes in their list; a class that is not there teaches nothing."""
    places = {name: place for place, name in enumerate(known)}
    return [places.get(name, NOTHING) for name in classes]


@dataclass(frozen=True)
class Batch:
    """Examples of one group, filled up to one length."""

    group: str
    states: Tensor
    mask: Tensor
    starts: Tensor
    names: Tensor
    upos: Tensor
    feats: Tensor
    heads: Tensor
    rels: Tensor


def mask_of(pieces: Tensor) -> Tensor:
    """[B,1,1,T]: a large negative number where a row is filled up."""
    return (pieces == PAD).to(torch.float32)[:, None, None, :] * -10_000.0


class Lower:
    """States of examples under embedding and lower layers, computed once and kept in half precision."""

    def __init__(self, words: Embedding, lower: Stack) -> None:
        self.words, self.lower = words.eval(), lower.eval()
        self.kept: dict[int, Tensor] = {}

    @torch.no_grad()
    def fill(self, items: Sequence[Prepared]) -> None:
        """Computes what is missing, in batches of like length."""
        missing = sorted(
            (item for item in items if id(item) not in self.kept), key=lambda item: len(item.pieces)
        )
        for start in range(0, len(missing), 32):
            part = missing[start : start + 32]
            pieces = _filled([item.pieces for item in part], PAD)
            with torch.autocast("cpu", torch.bfloat16):
                states = self.lower(self.words(pieces), mask_of(pieces))
            for row, item in enumerate(part):
                self.kept[id(item)] = states[row, : len(item.pieces)].to(torch.bfloat16).clone()

    def batch(self, part: Sequence[Prepared]) -> Batch:
        """One batch with its states."""
        longest = max(len(item.pieces) for item in part)
        states = torch.zeros(len(part), longest, self.kept[id(part[0])].shape[1])
        pieces = _filled([item.pieces for item in part], PAD)
        for row, item in enumerate(part):
            states[row, : len(item.pieces)] = self.kept[id(item)].to(torch.float32)
        return Batch(
            part[0].group,
            states,
            mask_of(pieces),
            _filled([item.starts for item in part], 0),
            _filled([item.names for item in part], NOTHING),
            _filled([item.upos for item in part], NOTHING),
            torch.stack(
                [_filled([item.feats[row] for item in part], NOTHING) for row in range(len(part[0].feats))]
                or [torch.zeros(0)]
            ),
            _filled([item.heads for item in part], NOTHING),
            _filled([item.rels for item in part], NOTHING),
        )


def _filled(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    longest = max(len(row) for row in rows)
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])


def batches(items: Sequence[Prepared], size: int, order: random.Random) -> Iterator[list[Prepared]]:
    """Batches of one group and like length (about `size` sentences of 40 pieces), in random order."""
    groups: dict[str, list[Prepared]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    found = []
    for group in sorted(groups):
        some = groups[group]
        order.shuffle(some)
        for start in range(0, len(some), size * 50):
            chunk = sorted(some[start : start + size * 50], key=lambda item: len(item.pieces))
            part: list[Prepared] = []
            for item in chunk:
                if part and (len(part) + 1) * len(item.pieces) > size * 40:
                    found.append(part)
                    part = []
                part.append(item)
            found.append(part)
    order.shuffle(found)
    yield from found
