"""A document's content blocks as frames: sentences with their words, an utterance in marks standing as one token.

Whether words in marks are an utterance or a mere term („Massaker“, „Tagesschau“) is told from what stands around them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lagebild.model.document import Block, Document
from lagebild.model.marks import Mention, Sentence, Words
from lagebild.quote.clauses import Frame, Grammar, Token, TokenKind, cut_clauses
from lagebild.quote.cues import CueLexicon
from lagebild.quote.marks import Marked, MarksFound, MarkStyles, find_marks
from lagebild.quote.turns import Turn, TurnWords, read_turns
from lagebild.step import DocView

__all__ = ["BlockRead", "cut_inside", "read_blocks", "read_tokens"]

_TERMINAL = frozenset(".!?…")
LONGEST_CLOCK = 6
LONGEST_FORGOTTEN = 600
"""Characters. So far a paragraph may go on behind a mark that is never closed; a longer one is not trusted."""
_KEY_MARKS = frozenset("\"'`")
_SHORT = 4
"""Words. An utterance of fewer words needs a cue or a colon beside it; terms and titles are mostly shorter."""


@dataclass(slots=True)
class BlockRead:
    """A content block: its frames, its marks, and the tokens of all its sentences (without marks)."""

    block: Block
    marks: MarksFound
    tokens: list[Token]
    bounds: list[int]
    frames: list[Frame]
    utterances: tuple[Marked, ...]
    starts: list[int]
    turn: Turn | None = None


def read_blocks(
    doc: DocView, grammar: Grammar, cues: CueLexicon, styles: MarkStyles, turn_words: TurnWords
) -> Iterator[BlockRead]:
    """The content blocks of a document that have sentences, in text order.

    A mark left open at the end of a block and one left closed at the beginning of the next content block are one utterance, cut
    by a teaser or a paragraph: each part is an utterance of its block.
    """
    text = doc.rows(Document)[0].text
    sentences = _by_block(doc.rows(Sentence))
    words = {row.sentence_id: row for row in doc.rows(Words)}
    names = _name_places(doc.rows(Mention))
    blocks = [block for block in doc.rows(Block) if block.content and sentences.get(block.id)]
    found = _joined_over_blocks(
        text, blocks, [find_marks(text, block.start, block.end, styles) for block in blocks], styles
    )
    found = [_with_forgotten(text, block, marks, styles) for block, marks in zip(blocks, found, strict=True)]
    turns = read_turns(text, blocks, names, turn_words)
    for number, (block, marks) in enumerate(zip(blocks, found, strict=True)):
        own = sentences[block.id]
        tokens, bounds = read_tokens(text, own, words, marks, names, cues, grammar)
        turn = turns.get(number)
        if turn is not None:  # the label is no part of what is said
            tokens = [token for token in tokens if turn.start <= token.start < turn.end]
            bounds = [turn.start, *(bound for bound in bounds if bound > turn.start)]
        if tokens:
            read = _read_block(text, block, number, marks, tokens, bounds, grammar, cues)
            read.turn = turn
            yield read


def _joined_over_blocks(
    text: str, blocks: Sequence[Block], found: list[MarksFound], styles: MarkStyles
) -> list[MarksFound]:
    """Marks of neighbouring blocks brought together: an utterance that is interrupted, or opened anew in each paragraph."""
    made = list(found)
    for k in range(len(blocks) - 1):
        here, there = made[k], made[k + 1]
        if not here.never_closed or any(pair.end > here.never_closed[-1] for pair in here.pairs):
            continue
        opened = here.never_closed[-1]
        first = there.pairs[0].start if there.pairs else blocks[k + 1].end
        closes = next(
            (
                place
                for place in there.never_opened
                if place < first and text[place] in styles.closers.get(text[opened], ())
            ),
            None,
        )
        anew = (
            bool(there.pairs)
            and there.pairs[0].start == blocks[k + 1].start
            and text[there.pairs[0].start] == text[opened]
        )
        if closes is None and not anew:
            continue
        made[k] = here.with_pair(text, opened, blocks[k].end, (blocks[k].start, blocks[k].end))
        if closes is not None:
            bounds = (blocks[k + 1].start, blocks[k + 1].end)
            made[k + 1] = there.with_pair(text, bounds[0] - 1, closes, bounds)
    return made


def _with_forgotten(text: str, block: Block, marks: MarksFound, styles: MarkStyles) -> MarksFound:
    """An opening mark behind a colon, the last of its paragraph: its partner was forgotten, the words end with the paragraph."""
    if len(marks.never_closed) != 1:
        return marks
    opened, end = marks.never_closed[0], block.end
    while end > opened and text[end - 1].isspace():
        end -= 1
    last = max(marks.places) == opened and end - opened <= LONGEST_FORGOTTEN
    behind_colon = text[block.start : opened].rstrip()[-1:] == ":" and text[opened] in styles.closers
    inside = any(pair.start < opened < pair.end for pair in marks.pairs)
    return marks.with_open_end(text, opened, end) if last and behind_colon and not inside else marks


def _by_block(sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(sentence.block_id, []).append(sentence)
    return found


def _name_places(mentions: Sequence[Mention]) -> dict[int, tuple[str, int, int]]:
    """The kind and number of the name that covers a character; the adjectives and inhabitants among them are no names here."""
    return {
        place: (mention.kind, number, mention.end)
        for number, mention in enumerate(mentions)
        if not mention.derived
        for place in range(mention.start, min(mention.end, mention.start + 200))
    }


def read_tokens(
    text: str,
    sentences: Sequence[Sentence],
    words: dict[str, Words],
    marks: MarksFound,
    names: dict[int, tuple[str, int, int]],
    cues: CueLexicon,
    grammar: Grammar,
) -> tuple[list[Token], list[int]]:
    """The tokens of some sentences without quotation marks, and the character at which each sentence starts."""
    tokens: list[Token] = []
    for sentence in sentences:
        row = words.get(sentence.id)
        if row is None:
            continue
        tokens += _tokens_of(text, row, marks, names, cues, grammar)
    return tokens, [sentence.start for sentence in sentences]


def _tokens_of(
    text: str,
    row: Words,
    marks: MarksFound,
    names: dict[int, tuple[str, int, int]],
    cues: CueLexicon,
    grammar: Grammar,
) -> Iterator[Token]:
    """The tokens of one sentence."""
    read = len(row.deprels) == len(row.starts) == len(row.feats) == len(row.heads)
    lemmas = row.lemmas or ("",) * len(row.starts)
    for k, (start, end, lemma) in enumerate(zip(row.starts, row.ends, lemmas, strict=True)):
        if end - start == 1 and start in marks.places:
            continue
        form = text[start:end]
        lower = form.lower()
        kind: TokenKind = "word" if any(letter.isalnum() for letter in form[:40]) else "mark"
        if kind == "word" and (not lemma or (form[:1].isupper() and not lemma[:1].isupper())):
            lemma = (grammar.words.lemma(lower) if grammar.words else "") or lemma or lower
        if lower in cues.forms and form[:1].islower() and not grammar.has("adverbs", lower):
            lemma = lemma if lemma in cues.by_verb else cues.forms[lower]
        name, mention, name_end = names.get(start, ("", -1, 0))
        if name_end < end:  # a part of a compound („SWR-Intendant“) makes the whole word no name
            name, mention = "", -1
        if not read:
            yield Token(start, end, form, lower, lemma or lower, kind, name, None, mention)
            continue
        head = row.starts[row.heads[k]] if 0 <= row.heads[k] < len(row.starts) else -1
        yield Token(
            start,
            end,
            form,
            lower,
            lemma or lower,
            kind,
            name,
            None,
            mention,
            row.feats[k],
            row.deprels[k],
            head,
        )


def _read_block(
    text: str,
    block: Block,
    number: int,
    marks: MarksFound,
    tokens: list[Token],
    bounds: list[int],
    grammar: Grammar,
    cues: CueLexicon,
) -> BlockRead:
    said = tuple(_utterances(text, marks, tokens, bounds, grammar, cues))
    frames = _cut_frames(text, number, block, tokens, bounds, said)
    spoken = frozenset(said)
    inner = [
        (mark.inner_start, mark.inner_end) for mark in marks.pairs if not mark.depth and mark not in spoken
    ]
    for frame in frames:
        frame.tokens = frame.tokens[_clock(frame.tokens, grammar) :]
        first = bisect_left(inner, (frame.start - 3, 0))
        end = frame.end
        frame.marked = tuple(place for place in inner[first : first + 40] if place[1] <= end)
        frame.clauses = cut_clauses(frame, grammar)
    return BlockRead(block, marks, tokens, bounds, frames, said, [token.start for token in tokens])


def cut_inside(text: str, block: BlockRead, said: Marked, cues: CueLexicon, grammar: Grammar) -> list[Frame]:
    """The frames of the words in marks of an utterance; an utterance in marks inside them is one token again."""
    first, last = bisect_left(block.starts, said.inner_start), bisect_left(block.starts, said.inner_end)
    tokens = block.tokens[first:last]
    if not tokens:
        return []
    bounds = [
        said.inner_start,
        *(bound for bound in block.bounds if said.inner_start < bound < said.inner_end),
    ]
    pairs = tuple(
        replace(pair, depth=pair.depth - said.depth - 1)
        for pair in block.marks.pairs
        if pair.depth > said.depth and said.inner_start <= pair.start and pair.end <= said.inner_end
    )
    inner = tuple(_utterances(text, replace(block.marks, pairs=pairs), tokens, bounds, grammar, cues))
    frames = _cut_frames(text, -1, block.block, tokens, bounds, inner)
    for frame in frames:
        frame.clauses = cut_clauses(frame, grammar)
    return frames


def _utterances(
    text: str, marks: MarksFound, tokens: list[Token], bounds: list[int], grammar: Grammar, cues: CueLexicon
) -> Iterator[Marked]:
    """The outermost marked stretches that are somebody's words on their own, not part of another's sentence."""
    place, said_end = 0, -1
    starts = sorted(bounds)
    sentence = 0
    for marked in marks.pairs:
        if marked.depth:
            continue
        while place < len(tokens) and tokens[place].start < marked.start:
            place += 1
        last = place
        while last < len(tokens) and tokens[last].start < marked.end:
            last += 1
        while sentence + 1 < len(starts) and starts[sentence + 1] <= marked.start:
            sentence += 1
        first_in_sentence = place == 0 or tokens[place - 1].start < max(starts[sentence], said_end)
        run = _Run(text, marked, tokens, place, last, first_in_sentence, marks.places)
        several = sentence + 1 < len(starts) and starts[sentence + 1] < marked.inner_end
        if place < last and _is_utterance(run, several, said_end, grammar, cues):
            said_end = marked.end
            yield marked
        place = last


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    marked: Marked
    tokens: list[Token]
    first: int
    last: int
    starts_sentence: bool
    places: frozenset[int]

    @property
    def before(self) -> Token | None:
        return self.tokens[self.first - 1] if self.first else None

    def after(self, step: int = 0) -> Token | None:
        return self.tokens[self.last + step] if self.last + step < len(self.tokens) else None

    @property
    def words(self) -> list[Token]:
        return [token for token in self.tokens[self.first : self.last] if token.kind == "word"]


def _is_utterance(run: _Run, several: bool, said_end: int, grammar: Grammar, cues: CueLexicon) -> bool:
    words = run.words
    if not words:
        return False
    closing = _last_sign(run)
    has_verb = any(grammar.finite(token) for token in words)
    before = run.before
    fresh = (
        before is None or before.text[0] in _TERMINAL or (run.starts_sentence and before.text[0] not in ":,")
    )
    if run.marked.cut:
        return True
    if several and (fresh or before is None or before.kind == "mark"):
        return True
    if before is not None and before.text[0] == ":":
        if before.start and run.text[before.start - 1] in _KEY_MARKS:  # "key": "value" of program text
            return False
        return len(words) >= 3 or has_verb or closing in _TERMINAL or _cue_before(run, grammar, cues)
    if _cue_follows(run, closing, grammar, cues):
        return (
            fresh
            or (before is not None and before.text[0] in ",–—")
            or (
                run.marked.inner_start == run.words[0].start
                and words[0].capital
                and has_verb
                and len(words) > _SHORT
            )
        )
    if fresh:
        ends = run.after() is None or closing in _TERMINAL or _ends_here(run)
        return ends and (has_verb or len(words) >= _SHORT or (closing in _TERMINAL and len(words) > 1))
    if (
        said_end > 0
        and before is not None
        and before.text[0] in ",–—:"
        and _cue_between(run, said_end, grammar, cues)
    ):
        return True
    return _within_sentence(run, closing, has_verb, grammar, cues)


def _last_sign(run: _Run) -> str:
    """The last character of the words, past the marks of words in marks inside them."""
    place = run.marked.end - 2
    while place > run.marked.start and place in run.places:
        place -= 1
    return run.text[place]


def _within_sentence(run: _Run, closing: str, has_verb: bool, grammar: Grammar, cues: CueLexicon) -> bool:
    """„… und sagte Nein, „Wir gehen.““: a whole sentence in marks after a comma or after the cue itself."""
    words, before = run.words, run.before
    whole = words[0].capital and has_verb and len(words) >= _SHORT
    ends = closing in _TERMINAL or _ends_here(run)
    if before is not None and before.kind == "mark":
        return whole and ends and before.text[0] in ",–—"
    return (
        whole
        and ends
        and grammar.verb_second
        and before is not None
        and (_is_cue(before, cues) or closing in _TERMINAL)
        and not grammar.has("determiners", before.lower)
    )


def _ends_here(run: _Run) -> bool:
    after = run.after()
    return after is None or after.text[0] in _TERMINAL


def _cue_follows(run: _Run, closing: str, grammar: Grammar, cues: CueLexicon) -> bool:
    """A comma (or closing mark) and then the finite verb, „so X“, or in English a name and a verb of saying."""
    after, second = run.after(), run.after(1)
    comma = after is not None and after.text[0] in ",–—"
    verb = second if comma else after
    if verb is None or verb.kind != "word" or not (comma or closing in ",!?…."):
        return False
    if grammar.verb_second:
        if grammar.strictly_finite(verb) or (grammar.finite(verb) and _is_cue(verb, cues)):
            return comma or _is_cue(verb, cues)
        return comma and (
            verb.lower in cues.so or grammar.has("reporting_openers", verb.lower) or verb.lower in cues.before
        )
    return any(
        _is_cue(token, cues) for token in run.tokens[run.last : run.last + 10] if token.kind == "word"
    ) or any(name.split()[0] == verb.lower for name in cues.before)


def _is_cue(token: Token, cues: CueLexicon) -> bool:
    return token.kind == "word" and cues.may_be(token.lemma)


def _cue_before(run: _Run, grammar: Grammar, cues: CueLexicon) -> bool:
    return any(_is_cue(token, cues) for token in run.tokens[max(0, run.first - 25) : run.first])


def _cue_between(run: _Run, said_end: int, grammar: Grammar, cues: CueLexicon) -> bool:
    between = [token for token in run.tokens[max(0, run.first - 40) : run.first] if token.start >= said_end]
    if not between or any(token.text[0] in ".!?;+" and token.kind == "mark" for token in between):
        return False
    return any(
        _is_cue(token, cues) or token.lower in cues.so or token.lower in cues.before for token in between
    )


def _clock(tokens: list[Token], grammar: Grammar) -> int:
    """The first token behind „07.45 Uhr:“ at the beginning of a ticker entry."""
    colon = next((k for k, token in enumerate(tokens[:LONGEST_CLOCK]) if token.text == ":"), 0)
    plain = all(
        token.text[:1].isdigit() or grammar.has("time_nouns", token.text) or token.kind == "mark"
        for token in tokens[:colon]
    )
    dated = tokens[0].text[:1].isdigit()
    return colon + 1 if colon and dated and plain and colon + 1 < len(tokens) else 0


def _cut_frames(
    text: str, number: int, block: Block, tokens: list[Token], bounds: list[int], said: tuple[Marked, ...]
) -> list[Frame]:
    outer = _with_utterances(tokens, said)
    starts = iter([*bounds[1:], block.end + 1])
    limit = next(starts)
    frames: list[Frame] = []
    current: list[Token] = []
    for token in outer:
        if token.text in ("+", ";"):  # „+++ Meldung +++“; what stands behind a semicolon has its own cue
            if current:
                frames.append(Frame(current, number, block.kind, not frames))
                current = []
            continue
        crossed = False
        while token.start >= limit:
            crossed, limit = True, next(starts)
        if current and crossed and not _goes_on(text, current, token):
            frames.append(Frame(current, number, block.kind, not frames))
            current = []
        current.append(token)
        while token.kind == "quote" and token.end > limit:
            limit = next(starts)
    if current:
        frames.append(Frame(current, number, block.kind, not frames))
    return frames


def _goes_on(text: str, current: list[Token], token: Token) -> bool:
    """A sentence cut inside what belongs together: before a comma, or between „…?“ and its small cue."""
    if token.kind == "mark":
        return current[-1].kind == "quote" or token.text[0] in ",.;"
    return current[-1].kind == "quote" and token.kind == "word" and token.text[:1].islower()


def _with_utterances(tokens: list[Token], said: tuple[Marked, ...]) -> Iterator[Token]:
    waiting = list(reversed(said))
    skip_to = -1
    for token in tokens:
        if token.start < skip_to:
            continue
        if waiting and token.start >= waiting[-1].start:
            marked = waiting.pop()
            skip_to = marked.end
            yield Token(marked.start, marked.end, "„", "„", "„", "quote", "", marked)
            if token.start < skip_to:
                continue
        yield token
