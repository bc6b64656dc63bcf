"""Rows as bytes, and the one interface through which engines read and write them, wherever they live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

import msgspec

__all__ = [
    "Layer", "Packed", "Row", "Tables", "UnitResult", "decode", "digest_rows", "encode", "mix_digests", "pack",
]  # fmt: skip


@runtime_checkable
class Row(Protocol):
    """A record that is kept: `TABLE` names its table, `owner` the document (or key, or entity) it lies under, "" the case."""

    TABLE: ClassVar[str]

    @property
    def id(self) -> str: ...

    @property
    def owner(self) -> str: ...


R = TypeVar("R", bound=Row)
Packed = tuple[str, bytes]
"""A row as it is stored: its id and its fields as JSON."""

_encoder = msgspec.json.Encoder()


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def encode(row: object) -> bytes:
    """The fields of a row as JSON in UTF-8, in the order of their declaration."""
    return _encoder.encode(row)


def decode(kind: type[R], data: bytes) -> R:
    """The row of type `kind` that `data` holds. Raises msgspec.ValidationError where it holds something else."""
    row: R = _decoder(kind).decode(data)
    return row


def pack(rows: Iterable[Row]) -> tuple[Packed, ...]:
    """Rows in the order of their ids, each once (rows that are equal in id must be equal in all)."""
    return tuple(sorted({row.id: encode(row) for row in rows}.items()))


def digest_rows(packed: Iterable[Packed]) -> bytes:
    """16 bytes that change when any row of a layer changes."""
    hashed = blake2b(digest_size=16)
    for row_id, data in packed:
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
class Layer:
    """All open rows of one type under one owner, with their digest."""

    digest: bytes
    rows: tuple[Packed, ...]


@dataclass(frozen=True)
class UnitResult:
    """What a step gave for one unit (a document, a group, the case): the rows by table, and the digest of what it saw."""

    unit: str
    seen: bytes
    rows: Mapping[str, tuple[Packed, ...]] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Packed, ...] = ()
    seconds: float = 0.0


class Tables(Protocol):
    """Where rows live, as an engine sees it. Everything is addressed by table name, owner, step name and unit."""

    def units(self, table: str) -> list[str]:
        """Owners of open rows of `table`, sorted."""
        ...

    def layers(self, table: str, owners: Sequence[str]) -> dict[str, Layer]:
        """The open rows under each of `owners` that has any; order inside a layer is that of the ids."""
        ...

    def layer_digests(self, table: str, owners: Sequence[str] | None = None) -> dict[str, bytes]:
        """Digest of the layer under each owner that has open rows; of all owners where None is given."""
        ...

    def stream(self, table: str) -> Iterator[bytes]:
        """Every open row of `table`, ordered by owner, then id."""
        ...

    def seen(self, step: str, units: Sequence[str] | None = None) -> dict[str, bytes]:
        """What each unit saw when the step last ran on it."""
        ...

    def write(self, step: str, results: Sequence[UnitResult]) -> None:
        """Replace what `step` gave for these units, in one transaction: gone rows are closed, equal rows left alone."""
        ...

    def forget(self, step: str, units: Sequence[str]) -> None:
        """Close all rows that `step` gave for units that are no more."""
        ...

    def keys(self, step: str) -> dict[str, bytes]:
        """Digest of what the keys of each document were last made from."""
        ...

    def keys_of(self, step: str, units: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The keys each of these documents stands under."""
        ...

    def set_keys(self, step: str, made: Mapping[str, tuple[bytes, tuple[str, ...]]]) -> None:
        """Note new keys of documents; groups under an old or new key of theirs become stale, in the same transaction."""
        ...

    def stale_groups(self, step: str) -> list[str]:
        """Keys of groups noted as stale and not yet written, sorted."""
        ...

    def members(self, step: str, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The documents under each key, sorted."""
        ...

    def raw_bytes(self, sha256: str) -> bytes:
        """The stored bytes of a source."""
        ...
