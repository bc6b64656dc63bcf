"""The words of each sentence with base forms, word classes, features and dependencies, and what the language model takes for names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.annotate.moods import settled_moods
from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.language import FEWEST_LETTERS, passage_language
from lagebild.lang.lexicon import Lexicon, lexicon
from lagebild.lang.model import model_digest, open_reader, reads_trees
from lagebild.model.document import Document, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Passage, Sentence, Words
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
_NOUNS = frozenset({"NOUN", "PROPN"})
_QUOTATION = frozenset('„“”»«"')
_SHORTEST_PASSAGE = 3
_TOGETHER = 2_000  # sentences of a document that the model gets at once: bounds memory in texts of millions of characters
_TRAILING = ".,;:!?…)]}'’"


@dataclass(frozen=True)
class WordTools:
    """Abbreviations that keep their full stop. The language model is opened when the first sentence is read."""

    abbreviations: frozenset[str]

    @classmethod
    def load(cls, settings: Settings) -> WordTools:
        tables = [read_data(code, "sentences") for code in LANGUAGES if has_data(code, "sentences")]
        names = ("never_last", "perhaps_last")
        return cls(frozenset(word for table in tables for name in names for word in table.get(name, ())))

    @classmethod
    def digest(cls) -> str:
        """Raises ModelError where the language model is missing or is another than the one this version was made with."""
        data = data_digest("sentences", "verbs", "reading", "cues")
        return f"{data}-{Lexicon.digest()}-{model_digest()}"


@dataclass(frozen=True)
class _Cut:
    """A sentence cut into words."""

    sentence: Sentence
    language: str | None
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    spaced: tuple[bool, ...]
    passages: tuple[Passage, ...]


def split_words(docs: Sequence[DocView], tools: WordTools) -> Iterable[Words]:
    """One row a sentence. Inner hyphens and apostrophes stay in the word (US-Präsident, geht's), marks stand alone.

    Numbers keep inner points and commas (1.000; 86,5), abbreviations, initials and ordinals their full stop unless it ends the
    sentence (`Dr.`, `z.` `B.`, `12.` März). Word classes, features and dependencies (Universal Dependencies; a contraction such as
    „zum“ is one word, its preposition) are () where the sentence's language is none that the model was trained on; `lemmas` is ()
    where it has no word list, "" for an unknown word. The language model reads the sentences of a document together.
    """
    for doc in docs:
        text = doc.rows(Document)[0].text
        masthead = doc.get(Masthead)
        sentences = doc.rows(Sentence)
        for first in range(0, len(sentences), _TOGETHER):
            yield from _read(doc.id, text, sentences[first : first + _TOGETHER], masthead, tools)


def _read(
    doc_id: str, text: str, sentences: Sequence[Sentence], masthead: Masthead | None, tools: WordTools
) -> Iterator[Words]:
    cuts = [_cut(text, sentence, masthead.language if masthead else None, tools) for sentence in sentences]
    readings = open_reader().read([cut.forms for cut in cuts], [cut.spaced for cut in cuts])
    for cut, reading in zip(cuts, readings, strict=True):
        words = lexicon(cut.language)
        trained = reads_trees(cut.language)
        lemmas = _lemmas(cut.forms, reading.upos if trained else (), words) if words else ()
        reading = settled_moods(cut.forms, lemmas, reading, cut.language) if trained else reading
        yield Words(
            place_id(doc_id, "w", cut.sentence.start, cut.sentence.end),
            doc_id,
            cut.sentence.id,
            cut.starts,
            cut.ends,
            lemmas,
            reading.upos if trained else (),
            reading.feats if trained else (),
            reading.heads if trained else (),
            reading.deprels if trained else (),
            cut.language,
            cut.passages,
            reading.names,
        )


def _cut(text: str, sentence: Sentence, language: str | None, tools: WordTools) -> _Cut:
    bounds = tuple(word_bounds(text[sentence.start : sentence.end], tools))
    starts = tuple(sentence.start + start for start, _ in bounds)
    ends = tuple(sentence.start + end for _, end in bounds)
    forms = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
    spaced = (True, *(left < right for left, right in zip(ends, starts[1:], strict=False)))
    quoted = list(_quoted(forms))
    own = _own_language(text, sentence, [(starts[left], ends[right - 1]) for left, right in quoted], language)
    passages = []
    for left, right in quoted:
        spoken = passage_language(text[starts[left] : ends[right - 1]], own)
        if spoken is not None and spoken != own:
            passages.append(Passage(left, right, spoken))
    return _Cut(sentence, own, starts, ends, forms, spaced[: len(forms)], tuple(passages))


def _own_language(
    text: str, sentence: Sentence, quoted: Sequence[tuple[int, int]], language: str | None
) -> str | None:
    """The language of the words outside quotation marks, where these are enough to tell it; else of the whole sentence."""
    outside, place = [], sentence.start
    for start, end in quoted:
        outside.append(text[place:start])
        place = end
    rest = "".join([*outside, text[place : sentence.end]])
    if not quoted or sum(sign.isalpha() for sign in rest) < FEWEST_LETTERS:
        return passage_language(text[sentence.start : sentence.end], language)
    return passage_language(rest, language)


def _quoted(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of three words and more between two quotation marks."""
    opened: int | None = None
    for place, form in enumerate(forms):
        if form not in _QUOTATION:
            continue
        if opened is None or form == "„":
            opened = place
            continue
        if place - opened > _SHORTEST_PASSAGE:
            yield opened + 1, place
        opened = None


def _lemmas(forms: Sequence[str], upos: Sequence[str], words: Lexicon) -> tuple[str, ...]:
    """Base forms; a capital is kept where the word is a noun or name, or else where only that form is listed."""
    lemmas = []
    first = True
    for place, form in enumerate(forms):
        if not form[:1].isalpha():
            lemmas.append("")
            continue
        small = first and form.istitle() and words.knows(form.lower())
        if small and upos:
            small = upos[place] not in _NOUNS
        elif small:
            small = not words.knows(form)
        lemmas.append(words.lemma(form.lower() if small else form))
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
