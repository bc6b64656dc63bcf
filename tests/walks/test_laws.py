"""The laws of the design on the whole path: the same export whatever the batch, order, workers, portions and interruptions."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree

import pytest

from lagebild.case.sqlite import Case
from lagebild.engine.local import run_plan
from lagebild.ingest.files import read_items
from lagebild.plan import PLAN
from lagebild.questions.check import check_case
from lagebild.settings import Settings
from lagebild.step import EachGroup, WholeCase
from lagebild.story.datelines import story_keys
from lagebild.version import __version__
from lagebild.work import add_reports, build_dossier, export_jsonl, open_case, verify_dossier
from tests.walks.pile import REPORTS, small_reports, write_reports

LANGUAGE = (
    "extract_text", "cut_blocks", "print_lines", "read_masthead", "split_sentences", "split_words", "find_names", "find_times",
    "find_quantities", "find_quotes", "find_claims", "find_credits", "print_windows", "gather_names", "link_mentions", "name_speakers",
    "sign_documents", "date_phrases",
)  # fmt: skip
"""Steps that read one document; none of them may run on another because a report came."""
MANY = 60
STORY_STEPS = tuple(step.name for step in PLAN.steps if isinstance(step, EachGroup) and step.by is story_keys)


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


def test_a_file_that_is_gone_stays_in_the_case_and_is_told(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in")
    first = build_dossier([pile], tmp_path / "out", workers=1)
    (pile / "07_archiv.txt").unlink()
    second = build_dossier([pile], tmp_path / "out", workers=1)
    assert second.gone == ("07_archiv.txt",)
    assert second.documents == first.documents


def write_files(folder: Path, made: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A case of many reports on several stories, for reading only, and its export."""
    folder = tmp_path_factory.mktemp("many")
    build_dossier([write_files(folder / "in", small_reports(MANY))], folder / "out", workers=1)
    return folder / "out", exported(folder / "out", folder / "export")


def test_many_reports_fall_into_several_stories(many: tuple[Path, dict[str, bytes]]) -> None:
    assert len(many[1]["stories.jsonl"].splitlines()) == 6
    assert many[1]["problems.jsonl"] == b""


def test_two_workers_and_reports_in_reverse_give_the_same_bytes(
    tmp_path: Path, many: tuple[Path, dict[str, bytes]]
) -> None:
    pile = write_files(tmp_path / "in", small_reports(MANY))
    with Case.create(tmp_path / "case.lagebild", PLAN.types) as case:
        items = [item for read in read_items([pile], sys.stdin.buffer) for item in read.items]
        case.add_sources(items[::-1])
        run_plan(PLAN, case, Settings(), version=__version__, batch=7, workers=2)
    assert exported(tmp_path, tmp_path / "export") == many[1]


def test_half_of_many_and_then_the_rest_give_the_same_bytes(
    tmp_path: Path, many: tuple[Path, dict[str, bytes]]
) -> None:
    made = small_reports(MANY)
    halves = [dict(list(made.items())[at::2]) for at in range(2)]
    build_dossier([write_files(tmp_path / "a", halves[1])], tmp_path / "out", workers=1)
    add_reports(tmp_path / "out", [write_files(tmp_path / "b", halves[0])], workers=1)
    assert exported(tmp_path / "out", tmp_path / "export") == many[1]


def test_one_new_report_among_many_computes_only_what_it_touches(
    tmp_path: Path, many: tuple[Path, dict[str, bytes]]
) -> None:
    copytree(many[0], tmp_path / "out")
    ((name, data),) = list(small_reports(MANY + 1).items())[MANY:]
    report = add_reports(tmp_path / "out", [write_files(tmp_path / "new", {name: data})], workers=1)
    units = report.account.units
    assert {step: units.get(step) for step in LANGUAGE} == dict.fromkeys(LANGUAGE, 1)
    compared = [step for step in STORY_STEPS if step != "bind_dossier"]
    assert {step: units.get(step, 0) for step in compared} == dict.fromkeys(compared, 1)
    # the title of a story is that of its most central text, and centrality weighs words by their rarity in the whole case
    assert units["bind_dossier"] <= 2
    in_its_story = MANY // 6 + 1
    assert units["mark_blocks"] <= in_its_story  # those that share a line with it
    assert units["align_passages"] <= in_its_story
    whole = [step.name for step in PLAN.steps if isinstance(step, WholeCase)]
    assert all(units.get(step, 0) <= 1 for step in whole)
    build_dossier([write_files(tmp_path / "in", small_reports(MANY + 1))], tmp_path / "once", workers=1)
    assert exported(tmp_path / "out", tmp_path / "x") == exported(tmp_path / "once", tmp_path / "y")


def test_a_report_that_is_like_no_other_touches_nothing_else(
    tmp_path: Path, many: tuple[Path, dict[str, bytes]]
) -> None:
    copytree(many[0], tmp_path / "out")
    lonely = "Schachturnier endet remis\n\n„Das Endspiel war verloren“, sagte Ines Quast nach der Partie in Bad Lohne.\n"
    report = add_reports(
        tmp_path / "out", [write_files(tmp_path / "new", {"x.txt": lonely.encode()})], workers=1
    )
    units = report.account.units
    assert {step: units.get(step) for step in (*LANGUAGE, "mark_blocks")} == dict.fromkeys(
        (*LANGUAGE, "mark_blocks"), 1
    )
    assert {step: units.get(step, 0) for step in STORY_STEPS} == dict.fromkeys(STORY_STEPS, 1)
    assert "align_passages" not in units


def test_a_build_that_is_killed_goes_on_to_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """Killed at random moments by SIGKILL, then run again to the end."""
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
    killed = 0
    for _ in range(4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (tmp_path / "out" / "case.lagebild-wal").exists():
            time.sleep(0.01)
        time.sleep(random.uniform(0.0, 1.2))
        process.kill()
        killed += process.wait() == -signal.SIGKILL
    assert killed
    build_dossier([pile], tmp_path / "out", workers=1)
    assert exported(tmp_path / "out", tmp_path / "export") == whole
    with open_case(tmp_path / "out") as case:
        assert check_case(case).wrong == []
    assert verify_dossier(tmp_path / "out" / "dossier.html").wrong == []
