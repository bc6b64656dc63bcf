"""`lagebild decide`: what people correct."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from lagebild.case.sqlite import Case
from lagebild.cli.screen import ProgressLine, case_argument, ending_well, json_option, say, tell, tell_json
from lagebild.errors import UsageError
from lagebild.model.decision import Decision
from lagebild.questions.rulings import (
    Standing,
    apart_from,
    as_record,
    ruling_on_names,
    ruling_on_speaker,
    standings,
    withdrawal,
)
from lagebild.resolve.rulings import instant
from lagebild.work import BuildReport, case_file, open_case, read_decisions_file, write_decisions_file
from lagebild.work import decide as store

__all__ = ["decide"]

Rule = Callable[[Case], Iterable[Decision]]

GIVEN = {
    "same": ("A", "B"),
    "not-same": ("A", "B"),
    "speaker-is": ("QUOTE_ID", "NAME"),
    "withdraw": ("ID",),
    "list": (),
    "export": ("FILE",),
    "import": ("FILE",),
}
"""What each kind of call needs behind it."""

_SIGNS = {"same": "=", "not_same": "≠", "speaker_is": "said by"}


@click.command(
    epilog="""\b
Examples:
  lagebild decide dossier/ same "Ann Lee" "Anna Leigh-Marsh"
  lagebild decide dossier/ not-same e93ab20c51f7d6e08 "Uwe Dorn" --by "A. Prüferin"
  lagebild decide dossier/ speaker-is d01:q00000120-00000164 "Anke Dorn" --pages
  lagebild decide dossier/ withdraw r5d0c3a7be8812f46
  lagebild decide dossier/ list
  lagebild decide dossier/ export rulings.json
  lagebild decide other-dossier/ import rulings.json
"""
)
@case_argument
@click.argument("what", type=click.Choice(list(GIVEN)), metavar="WHAT")
@click.argument("given", nargs=-1, metavar="[GIVEN...]")
@click.option("--by", help="Who rules; default: the name of your account.")
@click.option("--at", help="When, as ISO 8601 with offset; default: now.")
@click.option("--pages", is_flag=True, help="Also write dossier.html and dossier.md anew.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes to use; default: one per processor, at most 8."
)
@click.option("--quiet", is_flag=True, help="No progress on stderr.")
@json_option
@ending_well
def decide(
    case: Path,
    what: str,
    given: tuple[str, ...],
    by: str | None,
    at: str | None,
    pages: bool,
    workers: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Rule on what lagebild got wrong; a ruling survives later runs and stands in the reasons of what it changed.

    \b
    WHAT is one of
      same A B                  two names or entity ids mean one thing
      not-same A B              they do not
      speaker-is QUOTE_ID NAME  who says it: a name, an entity id, or the word unknown
      withdraw ID               take a ruling back; it stays on the list
      list                      all rulings, and what became of them
      export FILE, import FILE  all rulings as one small file, for another case of the same reports
    """
    if len(given) != len(GIVEN[what]):
        raise UsageError(f"write `lagebild decide CASE {' '.join((what, *GIVEN[what]))}`")
    if what == "list":
        _tell_list(case, as_json)
        return
    if what == "export":
        _export(case, Path(given[0]), as_json)
        return
    line = ProgressLine(quiet or as_json)
    try:
        made, report = store(
            case, _rule(what, given, by, _instant(at)), pages=pages, workers=workers, progress=line
        )
    finally:
        line.close()
    _tell_made(case, made, report, as_json)


def _rule(what: str, given: tuple[str, ...], by: str | None, at: str) -> Rule:
    """What is to be stored, made from the case."""
    if what == "import":
        decisions = read_decisions_file(Path(given[0]))
        return lambda case: apart_from(case.rows(Decision), decisions)
    if what == "withdraw":
        return lambda case: [withdrawal(case, given[0], at=at)]
    who = by or _account()
    if what == "speaker-is":
        return lambda case: [ruling_on_speaker(case, given[0], given[1], by=who, at=at)]
    kind = what.replace("-", "_")
    return lambda case: [ruling_on_names(case, kind, given[0], given[1], by=who, at=at)]


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("your account has no name; say who rules: --by NAME") from error


def _instant(at: str | None) -> str:
    """An instant in UTC, ISO 8601."""
    if at is None:
        return datetime.now(UTC).isoformat(timespec="milliseconds")
    try:
        if datetime.fromisoformat(at).tzinfo is None:
            raise ValueError("no offset")
        return instant(at).astimezone(UTC).isoformat()
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"--at {at}: write an instant with its offset, like 2025-03-14T21:40:00+01:00"
        ) from error


def _tell_list(case: Path, as_json: bool) -> None:
    with open_case(case) as opened:
        found = standings(opened)
    if as_json:
        tell_json({"decisions": [as_record(one) for one in found]})
        return
    for one in found:
        tell(_lines(one))
    if not found:
        say("no rulings in this case")


def _export(case: Path, file: Path, as_json: bool) -> None:
    with open_case(case) as opened:
        path = write_decisions_file(opened, file)
    if as_json:
        tell_json({"written": str(path)})
    else:
        tell(str(path))


def _tell_made(case: Path, made: tuple[Decision, ...], report: BuildReport, as_json: bool) -> None:
    ids = {row.id for row in made}
    with open_case(case) as opened:
        found = [one for one in standings(opened) if one.decision.id in ids]
    if as_json:
        answer = {
            "decisions": [as_record(one) for one in found],
            "pages": [str(path) for path in report.pages],
            "computed": dict(report.account.units),
        }
        tell_json(answer)
        return
    for one in found:
        tell(_lines(one))
    if not found:
        say("nothing new in that file")
    if report.pages:
        tell(f"open {report.pages[0]}")
    elif found and (case_file(case).parent / "dossier.html").exists():
        say("dossier.html is as it was before; `lagebild build` writes it anew, or add --pages next time")


def _lines(one: Standing) -> Iterator[str]:
    row = one.decision
    why = f": {one.why}" if one.why else ""
    yield f"{row.id}  {_said(row)}  ({one.state}{why})"
    yield f"    {row.by}, {row.at}"
    for path, start, end, exact in one.places:
        yield f"    {path}:{start}-{end}  {exact[:160]}"


def _said(row: Decision) -> str:
    if row.kind == "speaker_is":
        words = row.about[0].exact
        return (
            f"„{words[:80]}{'…' if len(words) > 80 else ''}“ {_SIGNS[row.kind]} {row.values[0] or 'unknown'}"
        )
    return f"{row.values[0]} {_SIGNS[row.kind]} {row.values[1]}"
