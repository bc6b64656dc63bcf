"""Documents as rows, for tests of lineage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lagebild.lineage.align import AlignTools, align_passages
from lagebild.lineage.prints import PrintTools, print_windows
from lagebild.model.document import Block, Document, Masthead, Precision, Stamp, Stated
from lagebild.model.ids import place_id
from lagebild.model.lineage import CopyLink, Credit, Fingerprints
from lagebild.model.source import Declared, RawItem
from lagebild.model.span import Piece
from lagebild.model.speech import Quote
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView, GroupView

TOOLS = AlignTools.load(Settings())
PRINT_TOOLS = PrintTools.load(Settings())


def doc_view(
    name: str,
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    agencies: tuple[str, ...] = (),
    credits: tuple[Credit, ...] = (),
    quotes: tuple[Quote, ...] = (),
) -> DocView:
    """A document with a block per line; lines that begin with # are furniture."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            kind: Any = "teaser" if line.startswith("#") else "paragraph"
            blocks.append(
                Block(
                    place_id(name, "b", at, at + len(line)),
                    name,
                    at,
                    at + len(line),
                    kind,
                    kind == "paragraph",
                )
            )
        at += len(line) + 1
    precision = precision_of(published or "")
    stamp = Stamp(published, precision, "test") if published else None
    return DocView(
        name,
        {
            RawItem: (RawItem(name, f"{name}.txt", None, "0" * 64, "text/plain", len(text), Declared()),),
            Document: (Document(name, text, "text/plain", "utf-8", Stated(), (), None),),
            Block: tuple(blocks),
            Masthead: (Masthead(f"{name}:h", name, "de", None, None, stamp, outlet, url, agencies, ()),),
            Quote: quotes,
            Credit: credits,
        },
    )


def precision_of(value: str) -> Precision:
    """The precision of an ISO 8601 value as these tests write it."""
    bare = value[:10] + value[10:].split("+")[0].split("-")[0]
    sizes: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 13: "hour", 16: "minute"}
    return sizes.get(len(bare), "second")


def quoting(name: str, text: str, said: str, speaker: str | None = None) -> DocView:
    """A document with one direct quotation."""
    start = text.index(said)
    piece = Piece(start, start + len(said))
    who = Piece(text.index(speaker), text.index(speaker) + len(speaker)) if speaker else None
    quote = Quote(
        id=f"{name}:q", doc_id=name, start=piece.start, end=piece.end, pieces=(piece,), form="direct", marked=(piece,), cue=(),
        speaker=who, addressee=None, stance="assert", distance="neutral", reported_by=(), inside=None, score=1.0,
    )  # fmt: skip
    return doc_view(name, text, quotes=(quote,))


def links(left: DocView, right: DocView) -> list[CopyLink]:
    """The shared passages of two documents."""
    return list(align_passages(GroupView(f"{left.id}|{right.id}", (left, right)), TOOLS))


def words_of(doc: DocView, link: CopyLink) -> str:
    """The words of a link on this document's side."""
    span = link.earlier if link.earlier.doc_id == doc.id else link.later
    return doc.text[span.start : span.end]


def prints(docs: Iterable[DocView]) -> dict[type[Any], list[Any]]:
    """Fingerprints of documents as a table."""
    return {Fingerprints: sorted(print_windows(list(docs), PRINT_TOOLS), key=lambda row: row.doc_id)}


def case_view(tables: dict[type[Any], list[Any]]) -> CaseView:
    """A case with these tables."""

    def rows(kind: type[Any]) -> Iterator[Any]:
        return iter(tables.get(kind, []))

    return CaseView(rows)
