"""What the dossier page shows, worked out beforehand: nothing here is counted, sorted or cut again when it is drawn.

Texts stand as segments, so that no script ever counts characters. Names of statuses, kinds and reasons are keys that the
page's labels translate; sentences stay in the language of their source. Dates are ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lagebild.model.account import Reason
from lagebild.model.document import BlockKind, Precision
from lagebild.model.finding import FindingKind, OriginKind, Status
from lagebild.model.identity import SpeakerKind
from lagebild.model.layers import MapLayer
from lagebild.model.marks import Hedge
from lagebild.model.side_by_side import PairView, SourceShares
from lagebild.model.speech import Distance, Form, Modality, Stance

__all__ = [
    "Brief", "BriefGroup", "Dispute", "EntryKind", "FigureRow", "FigureView", "Gone", "Line", "LineStatus", "Lineage",
    "LineageEdge", "LineageNode", "ListedStory", "MapDot", "MapFeature", "MapPassage", "Mark", "Missing", "Moment", "OpenQuestion", "OriginRow", "Page",
    "Part", "Passage", "Person", "ProblemNote", "QuoteItem", "Run", "Segment", "SegmentRole", "SideView", "Source",
    "SourceBlock", "StripPiece", "Tally", "TimelineItem", "Voice", "Warning",
]  # fmt: skip

LineStatus = Literal[
    "undisputed", "single_source", "disputed", "inconsistent", "open", "planned", "background"
]
EntryKind = Literal["happened", "inferred", "disputed", "planned", "unsure", "background"]
SegmentRole = Literal["words", "cue", "speaker", "copied"]


@dataclass(frozen=True)
class Mark:
    """A citation: `label` is letter of the origin and number of the text („B1“, second passage „B1b“), `number` its place in the index."""

    number: int
    label: str
    copy: bool
    outlet: str


@dataclass(frozen=True)
class Passage:
    """An entry of the index of passages: `exact` is `text[start:end]` of its document, always."""

    number: int
    label: str
    copy: bool
    part: int
    doc_id: str
    outlet: str
    start: int
    end: int
    exact: str
    language: str | None


@dataclass(frozen=True)
class Moment:
    """A date: `at` cut at `precision` where one is stated, else the interval `earliest` to `latest` (exclusive, None = open)."""

    at: str | None = None
    precision: Precision | None = None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True)
class Run:
    """Words shown: `literal` where they stand inside quotation marks in the text, `told` where the text says them around the
    speaker's words."""

    text: str
    literal: bool
    told: bool = False


@dataclass(frozen=True)
class Line:
    """A sentence of the brief with its marks; `origins` is how many independent origins stand behind it."""

    key: str
    text: str
    language: str | None
    section: str
    status: LineStatus
    origins: int
    cites: tuple[Mark, ...]
    reasons: tuple[Reason, ...]
    marked: bool = False
    finding_id: str | None = None


@dataclass(frozen=True)
class Gone:
    """A sentence that was dropped because its citations do not carry it."""

    text: str
    language: str | None
    cites: tuple[Mark, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class BriefGroup:
    """Lines of one section of the brief, in reading order."""

    section: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Brief:
    """The short version: up to three lines in large type, the others by section, and what was dropped."""

    short: tuple[Line, ...]
    groups: tuple[BriefGroup, ...]
    dropped: tuple[Gone, ...]


@dataclass(frozen=True)
class Voice:
    """Somebody with words on one side of a question. `name` None: the text does not say who; `own`: the outlet itself says it."""

    name: str | None
    role: str | None
    kind: SpeakerKind
    own: bool
    stance: Stance | None
    runs: tuple[Run, ...]
    language: str | None
    cites: tuple[Mark, ...]


@dataclass(frozen=True)
class OriginRow:
    """An origin: its letter („“ where it has no text of its own here), its texts in order, the first one first."""

    letter: str
    name: str
    kind: OriginKind
    nodes: tuple[LineageNode, ...]
    background: bool
    cites: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class SideView:
    """One answer with its voices; `more` are further ones, folded away. `origins` are pairs of letter („“ = no text here) and name."""

    position: str
    voices: tuple[Voice, ...]
    more: tuple[Voice, ...]
    origins: tuple[tuple[str, str], ...]
    texts: int


@dataclass(frozen=True)
class Dispute:
    """A question on which the pile clashes, its answers side by side."""

    key: str
    kind: FindingKind
    question: str
    language: str | None
    status: Status
    sides: tuple[SideView, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class FigureRow:
    """A number as somebody states it. `latest`: the youngest of the dated ones; `headline`: it stands in a headline only."""

    moment: Moment | None
    name: str | None
    kind: SpeakerKind
    own: bool
    low: float | None
    high: float | None
    unit: str | None
    hedge: Hedge
    words: str
    language: str | None
    latest: bool
    headline: bool
    cites: tuple[Mark, ...]


@dataclass(frozen=True)
class FigureView:
    """A question about a number; rows by the time for which they hold, undated ones last."""

    key: str
    kind: FindingKind
    question: str
    language: str | None
    status: Status
    rows: tuple[FigureRow, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class TimelineItem:
    """Something dated, numbered in reading order. Only kinds happened and background are ever drawn solid."""

    number: int
    key: str
    moment: Moment
    kind: EntryKind
    modality: Modality
    inferred: bool
    text: str
    language: str | None
    places: tuple[str, ...]
    origins: int
    cites: tuple[Mark, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class MapDot:
    """A point on the map. `entries` are numbers of timeline items there; `planned`: nothing there has happened yet.

    `days` (YYYY-MM-DD) are those on which something happened there; () where no text says.
    """

    key: str
    name: str
    country: str | None
    lat: float
    lon: float
    precision_km: float
    event: bool
    planned: bool
    origins: int
    entries: tuple[int, ...]
    alternatives: int
    cites: tuple[Mark, ...]
    reasons: tuple[Reason, ...]
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapPassage:
    """Where a text says it: `exact` is `text[start:end]` of the document that lies at `path` (`line` in JSON Lines)."""

    doc: str
    path: str
    line: int | None
    start: int
    end: int
    exact: str


@dataclass(frozen=True)
class MapFeature:
    """A point of a story's map with all that stands behind it, for other map programs. `place` is the gazetteer's name.

    `reading` as in `Place`: "admin1" for „Gebiet Kursk“, "" for what the name usually means.
    """

    id: str
    story: str
    story_title: str
    entity: str
    name: str
    place: str
    reading: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    precision_km: float
    role: Literal["event", "planned", "named"]
    days: tuple[str, ...]
    told_by: tuple[str, ...]
    gazetteer_id: str
    alternatives: tuple[str, ...]
    passages: tuple[MapPassage, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class QuoteItem:
    """An utterance, once for all texts that carry it. `relays` counts who passed the words on before the text did."""

    key: str
    form: Form
    moment: Moment | None
    runs: tuple[Run, ...]
    language: str | None
    stance: Stance
    distance: Distance
    relays: int
    hops: tuple[str, ...]
    words_for: str | None
    texts: int
    origins: int
    cites: tuple[Mark, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Person:
    """A speaker with what he says; `name` None for speakers that no text names. `more` are further quotes, folded away."""

    key: str
    name: str | None
    kind: SpeakerKind
    roles: tuple[str, ...]
    spellings: tuple[str, ...]
    quotes: tuple[QuoteItem, ...]
    more: tuple[QuoteItem, ...]


@dataclass(frozen=True)
class LineageNode:
    """A text in the lineage."""

    label: str
    doc_id: str
    copy: bool
    moment: Moment | None


@dataclass(frozen=True)
class LineageEdge:
    """`share` of the content of `later` stands in `earlier` too. Without a known direction nobody is said to have copied."""

    earlier: str
    later: str
    share: float
    kind: Literal["same_text", "edited", "same_witness"]
    direction: Literal["known", "guessed", "unknown"]
    version: bool = False


@dataclass(frozen=True)
class Lineage:
    """Texts as columns in order of publication, undated ones last; the lanes are the origins of the part.

    `shares`: what each text has from where; `pairs`: texts side by side, those that share most first.
    """

    columns: tuple[LineageNode, ...]
    edges: tuple[LineageEdge, ...]
    shares: tuple[SourceShares, ...] = ()
    pairs: tuple[PairView, ...] = ()


@dataclass(frozen=True)
class Segment:
    """A stretch of source text with what it is and which passages of the index it belongs to."""

    text: str
    roles: tuple[SegmentRole, ...]
    cites: tuple[int, ...]


@dataclass(frozen=True)
class SourceBlock:
    """A block of a source. `skipped`: characters left out before it because the text is very long."""

    kind: BlockKind
    content: bool
    segments: tuple[Segment, ...]
    skipped: int = 0


@dataclass(frozen=True)
class StripPiece:
    """A piece of the strip, in hundredths of per cent of the text."""

    kind: Literal["own", "copied", "furniture"]
    start: int
    width: int


@dataclass(frozen=True)
class Warning:
    """Something a reader of this text should know; `detail` is plain words or empty, `values` go into the label's gaps."""

    name: str
    detail: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A text in full. `elsewhere` is the part that shows the text where this one only points to it."""

    key: str
    doc_id: str
    label: str
    copy: bool
    outlet: str
    agencies: tuple[str, ...]
    authors: tuple[str, ...]
    kind: OriginKind
    title: str | None
    url: str | None
    path: str
    line: int | None
    sha256: str
    media_type: str
    encoding: str | None
    language: str | None
    published: Moment | None
    dated: Moment | None
    date_reasons: tuple[Reason, ...]
    date_cites: tuple[Mark, ...]
    said_by: str | None
    own: float
    copied: tuple[tuple[str, float], ...]
    strip: tuple[StripPiece, ...]
    warnings: tuple[Warning, ...]
    characters: int
    words: int
    blocks: tuple[SourceBlock, ...]
    credits: tuple[str, ...]
    elsewhere: int | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """Something that the sources themselves leave open."""

    key: str
    text: str
    language: str | None
    cites: tuple[Mark, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Missing:
    """An origin that texts go back to and that is not in the pile itself."""

    name: str
    kind: OriginKind
    cites: tuple[Mark, ...]


@dataclass(frozen=True)
class Tally:
    """How many of what the part shows has which status."""

    undisputed: int
    single_source: int
    disputed: int
    inconsistent: int
    open: int
    planned: int


@dataclass(frozen=True)
class Part:
    """A story: everything the page says about it. `layers`: what the user laid over the map, as far as the story's days ask for it."""

    number: int
    key: str
    title: str
    title_cites: tuple[Mark, ...]
    language: str | None
    as_of: str | None
    span: Moment
    texts: int
    origins: tuple[OriginRow, ...]
    known: tuple[Line, ...]
    tally: Tally
    brief: Brief
    disputes: tuple[Dispute, ...]
    figures: tuple[FigureView, ...]
    developments: tuple[FigureView, ...]
    timeline: tuple[TimelineItem, ...]
    dots: tuple[MapDot, ...]
    people: tuple[Person, ...]
    lineage: Lineage
    sources: tuple[Source, ...]
    open: tuple[OpenQuestion, ...]
    missing: tuple[Missing, ...]
    unread: tuple[str, ...]
    layers: tuple[MapLayer, ...] = ()


@dataclass(frozen=True)
class ListedStory:
    """A story that the page only lists, for want of room."""

    title: str
    language: str | None
    texts: int
    findings: int
    paths: tuple[str, ...]


@dataclass(frozen=True)
class ProblemNote:
    """Something that could not be read or done; `label` is the mark of the text where it has one."""

    unit: str
    step: str
    kind: str
    message: str
    label: str | None


@dataclass(frozen=True)
class Page:
    """The dossier page. `files` are sources in the case, `unplaced` those that stand in no part and why nobody knows."""

    title: str
    language: Literal["de", "en"]
    version: str
    timezone: str
    parts: tuple[Part, ...]
    listed: tuple[ListedStory, ...]
    passages: tuple[Passage, ...]
    problems: tuple[ProblemNote, ...]
    unplaced: tuple[str, ...]
    files: int
    carried: int
    dropped: int
