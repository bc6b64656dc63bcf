"""Matching forms of strings. The stored text is never changed: these are copies made to be compared."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "fold_plain", "words_of"]

_UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
    }
)
_WORD = re.compile(r"\w+(?:[’'‑-]\w+)*", re.UNICODE)


def fold(text: str) -> str:
    """Case and umlauts folded the German way: „Müller“ and „Mueller“ meet.

    >>> fold("Straße nach München")
    'strasse nach muenchen'
    """
    if text.isascii():
        return text.casefold()
    composed = unicodedata.normalize("NFC", text.replace("\u00ad", "")).casefold().translate(_UMLAUTS)
    return _without_marks(composed)


def fold_plain(text: str) -> str:
    """Case folded and all marks dropped: „München“ and „Munchen“ meet.

    >>> fold_plain("München")
    'munchen'
    """
    return _without_marks(
        unicodedata.normalize("NFC", text.replace("\u00ad", "")).casefold().replace("ß", "ss")
    )


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))


def words_of(text: str) -> list[str]:
    """The words of a text in order, hyphenated ones whole, without punctuation."""
    return _WORD.findall(text)
