"""What a language model says about the subject of a verb, where one has read the text: a second opinion, never the only one.

Relations are those of Universal Dependencies: `nsubj` hangs on the verb that carries the meaning, `nsubj:pass` is whom something is
done to, auxiliaries hang on that verb too.
"""

from __future__ import annotations

from lagebild.quote.clauses import Frame
from lagebild.quote.cues import Cue

__all__ = ["governed_by", "read_subject"]

SUBJECT = "nsubj"
_OTHERS = ("obj", "iobj")


def governed_by(frame: Frame, cue: Cue) -> frozenset[int]:
    """Where the words of a cue start: on one of them its subject hangs. Empty where no model has read the sentence."""
    words = [frame.tokens[k] for k in {cue.verb, *cue.words}]
    return frozenset(word.start for word in words) if any(word.relation for word in words) else frozenset()


def read_subject(frame: Frame, cue: Cue) -> tuple[int | None, frozenset[int]]:
    """The token that a model reads as the subject of a cue, and those that it reads as something else beside the same verb."""
    verbs = governed_by(frame, cue)
    if not verbs:
        return None, frozenset()
    clause, last = frame.clauses[cue.clause], frame.clauses[cue.last_clause].last
    first = frame.clauses[max(0, cue.clause - 2)].first
    found: int | None = None
    others: set[int] = set()
    for k in range(first, max(clause.last, last)):
        token = frame.tokens[k]
        if token.governor in verbs and k != cue.verb:
            if token.relation == SUBJECT and found is None:
                found = k
            elif token.relation in _OTHERS:
                others.add(k)
    return found, frozenset(others)
