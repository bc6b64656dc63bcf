"""Sentences of the sources chosen for the brief. Nothing is written anew: every line is a passage, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lagebild.brief.passages import Passage, document_frequency, passages_of, texts_of
from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.model.account import Reason
from lagebild.model.dossier import DraftLine, Section
from lagebild.model.finding import Finding, Side
from lagebild.model.ids import content_id
from lagebild.model.span import Citation
from lagebild.settings import Settings
from lagebild.step import GroupView
from lagebild.textkit.terms import overlap

__all__ = ["LineTools", "story_key", "write_lines"]

_MOST: dict[Section, int] = {
    "known": 7,
    "claimed": 6,
    "disputed": 8,
    "unknown": 4,
    "next": 3,
    "background": 3,
}
_SECTIONS: tuple[Section, ...] = ("known", "claimed", "disputed", "unknown", "next", "background")
_LINES = 25
_SAME = 0.6  # share of words beyond which two lines say the same
_COMPANY = 3  # texts from which on a line must speak of what others speak of
_SHARED = 0.4
_CITED = 6  # citations of one line
_QUARRELS = 4  # disputes of which both sides are told
_BACKGROUND_MONTHS = 2
_NOT_YET = ("planned", "forecast")


@dataclass(frozen=True)
class LineTools:
    """Nothing but the data files."""

    @classmethod
    def load(cls, settings: Settings) -> LineTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest(*TERM_FILES, "roles", "brief")


def story_key(group: GroupView) -> Iterator[str]:
    """The story itself: rows that lie under it."""
    yield group.key


@dataclass(frozen=True)
class _Proposal:
    passage: Passage
    section: Section
    score: float
    finding: Finding | None
    reasons: tuple[Reason, ...]


def write_lines(group: GroupView, tools: LineTools) -> Iterable[DraftLine]:
    """At most 25 lines, by section, then by weight: whole sentences that can be read alone, with all places that have these words.

    known: the outlets' own voice, first what several independent origins say; claimed: reported speech, with its speaker;
    disputed: both sides of the weightiest disputes; unknown: what the sources call open; next: plans; background: older texts and
    dates. Sentences that lean on the one before (a pronoun first), cut off a speaker, or say what a chosen line says are left out.
    """
    board = _Board(group)
    lines = board.chosen()
    for rank, (proposal, citations) in enumerate(lines):
        passage = proposal.passage
        row_id = content_id("b", group.key, proposal.section, passage.key)
        finding = proposal.finding.id if proposal.finding else None
        claims = tuple(claim.id for claim in passage.claims)
        yield DraftLine(
            row_id,
            group.key,
            rank,
            proposal.section,
            passage.words,
            passage.text.language,
            citations,
            claims,
            finding,
            proposal.reasons,
        )


class _Board:
    """All passages of a story with what is found about their claims."""

    def __init__(self, group: GroupView) -> None:
        self.texts = texts_of(group)
        self._every = [passage for text in self.texts for passage in passages_of(text)]
        self.passages = [passage for passage in self._every if passage.stands_alone()]
        self.findings = sorted(group.look_up(Finding, group.key), key=lambda row: row.id)
        self.by_claim: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for side in finding.sides:
                for claim in side.claim_ids:
                    self.by_claim.setdefault(claim, []).append(finding)
        self._with_words: dict[str, list[Passage]] = {}
        for passage in self._every:
            self._with_words.setdefault(passage.key, []).append(passage)
        self._with_claim: dict[str, list[Passage]] = {}
        for passage in self.passages:
            for row in passage.claims:
                self._with_claim.setdefault(row.id, []).append(passage)
        self._terms, self._entities = document_frequency(self._every)
        self._as_of = max(
            (t.dated.earliest for t in self.texts if t.dated and t.dated.earliest and not t.background),
            default="",
        )

    def chosen(self) -> list[tuple[_Proposal, tuple[Citation, ...]]]:
        """The lines in reading order, each with its citations."""
        disputed = self._disputed()
        taken = [proposal.passage for proposal in disputed]
        open_to_all = [p for p in self.passages if not self._is_unsure(p) and self._belongs(p)]
        rest = sorted(
            (self._proposal(p) for p in open_to_all),
            key=lambda one: (-one.score, one.passage.text.order, one.passage.start),
        )
        kept: dict[Section, list[_Proposal]] = {"disputed": disputed}
        for proposal in rest:
            section = kept.setdefault(proposal.section, [])
            if len(section) < _MOST[proposal.section] and not any(
                _says_same(proposal.passage, other) for other in taken
            ):
                section.append(proposal)
                taken.append(proposal.passage)
        ordered = [proposal for name in _SECTIONS for proposal in kept.get(name, ())][:_LINES]
        return [(proposal, self._citations(proposal)) for proposal in ordered]

    def _proposal(self, passage: Passage) -> _Proposal:
        support = self._support(passage)
        section = self._section(passage)
        place = 1 / (1 + passage.place / 4)
        central = self._centrality(passage)
        origins = (
            len({o for side in support.sides for o in side.origin_ids}) if support else len(passage.origins)
        )
        backing = min(origins - 1, 3) * 0.4 if section == "known" else 0.0
        short = -0.3 if len(passage.words) > 300 else 0.0
        score = round(place + central + backing + short + (0.2 if passage.claims else -0.5), 6)
        reasons = (
            Reason("independent_origins", float(origins)),
            Reason("words_shared_by_texts", round(central, 3)),
            Reason("place_in_text", round(place, 3)),
        )
        return _Proposal(passage, section, score, support, reasons)

    def _belongs(self, passage: Passage) -> bool:
        """False for what no other text speaks of: digests carry other stories. What is open often stands in one text only."""
        wording = passage.text.wording
        if len(self.texts) < _COMPANY or (wording and wording.says_open(passage.words)):
            return True
        shared = sum(1 for term in passage.terms if self._terms[term] > 1)
        return shared >= _SHARED * len(passage.terms)

    def _is_unsure(self, passage: Passage) -> bool:
        """The outlet's own guess, or its own words on what is contested: neither known nor claimed by anybody."""
        own = [claim for claim in passage.claims if claim.quote_id is None]
        clashes = {f.id for claim in own for f in self.by_claim.get(claim.id, ()) if f.clash}
        return bool(clashes) or any(claim.modality in ("hypothetical", "demanded") for claim in own)

    def _support(self, passage: Passage) -> Finding | None:
        found = [
            f for claim in passage.claims for f in self.by_claim.get(claim.id, ()) if f.kind == "agreement"
        ]
        return found[0] if found else None

    def _section(self, passage: Passage) -> Section:
        wording = passage.text.wording
        if wording and wording.says_open(passage.words):
            return "unknown"
        if passage.text.background or self._is_old(passage):
            return "background"
        if any(
            claim.modality in _NOT_YET and claim.quote_id is None for claim in passage.claims
        ) and not self._is_over(passage):
            return "next"
        return "claimed" if passage.quotes or any(claim.quote_id for claim in passage.claims) else "known"

    def _dates(self, passage: Passage) -> list[tuple[str, str]]:
        return [(when.earliest or "", when.latest) for when in passage.whens if when.latest]

    def _is_old(self, passage: Passage) -> bool:
        dates = self._dates(passage)
        return bool(dates and self._as_of) and all(
            _month(latest) + _BACKGROUND_MONTHS < _month(self._as_of) for _, latest in dates
        )

    def _is_over(self, passage: Passage) -> bool:
        dates = self._dates(passage)
        return bool(dates and self._as_of) and all(latest <= self._as_of for _, latest in dates)

    def _centrality(self, passage: Passage) -> float:
        """How many texts have its words and names: the mean over its ten commonest terms and over its entities, 0 to 2."""
        total = max(1, len(self.texts))
        counts = sorted(
            (self._terms[term] / total for term in passage.terms if not term.isdigit()), reverse=True
        )[:10]
        named = [self._entities[entity] / total for entity in sorted(passage.entities)]
        return sum(counts) / 10 + (sum(named) / len(named) if named else 0.0)

    # disputes

    def _disputed(self) -> list[_Proposal]:
        """Both sides of the disputes with the most origins; a dispute of which one side has no line of its own is left out."""
        quarrels = [finding for finding in self.findings if finding.kind == "dispute"]
        ordered = sorted(
            quarrels,
            key=lambda f: (
                -len({o for s in f.sides for o in s.origin_ids}),
                -sum(len(s.claim_ids) for s in f.sides),
                f.id,
            ),
        )
        found: list[_Proposal] = []
        for finding in ordered:
            pair = self._both(finding)
            if pair and not any(_says_same(a.passage, b.passage) for a in pair for b in found):
                found += pair
            if len(found) >= 2 * _QUARRELS:
                break
        return found

    def _both(self, finding: Finding) -> list[_Proposal]:
        """One passage that holds both sides, else one for each."""
        sides = [self._for_side(side) for side in finding.sides]
        common = [p for p in sides[0] if p in sides[-1]] if len(sides) > 1 else []
        reason = Reason("dispute", None, finding.question)
        if common:
            return [_Proposal(common[0], "disputed", 1.0, finding, (reason,))]
        if not all(sides):
            return []
        return [_Proposal(side[0], "disputed", 1.0, finding, (reason,)) for side in sides]

    def _for_side(self, side: Side) -> list[Passage]:
        """Passages that tell a side, the clearest first: those that name what it is about."""
        holding = [passage for claim in side.claim_ids for passage in self._with_claim.get(claim, ())]
        found = list({(passage.text.id, passage.start): passage for passage in holding}.values())
        counts: dict[str, int] = {}
        for passage in found:
            for term in passage.terms:
                counts[term] = counts.get(term, 0) + 1

        def order(passage: Passage) -> tuple[float, int, tuple[str, str, str], int]:
            return (
                -sum(counts[t] for t in passage.terms if t.startswith("=")),
                len(passage.words),
                passage.text.order,
                passage.start,
            )

        return sorted(found, key=order)

    # citations

    def _citations(self, proposal: _Proposal) -> tuple[Citation, ...]:
        """The passage, its copies word for word, and for an agreement the passages of the others."""
        first = proposal.passage
        copies = self._with_words[first.key]
        others: list[Passage] = []
        if proposal.finding and proposal.section == "known":
            wanted = {claim for side in proposal.finding.sides for claim in side.claim_ids}
            others = [
                p
                for p in self._every
                if p.text is not first.text and any(claim.id in wanted for claim in p.claims)
            ]
        found = {p.citation: None for p in (first, *copies, *others)}
        return tuple(list(found)[:_CITED])


def _month(instant: str) -> int:
    return (
        int(instant[:4]) * 12 + int(instant[5:7]) if instant[:4].isdigit() and instant[5:7].isdigit() else 0
    )


def _says_same(left: Passage, right: Passage) -> bool:
    return overlap(left.terms, right.terms) >= _SAME
