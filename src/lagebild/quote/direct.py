"""Direct speech: which words in marks belong to which cue, and where an utterance goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lagebild.quote.addressees import addressee_of
from lagebild.quote.chains import pass_on
from lagebild.quote.clauses import Clause, Frame, Grammar
from lagebild.quote.cues import NO_ENTRY, Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, Stretch, place_of, speaker_of, stance_of, stretch_of
from lagebild.quote.phrases import Phrase
from lagebild.quote.sources import Source
from lagebild.quote.subjects import subject_of

__all__ = ["place_direct"]

SAID_OF_ONE_FACT = ("source", "so_at_the_end", "noun_phrase", "marked_words")
"""Who is named only as the source of one fact does not go on speaking in the next block."""
EXPLAINING = 3
"""Clauses between a name and its verb."""
LEADING = 3
FAR_BACK = 6
"""Clauses. A cue before a colon is looked for that far: „Er sagte am Montag, als …, in Rom: „…““."""


def place_direct(
    frame: Frame,
    number: int,
    cue_of: Sequence[Cue | None],
    sources: Sequence[Source],
    context: Context,
    cues: CueLexicon,
    grammar: Grammar,
) -> set[int]:
    """Add the utterances in marks of a frame to `context`; gives the clauses whose cue was used."""
    scene = _Scene(frame, number, cue_of, sources, context, cues, grammar)
    used: set[int] = set()
    here: Draft | None = None
    for k, clause in enumerate(frame.clauses):
        if clause.kind != "quote":
            continue
        if context.open_cut is not None and _is_rest(frame, clause, context):
            here = _close_cut(scene, k, used)
            continue
        goes_on = here is not None and (
            here.how != "cue_before" or k - 1 in used or frame.clauses[k - 1].kind == "quote"
        )
        after = _cue_after(frame, k, cue_of, grammar)
        if here is not None and goes_on and (after is None or after in used):
            here.pieces.append(_inner(frame, clause))
            continue
        here = _new_utterance(scene, k, after, used) or here
    if here is not None:
        context.last_frame = number
    return used


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that decides whose the words in marks of a frame are."""

    frame: Frame
    number: int
    cue_of: Sequence[Cue | None]
    sources: Sequence[Source]
    context: Context
    cues: CueLexicon
    grammar: Grammar

    def from_cue(self, said: Stretch, at: int, how: str) -> Draft:
        return _from_cue(
            self.frame, self.number, said, at, self.cue_of, how, self.context, self.cues, self.grammar
        )


def _close_cut(scene: _Scene, k: int, used: set[int]) -> Draft | None:
    """The rest of an utterance that another block began; its cue, where it has none yet, may stand behind the rest."""
    context, said = scene.context, _inner(scene.frame, scene.frame.clauses[k])
    begun = context.open_cut
    if begun is None:
        return None
    begun.pieces.append(said)
    after = _cue_after(scene.frame, k, scene.cue_of, scene.grammar)
    if after is not None and not begun.cue:
        told = scene.from_cue(said, after, "cue_after")
        told.pieces = begun.pieces
        context.drafts[context.drafts.index(begun)] = told
        used.add(after)
        begun = told
    marked = scene.frame.tokens[scene.frame.clauses[k].first].said
    still_open = marked is not None and marked.cut and marked.end >= scene.frame.end
    context.open_cut = begun if still_open else None
    context.open_block = scene.frame.block
    context.last, context.last_frame = begun, scene.number
    return begun


def _new_utterance(scene: _Scene, k: int, after: int | None, used: set[int]) -> Draft | None:
    """A new utterance, by its cue behind it, its source, its cue before it, or alone; None where it goes on from the last one."""
    frame, context = scene.frame, scene.context
    said = _inner(frame, frame.clauses[k])
    source = _source_beside(frame, k, scene.sources)
    before = _cue_before(frame, k, scene.cue_of, used)
    if after is not None:
        draft: Draft | None = scene.from_cue(said, after, "cue_after")
        used.add(after)
    elif source is not None:
        draft = _from_source(frame, scene.number, said, source, context)
        used.add(source.clause)
    elif before is not None:
        draft = scene.from_cue(said, before, "cue_before")
        used.add(before)
    else:
        draft = _alone(frame, scene.number, said, context, scene.grammar)
    if draft is None:
        return None
    draft.clause = k
    context.add(draft)
    marked = frame.tokens[frame.clauses[k].first].said
    if marked is not None and marked.cut:
        context.open_cut, context.open_block = draft, frame.block
    return draft


def _is_rest(frame: Frame, clause: Clause, context: Context) -> bool:
    """The first words of a block, opened in the block before."""
    return frame.opens_block and clause.first == 0 and context.open_block == frame.block - 1


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
    verb = frame.tokens[clause.verb if clause.verb is not None else clause.first].start
    if any(start <= verb < end for start, end in frame.marked):
        return None
    if clause.kind == "frag":
        return None if grammar.verb_second else _cue_behind_name(frame, k, cue_of)
    if grammar.verb_second:
        if clause.verb_first or _so_said(frame, clause, cue_of[k + 1], grammar):
            return k + 1
        return k + 1 if clause.kind == "sub" and cue_of[k + 1] is not None else None
    return k + 1 if cue_of[k + 1] is not None else None


def _so_said(frame: Frame, clause: Clause, cue: Cue | None, grammar: Grammar) -> bool:
    """„…“ – **so kommentierte** der Wirt die Regel."""
    return (
        cue is not None
        and clause.verb == clause.first + 1
        and grammar.has("thus", frame.tokens[clause.first].lower)
    )


def _cue_behind_name(frame: Frame, k: int, cue_of: Sequence[Cue | None]) -> int | None:
    """“…,” Jane Holt, a teacher at the school, said: the clause with the verb behind a name and what explains it."""
    for late in range(k + 2, min(k + 2 + EXPLAINING, len(frame.clauses))):
        if cue_of[late] is not None:
            return late
        if frame.clauses[late].kind not in ("frag", "rel"):
            return None
    return None


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
            if clause.kind in ("frag", "sub", "main") and (
                source.tail or clause.last - clause.first <= source.last - source.first + 3
            ):
                return source
    return None


def _from_cue(
    frame: Frame,
    number: int,
    said: Stretch,
    at: int,
    cue_of: Sequence[Cue | None],
    how: str,
    context: Context,
    cues: CueLexicon,
    grammar: Grammar,
) -> Draft:
    cue = cue_of[at]
    if cue is None:
        return _from_unknown_verb(frame, number, said, at, grammar)
    speaker, by = speaker_of(frame, number, cue, cue_of, context, cues, grammar)
    phrase, _ = subject_of(frame, cue, grammar)
    negated = any(
        grammar.has("negations", token.lower)
        for token in frame.tokens[frame.clauses[at].first : frame.clauses[at].last]
    )
    draft = Draft(
        [said], "direct", place_of(frame, cue.words), speaker, stance_of(cue.entry, negated),
        "hearsay" if cue.entry.impersonal else cue.entry.distance, 0.95 if speaker else 0.8, how, cue.entry.verb, stretch_of(frame, addressee_of(frame, cue, phrase, grammar)), by=by, frame=number,
    )  # fmt: skip
    return pass_on(draft, frame, cue, cues, grammar)


def _from_unknown_verb(frame: Frame, number: int, said: Stretch, at: int, grammar: Grammar) -> Draft:
    """A verb that is in no lexicon, but stands where only a verb of saying can stand."""
    clause = frame.clauses[at]
    verb = clause.verb if clause.verb is not None else clause.first
    bare = Cue(at, NO_ENTRY, verb, (verb,), False, at)
    speaker, by = subject_of(frame, bare, grammar)
    return Draft(
        [said], "direct", place_of(frame, (verb,)), stretch_of(frame, speaker), "assert", "neutral", 0.75, "verb_after_marks",
        frame.tokens[verb].text, by=by, frame=number,
    )  # fmt: skip


def _speaks(frame: Frame, place: Stretch, grammar: Grammar) -> bool:
    """A person, an organisation or a pronoun: not „das Motto“."""
    words = [token for token in frame.tokens if place[0] <= token.start < place[1]]
    return any(token.name in ("PER", "ORG") or grammar.has("anonymous", token.text) for token in words) or (
        len(words) == 1 and grammar.has("speaking_pronouns", words[0].lower)
    )


def _from_source(frame: Frame, number: int, said: Stretch, source: Source, context: Context) -> Draft:
    speaker: Phrase | None = source.speaker
    return Draft(
        [said], "direct", place_of(frame, source.cue), stretch_of(frame, speaker), "assert", source.distance, 0.9, "source_beside",
        by="after" if speaker else "none", frame=number,
    )  # fmt: skip


def _only_leads_on(frame: Frame, clause: Clause) -> bool:
    """„Und weiter: „…““: a few words without a verb before a colon."""
    behind = frame.tokens[clause.last] if clause.last < len(frame.tokens) else None
    short = clause.verb is None and clause.last - clause.first <= LEADING
    capital = any(token.capital for token in frame.tokens[clause.first + 1 : clause.last])
    return short and behind is not None and behind.text == ":" and not capital


def _alone(frame: Frame, number: int, said: Stretch, context: Context, grammar: Grammar) -> Draft | None:
    """Marks without a cue in their sentence: they go on from the sentence before, or nobody says whose they are."""
    if context.colon is not None and context.colon_frame == number - 1 and frame.clauses[0].kind == "quote":
        draft = replace(context.colon, pieces=[said], frame=number)
        context.colon = None
        return draft
    colon = next((k for k, clause in enumerate(frame.clauses) if clause.kind == "quote"), 0)
    if colon and frame.clauses[colon].after.endswith(":") and frame.clauses[colon - 1].kind == "main":
        told = _from_unknown_verb(frame, number, said, colon - 1, grammar)
        if told.speaker is not None and _speaks(frame, told.speaker, grammar):
            return told
    marked = frame.tokens[frame.clauses[0].first].said
    before = None if marked is not None and marked.cut else context.before(number)
    only = all(clause.kind == "quote" or _only_leads_on(frame, clause) for clause in frame.clauses)
    if only and before is not None and before.form == "direct":
        before.pieces.append(said)
        context.last_frame = number
        return None
    if before is not None and frame.opens_block and before.how in SAID_OF_ONE_FACT:
        before = None
    speaker = before.speaker if only and before is not None else None
    score = 0.6 if speaker else 0.5
    return Draft(
        [said],
        "direct",
        (),
        speaker,
        "assert",
        "neutral",
        score,
        "goes_on" if speaker else "no_cue",
        by="before" if speaker else "none",
        frame=number,
    )
