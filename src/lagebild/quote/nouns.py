"""Clauses under a noun of saying: „mit der Begründung, dass …“, „Trumps Behauptung, …“."""

from __future__ import annotations

from lagebild.quote.clauses import Clause, Frame, Grammar
from lagebild.quote.cues import NO_ENTRY, Cue, CueLexicon
from lagebild.quote.drafts import Draft, stretch_of
from lagebild.quote.phrases import Phrase, noun_phrase
from lagebild.quote.reach import Cues, clause_stretch
from lagebild.quote.subjects import subject_of

__all__ = ["under_noun"]

WANTING = ("demand", "promise", "threaten")
"""Nouns of these stances have their words in an infinitive too: „seine Forderung, das Werk **zu schließen**“."""


def under_noun(
    frame: Frame, number: int, k: int, cue_of: Cues, used: set[int], cues: CueLexicon, grammar: Grammar
) -> Draft | None:
    """„mit der Begründung, dass …“, „Trumps Behauptung, …“: a noun of saying right before the clause."""
    clause = frame.clauses[k]
    if k + 1 >= len(frame.clauses) or (k in used) or cue_of[k] is not None:
        return None
    following = frame.clauses[k + 1]
    place = next(
        (
            j
            for j in range(clause.last - 1, max(clause.first - 1, clause.last - 5), -1)
            if frame.tokens[j].text in cues.nouns or frame.tokens[j].lemma in cues.nouns
        ),
        None,
    )
    main = (
        following.kind == "main"
        and following.verb is not None
        and not following.verb_first
        and grammar.subjunctive(frame.tokens[following.verb])
    )
    if place is None or following.after != ",":
        return None
    noun = frame.tokens[place]
    stance, distance = cues.nouns.get(noun.text) or cues.nouns[noun.lemma]
    wanted = following.kind == "zu" and stance in WANTING
    if not (
        following.kind == "that"
        or (stance == "ask" and following.kind == "wh")
        or (main and stance != "ask")
        or wanted
    ):
        return None
    last = k + 1
    while (
        last + 1 < len(frame.clauses)
        and frame.clauses[last + 1].kind in ("rel", "sub", "zu", "frag")
        and frame.clauses[last + 1].after == ","
    ):
        last += 1
    if frame.clauses[last].kind == "frag":
        last = k + 1
    speaker = _owner(frame, clause, place, grammar) or _with_reason(frame, k, place, grammar)
    if wanted and speaker is None:
        return None
    return Draft(
        [clause_stretch(frame, k + 1, last)], "indirect", ((noun.start, noun.end),), stretch_of(frame, speaker), stance, distance, 0.8, "noun_of_saying",
        noun.text, by="owner" if speaker else "none", frame=number, clause=k,
    )  # fmt: skip


def _with_reason(frame: Frame, number: int, place: int, grammar: Grammar) -> Phrase | None:
    """„wies den Antrag **mit der Begründung** zurück, …“: the words are those of the clause's subject."""
    clause = frame.clauses[number]
    if (
        place - 2 < clause.first
        or not grammar.has("reason_prepositions", frame.tokens[place - 2].lower)
        or clause.verb is None
        or clause.kind != "main"
    ):
        return None
    return subject_of(frame, Cue(number, NO_ENTRY, clause.verb, (clause.verb,), False, number), grammar)[0]


def _owner(frame: Frame, clause: Clause, place: int, grammar: Grammar) -> Phrase | None:
    tokens = frame.tokens
    if place + 1 < clause.last and (
        grammar.has("genitive", tokens[place + 1].lower)
        or grammar.has("from_words", tokens[place + 1].lower)
        or tokens[place + 1].name
    ):
        start = place + 1 + (grammar.has("from_words", tokens[place + 1].lower))
        return noun_phrase(tokens, start, clause.last, grammar)
    if place > clause.first:
        before = tokens[place - 1]
        if before.capital and grammar.ends("genitive_ends", before.lower):
            return place - 1, place
        if grammar.has("possessives", before.lower):
            return place - 1, place
    return None
