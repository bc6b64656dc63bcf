"""What introduces the words of others: verbs, nouns and prepositions from `lang/*/cues.toml`, and how they are found in a clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from lagebild.lang.data import read_data
from lagebild.model.speech import Distance, Stance
from lagebild.quote.clauses import Clause, Frame, Grammar

__all__ = ["NO_ENTRY", "Cue", "CueEntry", "CueLexicon", "find_cue"]


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A verb of the lexicon. `parts` are the words split off from it; `objects` how a noun phrase may be its words."""

    verb: str
    parts: tuple[tuple[str, ...], ...]
    reflexive: bool
    stance: Stance
    distance: Distance
    takes: frozenset[str]
    objects: tuple[str, ...]
    loose: bool
    group: str
    needs: str = ""
    quoted: bool = False
    impersonal: bool = False
    part_words: frozenset[str] = frozenset()

    @property
    def paired(self) -> bool:
        """True where its words are an object with what it is called („bezeichnete X **als** Y“)."""
        return any(kind.startswith("+") for kind in self.objects)


NO_ENTRY = CueEntry("", (), False, "assert", "neutral", frozenset({"quote"}), (), True, "unknown")
"""For a verb that is in no lexicon."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb in a clause: `words` are indices of the frame's tokens, `verb` that of the finite verb (or auxiliary).

    `any_subject`: the subject need not be able to speak.
    """

    clause: int
    entry: CueEntry
    verb: int
    words: tuple[int, ...]
    passive: bool
    last_clause: int
    any_subject: bool = False


class CueLexicon:
    """The cues of one language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.by_verb: dict[str, list[CueEntry]] = {}
        for group in table["group"]:
            for written in group["verbs"]:
                self._add(written, group)
        for entries in self.by_verb.values():
            entries.sort(key=lambda entry: (not entry.needs, -len(entry.parts) - entry.reflexive))
        self.forms = {form: verb for verb in sorted(self.by_verb) for form in _weak_forms(verb, table)}
        self.nouns: dict[str, tuple[Stance, Distance]] = {
            noun: (group["stance"], group["distance"])
            for group in table["noun_group"]
            for noun in group["nouns"]
        }
        sources = table["prepositions"]
        self.before = frozenset(sources["before"])
        self.after = frozenset(sources["after"])
        self.nach = tuple(sources["nach"])
        self.nach_nouns = frozenset(sources["nach_nouns"])
        self.aus_nouns = frozenset(sources["aus_nouns"])
        self.endings = tuple(sources["endings"])
        self.hearsay_endings = tuple(sources["hearsay_endings"])
        self.circle_endings = tuple(sources["circle_endings"])
        self.own = frozenset(sources["own"])
        self.hearsay = frozenset(sources["hearsay"])
        self.back = frozenset(sources["back"])
        self.so = frozenset(sources["so"])
        self.so_nouns = frozenset(sources["so_nouns"])
        self.doubt = frozenset(sources["doubt"])
        self.behind = frozenset(sources["behind"])
        self.there = tuple(sources["there"])
        self.silence = {name: frozenset(words) for name, words in table["silence"].items()}
        self.events = {verb: tuple(ends) for verb, ends in table["events"].items()}
        self.learning = frozenset(table["hearsay"]["learning"])
        self.soll = frozenset(table["hearsay"]["soll"])
        self.will = frozenset(table["hearsay"]["will"])
        self.from_documents = frozenset(table["hearsay"]["from_documents"])

    @classmethod
    def load(cls, language: str) -> CueLexicon:
        """The lexicon of a language. Raises FileNotFoundError where it has no `cues.toml`."""
        return cls(read_data(language, "cues"))

    def may_be(self, lemma: str) -> bool:
        """True where a lemma is a cue, at least with a part split off."""
        return lemma in self.by_verb

    def _add(self, written: str, group: Mapping[str, Any]) -> None:
        name, *objects = written.split(":")
        *parts, verb = name.split("|")
        reflexive = (parts[0] if parts else verb).startswith("sich ")
        if reflexive and parts:
            parts[0] = parts[0].removeprefix("sich ")
        verb = verb.removeprefix("sich ")
        if " " in verb:
            verb, particle = verb.split(" ", 1)
            parts = [particle]
        entry = CueEntry(
            verb, tuple(tuple(part.split()) for part in parts), reflexive, cast(Stance, group["stance"]),
            cast(Distance, group["distance"]), frozenset(group["takes"]), tuple(word.lstrip("!") for word in objects), bool(group.get("loose")), group["name"],
            next((word[1:] for word in objects if word.startswith("!")), ""), verb in group.get("quoted_passive", ()),
            verb in group.get("impersonal", ()), frozenset(word.lower() for part in parts for word in part.split()),
        )  # fmt: skip
        known = self.by_verb.setdefault(verb, [])
        if all(
            (other.parts, other.reflexive, other.needs) != (entry.parts, reflexive, entry.needs)
            for other in known
        ):
            known.append(entry)
        if len(parts) == 1 and " " not in parts[0]:
            joined = self.by_verb.setdefault(parts[0] + verb, [])
            if all(other.parts or other.reflexive != reflexive for other in joined):
                joined.append(replace(entry, verb=parts[0] + verb, parts=(), part_words=frozenset()))


def _weak_forms(verb: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Forms of a weak verb that word lists take for participles („entgegnet“, „bejahte“)."""
    rules = table["weak"]
    for ending in rules["infinitive"]:
        if verb.endswith(ending) and len(verb) > len(ending) + 2:
            stem = verb.removesuffix(ending)
            link = rules["link"] if stem.endswith(tuple(rules["linked"])) else ""
            yield from (f"{stem}{link}{end}" for end in rules["ends"])
            return


def find_cue(frame: Frame, number: int, cues: CueLexicon, grammar: Grammar) -> Cue | None:
    """The cue verb of clause `number`: finite, or a participle with its auxiliary, or at the end after „wie“ or in „dass“ clauses."""
    clause = frame.clauses[number]
    adding = _adding(frame, clause, cues, grammar)
    if adding is not None:
        return _matched(frame, number, clause.first, clause.first, number, False, cues, grammar)
    if clause.verb is None:
        return None
    last_clause = _reach(frame, number, grammar)
    verb = clause.verb
    passive = False
    token = frame.tokens[verb]
    if any(
        start <= token.start < end for start, end in frame.marked
    ):  # the text quotes the verb, it does not say it
        return None
    if grammar.has("auxiliaries", token.lemma):
        found = _participle(frame, clause, verb, token.lemma, cues, grammar)
        if found is not None:
            head, passive = found
            return _matched(frame, number, head, verb, last_clause, passive, cues, grammar)
    if token.lemma in cues.by_verb:
        return _matched(frame, number, verb, verb, last_clause, passive, cues, grammar)
    return None


def _adding(frame: Frame, clause: Clause, cues: CueLexicon, grammar: Grammar) -> int | None:
    """“…, **adding** that the fire was out”: a participle that goes on with the subject of the clause before."""
    token = frame.tokens[clause.first]
    if (
        grammar.verb_second
        or clause.after not in (",", "—", "–")
        or not grammar.ends("going_on_ends", token.lower)
    ):
        return None
    if not any(not entry.loose for entry in cues.by_verb.get(token.lemma, ())):
        return None
    return clause.first


def _reach(frame: Frame, number: int, grammar: Grammar) -> int:
    """The last clause over which a cue clause runs on: appositions, relative clauses and its particle („teilte X, der …, mit“)."""
    last = number
    for k in range(number + 1, min(number + 5, len(frame.clauses))):
        clause = frame.clauses[k]
        if (
            clause.kind in ("frag", "rel", "purpose")
            and clause.after in (",", "–", "(", ")", "—")
            and not clause.after.startswith("quote")
        ):
            last = k
        else:
            break
    while last > number and frame.clauses[last].kind == "rel" and not _that_after(frame, last):
        last -= 1
    return last


def _that_after(frame: Frame, number: int) -> bool:
    return number + 1 < len(frame.clauses) and frame.clauses[number + 1].kind == "that"


def _participle(
    frame: Frame, clause: Clause, verb: int, auxiliary: str, cues: CueLexicon, grammar: Grammar
) -> tuple[int, bool] | None:
    order = (
        range(clause.last - 1, clause.first - 1, -1)
        if grammar.verb_second
        else range(verb + 1, min(clause.last, verb + 4))
    )
    for k in order:
        token = frame.tokens[k]
        if (
            token.kind != "word"
            or k == verb
            or grammar.has("passive_marks", token.lower)
            or grammar.has("comparing", frame.tokens[k - 1].lower)
        ):
            continue
        if token.lemma in cues.by_verb and "participle" in grammar.moods.forms_of(token.lower, token.lemma):
            worden = any(
                grammar.has("passive_marks", other.lower)
                for other in frame.tokens[clause.first : clause.last]
            )
            if (
                grammar.has("state_auxiliaries", auxiliary) and not worden
            ):  # „ist widerlegt“ tells a state, nobody says it
                return None
            return k, grammar.has("passive_auxiliaries", auxiliary) or worden
        if grammar.verb_second and k < clause.last - 3:
            break
    return None


def _matched(
    frame: Frame,
    number: int,
    head: int,
    verb: int,
    last_clause: int,
    passive: bool,
    cues: CueLexicon,
    grammar: Grammar,
) -> Cue | None:
    clause = frame.clauses[number]
    near = frozenset(token.lower for token in frame.tokens[clause.first : frame.clauses[last_clause].last])
    for entry in cues.by_verb[frame.tokens[head].lemma]:
        if not near.issuperset(entry.part_words):
            continue
        words = _parts(frame, clause, last_clause, head, entry, grammar)
        if words is not None and not (entry.reflexive and not _reflexive(frame, clause, grammar)):
            if entry.needs and not _has_needed(frame, clause, entry.needs, cues):
                continue
            if not entry.parts and head == verb and _other_particle(frame, clause, verb, grammar, entry):
                continue
            return Cue(number, entry, verb, tuple(sorted({head, *words})), passive, last_clause)
    return None


def _parts(
    frame: Frame, clause: Clause, last_clause: int, head: int, entry: CueEntry, grammar: Grammar
) -> tuple[int, ...] | None:
    found: list[int] = []
    last = frame.clauses[last_clause].last
    for part in entry.parts:
        size = len(part)
        places = [
            k for k in range(clause.first, last - size + 1)
            if tuple(token.lower for token in frame.tokens[k : k + size]) == tuple(word.lower() for word in part)
        ]  # fmt: skip
        if size == 1 and part[0].islower():
            places = [k for k in places if k > head and _stands_last(frame, clause, last, k, grammar)]
        if not places:
            return None
        found.extend(range(places[-1], places[-1] + size))
    return tuple(found)


def _stands_last(frame: Frame, clause: Clause, last: int, place: int, grammar: Grammar) -> bool:
    """A verb particle ends its clause; what may follow is „und“ or a phrase put after it."""
    if place + 1 in (last, clause.last) or place + 1 >= len(frame.tokens):
        return True
    following = frame.tokens[place + 1]
    return following.kind != "word" or any(
        grammar.has(name, following.lower) for name in ("coordinators", "comparing")
    )


def _has_needed(frame: Frame, clause: Clause, needed: str, cues: CueLexicon) -> bool:
    if needed.startswith("."):  # „erklärte das Fest **für** beendet“: right before the last word
        return clause.last - clause.first > 2 and frame.tokens[clause.last - 2].lower == needed[1:]
    words = {token.lower for token in frame.tokens[clause.first : clause.last]}
    return bool(words & {needed, *(there + needed for there in cues.there)})


def _reflexive(frame: Frame, clause: Clause, grammar: Grammar) -> bool:
    return any(grammar.has("reflexives", token.lower) for token in frame.tokens[clause.first : clause.last])


def _other_particle(frame: Frame, clause: Clause, verb: int, grammar: Grammar, entry: CueEntry) -> bool:
    """„sagte … ab“ is another verb than „sagte“."""
    token = frame.tokens[clause.last - 1]
    if clause.last - 1 == verb or token.text[:1].isupper() or not grammar.verb_second:
        return False
    return token.lower in grammar.moods.separable and not grammar.has("free_particles", token.lower)
