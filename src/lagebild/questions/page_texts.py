"""The sources on the page: each text cut into segments, its strip of own and copied words, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.lang.data import LANGUAGES
from lagebild.model.document import Block
from lagebild.model.finding import OriginKind
from lagebild.model.lineage import CopyLink
from lagebild.model.pages import (
    LineageEdge,
    Passage,
    Segment,
    SegmentRole,
    Source,
    SourceBlock,
    StripPiece,
    Warning,
)
from lagebild.model.span import Piece
from lagebild.questions.page_marks import PartMarks
from lagebild.questions.page_shelf import Reading

__all__ = ["edges_of", "shared_of", "source_of", "text_of"]

LONG = 60_000  # characters; a text up to here is shown whole
HEAD = 20_000  # of a longer one this much from the start
AROUND = 600  # and this much before and after each cited passage

ROLES: tuple[SegmentRole, ...] = ("words", "cue", "speaker")


def merged(pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals without overlap, in order."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif start < end:
            out.append((start, end))
    return out


def within(pieces: list[tuple[int, int]], bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of `pieces` that lie inside `bounds`; both merged."""
    out, at = [], 0
    for start, end in pieces:
        while at < len(bounds) and bounds[at][1] <= start:
            at += 1
        step = at
        while step < len(bounds) and bounds[step][0] < end:
            out.append((max(start, bounds[step][0]), min(end, bounds[step][1])))
            step += 1
    return out


def _length(pieces: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in pieces)


def _content(reading: Reading) -> list[tuple[int, int]]:
    return merged((block.start, block.end) for block in reading.blocks if block.content)


def edges_of(readings: Sequence[Reading], marks: PartMarks) -> tuple[LineageEdge, ...]:
    """Which text shares how much of its content with which other text of the part, largest share first."""
    links: dict[tuple[str, str, bool], list[CopyLink]] = {}
    for reading in readings:
        for link in reading.copies:
            if link.earlier.doc_id in marks.labels:
                key = (link.earlier.doc_id, reading.id, link.kind == "same_witness")
                links.setdefault(key, []).append(link)
    known = {reading.id: reading for reading in readings}
    edges = [_edge(known[later], earlier, group, marks) for (earlier, later, _), group in links.items()]
    return tuple(sorted(edges, key=lambda edge: (-edge.share, edge.earlier, edge.later, edge.kind)))


def _edge(reading: Reading, earlier: str, group: list[CopyLink], marks: PartMarks) -> LineageEdge:
    shared = within(merged((one.later.start, one.later.end) for one in group), _content(reading))
    directions = [one.direction for one in group]
    return LineageEdge(
        earlier=marks.labels[earlier].label,
        later=marks.labels[reading.id].label,
        share=_length(shared) / max(reading.content_length, 1),
        kind=max(group, key=lambda one: (one.later.end - one.later.start, one.id)).kind,
        direction=next((d for d in ("known", "guessed") if d in directions), "unknown"),
        version=any(one.version for one in group),
    )


def shared_of(readings: Sequence[Reading]) -> dict[str, tuple[CopyLink, ...]]:
    """By text, the links that begin in it and of which nothing tells who was first: its words are shared, too."""
    found: dict[str, tuple[CopyLink, ...]] = {}
    for reading in readings:
        for link in reading.copies:
            if link.direction == "unknown" and link.kind != "same_witness":
                found[link.earlier.doc_id] = (*found.get(link.earlier.doc_id, ()), link)
    return found


def source_of(
    key: str,
    reading: Reading,
    kind: OriginKind,
    edges: Sequence[LineageEdge],
    alike: Sequence[CopyLink],
    marks: PartMarks,
    background: bool,
) -> Source:
    """Everything about a source but its text, which `text_of` adds when all passages of the page are known.

    `edges` are those that end in this text, `alike` the links that begin in it without a known direction.
    """
    label = marks.labels[reading.id]
    copied = merged([*_copied(reading), *((one.earlier.start, one.earlier.end) for one in alike)])
    content = _content(reading)
    size = max(len(reading.text), 1)
    head, line = reading.masthead, reading.dateline
    return Source(
        key=key,
        doc_id=reading.id,
        label=label.label,
        copy=label.copy,
        outlet=reading.outlet,
        agencies=head.agencies if head else (),
        authors=head.authors if head else (),
        kind=kind,
        title=head.title if head else None,
        url=head.url if head else None,
        path=reading.item.path,
        line=reading.item.line,
        sha256=reading.item.sha256,
        media_type=reading.item.media_type,
        encoding=reading.document.encoding,
        language=reading.language,
        published=reading.published,
        dated=reading.dated,
        date_reasons=line.reasons if line and reading.dated else (),
        date_cites=marks.cite(line.at) if line and reading.dated else (),
        said_by=head.published.said_by if head and head.published else None,
        own=1 - _length(within(copied, content)) / max(_length(content), 1),
        copied=(*((edge.earlier, edge.share) for edge in edges), *_shares(alike, content, marks)),
        strip=tuple(_strip(reading, content, copied, size)),
        warnings=tuple(_warnings(reading, edges, background)),
        characters=len(reading.text),
        words=sum(len(reading.text[start:end].split()) for start, end in content),
        blocks=(),
        credits=tuple(dict.fromkeys(credit.name for credit in reading.credits if credit.kind != "image")),
    )


def _shares(
    alike: Sequence[CopyLink], content: list[tuple[int, int]], marks: PartMarks
) -> list[tuple[str, float]]:
    """Share of the content that stands in each of the texts at the other end of `alike`, largest first."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for link in alike:
        if link.later.doc_id in marks.labels:
            label = marks.labels[link.later.doc_id].label
            spans.setdefault(label, []).append((link.earlier.start, link.earlier.end))
    size = max(_length(content), 1)
    shares = [(label, _length(within(merged(found), content)) / size) for label, found in spans.items()]
    return sorted(shares, key=lambda pair: (-pair[1], pair[0]))


def _copied(reading: Reading) -> list[tuple[int, int]]:
    """Stretches taken over from an earlier text; same witness is not a copy."""
    return merged(
        (link.later.start, link.later.end) for link in reading.copies if link.kind != "same_witness"
    )


def _strip(
    reading: Reading, content: list[tuple[int, int]], copied: list[tuple[int, int]], size: int
) -> Iterator[StripPiece]:
    taken = within(copied, content)
    furniture = merged((block.start, block.end) for block in reading.blocks if not block.content)
    for start, end in content:
        yield StripPiece("own", 10_000 * start // size, max(10_000 * (end - start) // size, 1))
    for start, end in taken:
        yield StripPiece("copied", 10_000 * start // size, max(10_000 * (end - start) // size, 1))
    for start, end in furniture[:400]:
        yield StripPiece("furniture", 10_000 * start // size, max(10_000 * (end - start) // size, 1))


def _warnings(reading: Reading, edges: Sequence[LineageEdge], background: bool) -> Iterator[Warning]:
    if background:
        yield Warning("background")
    language = reading.language
    if language is None:
        yield Warning("language_unknown")
    elif language.split("-")[0] not in LANGUAGES:
        yield Warning("language_unread", values=(language,))
    if reading.published is None or reading.published.precision in ("year", "month"):
        yield Warning("date_inferred" if reading.dated else "date_unknown")
    if not (reading.masthead and reading.masthead.outlet):
        yield Warning("outlet_unknown")
    yield from _uncredited(reading, edges)
    if len(reading.text) > LONG:
        yield Warning("long", values=(str(LONG),))
    broken = reading.text.count("\ufffd")
    if broken:
        yield Warning("undecoded", values=(str(broken),))
    for problem in reading.problems:
        yield Warning("problem", f"{problem.kind}: {problem.message}")


def _uncredited(reading: Reading, edges: Sequence[LineageEdge]) -> Iterator[Warning]:
    named = [credit for credit in reading.credits if credit.kind != "image"]
    if named or (reading.masthead and reading.masthead.agencies):
        return
    for edge in edges:
        if edge.kind != "same_witness" and edge.share >= 0.2:
            name = "same_words" if edge.direction == "unknown" else "uncredited"
            yield Warning(name, values=(edge.earlier, str(round(100 * edge.share))))
            return


@dataclass(frozen=True)
class _Layers:
    """What lies over a text: intervals with their role or the number of their passage."""

    edges: tuple[int, ...]
    opened: dict[int, tuple[object, ...]]
    closed: dict[int, tuple[object, ...]]


def _layers(reading: Reading, passages: Sequence[Passage]) -> _Layers:
    marked: list[tuple[int, int, object]] = [(p.start, p.end, p.number) for p in passages]
    for quote in reading.quotes.values():
        marked += [(piece.start, piece.end, "words") for piece in quote.pieces]
        marked += [(piece.start, piece.end, "cue") for piece in quote.cue]
        speakers: tuple[Piece, ...] = (*((quote.speaker,) if quote.speaker else ()), *quote.reported_by)
        marked += [(piece.start, piece.end, "speaker") for piece in speakers]
    opened: dict[int, tuple[object, ...]] = {}
    closed: dict[int, tuple[object, ...]] = {}
    for start, end, what in marked:
        if start < end:
            opened[start] = (*opened.get(start, ()), what)
            closed[end] = (*closed.get(end, ()), what)
    return _Layers(tuple(sorted({*opened, *closed})), opened, closed)


def text_of(reading: Reading, passages: Sequence[Passage], whole: bool = True) -> tuple[SourceBlock, ...]:
    """The text in blocks and segments: cut wherever words, cue, speaker or a cited passage begins or ends.

    A text over 60,000 characters is shown from its start and around its cited passages, any text only around them where it
    is not to be shown `whole`; `skipped` says how much is left out.
    """
    shown = _shown(len(reading.text), [(p.start, p.end) for p in passages], whole)
    layers = _layers(reading, passages)
    cutter = _Cutter(reading.text, layers)
    blocks: list[SourceBlock] = []
    last = 0
    for block in reading.blocks or (Block("", reading.id, 0, len(reading.text), "other", True),):
        for start, end in within([(block.start, block.end)], shown):
            skipped = start - last if start - last > AROUND and _left_out(shown, last, start) else 0
            blocks.append(SourceBlock(block.kind, block.content, tuple(cutter.cut(start, end)), skipped))
            last = end
    left = len(reading.text) - last
    if left > AROUND and _left_out(shown, last, len(reading.text)):
        blocks.append(SourceBlock("other", False, (), left))
    return tuple(blocks)


def _shown(size: int, cited: list[tuple[int, int]], whole: bool) -> list[tuple[int, int]]:
    if size <= LONG and whole:
        return [(0, size)]
    near = [(max(start - AROUND, 0), min(min(end, start + LONG) + AROUND, size)) for start, end in cited]
    return merged([(0, HEAD if whole else AROUND), *near])


def _left_out(shown: list[tuple[int, int]], start: int, end: int) -> bool:
    return _length(within([(start, end)], shown)) < end - start


class _Cutter:
    """Cuts stretches of a text, asked for from left to right, where a layer begins or ends."""

    def __init__(self, text: str, layers: _Layers) -> None:
        self._text = text
        self._layers = layers
        self._next = 0
        self._open: dict[object, int] = {}

    def cut(self, start: int, end: int) -> Iterator[Segment]:
        self._advance(start)
        at = start
        edges = self._layers.edges
        while at < end:
            stop = min(edges[self._next], end) if self._next < len(edges) else end
            yield self._segment(at, stop)
            at = stop
            self._advance(at)

    def _advance(self, position: int) -> None:
        edges, layers = self._layers.edges, self._layers
        while self._next < len(edges) and edges[self._next] <= position:
            at = edges[self._next]
            for what in layers.closed.get(at, ()):
                self._open[what] -= 1
                if not self._open[what]:
                    del self._open[what]
            for what in layers.opened.get(at, ()):
                self._open[what] = self._open.get(what, 0) + 1
            self._next += 1

    def _segment(self, start: int, end: int) -> Segment:
        return Segment(
            text=self._text[start:end],
            roles=tuple(role for role in ROLES if role in self._open),
            cites=tuple(sorted(what for what in self._open if isinstance(what, int))),
        )
