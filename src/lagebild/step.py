"""How a step is declared: EachDocument, EachGroup, WholeCase; and what a step sees: DocView, GroupView, CaseView.

A step is a plain function over rows: no base class, no clock, no network, no writing. Its tools (language data, models) are
opened once per worker. It returns rows of the types it declares under `writes`, and may return `Problem` rows beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeVar

from lagebild.errors import BugInLagebild, PlanError
from lagebild.model.account import Problem
from lagebild.model.document import Document
from lagebild.model.ids import content_id
from lagebild.model.source import RawItem
from lagebild.settings import Settings
from lagebild.tables import Row

__all__ = [
    "CaseView", "DocView", "EachDocument", "EachGroup", "GroupView", "Plan", "Step", "Tools", "WholeCase", "problem",
]  # fmt: skip

T = TypeVar("T", bound=Row)
Rows = Mapping[type[Any], tuple[Any, ...]]
Found = Mapping[tuple[type[Any], str], tuple[Any, ...]]


class Tools(Protocol):
    """What a step opens once per worker. `digest` changes whenever its answers could change (data files, models)."""

    @classmethod
    def load(cls, settings: Settings) -> Self: ...

    @classmethod
    def digest(cls) -> str: ...


class _Lookups:
    """Rows of other tables under keys the step asked for."""

    def __init__(self, found: Found) -> None:
        self._found = found

    def look_up(self, kind: type[T], key: str) -> tuple[T, ...]:
        """Rows of `kind` that lie under `key`, in the order of their ids; () where there are none."""
        return self._found.get((kind, key), ())


class DocView(_Lookups):
    """One document with the layers a step declared to read."""

    def __init__(self, doc_id: str, rows: Rows, found: Found | None = None, raw: bytes = b"") -> None:
        super().__init__(found or {})
        self.id = doc_id
        self.raw = raw
        self._rows = rows

    def rows(self, kind: type[T]) -> tuple[T, ...]:
        """The document's rows of `kind`, in text order. Raises BugInLagebild for a type that the step does not read."""
        if kind not in self._rows:
            raise BugInLagebild(f"a step reads {kind.__name__} without declaring it in the plan")
        return self._rows[kind]

    def get(self, kind: type[T]) -> T | None:
        """The one row of `kind`, or None where there is none."""
        rows = self.rows(kind)
        return rows[0] if rows else None

    @property
    def document(self) -> Document:
        """The document itself; a step that reads Document runs only where there is one."""
        return self.rows(Document)[0]

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text

    @property
    def item(self) -> RawItem:
        """The raw item behind the document."""
        return self.rows(RawItem)[0]


class GroupView(_Lookups):
    """Documents that stand under one key, in the order of their ids, with the layers a step declared to read."""

    def __init__(self, key: str, docs: tuple[DocView, ...], found: Found | None = None) -> None:
        super().__init__(found or {})
        self.key = key
        self.docs = docs


class CaseView:
    """All rows of the types a step declared to read."""

    def __init__(self, source: Callable[[type[Any]], Iterator[Any]]) -> None:
        self._source = source

    def rows(self, kind: type[T]) -> Iterator[T]:
        """Every row of `kind`, ordered by owner, then id; read from the case as you go."""
        return self._source(kind)


DocumentStep = Callable[..., Iterable[Row]]
KeysOf = Callable[[DocView], Iterable[str]]


@dataclass(frozen=True)
class EachDocument:
    """`run(docs, tools)` (or `run(docs)` without tools) gives the rows of a batch of documents; rows lie under their document.

    `lookup` adds the rows of other tables under the keys that a document asks for. `raw` adds the bytes of the source.
    """

    run: DocumentStep
    reads: tuple[type[Any], ...]
    writes: tuple[type[Any], ...]
    tools: type[Tools] | None = None
    lookup: Mapping[type[Any], KeysOf] = field(default_factory=dict)
    raw: bool = False

    @property
    def name(self) -> str:
        return self.run.__name__


@dataclass(frozen=True)
class EachGroup:
    """`run(group, tools)` gives the rows of one group: the documents that stand under one key.

    `by` gives the keys of a document from its `keys_from` layers. Groups of fewer than `at_least` documents are left out.
    `apart` promises that every document stands under one key at most: neighbouring steps over the same groups then run together.
    """

    run: DocumentStep
    by: KeysOf
    keys_from: tuple[type[Any], ...]
    reads: tuple[type[Any], ...]
    writes: tuple[type[Any], ...]
    tools: type[Tools] | None = None
    lookup: Mapping[type[Any], Callable[[GroupView], Iterable[str]]] = field(default_factory=dict)
    at_least: int = 1
    apart: bool = False

    @property
    def name(self) -> str:
        return self.run.__name__


@dataclass(frozen=True)
class WholeCase:
    """`run(case, tools)` gives rows from everything there is of some types; keep it cheap, it runs whenever one of them changes."""

    run: DocumentStep
    reads: tuple[type[Any], ...]
    writes: tuple[type[Any], ...]
    tools: type[Tools] | None = None

    @property
    def name(self) -> str:
        return self.run.__name__


Step = EachDocument | EachGroup | WholeCase


@dataclass(frozen=True)
class Plan:
    """The steps in order. Raises PlanError for a type read before it is written or written twice, and for a name used twice."""

    given: tuple[type[Any], ...]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        known = set(self.given)
        names: set[str] = set()
        for step in self.steps:
            if step.name in names:
                raise PlanError(f"{step.name} stands in the plan twice")
            names.add(step.name)
            _refuse_unwritten(step, known)
            for kind in step.writes:
                if kind in known:
                    raise PlanError(
                        f"{step.name} writes {kind.__name__}, which an earlier step writes already"
                    )
            known.update(step.writes)

    @property
    def types(self) -> tuple[type[Any], ...]:
        """Every type that flows, in the order of first writing; Problem last."""
        return (*self.given, *(kind for step in self.steps for kind in step.writes), Problem)


def _refuse_unwritten(step: Step, known: set[type[Any]]) -> None:
    wanted: Sequence[type[Any]] = (
        *step.reads,
        *(step.keys_from if isinstance(step, EachGroup) else ()),
        *(step.lookup if not isinstance(step, WholeCase) else ()),
    )
    for kind in wanted:
        if kind not in known:
            raise PlanError(f"{step.name} reads {kind.__name__}, which no earlier step writes")


def problem(unit: str, doc_id: str | None, step: str, kind: str, message: str) -> Problem:
    """A Problem row whose id is made from what it says."""
    return Problem(content_id("p", unit, doc_id, step, kind, message), unit, doc_id, step, kind, message)
