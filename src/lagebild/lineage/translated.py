"""Words that were said in another language: the same translation in two texts is a common text, not a common witness."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, has_data, read_data
from lagebild.model.document import Masthead
from lagebild.model.speech import Quote
from lagebild.step import DocView

__all__ = ["TRANSLATED_FILES", "said_in_translation"]

TRANSLATED_FILES = ("translated", "places")
BESIDE = 160  # characters before and behind a quotation in which a text may name its language


def said_in_translation(doc: DocView, start: int, end: int) -> str | None:
    """What shows that the words quoted in `text[start:end]` were said in another language; None where nothing does.

    The speaker's title („der russische Präsident“), or words beside the quotation („auf Spanisch“).
    """
    head = doc.get(Masthead)
    signs = _signs(((head.language if head else None) or LANGUAGES[0]).split("-")[0])
    if signs is None:
        return None
    title, beside = signs
    for quote in doc.rows(Quote):
        if quote.speaker and any(piece.start < end and start < piece.end for piece in quote.marked):
            found = title.search(doc.text, quote.speaker.start, quote.speaker.end)
            if found:
                return found.group()
    for first, last in ((max(0, start - BESIDE), start), (end, end + BESIDE)):
        found = beside.search(doc.text, first, last)
        if found and "\n" not in doc.text[min(found.start(), end) : max(found.end(), start)]:
            return found.group()
    return None


@cache
def _signs(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    if not has_data(language, "translated"):
        return None
    data = read_data(language, "translated")
    nations: Mapping[str, Any] = read_data(language, "places").get("nations", {})
    words = sorted(
        {
            word
            for code, nation in nations.items()
            if code not in data["countries"]
            for word in nation.get("adjectives", ())
        }
    )
    endings = r"(?:e[nrms]?)?\b"
    title = "|".join(
        [*(re.escape(one) for one in data["prefixes"]), *(re.escape(one) + endings for one in words)]
    )
    languages = "(?:" + "|".join(sorted(data["languages"])) + ")"
    forms = "|".join(form.replace("LANGUAGE", languages) for form in data["forms"])
    return re.compile(rf"\b(?:{title})", re.IGNORECASE), re.compile(rf"\b(?:{forms})", re.IGNORECASE)
