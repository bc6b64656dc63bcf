"""Questions and positions in the words of the sources: nothing is added but the form of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagebild.compare.assertions import Assertion
from lagebild.lang.wording import Wording, wording_of
from lagebild.textkit.normal import fold

__all__ = ["is_alone", "position", "question", "shortened"]

_LONGEST = 180
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
    return shortened(one.words.strip(" \t\n,;:"))


def is_alone(one: Assertion) -> bool:
    """True where the words can be understood without the sentence before: no „er“, no „wir“, no „dies“."""
    wording = one.report.wording
    if wording is None:
        return False
    return not wording.leans(wording.words(one.words))


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
    words = shortened(best.words.strip(_EDGES), 140)
    return wording.ask.templates[template].format(words=words) if wording else words


def _names_actor(one: Assertion) -> bool:
    """False for „und sind in schlechter Lage“: who is, stands in the clause before."""
    actor = one.claim.actor
    return actor is None or any(p.start <= actor.start and actor.end <= p.end for p in one.claim.pieces)


def _yes_or_no(one: Assertion, wording: Wording) -> str | None:
    words = _WORD.findall(_MARKS.sub("", " ".join(one.words.split())).strip(_EDGES))
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
