"""Where in the text, and where on the page. All offsets are code points (indices of a Python str), half-open."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Citation", "Piece", "SourcePiece", "Span"]


@dataclass(frozen=True, order=True)
class Piece:
    """A stretch of the row's own document."""

    start: int
    end: int


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of some document."""

    doc_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Citation:
    """A stretch of a document with its words: `exact == Document.text[start:end]`, always."""

    doc_id: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True)
class SourcePiece:
    """Characters `start` to `end` of the text stand at `source_start` to `source_end` of the decoded source."""

    start: int
    end: int
    source_start: int
    source_end: int
