"""The dossier page, worked out from a case: parts, marks, questions, timeline, map, speakers, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from lagebild.lang.data import LANGUAGES
from lagebild.model.account import Problem
from lagebild.model.dossier import BriefLine, Dossier, MapPoint, TimelineEntry
from lagebild.model.finding import Finding, Origin, OriginKind
from lagebild.model.identity import Place
from lagebild.model.layers import MapLayer
from lagebild.model.pages import (
    Brief,
    BriefGroup,
    Dispute,
    EntryKind,
    FigureView,
    Gone,
    Line,
    Lineage,
    LineageEdge,
    LineageNode,
    LineStatus,
    ListedStory,
    MapDot,
    Missing,
    Moment,
    OpenQuestion,
    OriginRow,
    Page,
    Part,
    Passage,
    ProblemNote,
    Source,
    Tally,
    TimelineItem,
)
from lagebild.model.source import RawItem
from lagebild.model.span import Span
from lagebild.questions.map import named_in_full
from lagebild.questions.page_findings import ClaimBook, dispute_of, figure_of, has_figures, ranked
from lagebild.questions.page_lineage import pairs_of, source_shares
from lagebild.questions.page_marks import MarkBook, PartMarks
from lagebild.questions.page_shelf import CaseReader, Reading, Shelf
from lagebild.questions.page_speech import people_of
from lagebild.questions.page_texts import edges_of, shared_of, source_of, text_of
from lagebild.settings import Settings
from lagebild.version import __version__

__all__ = ["CaseReader", "dossier_page"]

SECTIONS = ("known", "single", "claimed", "disputed", "next", "unknown", "background")
KNOWN_SHOWN = 5
FAR_BEFORE_DAYS = 45  # an event this long before the first text of the story is background
LISTED_SHOWN = 1_000
ROLES = ("event", "planned", "named")
ASKED_FOR = ("agency", "post", "document")
ASKED_IN_CLASHES = ("party", "witness")


def dossier_page(reader: CaseReader, settings: Settings) -> Page:
    """The page of a case: a part per story, the largest first, until `settings.page_texts` texts are shown; the rest is listed."""
    shelf = Shelf(reader)
    shown, listed = _shared_out(list(reader.rows(Dossier)), settings.page_texts)
    book = MarkBook(shelf)
    drafts = [_PartDraft(number, dossier, shelf, book) for number, dossier in enumerate(shown, 1)]
    parts = _with_texts([draft.part() for draft in drafts], book.passages, shelf, settings.page_texts)
    labels = {source.doc_id: source.label for part in parts for source in part.sources}
    items = list(reader.rows(RawItem))
    return Page(
        title=parts[0].title if parts else "",
        language=_page_language(parts),
        version=__version__,
        timezone=settings.timezone,
        parts=parts,
        listed=_listed(listed, reader, items),
        passages=book.passages,
        problems=_problems(reader, labels),
        unplaced=_unplaced(items, [*shown, *listed]),
        files=len(items),
        carried=sum(len(part.brief.short) + sum(len(g.lines) for g in part.brief.groups) for part in parts),
        dropped=sum(len(part.brief.dropped) for part in parts),
    )


def _shared_out(dossiers: list[Dossier], room: int) -> tuple[list[Dossier], list[Dossier]]:
    """Dossiers that get a part, and those only listed. The largest always gets one."""
    ordered = sorted(dossiers, key=lambda one: (-len(one.doc_ids), one.as_of is None, one.title, one.id))
    shown: list[Dossier] = []
    listed: list[Dossier] = []
    for dossier in ordered:
        fits = not shown or len(dossier.doc_ids) <= room
        (shown if fits else listed).append(dossier)
        room -= len(dossier.doc_ids) if fits else 0
    return shown, listed


def _page_language(parts: Sequence[Part]) -> Literal["de", "en"]:
    counts = Counter((source.language or "").split("-")[0] for part in parts for source in part.sources)
    return "en" if counts["en"] > counts["de"] else "de"


def _listed(
    dossiers: Sequence[Dossier], reader: CaseReader, items: Iterable[RawItem]
) -> tuple[ListedStory, ...]:
    units = {item.id: item.unit for item in items}
    return tuple(
        ListedStory(
            title=one.title,
            language=None,
            texts=len(one.doc_ids),
            findings=sum(finding.clash for finding in reader.rows(Finding, one.story_id)),
            paths=tuple(units[doc_id] for doc_id in one.doc_ids[:3] if doc_id in units),
        )
        for one in dossiers[:LISTED_SHOWN]
    )


def _problems(reader: CaseReader, labels: dict[str, str]) -> tuple[ProblemNote, ...]:
    rows = sorted(reader.rows(Problem), key=lambda row: (row.unit, row.step, row.message, row.id))
    return tuple(
        ProblemNote(row.unit, row.step, row.kind, row.message, labels.get(row.doc_id or "")) for row in rows
    )


def _unplaced(items: Iterable[RawItem], dossiers: Iterable[Dossier]) -> tuple[str, ...]:
    placed = {doc_id for dossier in dossiers for doc_id in dossier.doc_ids}
    return tuple(sorted(item.unit for item in items if item.id not in placed))


def _with_texts(
    parts: Sequence[Part], passages: Sequence[Passage], shelf: Shelf, room: int
) -> tuple[Part, ...]:
    """The parts with the text of each source, once: a later part points to the first that shows it.

    After `room` texts only what surrounds the cited passages is shown.
    """
    cited: dict[str, list[Passage]] = {}
    for passage in passages:
        cited.setdefault(passage.doc_id, []).append(passage)
    first: dict[str, int] = {}
    done = []
    for part in parts:
        sources = []
        for source in part.sources:
            reading = shelf.reading(source.doc_id)
            if source.doc_id in first or reading is None:
                sources.append(replace(source, elsewhere=first.get(source.doc_id)))
                continue
            first[source.doc_id] = part.number
            sources.append(
                replace(
                    source, blocks=text_of(reading, cited.get(source.doc_id, []), whole=len(first) <= room)
                )
            )
        done.append(replace(part, sources=tuple(sources)))
    return tuple(done)


@dataclass
class _PartDraft:
    """One story on its way to a part of the page."""

    number: int
    dossier: Dossier
    shelf: Shelf
    book: MarkBook

    def __post_init__(self) -> None:
        story, reader = self.dossier.story_id, self.shelf.reader
        self.key = f"p{self.number}"
        self.marks = PartMarks(self.number, self.dossier, self.shelf, self.book)
        found = [self.shelf.reading(doc_id) for doc_id in self.marks.labels]
        self.readings: list[Reading] = [reading for reading in found if reading]
        self.origins = {origin.id: origin for origin in reader.rows(Origin, story)}
        letters = {mark.origin_id: mark.letter for mark in self.dossier.marks}
        self.claims = ClaimBook(self.readings, self.origins.values(), letters)
        self.findings = {finding.id: finding for finding in reader.rows(Finding, story)}
        self.entries = sorted(reader.rows(TimelineEntry, story), key=lambda row: (row.rank, row.id))
        self.points = list(reader.rows(MapPoint, story))
        self.lines = sorted(reader.rows(BriefLine, story), key=lambda row: (row.rank, row.id))
        self.background = {r.id for r in self.readings if self.dossier.story_id in r.background_in}

    def part(self) -> Part:
        """The part, its sources still without their texts. The order of work is that of the page: it numbers the passages."""
        title_cites = self.marks.cite([self.dossier.title_at] if self.dossier.title_at else [])
        lines = [self._line(number, row) for number, row in enumerate(self._kept(), 1)]
        brief = self._brief(lines)
        disputes, figures, developments = self._questions()
        timeline = self._timeline()
        dots = self._dots(timeline)
        people = people_of(self.readings, self.marks, self.shelf)
        edges = edges_of(self.readings, self.marks)
        open_questions = self._open(lines)
        return Part(
            number=self.number,
            key=self.key,
            title=self.dossier.title,
            title_cites=title_cites,
            language=self._language(self.dossier.title_at.doc_id if self.dossier.title_at else None),
            as_of=self.dossier.as_of,
            span=self._span(),
            texts=len(self.readings),
            origins=self._origin_rows(),
            known=tuple(line for line in lines if line.section == "known")[:KNOWN_SHOWN],
            tally=self._tally(lines, len(disputes), len(figures), len(open_questions)),
            brief=brief,
            disputes=disputes,
            figures=figures,
            developments=developments,
            timeline=timeline,
            dots=dots,
            people=people,
            lineage=self._lineage(edges),
            sources=self._sources(edges),
            open=open_questions,
            missing=self._missing(),
            unread=self._unread(),
            layers=self._layers(dots) if dots else (),
        )

    def _language(self, doc_id: str | None) -> str | None:
        reading = self.shelf.reading(doc_id) if doc_id else None
        return reading.language if reading else None

    # brief

    def _kept(self) -> list[BriefLine]:
        return [row for row in self.lines if row.verdict != "dropped"]

    def _line(self, number: int, row: BriefLine) -> Line:
        return Line(
            key=f"{self.key}b{number}",
            text=row.text,
            language=row.language,
            section=row.section,
            status=self._line_status(row),
            origins=self.marks.independent(row.origin_ids, row.citations),
            cites=self.marks.cite(row.citations),
            reasons=row.reasons,
            marked=row.verdict == "marked",
            finding_id=row.finding_id,
        )

    def _line_status(self, row: BriefLine) -> LineStatus:
        fixed: dict[str, LineStatus] = {
            "next": "planned", "background": "background", "unknown": "open", "disputed": "disputed",
        }  # fmt: skip
        if row.section in fixed:
            return fixed[row.section]
        finding = self.findings.get(row.finding_id or "")
        if finding and finding.status in ("disputed", "inconsistent", "open"):
            return finding.status
        several = self.marks.independent(row.origin_ids, row.citations) > 1
        return "undisputed" if several else "single_source"

    def _brief(self, lines: Sequence[Line]) -> Brief:
        """The first line known or claimed, both sides of the first dispute, and the first line about what comes next stand in
        large type."""
        wanted = (("known", "claimed"), ("disputed",), ("next",))
        firsts = [
            next((line for name in names for line in lines if line.section == name), None) for names in wanted
        ]
        sides = [line for line in lines if line.section == "disputed" and line.finding_id]
        first = firsts[1].finding_id if firsts[1] else None
        both = tuple(line for line in sides if line.finding_id == first)[:2] or (firsts[1],)
        short = tuple(line for line in (firsts[0], *both, firsts[2]) if line) if len(lines) > 4 else ()
        rest = [line for line in lines if line not in short]
        groups = tuple(
            BriefGroup(name, tuple(line for line in rest if _heading(line) == name))
            for name in SECTIONS
            if any(_heading(line) == name for line in rest)
        )
        dropped = tuple(
            Gone(row.text, row.language, self.marks.cite(row.citations), row.reasons)
            for row in self.lines
            if row.verdict == "dropped"
        )
        return Brief(short, groups, dropped)

    def _tally(self, lines: Sequence[Line], disputes: int, figures: int, left_open: int) -> Tally:
        counts = Counter(line.status for line in lines)
        return Tally(
            undisputed=counts["undisputed"],
            single_source=counts["single_source"],
            disputed=disputes,
            inconsistent=figures,
            open=left_open,
            planned=counts["planned"],
        )

    # questions

    def _questions(self) -> tuple[tuple[Dispute, ...], tuple[FigureView, ...], tuple[FigureView, ...]]:
        """Disputes, clashing figures, and numbers that only moved on."""
        disputes: list[Dispute] = []
        figures: list[FigureView] = []
        developments: list[FigureView] = []
        for finding in ranked(self.findings.values()):
            with_numbers = has_figures(finding, self.claims)
            if finding.kind == "number_conflict" and with_numbers:
                figures.append(self._figure(f"{self.key}n{len(figures) + 1}", finding))
            elif finding.clash and finding.status != "open":
                key = f"{self.key}d{len(disputes) + 1}"
                disputes.append(dispute_of(key, finding, self.claims, self.marks, self.shelf))
            elif finding.kind == "sequence" and with_numbers:
                developments.append(self._figure(f"{self.key}v{len(developments) + 1}", finding))
        return tuple(disputes), tuple(figures), tuple(developments)

    def _figure(self, key: str, finding: Finding) -> FigureView:
        return figure_of(key, finding, self.claims, self.marks, self.shelf)

    def _open(self, lines: Sequence[Line]) -> tuple[OpenQuestion, ...]:
        """Questions that the sources leave open, and lines of the brief that say so."""
        open_findings = [finding for finding in ranked(self.findings.values()) if finding.status == "open"]
        rows = [
            (
                finding.question,
                self._spans([c for side in finding.sides for c in side.claim_ids]),
                finding.reasons,
            )
            for finding in open_findings
        ]
        found = [
            OpenQuestion(f"{self.key}o{number}", text, None, self.marks.cite(spans), reasons)
            for number, (text, spans, reasons) in enumerate(rows, 1)
        ]
        asked = {finding.id for finding in open_findings}
        told = {line.key for line, row in zip(lines, self._kept(), strict=True) if row.finding_id in asked}
        more = [line for line in lines if line.section == "unknown" and line.key not in told]
        found += [
            OpenQuestion(f"{self.key}o{number}", line.text, line.language, line.cites, line.reasons)
            for number, line in enumerate(more, len(found) + 1)
        ]
        return tuple(found)

    def _spans(self, claim_ids: Iterable[str]) -> list[Span]:
        return [
            Span(reading.id, piece.start, piece.end)
            for reading, claim in self.claims.of(claim_ids)
            for piece in claim.pieces
        ]

    # time and place

    def _timeline(self) -> tuple[TimelineItem, ...]:
        contested = self._contested()
        first = min((r.since for r in self.readings if r.moment and r.id not in self.background), default="")
        return tuple(self._item(number, row, contested, first) for number, row in enumerate(self.entries, 1))

    def _contested(self) -> dict[str, list[Span]]:
        """Where claims stand whose time is disputed, by document."""
        found: dict[str, list[Span]] = {}
        for finding in self.findings.values():
            if finding.kind == "time_conflict" and finding.status in ("disputed", "inconsistent"):
                for span in self._spans([c for side in finding.sides for c in side.claim_ids]):
                    found.setdefault(span.doc_id, []).append(span)
        return found

    def _item(
        self, number: int, row: TimelineEntry, contested: dict[str, list[Span]], first: str
    ) -> TimelineItem:
        return TimelineItem(
            number=number,
            key=f"{self.key}t{number}",
            moment=Moment(precision=row.precision, earliest=row.earliest, latest=row.latest),
            kind=self._entry_kind(row, contested, first),
            modality=row.modality,
            inferred=row.inferred,
            text=row.text,
            language=self._language(row.citations[0].doc_id if row.citations else None),
            places=tuple(entity.name for e in row.entity_ids if (entity := self.shelf.entity(e))),
            origins=self.marks.independent(row.origin_ids, row.citations),
            cites=self.marks.cite(row.citations),
            reasons=row.reasons,
        )

    def _entry_kind(self, row: TimelineEntry, contested: dict[str, list[Span]], first: str) -> EntryKind:
        if row.modality == "planned":
            return "planned"
        if row.modality != "happened":
            return "unsure"
        if any(
            c.start < s.end and s.start < c.end for c in row.citations for s in contested.get(c.doc_id, ())
        ):
            return "disputed"
        if _long_before(row.latest, first) or {c.doc_id for c in row.citations} <= self.background:
            return "background"
        return "inferred" if row.inferred else "happened"

    def _dots(self, timeline: Sequence[TimelineItem]) -> tuple[MapDot, ...]:
        at: dict[str, list[TimelineItem]] = {}
        for row, item in zip(self.entries, timeline, strict=True):
            for entity_id in row.entity_ids:
                at.setdefault(entity_id, []).append(item)
        ordered = sorted(
            self.points, key=lambda p: (ROLES.index(p.role), -len(p.origin_ids), p.entity_id, p.id)
        )
        groups: dict[str, list[tuple[MapPoint, Place]]] = {}
        for point in ordered:
            place = self.shelf.place(point.entity_id, point.reading)
            if place is not None:
                groups.setdefault(place.gazetteer_id, []).append((point, place))
        return tuple(self._dot(number, group, at) for number, group in enumerate(groups.values(), 1))

    def _dot(
        self, number: int, group: Sequence[tuple[MapPoint, Place]], at: dict[str, list[TimelineItem]]
    ) -> MapDot:
        """One dot for all points at one place: two names that nobody knows to be one („Wien“, „Vienna“) share it."""
        point, place = group[0]
        points = [one for one, _ in group if (one.role == "named") == (point.role == "named")]
        items = {item.number: item for one in points for item in at.get(one.entity_id, [])}
        citations = [citation for one in points for citation in one.citations]
        origins = {origin for one in points for origin in one.origin_ids}
        reached = min(one.precision_km or where.precision_km for one, where in group if one in points)
        return MapDot(
            key=f"{self.key}m{number}",
            name=self._place_name(point, place),
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            precision_km=reached,
            event=point.role != "named",
            planned=point.role == "planned",
            origins=self.marks.independent(sorted(origins), citations),
            entries=tuple(sorted(items)),
            alternatives=len(place.alternatives),
            cites=self.marks.cite(citations),
            reasons=(*point.reasons, *place.reasons)[:5],
            days=tuple(sorted({day for one in points for day in one.days})),
        )

    def _place_name(self, point: MapPoint, place: Place) -> str:
        entity = self.shelf.entity(point.entity_id)
        return named_in_full(entity.name if entity else place.name, point.reading)

    def _layers(self, dots: Sequence[MapDot]) -> tuple[MapLayer, ...]:
        """The layers of the story's days: of each name those of its days, and the last one before them; undated ones always."""
        days = sorted({day for dot in dots for day in dot.days})
        last = max([*days, (self.dossier.as_of or "")[:10]]) or "9999"
        first = days[0] if days else last
        found: list[MapLayer] = []
        by_name: dict[str, list[MapLayer]] = {}
        for layer in self.shelf.reader.rows(MapLayer):
            by_name.setdefault(layer.name, []).append(layer)
        for _, layers in sorted(by_name.items()):
            dated = sorted((one for one in layers if one.day), key=lambda one: (one.day or "", one.file))
            before = [one for one in dated if (one.day or "") <= first][-1:]
            found += [one for one in layers if one.day is None]
            found += [one for one in dated if one in before or first < (one.day or "") <= last]
        return tuple(found)

    # texts

    def _span(self) -> Moment:
        """From the first to the last stated or inferred date of a text."""
        dates = sorted(reading.since for reading in self.readings if reading.moment)
        return Moment(earliest=dates[0], latest=dates[-1]) if dates else Moment()

    def _lineage(self, edges: tuple[LineageEdge, ...]) -> Lineage:
        pairs = pairs_of(self.shelf.reader, self.readings, edges, self.marks)
        return Lineage(self._columns(), edges, source_shares(self.readings, self.marks), pairs)

    def _node(self, reading: Reading) -> LineageNode:
        label = self.marks.labels[reading.id]
        return LineageNode(label.label, reading.id, label.copy, reading.moment)

    def _columns(self) -> tuple[LineageNode, ...]:
        ordered = sorted(self.readings, key=lambda r: (r.place_in_time, self.marks.order(r.id)))
        return tuple(self._node(reading) for reading in ordered)

    def _letters(self) -> dict[str, str]:
        """Origin behind each letter."""
        return {mark.letter: mark.origin_id for mark in self.dossier.marks}

    def _origin_rows(self) -> tuple[OriginRow, ...]:
        by_letter: dict[str, list[Reading]] = {}
        for reading in self.readings:
            by_letter.setdefault(self.marks.labels[reading.id].letter, []).append(reading)
        behind = self._letters()
        rows = []
        for letter, readings in by_letter.items():
            origin = self.origins.get(behind.get(letter, ""))
            rows.append(
                OriginRow(
                    letter=letter,
                    name=origin.name if origin else readings[0].outlet,
                    kind=origin.kind if origin else "unknown",
                    nodes=tuple(self._node(reading) for reading in readings),
                    background=all(reading.id in self.background for reading in readings),
                )
            )
        return tuple(rows)

    def _missing(self) -> tuple[Missing, ...]:
        """What somebody checking the pile would ask for: agencies, posts, documents that have no text of their own here, and
        whoever stands on a side of a clash and is only relayed. Who cannot be asked because no text names him is left out."""
        have = {self._letters().get(label.letter) for label in self.marks.labels.values()}
        sides = {
            o for one in self.findings.values() if one.clash for side in one.sides for o in side.origin_ids
        }
        gone = [
            o
            for o in self.origins.values()
            if o.id not in have and (o.kind in ASKED_FOR or (o.kind in ASKED_IN_CLASHES and o.id in sides))
        ]
        ordered = sorted(gone, key=lambda o: (-len(o.doc_ids), o.kind, o.name, o.id))
        return tuple(Missing(o.name, o.kind, self.marks.cite(o.at[:3])) for o in ordered)

    def _sources(self, edges: Sequence[LineageEdge]) -> tuple[Source, ...]:
        behind = self._letters()
        by_later: dict[str, list[LineageEdge]] = {}
        for edge in edges:
            by_later.setdefault(edge.later, []).append(edge)
        shared = shared_of(self.readings)
        sources = []
        for reading in self.readings:
            letter = self.marks.labels[reading.id].letter
            origin = self.origins.get(behind.get(letter, ""))
            kind: OriginKind = origin.kind if origin else "unknown"
            label = self.marks.labels[reading.id].label
            taken = by_later.get(label, [])
            background = reading.id in self.background
            alike = shared.get(reading.id, ())
            sources.append(
                source_of(f"{self.key}src-{label}", reading, kind, taken, alike, self.marks, background)
            )
        return tuple(sources)

    def _unread(self) -> tuple[str, ...]:
        return tuple(
            self.marks.labels[r.id].label
            for r in self.readings
            if r.language is None or r.language.split("-")[0] not in LANGUAGES
        )


def _heading(line: Line) -> str:
    """The group of the brief a line stands in: what only one origin says as a fact has a group of its own."""
    return "single" if line.section == "known" and line.status == "single_source" else line.section


def _long_before(latest: str | None, first: str) -> bool:
    """True for what ended more than 45 days before the first text of the story."""
    if not latest or len(first) < 10 or first == "9999":
        return False
    try:
        gap = datetime.fromisoformat(first[:10]) - datetime.fromisoformat(latest[:10])
    except ValueError:
        return False
    return gap > timedelta(days=FAR_BEFORE_DAYS)
