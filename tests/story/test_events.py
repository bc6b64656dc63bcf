"""Claims of one day about the same things are one event."""

from __future__ import annotations

from datetime import date

from lagebild.model.marks import TimePhrase
from lagebild.model.span import Piece
from lagebild.model.speech import Claim, Modality
from lagebild.model.story import Dateline, Event, When
from lagebild.settings import Settings
from lagebild.step import DocView, GroupView
from lagebild.story.events import EventTools, gather_events
from lagebild.story.when import date_phrases
from lagebild.textkit.calendar import day_interval

from .rows import WHENS, Layers, layers

TOOLS = EventTools.load(Settings())


def claimed(doc_id: str, text: str, source: str = "story", modality: Modality = "happened") -> Layers:
    """A document that is one claim, written on 11 June 2025."""
    rows = layers(doc_id, text)
    whole = day_interval(date(2025, 6, 11))
    rows[Dateline] = (Dateline(f"{doc_id}:n", doc_id, whole.earliest, whole.latest, source, ()),)  # type: ignore[arg-type]
    rows[When] = tuple(date_phrases([DocView(doc_id, rows)], WHENS))
    times = tuple(phrase.id for phrase in rows[TimePhrase])
    whole_text = Piece(0, len(text))
    rows[Claim] = (
        Claim(
            f"{doc_id}:c",
            doc_id,
            0,
            len(text),
            (whole_text,),
            None,
            None,
            whole_text,
            "affirmed",
            modality,
            None,
            None,
            times,
            (),
            (),
        ),
    )
    return rows


def events(*docs: Layers) -> list[Event]:
    views = tuple(DocView(f"d{at}", rows) for at, rows in enumerate(docs))
    return list(gather_events(GroupView("st", views), TOOLS))


def test_two_claims_of_one_day_and_thing_are_one_event() -> None:
    (event,) = events(
        claimed("d0", "Am Freitag sank die Fähre vor Kolm."),
        claimed("d1", "Die Fähre sank am Freitag im Sturm vor Kolm."),
    )
    assert event.claim_ids == ("d0:c", "d1:c")
    assert event.earliest == "2025-06-06T00:00:00"
    assert (event.precision, event.inferred) == ("day", True)


def test_other_things_and_other_days_are_other_events() -> None:
    found = events(
        claimed("d0", "Am Freitag sank die Fähre vor Kolm."),
        claimed("d1", "Am Freitag brannte in Orsk ein Lager."),
        claimed("d2", "Am Montag sank die Fähre vor Kolm."),
    )
    assert len(found) == 3


def test_planned_and_happened_do_not_meet() -> None:
    found = events(
        claimed("d0", "Am Montag sank die Fähre vor Kolm."),
        claimed("d1", "Am Montag sank die Fähre vor Kolm.", modality="planned"),
    )
    assert len(found) == 2


def test_a_stamped_source_states_its_day() -> None:
    (event,) = events(claimed("d0", "Am Freitag sank die Fähre.", "published"))
    assert not event.inferred


def test_claims_without_a_day_give_no_event() -> None:
    assert events(claimed("d0", "Die Fähre sank im Juni vor Kolm.")) == []
