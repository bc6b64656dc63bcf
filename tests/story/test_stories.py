"""Documents find their story whatever order they come in; far ones are background."""

from __future__ import annotations

import random

import pytest

from lagebild.model.lineage import CopyCandidate
from lagebild.model.story import Signature

from .rows import Layers, layers, stories_of

FERRY = (
    "Die Fähre Albatros ist im Hafen von Kolm gegen die Mole gefahren. Kapitän Lund wurde befragt.",
    "Kapitän Lund schweigt zum Unfall der Fähre Albatros. Die Mole im Hafen von Kolm ist gesperrt.",
    "Der Hafen Kolm sperrt die Mole, an der die Fähre Albatros zerschellte. Lund bleibt Kapitän.",
)
BANK = (
    "Die Bank Hartfeld hat Kunden falsche Zinsen berechnet. Die Aufsicht prüft die Verträge.",
    "Wegen falscher Zinsen müssen Kunden der Bank Hartfeld entschädigt werden, fordert die Aufsicht.",
)


def pile() -> dict[str, Layers]:
    texts = {f"f{at}": text for at, text in enumerate(FERRY)} | {
        f"b{at}": text for at, text in enumerate(BANK)
    }
    return {doc_id: layers(doc_id, text) for doc_id, text in texts.items()}


def test_two_subjects_are_two_stories() -> None:
    stories, _ = stories_of(pile())
    assert sorted(story.doc_ids for story in stories) == [("b0", "b1"), ("f0", "f1", "f2")]


LONG = " ".join(
    (
        *FERRY,
        "Taucher suchten nach einem Leck unter der Brücke des Schiffes. Schlepper zogen den Rumpf später an das Ufer.",
        "Touristen warteten in Zelten auf Busse. Der Fährverein verlangt Ersatz. Bürgermeisterin Holm dankte Ärzten.",
    )
)


@pytest.mark.parametrize(
    ("post", "stories"),
    [("Das Leck: Taucher fanden nichts, Schlepper warten.", 1), ("Taucher lieben Korallen.", 2)],
)
def test_a_short_item_hangs_on_a_report_with_which_it_shares_three_terms(post: str, stories: int) -> None:
    found, _ = stories_of({"a": layers("a", LONG), "p": layers("p", post)})
    assert len(found) == stories


def test_a_short_item_brings_no_two_stories_together() -> None:
    other = (
        "Weizen aus Silberstadt wird knapp. Bauern lagern Korn in Scheunen und fordern Preise wie im Vorjahr. Händler "
        "kaufen Mehl in Übersee. Bäcker backen kleinere Brote, Mühlen stehen still, Züge fahren ohne Ladung zurück. "
        "Minister Vogt verspricht Kredite, Verbände lehnen Zölle ab, Schulen sparen am Frühstück der Kinder."
    )
    docs = {"a": layers("a", LONG), "b": layers("b", other)}
    post = layers("p", "Taucher, Leck, Schlepper, Weizen, Korn, Mehl und Mühlen.")
    _, members = stories_of(docs | {"p": post})
    assert members["a"].story_id != members["b"].story_id
    assert members["p"].story_id in (members["a"].story_id, members["b"].story_id)


def test_every_document_is_in_exactly_one_story() -> None:
    docs = pile() | {"x": layers("x", "Rezept für Apfelkuchen mit Zimt.")}
    stories, members = stories_of(docs)
    assert sorted(doc_id for story in stories for doc_id in story.doc_ids) == sorted(docs)
    assert members["x"].reasons[0].name == "alone"


def test_the_order_of_arrival_plays_no_part() -> None:
    docs = pile()
    first = stories_of(docs)
    shuffled = list(docs.items())
    random.Random(3).shuffle(shuffled)
    assert stories_of(dict(shuffled)) == first


def test_the_id_comes_from_the_smallest_member() -> None:
    stories, _ = stories_of(pile())
    more, _ = stories_of(pile() | {"f9": layers("f9", FERRY[0] + " Ein Taucher half.")})
    assert {story.doc_ids[0]: story.id for story in stories} == {story.doc_ids[0]: story.id for story in more}


def test_a_text_of_another_time_is_background() -> None:
    docs = {
        "a": layers("a", FERRY[0], "2025-06-11"),
        "b": layers("b", FERRY[1], "2025-06-12"),
        "c": layers("c", FERRY[2], "2024-11-02"),
    }
    _, members = stories_of(docs)
    assert {doc_id: member.role for doc_id, member in members.items()} == {
        "a": "core",
        "b": "core",
        "c": "background",
    }
    assert members["c"].reasons[0].name == "far_in_time"


def test_a_named_day_tells_which_time_is_the_core() -> None:
    docs = {
        "a": layers("a", FERRY[0] + "\npost: Bild — @x 12. Juni 2025"),
        "b": layers("b", FERRY[1], "2025-06", "month"),
        "c": layers("c", FERRY[2], "2024-11-02"),
    }
    _, members = stories_of(docs)
    assert [doc_id for doc_id, member in members.items() if member.role == "background"] == ["c"]


def test_several_texts_of_another_time_are_a_story_of_their_own() -> None:
    old = {f"c{at}": layers(f"c{at}", text, f"2024-11-0{at + 1}") for at, text in enumerate(FERRY)}
    new = {f"a{at}": layers(f"a{at}", text, f"2025-06-1{at}") for at, text in enumerate(FERRY)}
    stories, members = stories_of(old | new)
    assert sorted(story.doc_ids for story in stories) == [("a0", "a1", "a2"), ("c0", "c1", "c2")]
    assert {member.role for member in members.values()} == {"core"}


def test_the_title_is_one_of_the_texts_own_with_its_place() -> None:
    docs = {"a": layers("a", FERRY[0], title="Die Fähre"), "b": layers("b", FERRY[1])}
    (story,), _ = stories_of(docs)
    assert story.title == "Die Fähre"
    assert [(span.doc_id, span.start, span.end) for span in story.at] == [("a", 0, 9)]


def test_a_story_without_title_has_a_path() -> None:
    (story,), _ = stories_of({"a": layers("a", FERRY[0])})
    assert (story.title, story.at) == ("a.txt", ())


def test_copies_belong_together() -> None:
    docs = {
        "a": layers("a", "Kran Hafen Regen Wind."),
        "b": layers("b", "Hafen Kohle Zug Dorf Kirche Markt Wald Feld."),
    }
    apart, _ = stories_of(docs)
    docs["a"][CopyCandidate] = (CopyCandidate("c1", "a", "b", 20),)
    together, _ = stories_of(docs)
    assert (len(apart), len(together)) == (2, 1)


def test_a_document_without_words_is_a_story() -> None:
    docs = {"a": layers("a", ""), "b": layers("b", "")}
    assert docs["a"][Signature][0].terms == ()
    stories, _ = stories_of(docs)
    assert len(stories) == 2
