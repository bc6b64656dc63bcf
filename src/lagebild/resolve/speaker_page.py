"""A document as whoever names its speakers sees it: its people with their roles, its sentences, what was answered so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from lagebild.model.account import Reason
from lagebild.model.document import Block, Document, Masthead
from lagebild.model.identity import MentionLink, NameUse, SpeakerKind
from lagebild.model.marks import Mention, Sentence
from lagebild.model.speech import Quote
from lagebild.resolve.facts import name_facts
from lagebild.resolve.parts import gender_of_name
from lagebild.resolve.roles import Role, read_role
from lagebild.resolve.standing import title_gender
from lagebild.step import DocView
from lagebild.textkit.normal import fold

__all__ = ["Answer", "Page", "Person", "language_of", "unknown", "without_article"]

_SHAPES = frozenset({"unknown_word", "surname_like", "capital", "same_document", "saying_verb"})
"""Reasons of a mention that a land or a company has as well: „Aurentien sagt“."""


@dataclass(frozen=True)
class Answer:
    """Who is meant: an entity or nobody known; `who` is equal for the same speaker within the document."""

    kind: SpeakerKind
    entity_id: str | None
    score: float
    reasons: tuple[Reason, ...]
    who: str = ""
    gender: str = ""
    role: Role | None = None


@dataclass(frozen=True)
class Person:
    """A person named in the document."""

    use: NameUse
    entity_id: str | None
    gender: str
    roles: tuple[Role, ...]
    doubtful: bool = False


def unknown(reason: str, detail: str | None = None) -> Answer:
    """Nobody is known to be meant, and why."""
    return Answer("unknown", None, 0.0, (Reason(reason, 0.0, detail),))


def language_of(doc: DocView) -> str:
    """The document's language without its region, "" where it is not known."""
    masthead = doc.get(Masthead)
    return ((masthead.language if masthead else None) or "").split("-")[0]


def without_article(words: str) -> str:
    """„das Ministerium“ as „Ministerium“."""
    facts = name_facts()
    tokens = words.split()
    while tokens and (fold(tokens[0]) in facts.definite or fold(tokens[0]) in facts.indefinite):
        tokens = tokens[1:]
    return " ".join(tokens)


class Page:
    """One document. `answers` are those given so far, by number of the sentence; `spokesmen` the bodies spokesmen stood for."""

    def __init__(self, doc: DocView) -> None:
        self.doc = doc
        self.text = doc.rows(Document)[0].text
        self.language = language_of(doc) or "de"
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
        self.by_kind: dict[str, list[Person]] = {}
        self.by_entity: dict[str, Person] = {}
        for _, person in sorted(self.people.items()):
            if person.entity_id is not None:
                self.by_entity.setdefault(person.entity_id, person)
            for kind in dict.fromkeys(role.kind for role in person.roles):
                self.by_kind.setdefault(kind, []).append(person)
        self.spokesmen: dict[tuple[str, str], Answer] = {}
        self.words_quoted = sorted(
            (piece.start, piece.end)
            for quote in self.quotes
            if quote.form == "direct"
            for piece in quote.pieces
        )
        self.quoted_starts = [start for start, _ in self.words_quoted]
        self.answers: dict[int, list[Answer]] = {}

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The names that lie in a stretch."""
        found = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [mention for mention in found if mention.end <= end]

    def is_person(self, mention: Mention) -> bool:
        """True for the name of a person."""
        use = self.uses.get(mention.id)
        return (use.kind if use else mention.kind) == "PER" and not mention.derived

    def mention(self, mention_id: str) -> Mention | None:
        """The name with an id."""
        start = mention_id.rpartition(":")[2][1:9]
        at = bisect_left(self.starts, int(start)) if start.isdigit() else len(self.starts)
        return self.mentions[at] if at < len(self.mentions) and self.mentions[at].id == mention_id else None

    def sentence_at(self, start: int) -> int:
        """The number of the content sentence at a place, or of the last one before it; -1 before all."""
        return bisect_right(self.sentence_starts, start) - 1

    def connected(self, earlier: int, later: int) -> bool:
        """True where at most one paragraph ends between two sentences."""
        ids = list(dict.fromkeys(self.sentences[number].block_id for number in range(earlier, later + 1)))
        return len(ids) <= 2

    def in_quoted_words(self, at: int) -> bool:
        """True inside direct speech."""
        number = bisect_right(self.quoted_starts, at) - 1
        return number >= 0 and at < self.words_quoted[number][1]

    def _person(self, use: NameUse) -> Person:
        link = next(
            (self.links[mention_id] for mention_id in use.mention_ids if mention_id in self.links), None
        )
        roles = tuple(role for words in use.roles if (role := read_role(words, self.language)))
        gender = self._gender(use, roles)
        doubtful = not (gender or roles or " " in use.form) and not self._shown_as_person(use)
        return Person(use, link.entity_id if link else None, gender, roles, doubtful)

    def _shown_as_person(self, use: NameUse) -> bool:
        """True where something besides the look of a single word says that this is a person."""
        found = [m for mention_id in use.mention_ids[:20] if (m := self.mention(mention_id))]
        return any(reason.name not in _SHAPES for mention in found for reason in mention.reasons)

    def _gender(self, use: NameUse, roles: tuple[Role, ...]) -> str:
        """m, f or "": a title, a feminine role, a known given name, at last a masculine role."""
        for mention in (self.mention(mention_id) for mention_id in use.mention_ids[:8]):
            if mention and (gender := title_gender(self.text, mention.start, 0)):
                return gender
        if any(role.gender == "f" for role in roles):
            return "f"
        return gender_of_name(use.form) or next((role.gender for role in roles if role.gender), "")
