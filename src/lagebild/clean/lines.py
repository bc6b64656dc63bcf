"""A stretch of text as it is judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lagebild.clean.furniture import fold
from lagebild.lang.agencies import Agencies

__all__ = ["LONG_LINE", "Line", "read_line"]

LONG_LINE = 400  # characters: a longer line without program code is a paragraph
PARAGRAPH = 220  # characters from which a line without sentence end still is a paragraph
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][“”\"»«’‘')\]]{0,3}$")
_INNER_END = re.compile(  # not behind „3.“ and „Dr.“, „Prof.“
    r"(?:(?<!\b[A-ZÄÖÜ][a-zäöü])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})(?<=[a-zäöüß)“”\"»«’])|(?<=\d{3}))"
    r"[.!?…][“”\"»«’)]{0,2}\s+[„“\"»«‚(]?[A-ZÄÖÜ\d]"
)


_DATELINE = re.compile(r"[^\W\d_][^()\n:;]{1,80}\(([A-Za-z][^()\n]{1,40})\)\s?[-–—:]\s?\S")


@dataclass(frozen=True)
class Line:
    """A stretch as it is judged: its words, whether it reads like a sentence, what the markup says."""

    start: int
    text: str
    folded: str
    words: tuple[str, ...]
    sentence: bool
    sentences: int
    hint: str | None

    @property
    def lower(self) -> tuple[str, ...]:
        return tuple(word.casefold() for word in self.words)

    @property
    def dateline(self) -> bool:
        """True where a place and an agency open a report: „AUE (dpa) – …“."""
        match = _DATELINE.match(self.text)
        return match is not None and bool(Agencies.load().credited(match[1]))

    @property
    def paragraph(self) -> bool:
        """Long enough, and made of sentences, to be part of a report whatever stands around it; a line with a dateline always is."""
        return (
            self.dateline
            or len(self.text) >= PARAGRAPH
            or self.sentences >= 2
            or (self.sentence and len(self.text) >= 80)
        )


def read_line(text: str, start: int, hint: str | None) -> Line:
    """The line as it is judged, by its first 400 characters."""
    head = text[:LONG_LINE]
    sentence = bool(_SENTENCE_END.search(text[-4:]))
    inner = len(_INNER_END.findall(head))
    return Line(start, text, fold(head), tuple(_WORD.findall(head)), sentence, inner + 1, hint)
