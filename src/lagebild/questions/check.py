"""Checks that nothing in a case is loose: every stored byte, every citation, every reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, Protocol

from lagebild.errors import CaseError
from lagebild.model.document import Block, Document
from lagebild.model.dossier import BriefLine, MapPoint, TimelineEntry
from lagebild.model.finding import ClaimOrigin, Finding, Origin
from lagebild.model.lineage import CopyLink
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase
from lagebild.model.source import RawItem
from lagebild.model.speech import Claim, Quote
from lagebild.questions.open import CaseReader

__all__ = ["CheckReader", "Checked", "PagePassage", "check_case", "check_page"]


class CheckReader(CaseReader, Protocol):
    """What checking needs of a case."""

    def raw_hashes(self) -> Iterator[str]: ...
    def raw_bytes(self, sha: str) -> bytes: ...
    def integrity(self) -> list[str]: ...


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
    """Everything that can be checked without trusting the program that wrote it: hashes, places, words, references."""
    checked = Checked()
    checked.wrong += [f"the file itself: {said}" for said in case.integrity()]
    _check_sources(case, checked)
    texts = {doc.id: doc.text for doc in case.rows(Document)}
    _check_texts(case, texts, checked)
    _check_places(case, texts, checked)
    _check_citations(case, texts, checked)
    _check_references(case, checked)
    return checked


def check_page(case: CheckReader, passages: Sequence[PagePassage], linked: Sequence[str]) -> Checked:
    """Every passage of a page held against the case; `linked` are the numbers that marks on the page lead to."""
    checked = Checked()
    _check_sources(case, checked)
    known = {passage.number for passage in passages}
    for passage in passages:
        doc = next(iter(case.rows(Document, passage.doc_id)), None)
        good = doc is not None and doc.text[passage.start : passage.end] == passage.exact != ""
        message = f"passage {passage.number}: {passage.exact[:60]!r} does not stand at characters {passage.start} to {passage.end}"
        checked.note("citations", good, message)
    for number in linked:
        checked.note(
            "references", number in known, f"a mark on the page leads to passage {number}, which is not there"
        )
    if not passages:
        checked.wrong.append("no passage is cited on this page; is it a dossier?")
    return checked


def _check_sources(case: CheckReader, checked: Checked) -> None:
    for sha in case.raw_hashes():
        try:
            good = sha256(case.raw_bytes(sha)).hexdigest() == sha
            checked.note("sources", good, f"source {sha[:12]}…: the stored bytes have another hash")
        except CaseError as error:
            checked.note("sources", False, str(error))


def _check_texts(case: CheckReader, texts: dict[str, str], checked: Checked) -> None:
    """Plain text is the decoded file, character for character; pieces of pages lie inside the page and in order."""
    for item in case.rows(RawItem):
        for doc in case.rows(Document, item.id):
            if doc.source_map is None and doc.encoding and item.media_type == "text/plain":
                raw = case.raw_bytes(item.sha256)
                good = _decoded(raw, doc.encoding) == doc.text
                checked.note("documents", good, f"{item.unit}: the text is not the decoded file")
            else:
                pieces = doc.source_map or ()
                good = all(a.end <= b.start for a, b in pairwise(pieces))
                good = good and all(0 <= p.start < p.end <= len(doc.text) for p in pieces)
                checked.note("documents", good, f"{item.unit}: the map to the page is out of order")


def _decoded(raw: bytes, encoding: str) -> str:
    return raw.decode(encoding, "replace").removeprefix("\ufeff")


def _check_places(case: CheckReader, texts: dict[str, str], checked: Checked) -> None:
    kinds: tuple[type[Any], ...] = (Block, Sentence, Mention, TimePhrase, Quantity, Quote, Claim)
    for kind in kinds:
        for row in case.rows(kind):
            text = texts.get(row.doc_id)
            good = text is not None and 0 <= row.start < row.end <= len(text)
            checked.note("places", good, f"{row.id}: characters {row.start} to {row.end} are not in its text")


def _check_citations(case: CheckReader, texts: dict[str, str], checked: Checked) -> None:
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
