"""What the lexicons say about one word: given name, place, institution, role, ordinary word. Nothing about its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.gazetteer import Gazetteer
from lagebild.lang.lexicon import LONGEST, Lexicon, lexicon
from lagebild.model.marks import MentionKind

__all__ = ["Facts", "NameWords", "name_words"]

_KEPT = 200_000
_PLURALS = ("e", "en", "n", "er", "es")
_SPELLINGS = (("ss", "ß"), ("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("Ae", "Ä"), ("Oe", "Ö"), ("Ue", "Ü"))
_UMLAUTS = {"a": "ä", "o": "ö", "u": "ü"}
_STEM_ENDINGS = ("ens", "en", "er", "es", "em", "e", "s", "n")
_CITY = 100_000
_TOWN = 15_000
_KINDS: tuple[MentionKind, ...] = ("PER", "ORG", "LOC", "MISC")


@dataclass(frozen=True)
class Facts:
    """One word. `common`: 0 not in the word list, 1 there without plural (places, surnames, mass nouns), 2 an ordinary word.

    `place`: 0 none, 1 a village or a name that only looks alike, 2 a town of that very name, 3 a city or region, 4 a country.
    """

    common: int = 0
    small: bool = False
    given: bool = False
    place: int = 0
    role: bool = False
    ignored: bool = False
    acronym: bool = False
    english: bool = False
    nation: str = ""
    institution: bool = False
    org_head: bool = False


class NameWords:
    """The word facts of one language; answers are kept, up to a bound."""

    def __init__(self, language: str) -> None:
        table = read_data(language, "names")
        context: Mapping[str, Any] = table["context"]
        self.language = language
        self.words = _word_list(language)
        self.english = _word_list("en") if language != "en" else None
        self.places = Gazetteer.open()
        self.given = frozenset(read_data("de", "given_names")["names"])
        self.ignore = frozenset(table["ignore"])
        self.roles = tuple(table["role_endings"])
        self.org_heads = frozenset(table["org_heads"])
        self.legal_forms = frozenset(table["legal_forms"])
        self.club_words = frozenset(table["club_words"])
        self.institutions = frozenset(table["institutions"])
        self.heads: dict[str, MentionKind] = {
            word: kind for kind in _KINDS for word in table["heads"].get(kind, ())
        }
        self.place_nouns = frozenset(context["place_nouns"])
        self.org_nouns = frozenset(context["org_nouns"])
        self.place_prepositions = frozenset(context["place_prepositions"])
        self.weak_place_prepositions = frozenset(context["weak_place_prepositions"])
        self.articles = frozenset(context["articles"])
        self.particles = frozenset(context["particles"])
        self.saying = re.compile("|".join(context["saying"]))
        self.noun_endings = tuple(context["noun_endings"])
        self.weak_given = frozenset(context["weak_given"])
        self.place_noun_endings = tuple(context["place_noun_endings"])
        self.org_noun_endings = tuple(context["org_noun_endings"])
        self.local_nouns = frozenset(context["local_nouns"])
        self._starters = frozenset(read_data(language, "sentences")["starters"])
        self.place_endings = tuple(context["place_endings"])
        self.work_nouns = frozenset(context["work_nouns"])
        self.keep_s = tuple(context["keep_s"])
        self._endings = tuple(context["adjective_endings"])
        self._prefixes = tuple(context["derived_prefixes"])
        self._derived: dict[str, str] = {word.lower(): word for word in context["derived_words"]}
        self.plain_particles = frozenset(context["plain_particles"])
        self.homely_particles = frozenset(context["homely_particles"])
        self.genitive_articles = frozenset(context["genitive_articles"])
        self.name_suffixes = frozenset(context["name_suffixes"])
        self.sure_prepositions = frozenset(context["sure_prepositions"])
        self._not_derived = frozenset(context["not_derived"])
        self.demonyms = bool(context["demonyms"])
        self.place_prefixes = frozenset(context["place_prefixes"])
        self.land_endings = tuple(context["land_endings"])
        self.land_derived: dict[str, str] = {
            ending + more: ending
            for ending in context["land_derived"]
            for more in ("", *context["land_inflections"])
        }
        self.land_likely = tuple(context["land_likely"])
        self.of_words = frozenset(context["of_words"])
        self.places_of = tuple(context["places_of"]) or ("\0",)
        self.place_nouns_behind = frozenset(context["place_nouns_behind"])
        self.company_nouns = frozenset(context["company_nouns"])
        self.company_tails = tuple(context["company_tails"])
        elsewhere = [
            read_data(code, "names")["known"]
            for code in LANGUAGES
            if code != language and has_data(code, "names")
        ]
        shared = {
            kind: [name for other in elsewhere for name in other.get(kind, ())] for kind in ("PER", "ORG")
        }
        self.known, self.longest_known = _known_names([shared, table["known"]])
        self._facts: dict[str, Facts] = {}
        self._nations: dict[str, str] = {}

    @staticmethod
    def digest() -> str:
        """Names the data that the facts come from, the word lists excepted; changes with it."""
        return f"{data_digest('names', 'given_names', 'sentences')}-{Gazetteer.open().digest}"

    def facts(self, form: str) -> Facts:
        """What is known of a word in exactly this form."""
        found = self._facts.get(form)
        if found is None:
            if len(self._facts) >= _KEPT:
                self._facts.clear()
            found = self._facts[form] = self._look_up(form)
        return found

    def nation(self, form: str) -> str:
        """The base form of an adjective or inhabitant of a country, region or city („russischen“ → russisch); "" for other words."""
        found = self._nations.get(form)
        if found is None:
            if len(self._nations) >= _KEPT:
                self._nations.clear()
            found = self._nations[form] = self._derived_base(form) if 3 < len(form) <= LONGEST else ""
        return found

    def listed(self, forms: tuple[str, ...]) -> tuple[MentionKind, str] | None:
        """Kind and base form of a name on the list, inflected or not („Weißen Hauses“ → Weißes Haus)."""
        if len(forms) > 1:
            return self.known.get(tuple(_stem(form) for form in forms))
        (form,) = forms
        return self.known.get((form,)) or (
            self.known.get((form[:-1],)) if form.endswith("s") and form[-2:-1].islower() else None
        )

    def only_of_names(self, form: str) -> bool:
        """True for a compound of listed words whose last part has no plural and is no small word: „Port-alba“, „March-mont“."""
        tails = [tail.capitalize() for _, tail in self.words.splits(form)]
        return bool(tails) and all(
            self.words.listed_lemma(tail) == tail
            and not self._has_plural(tail)
            and not self.words.knows(tail.lower())
            and not tail.endswith((*self.noun_endings, *self.roles, "in"))
            for tail in tails
        )

    def is_starter(self, form: str) -> bool:
        """A word that often begins a sentence: article, pronoun, adverb, conjunction."""
        return form.lower() in self._starters

    def _look_up(self, form: str) -> Facts:
        if len(form) > LONGEST or not form:
            return Facts()
        words = self.words
        lower = form.lower().rstrip(".")
        small = (words.knows(lower) or lower in self._starters) and form != lower
        place = self._place(form) or self._place_of_genitive(form)
        given = form in self.given or ("-" in form and all(part in self.given for part in form.split("-")))
        return Facts(
            common=self._common(form, small, place),
            small=small,
            given=given,
            place=place,
            role=lower.rpartition("-")[2].endswith(self.roles),
            ignored=form.rstrip(".") in self.ignore,
            acronym=form.isupper() and 2 <= len(form) <= 6 and form.isalpha(),
            english=bool(self.english and len(form) > 3 and self.english.knows(lower)),
            nation="" if given or form in self.ignore else self.nation(form),
            institution=form in self.institutions,
            org_head=form in self.org_heads,
        )

    def _common(self, form: str, small: bool, place: int) -> int:
        words = self.words
        if place == 4:
            return 1
        if self.language == "en":
            return 2 if small or words.knows(form.lower()) else int(words.knows(form))
        listed = words.listed_lemma(form)
        tail = form.rpartition("-")[2]
        if tail != form and len(tail) > 2:
            return 0 if self.listed((form,)) else self.facts(tail[:1].upper() + tail[1:]).common
        plural = self._has_plural(form)
        if place == 3 and not small and not plural and (not listed or listed in (form, form[:-1])):
            return 1
        ending = form.endswith(self.noun_endings)
        split = (
            any(True for _ in words.splits(form))
            if listed
            else words.is_word(form) or self._old_spelling(form)
        )
        if not listed:
            own_word = ending or small or split
            return (
                0 if not own_word else 1 if place and not small and form.endswith(self.place_endings) else 2
            )
        if small or ending or listed != form:
            return 1 if listed == form[:-1] and form.endswith("s") and not self._has_plural(listed) else 2
        return 2 if plural or (split and not (place >= 2 or form.endswith(self.place_endings))) else 1

    def _old_spelling(self, form: str) -> bool:
        """A word written with ss, ae, oe, ue for ß, ä, ö, ü, as in Switzerland or on old keyboards."""
        return any(self.words.is_word(form.replace(old, new)) for old, new in _SPELLINGS if old in form)

    def _has_plural(self, form: str) -> bool:
        if any(self.words.listed_lemma(form + ending) == form for ending in _PLURALS):
            return True
        cut = max(form.rfind(letter) for letter in "aou")
        if cut < 1:
            return False
        umlaut = form[:cut] + _UMLAUTS[form[cut]] + form[cut + 1 :]
        if form[cut - 1 : cut + 1] == "au":
            umlaut = form[: cut - 1] + "äu" + form[cut + 1 :]
        return any(self.words.listed_lemma(umlaut + ending) == form for ending in ("e", "er", ""))

    def _place_of_genitive(self, form: str) -> int:
        rank = self._place(form[:-1]) if form.endswith("s") and len(form) > 4 else 0
        return rank if rank >= 3 and self.words.knows(form[:-1]) else 0

    def _place(self, form: str) -> int:
        if self.places.words.country_named(form) or self.places.words.area(form):
            return 4
        found = self.places.find(form)
        if not found:
            return 0
        if self.places.words.exonym(form) or self.places.words.seat_of(form):
            return 3
        people = max(place.population for place in found)
        return 3 if people >= _CITY and len(form) > 3 else 2 if people >= _TOWN and len(form) > 3 else 1

    def _derived_base(self, form: str) -> str:
        if form in self._not_derived:
            return ""
        if listed := self._listed_derived(form.lower()):
            return listed
        if self.places.words.country_named(form) or self.places.words.country_named(form.removesuffix("s")):
            return ""
        if self.places.words.country_of(form):
            return self._base_of_derived(form)
        for prefix in self._prefixes:
            rest = form.lower().removeprefix(prefix).lstrip("-")
            if (
                rest != form.lower()
                and "sch" in rest
                and form[0].islower()
                and self.places.words.country_of(rest)
            ):
                return self._base_of_derived(form)
        if self.demonyms and form[0].isupper() and form.endswith(("er", "ern", "erin", "erinnen", "ers")):
            return self._demonym(form)
        return ""

    def _listed_derived(self, lower: str) -> str:
        if lower in self._derived:
            return str(self._derived[lower])
        for ending in (*self._endings, "n", "s", "innen", "in"):
            if lower.endswith(ending) and lower.removesuffix(ending) in self._derived:
                return str(self._derived[lower.removesuffix(ending)])
        return ""

    def _base_of_derived(self, form: str) -> str:
        if form[0].isupper() and (lemma := self.words.listed_lemma(form)) and lemma[0].isupper():
            return lemma
        for ending in self._endings:
            stem = form.removesuffix(ending)
            if stem != form and stem.lower().endswith("sch"):
                return str(stem[:1].lower() + stem[1:] if stem[1:2].islower() else stem)
        if not form[0].isupper():
            return str(next((form.removesuffix(it) for it in self._endings if form.endswith(it)), form))
        return form.removesuffix("n") if form.endswith("ern") else form

    def _demonym(self, form: str) -> str:
        """„Moskauer“ → Moskauer: the city with or without what the ending took from it („Dresdner“, „Bremer“, „Zürcher“)."""
        base: str = next(
            form.removesuffix(end) + "er"
            for end in ("erinnen", "erin", "ern", "ers", "er")
            if form.endswith(end)
        )
        stem = base[:-2]
        unheard = base != form and not self.words.knows(base)
        if unheard or len(stem) < 3 or (self.words.knows(form) and self._ordinary_agent(base)):
            return ""
        stems = (stem, stem + "en", stem + "e", stem[:-1] + "en" if stem.endswith("n") else stem)
        return base if any(self.words.knows(it) and self._place(it) >= 3 for it in stems) else ""

    def _ordinary_agent(self, base: str) -> bool:
        """„Sprecher“, „Halter“: an agent noun, whatever town is called like its stem."""
        stem = base[:-2].lower()
        return any(self.words.knows(stem + ending) for ending in ("en", "n", "eln"))


def _word_list(language: str) -> Lexicon:
    found = lexicon(language)
    assert found is not None, "names.toml without a word list"
    return found


def _stem(form: str) -> str:
    stem = form.lower()
    while shorter := next(
        (stem.removesuffix(it) for it in _STEM_ENDINGS if stem.endswith(it) and len(stem) - len(it) > 2), ""
    ):
        stem = shorter
    return stem


def _known_names(
    tables: Iterable[Mapping[str, Iterable[str]]],
) -> tuple[dict[tuple[str, ...], tuple[MentionKind, str]], int]:
    known: dict[tuple[str, ...], tuple[MentionKind, str]] = {}
    for kind, names in ((kind, table.get(kind, ())) for table in tables for kind in _KINDS):
        for name in names:
            forms = name.split()
            known[tuple(_stem(form) for form in forms) if len(forms) > 1 else (name,)] = (kind, name)
    return known, max(len(key) for key in known)


@cache
def name_words(language: str | None) -> NameWords | None:
    """The name words of a language; where the language is not known those of the first with data; None for others."""
    code = (language or LANGUAGES[0]).lower().split("-")[0]
    return NameWords(code) if code in LANGUAGES and has_data(code, "names") else None
