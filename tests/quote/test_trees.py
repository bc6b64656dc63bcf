"""A language model's reading as a second opinion on subjects and moods; without one nothing changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gold.quote.measure import annotated

from lagebild.model.marks import Words
from lagebild.model.speech import Quote
from lagebild.quote.find import find_quotes
from lagebild.step import DocView
from tests.quote.marked import QUOTES

Reading = Mapping[str, tuple[str, str, str]]
"""Word -> features, relation, the word it hangs on."""


def read_with(text: str, reading: Reading) -> list[Quote]:
    """The quotations of a text of one sentence of which a model has read some words."""
    doc = annotated(text, "de")
    rows = dict(doc._rows)
    (row,) = doc.rows(Words)
    forms = [text[start:end] for start, end in zip(row.starts, row.ends, strict=True)]
    read = [reading.get(form, ("", "dep", "")) for form in forms]
    rows[Words] = (
        replace(
            row,
            upos=tuple("X" for _ in forms),
            feats=tuple(feats for feats, _, _ in read),
            deprels=tuple(relation for _, relation, _ in read),
            heads=tuple(forms.index(head) if head in forms else -1 for _, _, head in read),
        ),
    )
    return list(find_quotes([DocView(doc.id, rows)], QUOTES))


def speaker(text: str, quote: Quote) -> str | None:
    return text[quote.speaker.start : quote.speaker.end] if quote.speaker else None


def test_the_model_tells_subject_from_object() -> None:
    text = "Die Opposition warnte die Ministerin, sie verspiele das Vertrauen."
    assert [speaker(text, one) for one in read_with(text, {})] == ["Die Opposition"]
    reading = {"Opposition": ("Case=Acc", "obj", "warnte"), "Ministerin": ("Case=Nom", "nsubj", "warnte")}
    assert [speaker(text, one) for one in read_with(text, reading)] == ["die Ministerin"]


def test_whoever_something_is_done_to_does_not_speak() -> None:
    text = "Der Trainer wurde gefragt, ob er gehe."
    reading = {"Trainer": ("Case=Nom", "nsubj:pass", "gefragt"), "wurde": ("", "aux:pass", "gefragt")}
    assert [speaker(text, one) for one in read_with(text, reading)] == [None]


def test_what_a_model_has_not_read_is_told_by_places() -> None:
    text = "Die Opposition sagte, es sei genug."
    assert [speaker(text, one) for one in read_with(text, {"Opposition": ("", "", "")})] == ["Die Opposition"]
