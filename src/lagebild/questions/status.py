"""How a case stands: what is in it, which languages were read, what went wrong."""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from lagebild.model.account import Problem
from lagebild.model.document import Document, Masthead
from lagebild.model.dossier import BriefLine, TimelineEntry
from lagebild.model.finding import Finding, Origin
from lagebild.model.identity import Entity, Place
from lagebild.model.lineage import CopyFamily, CopyLink
from lagebild.model.source import RawItem
from lagebild.model.speech import Claim, Quote
from lagebild.model.story import Story
from lagebild.questions.open import CaseReader

__all__ = ["StatusReader", "case_status"]

COUNTED: tuple[tuple[str, type[Any]], ...] = (
    ("sources", RawItem),
    ("documents", Document),
    ("stories", Story),
    ("quotes", Quote),
    ("claims", Claim),
    ("origins", Origin),
    ("copies", CopyLink),
    ("families", CopyFamily),
    ("entities", Entity),
    ("places", Place),
    ("findings", Finding),
    ("timeline", TimelineEntry),
    ("brief", BriefLine),
    ("problems", Problem),
)


class StatusReader(CaseReader, Protocol):
    """What the status needs of a case."""

    def count(self, kind: type[Any]) -> int: ...


def case_status(case: StatusReader) -> dict[str, Any]:
    """Counts per kind, documents per language (`null` where it could not be told), and the last run."""
    runs = case.runs()
    languages = Counter(head.language or "unknown" for head in case.rows(Masthead))
    last = runs[-1] if runs else None
    return {
        "counts": {name: case.count(kind) for name, kind in COUNTED},
        "languages": dict(sorted(languages.items())),
        "findings": dict(sorted(Counter(row.kind for row in case.rows(Finding)).items())),
        "version": last.version if last else None,
        "settings": last.settings if last else {},
        "interrupted": bool(last and not getattr(last, "finished", True)),
    }
