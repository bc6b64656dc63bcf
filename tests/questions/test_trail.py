"""The trail of a row: which rows it rests on, who wrote it, and the bytes it goes back to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from lagebild.case.sqlite import Case
from lagebild.model.document import Block, Document
from lagebild.model.dossier import BriefLine
from lagebild.model.finding import Finding
from lagebild.model.identity import Entity
from lagebild.model.marks import Sentence
from lagebild.model.source import RawItem
from lagebild.model.speech import Quote
from lagebild.plan import PLAN
from lagebild.questions.open import OpenRecords
from lagebild.questions.trail import Trail, follow, source_place, source_text
from lagebild.work import build_dossier, open_case
from tests.walks.pile import REPORTS, built_pile

ENCODINGS = {"02_kopie.txt": "cp1252"}


@pytest.fixture
def case() -> Iterator[Case]:
    with open_case(built_pile()) as opened:
        yield opened


def below(trail: Trail) -> list[Trail]:
    return [trail, *(one for inner in trail.rests_on for one in below(inner))]


@pytest.mark.parametrize("kind", PLAN.types, ids=lambda kind: kind.TABLE)
def test_every_row_of_every_kind_has_a_trail_under_its_own_name(case: Case, kind: type[Any]) -> None:
    for row in list(case.rows(kind))[:40]:
        trail = follow(case, row.id, depth=2)
        assert trail is not None
        assert trail.closed is None
        assert trail.made == 1
        assert kind.TABLE in {one.table for one in below(trail) if one.id == row.id}


@pytest.mark.parametrize("kind", [Finding, Quote, Block, Sentence, Entity, Document, BriefLine])
def test_what_people_ask_about_leads_to_places_in_the_source(case: Case, kind: type[Any]) -> None:
    rows = list(case.rows(kind))
    assert rows
    for row in rows:
        trail = follow(case, row.id)
        assert trail is not None
        assert trail.table == kind.TABLE
        assert any(one.places for one in below(trail)), row.id


def test_places_are_the_words_in_the_bytes_of_the_file(case: Case) -> None:
    records = OpenRecords(case)
    for quote in case.rows(Quote):
        place = source_place(case, records, quote.doc_id, quote.start, quote.end)
        assert place is not None
        if place.bytes is not None:
            words = REPORTS[place.path][place.bytes[0] : place.bytes[1]]
            if place.path.endswith(".txt"):
                assert words.decode(ENCODINGS.get(place.path, "utf-8")) == place.exact


def test_a_page_leads_to_ranges_of_its_markup(case: Case) -> None:
    records = OpenRecords(case)
    page = next(item for item in case.rows(RawItem) if item.path == "05_seite.html")
    text = next(case.rows(Document, page.id)).text
    at = text.index("Straßenbauamt")
    place = source_place(case, records, page.id, at, at + len("Straßenbauamt"))
    assert place is not None
    assert place.bytes is not None
    assert REPORTS[page.path][place.bytes[0] : place.bytes[1]].decode() == "Stra&szlig;en&shy;bauamt"


def test_a_line_of_json_has_characters_and_no_bytes(case: Case) -> None:
    item = next(item for item in case.rows(RawItem) if item.line == 2)
    place = source_place(case, OpenRecords(case), item.id, 0, 4)
    assert place is not None
    assert (place.line, place.source, place.bytes, place.exact) == (2, ((0, 4),), None, "Мост")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252"])
def test_byte_order_marks_are_counted(tmp_path: Path, encoding: str) -> None:
    text = "Grüße aus Köln\n\n„Es läuft“, sagte Anna Brandt am Montag in Kiel über die Fähre.\n"
    data = text.encode(encoding)
    (tmp_path / "a.txt").write_bytes(data)
    build_dossier([tmp_path / "a.txt"], tmp_path / "out", workers=1)
    with open_case(tmp_path / "out") as case:
        (doc,) = case.rows(Document)
        assert source_text(data, "text/plain", doc) == text
        at = text.index("Es läuft")
        place = source_place(case, OpenRecords(case), doc.id, at, at + 8)
        assert place is not None
        assert place.bytes is not None
        assert data[place.bytes[0] : place.bytes[1]].decode(doc.encoding or "") == "Es läuft"


def test_a_place_that_is_not_there(case: Case) -> None:
    assert source_place(case, OpenRecords(case), "d0", 0, 1) is None
    assert follow(case, "nothing") is None
    assert follow(case, "") is None


def test_depth_says_how_far_down(case: Case) -> None:
    finding = next(case.rows(Finding))
    assert follow(case, finding.id, depth=0).rests_on == ()  # type: ignore[union-attr]
    one = follow(case, finding.id, depth=1)
    assert one is not None
    assert one.rests_on
    assert all(row.rests_on == () for row in one.rests_on)


def test_a_row_that_is_no_longer_given_is_found_with_the_run_that_closed_it(tmp_path: Path) -> None:
    copytree(built_pile(), tmp_path / "out")
    with open_case(tmp_path / "out") as case:
        before = {row.id for row in case.rows(BriefLine)} | {row.id for row in case.rows(Finding)}
    (tmp_path / "neu.txt").write_text(
        "Wendlau: Straßenbauamt zählt neu\n\n13.03.2025 09:00\n\nDie Hafenbrücke in Wendlau hat nach Angaben des "
        "Straßenbauamts 29 Risse im Beton, nicht 23. Die Brücke bleibe gesperrt, sagte Amtsleiterin Irina Kowaljowa.\n",
        encoding="utf-8",
    )
    build_dossier([tmp_path / "neu.txt"], tmp_path / "out", workers=1)
    with open_case(tmp_path / "out") as case:
        kept = [row for one in sorted(before) for row in case.kept(one)]
        gone = [row for row in kept if row.closed is not None]
        assert gone
        closed = {row.id for row in gone} - {row.id for row in kept if row.closed is None}
        for row_id in sorted(closed):
            trail = follow(case, row_id)
            assert trail is not None
            assert (trail.made, trail.closed) == (1, 2)
