"""The lineage section of the page: what each text has from where, and the texts that share most side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lagebild.model.pages import LineageEdge
from lagebild.model.side_by_side import Comparison, LabelShare, PairView, SharedPassage, SourceShares
from lagebild.questions.compare import compare_pair
from lagebild.questions.page_marks import PartMarks
from lagebild.questions.page_shelf import CaseReader, Reading
from lagebild.questions.shares import links_by_document, shares_of

__all__ = ["pairs_of", "source_shares"]

PAIRS = 12  # pairs shown side by side; `lagebild compare` shows any
PASSAGES = 12  # passages of a pair
LETTERS = 12_000  # of both sides of a passage, and of all changes of a version, that are shown


def source_shares(readings: Sequence[Reading], marks: PartMarks) -> tuple[SourceShares, ...]:
    """What each text of the part has from where, in the order of the texts; texts that share nothing are left out."""
    links = links_by_document(link for reading in readings for link in reading.copies)
    found = []
    for reading in readings:
        parts = shares_of(reading.document, reading.blocks, links)
        if len(parts) > 1:
            shown = tuple(
                LabelShare(part.kind, _label(part.doc_id, marks), part.direction, part.share)
                for part in parts
            )
            found.append(SourceShares(marks.labels[reading.id].label, shown))
    return tuple(found)


def pairs_of(
    reader: CaseReader, readings: Sequence[Reading], edges: Iterable[LineageEdge], marks: PartMarks
) -> tuple[PairView, ...]:
    """Pairs of texts side by side, those that share most first: the earlier one on the left."""
    by_label = {marks.labels[reading.id].label: reading for reading in readings}
    names = list(dict.fromkeys((edge.earlier, edge.later) for edge in edges))
    return tuple(_pair(reader, by_label[left], by_label[right], left, right) for left, right in names[:PAIRS])


def _label(doc_id: str | None, marks: PartMarks) -> str | None:
    return marks.labels[doc_id].label if doc_id in marks.labels else None


def _pair(reader: CaseReader, left: Reading, right: Reading, *labels: str) -> PairView:
    found = compare_pair(reader, left.item, right.item)
    shown, cut = _fitting(found)
    return PairView(
        labels[0],
        labels[1],
        (left.outlet, right.outlet),
        (left.language, right.language),
        shown,
        cut,
    )


def _fitting(found: Comparison) -> tuple[Comparison, int]:
    """What is not too long to be shown, and how many passages are left out. Of versions the changes are shown, if they fit."""
    changed = sum(len(one.left) + len(one.right) for one in found.changes if not one.equal)
    if found.changes and changed <= LETTERS:
        return replace(found, passages=()), 0
    shown = [passage for passage in found.passages if _length(passage) <= LETTERS][:PASSAGES]
    return replace(found, passages=tuple(shown), changes=()), len(found.passages) - len(shown)


def _length(passage: SharedPassage) -> int:
    return passage.left[1] - passage.left[0] + passage.right[1] - passage.right[0]
