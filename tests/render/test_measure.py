"""Estimated widths."""

from __future__ import annotations

from lagebild.render.measure import clipped, text_width


def test_longer_words_are_wider() -> None:
    assert text_width("Überschwemmung", 12) > text_width("Regen", 12) > text_width("il", 12)
    assert text_width("東京", 12) == 24


def test_clipped_cuts_at_a_word() -> None:
    assert clipped("Die Sirene geht um zwei Uhr", 12, 90).endswith("…")
    assert " " not in clipped("Die Sirene geht um zwei Uhr", 12, 90)[-2:]
    assert clipped("kurz", 12, 200) == "kurz"
    assert clipped("Donaudampfschifffahrt", 12, 40) == ""
