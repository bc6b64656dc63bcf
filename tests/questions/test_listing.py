"""Rows as lines: an id to ask about, what it says, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lagebild.case.sqlite import Case
from lagebild.questions.listing import LISTINGS, Listed, listing
from lagebild.questions.trail import follow
from lagebild.work import build_dossier, open_case
from tests.walks.pile import built_pile


@pytest.fixture
def case() -> Iterator[Case]:
    with open_case(built_pile()) as opened:
        yield opened


def listed(case: Case, what: str, speaker: str | None = None) -> list[Listed]:
    return list(listing(case, what, speaker=speaker))


@pytest.mark.parametrize("what", sorted(set(LISTINGS) - {"problems"}))
def test_the_first_word_of_a_line_is_an_id_with_a_trail(case: Case, what: str) -> None:
    for row in listed(case, what):
        assert follow(case, row.line.split("  ")[0], depth=0) is not None


def test_documents_say_when_by_whom_and_in_which_language(case: Case) -> None:
    rows = {row.record["path"]: row for row in listed(case, "documents")}
    assert rows["05_seite.html"].details[0] == "Brücke & Streit"
    assert rows["05_seite.html"].details[1].startswith("Wendlauer Bote · 2025-03-13T08:15")
    assert "(inferred)" in rows["01_agentur.txt"].details[1]
    assert any("undated" in row.details[1] for row in listed(case, "documents"))
    assert rows["01_agentur.txt"].details[1].endswith("dpa")


def test_quotes_name_the_speaker_as_said_and_as_meant(case: Case) -> None:
    (row,) = [row for row in listed(case, "quotes") if row.record["exact"].startswith("Die Risse sind erst")]
    assert "sie = Irina Kowaljowa" in row.line
    assert row.details == ("Die Risse sind erst im Februar entstanden", "03_amt.txt:214-255")


def test_disputes_are_the_findings_that_clash_with_sides_and_origins(case: Case) -> None:
    disputes = listed(case, "disputes")
    assert [row.record["id"] for row in disputes] == [
        row.record["id"] for row in listed(case, "findings") if row.record["clash"]
    ]
    assert disputes
    for row in disputes:
        sides = [line for line in row.details if line.startswith("- ")]
        assert len(sides) == len(row.record["sides"]) >= 2
        assert all("[" in side for side in sides)


def test_speakers_are_found_by_any_part_of_a_name_in_any_case(case: Case) -> None:
    assert {row.record["id"] for row in listed(case, "quotes", "MATTFELD")} == {
        row.record["id"] for row in listed(case, "quotes") if "Mattfeld" in row.line
    }
    assert listed(case, "quotes", "MATTFELD")
    assert listed(case, "quotes", "zzz") == []


def test_quotes_say_to_whom_and_who_passes_them_on(tmp_path: Path) -> None:
    report = tmp_path / "in" / "a.txt"
    report.parent.mkdir()
    report.write_text(
        "Brücke gesperrt\n\n„Die Brücke bleibt zu“, sagte Amtsleiter Jens Thiel der Agentur Nordpress zufolge. "
        "Er versprach den Anwohnern, eine Fähre einzurichten.\n",
        encoding="utf-8",
    )
    build_dossier([report.parent], tmp_path / "out", workers=1)
    with open_case(tmp_path / "out") as made:
        details = {row.record["exact"]: row.details for row in listed(made, "quotes")}
    assert "passed on by der Agentur Nordpress" in details["Die Brücke bleibt zu"]
    assert "to den Anwohnern" in details["eine Fähre einzurichten"]
