"""Time phrases against KRAUTS: German news with TIMEX3 gold (CC BY-NC 4.0: measured only; nothing of it is kept or shown).

    python -m benchmarks.times [FOLDER]      default ../shared/corpora/krauts; without it the reason is printed

TempEval-3 manner: strict = same span, relaxed = overlap (one to one, in text order), value = relaxed and same value; F1 in
per cent, pooled. Phrases that hang on an event („vor der Wahl“) are left out: TIMEX3 does not mark them. HeidelTime is the
output that comes with the corpus. Rules were written while the errors of one half of the documents were read (`is_read`); of the
other half only figures were seen, so that a gap between both shows what fits too closely.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.annotate.times import TimeTools, find_times
from lagebild.clean.stretches import StretchTools, cut_blocks
from lagebild.model.document import Block, Document, Masthead, Stated, Stretch
from lagebild.model.marks import Sentence, TimePhrase
from lagebild.model.story import Dateline
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.story.when import WhenTools, date_phrases
from lagebild.textkit.calendar import day_interval

__all__ = ["dated_phrases", "score"]

Mark = tuple[int, int, str, str]
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "krauts"
PARTS = ("Dolomiten-42", "Dolomiten-100", "Zeit-50")


def read_marks(path: Path) -> tuple[str, list[Mark]]:
    """The text of a TimeML file and its marks (start, end, type, value)."""
    found = re.search(r"<TEXT[^>]*>(.*?)</TEXT>", path.read_text(encoding="utf-8"), re.S)
    text, stack, marks = "", [], []
    for token in re.split(r"(<[^>]+>)", found[1] if found else ""):
        if token.startswith("<TIMEX3") and not token.endswith("/>"):
            stack.append((len(text), dict(re.findall(r'(\w+)="([^"]*)"', token))))
        elif token.startswith("</TIMEX3") and stack:
            start, told = stack.pop()
            marks.append((start, len(text), told.get("type", ""), told.get("value", "")))
        elif not token.startswith("<"):
            text += html.unescape(token)
    return text, marks


def written_on(path: Path) -> date | None:
    """The day of publication that the file states."""
    told = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', path.read_text(encoding="utf-8"), re.S)
    return date.fromisoformat(told[1]) if told else None


def dated_phrases(
    text: str, day: date | None, language: str = "de"
) -> list[tuple[TimePhrase, str, str | None, str | None]]:
    """The time phrases of a text written on `day`, with value, earliest and latest. The whole text counts as content."""
    tools = Settings()
    rows: dict[type, tuple[object, ...]] = {
        Document: (Document("d", text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (Masthead("d:m", "d", language, None, None, None, None, None, (), ()),),
    }
    rows[Stretch] = tuple(
        row for row in cut_blocks([DocView("d", rows)], StretchTools.load(tools)) if isinstance(row, Stretch)
    )
    rows[Block] = tuple(
        Block(row.id, "d", row.start, row.end, "paragraph", True)
        for row in rows[Stretch]
        if isinstance(row, Stretch)
    )
    found = split_sentences([DocView("d", rows)], SentenceTools.load(tools))
    rows[Sentence] = tuple(row for row in found if isinstance(row, Sentence))
    rows[TimePhrase] = tuple(find_times([DocView("d", rows)], _TOOLS))
    if day is not None:
        whole = day_interval(day)
        rows[Dateline] = (Dateline("d:n", "d", whole.earliest, whole.latest, "published", ()),)
    else:
        rows[Dateline] = ()
    view = DocView("d", rows)
    whens = {when.phrase_id: when for when in date_phrases([view], _WHEN)}
    return [
        (phrase, when.value, when.earliest, when.latest)
        for phrase in view.rows(TimePhrase)
        if (when := whens[phrase.id])
    ]


_TOOLS = TimeTools.load(Settings())
_WHEN = WhenTools.load(Settings())


def score(pairs: Iterable[tuple[list[Mark], list[Mark]]]) -> dict[str, float]:
    """Strict, relaxed, value F1 in per cent over (gold, found) pairs, and the number of gold marks."""
    counts = dict.fromkeys(("gold", "found", "strict", "relaxed", "value"), 0)
    for gold, found in pairs:
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["strict"] += len({mark[:2] for mark in gold} & {mark[:2] for mark in found})
        used: set[int] = set()
        for mark in gold:
            for place, other in enumerate(found):
                if place not in used and mark[0] < other[1] and other[0] < mark[1]:
                    used.add(place)
                    counts["relaxed"] += 1
                    counts["value"] += mark[3] == other[3]
                    break
    both = counts["gold"] + counts["found"]
    figures = {
        key: round(200 * counts[key] / both, 1) if both else 0.0 for key in ("strict", "relaxed", "value")
    }
    return {**figures, "marks": counts["gold"]}


def is_read(path: Path) -> bool:
    """Whether the errors of a document were read while rules were written: half of all, by the hash of their names."""
    return hashlib.sha256(path.name.encode()).digest()[0] % 2 == 0


def _own(path: Path) -> list[Mark]:
    text, _ = read_marks(path)
    return [
        (phrase.start, phrase.end, phrase.type, value)
        for phrase, value, _, _ in dated_phrases(text, written_on(path))
        if "event=" not in phrase.rule
    ]


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Own and HeidelTime's figures for each part, and for all of them pooled."""
    told: dict[str, dict[str, float]] = {}
    own: list[tuple[list[Mark], list[Mark]]] = []
    peer: list[tuple[list[Mark], list[Mark]]] = []
    halves: dict[bool, list[tuple[list[Mark], list[Mark]]]] = {True: [], False: []}
    for part in PARTS:
        paths = sorted((folder / f"KRAUTS_{part}").glob("*.tml"))
        if not paths:
            continue
        golds = [[mark for mark in read_marks(path)[1] if mark[1] > mark[0]] for path in paths]
        here = list(zip(golds, [_own(path) for path in paths], strict=True))
        theirs = [read_marks(folder / f"KRAUTS_{part}_Heideltime" / path.name)[1] for path in paths]
        told[f"{part} lagebild"] = score(here)
        told[f"{part} HeidelTime (spans in its own text)"] = score(zip(golds, theirs, strict=True))
        own += here
        for path, pair in zip(paths, here, strict=True):
            halves[is_read(path)].append(pair)
        peer += list(zip(golds, theirs, strict=True))
    told["lagebild, half that was read"] = score(halves[True])
    told["lagebild, half that was only scored"] = score(halves[False])
    told["all lagebild"] = score(own)
    told["all HeidelTime"] = score(peer)
    return told


def main(arguments: list[str]) -> int:
    """Print the figures; 0 also where the corpus is absent."""
    folder = Path(arguments[0]) if arguments else DEFAULT
    if not folder.is_dir():
        print(f"times: no corpus at {folder}; skipped")
        return 0
    started = time.perf_counter()
    for name, figures in measure(folder).items():
        print(name, json.dumps(figures))
    print(f"{time.perf_counter() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
