"""Bytes to text: which encoding a source is written in, and what it is when it is no text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Decoded", "binary_kind", "decode_page", "decode_plain", "decode_utf8"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_MAGIC = (
    (b"%PDF-", "a PDF file"), (b"PK\x03\x04", "a zip archive (or a docx, odt, epub file)"), (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG\r\n", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF87a", "a GIF picture"), (b"GIF89a", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (doc, xls, ppt)"), (b"7z\xbc\xaf", "a 7-Zip archive"), (b"Rar!\x1a", "a RAR archive"),
    (b"BZh91AY&SY", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"), (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"), (b"OggS", "an Ogg file"), (b"ID3\x03", "an MP3 file"), (b"ID3\x04", "an MP3 file"), (b"\x00\x00\x01\x00", "an icon"),
    (b"{\\rtf", "an RTF file"), (b"II*\x00", "a TIFF picture"), (b"MM\x00*", "a TIFF picture"), (b"wOF2", "a font"),
)  # fmt: skip
_SAMPLE = 262_144
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# Single-byte encodings that news texts come in. Where two read a text alike, the first is named.
_SINGLE_BYTE = (
    "cp1252", "iso8859-15", "mac_roman", "cp1250", "iso8859-2", "cp1251", "koi8-u", "iso8859-5", "cp866", "mac_cyrillic", "cp850",
)  # fmt: skip
_RARE = ("mac_roman", "cp866", "mac_cyrillic", "cp850")  # of old machines: believed only where clearly ahead
_JUDGED = 4_000  # non-ASCII characters that are judged; the answer did not change beyond 200 in tests
_CLEAR = (
    0.55  # mean judgement of a right reading: German 0.9, Russian 1.0, French 0.9; of wrong ones below 0.3
)
_AHEAD = 0.15
_ENOUGH = 8  # non-ASCII bytes from which an encoding other than the usual western ones is no guess


@dataclass(frozen=True)
class Decoded:
    """A text, the name of its encoding, and what is doubtful about the reading (plain words, "" where nothing is)."""

    text: str
    encoding: str
    doubt: str = ""


def binary_kind(data: bytes) -> str | None:
    """What a file that is no text looks like, in words; None for text (also for text with a few stray control characters)."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[4:8] == b"ftyp":
        return "a video or picture (MP4, HEIC)"
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a WebP, WAV or AVI file"
    sample = data[:_SAMPLE]
    if _with_bom(data) or _utf16_order(sample):
        return None
    controls = len(_CONTROLS.findall(sample))
    return "binary data" if controls > 8 and controls * 10 > len(sample) else None


def decode_plain(data: bytes) -> Decoded:
    """The text of a file that does not say how it is encoded.

    In this order: byte-order mark; UTF-16 by its NULs; UTF-8; UTF-8 with few damaged bytes; the single-byte encoding that
    makes the most plausible letters. Where none is plausible: UTF-8 with U+FFFD. Never raises.
    """
    marked = _with_bom(data)
    if marked:
        return marked
    order = _utf16_order(data[:_SAMPLE])
    if order:
        return _replacing(data, order)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _single_byte(data) or _replacing(data, "utf-8")


def decode_utf8(data: bytes) -> Decoded:
    """The text of bytes that must be UTF-8 (JSON); undecodable bytes become U+FFFD, with a doubt."""
    return _with_bom(data) or _replacing(data, "utf-8")


def decode_page(data: bytes) -> Decoded:
    """The text of a web page: byte-order mark, else the encoding its head declares if it fits, else as `decode_plain`."""
    marked = _with_bom(data)
    if marked:
        return marked
    declared = _declared_encoding(data[:4096])
    if declared:
        try:
            return Decoded(data.decode(declared), declared)
        except UnicodeDecodeError:
            pass
    found = decode_plain(data)
    if declared and declared != found.encoding and not found.doubt:
        return Decoded(
            found.text, found.encoding, f"the page declares {declared} but is not; read as {found.encoding}"
        )
    return found


def _with_bom(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    return None


def _replacing(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        count = text.count("\ufffd")
        return Decoded(
            text,
            encoding,
            f"{count} places are no {encoding}, the first at byte {error.start}; they read \ufffd",
        )


def _utf16_order(sample: bytes) -> str | None:
    """UTF-16 without mark: the high bytes of western text are NUL, those of Cyrillic or Greek text are 3 or 4."""
    even, odd = sample[0::2], sample[1::2]
    if len(sample) < 8 or (len(sample) % 2 and len(sample) < _SAMPLE):
        return None
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        highs = sum(high.count(byte) for byte in (0, 3, 4))
        if highs * 10 >= len(high) * 8 and low.count(0) * 50 <= len(low) and low.count(4) * 10 <= len(low):
            return name
    return None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 in which few bytes are broken: at least four good sequences for each bad one."""
    read = _replacing(data, "utf-8")
    bad = read.text.count("\ufffd")
    good = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", read.text))
    return read if good >= 4 * bad else None


def _single_byte(data: bytes) -> Decoded | None:
    """The single-byte encoding with the most plausible reading; None where none is plausible."""
    sample = _around_signs(data)
    judged = sorted(
        (
            (_plausibility(sample.decode(name, "replace")) - (_AHEAD if name in _RARE else 0.0), -k, name)
            for k, name in enumerate(_SINGLE_BYTE)
        ),
        reverse=True,
    )
    score, _, best = judged[0]
    if score < _CLEAR:
        return None
    read = _replacing(data, best)
    rivals = [name for other, _, name in judged[1:] if other > score - _AHEAD and name not in _RARE]
    differing = [name for name in rivals if sample.decode(name, "replace") != sample.decode(best, "replace")]
    few = sum(byte > 127 for byte in sample) < _ENOUGH and best not in ("cp1252", "iso8859-15")
    if few and not differing and not read.doubt:
        return Decoded(read.text, best, f"the encoding is a guess from few letters: {best}")
    if not differing or read.doubt:
        return read
    return Decoded(
        read.text, best, f"the encoding is a guess: {best}, but {differing[0]} is nearly as plausible"
    )


def _around_signs(data: bytes) -> bytes:
    """The words with bytes above 127, one after the other, at most 4,000."""
    words = []
    for k, match in enumerate(
        re.finditer(rb"[^\s\x80-\xff]{0,20}[\x80-\xff][^\s]{0,40}", data[: 16 * _SAMPLE])
    ):
        if k >= _JUDGED:
            break
        words.append(match[0])
    return b" ".join(words)


def _plausibility(text: str) -> float:
    """Mean over the non-ASCII characters: 1 for a letter where one may stand, less for what rarely stands there."""
    points = [_judged(text, k) for k, sign in enumerate(text) if sign > "\x7f"]
    return sum(points) / len(points) if points else 0.0


def _judged(text: str, k: int) -> float:
    sign = text[k]
    before = text[k - 1] if k else " "
    after = text[k + 1] if k + 1 < len(text) else " "
    if sign == "\ufffd" or unicodedata.category(sign) == "Cc":
        return -2.0
    if sign.isalpha():
        return _judged_letter(sign, before, after)
    inside = before.isalpha() and after.isalpha()
    if sign in "„“”‚‘’«»‹›–—…·•":
        return 0.0 if inside and sign not in "’–—" else 0.8
    if sign in "\u00a0€©§°®":
        return -0.5 if inside else 0.5
    return -0.7


def _judged_letter(sign: str, before: str, after: str) -> float:
    if sign.isupper() and before.islower():
        return -1.0
    if any(side.isalpha() and _is_latin(side) != _is_latin(sign) for side in (before, after)):
        return -1.0
    if not before.isalpha() and not after.isalpha():
        return 0.3
    if sign in "ªºƒ":
        return -0.7
    if _is_latin(sign) and any(side > "\x7f" and side.isalpha() for side in (before, after)):
        return (
            0.2  # two accented letters in a row are rare in Latin script, the rule where Cyrillic is misread
        )
    return 1.0 if sign.islower() or not before.isalpha() or before.isupper() else 0.3


def _is_latin(sign: str) -> bool:
    return sign < "\u0370"


_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)

_PAGE_ENCODINGS = (
    "utf-8", "utf-16", "utf-32", "ascii", "cp12", "cp8", "iso8859", "koi8", "mac", "gb", "big5", "euc", "shift_jis", "iso2022_jp", "tis",
)  # fmt: skip


def _declared_encoding(head: bytes) -> str | None:
    """The encoding that the head of a page declares, as browsers take it (WHATWG Encoding): latin-1 means cp1252."""
    match = _META.search(head) or _XML.match(head)
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    if not name.startswith(_PAGE_ENCODINGS):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return "utf-8" if name.startswith(("utf-16", "utf-32", "utf-7")) else name
