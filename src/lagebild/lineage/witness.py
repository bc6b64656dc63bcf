"""The same words of one speaker in two texts: quoted alike, or in two translations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagebild.lineage.wording import Wording
from lagebild.model.speech import Quote
from lagebild.step import DocView
from lagebild.textkit.shingles import tokens_of

__all__ = ["Retold", "SpokenWords", "retold", "spoken_words"]

STEM = 6  # letters compared: „verteidigen“ and „Verteidigung“ meet, „Verhandlung“ and „Verbrechen“ do not
LEAST_WORDS = 5  # telling words that a quotation must have; shorter ones are slogans
LEAST_SHARED = 3  # of them in both
ALIKE = 0.4  # of the telling words of the shorter quotation in the other; two translations keep names, numbers and half the nouns
MOST = 64  # quotations of one document that are compared


@dataclass(frozen=True)
class SpokenWords:
    """What somebody says in marks: place of the words, last word of the speaker's name, stems of the telling words."""

    start: int
    end: int
    speaker: str
    stems: frozenset[str]


@dataclass(frozen=True)
class Retold:
    """Two quotations that give the same words of one speaker; `alike` is the part of telling words they share."""

    left: SpokenWords
    right: SpokenWords
    alike: float


def spoken_words(doc: DocView, words: Wording) -> list[SpokenWords]:
    """Direct quotations of named speakers that say enough to be compared, in text order, at most MOST."""
    found = list(_spoken(doc, words, doc.rows(Quote)))
    return found[:MOST]


def _spoken(doc: DocView, words: Wording, quotes: Sequence[Quote]) -> Iterator[SpokenWords]:
    for quote in quotes:
        if quote.speaker is None or quote.form == "indirect" or not quote.marked:
            continue
        named = list(tokens_of(doc.text, quote.speaker.start, quote.speaker.end))
        speaker = next((token.form for token in reversed(named) if doc.text[token.start].isupper()), None)
        if speaker is None:
            continue
        start, end = quote.marked[0].start, quote.marked[-1].end
        tokens = [token for piece in quote.marked for token in tokens_of(doc.text, piece.start, piece.end)]
        stems = frozenset(
            token.form[:STEM] for token in tokens if words.tells(token.form) or token.form.isdigit()
        )
        if len(stems) >= LEAST_WORDS:
            yield SpokenWords(start, end, speaker, stems)


def retold(left: Sequence[SpokenWords], right: Sequence[SpokenWords]) -> list[Retold]:
    """Pairs of quotations of one speaker that share at least ALIKE of their telling words, best first, each used once."""
    pairs = [
        Retold(a, b, round(len(a.stems & b.stems) / min(len(a.stems), len(b.stems)), 4))
        for a in left
        for b in right
        if a.speaker == b.speaker and len(a.stems & b.stems) >= LEAST_SHARED
    ]
    taken: set[tuple[int, int]] = set()
    found = []
    for pair in sorted(pairs, key=lambda one: (-one.alike, one.left.start, one.right.start)):
        places = {(0, pair.left.start), (1, pair.right.start)}
        if pair.alike >= ALIKE and not places & taken:
            taken |= places
            found.append(pair)
    return found
