"""A small plan with all three shapes and look-ups, for tests of engines and cases: documents of words, words shared by several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from lagebild.case.sqlite import Case
from lagebild.model.document import Document, Stated
from lagebild.model.ids import content_id
from lagebild.model.source import Declared, RawItem
from lagebild.step import CaseView, DocView, EachDocument, EachGroup, GroupView, Plan, WholeCase

CALLS: list[str] = []
"""Names of steps with the units they ran on, in this process."""


@dataclass(frozen=True)
class Word:
    """A word of a document."""

    TABLE: ClassVar[str] = "word"
    id: str
    doc_id: str
    text: str

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Shared:
    """A word in several documents, looked up by itself."""

    TABLE: ClassVar[str] = "shared"
    id: str
    word: str
    documents: int

    @property
    def owner(self) -> str:
        return self.word


@dataclass(frozen=True)
class Mark:
    """How common the words of a document are."""

    TABLE: ClassVar[str] = "mark"
    id: str
    doc_id: str
    common: tuple[str, ...]

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Total:
    """How many marks there are in all."""

    TABLE: ClassVar[str] = "total"
    id: str
    marks: int

    @property
    def owner(self) -> str:
        return ""


def take_text(docs: Sequence[DocView]) -> Iterable[Document]:
    """The bytes as text; a source that says FAIL makes the step fail."""
    for doc in docs:
        CALLS.append(f"take_text {doc.item.path}")
        if doc.raw == b"FAIL":
            raise ValueError("this text makes the step fail")
        yield Document(doc.id, doc.raw.decode(), "text/plain", "utf-8", Stated(), (), None)


def split_text(docs: Sequence[DocView]) -> Iterable[Word]:
    """The words of each document."""
    for doc in docs:
        CALLS.append(f"split_text {doc.id}")
        for at, word in enumerate(doc.text.split()):
            yield Word(f"{doc.id}:w{at:04d}", doc.id, word)


def words_of(doc: DocView) -> Iterable[str]:
    """The words of a document as keys."""
    return (row.text for row in doc.rows(Word))


def count_word(group: GroupView) -> Iterable[Shared]:
    """How many documents have the word of this group."""
    CALLS.append(f"count_word {group.key}")
    yield Shared(content_id("s", group.key), group.key, len(group.docs))


def mark_common(docs: Sequence[DocView]) -> Iterable[Mark]:
    """The words of each document that others have too."""
    for doc in docs:
        CALLS.append(f"mark_common {doc.id}")
        words = sorted({row.text for row in doc.rows(Word)})
        yield Mark(f"{doc.id}:m", doc.id, tuple(word for word in words if doc.look_up(Shared, word)))


def count_marks(case: CaseView) -> Iterable[Total]:
    """How many common words there are."""
    CALLS.append("count_marks")
    yield Total("t", sum(len(mark.common) for mark in case.rows(Mark)))


TOY = Plan(
    given=(RawItem,),
    steps=(
        EachDocument(take_text, reads=(RawItem,), writes=(Document,), raw=True),
        EachDocument(split_text, reads=(Document,), writes=(Word,)),
        EachGroup(count_word, by=words_of, keys_from=(Word,), reads=(), writes=(Shared,), at_least=2),
        EachDocument(mark_common, reads=(Document, Word), lookup={Shared: words_of}, writes=(Mark,)),
        WholeCase(count_marks, reads=(Mark,), writes=(Total,)),
    ),
)


def toy_item(path: str, text: str) -> tuple[RawItem, bytes]:
    """A raw item of this text."""
    data = text.encode()
    digest = sha256(data).hexdigest()
    return RawItem(
        content_id("d", path, None, digest), path, None, digest, "text/plain", len(data), Declared()
    ), data


def toy_case(path: Path) -> Case:
    """A new case for the toy plan."""
    return Case.create(path, TOY.types)


def dump(case: Case) -> list[tuple[str, bytes]]:
    """Every open row of every table."""
    return [(kind.TABLE, data) for kind in TOY.types for data in case.stream(kind.TABLE)]


@dataclass(frozen=True)
class Rank:
    """The place of a document in its group."""

    TABLE: ClassVar[str] = "rank"
    id: str
    doc_id: str
    place: int

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Sum:
    """How many ranks a group has, counted twice: from its documents and from what was looked up."""

    TABLE: ClassVar[str] = "sum"
    id: str
    key: str
    total: int

    @property
    def owner(self) -> str:
        return self.key


@dataclass(frozen=True)
class Check:
    """The sum as it is found under the key."""

    TABLE: ClassVar[str] = "check_sum"
    id: str
    key: str
    total: int

    @property
    def owner(self) -> str:
        return self.key


def first_word(doc: DocView) -> Iterable[str]:
    """The first word of a document: one key."""
    return [row.text for row in doc.rows(Word)][:1]


def group_key(group: GroupView) -> Iterable[str]:
    """The key itself."""
    return (group.key,)


def rank_first(group: GroupView) -> Iterable[Rank]:
    """A rank for every document."""
    for place, doc in enumerate(group.docs):
        yield Rank(f"{doc.id}:r", doc.id, place)


def sum_first(group: GroupView) -> Iterable[Sum]:
    """How many documents have a rank."""
    yield Sum(content_id("u", group.key), group.key, sum(len(doc.rows(Rank)) for doc in group.docs))


def check_sum(group: GroupView) -> Iterable[Check]:
    """The sum, looked up."""
    for row in group.look_up(Sum, group.key):
        yield Check(content_id("k", group.key), group.key, row.total)


GROUPED = Plan(
    given=(RawItem,),
    steps=(
        EachDocument(take_text, reads=(RawItem,), writes=(Document,), raw=True),
        EachDocument(split_text, reads=(Document,), writes=(Word,)),
        EachGroup(rank_first, by=first_word, keys_from=(Word,), apart=True, reads=(Word,), writes=(Rank,)),
        EachGroup(sum_first, by=first_word, keys_from=(Word,), apart=True, reads=(Rank,), writes=(Sum,)),
        EachGroup(
            check_sum,
            by=first_word,
            keys_from=(Word,),
            apart=True,
            reads=(),
            lookup={Sum: group_key},
            writes=(Check,),
        ),
    ),
)
