"""Bytes to text."""

from __future__ import annotations

import pytest

from lagebild.clean.decoding import binary_kind, decode_page, decode_plain

GERMAN = "Die Fähre läuft für größere Häfen aus. Äußerst früh öffnet die Straße – „wie immer“."
RUSSIAN = "Президент провёл встречу в среду. «Мы готовы», — сказал он журналистам после переговоров."
POLISH = "Rząd zapowiedział, że w środę przedstawi nową ustawę o ścieżkach rowerowych."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_german_in_many_encodings(encoding: str) -> None:
    assert decode_plain(GERMAN.encode(encoding)).text == GERMAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1251", "koi8-r", "iso8859-5", "cp866"])
def test_russian_in_many_encodings(encoding: str) -> None:
    text = (
        RUSSIAN
        if encoding in ("utf-8", "utf-16-le", "cp1251")
        else RUSSIAN.replace("«", '"').replace("»", '"').replace("—", "-")
    )
    assert decode_plain(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
def test_polish(encoding: str) -> None:
    assert decode_plain(POLISH.encode(encoding)).text == POLISH


def test_line_ends_nul_and_no_break_space_stay() -> None:
    text = "eins\r\nzwei\x00drei\xa0vier\rfünf"
    assert decode_plain(text.encode()).text == text


def test_few_broken_bytes_in_utf8_are_replaced_and_told() -> None:
    decoded = decode_plain("Die Fähre läuft für größere Häfen ".encode() + b"\xff aus")
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert "byte" in decoded.doubt


@pytest.mark.parametrize("data", [b"1 \xb5 2 \xf7 3 \xb5\xb1\xf7", b"a\x8eb \x81\x8d\x8f \x1a\xff\xfe\xfd"])
def test_a_guess_is_told(data: bytes) -> None:
    assert decode_plain(data).doubt


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 text", "PDF"), (b"PK\x03\x04rest", "zip"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "Office"),
        (bytes(range(256)) * 4, "binary"), (b"\x00\x01\x02\x03" * 50, "binary"),
    ],
)  # fmt: skip
def test_binary_files_are_named(data: bytes, kind: str) -> None:
    assert kind in (binary_kind(data) or "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"ein NUL\x00 im Text und sonst nichts",
        GERMAN.encode("utf-16-le"),
        b"ID3 is a tag",
        b"BZh",
    ],
)
def test_text_is_not_binary(data: bytes) -> None:
    assert binary_kind(data) is None


def test_a_page_is_read_as_it_declares_latin1_means_cp1252() -> None:
    page = '<meta charset="iso-8859-1"><p>„Größe“'.encode("cp1252")
    assert decode_page(page).text.endswith("„Größe“")
    assert decode_page(page).encoding == "cp1252"


def test_a_page_that_declares_wrongly_is_read_as_what_it_is() -> None:
    decoded = decode_page('<meta charset="utf-8"><p>Größere Häfen für Fähren'.encode("cp1252"))
    assert decoded.text.endswith("Größere Häfen für Fähren")
    assert "declares" in decoded.doubt


@pytest.mark.parametrize("name", ["nonsense", "hex", "rot13", "idna", "undefined", "unicode_escape"])
def test_a_page_may_declare_anything(name: str) -> None:
    assert decode_page(f'<meta charset="{name}"><p>Größe'.encode()).text.endswith("Größe")
