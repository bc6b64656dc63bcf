"""Which pieces stay: those that German needs, and enough of English, French, Polish, Ukrainian, Russian and their neighbours."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from weights import Encoder

from lagebild.lang.pieces import Pieces

__all__ = ["choose", "write_pieces"]

SPECIAL = 4
SCRIPTS = ("LATIN", "CYRILLIC")


def choose(encoder: Encoder, words: Iterable[tuple[str, float]], most: int, scratch: Path) -> list[int]:
    """The numbers of the kept pieces: special ones, all of one or two Latin or Cyrillic letters or marks, then by use.

    `words` are (word, weight); each is cut with the whole list of pieces, with and without white space before it.
    """
    write_pieces(encoder, range(len(encoder.pieces)), scratch)
    pieces, used = Pieces(scratch), Counter[int]()
    batch = list(words)
    for spaced in (True, False):
        found = pieces.of([word for word, _ in batch], [spaced] * len(batch))
        for (_, weight), numbers in zip(batch, found, strict=True):
            for number in numbers:
                used[number] += weight if spaced else weight * 0.2  # type: ignore[assignment]
    kept = set(range(SPECIAL)) | {n for n, piece in enumerate(encoder.pieces) if _short(piece)}
    for number, _ in sorted(used.items(), key=lambda item: (-item[1], item[0])):
        if len(kept) >= most:
            break
        kept.add(number)
    return sorted(kept)


def _short(piece: str) -> bool:
    bare = piece.lstrip("\u2581")
    if len(bare) > 2 or not bare:
        return not bare
    return all(
        unicodedata.name(sign, "").startswith(SCRIPTS) or (ord(sign) < 0x2100 and not sign.isalpha())
        for sign in bare
    )


def write_pieces(encoder: Encoder, kept: Iterable[int], path: Path) -> None:
    """The kept pieces with their scores, as `lagebild.lang.pieces` reads them (the form of the `tokenizers` package)."""
    vocabulary = [(encoder.pieces[number], float(encoder.scores[number])) for number in kept]
    model = {"type": "Unigram", "unk_id": 3, "vocab": vocabulary}
    path.write_text(json.dumps({"model": model}, ensure_ascii=False, sort_keys=True), encoding="utf-8")
