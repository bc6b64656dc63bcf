"""How well disputes and clashes are found from bare reports (`reports.jsonl`): the whole path, nothing given by hand.

A pile has its texts, the disputes expected (file and words of the claim, file and words of the denial: they must stand on two
sides of one finding) and the clashes of numbers or clock times („file:words“ on different sides). Every other dispute or clash
that is found is false. Piles of the split "held" were written before the rules were tried on them.

    python -m gold.compare.reports        lists every miss and everything false
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lagebild.questions.open import OpenRecords
from lagebild.work import build_dossier, open_case

REPORTS = Path(__file__).with_name("reports.jsonl")
CLASHES = ("number_conflict", "time_conflict")


def _built(pile: Mapping[str, Any]) -> tuple[list[Any], dict[str, str]]:
    """The findings, and each claim's text by its id as „path: words“."""
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports"
        reports.mkdir()
        for name, text in pile["texts"].items():
            (reports / name).write_text(text, encoding="utf-8")
        build_dossier([reports], Path(folder) / "out", workers=1)
        with open_case(Path(folder) / "out") as case:
            records = OpenRecords(case)
            paths = {row["id"]: Path(row["path"]).name for row in records.file("documents")}
            words = {row["id"]: f"{paths[row['doc']]}: {row['exact']}" for row in records.file("claims")}
            return list(records.file("findings")), words


def _sides(finding: Mapping[str, Any], words: Mapping[str, str], file: str, wanted: str) -> set[int]:
    """The sides with a claim of that file that holds the words or is a part of them („dieser Darstellung“)."""
    return {
        at
        for at, side in enumerate(finding["sides"])
        for path, _, said in (words[one].partition(": ") for one in side["claims"])
        if path == file and (wanted in said or said in wanted)
    }


def _apart(
    finding: Mapping[str, Any], words: Mapping[str, str], left: Sequence[str], right: Sequence[str]
) -> bool:
    a, b = (_sides(finding, words, *one) for one in (left, right))
    return any(one != other for one in a for other in b)


def judged(pile: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """For each dispute and clash expected or found: what it is, „right“, „missed“ or „false“, and its words."""
    findings, words = _built(pile)
    wanted = [("dispute", one[:2], one[2:]) for one in pile["dispute"]]
    wanted += [("clash", one[0].split(":", 1), one[1].split(":", 1)) for one in pile["clash"]]
    met = set()
    for what, left, right in wanted:
        kinds = ("dispute",) if what == "dispute" else CLASHES
        hits = {row["id"] for row in findings if row["kind"] in kinds and _apart(row, words, left, right)}
        met |= hits
        yield what, "right" if hits else "missed", f"{left[1]} / {right[1]}"
    for row in findings:
        if row["kind"] in ("dispute", *CLASHES) and row["id"] not in met:
            sides = " | ".join(side["position"] for side in row["sides"])
            yield "dispute" if row["kind"] == "dispute" else "clash", "false", f"{row['question']} {sides}"


def measure() -> dict[str, float]:
    """Precision and recall of disputes and of clashes by split."""
    figures: dict[str, float] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for pile in piles():
        counts.update((pile["split"], what, verdict) for what, verdict, _ in judged(pile))
    for split in ("tuned", "held"):
        for what in ("dispute", "clash"):
            right, missed, false = (counts[split, what, verdict] for verdict in ("right", "missed", "false"))
            figures[f"reports.{split}.{what}_precision"] = round(right / max(1, right + false), 4)
            figures[f"reports.{split}.{what}_recall"] = round(right / max(1, right + missed), 4)
    return figures


def piles() -> list[dict[str, Any]]:
    """The labelled piles, in file order."""
    return [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    for one in piles():
        for verdict in judged(one):
            if verdict[1] != "right":
                print(one["split"], one["id"], *verdict)
    print(json.dumps(measure(), indent=1))
