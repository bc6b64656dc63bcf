"""„wollte sich zu den Vorwürfen nicht äußern“: whoever says nothing, and to what."""

from __future__ import annotations

from lagebild.quote.clauses import Clause, Frame, Grammar
from lagebild.quote.cues import NO_ENTRY, Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, place_of, stretch_of
from lagebild.quote.phrases import noun_phrase
from lagebild.quote.subjects import subject_of

__all__ = ["place_silence"]


def place_silence(frame: Frame, number: int, context: Context, cues: CueLexicon, grammar: Grammar) -> bool:
    """Add what somebody does not want to speak of; True where a clause says so, even if it does not say of what."""
    silent = False
    for k, clause in enumerate(frame.clauses):
        words = _silent(frame, clause, cues, grammar) if clause.kind == "main" else ()
        if not words or clause.verb is None:
            continue
        silent = True
        subject, by = subject_of(frame, Cue(k, NO_ENTRY, clause.verb, words, False, k), grammar)
        if subject is not None and any(
            token.text in cues.silence["nouns"] for token in frame.tokens[subject[0] : subject[1]]
        ):
            continue  # „Nähere Angaben machte er nicht“
        about = _about(frame, clause, subject, cues, grammar)
        if about is None or subject is None:
            continue
        start, end = about
        context.add(
            Draft(
                [(frame.tokens[start].start, frame.tokens[end - 1].end)], "indirect", place_of(frame, words), stretch_of(frame, subject), "no_comment",
                "neutral", 0.8, "noun_phrase", frame.tokens[max(words)].lemma, by=by, frame=number, clause=k,
            )
        )  # fmt: skip
    return silent


def _silent(frame: Frame, clause: Clause, cues: CueLexicon, grammar: Grammar) -> tuple[int, ...]:
    """The verbs of a clause in which somebody does not speak: „wollte … nicht äußern“, „machte keine Angaben“; () elsewhere."""
    tokens = frame.tokens
    if clause.verb is None or not any(
        grammar.has("negations", token.lower) for token in tokens[clause.first : clause.last]
    ):
        return ()
    finite, last = clause.verb, clause.last - 1
    nouns = {token.text for token in tokens[clause.first : clause.last]}
    if tokens[finite].lemma in cues.silence["wanting"] and last > finite:
        verb = tokens[last].lemma if tokens[last].lemma else tokens[last].lower
        spoken = verb in cues.silence["verbs"] or (
            verb in cues.silence["light"] and nouns & cues.silence["nouns"]
        )
        lower = {token.lower for token in tokens[clause.first : clause.last]}
        neither = verb in cues.silence["neither"] and bool(lower & cues.silence["neither_words"])
        return (finite, last) if spoken or neither else ()
    plain = tokens[finite].lemma in cues.silence["light"] and bool(nouns & cues.silence["nouns"])
    reflexive = tokens[finite].lemma in cues.silence["reflexive"] and any(
        grammar.has("reflexives", token.lower) for token in tokens[clause.first : clause.last]
    )
    return (finite,) if plain or reflexive else ()


def _about(
    frame: Frame, clause: Clause, subject: tuple[int, int] | None, cues: CueLexicon, grammar: Grammar
) -> tuple[int, int] | None:
    """„zu den Vorwürfen“, „dazu“, „das“: what is not spoken of."""
    tokens = frame.tokens
    for k in range(clause.first, clause.last):
        if subject is not None and subject[0] <= k < subject[1]:
            continue
        if tokens[k].lower in cues.silence["pointing"]:
            return k, k + 1
        if tokens[k].lower in cues.silence["about"]:
            found = noun_phrase(tokens, k + 1, clause.last, grammar, whole=True)
            if found is not None and tokens[found[1] - 1].text not in cues.silence["asked"]:
                return k, found[1]
    for k in range(clause.first, clause.last - 1):
        inside = subject is not None and subject[0] <= k < subject[1]
        if not inside and grammar.has("object_pronouns", tokens[k].lower):
            return k, k + 1
    if clause.verb is None or tokens[clause.verb].lemma not in cues.silence["wanting"]:
        return None
    start = clause.verb + 1
    if subject is not None and start <= subject[0]:
        start = subject[1]
    return noun_phrase(tokens, start, clause.last, grammar) if start < clause.last else None
