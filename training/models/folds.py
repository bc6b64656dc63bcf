"""Trees and moods over five folds, read by the program itself from the exported model of each fold (int8, moods settled by form and clause).

`python folds.py --corpora ../../../shared/corpora OUT/fold0 … OUT/fold4`: folder K has news.onnx, pieces.json, labels.json of the model
that was trained without fold K. Counted as in the CoNLL 2018 shared task: syntactic words (a contraction such as `im` is two, of which
the article hangs where the preposition hangs), punctuation included, relations without their subtypes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from math import sqrt
from pathlib import Path

from texts import universal
from train import fold_of

from lagebild.annotate.moods import settled_moods
from lagebild.lang.lexicon import lexicon
from lagebild.lang.model import Reader


def main() -> None:
    """One line a fold, then all together with 95 % intervals (Wilson)."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--corpora", required=True)
    read.add_argument("folders", nargs="+")
    options = read.parse_args()
    total = Counter[str]()
    for fold, folder in enumerate(options.folders):
        counts = _counts(fold, Path(folder), Path(options.corpora))
        total.update(counts)
        print(json.dumps({"fold": fold, **_shares(counts)}))
    print(json.dumps({"all": _shares(total), "counts": dict(total)}))


def _counts(fold: int, folder: Path, corpora: Path) -> Counter[str]:
    reader, words, counts = Reader(folder), lexicon("de"), Counter[str]()
    examples = [example for example in universal(corpora) if fold_of(example.source) == fold]
    readings = reader.read([e.words for e in examples], [e.spaced for e in examples])
    for example, reading in zip(examples, readings, strict=True):
        lemmas = tuple(words.lemma(word) for word in example.words) if words else ()
        settled = settled_moods(example.words, lemmas, reading, "de")
        for place in range(len(example.words)):
            parts = 1 + example.contracted[place]
            head = reading.heads[place] == example.heads[place]
            counts["words"] += parts
            counts["upos"] += parts * (reading.upos[place] == example.upos[place])
            counts["uas"] += parts * head
            counts["las"] += parts * (
                head and _universal(reading.deprels[place]) == _universal(example.rels[place])
            )
            meant = example.feats[place].get("Mood") == "Sub"
            said = "Mood=Sub" in settled.feats[place]
            counts["sub"] += meant
            counts["said"] += said
            counts["both"] += meant and said
    return counts


def _universal(relation: str) -> str:
    return relation.partition(":")[0]


def _shares(counts: Counter[str]) -> dict[str, str]:
    found = {name: _share(counts[name], counts["words"]) for name in ("upos", "uas", "las")}
    return found | {
        "mood=sub precision": _share(counts["both"], counts["said"]),
        "mood=sub recall": _share(counts["both"], counts["sub"]),
    }


def _share(part: int, whole: int) -> str:
    if not whole:
        return "-"
    p, z = part / whole, 1.96
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{100 * p:.1f} ({100 * (middle - half):.1f}-{100 * (middle + half):.1f}) of {whole}"


if __name__ == "__main__":
    main()
