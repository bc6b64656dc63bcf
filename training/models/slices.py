"""Names on the reserved slice of GermEval, read by the program itself: `python slices.py --corpora DIR FOLDER [NETWORK.onnx …]`.

The folder has news.onnx, pieces.json, labels.json; further networks (fp32) are read with its pieces and labels. The model alone, without
the program's lists; strict spans, outer names, four classes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from scores import f1, spans
from texts import germeval, reserved

from lagebild.lang.model import Reader

KINDS = ("PER", "LOC", "ORG", "MISC")


def main() -> None:
    """One JSON line a network."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--corpora", required=True)
    read.add_argument("folder")
    read.add_argument("networks", nargs="*")
    options = read.parse_args()
    examples = [e for e in germeval(Path(options.corpora)) if reserved(e.source)]
    gold = [spans(e.names) for e in examples]
    for network in (None, *map(Path, options.networks)):
        readings = Reader(Path(options.folder), network).read(
            [e.words for e in examples], [e.spaced for e in examples]
        )
        found = [{(name.left, name.right, name.label) for name in reading.names} for reading in readings]
        groups = {"all": set(KINDS), "PER+LOC": {"PER", "LOC"}} | {kind: {kind} for kind in KINDS}
        scores = {group: round(f1(gold, found, kinds), 2) for group, kinds in groups.items()}
        print(json.dumps({"network": str(network or "news.onnx"), "sentences": len(examples), **scores}))


if __name__ == "__main__":
    main()
