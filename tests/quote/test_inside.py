"""Speech inside speech: rows of their own, with whoever passes them on."""

from __future__ import annotations

from tests.quote.marked import Case, case


def inner_of(found: Case) -> list[tuple[str, str | None, list[str | None]]]:
    return [
        (
            found.text[quote.start : quote.end],
            found.words(quote.speaker),
            [found.words(place) for place in quote.reported_by],
        )
        for quote in found.quotes
        if quote.inside
    ]


def test_words_in_inner_marks() -> None:
    found = case("„Mein Vater hat immer gesagt: ‚Verkauf nie das Boot‘“, erzählt Fischer Tim Ohm.")
    assert inner_of(found) == [("Verkauf nie das Boot", "Mein Vater", ["Fischer Tim Ohm"])]


def test_a_report_inside_direct_speech() -> None:
    found = case("„Der Prüfer hat erklärt, dass die Waage falsch geht“, sagte Marktfrau Inge Rau.")
    assert inner_of(found) == [("dass die Waage falsch geht", "Der Prüfer", ["Marktfrau Inge Rau"])]


def test_a_report_inside_reported_speech() -> None:
    found = case("Anwalt Jens Pohl sagte, sein Mandant habe erklärt, der Tresor sei leer gewesen.")
    assert inner_of(found) == [("der Tresor sei leer gewesen", "sein Mandant", ["Anwalt Jens Pohl"])]


def test_what_somebody_says_of_himself_is_no_second_quotation() -> None:
    found = case(
        "„Ich hoffe, dass der Regen kommt. Das zeigt, dass wir Zeit brauchen“, sagte Bauer Ole Thun."
    )
    assert inner_of(found) == []
