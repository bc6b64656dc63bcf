"""How well reports are grouped into stories and dated, on piles written for this project (`cases.jsonl`).

A document has its text, the day it states (or null), the day on which it was written in truth, and whether that day can be
told from the pile at all. Piles of the split "held" were not looked at while the weights were chosen. Measured per document
without a stated day: *right* dated to at most a week that holds the true day, of those that can be told; *narrow* the same
within three days; *not_wrong* of all dated ones, the share whose interval holds the true day; *left_open* of those that cannot
be told, the share left without a week. *stories* is the F1 of pairs of documents put together.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.annotate.times import TimeTools, find_times
from lagebild.clean.blocks import BlockTools, mark_blocks
from lagebild.clean.masthead import MastheadTools, read_masthead
from lagebild.clean.repeats import print_lines
from lagebild.clean.stretches import StretchTools, cut_blocks
from lagebild.clean.text import TextTools, extract_text
from lagebild.lineage.align import AlignTools, align_passages
from lagebild.lineage.candidates import find_candidates, pair_keys
from lagebild.lineage.credits import CreditTools, find_credits
from lagebild.lineage.prints import PrintTools, print_windows
from lagebild.model.document import Block, Document, LinePrints, Masthead, Stretch
from lagebild.model.identity import MentionLink
from lagebild.model.lineage import CopyCandidate, CopyLink, Credit, Fingerprints
from lagebild.model.marks import Mention, Sentence, TimePhrase, Words
from lagebild.model.source import Declared, RawItem
from lagebild.model.speech import Quote
from lagebild.model.story import Dateline, Signature, StoryMember
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView, GroupView
from lagebild.story.datelines import DatelineTools, date_documents
from lagebild.story.signatures import SignatureTools, sign_documents
from lagebild.story.stories import group_stories

CASES = Path(__file__).with_name("cases.jsonl")
LAYERS = (
    Document, Stretch, LinePrints, Block, Masthead, Sentence, Words, Mention, TimePhrase, MentionLink, Credit, Fingerprints,
    CopyCandidate, CopyLink, Quote, Signature, StoryMember, Dateline,
)  # fmt: skip
Layers = dict[type[Any], tuple[Any, ...]]


def cases() -> list[dict[str, Any]]:
    """The labelled piles, in file order."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


class Pile:
    """The rows of a pile, made by the steps that lead to stories and dates."""

    def __init__(self, pile: dict[str, Any]) -> None:
        self.rows: dict[str, Layers] = {}
        self._raw: dict[str, bytes] = {}
        for doc in pile["docs"]:
            self._add(doc["name"], doc["text"], doc["published"])
        self._read()
        self._copies()
        self._stories()

    def _add(self, name: str, text: str, published: str | None) -> None:
        declared = Declared(published=published, said_by="gold" if published else "")
        item = RawItem(name, f"{name}.txt", None, name, "text/plain", len(text), declared)
        self.rows[name] = dict.fromkeys(LAYERS, ()) | {RawItem: (item,)}
        self._raw[name] = text.encode()

    def _each(self, run: Callable[..., Iterable[Any]], *tools: Any) -> None:
        for name, layers in self.rows.items():
            for row in run([DocView(name, layers, {}, self._raw[name])], *tools):
                if type(row) in layers:
                    layers[type(row)] = tuple(sorted((*layers[type(row)], row), key=lambda one: str(one.id)))

    def _read(self) -> None:
        settings = Settings()
        self._each(extract_text, TextTools.load(settings))
        self._each(cut_blocks, StretchTools.load(settings))
        self._each(print_lines)
        self._each(mark_blocks, BlockTools.load(settings))
        self._each(read_masthead, MastheadTools.load(settings))
        self._each(split_sentences, SentenceTools.load(settings))
        self._each(find_times, TimeTools.load(settings))
        self._each(find_credits, CreditTools.load(settings))
        self._each(print_windows, PrintTools.load(settings))
        self._each(sign_documents, SignatureTools.load(settings))

    def _stream(self, kind: type[Any]) -> Iterator[Any]:
        return iter(
            sorted(
                (row for layers in self.rows.values() for row in layers[kind]),
                key=lambda row: (row.owner, row.id),
            )
        )

    def _copies(self) -> None:
        for candidate in find_candidates(CaseView(self._stream)):
            self.rows[candidate.doc_id][CopyCandidate] += (candidate,)
        pairs: dict[str, list[str]] = defaultdict(list)
        for name, layers in sorted(self.rows.items()):
            for key in pair_keys(DocView(name, layers)):
                pairs[key].append(name)
        tools = AlignTools.load(Settings())
        for key, names in sorted(pairs.items()):
            if len(names) == 2:
                for row in align_passages(
                    GroupView(key, tuple(DocView(name, self.rows[name]) for name in names)), tools
                ):
                    if isinstance(row, CopyLink):
                        self.rows[row.owner][CopyLink] += (row,)

    def _stories(self) -> None:
        self.stories: dict[str, list[str]] = defaultdict(list)
        for row in group_stories(CaseView(self._stream)):
            if isinstance(row, StoryMember):
                self.rows[row.doc_id][StoryMember] = (row,)
                self.stories[row.story_id].append(row.doc_id)
        tools = DatelineTools.load(Settings())
        for story_id, names in sorted(self.stories.items()):
            group = GroupView(story_id, tuple(DocView(name, self.rows[name]) for name in sorted(names)))
            for line in date_documents(group, tools):
                self.rows[line.doc_id][Dateline] = (line,)

    def dateline(self, name: str) -> Dateline | None:
        """The date of a document, None where it has none."""
        rows = self.rows[name][Dateline]
        return rows[0] if rows else None


def width(line: Dateline | None) -> int | None:
    """Days of an interval, None where it is open or missing."""
    if line is None or line.earliest is None or line.latest is None:
        return None
    return (date.fromisoformat(line.latest[:10]) - date.fromisoformat(line.earliest[:10])).days


def holds(line: Dateline, day: str) -> bool:
    """Whether the true day lies in the interval."""
    return (line.earliest is None or line.earliest[:10] <= day) and (
        line.latest is None or day < line.latest[:10]
    )


def measure() -> dict[str, float]:
    """The figures named above, for open and held piles."""
    counts: dict[str, Counter[str]] = {"open": Counter(), "held": Counter()}
    for case in cases():
        _count(case, counts[case["split"]])
    return {
        f"{name}_{split}": figure for split, told in counts.items() for name, figure in _figures(told).items()
    }


def _count(case: dict[str, Any], told: Counter[str]) -> None:
    pile = Pile(case)
    wanted = {pair for names in case["stories"] for pair in combinations(sorted(names), 2)}
    found = {pair for names in pile.stories.values() for pair in combinations(sorted(names), 2)}
    told.update(wanted=len(wanted), found=len(found), both=len(wanted & found))
    for doc in case["docs"]:
        if doc["published"] is not None:
            continue
        line = pile.dateline(doc["name"])
        days = width(line)
        true = line is not None and holds(line, doc["written"])
        told["dated"] += line is not None
        told["true"] += true
        told["datable"] += doc["datable"]
        told["right"] += doc["datable"] and true and days is not None and days <= 7
        told["narrow"] += doc["datable"] and true and days is not None and days <= 3
        told["undatable"] += not doc["datable"]
        told["open"] += not doc["datable"] and (days is None or days > 7)


def _figures(told: Counter[str]) -> dict[str, float]:
    return {
        "right": told["right"] / told["datable"],
        "narrow": told["narrow"] / told["datable"],
        "not_wrong": told["true"] / told["dated"] if told["dated"] else 1.0,
        "left_open": told["open"] / told["undatable"] if told["undatable"] else 1.0,
        "stories": 2 * told["both"] / (told["wanted"] + told["found"]),
    }
