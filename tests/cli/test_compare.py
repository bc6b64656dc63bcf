"""`lagebild compare`: edits marked, shares that add up, documents named by path or id."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lagebild.work import build_dossier
from tests.cli.conftest import Call

Ask = Callable[..., Any]

REPORT = (
    "Am Wehr von Rodenthal haben Angler am Montag einen Stör von 2,10 Metern Länge gefangen und nach dem Messen freigelassen. "
    "Der Fisch trug einen Sender, den Biologen aus Lübben vor vier Jahren eingesetzt hatten."
)
COPY = REPORT.replace("2,10", "2,30").replace("gefangen", "aus dem Wasser gezogen")
OTHER = "Ein neues Klavier bekommt die Musikschule in Trebnitz, bezahlt haben es ehemalige Schüler. Im Mai gibt es ein Konzert."


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    for name, text in (
        ("bote", REPORT),
        ("kurier", f"{COPY} {OTHER}"),
        ("fremd", OTHER.replace("Klavier", "Cembalo")[:60]),
    ):
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    build_dossier([folder], folder / "out", workers=1)
    return folder / "out"


def test_edits_are_marked_and_shares_add_up(call: Call, ask: Ask, case: Path) -> None:
    answer = ask("compare", case, "bote.txt", "kurier.txt")
    for side in (answer["left"], answer["right"]):
        assert side["copied"] + side["same_witness"] + side["own"] == side["words"]
    assert answer["left"]["own"] == 0
    assert answer["right"]["own"] > 10
    (passage,) = answer["passages"]
    assert (passage["kind"], passage["earlier"], passage["direction"]) == ("edited", None, "unknown")
    changed = [(one["left"], one["right"]) for one in passage["stretches"] if not one["equal"]]
    assert changed == [("2,10", "2,30"), ("gefangen", "aus dem Wasser gezogen")]
    told = call("compare", case, "bote.txt", "kurier.txt").stdout
    assert "[-2,10-]" in told
    assert "{+2,30+}" in told


def test_ids_name_documents_too(ask: Ask, case: Path) -> None:
    by_path = ask("compare", case, "bote.txt", "kurier.txt")
    assert ask("compare", case, by_path["left"]["doc_id"], by_path["right"]["doc_id"]) == by_path


def test_documents_that_share_nothing(call: Call, case: Path) -> None:
    told = call("compare", case, "bote.txt", "fremd.txt")
    assert told.exit_code == 0
    assert "share no passage" in told.stderr


@pytest.mark.parametrize(("left", "right"), [("bote.txt", "bote.txt"), ("bote.txt", "nirgends.txt")])
def test_a_name_that_fits_nothing_or_twice_the_same_is_a_wrong_call(
    call: Call, case: Path, left: str, right: str
) -> None:
    assert call("compare", case, left, right).exit_code == 2


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    rows = [
        {"id": "1", "text": REPORT, "url": "https://bote.example/stoer", "published": "2025-05-01T08:00"},
        {"id": "2", "text": REPORT.replace("2,10", "1,20"), "url": "https://www.bote.example/stoer?x=1", "published": "2025-05-02T08:00"},
    ]  # fmt: skip
    (folder / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build_dossier([folder / "r.jsonl"], folder / "out", workers=1)
    return folder / "out"


def test_versions_show_what_was_changed_silently(call: Call, ask: Ask, versions: Path) -> None:
    answer = ask("compare", versions, "r.jsonl#1", "r.jsonl#2")
    assert (answer["version"], answer["notice"]) == (True, None)
    assert [(one["left"], one["right"]) for one in answer["changes"] if not one["equal"]] == [
        ("2,10", "1,20")
    ]
    told = call("compare", versions, "r.jsonl#1", "r.jsonl#2").stdout
    assert "two versions of one article, 1 place changed" in told
    assert "does not say that it was changed" in told
    assert "[-2,10-] {+1,20+}" in told


def test_versions_are_no_copies_in_listing_and_export(ask: Ask, versions: Path) -> None:
    listed = ask("show", versions, "copies")
    assert [row["version"] for row in listed["copies"]] == [True]
    later = next(row for row in listed["shares"] if row["line"] == 2)
    assert [one["kind"] for one in later["shares"]] == ["own", "version"]
    assert sum(one["share"] for one in later["shares"]) == pytest.approx(1)
    assert "Fassungen" in (versions / "dossier.html").read_text(encoding="utf-8")
