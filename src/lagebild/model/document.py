"""The readable text of one source, and what each part of it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.span import Piece, SourcePiece

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "KindHint",
    "LinePrints",
    "Masthead",
    "Precision",
    "RepeatedLine",
    "Stamp",
    "Stated",
    "Stretch",
]

BlockKind = Literal[
    "headline", "lead", "paragraph", "list", "caption", "credit", "stamp", "teaser", "navigation", "embed",
    "notice", "post", "ticker_entry", "correction", "other",
]  # fmt: skip
Precision = Literal["year", "month", "day", "hour", "minute", "second"]


@dataclass(frozen=True)
class Stamp:
    """An instant at its precision: `value` is ISO 8601 cut there, with an offset only where the source states one."""

    value: str
    precision: Precision
    said_by: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Stated:
    """What the container or the page's own markup states (JSON keys, JSON-LD, meta tags): not yet believed."""

    declared_id: str | None = None
    title: str | None = None
    title_at: Piece | None = None
    published: str | None = None
    published_by: str | None = None
    modified: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class KindHint:
    """What the markup says a stretch is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Document:
    """The readable text. For plain text it is the decoded file, character for character; it never changes after this.

    `source_map` is None where text and source are the same; a stretch without a piece has no known place on the page.
    """

    TABLE: ClassVar[str] = "document"
    id: str
    text: str
    media_type: str
    encoding: str | None
    stated: Stated
    hints: tuple[KindHint, ...]
    source_map: tuple[SourcePiece, ...] | None

    @property
    def owner(self) -> str:
        return self.id


@dataclass(frozen=True)
class Stretch:
    """A run of text that is one block, before anybody says of which kind: cut once, so that re-marking moves no offset."""

    TABLE: ClassVar[str] = "stretch"
    id: str
    doc_id: str
    start: int
    end: int

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class LinePrints:
    """Keys of the short lines of a document, one per stretch that could be furniture repeated on many pages."""

    TABLE: ClassVar[str] = "line_prints"
    id: str
    doc_id: str
    keys: tuple[str, ...]

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class RepeatedLine:
    """A short line that several documents print; `key` is its fingerprint, `documents` how many print it."""

    TABLE: ClassVar[str] = "repeated_line"
    id: str
    key: str
    documents: int

    @property
    def owner(self) -> str:
        return self.key


@dataclass(frozen=True)
class Block:
    """A stretch with its kind. `content` is true for part of the report, false for furniture. Id = id of its Stretch."""

    TABLE: ClassVar[str] = "block"
    id: str
    doc_id: str
    start: int
    end: int
    kind: BlockKind
    content: bool
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Masthead:
    """What a document says of itself: title, stamp, outlet, agencies, authors, language; null where it does not say.

    `published` is never taken from embedded posts, captions or teasers. `language` is BCP 47 or None.
    """

    TABLE: ClassVar[str] = "masthead"
    id: str
    doc_id: str
    language: str | None
    title: str | None
    title_at: Piece | None
    published: Stamp | None
    outlet: str | None
    url: str | None
    agencies: tuple[str, ...]
    authors: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id
