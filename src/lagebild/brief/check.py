"""The check of the brief: a line stays only where its citations carry every word of it. It trusts nothing of what chose the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lagebild.brief.passages import Text, ends_cleanly, marks_balanced, texts_of
from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.model.account import Reason
from lagebild.model.dossier import BriefLine, DraftLine
from lagebild.model.finding import Finding
from lagebild.model.span import Citation
from lagebild.model.speech import Claim, Quote
from lagebild.settings import Settings
from lagebild.step import GroupView
from lagebild.textkit.normal import fold, words_of

__all__ = ["CheckTools", "check_lines"]

Verdict = Literal["carried", "marked", "dropped"]
_NOT_KNOWN = ("planned", "demanded", "forecast", "hypothetical")


@dataclass(frozen=True)
class CheckTools:
    """Nothing but the data files."""

    @classmethod
    def load(cls, settings: Settings) -> CheckTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest(*TERM_FILES, "roles", "brief")


def check_lines(group: GroupView, tools: CheckTools) -> Iterable[BriefLine]:
    """Each draft with its verdict.

    dropped: a citation is not the text it claims to be, lies outside the report, or no citation holds the words of the line in
    their order; a quotation is cut from who said it; something planned, demanded, forecast, disputed or merely reported stands
    as known. marked: a single origin stands behind what is told as known, or a hedge of the source. carried: all else.
    """
    texts = {text.id: text for text in texts_of(group)}
    contested = _contested(group.look_up(Finding, group.key))
    for draft in sorted(group.look_up(DraftLine, group.key), key=lambda row: (row.rank, row.id)):
        origins = _origins(draft, texts)
        verdict, reason = _judged(draft, texts, contested, origins)
        yield BriefLine(
            draft.id, draft.story_id, draft.rank, draft.section, draft.text, draft.language, draft.citations, verdict,
            draft.claim_ids, origins, draft.finding_id, (reason, *draft.reasons)[:5],
        )  # fmt: skip


def _contested(findings: Iterable[Finding]) -> frozenset[str]:
    """Claims that stand in a dispute or a clash of numbers."""
    kinds = ("dispute", "number_conflict", "time_conflict")
    return frozenset(
        claim for f in findings if f.kind in kinds for side in f.sides for claim in side.claim_ids
    )


def _origins(draft: DraftLine, texts: dict[str, Text]) -> tuple[str, ...]:
    found = {
        o for c in draft.citations if c.doc_id in texts for o in texts[c.doc_id].origins_in(c.start, c.end)
    }
    return tuple(sorted(found))


def _judged(
    draft: DraftLine, texts: dict[str, Text], contested: frozenset[str], origins: Sequence[str]
) -> tuple[Verdict, Reason]:
    wrong = _badly_cited(draft, texts) or _cut_speech(draft.citations[0], texts)
    if wrong is None and draft.section == "known":
        wrong = _not_known(draft, texts, contested)
    if wrong:
        return "dropped", wrong
    if draft.section == "known" and len(origins) < 2:
        return "marked", Reason("single_origin", float(len(origins)), "told as a fact by one origin only")
    hedge = next((claim for claim in _claims(draft.citations[0], texts) if claim.hedge), None)
    if draft.section == "known" and hedge and hedge.hedge:
        return "marked", Reason("hedged", None, texts[hedge.doc_id].text[hedge.hedge.start : hedge.hedge.end])
    return "carried", Reason("words_in_citation", 1.0)


def _badly_cited(draft: DraftLine, texts: dict[str, Text]) -> Reason | None:
    if not draft.citations:
        return Reason("no_citation")
    for citation in draft.citations:
        text = texts.get(citation.doc_id)
        if text is None or text.text[citation.start : citation.end] != citation.exact:
            return Reason("citation_not_exact", None, None, citation.exact[:80], None)
        if not _in_report(citation, text):
            return Reason("not_part_of_the_report", None, citation.exact[:80])
    missing = _missing(draft.text, draft.citations)
    return Reason("word_not_in_citation", None, missing) if missing else None


def _in_report(citation: Citation, text: Text) -> bool:
    touched = [b for b in text.blocks.values() if b.start < citation.end and citation.start < b.end]
    return bool(touched) and all(block.content for block in touched)


def _missing(words: str, citations: Sequence[Citation]) -> str | None:
    """The first word of a line that no citation has in its place; None where one citation holds all words in this order.

    Words left out are missing too where they change the sense: a line is a stretch of its citation, never a selection.
    """
    wanted = [fold(word) for word in words_of(words)]
    best = 0
    for citation in citations:
        given = [fold(word) for word in words_of(citation.exact)]
        best = max(best, _longest_start(wanted, given))
        if best == len(wanted):
            return None
    return wanted[best]


def _longest_start(wanted: Sequence[str], given: Sequence[str]) -> int:
    """How many words from the start of `wanted` stand one after the other in `given`."""
    best = 0
    for at, word in enumerate(given):
        if not wanted or word != wanted[0]:
            continue
        length = 0
        while length < len(wanted) and at + length < len(given) and given[at + length] == wanted[length]:
            length += 1
        best = max(best, length)
    return best


def _cut_speech(citation: Citation, texts: dict[str, Text]) -> Reason | None:
    """Words of somebody without the words that say whose they are."""
    text = texts[citation.doc_id]
    for quote in text.quotes:
        if quote.start < citation.end and citation.start < quote.end and not _whole(quote, citation):
            return Reason("cut_from_its_speaker", None, text.text[quote.start : quote.end][:80])
    if not marks_balanced(citation.exact):
        return Reason("quotation_marks_cut", None, citation.exact[:80])
    return None if ends_cleanly(citation.exact) else Reason("sentence_cut", None, citation.exact[-80:])


def _whole(quote: Quote, citation: Citation) -> bool:
    named = [*quote.cue, *((quote.speaker,) if quote.speaker else ())]
    inside = citation.start <= quote.start and quote.end <= citation.end
    return inside and any(citation.start <= piece.start and piece.end <= citation.end for piece in named)


def _claims(citation: Citation, texts: dict[str, Text]) -> list[Claim]:
    return [claim for claim in texts[citation.doc_id].claims if citation.start <= claim.start < citation.end]


def _not_known(draft: DraftLine, texts: dict[str, Text], contested: frozenset[str]) -> Reason | None:
    for claim in _claims(draft.citations[0], texts):
        words = texts[claim.doc_id].text[claim.start : claim.end][:80]
        if claim.quote_id is not None:
            return Reason("reported_as_known", None, words)
        if claim.id in contested:
            return Reason("disputed_as_known", None, words)
        if claim.modality in _NOT_KNOWN:
            return Reason("planned_as_known", None, words, claim.modality, None)
    return None
