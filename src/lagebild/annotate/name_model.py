"""Names as the language model reads them: cut to what is a name here, with a base form, as mentions in the making."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from lagebild.annotate.name_shapes import APOSTROPHE_S, Found
from lagebild.model.account import Reason
from lagebild.model.marks import MentionKind, NameSpan, Words

__all__ = ["ModelName", "base_of_derived", "model_names", "plain_names"]

_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
_ADJECTIVE = ("en", "em", "er", "es", "e")
_INHABITANT = (("erinnen", "er"), ("erin", "er"), ("ern", "er"), ("ers", "er"))


@dataclass(frozen=True)
class ModelName:
    """A name of the model: words `left` to `right` (exclusive), characters `start` to `end`, its kind and probability."""

    left: int
    right: int
    start: int
    end: int
    kind: MentionKind
    derived: bool
    part: bool
    score: float


def model_names(text: str, row: Words) -> Iterator[ModelName]:
    """The model's names of a sentence: cut at line ends, without marks at their ends; of a compound its name part only.

    Left out: compounds written as one word („Bundesligaspiel“), whose name part has no end that can be seen.
    """
    for name in row.names:
        kind, _, how = name.label.partition("-")
        if kind not in _KINDS:
            continue
        for left, right in _lines(text, row, name):
            found = ModelName(
                left, right, row.starts[left], row.ends[right - 1], kind, how == "deriv", how == "part", name.score
            )  # fmt: skip
            if not found.part:
                yield found
            elif whole := _name_part(text, found):
                yield whole


def _lines(text: str, row: Words, name: NameSpan) -> Iterator[tuple[int, int]]:
    """The words of a name, a run for each line, without marks at their ends."""
    left = name.left
    for place in range(name.left + 1, name.right + 1):
        if place < name.right and "\n" not in text[row.ends[place - 1] : row.starts[place]]:
            continue
        first, last = left, place
        while first < last and not _named(text[row.starts[first] : row.ends[first]]):
            first += 1
        while first < last and not _named(text[row.starts[last - 1] : row.ends[last - 1]]):
            last -= 1
        if first < last:
            yield first, last
        left = place


def _named(form: str) -> bool:
    return any(sign.isalnum() for sign in form)


def _name_part(text: str, found: ModelName) -> ModelName | None:
    """„Trump“ of „Trump-Berater“."""
    form = text[found.start : found.end]
    head, hyphen, _ = form.rpartition("-")
    if not hyphen or not head:
        return None
    return ModelName(
        found.left, found.right, found.start, found.start + len(head), found.kind, False, True, found.score
    )


def plain_names(text: str, rows: Sequence[Words]) -> Iterator[Found]:
    """The model's names as they stand, for languages without data: the base form is the form, without an English -'s."""
    for place, row in enumerate(rows):
        for name in model_names(text, row):
            base = APOSTROPHE_S.sub("", " ".join(text[name.start : name.end].split()))
            yield found_by_model(place, name, base)


def found_by_model(row: int, name: ModelName, base: str) -> Found:
    """A mention in the making, for which nothing but the model speaks yet."""
    reason = Reason("language_model", name.score, name.kind)
    return Found(
        row, name.left, name.right, name.start, name.end, base, name.kind, name.derived, name.score, (reason,)
    )


def base_of_derived(form: str, lemma: str) -> str:
    """„thailändischen“ → thailändisch, „Lissabonnerin“ → Lissabonner; the lemma where the word list has one."""
    if lemma and lemma[:3].lower() == form[:3].lower():
        return lemma
    for ending in _ADJECTIVE:
        stem = form.removesuffix(ending)
        if stem != form and stem.endswith("sch"):
            return stem
    return next((form.removesuffix(end) + base for end, base in _INHABITANT if form.endswith(end)), form)
