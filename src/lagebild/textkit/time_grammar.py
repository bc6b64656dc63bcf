"""Time phrases by a grammar that is data: words have classes, phrases are patterns of classes.

The data of a language (lang/*/times.toml) names classes of words with their values, and patterns over classes. A text is
cut into tokens, each token becomes one character that stands for its class, and the patterns are matched on that string:
fast, bounded, and without a word of any language in this file. The longest phrase at a place wins, then the first rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lagebild.textkit.calendar import feast_day

__all__ = ["Found", "TimeGrammar", "Token"]

_OTHER, _LINE = "·", "¶"
_LONGEST_NUMBER = 9  # digits; longer ones are no amounts of time
_MOST_TOKENS = 14  # tokens of one phrase with its context; the longest in the gold has 11
_FIRST_YEAR = 1500  # a bare number below is a count; „im Jahr 800“ is still read
_NUMERIC = (
    ("ISO", r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])"),
    ("ISOMONTH", r"\d{4}-(?:0[1-9]|1[0-2])(?![\d-])"),
)
_KINDS = ("DATE_NUM", "DAY_NUM", "CLOCK", "BARECLOCK", "DECADE", "LENGTH", "ORD")
_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Token:
    """A word, number or sign with its class and value."""

    start: int
    end: int
    sign: str
    value: str


@dataclass(frozen=True)
class Found:
    """A phrase: where, and the rule with which it can be dated (textkit.time_rules)."""

    start: int
    end: int
    rule: Mapping[str, str]
    mod: str | None


@dataclass(frozen=True)
class _Pattern:
    regex: re.Pattern[str]
    rule: str
    mod: str | None
    first: str  # the signs with which the phrase itself can begin
    before: int  # tokens of context before the phrase


class TimeGrammar:
    """The phrases of one language. `data` is the content of its times.toml."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._signs: dict[str, str] = {}
        self._words: dict[str, tuple[str, str]] = {}
        self._runs: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self._suffixes = [
            (name, tuple(entry["endings"]), bool(entry["capital"]))
            for name, entry in data.get("suffixes", {}).items()
        ]
        self._lengths: Mapping[str, str] = data.get("lengths", {})
        self._year_veto = re.compile(data["not_after_year"])
        self._numeric: Mapping[str, str] = data["numbers"]
        self._fill(data)
        self._tokens = re.compile(self._token_pattern())
        self._parts = {
            kind: re.compile(self._numeric[kind], re.I) for kind in _KINDS if kind in self._numeric
        }
        self._macros: dict[str, str] = {}
        for name, parts in data["macros"].items():  # a macro may use those before it
            self._macros[name] = "".join(self._macros.get(part) or self._sign(part) for part in parts)
        self._patterns = [self._pattern(entry) for entry in data["phrase"]]
        self._starts: dict[str, list[_Pattern]] = {}
        for pattern in self._patterns:
            for sign in pattern.first:
                self._starts.setdefault(sign, []).append(pattern)

    def _sign(self, name: str) -> str:
        return self._signs[name]

    def _fill(self, data: Mapping[str, Any]) -> None:
        numeric = (*(kind for kind, _ in _NUMERIC), *_KINDS, "NUM", "YEAR", "YEARNUM")
        joined_classes = (joined["class"] for joined in data.get("compounds", ()))
        for name in (*numeric, *data["words"], *joined_classes, *(name for name, _, _ in self._suffixes)):
            self._signs.setdefault(name, chr(0x4E00 + len(self._signs)))
        for name, values in data["words"].items():
            for value, words in values.items():
                for word in words:
                    self._add(word, self._sign(name), value)
        for joined in data.get("compounds", ()):
            for left_value, lefts in joined["left"].items():
                for right_value, rights in joined["right"].items():
                    for left in lefts:
                        for right in rights:
                            self._add(
                                left + right, self._sign(joined["class"]), f"{left_value} {right_value}"
                            )

    def _add(self, word: str, sign: str, value: str) -> None:
        parts = tuple(word.split())
        if len(parts) > 1:
            self._runs.setdefault(parts[0].casefold(), []).append(
                (tuple(p.casefold() for p in parts), sign, value)
            )
        else:
            self._words.setdefault(word, (sign, value))

    def _token_pattern(self) -> str:
        numeric = [*_NUMERIC, *((kind, self._numeric[kind]) for kind in _KINDS if kind in self._numeric)]
        unnamed = [f"(?P<{kind}>{re.sub(r'[?]P<[a-z]+>', '?:', pattern)})" for kind, pattern in numeric]
        numbers = "|".join(unnamed)
        return rf"(?<![\w.,:/-])(?i:{numbers})|(?P<NUM>\d+(?:[.,]\d+)*)|(?P<WORD>{_WORD})|(?P<LINE>\n)|(?P<SIGN>[^\w\s])"

    def phrases(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """The phrases between two places of a text, in text order, without overlap."""
        tokens = self._cut(text, start, len(text) if end is None else end)
        signs = "".join(token.sign for token in tokens)
        at = 0
        while at < len(tokens):
            best = self._longest(signs, at) if signs[at] in self._starts else None
            if best is None:
                at += 1
                continue
            pattern, match = best
            inside = tokens[match.start("x") : match.end("x")]
            rule = self._rule(pattern, inside, tokens[match.start() : max(match.end("x"), match.end("y"))])
            if rule is not None:
                yield Found(inside[0].start, inside[-1].end, rule, self._mod(pattern, inside))
            at = match.end("x")

    def _longest(self, signs: str, at: int) -> tuple[_Pattern, re.Match[str]] | None:
        best: tuple[_Pattern, re.Match[str]] | None = None
        for pattern in self._starts[signs[at]]:
            begin = at - pattern.before
            match = pattern.regex.match(signs, begin, at + _MOST_TOKENS) if begin >= 0 else None
            if match is None or match.start("x") != at:
                continue
            if best is None or match.end("x") > best[1].end("x"):
                best = pattern, match
        return best

    def _cut(self, text: str, start: int, end: int) -> list[Token]:
        tokens: list[Token] = []
        fresh = True  # at the start of a sentence or after an opening sign: a capital says nothing
        for match in self._tokens.finditer(text, start, end):
            kind = match.lastgroup or "SIGN"
            piece = match.group()
            token = self._token(kind, piece, match.start(), match.end(), text, fresh)
            tokens.append(token)
            fresh = kind == "LINE" or (kind == "SIGN" and piece not in ",%)-–&/'’")
        return self._join_runs(tokens, text)

    def _token(self, kind: str, piece: str, start: int, end: int, text: str, fresh: bool) -> Token:
        if kind == "WORD":
            sign, value = self._look_up(piece, fresh)
            return Token(start, end, sign, value)
        if kind == "NUM":
            return self._number(piece, start, end, text)
        if kind in ("SIGN", "LINE"):
            known = self._words.get(piece) if kind == "SIGN" else (_LINE, "")
            return Token(start, end, *(known or (_OTHER, piece)))
        return self._numeric_token(kind, piece, start, text)

    def _look_up(self, piece: str, fresh: bool) -> tuple[str, str]:
        lower = piece.lower()
        order = (lower, piece) if fresh else (piece, lower)
        for form in order:
            if (known := self._words.get(form)) is not None:
                return known
        if "-" in piece and (known := self._words.get(piece.replace("-", "").capitalize())) is not None:
            return known
        if self._lengths and (found := self._written_length(lower)):
            return found
        for name, endings, capital in self._suffixes:
            if lower.endswith(endings) and (piece[0].isupper() or not capital):
                return self._sign(name), lower
        return _OTHER, piece

    def _written_length(self, lower: str) -> tuple[str, str] | None:
        """„dreitägig“, „mehrmonatige“: a number word with an ending that names a unit."""
        for ending, unit in self._lengths.items():
            head, found, tail = lower.partition(ending)
            if found and len(tail) <= 2 and (known := self._words.get(head.rstrip("-"))) and known[1]:
                number = known[1]
                if number == "X" or number[:1].isdigit():
                    return self._sign("LENGTH"), number + unit
        return None

    def _number(self, piece: str, start: int, end: int, text: str) -> Token:
        digits = piece.replace(",", ".")
        if len(piece) == 4 and piece.isascii() and piece.isdigit() and 1000 <= int(piece) <= 2100:
            free = int(piece) >= _FIRST_YEAR and not self._year_veto.match(text, end, end + 40)
            before = text[max(0, start - 1) : start]
            return Token(
                start, end, self._sign("YEAR" if free and before not in tuple("$€£#§") else "YEARNUM"), piece
            )
        if len(piece) > _LONGEST_NUMBER or digits.count(".") > 1 or not piece.isascii():
            return Token(start, end, _OTHER, piece)
        return Token(start, end, self._sign("NUM"), digits)

    def _numeric_token(self, kind: str, piece: str, start: int, text: str) -> Token:
        end = start + len(piece)
        if kind in ("ISO", "ISOMONTH"):
            return Token(start, end, self._sign(kind), piece.replace(" ", "T"))
        match = self._parts[kind].match(text, start)
        parts = {} if match is None else {k: v for k, v in match.groupdict().items() if v is not None}
        value = _numeric_value(kind, parts, self._lengths)
        if value is None:
            number = piece.rstrip(".")
            return Token(start, end, self._sign("NUM") if number.isdigit() else _OTHER, number)
        return Token(start, end, self._sign(kind), value)

    def _join_runs(self, tokens: list[Token], text: str) -> list[Token]:
        """Words that mean something only together („ein paar“) become one token."""
        joined: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            runs = self._runs.get(text[token.start : token.end].casefold(), ())
            best: tuple[int, str, str] | None = None
            for words, sign, value in runs:
                last = at + len(words)
                if last <= len(tokens) and (best is None or len(words) > best[0]):
                    same = all(
                        text[t.start : t.end].casefold() == w
                        for t, w in zip(tokens[at:last], words, strict=True)
                    )
                    best = (len(words), sign, value) if same else best
            if best is None:
                joined.append(token)
                at += 1
            else:
                joined.append(Token(token.start, tokens[at + best[0] - 1].end, best[1], best[2]))
                at += best[0]
        return joined

    def _pattern(self, entry: Mapping[str, Any]) -> _Pattern:
        source: str = entry["pattern"]
        before, inside, after = _around(source)
        regex = re.compile(
            f"(?:{self._regex(before)})(?P<x>{self._regex(inside)})"
            + (f"(?=(?P<y>{self._regex(after)}))" if after else "(?P<y>)")
            + (f"(?!{self._regex(entry['unless'])})" if "unless" in entry else "")
        )
        context = len(before.split())
        first = "".join(sorted(sign for sign in self._signs.values() if self._may_begin(inside, sign)))
        return _Pattern(regex, entry["rule"], entry.get("mod"), first, context)

    def _regex(self, source: str) -> str:
        def signs(match: re.Match[str]) -> str:
            name = match.group()
            if name == "ANY":
                return f"[^{_LINE}]"
            if name == "OTHER":
                return _OTHER
            return f"[{self._macros[name]}]" if name in self._macros else self._sign(name)

        return re.sub(r"[A-Z][A-Z_0-9]*", signs, source).replace(" ", "")

    def _may_begin(self, inside: str, sign: str) -> bool:
        """Whether a phrase can begin with a sign: the leading optional parts up to the first part that must stand."""
        for part in _parts_of(inside):
            plain = part.rstrip("?*+")
            bare = plain[1:-1] if plain.startswith("(") else plain
            for option in _options(bare):
                if any(c == "(" for c in option) or " " in option.strip():
                    if self._may_begin(option, sign):
                        return True
                elif re.match(self._regex(option.strip().rstrip("?*+")), sign):
                    return True
            if part == plain or part.endswith("+"):
                return False
        return False

    def _rule(
        self, pattern: _Pattern, inside: Sequence[Token], whole: Sequence[Token]
    ) -> dict[str, str] | None:
        if pattern.rule == "none":
            return None
        pairs: dict[str, str] = {}
        for pair in pattern.rule.split(";"):
            key, _, template = pair.partition("=")
            value = self._filled(template, inside, whole)
            if value is not None:
                pairs[key] = value
        try:
            return _settled(pairs)
        except (ValueError, OverflowError):  # the 31st of June and its like
            return None

    def _mod(self, pattern: _Pattern, inside: Sequence[Token]) -> str | None:
        return None if pattern.mod is None else self._filled(pattern.mod, inside, inside)

    def _filled(self, template: str, inside: Sequence[Token], whole: Sequence[Token]) -> str | None:
        missing = False

        def value(match: re.Match[str]) -> str:
            nonlocal missing
            name = match[1]
            found = self._value_of(name, inside) or self._value_of(name, whole)
            missing = missing or found is None
            return found or ""

        filled = _PLACE.sub(value, template)
        return None if missing else filled

    def _value_of(self, name: str, tokens: Sequence[Token]) -> str | None:
        """The value of the n-th token of a class or macro: `NUM`, `NUM_2`; `WDPART_A`, `WDPART_B` are halves of a value."""
        base, _, note = name.rpartition("_")
        if not base or not (note.isdigit() or note in "AB"):
            base, note = name, ""
        signs = self._macros.get(base, self._signs.get(base, ""))
        values = [token.value for token in tokens if token.sign in signs]
        if note.isdigit():
            return values[int(note) - 1] if len(values) >= int(note) else None
        if not values:
            return None
        return values[0].split(" ")["AB".index(note)] if note else values[0]


def _around(source: str) -> tuple[str, str, str]:
    if "[" not in source:
        return "", source, ""
    before, _, rest = source.partition("[")
    inside, _, after = rest.partition("]")
    return before.strip(), inside.strip(), after.strip()


def _parts_of(source: str) -> list[str]:
    """The parts of a sequence, groups whole."""
    parts: list[str] = []
    depth, current = 0, ""
    for char in source + " ":
        depth += (char == "(") - (char == ")")
        if char == " " and depth == 0:
            if current:
                parts.append(current)
            current = ""
        else:
            current += char
    return parts


def _options(source: str) -> list[str]:
    """The alternatives of a group, inner groups whole."""
    options = [""]
    depth = 0
    for char in source:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            options.append("")
        else:
            options[-1] += char
    return options


def _numeric_value(kind: str, parts: Mapping[str, str], lengths: Mapping[str, str]) -> str | None:
    """The value of a number that is written as a date, a clock time, a length; None where it cannot be one."""
    if kind in ("DATE_NUM", "DAY_NUM"):
        return _numeric_date(parts)
    if kind in ("CLOCK", "BARECLOCK"):
        return _clock(parts)
    if kind == "DECADE":
        digits = parts["y"]
        return digits[:3] if len(digits) == 4 else f"19{digits[0]}"
    if kind == "LENGTH":
        unit = next((u for ending, u in lengths.items() if parts["u"].lower().startswith(ending)), None)
        old = unit == "Y" and float(parts["n"].replace(",", ".")) >= 14  # an age, not a length
        return None if unit is None or old else parts["n"].replace(",", ".") + unit
    number = int(parts["d"])
    return str(number) if 1 <= number <= 31 else None


def _numeric_date(parts: Mapping[str, str]) -> str | None:
    day, month = int(parts["d"]), int(parts["m"])
    year = int(parts.get("y", "2000"))
    if len(parts.get("y", "2000")) == 2:
        year += 2000 if year < 50 else 1900
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if "y" in parts else f"{day} {month}"


def _clock(parts: Mapping[str, str]) -> str | None:
    hour, minute = int(parts["h"]), int(parts.get("n", "0"))
    half = parts.get("p", "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _settled(pairs: dict[str, str]) -> dict[str, str] | None:
    """The rule in its final words: composed values taken apart; complete where the year stands in the text."""
    if "daymonth" in pairs:
        pairs["day"], pairs["month"] = pairs.pop("daymonth").split(" ")
    if "hour" in pairs:
        hour, _, minute = pairs.pop("hour").partition(".")
        clock = _clock({"h": hour, "n": minute or "0"})
        if clock is None or len(minute) == 1:
            return None
        pairs["clock"] = clock
    if "century" in pairs:
        return {"at": f"{int(pairs['century']) - 1:02d}"}
    if "ordinal" in pairs:
        number, unit = pairs.pop("ordinal"), pairs.pop("unit")
        if unit != "Q" or number not in ("1", "2", "3", "4"):
            return None
        pairs["quarter"] = number
    year = pairs.get("year", "")
    if len(year) == 4:
        del pairs["year"]
        at = _dated_value(pairs, int(year))
        if "night" in pairs:
            at = (date.fromisoformat(at) - timedelta(days=1)).isoformat()
        return {"at": at, **{key: pairs[key] for key in ("weekday", "part", "clock") if key in pairs}}
    return pairs


def _dated_value(pairs: Mapping[str, str], year: int) -> str:
    if "day" in pairs and "month" in pairs:
        return date(year, int(pairs["month"]), int(pairs["day"])).isoformat()
    if "month" in pairs:
        return f"{year:04d}-{int(pairs['month']):02d}"
    for key, sign in (("season", ""), ("quarter", "Q"), ("half", "H")):
        if key in pairs:
            return f"{year:04d}-{sign}{pairs[key]}"
    return feast_day(pairs["feast"], year).isoformat() if "feast" in pairs else f"{year:04d}"
