"""Who could know: the origins behind the claims of a story. Independence is counted in these, never in documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.lang.wording import Wording, wording_of
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead
from lagebild.model.finding import ClaimOrigin, Origin, OriginKind
from lagebild.model.identity import Entity, MentionLink, Speaker
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyLink, Credit
from lagebild.model.marks import Mention, Sentence
from lagebild.model.span import Piece, Span
from lagebild.model.speech import Claim, Quote
from lagebild.settings import Settings
from lagebild.step import DocView, GroupView
from lagebild.textkit.normal import fold

__all__ = ["OriginTools", "find_origins", "speaker_entities"]

_COVERED = 0.6  # share of a claim that must lie in a shared passage; edited passages lose words at their ends
_FOLLOWED = 200  # documents looked at for one shared passage
_PLACES = 12  # places noted for an origin
_REASONS = 5

Key = tuple[str, ...]


@dataclass(frozen=True)
class OriginTools:
    """Nothing but the data files."""

    @classmethod
    def load(cls, settings: Settings) -> OriginTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest(*TERM_FILES, "roles")


def speaker_entities(group: GroupView) -> Iterator[str]:
    """Ids of the entities that speak or are named in the documents of a story."""
    found = {row.entity_id for doc in group.docs for row in doc.rows(Speaker) if row.entity_id}
    found |= {row.entity_id for doc in group.docs for row in doc.rows(MentionLink)}
    yield from sorted(found)


@dataclass(frozen=True)
class _Source:
    """What stands behind one claim."""

    key: Key
    kind: OriginKind
    name: str
    entity_id: str | None
    at: Span
    reason: Reason


@dataclass
class _Gathered:
    sources: list[_Source] = field(default_factory=list)
    docs: set[str] = field(default_factory=set)


def find_origins(group: GroupView, tools: OriginTools) -> Iterable[Origin | ClaimOrigin]:
    """The origins of all claims of a story, and for each claim the one it goes back to.

    A claim inside a quotation goes back to the speaker: the settled entity, else his words; speakers whom nobody names are one
    origin per passage, however often the passage is copied; who passes the words on is no further origin. A claim in the
    outlet's own voice, or in words without speaker, goes back to the agency credited, else to the outlet; for a passage that
    several documents share there is one origin, that of the credited or earliest of them. What somebody is said to deny
    („wies das zurück“) goes back to him. Copies are followed through at most 200 documents a claim.
    """
    pile = _Pile(group)
    gathered: dict[Key, _Gathered] = {}
    links: list[tuple[Claim, _Source]] = []
    for doc in pile.docs:
        for claim in doc.claims:
            source = pile.source_of(doc, claim)
            entry = gathered.setdefault(source.key, _Gathered())
            entry.sources.append(source)
            entry.docs.add(claim.doc_id)
            links.append((claim, source))
    ids = {key: content_id("o", group.key, *key) for key in gathered}
    for key, entry in sorted(gathered.items()):
        yield _origin(group.key, ids[key], entry)
    for claim, source in links:
        origin_id = ids[source.key]
        yield ClaimOrigin(
            content_id("co", claim.id, origin_id), claim.doc_id, claim.id, origin_id, (source.reason,)
        )


def _origin(story_id: str, origin_id: str, entry: _Gathered) -> Origin:
    first = entry.sources[0]
    kinds = {source.kind for source in entry.sources}
    kind = min(kinds - {"post"}) if kinds - {"post"} else "post"
    places = sorted({source.at for source in entry.sources})[:_PLACES]
    reasons = list({source.reason.name: source.reason for source in reversed(entry.sources)}.values())
    names = sorted({source.name for source in entry.sources}, key=lambda name: (len(name), name))
    name = first.name if first.entity_id else names[0]
    return Origin(
        origin_id,
        story_id,
        kind,
        name,
        first.entity_id,
        tuple(sorted(entry.docs)),
        tuple(places),
        tuple(reasons[:_REASONS]),
    )


class _Doc:
    """One document of the story, its rows at hand."""

    def __init__(self, view: DocView) -> None:
        self.id = view.id
        self.text = view.text
        self.path = view.item.unit
        self.masthead = view.get(Masthead)
        self.wording = wording_of(self.masthead.language if self.masthead else None)
        self.claims = view.rows(Claim)
        self.quotes = {quote.id: quote for quote in view.rows(Quote)}
        self.speakers = {row.quote_id: row for row in view.rows(Speaker)}
        self.sentences = view.rows(Sentence)
        self._starts = [row.start for row in self.sentences]
        self._ends = [row.end for row in self.sentences]
        self.posts = [block for block in view.rows(Block) if block.kind == "post"]
        self.release = next((row for row in view.rows(Credit) if row.kind == "press_release"), None)
        linked = {row.mention_id: row.entity_id for row in view.rows(MentionLink)}
        self.named = [(m.start, m.end, linked[m.id]) for m in view.rows(Mention) if m.id in linked]
        self.links = view.rows(CopyLink)

    @property
    def agencies(self) -> tuple[str, ...]:
        return self.masthead.agencies if self.masthead else ()

    def entity_in(self, piece: Piece) -> str | None:
        """The last entity named in a stretch: „der ukrainische Generalstab“, „Kremlsprecher Peskow“ end with who is meant."""
        found = [entity for start, end, entity in self.named if piece.start <= start and end <= piece.end]
        return found[-1] if found else None

    def sentence_words(self, start: int, end: int) -> str:
        """The sentences that a stretch touches."""
        first = bisect_left(self._ends, start + 1)
        last = bisect_left(self._starts, end)
        if first >= last:
            return self.text[start:end]
        return self.text[self.sentences[first].start : self.sentences[last - 1].end]


class _Pile:
    """The documents of a story with their shared passages."""

    def __init__(self, group: GroupView) -> None:
        self._group = group
        self.docs = [_Doc(view) for view in group.docs]
        self._by_id = {doc.id: doc for doc in self.docs}
        self._bodies = self._named_bodies()
        self._outlets = self._named_outlets()
        self._shared: dict[str, list[tuple[Span, Span]]] = {}
        for doc in self.docs:
            for link in doc.links:
                self._shared.setdefault(link.later.doc_id, []).append((link.later, link.earlier))
                self._shared.setdefault(link.earlier.doc_id, []).append((link.earlier, link.later))

    def _named_bodies(self) -> dict[str, Entity]:
        """Organisations of the story by the folded forms of their names."""
        found: dict[str, Entity] = {}
        for entity_id in speaker_entities(self._group):
            entity = self._entity(entity_id)
            if entity and entity.kind != "PER":
                for name in (entity.name, *(one.text for one in entity.names)):
                    found.setdefault(_bare(fold(name)), entity)
        return found

    def _named_outlets(self) -> dict[str, str]:
        """Outlets of the story by their bare names."""
        named = ((doc, doc.masthead.outlet) for doc in self.docs if doc.masthead and doc.masthead.outlet)
        return {_plain(outlet, doc): outlet for doc, outlet in named}

    def source_of(self, doc: _Doc, claim: Claim) -> _Source:
        quote = doc.quotes.get(claim.quote_id) if claim.quote_id else None
        if quote and (spoken := self._spoken(doc, claim, quote)):
            return spoken
        if quote is None and (denier := self._denier(doc, claim)):
            return denier
        return self._own(doc, claim)

    # speakers

    def _spoken(self, doc: _Doc, claim: Claim, quote: Quote) -> _Source | None:
        speaker = doc.speakers.get(quote.id)
        words = _cut(doc, quote.speaker)
        entity = self._entity(speaker.entity_id if speaker else None)
        if not words and entity is None:
            return None
        at = _span(doc, quote.speaker or Piece(quote.start, quote.end))
        post = self._is_post(doc, quote)
        if entity:
            return _Source(
                ("entity", entity.id),
                "post" if post else "party",
                entity.name,
                entity.id,
                at,
                Reason("speaker", 1.0, words or None),
            )
        return self._unsettled(doc, claim, speaker, words, at, post)

    def _unsettled(
        self, doc: _Doc, claim: Claim, speaker: Speaker | None, words: str, at: Span, post: bool
    ) -> _Source:
        """A speaker known by his words alone; nameless ones are told apart by the passage they speak in."""
        kind = speaker.kind if speaker else "person"
        folded = doc.wording.words(words) if doc.wording else fold(words).split()
        if doc.wording and doc.wording.witness.any_of(folded):
            return self._nameless(doc, claim, "witness", words, at)
        if kind == "anonymous" or (
            doc.wording and kind != "organisation" and doc.wording.anonymous.any_of(folded)
        ):
            return self._nameless(doc, claim, "anonymous", words, at)
        if _plain(words, doc) in self._outlets:
            outlet = self._outlets[_plain(words, doc)]
            return _Source(
                self._key_of(outlet, doc), "outlet", outlet, None, at, Reason("speaker_is_outlet", 0.8, words)
            )
        if kind == "unknown":
            return self._nameless(doc, claim, "unknown", words, at)
        terms = sorted(doc.wording.terms.of(words)) if doc.wording else folded
        if not terms:
            return self._nameless(doc, claim, "unknown", words, at)
        label: OriginKind = "document" if kind == "document" else "post" if post else "party"
        return _Source(
            ("words", *(terms or folded)), label, words, None, at, Reason("speaker_words", 0.6, words)
        )

    def _nameless(self, doc: _Doc, claim: Claim, kind: OriginKind, words: str, at: Span) -> _Source:
        home = self._home(doc, claim)
        return _Source(
            (kind, home.id, _plain(words, doc)), kind, words, None, at, Reason("nobody_named", 0.5, words)
        )

    def _denier(self, doc: _Doc, claim: Claim) -> _Source | None:
        """Somebody of whom the outlet says that he denies something."""
        if claim.actor is None or doc.wording is None:
            return None
        words = doc.wording.words(doc.text[claim.start : claim.end])
        if not doc.wording.denies(words):
            return None
        at, name = _span(doc, claim.actor), _cut(doc, claim.actor)
        entity = self._entity(doc.entity_in(claim.actor))
        if entity:
            return _Source(
                ("entity", entity.id), "party", entity.name, entity.id, at, Reason("denial", 0.9, name)
            )
        terms = sorted(doc.wording.terms.of(name))
        return (
            _Source(("words", *terms), "party", name, None, at, Reason("denial", 0.6, name))
            if terms
            else None
        )

    def _entity(self, entity_id: str | None) -> Entity | None:
        rows = self._group.look_up(Entity, entity_id) if entity_id else ()
        return rows[0] if rows else None

    def _is_post(self, doc: _Doc, quote: Quote) -> bool:
        if any(block.start <= quote.start < block.end for block in doc.posts):
            return True
        wording: Wording | None = doc.wording
        start = min([quote.start, *(piece.start for piece in quote.cue)])
        end = max([quote.end, *(piece.end for piece in quote.cue)])
        return (
            wording is not None
            and bool(quote.cue)
            and bool(wording.posts.search(doc.sentence_words(start, end)))
        )

    # own voice

    def _own(self, doc: _Doc, claim: Claim) -> _Source:
        copies = self._copies(doc, claim)
        shared = (
            Reason("shared_passage", None, f"the passage stands in {len(copies)} texts")
            if len(copies) > 1
            else None
        )
        at = Span(doc.id, claim.start, claim.end)
        credited = [one for one in copies if one.agencies]
        if credited:
            best = min(credited, key=lambda one: (len(one.agencies), one.path))
            name = ", ".join(best.agencies)
            return _Source(
                ("agency", best.agencies[0]),
                "agency",
                name,
                None,
                at,
                shared or Reason("agency_credit", 0.9, name),
            )
        return self._outlet(self._first(copies), at, shared)

    def _outlet(self, doc: _Doc, at: Span, shared: Reason | None) -> _Source:
        if doc.release:
            return _Source(
                ("words", fold(doc.release.name)),
                "party",
                doc.release.name,
                None,
                at,
                shared or Reason("press_release", 0.9, doc.release.name),
            )
        outlet = doc.masthead.outlet if doc.masthead else None
        if outlet:
            return _Source(
                self._key_of(outlet, doc),
                "outlet",
                outlet,
                None,
                at,
                shared or Reason("own_voice", 0.8, outlet),
            )
        name = (doc.masthead.title if doc.masthead else None) or doc.path
        body = self._bodies.get(_plain(name, doc))
        key = ("entity", body.id) if body else ("text", doc.id)
        return _Source(key, "outlet", name, None, at, shared or Reason("own_voice", 0.5, doc.path))

    def _key_of(self, outlet: str, doc: _Doc) -> Key:
        """The key of an outlet: that of the body of the same name where the story knows one."""
        entity = self._bodies.get(_plain(outlet, doc))
        return ("entity", entity.id) if entity else ("outlet", _plain(outlet, doc))

    def _home(self, doc: _Doc, claim: Claim) -> _Doc:
        return self._first(self._copies(doc, claim))

    def _first(self, docs: list[_Doc]) -> _Doc:
        return min(docs, key=lambda one: (not one.agencies, one.path, one.id))

    def _copies(self, doc: _Doc, claim: Claim) -> list[_Doc]:
        """The documents that have the passage of a claim, itself first."""
        found: dict[str, _Doc] = {doc.id: doc}
        queue = [Span(doc.id, claim.start, claim.end)]
        while queue and len(found) < _FOLLOWED:
            span = queue.pop()
            for here, there in self._shared.get(span.doc_id, ()):
                if (
                    there.doc_id in found
                    or there.doc_id not in self._by_id
                    or _covered(span, here) < _COVERED
                ):
                    continue
                found[there.doc_id] = self._by_id[there.doc_id]
                queue.append(_moved(span, here, there))
        return list(found.values())


def _plain(words: str, doc: _Doc) -> str:
    """A name without article, marks and genitive -s: „des «Tagblatts»“ and „Tagblatt“ meet."""
    parts = [fold(part) for part in re.findall(r"[^\W_]+", words)]
    while len(parts) > 1 and doc.wording and not doc.wording.terms.term(parts[0]):
        parts = parts[1:]
    return _bare(" ".join(parts))


def _bare(folded: str) -> str:
    joined = " ".join(re.findall(r"[^\W_]+", folded))
    return joined[:-1] if len(joined) > 5 and joined.endswith("s") else joined


def _covered(span: Span, passage: Span) -> float:
    shared = min(span.end, passage.end) - max(span.start, passage.start)
    return shared / max(1, span.end - span.start)


def _moved(span: Span, here: Span, there: Span) -> Span:
    """About where a stretch of one passage stands in the other: edited passages differ in length."""
    scale = (there.end - there.start) / max(1, here.end - here.start)
    start = there.start + int((max(span.start, here.start) - here.start) * scale)
    end = there.start + int((min(span.end, here.end) - here.start) * scale)
    return Span(there.doc_id, start, max(start + 1, end))


def _cut(doc: _Doc, piece: Piece | None) -> str:
    return " ".join(doc.text[piece.start : piece.end].split()) if piece else ""


def _span(doc: _Doc, piece: Piece) -> Span:
    return Span(doc.id, piece.start, piece.end)
