"""How far the words under one cue go: clauses as stretches of characters, up to the next cue or main clause."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.quote.clauses import Frame, Grammar
from lagebild.quote.cues import Cue, CueLexicon
from lagebild.quote.drafts import Stretch

__all__ = ["Cues", "FARTHEST", "clause_stretch", "closes", "past_marks", "reach_of"]

FARTHEST = 60
"""Clauses. The words under one cue are followed no further: a list of names has as many commas, a sentence of news has not."""
Cues = Sequence[Cue | None]


def clause_stretch(frame: Frame, first: int, last: int) -> Stretch:
    start, end = frame.clauses[first].first, frame.clauses[last].last
    if start < end - 1 and frame.clauses[first].opener > start and frame.clauses[first].after != ",":
        start += 1
    return frame.tokens[start].start, past_marks(frame, frame.tokens[end - 1].end)


def past_marks(frame: Frame, last: int) -> int:
    """Words in marks are not cut at a comma: the end of the stretch in marks in which `last` lies."""
    return next((end for start, end in frame.marked if start < last < end), last)


def reach_of(frame: Frame, first: int, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> int:
    """The last clause of words that begin with clause `first`: up to a new cue, „so X“, or a main clause that opens with its verb."""
    last = first
    for k in range(first + 1, min(len(frame.clauses), first + FARTHEST)):
        clause = frame.clauses[k]
        if clause.kind == "quote" or closes(frame, k, cue_of, cues, grammar):
            break
        last = k
    return last


def closes(frame: Frame, k: int, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> bool:
    clause = frame.clauses[k]
    opener = frame.tokens[clause.opener].lower
    if opener in cues.so and k == len(frame.clauses) - 1 and clause.kind == "frag" and clause.after == ",":
        return True
    if clause.kind == "sub" and grammar.has("reporting_openers", opener) and cue_of[k] is not None:
        return True
    if not clause.verb_first or clause.verb is None or grammar.subjunctive(frame.tokens[clause.verb]):
        return False
    cue = cue_of[k]
    if cue is not None and not cue.entry.loose:
        return True
    if (
        grammar.has("coordinators", clause.after)
        and frame.clauses[k - 1].kind in ("zu", "that", "wh")
        and grammar.strictly_finite(frame.tokens[clause.verb])
    ):
        return True  # „befahl, die Stadt zu räumen, und **erwägt** den Rückzug“
    return clause.after == "," and frame.clauses[k - 1].kind != "main"
