"""The open records of a case, file by file: views over the tables, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeVar

from lagebild.model.account import Problem, Reason
from lagebild.model.document import Block, Document, Masthead
from lagebild.model.dossier import BriefLine, TimelineEntry
from lagebild.model.finding import ClaimOrigin, Finding, Origin
from lagebild.model.identity import Entity, MentionLink, Place, PlaceUse, Speaker, chosen_place
from lagebild.model.lineage import CopyFamily, CopyLink
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase, Words
from lagebild.model.open import (
    OpenBlock,
    OpenBriefLine,
    OpenClaim,
    OpenCopy,
    OpenDated,
    OpenDocument,
    OpenEntity,
    OpenFamily,
    OpenFinding,
    OpenMention,
    OpenOrigin,
    OpenPiece,
    OpenPlace,
    OpenPlaceOnEarth,
    OpenProblem,
    OpenQuantity,
    OpenQuote,
    OpenReason,
    OpenReporter,
    OpenRun,
    OpenSentence,
    OpenShare,
    OpenStamp,
    OpenStory,
    OpenTime,
    OpenTimelineEntry,
    OpenWhere,
    OpenWord,
)
from lagebild.model.source import RawItem
from lagebild.model.span import Citation, Piece, Span
from lagebild.model.speech import Claim, Quote
from lagebild.model.story import Dateline, Story, When
from lagebild.questions.shares import links_by_document, shares_of, versions_among
from lagebild.tables import Row

__all__ = ["CaseReader", "OpenRecords", "RunRow"]

T = TypeVar("T", bound=Row)


class RunRow(Protocol):
    """One run as the case keeps it."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> str: ...
    @property
    def settings(self) -> dict[str, Any]: ...
    @property
    def models(self) -> dict[str, str]: ...
    @property
    def steps(self) -> dict[str, dict[str, float]]: ...


class CaseReader(Protocol):
    """What questions need of a case."""

    def rows(self, kind: type[T], owner: str | None = None) -> Iterator[T]:
        """Open rows of `kind`, of all owners or of one, ordered by owner, then id."""
        ...

    def runs(self) -> Sequence[RunRow]:
        """All runs, oldest first."""
        ...


class OpenRecords:
    """The open records of one case. Each method gives the rows of one file, in the order of the contract, as you read them."""

    def __init__(self, case: CaseReader) -> None:
        self._case = case
        self._text: tuple[str, str] = ("", "")

    def file(self, name: str) -> Iterator[Any]:
        """The rows of one file of the export, by its name without ending. Raises KeyError for another name."""
        readers: dict[str, Callable[[], Iterator[Any]]] = {
            "documents": self.documents, "blocks": self.blocks, "sentences": self.sentences, "words": self.words,
            "mentions": self.mentions, "entities": self.entities, "places": self.places, "times": self.times,
            "quantities": self.quantities, "quotes": self.quotes, "claims": self.claims, "copies": self.copies,
            "families": self.families, "origins": self.origins, "stories": self.stories, "findings": self.findings,
            "timeline": self.timeline, "brief": self.brief, "problems": self.problems, "runs": self.runs,
        }  # fmt: skip
        return readers[name]()

    @cached_property
    def items(self) -> dict[str, RawItem]:
        """Raw items by document id, in the order of path and line."""
        items = sorted(self._case.rows(RawItem), key=lambda item: (item.path, item.line or 0, item.id))
        return {item.id: item for item in items}

    @cached_property
    def _doc_order(self) -> dict[str, int]:
        return {doc_id: at for at, doc_id in enumerate(self.items)}

    def text(self, doc_id: str) -> str:
        """The text of a document; "" where it has none."""
        if self._text[0] != doc_id:
            found = next(iter(self._case.rows(Document, doc_id)), None)
            self._text = (doc_id, found.text if found else "")
        return self._text[1]

    # pieces of rows

    def piece(self, doc_id: str, start: int, end: int) -> OpenPiece:
        """A stretch with its words."""
        return {"start": start, "end": end, "exact": self.text(doc_id)[start:end]}

    def _piece(self, doc_id: str, piece: Piece | None) -> OpenPiece | None:
        return self.piece(doc_id, piece.start, piece.end) if piece else None

    def _pieces(self, doc_id: str, pieces: Iterable[Piece]) -> list[OpenPiece]:
        return [self.piece(doc_id, piece.start, piece.end) for piece in pieces]

    def place(self, span: Span | Citation) -> OpenPlace:
        """A stretch of some document with its words."""
        exact = self.text(span.doc_id)[span.start : span.end]
        return {"doc": span.doc_id, "start": span.start, "end": span.end, "exact": exact}

    def _places(self, spans: Iterable[Span | Citation]) -> list[OpenPlace]:
        return [self.place(span) for span in spans]

    def _each(self, kind: type[T]) -> Iterator[tuple[str, T]]:
        """Rows that lie under documents, in the order of documents, then of their places."""
        for doc_id in self.items:
            rows = list(self._case.rows(kind, doc_id))
            yield from ((doc_id, row) for row in sorted(rows, key=_place_of))

    # files

    def documents(self) -> Iterator[OpenDocument]:
        """documents.jsonl"""
        for doc_id, item in self.items.items():
            for doc in self._case.rows(Document, doc_id):
                yield self._document(item, doc)

    def _document(self, item: RawItem, doc: Document) -> OpenDocument:
        head = next(iter(self._case.rows(Masthead, doc.id)), None)
        stamp = head.published if head else None
        published: OpenStamp | None = None
        if stamp:
            published = {
                "value": stamp.value,
                "precision": stamp.precision,
                "reasons": reasons_of(stamp.reasons),
            }
        return {
            "id": doc.id,
            "path": item.path,
            "line": item.line,
            "declared_id": doc.stated.declared_id,
            "sha256": item.sha256,
            "media_type": doc.media_type,
            "encoding": doc.encoding,
            "language": head.language if head else None,
            "title": head.title if head else None,
            "title_at": self._piece(doc.id, head.title_at) if head else None,
            "url": head.url if head else None,
            "published": published,
            "dated": self._dated(doc.id, published),
            "outlet": head.outlet if head else None,
            "agencies": list(head.agencies) if head else [],
            "authors": list(head.authors) if head else [],
            "text": doc.text,
            "source_map": None
            if doc.source_map is None
            else [[one.start, one.end, one.source_start, one.source_end] for one in doc.source_map],
            "shares": self.shares(doc),
        }

    def shares(self, doc: Document) -> list[OpenShare]:
        """Whose words a document holds; the shares add up to 1, [] where it has no words."""
        blocks = list(self._case.rows(Block, doc.id))
        return [
            {
                "kind": one.kind,
                "doc": one.doc_id,
                "direction": one.direction,
                "share": one.share,
                "words": one.words,
            }
            for one in shares_of(doc, blocks, self._links)
        ]

    @cached_property
    def _links(self) -> dict[str, list[CopyLink]]:
        return links_by_document(self._case.rows(CopyLink))

    def _dated(self, doc_id: str, published: OpenStamp | None) -> OpenDated | None:
        """The inferred interval; null where the stated stamp is precise to the day or finer."""
        if published and published["precision"] not in ("year", "month"):
            return None
        for line in self._case.rows(Dateline, doc_id):
            if line.source != "published" and line.at:
                return {
                    "earliest": line.earliest,
                    "latest": line.latest,
                    "from": self._places(line.at),
                    "reasons": reasons_of(line.reasons),
                }
        return None

    def blocks(self) -> Iterator[OpenBlock]:
        """blocks.jsonl"""
        for doc_id in self.items:
            yield from self.blocks_of(doc_id)

    def blocks_of(self, doc_id: str) -> Iterator[OpenBlock]:
        """The blocks of one document, in text order."""
        for block in sorted(self._case.rows(Block, doc_id), key=_place_of):
            yield {
                "id": block.id,
                "doc": doc_id,
                **self.piece(doc_id, block.start, block.end),
                "kind": block.kind,
                "content": block.content,
                "reasons": reasons_of(block.reasons),
            }

    def sentences(self) -> Iterator[OpenSentence]:
        """sentences.jsonl"""
        for doc_id, sentence in self._each(Sentence):
            yield {
                "id": sentence.id,
                "doc": doc_id,
                **self.piece(doc_id, sentence.start, sentence.end),
                "block": sentence.block_id,
            }

    def words(self) -> Iterator[OpenWord]:
        """words.jsonl"""
        for doc_id in self.items:
            rows = [row for row in self._case.rows(Words, doc_id) if row.starts]
            for row in sorted(rows, key=lambda one: (one.starts[0], one.id)):
                for at, (start, end) in enumerate(zip(row.starts, row.ends, strict=True)):
                    yield {
                        "doc": doc_id,
                        "sentence": row.sentence_id,
                        **self.piece(doc_id, start, end),
                        "lemma": _at(row.lemmas, at) or None,
                        "upos": _at(row.upos, at) or None,
                        "feats": _at(row.feats, at) or None,
                        "head": _at(row.heads, at),
                        "deprel": _at(row.deprels, at) or None,
                    }

    def mentions(self) -> Iterator[OpenMention]:
        """mentions.jsonl"""
        for doc_id in self.items:
            links = {link.mention_id: link.entity_id for link in self._case.rows(MentionLink, doc_id)}
            uses = {use.mention_id: use for use in self._case.rows(PlaceUse, doc_id)}
            for mention in sorted(self._case.rows(Mention, doc_id), key=_place_of):
                yield {
                    "id": mention.id,
                    "doc": doc_id,
                    **self.piece(doc_id, mention.start, mention.end),
                    "base": mention.base,
                    "kind": mention.kind,
                    "derived": mention.derived,
                    "entity": links.get(mention.id),
                    "score": mention.score,
                    "reasons": reasons_of(mention.reasons),
                    "place": self._where(uses.get(mention.id), links.get(mention.id)),
                }

    def _where(self, use: PlaceUse | None, entity_id: str | None) -> OpenWhere | None:
        if use is None:
            return None
        places = tuple(self._case.rows(Place, entity_id)) if entity_id else ()
        place = chosen_place(places, use.reading)
        return {
            "role": use.role,
            "gazetteer_id": place.gazetteer_id if place else None,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "precision_km": max(place.precision_km, use.within_km) if place else None,
            "reasons": reasons_of(use.reasons),
        }

    def entities(self) -> Iterator[OpenEntity]:
        """entities.jsonl"""
        for entity in sorted(self._case.rows(Entity), key=lambda one: one.id):
            yield {
                "id": entity.id,
                "kind": entity.kind,
                "name": entity.name,
                "names": [{"text": n.text, "script": n.script, "language": n.language} for n in entity.names],
                "external_ids": list(entity.external_ids),
                "reasons": reasons_of(entity.reasons),
            }

    def places(self) -> Iterator[OpenPlaceOnEarth]:
        """places.jsonl"""
        for place in sorted(self._case.rows(Place), key=lambda one: (one.entity_id, one.gazetteer_id)):
            yield {
                "entity": place.entity_id,
                "name": place.name,
                "country": place.country,
                "admin1": place.admin1,
                "lat": place.lat,
                "lon": place.lon,
                "precision_km": place.precision_km,
                "gazetteer_id": place.gazetteer_id,
                "alternatives": list(place.alternatives),
                "reasons": reasons_of(place.reasons),
            }

    def times(self) -> Iterator[OpenTime]:
        """times.jsonl"""
        for doc_id in self.items:
            dated = {when.phrase_id: when for when in self._case.rows(When, doc_id)}
            for phrase in sorted(self._case.rows(TimePhrase, doc_id), key=_place_of):
                yield self._time(phrase, dated.get(phrase.id))

    def _time(self, phrase: TimePhrase, when: When | None) -> OpenTime:
        return {
            "id": phrase.id,
            "doc": phrase.doc_id,
            **self.piece(phrase.doc_id, phrase.start, phrase.end),
            "type": phrase.type,
            "value": when.value if when else phrase.value,
            "mod": phrase.mod,
            "earliest": when.earliest if when else None,
            "latest": when.latest if when else None,
            "anchor": when.anchor if when else "none",
            "anchor_at": self.place(when.anchor_at) if when and when.anchor_at else None,
            "reasons": reasons_of((*(when.reasons if when else ()), *phrase.reasons)),
        }

    def quantities(self) -> Iterator[OpenQuantity]:
        """quantities.jsonl"""
        for doc_id, quantity in self._each(Quantity):
            yield {
                "id": quantity.id,
                "doc": doc_id,
                **self.piece(doc_id, quantity.start, quantity.end),
                "low": quantity.low,
                "high": quantity.high,
                "unit": quantity.unit,
                "counted": self._piece(doc_id, quantity.counted),
                "hedge": quantity.hedge,
            }

    def quotes(self) -> Iterator[OpenQuote]:
        """quotes.jsonl"""
        for doc_id in self.items:
            speakers = {speaker.quote_id: speaker for speaker in self._case.rows(Speaker, doc_id)}
            for quote in sorted(self._case.rows(Quote, doc_id), key=_place_of):
                yield self._quote(quote, speakers.get(quote.id))

    def _quote(self, quote: Quote, speaker: Speaker | None) -> OpenQuote:
        doc_id = quote.doc_id
        reporters: list[OpenReporter] = []
        for at, piece in enumerate(quote.reported_by):
            entity = speaker.reported_by[at] if speaker and at < len(speaker.reported_by) else None
            reporters.append({"doc": doc_id, **self.piece(doc_id, piece.start, piece.end), "entity": entity})
        return {
            "id": quote.id,
            "doc": doc_id,
            **self.piece(doc_id, quote.start, quote.end),
            "pieces": self._pieces(doc_id, quote.pieces),
            "form": quote.form,
            "marked": self._pieces(doc_id, quote.marked),
            "cue": self._pieces(doc_id, quote.cue),
            "speaker": self._piece(doc_id, quote.speaker),
            "entity": speaker.entity_id if speaker else None,
            "speaker_kind": speaker.kind if speaker else "unknown",
            "addressee": self._piece(doc_id, quote.addressee),
            "stance": quote.stance,
            "distance": quote.distance,
            "reported_by": reporters,
            "inside": quote.inside,
            "score": quote.score,
            "reasons": reasons_of(
                (*quote.reasons[:3], *(speaker.reasons if speaker else ()), *quote.reasons[3:])
            ),
        }

    def claims(self) -> Iterator[OpenClaim]:
        """claims.jsonl"""
        place_ids = {place.entity_id for place in self._case.rows(Place)}
        for doc_id in self.items:
            links = {link.mention_id: link.entity_id for link in self._case.rows(MentionLink, doc_id)}
            origins: dict[str, list[str]] = {}
            for row in self._case.rows(ClaimOrigin, doc_id):
                origins.setdefault(row.claim_id, []).append(row.origin_id)
            there = {
                use.mention_id for use in self._case.rows(PlaceUse, doc_id) if use.role in ("scene", "named")
            }
            for claim in sorted(self._case.rows(Claim, doc_id), key=_place_of):
                named = {
                    links[mention] for mention in claim.mentions if mention in links and mention in there
                }
                yield self._claim(claim, sorted(named & place_ids), sorted(origins.get(claim.id, ())))

    def _claim(self, claim: Claim, places: list[str], origins: list[str]) -> OpenClaim:
        doc_id = claim.doc_id
        return {
            "id": claim.id,
            "doc": doc_id,
            **self.piece(doc_id, claim.start, claim.end),
            "pieces": self._pieces(doc_id, claim.pieces),
            "quote": claim.quote_id,
            "actor": self._piece(doc_id, claim.actor),
            "predicate": self.piece(doc_id, claim.predicate.start, claim.predicate.end),
            "polarity": claim.polarity,
            "modality": claim.modality,
            "hedge": self._piece(doc_id, claim.hedge),
            "condition": self._piece(doc_id, claim.condition),
            "times": list(claim.times),
            "places": places,
            "quantities": list(claim.quantities),
            "origins": origins,
        }

    def copies(self) -> Iterator[OpenCopy]:
        """copies.jsonl"""
        for link in sorted(self._case.rows(CopyLink), key=lambda one: one.id):
            yield {
                "id": link.id,
                "kind": link.kind,
                "earlier": self.place(link.earlier),
                "later": self.place(link.later),
                "direction": link.direction,
                "share": link.share,
                "reasons": reasons_of(link.reasons),
                "version": link.version,
            }

    def families(self) -> Iterator[OpenFamily]:
        """families.jsonl"""
        for family in sorted(self._case.rows(CopyFamily), key=lambda one: one.id):
            yield {
                "id": family.id,
                "docs": list(family.doc_ids),
                "origin": family.origin_doc_id,
                "agencies": list(family.agencies),
                "reasons": reasons_of(family.reasons),
                "versions": versions_among(family.doc_ids, self._links),
            }

    def origins(self) -> Iterator[OpenOrigin]:
        """origins.jsonl"""
        for origin in sorted(self._case.rows(Origin), key=lambda one: one.id):
            yield {
                "id": origin.id,
                "kind": origin.kind,
                "name": origin.name,
                "entity": origin.entity_id,
                "docs": list(origin.doc_ids),
                "at": self._places(origin.at),
                "reasons": reasons_of(origin.reasons),
            }

    def stories(self) -> Iterator[OpenStory]:
        """stories.jsonl"""
        for story in sorted(self._case.rows(Story), key=lambda one: one.id):
            yield {
                "id": story.id,
                "title": story.title,
                "docs": list(story.doc_ids),
                "at": self._places(story.at),
            }

    def findings(self) -> Iterator[OpenFinding]:
        """findings.jsonl"""
        for finding in sorted(self._case.rows(Finding), key=lambda one: one.id):
            yield {
                "id": finding.id,
                "story": finding.story_id,
                "kind": finding.kind,
                "clash": finding.clash,
                "question": finding.question,
                "status": finding.status,
                "sides": [
                    {"position": one.position, "claims": list(one.claim_ids), "origins": list(one.origin_ids)}
                    for one in finding.sides
                ],
                "reasons": reasons_of(finding.reasons),
            }

    def timeline(self) -> Iterator[OpenTimelineEntry]:
        """timeline.jsonl"""
        place_ids = {place.entity_id for place in self._case.rows(Place)}
        for entry in sorted(self._case.rows(TimelineEntry), key=lambda one: (one.story_id, one.rank, one.id)):
            yield {
                "id": entry.id,
                "story": entry.story_id,
                "earliest": entry.earliest,
                "latest": entry.latest,
                "precision": entry.precision,
                "inferred": entry.inferred,
                "modality": entry.modality,
                "text": entry.text,
                "places": [one for one in entry.entity_ids if one in place_ids],
                "origins": list(entry.origin_ids),
                "citations": self._places(entry.citations),
            }

    def brief(self) -> Iterator[OpenBriefLine]:
        """brief.jsonl"""
        for line in sorted(self._case.rows(BriefLine), key=lambda one: (one.story_id, one.rank, one.id)):
            yield {
                "id": line.id,
                "story": line.story_id,
                "section": line.section,
                "text": line.text,
                "language": line.language,
                "citations": self._places(line.citations),
                "verdict": line.verdict,
                "reasons": reasons_of(line.reasons),
            }

    def problems(self) -> Iterator[OpenProblem]:
        """problems.jsonl"""
        rows = {(one.unit, one.step, one.message, one.kind, one.doc_id) for one in self._case.rows(Problem)}
        for unit, step, message, kind, doc_id in sorted(rows, key=lambda row: (*row[:4], row[4] or "")):
            yield {"unit": unit, "doc": doc_id, "step": step, "kind": kind, "message": message}

    def runs(self) -> Iterator[OpenRun]:
        """runs.jsonl"""
        for run in self._case.runs():
            yield {
                "id": f"run{run.id}",
                "version": run.version,
                "settings": run.settings,
                "models": run.models,
                "steps": run.steps,
            }


def reasons_of(reasons: Sequence[Reason]) -> list[OpenReason]:
    """At most five reasons, the deciding one first."""
    return [
        {"name": one.name, "score": one.score, "detail": one.detail, "left": one.left, "right": one.right}
        for one in reasons[:5]
    ]


def _place_of(row: Any) -> tuple[int, int, str]:
    return (row.start, row.end, row.id)


def _at(values: Sequence[Any], at: int) -> Any:
    return values[at] if at < len(values) else None
