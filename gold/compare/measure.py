"""How well disputes, clashes and origins are told, on piles written for this project (`cases.jsonl`), rows given by hand.

A case has its texts with their claims (`gold/compare/piles.py`), the findings expected (`expect`: kind, and for each side claims
that must stand on it, as „path:words“), and pairs of claims with one origin (`same`) or two (`apart`). A found question is right
when all its expected claims stand on the sides where they belong. Cases of the split "held" were written before the rules were
tried on them and not looked at while choosing words.

    python -m gold.compare.measure        lists every miss
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

from gold.compare import reports
from gold.compare.piles import findings, story

from lagebild.model.document import Document
from lagebild.model.finding import ClaimOrigin, Finding
from lagebild.model.source import RawItem
from lagebild.model.speech import Claim

CASES = Path(__file__).with_name("cases.jsonl")
CLASHES = ("dispute", "number_conflict", "role_conflict", "time_conflict", "attribution_conflict")


def cases() -> list[dict[str, Any]]:
    """The labelled cases, in file order."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _is(finding: Finding, expected: Mapping[str, Any], words: Mapping[str, str]) -> bool:
    """Sides of a dispute have an order, those of other findings have none and may be more than the expected ones."""
    sides = [[words[claim] for claim in side.claim_ids] for side in finding.sides]
    wanted = expected["sides"]
    if finding.kind != expected["kind"] or len(sides) < len(wanted):
        return False
    ordered = [tuple(sides)] if finding.kind == "dispute" else permutations(sides, len(wanted))
    return any(
        all(_holds(side, every) for side, every in zip(chosen, wanted, strict=True)) for chosen in ordered
    )


def _holds(side: Sequence[str], every: Sequence[str]) -> bool:
    return all(any(_names(one, wanted) for one in side) for wanted in every)


def _names(words: str, wanted: str) -> bool:
    path, _, part = wanted.partition(":")
    return words.startswith(f"{path}: ") and part in words


def judged(case: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """For each finding expected or found its kind and „right“, „missed“ or „false“."""
    found, words = findings(case["texts"])
    left = list(found)
    for expected in case["expect"]:
        hit = next((one for one in left if _is(one, expected, words)), None)
        yield expected["kind"], "right" if hit else "missed"
        if hit:
            left.remove(hit)
    yield from ((one.kind, "false") for one in left if one.kind in CLASHES)


def origins_judged(case: Mapping[str, Any]) -> Iterator[bool]:
    """For each pair of claims whether it is told right if they have one origin or two."""
    made, _ = story(case["texts"])
    origins: dict[str, set[str]] = {}
    for rows in made:
        path, text = rows[RawItem][0].path, rows[Document][0].text
        by_id = {claim.id: f"{path}: {text[claim.start : claim.end]}" for claim in rows[Claim]}
        for row in rows[ClaimOrigin]:
            origins.setdefault(by_id[row.claim_id], set()).add(row.origin_id)
    for name, wanted in (("same", True), ("apart", False)):
        for left, right in case.get(name, ()):
            yield bool(_of(origins, left) & _of(origins, right)) is wanted


def _of(origins: Mapping[str, set[str]], wanted: str) -> set[str]:
    return next(ids for words, ids in sorted(origins.items()) if _names(words, wanted))


def _score(counts: Counter[tuple[str, str]], kinds: Sequence[str]) -> tuple[float, float]:
    right = sum(counts[kind, "right"] for kind in kinds)
    found = right + sum(counts[kind, "false"] for kind in kinds)
    wanted = right + sum(counts[kind, "missed"] for kind in kinds)
    return right / max(1, found), right / max(1, wanted)


def measure() -> dict[str, float]:
    """Precision and recall of disputes and of all clashes, recall of the kinds that are none, origins told right; by split.

    Figures named `reports.` are of bare reports, the whole path (`gold/compare/reports.py`).
    """
    figures = reports.measure()
    for split in ("tuned", "held"):
        chosen = [case for case in cases() if case["split"] == split]
        counts = Counter(verdict for case in chosen for verdict in judged(case))
        figures[f"{split}.dispute_precision"], figures[f"{split}.dispute_recall"] = _score(
            counts, ["dispute"]
        )
        figures[f"{split}.clash_precision"], figures[f"{split}.clash_recall"] = _score(counts, CLASHES)
        if split == "tuned":
            figures[f"{split}.support_recall"] = _score(counts, ["agreement", "lone_source", "sequence"])[1]
            pairs = [verdict for case in chosen for verdict in origins_judged(case)]
            figures[f"{split}.origins_right"] = sum(pairs) / max(1, len(pairs))
    return figures


if __name__ == "__main__":
    for one in cases():
        for verdict in judged(one):
            if verdict[1] != "right":
                print(one["split"], one["id"], *verdict)
        if not all(origins_judged(one)):
            print(one["split"], one["id"], "origins")
    print(json.dumps(measure(), indent=1))
