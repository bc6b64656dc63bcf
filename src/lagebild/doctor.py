"""Checks of the installation itself, each with what to do where it fails."""

from __future__ import annotations

import platform
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo

from lagebild.lang.data import LANGUAGES, data_digest
from lagebild.lang.gazetteer import Gazetteer
from lagebild.lang.model import open_reader, pinned
from lagebild.work import build_dossier

__all__ = ["Check", "examine"]

LIBRARIES = (
    "click",
    "jinja2",
    "lagebild-models",
    "lxml",
    "msgspec",
    "numpy",
    "onnxruntime",
    "py3langid",
    "PyStemmer",
    "rapidfuzz",
    "simplemma",
    "trafilatura",
)


@dataclass(frozen=True)
class Check:
    """One check: its name, whether it passed, and what was found or what to do."""

    name: str
    good: bool
    detail: str


def examine() -> list[Check]:
    """All checks, in order. Never raises: what fails says so."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Python", _python),
        ("libraries", _libraries),
        ("SQLite full-text search", _search),
        ("time zones", _zones),
        ("language data", _language_data),
        ("gazetteer", _gazetteer),
        ("language model", _language_model),
        ("a small build", _small_build),
    )
    return [_checked(name, run) for name, run in checks]


def _checked(name: str, run: Callable[[], str]) -> Check:
    try:
        return Check(name, True, run())
    except Exception as error:
        return Check(
            name, False, f"{type(error).__name__}: {error}; install lagebild again with its dependencies"
        )


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()}"


def _libraries() -> str:
    missing = []
    for name in LIBRARIES:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        raise RuntimeError(f"missing: {', '.join(missing)}")
    return f"{len(LIBRARIES)} found"


def _search() -> str:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (a, content='')")
    finally:
        connection.close()
    return f"SQLite {sqlite3.sqlite_version} with FTS5"


def _zones() -> str:
    ZoneInfo("Europe/Berlin")
    return "Europe/Berlin known"


def _language_data() -> str:
    return f"{', '.join(LANGUAGES)} (digest {data_digest('furniture', 'times', 'cues', 'agencies')})"


def _gazetteer() -> str:
    found = Gazetteer.open().find("München")
    if not found:
        raise RuntimeError("München is not in it")
    return f"München at {found[0].lat:.2f}, {found[0].lon:.2f}"


def _language_model() -> str:
    read = open_reader().read([("Ein", "Test", ".")], [(True, True, False)])
    return f"version {pinned().version}, digests as pinned; reads {len(read)} sentence"


def _small_build() -> str:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "probe.txt"
        source.write_text(
            "Probe\n\n„Wir haben geübt“, sagte Anna Beispiel am Montag in Kiel.\n", encoding="utf-8"
        )
        report = build_dossier([source], Path(folder) / "out", workers=1)
        return f"{report.documents} document, {len(report.pages)} pages"
