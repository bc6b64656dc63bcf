"""Piles made from the texts of bases.txt by edits that are written down here: `python -m gold.lineage.edits` writes edited.jsonl.

Each pile holds the report (a), three or four copies of it, another report of the same event in other words (x), and an
unrelated one (y) that shares a stock sentence with x. The edits of a copy, in the order of its `edits`:
  cut N       only the first N sentences           reorder     second half first
  lead        a new opening                        own         sentences of its own between the second and the third, and at the end
  numbers     every number one higher              marks       other quotation marks
  worn S      words replaced by synonyms, left out, put in, or changed with their neighbour until the share of word triples that
              are left is S or less; the words of a speaker stay
Nothing is random: places are chosen by a checksum of pile, copy and word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

__all__ = ["Base", "bases", "piles", "triples_left"]

HERE = Path(__file__).parent

SYNONYMS = {
    "sagte": "erklärte", "sind": "wurden", "haben": "hatten", "weil": "da", "nach": "infolge", "bis": "spätestens", "zum": "am", "mit": "samt",
    "zwei": "beide", "drei": "mehrere", "mindestens": "wenigstens", "rund": "etwa", "vor": "gegenüber", "wurde": "war", "wurden": "sind",
    "gefunden": "entdeckt", "entdeckt": "gefunden", "fanden": "entdeckten", "beim": "während", "noch": "weiterhin", "nur": "lediglich",
    "verlangt": "fordert", "fordert": "verlangt", "verlangte": "forderte", "täglich": "jeden Tag", "viele": "zahlreiche", "weitere": "andere",
    "stark": "heftig", "stärker": "heftiger", "Tieren": "Insekten", "Männer": "Verdächtige", "Stadt": "Kommune", "Gemeinde": "Ortschaft",
    "Täter": "Einbrecher", "Menschen": "Personen", "Feuer": "Brand", "Schiff": "Boot", "Schritt": "Entschluss", "Bauern": "Landwirte",
    "soll": "wird", "sollen": "werden", "will": "möchte", "lässt": "ließ", "liegt": "befindet sich", "lag": "befand sich", "prüft": "untersucht",
    "gegen": "wider", "während": "wohingegen", "deshalb": "daher", "damit": "dadurch", "Monats": "Kalendermonats", "Abend": "Feierabend",
    "dürfen": "können", "drohen": "blühen", "erwartet": "vorausgesagt", "geplante": "vorgesehene", "Ort": "Flecken", "Bau": "Neubau",
    "has": "had", "have": "had", "said": "told reporters", "after": "following", "more": "further", "were": "have been", "was": "has been",
    "because": "since", "before": "ahead of", "about": "roughly", "most": "the bulk", "people": "persons", "late": "deep",
    "found": "discovered", "expects": "believes", "only": "sole", "months": "four-week spells", "from": "out of", "between": "from", "who": "that",
}  # fmt: skip
DROPPED = frozenset(
    [
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "sich",
        "auch",
        "schon",
        "zuletzt",
        "später",
        "überraschend",
        "früheren",
        "noch",
        "bereits",
        "als",
        "für",
        "the",
        "a",
        "an",
        "of",
        "that",
        "which",
        "also",
    ]
)
PUT_IN = {
    "de": ("offenbar", "inzwischen", "dem Vernehmen nach", "dort", "zudem", "erneut"),
    "en": ("apparently", "meanwhile", "reportedly", "there", "again", "also"),
}
COPIES = (
    {"b": ("lead", "cut 4"), "c": ("worn 0.45", "numbers"), "d": ("reorder",)},
    {"b": ("numbers", "marks"), "c": ("own", "worn 0.5"), "d": ("worn 0.35",)},
    {"b": ("reorder", "marks"), "c": ("lead", "worn 0.4"), "d": ("cut 3",), "e": ("own", "numbers")},
    {"b": ("own",), "c": ("worn 0.3",), "d": ("lead", "reorder", "worn 0.5")},
)
_SPOKEN = re.compile("⟨(.*?)⟩")
_WORD = re.compile(r"\w+")


@dataclass
class Base:
    """A report with what belongs to it; `said` words stand between ⟨ ⟩."""

    name: str
    language: str
    held: bool
    sentences: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A sentence of a copy: its number in the report (0: the copy's own), and its words."""

    number: int
    words: str


def bases() -> list[Base]:
    """The texts of bases.txt, in their order."""
    found: list[Base] = []
    for line in (HERE / "bases.txt").read_text(encoding="utf-8").splitlines():
        head = re.match(r"(lead|own|other|stock): (.*)", line)
        if line.startswith("== "):
            name, language, *held = line[3:].split()
            found.append(Base(name, language, bool(held)))
        elif head and found:
            found[-1].parts[head[1]] = head[2]
        elif found:
            found[-1].sentences.append(line)
    return found


def piles() -> Iterator[dict[str, object]]:
    """A pile for each text."""
    texts = bases()
    for at, base in enumerate(texts):
        docs = {"a": _shown([Part(k, one) for k, one in enumerate(base.sentences, 1)], base, "a", ())}
        for name, edits in COPIES[at % len(COPIES)].items():
            docs[name] = copy_of(base, name, edits)
        same = [one for one in texts if one.language == base.language and one is not base]
        stranger = same[(at + 3) % len(same)]
        docs["x"] = f"⟦d1 {_spoken_marked(base.parts['other'], 't1')}⟧ ⟦d2 {base.parts['stock']}⟧"
        docs["y"] = (
            f"{_SPOKEN.sub(lambda found: found[1], stranger.parts['other'])} ⟦d2 {base.parts['stock']}⟧"
        )
        docs["a"] = f"⟦d1 {docs['a']}⟧"
        copies = sorted({"a", *COPIES[at % len(COPIES)]})
        yield {
            "id": base.name, "category": "edits", "language": base.language, "held": base.held,
            "edits": {name: list(edits) for name, edits in COPIES[at % len(COPIES)].items()}, "families": [copies], "docs": docs,
        }  # fmt: skip


def copy_of(base: Base, name: str, edits: tuple[str, ...]) -> str:
    """The marked text of a copy."""
    parts = [Part(k, one) for k, one in enumerate(base.sentences, 1)]
    for edit in edits:
        kind, _, value = edit.partition(" ")
        if kind == "cut":
            parts = [one for one in parts if one.number <= int(value)]
        elif kind == "reorder":
            parts = [*parts[len(parts) // 2 :], *parts[: len(parts) // 2]]
        elif kind == "lead":
            parts = [Part(0, base.parts["lead"]), *parts]
        elif kind == "own":
            first, second = (Part(0, one.strip()) for one in base.parts["own"].split("|"))
            parts = [*parts[:2], first, *parts[2:], second]
        elif kind == "numbers":
            parts = [Part(one.number, re.sub(r"\b\d+\b", _higher, one.words)) for one in parts]
        elif kind == "worn":
            parts = _worn(parts, base, name, float(value))
    return _shown(parts, base, name, edits)


def _higher(found: re.Match[str]) -> str:
    return str(int(found[0]) + 1)


def _worn(parts: list[Part], base: Base, name: str, share: float) -> list[Part]:
    """Edits of single words at places chosen by checksum, until so many triples are left or nothing more can be changed."""
    words = {one.number: one.words.split() for one in parts if one.number}
    before = _plain_words(" ".join(base.sentences[one.number - 1] for one in parts if one.number))
    places = [(k, at) for k, line in words.items() for at in range(1, len(line)) if not _inside(line, at)]
    places.sort(key=lambda place: crc32(f"{base.name}.{name}.{place}".encode()))
    for k, at in places:
        if triples_left(before, _plain_words(" ".join(" ".join(line) for line in words.values()))) <= share:
            break
        _change(words[k], at, base, f"{name}.{k}.{at}")
    return [
        Part(one.number, " ".join(" ".join(words[one.number]).split()) if one.number else one.words)
        for one in parts
    ]


def _change(line: list[str], at: int, base: Base, place: str) -> None:
    """A synonym, else nothing for a word that can be missing, else something put in before it (once a line) or its neighbour."""
    bare = line[at].strip(",.;:")
    put_in = PUT_IN[base.language]
    if bare in SYNONYMS:
        line[at] = line[at].replace(bare, SYNONYMS[bare])
    elif bare in DROPPED:
        line[at] = ""
    elif bare.islower() and not any(word.startswith(put_in) for word in line):
        line[at] = f"{put_in[crc32(place.encode()) % len(put_in)]} {line[at]}"
    elif at + 1 < len(line) and line[at] == bare and not _inside(line, at + 1) and line[at + 1].isalpha():
        line[at], line[at + 1] = line[at + 1], line[at]


def _inside(line: list[str], at: int) -> bool:
    """Whether a word belongs to what a speaker says."""
    before = " ".join(line[: at + 1])
    return before.count("⟨") > before[: -len(line[at])].count("⟩") or "⟨" in line[at] or "⟩" in line[at]


def _plain_words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def triples_left(before: list[str], after: list[str]) -> float:
    """The share of word triples of the shorter text that stand in the other."""
    short, long = sorted((before, after), key=len)
    there = set(zip(long, long[1:], long[2:], strict=False))
    triples = list(zip(short, short[1:], short[2:], strict=False))
    return sum(triple in there for triple in triples) / max(1, len(triples))


def _shown(parts: list[Part], base: Base, name: str, edits: tuple[str, ...]) -> str:
    marks = ("»", "«") if "marks" in edits else ("„", "“") if base.language == "de" else ('"', '"')
    shown = []
    for one in parts:
        words = _spoken_marked(one.words, "t1", marks)
        shown.append(f"⟦s{one.number} {words}⟧" if one.number else words)
    return " ".join(shown)


def _spoken_marked(text: str, key: str, marks: tuple[str, str] = ("", "")) -> str:
    return _SPOKEN.sub(lambda found: f"{marks[0]}⟦{key} {found[1]}⟧{marks[1]}", text)


def main() -> None:
    """Write edited.jsonl."""
    lines = [json.dumps(pile, ensure_ascii=False) for pile in piles()]
    (HERE / "edited.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
