"""Which of two texts that share passages came first, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lagebild.model.account import Reason
from lagebild.model.document import Masthead, Stamp
from lagebild.model.lineage import Credit
from lagebild.step import DocView
from lagebild.textkit.normal import fold

__all__ = ["Direction", "Order", "order_of"]

Direction = Literal["known", "guessed", "unknown"]

CONTAINED = 0.8  # of the shorter text's words in shared passages, so that it looks like a shortened copy
SHORTER = 0.6  # of the longer text's length at most


@dataclass(frozen=True)
class Order:
    """How sure the order is, whether the second document is the earlier one, and why."""

    direction: Direction
    swapped: bool
    reason: Reason


def order_of(docs: tuple[DocView, DocView], sizes: tuple[int, int], shared: int) -> Order:
    """The order of two documents with `sizes` words that share `shared` words.

    Known where both state when they were published, or one names the other as its source; guessed where one is a shortened
    part of the other; else unknown, the first document named first.
    """
    return (
        _by_dates(docs)
        or _by_credits(docs)
        or _by_length(sizes, shared)
        or Order(
            "unknown",
            False,
            Reason(
                "no_direction", None, "nothing says which text came first; the first by path is named first"
            ),
        )
    )


def _by_dates(docs: Sequence[DocView]) -> Order | None:
    left, right = (_stamp(doc) for doc in docs)
    order = _earlier(left, right) if left and right else None
    if left is None or right is None or order is None:
        return None
    told = "both texts state when they were published"
    return Order("known", order == 1, Reason("stated_dates", None, told, left.value, right.value))


def _by_credits(docs: Sequence[DocView]) -> Order | None:
    """One text names the agency or outlet that the other comes from, and not the other way round."""
    for at in (0, 1):
        earlier, later = docs[at], docs[1 - at]
        own = _outlet(earlier)
        if not own:
            continue
        if own in _agencies(later) and own not in _agencies(earlier):
            told = "one text credits the agency that the other comes from"
            return Order(
                "known",
                at == 1,
                Reason("credits_agency", None, told, own, ", ".join(sorted(_agencies(later)))),
            )
        named = next(
            (row for row in later.rows(Credit) if row.kind in ("agency", "outlet") and _same(row.name, own)),
            None,
        )
        back = _outlet(later)
        returned = any(back and _same(row.name, back) for row in earlier.rows(Credit))
        if named and not returned:
            words = named.reasons[0].detail if named.reasons else named.name
            return Order(
                "known",
                at == 1,
                Reason("credits_outlet", None, "one text names the other's outlet as its source", own, words),
            )
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


def _earlier(left: Stamp, right: Stamp) -> int | None:
    """0 or 1 for the earlier of two stamps, None where their shared precision does not tell."""
    if left.precision in ("year", "month") or right.precision in ("year", "month"):
        return None
    size = min(len(left.value), len(right.value), 19)
    zones = [value[19:] if len(value) > 19 else "" for value in (left.value, right.value)]
    if zones[0] != zones[1]:
        size = min(size, 10)
    a, b = left.value[:size], right.value[:size]
    return None if a == b else int(a > b)


def _same(name: str, outlet: str) -> bool:
    return fold(name).removesuffix(".de") == fold(outlet).removesuffix(".de")


def _stamp(doc: DocView) -> Stamp | None:
    head = doc.get(Masthead)
    return head.published if head else None


def _agencies(doc: DocView) -> set[str]:
    head = doc.get(Masthead)
    return set(head.agencies) if head else set()


def _outlet(doc: DocView) -> str | None:
    head = doc.get(Masthead)
    return head.outlet if head else None
