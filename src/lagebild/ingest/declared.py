"""What the user declares beside the reports: a lagebild.csv in the folder, or NAME.meta.json beside a file.

Declared facts win over guesses. Blank cells declare nothing.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lagebild.errors import MachineError, UsageError
from lagebild.model.account import Problem
from lagebild.model.source import Declared
from lagebild.step import problem

__all__ = ["CSV_NAME", "META_SUFFIX", "DeclaredFacts", "read_declared", "write_blank_csv"]

CSV_NAME = "lagebild.csv"
META_SUFFIX = ".meta.json"
COLUMNS = ("path", "published", "outlet", "url", "language", "title")

_INSTANT = re.compile(
    r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class DeclaredFacts:
    """Declared facts by path, and what could not be used of the files that declare."""

    declared: Mapping[str, Declared]
    problems: tuple[Problem, ...]


def read_declared(folder: Path, paths: Sequence[str]) -> DeclaredFacts:
    """What lagebild.csv and NAME.meta.json in `folder` say about these paths. What cannot be used becomes a Problem."""
    found: dict[str, Declared] = {}
    problems: list[Problem] = []
    known = set(paths)
    for where, values in (*_csv_rows(folder, problems), *_meta_files(folder, paths, problems)):
        path = PurePosixPath(values.get("path", "").replace("\\", "/")).as_posix()
        if path not in known:
            if values.get("path"):
                problems.append(
                    _problem(where, f"names {path!r}, which is not among the reports; correct the path")
                )
            continue
        facts = _facts(where, values, problems)
        if facts:
            found[path] = facts
    return DeclaredFacts(found, tuple(problems))


def _problem(where: str, message: str) -> Problem:
    return problem(where, None, "read_items", "declared", f"{where}: {message}")


def _csv_rows(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, dict[str, str]]]:
    path = folder / CSV_NAME
    if not os.path.isfile(path):
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=_delimiter(text)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(
            _problem(CSV_NAME, f"cannot be read as CSV in UTF-8 ({error}); save it again as UTF-8")
        )
        return
    if rows and "path" not in rows[0]:
        problems.append(_problem(CSV_NAME, f"has no column `path`; the columns are {', '.join(COLUMNS)}"))
        return
    for number, row in enumerate(rows, start=2):
        yield (
            f"{CSV_NAME}#{number}",
            {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)},
        )


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=head.count)


def _meta_files(
    folder: Path, paths: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, dict[str, str]]]:
    for path in paths:
        name = f"{path}{META_SUFFIX}"
        plain = f"{PurePosixPath(path).with_suffix('').as_posix()}{META_SUFFIX}"
        for candidate in dict.fromkeys((name, plain)):
            file = folder / candidate
            if not os.path.isfile(file):  # False where pathlib would raise: names too long, folders barred
                continue
            try:
                values = json.loads(file.read_text(encoding="utf-8-sig"))
                if not isinstance(values, dict):
                    raise ValueError("not an object")
            except (OSError, ValueError, RecursionError) as error:
                problems.append(_problem(candidate, f"cannot be read as a JSON object ({error}); correct it"))
                continue
            facts = {name: _whole(value).strip() for name, value in values.items() if isinstance(value, str)}
            yield candidate, {**facts, "path": path}


def _whole(value: str) -> str:
    """Half of a surrogate pair, which JSON can hold and no file can, reads U+FFFD."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _facts(where: str, values: Mapping[str, str], problems: list[Problem]) -> Declared | None:
    published = values.get("published") or None
    language = values.get("language") or None
    if published and not _INSTANT.fullmatch(published):
        problems.append(
            _problem(
                where, f"published {published!r} is not ISO 8601 (2025-03-14 or 2025-03-14T21:40); not used"
            )
        )
        published = None
    if language and not _LANGUAGE.fullmatch(language):
        problems.append(
            _problem(where, f"language {language!r} is not a language tag such as de or en; not used")
        )
        language = None
    texts = {name: values.get(name) or None for name in ("outlet", "url", "title")}
    if not (published or language or any(texts.values())):
        return None
    stamp = published.replace(" ", "T") if published else None
    return Declared(stamp, texts["outlet"], texts["url"], language, texts["title"], where)


def write_blank_csv(folder: Path, paths: Sequence[str]) -> Path:
    """Write lagebild.csv with one line per report and blanks to fill in; lines already there are kept.

    Raises UsageError where the file there is not such a table, MachineError where it cannot be written.
    """
    target = folder / CSV_NAME
    rows: list[dict[str, str]] = []
    if target.exists():
        problems: list[Problem] = []
        rows = [values for _, values in _csv_rows(folder, problems)]
        if problems:
            raise UsageError(problems[0].message)
    listed = {row.get("path", "") for row in rows}
    rows += [{"path": path} for path in paths if path not in listed]
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    try:
        target.write_text(out.getvalue(), encoding="utf-8")
    except OSError as error:
        raise MachineError(f"{target}: {error.strerror}; choose a folder you may write to") from error
    return target
