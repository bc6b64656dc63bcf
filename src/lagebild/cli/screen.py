"""What commands share: progress on stderr, answers on stdout, errors in words with the exit code of the contract."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from tqdm import tqdm

from lagebild.errors import LagebildError

__all__ = ["ProgressLine", "case_argument", "ending_well", "json_option", "say", "tell", "tell_json"]

F = TypeVar("F", bound=Callable[..., Any])

LABELS = {
    "read": "reading reports",
    "extract_text": "taking the text",
    "mark_blocks": "marking furniture",
    "find_claims": "reading language and speech",
    "settle_entities": "who is meant",
    "group_stories": "grouping stories",
    "bind_dossier": "binding the dossier",
}

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on stdout and nothing else."
)
case_argument = click.argument("case", type=click.Path(path_type=Path))


def say(text: str) -> None:
    """A line on stderr: progress, advice, what went wrong."""
    click.echo(text, err=True)


def tell(lines: str | Iterable[str]) -> None:
    """Lines on stdout: the answer."""
    for line in [lines] if isinstance(lines, str) else lines:
        click.echo(line)


def tell_json(answer: Any) -> None:
    """The answer as one JSON object."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


class ProgressLine:
    """One line on stderr that says what is being done, how fast, and how long it will take. Silent where nobody watches."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._bar: Any = None
        self._name = ""

    def __call__(self, name: str, done: int, total: int) -> None:
        if self._quiet:
            return
        if name != self._name:
            self.close()
            self._name = name
            label = LABELS.get(name, name.replace("_", " "))
            self._bar = tqdm(
                total=total or None, desc=label, unit="", file=sys.stderr, leave=False, dynamic_ncols=True
            )
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take the line away."""
        if self._bar is not None:
            self._bar.close()
        self._bar, self._name = None, ""


def ending_well(command: F) -> F:
    """Turn lagebild's errors into a sentence on stderr and their exit code; an interrupt into 130."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except LagebildError as error:
            _end(str(error), error.exit_code)
        except KeyboardInterrupt:
            _end("interrupted; run the same command again to go on where it stopped", 130)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)

    return run  # type: ignore[return-value]


def _end(message: str, code: int) -> NoReturn:
    say(f"lagebild: {message}")
    sys.exit(code)
