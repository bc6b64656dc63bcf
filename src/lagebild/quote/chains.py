"""Who passes another's words on: „X zitiert Y mit den Worten“, „berichtet X unter Berufung auf Y“."""

from __future__ import annotations

from lagebild.quote.addressees import document_of
from lagebild.quote.clauses import Frame, Grammar
from lagebild.quote.cues import Cue, CueLexicon
from lagebild.quote.drafts import Draft, Stretch, stretch_of
from lagebild.quote.phrases import Phrase, noun_phrase
from lagebild.quote.subjects import agent_of, subject_of

__all__ = ["pass_on"]

MOST = 6
"""Tokens between the verb and whom it cites („zitiert in ihrer Sonntagsausgabe den Minister“ has three)."""


def pass_on(draft: Draft, frame: Frame, cue: Cue, cues: CueLexicon, grammar: Grammar) -> Draft:
    """The draft with its speaker where the subject of its cue only passes the words on; else as it was."""
    if cue.entry.quoted and not cue.passive:
        cited = _cited(frame, cue, cues, grammar)
        _retold(draft, stretch_of(frame, cited))
        return draft
    if cue.entry.quoted:
        agent = stretch_of(frame, agent_of(frame, cue, grammar))
        draft.reported_by = (
            (agent, *draft.reported_by) if agent and agent != draft.speaker else draft.reported_by
        )
        return draft
    if cue.entry.verb in cues.learning:
        told = document_of(frame, cue, grammar)
        if (
            told is not None and draft.speaker is not None
        ):  # „die Agentur aus Kreisen erfuhr“: „aus Kreisen“ is no part of the name
            last = frame.tokens[max(told[0] - 2, 0)].end
            draft.speaker = (draft.speaker[0], min(draft.speaker[1], max(last, draft.speaker[0] + 1)))
        _retold(draft, stretch_of(frame, told))
        return draft
    behind = _behind(frame, cue, cues, grammar)
    if behind is not None:
        _retold(draft, stretch_of(frame, behind))
    return draft


def _retold(draft: Draft, speaker: Stretch | None) -> None:
    if draft.speaker is not None:
        draft.reported_by = (draft.speaker, *draft.reported_by)
    draft.speaker, draft.addressee = speaker, None
    draft.by = "source" if speaker else "none"


def _cited(frame: Frame, cue: Cue, cues: CueLexicon, grammar: Grammar) -> Phrase | None:
    """Whom or what a verb of citing has as its object: „zitiert **den Zoologen Emil Sand**“, „zitiert **aus dem Brief**“."""
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    subject, _ = subject_of(frame, cue, grammar)
    k = cue.verb + 1
    last = min(clause.last, k + MOST + (subject[1] - subject[0] if subject else 0))
    while k < last:
        if subject is not None and subject[0] <= k < subject[1]:
            k = subject[1]
            continue
        if grammar.has("citing", tokens[k].lower):
            return noun_phrase(tokens, k + 1, clause.last, grammar)
        if grammar.has("prepositions", tokens[k].lower):
            passed = noun_phrase(tokens, k + 1, clause.last, grammar)
            k = passed[1] if passed is not None else k + 1
            continue
        found = noun_phrase(tokens, k, clause.last, grammar)
        if found is not None and not grammar.has("reflexives", tokens[k].lower):
            return found
        k += 1
    return None


def _behind(frame: Frame, cue: Cue, cues: CueLexicon, grammar: Grammar) -> Phrase | None:
    """„unter Berufung auf **Ärzte**“, “citing **two officials**”: who stands behind what the subject reports."""
    tokens = frame.tokens
    first, last = frame.clauses[cue.clause].first, frame.clauses[cue.last_clause].last
    for k in range(first, last - 1):
        if tokens[k].text in cues.behind:
            start = k + 2 if grammar.has("behind_links", tokens[k + 1].lower) else k + 1
            direct = not grammar.verb_second or start == k + 2
            return noun_phrase(tokens, start, last, grammar) if direct else None
    return None
