"""Is a finite verb indicative or subjunctive? What its form can be (verb table), then what governs it, then the language model.

German has many forms that are both („wollten“, „machten“). In reported speech without conjunction the plural subjunctive I looks like
the indicative and the subjunctive II stands for it (Duden, Die Grammatik): there a doubtful plural is taken for a subjunctive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from lagebild.lang.data import has_data, read_data
from lagebild.lang.model import Reading
from lagebild.lang.verbs import VerbReading, Verbs, verbs

__all__ = ["settled_moods"]

Settled = Literal["Ind", "Sub", "Imp"]

_VERBS = frozenset({"VERB", "AUX"})
_CARRIED = ("aux", "cop")  # their subject hangs on their head
_CLAUSES = ("ccomp", "parataxis", "root", "conj", "xcomp", "advcl", "acl")
_FAR = 6  # heads climbed: a chain of clauses, and a bound


@dataclass(frozen=True)
class _Grammar:
    """What in a language says who speaks, and what opens a clause."""

    persons: Mapping[str, int]
    saying: frozenset[str]
    conditions: frozenset[str]


@cache
def _grammar(language: str) -> _Grammar:
    table = read_data(language, "reading")
    cues = read_data(language, "cues")["group"]
    saying = {
        verb.partition(":")[0].replace("|", "").removeprefix("sich ")
        for group in cues
        if "v2" in group.get("takes", ())
        for verb in group["verbs"]
    }
    persons = {word: int(person) for person, words in table["persons"].items() for word in words}
    return _Grammar(persons, frozenset(saying), frozenset(table["conjunctions"]["conditions"]))


def settled_moods(
    forms: Sequence[str], lemmas: Sequence[str], reading: Reading, language: str | None
) -> Reading:
    """The reading with the moods that forms and clauses allow; unchanged for languages without a table of verbs."""
    code = (language or "").lower().split("-")[0]
    table = verbs(code)
    if table is None or not has_data(code, "reading"):
        return reading
    clauses = _Clauses([form.lower() for form in forms], lemmas, reading, table, _grammar(code))
    feats = [_with_mood(told, clauses.mood(place)) for place, told in enumerate(reading.feats)]
    return replace(reading, feats=tuple(feats))


class _Clauses:
    """The verbs of one sentence, and what governs them."""

    def __init__(
        self, forms: Sequence[str], lemmas: Sequence[str], reading: Reading, table: Verbs, grammar: _Grammar
    ) -> None:
        self.forms, self.lemmas, self.reading = forms, lemmas, reading
        self.table, self.grammar = table, grammar
        self.below: dict[int, list[int]] = {}
        for place, head in enumerate(reading.heads):
            self.below.setdefault(head, []).append(place)
        self.told = [_feats(feats) for feats in reading.feats]
        self.moods = [self._by_form(place) for place in range(len(forms))]

    def mood(self, place: int) -> Settled | None:
        """The mood of a word; None for a word that is no finite verb."""
        possible = self.moods[place]
        if len(possible) < 2:
            return next(iter(possible), None)
        said = self.told[place].get("Mood")
        return self._by_clause(place) or ("Sub" if said == "Sub" else "Ind")

    def _by_form(self, place: int) -> frozenset[Settled]:
        """Every mood that the form can have here; empty for a word that is no finite verb."""
        told = self.told[place]
        said: Settled | None = next((it for it in ("Ind", "Sub", "Imp") if told.get("Mood") == it), None)
        if self.reading.upos[place] not in _VERBS:
            return frozenset()
        found = self.table.readings(self.forms[place])
        finite = said is not None or told.get("VerbForm") == "Fin"
        if not found:
            return self._unlisted(place, said, finite)
        person = self._person(place)
        moods = _moods_of(found, person)
        if said == "Imp" and not self._subjects(place) and any(it.mood == "Imp" for it in found):
            return frozenset({"Imp"})
        if finite:
            return moods or frozenset({said or "Ind"})
        plain = moods == {"Sub"} and not self.table.is_infinitive(self.forms[place])
        return moods if plain else frozenset()

    def _unlisted(self, place: int, said: Settled | None, finite: bool) -> frozenset[Settled]:
        """A form without a finite reading in the table: no participle or infinitive is finite, no subjunctive ends otherwise than on -e(n)."""
        form = self.forms[place]
        if not finite or self.table.is_infinitive(form) or self.table.is_participle(form):
            return frozenset()
        if said == "Sub" and not form.endswith(("e", "en")):
            return frozenset()
        return frozenset({said or "Ind"})

    def _person(self, place: int) -> int:
        """The person of a verb: its subject's, else what the model says, but the first only where „ich“ or „wir“ is near."""
        subjects = self._subjects(place)
        if subjects:
            return max(1, min(self.grammar.persons.get(self.forms[it], 3) for it in subjects))
        near = self.forms[max(0, place - 3) : place + 4]
        said = self.told[place].get("Person", "3")
        if said in "12" and any(self.grammar.persons.get(form) == int(said) for form in near):
            return int(said)
        return 3

    def _subjects(self, place: int) -> list[int]:
        """Subjects of the verb, or of the first of a row of verbs that has one."""
        at = self._anchor(place)
        for _ in range(_FAR):
            found = [
                it for it in self.below.get(at, ()) if self.reading.deprels[it].startswith(("nsubj", "csubj"))
            ]
            if found or not self.reading.deprels[at].startswith("conj") or self.reading.heads[at] < 0:
                return found
            at = self.reading.heads[at]
        return []

    def _anchor(self, place: int) -> int:
        """The word that stands for the verb's clause: the participle of „hat gesagt“, the noun of „ist Minister“."""
        head = self.reading.heads[place]
        return head if head >= 0 and self.reading.deprels[place].startswith(_CARRIED) else place

    def _finite_of(self, anchor: int) -> Iterable[int]:
        """The finite verbs of a clause."""
        carried = (it for it in self.below.get(anchor, ()) if self.reading.deprels[it].startswith(_CARRIED))
        return (it for it in (anchor, *carried) if self.moods[it])

    def _is_subjunctive(self, anchor: int) -> bool:
        return any(self.moods[it] == {"Sub"} for it in self._finite_of(anchor))

    def _by_clause(self, place: int) -> Settled | None:
        """What the clauses around a doubtful form say; None where they say nothing."""
        anchor = self._anchor(place)
        reading = self.reading
        row = [it for it in self.below.get(anchor, ()) if reading.deprels[it].startswith("conj")]
        if reading.deprels[anchor].startswith("conj") and reading.heads[anchor] >= 0:
            row.append(reading.heads[anchor])
        if any(self._is_subjunctive(it) for it in row):
            return "Sub"
        marks = [self.forms[it] for it in self.below.get(anchor, ()) if reading.deprels[it] == "mark"]
        head = reading.heads[anchor]
        if self.grammar.conditions.intersection(marks) and head >= 0 and self._is_subjunctive(head):
            return "Sub"
        plural = self.told[place].get("Number") == "Plur"
        if plural and not marks and self._is_reported(anchor):
            return "Sub"
        return None

    def _is_reported(self, anchor: int) -> bool:
        """Without conjunction below a verb of saying, or with one beside („…, sagte er“)."""
        deprels, heads = self.reading.deprels, self.reading.heads
        above = heads[anchor]
        if above >= 0 and deprels[anchor].startswith(("ccomp", "parataxis")) and self._says(above):
            return not self._quoted(anchor, above)
        return any(
            self._says(it) and not self._quoted(anchor, it)
            for it in self.below.get(anchor, ())
            if deprels[it].startswith("parataxis")
        )

    def _says(self, place: int) -> bool:
        lemma = self.lemmas[place] if self.lemmas else ""
        found = {lemma, *(it.verb for it in self.table.readings(self.forms[place]))}
        particles = [
            self.forms[it] for it in self.below.get(place, ()) if self.reading.deprels[it] == "compound:prt"
        ]
        for particle in particles:
            found |= {particle + verb for verb in found}
        return bool(found & self.grammar.saying)

    def _quoted(self, left: int, right: int) -> bool:
        """Quotation marks between the clause and its verb of saying: the words are the speaker's own."""
        between = self.forms[min(left, right) : max(left, right)]
        return any(form in '„“”»«"‚‘’›‹' for form in between)


def _moods_of(found: Iterable[VerbReading], person: int) -> frozenset[Settled]:
    """The moods of a form in a person. Present forms that are both count as indicative: nobody hears the other."""
    here = [it for it in found if it.person == person and it.mood != "Imp"] or [
        it for it in found if it.mood != "Imp"
    ]
    indicative = {(it.tense, it.plural) for it in here if it.mood == "Ind"}
    subjunctive = [
        it
        for it in here
        if it.mood == "Sub" and not (it.tense == "Pres" and ("Pres", it.plural) in indicative)
    ]
    return frozenset(
        [*(["Ind"] if indicative else []), *(["Sub"] if subjunctive else [])]  # type: ignore[list-item]
    )


@cache
def _feats(feats: str) -> Mapping[str, str]:
    return dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)


def _with_mood(feats: str, mood: Settled | None) -> str:
    """The features with that mood, as a finite verb has it; without mood for None."""
    told = dict(_feats(feats))
    if told.get("Mood") == mood and (mood is None or told.get("VerbForm") == "Fin"):
        return feats
    told.pop("Mood", None)
    if mood is not None:
        told |= {"Mood": mood, "VerbForm": "Fin"}
    return "|".join(f"{name}={told[name]}" for name in sorted(told, key=str.lower))
