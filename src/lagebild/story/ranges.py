"""First and last day on which a document can have been written: as it states, or as far as one named day tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lagebild.model.account import Reason
from lagebild.model.span import Span
from lagebild.model.story import Anchor
from lagebild.story.text_days import TextDays

__all__ = ["DayRange", "days_apart", "first_told", "loose_range", "named_reason", "stated_range"]


@dataclass(frozen=True)
class DayRange:
    """First and last day on which a document can have been written, with what says so."""

    first: date
    last: date
    source: Anchor
    at: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    name: str
    begins: date | None = None  # the first past day it names by weekday: what it tells of had happened then


def stated_range(text: TextDays) -> DayRange | None:
    """The day of a stamp that is precise to the day."""
    if text.stated is None or not text.stated_to_day:
        return None
    reason = Reason("stated", 1.0, "the document states its day")
    return DayRange(*text.stated, "published", text.stated_at, (reason,), text.name)


def loose_range(text: TextDays) -> DayRange | None:
    """What is left for a document that nothing dates to a week: its stated month, or not before a day it names."""
    after = text.named[-1] if text.named else None
    if text.stated is not None:
        first, last = text.stated
        reasons = [Reason("stated_month", 1.0, "the document states no more than this")]
        if after is not None and first < after[0] <= last:
            return DayRange(
                after[0],
                last,
                "published",
                (*text.stated_at, after[1]),
                (*reasons, named_reason(after[0])),
                text.name,
            )
        return DayRange(first, last, "published", text.stated_at, tuple(reasons), text.name)
    if after is None or not text.core:
        return None
    return DayRange(
        after[0], date.max - timedelta(days=1), "text", (after[1],), (named_reason(after[0]),), text.name
    )


def named_reason(day: date) -> Reason:
    """Why a document is not older than a day it names."""
    return Reason("names_day", None, "written on or after a day that it names as past", day.isoformat())


def first_told(text: TextDays, made: DayRange) -> date | None:
    """The first past day named by weekday, where the whole range gives the same one."""
    past = [mention for mention in text.mentions if mention.sure and not mention.before]
    days = [day for mention in past if (day := mention.day(made.first)) == mention.day(made.last)]
    return min(days, default=None)


def days_apart(day: date, made: DayRange) -> int:
    """Days between a day and the nearest one of a range; 0 inside."""
    return max((made.first - day).days, (day - made.last).days, 0)
