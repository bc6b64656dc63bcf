"""The example piles run whole, and what comes out held against their known answers (examples/answers/*.json).

Figures are shares, 0 to 1, over all piles. `*_wrong` are errors asserted, lower is better: they are reported as `*_not_wrong`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lagebild.questions.open import OpenRecords
from lagebild.work import build_dossier, open_case

__all__ = ["PILES", "Pile", "measure"]

ROOT = Path(__file__).resolve().parents[2] / "examples"
PILES = ("faehre", "werk", "grenze")


class Pile:
    """One pile built, with its open records and its answers."""

    def __init__(self, name: str, out: Path) -> None:
        build_dossier([ROOT / name], out, workers=1)
        with open_case(out) as case:
            records = OpenRecords(case)
            self.rows: dict[str, list[Any]] = {
                file: list(records.file(file))
                for file in (
                    "documents", "blocks", "mentions", "entities", "times", "quotes", "claims", "copies", "findings", "brief",
                )
            }  # fmt: skip
        self.answers: dict[str, Any] = json.loads(
            (ROOT / "answers" / f"{name}.json").read_text(encoding="utf-8")
        )
        self.docs = {self._unit(doc): doc for doc in self.rows["documents"]}

    @staticmethod
    def _unit(doc: dict[str, Any]) -> str:
        return doc["path"] if doc["line"] is None else f"{doc['path']}#{doc['line']}"

    def of(self, file: str, unit: str) -> list[Any]:
        """Rows of a file that lie in a document."""
        doc = self.docs.get(unit)
        return [row for row in self.rows[file] if doc and row["doc"] == doc["id"]]

    def ranges(self, unit: str, words: str) -> list[tuple[int, int]]:
        """Where these words stand in the text of a document, white space taken as equal."""
        doc = self.docs.get(unit)
        found = []
        at = doc["text"].find(words) if doc else -1
        while doc and at >= 0:
            found.append((at, at + len(words)))
            at = doc["text"].find(words, at + 1)
        return found


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / max(1, min(a[1] - a[0], b[1] - b[0]))


def _alike(places: list[tuple[int, int]], pieces: list[dict[str, Any]]) -> float:
    """How well a quotation fits the words asked for, 0 to 1: of one that stands inside another, the inner one."""
    wide = (int(pieces[0]["start"]), int(pieces[-1]["end"]))
    joined = [(min(one[0], wide[0]), max(one[1], wide[1])) for one in places]
    shared = [min(one[1], wide[1]) - max(one[0], wide[0]) for one in places]
    return max(max(0, part) / (whole[1] - whole[0]) for part, whole in zip(shared, joined, strict=True))


def _share(hits: list[bool]) -> float:
    return round(sum(hits) / len(hits), 4) if hits else 1.0


def measure() -> dict[str, float]:
    """Every figure over all piles."""
    hits: dict[str, list[bool]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in PILES:
            pile = Pile(name, Path(folder) / name)
            for figure, hit, _ in outcomes(pile):
                hits.setdefault(figure, []).append(hit)
    return {figure: _share(found) for figure, found in sorted(hits.items())}


def outcomes(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    """Each single answer: the figure it counts for, whether it was met, and what it was."""
    yield from _furniture(pile)
    yield from _stamps(pile)
    yield from _quotes(pile)
    yield from _dates(pile)
    yield from _copies(pile)
    yield from _persons(pile)
    yield from _disputes(pile)
    yield from _numbers(pile)


def _furniture(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    for answer in pile.answers["furniture"]:
        for place in pile.ranges(answer["file"], answer["exact"]):
            blocks = [
                row
                for row in pile.of("blocks", answer["file"])
                if _overlap(place, (row["start"], row["end"])) > 0
            ]
            yield (
                "furniture_out",
                not any(row["content"] for row in blocks),
                f"{answer['file']}: {answer['exact']}",
            )


def _stamps(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    for answer in pile.answers["published"]:
        doc = pile.docs.get(answer["file"])
        got = doc["published"]["value"] if doc and doc["published"] else None
        yield "published", got == answer["value"], f"{answer['file']}: {got} for {answer['value']}"


def _quotes(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    unknown = {(one["file"], one["exact"]) for one in pile.answers["unknown_speaker"]}
    names = {
        row["id"]: {name["text"] for name in row["names"]} | {row["name"]} for row in pile.rows["entities"]
    }
    for answer in pile.answers["quotes"]:
        what = f"{answer['file']}: {answer['exact'][:60]} ({answer['speaker']})"
        places = pile.ranges(answer["file"], answer["exact"])
        found = [
            row
            for row in pile.of("quotes", answer["file"])
            if any(
                _overlap(place, (piece["start"], piece["end"])) > 0.5
                for place in places
                for piece in row["pieces"]
            )
        ]
        yield "quotes_found", bool(found), what
        blocks = [
            row
            for row in pile.of("blocks", answer["file"])
            if any(_overlap(p, (row["start"], row["end"])) for p in places)
        ]
        yield "content_kept", bool(blocks) and all(row["content"] for row in blocks), what
        if not found:
            continue
        quote = max(found, key=lambda row: (row["form"] == answer["form"], _alike(places, row["pieces"])))
        called = names.get(quote["entity"] or "", set())
        if (answer["file"], answer["exact"]) in unknown:
            yield "unknown_kept", quote["entity"] is None, f"{what} got {sorted(called)}"
            continue
        said = quote["speaker"]["exact"] if quote["speaker"] else ""
        same = _same_speaker(pile, answer, called)
        right = same or bool(answer["speaker_words"] and _shares_word(said, answer["speaker_words"]))
        yield "speaker_right", right, f"{what} got {said!r} {sorted(called)}"
        yield "speaker_not_wrong", same or not called or not answer["speaker"], f"{what} got {sorted(called)}"


def _shares_word(said: str, words: str) -> bool:
    return bool(said) and (said in words or words in said)


def _same_speaker(pile: Pile, answer: dict[str, Any], called: set[str]) -> bool:
    if not answer["speaker"] or not called:
        return False
    if answer["speaker_words"] in called:  # „Welgoriens Verteidigungsministerium“ is the one in Starograd
        return True
    spellings = {answer["speaker"]}
    for group in pile.answers["same_person"]:
        if answer["speaker"] in group:
            spellings |= set(group)
    wanted = {one.split()[-1] for one in spellings}
    return bool({one.split()[-1] for one in called} & wanted)


def _dates(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    for answer in pile.answers["dates"]:
        for place in pile.ranges(answer["file"], answer["phrase"]):
            rows = [
                row
                for row in pile.of("times", answer["file"])
                if _overlap(place, (row["start"], row["end"])) > 0.5
            ]
            days = {row["earliest"][:10] for row in rows if row["earliest"] and _short(row)}
            what = f"{answer['file']}: {answer['phrase']} = {answer['iso_day']}, got {sorted(days)}"
            yield "dates_right", days == {answer["iso_day"]} or answer["iso_day"] in days, what
            yield "dates_not_wrong", not days or answer["iso_day"] in days, what


def _short(row: dict[str, Any]) -> bool:
    """At most a night: the day is meant, not a week."""
    return bool(row["latest"]) and row["latest"][:7] <= row["earliest"][:7][:7] + "~" and (
        int(row["latest"][8:10]) - int(row["earliest"][8:10]) in (0, 1) or row["latest"][8:10] == "01"
    )  # fmt: skip


def _copies(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    for answer in pile.answers["copies"]:
        sides = (("a_file", pile.docs.get(answer["a_file"])), ("b_file", pile.docs.get(answer["b_file"])))
        met = any(_covers(pile, link, answer["words"], sides) for link in pile.rows["copies"])
        yield "copies_found", met, f"{answer['a_file']} ~ {answer['b_file']}: {answer['words'][:60]}"


def _covers(pile: Pile, link: dict[str, Any], words: str, sides: Any) -> bool:
    places = {place["doc"]: place for place in (link["earlier"], link["later"])}
    for key, doc in sides:
        place = places.get(doc["id"]) if doc else None
        if place is None:
            return False
        ranges = pile.ranges(Pile._unit(doc), words)
        if not any(_overlap(one, (place["start"], place["end"])) > 0.5 for one in ranges):
            return False
        del key
    return len(places) == 2


def _persons(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    homes: dict[str, set[str]] = {}
    for row in pile.rows["entities"]:
        for name in {row["name"], *(one["text"] for one in row["names"])}:
            homes.setdefault(name, set()).add(row["id"])
    for group in pile.answers["same_person"]:
        shared = set.intersection(*(_homes(homes, name) for name in group))
        yield "same_person", bool(shared), " = ".join(group)
    for left, right in pile.answers["not_same"]:
        apart = not _homes(homes, left) & _homes(homes, right)
        yield "not_same", apart, f"{left} / {right}"


def _homes(homes: dict[str, set[str]], name: str) -> set[str]:
    """Entities called so; a title before the name („Ministerin Anna Brandt“) may be missing in the entity's name."""
    words = name.split()
    for start in range(len(words)):
        if found := homes.get(" ".join(words[start:])):
            return found
    return set()


def _disputes(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    claims = {row["id"]: row for row in pile.rows["claims"]}
    disputes = [
        row
        for row in pile.rows["findings"]
        if row["kind"] in ("dispute", "attribution_conflict", "retraction")
    ]
    for answer in pile.answers["dispute"]:
        met = any(_faces(pile, row, claims, answer) for row in disputes)
        yield "disputes_found", met, f"{answer['claim_words'][:60]} / {answer['denial_words'][:60]}"


def _faces(pile: Pile, finding: dict[str, Any], claims: dict[str, Any], answer: dict[str, Any]) -> bool:
    """The claim stands on one side and the denial on another."""
    touched = []
    for part in ("claim", "denial"):
        doc = pile.docs.get(answer[f"{part}_file"])
        places = pile.ranges(answer[f"{part}_file"], answer[f"{part}_words"])
        touched.append({
            at
            for at, side in enumerate(finding["sides"])
            for one in side["claims"]
            if doc and one in claims and claims[one]["doc"] == doc["id"]
            and any(_overlap(place, (claims[one]["start"], claims[one]["end"])) > 0.3 for place in places)
        })  # fmt: skip
    return any(a != b for a in touched[0] for b in touched[1])


def _numbers(pile: Pile) -> Iterator[tuple[str, bool, str]]:
    claims = {row["id"]: row for row in pile.rows["claims"]}
    clashes = [
        row
        for row in pile.rows["findings"]
        if row["kind"] in ("number_conflict", "time_conflict") and row["clash"]
    ]
    for answer in pile.answers["numbers_clash"]:
        best = max((_sides_met(pile, row, claims, answer) for row in clashes), default=0)
        figure = "number_clash_found" if answer["clash"] else "number_clash_not_invented"
        yield figure, (best >= 2) == answer["clash"], answer["question"]


def _sides_met(pile: Pile, finding: dict[str, Any], claims: dict[str, Any], answer: dict[str, Any]) -> int:
    met = 0
    for side in finding["sides"]:
        rows = [claims[one] for one in side["claims"] if one in claims]
        met += any(
            pile.docs.get(value["file"], {}).get("id") == row["doc"]
            and any(
                _overlap(place, (row["start"], row["end"])) > 0.9
                for place in pile.ranges(value["file"], value["exact"])
            )
            for value in answer["values"]
            for row in rows
        )
    return met
