"""Who says what, in the text's own words: spans and ids of their own document only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.span import Piece

__all__ = ["Claim", "Distance", "Form", "Modality", "Quote", "Stance"]

Form = Literal["direct", "mixed", "indirect"]
Stance = Literal[
    "assert", "deny", "confirm", "demand", "promise", "warn", "threaten", "ask", "hope", "announce", "concede",
    "refuse", "no_comment", "other",
]  # fmt: skip
Distance = Literal["neutral", "doubt", "hearsay", "endorsed"]
Modality = Literal["happened", "planned", "demanded", "forecast", "hypothetical", "unknown"]


@dataclass(frozen=True)
class Quote:
    """One utterance. `pieces` are its words (design, section 5: what is marked), `speaker` the smallest noun phrase or None.

    `start`, `end` are the hull of `pieces`. `marked` are the words inside quotation marks, without the marks.
    `reported_by` names who passes the words on, outermost first. `inside` is the quote that holds this one.
    """

    TABLE: ClassVar[str] = "quote"
    id: str
    doc_id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    form: Form
    marked: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    speaker: Piece | None
    addressee: Piece | None
    stance: Stance
    distance: Distance
    reported_by: tuple[Piece, ...]
    inside: str | None
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Claim:
    """The smallest clause with a finite verb (or nominalised speech act) that can be true or false.

    `quote_id` None = the outlet's own voice. `times`, `quantities` are ids of this document; `mentions` too (entities are
    linked later).
    """

    TABLE: ClassVar[str] = "claim"
    id: str
    doc_id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    quote_id: str | None
    actor: Piece | None
    predicate: Piece
    polarity: Literal["affirmed", "denied"]
    modality: Modality
    hedge: Piece | None
    condition: Piece | None
    times: tuple[str, ...]
    mentions: tuple[str, ...]
    quantities: tuple[str, ...]

    @property
    def owner(self) -> str:
        return self.doc_id
