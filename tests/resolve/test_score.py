"""Scores of names: bounds, symmetry, reasons, and the pairs that everybody gets wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.resolve.score import SAME, explain_names, name_score

NAMES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["Anke Dorn", "A. Dorn", "Dorn", "polnischer Generalstab", "Юрий Жилин"]),
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Wolodymyr Selenskyj", "Volodymyr Zelenskyy"), ("Wolodymyr Selenskyj", "Vladimir Zelensky"), ("Selenskyj", "Selenskyjs"),
        ("Selenskyj", "Зеленський"), ("Selenski", "Зеленский"), ("Gerassimow", "Герасимов"), ("Naryschkin", "Naryshkin"),
        ("Kosatschow", "Kosachev"), ("W. Putin", "Wladimir Putin"), ("Putin", "Wladimir Putin"), ("Kim Jong-un", "Kim Jong Un"),
        ("Müller", "Mueller"), ("Viktor Orbán", "Orbán Viktor"), ("Ukraines Generalstab", "Generalstab in Kiew"),
        ("Lemberg", "Lwiw"), ("Mailand", "Milan"), ("Wolodymyr", "Vladimir"), ("Belinskis", "Belinsky"), ("Lenskys", "Marek Lensky"), ("Außenminister Lensky", "Marek Lensky"), ("Frau Dr. Anke Dorn", "Anke Dorn"), ("Abu Ribal", "Hadi Abu Ribal"),
        ("Orlowa Wera Petrowna", "Wera Orlowa"), ("Aline Bertinová", "Aline Bertin"), ("Abd al-Hakim Sabri", "Abdelhakim Sabri"),
        ("Richard Palmer", "Палмер, Дик"), ("Kang Pok-su", "Kang Pŏk Su"), ("EU-Kommission", "Europäische Kommission"),
        ("UN-Vollversammlung", "Generalversammlung der Vereinten Nationen"), ("Lensky-Regierung", "Lensky administration"),
        ("Föderationsrat", "Oberhaus des russischen Parlaments"), ("Pentagon", "US-Verteidigungsministerium"), ("NRV", "Neuer Rat der Völker"),
        ("გიორგი ბერიძე", "Giorgi Beridze"),
    ],
)  # fmt: skip
def test_one_person_or_body(left: str, right: str) -> None:
    assert name_score(left, right) >= SAME


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kim Jong-un", "Kim Jong-il"), ("Hans Müller", "Heinz Müller"), ("Hans Müller", "Hans Möller"), ("Müller", "Möller"),
        ("George W. Bush", "George H. W. Bush"), ("Syrskyj", "Surskyj"), ("Putin", "Putilin"), ("Edward Holt Jr.", "Edward Holt Sr."),
        ("ukrainischer Generalstab", "russischer Generalstab"), ("Generalstab in Kiew", "Chef des Generalstabs Russlands"),
        ("Verteidigungsministerium in Kiew", "Verteidigungsministerium in Moskau"), ("UN", "EU"),
        ("Lemberg", "Heidelberg"), ("Anna Dorn Boris Ritter", "Boris Ritter"), ("Lensky-Sprecher", "Lensky"), ("Andreas Dorn", "Andrea Dorn"), ("Brad Nolan", "Bradford Nolan"), ("Karl Peter", "Karl Peters"),
        ("Ludolf XIV.", "Ludolf XVI."), ("H.-P. Dorn", "Hans-Gerd Dorn"), ("Amtsgericht Kassel", "Landgericht Kassel"), ("NRV", "Neue Volkspartei"),
        ("UN-Sicherheitsrat", "russischer Sicherheitsrat"), ("Außenminister Lensky", "Außenminister Lansing"),
    ],
)  # fmt: skip
def test_two_of_them(left: str, right: str) -> None:
    assert name_score(left, right) < SAME


def test_the_deciding_reason_stands_first_and_values_keep_their_sides() -> None:
    score, reasons = explain_names("Paul Zander", "Anna Zander")
    assert score < SAME
    assert (reasons[0].name, reasons[0].left, reasons[0].right) == ("given_differs", "Paul", "Anna")
    _, turned = explain_names("Anna Zander", "Paul Zander")
    assert (turned[0].left, turned[0].right) == ("Anna", "Paul")


def test_a_son_is_not_the_bare_name_for_sure() -> None:
    assert explain_names("Edward Holt", "Edward Holt Jr.")[0] < SAME


def test_the_kind_may_be_given() -> None:
    assert name_score("Weber", "Anna Weber", "PER") > SAME > name_score("Weber", "Anna Weber", "ORG")
    assert name_score("Russland", "Russia", "LOC") > 0.9
    assert name_score("Niger", "Nigeria", "LOC") < SAME


@given(NAMES, NAMES)
def test_bounds_symmetry_and_reasons(left: str, right: str) -> None:
    score, reasons = explain_names(left, right)
    assert 0.0 <= score <= 1.0
    assert score == name_score(right, left)
    assert 1 <= len(reasons) <= 5


@given(NAMES)
def test_a_name_is_like_itself(name: str) -> None:
    if name.strip():
        assert name_score(name, name) == 1.0
