"""Layers for the map: what is read, and what is refused with words that help."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lagebild.errors import InputError, UsageError
from lagebild.ingest import layers as module
from lagebild.ingest.layers import read_layers

SQUARE = [[[8.0, 50.0], [9.0, 50.0], [9.0, 51.0], [8.0, 51.0], [8.0, 50.0]]]


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": SQUARE} if geometry is None else geometry,
    }


def collection(*features: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def write(folder: Path, name: str, content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / name).write_text(text, encoding="utf-8")
    return f"lage={folder / name}"


def test_a_file_with_its_day_in_the_name(tmp_path: Path) -> None:
    found = read_layers(
        [write(tmp_path, "held_20250312.geojson", collection(feature()))], {"lage": "Karte X"}
    )
    (layer,) = found.layers
    assert (layer.name, layer.file, layer.day, layer.attribution) == (
        "lage", "held_20250312.geojson", "2025-03-12", "Karte X",
    )  # fmt: skip
    (shape,) = layer.shapes
    assert (shape.kind, len(shape.rings)) == ("area", 1)
    assert shape.rings[0][:2] == (8.0, 50.0)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2025-03-12.geojson", "2025-03-12"),
        ("a_2025_03_12_b.json", "2025-03-12"),
        ("a_20251399.geojson", None),
        ("v12345678901.geojson", None),
        ("a.geojson", None),
    ],
)
def test_days_of_names(tmp_path: Path, name: str, day: str | None) -> None:
    (layer,) = read_layers([write(tmp_path, name, collection(feature()))]).layers
    assert layer.day == day


def test_days_and_credit_of_properties(tmp_path: Path) -> None:
    content = collection(
        feature(date="2025-03-12T08:00:00Z"), feature(date="2025-03-13"), attribution="Example Map"
    )
    found = read_layers([write(tmp_path, "a.geojson", content)])
    assert [layer.day for layer in found.layers] == ["2025-03-12", "2025-03-13"]
    assert {layer.attribution for layer in found.layers} == {"Example Map"}
    assert len({layer.id for layer in found.layers}) == 2


def test_a_layer_without_a_day_is_told(tmp_path: Path) -> None:
    found = read_layers([write(tmp_path, "a.geojson", collection(feature()))])
    assert found.layers[0].day is None
    assert "for all days" in found.notes[0]


def test_folders_and_patterns(tmp_path: Path) -> None:
    for day in ("20250313", "20250312"):
        write(tmp_path, f"x_{day}.geojson", collection(feature()))
    for given in (f"lage={tmp_path}", f"lage={tmp_path}/*.geojson"):
        assert [layer.day for layer in read_layers([given]).layers] == ["2025-03-12", "2025-03-13"]


def test_all_kinds_of_geometry(tmp_path: Path) -> None:
    geometries = [
        {"type": "Point", "coordinates": [8, 50, 120]},
        {"type": "MultiPoint", "coordinates": [[8, 50], [9, 51]]},
        {"type": "LineString", "coordinates": [[8, 50], [9, 51]]},
        {"type": "MultiLineString", "coordinates": [[[8, 50], [9, 51]]]},
        {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [8, 50]}]},
        None,
    ]
    content = collection(*(feature({}) | {"geometry": one} for one in geometries))
    (layer,) = read_layers([write(tmp_path, "2025-03-12.geojson", content)]).layers
    assert [shape.kind for shape in layer.shapes] == ["point"] * 3 + ["line"] * 2 + ["area"] * 2 + ["point"]


def test_over_the_date_line(tmp_path: Path) -> None:
    ring = [[179.0, 10.0], [-179.0, 10.0], [-179.0, 12.0], [179.0, 12.0], [179.0, 10.0]]
    content = collection(feature({"type": "Polygon", "coordinates": [ring]}))
    (layer,) = read_layers([write(tmp_path, "2025-03-12.geojson", content)]).layers
    lons = [lon for shape in layer.shapes for one in shape.rings for lon in one[::2]]
    assert len(layer.shapes) == 2
    assert all(-180 <= lon <= 180 for lon in lons)
    assert not any(-178.9 < lon < 178.9 for lon in lons)


def test_a_ring_that_crosses_itself_is_drawn_and_told(tmp_path: Path) -> None:
    bow = [[[8.0, 50.0], [9.0, 51.0], [9.0, 50.0], [8.0, 51.0], [8.0, 50.0]]]
    content = collection(feature({"type": "Polygon", "coordinates": bow}))
    found = read_layers([write(tmp_path, "2025-03-12.geojson", content)])
    assert found.layers[0].shapes
    assert "crosses itself at 8.5" in found.notes[0]
    assert "feature 1" in found.notes[0]


DEEP = '{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[1, 2", "no JSON"),
        ('{"type": "Point", "coordinates": [NaN, 2]}', "NaN"),
        (DEEP, "nested too deeply"),
        ("[]", "no GeoJSON object"),
        ({"type": "Topology"}, "'Topology'"),
        ({"type": "FeatureCollection", "features": {}}, "no list"),
        ({"type": "FeatureCollection", "features": [3]}, "feature 1: is no object"),
        (collection(feature(), feature([1])), "feature 2: its geometry is no object"),
        (collection(feature({"type": "Circle"})), "'Circle'"),
        (collection(feature({"type": "Polygon", "coordinates": [[[8, 50], [9, 50]]]})), "2 positions, at least 4"),
        (collection(feature({"type": "Polygon", "coordinates": "x"})), "not nested"),
        (collection(feature({"type": "Point", "coordinates": ["8", "50"]})), "is no position"),
        (collection(feature({"type": "Point", "coordinates": [True, 50]})), "is no position"),
        (collection(feature({"type": "Point", "coordinates": [50.0, 991234.0]})), "no degrees"),
        ('{"type": "Point", "coordinates": [1e999, 2]}', "is no position"),
        (collection(feature(), crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "not WGS 84"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, content: Any, words: str) -> None:
    with pytest.raises(InputError) as told:
        read_layers([write(tmp_path, "x_20250312.geojson", content)])
    message = str(told.value)
    assert message.startswith("x_20250312.geojson")
    assert words in message
    assert "; " in message


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = write(tmp_path, "x.geojson", collection(feature(), feature(), feature()))
    for name, value, words in (
        ("MOST_BYTES", 100, "larger than"),
        ("MOST_FEATURES", 2, "3 features"),
        ("MOST_POSITIONS", 9, "more than"),
        ("MOST_FILES", 0, "at most 0"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            with pytest.raises((InputError, UsageError), match=words):
                read_layers([given])


def test_fine_shapes_are_thinned_until_they_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 50)
    line = [[x / 100, 50 + (x % 7) / 20] for x in range(1000)]
    content = collection(feature({"type": "LineString", "coordinates": line}))
    (layer,) = read_layers([write(tmp_path, "x.geojson", content)]).layers
    assert sum(len(ring) for shape in layer.shapes for ring in shape.rings) <= 100


@pytest.mark.parametrize("given", ["maps/*.geojson", "=x", "a/b=x", "lage=/nowhere/at/all/*.geojson"])
def test_wrong_calls(given: str) -> None:
    with pytest.raises(UsageError):
        read_layers([given])


def test_an_empty_name_takes_nothing_in() -> None:
    assert read_layers(["lage="]).layers == ()
