"""What speaks for and against each day on which a document may have been written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from lagebild.model.account import Reason
from lagebild.model.lineage import CopyLink
from lagebild.model.span import Span
from lagebild.story.ranges import DayRange, days_apart, named_reason
from lagebild.story.scale import Scale, outcome
from lagebild.story.text_days import Mention, TextDays, day_or_none
from lagebild.story.ties import TIE_COPIED, Tie, Ties

__all__ = ["weighed"]

# How far back (ahead) news names a weekday: log-likelihoods by days between, set by hand from newspaper habit: a bare
# weekday six days ago is rare. To be re-measured with gold/story.
_BACK = (0.0, -0.1, -0.7, -1.2, -1.8, -2.5, -3.0)
_AHEAD = (-0.5, 0.0, -0.2, -0.4, -0.6, -1.0, -1.5)
_MENTIONS = 3  # a weekday named more often counts no more than this
_NAMED_DAY = 3.0  # against a day on which a weekday would not be the named date it falls on
_TIE_MOST = 6.0  # of all ties to one date
_FAR_FROM_NAMED = 0.15  # a day, after the latest day the text names
_FAR_FROM_COPY = 0.5  # a day, from a document with a shared passage
_FAR_FROM_ALIKE, _FAR_FROM_VERY_ALIKE, _VERY_ALIKE = 0.25, 0.5, 0.35
_BEFORE_BEGIN, _TELLS_OF_BEFORE = 1.0, 0.75  # against days before what an alike document tells of
_AFTER_AHEAD = 2.0  # against days after a date the text looks ahead to
_ALIKE_DOCUMENTS, _ALIKE_AT_LEAST = 3, 2
_REACH = 9  # days after a named day that are weighed


def weighed(
    text: TextDays, anchors: Mapping[str, DayRange], ties: Ties, alike: Sequence[tuple[str, float]]
) -> DayRange | None:
    """The days that stay possible for a document, from `anchors` that are dated, with what speaks for them.

    `alike` names documents with their likeness, nearest first. None where nothing ties it to the calendar, where more than a
    week stays open, or where the evidence is at odds.
    """
    near = [(other, score) for other, score in alike if other in anchors][:_ALIKE_DOCUMENTS]
    copies = [
        (other, link) for other, link in sorted(ties.copies.get(text.doc_id, {}).items()) if other in anchors
    ]
    tied = list(ties.of(text, anchors))
    named = _with_years(text, [anchors[other] for other, _ in [*near, *copies]])
    weekdays = {mention.weekday for mention in text.mentions if not mention.ahead and mention.week is None}
    fitting = _fitting(text, named, [anchors[other] for other, _ in [*copies, *near]])
    # One document like this one may be months older; two make the week of the story, or one within the stated month.
    enough = len(near) >= (1 if text.stated else _ALIKE_AT_LEAST)
    if not (tied or copies or fitting or (weekdays and enough)):
        return None
    days = _candidates(
        text,
        named,
        fitting,
        [tie.day - timedelta(days=7 * (tie.own.week or 0)) for tie in tied],
        [anchors[o] for o, _ in [*near, *copies]],
    )
    if not days:
        return None
    scale = Scale(dict.fromkeys(days, 0.0))
    _lay_named(scale, text, named, fitting)
    _lay_ties(scale, tied, anchors)
    _lay_copies(scale, copies, anchors, text)
    _lay_alike(scale, near, anchors, text)
    _lay_weekdays(scale, text)
    return outcome(scale, text.name)


def _with_years(text: TextDays, near: Sequence[DayRange]) -> list[tuple[date, Span]]:
    """Past days the text names; those without a year in the year that brings them nearest to the documents beside it."""
    named = list(text.named)
    around = text.stated[0] if text.stated else (near[0].first if near else (named[-1][0] if named else None))
    for month, day, place in text.partial if around else ():
        years = (around.year - 1, around.year, around.year + 1) if around else ()
        days = [found for year in years if (found := day_or_none(year, month, day))]
        if days and around:
            named.append((min(days, key=lambda found: (abs((found - around).days), found)), place))
    return sorted(named, key=lambda pair: (pair[0], pair[1]))


def _fitting(
    text: TextDays, named: Sequence[tuple[date, Span]], near: Sequence[DayRange]
) -> list[tuple[date, Span]]:
    """Named days on a weekday that the text names as past: they tie its week to the calendar.

    One in seven dates falls on such a weekday by chance. So a day far from the documents beside this one ties nothing; where
    there are no such documents, only a day in a post, or one named with its weekday, does.
    """
    weekdays = {mention.weekday for mention in text.mentions if mention.sure}
    return [
        (day, place)
        for day, place in named
        if day.isoweekday() in weekdays
        and (any(days_apart(day, made) <= _REACH for made in near) if near else day in text.sure_days)
        and (text.stated is None or (text.stated[0] - day).days <= _REACH)
    ]


def _candidates(
    text: TextDays,
    named: Sequence[tuple[date, Span]],
    fitting: Sequence[tuple[date, Span]],
    tied: Sequence[date],
    near: Sequence[DayRange],
) -> list[date]:
    """The days to be weighed: around what anchors the document, within its stated month, not before a day it names."""
    days: set[date] = set()
    for day, _ in fitting[-2:]:
        days.update(day + timedelta(days=step) for step in range(_REACH + 1))
    for day in tied:
        days.update(day + timedelta(days=step) for step in range(-6, 7))
    for made in near:
        days.update(
            made.first + timedelta(days=step)
            for step in range(-_REACH, (made.last - made.first).days + _REACH + 1)
        )
    if text.stated is not None:
        days = {day for day in days if text.stated[0] <= day <= text.stated[1]}
    latest = named[-1][0] if named else date.min
    return sorted(day for day in days if day >= latest)


def _lay_named(
    scale: Scale, text: TextDays, named: Sequence[tuple[date, Span]], fitting: Sequence[tuple[date, Span]]
) -> None:
    for day, place in fitting[-1:]:
        own = next(m for m in text.mentions if m.weekday == day.isoweekday() and m.sure)
        against = {t: _NAMED_DAY for t in scale.scores if own.day(t) != day}
        detail = "the text names this date, and the weekday it falls on"
        scale.lay(
            3.0,
            "text",
            Reason("weekday_of_named_day", None, detail, day.isoformat()),
            (place, own.at),
            against,
        )
    if named:
        day, place = named[-1]
        against = {t: min(_FAR_FROM_NAMED * (t - day).days, 3.0) for t in scale.scores}
        scale.lay(0.5, "text", named_reason(day), (place,), against)
    for day, place in text.ahead[:3]:
        against = {t: _AFTER_AHEAD for t in scale.scores if t > day}
        scale.lay(0.2, "text", Reason("looks_ahead_to", None, None, day.isoformat()), (place,), against)


def _lay_ties(scale: Scale, tied: Sequence[Tie], anchors: Mapping[str, DayRange]) -> None:
    """A tie speaks against days from which the weekday would be another date; all ties of a date together have a limit."""
    laid: dict[tuple[int, date], float] = defaultdict(float)
    for tie in sorted(tied, key=lambda tie: (-tie.strength, -len(tie.words), tie.other.at, tie.own.at)):
        key = (tie.own.weekday, tie.day)
        weight = min(tie.strength / 2 if tie.own.loose else tie.strength, _TIE_MOST - laid[key])
        if weight <= 0:
            continue
        laid[key] += weight
        against = {t: weight for t in scale.scores if tie.own.day(t) != tie.day}
        copied = tie.strength == TIE_COPIED
        shared = "in a shared passage" if copied else "both with " + ", ".join(sorted(tie.words)[:4])
        made = anchors[tie.other.at.doc_id]
        detail = f"the same weekday in {made.name}, {shared}"
        reason = Reason("same_day_elsewhere", None, detail, tie.day.isoformat())
        places = (tie.own.at, tie.other.at, *made.at[:1])
        scale.lay(weight, "copy" if copied else "story", reason, places, against)


def _lay_copies(
    scale: Scale, copies: Sequence[tuple[str, CopyLink]], anchors: Mapping[str, DayRange], text: TextDays
) -> None:
    for other, link in copies[:_ALIKE_DOCUMENTS]:
        made = anchors[other]
        against = {t: _FAR_FROM_COPY * min(days_apart(t, made), 8) for t in scale.scores}
        own, theirs = (
            (link.later, link.earlier) if link.later.doc_id == text.doc_id else (link.earlier, link.later)
        )
        detail = f"shares a passage with {made.name}, written then"
        reason = Reason(
            "shared_passage", round(link.share, 3), detail, made.first.isoformat(), made.last.isoformat()
        )
        scale.lay(1.5, "copy", reason, (own, theirs, *made.at[:1]), against)


def _lay_alike(
    scale: Scale, near: Sequence[tuple[str, float]], anchors: Mapping[str, DayRange], text: TextDays
) -> None:
    for other, score in near:
        made = anchors[other]
        loss = _FAR_FROM_VERY_ALIKE if score >= _VERY_ALIKE else _FAR_FROM_ALIKE
        against = {t: loss * min(days_apart(t, made), 12) + _too_early(t, made, text) for t in scale.scores}
        detail = f"tells of the same things as {made.name}, written then"
        reason = Reason(
            "like_document", round(score, 3), detail, made.first.isoformat(), made.last.isoformat()
        )
        scale.lay(1.0, "story", reason, made.at[:2], against)


def _too_early(day: date, made: DayRange, text: TextDays) -> float:
    """What speaks against having told of the same things before they happened, or of days before them."""
    if made.begins is None:
        return 0.0
    past = [mention for mention in text.mentions if mention.sure]
    before = any(mention.day(day) < made.begins for mention in past)
    return (_BEFORE_BEGIN if day < made.begins else 0.0) + (_TELLS_OF_BEFORE if before else 0.0)


def _lay_weekdays(scale: Scale, text: TextDays) -> None:
    counts: dict[tuple[int, bool, bool, bool], list[Mention]] = defaultdict(list)
    for mention in text.mentions:
        if mention.week is not None:  # names a week, no habit shows in it
            continue
        counts[mention.weekday, mention.ahead, mention.before, mention.loose].append(mention)
    for _, found in sorted(counts.items()):
        mention = found[0]
        weight = min(len(found), _MENTIONS) * (0.5 if mention.before else 1.0)
        against = {t: -weight * _habit(mention, t) for t in scale.scores}
        word = "names this weekday as to come" if mention.ahead else "names this weekday as past"
        detail = "names this weekday" if mention.loose else word
        reason = Reason("weekday_named", None, detail, str(mention.weekday))
        scale.lay(0.3 * weight, "text", reason, (mention.at,), against)


def _habit(mention: Mention, written: date) -> float:
    """How usual it is to name the weekday on that day; the more usual way where the clause does not show which."""
    back = _BACK[min(abs((mention.day(written) - written).days), 6)]
    ahead = _AHEAD[(mention.weekday - written.isoweekday()) % 7]
    if mention.ahead:
        return ahead
    return max(back, ahead) if mention.loose else back
