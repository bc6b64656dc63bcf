"""Documents as rows, for tests of stories: a text is one paragraph, its sentences end with a full stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lagebild.annotate.times import TimeTools, find_times
from lagebild.model.document import Block, Document, Masthead, Precision, Stamp, Stated
from lagebild.model.identity import MentionLink
from lagebild.model.ids import place_id
from lagebild.model.lineage import CopyCandidate, CopyLink
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.source import Declared, RawItem
from lagebild.model.span import Piece
from lagebild.model.story import Dateline, Signature, Story, StoryMember
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView, GroupView
from lagebild.story.datelines import DatelineTools, date_documents
from lagebild.story.signatures import SignatureTools, sign_documents
from lagebild.story.stories import group_stories
from lagebild.story.when import WhenTools

TIMES = TimeTools.load(Settings())
SIGNATURES = SignatureTools.load(Settings())
DATELINES = DatelineTools.load(Settings())
WHENS = WhenTools.load(Settings())
Layers = dict[type[Any], tuple[Any, ...]]


def layers(
    doc_id: str,
    text: str,
    stated: str | None = None,
    precision: Precision = "day",
    language: str = "de",
    title: str | None = None,
) -> Layers:
    """The rows of one document up to its signature; a line that begins with „post:“ is a post."""
    stamp = Stamp(stated, precision, "text") if stated else None
    at = Piece(0, len(title)) if title else None
    rows: Layers = {
        RawItem: (RawItem(doc_id, f"{doc_id}.txt", None, doc_id, "text/plain", 1, Declared()),),
        Document: (Document(doc_id, text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (Masthead(f"{doc_id}:m", doc_id, language, title, at, stamp, None, None, (), ()),),
        MentionLink: (),
        CopyCandidate: (),
        CopyLink: (),
        StoryMember: (),
        Dateline: (),
    }
    rows[Block] = tuple(_blocks(doc_id, text))
    rows[Sentence] = tuple(_sentences(doc_id, text, rows[Block]))
    rows[TimePhrase] = tuple(find_times([DocView(doc_id, rows)], TIMES))
    rows[Signature] = tuple(sign_documents([DocView(doc_id, rows)], SIGNATURES))
    return rows


def _blocks(doc_id: str, text: str) -> Iterator[Block]:
    start = 0
    for line in text.split("\n"):
        if line:
            post = line.startswith("post:")
            end = start + len(line)
            yield Block(
                place_id(doc_id, "b", start, end),
                doc_id,
                start,
                end,
                "post" if post else "paragraph",
                not post,
            )
        start += len(line) + 1


def _sentences(doc_id: str, text: str, blocks: Iterable[Block]) -> Iterator[Sentence]:
    for block in blocks:
        start = block.start
        for place in range(block.start, block.end):
            if text[place] == "." and (
                place + 1 == block.end or text[place + 1 : place + 3].strip()[:1].isupper()
            ):
                yield Sentence(place_id(doc_id, "s", start, place + 1), doc_id, start, place + 1, block.id)
                start = place + 2
        if start < block.end:
            yield Sentence(place_id(doc_id, "s", start, block.end), doc_id, start, block.end, block.id)


def case_of(docs: Mapping[str, Layers]) -> CaseView:
    """A case that holds these documents."""

    def stream(kind: type[Any]) -> Iterator[Any]:
        return iter(
            sorted((row for rows in docs.values() for row in rows[kind]), key=lambda row: (row.owner, row.id))
        )

    return CaseView(stream)


def stories_of(docs: Mapping[str, Layers]) -> tuple[list[Story], dict[str, StoryMember]]:
    """Stories in the order they come, and the membership of each document."""
    rows = list(group_stories(case_of(docs)))
    stories = [row for row in rows if isinstance(row, Story)]
    return stories, {row.doc_id: row for row in rows if isinstance(row, StoryMember)}


def datelines_of(
    docs: Mapping[str, Layers], background: Iterable[str] = (), links: Iterable[CopyLink] = ()
) -> dict[str, Dateline]:
    """The dates of documents that are one story."""
    linked = list(links)
    for doc_id, rows in docs.items():
        role: Any = "background" if doc_id in background else "core"
        rows[StoryMember] = (StoryMember(f"sm{doc_id}", doc_id, "st", role),)
        rows[CopyLink] = tuple(link for link in linked if link.owner == doc_id)
    views = tuple(DocView(doc_id, rows) for doc_id, rows in sorted(docs.items()))
    return {line.doc_id: line for line in date_documents(GroupView("st", views), DATELINES)}
