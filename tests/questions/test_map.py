"""The places of a case with all that stands behind them."""

from __future__ import annotations

from lagebild.model.document import Document
from lagebild.model.dossier import MapPoint
from lagebild.questions.map import map_features, named_in_full
from tests import pile as piles


def test_every_point_stands_with_its_passages() -> None:
    case = piles.pile()
    features = list(map_features(case))
    points = {row.id: row for row in case.rows(MapPoint)}
    assert features
    assert {one.id for one in features} <= set(points)
    texts = {row.id: row.text for row in case.rows(Document)}
    for feature in features:
        assert feature.precision_km > 0
        assert len(feature.passages) == len(points[feature.id].citations)
        for one in feature.passages:
            assert texts[one.doc][one.start : one.end] == one.exact
            assert one.path


def test_no_stories_no_places() -> None:
    assert list(map_features(piles.empty())) == []


def test_a_region_is_told_from_the_town() -> None:
    assert named_in_full("Kursk", "admin1") == "Kursk (Region)"
    assert named_in_full("Kursk", "") == "Kursk"
    assert named_in_full("Halle (Saale)", "admin1") == "Halle (Saale)"
