"""Texts with marks in them: `[Peskow]{1s} [sagte]{1c}: „[Wir sind bereit.]{1}“` gives the text without marks, and where each stood.

A label is written in braces after the closing bracket; several, parted by commas, share a place. Brackets may nest.
"""

from __future__ import annotations

import re

__all__ = ["Places", "read_marked"]

Places = dict[str, tuple[tuple[int, int], ...]]
_TOKEN = re.compile(r"\[|\]\{([^}]*)\}")


def read_marked(marked: str) -> tuple[str, Places]:
    """The text without marks and, for each label, its stretches in text order. Raises ValueError for marks that do not match."""
    text, last = "", 0
    opened: list[int] = []
    places: dict[str, list[tuple[int, int]]] = {}
    for match in _TOKEN.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match[1] is None:
            opened.append(len(text))
            continue
        if not opened:
            raise ValueError(f"closing mark without an opening one at {match.start()}: {marked!r}")
        start = opened.pop()
        for label in match[1].split(","):
            places.setdefault(label.strip(), []).append((start, len(text)))
    if opened:
        raise ValueError(f"opening mark without a closing one: {marked!r}")
    return text + marked[last:], {label: tuple(sorted(found)) for label, found in places.items()}
