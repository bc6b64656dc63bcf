"""The clause around a phrase shows which way it looks, by words and by forms of verbs."""

from __future__ import annotations

import pytest

from lagebild.annotate.times import TimeTools
from lagebild.annotate.times_tense import Surroundings
from lagebild.settings import Settings

TENSES = TimeTools.load(Settings()).tenses


def told(text: str, rule: dict[str, str], language: str = "de") -> str:
    """The direction of the phrase in brackets."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    near = Surroundings.of(plain, (start, end), (0, len(plain)))
    return TENSES[language].direction(near, rule)[0]


WEEKDAY = {"weekday": "5"}
DAY = {"day": "18", "month": "12"}


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Am [Freitag] kommt der Zirkus.", "future"),
        ("Der Zirkus kommt am [Freitag].", "future"),
        ("Sie treffen sich dort; die Läufe finden am [Freitag] statt.", "future"),
        ("Wer am [Freitag] in Linz antritt, gewinnt.", "future"),
        ("Am [Freitag] ist Feiertag.", "future"),
        ("Am [Freitag] ist ein Mann gestorben.", "past"),
        ("Der Sprecher sagt am [Freitag], es sei vorbei.", "unknown"),
        ("Sie übernahm am [Freitag] das Amt.", "past"),
        ("Die Schiffe lagen am [Freitag] im Hafen.", "past"),
        ("Er soll sie am [Freitag] bestohlen haben.", "past"),
        ("Er soll sie am [Freitag] treffen.", "future"),
        ("Auf dem Plakat steht [Freitag].", "unknown"),
        ("Die Richterin entscheidet am [Freitag].", "future"),
        ("Die Eltern haben am [Freitag] Zeit.", "future"),
        ("Die Polizei hat am [Freitag] zwei Häuser durchsucht.", "past"),
        ("Im Finale am [Freitag] (18 Uhr) trifft der Meister auf Bern.", "future"),
        ("Am [Freitag], geht es weiter.", "future"),
        ("Bereits am [Freitag] Regen.", "past"),
        ("Am [Freitag] von 9 bis 17 Uhr darf man hinüber.", "future"),
        ("Die Firma wollte sich am [Freitag] nicht äußern.", "unknown"),
        ("Der Zug sollte schon am [Freitag] ablegen.", "unknown"),
    ],
)
def test_verbs_tell(text: str, direction: str) -> None:
    assert told(text, WEEKDAY) == direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Die Rennen vom [18. Dezember] wurden verlegt.", "unknown"),
        ("Die Rennen vom 17. und [18. Dezember] wurden verlegt.", "unknown"),
        ("Die Bahn wurde vom [18. Dezember] bis Neujahr gesperrt.", "past"),
        ("Am Dienstag, [18. Dezember], stürzte der Turm ein.", "past"),
        ("Die Bahn sperrte am [18. Dezember] den Turm.", "past"),
    ],
)
def test_a_day_may_belong_to_a_noun(text: str, direction: str) -> None:
    assert told(text, DAY) == direction


def test_other_sentences_tell_nothing() -> None:
    text = "Am Freitag. Dort brannte es."
    near = Surroundings.of(text, (3, 10), (0, 11))
    assert (near.left, near.right) == (("Am ",), ("", ""))
    assert TENSES["de"].direction(near, WEEKDAY)[0] == "unknown"


def test_points_and_commas_between_numbers_end_no_clause() -> None:
    text = "Er kam am 11., 18. und 25. März, dann nie."
    near = Surroundings.of(text, (23, 31), (0, len(text)))
    assert near.left == ("Er kam am 11., 18. und ",)
    assert near.right == ("", " dann nie", "")


def test_a_clause_is_read_no_further_than_240_characters() -> None:
    text = "kam " + "a " * 300 + "Freitag"
    near = Surroundings.of(text, (604, 611), (0, len(text)))
    assert len(near.left[0]) == 240
