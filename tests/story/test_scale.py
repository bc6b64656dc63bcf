"""Days weighed by what speaks against them."""

from __future__ import annotations

from datetime import date

from lagebild.model.account import Reason
from lagebild.model.story import Anchor
from lagebild.story.scale import Scale, outcome

DAYS = [date(2025, 6, day) for day in range(2, 6)]


def scale_of(*losses: tuple[str, Anchor, dict[date, float]]) -> Scale:
    scale = Scale(dict.fromkeys(DAYS, 0.0))
    for name, source, against in losses:
        scale.lay(1.0, source, Reason(name), (), against)
    return scale


def test_days_not_clearly_worse_than_the_best_stay() -> None:
    made = outcome(scale_of(("same_day_elsewhere", "story", {DAYS[0]: 3.0, DAYS[3]: 1.0})), "a")
    assert made is not None
    assert (made.first, made.last, made.source) == (DAYS[1], DAYS[3], "story")


def test_a_weekday_alone_does_not_say_how_the_day_is_known() -> None:
    made = outcome(scale_of(("weekday_named", "text", {DAYS[0]: 3.0}), ("shared_passage", "copy", {})), "a")
    assert made is not None
    assert made.source == "copy"


def test_evidence_at_odds_dates_nothing() -> None:
    left, right = {DAYS[0]: 3.0, DAYS[1]: 3.0}, {DAYS[2]: 3.0, DAYS[3]: 3.0}
    assert (
        outcome(scale_of(("same_day_elsewhere", "story", left), ("weekday_of_named_day", "text", right)), "a")
        is None
    )
