"""Words cut into the pieces that the language model knows (unigram pieces, Kudo 2018), the same way in training and at run time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["BEGIN", "END", "PAD", "UNKNOWN", "Pieces", "windows"]

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
"""The numbers of the special pieces: start of a text, filling, end of a text, a sign that no piece holds."""

SPACE = "\u2581"  # stands for the white space before a word in the list of pieces
LONGEST_WORD = 48  # characters read of one word: addresses and signs of noise teach nothing beyond
MOST_PIECES = 12  # pieces kept of one word
CACHED = 200_000


class Pieces:
    """Numbers of pieces for words; the list of pieces is read at the first use (about 0.2 s)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, tuple[int, ...]] = {}

    @cached_property
    def _cutter(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._path))

    def of(self, words: Sequence[str], spaced: Sequence[bool]) -> list[tuple[int, ...]]:
        """The pieces of each word, at least one and at most twelve; `spaced` says whether white space stands before the word.

        Signs are compared in their compatibility form (NFKC), without soft hyphens, joiners and control signs.
        """
        forms = [(SPACE if space else "") + _plain(word) for word, space in zip(words, spaced, strict=True)]
        missing = sorted({form for form in forms if form not in self._known})
        if len(self._known) + len(missing) > CACHED:
            self._known.clear()
            missing = sorted(set(forms))
        for form, found in zip(
            missing, self._cutter.encode_batch_fast(missing, add_special_tokens=False), strict=True
        ):
            self._known[form] = tuple(found.ids[:MOST_PIECES]) or (UNKNOWN,)
        return [self._known[form] for form in forms]


def windows(lengths: Sequence[int], most: int = 254) -> Iterator[tuple[int, int]]:
    """Runs of words (first, one after the last) whose pieces number at most `most` together; no word is left out."""
    first = count = 0
    for place, length in enumerate(lengths):
        if count + length > most and place > first:
            yield first, place
            first, count = place, 0
        count += length
    if first < len(lengths):
        yield first, len(lengths)


def _plain(word: str) -> str:
    short = word[: 2 * LONGEST_WORD]
    if not short.isascii():
        short = unicodedata.normalize("NFKC", short)
        short = "".join(sign for sign in short if unicodedata.category(sign) not in {"Cf", "Cc", "Cn", "Co"})
    return short[:LONGEST_WORD].replace(" ", "") or "?"
