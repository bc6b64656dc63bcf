"""The export keeps its contract: schemas, places, key order, sorting, references, and texts as they came."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lagebild.case.sqlite import Case
from lagebild.model.open import OPEN_FILES
from lagebild.plan import PLAN
from lagebild.work import add_reports, export_jsonl, open_case

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"

AGENCY = """Kanalbehörde sperrt die Schleuse von Wehlau

WEHLAU (dpa) – Die Kanalbehörde hat am Dienstag die Schleuse von Wehlau gesperrt, nachdem ein Taucher einen Riss im unteren Tor \
gefunden hatte. „Wir lassen hier niemanden durch, bis der Stahl geprüft ist“, sagte Behördenleiterin Marit Sörensen am Mittwoch in \
Hamburg. Mindestens 14 Schiffe warten im Oberwasser.

Der Schifferverband behauptete, der Riss sei seit Monaten bekannt gewesen. Die Behörde bestritt, dass sie davon gewusst habe.
"""

EDITED = """Kurier an der Wehle
12. August 2025, 09:15 Uhr

Schleuse dicht, Schiffer sauer

Die Kanalbehörde hat am Dienstag die Schleuse von Wehlau gesperrt, nachdem ein Taucher einen Riss im unteren Tor gefunden hatte. \
Mehr als 20 Schiffe warten im Oberwasser, wie Marit Sörensen mitteilte. „Das ist ein Skandal“, klagte Verbandschef Piotr Halski.

LESEN SIE AUCH: Warum die Fähre nach Grönau nicht mehr fährt

Sörensen wies den Vorwurf zurück. Am Freitag soll ein Kran das Tor heben. (dpa)
"""

PAGE = """<!doctype html><html lang="de"><head><title>Tor bleibt zu</title>
<meta property="article:published_time" content="2025-08-13T18:40:00+02:00"></head><body><nav><a href="/">Start</a></nav>
<article><h1>Tor bleibt zu</h1><p>Die Schleuse von Wehlau bleibt nach Angaben der Kanalbehörde bis Freitag geschlossen. „Der Kran
kommt aus Rotterdam“, sagte Sörensen.</p><p>Halski erklärte, er rechne mit Verlusten von drei Millionen Euro.</p></article></body></html>
"""

ENGLISH = (
    "Lock at Wehlau stays shut\n\nHAMBURG, August 13, 2025 - The canal authority has closed the lock at Wehlau. "
    '"Nobody passes until the steel has been tested," said Marit Sörensen on Wednesday. '
    "The skippers' association denied that its members had damaged the gate.\n"
)

LINES = [
    {
        "id": "post-7",
        "text": "Tor wird am Freitag gehoben.\r\n\u0000Bitte\u00a0Abstand halten.",
        "lang": "de",
        "source": "Kanalbehörde",
    },
    {"html": "<p>Der Riss ist <b>vier</b> Meter lang, sagte ein Sprecher.</p>", "published": "2025-08-14"},
    {"title": "ohne Text"},
]

CRLF = "Erste Zeile mit Wagenrücklauf.\r\n\r\nZweite Zeile\x00 mit Null, sagte Anna Beispiel.\r\n"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open records of a small pile in awkward shapes."""
    folder = tmp_path_factory.mktemp("open")
    pile = folder / "pile"
    pile.mkdir()
    (pile / "b_agentur.txt").write_text(AGENCY, encoding="utf-8")
    (pile / "a_kurier.txt").write_text(EDITED, encoding="utf-8")
    (pile / "seite.html").write_text(PAGE, encoding="utf-8")
    (pile / "wire.txt").write_text(ENGLISH, encoding="utf-8")
    (pile / "crlf.txt").write_bytes(b"\xef\xbb\xbf" + CRLF.encode())
    (pile / "kaputt.txt").write_bytes(
        "Die Wörter sind größtenteils heil, eines nicht: ".encode() + b"\xff\xfe kaputt."
    )
    (pile / "zeilen.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    (pile / "leer.txt").write_bytes(b"")
    return exported(pile, folder)


def exported(pile: Path, folder: Path) -> Path:
    case = folder / "out" / "case.lagebild"
    Case.create(case, PLAN.types).close()
    add_reports(case, [pile], workers=1)
    with open_case(case) as opened:
        export_jsonl(opened, folder / "records", words=True)
    return folder / "records"


def rows(export: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (export / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def texts(export: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows(export, "documents")}


def stretches(value: Any, doc: str | None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Everything with start, end and exact, at any depth, with the document it is of."""
    if isinstance(value, dict):
        own = value.get("doc", doc)
        if "exact" in value:
            yield own, value
        for inner in value.values():
            yield from stretches(inner, own)
    elif isinstance(value, list):
        for inner in value:
            yield from stretches(inner, doc)


@pytest.mark.parametrize("name", OPEN_FILES)
def test_every_row_follows_its_schema(export: Path, name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for row in rows(export, name):
        assert [f"{name} {error.json_path}: {error.message}" for error in validator.iter_errors(row)] == []


@pytest.mark.parametrize("name", OPEN_FILES)
def test_a_schema_refuses_what_breaks_the_contract(export: Path, name: str) -> None:
    validator = Draft202012Validator(
        json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    )
    for row in rows(export, name)[:1]:
        assert validator.is_valid({**row, "a_later_key": 1})
        for key in row:
            assert not validator.is_valid({other: value for other, value in row.items() if other != key})


@pytest.mark.parametrize("name", OPEN_FILES)
def test_keys_stand_in_the_order_of_the_contract(export: Path, name: str) -> None:
    wanted = list(OPEN_FILES[name].__annotations__)
    assert all(list(row)[: len(wanted)] == wanted for row in rows(export, name))


@pytest.mark.parametrize("name", OPEN_FILES)
def test_every_stretch_holds_its_words(export: Path, name: str) -> None:
    by_id = texts(export)
    for row in rows(export, name):
        own = row["id"] if name == "documents" else row.get("doc")
        for doc, piece in stretches(row, own):
            assert doc is not None
            assert 0 <= piece["start"] < piece["end"]
            assert by_id[doc][piece["start"] : piece["end"]] == piece["exact"], (name, row.get("id"))


@pytest.mark.parametrize("name", ["quotes", "claims"])
def test_pieces_are_in_order_and_their_hull_is_the_row(export: Path, name: str) -> None:
    for row in rows(export, name):
        assert row["pieces"]
        assert all(one["end"] <= two["start"] for one, two in pairwise(row["pieces"]))
        assert (row["start"], row["end"]) == (row["pieces"][0]["start"], row["pieces"][-1]["end"])


@pytest.mark.parametrize("name", OPEN_FILES)
def test_ids_are_unique_and_reasons_are_few(export: Path, name: str) -> None:
    ids = [row["id"] for row in rows(export, name) if "id" in row]
    assert len(ids) == len(set(ids))
    assert all(len(row.get("reasons", ())) <= 5 for row in rows(export, name))


REFERENCES = [
    ("blocks", "doc", "documents"), ("sentences", "block", "blocks"), ("words", "sentence", "sentences"),
    ("mentions", "entity", "entities"), ("places", "entity", "entities"), ("quotes", "entity", "entities"),
    ("quotes", "inside", "quotes"), ("claims", "quote", "quotes"), ("claims", "times", "times"), ("claims", "places", "entities"),
    ("claims", "quantities", "quantities"), ("claims", "origins", "origins"), ("families", "docs", "documents"),
    ("families", "origin", "documents"), ("origins", "entity", "entities"), ("origins", "docs", "documents"),
    ("stories", "docs", "documents"), ("findings", "story", "stories"), ("timeline", "story", "stories"),
    ("timeline", "places", "entities"), ("timeline", "origins", "origins"), ("brief", "story", "stories"), ("problems", "doc", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "key", "other"), REFERENCES)
def test_what_a_row_names_is_there(export: Path, name: str, key: str, other: str | None) -> None:
    known = {row["id"] for row in rows(export, other)} if other else None
    for row in rows(export, name):
        named = row[key] if isinstance(row[key], list) else [row[key]]
        for one in named:
            assert one is None or known is None or one in known, (name, key, one)


def test_sides_of_findings_name_claims_and_the_origins_of_those_claims(export: Path) -> None:
    origins = {row["id"]: set(row["origins"]) for row in rows(export, "claims")}
    for finding in rows(export, "findings"):
        for side in finding["sides"]:
            behind = set().union(*(origins[claim] for claim in side["claims"]))
            assert set(side["origins"]) == behind, finding["id"]


def test_every_claim_has_an_origin(export: Path) -> None:
    assert [row["id"] for row in rows(export, "claims") if not row["origins"]] == []


def by_place(row: dict[str, Any], docs: list[str]) -> tuple[Any, ...]:
    return (docs.index(row["doc"]), row["start"], row["end"], row.get("id", ""))


def by_id(row: dict[str, Any], docs: list[str]) -> tuple[Any, ...]:
    return (row["id"],)


def by_unit(row: dict[str, Any], docs: list[str]) -> tuple[Any, ...]:
    return (row["unit"], row["step"], row["message"])


def by_entity(row: dict[str, Any], docs: list[str]) -> tuple[Any, ...]:
    return (row["entity"], row["gazetteer_id"])


def by_path(row: dict[str, Any], docs: list[str]) -> tuple[Any, ...]:
    return (row["path"], row["line"] or 0)


ORDERS: dict[str, Callable[[dict[str, Any], list[str]], tuple[Any, ...]]] = {
    **dict.fromkeys(("blocks", "sentences", "words", "mentions", "times", "quantities", "quotes", "claims"), by_place),
    **dict.fromkeys(("entities", "copies", "families", "origins", "stories", "findings"), by_id),
    "documents": by_path, "places": by_entity, "problems": by_unit,
}  # fmt: skip


@pytest.mark.parametrize("name", ORDERS)
def test_rows_stand_in_the_order_of_the_contract(export: Path, name: str) -> None:
    docs = [row["id"] for row in rows(export, "documents")]
    keys = [ORDERS[name](row, docs) for row in rows(export, name)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", ["timeline", "brief"])
def test_rows_in_reading_order_keep_stories_together(export: Path, name: str) -> None:
    stories = [row["story"] for row in rows(export, name)]
    assert len(list(dict.fromkeys(stories))) == sum(1 for one, two in pairwise(["", *stories]) if one != two)


def test_texts_are_kept_character_for_character(export: Path) -> None:
    found = {(row["path"], row["line"]): row["text"] for row in rows(export, "documents")}
    assert found["crlf.txt", None] == CRLF
    assert found["b_agentur.txt", None] == AGENCY
    assert found["zeilen.jsonl", 1] == LINES[0]["text"]
    assert "\ufffd" in found["kaputt.txt", None]
    assert ("leer.txt", None) not in found


def test_what_could_not_be_read_is_told(export: Path) -> None:
    told = {row["unit"]: row for row in rows(export, "problems")}
    assert {"leer.txt", "kaputt.txt", "zeilen.jsonl#3"} <= told.keys()
    assert all(row["message"] and row["kind"] and row["step"] for row in told.values())


def test_what_the_container_states_is_exported(export: Path) -> None:
    docs = {(row["path"], row["line"]): row for row in rows(export, "documents")}
    assert docs["zeilen.jsonl", 1]["declared_id"] == "post-7"
    assert docs["zeilen.jsonl", 1]["outlet"] == "Kanalbehörde"
    assert docs["zeilen.jsonl", 2]["published"]["value"] == "2025-08-14"
    assert docs["seite.html", None]["published"]["precision"] == "second"
    assert docs["b_agentur.txt", None]["agencies"] == ["dpa"]
    assert docs["b_agentur.txt", None]["published"] is None


def test_a_source_map_leads_to_equal_words_of_the_page(export: Path) -> None:
    doc = next(row for row in rows(export, "documents") if row["path"] == "seite.html")
    pieces = doc["source_map"]
    assert pieces
    for start, end, source_start, source_end in pieces:
        if end - start == source_end - source_start:
            assert doc["text"][start:end] == PAGE[source_start:source_end]
    assert all(row["source_map"] is None for row in rows(export, "documents") if row["path"].endswith(".txt"))


def test_blocks_do_not_overlap_and_leave_only_white_space(export: Path) -> None:
    for doc, text in texts(export).items():
        at = 0
        for block in (row for row in rows(export, "blocks") if row["doc"] == doc):
            assert block["start"] >= at
            assert text[at : block["start"]].strip(" \t\r\n\x00\u00a0\ufeff") == ""
            at = block["end"]
        assert text[at:].strip() == ""


@pytest.mark.parametrize("name", ["times", "quantities", "quotes", "claims"])
def test_furniture_has_no_rows_of_meaning(export: Path, name: str) -> None:
    content = [(row["doc"], row["start"], row["end"]) for row in rows(export, "blocks") if row["content"]]
    for row in rows(export, name):
        assert any(doc == row["doc"] and start <= row["start"] < end for doc, start, end in content), row[
            "exact"
        ]


def test_intervals_are_instants_in_order(export: Path) -> None:
    for row in [*rows(export, "times"), *rows(export, "timeline")]:
        for at in (row["earliest"], row["latest"]):
            assert at is None or (len(at) == 19 and at[4] + at[7] + at[10] + at[13] + at[16] == "--T::")
        assert row["earliest"] is None or row["latest"] is None or row["earliest"] < row["latest"]


def test_the_pile_is_understood_at_all(export: Path) -> None:
    """Without this the tests above could pass on empty files."""
    filled = {name for name in OPEN_FILES if rows(export, name)}
    assert {
        "documents",
        "blocks",
        "sentences",
        "words",
        "mentions",
        "entities",
        "times",
        "quantities",
        "quotes",
        "claims",
    } <= filled
    assert {"copies", "origins", "stories", "findings", "brief", "problems", "runs"} <= filled


def test_files_are_plain_json_lines(export: Path) -> None:
    for name in OPEN_FILES:
        data = (export / f"{name}.jsonl").read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" not in data
        assert b"NaN" not in data
        assert not data or data.endswith(b"\n")


def test_empty_files_are_written_and_words_only_on_request(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "kurz.txt").write_text("Nichts als ein kurzer Satz ohne alles.\n", encoding="utf-8")
    records = exported(pile, tmp_path)
    assert (records / "families.jsonl").read_bytes() == b""
    assert (records / "copies.jsonl").read_bytes() == b""
    with open_case(tmp_path / "out") as case:
        written = export_jsonl(case, tmp_path / "again")
    assert sorted(path.stem for path in written) == sorted(name for name in OPEN_FILES if name != "words")
