"""Questions on which the pile clashes: sides with their voices, and figures with their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lagebild.model.finding import Finding, Origin, Side
from lagebild.model.marks import Quantity
from lagebild.model.pages import Dispute, FigureRow, FigureView, Run, SideView, Voice
from lagebild.model.span import Piece, Span
from lagebild.model.speech import Claim
from lagebild.questions.page_marks import PartMarks
from lagebild.questions.page_shelf import Reading, Shelf, folded
from lagebild.questions.page_speech import Who, speaker_of, voices_of

__all__ = ["ClaimBook", "dispute_of", "figure_of", "has_figures", "ranked"]

VOICES_SHOWN = 3


class ClaimBook:
    """The claims of a story by id, with the text they stand in."""

    def __init__(
        self, readings: Sequence[Reading], origins: Iterable[Origin], letters: dict[str, str]
    ) -> None:
        self._claims = {
            claim_id: (reading, claim) for reading in readings for claim_id, claim in reading.claims.items()
        }
        self._rank = {reading.id: place for place, reading in enumerate(readings)}
        self._origins = {origin.id: origin for origin in origins}
        self._letters = letters

    def of(self, claim_ids: Iterable[str]) -> list[tuple[Reading, Claim]]:
        """The claims in the order of the texts; ids of claims that stand outside the part are left out."""
        found = [self._claims[claim_id] for claim_id in claim_ids if claim_id in self._claims]
        return sorted(found, key=lambda pair: (self._rank[pair[0].id], pair[1].start, pair[1].id))

    def origins(self, origin_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Letter and name of each origin, those with a letter first."""
        pairs = {
            (self._letters.get(origin_id, ""), self._origins[origin_id].name)
            for origin_id in origin_ids
            if origin_id in self._origins
        }
        return tuple(sorted(pairs, key=lambda pair: (not pair[0], len(pair[0]), pair)))


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Disputed before inconsistent, then those with more origins."""
    order = ("disputed", "inconsistent", "open", "single_source", "undisputed")
    return sorted(
        findings,
        key=lambda one: (order.index(one.status), -len({o for s in one.sides for o in s.origin_ids}), one.id),
    )


def language_of(pairs: Sequence[tuple[Reading, Claim]]) -> str | None:
    """The language most of the texts are in."""
    counts = Counter(reading.language for reading, _ in pairs if reading.language)
    return min(counts, key=lambda code: (-counts[code], code)) if counts else None


def dispute_of(key: str, finding: Finding, claims: ClaimBook, marks: PartMarks, shelf: Shelf) -> Dispute:
    """The question with its sides next to each other."""
    every = claims.of(claim_id for side in finding.sides for claim_id in side.claim_ids)
    return Dispute(
        key=key,
        kind=finding.kind,
        question=finding.question,
        language=language_of(every),
        status=finding.status,
        sides=_titles(finding, claims, marks, shelf)
        or tuple(_side(side, claims, marks, shelf) for side in finding.sides),
        reasons=finding.reasons,
    )


def _titles(finding: Finding, claims: ClaimBook, marks: PartMarks, shelf: Shelf) -> tuple[SideView, ...]:
    """For a clash of titles: where each text gives the title, which no speaker need have said. () where they are not found."""
    if finding.kind != "role_conflict":
        return ()
    held = [(side, claims.of(side.claim_ids)) for side in finding.sides]
    wanted = {folded(side.position) for side in finding.sides}
    people = Counter(
        entity_id
        for _, pairs in held
        for reading in {reading.id: reading for reading, _ in pairs}.values()
        for entity_id, piece in reading.titled
        if folded(reading.cut(piece)) in wanted
    )
    if not people:
        return ()
    person = min(people, key=lambda entity_id: (-people[entity_id], entity_id))
    sides = tuple(_title_side(side, pairs, person, marks, shelf) for side, pairs in held)
    return sides if all(side.voices for side in sides) else ()


def _title_side(
    side: Side, pairs: Sequence[tuple[Reading, Claim]], person: str, marks: PartMarks, shelf: Shelf
) -> SideView:
    found: dict[tuple[str, str], Voice] = {}
    places: dict[tuple[str, str], list[Span]] = {}
    for reading, claim in pairs:
        near = [piece for entity_id, piece in reading.titled if entity_id == person]
        if near:
            piece = min(near, key=lambda one: (abs(one.start - claim.start), one.start))
            voice = _title_voice(reading, piece, shelf)
            key = (voice.name or "", folded(reading.cut(piece)))
            found.setdefault(key, voice)
            places.setdefault(key, []).append(Span(reading.id, piece.start, piece.end))
    voices = tuple(replace(voice, cites=marks.cite(places[key])) for key, voice in found.items())
    named = {marks.labels[r.id].letter: r.outlet for r, _ in reversed(pairs) if r.id in marks.labels}
    texts = len({span.doc_id for spans in places.values() for span in spans})
    return SideView(
        side.position, voices[:VOICES_SHOWN], voices[VOICES_SHOWN:], tuple(sorted(named.items())), texts
    )


def _title_voice(reading: Reading, piece: Piece, shelf: Shelf) -> Voice:
    """Who gives the title: whoever is quoted literally around it, else the outlet."""
    quote = next(
        (
            quote
            for quote in sorted(reading.quotes.values(), key=lambda one: (one.start, one.end, one.id))
            if quote.form == "direct"
            and any(one.start <= piece.start and piece.end <= one.end for one in quote.pieces)
        ),
        None,
    )
    who = speaker_of(reading, quote, shelf) if quote else None
    return Voice(
        name=who.name if who else reading.outlet,
        role=None,
        kind=who.kind if who else "organisation",
        own=who is None,
        stance=quote.stance if quote else None,
        runs=(Run(reading.cut(piece), who is not None, who is None),),
        language=reading.language,
        cites=(),
    )


def _side(side: Side, claims: ClaimBook, marks: PartMarks, shelf: Shelf) -> SideView:
    pairs = claims.of(side.claim_ids)
    voices = voices_of(pairs, marks, shelf)
    return SideView(
        position=side.position,
        voices=voices[:VOICES_SHOWN],
        more=voices[VOICES_SHOWN:],
        origins=claims.origins(side.origin_ids),
        texts=len({reading.id for reading, _ in pairs}),
    )


def has_figures(finding: Finding, claims: ClaimBook) -> bool:
    """True where at least two claims of the finding hold a number with a bound."""
    found = [
        quantity
        for reading, claim in claims.of(c for side in finding.sides for c in side.claim_ids)
        for quantity in _quantities(reading, claim)
    ]
    return len(found) > 1


def _quantities(reading: Reading, claim: Claim) -> Iterator[Quantity]:
    for quantity_id in claim.quantities:
        quantity = reading.quantities.get(quantity_id)
        if quantity and not (quantity.low is None and quantity.high is None):
            yield quantity


@dataclass
class _Stated:
    row: FigureRow
    spans: list[Span] = field(default_factory=list)


def figure_of(key: str, finding: Finding, claims: ClaimBook, marks: PartMarks, shelf: Shelf) -> FigureView:
    """The numbers of a question, one row for each speaker and number, by the date of the text."""
    every = claims.of(claim_id for side in finding.sides for claim_id in side.claim_ids)
    common = _common_counted(every)
    stated: dict[tuple[object, ...], _Stated] = {}
    for side in finding.sides:
        for reading, claim in claims.of(side.claim_ids):
            quantity = _meant(reading, claim, side.position, common)
            if quantity is None:
                continue
            who = _who(reading, claim, shelf)
            group = (
                (who.looks or who.key) if not who.own else reading.claim_origins.get(claim.id, (reading.id,)),
                quantity.low,
                quantity.high,
                quantity.hedge,
            )
            entry = stated.setdefault(group, _Stated(_row(reading, claim, quantity, who)))
            entry.spans.append(Span(reading.id, quantity.start, quantity.end))
            if not _in_headline(reading, quantity):
                entry.row = replace(entry.row, headline=False)
    rows = [replace(entry.row, cites=marks.cite(entry.spans)) for entry in stated.values()]
    return FigureView(
        key,
        finding.kind,
        finding.question,
        language_of(every),
        finding.status,
        _by_time(rows),
        finding.reasons,
    )


def _who(reading: Reading, claim: Claim, shelf: Shelf) -> Who:
    quote = reading.quotes.get(claim.quote_id) if claim.quote_id else None
    return (
        speaker_of(reading, quote, shelf) if quote else Who("own", reading.outlet, "organisation", None, True)
    )


def _row(reading: Reading, claim: Claim, quantity: Quantity, who: Who) -> FigureRow:
    counted = quantity.counted
    piece = (
        Piece(min(quantity.start, counted.start), max(quantity.end, counted.end))
        if counted
        else Piece(quantity.start, quantity.end)
    )
    if piece.end - piece.start > 80:
        piece = Piece(quantity.start, quantity.end)
    return FigureRow(
        moment=reading.moment,
        name=who.name or who.words,
        kind=who.kind,
        own=who.own,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        hedge=quantity.hedge,
        words=reading.cut(piece),
        language=reading.language,
        latest=False,
        headline=_in_headline(reading, quantity),
        cites=(),
    )


def _in_headline(reading: Reading, quantity: Quantity) -> bool:
    block = reading.block_at(quantity.start)
    return block is not None and block.kind == "headline"


def _counted(reading: Reading, quantity: Quantity) -> str:
    return folded(reading.cut(quantity.counted)) if quantity.counted else ""


def _common_counted(pairs: Sequence[tuple[Reading, Claim]]) -> str:
    counts = Counter(
        word
        for reading, claim in pairs
        for quantity in _quantities(reading, claim)
        if (word := _counted(reading, quantity))
    )
    return min(counts, key=lambda word: (-counts[word], word)) if counts else ""


def _meant(reading: Reading, claim: Claim, position: str, common: str) -> Quantity | None:
    """Of the numbers in a claim the one that the side stands for: named in the position, else counting the same, else the first."""
    found = sorted(_quantities(reading, claim), key=lambda quantity: quantity.start)
    wanted = folded(position)
    for quantity in found:
        words = folded(reading.text[quantity.start : quantity.end])
        if words and words in wanted:
            return quantity
    for quantity in found:
        if common and _counted(reading, quantity) == common:
            return quantity
    return found[0] if found else None


def _since(row: FigureRow) -> str:
    moment = row.moment
    return (moment and (moment.at or moment.earliest)) or "9999"


def _until(row: FigureRow) -> str:
    moment = row.moment
    return (moment and (moment.at or moment.latest)) or "9999"


def _by_time(rows: list[FigureRow]) -> tuple[FigureRow, ...]:
    """Rows by date; the youngest is marked where it stands alone and all are dated."""
    ordered = sorted(rows, key=lambda row: (_since(row), row.low or 0, row.high or 0, row.name or ""))
    last = ordered[-1] if len(ordered) > 1 else None
    if (
        last
        and _since(last) != "9999"
        and all(_surely_after(_since(last), _until(row)) for row in ordered[:-1])
    ):
        ordered[-1] = replace(ordered[-1], latest=True)
    return tuple(ordered)


def _surely_after(later: str, earlier: str) -> bool:
    """True where the later date comes after the earlier one at the precision that both have."""
    length = min(len(later), len(earlier))
    return later[:length] > earlier[:length]
