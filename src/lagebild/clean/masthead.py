"""What a document says of itself: title, date of publication, outlet, agencies, authors, language.

Nothing is made up: the title is a line of the text or stated by its container; a date is taken only from where dates of
publication stand, never from a caption, a teaser, a copyright line or a post embedded in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lagebild.clean.blocks import byline_names
from lagebild.clean.furniture import fold
from lagebild.clean.stamps import FoundDate, StampWords, read_iso
from lagebild.lang.agencies import Agencies
from lagebild.lang.data import data_digest
from lagebild.lang.language import read_language
from lagebild.model.account import Reason
from lagebild.model.document import Block, Document, Masthead, Precision, Stamp
from lagebild.model.source import RawItem
from lagebild.model.span import Piece
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["MastheadTools", "read_masthead"]

TOP, BOTTOM = 12, 8
"""Stamps count in the first 12 blocks up to the third paragraph, and in the last 8 behind the report."""

_DATELINE = re.compile(r"\s*[^\W\d_][^.(:;\n]{1,60}?[,/]\s+")
_AGENCY_BRACKET = re.compile(r"\(([^()\n]{2,60})\)")
_AFTER_BRACKET = re.compile(r"\)?\s?(?:[-–—:]|\.)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


class MastheadTools:
    """Words of stamps, names of agencies; the language model is loaded when first needed."""

    def __init__(self) -> None:
        self.stamps = StampWords.load()
        self.agencies = Agencies.load()

    @classmethod
    def load(cls, settings: Settings) -> MastheadTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest("mastheads", "agencies")


def read_masthead(docs: Sequence[DocView], tools: MastheadTools) -> Iterable[Masthead]:
    """One row a document; what a document does not say is None or ().

    What the user declares wins over what the container or the markup states, that over what stands in the text. `title_at`
    is None where the title does not stand in the text. `language` is as declared or stated (BCP 47), else identified on the
    report's blocks. `authors` are names as written, without those who only helped. `agencies` are short names, in the order
    of first credit, from credits of the text and datelines, never from picture credits.
    """
    for doc in docs:
        yield _Reading(doc, tools).masthead()


class _Reading:
    """One document being read."""

    def __init__(self, doc: DocView, tools: MastheadTools) -> None:
        self.doc = doc
        self.document: Document = doc.document
        self.item: RawItem = doc.item
        self.blocks = doc.rows(Block)
        self.tools = tools
        self.reasons: list[Reason] = []

    def masthead(self) -> Masthead:
        title, title_at = self._title()
        stated, declared = self.document.stated, self.item.declared
        language = self._language()
        return Masthead(
            f"{self.doc.id}:m",
            self.doc.id,
            language,
            title,
            title_at,
            self._published(),
            declared.outlet or stated.outlet or self._outlet_line(),
            declared.url or stated.url,
            self._agencies(),
            stated.authors or self._authors(),
            tuple(self.reasons[:5]),
        )

    def _words(self, block: Block) -> str:
        return self.document.text[block.start : block.end]

    # -- title

    def _title(self) -> tuple[str | None, Piece | None]:
        declared, stated = self.item.declared.title, self.document.stated
        line = next((block for block in self.blocks if any(r.name == "title" for r in block.reasons)), None)
        title = declared or stated.title
        if title is None:
            if line is None:
                return None, None
            reason = next(r for r in line.reasons if r.name == "title")
            self.reasons.append(Reason("title_line", reason.score, reason.detail))
            start = line.start + self.tools.stamps.slug_end(self._words(line))
            return self.document.text[start : line.end], Piece(start, line.end)
        self.reasons.append(
            Reason(
                "title_declared" if declared else "title_stated",
                1.0,
                self.item.declared.said_by if declared else None,
            )
        )
        if stated.title_at and not declared:
            return title, stated.title_at
        same = line is not None and fold(self._words(line)) == fold(title)
        return title, Piece(line.start, line.end) if line is not None and same else None

    def _outlet_line(self) -> str | None:
        """The name in the first line where that line is the outlet's, without slogan or department."""
        first = self.blocks[0] if self.blocks else None
        if first is None or not any(r.name == "outlet_line" for r in first.reasons):
            return None
        name = re.split(r"\s?[,|·•:]\s?|\s[–—-]\s", self._words(first), maxsplit=1)[0].strip()
        if name.casefold() in self.tools.stamps.releases or not 1 <= len(name.split()) <= 4:
            return None
        self.reasons.append(Reason("outlet_line", 0.6, self._words(first)[:120]))
        return name

    # -- publication

    def _published(self) -> Stamp | None:
        """The first that there is: declared, stated, a stamp in the text, a dateline, leaked metadata."""
        declared = self.item.declared
        if declared.published and (read := read_iso(declared.published)):
            return _stamp(
                read, declared.said_by or "declared", Reason("declared", 1.0, declared.said_by or None)
            )
        stated = self.document.stated
        if stated.published and (read := read_iso(stated.published)):
            return _stamp(read, stated.published_by or "stated", Reason("stated", 0.95, stated.published_by))
        found = [*self._stamps(), *self._datelines(), *self._leaked()]
        return max(found, key=lambda stamp: stamp.reasons[0].score or 0.0, default=None)

    def _stamps(self) -> Iterator[Stamp]:
        """Dates in stamp lines and bylines; „veröffentlicht“ goes before a bare date, that before „aktualisiert“."""
        scores = {"published": 0.9, "": 0.8, "updated": 0.75}
        for block, place in self._stamp_blocks():
            line = self._words(block)
            if self.tools.stamps.leaked(line):
                continue
            at = 0
            for date in self.tools.stamps.find(line):
                says = self.tools.stamps.says(line[at : date.start])
                at = date.end
                score = scores[says] - (0.1 if place == "bottom" else 0.0)
                name = {"published": "stamp_published", "updated": "stamp_updated"}.get(says, "stamp_line")
                yield _stamp((date.value, date.precision), "text", Reason(name, score, line[:120]))

    def _stamp_blocks(self) -> Iterator[tuple[Block, str]]:
        paragraphs = 0
        for block in self.blocks[:TOP]:
            paragraphs += block.content and block.kind in ("paragraph", "ticker_entry")
            if paragraphs > 2:
                break
            if self._bears_stamp(block):
                yield block, "top"
        after_report = next(
            (k for k in range(len(self.blocks) - 1, -1, -1) if self.blocks[k].kind in ("paragraph", "list")),
            -1,
        )
        for block in self.blocks[max(after_report + 1, TOP) :][:BOTTOM]:
            if self._bears_stamp(block) and self.tools.stamps.says(self._words(block)):
                yield block, "bottom"

    def _bears_stamp(self, block: Block) -> bool:
        if block.kind == "stamp":
            return True
        return block.kind == "credit" and any(r.name == "byline" for r in block.reasons)

    def _datelines(self) -> Iterator[Stamp]:
        """„Gera, 12. September 2024. Der Vorstand …“, „VIENNA, May 8, 2025 (Reuters) - …“ at the start of the first paragraphs."""
        paragraphs = [block for block in self.blocks if block.kind in ("paragraph", "lead")][:2]
        for block in paragraphs:
            head = self._words(block)[:140]
            place = _DATELINE.match(head)
            dates = self.tools.stamps.find(head) if place else []
            if place and dates and self._stands_behind(head, place, dates[0]):
                yield _stamp(
                    (dates[0].value, dates[0].precision),
                    "text",
                    Reason("dateline", 0.78, head[: dates[0].end + 20]),
                )

    def _stands_behind(self, head: str, place: re.Match[str], date: FoundDate) -> bool:
        """A dateline has only capitalised words before its date and a mark that ends it behind."""
        if head[date.end :].lstrip()[:1] not in ("(", ".", "-", "–", "—", ":", "/"):
            return False
        return all(
            word[0].isupper() or not word[0].isalpha()
            for word in re.split(r"[\s,/]+", head[: date.start])
            if word
        )

    def _leaked(self) -> Iterator[Stamp]:
        for block in self.blocks[:3]:
            if any(r.name == "leaked_metadata" for r in block.reasons):
                found = self.tools.stamps.leaked(self._words(block))
                if found:
                    yield _stamp(found[1:], "text", Reason("leaked_metadata", 0.6, self._words(block)))

    # -- agencies, authors, language

    def _agencies(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for block in self.blocks:
            if block.kind == "credit" and any(r.name == "agency_credit" for r in block.reasons):
                credit = (
                    self._words(block).rpartition(":")[2]
                    if ":" in self._words(block)[:20]
                    else self._words(block)
                )
                names = self.tools.agencies.credited(credit) or self.tools.agencies.credited(
                    credit.split(" ", 1)[0]
                )
                found.update((agency.name, None) for agency in names if agency.kind == "text")
            elif block.kind in ("paragraph", "lead", "ticker_entry"):
                found.update(dict.fromkeys(self._dateline_agencies(block)))
        outlet = self.item.declared.outlet or self.document.stated.outlet
        own = self.tools.agencies.named(outlet) if outlet else None
        if own and own.kind == "text":
            found.setdefault(own.name)
        return tuple(found)

    def _dateline_agencies(self, block: Block) -> Iterator[str]:
        """„Kiew (dpa) – …“, „KASSEL/GERA (dpa-AFX) - …“: a bracket of agencies behind a place, before a dash."""
        head = self._words(block)[:140]
        match = _AGENCY_BRACKET.search(head)
        if not match or not _AFTER_BRACKET.match(head[match.end() - 1 :]):
            return
        before = [word for word in re.split(r"[\s,/.]+", head[: match.start()]) if word]
        placed = len(before) <= 9 and all(
            not word[0].islower() or word in ("am", "an", "der", "the", "im") for word in before
        )
        if placed:
            yield from (
                agency.name for agency in self.tools.agencies.credited(match[1]) if agency.kind == "text"
            )

    def _authors(self) -> tuple[str, ...]:
        words = self.tools.stamps.author_words
        names: dict[str, None] = {}
        for block in self.blocks:
            if block.kind == "credit" and any(r.name == "byline" for r in block.reasons):
                line = self._words(block)
                names.update(
                    dict.fromkeys(
                        byline_names(
                            line, words["openers"], words["joiners"], words["not_names"], self.tools.stamps
                        )
                    )
                )
        return tuple(names)

    def _language(self) -> str | None:
        declared, stated = self.item.declared.language, self.document.stated.language
        for name, said in (("language_declared", declared), ("language_stated", stated)):
            if said and _TAG.fullmatch(said.strip()):
                self.reasons.append(Reason(name, 1.0, said))
                return _tag(said.strip())
        report = "\n".join(self._words(block) for block in self._first_content())
        code, score = read_language(report or self.document.text[:20_000])
        self.reasons.append(Reason("language_identified", score, code or "cannot be told"))
        return code

    def _first_content(self) -> Iterator[Block]:
        size = 0
        for block in self.blocks:
            if block.content:
                yield block
                size += block.end - block.start
            if size > 20_000:
                return


def _stamp(read: tuple[str, Precision], said_by: str, reason: Reason) -> Stamp:
    return Stamp(read[0], read[1], said_by, (reason,))


def _tag(language: str) -> str:
    """A language tag as BCP 47 writes it: `de_AT` → `de-AT`."""
    first, *rest = language.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
