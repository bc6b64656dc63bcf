"""Which language a text is written in."""

from __future__ import annotations

import pytest

from lagebild.lang.language import CANDIDATES, read_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Stadtrat hat am Abend den neuen Haushalt beschlossen."),
        ("en", "The town council passed the new budget in the evening."),
        ("fr", "Le conseil municipal a adopté le nouveau budget hier soir."),
        ("ru", "Городской совет вечером утвердил новый бюджет."),
        ("uk", "Міська рада ввечері ухвалила новий бюджет."),
        ("pl", "Rada miejska przyjęła wieczorem nowy budżet."),
        ("nl", "De gemeenteraad heeft gisteravond de nieuwe begroting goedgekeurd."),
    ],
)
def test_tells_languages_of_one_sentence(language: str, text: str) -> None:
    assert read_language(text)[0] == language


@pytest.mark.parametrize(
    "text",
    ["", "Berlin", "1234 5678 9012 3456 7890", "市议会晚上通过了新的预算案," * 5, "xq zzk vvp qqr wwx ktt"],
)
def test_unknown_stays_unknown(text: str) -> None:
    assert read_language(text)[0] is None


def test_only_the_beginning_is_read() -> None:
    german = "Der Stadtrat hat am Abend getagt. " * 700
    assert read_language(german + "The council met. " * 10_000) == read_language(german)


def test_score_lies_between_0_and_1() -> None:
    assert 0.5 <= read_language("Der Stadtrat hat am Abend getagt und lange gestritten.")[1] <= 1


def test_candidates_are_sorted_and_hold_the_languages_with_data() -> None:
    assert list(CANDIDATES) == sorted(CANDIDATES)
    assert {"de", "en"} <= set(CANDIDATES)
