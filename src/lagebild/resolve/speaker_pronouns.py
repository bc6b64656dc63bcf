"""Whom „er“, „sie“, "it" mean: looked for in the sentences before, by gender and number; several in question are nobody."""

from __future__ import annotations

from dataclasses import replace

from lagebild.model.account import Reason
from lagebild.model.marks import Mention, Sentence
from lagebild.model.span import Piece
from lagebild.model.speech import Quote
from lagebild.resolve.bodies import words_in
from lagebild.resolve.facts import name_facts
from lagebild.resolve.roles import is_role_word
from lagebild.resolve.speaker_page import Answer, Page, Person, unknown
from lagebild.textkit.normal import fold

__all__ = ["pronoun_answer"]

_BACK = 4
"""How many sentences a pronoun may reach back. On the example piles 2 left two of 50 open that 4 names; 6 and 8 changed nothing."""


def pronoun_answer(page: Page, token: str, piece: Piece, quote: Quote) -> Answer | None:
    """Who „er“, „sie“, "it" means; None for words that are no pronoun."""
    pronouns, key = name_facts().pronouns, fold(token)
    if words_in(page.text[piece.start : piece.end])[1:]:
        return None
    if key in pronouns["first"]:
        return unknown("first_person", token)
    genders = [gender for gender in ("m", "f", "n") if key in pronouns[gender]]
    if key in pronouns["plural"] and (not genders or _plural_verb(page, quote)):
        return unknown("plural_pronoun", token)
    if not genders:
        return None
    return _looked_back(page, token, genders[0], piece)


def _plural_verb(page: Page, quote: Quote) -> bool:
    """„sagten sie“: the cue's verb is a plural."""
    cue = " ".join(page.text[piece.start : piece.end] for piece in quote.cue).split()
    return page.language == "de" and any(word[:1].islower() and word.endswith("en") for word in cue[:1])


def _looked_back(page: Page, token: str, gender: str, piece: Piece) -> Answer:
    at = page.sentence_at(piece.start)
    forward = _looked_forward(page, gender, piece, at)
    if forward is not None and forward[1]:
        return forward[0]
    for back in range(_BACK + 1):
        if at - back < 0 or (back and not page.connected(at - back, at)):
            break
        answer = _in_sentence(page, token, gender, at - back, piece.start, back)
        if answer is not None:
            if (
                forward is not None
                and back
                and page.sentences[at - back].block_id != page.sentences[at].block_id
            ):
                return unknown("several_candidates", token)
            return answer
    return forward[0] if forward is not None else unknown("no_antecedent", token)


def _in_sentence(page: Page, token: str, gender: str, number: int, before: int, back: int) -> Answer | None:
    """The one speaker or person of a sentence who agrees with the pronoun; None where the sentence has none."""
    spoken = {
        answer.who: answer
        for answer in page.answers.get(number, ())
        if _agrees(answer, gender) and answer.who
    }
    named = _persons_in(page, number, before)
    known = {use_id: person for use_id, person in named.items() if person.gender == gender}
    maybe = known or {use_id: person for use_id, person in named.items() if not person.gender}
    if gender == "n":
        return _body_before(page, token, number, before, back)
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
        return unknown("several_candidates", token)
    if len(maybe) == 1 and next(iter(maybe.values())).doubtful:
        return unknown("no_antecedent", token)
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
        return Answer(
            "person",
            person.entity_id,
            score if person.entity_id else 0.3,
            (reason,),
            f"u{person.use.id}",
            person.gender,
        )
    if len(maybe) > 1:
        return _subject(page, token, number, maybe) or unknown("several_candidates", token)
    return None


def _subject(page: Page, token: str, number: int, people: dict[str, Person]) -> Answer | None:
    """Of several persons the one with whom the sentence begins."""
    sentence = page.sentences[number]
    first = next((m for m in page.mentions_in(sentence.start, sentence.end) if page.is_person(m)), None)
    use = page.uses.get(first.id) if first else None
    if first is None or use is None or use.id not in people:
        return None
    before = words_in(page.text[sentence.start : first.start])
    facts = name_facts()
    if len(before) > 4 or any(not is_role_word(word) and _not_in_subject(word) for word in before):
        return None
    after = words_in(page.text[first.end : first.end + 40])[:1]
    joined = bool(after) and fold(after[0]) in facts.joining
    if joined or page.text[first.start : first.end] != first.base:
        return None
    person = people[use.id]
    reason = Reason("pronoun_for_subject", 0.6, "begins the sentence before", token, use.form)
    return Answer(
        "person",
        person.entity_id,
        0.6 if person.entity_id else 0.3,
        (reason,),
        f"u{use.id}",
        person.gender,
    )


def _not_in_subject(word: str) -> bool:
    facts = name_facts()
    key = fold(word)
    linking = key in facts.links and key not in facts.definite
    return (
        linking
        or (word[:1].islower() and key not in facts.definite)
        or word.lower() in facts.places.prepositions
    )


def _persons_in(page: Page, number: int, before: int) -> dict[str, Person]:
    """The persons whom a sentence names up to `before`, outside direct speech; those in the genitive only where there is no other."""
    sentence = page.sentences[number]
    found: dict[str, Person] = {}
    owners: dict[str, Person] = {}
    for mention in page.mentions_in(sentence.start, min(sentence.end, before)):
        use = page.uses.get(mention.id)
        if use is None or use.id not in page.people or page.in_quoted_words(mention.start):
            continue
        (owners if _is_genitive(page, mention) else found)[use.id] = page.people[use.id]
    return found or owners


def _is_genitive(page: Page, mention: Mention) -> bool:
    """„Putins Besuch“."""
    exact = page.text[mention.start : mention.end]
    return exact != mention.base and not exact.startswith("(")


def _body_before(page: Page, token: str, number: int, before: int, back: int) -> Answer | None:
    sentence = page.sentences[number]
    found = {
        link.entity_id: use.form
        for mention in page.mentions_in(sentence.start, min(sentence.end, before))
        if (use := page.uses.get(mention.id)) and use.kind == "ORG" and (link := page.links.get(mention.id))
    }
    spoken = [
        answer for answer in page.answers.get(number, ()) if answer.kind == "organisation" and answer.who
    ]
    if len({answer.who for answer in spoken}) == 1:
        reason = Reason("pronoun_for_speaker", 0.7, f"{back} sentences back", token)
        return replace(spoken[0], score=0.7 * spoken[0].score, reasons=(reason, *spoken[0].reasons)[:5])
    if len(found) == 1:
        entity_id, form = next(iter(found.items()))
        reason = Reason("pronoun", 0.6, f"{back} sentences back", token, form)
        return Answer("organisation", entity_id, 0.6, (reason,), f"e{entity_id}")
    return unknown("several_candidates", token) if found else None


def _looked_forward(page: Page, gender: str, piece: Piece, at: int) -> tuple[Answer, bool] | None:
    """Whom the next sentence introduces, where the pronoun opens its paragraph; True where that sentence points back."""
    if at < 0 or _persons_in(page, at, page.sentences[at].end):
        return None
    here = page.sentences[at]
    opens = at == 0 or page.sentences[at - 1].block_id != here.block_id
    number = next(
        (
            n
            for n in range(at + 1, min(at + 4, len(page.sentences)))
            if _persons_in(page, n, page.sentences[n].end)
        ),
        at,
    )
    after = page.sentences[number]
    if not opens or number == at or after.block_id != here.block_id:
        return None
    people = _persons_in(page, number, after.end)
    words = {fold(word) for word in page.text[after.start : after.end].split()[:12]}
    points = bool(words & name_facts().pronouns["back_reference"])
    fits = [
        person
        for person in people.values()
        if (person.gender == gender or (points and not person.gender)) and _introduced(page, person, after)
    ]
    if len(people) != 1 or len(fits) != 1:
        return None
    person, score = fits[0], 0.65 if points else 0.5
    reason = Reason("named_afterwards", score, "a sentence after it names the person", None, person.use.form)
    answer = Answer(
        "person",
        person.entity_id,
        score if person.entity_id else 0.3,
        (reason,),
        f"u{person.use.id}",
        gender,
    )
    return answer, points


def _introduced(page: Page, person: Person, sentence: Sentence) -> bool:
    """True where the sentence is the first of the document to name the person."""
    first = min(
        (m.start for mention_id in person.use.mention_ids if (m := page.mention(mention_id))), default=-1
    )
    return sentence.start <= first < sentence.end


def _agrees(answer: Answer, gender: str) -> bool:
    return answer.kind in ("person", "anonymous") and answer.gender in ("", gender)
