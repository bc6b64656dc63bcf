"""The case file: rows closed and not edited, one writer, clear errors, search with folded umlauts and stems."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lagebild.case.search import index_columns, match_expression
from lagebild.case.sqlite import Case
from lagebild.errors import CaseError, MachineError
from lagebild.model.document import Block, Document, Stated
from lagebild.model.source import RawItem
from lagebild.tables import UnitResult, pack
from tests import toy

KINDS = (RawItem, Document, Block, *toy.TOY.types[2:])


def write_words(case: Case, doc: str, words: list[str]) -> None:
    rows = pack([toy.Word(f"{doc}:w{word}", doc, word) for word in words])
    case.write({"split_text": [UnitResult(doc, b"seen", {"word": rows})]})


def test_rows_that_are_no_longer_given_are_closed_not_deleted(tmp_path: Path) -> None:
    with toy.toy_case(tmp_path / "case") as case:
        first = case.begin_run("1", {}, {})
        write_words(case, "d1", ["a", "b"])
        second = case.begin_run("1", {}, {})
        write_words(case, "d1", ["b", "c"])
        assert [row.text for row in case.rows(toy.Word)] == ["b", "c"]
        gone = case.kept("d1:wa")
        assert [(row.made, row.closed) for row in gone] == [(first, second)]
        assert [(row.made, row.closed) for row in case.kept("d1:wb")] == [(first, None)]


def test_layer_digests_change_only_with_their_rows(tmp_path: Path) -> None:
    with toy.toy_case(tmp_path / "case") as case:
        write_words(case, "d1", ["a"])
        write_words(case, "d2", ["a"])
        before = case.layer_digests("word")
        write_words(case, "d2", ["a", "b"])
        after = case.layer_digests("word")
        assert before["d1"] == after["d1"]
        assert before["d2"] != after["d2"]
        write_words(case, "d2", [])
        assert list(case.layer_digests("word")) == ["d1"]


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    item, data = toy.toy_item("a.txt", "Grüße\x00\r\n")
    with toy.toy_case(tmp_path / "case") as case:
        case.add_sources([(item, data)])
        assert case.raw_bytes(item.sha256) == data
        with pytest.raises(CaseError, match="missing"):
            case.raw_bytes("0" * 64)


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with toy.toy_case(tmp_path / "case"):
        code = (
            "from pathlib import Path; from tests import toy; from lagebild.errors import CaseError\n"
            "from lagebild.case.sqlite import Case\n"
            f"try: Case.open(Path({str(tmp_path / 'case')!r}), toy.TOY.types, write=True)\n"
            "except CaseError as error: print('refused:', error)"
        )
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "refused" in told
    assert "another lagebild" in told


def test_reading_beside_a_writer_sees_what_is_written(tmp_path: Path) -> None:
    with toy.toy_case(tmp_path / "case") as case:
        write_words(case, "d1", ["a"])
        with Case.open(tmp_path / "case", toy.TOY.types) as reader:
            assert reader.count(toy.Word) == 1


def test_a_case_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    toy.toy_case(tmp_path / "case").close()
    database = sqlite3.connect(tmp_path / "case")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(CaseError, match="newer lagebild"):
        Case.open(tmp_path / "case", toy.TOY.types)


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_what_is_no_case_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "case"
    path.write_bytes(content)
    with pytest.raises(CaseError):
        Case.open(path, toy.TOY.types)
    assert path.read_bytes() == content


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "case"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE mine (a)")
    database.commit()
    database.close()
    before = path.read_bytes()
    with pytest.raises(CaseError, match="not a lagebild case"):
        Case.open(path, toy.TOY.types, write=True)
    assert path.read_bytes() == before


def test_a_missing_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="lagebild build"):
        Case.open(tmp_path / "nothing", toy.TOY.types)


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with toy.toy_case(tmp_path / "case") as case:
        write_words(case, "d1", ["kept"])
        case._db.execute("PRAGMA max_page_count = 1")  # SQLite then answers as on a full disk
        with pytest.raises(MachineError, match="free some space"):
            write_words(case, "d2", [f"word{at}" for at in range(5000)])
        case._db.execute("PRAGMA max_page_count = 1073741823")
        assert [row.text for row in case.rows(toy.Word)] == ["kept"]


def searched(tmp_path: Path, text: str, query: str) -> bool:
    item, data = toy.toy_item("a.txt", text)
    with Case.create(tmp_path / "case", KINDS) as case:
        case.add_sources([(item, data)])
        doc = Document(item.id, text, "text/plain", "utf-8", Stated(), (), None)
        block = Block(f"{item.id}:b0", item.id, 0, len(text), "paragraph", True)
        case.write({"x": [UnitResult(item.id, b"", {"document": pack([doc]), "block": pack([block])})]})
        assert case.index_search() == 1
        assert case.index_search() == 0
        return [hit.block_id for hit in case.search(query)] == [block.id]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Am Rand von München", "münchen"),
        ("Am Rand von München", "muenchen"),
        ("Am Rand von München", "munchen"),
        ("Mehrere Soldaten kamen", "soldat"),
        ("In den Häusern brannte Licht", "haus"),
        ("In den Häusern brannte Licht", "haeuser"),
        ("Eine lange Straße", "strasse"),
        ("Der US-Vorschlag liegt vor", "vorschlag"),
        ("Der US-Vorschlag liegt vor", '"US-Vorschlag liegt"'),
        ("Die Waffenruhe hielt", "waffen*"),
        ("Die Waffenruhe hielt", "hielt waffenruhe"),
    ],
)
def test_search_finds(tmp_path: Path, text: str, query: str) -> None:
    assert searched(tmp_path, text, query)


@pytest.mark.parametrize("query", ["fremd", "waffen fremd", '"hielt die"', "", '"', "* -", "a OR", "stems:x"])
def test_search_does_not_find_and_takes_any_query(tmp_path: Path, query: str) -> None:
    assert not searched(tmp_path, "Die Waffenruhe hielt", query)


def test_index_columns_hold_both_foldings() -> None:
    words, stems = index_columns("Häuser in München")
    assert {"haeuser", "hauser", "muenchen", "munchen"} <= set(words.split())
    assert "haus" in stems.split()
    assert match_expression("…") is None
