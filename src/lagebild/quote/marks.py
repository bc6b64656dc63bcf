"""Pairs of quotation marks in a block, of any style, also mixed and inverted: found by what stands beside each mark.

One mark may open in one text and close in the next („…“ and “…”). A mark with a space before and a letter after it opens, one with
a letter before and a space after it closes; where that does not tell, the marks that are open decide. One pass, no pair crosses a
block, and a pair longer than `LONGEST` is none: a forgotten closing mark must not swallow the rest of a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lagebild.lang.data import read_data

__all__ = ["LONGEST", "MarkStyles", "Marked", "MarksFound", "find_marks"]

LONGEST = 6_000
"""Characters. The longest utterances in one paragraph of news text have about 2,000."""
DEEPEST = 4
_OPEN_BESIDE = frozenset("([{–—-/¡¿…")
_CLOSE_BESIDE = frozenset(".,;:!?…)]}–—/-")
_APOSTROPHES = frozenset("'’")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in marks: `start`, `end` with the marks, `inner_start`, `inner_end` without them and a comma before the closing one; `depth` 0 for the outermost pair.

    `cut`: the other mark stands in another block.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class MarksFound:
    """The pairs of a block in text order, all places where a mark stands, and the marks left alone."""

    pairs: tuple[Marked, ...]
    places: frozenset[int]
    never_closed: tuple[int, ...]
    never_opened: tuple[int, ...]

    def with_pair(self, text: str, opened: int, closed: int, block: tuple[int, int]) -> MarksFound:
        """These marks with one more pair, of which one mark stands in another block; the pair ends where `block` does."""
        start, end = opened + 1, closed
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end or any(pair.start < closed and opened < pair.end for pair in self.pairs):
            return self
        pairs = tuple(
            sorted(
                (*self.pairs, Marked(max(opened, block[0]), min(closed + 1, block[1]), start, end, 0, True)),
                key=lambda pair: pair.start,
            )
        )
        return MarksFound(pairs, self.places, self.never_closed, self.never_opened)

    def with_open_end(self, text: str, opened: int, last: int) -> MarksFound:
        """These marks with one more pair: an opening mark without a closing one, whose words end at `last`."""
        start = opened + 1
        while start < last and text[start].isspace():
            start += 1
        if start >= last:
            return self
        alone = tuple(place for place in self.never_closed if place != opened)
        pairs = tuple(
            sorted((*self.pairs, Marked(opened, last, start, last, 0)), key=lambda pair: pair.start)
        )
        return MarksFound(pairs, self.places, alone, self.never_opened)


class MarkStyles:
    """Which mark may close which, from `lang/*/marks.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.closers: dict[str, frozenset[str]] = {}
        for pair in table["pair"]:
            if len(pair["open"]) == 1:
                self.closers[pair["open"]] = frozenset(pair["close"])
        self.closing = frozenset(mark for marks in self.closers.values() for mark in marks)
        self.all = frozenset(self.closers) | self.closing

    @classmethod
    def load(cls, language: str) -> MarkStyles:
        """The styles of a language. Raises FileNotFoundError where it has no `marks.toml`."""
        return cls(read_data(language, "marks"))


def find_marks(text: str, start: int, end: int, styles: MarkStyles) -> MarksFound:
    """The marked stretches between `start` and `end`. Marks without a partner are named, never paired with a far one."""
    places = [
        k for k in range(start, end) if text[k] in styles.all and not _is_apostrophe(text, k, start, end)
    ]
    known = frozenset(places)
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    alone: list[int] = []
    lost: list[int] = []
    for place in places:
        partner = _partner(text, place, opened, styles)
        if _role(text, place, (start, end), known, partner is not None, styles) == "close":
            if partner is None:
                alone.append(place)
                continue
            lost.extend(opened[partner + 1 :])
            pairs.append((opened[partner], place))
            del opened[partner:]
        else:
            opened.append(place)
            if len(opened) > DEEPEST:
                lost.append(opened.pop(0))
    kept = sorted(pair for pair in pairs if pair[1] - pair[0] <= LONGEST)
    return MarksFound(_with_depth(text, kept), known, tuple(sorted((*lost, *opened))), tuple(alone))


def _partner(text: str, place: int, opened: list[int], styles: MarkStyles) -> int | None:
    for k in range(len(opened) - 1, -1, -1):
        if text[place] in styles.closers.get(text[opened[k]], ()):
            return k
    return None


def _role(
    text: str, place: int, block: tuple[int, int], known: frozenset[int], closable: bool, styles: MarkStyles
) -> str:
    mark = text[place]
    before, after = _beside(text, place, block, known)
    opens = (not before or before.isspace() or before in _OPEN_BESIDE) and bool(after) and not after.isspace()
    closes = (
        bool(before) and not before.isspace() and (not after or after.isspace() or after in _CLOSE_BESIDE)
    )
    if opens and after in ".,;:!?)" and closable:
        opens, closes = False, True
    if mark not in styles.closers:
        return "close"
    if mark not in styles.closing:
        return "open"
    if opens != closes:
        return "open" if opens else "close"
    return "close" if closable else "open"


def _beside(text: str, place: int, block: tuple[int, int], known: frozenset[int]) -> tuple[str, str]:
    """The characters before and after a few marks in a row; "" at the ends of the block."""
    left, right = place - 1, place + 1
    for _ in range(DEEPEST):
        left -= left in known
        right += right in known
    return text[left] if left >= block[0] else "", text[right] if right < block[1] else ""


def _is_apostrophe(text: str, place: int, start: int, end: int) -> bool:
    if text[place] not in _APOSTROPHES:
        return False
    return start < place < end - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()


def _with_depth(text: str, pairs: list[tuple[int, int]]) -> tuple[Marked, ...]:
    found: list[Marked] = []
    enclosing: list[int] = []
    for start, close in pairs:
        while enclosing and enclosing[-1] < start:
            enclosing.pop()
        inner_start, inner_end = start + 1, close
        while inner_start < inner_end and text[inner_start].isspace():
            inner_start += 1
        while inner_end > inner_start and (text[inner_end - 1].isspace() or text[inner_end - 1] == ","):
            inner_end -= 1
        if inner_start < inner_end:
            found.append(Marked(start, close + 1, inner_start, inner_end, len(enclosing)))
        enclosing.append(close)
    return tuple(found)
