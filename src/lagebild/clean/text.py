"""From the bytes of a source to the text that everything else points into."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lagebild.clean.decoding import Decoded, binary_kind, decode_page, decode_plain, decode_utf8
from lagebild.clean.page import PageText, read_page
from lagebild.clean.stamps import read_iso
from lagebild.lang.data import data_digest
from lagebild.model.account import Problem
from lagebild.model.document import Document, KindHint, Stated
from lagebild.model.source import RawItem
from lagebild.model.span import Piece, SourcePiece
from lagebild.settings import Settings
from lagebild.step import DocView, problem

__all__ = ["TextTools", "extract_text"]

STEP = "extract_text"
PAGE_TYPES = ("text/html", "application/xhtml+xml")
LINE_TYPE = "application/x-ndjson"
MAX_PIECES = 100_000
"""Places on a page that are kept. A page of a million tags had 1.5 million: reading its map took every later step 2.3 s."""

_KEYS = frozenset(("text", "html", "id", "url", "title", "published", "source", "lang"))
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


class TextTools:
    """The longest text that is read closely."""

    def __init__(self, max_text: int) -> None:
        self.max_text = max_text

    @classmethod
    def load(cls, settings: Settings) -> TextTools:
        return cls(settings.max_text)

    @classmethod
    def digest(cls) -> str:
        return data_digest("mastheads")


def extract_text(docs: Sequence[DocView], tools: TextTools) -> Iterable[Document | Problem]:
    """The document of each source, with what its container states; its id is that of the raw item.

    Plain text is the decoded file, character for character, without its byte-order mark. A page is its readable text with
    the way back. A line of JSON Lines is its `text` as it stands, or the readable text of its `html`. No document, but a
    Problem, for binary files, for lines that are no JSON object or lack a text, and where there is nothing but white space.
    What is doubtful about a text that could be read (encoding, length, unreadable keys) is a Problem beside the document.
    """
    for doc in docs:
        yield from _Reading(doc.item, doc.raw, tools).rows()


class _Reading:
    """One source being read: its text, what was noticed on the way."""

    def __init__(self, item: RawItem, raw: bytes, tools: TextTools) -> None:
        self.item = item
        self.raw = raw
        self.tools = tools
        self.problems: list[Problem] = []

    def rows(self) -> Iterator[Document | Problem]:
        doc = self._document()
        if doc is not None and not doc.text.strip():
            self._note("empty", "there is no text in it; no document was made")
            doc = None
        if doc is not None:
            if len(doc.text) > self.tools.max_text:
                self._note(
                    "too_long",
                    f"{len(doc.text):,} characters, more than {self.tools.max_text:,}: stored and searchable, not read closely;"
                    " raise max_text to read it",
                )
            yield doc
        yield from {row.id: row for row in self.problems}.values()

    def _document(self) -> Document | None:
        if not self.raw:
            self._note("empty", "the file is empty; no document was made")
            return None
        if self.item.media_type == LINE_TYPE:
            return self._from_line()
        kind = binary_kind(self.raw)
        if kind:
            self._note(
                "binary",
                f"this looks like {kind}, not like text; no document was made, save its text as .txt or .html",
            )
            return None
        if self.item.media_type in PAGE_TYPES:
            decoded = self._checked(decode_page(self.raw))
            return self._from_page(decoded.text, decoded.encoding, Stated())
        decoded = self._checked(decode_plain(self.raw))
        return self._made(decoded.text, decoded.encoding, Stated())

    def _checked(self, decoded: Decoded) -> Decoded:
        if decoded.doubt:
            self._note("encoding", f"{decoded.doubt}; save the file as UTF-8 if the text looks wrong")
        return decoded

    def _note(self, kind: str, message: str) -> None:
        self.problems.append(problem(self.item.unit, self.item.id, STEP, kind, message))

    def _made(
        self,
        text: str,
        encoding: str,
        stated: Stated,
        hints: tuple[KindHint, ...] = (),
        pieces: tuple[SourcePiece, ...] | None = None,
    ) -> Document:
        return Document(self.item.id, text, self.item.media_type, encoding, stated, hints, pieces)

    def _from_page(self, html: str, encoding: str, stated: Stated) -> Document:
        """The document of a page; what the container states (JSON keys) goes before what the page states."""
        page = read_page(html, url=stated.url or self.item.declared.url)
        for note in page.notes:
            self._note("page", note)
        hints = tuple(KindHint(start, end, kind) for start, end, kind in page.kinds)
        pieces = tuple(SourcePiece(*piece) for piece in page.pieces[:MAX_PIECES])
        if len(page.pieces) > MAX_PIECES:
            self._note(
                "page",
                f"the text comes from {len(page.pieces):,} places of the page; the way back is kept for the first {MAX_PIECES:,}",
            )
        return self._made(page.text, encoding, _stated_by_page(page, stated), hints, pieces)

    def _from_line(self) -> Document | None:
        decoded = self._checked(decode_utf8(self.raw))
        record = self._record(decoded.text)
        if record is None:
            return None
        stated = self._stated_by_line(record)
        for key in ("text", "html"):
            content = record.get(key)
            if isinstance(content, str):
                content = self._without_surrogates(content)
                return (
                    self._made(content, decoded.encoding, stated)
                    if key == "text"
                    else self._from_page(content, decoded.encoding, stated)
                )
            if content is not None:
                self._note("json", f"`{key}` must be a string, not {_json_type(content)}; left out")
        self._note("json", "neither `text` nor `html` is there; line skipped")
        return None

    def _record(self, line: str) -> dict[str, Any] | None:
        twice: set[str] = set()
        try:
            record = json.loads(line, object_pairs_hook=lambda pairs: _noting_twice(pairs, twice))
        except json.JSONDecodeError as error:
            self._note("json", f"no valid JSON at column {error.colno} ({error.msg}); line skipped")
            return None
        except (ValueError, RecursionError):
            self._note("json", "JSON that is nested too deep or holds too long a number; line skipped")
            return None
        if not isinstance(record, dict):
            self._note("json", f"a JSON object is needed, this is {_json_type(record)}; line skipped")
            return None
        for key in sorted(twice & record.keys() & _KEYS):
            self._note("json", f"`{key}` stands there more than once; the last is taken")
        return record

    def _without_surrogates(self, text: str) -> str:
        fixed = text.translate(_SURROGATES) if any("\ud800" <= sign <= "\udfff" for sign in text) else text
        if fixed != text:
            self._note("encoding", "half of a surrogate pair is no character; it reads \ufffd")
        return fixed

    def _stated_by_line(self, record: dict[str, Any]) -> Stated:
        published = self._string(record, "published")
        if published and read_iso(published) is None:
            self._note("json", f"`published` is no ISO 8601 date: {published[:60]!r}; left out")
            published = None
        return Stated(
            declared_id=self._string(record, "id"), title=self._string(record, "title"), published=published,
            published_by="jsonl:published" if published else None, outlet=self._string(record, "source"),
            url=self._string(record, "url"), language=self._string(record, "lang"),
        )  # fmt: skip

    def _string(self, record: dict[str, Any], key: str) -> str | None:
        value = record.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key == "id":
            return str(value)
        if value is not None and not isinstance(value, str):
            self._note("json", f"`{key}` must be a string, not {_json_type(value)}; left out")
            return None
        return (self._without_surrogates(value).strip() or None) if value else None


def _stated_by_page(page: PageText, stated: Stated) -> Stated:
    """What page and container state; the container (JSON keys) wins."""
    at = Piece(*page.title_at) if page.title_at and stated.title in (None, page.title) else None
    by_page = page.published if stated.published is None else None
    return Stated(
        declared_id=stated.declared_id,
        title=stated.title or page.title,
        title_at=at,
        published=by_page[0] if by_page else stated.published,
        published_by=by_page[1] if by_page else stated.published_by,
        modified=page.modified[0] if page.modified else None,
        outlet=stated.outlet or page.outlet,
        url=stated.url or page.url,
        language=stated.language or page.language,
        authors=stated.authors or page.authors,
    )


def _noting_twice(pairs: list[tuple[str, Any]], twice: set[str]) -> dict[str, Any]:
    """The object of these pairs; keys that come again are noted in `twice`."""
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                twice.add(key)
            seen.add(key)
    return made


def _json_type(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
