"""Two documents side by side: the passages they share with edits marked, and how much of each is its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.errors import UsageError
from lagebild.model.document import Block, Document
from lagebild.model.lineage import CopyLink
from lagebild.model.side_by_side import Comparison, Parts, SharedPassage, Stretch
from lagebild.model.source import RawItem
from lagebild.model.span import Span
from lagebild.questions.page_shelf import CaseReader
from lagebild.questions.shares import content_words, covered
from lagebild.textkit.edits import edits_between
from lagebild.textkit.shingles import Token, tokens_of

__all__ = ["compare_documents", "compare_pair"]

MARKS = 8  # characters at a word that are shown with it
CLOSELY = 20_000  # words up to which edits are marked; longer passages are shown as one stretch, longer versions not at all


def compare_documents(case: CaseReader, left: str, right: str) -> Comparison:
    """What two documents share. Each is named by its id, its path (with `#line` for JSON Lines), or the end of its path.

    Raises UsageError where a name fits no document or several, or both the same.
    """
    items = sorted(case.rows(RawItem), key=lambda item: (item.path, item.line or 0, item.id))
    a, b = (_named(items, name) for name in (left, right))
    if a.id == b.id:
        raise UsageError(f"{left} and {right} are one document; name two")
    return compare_pair(case, a, b)


def compare_pair(case: CaseReader, a: RawItem, b: RawItem) -> Comparison:
    """What two documents share, the first one on the left. Documents without text share nothing."""
    texts = [_text(case, item) for item in (a, b)]
    links = [
        link
        for owner in (a.id, b.id)
        for link in case.rows(CopyLink, owner)
        if {link.earlier.doc_id, link.later.doc_id} == {a.id, b.id}
    ]
    links.sort(key=lambda link: (_side(link, a.id).start, _side(link, b.id).start, link.id))
    passages = tuple(_passage(link, (a, b), texts) for link in links)
    blocks = [sorted(case.rows(Block, item.id), key=lambda one: one.start) for item in (a, b)]
    parts = [_parts(item, text, own, links) for item, text, own in zip((a, b), texts, blocks, strict=True)]
    version = any(link.version for link in links)
    changes = tuple(_changes(texts, blocks)) if version else ()
    notice = _notice((a, b), texts, blocks, links) if version else None
    return Comparison(parts[0], parts[1], passages, version, changes, notice)


def _text(case: CaseReader, item: RawItem) -> str:
    found = next(iter(case.rows(Document, item.id)), None)
    return found.text if found else ""


def _changes(texts: Sequence[str], blocks: Sequence[Sequence[Block]]) -> Iterator[Stretch]:
    """The content of two versions, cut where they differ; nothing where they are too long."""
    sides = [
        [
            token
            for block in own
            if block.content and block.kind != "correction"
            for token in tokens_of(text, block.start, block.end)
        ]
        for text, own in zip(texts, blocks, strict=True)
    ]
    if max(len(side) for side in sides) <= CLOSELY:
        yield from _cut(texts, sides)


def _notice(
    items: tuple[RawItem, RawItem],
    texts: Sequence[str],
    blocks: Sequence[Sequence[Block]],
    links: Sequence[CopyLink],
) -> str | None:
    """What the later of two versions says about a correction; None where it says nothing, or nothing tells which is later."""
    later = {link.later.doc_id for link in links if link.direction != "unknown"}
    if len(later) != 1:
        return None
    at = [item.id for item in items].index(later.pop())
    notes = [texts[at][block.start : block.end].strip() for block in blocks[at] if block.kind == "correction"]
    return " ".join(notes) or None


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
    stretches = tuple(_stretches(texts[0][left.start : left.end], texts[1][right.start : right.end]))
    first = "left" if link.earlier.doc_id == items[0].id else "right"
    return SharedPassage(
        link.id, link.kind, link.share, None if link.direction == "unknown" else first, link.direction,  # type: ignore[arg-type]
        (left.start, left.end), (right.start, right.end), stretches, link.reasons,
    )  # fmt: skip


def _stretches(left: str, right: str) -> Iterator[Stretch]:
    """The two passages cut at edits; marks and spaces go with the word before them."""
    sides = [tokens_of(text, 0, len(text)) for text in (left, right)]
    if max(len(side) for side in sides) > CLOSELY:
        yield Stretch(False, left, right)
        return
    yield from _cut((left, right), sides)


def _cut(texts: Sequence[str], sides: Sequence[Sequence[Token]]) -> Iterator[Stretch]:
    forms = [[one.form for one in side] for side in sides]
    for equal, a1, a2, b1, b2 in edits_between(*forms):
        yield Stretch(equal, _words(texts[0], sides[0], a1, a2), _words(texts[1], sides[1], b1, b2))


def _words(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """The words with the marks that stand at them; whatever else stands between two of them is left out."""
    shown = ""
    for at in range(start, end):
        gap = text[tokens[at - 1].end : tokens[at].start] if at else text[: tokens[0].start]
        behind = (
            text[tokens[at].end : tokens[at + 1].start] if at + 1 < len(tokens) else text[tokens[at].end :]
        )
        apart = not at or any(sign.isspace() for sign in gap)
        lead = gap[-MARKS:].split()[-1] if apart and gap[-1:].strip() else ""
        trail = behind[:MARKS].split()[0] if behind[:1].strip() else ""
        word = text[tokens[at].start : tokens[at].end]
        shown += f"{' ' if apart and shown else ''}{lead}{word}{trail}"
    return shown


def _parts(item: RawItem, text: str, blocks: Sequence[Block], links: Sequence[CopyLink]) -> Parts:
    words = content_words(text, blocks)
    sides = [(link.kind, _side(link, item.id)) for link in links]
    copied = covered(words, [(one.start, one.end) for kind, one in sides if kind != "same_witness"])
    spoken = covered(words, [(one.start, one.end) for kind, one in sides if kind == "same_witness"]) - copied
    own = len(words) - len(copied) - len(spoken)
    return Parts(item.id, item.unit, len(words), len(copied), len(spoken), own)
