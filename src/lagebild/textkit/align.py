"""Where lines that a program took out of a text stand in that text.

An extractor hands back lines whose white space, accents and invisible characters it has changed. `place_lines` finds
their places again: lines that occur once are placed first, the rest between their placed neighbours. A place is
given only where every character fits; a line that fits nowhere gets none.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Range = tuple[int, int]

# Characters without a picture of their own that extractors drop: soft hyphen, zero-width space, word joiner,
# byte-order mark, direction marks.
INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_NOT_MATCHED = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{INVISIBLE}]+")

# Characters looked at in all searches of one call together; str.find does about a thousand million in a second. The
# largest of 105 news pages needs 3 million. A page beyond it has lines without a place, never a stalled run.
_SEARCH_BUDGET = 400_000_000
_HEADS = (24, 12)  # characters of a line by which a start is looked for when the whole line does not fit
_STARTS = 8  # starts tried
_INSERTED = 400  # longest stretch of the text that may stand inside a line without belonging to it
_STRETCH = 8  # shortest part of a line between two insertions: shorter parts fit by chance


@dataclass(frozen=True)
class MatchingForm:
    """A text without white space and invisible characters, composed (NFC), with the way back.

    `chars[i]` comes from `text[places[i]:ends[i]]`.
    """

    chars: str
    places: Sequence[int]
    ends: Sequence[int]


def matching_form(text: str) -> MatchingForm:
    """The form of `text` in which two texts are compared: NFC, no white space, no controls, no invisible characters."""
    chars: list[str] = []
    places = array("I")
    ends = array("I")
    start = 0
    for hole in _NOT_MATCHED.finditer(text):
        _add_composed(text, start, hole.start(), chars, places, ends)
        start = hole.end()
    _add_composed(text, start, len(text), chars, places, ends)
    return MatchingForm("".join(chars), places, ends)


def _add_composed(
    text: str, start: int, end: int, chars: list[str], places: array[int], ends: array[int]
) -> None:
    run = text[start:end]
    if run.isascii() or unicodedata.is_normalized("NFC", run):
        chars.append(run)
        places.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
        return
    for first, last in _clusters(text, start, end):
        composed = unicodedata.normalize("NFC", text[first:last])
        chars.append(composed)
        places.extend([first] * len(composed))
        ends.extend([last] * len(composed))


def _clusters(text: str, start: int, end: int) -> list[Range]:
    """A letter with the combining marks that follow it, as ranges that cover `start` to `end`."""
    begins = [k for k in range(start, end) if k == start or not unicodedata.combining(text[k])]
    return list(zip(begins, [*begins[1:], end], strict=True))


def place_lines(lines: Sequence[str], text: str) -> tuple[tuple[Range, ...], ...]:
    """For each line the ranges of `text` (code points, half-open) that hold it; () where no place is known.

    The ranges of a line are in text order, and their matching forms joined equal the matching form of the line.
    More than one range: the text holds something inside the line that the line lacks, between two words.
    Left without a place: empty lines, lines with a word the text lacks, and lines that occur more than once and do
    not fit between their neighbours. Ranges of different lines do not overlap.
    """
    return _Placing(lines, text).places()


class _Placing:
    """One run of `place_lines`: the forms, the budget, and what has been placed so far."""

    def __init__(self, lines: Sequence[str], text: str) -> None:
        self.forms = [matching_form(line).chars for line in lines]
        self.page = matching_form(text)
        self.text_lines = _whole_lines(text)  # where each stands in page.chars, -1 if there are several
        self.budget = _SEARCH_BUDGET
        self.found: dict[int, tuple[Range, ...]] = {}  # line -> ranges of page.chars

    def places(self) -> tuple[tuple[Range, ...], ...]:
        anchors = self._anchors()
        ordered = _increasing(anchors)
        for line in ordered:
            self.found[line] = (anchors[line],)
        self._fill_between(ordered, anchors)
        self._add_unordered(anchors)
        return tuple(
            tuple(self._back(part) for part in self.found.get(k, ())) for k in range(len(self.forms))
        )

    def _back(self, part: Range) -> Range:
        return self.page.places[part[0]], self.page.ends[part[1] - 1]

    def _anchors(self) -> dict[int, Range]:
        """Lines that occur once among the lines and once in the text."""
        times: dict[str, int] = {}
        for form in self.forms:
            times[form] = times.get(form, 0) + 1
        anchors = {}
        for line, form in enumerate(self.forms):
            at = self._only_place(form) if form and times[form] == 1 else -1
            if at >= 0:
                anchors[line] = (at, at + len(form))
        return anchors

    def _only_place(self, form: str) -> int:
        """Where the form stands as the only whole line like it; else where it stands once inside the text; else -1."""
        known = self.text_lines.get(form)
        if known is not None:
            return known
        at = self._find(form, 0, len(self.page.chars))
        return -1 if at < 0 or self._find(form, at + 1, len(self.page.chars)) >= 0 else at

    def _find(self, form: str, start: int, end: int) -> int:
        if self.budget <= 0 or end - start < len(form):
            return -1
        at = self.page.chars.find(form, start, end)
        self.budget -= (at if at >= 0 else end) - start + len(form)
        return at if at >= 0 and self._cuts_no_letter(at) and self._cuts_no_letter(at + len(form)) else -1

    def _cuts_no_letter(self, at: int) -> bool:
        """False between a letter and a mark on it that Unicode has no composed form for."""
        return at == 0 or at >= len(self.page.chars) or not unicodedata.combining(self.page.chars[at])

    def _fill_between(self, ordered: list[int], anchors: dict[int, Range]) -> None:
        cursor, line = 0, 0
        for stop in [*ordered, len(self.forms)]:
            limit = anchors[stop][0] if stop < len(self.forms) else len(self.page.chars)
            for between in range(line, stop):
                parts = () if between in anchors else self._fit(self.forms[between], cursor, limit)
                if parts:
                    self.found[between] = parts
                    cursor = parts[-1][1]
            if stop < len(self.forms):
                cursor, line = anchors[stop][1], stop + 1

    def _fit(self, form: str, start: int, end: int) -> tuple[Range, ...]:
        """The first fitting place between two positions, whole or around insertions."""
        if not form:
            return ()
        at = self._find(form, start, end)
        if at >= 0:
            return ((at, at + len(form)),)
        starts = (at for size in _HEADS for at in self._starts(form[:size], start, end))
        tried = (self._around_insertions(form, at, end) for at in starts)
        return next((parts for parts in tried if parts), ())

    def _starts(self, head: str, start: int, end: int) -> Iterator[int]:
        for _ in range(_STARTS):
            start = self._find(head, start, end)
            if start < 0:
                return
            yield start
            start += 1

    def _around_insertions(self, form: str, start: int, end: int) -> tuple[Range, ...]:
        parts: list[Range] = []
        used, at = 0, start
        while True:
            same = _common_prefix(form, used, self.page.chars, at, end)
            if used + same == len(form):
                return (*parts, (at, at + same))
            same = self._back_to_word_end(at, same)
            if same < _STRETCH:
                return ()
            parts.append((at, at + same))
            used, at = used + same, at + same
            rest = form[used : used + _HEADS[0]]
            at = self._find(rest, at, min(end, at + _INSERTED + len(rest)))
            if at < 0 or not self._begins_word(at):
                return ()

    def _back_to_word_end(self, at: int, same: int) -> int:
        while same > 0 and not self._begins_word(at + same):
            same -= 1
        return same

    def _begins_word(self, at: int) -> bool:
        """Whether a word can begin at this position of the page's form: white space or a sign stands before it."""
        chars, places, ends = self.page.chars, self.page.places, self.page.ends
        if at == 0 or at >= len(chars):
            return True
        return places[at] > ends[at - 1] or not (chars[at - 1].isalnum() and chars[at].isalnum())

    def _add_unordered(self, anchors: dict[int, Range]) -> None:
        """Lines that occur once but stand in another order on the page: still their only place, if it is free."""
        taken = sorted(part for parts in self.found.values() for part in parts)
        for line in sorted(anchors.keys() - self.found.keys()):
            part = anchors[line]
            k = bisect_left(taken, part)
            free_before = k == 0 or taken[k - 1][1] <= part[0]
            if free_before and (k == len(taken) or part[1] <= taken[k][0]):
                self.found[line] = (part,)
                taken.insert(k, part)


def _whole_lines(text: str) -> dict[str, int]:
    """For each line of the text, in matching form, where it begins in the matching form of the text; -1 for repeated ones."""
    begins: dict[str, int] = {}
    at = 0
    for line in text.split("\n"):
        form = matching_form(line).chars
        begins[form] = -1 if form in begins else at
        at += len(form)
    return begins


def _increasing(anchors: dict[int, Range]) -> list[int]:
    """The longest sequence of anchored lines whose places rise, without overlap (patience sorting)."""
    lines = sorted(anchors)
    ends: list[int] = []
    tops: list[int] = []
    before: dict[int, int] = {}
    for line in lines:
        k = bisect_left(ends, anchors[line][0] + 1)
        if k:
            before[line] = tops[k - 1]
        if k == len(ends):
            ends.append(anchors[line][1])
            tops.append(line)
        elif anchors[line][1] < ends[k]:
            ends[k], tops[k] = anchors[line][1], line
    chain = [tops[-1]] if tops else []
    while chain and chain[-1] in before:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _common_prefix(left: str, left_start: int, right: str, right_start: int, right_end: int) -> int:
    """How many characters two strings share from two positions on; by doubling, so that equal stretches are cheap."""
    most = min(len(left) - left_start, right_end - right_start)
    low, step = 0, 64
    while low < most:
        step = min(step, most - low)
        if (
            left[left_start + low : left_start + low + step]
            == right[right_start + low : right_start + low + step]
        ):
            low, step = low + step, step * 2
        elif step == 1:
            break
        else:
            step //= 2
    return low
