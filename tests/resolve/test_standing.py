"""What stands beside a name."""

from __future__ import annotations

import pytest

from lagebild.resolve.standing import acronym_after, adjective_owner, follows_as_owner, title_gender


@pytest.mark.parametrize(
    ("before", "owner"),
    [
        ("Der finnische ", "FI"),
        ("Polens ", "PL"),
        ("der mächtige polnische ", "PL"),
        ("Ruritaniens ", "~ruritan"),
        ("Der große ", ""),
    ],
)
def test_the_owner_before_a_body(before: str, owner: str) -> None:
    assert adjective_owner(before + "Generalstab", len(before), 0, "de")[0] == owner


@pytest.mark.parametrize(
    ("gap", "follows"),
    [(" in ", True), (" der ", True), (" ", True), (" sagte ", False), (", ", False), (" in der ", True)],
)
def test_what_may_stand_between_a_body_and_its_place(gap: str, follows: bool) -> None:
    assert follows_as_owner(gap) is follows


def test_acronyms_in_brackets() -> None:
    assert acronym_after("Streitkräfte (SKX) ziehen", 12) == "SKX"
    assert acronym_after("Streitkräfte (seit 2019)", 12) == ""
    assert acronym_after("Streitkräfte", 12) == ""


def test_titles_tell_a_gender() -> None:
    assert title_gender("Frau Dorn", 5, 0) == "f"
    assert title_gender("Herrn Dr. Dorn", 10, 0) == "m"
    assert title_gender("die Dorn", 4, 0) == ""
