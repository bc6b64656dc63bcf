"""What a word may be as a verb form: finite or not, in which mood. Read from `lang/*/moods.toml`, the rest by rule.

German: the third person of subjunctive I is the stem with -e (Duden, Die Grammatik); all other forms without a rule are in the
table. The lemma decides whether a word is a verb at all, so that the answer is only as good as the lemma.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from lagebild.lang.data import read_data

__all__ = ["Moods", "VerbForm"]

VerbForm = Literal[
    "indicative", "subjunctive1", "subjunctive2", "both", "plural", "participle", "infinitive", "zu"
]
"""`both`: indicative and subjunctive II alike („sollte“); `plural`: infinitive or finite plural („gehen“); `zu`: „anzugeben“."""

NONE: frozenset[VerbForm] = frozenset()
_BARE: frozenset[VerbForm] = frozenset({"plural", "infinitive"})
FINITE: frozenset[VerbForm] = frozenset({"indicative", "subjunctive1", "subjunctive2", "both", "plural"})
_INFLECTED_PARTICIPLE = re.compile(r"ge\w{2,}(?:te|ene)[nmrs]?$")
_UNLISTED_PARTICIPLE = re.compile(r"(?:[a-zäöüß]{2,7})?ge[a-zäöüß]{3,}t|[a-zäöüß]{3,}iert")
_SHAPE_OF_PARTICIPLE = re.compile(r"[a-zäöüß]{0,16}ge[a-zäöüß]{3,}(?:t|en)")
_SHORTEST_ZU = 5
_KINDS: tuple[VerbForm, ...] = (
    "indicative",
    "subjunctive1",
    "subjunctive2",
    "both",
    "participle",
    "infinitive",
    "plural",
)


class Moods:
    """Verb forms of one language. `forms_of` gives what a word may be; an empty set for a word that is no verb form."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        rules = table["rules"]
        self._german = rules["language"] == "german"
        self._separable = tuple(sorted(rules["separable"], key=len, reverse=True))
        self._inseparable = tuple(rules["inseparable"])
        self._not_verbs = frozenset(rules["not_verbs"])
        self._past = frozenset(table["strong"].get("past", ()))
        self._forms = _listed_forms(table)
        self.forms_of = lru_cache(maxsize=65_536)(self._forms_of)

    @classmethod
    def load(cls, language: str) -> Moods:
        """The forms of a language. Raises FileNotFoundError where it has no `moods.toml`."""
        return cls(read_data(language, "moods"))

    def is_finite(self, lower: str, lemma: str) -> bool:
        """True where the word may be a finite verb."""
        return bool(self.forms_of(lower, lemma) & FINITE)

    def is_subjunctive(self, lower: str, lemma: str) -> bool:
        """True where the word can be nothing but a subjunctive (or, for -e forms, a first person present)."""
        forms = self.forms_of(lower, lemma)
        return bool(forms & {"subjunctive1", "subjunctive2"}) and "indicative" not in forms

    def may_hide(self, lower: str) -> bool:
        """True for a word that is mostly none, but has the ending of a subjunctive („das Geld **reiche** nicht“)."""
        return self._german and lower in self._not_verbs and lower.endswith("e")

    def like_participle(self, lower: str) -> bool:
        """True for a word that no list has and that has the shape of a German participle."""
        return self._german and _SHAPE_OF_PARTICIPLE.fullmatch(lower) is not None

    @property
    def separable(self) -> tuple[str, ...]:
        """Verb particles, longest first."""
        return self._separable

    def _forms_of(self, lower: str, lemma: str) -> frozenset[VerbForm]:
        if lower in self._forms:
            return self._forms[lower] | (_BARE if self._german and lower == lemma else NONE)
        if lower in self._not_verbs or len(lower) < 3:
            return NONE
        return self._german_forms(lower, lemma) if self._german else self._english_forms(lower, lemma)

    def _german_forms(self, lower: str, lemma: str) -> frozenset[VerbForm]:
        if lower == lemma and _UNLISTED_PARTICIPLE.fullmatch(lower):
            return frozenset({"participle"})
        if lower == lemma and self._is_unlisted_zu_form(lower):
            return frozenset({"zu"})
        if not lemma or lemma[:1].isupper() or not lemma.endswith(("en", "eln", "ern", "tun", "sein")):
            return NONE
        if lower == lemma:
            return _BARE | self._bare_participle(lower)
        if re.search(r"end(?:e[nmrs]?)?$", lower) and not lemma.endswith(("enden", "anden")):
            return NONE
        if self._is_zu_form(lower, lemma):
            return frozenset({"zu"})
        if self._is_participle(lower, lemma):
            return (
                frozenset({"participle", "indicative"})
                if self._ambiguous(lower, lemma)
                else frozenset({"participle"})
            )
        if re.search(r"ene[nmrs]?$", lower) or (
            self._inflected_participle(lower) and not lemma.startswith("ge")
        ):
            return NONE
        if lower.endswith("e") and lemma in _infinitives_of(lower):
            return frozenset({"subjunctive1"})
        adjectival = lower.endswith(("em", "er", "tes", "nes", "des"))
        return NONE if adjectival else frozenset({"indicative"})

    def _inflected_participle(self, lower: str) -> bool:
        """„gesagte“, „angesagten“; not „entgegnete“, where „ge“ is no prefix."""
        found = _INFLECTED_PARTICIPLE.search(lower)
        return found is not None and (found.start() == 0 or lower[: found.start()] in self._separable)

    def _bare_participle(self, lower: str) -> frozenset[VerbForm]:
        return (
            frozenset({"participle"})
            if lower.startswith(self._inseparable) and not lower.startswith("ge")
            else NONE
        )

    def _is_zu_form(self, lower: str, lemma: str) -> bool:
        return any(
            lower == f"{part}zu{lemma[len(part):]}" for part in self._separable if lemma.startswith(part)
        )  # fmt: skip

    def _is_unlisted_zu_form(self, lower: str) -> bool:
        """„durchzuhalten“, where the word list has no such verb; „hinzufügen“ is none."""
        part = next((part for part in self._separable if lower.startswith(part)), "")
        rest = lower[len(part) :] if part else ""
        return rest.startswith("zu") and len(rest) > _SHORTEST_ZU and rest.endswith(("en", "eln", "ern"))

    def _is_participle(self, lower: str, lemma: str) -> bool:
        if not lower.endswith(("t", "en")):
            return False
        if lower.startswith(self._inseparable) and not lower.startswith("ge") and not lower.endswith("ten"):
            return True
        stem = lower
        for part in self._separable:
            if lemma.startswith(part) and lower.startswith(part):
                stem = lower[len(part) :]
                break
        if stem.startswith("ge") and not lemma.startswith("ge"):
            return True
        return (stem.startswith(self._inseparable) or lower.endswith("iert")) and not lower.endswith(("ten",))

    def _ambiguous(self, lower: str, lemma: str) -> bool:
        """„verletzt“ is third person or participle; „begonnen“ and „gesagt“ are participles alone."""
        doubtful = lower.startswith(self._inseparable) or lower.endswith("iert")
        return (
            lower.endswith("t") and doubtful and not (lower.startswith("ge") and not lemma.startswith("ge"))
        )

    def _english_forms(self, lower: str, lemma: str) -> frozenset[VerbForm]:
        if lower in self._past:
            return frozenset({"indicative", "participle"})
        if lower.endswith("ing") or lower == lemma:
            return NONE
        if lower.endswith("ed"):
            return frozenset({"indicative", "participle"})
        return (
            frozenset({"indicative"})
            if lower.endswith("s") and lemma + "s" in (lower, lower[:-2] + "s")
            else NONE
        )


def _infinitives_of(lower: str) -> tuple[str, ...]:
    """„gehe“ → gehen; „fordere“ → fordern; „handle“ → handeln."""
    return lower + "n", lower[:-1] + "n", f"{lower[:-2]}e{lower[-2]}n"


def _listed_forms(table: Mapping[str, Any]) -> dict[str, frozenset[VerbForm]]:
    found: dict[str, set[VerbForm]] = {}
    for verb in table["verb"]:
        for kind in _KINDS:
            for form in verb.get(kind, ()):
                found.setdefault(form, set()).add(kind)
    for form in table["strong"].get("base", ()):
        found.setdefault(form, set()).update(("plural", "infinitive"))
    for form in table["strong"].get("participles", ()):
        found.setdefault(form, set()).add("participle")
    for form in table["strong"].get("plural_participles", ()):
        found.setdefault(form, set()).update(("participle", "plural"))
    for form in table["strong"]["subjunctive2"]:
        found.setdefault(form, set()).add("subjunctive2")
        plain = not set(form) & set("äöü")
        found.setdefault(form + "n", set()).add("both" if plain else "subjunctive2")
    return {form: frozenset(kinds) for form, kinds in found.items()}
