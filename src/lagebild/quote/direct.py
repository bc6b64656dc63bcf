"""Direct speech: which words in marks belong to which cue, and where an utterance goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lagebild.quote.clauses import Clause, Frame, Grammar
from lagebild.quote.cues import NO_ENTRY, Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, Stretch, place_of, speaker_of, stance_of, stretch_of
from lagebild.quote.sources import Source
from lagebild.quote.speakers_words import Phrase, addressee_of, subject_of

__all__ = ["place_direct"]

FAR_BACK = 6
"""Clauses. A cue before a colon is looked for that far: „Er sagte am Montag, als …, in Rom: „…““."""

def place_direct(
    frame: Frame, number: int, cue_of: Sequence[Cue | None], sources: Sequence[Source], context: Context, cues: CueLexicon, grammar: Grammar
) -> set[int]:
    """Add the utterances in marks of a frame to `context`; gives the clauses whose cue was used."""
    used: set[int] = set()
    here: Draft | None = None
    here_by_after = False
    for k, clause in enumerate(frame.clauses):
        if clause.kind != "quote":
            continue
        said = _inner(frame, clause)
        if _is_rest(frame, clause) and context.open_cut is not None:
            context.open_cut.pieces.append(said)
            cut_cue = _cue_after(frame, k, cue_of, grammar)
            if cut_cue is not None and not context.open_cut.cue:
                told = _from_cue(frame, number, said, cut_cue, cue_of, "cue_after", context, cues, grammar)
                told.pieces = context.open_cut.pieces
                context.drafts[context.drafts.index(context.open_cut)] = told
                context.open_cut = told
                used.add(cut_cue)
            here, context.last, context.last_frame = context.open_cut, context.open_cut, number
            here_by_after, context.open_cut = True, None
            continue
        after = _cue_after(frame, k, cue_of, grammar)
        source = _source_beside(frame, k, sources)
        if after is not None and not (here is not None and after in used):
            here = _from_cue(frame, number, said, after, cue_of, "cue_after", context, cues, grammar)
            used.add(after)
            here_by_after = True
        elif here is not None and (here_by_after or k - 1 in used or frame.clauses[k - 1].kind == "quote"):
            here.pieces.append(said)
            continue
        elif source is not None:
            here = _from_source(frame, number, said, source, context)
            used.add(source.clause)
            here_by_after = True
        else:
            before = _cue_before(frame, k, cue_of, used)
            if before is not None:
                here = _from_cue(frame, number, said, before, cue_of, "cue_before", context, cues, grammar)
                used.add(before)
            else:
                here = _alone(frame, number, said, context)
                if here is None:
                    continue
            here_by_after = False
        here.clause = k
        context.add(here)
        marked = frame.tokens[clause.first].said
        if marked is not None and marked.cut:
            context.open_cut = here
    if here is not None:
        context.last_frame = number
    return used


def _is_rest(frame: Frame, clause: Clause) -> bool:
    """The first words of a block, opened in a block before."""
    marked = frame.tokens[clause.first].said
    return frame.opens_block and clause.first == 0 and marked is not None


def _inner(frame: Frame, clause: Clause) -> Stretch:
    marked = frame.tokens[clause.first].said
    assert marked is not None
    return marked.inner_start, marked.inner_end


def _cue_after(frame: Frame, k: int, cue_of: Sequence[Cue | None], grammar: Grammar) -> int | None:
    """The clause behind an utterance that opens with its verb („…“, sagte X), or in English ends with it."""
    if k + 1 >= len(frame.clauses):
        return None
    clause = frame.clauses[k + 1]
    if not clause.after.startswith("quote") or clause.kind not in ("main", "sub", "frag"):
        return None
    if clause.kind == "frag":
        late = not grammar.verb_second and k + 2 < len(frame.clauses) and cue_of[k + 2] is not None
        return k + 2 if late else None
    if grammar.verb_second:
        if clause.verb_first:
            return k + 1
        return k + 1 if clause.kind == "sub" and cue_of[k + 1] is not None else None
    return k + 1 if cue_of[k + 1] is not None else None


def _cue_before(frame: Frame, k: int, cue_of: Sequence[Cue | None], used: set[int]) -> int | None:
    for j in range(k - 1, max(-1, k - 1 - FAR_BACK), -1):
        if frame.clauses[j].kind == "quote":
            return None
        if cue_of[j] is not None and j not in used:
            return j
    return None


def _source_beside(frame: Frame, k: int, sources: Sequence[Source]) -> Source | None:
    for source in sources:
        if source.clause in (k + 1, k - 1) and not source.back:
            clause = frame.clauses[source.clause]
            if clause.kind in ("frag", "sub", "main") and (source.tail or clause.last - clause.first <= source.last - source.first + 3):
                return source
    return None


def _from_cue(
    frame: Frame, number: int, said: Stretch, at: int, cue_of: Sequence[Cue | None], how: str, context: Context, cues: CueLexicon, grammar: Grammar
) -> Draft:
    cue = cue_of[at]
    if cue is None:
        return _from_unknown_verb(frame, number, said, at, grammar)
    speaker, by = speaker_of(frame, number, cue, cue_of, context, cues, grammar)
    phrase, _ = subject_of(frame, cue, grammar)
    negated = any(grammar.has("negations", token.lower) for token in frame.tokens[frame.clauses[at].first : frame.clauses[at].last])
    return Draft(
        [said], "direct", place_of(frame, cue.words), speaker, stance_of(cue.entry, negated),
        "hearsay" if cue.entry.verb == "heißen" else cue.entry.distance, 0.95 if speaker else 0.8, how, cue.entry.verb, stretch_of(frame, addressee_of(frame, cue, phrase, grammar)), by=by, frame=number,
    )  # fmt: skip


def _from_unknown_verb(frame: Frame, number: int, said: Stretch, at: int, grammar: Grammar) -> Draft:
    """A verb that is in no lexicon, but stands where only a verb of saying can stand."""
    clause = frame.clauses[at]
    verb = clause.verb if clause.verb is not None else clause.first
    bare = Cue(at, NO_ENTRY, verb, (verb,), False, at)
    speaker, by = subject_of(frame, bare, grammar)
    return Draft(
        [said], "direct", place_of(frame, (verb,)), stretch_of(frame, speaker), "other", "neutral", 0.75, "verb_after_marks",
        frame.tokens[verb].text, by=by, frame=number,
    )  # fmt: skip


def _from_source(frame: Frame, number: int, said: Stretch, source: Source, context: Context) -> Draft:
    speaker: Phrase | None = source.speaker
    return Draft(
        [said], "direct", place_of(frame, source.cue), stretch_of(frame, speaker), "assert", source.distance, 0.9, "source_beside",
        by="after" if speaker else "none", frame=number,
    )  # fmt: skip


def _alone(frame: Frame, number: int, said: Stretch, context: Context) -> Draft | None:
    """Marks without a cue in their sentence: they go on from the sentence before, or nobody says whose they are."""
    if context.colon is not None and context.colon_frame == number - 1 and frame.clauses[0].kind == "quote":
        draft = replace(context.colon, pieces=[said], frame=number)
        context.colon = None
        return draft
    marked = frame.tokens[frame.clauses[0].first].said
    before = None if marked is not None and marked.cut else context.before(number)
    only = all(clause.kind == "quote" for clause in frame.clauses)
    if only and before is not None and before.form == "direct":
        before.pieces.append(said)
        context.last_frame = number
        return None
    speaker = before.speaker if only and before is not None else None
    score = 0.6 if speaker else 0.5
    return Draft([said], "direct", (), speaker, "assert", "neutral", score, "goes_on" if speaker else "no_cue", by="before" if speaker else "none", frame=number)
