"""Reported and direct speech in English."""

from __future__ import annotations

import pytest

from tests.quote.marked import case


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
