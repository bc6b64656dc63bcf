"""The person whom a speaker's words name, and whether the name only says whose somebody is."""

from __future__ import annotations

from lagebild.model.account import Reason
from lagebild.model.marks import Mention
from lagebild.model.span import Piece
from lagebild.resolve.bodies import institution, words_in
from lagebild.resolve.facts import name_facts
from lagebild.resolve.parts import gender_of_name
from lagebild.resolve.roles import is_role_word, role_word
from lagebild.resolve.speaker_page import Answer, Page
from lagebild.textkit.normal import fold

__all__ = ["head_name", "person_answer", "surname_answer"]


def head_name(page: Page, piece: Piece) -> Mention | None:
    """The person whom the words name; not one who only says whose („Putins Sprecher“, „ein Berater von X“)."""
    people = [mention for mention in page.mentions_in(piece.start, piece.end) if page.is_person(mention)]
    heads = [mention for mention in people if not _possessor(page, mention, piece)]
    return heads[-1] if heads else None


def surname_answer(page: Page, word: str) -> Answer | None:
    """The only person of the document whose name ends in a word that is no name by itself („Stahl:“ in an interview)."""
    key = fold(word)
    if not word[:1].isupper() or role_word(word) or institution(word):
        return None
    fits = [one for _, one in sorted(page.people.items()) if fold(one.use.form.rpartition(" ")[2]) == key]
    if not fits or len({one.entity_id or one.use.id for one in fits}) != 1 or " " not in fits[0].use.form:
        return None
    person = fits[0]
    reason = Reason("name_in_speaker", 0.8, None, word, person.use.form)
    score = 0.8 if person.entity_id else 0.3
    return Answer("person", person.entity_id, score, (reason,), f"u{person.use.id}", person.gender)


def _possessor(page: Page, mention: Mention, piece: Piece) -> bool:
    exact = page.text[mention.start : mention.end]
    after = words_in(page.text[mention.end : piece.end])
    if exact != mention.base and any(is_role_word(word) for word in after[:4]):
        return True
    if page.language == "de" and exact.endswith("s") and " " not in exact and _role_behind(page, mention):
        return True
    before = page.text[piece.start : mention.start]
    words = words_in(before.rpartition(",")[2])
    at = len(words)
    facts = name_facts()
    while at > 0 and (fold(words[at - 1]) in facts.titles or is_role_word(words[at - 1])):
        at -= 1
    held = words[: at or None]
    if not any(is_role_word(word) or fold(word) in facts.anonymous for word in held[:-1]):
        return False
    return at > 0 and fold(words[at - 1]) in facts.possessor_of


def _role_behind(page: Page, mention: Mention) -> bool:
    """„Aurentias Außenministerin“: a role with a capital right behind, without a comma."""
    after = page.text[mention.end : mention.end + 60]
    words = words_in(after)[:1]
    return after[:1] == " " and bool(words) and words[0][:1].isupper() and is_role_word(words[0])


def person_answer(page: Page, mention: Mention, reason: str, weight: float) -> Answer:
    """The person of a name."""
    use, link = page.uses.get(mention.id), page.links.get(mention.id)
    person = page.people.get(use.id) if use else None
    who = f"u{use.id}" if use else f"n{fold(mention.base)}"
    gender = person.gender if person else gender_of_name(mention.base)
    why = Reason(
        reason, weight, None, page.text[mention.start : mention.end], use.form if use else mention.base
    )
    if link is None:
        return Answer("person", None, 0.4 * weight, (why, Reason("name_not_settled", 0.4)), who, gender)
    return Answer("person", link.entity_id, link.score * weight, (why, *link.reasons), who, gender)
