"""Reported speech in a German sentence: clauses under a cue, before it and around it.

What each form looks like: Duden, Die Grammatik, „Redewiedergabe“; the five types of the Redewiedergabe corpus (Brunner et al. 2020).
"""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.quote.addressees import addressee_of
from lagebild.quote.chains import pass_on
from lagebild.quote.clauses import Clause, Frame, Grammar
from lagebild.quote.cues import Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, Stretch, place_of, speaker_of, stance_of, stretch_of
from lagebild.quote.going_on import begun, behind_colon, covered, evidential, goes_on
from lagebild.quote.nouns import under_noun
from lagebild.quote.objects import named_words, object_words, passive_object
from lagebild.quote.phrases import Phrase
from lagebild.quote.reach import FARTHEST, Cues, clause_stretch, reach_of
from lagebild.quote.sources import Source
from lagebild.quote.subjects import like_opener, resumes, subject_of
from lagebild.quote.told import add_sources

__all__ = ["place_reported"]

SURE = 0.8
"""A main clause under a verb of saying is surely its words in the subjunctive; in the indicative less."""


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
                draft.how == "cue_after" and covered(frame, frame.clauses[k], context, before)
            ):
                used.add(k)
                context.add(draft)
    for k in range(len(frame.clauses)):
        draft = under_noun(frame, number, k, cue_of, used, cues, grammar)
        if draft is not None:
            context.add(draft)
    add_sources(frame, number, sources, used, cue_of, context, before, cues, grammar)
    for k, clause in enumerate(frame.clauses):
        if not covered(frame, clause, context, before) and not any(source.clause == k for source in sources):
            draft = evidential(frame, number, k, context, cues, grammar)
            if draft is not None:
                context.add(draft)
    draft = (
        behind_colon(frame, number, cue_of, context, before, grammar)
        or begun(frame, number, cue_of, context, before, grammar)
        or goes_on(frame, number, context, before, grammar)
    )
    if draft is not None:
        context.add(draft)


def _that_follows(frame: Frame, cue: Cue) -> bool:
    return cue.last_clause + 1 < len(frame.clauses) and frame.clauses[cue.last_clause + 1].kind == "that"


def _under_cue(
    frame: Frame, number: int, cue: Cue, cue_of: Cues, context: Context, cues: CueLexicon, grammar: Grammar
) -> Draft | None:
    words, how, score = _words_of(frame, cue, cue_of, cues, grammar)
    if not words or _misread(frame, cue, grammar) or _tells_event(frame, cue, cues, grammar):
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


def _tells_event(frame: Frame, cue: Cue, cues: CueLexicon, grammar: Grammar) -> bool:
    """„Das Gericht **verurteilte** den Chef“: the doing of such a subject, not its words."""
    ends = cues.events.get(cue.entry.verb)
    subject = subject_of(frame, cue, grammar)[0] if ends else None
    return subject is not None and any(
        token.lower.endswith(ends or ()) for token in frame.tokens[subject[0] : subject[1]]
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
    if cue.entry.verb in cues.learning and not like:
        return [], "", 0.0
    if following < len(clauses) and not like:
        kind = clauses[following].kind
        last = reach_of(frame, following, cue_of, cues, grammar)
        if kind in ("that", "wh") and "clause" in takes:
            return [clause_stretch(frame, following, last)], "conjunction", 0.95
        if kind == "zu" and "zu" in takes:
            return [clause_stretch(frame, following, last)], "infinitive", 0.9
        if (
            kind == "sub"
            and following + 1 < len(clauses)
            and clauses[following].after == ","
            and _subjunctive_ahead(frame, following, grammar)
            and "v2" in takes
        ):
            return [clause_stretch(frame, following, last)], "subjunctive", 0.85
        if kind == "main" and "v2" in takes and not cue.entry.loose and clause.kind in ("main", "sub"):
            score = _main_score(frame, cue, following, grammar)
            if score and score < SURE and _has_object(frame, cue, cue_of, cues, grammar):
                score = 0.0  # „A lobte die Helfer, B kritisierte sie“
            if score and not _after_words(frame, cue, grammar):
                return [clause_stretch(frame, following, last)], "main_clause", score
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
    pointing = "v2" in takes and not cue.entry.loose
    if (cue.entry.objects or pointing) and clause.kind == "main" and not cue.passive:
        named = named_words(frame, cue, grammar)
        if named:
            return named, "noun_phrase", 0.75
        phrase = object_words(frame, cue, cue_of, cues, grammar)
        if phrase is not None:
            return [phrase], "noun_phrase", 0.75
    if cue.passive and clause.kind == "main":
        return passive_object(frame, cue, grammar), "noun_phrase", 0.75
    if (
        clause.kind == "main"
        and not cue.entry.loose
        and not cue.passive
        and _somebody_speaks(frame, cue, grammar)
    ):
        return _marked_words(frame, cue), "marked_words", 0.7
    return [], "", 0.0


def _has_object(frame: Frame, cue: Cue, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> bool:
    """True where the words of a verb stand in its own clause already."""
    comma = frame.clauses[cue.last_clause + 1].after == ","
    return bool(comma and cue.entry.objects and object_words(frame, cue, cue_of, cues, grammar))


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
        frame.clauses[cue.clause].verb_first
        and cue.clause > 0
        and _around(frame, cue, False, grammar) != []
        and not _joined_on(frame, cue, grammar)
    )


def _around(frame: Frame, cue: Cue, like: bool, grammar: Grammar) -> list[Stretch]:
    """The words before a cue that stands behind or inside them; [] where no clause with a verb stands there."""
    clauses = frame.clauses
    opened = like_opener(frame, cue.clause, grammar) if like and clauses[cue.clause].verb_first else None
    own = cue.clause if opened is None else opened
    first = own
    while (
        first > 0
        and clauses[first - 1].kind != "quote"
        and cue.clause - first < FARTHEST
        and not (first < own and clauses[first].after.endswith(":"))
    ):
        first -= 1
    if opened is not None:
        return [clause_stretch(frame, first, own - 1)] if first < own else []
    if first == cue.clause or clauses[cue.clause].after not in (",", "–", ")") or cue.words[0] < cue.verb:
        return _like_inside(frame, cue, first) if like else []
    ahead = [clause for clause in clauses[first : cue.clause] if clause.kind in ("main", "that", "wh")]
    resumed = _resumed(frame, cue, grammar)
    if not ahead and not resumed:
        if any(clause.kind == "zu" for clause in clauses[first : cue.clause]) and all(
            clause.kind == "zu" for clause in clauses[first : cue.clause]
        ):
            return [clause_stretch(frame, first, cue.clause - 1)]
        return []
    pieces = [clause_stretch(frame, first, cue.clause - 1)]
    if resumed is not None:
        pieces.append(clause_stretch(frame, resumed, len(clauses) - 1))
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
        return [clause_stretch(frame, cue.last_clause + 1, len(frame.clauses) - 1)]
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
