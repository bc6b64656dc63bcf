"""Whose words a sentence is without a verb of saying: „laut X“, „X zufolge“, „nach Angaben von X“, „demnach“, „so X“."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.model.speech import Distance
from lagebild.quote.clauses import Frame, Grammar, Token
from lagebild.quote.cues import CueLexicon
from lagebild.quote.phrases import Phrase, noun_phrase, phrase_ending_at

__all__ = ["Source", "find_sources"]


@dataclass(frozen=True, slots=True)
class Source:
    """Tokens `first` to `last` (exclusive) name a source; `cue` are the tokens that say so. `own`: the subject is its source.

    `back`: it points to the source of the sentence before („demnach“). `tail`: „so X“ at the end of its sentence.
    """

    first: int
    last: int
    cue: tuple[int, ...]
    speaker: Phrase | None
    distance: Distance
    clause: int
    own: bool = False
    back: bool = False
    tail: bool = False


def find_sources(frame: Frame, cues: CueLexicon, grammar: Grammar) -> list[Source]:
    """The sources named in a frame, in text order."""
    found: list[Source] = []
    for number, clause in enumerate(frame.clauses):
        if clause.kind != "quote":
            found.extend(_in_clause(frame, number, cues, grammar))
    return found


def _in_clause(frame: Frame, number: int, cues: CueLexicon, grammar: Grammar) -> Iterator[Source]:
    clause = frame.clauses[number]
    k = clause.first
    while k < clause.last:
        source = _at(frame, number, k, clause.last, cues, grammar)
        if source is not None:
            yield source
            k = max(source.last, k + 1)
        else:
            k += 1


def _at(frame: Frame, number: int, k: int, end: int, cues: CueLexicon, grammar: Grammar) -> Source | None:
    tokens = frame.tokens
    lower = tokens[k].lower
    two = f"{lower} {tokens[k + 1].lower}" if k + 1 < end else ""
    both = lower in cues.before and k + 1 < end and grammar.has("oblique", tokens[k + 1].lower)
    if lower in cues.after and not both and k > frame.clauses[number].first:
        phrase = phrase_ending_at(tokens, k, grammar)
        if phrase is None and grammar.has("told_pronouns", tokens[k - 1].lower):
            phrase = (k - 1, k)
        if tokens[k - 1].text in cues.nach_nouns and k > 1 and tokens[k - 2].lower in cues.own:
            return Source(k - 2, k + 1, (k - 2, k - 1, k), None, "neutral", number, own=True)
        if phrase is not None and phrase[0] >= frame.clauses[number].first:
            behind = _relative_behind(frame, number, k + 1)
            return _source(frame, number, phrase[0], behind, (k,), phrase, cues)
    if lower in cues.before or two in cues.before:
        return _after_preposition(
            frame, number, k, 1 if lower in cues.before else 2 + (two == "in the"), end, cues, grammar
        )
    if lower in cues.nach and grammar.verb_second:
        return _nach(frame, number, k, end, cues, grammar)
    if lower in cues.back:
        return Source(k, k + 1, (k,), None, "neutral", number, back=True)
    if lower in cues.so and k == frame.clauses[number].opener and number > 0 and grammar.verb_second:
        return _so(frame, number, k, end, cues, grammar)
    return None


def _after_preposition(
    frame: Frame, number: int, k: int, size: int, end: int, cues: CueLexicon, grammar: Grammar
) -> Source | None:
    tokens = frame.tokens
    start = k + size
    if start >= end:
        return None
    phrase = noun_phrase(tokens, start, end, grammar)
    if phrase is None and (grammar.has("oblique", tokens[start].lower) or tokens[start].text[:1].isdigit()):
        phrase = (start, start + 1)
    if phrase is None:
        return None
    seen = None if grammar.verb_second else _seen_by(tokens, phrase, end, grammar)
    if seen is not None:
        return _source(frame, number, k, seen[1], tuple(range(k, start)), (phrase[0], seen[0]), cues)
    last = _apposition(frame, number, phrase[1], grammar)
    behind = _relative_behind(frame, number, last)
    return _source(frame, number, k, behind, tuple(range(k, start)), (phrase[0], last), cues)


def _relative_behind(frame: Frame, number: int, last: int) -> int:
    """„Laut einem Bericht, **der sich auf Ermittler beruft**, war …“: what is said of the source is not what it says."""
    clauses = frame.clauses
    if last == clauses[number].last and number + 2 < len(clauses) and clauses[number + 1].kind == "rel":
        return clauses[number + 1].last
    return last


def _seen_by(tokens: list[Token], phrase: Phrase, end: int, grammar: Grammar) -> Phrase | None:
    """“a draft **seen by this paper**”: where the source ends and where the words about who saw it do."""
    for by in (phrase[1], phrase[1] + 1):
        if by < end and grammar.has("agents", tokens[by].lower):
            inner = noun_phrase(tokens, by + 1, end, grammar)
            if inner is not None:
                return max(by - 1, phrase[0] + 1), inner[1]
    return None


def _apposition(frame: Frame, number: int, last: int, grammar: Grammar) -> int:
    """„Laut Jan Holm, Direktor der Behörde, …“"""
    if last != frame.clauses[number].last or number + 2 >= len(frame.clauses):
        return last
    part = frame.clauses[number + 1]
    rest = frame.clauses[number + 2]
    if (
        part.kind == "frag"
        and part.after == ","
        and rest.after == ","
        and rest.verb_first
        and frame.tokens[last - 1].capital
    ):
        return part.last
    return last


def _nach(frame: Frame, number: int, k: int, end: int, cues: CueLexicon, grammar: Grammar) -> Source | None:
    tokens = frame.tokens
    if k > frame.clauses[number].first + 1 and _is_source_noun(tokens[k - 1].text, tokens[k].lower, cues):
        phrase = phrase_ending_at(tokens, k, grammar, 6)
        if (
            phrase is not None
            and phrase[1] - phrase[0] >= 2
            and not grammar.has("time_nouns", tokens[k - 1].text)
        ):
            return _source(frame, number, phrase[0], k + 1, (k,), (phrase[0], phrase[0] + 1), cues)
    noun = k + 1
    while (
        noun < end
        and noun < k + 6
        and tokens[noun].kind == "word"
        and not _is_source_noun(tokens[noun].text, tokens[k].lower, cues)
    ):
        if (
            tokens[noun].capital
            and not grammar.ends("bare_genitive_ends", tokens[noun].lower)
            and not tokens[noun].name
        ):
            return None
        noun += 1
    if noun >= end or noun >= k + 6 or tokens[noun].kind != "word":
        return None
    cue = tuple(range(k, noun + 1))
    if any(tokens[j].lower in cues.own for j in range(k + 1, noun)):
        return Source(k, noun + 1, cue, None, "neutral", number, own=True)
    return _whose(frame, number, k, noun, end, cue, cues, grammar)


def _whose(
    frame: Frame,
    number: int,
    k: int,
    noun: int,
    end: int,
    cue: tuple[int, ...],
    cues: CueLexicon,
    grammar: Grammar,
) -> Source:
    """Whose „Angaben“: what follows in the genitive or with „von“, what stands before, or the noun itself."""
    tokens = frame.tokens
    following = tokens[noun + 1] if noun + 1 < end else None
    start = noun + 1
    if following is not None and grammar.has("source_links", following.lower):
        start += 1
    elif following is None or not (
        _genitive_adjective(tokens, noun + 1, end, grammar)
        or grammar.has("genitive", following.lower)
        or (following.name and grammar.ends("bare_genitive_ends", following.lower))
    ):
        start = -1
    phrase = noun_phrase(tokens, start, end, grammar) if start > 0 else None
    if phrase is not None:
        return _source(frame, number, k, phrase[1], cue, phrase, cues)
    if (
        noun > k + 1
        and not grammar.ends("weak_ends", tokens[k + 1].lower)
        and not grammar.has("prepositions", tokens[k + 1].lower)
    ):
        owner = (
            (k + 1, k + 2)
            if grammar.has("determiners", tokens[k + 1].lower) or noun == k + 2
            else (k + 1, noun)
        )
        if not grammar.has("no_owners", tokens[k + 1].lower):
            return _source(frame, number, k, noun + 1, cue, owner, cues)
    compound = tokens[noun].lower.endswith(cues.endings) and tokens[noun].lower not in cues.endings
    nobodys = noun > k + 1 and grammar.has("no_owners", tokens[k + 1].lower)
    speaks = (compound or noun > k + 1 or tokens[noun].text in cues.hearsay) and not nobodys
    return _source(frame, number, k, noun + 1, (k,), (k + 1, noun + 1) if speaks else None, cues)


def _genitive_adjective(tokens: list[Token], k: int, end: int, grammar: Grammar) -> bool:
    """„nach Meinung **politischer** Beobachter“."""
    return (
        k + 1 < end
        and tokens[k].text[:1].islower()
        and grammar.ends("genitive_plural_ends", tokens[k].lower)
        and tokens[k + 1].capital
    )


def _is_source_noun(word: str, preposition: str, cues: CueLexicon) -> bool:
    if preposition in cues.nach[1:]:
        return word in cues.aus_nouns or word.lower().endswith(cues.circle_endings)
    return word in cues.nach_nouns or (word[:1].isupper() and word.lower().endswith(cues.endings))


def _so(frame: Frame, number: int, k: int, end: int, cues: CueLexicon, grammar: Grammar) -> Source | None:
    start = k + 1
    while start < end - 1 and grammar.has("so_adverbs", frame.tokens[start].lower):
        start += 1
    phrase = noun_phrase(frame.tokens, start, end, grammar)
    if phrase is None or (
        phrase[1] == start + 1
        and not frame.tokens[start].capital
        and not grammar.has("speaking_pronouns", frame.tokens[start].lower)
    ):
        return None
    rest = [token for token in frame.tokens[phrase[1] : end] if token.kind == "word"]
    if any(grammar.strictly_finite(token) for token in rest) or len(rest) > 6:
        return None
    head = [token.text for token in frame.tokens[phrase[0] : phrase[1]] if token.capital]
    nameless = bool(head) and head[0] in cues.so_nouns
    last = phrase[1]
    if last == frame.clauses[number].last and number + 1 < len(frame.clauses):
        part = frame.clauses[number + 1]
        if part.kind == "frag" and part.after == "," and number + 2 == len(frame.clauses):
            last = part.last
    speaker: Phrase | None = None if nameless else (phrase[0], last)
    return Source(frame.clauses[number].first, max(end, last), (k,), speaker, "neutral", number, tail=True)


def _source(
    frame: Frame,
    number: int,
    first: int,
    last: int,
    cue: tuple[int, ...],
    speaker: Phrase | None,
    cues: CueLexicon,
) -> Source:
    words = frame.tokens[first:last]
    hearsay = any(token.text in cues.hearsay or token.lower.endswith(cues.hearsay_endings) for token in words)
    return Source(first, last, cue, speaker, "hearsay" if hearsay else "neutral", number)
