"""One part of the page: a story with its texts in order and the letters of its origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from lagebild.brief.passages import Text, texts_of
from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.model.document import Masthead
from lagebild.model.dossier import Dossier, OriginMark
from lagebild.model.finding import Origin
from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyLink
from lagebild.model.story import Dateline, Story
from lagebild.settings import Settings
from lagebild.step import GroupView

__all__ = ["DossierTools", "bind_dossier"]

_OWN_KINDS = ("agency", "outlet")


@dataclass(frozen=True)
class DossierTools:
    """Nothing but the data files."""

    @classmethod
    def load(cls, settings: Settings) -> DossierTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest(*TERM_FILES, "roles", "brief")


def bind_dossier(group: GroupView, tools: DossierTools) -> Iterable[Dossier]:
    """The dossier of a story: title, the time up to which it tells, texts by time then path, a letter for each origin of texts.

    The letter of a text is that of the origin behind most of what it says in its own voice, so that copies and texts of one agency
    share a letter; the first text of a letter is the one from which the others were copied where that is known, else the oldest.
    A text without a claim of its own has no letter. `as_of` is the latest known date of a text, cut at its precision; None
    where none is dated.
    """
    texts = texts_of(group)
    story = next(iter(group.look_up(Story, group.key)), None)
    origins = {origin.id: origin for origin in group.look_up(Origin, group.key)}
    marks = tuple(_marks(texts, origins, _copied(group)))
    title = story.title if story and story.title else texts[0].path
    title_at = story.at[0] if story and story.at else None
    yield Dossier(
        content_id("do", group.key),
        group.key,
        title,
        title_at,
        _as_of(texts),
        tuple(t.id for t in texts),
        marks,
    )


def _copied(group: GroupView) -> dict[str, int]:
    """How often a text is the later side of a copy whose direction is known or guessed."""
    links = [link for doc in group.docs for link in doc.rows(CopyLink) if link.direction != "unknown"]
    return Counter(link.later.doc_id for link in links)


def _marks(texts: list[Text], origins: dict[str, Origin], copied: dict[str, int]) -> Iterator[OriginMark]:
    """Letters in the order of the first text of each origin."""
    by_origin: dict[str, list[Text]] = {}
    for text in texts:
        main = _main_origin(text, origins)
        if main:
            by_origin.setdefault(main, []).append(text)
    for letter, (origin_id, members) in zip(_letters(), by_origin.items(), strict=False):
        first = sorted(members, key=lambda t: (copied.get(t.id, 0) > 0, not _is_credited(t), t.order))
        yield OriginMark(letter, origin_id, tuple(text.id for text in first))


def _is_credited(text: Text) -> bool:
    masthead: Masthead | None = text.masthead
    return bool(masthead and masthead.agencies)


def _main_origin(text: Text, origins: dict[str, Origin]) -> str | None:
    """The origin behind most of the claims in the text's own voice."""
    own = (o for claim in text.claims if claim.quote_id is None for o in text.origins.get(claim.id, ()))
    counts = Counter(o for o in own if o in origins and origins[o].kind in _OWN_KINDS)
    return min(counts, key=lambda o: (-counts[o], o)) if counts else None


def _letters() -> Iterator[str]:
    """A, B, … Z, AA, AB, …"""
    for number in count():
        letters, rest = "", number
        while rest >= 0:
            letters, rest = chr(65 + rest % 26) + letters, rest // 26 - 1
        yield letters


def _as_of(texts: list[Text]) -> str | None:
    dated: list[Dateline] = [
        text.dated for text in texts if text.dated and (text.dated.earliest or text.dated.latest)
    ]
    if not dated:
        return None
    last = max(dated, key=lambda row: (row.earliest or row.latest or "", row.latest or "", row.id))
    if not last.earliest or not last.latest:
        return (last.earliest or last.latest or "")[:10]
    width = datetime.fromisoformat(last.latest) - datetime.fromisoformat(last.earliest)
    return last.earliest[:16] if width < timedelta(days=1) else last.earliest[:10]
