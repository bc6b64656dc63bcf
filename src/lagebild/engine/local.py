"""The local engine: every step of a plan over a case, in this process or in a pool of processes.

Only stale units run: those whose input digest (the rows they see, the rows they look up, the step, its settings and tools)
differs from that of the last run. A step that gives the same rows again makes nothing after it stale.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from time import process_time
from typing import Any

from lagebild.engine.batch import (
    Batch,
    BatchResult,
    DocumentTask,
    Found,
    GroupTask,
    Layers,
    LazyRows,
    Runner,
    failure,
    group_view,
    written_tables,
)  # fmt: skip
from lagebild.errors import LagebildError
from lagebild.model.account import Problem
from lagebild.model.document import Document
from lagebild.model.source import RawItem
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView, EachDocument, EachGroup, GroupView, Plan, Step, WholeCase
from lagebild.tables import Packed, Row, Tables, UnitResult, decode, encode, mix_digests, pack

__all__ = ["Account", "Progress", "run_plan"]

Progress = Callable[[str, int, int], None]
"""Called with the name of the work, units done, and units there are."""

BATCH = 16  # documents in one task: large enough to hide the passing of bytes, small enough to share out 100 texts


@dataclass
class Account:
    """What a run did: units computed, rows given and CPU seconds, by step."""

    units: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def note(self, step: str, results: Iterable[UnitResult], seconds: float) -> None:
        """Add the results of a step."""
        listed = list(results)
        self.units[step] = self.units.get(step, 0) + len(listed)
        self.rows[step] = self.rows.get(step, 0) + sum(
            len(rows) for one in listed for rows in one.rows.values()
        )
        self.seconds[step] = self.seconds.get(step, 0.0) + seconds


def run_plan(
    plan: Plan,
    tables: Tables,
    settings: Settings,
    *,
    version: str,
    workers: int = 1,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> Account:
    """Bring every table of the case up to date; afterwards nothing is stale.

    Each batch is written as one transaction with what its units saw, so a killed run goes on where it was. The rows are the
    same whatever `workers` and `batch`. A unit on which a step fails gets a Problem row. Raises what the tables raise.
    """
    with _Workers(plan, settings, version, workers) as pool:
        run = _Run(plan, tables, pool, batch, progress or (lambda *_: None))
        for steps in _passes(plan):
            run.run_pass(steps)
            gc.freeze()  # what is loaded by now stays (language data, models): the collector need not walk it again and again
        gc.unfreeze()
        return run.account


def _passes(plan: Plan) -> Iterator[tuple[Step, ...]]:
    """Neighbouring steps that can run together: EachDocument steps as long as none looks up rows (its keys need what lies in
    the case), EachGroup steps over the same groups."""
    together: list[Step] = []
    for step in plan.steps:
        if together and not _joins(together[-1], step):
            yield tuple(together)
            together = []
        together.append(step)
    if together:
        yield tuple(together)


def _joins(last: Step, step: Step) -> bool:
    if isinstance(step, EachDocument):
        return isinstance(last, EachDocument) and not step.lookup
    if isinstance(step, EachGroup) and isinstance(last, EachGroup) and step.apart and last.apart:
        return (step.by, step.keys_from, step.at_least) == (last.by, last.keys_from, last.at_least)
    return False


_runner: Runner | None = None


def _start_worker(plan: Plan, settings: Settings, version: str) -> None:
    """An interrupt is the parent's business; a worker whose parent is gone (killed) ends at once, whatever it is doing."""
    global _runner
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _runner = Runner(plan, settings, version)


def _ready() -> bool:
    return _runner is not None


@contextmanager
def _starting_workers() -> Iterator[None]:
    """Workers that start in here never hear an interrupt, not even before they can say so (ours comes afterwards), and do not
    import the program that called us: a script without `if __name__ == "__main__"` would build again in each of them."""
    main = sys.modules["__main__"]
    names = ("__file__", "__spec__")
    hidden: dict[str, Any] = {name: vars(main)[name] for name in names if name in vars(main)}
    before = None
    if hasattr(signal, "pthread_sigmask"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        vars(main).update(dict.fromkeys(hidden))
        yield
    finally:
        vars(main).update(hidden)
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(batch: Batch) -> BatchResult:
    if _runner is None:
        raise RuntimeError("this worker was not started by run_plan")
    return _runner.run(batch)


class _Workers:
    """Batches in, results out in the same order: in this process, or in a pool that starts when there is enough to do."""

    def __init__(self, plan: Plan, settings: Settings, version: str, workers: int) -> None:
        self.runner = Runner(plan, settings, version)
        self._start = (plan, settings, version)
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._pool:
            if kind is not None:  # interrupted or failed: nobody wants the answers that are being worked on
                for worker in list((self._pool._processes or {}).values()):
                    worker.terminate()
            self._pool.shutdown(wait=True, cancel_futures=True)

    def results(self, batches: Iterator[Batch], expected: int) -> Iterator[BatchResult]:
        """Results in the order of the batches; `expected` says whether starting a pool is worth it."""
        if self._workers < 2 or (expected < 4 and self._pool is None):
            yield from map(self.runner.run, batches)
            return
        if self._pool is None:
            self._pool = self._open()
        waiting: deque[tuple[Batch, Future[BatchResult]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submit(batch)))
            if len(waiting) > 2 * self._workers:
                yield self._collect(*waiting.popleft())
        while waiting:
            yield self._collect(*waiting.popleft())

    def _open(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=self._start
        )

    def _alone(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            1, mp_context=get_context("spawn"), initializer=_start_worker, initargs=self._start
        )

    def _submit(self, batch: Batch) -> Future[BatchResult]:
        assert self._pool is not None
        if self._workers < 2:
            done: Future[BatchResult] = Future()
            done.set_result(self.runner.run(batch))
            return done
        with _starting_workers():
            try:
                return self._pool.submit(_work, batch)
            except BrokenProcessPool:
                self._pool = self._open()
                return self._pool.submit(_work, batch)

    def _collect(self, batch: Batch, future: Future[BatchResult]) -> BatchResult:
        """The result; where a worker died (out of memory), the batch again, then its units one by one; the one that kills is
        left out."""
        try:
            return future.result()
        except BrokenProcessPool:
            return self._again(batch)

    def _again(self, batch: Batch) -> BatchResult:
        if self._workers > 1:
            try:
                return self._run_alone(batch)
            except BrokenProcessPool:
                if self._can_start():
                    return self._one_by_one(batch)
            self._workers = 1
        return self.runner.run(batch)

    def _run_alone(self, batch: Batch) -> BatchResult:
        """The result from a worker of its own. Raises BrokenProcessPool where that dies too."""
        with self._alone() as alone:
            with _starting_workers():
                future = alone.submit(_work, batch)
            return future.result()

    def _can_start(self) -> bool:
        """Whether this machine lets a worker start at all; where not, this process does the work."""
        with self._alone() as alone:
            try:
                with _starting_workers():
                    ready = alone.submit(_ready)
                return ready.result()
            except (BrokenProcessPool, OSError):
                return False

    def _one_by_one(self, batch: Batch) -> BatchResult:
        parts = []
        for single in _singles(batch):
            try:
                parts.append(self._run_alone(single))
            except BrokenProcessPool:
                parts.append(self._given_up(single))
        results = {name: tuple(one for part in parts for one in part.results[name]) for name in batch.steps}
        seconds = {name: sum(part.seconds[name] for part in parts) for name in batch.steps}
        return BatchResult(results, seconds, sum(part.units for part in parts))

    def _given_up(self, single: Batch) -> BatchResult:
        """Empty layers and a Problem row for a unit that kills every worker it is given to."""
        plan = self._start[0]
        error = LagebildError("the machine ended the worker, most likely for want of memory")
        results: dict[str, tuple[UnitResult, ...]] = {}
        for step in (step for step in plan.steps if step.name in single.steps):
            rows: dict[str, tuple[Packed, ...]] = {kind.TABLE: () for kind in step.writes}
            unit = single.documents[0].unit if single.documents else single.groups[0].key
            layers = single.documents[0].layers if single.documents else {}
            if step.name == single.steps[0]:
                try:
                    raise error
                except LagebildError as raised:
                    rows[Problem.TABLE] = pack([failure(step.name, layers, unit, raised)])
            results[step.name] = (UnitResult(unit, b"given up", rows),)
        return BatchResult(results, dict.fromkeys(single.steps, 0.0), 1)


def _singles(batch: Batch) -> Iterator[Batch]:
    for task in batch.documents:
        yield Batch(batch.steps, documents=(task,))
    for group in batch.groups:
        yield Batch(batch.steps, groups=(group,))


class _Run:
    """One run over a case."""

    def __init__(self, plan: Plan, tables: Tables, pool: _Workers, batch: int, progress: Progress) -> None:
        self._tables = tables
        self._pool = pool
        self._batch = batch
        self._progress = progress
        self.account = Account()

    def run_pass(self, steps: Sequence[Step]) -> None:
        first = steps[0]
        if isinstance(first, EachDocument):
            self._run_documents([step for step in steps if isinstance(step, EachDocument)])
        elif isinstance(first, EachGroup):
            self._run_groups([step for step in steps if isinstance(step, EachGroup)])
        else:
            self._run_whole(first)

    # documents

    def _run_documents(self, steps: Sequence[EachDocument]) -> None:
        state = _PassState(steps, self._tables)
        looked = self._look_ups(steps[0], state) if steps[0].lookup else {}
        stale = [unit for unit in state.units if self._is_stale(unit, steps, state, looked)]
        name = steps[-1].name
        batches = (self._document_batch(units, steps, state, looked) for units in _chunks(stale, self._batch))
        done = 0
        for result in self._pool.results(batches, -(-len(stale) // self._batch)):
            self._tables.write(result.results)
            for step, results in result.results.items():
                self.account.note(step, results, result.seconds[step])
            done += result.units
            self._progress(name, done, len(stale))

    def _look_ups(
        self, step: EachDocument, state: _PassState
    ) -> dict[str, tuple[dict[str, tuple[str, ...]], bytes]]:
        """Per document the keys it asks for, by table, and the digest of what lies under them.

        Keys are kept from the last run where the document's own layers have not changed: the entry "" remembers their digest.
        """
        old = self._tables.looked_up(step.name)
        digests = {kind.TABLE: self._tables.layer_digests(kind.TABLE) for kind in step.lookup}
        looked: dict[str, tuple[dict[str, tuple[str, ...]], bytes]] = {}
        for units in _chunks(state.units, 256):
            own = {unit: self._own_digest(step, unit, state) for unit in units}
            fresh = [unit for unit in units if old.get(unit, {}).get("") != (own[unit],)]
            asked = {unit: old.get(unit, {}) for unit in units} | self._ask_keys(step, fresh)
            for unit in units:
                keys = {**asked[unit], "": (own[unit],)}
                looked[unit] = (keys, _looked_digest(keys, digests))
        return looked

    def _own_digest(self, step: EachDocument, unit: str, state: _PassState) -> str:
        parts = (self._pool.runner.step_digest(step), *(state.digest(unit, kind) for kind in step.reads))
        return mix_digests(parts).hex()

    def _ask_keys(self, step: EachDocument, units: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
        layers = _load_layers(self._tables, step.reads, units)
        asked: dict[str, dict[str, tuple[str, ...]]] = {}
        failed: dict[str, Problem] = {}
        for unit in units:
            view = DocView(unit, LazyRows(step.reads, layers[unit]))
            asked[unit] = {}
            for kind, by in step.lookup.items():
                asked[unit][kind.TABLE] = _keys_of(step, by, view, layers[unit], failed)
        self._note_failed_keys(step, units, failed)
        return asked

    def _note_failed_keys(self, step: Step, units: Sequence[str], failed: Mapping[str, Problem]) -> None:
        """Problem rows for units whose keys could not be told, in place of those of earlier runs."""
        name = f"{step.name}.keys"
        told = sorted(failed.keys() | self._tables.seen(name, units).keys())
        if told:
            rows = {unit: pack([failed[unit]] if unit in failed else []) for unit in told}
            self._tables.write({name: [UnitResult(unit, b"", {Problem.TABLE: rows[unit]}) for unit in told]})

    def _is_stale(
        self,
        unit: str,
        steps: Sequence[EachDocument],
        state: _PassState,
        looked: Mapping[str, tuple[Any, bytes]],
    ) -> bool:
        digests = state.digests_of(unit)
        looked_digest = looked[unit][1] if unit in looked else b""
        return any(
            self._pool.runner.document_digest(step, digests, looked_digest) != state.seen[step.name].get(unit)
            for step in steps
        )

    def _document_batch(
        self,
        units: Sequence[str],
        steps: Sequence[EachDocument],
        state: _PassState,
        looked: Mapping[str, tuple[dict[str, tuple[str, ...]], bytes]],
    ) -> Batch:
        layers = _load_layers(self._tables, state.kinds, units)
        wants_raw = any(step.raw for step in steps)
        found = _load_found(self._tables, {unit: looked[unit][0] for unit in units if unit in looked})
        return Batch(
            tuple(step.name for step in steps),
            documents=tuple(
                DocumentTask(
                    unit,
                    layers[unit],
                    state.digests_of(unit),
                    {
                        step.name: state.seen[step.name][unit]
                        for step in steps
                        if unit in state.seen[step.name]
                    },
                    found.get(unit, {}),
                    looked[unit][0] if unit in looked else {},
                    looked[unit][1] if unit in looked else b"",
                    self._raw(layers[unit]) if wants_raw else b"",
                )
                for unit in units
            ),
        )

    def _raw(self, layers: Layers) -> bytes:
        item = decode(RawItem, layers[RawItem.TABLE][0][2])
        return self._tables.raw_bytes(item.sha256)

    # groups

    def _run_groups(self, steps: Sequence[EachGroup]) -> None:
        """All steps share the keys of the first: they are made from the same layers by the same function."""
        self._make_keys(steps[0])
        state = _GroupState(steps, self._tables)
        groups = list(self._tables.groups(steps[0].name, steps[0].at_least))
        for step in steps:
            gone = sorted(state.seen[step.name].keys() - {key for key, _ in groups})
            self._tables.forget(step.name, written_tables(step), gone)
        stale = [(key, units) for key, units in groups if self._is_stale_group(key, units, steps, state)]
        chunks = list(_group_chunks(stale, self._batch))
        done = 0
        batches = (self._group_batch(chunk, steps, state) for chunk in chunks)
        for result in self._pool.results(batches, len(chunks)):
            self._tables.write(result.results)
            for name, results in result.results.items():
                self.account.note(name, results, result.seconds[name])
            done += result.units
            self._progress(steps[-1].name, done, len(stale))

    def _make_keys(self, step: EachGroup) -> None:
        """Note the group keys of every document whose `keys_from` layers have changed."""
        digests = {kind: self._tables.layer_digests(kind.TABLE) for kind in step.keys_from}
        keyed = self._tables.keyed(step.name)
        units = sorted(set().union(*digests.values()) | keyed.keys())
        fresh: dict[str, bytes] = {}
        for unit in units:
            own = mix_digests(
                (
                    self._pool.runner.step_digest(step),
                    *(digests[kind].get(unit, b"") for kind in step.keys_from),
                )
            )
            if keyed.get(unit) != own:
                fresh[unit] = own
        for chunk in _chunks(sorted(fresh), 512):
            layers = _load_layers(self._tables, step.keys_from, chunk)
            failed: dict[str, Problem] = {}
            made: dict[str, tuple[bytes, tuple[str, ...]]] = {}
            for unit in chunk:
                view = DocView(unit, LazyRows(step.keys_from, layers[unit]))
                made[unit] = (fresh[unit], _keys_of(step, step.by, view, layers[unit], failed))
            self._note_failed_keys(step, chunk, failed)
            self._tables.set_keys(step.name, made)

    def _is_stale_group(
        self, key: str, units: Sequence[str], steps: Sequence[EachGroup], state: _GroupState
    ) -> bool:
        docs = [(unit, state.digests_of(unit)) for unit in units]
        return any(
            self._pool.runner.group_digest(
                step, key, docs, asked := state.looked[step.name].get(key, {}), state.found_digests(asked)
            )
            != state.seen[step.name].get(key)
            for step in steps
        )

    def _group_batch(
        self, groups: Sequence[tuple[str, tuple[str, ...]]], steps: Sequence[EachGroup], state: _GroupState
    ) -> Batch:
        layers = _load_layers(
            self._tables, state.kinds, sorted({unit for _, units in groups for unit in units})
        )
        asked = {
            key: _asked_keys(key, {unit: layers[unit] for unit in units}, steps) for key, units in groups
        }
        wanted = {key: _merged(list(by_step.values())) for key, by_step in asked.items()}
        found = _load_found(self._tables, wanted)
        return Batch(
            tuple(step.name for step in steps),
            groups=tuple(
                GroupTask(
                    key,
                    tuple((unit, layers[unit]) for unit in units),
                    {unit: state.digests_of(unit) for unit in units},
                    {step.name: state.seen[step.name][key] for step in steps if key in state.seen[step.name]},
                    found[key],
                    state.found_digests(wanted[key]),
                    asked[key],
                )
                for key, units in groups
            ),
        )

    # the whole case

    def _run_whole(self, step: WholeCase) -> None:
        seen = mix_digests(self._whole_parts(step))
        if self._tables.seen(step.name, [""]).get("") == seen:
            return
        self._progress(step.name, 0, 1)
        started = process_time()
        by_table: dict[str, dict[str, Packed]] = {table: {} for table in written_tables(step)}
        for row in step.run(CaseView(self._stream), *self._pool.runner.tools(step)):
            by_table[row.TABLE][row.id] = (row.owner, row.id, encode(row))  # bytes are smaller than records
        packed = {table: tuple(sorted(rows.values())) for table, rows in by_table.items()}
        result = UnitResult("", seen, packed)
        seconds = process_time() - started
        self._tables.write({step.name: (result,)})
        self.account.note(step.name, (result,), seconds)
        self._progress(step.name, 1, 1)

    def _whole_rows(self, step: WholeCase) -> list[Row]:
        """The rows of the step; where it fails, a Problem. What the tables raise goes up."""
        try:
            return list(step.run(CaseView(self._stream), *self._pool.runner.tools(step)))
        except LagebildError:
            raise
        except Exception as error:
            return [failure(step.name, {}, "the whole case", error)]

    def _whole_parts(self, step: WholeCase) -> Iterator[bytes | str]:
        yield self._pool.runner.step_digest(step)
        for kind in step.reads:
            yield kind.TABLE
            for owner, digest in self._tables.layer_digests(kind.TABLE).items():
                yield owner
                yield digest

    def _stream(self, kind: type[Any]) -> Iterator[Any]:
        return (decode(kind, data) for data in self._tables.stream(kind.TABLE))


class _PassState:
    """What is known of every document before a run of EachDocument steps: digests of layers, what each step saw."""

    def __init__(self, steps: Sequence[EachDocument], tables: Tables) -> None:
        kinds = {kind: None for step in steps for kind in (*step.reads, *step.writes)}
        if any(step.raw for step in steps):
            kinds.setdefault(RawItem)
        self.kinds = tuple(kinds)
        self._digests = {kind.TABLE: tables.layer_digests(kind.TABLE) for kind in self.kinds}
        self.units = sorted(tables.layer_digests(RawItem.TABLE))
        self.seen = {step.name: tables.seen(step.name) for step in steps}

    def digest(self, unit: str, kind: type[Any]) -> bytes:
        return self._digests[kind.TABLE].get(unit, b"")

    def digests_of(self, unit: str) -> dict[str, bytes]:
        return {table: digests[unit] for table, digests in self._digests.items() if unit in digests}


def _keys_of(
    step: EachDocument | EachGroup,
    by: Callable[[Any], Iterable[str]],
    view: DocView | GroupView,
    layers: Layers,
    failed: dict[str, Problem],
) -> tuple[str, ...]:
    """The keys that `by` gives for a unit, sorted; none where its document has no text, or where it fails (noted in `failed`)."""
    if isinstance(step, EachDocument) and Document in step.reads and not layers.get(Document.TABLE):
        return ()
    unit = view.id if isinstance(view, DocView) else view.key
    try:
        return tuple(sorted(set(by(view))))
    except LagebildError:
        raise
    except Exception as error:
        failed[unit] = failure(f"{step.name}.keys", layers, unit, error)
        return ()


class _GroupState:
    """What is known of all groups before a run of EachGroup steps: digests of layers, what each step saw and looked up."""

    def __init__(self, steps: Sequence[EachGroup], tables: Tables) -> None:
        self.kinds = tuple({kind: None for step in steps for kind in step.reads})
        self._digests = {kind.TABLE: tables.layer_digests(kind.TABLE) for kind in self.kinds}
        self._found = {kind.TABLE: tables.layer_digests(kind.TABLE) for step in steps for kind in step.lookup}
        self.seen = {step.name: tables.seen(step.name) for step in steps}
        self.looked = {step.name: tables.looked_up(step.name) if step.lookup else {} for step in steps}

    def digests_of(self, unit: str) -> dict[str, bytes]:
        return {table: digests[unit] for table, digests in self._digests.items() if unit in digests}

    def found_digests(self, asked: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], bytes]:
        return {
            (table, key): self._found[table][key]
            for table, keys in asked.items()
            for key in keys
            if key in self._found[table]
        }


def _asked_keys(
    key: str, layers: Mapping[str, Layers], steps: Sequence[EachGroup]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The keys each step looks up for a group; a function shared by several steps is asked once."""
    answers: dict[Any, tuple[str, ...]] = {}
    asked: dict[str, dict[str, tuple[str, ...]]] = {}
    for step in steps:
        if not step.lookup:
            continue
        view = group_view(step, key, layers, {})
        for by in step.lookup.values():
            if by not in answers:
                answers[by] = tuple(sorted(set(by(view))))
        asked[step.name] = {kind.TABLE: answers[by] for kind, by in step.lookup.items()}
    return asked


def _merged(asked: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, tuple[str, ...]]:
    """All keys asked for, by table."""
    merged: dict[str, dict[str, None]] = {}
    for by_table in asked:
        for table, keys in by_table.items():
            merged.setdefault(table, {}).update(dict.fromkeys(keys))
    return {table: tuple(sorted(keys)) for table, keys in merged.items()}


def _looked_digest(asked: Mapping[str, Sequence[str]], digests: Mapping[str, Mapping[str, bytes]]) -> bytes:
    return mix_digests(
        part
        for table in sorted(asked)
        if table
        for key in asked[table]
        for part in (table, key, digests[table].get(key, b""))
    )  # fmt: skip


def _load_layers(tables: Tables, kinds: Iterable[type[Any]], units: Sequence[str]) -> dict[str, Layers]:
    loaded: dict[str, Layers] = {unit: {} for unit in units}
    for kind in kinds:
        for unit, rows in tables.layers(kind.TABLE, units).items():
            loaded[unit][kind.TABLE] = rows
    return loaded


def _load_found(tables: Tables, asked: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, Found]:
    """For each unit the rows under the keys it asked for, by (table, key)."""
    wanted: dict[str, dict[str, None]] = {}
    for by_table in asked.values():
        for table, keys in by_table.items():
            if table:
                wanted.setdefault(table, {}).update(dict.fromkeys(keys))
    rows = {table: tables.layers(table, sorted(keys)) for table, keys in wanted.items()}
    return {
        unit: {
            (table, key): rows[table][key]
            for table, keys in by_table.items()
            if table
            for key in keys
            if key in rows[table]
        }
        for unit, by_table in asked.items()
    }


def _chunks(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _group_chunks(groups: Sequence[tuple[str, tuple[str, ...]]], size: int) -> Iterator[list[Any]]:
    """Groups together until they hold about `4 * size` documents."""
    chunk: list[Any] = []
    held = 0
    for group in groups:
        chunk.append(group)
        held += 1 + len(group[1])
        if held >= 4 * size:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
