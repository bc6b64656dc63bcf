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
        (
            "Am 11., 18. und 25. März sowie vom 3.-5. Mai 2014",
            [
                ("11.", "XXXX-03-11"),
                ("18.", "XXXX-03-18"),
                ("25. März", "XXXX-03-25"),
                ("3.", "2014-05-03"),
                ("5. Mai 2014", "2014-05-05"),
            ],
        ),
        ("Vom 30. Mai bis 2. Juni 2014", [("30. Mai", "2014-05-30"), ("2. Juni 2014", "2014-06-02")]),
        (
            "9.30/12.30 Uhr, um 12.15 und von 8-10 Uhr",
            [
                ("9.30", "XXXX-XX-XXT09:30"),
                ("12.30 Uhr", "XXXX-XX-XXT12:30"),
                ("12.15", "XXXX-XX-XXT12:15"),
                ("8", "XXXX-XX-XXT08:00"),
                ("10 Uhr", "XXXX-XX-XXT10:00"),
            ],
        ),
        ("Kirchplatz 3, 20 Uhr", [("20 Uhr", "XXXX-XX-XXT20:00")]),
        ("Sechs bis acht Monate", [("Sechs", "P6M"), ("acht Monate", "P8M")]),
        (
            "Zwischen 2009 und 2011, im Plan 2009-2011",
            [("2009", "2009"), ("2011", "2011"), ("2009", "2009"), ("2011", "2011")],
        ),
        (
            "45 Arbeitstage, drei Montage, die 14-Tage-Frist",
            [("45 Arbeitstage", "P45D"), ("14-Tage", "P14D")],
        ),
        ("200 Gäste am Tag, einmal im Monat", [("Tag", "P1D"), ("einmal im Monat", "P1M")]),
        ("jeden zweiten Donnerstag im Monat", [("jeden zweiten Donnerstag im Monat", "XXXX-WXX-4")]),
        ("in der ersten Hälfte des 15. Jahrhunderts", [("der ersten Hälfte des 15. Jahrhunderts", "14")]),
        ("die zweite Jahreshälfte", [("die zweite Jahreshälfte", "XXXX-H2")]),
        ("In der 82. Minute stand es 3:1.", []),
        ("Kinder ab 6 Jahren und unter 14 Jahren, Mit 71 Jahren, im Alter von 5 Jahren", []),
        ("mit zwei Jahren Haft", [("zwei Jahren", "P2Y")]),
        ("So bald nicht, es ist zu früh, von früh bis spät", []),
        ("Um 1600 waren es 1600.", [("1600", "1600")]),
        ("vor 3 Millionen Jahren", []),
        ("Der Film „Mittwoch in Kairo“ läuft; „Mittwoch ist gut“, sagt er.", [("Mittwoch", "XXXX-WXX-3")]),
    ],
)
def test_german_phrases(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It may march on Monday, in March or May 2024.",
            [("Monday", "XXXX-WXX-1"), ("March", "2024-03"), ("May 2024", "2024-05")],
        ),
        ("At 8 p.m. on Wednesday", [("8 p.m. on Wednesday", "XXXX-WXX-3T20:00")]),
        ("The 30-day truce and a 3-year-old boy", [("30-day", "P30D")]),
        ("In 2000 villages nobody", [("2000", "2000")]),
        (
            "Two to three days, between 2 and 4 p.m.",
            [
                ("Two", "P2D"),
                ("three days", "P3D"),
                ("2", "XXXX-XX-XXT14:00"),
                ("4 p.m.", "XXXX-XX-XXT16:00"),
            ],
        ),
        (
            "The day after tomorrow, May 3-5, 2014",
            [("The day after tomorrow", "XXXX-XX-XX"), ("May 3", "2014-05-03"), ("5, 2014", "2014-05-05")],
        ),
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


def test_what_is_listed_looks_one_way() -> None:
    told = [phrase.direction for phrase in phrases("Der Chor tritt am Samstag und am Sonntag auf.")]
    assert told == ["future", "future"]


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
