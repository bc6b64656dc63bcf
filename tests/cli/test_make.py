"""`build` and `add`: what they make, what they say, with which exit code they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lagebild.model.layers import MapLayer
from lagebild.work import open_case
from tests.cli.conftest import Call
from tests.walks.pile import REPORTS, write_reports

Ask = Callable[..., Any]
AGENCY = REPORTS["01_agentur.txt"]


def build(call: Call, *words: object, stdin: bytes = b"") -> Any:
    return call("build", *words, "--workers", 1, stdin=stdin)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "in", ["01_agentur.txt", "06_posts.jsonl"])


def test_build_makes_three_files_and_nothing_else(call: Call, pile: Path, tmp_path: Path) -> None:
    told = build(call, pile, "--out", tmp_path / "out")
    assert told.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "case.lagebild",
        "dossier.html",
        "dossier.md",
    ]
    assert "3 documents (3 new or changed)" in told.stdout
    assert f"open {tmp_path / 'out' / 'dossier.html'}" in told.stdout


def test_the_number_of_problems_is_the_last_line_on_stderr(call: Call, pile: Path, tmp_path: Path) -> None:
    assert build(call, pile, "--out", tmp_path / "a").stderr.splitlines()[-1] == "0"
    (pile / "leer.txt").write_bytes(b"")
    (pile / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for extra in ((), ("--json",), ("--quiet",)):
        told = build(call, pile, "--out", tmp_path / "b", *extra)
        assert told.exit_code == 0
        assert told.stderr.splitlines()[-1] == "2"


def test_json_says_what_was_made(call: Call, pile: Path, tmp_path: Path) -> None:
    answer = json.loads(build(call, pile, "--out", tmp_path / "out", "--json").stdout)
    assert (answer["files"], answer["new"], answer["documents"], answer["problems"]) == (2, 3, 3, 0)
    assert answer["pages"] == [str(tmp_path / "out" / name) for name in ("dossier.html", "dossier.md")]
    again = json.loads(build(call, pile, "--out", tmp_path / "out", "--json").stdout)
    assert (again["new"], again["computed"]) == (0, {})


def test_several_inputs_and_standard_input(call: Call, ask: Ask, pile: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(REPORTS["04_english.txt"])
    told = build(call, pile, tmp_path / "x.txt", "-", "--out", tmp_path / "out", stdin=AGENCY)
    assert told.exit_code == 0, told.stderr
    rows = ask("show", tmp_path / "out", "documents")["documents"]
    assert [row["path"] for row in rows] == [
        "-",
        "01_agentur.txt",
        "06_posts.jsonl",
        "06_posts.jsonl",
        "x.txt",
    ]
    assert rows[0]["text"].encode() == AGENCY


def test_add_adds_without_pages(call: Call, ask: Ask, pile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(call, pile, "--out", out)
    page = (out / "dossier.html").read_bytes()
    (tmp_path / "x.txt").write_bytes(REPORTS["04_english.txt"])
    answer = ask("add", out, tmp_path / "x.txt")
    assert (answer["new"], answer["documents"], answer["pages"]) == (1, 4, [])
    assert (out / "dossier.html").read_bytes() == page
    assert ask("add", out)["computed"] == {}


def test_a_file_that_has_gone_is_told(call: Call, pile: Path, tmp_path: Path) -> None:
    build(call, pile, "--out", tmp_path / "out")
    (pile / "06_posts.jsonl").unlink()
    told = build(call, pile, "--out", tmp_path / "out")
    assert told.exit_code == 0
    assert "06_posts.jsonl is gone from the input" in told.stderr
    assert "3 documents" in told.stdout


def test_blanks_to_fill_in_are_written_and_then_used(
    call: Call, ask: Ask, pile: Path, tmp_path: Path
) -> None:
    told = call("build", pile, "--init-meta")
    assert told.exit_code == 0
    table = pile / "lagebild.csv"
    assert str(table) in told.stdout
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines == ["path,published,outlet,url,language,title", "01_agentur.txt,,,,,", "06_posts.jsonl,,,,,"]
    table.write_text(
        "\n".join([lines[0], "01_agentur.txt,2025-03-12T18:00,Wendlauer Bote,,,"]), encoding="utf-8"
    )
    build(call, pile, "--out", tmp_path / "out")
    row = ask("show", tmp_path / "out", "documents")["documents"][0]
    assert row["published"]["value"] == "2025-03-12T18:00"
    assert row["published"]["reasons"]
    assert row["outlet"] == "Wendlauer Bote"


def test_settings_are_read_kept_and_checked(call: Call, ask: Ask, pile: Path, tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text('timezone = "Europe/Lisbon"')
    build(call, pile, "--out", tmp_path / "out", "--settings", tmp_path / "good.toml")
    assert ask("status", tmp_path / "out")["settings"]["timezone"] == "Europe/Lisbon"
    build(call, pile, "--out", tmp_path / "out")
    assert ask("status", tmp_path / "out")["settings"]["timezone"] == "Europe/Lisbon"
    for text in ('timezone = "Mond"', "timezone = 3", "farbe = 1", "timezone =", 'max_text = "viel"'):
        (tmp_path / "bad.toml").write_text(text)
        told = build(call, pile, "--out", tmp_path / "never", "--settings", tmp_path / "bad.toml")
        assert told.exit_code == 2, text
        assert told.stderr.startswith("lagebild: ")
    told = build(call, pile, "--out", tmp_path / "never", "--settings", tmp_path / "absent.toml")
    assert told.exit_code == 2
    assert not (tmp_path / "never").exists()


def test_wrong_calls_end_with_two_and_write_nothing(call: Call, pile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "file").write_text("mine")
    wrong: list[tuple[object, ...]] = [
        ("build",),
        ("build", pile),
        ("build", tmp_path / "nothing", "--out", out),
        ("build", pile, tmp_path / "nothing", "--out", out),
        ("build", pile, "--out", tmp_path / "file"),
        ("build", pile, "--out", pile, "--fresh"),
        ("build", pile / "01_agentur.txt", "--init-meta"),
        ("build", pile, "--out", out, "--workers", "0"),
        ("show", out, "everything"),
        ("frobnicate",),
    ]
    for words in wrong:
        told = call(*words)
        assert told.exit_code == 2, words
        assert told.stdout == ""
        assert told.stderr
        assert not out.exists()
    assert (tmp_path / "file").read_text() == "mine"
    assert sorted(path.name for path in pile.iterdir()) == ["01_agentur.txt", "06_posts.jsonl"]


def test_a_wrong_name_leaves_a_finished_case_finished(
    call: Call, ask: Ask, pile: Path, tmp_path: Path
) -> None:
    build(call, pile, "--out", tmp_path / "out")
    assert build(call, tmp_path / "nothing", "--out", tmp_path / "out").exit_code == 2
    assert call("add", tmp_path / "out", tmp_path / "nothing").exit_code == 2
    assert ask("status", tmp_path / "out")["interrupted"] is False


def test_nothing_readable_ends_with_three_and_leaves_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = tmp_path / "out"
    assert build(call, tmp_path / "in", "--out", out).exit_code == 3
    (tmp_path / "in" / "leer.txt").write_bytes(b"\n")
    (tmp_path / "in" / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    told = build(call, tmp_path / "in", "--out", out)
    assert (told.exit_code, told.stdout) == (3, "")
    assert "leer.txt" in told.stderr
    assert "PNG" in told.stderr
    assert build(call, "-", "--out", out).exit_code == 3
    assert not out.exists()


def test_nothing_readable_in_what_is_added_leaves_the_case_as_it_is(
    call: Call, ask: Ask, pile: Path, tmp_path: Path
) -> None:
    build(call, pile, "--out", tmp_path / "out")
    (tmp_path / "leer.txt").write_bytes(b"")
    answer = ask("add", tmp_path / "out", tmp_path / "leer.txt")
    assert (answer["documents"], answer["problems"]) == (3, 1)
    assert call("verify", tmp_path / "out").exit_code == 0


def test_what_steers_a_terminal_is_shown_not_sent(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = "„Alles \x1b[31m rot \x9b und\nneu“, sagte Anna Brandt am Montag in Kiel."
    (tmp_path / "in" / "a\x1b[2J\nb.txt").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "x\x1b.bin").write_bytes(b"%PDF-1.7")
    out = tmp_path / "out"
    assert build(call, tmp_path / "in", "--out", out).exit_code == 0
    for command in (["show", out, "documents"], ["show", out, "problems"], ["search", out, "rot"]):
        told = call(*command).stdout
        assert told
        assert not {"\x1b", "\x9b"} & set(told)
    record = json.loads(call("show", out, "documents", "--json").stdout)["documents"][0]
    assert record["text"] == text
    assert record["path"] == "a\x1b[2J\nb.txt"


def square(day: str) -> str:
    ring = [[8.0, 50.0], [14.0, 50.0], [14.0, 55.0], [8.0, 55.0], [8.0, 50.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"date": day}, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_layers_are_kept_with_the_case_until_they_are_taken_away(
    call: Call, pile: Path, tmp_path: Path
) -> None:
    maps, out = tmp_path / "maps", tmp_path / "out"
    maps.mkdir()
    (maps / "a.geojson").write_text(square("2024-05-02"), encoding="utf-8")
    first = build(
        call, pile, "--out", out, "--layer", f"flood={maps}/*.geojson", "--layer-credit", "flood=Karte <1>"
    )
    assert first.exit_code == 0, first.stderr
    with open_case(out) as case:
        assert [(row.name, row.day, row.attribution) for row in case.rows(MapLayer)] == [
            ("flood", "2024-05-02", "Karte <1>")
        ]
    again = json.loads(build(call, pile, "--out", out, "--json").stdout)
    assert (again["computed"], again["notes"]) == ({}, [])
    with open_case(out) as case:
        assert len(list(case.rows(MapLayer))) == 1
    assert call("add", out, "--layer", "flood=").exit_code == 0
    with open_case(out) as case:
        assert not list(case.rows(MapLayer))


def test_a_layer_that_cannot_be_read_stops_before_anything_is_written(
    call: Call, pile: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.geojson").write_text('{"type": "Feature", "geometry": 3}', encoding="utf-8")
    told = build(call, pile, "--out", tmp_path / "out", "--layer", f"x={tmp_path / 'x.geojson'}")
    assert told.exit_code == 3
    assert "x.geojson, feature 1: its geometry is no object; correct the file" in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [("--layer", "x"), ("--layer", "x=nothing.geojson"), ("--layer-credit", "x=Y"), ("--layer-credit", "x")],
)
def test_wrong_layers_are_wrong_calls(call: Call, pile: Path, tmp_path: Path, words: tuple[str, str]) -> None:
    told = build(call, pile, "--out", tmp_path / "out", *words)
    assert told.exit_code == 2
    assert not (tmp_path / "out").exists()
