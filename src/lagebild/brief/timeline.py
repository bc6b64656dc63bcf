"""What happened when: sentences with a date, each happening once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lagebild.brief.passages import (
    Passage,
    Text,
    document_frequency,
    ends_cleanly,
    marks_balanced,
    passages_of,
    texts_of,
)  # fmt: skip
from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.model.account import Reason
from lagebild.model.document import Precision
from lagebild.model.dossier import TimelineEntry
from lagebild.model.ids import content_id
from lagebild.model.span import Citation
from lagebild.model.speech import Claim, Modality
from lagebild.model.story import When
from lagebild.settings import Settings
from lagebild.step import GroupView
from lagebild.textkit.terms import overlap

__all__ = ["TimelineTools", "draw_timeline"]

_ENTRIES = 60
_SAME = 0.55  # share of words beyond which two sentences of one day tell of one happening
_PER_DAY = 200  # happenings of one day held against each other; later ones are left out
_CITED = 6
_POINTS = ("DATE", "TIME")
_GUESSED = ("copy", "story")
_WEEK = timedelta(days=7)
_EARLY = 60  # characters
_LONGEST = timedelta(days=366)  # what takes longer than a year is no point of a timeline
_SCALE: tuple[tuple[timedelta, Precision], ...] = (
    (timedelta(minutes=1), "minute"), (timedelta(hours=1), "hour"), (timedelta(days=7), "day"), (timedelta(days=31), "month"),
)  # fmt: skip
Day = tuple[str, str]


@dataclass(frozen=True)
class TimelineTools:
    """Nothing but the data files."""

    @classmethod
    def load(cls, settings: Settings) -> TimelineTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest(*TERM_FILES, "roles", "brief")


@dataclass
class _Happening:
    """Dated passages that tell of one thing; the first is shown."""

    when: When
    modality: Modality
    told: list[Passage]
    whens: list[When]
    weight: float = field(default=0.0)

    @property
    def span(self) -> Day:
        return self.when.earliest or "", self.when.latest or ""


def draw_timeline(group: GroupView, tools: TimelineTools) -> Iterable[TimelineEntry]:
    """At most 60 happenings in the order of time, each with the passages that tell of it at that time.

    The time is that of the first phrase of a sentence that names a point of time (no durations, no repetitions) known to within a
    year. The text is a whole passage in which nobody's words are cut from him. What lies after the date of its own text is
    planned, never happened, whatever its verb says. `inferred` is true where no citing text states its date itself: all of them
    got theirs from copies or from the story. Past sixty, what fewer texts tell is left out.
    """
    passages = [passage for text in texts_of(group) for passage in passages_of(text)]
    terms, _ = document_frequency(passages)
    happenings: dict[Day, list[_Happening]] = {}
    for passage in passages:
        found = _dated(passage)
        if found:
            weight = sum(terms[term] for term in passage.terms) / max(1, len(passage.terms)) + (
                2 if passage.place < 3 else 0
            )
            _add(happenings.setdefault(found.span, []), found, weight)
    every = [one for span in sorted(happenings) for one in happenings[span]]
    heaviest = sorted(
        every,
        key=lambda one: (
            -len(one.told),
            -one.weight,
            one.span,
            one.told[0].citation.doc_id,
            one.told[0].start,
        ),
    )
    kept = {id(one) for one in heaviest[:_ENTRIES]}
    ordered = [one for one in every if id(one) in kept]
    yield from (_entry(group.key, rank, one) for rank, one in enumerate(ordered))


def _dated(passage: Passage) -> _Happening | None:
    """The happening that a passage tells of; None without a date, or where the passage cannot be shown as it is."""
    text = passage.text
    for when in passage.whens:
        phrase = text.phrases[when.phrase_id]
        if (
            phrase.type in _POINTS
            and _is_point(when)
            and _dates_the_whole(passage, when, phrase.start, phrase.value)
        ):
            if not _can_be_shown(passage):
                return None
            return _Happening(when, _modality(passage, when, phrase.start), [passage], [when])
    return None


def _dates_the_whole(passage: Passage, when: When, at: int, value: str) -> bool:
    """False for „jetzt“, and for months and years deep inside a sentence: they date a clause of it, not what it tells."""
    width = _instant(when.latest or "") - _instant(when.earliest or "")
    return not value.endswith("_REF") and (width <= _WEEK or at - passage.start <= _EARLY)


def _is_point(when: When) -> bool:
    if not when.earliest or not when.latest:
        return False
    return timedelta(0) < _instant(when.latest) - _instant(when.earliest) <= _LONGEST


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value)


def _can_be_shown(passage: Passage) -> bool:
    """Whole sentences with their speakers; a pronoun first is no harm here, the source is a click away."""
    speakers_inside = all(
        any(
            passage.start <= p.start and p.end <= passage.end
            for p in (*quote.cue, *((quote.speaker,) if quote.speaker else ()))
        )
        for quote in passage.quotes
    )
    return (
        len(passage.words) <= 420
        and ends_cleanly(passage.words)
        and marks_balanced(passage.words)
        and speakers_inside
    )


def _modality(passage: Passage, when: When, at: int) -> Modality:
    """That of the smallest claim around the date; a date beside reported words dates the saying, which has happened.

    What lies after its text has not happened yet.
    """
    around = sorted(
        (c for c in passage.claims if c.start <= at < c.end), key=lambda c: (c.end - c.start, c.id)
    )
    said = any(claim.quote_id for claim in passage.claims)
    claim: Claim | None = next(iter(around or (() if said else passage.claims)), None)
    modality: Modality = claim.modality if claim else "happened"
    return "planned" if modality in ("happened", "unknown") and _to_come(passage.text, when) else modality


def _to_come(text: Text, when: When) -> bool:
    reason = when.reasons[0] if when.reasons else None
    if reason and reason.name == "entry_day" and reason.left:
        return bool(
            when.earliest and when.earliest[:10] > reason.left[:10]
        )  # an entry of a ticker has a day of its own
    written = text.dated.latest if text.dated else None
    return bool(written and when.earliest and when.earliest >= written)


def _add(day: list[_Happening], found: _Happening, weight: float) -> None:
    passage = found.told[0]
    for one in day:
        if one.modality == found.modality and _tells_same(one, passage):
            one.told.append(passage)
            one.whens += found.whens
            one.weight += weight
            return
    found.weight = weight
    if len(day) < _PER_DAY:
        day.append(found)


def _tells_same(one: _Happening, passage: Passage) -> bool:
    return any(overlap(other.terms, passage.terms) >= _SAME for other in one.told[:8])


def _entry(story_id: str, rank: int, one: _Happening) -> TimelineEntry:
    shown = min(one.told, key=lambda p: (p.text.background, len(p.words) > 240, p.text.order, p.start))
    ordered = [shown, *(p for p in one.told if p is not shown)]
    citations: list[Citation] = list({p.citation: None for p in ordered})[:_CITED]
    inferred = all(when.anchor in _GUESSED for when in one.whens)
    origins = {origin for passage in one.told for origin in passage.origins}
    return TimelineEntry(
        content_id("tl", story_id, one.when.earliest, one.when.latest, shown.key),
        story_id,
        rank,
        one.when.earliest,
        one.when.latest,
        _precision(one.when),
        inferred,
        one.modality,
        shown.words,
        tuple(sorted({entity for p in one.told for entity in p.entities})),
        tuple(sorted(origins)),
        tuple(citations),
        (
            Reason("dated_phrase", None, _phrase(shown, one), one.when.value, one.when.anchor),
            *one.when.reasons,
        )[:5],
    )


def _phrase(passage: Passage, one: _Happening) -> str | None:
    phrase = passage.text.phrases.get(one.when.phrase_id)
    return passage.text.text[phrase.start : phrase.end] if phrase else None


def _precision(when: When) -> Precision:
    width = _instant(when.latest or "") - _instant(when.earliest or "")
    return next((name for limit, name in _SCALE if width <= limit), "year")
