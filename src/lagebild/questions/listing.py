"""Rows as lines for people: what `lagebild show` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lagebild.model.open import OpenShare
from lagebild.questions.open import CaseReader, OpenRecords

__all__ = ["LISTINGS", "Listed", "listing", "shares_listed"]


@dataclass(frozen=True)
class Listed:
    """One row: a line, more lines under it, and the open record itself."""

    line: str
    details: tuple[str, ...]
    record: dict[str, Any]


def listing(case: CaseReader, what: str, *, speaker: str | None = None) -> Iterator[Listed]:
    """Rows of one kind in reading order. `speaker` keeps quotes whose speaker's name or words hold it."""
    lister = _Lister(case)
    for record in lister.records(what):
        if speaker and not lister.spoken_by(record, speaker):
            continue
        line, details = LISTINGS[what](lister, record)
        yield Listed(line, tuple(details), record)


def shares_listed(case: CaseReader) -> Iterator[Listed]:
    """Documents that share words with others: what is their own, what comes from where."""
    records = OpenRecords(case)
    units = {doc_id: item.unit for doc_id, item in records.items.items()}
    for row in records.documents():
        others = [one for one in row["shares"] if one["doc"]]
        if others:
            own = next(one for one in row["shares"] if one["kind"] == "own")
            line = f"{row['id']}  {units[row['id']]}: {own['share']:.1%} its own"
            details = [f"{one['share']:.1%} {_share_words(one, units)}" for one in others]
            record = {"id": row["id"], "path": row["path"], "line": row["line"], "shares": row["shares"]}
            yield Listed(line, tuple(details), record)


def _share_words(share: OpenShare, units: dict[str, str]) -> str:
    told = {
        "taken": f"taken from ({share['direction']})",
        "shared": "in common with, nobody knows who was first:",
        "same_witness": "the same words of one speaker as in",
        "version": "another version of this article:",
    }
    return f"{told.get(share['kind'], '')} {units.get(share['doc'] or '', share['doc'])}"


class _Lister:
    def __init__(self, case: CaseReader) -> None:
        self._open = OpenRecords(case)
        self.names: dict[str, str] = {}
        self._spellings: dict[str, str] = {}
        for row in self._open.entities():
            self.names[row["id"]] = row["name"]
            self._spellings[row["id"]] = "\n".join([row["name"], *(name["text"] for name in row["names"])])
        self.origins: dict[str, str] = {}
        self.claims: dict[str, Any] = {}

    def records(self, what: str) -> Iterator[Any]:
        if what in ("disputes", "findings"):
            self.origins = {row["id"]: row["name"] for row in self._open.origins()}
            self.claims = {row["id"]: row for row in self._open.claims()}
        if what == "disputes":
            return (row for row in self._open.findings() if row["clash"])
        return self._open.file(what)

    def spoken_by(self, record: dict[str, Any], wanted: str) -> bool:
        words = record["speaker"]["exact"] if record["speaker"] else ""
        names = self._spellings.get(record["entity"] or "", "")
        return wanted.casefold() in f"{words}\n{names}".casefold()

    def whose(self, kind: str, side: dict[str, Any]) -> str:
        """Who stands behind a side; a title beside a name is nobody's statement, so then the documents that give it."""
        if kind == "role_conflict":
            claims = [self.claims[one] for one in side["claims"] if one in self.claims]
            return ", ".join(sorted({f"in {self._open.items[claim['doc']].unit}" for claim in claims}))
        return ", ".join(self.origins.get(one, one) for one in side["origins"])

    def at(self, record: dict[str, Any]) -> str:
        return f"{self._open.items[record['doc']].unit}:{record['start']}-{record['end']}"


def _document(_: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    stamp = row["published"]["value"] if row["published"] else None
    if stamp is None and row["dated"]:
        stamp = f"{row['dated']['earliest']} to {row['dated']['latest']} (inferred)"
    where = row["path"] if row["line"] is None else f"{row['path']}#{row['line']}"
    about = [
        row["outlet"],
        stamp or "undated",
        row["language"] or "language unknown",
        ", ".join(row["agencies"]),
    ]
    return f"{row['id']}  {where}", [row["title"] or "(no title)", " · ".join(one for one in about if one)]


def _quote(lister: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    said = row["speaker"]["exact"] if row["speaker"] else "speaker unknown"
    name = lister.names.get(row["entity"] or "")
    who = f"{said} = {name}" if name and name != said else said
    head = f"{row['id']}  {who}: {row['stance']}, {row['form']}, {row['distance']}"
    details = [" … ".join(one["exact"] for one in row["pieces"])]
    if row["addressee"]:
        details.append(f"to {row['addressee']['exact']}")
    if row["reported_by"]:
        details.append(f"passed on by {', '.join(one['exact'] for one in row['reported_by'])}")
    if row["inside"]:
        details.append(f"inside {row['inside']}")
    return head, [*details, lister.at(row)]


def _claim(lister: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    voice = f"in quote {row['quote']}" if row["quote"] else "the outlet's own voice"
    return f"{row['id']}  {row['polarity']}, {row['modality']}, {voice}", [row["exact"], lister.at(row)]


def _finding(lister: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    details = []
    for side in row["sides"]:
        details.append(f"- {side['position']}  [{lister.whose(row['kind'], side)}]")
        for claim in side["claims"][:3]:
            if claim in lister.claims:
                details.append(f"    {claim}: {lister.claims[claim]['exact'][:200]}")
    return f"{row['id']}  {row['question']}  ({row['kind']}, {row['status']})", details


def _entity(_: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    return f"{row['id']}  {row['name']} ({row['kind']})", [", ".join(name["text"] for name in row["names"])]


def _place(lister: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    where = f"{row['lat']:.4f}, {row['lon']:.4f} ± {row['precision_km']:g} km"
    region = ", ".join(one for one in (row["admin1"], row["country"]) if one)
    return f"{row['entity']}  {row['name']}", [f"{where} · {region} · {row['gazetteer_id']}"]


def _entry(_: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    when = f"{row['earliest'] or '…'} to {row['latest'] or '…'}" + (" (inferred)" if row["inferred"] else "")
    return f"{row['id']}  {when}  {row['modality']}", [row["text"]]


def _line(_: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    return f"{row['id']}  {row['section']}, {row['verdict']}", [row["text"]]


def _copy(lister: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    version = ", versions of one article" if row["version"] else ""
    head = f"{row['id']}  {row['kind']}{version}, {row['share']:.0%} of word triples, direction {row['direction']}"
    return head, [f"{lister.at(row[side])}: {row[side]['exact'][:160]}" for side in ("earlier", "later")]


def _story(lister: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    return f"{row['id']}  {row['title']}", [f"{len(row['docs'])} documents"]


def _problem(_: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    return f"{row['unit']}  {row['kind']}", [row["message"]]


def _origin(_: _Lister, row: dict[str, Any]) -> tuple[str, list[str]]:
    return f"{row['id']}  {row['name']} ({row['kind']})", [f"{len(row['docs'])} documents"]


LISTINGS: dict[str, Callable[[_Lister, dict[str, Any]], tuple[str, list[str]]]] = {
    "documents": _document,
    "stories": _story,
    "quotes": _quote,
    "claims": _claim,
    "findings": _finding,
    "disputes": _finding,
    "entities": _entity,
    "places": _place,
    "timeline": _entry,
    "brief": _line,
    "copies": _copy,
    "origins": _origin,
    "problems": _problem,
}
"""What can be listed, and how a record becomes lines."""
