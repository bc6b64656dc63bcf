"""The words of a document's sentences: where a run of name words ends, and its base form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lagebild.annotate.name_facts import NameWords
from lagebild.annotate.name_lands import Lands
from lagebild.annotate.name_shapes import (
    APOSTROPHE_S,
    INITIAL,
    ROMAN,
    Evidence,
    Found,
    Word,
    is_shout,
    is_title_case,
    weighed,
)
from lagebild.model.marks import Words

__all__ = ["LONGEST_RUN", "Reading"]

LONGEST_RUN = 12
_OPENING = frozenset("„“\"»«‚‘'–—-•*:+|/([")


class Reading:
    """One document."""

    def __init__(self, text: str, names: NameWords, rows: Sequence[Words]) -> None:
        self.text = text
        self.names = names
        self.lands = Lands(names, dict.fromkeys(self._forms(rows)))
        self.sentences = [self._words(row) for row in rows]
        self.forms = frozenset(word.form for words in self.sentences for word in words if word.capital)

    def _forms(self, rows: Sequence[Words]) -> Iterator[str]:
        for row in rows:
            for start, end in zip(row.starts, row.ends, strict=True):
                yield self.text[start:end]

    def _words(self, row: Words) -> list[Word]:
        words: list[Word] = []
        forms = [self.text[start:end] for start, end in zip(row.starts, row.ends, strict=True)]
        shout = is_shout(forms)
        title = self.names.language == "en" and is_title_case(forms)
        first, last_end = True, -1
        for form, start, end in zip(forms, row.starts, row.ends, strict=True):
            shown = form.title() if shout and len(form) > 3 else form
            joined = last_end >= 0 and start - last_end == 1 and self.text[last_end] in " \u00a0\u202f"
            words.append(Word(shown, start, end, self.lands.facts(shown), first or shout or title, joined))
            if form[:1].isalnum():
                first = False
            elif form in _OPENING or form in ".!?…":
                first = True
            last_end = end
        return words

    def _found(
        self,
        row: int,
        words: list[Word],
        left: int,
        right: int,
        evidence: Iterable[Evidence],
        *,
        base: str = "",
        derived: bool = False,
    ) -> Found | None:
        kind, score, reasons = weighed(evidence)
        if score < 0.2:
            return None
        base = base or self._base(words, left, right)
        return Found(
            row, left, right, words[left].start, words[right - 1].end, base, kind, derived, score, reasons
        )

    def _base(self, words: list[Word], left: int, right: int) -> str:
        forms = [word.form for word in words[left:right]]
        forms[-1] = self._without_genitive(words, left, right)
        return " ".join(form for form in forms if form not in "()")

    def _without_genitive(self, words: list[Word], left: int, right: int) -> str:
        form = words[right - 1].form
        bare = APOSTROPHE_S.sub("", form)
        if bare != form:
            return bare
        if self.names.language == "en" or not form.endswith("s") or len(form) < 4 or form.isupper():
            return form
        stem = form[:-1]
        behind = words[right] if right < len(words) else None
        if right == left + 1 and behind is not None and behind.joined and self._owned(words[left], behind):
            return stem
        if stem in self.forms:
            return stem
        if form.endswith(self.names.keep_s) and not (
            self.names.words.listed_lemma(form) == stem or self.names.facts(stem).place == 4
        ):
            return form
        if self.lands.facts(stem).place >= 3 or self.names.facts(stem).given or self.names.listed((stem,)):
            return stem
        if self.names.facts(form).place >= 3 or self.names.facts(form).given or self.names.listed((form,)):
            return form
        before = words[left - 1].form if left else ""
        after = words[right] if right < len(words) else None
        noun_after = after is not None and after.capital and after.facts.common == 2
        noun_before = (
            bool(left)
            and words[left - 1].capital
            and words[left - 1].facts.common == 2
            and not words[left - 1].facts.role
        )
        return stem if before.lower() in self.names.genitive_articles or noun_after or noun_before else form

    def _owned(self, word: Word, behind: Word) -> bool:
        """„Aurentias Außenministerin“: an unknown name on -s right before a role or body is a genitive, whatever it ends in."""
        facts = self.names.facts(word.form)
        return (
            facts.common == 0
            and not facts.given
            and behind.capital
            and (behind.facts.role or behind.facts.institution)
        )

    def _is_adjective(self, word: Word) -> bool:
        form = word.form
        if not form.endswith(("e", "en", "er", "es", "em")) or len(form) < 5 or self.names.is_starter(form):
            return False
        if word.facts.nation[:1].islower():
            return True
        listed = self.names.words.listed_lemma(form.lower())
        own = self.names.words.listed_lemma(form)
        return (
            bool(listed)
            and listed != form.lower()
            and not listed.endswith("en")
            and (not own or own[:1].islower() or own.endswith("isch"))
        )

    def _namey(self, word: Word) -> bool:
        facts = word.facts
        if not word.capital or facts.ignored or facts.role or facts.nation:
            return False
        if self.names.language == "en":
            return not word.first or facts.given or facts.common < 2 or facts.place >= 3
        return facts.common < 2 or facts.given or bool(INITIAL.match(word.form))

    def _first_of_several(self, words: list[Word], place: int) -> bool:
        """English: a word at the beginning of a sentence is part of the name that goes on behind it („Siemens Energy“)."""
        word = words[place]
        if self.names.language != "en" or not word.first or not word.capital or place + 1 >= len(words):
            return False
        facts, after = word.facts, words[place + 1]
        plain = facts.ignored or facts.role or facts.nation or self.names.is_starter(word.form)
        return not plain and after.capital and after.joined and not after.first and not after.facts.ignored

    def _run_end(self, words: list[Word], place: int) -> int:
        """Where the name that starts here ends; `place` where none starts."""
        if not self._namey(words[place]) and not self._first_of_several(words, place):
            return place
        right, limit = place + 1, min(len(words), place + LONGEST_RUN)
        while right < limit:
            step = self._extension(words, place, right)
            if not step:
                break
            right += step
        return right

    def _extension(self, words: list[Word], place: int, right: int) -> int:
        """How many words from `right` on belong to the name that starts at `place`."""
        word, before = words[right], words[right - 1]
        if not word.joined:
            return 0
        named = any(it.facts.given or INITIAL.match(it.form) for it in words[place:right])
        if self._namey(word):
            if word.form == before.form or (
                INITIAL.match(before.form) and right - place == 1 and word.facts.common == 2
            ):
                return 0
            starts_anew = (
                word.facts.given
                and not before.facts.given
                and not INITIAL.match(before.form)
                and right + 1 < len(words)
                and words[right + 1].capital
                and words[right + 1].joined
            )
            both_places = (
                before.facts.place >= 3
                and word.facts.place >= 3
                and before.facts.common
                and word.facts.common
                and not named
                and not self.names.places.knows(f"{before.form} {word.form}")
            )
            return 0 if starts_anew or both_places else 1
        if word.form in self.names.name_suffixes and named:
            return 1
        ordinary = self.names.words.knows(word.form)
        givens = all(
            it.facts.given and not (ordinary and it.form in self.names.weak_given)
            for it in words[place:right]
        )
        if (
            word.capital
            and givens
            and right - place < 3
            and not word.facts.ignored
            and not word.facts.nation
            and not word.facts.role
        ):
            return 1
        if named and ROMAN.match(word.form):
            return 1
        if right == place + 1 and self._looks_like_compound(words, right):
            return 1
        if word.capital and word.facts.org_head and word.facts.english and not named:
            return 1
        return self._particles(words, place, right, named)

    def _looks_like_compound(self, words: list[Word], at: int) -> bool:
        """„Philippa Marchmont“: no word of the list, though two listed names side by side make it up, right behind a name."""
        word, before = words[at], words[at - 1]
        if (
            not word.capital
            or word.facts.role
            or word.facts.ignored
            or word.facts.nation
            or before.facts.role
        ):
            return False
        if before.facts.common or before.facts.place >= 3 or self.names.words.knows(word.form):
            return False
        return self.names.language != "en" and self.names.only_of_names(word.form)

    def _particles(self, words: list[Word], place: int, right: int, named: bool) -> int:
        length = 0
        while (
            length < 2
            and right + length < len(words)
            and words[right + length].joined
            and words[right + length].form in self.names.particles
        ):
            length += 1
        if not length or right + length >= len(words):
            return 0
        after = words[right + length]
        if not (after.joined and after.capital) or after.facts.ignored or after.facts.role:
            return 0
        if after.facts.org_head or after.facts.institution or after.form in self.names.org_nouns:
            return 0
        if words[right].form in self.names.plain_particles and not (
            named and (self._namey(after) or (right - place == 1 and self._is_adjective(after)))
        ):
            return 0
        foreign = words[right].form not in self.names.homely_particles
        return (
            length + 1
            if (named and (foreign or self._namey(after) or length > 1))
            or (foreign and after.facts.common == 0 and words[place].facts.common == 0)
            else 0
        )
