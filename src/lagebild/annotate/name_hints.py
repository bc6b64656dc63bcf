"""What the word lists say of each word, as the yes-or-no hints that the language model was trained with (their order is part of it)."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.annotate.name_facts import NameWords

__all__ = ["HINTS", "word_hints"]

HINTS = (
    "listed without plural", "ordinary word", "unlisted", "also a small word", "given name", "village or alike", "town",
    "city or region", "country", "role", "acronym", "English word", "of a country or city", "institution", "word of organisations",
    "listed person", "listed organisation", "listed place", "listed other", "often begins a sentence",
)  # fmt: skip
"""The hints in the order of the model's columns."""

_LISTED = {"PER": 15, "ORG": 16, "LOC": 17, "MISC": 18}
_COMMON = {0: 2, 1: 0, 2: 1}


def word_hints(words: Sequence[str], known: NameWords | None) -> list[tuple[int, ...]]:
    """The numbers of the hints that hold for each word; none without word lists, for marks and for figures."""
    if known is None:
        return [()] * len(words)
    return [_of(word, known) if word[:1].isalpha() else () for word in words]


def _of(form: str, known: NameWords) -> tuple[int, ...]:
    facts = known.facts(form)
    found = [_COMMON[facts.common]]
    if facts.place:
        found.append(4 + facts.place)
    flags = (
        (3, facts.small), (4, facts.given), (9, facts.role), (10, facts.acronym), (11, facts.english), (12, bool(facts.nation)),
        (13, facts.institution), (14, facts.org_head), (19, known.is_starter(form)),
    )  # fmt: skip
    found += [number for number, holds in flags if holds]
    listed = known.listed((form,))
    if listed:
        found.append(_LISTED[listed[0]])
    return tuple(sorted(found))
