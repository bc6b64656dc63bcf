"""Noun phrases as words: „warnte **vor einem Massaker**“, „wies **die Vorwürfe** zurück“."""

from __future__ import annotations

from lagebild.quote.clauses import Clause, Frame, Grammar, Token
from lagebild.quote.cues import Cue, CueLexicon
from lagebild.quote.drafts import Stretch
from lagebild.quote.phrases import Phrase, noun_phrase
from lagebild.quote.reach import Cues, past_marks
from lagebild.quote.subjects import agent_of, subject_of

__all__ = ["named_words", "object_words", "passive_object"]


def object_words(frame: Frame, cue: Cue, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> Stretch | None:
    """A noun phrase as words: „warnte **vor einem Massaker**“, „wies **die Darstellung** zurück“."""
    subject, _ = subject_of(frame, cue, grammar)
    clause = frame.clauses[cue.clause]
    whole = _object_end(frame, cue, clause, grammar)
    for kind in cue.entry.objects:
        start = _object_start(frame, cue, clause, kind, subject, whole, grammar)
        if start is not None and start < whole:
            plain = kind in ("acc", "dat", "gen") and not cue.entry.paired
            end = _before_time(frame, start, whole, grammar) if plain else whole
            if end < whole:
                return frame.tokens[start].start, past_marks(frame, frame.tokens[end - 1].end)
            last = _object_reach(frame, cue, end, cue_of, cues, grammar)
            return frame.tokens[start].start, past_marks(frame, last)
    return _front_object(frame, cue, clause, subject, grammar)


def named_words(frame: Frame, cue: Cue, grammar: Grammar) -> list[Stretch]:
    """„**Die Strafe** nannte er „**gerade noch vertretbar**““: what is named stands in front, what it is called behind."""
    clause, tokens = frame.clauses[cue.clause], frame.tokens
    subject, _ = subject_of(frame, cue, grammar)
    naming = "marked" in cue.entry.objects or cue.entry.paired
    if not naming or subject is None or subject[0] < cue.verb or clause.verb_first or clause.kind != "main":
        return []
    front = noun_phrase(tokens, clause.opener, cue.verb, grammar, whole=True)
    called = next(
        (
            (a, b)
            for a, b in frame.marked
            if tokens[subject[1] - 1].end <= a and b <= tokens[clause.last - 1].end + 1
        ),
        None,
    )
    if front is None or front[1] != cue.verb or called is None:
        return []
    first = next((k for k in range(subject[1], clause.last) if tokens[k].start >= called[0]), clause.last)
    paired = first - 1 >= subject[1] and grammar.has("calling", tokens[first - 1].lower)
    start = tokens[first - 1].start if paired else called[0]
    return [(tokens[front[0]].start, tokens[front[1] - 1].end), (start, called[1])]


def passive_object(frame: Frame, cue: Cue, grammar: Grammar) -> list[Stretch]:
    """„**Der Plan** wurde von der Opposition kritisiert“, „Ihr wird **Untreue** vorgeworfen“: what is said, or of what, where
    somebody is named who says it, or accused by nobody in particular.
    """
    if "acc" not in cue.entry.objects or not (cue.entry.distance == "doubt" or agent_of(frame, cue, grammar)):
        return []
    clause = frame.clauses[cue.clause]
    for first, end in ((clause.opener, cue.verb), (cue.verb + 1, clause.last)):
        found = _patient(frame.tokens, first, end, grammar)
        if found is not None:
            return [(frame.tokens[found[0]].start, frame.tokens[found[1] - 1].end)]
    return []


def _patient(tokens: list[Token], first: int, end: int, grammar: Grammar) -> Phrase | None:
    """The noun phrase in the nominative at a place, past a dative („ihr“, „dem Mann“); no person and no pronoun."""
    k = first
    if k < end and any(grammar.has(name, tokens[k].lower) for name in ("told_pronouns", "oblique")):
        dative = noun_phrase(tokens, k, end, grammar)
        k = dative[1] if dative is not None else k + 1
    if k >= end or any(
        grammar.has(name, tokens[k].lower) for name in ("prepositions", "adverbs", "empty_subjects")
    ):
        return None
    found = noun_phrase(tokens, k, end, grammar)
    if found is None or any(
        token.name in ("PER", "ORG") or grammar.speaks(token.text) for token in tokens[found[0] : found[1]]
    ):
        return None
    plain = found[1] - found[0] == 1 and grammar.has("speaking_pronouns", tokens[found[0]].lower)
    return None if plain else found


def _front_object(
    frame: Frame, cue: Cue, clause: Clause, subject: Phrase | None, grammar: Grammar
) -> Stretch | None:
    """„**Die Vorwürfe** wies der Sprecher zurück“: the words in front of the verb, where the subject stands behind it."""
    parted = _parted_object(frame, cue, clause, subject, grammar)
    if parted is not None:
        return parted
    if _opens_with_object(frame, cue, clause, subject, grammar):
        return frame.tokens[clause.opener].start, past_marks(frame, frame.tokens[cue.verb - 1].end)
    first = frame.tokens[clause.opener].lower
    behind = subject is not None and subject[0] > cue.verb and not clause.verb_first
    if behind and clause.opener + 1 == cue.verb and grammar.has("object_pronouns", first):
        first_word = frame.tokens[clause.opener]
        return first_word.start, first_word.end  # „**Das** bestätigte ein Sprecher“
    if (
        subject is None
        or subject[0] < cue.verb
        or clause.verb_first
        or not set(cue.entry.objects) & {"acc", "dat"}
    ):
        return None
    if any(
        grammar.has(name, first) for name in ("prepositions", "adverbs", "empty_subjects", "subordinators")
    ):
        return None
    if clause.opener + 1 == cue.verb and grammar.has("object_pronouns", first):
        first_word = frame.tokens[clause.opener]
        return first_word.start, first_word.end  # „**Das** bestätigte ein Sprecher“
    found = noun_phrase(frame.tokens, clause.opener, cue.verb, grammar, whole=True)
    if found is None or (found[1] - found[0] == 1 and grammar.has("speaking_pronouns", first)):
        return None
    return frame.tokens[found[0]].start, frame.tokens[cue.verb - 1].end


def _opens_with_object(
    frame: Frame, cue: Cue, clause: Clause, subject: Phrase | None, grammar: Grammar
) -> bool:
    """„**Von einem „Desaster“** spricht der Gutachter“: the preposition that the verb takes opens its clause."""
    first = frame.tokens[clause.opener].lower
    behind = subject is not None and subject[0] > cue.verb
    forms = {form for kind in cue.entry.objects for form in (kind, *_contracted(kind, grammar))}
    return behind and not clause.verb_first and first in forms and grammar.has("prepositions", first)


def _parted_object(
    frame: Frame, cue: Cue, clause: Clause, subject: Phrase | None, grammar: Grammar
) -> Stretch | None:
    """„**Den Vorwurf, Gelder veruntreut zu haben,** wies der Schatzmeister zurück“."""
    k = cue.clause
    if subject is None or subject[0] < cue.verb or k < 2 or not clause.verb_first or clause.after != ",":
        return None
    first = k - 1
    while first > 0 and frame.clauses[first].kind in ("zu", "that", "rel", "wh") and first > k - 4:
        first -= 1
    head = frame.clauses[first]
    if first == k - 1 or head.kind != "frag" or not set(cue.entry.objects) & {"acc", "dat"}:
        return None
    found = noun_phrase(frame.tokens, head.first, head.last, grammar)
    if found != (head.first, head.last):
        return None
    return frame.tokens[head.first].start, frame.tokens[frame.clauses[k - 1].last - 1].end


def _object_end(frame: Frame, cue: Cue, clause: Clause, grammar: Grammar) -> int:
    end = clause.last
    while end > clause.first and (
        end - 1 in cue.words
        or end - 1 == cue.verb
        or (grammar.has("adverbs", frame.tokens[end - 1].lower) and frame.tokens[end - 1].text[:1].islower())
    ):
        end -= 1
    return end


def _object_start(
    frame: Frame, cue: Cue, clause: Clause, kind: str, subject: Phrase | None, end: int, grammar: Grammar
) -> int | None:
    tokens = frame.tokens
    front = cue.verb + 1 if clause.kind == "main" else clause.opener + 1
    paired = kind[1:] if kind.startswith("+") else ""
    if kind not in ("acc", "dat", "gen", "marked") and not paired:
        forms = {kind, *_contracted(kind, grammar)}
        return next((k for k in range(front, end) if tokens[k].lower in forms and k + 1 < end), None)
    if kind == "marked" and not any(
        tokens[front].start <= a and b <= tokens[end - 1].end + 60 for a, b in frame.marked if front < end
    ):
        return None
    if paired and not any(tokens[k].lower == paired for k in range(front, end)):
        return None
    k = front
    while k < end:
        if subject is not None and subject[0] <= k < subject[1]:
            k = subject[1]
        elif (
            tokens[k].kind != "word"
            or grammar.has("adverbs", tokens[k].lower)
            or grammar.has("reflexives", tokens[k].lower)
        ):
            k += 1
        elif grammar.has("prepositions", tokens[k].lower):
            found = noun_phrase(tokens, k + 1, end, grammar)
            k = found[1] if found is not None else k + 1
        elif grammar.has("object_pronouns", tokens[k].lower) and (
            k + 1 == end or kind == "marked" or not _nominal_next(tokens, k + 1, end, grammar)
        ):
            return k
        else:
            found = noun_phrase(tokens, k, end, grammar)
            if found is not None and not (
                found[1] - found[0] == 1 and grammar.has("speaking_pronouns", tokens[k].lower)
            ):
                if _dative_first(frame, found, kind, end, grammar):
                    k = found[1]
                    continue
                if kind == "dat" and _somebody(frame, found, grammar):
                    return None
                return k
            k += 1
    return None


def _nominal_next(tokens: list[Token], k: int, end: int, grammar: Grammar) -> bool:
    """„das Werk“ and „das neue Werk“, not „das mit hohen Preisen“: what „das“ is an article of."""
    if k >= end or grammar.has("prepositions", tokens[k].lower) or grammar.has("comparing", tokens[k].lower):
        return False
    return tokens[k].capital or (k + 1 < end and not grammar.has("adverbs", tokens[k].lower))


def _dative_first(frame: Frame, found: Phrase, kind: str, end: int, grammar: Grammar) -> bool:
    """„wirft **ukrainischen Soldaten** Verbrechen vor“: a second noun phrase follows, the first is whom it is said to."""
    if kind != "acc" or found[1] >= end:
        return False
    token = frame.tokens[found[1]]
    if (
        token.kind != "word"
        or grammar.has("prepositions", token.lower)
        or grammar.has("genitive", token.lower)
        or grammar.ends("genitive_plural_ends", token.lower)
    ):
        return False
    return noun_phrase(frame.tokens, found[1], end, grammar) is not None and (
        grammar.has("oblique", frame.tokens[found[0]].lower)
        or grammar.ends("dative_ends", frame.tokens[found[0]].lower)
    )


def _somebody(frame: Frame, found: Phrase, grammar: Grammar) -> bool:
    """„widersprach **dem Minister**“: somebody is contradicted, what he said stands elsewhere."""
    return any(
        token.name in ("PER", "ORG") or grammar.has("anonymous", token.text)
        for token in frame.tokens[found[0] : found[1]]
    )


def _before_time(frame: Frame, start: int, end: int, grammar: Grammar) -> int:
    """„wies **die Vorwürfe** am Montag als haltlos zurück“: the time, and what they are called, are not what is denied."""
    tokens = frame.tokens
    first = noun_phrase(tokens, start, end, grammar)
    for k in range(first[1] if first is not None else start + 1, end - 1):
        time = grammar.has("time_prepositions", tokens[k].lower) and grammar.has(
            "time_nouns", tokens[k + 1].text
        )
        if time or grammar.has("calling", tokens[k].lower):
            return k
    return end


def _contracted(preposition: str, grammar: Grammar) -> tuple[str, ...]:
    return tuple(grammar.contractions.get(preposition, ()))


def _object_reach(frame: Frame, cue: Cue, end: int, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> int:
    """The character at which the words end: with the clauses that hang on the noun phrase."""
    clause = frame.clauses[cue.clause]
    last = frame.tokens[end - 1].end
    if end < clause.last and any(k >= end for k in cue.words):
        return last
    for k in range(cue.clause + 1, len(frame.clauses)):
        part = frame.clauses[k]
        like = (
            part.kind == "sub"
            and grammar.has("comparing", frame.tokens[part.opener].lower)
            and cue_of[k] is None
        )
        if part.kind in ("rel", "zu") or like or (part.kind == "that" and k == cue.clause + 1):
            last = frame.tokens[part.last - 1].end
        else:
            break
    return last
