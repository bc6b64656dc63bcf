"""The subject of a cue: the words that name a speaker, found by their place beside the verb.

German: before the finite verb, or right after it where something else stands in front. Never the nearest name: a clause whose
subject cannot be told gives None.
"""

from __future__ import annotations

from lagebild.quote.clauses import Clause, Frame, Grammar, Token
from lagebild.quote.cues import Cue
from lagebild.quote.phrases import MOST, Phrase, closed_class, inflected, noun_phrase, past_phrase
from lagebild.quote.trees import read_subject

__all__ = ["agent_of", "like_opener", "resumes", "subject_of"]


def subject_of(frame: Frame, cue: Cue, grammar: Grammar) -> tuple[Phrase | None, str]:
    """The subject of a cue clause and how it was found: before, after, own (the verb's own clause), none.

    Where a language model has read the sentence, it decides between what stands before the verb and what behind, and finds
    a subject where places alone do not.
    """
    phrase, by = _placed_subject(frame, cue, grammar)
    if cue.passive and not cue.entry.quoted:
        return phrase, by
    read, others = read_subject(frame, cue)
    if read is None or (phrase is not None and not any(phrase[0] <= k < phrase[1] for k in others)):
        return phrase, by
    if phrase is not None and phrase[0] <= read < phrase[1]:
        return phrase, by
    second = _phrase_around(frame, read, cue, grammar)
    return (second, "before" if read < cue.verb else "after") if second is not None else (phrase, by)


def _phrase_around(frame: Frame, place: int, cue: Cue, grammar: Grammar) -> Phrase | None:
    """The noun phrase in which a token stands, if it can speak."""
    tokens = frame.tokens
    token = tokens[place]
    if not (token.capital or grammar.has("speaking_pronouns", token.lower)):
        return None
    clause = next((part for part in frame.clauses if part.first <= place < part.last), None)
    if clause is None or clause.kind == "quote":
        return None
    for first in range(max(clause.first, place - 6), place + 1):
        found = noun_phrase(tokens, first, clause.last, grammar)
        if found is not None and found[0] <= place < found[1] and not found[0] <= cue.verb < found[1]:
            return found if cue.any_subject or _plainly_speaks(tokens, found, grammar) else None
    return None


def _plainly_speaks(tokens: list[Token], found: Phrase, grammar: Grammar) -> bool:
    """True for people, bodies and pronouns in a form that can be a subject: a model's word alone makes no speaker of a thing."""
    first, words = tokens[found[0]], tokens[found[0] : found[1]]
    oblique = grammar.has("oblique", first.lower) or grammar.has("reflexives", first.lower)
    if oblique or _feminine_dative(tokens, found[0], grammar) or not _may_speak(tokens, found, grammar):
        return False
    if len(words) == 1 and grammar.has("speaking_pronouns", first.lower):
        return grammar.has("nominative_pronouns", first.lower)
    head = next(
        (token for token in words if token.capital and not grammar.has("determiners", token.lower)), first
    )
    return grammar.speaks(head.text) or any(token.name in ("PER", "ORG") for token in words)


def _placed_subject(frame: Frame, cue: Cue, grammar: Grammar) -> tuple[Phrase | None, str]:
    clause = frame.clauses[cue.clause]
    if cue.passive and not cue.entry.quoted:
        return agent_of(frame, cue, grammar), "agent"
    if not grammar.verb_second:
        return _english_subject(frame, cue, grammar)
    if clause.kind in ("sub", "that", "rel", "wh"):
        return _subordinate_subject(frame, clause, cue, grammar), "own"
    before = _front_subject(frame, cue, grammar)
    after = _after_verb(frame, cue, grammar)
    if after is not None and any(after[0] <= k < after[1] for k in cue.words):
        after = None
    if (
        clause.verb_first
        and grammar.has("coordinators", clause.after)
        and not _marked_nominative(frame.tokens, after, grammar)
    ):
        return None, "none"
    if before is not None and not (
        _marked_nominative(frame.tokens, after, grammar) and _could_be_object(frame.tokens, before, grammar)
    ):
        return before, "before"
    if after is not None:
        return _without_object(frame.tokens, after, cue), "after"
    titled = _name_with_particle(frame.tokens, clause.opener, cue.verb, grammar)
    return titled, "before" if titled else "none"


def _name_with_particle(tokens: list[Token], first: int, verb: int, grammar: Grammar) -> Phrase | None:
    """„Von der Heyde sagte“ without another subject: a name, not „von“ with its noun."""
    particles = verb - first == 3 and all(
        grammar.has("name_particles", token.lower) for token in tokens[first : first + 2]
    )
    return (first, verb) if particles and tokens[first + 2].capital else None


def _without_object(tokens: list[Token], found: Phrase, cue: Cue) -> Phrase:
    """„spricht die Polizei **von Ausschreitungen**“: the preposition that the verb takes ends its subject."""
    for k in range(found[0] + 1, found[1]):
        if tokens[k].lower in cue.entry.objects:
            return found[0], k
    return found


def agent_of(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """Who does what a passive verb says: „**von X** bestätigt“; for a cue only people and bodies, for other verbs what stands behind it."""
    clause, tokens = frame.clauses[cue.clause], frame.tokens
    for k in range(clause.first, clause.last):
        if grammar.has("agents", tokens[k].lower):
            found = noun_phrase(tokens, k + 1, clause.last, grammar)
            if found is not None and (
                k > cue.verb if cue.any_subject else _names_somebody(tokens, found, grammar)
            ):
                return found
    return None


def _names_somebody(tokens: list[Token], found: Phrase, grammar: Grammar) -> bool:
    return any(
        token.name in ("PER", "ORG", "LOC")
        or grammar.speaks(token.text)
        or grammar.has("anonymous", token.text)
        or grammar.has("told_pronouns", token.lower)
        for token in tokens[found[0] : found[1]]
    )


def _front_subject(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    clause = frame.clauses[cue.clause]
    tokens = frame.tokens
    first = clause.first
    if clause.verb_first:
        return (
            None
            if _inserted(frame, cue) and like_opener(frame, cue.clause, grammar) is None
            else _parted_subject(frame, cue, grammar)
        )
    while first < cue.verb - 1 and (
        grammar.has("coordinators", tokens[first].lower) or (grammar.has("focus", tokens[first].lower))
    ):
        first += 1
    named = tokens[first].name in ("PER", "ORG")
    if _feminine_dative(tokens, first, grammar):
        return None
    if tokens[first].kind != "word" or (
        not named
        and (grammar.has("prepositions", tokens[first].lower) or grammar.has("oblique", tokens[first].lower))
    ):
        return None
    if (
        grammar.has("adverbs", tokens[first].lower) or grammar.has("empty_subjects", tokens[first].lower)
    ) and not tokens[first].name:
        return None
    if first == cue.verb - 1 and grammar.has("object_pronouns", tokens[first].lower) and not cue.any_subject:
        return None  # „**Dies** gab das Amt bekannt“
    if first == cue.verb - 1 and grammar.has("demonstratives", tokens[first].lower):
        return first, cue.verb  # „Der sagte“
    found = _long_attribute(tokens, first, cue.verb, grammar) or noun_phrase(
        tokens, first, cue.verb, grammar, whole=True
    )
    if found is None or not (cue.any_subject or _may_speak(tokens, found, grammar)):
        return None
    rest = tokens[found[1] : cue.verb]
    fits = (
        not rest
        or grammar.has("attaching", rest[0].lower)
        or grammar.has("prepositions", rest[0].lower)
        or grammar.has("adverbs", rest[0].lower)
        or len(rest) <= 2
    )
    if not fits:
        return None
    return found


def _long_attribute(tokens: list[Token], first: int, verb: int, grammar: Grammar) -> Phrase | None:
    """„Zwei **mit dem Vorgang vertraute** Personen“: an attribute with a preposition between number or article and noun."""
    if verb - first < 5 or not tokens[verb - 1].capital or tokens[verb - 1].name:
        return None
    starts = grammar.has("determiners", tokens[first].lower) and grammar.has(
        "prepositions", tokens[first + 1].lower
    )
    attribute = tokens[verb - 2].text[:1].islower() and inflected(tokens[verb - 2], grammar)
    plain = not any(token.kind != "word" for token in tokens[first:verb])
    return (first, verb) if starts and attribute and plain else None


def _feminine_dative(tokens: list[Token], first: int, grammar: Grammar) -> bool:
    """„Der **angesehenen** Zeitung sagte X“: behind a nominative „der“ the adjective ends in -e."""
    following = tokens[first + 1] if first + 1 < len(tokens) else None
    return (
        grammar.has("feminine_dative", tokens[first].lower)
        and following is not None
        and following.text[:1].islower()
        and grammar.ends("weak_ends", following.lower)
    )


def resumes(frame: Frame, cue: Cue) -> bool:
    """„Die Mieter, die seit Jahren klagen, **hatten** die Firma **gewarnt**“: the subject stands before a relative clause."""
    k = cue.clause
    perfect = cue.verb not in cue.words
    opened = frame.clauses[k].verb_first and frame.clauses[k].after == "," and k > 1
    return perfect and opened and frame.clauses[k - 1].kind == "rel" and frame.clauses[k - 2].kind == "frag"


def _inserted(frame: Frame, cue: Cue) -> bool:
    """„Die Reparatur, sagte X, habe …“: the clause behind opens with the verb of what stands in front."""
    k = cue.last_clause + 1
    if resumes(frame, cue):
        return False
    return k < len(frame.clauses) and frame.clauses[k].verb_first and frame.clauses[k].after == ","


def _parted_subject(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """„Karoline Leavitt, die Sprecherin des Weißen Hauses, sagte“: parts without a verb right before a clause that opens with it."""
    k = cue.clause
    if frame.clauses[k].after not in (",", "–", ")"):
        return None
    first = None
    while k > 0:
        part = frame.clauses[k - 1]
        if part.kind == "rel":
            k -= 1
            continue
        if part.kind != "frag":
            break
        first = k - 1
        k -= 1
        if frame.clauses[first].after not in (",", "–", "("):
            break
    if first is None:
        return None
    start = frame.clauses[first].opener
    if like_opener(frame, cue.clause, grammar) == first:
        start += 1
    opening = frame.tokens[start].lower
    if any(grammar.has(name, opening) for name in ("prepositions", "adverbs", "oblique")) or _feminine_dative(
        frame.tokens, start, grammar
    ):
        return None
    found = noun_phrase(frame.tokens, start, frame.clauses[first].last, grammar)
    if found is None or not (cue.any_subject or _may_speak(frame.tokens, found, grammar)):
        return None
    return found[0], _with_apposition(frame, first, found[1], cue.clause, grammar)


def like_opener(frame: Frame, number: int, grammar: Grammar) -> int | None:
    """The clause „wie Jan Holm“ of „…, wie Jan Holm, Direktor der Behörde, betont“, where `number` is that of the verb."""
    k = number - 1
    while (
        k > 0
        and frame.clauses[k].kind in ("frag", "rel")
        and not grammar.has("reporting_openers", frame.tokens[frame.clauses[k].opener].lower)
    ):
        k -= 1
    clause = frame.clauses[k] if k >= 0 else None
    return (
        k
        if clause is not None
        and clause.kind == "frag"
        and grammar.has("reporting_openers", frame.tokens[clause.opener].lower)
        else None
    )


def _with_apposition(frame: Frame, number: int, last: int, before: int, grammar: Grammar) -> int:
    """The end of the phrase with the role or name put after it between commas."""
    if last != frame.clauses[number].last or number + 1 >= before:
        return last
    part = frame.clauses[number + 1]
    if part.kind != "frag" or part.after != ",":
        return last
    found = noun_phrase(frame.tokens, part.first, part.last, grammar)
    if found is None or (
        grammar.has("speaking_pronouns", frame.tokens[part.first].lower) and found[1] - found[0] == 1
    ):
        return last
    rest = frame.tokens[found[1] : part.last]
    attached = (
        not rest
        or grammar.has("prepositions", rest[0].lower)
        or grammar.has("coordinators", rest[0].lower)
        or grammar.has("attaching", rest[0].lower)
    )
    return part.last if attached and part.last - part.first <= MOST else last


def _after_verb(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """The first noun phrase behind the verb that can be its subject: adverbs and phrases with a preposition are passed over."""
    number, tokens, end = cue.clause, frame.tokens, frame.clauses[cue.clause].last
    k = cue.verb + 1
    for _ in range(8):
        if k >= end or tokens[k].kind != "word":
            return None
        lower = tokens[k].lower
        if grammar.has("empty_subjects", lower):
            return None
        if (
            (
                grammar.has("focus", lower)
                and k + 1 < end
                and (tokens[k + 1].capital or grammar.has("determiners", tokens[k + 1].lower))
            )
            or grammar.has("reflexives", lower)
            or (grammar.has("adverbs", lower) and not tokens[k].capital)
        ):
            k += 1
        elif grammar.has("prepositions", lower):
            passed = past_phrase(tokens, k, end, grammar)
            if passed is None:
                return None
            k = passed
        elif grammar.has("oblique", lower):
            found = noun_phrase(tokens, k, end, grammar)
            k = found[1] if found is not None else k + 1
        else:
            found = noun_phrase(tokens, k, end, grammar)
            if found is None and tokens[k].text[:1].islower() and not grammar.finite(tokens[k]):
                k += 1
                continue
            if found is None or not (cue.any_subject or _may_speak(tokens, found, grammar)):
                return None
            return found[0], _with_apposition(frame, number, found[1], len(frame.clauses), grammar)
    return None


def _subordinate_subject(frame: Frame, clause: Clause, cue: Cue, grammar: Grammar) -> Phrase | None:
    verb = cue.verb
    tokens, k = frame.tokens, clause.opener + 1
    if clause.kind == "rel" and grammar.has("nominative_relatives", tokens[clause.opener].lower):
        return None
    for _ in range(6):
        if k >= verb:
            return None
        lower = tokens[k].lower
        if grammar.has("empty_subjects", lower):
            return None
        if grammar.has("prepositions", lower):
            passed = past_phrase(tokens, k, verb, grammar)
            if passed is None:
                return None
            k = passed
        elif (
            grammar.has("adverbs", lower)
            or grammar.has("reflexives", lower)
            or (grammar.has("oblique", lower) and not grammar.has("articles_oblique", lower))
        ):
            k += 1
        else:
            found = noun_phrase(tokens, k, verb, grammar)
            if found is not None:
                return (
                    found
                    if (cue.any_subject or _may_speak(tokens, found, grammar))
                    and not grammar.has("oblique", lower)
                    else None
                )
            k += 1
    return None


def _may_speak(tokens: list[Token], found: Phrase, grammar: Grammar) -> bool:
    words = tokens[found[0] : found[1]]
    if any(grammar.has("empty_subjects", token.lower) for token in words[:1]):
        return False
    if any(token.name == "PER" for token in words):
        return True
    if all(
        grammar.has("time_nouns", token.text)
        or grammar.has("determiners", token.lower)
        or (inflected(token, grammar) and not token.capital)
        for token in words
    ):
        return any(grammar.has("speaking_pronouns", token.lower) for token in words) and len(words) == 1
    heads = [token for token in words if token.capital and not grammar.has("determiners", token.lower)]
    return not (len(heads) == 1 and grammar.has("no_speakers", heads[0].text))


def _marked_nominative(tokens: list[Token], found: Phrase | None, grammar: Grammar) -> bool:
    if found is None:
        return False
    first = tokens[found[0]]
    return (
        first.name == "PER"
        or grammar.has("nominative_pronouns", first.lower)
        or (grammar.has("nominative", first.lower) and found[1] - found[0] > 1)
    )


def _could_be_object(tokens: list[Token], found: Phrase, grammar: Grammar) -> bool:
    """„Die Vorwürfe wies der Sprecher zurück“: things, not people, in front of the verb."""
    words = tokens[found[0] : found[1]]
    if any(token.name in ("PER", "ORG") for token in words[:2]):
        return False
    head = next(
        (token for token in words if token.capital and not grammar.has("determiners", token.lower)), None
    )
    return head is not None and grammar.has("object_nouns", head.text)


def _english_subject(frame: Frame, cue: Cue, grammar: Grammar) -> tuple[Phrase | None, str]:
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    if cue.verb == clause.opener:
        parted = _parted_subject(frame, cue, grammar) if clause.after == "," else None
        if parted is not None:
            return parted, "before"
        if grammar.has("coordinators", tokens[clause.first].lower):
            return None, "none"
        found = noun_phrase(tokens, cue.verb + 1, clause.last, grammar)
        if found is not None and found[1] < clause.last and grammar.strictly_finite(tokens[found[1]]):
            return None, "none"  # “…, said **they had** warned”
        found = found or _plain_role(tokens, cue.verb + 1, clause.last, grammar)
        if found is not None:
            return (
                found[0],
                _with_apposition(frame, cue.clause, found[1], len(frame.clauses), grammar),
            ), "after"
        return None, "none"
    first = clause.opener
    while first < cue.verb - 1 and (
        grammar.has("adverbs", tokens[first].lower) or grammar.has("coordinators", tokens[first].lower)
    ):
        first += 1
    if grammar.has("subordinators", tokens[first].lower) and first + 1 < cue.verb:
        first += 1
    found = noun_phrase(tokens, first, cue.verb, grammar, whole=True)
    if found is None or grammar.has("prepositions", tokens[first].lower):
        for k in range(cue.verb - 1, first, -1):
            found = noun_phrase(tokens, k, cue.verb, grammar)
            if found is not None and found[1] == cue.verb and tokens[k].capital:
                while k > first and tokens[k - 1].capital:
                    k -= 1
                return (k, cue.verb), "before"
        return None, "none"
    return (found, "before") if found[1] >= cue.verb - 2 else (None, "none")


def _plain_role(tokens: list[Token], first: int, end: int, grammar: Grammar) -> Phrase | None:
    """“said **police chief Tom Reed**”: small words before a name, all of them nouns."""
    k = first
    while (
        k < min(end, first + 4)
        and tokens[k].kind == "word"
        and not tokens[k].capital
        and not closed_class(tokens[k], grammar)
    ):
        k += 1
    if first < k < end and tokens[k].capital:
        found = noun_phrase(tokens, k, end, grammar)
        return (first, found[1]) if found is not None else None
    return (first, k) if first < k and grammar.speaks(tokens[k - 1].text) else None
