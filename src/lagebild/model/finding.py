"""Where reports agree, clash, or stand alone. Independence is counted in origins, never in documents or families."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.span import Span

__all__ = ["ClaimOrigin", "Finding", "FindingKind", "Origin", "OriginKind", "Side", "Status"]

OriginKind = Literal["agency", "outlet", "party", "witness", "anonymous", "document", "post", "unknown"]
FindingKind = Literal[
    "dispute", "number_conflict", "time_conflict", "attribution_conflict", "role_conflict", "strength_drift",
    "retraction", "agreement", "lone_source", "sequence", "forecast",
]  # fmt: skip
Status = Literal["open", "disputed", "inconsistent", "single_source", "undisputed"]


@dataclass(frozen=True)
class Origin:
    """Somebody who could know, independent of the others: an agency, an outlet, a party, a witness, a post."""

    TABLE: ClassVar[str] = "origin"
    id: str
    story_id: str
    kind: OriginKind
    name: str
    entity_id: str | None
    doc_ids: tuple[str, ...]
    at: tuple[Span, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.story_id


@dataclass(frozen=True)
class ClaimOrigin:
    """A claim goes back to an origin. Every claim has at least one; a passage that names none has its outlet's."""

    TABLE: ClassVar[str] = "claim_origin"
    id: str
    doc_id: str
    claim_id: str
    origin_id: str
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Side:
    """One answer to the question: `position` in a few words, the claims that give it, and the union of their origins."""

    position: str
    claim_ids: tuple[str, ...]
    origin_ids: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One question and the answers the pile gives to it."""

    TABLE: ClassVar[str] = "finding"
    id: str
    story_id: str
    kind: FindingKind
    clash: bool
    question: str
    status: Status
    sides: tuple[Side, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.story_id
