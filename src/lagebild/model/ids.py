"""How an id is made from what it names: same input, same id, whatever the order of arrival."""

from __future__ import annotations

from hashlib import blake2b

__all__ = ["content_id", "place_id"]


def content_id(prefix: str, *parts: object) -> str:
    """`prefix` and 16 hex digits of a BLAKE2b hash over `parts`, each written as text.

    >>> content_id("e", "PER", "Ada Lovelace") == content_id("e", "PER", "Ada Lovelace")
    True
    """
    hashed = blake2b(digest_size=8)
    for part in parts:
        hashed.update(repr(part).encode("utf-8", "surrogatepass"))
        hashed.update(b"\x1f")
    return prefix + hashed.hexdigest()


def place_id(doc_id: str, letter: str, start: int, end: int, note: str = "") -> str:
    """Id of a row at characters `start` to `end` of a document; sorting ids of one letter gives text order.

    >>> place_id("d01", "s", 0, 12)
    'd01:s00000000-00000012'
    """
    return f"{doc_id}:{letter}{start:08d}-{end:08d}{'.' + note if note else ''}"
