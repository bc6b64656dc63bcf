"""Workers that die, that cannot start, and programs that call us without expecting workers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from multiprocessing import parent_process
from pathlib import Path

import pytest

from lagebild.case.sqlite import Case
from lagebild.engine import local
from lagebild.engine.local import run_plan
from lagebild.model.account import Problem
from lagebild.model.document import Document, Stated
from lagebild.model.source import RawItem
from lagebild.settings import Settings
from lagebild.step import DocView, EachDocument, Plan
from tests import toy


def take_text(docs: Sequence[DocView]) -> Iterable[Document]:
    """The bytes as text; a source that says KILL ends the worker as the system does when memory runs out."""
    for doc in docs:
        if doc.raw == b"KILL" and parent_process() is not None:
            os._exit(9)
        yield Document(doc.id, doc.raw.decode(), "text/plain", "utf-8", Stated(), (), None)


DEADLY = Plan(
    given=(RawItem,), steps=(EachDocument(take_text, reads=(RawItem,), writes=(Document,), raw=True),)
)


def built(path: Path, texts: Sequence[str]) -> Case:
    case = Case.create(path, DEADLY.types)
    case.add_sources([toy.toy_item(f"{at}.txt", text) for at, text in enumerate(texts)])
    run_plan(DEADLY, case, Settings(), version="1", workers=2, batch=2)
    return case


def test_a_text_that_kills_its_worker_is_a_problem_and_the_others_go_on(tmp_path: Path) -> None:
    texts = [f"text {at}" for at in range(12)]
    with built(tmp_path / "case", [*texts[:5], "KILL", *texts[5:]]) as case:
        assert sorted(doc.text for doc in case.rows(Document)) == sorted(texts)
        (problem,) = case.rows(Problem)
        assert problem.unit == "5.txt"
        assert "memory" in problem.message


def test_where_no_worker_can_start_this_process_does_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_start_worker", _never)
    texts = [f"text {at}" for at in range(12)]
    with built(tmp_path / "case", texts) as case:
        assert sorted(doc.text for doc in case.rows(Document)) == sorted(texts)
        assert list(case.rows(Problem)) == []


def _never(*_: object) -> None:
    os._exit(1)


def test_a_program_without_a_guard_is_not_run_again_by_workers(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from pathlib import Path\n"
        "from tests.engine.test_workers import built\n"
        "print('once')\n"
        f"with built(Path({str(tmp_path / 'case')!r}), [f'text {{at}}' for at in range(12)]) as case:\n"
        "    print(case.count(case.kind_of('document')), case.count(case.kind_of('problem')))\n"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    told = subprocess.run(
        [sys.executable, str(program)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert told.stdout.decode().split() == ["once", "12", "0"], told.stderr.decode()
    assert told.stderr == b""
