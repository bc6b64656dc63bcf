"""What happened on which day, as several claims tell it: claims of one day about the same things, put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.model.document import Masthead
from lagebild.model.identity import MentionLink
from lagebild.model.ids import content_id
from lagebild.model.speech import Claim
from lagebild.model.story import Dateline, Event, When
from lagebild.settings import Settings
from lagebild.step import DocView, GroupView
from lagebild.textkit.calendar import Interval, days_of, first_day
from lagebild.textkit.terms import Terms

__all__ = ["EventTools", "gather_events"]

_MOST_DAYS = 1  # a claim of several days belongs to no single event
_SHARED = 0.4  # of the smaller claim's words and entities; below, two happenings of a day were mixed up
_COMPARED = 60  # events of one day that a claim is held against, the latest first: bounds a day of thousands of claims
_LABEL = 120  # characters


@dataclass(frozen=True)
class EventTools:
    """Stems by language."""

    terms: Mapping[str, Terms]

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Reads the stop words of every language with data; no setting matters."""
        words = {code: read_data(code, "stopwords") for code in LANGUAGES if has_data(code, "stopwords")}
        return cls({code: Terms(data["stemmer"], data["words"].split()) for code, data in words.items()})

    @classmethod
    def digest(cls) -> str:
        return data_digest("stopwords")


@dataclass(frozen=True)
class _Told:
    """A claim with its day and what it is about."""

    claim: Claim
    when: When
    things: frozenset[str]
    entities: frozenset[str]
    text: str
    stated: bool  # the source states the day itself: in the phrase, or by its own stamp


def gather_events(group: GroupView, tools: EventTools) -> Iterator[Event]:
    """Events of a story, each from the claims that tell of it; claims without a settled day give none.

    Claims of one day and one modality meet when they share two fifths of the smaller one's words and entities. The label is
    the text of the claim with most in common with the rest, cut at 120 characters.
    """
    days: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for doc in group.docs:
        for told in _told(doc, tools):
            days[str(told.when.earliest)[:10], told.claim.modality].append(told)
    for _, tellings in sorted(days.items()):
        for together in _together(tellings):
            yield _event(group.key, together)


def _told(doc: DocView, tools: EventTools) -> Iterator[_Told]:
    masthead = doc.get(Masthead)
    terms = tools.terms.get((masthead.language or "").split("-")[0] if masthead else "")
    line = doc.get(Dateline)
    stamped = line is not None and line.source == "published"
    whens = {when.phrase_id: when for when in doc.rows(When)}
    linked = {link.mention_id: link.entity_id for link in doc.rows(MentionLink)}
    for claim in doc.rows(Claim):
        when = next((whens[time] for time in claim.times if time in whens and _one_day(whens[time])), None)
        if when is None or terms is None:
            continue
        text = " ".join(doc.text[piece.start : piece.end] for piece in claim.pieces)
        entities = frozenset(linked[mention] for mention in claim.mentions if mention in linked)
        stated = when.anchor == "published" or (
            bool(when.reasons) and when.reasons[0].name == "date_in_phrase"
        )
        yield _Told(
            claim,
            when,
            terms.of(text) | entities,
            entities,
            text,
            stated or (stamped and when.anchor == "text"),
        )


def _one_day(when: When) -> bool:
    days = days_of(Interval(when.earliest, when.latest)) if when.earliest and when.latest else None
    return days is not None and days <= _MOST_DAYS + ("TNI" in when.value)


def _together(tellings: Sequence[_Told]) -> list[list[_Told]]:
    """Claims of one day in groups, in the order of their ids; a claim joins the group whose first claim it is most like."""
    groups: list[list[_Told]] = []
    for told in sorted(tellings, key=lambda one: one.claim.id):
        shares = [(_share(told, group[0]), -at) for at, group in enumerate(groups[-_COMPARED:])]
        best, place = max(shares, default=(0.0, 0))
        if best >= _SHARED:
            groups[-_COMPARED:][-place].append(told)
        else:
            groups.append([told])
    return groups


def _share(left: _Told, right: _Told) -> float:
    smaller = min(len(left.things), len(right.things))
    return len(left.things & right.things) / smaller if smaller else 0.0


def _event(story_id: str, together: Sequence[_Told]) -> Event:
    few = together[:_COMPARED]
    central = max(few, key=lambda told: (sum(_share(told, other) for other in few), told.claim.id))
    claim_ids = tuple(told.claim.id for told in together)
    narrowest = min(together, key=lambda told: (str(told.when.latest), told.claim.id)).when
    day = first_day(Interval(narrowest.earliest, narrowest.latest))
    return Event(
        id=content_id("ev", story_id, claim_ids[0], str(day)),
        story_id=story_id,
        label=central.text[:_LABEL],
        claim_ids=claim_ids,
        earliest=narrowest.earliest,
        latest=narrowest.latest,
        precision="day"
        if days_of(Interval(narrowest.earliest, narrowest.latest)) == 1 and "T" not in narrowest.value
        else "hour",
        inferred=not any(told.stated for told in together),
        modality=central.claim.modality,
        entity_ids=tuple(sorted({entity for told in together for entity in told.entities})),
    )
