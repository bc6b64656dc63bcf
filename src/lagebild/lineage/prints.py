"""Fingerprints of the content of each document, by which documents that share passages find each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lagebild.model.document import Block
from lagebild.model.lineage import Fingerprints
from lagebild.step import DocView
from lagebild.textkit.shingles import Token, tokens_of, window_hashes, winnow

__all__ = ["WINDOW", "content_tokens", "print_windows"]

WINDOW = (
    5  # words; with 4 neighbours winnowed every shared run of 8 words leaves at least one common fingerprint
)
NEIGHBOURS = 4
MAX_WORDS = 200_000  # a longer text is not a report; its first words stand for it


def print_windows(docs: Sequence[DocView]) -> Iterable[Fingerprints]:
    """One row a document: winnowed hashes of windows of five words of its content, furniture left out, sorted.

    Documents with fewer than five words of content have no row.
    """
    for doc in docs:
        forms = [token.form for token in content_tokens(doc.text, doc.rows(Block))]
        hashes = winnow(window_hashes(forms, WINDOW), NEIGHBOURS)
        if len(hashes):
            yield Fingerprints(f"{doc.id}:fp", doc.id, tuple(int(one) for one in hashes))


def content_tokens(text: str, blocks: Sequence[Block]) -> list[Token]:
    """The words of the blocks that are part of the report, in text order."""
    found: list[Token] = []
    for block in blocks:
        if block.content and len(found) < MAX_WORDS:
            found += tokens_of(text, block.start, block.end, MAX_WORDS - len(found))
    return found
