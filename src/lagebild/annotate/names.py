"""Names in the text: what the language model finds, what lexicons, shapes and neighbours say, and what the document shows elsewhere.

Known: `lang/*/names.toml`, given names, the gazetteer, the word lists. German writes every noun with a capital, so a word is taken
for a name because the word lists do not have it, because a list has it as a name, or because of the words beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lagebild.annotate.name_facts import NameWords, name_words
from lagebild.annotate.name_joining import joined
from lagebild.annotate.name_known import Known
from lagebild.annotate.name_model import base_of_derived, found_by_model, model_names, plain_names
from lagebild.annotate.name_patterns import Patterns
from lagebild.annotate.name_runs import Runs
from lagebild.annotate.name_shapes import ENOUGH, Found, Word
from lagebild.lang.lexicon import Lexicon
from lagebild.model.account import Reason
from lagebild.model.document import Document, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, Words
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["NameTools", "find_names"]


class NameTools:
    """The name words of each language, opened when a document needs them."""

    @classmethod
    def load(cls, settings: Settings) -> NameTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return f"{NameWords.digest()}-{Lexicon.digest()}"

    def words_of(self, language: str | None) -> NameWords | None:
        return name_words(language)


def find_names(docs: Sequence[DocView], tools: NameTools) -> Iterable[Mention]:
    """The names of each document in text order: the longest name at each place, none inside another, none over a line end.

    `base` is the name without a genitive -s, adjectives without their ending; `derived` for „russisch“, „Moskauer“, „Ukrainer“.
    `score` is how sure we are that this is a name of this kind. Without rows: documents in languages without name data.
    Left out: names of works, products and events that are not on the list and look like ordinary words.
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        text = doc.rows(Document)[0].text
        names = tools.words_of(masthead.language if masthead else None)
        for found in (
            _Reader(text, names, doc.rows(Words)).found() if names else _plain(text, doc.rows(Words))
        ):
            row_id = place_id(doc.id, "n", found.start, found.end)
            yield Mention(
                row_id,
                doc.id,
                found.start,
                found.end,
                found.base,
                found.kind,
                found.derived,
                found.score,
                found.reasons,
            )


def _plain(text: str, rows: Sequence[Words]) -> list[Found]:
    return [found for found in plain_names(text, rows) if found.score >= ENOUGH]


class _Reader(Patterns, Runs):
    """One document, in two passes."""

    def __init__(self, text: str, names: NameWords, rows: Sequence[Words]) -> None:
        super().__init__(text, names, rows)
        self.rows = rows

    def names_of_sentence(self, row: int) -> list[Found]:
        """What rules and the model find in a sentence; in a sentence of another language, what the model finds."""
        language = (self.rows[row].language or self.names.language).split("-")[0]
        rules = self._by_rules(row) if language == self.names.language else ()
        return joined(list(rules), list(self._by_model(row)))

    def _by_rules(self, row: int) -> Iterator[Found]:
        words, place = self.sentences[row], 0
        while place < len(words):
            found = self._at(row, words, place)
            if found is None:
                place += 1
            else:
                yield found
                place = max(found.right, place + 1)

    def _by_model(self, row: int) -> Iterator[Found]:
        words = self.sentences[row]
        lemmas = self.rows[row].lemmas
        for name in model_names(self.text, self.rows[row]):
            if name.score < ENOUGH:
                continue
            if name.derived:
                form, lemma = words[name.left].form, lemmas[name.left] if lemmas else ""
                base = words[name.left].facts.nation or base_of_derived(form, lemma)
            elif name.part:
                base = self.text[name.start : name.end]
            else:
                base = self._base(words, name.left, name.right)
            yield found_by_model(row, name, base)

    def found(self) -> list[Found]:
        """Both passes: what each sentence shows, then what the sure names of the document say about the others."""
        seen = [found for row in range(len(self.sentences)) for found in self.names_of_sentence(row)]
        known = Known(seen, self.names.keep_s, self.names.legal_forms)
        by_row: dict[int, list[Found]] = {}
        for found in seen:
            by_row.setdefault(found.row, []).append(found)
        result: list[Found] = []
        for row in range(len(self.sentences)):
            result.extend(self._settled(row, by_row.get(row, []), known))
        return result

    def _settled(self, row: int, seen: list[Found], known: Known) -> Iterator[Found]:
        words = self.sentences[row]
        taken = {
            index
            for found in seen
            for index in range(found.left, found.right)
            if known.apply(found).score >= ENOUGH
        }
        extra: list[Found] = []
        for index, word in enumerate(words):
            if index in taken or not word.capital or word.facts.ignored or word.facts.nation:
                continue
            if entry := known.entry(word.form):
                kind, base, full = entry
                if word.facts.common == 2 and not self._could_be_surname(words, index):
                    continue
                score = known.score(base)
                reason = Reason("same_document", score, f"elsewhere: {full}")
                extra.append(
                    Found(row, index, index + 1, word.start, word.end, base, kind, False, score, (reason,))
                )
        whole = [self._whole(words, found, known) for found in seen]
        kept = [found for found in map(known.apply, whole) if found.score >= ENOUGH]
        yield from sorted([*kept, *extra], key=lambda it: it.start)

    @staticmethod
    def _whole(words: list[Word], found: Found, known: Known) -> Found:
        """„Baltika-Linie“ as a whole, where the document has that as a name elsewhere („die Reederei Baltika-Linie“)."""
        word = words[found.left]
        if (
            found.right != found.left + 1
            or found.end == word.end
            or (entry := known.entry(word.form)) is None
        ):
            return found
        kind, base, full = entry
        reason = Reason("same_document", 0.7, f"elsewhere: {full}")
        return replace(found, end=word.end, kind=kind, base=base, score=known.score(base), reasons=(reason,))

    def _could_be_surname(self, words: list[Word], index: int) -> bool:
        """An ordinary word that is somebody's surname here („Koch“): not behind an article or an adjective."""
        if index == 0:
            return len(words) > 1 and self.names.saying.match(words[1].form) is not None
        before = words[index - 1]
        if before.form.lower() in self.names.articles:
            return False
        beside = before.facts.role or before.facts.common < 2 or self.names.saying.match(before.form)
        return bool(beside) or not before.form[:1].isalpha() or self.names.is_starter(before.form)

    def _at(self, row: int, words: list[Word], place: int) -> Found | None:
        word = words[place]
        if not word.form[:1].isalpha() and word.form != "(":
            return None
        return (
            self._bracketed(row, words, place)
            or self._listed(row, words, place)
            or self._long_place(row, words, place)
            or self._capital_adjective(row, words, place)
            or self._organisation(row, words, place)
            or self._compound(row, words, place)
            or self._derived(row, words, place)
            or self._institution(row, words, place)
            or self._run(row, words, place)
            or self._place_in_context(row, words, place)
        )
