"""A document with the layers that the steps of this stage read, made from a text: every line is a block of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.annotate.words import WordTools, split_words
from lagebild.model.document import Block, Document, Masthead, Stated, Stretch
from lagebild.model.ids import place_id
from lagebild.model.marks import Sentence, TimePhrase, Words
from lagebild.settings import Settings
from lagebild.step import DocView

Annotated = Callable[..., DocView]


@pytest.fixture(scope="session")
def annotated() -> Annotated:
    sentence_tools, word_tools = SentenceTools.load(Settings()), WordTools.load(Settings())

    def _annotated(
        text: str, language: str | None = "de", content: bool = True, times: tuple[TimePhrase, ...] = ()
    ) -> DocView:
        document = Document("d", text, "text/plain", "utf-8", Stated(), (), None)
        stretches, place = [], 0
        for line in text.splitlines(keepends=True):
            if line.strip():
                end = place + len(line.rstrip())
                stretches.append(Stretch(place_id("d", "b", place, end), "d", place, end))
            place += len(line)
        rows = {
            Document: (document,),
            Stretch: tuple(stretches),
            Block: tuple(Block(it.id, "d", it.start, it.end, "paragraph", content) for it in stretches),
            Masthead: (Masthead("d:m", "d", language, None, None, None, None, None, (), ()),),
            TimePhrase: times,
        }
        rows[Sentence] = tuple(
            row for row in split_sentences([DocView("d", rows)], sentence_tools) if isinstance(row, Sentence)
        )
        rows[Words] = tuple(split_words([DocView("d", rows)], word_tools))
        return DocView("d", rows)

    return _annotated
