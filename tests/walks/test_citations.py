"""Every citation on every page and in every record is followed to the bytes of its file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lagebild.questions.open import OpenRecords
from lagebild.questions.trail import Trail, follow, source_place
from lagebild.work import open_case, verify_dossier
from tests.walks.pile import REPORTS, built_pile, changed_pile


@pytest.fixture
def out() -> Path:
    return built_pile()


def test_every_cited_place_stands_in_the_bytes_of_its_file(out: Path) -> None:
    with open_case(out) as case:
        records = OpenRecords(case)
        cited = [
            place
            for name in ("brief", "timeline")
            for row in records.file(name)
            for place in row["citations"]
        ]
        assert len(cited) > 8
        kinds = set()
        for place in cited:
            found = source_place(case, records, place["doc"], place["start"], place["end"])
            assert found is not None
            assert found.exact == place["exact"]
            kinds.add(Path(found.path).suffix)
            raw = REPORTS[found.path]
            if found.bytes:
                encoding = "cp1252" if found.path == "02_kopie.txt" else "utf-8"
                words = raw[found.bytes[0] : found.bytes[1]].decode(encoding)
                if found.path.endswith(".txt"):
                    assert words == place["exact"]
                else:
                    assert _letters(place["exact"])[:5] in _letters(words.replace("&shy;", ""))
        assert {".txt"} <= kinds


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def test_every_row_of_a_finding_can_be_followed(out: Path) -> None:
    with open_case(out) as case:
        findings = list(OpenRecords(case).findings())
        assert findings
        for finding in findings:
            trail = follow(case, finding["id"])
            assert trail is not None
            reached = json.dumps([one.table for one in _all(trail)])
            assert "claim" in reached
            assert any(one.places for one in _all(trail))


def _all(trail: Trail) -> list[Trail]:
    return [trail, *(below for one in trail.rests_on for below in _all(one))]


def test_the_page_says_what_the_case_says(out: Path) -> None:
    checked = verify_dossier(out / "dossier.html")
    assert checked.wrong == []
    assert checked.counts["citations"] > 8


def test_a_changed_page_is_found_out(tmp_path: Path) -> None:
    copy = changed_pile(tmp_path / "copy")
    page = (copy / "dossier.html").read_text(encoding="utf-8")
    assert "Rissen im Beton" in page
    (copy / "dossier.html").write_text(page.replace("Rissen im Beton", "Rissen im Asphalt"), encoding="utf-8")
    assert verify_dossier(copy / "dossier.html").wrong
