"""How well names meet and speakers are named, on pairs and texts written for this project.

`names.jsonl`: pairs of names, half of them hard ones that must stay apart; right where `name_score` is on the right side of 0.8.
`pairs.jsonl`: a second, harder list of the same kind, with public names in all the shapes in which news write them.
`speakers.jsonl`: marked texts (see pile.py) with the speaker of each quotation: an entity by one of its spellings, or `anonymous`,
`organisation` and `person` (known to be one, not which), `document`, `unknown`. `wrong_person` counts entities given to quotations
that are another's or nobody's; the figure is one less its share. `piles.jsonl`: which names of a pile are one thing, as B-cubed F1
over its names (`b_cubed`), and in the piles with # marks over all places where a thing is named (`clusters`). `places.jsonl`: see where.py. Cases of the split "held" were not looked at while rules and weights were chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gold.resolve import where
from gold.resolve.pile import meant, resolved

from lagebild.model.document import Document
from lagebild.resolve.score import SAME, name_score

HERE = Path(__file__).parent
VAGUE = {"anonymous", "organisation", "person", "document", "unknown"}


def read(name: str) -> list[dict[str, Any]]:
    """The labelled cases of a file, in order."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def judged_names(name: str = "names.jsonl") -> Iterator[tuple[dict[str, Any], bool]]:
    """Every pair of a file with whether the score is on the right side."""
    for case in read(name):
        yield case, (name_score(case["left"], case["right"]) >= SAME) == case["same"]


def judged_speakers() -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Case, number of the quotation, the answer that is right and the answer given."""
    for case in read("speakers.jsonl"):
        others = [text if isinstance(text, str) else (text[0], text[1]) for text in case["others"]]
        pile = resolved([(case["language"], case["marked"]), *others])
        rows = pile.speakers()
        for number, right in sorted(case["speakers"].items()):
            row = rows[number]
            if row.entity_id is None:
                yield case, number, right, row.kind
                continue
            names = {name.text for name in pile.entities[row.entity_id].names}
            yield case, number, right, right if right in names else pile.entities[row.entity_id].name


def judged_piles() -> Iterator[tuple[dict[str, Any], float]]:
    """Every pile with the B-cubed F1 of its names (Bagga and Baldwin 1998)."""
    for case in read("piles.jsonl"):
        if "groups" not in case:
            continue
        pile = resolved([text if isinstance(text, str) else (text[0], text[1]) for text in case["texts"]])
        found: dict[str, set[str]] = {}
        for entity in pile.entities.values():
            for name in entity.names:
                found.setdefault(name.text, set()).add(entity.id)
        truth = {name: number for number, group in enumerate(case["groups"]) for name in group}
        given = {name: min(found.get(name, {name})) for name in truth}
        yield case, _b_cubed(truth, given)


def judged_clusters() -> Iterator[tuple[dict[str, Any], float, list[tuple[str, str, str]]]]:
    """Every pile with marks: its B-cubed F1, and for each place its words, what they mean and what they were linked to."""
    for case in read("piles.jsonl"):
        if "groups" in case:
            continue
        texts = [text if isinstance(text, str) else (text[0], text[1]) for text in case["texts"]]
        pile = resolved(texts)
        truth, given, told = dict[str, str](), dict[str, str](), list[tuple[str, str, str]]()
        for number, text in enumerate(texts):
            linked = pile.linked(f"d{number}")
            words = pile.docs[f"d{number}"][Document][0].text
            for (start, end), thing in meant(text if isinstance(text, str) else text[1]).items():
                place = f"d{number}:{start}"
                truth[place], given[place] = thing, linked.get((start, end), place)
                told.append((words[start:end], thing, given[place]))
        yield case, _b_cubed(truth, given), told


def _b_cubed(truth: Mapping[str, object], given: Mapping[str, str]) -> float:
    precision = recall = 0.0
    for name in truth:
        same_given = {other for other in truth if given[other] == given[name]}
        same_true = {other for other in truth if truth[other] == truth[name]}
        both = len(same_given & same_true)
        precision += both / len(same_given)
        recall += both / len(same_true)
    precision, recall = precision / len(truth), recall / len(truth)
    return 2 * precision * recall / (precision + recall)


def measure() -> dict[str, float]:
    """The figures, larger is better; those of the reserved cases under `held_`."""
    names, pairs = list(judged_names()), list(judged_names("pairs.jsonl"))
    speakers, piles, clusters = list(judged_speakers()), list(judged_piles()), list(judged_clusters())
    figures: dict[str, float] = {}
    for prefix, split in (("", "tune"), ("held_", "held")):
        right = [good for case, good in names if case["split"] == split]
        apart = [good for case, good in names if case["split"] == split and not case["same"]]
        hard = [(good, case["same"]) for case, good in pairs if case["split"] == split]
        figures[f"{prefix}pairs"] = sum(good for good, _ in hard) / len(hard)
        figures[f"{prefix}pairs_kept_apart"] = sum(good for good, same in hard if not same) / sum(
            not same for _, same in hard
        )
        asked = [(wanted, given) for case, _, wanted, given in speakers if case["split"] == split]
        wrong = sum(given not in VAGUE and given != wanted for wanted, given in asked)
        vague = [(wanted, given) for wanted, given in asked if wanted in VAGUE]
        figures[f"{prefix}names"] = sum(right) / len(right)
        figures[f"{prefix}names_kept_apart"] = sum(apart) / len(apart)
        figures[f"{prefix}speakers"] = sum(wanted == given for wanted, given in asked) / len(asked)
        figures[f"{prefix}not_wrong_person"] = 1 - wrong / len(asked)
        figures[f"{prefix}unknown_stays_unknown"] = sum(given in VAGUE for _, given in vague) / len(vague)
        scores = [score for case, score in piles if case["split"] == split]
        figures[f"{prefix}b_cubed"] = sum(scores) / len(scores)
        marked = [score for case, score, _ in clusters if case["split"] == split]
        figures[f"{prefix}clusters"] = sum(marked) / len(marked)
    return {**figures, **where.figures()}
