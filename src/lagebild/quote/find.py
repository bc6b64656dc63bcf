"""The quotations of a document: direct, mixed and reported speech with cue, speaker's words, stance and distance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lagebild.lang.data import LANGUAGES, data_digest, has_data
from lagebild.lang.lexicon import Lexicon
from lagebild.model.account import Reason
from lagebild.model.document import Masthead
from lagebild.model.ids import place_id
from lagebild.model.span import Piece
from lagebild.model.speech import Quote
from lagebild.quote.clauses import Frame, Grammar
from lagebild.quote.cues import Cue, CueLexicon, find_cue
from lagebild.quote.direct import place_direct
from lagebild.quote.drafts import Context, Draft, Stretch
from lagebild.quote.english import place_reported_english
from lagebild.quote.frames import BlockRead, read_blocks
from lagebild.quote.headings import place_heading
from lagebild.quote.inside import inside_of
from lagebild.quote.marks import Marked, MarkStyles
from lagebild.quote.reported import place_reported
from lagebild.quote.silence import place_silence
from lagebild.quote.sources import find_sources
from lagebild.quote.turns import TurnWords, place_turn
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["QuoteTools", "SpeechReader", "find_quotes"]

_DATA = ("marks", "cues", "moods", "clauses", "mastheads", "speech", "roles")

DEEPEST = 5
"""Quotations inside each other. In news text there are never more than three; a chain of „dass er sagte, dass“ has no end."""
AGAINST = ("deny", "refuse")
SEVERAL = 9
"""More sentences than any look-back: nothing goes on across a turn of a conversation."""


@dataclass(frozen=True)
class SpeechReader:
    """What one language says about speech."""

    grammar: Grammar
    cues: CueLexicon
    styles: MarkStyles
    turns: TurnWords


@dataclass(frozen=True)
class QuoteTools:
    """The readers of all languages with data, opened once a worker."""

    readers: dict[str, SpeechReader]

    @classmethod
    def load(cls, settings: Settings) -> QuoteTools:
        codes = [code for code in LANGUAGES if all(has_data(code, name) for name in _DATA)]
        return cls(
            {
                code: SpeechReader(
                    Grammar.load(code), CueLexicon.load(code), MarkStyles.load(code), TurnWords.load(code)
                )
                for code in codes
            }
        )

    @classmethod
    def digest(cls) -> str:
        return f"1-{data_digest(*_DATA)}-{Lexicon.digest()}"

    def reader_of(self, language: str | None) -> SpeechReader | None:
        """The reader of a document's language, None where there is no data for it."""
        return self.readers.get((language or "").split("-")[0].lower())


def find_quotes(docs: Sequence[DocView], tools: QuoteTools) -> Iterable[Quote]:
    """Quotations in each document, in text order, from content blocks only; none in languages without data.

    Spans are code points of the document's text, half-open, without the quotation marks. An opening mark that is never closed
    gives no Quote and no error. `speaker` is None where the text does not say whose words they are.
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        reader = tools.reader_of(masthead.language if masthead else None)
        if reader is not None:
            yield from _quotes_of(doc, reader)


def _quotes_of(doc: DocView, reader: SpeechReader) -> Iterator[Quote]:
    blocks = list(read_blocks(doc, reader.grammar, reader.cues, reader.styles, reader.turns))
    context = Context()
    inner: list[Draft] = []
    number = 0

    def read(frame: Frame, place: int, inside: Context) -> None:
        _read_frame(frame, place, False, inside, reader)

    for block in blocks:
        if block.turn is not None:
            place_turn(block.turn, number, context)
            number += SEVERAL
        else:
            for frame in block.frames:
                _read_frame(frame, number, len(block.frames) == 1, context, reader)
                number += 1
        inner += inside_of(doc.text, block, reader.cues, reader.grammar, read)
    drafts = sorted(
        [*context.drafts, *inner], key=lambda draft: (min(draft.pieces)[0], -max(draft.pieces)[1])
    )
    yield from _rows(doc.id, drafts, blocks)


def _read_frame(frame: Frame, number: int, alone: bool, context: Context, reader: SpeechReader) -> None:
    context.block = frame.block
    context.first_here = len(context.drafts)
    if place_heading(frame, number, alone, context, reader.grammar):
        return
    cue_of: list[Cue | None] = [
        find_cue(frame, k, reader.cues, reader.grammar) for k in range(len(frame.clauses))
    ]
    sources = find_sources(frame, reader.cues, reader.grammar)
    used = place_direct(frame, number, cue_of, sources, context, reader.cues, reader.grammar)
    place_silence(frame, number, context, reader.cues, reader.grammar)
    place = place_reported if reader.grammar.verb_second else place_reported_english
    place(frame, number, cue_of, sources, used, context, reader.cues, reader.grammar)
    context.note_mute(frame, number, cue_of, reader.cues, reader.grammar)
    context.note_others(frame, number)
    context.note_subject(frame, number)
    context.note_colon(frame, number, cue_of, used, reader.grammar)


def _rows(doc_id: str, drafts: Sequence[Draft], blocks: Sequence[BlockRead]) -> Iterator[Quote]:
    marked = sorted((mark.inner_start, mark.inner_end) for block in blocks for mark in block.marks.pairs)
    opening = {mark.inner_start: mark for block in blocks for mark in block.marks.pairs}
    closing = {mark.inner_end: mark for block in blocks for mark in block.marks.pairs}
    seen: set[str] = set()
    open_quotes: list[tuple[int, int, str, tuple[Stretch, ...]]] = []
    place = 0
    for draft in drafts:
        pieces = tuple(Piece(*piece) for piece in _apart(draft.pieces))
        if draft.form != "direct" and draft.how != "marked_words":
            pieces = tuple(_with_marks(piece, opening, closing) for piece in pieces)
        start, end = pieces[0].start, pieces[-1].end
        quote_id = place_id(doc_id, "q", start, end)
        if quote_id in seen:
            continue
        seen.add(quote_id)
        while open_quotes and open_quotes[-1][1] < end:
            open_quotes.pop()
        if len(open_quotes) >= DEEPEST:
            continue
        inside = open_quotes[-1][2] if open_quotes else None
        _pass_on(draft, open_quotes[-1][3] if open_quotes else ())
        told = (*draft.reported_by, draft.speaker) if draft.speaker else draft.reported_by
        if draft.stance in AGAINST:  # who denies a claim does not pass it on
            told = ()
        open_quotes.append((start, end, quote_id, told))
        while place < len(marked) and marked[place][0] < start:
            place += 1
        yield _row(doc_id, quote_id, draft, pieces, _marked_in(marked, place, pieces), inside)


def _pass_on(draft: Draft, tellers: tuple[Stretch, ...]) -> None:
    """Words inside another's words are passed on by that one, and by whoever passes those on."""
    outer = [teller for teller in tellers if teller not in draft.reported_by and teller != draft.speaker]
    draft.reported_by = (*outer, *draft.reported_by)


def _row(
    doc_id: str,
    quote_id: str,
    draft: Draft,
    pieces: tuple[Piece, ...],
    marked: tuple[Piece, ...],
    inside: str | None,
) -> Quote:
    form = draft.form if draft.form == "direct" else ("mixed" if marked else "indirect")
    words = pieces if form == "direct" else marked
    reasons = (Reason(draft.how, draft.score, draft.detail or None), Reason(f"speaker_{draft.by}"))
    return Quote(
        quote_id, doc_id, pieces[0].start, pieces[-1].end, pieces, form, words, tuple(Piece(*cue) for cue in draft.cue), _piece(draft.speaker),
        _piece(draft.addressee), draft.stance, draft.distance, tuple(Piece(*place) for place in draft.reported_by), inside, draft.score, reasons,
    )  # fmt: skip


def _with_marks(piece: Piece, opening: Mapping[int, Marked], closing: Mapping[int, Marked]) -> Piece:
    """A clause whose first or last words stand in marks takes the marks with it, if both belong to it."""
    last = closing.get(piece.end) or closing.get(piece.end + 1)
    first = opening.get(piece.start)
    start = first.start if first is not None and first.end <= piece.end + 1 else piece.start
    return Piece(start, last.end) if last is not None and start <= last.start else Piece(start, piece.end)


def _piece(stretch: Stretch | None) -> Piece | None:
    return None if stretch is None else Piece(*stretch)


def _apart(pieces: Sequence[Stretch]) -> list[Stretch]:
    """Pieces in text order, overlaps joined."""
    found: list[Stretch] = []
    for start, end in sorted(pieces):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _marked_in(marked: Sequence[Stretch], place: int, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The outermost marked stretches that lie in the pieces."""
    found: list[Piece] = []
    for k in range(place, len(marked)):
        start, end = marked[k]
        if start >= pieces[-1].end:
            break
        inside = any(piece.start <= start and end <= piece.end for piece in pieces)
        if inside and not (found and start < found[-1].end):
            found.append(Piece(start, end))
    return tuple(found)
