"""The day of a document: stated, or inferred with reasons, or not at all."""

from __future__ import annotations

from lagebild.model.lineage import CopyLink
from lagebild.model.span import Span
from lagebild.model.story import Dateline

from .rows import Layers, datelines_of, layers


def days(line: Dateline | None) -> tuple[str | None, str | None] | None:
    """First day, and the day after the last."""
    return None if line is None else (line.earliest and line.earliest[:10], line.latest and line.latest[:10])


def test_a_stated_day_is_the_day() -> None:
    line = datelines_of({"a": layers("a", "Hafen.", "2025-03-14T21:40", "minute")})["a"]
    assert days(line) == ("2025-03-14", "2025-03-15")
    assert line.source == "published"


def test_an_instant_with_offset_falls_on_the_day_of_the_case() -> None:
    line = datelines_of({"a": layers("a", "Hafen.", "2025-03-14T23:40:00Z", "second")})["a"]
    assert days(line) == ("2025-03-15", "2025-03-16")


def test_a_stated_month_is_its_days() -> None:
    line = datelines_of({"a": layers("a", "Hafen.", "2025-02", "month")})["a"]
    assert days(line) == ("2025-02-01", "2025-03-01")
    assert line.at


def test_nothing_known_is_no_row() -> None:
    assert datelines_of({"a": layers("a", "Am Freitag brannte der Hafen.")}) == {}


def test_a_post_on_a_weekday_the_text_names_dates_it() -> None:
    text = "Am Mittwoch zeigte das Fernsehen Bilder vom Hafen. Sie sprach am Mittwoch.\npost: Bild — @x 12. März 2025"
    line = datelines_of({"a": layers("a", text)})["a"]
    assert days(line) == ("2025-03-12", "2025-03-14")
    assert line.source == "text"
    assert line.reasons[0].name == "weekday_of_named_day"
    assert any(text[span.start : span.end] == "12. März 2025" for span in line.at)


def test_a_date_long_ago_on_the_same_weekday_by_chance_dates_nothing() -> None:
    line = datelines_of(
        {"a": layers("a", "Am 3. April 2011 sank die Fähre. Taucher fanden am Sonntag die Glocke.")}
    )["a"]
    assert days(line) == ("2011-04-03", None)
    assert line.reasons[0].name == "names_day"


def pile() -> dict[str, Layers]:
    return {
        "a": layers("a", "Die Gesandten einigten sich am Dienstag in Dalmora auf eine Pause.", "2025-03-12"),
        "b": layers(
            "b",
            "Lenz flog am Donnerstag nach Orsk. Am Donnerstag sprach er dort. In Dalmora hatte man sich am Dienstag geeinigt.",
        ),
        "c": layers(
            "c", "Das Treffen mit Lenz in Orsk habe am Donnerstag stattgefunden. Lenz reiste am Freitag ab."
        ),
    }


def test_the_same_weekday_with_the_same_rare_word_ties_two_documents() -> None:
    lines = datelines_of(pile())
    assert days(lines["b"]) == ("2025-03-13", "2025-03-15")
    reason = lines["b"].reasons[0]
    assert (reason.name, reason.left) == ("same_day_elsewhere", "2025-03-11")
    assert "a.txt" in str(reason.detail)
    assert lines["b"].source == "story"


def test_what_is_dated_dates_the_next() -> None:
    lines = datelines_of(pile())
    assert days(lines["c"]) == ("2025-03-14", "2025-03-16")


def test_background_dates_nothing() -> None:
    assert set(datelines_of(pile(), background=["a"])) == {"a"}


def test_the_order_of_documents_plays_no_part() -> None:
    docs = pile()
    assert datelines_of(docs) == datelines_of(dict(reversed(list(docs.items()))))


def test_a_shared_passage_dates_a_document_near_the_other() -> None:
    shared = "Drei Wagen schlugen leck, doch ein Brand blieb aus."
    docs = {"a": layers("a", shared, "2025-03-27"), "b": layers("b", f"{shared} Am Freitag kam der Kran.")}
    link = CopyLink("k", Span("a", 0, len(shared)), Span("b", 0, len(shared)), "same_text", "unknown", 1.0)
    line = datelines_of(docs, links=[link])["b"]
    assert line.source == "copy"
    assert days(line) == ("2025-03-28", "2025-03-30")
    assert Span("b", 0, len(shared)) in line.at


def test_a_stated_month_bounds_what_is_inferred() -> None:
    docs = pile()
    text = "Lenz flog am Montag nach Orsk. In Dalmora war man sich am Dienstag einig."
    docs["b"] = layers("b", text, "2025-04", "month")
    line = datelines_of(docs)["b"]
    assert line.earliest is not None
    assert line.earliest >= "2025-04-01"


def test_every_inferred_day_has_a_reason_and_a_place() -> None:
    for line in datelines_of(pile()).values():
        assert line.reasons
        assert line.source == "published" or line.at
