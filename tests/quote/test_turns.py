"""Conversations written down: interviews, minutes, transcripts; and what looks like one and is none."""

from __future__ import annotations

import pytest

from tests.quote.marked import case, quotes_in

NAMED = (
    "Die Geologin Edda Marr gräbt in Peru.\n\n"
    "Nordpost: [Frau Marr, was suchen Sie?]{quote}\n\n"
    "[Marr]{speaker}: [Salz. Und wir finden mehr, als wir tragen können.]{quote}\n\n"
    "Nordpost: [Wie lange bleiben Sie?]{quote}\n\n"
    "Marr: [Bis mein Geld alle ist.]{quote}"
)


def test_labels_name_who_speaks() -> None:
    found = case(NAMED)
    assert [found.text[quote.start : quote.end] for quote in found.quotes] == found.marked("quote")
    assert [found.words(quote.speaker) for quote in found.quotes] == ["Nordpost", "Marr", "Nordpost", "Marr"]
    assert [quote.stance for quote in found.quotes] == ["ask", "assert", "ask", "assert"]
    assert {quote.form for quote in found.quotes} == {"direct"}


def test_question_and_answer_take_the_guest_from_the_head() -> None:
    found = case(
        "Ein Gespräch mit [Tierärztin Maria Lenz]{guest} über Kühe.\n\nFrage: Warum Kühe?\n\nAntwort: Weil sie bleiben.\n\n"
        "Frage: Und Schafe?\n\nAntwort: Die laufen weg."
    )
    assert [found.words(quote.speaker) for quote in found.quotes] == [
        None,
        *found.marked("guest"),
        None,
        *found.marked("guest"),
    ]


def test_answers_of_an_unnamed_guest_are_unknown() -> None:
    text = "Frage: Wie viele waren da?\n\nAntwort: Etwa vierzig.\n\nFrage: Und danach?\n\nAntwort: Keiner."
    assert [quote.speaker for quote in quotes_in(text)] == [None] * 4


def test_bold_labels_and_a_turn_of_two_paragraphs() -> None:
    found = case(
        "**Reporter:** Wo waren Sie?\n\n**Jan Olbers:** [Im Keller.]{quote}\n\n[Es war dunkel, und ich hatte kein Licht.]{quote}\n\n"
        "**Reporter:** Wie lange?\n\n**Jan Olbers:** Bis sechs."
    )
    answer = found.quotes[1]
    assert [found.words(piece) for piece in answer.pieces] == found.marked("quote")
    assert found.words(answer.speaker) == "Jan Olbers"


def test_an_interview_in_bold_questions() -> None:
    found = case(
        "Ein Interview mit [Seglerin Pia Lund]{guest}.\n\n**Was war schwer?**\n\nIch schlief kaum.\n\n**Hatten Sie Angst?**\n\n"
        "Ja, und wir hatten kein Wasser.\n\n**Und jetzt?**\n\nJetzt schlafe ich."
    )
    assert [found.words(quote.speaker) for quote in found.quotes] == [None, "Seglerin Pia Lund"] * 3


def test_what_the_text_says_behind_the_conversation_is_no_turn() -> None:
    found = case(NAMED + "\n\nEdda Marr wurde in Gera geboren. Das Gespräch führte Tom Hahn.")
    assert len(found.quotes) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Zutaten: Mehl, Eier.\n\nZubereitung: Alles rühren.\n\nTipp: Zucker nehmen.",
        "Torwart Jan Kolb: Hielt stark. Note 2.\n\nVerteidiger Ali Demir: Zu langsam. Note 4.\n\nStürmer Ben Graf: Zwei Tore.",
        "Regie: Hans Kern\n\nKamera: Eva Holm\n\nSchnitt: Uwe Pohl",
        "status: ok\n\nerror: none\n\nstatus: ok\n\nerror: none",
    ],
)
def test_lists_are_no_conversations(text: str) -> None:
    assert [quote for quote in quotes_in(text) if quote.reasons[0].name == "turn"] == []


def test_speech_inside_an_answer_is_passed_on_by_who_answers() -> None:
    found = case(
        "Frage: Wer sagt das?\n\nKlara Voss: [Der Wirt]{speaker} hat mir [gesagt]{cue}, [der Keller sei leer]{quote}.\n\n"
        "Frage: Und?\n\nKlara Voss: Ich glaube ihm."
    )
    inner = next(quote for quote in found.quotes if quote.inside)
    assert [found.words(piece) for piece in inner.pieces] == found.marked("quote")
    assert [found.words(piece) for piece in inner.reported_by] == ["Klara Voss"]
