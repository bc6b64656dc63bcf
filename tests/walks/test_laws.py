"""The laws of the design on the whole path: the same export whatever the batch, order, workers, portions and interruptions."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lagebild.engine.local import run_plan
from lagebild.plan import PLAN
from lagebild.settings import Settings
from lagebild.version import __version__
from lagebild.work import add_reports, build_dossier, export_jsonl, open_case
from tests.walks.pile import REPORTS, write_reports


def exported(case: Path, to: Path) -> dict[str, bytes]:
    """The export of a case without its runs."""
    with open_case(case) as opened:
        paths = export_jsonl(opened, to, words=True)
    return {path.name: path.read_bytes() for path in paths if path.name != "runs.jsonl"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    build_dossier([write_reports(folder / "in")], folder / "out", workers=1)
    return exported(folder / "out", folder / "export")


def test_two_builds_give_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    build_dossier([write_reports(tmp_path / "in")], tmp_path / "out", workers=1)
    assert exported(tmp_path / "out", tmp_path / "export") == whole


def test_building_in_portions_gives_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    names = list(REPORTS)
    build_dossier([write_reports(tmp_path / "b", names[4:])], tmp_path / "out", workers=1)
    for at, name in enumerate(names[:4]):
        add_reports(tmp_path / "out", [write_reports(tmp_path / f"a{at}", [name])], workers=1)
    assert exported(tmp_path / "out", tmp_path / "export") == whole


@pytest.mark.parametrize(("batch", "workers"), [(1, 1), (3, 2)])
def test_batches_and_workers_give_the_same_bytes(
    tmp_path: Path, whole: dict[str, bytes], batch: int, workers: int
) -> None:
    build_dossier([write_reports(tmp_path / "in", ["01_agentur.txt"])], tmp_path / "out", workers=1)
    with open_case(tmp_path / "out", write=True) as case:
        from lagebild.ingest.files import read_items

        reads = list(read_items([write_reports(tmp_path / "all")], sys.stdin.buffer))
        case.add_sources([item for read in reads[::-1] for item in read.items[::-1]])
        run_plan(PLAN, case, Settings(), version=__version__, batch=batch, workers=workers)
    assert exported(tmp_path / "out", tmp_path / "export") == whole


def test_nothing_new_computes_nothing_and_writes_the_same_pages(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in")
    build_dossier([pile], tmp_path / "out", workers=1)
    pages = [(tmp_path / "out" / name).read_bytes() for name in ("dossier.html", "dossier.md")]
    report = build_dossier([pile], tmp_path / "out", workers=1)
    assert dict(report.account.units) == {}
    assert report.new == 0
    assert pages == [(tmp_path / "out" / name).read_bytes() for name in ("dossier.html", "dossier.md")]


def test_a_build_that_is_killed_goes_on_to_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """Killed at several moments by SIGKILL, then run again to the end."""
    pile = write_reports(tmp_path / "in")
    command = [
        sys.executable,
        "-m",
        "lagebild",
        "build",
        str(pile),
        "--out",
        str(tmp_path / "out"),
        "--workers",
        "1",
    ]
    for wait in (0.8, 1.4, 2.0, 2.6):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(command, check=True, capture_output=True)
    assert exported(tmp_path / "out", tmp_path / "export") == whole


def test_a_file_that_is_gone_stays_in_the_case_and_is_told(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in")
    first = build_dossier([pile], tmp_path / "out", workers=1)
    (pile / "07_archiv.txt").unlink()
    second = build_dossier([pile], tmp_path / "out", workers=1)
    assert second.gone == ("07_archiv.txt",)
    assert second.documents == first.documents
