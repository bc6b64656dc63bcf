"""What is generated from the program is up to date, and nothing the program has is left unexplained."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from lagebild.cli.main import main as program
from lagebild.model.open import OPEN_FILES
from lagebild.plan import PLAN
from lagebild.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = DOCS / "reference"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["docs_generate"] = module
    spec.loader.exec_module(module)
    return module


def test_generated_files_are_up_to_date(generate: ModuleType) -> None:
    assert list(generate.differences(generate.generated())) == [], "run `make docs` and commit what it wrote"


@pytest.mark.parametrize("name", sorted(program.commands))
def test_every_command_is_documented_with_an_example(name: str) -> None:
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    section = page.partition(f"## lagebild {name}\n")[2].partition("\n## ")[0]
    assert f"lagebild {name}" in section
    assert "Example" in section, f"lagebild {name} --help shows no example"
    assert all(
        parameter.opts[-1] in section
        for parameter in program.commands[name].params
        if "--" in parameter.opts[-1]
    )


def test_every_setting_is_documented() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    for setting in fields(Settings):
        assert f"| `{setting.name}` |" in page
        assert setting.metadata["help"]


@pytest.mark.parametrize("step", PLAN.steps, ids=lambda step: step.name)
def test_every_step_says_what_comes_out(step: object) -> None:
    name, doc = step.name, step.run.__doc__  # type: ignore[attr-defined]
    assert f"## {name}\n" in (REFERENCE / "steps.md").read_text(encoding="utf-8")
    assert doc, f"{name} has no docstring"
    assert len(doc.split("\n\n")[0].split()) >= 5, f"{name}: say what comes out"


@pytest.mark.parametrize("name", OPEN_FILES)
def test_every_open_file_has_a_schema_and_a_section(name: str) -> None:
    schema = json.loads((REFERENCE / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert list(schema["properties"]) == schema["required"] == list(OPEN_FILES[name].__annotations__)
    assert schema.get("additionalProperties", True) is True
    page = (REFERENCE / "records.md").read_text(encoding="utf-8")
    section = page.partition(f"## {name}.jsonl\n")[2].partition("\n## ")[0]
    assert all(f"| `{key}` |" in section for key in OPEN_FILES[name].__annotations__)


def test_a_check_shows_what_would_change(generate: ModuleType, tmp_path: Path) -> None:
    path = REFERENCE / "settings.md"
    found = list(generate.differences({path: "something else\n"}))
    assert any(line.startswith("+something else") for line in found)


def test_a_key_nobody_explains_is_refused(generate: ModuleType) -> None:
    with pytest.raises(KeyError, match=r"\[quotes\] shade is not explained"):
        generate.meaning({"every": {}}, "quotes", "shade")
