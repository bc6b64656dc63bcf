"""What comes in: folders, files, standard input; what is refused is told, and the rest is read."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from lagebild.errors import UsageError
from lagebild.ingest.declared import write_blank_csv
from lagebild.ingest.files import ReadItem, read_items, report_files
from lagebild.ingest.kinds import HTML, JSONL, TEXT, media_type_of


def read(*inputs: Path | str, stdin: bytes = b"", leave_out: Path | None = None) -> list[ReadItem]:
    return list(read_items(list(inputs), io.BytesIO(stdin), leave_out=leave_out))


def paths(reads: list[ReadItem]) -> list[str]:
    return [item.unit for one in reads for item, _ in one.items]


def problems(reads: list[ReadItem]) -> dict[str, str]:
    return {row.unit: row.kind for one in reads for row in one.problems}


def test_a_folder_is_read_in_order_of_paths_with_slashes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/c.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Text")
    assert paths(read(tmp_path)) == ["a.txt", "a/c.txt", "a/z.html", "b.txt"]


def test_a_file_goes_by_its_name_and_standard_input_by_a_dash(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.txt").write_text("Text")
    assert paths(read(tmp_path / "deep" / "one.txt", "-", stdin=b"Mehr Text")) == ["one.txt", "-"]


def test_json_lines_are_items_of_their_own_counted_from_one(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "a"}\r\n\n{"text": "b"}\n')
    (one,) = [one for one in read(tmp_path) if one.items]
    assert [(item.line, data) for item, data in one.items] == [(1, b'{"text": "a"}'), (3, b'{"text": "b"}')]


def test_the_same_bytes_at_the_same_place_have_the_same_id_and_others_do_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("gleich")
    (tmp_path / "b.txt").write_text("gleich")
    first = [item.id for one in read(tmp_path) for item, _ in one.items]
    assert len(set(first)) == 2
    assert first == [item.id for one in read(tmp_path) for item, _ in one.items]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Text")
    (tmp_path / "empty.txt").write_bytes(b"\r\n \n")
    os.mkfifo(tmp_path / "pipe.txt")
    outside = tmp_path.parent / f"{tmp_path.name}-secret.txt"
    outside.write_text("geheim")
    (tmp_path / "link.txt").symlink_to(outside)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nothing")
    reads = read(tmp_path)
    assert paths(reads) == ["good.txt"]
    assert problems(reads) == {
        "empty.txt": "empty",
        "pipe.txt": "not_a_file",
        "link.txt": "outside",
        "dangling.txt": "vanished",
    }
    assert all(row.message.startswith(row.unit) for one in reads for row in one.problems)


def test_a_file_that_vanishes_while_the_folder_is_read_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Text")
    reads = read_items([tmp_path], io.BytesIO())
    next(reads)
    next(reads)
    (tmp_path / "b.txt").unlink()
    assert problems(list(reads)) == {"b.txt": "vanished"}


def test_hidden_files_declarations_and_cases_are_no_reports(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name in (
        "a.txt",
        ".hidden.txt",
        "lagebild.csv",
        "a.meta.json",
        "out/case.lagebild",
        "out/dossier.html",
    ):
        (tmp_path / name).write_text("path\n")
    assert [path.name for path in report_files(tmp_path)] == ["a.txt"]


def test_the_folder_of_the_dossier_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "out" / "deep").mkdir(parents=True)
    for name in ("a.txt", "out/b.txt", "out/deep/c.txt"):
        (tmp_path / name).write_text("Text")
    assert paths(read(tmp_path, leave_out=tmp_path / "out")) == ["a.txt"]


def test_an_input_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"<html>", TEXT),
        ("a.HTM", b"x", HTML),
        ("a.ndjson", b"{}", JSONL),
        ("-", b"\xef\xbb\xbf <!DOCTYPE html><html>", HTML),
        ("-", b'{"text": "x"}\n{"text": "y"}', JSONL),
        ("-", b"{not json}", TEXT),
        ("bericht", "Grüße".encode(), TEXT),
    ],
)
def test_kinds(name: str, data: bytes, kind: str) -> None:
    assert media_type_of(name, data) == kind


def declared(tmp_path: Path, csv: str) -> tuple[dict[str, object], list[str]]:
    (tmp_path / "lagebild.csv").write_text(csv, encoding="utf-8")
    reads = read(tmp_path)
    facts = {item.path: item.declared for one in reads for item, _ in one.items}
    return dict(facts), [row.message for one in reads for row in one.problems]


def test_the_csv_declares_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text")
    facts, told = declared(
        tmp_path, "path;published;outlet;language\na.txt;2025-03-14 21:40;Küstenblatt;de\n"
    )
    assert told == []
    entry = facts["a.txt"]
    assert getattr(entry, "published") == "2025-03-14T21:40"  # noqa: B009
    assert getattr(entry, "outlet") == "Küstenblatt"  # noqa: B009
    assert getattr(entry, "said_by") == "lagebild.csv#2"  # noqa: B009


@pytest.mark.parametrize(
    ("csv", "says"),
    [
        ("path,published\na.txt,14.3.2025\n", "not ISO 8601"),
        ("path,published\na.txt,2025-13-01\n", "not ISO 8601"),
        ("path,language\na.txt,deutsch!\n", "language tag"),
        ("path,published\n../a.txt,2025\n", "not among the reports"),
        ("datei,published\na.txt,2025\n", "no column `path`"),
    ],
)
def test_what_the_csv_cannot_mean_is_told_and_not_used(tmp_path: Path, csv: str, says: str) -> None:
    (tmp_path / "a.txt").write_text("Text")
    facts, told = declared(tmp_path, csv)
    assert [says in message for message in told] == [True]
    assert getattr(facts["a.txt"], "published") is None  # noqa: B009


def test_a_meta_file_beside_a_report_declares_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text")
    (tmp_path / "a.txt.meta.json").write_text('{"outlet": "Bote", "published": "2025-03"}')
    (tmp_path / "b.txt").write_text("Text")
    (tmp_path / "b.meta.json").write_text("[1]")
    reads = read(tmp_path)
    facts = {item.path: item.declared for one in reads for item, _ in one.items}
    assert (facts["a.txt"].outlet, facts["a.txt"].published) == ("Bote", "2025-03")
    assert problems(reads) == {"b.meta.json": "declared"}


def test_a_blank_table_is_written_and_keeps_what_stands_there(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Text")
    (tmp_path / "lagebild.csv").write_text("path,published\na.txt,2025-03-14\n")
    write_blank_csv(tmp_path, ["a.txt", "b.txt"])
    assert (tmp_path / "lagebild.csv").read_text() == (
        "path,published,outlet,url,language,title\na.txt,2025-03-14,,,,\nb.txt,,,,,\n"
    )
