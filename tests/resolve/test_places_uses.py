"""What a place name stands for: scene, those who rule there, attribute, dateline."""

from __future__ import annotations

import pytest
from gold.resolve.where import read

from lagebild.model.identity import NameUse, PlaceUse
from lagebild.resolve.places_uses import PlaceUseTools, read_places
from lagebild.resolve.uses import NameTools, gather_names
from lagebild.settings import Settings
from lagebild.step import DocView


def use(marked: str, language: str = "de") -> PlaceUse:
    """The use of the name in square brackets; further names stand in angle brackets."""
    return uses(marked, language)[marked.count("<", 0, marked.index("["))]


def uses(marked: str, language: str = "de") -> list[PlaceUse]:
    """The uses of all marked names, in text order."""
    text, mentions, start = "", [], 0
    for sign in marked:
        if sign in "[<":
            start = len(text)
        elif sign in "]>":
            exact = text[start:]
            base = exact[:-1] if exact.endswith("s") and exact in GENITIVES else exact
            derived = exact in ADJECTIVES
            mentions.append({"start": start, "end": len(text), "base": base, "derived": derived})
        else:
            text += sign
    rows = read({"text": text, "language": language, "mentions": mentions})
    rows[NameUse] = tuple(gather_names([DocView("d", rows)], NameTools.load(Settings())))
    return list(read_places([DocView("d", rows)], PlaceUseTools.load(Settings())))


GENITIVES = ("Moskaus", "Malis")
ADJECTIVES = ("Kölner", "türkische", "brandenburgische")


@pytest.mark.parametrize(
    "marked",
    [
        "In [Mailand] brennt eine Halle.",
        "Bei [Lüttich] entgleiste ein Zug.",
        "Der Angriff auf [Kiew] dauerte die ganze Nacht.",
        "Hunderte flohen aus [Sumy].",
        "Sie reisten nach [Genf].",
        "Im Norden [Malis] wird gekämpft.",
        "Die Einnahme von [Torezk] steht bevor.",
        "[Sudscha] wurde beschossen.",
        "[Lwiw]: Ein Haus ist eingestürzt.",
        "In <Genua> und [Turin] wurde demonstriert.",
        "Zwischen <Hamm> und [Dortmund] fahren keine Züge.",
        "Vor dem Parlament in [Tiflis] stehen Tausende.",
        "Nach der Säuberung des Gebiets [Kursk] begannen Verhandlungen.",
        "Die Truppen, die die ukrainische Stadt [Debalzewe] umzingelten, zogen ab.",
    ],
)
def test_a_scene(marked: str) -> None:
    assert use(marked).role == "scene"


@pytest.mark.parametrize(
    "marked",
    [
        "[Moskau] fordert neue Gespräche.",
        "Darauf habe [Kiew] nie bestanden.",
        "Wie [Ankara] mitteilte, gilt das ab Montag.",
        "Aus [Paris] hieß es, man warte ab.",
        "In [Berlin] hieß es, man warte ab.",
        "Nach Angaben aus [Brüssel] fehlt das Geld.",
        "Der Streit zwischen <Peking> und [Washington] dauert an.",
        "Der Druck auf [Taipeh] wächst.",
        "Das Papier wurde von [Minsk] verlangt.",
        "Am Samstag verlor [Mainz] zu Hause.",
        "Der Ort, in der die [Ukraine] einen Stab einrichtete, ist leer.",
        "Bei [Russland] sei das nicht der Fall.",
    ],
)
def test_those_who_rule_or_play_there(marked: str) -> None:
    assert use(marked).role == "acting"


@pytest.mark.parametrize(
    "marked",
    [
        "Der [Kölner] Karneval beginnt.",
        "Die Oberbürgermeisterin von [Bonn] kam nicht.",
        "Die Universität [Krakau] klagt.",
        "Eine Familie aus [Lübeck] gewann.",
        "[Moskaus] Forderung bleibt.",
        "Die Regierung in [London] schweigt.",
        "Die [Kiew]-Reise fällt aus.",
        "Die Firma mit Sitz in [Zug] zahlt nicht.",
    ],
)
def test_an_attribute(marked: str) -> None:
    assert use(marked).role == "attribute"


@pytest.mark.parametrize(
    "marked",
    [
        "[Kairo] (dpa) - Bei einem Unglück sind elf Menschen verletzt worden.",
        "[Breslau], 12. März – Das Hochwasser hat die Altstadt erreicht.",
        "[Kiew]/<Moskau> (AFP) - Die Gespräche gehen am Montag weiter.",
        "Unsere Korrespondentin in [Neu-Delhi] sah die Trümmer.",
    ],
)
def test_a_dateline(marked: str) -> None:
    assert use(marked).role == "dateline"


def test_where_each_name_of_a_row_stands_alike() -> None:
    assert [row.role for row in uses("Auch <Seoul> und <Tokio> drohten. In <Bonn>, <Köln> und <Aachen> regnet es.")] == [
        "acting", "acting", "scene", "scene", "scene",
    ]  # fmt: skip


def test_what_of_the_name_is_meant() -> None:
    assert use("Im Gebiet [Kursk] brennt es.").reading == "admin1"
    assert use("Im Landkreis [Celle] brennt es.").reading == "district"
    assert use("In der Stadt [Celle] brennt es.").reading == "city"
    assert use("In [Celle] brennt es.").reading == ""


def test_how_far_from_it() -> None:
    assert use("In [Celle] brennt es.").within_km == 0
    assert use("In der Nähe von [Celle] brennt es.").within_km == 15
    assert use("30 Kilometer nördlich von [Celle] brennt es.").within_km == 30


def test_what_it_is_said_to_lie_in() -> None:
    assert use("In [Springfield] (<Illinois>) regnet es.").inside == ("Illinois",)
    assert use("Im US-Bundesstaat <Ohio> liegt [Toledo].").inside == ()
    assert use("Die <türkische> Stadt [Adana] klagt.").inside == ("türkische",)
    assert use("Im brandenburgischen [Frankfurt] regnet es.").inside == ("Brandenburg",)


def test_english() -> None:
    assert use("A fire broke out in [Leeds].", "en").role == "scene"
    assert use("[Moscow] rejected the plan.", "en").role == "acting"
    assert use("The mayor of [Bristol] resigned.", "en").role == "attribute"


def test_a_language_without_data_gives_no_scene() -> None:
    assert use("Il pleut à [Nantes].", "fr").role == "named"


def test_long_sentences_and_many_names_take_no_longer_than_short_ones() -> None:
    assert len(uses("In <Bonn> " + "sehr " * 20_000 + "in <Köln>. " + "<Ulm>, " * 300)) == 302
