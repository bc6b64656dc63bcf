"""Phrases are found with TIMEX3 spans; the clause shows which way they look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.annotate.times import TimeTools, find_times
from lagebild.model.document import Block, Document, Masthead, Stated
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.settings import Settings
from lagebild.step import DocView

TOOLS = TimeTools.load(Settings())
Annotated = Callable[..., DocView]


def view(text: str, language: str | None = "de", content: bool = True) -> DocView:
    return DocView(
        "d",
        {
            Document: (Document("d", text, "text/plain", "utf-8", Stated(), (), None),),
            Masthead: (Masthead("d:m", "d", language, None, None, None, None, None, (), ()),),
            Block: (Block("d:b", "d", 0, len(text), "paragraph", content),),
            Sentence: (Sentence("d:s", "d", 0, len(text), "d:b"),),
        },
    )


def phrases(text: str, language: str | None = "de") -> list[TimePhrase]:
    return list(find_times([view(text, language)], TOOLS))


def told(text: str, language: str = "de") -> list[tuple[str, str]]:
    return [(text[phrase.start : phrase.end], phrase.value) for phrase in phrases(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am späten Donnerstagabend kam Regen.", [("späten Donnerstagabend", "XXXX-WXX-4TEV")]),
        ("In der Nacht zum Mittwoch brannte es.", [("der Nacht zum Mittwoch", "XXXX-WXX-2TNI")]),
        ("Am 12.11.2024 08:09 Uhr", [("12.11.2024 08:09 Uhr", "2024-11-12T08:09")]),
        ("Am 31.02.2024 war nichts.", []),
        (
            "Von März bis Mai und Ende August",
            [("März", "XXXX-03"), ("Mai", "XXXX-05"), ("Ende August", "XXXX-08")],
        ),
        ("August Macke malte im August.", [("August", "XXXX-08")]),
        ("Es kamen 2015 Zuschauer, im Jahr 2015 mehr.", [("Jahr 2015", "2015")]),
        ("Ein 54 Jahre alter Mann und eine 23-jährige Frau", []),
        ("Die 30-tägige, dann einmonatige Pause", [("30-tägige", "P30D"), ("einmonatige", "P1M")]),
        ("Eine Mutter und ein Tag", [("ein Tag", "P1D")]),
        ("Stunden nachdem er kam", [("Stunden", "PTXH")]),
        ("Guten Morgen, sagte er. Morgen reist er.", [("Morgen", "XXXX-XX-XX")]),
    ],
)
def test_german_phrases(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It may march on Monday, in March or May 2024.",
            [("Monday", "XXXX-WXX-1"), ("March", "XXXX-03"), ("May 2024", "2024-05")],
        ),
        ("At 8 p.m. on Wednesday", [("8 p.m. on Wednesday", "XXXX-WXX-3T20:00")]),
        ("The 30-day truce and a 3-year-old boy", [("30-day", "P30D")]),
        ("In 2000 villages nobody", [("2000", "2000")]),
    ],
)
def test_english_phrases(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Der am 20. Januar sein Amt antreten wird.", "future"),
        ("Er werde am Samstag kommen.", "future"),
        ("Die Prüfer wollen das Schiff am Samstag betreten.", "future"),
        ("Die Männer betraten am Samstag das Schiff.", "past"),
        ("Er kündigte einen Streik für Freitag an.", "future"),
        ("Geplant war das Treffen für Montag gewesen.", "past"),
        ("Seit Montag wartet er.", "past"),
        ("Sie soll bis Freitag liefern.", "future"),
        ("Die Anlage sei am Montag gewartet worden.", "past"),
        ("Auf dem Plakat steht Montag.", "unknown"),
        ("Sie sagte am Montag, dass sie reisen werde.", "past"),
    ],
)
def test_the_clause_shows_the_direction(text: str, direction: str) -> None:
    assert [phrase.direction for phrase in phrases(text)] == [direction]


def test_a_direction_has_its_reason() -> None:
    assert [(r.name, r.detail) for r in phrases("Er wird am Montag reisen.")[0].reasons] == [
        ("tense", "wird")
    ]


def test_what_hangs_on_an_event_is_found_whole_and_left_open() -> None:
    text = "Vor der Abstimmung war es still."
    (phrase,) = phrases(text)
    assert (text[phrase.start : phrase.end], phrase.rule) == (
        "Vor der Abstimmung",
        "event=abstimmung;bound=before",
    )


@pytest.mark.parametrize("language", [None, "fr"])
def test_other_languages_give_nothing(language: str | None) -> None:
    assert phrases("Am 12. März 2025", language) == []


def test_regional_codes_are_read() -> None:
    assert len(phrases("Am 12. März 2025", "de-AT")) == 1


def test_furniture_gives_nothing() -> None:
    assert list(find_times([view("Am Freitag", content=False)], TOOLS)) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "am",
                "12.",
                "März",
                "2025",
                "Freitag",
                "abend",
                "vor",
                "drei",
                "Tagen",
                ",",
                "bis",
                "Ende",
                "8 Uhr",
                "\n",
                "„",
                "x",
            ]
        ),
        max_size=30,
    )
)
def test_spans_are_in_order_and_hold_no_white_space_at_their_ends(words: list[str]) -> None:
    text = " ".join(words)
    found = phrases(text)
    last = 0
    for phrase in found:
        exact = text[phrase.start : phrase.end]
        assert phrase.start >= last
        assert exact == exact.strip() != ""
        last = phrase.end


@given(st.text(max_size=200))
def test_no_text_fails(text: str) -> None:
    phrases(text)
    phrases(text, "en")


def test_hostile_texts_stay_cheap() -> None:
    assert len(phrases("am Freitag " * 3000)) == 3000
    phrases("1" * 100_000)
    phrases("vor drei " * 5000)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das Fest am Freitag fällt aus.", "de"),
        ("Die Probe findet am Samstag statt.", "de"),
        ("Polling takes place in September.", "en"),
    ],
)
def test_what_is_announced_in_the_present_tense_lies_ahead(text: str, language: str) -> None:
    (phrase,) = phrases(text, language)
    assert phrase.direction == "future"


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("Vor dem 1. Dezember ruht der Bau.", "de", True),
        ("Work ends before Christmas.", "en", True),
        ("Calm returned after the 2 October meeting.", "en", False),
        ("Vor dem Rat am 3. Mai sprach sie.", "de", False),
    ],
)
def test_before_and_after_stand_right_before_their_date(text: str, language: str, bound: bool) -> None:
    (phrase,) = phrases(text, language)
    assert ("bound=" in phrase.rule) == bound
