"""Runs steps over a batch of units in whatever process this is: the part that all engines share.

Rows come in and go out as bytes. A step sees decoded rows only, never the objects an earlier step of the same batch made, so
that an answer cannot depend on whether two steps ran together.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from lagebild.errors import BugInLagebild
from lagebild.model.account import Problem
from lagebild.model.document import Document
from lagebild.model.source import RawItem
from lagebild.settings import Settings
from lagebild.step import DocView, EachDocument, EachGroup, GroupView, Plan, Step, problem
from lagebild.tables import Packed, Row, UnitResult, decode, digest_rows, mix_digests, pack

__all__ = [
    "Batch", "BatchResult", "DocumentTask", "GroupTask", "LazyRows", "Runner", "decode_rows", "failure", "group_view",
    "step_digest", "written_tables",
]  # fmt: skip

Layers = dict[str, tuple[Packed, ...]]
Found = dict[tuple[str, str], tuple[Packed, ...]]


@dataclass(frozen=True)
class DocumentTask:
    """One document for a run of EachDocument steps: its layers, what each step saw last time, look-ups, raw bytes."""

    unit: str
    layers: Layers
    digests: dict[str, bytes]
    seen: dict[str, bytes]
    found: Found = field(default_factory=dict)
    looked_up: dict[str, tuple[str, ...]] = field(default_factory=dict)
    looked_digest: bytes = b""
    raw: bytes = b""


@dataclass(frozen=True)
class GroupTask:
    """One group for a run of EachGroup steps: its documents with their layers, what each step saw last time, look-ups.

    `found` holds rows by (table, key) and `found_digests` their digests; `asked` the keys each step looks up, by table.
    """

    key: str
    docs: tuple[tuple[str, Layers], ...]
    digests: dict[str, dict[str, bytes]]
    seen: dict[str, bytes]
    found: Found
    found_digests: dict[tuple[str, str], bytes]
    asked: dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Batch:
    """Tasks for the named steps; either documents or groups."""

    steps: tuple[str, ...]
    documents: tuple[DocumentTask, ...] = ()
    groups: tuple[GroupTask, ...] = ()


@dataclass(frozen=True)
class BatchResult:
    """Results by step, and seconds of CPU by step."""

    results: dict[str, tuple[UnitResult, ...]]
    seconds: dict[str, float]
    units: int


class LazyRows(Mapping[type[Any], tuple[Any, ...]]):
    """Layers of one document, decoded when first asked for."""

    def __init__(self, kinds: Iterable[type[Any]], layers: Layers) -> None:
        self._kinds = {kind: layers.get(kind.TABLE, ()) for kind in kinds}
        self._ready: dict[type[Any], tuple[Any, ...]] = {}

    def __getitem__(self, kind: type[Any]) -> tuple[Any, ...]:
        if kind not in self._ready:
            self._ready[kind] = decode_rows(kind, self._kinds[kind])
        return self._ready[kind]

    def __iter__(self) -> Iterator[type[Any]]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


def decode_rows(kind: type[Any], packed: Iterable[Packed]) -> tuple[Any, ...]:
    """Stored rows as records of `kind`, in the order given."""
    return tuple(decode(kind, data) for _, _, data in packed)


def decode_found(kinds: Iterable[type[Any]], found: Found) -> dict[tuple[type[Any], str], tuple[Any, ...]]:
    """Looked-up rows as records, by type and key."""
    by_table = {kind.TABLE: kind for kind in kinds}
    return {
        (by_table[table], key): decode_rows(by_table[table], rows)
        for (table, key), rows in found.items()
        if table in by_table
    }


def step_digest(step: Step, settings: Settings, version: str) -> bytes:
    """What makes a step give other rows for the same input: its name, this version, the settings, its tools."""
    tools = step.tools.digest() if step.tools else ""
    return mix_digests((step.name, version, repr(settings), tools))


class Runner:
    """Runs batches of a plan. Tools are opened when a step first needs them and kept."""

    def __init__(self, plan: Plan, settings: Settings, version: str) -> None:
        self._steps = {step.name: step for step in plan.steps}
        self._settings = settings
        self._tools: dict[str, Any] = {}
        self._digests = {step.name: step_digest(step, settings, version) for step in plan.steps}

    def run(self, batch: Batch) -> BatchResult:
        """The results of every step of the batch for every unit that was stale."""
        made: dict[str, list[UnitResult]] = {name: [] for name in batch.steps}
        seconds = dict.fromkeys(batch.steps, 0.0)
        if batch.groups:
            for task in batch.groups:
                self._run_group(batch.steps, task, made, seconds)
        else:
            self._run_documents(batch, made, seconds)
        results = {name: tuple(rows) for name, rows in made.items()}
        return BatchResult(results, seconds, len(batch.documents) + len(batch.groups))

    def tools(self, step: Step) -> tuple[Any, ...]:
        """The arguments after the rows: the step's tools, or nothing where it has none."""
        if step.tools is None:
            return ()
        if step.name not in self._tools:
            self._tools[step.name] = step.tools.load(self._settings)
        return (self._tools[step.name],)

    def _run_documents(
        self, batch: Batch, made: dict[str, list[UnitResult]], seconds: dict[str, float]
    ) -> None:
        layers = {task.unit: dict(task.layers) for task in batch.documents}
        digests = {task.unit: dict(task.digests) for task in batch.documents}
        for name in batch.steps:
            step = self._steps[name]
            if not isinstance(step, EachDocument):
                raise BugInLagebild(f"{name} got documents")
            started = process_time()
            stale: dict[str, bytes] = {}
            for task in batch.documents:
                seen = self.document_digest(step, digests[task.unit], task.looked_digest)
                if seen != task.seen.get(name):
                    stale[task.unit] = seen
            tasks = [task for task in batch.documents if task.unit in stale]
            for task, rows in zip(tasks, self._rows_of(step, tasks, layers), strict=True):
                made[name].append(
                    UnitResult(task.unit, stale[task.unit], rows, task.looked_up if step.lookup else {})
                )
                for kind in step.writes:
                    layers[task.unit][kind.TABLE] = rows[kind.TABLE]
                    digests[task.unit][kind.TABLE] = (
                        digest_rows(rows[kind.TABLE]) if rows[kind.TABLE] else b""
                    )
            seconds[name] += process_time() - started

    def step_digest(self, step: Step) -> bytes:
        """What makes this step give other rows for the same input."""
        return self._digests[step.name]

    def document_digest(
        self, step: EachDocument, digests: Mapping[str, bytes], looked_digest: bytes
    ) -> bytes:
        """What an EachDocument step sees of a document, as 16 bytes."""
        parts: list[bytes | str] = [self._digests[step.name]]
        for kind in step.reads:
            parts += [kind.TABLE, digests.get(kind.TABLE, b"")]
        if step.lookup:
            parts.append(looked_digest)
        return mix_digests(parts)

    def _rows_of(
        self, step: EachDocument, tasks: Sequence[DocumentTask], layers: Mapping[str, Layers]
    ) -> list[dict[str, tuple[Packed, ...]]]:
        """Rows of the step per task. A document without text gives none; one that fails gives a Problem."""
        wanted = [
            task for task in tasks if Document not in step.reads or layers[task.unit].get(Document.TABLE)
        ]
        empty: dict[str, tuple[Packed, ...]] = dict.fromkeys(written_tables(step), ())
        by_unit = {task.unit: dict(empty) for task in tasks}
        try:
            rows = self._call(step, wanted, layers)
        except Exception:
            rows = []
            for task in wanted:
                try:
                    rows += self._call(step, [task], layers)
                except Exception as error:
                    rows.append(failure(step.name, layers[task.unit], task.unit, error))
        for unit, unit_rows in _by_unit(step, rows, by_unit).items():
            by_unit[unit].update(unit_rows)
        return [by_unit[task.unit] for task in tasks]

    def _call(
        self, step: EachDocument, tasks: Sequence[DocumentTask], layers: Mapping[str, Layers]
    ) -> list[Row]:
        if not tasks:
            return []
        views = [
            DocView(
                task.unit,
                LazyRows(step.reads, layers[task.unit]),
                decode_found(step.lookup, task.found),
                task.raw if step.raw else b"",
            )
            for task in tasks
        ]
        return _checked(step, list(step.run(views, *self.tools(step))))

    def group_digest(
        self,
        step: EachGroup,
        key: str,
        docs: Iterable[tuple[str, Mapping[str, bytes]]],
        asked: Mapping[str, Sequence[str]],
        found_digests: Mapping[tuple[str, str], bytes],
    ) -> bytes:
        """What an EachGroup step sees of a group, as 16 bytes; `docs` are its documents with the digests of their layers."""
        parts: list[bytes | str] = [self._digests[step.name], key]
        for doc_id, digests in docs:
            parts.append(doc_id)
            parts += [digests.get(kind.TABLE, b"") for kind in step.reads]
        for table in sorted(asked):
            for one in asked[table]:
                parts += [table, one, found_digests.get((table, one), b"")]
        return mix_digests(parts)

    def _run_group(
        self,
        steps: Sequence[str],
        task: GroupTask,
        made: dict[str, list[UnitResult]],
        seconds: dict[str, float],
    ) -> None:
        """Every stale step on one group; a later step sees the rows of an earlier one, decoded anew."""
        layers = {doc_id: dict(own) for doc_id, own in task.docs}
        digests = {doc_id: dict(task.digests.get(doc_id, {})) for doc_id, _ in task.docs}
        found, found_digests = dict(task.found), dict(task.found_digests)
        for name in steps:
            step = self._steps[name]
            if not isinstance(step, EachGroup):
                raise BugInLagebild(f"{name} got groups")
            started = process_time()
            asked = task.asked.get(name, {})
            seen = self.group_digest(step, task.key, digests.items(), asked, found_digests)
            if seen != task.seen.get(name):
                rows = self._rows_of_group(step, task.key, layers, asked, found)
                made[name].append(UnitResult(task.key, seen, rows, asked))
                _take_over(step, rows, layers, digests, found, found_digests)
            seconds[name] += process_time() - started

    def _rows_of_group(
        self,
        step: EachGroup,
        key: str,
        layers: Mapping[str, Layers],
        asked: Mapping[str, Sequence[str]],
        found: Found,
    ) -> dict[str, tuple[Packed, ...]]:
        own = {
            (table, one): found[(table, one)]
            for table in asked
            for one in asked[table]
            if (table, one) in found
        }
        view = group_view(step, key, layers, own)
        try:
            rows = _checked(step, list(step.run(view, *self.tools(step))))
        except Exception as error:
            first = next(iter(layers.values()), {})
            rows = [failure(step.name, first, key, error)]
        by_table: dict[str, list[Row]] = {table: [] for table in written_tables(step)}
        for row in rows:
            by_table[row.TABLE].append(row)
        return {table: pack(table_rows) for table, table_rows in by_table.items()}


def _take_over(
    step: EachGroup,
    rows: Mapping[str, tuple[Packed, ...]],
    layers: Mapping[str, Layers],
    digests: Mapping[str, dict[str, bytes]],
    found: Found,
    found_digests: dict[tuple[str, str], bytes],
) -> None:
    """Put what a step gave where later steps of the same run look for it: under its documents, or under its keys."""
    for kind in step.writes:
        table = kind.TABLE
        by_owner: dict[str, list[Packed]] = {}
        for row in rows[table]:
            by_owner.setdefault(row[0], []).append(row)
        for doc_id, own in layers.items():
            own[table] = tuple(by_owner.pop(doc_id, ()))
            digests[doc_id][table] = digest_rows(own[table]) if own[table] else b""
        for stale in [one for one in found if one[0] == table and one[1] not in by_owner]:
            del found[stale]
            found_digests.pop(stale, None)
        for owner, given in by_owner.items():
            found[(table, owner)] = tuple(given)
            found_digests[(table, owner)] = digest_rows(given)


def written_tables(step: Step) -> tuple[str, ...]:
    """Names of the tables a step may give rows of; any step may give problems."""
    return (*(kind.TABLE for kind in step.writes), Problem.TABLE)


def group_view(step: EachGroup, key: str, layers: Mapping[str, Layers], found: Found) -> GroupView:
    """What an EachGroup step sees of a group."""
    docs = tuple(DocView(doc_id, LazyRows(step.reads, own)) for doc_id, own in layers.items())
    return GroupView(key, docs, decode_found(step.lookup, found))


def _checked(step: Step, rows: list[Row]) -> list[Row]:
    allowed = written_tables(step)
    for row in rows:
        if row.TABLE not in allowed:
            raise BugInLagebild(
                f"{step.name} gave a {type(row).__name__}, which the plan does not let it write"
            )
    return rows


def _by_unit(
    step: EachDocument, rows: Sequence[Row], units: Mapping[str, object]
) -> dict[str, dict[str, tuple[Packed, ...]]]:
    sorted_out: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        if row.owner not in units:
            raise BugInLagebild(f"{step.name} gave {row.id} for {row.owner!r}, which is not in its batch")
        sorted_out.setdefault(row.owner, {}).setdefault(row.TABLE, []).append(row)
    return {
        unit: {table: pack(found) for table, found in tables.items()} for unit, tables in sorted_out.items()
    }


def failure(step: str, layers: Layers, unit: str, error: Exception) -> Problem:
    """The Problem row for a unit on which a step failed: the rest of the pile goes on."""
    items = decode_rows(RawItem, layers.get(RawItem.TABLE, ()))
    where = items[0].unit if items else unit
    doc_id = layers[RawItem.TABLE][0][0] if items else (unit if unit.startswith("d") else None)
    last = traceback.extract_tb(error.__traceback__)[-1]
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    message = f"{step} failed on this text and gave nothing for it ({told[:300]}, {last.name} line {last.lineno}); please report it"
    return problem(where, doc_id, step, "failed", message)
