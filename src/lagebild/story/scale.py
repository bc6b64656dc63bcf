"""The days on which a document may have been written, with the evidence that was laid on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lagebild.model.account import Reason
from lagebild.model.span import Span
from lagebild.model.story import Anchor
from lagebild.story.ranges import DayRange

__all__ = ["Evidence", "Scale", "outcome"]

_SPREAD = 1.5  # days within so much of the best day stay possible (a factor of four and a half)
_WIDEST = 7  # days an inferred interval may have
# From which loss on a day contradicts a tie, or lies too far from a document; a third of the evidence at odds is too much.
_CONTRADICTS, _TOO_FAR, _AT_ODDS = 0.5, 2.0, 0.34


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for some days: its weight, how it is known, what it speaks `against`."""

    weight: float
    source: Anchor
    reason: Reason
    at: tuple[Span, ...]
    against: Mapping[date, float]

    @property
    def anchors(self) -> bool:
        """True where it ties the document to the calendar; a weekday alone does not."""
        return self.reason.name not in ("weekday_named", "names_day", "looks_ahead_to")

    @property
    def contradicts(self) -> float:
        """The loss from which a day is at odds with this."""
        return _TOO_FAR if self.reason.name in ("like_document", "shared_passage") else _CONTRADICTS


@dataclass
class Scale:
    """The days weighed for a document, and the evidence that was laid on them."""

    scores: dict[date, float]
    evidence: list[Evidence] = field(default_factory=list)

    def lay(
        self,
        weight: float,
        source: Anchor,
        reason: Reason,
        at: tuple[Span, ...],
        against: Mapping[date, float],
    ) -> None:
        """Lowers days by what speaks against them, and notes why."""
        for day, loss in against.items():
            self.scores[day] -= loss
        self.evidence.append(Evidence(weight, source, reason, at, against))


def outcome(scale: Scale, name: str) -> DayRange | None:
    """The days that stay possible, with the heaviest evidence first; None where they span a week or evidence is at odds."""
    best = max(scale.scores.values())
    days = [day for day, score in sorted(scale.scores.items()) if score >= best - _SPREAD]
    first, last = days[0], days[-1]
    if (last - first).days + 1 > _WIDEST or _at_odds(scale, best):
        return None
    evidence = sorted(scale.evidence, key=lambda one: -one.weight)
    source: Anchor = next((one.source for one in evidence if one.anchors), "story")
    at = dict.fromkeys(place for one in evidence for place in one.at)
    reasons = dict.fromkeys(one.reason for one in evidence)
    return DayRange(first, last, source, tuple(at), tuple(reasons), name)


def _at_odds(scale: Scale, best: float) -> bool:
    """Whether even the best day has no clear majority of the evidence that ties it to the calendar."""
    day = min(found for found, score in scale.scores.items() if score == best)
    anchoring = [one for one in scale.evidence if one.anchors]
    against = sum(one.weight for one in anchoring if one.against.get(day, 0.0) >= one.contradicts)
    return against > _AT_ODDS * sum(one.weight for one in anchoring)
