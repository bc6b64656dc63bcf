"""Marks: the letter of an origin with the number of the text, and the index of all cited passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from lagebild.model.dossier import Dossier
from lagebild.model.pages import Mark, Passage
from lagebild.model.span import Citation, Span
from lagebild.questions.page_shelf import Reading, Shelf

__all__ = ["Label", "MarkBook", "PartMarks", "letters_after"]


@dataclass(frozen=True)
class Label:
    """How a text is called on the page, and its place in the order of marks."""

    label: str
    letter: str
    copy: bool
    rank: int


def letters_after(used: Iterable[str]) -> Iterable[str]:
    """A, B, … Z, AA, AB, … without those that are used."""
    taken = set(used)
    for number in count():
        letters, rest = "", number
        while rest >= 0:
            letters, rest = chr(65 + rest % 26) + letters, rest // 26 - 1
        if letters not in taken:
            yield letters


class MarkBook:
    """The index of passages of the page, numbered in the order in which the page first cites them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._numbers: dict[tuple[int, str, int, int], int] = {}
        self._passages: list[Passage] = []

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(self._passages)

    def number(self, part: int, span: Span, label: Label, reading: Reading) -> int:
        """The number of the passage, a new one where it was not cited before in this part."""
        key = (part, span.doc_id, span.start, span.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._passages) + 1
            self._passages.append(
                Passage(
                    number=self._numbers[key],
                    label=label.label,
                    copy=label.copy,
                    part=part,
                    doc_id=span.doc_id,
                    outlet=reading.outlet,
                    start=span.start,
                    end=span.end,
                    exact=reading.text[span.start : span.end],
                    language=reading.language,
                )
            )
        return self._numbers[key]


class PartMarks:
    """The marks of one part: which text is B1, and citations as marks."""

    def __init__(self, part: int, dossier: Dossier, shelf: Shelf, book: MarkBook) -> None:
        self.part = part
        self._shelf = shelf
        self._book = book
        self.labels = _labels(dossier)

    def order(self, doc_id: str) -> int:
        """Place of a text in the order of marks; texts without a mark come last."""
        label = self.labels.get(doc_id)
        return label.rank if label else len(self.labels)

    def independent(self, origins: Iterable[str], places: Iterable[Span | Citation]) -> int:
        """How many independent origins stand behind passages: never more than the letters of the texts they stand in.

        Two speakers in one text are relayed by one text, and the same words in two texts have one origin.
        """
        letters = {self.labels[place.doc_id].letter for place in places if place.doc_id in self.labels}
        return min(len(set(origins)), len(letters)) if letters else len(set(origins))

    def cite(self, places: Iterable[Span | Citation]) -> tuple[Mark, ...]:
        """Marks for passages, by mark, then place; each passage once. Passages of texts outside the part are left out."""
        spans = {Span(place.doc_id, place.start, place.end) for place in places}
        marks: list[Mark] = []
        seen: dict[str, int] = {}
        for span in sorted(spans, key=lambda s: (self.order(s.doc_id), s.start, s.end)):
            label, reading = self.labels.get(span.doc_id), self._shelf.reading(span.doc_id)
            if label is None or reading is None or not 0 <= span.start < span.end <= len(reading.text):
                continue
            number = self._book.number(self.part, span, label, reading)
            before = seen.get(span.doc_id, 0)
            seen[span.doc_id] = before + 1
            name = label.label + (_suffix(before) if before else "")
            marks.append(Mark(number, name, label.copy, reading.outlet))
        return tuple(marks)


def _suffix(before: int) -> str:
    return chr(97 + before) if before < 26 else f".{before + 1}"


def _labels(dossier: Dossier) -> dict[str, Label]:
    """Every text of the story once, under the first origin that has it; texts that no mark names get letters of their own."""
    labels: dict[str, Label] = {}
    fresh = iter(letters_after(mark.letter for mark in dossier.marks))
    groups = [(mark.letter, mark.doc_ids) for mark in dossier.marks]
    named = {doc_id for _, doc_ids in groups for doc_id in doc_ids}
    groups += [(next(fresh), (doc_id,)) for doc_id in dossier.doc_ids if doc_id not in named]
    for letter, doc_ids in groups:
        own = [doc_id for doc_id in dict.fromkeys(doc_ids) if doc_id not in labels]
        for place, doc_id in enumerate(own):
            labels[doc_id] = Label(f"{letter}{place + 1}", letter, place > 0, len(labels))
    return labels
