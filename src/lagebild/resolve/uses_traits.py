"""What a text says about a name beside it: how old its bearer is and where from, what it was called before, what else it is called."""

from __future__ import annotations

import re

from lagebild.resolve.facts import name_facts
from lagebild.textkit.normal import fold

__all__ = ["age_beside", "closes_apposition", "former_order", "opens_apposition", "origin_follows"]

_REACH = 60
_AGE_BEFORE = re.compile(r"(\d{1,3})[-‐‑ ]((?:year-old|[^\W\d_]{6,9}))\b[^.,;:!?()\n\d]{0,40}\Z")
_AGE_BEHIND = re.compile(r"[ \u00a0]\((\d{1,3})\)|,[ \u00a0](\d{1,3})(?=[,;.]|\Z)")
_AGE_LATER = re.compile(r",[ \u00a0](?:an?[ \u00a0])?(\d{1,3})-((?:year-old))\b")
_ORIGIN = re.compile(r"(?:[ \u00a0]\(\d{1,3}\)|,[ \u00a0]\d{1,3},)?[ \u00a0]([^\W\d_]{2,5})[ \u00a0]\Z")
_BETWEEN = re.compile(r"(,?[ \u00a0]\(?|,[ \u00a0])([^\W\d_][^,;:!?()\d]{1,30}?)[ \u00a0][„“”\"»]?\Z")
_OPENS = re.compile(
    r"(?:,[ \u00a0]|[ \u00a0]\()([^\W\d_]{3,5}[ \u00a0])?(?:[^\W\d_A-ZÄÖÜ][^\W\d_]{2,24}[ \u00a0]){0,2}\Z"
)
_CLOSES = re.compile(r"[^,;.:!?()\n]{0,60}(?:\)|,(?=[ \u00a0]([^\W\d_]+))|[.!?](?=\s|\Z)|\Z)")
_OLDEST = 110


def age_beside(text: str, start: int, end: int, floor: int) -> int | None:
    """The age that stands before a name („der 45-jährige …“) or behind it („(45)“, „, 45,“, ", a 45-year-old"), None without one."""
    found = ""
    if (
        (match := _AGE_BEFORE.search(text, max(floor, start - _REACH), start)) and _is_age_word(match[2])
    ) or ((match := _AGE_LATER.match(text, end)) and _is_age_word(match[2])):
        found = match[1]
    elif match := _AGE_BEHIND.match(text, end):
        found = match[1] or match[2]
    return int(found) if found and 0 < int(found) <= _OLDEST else None


def _is_age_word(word: str) -> bool:
    return fold(word) in name_facts().year_old


def origin_follows(gap: str) -> bool:
    """True for what may stand between a person and the town he or she is from: „ (24) aus “."""
    match = _ORIGIN.fullmatch(gap)
    return match is not None and fold(match[1]) in name_facts().trait_from


def former_order(text: str, start: int, end: int, after: int) -> int:
    """What stands between a name (`start` to `end`) and the next (from `after`): 1 „…, früher …“, -1 „… (heute …“, 0 neither.

    Nothing behind „bei“, „von“: „Trainer bei X, früher Y“ tells of a person's path.
    """
    match = _BETWEEN.fullmatch(text[end:after])
    if match is None or after - end > _REACH:
        return 0
    before = text[max(0, start - 12) : start].split()
    if before and before[-1].lower() in name_facts().career:
        return 0
    words = fold(match[2])
    articles = name_facts().definite
    plain = words.rpartition(" ")[0] if words.rpartition(" ")[2] in articles else words
    facts = name_facts()
    if {words, plain} & facts.once:
        return 1
    return -1 if {words, plain} & facts.now else 0


def opens_apposition(gap: str) -> bool:
    """True for what may stand between a name and another name of the same: „, das “, „, das russische “."""
    match = _OPENS.fullmatch(gap)
    return match is not None and (not match[1] or fold(match[1].strip()) in name_facts().definite)


def closes_apposition(text: str, end: int) -> bool:
    """True where what began as an apposition ends as one: by a comma and no further noun, a bracket or the end of the sentence.

    „X, das Y, die Z und W“ is a list.
    """
    match = _CLOSES.match(text, end)
    if match is None or " und " in match[0] or " and " in match[0]:
        return False
    following = match[1] or ""
    return not following[:1].isupper() and fold(following) not in name_facts().definite
