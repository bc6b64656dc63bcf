"""When each document was written: as it states, or inferred from its own words and from the other documents of its story.

What a document does not state is weighed day by day. News names a weekday for the last or the next six days, mostly for the
day itself or the day before; so every weekday in a text speaks for some days and against others. Three things tie those weeks
to the calendar: a complete date in the text (or in an embedded post) that falls on a weekday the text names; the same weekday
with the same rare words in a document that is dated already; a passage shared with one. What is dated in one round dates
others in the next. Only after that is likeness to several dated documents weighed. All days that are not clearly worse than
the best make the interval; a document whose evidence leaves more than a week open is not dated.

Background documents state their own date but never date others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from lagebild.model.ids import content_id
from lagebild.model.lineage import CopyLink
from lagebild.model.story import Dateline, Signature, StoryMember
from lagebild.step import DocView, GroupView
from lagebild.story.ranges import DayRange, first_told, loose_range, stated_range
from lagebild.story.stories import alike_documents
from lagebild.story.text_days import DatelineTools, TextDays, read_days
from lagebild.story.ties import Ties
from lagebild.story.weighing import weighed
from lagebild.textkit.calendar import day_interval

__all__ = ["DatelineTools", "date_documents", "story_keys"]

_ROUNDS = 6
_PLACES = 6

Alike = Mapping[str, Sequence[tuple[str, float]]]


def story_keys(doc: DocView) -> Iterable[str]:
    """The story of a document; none for background documents too far off to belong."""
    return (member.story_id for member in doc.rows(StoryMember))


def date_documents(group: GroupView, tools: DatelineTools) -> Iterator[Dateline]:
    """One row for every document of a story that can be dated; no row for the others.

    A stamp precise to the day gives that day (`published`); a month gives its days unless something narrows it. Inferred
    days come with reasons and the places that carry them. A document that only names a past day is open towards later.
    """
    texts = {doc.id: read_days(doc, group.key, tools) for doc in group.docs}
    dated = {
        text.doc_id: replace(made, begins=first_told(text, made))
        for text in texts.values()
        if (made := stated_range(text))
    }
    links = [link for doc in group.docs for link in doc.rows(CopyLink)]
    ties = Ties(texts, links)
    _in_rounds(texts, dated, ties, {})
    _in_rounds(
        texts, dated, ties, alike_documents([row for doc in group.docs for row in doc.rows(Signature)])
    )
    for doc_id, text in texts.items():
        made = dated.get(doc_id) or loose_range(text)
        if made is not None:
            yield _dateline(doc_id, made, text)


def _dateline(doc_id: str, made: DayRange, text: TextDays) -> Dateline:
    whole = day_interval(made.first, made.last)
    latest = None if made.last == date.max - timedelta(days=1) else whole.latest
    return Dateline(
        content_id("dl", doc_id),
        doc_id,
        whole.earliest,
        latest,
        made.source,
        made.at[:_PLACES],
        made.reasons[:5],
    )


def _in_rounds(texts: Mapping[str, TextDays], dated: dict[str, DayRange], ties: Ties, alike: Alike) -> None:
    """Dates what can be dated, then what hangs on that, and so on; each round sees only what was dated before it."""
    open_ids = [doc_id for doc_id, text in texts.items() if text.core and doc_id not in dated]
    for _ in range(_ROUNDS):
        anchors = {doc_id: made for doc_id, made in dated.items() if texts[doc_id].core}
        found: dict[str, DayRange] = {}
        for doc_id in open_ids:
            made = weighed(texts[doc_id], anchors, ties, alike.get(doc_id, ()))
            if made is not None:
                found[doc_id] = replace(made, begins=first_told(texts[doc_id], made))
        if not found:
            return
        dated.update(found)
        open_ids = [
            doc_id
            for doc_id in texts
            if texts[doc_id].core
            and doc_id not in dated
            and not found.keys().isdisjoint(
                ties.linked(texts[doc_id]) | {other for other, _ in alike.get(doc_id, ())}
            )
        ]
