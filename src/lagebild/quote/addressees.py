"""Whom somebody speaks to, and which document says something."""

from __future__ import annotations

from lagebild.quote.clauses import Frame, Grammar, Token
from lagebild.quote.cues import Cue
from lagebild.quote.phrases import Phrase, noun_phrase

__all__ = ["addressee_of", "document_of"]

_MOST_SKIPPED = 6


def addressee_of(frame: Frame, cue: Cue, speaker: Phrase | None, grammar: Grammar) -> Phrase | None:
    """Who is spoken to: „gegenüber Journalisten“, „vor Reportern“, a dative right behind verb or subject."""
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    for k in range(clause.first, clause.last - 1):
        if grammar.has("towards", tokens[k].lower):
            return noun_phrase(tokens, k + 1, clause.last, grammar)
    if cue.passive and not cue.entry.quoted:
        return _told_passively(frame, cue, grammar)
    place = cue.verb + 1
    for _ in range(_MOST_SKIPPED):
        if speaker is not None and speaker[0] <= place < speaker[1]:
            place = speaker[1]
        if place >= clause.last or tokens[place].kind != "word":
            return None
        lower = tokens[place].lower
        if not (grammar.has("reflexives", lower) and not grammar.has("told_pronouns", lower)) and not (
            grammar.has("adverbs", lower) or place in cue.words
        ):
            break
        place += 1
    return _told_at(tokens, place, clause.last, cue, speaker, grammar)


def _told_at(
    tokens: list[Token], place: int, end: int, cue: Cue, speaker: Phrase | None, grammar: Grammar
) -> Phrase | None:
    """Whom the words behind verb and subject name: a pronoun, a dative, the object of „bitten“, the noun behind „an“."""
    lower, verb = tokens[place].lower, cue.entry.verb
    if grammar.has("told_pronouns", lower):
        return place, place + 1
    if grammar.has("told_behind", lower) and grammar.has("telling_to", verb):
        return noun_phrase(tokens, place + 1, end, grammar)
    found = noun_phrase(tokens, place, end, grammar)
    if found is None or speaker is None or cue.entry.paired:
        return None
    words = tokens[found[0] : found[1]]
    somebody = any(token.name in ("PER", "ORG") or grammar.speaks(token.text) for token in words)
    dative = (
        grammar.has("oblique", lower)
        or grammar.has("feminine_dative", lower)
        or words[0].name in ("PER", "ORG")
    )
    return (
        found if (dative and grammar.verb_second) or (somebody and grammar.has("told_verbs", verb)) else None
    )


def _told_passively(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """„**Dem Trainer** wurde vorgeworfen, …“, „**Anwohner** wurden aufgefordert“: what stands for a subject is spoken to, it does not speak."""
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    places = [clause.opener] if clause.opener < cue.verb else [cue.verb + 1]
    for place in places:
        if place >= clause.last or tokens[place].kind != "word":
            continue
        lower = tokens[place].lower
        if grammar.has("spoken_to", lower):
            return place, place + 1
        found = noun_phrase(tokens, place, clause.last, grammar)
        words = tokens[found[0] : found[1]] if found is not None else []
        if any(token.name in ("PER", "ORG") or grammar.speaks(token.text) for token in words):
            return found
    return None


def document_of(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """Where it says so: „in **dem Papier** heißt es“, „wie aus **Regierungskreisen** verlautete“. None for places and times."""
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    for k in range(clause.first, clause.last - 1):
        if not grammar.has("document_prepositions", tokens[k].lower):
            continue
        found = noun_phrase(tokens, k + 1, clause.last, grammar)
        if found is None or any(
            grammar.has("time_nouns", token.text) for token in tokens[found[0] : found[1]]
        ):
            continue
        if tokens[found[0]].name == "LOC" and found[1] - found[0] == 1:
            continue
        return found
    return None
