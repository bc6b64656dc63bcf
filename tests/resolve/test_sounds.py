"""Likeness of sounds: what orthographies confuse is near, a wrong consonant is far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.resolve.sounds import likeness


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Sawtschenko", "Savchenko"), ("Schurawljow", "Zhuravlyov"), ("Журавлёв", "Schurawljow"), ("Jeschow", "Yezhov"),
        ("Zwetkow", "Tsvetkov"), ("Härkölä", "Harkola"), ("Öhler", "Oehler"), ("Мюррей", "Murray"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_near(left: str, right: str) -> None:
    assert likeness(left, right) >= 0.88


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Möller", "Müller"), ("Iwanow", "Iwanowa"), ("Sokolow", "Sokolin"), ("Wolkow", "Wolchow"), ("Schröder", "Schrader"),
        ("Bondar", "Bondarenko"), ("Hansen", "Jansen"), ("Kahl", "Kahr"), ("Putin", "Putilin"), ("Syrskyj", "Surskyj"),
    ],
)  # fmt: skip
def test_other_names_are_far(left: str, right: str) -> None:
    assert likeness(left, right) < 0.88


def test_scripts_that_cannot_be_read_are_not_alike() -> None:
    assert likeness("北京", "Peking") == 0.0
    assert likeness("北京", "北京") == 1.0


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_between_nought_and_one(left: str, right: str) -> None:
    assert 0.0 <= likeness(left, right) == likeness(right, left) <= 1.0
