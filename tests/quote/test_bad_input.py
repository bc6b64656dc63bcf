"""Hostile and odd input: nothing runs over the end of its block, nothing is paired with a far mark, work stays bounded."""

from __future__ import annotations

import pytest

from lagebild.model.document import Block
from tests.quote.marked import claims_in, quotes_in, view

MANY = 600


def outside_blocks(text: str) -> list[str]:
    """Pieces of quotations that do not lie in one block."""
    blocks = [(row.start, row.end) for row in view(text).rows(Block)]
    return [
        text[piece.start : piece.end]
        for quote in quotes_in(text)
        for piece in quote.pieces
        if not any(start <= piece.start and piece.end <= end for start, end in blocks)
    ]


UNBALANCED = [
    "\n\n".join(f"Er sagte: „Wir gehen {k} Mal." for k in range(40)),
    "\n\n".join(f"Wir gehen {k} Mal“, sagte er." for k in range(40)),
    "\n\n".join(f'Sie rief: "Halt {k} und dann ging sie.' for k in range(40)),
    "„" * 300 + "Ja" + "“" * 300,
    "» « " * 300,
    "„Der Abend legt die Boote schlafen,\n„die Möwe schreit, der Kran steht krumm,\n„und einer fragt im alten Hafen:\nWer dreht sich um?",
]


@pytest.mark.parametrize("text", UNBALANCED)
def test_unbalanced_marks_never_reach_over_a_block(text: str) -> None:
    assert outside_blocks(text) == []
    assert all(quote.end - quote.start < 200 for quote in quotes_in(text))


def test_a_forgotten_mark_ends_with_its_paragraph() -> None:
    text = (
        "Förster Ben Krahl sagt: „Die Fichte ist am Ende. Wir pflanzen Eichen\n\nEin Hektar kostet 9000 Euro."
    )
    (quote,) = quotes_in(text)
    assert text[quote.start : quote.end] == "Die Fichte ist am Ende. Wir pflanzen Eichen"
    assert quote.speaker is not None


def test_a_forgotten_mark_in_a_long_paragraph_is_not_trusted() -> None:
    text = "Förster Ben Krahl sagt: „Die Fichte ist am Ende. " + "Der Wald ist groß. " * 60
    assert [quote for quote in quotes_in(text) if quote.form == "direct"] == []


@pytest.mark.parametrize(
    "text",
    [
        'def gruss(name):\n    print("Hallo, " + name + "!")\n    return "fertig"',
        '{"status": "ok", "message": "Server sagt: bereit", "time": "12:04"}',
        'if a == "b" and c != \'d\': raise ValueError("nein, danke")',
    ],
)
def test_program_text_says_nothing(text: str) -> None:
    assert quotes_in(text) == []


def test_many_quotations_are_all_found_once() -> None:
    text = "\n\n".join(f"„Wir zählen bis {k}“, sagte Peter Meier am Montag." for k in range(MANY))
    found = quotes_in(text)
    assert len(found) == len({quote.id for quote in found}) == MANY
    assert all(quote.speaker is not None for quote in found)


def test_speech_inside_speech_without_end_is_cut_off() -> None:
    text = "Er sagte," + " dass sie sagte," * MANY + " dass es regnet."
    found = quotes_in(text)
    assert max(len(quote.reported_by) for quote in found) <= 5
    assert len(claims_in(text)) <= 2 * MANY
