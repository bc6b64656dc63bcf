"""The gate: figures measured on gold/<stage>/ against the floors kept beside them.

gold/<stage>/measure.py gives `measure() -> dict[str, float]`, larger is better. gold/<stage>/floors.json holds
`{"digest": …, "floors": {figure: least}}`; the digest is over the labelled cases, so that they cannot be changed unnoticed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path

__all__ = ["Figure", "Stage", "gold_digest", "judge", "read_stage", "stages", "table", "updated"]

FLOORS = "floors.json"
STEPS = 1000  # floors are kept to a thousandth, rounded down: a figure passes on the run that set its floor


@dataclass(frozen=True)
class Stage:
    """What is kept of one stage: floors by figure, the digest they were set on (None: never pinned), the digest now."""

    name: str
    folder: Path
    floors: Mapping[str, float]
    pinned: str | None
    digest: str


@dataclass(frozen=True)
class Figure:
    """One line of the gate. `value` is None for a floor whose figure is not measured any more, `floor` None for a new figure."""

    stage: str
    name: str
    value: float | None
    floor: float | None

    @property
    def margin(self) -> float | None:
        """How far the figure lies above its floor; None where one of them is missing."""
        return None if self.value is None or self.floor is None else self.value - self.floor

    @property
    def good(self) -> bool:
        """False for a figure under its floor (or no number at all), and for a floor without figure."""
        if self.value is None or math.isnan(self.value):
            return False
        return self.floor is None or self.value >= self.floor


def stages(root: Path) -> Iterator[Stage]:
    """Every stage that can be measured, by name."""
    for measure in sorted(root.glob("*/measure.py")):
        yield read_stage(measure.parent)


def read_stage(folder: Path) -> Stage:
    """The floors of one stage. Plain `{figure: least}` is read too, as never pinned. Raises ValueError for other contents."""
    path = folder / FLOORS
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    floors = kept.get("floors", {}) if "floors" in kept else kept
    if not all(isinstance(least, int | float) and not isinstance(least, bool) for least in floors.values()):
        raise ValueError(f"{path}: floors must be numbers by figure")
    pinned = kept.get("digest") if "floors" in kept else None
    return Stage(folder.name, folder, dict(floors), pinned, gold_digest(folder))


def gold_digest(folder: Path) -> str:
    """16 hex digits over names and contents of the labelled cases: every file below but floors, code and hidden ones.

    A file `elsewhere.txt` names folders outside (relative, a line each) whose files are cases too.
    """
    hashed = sha256()
    elsewhere = folder / "elsewhere.txt"
    named = elsewhere.read_text(encoding="utf-8").split() if elsewhere.is_file() else []
    for root in (folder, *(folder / name for name in named)):
        for name, path in _case_files(root):
            data = path.read_bytes()
            hashed.update(f"{name}\0{len(data)}\0".encode())
            hashed.update(data)
    return hashed.hexdigest()[:16]


def _case_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Files below `root` that hold cases, by their relative path, sorted."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    for name, path in sorted(found.items()):
        hidden = any(part.startswith((".", "__")) for part in name.split("/"))
        if not hidden and name != FLOORS and path.suffix != ".py":
            yield name, path


def measured(stage: Stage) -> dict[str, float]:
    """The figures of one stage now."""
    measure: Callable[[], dict[str, float]] = import_module(f"gold.{stage.name}.measure").measure
    return {name: float(value) for name, value in measure().items()}


def judge(stage: Stage, figures: Mapping[str, float]) -> list[Figure]:
    """A line for every figure and every floor, figures in the order in which they were measured."""
    names = [*figures, *(name for name in sorted(stage.floors) if name not in figures)]
    return [Figure(stage.name, name, figures.get(name), stage.floors.get(name)) for name in names]


def updated(stage: Stage, figures: Mapping[str, float], allowed: Collection[str] = ()) -> Stage:
    """The stage with floors raised to what was measured, and its digest pinned.

    A floor above its figure stays where it is unless `allowed` names it as `stage.figure`; a floor whose figure is no
    longer measured goes only then.
    """
    floors: dict[str, float] = {}
    for figure in judge(stage, figures):
        may_fall = f"{stage.name}.{figure.name}" in allowed
        if figure.value is None:
            if not may_fall and figure.floor is not None:
                floors[figure.name] = figure.floor
            continue
        least = math.floor(figure.value * STEPS + 1e-9) / STEPS
        keeps = figure.floor is not None and not may_fall
        floors[figure.name] = max(least, figure.floor or 0.0) if keeps else least
    return replace(stage, floors=floors, pinned=stage.digest)


def write_floors(stage: Stage) -> None:
    """Write floors.json of a stage."""
    kept = {"digest": stage.pinned, "floors": dict(sorted(stage.floors.items()))}
    (stage.folder / FLOORS).write_text(
        json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def table(figures: Collection[Figure]) -> Iterator[str]:
    """The figures as lines for people: figure, value, floor, margin."""
    width = max((len(f"{one.stage}.{one.name}") for one in figures), default=10)
    yield f"{'figure':<{width}}  {'value':>8}  {'floor':>8}  {'margin':>8}"
    for one in figures:
        cells = "  ".join(f"{_cell(number):>8}" for number in (one.value, one.floor, one.margin))
        note = "" if one.good else "  UNDER ITS FLOOR" if one.value is not None else "  NOT MEASURED ANY MORE"
        yield f"{f'{one.stage}.{one.name}':<{width}}  {cells}{note}"


def _cell(number: float | None) -> str:
    return "–" if number is None else f"{number:.3f}"
