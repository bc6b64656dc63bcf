"""Whatever the text: no step fails, every offset stands in its text, pieces are in order, blocks hold all that is not space."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lagebild.engine.batch import Batch, BatchResult, DocumentTask, Runner
from lagebild.ingest.files import read_items
from lagebild.model.account import Problem
from lagebild.model.document import Block, Document, Masthead, Stretch
from lagebild.model.ids import content_id
from lagebild.model.lineage import Credit
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase, Words
from lagebild.model.source import Declared, RawItem
from lagebild.model.span import Piece
from lagebild.model.speech import Claim, Quote
from lagebild.plan import PLAN
from lagebild.settings import Settings
from lagebild.step import EachDocument
from lagebild.tables import decode, digest_rows, pack
from tests.fuzz.mangle import bounded, mangled, reports

STEPS = tuple(step.name for step in PLAN.steps if isinstance(step, EachDocument))
READ = STEPS[: STEPS.index("print_windows") + 1]
RUNNER = Runner(PLAN, Settings(), "fuzz")
KINDS = {kind.TABLE: kind for kind in PLAN.types}
Rows = dict[type[Any], list[Any]]


def read_text(data: bytes, media_type: str = "text/plain") -> Rows:
    """Rows of every step that reads one document, as the engine gives them."""
    digest = sha256(data).hexdigest()
    item = RawItem(content_id("d", "x", None, digest), "x", None, digest, media_type, len(data), Declared())
    packed = pack([item])
    task = DocumentTask(item.id, {RawItem.TABLE: packed}, {RawItem.TABLE: digest_rows(packed)}, {}, raw=data)
    return rows_of(RUNNER.run(Batch(READ, documents=(task,))))


def rows_of(result: BatchResult) -> Rows:
    found: Rows = {kind: [] for kind in KINDS.values()}
    for results in result.results.values():
        for unit in results:
            for table, rows in unit.rows.items():
                found[KINDS[table]] += [decode(KINDS[table], data) for _, _, data in rows]
    return found


def assert_sound(rows: Rows) -> None:
    assert [row.message for row in rows[Problem] if row.kind == "failed"] == []
    if not rows[Document]:
        assert rows[Problem]
        assert not rows[Block]
        return
    (doc,) = rows[Document]
    assert_blocks(doc.text, rows)
    for kind in (Block, Stretch, Sentence, Mention, TimePhrase, Quantity, Quote, Claim, Credit):
        for row in rows[kind]:
            assert 0 <= row.start < row.end <= len(doc.text), row
        assert len({row.id for row in rows[kind]}) == len(rows[kind])
    for row in rows[Words]:
        assert all(0 <= start < end <= len(doc.text) for start, end in zip(row.starts, row.ends, strict=True))
        assert all(one <= after for one, after in zip(row.ends, row.starts[1:], strict=False))
    for row in (*rows[Quote], *rows[Claim], *rows[Masthead]):
        for pieces in pieces_of(row):
            assert all(0 <= piece.start < piece.end <= len(doc.text) for piece in pieces), row
    for row in (*rows[Quote], *rows[Claim]):
        assert (row.start, row.end) == (row.pieces[0].start, row.pieces[-1].end)
        assert all(one.end <= after.start for one, after in pairwise(row.pieces)), row
    assert_references(rows)


def assert_blocks(text: str, rows: Rows) -> None:
    blocks = sorted(rows[Block], key=lambda block: block.start)
    assert all(one.end <= after.start for one, after in pairwise(blocks))
    outside = [
        text[one:after]
        for one, after in pairwise([0, *(at for b in blocks for at in (b.start, b.end)), len(text)])
    ]
    assert "".join(outside[::2]).strip() == ""
    assert [(one.start, one.end) for one in blocks] == sorted((one.start, one.end) for one in rows[Stretch])
    by_id = {block.id: block for block in blocks}
    for sentence in rows[Sentence]:
        block = by_id[sentence.block_id]
        assert block.start <= sentence.start < sentence.end <= block.end
    content = [block for block in blocks if block.content]
    for kind in (Quote, Claim, Quantity, TimePhrase):
        for row in rows[kind]:
            for piece in getattr(row, "pieces", (row,)):
                assert any(block.start <= piece.start and piece.end <= block.end for block in content), row


def assert_references(rows: Rows) -> None:
    quotes = {row.id: row for row in rows[Quote]}
    for quote in rows[Quote]:
        assert quote.inside is None or quote.inside in quotes
        assert 0 <= quote.score <= 1
    for claim in rows[Claim]:
        assert claim.quote_id is None or claim.quote_id in quotes


def pieces_of(row: Any) -> Iterator[Sequence[Piece]]:
    for value in vars(row).values() if hasattr(row, "__dict__") else ():
        if isinstance(value, Piece):
            yield (value,)
        elif isinstance(value, tuple) and value and all(isinstance(one, Piece) for one in value):
            yield value


@bounded(120)
@given(mangled())
@example("„")
@example("“ sagte")
@example("„“")
@example("\u00ad\u00ad")
@example(". . .")
@example("A\u0301\u0308 sagte: „")
@example(
    "\n\n \n\n Der Landrat von Neuhardt, Bernd Oelze, hat am\n\n Dienstagabend den Katastrophenfall ausgerufen."
)
@example(
    "„Man hat es gewusst – und was folgt daraus. Er ging, falls der Rat das ve\n\nESEN SIE AUCH: Zehn Tipps für den Garten :“"
)
def test_mangled_reports_are_read_soundly(text: str) -> None:
    assert_sound(read_text(text.encode("utf-8", "replace")))


@bounded(25)
@given(reports, st.data())
def test_reports_cut_anywhere_are_read_soundly(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert_sound(read_text(text[start:end].encode()))


@bounded(60)
@given(st.text(max_size=200))
def test_any_text_is_read_soundly(text: str) -> None:
    assert_sound(read_text(text.encode("utf-8", "replace")))


@bounded(60)
@given(st.binary(max_size=300), st.sampled_from(("text/plain", "text/html", "application/x-ndjson")))
def test_any_bytes_are_read_soundly(data: bytes, media_type: str) -> None:
    assert_sound(read_text(data, media_type))


TAGS = (
    "p",
    "div",
    "h1",
    "b",
    "a href='/x'",
    "script",
    "style",
    "title",
    "table",
    "td",
    "li",
    "ul",
    "article",
    "nav",
    "br",
    "!--",
    "svg",
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Pages of tags that open and close as they like."""
    parts = draw(
        st.lists(
            st.one_of(
                mangled(),
                st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
                st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
                st.sampled_from(("&uuml;", "&#0;", "&#xD800;", "&nbsp;", "&", "<", ">", "<![CDATA[", "-->", "<?xml ?>")),
            ),
            min_size=1, max_size=14,
        )
    )  # fmt: skip
    return "".join(parts)


@bounded(60)
@given(pages())
def test_broken_pages_are_read_soundly(page: str) -> None:
    rows = read_text(page.encode("utf-8", "replace"), "text/html")
    assert_sound(rows)


JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("\ud800")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(("text", "html", "id", "url", "title", "published", "source", "lang", "other"))


@bounded(80)
@given(st.dictionaries(KEYS, st.one_of(mangled(), JSON_VALUES), max_size=7))
def test_any_line_of_json_is_read_soundly(record: dict[str, object]) -> None:
    rows = read_text(json.dumps(record).encode(), "application/x-ndjson")
    assert_sound(rows)
    if isinstance(record.get("text"), str) and rows[Document]:
        assert rows[Document][0].text == str(record["text"]).replace("\ud800", "\ufffd")


@bounded(100)
@given(st.one_of(st.binary(max_size=200), mangled().map(str.encode)))
def test_standard_input_gives_items_that_hold_its_bytes(data: bytes) -> None:
    (read,) = read_items(["-"], io.BytesIO(data))
    assert bool(read.items) != bool(read.problems)
    for item, held in read.items:
        assert sha256(held).hexdigest() == item.sha256
        assert held in data
        assert item.size == len(held)


@pytest.mark.parametrize(
    "text",
    ["„" * 3_000, "“" * 3_000, "(" * 3_000, "a„b“" * 2_000, "sagte " * 3_000, "\n„" * 2_000, "1.1." * 2_000],
)
def test_one_thing_again_and_again_is_read_soundly(text: str) -> None:
    assert_sound(read_text(text.encode()))
