"""What the page reads of a case: documents with their layers, and the things they name, each read once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol, TypeVar

from lagebild.model.account import Problem
from lagebild.model.document import Block, Document, Masthead
from lagebild.model.finding import ClaimOrigin
from lagebild.model.identity import Entity, MentionLink, NameUse, Place, Speaker, chosen_place
from lagebild.model.lineage import CopyLink, Credit
from lagebild.model.marks import Mention, Quantity, Sentence
from lagebild.model.pages import Moment
from lagebild.model.source import RawItem
from lagebild.model.span import Piece
from lagebild.model.speech import Claim, Quote
from lagebild.model.story import Dateline, StoryMember
from lagebild.tables import Row

__all__ = ["CaseReader", "Reading", "Shelf", "folded"]

T = TypeVar("T", bound=Row)

BESIDE = 3  # characters between a title and the name: a comma, a space, a mark


class CaseReader(Protocol):
    """A case as the page sees it: open rows of a type, all or under one owner, ordered by owner, then id."""

    def rows(self, kind: type[T], owner: str | None = None) -> Iterator[T]: ...


def folded(text: str) -> str:
    """Letters and digits only, case folded: two texts that differ in marks and spaces fold to the same."""
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _only(rows: Iterable[T]) -> T | None:
    return next(iter(rows), None)


@dataclass(frozen=True)
class Reading:
    """One document with all its layers."""

    item: RawItem
    document: Document
    masthead: Masthead | None
    dateline: Dateline | None
    background_in: frozenset[str]
    blocks: tuple[Block, ...]
    quotes: dict[str, Quote]
    speakers: dict[str, Speaker]
    claims: dict[str, Claim]
    claim_origins: dict[str, tuple[str, ...]]
    quantities: dict[str, Quantity]
    sentences: tuple[Piece, ...]
    copies: tuple[CopyLink, ...]
    credits: tuple[Credit, ...]
    problems: tuple[Problem, ...]
    roles: tuple[tuple[str, str], ...]
    """Pairs of entity id and a title that this text gives it."""
    titled: tuple[tuple[str, Piece], ...]
    """Pairs of entity id and where its title stands beside its name, in text order."""

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def language(self) -> str | None:
        return self.masthead.language if self.masthead else None

    @property
    def outlet(self) -> str:
        """The outlet, else the name of the file: an agency that is credited is not the outlet."""
        if self.masthead and self.masthead.outlet:
            return self.masthead.outlet
        name = PurePosixPath(self.item.path).name
        return name if self.item.line is None else f"{name}#{self.item.line}"

    @property
    def published(self) -> Moment | None:
        """The stated date of publication."""
        stamp = self.masthead.published if self.masthead else None
        return Moment(at=stamp.value, precision=stamp.precision) if stamp else None

    @property
    def dated(self) -> Moment | None:
        """The date worked out, where none is stated."""
        line = self.dateline
        if line is None or line.source == "published" or not (line.earliest or line.latest):
            return None
        return Moment(earliest=line.earliest, latest=line.latest)

    @property
    def moment(self) -> Moment | None:
        """The date the page shows: stated, else worked out, else none."""
        published = self.published
        if published and published.precision in ("year", "month") and self.dated:
            return self.dated
        return published or self.dated

    @property
    def since(self) -> str:
        """Key for the order of publication: undated texts come last."""
        moment = self.moment
        return (moment and (moment.at or moment.earliest or moment.latest)) or "9999"

    @property
    def place_in_time(self) -> str:
        """Key for the order of publication: a text exact to the day comes after all timed on that day, an inferred date last."""
        return self.since[:16] + ("~" if self.published else "~~")

    @cached_property
    def content_length(self) -> int:
        """Characters in blocks that are part of the report."""
        return sum(block.end - block.start for block in self.blocks if block.content)

    def cut(self, piece: Piece) -> str:
        """The words of a piece, white space closed up."""
        return " ".join(self.text[piece.start : piece.end].split())

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(piece.start for piece in self.sentences)

    def sentence_at(self, position: int) -> Piece | None:
        """The sentence that holds a character."""
        place = bisect_right(self._starts, position) - 1
        return self.sentences[place] if place >= 0 and position < self.sentences[place].end else None

    def block_at(self, position: int) -> Block | None:
        """The block that holds a character."""
        return next((block for block in self.blocks if block.start <= position < block.end), None)


class Shelf:
    """Documents and entities of a case, read when asked for and kept."""

    def __init__(self, reader: CaseReader) -> None:
        self.reader = reader
        self._readings: dict[str, Reading | None] = {}
        self._entities: dict[str, Entity | None] = {}

    def reading(self, doc_id: str) -> Reading | None:
        """The document with its layers; None where the case holds no text of it."""
        if doc_id not in self._readings:
            self._readings[doc_id] = self._read(doc_id)
        return self._readings[doc_id]

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity, or None where nobody knows."""
        if entity_id is None:
            return None
        if entity_id not in self._entities:
            self._entities[entity_id] = _only(self.reader.rows(Entity, entity_id))
        return self._entities[entity_id]

    def place(self, entity_id: str, reading: str = "") -> Place | None:
        """Where an entity lies, in this reading of its name where there is one."""
        return chosen_place(tuple(self.reader.rows(Place, entity_id)), reading)

    def _under(self, kind: type[T], owner: str) -> tuple[T, ...]:
        return tuple(self.reader.rows(kind, owner))

    def _read(self, doc_id: str) -> Reading | None:
        document, item = _only(self._under(Document, doc_id)), _only(self._under(RawItem, doc_id))
        if document is None or item is None:
            return None
        origins: dict[str, tuple[str, ...]] = {}
        for row in self._under(ClaimOrigin, doc_id):
            origins[row.claim_id] = (*origins.get(row.claim_id, ()), row.origin_id)
        uses = self._named(doc_id)
        return Reading(
            item=item,
            document=document,
            masthead=_only(self._under(Masthead, doc_id)),
            dateline=_only(self._under(Dateline, doc_id)),
            background_in=frozenset(
                row.story_id for row in self._under(StoryMember, doc_id) if row.role == "background"
            ),
            blocks=tuple(sorted(self._under(Block, doc_id), key=lambda block: (block.start, block.end))),
            quotes={row.id: row for row in self._under(Quote, doc_id)},
            speakers={row.quote_id: row for row in self._under(Speaker, doc_id)},
            claims={row.id: row for row in self._under(Claim, doc_id)},
            claim_origins=origins,
            quantities={row.id: row for row in self._under(Quantity, doc_id)},
            sentences=tuple(sorted(Piece(row.start, row.end) for row in self._under(Sentence, doc_id))),
            copies=self._under(CopyLink, doc_id),
            credits=self._under(Credit, doc_id),
            problems=self._under(Problem, doc_id),
            roles=tuple(dict.fromkeys((entity_id, role) for entity_id, _, role in uses)),
            titled=_titled(document.text, uses),
        )

    def _named(self, doc_id: str) -> list[tuple[str, Mention | None, str]]:
        """Entity, name and title, for every name of whoever has a title in this text."""
        meant = {row.mention_id: row.entity_id for row in self._under(MentionLink, doc_id)}
        stands = {row.id: row for row in self._under(Mention, doc_id)}
        return [
            (meant[mention], stands.get(mention), role)
            for use in self._under(NameUse, doc_id)
            for mention in use.mention_ids
            if mention in meant
            for role in use.roles
        ]


def _titled(text: str, uses: Iterable[tuple[str, Mention | None, str]]) -> tuple[tuple[str, Piece], ...]:
    """Where a title stands within a few characters before or after the name."""
    found: dict[tuple[str, Piece], None] = {}
    for entity_id, name, role in uses:
        if name is None:
            continue
        before = text.rfind(role, max(0, name.start - BESIDE - len(role)), name.start)
        after = text.find(role, name.end, name.end + BESIDE + len(role))
        if before >= 0:
            found[entity_id, Piece(before, name.end)] = None
        elif after >= 0:
            found[entity_id, Piece(name.start, after + len(role))] = None
    return tuple(sorted(found, key=lambda pair: (pair[1].start, pair[1].end, pair[0])))
