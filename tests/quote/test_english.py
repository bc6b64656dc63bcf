"""Reported and direct speech in English."""

from __future__ import annotations

import pytest

from tests.quote.marked import case, quotes_in


@pytest.mark.parametrize(
    ("marked", "stance"),
    [
        ("[The mayor]{speaker} [said]{cue} [that the bridge was closed]{quote}.", "assert"),
        ("[Police]{speaker} [said]{cue} [the road would be closed]{quote}.", "assert"),
        ("“[We are ready]{quote},” [Anna Cole]{speaker} [said]{cue} on Monday.", "assert"),
        ("“[We are ready]{quote},” [said]{cue} [Anna Cole]{speaker}. “[Let us begin.]{quote}”", "assert"),
        ("[According to]{cue} [the harbour office]{speaker}, [two ships are missing]{quote}.", "assert"),
        ("[The minister]{speaker} [promised]{cue} [to repair the road]{quote}.", "promise"),
        ("[The company]{speaker} [denied]{cue} [the allegations]{quote}.", "deny"),
        ("[The bridge was closed]{quote}, [a spokesman for the city]{speaker} [said]{cue}.", "assert"),
    ],
)
def test_words_cue_and_speaker(marked: str, stance: str) -> None:
    assert case(marked, "en").check().stance == stance


def test_the_verb_may_stand_behind_a_name_and_what_explains_it() -> None:
    found = case("“The dam will hold,” Jane Holt, a spokeswoman for the county, said. “We checked it.”", "en")
    assert [found.words(quote.speaker) for quote in found.quotes] == [
        "Jane Holt, a spokeswoman for the county"
    ]


def test_who_saw_a_document_is_no_part_of_the_words() -> None:
    case(
        "[The bridge would get a second lane]{quote}, [according to]{cue} [a draft]{speaker} seen by this paper.",
        "en",
    ).check()


@pytest.mark.parametrize(
    ("text", "words", "speaker", "stance"),
    [
        ("Officials say the bridge will close.", "the bridge will close", "Officials", "assert"),
        ("She accused the mayor of lying.", "the mayor of lying", "She", "assert"),
        ("“Why now?” asked Dana Wells.", "Why now?", "Dana Wells", "ask"),
        ("The spokesman declined to comment.", "to comment", "The spokesman", "no_comment"),
        ("He reportedly told aides that he would quit.", "that he would quit", "He", "assert"),
        (
            "The general was quoted as saying the front was stable.",
            "the front was stable",
            "The general",
            "assert",
        ),
        (
            "The Herald reported Friday, citing three officials, that the general had resigned.",
            "that the general had resigned",
            "three officials",
            "assert",
        ),
        (
            "According to the report, seen by the Courier, the bridge was never inspected.",
            "the bridge was never inspected",
            "the report",
            "assert",
        ),
    ],
)
def test_more_ways_of_saying(text: str, words: str, speaker: str, stance: str) -> None:
    (quote,) = quotes_in(text, "en")
    assert quote.speaker is not None
    assert text[quote.start : quote.end] == words
    assert text[quote.speaker.start : quote.speaker.end] == speaker
    assert quote.stance == stance


def test_adding_goes_on_with_the_subject_before() -> None:
    text = "“Nobody was hurt,” said police chief Tom Reed, adding that the fire was out."
    first, second = quotes_in(text, "en")
    assert first.speaker == second.speaker
    assert text[second.start : second.end] == "that the fire was out"
