"""Word windows of a text and their winnowed fingerprints.

Winnowing: S. Schleimer, D. Wilkerson, A. Aiken, „Winnowing: local algorithms for document fingerprinting“ (SIGMOD 2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from lagebild.textkit.normal import fold

__all__ = ["Token", "group_hashes", "tokens_of", "window_hashes", "winnow"]

Hashes = npt.NDArray[np.uint64]

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*", re.UNICODE)
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that powers never vanish modulo 2**64
_LOW = np.uint64(0x7FFF_FFFF_FFFF_FFFF)  # 63 bits fit SQLite's and JSON's signed integers


class Token(NamedTuple):
    """A word with its matching form and place; marks and case do not count."""

    form: str
    start: int
    end: int


_made = Token._make


def tokens_of(text: str, start: int, end: int, most: int | None = None) -> list[Token]:
    """The words of `text[start:end]` with places in `text`, the first `most` of them where that is given.

    Hyphenated words come apart, as copies often change hyphens.
    """
    found = islice(_WORD.finditer(text, start, end), most)
    return [_made((_form(word.group()), *word.span())) for word in found]


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    return fold(word)


def window_hashes(forms: Sequence[str], width: int) -> Hashes:
    """A 63-bit hash for every window of `width` words, in order; empty where there are fewer words."""
    if len(forms) < width:
        return np.empty(0, dtype=np.uint64)
    words = _word_hashes(forms)
    size = len(forms) - width + 1
    return _mixed(words[at : at + size] for at in range(width))


def group_hashes(groups: Sequence[Sequence[str]], mark: str) -> Hashes:
    """A 63-bit hash for every group of words, all of one size and in their order; `mark` keeps kinds of groups apart."""
    if not groups:
        return np.empty(0, dtype=np.uint64)
    words = _word_hashes([form for group in groups for form in group]).reshape(len(groups), -1)
    first = np.full(len(groups), _word_hashes([mark])[0], dtype=np.uint64)
    return _mixed((first, *words.T))


def _word_hashes(forms: Sequence[str]) -> Hashes:
    return np.fromiter((_word_hash(form) for form in forms), np.uint64, len(forms))


@lru_cache(maxsize=1 << 16)
def _word_hash(form: str) -> int:
    return crc32(form.encode("utf-8", "surrogatepass"))


def _mixed(columns: Iterable[Hashes]) -> Hashes:
    """One hash from the word hashes that stand at the same place of all columns."""
    windows: Hashes = np.zeros(1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for column in columns:
            windows = windows * _BASE + column
        windows ^= windows >> np.uint64(29)
        windows *= _BASE
    return windows & _LOW


def winnow(hashes: Hashes, width: int) -> Hashes:
    """The smallest hash of every `width` neighbours, each once, in order of size: any run of words that is `width` - 1 longer
    than a window shares at least one."""
    if len(hashes) <= width:
        return np.unique(hashes)
    rows = np.lib.stride_tricks.sliding_window_view(hashes, width)
    return np.unique(rows.min(axis=1))
