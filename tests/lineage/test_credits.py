"""Credits: agencies in brackets and in running text, outlets, posts, images apart."""

from __future__ import annotations

import pytest

from lagebild.lineage.credits import CreditTools, find_credits
from lagebild.settings import Settings
from tests.lineage.rows import doc_view

TOOLS = CreditTools.load(Settings())


def found(text: str) -> set[tuple[str, str]]:
    doc = doc_view("a", text)
    rows = list(find_credits([doc], TOOLS))
    assert all(doc.text[row.start : row.end] for row in rows)
    return {(row.kind, row.name) for row in rows}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Brücke bleibt gesperrt. (dpa/AFP)", {("agency", "dpa"), ("agency", "AFP")}),
        ("Das meldete die staatliche Nachrichtenagentur Tass am Abend.", {("agency", "Tass")}),
        ("Zuerst berichtete die Zeitung „Nordblick“ über den Fall.", {("outlet", "Nordblick")}),
        ("Das Portal beruft sich auf das Hafenamt Rostock.", {("outlet", "Hafenamt Rostock")}),
        ("© Petra Lindholm", {("image", "Petra Lindholm")}),
        ("„Wir bleiben“, schrieb die Bürgermeisterin auf Mastodon.", {("post", "Mastodon")}),
        ("Die Fahrt (rund 40 Kilometer) dauert lange.", set()),
        ("He posted the picture on Telegram.", {("post", "Telegram")}),
        ("Das sagte sie der „Neuen Zürcher Zeitung“.", {("outlet", "Neue Zürcher Zeitung")}),
        (
            "Wie die Süddeutsche Zeitung und der NDR berichten, fehlt Geld.",
            {("outlet", "Süddeutsche Zeitung"), ("outlet", "NDR")},
        ),
        ("Die „Gorch Fock“ meldete einen Mastbruch.", set()),
        ("Der Standard wird nicht erreicht, und die Presse wartet.", set()),
        ("Das teilte die Nachrichtenagentur INA mit.", {("agency", "INA")}),
        ("Die Halle (INA) ist neu.", set()),
        ("Die Halle ist neu. (INA/AFP)", {("agency", "INA"), ("agency", "AFP")}),
        ("mkr/dpa", {("agency", "dpa")}),
        ("mkr/abc", set()),
        ("© dpa-infocom, dpa:250101-99-1/2", {("agency", "dpa")}),
        ("Aus dem Dänischen übertragen von Ole Brandt.", {("translation", "Ole Brandt")}),
    ],
)
def test_credits(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= found(text)
    assert {kind for kind, _ in found(text)} == {kind for kind, _ in expected}


def test_a_line_without_end_is_left_alone() -> None:
    assert found("Wie die Zeitung " * 100_000) == set()


def test_text_made_of_quotation_marks_and_media_words_ends() -> None:
    found("Laut „" * 3_000 + "der Zeitung " * 300)
    found("sagte der „Bild" * 1_000)
