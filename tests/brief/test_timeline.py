"""Happenings in the order of time, places, and the dossier that binds them."""

from __future__ import annotations

from typing import Any

from gold.compare.piles import entity_id, story, view

from lagebild.brief.dossier import DossierTools, bind_dossier
from lagebild.brief.places import PlaceTools, draw_map
from lagebild.brief.timeline import TimelineTools, draw_timeline
from lagebild.model.document import Document
from lagebild.model.dossier import Dossier, MapPoint, TimelineEntry
from lagebild.model.identity import PlaceUse
from lagebild.resolve.places_uses import PlaceUseTools, read_places
from lagebild.step import DocView

FRIDAY = ["am Freitag", "2024-05-03T00:00:00", "2024-05-04T00:00:00"]


def timeline(*texts: dict[str, Any]) -> list[TimelineEntry]:
    """The timeline of a pile."""
    return list(draw_timeline(view(*story(texts)), TimelineTools()))


def text(words: str, *, path: str = "a.txt", day: str | None = "2024-05-04", **more: Any) -> dict[str, Any]:
    """A text of one claim."""
    claim = {"words": words.rstrip("."), "modality": more.pop("modality", "happened")}
    return {"path": path, "text": words, "day": day, "claims": [claim], "outlet": f"Blatt {path}", **more}


def test_a_dated_sentence_is_a_happening() -> None:
    (entry,) = timeline(text("Das Wehr wurde am Freitag geöffnet.", times=[FRIDAY]))
    assert (entry.earliest, entry.precision, entry.modality, entry.inferred) == (
        "2024-05-03T00:00:00",
        "day",
        "happened",
        False,
    )
    assert entry.text == "Das Wehr wurde am Freitag geöffnet."
    assert entry.origin_ids


def test_one_happening_told_twice_is_one_entry() -> None:
    a = text("Das Wehr der Talsperre wurde am Freitag geöffnet.", times=[FRIDAY])
    b = text("Geöffnet wurde das Wehr der Talsperre am Freitag.", path="b.txt", times=[FRIDAY])
    (entry,) = timeline(a, b)
    assert len(entry.citations) == 2
    assert len(entry.origin_ids) == 2


def test_two_happenings_of_one_day_are_two_entries() -> None:
    a = text("Das Wehr wurde am Freitag geöffnet.", times=[FRIDAY])
    b = text("Die Schule blieb am Freitag leer.", path="b.txt", times=[FRIDAY])
    assert len(timeline(a, b)) == 2


def test_what_lies_ahead_is_planned_whatever_the_verb_says() -> None:
    monday = ["Am Montag", "2024-05-06T00:00:00", "2024-05-07T00:00:00"]
    (entry,) = timeline(text("Am Montag öffnet das Wehr wieder.", times=[monday]))
    assert entry.modality == "planned"


def test_a_date_from_the_story_is_inferred() -> None:
    (entry,) = timeline(text("Das Wehr wurde am Freitag geöffnet.", times=[[*FRIDAY, "story"]], day=None))
    assert entry.inferred


def test_a_stated_date_beside_an_inferred_one_is_stated() -> None:
    a = text("Das Wehr der Talsperre wurde am Freitag geöffnet.", times=[[*FRIDAY, "story"]], day=None)
    b = text("Geöffnet wurde das Wehr der Talsperre am Freitag.", path="b.txt", times=[FRIDAY])
    assert not timeline(a, b)[0].inferred


def test_an_undated_phrase_gives_nothing() -> None:
    assert timeline(text("Das Wehr wurde geöffnet.")) == []


def test_entries_are_ranked_by_time() -> None:
    early = ["Im April", "2024-04-01T00:00:00", "2024-05-01T00:00:00"]
    a = text("Das Wehr wurde am Freitag geöffnet.", times=[FRIDAY])
    b = text("Im April brach der Damm.", path="b.txt", times=[early])
    entries = timeline(a, b)
    assert [entry.precision for entry in entries] == ["month", "day"]
    assert [entry.rank for entry in entries] == [0, 1]


def test_a_crowded_timeline_is_cut() -> None:
    days = (
        [f"2024-03-{k:02d}" for k in range(1, 29)]
        + [f"2024-02-{k:02d}" for k in range(1, 29)]
        + [f"2024-01-{k:02d}" for k in range(1, 20)]
    )
    words = [
        f"Am Tag Q{k} kam Schiff Nordlicht{chr(97 + k % 26) * 3}{chr(97 + k // 26) * 3} an."
        for k in range(len(days))
    ]
    times = [
        [f"Am Tag Q{k} ", f"{day}T00:00:00", f"{day[:8]}{int(day[8:]) + 1:02d}T00:00:00"]
        for k, day in enumerate(days)
    ]
    pile = {"path": "a.txt", "text": "\n".join(words), "day": "2024-05-04", "times": times}
    assert len(timeline(pile)) == 60


def points(*texts: dict[str, Any]) -> dict[str, str]:
    """Entity id -> role."""
    return {row.entity_id: row.role for row in drawn(*texts)}


def drawn(*texts: dict[str, Any]) -> list[MapPoint]:
    """The points of a pile."""
    made, found = story(texts)
    for rows in made:
        doc = DocView(rows[Document][0].id, {kind: tuple(rows[kind]) for kind in rows})
        rows[PlaceUse] = list(read_places([doc], PlaceUseTools()))
    return list(draw_map(view(made, found), PlaceTools()))


def test_where_it_happens_is_a_scene() -> None:
    found = points(text("In der Stadt Lohra wurde das Wehr geöffnet.", names=[["Lohra", "Lohra", "LOC"]]))
    assert found == {entity_id("Lohra"): "event"}


def test_a_place_that_acts_is_only_named() -> None:
    found = points(text("In der Sache forderte Lohra mehr Geld.", names=[["Lohra", "Lohra", "LOC"]]))
    assert found == {entity_id("Lohra"): "named"}


def test_what_is_planned_is_told_apart() -> None:
    found = points(
        text("In Lohra soll das Wehr öffnen.", modality="planned", names=[["Lohra", "Lohra", "LOC"]])
    )
    assert found == {entity_id("Lohra"): "planned"}


def test_what_might_be_is_no_scene() -> None:
    found = points(
        text("In Lohra könnte das Wehr brechen.", modality="hypothetical", names=[["Lohra", "Lohra", "LOC"]])
    )
    assert found == {entity_id("Lohra"): "named"}


def test_a_point_has_the_day_told_else_that_of_the_report() -> None:
    told = text("In Lohra brach am Freitag das Wehr.", names=[["Lohra", "Lohra", "LOC"]], times=[FRIDAY])
    (point,) = drawn(told)
    assert point.days == ("2024-05-03",)
    (point,) = drawn(text("In Lohra brach das Wehr.", names=[["Lohra", "Lohra", "LOC"]]))
    assert point.days == ("2024-05-04",)
    april = ["Im April", "2024-04-01T00:00:00", "2024-05-01T00:00:00"]
    (point,) = drawn(
        text("Im April brach in Lohra das Wehr.", names=[["Lohra", "Lohra", "LOC"]], times=[april])
    )
    assert point.days == ()


def test_near_a_place_is_less_exact() -> None:
    words = "20 Kilometer südlich von Lohra brach das Wehr."
    (point,) = drawn(text(words, names=[["Lohra", "Lohra", "LOC"]]))
    assert (point.role, point.precision_km) == ("event", 20.0)


def test_a_dateline_is_no_point() -> None:
    words = "Lohra (dpa) - Das Wehr wurde geöffnet, wie der Verband mitteilte."
    assert points(text(words, names=[["Lohra", "Lohra", "LOC"]])) == {}


def test_adjectives_are_no_places() -> None:
    assert points(text("Der Lohraer Rat tagte.", names=[["Lohraer", "Lohra", "LOC", "derived"]])) == {}


def dossier(*texts: dict[str, Any]) -> Dossier:
    """The dossier of a pile."""
    (row,) = bind_dossier(view(*story(texts)), DossierTools())
    return row


def test_copies_share_a_letter_and_the_first_comes_first() -> None:
    words = "Das Wehr wurde geöffnet."
    a = text(words, path="a.txt", day="2024-05-03", copies=[[words, "z.txt", words]])
    z = text(words, path="z.txt", day="2024-05-02", agencies=["dpa"])
    other = text("Die Schule blieb leer.", path="m.txt", day="2024-05-04")
    row = dossier(a, z, other)
    assert [(mark.letter, len(mark.doc_ids)) for mark in row.marks] == [("A", 2), ("B", 1)]
    assert row.marks[0].doc_ids[0] == row.doc_ids[0]
    assert row.as_of == "2024-05-04"


def test_an_undated_pile_has_no_as_of() -> None:
    row = dossier(text("Das Wehr wurde geöffnet.", day=None))
    assert row.as_of is None
    assert row.title == "Das Wehr wurde geöffnet."
