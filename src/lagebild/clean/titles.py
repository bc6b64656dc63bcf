"""Which line is the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagebild.clean.furniture import FurnitureWords, fold
from lagebild.clean.lines import Line
from lagebild.clean.stamps import StampWords
from lagebild.model.document import Stated

__all__ = ["choose_title"]

ZONE = 40  # lines looked at from the top
SURE_ENOUGH = 0.5
_CLOCK = re.compile(r"(?:\+{2,3}\s?)?\d{1,2}[:.]\d{2}(?:\s?Uhr)?\b(?!\.\d)")  # an entry of a ticker
_QUOTES = '„“”"«»‚‘’›‹'


def choose_title(
    lines: Sequence[Line],
    known: Sequence[bool],
    title: str | None,
    stated: Stated,
    furniture: FurnitureWords,
    stamps: StampWords,
) -> tuple[int, float, str] | None:
    """(number of the line, score, why) of the title; None where no line is one.

    A title that markup places or that the container states is looked for first. Else it is a line above the first paragraph
    that is not `known` to be something else: without sentence end, four to twenty words, next to the report. A single
    short sentence above it may be one too, if it leans on nothing before it.
    """
    if stated.title_at and (at := _line_at(lines, stated.title_at.start)) is not None:
        return at, 0.95, "the markup says so"
    if title and (at := _line_saying(lines, title)) is not None:
        return at, 0.95, "equals the stated title"
    zone = _zone(lines, known)
    scored = [(_score(lines, known, zone, k, furniture, stamps), -k) for k in zone]
    score, minus_k = max(scored, default=(0.0, 0))
    return (-minus_k, round(min(score, 0.95), 2), "above the report") if score >= SURE_ENOUGH else None


def _line_at(lines: Sequence[Line], start: int) -> int | None:
    return next((k for k, line in enumerate(lines) if line.start == start), None)


def _line_saying(lines: Sequence[Line], title: str) -> int | None:
    wanted = fold(title)
    return next((k for k, line in enumerate(lines[:ZONE]) if line.folded == wanted and wanted), None)


def _zone(lines: Sequence[Line], known: Sequence[bool]) -> list[int]:
    """Open lines from the top to the first paragraph; a single sentence of up to 160 characters there is in, once."""
    zone: list[int] = []
    for k, line in enumerate(lines[:ZONE]):
        if known[k]:
            continue
        if line.paragraph or _CLOCK.match(line.text):
            single = line.paragraph and not line.dateline and line.sentences == 1 and len(line.text) <= 160
            if single and not zone and any(other.paragraph for other in lines[k + 1 : k + 8]):
                zone.append(k)
            return zone
        zone.append(k)
    return []


def _score(
    lines: Sequence[Line],
    known: Sequence[bool],
    zone: list[int],
    k: int,
    furniture: FurnitureWords,
    stamps: StampWords,
) -> float:
    line = lines[k]
    score = 0.5 + _score_of_words(line, furniture, stamps)
    following = next((j for j in range(k + 1, len(lines)) if not known[j]), None)
    if following is not None and lines[following].paragraph:
        score += 0.1
    if k == zone[0]:
        score += 0.05
    if k and known[k - 1] and lines[k - 1].text and stamps.leaked(lines[k - 1].text):
        score -= 0.4
    return score


def _score_of_words(line: Line, furniture: FurnitureWords, stamps: StampWords) -> float:
    count = len(line.words)
    score = 0.15 if 4 <= count <= 22 else 0.05 if count == 3 else -0.3
    if any(sign in line.text for sign in "|·•"):
        score -= 0.3
    if stamps.outlet_like(line.lower):
        score -= 0.35
    if line.text[0].islower():
        score -= 0.2
    if line.text.isupper():
        score -= 0.1
    if line.text.endswith(":"):
        score -= 0.3
    return score + _score_of_end(line, furniture)


def _score_of_end(line: Line, furniture: FurnitureWords) -> float:
    """A title rarely ends like a sentence; one that does must not lean on another sentence or tell of a day."""
    if line.text[-1] in "?!" or (line.text[-1] in _QUOTES and ":" in line.text):
        return 0.1
    if not line.sentence:
        return 0.2
    leaning = bool(line.lower) and line.lower[0] in furniture.words("reporting.leaning")
    dated = furniture.hits("reporting.weekdays", line.lower) > 0
    past = furniture.hits("reporting.past", line.lower) > 0
    spoken = furniture.hits("reporting.words", line.lower) > 0
    quoted = line.text[0] in _QUOTES
    return -0.1 - 0.3 * (leaning or quoted) - 0.2 * dated - 0.25 * past - 0.15 * spoken
