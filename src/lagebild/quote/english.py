"""Reported speech in an English sentence: the words stand behind the verb of saying („said that …“, „said he would …“), before it
(„…, X said“), or beside „according to X“."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.quote.addressees import addressee_of
from lagebild.quote.chains import pass_on
from lagebild.quote.clauses import Frame, Grammar
from lagebild.quote.cues import Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, Stretch, place_of, stance_of, stretch_of
from lagebild.quote.phrases import Phrase, noun_phrase
from lagebild.quote.sources import Source
from lagebild.quote.subjects import subject_of

__all__ = ["place_reported_english"]

Cues = Sequence[Cue | None]


def place_reported_english(
    frame: Frame,
    number: int,
    cue_of: Cues,
    sources: Sequence[Source],
    used: set[int],
    context: Context,
    cues: CueLexicon,
    grammar: Grammar,
) -> None:
    """Add the reported speech of an English frame to `context`."""
    since = len(context.drafts)
    for k, cue in enumerate(cue_of):
        if cue is None or k in used or any(_inside(frame, cue, draft) for draft in context.drafts[since:]):
            continue
        draft = _under_cue(frame, number, cue, cue_of, cues, grammar)
        if draft is not None:
            used.add(k)
            context.add(draft)
    for source in sources:
        start = frame.tokens[source.first].start
        own = [
            d
            for d in context.drafts
            if d.frame == number and (source.clause in used or any(a <= start < b for a, b in d.pieces))
        ]
        place = stretch_of(frame, source.speaker)
        if not own and not source.back and place is not None:
            pieces = _without(frame, source, grammar)
            if pieces:
                context.add(
                    Draft(pieces, "indirect", place_of(frame, source.cue), place, "assert", source.distance, 0.9, "source", by="source", frame=number)
                )  # fmt: skip


def _inside(frame: Frame, cue: Cue, draft: Draft) -> bool:
    start = frame.tokens[cue.verb].start
    return any(a <= start < b for a, b in draft.pieces) and draft.how == "cue_after"


def _under_cue(
    frame: Frame, number: int, cue: Cue, cue_of: Cues, cues: CueLexicon, grammar: Grammar
) -> Draft | None:
    words, how, score = _words_of(frame, cue, cue_of, cues, grammar)
    if not words:
        return None
    phrase, by = subject_of(frame, cue, grammar)
    if _goes_on_from(frame, cue, grammar):
        phrase, by = _shared(frame, cue, cue_of, grammar), "shared"
    elif phrase is not None and any(
        token.lower in cues.nouns for token in frame.tokens[phrase[0] : phrase[1]]
    ):
        return None  # “…, a claim Ukraine rejected”
    if phrase is None and not cue.passive and how != "conjunction":
        return None
    negated = any(
        grammar.has("negations", token.lower)
        for token in frame.tokens[frame.clauses[cue.clause].first : cue.verb + 1]
    )
    stance = "demand" if how == "infinitive" and cue.entry.stance == "ask" else stance_of(cue.entry, negated)
    second_hand = any(
        grammar.has("hearsay_adverbs", token.lower)
        for token in frame.tokens[frame.clauses[cue.clause].first : cue.verb]
    )
    draft = Draft(
        words, "indirect", place_of(frame, cue.words), stretch_of(frame, phrase), stance, "hearsay" if second_hand else cue.entry.distance, score, how,
        cue.entry.verb, stretch_of(frame, addressee_of(frame, cue, phrase, grammar)), by=by if phrase else "none", frame=number, clause=cue.clause,
    )  # fmt: skip
    return pass_on(draft, frame, cue, cues, grammar)


def _goes_on_from(frame: Frame, cue: Cue, grammar: Grammar) -> bool:
    """“… and **urged** residents to leave”, “…, **adding** that …”: the subject is that of the clause before."""
    clause = frame.clauses[cue.clause]
    joined = cue.verb == clause.opener and grammar.has("coordinators", frame.tokens[clause.first].lower)
    return not cue.passive and (
        joined
        or (cue.verb == clause.first != 0 and grammar.ends("going_on_ends", frame.tokens[cue.verb].lower))
    )


def _shared(frame: Frame, cue: Cue, cue_of: Cues, grammar: Grammar) -> Phrase | None:
    for k in range(cue.clause - 1, -1, -1):
        other = cue_of[k]
        if other is not None:
            return subject_of(frame, other, grammar)[0]
    return None


def _words_of(
    frame: Frame, cue: Cue, cue_of: Cues, cues: CueLexicon, grammar: Grammar
) -> tuple[list[Stretch], str, float]:
    clause, tokens = frame.clauses[cue.clause], frame.tokens
    head = max(cue.words)
    reach = _reach(frame, cue, cue_of, cues, grammar)
    saying = _as_saying(frame, cue, head, grammar)
    if saying is not None:
        return [(tokens[saying].start, tokens[reach - 1].end)], "main_clause", 0.9
    that = _that(frame, cue, head, cues, grammar)
    if that is not None and cue.entry.takes & {"clause"}:
        return [(tokens[that].start, tokens[reach - 1].end)], "conjunction", 0.95
    if _ends_clause(frame, cue, head, grammar):
        first = cue.clause
        while first > 0 and frame.clauses[first - 1].kind != "quote":
            first -= 1
        if (
            first < cue.clause
            and clause.after == ","
            and any(part.kind == "main" for part in frame.clauses[first : cue.clause])
        ):
            start, end = frame.clauses[first].first, frame.clauses[cue.clause - 1].last
            return [(tokens[start].start, tokens[end - 1].end)], "cue_after", 0.9
    if "to" in cue.entry.takes:
        to = next((k for k in range(head + 1, clause.last - 1) if tokens[k].lower == grammar.zu), None)
        if to is not None:
            return [(tokens[to].start, tokens[reach - 1].end)], "infinitive", 0.85
    if "bare" in cue.entry.takes:
        start_at = _bare(frame, cue, head, grammar)
        if start_at is not None:
            return [(tokens[start_at].start, tokens[reach - 1].end)], "main_clause", 0.8
    return _object(frame, cue, head, grammar)


def _as_saying(frame: Frame, cue: Cue, head: int, grammar: Grammar) -> int | None:
    """The first word behind “quoted X **as saying**”."""
    if not cue.entry.quoted:
        return None
    last = frame.clauses[cue.clause].last
    for k in range(head + 1, last - 1):
        if grammar.has("comparing", frame.tokens[k - 1].lower) and grammar.has(
            "as_saying", frame.tokens[k].lower
        ):
            return k + 2 if grammar.has("complement", frame.tokens[k + 1].lower) and k + 2 < last else k + 1
    return None


def _object(frame: Frame, cue: Cue, head: int, grammar: Grammar) -> tuple[list[Stretch], str, float]:
    clause, tokens = frame.clauses[cue.clause], frame.tokens
    for kind in cue.entry.objects:
        start: int | None = head + 1
        if kind == "marked":
            marked = any(
                tokens[head].end <= a and b <= tokens[clause.last - 1].end + 3 for a, b in frame.marked
            )
            if marked and head + 1 < clause.last:
                return [(tokens[head + 1].start, tokens[clause.last - 1].end)], "noun_phrase", 0.7
            continue
        if kind == "acc" and (cue.passive or _times(grammar, tokens[min(head + 1, clause.last - 1)].text)):
            continue
        if kind != "acc":
            start = next((k for k in range(head + 1, clause.last) if tokens[k].lower == kind), None)
        if (
            start is not None
            and start + (kind != "acc") < clause.last
            and (
                kind != "acc"
                or noun_phrase(tokens, start, clause.last, grammar)
                or grammar.has("told_pronouns", tokens[start].lower)
            )
        ):
            return [(tokens[start].start, tokens[clause.last - 1].end)], "noun_phrase", 0.7
    return [], "", 0.0


def _reach(frame: Frame, cue: Cue, cue_of: Cues, cues: CueLexicon, grammar: Grammar) -> int:
    """The token after the last of the words: up to a clause joined with „and“ that has a cue of its own, or an utterance in marks."""
    last = frame.clauses[cue.clause].last
    for k in range(cue.clause + 1, len(frame.clauses)):
        clause = frame.clauses[k]
        own = cue_of[k] is not None and (
            grammar.has("coordinators", clause.after)
            or clause.verb_first
            or grammar.has("coordinators", frame.tokens[clause.first].lower)
        )
        if clause.kind == "quote" or own or (clause.after == ";" and cue_of[k] is not None):
            break
        opening = frame.tokens[clause.first].lower
        if cue_of[k] is not None and grammar.ends("going_on_ends", opening) and opening not in cues.behind:
            break
        last = clause.last
    return last


def _that(frame: Frame, cue: Cue, head: int, cues: CueLexicon, grammar: Grammar) -> int | None:
    last = frame.clauses[cue.clause].last
    for k in range(head + 1, min(last, head + 12)):
        lower = frame.tokens[k].lower
        if grammar.has("complement", lower) and (
            not grammar.has("conditional", lower) or cue.entry.stance == "ask"
        ):
            return k
        told = k == head + 1 and grammar.has("addressing", cue.entry.verb)
        if grammar.strictly_finite(frame.tokens[k]) and not told:
            return None
    following = cue.clause + 1
    if (
        following < len(frame.clauses) - 1
        and frame.tokens[frame.clauses[following].first].lower in cues.behind
    ):
        following += 1  # “reported, citing three officials, that …”
    if following < len(frame.clauses) and frame.clauses[following].kind == "that" and head >= last - 6:
        return frame.clauses[following].first
    return None


def _ends_clause(frame: Frame, cue: Cue, head: int, grammar: Grammar) -> bool:
    """„…, the minister said on Monday.“: nothing but time and place behind the verb, or the subject itself."""
    last = frame.clauses[cue.clause].last
    if head == last - 1:
        return True
    rest = frame.tokens[head + 1 : last]
    if cue.verb == frame.clauses[cue.clause].opener:
        return not any(grammar.strictly_finite(token) for token in rest)
    light = ("prepositions", "adverbs", "time_nouns")
    return (
        grammar.has("prepositions", rest[0].lower)
        or any(grammar.has(name, rest[0].text) for name in light)
        or (
            grammar.has("addressing", cue.entry.verb)
            and not any(grammar.strictly_finite(token) for token in rest)
        )
    )


def _bare(frame: Frame, cue: Cue, head: int, grammar: Grammar) -> int | None:
    """The first word of a clause without „that“: past the time and the one spoken to, before a subject with its verb."""
    tokens, last = frame.tokens, frame.clauses[cue.clause].last
    k = head + 1
    while k < last and (
        tokens[k].text in _times(grammar, tokens[k].text) or grammar.has("adverbs", tokens[k].lower)
    ):
        k += 1
    if k < last and grammar.has("time_prepositions", tokens[k].lower):
        passed = noun_phrase(tokens, k + 1, last, grammar)
        k = passed[1] if passed is not None else k
    if grammar.has("addressing", cue.entry.verb) and k < last:
        passed = noun_phrase(tokens, k, last, grammar)
        k = passed[1] if passed is not None else k + 1
    subject = noun_phrase(tokens, k, last, grammar) if k < last else None
    if subject is None:
        return None
    verb = any(grammar.strictly_finite(token) for token in tokens[subject[1] : min(last, subject[1] + 5)])
    return k if verb else None


def _times(grammar: Grammar, word: str) -> tuple[str, ...]:
    return (word,) if grammar.has("time_nouns", word) else ()


def _explains(frame: Frame, number: int, grammar: Grammar) -> bool:
    """“According to the report, **seen by the Courier**, …”: what is said of the source is not what it says."""
    clause, first = frame.clauses[number], frame.tokens[frame.clauses[number].first]
    participle = "participle" in grammar.moods.forms_of(first.lower, first.lemma)
    seen = clause.first + 1 < clause.last and grammar.has("agents", frame.tokens[clause.first + 1].lower)
    return clause.after == "," and (clause.kind == "rel" or participle or seen)


def _without(frame: Frame, source: Source, grammar: Grammar) -> list[Stretch]:
    pieces = []
    behind = next((k for k, clause in enumerate(frame.clauses) if clause.first >= source.last), None)
    rest = source.last
    if behind is not None and behind + 1 < len(frame.clauses) and _explains(frame, behind, grammar):
        rest = frame.clauses[behind].last
    for first, last in ((0, source.first), (rest, frame.words_end)):
        while first < last and frame.tokens[first].kind != "word":
            first += 1
        while first < last and frame.tokens[last - 1].kind != "word":
            last -= 1
        if first < last:
            pieces.append((frame.tokens[first].start, frame.tokens[last - 1].end))
    return pieces
