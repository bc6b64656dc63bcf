"""Pages for people: their links lead somewhere, their commands exist, their examples run, nothing in them is of one machine."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

import lagebild
from lagebild.cli.main import main as program

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/*.md"),
        *ROOT.glob("training/**/*.md"),
    ]
)
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Anchors of the headings of a page, as code hosts make them."""
    found = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{name}: {target}"
        assert there.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(there), f"{name}: {target}"


def shell_lines(name: str) -> list[str]:
    """Lines of the shell examples of a page."""
    blocks = _FENCE.findall((ROOT / name).read_text(encoding="utf-8"))
    return [
        line.split("  #")[0].strip()
        for language, text in blocks
        if language == "sh"
        for line in text.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize("name", NAMES)
def test_make_targets_on_pages_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = (ROOT / name).read_text(encoding="utf-8")
    asked = {line.split()[1] for line in shell_lines(name) if line.startswith("make ")}
    asked |= set(re.findall(r"`make ([a-z-]+)`", text))
    assert asked <= targets


@pytest.mark.parametrize("name", NAMES)
def test_commands_on_pages_can_be_parsed(name: str) -> None:
    """Every `lagebild …` in a shell example names a command, and options it has."""
    for line in shell_lines(name):
        asked = line.split(" | ")[-1]
        if asked.partition(" ")[0].rpartition("/")[2] != "lagebild":
            continue
        words = shlex.split(asked)
        command = program.commands[words[1]]
        with click.Context(command, info_name=words[1], resilient_parsing=True) as context:
            command.parse_args(context, words[2:])
        options = {option for parameter in command.params for option in parameter.opts}
        assert all(word in options for word in words[2:] if word.startswith("--")), line


@pytest.mark.parametrize("name", NAMES)
def test_python_examples_on_pages_run(name: str) -> None:
    failed, _ = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert failed == 0


def with_examples() -> list[str]:
    """Modules of the package whose docstrings hold examples."""
    found = []
    for module in pkgutil.walk_packages(lagebild.__path__, "lagebild."):
        path = ROOT / "src" / Path(*module.name.split("."))
        source = path / "__init__.py" if module.ispkg else path.with_suffix(".py")
        if ">>> " in source.read_text(encoding="utf-8"):
            found.append(module.name)
    return found


@pytest.mark.parametrize("name", with_examples())
def test_examples_in_docstrings_run(name: str) -> None:
    failed, attempted = doctest.testmod(importlib.import_module(name))
    assert (failed, attempted > 0) == (0, True)


def tracked() -> list[Path]:
    """Files of the repository; without git (in a source archive) the files that would be in it."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode == 0:
        return [ROOT / name.decode() for name in done.stdout.split(b"\0") if name]
    return [
        path
        for part in ("src", "docs", "tests", "gold")
        for path in (ROOT / part).rglob("*")
        if path.is_file()
    ]


# Put together here so that this file does not hold what it looks for.
OF_ONE_MACHINE = [
    r"/home/\w",
    r"/Users/\w",
    r"/wor" + r"k/(?:main|shared)",
    r"/tm" + r"p/\w{3,}",
    r"file" + r":///",
    r"(?:files\.pythonhosted|pypi)\." + r"org",
    r"--(?:extra-)?index" + r"-url \S",
    r"\." + r"library/",
]


@pytest.mark.parametrize("expression", OF_ONE_MACHINE)
def test_nothing_tracked_names_a_machine_or_a_download_host(expression: str) -> None:
    wanted = re.compile(expression)
    found = []
    for path in tracked():
        data = path.read_bytes() if path.is_file() else b""
        if b"\x00" in data[:8000]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if wanted.search(line[:5000]):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert found == []


def test_the_readme_shows_the_result_and_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/pictures/dossier.png" in text
    assert {"make demo", "make test"} <= set(shell_lines("README.md"))
    assert len(text.split()) < 700, "short: what does not fit goes to docs/"
