"""The map as a picture."""

from __future__ import annotations

import pytest

from lagebild.model.pages import MapDot
from lagebild.render.geography import lines_in, towns_in
from lagebild.render.map import MapPicture, draw_map, kilometres
from lagebild.render.measure import text_width
from lagebild.textkit.shapes import Box


def dot(
    name: str, lat: float, lon: float, *, event: bool = True, planned: bool = False, km: float = 1.0
) -> MapDot:
    return MapDot(f"k{name}", name, "DE", lat, lon, km, event, planned, 2, (1, 2), 0, (), ())


def label_boxes(picture: MapPicture) -> list[tuple[float, float, float, float]]:
    boxes = []
    for spot in picture.spots:
        if spot.words:
            wide = text_width(spot.words, 12)
            left = spot.text_x - {"start": 0, "middle": wide / 2, "end": wide}[spot.anchor]
            boxes.append((left, spot.text_y - 11, left + wide, spot.text_y + 2))
    return boxes


def test_labels_do_not_collide() -> None:
    dots = [dot(f"Ort Nummer {n}", 50 + (n % 5) * 0.06, 9 + (n // 5) * 0.09) for n in range(20)]
    for picture in draw_map(dots):
        boxes = label_boxes(picture)
        assert len(boxes) >= 8
        for place, a in enumerate(boxes):
            for b in boxes[place + 1 :]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_places_at_one_point_share_a_spot() -> None:
    wide, _ = draw_map([dot("Stadt", 50, 9), dot("Rathaus", 50.0001, 9.0001), dot("Dorf", 50.3, 9.3)])
    assert [spot.words for spot in wide.spots] == ["Stadt, Rathaus", "Dorf"]


def test_far_places_that_are_only_named_lie_beyond_the_edge() -> None:
    wide, _ = draw_map([dot("Stadt", 50, 9), dot("Dorf", 50.2, 9.2), dot("Fernstadt", 40, -74, event=False)])
    assert [far.words.split(",")[0] for far in wide.beyond] == ["Fernstadt"]
    assert len(wide.spots) == 2


def test_planned_only_where_nothing_else_happened() -> None:
    wide, _ = draw_map([dot("A", 50, 9, planned=True), dot("B", 51, 9)])
    assert [spot.planned for spot in wide.spots] == [True, False]


def test_an_inexact_place_has_a_ring() -> None:
    wide, _ = draw_map([dot("A", 50, 9, km=20), dot("B", 50.4, 9)])
    assert wide.spots[0].ring > 20 or wide.spots[1].ring > 20


def test_no_places_no_map() -> None:
    assert draw_map([]) == ()


@pytest.mark.parametrize("spots", [[(0, 0)], [(89.9, 0)], [(-60, 179), (60, -179)], [(0, -180), (0, 180)]])
def test_odd_places_are_drawn(spots: list[tuple[float, float]]) -> None:
    assert len(draw_map([dot(f"P{n}", lat, lon) for n, (lat, lon) in enumerate(spots)])) == 2


def test_kilometres() -> None:
    assert kilometres(52.52, 13.405, 48.137, 11.575) == pytest.approx(504, abs=3)


def test_the_stored_lines_know_germany() -> None:
    box = Box(6, 47, 15, 55)
    assert sum(1 for _ in lines_in("province", box)) > 20
    assert sum(1 for _ in lines_in("border", box)) >= 5
    assert sum(1 for _ in lines_in("land", box)) >= 1


def test_contested_borders_stand_apart() -> None:
    kashmir, perekop, rhine = Box(74, 33, 77, 35), Box(33, 45.6, 35, 46.3), Box(7, 47.5, 8.5, 49)
    assert list(lines_in("disputed", kashmir))
    assert list(lines_in("disputed", perekop))
    assert not list(lines_in("border", perekop))
    assert not list(lines_in("disputed", rhine))


def test_lakes_and_towns() -> None:
    assert list(lines_in("lake", Box(8.8, 47.4, 9.8, 47.9)))
    towns = list(towns_in(Box(15, 47, 18, 49)))
    assert (towns[0].de, towns[0].en, towns[0].capital) == ("Wien", "Vienna", True)
    assert all(15 <= town.lon <= 18 for town in towns)
