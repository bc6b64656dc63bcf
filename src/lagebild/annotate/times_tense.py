"""Which way the clause around a time phrase looks: from the phrase, its preposition, the verbs; what shows it is language data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from lagebild.annotate.times_verbs import VerbForms
from lagebild.model.account import Reason
from lagebild.textkit.time_rules import Direction

__all__ = ["Surroundings", "Tense"]

_CLAUSE_REACH = 240  # characters read on either side for tense; keeps a text without punctuation linear
_SHORT_CLAUSE = 4  # words; a shorter clause („am Mittwoch, 12. März,“) borrows the tense of its neighbours
# A comma or point within „11., 18. und 25. März“, „am Mittwoch, 12. März“ ends no clause.
_CLAUSE_END = re.compile(r",(?<!\d\.,)(?!\s*\d)|(?<!\d)\.|[;:!?()\[\]–—„“”\"«»‚‘‹›+•|\n]")
_ASIDE = re.compile(r"\s\([^()\n]{0,60}\)")  # „am Samstag (18 Uhr) trifft …“: the clause goes on behind it
_WORD = re.compile(r"[^\W\d_]+")
_LISTED = re.compile(
    r"(?:\d{1,2}\.?[\s,]{0,3}(?:[^\W\d_]{2,5}\s)?){1,6}$"
)  # „18. und 19. Dezember“: what stands before the last
_NEXT_WORD = re.compile(r"[\s,]{0,3}([^\W\d_]+|[–-])")

_WORD_SETS = (
    "past", "future", "neutral", "auxiliary", "past_bounds", "future_bounds", "plan_bounds", "pluperfect",
    "bound_articles", "weak_past", "weak_future", "perfect", "hearsay", "attribute", "range_words", "reporting", "reported_states",
    "modals",
)  # fmt: skip
_PATTERNS = ("participle", "infinitive", "not_past", "had_happened")
_ENDINGS = ("past_endings", "perhaps_past_endings")

_ANNOUNCED = ("weekday", "day", "month", "season", "feast", "in")
_OPENING = ("„", "“", '"', "»", "«", "‚", "‘")
_TITLE_END = re.compile(r'(\s[^„“”"»«.!?,;:\n]*)[“”"»«‘’]')
_LONGEST_TITLE = 40
_LONGEST_STEP = 80  # characters between two dates of which the second borrows the year of the first

Cue = tuple[int, Direction, str]


@dataclass(frozen=True)
class Surroundings:
    """The text before and after a phrase, within its sentence, clause by clause; clauses of the phrase itself last and first."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @classmethod
    def of(cls, text: str, phrase: tuple[int, int], sentence: tuple[int, int]) -> Self:
        """Of a phrase in its sentence, at most 240 characters on either side."""
        left = text[max(sentence[0], phrase[0] - _CLAUSE_REACH) : phrase[0]]
        right = text[phrase[1] : max(phrase[1], min(sentence[1], phrase[1] + _CLAUSE_REACH))]
        return cls(
            tuple(_CLAUSE_END.split(_ASIDE.sub("", left))), tuple(_CLAUSE_END.split(_ASIDE.sub("", right)))
        )

    @property
    def before(self) -> list[str]:
        """The words of the clause up to the phrase, in small letters."""
        return _WORD.findall(self.left[-1].lower())


@dataclass(frozen=True)
class Tense:
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
    weak_past: frozenset[str]
    weak_future: frozenset[str]
    perfect: frozenset[str]
    hearsay: frozenset[str]
    had_happened: re.Pattern[str]
    attribute: frozenset[str]
    range_words: frozenset[str]
    reported_states: frozenset[str]
    reporting: frozenset[str]
    modals: frozenset[str]
    verbs: VerbForms

    @classmethod
    def read(cls, data: Mapping[str, Any], language: str) -> Self:
        """From the content of a times.toml."""
        told = data["direction"]
        read: dict[str, Any] = {name: frozenset(told[name]) for name in _WORD_SETS}
        read |= {name: re.compile(told[name]) for name in _PATTERNS}
        read |= {name: tuple(told[name]) for name in _ENDINGS}
        return cls(
            **read,
            right_cost=told["right_cost"],
            bounds=_bounds(data),
            verbs=VerbForms(language, data.get("verb_forms")),
        )

    def bound(self, near: Surroundings) -> str | None:
        """What the preposition makes of a date; „vor“ and „after“ only right before it: in „after the May talks“ the talks count."""
        before = near.before
        nearest = next((at for at in (-1, -2) if len(before) >= -at and before[at] in self.bounds), None)
        if nearest is None:
            return None
        bound = self.bounds[before[nearest]]
        outside = bound in ("before", "after") and nearest == -2 and before[-1] not in self.bound_articles
        return None if outside else bound

    def direction(self, near: Surroundings, rule: Mapping[str, str]) -> tuple[Direction, Reason | None]:
        """Where the phrase looks: from the phrase itself, its preposition, then the verbs of its clause.

        Unknown for a date that belongs to a noun („die Rennen vom 18. Dezember“): the verb tells of the noun, not of the day.
        """
        own = rule.get("turn") or rule.get("week") or rule.get("offset") or rule.get("span") or ""
        if own.strip("+-0DWMYEQHINSC"):
            return ("past" if own.startswith("-") else "future"), Reason("phrase_looks", None, own)
        if rule.get("bound") in self.past_bounds:
            return "past", Reason("preposition", None, rule["bound"])
        if ("day" in rule or "weekday" in rule) and self._belongs_to_noun(near):
            return "unknown", None
        cues = self._cues(near)
        if rule.get("bound") in self.future_bounds:  # a bound lies ahead when anything in the clause does
            cues = [cue for cue in cues if cue[1] == "future"] or cues
        if rule.get("bound") in self.plan_bounds:
            once = any(cue[2] in self.pluperfect for cue in cues) or self._reports(near, rule)
            return ("past" if once else "future"), Reason("preposition", None, rule["bound"])
        if not cues and not rule.keys().isdisjoint(_ANNOUNCED):
            cues = self._announced(near)
        if not cues:
            around = (*near.before, *_WORD.findall(near.right[0].lower()))
            cues = [(0, "past", word) for word in around if word in self.weak_past]
            cues = cues or [(0, "future", word) for word in around if word in self.weak_future]
        if cues:
            _, direction, word = min(cues)
            return direction, Reason("tense", None, word)
        if rule.get("bound") in self.future_bounds:
            return "future", Reason("preposition", None, rule["bound"])
        return "unknown", None

    def _reports(self, near: Surroundings, rule: Mapping[str, str]) -> bool:
        """„Die Zahlen für November lagen höher“: a month right before its past verb is one that is over."""
        follows = _NEXT_WORD.match(near.right[0])
        if follows is None or "month" not in rule or "day" in rule:
            return False
        return self._way(follows[1]) == "past" or self._perhaps_past(follows[1])

    def is_title(self, text: str, start: int, end: int) -> bool:
        """Whether a day or month opens a short quotation without a verb: the name of a book or film („Mittwoch in Kairo“)."""
        rest = (
            _TITLE_END.match(text, end, end + _LONGEST_TITLE)
            if text[max(start - 1, 0) : start] in _OPENING
            else None
        )
        if rest is None:
            return False
        return not any(
            self._way(word) or self._form(word) or word in self.auxiliary for word in _WORD.findall(rest[1])
        )

    def goes_on(self, between: str) -> bool:
        """Whether the words between two dates of one sentence go on telling; a perfect or a future turns to today."""
        if len(between) > _LONGEST_STEP:
            return False
        words = _WORD.findall(between.lower())
        turned = self.auxiliary | self.perfect | self.future
        return turned.isdisjoint(words) and not any(self._form(word) == "present" for word in words)

    def _belongs_to_noun(self, near: Surroundings) -> bool:
        listed = _LISTED.search(near.left[-1])
        before = _WORD.findall(near.left[-1][: listed.start()].lower() if listed else near.left[-1].lower())
        if not before or before[-1] not in self.attribute:
            return False
        if listed and not self.range_words.isdisjoint(_WORD.findall(listed.group())):
            return False
        follows = _NEXT_WORD.match(near.right[0])
        return follows is None or follows[1] not in self.range_words

    def _announced(self, near: Surroundings) -> list[Cue]:
        """A verb in the present right beside a day, or last in its clause, tells what is to come.

        „Am Freitag kommt …“, „… spielt am Samstag“, „der am Freitag auftritt“; „am Dienstag ist Feiertag“ too, as no participle
        makes it past. Beside „wollte“, „sollte“ the verb at the end is an infinitive and tells nothing.
        """
        if not self.modals.isdisjoint((*near.before, *_WORD.findall(near.right[0].lower()))):
            return []
        right = near.right[1] if not near.right[0].strip() and len(near.right) > 1 else near.right[0]
        before, after = (
            _WORD.findall(near.left[-1])[-2:-1],
            _WORD.findall(right) if right[:1].isspace() else [],
        )
        first = len(near.before) <= 1  # a verb behind the first part of a clause is finite, whatever its form
        cues = [word for word in before if self._form(word, finite=True) == "present"]
        cues += [word for word in after[:1] if self._form(word, finite=first) == "present"]
        cues += [word for word in after[-1:] if self._form(word) == "present"]
        beside = [*before, *after[:1]]
        states = [word for word in beside if word in self.auxiliary and word not in self.reported_states]
        if states and any(map(self.participle.search, (near.left[-1], *near.right))):
            states = []
        return [(0, "future", word) for word in (*cues, *states)]

    def _form(self, word: str, finite: bool = False) -> str | None:
        """Present or past, None for other words; a form that may be a participle only where it must be `finite`."""
        if word in self.reporting or word in self.auxiliary or self.infinitive.fullmatch(word):
            return None
        if self.participle.fullmatch(word) and not finite and not self.verbs.is_strong(word):
            return None
        return self.verbs.form(word)

    def _cues(self, near: Surroundings) -> list[Cue]:
        """Tense cues of the clause with their distance from the phrase; of its neighbours where it is short.

        An infinitive with „zu“ looks ahead, but any verb form is nearer.
        """
        left, right = near.left[-1], near.right[0]
        cues = self._read(left, right)
        if (infinitive := self.infinitive.search(left) or self.infinitive.search(right)) is not None:
            cues.append((_CLAUSE_REACH, "future", infinitive.group()))
        short = len(_WORD.findall(left)) + len(_WORD.findall(right)) <= _SHORT_CLAUSE
        if cues or not short:
            return cues
        beside = near.left[-2] if len(near.left) > 1 else ""
        return self._read(beside, near.right[1] if len(near.right) > 1 else "")

    def _read(self, left: str, right: str) -> list[Cue]:
        """Words that show tense, with the number of words between.

        Weaker signs count only where there is no stronger one: a form that may be preterite or infinitive („trafen“,
        „betreten“), a participle beside „ist“. „Er soll ihn am Montag getroffen haben“ is past.
        """
        left, right = self.not_past.sub(" ", left), self.not_past.sub(" ", right)
        words = [*enumerate(reversed(_WORD.findall(left))), *enumerate(_WORD.findall(right), self.right_cost)]
        happened = any(word in self.hearsay for _, word in words) and self.had_happened.search(
            f"{left} {right}"
        )
        if happened:
            return [(0, "past", happened.group())]
        cues: list[Cue] = [(distance, way, word) for distance, word in words if (way := self._way(word))]
        if not self.participle.search(f"{left} {right}"):
            cues = [cue for cue in cues if cue[2] not in self.perfect]
        if not cues:
            cues = [(distance, "past", word) for distance, word in words if self._perhaps_past(word)]
        if not cues and any(word in self.auxiliary for _, word in words):
            participle = self.participle.search(left) or self.participle.search(right)
            cues.extend([(0, "past", participle.group())] if participle else [])
        return cues

    def _way(self, word: str) -> Direction | None:
        if word in self.neutral:
            return None
        if word in self.future:
            return "future"
        if word in self.past or (len(word) > 4 and word[0].islower() and word.endswith(self.past_endings)):
            return "past"
        return None

    def _perhaps_past(self, word: str) -> bool:
        small = len(word) > 4 and word[0].islower() and word not in self.neutral
        if small and self.perhaps_past_endings and word.endswith(self.perhaps_past_endings):
            return True
        return word not in self.neutral and self._form(word) == "past"


def _bounds(data: Mapping[str, Any]) -> dict[str, str]:
    kinds: Sequence[str] = ("since", "until", "before", "after", "from", "for")
    return {
        word: value
        for entry in data["words"].values()
        for value, words in entry.items()
        if value in kinds
        for word in words
    }
