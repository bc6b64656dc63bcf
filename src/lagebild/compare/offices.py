"""Titles of office that cannot all be right, and words that are put into several mouths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lagebild.compare.asking import shortened
from lagebild.compare.assertions import Assertion, Pile, Report
from lagebild.lang.wording import Wording
from lagebild.model.identity import NameUse, Speaker
from lagebild.step import GroupView
from lagebild.textkit.normal import fold, words_of

__all__ = ["Attribution", "Title", "find_attributions", "find_title_clashes"]

_BESIDE = 60  # characters between a title and the name it belongs to
_LEAST_WORDS = 6  # shorter utterances may be made by two people


@dataclass(frozen=True)
class Title:
    """An office given to somebody: `former` says that it is past. `claim` is the claim in which the words stand."""

    entity_id: str
    office: str
    former: bool
    words: str
    claim: Assertion


@dataclass(frozen=True)
class Attribution:
    """Words in somebody's mouth."""

    speaker: str
    words: str
    claims: tuple[Assertion, ...]


def find_title_clashes(pile: Pile, group: GroupView) -> list[tuple[Title, ...]]:
    """Titles of one person, of which one is past and another not, or which nobody holds together.

    Only texts of the story's own time are held against each other: backgrounders may know somebody in another office.
    A title without a claim in its sentence is left out.
    """
    held: dict[str, list[Title]] = {}
    for view, report in zip(group.docs, pile.reports, strict=True):
        if report.wording is not None and not report.background:
            for title in _titles(view.rows(NameUse), report, report.wording):
                held.setdefault(title.entity_id, []).append(title)
    found = []
    for _, titles in sorted(held.items()):
        clash = _clash(titles)
        if clash:
            found.append(clash)
    return found


def _titles(uses: Iterable[NameUse], report: Report, wording: Wording) -> Iterator[Title]:
    for use in uses:
        entities = {report.linked[row] for row in use.mention_ids if row in report.linked}
        if use.kind != "PER" or len(entities) != 1:
            continue
        for role in use.roles:
            read = _office(role, wording)
            placed = _placed(role, use, report) if read else None
            if read and placed:
                yield Title(min(entities), read[0], read[1], placed[0], placed[1])


def _office(role: str, wording: Wording) -> tuple[str, bool] | None:
    """The class of an office and whether it is past: „US-Ex-Präsident“ is a president no more."""
    parts = [fold(part) for word in words_of(role) for part in word.split("-") if part]
    former = any(part.startswith(wording.former) for part in parts) if wording.former else False
    for part in reversed(parts):
        name = next(
            (
                wording.offices[t]
                for t in (part, part.removesuffix("in"), part.removesuffix("en"))
                if t in wording.offices
            ),
            None,
        )
        if name:
            return name, former
    return None


def _placed(role: str, use: NameUse, report: Report) -> tuple[str, Assertion] | None:
    """The words of title and name where they stand side by side, and the claim that holds them."""
    for mention in sorted(
        (report.mentions[r] for r in use.mention_ids if r in report.mentions), key=lambda m: m.start
    ):
        start = max(0, mention.start - _BESIDE - len(role))
        at = report.text.rfind(role, start, mention.start)
        end = mention.end
        if at < 0:
            at = report.text.find(role, mention.end, mention.end + _BESIDE + len(role))
            at, end = (mention.start, at + len(role)) if at >= 0 else (-1, end)
        claim = _around(report, mention.start) if at >= 0 else None
        if claim:
            return shortened(report.text[at:end]), claim
    return None


def _around(report: Report, at: int) -> Assertion | None:
    here = report.in_sentence(report.sentence_at(at))
    inside = [one for one in here if one.claim.start <= at < one.claim.end]
    return min(inside or here, key=lambda one: (one.claim.end - one.claim.start, one.order), default=None)


def _clash(titles: list[Title]) -> tuple[Title, ...]:
    """The titles of the first office over which texts differ; () where they agree."""
    for office in sorted({title.office for title in titles}):
        of_it = [title for title in titles if title.office == office]
        if len({title.former for title in of_it}) > 1:
            return tuple(of_it)
    current = [title for title in titles if not title.former]
    return tuple(current) if len({title.office for title in current}) > 1 else ()


def find_attributions(pile: Pile, group: GroupView) -> list[tuple[Attribution, ...]]:
    """The same literal words, six at least, which different texts put into the mouths of different known people."""
    said: dict[str, dict[str, list[Assertion]]] = {}
    for view, report in zip(group.docs, pile.reports, strict=True):
        who = {row.quote_id: row.entity_id for row in view.rows(Speaker) if row.entity_id}
        for one in report.assertions:
            quote = report.quotes.get(one.claim.quote_id or "")
            if quote is not None and quote.form == "direct" and quote.id in who:
                words = [
                    fold(w) for piece in quote.pieces for w in words_of(report.text[piece.start : piece.end])
                ]
                if len(words) >= _LEAST_WORDS:
                    said.setdefault(" ".join(words), {}).setdefault(str(who[quote.id]), []).append(one)
    found = []
    for uttered, mouths in sorted(said.items()):
        if len(mouths) > 1 and len({one.report.id for claims in mouths.values() for one in claims}) > 1:
            found.append(
                tuple(Attribution(who, uttered, tuple(claims)) for who, claims in sorted(mouths.items()))
            )
    return found
