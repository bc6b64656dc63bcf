"""The places of the stories as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lagebild.model.pages import MapFeature

__all__ = ["ATTRIBUTION", "render_geojson"]

ATTRIBUTION = "Places: GeoNames (CC BY 4.0)"


def render_geojson(features: Sequence[MapFeature]) -> str:
    """A FeatureCollection with a Point for each place; [longitude, latitude] in WGS 84 degrees, the same text for the same features.

    Every property stands in every feature; `passages` say document, characters and words. A collection without features has no bbox.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection", "attribution": ATTRIBUTION}
    if features:
        lons, lats = [one.lon for one in features], [one.lat for one in features]
        collection["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    collection["features"] = [_feature(one) for one in features]
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _feature(feature: MapFeature) -> dict[str, Any]:
    properties = {key: value for key, value in asdict(feature).items() if key not in ("id", "lat", "lon")}
    point = {"type": "Point", "coordinates": [feature.lon, feature.lat]}
    return {"type": "Feature", "id": feature.id, "geometry": point, "properties": properties}
