"""Somebody described by what he is: the one person who bears the role, a body's spokesman, or nobody that the text names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lagebild.model.account import Reason
from lagebild.model.identity import EntityForm, SpeakerKind
from lagebild.model.span import Piece
from lagebild.resolve.bodies import read_body, words_in
from lagebild.resolve.facts import name_facts
from lagebild.resolve.roles import Role, agree, role_word
from lagebild.resolve.speaker_bodies import body_answer, body_in_focus
from lagebild.resolve.speaker_page import Answer, Page, Person
from lagebild.textkit.normal import fold

__all__ = ["role_answer"]

_FITS = 0.6
_MOST_BEARERS = 40
"""Of more people with roles of one kind only the first are held against a description: it is ambiguous anyway."""
_CLEAR = 0.12


def role_answer(page: Page, role: Role, words: str, piece: Piece) -> Answer:
    """Somebody described by what he is."""
    if role.kind in name_facts().speaks_for and (answer := _speaks_for(page, role, words, piece)):
        return answer
    if role.article == "indefinite":
        return Answer(
            "anonymous",
            None,
            0.8,
            (Reason("indefinite_words", 0.8, words),),
            f"?{role.kind}",
            role.gender,
            role,
        )
    if _introduced_without_name(page, role, piece):
        reason = Reason("introduced_without_name", 0.7, words)
        return Answer("anonymous", None, 0.7, (reason,), f"?{role.kind}", role.gender, role)
    return _bearer(page, role, words)


def _bearer(page: Page, role: Role, words: str) -> Answer:
    fits = sorted(
        (
            (max((agree(role, known) for known in person.roles), default=0.0), person)
            for person in page.by_kind.get(role.kind, [])[:_MOST_BEARERS]
        ),
        key=lambda it: (-it[0], it[1].use.id),
    )
    fits = [fit for fit in fits if fit[0] >= _FITS]
    if fits and (len(fits) == 1 or fits[0][0] - fits[1][0] >= _CLEAR or _same_person(fits)):
        score, person = fits[0]
        reason = Reason("role_in_document", round(score, 3), None, words, person.use.form)
        kind: SpeakerKind = "person"
        return Answer(
            kind, person.entity_id, 0.85 * score, (reason,), f"u{person.use.id}", person.gender, role
        )
    if fits:
        names = " / ".join(person.use.form for _, person in fits[:4])
        return Answer(
            "person",
            None,
            0.2,
            (Reason("several_candidates", None, names, words),),
            "",
            role.gender,
            role,
        )
    return _bearer_in_case(page, role, words)


def _bearer_in_case(page: Page, role: Role, words: str) -> Answer:
    form = next(iter(page.doc.look_up(EntityForm, role.key)), None)
    if form is None or form.entity_id is None:
        return Answer(
            "person",
            None,
            0.3,
            (Reason("role_without_name", 0.3, words),),
            f"r{role.key}",
            role.gender,
            role,
        )
    name = form.reasons[0].right if form.reasons else None
    person = page.by_entity.get(form.entity_id)
    if person is not None:
        detail = "the document names the person, another one the role"
        reason = Reason("role_in_case", 0.7, detail, words, name)
        who = f"u{person.use.id}"
        return Answer("person", form.entity_id, 0.7, (reason,), who, person.gender, role)
    reason = Reason("candidate_elsewhere", 0.5, "only other documents name such a person", words, name)
    return Answer("person", None, 0.4, (reason,), f"r{role.key}", role.gender, role)


def _introduced_without_name(page: Page, role: Role, piece: Piece) -> bool:
    """True for „the diplomat“ shortly after "a Western diplomat", with no diplomat by name between."""
    if role.owner or role.field or role.article not in ("definite", "possessive"):
        return False
    at = page.sentence_at(piece.start)
    start = page.sentences[max(0, at - 2)].start if page.sentences and at >= 0 else max(0, piece.start - 300)
    near = {
        use.id
        for m in page.mentions_in(start, piece.start)
        if (use := page.uses.get(m.id)) and use.id in page.people
    }
    if any(known.kind == role.kind for use_id in near for known in page.people[use_id].roles):
        return False
    earlier = [answer for number in range(max(-1, at - 3), at + 1) for answer in page.answers.get(number, ())]
    if any(answer.kind == "anonymous" and answer.who == f"?{role.kind}" for answer in earlier):
        return True
    words = words_in(page.text[max(start, piece.start - 400) : piece.start])
    return any(
        fold(word) in name_facts().indefinite
        and any(_is_kind(other, role.kind) for other in words[number + 1 : number + 4])
        for number, word in enumerate(words)
    )


def _speaks_for(page: Page, role: Role, words: str, piece: Piece) -> Answer | None:
    """The body for which a spokesman without a name speaks, where his words or the sentences before name it."""
    if role.article != "indefinite" and (answer := _bearer(page, role, words)).entity_id:
        return answer
    if role.article != "indefinite":
        known = page.spokesmen.get((role.kind, role.field))
        if known is not None:
            reason = Reason("spokesman_of_before", 0.6, None, words)
            return replace(known, reasons=(reason, *known.reasons)[:5], role=role)
    for mention in page.mentions_in(piece.start, piece.end):
        use, link = page.uses.get(mention.id), page.links.get(mention.id)
        if use and use.kind == "ORG" and link:
            reason = Reason("speaks_for", 0.8, None, words, use.form)
            return Answer(
                "organisation",
                link.entity_id,
                0.8 * link.score,
                (reason, *link.reasons),
                f"e{link.entity_id}",
            )
    if read_body(words).kind:
        answer = body_answer(page, words, piece)
        if answer.entity_id:
            return replace(answer, reasons=(Reason("speaks_for", 0.8, None, words), *answer.reasons)[:5])
    if role.field in name_facts().role_bodies or not (role.field or role.owner):
        answer = body_in_focus(page, words, piece, role.field)
        return replace(answer, role=role) if answer.entity_id else None
    return None


def _same_person(fits: Sequence[tuple[float, Person]]) -> bool:
    return fits[0][1].entity_id is not None and len({person.entity_id for _, person in fits}) == 1


def _is_kind(word: str, kind: str) -> bool:
    found = role_word(word)
    return found is not None and found[0] == kind
