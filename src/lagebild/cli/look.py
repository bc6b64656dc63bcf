"""Commands that read a case: status, show, search, why, verify, export."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from lagebild.api import OpenCase
from lagebild.cli.screen import case_argument, ending_well, json_option, say, tell, tell_json
from lagebild.errors import UsageError
from lagebild.questions.check import check_case
from lagebild.questions.listing import LISTINGS, listing, shares_listed
from lagebild.questions.status import case_status
from lagebild.questions.trail import SourcePlace, Trail, follow
from lagebild.work import export_jsonl, export_map, open_case, verify_dossier

__all__ = ["export", "search", "show", "status", "verify", "why"]


@click.command(epilog="\b\nExample:\n  lagebild status dossier/")
@case_argument
@json_option
@ending_well
def status(case: Path, as_json: bool) -> None:
    """Say what is in a case: how many documents, quotes, disputes, problems."""
    with open_case(case) as opened:
        answer = case_status(opened)
    if as_json:
        tell_json(answer)
        return
    tell(f"{name:>12} {count}" for name, count in answer["counts"].items())
    tell(f"{'languages':>12} " + ", ".join(f"{name} {count}" for name, count in answer["languages"].items()))
    if answer["interrupted"]:
        say(
            "the last run has not finished: it is still going, or was interrupted and "
            f"the same build, or `lagebild add {shlex.quote(str(case))}`, finishes it"
        )


@click.command(
    epilog="\b\nExamples:\n  lagebild show dossier/ disputes\n  lagebild show dossier/ quotes --speaker Peskow"
)
@case_argument
@click.argument("what", type=click.Choice(sorted(LISTINGS)))
@click.option("--speaker", help="Quotes only: of speakers whose name holds this.")
@json_option
@ending_well
def show(case: Path, what: str, speaker: str | None, as_json: bool) -> None:
    """List what was found, each row with its id (see `lagebild why ID`) and its place."""
    if speaker and what != "quotes":
        raise UsageError("--speaker goes with `show CASE quotes`")
    with open_case(case) as opened:
        rows = list(listing(opened, what, speaker=speaker))
        shares = list(shares_listed(opened)) if what == "copies" else []
    if as_json:
        told = {what: [row.record for row in rows]}
        tell_json(told | {"shares": [row.record for row in shares]} if what == "copies" else told)
        return
    for row in rows:
        tell(row.line)
        tell(f"    {detail}" for detail in row.details)
    for share in shares:
        tell([f"  {share.line}", *(f"      {detail}" for detail in share.details)])
    if not rows:
        say(f"no {what} in this case")


@click.command(
    epilog="\b\nExamples:\n  lagebild search dossier/ soldat münchen\n  lagebild search dossier/ '\"wörtliche folge\"' 'anfang*'"
)
@case_argument
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@json_option
@ending_well
def search(case: Path, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find passages that hold all WORDS, in any inflection; ä finds ae, "a b" is a phrase, word* a beginning."""
    with OpenCase(open_case(case)) as opened:
        hits = opened.search(" ".join(words), limit)
    if as_json:
        tell_json({"hits": hits})
        return
    for hit in hits:
        tell(f"{hit['path']}:{hit['start']}-{hit['end']}" + ("" if hit["content"] else "  (furniture)"))
        tell(f"    {hit['exact'][:300]}")
    if not hits:
        say("nothing found")


@click.command(epilog="\b\nExample:\n  lagebild why dossier/ f2c6e8a01b7d4e35f")
@case_argument
@click.argument("row_id", metavar="ID")
@click.option("--depth", default=4, show_default=True, type=click.IntRange(0, 12), help="How many rows down.")
@json_option
@ending_well
def why(case: Path, row_id: str, depth: int, as_json: bool) -> None:
    """Follow a row down to the raw bytes: what it says, which rows it rests on, who wrote it, where it stands."""
    with open_case(case) as opened:
        trail = follow(opened, row_id, depth=depth)
    if trail is None:
        raise UsageError(f"no row has the id {row_id}; `lagebild show CASE …` lists ids")
    if as_json:
        tell_json(asdict(trail))
        return
    tell(_trail_lines(trail, 0))


def _trail_lines(trail: Trail, indent: int) -> Iterator[str]:
    pad = "  " * indent
    closed = f", no longer given since run {trail.closed}" if trail.closed else ""
    yield f"{pad}{trail.table} {trail.id}  (step {trail.step}, run {trail.made}{closed})"
    for name, value in trail.says.items():
        if isinstance(value, str | int | float) and name not in ("id", "doc_id", "start", "end", "text"):
            yield f"{pad}  {name}: {value}"
    for reason in trail.says.get("reasons", []):
        if isinstance(reason, dict):
            told = " · ".join(str(reason[key]) for key in ("detail", "left", "right") if reason.get(key))
            yield f"{pad}  because {reason['name']}" + (f": {told}" if told else "")
    for place in trail.places:
        yield from _place_lines(place, pad)
    for below in trail.rests_on:
        yield from _trail_lines(below, indent + 1)


def _place_lines(place: SourcePlace, pad: str) -> Iterator[str]:
    line = f", line {place.line}" if place.line else ""
    told = place.exact if len(place.exact) <= 160 else place.exact[:160] + "…"
    yield f"{pad}  » {told}"
    if place.bytes:
        at = f"bytes {place.bytes[0]}-{place.bytes[1]}"
    elif place.source:
        at = "characters of the source " + ", ".join(f"{start}-{end}" for start, end in place.source)
    else:
        at = "place on the page not known"
    yield f"{pad}    {place.path}{line}, characters {place.start}-{place.end}; {at}; sha256 {place.sha256[:16]}…"


@click.command(epilog="\b\nExamples:\n  lagebild verify dossier/\n  lagebild verify dossier/dossier.html")
@case_argument
@json_option
@ending_well
def verify(case: Path, as_json: bool) -> None:
    """Check every stored byte, place, citation and reference again; exit 1 where anything is wrong.

    CASE may also be a dossier.html: then every citation on the page is held against the case beside it.
    """
    if case.suffix.lower() in (".html", ".htm"):
        checked = verify_dossier(case)
    else:
        with open_case(case) as opened:
            checked = check_case(opened)
    if as_json:
        tell_json({"checked": checked.counts, "wrong": checked.wrong})
    else:
        tell(f"checked {', '.join(f'{count} {name}' for name, count in checked.counts.items())}")
        tell(checked.wrong[:200])
        tell("all is as it was written" if not checked.wrong else f"{len(checked.wrong)} wrong")
    if checked.wrong:
        sys.exit(1)


@click.command(
    epilog="\b\nExamples:\n  lagebild export dossier/ --format jsonl --to records/\n  lagebild export dossier/ --format kml --to places.kml"
)
@case_argument
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "geojson", "kml"]), default="jsonl", show_default=True
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the files; for a map also the file itself.",
)
@click.option(
    "--with", "extra", type=click.Choice(["words"]), multiple=True, help="Also write this large file."
)
@json_option
@ending_well
def export(case: Path, form: str, to: Path, extra: tuple[str, ...], as_json: bool) -> None:
    """Write the open records, a JSON Lines file for each kind (docs/reference/records.md), or the map of all stories.

    geojson (RFC 7946) and kml (2.2) hold a point for each place with its precision in km, its days, and the passages it rests on:
    document, characters, words.
    """
    if extra and form != "jsonl":
        raise UsageError(f"--with {extra[0]} goes with --format jsonl")
    with open_case(case) as opened:
        if form == "jsonl":
            written = [str(path) for path in export_jsonl(opened, to, words="words" in extra)]
        else:
            written = [str(export_map(opened, "kml" if form == "kml" else "geojson", to))]
    if as_json:
        tell_json({"format": form, "written": written})
    else:
        tell(written)
