"""What of each document is its own, and what stands in which other one: shares that add up to 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lagebild.model.document import Block, Document
from lagebild.model.lineage import CopyLink
from lagebild.model.side_by_side import OwnShare, ShareKind
from lagebild.model.span import Span
from lagebild.textkit.shingles import tokens_of

__all__ = ["content_words", "covered", "links_by_document", "shares_of", "versions_among"]

UNITS = 1_000  # shares are given in thousandths, so that those shown in tenths of a per cent add up

Words = Sequence[tuple[int, int]]
"""First and last character of each word, in text order."""


@dataclass
class Other:
    """A document that has words in common with the one looked at."""

    doc_id: str
    kind: ShareKind
    direction: str
    places: list[tuple[int, int]] = field(default_factory=list)


def links_by_document(links: Iterable[CopyLink]) -> dict[str, list[CopyLink]]:
    """The links of each document, on whichever side it stands."""
    found: dict[str, list[CopyLink]] = {}
    for link in links:
        for doc_id in (link.earlier.doc_id, link.later.doc_id):
            found.setdefault(doc_id, []).append(link)
    return found


def shares_of(
    document: Document, blocks: Sequence[Block], by_document: Mapping[str, Sequence[CopyLink]]
) -> tuple[OwnShare, ...]:
    """Whose words the content of a document is, its own first, then by size; () where it has no words.

    Words that several others have count for one of them: for one that they come from before one of which nobody knows who was
    first, for the first of those known to be in order, then for the one that has most. Words that later texts took are own.
    """
    words = content_words(document.text, blocks)
    if not words:
        return ()
    links = by_document.get(document.id, ())
    left = set(range(len(words)))
    found: list[tuple[Other, int]] = []
    for other in _ordered(_others(document.id, links), words, by_document):
        taken = covered(words, other.places) & left
        left -= taken
        if taken:
            found.append((other, len(taken)))
    counts = [len(left), *(count for _, count in found)]
    parts = [
        OwnShare("own", None, None, 0.0, len(left)),
        *(OwnShare(other.kind, other.doc_id, other.direction, 0.0, count) for other, count in found),  # type: ignore[arg-type]
    ]
    shared = [
        OwnShare(part.kind, part.doc_id, part.direction, share, part.words)
        for part, share in zip(parts, _adding_up(counts), strict=True)
    ]
    return (shared[0], *sorted(shared[1:], key=lambda one: (-one.words, one.doc_id or "", one.kind)))


def versions_among(doc_ids: Iterable[str], by_document: Mapping[str, Sequence[CopyLink]]) -> list[list[str]]:
    """Documents that are versions of one article, in groups, each group and the list of them in order."""
    left = set(doc_ids)
    groups: list[list[str]] = []
    for doc_id in sorted(left):
        if doc_id not in left:
            continue
        group, found = {doc_id}, [doc_id]
        while found:
            here = found.pop()
            for link in by_document.get(here, ()):
                for other in (link.earlier.doc_id, link.later.doc_id) if link.version else ():
                    if other in left and other not in group:
                        group.add(other)
                        found.append(other)
        left -= group
        if len(group) > 1:
            groups.append(sorted(group))
    return groups


def content_words(text: str, blocks: Iterable[Block]) -> list[tuple[int, int]]:
    """Where the words of the content stand, in text order."""
    ordered = sorted((block for block in blocks if block.content), key=lambda block: block.start)
    return [
        (token.start, token.end) for block in ordered for token in tokens_of(text, block.start, block.end)
    ]


def covered(words: Words, places: Iterable[tuple[int, int]]) -> set[int]:
    """Positions of the words inside any of the stretches: both are walked once."""
    ordered = sorted(places)
    found: set[int] = set()
    at, end = 0, -1
    for number, (start, stop) in enumerate(words):
        while at < len(ordered) and ordered[at][0] <= start:
            end = max(end, ordered[at][1])
            at += 1
        if stop <= end:
            found.add(number)
    return found


def _others(doc_id: str, links: Iterable[CopyLink]) -> list[Other]:
    """Documents that this one has words from or in common with; those that took from it are left out."""
    found: dict[tuple[str, ShareKind], Other] = {}
    for link in links:
        later = link.later.doc_id == doc_id
        if not later and link.direction != "unknown" and link.kind != "same_witness":
            continue
        other = (link.earlier if later else link.later).doc_id
        kind = _kind(link)
        own: Span = link.later if later else link.earlier
        entry = found.setdefault((other, kind), Other(other, kind, link.direction))
        entry.places.append((own.start, own.end))
    return list(found.values())


def _kind(link: CopyLink) -> ShareKind:
    if link.version:
        return "version"
    if link.kind == "same_witness":
        return "same_witness"
    return "shared" if link.direction == "unknown" else "taken"


RANK: Mapping[ShareKind, int] = {"version": 0, "taken": 1, "shared": 2, "same_witness": 3, "own": 4}


def _ordered(
    others: Sequence[Other], words: Words, by_document: Mapping[str, Sequence[CopyLink]]
) -> Iterator[Other]:
    """The others in the order in which they are given words."""
    names = {other.doc_id for other in others}
    size = {id(other): len(covered(words, other.places)) for other in others}
    before = {name: _earlier(name, names, by_document) for name in names}
    yield from sorted(
        others,
        key=lambda one: (RANK[one.kind], before[one.doc_id], -size[id(one)], one.doc_id),
    )


def _earlier(doc_id: str, names: set[str], by_document: Mapping[str, Sequence[CopyLink]]) -> int:
    """How many of `names` are said to have been there before a document."""
    return len(
        {
            link.earlier.doc_id
            for link in by_document.get(doc_id, ())
            if link.later.doc_id == doc_id and link.direction != "unknown" and link.earlier.doc_id in names
        }
    )


def _adding_up(counts: Sequence[int]) -> list[float]:
    """Counts as shares in thousandths that add up to 1: the largest rests are rounded up."""
    whole = sum(counts)
    units = [count * UNITS // whole for count in counts]
    rests = sorted(range(len(counts)), key=lambda at: (-(counts[at] * UNITS % whole), at))
    for at in rests[: UNITS - sum(units)]:
        units[at] += 1
    return [unit / UNITS for unit in units]
