"""How wide words are when set: an estimate, on the wide side, for the fonts a reader may have."""

from __future__ import annotations

from functools import cache

__all__ = ["clipped", "text_width"]

NARROW = frozenset("iljtfrI.,:;|!'()[]/ „“”·–-1")
WIDE = frozenset("mwMWÄÖÜABCDEGHKNOPQRSUVXYZ@%—…")


@cache
def _em(ch: str) -> float:
    if ch in NARROW:
        return 0.36
    if ch in WIDE:
        return 0.78
    return 1.0 if ord(ch) > 0x2E7F else 0.56


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in pixels of `text` in a sans-serif of `size` pixels, never much too small."""
    return sum(map(_em, text)) * size * (1.07 if bold else 1.0)


def clipped(text: str, size: float, room: float) -> str:
    """`text` cut at a word so that it fits into `room` pixels, with an ellipsis; empty where less than four letters would fit."""
    if text_width(text, size) <= room:
        return text
    kept = ""
    for word in text.split(" "):
        longer = f"{kept} {word}" if kept else word
        if text_width(longer + "…", size) > room:
            break
        kept = longer
    kept = kept.rstrip(" ,;:–-")
    return f"{kept}…" if len(kept) >= 4 else ""
