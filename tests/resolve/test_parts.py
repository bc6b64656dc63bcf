"""A person's name in parts, and what tells a woman from a man."""

from __future__ import annotations

import pytest

from lagebild.resolve.parts import gender_of_name, given_alike, is_initial, person_parts


@pytest.mark.parametrize(
    ("name", "given", "surname", "generation"),
    [
        ("Anke Dorn", ("Anke",), "Dorn", ""),
        ("Prof. Dr. Anke Dorn", ("Anke",), "Dorn", ""),
        ("A.B. Crane", ("A.", "B."), "Crane", ""),
        ("Crane, Arthur", ("Arthur",), "Crane", ""),
        ("Edward Holt, Jr.", ("Edward",), "Holt", "younger"),
        ("Paul Ebner d. Ä.", ("Paul",), "Ebner", "elder"),
        ("Annegret von der Heyde", ("Annegret",), "Heyde", ""),
        ("Muhammad al-Khatib", ("Muhammad",), "Khatib", ""),
        ("Dorn", (), "Dorn", ""),
        ("", (), "", ""),
        ("US-Präsident Paul Ebner", ("Paul",), "Ebner", ""),
        ("Prime Minister Paul Ebner", ("Paul",), "Ebner", ""),
        ("Kronrat Ludolf XIV.", ("Kronrat",), "Ludolf", "xiv"),
        ("Abd al-Hakim Sabri", ("Abdulhakim",), "Sabri", ""),
        ("Karim Abd", ("Karim",), "Abd", ""),
    ],
)
def test_parts(name: str, given: tuple[str, ...], surname: str, generation: str) -> None:
    parts = person_parts(name)
    assert (parts.given, parts.surname, parts.generation) == (given, surname, generation)


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Anke Dorn", "f"),
        ("Holger Pabst", "m"),
        ("Nikita Orlow", "m"),
        ("Xyzal Smirnowa", "f"),
        ("Quux Doe", ""),
        ("Pabst", ""),
    ],
)
def test_gender_of_a_name(name: str, gender: str) -> None:
    assert gender_of_name(name) == gender


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("Anke", "Anke", "same"), ("A.", "Anke", "initial"), ("B.", "Anke", "differs"), ("Serhij", "Sergej", "variant"),
        ("Ralf", "Rolf", "differs"), ("Martin", "Martina", "differs"), ("Sung-ho", "Sung-min", "differs"), ("Bill", "William", "variant"),
        ("Brad", "Bradford", "short_form"), ("Apii", "Tereapii", "short_form"), ("Andrea", "Andreas", "differs"), ("Дик", "Richard", "variant"),
    ],
)  # fmt: skip
def test_given_names(left: str, right: str, why: str) -> None:
    assert given_alike(left, right)[1] == why == given_alike(right, left)[1]


def test_initials() -> None:
    assert is_initial("H.-J.")
    assert is_initial("W")
    assert not is_initial("Wu")
