"""Bad input, bad places, bad cases: each told in words, nothing in the case lost, the other documents go on."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from lagebild.cli.main import main
from lagebild.errors import CaseError, InputError, MachineError, NothingReadable, UsageError
from lagebild.ingest import files
from lagebild.model.account import Problem
from lagebild.model.document import Document
from lagebild.model.open import OPEN_FILES
from lagebild.questions.check import check_case
from lagebild.questions.open import OpenRecords
from lagebild.work import (
    add_reports,
    build_dossier,
    case_file,
    export_jsonl,
    init_meta,
    open_case,
    verify_dossier,
)
from tests.walks.pile import changed_pile, write_reports

GOOD = "Bericht aus Kiel\n\n„Die Fähre fährt wieder“, sagte Anna Brandt am Montag in Kiel. Sie rechne mit 40 Gästen.\n"
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def build(source: Path, out: Path) -> None:
    build_dossier([source], out, workers=1)


def told(out: Path) -> dict[str, str]:
    """Kind of the first problem of each unit."""
    with open_case(out) as case:
        return {
            row.unit: row.kind for row in sorted(case.rows(Problem), key=lambda row: row.id, reverse=True)
        }


def texts(out: Path) -> dict[str, str]:
    with open_case(out) as case:
        items = OpenRecords(case).items
        return {items[doc.id].unit: doc.text for doc in case.rows(Document)}


def assert_sound(out: Path, to: Path) -> None:
    """The case verifies, no step failed, and every line of the export is an object whose places stand in their text."""
    with open_case(out) as case:
        assert check_case(case).wrong == []
        assert [row.message for row in case.rows(Problem) if row.kind == "failed"] == []
        export_jsonl(case, to, words=True)
    text = {row["id"]: row["text"] for row in lines(to / "documents.jsonl")}
    for name in OPEN_FILES:
        for row in lines(to / f"{name}.jsonl"):
            if "doc" in row and "start" in row:
                assert text[row["doc"]][row["start"] : row["end"]] == row["exact"] != "", row


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().decode("utf-8").split("\n")[:-1]]


def test_files_that_are_no_reports_are_told_and_the_others_go_on(tmp_path: Path) -> None:
    noise = bytes((at * 7919 + 13) % 256 for at in range(4000))
    sources = {
        "empty.txt": (b"", "empty"),
        "blank.html": (b" \r\n\t", "empty"),
        "mark.txt": (b"\xef\xbb\xbf", "empty"),
        "zero.txt": (b"\0" * 500, "empty"),
        "picture.png": (b"\x89PNG\r\n\x1a\n" + noise, "binary"),
        "picture_called.txt": (b"\x89PNG\r\n\x1a\n" + noise, "binary"),
        "paper.pdf": (b"%PDF-1.7\n" + noise, "binary"),
        "archive.zip": (b"PK\x03\x04" + noise, "binary"),
        "packed.gz": (gzip.compress(GOOD.encode() * 9, mtime=0), "binary"),
        "noise.html": (noise, "binary"),
        "noise.txt": (noise, "binary"),
        "markup.html": (b"<html><!-- only --><script>var a</script></html>", "empty"),
    }
    pile = tmp_path / "in"
    pile.mkdir()
    for name, (data, _) in sources.items():
        (pile / name).write_bytes(data)
    (pile / "good.txt").write_text(GOOD, encoding="utf-8")
    build(pile, tmp_path / "out")
    assert texts(tmp_path / "out") == {"good.txt": GOOD}
    assert told(tmp_path / "out") == {name: kind for name, (_, kind) in sources.items()}
    with open_case(tmp_path / "out") as case:
        assert all(len(row.message) > 20 for row in case.rows(Problem))
    assert_sound(tmp_path / "out", tmp_path / "export")


def test_encodings_are_read_or_the_doubt_is_told(tmp_path: Path) -> None:
    pile = tmp_path / "in"
    pile.mkdir()
    sources = {
        "utf16.txt": GOOD.encode("utf-16"),
        "utf16_unmarked.txt": GOOD.encode("utf-16-le"),
        "utf32.txt": GOOD.encode("utf-32"),
        "cp1252.txt": GOOD.encode("cp1252"),
        "marked.txt": b"\xef\xbb\xbf" + GOOD.encode(),
        "lines.txt": GOOD.replace("\n", "\r\n").encode(),
    }
    for name, data in sources.items():
        (pile / name).write_bytes(data)
    (pile / "nul.txt").write_bytes(GOOD.replace("Kiel", "Ki\0el").encode())
    (pile / "broken.txt").write_bytes(GOOD.encode()[:70] + b"\xff\xc3" + GOOD.encode()[70:])
    build(pile, tmp_path / "out")
    read = texts(tmp_path / "out")
    assert {name for name in sources if read[name].replace("\r\n", "\n") == GOOD} == set(sources)
    assert read["lines.txt"].count("\r\n") == 3
    assert read["nul.txt"].count("\0") == 2
    assert read["broken.txt"].count("\ufffd") == 2
    assert told(tmp_path / "out") == {"broken.txt": "encoding"}
    assert_sound(tmp_path / "out", tmp_path / "export")


def test_bad_lines_of_json_are_told_by_number_and_the_others_go_on(tmp_path: Path) -> None:
    bad = {
        2: (b"not json", "json"),
        3: (b"[1]", "json"),
        4: (b'"text"', "json"),
        5: (b"null", "json"),
        6: (b'{"text": 5}', "json"),
        7: (b"{}", "json"),
        8: (b'{"text": " "}', "empty"),
        9: (b'{"text": "cut', "json"),
        10: (b"[" * 50_000, "json"),
        11: (b'{"a":' * 50_000, "json"),
        12: (b'{"text": "x", "n": ' + b"9" * 6_000 + b"}", "json"),
        13: (b"NaN", "json"),
    }
    doubtful = {
        14: (b'{"text": "halb \\ud800 Zeichen"}', "encoding"),
        15: (b'{"text": "hier \xff\xfe dort"}', "encoding"),
        16: (b'{"text": "gut", "published": "gestern", "lang": "!", "url": 5, "title": ["x"]}', "json"),
        17: (b'{"text": "eins", "text": "zwei"}', "json"),
    }
    fine = {
        1: json.dumps({"text": GOOD}).encode(),
        18: b'{"text": null, "html": "<p>Hallo aus Kiel, es ist Montag.</p>"}',
        19: b'{"text": "a\\u0000b", "n": 1e999}',
    }
    rows = {number: data for number, (data, _) in (bad | doubtful).items()} | fine
    (tmp_path / "x.jsonl").write_bytes(b"\n".join(rows[number] for number in sorted(rows)))
    build(tmp_path / "x.jsonl", tmp_path / "out")
    problems = told(tmp_path / "out")
    assert {unit: kind for unit, kind in problems.items() if unit != "x.jsonl#18"} == {
        f"x.jsonl#{number}": kind for number, (_, kind) in (bad | doubtful).items()
    }
    read = texts(tmp_path / "out")
    assert set(read) == {f"x.jsonl#{number}" for number in doubtful.keys() | fine.keys()}
    assert read["x.jsonl#14"] == "halb \ufffd Zeichen"
    assert read["x.jsonl#17"] == "zwei"
    assert read["x.jsonl#19"] == "a\0b"
    assert_sound(tmp_path / "out", tmp_path / "export")


def test_monstrous_pages_and_texts_are_read_as_far_as_they_can_be(tmp_path: Path) -> None:
    pile = tmp_path / "in"
    pile.mkdir()
    sentence = "Die Fähre fährt, sagte Anna Brandt am Montag, und „niemand“ widersprach ihr. "
    sources = {
        "tags.html": "<html><body>" + "<b>x</b> <i>y</i>" * 30_000 + "</body></html>",
        "deep.html": "<div>" * 20_000 + sentence,
        "open.html": "<p><b><table><tr><td>" * 500 + sentence * 20,
        "script.html": f"<title><script>alert(1)</script></title><h1><img src=x onerror=a()>Titel</h1><p>{sentence * 5}</p>",
        "marks.txt": "„" + sentence * 150,
        "brackets.txt": "([{«" * 3_000 + sentence * 20,
        "one_line.txt": sentence * 13_500,
        "one_word.txt": "a" * 300_000,
        "full_stops.txt": ". " * 100_000,
        "quotes.txt": "".join(
            f"„Das ist die Aussage Nummer {at}“, sagte Anna Brandt am Montag in Kiel. " for at in range(400)
        ),
    }
    for name, text in sources.items():
        (pile / name).write_text(text, encoding="utf-8")
    build(pile, tmp_path / "out")
    read = texts(tmp_path / "out")
    assert set(read) == set(sources)
    assert all(read[name] == text for name, text in sources.items() if name.endswith(".txt"))
    assert told(tmp_path / "out")["one_line.txt"] == "too_long"
    with open_case(tmp_path / "out") as case:
        assert sum("Aussage Nummer" in row["exact"] for row in OpenRecords(case).quotes()) == 400
    page = (tmp_path / "out" / "dossier.html").read_text(encoding="utf-8")
    assert "alert(1)</script>" not in page
    assert "onerror=" not in page
    assert_sound(tmp_path / "out", tmp_path / "export")


def test_names_of_files_may_be_anything(tmp_path: Path) -> None:
    pile = tmp_path / "in"
    pile.mkdir()
    names = [
        "neu\nzeile.txt", "quote\"'.txt", "<script>alert(1)<.txt", "😀 ünïcode.txt", "x" * 250 + ".txt", "back\\slash.txt",
        "a#1.txt", "-.txt", "%20.txt", "tab\t.txt", "\u202ertl.txt", "n\u0303.txt", "\u00f1.txt",
    ]  # fmt: skip
    for name in names:
        (pile / name).write_text(f"{GOOD}{name}", encoding="utf-8")
    raw = os.fsencode(pile) + b"/kein\xff utf8.txt"
    try:
        with open(raw, "w") as file:
            file.write(GOOD)
        names.append("kein\\xff utf8.txt")
    except OSError:  # macOS takes UTF-8 names only
        pass
    build(pile, tmp_path / "out")
    assert set(texts(tmp_path / "out")) == set(names)
    page = (tmp_path / "out" / "dossier.html").read_text(encoding="utf-8")
    assert "<script>alert(1)<" not in page
    assert_sound(tmp_path / "out", tmp_path / "export")


def test_links_do_not_lead_out_and_do_not_loop(tmp_path: Path) -> None:
    pile = tmp_path / "in"
    (pile / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("geheim")
    (pile / "good.txt").write_text(GOOD, encoding="utf-8")
    links = {
        "round": ".", "sub/up": "..", "self.txt": "self.txt", "out.txt": "../secret.txt", "far": str(tmp_path),
        "abs.txt": str(tmp_path / "secret.txt"), "in.txt": "good.txt", "gone.txt": "nowhere.txt",
    }  # fmt: skip
    for name, target in links.items():
        (pile / name).symlink_to(target)
    os.mkfifo(pile / "pipe.txt")
    build(pile, tmp_path / "out")
    assert set(texts(tmp_path / "out")) == {"good.txt", "in.txt"}
    assert told(tmp_path / "out") == {
        "round": "link", "sub/up": "link", "far": "link", "self.txt": "link", "out.txt": "outside", "abs.txt": "outside", "gone.txt": "vanished", "pipe.txt": "not_a_file",
    }  # fmt: skip


def test_a_file_that_vanishes_during_the_run_is_told(tmp_path: Path) -> None:
    pile = tmp_path / "in"
    pile.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (pile / name).write_text(GOOD + name, encoding="utf-8")
    reads = files.read_items([pile], sys.stdin.buffer)
    seen = [next(reads).path, next(reads).path]
    (pile / "b.txt").unlink()
    seen += [one.problems[0].kind if one.problems else one.path for one in reads]
    assert seen == ["lagebild.csv", "a.txt", "vanished", "c.txt"]


def test_a_folder_that_cannot_be_entered_or_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with unprivileged():
        pile = tmp_path / "in"
        (pile / "barred").mkdir(parents=True)
        (pile / "barred" / "x.txt").write_text(GOOD)
        (pile / "barred.txt").write_text(GOOD)
        (pile / "good.txt").write_text(GOOD)
        (pile / "barred.txt").chmod(0)
        (pile / "barred").chmod(0)
        try:
            build(pile, tmp_path / "out")
            assert set(texts(tmp_path / "out")) == {"good.txt"}
            assert told(tmp_path / "out") == {"barred.txt": "unreadable", "barred": "unreadable"}
        finally:
            (pile / "barred").chmod(0o700)


def test_places_where_nothing_may_be_written_are_the_machines_refusal(tmp_path: Path) -> None:
    with unprivileged():
        pile = write_reports(tmp_path / "in", ["01_agentur.txt"])
        locked = tmp_path / "locked"
        locked.mkdir(mode=0o500)
        with pytest.raises(MachineError, match="write"):
            build(pile, locked / "out")
        with pytest.raises(MachineError, match="locked"):
            build(pile, locked)
        build(pile, tmp_path / "out")
        (tmp_path / "out").chmod(0o500)
        (tmp_path / "out" / "case.lagebild").chmod(0o400)
        assert len(texts(tmp_path / "out")) == 1  # reading needs no permission to write
        with pytest.raises(MachineError, match="permission"):
            add_reports(tmp_path / "out", [pile], workers=1)
        (tmp_path / "out").chmod(0o700)


@contextmanager
def unprivileged() -> Iterator[None]:
    """As root nothing is barred: then as another user, in folders of its own."""
    if not ROOT:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder that another user may use too."""
    if ROOT:
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
        os.chown(tmp_path, 65534, 65534)
    return tmp_path


def test_the_dossier_may_lie_inside_its_input(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in", ["01_agentur.txt", "03_amt.txt"])
    build(pile, pile / "dossier")
    again = build_dossier([pile], pile / "dossier", workers=1)
    assert (again.documents, again.new, again.gone) == (2, 0, ())
    (tmp_path / "all").mkdir()
    pile.rename(tmp_path / "all" / "in")
    build(tmp_path / "all" / "in", tmp_path / "all")  # and its input inside the dossier
    assert set(texts(tmp_path / "all")) == {"01_agentur.txt", "03_amt.txt"}
    with pytest.raises(UsageError, match="itself"):
        build(tmp_path / "all", tmp_path / "all")


def test_a_case_is_continued_whatever_else_lies_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("bleibt")
    build(write_reports(tmp_path / "in", ["01_agentur.txt"]), out)
    assert (out / "mine.txt").read_text() == "bleibt"
    assert set(texts(out)) == {"01_agentur.txt"}
    with pytest.raises(UsageError, match="not empty"):
        build_dossier([tmp_path / "in"], out, fresh=True)
    (tmp_path / "empty").mkdir()
    assert build_dossier([tmp_path / "in"], tmp_path / "empty", fresh=True, workers=1).documents == 1


def test_a_changed_file_is_a_document_of_its_own(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in", ["01_agentur.txt"])
    build(pile, tmp_path / "out")
    (pile / "01_agentur.txt").write_text(GOOD, encoding="utf-8")
    report = build_dossier([pile], tmp_path / "out", workers=1)
    assert (report.new, report.documents) == (1, 2)


def test_a_problem_that_is_mended_goes(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in", ["01_agentur.txt"])
    (pile / "x.txt").write_bytes(b"")
    assert build_dossier([pile], tmp_path / "out", workers=1).problems == 1
    (pile / "x.txt").write_text(GOOD, encoding="utf-8")
    assert build_dossier([pile], tmp_path / "out", workers=1).problems == 0


def test_declared_facts_that_change_are_taken_up(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in", ["01_agentur.txt"])
    build(pile, tmp_path / "out")
    (pile / "01_agentur.txt.meta.json").write_text('{"outlet": "Halb \\ud800", "published": "2025-03-12"}')
    report = build_dossier([pile], tmp_path / "out", workers=1)
    assert (report.new, report.documents) == (1, 1)
    with open_case(tmp_path / "out") as case:
        (row,) = OpenRecords(case).documents()
    assert (row["outlet"], row["published"] and row["published"]["value"]) == ("Halb \ufffd", "2025-03-12")


def test_two_writers_are_one_too_many(tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    with open_case(copy, write=True):
        words = [sys.executable, "-m", "lagebild", "add", str(copy)]
        refused = subprocess.run(words, capture_output=True, check=False)
        assert refused.returncode == 4
        assert b"written by another lagebild" in refused.stderr
        reading = subprocess.run([*words[:3], "status", str(copy)], capture_output=True, check=False)
        assert reading.returncode == 0
    add_reports(copy, [], workers=1)


def test_somebody_who_reads_does_not_bar_a_writer(tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    with open_case(copy) as reader:
        before = reader.count(Document)
        (tmp_path / "neu.txt").write_text(GOOD, encoding="utf-8")
        assert add_reports(copy, [tmp_path / "neu.txt"], workers=1).documents == before + 1
        assert reader.count(Document) == before + 1


def test_a_case_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    database = sqlite3.connect(copy / "case.lagebild")
    database.execute("PRAGMA user_version = 999")
    database.close()
    before = (copy / "case.lagebild").read_bytes()
    for attempt in (lambda: open_case(copy), lambda: build_dossier([tmp_path], copy, workers=1)):
        with pytest.raises(CaseError, match="newer lagebild"):
            attempt()
    assert (copy / "case.lagebild").read_bytes() == before


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
@pytest.mark.parametrize("how", ["overwritten", "cut off"])
def test_a_damaged_case_is_told_wherever_it_is_damaged(tmp_path: Path, share: float, how: str) -> None:
    path = changed_pile(tmp_path / "copy") / "case.lagebild"
    data = path.read_bytes()
    at = int(len(data) * share)
    path.write_bytes(data[:at] + (b"" if how == "cut off" else b"\xa5" * 20_000 + data[at + 20_000 :]))
    with suppress(CaseError), open_case(path) as case:
        assert check_case(case).wrong
    for command in (
        ["export", "--to", str(tmp_path / "x")],
        ["show", "quotes"],
        ["search", "Wendlau"],
        ["status"],
    ):
        code = called(command[0], str(path), *command[1:])
        assert code in (0, 4), command
    assert called("add", str(path), "--workers", "1") in (0, 4)


def called(*words: str) -> int:
    """Exit code of a command in this process; an error that nobody foresaw is raised."""
    try:
        main(list(words), standalone_mode=True)
    except SystemExit as end:
        return int(end.code or 0)
    raise AssertionError("a command always ends with a code")


def test_nothing_is_left_where_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.txt").write_bytes(b"")
    with pytest.raises(NothingReadable, match=r"x\.txt"):
        build(tmp_path / "in", tmp_path / "deep" / "out")
    assert not (tmp_path / "deep" / "out").exists()
    with pytest.raises(UsageError):
        build(tmp_path / "nothing", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_case_file_is_found_by_its_folder(tmp_path: Path) -> None:
    assert case_file(tmp_path) == tmp_path / "case.lagebild"
    assert case_file(tmp_path / "x") == tmp_path / "x"


def test_verify_of_what_is_no_page(tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    for data in (b"", b"\0\xff", b"<html></html>"):
        (copy / "x.html").write_bytes(data)
        with suppress(InputError):
            assert verify_dossier(copy / "x.html").wrong
    with pytest.raises(InputError, match=r"absent\.html"):
        verify_dossier(copy / "absent.html")


def test_blanks_need_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        init_meta([tmp_path / "nothing"])
