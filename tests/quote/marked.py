"""Marked text as a fixture: `case("[Peskow]{speaker} [sagte]{cue}: „[Wir sind bereit.]{quote}“")` is checked against what is found."""

from __future__ import annotations

from dataclasses import dataclass

from gold.quote.marked import Places, read_marked
from gold.quote.measure import annotated

from lagebild.model.marks import Mention, Quantity, TimePhrase
from lagebild.model.span import Piece
from lagebild.model.speech import Claim, Quote
from lagebild.quote.claims import ClaimTools, find_claims
from lagebild.quote.find import QuoteTools, find_quotes
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["Case", "case", "claims_in", "quotes_in"]

QUOTES = QuoteTools.load(Settings())
CLAIMS = ClaimTools.load(Settings())


@dataclass(frozen=True)
class Case:
    """A marked text, without its marks, and the quotations found in it."""

    text: str
    places: Places
    quotes: list[Quote]

    def words(self, piece: Piece | None) -> str | None:
        """The words of a piece."""
        return None if piece is None else self.text[piece.start : piece.end]

    def marked(self, label: str) -> list[str]:
        """The words under a label, in text order."""
        return [self.text[start:end] for start, end in self.places.get(label, ())]

    @property
    def only(self) -> Quote:
        """The one quotation that the text has."""
        assert len(self.quotes) == 1, [self.text[quote.start : quote.end] for quote in self.quotes]
        return self.quotes[0]

    def check(self) -> Quote:
        """The text has one quotation, with words, cue, speaker and marked words as labelled; gives it."""
        quote = self.only
        assert [self.words(piece) for piece in quote.pieces] == self.marked("quote")
        assert [self.words(piece) for piece in quote.cue] == self.marked("cue")
        assert self.words(quote.speaker) == next(iter(self.marked("speaker")), None)
        if self.marked("marked"):
            assert [self.words(piece) for piece in quote.marked] == self.marked("marked")
        return quote


def view(text: str, language: str | None = "de") -> DocView:
    """A text with every layer that the stage reads."""
    return annotated(text, language or "fr")


def quotes_in(text: str, language: str | None = "de") -> list[Quote]:
    """The quotations of a text without marks."""
    return list(find_quotes([view(text, language)], QUOTES))


def case(marked: str, language: str = "de") -> Case:
    """A marked text, read."""
    text, places = read_marked(marked)
    return Case(text, places, quotes_in(text, language))


def claims_in(text: str, language: str = "de") -> list[Claim]:
    """The claims of a text; it has no time phrases and quantities."""
    doc = view(text, language)
    rows = dict(doc._rows)
    full = DocView(
        doc.id,
        {
            **rows,
            Quote: tuple(find_quotes([doc], QUOTES)),
            TimePhrase: (),
            Quantity: (),
            Mention: doc.rows(Mention),
        },
    )
    return list(find_claims([full], CLAIMS))
