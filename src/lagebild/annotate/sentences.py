"""Where sentences begin and end: a few rules over language data (`lang/*/sentences.toml`); no model, linear in the text.

A sentence ends at . ! ? or … with the closing marks that follow, or at a line end that is no mere wrapping. Sentences inside a
quotation are split like others: quotations are a layer of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.model.document import Document, Stretch
from lagebild.model.ids import place_id
from lagebild.model.marks import Sentence
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["LONGEST_SENTENCE", "SentenceTools", "sentence_bounds", "split_sentences"]

LONGEST_SENTENCE = 10_000
"""A longer run without an end is cut at white space (or at this many characters): every later step may rely on it."""

_OPENERS = "„‚“‘\"'»«›‹([{¿¡‟"
_CLOSERS = "“”‘’\"'»«›‹)]}"
_ALWAYS_OPEN = "„‚([{¿¡"
_BULLETS = "•▪●◦‣■►▸"
_TERMINAL = re.compile(
    rf"(?P<end>[.!?…‼⁇⁈⁉]+)(?P<close>[{re.escape(_CLOSERS)}]*)"
    r"|(?P<full>[。！？｡؟।۔]+[」』”’]*)"
    r"|(?P<line>(?:\r\n|[\n\r\u2028\u2029\x0b\x0c])\s*)"
    rf"|(?<=\s)(?P<bullet>[{_BULLETS}])(?=\s)"
)
_LAST_WORD = re.compile(r"[^\s\"'„“”‚‘’»«›‹()\[\]{}/]*\Z")
_NEXT_WORD = re.compile(rf"[{re.escape(_OPENERS)}–—\-+*\s]*(?P<word>\w[\w’'-]*)?(?P<dot>\.)?")
_ROMAN = re.compile(r"(?=[IVXLC])(?:X{0,3}|XL|L|C)(?:IX|IV|V?I{0,3})\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_NOT_PROSE = re.compile(r"\s+(?:https?://|www\.|[a-z0-9-]{2,20}\.[a-z.]{2,20}/|[a-z]\)\s)")
_GLUED = re.compile(r"[^\W\d_]{2}\Z")
_FAR = 48
_WRAPPED = range(55, 111)
"""Lines of these lengths may be wrapped text (mails, agency wires: 60 to 100 columns); shorter ones are headings, longer ones paragraphs."""
_LETTERS = re.compile(r"\w")


@dataclass(frozen=True)
class SentenceTools:
    """The word sets of all languages together: the splitter does not need to know the language, and no set misleads the other."""

    never_last: frozenset[str]
    perhaps_last: frozenset[str]
    perhaps_endings: tuple[str, ...]
    after_ordinal: frozenset[str]
    before_ordinal: frozenset[str]
    starters: frozenset[str]
    speech_verbs: frozenset[str]
    longest_text: int

    @classmethod
    def load(cls, settings: Settings) -> SentenceTools:
        tables = [read_data(code, "sentences") for code in LANGUAGES if has_data(code, "sentences")]
        return cls(
            never_last=_union(tables, "never_last"),
            perhaps_last=_union(tables, "perhaps_last"),
            perhaps_endings=tuple(sorted(_union(tables, "perhaps_endings"))),
            after_ordinal=_union(tables, "after_ordinal"),
            before_ordinal=_union(tables, "before_ordinal"),
            starters=_union(tables, "starters"),
            speech_verbs=_union(tables, "speech_verbs"),
            longest_text=settings.max_text,
        )

    @classmethod
    def digest(cls) -> str:
        return data_digest("sentences")

    @cached_property
    def said_after(self) -> re.Pattern[str]:
        """A name and a verb of saying, as after “Stop!”."""
        verbs = "|".join(sorted(self.speech_verbs)) or "(?!)"
        return re.compile(rf"(?:[A-Z][\w.'’-]{{0,40}}[ \u00a0]){{1,4}}(?:{verbs})\b")


def _union(tables: Sequence[Mapping[str, Any]], name: str) -> frozenset[str]:
    return frozenset(word for table in tables for word in table.get(name, ()))


def split_sentences(docs: Sequence[DocView], tools: SentenceTools) -> Iterable[Sentence]:
    """The sentences of every stretch, in text order; together they cover all that is not white space, none crosses a stretch.

    Without white space at their ends; marks that close a quotation belong to its last sentence. None is longer than
    `LONGEST_SENTENCE`. Texts longer than the setting `max_text` give none; `extract_text` told it.
    """
    for doc in docs:
        text = doc.rows(Document)[0].text
        if len(text) > tools.longest_text:
            continue
        for stretch in doc.rows(Stretch):
            for start, end in sentence_bounds(text[stretch.start : stretch.end], tools):
                start, end = start + stretch.start, end + stretch.start
                yield Sentence(place_id(doc.id, "s", start, end), doc.id, start, end, stretch.id)


def sentence_bounds(text: str, tools: SentenceTools) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of one run of text, in order."""
    start = 0
    for cut in _cuts(text, tools):
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if start == stop:
            return
        if stop - start > LONGEST_SENTENCE:
            stop = _cut_before(text, start, start + LONGEST_SENTENCE)
        yield start, stop
        start = stop


def _cut_before(text: str, start: int, limit: int) -> int:
    for place in range(limit, start + LONGEST_SENTENCE // 2, -1):
        if text[place].isspace():
            while text[place - 1].isspace() and place > start + 1:
                place -= 1
            return place
    return limit


def _cuts(text: str, tools: SentenceTools) -> Iterator[int]:
    """Places between two sentences. Marks without a letter or digit before them end nothing."""
    start, seen, worded, open_marks = 0, 0, False, _OpenMarks()
    for match in _TERMINAL.finditer(text):
        worded = worded or _LETTERS.search(text, seen, match.start()) is not None
        open_marks.read(text, seen, match.start())
        cut = _cut_at(text, start, match, tools, open_marks) if worded else None
        open_marks.read(text, match.start(), cut or match.end())
        seen = max(match.end(), cut or 0)
        if cut and cut < len(text):
            yield cut
            start, worded = cut, False


class _OpenMarks:
    """Whether a straight quotation mark or a French « is open; tells what a mark that stands free between spaces does."""

    def __init__(self) -> None:
        self.straight = False
        self.french = False

    def read(self, text: str, start: int, end: int) -> None:
        if text.count('"', start, end) % 2:
            self.straight = not self.straight
        last = max(text.rfind("«", start, end), text.rfind("»", start, end))
        if last >= 0:
            self.french = text[last] == "«"

    def closes(self, mark: str) -> bool:
        return (mark == '"' and self.straight) or (mark == "»" and self.french) or mark in "”’"


def _cut_at(
    text: str, start: int, match: re.Match[str], tools: SentenceTools, marks: _OpenMarks
) -> int | None:
    if match["line"] is not None:
        return match.end() if _ends_line(text, start, match) else None
    if match["bullet"] is not None:
        return match.start()
    if match["full"] is not None:
        return match.end()
    end = match.end()
    if end == len(text):
        return None
    if not text[end].isspace():
        return _cut_without_space(text, match, tools)
    if text[match.start() - 1 : match.start()] in ("[", "(") and match["close"][:1] in ("]", ")"):
        return None
    end = _free_mark(text, end, marks)
    return end if _ends(text, start, match, end, tools) else None


def _free_mark(text: str, end: int, marks: _OpenMarks) -> int:
    """The end moved behind a closing mark that stands between spaces (« Oui. »)."""
    place = end + 1
    if place < len(text) and text[place] in '"»”’' and (place + 1 == len(text) or text[place + 1].isspace()):
        return place + 1 if marks.closes(text[place]) else end
    return end


def _ends_line(text: str, start: int, match: re.Match[str]) -> bool:
    """False for a line that was merely wrapped: the next goes on in small letters, or both are about as long as each other."""
    if match.group().count("\n") > 1 or match.group().count("\r") > 1:
        return True
    before = text[max(start, match.start() - _FAR) : match.start()].rstrip()[-1:]
    following = text[match.end() : match.end() + 1]
    if following.islower() and before != ":":
        return False
    line = match.start() - max(
        text.rfind("\n", max(start, match.start() - _WRAPPED.stop), match.start()), start - 1
    )
    next_end = text.find("\n", match.end(), match.end() + 2 * _WRAPPED.stop)
    next_line = (next_end if next_end >= 0 else min(len(text), match.end() + 2 * _WRAPPED.stop)) - match.end()
    wrapped = line in _WRAPPED and next_line < line + 20 and (following.isalnum() or following in _OPENERS)
    return not wrapped or before == ":"


def _cut_without_space(text: str, match: re.Match[str], tools: SentenceTools) -> int | None:
    """Scraped text glues sentences („Ende.Danach“): cut between two small letters and a capital followed by a small one."""
    end = match.end()
    if not (
        text[end].isupper()
        and text[end + 1 : end + 2].islower()
        and _GLUED.search(text, match.start() - 2, match.start())
    ):
        if text[end] in _ALWAYS_OPEN[:2] and text[end + 1 : end + 2].isupper() and match["end"] != "…":
            return end
        return None
    word = _last_word(text, match.start())
    if (
        not text[match.start() - 1].islower()
        or any(mark in word for mark in ".@#:_")
        or word in tools.never_last
    ):
        return None
    tail = re.compile(r"\S{0,40}").match(text, end)
    glued = tail.group() if tail else ""
    return None if "." in glued[:-1] or "/" in glued or "@" in glued or len(glued) == 40 else end


def _last_word(text: str, end: int) -> str:
    found = _LAST_WORD.search(text[max(0, end - _FAR) : end])
    return found.group() if found else ""


def _ends(text: str, start: int, match: re.Match[str], end: int, tools: SentenceTools) -> bool:
    """Does the sentence end at this run of . ! ? and closing marks, white space following?"""
    following = _NEXT_WORD.match(text[end : end + 4 * _FAR])
    word = (following["word"] if following else None) or ""
    opened = following.group()[: following.start("word")].strip() if following and word else ""
    quoted = any(mark in "„‚“‘\"'»«›‹" for mark in opened)
    if word[:1].islower() and not (quoted or "(" in opened or _NOT_PROSE.match(text, end)):
        return False
    closed = any(mark in "“”‘’\"'»«›‹" for mark in match["close"])
    if closed and tools.said_after.match(text, end + 1) and match["end"][-1] in "!?":
        return False
    if match["end"] != ".":
        return True
    if closed:
        return True
    return _full_stop_ends(
        text, start, match.start(), word, bool(following and following["dot"]), bool(opened), tools
    )


def _full_stop_ends(
    text: str, start: int, stop: int, word: str, dot: bool, opened: bool, tools: SentenceTools
) -> bool:
    last = _last_word(text, stop)
    starts = (
        word.lower() in tools.starters and (word.istitle() or len(word) == 1) and not (dot and len(word) == 1)
    )
    if last.isdigit():
        return _number_ends(text, start, stop - len(last), last, word, starts, tools)
    if last in tools.never_last:
        return False
    if (
        last in tools.perhaps_last
        or last.endswith(tools.perhaps_endings)
        or (len(last) == 1 and last.isalpha())
        or _DOTTED.match(last)
    ):
        return starts or (opened and last in tools.perhaps_last and not word[:1].islower())
    if _ROMAN.match(last) and last:
        return starts
    return True


def _number_ends(
    text: str, start: int, begin: int, number: str, word: str, starts: bool, tools: SentenceTools
) -> bool:
    if begin - start < _FAR and not text[start:begin].strip():
        return False
    if len(number) > 2:
        return True
    if word[:1].isdigit():
        return int(number) > 31 or not (len(word) <= 2 or (len(word) == 4 and word.isdigit()))
    if word in tools.after_ordinal:
        return False
    if starts:
        return True
    before = _last_word(text, max(start, begin - 1))
    return before not in tools.before_ordinal and not before.rstrip(".").isdigit()
