"""What a text says about where it comes from: agencies in brackets and datelines, outlets it leans on, image credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from lagebild.lang.agencies import Agencies, Agency
from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.outlets import Outlets
from lagebild.model.account import Reason
from lagebild.model.document import Block, Document
from lagebild.model.ids import place_id
from lagebild.model.lineage import Credit
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["CreditTools", "find_credits"]

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,80})[)\]]")
_PARTS = re.compile(r"\s*(?:[/,;|+&]|\s[-–]\s|\bund\b|\band\b|\bsowie\b)\s*")
_INITIALS = re.compile(r"[a-zäöü]{2,5}|[A-ZÄÖÜ]{2,3}|red\.?")
_ARTICLES = re.compile(r"(?:der|die|das|den|dem|the|Der|Die|Das|The) ")


@dataclass(frozen=True)
class Pattern:
    """A phrase that names a source: `kind`, the expression with groups `name0`, `name1` … or `list`, the reason's name.

    Texts without any of the words `needs` cannot hold it.
    """

    kind: str
    expression: re.Pattern[str]
    reason: str
    needs: tuple[str, ...] = ()


class CreditTools:
    """Agencies and outlets by name, and the phrases of crediting."""

    def __init__(self, agencies: Agencies, outlets: Outlets, patterns: tuple[Pattern, ...]) -> None:
        self.agencies = agencies
        self.outlets = outlets
        self.patterns = patterns

    @classmethod
    def load(cls, settings: Settings) -> CreditTools:
        outlets = Outlets.load()
        names = {"OUTLETS": outlets.expression(), "CLEAR": outlets.expression(clear=True)}
        tables = [read_data(code, "credits") for code in LANGUAGES if has_data(code, "credits")]
        return cls(
            Agencies.load(),
            outlets,
            tuple(_pattern(table, entry, names) for table in tables for entry in table["pattern"]),
        )

    @classmethod
    def digest(cls) -> str:
        return data_digest("agencies", "credits", "outlets")


def _pattern(table: dict[str, Any], entry: dict[str, Any], outlets: dict[str, str]) -> Pattern:
    form = _expanded(_expanded(entry["form"], table["macros"]), outlets)
    number = count()
    form = re.sub(r"\(\?P<name>", lambda _: f"(?P<name{next(number)}>", form)
    expression = form if form.startswith("(?m)") else rf"(?<!\w){form}"
    return Pattern(entry["kind"], re.compile(expression), entry["says"], tuple(entry.get("needs", ())))


def _expanded(form: str, macros: Mapping[str, str]) -> str:
    """The form with what its capital words stand for."""
    words = re.compile("|".join(sorted(macros, key=lambda one: (-len(one), one))))
    while words.search(form):
        form = words.sub(lambda found: macros[found[0]], form)
    return form


def find_credits(docs: Sequence[DocView], tools: CreditTools) -> Iterable[Credit]:
    """Credits in text order. Image credits stand in furniture and are kept apart; others are read in any block.

    `name` is an agency's short name, or the words of the text. A stretch is read by the first pattern that fits.
    """
    for doc in docs:
        rows = {row.id: row for block in doc.rows(Block) for row in _credits_of(doc.document, block, tools)}
        yield from rows.values()


def _credits_of(doc: Document, block: Block, tools: CreditTools) -> Iterator[Credit]:
    text = doc.text
    if block.end - block.start > 20_000:
        return
    taken: set[tuple[int, str]] = set()
    for found in _BRACKET.finditer(text, block.start, block.end):
        for agency in _in_bracket(found.group(1), tools.agencies):
            yield _credit(
                doc.id, found.start(), found.end(), "agency", agency.name, "agency_bracket", found.group()
            )
    words = text[block.start : block.end]
    for pattern in tools.patterns:
        if pattern.needs and not any(need in words for need in pattern.needs):
            continue
        for found in pattern.expression.finditer(text, block.start, block.end):
            for row in _named(doc.id, found, block, pattern, tools):
                if (row.start, "") not in taken and not _overlaps(taken, row):
                    taken.add((row.start, ""))
                    taken.update((at, "in") for at in range(row.start, row.end))
                    yield row


def _overlaps(taken: set[tuple[int, str]], row: Credit) -> bool:
    return any((at, "in") in taken for at in (row.start, row.end - 1))


def _in_bracket(words: str, agencies: Agencies) -> tuple[Agency, ...]:
    """The agencies of „(dpa/AFP)“, also beside initials of authors: „(anb/dpa)“."""
    whole = agencies.credited(words)
    if whole:
        return whole
    parts = [part for part in _PARTS.split(words) if part]
    named = [agencies.named(part) for part in parts]
    others = [part for part, agency in zip(parts, named, strict=True) if agency is None]
    found = tuple(agency for agency in named if agency)
    bold = any(not agency.shy for agency in found)
    return found if bold and all(_INITIALS.fullmatch(part) for part in others) else ()


def _named(
    doc_id: str, found: re.Match[str], block: Block, pattern: Pattern, tools: CreditTools
) -> Iterator[Credit]:
    if "list" in found.re.groupindex:
        yield from _listed(doc_id, found, pattern, tools)
        return
    group = next(name for name in found.re.groupindex if found[name] is not None)
    words = found[group].strip().rstrip(".")
    start = found.start(group)
    agency = _agency_of(words, tools.agencies)
    if agency and agency[0].shy and not tools.agencies.is_called_agency(found.group()):
        agency = None
    if agency and words != agency[1]:
        words = agency[1]
    end = start + len(words)
    name = agency[0].name if agency else words
    if pattern.kind == "image" or (block.kind in ("caption", "credit") and "©" in found.group()):
        yield _credit(doc_id, start, end, "image", name, pattern.reason, found.group())
    elif agency and pattern.kind in ("agency", "outlet"):
        yield _credit(doc_id, start, end, "agency", name, pattern.reason, found.group())
    elif pattern.kind == "outlet":
        name = tools.outlets.named(words) or words
        yield _credit(doc_id, start, end, "outlet", name, pattern.reason, found.group())
    elif pattern.kind != "agency":
        yield _credit(doc_id, start, end, pattern.kind, words, pattern.reason, found.group())


def _listed(doc_id: str, found: re.Match[str], pattern: Pattern, tools: CreditTools) -> Iterator[Credit]:
    """The agencies that a list begins with; what is no agency ends it.

    In a line of its own nothing else may stand but initials: „dpa/AFP“, „mkr/dpa“.
    """
    words, at = found.group("list"), found.start("list")
    alone = pattern.reason == "agency_line"
    rows: list[Credit] = []
    shy = True
    place = 0
    for part in [*_PARTS.finditer(words), None]:
        piece = words[place : part.start() if part else len(words)]
        skipped = _ARTICLES.match(piece)
        inner = piece[skipped.end() :] if skipped else piece
        agency = _agency_of(inner, tools.agencies)
        if agency is None and alone and _are_initials(inner):
            place = part.end() if part else place
            continue
        if agency is None or (alone and agency[1] != inner.strip()):
            if alone:
                return
            break
        shy = shy and agency[0].shy
        start = at + place + (skipped.end() if skipped else 0)
        end = start + len(agency[1])
        rows.append(_credit(doc_id, start, end, "agency", agency[0].name, pattern.reason, found.group()))
        if agency[1] != inner.strip() or part is None:
            break
        place = part.end()
    if not shy or tools.agencies.is_called_agency(found.group()):
        yield from rows


def _are_initials(words: str) -> bool:
    """Whether words can be the initials of a writer: „mkr“."""
    return bool(_INITIALS.fullmatch(words.strip()))


def _agency_of(words: str, agencies: Agencies) -> tuple[Agency, str] | None:
    """The agency that the longest beginning of some words names, and these words; a genitive -s may follow."""
    parts = words.split(" ")
    for size in range(min(len(parts), 5), 0, -1):
        form = " ".join(parts[:size]).rstrip(",")
        for bare in (form, form.removesuffix("s")):
            agency = agencies.named(bare)
            if agency and bare and (bare[0].isupper() or len(parts) == size or bare.islower()):
                return agency, form
    return None


def _credit(doc_id: str, start: int, end: int, kind: str, name: str, reason: str, words: str) -> Credit:
    row_id = place_id(doc_id, "k", start, end, f"{kind}.{name}")
    return Credit(row_id, doc_id, start, end, kind, name, (Reason(reason, None, words[:200]),))  # type: ignore[arg-type]
