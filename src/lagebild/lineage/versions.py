"""Two captures of one article: versions, of which none is a copy of the other."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lagebild.lang.outlets import spelled
from lagebild.model.account import Reason
from lagebild.model.document import Masthead
from lagebild.model.source import RawItem
from lagebild.step import DocView

__all__ = ["address_of", "versions_of"]

OF_SHORTER = 0.7  # of the shorter text's words that two texts of one outlet share where they are versions of one article
OF_LONGER = 0.5  # of the longer one's: an article grows while news comes in
_MARKERS = re.compile(r"[/.-](?:amp|mobile|print|druck|index)(?:\.html?)?$|\.html?$|/$")


def versions_of(docs: tuple[DocView, DocView], sizes: tuple[int, int], shared: int) -> Reason | None:
    """Why two documents that share `shared` of their `sizes` words are versions of one article; None where they are not.

    They have one address (without query, „www“, „amp“), or are nearly the same text of one outlet.
    """
    left, right = (address_of(doc) for doc in docs)
    if left and left == right and shared:
        return Reason("same_address", None, "two captures of one address", left, right)
    outlets = [_outlet(doc) for doc in docs]
    if not outlets[0] or not outlets[1] or spelled(outlets[0]) != spelled(outlets[1]):
        return None
    short, long = sorted(sizes)
    if not short or shared < OF_SHORTER * short or shared < OF_LONGER * long:
        return None
    told = "nearly the same text of one outlet: two versions of one article"
    return Reason("same_outlet", round(min(1.0, shared / long), 4), told, outlets[0], outlets[1])


def address_of(doc: DocView) -> str | None:
    """The address of an article in a form by which captures are compared; None where none is stated, or only a front page's."""
    head, item = doc.get(Masthead), doc.rows(RawItem)[0]
    stated = item.declared.url or (head.url if head else None)
    if not stated:
        return None
    try:
        parts = urlsplit(stated)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return None
    path = _MARKERS.sub("", _MARKERS.sub("", parts.path))
    return f"{host}{path}".casefold() if host and len(path) > 1 else None


def _outlet(doc: DocView) -> str | None:
    head = doc.get(Masthead)
    return head.outlet if head else None
