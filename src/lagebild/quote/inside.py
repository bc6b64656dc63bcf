"""Speech inside speech: what somebody, in his own words, says that another has said.

Only what a verb of saying introduces, with a clause or words in marks, counts here, and only where somebody else speaks: people
say „ich hoffe“ and „das zeigt, dass …“ in every second sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from lagebild.quote.clauses import Frame, Grammar
from lagebild.quote.cues import CueLexicon
from lagebild.quote.drafts import Context, Draft
from lagebild.quote.frames import BlockRead, cut_inside
from lagebild.quote.marks import Marked

__all__ = ["Reading", "inside_of"]

Reading = Callable[[Frame, int, Context], None]
"""Adds what a frame reports to a context."""
_TOLD = frozenset(
    {"conjunction", "cue_after", "cue_before", "main_clause", "infinitive", "source", "source_beside"}
)
_SURE = 0.8


def inside_of(
    text: str, block: BlockRead, cues: CueLexicon, grammar: Grammar, read: Reading
) -> Iterator[Draft]:
    """What others say inside the direct speech of a block."""
    if block.turn is not None:
        if _may_tell(block, block.turn.start, block.turn.end, grammar):
            yield from _told(text, block.frames, grammar, read)
        return
    for said in block.utterances:
        if said.depth == 0 and _may_tell(block, said.inner_start, said.inner_end, grammar):
            yield from _told(text, cut_inside(text, block, said, cues, grammar), grammar, read)


def _may_tell(block: BlockRead, start: int, end: int, grammar: Grammar) -> bool:
    """True where words hold marks of their own, „dass“ or a subjunctive: most do not, and need no second look."""
    nested = any(start < pair.start and pair.end <= end for pair in _pairs(block.marks.pairs, start, end))
    if nested:
        return True
    first = bisect_left(block.starts, start)
    last = bisect_left(block.starts, end)
    return any(
        grammar.has("complement", token.lower) or grammar.subjunctive(token)
        for token in block.tokens[first:last]
    )


def _pairs(pairs: tuple[Marked, ...], start: int, end: int) -> Iterator[Marked]:
    for k in range(bisect_left(pairs, start, key=lambda pair: pair.start), len(pairs)):
        if pairs[k].start >= end:
            return
        yield pairs[k]


def _told(text: str, frames: list[Frame], grammar: Grammar, read: Reading) -> Iterator[Draft]:
    context = Context()
    for number, frame in enumerate(frames):
        read(frame, number, context)
    for draft in context.drafts:
        if draft.how in _TOLD and draft.cue and draft.speaker is not None and draft.score >= _SURE:
            own = grammar.has("own_words", text[slice(*draft.speaker)].lower())
            if draft.form == "direct" or not own:
                yield draft
