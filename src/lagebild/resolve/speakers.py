"""Who speaks: the words that a text has for a speaker, turned into an entity of the case, or left unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lagebild.model.account import Reason
from lagebild.model.decision import Ruling
from lagebild.model.document import Document
from lagebild.model.identity import NameUse, Speaker
from lagebild.model.ids import content_id
from lagebild.model.span import Piece
from lagebild.model.speech import Quote
from lagebild.resolve.bodies import institution, read_body, words_in
from lagebild.resolve.facts import facts_digest, name_facts
from lagebild.resolve.keys import form_key
from lagebild.resolve.parts import gender_of_name
from lagebild.resolve.roles import read_role, role_word
from lagebild.resolve.rulings import find_place, instant, quote_at, ruling_reason
from lagebild.resolve.speaker_bodies import body_answer, body_in_focus, other_answer, words_of_bodies
from lagebild.resolve.speaker_names import head_name, person_answer, surname_answer
from lagebild.resolve.speaker_page import Answer, Page, language_of, unknown, without_article
from lagebild.resolve.speaker_pronouns import pronoun_answer
from lagebild.resolve.speaker_roles import role_answer
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.normal import fold

__all__ = ["SpeakerTools", "name_speakers", "speaker_keys"]

_SAME_WORDS, _FEWEST_WORDS = 6, 4
_INNER_STOP = re.compile(r"[.!?…]\s+")


class SpeakerTools:
    """The facts about names and roles of all languages."""

    @classmethod
    def load(cls, settings: Settings) -> SpeakerTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return facts_digest()


def speaker_keys(doc: DocView) -> Iterator[str]:
    """The keys under which speakers without a name are looked up: names of the document, roles and bodies in speakers' words."""
    text = doc.rows(Document)[0].text
    language = language_of(doc)
    keys = {use.key for use in doc.rows(NameUse)}
    for quote in doc.rows(Quote):
        for piece in (*((quote.speaker,) if quote.speaker else ()), *quote.reported_by):
            words = text[piece.start : piece.end]
            if role := read_role(words, language or "de"):
                keys.add(role.key)
            if read_body(words).kind:
                keys.add(form_key("ORG", without_article(words)))
    yield from sorted(keys)


def name_speakers(docs: Sequence[DocView], tools: SpeakerTools) -> Iterable[Speaker]:
    """A row for every quote. `entity_id` None: the text does not say who, or nobody in the case is known to be meant.

    A name inside the speaker's words decides, but not one that only says whose („Putins Sprecher“). Roles („der US-Präsident“) go to
    the one person of the document whom it, or the case, gives that role; a bearer whom only other documents name is a reason of at
    most 0.5, never the answer. Pronouns look back four sentences for one person that agrees in gender and number: the speaker of the
    sentence first, else the only person in it; with several in question the speaker stays unknown. Anonymous sources and documents
    have no entity; whoever speaks for a body (a spokesman without a name) is that body. `reported_by` follows the same rules.
    What a person ruled (`speaker-is`) comes before all of this, with the reason `ruling`; of several the newest. A ruling whose
    place is lost, or whose name means nobody in the case, changes nothing.
    """
    for doc in docs:
        yield from _Naming(doc).speakers()


class _Naming:
    """The speakers of one document."""

    def __init__(self, doc: DocView) -> None:
        self.page = Page(doc)
        self.rulings = self._rulings()
        self.given: dict[str, Answer] = {}

    def _rulings(self) -> dict[str, Ruling]:
        """The newest ruling on each quote."""
        found: dict[str, Ruling] = {}
        rows = self.page.doc.look_up(Ruling, self.page.doc.id)
        for row in sorted(rows, key=lambda it: (instant(it.at), it.decision_id)):
            span = find_place(self.page.text, row.place)
            quote = quote_at(self.page.quotes, *span) if span else None
            if quote is not None:
                found[quote.id] = row
        return found

    def speakers(self) -> Iterator[Speaker]:
        """One row a quote, in text order."""
        answers: list[Answer] = []
        for quote in self.page.quotes:
            ruling = self.rulings.get(quote.id)
            answer = self._ruled(quote, ruling) if ruling else self._speaker(quote)
            answers.append(answer)
            self.given[quote.id] = answer
            if quote.speaker is not None and answer.who:
                at = self.page.sentence_at(quote.speaker.start)
                self.page.answers.setdefault(at, []).append(answer)
                if answer.kind == "organisation" and answer.role is not None:
                    self.page.spokesmen[answer.role.kind, answer.role.field] = answer
        known = self._known_words(answers)
        for quote, answer in zip(self.page.quotes, answers, strict=True):
            yield self._row(quote, self._by_words(quote, answer, known))

    def _row(self, quote: Quote, answer: Answer) -> Speaker:
        return Speaker(
            id=content_id("sp", quote.id),
            doc_id=self.page.doc.id,
            quote_id=quote.id,
            entity_id=answer.entity_id,
            kind=answer.kind,
            reported_by=tuple(self._named(piece, quote).entity_id for piece in quote.reported_by),
            score=round(answer.score, 4),
            reasons=answer.reasons[:5],
        )

    def _known_words(self, answers: Sequence[Answer]) -> dict[tuple[str, ...], list[Answer]]:
        """The first words of every sentence that somebody known says in direct speech."""
        found: dict[tuple[str, ...], list[Answer]] = {}
        for quote, answer in zip(self.page.quotes, answers, strict=True):
            if quote.form == "direct" and quote.speaker is not None and answer.entity_id is not None:
                for words in self._openings(quote):
                    found.setdefault(words, []).append(answer)
        return found

    def _openings(self, quote: Quote) -> Iterator[tuple[str, ...]]:
        """The first six words of each sentence in direct speech, folded; shorter sentences whole, from four words on."""
        for piece in quote.pieces:
            for part in _INNER_STOP.split(self.page.text[piece.start : min(piece.end, piece.start + 1000)]):
                words = tuple(fold(word) for word in words_in(part))[:_SAME_WORDS]
                if len(words) >= _FEWEST_WORDS:
                    yield words

    def _by_words(self, quote: Quote, answer: Answer, known: dict[tuple[str, ...], list[Answer]]) -> Answer:
        """A pull quote or heading without a speaker: whoever says the same words elsewhere in the document."""
        if quote.form != "direct" or quote.speaker is not None or quote.id in self.rulings:
            return answer
        said = [other for words in self._openings(quote) for other in known.get(words, ())]
        if not said or len({other.entity_id for other in said}) != 1:
            return answer
        reason = Reason("words_in_document", 0.8)
        return replace(said[0], score=0.8 * said[0].score, reasons=(reason, *said[0].reasons)[:5])

    def _ruled(self, quote: Quote, ruling: Ruling) -> Answer:
        """The speaker whom a person named, before what the text would have given."""
        own = self._speaker(quote)
        if ruling.speaker_kind is None:
            return own
        words = self.page.text[quote.speaker.start : quote.speaker.end] if quote.speaker else None
        reasons = (ruling_reason(ruling, 1.0, words, ruling.name or None), *own.reasons)
        if ruling.entity_id is None:
            return Answer("unknown", None, 1.0, reasons)
        person = self.page.by_entity.get(ruling.entity_id)
        who = f"u{person.use.id}" if person else f"e{ruling.entity_id}"
        gender = person.gender if person else gender_of_name(ruling.name)
        return Answer(ruling.speaker_kind, ruling.entity_id, 1.0, reasons, who, gender)

    def _speaker(self, quote: Quote) -> Answer:
        if quote.speaker is None:
            return unknown("no_speaker_words")
        own = self._named(quote.speaker, quote)
        if own.reasons[:1] and own.reasons[0].name == "first_person" and quote.inside in self.given:
            return self._of_himself(quote, own)
        return own

    def _of_himself(self, quote: Quote, own: Answer) -> Answer:
        """„Ich sagte ihm: ‚Geh‘“ in somebody's own words: that one, where one person speaks; nobody known for „wir“."""
        outer = self.given[quote.inside or ""]
        if outer.kind != "person" or own.reasons[0].detail is None:
            return own
        if fold(own.reasons[0].detail) in name_facts().pronouns["plural"]:
            return own
        reason = Reason("pronoun_for_speaker", 0.8, None, own.reasons[0].detail)
        return replace(outer, score=0.8 * outer.score, reasons=(reason, *outer.reasons)[:5])

    def _named(self, piece: Piece, quote: Quote) -> Answer:
        """Who a noun phrase or a pronoun means."""
        words = self.page.text[piece.start : piece.end]
        tokens = words_in(words)
        if not tokens:
            return unknown("no_speaker_words")
        if len(tokens) <= 2 and (answer := pronoun_answer(self.page, tokens[0], piece, quote)):
            return answer
        head = head_name(self.page, piece)
        if head is not None:
            return person_answer(self.page, head, "name_in_speaker", 1.0)
        if len(tokens) == 1 and (surname := surname_answer(self.page, tokens[0])):
            return surname
        return self._described(words, tokens, piece)

    def _described(self, words: str, tokens: list[str], piece: Piece) -> Answer:
        facts = name_facts()
        bodies = words_of_bodies(self.page, piece)
        for at, token in enumerate(tokens):
            key = fold(token)
            if institution(" ".join(tokens[at : at + 2])) or token in bodies:
                return body_answer(self.page, words, piece)
            if key in facts.anonymous and (token[:1].isupper() or self.page.language != "de"):
                return Answer(
                    "anonymous", None, 0.9, (Reason("anonymous_words", 0.9, words),), f"?{fold(words)}"
                )
            if key in facts.documents and (token[:1].isupper() or self.page.language != "de"):
                return Answer(
                    "document", None, 0.9, (Reason("document_words", 0.9, words),), f"!{fold(words)}"
                )
            if (
                role_word(token)
                and (token[:1].isupper() or self.page.language != "de")
                and not institution(token)
            ):
                role = read_role(words, self.page.language)
                return role_answer(self.page, role, words, piece) if role else unknown("not_said")
            if institution(token):
                return body_answer(self.page, words, piece)
            for field in (key, key.removesuffix("s"), key.removesuffix("es")):
                if field in facts.role_bodies:
                    return body_in_focus(self.page, words, piece, field)
        return other_answer(self.page, words, tokens, piece)
