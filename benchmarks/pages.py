"""How well pages of publishers are read: places, text, title, date, authors.

    python benchmarks/pages.py [FOLDER] [--show NAME]

Measured against stored pages with their body, title, authors and date (the test data of fundus, MIT; the pages belong
to their publishers and are not part of this project): FOLDER/*/NAME.json beside FOLDER/*/NAME_date.html.gz. Without
the folder nothing is measured and the reason is printed.

Figures: *placed* is the share of the extractor's lines found on the page, and the share of characters of our text
that have a piece. *text* is token precision, recall and F1 (multisets of words) of the running text, without headline, captions,
credits and stamps, against the stored body; *extractor_f1* is the same for the extractor's bare output. *title* is right when one holds the other (stored titles come from metadata
and may carry the kicker). *date* is right to the day; pages of which the markup states no date are counted apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lagebild.clean import page
from lagebild.clean.page_scan import DATA, scan_page
from lagebild.textkit.align import matching_form, place_lines

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "pages"
BESIDE_TEXT = {"caption", "credit", "stamp", "headline"}
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Case:
    name: str
    html: str
    truth: dict[str, Any]


@dataclass(frozen=True)
class Measured:
    name: str
    lines: int
    placed: int
    characters: int
    traced: int
    precision: float
    recall: float
    f1: float
    extractor_f1: float
    title: bool
    date: bool | None
    authors: float | None
    seconds: float
    notes: tuple[str, ...]


def cases(folder: Path) -> Iterator[Case]:
    """Stored pages with their truth; the file of a version names the pages it was made for by order of dates."""
    for truth_file in sorted(folder.glob("*/*.json")):
        versions = json.loads(truth_file.read_text(encoding="utf-8"))
        pages = sorted(truth_file.parent.glob(f"{truth_file.stem}_*.html.gz"))
        texts = {path: gzip.decompress(path.read_bytes()).decode("utf-8", "replace") for path in pages}
        for path, version in match_versions(texts, versions).items():
            yield Case(path.name.removesuffix(".html.gz"), texts[path], version)


def match_versions(texts: dict[Path, str], versions: dict[str, Any]) -> dict[Path, Any]:
    """Page to version: the version whose body shares most words with the page."""
    matched = {}
    for path, html in texts.items():
        words = set(WORD.findall(html))
        ranked = sorted(versions, key=lambda key: (share_of(body_text(versions[key]), words), key))
        matched[path] = versions[ranked[-1]]
    return matched


def share_of(text: str, words: set[str]) -> float:
    found = WORD.findall(text)
    return sum(word in words for word in found) / max(1, len(found))


def body_text(version: dict[str, Any]) -> str:
    body = version.get("body") or {}
    parts = list(body.get("summary", []))
    for section in body.get("sections", []):
        parts += section.get("headline", []) + section.get("paragraphs", [])
    return "\n".join(parts)


def running_text(read: page.PageText, headlines: bool) -> str:
    beside = BESIDE_TEXT - {"headline"} if headlines else BESIDE_TEXT
    return "\n".join(
        read.text[start:end]
        for start, end, kind in read.kinds
        if kind not in beside and (start, end) != read.title_at
    )


def measure(case: Case) -> Measured:
    began = time.perf_counter()
    read = page.read_page(case.html)
    seconds = time.perf_counter() - began
    scan = scan_page(case.html)
    kept = page._extracted_lines(case.html, scan, [])
    places = place_lines(kept, "\n".join(line.text for line in scan.lines if not line.flags & DATA))
    precision, recall, f1 = overlap(running_text(read, headlines=True), body_text(case.truth))
    truth_day = str(case.truth.get("publishing_date") or "")
    return Measured(
        name=case.name, lines=len(kept), placed=sum(1 for place in places if place),
        characters=len(read.text), traced=sum(end - start for start, end, _, _ in read.pieces),
        precision=precision, recall=recall, f1=f1, extractor_f1=overlap("\n".join(kept), body_text(case.truth))[2],
        title=same_title(read.title or "", case.truth.get("title") or ""),
        date=same_day(read.published[0], truth_day) if read.published and truth_day else None,
        authors=shared_authors(read.authors, case.truth.get("authors")),
        seconds=seconds, notes=read.notes,
    )  # fmt: skip


def overlap(ours: str, truth: str) -> tuple[float, float, float]:
    left, right = (Counter(WORD.findall(text.casefold())) for text in (ours, truth))
    shared = sum((left & right).values())
    precision, recall = shared / max(1, sum(left.values())), shared / max(1, sum(right.values()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def same_title(ours: str, truth: str) -> bool:
    """Whether the words of one title hold those of the other; signs between kicker and headline do not count."""
    left, right = (" ".join(WORD.findall(title.replace("\u00ad", "").casefold())) for title in (ours, truth))
    return bool(left) and (left in right or right in left)


def same_day(ours: str, truth: str) -> bool:
    if "+" in ours[10:] and len(ours) > 16 and truth[19:]:
        return utc(ours).date() == utc(truth).date()
    return ours[:10] == truth[:10]


def utc(said: str) -> datetime:
    return datetime.fromisoformat(said).astimezone(UTC)


def shared_authors(ours: tuple[str, ...], truth: list[str] | None) -> float | None:
    if not truth:
        return None
    left, right = ({matching_form(name).chars.casefold() for name in names} for names in (ours, truth))
    return 2 * len(left & right) / (len(left) + len(right))


def print_report(found: list[Measured]) -> None:
    lines, placed = sum(m.lines for m in found), sum(m.placed for m in found)
    characters, traced = sum(m.characters for m in found), sum(m.traced for m in found)
    stated = [m for m in found if m.date is not None]
    print(f"pages                 {len(found)}")
    print(f"extractor lines       {placed} of {lines} placed ({placed / max(1, lines):.2%})")
    print(f"characters with piece {traced / max(1, characters):.2%} of {characters}")
    for name in ("precision", "recall", "f1", "extractor_f1"):
        values = [getattr(m, name) for m in found]
        print(
            f"text {name:<16} mean {statistics.mean(values):.3f}, median {statistics.median(values):.3f}, lowest {min(values):.3f}"
        )
    print(f"title right           {sum(m.title for m in found)} of {len(found)}")
    print(
        f"date right to the day {sum(bool(m.date) for m in stated)} of {len(stated)} with a date found; none found: {len(found) - len(stated)}"
    )
    authors = [m.authors for m in found if m.authors is not None]
    print(
        f"authors, mean F1      {statistics.mean(authors):.3f}; all right: {sum(a == 1 for a in authors)} of {len(authors)}"
    )
    print(
        f"seconds               {sum(m.seconds for m in found):.2f} in all, slowest {max(m.seconds for m in found):.2f}"
    )
    print(f"peak memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def print_case(case: Case) -> None:
    read = page.read_page(case.html)
    for start, end, kind in read.kinds:
        print(f"{kind:>12} | {read.text[start:end]}")
    print(
        read.title,
        read.published,
        read.modified,
        read.authors,
        read.outlet,
        read.url,
        read.language,
        read.notes,
        sep="\n",
    )
    print("---", body_text(case.truth), sep="\n")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    options.add_argument("--show", help="print what was read from the pages whose name begins so")
    asked = options.parse_args()
    if not asked.folder.is_dir():
        print(f"skipped: no stored pages at {asked.folder}; give their folder as argument")
        return 0
    if asked.show:
        for case in cases(asked.folder):
            if case.name.startswith(asked.show):
                print_case(case)
        return 0
    found = [measure(case) for case in cases(asked.folder)]
    for m in sorted(found, key=lambda m: m.f1):
        wrong = [
            name
            for name, bad in (
                ("title", not m.title),
                ("no date", m.date is None),
                ("date", m.date is False),
                ("lines", m.placed < m.lines),
            )
            if bad
        ]
        if m.f1 < 0.9 or wrong or m.notes:
            print(
                f"{m.f1:.3f} p {m.precision:.3f} r {m.recall:.3f} {m.name} {' '.join(wrong)} {'; '.join(m.notes)}"
            )
    print_report(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
