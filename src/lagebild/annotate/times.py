"""Time phrases as they stand in the text, with a rule by which a later step can date them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.time_words import time_grammar
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.time_grammar import Found, TimeGrammar
from lagebild.textkit.time_rules import Direction, open_value, phrase_type, write_rule

__all__ = ["TimeTools", "find_times"]

_CLAUSE_REACH = 240  # characters read on either side for tense; keeps a text without punctuation linear
_SHORT_CLAUSE = 4  # words; a shorter clause („am Mittwoch, 12. März,“) borrows the tense of its neighbours
_CLAUSE_END = re.compile(r"[,;:.!?()\[\]–—„“”\"«»‚‘‹›\n]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class _Tense:
    """What in a language shows which way a clause looks."""

    past: frozenset[str]
    future: frozenset[str]
    neutral: frozenset[str]
    past_endings: tuple[str, ...]
    perhaps_past_endings: tuple[str, ...]
    auxiliary: frozenset[str]
    participle: re.Pattern[str]
    infinitive: re.Pattern[str]
    not_past: re.Pattern[str]
    right_cost: int
    past_bounds: frozenset[str]
    future_bounds: frozenset[str]
    plan_bounds: frozenset[str]
    pluperfect: frozenset[str]
    bounds: Mapping[str, str]
    bound_articles: frozenset[str]


@dataclass(frozen=True)
class TimeTools:
    """The grammar and the tense words of every language with data."""

    grammars: Mapping[str, TimeGrammar]
    tenses: Mapping[str, _Tense]

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Reads `lang/*/times.toml`; no setting matters."""
        known = [language for language in LANGUAGES if has_data(language, "times")]
        data = {language: read_data(language, "times") for language in known}
        return cls(
            {language: time_grammar(language) for language in known},
            {language: _read_tense(data[language]) for language in known},
        )

    @classmethod
    def digest(cls) -> str:
        return data_digest("times")


def _read_tense(data: Mapping[str, Any]) -> _Tense:
    told = data["direction"]
    bounds = {
        word: value
        for entry in data["words"].values()
        for value, words in entry.items()
        if value in ("since", "until", "before", "after", "from", "for")
        for word in words
    }
    return _Tense(
        past=frozenset(told["past"]),
        future=frozenset(told["future"]),
        neutral=frozenset(told["neutral"]),
        past_endings=tuple(told["past_endings"]),
        perhaps_past_endings=tuple(told["perhaps_past_endings"]),
        auxiliary=frozenset(told["auxiliary"]),
        participle=re.compile(told["participle"]),
        infinitive=re.compile(told["infinitive"]),
        not_past=re.compile(told["not_past"]),
        right_cost=told["right_cost"],
        past_bounds=frozenset(told["past_bounds"]),
        future_bounds=frozenset(told["future_bounds"]),
        plan_bounds=frozenset(told["plan_bounds"]),
        pluperfect=frozenset(told["pluperfect"]),
        bounds=bounds,
        bound_articles=frozenset(told["bound_articles"]),
    )


def find_times(docs: Sequence[DocView], tools: TimeTools) -> Iterable[TimePhrase]:
    """The time phrases of each document in text order, without overlap.

    Spans follow TIMEX3: article and adjective inside, preposition outside („am [späten Donnerstagabend]“), but „vor drei
    Tagen“ and what hangs on an event („vor der Wahl“) whole. Left out: furniture, languages without data, texts without
    sentences, ages. `direction` is where the clause looks (tense, preposition, words such as „geplant“).
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        language = (masthead.language or "").split("-")[0] if masthead else ""
        if language in tools.grammars and doc.rows(Sentence):
            yield from _phrases(doc, tools.grammars[language], tools.tenses[language])


def _phrases(doc: DocView, grammar: TimeGrammar, tense: _Tense) -> Iterator[TimePhrase]:
    read = {sentence.block_id for sentence in doc.rows(Sentence)}
    text = doc.text
    for block in doc.rows(Block):
        if block.content and block.id in read:
            for found in grammar.phrases(text, block.start, block.end):
                yield _phrase(doc.id, text, block, found, tense)


def _phrase(doc_id: str, text: str, block: Block, found: Found, tense: _Tense) -> TimePhrase:
    rule = dict(found.rule)
    before = _WORD.findall(
        _CLAUSE_END.split(text[max(block.start, found.start - 24) : found.start].lower())[-1]
    )
    bound = _bound(before, tense)
    if bound and "bound" not in rule:
        rule["bound"] = bound
    direction, reason = _direction(text, block, found, rule, tense)
    if "in" in rule:
        amount = rule.pop("in")
        rule = {"offset" if direction == "future" and not amount.startswith("X") else "for": amount, **rule}
    return TimePhrase(
        id=place_id(doc_id, "t", found.start, found.end),
        doc_id=doc_id,
        start=found.start,
        end=found.end,
        type=phrase_type(rule),
        value=open_value(rule),
        mod=found.mod,
        rule=write_rule(rule),
        direction=direction,
        reasons=(reason,) if reason else (),
    )


def _bound(before: Sequence[str], tense: _Tense) -> str | None:
    """What the preposition makes of a date; „vor“ and „after“ only right before it: in „after the May talks“ the talks count."""
    nearest = next((at for at in (-1, -2) if len(before) >= -at and before[at] in tense.bounds), None)
    if nearest is None:
        return None
    bound = tense.bounds[before[nearest]]
    outside = bound in ("before", "after") and nearest == -2 and before[-1] not in tense.bound_articles
    return None if outside else bound


def _direction(
    text: str, block: Block, found: Found, rule: Mapping[str, str], tense: _Tense
) -> tuple[Direction, Reason | None]:
    """Where the phrase looks: from the phrase itself, its preposition, then the verbs of its clause."""
    own = rule.get("turn") or rule.get("week") or rule.get("offset") or rule.get("span") or ""
    if own.strip("+-0DWMYEQHINSC"):
        return ("past" if own.startswith("-") else "future"), Reason("phrase_looks", None, own)
    if rule.get("bound") in tense.past_bounds:
        return "past", Reason("preposition", None, rule["bound"])
    cues = _cues(text, block, found, tense)
    if rule.get("bound") in tense.future_bounds:  # a bound lies ahead when anything in the clause does
        cues = [cue for cue in cues if cue[1] == "future"] or cues
    if rule.get("bound") in tense.plan_bounds:
        once = any(cue[2] in tense.pluperfect for cue in cues)
        return ("past" if once else "future"), Reason("preposition", None, rule["bound"])
    if cues:
        _, direction, word = min(cues)
        return direction, Reason("tense", None, word)
    if rule.get("bound") in tense.future_bounds:
        return "future", Reason("preposition", None, rule["bound"])
    return "unknown", None


def _cues(text: str, block: Block, found: Found, tense: _Tense) -> list[tuple[int, Direction, str]]:
    """Tense cues of the clause with their distance from the phrase; of its neighbours where it is short.

    An infinitive with „zu“ looks ahead, but any verb form is nearer.
    """
    left = text[max(block.start, found.start - _CLAUSE_REACH) : found.start]
    right = text[found.end : min(block.end, found.end + _CLAUSE_REACH)]
    before, after = _CLAUSE_END.split(left), _CLAUSE_END.split(right)
    near_left, near_right = before[-1], after[0]
    cues = _read_cues(near_left, near_right, tense)
    if (infinitive := tense.infinitive.search(near_left) or tense.infinitive.search(near_right)) is not None:
        cues.append((_CLAUSE_REACH, "future", infinitive.group()))
    short = len(_WORD.findall(near_left)) + len(_WORD.findall(near_right)) <= _SHORT_CLAUSE
    if cues or not short:
        return cues
    return _read_cues(before[-2] if len(before) > 1 else "", after[1] if len(after) > 1 else "", tense)


def _read_cues(left: str, right: str, tense: _Tense) -> list[tuple[int, Direction, str]]:
    """Words that show tense, with the number of words between.

    Weaker signs count only where there is no stronger one: a form that may be preterite or infinitive („trafen“,
    „betreten“), a participle beside „ist“.
    """
    left, right = tense.not_past.sub(" ", left), tense.not_past.sub(" ", right)
    words = [*enumerate(reversed(_WORD.findall(left))), *enumerate(_WORD.findall(right), tense.right_cost)]
    cues = [(distance, way, word) for distance, word in words if (way := _word_direction(word, tense))]
    if not cues:
        cues = [(distance, "past", word) for distance, word in words if _perhaps_past(word, tense)]
    if not cues and any(word in tense.auxiliary for _, word in words):
        participle = tense.participle.search(left) or tense.participle.search(right)
        cues.extend([(0, "past", participle.group())] if participle else [])
    return cues


def _word_direction(word: str, tense: _Tense) -> Direction | None:
    if word in tense.neutral:
        return None
    if word in tense.future:
        return "future"
    if word in tense.past or (len(word) > 4 and word[0].islower() and word.endswith(tense.past_endings)):
        return "past"
    return None


def _perhaps_past(word: str, tense: _Tense) -> bool:
    small = len(word) > 4 and word[0].islower() and word not in tense.neutral
    return small and bool(tense.perhaps_past_endings) and word.endswith(tense.perhaps_past_endings)
