"""Makes src/lagebild/render/geo/cities.json.gz: larger towns for finding one's way on a map, with German names where German has one.

    PYTHONPATH=src python training/map_cities.py OUT.json.gz

Taken from the gazetteer (GeoNames, CC BY 4.0) and the exonyms and seats of `lang/de/places.toml`; build it again when one of them changes.
Towns from 100,000 people everywhere, from 15,000 in Europe and the Near East, and all capitals. A row is [name, German name or "",
lat, lon in hundredths of a degree, people in thousands, 1 for a capital].
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import sys
from importlib.resources import files
from math import cos, hypot, pi, radians, sqrt
from pathlib import Path

from lagebild.lang.data import read_data
from lagebild.lang.gazetteer import place_keys

EVERYWHERE, NEAR = 100_000, 15_000
LEAST_KM = 3.0
OLD_NAMES = frozenset(
    [
        "Konstantinopel",
        "Smyrna",
        "Stalingrad",
        "Königsberg",
        "Brest-Litowsk",
        "Antiochia",
        "Dnipropetrowsk",
        "Kordoba",
        "Leningrad",
        "Gorki",
        "Swerdlowsk",
        "Jassy",
    ]
)
LOCAL = frozenset(["BA", "BG", "CZ", "EE", "GR", "HR", "HU", "LT", "LV", "PL", "RO", "RS", "SI", "SK", "TR"])
STILL_SAID = frozenset(
    [
        "Athen",
        "Belgrad",
        "Breslau",
        "Budweis",
        "Bukarest",
        "Danzig",
        "Istanbul",
        "Izmir",
        "Krakau",
        "Laibach",
        "Lodz",
        "Pilsen",
        "Posen",
        "Prag",
        "Stettin",
        "Warschau",
        "Wilna",
    ]
)
"""Towns of these countries keep the name they have there: most German names are of another time; those still used are listed."""

NEAR_BOX = (-25.0, 28.0, 60.0, 72.0)  # west, south, east, north


def german_names(base: sqlite3.Connection) -> dict[int, str]:
    """The first German name of each town that has one of its own, by its rank."""
    found: dict[int, str] = {}
    for code, pairs in read_data("de", "places")["exonyms"].items():
        for german, name in pairs.items():
            if german in OLD_NAMES or (code in LOCAL and german not in STILL_SAID):
                continue
            ranks = [
                rank
                for key in place_keys(name)
                for (rank,) in base.execute(
                    "SELECT key.rank FROM key JOIN place ON place.rank = key.rank JOIN region ON region.id = region"
                    " WHERE text = ? AND country = ? AND feature = 0 ORDER BY population DESC LIMIT 1",
                    (key, code),
                )
            ]
            if ranks:
                found.setdefault(ranks[0], german)
    return found


def seat_names(base: sqlite3.Connection) -> dict[int, str]:
    """German names of capitals by their rank."""
    capitals = dict(base.execute("SELECT code, capital FROM country"))
    found: dict[int, str] = {}
    for code, names in read_data("de", "places")["seats"].items():
        ranks = {
            rank
            for key in place_keys(names[0])
            for (rank,) in base.execute("SELECT rank FROM key WHERE text = ?", (key,))
        }
        if capitals.get(code) in ranks:
            found[capitals[code]] = names[0]
    return found


class Kept:
    """The towns kept so far; what lies near a larger one is a part of it (districts stand in GeoNames as towns)."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}

    def takes(self, lat: float, lon: float, people: int) -> bool:
        """True, and kept, where no larger town lies within about its radius."""
        cell = round(lat * 2), round(lon * 2)
        for x in (-1, 0, 1):
            for y in (-1, 0, 1):
                for other_lat, other_lon, other in self._cells.get((cell[0] + x, cell[1] + y), ()):
                    apart = hypot((lat - other_lat) * 111.2, (lon - other_lon) * 111.2 * cos(radians(lat)))
                    if apart < LEAST_KM + 1.3 * sqrt(other / 2800 / pi):
                        return False
        self._cells.setdefault(cell, []).append((lat, lon, people))
        return True


def main(out: Path) -> None:
    base = sqlite3.connect(str(files("lagebild.lang").joinpath("gazetteer.sqlite")))
    capitals = {rank for (rank,) in base.execute("SELECT capital FROM country")}
    german = german_names(base)
    seats = seat_names(base)
    west, south, east, north = NEAR_BOX
    rows = []
    kept = Kept()
    for rank, name, lat, lon, people in base.execute(
        "SELECT rank, name, lat, lon, population FROM place WHERE feature = 0 ORDER BY population DESC, rank"
    ):
        lat, lon = lat / 10_000, lon / 10_000
        near = west <= lon <= east and south <= lat <= north
        if rank not in capitals and people < (NEAR if near else EVERYWHERE):
            continue
        if not kept.takes(lat, lon, people):
            continue
        shown = re.sub(r"\s*\([^()]*\)", "", name)
        own = seats.get(rank) or german.get(rank, "")
        rows.append(
            [
                shown,
                own if own != shown else "",
                round(lat * 100),
                round(lon * 100),
                people // 1000,
                int(rank in capitals),
            ]
        )
    rows.sort(key=lambda row: (-row[5], -row[4], row[0], row[2], row[3]))
    text = json.dumps(rows, separators=(",", ":"), ensure_ascii=False)
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
