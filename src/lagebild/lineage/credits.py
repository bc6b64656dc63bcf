"""What a text says about where it comes from: agencies in brackets and datelines, outlets it leans on, image credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.lang.agencies import Agencies
from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.model.account import Reason
from lagebild.model.document import Block, Document
from lagebild.model.ids import place_id
from lagebild.model.lineage import Credit
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["CreditTools", "find_credits"]

_BRACKET = re.compile(r"\(([^()\n]{2,80})\)")


@dataclass(frozen=True)
class Pattern:
    """A phrase that names a source: `kind`, the expression with a group `name`, and the words that explain it."""

    kind: str
    expression: re.Pattern[str]
    reason: str


class CreditTools:
    """Agencies by name, and the phrases of crediting."""

    def __init__(self, agencies: Agencies, patterns: tuple[Pattern, ...]) -> None:
        self.agencies = agencies
        self.patterns = patterns

    @classmethod
    def load(cls, settings: Settings) -> CreditTools:
        tables = [read_data(code, "credits") for code in LANGUAGES if has_data(code, "credits")]
        patterns = tuple(_pattern(table["name"], entry) for table in tables for entry in table["pattern"])
        return cls(Agencies.load(), patterns)

    @classmethod
    def digest(cls) -> str:
        return data_digest("agencies", "credits")


def _pattern(name: str, entry: dict[str, str]) -> Pattern:
    return Pattern(
        entry["kind"], re.compile(entry["form"].replace("NAME", f"(?P<name>{name})")), entry["says"]
    )


def find_credits(docs: Sequence[DocView], tools: CreditTools) -> Iterable[Credit]:
    """Credits in text order. Image credits stand in furniture and are kept apart; others are read in any block.

    `name` is an agency's short name, or the words of the text.
    """
    for doc in docs:
        rows = {row.id: row for block in doc.rows(Block) for row in _credits_of(doc.document, block, tools)}
        yield from rows.values()


def _credits_of(doc: Document, block: Block, tools: CreditTools) -> Iterator[Credit]:
    text = doc.text
    if block.end - block.start > 20_000:
        return
    for found in _BRACKET.finditer(text, block.start, block.end):
        for agency in tools.agencies.credited(found.group(1)):
            yield _credit(
                doc.id, found.start(), found.end(), "agency", agency.name, "agency_bracket", found.group()
            )
    for pattern in tools.patterns:
        for found in pattern.expression.finditer(text, block.start, block.end):
            yield from _named(doc.id, found, block, pattern, tools)


def _named(
    doc_id: str, found: re.Match[str], block: Block, pattern: Pattern, tools: CreditTools
) -> Iterator[Credit]:
    words = found.group("name").strip().rstrip(".")
    start = found.start("name")
    end = start + len(words)
    agency = tools.agencies.named(words) or tools.agencies.named(words.removesuffix("s"))
    if pattern.kind == "image" or (block.kind in ("caption", "credit") and "©" in found.group()):
        yield _credit(
            doc_id, start, end, "image", agency.name if agency else words, pattern.reason, found.group()
        )
    elif agency:
        yield _credit(doc_id, start, end, "agency", agency.name, pattern.reason, found.group())
    elif pattern.kind != "agency":
        yield _credit(doc_id, start, end, pattern.kind, words, pattern.reason, found.group())


def _credit(doc_id: str, start: int, end: int, kind: str, name: str, reason: str, words: str) -> Credit:
    row_id = place_id(doc_id, "k", start, end, f"{kind}.{name}")
    return Credit(row_id, doc_id, start, end, kind, name, (Reason(reason, None, words[:200]),))  # type: ignore[arg-type]
