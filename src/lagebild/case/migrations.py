"""The layout of a case file, as numbered migrations: never edited once released, only added to."""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "MIGRATIONS", "row_table"]

APPLICATION_ID = 0x4C616765  # "Lage": lets `file` and SQLite tell a case from other databases

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE run (
        id INTEGER PRIMARY KEY, version TEXT NOT NULL, settings TEXT NOT NULL, models TEXT NOT NULL,
        steps TEXT NOT NULL DEFAULT '{}', finished INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE raw (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, packed BLOB NOT NULL);
    CREATE TABLE layer (kind TEXT NOT NULL, owner TEXT NOT NULL, digest BLOB NOT NULL,
        PRIMARY KEY (kind, owner)) WITHOUT ROWID;
    CREATE TABLE seen (step TEXT NOT NULL, unit TEXT NOT NULL, digest BLOB NOT NULL,
        PRIMARY KEY (step, unit)) WITHOUT ROWID;
    CREATE TABLE keyed (step TEXT NOT NULL, unit TEXT NOT NULL, digest BLOB NOT NULL,
        PRIMARY KEY (step, unit)) WITHOUT ROWID;
    CREATE TABLE unit_key (step TEXT NOT NULL, key TEXT NOT NULL, unit TEXT NOT NULL,
        PRIMARY KEY (step, key, unit)) WITHOUT ROWID;
    CREATE INDEX unit_key_by_unit ON unit_key (step, unit);
    CREATE TABLE looked_up (step TEXT NOT NULL, unit TEXT NOT NULL, keys TEXT NOT NULL,
        PRIMARY KEY (step, unit)) WITHOUT ROWID;
    CREATE TABLE searched (doc TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE passage (id INTEGER PRIMARY KEY, doc TEXT NOT NULL, block TEXT NOT NULL);
    CREATE INDEX passage_by_doc ON passage (doc);
    CREATE VIRTUAL TABLE search USING fts5 (words, stems, content='',
        tokenize="unicode61 remove_diacritics 0");
    """,
)
"""Each entry brings a case one version further; PRAGMA user_version counts them. Tables of rows are made by `row_table`."""


def row_table(table: str) -> str:
    """The SQL for the table of one record type: `made` and `closed` are run numbers, NULL = open."""
    return f"""
    CREATE TABLE IF NOT EXISTS "{table}" (
        no INTEGER PRIMARY KEY, owner TEXT NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL,
        made INTEGER NOT NULL, closed INTEGER, data BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS "{table}_open" ON "{table}" (owner, id) WHERE closed IS NULL;
    CREATE INDEX IF NOT EXISTS "{table}_source" ON "{table}" (source) WHERE closed IS NULL;
    """
