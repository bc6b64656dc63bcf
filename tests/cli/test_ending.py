"""How the program ends as a process of its own: interrupted, killed, without a reader, without disk."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from lagebild.cli.screen import LABELS
from lagebild.plan import PLAN
from lagebild.questions.check import check_case
from lagebild.questions.status import case_status
from lagebild.work import add_reports, build_dossier, open_case
from tests.walks.pile import built_pile, changed_pile, write_reports

COMMAND = [sys.executable, "-m", "lagebild"]


def run(*words: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    given = [*COMMAND, *(str(word) for word in words)]
    return subprocess.run(given, capture_output=True, check=False, timeout=120, **more)  # type: ignore[call-overload,no-any-return]


def many_reports(folder: Path, count: int = 60) -> Path:
    folder.mkdir()
    for at in range(count):
        text = f"Bericht {at}\n\nIn Ort{at} sagte Anna Brandt{at} am Montag, sie rechne mit {at + 2} Wagen.\n"
        (folder / f"{at:03d}.txt").write_text(text * 3, encoding="utf-8")
    return folder


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never came")


def heeding_interrupts() -> None:
    """A shell that starts us in the background lets us ignore interrupts, and our children with us: not this one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_ends_with_130_and_the_next_call_goes_on(tmp_path: Path, workers: int) -> None:
    pile = many_reports(tmp_path / "in")
    command = ["build", pile, "--out", tmp_path / "out", "--workers", workers]
    process = subprocess.Popen(
        [*COMMAND, *map(str, command)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heeding_interrupts,
    )
    wait_for(tmp_path / "out" / "case.lagebild-wal")
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the group
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stdout == b""
    assert stderr.decode().splitlines() == [
        "lagebild: interrupted; run the same command again to go on where it stopped"
    ]
    with open_case(tmp_path / "out") as case:
        assert case_status(case)["interrupted"]
    assert build_dossier([pile], tmp_path / "out", workers=1).documents == 60
    with open_case(tmp_path / "out") as case:
        assert not case_status(case)["interrupted"]
        assert check_case(case).wrong == []


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    pile = many_reports(tmp_path / "in", 200)
    process = subprocess.Popen(
        [*COMMAND, "build", str(pile), "--out", str(tmp_path / "out"), "--workers", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    for _ in range(600):
        if workers_of(process.pid) or process.poll() is not None:
            break
        time.sleep(0.05)
    assert workers_of(process.pid), "the pool never started"
    process.kill()
    process.wait()
    for _ in range(600):
        if not workers_of(process.pid):
            break
        time.sleep(0.05)
    assert workers_of(process.pid) == []


def workers_of(session: int) -> list[int]:
    """Processes of a session that work for a pool."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            pid = int(entry.name)
            if (
                pid != session
                and os.getsid(pid) == session
                and b"spawn_main" in (entry / "cmdline").read_bytes()
            ):
                found.append(pid)
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    "command", [["show", "claims"], ["show", "quotes", "--json"], ["search", "wendlau"], ["--help"]]
)
def test_a_reader_that_leaves_is_no_error(command: list[str]) -> None:
    words = command if command[0].startswith("-") else [command[0], str(built_pile()), *command[1:]]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        told = subprocess.run([*COMMAND, *words], stdout=gone, stderr=subprocess.PIPE, check=False)
    assert told.stderr == b""
    assert told.returncode in (0, 1)


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in", ["01_agentur.txt", "03_amt.txt"])
    told = run("build", pile, "--out", tmp_path / "quiet")
    assert told.stderr == b"0\n"
    shown = on_terminal("build", pile, "--out", tmp_path / "shown", "--workers", "1")
    assert "reading language and speech" in shown
    assert "/s]" in shown  # the rate
    assert "<" in shown  # the time left
    assert "no problems" in shown


def on_terminal(*words: object) -> str:
    """What a command prints on a terminal of 100 columns."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        os.execv(sys.executable, [*COMMAND, *(str(word) for word in words)])
    shown = b""
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # Linux says so at the end
            break
        if not read:
            break
        shown += read
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(terminal)
    return shown.decode("utf-8", "replace")


def test_labels_of_progress_name_steps_of_the_plan() -> None:
    assert set(LABELS) - {"read"} <= {step.name for step in PLAN.steps}


@pytest.mark.parametrize("blocks", [40, 300])
def test_a_full_disk_ends_with_five_and_nothing_is_lost(tmp_path: Path, blocks: int) -> None:
    """No file may grow beyond a limit: the system then refuses as it does when the disk is full."""
    pile = write_reports(tmp_path / "in")
    out = tmp_path / "out"
    words = " ".join([*COMMAND, "build", str(pile), "--out", str(out), "--workers", "1"])
    told = subprocess.run(
        ["bash", "-c", f"ulimit -f {blocks}; exec {words}"], capture_output=True, check=False
    )
    assert told.returncode == 5, told.stderr
    assert told.stdout == b""
    assert b"free some space" in told.stderr
    assert build_dossier([pile], out, workers=1).documents == 8
    with open_case(out) as case:
        assert check_case(case).wrong == []


def test_a_page_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    (tmp_path / "neu.txt").write_text("Ein neuer Bericht.\n\nAnna Brandt sagte am Montag nichts.\n")
    add_reports(copy, [tmp_path / "neu.txt"], workers=1)
    before = (copy / "dossier.html").read_bytes()
    limit = max(1, len(before) // 1024 // 2)
    words = " ".join([*COMMAND, "build", str(tmp_path / "neu.txt"), "--out", str(copy), "--workers", "1"])
    told = subprocess.run(
        ["bash", "-c", f"ulimit -f {limit}; exec {words}"], capture_output=True, check=False
    )
    assert told.returncode == 5
    assert b"free some space" in told.stderr
    assert (copy / "dossier.html").read_bytes() == before
    assert not list(copy.glob(".dossier*"))
    build_dossier([tmp_path / "neu.txt"], copy, workers=1)
    assert (copy / "dossier.html").read_bytes() != before
