"""Do the two packages work without their source trees? Run by `make wheel-test`, not by pytest.

Builds the sdists of lagebild and lagebild-models, the wheels from these, installs both into a new environment (dependencies come
from this one, nothing is downloaded), and runs doctor, build, verify and export from an empty folder. Exit code 1 with the reason
where any of it fails.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGEST_SDIST = 30_000_000
"""Bytes: the gazetteer is the largest part; the language model has a package of its own."""
REPORT = """Stadtwerke Lindenau drosseln das Fernwärmenetz

Die Stadtwerke Lindenau haben am 3. Februar 2025 zwei Leitungen gesperrt. „Wir prüfen jede Naht“, sagte Geschäftsführerin
Hella Brandis am Montag in Leipzig. Der Mieterverein bestritt, dass die Bewohner rechtzeitig unterrichtet worden seien.
"""

START = """
import sys
from importlib.metadata import entry_points
(declared,) = entry_points(group="console_scripts", name="lagebild")
sys.exit(declared.load()(prog_name="lagebild"))
"""


class Refused(Exception):
    """What went wrong, with the output of the program that said so."""


def call(arguments: Sequence[str | Path], cwd: Path, **environment: str) -> str:
    """Standard output of a program. Raises Refused where it exits with another code than 0."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(one) for one in arguments],
        cwd=cwd,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-40:])
        raise Refused(
            f"{' '.join(str(one) for one in arguments[:4])} … ended with {done.returncode}:\n{said}"
        )
    return done.stdout


def built_wheel(source: Path, folder: Path) -> tuple[Path, Path]:
    """The sdist of a package and the wheel made from it, with the sdist's tree as its only source."""
    quiet = ("-m", "build", "--no-isolation", "--outdir", folder / "dist")
    call([sys.executable, *quiet, "--sdist", source], source)
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        packed.extractall(folder / "tree", filter="data")
    (tree,) = (folder / "tree").iterdir()
    call([sys.executable, *quiet, "--wheel", tree], tree)
    (wheel,) = (folder / "dist").glob("*.whl")
    return sdist, wheel


def installed(wheels: Sequence[Path], folder: Path) -> Path:
    """The Python of a new environment that holds the wheels, and sees this environment's other packages behind them."""
    venv.create(folder / "env", with_pip=False, symlinks=os.name != "nt")
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    site = Path(
        call([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    )
    unpack = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])"
    for wheel in wheels:
        call([python, "-c", unpack, wheel, site], folder)
    # A folder named in a .pth file is searched after this one, and .pth files inside it (an editable install) are not read.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def check(python: Path, folder: Path) -> list[str]:
    """Run the installed program from an empty folder; what was found, a line each. Raises Refused."""
    work = folder / "work"
    work.mkdir()
    (work / "report.txt").write_text(REPORT, encoding="utf-8")
    for name in ("lagebild", "lagebild_models"):
        home = call([python, "-c", f"import {name}; print({name}.__file__)"], work).strip()
        if not Path(home).is_relative_to(folder.resolve()) or Path(home).is_relative_to(ROOT):
            raise Refused(f"the {name} that runs is {home}, not the installed one")
    start: list[str | Path] = [python, "-c", START]
    call([*start, "doctor"], work)
    call([*start, "build", "report.txt", "--out", "dossier", "--workers", "1"], work)
    call([*start, "verify", "dossier"], work)
    call([*start, "export", "dossier", "--to", "records"], work)
    documents = (work / "records" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    if [json.loads(line)["text"] for line in documents] != [REPORT]:
        raise Refused("documents.jsonl does not hold the text that was built")
    page = (work / "dossier" / "dossier.html").stat().st_size
    return [f"doctor, build, verify and export work; dossier.html has {page:,} bytes"]


def complete(wheel: Path, wanted: Sequence[str], folder: Path, python: Path) -> str:
    """What the wheel holds. Raises Refused where a file that must be in it is missing."""
    listing = "import sys, zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))"
    names = call([python, "-c", listing, wheel], folder).splitlines()
    for one in wanted:
        if not any(name.endswith(one) for name in names):
            raise Refused(f"{one} is not in {wheel.name}")
    return f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1e6:.1f} MB"


def main() -> int:
    """Build, install, run; 0 where all of it works."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        try:
            sdist, wheel = built_wheel(ROOT, folder / "lagebild")
            _, model = built_wheel(ROOT / "models" / "news", folder / "models")
            if sdist.stat().st_size > LARGEST_SDIST:
                raise Refused(f"{sdist.name} has {sdist.stat().st_size:,} bytes; does it hold a model?")
            python = installed((wheel, model), folder)
            found = [
                complete(wheel, ("entry_points.txt", "LICENSE", "NOTICE", "py.typed"), folder, python),
                complete(
                    model,
                    ("news.onnx", "pieces.json", "labels.json", "LICENSE-WEIGHTS", "py.typed"),
                    folder,
                    python,
                ),
                *check(python, folder),
            ]
        except Refused as refused:
            sys.stderr.write(f"wheel: {refused}\n")
            return 1
    sys.stdout.write("\n".join([*found, f"{time.perf_counter() - started:.0f} s"]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
