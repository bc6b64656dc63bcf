"""The Python API: the same records as the export, the same errors as the commands."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest

import lagebild
import lagebild.api
from lagebild.errors import CaseError, NothingReadable, UsageError
from tests.walks.pile import REPORTS, built_pile, write_reports


def test_the_examples_in_the_docstrings_hold() -> None:
    told = doctest.testmod(lagebild.api)
    assert told.attempted > 5
    assert told.failed == 0


def test_records_are_those_of_the_export(tmp_path: Path) -> None:
    with lagebild.open_case(built_pile()) as case:
        case.export(tmp_path, words=True)
        for name in case.files:
            lines = (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
            assert [json.loads(line) for line in lines] == list(case.records(name))
        with pytest.raises(KeyError):
            case.records("everything")


def test_quotes_findings_search_and_why() -> None:
    with lagebild.open_case(str(built_pile() / "case.lagebild")) as case:
        quotes = list(case.quotes("Kowaljowa"))
        assert 0 < len(quotes) < len(list(case.quotes()))
        assert {row["clash"] for row in case.findings(clash=True)} == {True}
        assert len(list(case.findings())) == len(list(case.findings(clash=True))) + len(
            list(case.findings(clash=False))
        )
        (hit,) = case.search('"keine Stunde länger" Straßenbauamt', limit=1)
        texts = {row["id"]: row["text"] for row in case.documents()}
        assert texts[hit["doc"]][hit["start"] : hit["end"]] == hit["exact"]
        trail = case.why(quotes[0]["id"])
        assert trail is not None
        assert trail.table == "quote"
        assert case.why("nothing") is None
        assert case.verify().wrong == []


def test_one_input_or_several(tmp_path: Path) -> None:
    pile = write_reports(tmp_path / "in", ["01_agentur.txt", "03_amt.txt"])
    report = lagebild.build(pile / "01_agentur.txt", tmp_path / "out", workers=1)
    assert report.documents == 1
    assert lagebild.build([str(pile)], str(tmp_path / "out"), workers=1).documents == 2
    assert (tmp_path / "out" / "dossier.html").read_bytes()


def test_errors_are_those_of_the_contract(tmp_path: Path) -> None:
    with pytest.raises(CaseError):
        lagebild.open_case(tmp_path)
    with pytest.raises(UsageError):
        lagebild.build(tmp_path / "nothing", tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingReadable):
        lagebild.build(tmp_path / "empty", tmp_path / "out")


def test_reading_after_closing_is_refused(tmp_path: Path) -> None:
    case = lagebild.open_case(built_pile())
    case.close()
    case.close()
    with pytest.raises(CaseError, match="closed"):
        list(case.documents())
    assert set(REPORTS)
