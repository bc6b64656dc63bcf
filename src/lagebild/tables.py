"""Rows as bytes, and the one interface through which engines read and write them, wherever they live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

import msgspec

__all__ = ["Packed", "Row", "Tables", "UnitResult", "decode", "digest_rows", "encode", "mix_digests", "pack"]


@runtime_checkable
class Row(Protocol):
    """A record that is kept: `TABLE` names its table, `owner` what it lies under.

    The owner is the document, a key under which others look it up, an entity, a story, or "" for the case as a whole.
    """

    TABLE: ClassVar[str]

    @property
    def id(self) -> str: ...

    @property
    def owner(self) -> str: ...


R = TypeVar("R")
Packed = tuple[str, str, bytes]
"""A row as it is stored: its owner, its id and its fields as JSON."""

_encoder = msgspec.json.Encoder()


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def encode(row: object) -> bytes:
    """The fields of a row as JSON in UTF-8, in the order of their declaration."""
    return _encoder.encode(row)


def decode(kind: type[R], data: bytes) -> R:
    """The row of type `kind` that `data` holds. Raises msgspec.ValidationError where it holds something else."""
    known: Any = kind
    row: R = _decoder(known).decode(data)
    return row


def pack(rows: Iterable[Row]) -> tuple[Packed, ...]:
    """Rows ordered by owner, then id, each id once (rows equal in id must be equal in all)."""
    by_id = {row.id: (row.owner, row.id, encode(row)) for row in rows}
    return tuple(sorted(by_id.values()))


def digest_rows(packed: Iterable[Packed]) -> bytes:
    """16 bytes that change when any row of a layer changes."""
    hashed = blake2b(digest_size=16)
    for _, row_id, data in packed:
        hashed.update(row_id.encode())
        hashed.update(data)
        hashed.update(b"\n")
    return hashed.digest()


def mix_digests(parts: Iterable[bytes | str]) -> bytes:
    """16 bytes over several digests or names, order kept."""
    hashed = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(4, "big"))
        hashed.update(data)
    return hashed.digest()


@dataclass(frozen=True)
class UnitResult:
    """What a step gave for one unit (a document, a group's key, "" for the case).

    `rows` holds an entry for every table the step writes, empty ones too. `seen` is the digest of all the step saw;
    `looked_up` the keys it asked for, by table.
    """

    unit: str
    seen: bytes
    rows: Mapping[str, tuple[Packed, ...]]
    looked_up: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Tables(Protocol):
    """Where rows live, as an engine sees it. Everything is addressed by table name, owner, step name and unit."""

    def layers(self, table: str, owners: Sequence[str]) -> dict[str, tuple[Packed, ...]]:
        """The open rows under each of `owners` that has any, ordered by id."""
        ...

    def layer_digests(self, table: str, owners: Sequence[str] | None = None) -> dict[str, bytes]:
        """Digest of the layer under each owner that has open rows; of all owners, sorted, where None is given."""
        ...

    def stream(self, table: str) -> Iterator[bytes]:
        """Every open row of `table`, ordered by owner, then id."""
        ...

    def seen(self, step: str, units: Sequence[str] | None = None) -> dict[str, bytes]:
        """What units saw when the step last ran on them; of all units where None is given."""
        ...

    def looked_up(
        self, step: str, units: Sequence[str] | None = None
    ) -> dict[str, dict[str, tuple[str, ...]]]:
        """The keys that units asked for when the step last ran on them, by table; of all units where None is given."""
        ...

    def write(self, results: Mapping[str, Sequence[UnitResult]]) -> None:
        """Replace what steps gave for units, in one transaction: gone rows are closed, equal ones left alone."""
        ...

    def forget(self, step: str, writes: Sequence[str], units: Sequence[str]) -> None:
        """Close all rows that `step` gave for units that are no more."""
        ...

    def keyed(self, step: str) -> dict[str, bytes]:
        """Digest of what the keys of each document were last made from."""
        ...

    def set_keys(self, step: str, made: Mapping[str, tuple[bytes, tuple[str, ...]]]) -> None:
        """Note the keys of documents, with the digest of what they were made from."""
        ...

    def groups(self, step: str, at_least: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each key with the documents under it (sorted), in the order of keys; keys of fewer documents are left out."""
        ...

    def raw_bytes(self, sha256: str) -> bytes:
        """The stored bytes of a source. Raises CaseError where they are missing."""
        ...
