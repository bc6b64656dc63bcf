"""What commands share: progress on stderr, answers on stdout, errors in words with the exit code of the contract."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, NoReturn, TypeVar

import click
from tqdm import tqdm

from lagebild.errors import LagebildError, MachineError

__all__ = ["ProgressLine", "case_argument", "ending_well", "json_option", "say", "tell", "tell_json"]

F = TypeVar("F", bound=Callable[..., Any])

LABELS = {
    "read": "reading reports",
    "print_lines": "taking the text",
    "find_repeated_lines": "lines that pages share",
    "mark_blocks": "marking furniture",
    "print_windows": "reading language and speech",
    "find_candidates": "texts with common passages",
    "align_passages": "holding passages together",
    "settle_entities": "who is meant",
    "link_mentions": "names to entities",
    "group_stories": "grouping stories",
    "date_documents": "dating documents",
    "bind_dossier": "comparing, binding the dossier",
}

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on stdout and nothing else."
)
case_argument = click.argument("case", type=click.Path(path_type=Path))


# Texts come from anywhere: what would steer a terminal is shown as a picture of itself (U+2400 and on).
_PICTURES: dict[int, int | str] = {code: 0x2400 + code for code in range(32)}
_PICTURES |= {127: 0x2421, **dict.fromkeys(range(128, 160), 0xFFFD)}
_IN_A_LINE = _PICTURES | {10: "⏎", 13: "⏎", 9: 9}
_IN_LINES = _PICTURES | {10: 10, 9: 9}


def say(text: str) -> None:
    """A line on stderr: progress, advice, what went wrong."""
    click.echo(text.translate(_IN_LINES), err=True)


def tell(lines: str | Iterable[str]) -> None:
    """Lines on stdout: the answer. A line stays one line, whatever stands in it."""
    for line in [lines] if isinstance(lines, str) else lines:
        click.echo(line.replace("\r\n", "\n").translate(_IN_A_LINE))


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
                total=total or None,
                desc=label,
                unit="",
                file=sys.stderr,
                leave=False,
                ncols=get_terminal_size().columns,
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
            _leave_quietly()
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _end(
                f"{where}{error.strerror or error}; check free space and permissions", MachineError.exit_code
            )

    return run  # type: ignore[return-value]


def _leave_quietly() -> NoReturn:
    """The reader of our output has gone (`… | head`): nothing is left to say, not even by Python when it flushes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _end(message: str, code: int) -> NoReturn:
    say(f"lagebild: {message}")
    sys.exit(code)
