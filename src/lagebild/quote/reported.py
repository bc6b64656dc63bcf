"""Reported speech in a German sentence: clauses under a cue, before it and around it, sources, hearsay, and what goes on from the
sentence before.

What each form looks like: Duden, Die Grammatik, „Redewiedergabe“; the five types of the Redewiedergabe corpus (Brunner et al. 2020).
"""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.quote.chains import pass_on
from lagebild.quote.clauses import Clause, Frame, Grammar, Token
from lagebild.quote.cues import NO_ENTRY, Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, Stretch, place_of, speaker_of, stance_of, stretch_of
from lagebild.quote.sources import Source
from lagebild.quote.speakers_words import Phrase, addressee_of, like_opener, noun_phrase, resumes, subject_of

__all__ = ["place_reported"]

Cues = Sequence[Cue | None]
NAMED_ONLY = ("noun_phrase", "marked_words")
"""How speech is told that is named and not put into clauses: nothing of it can go on in the next block."""
FARTHEST = 60
"""Clauses. The words under one cue are followed no further: a list of names has as many commas, a sentence of news has not."""


def place_reported(
    frame: Frame,
    number: int,
    cue_of: Cues,
    sources: Sequence[Source],
    used: set[int],
    context: Context,
    cues: CueLexicon,
    grammar: Grammar,
) -> None:
    """Add the reported speech of a frame to `context`. `used`: clauses whose cue introduces words in marks already."""
    before = len(context.drafts)
    for k, cue in enumerate(cue_of):
        if cue is not None and not (k in used and not _that_follows(frame, cue)):
            draft = _under_cue(frame, number, cue, cue_of, context, cues, grammar)
            if draft is not None and not (
                draft.how == "cue_after" and _covered(frame, frame.clauses[k], context, before)
            ):
                used.add(k)
                context.add(draft)
    for k in range(len(frame.clauses)):
        draft = _under_noun(frame, number, k, cue_of, used, cues, grammar)
        if draft is not None:
            context.add(draft)
    _add_sources(frame, number, sources, used, cue_of, context, before, cues, grammar)
    for k, clause in enumerate(frame.clauses):
        if not _covered(frame, clause, context, before) and not any(source.clause == k for source in sources):
            draft = _evidential(frame, number, k, context, cues, grammar)
            if draft is not None:
                context.add(draft)
    draft = _begun(frame, number, cue_of, context, before, grammar) or _goes_on(
        frame, number, context, before, grammar
    )
    if draft is not None:
        context.add(draft)


def _covered(frame: Frame, clause: Clause, context: Context, since: int) -> bool:
    start = frame.tokens[clause.first].start
    return any(a <= start < b for draft in context.drafts[since:] for a, b in draft.pieces)


def _that_follows(frame: Frame, cue: Cue) -> bool:
    return cue.last_clause + 1 < len(frame.clauses) and frame.clauses[cue.last_clause + 1].kind == "that"


def _under_cue(
    frame: Frame, number: int, cue: Cue, cue_of: Cues, context: Context, cues: CueLexicon, grammar: Grammar
) -> Draft | None:
    words, how, score = _words_of(frame, cue, cue_of, cues, grammar)
    if not words or _misread(frame, cue, grammar):
        return None
    speaker, by = speaker_of(frame, number, cue, cue_of, context, cues, grammar)
    if how == "main_clause" and score < 0.8 and speaker is None:
        return None
    if how in ("conjunction", "infinitive", "main_clause") and _own_thought(frame, cue, grammar):
        return None
    if how == "noun_phrase" and grammar.subjunctive(frame.tokens[cue.verb]) and cue.verb in cue.words:
        return None  # „er halte das für richtig“ is what he says, not that he says it
    negated = _negated(frame, frame.clauses[cue.clause], grammar)
    distance = "hearsay" if cue.entry.impersonal else cue.entry.distance
    draft = Draft(
        words, "indirect", place_of(frame, cue.words), speaker, stance_of(cue.entry, negated), distance, score, how, cue.entry.verb,
        stretch_of(frame, _addressee(frame, cue, grammar)) if how != "noun_phrase" else None, by=by, frame=number, clause=cue.clause,
    )  # fmt: skip
    return pass_on(draft, frame, cue, cues, grammar)


def _own_thought(frame: Frame, cue: Cue, grammar: Grammar) -> bool:
    """„Sie hoffe, dass alles gut gehe, sagte sie“: what a pronoun hopes in the subjunctive is what the speaker says already."""
    verb = frame.tokens[cue.verb]
    if cue.verb not in cue.words or not grammar.subjunctive(verb) or cue.clause:
        return False
    subject, _ = subject_of(frame, cue, grammar)
    return (
        subject is not None
        and subject[1] - subject[0] == 1
        and grammar.has("speaking_pronouns", frame.tokens[subject[0]].lower)
    )


def _addressee(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    speaker, _ = subject_of(frame, cue, grammar)
    return addressee_of(frame, cue, speaker, grammar)


def _misread(frame: Frame, cue: Cue, grammar: Grammar) -> bool:
    """„heißt“ reports only as „es heißt“."""
    if not cue.entry.impersonal:
        return False
    clause = frame.clauses[cue.clause]
    return not any(
        grammar.has("empty_subjects", token.lower) for token in frame.tokens[clause.first : clause.last]
    )


def _negated(frame: Frame, clause: Clause, grammar: Grammar) -> bool:
    return any(grammar.has("negations", token.lower) for token in frame.tokens[clause.first : clause.last])


def _words_of(
    frame: Frame, cue: Cue, cue_of: Cues, cues: CueLexicon, grammar: Grammar
) -> tuple[list[Stretch], str, float]:
    takes, clauses = cue.entry.takes, frame.clauses
    clause, following = clauses[cue.clause], cue.last_clause + 1
    parted = like_opener(frame, cue.clause, grammar) if clause.verb_first else None
    like = parted is not None or (
        clause.kind == "sub" and grammar.has("reporting_openers", frame.tokens[clause.opener].lower)
    )
    if like and "marked" in cue.entry.objects:  # „der „Alte“, wie ihn alle nannten“
        return [], "", 0.0
    if following < len(clauses) and not like:
        kind = clauses[following].kind
        last = _reach(frame, following, cue_of, cues, grammar)
        if kind in ("that", "wh") and "clause" in takes:
            return [_stretch(frame, following, last)], "conjunction", 0.95
        if kind == "zu" and "zu" in takes:
            return [_stretch(frame, following, last)], "infinitive", 0.9
        if (
            kind == "sub"
            and following + 1 < len(clauses)
            and clauses[following].after == ","
            and _subjunctive_ahead(frame, following, grammar)
            and "v2" in takes
        ):
            return [_stretch(frame, following, last)], "subjunctive", 0.85
        if kind == "main" and "v2" in takes and not cue.entry.loose and clause.kind in ("main", "sub"):
            score = _main_score(frame, cue, following, grammar)
            if score and not _after_words(frame, cue, grammar):
                return [_stretch(frame, following, last)], "main_clause", score
    if (
        (clause.verb_first or like)
        and not cue.entry.loose
        and takes & {"v2", "clause"}
        and not _joined_on(frame, cue, grammar)
        and not resumes(frame, cue)
    ):
        words = _around(frame, cue, like, grammar)
        if words:
            return words, "cue_after", 0.9
    if cue.entry.objects and clause.kind == "main" and not cue.passive:
        phrase = _object(frame, cue, cue_of, cues, grammar)
        if phrase is not None:
            return [phrase], "noun_phrase", 0.75
    if (
        clause.kind == "main"
        and not cue.entry.loose
        and not cue.passive
        and _somebody_speaks(frame, cue, grammar)
    ):
        return _marked_words(frame, cue), "marked_words", 0.7
    return [], "", 0.0


def _somebody_speaks(frame: Frame, cue: Cue, grammar: Grammar) -> bool:
    """Single words in marks are said by people and bodies, not by films and functions."""
    subject, _ = subject_of(frame, cue, grammar)
    if subject is None:
        return True
    words = frame.tokens[subject[0] : subject[1]]
    return any(
        token.name in ("PER", "ORG", "LOC")
        or grammar.has("speaking_pronouns", token.lower)
        or grammar.has("anonymous", token.text)
        or grammar.speaks(token.text)
        for token in words
    )


def _marked_words(frame: Frame, cue: Cue) -> list[Stretch]:
    """„äußerte sich „vorsichtig optimistisch““: nothing but the words in marks is reported."""
    clause = frame.clauses[cue.clause]
    first, last = frame.tokens[cue.verb].end, frame.tokens[clause.last - 1].end
    return [(start, end) for start, end in frame.marked if first < start and end <= last]


def _stretch(frame: Frame, first: int, last: int) -> Stretch:
    start, end = frame.clauses[first].first, frame.clauses[last].last
    if start < end - 1 and frame.clauses[first].opener > start and frame.clauses[first].after != ",":
        start += 1
    return frame.tokens[start].start, _past_marks(frame, frame.tokens[end - 1].end)


def _past_marks(frame: Frame, last: int) -> int:
    """Words in marks are not cut at a comma: the end of the stretch in marks in which `last` lies."""
    return next((end for start, end in frame.marked if start < last < end), last)


def _reach(frame: Frame, first: int, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> int:
    """The last clause of words that begin with clause `first`: up to a new cue, „so X“, or a main clause that opens with its verb."""
    last = first
    for k in range(first + 1, min(len(frame.clauses), first + FARTHEST)):
        clause = frame.clauses[k]
        if clause.kind == "quote" or _closes(frame, k, cue_of, cues, grammar):
            break
        last = k
    return last


def _closes(frame: Frame, k: int, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> bool:
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


def _subjunctive_ahead(frame: Frame, first: int, grammar: Grammar) -> bool:
    return any(
        clause.kind == "main" and clause.verb is not None and grammar.subjunctive(frame.tokens[clause.verb])
        for clause in frame.clauses[first : first + 4]
    )


def _main_score(frame: Frame, cue: Cue, number: int, grammar: Grammar) -> float:
    """How sure a main clause after a cue is its words: the subjunctive says so; an indicative only right behind the cue."""
    clause = frame.clauses[number]
    if clause.verb is None or clause.after not in (",", ":", ",:", "–"):
        return 0.0
    if clause.verb_first:
        return 0.0
    if grammar.subjunctive(frame.tokens[clause.verb]):
        return 0.95
    opener = frame.tokens[clause.opener].lower
    if grammar.has("adverbs", opener) and clause.after != ":":
        return 0.0
    if grammar.has("coordinators", frame.tokens[clause.first].lower) or (
        grammar.has("relatives", opener) and _late(clause)
    ):
        return 0.0
    return (
        0.75
        if clause.after in (":", ",")
        and cue.entry.group
        in ("say", "claim", "think", "confirm", "concede", "warn", "announce", "ask", "promise")
        else 0.0
    )


def _late(clause: Clause) -> bool:
    return clause.verb is not None and clause.verb >= clause.last - 1


def _after_words(frame: Frame, cue: Cue, grammar: Grammar) -> bool:
    """„A gehe, sagte X, B bleibe“: the cue stands inside its words."""
    return (
        frame.clauses[cue.clause].verb_first and cue.clause > 0 and _around(frame, cue, False, grammar) != []
    )


def _around(frame: Frame, cue: Cue, like: bool, grammar: Grammar) -> list[Stretch]:
    """The words before a cue that stands behind or inside them; [] where no clause with a verb stands there."""
    clauses = frame.clauses
    opened = like_opener(frame, cue.clause, grammar) if like and clauses[cue.clause].verb_first else None
    own = cue.clause if opened is None else opened
    first = own
    while first > 0 and clauses[first - 1].kind != "quote" and cue.clause - first < FARTHEST:
        first -= 1
    if opened is not None:
        return [_stretch(frame, first, own - 1)] if first < own else []
    if first == cue.clause or clauses[cue.clause].after not in (",", "–", ")") or cue.words[0] < cue.verb:
        return _like_inside(frame, cue, first) if like else []
    ahead = [clause for clause in clauses[first : cue.clause] if clause.kind in ("main", "that", "wh")]
    resumed = _resumed(frame, cue, grammar)
    if not ahead and not resumed:
        if any(clause.kind == "zu" for clause in clauses[first : cue.clause]) and all(
            clause.kind == "zu" for clause in clauses[first : cue.clause]
        ):
            return [_stretch(frame, first, cue.clause - 1)]
        return []
    pieces = [_stretch(frame, first, cue.clause - 1)]
    if resumed is not None:
        pieces.append(_stretch(frame, resumed, len(clauses) - 1))
    return pieces


def _joined_on(frame: Frame, cue: Cue, grammar: Grammar) -> bool:
    """„A zeigte sich erfreut, **verlangte aber** mehr“: the verb goes on with the subject of the clause before, in the indicative."""
    clause, behind = frame.clauses[cue.clause], cue.verb + 1
    if cue.clause == 0 or not clause.verb_first or clause.after != "," or behind >= clause.last:
        return False
    before = frame.clauses[cue.clause - 1]
    return (
        grammar.has("contrasting", frame.tokens[behind].lower)
        and before.kind == "main"
        and before.verb is not None
        and not grammar.subjunctive(frame.tokens[before.verb])
    )


def _like_inside(frame: Frame, cue: Cue, first: int) -> list[Stretch]:
    """„Wie X mitteilte, ist …“: the words follow."""
    if cue.clause == first == 0 and cue.last_clause + 1 < len(frame.clauses):
        return [_stretch(frame, cue.last_clause + 1, len(frame.clauses) - 1)]
    return []


def _resumed(frame: Frame, cue: Cue, grammar: Grammar) -> int | None:
    """„Das Treffen, sagte X, **habe** …“: the clause in which the words go on behind the cue."""
    k = cue.last_clause + 1
    if k >= len(frame.clauses) or frame.clauses[k].after not in (",", "–"):
        return None
    clause = frame.clauses[k]
    if clause.kind == "main" and clause.verb_first and clause.verb is not None:
        interrupted = all(part.kind in ("frag", "rel", "sub") for part in frame.clauses[: cue.clause])
        return k if interrupted else None
    return (
        k
        if clause.kind in ("main", "sub", "rel", "frag") and frame.clauses[cue.clause].kind == "sub"
        else None
    )


def _object(frame: Frame, cue: Cue, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> Stretch | None:
    """A noun phrase as words: „warnte **vor einem Massaker**“, „wies **die Darstellung** zurück“."""
    subject, _ = subject_of(frame, cue, grammar)
    clause = frame.clauses[cue.clause]
    whole = _object_end(frame, cue, clause, grammar)
    for kind in cue.entry.objects:
        start = _object_start(frame, cue, clause, kind, subject, whole, grammar)
        if start is not None and start < whole:
            plain = kind in ("acc", "dat", "gen") and "als" not in cue.entry.objects
            end = _before_time(frame, start, whole, grammar) if plain else whole
            if end < whole:
                return frame.tokens[start].start, _past_marks(frame, frame.tokens[end - 1].end)
            last = _object_reach(frame, cue, end, cue_of, cues, grammar)
            return frame.tokens[start].start, _past_marks(frame, last)
    return _front_object(frame, cue, clause, subject, grammar)


def _front_object(
    frame: Frame, cue: Cue, clause: Clause, subject: Phrase | None, grammar: Grammar
) -> Stretch | None:
    """„**Die Vorwürfe** wies der Sprecher zurück“: the words in front of the verb, where the subject stands behind it."""
    parted = _parted_object(frame, cue, clause, subject, grammar)
    if parted is not None:
        return parted
    first = frame.tokens[clause.opener].lower
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
    found = noun_phrase(frame.tokens, clause.opener, cue.verb, grammar, whole=True)
    if found is None or (found[1] - found[0] == 1 and grammar.has("speaking_pronouns", first)):
        return None
    return frame.tokens[found[0]].start, frame.tokens[cue.verb - 1].end


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
    paired = kind[1:] if kind.startswith("+") else "als" if kind == "als" else ""
    if kind not in ("acc", "dat", "gen", "als", "marked") and not paired:
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
    ):
        return False
    return noun_phrase(frame.tokens, found[1], end, grammar) is not None and (
        grammar.has("oblique", frame.tokens[found[0]].lower) or frame.tokens[found[0]].lower.endswith("n")
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


def _under_noun(
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
    if not (
        following.kind == "that" or (stance == "ask" and following.kind == "wh") or (main and stance != "ask")
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
    return Draft(
        [_stretch(frame, k + 1, last)], "indirect", ((noun.start, noun.end),), stretch_of(frame, speaker), stance, distance, 0.8, "noun_of_saying",
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
        if before.capital and before.lower.endswith(("s", "’", "'")):
            return place - 1, place
        if grammar.has("possessives", before.lower):
            return place - 1, place
    return None


def _add_sources(
    frame: Frame,
    number: int,
    sources: Sequence[Source],
    used: set[int],
    cue_of: Cues,
    context: Context,
    since: int,
    cues: CueLexicon,
    grammar: Grammar,
) -> None:
    for source in sources:
        if source.clause in used and cue_of[source.clause] is None:
            continue
        if source.own or source.back:
            context.drafts[since:] = [
                d
                for d in context.drafts[since:]
                if d.clause != source.clause or d.how not in ("noun_phrase", "marked_words")
            ]
        own = [
            draft
            for draft in context.drafts[since:]
            if draft.clause == source.clause and not source.tail and not source.own
        ]
        direct = (
            [draft for draft in context.here(number) if draft.form == "direct"]
            if source.clause in used
            else []
        )
        if own or direct:
            _pass_on(frame, source, [*own, *direct])
            continue
        draft = _under_source(frame, number, source, cue_of, context, cues, grammar)
        if draft is not None:
            context.add(draft)


def _pass_on(frame: Frame, source: Source, drafts: list[Draft]) -> None:
    """„sagte er der Agentur Tass zufolge“: the source stands outside the utterance's own cue."""
    place = stretch_of(frame, source.speaker)
    for draft in drafts:
        if place is not None and place not in draft.reported_by and place != draft.speaker:
            draft.reported_by = (place, *draft.reported_by)
            draft.addressee = (
                None
                if draft.addressee and draft.addressee[0] < place[1] and place[0] < draft.addressee[1]
                else draft.addressee
            )
        if source.distance == "hearsay" and draft.distance == "neutral":
            draft.distance = "hearsay"


def _under_source(
    frame: Frame,
    number: int,
    source: Source,
    cue_of: Cues,
    context: Context,
    cues: CueLexicon,
    grammar: Grammar,
) -> Draft | None:
    start = frame.tokens[source.first].start
    cover = next(
        (d for d in reversed(context.here(number)) if any(a <= start < b for a, b in d.pieces)), None
    )
    if cover is not None and (source.back or source.own or source.tail or source.speaker is None):
        return None
    clause = frame.clauses[source.clause]
    region = (
        (clause.opener, clause.last) if cover is not None else _region(frame, source, cue_of, cues, grammar)
    )
    pieces = _without(frame, region, source)
    if not pieces:
        return None
    before = context.before(number)
    speaker = stretch_of(frame, source.speaker)
    distance = source.distance
    if source.own:
        speaker = stretch_of(frame, _clause_subject(frame, source, grammar))
    elif source.back:
        speaker = before.speaker if before is not None else context.told_of(number, cues, grammar)
        distance = before.distance if before is not None and before.distance == "hearsay" else "neutral"
    return Draft(
        pieces, "indirect", place_of(frame, source.cue), speaker, "assert", distance, 0.9 if speaker else 0.6,
        "so_at_the_end" if source.tail else "source", by="source" if speaker else "none", frame=number,
        detail=frame.tokens[source.cue[0]].text, reported_by=(cover.speaker,) if cover is not None and cover.speaker else (),
    )  # fmt: skip


def _clause_subject(frame: Frame, source: Source, grammar: Grammar) -> Phrase | None:
    clause = frame.clauses[source.clause]
    number = source.clause
    if clause.verb is None:
        number = next(
            (k for k, other in enumerate(frame.clauses) if other.kind == "main" and other.verb is not None),
            -1,
        )
    if number < 0 or frame.clauses[number].verb is None:
        return None
    verb = frame.clauses[number].verb
    assert verb is not None
    return subject_of(frame, Cue(number, NO_ENTRY, verb, (verb,), False, number), grammar)[0]


def _region(frame: Frame, source: Source, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> Phrase:
    """The tokens a source answers for: its sentence, up to a cue of another; a relative clause alone where it stands in one."""
    clause = frame.clauses[source.clause]
    if clause.kind in ("rel", "that", "wh"):
        return clause.opener, clause.last
    if source.tail and source.last < frame.words_end and _inserted_so(frame, source, grammar):
        return frame.clauses[0].first, frame.clauses[-1].last
    if source.tail:
        first = source.clause
        while (
            first > 0
            and frame.clauses[first - 1].kind != "quote"
            and not (
                cue_of[first - 1] is not None and frame.clauses[first - 1].kind == "main" and first - 1 > 0
            )
        ):
            first -= 1
        return frame.clauses[first].first, source.first
    first = source.clause
    while (
        first > 0
        and source.clause - first < FARTHEST
        and frame.clauses[first - 1].kind != "quote"
        and frame.clauses[first - 1].after not in (":", ";")
    ):
        first -= 1
    last = source.clause
    main = clause.kind == "main"
    while (
        last + 1 < min(len(frame.clauses), source.clause + FARTHEST)
        and frame.clauses[last + 1].kind != "quote"
    ):
        if main and _closes(frame, last + 1, cue_of, cues, grammar):
            break
        last += 1
        main = main or frame.clauses[last].kind == "main"
    return frame.clauses[first].first, frame.clauses[last].last


def _inserted_so(frame: Frame, source: Source, grammar: Grammar) -> bool:
    """„Ihr Mandant, so die Anwältin, **sei unschuldig**“: the words go on behind, with a verb that stood not in front."""
    behind = next((clause for clause in frame.clauses if clause.first >= source.last), None)
    ahead = frame.clauses[: source.clause]
    plain = not any(clause.kind == "quote" for clause in frame.clauses)
    rest = behind is not None and behind.after == "," and behind.kind in ("main", "frag", "zu")
    joined = (
        behind is not None
        and behind.verb is not None
        and grammar.strictly_finite(frame.tokens[behind.verb])
        and not behind.verb_first
    )
    whole = any(clause.verb is not None and clause.kind == "main" for clause in ahead)
    return plain and rest and not (joined and whole)


def _without(frame: Frame, region: Phrase, source: Source) -> list[Stretch]:
    """The region without the words of the source and the commas around them."""
    pieces = []
    for first, last in ((region[0], min(source.first, region[1])), (max(source.last, region[0]), region[1])):
        while first < last and frame.tokens[first].kind == "mark":
            first += 1
        while first < last and frame.tokens[last - 1].kind == "mark" and frame.tokens[last - 1].text != "%":
            last -= 1
        if first < last:
            pieces.append((frame.tokens[first].start, frame.tokens[last - 1].end))
    return pieces


def _evidential(
    frame: Frame, number: int, k: int, context: Context, cues: CueLexicon, grammar: Grammar
) -> Draft | None:
    """„X soll … getötet haben“, „X will … gesehen haben“: hearsay and one's own claim, by verb form alone."""
    clause = frame.clauses[k]
    if clause.verb is None or clause.kind not in ("main", "frag", "rel"):
        return None
    verb = frame.tokens[clause.verb]
    if verb.lower not in cues.soll | cues.will or not _perfect_infinitive(frame, clause, grammar):
        return None
    before = context.near(number, frame.block)
    carried = (
        before.speaker if before is not None and before.how == "source" and verb.lower in cues.soll else None
    )
    speaker = None
    if verb.lower in cues.will:
        speaker = subject_of(frame, Cue(k, NO_ENTRY, clause.verb, (clause.verb,), False, k), grammar)[0]
    distance = "hearsay" if verb.lower in cues.soll else "doubt"
    return Draft(
        [_stretch(frame, k, k)], "indirect", ((verb.start, verb.end),), stretch_of(frame, speaker) or carried, "assert", "hearsay" if distance == "hearsay" else "doubt", 0.7,
        "evidential", verb.text, by="before" if speaker or carried else "none", frame=number, clause=k,
    )  # fmt: skip


def _perfect_infinitive(frame: Frame, clause: Clause, grammar: Grammar) -> bool:
    words = [token for token in frame.tokens[clause.first : clause.last] if token.kind == "word"]
    if clause.kind == "rel" or (clause.verb is not None and clause.verb == clause.last - 1):
        words = words[:-1]
    if len(words) < 3 or not grammar.has("perfect_auxiliaries", words[-1].lower):
        return False
    forms = grammar.moods.forms_of(words[-2].lower, words[-2].lemma)
    unknown = words[-2].lemma == words[-2].lower  # in no word list: „aneinandergeraten“
    return "participle" in forms or (unknown and grammar.like_participle(words[-2].lower))


def _begun(
    frame: Frame, number: int, cue_of: Cues, context: Context, since: int, grammar: Grammar
) -> Draft | None:
    """„Sie verstehe die Wut, begann sie.“: a verb that says nothing alone, behind a clause in the subjunctive."""
    at = len(frame.clauses) - 1
    cue = cue_of[at] if at > 0 else None
    if at < 1 or len(context.drafts) > since or (cue is not None and (not cue.entry.loose or cue.passive)):
        return None
    last = frame.clauses[at]
    if cue is None:
        if last.verb is None or last.after != "," or grammar.subjunctive(frame.tokens[last.verb]):
            return None
        cue = Cue(at, NO_ENTRY, last.verb, (last.verb,), False, at)
    main = frame.clauses[0]
    if main.kind != "main" or main.verb is None or not frame.clauses[at].verb_first:
        return None
    if not grammar.subjunctive(frame.tokens[main.verb]):
        return None
    phrase, by = subject_of(frame, cue, grammar)
    if phrase is None:
        return None
    end = frame.tokens[frame.clauses[at - 1].last - 1].end
    return Draft(
        [(frame.start, end)], "indirect", place_of(frame, cue.words), stretch_of(frame, phrase), "assert", "neutral", 0.75, "cue_after",
        cue.entry.verb or frame.tokens[cue.verb].text, by=by, frame=number,
    )  # fmt: skip


def _goes_on(frame: Frame, number: int, context: Context, since: int, grammar: Grammar) -> Draft | None:
    """A sentence in the subjunctive without a cue of its own: reported speech that goes on from the sentence before."""
    main = next(
        (clause for clause in frame.clauses if clause.kind == "main" and clause.verb is not None), None
    )
    if main is None or main.verb is None or any(clause.kind == "quote" for clause in frame.clauses):
        return None
    verb = frame.tokens[main.verb]
    here = context.drafts[since:]
    before = context.near(number, frame.block) if not here else _last_before(context, since, number)
    if any(draft.how in ("source", "so_at_the_end", "cue_after") for draft in here) or _covered(
        frame, main, context, since
    ):
        return None
    if frame.opens_block and before is not None and before.how in NAMED_ONLY:
        before = None
    if main.verb_first and main.first == 0:
        return None
    if grammar.has("letting", verb.lemma) and any(
        grammar.has("checking", token.lower) for token in frame.tokens
    ):
        return None  # „Unabhängig überprüfen ließen sich die Angaben nicht.“
    should = (
        "both" in grammar.moods.forms_of(verb.lower, verb.lemma)
        and before is not None
        and before.frame == number - 1
        and before.form != "direct"
        and not frame.opens_block
        and not any(grammar.has("requests", token.text) for token in frame.tokens)
    )
    if not (grammar.subjunctive(verb) or should) or _own_wish(frame, main, grammar):
        return None
    first = "subjunctive1" in grammar.moods.forms_of(verb.lower, verb.lemma)
    if not first and (
        before is None
        or (
            not verb.lower.endswith("n")
            and before.how not in ("goes_on", "conjunction", "main_clause", "cue_after")
        )
    ):
        return None
    end = frame.tokens[-1].end
    speaker = before.speaker if before is not None else None
    if context.mute_frame == number - 1 and (before is None or before.frame < context.mute_frame):
        speaker, before = context.mute, None
    distance = before.distance if before is not None else "neutral"
    score = 0.75 if speaker else 0.55
    return Draft(
        [(frame.start, end)], "indirect", (), speaker, "assert", distance, score if first else score - 0.15, "goes_on" if before or speaker else "subjunctive_alone",
        verb.text, by="before" if speaker else "none", frame=number,
    )  # fmt: skip


def _last_before(context: Context, since: int, number: int) -> Draft | None:
    last = context.drafts[since - 1] if since else None
    return last if last is not None and last.frame >= number - 1 else None


def _own_wish(frame: Frame, clause: Clause, grammar: Grammar) -> bool:
    """„ich habe“, „es lebe“, „es sei denn“, „man nehme“, „als habe“: subjunctive forms that report nothing."""
    words = {token.lower for token in frame.tokens[clause.first : clause.last]}
    verb = clause.verb or 0
    if any(grammar.has("first_person", word) for word in words):
        return True
    following = frame.tokens[verb + 1].lower if verb + 1 < len(frame.tokens) else ""
    if grammar.has("after_wish", following) or grammar.has("own_voice", frame.tokens[verb].lower):
        return True
    return any(
        clause.kind == "sub" and grammar.has("conditional", frame.tokens[clause.opener].lower)
        for clause in frame.clauses
    ) and not frame.tokens[verb].lower.endswith("e")
