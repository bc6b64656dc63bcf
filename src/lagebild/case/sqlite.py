"""A case in one SQLite file: one table per record type, the raw bytes of every source by hash, full-text search.

Rows are added and closed, never edited: `made` is the run that wrote a row, `closed` the run that no longer gave it. One
process writes at a time; any number may read.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from lagebild.case.lock import WriteLock
from lagebild.case.migrations import APPLICATION_ID, MIGRATIONS, row_table
from lagebild.case.search import index_columns, match_expression
from lagebild.errors import BugInLagebild, CaseError, LagebildError, MachineError
from lagebild.model.account import Problem
from lagebild.model.decision import Decision
from lagebild.model.document import Block, Document
from lagebild.model.layers import MapLayer
from lagebild.model.source import RawItem
from lagebild.tables import Packed, Row, UnitResult, decode, digest_rows, pack

__all__ = ["Case", "Found", "Kept", "Run"]

T = TypeVar("T", bound=Row)
_MANY = 400  # parameters in one query; SQLite allows 999 in its oldest builds


class _Database:
    """A connection whose errors are told in words, also those met while rows are being read."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, values: Sequence[Any] = ()) -> _Answer:
        with _told(self._path):
            return _Answer(self._path, self._connection.execute(sql, values))

    def executemany(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        with _told(self._path):
            self._connection.executemany(sql, values)

    def executescript(self, sql: str) -> None:
        with _told(self._path):
            self._connection.executescript(sql)

    def close(self) -> None:
        self._connection.close()


class _Answer:
    """The rows of a query."""

    def __init__(self, path: Path, cursor: sqlite3.Cursor) -> None:
        self._path = path
        self._cursor = cursor

    def __iter__(self) -> Iterator[Any]:
        with _told(self._path):
            yield from self._cursor

    def fetchone(self) -> Any:
        with _told(self._path):
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with _told(self._path):
            return self._cursor.fetchall()

    @property
    def lastrowid(self) -> int:
        return int(self._cursor.lastrowid or 0)


@dataclass(frozen=True)
class Found:
    """One hit of a search: a block of a document, best first."""

    doc_id: str
    block_id: str
    rank: float


@dataclass(frozen=True)
class Kept:
    """A stored row with who wrote it: `step` and `unit`, the run that made it, the run that closed it (None = open)."""

    table: str
    owner: str
    id: str
    step: str
    unit: str
    made: int
    closed: int | None
    data: bytes


@dataclass(frozen=True)
class Run:
    """One run: version, settings, model digests, and per step rows and CPU seconds."""

    id: int
    version: str
    settings: dict[str, Any]
    models: dict[str, str]
    steps: dict[str, dict[str, float]]
    finished: bool


class Case:
    """The tables of one case. Use `Case.create` or `Case.open`; close it when done (it is a context manager)."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriteLock | None) -> None:
        self.path = path
        self._db = _Database(path, connection)
        self._lock = lock
        self._tables: dict[str, type[Any]] = {}
        self._run = 0
        self._changed = False

    # opening

    @classmethod
    def create(cls, path: Path, kinds: Sequence[type[Any]]) -> Case:
        """A new, empty case. Raises MachineError where the file cannot be written, CaseError where there is one already."""
        if path.exists():
            raise CaseError(f"{path} exists already; open it instead, or choose another folder")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, isolation_level=None)
            with _told(path):
                connection.execute("PRAGMA page_size = 8192")
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        except OSError as error:
            raise MachineError(f"{path}: {error.strerror}; choose a folder you may write to") from error
        except sqlite3.Error as error:
            raise MachineError(f"{path}: {error}; choose a folder you may write to") from error
        connection.close()
        return cls.open(path, kinds, write=True)

    @classmethod
    def open(cls, path: Path, kinds: Sequence[type[Any]], *, write: bool = False) -> Case:
        """The case in `path`. Raises CaseError where it is missing, not a case, damaged, newer than this version, or (for
        writing) in use by another process."""
        if not path.is_file():
            raise CaseError(f"{path}: no case there; make one with `lagebild build INPUT --out DIR`")
        lock = WriteLock.take(path) if write else None
        connection: sqlite3.Connection | None = None
        try:
            with _told(path):
                connection = _connect(path, write)
                case = cls(path, connection, lock)
                case._check_and_migrate(kinds, write)
        except LagebildError:
            if connection is not None:
                connection.close()
            if lock:
                lock.release()
            raise
        return case

    def close(self) -> None:
        """Write what is open to the one file and let others write. Does nothing the second time."""
        try:
            if self._lock:
                self._settle()
        finally:
            self._db.close()
            if self._lock:
                self._lock.release()
                self._lock = None

    def _settle(self) -> None:
        """Leave one plain file that can be read from a read-only disk, without journals beside it.

        Where others are reading, or the disk is full, the journal stays: the next writer finds it, and nothing is lost.
        """
        with suppress(LagebildError, sqlite3.Error):
            self._db.execute("PRAGMA busy_timeout = 0")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._db.execute("PRAGMA journal_mode = DELETE").fetchall()

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_and_migrate(self, kinds: Sequence[type[Any]], write: bool) -> None:
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID:
            raise CaseError(f"{self.path} is a database, but not a lagebild case")
        if version > len(MIGRATIONS):
            raise CaseError(
                f"{self.path} was written by a newer lagebild (layout {version}, this one knows {len(MIGRATIONS)}); "
                "update lagebild to use it"
            )
        self._tables = {kind.TABLE: kind for kind in kinds}
        if write:
            self._db.execute("PRAGMA journal_mode = WAL").fetchall()
            self._migrate(version)
        elif version < len(MIGRATIONS) or self._lacks_tables():
            raise CaseError(
                f"{self.path} has an older layout; run `lagebild add {self.path}` once to bring it up to date"
            )

    def _lacks_tables(self) -> bool:
        """True for a case written before some record type was known."""
        found = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return not set(self._tables) <= {name for (name,) in found}

    def _migrate(self, version: int) -> None:
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            self._db.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
        for table in self._tables:
            self._db.executescript(row_table(table))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all or nothing."""
        if self._lock is None:
            raise BugInLagebild("this case was opened for reading")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    # sources

    def add_sources(
        self, items: Sequence[tuple[RawItem, bytes]], problems: Mapping[str, Sequence[Problem]] | None = None
    ) -> int:
        """Store raw items with their bytes, in one transaction; how many were new or had other declared facts.

        `problems` says per path what could not be read; a path that reads well now has an empty entry, which closes old ones.
        """
        changed = 0
        with self._writing():
            for item, data in items:
                if sha256(data).hexdigest() != item.sha256:
                    raise BugInLagebild(f"{item.unit}: bytes and hash differ")
                if not self._db.execute("SELECT 1 FROM raw WHERE sha256 = ?", (item.sha256,)).fetchone():
                    packed = zlib.compress(data, 6)
                    self._db.execute("INSERT INTO raw VALUES (?, ?, ?)", (item.sha256, len(data), packed))
                result = UnitResult(item.id, b"", {RawItem.TABLE: pack([item])})
                changed += self._write_unit("read_items", result)
            for unit, found in (problems or {}).items():
                self._write_unit("read_problems", UnitResult(unit, b"", {Problem.TABLE: pack(found)}))
        return changed

    def add_decisions(self, decisions: Sequence[Decision]) -> int:
        """Store people's decisions, in one transaction; how many were new or changed.

        They lie under a source of their own, so that no step closes them. One given again, as withdrawn, takes the place of its row.
        """
        with self._writing():
            results = (UnitResult(row.id, b"", {Decision.TABLE: pack([row])}) for row in decisions)
            return sum(self._write_unit("decide", result) for result in results)

    def add_layers(self, layers: Sequence[MapLayer], gone: Sequence[MapLayer] = ()) -> int:
        """Store what a user lays over the map and close what is gone, in one transaction; how many changed.

        One given again takes the place of its row; the others stay.
        """
        with self._writing():
            changed = 0
            for row in gone:
                changed += self._write_unit("layers", UnitResult(row.id, b"", {MapLayer.TABLE: ()}))
            for row in layers:
                changed += self._write_unit("layers", UnitResult(row.id, b"", {MapLayer.TABLE: pack([row])}))
            return changed

    def raw_bytes(self, sha: str) -> bytes:
        """The stored bytes of a source. Raises CaseError where they are missing or cannot be unpacked."""
        row = self._db.execute("SELECT packed FROM raw WHERE sha256 = ?", (sha,)).fetchone()
        if row is None:
            raise CaseError(
                f"{self.path}: the bytes of source {sha[:12]}… are missing; restore the case from a copy"
            )
        try:
            return zlib.decompress(row[0])
        except zlib.error as error:
            raise CaseError(f"{self.path}: the bytes of source {sha[:12]}… are damaged ({error})") from error

    def raw_hashes(self) -> Iterator[str]:
        """The hashes of all stored sources, sorted."""
        for (sha,) in self._db.execute("SELECT sha256 FROM raw ORDER BY sha256"):
            yield sha

    # what engines need (lagebild.tables.Tables)

    def layers(self, table: str, owners: Sequence[str]) -> dict[str, tuple[Packed, ...]]:
        """See Tables."""
        found: dict[str, list[Packed]] = {}
        for chunk in _pieces(owners):
            query = f'SELECT owner, id, data FROM "{self._name(table)}" WHERE closed IS NULL AND owner IN ({_marks(chunk)})'
            for row in self._db.execute(query + " ORDER BY owner, id", chunk):
                found.setdefault(row[0], []).append(row)
        return {owner: tuple(rows) for owner, rows in found.items()}

    def layer_digests(self, table: str, owners: Sequence[str] | None = None) -> dict[str, bytes]:
        """See Tables."""
        if owners is None:
            query = "SELECT owner, digest FROM layer WHERE kind = ? ORDER BY owner"
            return dict(self._db.execute(query, (table,)).fetchall())
        found: dict[str, bytes] = {}
        for chunk in _pieces(owners):
            query = f"SELECT owner, digest FROM layer WHERE kind = ? AND owner IN ({_marks(chunk)})"
            found.update(self._db.execute(query, (table, *chunk)).fetchall())
        return found

    def stream(self, table: str) -> Iterator[bytes]:
        """See Tables."""
        query = f'SELECT data FROM "{self._name(table)}" WHERE closed IS NULL ORDER BY owner, id'
        for (data,) in self._db.execute(query):
            yield data

    def seen(self, step: str, units: Sequence[str] | None = None) -> dict[str, bytes]:
        """See Tables."""
        if units is None:
            return dict(self._db.execute("SELECT unit, digest FROM seen WHERE step = ?", (step,)).fetchall())
        found: dict[str, bytes] = {}
        for chunk in _pieces(units):
            query = f"SELECT unit, digest FROM seen WHERE step = ? AND unit IN ({_marks(chunk)})"
            found.update(self._db.execute(query, (step, *chunk)).fetchall())
        return found

    def looked_up(
        self, step: str, units: Sequence[str] | None = None
    ) -> dict[str, dict[str, tuple[str, ...]]]:
        """See Tables."""
        query, arguments = "SELECT unit, keys FROM looked_up WHERE step = ?", [step]
        if units is not None:
            query, arguments = f"{query} AND unit IN ({_marks(units)})", [step, *units]
        return {
            unit: {table: tuple(keys) for table, keys in json.loads(text).items()}
            for unit, text in self._db.execute(query, arguments)
        }

    def write(self, results: Mapping[str, Sequence[UnitResult]]) -> None:
        """See Tables."""
        with self._writing():
            for step, units in results.items():
                before = self.seen(step, [one.unit for one in units])
                for result in units:
                    self._write_unit(step, result, fresh=result.unit not in before)
                self._db.executemany(
                    "INSERT OR REPLACE INTO seen VALUES (?, ?, ?)",
                    [(step, one.unit, one.seen) for one in units],
                )
                self._db.executemany(
                    "INSERT OR REPLACE INTO looked_up VALUES (?, ?, ?)",
                    [(step, one.unit, json.dumps(one.looked_up)) for one in units if one.looked_up],
                )

    def forget(self, step: str, writes: Sequence[str], units: Sequence[str]) -> None:
        """See Tables."""
        if not units:
            return
        with self._writing():
            for unit in units:
                self._write_unit(step, UnitResult(unit, b"", dict.fromkeys(writes, ())))
            self._db.executemany(
                "DELETE FROM seen WHERE step = ? AND unit = ?", [(step, unit) for unit in units]
            )
            self._db.executemany(
                "DELETE FROM looked_up WHERE step = ? AND unit = ?", [(step, unit) for unit in units]
            )

    def keyed(self, step: str) -> dict[str, bytes]:
        """See Tables."""
        return dict(self._db.execute("SELECT unit, digest FROM keyed WHERE step = ?", (step,)).fetchall())

    def set_keys(self, step: str, made: Mapping[str, tuple[bytes, tuple[str, ...]]]) -> None:
        """See Tables."""
        with self._writing():
            self._db.executemany(
                "DELETE FROM unit_key WHERE step = ? AND unit = ?", [(step, unit) for unit in made]
            )
            pairs = sorted((key, unit) for unit, (_, keys) in made.items() for key in keys)
            self._db.executemany(
                "INSERT INTO unit_key VALUES (?, ?, ?)", [(step, key, unit) for key, unit in pairs]
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO keyed VALUES (?, ?, ?)",
                [(step, unit, digest) for unit, (digest, _) in made.items()],
            )

    def groups(self, step: str, at_least: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """See Tables."""
        key: str | None = None
        units: list[str] = []
        query = "SELECT key, unit FROM unit_key WHERE step = ? ORDER BY key, unit"
        for this, unit in self._db.execute(query, (step,)):
            if this != key:
                if key is not None and len(units) >= at_least:
                    yield key, tuple(units)
                key, units = this, []
            units.append(unit)
        if key is not None and len(units) >= at_least:
            yield key, tuple(units)

    def _write_unit(self, step: str, result: UnitResult, *, fresh: bool = False) -> bool:
        """Replace what `step` gave for one unit (`fresh`: it never gave anything); true where anything changed."""
        source = f"{step}\x1f{result.unit}"
        changed = False
        for table, rows in result.rows.items():
            name = self._name(table)
            old = {} if fresh else self._given_before(name, source)
            new = [row for row in rows if old.get((row[0], row[1]), (0, b""))[1] != row[2]] if old else rows
            kept = {key for row in rows if (key := (row[0], row[1])) in old and old[key][1] == row[2]}
            gone = [no for key, (no, _) in old.items() if key not in kept]
            if not new and not gone:
                continue
            changed = self._changed = True
            self._db.executemany(
                f'UPDATE "{name}" SET closed = ? WHERE no = ?', [(self._run, no) for no in gone]
            )
            self._db.executemany(
                f'INSERT INTO "{name}" (owner, id, source, made, data) VALUES (?, ?, ?, ?, ?)',
                [(owner, row_id, source, self._run, data) for owner, row_id, data in new],
            )
            dropped = {owner for owner, row_id in old if (owner, row_id) not in kept}
            owners = {row[0] for row in new} | dropped
            if owners == {result.unit} and rows and table != Problem.TABLE:
                # only this unit writes rows of this type under its own name: they are the whole layer
                values = (table, result.unit, digest_rows(rows))
                self._db.execute("INSERT OR REPLACE INTO layer VALUES (?, ?, ?)", values)
            else:
                self._note_layers(table, sorted(owners))
        return changed

    def _given_before(self, table: str, source: str) -> dict[tuple[str, str], tuple[int, bytes]]:
        query = f'SELECT no, owner, id, data FROM "{table}" WHERE source = ? AND closed IS NULL'
        return {(owner, row_id): (no, data) for no, owner, row_id, data in self._db.execute(query, (source,))}

    def _note_layers(self, table: str, owners: Sequence[str]) -> None:
        for chunk in _pieces(owners):
            layers = self.layers(table, chunk)
            self._db.executemany(
                "INSERT OR REPLACE INTO layer VALUES (?, ?, ?)",
                [(table, owner, digest_rows(rows)) for owner, rows in layers.items()],
            )
            empty = [(table, owner) for owner in chunk if owner not in layers]
            self._db.executemany("DELETE FROM layer WHERE kind = ? AND owner = ?", empty)

    # reading

    def rows(self, kind: type[T], owner: str | None = None) -> Iterator[T]:
        """Open rows of `kind`, of all owners or of one, ordered by owner, then id."""
        name = self._name(kind.TABLE)
        query = f'SELECT data FROM "{name}" WHERE closed IS NULL'
        if owner is None:
            found = self._db.execute(f"{query} ORDER BY owner, id")
        else:
            found = self._db.execute(f"{query} AND owner = ? ORDER BY id", (owner,))
        for (data,) in found:
            yield self._decoded(kind, data)

    def _decoded(self, kind: type[T], data: bytes) -> T:
        try:
            return decode(kind, data)
        except (ValueError, TypeError) as error:  # msgspec's errors are ValueErrors
            raise CaseError(
                f"{self.path}: a row of {kind.TABLE} is damaged ({error}); restore the case from a copy"
            ) from error

    def count(self, kind: type[Any]) -> int:
        """How many open rows of `kind` there are; one that was given twice (a problem met on two ways) counts once."""
        query = f'SELECT count(DISTINCT id) FROM "{self._name(kind.TABLE)}" WHERE closed IS NULL'
        return int(self._db.execute(query).fetchone()[0])

    def kept(self, row_id: str) -> list[Kept]:
        """Every stored row with this id, closed ones before open ones, in the order in which tables are written, oldest first."""
        found = []
        owner = row_id.split(":", 1)[0]
        order = {table: at for at, table in enumerate(self._tables)}
        for table in self._tables:
            query = f'SELECT owner, id, source, made, closed, data FROM "{table}" WHERE id = ?'
            rows = self._db.execute(
                f"{query} AND owner IN (?, ?) AND closed IS NULL", (row_id, owner, row_id)
            ).fetchall()
            rows = rows or self._db.execute(query, (row_id,)).fetchall()
            for owned, same, source, made, closed, data in rows:
                step, _, unit = source.partition("\x1f")
                found.append(Kept(table, owned, same, step, unit, made, closed, data))
        return sorted(found, key=lambda one: (one.closed is None, order[one.table], one.made))

    def kind_of(self, table: str) -> type[Any]:
        """The record type of a table."""
        return self._tables[self._name(table)]

    # runs

    def begin_run(self, version: str, settings: Mapping[str, Any], models: Mapping[str, str]) -> int:
        """The number of a new run; rows written from now on carry it."""
        with self._writing():
            values = (version, json.dumps(settings, sort_keys=True), json.dumps(models, sort_keys=True))
            cursor = self._db.execute("INSERT INTO run (version, settings, models) VALUES (?, ?, ?)", values)
        self._run, self._changed = cursor.lastrowid, False
        return self._run

    def finish_run(self, steps: Mapping[str, Mapping[str, float]]) -> None:
        """Note what the run did. A run that computed and wrote nothing leaves no entry; runs that broke off before are made good."""
        with self._writing():
            self._db.execute("UPDATE run SET finished = 1 WHERE id < ?", (self._run,))
            if steps or self._changed:
                values = (json.dumps(steps, sort_keys=True), self._run)
                self._db.execute("UPDATE run SET steps = ?, finished = 1 WHERE id = ?", values)
            else:
                self._db.execute("DELETE FROM run WHERE id = ?", (self._run,))

    def runs(self) -> list[Run]:
        """All runs, oldest first."""
        query = "SELECT id, version, settings, models, steps, finished FROM run ORDER BY id"
        return [
            Run(no, version, json.loads(settings), json.loads(models), json.loads(steps), bool(finished))
            for no, version, settings, models, steps, finished in self._db.execute(query)
        ]

    def meta(self, key: str) -> str | None:
        """A fact about the case as a whole, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Note a fact about the case as a whole."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # search

    def index_search(self) -> int:
        """Bring the full-text index up to date with the blocks; how many documents were indexed anew."""
        blocks = self.layer_digests(Block.TABLE)
        done = dict(self._db.execute("SELECT doc, digest FROM searched").fetchall())
        stale = [doc for doc, digest in blocks.items() if done.get(doc) != digest]
        number = int(self.meta("next_passage") or 1)
        for chunk in _pieces(stale, 64):
            with self._writing():
                for doc_id in chunk:
                    number = self._index_document(doc_id, blocks[doc_id], number)
                self._db.execute("INSERT OR REPLACE INTO meta VALUES ('next_passage', ?)", (str(number),))
        return len(stale)

    def _index_document(self, doc_id: str, digest: bytes, number: int) -> int:
        """Index the blocks of a document from `number` on; the next free number.

        A contentless index cannot take words back: passages of an older cut lose their entry, and so are never found.
        """
        self._db.execute("DELETE FROM passage WHERE doc = ?", (doc_id,))
        text = next(iter(self.rows(Document, doc_id))).text
        for block in self.rows(Block, doc_id):
            words, stems = index_columns(text[block.start : block.end])
            self._db.execute("INSERT INTO passage VALUES (?, ?, ?)", (number, doc_id, block.id))
            self._db.execute(
                "INSERT INTO search (rowid, words, stems) VALUES (?, ?, ?)", (number, words, stems)
            )
            number += 1
        self._db.execute("INSERT OR REPLACE INTO searched VALUES (?, ?)", (doc_id, digest))
        return number

    def search(self, query: str, limit: int = 20) -> list[Found]:
        """Blocks that hold all words of the query (see match_expression), best first by BM25; [] for a query without words."""
        expression = match_expression(query)
        if expression is None:
            return []
        sql = (
            "SELECT p.doc, p.block, bm25(search) AS rank FROM search JOIN passage p ON p.id = search.rowid "
            "WHERE search MATCH ? ORDER BY rank, p.doc, p.block LIMIT ?"
        )
        return [Found(doc, block, -rank) for doc, block, rank in self._db.execute(sql, (expression, limit))]

    # checks

    def integrity(self) -> list[str]:
        """What SQLite says is wrong with the file; [] where all is well."""
        try:
            found = [row[0] for row in self._db.execute("PRAGMA quick_check(20)")]
        except LagebildError as error:
            return [str(error)]
        return [] if found == ["ok"] else found

    def checked_layers(self) -> Iterator[tuple[str, str, bool]]:
        """Table and owner of every layer, and whether its rows are those that were written (not changed by hand or damage)."""
        for table in self._tables:
            noted = self.layer_digests(table)
            for owners in _pieces(sorted(noted.keys() | self._owners(table))):
                layers = self.layers(table, owners)
                for owner in owners:
                    rows = layers.get(owner, ())
                    yield table, owner, noted.get(owner) == (digest_rows(rows) if rows else None)

    def _owners(self, table: str) -> set[str]:
        query = f'SELECT DISTINCT owner FROM "{self._name(table)}" WHERE closed IS NULL'
        return {owner for (owner,) in self._db.execute(query)}

    def _name(self, table: str) -> str:
        if table not in self._tables:
            raise BugInLagebild(f"no table {table!r} in a case")
        return table


def _connect(path: Path, write: bool) -> sqlite3.Connection:
    if write:
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
    else:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=10
        )
    connection.execute("PRAGMA cache_size = -32000")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors in words: what, where, what now."""
    try:
        yield
    except sqlite3.OperationalError as error:
        said = str(error)
        if "full" in said or "disk I/O" in said:
            raise MachineError(
                f"{path}: {said}; free some space and run the same command again, nothing is lost"
            ) from error
        if "readonly" in said or "unable to open" in said:
            raise MachineError(f"{path}: {said}; check the permissions of the folder") from error
        if "locked" in said:
            raise CaseError(f"{path} is locked by another program; try again when it has finished") from error
        raise CaseError(f"{path}: {said}; the case may be damaged, restore it from a copy") from error
    except sqlite3.DatabaseError as error:
        raise CaseError(
            f"{path} is not a lagebild case or is damaged ({error}); restore it from a copy"
        ) from error


def _pieces(items: Sequence[str], size: int = _MANY) -> Iterator[list[str]]:
    listed = list(items)
    for at in range(0, len(listed), size):
        yield listed[at : at + size]


def _marks(items: Sequence[str]) -> str:
    return ", ".join("?" * len(items))
