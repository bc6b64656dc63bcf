"""Training sentences from public corpora and from our own marked texts, in one form.

Corpora (folder `--corpora`, beside the checkout; never copied into the project): GermEval 2014 NER part A (CC BY 4.0), SmartData and
MobIE (DFKI, CC BY 4.0), Universal NER (CC BY-SA 4.0), UD German GSD dev and PUD (CC BY-SA). Own: `texts/*.txt` beside this file.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from lagebild.annotate.sentences import SentenceTools, sentence_bounds
from lagebild.annotate.words import WordTools, word_bounds
from lagebild.settings import Settings

__all__ = ["Example", "dfki", "germeval", "own_texts", "reserved", "uner", "universal"]

SCHEME = {"LOC": "LOC", "ORG": "ORG", "OTH": "MISC", "PER": "PER", "MISC": "MISC"}


@dataclass(frozen=True)
class Example:
    """One sentence: words, whether white space stands before each, and the layers that its source has (else empty)."""

    source: str
    words: tuple[str, ...]
    spaced: tuple[bool, ...]
    names: tuple[str, ...] = ()
    upos: tuple[str, ...] = ()
    feats: tuple[dict[str, str], ...] = ()
    heads: tuple[int, ...] = ()
    rels: tuple[str, ...] = ()
    contracted: tuple[bool, ...] = ()
    moods: dict[int, str] = field(default_factory=dict)


def reserved(source: str, share: int = 22) -> bool:
    """Whether a source document is kept for measuring: `share` in a hundred, by the SHA-256 of its name."""
    return int(sha256(source.encode()).hexdigest()[:8], 16) % 100 < share


def germeval(folder: Path) -> Iterator[Example]:
    """GermEval 2014: outer names, `OTH` as `MISC`, derived forms and parts of compounds as `LOC-deriv`, `ORG-part`."""
    source, words, tags = "", [], []
    lines = (folder / "ner/germeval14/NER-de-part-a.tsv").read_text(encoding="utf-8").splitlines()
    for line in [*lines, ""]:
        cells = line.split("\t")
        if line.startswith("#") and len(cells) >= 2:
            source = cells[1]
        elif len(cells) >= 3:
            words.append(cells[1])
            tags.append(re.sub(r"(deriv|part)$", r"-\1", cells[2]).replace("OTH", "MISC"))
        elif words:
            yield Example(source, tuple(words), _spacing(words), tuple(tags))
            words, tags = [], []


def uner(folder: Path) -> Iterator[Example]:
    """Universal NER: persons, organisations and places in Croatian, Serbian, Slovak, Danish, Swedish and English."""
    for path in sorted((folder / "ner/uner").glob("*.iob2")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
            rows = [row for row in rows if len(row) >= 3 and row[0].isdigit()]
            if rows:
                words = [row[1] for row in rows]
                tags = [row[2] if row[2][2:] in SCHEME else "O" for row in rows]
                yield Example(path.stem, tuple(words), _spacing(words), tuple(tags))


def dfki(folder: Path) -> Iterator[Example]:
    """SmartData and MobIE: persons, organisations (companies too), places (streets, stops, routes too)."""
    yield from _mobie(folder / "ner/mobie/ner_conll03_formatted.zip")
    for part in ("train", "test"):
        with gzip.open(folder / f"ner/smartdata/{part}.json.gz", "rt", encoding="utf-8") as lines:
            for entry in _objects(lines.read()):
                yield from _smart(entry)


def _mobie(path: Path) -> Iterator[Example]:
    with ZipFile(path) as folder:
        for part in ("train", "dev", "test"):
            words, tags = [], []
            for line in [*folder.read(f"{part}.conll2003").decode().splitlines(), ""]:
                cells = line.split("\t")
                if len(cells) >= 4:
                    words.append(cells[0])
                    tags.append(cells[3][:2] + _coarse(cells[3][2:]) if _coarse(cells[3][2:]) else "O")
                elif words:
                    yield Example("mobie", tuple(words), _spacing(words), tuple(tags))
                    words, tags = [], []


def _coarse(kind: str) -> str:
    stem = kind.split("-")[0]
    return {"person": "PER", "organization": "ORG", "location": "LOC"}.get(stem, "")


def _objects(text: str) -> Iterator[dict[str, object]]:
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        while place < len(text) and text[place] in " \r\n,[]":
            place += 1
        if place < len(text):
            entry, place = decoder.raw_decode(text, place)
            yield entry


def _smart(entry: dict[str, object]) -> Iterator[Example]:
    text = entry["text"]["string"]  # type: ignore[index]
    marks = [
        (int(mark["span"]["start"]), int(mark["span"]["end"]), _coarse(mark["type"]))
        for mark in (entry["conceptMentions"] or {"array": []})["array"]  # type: ignore[index]
    ]
    names = [mark for mark in marks if mark[2]]
    for words, bounds, spaced in _sentences(text):
        yield Example("smartdata", words, spaced, _tags(bounds, names))


def _sentences(text: str) -> Iterator[tuple[tuple[str, ...], list[tuple[int, int]], tuple[bool, ...]]]:
    """Sentences of a text, line by line, as words with their places."""
    tools, word_tools = _splitters()
    place = 0
    for line in text.split("\n"):
        for start, end in sentence_bounds(line, tools):
            bounds = [
                (place + start + a, place + start + b) for a, b in word_bounds(line[start:end], word_tools)
            ]
            if bounds:
                words = tuple(text[a:b] for a, b in bounds)
                yield words, bounds, tuple(a == 0 or text[a - 1].isspace() for a, _ in bounds)
        place += len(line) + 1


@cache
def _splitters() -> tuple[SentenceTools, WordTools]:
    return SentenceTools.load(Settings()), WordTools.load(Settings())


def _tags(bounds: list[tuple[int, int]], names: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    tags = ["O"] * len(bounds)
    for start, end, kind in sorted(names, key=lambda name: (name[0], -name[1])):
        inside = [place for place, (a, b) in enumerate(bounds) if a < end and b > start]
        if inside and all(tags[place] == "O" for place in inside):
            for place in inside:
                tags[place] = ("B-" if place == inside[0] else "I-") + kind
    return tuple(tags)


def own_texts(folder: Path) -> Iterator[Example]:
    """Our own texts with names as `[ORG name]` and, in some sentences, every finite verb as `{S habe}` or `{I hat}`."""
    tools = WordTools.load(Settings())
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield _marked(line.strip(), path.stem, tools)


def _marked(line: str, source: str, tools: WordTools) -> Example:
    plain = ""
    names: list[tuple[int, int, str]] = []
    verbs: list[tuple[int, int, str]] = []
    opened: list[tuple[int, str]] = []
    for part in re.split(r"(\[(?:PER|ORG|LOC|MISC)(?:-deriv|-part)? |\]|\{[SI] |\})", line):
        if re.fullmatch(r"\[\S+ |\{[SI] ", part):
            opened.append((len(plain), part[1:-1]))
        elif part in ("]", "}") and opened:
            start, kind = opened.pop()
            (names if part == "]" else verbs).append((start, len(plain), kind))
        else:
            plain += part
    bounds = list(word_bounds(plain, tools))
    moods = {
        place: {"S": "Sub", "I": "Ind"}[mood]
        for place, (a, b) in enumerate(bounds)
        for start, end, mood in verbs
        if a < end and b > start
    }
    return Example(
        source,
        tuple(plain[a:b] for a, b in bounds),
        tuple(a == 0 or plain[a - 1].isspace() for a, _ in bounds),
        _tags(bounds, names),
        moods=moods,
    )


def universal(
    folder: Path, parts: tuple[str, ...] = ("de_pud-ud-test", "de_gsd-ud-dev")
) -> Iterator[Example]:
    """Universal Dependencies on surface words: contractions (`im` = in + dem) are one word, with tag and head of the first part.

    The second part's case, gender and number join the first part's features. `source` is the document where the treebank tells it
    (PUD), else a run of ten sentences.
    """
    for part in parts:
        document, count = "", 0
        for block in (folder / f"ud/{part}.conllu").read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line]
            if not lines:
                continue
            name = next((line for line in lines if line.startswith("# sent_id")), "")
            document = f"{part}-{name[12:18]}" if "pud" in part else f"{part}-{count // 10}"
            count += 1
            yield _tree([line.split("\t") for line in lines if not line.startswith("#")], document)


def _tree(rows: list[list[str]], source: str) -> Example:
    span_of: dict[int, tuple[int, int]] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            span_of[first] = (first, last)
    tokens: list[tuple[list[str], list[list[str]]]] = []
    taken = 0
    by_number = {int(row[0]): row for row in rows if row[0].isdigit()}
    whole = {int(row[0].split("-")[0]): row for row in rows if "-" in row[0]}
    place_of: dict[int, int] = {0: -1}
    for number in sorted(by_number):
        if number <= taken:
            continue
        first, last = span_of.get(number, (number, number))
        for inner in range(first, last + 1):
            place_of[inner] = len(tokens)
        tokens.append(
            (whole.get(number, by_number[number]), [by_number[inner] for inner in range(first, last + 1)])
        )
        taken = last
    words, spaced, upos, feats, heads, rels, contracted, space = [], [], [], [], [], [], [], True
    for here, (surface, parts) in enumerate(tokens):
        words.append(surface[1])
        spaced.append(space)
        space = "SpaceAfter=No" not in surface[9]
        outer = next((part for part in parts if place_of[int(part[6])] != here), parts[0])
        lead = parts[0]
        upos.append(lead[3])
        found: dict[str, str] = {}
        for part in parts:
            found.update(
                (key, value)
                for key, _, value in (pair.partition("=") for pair in part[5].split("|"))
                if value
            )
        if len(parts) > 1:
            found = {key: value for key, value in found.items() if key in {"Case", "Gender", "Number"}}
        feats.append(found)
        heads.append(place_of[int(outer[6])])
        rels.append((lead if len(parts) > 1 else outer)[7])
        contracted.append(len(parts) > 1)
    return Example(
        source,
        tuple(words),
        tuple(spaced),
        (),
        tuple(upos),
        tuple(feats),
        tuple(heads),
        tuple(rels),
        tuple(contracted),
    )


_NEVER_BEFORE = set(".,;:!?)]}%“»’")
_NEVER_AFTER = set("([{„«‚")


def _spacing(words: list[str]) -> tuple[bool, ...]:
    """Where white space stood, guessed from the marks: corpora of bare words do not say."""
    spaced, inside = [], False
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        space = word not in _NEVER_BEFORE and before not in _NEVER_AFTER
        if word == '"':
            space = space and not inside
            inside = not inside
        elif before == '"' and inside:
            space = False
        spaced.append(space or place == 0)
    return tuple(spaced)
