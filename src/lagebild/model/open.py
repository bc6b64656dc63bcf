"""The open records: what `lagebild export --format jsonl` writes. A stable contract: keys are only ever added.

Offsets are code points of `documents.jsonl:text`, half-open; `text[start:end] == exact`, always. Every key stands in every
row: unknown is null, none is []. Instants are ISO 8601 cut at their precision. The JSON Schemas in docs/reference are made
from these types.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from lagebild.model.document import BlockKind, Precision
from lagebild.model.dossier import Section
from lagebild.model.finding import FindingKind, OriginKind, Status
from lagebild.model.identity import PlaceRole, SpeakerKind
from lagebild.model.marks import Hedge, MentionKind
from lagebild.model.speech import Distance, Form, Modality, Stance
from lagebild.model.story import Anchor

__all__ = ["OPEN_FILES"]


class OpenReason(TypedDict):
    """Why: the deciding one first, at most five; `left` and `right` are the two values compared."""

    name: str
    score: float | None
    detail: str | None
    left: str | None
    right: str | None


class OpenPiece(TypedDict):
    """A stretch of the row's own document."""

    start: int
    end: int
    exact: str


class OpenPlace(TypedDict):
    """A stretch of some document."""

    doc: str
    start: int
    end: int
    exact: str


class OpenStamp(TypedDict):
    """What the document or its container states about when it was published."""

    value: str
    precision: Precision
    reasons: list[OpenReason]


OpenDated = TypedDict(
    "OpenDated",
    {"earliest": str | None, "latest": str | None, "from": list[OpenPlace], "reasons": list[OpenReason]},
)


class OpenShare(TypedDict):
    """A part of a document's content: its own, or what stands in another document."""

    kind: Literal["own", "taken", "shared", "same_witness", "version"]
    doc: str | None
    direction: Literal["known", "guessed", "unknown"] | None
    share: float
    words: int


class OpenDocument(TypedDict):
    """One source with its text. A document is one (path, line, bytes)."""

    id: str
    path: str
    line: int | None
    declared_id: str | None
    sha256: str
    media_type: str
    encoding: str | None
    language: str | None
    title: str | None
    title_at: OpenPiece | None
    url: str | None
    published: OpenStamp | None
    dated: OpenDated | None
    outlet: str | None
    agencies: list[str]
    authors: list[str]
    text: str
    source_map: list[list[int]] | None
    shares: list[OpenShare]


class OpenBlock(TypedDict):
    """A block of a text; `content` false is furniture. Blocks do not overlap; outside them there is only white space."""

    id: str
    doc: str
    start: int
    end: int
    exact: str
    kind: BlockKind
    content: bool
    reasons: list[OpenReason]


class OpenSentence(TypedDict):
    """A sentence, furniture included."""

    id: str
    doc: str
    start: int
    end: int
    exact: str
    block: str


class OpenWord(TypedDict):
    """A word; `head` is an index in the sentence, -1 the root, null where no model has read the text."""

    doc: str
    sentence: str
    start: int
    end: int
    exact: str
    lemma: str | None
    upos: str | None
    feats: str | None
    head: int | None
    deprel: str | None


class OpenWhere(TypedDict):
    """What a place name stands for where it stands, and where the place meant lies."""

    role: PlaceRole
    gazetteer_id: str | None
    lat: float | None
    lon: float | None
    precision_km: float | None
    reasons: list[OpenReason]


class OpenMention(TypedDict):
    """A name in the text."""

    id: str
    doc: str
    start: int
    end: int
    exact: str
    base: str
    kind: MentionKind
    derived: bool
    entity: str | None
    score: float | None
    reasons: list[OpenReason]
    place: OpenWhere | None


class OpenName(TypedDict):
    """One spelling of a name."""

    text: str
    script: str
    language: str | None


class OpenEntity(TypedDict):
    """Who or what is meant, with all spellings."""

    id: str
    kind: MentionKind
    name: str
    names: list[OpenName]
    external_ids: list[str]
    reasons: list[OpenReason]


class OpenPlaceOnEarth(TypedDict):
    """Where an entity lies."""

    entity: str
    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    precision_km: float
    gazetteer_id: str
    alternatives: list[str]
    reasons: list[OpenReason]


class OpenTime(TypedDict):
    """A time phrase with its TIMEX3 value and interval."""

    id: str
    doc: str
    start: int
    end: int
    exact: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None
    earliest: str | None
    latest: str | None
    anchor: Anchor
    anchor_at: OpenPlace | None
    reasons: list[OpenReason]


class OpenQuantity(TypedDict):
    """A number with what it counts."""

    id: str
    doc: str
    start: int
    end: int
    exact: str
    low: float | None
    high: float | None
    unit: str | None
    counted: OpenPiece | None
    hedge: Hedge


class OpenReporter(TypedDict):
    """Somebody who passes on what another said."""

    doc: str
    start: int
    end: int
    exact: str
    entity: str | None


class OpenQuote(TypedDict):
    """One utterance: its words, cue, speaker, stance and distance."""

    id: str
    doc: str
    start: int
    end: int
    exact: str
    pieces: list[OpenPiece]
    form: Form
    marked: list[OpenPiece]
    cue: list[OpenPiece]
    speaker: OpenPiece | None
    entity: str | None
    speaker_kind: SpeakerKind
    addressee: OpenPiece | None
    stance: Stance
    distance: Distance
    reported_by: list[OpenReporter]
    inside: str | None
    score: float | None
    reasons: list[OpenReason]


class OpenClaim(TypedDict):
    """What can be true or false; `quote` null is the outlet's own voice."""

    id: str
    doc: str
    start: int
    end: int
    exact: str
    pieces: list[OpenPiece]
    quote: str | None
    actor: OpenPiece | None
    predicate: OpenPiece
    polarity: Literal["affirmed", "denied"]
    modality: Modality
    hedge: OpenPiece | None
    condition: OpenPiece | None
    times: list[str]
    places: list[str]
    quantities: list[str]
    origins: list[str]


class OpenCopy(TypedDict):
    """Two passages with the same words, or the same witness."""

    id: str
    kind: Literal["same_text", "edited", "same_witness"]
    earlier: OpenPlace
    later: OpenPlace
    direction: Literal["known", "guessed", "unknown"]
    share: float
    reasons: list[OpenReason]
    version: bool


class OpenFamily(TypedDict):
    """Documents that are copies of one text as a whole."""

    id: str
    docs: list[str]
    origin: str | None
    agencies: list[str]
    reasons: list[OpenReason]
    versions: list[list[str]]


class OpenOrigin(TypedDict):
    """Somebody who could know, independent of the others."""

    id: str
    kind: OriginKind
    name: str
    entity: str | None
    docs: list[str]
    at: list[OpenPlace]
    reasons: list[OpenReason]


class OpenStory(TypedDict):
    """Documents about one story."""

    id: str
    title: str
    docs: list[str]
    at: list[OpenPlace]


class OpenSide(TypedDict):
    """One answer to a question."""

    position: str
    claims: list[str]
    origins: list[str]


class OpenFinding(TypedDict):
    """One question and the answers the pile gives to it."""

    id: str
    story: str
    kind: FindingKind
    clash: bool
    question: str
    status: Status
    sides: list[OpenSide]
    reasons: list[OpenReason]


class OpenTimelineEntry(TypedDict):
    """Something dated; `inferred` where no cited source states the day itself."""

    id: str
    story: str
    earliest: str | None
    latest: str | None
    precision: Precision
    inferred: bool
    modality: Modality
    text: str
    places: list[str]
    origins: list[str]
    citations: list[OpenPlace]


class OpenBriefLine(TypedDict):
    """A sentence of the brief; a dropped one is kept with the reason."""

    id: str
    story: str
    section: Section
    text: str
    language: str
    citations: list[OpenPlace]
    verdict: Literal["carried", "marked", "dropped"]
    reasons: list[OpenReason]


class OpenProblem(TypedDict):
    """Something that could not be read or done."""

    unit: str
    doc: str | None
    step: str
    kind: str
    message: str


class OpenRun(TypedDict):
    """One run: which version, settings and models, and what each step did."""

    id: str
    version: str
    settings: dict[str, Any]
    models: dict[str, str]
    steps: dict[str, dict[str, float]]


OPEN_FILES: dict[str, Any] = {
    "documents": OpenDocument,
    "blocks": OpenBlock,
    "sentences": OpenSentence,
    "words": OpenWord,
    "mentions": OpenMention,
    "entities": OpenEntity,
    "places": OpenPlaceOnEarth,
    "times": OpenTime,
    "quantities": OpenQuantity,
    "quotes": OpenQuote,
    "claims": OpenClaim,
    "copies": OpenCopy,
    "families": OpenFamily,
    "origins": OpenOrigin,
    "stories": OpenStory,
    "findings": OpenFinding,
    "timeline": OpenTimelineEntry,
    "brief": OpenBriefLine,
    "problems": OpenProblem,
    "runs": OpenRun,
}
"""Every file of the export, in order; `words` is written only on request."""
