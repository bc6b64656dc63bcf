"""Checks of the installation: each says what it found, none raises."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lagebild.doctor import LIBRARIES, Check, _checked, examine


def test_all_is_well_here() -> None:
    checks = examine()
    assert [check for check in checks if not check.good] == []
    assert len({check.name for check in checks}) == len(checks) >= 7
    assert all(check.detail for check in checks)


def test_a_check_that_fails_says_so_and_the_others_go_on() -> None:
    def broken() -> str:
        raise ImportError("no such library")

    assert _checked("x", broken) == Check(
        "x", False, "ImportError: no such library; install lagebild again with its dependencies"
    )


def test_the_libraries_are_those_of_the_project() -> None:
    project = Path(__file__).parent.parent / "pyproject.toml"
    if not project.exists():
        pytest.skip("not in a checkout")
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {entry.split(">")[0].split("=")[0].strip() for entry in wanted}
    assert set(LIBRARIES) <= names
