"""The step: content blocks only, languages with data only, the same rows whatever the batch, exact places."""

from __future__ import annotations

import pytest
from gold.quote.measure import annotated
from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.model.document import Block
from lagebild.quote.find import find_quotes
from lagebild.step import DocView
from tests.quote.marked import QUOTES, quotes_in

TEXT = "Der Minister sagte, es werde gebaut. „Bald geht es los“, fügte er hinzu."


def test_furniture_is_not_read() -> None:
    doc = annotated(TEXT, "de")
    rows = dict(doc._rows)
    rows[Block] = tuple(
        Block(row.id, row.doc_id, row.start, row.end, "teaser", False) for row in doc.rows(Block)
    )
    assert list(find_quotes([DocView(doc.id, rows)], QUOTES)) == []


@pytest.mark.parametrize("language", ["fr", None])
def test_languages_without_data_give_nothing(language: str | None) -> None:
    assert quotes_in(TEXT, language) == []


def test_rows_do_not_depend_on_the_batch() -> None:
    docs = [annotated(TEXT, "de", "a"), annotated("Laut Jens Thiel fehlen zwanzig Lehrer.", "de", "b")]
    apart = [quote for doc in docs for quote in find_quotes([doc], QUOTES)]
    assert list(find_quotes(docs, QUOTES)) == apart


def test_ids_and_places() -> None:
    quotes = quotes_in(TEXT)
    assert len({quote.id for quote in quotes}) == len(quotes) == 2
    for quote in quotes:
        assert (quote.start, quote.end) == (quote.pieces[0].start, quote.pieces[-1].end)
        assert quote.doc_id == quote.owner


WORDS = [
    "„",
    "“",
    "”",
    '"',
    "‚",
    "‘",
    "»",
    "«",
    ",",
    ".",
    ":",
    "?",
    "sagte",
    "habe",
    "dass",
    "er",
    "Minister",
    "laut",
    "so",
    "wie",
    "und",
    "\n",
    "die",
    "Anna Kern",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_jumble_gives_rows_with_places_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for quote in quotes_in(text):
        places = [
            *quote.pieces,
            *quote.marked,
            *quote.cue,
            *(place for place in (quote.speaker, quote.addressee) if place),
        ]
        assert all(0 <= place.start < place.end <= len(text) for place in places)
        assert all(
            left.end <= right.start for left, right in zip(quote.pieces, quote.pieces[1:], strict=False)
        )
