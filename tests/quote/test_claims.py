"""Claims: clauses with a finite verb, who, whether denied, and how it is meant."""

from __future__ import annotations

import pytest

from lagebild.model.speech import Claim
from tests.quote.marked import claims_in


def only(text: str, language: str = "de") -> Claim:
    found = claims_in(text, language)
    assert len(found) == 1, [text[claim.start : claim.end] for claim in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "actor", "predicate", "polarity", "modality"),
    [
        ("Die Armee räumte die Stadt.", "Die Armee", "räumte", "affirmed", "happened"),
        (
            "Am Montag hat der Konzern zwei Werke geschlossen.",
            "der Konzern",
            "geschlossen",
            "affirmed",
            "happened",
        ),
        ("Der Konzern wird zwei Werke schließen.", "Der Konzern", "schließen", "affirmed", "planned"),
        ("Der Konzern will zwei Werke schließen.", "Der Konzern", "schließen", "affirmed", "planned"),
        ("Die Armee räumte die Stadt nicht.", "Die Armee", "räumte", "denied", "happened"),
        ("Die Stadt könnte bald fallen.", "Die Stadt", "fallen", "affirmed", "hypothetical"),
        ("Der Rat muss das Gesetz ändern.", "Der Rat", "ändern", "affirmed", "demanded"),
        ("Der Umzug dauert voraussichtlich drei Jahre.", "Der Umzug", "dauert", "affirmed", "forecast"),
    ],
)
def test_actor_predicate_polarity_modality(
    text: str, actor: str, predicate: str, polarity: str, modality: str
) -> None:
    claim = only(text)
    assert claim.actor is not None
    assert text[claim.actor.start : claim.actor.end] == actor
    assert text[claim.predicate.start : claim.predicate.end] == predicate
    assert (claim.polarity, claim.modality, claim.quote_id) == (polarity, modality, None)


def test_the_words_of_a_quotation_are_its_claim_and_the_cue_is_none() -> None:
    text = "Der Sprecher sagte, dass die Brücke gesperrt sei."
    claim = only(text)
    assert claim.quote_id is not None
    assert text[claim.start : claim.end] == "dass die Brücke gesperrt sei"


def test_what_somebody_denies_is_denied() -> None:
    assert only("Der Sprecher bestritt, dass die Brücke gesperrt sei.").polarity == "denied"
    assert only("Der Sprecher wies die Darstellung zurück.").polarity == "denied"


def test_what_somebody_demands_has_not_happened() -> None:
    assert only("Der Minister bat die Anwohner, das Haus zu verlassen.").modality == "demanded"


def test_hedge_and_condition() -> None:
    text = "Die Fähre fährt angeblich nur dann, wenn der Wind dreht."
    claim = only(text)
    assert claim.hedge is not None
    assert text[claim.hedge.start : claim.hedge.end] == "angeblich"
    assert claim.condition is not None
    assert text[claim.condition.start : claim.condition.end] == "wenn der Wind dreht"
    assert claim.modality == "hypothetical"


def test_direct_speech_is_cut_into_its_sentences() -> None:
    text = "„Die Brücke ist offen. Der Deich hält“, sagte Jens Thiel."
    assert [text[claim.start : claim.end] for claim in claims_in(text)] == [
        "Die Brücke ist offen",
        "Der Deich hält",
    ]


def test_a_question_claims_nothing_certain() -> None:
    assert only("Hält der Deich?").modality == "unknown"


def test_names_inside_are_listed() -> None:
    claim = only("Angela Merkel besuchte am Montag die Stadt Kiel.")
    assert len(claim.mentions) >= 1
    assert claim.times == claim.quantities == ()


def test_english() -> None:
    text = "The army did not enter the town."
    claim = only(text, "en")
    assert claim.polarity == "denied"


@pytest.mark.parametrize(
    ("text", "language", "claimed", "predicate", "polarity"),
    [
        ("An Bord befanden sich 214 Gäste.", "de", "An Bord befanden sich 214 Gäste", "befanden", "affirmed"),
        (
            "Die Firma widersprach: Das Amt sei am Montag informiert worden.",
            "de",
            "Das Amt sei am Montag informiert worden",
            "informiert worden",
            "affirmed",
        ),
        (
            "She said her office had received no such letter.",
            "en",
            "her office had received no such letter",
            "received",
            "denied",
        ),
        ("None of its units opened fire.", "en", "None of its units opened fire", "opened", "denied"),
        (
            "Dozens of sailors were hurt at sea.",
            "en",
            "Dozens of sailors were hurt at sea",
            "hurt",
            "affirmed",
        ),
    ],
)
def test_clauses_that_no_comma_cuts_off(
    text: str, language: str, claimed: str, predicate: str, polarity: str
) -> None:
    claim = only(text, language)
    assert text[claim.start : claim.end] == claimed
    assert text[claim.predicate.start : claim.predicate.end] == predicate
    assert claim.polarity == polarity


def test_the_month_of_may_is_no_hedge() -> None:
    assert only("On 7 May the cameras recorded ten blasts.", "en").hedge is None
