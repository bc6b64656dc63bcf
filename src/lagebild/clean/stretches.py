"""Where one block ends and the next begins, before anybody says what they are.

Scraped text has one line a block. Text broken at a fixed width has several: lines that end only because the next word did
not fit belong together. Inside a line there are borders too: a leaked stamp before the first sentence, a post embedded
without mark-up, a credit in brackets behind the last sentence, a teaser glued between two sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lagebild.clean.furniture import FurnitureWords
from lagebild.clean.stamps import StampWords
from lagebild.lang.agencies import Agencies
from lagebild.lang.data import data_digest
from lagebild.model.document import Document, Stretch
from lagebild.model.ids import place_id
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["StretchTools", "cut_blocks", "post_end"]

Range = tuple[int, int]

MOST_STRETCHES = 20_000
"""A text of more lines has neighbouring lines joined, so that no document has more stretches than this."""

LONG_RUN = 100_000  # characters to which lines of texts that are not read closely are joined
WIDTHS = range(
    45, 121
)  # line lengths at which text is broken by programs: 64 to 78 in agencies and mail, 80 and 120 in editors
_SENTENCE_END = (".", "!", "?", "…", ":", "“", "”", '"', "»", "«", "’", "‘", "'")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(r"[-–—•*·▪#>]+\s|\d{1,2}[.)]\s|\+{2,}")


class StretchTools:
    """Words that mark borders inside lines."""

    def __init__(self, max_text: int) -> None:
        self.max_text = max_text
        self.stamps = StampWords.load()
        self.furniture = FurnitureWords.load()
        self.agencies = Agencies.load()

    @classmethod
    def load(cls, settings: Settings) -> StretchTools:
        return cls(settings.max_text)

    @classmethod
    def digest(cls) -> str:
        return data_digest("mastheads", "furniture", "agencies")


def cut_blocks(docs: Sequence[DocView], tools: StretchTools) -> Iterable[Stretch]:
    """The stretches of each document in text order: no overlap, no white space at their ends, between them only white space.

    Ids are those of the blocks made from them. A text longer than `max_text` is cut between lines only, into runs of about
    100,000 characters; one with more than 20,000 lines has neighbours joined.
    """
    for doc in docs:
        for start, end in _ranges(doc.document, tools):
            yield Stretch(place_id(doc.id, "b", start, end), doc.id, start, end)


def _ranges(document: Document, tools: StretchTools) -> list[Range]:
    text = document.text
    lines = [kept for match in _LINE.finditer(text) if (kept := _stripped(text, match.start(), match.end()))]
    if len(text) > tools.max_text:
        return _long_runs(lines)
    if document.hints:
        borders = sorted({border for hint in document.hints for border in (hint.start, hint.end)})
        blocks = [part for line in lines for part in _cut_at(text, line, borders)]
    else:
        blocks = _unwrapped(text, lines)
    cut = [part for block in blocks for part in _cut_inside(text, block, tools)]
    return _at_most(cut, MOST_STRETCHES)


def _stripped(text: str, start: int, end: int) -> Range | None:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    return (start + left, start + right) if right > left else None


def _long_runs(lines: list[Range]) -> list[Range]:
    runs: list[Range] = []
    for start, end in lines:
        if runs and end - runs[-1][0] <= LONG_RUN:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return _at_most(runs, MOST_STRETCHES)


def _at_most(ranges: list[Range], most: int) -> list[Range]:
    if len(ranges) <= most:
        return ranges
    size = -(-len(ranges) // most)
    return [(ranges[k][0], ranges[min(k + size, len(ranges)) - 1][1]) for k in range(0, len(ranges), size)]


def _cut_at(text: str, line: Range, borders: list[int]) -> list[Range]:
    """The parts of a line between borders (sorted)."""
    inside = borders[bisect_left(borders, line[0] + 1) : bisect_left(borders, line[1])]
    parts = pairwise([line[0], *inside, line[1]])
    return [kept for start, end in parts if (kept := _stripped(text, start, end))]


# -- text broken at a fixed width --------------------------------------------------------------------------------------


def _unwrapped(text: str, lines: list[Range]) -> list[Range]:
    """Lines, those of a broken paragraph joined."""
    runs = _runs(text, lines)
    width = max((found for run in runs if (found := _width(text, run))), default=0)
    if not width:
        return lines
    return [joined for run in runs for joined in _joined(text, run, width)]


def _runs(text: str, lines: list[Range]) -> list[list[Range]]:
    """Lines without an empty line between them."""
    runs: list[list[Range]] = []
    for line in lines:
        if runs and _breaks(text[runs[-1][-1][1] : line[0]]) < 2:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _breaks(gap: str) -> int:
    gap = gap[:1000]
    return gap.count("\n") or gap.count("\r") or 1


def _width(text: str, run: list[Range]) -> int:
    """The width at which the lines of a run are broken; 0 where they are not.

    Each line but the last must be so full that the first word of the next did not fit, most of them in mid-sentence. To
    tell it from headlines of one length: a quarter of the continuing lines begin with a small letter, or sentences end
    inside the lines and the last one ends with one.
    """
    widest = max(end - start for start, end in run)
    if len(run) < 3 or widest not in WIDTHS:
        return 0
    pairs = list(pairwise(run))
    full = sum(_is_full(text, left, right, widest) for left, right in pairs)
    open_ends = sum(text[left[1] - 1] not in _SENTENCE_END for left, _ in pairs)
    small = sum(text[right[0]].islower() for _, right in pairs)
    running = text[run[-1][1] - 1] in _SENTENCE_END and bool(_SENTENCE.search(text, run[0][0], run[-1][0]))
    fits = full * 5 >= len(pairs) * 4 and open_ends * 2 >= len(pairs) and (running or small * 4 >= len(pairs))
    return widest if fits else 0


def _is_full(text: str, left: Range, right: Range, width: int) -> bool:
    first_word = re.match(r"\S{1,60}", text[right[0] : right[0] + 60])
    return left[1] - left[0] + 1 + (first_word.end() if first_word else 0) > width - 3


def _joined(text: str, run: list[Range], width: int) -> Iterator[Range]:
    start, end = run[0]
    for left, right in pairwise(run):
        bullet = _BULLET.match(text, right[0])
        if _is_full(text, left, right, width) and left[1] - left[0] <= width + 3 and not bullet:
            end = right[1]
            continue
        yield start, end
        start, end = right
    yield start, end


# -- borders inside a line ---------------------------------------------------------------------------------------------

_HANDLE = re.compile(r"\(@\w{1,50}\)")
_POST_NAME = re.compile(r"[—–-]{1,2}\s?[^—–\n]{1,80}$")
_LINK = re.compile(
    r"(?:https?://|www\.)\S{3,200}|\b[\w-]{1,30}(?:\.[\w-]{1,30}){0,3}\.[a-z]{2,10}/[\w/.-]{1,60}"
)
_BRACKET_END = re.compile(r"\s\(([^()\n]{2,120})\)\s?\.?$")
_SIGN_OFF = re.compile(r"(?<=[.!?“”\"»«])\s?((?:/[A-Za-z]{2,5}){2,5}|\([a-z]{2,4}(?:/[a-z]{2,4})?\))$")
_STAND = re.compile(r"(?<=[.!?“”\"»«])\s+(?=Stand:?\s\d)|(?<=[.!?“”\"»«])\s+(?=(?:Last )?[Uu]pdated:?\s)")
_SENTENCE = re.compile(r"[.!?…][“”\"»«’]?\s")
_TEASER_LINE = 160  # longest title of a teaser in characters; beyond, a line is cut at the first sentence end or not at all


def _cut_inside(text: str, block: Range, tools: StretchTools) -> Iterator[Range]:
    start, end = block
    line = text[start:end]
    cuts = sorted({cut for cut in _cuts(line, tools) if 0 < cut < len(line)})
    for left, right in pairwise([0, *cuts, len(line)]):
        kept = _stripped(text, start + left, start + right)
        if kept:
            yield kept


def _cuts(line: str, tools: StretchTools) -> Iterator[int]:
    """Places in a line where another block begins."""
    yield from _leaked_stamps(line, tools)
    yield from _stamp_borders(line, tools)
    yield from _post_borders(line, tools)
    yield from _teaser_borders(line, tools)
    yield from _trailing_credits(line, tools)


def _leaked_stamps(line: str, tools: StretchTools) -> Iterator[int]:
    at = 0
    while found := tools.stamps.leaked(line, at):
        at = found[0]
        yield at


def _stamp_borders(line: str, tools: StretchTools) -> Iterator[int]:
    """„Stand: 14.03.2025, 12 Uhr“ before or behind sentences."""
    head = line[:120]
    if tools.furniture.phrases["stamp"].begins(head.casefold()):
        dates = tools.stamps.find(head)
        rest = line[dates[0].end :].lstrip(" .,|") if dates else ""
        if (
            dates
            and not tools.stamps.rest(head[: dates[0].end], dates)
            and rest[:1].isupper()
            and len(rest) > 40
        ):
            yield dates[0].end
    tail_at = max(0, len(line) - 120)
    for match in _STAND.finditer(line, tail_at):
        dates = tools.stamps.find(line[match.end() :])
        if dates and not tools.stamps.rest(line[match.end() :], dates):
            yield match.end()


def post_end(line: str, at: int, tools_stamps: StampWords) -> tuple[int, int] | None:
    """The tail of an embedded post whose „(@name)“ stands at `at`: (where its dash stands, where its date ends).

    The shape is „— Name (@name) 12. März 2025“; without a date right behind the handle there is no post.
    """
    handle = _HANDLE.match(line, at)
    before = _POST_NAME.search(line, max(0, at - 90), at)
    if not handle or not before:
        return None
    after = line[handle.end() : handle.end() + 60]
    dates = tools_stamps.find(after)
    if not dates or after[: dates[0].start].strip(" ,·:|-–—"):
        return None
    return before.start(), handle.end() + dates[0].end


def _post_borders(line: str, tools: StretchTools) -> Iterator[int]:
    """Before and behind a post that stands in a line with other words; a post of up to 400 characters begins with the line."""
    begins = 0
    for match in _HANDLE.finditer(line):
        tail = post_end(line, match.start(), tools.stamps)
        if not tail:
            continue
        if tail[0] - begins > 400:
            yield _last_sentence(line, begins, tail[0])
        yield tail[1]
        begins = tail[1]


def _last_sentence(line: str, start: int, end: int) -> int:
    """Where the last sentence before `end` begins; a link at its end belongs to it."""
    stop = end
    for link in _LINK.finditer(line, max(start, end - 260), end):
        stop = link.start()
        break
    ends = [
        match.end()
        for match in _SENTENCE.finditer(line, max(start, stop - 400), stop)
        if line[match.end() : stop].strip()
    ]
    return ends[-1] if ends else end


def _teaser_borders(line: str, tools: StretchTools) -> Iterator[int]:
    """A teaser glued between two sentences: its border, and where it ends if a sentence end tells."""
    for match in _SENTENCE.finditer(line):
        at = match.end()
        rest = line[at : at + 400].lstrip()
        at = at + (len(line[at : at + 400]) - len(rest))
        if rest[:1] in "LMRSWTVHADELZ+>»" and _opens_teaser(rest, tools):
            yield at
            yield from _teaser_end(line, at)
    if len(line) > _TEASER_LINE and _opens_teaser(line[:400], tools):
        yield from _teaser_end(line, 0)


def _opens_teaser(rest: str, tools: StretchTools) -> bool:
    if tools.furniture.shout(rest):
        return True
    phrase = tools.furniture.phrases["teaser"].begins(rest[:60].casefold())
    return (
        bool(phrase) and rest[len(phrase or "") :][:1] in (":", " ") and ":" in rest[: len(phrase or "") + 20]
    )


def _teaser_end(line: str, at: int) -> Iterator[int]:
    """The first sentence end within the length of a title; nothing where the line ends before."""
    found = _SENTENCE.search(line, at, at + _TEASER_LINE)
    if found and len(line) - at > _TEASER_LINE // 2:
        yield found.end()


def _trailing_credits(line: str, tools: StretchTools) -> Iterator[int]:
    """„… (dpa, AFP)“, „…/hx/DP/stk“, „… © Name/Agentur“, „… Foto: Name“ at the end of a line."""
    end = len(line)
    image = _image_credit(line, tools)
    if image is not None:
        yield image
        end = image
    tail = line[max(0, end - 160) : end].rstrip()
    base = max(0, end - 160)
    bracket = _BRACKET_END.search(tail)
    if bracket and tools.agencies.credited(bracket[1]):
        yield base + bracket.start() + 1
    sign_off = _SIGN_OFF.search(tail)
    if sign_off:
        yield base + sign_off.start(1)


def _image_credit(line: str, tools: StretchTools) -> int | None:
    """Where a picture credit at the end of a line begins: at most 100 characters, no sentence in it."""
    for match in tools.furniture.image_credit.finditer(line, max(0, len(line) - 120)):
        rest = line[match.end() :]
        if not rest.strip(" :)]") or len(rest) > 100 or _SENTENCE.search(rest):
            continue
        before = line[: match.start()]
        bracketed = before[-1:] in ("(", "[")
        if bracketed or _parted(before, match[0]):
            return match.start() - bracketed
    return None


def _parted(before: str, mark: str) -> bool:
    """Whether a credit may begin behind `before`: always for ©, for a word („Foto:“) only behind a sentence or a gap."""
    if before and not (before[-1].isspace() or before[-1] in "/|"):
        return False
    if mark == "©" or mark.casefold().startswith("(c)"):
        return True
    return (before[-2:].isspace() and len(before) > 1) or before.rstrip(" |/\u00a0")[-1:] in (
        *_SENTENCE_END,
        ")",
    )
