"""`python -m benchmarks [NAME...]` (make bench): run every benchmark here that has a `main()`, one after the other.

A benchmark whose corpus is absent says so and is skipped; that is no failure. Each runs in a process of its own, so that
memory and imports of one do not count for the next.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST = ("pages", "times", "quotes", "names")
"""Run in this order; others follow by name."""


def names() -> list[str]:
    """Benchmarks there are: modules of this folder that define `main`."""
    found = [
        path.stem
        for path in sorted(HERE.glob("*.py"))
        if not path.stem.startswith("_") and "\ndef main(" in path.read_text(encoding="utf-8")
    ]
    return [*(name for name in FIRST if name in found), *(name for name in found if name not in FIRST)]


def main(asked: list[str]) -> int:
    """Run the named benchmarks, or all; 1 where one failed, 2 for an unknown name."""
    known = names()
    unknown = sorted(set(asked) - set(known))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    failed = []
    for name in asked or known:
        print(f"== {name}", flush=True)
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent, check=False)
        print(f"-- {name}: {time.perf_counter() - started:.1f} s, exit code {done.returncode}\n", flush=True)
        if done.returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else f"{len(asked or known)} benchmarks run")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
