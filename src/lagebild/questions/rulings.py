"""People's rulings: made from names and ids, told with what became of them, taken to and from a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from rapidfuzz import fuzz, process

from lagebild.errors import InputError, UsageError
from lagebild.model.decision import Decision, Foothold, Ruling
from lagebild.model.document import Document
from lagebild.model.identity import Entity, EntityForm, NameUse, Speaker
from lagebild.model.ids import content_id
from lagebild.model.marks import Mention
from lagebild.model.source import RawItem
from lagebild.model.speech import Quote
from lagebild.questions.open import CaseReader
from lagebild.resolve.keys import kind_of_key
from lagebild.resolve.rulings import find_place, foothold_at, instant, possible_keys, quote_at, ruled_keys
from lagebild.tables import decode, encode
from lagebild.textkit.normal import fold

__all__ = [
    "NOBODY", "Standing", "apart_from", "as_record", "decisions_file", "read_decisions", "ruling_on_names", "ruling_on_speaker", "standings",
    "withdrawal",
]  # fmt: skip

NOBODY = "unknown"
"""What stands for a speaker of whom nothing is known."""

State = Literal["stands", "overruled", "lost", "withdrawn"]
_FORMAT = "lagebild-decisions"
_VERSION = 1
_KINDS = {"same": 2, "not_same": 2, "speaker_is": 1}
"""Each kind with how many values it has at least."""


@dataclass(frozen=True)
class Standing:
    """A decision with what became of it. `why` says it in words; `places` are where its words stand now.

    stands: the case is as it says. overruled: another ruling speaks against it. lost: its place, or a name, is not in the case.
    """

    decision: Decision
    state: State
    why: str
    places: tuple[tuple[str, int, int, str], ...]


_TELLING = ("age_differs", "office_differs", "town_and_work_differ")


@dataclass(frozen=True)
class _Named:
    """A name form of the case, and the entity that it means, None where it is ambiguous."""

    name: str
    key: str
    entity: Entity | None
    place: Foothold

    @property
    def kind(self) -> str:
        return self.entity.kind if self.entity else kind_of_key(self.key)


def ruling_on_names(case: CaseReader, kind: str, left: str, right: str, *, by: str, at: str) -> Decision:
    """The decision that two names (or entity ids) mean the same (`same`) or not (`not_same`).

    Raises UsageError for a name that is not in the case or means several things, and for two names that cannot be ruled on.
    """
    one, other = _named(case, left), _named(case, right)
    if one.key == other.key:
        raise UsageError(
            f"{left} and {right} are one name form here ({one.name}), and names are all that a ruling can tell apart; "
            "rule on single utterances with speaker-is"
        )
    if (one.kind == "PER") != (other.kind == "PER"):
        person, thing = (one, other) if one.kind == "PER" else (other, one)
        raise UsageError(f"{person.name} is a person here and {thing.name} is none; they cannot be one")
    values = (one.name, other.name, one.key, other.key)
    return _decision(kind, (one.place, other.place), values, by, at)


def ruling_on_speaker(case: CaseReader, quote_id: str, name: str, *, by: str, at: str) -> Decision:
    """The decision that a quote is spoken by whom a name (or entity id) means, or by nobody known (`unknown`).

    Raises UsageError for an id that is no quote's, a name that is not in the case or means several, and for words that stand
    in their text more than once with nothing to tell them apart.
    """
    doc_id = quote_id.rpartition(":")[0]
    quotes = list(case.rows(Quote, doc_id)) if doc_id else []
    quote = next((one for one in quotes if one.id == quote_id), None)
    if quote is None:
        raise UsageError(f"no quote has the id {quote_id}; `lagebild show CASE quotes` lists ids")
    text, place = _foothold(case, doc_id, quote.start, quote.end)
    span = find_place(text, place)
    if span is None or quote_at(quotes, *span) != quote:
        raise UsageError(f"the words of {quote_id} cannot be told from others in their text")
    if name == NOBODY:
        return _decision("speaker_is", (place,), ("",), by, at)
    named = _named(case, name)
    if named.entity is None:
        raise UsageError(
            f"{name} could mean several in this case; name one in full or by id{_listed(_bearers(case, named.name, named.kind))}"
        )
    return _decision("speaker_is", (place,), (named.name, named.key), by, at)


def withdrawal(case: CaseReader, decision_id: str, *, at: str) -> Decision:
    """A decision as withdrawn. Raises UsageError where there is none of this id, or it is withdrawn already."""
    found = next((row for row in case.rows(Decision, "") if row.id == decision_id), None)
    if found is None:
        raise UsageError(f"no ruling has the id {decision_id}; `lagebild decide CASE list` lists them")
    if found.withdrawn_at:
        raise UsageError(f"{decision_id} was withdrawn on {found.withdrawn_at} already")
    return replace(found, withdrawn_at=at)


def _decision(kind: str, about: tuple[Foothold, ...], values: tuple[str, ...], by: str, at: str) -> Decision:
    places = [part for one in about for part in (one.sha256, one.start_hint, one.exact)]
    return Decision(content_id("r", kind, *values, *places, by, at), kind, about, values, by, at)


# names


def _named(case: CaseReader, given: str) -> _Named:
    entity = next(iter(case.rows(Entity, given)), None)
    if entity is not None:
        keys = {row.key for row in case.rows(EntityForm) if row.entity_id == entity.id}
        uses = [use for use in case.rows(NameUse) if use.id in keys or use.key in keys]
        if not uses:
            raise UsageError(
                f"nothing is named {entity.name} any more; bring the case up to date with `lagebild add CASE`"
            )
        best = max(uses, key=lambda use: (use.form == entity.name, kind_of_key(use.key) == entity.kind))
        return _named_by(case, best.form, best)
    uses = _uses_of(case, given)
    if not uses:
        raise UsageError(_not_named(case, given))
    forms = {use.id: _form_of(case, use) for use in uses}
    meant = {form.entity_id if form else None for form in forms.values()}
    if len(meant) > 1 or (len({use.key for use in uses}) > 1 and None in meant):
        entities = [one for key in sorted(meant - {None}, key=str) for one in case.rows(Entity, key)]
        raise UsageError(f"{given} could mean several in this case; say which by its id{_listed(entities)}")
    return _named_by(case, _spelled(uses[0], given), uses[0])


def _form_of(case: CaseReader, use: NameUse) -> EntityForm | None:
    """The form that a use stands for: its own, where its name is that of several people, else that of its key."""
    return next(iter((*case.rows(EntityForm, use.id), *case.rows(EntityForm, use.key))), None)


def _own_key(case: CaseReader, use: NameUse, form: EntityForm | None) -> str:
    """The key of the form by which a ruling finds its name again; of namesakes the one that tells them apart."""
    if form is None or form.key != use.id:
        return use.key
    own = [row.key for row in case.rows(EntityForm) if row.entity_id == form.entity_id]
    return min((key for key in own if key.startswith(f"{use.key}~")), default=use.key)


def _named_by(case: CaseReader, name: str, use: NameUse) -> _Named:
    form = _form_of(case, use)
    entity = next(iter(case.rows(Entity, form.entity_id)), None) if form and form.entity_id else None
    mentions = sorted(
        (row for row in case.rows(Mention, use.doc_id) if row.id in use.mention_ids), key=_place_of
    )
    mention = next((row for row in mentions if row.base == name), mentions[0])
    _, place = _foothold(case, use.doc_id, mention.start, mention.end)
    return _Named(name, _own_key(case, use, form), entity, place)


def _place_of(row: Mention) -> tuple[int, int]:
    return (row.start, row.end)


def _uses_of(case: CaseReader, given: str) -> list[NameUse]:
    """Uses of a name: as a form of its own before one beside a fuller name, spelled just so before other cases."""
    ranked: tuple[list[NameUse], ...] = ([], [], [], [])
    folded = fold(given)
    for use in case.rows(NameUse):
        if use.form == given:
            ranked[0].append(use)
        elif fold(use.form) == folded:
            ranked[1].append(use)
        elif given in use.others:
            ranked[2].append(use)
        elif any(fold(other) == folded for other in use.others):
            ranked[3].append(use)
    return next((uses for uses in ranked if uses), [])


def _spelled(use: NameUse, given: str) -> str:
    """The spelling of the text."""
    return next((name for name in (use.form, *use.others) if fold(name) == fold(given)), use.form)


def _not_named(case: CaseReader, given: str) -> str:
    """Why a name cannot be ruled on, with the names that are near to it."""
    bearers = _bearers(case, given)
    if bearers:
        return (
            f"{given} is only a part of names in this case; name one in full or by its id{_listed(bearers)}"
        )
    names = sorted({name.text for entity in case.rows(Entity) for name in entity.names})
    found = process.extract(given, names, scorer=fuzz.WRatio, processor=fold, limit=3, score_cutoff=70)
    near = ", ".join(name for name, _, _ in found)
    told = f"near: {near}" if near else "`lagebild show CASE entities` lists them"
    return f"{given} is not a name in this case; {told}"


def _bearers(case: CaseReader, name: str, kind: str | None = None) -> list[Entity]:
    """Entities that have the words of a name within one of theirs."""
    words = set(fold(name).split())
    return [
        row
        for row in case.rows(Entity)
        if kind in (None, row.kind)
        and words
        and any(words <= set(fold(one.text).split()) for one in row.names)
    ]


def _listed(entities: Sequence[Entity]) -> str:
    return "".join(f"\n  {row.id}  {row.name} ({_known_for(row)})" for row in entities[:8])


def _known_for(entity: Entity) -> str:
    """What tells an entity from others of its name: kind, what namesakes differ in, the first roles."""
    roles = [reason.detail for reason in entity.reasons if reason.name == "role"]
    told = [reason.detail for reason in entity.reasons if reason.name in _TELLING]
    return ", ".join([entity.kind, *(it for it in (*told, *roles[:2]) if it)])


def _foothold(case: CaseReader, doc_id: str, start: int, end: int) -> tuple[str, Foothold]:
    """The text of a document and the foothold of some characters of it."""
    text = next(iter(case.rows(Document, doc_id))).text
    item = next(iter(case.rows(RawItem, doc_id)))
    return text, foothold_at(item.sha256, text, start, end)


# what became of them


def standings(case: CaseReader) -> list[Standing]:
    """Every decision with what became of it, the oldest first."""
    decisions = sorted(case.rows(Decision, ""), key=lambda row: (instant(row.at), row.id))
    sources: dict[str, list[RawItem]] = {place.sha256: [] for row in decisions for place in row.about}
    for item in case.rows(RawItem) if sources else ():
        if item.sha256 in sources:
            sources[item.sha256].append(item)
    return [_Stand(case, sources, row).standing() for row in decisions]


class _Stand:
    """One decision held against the case."""

    def __init__(self, case: CaseReader, sources: dict[str, list[RawItem]], decision: Decision) -> None:
        self.case = case
        self.sources = sources
        self.decision = decision
        self.places: dict[tuple[str, int, int, str], str] = {}
        for place in decision.about:
            for item in sources[place.sha256]:
                self._find(place, item)

    def _find(self, place: Foothold, item: RawItem) -> None:
        for doc in self.case.rows(Document, item.id):
            span = find_place(doc.text, place)
            if span:
                self.places[item.unit, *span, doc.text[slice(*span)]] = item.id

    def standing(self) -> Standing:
        row = self.decision
        state: State
        if row.withdrawn_at:
            state, why = "withdrawn", f"on {row.withdrawn_at}"
        else:
            state, why = self._speaker() if row.kind == "speaker_is" else self._names()
        return Standing(row, state, why, tuple(self.places))

    def _names(self) -> tuple[State, str]:
        meant: list[set[str | None]] = []
        for name, key in zip(self.decision.values[:2], (*self.decision.values[2:4], "", ""), strict=False):
            forms = {one: row for one in possible_keys(name, key) for row in self.case.rows(EntityForm, one)}
            keys = ruled_keys(name, key, forms)
            if not keys:
                return "lost", f"{name} is no longer a name in this case"
            meant.append({forms[one].entity_id for one in keys})
        one = bool((meant[0] & meant[1]) - {None})
        if one != (self.decision.kind == "same"):
            return "overruled", "other rulings on these names speak against it"
        return "stands", "" if self.places else "by its names; the places where they stood are lost"

    def _speaker(self) -> tuple[State, str]:
        if not any(self.sources[place.sha256] for place in self.decision.about):
            return "lost", "its source is not in this case"
        if not self.places:
            return "lost", "its words are no longer found in their source"
        said = [self._said(doc_id, at[1], at[2]) for at, doc_id in self.places.items()]
        return min(said, key=lambda it: ("stands", "overruled", "lost").index(it[0]))

    def _said(self, doc_id: str, start: int, end: int) -> tuple[Literal["stands", "overruled", "lost"], str]:
        quote = quote_at(self.case.rows(Quote, doc_id), start, end)
        if quote is None:
            return "lost", "nobody speaks any more where its words stand"
        filed = {row.decision_id: row for row in self.case.rows(Ruling, doc_id)}.get(self.decision.id)
        if filed is None or filed.speaker_kind is None:
            return "lost", f"{self.decision.values[0]} does not mean one speaker in this case"
        speakers = [row for row in self.case.rows(Speaker, doc_id) if row.quote_id == quote.id]
        reason = next((one for row in speakers for one in row.reasons if one.name == "ruling"), None)
        if reason is None or not (reason.detail or "").endswith(self.decision.id):
            return "overruled", "a newer ruling names another speaker"
        return "stands", ""


# as a file


@dataclass(frozen=True)
class _DecisionsFile:
    format: str
    version: int
    decisions: tuple[Decision, ...]


def decisions_file(case: CaseReader) -> bytes:
    """All decisions of a case as one JSON object (docs/how-to/rulings.md), withdrawn ones too, the oldest first."""
    rows = sorted(case.rows(Decision, ""), key=lambda row: (instant(row.at), row.id))
    lines = ",\n".join(encode(row).decode("utf-8") for row in rows)
    return f'{{"format":"{_FORMAT}","version":{_VERSION},"decisions":[\n{lines}\n]}}\n'.encode()


def read_decisions(data: bytes, name: str) -> tuple[Decision, ...]:
    """The decisions in a file of that form. Raises InputError, with `name`, for anything else."""
    try:
        file = decode(_DecisionsFile, data)
        if file.format != _FORMAT or file.version != _VERSION:
            raise ValueError(f"format {file.format[:40]!r}, version {file.version}")
        for row in file.decisions:
            _check(row)
    except (ValueError, TypeError) as error:  # msgspec's errors are ValueErrors
        raise InputError(
            f"{name} is not a file of decisions ({error}); make one with `lagebild decide CASE export`"
        ) from error
    return file.decisions


def _check(row: Decision) -> None:
    """Raises ValueError for a decision that no case could have written."""
    if row.kind not in _KINDS or len(row.values) < _KINDS[row.kind]:
        raise ValueError(f"{row.id[:40]!r} is of no known kind")
    if not row.id or not row.about:
        raise ValueError("a decision without id or place")
    for moment in (row.at, row.withdrawn_at):
        if moment is not None:
            instant(moment)


def apart_from(kept: Iterable[Decision], given: Iterable[Decision]) -> Iterator[Decision]:
    """Of decisions that are given those that a case does not have yet, and its own where they are withdrawn there."""
    known = {row.id: row for row in kept}
    for row in given:
        own = known.get(row.id)
        if own is None:
            yield row
        elif row.withdrawn_at and not own.withdrawn_at:
            yield replace(own, withdrawn_at=row.withdrawn_at)


def as_record(standing: Standing) -> dict[str, Any]:
    """A decision as one object."""
    places = [dict(zip(("path", "start", "end", "exact"), place, strict=True)) for place in standing.places]
    return {**asdict(standing.decision), "state": standing.state, "why": standing.why, "places": places}
