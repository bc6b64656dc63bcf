"""Checks that nothing in a case is loose: every stored byte, every citation, every reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from itertools import pairwise
from typing import Any, Protocol
from unicodedata import normalize

from lagebild.errors import CaseError
from lagebild.model.document import Block, Document
from lagebild.model.dossier import BriefLine, MapPoint, TimelineEntry
from lagebild.model.finding import ClaimOrigin, Finding, Origin
from lagebild.model.lineage import CopyLink
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase
from lagebild.model.source import RawItem
from lagebild.model.speech import Claim, Quote
from lagebild.questions.open import CaseReader
from lagebild.questions.trail import source_text

__all__ = ["CheckReader", "Checked", "PagePassage", "check_case", "check_page"]


class CheckReader(CaseReader, Protocol):
    """What checking needs of a case."""

    def raw_hashes(self) -> Iterator[str]: ...
    def raw_bytes(self, sha: str) -> bytes: ...
    def integrity(self) -> list[str]: ...
    def checked_layers(self) -> Iterator[tuple[str, str, bool]]: ...


@dataclass(frozen=True)
class PagePassage:
    """A passage as a page cites it: its number, the document's id, the characters, the words."""

    number: str
    doc_id: str
    start: int
    end: int
    exact: str


class Checked:
    """Counts of what was checked, and what was found wrong: a sentence each, with place."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {
            "sources": 0,
            "documents": 0,
            "layers": 0,
            "places": 0,
            "citations": 0,
            "references": 0,
        }
        self.wrong: list[str] = []

    def note(self, kind: str, good: bool, message: str) -> None:
        """Count one check; keep the message where it failed."""
        self.counts[kind] += 1
        if not good:
            self.wrong.append(message)


def check_case(case: CheckReader) -> Checked:
    """Everything that can be checked without trusting the program that wrote it: hashes, places, words, references.

    What is too damaged to be read is one of the things found wrong.
    """
    checked = Checked()
    checked.wrong += [f"the file itself: {said}" for said in case.integrity()]
    checks = (_check_sources, _check_layers, _check_texts, _check_places, _check_citations, _check_references)
    for check in checks:
        try:
            check(case, checked)
        except CaseError as error:
            checked.wrong.append(str(error))
    return checked


def check_page(
    case: CheckReader,
    passages: Sequence[PagePassage],
    linked: Sequence[str],
    shown: Callable[[str], str] = str,
) -> Checked:
    """Every passage of a page held against the case; `linked` are the numbers that marks on the page lead to.

    `shown` gives a text as a page may hold it (control characters made visible); line ends count as one sign.
    """
    checked = Checked()
    _check_sources(case, checked)
    _check_layers(case, checked)
    _check_texts(case, checked)
    known = {passage.number for passage in passages}
    for passage in passages:
        doc = next(iter(case.rows(Document, passage.doc_id)), None)
        stands = doc.text[passage.start : passage.end] if doc else ""
        good = _one_line_end(shown(stands)) == _one_line_end(passage.exact) != ""
        message = f"passage {passage.number}: {passage.exact[:60]!r} does not stand at characters {passage.start} to {passage.end}"
        checked.note("citations", good, message)
    for number in linked:
        checked.note(
            "references", number in known, f"a mark on the page leads to passage {number}, which is not there"
        )
    if not passages:
        checked.wrong.append("no passage is cited on this page; is it a dossier?")
    return checked


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_sources(case: CheckReader, checked: Checked) -> None:
    for sha in case.raw_hashes():
        try:
            good = sha256(case.raw_bytes(sha)).hexdigest() == sha
            checked.note("sources", good, f"source {sha[:12]}…: the stored bytes have another hash")
        except CaseError as error:
            checked.note("sources", False, str(error))


def _check_layers(case: CheckReader, checked: Checked) -> None:
    """Rows are those that were written: a layer is all rows of one type under one document, key or entity."""
    for table, owner, good in case.checked_layers():
        where = f" of {owner}" if owner else ""
        checked.note("layers", good, f"{table}{where}: the rows are not those that were written")


def _check_texts(case: CheckReader, checked: Checked) -> None:
    """Plain text is the decoded file, character for character; a map to a page is in order and leads to the same words."""
    for item in case.rows(RawItem):
        for doc in case.rows(Document, item.id):
            source = source_text(case.raw_bytes(item.sha256), item.media_type, doc)
            if doc.source_map is None:
                good = source == doc.text
                checked.note("documents", good, f"{item.unit}: the text is not that of the source")
            else:
                good = _map_in_order(doc) and source is not None and _map_leads_home(doc, source)
                checked.note("documents", good, f"{item.unit}: the map to the page does not lead to the text")


def _map_in_order(doc: Document) -> bool:
    pieces = doc.source_map or ()
    inside = all(0 <= piece.start < piece.end <= len(doc.text) for piece in pieces)
    return inside and all(one.end <= after.start for one, after in pairwise(pieces))


def _map_leads_home(doc: Document, source: str) -> bool:
    """Every piece says in the page what it says in the text: its entities read, its combining marks composed."""
    for piece in doc.source_map or ():
        here = doc.text[piece.start : piece.end]
        there = source[piece.source_start : piece.source_end]
        if here != there and here != normalize("NFC", unescape(there)):
            return False
    return True


def _texts(case: CheckReader) -> dict[str, str]:
    return {doc.id: doc.text for doc in case.rows(Document)}


def _check_places(case: CheckReader, checked: Checked) -> None:
    texts = _texts(case)
    kinds: tuple[type[Any], ...] = (Block, Sentence, Mention, TimePhrase, Quantity, Quote, Claim)
    for kind in kinds:
        for row in case.rows(kind):
            text = texts.get(row.doc_id)
            good = text is not None and 0 <= row.start < row.end <= len(text)
            checked.note("places", good, f"{row.id}: characters {row.start} to {row.end} are not in its text")


def _check_citations(case: CheckReader, checked: Checked) -> None:
    texts = _texts(case)
    kinds: tuple[type[Any], ...] = (BriefLine, TimelineEntry, MapPoint)
    for kind in kinds:
        for row in case.rows(kind):
            checked.note("citations", bool(row.citations), f"{row.id}: a line without citation")
            for cited in row.citations:
                good = texts.get(cited.doc_id, "")[cited.start : cited.end] == cited.exact != ""
                checked.note(
                    "citations", good, f"{row.id}: {cited.exact[:40]!r} does not stand where it is cited from"
                )


def _check_references(case: CheckReader, checked: Checked) -> None:
    claims = {row.id for row in case.rows(Claim)}
    quotes = {row.id for row in case.rows(Quote)}
    origins = {row.id for row in case.rows(Origin)}
    documents = {row.id for row in case.rows(Document)}
    with_origin = set()
    for link in case.rows(ClaimOrigin):
        with_origin.add(link.claim_id)
        good = link.claim_id in claims and link.origin_id in origins
        checked.note("references", good, f"{link.id}: names a claim or origin that is not there")
    for claim in case.rows(Claim):
        good = claim.quote_id is None or claim.quote_id in quotes
        checked.note("references", good, f"{claim.id}: names a quote that is not there")
        checked.note("references", claim.id in with_origin, f"{claim.id}: a claim without origin")
    for finding in case.rows(Finding):
        named = {one for side in finding.sides for one in side.claim_ids}
        checked.note("references", named <= claims, f"{finding.id}: names claims that are not there")
    for copy in case.rows(CopyLink):
        good = copy.earlier.doc_id in documents and copy.later.doc_id in documents
        checked.note("references", good, f"{copy.id}: names a document that is not there")
