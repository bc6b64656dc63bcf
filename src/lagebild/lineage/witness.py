"""The same words of one speaker in two texts: quoted alike, or in two translations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagebild.lineage.wording import Wording
from lagebild.model.speech import Quote
from lagebild.step import DocView
from lagebild.textkit.shingles import tokens_of

__all__ = ["FRAGMENT", "Retold", "SpokenWords", "retold", "spoken_words"]

STEM = 6  # letters compared: „verteidigen“ and „Verteidigung“ meet, „Verhandlung“ and „Verbrechen“ do not
LEAST_WORDS = 3  # words beside function words that a quotation must have; shorter ones are slogans
LEAST_SHARED = 3  # of them in both
FRAGMENT = 4  # a quotation of fewer words is a fragment: all of them must stand in what the same speaker says elsewhere
ALIKE = 0.4  # of these words of the shorter quotation in the other; two translations keep names, numbers and half the nouns
UNNAMED = (4, 0.6)  # shared words and their part where one text does not name the speaker
OTHER = (4, 0.75)  # where the speakers' names differ: read wrongly in one text, or quoted at second hand
MOST = 64  # quotations of one document that are compared


_ENDING = re.compile(r"(?<=\w{3})(?:e[nrms]?|n|s)$")


@dataclass(frozen=True)
class SpokenWords:
    """What somebody says in marks: place of the words, words of the speaker's name, stems of the telling words."""

    start: int
    end: int
    speaker: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True)
class Retold:
    """Two quotations that give the same words of one speaker; `alike` is the part of telling words they share."""

    left: SpokenWords
    right: SpokenWords
    alike: float


def spoken_words(doc: DocView, words: Wording) -> list[SpokenWords]:
    """Direct quotations that say enough to be compared, in text order, at most MOST."""
    found = list(_spoken(doc, words, doc.rows(Quote)))
    return found[:MOST]


def _spoken(doc: DocView, words: Wording, quotes: Sequence[Quote]) -> Iterator[SpokenWords]:
    for quote in quotes:
        if quote.form == "indirect" or not quote.marked:
            continue
        who = tokens_of(doc.text, quote.speaker.start, quote.speaker.end) if quote.speaker else []
        names = frozenset(
            token.form for token in who if doc.text[token.start].isupper() and words.tells(token.form)
        )
        tokens = [token for piece in quote.marked for token in tokens_of(doc.text, piece.start, piece.end)]
        stems = frozenset(
            _stem(token.form) for token in tokens if token.form not in words.empty and len(token.form) > 2
        )
        if len(stems) >= LEAST_WORDS:
            yield SpokenWords(quote.marked[0].start, quote.marked[-1].end, names, stems)


def _stem(form: str) -> str:
    """The beginning of a word, without an ending of declension: „gute“ and „guten“ meet."""
    return _ENDING.sub("", form)[:STEM]


def retold(left: Sequence[SpokenWords], right: Sequence[SpokenWords]) -> list[Retold]:
    """Pairs of quotations that share enough of their telling words to be one statement, best first, each used once.

    How much is enough depends on the speakers: the same name, none on one side, or different names.
    """
    pairs = [pair for a in left for b in right if (pair := _alike(a, b))]
    taken: set[tuple[int, int]] = set()
    found = []
    for pair in sorted(pairs, key=lambda one: (-one.alike, one.left.start, one.right.start)):
        places = {(0, pair.left.start), (1, pair.right.start)}
        if not places & taken:
            taken |= places
            found.append(pair)
    return found


def _alike(a: SpokenWords, b: SpokenWords) -> Retold | None:
    shared = len(a.stems & b.stems)
    if min(len(a.stems), len(b.stems)) < FRAGMENT and not (a.speaker & b.speaker and shared >= LEAST_SHARED):
        return None
    alike = round(shared / min(len(a.stems), len(b.stems)), 4)
    if a.speaker & b.speaker:
        least, part = LEAST_SHARED, ALIKE
    else:
        least, part = OTHER if a.speaker and b.speaker else UNNAMED
    return Retold(a, b, alike) if shared >= least and alike >= part else None
