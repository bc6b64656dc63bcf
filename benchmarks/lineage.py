"""Copies among many reports: fingerprints, candidates, passages, families, with time and memory; document MinHash beside them.

    python -m benchmarks.lineage [REPORTS] [--texts FILE]     default 20000; the figures asked for are for 100000

The reports have 400 words and real-looking furniture and stock sentences; one in ten is a copy of an earlier one, cut, with
sentences in another order, or with words changed. FILE keeps the texts: they are generated once. Rows go through bytes, as they do in a
case; reading and writing the case itself is not in these figures (see benchmarks.scale). `add` is the work of the lineage steps for
one more report: once with the index of fingerprints kept, as a program that stays up can, once as the steps do it from all rows.
`datasketch` and `rensa` are run on the same copies where they are installed.
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
from itertools import islice
from pathlib import Path
from typing import Any

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
from lagebild.lineage.candidates import CandidateIndex, find_candidates
from lagebild.lineage.families import group_copies
from lagebild.lineage.prints import PrintTools, print_windows
from lagebild.model.document import Block, Document, Masthead, Stated
from lagebild.model.ids import place_id
from lagebild.model.lineage import CopyCandidate, CopyLink, Credit, Fingerprints
from lagebild.model.source import Declared, RawItem
from lagebild.model.speech import Quote
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView, GroupView
from lagebild.tables import decode, encode

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


@dataclass(frozen=True)
class Run:
    """What the steps made of the reports, as a case keeps it, and the seconds of processor time of each."""

    texts: list[Report]
    prints: list[bytes]
    links: list[bytes]
    seconds: dict[str, float]
    pairs: int
    found: set[tuple[int, int]]

    def rows(self, kind: type[Any]) -> Iterator[Any]:
        """The rows of a type, decoded as they are read."""
        held = {Fingerprints: self.prints, CopyLink: self.links}.get(kind, [])
        return (decode(kind, row) for row in held)


def main(arguments: list[str]) -> int:
    """Print seconds of processor time a step, memory, and how many of the copies were found."""
    file = Path(arguments[arguments.index("--texts") + 1]) if "--texts" in arguments else None
    count = next((int(one) for one in arguments if one.isdigit()), 20_000)
    texts = list(_kept(file, count + 1))
    last = texts.pop()
    run = _run(texts)
    figures: dict[str, Any] = {"reports": count} | {
        f"{name}_s": round(one, 1) for name, one in run.seconds.items()
    }
    figures |= {
        "cpu_minutes": round(sum(run.seconds.values()) / 60, 2), "pairs": run.pairs, "linked_pairs": len(run.found),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    print("lagebild", json.dumps(figures | _recall(texts, run.found)), flush=True)
    print("add one", json.dumps(_add(run, last)), flush=True)
    for peer in (_datasketch, _rensa):
        print(peer(texts), flush=True)
    return 0


def _kept(file: Path | None, count: int) -> Iterator[Report]:
    """The reports, from a file where it holds enough of them, else generated and written there."""
    if file and file.is_file():
        with file.open(encoding="utf-8") as lines:
            found = [Report(*json.loads(line)) for line in islice(lines, count)]
        if len(found) == count:
            yield from found
            return
    made = list(reports(count))
    if file:
        file.write_text(
            "".join(json.dumps([one.text, one.source, one.edit]) + "\n" for one in made), encoding="utf-8"
        )
    yield from made


def _run(texts: list[Report]) -> Run:
    times = [time.process_time()]
    prints = [
        encode(row)
        for at, one in enumerate(texts)
        for row in print_windows([view(at, one.text)], PRINT_TOOLS)
    ]
    times.append(time.process_time())
    _tell("fingerprints", times)
    run = Run(texts, prints, [], {}, 0, set())
    pairs = sorted(
        {_key(row) for row in find_candidates(CaseView(run.rows)) if isinstance(row, CopyCandidate)}
    )
    times.append(time.process_time())
    _tell(f"candidates, {len(pairs)} pairs", times)
    links = [link for pair in pairs for link in _links(texts, *pair)]
    times.append(time.process_time())
    _tell("passages", times)
    found = {_numbers(link) for link in links}
    done = Run(texts, prints, [encode(link) for link in links], {}, len(pairs), found)
    list(group_copies(CaseView(done.rows)))
    times.append(time.process_time())
    names = ("prints", "candidates", "align", "families")
    seconds = {name: end - start for name, start, end in zip(names, times, times[1:], strict=False)}
    return Run(texts, prints, done.links, seconds, len(pairs), found)


def _tell(step: str, times: list[float]) -> None:
    """Say on stderr that a step is done: a long run shows that it goes on."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{step}: {times[-1] - times[-2]:.1f} s of processor time, {memory} MB at most",
        file=sys.stderr,
        flush=True,
    )


def _key(row: CopyCandidate) -> tuple[int, int]:
    a, b = sorted((int(row.doc_id[1:]), int(row.other_id[1:])))
    return a, b


def _numbers(link: CopyLink) -> tuple[int, int]:
    a, b = sorted((int(link.earlier.doc_id[1:]), int(link.later.doc_id[1:])))
    return a, b


def _links(texts: list[Report], left: int, right: int) -> list[CopyLink]:
    docs = tuple(view(at, texts[at].text) for at in (left, right))
    return list(align_passages(GroupView(f"{docs[0].id}|{docs[1].id}", docs), ALIGN_TOOLS))


def _add(run: Run, report: Report) -> dict[str, float]:
    """Seconds of processor time for one more report: with the index kept, and through the steps as they are."""
    texts = [*run.texts, report]
    index = CandidateIndex(run.rows(Fingerprints))
    started = time.process_time()
    (row,) = print_windows([view(len(run.texts), report.text)], PRINT_TOOLS)
    met = index.meeting(row)
    for name, _ in met:
        _links(texts, int(name[1:]), len(run.texts))
    kept = time.process_time() - started
    del index
    started = time.process_time()
    run.prints.append(encode(next(iter(print_windows([view(len(run.texts), report.text)], PRINT_TOOLS)))))
    rows = list(find_candidates(CaseView(run.rows)))
    candidates = time.process_time() - started
    for pair in {_key(row) for row in rows if int(row.doc_id[1:]) == len(run.texts)}:
        _links(texts, *pair)
    list(group_copies(CaseView(run.rows)))
    steps = time.process_time() - started
    run.prints.pop()
    return {
        "index_kept_s": round(kept, 3),
        "steps_s": round(steps, 2),
        "of_which_candidates_s": round(candidates, 2),
    }


ALIGN_TOOLS = AlignTools.load(Settings())
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
