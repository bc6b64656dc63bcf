"""Lands that no list has, told by their people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lagebild.annotate.name_facts import Facts, NameWords
from lagebild.annotate.name_shapes import APOSTROPHE_S
from lagebild.lang.lexicon import LONGEST

__all__ = ["Lands"]


class Lands:
    """Lands that no list has, told by the adjectives and inhabitants beside them in the document: „Aurentien“ by „aurentische“."""

    def __init__(self, names: NameWords, forms: Iterable[str]) -> None:
        self._names = names
        self._nations: dict[str, str] = {}
        self._lands: set[str] = set()
        lands: dict[str, list[str]] = {}
        derived: dict[str, list[tuple[str, str]]] = {}
        for form in forms:
            if not 5 < len(form) <= LONGEST or not form[:1].isalpha():
                continue
            for land in self._readings(form, names.land_endings):
                if form[:1].isupper():
                    lands.setdefault(land, []).append(form)
            for ending in names.land_derived:
                if form.endswith(ending) and len(form) - len(ending) > 3:
                    derived.setdefault(form.removesuffix(ending).lower(), []).append((form, ending))
        for stem in sorted(lands.keys() & derived.keys()):
            self._take(lands[stem], derived[stem])

    @staticmethod
    def _readings(form: str, endings: Sequence[str]) -> Iterator[str]:
        bare = APOSTROPHE_S.sub("", form)
        for word in dict.fromkeys((bare, bare.removesuffix("s"))):
            for ending in endings:
                if word.endswith(ending) and len(word) - len(ending) > 3:
                    yield word.removesuffix(ending).lower()

    def _take(self, lands: list[str], derived: list[tuple[str, str]]) -> None:
        unknown = [form for form in lands if self._unknown(form)]
        if not unknown:
            return
        self._lands.update(unknown)
        for form, ending in derived:
            if self._unknown(form) or form[:1].islower():
                base = self._names.land_derived[ending]
                self._nations[form] = form.removesuffix(ending) + base

    def _unknown(self, form: str) -> bool:
        facts = self._names.facts(form)
        return facts.common == 0 and not facts.given and not facts.place and not facts.nation

    def has(self, form: str) -> bool:
        """True for a land told by its adjective."""
        return form in self._lands

    def facts(self, form: str) -> Facts:
        """What the lists say of a word, or the document about a land and its people."""
        facts = self._names.facts(form)
        if nation := self._nations.get(form):
            return replace(facts, nation=nation)
        return replace(facts, place=4, common=1) if form in self._lands else facts
