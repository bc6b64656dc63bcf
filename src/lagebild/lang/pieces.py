"""Words cut into the pieces that the language model knows (unigram pieces, Kudo 2018), the same way in training and at run time."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

__all__ = ["BEGIN", "END", "PAD", "UNKNOWN", "Pieces", "windows"]

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
"""The numbers of the special pieces: start of a text, filling, end of a text, a sign that no piece holds."""

SPACE = "\u2581"  # stands for the white space before a word in the list of pieces
LONGEST_WORD = 48  # characters read of one word: addresses and signs of noise teach nothing beyond
MOST_PIECES = 12  # pieces kept of one word
CACHED = 200_000
UNKNOWN_PENALTY = 10.0  # below the worst piece, as in SentencePiece


class Pieces:
    """Numbers of pieces for words; the list of pieces is read at the first use (about 0.1 s)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, tuple[int, ...]] = {}

    @cached_property
    def _cutter(self) -> _Cutter:
        return _Cutter(self._path)

    def of(self, words: Sequence[str], spaced: Sequence[bool]) -> list[tuple[int, ...]]:
        """The pieces of each word, at least one and at most twelve; `spaced` says whether white space stands before the word.

        Signs are compared in their compatibility form (NFKC), without soft hyphens, joiners and control signs.
        """
        forms = [(SPACE if space else "") + _plain(word) for word, space in zip(words, spaced, strict=True)]
        missing = sorted({form for form in forms if form not in self._known})
        if len(self._known) + len(missing) > CACHED:
            self._known.clear()
            missing = sorted(set(forms))
        for form in missing:
            self._known[form] = tuple(self._cutter.cut(form)[:MOST_PIECES]) or (UNKNOWN,)
        return [self._known[form] for form in forms]


class _Cutter:
    """The likeliest way to cut a word into listed pieces: what the package `tokenizers` gives, of which nothing else is needed here."""

    def __init__(self, path: Path) -> None:
        model = json.loads(path.read_text(encoding="utf-8"))["model"]
        vocabulary: list[tuple[str, float]] = model["vocab"]
        self._pieces = {piece: (number, score) for number, (piece, score) in enumerate(vocabulary)}
        self._longest = max(map(len, self._pieces))
        self._unknown: int = model["unk_id"]
        self._unknown_score = min(score for _, score in vocabulary) - UNKNOWN_PENALTY

    def cut(self, form: str) -> list[int]:
        """Numbers of the pieces (Viterbi; Kudo 2018); signs in a row that no piece holds give one number together."""
        size = len(form)
        best: list[tuple[float, int, int] | None] = [None] * (size + 1)
        best[0] = (0.0, 0, 0)
        for start in range(size):
            here = best[start]
            if here is None:
                continue
            single = False
            for end in range(start + 1, min(size, start + self._longest) + 1):
                found = self._pieces.get(form[start:end])
                if found is not None:
                    single = single or end == start + 1
                    self._take(best, end, here[0] + found[1], start, found[0])
            if not single:
                self._take(best, start + 1, here[0] + self._unknown_score, start, self._unknown)
        return self._path(best)

    @staticmethod
    def _take(
        best: list[tuple[float, int, int] | None], end: int, score: float, start: int, number: int
    ) -> None:
        known = best[end]
        if known is None or score > known[0]:
            best[end] = (score, start, number)

    def _path(self, best: Sequence[tuple[float, int, int] | None]) -> list[int]:
        numbers: list[int] = []
        end = len(best) - 1
        while end > 0:
            _, start, number = best[end] or (0.0, end - 1, self._unknown)
            if number != self._unknown or not numbers or numbers[-1] != self._unknown:
                numbers.append(number)
            end = start
        return numbers[::-1]


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
