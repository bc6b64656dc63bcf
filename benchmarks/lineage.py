"""Copies among many reports: fingerprints, candidates and passages, with time and memory; document MinHash beside them.

    python -m benchmarks.lineage [REPORTS]     default 20000; issue figures are for 100000

The reports have 400 words and real-looking furniture and stock sentences; one in ten is a copy of an earlier one, cut, with
sentences in another order, or with words changed. `datasketch` and `rensa` are run on the same copies where they are installed.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.piles import (
    BECAUSE,
    DONE,
    FIRST,
    HEADS,
    LAST_HEADS,
    LAST_TAILS,
    MEANS,
    ROLES,
    TAILS,
    TOWN_HEADS,
    TOWN_TAILS,
)
from lagebild.lineage.align import AlignTools, align_passages
from lagebild.lineage.candidates import find_candidates
from lagebild.lineage.prints import PrintTools, print_windows
from lagebild.model.document import Block, Document, Masthead, Stated
from lagebild.model.ids import place_id
from lagebild.model.lineage import CopyCandidate, CopyLink, Credit
from lagebild.model.source import Declared, RawItem
from lagebild.model.speech import Quote
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView, GroupView

__all__ = ["main", "reports"]

STOCK = (
    "Die Ermittlungen zur Ursache dauern an.", "Zeugen werden gebeten, sich bei der zuständigen Dienststelle zu melden.",
    "Eine Stellungnahme lag zunächst nicht vor.", "Weitere Einzelheiten sollen in den kommenden Tagen bekannt gegeben werden.",
    "Die Angaben ließen sich zunächst nicht unabhängig überprüfen.", "Mit Verspätungen und Ausfällen muss weiterhin gerechnet werden.",
)  # fmt: skip
COPIED = 10  # one report in so many is a copy
WORDS = 400


@dataclass(frozen=True)
class Report:
    """A text, and the number of the report that it was copied from."""

    text: str
    source: int | None
    edit: str


def reports(count: int) -> Iterator[Report]:
    """Reports in order; the same for the same count and longer runs begin with the shorter ones."""
    chance = random.Random(7)
    kept: list[list[str]] = []
    for at in range(count):
        if at % COPIED == COPIED - 1:
            source = chance.randrange(max(0, len(kept) - 2000), len(kept))
            edit = ("cut", "reordered", "worn")[at // COPIED % 3]
            number, lines = source, _edited(kept[source], edit, chance)
            yield Report(" ".join(lines), number // (COPIED - 1) * COPIED + number % (COPIED - 1), edit)
        else:
            lines = _lines(chance)
            kept.append(lines)
            yield Report(" ".join(lines), None, "")


def _lines(chance: random.Random) -> list[str]:
    lines: list[str] = []
    words = 0
    while words < WORDS:
        line = chance.choice(STOCK) if chance.random() < 0.08 else _line(chance)
        lines.append(line)
        words += line.count(" ") + 1
    return lines


def _line(chance: random.Random) -> str:
    def one(parts: tuple[str, ...]) -> str:
        return chance.choice(parts)

    town, firm = one(TOWN_HEADS) + one(TOWN_TAILS), one(HEADS) + one(TAILS)
    who = f"{one(ROLES)} {one(FIRST)} {one(LAST_HEADS)}{one(LAST_TAILS)}"
    thing, other, place = (one(HEADS) + one(TAILS) for _ in range(3))
    number, because = chance.randrange(2, 900), one(BECAUSE)
    forms = (
        f"{who} {one(MEANS)} die {thing} in {town}.",
        f"{number} {thing}en wurden am {firm} {one(DONE)}, {because} {other} und {place} fehlten.",
        f"Bei {town} ist die {thing} {one(DONE)} worden.",
        f"„{thing} und {other} bleiben {one(DONE)}“, sagte {who} in {town}.",
        f"Der {one(HEADS)}rat {one(MEANS)} {other}, {because} {town} {number} {place}en verlor.",
        f"{who} {one(MEANS)} seither {number} {thing}en.",
        f"Am {firm} fehlt {thing}, {because} {who} {other} {one(MEANS)}.",
        f"{town} {one(MEANS)} {thing}, {other} und {place}.",
    )
    return chance.choice(forms)


def _edited(lines: list[str], edit: str, chance: random.Random) -> list[str]:
    if edit == "cut":
        return lines[: len(lines) // 2]
    if edit == "reordered":
        return [*lines[len(lines) // 2 :], *lines[: len(lines) // 2]]
    return [" ".join(word for word in line.split() if chance.random() > 0.15) for line in lines]


def view(at: int, text: str) -> DocView:
    """A document of one block."""
    name = f"d{at:07d}"
    return DocView(
        name,
        {
            RawItem: (RawItem(name, f"{name}.txt", None, "0" * 64, "text/plain", len(text), Declared()),),
            Document: (Document(name, text, "text/plain", "utf-8", Stated(), (), None),),
            Block: (Block(place_id(name, "b", 0, len(text)), name, 0, len(text), "paragraph", True),),
            Masthead: (Masthead(f"{name}:h", name, "de", None, None, None, None, None, (), ()),),
            Quote: (),
            Credit: (),
        },
    )


def main(arguments: list[str]) -> int:
    """Print seconds of processor time a step, memory, and how many of the copies were found."""
    count = int(arguments[0]) if arguments else 20_000
    texts = list(reports(count))
    started = time.process_time()
    prints = [row for at, one in enumerate(texts) for row in print_windows([view(at, one.text)], PRINT_TOOLS)]
    printed = time.process_time()
    candidates = [
        row for row in find_candidates(CaseView(lambda _: iter(prints))) if isinstance(row, CopyCandidate)
    ]
    paired = time.process_time()
    tools = AlignTools.load(Settings())
    pairs = sorted({tuple(sorted((row.doc_id, row.other_id))) for row in candidates})
    links: list[CopyLink] = []
    for left, right in pairs:
        docs = tuple(view(int(name[1:]), texts[int(name[1:])].text) for name in (left, right))
        links += align_passages(GroupView(f"{left}|{right}", docs), tools)
    ended = time.process_time()
    found = {
        (min(a, b), max(a, b))
        for link in links
        for a, b in [(int(link.earlier.doc_id[1:]), int(link.later.doc_id[1:]))]
    }
    figures = {
        "reports": count, "prints_s": round(printed - started, 1), "candidates_s": round(paired - printed, 1),
        "align_s": round(ended - paired, 1), "cpu_minutes": round((ended - started) / 60, 2), "pairs": len(pairs),
        "linked_pairs": len(found), "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    print("lagebild", json.dumps(figures | _recall(texts, found)))
    for peer in (_datasketch, _rensa):
        print(peer(texts))
    return 0


PRINT_TOOLS = PrintTools.load(Settings())


def _recall(texts: list[Report], found: set[tuple[int, int]]) -> dict[str, float]:
    """Part of the copies whose pair was found, by edit."""
    hits: dict[str, list[bool]] = {}
    for at, one in enumerate(texts):
        if one.source is not None:
            hits.setdefault(one.edit, []).append((one.source, at) in found)
    return {f"found_{edit}": round(sum(all_) / len(all_), 4) for edit, all_ in sorted(hits.items())}


def _datasketch(texts: list[Report]) -> str:
    if find_spec("datasketch") is None:
        return "datasketch: not installed; skipped"
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found,unused-ignore]

    started = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    found: set[tuple[int, int]] = set()
    for at, one in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(three).encode() for three in _triples(one.text)])
        found |= {(earlier, at) for earlier in index.query(sketch)}
        index.insert(at, sketch)
    return f"datasketch {json.dumps({'cpu_minutes': round((time.process_time() - started) / 60, 2)} | _recall(texts, found))}"


def _rensa(texts: list[Report]) -> str:
    if find_spec("rensa") is None:
        return "rensa: not installed; skipped"
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found,unused-ignore]

    started = time.process_time()
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    found: set[tuple[int, int]] = set()
    for at, one in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=7)
        sketch.update([" ".join(three) for three in _triples(one.text)])
        found |= {(earlier, at) for earlier in index.query(sketch)}
        index.insert(at, sketch)
    return f"rensa {json.dumps({'cpu_minutes': round((time.process_time() - started) / 60, 2)} | _recall(texts, found))}"


def _triples(text: str) -> Iterator[tuple[str, str, str]]:
    words = text.casefold().split()
    return zip(words, words[1:], words[2:], strict=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
