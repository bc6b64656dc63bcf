"""What kind of source some bytes are, by name and by looking at the beginning."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

__all__ = ["HTML", "JSONL", "TEXT", "media_type_of"]

TEXT = "text/plain"
HTML = "text/html"
JSONL = "application/x-ndjson"

_BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
}
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def media_type_of(name: str, data: bytes) -> str:
    """text/html, application/x-ndjson or text/plain. A known ending decides; else a look at the first 4 KiB."""
    known = _BY_SUFFIX.get(PurePosixPath(name).suffix.lower())
    if known:
        return known
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MARKUP.search(head):
        return HTML
    return JSONL if _is_json_object(data) else TEXT


def _is_json_object(data: bytes) -> bool:
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{") or len(first) > 10_000_000:
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
