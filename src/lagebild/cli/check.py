"""`lagebild doctor`: does everything this machine needs work?"""

from __future__ import annotations

import sys

import click

from lagebild.cli.screen import ending_well, json_option, tell, tell_json
from lagebild.doctor import examine

__all__ = ["doctor"]


@click.command(epilog="\b\nExample:\n  lagebild doctor --json")
@json_option
@ending_well
def doctor(as_json: bool) -> None:
    """Check that this installation works: libraries, language data, gazetteer, full-text search, a small build."""
    findings = examine()
    if as_json:
        tell_json(
            {"checks": [{"name": one.name, "good": one.good, "detail": one.detail} for one in findings]}
        )
    else:
        tell(f"{'ok ' if one.good else 'BAD'}  {one.name}: {one.detail}" for one in findings)
    if not all(one.good for one in findings):
        sys.exit(1)
