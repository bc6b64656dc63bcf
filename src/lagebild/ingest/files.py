"""Reads files, folders and standard input into raw items with their bytes. Nothing is fetched, nothing outside is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from lagebild.errors import UsageError
from lagebild.ingest.declared import CSV_NAME, META_SUFFIX, DeclaredFacts, read_declared
from lagebild.ingest.kinds import JSONL, media_type_of
from lagebild.model.account import Problem
from lagebild.model.ids import content_id
from lagebild.model.source import Declared, RawItem
from lagebild.step import problem

__all__ = ["MAX_BYTES", "ReadItem", "path_name", "read_items", "report_files"]

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are refused with a Problem: they are archives or dumps, not reports, and would not fit a laptop's memory."""

CASE_NAME = "case.lagebild"


@dataclass(frozen=True)
class ReadItem:
    """What one path gave: items with their bytes, and what went wrong. `path` is relative to the input, with `/`."""

    path: str
    items: tuple[tuple[RawItem, bytes], ...]
    problems: tuple[Problem, ...]


def read_items(
    inputs: Sequence[Path | str], stdin: BinaryIO, *, leave_out: Path | None = None
) -> Iterator[ReadItem]:
    """Every report under `inputs` (files, folders, "-" for standard input), folders in the order of their paths.

    A document's path is relative to the folder given; for a file its name; for standard input "-". Left out: hidden files,
    lagebild.csv and *.meta.json (they declare), folders that hold a case, and `leave_out`. A file that cannot be read gives a
    Problem and no item. Raises UsageError for an input that does not exist.
    """
    for given in inputs:
        if str(given) == "-":
            yield _read_bytes("-", stdin.read(MAX_BYTES + 1), Declared())
            continue
        root = Path(given)
        if root.is_dir():
            yield from _read_folder(root, leave_out)
        elif root.exists() or root.is_symlink():
            name = path_name(root, root.parent)
            facts = read_declared(root.parent, [name])
            yield _declared_problems(facts)
            yield _read_file(root, name, facts.declared.get(name, Declared()))
        else:
            raise UsageError(
                f"{given}: no such file or folder; name a folder of reports, a file, or - for standard input"
            )


def _read_folder(root: Path, leave_out: Path | None) -> Iterator[ReadItem]:
    barred: list[tuple[Path, str, str]] = []
    paths = list(report_files(root, leave_out, barred))
    facts = read_declared(root, [path_name(path, root) for path in paths])
    yield _declared_problems(facts)
    for folder, kind, message in barred:
        yield _refused(path_name(folder, root), kind, message)
    for path in paths:
        name = path_name(path, root)
        where = _link_target(path, root)
        if where:
            yield _refused(name, *where)
        else:
            yield _read_file(path, name, facts.declared.get(name, Declared()))


def path_name(path: Path, root: Path) -> str:
    """The path below `root` with `/`, as text: bytes of a name that are not UTF-8 stand as `\\xff`."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def report_files(
    root: Path, leave_out: Path | None = None, barred: list[tuple[Path, str, str]] | None = None
) -> Iterator[Path]:
    """The files of a folder that are reports by name, in the order of their relative paths (compared by `/`-joined text).

    Folders that hold a case and `leave_out` are left out. Folders that cannot be read or are links go to `barred`, with the
    kind of problem and what to do.
    """
    refused = [] if barred is None else barred
    out = os.path.realpath(leave_out) if leave_out else None
    found: list[Path] = []
    for place, folders, names in os.walk(root, onerror=lambda error: refused.append(_unentered(error))):
        if CASE_NAME in names or (out and os.path.realpath(place) == out):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [Path(place, name) for name in folders if os.path.islink(os.path.join(place, name))]
        refused.extend((link, "link", "is a link to a folder; give that folder itself") for link in links)
        found += [Path(place, name) for name in names if _is_report(name)]
    yield from sorted(found, key=lambda one: one.relative_to(root).as_posix())


def _unentered(error: OSError) -> tuple[Path, str, str]:
    return (
        Path(error.filename),
        "unreadable",
        f"cannot be entered ({error.strerror}); check its permissions and add it again",
    )


def _is_report(name: str) -> bool:
    return not name.startswith(".") and name != CSV_NAME and not name.endswith(META_SUFFIX)


def _link_target(path: Path, root: Path) -> tuple[str, str] | None:
    """Kind of problem and what to do, where a file is a link that leads out of the folder or nowhere; None where all is well."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # pathlib raises RuntimeError for links that go round
        return "link", "is a link that leads to itself; put the file itself into the folder"
    if inside:
        return None
    return "outside", "leads out of the folder by a link; put the file itself into the folder"


def _declared_problems(facts: DeclaredFacts) -> ReadItem:
    return ReadItem(CSV_NAME, (), facts.problems)


def _refused(path: str, kind: str, message: str) -> ReadItem:
    return ReadItem(path, (), (problem(path, None, "read_items", kind, f"{path}: {message}"),))


def _read_file(path: Path, name: str, declared: Declared) -> ReadItem:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            return _refused(name, "not_a_file", "is not a plain file (a device, pipe or socket); left out")
        if state.st_size > MAX_BYTES:
            return _refused(
                name, "too_large", f"is larger than {MAX_BYTES >> 20} MiB; split it and add the parts"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return _refused(
            name,
            "vanished",
            "was there when the folder was listed and is gone now; add it again if it comes back",
        )
    except OSError as error:
        return _refused(
            name, "unreadable", f"cannot be read ({error.strerror}); check its permissions and add it again"
        )
    return _read_bytes(name, data, declared)


def _read_bytes(name: str, data: bytes, declared: Declared) -> ReadItem:
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        return _refused(name, "empty", "is empty; there is nothing to read in it")
    if len(data) > MAX_BYTES:
        return _refused(
            name, "too_large", f"is larger than {MAX_BYTES >> 20} MiB; split it and add the parts"
        )
    media_type = media_type_of(name, data)
    if media_type == JSONL:
        return _read_lines(name, data, declared)
    return ReadItem(name, ((_item(name, None, data, media_type, declared), data),), ())


def _read_lines(name: str, data: bytes, declared: Declared) -> ReadItem:
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
    kept = [(number, line.removesuffix(b"\r")) for number, line in lines if line.strip()]
    items = tuple((_item(name, number, line, JSONL, declared), line) for number, line in kept)
    return ReadItem(name, items, ())


def _item(path: str, line: int | None, data: bytes, media_type: str, declared: Declared) -> RawItem:
    digest = sha256(data).hexdigest()
    return RawItem(content_id("d", path, line, digest), path, line, digest, media_type, len(data), declared)
