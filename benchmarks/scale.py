"""Time and memory: generated piles of growing size, one worker against two, what storing and exporting cost.

    python -m benchmarks scale                 1,000 and 4,000 reports (some minutes)
    python -m benchmarks.scale 1000 4000 16000
    python -m benchmarks.scale --workers 2000  five alternating runs with one and with two workers

Each build runs in a process of its own. Absolute figures depend on the machine; compare figures of one run as ratios.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.piles import write_pile

__all__ = ["main"]

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table; returns 0. Without arguments: the five seed texts if they are there, then 1,000 and 4,000 reports."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--one"]:
        print(json.dumps(_one(Path(given[1]), Path(given[2]), int(given[3]))))
        return 0
    if given[:1] == ["--workers"]:
        _workers(int(given[1]) if len(given) > 1 else 2000)
        return 0
    _seeds()
    _sizes([int(one) for one in given] or [1000, 4000])
    return 0


def _one(pile: Path, out: Path, workers: int) -> dict[str, Any]:
    """Build in this process, with what storing and exporting took of it."""
    from lagebild.case.sqlite import Case
    from lagebild.work import build_dossier, export_jsonl, open_case

    stored = [0.0]

    def timed(name: str) -> None:
        plain = getattr(Case, name)

        def run(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            try:
                return plain(*args, **kwargs)
            finally:
                stored[0] += time.process_time() - started

        setattr(Case, name, run)

    for name in (
        "write",
        "add_sources",
        "set_keys",
        "index_search",
        "layers",
        "layer_digests",
        "seen",
        "looked_up",
        "keyed",
    ):
        timed(name)
    started = time.perf_counter()
    report = build_dossier([pile], out, workers=workers)
    built = time.perf_counter() - started
    before = time.process_time()
    with open_case(out) as case:
        export_jsonl(case, out.parent / f"{out.name}-export")
    exported = time.process_time() - before
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "documents": report.documents,
        "wall": built,
        "cpu": sum(one.ru_utime + one.ru_stime for one in usage) - exported,
        "rss_mb": usage[0].ru_maxrss / 1024,
        "stored": stored[0],
        "exported": exported,
        "steps": {name: round(seconds, 2) for name, seconds in report.account.seconds.items()},
    }


def _run(pile: Path, folder: Path, workers: int) -> dict[str, Any]:
    out = folder / f"out{time.monotonic_ns()}"
    command = [sys.executable, "-m", "benchmarks.scale", "--one", str(pile), str(out), str(workers)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(out.parent / f"{out.name}-export", ignore_errors=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _seeds() -> None:
    if not SEEDS.is_dir():
        print("skipped the five seed texts: they lie outside the project and are not here")
        return
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        figures = _run(SEEDS, Path(folder), 2)
        wall = time.perf_counter() - started
        print(f"five seed texts, new process: {wall:.1f} s wall, {figures['rss_mb']:.0f} MB")


def _sizes(sizes: Sequence[int]) -> None:
    first: dict[str, Any] | None = None
    print(
        f"{'reports':>8} {'cpu ms/report':>14} {'ratio':>6} {'peak MB':>8} {'ratio':>6} {'stored+exported':>16}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            figures = _run(write_pile(Path(folder) / "pile", size), Path(folder), 1)
        each = figures["cpu"] / size * 1000
        share = (figures["stored"] + figures["exported"]) / (figures["cpu"] + figures["exported"])
        first = first or {"each": each, "rss": figures["rss_mb"]}
        print(
            f"{size:>8} {each:>14.1f} {each / first['each']:>6.2f} {figures['rss_mb']:>8.0f} "
            f"{figures['rss_mb'] / first['rss']:>6.2f} {share:>15.1%}",
            flush=True,
        )
        slowest = sorted(figures["steps"].items(), key=lambda one: -one[1])[:6]
        print(
            "         " + ", ".join(f"{name} {seconds / size * 1000:.1f}" for name, seconds in slowest),
            flush=True,
        )


def _workers(size: int, rounds: int = 5) -> None:
    walls: dict[int, list[float]] = {1: [], 2: []}
    cpus: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        pile = write_pile(Path(folder) / "pile", size)
        for _ in range(rounds):
            for workers in (1, 2):
                figures = _run(pile, Path(folder), workers)
                walls[workers].append(figures["wall"])
                cpus[workers].append(figures["cpu"])
    ratio = statistics.median(one / two for one, two in zip(walls[1], walls[2], strict=True))
    print(
        f"{size} reports, median of {rounds}: one worker {statistics.median(walls[1]):.1f} s wall "
        f"({statistics.median(cpus[1]):.1f} s CPU), two {statistics.median(walls[2]):.1f} s "
        f"({statistics.median(cpus[2]):.1f} s CPU), ratio {ratio:.2f}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
