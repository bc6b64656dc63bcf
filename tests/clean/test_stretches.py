"""Where one block ends and the next begins."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.clean.stretches import MOST_STRETCHES
from lagebild.model.document import KindHint
from tests.clean.build import document, parts, stretches

PIECES = st.sampled_from(
    ["Der Rat tagt. ", "LESEN  Titel ", "\n", "\r\n", "\n\n", " (dpa)", " © A/B", "— X (@x) 3. Mai 2025", " date 2025-03 ", "Stand: 3.5.2025, 9 Uhr ", "\u2028", "\x00", "„", "kurz\n", "+++ "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_stretches_cover_all_but_white_space(text: str) -> None:
    at = 0
    for stretch in stretches(document(text)):
        assert not text[at : stretch.start].strip()
        part = text[stretch.start : stretch.end]
        assert part
        assert part == part.strip()
        at = stretch.end
    assert not text[at:].strip()


def test_one_line_is_one_block_in_scraped_text() -> None:
    assert parts("Erster Satz.\nZweiter Satz.\n\nDritter.") == ["Erster Satz.", "Zweiter Satz.", "Dritter."]


def test_lines_broken_at_a_width_are_joined() -> None:
    text = (
        "Der Kanal bleibt bis Montag für alle Schiffe gesperrt, weil ein\n"
        "Kran auf die Schleuse gestürzt ist. Verletzt wurde niemand. Die\n"
        "Bergung soll nach Angaben des Amtes drei Tage dauern.\n\n"
        "Die Reeder rechnen mit hohen Verlusten und fordern, dass das\n"
        "Land einspringt.\n"
    )
    assert [part.count("\n") for part in parts(text)] == [2, 1]


def test_headlines_of_like_length_are_not_joined() -> None:
    text = "Stadtrat beschließt neuen Haushalt für das kommende Jahr\nFeuerwehr rettet Katze aus einem Baum im Stadtgarten West\nSchwimmbad öffnet nach der langen Sanierung wieder im Mai\n"
    assert len(parts(text)) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2025-03 Der Rat tagt heute.", ["date 2025-03", "Der Rat tagt heute."]),
        ("Der Rat tagte lange. (dpa, AFP)", ["Der Rat tagte lange.", "(dpa, AFP)"]),
        ("Der Kurs fiel um zwei Prozent./ab/DP/xy", ["Der Kurs fiel um zwei Prozent.", "/ab/DP/xy"]),
        ("Der Rat tagte (früher Ältestenrat).", ["Der Rat tagte (früher Ältestenrat)."]),
        ("Ein Kran im Hafen © Bote/Ute Lang", ["Ein Kran im Hafen", "© Bote/Ute Lang"]),
        ("Der Kran steht wieder. Foto: Ute Lang", ["Der Kran steht wieder.", "Foto: Ute Lang"]),
        ("Er zeigte ein Foto: Darauf war nichts zu sehen. Alle lachten.", ["Er zeigte ein Foto: Darauf war nichts zu sehen. Alle lachten."]),
        ("(dpa)   Foto: Bote/Lang", ["(dpa)", "Foto: Bote/Lang"]),
        (
            "Stand: 14.03.2025, 12:35 Uhr Der Rat hat am Freitag lange über den Haushalt beraten.",
            ["Stand: 14.03.2025, 12:35 Uhr", "Der Rat hat am Freitag lange über den Haushalt beraten."],
        ),
        ("Der Rat vertagte sich. Stand: 14.03.2025, 12 Uhr", ["Der Rat vertagte sich.", "Stand: 14.03.2025, 12 Uhr"]),
        (
            "Wir sind da! pic.example.com/x1— Hafen (@hafen) 3. Mai 2025 Der Rat tagte danach.",
            ["Wir sind da! pic.example.com/x1— Hafen (@hafen) 3. Mai 2025", "Der Rat tagte danach."],
        ),
        ("Der Rat (@rat) tagte am 3. Mai 2025.", ["Der Rat (@rat) tagte am 3. Mai 2025."]),
        ("Der Rat vertagte sich. LESEN  Die zehn besten Kräne", ["Der Rat vertagte sich.", "LESEN  Die zehn besten Kräne"]),
        ("Der Rat vertagte sich. Lesen Sie auch: Kräne im Test", ["Der Rat vertagte sich.", "Lesen Sie auch: Kräne im Test"]),
    ],
)  # fmt: skip
def test_borders_inside_a_line(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_markup_cuts_too() -> None:
    text = "Titel Absatz"
    doc = document(text, [KindHint(0, 5, "headline"), KindHint(6, 12, "paragraph")])
    assert [text[s.start : s.end] for s in stretches(doc)] == ["Titel", "Absatz"]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000_000,
        "a\n" * 200_000,
        "LESEN  " * 100_000,
        "(@a) " * 100_000,
        "© " * 100_000,
        "„Wort. " * 100_000,
        "date 2025-03 " * 50_000,
    ],
)
def test_hostile_texts_give_a_bounded_number(text: str) -> None:
    assert 1 <= len(stretches(document(text), max_text=1_000_000)) <= MOST_STRETCHES


def test_long_texts_are_cut_between_lines_only() -> None:
    text = "Ein Satz. (dpa)\n" * 200
    found = stretches(document(text), max_text=1000)
    assert len(found) == 1
    assert (found[0].start, found[0].end) == (0, len(text) - 1)


def test_ids_are_those_of_blocks() -> None:
    assert stretches(document("Hallo"))[0].id == "d1:b00000000-00000005"
