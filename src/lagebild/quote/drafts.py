"""An utterance while it is put together, and what is remembered from one sentence to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lagebild.model.speech import Distance, Form, Stance
from lagebild.quote.addressees import document_of
from lagebild.quote.clauses import Frame, Grammar
from lagebild.quote.cues import NO_ENTRY, Cue, CueEntry, CueLexicon
from lagebild.quote.phrases import Phrase
from lagebild.quote.subjects import subject_of

__all__ = ["Context", "Draft", "Stretch", "place_of", "speaker_of", "stance_of", "stretch_of"]

NEAR = 3
"""Sentences. So far back the speaker of a sentence in the subjunctive is looked for, inside one paragraph."""
SHARED = 12
"""Clauses. So far back in its sentence a clause without a subject looks for the one it shares."""
SHORT_CUE = 9
"""Tokens. „Sie fügte hinzu.“ before words in marks is a cue with the wrong stop."""
Stretch = tuple[int, int]
"""Characters of the text, half-open."""


@dataclass(slots=True)
class Draft:
    """One utterance. `how` names what decided, `detail` the words that did."""

    pieces: list[Stretch]
    form: Form
    cue: tuple[Stretch, ...]
    speaker: Stretch | None
    stance: Stance
    distance: Distance
    score: float
    how: str
    detail: str = ""
    addressee: Stretch | None = None
    reported_by: tuple[Stretch, ...] = ()
    by: str = "none"
    frame: int = 0
    clause: int = -1


@dataclass(slots=True)
class Context:
    """What the sentence before leaves behind: the last utterance and the frame it stands in, and frames that end in a colon."""

    last: Draft | None = None
    last_frame: int = -9
    last_block: int = -1
    block: int = -1
    first_here: int = 0
    mute: Stretch | None = None
    mute_frame: int = -9
    drafts: list[Draft] = field(default_factory=list)
    colon: Draft | None = None
    open_cut: Draft | None = None
    open_block: int = -9
    colon_frame: int = -9
    about: Frame | None = None
    subject_frame: int = -9
    named_frame: int = -9

    def add(self, draft: Draft) -> None:
        """Keep an utterance; later ones may go on from it."""
        self.drafts.append(draft)
        self.last = draft
        self.last_frame = draft.frame
        self.last_block = self.block

    def note_colon(
        self, frame: Frame, number: int, cue_of: Sequence[Cue | None], used: set[int], grammar: Grammar
    ) -> None:
        """Remember the cue of a sentence that ends in a colon: the words in marks come in the next sentence or block."""
        self.colon = None
        alone = len(frame.clauses) == 1 and len(frame.tokens) <= SHORT_CUE and not self.here(number)
        if frame.tokens[-1].text[-1] != ":" and not alone:
            return
        for k in range(len(cue_of) - 1, -1, -1):
            cue = cue_of[k]
            if cue is not None and k not in used:
                speaker, by = subject_of(frame, cue, grammar)
                place = place_of(frame, cue.words)
                self.colon = Draft(
                    [], "direct", place, stretch_of(frame, speaker), cue.entry.stance, cue.entry.distance, 0.85, "cue_before", cue.entry.verb, by=by
                )  # fmt: skip
                self.colon_frame = number
                return

    def note_mute(
        self, frame: Frame, number: int, cue_of: Sequence[Cue | None], cues: CueLexicon, grammar: Grammar
    ) -> None:
        """Remember who spoke in a sentence without telling what: the next sentence may go on with the words."""
        if self.here(number):
            return
        for cue in cue_of:
            if cue is not None and not cue.entry.loose and frame.clauses[cue.clause].kind == "main":
                silent, _ = speaker_of(frame, number, cue, cue_of, self, cues, grammar)
                self.mute = silent if silent is not None and _may_go_on(frame, silent, grammar) else None
                self.mute_frame = number
                return

    def note_others(self, frame: Frame, number: int) -> None:
        """Remember a sentence that names somebody and has no utterance: what follows it need not be the last speaker's."""
        if not self.here(number) and any(token.name == "PER" for token in frame.tokens):
            self.named_frame = number

    def note_subject(self, frame: Frame, number: int) -> None:
        """Remember a sentence: „hieß es dort“ in the next one points at whom it is about."""
        self.about, self.subject_frame = frame, number

    def pointed_at(self, number: int, grammar: Grammar) -> Stretch | None:
        """Whom „hieß es dort“ points at: the speaker of the sentence before, who was silent there, else who it is about."""
        if self.last is not None and self.last_frame == number - 1 and self.last.speaker is not None:
            return self.last.speaker
        if self.mute is not None and self.mute_frame == number - 1:
            return self.mute
        return _about(self.about, grammar) if self.about and self.subject_frame == number - 1 else None

    def told_of(self, number: int, cues: CueLexicon, grammar: Grammar) -> Stretch | None:
        """Who told something in the sentence before without words of his: „Der Rat machte nur vage **Angaben**.“"""
        if self.about is None or self.subject_frame != number - 1:
            return None
        told = any(token.text in cues.nach_nouns for token in self.about.tokens)
        return _about(self.about, grammar) if told else None

    def here(self, frame: int) -> list[Draft]:
        """The utterances that the sentence has so far."""
        return [draft for draft in self.drafts[self.first_here :] if draft.frame == frame]

    def before(self, frame: int) -> Draft | None:
        """The utterance of the sentence right before, or of this one."""
        return self.last if self.last is not None and self.last_frame >= frame - 1 else None

    def near(self, frame: int, block: int) -> Draft | None:
        """The last utterance, at most `NEAR` sentences back in the same block, or right before."""
        near = self.last is not None and self.last_block == block and self.last_frame >= frame - NEAR
        return self.last if near else self.before(frame)


def _may_go_on(frame: Frame, place: Stretch, grammar: Grammar) -> bool:
    """People, bodies and documents may go on in the next sentence; „die Evaluierung“ and „der Vorwurf“ do not."""
    words = [token for token in frame.tokens if place[0] <= token.start < place[1]]
    return any(
        token.name in ("PER", "ORG", "LOC")
        or grammar.speaks(token.text)
        or any(grammar.has(name, token.text) for name in ("anonymous", "documents"))
        for token in words
    ) or (len(words) == 1 and grammar.has("speaking_pronouns", words[0].lower))


def _about(frame: Frame, grammar: Grammar) -> Stretch | None:
    """The subject of a sentence, where that is a noun or a name."""
    for k, clause in enumerate(frame.clauses):
        if clause.kind == "main" and clause.verb is not None:
            bare = Cue(k, NO_ENTRY, clause.verb, (clause.verb,), False, k)
            phrase, _ = subject_of(frame, bare, grammar)
            words = frame.tokens[phrase[0] : phrase[1]] if phrase else []
            return (
                stretch_of(frame, phrase) if any(token.name or token.capital for token in words[1:]) else None
            )
    return None


def stretch_of(frame: Frame, phrase: Phrase | None) -> Stretch | None:
    """The characters of some tokens; words in marks that end it are not cut: „das Blatt „Elbpost““."""
    if phrase is None:
        return None
    start, end = frame.tokens[phrase[0]].start, frame.tokens[phrase[1] - 1].end
    closed = next((last + 1 for first, last in frame.marked if start < first < end <= last), end)
    return start, closed


def place_of(frame: Frame, words: tuple[int, ...]) -> tuple[Stretch, ...]:
    """The characters of single tokens, tokens next to each other joined."""
    found: list[Stretch] = []
    for k in words:
        token = frame.tokens[k]
        if found and k - 1 in words:
            found[-1] = (found[-1][0], token.end)
        else:
            found.append((token.start, token.end))
    return tuple(found)


def stance_of(entry: CueEntry, negated: bool) -> Stance:
    """The stance of a verb of the lexicon; „bestätigte nicht“ confirms nothing, „schloss nicht aus“ denies and refuses nothing."""
    if negated and entry.stance == "confirm":
        return "other"
    return "assert" if negated and entry.stance in ("deny", "refuse") else entry.stance


def speaker_of(
    frame: Frame,
    number: int,
    cue: Cue,
    cue_of: Sequence[Cue | None],
    context: Context,
    cues: CueLexicon,
    grammar: Grammar,
) -> tuple[Stretch | None, str]:
    """The subject of a cue; a clause joined to another without a subject of its own („…, warnte jedoch davor“) shares that one's."""
    if cue.entry.verb in cues.from_documents:
        phrase = document_of(frame, cue, grammar)
        ending = frame.tokens[cue.verb + 1 : cue.verb + 5]
        if phrase is None and any(grammar.has("points_back", token.lower) for token in ending):
            pointed = context.pointed_at(number, grammar)
            return pointed, "before" if pointed else "none"
        return stretch_of(frame, phrase), "document" if phrase else "none"
    phrase, by = subject_of(frame, cue, grammar)
    clause = frame.clauses[cue.clause]
    if (
        phrase is not None
        or cue.passive
        or not clause.verb_first
        or not clause.after
        or clause.after.startswith("quote")
    ):
        return stretch_of(frame, phrase), by
    if any(grammar.has("empty_subjects", token.lower) for token in frame.tokens[cue.verb + 1 : cue.verb + 2]):
        return None, "none"
    last = context.last
    if last is not None and last.frame == number and last.speaker is not None:
        return last.speaker, "shared"
    for k in range(cue.clause - 1, max(-1, cue.clause - 1 - SHARED), -1):
        main, other = frame.clauses[k], cue_of[k]
        if main.kind != "main" or main.verb is None:
            continue
        shared, _ = subject_of(frame, other or Cue(k, NO_ENTRY, main.verb, (main.verb,), False, k), grammar)
        if shared is not None:
            return stretch_of(frame, shared), "shared"
    return None, "none"
