"""Nothing that was changed by hand or by damage goes unseen: bytes, texts, maps, citations, references, any row."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lagebild.model.source import RawItem
from lagebild.plan import PLAN
from lagebild.questions.check import check_case
from lagebild.tables import digest_rows
from lagebild.work import open_case, verify_dossier
from tests.walks.pile import built_pile, changed_pile


def wrong(out: Path) -> list[str]:
    with open_case(out) as case:
        return check_case(case).wrong


def changed(out: Path, table: str, change: Callable[[dict[str, Any]], bool], *, digest: bool) -> None:
    """Change the first row that `change` takes; with `digest` as somebody would who knows the layout."""
    database = sqlite3.connect(out / "case.lagebild")
    rows = database.execute(
        f'SELECT no, owner, data FROM "{table}" WHERE closed IS NULL ORDER BY no'
    ).fetchall()
    for no, owner, data in rows:
        record = json.loads(data)
        if change(record):
            database.execute(f'UPDATE "{table}" SET data = ? WHERE no = ?', (json.dumps(record).encode(), no))
            if digest:
                query = f'SELECT owner, id, data FROM "{table}" WHERE closed IS NULL AND owner = ? ORDER BY owner, id'
                new = digest_rows(database.execute(query, (owner,)).fetchall())
                database.execute(
                    "UPDATE layer SET digest = ? WHERE kind = ? AND owner = ?", (new, table, owner)
                )
            database.commit()
            database.close()
            return
    raise AssertionError(f"no row of {table} to change")


def test_a_case_as_it_was_written_is_right(tmp_path: Path) -> None:
    with open_case(built_pile()) as case:
        checked = check_case(case)
    assert checked.wrong == []
    assert checked.counts["sources"] == checked.counts["documents"] == 8
    assert min(checked.counts.values()) > 0


def test_changed_bytes_of_a_source_are_found(tmp_path: Path) -> None:
    out = changed_pile(tmp_path / "out")
    database = sqlite3.connect(out / "case.lagebild")
    sha, packed = database.execute("SELECT sha256, packed FROM raw ORDER BY sha256 LIMIT 1").fetchone()
    other = zlib.compress(zlib.decompress(packed).replace(b"e", b"x", 1))
    database.execute("UPDATE raw SET packed = ? WHERE sha256 = ?", (other, sha))
    database.commit()
    assert any(sha[:12] in said for said in wrong(out))
    database.execute("UPDATE raw SET packed = ? WHERE sha256 = ?", (packed[:-9], sha))
    database.commit()
    assert any(sha[:12] in said for said in wrong(out))
    database.execute("DELETE FROM raw WHERE sha256 = ?", (sha,))
    database.commit()
    database.close()
    assert wrong(out)


@pytest.mark.parametrize(
    "path", ["01_agentur.txt", "02_kopie.txt", "03_amt.txt", "05_seite.html", "06_posts.jsonl"]
)
@pytest.mark.parametrize("digest", [False, True])
def test_a_changed_letter_of_a_text_is_found(tmp_path: Path, path: str, digest: bool) -> None:
    out = changed_pile(tmp_path / "out")
    with open_case(out) as case:
        ids = {item.id for item in case.rows(RawItem) if item.path == path}

    def change(record: dict[str, Any]) -> bool:
        if record["id"] not in ids:
            return False
        record["text"] = record["text"][:20] + "x" + record["text"][21:]
        return True

    changed(out, "document", change, digest=digest)
    assert any(path in said or "document" in said for said in wrong(out))


def test_a_changed_citation_is_found(tmp_path: Path) -> None:
    out = changed_pile(tmp_path / "out")

    def change(record: dict[str, Any]) -> bool:
        record["citations"][0]["exact"] = record["citations"][0]["exact"].replace("e", "a", 1)
        return True

    changed(out, "brief_line", change, digest=True)
    assert any("cited" in said for said in wrong(out))


@pytest.mark.parametrize("table", [kind.TABLE for kind in PLAN.types])
def test_any_changed_row_of_any_table_is_found(tmp_path: Path, table: str) -> None:
    out = changed_pile(tmp_path / "out")
    database = sqlite3.connect(out / "case.lagebild")
    count = database.execute(f'SELECT count(*) FROM "{table}" WHERE closed IS NULL').fetchone()[0]
    if count:
        database.execute(
            f'DELETE FROM "{table}" WHERE no = (SELECT min(no) FROM "{table}" WHERE closed IS NULL)'
        )
    else:
        columns = "(owner, id, source, made, data)"
        database.execute(f"INSERT INTO \"{table}\" {columns} VALUES ('x', 'x', 'x', 1, x'7b7d')")
    database.commit()
    database.close()
    assert any(said.startswith(table) or "damaged" in said for said in wrong(out))


def test_a_row_that_is_no_json_is_found(tmp_path: Path) -> None:
    out = changed_pile(tmp_path / "out")
    database = sqlite3.connect(out / "case.lagebild")
    database.execute("UPDATE quote SET data = x'00ff' WHERE no = (SELECT min(no) FROM quote)")
    database.commit()
    database.close()
    assert any("damaged" in said for said in wrong(out))


@pytest.mark.parametrize(
    ("table", "field", "said"),
    [
        ("quote", "end", "not in its text"),
        ("claim", "quote_id", "names a quote"),
        ("claim_origin", "origin_id", "origin that is not there"),
        ("finding", "sides", "claims that are not there"),
    ],
)
def test_loose_ends_are_found(tmp_path: Path, table: str, field: str, said: str) -> None:
    out = changed_pile(tmp_path / "out")

    def change(record: dict[str, Any]) -> bool:
        if field == "end":
            record["end"] = 10_000_000
        elif field == "sides":
            record["sides"][0]["claim_ids"] = ["d0:c0"]
        else:
            record[field] = "d0:x0"
        return True

    changed(out, table, change, digest=True)
    assert any(said in one for one in wrong(out))


def test_a_page_is_held_against_its_case(tmp_path: Path) -> None:
    out = changed_pile(tmp_path / "out")
    page = out / "dossier.html"
    assert verify_dossier(page).wrong == []
    text = page.read_text(encoding="utf-8")
    for old, new in (("Rissen im Beton", "Rissen im Holz"), ('data-s="', 'data-s="1')):
        assert old in text
        page.write_text(text.replace(old, new), encoding="utf-8")
        assert verify_dossier(page).wrong
    page.write_text(text, encoding="utf-8")
    changed(
        out, "document", lambda record: bool(record.update(text=record["text"].upper())) or True, digest=True
    )
    assert verify_dossier(page).wrong
