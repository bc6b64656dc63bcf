"""Every name a reason can have is explained: those written in the source, those in language data, those that come out.

A name may be put together while running, so reading the source is not enough: the example piles are built too.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lagebild.case.sqlite import Case
from lagebild.model.open import OPEN_FILES
from lagebild.plan import PLAN
from lagebild.questions.open import OpenRecords
from lagebild.tables import decode
from lagebild.work import add_reports, open_case

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "lagebild"
TABLES: dict[str, dict[str, str]] = tomllib.loads(
    (ROOT / "docs" / "reference" / "reasons.toml").read_text(encoding="utf-8")
)
KNOWN = {name for names in TABLES.values() for name in names}
POSITIONS = {"Reason": 0, "Verdict": 2}
"""Which argument of a call is the name of a reason."""


def written(node: ast.expr) -> Iterator[str]:
    """The strings an expression can be, as far as it says so itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from written(node.body)
        yield from written(node.orelse)


def names_in(path: Path) -> Iterator[str]:
    """Names of reasons that a source file writes down."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in POSITIONS:
            at = POSITIONS[node.func.id]
            keyword = next((one.value for one in node.keywords if one.arg == "name"), None)
            value = node.args[at] if len(node.args) > at else keyword
            if value is not None:
                yield from written(value)


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix()
)
def test_names_in_the_source_are_explained(path: Path) -> None:
    assert sorted(set(names_in(path)) - KNOWN) == [], "explain them in docs/reference/reasons.toml"


def test_names_in_language_data_are_explained() -> None:
    found = {
        pattern["says"]
        for path in SOURCE.glob("lang/*/*.toml")
        for pattern in tomllib.loads(path.read_text(encoding="utf-8")).get("pattern", ())
        if isinstance(pattern, dict) and "says" in pattern
    }
    assert sorted(found - KNOWN) == []


def reasons_of(value: Any) -> Iterator[str]:
    """Names of reasons in a row, at any depth."""
    if isinstance(value, dict):
        for reason in value.get("reasons") or ():
            yield reason["name"]
        for inner in value.values():
            yield from reasons_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from reasons_of(inner)


@pytest.mark.parametrize("pile", ["faehre", "werk", "grenze"])
def test_names_that_come_out_are_explained(pile: str, tmp_path: Path) -> None:
    Case.create(tmp_path / "case.lagebild", PLAN.types).close()
    add_reports(tmp_path, [ROOT / "examples" / pile], workers=1)
    with open_case(tmp_path) as case:
        records = OpenRecords(case)
        exported = {name for file in OPEN_FILES for row in records.file(file) for name in reasons_of(row)}
        stored = {
            name
            for kind in PLAN.types
            for data in case.stream(kind.TABLE)
            for name in reasons_of(decode(Any, data))
        }
    assert exported
    assert sorted((exported | stored) - KNOWN) == [], "explain them in docs/reference/reasons.toml"


def test_nothing_is_explained_that_no_longer_exists() -> None:
    """Each explained name stands somewhere in the source or its data, in quotes or as the end of a put-together one."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for suffix in ("py", "toml")
        for path in sorted(SOURCE.rglob(f"*.{suffix}"))
    )
    gone = [
        name
        for name in sorted(KNOWN)
        if f'"{name}"' not in source
        and not (f'"{name.split("_", 1)[0]}_{{' in source and f'"{name.split("_", 1)[-1]}"' in source)
    ]
    assert gone == []


def test_names_look_alike() -> None:
    assert [name for name in KNOWN if not name.replace("_", "").isalpha() or name != name.lower()] == []
    assert all(told and not told.endswith(".") for names in TABLES.values() for told in names.values())
