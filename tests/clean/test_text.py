"""Raw items to documents."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clean.build import extracted

LINES = "application/x-ndjson"


@given(st.text(min_size=1).filter(lambda text: text.strip() and not text.startswith("\ufeff")))
@settings(max_examples=60, deadline=None)
def test_text_of_utf8_files_is_the_file(text: str) -> None:
    doc, problems = extracted(text.encode())
    if doc is not None:
        assert doc.text == text
        assert doc.source_map is None
    else:
        assert [row.kind for row in problems] == ["binary"]


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_document_or_a_problem(raw: bytes) -> None:
    for media_type in ("text/plain", "text/html", LINES):
        doc, problems = extracted(raw, media_type)
        assert doc is not None or problems
        if doc is not None:
            doc.text.encode()


def test_the_mark_at_the_start_is_no_text() -> None:
    doc, problems = extracted(b"\xef\xbb\xbfGuten Tag")
    assert doc is not None
    assert (doc.text, doc.encoding, problems) == ("Guten Tag", "utf-8", [])


@pytest.mark.parametrize(("raw", "kind"), [(b"", "empty"), (b" \n\t ", "empty"), (b"%PDF-1.4 ...", "binary")])
def test_nothing_to_read(raw: bytes, kind: str) -> None:
    doc, problems = extracted(raw)
    assert doc is None
    assert [row.kind for row in problems] == [kind]
    assert problems[0].unit == "report.txt"


def test_long_texts_are_stored_and_told() -> None:
    doc, problems = extracted(b"Wort " * 100, max_text=200)
    assert doc is not None
    assert len(doc.text) == 500
    assert [row.kind for row in problems] == ["too_long"]


def test_a_page_has_the_way_back() -> None:
    html = "<html><body><article><h1>Deich hält</h1><p>Der Deich hat in der Nacht gehalten, sagte die Leitstelle am Morgen.</p></article></body></html>"
    doc, _ = extracted(html.encode(), "text/html")
    assert doc is not None
    assert "Der Deich hat" in doc.text
    assert doc.source_map
    assert all(doc.text[p.start : p.end] == html[p.source_start : p.source_end] for p in doc.source_map)


def _line(**keys: object) -> bytes:
    return json.dumps(keys).encode()


def test_a_line_states_what_its_keys_say() -> None:
    doc, problems = extracted(
        _line(
            text="Guten\r\nTag",
            id=7,
            url="https://a.example/1",
            title="Gruß",
            published="2025-03-14T10:00Z",
            source="Bote",
            lang="de",
        ),
        LINES,
    )
    assert doc is not None
    assert not problems
    stated = doc.stated
    assert doc.text == "Guten\r\nTag"
    assert (stated.declared_id, stated.url, stated.title, stated.outlet, stated.language) == (
        "7",
        "https://a.example/1",
        "Gruß",
        "Bote",
        "de",
    )
    assert (stated.published, stated.published_by) == ("2025-03-14T10:00Z", "jsonl:published")


def test_html_in_a_line_maps_to_the_html_string() -> None:
    html = "<p>Zwei Boote sind am Freitag im Hafen gesunken, meldet die Wache.</p>"
    doc, _ = extracted(_line(html=html, title="Hafen"), LINES)
    assert doc is not None
    assert doc.source_map
    assert doc.stated.title == "Hafen"
    assert all(doc.text[p.start : p.end] == html[p.source_start : p.source_end] for p in doc.source_map)


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"{}",
        b'{"text": 5}',
        b'{"text": null}',
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5000 + b"}",
    ],
)
def test_broken_lines_give_a_problem_and_no_document(raw: bytes) -> None:
    doc, problems = extracted(raw, LINES)
    assert doc is None
    assert problems
    assert {row.kind for row in problems} == {"json"}


def test_unreadable_keys_are_left_out_and_told() -> None:
    doc, problems = extracted(_line(text="Hallo Welt", published="gestern", title=["x"], source=5), LINES)
    assert doc is not None
    assert (doc.stated.published, doc.stated.title, doc.stated.outlet) == (None, None, None)
    assert len(problems) == 3


def test_half_a_surrogate_pair_never_reaches_the_text() -> None:
    doc, problems = extracted(b'{"text": "a\\ud800b", "title": "\\udfff!"}', LINES)
    assert doc is not None
    assert doc.text == "a\ufffdb"
    assert doc.stated.title == "\ufffd!"
    assert problems
