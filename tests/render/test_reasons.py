"""Reasons in words."""

from __future__ import annotations

from lagebild.model.account import Reason
from lagebild.render.reasons import reason_lines


def test_gaps_are_filled_and_days_are_words() -> None:
    reason = Reason("like_document", 0.3, "tells of the same things", "2025-03-14", "2025-03-14")
    assert reason_lines([reason], "de") == [
        "erzählt dasselbe wie ein anderer Text, geschrieben: Fr, 14.\u00a0März\u00a02025"
    ]
    assert reason_lines([reason], "en") == [
        "tells the same as another text, written: Fri 14\u00a0March\u00a02025"
    ]


def test_a_gap_without_value_is_left_out() -> None:
    assert reason_lines([Reason("like_document")], "en") == ["tells the same as another text, written"]


def test_weekdays_by_number() -> None:
    assert reason_lines([Reason("weekday_named", None, "x", "5")], "de") == ["nennt den Wochentag: Freitag"]


def test_names_without_label_stay_as_they_are() -> None:
    assert reason_lines([Reason("odd_thing", None, "said so."), Reason("odd_thing", None, None, "a", "b")], "de") == [
        "said so", "odd thing: a – b",
    ]  # fmt: skip


def test_each_wording_once() -> None:
    assert len(reason_lines([Reason("own_voice"), Reason("own_voice", 0.2, "x")], "de")) == 1


def test_long_words_are_cut_between_two_words() -> None:
    reason = Reason("denial_of_content", None, None, "Deich " * 40, "kurz")
    (line,) = reason_lines([reason], "de")
    assert "Deich …“ gegen „kurz“" in line
    assert len(line) < 200
