"""Reported speech without a cue of its own: hearsay by verb form, and sentences in the subjunctive that go on from the one before."""

from __future__ import annotations

from lagebild.quote.clauses import Clause, Frame, Grammar
from lagebild.quote.cues import NO_ENTRY, Cue, CueLexicon
from lagebild.quote.drafts import Context, Draft, place_of, stretch_of
from lagebild.quote.phrases import Phrase
from lagebild.quote.reach import Cues, clause_stretch
from lagebild.quote.subjects import subject_of

__all__ = ["NAMED_ONLY", "begun", "behind_colon", "covered", "evidential", "goes_on"]

NAMED_ONLY = ("noun_phrase", "marked_words")
"""How speech is told that is named and not put into clauses: nothing of it can go on in the next block."""


def evidential(
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
        [clause_stretch(frame, k, k)], "indirect", ((verb.start, verb.end),), stretch_of(frame, speaker) or carried, "assert", "hearsay" if distance == "hearsay" else "doubt", 0.7,
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


def begun(
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


def behind_colon(
    frame: Frame, number: int, cue_of: Cues, context: Context, since: int, grammar: Grammar
) -> Draft | None:
    """„Ahl winkte ab: **Es gehe um vier Anlagen**“: the subjunctive behind a colon, under a verb that is no verb of saying."""
    for k in range(1, len(frame.clauses)):
        before, clause = frame.clauses[k - 1], frame.clauses[k]
        told = clause.kind == "main" and clause.verb is not None and clause.after.endswith(":")
        if not told or clause.verb is None or not grammar.subjunctive(frame.tokens[clause.verb]):
            continue
        main = next((j for j in range(k - 1, -1, -1) if frame.clauses[j].kind == "main"), None)
        verb = frame.clauses[main].verb if main is not None else None
        if main is None or verb is None or before.kind == "quote" or covered(frame, clause, context, since):
            return None
        cue = cue_of[main] or Cue(main, NO_ENTRY, verb, (verb,), False, main)
        phrase, by = subject_of(frame, cue, grammar)
        if phrase is None or not _is_somebody(frame, phrase, grammar):
            return None
        start, end = frame.tokens[clause.first].start, frame.tokens[frame.words_end - 1].end
        return Draft(
            [(start, end)], "indirect", place_of(frame, cue.words), stretch_of(frame, phrase), "assert", "neutral", 0.75, "main_clause",
            frame.tokens[verb].text, by=by, frame=number, clause=main,
        )  # fmt: skip
    return None


def _is_somebody(frame: Frame, phrase: Phrase, grammar: Grammar) -> bool:
    words = frame.tokens[phrase[0] : phrase[1]]
    return any(token.name in ("PER", "ORG") or grammar.speaks(token.text) for token in words) or (
        len(words) == 1 and grammar.has("speaking_pronouns", words[0].lower)
    )


def goes_on(frame: Frame, number: int, context: Context, since: int, grammar: Grammar) -> Draft | None:
    """A sentence in the subjunctive without a cue of its own: reported speech that goes on from the sentence before."""
    main = next(
        (clause for clause in frame.clauses if clause.kind == "main" and clause.verb is not None), None
    )
    if main is None or main.verb is None or any(clause.kind == "quote" for clause in frame.clauses):
        return None
    verb = frame.tokens[main.verb]
    here = context.drafts[since:]
    before = context.near(number, frame.block) if not here else _last_before(context, since, number)
    if any(draft.how in ("source", "so_at_the_end", "cue_after") for draft in here) or covered(
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
            not grammar.ends("plural_verb_ends", verb.lower)
            and before.how not in ("goes_on", "conjunction", "main_clause", "cue_after")
        )
    ):
        return None
    end = frame.tokens[-1].end
    speaker = before.speaker if before is not None else None
    if context.mute_frame == number - 1 and (before is None or before.frame < context.mute_frame):
        speaker, before = context.mute, None
    elif before is not None and context.named_frame > before.frame:
        speaker = None  # somebody else was named between: whose words these are, the text does not say
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
    ) and not grammar.ends("singular_verb_ends", frame.tokens[verb].lower)


def covered(frame: Frame, clause: Clause, context: Context, since: int) -> bool:
    start = frame.tokens[clause.first].start
    return any(a <= start < b for draft in context.drafts[since:] for a, b in draft.pieces)
