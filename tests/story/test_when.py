"""Phrases are dated from the document's day, from a day named before, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lagebild.model.document import Block
from lagebild.model.story import Anchor, Dateline, When
from lagebild.step import DocView
from lagebild.story.when import date_phrases
from lagebild.textkit.calendar import day_interval

from .rows import WHENS, layers


def whens(
    text: str, first: str | None = "2025-06-11", last: str | None = None, source: Anchor = "published"
) -> list[When]:
    rows = layers("d", text)
    if first is not None:
        whole = day_interval(date.fromisoformat(first), date.fromisoformat(last or first))
        rows[Dateline] = (Dateline("d:n", "d", whole.earliest, whole.latest, source, ()),)
    return list(date_phrases([DocView("d", rows)], WHENS))


def test_a_weekday_is_dated_from_the_documents_day() -> None:
    (when,) = whens("Am Freitag sank das Schiff.")
    assert (when.value, when.earliest, when.latest) == (
        "2025-06-06",
        "2025-06-06T00:00:00",
        "2025-06-07T00:00:00",
    )
    assert when.anchor == "published"


def test_the_source_of_the_documents_day_is_told() -> None:
    (when,) = whens("Am Freitag sank das Schiff.", source="story")
    assert when.anchor == "story"


def test_without_an_anchor_nothing_is_dated() -> None:
    (when,) = whens("Am Freitag sank das Schiff.", None)
    assert (when.value, when.earliest, when.latest, when.anchor) == ("XXXX-WXX-5", None, None, "none")


def test_a_complete_date_needs_no_anchor() -> None:
    (when,) = whens("Am 5. April 2023 sank das Schiff.", None)
    assert (when.value, when.anchor) == ("2023-04-05", "text")


def test_an_interval_dates_what_is_the_same_from_every_day_of_it() -> None:
    (when,) = whens("Am Montag sank das Schiff.", "2025-06-10", "2025-06-13")
    assert when.value == "2025-06-09"


def test_an_interval_leaves_open_what_differs() -> None:
    (when,) = whens("Am Donnerstag sank das Schiff.", "2025-06-10", "2025-06-13")
    assert when.value == "XXXX-WXX-4"
    assert (when.earliest, when.latest) == ("2025-06-05T00:00:00", "2025-06-13T00:00:00")
    assert when.reasons[0].name == "anchor_wide"


def test_that_day_is_the_one_named_before() -> None:
    text = "Am 20. Januar tritt er sein Amt an. An diesem Tag soll gefeiert werden."
    first, second = whens(text, "2024-11-12")
    assert (first.value, second.value) == ("2025-01-20", "2025-01-20")
    assert second.anchor == "text"
    assert second.anchor_at is not None
    assert text[second.anchor_at.start : second.anchor_at.end] == "20. Januar"


def test_a_clock_time_takes_the_day_beside_it() -> None:
    _, when = whens("Am Dienstag ging um 18.30 Uhr der Notruf ein.")
    assert when.earliest == "2025-06-10T18:30:00"


def test_a_clock_time_in_a_report_without_a_day_stays_open() -> None:
    (when,) = whens("Um 18.30 Uhr ging der Notruf ein.")
    assert (when.value, when.earliest) == ("XXXX-XX-XXT18:30", None)


def test_a_day_named_far_before_is_not_meant() -> None:
    text = "Am Dienstag sank das Schiff. " + "Der Hafen schweigt. " * 5 + "Um 18.30 Uhr ging der Notruf ein."
    assert whens(text)[-1].earliest is None


def test_what_hangs_on_an_event_is_left_open() -> None:
    (when,) = whens("Vor der Abstimmung war es still.")
    assert (when.earliest, when.latest, when.anchor) == (None, None, "none")


def test_an_open_dateline_dates_nothing() -> None:
    rows = layers("d", "Am Freitag sank das Schiff.")
    rows[Dateline] = (Dateline("d:n", "d", "2025-06-01T00:00:00", None, "text", ()),)
    (when,) = date_phrases([DocView("d", rows)], WHENS)
    assert when.earliest is None


def test_every_phrase_has_a_row_with_a_reason() -> None:
    found = whens("Am Freitag, seit drei Tagen, täglich, zuletzt und um 8 Uhr.")
    assert len(found) == 5
    assert all(when.reasons for when in found)


def test_a_day_inferred_from_the_text_itself_is_no_day_that_the_text_states() -> None:
    (when,) = whens("Am Freitag sank das Schiff.", source="text")
    assert when.anchor == "story"


def test_that_day_hangs_on_an_inferred_day_as_the_first_one_does() -> None:
    first, second = whens("Am Dienstag sank das Schiff. An diesem Tag war Sturm.", source="copy")
    assert (first.anchor, second.anchor) == ("copy", "copy")
    assert second.reasons[0].name == "day_named_before"


def test_an_interval_is_told_with_both_ends() -> None:
    (when,) = whens("Am Montag sank das Schiff.", "2025-06-10", "2025-06-13", "story")
    reason = when.reasons[0]
    assert (reason.name, reason.left, reason.right) == ("written_between", "2025-06-10", "2025-06-13")


def test_a_week_ago_counts_from_the_day_of_the_report() -> None:
    _, when = whens("Am Freitag tagte der Rat. Vor einer Woche war er vertagt worden.", "2025-06-14")
    assert (when.earliest, when.value) == ("2025-06-06T00:00:00", "2025-06-06")
    assert when.reasons[0].left == "2025-06-13"


def test_a_week_ago_without_such_a_day_is_a_week() -> None:
    (when,) = whens("Vor einer Woche war der Rat vertagt worden.", "2025-06-14")
    assert when.value == "2025-W23"


def test_before_a_feast_is_open_towards_the_past() -> None:
    (when,) = whens("Das Dach soll vor Weihnachten dicht werden.")
    assert (when.value, when.earliest, when.latest) == ("2025-12-25", None, "2025-12-25T00:00:00")


def test_entries_of_a_ticker_belong_to_the_day_above_them() -> None:
    text = "12. Juni 2025\nGestern sank ein Kahn.\n11. Juni 2025\nHeute sank ein Kahn."
    rows = layers("d", text)
    rows[Block] = tuple(
        replace(block, kind="ticker_entry" if "Kahn" in text[block.start : block.end] else "headline")
        for block in rows[Block]
    )
    rows[Dateline] = (Dateline("d:n", "d", "2025-06-11T00:00:00", "2025-06-12T00:00:00", "published", ()),)
    _, yesterday, _, today = date_phrases([DocView("d", rows)], WHENS)
    assert (yesterday.value, today.value) == ("2025-06-11", "2025-06-11")
    assert (yesterday.anchor, yesterday.reasons[0].name) == ("text", "entry_day")
    assert yesterday.anchor_at is not None
    assert text[yesterday.anchor_at.start : yesterday.anchor_at.end] == "12. Juni 2025"


def test_a_day_to_come_is_not_that_of_what_has_happened() -> None:
    text = "Am Samstag wollen Taucher den Kahn heben. Er wurde am Mittag gefunden."
    assert whens(text)[-1].value == "2025-06-11TMI"


def test_an_evening_past_in_the_forenoon_was_the_one_before() -> None:
    rows = layers("d", "Sie schrieb am Abend, am Morgen kam die Antwort.", "2025-06-11T11:20", "minute")
    rows[Dateline] = (Dateline("d:n", "d", "2025-06-11T00:00:00", "2025-06-12T00:00:00", "published", ()),)
    evening, morning = date_phrases([DocView("d", rows)], WHENS)
    assert (evening.value, morning.value[-3:]) == ("2025-06-10TEV", "TMO")
