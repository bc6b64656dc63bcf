"""The command that lays two documents side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap

import click

from lagebild.cli.screen import case_argument, ending_well, json_option, say, tell, tell_json
from lagebild.model.side_by_side import Comparison, Parts, SharedPassage, Stretch
from lagebild.questions.compare import compare_documents
from lagebild.work import open_case

__all__ = ["compare"]

AROUND = 6  # words shown on either side of a change
KINDS = {"same_text": "same text", "edited": "edited", "same_witness": "same witness"}


@click.command(
    epilog="\b\nExamples:\n  lagebild compare dossier/ bote.txt kurier.txt\n  lagebild compare dossier/ d1f00c3 d77ab20"
)
@case_argument
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@json_option
@ending_well
def compare(case: Path, left: str, right: str, as_json: bool) -> None:
    """Lay two documents side by side: shared passages, edits marked, how much of each is its own; of versions what was changed.

    A and B are paths as `lagebild show CASE documents` lists them, ends of such paths, or ids. Words that only the left text has
    stand in [- -], words that only the right one has in {+ +}.
    """
    with open_case(case) as opened:
        found = compare_documents(opened, left, right)
    if as_json:
        tell_json(asdict(found))
        return
    tell(_shares(found.left))
    tell(_shares(found.right))
    if found.version:
        tell(_changes(found))
    for number, passage in enumerate(found.passages, 1):
        tell(_lines(number, passage, found))
    if not found.passages:
        say("the two documents share no passage")


def _shares(side: Parts) -> str:
    total = max(1, side.words)
    copied, spoken = round(100 * side.copied / total), round(100 * side.same_witness / total)
    own = 100 - copied - spoken if side.words else 0
    return f"{side.name}: {side.words} words: {copied} % shared text, {spoken} % of a common witness, {own} % its own"


def _lines(number: int, passage: SharedPassage, found: Comparison) -> Iterator[str]:
    yield ""
    first = {"left": found.left.name, "right": found.right.name, None: ""}[passage.earlier]
    order = f"{first} is earlier ({passage.direction})" if first else "which is earlier is unknown"
    yield f"[{number}] {KINDS[passage.kind]}, {passage.share:.0%} of word triples; {order}  {passage.id}"
    for reason in passage.reasons:
        if reason.detail:
            yield f"    {reason.detail}"
    left = " ".join(one.left if one.equal else f"[-{one.left}-]" for one in passage.stretches if one.left)
    right = " ".join(
        one.right if one.equal else f"{{+{one.right}+}}" for one in passage.stretches if one.right
    )
    yield from _columns(left, right)


def _changes(found: Comparison) -> Iterator[str]:
    """What differs between two versions, each place with the words around it."""
    places = [at for at, one in enumerate(found.changes) if not one.equal]
    yield ""
    yield f"two versions of one article, {len(places)} {'place' if len(places) == 1 else 'places'} changed"
    if found.notice:
        yield f"    the later one says: {found.notice}"
    elif places and any(passage.earlier for passage in found.passages):
        yield "    the later one does not say that it was changed"
    for at in places:
        before = found.changes[at - 1].left.split()[-AROUND:] if at else []
        behind = found.changes[at + 1].left.split()[:AROUND] if at + 1 < len(found.changes) else []
        yield f"  … {' '.join((*before, _edit(found.changes[at]), *behind))} …"


def _edit(one: Stretch) -> str:
    removed, added = f"[-{one.left}-]" if one.left else "", f"{{+{one.right}+}}" if one.right else ""
    return f"{removed} {added}".strip()


def _columns(left: str, right: str) -> Iterator[str]:
    width = max(20, (min(get_terminal_size((110, 24)).columns, 160) - 5) // 2)
    sides: Sequence[list[str]] = [wrap(" ".join(side.split()), width) for side in (left, right)]
    for one, other in zip_longest(*sides, fillvalue=""):
        yield f"  {one:<{width}} | {other}".rstrip()
