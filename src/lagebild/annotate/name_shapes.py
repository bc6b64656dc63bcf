"""A word of a sentence with what is known of it, a name in the making, and how evidence for its kind adds up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from lagebild.annotate.name_facts import Facts
from lagebild.model.account import Reason
from lagebild.model.marks import MentionKind

__all__ = [
    "APOSTROPHE_S",
    "ENOUGH",
    "INITIAL",
    "ROMAN",
    "SHAPES",
    "SURE",
    "Evidence",
    "Found",
    "Word",
    "is_shout",
    "is_title_case",
    "weighed",
]

SURE = 0.7
ENOUGH = 0.45
INITIAL = re.compile(r"[^\W\d_]\.\Z|[^\W\d_]\.-?[^\W\d_]\.\Z")
ROMAN = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XVI?|XXIII)\.?\Z")
_MIXED = re.compile(r"[a-z]{1,2}[A-Z]|d['’][A-Z]|al-[A-Z]|el-[A-Z]")
APOSTROPHE_S = re.compile(r"['’]s?\Z")
SHAPES = frozenset({"unknown_word", "surname_like", "capital", "acronym"})
"""What a word's own shape says; it weighs nothing against words beside the name."""

Evidence = tuple[MentionKind, float, str, str]


@dataclass(frozen=True)
class Word:
    """A word of a sentence. `first`: a capital says nothing here; `joined`: one plain space lies before it."""

    form: str
    start: int
    end: int
    facts: Facts
    first: bool
    joined: bool

    @property
    def capital(self) -> bool:
        return self.form[:1].isupper() or _MIXED.match(self.form) is not None


@dataclass(frozen=True)
class Found:
    """A mention in the making: words `left` to `right` (exclusive) of sentence `row`."""

    row: int
    left: int
    right: int
    start: int
    end: int
    base: str
    kind: MentionKind
    derived: bool
    score: float
    reasons: tuple[Reason, ...]


def weighed(evidence: Iterable[Evidence]) -> tuple[MentionKind, float, tuple[Reason, ...]]:
    """The kind that most speaks for, 1 - Π(1 - weight) as its score, and what spoke for it, the heaviest first."""
    by_kind: dict[MentionKind, list[Evidence]] = {}
    for item in evidence:
        by_kind.setdefault(item[0], []).append(item)
    if not by_kind:
        return "MISC", 0.0, ()
    scores = {kind: 1 - prod(1 - item[1] for item in items) for kind, items in by_kind.items()}
    kind = max(scores, key=lambda it: (round(scores[it], 6), -list(scores).index(it)))
    told = any(item[2] not in SHAPES for item in by_kind[kind])
    rivals = sum(
        score
        for other, score in scores.items()
        if other != kind and not (told and all(item[2] in SHAPES for item in by_kind[other]))
    )
    heaviest = sorted(by_kind[kind], key=lambda it: (-it[1], it[2]))[:5]
    reasons = tuple(Reason(name, round(weight, 2), detail or None) for _, weight, name, detail in heaviest)
    return kind, round(max(0.0, scores[kind] - 0.15 * min(1.0, rivals)), 3), reasons


def is_shout(forms: Sequence[str]) -> bool:
    """A line in capitals: at least two longer words, nearly all of them in capitals."""
    longer = [form for form in forms if form.isalpha() and len(form) > 3]
    return len(longer) > 1 and sum(form.isupper() for form in longer) > 0.8 * len(longer)


def is_title_case(forms: Sequence[str]) -> bool:
    longer = [form for form in forms if form.isalpha() and len(form) > 3]
    return len(longer) > 3 and sum(form[0].isupper() for form in longer) > 0.8 * len(longer)
