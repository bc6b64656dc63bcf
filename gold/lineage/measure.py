"""Shared passages and copy families on small piles of own texts: cases.jsonl (written by hand), edited.jsonl (see edits.py),
turned.txt, and reserved.txt (written by another hand when the steps were done; all held).

A case is a pile: `docs` by name, with ⟦1 …⟧ around a passage that stands in several of them (the same number), ⟦w1 …⟧ around the
same quotation taken by two reports, ⟦t1 …⟧ around the words of one speaker that some reports give in another translation,
⟦c1 …⟧ around a foreign speaker's words in the same translation (a common text),
⟦d1 …⟧ around decoys that are no copies (stock phrases, the same event in other words), and lines that begin with # for
furniture; `families` names the documents that are copies of one text as a whole. Piles that are `held` were never tuned on:
their figures stand apart. credits.txt holds lines with what they credit, directions.txt pairs of reports with who was first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

from gold.quote.measure import quotes_of

from lagebild.lineage.align import AlignTools, align_passages
from lagebild.lineage.candidates import find_candidates, pair_keys
from lagebild.lineage.credits import CreditTools, find_credits
from lagebild.lineage.families import group_copies
from lagebild.lineage.prints import PrintTools, print_windows
from lagebild.model.document import Block, Document, Masthead, Precision, Stamp, Stated
from lagebild.model.ids import place_id
from lagebild.model.lineage import CopyCandidate, CopyLink, Credit, Fingerprints
from lagebild.model.source import Declared, RawItem
from lagebild.model.speech import Quote
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView, GroupView

HERE = Path(__file__).parent
_OPEN = re.compile(r"⟦(\w+) |⟧")

Place = tuple[str, int, int]
"""Document, first character, character behind the last one."""


@dataclass(frozen=True)
class Pile:
    """One case: plain texts by name, the places of each marked passage, and the families."""

    name: str
    language: str
    held: bool
    texts: dict[str, str]
    passages: dict[str, list[Place]]
    families: list[list[str]]


@dataclass(frozen=True)
class Found:
    """What the steps made of a pile."""

    links: list[CopyLink]
    families: list[list[str]]


def piles() -> Iterator[Pile]:
    """Every case."""
    for source in ("cases.jsonl", "edited.jsonl"):
        for line in (HERE / source).read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            texts: dict[str, str] = {}
            passages: dict[str, list[Place]] = {}
            for name, marked in case["docs"].items():
                texts[name], places = plain(marked)
                for key, start, end in places:
                    passages.setdefault(key, []).append((name, start, end))
            held = case.get("held", False)
            yield Pile(case["id"], case.get("language", "de"), held, texts, passages, case["families"])
    yield from _written("turned.txt", held=False)
    yield from _written("reserved.txt", held=True)


def _written(source: str, held: bool) -> Iterator[Pile]:
    """The piles of a text file."""
    lines = (HERE / source).read_text(encoding="utf-8").splitlines()
    for (name, language), rows in sections(lines):
        families = [one.split() for one in rows[0].removeprefix("families:").split("|")]
        texts: dict[str, str] = {}
        passages: dict[str, list[Place]] = {}
        for (doc,), words in _parts(rows[1:], "-- "):
            texts[doc], places = plain("\n".join(words))
            for key, start, end in places:
                passages.setdefault(key, []).append((doc, start, end))
        yield Pile(name, language, held, texts, passages, families)


def sections(lines: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The words of each heading that begins with ==, and the lines below it; what stands before the first is left out."""
    return _parts([line for line in lines if not line.startswith("# ⟦") and line.strip()], "== ")


def _parts(lines: Sequence[str], mark: str) -> Iterator[tuple[list[str], list[str]]]:
    heads = [at for at, line in enumerate(lines) if line.startswith(mark)]
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        yield lines[at].removeprefix(mark).split(), list(lines[at + 1 : end])


def plain(marked: str) -> tuple[str, list[Place]]:
    """A text without its brackets, and what they held; brackets may stand inside each other."""
    text, at = "", 0
    opened: list[tuple[str, int]] = []
    places: list[Place] = []
    for bracket in _OPEN.finditer(marked):
        text += marked[at : bracket.start()]
        at = bracket.end()
        if bracket[1]:
            opened.append((bracket[1], len(text)))
        else:
            places.append((*opened.pop(), len(text)))
    return text + marked[at:], places


def run_steps(pile: Pile, tools: AlignTools) -> Found:
    """Fingerprints, candidates, passages, families, as the plan runs them."""
    docs = {name: view(name, text, pile.language) for name, text in pile.texts.items()}
    tables: dict[type[Any], list[Any]] = {
        Fingerprints: sorted(print_windows(list(docs.values()), PrintTools.load(Settings())), key=_owner)
    }
    candidates = list(find_candidates(CaseView(lambda kind: iter(tables.get(kind, ())))))
    by_doc = {name: tuple(row for row in candidates if row.doc_id == name) for name in docs}
    keys = {key for name in docs for key in pair_keys(DocView(name, {CopyCandidate: by_doc[name]}))}
    groups = [GroupView(key, tuple(docs[name] for name in key.split("|"))) for key in sorted(keys)]
    tables[CopyLink] = [link for group in groups for link in align_passages(group, tools)]
    tables[Masthead] = [row for doc in docs.values() for row in doc.rows(Masthead)]
    families = [
        list(family.doc_ids) for family in group_copies(CaseView(lambda kind: iter(tables.get(kind, ()))))
    ]
    return Found(tables[CopyLink], families)


def _owner(row: Fingerprints) -> str:
    return row.owner


def view(name: str, text: str, language: str = "de") -> DocView:
    """A document with a block a line, and its quotations as the stage before finds them."""
    blocks, at = [], 0
    for line in text.split("\n"):
        kind = ("teaser", False) if line.startswith("#") else ("paragraph", True)
        if line.strip():
            blocks.append(Block(place_id(name, "b", at, at + len(line)), name, at, at + len(line), *kind))  # type: ignore[arg-type]
        at += len(line) + 1
    quotes = tuple(quotes_of(text, language))
    item = RawItem(name, f"{name}.txt", None, "0" * 64, "text/plain", len(text), Declared())
    head = Masthead(f"{name}:h", name, language, None, None, None, None, None, (), ())
    document = Document(name, text, "text/plain", "utf-8", Stated(), (), None)
    return DocView(
        name,
        {
            RawItem: (item,),
            Document: (document,),
            Block: tuple(blocks),
            Masthead: (head,),
            Quote: quotes,
            Credit: (),
        },
    )


def wanted(pile: Pile) -> list[tuple[Place, Place]]:
    """Pairs of places that share a passage; passages that follow each other in both texts are one."""
    pairs = []
    for left, right in combinations(sorted(pile.texts), 2):
        both = []
        for key, places in pile.passages.items():
            by_doc = {place[0]: place for place in places}
            if key[0] not in "dt" and left in by_doc and right in by_doc:
                both.append((by_doc[left], by_doc[right]))
        pairs += joined(sorted(both))
    return pairs


def joined(pairs: list[tuple[Place, Place]]) -> list[tuple[Place, Place]]:
    """Pairs with those joined that stand side by side, a space apart, on both sides."""
    kept: list[tuple[Place, Place]] = []
    for left, right in pairs:
        if kept and 0 <= left[1] - kept[-1][0][2] <= 1 and 0 <= right[1] - kept[-1][1][2] <= 1:
            before = kept.pop()
            left, right = (left[0], before[0][1], left[2]), (right[0], before[1][1], right[2])
        kept.append((left, right))
    return kept


def sides(link: CopyLink) -> tuple[Place, Place]:
    """The two places of a link, by document name."""
    first, second = sorted((span.doc_id, span.start, span.end) for span in (link.earlier, link.later))
    return first, second


def same(one: Place, other: Place) -> bool:
    """Whether two places share at least half of the longer one."""
    common = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and 2 * common >= max(one[2] - one[1], other[2] - other[1])


def touches(one: Place, other: Place) -> bool:
    """Whether two places share at least half of the shorter one."""
    common = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and 2 * common >= min(one[2] - one[1], other[2] - other[1])


def matched(gold: Sequence[tuple[Place, Place]], links: Sequence[CopyLink]) -> int:
    """How many links stand for a passage of the gold, each passage counted once."""
    left = list(gold)
    for link in links:
        places = sides(link)
        hit = next(
            (pair for pair in left if all(same(a, b) for a, b in zip(pair, places, strict=True))), None
        )
        if hit:
            left.remove(hit)
    return len(gold) - len(left)


def decoys(pile: Pile) -> list[tuple[Place, Place]]:
    """Pairs of places that look alike and are no copies."""
    found = (combinations(sorted(places), 2) for key, places in pile.passages.items() if key.startswith("d"))
    return [pair for pairs in found for pair in pairs]


def adjusted_rand(
    names: Sequence[str], one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]
) -> float:
    """Hubert and Arabie's index (1985): 1 for the same grouping, 0 for what chance gives; 1 where both leave all apart."""
    labels = [{name: f"g{k}" for k, group in enumerate(groups) for name in group} for groups in (one, other)]
    pairs = Counter((labels[0].get(name, name), labels[1].get(name, name)) for name in names)
    rows, columns = (Counter(label.get(name, name) for name in names) for label in labels)
    both = sum(comb(count, 2) for count in pairs.values())
    left, right = (sum(comb(count, 2) for count in counts.values()) for counts in (rows, columns))
    by_chance = left * right / comb(len(names), 2)
    most = (left + right) / 2
    return 1.0 if most == by_chance else (both - by_chance) / (most - by_chance)


def retold(pile: Pile) -> list[tuple[Place, Place]]:
    """Pairs of places where one speaker's words stand in two translations."""
    found = []
    for key, places in pile.passages.items():
        for left, right in combinations(sorted(places), 2) if key.startswith("t") else ():
            words = [pile.texts[name][start:end] for name, start, end in (left, right)]
            if words[0] != words[1]:
                found.append((left, right))
    return found


@dataclass
class Tally:
    """Counts over piles."""

    good: int = 0
    given: int = 0
    there: int = 0
    apart: list[bool] = field(default_factory=list)
    witnesses: list[bool] = field(default_factory=list)
    retold: list[bool] = field(default_factory=list)
    retold_given: int = 0
    translated: list[bool] = field(default_factory=list)
    rand: list[float] = field(default_factory=list)

    def add(self, pile: Pile, found: Found) -> None:
        """Count a pile."""
        pairs = retold(pile)
        again = [
            link
            for link in found.links
            if link.reasons[0].name == "retold_quotation"
            or (link.kind == "same_witness" and any(_meets(pair, link, touches) for pair in pairs))
        ]
        links = [link for link in found.links if link not in again]
        gold = wanted(pile)
        self.good += matched(gold, links)
        self.given += len(links)
        self.there += len(gold)
        for pair in decoys(pile):
            self.apart.append(not any(_meets(pair, link, touches) for link in links))
        for key, places in pile.passages.items():
            if key.startswith("w"):
                kinds = {link.kind for link in found.links if same(places[0], sides(link)[0])}
                self.witnesses.append(kinds == {"same_witness"})
            if key.startswith("c"):
                pair = (min(places), max(places))
                kinds = {link.kind for link in found.links if _meets(pair, link, same)}
                self.translated.append(bool(kinds) and "same_witness" not in kinds)
        for pair in pairs:
            hits = [link.kind for link in found.links if _meets(pair, link, same)]
            self.retold.append(hits == ["same_witness"])
        self.retold_given += len(again)
        self.rand.append(adjusted_rand(sorted(pile.texts), pile.families, found.families))

    def figures(self, prefix: str) -> dict[str, float]:
        """Shares, 0 to 1."""
        both = sum(self.retold)
        values = {
            "passages_precision": self.good / max(1, self.given),
            "passages_recall": self.good / max(1, self.there),
            "passages_f1": 2 * self.good / max(1, self.given + self.there),
            "decoys_apart": sum(self.apart) / max(1, len(self.apart)),
            "retold_f1": 2 * both / max(1, len(self.retold) + max(both, self.retold_given)),
            "families_adjusted_rand": sum(self.rand) / max(1, len(self.rand)),
        }
        if self.witnesses:
            values["same_witness"] = sum(self.witnesses) / len(self.witnesses)
        if self.translated:
            values["common_translation"] = sum(self.translated) / len(self.translated)
        return {f"{prefix}{name}": value for name, value in values.items()}


def _meets(pair: tuple[Place, Place], link: CopyLink, how: Callable[[Place, Place], bool]) -> bool:
    return all(how(a, b) for a, b in zip(pair, sides(link), strict=True))


def measure() -> dict[str, float]:
    """Passages (precision, recall, F1; half overlap on both sides), decoys left alone, same witnesses known, retold quotations of
    the right kind (F1), families (mean adjusted Rand); on the held piles apart."""
    tools = AlignTools.load(Settings())
    tallies = {False: Tally(), True: Tally()}
    for pile in piles():
        tallies[pile.held].add(pile, run_steps(pile, tools))
    figures = tallies[False].figures("") | tallies[True].figures("held_")
    for held in (False, True):
        figures["held_credits_f1" if held else "credits_f1"] = credits_f1(held)
        figures |= direction_figures(held, tools)
    return figures


@dataclass(frozen=True)
class Ordered:
    """A pair of reports, the name of the earlier one ("" where nothing tells), and how sure that can be said."""

    name: str
    held: bool
    docs: tuple[DocView, DocView]
    earlier: str
    sure: str


def ordered_pairs() -> Iterator[Ordered]:
    """The pairs of directions.txt, with credits as the step reads them."""
    lines = (HERE / "directions.txt").read_text(encoding="utf-8").splitlines()
    passages = {line[0]: line[3:] for line in lines if re.match("[A-Z]: ", line)}
    tools = CreditTools.load(Settings())
    for head, rows in sections(lines):
        told = re.match(r"expect: (\w) ([>?]) (\w)(?: (\w+))?", rows[0])
        assert told is not None
        docs = [_dated(words, text, passages, tools) for words, text in _parts(rows[1:], "-- ")]
        earlier = told[1] if told[2] == ">" else ""
        yield Ordered(head[0], "held" in head, (docs[0], docs[1]), earlier, told[4] or "unknown")


def _dated(
    head: Sequence[str], lines: Sequence[str], passages: dict[str, str], tools: CreditTools
) -> DocView:
    name, at, outlet, agencies = (one.strip() for one in " ".join(head).split("|"))
    text = re.sub(r"\{([A-Z])\}", lambda found: passages[found[1]], "\n".join(lines))
    doc = view(name, text)
    precision: Precision = (
        "year" if len(at) == 4 else "month" if len(at) == 7 else "day" if len(at) == 10 else "second"
    )
    stamp = Stamp(at, precision, "stated") if at else None
    named = tuple(one.strip() for one in agencies.split(",") if one.strip())
    masthead = Masthead(f"{name}:h", name, "de", None, None, stamp, outlet or None, None, named, ())
    kinds: dict[type[Any], tuple[Any, ...]] = {
        kind: doc.rows(kind) for kind in (RawItem, Document, Block, Quote)
    }
    return DocView(name, kinds | {Masthead: (masthead,), Credit: tuple(find_credits([doc], tools))})


def direction_figures(held: bool, tools: AlignTools) -> dict[str, float]:
    """Of the pairs said known: those that are, the right way round; of the pairs that can be known: those said so; guesses alike."""
    known: list[bool] = []
    guessed: list[bool] = []
    found: list[bool] = []
    for pair in ordered_pairs():
        if pair.held != held:
            continue
        links = list(align_passages(GroupView("|".join(doc.id for doc in pair.docs), pair.docs), tools))
        said = {(link.direction, link.earlier.doc_id) for link in links} or {("unknown", "")}
        known += [
            earlier == pair.earlier and pair.sure == "known" for sure, earlier in said if sure == "known"
        ]
        guessed += [earlier == pair.earlier for sure, earlier in said if sure == "guessed" and pair.earlier]
        if pair.sure != "unknown":
            found.append(said == {(pair.sure, pair.earlier)})
    prefix = "held_" if held else ""
    return {
        f"{prefix}direction_known_right": sum(known) / max(1, len(known)),
        f"{prefix}direction_guessed_right": sum(guessed) / max(1, len(guessed)),
        f"{prefix}direction_found": sum(found) / max(1, len(found)),
    }


@dataclass(frozen=True)
class CreditLine:
    """A line and the credits it holds, as kind and name."""

    held: bool
    text: str
    wanted: frozenset[tuple[str, str]]


def credit_lines() -> Iterator[CreditLine]:
    """The lines of credits.txt, each filled in every way."""
    fillings: dict[str, list[str]] = {}
    for line in (HERE / "credits.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        filling = re.fullmatch(r"([A-Z]): (.*)", line)
        if filling:
            fillings[filling[1]] = filling[2].split(" | ")
            continue
        for at in range(5 if "{" in line else 1):
            filled = re.sub(r"\{([A-Z])\}", lambda found, at=at: fillings[found[1]][at], line)  # type: ignore[misc]
            text, _, credited = filled.removeprefix("held ").partition("⇒")
            pairs = [tuple(one.strip().split(" ", 1)) for one in credited.split(";") if one.strip()]
            yield CreditLine(
                line.startswith("held "), text.strip(), frozenset((kind, name) for kind, name in pairs)
            )


def credits_found(line: CreditLine, tools: CreditTools) -> set[tuple[str, str]]:
    """What the step reads in a line."""
    return {(row.kind, row.name) for row in find_credits([view("d", line.text)], tools)}


def credits_f1(held: bool) -> float:
    """F1 of credits by kind and name."""
    tools = CreditTools.load(Settings())
    good = given = there = 0
    for line in credit_lines():
        if line.held == held:
            found = credits_found(line, tools)
            good, given, there = good + len(found & line.wanted), given + len(found), there + len(line.wanted)
    return 2 * good / max(1, given + there)
