"""A page read from left to right, keeping the place of every character.

No tree is built and nothing recurses: one pass over the decoded page gives its lines of text, each with pieces that
lead back to the page, what the markup around them says, and the statements in the head. Time and memory grow with the
length of the page, whatever the markup does. Where the HTML standard asks for a tree (misnested formatting, foster
parents of tables) the pass is simpler than a browser; the text is the same, only its context may differ.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from importlib.resources import files

from lagebild.textkit.align import INVISIBLE

Piece = tuple[int, int, int, int]

MAX_LINES = 300_000  # memory: a line costs about 500 bytes; 300,000 lines are 150 MB
_MAX_ARTICLES_INSIDE = 16  # articles inside articles that are told apart
_SEARCH_DEPTH = 64  # open elements looked at to find the one that an inline end tag closes

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript ol optgroup "
    "option p pre search section select summary table tbody td tfoot th thead tr ul iframe object video audio "
    "button label textarea canvas template dir listing xmp noframes noembed"
)
_VOID_NAMES = (
    "area base br col embed hr img input link meta param source track wbr frame keygen basefont bgsound"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_VOID = frozenset(_VOID_NAMES.split())
_RAW = frozenset(["script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea"])
_CLOSES_P = _BLOCKS - frozenset(
    ["button", "label", "body", "html", "head", "object", "video", "audio", "canvas", "select", "option"]
)
_SAME_CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"), "td": ("td", "th"), "th": ("td", "th"),
    "option": ("option",), "p": ("p",),
}  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_FURNITURE_TAGS = frozenset(["nav", "aside", "footer", "form", "menu", "dialog", "select"])
_CONTROLS = frozenset(["button", "label", "select", "option", "optgroup", "datalist", "progress", "meter"])
_UNSEEN = frozenset(["template", "noscript", "object", "audio", "video", "canvas", "svg", "math", "head"])

# What is true of a line, as bits.
CAPTION, CREDIT, STAMP, LEAD, KICKER, TICKER, POST, LIST, QUOTE, FIGURE, LINK, CONTROL, HIDDEN, DATA = (
    1 << k for k in range(14)
)
_BY_TAG = {
    "figcaption": CAPTION, "time": STAMP, "li": LIST, "blockquote": QUOTE, "figure": FIGURE, "a": LINK, "caption": CAPTION,
    **dict.fromkeys(_CONTROLS, CONTROL), **dict.fromkeys(_UNSEEN, HIDDEN),
}  # fmt: skip
_BY_CLASS = {
    "caption": CAPTION,
    "credit": CREDIT,
    "stamp": STAMP,
    "lead": LEAD,
    "kicker": KICKER,
    "ticker": TICKER,
    "post": POST,
}

# Elements that hold a whole report: a class on them ("status-publish") says nothing about single lines, unless it names
# what the whole is.
_WIDE_TAGS = frozenset(["article", "main", "section"])
_WIDE = TICKER | POST

_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")
# Quotes: an opening one without its end can stand only once in a page for each kind of quote, so no scan repeats.
_ATTRIBUTE = re.compile(r"([^\s/>=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/=]*")
_SPACE = "\t\n\x0b\x0c\r \x1c-\x1f\x85\u2028\u2029"
_WORD = rf"[^{_SPACE}&\x00-\x1f\x7f-\x9f{INVISIBLE}]++"
_TOKEN = re.compile(
    rf"(?P<space>[{_SPACE}]+)"
    r"|(?P<entity>&(?:#[0-9]{1,9};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{0,31};?))"
    rf"|(?P<gone>[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{INVISIBLE}]+)"
    rf"|(?P<raw>{_WORD}(?: {_WORD})*+|&)"  # words with single spaces between them
)
_INVISIBLE_RUN = re.compile(rf"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{INVISIBLE}]+")
_SPACE_RUN = re.compile(rf"[{_SPACE}]+")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@cache
def markup_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The tables of `page_markup.toml`: what names in markup mean."""
    tables = tomllib.loads(files(__package__).joinpath("page_markup.toml").read_text(encoding="utf-8"))
    return {name: {key: tuple(words) for key, words in table.items()} for name, table in tables.items()}


@cache
def _class_patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile("|".join(words)) for name, words in markup_words()["class"].items()}


@dataclass(slots=True)
class Context:
    """What the open elements around a text say.

    `block`, `container` and `outer` are the numbers of the innermost blocks, from inside out, 0 for none.
    `furniture` is the innermost element that looks like menu, aside, footer or form; `article` the chain of open
    <main> and <article> elements, outermost first; `when` the datetime of an enclosing <time>.
    """

    flags: int = 0
    tag: str = ""
    level: int = 0
    block: int = 0
    container: int = 0
    outer: int = 0
    furniture: int = 0
    articles: tuple[int, ...] = ()
    when: str | None = None
    preformatted: bool = False


@dataclass(slots=True)
class Line:
    """One line of a page: its text, pieces into the page (offsets from the line's start), and its context."""

    text: str
    pieces: tuple[Piece, ...]
    context: Context
    flags: int
    link_share: float
    when: str | None


@dataclass(frozen=True)
class Meta:
    """A name and a value stated in the head; `start` and `end` enclose the value in the page."""

    name: str
    value: str
    start: int
    end: int


@dataclass
class PageScan:
    """What one pass over a page found. `lines` in page order; `deepest` is the depth of open elements."""

    lines: list[Line] = field(default_factory=list)
    metas: list[Meta] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    head_title: Meta | None = None
    canonical: str | None = None
    language: str | None = None
    times: list[tuple[str, str, int]] = field(
        default_factory=list
    )  # (kind, datetime, index of the next line)
    tags: int = 0
    deepest: int = 0
    most_siblings: int = 0
    notes: list[str] = field(default_factory=list)


def scan_page(html: str) -> PageScan:
    """Lines, statements and notes of a decoded page. Any string is accepted; nothing is raised."""
    return _Scanner(html).scan()


@dataclass(slots=True)
class _Open:
    name: str
    context: Context
    children: int = 0


class _Scanner:
    """The state of one pass: open elements, the line being collected, and what has been found."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.found = PageScan()
        self.open: list[_Open] = [_Open("", Context())]
        self.open_names: dict[str, int] = {}
        self.chunks: list[tuple[int, int, Context]] = []
        self.elements = 0
        self.unclosed: set[str] = set()
        self.class_flags: dict[str, tuple[int, bool]] = {}

    def scan(self) -> PageScan:
        html, at = self.html, 0
        while at < len(html):
            mark = html.find("<", at)
            if mark < 0:
                self._add_text(at, len(html))
                break
            if mark > at:
                self._add_text(at, mark)
            at = self._read_markup(mark)
        self._end_line()
        return self.found

    # -- markup ----------------------------------------------------------------------------------------------------

    def _read_markup(self, at: int) -> int:
        """Reads what begins with the "<" at this position; where it ends."""
        tag = _TAG.match(self.html, at)
        if tag:
            return self._read_tag(tag)
        following = self.html[at + 1 : at + 4]
        if following == "!--":
            return self._skip_comment(at)
        if following[:1] in ("!", "?", "/") and ">" not in self.unclosed:
            end = self.html.find(">", at)
            if end >= 0:
                return end + 1
            self.unclosed.add(">")
        self._add_text(at, at + 1)
        return at + 1

    def _skip_comment(self, at: int) -> int:
        end = self.html.find("-->", at + 2)
        if end >= 0:
            return end + 3
        self.found.notes.append("a comment is never closed; the rest of the page counts as its text")
        return len(self.html)

    def _read_tag(self, tag: re.Match[str]) -> int:
        self.found.tags += 1
        name = tag.group(1).lower()
        closing = self.html[tag.start() + 1] == "/"
        attributes, end, self_closed = self._read_attributes(tag.end())
        if closing:
            self._close(name)
            return end
        self._start(name, attributes, self_closed)
        return self._read_raw(name, attributes, end) if name in _RAW else end

    def _read_attributes(self, at: int) -> tuple[dict[str, tuple[int, int]], int, bool]:
        """Name to the range of its value, where the tag ends, and whether it ends with "/>"."""
        html = self.html
        found: dict[str, tuple[int, int]] = {}
        while True:
            gap = _BETWEEN_ATTRIBUTES.match(html, at)
            at = gap.end() if gap else at
            attribute = _ATTRIBUTE.match(html, at)
            if attribute is None:  # at ">" or at the end of the page
                return found, min(at + 1, len(html)), html[at - 1] == "/"
            group = attribute.lastindex or 1
            value = attribute.span(group) if group > 1 else (attribute.end(), attribute.end())
            found.setdefault(attribute.group(1).lower(), value)
            at = attribute.end()

    def _read_raw(self, name: str, attributes: dict[str, tuple[int, int]], start: int) -> int:
        """Skips the text of an element whose content is no markup; keeps titles and linked data."""
        end = self._raw_end(name, start)
        if end < 0:
            if name not in ("script", "style"):
                return start
            self.found.notes.append(f"a {name} is never closed; the rest of the page counts as its text")
            end = len(self.html)
        if name == "title" and self.found.head_title is None:
            value = _SPACE_RUN.sub(" ", unescape(self.html[start:end])).strip()
            self.found.head_title = Meta("title", value, start, end)
        if name == "script" and "ld+json" in self._value(attributes, "type").lower():
            self.found.json_ld.append(self.html[start:end])
            self._add_article_body(start, end)
        return end

    def _raw_end(self, name: str, at: int) -> int:
        if name in self.unclosed:
            return -1
        while True:
            at = self.html.find("</", at)
            if at < 0:
                self.unclosed.add(name)
                return -1
            after = at + 2 + len(name)
            if self.html[at + 2 : after].lower() == name and self.html[after : after + 1] in (
                "",
                ">",
                "/",
                " ",
                "\t",
                "\n",
                "\r",
                "\f",
            ):
                return at
            at += 2

    def _value(self, attributes: dict[str, tuple[int, int]], name: str) -> str:
        start, end = attributes.get(name, (0, 0))
        return unescape(self.html[start:end]).strip() if end > start else ""

    # -- elements --------------------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, tuple[int, int]], self_closed: bool) -> None:
        if name in ("meta", "link", "html", "time") or "itemprop" in attributes:
            self._read_statement(name, attributes)
        if name == "br":
            self._break_line()
        block = name in _BLOCKS
        if block:
            self._end_line()
            self._close_implied(name)
        elif "-" in name:
            self._add_gap()
        parent = self.open[-1]
        parent.children += 1
        self.found.most_siblings = max(self.found.most_siblings, parent.children)
        if name in _VOID or (self_closed and (parent.context.flags & HIDDEN or name in ("svg", "math"))):
            return
        self.open.append(_Open(name, self._context(name, attributes, parent.context, block)))
        self.open_names[name] = self.open_names.get(name, 0) + 1
        self.found.deepest = max(self.found.deepest, len(self.open) - 1)

    def _break_line(self) -> None:
        context = self.open[-1].context
        if context.level:
            self._add_gap()
        else:
            self._end_line()

    def _close_implied(self, name: str) -> None:
        for other in _SAME_CLOSES.get(name, ()):
            self._pop_near(other, stop_at=("ul", "ol", "table", "dl", "select"))
        if name in _CLOSES_P and name != "p":
            self._pop_near("p", stop_at=("table", "td", "button"))

    def _pop_near(self, name: str, stop_at: tuple[str, ...]) -> None:
        if not self.open_names.get(name):
            return
        for depth in range(len(self.open) - 1, max(0, len(self.open) - 1 - _SEARCH_DEPTH), -1):
            here = self.open[depth].name
            if here == name:
                self._pop_to(depth)
                return
            if here in stop_at or (name == "p" and here in _CLOSES_P):
                return

    def _close(self, name: str) -> None:
        if name in ("p", "br") and not self.open_names.get(name):
            self._end_line()
        if name in _BLOCKS:
            self._end_line()
        if not self.open_names.get(name):
            return
        if name in _BLOCKS:
            depth = len(self.open) - 1
            while self.open[depth].name != name:
                depth -= 1
            self._pop_to(depth)
            return
        self._pop_inline(name)

    def _pop_inline(self, name: str) -> None:
        """Closes an inline element; a block between it and the end tag stays open."""
        for depth in range(len(self.open) - 1, max(0, len(self.open) - 1 - _SEARCH_DEPTH), -1):
            if self.open[depth].name == name:
                self._pop_to(depth)
                return
            if self.open[depth].name in _BLOCKS:
                return

    def _pop_to(self, depth: int) -> None:
        for element in self.open[depth:]:
            self.open_names[element.name] -= 1
        del self.open[depth:]

    def _context(
        self, name: str, attributes: dict[str, tuple[int, int]], around: Context, block: bool
    ) -> Context:
        flags, furniture = self._hints(name, attributes)
        if not block and not flags & ~around.flags and not furniture and name != "time":
            return around
        self.elements += 1
        here = self.elements
        articles = around.articles
        if (name in ("article", "main") or self._value(attributes, "role") == "main") and len(
            articles
        ) < _MAX_ARTICLES_INSIDE:
            articles = (*articles, here)
        return Context(
            flags=around.flags | flags,
            tag=name if block else around.tag,
            level=_HEADINGS.get(name, around.level),
            block=here if block else around.block,
            container=around.block if block else around.container,
            outer=around.container if block else around.outer,
            furniture=here if furniture else around.furniture,
            articles=articles,
            when=(self._value(attributes, "datetime") or around.when) if name == "time" else around.when,
            preformatted=around.preformatted or name == "pre",
        )

    def _hints(self, name: str, attributes: dict[str, tuple[int, int]]) -> tuple[int, bool]:
        flags, furniture = _BY_TAG.get(name, 0), name in _FURNITURE_TAGS
        if "hidden" in attributes or _NO_DISPLAY.search(self._value(attributes, "style")):
            flags |= HIDDEN
        if name not in ("html", "body") and ("class" in attributes or "id" in attributes):
            by_class, unwanted = self._class_hints(
                f"{self._value(attributes, 'class')} {self._value(attributes, 'id')}"
            )
            flags, furniture = (
                flags | (by_class & _WIDE if name in _WIDE_TAGS else by_class),
                furniture or unwanted,
            )
        if self._value(attributes, "role") in (
            "navigation",
            "complementary",
            "contentinfo",
            "search",
            "dialog",
        ):
            furniture = True
        if self._value(attributes, "rel") == "author" or self._value(attributes, "itemprop") in (
            "author",
            "creator",
        ):
            flags |= CREDIT
        return flags, furniture

    def _class_hints(self, names: str) -> tuple[int, bool]:
        names = names[:300].lower()
        known = self.class_flags.get(names)
        if known is None:
            patterns = _class_patterns()
            flags = sum(flag for key, flag in _BY_CLASS.items() if patterns[key].search(names))
            known = flags, bool(patterns["furniture"].search(names))
            if len(self.class_flags) < 10_000:
                self.class_flags[names] = known
        return known

    def _read_statement(self, name: str, attributes: dict[str, tuple[int, int]]) -> None:
        if name == "html":
            self.found.language = (
                self.found.language
                or self._value(attributes, "lang")
                or self._value(attributes, "xml:lang")
                or None
            )
        elif name == "link":
            if self._value(attributes, "rel").lower() == "canonical":
                self.found.canonical = self.found.canonical or self._value(attributes, "href") or None
        elif name == "meta":
            for key in ("property", "name", "itemprop", "http-equiv"):
                if key in attributes and "content" in attributes:
                    span = attributes["content"]
                    self.found.metas.append(
                        Meta(self._value(attributes, key).lower(), self._value(attributes, "content"), *span)
                    )
                    break
        else:
            self._read_time(attributes)

    def _read_time(self, attributes: dict[str, tuple[int, int]]) -> None:
        value = self._value(attributes, "datetime") or self._value(attributes, "content")
        if value:
            kind = self._value(attributes, "itemprop").lower() or (
                "pubdate" if "pubdate" in attributes else ""
            )
            kind = kind or self._value(attributes, "class").lower()
            self.found.times.append((kind, value, len(self.found.lines)))

    # -- text ------------------------------------------------------------------------------------------------------

    def _add_text(self, start: int, end: int) -> None:
        context = self.open[-1].context
        if context.preformatted:
            for line in re.finditer(r"[^\n]+\n?", self.html[start:end]):
                self.chunks.append((start + line.start(), start + line.end(), context))
                if line.group().endswith("\n"):
                    self._end_line()
        elif self.chunks and self.chunks[-1][1] == start and self.chunks[-1][2] is context:
            self.chunks[-1] = (self.chunks[-1][0], end, context)
        else:
            self.chunks.append((start, end, context))

    def _add_gap(self) -> None:
        """White space that the page shows but does not hold: a chunk of no characters."""
        self.chunks.append((-1, -1, self.open[-1].context))

    def _end_line(self) -> None:
        chunks, self.chunks = self.chunks, []
        if not chunks or not any(
            end > start and not self.html[start:end].isspace() for start, end, _ in chunks
        ):
            return
        if len(self.found.lines) >= MAX_LINES:
            if len(self.found.lines) == MAX_LINES and not any("lines" in note for note in self.found.notes):
                self.found.notes.append(
                    f"text after {MAX_LINES} lines is left out; it stays in the stored page"
                )
            return
        line = _line_of(self.html, chunks)
        if line is not None:
            self.found.lines.append(line)

    def _add_article_body(self, start: int, end: int) -> None:
        """The text of an article that stands in linked data only, one line per paragraph; escapes have no piece."""
        for body in re.finditer(r'"articleBody"\s*:\s*"', self.html[start:end]):
            self._add_json_text(start + body.end(), end)

    def _add_json_text(self, start: int, end: int) -> None:
        context = Context(flags=DATA, tag="script")
        atoms: list[_Atom] = []
        for token in _JSON_TEXT.finditer(self.html, start, end):
            if token.group() == '"':
                break
            if token.group()[0] != "\\":
                atoms.extend(_atoms(self.html, token.start(), token.end()))
                continue
            said = _json_escape(token.group())
            if said == "\n":
                self._add_data_line(atoms, context)
                atoms = []
            else:
                atoms.append(_Atom(said if said.strip() else " ", -1, -1))
        self._add_data_line(atoms, context)

    def _add_data_line(self, atoms: list[_Atom], context: Context) -> None:
        text, pieces = _joined(atoms)
        if text and len(self.found.lines) < MAX_LINES:
            self.found.lines.append(Line(text, pieces, context, DATA, 0.0, None))


# -- the text of a line ------------------------------------------------------------------------------------------------

_JSON_TEXT = re.compile(r'"|\\u[0-9a-fA-F]{4}|\\.|[^"\\]+', re.DOTALL)
_JSON_ESCAPES = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": " "}


def _json_escape(token: str) -> str:
    if token[1] == "u" and len(token) == 6:
        said = chr(int(token[2:], 16))
        return "" if unicodedata.category(said) in ("Cs", "Cc", "Cf") else said
    return _JSON_ESCAPES.get(token[1], token[1])


@dataclass(slots=True)
class _Atom:
    """Text and the range of the page that it stands for; -1 where the page holds nothing equal (collapsed space)."""

    text: str
    start: int
    end: int
    equal: bool = False  # the page holds these very characters


def attribute_line(html: str, start: int, end: int) -> Line | None:
    """The value of an attribute, or the text of <title>, as a line with its pieces."""
    text, pieces = _joined(list(_atoms(html, start, end)))
    return Line(text, pieces, Context(tag="head"), 0, 0.0, None) if text else None


def _line_of(html: str, chunks: list[tuple[int, int, Context]]) -> Line | None:
    """The line that the chunks of one block make, or None where nothing is left to see."""
    unseen = HIDDEN | CONTROL
    seen = [c for c in chunks if not c[2].flags & unseen]
    if any(end > start and not html[start:end].isspace() for start, end, _ in seen):
        chunks = seen
    atoms: list[_Atom] = []
    linked = stamped = 0
    when = None
    for start, end, context in chunks:
        if start < 0:
            atoms.append(_Atom(" ", -1, -1))
            continue
        size = end - start
        linked += size if context.flags & LINK else 0
        stamped += size if context.flags & STAMP else 0
        when = when or context.when
        if atoms and _shows_gap(html, atoms[-1], start, bool(context.level)):
            atoms.append(_Atom(" ", -1, -1))
        atoms.extend(_atoms(html, start, end))
    text, pieces = _joined(atoms)
    if not text:
        return None
    total = sum(end - start for start, end, _ in chunks if start >= 0)
    context = next((c[2] for c in chunks if c[0] >= 0 and not html[c[0] : c[1]].isspace()), chunks[0][2])
    flags = context.flags & ~STAMP | (STAMP if stamped * 2 > total else 0)
    return Line(text, pieces, context, flags & ~LINK, linked / max(1, total), when)


def _shows_gap(html: str, before: _Atom, start: int, heading: bool) -> bool:
    """Two boxes side by side without white space, as systems set "Kicker" and "Headline" in one heading.

    A capital after a small letter or a sign, across a tag (outside headings only from span to span); "D" + "ie"
    (drop capital) and "e" + "GmbH" in running text stay one word.
    """
    if before.end < 0 or before.text.isspace() or not before.end < start:
        return False
    left, right = before.text[-1], html[start]
    spans = html[before.end : min(start, before.end + 8)].lower() == "</span><"
    return (heading or spans) and right.isupper() and (left.islower() or left in ":!?.|•")


def _atoms(html: str, start: int, end: int) -> Iterator[_Atom]:
    """The text of a stretch of the page between two tags: entities decoded, white space single, the invisible gone."""
    for token in _TOKEN.finditer(html, start, end):
        kind, said = token.lastgroup, token.group()
        if kind == "raw":
            yield _Atom(said, token.start(), token.end(), True)
        elif kind == "space":
            yield _Atom(" ", token.start(), token.end(), True) if said == " " else _Atom(" ", -1, -1)
        elif kind == "entity":
            yield from _entity_atoms(said, token.start(), token.end())


def _entity_atoms(said: str, start: int, end: int) -> Iterator[_Atom]:
    meant = _INVISIBLE_RUN.sub("", unescape(said))
    if not meant:
        return
    if _SPACE_RUN.search(meant):
        yield _Atom(" ", -1, -1)
    else:
        yield _Atom(meant, start, end)


def _joined(atoms: list[_Atom]) -> tuple[str, tuple[Piece, ...]]:
    """Line text and pieces. White space is single and stripped at both ends; marks are composed with their letter.

    A piece has equal text and source, except that an entity ("&uuml;") or a letter and its marks ("u" + U+0308) may
    be longer or shorter in the source: such a piece stands alone. White space that the page wrote in another way, and
    escaped characters of linked data, have no piece.
    """
    if any(unicodedata.combining(c) for atom in atoms if not atom.text.isascii() for c in atom.text):
        atoms = _composed(atoms)
    words: list[str] = []
    pieces: list[Piece] = []
    at = 0
    space: _Atom | None = None
    for atom in atoms:
        if atom.text == " ":
            space = space or atom
            continue
        if space is not None and at:
            words.append(" ")
            _add_piece(pieces, at, space)
            at += 1
        space = None
        words.append(atom.text)
        _add_piece(pieces, at, atom)
        at += len(atom.text)
    return _stripped("".join(words), pieces)


def _stripped(text: str, pieces: list[Piece]) -> tuple[str, tuple[Piece, ...]]:
    """Without no-break spaces at the ends."""
    core = text.strip()
    if len(core) == len(text):
        return text, tuple(pieces)
    cut = len(text) - len(text.lstrip())
    kept = (_shifted(piece, cut, len(core)) for piece in pieces)
    return core, tuple(piece for piece in kept if piece is not None)


def _shifted(piece: Piece, cut: int, size: int) -> Piece | None:
    start, end, source_start, source_end = piece
    if end <= cut or start >= cut + size:
        return None
    if end - start != source_end - source_start:
        return (
            (start - cut, end - cut, source_start, source_end) if start >= cut and end <= cut + size else None
        )
    first, last = max(start, cut), min(end, cut + size)
    return first - cut, last - cut, source_start + first - start, source_end - (end - last)


def _add_piece(pieces: list[Piece], at: int, atom: _Atom) -> None:
    if atom.start < 0:
        return
    size = len(atom.text)
    if pieces and atom.equal:
        start, end, source_start, source_end = pieces[-1]
        if end == at and source_end == atom.start and end - start == source_end - source_start:
            pieces[-1] = (start, at + size, source_start, atom.end)
            return
    pieces.append((at, at + size, atom.start, atom.end))


def _composed(atoms: list[_Atom]) -> list[_Atom]:
    """Atoms in which a letter and the marks directly after it are one atom, composed (NFC)."""
    out: list[_Atom] = []
    for atom in atoms:
        singles = [atom]
        if atom.equal:
            singles = [_Atom(c, atom.start + k, atom.start + k + 1, True) for k, c in enumerate(atom.text)]
        for single in singles:
            marks = unicodedata.combining(single.text[:1]) if single.text else 0
            if (
                marks
                and out
                and out[-1].end == single.start
                and out[-1].text != " "
                and len(out[-1].text) < 16
            ):
                out[-1] = _Atom(
                    unicodedata.normalize("NFC", out[-1].text + single.text), out[-1].start, single.end
                )
            else:
                out.append(single)
    return out
