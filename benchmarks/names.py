"""Names of politicians across languages: query in one, all names of another as the pool, the best one wins, no answer allowed.

Data: `people.jsonl` (names from Wikidata, CC0, through EveryPolitician). People whose Wikidata number ends in an even digit were
used to tune; the figures that count are those of odd digits. Only queries whose spelling differs from the right answer are asked.
Candidates are those that share a coarse key, as in `resolve.settle`; below a score of 0.4 no answer is given (with 0.6 one of the 328
queries of even numbers loses its right answer).
Run `python benchmarks/names.py [FOLDER]` (default ../shared/corpora/names).
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from math import sqrt
from pathlib import Path

from lagebild.resolve.keys import block_keys
from lagebild.resolve.score import name_score

ANSWERED = 0.4

Person = dict[str, str]


def people(path: Path) -> tuple[list[Person], list[Person]]:
    """The people of even and of odd numbers: name by language."""
    even: list[Person] = []
    odd: list[Person] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["wikidata"]:
            (odd if int(entry["wikidata"][0][-1]) % 2 else even).append(dict(entry["names"]))
    return even, odd


def top_one(
    asked: list[Person], pool: list[Person], source: str, target: str
) -> tuple[int, int, int, list[str]]:
    """How many queries were asked, answered and answered rightly, and what went wrong."""
    names = sorted({person[target] for person in pool if target in person})
    index: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for key in block_keys("PER", name):
            index[key].append(name)
    queries = [
        person
        for person in asked
        if source in person and target in person and person[source] != person[target]
    ]
    answered = right = 0
    wrong: list[str] = []
    for person in queries:
        near = sorted({name for key in block_keys("PER", person[source]) for name in index[key]})
        scores = [(name_score(person[source], name, "PER"), name) for name in near]
        best = max(scores, default=(0.0, ""))
        if best[0] >= ANSWERED:
            answered += 1
            right += best[1] == person[target]
        if best[0] < ANSWERED or best[1] != person[target]:
            wrong.append(f"{person[source]} | {person[target]} | {best[1]} {best[0]:.2f}")
    return len(queries), answered, right, wrong


def interval(right: int, asked: int) -> tuple[float, float]:
    """Wilson interval at 95 per cent."""
    if not asked:
        return 0.0, 0.0
    share, z = right / asked, 1.96
    middle = (share + z * z / (2 * asked)) / (1 + z * z / asked)
    half = z * sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked)) / (1 + z * z / asked)
    return 100 * (middle - half), 100 * (middle + half)


def main() -> None:
    folder = Path(
        sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else "../shared/corpora/names"
    )
    path = folder / "people.jsonl"
    if not path.is_file():
        print(f"skipped: {path} is not here (the list is not part of the project)")
        return
    even, odd = people(path)
    for part, asked in (("even", even), ("odd", odd)):
        for source, target in (("de", "en"), ("ru", "de")):
            begun = time.perf_counter()
            number, answered, right, wrong = top_one(asked, even + odd, source, target)
            low, high = interval(right, number)
            print(
                f"{part} {source}→{target}: {number} asked, {answered} answered, right {100 * right / max(number, 1):.1f} % "
                f"({low:.1f}–{high:.1f}), {time.perf_counter() - begun:.1f} s"
            )
            if "--wrong" in sys.argv and part == "even":
                print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
