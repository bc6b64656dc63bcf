"""What each stretch of a text is: report or furniture, and of which kind. Furniture is marked, never removed.

Three looks: at the line itself (phrases, shapes), at its neighbours (a caption stands beside its credit, teasers follow
their heading), at the whole (which line is the title, which one many documents repeat). To drop a real sentence is worse
than to keep a menu: what is not known to be furniture is report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.clean.furniture import FurnitureWords, fold, looks_like_code, menu_items
from lagebild.clean.lines import LONG_LINE, Line, read_line
from lagebild.clean.repeats import line_key
from lagebild.clean.stamps import StampWords
from lagebild.clean.stretches import post_end
from lagebild.clean.titles import choose_title
from lagebild.lang.agencies import Agencies
from lagebild.lang.data import data_digest
from lagebild.model.account import Reason
from lagebild.model.document import Block, BlockKind, KindHint, LinePrints, RepeatedLine, Stretch
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["BlockTools", "mark_blocks", "repeated_keys"]

CONTENT: frozenset[str] = frozenset({"headline", "lead", "paragraph", "list", "ticker_entry", "correction"})
OPEN_KINDS = frozenset({"headline", "lead", "paragraph", "ticker_entry"})
"""Lines already known to be one of these are no furniture above the report when the title is looked for."""

_QUOTES = re.compile(r"[„“”\"«»]")
_HANDLE = re.compile(r"\(@\w{1,50}\)")
_LINK_ONLY = re.compile(
    r"(?:(?:https?://|www\.)\S+|pic\.twitter\.com/\S+|[\w-]{1,40}\.[a-z]{2,10}/\S{1,100})"
)
_BULLET = re.compile(r"(?:[-–•*·▪‣]|\d{1,2}[.)])\s+\S")
_CLOCK = re.compile(r"(?:\+{2,3}\s?)?\d{1,2}[:.]\d{2}(?:\s?Uhr)?\b(?!\.\d)[\s:|–-]*")
_SLUG = re.compile(r"[A-Z]{2,5}-[A-Z][A-Z/ ()\d,-]{3,80}")
_SIGN_OFF = re.compile(r"(?:/[A-Za-z]{2,5}){2,5}|\([a-z]{2,4}(?:/[a-z]{2,4})?\)")
_SHORT_TOKENS = re.compile(r"(?:\s[a-z0-9]{1,5}(?:/[a-z0-9]{1,5})*){1,8}")
_TOKEN = re.compile(r"[\"']?[\w.-]{0,40}[\"']?[,;]?")
_NAME_PARTS = frozenset(
    {"von", "van", "de", "der", "den", "del", "di", "da", "al", "el", "bin", "zu", "zur", "la", "le"}
)


@dataclass(frozen=True)
class Verdict:
    """A kind for a line with the score of what says so."""

    kind: BlockKind
    score: float
    name: str
    detail: str | None = None

    @property
    def content(self) -> bool:
        return self.kind in CONTENT


class BlockTools:
    """Words of furniture, stamps and agencies."""

    def __init__(self) -> None:
        self.furniture = FurnitureWords.load()
        self.stamps = StampWords.load()
        self.agencies = Agencies.load()

    @classmethod
    def load(cls, settings: Settings) -> BlockTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest("furniture", "mastheads", "agencies")


def mark_blocks(docs: Sequence[DocView], tools: BlockTools) -> Iterable[Block]:
    """A block for every stretch, with its id, in text order: kind, whether it is part of the report, and why.

    Hints from markup (kind of an HTML element) go before shapes, clear phrases of furniture before hints. A line that many
    documents repeat counts only where nothing else says what it is. The headline that is the title has the reason `title`.
    """
    for doc in docs:
        stretches = doc.rows(Stretch)
        verdicts = _Page(doc, stretches, tools).verdicts()
        for stretch, found in zip(stretches, verdicts, strict=True):
            best = found[0]
            reasons = tuple(Reason(v.name, round(v.score, 2), v.detail) for v in found[:5])
            yield Block(stretch.id, doc.id, stretch.start, stretch.end, best.kind, best.content, reasons)


def repeated_keys(doc: DocView) -> Iterator[str]:
    """The keys under which a document's repeated lines are looked up."""
    prints = doc.get(LinePrints)
    yield from prints.keys if prints else ()


class _Page:
    """The lines of one document and what is known of them; a later look fills only what an earlier one left open."""

    def __init__(self, doc: DocView, stretches: Sequence[Stretch], tools: BlockTools) -> None:
        self.doc = doc
        self.tools = tools
        self.words = tools.furniture
        self.agency_openers = tools.agencies.openers
        self.helpers = sorted(tools.stamps.author_words["helpers"])
        text = doc.text
        hints = _hints(doc.document.hints)
        self.lines = [read_line(text[s.start : s.end], s.start, hints.get(s.start)) for s in stretches]
        self.found: list[list[Verdict]] = [[] for _ in self.lines]

    def verdicts(self) -> list[list[Verdict]]:
        """For each line the verdicts on it, the deciding one first."""
        for k, line in enumerate(self.lines):
            self.found[k] = sorted(self._own(k, line), key=lambda verdict: -verdict.score)
        for look in (
            self._data_values,
            self._teaser_lists,
            self._tails,
            self._captions,
            self._posts,
            self._repeats,
        ):
            look()
        self._title()
        for k in range(len(self.lines)):
            if not self.found[k]:
                self.found[k] = [self._report(k)]
        return self.found

    # -- the line itself

    def _own(self, k: int, line: Line) -> Iterator[Verdict]:
        if line.hint and line.hint != "paragraph":
            yield Verdict(_kind(line.hint), 0.85, "markup", line.hint)
        code = looks_like_code(line.text)
        if code:
            yield Verdict("other", code, "program_code")
        if len(line.text) > LONG_LINE:
            return
        looks: tuple[Callable[[int, Line], Verdict | None], ...] = (
            self._stamp, self._post, self._embed, self._credit, self._byline, self._correction, self._navigation, self._teaser,
            self._notice, self._caption_mark, self._ticker, self._slug,
        )  # fmt: skip
        for look in looks:
            verdict = look(k, line)
            if verdict:
                yield verdict

    def _stamp(self, k: int, line: Line) -> Verdict | None:
        stamps = self.tools.stamps
        leaked = stamps.leaked(line.text)
        if leaked and leaked[0] == len(line.text):
            return Verdict("stamp", 0.95, "leaked_metadata", line.text)
        if len(line.text) > 160:
            return None
        if line.folded in self.words.words("stamp.labels"):
            return Verdict("stamp", 0.85, "label", line.folded)
        if any(pattern.search(line.text) for pattern in self.words.reading_time):
            return Verdict("stamp", 0.85, "reading_time")
        dates = stamps.find(line.text)
        rest = [word for word in stamps.rest(line.text, dates) if not word.isdigit()]
        if (
            self.words.phrases["stamp"].begins(line.text.strip().casefold())
            and len(rest) <= 3
            and not line.paragraph
        ):
            return Verdict("stamp", 0.9, "stamp_words", line.text)
        if dates and not rest:
            return None if self._inside_report(k) else Verdict("stamp", 0.9, "date_alone", line.text)
        edge = not any(other.paragraph for other in self.lines[max(0, k - 12) : k]) or self._after_report(k)
        if (
            dates
            and edge
            and len(rest) <= 4
            and not line.sentence
            and all(word[0].isupper() for word in rest)
        ):
            return None if self._inside_report(k) else Verdict("stamp", 0.7, "date_and_names", line.text)
        return None

    def _inside_report(self, k: int) -> bool:
        """Between paragraphs, with two before: a date alone there heads what follows (a chronicle), it stamps nothing."""
        before = sum(line.paragraph for line in self.lines[max(0, k - 12) : k])
        return before >= 2 and any(line.paragraph for line in self.lines[k + 1 : k + 4])

    def _post(self, k: int, line: Line) -> Verdict | None:
        for match in _HANDLE.finditer(line.text):
            if post_end(line.text, match.start(), self.tools.stamps):
                return Verdict("post", 0.95, "post_signature", match[0])
        return None

    def _embed(self, k: int, line: Line) -> Verdict | None:
        phrases = self.words.phrases["embed"]
        if line.folded in phrases.whole:
            return Verdict("embed", 0.9, "phrase", line.folded)
        if _LINK_ONLY.fullmatch(line.text):
            return Verdict("embed", 0.9, "link_alone", line.text[:80])
        begins = phrases.begins(line.folded)
        return Verdict("embed", 0.85, "phrase", begins) if begins and not self._reports(line) else None

    def _credit(self, k: int, line: Line) -> Verdict | None:
        if len(line.text) > 200:
            return None
        if self.tools.agencies.credited(line.text):
            bracketed = line.text[0] in "(["
            photo = all(agency.kind == "photo" for agency in self.tools.agencies.credited(line.text))
            bare = line.folded.split(" ", 1)[0] not in self.agency_openers
            if photo or (bare and not bracketed and not self._after_report(k)):
                return Verdict("credit", 0.9 if photo else 0.7, "image_credit", line.text)
            return Verdict("credit", 0.95, "agency_credit", line.text)
        return self._image_credit(line) or self._other_credit(line)

    def _image_credit(self, line: Line) -> Verdict | None:
        match = self.words.image_credit.match(line.text.lstrip("([ "))
        if match and len(line.text) <= 160 and line.sentences <= 1 and not self._reports(line):
            return Verdict("credit", 0.9, "image_credit", match[0])
        parts = re.split(r"\s?[/|]\s?", line.text)
        known = (
            len(parts) > 1
            and len(line.words) <= 9
            and not line.sentence
            and self.tools.agencies.named(parts[0])
        )
        return Verdict("credit", 0.85, "image_credit", parts[0]) if known else None

    def _other_credit(self, line: Line) -> Verdict | None:
        if _SIGN_OFF.fullmatch(line.text):
            return Verdict("credit", 0.85, "sign_off", line.text)
        first, _, rest = line.text.partition(" ")
        if self.tools.agencies.named(first) and rest and _SHORT_TOKENS.fullmatch(f" {rest}"):
            return Verdict("credit", 0.85, "agency_credit", line.text)
        if (
            line.folded.split(":")[0] in self.words.words("credit.source")
            and ":" in line.text
            and len(line.words) <= 8
        ):
            named = self.tools.agencies.credited(line.text.split(":", 1)[1])
            return Verdict("credit", 0.8, "agency_credit" if named else "source_credit", line.text)
        helper = next((h for h in self.helpers if _starts(line.folded, h)), None)
        return Verdict("credit", 0.9, "helpers", helper) if helper else None

    def _byline(self, k: int, line: Line) -> Verdict | None:
        names = byline_names(
            line.text,
            self._authors("openers"),
            self._authors("joiners"),
            self._authors("not_names"),
            self.tools.stamps,
        )
        return Verdict("credit", 0.85, "byline", ", ".join(names)) if names else None

    def _authors(self, name: str) -> set[str]:
        return self.tools.stamps.author_words[name]

    def _correction(self, k: int, line: Line) -> Verdict | None:
        begins = self.words.phrases["correction"].begins(line.folded)
        return Verdict("correction", 0.85, "phrase", begins) if begins else None

    def _navigation(self, k: int, line: Line) -> Verdict | None:
        phrases = self.words.phrases["navigation"]
        if line.folded in phrases.whole:
            return Verdict("navigation", 0.9, "phrase", line.folded)
        begins = phrases.begins(line.folded)
        if begins and not line.paragraph and len(line.words) <= 12:
            return Verdict("navigation", 0.85, "phrase", begins)
        items = menu_items(line.text)
        if not items:
            return None
        known = sum(
            fold(item) in phrases.whole or fold(item) in self.words.words("navigation.items")
            for item in items
        )
        if (known and known * 3 >= len(items)) or len(items) >= 3:
            return Verdict("navigation", 0.8, "menu", f"{len(items)} entries")
        return None

    def _teaser(self, k: int, line: Line) -> Verdict | None:
        shout = self.words.shout(line.text)
        if shout and len(line.text) <= 250:
            return Verdict("teaser", 0.9, "marker", shout)
        phrases = self.words.phrases["teaser"]
        found = phrases.pattern_in(line.text)
        if found:
            return Verdict("teaser", 0.85, "pattern", found)
        begins = phrases.begins(line.folded)
        if line.folded in phrases.whole or begins == line.folded:
            return Verdict("teaser", 0.85, "heading", line.folded)
        if not begins or len(line.text) > 250:
            return None
        marked = begins.endswith(":") or ":" in line.text[len(begins) : len(begins) + 25]
        if not marked and (line.paragraph or self._reports(line)) and len(begins.split()) < 3:
            return None
        return Verdict("teaser", 0.9 if marked else 0.75, "phrase", begins)

    def _notice(self, k: int, line: Line) -> Verdict | None:
        phrases = self.words.phrases["notice"]
        if line.folded in phrases.whole:
            return Verdict("notice", 0.9, "phrase", line.folded)
        found = phrases.pattern_in(line.text)
        if found and not self._reports(line):
            return Verdict("notice", 0.9, "pattern", found)
        begins = phrases.begins(line.folded)
        if begins and not self._reports(line):
            return Verdict("notice", 0.85, "phrase", begins)
        spoken = self.words.speaks_of_the_page(line.text)
        enough = spoken == 3 or (spoken == 2 and len(line.words) <= 5 and not line.sentence)
        if enough and not self._reports(line) and len(line.words) <= 45:
            return Verdict("notice", 0.75 if spoken == 3 else 0.6, "speaks_of_the_page")
        return None

    def _reports(self, line: Line) -> bool:
        """Words that tell of the world: speech verbs, offices, quotation marks."""
        return bool(_QUOTES.search(line.text)) or self.words.hits("reporting.words", line.lower) > 0

    def _caption_mark(self, k: int, line: Line) -> Verdict | None:
        begins = self.words.phrases["caption"].begins(line.folded)
        if begins:
            return Verdict("caption", 0.8, "phrase", begins)
        lowered = line.text.casefold()
        mark = next((mark for mark in sorted(self.words.words("caption.marks")) if mark in lowered), None)
        if mark and line.sentences <= 2 and len(line.text) <= 300 and not _QUOTES.search(line.text):
            at_end = lowered.rstrip(" .").endswith(mark)
            return (
                Verdict("caption", 0.8, "caption_mark", mark) if at_end or not self._reports(line) else None
            )
        return None

    def _ticker(self, k: int, line: Line) -> Verdict | None:
        match = _CLOCK.match(line.text)
        if not match or match.end() >= len(line.text.rstrip(" +")):
            return None
        beside = self.lines[max(0, k - 6) : k] + self.lines[k + 1 : k + 7]
        company = any(_CLOCK.match(other.text) for other in beside) or line.text.startswith("++")
        return Verdict("ticker_entry", 0.8, "clock_time", match[0].strip()) if company else None

    def _slug(self, k: int, line: Line) -> Verdict | None:
        return Verdict("other", 0.8, "slug") if k < 2 and _SLUG.fullmatch(line.text) else None

    def _after_report(self, k: int) -> bool:
        """No paragraph follows."""
        return any(line.paragraph for line in self.lines[max(0, k - 12) : k]) and not any(
            line.paragraph for line in self.lines[k + 1 : k + 13]
        )

    # -- the neighbours

    def _open(self, k: int) -> bool:
        return 0 <= k < len(self.lines) and not self.found[k]

    def _is(self, k: int, *kinds: str) -> bool:
        return 0 <= k < len(self.lines) and bool(self.found[k]) and self.found[k][0].kind in kinds

    def _data_values(self) -> None:
        """„isPaid:“ / „false“: the value of a key on a line of its own, between lines of data."""
        for k, line in enumerate(self.lines):
            key_before = self._is(k - 1, "other") and self.lines[k - 1].text.endswith((":", "="))
            if self._open(k) and key_before and len(line.words) <= 1 and _TOKEN.fullmatch(line.text):
                self.found[k] = [Verdict("other", 0.9, "value_of_key", self.lines[k - 1].text[:60])]

    def _teaser_lists(self) -> None:
        """After a heading of teasers: short lines without sentence end, until the report goes on."""
        heads = self.words.words("teaser.heads")
        after: str | None = None
        for k, line in enumerate(self.lines):
            if line.folded in heads and self._is(k, "teaser", "navigation"):
                after = line.folded
            elif self._open(k) and after and self._teaser_like(k, line):
                self.found[k] = [Verdict("teaser", 0.7, "below_heading", after)]
            elif self._open(k) or (line.paragraph and not self._is(k, "teaser")):
                after = None

    def _teaser_like(self, k: int, line: Line) -> bool:
        """A line below a heading of teasers is one more where the report is over, or where it is the only one."""
        if line.sentences >= 2 or len(line.text) > 180:
            return False
        if not any(
            other.paragraph and self._open(k + 1 + n) for n, other in enumerate(self.lines[k + 1 :][:40])
        ):
            return not (line.sentence and line.paragraph and self._reports(line))
        return not line.sentence or line.text.endswith(("?", "!"))

    def _tails(self) -> None:
        """After a heading such as „Notizblock“ behind the report, all is furniture."""
        phrases = self.words.phrases["tail"]
        last_long = max((k for k, line in enumerate(self.lines) if len(line.text) >= 300), default=-1)
        for k in range(last_long + 1, len(self.lines)):
            line = self.lines[k]
            marked = (line.text.startswith("#") and line.folded in phrases.whole) or phrases.pattern_in(
                line.text
            )
            if marked or (line.folded in phrases.whole and self._after_report(k)):
                for later in range(k, len(self.lines)):
                    self.found[later] = [Verdict("notice", 0.8, "tail", line.folded[:60]), *self.found[later]]
                return

    def _captions(self) -> None:
        """A line without verb beside a picture credit describes the picture."""
        for k in range(len(self.lines)):
            if not (self._is(k, "credit") and self.found[k][0].name == "image_credit"):
                continue
            if self._open(k - 1) and self._caption_like(k - 1, behind=True):
                self.found[k - 1] = [Verdict("caption", 0.75, "beside_credit", self.lines[k].text[:80])]
            elif self._open(k + 1) and self._caption_like(k + 1, behind=False):
                self.found[k + 1] = [Verdict("caption", 0.6, "behind_credit", self.lines[k].text[:80])]

    def _caption_like(self, k: int, *, behind: bool) -> bool:
        """Not a caption: the only possible title, a line with speech, several sentences, a sentence with a verb."""
        line = self.lines[k]
        if len(line.text) > 250 or line.text[0] in '„“"»«‚':
            return False
        if not behind:
            beside = k >= 2 and self.lines[k - 2].sentence and self.lines[k - 2].paragraph
            shaped = (
                not line.sentence
                and len(line.words) >= 4
                and (line.sentences >= 2 or beside or self._later_title(k) is None)
            )
            return shaped and not any(self.found[k]) and self._has_title_before(k)
        if line.sentence and (
            line.sentences >= 2 or self.words.hits("reporting.verbs", line.lower) or self._reports(line)
        ):
            return False
        if line.sentences >= 2 and self._reports(line):
            return False
        return self._has_title_before(k) or self._later_title(k) is not None

    def _has_title_before(self, k: int) -> bool:
        return any(self._open(j) and len(self.lines[j].words) >= 3 for j in range(max(0, k - 12), k))

    def _later_title(self, k: int) -> int | None:
        """A line that could be the title between `k` and the first paragraph after it."""
        for j in range(k + 1, min(len(self.lines), k + 10)):
            if self._open(j) and self.lines[j].paragraph and self.lines[j].sentence:
                return None
            if self._open(j) and len(self.lines[j].words) >= 3:
                return j
        return None

    def _posts(self) -> None:
        """Lines before the signature of a post that belong to it: its words where it stands alone, a verbless opener."""
        openers = self.words.words("caption.openers")
        for k, line in enumerate(self.lines):
            if not self._is(k, "post") or not self._open(k - 1):
                continue
            before = self.lines[k - 1]
            alone = line.text.lstrip()[:1] in "—–-"
            verbless = bool(before.lower) and before.lower[0] in openers and before.sentences <= 1
            if alone and len(before.text) <= 280:
                self.found[k - 1] = [Verdict("post", 0.7, "before_signature", line.text[:80])]
            elif (
                verbless and len(before.text) <= 160 and not self.words.hits("reporting.verbs", before.lower)
            ):
                self.found[k - 1] = [Verdict("post", 0.6, "verbless_before_post", before.lower[0])]

    def _repeats(self) -> None:
        """Lines that many documents print, at the edges of the page."""
        for k, line in enumerate(self.lines):
            if not self._open(k) or line.paragraph or len(line.words) > 8 or line.hint:
                continue
            key = line_key(line.text)
            rows = self.doc.look_up(RepeatedLine, key) if key else ()
            if rows and rows[0].documents >= 3 and (self._after_report(k) or self._before_report(k)):
                self.found[k] = [
                    Verdict("navigation", 0.6, "repeated", f"{rows[0].documents} documents print it")
                ]

    def _before_report(self, k: int) -> bool:
        """No paragraph before, and another possible title between this line and the report."""
        return (
            not any(line.paragraph for line in self.lines[max(0, k - 40) : k])
            and self._later_title(k) is not None
        )

    # -- the whole

    def _title(self) -> None:
        stated = self.doc.document.stated
        title = self.doc.item.declared.title or stated.title
        chosen = choose_title(
            self.lines,
            [bool(found) and found[0].kind not in OPEN_KINDS for found in self.found],
            title,
            stated,
            self.words,
            self.tools.stamps,
        )
        if chosen is None:
            return
        at, score, detail = chosen
        kept = [verdict for verdict in self.found[at] if verdict.kind == "headline"]
        self.found[at] = [Verdict("headline", score, "title", detail), *kept]
        for k in range(at):
            line = self.lines[k]
            if self._open(k) and not line.paragraph and self.tools.stamps.outlet_like(line.lower):
                self.found[k] = [Verdict("other", 0.6, "outlet_line", line.text[:80])]

    def _report(self, k: int) -> Verdict:
        """What a line of the report is."""
        line = self.lines[k]
        if line.hint == "paragraph":
            return Verdict("paragraph", 0.8, "markup", "paragraph")
        if _BULLET.match(line.text) and not (len(line.words) <= 4 and self.tools.stamps.find(line.text)):
            return Verdict("list", 0.7, "bullet")
        if line.paragraph or line.sentence:
            return self._paragraph(k)
        if self._after_report(k) and len(line.words) <= 14 and k and not self._follows_sentence_open(k):
            return Verdict("teaser", 0.55, "behind_the_report")
        return Verdict("headline", 0.6, "short_without_end")

    def _follows_sentence_open(self, k: int) -> bool:
        """The line before stops in mid-sentence, so this one goes on with it."""
        last = self.lines[k - 1].text[-1]
        return (
            self.lines[k].text[0].islower()
            or last in ",;–—-"
            or (last.isalnum() and self.lines[k - 1].paragraph)
        )

    def _paragraph(self, k: int) -> Verdict:
        """A paragraph; the first one below the title is the lead where a stamp or credit parts it from the rest."""
        above = next(
            (j for j in range(k - 1, max(-1, k - 6), -1) if self.found[j] and self.found[j][0].content), None
        )
        under_title = above is not None and self.found[above][0].name == "title"
        if (
            under_title
            and self._is(k + 1, "stamp", "credit")
            and any(line.paragraph for line in self.lines[k + 2 : k + 8])
        ):
            return Verdict("lead", 0.7, "between_title_and_stamp")
        return Verdict("paragraph", 0.7, "sentences", f"{self.lines[k].sentences}")


def _hints(hints: Sequence[KindHint]) -> dict[int, str]:
    return {hint.start: hint.kind for hint in hints}


def _kind(hint: str) -> BlockKind:
    known: dict[str, BlockKind] = {
        "headline": "headline", "lead": "lead", "list": "list", "caption": "caption", "credit": "credit", "stamp": "stamp",
        "teaser": "teaser", "navigation": "navigation", "embed": "embed", "notice": "notice", "post": "post",
        "ticker_entry": "ticker_entry", "correction": "correction",
    }  # fmt: skip
    return known.get(hint, "paragraph")


def _starts(folded: str, phrase: str) -> bool:
    return folded.startswith(phrase) and not (
        folded[len(phrase) : len(phrase) + 1].isalnum() and phrase[-1].isalnum()
    )


def byline_names(
    line: str, openers: set[str], joiners: set[str], not_names: set[str], stamps: StampWords
) -> tuple[str, ...]:
    """The names in a line that says who wrote the report („Von Ada Lang und Kim Roth, Wien“); () for any other line.

    After the opener there must be two capitalised words or more; a date and a place behind a comma may follow.
    """
    if len(line) > 160:
        return ()
    lowered = line.casefold()
    opener = max((o for o in openers if _starts(lowered, o)), key=len, default=None)
    if opener is None:
        return ()
    rest = line[len(opener) :].strip(" :")
    dates = stamps.find(rest)
    rest = rest[: dates[0].start] if dates else rest
    said = re.split(r"\s?[,|/–—•·(]\s?|\s-\s|\s(?:in|aus)\s", rest, maxsplit=12)
    named = re.split(r"\s(?:" + "|".join(re.escape(j) for j in sorted(joiners)) + r")\s|\s?&\s?", said[0])
    more = [part for part in said[1:] if _full_name(part, not_names)] if len(said) > 2 and not dates else []
    names = [name.strip(" .") for name in named]
    return tuple(dict.fromkeys([*names, *more])) if all(_full_name(name, not_names) for name in names) else ()


def _full_name(name: str, not_names: set[str]) -> bool:
    words = name.split()
    capital = [word for word in words if word[0].isupper()]
    rest = [word for word in words if not word[0].isupper() and word not in _NAME_PARTS]
    return (
        2 <= len(capital) <= 4
        and not rest
        and words[0].casefold() not in not_names
        and not any(sign.isdigit() for sign in name)
    )
