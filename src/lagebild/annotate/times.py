"""Time phrases as they stand in the text, with a rule by which a later step can date them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from lagebild.annotate.times_tense import Surroundings, Tense
from lagebild.annotate.times_values import settled_rule, timex_type, timex_value
from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.lexicon import Lexicon
from lagebild.lang.time_words import time_grammar
from lagebild.model.document import Block, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.time_grammar import Found, TimeGrammar
from lagebild.textkit.time_rules import read_rule, write_rule

__all__ = ["TimeTools", "find_times"]

_BARE = {"weekday", "month", "season", "part"}
_MONTH_LENGTH = len("2022-10")
_LISTED = re.compile(
    r",?\s(?:[^\W\d_]{1,5}\s){0,2}|[/–-]"
)  # „Samstag und am Sonntag“: one list, one direction


@dataclass(frozen=True)
class TimeTools:
    """The grammar and the tense words of every language with data."""

    grammars: Mapping[str, TimeGrammar]
    tenses: Mapping[str, Tense]

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Reads `lang/*/times.toml` and number words; no setting matters."""
        known = [language for language in LANGUAGES if has_data(language, "times")]
        return cls(
            {language: time_grammar(language) for language in known},
            {language: Tense.read(read_data(language, "times"), language) for language in known},
        )

    @classmethod
    def digest(cls) -> str:
        return f"{data_digest('times', 'numbers')}-{Lexicon.digest()}"


def find_times(docs: Sequence[DocView], tools: TimeTools) -> Iterable[TimePhrase]:
    """The time phrases of each document in text order, without overlap.

    Spans follow TIMEX3: article and adjective inside, preposition outside („am [späten Donnerstagabend]“), but „vor drei
    Tagen“ and what hangs on an event („vor der Wahl“) whole. Each day of a list and each end of a range is a phrase of its own
    („[3.] und [4. Mai]“, „[sechs] bis [acht Monate]“). Left out: furniture, languages without data, texts without sentences,
    ages. `direction` is where the clause looks (tense, preposition, words such as „geplant“).
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        language = (masthead.language or "").split("-")[0] if masthead else ""
        if language in tools.grammars and doc.rows(Sentence):
            yield from _phrases(doc, tools.grammars[language], tools.tenses[language])


def _phrases(doc: DocView, grammar: TimeGrammar, tense: Tense) -> Iterator[TimePhrase]:
    sentences = doc.rows(Sentence)
    starts = [sentence.start for sentence in sentences]
    read = {sentence.block_id for sentence in sentences}
    for block in doc.rows(Block):
        if not block.content or block.id not in read:
            continue
        last: TimePhrase | None = None
        for found, rule in _settled(doc.text, block, grammar, tense):
            first = max(bisect_right(starts, found.start) - 1, 0)
            final = max(bisect_right(starts, found.end - 1) - 1, 0)
            around = max(sentences[first].start, block.start), min(sentences[final].end, block.end)
            near = Surroundings.of(doc.text, (found.start, found.end), around)
            phrase = _phrase(doc.id, found, rule, near, tense)
            if last and last.end > around[0]:
                phrase = _behind(last, phrase, rule, doc.text[last.end : found.start], tense)
            yield (last := phrase)


def _behind(
    last: TimePhrase, phrase: TimePhrase, rule: Mapping[str, str], between: str, tense: Tense
) -> TimePhrase:
    """A phrase as the one before it in its sentence makes it: what is listed with it looks the same way.

    A day or month without a year may follow on one with it: „am 14. Oktober 2022 verhaftet, am 3. November frei“.
    """
    if phrase.direction == "unknown" and _LISTED.fullmatch(between):
        phrase = replace(phrase, direction=last.direction, reasons=last.reasons)
    before = read_rule(last.rule)
    dated = len(before.get("at", "")) >= _MONTH_LENGTH or "chained" in before
    bare = "month" in rule and rule.keys().isdisjoint({"at", "year", "turn", "every"})
    if dated and bare and last.direction == phrase.direction != "unknown" and tense.goes_on(between):
        phrase = replace(phrase, rule=f"{phrase.rule};chained=1")
    return phrase


def _settled(
    text: str, block: Block, grammar: TimeGrammar, tense: Tense
) -> Iterator[tuple[Found, dict[str, str]]]:
    """What the grammar finds, with its rule in final words; without names of books and films."""
    for found in grammar.phrases(text, block.start, block.end):
        rule = settled_rule(found.rule, text[found.start : found.end])
        if rule is None or (rule.keys() <= _BARE and tense.is_title(text, found.start, found.end)):
            continue
        yield found, rule


def _phrase(doc_id: str, found: Found, rule: dict[str, str], near: Surroundings, tense: Tense) -> TimePhrase:
    bound = tense.bound(near)
    if bound and "bound" not in rule:
        rule["bound"] = bound
    direction, reason = tense.direction(near, rule)
    if "in" in rule:
        amount = rule.pop("in")
        rule = {"offset" if direction == "future" and not amount.startswith("X") else "for": amount, **rule}
    return TimePhrase(
        id=place_id(doc_id, "t", found.start, found.end),
        doc_id=doc_id,
        start=found.start,
        end=found.end,
        type=timex_type(rule),
        value=timex_value(rule),
        mod=found.mod,
        rule=write_rule(rule),
        direction=direction,
        reasons=(reason,) if reason else (),
    )
