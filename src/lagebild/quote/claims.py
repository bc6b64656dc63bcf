"""The claims of a document: clauses that can be true or false, from quotations and from the outlet's own voice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.model.document import Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, Quantity, TimePhrase
from lagebild.model.span import Piece
from lagebild.model.speech import Claim, Modality, Quote
from lagebild.quote.clauses import Clause, Frame, Grammar, Token, cut_clauses
from lagebild.quote.cues import NO_ENTRY, Cue
from lagebild.quote.find import QuoteTools, SpeechReader
from lagebild.quote.frames import BlockRead, read_blocks
from lagebild.quote.subjects import agent_of, subject_of
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["ClaimTools", "ClaimWords", "find_claims"]

Polarity = Literal["affirmed", "denied"]
_SHORT_KINDS = ("headline", "lead")
_LONGEST_HEADLINE = 16
_LEFT_OUT = 0.5
"""A quotation of which the clauses cover less than this is read once more by itself."""
LONGEST_COPULA = 8
"""Tokens. „ist ein schwerer Fehler“ is a predicate; a longer stretch behind „ist“ is more than that."""
_OF_STANCE: dict[str, Modality] = {
    "demand": "demanded", "promise": "planned", "announce": "planned", "threaten": "planned", "warn": "forecast", "hope": "hypothetical",
}  # fmt: skip


class ClaimWords:
    """How a language says that a clause is denied, planned, demanded, hedged (`lang/*/claims.toml`)."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._sets = {name: frozenset(value) for name, value in table.items() if name != "condition_phrases"}

    def has(self, name: str, word: str) -> bool:
        """True where a word or lemma stands in the list `name`."""
        return word in self._sets[name]


@dataclass(frozen=True)
class ClaimTools:
    """The readers of speech with the words for claims, opened once a worker."""

    speech: QuoteTools
    words: dict[str, ClaimWords]

    @classmethod
    def load(cls, settings: Settings) -> ClaimTools:
        codes = [code for code in LANGUAGES if has_data(code, "claims")]
        return cls(QuoteTools.load(settings), {code: ClaimWords(read_data(code, "claims")) for code in codes})

    @classmethod
    def digest(cls) -> str:
        return f"1-{QuoteTools.digest()}-{data_digest('claims')}"


def find_claims(docs: Sequence[DocView], tools: ClaimTools) -> Iterable[Claim]:
    """The claims of each document in text order: clauses with a finite verb, infinitives and noun phrases that are quoted words.

    `quote_id` None is the outlet's own voice; clauses that only introduce another's words are left out. `actor` is the
    grammatical subject. `denied` clauses are negated, or the words of somebody who denies them. Content blocks only; nothing
    in languages without data.
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        language = masthead.language if masthead else None
        reader = tools.speech.reader_of(language)
        words = tools.words.get((language or "").split("-")[0].lower())
        if reader is not None and words is not None:
            yield from _claims_of(doc, reader, words)


def _claims_of(doc: DocView, reader: SpeechReader, words: ClaimWords) -> Iterator[Claim]:
    quotes = sorted(doc.rows(Quote), key=lambda quote: (quote.start, -quote.end))
    inside = _Inside(doc)
    spoken = _Spoken(quotes)
    found: dict[str, Claim] = {}
    used: dict[str, int] = {}
    text = doc.text
    tokens: list[Token] = []
    for block in read_blocks(doc, reader.grammar, reader.cues, reader.styles, reader.turns):
        tokens += block.tokens
        for frame in _frames(block, reader):
            made = [
                _claim(text, doc.id, frame, unit, inside, reader, words)
                for unit in _units(frame, spoken, inside)
            ]
            for claim in [one for one in made if one] or _counting(doc.id, frame, inside, spoken):
                found.setdefault(claim.id, claim)
                used[claim.quote_id or ""] = used.get(claim.quote_id or "", 0) + claim.end - claim.start
    starts = [token.start for token in tokens]
    for quote in quotes:
        if used.get(quote.id, 0) < _LEFT_OUT * sum(piece.end - piece.start for piece in quote.pieces):
            own = _quoted_frame(quote, tokens, starts, reader)
            units = _units(own, spoken, inside) if own else ()
            made = [_claim(text, doc.id, own, unit, inside, reader, words) for unit in units if own]
            whole = [] if quote.id in used else [_from_words(doc.id, quote, inside)]
            for claim in [one for one in made if one] or whole:
                found.setdefault(claim.id, claim)
    yield from sorted(found.values(), key=lambda claim: claim.id)


def _quoted_frame(
    quote: Quote, tokens: Sequence[Token], starts: Sequence[int], reader: SpeechReader
) -> Frame | None:
    """The words of a quotation as a frame of their own: „said **the sample was clean**“ has no comma that cuts it off."""
    own = [
        token
        for piece in quote.pieces
        for token in tokens[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
    ]
    while own and own[-1].kind == "mark":
        own.pop()
    if quote.form == "direct" or len(own) < 2:
        return None
    frame = Frame(own, -1, "paragraph", False)
    frame.clauses = cut_clauses(frame, reader.grammar)
    return frame


def _counting(doc_id: str, frame: Frame, inside: _Inside, spoken: _Spoken) -> list[Claim]:
    """A headline without a verb that says how many: „23 Verletzte bei Unfall“."""
    piece = Piece(frame.start, frame.end)
    counted = inside.ids("quantities", (piece,))
    if frame.block_kind not in _SHORT_KINDS or not counted or frame.tokens[-1].text[-1:] == "?":
        return []
    if len(frame.tokens) > _LONGEST_HEADLINE or spoken.at(frame.start):
        return []
    return [
        Claim(
            place_id(doc_id, "c", piece.start, piece.end), doc_id, piece.start, piece.end, (piece,), None, None, piece, "affirmed",
            "happened", None, None, inside.ids("times", (piece,)), inside.ids("mentions", (piece,)), counted,
        )
    ]  # fmt: skip


class _Inside:
    """Ids of time phrases, names and quantities that lie in some pieces."""

    def __init__(self, doc: DocView) -> None:
        self._rows: dict[str, list[tuple[int, int, str]]] = {
            "times": sorted((row.start, row.end, row.id) for row in doc.rows(TimePhrase)),
            "mentions": sorted((row.start, row.end, row.id) for row in doc.rows(Mention)),
            "quantities": sorted((row.start, row.end, row.id) for row in doc.rows(Quantity)),
        }

    def ids(self, kind: str, pieces: Sequence[Piece]) -> tuple[str, ...]:
        rows = self._rows[kind]
        found: list[str] = []
        for piece in pieces:
            for k in range(bisect_left(rows, (piece.start, 0, "")), len(rows)):
                start, end, row_id = rows[k]
                if start >= piece.end:
                    break
                if end <= piece.end:
                    found.append(row_id)
        return tuple(found)

    def starts(self, kind: str, start: int, end: int) -> list[int]:
        """Where the rows of a kind begin in a stretch."""
        rows = self._rows[kind]
        return [row[0] for row in rows[bisect_left(rows, (start, 0, "")) : bisect_left(rows, (end, 0, ""))]]


class _Spoken:
    """Whose words a place is: the innermost quotation there; and which places are cues."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._pieces = sorted(
            (piece.start, piece.end, quote.id) for quote in quotes for piece in quote.pieces
        )
        self._cues = sorted((cue.start, cue.end) for quote in quotes for cue in quote.cue)
        self.by_id = {quote.id: quote for quote in quotes}
        self._longest = max((end - start for start, end, _ in self._pieces), default=0)

    def at(self, place: int) -> Quote | None:
        best: tuple[int, str] | None = None
        last = bisect_right(self._pieces, (place, 1 << 60, ""))
        for start, end, quote_id in reversed(self._pieces[max(0, last - 40) : last]):
            if end > place and (best is None or end - start < best[0]):
                best = (end - start, quote_id)
        return self.by_id[best[1]] if best else None

    def cue_in(self, start: int, end: int) -> bool:
        k = bisect_left(self._cues, (start, 0))
        return k < len(self._cues) and self._cues[k][0] < end


def _frames(block: BlockRead, reader: SpeechReader) -> Iterator[Frame]:
    """The frames outside direct speech, then a frame for each sentence inside it."""
    yield from block.frames
    bounds = sorted(block.bounds)
    place = 0
    for said in block.utterances:
        while place < len(block.tokens) and block.tokens[place].start < said.start:
            place += 1
        current: list[Token] = []
        while place < len(block.tokens) and block.tokens[place].start < said.end:
            token = block.tokens[place]
            if current and bisect_right(bounds, token.start) != bisect_right(bounds, current[-1].start):
                yield _inner_frame(current, block, reader)
                current = []
            current.append(token)
            place += 1
        if current:
            yield _inner_frame(current, block, reader)


def _inner_frame(tokens: list[Token], block: BlockRead, reader: SpeechReader) -> Frame:
    frame = Frame(tokens, -1, block.block.kind, False)
    frame.clauses = cut_clauses(frame, reader.grammar)
    return frame


@dataclass(frozen=True, slots=True)
class _Unit:
    """A main or „dass“ clause `main` with the clauses that hang on it, `first` to `last` inclusive; all words of one quotation."""

    first: int
    last: int
    main: int
    quote: Quote | None


def _units(frame: Frame, spoken: _Spoken, inside: _Inside) -> Iterator[_Unit]:
    current: _Unit | None = None
    waiting: int | None = None
    for k, clause in enumerate(frame.clauses):
        quote = _quote_at(frame, clause, spoken)
        if current is not None and quote == current.quote and _resumes(frame.clauses, current.main, k):
            current = _Unit(current.first, k, current.main, current.quote)
            continue
        head = clause.kind in ("main", "that") or (clause.kind == "wh" and quote is not None)
        if current is not None and (head or clause.kind == "quote" or quote != current.quote):
            yield current
            current = None
        if clause.kind == "quote":
            waiting = None
        elif head and clause.verb is not None:
            first = (
                waiting
                if waiting is not None and quote == _quote_at(frame, frame.clauses[waiting], spoken)
                else k
            )
            told = quote is None and _only_tells(frame, clause, spoken, inside)
            current = None if told else _Unit(first, k, k, quote)
            waiting = None
        elif current is not None:
            current = _Unit(current.first, k, current.main, current.quote)
        elif waiting is None:
            waiting = k
    if current is not None:
        yield current


def _only_tells(frame: Frame, clause: Clause, spoken: _Spoken, inside: _Inside) -> bool:
    """True for a clause that introduces another's words and says nothing itself; one that counts something says that."""
    start, end = frame.tokens[clause.first].start, frame.tokens[clause.last - 1].end
    if not spoken.cue_in(start, end):
        return False
    return not any(spoken.at(place) is None for place in inside.starts("quantities", start, end))


def _quote_at(frame: Frame, clause: Clause, spoken: _Spoken) -> Quote | None:
    """Whose words a clause is: told at its verb, for a source may stand at its beginning („laut X versucht …“)."""
    if clause.kind == "quote":
        return None
    return spoken.at(frame.tokens[clause.first if clause.verb is None else clause.verb].start)


def _resumes(clauses: Sequence[Clause], main: int, k: int) -> bool:
    """„dass A …, die …, **B garantiere**“: a „dass“ clause goes on behind a relative clause up to its verb at the end."""
    clause = clauses[k]
    late = clause.kind == "main" and clause.verb == clause.last - 1 and clause.last - clause.first > 2
    return (
        late
        and clauses[main].kind == "that"
        and clauses[k - 1].kind in ("rel", "sub")
        and clause.after == ","
    )


def _actor(frame: Frame, unit: _Unit, reader: SpeechReader) -> Piece | None:
    """Who acts: the grammatical subject, in the passive whoever „von“ names, else nobody.

    A clause joined with „und“ without a subject has that of the clause before.
    """
    passive = _is_passive(frame, frame.clauses[unit.main], reader.grammar)
    if passive is not None:
        agent = agent_of(frame, passive.cue(unit.main), reader.grammar)
        return None if agent is None else Piece(frame.tokens[agent[0]].start, frame.tokens[agent[1] - 1].end)
    for k in range(unit.main, max(-1, unit.main - 12), -1):
        clause = frame.clauses[k]
        if clause.verb is None or clause.kind not in ("main", "that", "wh"):
            continue
        found, _ = subject_of(
            frame, Cue(k, NO_ENTRY, clause.verb, (clause.verb,), False, k, True), reader.grammar
        )
        if found is not None:
            return Piece(frame.tokens[found[0]].start, frame.tokens[found[1] - 1].end)
        if not (clause.verb_first and reader.grammar.has("coordinators", clause.after)):
            return None
    return None


@dataclass(frozen=True, slots=True)
class _Passive:
    """The auxiliary of a passive clause."""

    verb: int

    def cue(self, clause: int) -> Cue:
        return Cue(clause, NO_ENTRY, self.verb, (self.verb,), True, clause, True)


def _is_passive(frame: Frame, clause: Clause, grammar: Grammar) -> _Passive | None:
    """„wurde … zerstört“, “were destroyed”: None for the future and for states („ist gesperrt“ tells nobody's act)."""
    tokens, verb = frame.tokens, clause.verb
    if verb is None:
        return None
    last = tokens[clause.last - 1]
    if not grammar.verb_second:
        behind = tokens[verb + 1 : min(clause.last, verb + 4)]
        done = next((token for token in behind if not grammar.has("adverbs", token.lower)), None)
        plain = done is not None and "participle" in grammar.moods.forms_of(done.lower, done.lemma)
        return _Passive(verb) if plain and grammar.has("passive_auxiliaries", tokens[verb].lemma) else None
    if any(grammar.has("passive_marks", token.lower) for token in tokens[clause.first : clause.last]):
        return _Passive(verb)
    if not grammar.has("passive_auxiliaries", tokens[verb].lemma):
        return None
    done = last if verb != clause.last - 1 else tokens[verb - 1]
    forms = grammar.moods.forms_of(done.lower, done.lemma)
    return _Passive(verb) if "participle" in forms and done is not tokens[verb] else None


def _claim(
    text: str,
    doc_id: str,
    frame: Frame,
    unit: _Unit,
    inside: _Inside,
    reader: SpeechReader,
    words: ClaimWords,
) -> Claim | None:
    tokens, clause = frame.tokens, frame.clauses[unit.main]
    first, last = tokens[frame.clauses[unit.first].first], tokens[frame.clauses[unit.last].last - 1]
    if clause.verb is None:
        return None
    pieces = _clipped(Piece(first.start, last.end), unit.quote)
    if not pieces:
        return None
    actor = _actor(frame, unit, reader)
    condition = _condition(frame, unit, words)
    return Claim(
        place_id(doc_id, "c", pieces[0].start, pieces[-1].end), doc_id, pieces[0].start, pieces[-1].end, pieces,
        unit.quote.id if unit.quote else None, actor,
        _predicate(frame, clause, actor, reader, words), _polarity(text, frame, clause, unit.quote, words), _governed(frame, unit, words) or _modality(frame, clause, unit.quote, condition, reader, words),
        _hedge(tokens[clause.first : clause.last], words), condition, inside.ids("times", pieces), inside.ids("mentions", pieces),
        inside.ids("quantities", (Piece(pieces[0].start, pieces[-1].end),)),
    )  # fmt: skip


def _clipped(whole: Piece, quote: Quote | None) -> tuple[Piece, ...]:
    """What of a clause is the words of its quotation."""
    if quote is None:
        return (whole,)
    cut = ((max(whole.start, piece.start), min(whole.end, piece.end)) for piece in quote.pieces)
    return tuple(Piece(start, end) for start, end in cut if start < end)


def _predicate(
    frame: Frame, clause: Clause, actor: Piece | None, reader: SpeechReader, words: ClaimWords
) -> Piece:
    """The verb that says what happens: the participle or infinitive at the end, else the finite verb; „ist“ with what follows."""
    tokens, verb = frame.tokens, clause.verb if clause.verb is not None else clause.first
    if not reader.grammar.verb_second:
        return _english_predicate(tokens, verb, clause.last, reader)
    last = clause.last - 1
    first = last + 1
    while first - 1 > verb and _verbal(tokens[first - 1], reader):
        first -= 1
    if first <= last:
        first = verb if first == verb + 1 else first
        if (
            first == last
            and first - 1 > verb
            and _predicative(tokens[first - 1], tokens[last], reader, words)
        ):
            first -= 1
        return Piece(tokens[first].start, tokens[last].end)
    if verb == last:
        while verb - 1 > clause.opener and _verbal(tokens[verb - 1], reader):
            verb -= 1
        return Piece(tokens[verb].start, tokens[last].end)
    inverted = actor is not None and actor.start > tokens[verb].start  # „an Bord waren 48 Gäste“
    if reader.grammar.has("copulas", tokens[verb].lemma) and last - verb <= LONGEST_COPULA and not inverted:
        return Piece(tokens[verb].start, tokens[last].end)
    return Piece(tokens[verb].start, tokens[verb].end)


def _english_predicate(tokens: Sequence[Token], verb: int, end: int, reader: SpeechReader) -> Piece:
    """„had **fired** 42 shells“, „had **been caused** by“, „was **injured**“; else the finite verb, „is“ with what follows."""
    grammar = reader.grammar
    first = verb + 1
    while first < end and (
        grammar.has("adverbs", tokens[first].lower) or grammar.has("negations", tokens[first].lower)
    ):
        first += 1
    last = first
    auxiliary = grammar.has("auxiliaries", tokens[verb].lemma)
    while auxiliary and last < end and "participle" in _forms(tokens[last : last + 1], reader):
        last += 1
    if last > first:
        return Piece(tokens[first].start, tokens[last - 1].end)
    long = end - verb > LONGEST_COPULA + 1
    stop = verb + 1 if long or not grammar.has("copulas", tokens[verb].lemma) else end
    return Piece(tokens[verb].start, tokens[stop - 1].end)


def _predicative(token: Token, verb: Token, reader: SpeechReader, words: ClaimWords) -> bool:
    """„**bekannt** gewesen“: the adjective before a form of „sein“."""
    copula = reader.grammar.has("copulas", verb.lemma) or reader.grammar.has("copulas", verb.lower)
    plain = token.kind == "word" and token.text[:1].islower() and not words.has("negations", token.lower)
    return copula and plain and not reader.grammar.has("prepositions", token.lower)


def _verbal(token: Token, reader: SpeechReader) -> bool:
    if token.kind != "word" or not token.text[:1].islower():
        return False
    return bool(reader.grammar.moods.forms_of(token.lower, token.lemma)) or token.lower == reader.grammar.zu


def _polarity(text: str, frame: Frame, clause: Clause, quote: Quote | None, words: ClaimWords) -> Polarity:
    negated = False
    for k in range(clause.first, clause.last):
        following = frame.tokens[k + 1].lower if k + 1 < len(frame.tokens) else ""
        before = frame.tokens[k - 1].lower if k > clause.first else ""
        contrast = words.has("contrasts", before) or following[:1].isdigit()  # „231 Gäste und nicht 214“
        if words.has("negations", frame.tokens[k].lower) and not (
            contrast or words.has("not_negated_by", following)
        ):
            negated = True
    if quote is not None and quote.stance == "deny" and not _held_against(text, quote):
        negated = not negated
    return "denied" if negated else "affirmed"


def _held_against(text: str, quote: Quote) -> bool:
    """True for words behind a colon or in marks of their own: „X widersprach: Das Amt sei informiert gewesen.“ X says them."""
    if quote.form == "direct":
        return True
    before = [cue.end for cue in quote.cue if cue.end <= quote.start]
    return bool(before) and ":" in text[max(before) : quote.start]


def _governed(frame: Frame, unit: _Unit, words: ClaimWords) -> Modality | None:
    """„ich erwarte, **dass** sie kommt“, „sie forderten, dass …“: what the verb before makes of a „dass“ clause."""
    if unit.main == 0 or frame.clauses[unit.main].kind != "that":
        return None
    verb = frame.clauses[unit.main - 1].verb
    lemma = frame.tokens[verb].lemma if verb is not None else ""
    if words.has("demand_lemmas", lemma):
        return "demanded"
    return "forecast" if words.has("forecast_lemmas", lemma) else None


def _modality(
    frame: Frame,
    clause: Clause,
    quote: Quote | None,
    condition: Piece | None,
    reader: SpeechReader,
    words: ClaimWords,
) -> Modality:
    tokens = frame.tokens[clause.first : clause.last]
    verb = frame.tokens[clause.verb if clause.verb is not None else clause.first]
    if frame.tokens[-1].text[-1:] == "?" or (quote is not None and quote.stance == "ask"):
        return "unknown"
    if quote is not None and quote.stance == "demand" and quote.form != "direct":
        return "demanded"
    if any(words.has("forecast", token.lower) for token in tokens) or words.has(
        "forecast_lemmas", verb.lemma
    ):
        return "forecast"
    ending = (
        frame.tokens[clause.last - 1]
        if clause.verb != clause.last - 1
        else frame.tokens[max(clause.first, clause.last - 2)]
    )
    forms = reader.grammar.moods.forms_of(ending.lower, ending.lemma)
    infinitive = bool(forms & {"infinitive", "plural"}) or not reader.grammar.verb_second
    done = words.has("perfect_infinitive", tokens[-1].lower) and "participle" in _forms(tokens[-2:-1], reader)
    passive = "participle" in _forms(tokens[-1:], reader) and not infinitive
    if reader.grammar.has("passive_auxiliaries", verb.lemma) and reader.grammar.subjunctive(verb) and passive:
        return "unknown"  # „würden vernichtet“: told of now or of later, the form does not say
    return _of_verb(verb, infinitive, done, condition, quote, reader, words)


def _forms(tokens: Sequence[Token], reader: SpeechReader) -> frozenset[str]:
    return frozenset(
        form for token in tokens for form in reader.grammar.moods.forms_of(token.lower, token.lemma)
    )


def _of_verb(
    verb: Token,
    infinitive: bool,
    done: bool,
    condition: Piece | None,
    quote: Quote | None,
    reader: SpeechReader,
    words: ClaimWords,
) -> Modality:
    told = quote is not None and quote.form != "direct"
    if words.has("hypothetical", verb.lower) and not (
        told and reader.grammar.has("auxiliaries", verb.lemma) and reader.grammar.verb_second
    ):
        return "hypothetical"
    if condition is not None:
        return "hypothetical"
    if words.has("future", verb.lower) and infinitive and not done:
        return "planned"
    if (words.has("intend", verb.lower) or words.has("intend_lemmas", verb.lemma)) and not done:
        return "planned"
    if words.has("must", verb.lower) and not done:
        return "planned" if words.has("expected", verb.lemma) and not told else "demanded"
    if words.has("demand_lemmas", verb.lemma):
        return "demanded"
    if words.has("able", verb.lower):
        return "unknown"
    return "happened"


def _hedge(tokens: Sequence[Token], words: ClaimWords) -> Piece | None:
    for place, token in enumerate(tokens):
        if place and token.text[:1].isupper():  # the month of May
            continue
        if words.has("hedges", token.lower) or words.has("hedge_verbs", token.lower):
            return Piece(token.start, token.end)
    return None


def _condition(frame: Frame, unit: _Unit, words: ClaimWords) -> Piece | None:
    """The „wenn“ clause of a unit, with „nur“ or „selbst“ before it, and with what „und“ joins to it."""
    for k in range(unit.first, unit.last + 1):
        clause = frame.clauses[k]
        if clause.kind == "sub" and words.has("conditional", frame.tokens[clause.opener].lower):
            first = clause.opener
            while first > clause.first and words.has("condition_focus", frame.tokens[first - 1].lower):
                first -= 1
            return Piece(frame.tokens[first].start, frame.tokens[clause.last - 1].end)
    return None


def _from_words(doc_id: str, quote: Quote, inside: _Inside) -> Claim:
    """Quoted words without a finite verb: an infinitive, a noun phrase („vor einem Massaker“)."""
    polarity: Polarity = "denied" if quote.stance in ("deny", "refuse") else "affirmed"
    modality = _OF_STANCE.get(quote.stance, "unknown")
    return Claim(
        place_id(doc_id, "c", quote.start, quote.end), doc_id, quote.start, quote.end, quote.pieces, quote.id, None, quote.pieces[0], polarity,
        modality, None, None, inside.ids("times", quote.pieces), inside.ids("mentions", quote.pieces), inside.ids("quantities", quote.pieces),
    )  # fmt: skip
