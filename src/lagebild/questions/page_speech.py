"""Who speaks on the page, in which words: voices of a dispute, and the quotes of each speaker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from lagebild.lang.data import LANGUAGES, has_data, read_data
from lagebild.model.identity import Speaker, SpeakerKind
from lagebild.model.pages import Person, QuoteItem, Run, Voice
from lagebild.model.span import Piece, Span
from lagebild.model.speech import Claim, Quote
from lagebild.questions.page_marks import PartMarks
from lagebild.questions.page_shelf import Reading, Shelf, folded

__all__ = ["Who", "people_of", "runs_of", "speaker_of", "voices_of"]

MARKS = '„“”‟"«»‹›‚‘’'
QUOTES_SHOWN = 6
PEOPLE_SHOWN = 60


@dataclass(frozen=True)
class Who:
    """A speaker as the page names him: `key` is equal for the same speaker in all texts; `name` None is nobody knows who.

    Unnamed speakers of two texts are not taken for one: their keys differ, `looks` is what they have in common.
    """

    key: str
    name: str | None
    kind: SpeakerKind
    words: str | None
    own: bool = False
    looks: str = ""


def speaker_of(reading: Reading, quote: Quote, shelf: Shelf) -> Who:
    """Who says it: the entity where one is settled, else the words of the text, else nobody.

    A speaker of kind unknown keeps no name, whatever stands in the text, and a pronoun names nobody; its words are shown as
    words.
    """
    row: Speaker | None = reading.speakers.get(quote.id)
    words = reading.cut(quote.speaker) if quote.speaker else None
    entity = shelf.entity(row.entity_id) if row else None
    if row and entity:
        return Who(f"e:{entity.id}", entity.name, row.kind, words)
    if row is None or row.kind == "unknown" or not words or words.casefold() in _pronouns(reading.language):
        return Who("unknown", None, "unknown", words)
    name = _without_article(words, reading.language)
    looks = f"{row.kind}:{folded(name)}"
    return Who(
        f"{looks}:{reading.id}" if row.kind == "anonymous" else looks, name, row.kind, words, looks=looks
    )


def _language(code: str | None) -> str:
    short = (code or "").split("-")[0]
    return short if short in LANGUAGES and has_data(short, "page") else LANGUAGES[0]


@cache
def _pronouns(language: str | None) -> frozenset[str]:
    table = read_data(_language(language), "titles")["pronouns"]
    return frozenset(word for gender in ("m", "f", "n", "plural", "first") for word in table[gender])


@cache
def _articles(language: str | None) -> frozenset[str]:
    return frozenset(read_data(_language(language), "page")["articles"])


def _without_article(words: str, language: str | None) -> str:
    """„Polizei“ for „der Polizei“: a heading stands in no case."""
    first, _, rest = words.partition(" ")
    return rest if rest[:1].isupper() and first.casefold() in _articles(language) else words


def runs_of(text: str, pieces: Sequence[Piece], literal: Sequence[Piece]) -> tuple[Run, ...]:
    """The words of `pieces`, cut where `literal` begins and ends; marks of quotation at a cut are left to the page to set."""
    runs: list[Run] = []
    for piece in pieces:
        inner = [
            Piece(max(piece.start, one.start), min(piece.end, one.end))
            for one in sorted(literal)
            if one.start < piece.end and one.end > piece.start
        ]
        at = piece.start
        for one in inner:
            runs += [Run(text[at : one.start], False), Run(text[one.start : one.end], True)]
            at = one.end
        runs.append(Run(text[at : piece.end], False))
        runs.append(Run("", False))
    return _tidied(runs)


def _tidied(runs: list[Run]) -> tuple[Run, ...]:
    tidy: list[Run] = []
    for at, run in enumerate(runs):
        words = " ".join(run.text.split())
        if not run.literal:
            if at and runs[at - 1].literal:
                words = words.lstrip(MARKS).lstrip()
            if at + 1 < len(runs) and runs[at + 1].literal:
                words = words.rstrip().rstrip(MARKS).rstrip()
        if words:
            tidy.append(Run(words, run.literal, run.told))
    return tuple(tidy)


def _told(reading: Reading, pieces: Sequence[Piece]) -> tuple[Piece, tuple[Run, ...]] | None:
    """The sentence around words that are no statement of their own („diese Darstellung“), and its runs."""
    sentence = reading.sentence_at(pieces[0].start)
    if sentence is None or not all(sentence.start <= one.start and one.end <= sentence.end for one in pieces):
        return None
    runs: list[Run] = []
    at = sentence.start
    for one in pieces:
        runs += [
            Run(reading.text[at : one.start], False, True),
            Run(reading.text[one.start : one.end], False),
        ]
        at = one.end
    runs.append(Run(reading.text[at : sentence.end], False, True))
    return sentence, tuple(
        Run(words, False, run.told) for run in runs if (words := " ".join(run.text.split()))
    )


def _is_phrase(claim: Claim, quote: Quote) -> bool:
    """True where what is said is named and not told: a claim without actor whose predicate is all of it."""
    whole = len(claim.pieces) == 1 and claim.predicate == claim.pieces[0]
    return quote.form == "indirect" and claim.actor is None and whole


def _literal(quote: Quote) -> tuple[Piece, ...]:
    return quote.pieces if quote.form == "direct" and not quote.marked else quote.marked


@dataclass
class _Heard:
    """Words that several texts may carry, gathered."""

    who: Who
    reading: Reading
    runs: tuple[Run, ...]
    quote: Quote | None
    spans: list[Span] = field(default_factory=list)
    docs: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)


def _words(runs: Iterable[Run]) -> str:
    return folded("".join(run.text for run in runs))


def voices_of(claims: Iterable[tuple[Reading, Claim]], marks: PartMarks, shelf: Shelf) -> tuple[Voice, ...]:
    """One voice for each speaker and wording, whichever texts carry it; the outlet's own voice where nobody is quoted."""
    heard: dict[tuple[str, str], _Heard] = {}
    for reading, claim in claims:
        pieces = claim.pieces
        quote = reading.quotes.get(claim.quote_id) if claim.quote_id else None
        who = (
            speaker_of(reading, quote, shelf)
            if quote
            else Who("own", reading.outlet, "organisation", None, True)
        )
        runs = runs_of(reading.text, pieces, _literal(quote) if quote else ())
        around = _told(reading, pieces) if quote and _is_phrase(claim, quote) else None
        if around:
            pieces, runs = (around[0],), around[1]
        entry = heard.setdefault((who.looks or who.key, _words(runs)), _Heard(who, reading, runs, quote))
        entry.spans += [Span(reading.id, piece.start, piece.end) for piece in pieces]
    return tuple(
        Voice(
            name=one.who.name,
            role=_role(one),
            kind=one.who.kind,
            own=one.who.own,
            stance=one.quote.stance if one.quote else None,
            runs=one.runs,
            language=one.reading.language,
            cites=marks.cite(one.spans),
        )
        for one in heard.values()
    )


def _role(one: _Heard) -> str | None:
    """What the words of the text for the speaker say beyond the name."""
    words, name = one.who.words or "", one.who.name or ""
    rest = words.replace(name, "").strip(" ,;:–-") if name else words
    told = {folded(word) for word in name.split()}
    return rest if any(len(word) > 3 and folded(word) not in told for word in rest.split()) else None


def people_of(readings: Sequence[Reading], marks: PartMarks, shelf: Shelf) -> tuple[Person, ...]:
    """Speakers with their quotes, those with most first; anonymous ones later, quotes without a known speaker last."""
    heard: dict[str, dict[str, _Heard]] = {}
    known: dict[tuple[str, str], str] = {}
    for reading in readings:
        claims = _claims_of(reading)
        for quote in sorted(reading.quotes.values(), key=lambda q: (q.start, q.end, q.id)):
            who = speaker_of(reading, quote, shelf)
            pieces, runs = quote.pieces, runs_of(reading.text, quote.pieces, _literal(quote))
            within = claims.get(quote.id, [])
            around = _told(reading, pieces) if within and all(_is_phrase(c, quote) for c in within) else None
            if around:
                pieces, runs = (around[0],), around[1]
            key = known.setdefault((who.looks or who.key, _words(runs)), who.key)
            entry = heard.setdefault(key, {}).setdefault(_words(runs), _Heard(who, reading, runs, quote))
            entry.spans += [Span(reading.id, piece.start, piece.end) for piece in pieces]
            entry.docs.add(reading.id)
            entry.origins |= {o for claim in within for o in reading.claim_origins.get(claim.id, ())}
    ranked = sorted(heard.items(), key=lambda item: _rank_of_person(item[0], list(item[1].values())))
    roles = _roles(readings)
    return tuple(
        _person(f"s{number}", list(quotes.values()), roles.get(key, ()), marks, shelf)
        for number, (key, quotes) in enumerate(ranked, 1)
    )


def _claims_of(reading: Reading) -> dict[str, list[Claim]]:
    """The claims made in each quote."""
    found: dict[str, list[Claim]] = {}
    for claim in reading.claims.values():
        if claim.quote_id:
            found.setdefault(claim.quote_id, []).append(claim)
    return found


def _rank_of_person(key: str, quotes: list[_Heard]) -> tuple[int, int, str]:
    kinds = ("person", "organisation", "document", "anonymous", "unknown")
    kind = quotes[0].who.kind
    group = 0 if kind in ("person", "organisation") else kinds.index(kind)
    return group, -len(quotes), key


def _roles(readings: Sequence[Reading]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for reading in readings:
        for entity_id, role in reading.roles:
            found.setdefault(f"e:{entity_id}", {})[role] = None
    return {key: tuple(roles) for key, roles in found.items()}


def _person(key: str, quotes: list[_Heard], roles: tuple[str, ...], marks: PartMarks, shelf: Shelf) -> Person:
    who = quotes[0].who
    entity = shelf.entity(who.key[2:]) if who.key.startswith("e:") else None
    names = [name.text for name in entity.names] if entity else []
    ranked = sorted(
        quotes,
        key=lambda one: (-len(one.docs), marks.order(one.reading.id), one.spans[0].start, one.spans[0].end),
    )
    items = tuple(_item(f"{key}q{number}", one, marks) for number, one in enumerate(ranked, 1))
    return Person(
        key=key,
        name=who.name,
        kind=who.kind,
        roles=roles[:4],
        spellings=tuple(name for name in dict.fromkeys(names) if name != who.name)[:6],
        quotes=items[:QUOTES_SHOWN],
        more=items[QUOTES_SHOWN:],
    )


def _item(key: str, one: _Heard, marks: PartMarks) -> QuoteItem:
    quote = one.quote
    if quote is None:
        raise ValueError("a quote item needs a quote")
    relays = [one.reading.cut(piece) for piece in quote.reported_by]
    speaker = one.who.name or one.who.words
    label = marks.labels.get(one.reading.id)
    stated = one.reading.masthead.outlet if one.reading.masthead else None
    here = stated or (label.label if label else one.reading.outlet)
    hops = [*([speaker] if speaker else []), *reversed(relays), here]
    return QuoteItem(
        key=key,
        form=quote.form,
        moment=one.reading.moment,
        runs=one.runs,
        language=one.reading.language,
        stance=quote.stance,
        distance=quote.distance,
        relays=len(relays),
        hops=tuple(hops),
        words_for=one.who.words if one.who.words != one.who.name else None,
        texts=len(one.docs),
        origins=marks.independent(one.origins or one.docs, one.spans),
        cites=marks.cite(one.spans),
        reasons=quote.reasons,
    )
