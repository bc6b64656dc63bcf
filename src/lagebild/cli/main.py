"""The command line. Each command parses, calls `work` or `questions`, and shows what comes out."""

from __future__ import annotations

import click

from lagebild.cli.check import doctor
from lagebild.cli.compare import compare
from lagebild.cli.completion import completion
from lagebild.cli.decide import decide
from lagebild.cli.look import export, search, show, status, verify, why
from lagebild.cli.make import add, build
from lagebild.version import __version__

__all__ = ["main"]


_HELP = ["-h", "--help"]


class _InOrder(click.Group):
    """Commands in the order in which people need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as they were added."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": _HELP, "max_content_width": 110},
    epilog="\b\nStart here:\n  lagebild build reports/ --out dossier/",
)
@click.version_option(__version__, prog_name="lagebild")
def main() -> None:
    """Turn a pile of reports on one story into a dossier that can be checked.

    Works offline. Exit codes: 0 done, 1 a check failed, 2 wrong call, 3 nothing readable, 4 the case cannot be used,
    5 the machine refused, 130 interrupted.
    """


for _command in (build, add, status, show, search, compare, why, decide, export, verify, doctor, completion):
    main.add_command(_command)
for _command in (main, *main.commands.values()):
    # click keeps the help option of the first context that asks for it: asked here, so that it is the same for everybody
    _command.get_help_option(click.Context(_command, help_option_names=_HELP))
