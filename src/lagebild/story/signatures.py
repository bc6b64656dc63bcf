"""What each document is about, as weighted terms by which reports on one story find each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Self

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.time_words import time_grammar
from lagebild.model.document import Block, Masthead
from lagebild.model.identity import MentionLink
from lagebild.model.ids import content_id
from lagebild.model.marks import TimePhrase
from lagebild.model.story import Signature
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.normal import fold_plain
from lagebild.textkit.terms import Terms
from lagebild.textkit.time_grammar import TimeGrammar
from lagebild.textkit.time_rules import read_rule

__all__ = ["DAY", "ENTITY", "NamedDay", "SignatureTools", "named_days", "sign_documents"]

ENTITY, DAY = "e:", "d:"
"""Beginnings of terms that are entity ids, and of days that the text names (weight 0: they place it in time, not in topic)."""

_TERMS = 120  # heaviest stems kept; with 48 reports on different aspects of one story fell apart
_ENTITIES = 16
_DAYS = 3
_READ = 60_000  # characters of content read; what a longer text is about it has said by then
_TITLE = 2.0  # a headline says what it is about
_NAMED = 1.5  # an entity weighs more than a stem: it is known to be the same thing
_CAPITAL = 1.6  # nouns and names (capitalised inside a sentence) say more than verbs and adjectives
_WORD = re.compile(r"[^\W\d_]{3,40}")


@dataclass(frozen=True)
class SignatureTools:
    """Stems and the words for days, by language."""

    terms: Mapping[str, Terms]
    grammars: Mapping[str, TimeGrammar]

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Reads stop words and time words of every language with data; no setting matters."""
        words = {code: read_data(code, "stopwords") for code in LANGUAGES if has_data(code, "stopwords")}
        return cls(
            {code: Terms(data["stemmer"], data["words"].split()) for code, data in words.items()},
            {code: time_grammar(code) for code in LANGUAGES if has_data(code, "times")},
        )

    @classmethod
    def digest(cls) -> str:
        return data_digest("stopwords", "times", "numbers")


def sign_documents(docs: Sequence[DocView], tools: SignatureTools) -> Iterable[Signature]:
    """One row a document: stems of its content (German and English by stemmer, else long words), entities, days it names.

    Weights are 1 + log(count), doubled for the headline; how rare a term is among the documents is weighed when stories are
    grouped. `stated_day` is the day of publication where the document states it to the day. Furniture is left out.
    """
    for doc in docs:
        yield _signature(doc, tools)


def _signature(doc: DocView, tools: SignatureTools) -> Signature:
    masthead = doc.get(Masthead)
    language = (masthead.language or "").split("-")[0] if masthead else ""
    weighted = _heaviest(_stems(doc, tools.terms.get(language)), _TERMS)
    weighted += _heaviest(_entities(doc), _ENTITIES)
    weighted.sort(key=lambda pair: (-pair[1], pair[0]))
    days = [named.day for named in named_days(doc, tools.grammars.get(language))][-_DAYS:]
    published = masthead.published if masthead else None
    stated = published.value[:10] if published and published.precision not in ("year", "month") else None
    return Signature(
        id=content_id("g", doc.id),
        doc_id=doc.id,
        terms=(*(term for term, _ in weighted), *(DAY + day for day in days)),
        weights=(*(round(weight, 4) for _, weight in weighted), *(0.0 for _ in days)),
        stated_day=stated,
    )


def _heaviest(counts: Mapping[str, float], most: int) -> list[tuple[str, float]]:
    weighted = [(term, 1.0 + log(count)) for term, count in counts.items() if count >= 1]
    return sorted(weighted, key=lambda pair: (-pair[1], pair[0]))[:most]


def _stems(doc: DocView, terms: Terms | None) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    left = _READ
    for block in doc.rows(Block):
        if not block.content or left <= 0:
            continue
        end = min(block.end, block.start + left)
        left -= end - block.start
        weight = _TITLE if block.kind == "headline" else 1.0
        for word in _WORD.finditer(doc.text, block.start, end):
            term = terms.term(word.group()) if terms else fold_plain(word.group())
            if len(term) >= (3 if terms else 5):
                named = (
                    word.group()[0].isupper()
                    and doc.text[max(0, word.start() - 2) : word.start()][:1].isalnum()
                )
                counts[term] += weight * (_CAPITAL if named else 1.0)
    return counts


def _entities(doc: DocView) -> dict[str, float]:
    counts = Counter(ENTITY + link.entity_id for link in doc.rows(MentionLink))
    return {term: count * _NAMED for term, count in counts.items()}


@dataclass(frozen=True)
class NamedDay:
    """A complete day that a text names as past. `sure`: in a post, or with its weekday, so that it belongs to the report."""

    day: str
    start: int
    end: int
    sure: bool


def named_days(doc: DocView, grammar: TimeGrammar | None) -> list[NamedDay]:
    """Complete days the text names as past or in embedded posts, earliest first, each with its first place."""
    days: dict[str, NamedDay] = {}
    posts = [(block.start, block.end) for block in doc.rows(Block) if block.kind == "post"]
    for phrase in doc.rows(TimePhrase):
        rule = read_rule(phrase.rule)
        at = rule.get("at", "")
        if len(at) >= 10 and phrase.direction != "future":
            sure = "weekday" in rule or any(start <= phrase.start < end for start, end in posts[:200])
            _keep(days, NamedDay(at[:10], phrase.start, phrase.end, sure))
    for block in doc.rows(Block):
        if block.kind == "post" and not block.content and grammar is not None:
            for found in grammar.phrases(doc.text, block.start, block.end):
                if len(at := found.rule.get("at", "")) >= 10:
                    _keep(days, NamedDay(at[:10], found.start, found.end, True))
    return [named for _, named in sorted(days.items())]


def _keep(days: dict[str, NamedDay], named: NamedDay) -> None:
    known = days.get(named.day)
    if known is None or (named.sure and not known.sure):
        days[named.day] = named
