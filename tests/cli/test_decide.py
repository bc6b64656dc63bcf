"""`lagebild decide`: rulings change what they are about, survive later runs, travel in a file, and refuse what is not there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lagebild.cli.main import main
from lagebild.work import build_dossier
from tests.walks.pile import write_reports

NAMES = ("Irina Kovaleva", "Irina Kowaljowa")
WORDS = "Die Risse sind erst im Februar entstanden"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decide")
    build_dossier([write_reports(folder / "in")], folder / "out", workers=1)
    return folder


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A copy of the built case that may be written."""
    shutil.copytree(built / "out", tmp_path / "out")
    return tmp_path / "out"


def call(*words: object, code: int = 0) -> str:
    """What the command says; it must end with `code`."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done.output


def asked(*words: object) -> Any:
    return json.loads(call(*words, "--json"))


def decide(case: Path, *words: object) -> Any:
    """The first decision of a ruling's answer."""
    return asked("decide", case, *words, "--workers", "1")["decisions"][0]


def shown(case: Path, what: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = asked("show", case, what)[what]
    return rows


def entities(case: Path) -> set[frozenset[str]]:
    return {frozenset(name["text"] for name in row["names"]) for row in shown(case, "entities")}


def quote(case: Path, words: str = WORDS) -> dict[str, Any]:
    return next(row for row in shown(case, "quotes") if row["exact"] == words)


def entity_id(case: Path, name: str) -> str:
    return next(str(row["id"]) for row in shown(case, "entities") if row["name"] == name)


def states(case: Path) -> list[tuple[str, str]]:
    return [(row["kind"], row["state"]) for row in asked("decide", case, "list")["decisions"]]


def test_names_ruled_apart_and_back_again(case: Path) -> None:
    before = entities(case)
    assert any(set(NAMES) <= names for names in before)
    ruling = decide(case, "not-same", *NAMES, "--by", "A. Prüferin", "--at", "2025-03-14T21:40:00+01:00")
    assert (ruling["by"], ruling["at"], ruling["state"]) == (
        "A. Prüferin",
        "2025-03-14T20:40:00+00:00",
        "stands",
    )
    assert [place["exact"] for place in ruling["places"]] == list(NAMES)
    assert not any(set(NAMES) <= names for names in entities(case))
    assert any(reason["name"] == "ruling" for row in shown(case, "entities") for reason in row["reasons"])
    withdrawn = decide(case, "withdraw", ruling["id"])
    assert withdrawn["state"] == "withdrawn"
    assert withdrawn["withdrawn_at"]
    assert entities(case) == before
    assert states(case) == [("not_same", "withdrawn")]
    assert "already" in call("decide", case, "withdraw", ruling["id"], code=2)


def test_entities_may_be_ruled_the_same_by_their_ids(case: Path) -> None:
    one, other = entity_id(case, "Irina Kowaljowa"), entity_id(case, "Jens Mattfeld")
    ruling = decide(case, "same", one, other)
    assert ruling["values"][:2] == ["Irina Kowaljowa", "Jens Mattfeld"]
    assert any({"Irina Kowaljowa", "Jens Mattfeld"} <= names for names in entities(case))


def test_a_ruled_speaker_stands_with_its_reason_and_touches_nothing_else(case: Path) -> None:
    before = {row["id"]: row["entity"] for row in shown(case, "quotes")}
    spoken = quote(case)
    answer = asked("decide", case, "speaker-is", spoken["id"], "Jens Mattfeld", "--workers", "1")
    assert answer["decisions"][0]["state"] == "stands"
    assert answer["computed"]["name_speakers"] == 1
    assert not {"find_quotes", "find_names", "link_mentions"} & {name for name, count in answer["computed"].items() if count}  # fmt: skip
    after = {row["id"]: row["entity"] for row in shown(case, "quotes")}
    assert {key for key in after if after[key] != before[key]} == {spoken["id"]}
    assert quote(case)["entity"] == entity_id(case, "Jens Mattfeld")
    assert "ruling" in {reason["name"] for reason in quote(case)["reasons"]}
    told = call("why", case, spoken["id"])
    assert "because ruling: " in told
    assert answer["decisions"][0]["id"] in told
    assert "Jens Mattfeld" in call("why", case, answer["decisions"][0]["id"], "--json")
    assert "all is as it was written" in call("verify", case)


def test_a_speaker_may_be_ruled_unknown(case: Path) -> None:
    decide(case, "speaker-is", quote(case)["id"], "unknown")
    assert (quote(case)["entity"], quote(case)["speaker_kind"]) == (None, "unknown")


def test_a_newer_ruling_on_the_same_words_overrules(case: Path) -> None:
    spoken = quote(case)["id"]
    decide(case, "speaker-is", spoken, "Jens Mattfeld", "--at", "2025-01-02T00:00:00Z")
    decide(case, "speaker-is", spoken, "Irina Kowaljowa", "--at", "2025-01-03T00:00:00Z")
    assert states(case) == [("speaker_is", "overruled"), ("speaker_is", "stands")]
    assert quote(case)["entity"] == entity_id(case, "Irina Kowaljowa")


def test_rulings_survive_another_build(case: Path, built: Path) -> None:
    decide(case, "not-same", *NAMES)
    decide(case, "speaker-is", quote(case)["id"], "Jens Mattfeld")
    before = shown(case, "quotes")
    call("build", built / "in", "--out", case, "--workers", "1", "--quiet")
    assert shown(case, "quotes") == before
    assert [state for _, state in states(case)] == ["stands", "stands"]


def test_rulings_travel_in_a_file(case: Path, built: Path, tmp_path: Path) -> None:
    decide(case, "not-same", *NAMES)
    gone = decide(case, "same", "Irina Kovaleva", "Jens Mattfeld")
    decide(case, "speaker-is", quote(case)["id"], "Jens Mattfeld")
    file = tmp_path / "rulings.json"
    call("decide", case, "export", file)
    other = tmp_path / "other"
    build_dossier([built / "in"], other, workers=1)
    call("decide", other, "import", file, "--workers", "1")
    assert shown(other, "quotes") == shown(case, "quotes")
    assert shown(other, "entities") == shown(case, "entities")
    decide(case, "withdraw", gone["id"])
    call("decide", case, "export", file)
    assert decide(other, "import", file)["id"] == gone["id"]
    assert shown(other, "entities") == shown(case, "entities")
    again = tmp_path / "again.json"
    call("decide", other, "export", again)
    assert again.read_bytes() == file.read_bytes()
    assert asked("decide", other, "import", file)["decisions"] == []


def test_rulings_without_their_place_are_shown_as_lost(case: Path, tmp_path: Path) -> None:
    decide(case, "not-same", *NAMES)
    decide(case, "speaker-is", quote(case)["id"], "Jens Mattfeld")
    file = tmp_path / "rulings.json"
    call("decide", case, "export", file)
    few = tmp_path / "few"
    build_dossier([write_reports(tmp_path / "in", ["01_agentur.txt", "07_archiv.txt"])], few, workers=1)
    call("decide", few, "import", file, "--workers", "1")
    assert [state for _, state in states(few)] == ["lost", "lost"]
    told = call("decide", few, "list")
    assert "Irina Kovaleva is no longer a name in this case" in told
    assert "its source is not in this case" in told


def test_a_place_is_lost_where_its_words_changed(case: Path, tmp_path: Path) -> None:
    """The same source, read in another way: words that are gone are not looked for nearby."""
    decide(case, "speaker-is", quote(case)["id"], "Jens Mattfeld")
    file = tmp_path / "rulings.json"
    call("decide", case, "export", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["decisions"][0] |= {"id": "rother"}
    data["decisions"][0]["about"][0] |= {"exact": "Die Risse sind erst im März entstanden"}
    file.write_text(json.dumps(data), encoding="utf-8")
    lost = decide(case, "import", file)
    assert (lost["id"], lost["state"], lost["why"]) == ("rother", "lost", "its words are no longer found in their source")  # fmt: skip


def test_pages_are_written_when_asked_for(case: Path) -> None:
    page = case / "dossier.html"
    before = page.read_bytes()
    assert "--pages" in call(
        "decide", case, "speaker-is", quote(case)["id"], "Jens Mattfeld", "--workers", "1"
    )
    assert page.read_bytes() == before
    assert "open " in call("decide", case, "not-same", *NAMES, "--pages", "--workers", "1")
    assert page.read_bytes() != before
    assert "all is as it was written" in call("verify", page)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("same", "Jens Matfeld", "Irina Kowaljowa"), "near: Jens Mattfeld"),
        (("same", "Xqzt", "Irina Kowaljowa"), "show CASE entities"),
        (("same", "Jens Mattfeld", "jens mattfeld"), "one name form"),
        (("not-same", "Jens Mattfeld", "dpa"), "is a person here and dpa is none"),
        (("speaker-is", "d00:q1-2", "Jens Mattfeld"), "show CASE quotes"),
        (("withdraw", "r00"), "list"),
        (("same", "Jens Mattfeld"), "same A B"),
        (("same", *NAMES, "--at", "gestern"), "2025-03-14T21:40:00+01:00"),
        (("same", *NAMES, "--at", "2025-03-14T21:40:00"), "offset"),
    ],
)
def test_what_cannot_be_ruled_is_refused_and_nothing_is_stored(
    case: Path, words: tuple[str, ...], said: str
) -> None:
    kept = (case / "case.lagebild").read_bytes()
    assert said in call("decide", case, *words, code=2)
    assert states(case) == []
    assert len((case / "case.lagebild").read_bytes()) == len(kept)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"format": "other", "version": 1, "decisions": []}',
        '{"format": "lagebild-decisions", "version": 2, "decisions": []}',
        '{"format": "lagebild-decisions", "version": 1, "decisions": [{"id": "r1"}]}',
        '{"format": "lagebild-decisions", "version": 1, "decisions": [{"id": "r1", "kind": "same", "about": [], "values": ["a", "b"], "by": "x", "at": "2025-01-01"}]}',
        '{"format": "lagebild-decisions", "version": 1, "decisions": [{"id": "r1", "kind": "else", "about": [{"sha256": "", "exact": "", "before": "", "after": "", "start_hint": 0}], "values": ["a", "b"], "by": "x", "at": "2025-01-01"}]}',
        '{"format": "lagebild-decisions", "version": 1, "decisions": [{"id": "r1", "kind": "same", "about": [{"sha256": "", "exact": "", "before": "", "after": "", "start_hint": 0}], "values": ["a", "b"], "by": "x", "at": "soon"}]}',
    ],
)
def test_a_file_that_holds_something_else_is_refused(case: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "file.json"
    file.write_text(content, encoding="utf-8")
    assert "not a file of decisions" in call("decide", case, "import", file, code=3)
    assert states(case) == []


def test_a_missing_file_is_told(case: Path, tmp_path: Path) -> None:
    assert "name a file" in call("decide", case, "import", tmp_path / "none.json", code=3)


def test_ambiguous_names_are_refused_with_the_ids_to_choose_from(tmp_path: Path) -> None:
    texts = {
        "a.txt": "„Das Wasser steigt seit Tagen“, sagte Anke Dorn am Montag in Kiel. Dorn war in Kiel dabei.",
        "b.txt": "„Es bleibt alles trocken“, sagte Uwe Dorn am Dienstag in Kiel. Dorn war in Kiel dabei.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    build_dossier([tmp_path / name for name in texts], out, workers=1)
    spoken = quote(out, "Es bleibt alles trocken")["id"]
    told = call("decide", out, "speaker-is", spoken, "Dorn", code=2)
    for name in ("Anke Dorn", "Uwe Dorn"):
        assert f"{entity_id(out, name)}  {name}" in told
    decide(out, "speaker-is", spoken, entity_id(out, "Anke Dorn"))
    assert quote(out, "Es bleibt alles trocken")["entity"] == entity_id(out, "Anke Dorn")


def test_namesakes_are_ruled_one_by_their_ids(tmp_path: Path) -> None:
    texts = {
        "a.txt": "Der Bürgermeister von Wurzen, Enno Dornbach (61), tritt am Montag zurück. Dornbach nannte keine Gründe.",
        "b.txt": "Der 24-jährige Enno Dornbach aus Greiz hat sich am Dienstag verletzt. Dornbach fällt lange aus.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    build_dossier([tmp_path / name for name in texts], out, workers=1)
    ids = [row["id"] for row in shown(out, "entities") if row["name"] == "Enno Dornbach"]
    assert len(ids) == 2
    told = call("decide", out, "same", "Enno Dornbach", "Greiz", code=2)
    assert all(f"{one}  Enno Dornbach (PER, age:" in told for one in ids)
    ruling = decide(out, "same", *ids)
    assert ruling["state"] == "stands"
    assert [row["name"] for row in shown(out, "entities")].count("Enno Dornbach") == 1
    assert decide(out, "withdraw", ruling["id"])["state"] == "withdrawn"
    assert [row["name"] for row in shown(out, "entities")].count("Enno Dornbach") == 2
