"""Where places lie: the right one of several, or none."""

from __future__ import annotations

from gold.resolve.pile import resolved

from lagebild.model.identity import chosen_place
from lagebild.resolve.places import PlaceTools, place_entities
from lagebild.settings import Settings


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


def test_a_town_and_the_region_of_its_name_are_two_places() -> None:
    pile = resolved(["Im Gebiet [Brjansk]{L} ([Russland]{L}) brennt es.‖ In [Brjansk]{L} selbst nicht."])
    tools = PlaceTools.load(Settings())
    rows = [row for row in place_entities(pile.case, tools) if row.country == "RU" and row.name != "Russia"]
    assert {row.reading for row in rows} == {"", "admin1"}
    assert len({row.gazetteer_id for row in rows}) == 2
    assert chosen_place(rows, "admin1") != chosen_place(rows, "")


def test_what_it_is_said_to_lie_in_decides() -> None:
    places = resolved(["In [Springfield]{L} ([Illinois]{L}) regnet es."]).places()
    assert places["Springfield"].admin1 == "Illinois"
    assert "Springfield" not in resolved(["In [Springfield]{L} regnet es."]).places()


def test_a_holder_that_holds_none_of_them_leaves_it_open() -> None:
    assert "Hannover" not in resolved(["In [Hannover]{L} ([Bolivien]{L}) regnet es."]).places()


def test_other_places_of_the_text_decide() -> None:
    text = "In [Norwich]{L} und [Ipswich]{L} regnet es.‖ In [Cambridge]{L} auch."
    assert resolved([text]).places()["Cambridge"].country == "GB"


def test_the_fuller_name_in_the_text_decides() -> None:
    text = "In [Frankfurt an der Oder]{L} brennt es.‖ In [Frankfurt]{L} half jeder."
    assert resolved([text]).places()["Frankfurt"].name == "Frankfurt (Oder)"


def test_rivers_have_no_place() -> None:
    assert resolved(["Auf dem [Rhein]{L} fährt nichts."]).places() == {}


def test_persons_are_no_places() -> None:
    assert resolved(["[Paris]{P} kam."]).places() == {}


def test_a_small_place_that_only_some_list_calls_so_is_not_believed() -> None:
    assert "Starograd" not in resolved(["In [Starograd]{L} regnet es."]).places()


def test_a_common_word_or_a_far_village_is_no_place_without_something_that_leads_to_it() -> None:
    text = "In [Rostock]{L} und [Sassnitz]{L} regnet es.‖ Die Fähre stieß gegen die [Mole]{L}."
    assert "Mole" not in resolved([text]).places()
    assert "Molde" in resolved(["In [Molde]{L} in [Norwegen]{L} regnet es."]).places()
