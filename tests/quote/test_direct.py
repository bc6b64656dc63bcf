"""Direct speech: cue before, after, inside; utterances that go on; what in marks is no speech."""

from __future__ import annotations

import pytest

from tests.quote.marked import case, quotes_in


@pytest.mark.parametrize(
    "marked",
    [
        "[Peskow]{speaker} [sagte]{cue}: „[Wir sind bereit.]{quote}“",
        "„[Der Zug fährt nicht]{quote}“, [erklärte]{cue} [Bahnchefin Ute Lohmann]{speaker} am Montag.",
        "„[Der Zug fährt nicht]{quote}“, [sagte]{cue} [Ute Lohmann, die Chefin der Bahn]{speaker}. „[Das ist bitter.]{quote}“",
        "„[Wir haben]{quote}“, [sagte]{cue} [er]{speaker}, „[keine Kohle mehr im Lager.]{quote}“",
        "\"[Das dauert noch Wochen]{quote}\", [so]{cue} [der Kapitän der Fähre]{speaker}.",
        "»[Kommt jemand mit?]{quote}«, [fragte]{cue} [der Wirt]{speaker}.",
        "“[Das Wasser steigt weiter.]{quote}”, [schrieb]{cue} [die Behörde]{speaker} auf ihrer Seite.",
        "[Die Ärztin]{speaker} lobte niemanden und [fügte hinzu]{cue}: „[Es fehlen Betten.]{quote}“",
        "„[Das Eis trägt nicht mehr]{quote}“, [frohlockte]{cue} [Jan Reimer]{speaker}.",
    ],
)  # fmt: skip
def test_words_cue_and_speaker(marked: str) -> None:
    assert case(marked).check().form == "direct"


def test_a_new_cue_with_its_own_subject_opens_a_new_utterance() -> None:
    found = case("„Wir gehen“, sagte Lotte Kraus. „Und zwar gleich.“ „Wir bleiben“, sagte Bernd Otten.")
    assert [len(quote.pieces) for quote in found.quotes] == [2, 1]
    assert [found.words(quote.speaker) for quote in found.quotes] == ["Lotte Kraus", "Bernd Otten"]


def test_an_utterance_goes_on_behind_a_teaser() -> None:
    text = "„Wir warten hier,\n\nbis die Brücke offen ist“, rief ein Fahrer."
    quote = quotes_in(text)[0]
    assert [text[piece.start : piece.end] for piece in quote.pieces] == [
        "Wir warten hier,",
        "bis die Brücke offen ist",
    ]
    assert quote.speaker is not None
    assert text[quote.speaker.start : quote.speaker.end] == "ein Fahrer"


def test_the_cue_may_stand_in_the_paragraph_before() -> None:
    found = case("[Der Vater]{speaker} [sagte]{cue}:\n\n„[Wir suchen weiter, Tag und Nacht.]{quote}“")
    assert found.check().stance == "assert"


def test_words_without_a_cue_have_no_speaker() -> None:
    found = case("Lena Koch kam aus dem Haus.\n\n„[Niemand hat uns etwas gesagt.]{quote}“")
    assert found.check().reasons[0].name == "no_cue"


@pytest.mark.parametrize(
    "text",
    [
        "Der „Morgenbote“ erscheint nicht mehr.",
        "Das sogenannte „Sommerloch“ blieb in diesem Jahr aus.",
        "Ihr Roman „Im Watt“ wurde gut verkauft.",
        'console.debug({ "id": "", "robot": "false" })',
        "Er kaufte „Äpfel und Birnen. Danach ging er heim.",
    ],
)
def test_not_speech(text: str) -> None:
    assert quotes_in(text) == []


def test_no_quotation_runs_over_blocks() -> None:
    text = "Er sagte: „Nie wieder.\n\nDer Regen hörte auf.\n\nDas Fest „am Deich“ fand statt."
    assert all("\n" not in text[quote.start : quote.end] for quote in quotes_in(text))


def test_addressee_and_who_passes_it_on() -> None:
    found = case("„Wir bauen weiter“, sagte er der Agentur Nordpress zufolge gegenüber Anwohnern.")
    assert [found.words(place) for place in found.only.reported_by] == ["der Agentur Nordpress"]
    assert found.words(found.only.addressee) == "Anwohnern"


def test_ten_thousand_quotations_in_one_document() -> None:
    text = "\n".join("„Ja, wir kommen“, sagte Lena Koch." for _ in range(1_000))
    assert len(quotes_in(text)) == 1_000
