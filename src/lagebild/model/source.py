"""One thing as it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["Declared", "RawItem"]


@dataclass(frozen=True)
class Declared:
    """What the user says about a source beside it (lagebild.csv, NAME.meta.json). Wins over guesses.

    `published` is ISO 8601 cut at its precision; `said_by` names the file that says so, "" where none does.
    """

    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    title: str | None = None
    said_by: str = ""


@dataclass(frozen=True)
class RawItem:
    """One source: a file, or one line of a JSON Lines file (`line` counts from 1). Its bytes lie in the case by `sha256`.

    A document is one (path, line, bytes), so the id is made from these three.
    """

    TABLE: ClassVar[str] = "raw_item"
    id: str
    path: str
    line: int | None
    sha256: str
    media_type: str
    size: int
    declared: Declared

    @property
    def owner(self) -> str:
        return self.id

    @property
    def unit(self) -> str:
        """How people are told where: the path, with `#line` for JSON Lines."""
        return self.path if self.line is None else f"{self.path}#{self.line}"
