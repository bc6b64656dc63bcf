"""What people ruled, as the steps of a case meet it: places found again by their words, names by their keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from lagebild.model.account import Reason
from lagebild.model.decision import Decision, Foothold, Ruling
from lagebild.model.identity import Entity, EntityForm, SpeakerKind
from lagebild.model.ids import content_id
from lagebild.model.marks import MentionKind
from lagebild.model.source import RawItem
from lagebild.model.speech import Quote
from lagebild.resolve.keys import form_key
from lagebild.step import CaseView, DocView

__all__ = [
    "file_rulings", "find_place", "foothold_at", "in_order", "instant", "own_rulings", "possible_keys", "quote_at", "ruled_keys", "ruling_reason",
]  # fmt: skip

_AROUND = 48
"""Characters of surroundings that are kept on either side: enough to tell apart what a report says twice."""

_LONG_ENOUGH = 24
"""Exact words of this length that stand once in a text are found without any of their surroundings; shorter ones are not."""

_KINDS: tuple[MentionKind, ...] = ("PER", "ORG", "LOC", "MISC")


def foothold_at(sha256: str, text: str, start: int, end: int) -> Foothold:
    """The foothold of characters `start` to `end` of a text."""
    return Foothold(
        sha256, text[start:end], text[max(0, start - _AROUND) : start], text[end : end + _AROUND], start
    )


def find_place(text: str, place: Foothold) -> tuple[int, int] | None:
    """Where the words of a foothold stand in a text of its source; None where they are gone or could stand in several places.

    The place itself, if nothing has moved; else the one place with the same words (white space may differ) whose surroundings
    agree on both sides, else on one; else the only place at all, for words of at least 24 characters.
    """
    start, end = place.start_hint, place.start_hint + len(place.exact)
    if not place.exact.strip():
        return None
    if text[start:end] == place.exact and _agreeing(text, start, end, place) == 2:
        return start, end
    spans = [match.span() for match in _loose(place.exact).finditer(text)]
    sides = [_agreeing(text, *span, place) for span in spans]
    for wanted in (2, 1):
        fits = [span for span, count in zip(spans, sides, strict=True) if count == wanted]
        if fits:
            return fits[0] if len(fits) == 1 else None
    return spans[0] if len(spans) == 1 and len(place.exact) >= _LONG_ENOUGH else None


def _loose(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()))


def _agreeing(text: str, start: int, end: int, place: Foothold) -> int:
    """On how many sides the surroundings are those of the foothold; an empty side agrees where nothing stands there."""
    before, after = " ".join(place.before.split()), " ".join(place.after.split())
    here_before = " ".join(text[max(0, start - 4 * _AROUND) : start].split())
    here_after = " ".join(text[end : end + 4 * _AROUND].split())
    left = here_before.endswith(before) if before else not here_before
    right = here_after.startswith(after) if after else not here_after
    return left + right


def quote_at(quotes: Iterable[Quote], start: int, end: int) -> Quote | None:
    """The quote that stands at a place: overlap at least half of the union, the best one; None where two are equally good."""
    ranked = sorted(((_overlap(quote, start, end), quote) for quote in quotes), key=lambda it: -it[0])
    if not ranked or ranked[0][0] < 0.5 or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]


def _overlap(quote: Quote, start: int, end: int) -> float:
    common = min(quote.end, end) - max(quote.start, start)
    return max(0, common) / max(1, max(quote.end, end) - min(quote.start, start))


def instant(at: str) -> datetime:
    """An ISO 8601 instant, UTC where it has no offset. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def in_order(decisions: Iterable[Decision], kinds: Collection[str]) -> list[Decision]:
    """Those of some kinds that are not withdrawn, the oldest first."""
    kept = [row for row in decisions if row.kind in kinds and row.withdrawn_at is None]
    return sorted(kept, key=lambda row: (instant(row.at), row.id))


def ruled_keys(name: str, key: str, known: Collection[str]) -> list[str]:
    """The form keys of the case that a ruling's name means: the key it was made for, else those of the name, of every kind."""
    if key and key in known:
        return [key]
    return [one for one in possible_keys(name) if one in known]


def possible_keys(name: str, key: str = "") -> list[str]:
    """The form keys under which a name can stand in a case."""
    return list(dict.fromkeys((*([key] if key else []), *(form_key(kind, name) for kind in _KINDS))))


def ruling_reason(decision: Decision | Ruling, score: float, left: str | None, right: str | None) -> Reason:
    """The reason that a person decided so: who, when, and under which id."""
    number = decision.id if isinstance(decision, Decision) else decision.decision_id
    return Reason("ruling", score, f"{decision.by}, {decision.at}, {number}", left, right)


def file_rulings(case: CaseView) -> Iterable[Ruling]:
    """A row for every decision on who speaks and every document of its source, with the entity that its name means in the case.

    Left out are withdrawn decisions and those on sources that are not in the case.
    """
    decisions = in_order(case.rows(Decision), ("speaker_is",))
    if not decisions:
        return
    wanted = {row.about[0].sha256 for row in decisions if row.about}
    documents: dict[str, list[str]] = {}
    for item in case.rows(RawItem):
        if item.sha256 in wanted:
            documents.setdefault(item.sha256, []).append(item.id)
    speakers = _speakers_named(case, decisions)
    for row in decisions:
        for doc_id in documents.get(row.about[0].sha256, ()) if row.about else ():
            entity_id, kind = speakers[row.id]
            yield Ruling(
                content_id("ru", row.id, doc_id), doc_id, row.id, row.about[0], row.values[0], entity_id, kind, row.by, row.at,
            )  # fmt: skip


def _speakers_named(
    case: CaseView, decisions: Sequence[Decision]
) -> dict[str, tuple[str | None, SpeakerKind | None]]:
    """Per decision the entity and what kind of speaker it is; (None, None) where the name means nobody or several."""
    possible = {key for row in decisions for key in possible_keys(row.values[0], _key(row))}
    forms = {
        row.key: row.entity_id
        for row in case.rows(EntityForm)
        if row.key in possible and row.entity_id is not None
    }
    kinds = {row.id: row.kind for row in case.rows(Entity) if row.id in set(forms.values())}
    found: dict[str, tuple[str | None, SpeakerKind | None]] = {}
    for row in decisions:
        meant = {forms[key] for key in ruled_keys(row.values[0], _key(row), forms)}
        if row.values[0] == "":
            found[row.id] = (None, "unknown")
        elif len(meant) == 1:
            entity_id = meant.pop()
            found[row.id] = (entity_id, "person" if kinds.get(entity_id) == "PER" else "organisation")
        else:
            found[row.id] = (None, None)
    return found


def _key(row: Decision) -> str:
    return row.values[1] if len(row.values) > 1 else ""


def own_rulings(doc: DocView) -> Iterator[str]:
    """The key under which the rulings on a document lie: its id."""
    yield doc.id
