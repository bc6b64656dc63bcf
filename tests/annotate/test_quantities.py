from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild.annotate.number_words import number_words
from lagebild.annotate.quantities import QuantityTools, find_quantities
from lagebild.model.marks import Quantity, TimePhrase
from lagebild.settings import Settings
from lagebild.step import DocView

Annotated = Callable[..., DocView]
TOOLS = QuantityTools.load(Settings())


def quantities(view: DocView) -> list[Quantity]:
    return list(find_quantities([view], TOOLS))


def only(view: DocView) -> Quantity:
    (found,) = quantities(view)
    return found


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit", "hedge", "counted"),
    [
        ("Es gab mehr als 40 russische Angriffe.", "mehr als 40", 40, None, None, "more_than", "russische Angriffe"),
        ("Sie zählten etwa 130 Treffen.", "etwa 130", 130, 130, None, "about", "Treffen"),
        ("Tausende Helfer kamen.", "Tausende", 1000, None, None, "vague", "Helfer"),
        ("Mindestens zwölf Menschen starben.", "Mindestens zwölf", 12, None, None, "at_least", "Menschen"),
        ("Bis zu 60 Busse fallen aus.", "Bis zu 60", None, 60, None, "at_most", "Busse"),
        ("Knapp 100 Läufer starten.", "Knapp 100", None, 100, None, "less_than", "Läufer"),
        ("Zwischen 20 und 30 Häuser brennen.", "Zwischen 20 und 30", 20, 30, None, "exact", "Häuser"),
        ("Rund 86,5 Prozent der Flächen", "Rund 86,5 Prozent", 86.5, 86.5, "%", "about", "Flächen"),
        ("Das kostet 2,5 Mio. Euro.", "2,5 Mio. Euro", 2.5e6, 2.5e6, "EUR", "exact", None),
        ("Der Weg ist 1.000 Kilometer lang.", "1.000 Kilometer", 1000, 1000, "km", "exact", None),
        ("Die Zahl der Fälle hat sich verdoppelt.", "verdoppelt", 2, 2, "x", "exact", "Fälle"),
        ("Die Zahl der Toten stieg auf 34.", "34", 34, 34, None, "exact", "Toten"),
        ("Der 34-Jährige floh.", "34-Jährige", 34, 34, "year", "exact", None),
        ("Etwa die Hälfte der Höfe", "Etwa die Hälfte", 50, 50, "%", "about", "Höfe"),
        ("Bei -5 Grad", "-5 Grad", -5, -5, "°C", "exact", None),
        ("Dreihundertvierzig Boote", "Dreihundertvierzig", 340, 340, None, "exact", "Boote"),
    ],
)  # fmt: skip
def test_value_unit_hedge_and_what_is_counted(
    annotated: Annotated,
    text: str,
    words: str,
    low: float | None,
    high: float | None,
    unit: str | None,
    hedge: str,
    counted: str | None,
) -> None:
    found = only(annotated(text))
    assert text[found.start : found.end] == words
    assert (found.low, found.high, found.unit, found.hedge) == (low, high, unit, hedge)
    assert (text[found.counted.start : found.counted.end] if found.counted else None) == counted


@pytest.mark.parametrize(
    "text",
    [
        "Am 12. März 2025 um 8 Uhr",
        "Die 30-tägige Pause dauert 30 Tage.",
        "Laut Artikel 5 gilt das seit 1998.",
        "Das Spiel endete 2:1.",
        "Telefon 030 1234567",
        "Ein Mann und eine Frau",
        "Die zweite Auflage, der 30-jährige Krieg",
        "Auf Platz 3 in der Gartenstraße 14",
        "Von 2015 bis 2020 war es ruhig.",
    ],
)
def test_dates_durations_times_labels_and_articles_are_none(annotated: Annotated, text: str) -> None:
    assert quantities(annotated(text)) == []


def test_english_numbers(annotated: Annotated) -> None:
    text = "At least 1,250 drones cost $3.5 million."
    first, second = quantities(annotated(text, language="en"))
    assert (first.low, first.high, first.hedge) == (1250, None, "at_least")
    assert (second.low, second.unit) == (3.5e6, "USD")


def test_furniture_and_other_languages_give_none(annotated: Annotated) -> None:
    assert quantities(annotated("40 Häuser", content=False)) == []
    assert quantities(annotated("40 maisons", language="fr")) == []


def test_a_number_inside_a_time_phrase_is_none(annotated: Annotated) -> None:
    phrase = TimePhrase("t", "d", 9, 11, "DATE", "XXXX", None, "x", "unknown")
    assert quantities(annotated("Es waren 40 Häuser.", times=(phrase,))) == []


@pytest.mark.parametrize(
    ("form", "value"),
    [("dreiundzwanzig", 23), ("zweihundert", 200), ("fünftausend", 5000), ("hundertfünfzig", 150), ("zwanzigste", None), ("ein", None), ("hundertmal", None)],
)  # fmt: skip
def test_german_number_words(form: str, value: float | None) -> None:
    numbers = number_words("de")
    assert numbers is not None
    assert numbers.word(form) == value


@pytest.mark.parametrize(
    ("form", "value"),
    [("1.000", 1000), ("86,5", 86.5), ("1’000", 1000), ("007", None), ("12.11.2024", None), ("8:30", None)],
)
def test_german_digits(form: str, value: float | None) -> None:
    numbers = number_words("de")
    assert numbers is not None
    assert numbers.digits(form) == value
