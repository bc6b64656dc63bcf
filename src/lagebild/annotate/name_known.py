"""The sure names of a document, and what they say about its other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lagebild.annotate.name_shapes import APOSTROPHE_S, ENOUGH, ROMAN, SHAPES, SURE, Found
from lagebild.model.account import Reason
from lagebild.model.marks import MentionKind

__all__ = ["Known"]


class Known:
    """The sure names of a document, and what they say about a word that stands alone."""

    def __init__(
        self, seen: Sequence[Found], keep_s: tuple[str, ...], legal_forms: frozenset[str] = frozenset()
    ) -> None:
        self._names: dict[str, tuple[MentionKind, str, str]] = {}
        self._keep_s = keep_s
        sure = [found for found in seen if found.score >= SURE and not found.derived]
        for found in sorted(sure, key=lambda it: (-it.score, it.row, it.start)):
            self._names.setdefault(found.base, (found.kind, found.base, found.base))
            if found.kind == "ORG" and (short := _without_legal_form(found.base, legal_forms)):
                self._names.setdefault(short, ("ORG", short, found.base))
            surname = found.base.rpartition(" ")[2]
            if (
                found.kind == "PER"
                and surname != found.base
                and len(surname) > 2
                and not ROMAN.match(surname)
            ):
                self._names[surname] = ("PER", surname, found.base)
        self._sure = frozenset(self._names)
        likely = [found for found in seen if ENOUGH <= found.score < SURE and not found.derived]
        for found in sorted(likely, key=lambda it: (-_by_neighbours(it), -it.score, it.row, it.start)):
            if _by_neighbours(found) or self._names.get(found.base[:-1], ("",))[0] != "LOC":
                self._names.setdefault(found.base, (found.kind, found.base, found.base))

    def entry(self, form: str) -> tuple[MentionKind, str, str] | None:
        """Kind, base form and full name of a word seen in a sure name."""
        form = APOSTROPHE_S.sub("", form)
        found = self._names.get(form)
        if found is None and form.endswith("s") and not form.endswith(self._keep_s):
            found = self._names.get(form[:-1])
        if found is None and form.endswith("s"):
            land = self._names.get(form[:-1])
            found = land if land is not None and land[0] == "LOC" else None
        return found

    def score(self, base: str) -> float:
        return 0.75 if base in self._sure else 0.5

    def apply(self, found: Found) -> Found:
        """The mention with the kind that the document is sure of, where that says otherwise or more."""
        if found.derived or found.score >= 0.9:
            return found
        entry = self._names.get(found.base) or self.entry(found.base)
        if entry is None or (entry[0] == found.kind and (found.score >= SURE or entry[1] not in self._sure)):
            return found
        kind, base, full = entry
        reason = Reason("same_document", 0.7, f"elsewhere: {full}")
        score = max(found.score, self.score(base))
        return replace(found, kind=kind, base=base, score=score, reasons=(reason, *found.reasons)[:5])


def _without_legal_form(base: str, legal_forms: frozenset[str]) -> str:
    """„Baltika-Linie GmbH“ → Baltika-Linie; "" where there is no legal form or nothing before it."""
    forms = base.split()
    while forms and forms[-1] in legal_forms:
        forms.pop()
    return " ".join(forms) if forms and " ".join(forms) != base else ""


def _by_neighbours(found: Found) -> float:
    """How much of the kind stands in the words beside the name, not in its own shape."""
    return max((reason.score or 0.0 for reason in found.reasons if reason.name not in SHAPES), default=0.0)
