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
    ],
)
def test_credits(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= found(text)
    assert {kind for kind, _ in found(text)} == {kind for kind, _ in expected}
