"""Whether a word is a verb in the present or in the preterite, by its listed infinitive and the endings of the language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from lagebild.lang.lexicon import Lexicon, lexicon

__all__ = ["VerbForms"]

_KEPT = 50_000  # words whose form is remembered; a hostile text has more different ones than a language


class VerbForms:
    """Verb forms of one language; `told` is the table `verb_forms` of its times.toml. Without a table no word is a verb form.

    Present: the stem with an ending („kommt“), with another vowel in strong verbs („fährt“, „liest“, „hält“), the infinitive
    as plural („finden“). Preterite: any other form of a listed verb, unless its ending says otherwise („sang“, „lagen“).
    Participles are left to the caller.
    """

    def __init__(self, language: str, told: Mapping[str, Any] | None) -> None:
        self._words: Lexicon | None = lexicon(language) if told else None
        told = told or {}
        self._infinitive = tuple((end, dropped) for end, dropped in told.get("infinitive", ()))
        self._present = tuple(told.get("present", ()))
        self._irregular = tuple(told.get("irregular_present", ()))
        self._vowels = tuple((old, new) for old, new in told.get("vowels", ()))
        self._no_preterite = tuple(told.get("no_preterite", ()))
        self._never = frozenset(told.get("never", ()))
        self.form = lru_cache(_KEPT)(self._form)

    def _form(self, word: str) -> Literal["present", "past"] | None:
        """The tense of a word in small letters; None for words that are no verb form, and for participles in -end."""
        if self._words is None or len(word) < 3 or not word.islower() or word in self._never:
            return None
        lemma = self._words.listed_lemma(word)
        if not lemma.endswith(tuple(end for end, _ in self._infinitive)) or not self._is_verb(
            lemma, self._words
        ):
            return None
        if word == lemma or word.endswith(self._irregular) or word in self._presents(lemma):
            return "present"
        return None if word.endswith(self._no_preterite) else "past"

    def is_strong(self, word: str) -> bool:
        """Whether a listed verb form is that of a strong verb, so that its third person is no participle („entscheidet“)."""
        if self._words is None:
            return False
        lemma, words = self._words.listed_lemma(word), self._words
        if not lemma.endswith(tuple(end for end, _ in self._infinitive)):
            return False
        return not any(words.listed_lemma(f"{form}e") == lemma for form in self._presents(lemma))

    def _is_verb(self, lemma: str, words: Lexicon) -> bool:
        """Adjectives end in -en too („offen“): a verb has a listed third person."""
        return any(words.listed_lemma(form) == lemma for form in self._presents(lemma))

    def _presents(self, lemma: str) -> Iterator[str]:
        stem = next(lemma.removesuffix(dropped) for end, dropped in self._infinitive if lemma.endswith(end))
        yield from (f"{stem}{ending}" for ending in self._present)
        for old, new in self._vowels:
            if old in stem:
                other = new.join(stem.rsplit(old, 1))
                yield from (f"{other}{ending}" for ending in self._present)
                yield other
