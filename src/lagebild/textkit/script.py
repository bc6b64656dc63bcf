"""Scripts, and how names sound when they are read in each orthography that could have written them.

„Schaworonkow“, "Zhavoronkov" and «Жаворонков» are one name under three orthographies. Which one a Latin spelling follows is
not told, so it is read in every one (`readings`), and whoever compares two names takes the readings that are nearest. Tables:
`romanisation.toml`. A trial with one folded skeleton for all orthographies confused German ch with English ch, and z with ts.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

__all__ = [
    "LONGEST_NAME",
    "coarse_keys",
    "german_spelling",
    "readings",
    "romanise",
    "script_of",
    "sounds_digest",
    "spoken",
]

LONGEST_NAME = 60
"""Only so many letters of one word are read: no name part is longer, and hostile input is."""

_SCRIPT_SAMPLE = 200
_J_BEFORE_E = re.compile(r"[ij]+(?=[eÄ])")
_J_BEFORE_VOWEL = re.compile(r"[ij]+(?=[aouOÖÜ])")
_J_ELSEWHERE = re.compile(r"[ij]+(?![aouOÖÜ])")
_SILENT_H = re.compile(r"(?<=[aeiouÄÖÜ])x(?=[bcdfgklmnprstvzSZCD]|$)")
_DOUBLE = re.compile(r"(.)\1+")
_FRENCH_END = re.compile(r"(?<=in)e$")
_ONE_READING = {"Grek": "greek", "Geor": "georgian", "Armn": "armenian"}
_COARSE = str.maketrans(
    {
        **dict.fromkeys("szcSZCD", "S"),
        **dict.fromkeys("kgxq", "K"),
        **dict.fromkeys("vf", "F"),
        **dict.fromkeys("bp", "P"),
        **dict.fromkeys("dt", "T"),
        **dict.fromkeys("mn", "N"),
        **dict.fromkeys("aeiouOÄÖÜj", "-"),
    }
)
_COARSE_LENGTH = 5


@cache
def _tables() -> dict[str, Any]:
    text = files("lagebild.textkit").joinpath("romanisation.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def sounds_digest() -> str:
    """16 hex digits that change when the tables do."""
    return sha256(files("lagebild.textkit").joinpath("romanisation.toml").read_bytes()).hexdigest()[:16]


@lru_cache(maxsize=65536)
def script_of(text: str) -> str:
    """ISO 15924 code of the script in which most letters of a text are written; Zyyy where there is no letter.

    Only the first 200 characters are looked at; letters of scripts without an entry count as Zzzz.

    >>> script_of("Зеленський"), script_of("Šefčovič"), script_of("2025")
    ('Cyrl', 'Latn', 'Zyyy')
    """
    counts: dict[str, int] = {}
    for letter in text[:_SCRIPT_SAMPLE]:
        if letter.isalpha():
            script = _script_of_letter(letter)
            counts[script] = counts.get(script, 0) + 1
    return min(counts, key=lambda script: (-counts[script], script)) if counts else "Zyyy"


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    if letter.isascii():
        return "Latn"
    first = re.split(r"[ -]", unicodedata.name(letter, "NONE"), maxsplit=1)[0]
    found: str = _tables()["scripts"].get(first, "Zzzz")
    return found


def romanise(text: str) -> str:
    """Cyrillic and Greek in Latin letters, roughly as German newspapers write them; everything else as it stands."""
    if text.isascii():
        return text
    tables = _tables()
    plain = {**tables["greek"], **tables["cyrillic"], **tables["romanise"]}
    out: list[str] = []
    for letter in text:
        lower = letter.lower()
        new = plain.get(lower)
        if new is None:
            out.append(letter)
        else:
            new = new.replace("O", "o").lower()
            out.append(new.capitalize() if letter != lower else new)
    return "".join(out)


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[str, ...]:
    """How one word may sound, a letter a sound (see romanisation.toml), the German reading first; () for other scripts.

    Case, apostrophes, hyphens and doubled letters do not count. Only the first 60 letters are read.

    >>> set(readings("Zhavoronkov")) & set(readings("Жаворонков"))
    {'Zavoronkov'}
    """
    composed = unicodedata.normalize("NFC", word[:LONGEST_NAME]).lower()
    script = script_of(composed)
    tables = _tables()
    if script == "Cyrl":
        return _read_cyrillic(composed)
    if script in _ONE_READING:
        return (_tidied(_read(composed, _ONE_READING[script])),)
    if script != "Latn":
        return ()
    latin: dict[str, dict[str, str]] = tables["latin"]
    found = dict.fromkeys(_tidied(_read(composed, code), code) for code in latin)
    return tuple(reading for reading in found if reading)


def _read_cyrillic(word: str) -> tuple[str, ...]:
    """As written, and where a name begins with у and a vowel also with v."""
    plain = _tidied(_read(word, "cyrillic"))
    start = _tables()["cyrillic_starts"].get(word[:2])
    return (plain,) if start is None else (plain, _tidied(start + _read(word[2:], "cyrillic")))


@lru_cache(maxsize=16384)
def spoken(word: str) -> tuple[str, ...]:
    """How a word in Latin letters may be spoken in English or French, beyond `readings`; () for other scripts.

    For comparing across scripts only: within one script it would join „Blau“ and „Blo“.
    """
    composed = unicodedata.normalize("NFC", word[:LONGEST_NAME]).lower()
    if script_of(composed) != "Latn":
        return ()
    found = dict.fromkeys(_tidied(_spoken(composed, code)) for code in _tables()["spoken"])
    return tuple(sounds for sounds in found if sounds)


def _spoken(word: str, code: str) -> str:
    ends: dict[str, str] = _tables()["spoken"][code]["ends"]
    for length in range(min(max(map(len, ends)), len(word) - 2), 0, -1):
        if word[-length:] in ends:
            return _read(word[:-length], f"spoken {code}") + ends[word[-length:]]
    return _read(word, f"spoken {code}")


@cache
def _groups(code: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the longest group of letters at each place, and how the groups sound."""
    tables = _tables()
    if code.startswith("spoken "):
        table = {**tables["marked"], **tables["spoken"][code.removeprefix("spoken ")]["groups"]}
    else:
        table = tables[code] if code in tables else {**tables["marked"], **tables["latin"][code]}
    longest_first = sorted(table, key=lambda group: (-len(group), group))
    return re.compile("|".join((*map(re.escape, longest_first), ".")), re.DOTALL), table


def _read(word: str, code: str) -> str:
    groups, table = _groups(code)

    def sound(match: re.Match[str]) -> str:
        found = table.get(match[0])
        return _bare(match[0]) if found is None else found

    return groups.sub(sound, word)


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """The letter without its marks; nothing for signs."""
    base = "".join(sign for sign in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(sign))
    return base if base.isalnum() else ""


def _tidied(sounds: str, code: str = "") -> str:
    """y, j and i told apart by their place only; doubled letters once; a silent h dropped."""
    if code == "fr":
        sounds = _FRENCH_END.sub("", sounds)
    sounds = _J_BEFORE_E.sub("", sounds)
    sounds = _J_BEFORE_VOWEL.sub("j", sounds)
    sounds = _DOUBLE.sub(r"\1", _J_ELSEWHERE.sub("i", sounds))
    return _SILENT_H.sub("", sounds) if len(sounds) > 2 and code != "sl" else sounds


@cache
def _spelling_marks(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(mark) for mark in _tables()["spelling"][kind])


@lru_cache(maxsize=65536)
def german_spelling(name: str) -> int:
    """How many marks of German spelling a transliterated name has, less those of other ones: above 0 for „Schaworonkow“."""
    words = name[: 4 * LONGEST_NAME].casefold().split()
    german, other = (
        sum(bool(mark.search(word)) for word in words for mark in _spelling_marks(kind))
        for kind in ("german", "other")
    )
    return german - other


@lru_cache(maxsize=65536)
def coarse_keys(word: str) -> tuple[str, ...]:
    """Keys under which a word may meet another that sounds like it: the order of its consonant classes, five at most.

    Coarse on purpose (s, z, sh, zh, ch, ts are one class; so are k, g, h, kh); sorted, one for each reading that differs.

    >>> set(coarse_keys("Selenskyj")) & set(coarse_keys("Zelensky")) != set()
    True
    """
    found = set()
    for reading in dict.fromkeys((*readings(word), *spoken(word))):
        classes = reading.translate(_COARSE)
        key = classes[:1] + classes[1:].replace("-", "")
        found.add(_DOUBLE.sub(r"\1", key)[:_COARSE_LENGTH])
    return tuple(sorted(found))
