"""The words and shapes of what stands beside a report: menus, teasers, credits, notices, program code (`lang/*/furniture.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, has_data, read_data

__all__ = ["FurnitureWords", "Phrases", "fold", "looks_like_code", "menu_items"]

_BESIDE = " \t\n\r\u00a0|>›»→·•▪*+#–—-_:;,…·◾►▶✓✕×()[]{}"
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SHOUT = re.compile(r"[^a-zäöüß\d.!?„“\"]{2,40}(?=\s)")


def fold(line: str) -> str:
    """A line as phrases are compared: lower case, single blanks, without marks, arrows and brackets at its ends.

    >>> fold("  » Zum  Hauptinhalt: ")
    'zum hauptinhalt'
    """
    return _SPACE.sub(" ", line[:600].strip(_BESIDE)).casefold()


class Phrases:
    """Phrases of one kind of furniture."""

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self._starts: dict[str, list[str]] = {}
        self.patterns: list[re.Pattern[str]] = []

    def add(self, table: Mapping[str, Any]) -> None:
        """Takes over `whole`, `start`, `heads` and `patterns` of a table."""
        self.whole.update(table.get("whole", ()))
        self.whole.update(table.get("heads", ()))
        for phrase in table.get("start", ()):
            self._starts.setdefault(phrase.split(" ", 1)[0].rstrip(":"), []).append(phrase)
        self.patterns += [re.compile(pattern) for pattern in table.get("patterns", ())]

    def begins(self, folded: str) -> str | None:
        """The longest phrase with which a folded line begins; a word border must follow it."""
        first = folded.split(" ", 1)[0].split(":", 1)[0]
        fitting = [
            phrase for phrase in self._starts.get(first, ())
            if folded.startswith(phrase) and not (folded[len(phrase) : len(phrase) + 1].isalnum() and phrase[-1].isalnum())
        ]  # fmt: skip
        return max(fitting, key=len, default=None)

    def pattern_in(self, line: str) -> str | None:
        """What the first fitting pattern finds in the first 300 characters of a line."""
        match = next((found for pattern in self.patterns if (found := pattern.search(line[:300]))), None)
        return match[0] if match else None


class FurnitureWords:
    """Words of all languages with data. Sets are folded unless they say that case counts."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        kinds = ("navigation", "teaser", "caption", "stamp", "notice", "embed", "correction", "tail")
        self.phrases = {kind: Phrases() for kind in kinds}
        self._sets: dict[str, set[str]] = {}
        self.reading_time: list[re.Pattern[str]] = []
        self._marks: set[str] = set()
        for table in tables:
            for kind in kinds:
                self.phrases[kind].add(table.get(kind, {}))
            for group, entries in table.items():
                for name, words in entries.items():
                    self._sets.setdefault(f"{group}.{name}", set()).update(words)
            self.reading_time += [
                re.compile(p, re.IGNORECASE) for p in table.get("stamp", {}).get("reading_time", ())
            ]
        image = "|".join(
            re.escape(word)
            for word in sorted(self.words("credit.image"), key=lambda word: (-len(word), word))
        )
        self.image_credit = re.compile(
            rf"(?:©|\(c\)\s|(?<!\w)(?:{image})(?:\s?(?:[:/©]|\([^)]{{0,40}}\)\s?:)|\s(?:by|von)\s))",
            re.IGNORECASE,
        )

    @classmethod
    def load(cls) -> FurnitureWords:
        """The words that ship with lagebild, read once a process."""
        return _shipped()

    def words(self, name: str) -> set[str]:
        """The entries of `group.name`; empty where no language has any."""
        return self._sets.get(name, set())

    def hits(self, name: str, words: Iterable[str]) -> int:
        """How many different ones of `words` stand in a set."""
        return len(set(words) & self.words(name))

    def shout(self, line: str) -> str | None:
        """The marker in capitals with which a teaser begins („LESEN  Titel“), up to the title; None where there is none.

        A line that goes on in capitals is no teaser but a headline.
        """
        match = _SHOUT.match(line)
        if not match:
            return None
        words = match[0].split()
        for size in range(min(len(words), 4), 0, -1):
            marker = " ".join(words[:size]).rstrip(":")
            if marker in self.words("teaser.shouts"):
                rest = line[line.index(words[size - 1]) + len(words[size - 1]) :].lstrip(" :\u00a0")
                goes_on = rest[:40].upper() != rest[:40]
                return (
                    marker
                    if (goes_on and rest[:1].isalnum()) or (goes_on and rest[:1] in '„“"»«‚‘’')
                    else None
                )
        return None

    def speaks_of_the_page(self, line: str) -> int:
        """0 to 3: does a line name a thing of the page, an action on it, and address the reader?"""
        words = _WORD.findall(line[:400])
        folded = [word.casefold() for word in words]
        addressed = set(words[1:]) & self.words("notice.addresses") or set(words[:1]) & self.words(
            "notice.addresses"
        ) - {"Sie", "Ihr", "Ihre"}
        return (
            bool(self.hits("notice.objects", folded))
            + bool(self.hits("notice.actions", folded))
            + bool(addressed)
        )


_ITEM_GAP = re.compile(r"\s*[|·•»›]\s*|\s/\s|\s{2,}|\t")


def menu_items(line: str) -> list[str]:
    """The entries of a menu written in one line („Politik | Sport | Wetter“); [] for anything else.

    Entries have at most four words, no sentence ends and no numbers beyond two digits (tables and results have them).
    """
    if len(line) > 300:
        return []
    items = [item for item in _ITEM_GAP.split(line.strip(" |·•»›")) if item]
    if len(items) < 2 or any(len(item.split()) > 4 or len(item) > 40 for item in items):
        return []
    return (
        []
        if any(_NO_ENTRY.search(item) or not any(sign.isalpha() for sign in item) for item in items)
        else items
    )


_NO_ENTRY = re.compile(r"[.!?„“\"]|\d{3}|\d[:,]\d")
_CODE = re.compile(
    r"\b(?:console|window|document|dataLayer|googletag|localStorage|navigator|jQuery)\.\w+|=>|\bfunction\s?\w{0,40}\s?\("
    r"|\b(?:var|let|const)\s\w{1,40}\s?=|\w\.(?:push|init|log|debug|send|track)\(|[{,]\s?\"?\w{1,40}\"?\s?:\s?[\"\[{\d]|\bif\s?\(\w|<\/?[a-z]{1,10}(?:\s[^<>]{0,80})?>"
    r"|@media\b|\{\s?[a-z-]{3,30}\s?:[^{}]{1,60};"
)
_CODE_SIGNS = frozenset("{}[]();=<>_$\\|&")
_LITERAL = r"(?:true|false|null|undefined|NaN|\"[^\"]{0,60}\"|'[^']{0,60}'|\[\]|\{\})"
_KEY_VALUE = re.compile(rf"[a-z$_][\w$.-]{{1,40}}\s?[:=]\s*{_LITERAL},?;?")
_CAMEL_VALUE = re.compile(r"[a-z$_][a-z0-9]*(?:[A-Z_]\w*)\s?[:=](?:\s*\S{0,60})?")
_CAMEL_RUN = re.compile(r"\b[a-z$_][a-z0-9]*[A-Z_]\w*\s?[:=]")


def looks_like_code(line: str) -> float:
    """0 to 1: is this line program code or data of a page rather than words? Only its first 400 characters are read."""
    line = line[:400].strip()
    if _KEY_VALUE.fullmatch(line) or _CAMEL_VALUE.fullmatch(line):
        return 0.95
    signs = sum(sign in _CODE_SIGNS for sign in line)
    share = signs / max(1, len(line) - line.count(" "))
    if _CODE.search(line) and share >= 0.03:
        return 0.95 if share >= 0.06 or signs >= 5 else 0.7
    if len(_CAMEL_RUN.findall(line)) >= 2 and len(line.split()) <= 30:
        return 0.9
    return 0.8 if share >= 0.2 and signs >= 4 else 0.0


@cache
def _shipped() -> FurnitureWords:
    return FurnitureWords(
        read_data(language, "furniture") for language in LANGUAGES if has_data(language, "furniture")
    )
