"""Questions and positions in the words of the sources: nothing is added but the form of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagebild.compare.assertions import Assertion
from lagebild.lang.wording import Wording, wording_of
from lagebild.textkit.normal import fold

__all__ = ["is_alone", "position", "question", "shortened", "speaks_of_self"]

_LONGEST = 180
_NEXT = 3  # characters between a clause and the one that hangs on it
_WORD = re.compile(r"\S+")
_EDGES = " \t\n,;:.!?–—-„“”‟\"«»‹›‚‘’'()…"
_MARKS = re.compile(r"[„“”‟\"«»‹›]")


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text on one line, cut at a word where it is longer than `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0].rstrip(_EDGES) + " …"


def position(one: Assertion) -> str:
    """What a claim says, in its words; for one that is denied by the words around it („wies zurück, dass …“) the sentence."""
    wording = one.report.wording
    if one.denied and wording and not wording.negations & set(wording.words(one.words)):
        return shortened(one.report.sentence_words(one.sentence))
    return shortened(_fuller(one).strip(" \t\n,;:"))


def _fuller(one: Assertion) -> str:
    """The claim with the „dass“ or „wer“ clause that it needs („Jeder wusste, dass das Ruder hakte“)."""
    wording = one.report.wording
    following = [
        other
        for other in one.report.in_sentence(one.sentence)
        if 0 < other.claim.start - one.claim.end <= _NEXT and other.claim.quote_id == one.claim.quote_id
    ]
    if wording is None or not following or len(one.claim.pieces) > 1:
        return one.words
    opens = wording.words(following[0].words)[:1]
    joined = bool(opens) and opens[0] in wording.opens_denied | (wording.asks - wording.ask.closes)
    return one.report.text[one.claim.start : following[0].claim.end] if joined else one.words


def is_alone(one: Assertion) -> bool:
    """True where the words can be understood without the sentence before: no „er“, no „wir“, no „dies“."""
    wording = one.report.wording
    if wording is None:
        return False
    return not wording.leans(wording.words(one.words))


def speaks_of_self(one: Assertion) -> bool:
    """True for „ich“, „wir“."""
    wording = one.report.wording
    return wording is not None and bool(wording.ask.speaking_self & set(wording.words(one.words)))


def question(claims: Sequence[Assertion], *, template: str = "disputed") -> str:
    """The question that the claims answer with yes: the auxiliary of a clause put first, else its words in a template."""
    ordered = sorted(
        claims,
        key=lambda one: (
            not is_alone(one),
            one.headline,
            len(one.terms) < 2,
            len(one.words) > 110,
            one.order,
        ),
    )
    for one in ordered:
        if (
            _names_actor(one)
            and is_alone(one)
            and one.report.wording
            and (asked := _yes_or_no(one, one.report.wording))
        ):
            return asked
    best = ordered[0]
    wording = best.report.wording or wording_of("de")
    words = shortened(_bare(_fuller(best), wording).strip(_EDGES), 140)
    return wording.ask.templates[template].format(words=words) if wording else words


def _bare(words: str, wording: Wording | None) -> str:
    """Without the conjunction („dass“) that opens a clause."""
    first, _, rest = words.strip().partition(" ")
    return rest if wording and rest and fold(first) in wording.ask.drop else words


def _names_actor(one: Assertion) -> bool:
    """False for „und sind in schlechter Lage“: who is, stands in the clause before."""
    actor = one.claim.actor
    return actor is None or any(p.start <= actor.start and actor.end <= p.end for p in one.claim.pieces)


def _yes_or_no(one: Assertion, wording: Wording) -> str | None:
    words = _WORD.findall(_MARKS.sub("", " ".join(_fuller(one).split())).strip(_EDGES))
    while words and fold(words[0].strip(_EDGES)) in wording.ask.drop:
        words = words[1:]
    bare = [fold(word.strip(_EDGES)) for word in words]
    finite = [k for k, word in enumerate(bare) if word in wording.ask.front]
    if (
        len(finite) != 1
        or not 3 <= len(words) <= 24
        or any(word in wording.ask.closes for word in bare)
        or "," in " ".join(words[:-1])
    ):
        return None
    at = finite[0]
    front = wording.ask.front[bare[at]]
    rest = [_small(word, wording) if k == 0 else word for k, word in enumerate(words) if k != at]
    return f"{front[:1].upper()}{front[1:]} {' '.join(rest).rstrip(_EDGES)}?"


def _small(word: str, wording: Wording) -> str:
    """A function word that opened a clause is written small inside a question."""
    lower = word[:1].lower() + word[1:]
    return lower if not wording.terms.term(lower) and not word.isupper() else word
