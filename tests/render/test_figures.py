"""Charts of clashing figures."""

from __future__ import annotations

from dataclasses import replace

from lagebild.model.pages import FigureRow
from lagebild.render.figures import draw_dot, spread

ROW = FigureRow(None, "A", "person", False, 3, 3, None, "exact", "drei", "de", False, False, ())


def test_axis_holds_all_numbers_with_round_ticks() -> None:
    axis = spread([replace(ROW, low=3800, high=3800), replace(ROW, low=5000, high=None)])
    assert axis.low <= 3800
    assert axis.high >= 5000
    assert all(tick % 100 == 0 for tick in axis.ticks)
    assert 3 <= len(axis.ticks) <= 8


def test_whole_numbers_get_whole_ticks() -> None:
    assert all(tick == int(tick) for tick in spread([replace(ROW, low=2, high=2), ROW]).ticks)
    near = spread([replace(ROW, low=23, high=23), replace(ROW, low=31, high=None)])
    assert all(tick == int(tick) for tick in near.ticks)


def test_axis_of_one_number_or_none() -> None:
    assert len(spread([ROW]).ticks) > 1
    assert len(spread([]).ticks) > 1
    assert len(spread([replace(ROW, low=0, high=0)]).ticks) > 1


def test_hedges_have_their_own_look() -> None:
    axis = spread([ROW, replace(ROW, low=9, high=9)])
    looks = {
        "exact": draw_dot(ROW, axis).look,
        "about": draw_dot(replace(ROW, hedge="about"), axis).look,
        "at_least": draw_dot(replace(ROW, high=None, hedge="at_least"), axis).look,
        "less_than": draw_dot(replace(ROW, low=None, hedge="less_than"), axis).look,
        "at_most": draw_dot(replace(ROW, low=None, hedge="at_most"), axis).look,
    }
    assert looks == {
        "exact": "exact",
        "about": "around",
        "at_least": "up",
        "less_than": "under",
        "at_most": "down",
    }


def test_doubt_outranks_being_the_latest() -> None:
    axis = spread([ROW])
    assert draw_dot(replace(ROW, latest=True), axis).kind == "cur"
    assert draw_dot(replace(ROW, latest=True, headline=True), axis).kind == "weak"
    assert draw_dot(replace(ROW, latest=True, kind="anonymous"), axis).kind == "anon"


def test_ranges_say_both_ends() -> None:
    dot = draw_dot(replace(ROW, low=2, high=4.5), spread([replace(ROW, low=2, high=4.5)]))
    assert dot.words == "2–4.5"
    assert dot.until is not None
    assert dot.until > dot.x
