"""The trail of a row: what it says, which rows it rests on, who made it, and the bytes of the source it goes back to."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, TypeVar

from lagebild.model.document import Document
from lagebild.model.identity import Entity, MentionLink, Speaker
from lagebild.model.source import RawItem
from lagebild.model.speech import Quote
from lagebild.questions.open import CaseReader as RowReader
from lagebild.questions.open import OpenRecords
from lagebild.tables import Row

__all__ = ["KeptRow", "SourcePlace", "Trail", "TrailReader", "follow", "source_place", "source_text"]

T = TypeVar("T", bound=Row)
_SHOWN = 5  # names of an entity on its trail


class KeptRow(Protocol):
    """A stored row with who wrote it."""

    @property
    def table(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def made(self) -> int: ...
    @property
    def closed(self) -> int | None: ...
    @property
    def data(self) -> bytes: ...


class TrailReader(RowReader, Protocol):
    """What following a trail needs of a case."""

    def kept(self, row_id: str) -> Sequence[KeptRow]: ...
    def raw_bytes(self, sha: str) -> bytes: ...


@dataclass(frozen=True)
class SourcePlace:
    """Where a stretch of text stands: in the document, in the decoded source, and in the bytes of the file.

    `source` are ranges of code points of the decoded source, () where the place on the page is not known. `bytes` is the
    hull of those in the file, None where it cannot be told (text taken out of JSON, undecodable bytes before it).
    """

    doc_id: str
    path: str
    line: int | None
    sha256: str
    start: int
    end: int
    exact: str
    source: tuple[tuple[int, int], ...]
    bytes: tuple[int, int] | None


@dataclass(frozen=True)
class Trail:
    """One row on the trail. `closed` is the run that no longer gave it, None for a row that stands."""

    id: str
    table: str
    step: str
    made: int
    closed: int | None
    says: dict[str, Any]
    places: tuple[SourcePlace, ...]
    rests_on: tuple[Trail, ...]


def follow(case: TrailReader, row_id: str, *, depth: int = 4) -> Trail | None:
    """The trail of a row down to its sources, at most `depth` rows deep; None where no row has this id."""
    return _Follower(case).trail(row_id, depth, frozenset())


class _Follower:
    def __init__(self, case: TrailReader) -> None:
        self._case = case
        self._records = OpenRecords(case)

    def trail(self, row_id: str, depth: int, above: frozenset[str]) -> Trail | None:
        kept = self._case.kept(row_id)
        if not kept:
            return None
        row = kept[-1]
        below = self._below(kept, depth, above) if depth > 0 else ()
        return self._trail(row, below)

    def _trail(self, row: KeptRow, below: tuple[Trail, ...]) -> Trail:
        says = json.loads(row.data)
        stretches = dict.fromkeys(_stretches(says))
        if row.table == Document.TABLE:
            stretches = {(row.id, 0, len(says["text"])): None}
        places = (source_place(self._case, self._records, *stretch) for stretch in stretches)
        found = tuple(place for place in places if place)
        return Trail(row.id, row.table, row.step, row.made, row.closed, _shortened(says), found, below)

    def _below(self, kept: Sequence[KeptRow], depth: int, above: frozenset[str]) -> tuple[Trail, ...]:
        """What a row rests on: rows that it names, earlier rows of the same id, names that mean it; else its document."""
        row = kept[-1]
        says = json.loads(row.data)
        seen = above | {row.id}
        named = dict.fromkeys((*_named_ids(says), *self._meaning(row)))
        below = [found for one in named if one not in seen and (found := self.trail(one, depth - 1, seen))]
        earlier = {one.table: one for one in kept if one.table != row.table and one.closed is None}
        below += [self._trail(one, ()) for one in earlier.values()]
        if not below and row.owner in self._records.items and row.owner not in seen:
            below += [found for one in [row.owner] if (found := self.trail(one, depth - 1, seen))]
        return (*below, *self._spoken(row))

    def _spoken(self, row: KeptRow) -> Iterator[Trail]:
        """For a quote who speaks, with the reasons."""
        if row.table == Quote.TABLE and row.closed is None:
            for speaker in self._case.rows(Speaker, row.owner):
                if speaker.quote_id == row.id:
                    yield self._trail(self._case.kept(speaker.id)[-1], ())

    def _meaning(self, row: KeptRow) -> Iterator[str]:
        """For an entity some links that say which names mean it, at most `_SHOWN`; nothing for other rows."""
        if row.table == Entity.TABLE:
            links = (link.id for link in self._case.rows(MentionLink) if link.entity_id == row.id)
            yield from islice(links, _SHOWN)


def source_place(
    case: TrailReader, records: OpenRecords, doc_id: str, start: int, end: int
) -> SourcePlace | None:
    """Where characters `start` to `end` of a document stand in its source; None for a document that is not there."""
    item: RawItem | None = records.items.get(doc_id)
    doc = next(iter(case.rows(Document, doc_id)), None)
    if item is None or doc is None:
        return None
    source = tuple(_source_ranges(doc, start, end))
    at = (
        _byte_range(case.raw_bytes(item.sha256), doc, source)
        if item.media_type != "application/x-ndjson"
        else None
    )
    return SourcePlace(doc_id, item.path, item.line, item.sha256, start, end, doc.text[start:end], source, at)


def _source_ranges(doc: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    if doc.source_map is None:
        yield (start, end)
        return
    for piece in doc.source_map:
        if piece.start < end and start < piece.end:
            same = piece.end - piece.start == piece.source_end - piece.source_start
            before = max(0, start - piece.start) if same else 0
            after = max(0, piece.end - end) if same else 0
            yield (piece.source_start + before, piece.source_end - after)


def _byte_range(raw: bytes, doc: Document, source: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    if not source or not doc.encoding:
        return None
    mark = _mark_length(raw, doc.encoding)
    first, last = source[0][0], source[-1][1]
    try:
        text = raw[mark:].decode(doc.encoding, "strict")
        start = mark + len(text[:first].encode(doc.encoding))
        return (start, start + len(text[first:last].encode(doc.encoding)))
    except (LookupError, UnicodeError):
        return None


_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def _mark_length(raw: bytes, encoding: str) -> int:
    """Bytes of the byte-order mark, which is not text."""
    mark = _MARKS.get(encoding, b"")
    return len(mark) if mark and raw.startswith(mark) else 0


def source_text(raw: bytes, media_type: str, doc: Document) -> str | None:
    """The decoded source in whose code points a document's map counts: the file, or the string in its line of JSON.

    Undecodable bytes read U+FFFD. None where the source cannot be read in the way the document says.
    """
    encoding = doc.encoding or "utf-8"
    try:
        text = raw[_mark_length(raw, encoding) :].decode(encoding, "replace")
        if media_type != "application/x-ndjson":
            return text
        record = json.loads(text)
        said = record["text" if isinstance(record.get("text"), str) else "html"]
        return said.translate(_SURROGATES) if isinstance(said, str) else None
    except (LookupError, ValueError, AttributeError, RecursionError):
        return None


_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def _named_ids(value: Any, key: str = "") -> Iterator[str]:
    """Ids of other rows that a stored row names, in the order of its fields."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _named_ids(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _named_ids(inner, key)
    elif isinstance(value, str) and key not in ("id", "doc_id", "raw_id", "text") and _is_reference(key):
        yield value


_REFERENCES = ("_id", "_ids", "claims", "origins", "times", "quantities", "mentions", "inside", "reported_by")


def _is_reference(key: str) -> bool:
    return key.endswith(_REFERENCES) and key not in ("doc_ids", "gazetteer_id", "external_ids", "declared_id")


def _stretches(value: Any, doc_id: str | None = None) -> Iterator[tuple[str, int, int]]:
    """Stretches of text that a stored row names: of its own document, or of another that it names."""
    if isinstance(value, dict):
        own = value.get("doc_id", doc_id)
        if isinstance(own, str) and isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            yield (own, value["start"], value["end"])
            return
        for inner in value.values():
            yield from _stretches(inner, own)
    elif isinstance(value, list):
        for inner in value:
            yield from _stretches(inner, doc_id)


def _shortened(says: dict[str, Any]) -> dict[str, Any]:
    """A row for showing: the text of a whole document, hashes and maps are cut to a beginning."""
    shown = dict(says)
    for name, value in shown.items():
        if isinstance(value, str) and len(value) > 400:
            shown[name] = value[:400] + "…"
        elif isinstance(value, list) and len(value) > 40:
            shown[name] = [*value[:40], "…"]
    return shown
