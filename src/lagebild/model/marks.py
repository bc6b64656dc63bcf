"""What stands in the text: sentences, words, names, time phrases (not yet dates), quantities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.span import Piece

__all__ = [
    "Hedge",
    "Mention",
    "MentionKind",
    "NameSpan",
    "Passage",
    "Quantity",
    "Sentence",
    "TimePhrase",
    "Words",
]

MentionKind = Literal["PER", "ORG", "LOC", "MISC"]
Hedge = Literal["exact", "at_least", "at_most", "more_than", "less_than", "about", "vague"]


@dataclass(frozen=True)
class Sentence:
    """A sentence of any block, furniture included (filter by the block when reading). Without white space at its ends."""

    TABLE: ClassVar[str] = "sentence"
    id: str
    doc_id: str
    start: int
    end: int
    block_id: str

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class NameSpan:
    """Words `left` to `right` (exclusive) of a sentence that the language model takes for a name, with its probability.

    `label` is one of the model's: a kind (PER, ORG, LOC, MISC), with `-deriv` („russisch“) or `-part` („Trump-Berater“) behind it.
    """

    left: int
    right: int
    label: str
    score: float


@dataclass(frozen=True)
class Passage:
    """Words `left` to `right` (exclusive) of a sentence that stand in quotation marks and are in another language than the sentence."""

    left: int
    right: int
    language: str


@dataclass(frozen=True)
class Words:
    """The words of one sentence: tuples of equal length. `heads` are indices in the sentence, -1 is the root.

    A layer that is not known in the sentence's language is the empty tuple. `language` is the sentence's own (BCP 47) where it can
    be told, else its document's. `names` is what the language model takes for names, before lists and the document are asked.
    """

    TABLE: ClassVar[str] = "words"
    id: str
    doc_id: str
    sentence_id: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...] = ()
    upos: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    deprels: tuple[str, ...] = ()
    language: str | None = None
    passages: tuple[Passage, ...] = ()
    names: tuple[NameSpan, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Mention:
    """A name in the text. `base` is its base form („Putins“ → „Putin“); `derived` for „russisch“, „Moskauer“."""

    TABLE: ClassVar[str] = "mention"
    id: str
    doc_id: str
    start: int
    end: int
    base: str
    kind: MentionKind
    derived: bool
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class TimePhrase:
    """A time phrase as found, without a date: TIMEX3 `type`, `mod`, and the anchorless `value` („am Freitag“: XXXX-WXX-5).

    `rule` says how to date it once an anchor is known (language of `story.when`); `direction` is past, future or unknown,
    as tense, preposition and adverb show.
    """

    TABLE: ClassVar[str] = "time_phrase"
    id: str
    doc_id: str
    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None
    rule: str
    direction: Literal["past", "future", "unknown"]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Quantity:
    """A number with what it counts. None = open on that side. Dates, durations and clock times are not quantities."""

    TABLE: ClassVar[str] = "quantity"
    id: str
    doc_id: str
    start: int
    end: int
    low: float | None
    high: float | None
    unit: str | None
    counted: Piece | None
    hedge: Hedge

    @property
    def owner(self) -> str:
        return self.doc_id
