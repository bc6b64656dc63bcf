"""Names told by runs of words with capitals, by single words and by the words beside them."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.annotate.name_facts import Facts
from lagebild.annotate.name_reading import Reading
from lagebild.annotate.name_shapes import INITIAL, ROMAN, Evidence, Found, Word

__all__ = ["Runs"]

_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûаеёиоуыэюяіїє")


class Runs(Reading):
    """The names of a document that no list and no pattern tells."""

    def _run(self, row: int, words: list[Word], place: int) -> Found | None:
        right = self._run_end(words, place)
        if right == place:
            return None
        evidence = self._several(words, place, right) if right - place > 1 else self._single(words, place)
        return (
            self._found(row, words, place, right, [*evidence, *self._neighbours(words, place, right)])
            if evidence
            else None
        )

    def _several(self, words: list[Word], left: int, right: int) -> list[Evidence]:
        run = words[left:right]
        forms = " ".join(word.form for word in run)
        heads = [word for word in run if word.facts.org_head]
        places = self.names.places
        stem = forms.removesuffix("s")
        if (
            not run[0].facts.given
            and len(forms) < 60
            and (places.knows(forms) or (stem != forms and places.knows(stem)))
        ):
            return [("LOC", 0.8, "gazetteer", forms)]
        if heads and (heads[-1] is run[-1] or heads[-1].facts.english) and not run[0].facts.given:
            return [("ORG", 0.8, "organisation_noun", heads[-1].form)]
        if run[-1].form in self.names.heads and not run[0].facts.given:
            return [(self.names.heads[run[-1].form], 0.7, "name_noun", run[-1].form)]
        if run[0].facts.given or INITIAL.match(run[0].form):
            return [("PER", 0.9, "given_name", run[0].form)]
        if any(word.facts.given for word in run):
            return [("PER", 0.7, "given_name", next(word.form for word in run if word.facts.given))]
        english = sum(word.facts.english and not word.facts.given for word in run)
        if self.names.language != "en" and english * 2 >= len(run):
            return [("MISC", 0.5, "foreign_title", forms), ("ORG", 0.45, "foreign_title", forms)]
        if run[-1].facts.place >= 3 and run[0].facts.place < 3 and len(run) == 2:
            return [("ORG", 0.55, "name_with_place", forms)]
        unknown = sum(word.facts.common == 0 for word in run)
        if unknown == 0 and run[0].first:
            return []
        if self.names.language == "en" and all(word.facts.small for word in run):
            return [("ORG", 0.5, "ordinary_words", forms), ("MISC", 0.3, "ordinary_words", forms)]
        return [("PER", 0.6 if unknown > 1 else 0.5, "unknown_words", forms)]

    def _single(self, words: list[Word], place: int) -> list[Evidence]:
        word = words[place]
        facts = word.facts
        if INITIAL.match(word.form) or ROMAN.match(word.form):
            return []
        if any(letter.isdigit() for letter in word.form):
            return [("MISC", 0.3, "capital", word.form)]
        if (
            word.form[:1].isupper()
            and any(letter.isupper() for letter in word.form[2:])
            and word.form[1:2].islower()
            and "-" not in word.form
            and "/" not in word.form
        ):
            return [("ORG", 0.5, "inner_capital", word.form)]
        if facts.acronym:
            return [("ORG", 0.55, "acronym", word.form)] if not word.first or facts.common == 0 else []
        bare = self.lands.facts(word.form[:-1]) if word.form.endswith("s") else Facts()
        place_rank = max(facts.place, bare.place if bare.common < 2 else 0)
        evidence: list[Evidence] = []
        if facts.given or bare.given:
            evidence.append(
                ("PER", 0.25 if word.form in self.names.weak_given else 0.6, "given_name", word.form)
            )
        if place_rank >= 3:
            doubtful = (
                place_rank == 3 and facts.common == 1 and place > 0 and self._noun_context(words[place - 1])
            )
            reason = "adjective_in_document" if self.lands.has(word.form) else "gazetteer"
            evidence.append(("LOC", 0.35 if doubtful else 0.85, reason, word.form))
        elif place_rank:
            weights = (0.4, 0.6) if facts.common == 0 else (0.3, 0.4)
            evidence.append(("LOC", weights[place_rank - 1], "gazetteer", word.form))
        if facts.common < 2 and word.form.endswith(self.names.place_endings) and len(word.form) > 5:
            evidence.append(
                ("LOC", 0.5 if facts.common == 0 or place_rank else 0.2, "place_ending", word.form)
            )
        if facts.common == 0 and not facts.given and word.form.endswith(self.names.land_likely):
            return [*evidence, ("LOC", 0.55, "place_ending", word.form)]
        if facts.common == 1 and not any(item[1] > 0.3 for item in evidence):
            return self._listed_without_plural(words, place, evidence)
        if facts.common == 0 and not (facts.english and self.names.language != "en"):
            known_shape = any(letter in _VOWELS for letter in word.form.lower()) and len(word.form) > 2
            weight = 0.2 if not known_shape else 0.3 if word.first or place_rank > 1 else 0.46
            evidence.append(("PER", weight, "unknown_word", word.form))
        elif self.names.language == "en" and not word.first:
            evidence.append(("MISC", 0.4, "capital", word.form))
        return evidence

    def _listed_without_plural(
        self, words: list[Word], place: int, evidence: list[Evidence]
    ) -> list[Evidence]:
        """A word that the list has without a plural: a surname or a mass noun; the words beside it must decide."""
        doubtful = words[place].first or (place > 0 and self._noun_context(words[place - 1]))
        return [*evidence, ("PER", 0.2 if doubtful else 0.35, "surname_like", words[place].form)]

    def _noun_context(self, before: Word) -> bool:
        """An article or an adjective before a word makes it an ordinary noun rather than a name."""
        if before.form.lower() in self.names.articles:
            return True
        return (
            before.form[:1].islower()
            and self._is_small_adjective(before)
            and before.form not in self.names.particles
        )

    def _is_small_adjective(self, word: Word) -> bool:
        return word.form.endswith(("e", "en", "er", "es", "em")) and len(word.form) > 4

    def _neighbours(self, words: list[Word], left: int, right: int) -> Iterator[Evidence]:
        names, before = self.names, words[left - 1] if left else None
        after = words[right] if right < len(words) else None
        if before is not None:
            yield from self._before(before, words[left - 2] if left > 1 else None, words[left])
        if after is not None and after.joined and after.form[:1].islower() and names.saying.match(after.form):
            yield ("PER", 0.35, "saying_verb", after.form)
        if after is not None and after.joined and after.form in names.place_nouns_behind:
            yield ("LOC", 0.6, "place_noun", after.form)
        if after is not None and after.form == "," and right + 1 < len(words) and words[right + 1].facts.role:
            yield ("PER", 0.5, "role_after", words[right + 1].form)

    def _before(self, before: Word, earlier: Word | None, word: Word) -> Iterator[Evidence]:
        names = self.names
        if not word.joined:
            return
        if before.form in names.place_nouns or (
            before.capital and before.form.lower().endswith(names.place_noun_endings or "\0")
        ):
            yield ("LOC", 0.6, "place_noun", before.form)
        elif before.form in names.org_nouns or (
            before.capital and before.form.lower().endswith(names.org_noun_endings or "\0")
        ):
            yield ("ORG", 0.7, "organisation_noun_before", before.form)
        elif before.facts.role and (before.capital or names.language == "en") and word.facts.place < 4:
            yield ("PER", 0.75, "role_before", before.form)
        elif before.form.lower() in names.place_prepositions:
            yield ("LOC", 0.5, "place_preposition", before.form)
        elif (
            earlier is not None
            and before.form in names.of_words
            and earlier.form.lower().endswith(names.places_of)
        ):
            yield ("LOC", 0.6, "place_noun", earlier.form)
        elif before.form.lower() in names.weak_place_prepositions and word.facts.place:
            yield ("LOC", 0.3, "place_preposition", before.form)
        elif before.form[:1].islower() and names.saying.match(before.form):
            yield ("PER", 0.35, "saying_verb", before.form)
        elif before.form.lower() in names.articles and not word.facts.given and names.language != "en":
            yield ("ORG", 0.35, "article_before", before.form)
            yield ("MISC", 0.3, "article_before", before.form)

    def _place_in_context(self, row: int, words: list[Word], place: int) -> Found | None:
        """„in Essen“, „nach Halle“: a town whose name is an ordinary word, behind a preposition without an article."""
        word = words[place]
        if not word.capital or not place or not word.joined:
            return None
        noun = words[place - 1].form
        if (
            noun in self.names.org_nouns
            and word.facts.common == 2
            and not self.names.words.knows(word.form)
            and not word.facts.role
        ):
            return self._found(row, words, place, place + 1, [("ORG", 0.6, "organisation_noun_before", noun)])
        if word.facts.place < 3 or word.facts.common < 2 or word.facts.ignored or word.facts.role:
            return None
        before = words[place - 1]
        if not word.joined or (
            before.form.lower() not in self.names.sure_prepositions
            and before.form not in self.names.place_nouns
        ):
            return None
        if place + 1 < len(words) and words[place + 1].capital and words[place + 1].joined:
            return None
        return self._found(
            row,
            words,
            place,
            place + 1,
            [("LOC", 0.55, "place_preposition", before.form), ("LOC", 0.3, "gazetteer", word.form)],
        )
