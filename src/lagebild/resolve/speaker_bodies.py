"""Bodies as speakers: by name, by what they are and whose, or the only one in question."""

from __future__ import annotations

import re

from lagebild.model.account import Reason
from lagebild.model.identity import EntityForm, NameUse
from lagebild.model.span import Piece
from lagebild.resolve.bodies import institution, read_body, words_in
from lagebild.resolve.facts import name_facts
from lagebild.resolve.keys import form_key
from lagebild.resolve.speaker_page import Answer, Page, unknown, without_article
from lagebild.textkit.normal import fold

__all__ = ["body_answer", "body_in_focus", "other_answer", "words_of_bodies"]

_IN_MARKS = re.compile(r"[„“”\"«»‚‘›‹]\w[^„“”\"«»‚‘›‹]{1,60}[„“”\"«»‚‘’›‹]")


def body_answer(page: Page, words: str, piece: Piece) -> Answer:
    """A body that many states have: by its owner, else the only one of its kind in the document."""
    for mention in page.mentions_in(piece.start, piece.end):
        use, link = page.uses.get(mention.id), page.links.get(mention.id)
        if use and use.kind in ("ORG", "MISC") and link:
            reason = Reason("name_in_speaker", 0.9, None, words, use.form)
            return Answer(
                "organisation", link.entity_id, link.score, (reason, *link.reasons), f"e{link.entity_id}"
            )
    key = form_key("ORG", without_article(words))
    body = read_body(words)
    near = sorted(
        {
            use.key
            for use in page.doc.rows(NameUse)
            if use.key == key or use.key.startswith(f"ORG:#{body.kind}@")
        }
    )
    wanted = [key] if key in near or body.owner else near
    if len(wanted) == 1:
        form = next(iter(page.doc.look_up(EntityForm, wanted[0])), None)
        if form is not None and form.entity_id is not None:
            reason = Reason(
                "body_and_owner" if body.owner else "only_body_in_document", form.score, None, words
            )
            return Answer(
                "organisation",
                form.entity_id,
                0.9 * form.score,
                (reason, *form.reasons),
                f"e{form.entity_id}",
            )
    reason = Reason("several_candidates" if len(near) > 1 else "body_not_settled", None, None, words)
    return Answer("organisation", None, 0.3, (reason,), f"o{key}")


def body_in_focus(page: Page, words: str, piece: Piece, field: str) -> Answer:
    """„das Unternehmen“, „ein Konzernsprecher“: the only organisation that this sentence and the three before it name.

    `field` is what it must be: a company is no body of a state, „ein Regierungssprecher“ speaks for no parliament.
    """
    at = page.sentence_at(piece.start)
    start = page.sentences[max(0, at - 3)].start if page.sentences and at >= 0 else max(0, piece.start - 400)
    found = {
        link.entity_id: use.form
        for mention in page.mentions_in(start, piece.start)
        if (use := page.uses.get(mention.id))
        and use.kind == "ORG"
        and (link := page.links.get(mention.id))
        and _fits_field(use.form, field)
    }
    if len(found) == 1 and not _only_letters(page, next(iter(found.values()))):
        entity_id, form = next(iter(found.items()))
        reason = Reason("only_body_before", 0.6, None, words, form)
        return Answer("organisation", entity_id, 0.55, (reason,), f"e{entity_id}")
    reason = Reason("several_candidates" if found else "body_not_settled", None, None, words)
    return Answer("organisation", None, 0.3, (reason,), f"o{fold(words)}")


def _only_letters(page: Page, form: str) -> bool:
    """True for an acronym of which nothing tells what it is, in a document that names other bodies."""
    others = {
        use.key
        for use in page.doc.rows(NameUse)
        if use.kind == "ORG" and use.form != form and not read_body(use.form).kind
    }
    if not form.isupper() or not others:
        return False
    reasons = {
        reason.name
        for mention_id, use in page.uses.items()
        if use.form == form and (mention := page.mention(mention_id))
        for reason in mention.reasons
    }
    return reasons <= {"acronym", "same_document"}


def _shortened(page: Page, words: str, tokens: list[str]) -> Answer | None:
    """ "The Mission" for the only body of the document whose name of several words ends so."""
    if len(tokens) != 2 or fold(tokens[0]) not in name_facts().definite or not tokens[1][:1].isupper():
        return None
    head = fold(tokens[1])
    found = {
        link.entity_id: use.form
        for use in page.doc.rows(NameUse)
        if use.kind == "ORG" and " " in use.form and fold(use.form.rpartition(" ")[2]) == head
        for mention_id in use.mention_ids[:1]
        if (link := page.links.get(mention_id))
    }
    if len(found) != 1:
        return None
    entity_id, form = next(iter(found.items()))
    reason = Reason("only_body_in_document", 0.7, None, words, form)
    return Answer("organisation", entity_id, 0.7, (reason,), f"e{entity_id}")


def words_of_bodies(page: Page, piece: Piece) -> frozenset[str]:
    """The words of bodies' names of several words that open the speaker's words: "The Joint Observer Mission" is no observer."""
    for mention in page.mentions_in(piece.start, piece.end):
        use = page.uses.get(mention.id)
        before = words_in(page.text[piece.start : mention.start])
        if any(fold(word) not in name_facts().definite for word in before):
            break
        words = words_in(page.text[mention.start : mention.end])
        if (use.kind if use else mention.kind) == "ORG" and len(words) > 1:
            return frozenset(words)
    return frozenset()


def other_answer(page: Page, words: str, tokens: list[str], piece: Piece) -> Answer:
    """A body or place by name; else a noun that nothing is known about."""
    for mention in page.mentions_in(piece.start, piece.end):
        use = page.uses.get(mention.id)
        kind = use.kind if use else mention.kind
        if kind in ("ORG", "MISC", "LOC") and not mention.derived:
            link = page.links.get(mention.id)
            reason = Reason(
                "name_in_speaker" if kind != "LOC" else "place_for_government",
                0.9,
                None,
                words,
                mention.base,
            )
            if link is None:
                return Answer("organisation", None, 0.5, (reason,), f"o{fold(mention.base)}")
            return Answer(
                "organisation", link.entity_id, link.score, (reason, *link.reasons), f"e{link.entity_id}"
            )
    if answer := _shortened(page, words, tokens):
        return answer
    if _IN_MARKS.search(words):
        reason = Reason("name_in_marks", 0.5, None, words)
        return Answer("organisation", None, 0.5, (reason,), f"o{fold(words)}")
    if fold(tokens[0]) in name_facts().indefinite:
        return Answer("anonymous", None, 0.7, (Reason("indefinite_words", 0.7, words),), f"?{fold(words)}")
    alone = len(tokens) == 1 and tokens[0][:1].isupper()
    settled = alone or fold(tokens[0]) in name_facts().definite
    if settled and fold(tokens[-1]).endswith(name_facts().unnamed_bodies):
        reason = Reason("body_not_settled", None, None, words)
        return Answer("organisation", None, 0.3, (reason,), f"o{fold(words)}")
    return unknown("not_said", words)


def _fits_field(form: str, field: str) -> bool:
    """True where a body may be meant by its field („Konzern“, „Regierung“, "" for any that is no body of a state)."""
    kind = read_body(form).kind
    if field and field in name_facts().state_bodies:
        return (institution(field) or field) == kind or field in fold(form)
    return not kind and not any(fold(word).endswith(name_facts().offices) for word in words_in(form))
