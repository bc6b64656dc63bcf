"""The words of each sentence with their base forms. Morphology and dependencies stay empty until a model fills them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.lexicon import Lexicon, lexicon
from lagebild.model.document import Document, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Sentence, Words
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["WordTools", "split_words", "word_bounds"]

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u00ad\u200c\u200d"
_RUN = f"(?:[^\\W_]|[{_MARKS}])+"
_WORD = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"„“”»«]+)"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8})"
    r"|(?P<handle>[@#]\w+)"
    r"|(?P<dotted>(?:[^\W\d_a-zäöüß]\.){2,8})"
    r"|(?P<number>\d++(?:(?:[.,:’'\u202f\u00a0]\d++)++|(?![^\W\d_]|[-‐‑][^\W\d_])))"
    rf"|(?P<word>{_RUN}(?:[-‐‑'’ʼ&*:·]{_RUN})*)"
    r"|(?P<dots>\.{2,}|…|-{2,})"
    r"|(?P<other>\S)"
)
_ROMAN = re.compile(r"(?:X{1,2}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})\Z")
_TRAILING = ".,;:!?…)]}'’"


@dataclass(frozen=True)
class WordTools:
    """Abbreviations that keep their full stop."""

    abbreviations: frozenset[str]

    @classmethod
    def load(cls, settings: Settings) -> WordTools:
        tables = [read_data(code, "sentences") for code in LANGUAGES if has_data(code, "sentences")]
        names = ("never_last", "perhaps_last")
        return cls(frozenset(word for table in tables for name in names for word in table.get(name, ())))

    @classmethod
    def digest(cls) -> str:
        return f"{data_digest('sentences')}-{Lexicon.digest()}"


def split_words(docs: Sequence[DocView], tools: WordTools) -> Iterable[Words]:
    """One row a sentence. Inner hyphens and apostrophes stay in the word (US-Präsident, geht's), marks stand alone.

    Numbers keep inner points and commas (1.000; 86,5), abbreviations, initials and ordinals their full stop unless it ends the
    sentence (`Dr.`, `z.` `B.`, `12.` März). `lemmas` is () where the document's language has no word list, "" for an unknown word.
    The other layers are ().
    """
    for doc in docs:
        text = doc.rows(Document)[0].text
        masthead = doc.get(Masthead)
        words = lexicon(masthead.language if masthead else None)
        for sentence in doc.rows(Sentence):
            bounds = tuple(word_bounds(text[sentence.start : sentence.end], tools))
            starts = tuple(sentence.start + start for start, _ in bounds)
            ends = tuple(sentence.start + end for _, end in bounds)
            forms = [text[start:end] for start, end in zip(starts, ends, strict=True)]
            row_id = place_id(doc.id, "w", sentence.start, sentence.end)
            yield Words(row_id, doc.id, sentence.id, starts, ends, _lemmas(forms, words) if words else ())


def _lemmas(forms: Sequence[str], words: Lexicon) -> tuple[str, ...]:
    """Base forms; the first word is looked up in small letters where only these are listed."""
    lemmas = []
    first = True
    for form in forms:
        if not form[:1].isalpha():
            lemmas.append("")
            continue
        small = first and form.istitle() and words.knows(form.lower())
        lemmas.append(words.lemma(form.lower() if small and not words.knows(form) else form))
        first = False
    return tuple(lemmas)


def word_bounds(sentence: str, tools: WordTools) -> Iterator[tuple[int, int]]:
    """Start and end of each word and mark of a sentence, in order; everything but white space lies in one of them."""
    place, last = 0, len(sentence.rstrip())
    while match := _WORD.search(sentence, place):
        start, end = match.span()
        if match["url"]:
            end = start + len(match["url"].rstrip(_TRAILING))
        elif sentence[end : end + 1] == "." and end + 1 < last and _keeps_stop(match, sentence, tools):
            end += 1
        yield start, end
        place = end


def _keeps_stop(match: re.Match[str], sentence: str, tools: WordTools) -> bool:
    form = match.group()
    if match["number"]:
        return len(form) <= 2 and form.isdigit() and sentence[match.end() + 1 : match.end() + 2].isspace()
    if not match["word"]:
        return False
    return (
        (len(form) == 1 and form.isalpha()) or form in tools.abbreviations or _ROMAN.match(form) is not None
    )
