"""Which documents report on one story.

Documents are compared by the terms of their signatures (cosine; terms weigh by how rare they are in the case), copies count as
alike. Near pairs come from an inverted index over terms that are not too common, never from all pairs; they are joined from the
nearest on, as long as the groups are alike on the whole (centroids), so that a chain of chance likenesses joins nothing. All is
done in the order of likeness and document ids: the order of arrival plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lagebild.model.account import Reason
from lagebild.model.document import Masthead
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyCandidate
from lagebild.model.source import RawItem
from lagebild.model.span import Span
from lagebild.model.story import Signature, Story, StoryMember
from lagebild.step import CaseView
from lagebild.story.signatures import DAY

__all__ = ["BACKGROUND_DAYS", "alike_documents", "group_stories"]

BACKGROUND_DAYS = 45
"""A text stated to be written more than so many days from the rest of its story joins as background: it dates nothing."""

ALIKE = 0.11
"""Cosine from which two documents may report on one story. On 32 reports of four stories the nearest of the same story lay at
0.13 or more, the nearest of another at 0.07 or less; to be measured again (gold/story) when signatures change."""
ALIKE_GROUPS = 0.12
"""Cosine of the centroids from which two groups may be joined."""
SHORT = 20
"""Terms up to which a text is a short item (a post, an agency line): against a report its cosine is small whatever it tells of."""
SHORT_ALIKE, SHORT_SHARED = 0.09, 3
"""Cosine and shared terms with which a short item hangs on a report, whatever the rest of its story says. Items of three example
piles lay at 0.10 or more from a report of their own, at 0.04 or less from those of others."""
COPY_BONUS = 0.03
"""Likeness added for each shared rare fingerprint, up to COPY_MOST."""
COPY_MOST = 0.30
POSTING_MOST = 400
"""Terms in more documents bring no pairs: what is in so many tells too little and would make the search quadratic."""
POSTINGS_READ = 5_000
"""Postings read for a document, rarest terms first; 20,000 took five times as long and found the same stories."""
NEAREST = 12
"""Pairs kept for a document."""
SMALL_CASE = 50
"""Rarity is counted as if the case had at least so many documents: in five reports on one thing its own words stay heavy."""
OWN_STORY = 3
"""So many documents of another time make a story of their own instead of a background."""
_CENTROID_TERMS = 80


@dataclass(frozen=True)
class _Text:
    """What is known of a document here, with unit-length weights by number of term."""

    doc_id: str
    terms: NDArray[np.int64]
    weights: NDArray[np.float64]
    stated: tuple[date, date] | None
    named: date | None


def group_stories(case: CaseView) -> Iterator[Story | StoryMember]:
    """The stories of the case and one membership for every document with a signature; a document alone is a story.

    The story's id comes from its smallest document id. Its title is that of the most central text (the place of the title
    beside it), or the path of that text where none has a title.
    """
    mastheads = {row.doc_id: row for row in case.rows(Masthead)}
    paths = {row.id: row.unit for row in case.rows(RawItem)}
    texts = _read_texts(sorted(case.rows(Signature), key=lambda row: row.doc_id), mastheads)
    place = {text.doc_id: index for index, text in enumerate(texts)}
    shared: dict[tuple[int, int], int] = {}
    for row in case.rows(CopyCandidate):
        if row.doc_id in place and row.other_id in place:
            pair = (place[row.doc_id], place[row.other_id])
            shared[min(pair), max(pair)] = row.shared
    for group in _groups(texts, shared):
        for part in _by_time(group, texts):
            yield from _rows(part, texts, mastheads, paths)


def alike_documents(rows: Sequence[Signature]) -> dict[str, list[tuple[str, float]]]:
    """For each document the documents most like it with their likeness, the nearest first; those under ALIKE are left out."""
    texts = _read_texts(sorted(rows, key=lambda row: row.doc_id), {})
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (left, right), score in _pairs(texts, {}).items():
        found[texts[left].doc_id].append((texts[right].doc_id, score))
        found[texts[right].doc_id].append((texts[left].doc_id, score))
    return {doc_id: sorted(near, key=lambda pair: (-pair[1], pair[0])) for doc_id, near in found.items()}


def _read_texts(rows: Sequence[Signature], mastheads: Mapping[str, Masthead]) -> list[_Text]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for term in row.terms:
            counts[term] += 1
    numbers = {term: index for index, term in enumerate(sorted(counts))}
    many = max(len(rows), SMALL_CASE)
    texts = []
    for row in rows:
        pairs = [
            (numbers[t], w * log(1 + many / counts[t]))
            for t, w in zip(row.terms, row.weights, strict=True)
            if w > 0
        ]
        length = sqrt(sum(weight * weight for _, weight in pairs)) or 1.0
        days = [date.fromisoformat(term[len(DAY) :]) for term in row.terms if term.startswith(DAY)]
        texts.append(
            _Text(
                row.doc_id,
                np.array([number for number, _ in pairs], dtype=np.int64),
                np.array([weight / length for _, weight in pairs], dtype=np.float64),
                _stated(mastheads.get(row.doc_id), row.stated_day),
                max(days) if days else None,
            )
        )
    return texts


def _stated(masthead: Masthead | None, day: str | None) -> tuple[date, date] | None:
    """First and last day on which the document says it was published; a month counts as its days."""
    if day is not None:
        return date.fromisoformat(day), date.fromisoformat(day)
    stamp = masthead.published if masthead else None
    if stamp is None or stamp.precision != "month":
        return None
    first = date.fromisoformat(stamp.value[:7] + "-01")
    return first, first.replace(day=28)


def _groups(texts: Sequence[_Text], shared: Mapping[tuple[int, int], int]) -> list[list[int]]:
    """Groups of text numbers, each sorted, in the order of their smallest."""
    groups = _Groups(texts)
    for _, left, right in sorted(
        (-score, left, right) for (left, right), score in _pairs(texts, shared).items()
    ):
        groups.join(left, right, _copy_bonus(shared.get((left, right), 0)))
    return groups.all()


def _pairs(texts: Sequence[_Text], shared: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], float]:
    """The nearest pairs with their likeness."""
    postings: dict[int, list[int]] = defaultdict(list)
    weights: dict[int, list[float]] = defaultdict(list)
    for index, text in enumerate(texts):
        for term, weight in zip(text.terms.tolist(), text.weights.tolist(), strict=True):
            postings[term].append(index)
            weights[term].append(weight)
    lists = {
        term: (np.array(found, dtype=np.int64), np.array(weights[term]))
        for term, found in postings.items()
        if 1 < len(found) <= POSTING_MOST
    }
    dense = np.zeros(max((int(text.terms.max()) for text in texts if len(text.terms)), default=-1) + 1)
    pairs: dict[tuple[int, int], float] = {}
    for index, text in enumerate(texts):
        dense[text.terms] = text.weights
        for other in _nearest(index, text, lists):
            pairs[min(index, other), max(index, other)] = round(
                float(dense[texts[other].terms] @ texts[other].weights), 9
            )
        dense[text.terms] = 0.0
    for pair, count in shared.items():
        near = pairs.get(pair, _likeness(texts[pair[0]], texts[pair[1]]))
        pairs[pair] = near + _copy_bonus(count)
    return {
        pair: score
        for pair, score in pairs.items()
        if score >= ALIKE or (score >= SHORT_ALIKE and _hangs_on(texts[pair[0]], texts[pair[1]]))
    }


def _hangs_on(left: _Text, right: _Text) -> bool:
    """Whether one is a short item and the other a report that shares three terms with it."""
    short, long = sorted((left, right), key=lambda text: len(text.terms))
    if len(short.terms) > SHORT or len(long.terms) <= SHORT:
        return False
    return len(np.intersect1d(short.terms, long.terms)) >= SHORT_SHARED


def _copy_bonus(shared: int) -> float:
    return min(COPY_MOST, COPY_BONUS * shared)


Postings = Mapping[int, tuple[NDArray[np.int64], NDArray[np.float64]]]


def _nearest(index: int, text: _Text, lists: Postings) -> list[int]:
    """The documents that share most with a text, by its rarest terms: a bounded number of postings is looked at."""
    weights = dict(zip(text.terms.tolist(), text.weights.tolist(), strict=True))
    rarest = sorted((term for term in weights if term in lists), key=lambda term: (len(lists[term][0]), term))
    found: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
    seen = 0
    for term in rarest:
        if seen > POSTINGS_READ:
            break
        others, theirs = lists[term]
        found.append((others, theirs * weights[term]))
        seen += len(others)
    if not found:
        return []
    numbers, back = np.unique(np.concatenate([others for others, _ in found]), return_inverse=True)
    sums = np.bincount(back, weights=np.concatenate([products for _, products in found]))
    sums[numbers == index] = 0.0
    best = np.lexsort((numbers, -sums.round(9)))[:NEAREST]
    return [int(numbers[at]) for at in best if sums[at] > 0]


def _likeness(left: _Text, right: _Text) -> float:
    theirs = dict(zip(right.terms.tolist(), right.weights.tolist(), strict=True))
    both: Any = zip(left.terms.tolist(), left.weights.tolist(), strict=True)
    return float(sum(weight * theirs.get(term, 0.0) for term, weight in both))


@dataclass
class _Sum:
    """The weights of a group added up, with the square of their length."""

    weights: dict[int, float]
    square: float


class _Groups:
    """Groups that grow: who belongs together, and the sum of their weights."""

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._texts = texts
        self._heads = list(range(len(texts)))
        self._members: dict[int, list[int]] = {index: [index] for index in self._heads}
        self._sums: dict[int, _Sum] = {}

    def _head(self, index: int) -> int:
        while self._heads[index] != index:
            self._heads[index] = self._heads[self._heads[index]]
            index = self._heads[index]
        return index

    def _sum(self, head: int) -> _Sum:
        if head not in self._sums:
            text = self._texts[head]
            weights = dict(zip(text.terms.tolist(), text.weights.tolist(), strict=True))
            self._sums[head] = _Sum(weights, sum(weight * weight for weight in weights.values()))
        return self._sums[head]

    def join(self, left: int, right: int, bonus: float) -> None:
        """Joins the groups of two texts where the groups are alike on the whole; `bonus` is for what the two share word by word."""
        keep, gone = sorted((self._head(left), self._head(right)))
        if keep == gone:
            return
        alike = _cosine(self._sum(keep), self._sum(gone)) + bonus >= ALIKE_GROUPS
        if not alike and not self._is_item(left, right):
            return
        self._heads[gone] = keep
        self._members[keep] += self._members.pop(gone)
        total = self._sums[keep].weights
        for term, weight in self._sums.pop(gone).weights.items():
            total[term] = total.get(term, 0.0) + weight
        if len(total) > 4 * _CENTROID_TERMS:
            heaviest = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[: 2 * _CENTROID_TERMS]
            total = dict(heaviest)
        self._sums[keep] = _Sum(total, sum(weight * weight for weight in total.values()))

    def _is_item(self, left: int, right: int) -> bool:
        """Whether one of two texts is a short item that stands alone yet and hangs on the other: it draws nobody after it."""
        item, other = sorted((left, right), key=lambda index: len(self._texts[index].terms))
        return len(self._members[self._head(item)]) == 1 and _hangs_on(self._texts[item], self._texts[other])

    def all(self) -> list[list[int]]:
        """The groups, each sorted, in the order of their smallest member."""
        return [sorted(members) for _, members in sorted(self._members.items())]


def _cosine(left: _Sum, right: _Sum) -> float:
    small, large = (left, right) if len(left.weights) <= len(right.weights) else (right, left)
    dot = sum(weight * large.weights.get(term, 0.0) for term, weight in small.weights.items())
    return dot / sqrt(left.square * right.square) if left.square and right.square else 0.0


@dataclass(frozen=True)
class _Part:
    """Documents of one story; `background` maps those of another time to the days between."""

    core: tuple[int, ...]
    background: Mapping[int, int]


def _by_time(group: Sequence[int], texts: Sequence[_Text]) -> list[_Part]:
    """A group cut where its stated days lie far apart: few far texts are background, several are a story of their own."""
    runs = _runs(group, texts)
    if len(runs) <= 1:
        return [_Part(tuple(group), {})]
    own = [run for run in runs if len(run.stated) >= OWN_STORY]
    main = max(runs, key=lambda run: (run.weight, run.last))
    if main not in own:
        own.append(main)
    undated = [index for index in group if texts[index].stated is None]
    cores = {run.first: [*run.stated] for run in own}
    for index in undated:
        cores[_home(index, own, texts, main).first].append(index)
    parts = []
    for run in sorted(own, key=lambda run: run.first):
        far = {}
        if run is main:
            far = {i: _gap(run, other) for other in runs if other not in own for i in other.stated}
        parts.append(_Part(tuple(sorted(cores[run.first])), far))
    return parts


@dataclass(frozen=True)
class _Run:
    """Documents whose days lie close together. Days only named count less than stated ones."""

    first: date
    last: date
    stated: tuple[int, ...]
    weight: float


def _runs(group: Sequence[int], texts: Sequence[_Text]) -> list[_Run]:
    marks: list[tuple[date, date, int, bool]] = []
    for index in group:
        text = texts[index]
        if text.stated is not None:
            marks.append((*text.stated, index, True))
        elif text.named is not None:
            marks.append((text.named, text.named, index, False))
    runs: list[_Run] = []
    for first, last, index, stated in sorted(marks):
        weight, held = (1.0, (index,)) if stated else (0.5, ())
        if runs and (first - runs[-1].last).days <= BACKGROUND_DAYS:
            before = runs[-1]
            runs[-1] = _Run(
                before.first, max(before.last, last), before.stated + held, before.weight + weight
            )
        else:
            runs.append(_Run(first, last, held, weight))
    return runs


def _gap(left: _Run, right: _Run) -> int:
    return max((left.first - right.last).days, (right.first - left.last).days)


def _home(index: int, own: Sequence[_Run], texts: Sequence[_Text], main: _Run) -> _Run:
    """Where an undated text belongs: the time of the day it names, else where the texts are most like it."""
    named = texts[index].named
    for run in own:
        if named is not None and run.first <= named <= run.last:
            return run
    scores = [
        (sum(_likeness(texts[index], texts[i]) for i in run.stated[:20]) / (len(run.stated[:20]) or 1), run)
        for run in own
    ]
    best = max(score for score, _ in scores)
    return (
        main
        if best == 0
        else max((pair for pair in scores), key=lambda pair: (round(pair[0], 9), pair[1].last))[1]
    )


def _rows(
    part: _Part, texts: Sequence[_Text], mastheads: Mapping[str, Masthead], paths: Mapping[str, str]
) -> Iterable[Story | StoryMember]:
    members = sorted((*part.core, *part.background))
    doc_ids = tuple(texts[index].doc_id for index in members)
    story_id = content_id("st", doc_ids[0])
    ranked = _most_central(part.core, texts)
    title, at = _title([texts[index].doc_id for index, _ in ranked], mastheads, paths)
    yield Story(
        story_id,
        title,
        doc_ids,
        at,
        (Reason("documents_alike", None, f"{len(doc_ids)} documents"),),
    )
    for index in members:
        days = part.background.get(index)
        far = days is not None
        reason = Reason("far_in_time", None, f"{days} days from the rest") if far else _alike(len(members))
        doc_id = texts[index].doc_id
        yield StoryMember(
            content_id("sm", doc_id), doc_id, story_id, "background" if far else "core", (reason,)
        )


def _alike(members: int) -> Reason:
    """Without a number: likeness weighs words by their rarity in the whole case, so any new report would change it for every
    document, and every step over stories would run again for all of them."""
    if members == 1:
        return Reason("alone", None, "no document of the case is like it")
    return Reason("like_the_story")


def _most_central(core: Sequence[int], texts: Sequence[_Text]) -> list[tuple[int, float]]:
    """The documents of a story with their likeness to its centroid, the most central first."""
    centre: dict[int, float] = defaultdict(float)
    for index in core:
        for term, weight in zip(texts[index].terms.tolist(), texts[index].weights.tolist(), strict=True):
            centre[term] += weight
    length = sqrt(sum(weight * weight for weight in centre.values())) or 1.0
    scores = []
    for index in core:
        both: Any = zip(texts[index].terms.tolist(), texts[index].weights.tolist(), strict=True)
        scores.append((index, round(sum(weight * centre[term] for term, weight in both) / length, 9)))
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))


def _title(
    ranked: Sequence[str], mastheads: Mapping[str, Masthead], paths: Mapping[str, str]
) -> tuple[str, tuple[Span, ...]]:
    """The title of the most central text that has one, with its place; else the path of the most central text."""
    for doc_id in ranked:
        masthead = mastheads.get(doc_id)
        if masthead and masthead.title:
            piece = masthead.title_at
            return masthead.title, ((Span(doc_id, piece.start, piece.end),) if piece else ())
    return paths.get(ranked[0], ranked[0]), ()
