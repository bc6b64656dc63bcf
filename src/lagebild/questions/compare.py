"""Two documents side by side: the passages they share with edits marked, and how much of each is its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lagebild.errors import UsageError
from lagebild.model.account import Reason
from lagebild.model.document import Block, Document
from lagebild.model.lineage import CopyLink
from lagebild.model.source import RawItem
from lagebild.model.span import Span
from lagebild.questions.open import CaseReader
from lagebild.textkit.shingles import Token, tokens_of

__all__ = ["Comparison", "Parts", "SharedPassage", "Stretch", "compare_documents"]

CLOSELY = 2_000  # words of a passage up to which edits are marked; longer ones are shown as one stretch


@dataclass(frozen=True)
class Stretch:
    """Words that stand in both texts (`equal`), or what each has in their place, one of them perhaps empty."""

    equal: bool
    left: str
    right: str


@dataclass(frozen=True)
class SharedPassage:
    """One passage: both places, what it is, which side is said to be earlier ("left", "right" or None), and the edits."""

    id: str
    kind: str
    share: float
    earlier: str | None
    direction: str
    left: tuple[int, int]
    right: tuple[int, int]
    stretches: tuple[Stretch, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Parts:
    """Words of a document's content, and how many are copied, spoken by a common witness, or its own; the three add up."""

    doc_id: str
    name: str
    words: int
    copied: int
    same_witness: int
    own: int


@dataclass(frozen=True)
class Comparison:
    """Two documents and what they share, in the order of the left one."""

    left: Parts
    right: Parts
    passages: tuple[SharedPassage, ...]


def compare_documents(case: CaseReader, left: str, right: str) -> Comparison:
    """What two documents share. Each is named by its id, its path (with `#line` for JSON Lines), or the end of its path.

    Raises UsageError where a name fits no document or several, or both the same.
    """
    items = sorted(case.rows(RawItem), key=lambda item: (item.path, item.line or 0, item.id))
    a, b = (_named(items, name) for name in (left, right))
    if a.id == b.id:
        raise UsageError(f"{left} and {right} are one document; name two")
    texts = [next(iter(case.rows(Document, item.id))).text for item in (a, b)]
    links = [
        link
        for owner in (a.id, b.id)
        for link in case.rows(CopyLink, owner)
        if {link.earlier.doc_id, link.later.doc_id} == {a.id, b.id}
    ]
    links.sort(key=lambda link: (_side(link, a.id).start, _side(link, b.id).start, link.id))
    passages = tuple(_passage(link, (a, b), texts) for link in links)
    sides = [_parts(case, item, text, links) for item, text in zip((a, b), texts, strict=True)]
    return Comparison(sides[0], sides[1], passages)


def _named(items: Sequence[RawItem], name: str) -> RawItem:
    exact = [item for item in items if name in (item.id, item.unit)]
    found = exact or [item for item in items if item.unit.endswith(f"/{name}") or item.path == name]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"no document is called {name}; `lagebild show CASE documents` lists them")
    raise UsageError(
        f"{name} fits {len(found)} documents: {', '.join(item.unit for item in found[:5])}; name one by its id"
    )


def _side(link: CopyLink, doc_id: str) -> Span:
    return link.earlier if link.earlier.doc_id == doc_id else link.later


def _passage(link: CopyLink, items: tuple[RawItem, RawItem], texts: Sequence[str]) -> SharedPassage:
    left, right = (_side(link, item.id) for item in items)
    first = "left" if link.earlier.doc_id == items[0].id else "right"
    stretches = tuple(_stretches(texts[0][left.start : left.end], texts[1][right.start : right.end]))
    return SharedPassage(
        link.id, link.kind, link.share, None if link.direction == "unknown" else first, link.direction,
        (left.start, left.end), (right.start, right.end), stretches, link.reasons,
    )  # fmt: skip


def _stretches(left: str, right: str) -> Iterator[Stretch]:
    """The two passages cut at edits; marks and spaces go with the word before them."""
    a, b = tokens_of(left, 0, len(left)), tokens_of(right, 0, len(right))
    if max(len(a), len(b)) > CLOSELY:
        yield Stretch(False, left, right)
        return
    matcher = SequenceMatcher(None, [one.form for one in a], [one.form for one in b], autojunk=False)
    for what, a1, a2, b1, b2 in matcher.get_opcodes():
        yield Stretch(what == "equal", _words(left, a, a1, a2), _words(right, b, b1, b2))


def _words(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    if start == end:
        return ""
    first = tokens[start].start if start else 0
    last = tokens[end].start if end < len(tokens) else len(text)
    return text[first:last].strip()


def _parts(case: CaseReader, item: RawItem, text: str, links: Sequence[CopyLink]) -> Parts:
    tokens = [
        token
        for block in sorted(case.rows(Block, item.id), key=lambda one: one.start)
        if block.content
        for token in tokens_of(text, block.start, block.end)
    ]
    copied = _covered(tokens, [_side(link, item.id) for link in links if link.kind != "same_witness"])
    spoken = (
        _covered(tokens, [_side(link, item.id) for link in links if link.kind == "same_witness"]) - copied
    )
    own = len(tokens) - len(copied) - len(spoken)
    return Parts(item.id, item.unit, len(tokens), len(copied), len(spoken), own)


def _covered(tokens: Sequence[Token], spans: Sequence[Span]) -> set[int]:
    """Positions of the words inside any of the stretches: both are walked once."""
    ordered = sorted((span.start, span.end) for span in spans)
    covered: set[int] = set()
    at, end = 0, -1
    for place, token in enumerate(tokens):
        while at < len(ordered) and ordered[at][0] <= token.start:
            end = max(end, ordered[at][1])
            at += 1
        if token.end <= end:
            covered.add(place)
    return covered
