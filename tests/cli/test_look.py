"""Commands that read a case: what they print, where, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lagebild.cli.main import main
from lagebild.model.document import Document
from lagebild.model.open import OPEN_FILES
from lagebild.questions.listing import LISTINGS
from lagebild.work import open_case
from tests.cli.conftest import Call
from tests.walks.pile import changed_pile

Ask = Callable[..., Any]


@pytest.mark.parametrize("name", list(main.commands))
def test_help_of_every_command_has_an_example(call: Call, name: str) -> None:
    told = call(name, "--help")
    assert told.exit_code == 0
    assert "Example" in told.stdout
    assert f"lagebild {name}" in told.stdout
    assert call(name, "-h").stdout == told.stdout


def test_the_version_is_told(call: Call) -> None:
    assert call("--version").stdout.startswith("lagebild, version ")


def test_status_counts_and_names_languages(call: Call, ask: Ask, dossier: Path) -> None:
    answer = ask("status", dossier)
    assert answer["counts"]["documents"] == 8
    assert answer["languages"] == {"de": 6, "en": 1, "ru": 1}
    assert answer["interrupted"] is False
    lines = call("status", dossier).stdout.splitlines()
    assert "   documents 8" in lines
    assert lines[-1] == "   languages de 6, en 1, ru 1"


def test_a_case_goes_by_its_folder_or_its_file(ask: Ask, dossier: Path) -> None:
    assert ask("status", dossier) == ask("status", dossier / "case.lagebild")


@pytest.mark.parametrize("what", sorted(LISTINGS))
def test_show_lists_every_kind_with_ids(call: Call, ask: Ask, dossier: Path, what: str) -> None:
    rows = ask("show", dossier, what)[what]
    told = call("show", dossier, what)
    assert told.exit_code == 0
    if rows:
        heads = [line for line in told.stdout.splitlines() if not line.startswith(" ")]
        assert len(heads) == len(rows)
        key = {"places": "entity", "problems": "unit"}.get(what, "id")
        assert [head.split("  ")[0] for head in heads] == [row[key] for row in rows]
    else:
        assert told.stderr.strip() == f"no {what} in this case"


def test_quotes_of_a_speaker_in_all_spellings(ask: Ask, dossier: Path) -> None:
    rows = ask("show", dossier, "quotes", "--speaker", "kowaljowa")["quotes"]
    said = {row["exact"] for row in rows}
    assert "Wir konnten keine Stunde länger warten" in said
    assert "Die Risse sind erst im Februar entstanden" in said  # there she is spelt Kovaleva
    assert len({row["entity"] for row in rows}) == 1
    assert ask("show", dossier, "quotes", "--speaker", "Niemand")["quotes"] == []


def test_a_speaker_goes_with_quotes_only(call: Call, dossier: Path) -> None:
    told = call("show", dossier, "claims", "--speaker", "x")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "quotes" in told.stderr


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["brücke"], True),
        (["bruecke"], True),
        (["hafenbrücken"], True),
        (["pendler", "stau"], True),
        (['"keine Stunde länger"'], True),
        (['"Stunde keine"'], False),
        (["lastw*"], True),
        (["Fahrgast"], False),
        (["*"], False),
        (['"'], False),
    ],
)
def test_search_finds_words_inflected_folded_and_in_phrases(
    ask: Ask, dossier: Path, words: list[str], found: bool
) -> None:
    hits = ask("search", dossier, *words)["hits"]
    assert bool(hits) == found
    for hit in hits:
        assert hit["exact"]
        assert hit["path"]


def test_search_tells_places_and_stops_at_the_limit(call: Call, dossier: Path) -> None:
    told = call("search", dossier, "Wendlau", "--limit", 2)
    heads = [line for line in told.stdout.splitlines() if not line.startswith(" ")]
    assert len(heads) == 2
    assert all(head.split(":")[0].startswith("0") for head in heads)
    assert call("search", dossier, "Fahrgast").stderr == "nothing found\n"


def test_why_leads_from_a_finding_to_bytes(call: Call, ask: Ask, dossier: Path) -> None:
    finding = ask("show", dossier, "findings")["findings"][0]["id"]
    told = call("why", dossier, finding).stdout
    assert told.startswith(f"finding {finding}  (step compare_claims, run 1)")
    assert "  claim " in told
    assert "bytes" in told
    assert ".txt" in told
    trail = ask("why", dossier, finding)
    assert trail["table"] == "finding"
    assert {one["table"] for one in trail["rests_on"]} >= {"claim"}


def test_why_of_an_unknown_id_is_a_wrong_call(call: Call, dossier: Path) -> None:
    told = call("why", dossier, "f0000")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "f0000" in told.stderr


def test_export_writes_every_file_and_words_when_asked(ask: Ask, dossier: Path, tmp_path: Path) -> None:
    written = ask("export", dossier, "--to", tmp_path / "a")["written"]
    assert {Path(path).stem for path in written} == set(OPEN_FILES) - {"words"}
    more = ask("export", dossier, "--to", tmp_path / "b", "--with", "words")["written"]
    assert {Path(path).stem for path in more} == set(OPEN_FILES)
    for path in more:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            assert isinstance(json.loads(line), dict)


def test_export_of_the_map(ask: Ask, call: Call, dossier: Path, tmp_path: Path) -> None:
    assert ask("export", dossier, "--format", "kml", "--to", tmp_path / "m")["written"] == [
        str(tmp_path / "m" / "map.kml")
    ]
    target = tmp_path / "places.geojson"
    assert ask("export", dossier, "--format", "geojson", "--to", target)["written"] == [str(target)]
    places = json.loads(target.read_text(encoding="utf-8"))["features"]
    with open_case(dossier) as case:
        texts = {row.id: row.text for row in case.rows(Document)}
    for place in places:
        assert place["properties"]["precision_km"] > 0
        assert place["properties"]["passages"]
        for one in place["properties"]["passages"]:
            assert texts[one["doc"]][one["start"] : one["end"]] == one["exact"]
    assert call("export", dossier, "--format", "kml", "--with", "words", "--to", tmp_path).exit_code == 2


def test_export_to_a_file_is_refused_by_the_machine(call: Call, dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    told = call("export", dossier, "--to", tmp_path / "taken")
    assert told.exit_code == 5
    assert "taken" in told.stderr
    assert (tmp_path / "taken").read_text() == "mine"


def test_verify_is_content_with_a_case_and_its_page(call: Call, ask: Ask, dossier: Path) -> None:
    told = call("verify", dossier)
    assert told.exit_code == 0
    assert told.stdout.endswith("all is as it was written\n")
    answer = ask("verify", dossier / "dossier.html")
    assert answer["wrong"] == []
    assert answer["checked"]["citations"] > 8


def test_verify_of_a_changed_page_fails_with_one(call: Call, tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    page = copy / "dossier.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("Stunde länger", "Sekunde länger"), encoding="utf-8"
    )
    told = call("verify", page, "--json")
    assert told.exit_code == 1
    assert any("Sekunde" in said for said in json.loads(told.stdout)["wrong"])


@pytest.mark.parametrize(
    "command", [("status",), ("show", "quotes"), ("search", "x"), ("why", "x"), ("verify",)]
)
def test_what_is_no_case_ends_with_four(call: Call, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "note.txt").write_text("keine Datenbank " * 50)
    for given in (tmp_path, tmp_path / "note.txt", tmp_path / "nothing"):
        told = call(command[0], given, *command[1:])
        assert (told.exit_code, told.stdout) == (4, "")
        assert told.stderr.startswith("lagebild: ")
        assert len(told.stderr.splitlines()) == 1


def test_doctor_finds_this_machine_well(ask: Ask) -> None:
    assert all(check["good"] for check in ask("doctor")["checks"])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(call: Call, shell: str) -> None:
    told = call("completion", shell)
    assert told.exit_code == 0
    assert "_LAGEBILD_COMPLETE" in told.stdout


def test_reading_leaves_nothing_beside_the_case(call: Call, tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    for command in (["status", copy], ["show", copy, "quotes"], ["verify", copy]):
        assert call(*command).exit_code == 0
    assert sorted(path.name for path in copy.iterdir()) == ["case.lagebild", "dossier.html", "dossier.md"]
