"""Fingerprints of the content of each document, by which documents that share passages find each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from lagebild.lineage.turned import sentence_ranges
from lagebild.lineage.witness import FRAGMENT, SpokenWords, spoken_words
from lagebild.lineage.wording import Wording, wording, wording_digest
from lagebild.model.document import Block
from lagebild.model.lineage import Fingerprints, pack_hashes
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.shingles import Token, group_hashes, tokens_of, window_hashes, winnow

__all__ = ["MAX_WORDS", "PrintTools", "content_tokens", "print_windows"]

WINDOW = 3  # words that tell texts apart, function and stock words left out: some six words of text
PLAIN_WINDOW = 5  # words of a text in a language without word lists
NEIGHBOURS = 4  # of so many plain windows one is kept: every shared run of 8 words leaves one in both texts
KNOWN = 0.15  # share of words on the lists from which a text counts as of a language with data; news has 0.4 and more
LONGEST = 8  # words of a quotation that are paired
TURNED = 4  # longest words of a sentence of which every three leave a hash
MAX_WORDS = 60_000  # a longer text is not a report; its first words stand for it


class PrintTools:
    """The words that tell texts apart."""

    def __init__(self, words: Wording) -> None:
        self.words = words

    @classmethod
    def load(cls, settings: Settings) -> PrintTools:
        return cls(wording())

    @classmethod
    def digest(cls) -> str:
        return f"{wording_digest()}-packed2"


def print_windows(docs: Sequence[DocView], tools: PrintTools) -> Iterable[Fingerprints]:
    """One row a document with content, furniture left out: hashes of three neighbouring words that tell texts apart, sorted.

    The lowest bit is set in those of three of the longest words of a sentence. What stands in marks leaves a hash for every two of its words as well, so that two translations of one statement meet. Texts in languages without word lists: winnowed windows of five words.
    """
    for doc in docs:
        tokens = content_tokens(doc.text, doc.rows(Block))
        forms = [token.form for token in tokens]
        if not forms:
            continue
        hashes = {int(one) << 1 for one in _hashes(forms, tools.words)}
        hashes |= {one << 1 for one in _spoken(spoken_words(doc, tools.words))}
        hashes |= {one << 1 | 1 for one in _turned(doc.text, tokens, tools.words)}
        yield Fingerprints(f"{doc.id}:fp", doc.id, pack_hashes(hashes), len(forms))


def _hashes(forms: Sequence[str], words: Wording) -> Iterable[np.uint64]:
    listed = sum(form in words.empty for form in forms)
    if listed < KNOWN * len(forms):
        return winnow(window_hashes(forms, PLAIN_WINDOW), NEIGHBOURS)
    return np.unique(window_hashes([form for form in forms if words.tells(form)], WINDOW))


def _spoken(said: Sequence[SpokenWords]) -> list[int]:
    """A hash for every two of the longest words of a quotation: two translations share three or more words."""
    told = [one.stems for one in said if len(one.stems) >= FRAGMENT]
    pairs = [pair for stems in told for pair in combinations(sorted(_longest(stems, LONGEST)), 2)]
    return [int(one) for one in group_hashes(pairs, "\0said")]


def _turned(text: str, tokens: Sequence[Token], words: Wording) -> list[int]:
    """A hash for every three of the four longest telling words of a sentence: they stay when its clauses are turned round."""
    threes: list[tuple[str, ...]] = []
    for start, end in sentence_ranges(text, tokens):
        told = {token.form for token in tokens[start:end] if words.tells(token.form)}
        threes += combinations(sorted(_longest(told, TURNED)), 3)
    return [int(one) for one in group_hashes(threes, "\0turned")]


def _longest(forms: Iterable[str], most: int) -> list[str]:
    """The longest words, equally long ones by their letters."""
    return sorted(forms, key=lambda form: (-len(form), form))[:most]


def content_tokens(text: str, blocks: Sequence[Block]) -> list[Token]:
    """The words of the blocks that are part of the report, in text order."""
    found: list[Token] = []
    for block in blocks:
        if block.content and len(found) < MAX_WORDS:
            found += tokens_of(text, block.start, block.end, MAX_WORDS - len(found))
    return found
