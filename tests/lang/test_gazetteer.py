from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

import pytest

from lagebild.lang.data import read_data
from lagebild.lang.gazetteer import MOST_PLACES, Gazetteer, GazetteerPlace, PlaceWords, place_keys

GERMAN_FORMS = {
    "Sudscha": "RU", "Kursk": "RU", "Pokrowsk": "UA", "Torezk": "UA", "Debalzewe": "UA", "Dschidda": "SA", "Kiew": "UA",
    "Kyjiw": "UA", "Tschassiw Jar": "UA", "Wuhledar": "UA", "Peking": "CN", "Neu-Delhi": "IN", "Mailand": "IT", "Florenz": "IT",
    "Kopenhagen": "DK", "Breslau": "PL", "Danzig": "PL", "Chan Yunis": "PS", "Kasachstan": "KZ", "Guewo": "RU", "Malaja Wischera": "RU",
    "Abidschan": "CI", "Agram": "HR", "Algier": "DZ", "Andischan": "UZ", "Archangelsk": "RU", "Aschgabat": "TM", "Assuan": "EG",
    "Bischkek": "KG", "Brüssel": "BE", "Buschehr": "IR", "Daressalam": "TZ", "Deir ez-Zor": "SY", "Drohobytsch": "UA",
    "Dschalalabad": "AF", "El Fascher": "SD", "Falludscha": "IQ", "Gjumri": "AM", "Havanna": "CU", "Hermannstadt": "RO",
    "Jakutsk": "RU", "Kapstadt": "ZA", "Karatschi": "PK", "Khartum": "SD", "Königsberg": "RU", "Laibach": "SI", "Lissabon": "PT",
    "Maschhad": "IR", "Mexiko-Stadt": "MX", "Mogadischu": "SO", "Mossul": "IQ", "Nizza": "FR", "Pjöngjang": "KP", "Plowdiw": "BG",
    "Reykjavik": "IS", "Sanaa": "YE", "Taschkent": "UZ", "Tiflis": "GE", "Ulan-Bator": "MN", "Windhuk": "NA",
}  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = Gazetteer.open()
    yield opened
    opened.close()


def first(gazetteer: Gazetteer, name: str) -> GazetteerPlace:
    return gazetteer.find(name)[0]


def test_german_forms_of_places_in_all_parts_of_the_world(gazetteer: Gazetteer) -> None:
    assert len(GERMAN_FORMS) == 60
    found = {
        name
        for name, country in GERMAN_FORMS.items()
        if [p.country for p in gazetteer.find(name)][:1] == [country]
    }
    assert len(found) >= 58, sorted(set(GERMAN_FORMS) - found)


def test_forms_asked_for_by_name(gazetteer: Gazetteer) -> None:
    for name in list(GERMAN_FORMS)[:17]:
        assert first(gazetteer, name).country == GERMAN_FORMS[name], name


@pytest.mark.parametrize(
    ("name", "gazetteer_id"),
    [
        ("Kursk", "geonames:538560"),
        ("KURSK", "geonames:538560"),
        ("Kurs'k", "geonames:538560"),
        ("Курск", "geonames:538560"),
        ("München", "geonames:2867714"),
        ("Muenchen", "geonames:2867714"),
        ("Mu\u0308nchen", "geonames:2867714"),
        ("Moscow", "geonames:524901"),
        ("Gebiet Kursk", "geonames:538555"),
        ("Oblast Kursk", "geonames:538555"),
        ("Kursker Gebiet", "geonames:538555"),
        ("im Kursk", None),
        ("Sudschaa", None),
    ],
)
def test_find_by_folded_name(gazetteer: Gazetteer, name: str, gazetteer_id: str | None) -> None:
    found = gazetteer.find(name)
    assert (found[0].gazetteer_id if found else None) == gazetteer_id
    assert gazetteer.knows(name) == bool(found)


def test_a_place_says_where_it_is_and_how_far_that_reaches(gazetteer: Gazetteer) -> None:
    town = first(gazetteer, "Sudscha")
    assert (town.name, town.country, town.admin1, town.feature) == ("Sudzha", "RU", "Kursk", "city")
    assert town.lat == pytest.approx(51.19, abs=0.01)
    assert town.lon == pytest.approx(35.27, abs=0.01)
    assert town.population > 5000
    assert town.precision_km == 1
    assert first(gazetteer, "Gebiet Kursk").precision_km > 50


@pytest.mark.parametrize(
    ("name", "feature", "country"),
    [
        ("Kursk", "city", "RU"),
        ("Donezk", "city", "UA"),
        ("Gebiet Donezk", "admin1", "UA"),
        ("Bayern", "admin1", "DE"),
        ("Brandenburg", "admin1", "DE"),
        ("Luzern", "city", "CH"),
        ("Kanton Luzern", "admin1", "CH"),
        ("Wallis", "admin1", "CH"),
        ("Steiermark", "admin1", "AT"),
        ("Katalonien", "admin1", "ES"),
        ("Provinz Helmand", "admin1", "AF"),
        ("Chuzestan", "admin1", "IR"),
        ("Tatarstan", "admin1", "RU"),
        ("Gazastreifen", "admin1", "PS"),
        ("Luxemburg", "country", "LU"),
        ("Vereinigten Staaten", "country", "US"),
        ("Georgien", "country", "GE"),
        ("Georgia", "country", "GE"),
        ("Washington", "city", "US"),
        ("Donbass", "region", "UA"),
        ("Rotes Meer", "sea", ""),
    ],
)
def test_what_a_bare_name_means_first(gazetteer: Gazetteer, name: str, feature: str, country: str) -> None:
    place = first(gazetteer, name)
    assert (place.feature, place.country) == (feature, country)


def test_the_main_name_goes_before_a_former_one(gazetteer: Gazetteer) -> None:
    assert [place.name for place in gazetteer.find("Pokrovsk")][:2] == ["Pokrovsk", "Engels"]
    assert first(gazetteer, "Nazareth").country == "IL"
    assert first(gazetteer, "Halle").name == "Halle (Saale)"


def test_a_district_is_its_town_with_a_wide_precision(gazetteer: Gazetteer) -> None:
    district, town = first(gazetteer, "Kreis Pokrowsk"), first(gazetteer, "Pokrowsk")
    assert district.gazetteer_id == town.gazetteer_id
    assert (district.precision_km, town.precision_km < 5) == (25, True)


def test_homonyms_are_kept_and_bounded(gazetteer: Gazetteer) -> None:
    frankfurts = gazetteer.find("Frankfurt")
    assert [place.name for place in frankfurts[:2]] == ["Frankfurt am Main", "Frankfurt (Oder)"]
    assert len(gazetteer.find("San Antonio")) == MOST_PLACES
    ids = [place.gazetteer_id for place in gazetteer.find("San Antonio")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "name", ["", " ", "-", "x", "Gebiet", "Kreis ", "'" * 1000, "ä" * 100_000, "%", "\x00", "\ud800"]
)
def test_names_that_are_none_find_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name) == ()
    assert not gazetteer.knows(name)


def test_every_exonym_and_country_of_the_language_data_is_a_place(gazetteer: Gazetteer) -> None:
    for language in ("de", "en"):
        words = read_data(language, "places")
        for country, names in words["exonyms"].items():
            lost = [
                name
                for name in names
                if first(gazetteer, name).country != country and not gazetteer.words.area(name)
            ]
            assert not lost, country
        assert all(gazetteer.country(code) for code in words["nations"])
        assert all(gazetteer.country(code) for code in words["seats"])
    assert sum(len(names) for names in read_data("de", "places")["exonyms"].values()) >= 150


def test_countries_have_a_middle_and_a_capital(gazetteer: Gazetteer) -> None:
    russia, capital = gazetteer.country("RU"), gazetteer.capital("RU")
    assert russia is not None
    assert capital is not None
    assert 85 < russia.lon < 110
    assert (russia.feature, capital.name) == ("country", "Moscow")
    assert gazetteer.country("QQ") is None
    assert gazetteer.capital("AQ") is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("russisch", "RU"), ("russischen", "RU"), ("Russlands", "RU"), ("Russinnen", "RU"), ("Ukrainer", "UA"), ("Ukrainerinnen", "UA"),
        ("ukrainisches", "UA"), ("US-amerikanische", "US"), ("Franzosen", "FR"), ("Iren", "IE"), ("Polen", "PL"), ("polnischer", "PL"),
        ("Schweizern", "CH"), ("Türkinnen", "TR"), ("österreichische", "AT"), ("oesterreichische", "AT"), ("Ukrainians", "UA"),
        ("koreanisch", None), ("kongolesischen", None), ("nordkoreanisch", "KP"), ("Haus", None), ("in", None), ("", None), ("Kursk", None),
    ],
)  # fmt: skip
def test_country_of_names_adjectives_and_inhabitants(
    gazetteer: Gazetteer, word: str, code: str | None
) -> None:
    assert gazetteer.country_of(word) == code


def test_seats_of_governments() -> None:
    words = PlaceWords.load()
    assert [words.seat_of(name) for name in ("Moskau", "Kreml", "Weißen Haus", "Downing Street", "Kursk")] == [
        "RU", "RU", "US", "GB", None,
    ]  # fmt: skip


def test_keys_fold_case_accents_apostrophes_and_hyphens() -> None:
    assert place_keys("Neu-Delhi") == place_keys("NEU DELHI") == ("neu delhi",)
    assert place_keys("Straßburg") == ("strassburg",)
    assert place_keys("Zürich") == ("zurich", "zuerich")
    assert place_keys("Sławiańsk’") == ("slawiansk",)
    assert place_keys("St. Gallen") == ("st gallen",)
    assert place_keys("!?") == ()


def test_digest_and_licence_are_stated(gazetteer: Gazetteer) -> None:
    assert "CC BY 4.0" in gazetteer.licence
    again = Gazetteer.open()
    assert again.digest == gazetteer.digest
    again.close()


def test_the_file_is_small_and_not_written_to(gazetteer: Gazetteer) -> None:
    assert len(files("lagebild.lang").joinpath("gazetteer.sqlite").read_bytes()) <= 25_000_000
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer._connection.execute("DELETE FROM place")
