"""The map as GeoJSON and KML."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lagebild.model.account import Reason
from lagebild.model.pages import MapFeature, MapPassage
from lagebild.render.geojson import render_geojson
from lagebild.render.kml import render_kml

FEATURE = MapFeature(
    id="mp1", story="st1", story_title="Hochwasser & <Folgen>", entity="e1", name="Lohra", place="Lohra", reading="", country="DE",
    admin1=None, lat=50.73, lon=8.63, precision_km=2.5, role="event", days=("2024-05-03", "2024-05-04"), told_by=("dpa", "Blatt A"),
    gazetteer_id="geonames:1", alternatives=("geonames:2",),
    passages=(MapPassage("d1", "a.jsonl", 3, 4, 12, 'Er rief: „<b>&"\x00]]>“'),), reasons=(Reason("place_preposition", None, "in"),),
)  # fmt: skip
KML = "{http://www.opengis.net/kml/2.2}"


def test_geojson_is_as_rfc_7946_asks() -> None:
    found = json.loads(render_geojson([FEATURE, replace(FEATURE, id="mp2", lat=-3.0, lon=-170.5)]))
    assert found["type"] == "FeatureCollection"
    assert found["bbox"] == [-170.5, -3.0, 8.63, 50.73]
    first = found["features"][0]
    assert (first["type"], first["id"], first["geometry"]) == (
        "Feature", "mp1", {"type": "Point", "coordinates": [8.63, 50.73]},
    )  # fmt: skip
    told = first["properties"]
    assert (told["precision_km"], told["role"], told["days"]) == (2.5, "event", ["2024-05-03", "2024-05-04"])
    assert told["passages"] == [
        {"doc": "d1", "path": "a.jsonl", "line": 3, "start": 4, "end": 12, "exact": 'Er rief: „<b>&"\x00]]>“'}
    ]
    assert "crs" not in found


def test_no_places_are_an_empty_collection() -> None:
    assert json.loads(render_geojson([]))["features"] == []
    assert ElementTree.fromstring(render_kml([])).tag == f"{KML}kml"


def test_kml_holds_the_same() -> None:
    root = ElementTree.fromstring(render_kml([FEATURE]))
    folder = root.find(f"{KML}Document/{KML}Folder")
    assert folder is not None
    assert folder.findtext(f"{KML}name") == "Hochwasser & <Folgen>"
    mark = folder.find(f"{KML}Placemark")
    assert mark is not None
    assert mark.findtext(f"{KML}Point/{KML}coordinates") == "8.63,50.73,0"
    assert (
        mark.findtext(f"{KML}TimeSpan/{KML}begin"),
        mark.findtext(f"{KML}TimeSpan/{KML}end"),
    ) == FEATURE.days
    data = {one.get("name"): one.findtext(f"{KML}value") for one in mark.iter(f"{KML}Data")}
    assert (data["precision_km"], data["told_by"]) == ("2.5", "dpa; Blatt A")
    assert (data["passage_1"] or "").startswith("d1 a.jsonl#3 4-12: Er rief: „<b>&")


def test_a_description_never_becomes_markup() -> None:
    mark = ElementTree.fromstring(render_kml([FEATURE])).find(f".//{KML}Placemark")
    assert mark is not None
    assert "&lt;b&gt;&amp;" in (mark.findtext(f"{KML}description") or "")


def test_order_of_elements_is_that_of_the_schema() -> None:
    mark = ElementTree.fromstring(render_kml([replace(FEATURE, days=("2024-05-03",))])).find(
        f".//{KML}Placemark"
    )
    assert mark is not None
    assert [one.tag.removeprefix(KML) for one in mark] == [
        "name", "description", "TimeStamp", "styleUrl", "ExtendedData", "Point",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\ufffe", "\u202e"])
def test_signs_that_xml_has_no_room_for(sign: str) -> None:
    ElementTree.fromstring(render_kml([replace(FEATURE, name=f"Lo{sign}hra")]))
