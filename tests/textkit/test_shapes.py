"""Lines and rings: thinned, cut, unwrapped, looked through for crossings."""

from __future__ import annotations

from math import cos, pi, sin

import pytest

from lagebild.textkit.shapes import Box, clip_line, clip_ring, crossing, thinned, unwrapped


def test_rings_and_lines_are_cut_at_the_box() -> None:
    box = Box(0, 0, 10, 10)
    ring = clip_ring([(-5, -5), (15, -5), (15, 15), (-5, 15)], box)
    assert {(0, 0), (10, 0), (10, 10), (0, 10)} == set(ring)
    assert list(clip_line([(-2, 1), (1, 1), (2, 2), (20, 2), (30, 2)], box)) == [
        [(-2, 1), (1, 1), (2, 2), (20, 2)]
    ]
    assert clip_ring([(20, 20), (30, 20), (30, 30)], box) == []


def test_thinned_keeps_what_stands_out() -> None:
    line = [(float(x), 0.01 * (x % 2)) for x in range(100)]
    line[50] = (50.0, 5.0)
    assert thinned(line, 0.1) == [(0.0, 0.0), (49.0, 0.01), (50.0, 5.0), (51.0, 0.01), (99.0, 0.01)]
    assert thinned(line[:2], 0.1) == line[:2]


def test_thinning_a_spiral_ends() -> None:
    spiral = [(cos(t / 50) * t, sin(t / 50) * t) for t in range(30_000)]
    assert len(thinned(spiral, 0.5)) > 100


def test_a_ring_over_the_date_line_is_given_on_both_sides() -> None:
    ring = [(179.0, 10.0), (-179.0, 10.0), (-179.0, 12.0), (179.0, 12.0), (179.0, 10.0)]
    east, west = unwrapped(ring)
    assert [x for x, _ in east] == [179.0, 181.0, 181.0, 179.0, 179.0]
    assert [x for x, _ in west] == [-181.0, -179.0, -179.0, -181.0, -181.0]
    assert unwrapped([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]) == [
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]
    ]


def test_a_ring_around_a_pole_stays() -> None:
    ring = [(float(x), 80.0) for x in range(-180, 181, 10)]
    assert unwrapped(ring) == [ring]


def test_a_crossing_is_found() -> None:
    assert crossing([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]) == pytest.approx((1, 1))
    assert crossing([(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]) is None
    circle = [(cos(2 * pi * t / 5000), sin(2 * pi * t / 5000)) for t in range(5001)]
    assert crossing(circle) is None


def test_a_hostile_ring_does_not_take_for_ever() -> None:
    star = [(cos(2 * pi * t * 0.381966), sin(2 * pi * t * 0.381966)) for t in range(15_000)]
    crossing([*star, star[0]])
