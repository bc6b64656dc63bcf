"""The readable text of a web page, with the way back to every character of it.

The page is read twice. An extractor (trafilatura) says which words are the report; a pass of our own over the same
page keeps the place of every character. The extractor's lines are found again among the page's lines, and **the text is
made of the page's own lines**: so each character has its place by construction, and no word of the extractor is needed.
What an extractor of articles leaves out but a report needs is added from the page: headline, lead, captions,
credits and stamps above the text, subheadings, entries of live tickers with their times.

Furniture (menus, teasers, footers) is not in the text; it stays in the stored page.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import trafilatura
from trafilatura.settings import Extractor

from lagebild.clean.page_metadata import Dated, PageStatements, read_statements
from lagebild.clean.page_scan import (
    CAPTION,
    CONTROL,
    CREDIT,
    DATA,
    FIGURE,
    HIDDEN,
    KICKER,
    LEAD,
    LIST,
    POST,
    STAMP,
    TICKER,
    Line,
    PageScan,
    Piece,
    attribute_line,
    scan_page,
)  # fmt: skip
from lagebild.textkit.align import matching_form, place_lines

# Beyond these the extractor is not asked. Measured on generated pages: its time grows with the square of the elements
# under one parent (20,000 spans in a paragraph: 3 s), and it sees nothing below 255 open elements (libxml2). Of 105
# news pages the largest has 1.2 million characters, 7,000 tags, depth 40; the limits are several times that.
MAX_CHARACTERS = 8_000_000
MAX_TAGS = 60_000
MAX_SIBLINGS = 8_000
MAX_DEPTH = 240

_LITTLE = (
    0.5  # below this share of the report's own paragraphs the extractor counts as having missed the report
)
_PARAGRAPH = 60  # characters from which a line counts as a paragraph when shares are taken
_LEAD = 40  # characters from which a line above the text can be its lead
_LEADS = 3  # paragraphs in a row that can be marked as lead; where more are, the mark means the whole text
_LEAD_LINES = 6  # lines after the headline in which an unmarked paragraph counts as lead
_SHORT = 200  # characters up to which a line can be a credit, kicker or stamp
_ABOVE_HEADLINE = 6  # lines above the headline that are looked at
_MENU = 0.6  # share of linked characters from which a line counts as a menu entry or teaser
_HEAD_LINES = 25  # lines between headline and text: lead, caption, credits, buttons to share
_TICKER_STAMPS = 3  # times of entries that make a live ticker

# The extractor reports damage through logging; without a handler Python would print it.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class PageText:
    """Readable text of a page and what the page states about itself.

    `text`: blocks joined by "\\n". `pieces`: (start, end, source_start, source_end), code points of `text` to code points
    of the decoded page, rising and without overlap on both sides; equal characters on both sides, except that an entity
    (`&uuml;`) or a letter with combining marks may differ in length and is then a piece of its own:
    `NFC(unescape(source[a:b])) == text[start:end]` holds for every piece. Characters without a piece: the "\\n" between
    blocks, white space that the page writes otherwise (a line break in the markup is a space in the text), and
    characters escaped in linked data. `kinds`: (start, end, kind) for each block, a hint from the markup.
    `title_at` is the range of the headline in `text`. `published` and `modified`: (ISO 8601 cut at the stated
    precision, where it was found), as stated, never inferred. `notes`: what was left out or could not be done.
    """

    text: str
    pieces: tuple[Piece, ...]
    kinds: tuple[tuple[int, int, str], ...]
    title: str | None
    title_at: tuple[int, int] | None
    published: Dated | None
    modified: Dated | None
    outlet: str | None
    url: str | None
    language: str | None
    authors: tuple[str, ...]
    notes: tuple[str, ...]


def read_page(html: str, *, url: str | None = None) -> PageText:
    """The report on a decoded page. Any string is accepted; a page without text gives "" and a note.

    The answer depends on `html` and `url` alone. Time grows about linearly with the page: pages that the
    extractor would choke on (size, number or depth of elements) are read by our own pass alone, and a note says so.
    """
    scan = scan_page(html)
    notes = list(scan.notes)
    kept = _extracted_lines(html, scan, notes)
    choice = _Choice(scan, kept, url)
    choice.choose(notes)
    if not choice.chosen:
        notes.append("no readable text found")
    return _written_page(html, choice, notes)


# -- the extractor -----------------------------------------------------------------------------------------------------


def _extracted_lines(html: str, scan: PageScan, notes: list[str]) -> list[str]:
    """The lines that the extractor takes for the report; [] with a note where it was not asked or gave nothing."""
    too_much = _too_much(html, scan)
    if too_much:
        notes.append(f"{too_much}; read without the extractor")
        return []
    if not scan.lines:
        return []
    options = Extractor(
        output_format="txt", comments=False, tables=True, dedup=False, date_params={"max_date": "2999-12-31"}
    )
    try:
        text = trafilatura.extract(_parsable(html), options=options)
    except Exception as error:  # the extractor's errors are of many kinds; a page must not stop a run
        notes.append(f"the extractor failed ({type(error).__name__}); read without it")
        return []
    lines = [cell for line in (text or "").split("\n") for cell in _cells(line)]
    if not lines:
        notes.append("the extractor found no text; read without it")
    return lines


def _cells(line: str) -> Iterator[str]:
    """The text of a line as the page has it: without the list mark, one entry for each cell of a table row."""
    line = line.strip().removeprefix("- ")
    cells = line.split("|") if line.startswith("|") and line.endswith("|") else [line]
    yield from (cell.strip() for cell in cells if cell.strip(" -"))


def _too_much(html: str, scan: PageScan) -> str | None:
    for what, count, most in (
        ("characters", len(html), MAX_CHARACTERS),
        ("tags", scan.tags, MAX_TAGS),
        ("elements under one parent", scan.most_siblings, MAX_SIBLINGS),
        ("open elements inside each other", scan.deepest, MAX_DEPTH),
    ):
        if count > most:
            return f"the page has {count} {what}, more than {most}"
    return None


def _parsable(html: str) -> str:
    """The page without what stops the extractor's parser: NUL and lone surrogates."""
    return html.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


# -- which lines -------------------------------------------------------------------------------------------------------


class _Choice:
    """Which lines of the page are the report. `chosen` holds their numbers, `loose` extracted lines without a place."""

    def __init__(self, scan: PageScan, kept: list[str], url: str | None) -> None:
        self.lines = scan.lines
        self.covered: dict[int, int] = {}  # line -> characters that the extractor kept
        self.loose: list[tuple[int, str]] = []  # (line after which it stands, text)
        self._cover(kept)
        self.body = body = self._first_paragraph()
        self.statements: PageStatements = read_statements(scan, url=url, first_body_line=body)
        self.chosen: set[int] = set(self.covered)
        self.headline = _headline(self.lines, body, self.statements)
        self.ticker = False
        self.described = matching_form(self.statements.description or "").chars
        self.times = Counter(line.text for line in scan.lines if not line.flags & (HIDDEN | DATA))

    def _cover(self, kept: list[str]) -> None:
        """Finds the extracted lines among the lines that are shown, what is left among those of linked data."""
        last = [-1] * (len(kept) + 1)
        left = list(range(len(kept)))
        for among in self._shown(), [k for k, line in enumerate(self.lines) if line.flags & DATA]:
            if left and among:
                left = self._place(kept, left, among, last)
        for number in range(1, len(kept)):
            last[number] = last[number] if last[number] >= 0 else last[number - 1]
        self._keep_loose(kept, left, last)

    def _first_paragraph(self) -> int:
        """The first paragraph that the extractor kept: no heading, no furniture (a breadcrumb repeats the title), no lead."""
        long = [
            k
            for k in sorted(self.covered)
            if self.covered[k] >= _PARAGRAPH and not self.lines[k].context.level
        ]
        outside = [k for k in long if not self.lines[k].context.furniture] or long
        after_lead = (k for k in outside[:_LEADS] if not self.lines[k].flags & LEAD)
        return next(after_lead, outside[0] if outside else len(self.lines))

    def _shown(self) -> list[int]:
        return [k for k, line in enumerate(self.lines) if not line.flags & DATA]

    def _place(self, kept: list[str], which: list[int], among: list[int], last: list[int]) -> list[int]:
        """Marks the page lines that the extracted lines cover; returns the extracted lines that found no place."""
        text = "\n".join(self.lines[k].text for k in among)
        starts = [0, *accumulate(len(self.lines[k].text) + 1 for k in among)]
        left = []
        for number, ranges in zip(which, place_lines([kept[k] for k in which], text), strict=True):
            if not ranges:
                left.append(number)
            for at, size in _by_line(ranges, starts):
                self.covered[among[at]] = self.covered.get(among[at], 0) + size
                last[number] = among[at]
        return left

    def _keep_loose(self, kept: list[str], loose: list[int], last: list[int]) -> None:
        """Extracted lines that stand nowhere on the page keep their text, after the line before them, without a place."""
        self.loose = [(last[number], kept[number]) for number in loose]

    # ---- adding what the extractor leaves out

    def choose(self, notes: list[str]) -> None:
        """Completes `chosen`; says in `notes` where the extractor was overruled."""
        if self.headline is not None:
            said = self.lines[self.headline].text
            self.chosen -= {k for k in self.chosen if k < self.headline and said in self.lines[k].text}
            self.chosen.add(self.headline)
        open_parts = {self.lines[k].context.furniture for k in self.covered}
        walked = self._walked(open_parts)
        self.ticker = self._is_ticker(walked)
        if self._missed(walked):
            self.chosen.update(walked or [k for k, line in enumerate(self.lines) if line.flags & DATA])
            self.loose = []
            if self.covered:
                notes.append("the extractor kept little of the report; read by the page's own blocks")
        elif self.ticker:
            self.chosen.update(k for k in walked if k <= max(self.covered))
        self.chosen.update(self._near_body(open_parts))
        if self.loose:
            notes.append(f"{len(self.loose)} lines of the text have no known place on the page")

    def _walked(self, open_parts: set[int]) -> list[int]:
        """All lines of the report's own part of the page (its <main> or <article>) that do not look like furniture."""
        root = self._root()
        start = self.headline if self.headline is not None else 0
        inside = (
            k for k in range(start, len(self.lines)) if root is None or root in self.lines[k].context.articles
        )
        return [k for k in inside if self._readable(k, open_parts)]

    def _root(self) -> int | None:
        """The outermost <main> or <article> that holds more than half of the report, if one does."""
        sizes = self.covered or {
            k: size for k, line in enumerate(self.lines) if (size := _paragraph_size(line))
        }
        weights: Counter[int] = Counter()
        for k, size in sizes.items():
            for article in self.lines[k].context.articles[:1]:
                weights[article] += size
        article, size = max(weights.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
        return article if size * 2 > sum(sizes.values()) else None

    def _readable(self, k: int, open_parts: set[int]) -> bool:
        """Neither hidden nor a control nor furniture nor a link to something else."""
        line = self.lines[k]
        if line.flags & (HIDDEN | CONTROL | DATA) or (
            line.context.furniture and line.context.furniture not in open_parts
        ):
            return False
        entry = self.statements.live or line.flags & TICKER
        own_link = (entry and (line.context.level or line.flags & STAMP)) or (
            line.flags & CREDIT and k < self.body
        )
        return line.link_share < _MENU or bool(own_link)

    def _is_ticker(self, walked: list[int]) -> bool:
        stamps = sum(1 for k in walked if self.lines[k].flags & STAMP)
        marked = sum(1 for k in walked if self.lines[k].flags & TICKER)
        return self.statements.live or (stamps >= _TICKER_STAMPS and marked * 2 > len(walked))

    def _missed(self, walked: list[int]) -> bool:
        whole = sum(_paragraph_size(self.lines[k]) for k in walked)
        kept = sum(self.covered.get(k, 0) for k in walked if _paragraph_size(self.lines[k]))
        return not self.covered or kept < _LITTLE * whole

    def _near_body(self, open_parts: set[int]) -> list[int]:
        """Lead, captions, credits, stamps, subheadings and dropped paragraphs that stand with the report's text."""
        if not self.covered:
            return []
        homes = self._homes()
        first = self.headline if self.headline is not None else min(self.covered)
        last = max(self.covered)
        near = range(max(0, first - _ABOVE_HEADLINE), len(self.lines))
        return [k for k in near if self._readable(k, open_parts) and self._belongs(k, homes, first, last)]

    def _homes(self) -> set[int]:
        """Elements that hold at least two paragraphs of the report."""
        held = Counter(
            self.lines[k].context.container for k, size in self.covered.items() if size >= _PARAGRAPH
        )
        return {container for container, count in held.items() if container and count > 1}

    def _belongs(self, k: int, homes: set[int], first: int, last: int) -> bool:
        line = self.lines[k]
        if k < first:
            return self._is_above(line, self.lines[first])
        if self.times[line.text] == 1 and self._at_home(line, homes):
            return True
        if k > last:
            return False
        return bool(line.flags & (CAPTION | FIGURE)) or (k < self.body and self._in_head(line, k, first))

    @staticmethod
    def _is_above(line: Line, headline: Line) -> bool:
        """Kicker or stamp directly above the headline."""
        beside = {line.context.container, line.context.outer} & {
            headline.context.container,
            headline.context.outer,
        } - {0}
        return bool(beside) and bool(line.flags & (KICKER | STAMP)) and len(line.text) <= _SHORT

    @staticmethod
    def _at_home(line: Line, homes: set[int]) -> bool:
        context = line.context
        if context.tag in ("li", "dd", "dt"):
            return context.outer in homes or context.container in homes
        return context.container in homes and (
            bool(context.level) or context.tag in ("p", "blockquote", "pre")
        )

    def _in_head(self, line: Line, k: int, first: int) -> bool:
        if line.flags & (CREDIT | STAMP | KICKER) and len(line.text) <= _SHORT:
            return True
        if len(line.text) < _LEAD:
            return False
        return (
            bool(line.flags & LEAD)
            or self.described.startswith(matching_form(line.text[: 4 * _LEAD]).chars[:_LEAD])
            or (line.context.tag == "p" and k - first <= _LEAD_LINES)
        )


def _paragraph_size(line: Line) -> int:
    """Characters of a line that can be a paragraph, else 0."""
    long = len(line.text) >= _PARAGRAPH and line.link_share < _MENU
    return len(line.text) if long and not line.flags & (HIDDEN | DATA | CONTROL) else 0


def _by_line(ranges: Sequence[tuple[int, int]], starts: list[int]) -> Iterator[tuple[int, int]]:
    """(line, characters) for the lines that ranges of the joined text touch; both rise, so lines are found by stepping."""
    for start, end in ranges:
        k = bisect_right(starts, start) - 1
        while k < len(starts) - 1 and starts[k] < end:
            size = min(end, starts[k + 1] - 1) - max(start, starts[k])
            if size > 0:
                yield k, size
            k += 1


# -- the headline ------------------------------------------------------------------------------------------------------


def _headline(lines: list[Line], body: int, statements: PageStatements) -> int | None:
    """The line that is the report's headline: the heading that best says what the page states as its title.

    Without such a heading the only <h1> outside furniture; else None. Of equal ones the first.
    """
    titles = [title for title, _ in statements.titles]
    forms = [matching_form(title).chars.casefold() for title in titles]
    words = [_title_words(title) for title in titles]
    ranks = [
        _headline_rank(line, forms, words, body - k) if line.context.level else 0
        for k, line in enumerate(lines)
    ]
    best = max(ranks, default=0)
    if best:
        return ranks.index(best)
    only = [
        k
        for k, line in enumerate(lines)
        if line.context.level == 1 and not line.context.furniture and not line.flags & (HIDDEN | DATA)
    ]
    return only[0] if len(only) == 1 and lines[only[0]].text != statements.outlet else None


def _headline_rank(line: Line, forms: list[str], words: list[frozenset[str]], before_body: int) -> int:
    """7 to 1 for a heading that says a stated title, 0 for any other.

    Outside furniture: is a title (7 for <h1>, 6), holds one or stands in one (5, 4), shares half of its words and
    stands shortly before the text (3). In furniture, as a hidden or breadcrumb <h1>: is a title (1).
    """
    if line.flags & (HIDDEN | DATA | CONTROL):
        return 0
    first, aside = line.context.level == 1, bool(line.context.furniture or line.flags & LIST)
    said = matching_form(line.text[:1000]).chars.casefold()
    if said in forms:
        return 1 if aside else 6 + first
    if aside:
        return 0
    if len(said) >= 12 and any(said in form or (len(form) >= 12 and form in said) for form in forms):
        return 4 + first if first or 0 <= before_body <= _HEAD_LINES else 0
    own = _title_words(line.text[:1000])
    close = 0 <= before_body <= _HEAD_LINES and any(
        len(own & other) * 2 >= max(3, len(own)) for other in words
    )
    return 3 if close else 0


def _title_words(title: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", title.casefold()) if len(word) > 3)


# -- writing -----------------------------------------------------------------------------------------------------------


@dataclass
class _Draft:
    """A text being written, line by line."""

    parts: list[str]
    pieces: list[Piece]
    kinds: list[tuple[int, int, str]]
    size: int = 0

    def add(self, text: str, kind: str, pieces: Iterable[Piece]) -> tuple[int, int]:
        at, self.size = self.size, self.size + len(text) + 1
        self.parts.append(text)
        self.pieces.extend(
            (at + start, at + end, source, source_end) for start, end, source, source_end in pieces
        )
        self.kinds.append((at, at + len(text), kind))
        return at, at + len(text)


def _written_page(html: str, choice: _Choice, notes: list[str]) -> PageText:
    statements = choice.statements
    draft = _Draft([], [], [])
    title_at = _add_stated_title(html, choice, draft)
    for k, text in _in_order(choice):
        if text is not None:
            draft.add(text, "paragraph", ())
            continue
        line = choice.lines[k]
        misplaced = k == choice.headline and _stands_above_its_place(choice)
        span = draft.add(line.text, _kind(choice, k), () if misplaced else line.pieces)
        title_at = span if k == choice.headline else title_at
    text = "\n".join(draft.parts)
    title = text[slice(*title_at)] if title_at else next((title for title, _ in statements.titles), None)
    return PageText(
        text=text, pieces=tuple(draft.pieces), kinds=tuple(draft.kinds), title=title, title_at=title_at,
        published=statements.published, modified=statements.modified, outlet=statements.outlet, url=statements.url,
        language=statements.language, authors=statements.authors, notes=tuple(notes),
    )  # fmt: skip


def _in_order(choice: _Choice) -> list[tuple[int, str | None]]:
    """Chosen lines in page order, with the loose ones between them; text from linked data stands after the headline."""
    order: list[tuple[int, int, str | None]] = [(k, -1, None) for k in choice.chosen]
    order += [(after, number, text) for number, (after, text) in enumerate(choice.loose)]
    if _stands_above_its_place(choice) and choice.headline is not None:
        order.remove((choice.headline, -1, None))
        order.append((-2, -1, None))
    return [
        (choice.headline if k == -2 and choice.headline is not None else k, text)
        for k, _, text in sorted(order, key=lambda item: item[:2])
    ]


def _stands_above_its_place(choice: _Choice) -> bool:
    """True where the report's text comes from linked data above the headline on the page."""
    first = min(choice.covered, default=0)
    return choice.headline is not None and first < choice.headline and bool(choice.lines[first].flags & DATA)


def _add_stated_title(html: str, choice: _Choice, draft: _Draft) -> tuple[int, int] | None:
    """Where no heading shows the title: the title stated in the head, as first line, with its place there."""
    if choice.headline is not None or not (choice.chosen or choice.loose):
        return None
    first = min(
        (choice.lines[k].pieces[0][2] for k in choice.chosen if choice.lines[k].pieces), default=len(html)
    )
    for _, at in choice.statements.titles:
        line = attribute_line(html, *at) if at is not None and at[1] <= first else None
        if line is not None:
            return draft.add(line.text, "headline", line.pieces)
    return None


def _kind(choice: _Choice, k: int) -> str:
    """What the markup says about a line; "paragraph" where it says nothing."""
    line = choice.lines[k]
    if k == choice.headline:
        return "headline"
    if line.flags & (POST | CAPTION | FIGURE):
        return "post" if line.flags & POST else "caption"
    if line.context.level:
        return "headline"
    if line.flags & (STAMP | CREDIT) and len(line.text) <= _SHORT:
        return "stamp" if line.flags & STAMP else "credit"
    if choice.ticker and k >= choice.body:
        return "ticker_entry"
    if line.link_share >= _MENU:
        return "teaser"
    if line.flags & LEAD and k <= choice.body:
        return "lead"
    return "list" if line.flags & LIST else "paragraph"
