"""`python -m gold` (make gate): measure every stage on its labelled cases and refuse figures under their floors.

    python -m gold [STAGE...] [--update] [--allow-lower STAGE.FIGURE]

`--update` raises floors to what was measured and pins the cases; it never lowers one that `--allow-lower` does not name.
Exit code 1: a figure is under its floor, is not measured any more, or the cases are not those the floors were set on.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path

from gold.gate import Figure, Stage, judge, measured, stages, table, updated, write_floors

ROOT = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run the gate; the exit code."""
    asked = _arguments(arguments)
    found = [stage for stage in stages(ROOT) if not asked.stages or stage.name in asked.stages]
    figures: list[Figure] = []
    wrong: list[str] = []
    for stage in found:
        try:
            now = measured(stage)
        except Exception as error:  # the other stages are measured all the same
            traceback.print_exc()
            wrong.append(f"gold/{stage.name}: measuring failed ({type(error).__name__}: {error})")
            continue
        if asked.update:
            stage = updated(stage, now, asked.allow_lower)
            write_floors(stage)
        figures += judge(stage, now)
        wrong += _complaints(stage, judge(stage, now))
    print(*table(figures), sep="\n")
    print(*wrong, sep="\n")
    if not found:
        print("nothing to measure: no gold/<stage>/measure.py")
    return 1 if wrong or not found else 0


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gold", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("stages", nargs="*", metavar="STAGE", help="only these stages")
    parser.add_argument(
        "--update", action="store_true", help="raise floors to what was measured, pin the cases"
    )
    parser.add_argument(
        "--allow-lower", action="append", default=[], metavar="STAGE.FIGURE", help="let this floor fall"
    )
    return parser.parse_args(given)


def _complaints(stage: Stage, figures: list[Figure]) -> list[str]:
    found = [
        f"gold/{stage.name}: {one.name} is {one.value:.4f}, its floor {one.floor:.4f}"
        if one.value is not None and one.floor is not None
        else f"gold/{stage.name}: {one.name} has a floor and is not measured any more"
        for one in figures
        if not one.good
    ]
    if stage.floors and stage.pinned != stage.digest:
        was = "never pinned" if stage.pinned is None else "changed since the floors were set"
        found.append(
            f"gold/{stage.name}: the labelled cases were {was}; look at the figures, then python -m gold --update"
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
