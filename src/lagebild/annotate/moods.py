"""Is a finite verb indicative or subjunctive? What its form can be (verb table), then what governs it, then the language model.

German has many forms that are both („wollten“, „machten“). In reported speech without conjunction the plural subjunctive I looks like
the indicative and the subjunctive II stands for it (Duden, Die Grammatik): there a doubtful plural is taken for a subjunctive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_MARKS = frozenset('„“”»«"')
_BEFORE_INSERTED = frozenset({",", "–", "—", *_MARKS})
_OF_FINITE = frozenset({"Number", "Person", "Tense"})
_FAR = 6  # heads climbed: a chain of clauses, and a bound


@dataclass(frozen=True)
class _Grammar:
    """What in a language says who speaks, and what opens a clause."""

    persons: Mapping[str, int]
    saying: frozenset[str]
    conditions: frozenset[str]
    comparing: frozenset[str]
    advising: frozenset[str]
    preterite_endings: tuple[str, ...]


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
    conjunctions = table["conjunctions"]
    persons = {word: int(person) for person, words in table["persons"].items() for word in words}
    return _Grammar(
        persons,
        frozenset(saying),
        frozenset(conjunctions["conditions"]),
        frozenset(conjunctions["comparing"]),
        frozenset(table["advising"]),
        tuple(table["preterite_endings"]),
    )


def settled_moods(
    forms: Sequence[str], lemmas: Sequence[str], reading: Reading, language: str | None
) -> Reading:
    """The reading with the moods that forms and clauses allow; unchanged for languages without a table of verbs."""
    code = (language or "").lower().split("-")[0]
    table = verbs(code)
    if table is None or not has_data(code, "reading"):
        return reading
    clauses = _Clauses(forms, lemmas, reading, table, _grammar(code))
    feats = [
        _with_mood(told, clauses.mood(place), clauses.bare_form(place))
        for place, told in enumerate(reading.feats)
    ]
    return replace(reading, feats=tuple(feats))


class _Clauses:
    """The verbs of one sentence, and what governs them."""

    def __init__(
        self, forms: Sequence[str], lemmas: Sequence[str], reading: Reading, table: Verbs, grammar: _Grammar
    ) -> None:
        self.forms = [form.lower() for form in forms]
        self.lemmas, self.reading = lemmas, reading
        self.nouns = [
            form[:1].isupper() and place > 0 and forms[place - 1][-1:].isalnum()
            for place, form in enumerate(forms)
        ]
        self.table, self.grammar = table, grammar
        self.below: dict[int, list[int]] = {}
        for place, head in enumerate(reading.heads):
            self.below.setdefault(head, []).append(place)
        self.told = [_feats(feats) for feats in reading.feats]
        self.quoted = list(_quotations(self.forms))
        self.moods = [self._by_form(place) for place in range(len(forms))]

    def mood(self, place: int) -> Settled | None:
        """The mood of a word; None for a word that is no finite verb."""
        possible = self.moods[place]
        if len(possible) < 2:
            return next(iter(possible), None)
        doubtful: Settled = (
            "Sub" if self.told[place].get("Mood") == "Sub" and self._is_borne_out(place) else "Ind"
        )
        return self._by_stretch(place) or self._by_clause(place) or doubtful

    def _is_borne_out(self, place: int) -> bool:
        """Whether anything but the model speaks for a subjunctive that looks like the preterite: another one, a condition, advice.

        Without it „Stattdessen entschieden sie“ and „er lehnte ab“ tell what happened.
        """
        found = self.table.readings(self.forms[place])
        if found and not any(it.mood == "Ind" and it.tense == "Past" for it in found):
            return True
        if any(it.verb in self.grammar.advising for it in found):
            return True
        hints = self.grammar.conditions | self.grammar.comparing
        return any(form in hints for form in self.forms) or {"Sub"} in self.moods

    def bare_form(self, place: int) -> str | None:
        """The `VerbForm` of a form that cannot be finite; None for other words."""
        form = self.forms[place]
        if self.moods[place] or self.told[place].get("VerbForm") != "Fin":
            return None
        return "Part" if self.table.is_participle(form) else "Inf" if self.table.is_infinitive(form) else None

    def _by_stretch(self, place: int) -> Settled | None:
        """What the other verbs of the same stretch say, in quotation marks or outside them.

        A condition without conjunction opens the stretch („Läge nichts vor, streikten sie“), or every verb that shows its mood is
        a subjunctive, but for those of saying. The verb of saying itself is none, nor one behind a comma („…, lehrte man früher“).
        """
        same = [
            it for it in range(len(self.forms)) if self.quoted[it] == self.quoted[place] and self.moods[it]
        ]
        sure = [
            it
            for it in same
            if self.moods[it] == {"Sub"} and not self._compares(it) and not self._depends(it, place)
        ]
        if not sure:
            return None
        opens = self._is_condition(sure[0])
        if not opens and (self._says(place) or self._inserted(place)):
            return "Ind"
        reported = all(self._says(it) or self._inserted(it) for it in same if self.moods[it] == {"Ind"})
        return "Sub" if opens or reported else None

    def _depends(self, place: int, on: int) -> bool:
        """Whether a clause is below the one of another verb: „sie entschieden, dass es so sein würde“ does not report the deciding."""
        anchor, at = self._anchor(on), self._anchor(place)
        for _ in range(_FAR):
            if at < 0 or at == anchor:
                return at >= 0 and self._anchor(place) != anchor and self._has_mark(place)
            at = self.reading.heads[at]
        return False

    def _has_mark(self, place: int) -> bool:
        """Opened by a conjunction."""
        return any(self.reading.deprels[it] == "mark" for it in self.below.get(self._anchor(place), ()))

    def _compares(self, place: int) -> bool:
        """„…, als ginge es um ihr Leben“: says nothing of the other verbs."""
        return any(self.forms[it] in self.grammar.comparing for it in self._run(place) if it < place)

    def _is_condition(self, place: int) -> bool:
        """A subjunctive II that opens its stretch."""
        before = [it for it in range(place) if self.quoted[it] == self.quoted[place]]
        past = all(it.tense == "Past" for it in self.table.readings(self.forms[place]) if it.mood == "Sub")
        return past and not any(self.forms[it][:1].isalpha() for it in before)

    def _inserted(self, place: int) -> bool:
        """Right behind a comma or a closing quotation mark, where „sagte er“ stands."""
        return place > 0 and self.forms[place - 1] in _BEFORE_INSERTED

    def _by_form(self, place: int) -> frozenset[Settled]:
        """Every mood that the form can have here; empty for a word that is no finite verb."""
        told = self.told[place]
        said: Settled | None = next((it for it in ("Ind", "Sub", "Imp") if told.get("Mood") == it), None)
        if self.reading.upos[place] not in _VERBS or self.nouns[place]:
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
            return moods or self._unlisted(place, said, finite)
        plain = moods == {"Sub"} and not self.table.is_infinitive(self.forms[place])
        return moods if plain else frozenset()

    def _unlisted(self, place: int, said: Settled | None, finite: bool) -> frozenset[Settled]:
        """A form without a finite reading in the table: no participle or infinitive is finite, no subjunctive ends otherwise than on -e(n)."""
        form = self.forms[place]
        if not finite or self.table.is_infinitive(form) or self.table.is_participle(form):
            return frozenset()
        lemma = self.lemmas[place] if self.lemmas else ""
        if said == "Sub" and (lemma == form or not form.endswith(("e", "en")) or not lemma.endswith("n")):
            return frozenset()
        if said == "Sub" and form.endswith(self.grammar.preterite_endings):
            return frozenset({"Ind", "Sub"})
        return frozenset({said or "Ind"})

    def _person(self, place: int) -> int:
        """The person of a verb: its subject's, else what the model says, but the first only where „ich“ or „wir“ is near."""
        if self._beside_first(place):
            return 1
        subjects = self._subjects(place)
        if subjects:
            return max(1, min(self.grammar.persons.get(self.forms[it], 3) for it in subjects))
        near = self.forms[max(0, place - 3) : place + 4]
        said = self.told[place].get("Person", "3")
        if said in "12" and any(self.grammar.persons.get(form) == int(said) for form in near):
            return int(said)
        return 3

    def _beside_first(self, place: int) -> bool:
        """„ich“ or „wir“ in the same run of words without a mark."""
        return any(self.grammar.persons.get(self.forms[it]) == 1 for it in self._run(place))

    def _run(self, place: int) -> range:
        """The words around one, up to the next mark on either side."""
        left = right = place
        while left > 0 and self.forms[left - 1][:1].isalnum():
            left -= 1
        while right + 1 < len(self.forms) and self.forms[right + 1][:1].isalnum():
            right += 1
        return range(left, right + 1)

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
        particles = [self.forms[it] for it in self._run(place) if it > place]
        found |= {particle + verb for verb in found for particle in particles}
        return bool(found & self.grammar.saying)

    def _quoted(self, left: int, right: int) -> bool:
        """Quotation marks between the clause and its verb of saying: the words are the speaker's own."""
        between = self.forms[min(left, right) : max(left, right)]
        return any(form in '„“”»«"‚‘’›‹' for form in between)


def _quotations(forms: Sequence[str]) -> Iterator[int]:
    """0 for words outside quotation marks, the number of the quotation for those inside."""
    count, inside = 0, False
    for form in forms:
        if form in _MARKS:
            inside = not inside if form != "„" else True
            count += inside
        yield count if inside and form not in _MARKS else 0


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


def _with_mood(feats: str, mood: Settled | None, bare: str | None) -> str:
    """The features with that mood, as a finite verb has it; without mood for None, then with the form that it has instead."""
    told = dict(_feats(feats))
    if told.get("Mood") == mood and (bare is None if mood is None else told.get("VerbForm") == "Fin"):
        return feats
    told.pop("Mood", None)
    if mood is not None:
        told |= {"Mood": mood, "VerbForm": "Fin"}
    elif bare is not None:
        told = {name: value for name, value in told.items() if name not in _OF_FINITE} | {"VerbForm": bare}
    return "|".join(f"{name}={told[name]}" for name in sorted(told, key=str.lower))
