"""What a source answers for: „laut X“, „X zufolge“, „so X“, „demnach“."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.quote.clauses import Frame, Grammar
from lagebild.quote.cues import NO_ENTRY, Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, Stretch, place_of, stretch_of
from lagebild.quote.phrases import Phrase
from lagebild.quote.reach import FARTHEST, Cues, closes
from lagebild.quote.sources import Source
from lagebild.quote.subjects import subject_of

__all__ = ["add_sources"]


def add_sources(
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
        cue = cue_of[source.clause]
        if (source.clause in used and cue is None) or (cue is not None and cue.entry.verb in cues.learning):
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
        if main and closes(frame, last + 1, cue_of, cues, grammar):
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
