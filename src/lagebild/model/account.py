"""Why a score is what it is, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["Problem", "Reason"]


@dataclass(frozen=True)
class Reason:
    """One thing that decided: `name` is listed in docs/reference/reasons.md; `left`, `right` are the values compared."""

    name: str
    score: float | None = None
    detail: str | None = None
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True)
class Problem:
    """Something that could not be read or done: what, where and what now. Any step may write one.

    `unit` is the path of the file, with `#line` for JSON Lines. The id is made from all other fields.
    """

    TABLE: ClassVar[str] = "problem"
    id: str
    unit: str
    doc_id: str | None
    step: str
    kind: str
    message: str

    @property
    def owner(self) -> str:
        return self.doc_id or ""
