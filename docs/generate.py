"""Writes docs/reference/ (and the table of steps in docs/architecture.md) from the program itself.

    python docs/generate.py            write what has changed
    python docs/generate.py --check    write nothing; show the difference and exit with 1 where there is one

Nobody edits the generated files by hand. What cannot be read off the program stands in docs/reference/records.toml (what each key
of the open records means) and docs/reference/reasons.toml (what each reason says); a missing entry ends with an error.
"""

from __future__ import annotations

import difflib
import inspect
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import msgspec

from lagebild import errors
from lagebild.cli.main import main as program
from lagebild.model.open import OPEN_FILES
from lagebild.plan import PLAN
from lagebild.settings import Settings
from lagebild.step import EachDocument, EachGroup, Step, WholeCase

__all__ = ["generated", "schema_of"]

DOCS = Path(__file__).resolve().parent
NOTE = "<!-- Made by docs/generate.py; do not edit. -->\n"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def generated() -> dict[Path, str]:
    """Every generated file, with its contents."""
    pages = {
        "commands.md": commands(),
        "settings.md": settings(),
        "steps.md": steps(),
        "records.md": records(),
        "reasons.md": reasons(),
        "errors.md": error_tree(),
    }
    files = {DOCS / "reference" / name: text for name, text in pages.items()}
    for name in OPEN_FILES:
        schema = json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"
        files[DOCS / "reference" / "schemas" / f"{name}.schema.json"] = schema
    architecture = DOCS / "architecture.md"
    files[architecture] = with_steps(architecture.read_text(encoding="utf-8"))
    return files


# commands


def commands() -> str:
    """Help of every command, as the program prints it."""
    parts = [
        NOTE,
        "# Commands\n",
        "Wherever a command says CASE it takes the folder of a dossier or the case file in it.\n",
    ]
    for name, command, context in each_command():
        parts.append(f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    parts.append(exit_codes())
    return "\n".join(parts)


def each_command() -> Iterator[tuple[str, click.Command, click.Context]]:
    """The program, then each of its commands in its own order."""
    top = click.Context(program, info_name="lagebild", terminal_width=100, max_content_width=100)
    yield "lagebild", program, top
    for name in program.list_commands(top):
        command = program.get_command(top, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=top, terminal_width=100, max_content_width=100)
        yield f"lagebild {name}", command, inner


def exit_codes() -> str:
    """The exit codes as a table."""
    rows = [
        ("0", "done, also where single texts could not be read: `lagebild show CASE problems` lists them"),
        ("1", "a check failed (`verify`, `doctor`)"),
        ("2", "the call is wrong"),
        ("3", "nothing readable in the input"),
        ("4", "the case cannot be used: in use, newer than this version, damaged"),
        ("5", "the machine refused: disk full, permission"),
        ("130", "interrupted; the same call goes on where it stopped"),
    ]
    return "## Exit codes\n\n" + table(("code", "meaning"), rows)


# settings, errors


def settings() -> str:
    """Every setting with its default and help."""
    rows = [
        (f"`{one.name}`", f"`{json.dumps(one.default)}`", type(one.default).__name__, one.metadata["help"])
        for one in fields(Settings)
    ]
    text = (
        "# Settings\n\nA TOML file with any of these keys, given as `--settings FILE`. A case keeps the settings it was built "
        "with; other settings given later recompute what they touch.\n"
    )
    return "\n".join([NOTE, text, table(("key", "default", "type", "meaning"), rows)])


def error_tree() -> str:
    """The tree of errors with exit codes."""
    tree = inspect.cleandoc(errors.__doc__ or "").split("\n\n", 1)[1]
    rows = []
    for name in errors.__all__:
        kind = getattr(errors, name)
        rows.append((f"`{name}`", str(kind.exit_code), first_paragraph(kind)))
    return "\n".join(
        [
            NOTE,
            "# Errors\n\nRaised by the Python API from `lagebild.errors`; commands print the message on stderr and end with the exit "
            "code. Every message says what, where, and what to do now. What goes wrong with a single text is no error but a row of "
            "`problems.jsonl`.\n",
            f"```text\n{tree}\n```\n",
            table(("error", "exit code", "meaning"), rows),
        ]
    )


# steps


def steps() -> str:
    """Every step of the plan: shape, what it reads and writes, what comes out."""
    parts = [
        NOTE,
        "# Steps\n\nThe path from bytes to dossier, in order, from `lagebild/plan.py`. *Each document*: rows of a document depend on "
        "that document and its look-ups alone. *Each group*: on the documents that share a key. *Whole case*: on all rows of the types "
        "it reads.\n",
        f"Given: {names_of(PLAN.given)}. Any step may write `Problem` rows.\n",
    ]
    for step in PLAN.steps:
        told = [
            f"- **{shape_of(step)}**, in `{step.run.__module__}`",
            f"- reads {names_of(step.reads) or 'nothing else'}",
        ]
        if isinstance(step, EachGroup):
            told.append(
                f"- groups by `{name_of(step.by)}`, made from {names_of(step.keys_from)}; groups of {step.at_least} or more documents"
            )
        if not isinstance(step, WholeCase) and step.lookup:
            found = ", ".join(f"`{kind.__name__}` by `{name_of(by)}`" for kind, by in step.lookup.items())
            told.append(f"- looks up {found}")
        told.append(f"- writes {names_of(step.writes)}")
        parts.append(f"## {step.name}\n\n{first_paragraph(step.run)}\n\n" + "\n".join(told) + "\n")
    return "\n".join(parts)


def shape_of(step: Step) -> str:
    """The shape of a step in words."""
    if isinstance(step, EachDocument):
        return "each document, with the bytes of its source" if step.raw else "each document"
    return "each group" if isinstance(step, EachGroup) else "whole case"


def names_of(kinds: tuple[type[Any], ...]) -> str:
    """Types as code, with commas."""
    return ", ".join(f"`{kind.__name__}`" for kind in kinds)


def name_of(function: Any) -> str:
    """The name of a key function."""
    return str(getattr(function, "__name__", type(function).__name__))


def with_steps(text: str) -> str:
    """A page with its table of steps brought up to date. Raises ValueError where the two marks are missing."""
    start, end = "<!-- steps: made by docs/generate.py -->\n", "<!-- end of steps -->"
    before, _, rest = text.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"architecture.md needs {start.strip()} … {end}")
    rows = [
        (
            step.run.__module__.split(".")[1],
            f"`{step.name}`",
            shape_of(step).split(",")[0],
            names_of(step.writes),
        )
        for step in PLAN.steps
    ]
    return f"{before}{start}{table(('room', 'step', 'shape', 'writes'), rows)}{end}{after}"


# open records


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of a row of one file of the export. Further keys are allowed: keys are only ever added."""
    made: dict[str, Any] = msgspec.json.schema(OPEN_FILES[name])
    parts: dict[str, Any] = made["$defs"]
    row = parts.pop(made["$ref"].rsplit("/", 1)[1])
    meanings = key_meanings()
    keys = {
        key: {"description": meaning(meanings, name, key), **row["properties"][key]}
        for key in OPEN_FILES[name].__annotations__
    }
    schema = {"$schema": DRAFT, "title": f"{name}.jsonl", "description": row["description"], "type": "object"}
    schema |= {"properties": keys, "required": list(keys)}
    return schema | ({"$defs": parts} if parts else {})


def key_meanings() -> dict[str, Any]:
    """What keys mean: under `every` for all files, under the name of a file for that one; `head` opens the page."""
    with (DOCS / "reference" / "records.toml").open("rb") as file:
        return tomllib.load(file)


def meaning(meanings: Mapping[str, Any], name: str, key: str) -> str:
    """What one key means. Raises KeyError where nobody has written it down."""
    told: str | None = meanings.get(name, {}).get(key) or meanings["every"].get(key)
    if told is None:
        raise KeyError(f"docs/reference/records.toml: [{name}] {key} is not explained")
    return told


def records() -> str:
    """Every file of the export with its keys."""
    parts = [NOTE, key_meanings()["head"]]
    for name in OPEN_FILES:
        schema = schema_of(name)
        rows = [
            (f"`{key}`", type_in_words(value), value["description"])
            for key, value in schema["properties"].items()
        ]
        parts.append(
            f"## {name}.jsonl\n\n{schema['description']}\n\n{table(('key', 'type', 'meaning'), rows)}\n"
            f"Schema: [{name}.schema.json](schemas/{name}.schema.json)\n"
        )
    return "\n".join(parts)


def type_in_words(value: Mapping[str, Any]) -> str:
    """A JSON Schema type in a few words."""
    if "anyOf" in value:
        return " or ".join(type_in_words(one) for one in value["anyOf"])
    if "$ref" in value:
        return f"{value['$ref'].rsplit('/', 1)[1].removeprefix('Open').lower()}"
    if "enum" in value:
        return ", ".join(f"`{'null' if one is None else one}`" for one in value["enum"])
    if value.get("type") == "array":
        return f"[{type_in_words(value.get('items', {}))}]"
    return str(value.get("type", "any"))


# reasons


def reasons() -> str:
    """Every name a reason can have, with what it says."""
    with (DOCS / "reference" / "reasons.toml").open("rb") as file:
        by_stage: dict[str, dict[str, str]] = tomllib.load(file)
    head = (
        "# Reasons\n\nEvery score and every decision carries `reasons`, at most five, the deciding one first: `{name, score, detail, "
        "left, right}`. `name` is one of these; `detail` says it in words for the case at hand; `left` and `right` are the two values "
        "that were compared. A `score` here is between 0 and 1 or a weight; it orders the reasons of one row and is no probability.\n"
    )
    parts = [NOTE, head]
    for stage, names in by_stage.items():
        rows = [(f"`{name}`", told) for name, told in sorted(names.items())]
        parts.append(f"## {stage}\n\n{table(('name', 'says'), rows)}")
    return "\n".join(parts)


# paragraphs and tables


def first_paragraph(thing: Any) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(inspect.cleandoc(thing.__doc__ or "").split("\n\n")[0].split())


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def differences(files: Mapping[Path, str]) -> Iterator[str]:
    """Lines of a unified diff between what lies there and what would be written; schemas of files that are no more."""
    for path, wanted in files.items():
        found = path.read_text(encoding="utf-8") if path.is_file() else ""
        name = path.relative_to(DOCS.parent).as_posix()
        yield from difflib.unified_diff(
            found.splitlines(), wanted.splitlines(), name, f"{name} (generated)", lineterm=""
        )
    for path in sorted((DOCS / "reference" / "schemas").glob("*.json")):
        if path not in files:
            yield f"{path.relative_to(DOCS.parent).as_posix()}: belongs to no file of the export; remove it"


def main(arguments: list[str]) -> int:
    """Write or check; 1 where a check finds a difference."""
    files = generated()
    found = list(differences(files))
    if arguments == ["--check"]:
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    for path, text in files.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(DOCS.parent).as_posix()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
