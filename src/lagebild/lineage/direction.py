"""Which of two texts that share passages came first, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from lagebild.lang.agencies import Agencies
from lagebild.lang.outlets import spelled
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead, Stamp
from lagebild.model.lineage import Credit
from lagebild.step import DocView

__all__ = ["Direction", "Order", "Places", "order_of"]

Direction = Literal["known", "guessed", "unknown"]
Places = Sequence[tuple[int, int]]

CONTAINED = 0.8  # of the shorter text's words in shared passages, so that it looks like a shortened copy
SHORTER = 0.6  # of the longer text's length at most
OF_WHOLE = frozenset(
    {"agency_bracket", "agency_line", "agency_number", "byline", "credit_line", "with_material"}
)
"""Reasons of credits that stand for the whole text, wherever they are."""
ZONES = timedelta(hours=14)  # by so much the clocks of two places can differ, where one text names no zone
MARKS = frozenset('„“"»«‚‘”')
NEAR = 6  # characters between a mark and the first word that both texts share: „Die …
TOLD = frozenset(
    {"told_agency", "told_outlet"}
)  # somebody said something to it: no word about where the text is from


@dataclass(frozen=True)
class Order:
    """How sure the order is, whether the second document is the earlier one, and why."""

    direction: Direction
    swapped: bool
    reason: Reason


UNKNOWN = Order(
    "unknown",
    False,
    Reason("no_direction", None, "nothing says which text came first; the first by path is named first"),
)


def order_of(
    docs: tuple[DocView, DocView],
    sizes: tuple[int, int],
    shared: int,
    places: tuple[Places, Places] = ((), ()),
    versions: bool = False,
) -> Order:
    """The order of two documents with `sizes` words that share `shared` words, in the passages at `places`.

    Known where both state when they were published, or one credits the agency that the other is, or names the other's outlet
    beside the passage; unknown where these contradict each other. Guessed from „zuerst berichtete X“, from a credit elsewhere in
    the text, from a post that is quoted, and where one is a shortened part of the other. Versions are no shortened copies.
    """
    dated, credited = _by_dates(docs), _by_credits(docs, places)
    if dated and credited and credited.direction == "known" and dated.swapped != credited.swapped:
        told = "the stated dates say one order, the credits the other"
        return Order("unknown", False, Reason("signs_contradict", None, told))
    contained = None if versions else _by_length(sizes, shared)
    return dated or credited or _by_posts(docs, places) or contained or UNKNOWN


def _by_dates(docs: Sequence[DocView]) -> Order | None:
    left, right = (_stamp(doc) for doc in docs)
    order = _earlier(left, right) if left and right else None
    if left is None or right is None or order is None:
        return None
    told = "both texts state when they were published"
    return Order("known", order == 1, Reason("stated_dates", None, told, left.value, right.value))


def _by_credits(docs: Sequence[DocView], places: tuple[Places, Places]) -> Order | None:
    """One text credits the agency or outlet that the other comes from, and not the other way round."""
    found = [list(_credits_to(docs[1 - at], docs[at], places[at])) for at in (0, 1)]
    if bool(found[0]) == bool(found[1]):
        return None
    later = 0 if found[0] else 1
    direction: Direction = "known" if any(sure for sure, _ in found[later]) else "guessed"
    reason = next(reason for sure, reason in found[later] if sure or direction == "guessed")
    return Order(direction, later == 0, reason)


def _credits_to(source: DocView, taker: DocView, places: Places) -> Iterator[tuple[bool, Reason]]:
    """What a text says about another one's outlet as its source, and whether it says so of the passage."""
    own = _outlet(source)
    if not own or _same(own, _outlet(taker)):
        return
    if any(_same(own, agency) for agency in _agencies(source)):
        return  # an outlet that was read from a credit says nothing
    if any(_same(own, agency) for agency in _agencies(taker)):
        told = "one text credits the agency that the other comes from"
        yield True, Reason("credits_agency", None, told, own, ", ".join(sorted(_agencies(taker))))
    agency = Agencies.load().named(own) is not None
    for row in taker.rows(Credit):
        name = row.reasons[0].name if row.reasons else ""
        if row.kind not in ("agency", "outlet", "press_release") or name in TOLD or not _same(row.name, own):
            continue
        told = (
            "one text credits the agency that the other comes from"
            if agency
            else "one text names the other's outlet as its source"
        )
        words = row.reasons[0].detail if row.reasons else row.name
        sure = name in OF_WHOLE or (name != "first_reported" and _beside(taker, row, places))
        yield sure, Reason("credits_agency" if agency else "credits_outlet", None, told, own, words)


def _by_posts(docs: Sequence[DocView], places: tuple[Places, Places]) -> Order | None:
    """One text comes from a platform, the other quotes a post there beside the passage."""
    for at in (0, 1):
        post, quoting = docs[at], docs[1 - at]
        own = _outlet(post)
        for row in quoting.rows(Credit) if own else ():
            if row.kind == "post" and _same(row.name, own) and _quoted(quoting, row, places[1 - at]):
                told = "one text quotes a post on the platform that the other comes from"
                words = row.reasons[0].detail if row.reasons else row.name
                return Order("guessed", at == 1, Reason("quotes_post", None, told, own, words))
    return None


def _by_length(sizes: tuple[int, int], shared: int) -> Order | None:
    short, long = sorted(sizes)
    if not short or shared < CONTAINED * short or short > SHORTER * long:
        return None
    told = "nearly all of the shorter text stands in the longer one: a shortened copy is likelier than a lengthened one"
    return Order(
        "guessed",
        sizes[0] < sizes[1],
        Reason("contained", round(min(1.0, shared / short), 4), told, str(short), str(long)),
    )


def _beside(doc: DocView, row: Credit, places: Places) -> bool:
    """Whether a credit stands in a block that holds a part of the passage."""
    return any(
        block.start <= row.start < block.end
        and any(start < block.end and block.start < end for start, end in places)
        for block in doc.rows(Block)
    )


def _quoted(doc: DocView, row: Credit, places: Places) -> bool:
    """Whether the passage stands right behind a mark of quotation, in a block with the credit."""
    marks = any(doc.text[max(0, start - 1) : start] in tuple('„“"»«‚‘”') and start for start, _ in places)
    return marks and _beside(doc, row, places)


def _earlier(left: Stamp, right: Stamp) -> int | None:
    """0 or 1 for the earlier of two stamps, None where their shared precision does not tell."""
    precisions = {left.precision, right.precision}
    if precisions & {"year", "month"}:
        return None
    try:
        a, b = (datetime.fromisoformat(stamp.value) for stamp in (left, right))
    except ValueError:
        return None
    if "day" in precisions:
        return None if a.date() == b.date() else int(a.date() > b.date())
    if (a.tzinfo is None) != (b.tzinfo is None):
        a, b = (one.replace(tzinfo=None) for one in (a, b))
        return None if abs(a - b) < ZONES else int(a > b)
    if "second" not in precisions or len(precisions) > 1:
        a, b = (one.replace(second=0, microsecond=0) for one in (a, b))
    if "hour" in precisions:
        a, b = (one.replace(minute=0) for one in (a, b))
    return None if a == b else int(a > b)


def _same(name: str, outlet: str | None) -> bool:
    return outlet is not None and spelled(name) == spelled(outlet)


def _stamp(doc: DocView) -> Stamp | None:
    head = doc.get(Masthead)
    return head.published if head else None


def _agencies(doc: DocView) -> set[str]:
    head = doc.get(Masthead)
    return set(head.agencies) if head else set()


def _outlet(doc: DocView) -> str | None:
    head = doc.get(Masthead)
    return head.outlet if head else None
