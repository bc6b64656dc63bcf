"""The gate refuses figures under their floors, floors without figures, and cases changed unnoticed; it only ever raises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gold.gate import Figure, Stage, gold_digest, judge, read_stage, stages, table, updated, write_floors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    stage = tmp_path / "speech"
    stage.mkdir()
    (stage / "measure.py").write_text("def measure(): return {}\n", encoding="utf-8")
    (stage / "cases.jsonl").write_text('{"text": "Ein Fall."}\n', encoding="utf-8")
    return stage


def keep(folder: Path, kept: object) -> None:
    (folder / "floors.json").write_text(json.dumps(kept), encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "floor", "good"),
    [
        (0.9, 0.9, True),
        (0.91, 0.9, True),
        (0.8999, 0.9, False),
        (0.5, None, True),
        (None, 0.9, False),
        (float("nan"), None, False),
    ],
)
def test_a_figure_passes_at_its_floor_and_not_under_it(
    value: float | None, floor: float | None, good: bool
) -> None:
    assert Figure("speech", "f1", value, floor).good is good


def test_plain_floors_are_read_as_never_pinned(folder: Path) -> None:
    keep(folder, {"f1": 0.8})
    stage = read_stage(folder)
    assert (stage.floors, stage.pinned) == ({"f1": 0.8}, None)


def test_floors_with_digest_are_read(folder: Path) -> None:
    keep(folder, {"digest": "abc", "floors": {"f1": 0.8}})
    stage = read_stage(folder)
    assert (stage.floors, stage.pinned) == ({"f1": 0.8}, "abc")


def test_floors_that_are_no_numbers_are_refused(folder: Path) -> None:
    keep(folder, {"f1": {"de": 0.8}})
    with pytest.raises(ValueError, match="floors must be numbers"):
        read_stage(folder)


def test_an_update_raises_and_never_lowers(folder: Path) -> None:
    keep(folder, {"f1": 0.8, "recall": 0.8, "gone": 0.3})
    stage = updated(read_stage(folder), {"f1": 0.91239, "recall": 0.7, "new": 1.0})
    assert stage.floors == {"f1": 0.912, "recall": 0.8, "new": 1.0, "gone": 0.3}
    assert stage.pinned == gold_digest(folder)


def test_a_floor_falls_only_by_name(folder: Path) -> None:
    keep(folder, {"f1": 0.8, "recall": 0.8, "gone": 0.3})
    allowed = ["speech.recall", "speech.gone"]
    stage = updated(read_stage(folder), {"f1": 0.6, "recall": 0.7}, allowed)
    assert stage.floors == {"f1": 0.8, "recall": 0.7}


def test_what_an_update_writes_passes_on_the_same_figures(folder: Path) -> None:
    figures = {"f1": 2 / 3, "exact": 0.29, "whole": 1.0}
    write_floors(updated(read_stage(folder), figures))
    stage = read_stage(folder)
    assert all(line.good for line in judge(stage, figures))
    assert stage.pinned == stage.digest
    assert stage.floors == {"f1": 0.666, "exact": 0.29, "whole": 1.0}


def test_the_digest_sees_cases_and_not_code_or_floors(folder: Path) -> None:
    before = gold_digest(folder)
    (folder / "measure.py").write_text("# other code\n", encoding="utf-8")
    keep(folder, {})
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_bytes(b"0")
    assert gold_digest(folder) == before
    (folder / "cases.jsonl").write_text('{"text": "Ein anderer Fall."}\n', encoding="utf-8")
    changed = gold_digest(folder)
    assert changed != before
    (folder / "cases.jsonl").rename(folder / "others.jsonl")
    assert gold_digest(folder) != changed


def test_the_digest_sees_cases_that_lie_elsewhere(folder: Path) -> None:
    others = folder.parent / "examples"
    others.mkdir()
    (others / "a.txt").write_text("Ein Bericht.", encoding="utf-8")
    (folder / "elsewhere.txt").write_text("../examples\n", encoding="utf-8")
    before = gold_digest(folder)
    (others / "a.txt").write_text("Ein anderer Bericht.", encoding="utf-8")
    assert gold_digest(folder) != before


def test_stages_are_folders_with_a_measure(folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    assert [stage.name for stage in stages(folder.parent)] == ["speech"]


def test_the_table_shows_what_is_under_its_floor() -> None:
    lines = list(
        table(
            [
                Figure("speech", "f1", 0.5, 0.6),
                Figure("speech", "lost", None, 0.6),
                Figure("speech", "n", 1, None),
            ]
        )
    )
    assert "UNDER ITS FLOOR" in lines[1]
    assert "-0.100" in lines[1]
    assert "NOT MEASURED" in lines[2]
    assert lines[3].endswith("–")


GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize("stage", list(stages(GOLD)), ids=lambda stage: stage.name)
def test_kept_floors_are_pinned_to_the_cases_as_they_are(stage: Stage) -> None:
    assert stage.floors, "a stage with cases has floors: python -m gold --update"
    assert stage.pinned == stage.digest, "cases changed since the floors were set: python -m gold --update"
