"""`lagebild build` and `lagebild add`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from lagebild.cli.screen import ProgressLine, case_argument, ending_well, json_option, say, tell, tell_json
from lagebild.settings import Settings, read_settings
from lagebild.work import BuildReport, Layers, add_reports, build_dossier, init_meta

__all__ = ["add", "build"]

inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
workers_option = click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes to use; default: one per processor, at most 8."
)
settings_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="TOML file with settings (see docs/reference/settings.md).",
)
layer_option = click.option(
    "--layer",
    "layers",
    multiple=True,
    metavar="NAME=FILES",
    help="Lay GeoJSON files under the points of the map, one a day: the date stands in the file's name or a property. "
    "FILES is a file, a folder or a pattern; NAME= takes the layer away. Stays with the case.",
)
credit_option = click.option(
    "--layer-credit", "credits", multiple=True, metavar="NAME=TEXT", help="Whom to credit for a layer."
)
quiet_option = click.option("--quiet", is_flag=True, help="No progress on stderr.")


@click.command(
    epilog="""\b
Examples:
  lagebild build reports/ --out dossier/
  lagebild build monday/ tuesday/ extra.html --out dossier/
  lagebild build reports/ --out dossier/ --layer 'control=maps/*.geojson' --layer-credit 'control=Example Map, CC BY 4.0'
  cat report.txt | lagebild build - --out dossier/
  lagebild build reports/ --init-meta      (writes reports/lagebild.csv to fill in)
"""
)
@inputs_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the dossier; made if absent, continued if it holds a case.",
)
@click.option("--fresh", is_flag=True, help="Refuse unless the folder is absent or empty.")
@click.option(
    "--init-meta",
    is_flag=True,
    help="Only write lagebild.csv with blanks beside the reports, for you to fill in.",
)
@layer_option
@credit_option
@workers_option
@settings_option
@quiet_option
@json_option
@ending_well
def build(
    inputs: tuple[str, ...],
    out: Path | None,
    fresh: bool,
    init_meta: bool,
    layers: tuple[str, ...],
    credits: tuple[str, ...],
    workers: int | None,
    settings_file: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Turn a pile of reports into a dossier that can be checked.

    INPUT are folders or files (.txt, .html, .jsonl), or - for standard input. Makes DIR with case.lagebild, dossier.html and
    dossier.md. On a DIR that holds a case it goes on: an interrupted build is finished, new or changed files are added,
    nothing is removed.
    """
    if init_meta:
        _write_blanks(inputs, as_json)
        return
    if out is None:
        raise click.UsageError("say where the dossier shall lie: --out DIR")
    line = ProgressLine(quiet or as_json)
    try:
        report = build_dossier(
            inputs, out, settings=_settings(settings_file), workers=workers, fresh=fresh, progress=line,
            layers=_layers(layers, credits),
        )  # fmt: skip
    finally:
        line.close()
    _tell_report(report, as_json)


@click.command(epilog="\b\nExample:\n  lagebild add dossier/ new-reports/ && lagebild status dossier/")
@case_argument
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@layer_option
@credit_option
@workers_option
@settings_option
@quiet_option
@json_option
@ending_well
def add(
    case: Path,
    inputs: tuple[str, ...],
    layers: tuple[str, ...],
    credits: tuple[str, ...],
    workers: int | None,
    settings_file: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Add reports to a case without writing pages.

    Without INPUT it finishes what an interrupted run left, or brings the case to this version of lagebild.
    """
    line = ProgressLine(quiet or as_json)
    try:
        report = add_reports(
            case, inputs, settings=_settings(settings_file), workers=workers, progress=line, layers=_layers(layers, credits),
        )  # fmt: skip
    finally:
        line.close()
    _tell_report(report, as_json)


def _settings(path: Path | None) -> Settings | None:
    return read_settings(path) if path else None


def _layers(layers: tuple[str, ...], credits: tuple[str, ...]) -> Layers | None:
    told: dict[str, str] = {}
    for one in credits:
        name, sign, text = one.partition("=")
        if not sign or not text.strip():
            raise click.UsageError(f"--layer-credit {one[:80]}: say NAME=TEXT")
        told[name.strip()] = text.strip()[:300]
    return Layers(layers, told) if layers or told else None


def _write_blanks(inputs: tuple[str, ...], as_json: bool) -> None:
    written = [str(path) for path in init_meta(list(inputs))]
    if as_json:
        tell_json({"written": written})
    else:
        tell(
            f"{path}: fill in what you know (published as 2025-03-14 or 2025-03-14T21:40), then build"
            for path in written
        )


def _tell_report(report: BuildReport, as_json: bool) -> None:
    computed = sum(report.account.units.values())
    if as_json:
        answer: dict[str, Any] = {
            "case": str(report.case),
            "files": report.reports,
            "new": report.new,
            "documents": report.documents,
            "problems": report.problems,
            "gone": list(report.gone),
            "notes": list(report.notes),
            "pages": [str(path) for path in report.pages],
            "computed": dict(report.account.units),
        }
        tell_json(answer)
        _say_problems(report)
        return
    pages = [str(path) for path in report.pages]
    what = "nothing new" if not computed else f"{report.new} new or changed"
    tell(f"{report.documents} documents ({what}) in {report.case}")
    if pages:
        tell(f"open {pages[0]}")
    for note in report.notes:
        say(note)
    for path in report.gone:
        say(f"{path} is gone from the input; it stays in the case")
    _say_problems(report)


def _say_problems(report: BuildReport) -> None:
    """The number of problems as the last line on stderr: in words where somebody reads, bare where a script does."""
    count = report.problems
    if count:
        say(
            f"{count} problem{'' if count == 1 else 's'}; see `lagebild show {shlex.quote(str(report.case.parent))} problems`"
        )
    elif sys.stderr.isatty():
        say("no problems")
    if not sys.stderr.isatty():
        say(str(count))
