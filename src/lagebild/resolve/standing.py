"""What stands beside a name: roles before and after it, the owner of a body, an acronym in brackets."""

from __future__ import annotations

import re

from lagebild.resolve.bodies import country_of, owner_of
from lagebild.resolve.facts import name_facts
from lagebild.resolve.roles import is_role_word, read_role
from lagebild.textkit.normal import fold

__all__ = [
    "acronym_after",
    "adjective_owner",
    "follows_as_owner",
    "roles_after",
    "roles_before",
    "title_gender",
]

_REACH = 160
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.][^\W_]+)*[’'.]?")
_STOP = re.compile(r"[,;:!?()\[\]„“”»«\"\n–—|]|\.(?=\s)")
_ADJECTIVE = re.compile(r"[^\W\d_]{2,}(?:e|en|er|es|em)\Z")
_ACRONYM = re.compile(r"[ \u00a0]\(([A-ZÄÖÜА-ЯІЇЄ][A-Za-zÄÖÜА-Яа-я]{0,5}[A-ZÄÖÜА-ЯІЇЄ])\)")
_MOST_BEFORE = 6
_MOST_AFTER = 14


def roles_before(text: str, start: int, floor: int, language: str) -> tuple[str, ...]:
    """The role that stands before a name („die Sprecherin“, „Thüringens Wirtschaftsminister“), as a person would write it alone.

    Reads back to `floor` at most; across one comma only for „der Sprecher der Polizei, Ole Brandt“.
    """
    before = text[max(floor, start - _REACH) : start]
    if before.rstrip().endswith(","):
        return _role_before_comma(before.rstrip()[:-1], language)
    if not before or not before[-1].isspace() or before.endswith("\n"):
        return ()
    words = _last_words(before)
    at = len(words)
    while at > 0 and fold(words[at - 1]) in name_facts().titles:
        at -= 1
    first = _role_start(words[:at], language)
    if first is None:
        return ()
    role = read_role(" ".join(words[first:at]), language)
    return (role.words,) if role else ()


def _last_words(before: str) -> list[str]:
    """The words between the last mark of punctuation and the end."""
    cut = 0
    for match in _STOP.finditer(before):
        cut = match.end()
    return _WORD.findall(before[cut:])[-_MOST_BEFORE:]


def _role_start(words: list[str], language: str) -> int | None:
    """Where the noun phrase begins whose last words name a role; None where they do not."""
    at = kept = len(words) - 1
    if at < 0 or not _names_role(words[at], language):
        return None
    facts = name_facts()
    while at > 0:
        word = words[at - 1]
        key = fold(word)
        if key in facts.pronouns["n"] and language != "en":
            return kept
        if key in facts.definite or key in facts.indefinite or key in facts.possessive:
            return at - 1
        if (
            word[:1].islower()
            and (_ADJECTIVE.match(word) or language == "en")
            and _fits_adjective(word, language)
        ):
            at -= 1
            if _surely_adjective(word):
                kept = at
        elif word[:1].isupper() and (language == "en" or word.endswith(("s", "’", "'")) or country_of(word)):
            kept = at = at - 1
            if language != "en":
                return at
        else:
            return kept
    return kept


def _surely_adjective(word: str) -> bool:
    """„russische“, „ehemaliger“: no verb that happens to end like an adjective („teilte Kremlsprecher X mit“)."""
    key = fold(word)
    return (
        bool(country_of(word))
        or key.rstrip("nrsme").endswith("isch")
        or key.startswith(name_facts().former_words)
    )


def _fits_adjective(word: str, language: str) -> bool:
    facts = name_facts()
    if language == "en":
        return bool(country_of(word)) or is_role_word(word) or fold(word) in facts.former_words
    return len(word) > 4 and fold(word) not in facts.links and fold(word) not in facts.owner_links


def _names_role(word: str, language: str) -> bool:
    return is_role_word(word) and (word[:1].isupper() or language == "en")


def _role_before_comma(before: str, language: str) -> tuple[str, ...]:
    """„der Sprecher der Wasserschutzpolizei, Ole Brandt“: only nouns, articles and links between the role and the comma."""
    cut = 0
    for match in _STOP.finditer(before):
        cut = match.end()
    words = _WORD.findall(before[cut:])[-_MOST_AFTER:]
    for at in range(len(words) - 1, -1, -1):
        if _names_role(words[at], language):
            first = _role_start(words[: at + 1], language)
            start = at if first is None else first
            if fold(words[start]) not in name_facts().definite:
                return ()
            role = read_role(" ".join(words[start:]), language)
            return (role.words,) if role else ()
        if words[at][:1].islower() and not _is_link(words[at]):
            return ()
    return ()


def _is_link(word: str) -> bool:
    facts = name_facts()
    key = fold(word)
    return key in facts.links or key in facts.definite or key in facts.indefinite


def roles_after(
    text: str, end: int, ceiling: int, language: str, names: frozenset[int] = frozenset()
) -> tuple[str, ...]:
    """The roles in an apposition: „X, Chef des Generalstabs Russlands,“. `names` are the starts of persons' names.

    Nothing where a clause begins („X, der Minister sagte …“) or the role belongs to the next name („X, Präsident Y“).
    """
    segment = text[end : min(ceiling, end + _REACH)]
    match = re.match(r",[ \u00a0]", segment)
    if not match:
        return ()
    offset = end + match.end()
    stop = _STOP.search(segment, match.end())
    words = list(_WORD.finditer(text, offset, end + stop.start() if stop else end + len(segment)))[
        :_MOST_AFTER
    ]
    taken = _apposition(words, names, language)
    if not taken:
        return ()
    role = read_role(" ".join(taken), language)
    return (role.words,) if role else ()


def _apposition(words: list[re.Match[str]], names: frozenset[int], language: str) -> list[str]:
    """The words of a noun phrase with a role in it, as far as it goes; [] where it turns out to be something else."""
    facts = name_facts()
    taken: list[str] = []
    head = False
    for at, match in enumerate(words):
        word = match[0].rstrip(".")
        after = words[at + 1][0] if at + 1 < len(words) else ""
        if match.start() in names and head:
            return [] if taken and is_role_word(taken[-1]) else [*taken, word]
        lower, key = word[:1].islower(), fold(word)
        if not head:
            if key in facts.clause_openers:
                return []
            if _names_role(word, language):
                head = True
            elif (lower and not (_is_link(word) or _ADJECTIVE.match(word) or language == "en")) or at > 4:
                return []
        elif lower and key in facts.joining:
            return taken
        elif (
            lower
            and not _is_link(word)
            and not (_ADJECTIVE.match(word) and after[:1].isupper() and _is_link(taken[-1]))
        ):
            if language != "en":
                return []
            if not _is_link(taken[-1]):
                return taken
        taken.append(word)
    return taken if head else []


def title_gender(text: str, start: int, floor: int) -> str:
    """m or f where „Herr“, „Frau“, "Mrs" stands before a name, else ""."""
    words = _WORD.findall(text[max(floor, start - 30) : start])
    for word in reversed(words[-2:]):
        gender = name_facts().titles.get(fold(word), name_facts().titles.get(fold(word.rstrip("."))))
        if gender is None:
            return ""
        if gender in ("m", "f"):
            return gender
    return ""


def adjective_owner(text: str, start: int, floor: int, language: str) -> tuple[str, str]:
    """Owner and word of an adjective or genitive before a body („ukrainische“, „Welgoriens“, "Aurentia's"); ("", "") without one."""
    words = _last_words(text[max(floor, start - 80) : start])
    for word in reversed(words[-2:]):
        key = fold(word)
        if key in name_facts().definite or key in name_facts().indefinite:
            return "", ""
        if country_of(word):
            return country_of(word), word
        if word[:1].islower() and key.rstrip("nrsme").endswith("isch"):
            return owner_of(word), word
        if (
            word[:1].isupper()
            and word is words[-1]
            and (word.endswith(("'s", "’s")) or (language == "de" and word.endswith("s")))
        ):
            return owner_of(word), word
        if language == "en" and word[:1].isupper() and key.endswith(name_facts().land_endings):
            return owner_of(word), word
        if not (word[:1].islower() and _ADJECTIVE.match(word)):
            return "", ""
    return "", ""


def follows_as_owner(gap: str) -> bool:
    """True where only „in“, „der“, „von“, "of the" or nothing but space stands between a body and the place after it."""
    facts = name_facts()
    words = gap.split()
    return (
        len(gap) < 20
        and not _STOP.search(gap)
        and all(fold(word) in facts.owner_links or fold(word) in facts.definite for word in words)
    )


def acronym_after(text: str, end: int) -> str:
    """The acronym in brackets right behind a name: „Streitkräfte (SZU)“ → SZU, else ""."""
    match = _ACRONYM.match(text, end)
    return match[1] if match else ""
