"""Where places lie: the right one of several, or none."""

from __future__ import annotations

from gold.resolve.pile import resolved


def test_a_country_in_the_text_decides_between_towns_of_one_name() -> None:
    pile = resolved(
        [
            "Die [Ukraine]{L} räumt [Donezk]{L}.‖ Der [ukrainische]{D=ukrainisch} Bürgermeister von [Donezk]{L} sprach."
        ]
    )
    place = pile.places()["Donezk"]
    assert place.country == "UA"
    assert any(reason.name == "country_nearby" for reason in place.reasons)
    assert place.gazetteer_id == "geonames:709717" or place.alternatives


def test_a_region_word_makes_the_region() -> None:
    town = resolved(["In [Brjansk]{L} ([Russland]{L}) brennt es."]).places()["Brjansk"]
    region = resolved(["Im Gebiet [Brjansk]{L} ([Russland]{L}) brennt es."]).places()["Brjansk"]
    assert region.precision_km > 3 * town.precision_km
    assert region.gazetteer_id != town.gazetteer_id


def test_a_country_is_placed_by_its_code() -> None:
    place = resolved(["Der [finnische]{D=finnisch} Wald."]).places()["Finnland"]
    assert (place.country, place.reasons[0].name) == ("FI", "country_name")


def test_names_of_furniture_and_of_no_place_are_left_out() -> None:
    assert resolved(["~[Kiel]{L}\n\nEs regnet."]).places() == {}
    assert resolved(["In [Xarabel]{L} regnet es."]).places() == {}


def test_persons_are_no_places() -> None:
    assert resolved(["[Paris]{P} kam."]).places() == {}


def test_a_small_place_that_only_some_list_calls_so_is_not_believed() -> None:
    assert "Starograd" not in resolved(["In [Starograd]{L} regnet es."]).places()
