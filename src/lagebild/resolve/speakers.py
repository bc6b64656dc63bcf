"""Who speaks: the words that a text has for a speaker, turned into an entity of the case, or left unknown."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lagebild.model.account import Reason
from lagebild.model.decision import Ruling
from lagebild.model.document import Block, Document, Masthead
from lagebild.model.identity import EntityForm, MentionLink, NameUse, Speaker, SpeakerKind
from lagebild.model.ids import content_id
from lagebild.model.marks import Mention, Sentence
from lagebild.model.span import Piece
from lagebild.model.speech import Quote
from lagebild.resolve.bodies import institution, read_body, words_in
from lagebild.resolve.facts import facts_digest, name_facts
from lagebild.resolve.keys import form_key
from lagebild.resolve.parts import gender_of_name
from lagebild.resolve.roles import Role, agree, is_role_word, read_role, role_word
from lagebild.resolve.rulings import find_place, instant, quote_at, ruling_reason
from lagebild.resolve.standing import title_gender
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.normal import fold

__all__ = ["SpeakerTools", "name_speakers", "speaker_keys"]

_BACK = 4
"""How many sentences a pronoun may reach back. On the example piles 2 left two of 50 open that 4 names; 6 and 8 changed nothing."""

_FITS = 0.6
_MOST_BEARERS = 40
"""Of more people with roles of one kind only the first are held against a description: it is ambiguous anyway."""
_CLEAR = 0.12
_SAME_WORDS, _FEWEST_WORDS = 6, 4
_IN_MARKS = re.compile(r"[„“”\"«»‚‘›‹]\w[^„“”\"«»‚‘›‹]{1,60}[„“”\"«»‚‘’›‹]")
_INNER_STOP = re.compile(r"[.!?…]\s+")
_SHAPES = frozenset({"unknown_word", "surname_like", "capital", "same_document", "saying_verb"})
"""Reasons of a mention that a land or a company has as well: „Aurentien sagt“."""


class SpeakerTools:
    """The facts about names and roles of all languages."""

    @classmethod
    def load(cls, settings: Settings) -> SpeakerTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return facts_digest()


@dataclass(frozen=True)
class _Answer:
    """Who is meant: an entity or nobody known; `who` is equal for the same speaker within the document."""

    kind: SpeakerKind
    entity_id: str | None
    score: float
    reasons: tuple[Reason, ...]
    who: str = ""
    gender: str = ""
    role: Role | None = None


@dataclass(frozen=True)
class _Person:
    """A person named in the document."""

    use: NameUse
    entity_id: str | None
    gender: str
    roles: tuple[Role, ...]
    doubtful: bool = False


def speaker_keys(doc: DocView) -> Iterator[str]:
    """The keys under which speakers without a name are looked up: names of the document, roles and bodies in speakers' words."""
    text = doc.rows(Document)[0].text
    language = _language(doc)
    keys = {use.key for use in doc.rows(NameUse)}
    for quote in doc.rows(Quote):
        for piece in (*((quote.speaker,) if quote.speaker else ()), *quote.reported_by):
            words = text[piece.start : piece.end]
            if role := read_role(words, language or "de"):
                keys.add(role.key)
            if read_body(words).kind:
                keys.add(form_key("ORG", _without_article(words)))
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


def _language(doc: DocView) -> str:
    masthead = doc.get(Masthead)
    return ((masthead.language if masthead else None) or "").split("-")[0]


def _without_article(words: str) -> str:
    facts = name_facts()
    tokens = words.split()
    while tokens and (fold(tokens[0]) in facts.definite or fold(tokens[0]) in facts.indefinite):
        tokens = tokens[1:]
    return " ".join(tokens)


class _Naming:
    """One document."""

    def __init__(self, doc: DocView) -> None:
        self.doc = doc
        self.text = doc.rows(Document)[0].text
        self.language = _language(doc) or "de"
        self.mentions = sorted(doc.rows(Mention), key=lambda it: (it.start, it.end))
        self.starts = [mention.start for mention in self.mentions]
        self.links = {link.mention_id: link for link in doc.rows(MentionLink)}
        self.uses = {mention_id: use for use in doc.rows(NameUse) for mention_id in use.mention_ids}
        self.quotes = sorted(doc.rows(Quote), key=lambda it: (it.start, it.end, it.id))
        blocks = {block.id: block for block in doc.rows(Block)}
        self.sentences = [
            sentence
            for sentence in sorted(doc.rows(Sentence), key=lambda it: it.start)
            if sentence.block_id not in blocks or blocks[sentence.block_id].content
        ]
        self.sentence_starts = [sentence.start for sentence in self.sentences]
        self.people = {use.id: self._person(use) for use in doc.rows(NameUse) if use.kind == "PER"}
        self.by_kind: dict[str, list[_Person]] = {}
        self.by_entity: dict[str, _Person] = {}
        for _, person in sorted(self.people.items()):
            if person.entity_id is not None:
                self.by_entity.setdefault(person.entity_id, person)
            for kind in dict.fromkeys(role.kind for role in person.roles):
                self.by_kind.setdefault(kind, []).append(person)
        self.spokesmen: dict[tuple[str, str], _Answer] = {}
        self.words_quoted = sorted(
            (piece.start, piece.end)
            for quote in self.quotes
            if quote.form == "direct"
            for piece in quote.pieces
        )
        self.quoted_starts = [start for start, _ in self.words_quoted]
        self.answers: dict[int, list[_Answer]] = {}
        self.rulings = self._rulings()

    def _rulings(self) -> dict[str, Ruling]:
        """The newest ruling on each quote."""
        found: dict[str, Ruling] = {}
        rows = self.doc.look_up(Ruling, self.doc.id)
        for row in sorted(rows, key=lambda it: (instant(it.at), it.decision_id)):
            span = find_place(self.text, row.place)
            quote = quote_at(self.quotes, *span) if span else None
            if quote is not None:
                found[quote.id] = row
        return found

    def speakers(self) -> Iterator[Speaker]:
        """One row a quote, in text order."""
        answers: list[_Answer] = []
        for quote in self.quotes:
            ruling = self.rulings.get(quote.id)
            answer = self._ruled(quote, ruling) if ruling else self._speaker(quote)
            answers.append(answer)
            if quote.speaker is not None and answer.who:
                at = self._sentence_at(quote.speaker.start)
                self.answers.setdefault(at, []).append(answer)
                if answer.kind == "organisation" and answer.role is not None:
                    self.spokesmen[answer.role.kind, answer.role.field] = answer
        known = self._known_words(answers)
        for quote, answer in zip(self.quotes, answers, strict=True):
            yield self._row(quote, self._by_words(quote, answer, known))

    def _row(self, quote: Quote, answer: _Answer) -> Speaker:
        return Speaker(
            id=content_id("sp", quote.id),
            doc_id=self.doc.id,
            quote_id=quote.id,
            entity_id=answer.entity_id,
            kind=answer.kind,
            reported_by=tuple(self._named(piece, quote).entity_id for piece in quote.reported_by),
            score=round(answer.score, 4),
            reasons=answer.reasons[:5],
        )

    def _known_words(self, answers: Sequence[_Answer]) -> dict[tuple[str, ...], list[_Answer]]:
        """The first words of every sentence that somebody known says in direct speech."""
        found: dict[tuple[str, ...], list[_Answer]] = {}
        for quote, answer in zip(self.quotes, answers, strict=True):
            if quote.form == "direct" and quote.speaker is not None and answer.entity_id is not None:
                for words in self._openings(quote):
                    found.setdefault(words, []).append(answer)
        return found

    def _openings(self, quote: Quote) -> Iterator[tuple[str, ...]]:
        """The first six words of each sentence in direct speech, folded; shorter sentences whole, from four words on."""
        for piece in quote.pieces:
            for part in _INNER_STOP.split(self.text[piece.start : min(piece.end, piece.start + 1000)]):
                words = tuple(fold(word) for word in words_in(part))[:_SAME_WORDS]
                if len(words) >= _FEWEST_WORDS:
                    yield words

    def _by_words(
        self, quote: Quote, answer: _Answer, known: dict[tuple[str, ...], list[_Answer]]
    ) -> _Answer:
        """A pull quote or heading without a speaker: whoever says the same words elsewhere in the document."""
        if quote.form != "direct" or quote.speaker is not None or quote.id in self.rulings:
            return answer
        said = [other for words in self._openings(quote) for other in known.get(words, ())]
        if not said or len({other.entity_id for other in said}) != 1:
            return answer
        reason = Reason("words_in_document", 0.8)
        return replace(said[0], score=0.8 * said[0].score, reasons=(reason, *said[0].reasons)[:5])

    def _ruled(self, quote: Quote, ruling: Ruling) -> _Answer:
        """The speaker whom a person named, before what the text would have given."""
        own = self._speaker(quote)
        if ruling.speaker_kind is None:
            return own
        words = self.text[quote.speaker.start : quote.speaker.end] if quote.speaker else None
        reasons = (ruling_reason(ruling, 1.0, words, ruling.name or None), *own.reasons)
        if ruling.entity_id is None:
            return _Answer("unknown", None, 1.0, reasons)
        person = self.by_entity.get(ruling.entity_id)
        who = f"u{person.use.id}" if person else f"e{ruling.entity_id}"
        gender = person.gender if person else gender_of_name(ruling.name)
        return _Answer(ruling.speaker_kind, ruling.entity_id, 1.0, reasons, who, gender)

    def _speaker(self, quote: Quote) -> _Answer:
        if quote.speaker is None:
            return _unknown("no_speaker_words")
        return self._named(quote.speaker, quote)

    # The words for the speaker

    def _named(self, piece: Piece, quote: Quote) -> _Answer:
        """Who a noun phrase or a pronoun means."""
        words = self.text[piece.start : piece.end]
        tokens = words_in(words)
        if not tokens:
            return _unknown("no_speaker_words")
        if len(tokens) <= 2 and (answer := self._pronoun(tokens[0], piece, quote)):
            return answer
        head = self._head_name(piece)
        if head is not None:
            return self._person_answer(head, "name_in_speaker", 1.0)
        return self._described(words, tokens, piece)

    def _described(self, words: str, tokens: list[str], piece: Piece) -> _Answer:
        facts = name_facts()
        bodies = self._words_of_bodies(piece)
        for at, token in enumerate(tokens):
            key = fold(token)
            if institution(" ".join(tokens[at : at + 2])) or token in bodies:
                return self._body(words, piece)
            if key in facts.anonymous and (token[:1].isupper() or self.language != "de"):
                return _Answer(
                    "anonymous", None, 0.9, (Reason("anonymous_words", 0.9, words),), f"?{fold(words)}"
                )
            if key in facts.documents and (token[:1].isupper() or self.language != "de"):
                return _Answer(
                    "document", None, 0.9, (Reason("document_words", 0.9, words),), f"!{fold(words)}"
                )
            if role_word(token) and (token[:1].isupper() or self.language != "de") and not institution(token):
                role = read_role(words, self.language)
                return self._role(role, words, piece) if role else _unknown("not_said")
            if institution(token):
                return self._body(words, piece)
            for field in (key, key.removesuffix("s"), key.removesuffix("es")):
                if field in facts.role_bodies:
                    return self._body_in_focus(words, piece, field)
        return self._other(words, tokens, piece)

    def _words_of_bodies(self, piece: Piece) -> frozenset[str]:
        """The words of bodies' names of several words that open the speaker's words: "The Joint Observer Mission" is no observer."""
        for mention in self._mentions(piece.start, piece.end):
            use = self.uses.get(mention.id)
            before = words_in(self.text[piece.start : mention.start])
            if any(fold(word) not in name_facts().definite for word in before):
                break
            words = words_in(self.text[mention.start : mention.end])
            if (use.kind if use else mention.kind) == "ORG" and len(words) > 1:
                return frozenset(words)
        return frozenset()

    def _other(self, words: str, tokens: list[str], piece: Piece) -> _Answer:
        """A body or place by name; else a noun that nothing is known about."""
        for mention in self._mentions(piece.start, piece.end):
            use = self.uses.get(mention.id)
            kind = use.kind if use else mention.kind
            if kind in ("ORG", "MISC", "LOC") and not mention.derived:
                link = self.links.get(mention.id)
                reason = Reason(
                    "name_in_speaker" if kind != "LOC" else "place_for_government",
                    0.9,
                    None,
                    words,
                    mention.base,
                )
                if link is None:
                    return _Answer("organisation", None, 0.5, (reason,), f"o{fold(mention.base)}")
                return _Answer(
                    "organisation", link.entity_id, link.score, (reason, *link.reasons), f"e{link.entity_id}"
                )
        if answer := self._shortened(words, tokens):
            return answer
        if _IN_MARKS.search(words):
            reason = Reason("name_in_marks", 0.5, None, words)
            return _Answer("organisation", None, 0.5, (reason,), f"o{fold(words)}")
        if fold(tokens[0]) in name_facts().indefinite:
            return _Answer(
                "anonymous", None, 0.7, (Reason("indefinite_words", 0.7, words),), f"?{fold(words)}"
            )
        if (
            fold(tokens[-1]).endswith(name_facts().unnamed_bodies)
            and fold(tokens[0]) in name_facts().definite
        ):
            reason = Reason("body_not_settled", None, None, words)
            return _Answer("organisation", None, 0.3, (reason,), f"o{fold(words)}")
        return _unknown("not_said", words)

    def _shortened(self, words: str, tokens: list[str]) -> _Answer | None:
        """ "The Mission" for the only body of the document whose name of several words ends so."""
        if len(tokens) != 2 or fold(tokens[0]) not in name_facts().definite or not tokens[1][:1].isupper():
            return None
        head = fold(tokens[1])
        found = {
            link.entity_id: use.form
            for use in self.doc.rows(NameUse)
            if use.kind == "ORG" and " " in use.form and fold(use.form.rpartition(" ")[2]) == head
            for mention_id in use.mention_ids[:1]
            if (link := self.links.get(mention_id))
        }
        if len(found) != 1:
            return None
        entity_id, form = next(iter(found.items()))
        reason = Reason("only_body_in_document", 0.7, None, words, form)
        return _Answer("organisation", entity_id, 0.7, (reason,), f"e{entity_id}")

    # Names

    def _mentions(self, start: int, end: int) -> list[Mention]:
        found = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [mention for mention in found if mention.end <= end]

    def _is_person(self, mention: Mention) -> bool:
        use = self.uses.get(mention.id)
        return (use.kind if use else mention.kind) == "PER" and not mention.derived

    def _head_name(self, piece: Piece) -> Mention | None:
        """The person whom the words name; not one who only says whose („Putins Sprecher“, „ein Berater von X“)."""
        people = [mention for mention in self._mentions(piece.start, piece.end) if self._is_person(mention)]
        heads = [mention for mention in people if not self._possessor(mention, piece)]
        return heads[-1] if heads else None

    def _possessor(self, mention: Mention, piece: Piece) -> bool:
        exact = self.text[mention.start : mention.end]
        after = words_in(self.text[mention.end : piece.end])
        if exact != mention.base and any(is_role_word(word) for word in after[:4]):
            return True
        if self.language == "de" and exact.endswith("s") and " " not in exact and self._role_behind(mention):
            return True
        before = self.text[piece.start : mention.start]
        words = words_in(before.rpartition(",")[2])
        at = len(words)
        facts = name_facts()
        while at > 0 and (fold(words[at - 1]) in facts.titles or is_role_word(words[at - 1])):
            at -= 1
        held = words[: at or None]
        if not any(is_role_word(word) or fold(word) in facts.anonymous for word in held[:-1]):
            return False
        return at > 0 and fold(words[at - 1]) in facts.possessor_of

    def _role_behind(self, mention: Mention) -> bool:
        """„Aurentias Außenministerin“: a role with a capital right behind, without a comma."""
        after = self.text[mention.end : mention.end + 60]
        words = words_in(after)[:1]
        return after[:1] == " " and bool(words) and words[0][:1].isupper() and is_role_word(words[0])

    def _person_answer(self, mention: Mention, reason: str, weight: float) -> _Answer:
        use, link = self.uses.get(mention.id), self.links.get(mention.id)
        person = self.people.get(use.id) if use else None
        who = f"u{use.id}" if use else f"n{fold(mention.base)}"
        gender = person.gender if person else gender_of_name(mention.base)
        why = Reason(
            reason, weight, None, self.text[mention.start : mention.end], use.form if use else mention.base
        )
        if link is None:
            return _Answer("person", None, 0.4 * weight, (why, Reason("name_not_settled", 0.4)), who, gender)
        return _Answer("person", link.entity_id, link.score * weight, (why, *link.reasons), who, gender)

    def _person(self, use: NameUse) -> _Person:
        link = next(
            (self.links[mention_id] for mention_id in use.mention_ids if mention_id in self.links), None
        )
        roles = tuple(role for words in use.roles if (role := read_role(words, self.language)))
        gender = self._gender(use, roles)
        doubtful = not (gender or roles or " " in use.form) and not self._shown_as_person(use)
        return _Person(use, link.entity_id if link else None, gender, roles, doubtful)

    def _shown_as_person(self, use: NameUse) -> bool:
        """True where something besides the look of a single word says that this is a person."""
        found = [m for mention_id in use.mention_ids[:20] if (m := self._mention(mention_id))]
        return any(reason.name not in _SHAPES for mention in found for reason in mention.reasons)

    def _gender(self, use: NameUse, roles: tuple[Role, ...]) -> str:
        """m, f or "": a title, a feminine role, a known given name, at last a masculine role."""
        for mention in (self._mention(mention_id) for mention_id in use.mention_ids[:8]):
            if mention and (gender := title_gender(self.text, mention.start, 0)):
                return gender
        if any(role.gender == "f" for role in roles):
            return "f"
        return gender_of_name(use.form) or next((role.gender for role in roles if role.gender), "")

    def _mention(self, mention_id: str) -> Mention | None:
        start = mention_id.rpartition(":")[2][1:9]
        at = bisect_left(self.starts, int(start)) if start.isdigit() else len(self.starts)
        return self.mentions[at] if at < len(self.mentions) and self.mentions[at].id == mention_id else None

    # Roles

    def _role(self, role: Role, words: str, piece: Piece) -> _Answer:
        """Somebody described by what he is."""
        if role.kind in name_facts().speaks_for and (answer := self._speaks_for(role, words, piece)):
            return answer
        if role.article == "indefinite":
            return _Answer(
                "anonymous",
                None,
                0.8,
                (Reason("indefinite_words", 0.8, words),),
                f"?{role.kind}",
                role.gender,
                role,
            )
        if self._introduced_without_name(role, piece):
            reason = Reason("introduced_without_name", 0.7, words)
            return _Answer("anonymous", None, 0.7, (reason,), f"?{role.kind}", role.gender, role)
        return self._bearer(role, words)

    def _bearer(self, role: Role, words: str) -> _Answer:
        fits = sorted(
            (
                (max((agree(role, known) for known in person.roles), default=0.0), person)
                for person in self.by_kind.get(role.kind, [])[:_MOST_BEARERS]
            ),
            key=lambda it: (-it[0], it[1].use.id),
        )
        fits = [fit for fit in fits if fit[0] >= _FITS]
        if fits and (len(fits) == 1 or fits[0][0] - fits[1][0] >= _CLEAR or _same_person(fits)):
            score, person = fits[0]
            reason = Reason("role_in_document", round(score, 3), None, words, person.use.form)
            kind: SpeakerKind = "person"
            return _Answer(
                kind, person.entity_id, 0.85 * score, (reason,), f"u{person.use.id}", person.gender, role
            )
        if fits:
            names = " / ".join(person.use.form for _, person in fits[:4])
            return _Answer(
                "person",
                None,
                0.2,
                (Reason("several_candidates", None, names, words),),
                "",
                role.gender,
                role,
            )
        return self._bearer_in_case(role, words)

    def _bearer_in_case(self, role: Role, words: str) -> _Answer:
        form = next(iter(self.doc.look_up(EntityForm, role.key)), None)
        if form is None or form.entity_id is None:
            return _Answer(
                "person",
                None,
                0.3,
                (Reason("role_without_name", 0.3, words),),
                f"r{role.key}",
                role.gender,
                role,
            )
        name = form.reasons[0].right if form.reasons else None
        person = self.by_entity.get(form.entity_id)
        if person is not None:
            detail = "the document names the person, another one the role"
            reason = Reason("role_in_case", 0.7, detail, words, name)
            who = f"u{person.use.id}"
            return _Answer("person", form.entity_id, 0.7, (reason,), who, person.gender, role)
        reason = Reason("candidate_elsewhere", 0.5, "only other documents name such a person", words, name)
        return _Answer("person", None, 0.4, (reason,), f"r{role.key}", role.gender, role)

    def _introduced_without_name(self, role: Role, piece: Piece) -> bool:
        """True for „the diplomat“ shortly after "a Western diplomat", with no diplomat by name between."""
        if role.owner or role.field or role.article not in ("definite", "possessive"):
            return False
        at = self._sentence_at(piece.start)
        start = (
            self.sentences[max(0, at - 2)].start if self.sentences and at >= 0 else max(0, piece.start - 300)
        )
        near = {
            use.id
            for m in self._mentions(start, piece.start)
            if (use := self.uses.get(m.id)) and use.id in self.people
        }
        if any(known.kind == role.kind for use_id in near for known in self.people[use_id].roles):
            return False
        earlier = [
            answer for number in range(max(-1, at - 3), at + 1) for answer in self.answers.get(number, ())
        ]
        if any(answer.kind == "anonymous" and answer.who == f"?{role.kind}" for answer in earlier):
            return True
        words = words_in(self.text[max(start, piece.start - 400) : piece.start])
        return any(
            fold(word) in name_facts().indefinite
            and any(_is_kind(other, role.kind) for other in words[number + 1 : number + 4])
            for number, word in enumerate(words)
        )

    # Bodies

    def _speaks_for(self, role: Role, words: str, piece: Piece) -> _Answer | None:
        """The body for which a spokesman without a name speaks, where his words or the sentences before name it."""
        if role.article != "indefinite" and (answer := self._bearer(role, words)).entity_id:
            return answer
        if role.article != "indefinite":
            known = self.spokesmen.get((role.kind, role.field))
            if known is not None:
                reason = Reason("spokesman_of_before", 0.6, None, words)
                return replace(known, reasons=(reason, *known.reasons)[:5], role=role)
        for mention in self._mentions(piece.start, piece.end):
            use, link = self.uses.get(mention.id), self.links.get(mention.id)
            if use and use.kind == "ORG" and link:
                reason = Reason("speaks_for", 0.8, None, words, use.form)
                return _Answer(
                    "organisation",
                    link.entity_id,
                    0.8 * link.score,
                    (reason, *link.reasons),
                    f"e{link.entity_id}",
                )
        if read_body(words).kind:
            answer = self._body(words, piece)
            if answer.entity_id:
                return replace(answer, reasons=(Reason("speaks_for", 0.8, None, words), *answer.reasons)[:5])
        if role.field in name_facts().role_bodies or not (role.field or role.owner):
            answer = self._body_in_focus(words, piece, role.field)
            return replace(answer, role=role) if answer.entity_id else None
        return None

    def _body(self, words: str, piece: Piece) -> _Answer:
        """A body that many states have: by its owner, else the only one of its kind in the document."""
        for mention in self._mentions(piece.start, piece.end):
            use, link = self.uses.get(mention.id), self.links.get(mention.id)
            if use and use.kind in ("ORG", "MISC") and link:
                reason = Reason("name_in_speaker", 0.9, None, words, use.form)
                return _Answer(
                    "organisation", link.entity_id, link.score, (reason, *link.reasons), f"e{link.entity_id}"
                )
        key = form_key("ORG", _without_article(words))
        body = read_body(words)
        near = sorted(
            {
                use.key
                for use in self.doc.rows(NameUse)
                if use.key == key or use.key.startswith(f"ORG:#{body.kind}@")
            }
        )
        wanted = [key] if key in near or body.owner else near
        if len(wanted) == 1:
            form = next(iter(self.doc.look_up(EntityForm, wanted[0])), None)
            if form is not None and form.entity_id is not None:
                reason = Reason(
                    "body_and_owner" if body.owner else "only_body_in_document", form.score, None, words
                )
                return _Answer(
                    "organisation",
                    form.entity_id,
                    0.9 * form.score,
                    (reason, *form.reasons),
                    f"e{form.entity_id}",
                )
        reason = Reason("several_candidates" if len(near) > 1 else "body_not_settled", None, None, words)
        return _Answer("organisation", None, 0.3, (reason,), f"o{key}")

    def _body_in_focus(self, words: str, piece: Piece, field: str) -> _Answer:
        """„das Unternehmen“, „ein Konzernsprecher“: the only organisation that this sentence and the three before it name.

        `field` is what it must be: a company is no body of a state, „ein Regierungssprecher“ speaks for no parliament.
        """
        at = self._sentence_at(piece.start)
        start = (
            self.sentences[max(0, at - 3)].start if self.sentences and at >= 0 else max(0, piece.start - 400)
        )
        found = {
            link.entity_id: use.form
            for mention in self._mentions(start, piece.start)
            if (use := self.uses.get(mention.id))
            and use.kind == "ORG"
            and (link := self.links.get(mention.id))
            and _fits_field(use.form, field)
        }
        if len(found) == 1 and not self._only_letters(next(iter(found.values()))):
            entity_id, form = next(iter(found.items()))
            reason = Reason("only_body_before", 0.6, None, words, form)
            return _Answer("organisation", entity_id, 0.55, (reason,), f"e{entity_id}")
        reason = Reason("several_candidates" if found else "body_not_settled", None, None, words)
        return _Answer("organisation", None, 0.3, (reason,), f"o{fold(words)}")

    def _only_letters(self, form: str) -> bool:
        """True for an acronym of which nothing tells what it is, in a document that names other bodies."""
        others = {
            use.key
            for use in self.doc.rows(NameUse)
            if use.kind == "ORG" and use.form != form and not read_body(use.form).kind
        }
        if not form.isupper() or not others:
            return False
        reasons = {
            reason.name
            for mention_id, use in self.uses.items()
            if use.form == form and (mention := self._mention(mention_id))
            for reason in mention.reasons
        }
        return reasons <= {"acronym", "same_document"}

    # Pronouns

    def _pronoun(self, token: str, piece: Piece, quote: Quote) -> _Answer | None:
        """Who „er“, „sie“, "it" means; None for words that are no pronoun."""
        pronouns, key = name_facts().pronouns, fold(token)
        if words_in(self.text[piece.start : piece.end])[1:]:
            return None
        if key in pronouns["first"]:
            return _unknown("first_person", token)
        genders = [gender for gender in ("m", "f", "n") if key in pronouns[gender]]
        if key in pronouns["plural"] and (not genders or self._plural_verb(quote)):
            return _unknown("plural_pronoun", token)
        if not genders:
            return None
        return self._looked_back(token, genders[0], piece)

    def _plural_verb(self, quote: Quote) -> bool:
        """„sagten sie“: the cue's verb is a plural."""
        cue = " ".join(self.text[piece.start : piece.end] for piece in quote.cue).split()
        return self.language == "de" and any(word[:1].islower() and word.endswith("en") for word in cue[:1])

    def _looked_back(self, token: str, gender: str, piece: Piece) -> _Answer:
        at = self._sentence_at(piece.start)
        forward = self._looked_forward(gender, piece, at)
        if forward is not None and forward[1]:
            return forward[0]
        for back in range(_BACK + 1):
            if at - back < 0 or (back and not self._connected(at - back, at)):
                break
            answer = self._in_sentence(token, gender, at - back, piece.start, back)
            if answer is not None:
                if (
                    forward is not None
                    and back
                    and self.sentences[at - back].block_id != self.sentences[at].block_id
                ):
                    return _unknown("several_candidates", token)
                return answer
        return forward[0] if forward is not None else _unknown("no_antecedent", token)

    def _in_sentence(self, token: str, gender: str, number: int, before: int, back: int) -> _Answer | None:
        """The one speaker or person of a sentence who agrees with the pronoun; None where the sentence has none."""
        spoken = {
            answer.who: answer
            for answer in self.answers.get(number, ())
            if _agrees(answer, gender) and answer.who
        }
        named = self._persons_in(number, before)
        known = {use_id: person for use_id, person in named.items() if person.gender == gender}
        maybe = known or {use_id: person for use_id, person in named.items() if not person.gender}
        if gender == "n":
            return self._body_before(token, number, before, back)
        if len(spoken) == 1 and back:
            answer = next(iter(spoken.values()))
            score = max(0.3, 0.9 - 0.1 * back)
            reason = Reason("pronoun_for_speaker", round(score, 2), f"{back} sentences back", token)
            return replace(
                answer,
                score=answer.score * score if answer.entity_id else answer.score,
                reasons=(reason, *answer.reasons)[:5],
            )
        if len(spoken) > 1:
            return _unknown("several_candidates", token)
        if len(maybe) == 1 and next(iter(maybe.values())).doubtful:
            return _unknown("no_antecedent", token)
        if len(maybe) == 1:
            person = next(iter(maybe.values()))
            score = (0.85 if known else 0.65) - 0.08 * back
            reason = Reason(
                "pronoun",
                round(score, 2),
                f"{back} sentences back, gender {'agrees' if known else 'not known'}",
                token,
                person.use.form,
            )
            return _Answer(
                "person",
                person.entity_id,
                score if person.entity_id else 0.3,
                (reason,),
                f"u{person.use.id}",
                person.gender,
            )
        if len(maybe) > 1:
            return self._subject(token, number, maybe) or _unknown("several_candidates", token)
        return None

    def _subject(self, token: str, number: int, people: dict[str, _Person]) -> _Answer | None:
        """Of several persons the one with whom the sentence begins."""
        sentence = self.sentences[number]
        first = next((m for m in self._mentions(sentence.start, sentence.end) if self._is_person(m)), None)
        use = self.uses.get(first.id) if first else None
        if first is None or use is None or use.id not in people:
            return None
        before = words_in(self.text[sentence.start : first.start])
        facts = name_facts()
        if len(before) > 4 or any(not is_role_word(word) and self._not_in_subject(word) for word in before):
            return None
        after = words_in(self.text[first.end : first.end + 40])[:1]
        joined = bool(after) and fold(after[0]) in facts.joining
        if joined or self.text[first.start : first.end] != first.base:
            return None
        person = people[use.id]
        reason = Reason("pronoun_for_subject", 0.6, "begins the sentence before", token, use.form)
        return _Answer(
            "person",
            person.entity_id,
            0.6 if person.entity_id else 0.3,
            (reason,),
            f"u{use.id}",
            person.gender,
        )

    @staticmethod
    def _not_in_subject(word: str) -> bool:
        facts = name_facts()
        key = fold(word)
        linking = key in facts.links and key not in facts.definite
        return (
            linking
            or (word[:1].islower() and key not in facts.definite)
            or word.lower() in facts.places.prepositions
        )

    def _persons_in(self, number: int, before: int) -> dict[str, _Person]:
        """The persons whom a sentence names up to `before`, outside direct speech; those in the genitive only where there is no other."""
        sentence = self.sentences[number]
        found: dict[str, _Person] = {}
        owners: dict[str, _Person] = {}
        for mention in self._mentions(sentence.start, min(sentence.end, before)):
            use = self.uses.get(mention.id)
            if use is None or use.id not in self.people or self._in_quoted_words(mention.start):
                continue
            (owners if self._is_genitive(mention) else found)[use.id] = self.people[use.id]
        return found or owners

    def _is_genitive(self, mention: Mention) -> bool:
        """„Putins Besuch“."""
        exact = self.text[mention.start : mention.end]
        return exact != mention.base and not exact.startswith("(")

    def _in_quoted_words(self, at: int) -> bool:
        number = bisect_right(self.quoted_starts, at) - 1
        return number >= 0 and at < self.words_quoted[number][1]

    def _body_before(self, token: str, number: int, before: int, back: int) -> _Answer | None:
        sentence = self.sentences[number]
        found = {
            link.entity_id: use.form
            for mention in self._mentions(sentence.start, min(sentence.end, before))
            if (use := self.uses.get(mention.id))
            and use.kind == "ORG"
            and (link := self.links.get(mention.id))
        }
        spoken = [
            answer for answer in self.answers.get(number, ()) if answer.kind == "organisation" and answer.who
        ]
        if len({answer.who for answer in spoken}) == 1:
            reason = Reason("pronoun_for_speaker", 0.7, f"{back} sentences back", token)
            return replace(spoken[0], score=0.7 * spoken[0].score, reasons=(reason, *spoken[0].reasons)[:5])
        if len(found) == 1:
            entity_id, form = next(iter(found.items()))
            reason = Reason("pronoun", 0.6, f"{back} sentences back", token, form)
            return _Answer("organisation", entity_id, 0.6, (reason,), f"e{entity_id}")
        return _unknown("several_candidates", token) if found else None

    def _looked_forward(self, gender: str, piece: Piece, at: int) -> tuple[_Answer, bool] | None:
        """Whom the next sentence introduces, where the pronoun opens its paragraph; True where that sentence points back."""
        if at < 0 or self._persons_in(at, self.sentences[at].end):
            return None
        here = self.sentences[at]
        opens = at == 0 or self.sentences[at - 1].block_id != here.block_id
        number = next(
            (
                n
                for n in range(at + 1, min(at + 4, len(self.sentences)))
                if self._persons_in(n, self.sentences[n].end)
            ),
            at,
        )
        after = self.sentences[number]
        if not opens or number == at or after.block_id != here.block_id:
            return None
        people = self._persons_in(number, after.end)
        words = {fold(word) for word in self.text[after.start : after.end].split()[:12]}
        points = bool(words & name_facts().pronouns["back_reference"])
        fits = [
            person
            for person in people.values()
            if (person.gender == gender or (points and not person.gender)) and self._introduced(person, after)
        ]
        if len(people) != 1 or len(fits) != 1:
            return None
        person, score = fits[0], 0.65 if points else 0.5
        reason = Reason(
            "named_afterwards", score, "a sentence after it names the person", None, person.use.form
        )
        answer = _Answer(
            "person",
            person.entity_id,
            score if person.entity_id else 0.3,
            (reason,),
            f"u{person.use.id}",
            gender,
        )
        return answer, points

    def _introduced(self, person: _Person, sentence: Sentence) -> bool:
        """True where the sentence is the first of the document to name the person."""
        first = min(
            (m.start for mention_id in person.use.mention_ids if (m := self._mention(mention_id))), default=-1
        )
        return sentence.start <= first < sentence.end

    # Sentences

    def _sentence_at(self, start: int) -> int:
        """The number of the content sentence at a place, or of the last one before it; -1 before all."""
        return bisect_right(self.sentence_starts, start) - 1

    def _connected(self, earlier: int, later: int) -> bool:
        """True where at most one paragraph ends between two sentences."""
        ids = list(dict.fromkeys(self.sentences[number].block_id for number in range(earlier, later + 1)))
        return len(ids) <= 2


def _fits_field(form: str, field: str) -> bool:
    """True where a body may be meant by its field („Konzern“, „Regierung“, "" for any that is no body of a state)."""
    kind = read_body(form).kind
    if field and field in name_facts().state_bodies:
        return (institution(field) or field) == kind or field in fold(form)
    return not kind


def _agrees(answer: _Answer, gender: str) -> bool:
    return answer.kind in ("person", "anonymous") and answer.gender in ("", gender)


def _same_person(fits: Sequence[tuple[float, _Person]]) -> bool:
    return fits[0][1].entity_id is not None and len({person.entity_id for _, person in fits}) == 1


def _is_kind(word: str, kind: str) -> bool:
    found = role_word(word)
    return found is not None and found[0] == kind


def _unknown(reason: str, detail: str | None = None) -> _Answer:
    return _Answer("unknown", None, 0.0, (Reason(reason, 0.0, detail),))
