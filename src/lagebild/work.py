"""What can be done with a case: build, add, export, verify. Commands and the Python API call these."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import BinaryIO, Literal

from lxml import html
from lxml.etree import ParserError

from lagebild.case.sqlite import Case
from lagebild.engine.local import Account, Progress, run_plan
from lagebild.errors import InputError, MachineError, NothingReadable, UsageError
from lagebild.ingest.declared import write_blank_csv
from lagebild.ingest.files import CASE_NAME, ReadItem, path_name, read_items, report_files
from lagebild.ingest.layers import LayersRead, layer_names, read_layers
from lagebild.lang.model import pinned
from lagebild.model.account import Problem
from lagebild.model.decision import Decision
from lagebild.model.document import Document
from lagebild.model.layers import MapLayer
from lagebild.model.open import OPEN_FILES
from lagebild.model.source import RawItem
from lagebild.plan import PLAN
from lagebild.questions.check import Checked, PagePassage, check_page
from lagebild.questions.map import map_features
from lagebild.questions.open import OpenRecords
from lagebild.questions.page import dossier_page
from lagebild.questions.rulings import decisions_file, read_decisions
from lagebild.render.geojson import render_geojson
from lagebild.render.html import render_html, shown
from lagebild.render.kml import render_kml
from lagebild.render.markdown import render_markdown
from lagebild.settings import Settings
from lagebild.step import Plan
from lagebild.tables import encode
from lagebild.version import __version__

__all__ = [
    "BuildReport", "Layers", "add_reports", "build_dossier", "case_file", "decide", "export_jsonl", "export_map", "init_meta", "open_case",
    "read_decisions_file", "verify_dossier", "write_decisions_file", "write_pages",
]  # fmt: skip

_HELD = 32 * 1024 * 1024  # bytes of sources held before they are written; one larger source is held alone


@dataclass(frozen=True)
class BuildReport:
    """What a build or add did. `gone` are paths that lay under the same input before and do not now; they stay in the case.

    `notes` are sentences about map layers that somebody should know.
    """

    case: Path
    reports: int
    new: int
    documents: int
    problems: int
    gone: tuple[str, ...]
    pages: tuple[Path, ...]
    account: Account = field(repr=False)
    notes: tuple[str, ...] = ()


def case_file(given: Path) -> Path:
    """The case file meant by a folder or a file."""
    return given / CASE_NAME if given.is_dir() else given


def open_case(given: Path, *, write: bool = False, plan: Plan = PLAN) -> Case:
    """The case in a folder or file. Raises CaseError where it cannot be used."""
    return Case.open(case_file(given), plan.types, write=write)


def default_workers() -> int:
    """As many processes as this machine lets us use, at most eight."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(count, 8))


def build_dossier(
    inputs: Sequence[Path | str],
    out: Path,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    layers: Layers | None = None,
    plan: Plan = PLAN,
) -> BuildReport:
    """Make or continue the case in `out`, and write dossier.html and dossier.md beside it.

    `layers` are laid under the points of the map and stay with the case. Raises UsageError (wrong call), InputError (a layer that
    cannot be read), NothingReadable, CaseError, MachineError; layers are read before anything is written. An interrupted build is finished by the same call.
    """
    path = out / CASE_NAME
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; name a folder for the dossier")
    if fresh and out.exists() and any(out.iterdir()):
        raise UsageError(
            f"{out} is not empty and --fresh was asked for; name another folder or empty this one"
        )
    _refuse_inputs(inputs, out)
    laid = _read_layers(layers)
    made_here = not path.exists()
    case = Case.create(path, plan.types) if made_here else Case.open(path, plan.types, write=True)
    try:
        with case:
            report = _bring_up(
                case, inputs, settings or _kept_settings(case), workers, progress, stdin, plan, out, laid=laid
            )
            pages = write_pages(case, out, settings or _kept_settings(case))
    except NothingReadable:
        if made_here:
            _remove_case(path)
        raise
    return replace(report, pages=pages)


def _refuse_inputs(inputs: Sequence[Path | str], out: Path) -> None:
    """A wrong name is told before anything is written."""
    for given in inputs:
        if str(given) == "-":
            continue
        if not os.path.lexists(given):
            raise UsageError(
                f"{given}: no such file or folder; name a folder of reports, a file, or - for standard input"
            )
        if os.path.isdir(given) and os.path.realpath(given) == os.path.realpath(out):
            raise UsageError(f"{given} is the folder of the dossier itself; name another one for the reports")


def add_reports(
    given: Path,
    inputs: Sequence[Path | str],
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    layers: Layers | None = None,
    plan: Plan = PLAN,
) -> BuildReport:
    """Add reports and map layers to a case and bring it up to date; pages are left as they are."""
    _refuse_inputs(inputs, case_file(given).parent)
    laid = _read_layers(layers)
    with open_case(given, write=True, plan=plan) as case:
        kept = settings or _kept_settings(case)
        return _bring_up(case, inputs, kept, workers, progress, stdin, plan, case.path.parent, laid=laid)


@dataclass(frozen=True)
class Layers:
    """What is to be laid over the map: „NAME=FILES“, and attributions by name. „NAME=“ takes a layer away."""

    given: tuple[str, ...]
    credits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Laid:
    """Layers as read, and the names that are taken away."""

    read: LayersRead
    away: tuple[str, ...]


def _read_layers(layers: Layers | None) -> _Laid:
    if layers is None:
        return _Laid(LayersRead((), ()), ())
    names = layer_names(layers.given)
    for name in layers.credits:
        if name not in {known for known, _ in names}:
            raise UsageError(
                f"--layer-credit {name}=…: no --layer of this name; give both, or correct the name"
            )
    return _Laid(read_layers(layers.given, layers.credits), tuple(name for name, files in names if not files))


def _lay(case: Case, laid: _Laid) -> None:
    """Store layers; other layers of the case stay."""
    gone = [row for row in case.rows(MapLayer) if row.name in laid.away]
    case.add_layers(laid.read.layers, gone)


def decide(
    given: Path,
    rule: Callable[[Case], Iterable[Decision]],
    *,
    pages: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    plan: Plan = PLAN,
) -> tuple[tuple[Decision, ...], BuildReport]:
    """Store the decisions that `rule` makes from the case and bring it up to date; only what they touch is computed again.

    Pages are written anew where `pages` asks for it. Raises what `rule` raises, before anything is stored; CaseError.
    """
    with open_case(given, write=True, plan=plan) as case:
        made = tuple(rule(case))
        settings = _kept_settings(case)
        report = _bring_up(case, (), settings, workers, progress, None, plan, case.path.parent, made)
        if pages:
            report = replace(report, pages=write_pages(case, case.path.parent, settings))
        return made, report


def read_decisions_file(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file. Raises InputError where it cannot be read or holds something else."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}; name a file made by `lagebild decide CASE export`"
        ) from error
    return read_decisions(data, str(path))


def write_decisions_file(case: Case, path: Path) -> Path:
    """Write all decisions of a case to one file, whole or not at all. Raises MachineError where that fails."""
    return _write_whole(path, decisions_file(case))


def _kept_settings(case: Case) -> Settings:
    kept = json.loads(case.meta("settings") or "{}")
    return Settings(**{one.name: kept[one.name] for one in fields(Settings) if one.name in kept})


def _bring_up(
    case: Case,
    inputs: Sequence[Path | str],
    settings: Settings,
    workers: int | None,
    progress: Progress | None,
    stdin: BinaryIO | None,
    plan: Plan,
    leave_out: Path,
    decisions: Sequence[Decision] = (),
    laid: _Laid | None = None,
) -> BuildReport:
    case.begin_run(__version__, asdict(settings), dict(pinned().files))
    case.add_decisions(decisions)
    if laid is not None:
        _lay(case, laid)
    case.set_meta("settings", json.dumps(asdict(settings), sort_keys=True))
    new, seen = 0, 0
    gone: list[str] = []
    for given in inputs:
        reads = read_items([given], stdin or sys.stdin.buffer, leave_out=leave_out)
        paths, added = _store(case, reads, _input_key(given), progress)
        new, seen = new + added, seen + len(paths)
        gone += _note_input(case, given, paths)
    if inputs and not case.count(RawItem):
        raise NothingReadable(_nothing_said(case, inputs))
    account = run_plan(
        plan, case, settings, version=__version__, workers=workers or default_workers(), progress=progress
    )
    case.index_search()
    case.finish_run(
        {
            step: {"rows": account.rows[step], "seconds": round(account.seconds[step], 3)}
            for step in account.units
            if account.units[step]
        }
    )
    documents, problems = case.count(Document), case.count(Problem)
    if inputs and not documents:
        raise NothingReadable(_nothing_said(case, inputs))
    notes = laid.read.notes if laid else ()
    return BuildReport(case.path, seen, new, documents, problems, tuple(gone), (), account, notes)


def _input_key(given: Path | str) -> str:
    """What stands for an input in the case: not its name, only a hash."""
    place = "-" if str(given) == "-" else os.path.realpath(given)
    return hashlib.sha256(os.fsencode(place)).hexdigest()[:16]


def _store(
    case: Case, reads: Iterator[ReadItem], key: str, progress: Progress | None
) -> tuple[list[str], int]:
    """Store what was read, in portions; the paths seen, and how many items were new."""
    paths: list[str] = []
    new = 0
    portion: list[ReadItem] = []
    held = 0
    for read in reads:
        portion.append(read)
        held += sum(len(data) for _, data in read.items)
        if read.items:
            paths.append(read.path)
        if held > _HELD or len(portion) >= 256:
            new += _store_portion(case, portion, key)
            portion, held = [], 0
            if progress:
                progress("read", len(paths), 0)
    return paths, new + _store_portion(case, portion, key)


def _store_portion(case: Case, portion: Sequence[ReadItem], key: str) -> int:
    items = [item for read in portion for item in read.items]
    return case.add_sources(items, {f"{key}:{read.path}": read.problems for read in portion})


def _note_input(case: Case, given: Path | str, paths: Sequence[str]) -> list[str]:
    """Paths that an earlier run saw under this folder and that are gone now."""
    if str(given) == "-" or not Path(given).is_dir():
        return []
    key = f"input:{_input_key(given)}"
    before = json.loads(case.meta(key) or "[]")
    case.set_meta(key, json.dumps(sorted({*before, *paths})))
    return sorted(set(before) - set(paths))


def _nothing_said(case: Case, inputs: Sequence[Path | str]) -> str:
    told = [f"  {row.message}" for row in case.rows(Problem)][:5]
    where = ", ".join(str(given) for given in inputs)
    return "\n".join([f"{where}: nothing readable in there; give .txt, .html or .jsonl files", *told])


def _remove_case(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            (path.parent / name).unlink()
    with suppress(OSError):
        path.parent.rmdir()


def write_pages(case: Case, out: Path, settings: Settings) -> tuple[Path, ...]:
    """Write dossier.html and dossier.md; each appears whole or not at all. Raises MachineError where that fails."""
    page = dossier_page(case, settings)
    return (
        _write_whole(out / "dossier.html", render_html(page).encode("utf-8")),
        _write_whole(out / "dossier.md", render_markdown(page).encode("utf-8")),
    )


def _write_whole(target: Path, data: bytes) -> Path:
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise MachineError(
            f"{target}: {error.strerror}; free some space or check permissions, then run it again"
        ) from error
    return target


def export_jsonl(case: Case, to: Path, *, words: bool = False) -> tuple[Path, ...]:
    """Write the open records to folder `to`, a file each. Raises MachineError where it cannot be written."""
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"{to}: {error.strerror}; name a folder you may write to") from error
    records = OpenRecords(case)
    names = [name for name in OPEN_FILES if words or name != "words"]
    return tuple(_export_file(records, name, to) for name in names)


def export_map(case: Case, form: Literal["geojson", "kml"], to: Path) -> Path:
    """Write the places of the stories as one GeoJSON or KML file: to `to` itself where it ends so, else `to`/map.geojson or map.kml.

    Raises MachineError where it cannot be written.
    """
    features = list(map_features(case))
    data = render_geojson(features) if form == "geojson" else render_kml(features)
    target = to if to.suffix.lower() == f".{form}" else to / f"map.{form}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"{target.parent}: {error.strerror}; name a folder you may write to") from error
    return _write_whole(target, data.encode("utf-8"))


def _export_file(records: OpenRecords, name: str, to: Path) -> Path:
    target = to / f"{name}.jsonl"
    part = to / f".{name}.jsonl.part"
    try:
        with part.open("wb") as out:
            for row in records.file(name):
                out.write(encode(row) + b"\n")
        part.replace(target)
    except OSError as error:
        raise MachineError(f"{target}: {error.strerror}; free some space or check permissions") from error
    return target


def verify_dossier(page: Path, plan: Plan = PLAN) -> Checked:
    """Every citation of a dossier.html held against the case beside it. Raises InputError for a page that cannot be read."""
    try:
        tree = html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (OSError, ParserError, ValueError) as error:
        raise InputError(f"{page}: cannot be read as a page ({error}); name a dossier.html") from error
    passages = [
        PagePassage(
            str(row.get("id", ""))[1:], str(row.get("data-doc")), int(row.get("data-s", 0)), int(row.get("data-e", 0)),
            "".join(row.xpath(".//*[@class='bq']")[0].itertext()),
        )
        for row in tree.xpath("//li[@data-doc]")
    ]  # fmt: skip
    linked = [href[2:] for href in tree.xpath("//a[contains(concat(' ', @class, ' '), ' cite ')]/@href")]
    with open_case(page.parent, plan=plan) as case:
        return check_page(case, passages, linked, shown)


def init_meta(inputs: Sequence[Path | str]) -> tuple[Path, ...]:
    """Write lagebild.csv with blanks into every input folder. Raises UsageError for an input that is not a folder."""
    written = []
    for given in inputs:
        folder = Path(given)
        if not folder.is_dir():
            raise UsageError(f"{given}: --init-meta needs a folder of reports")
        names = [path_name(path, folder) for path in report_files(folder)]
        written.append(write_blank_csv(folder, names))
    return tuple(written)
