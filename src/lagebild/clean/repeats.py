"""Short lines that several documents print: menus, footers, notices of one publisher. Evidence, never a verdict by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from lagebild.model.document import LinePrints, RepeatedLine, Stretch
from lagebild.model.ids import content_id
from lagebild.step import DocView, GroupView

__all__ = ["find_repeated_lines", "line_key", "print_lines"]

LONGEST = (
    120  # characters; menus and notices are shorter, paragraphs that agencies' customers share are longer
)
MOST_KEYS = 200  # lines printed of one document, from both ends: furniture stands around the report
_GAPS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(r"[.!?…][\"“”»«’)]?$")
_QUOTES = re.compile(r"[„“”\"«»]")


def line_key(line: str) -> str | None:
    """The key of a line in matching form (no case, marks, numbers); None for lines that could be words of a report.

    Left out: lines longer than 120 characters, sentences of more than eight words, lines with quotation marks, and
    lines without two letters.
    """
    line = line.strip().lstrip("»› ")
    if len(line) > LONGEST or _QUOTES.search(line) or (_SENTENCE.search(line) and len(line.split()) > 8):
        return None
    form = _DIGITS.sub("0", _GAPS.sub(" ", unicodedata.normalize("NFKC", line).casefold())).strip()
    return content_id("l", form) if sum(sign.isalpha() for sign in form[:40]) >= 2 else None


def print_lines(docs: Sequence[DocView]) -> Iterable[LinePrints]:
    """The keys of each document's short lines, sorted, each once; no row for a document without any.

    Of documents with more than 200 such lines only the first and last hundred.
    """
    for doc in docs:
        text = doc.text
        keys = [
            key
            for s in doc.rows(Stretch)
            if s.end - s.start <= LONGEST and (key := line_key(text[s.start : s.end]))
        ]
        keys = keys if len(keys) <= MOST_KEYS else keys[: MOST_KEYS // 2] + keys[-MOST_KEYS // 2 :]
        if keys:
            yield LinePrints(f"{doc.id}:l", doc.id, tuple(sorted(set(keys))))


def find_repeated_lines(group: GroupView) -> Iterable[RepeatedLine]:
    """One row for a key that stands in at least two documents."""
    if len(group.docs) >= 2:
        yield RepeatedLine(content_id("r", group.key), group.key, len(group.docs))
