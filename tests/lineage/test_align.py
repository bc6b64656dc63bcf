"""Shared passages: found through other marks, edits and order; not found where only phrases are shared."""

from __future__ import annotations

import pytest

from lagebild.model.account import Reason
from lagebild.model.lineage import Credit
from tests.lineage.rows import doc_view, links, quoting, words_of

NEWS = (
    "Der Deichverband hat am Morgen die Schleuse bei Wehrdorf geschlossen, nachdem ein Frachter das Tor gerammt hatte. "
    "Sieben Schiffe liegen seither im Oberwasser fest, die Reparatur soll nach Angaben der Werft bis Mittwoch dauern."
)


def test_the_same_words_in_other_marks_are_one_passage() -> None:
    left = doc_view("a", f"Vorne steht etwas Eigenes.\n„{NEWS}“\nHinten auch.")
    right = doc_view("b", f'Ganz anderer Anfang hier.\n"{NEWS}"')
    (link,) = links(left, right)
    assert words_of(left, link) == NEWS.rstrip(".")
    assert words_of(right, link) == NEWS.rstrip(".")
    assert (link.kind, link.share, link.direction) == ("same_text", 1.0, "unknown")


def test_an_edited_copy_is_one_passage_with_a_lower_share() -> None:
    edited = NEWS.replace("am Morgen die Schleuse", "am frühen Montag die große Schleuse").replace(
        "Sieben", "Acht"
    )
    left, right = doc_view("a", NEWS), doc_view("b", edited)
    (link,) = links(left, right)
    assert link.kind == "edited"
    assert 0.5 < link.share < 0.9


def test_changed_order_gives_a_passage_each() -> None:
    first, second = NEWS.split(". ", 1)
    left, right = doc_view("a", NEWS), doc_view("b", f"{second}\n{first}.")
    found = links(left, right)
    assert sorted(words_of(right, link)[:10] for link in found) == ["Der Deichv", "Sieben Sch"]


def test_a_teaser_in_between_cuts_the_passage() -> None:
    first, second = NEWS.split(". ", 1)
    left, right = doc_view("a", NEWS), doc_view("b", f"{first}.\n# LESEN Sie auch anderes\n{second}")
    assert len(links(left, right)) == 2
    assert all("LESEN" not in words_of(right, link) for link in links(left, right))


@pytest.mark.parametrize(
    "other",
    [
        "Das teilte das Ministerium am Freitag mit. Der Sprecher wollte sich dazu nicht äußern.",
        "Am Montag rammte ein Schiff das Tor der Schleuse bei Wehrdorf, die nun geschlossen ist; sieben Schiffe warten.",
        "",
    ],
)
def test_phrases_and_the_same_event_in_other_words_are_no_copy(other: str) -> None:
    left = doc_view(
        "a", NEWS + " Das teilte das Ministerium am Freitag mit. Der Sprecher wollte sich dazu nicht äußern."
    )
    assert links(left, doc_view("b", other)) == []


def test_stated_dates_give_a_known_direction() -> None:
    late = doc_view("a", NEWS, published="2025-05-07")
    early = doc_view("b", NEWS, published="2025-05-06T18:00")
    (link,) = links(late, early)
    assert (link.earlier.doc_id, link.direction) == ("b", "known")


@pytest.mark.parametrize(
    ("one", "two"), [("2025-05", "2025-05-06"), ("2025-05-06", "2025-05-06T08:00"), (None, "2025-05-06")]
)
def test_dates_that_do_not_tell_leave_the_direction_open(one: str | None, two: str | None) -> None:
    (link,) = links(doc_view("a", NEWS, published=one), doc_view("b", NEWS, published=two))
    assert link.direction == "unknown"


def test_a_credit_to_the_other_gives_a_known_direction() -> None:
    agency = doc_view("b", NEWS, outlet="dpa", agencies=("dpa",))
    paper = doc_view("a", NEWS, outlet="Wehrdorfer Bote", agencies=("dpa",))
    (link,) = links(paper, doc_view("b", NEWS, outlet="dpa"))
    assert (link.earlier.doc_id, link.direction) == ("b", "known")
    assert links(paper, agency)[0].direction == "unknown"


STOCK = (
    "Die Ermittlungen zur Ursache dauern an. Zeugen werden gebeten, sich bei der zuständigen Dienststelle zu melden. "
    "Eine Gefahr für die Bevölkerung bestand nach Angaben der Behörden zu keinem Zeitpunkt."
)


def test_stock_sentences_alone_are_no_copy() -> None:
    left = doc_view("a", f"Auf dem Hof in Lenzau brannte eine Scheune voller Heu. {STOCK}")
    right = doc_view("b", f"Im Chemiewerk Odersand platzte ein Rohr. {STOCK}")
    assert links(left, right) == []


def test_a_weaker_passage_is_believed_beside_a_sure_one() -> None:
    short = "Der Lotse blieb unverletzt und half beim Bergen der Ladung."
    left = doc_view("a", f"{NEWS} {short}")
    right = doc_view(
        "b",
        f"{NEWS}\nEin Gutachter aus Emden sieht sich heute Bug, Ruder und Maschine des Schiffs an. {short}",
    )
    assert len(links(left, right)) == 2
    assert links(doc_view("a", short), doc_view("b", f"Ganz anderes vorweg. {short}")) == []


def test_every_fourth_word_changed_is_still_one_passage() -> None:
    words = NEWS.split()
    changed = " ".join(f"ersatz{at}" if at % 4 == 3 else word for at, word in enumerate(words))
    (link,) = links(doc_view("a", NEWS), doc_view("b", changed))
    assert link.kind == "edited"
    assert 0.2 < link.share < 0.4


def test_a_quotation_in_marks_on_both_sides_has_a_common_witness() -> None:
    said = "Wir haben den Kapitän gewarnt, er hat es gehört und trotzdem nicht gewendet"
    left = quoting("a", f"Der Lotse schilderte den Hergang so: „{said}“, sagte er gestern.", said)
    right = quoting("b", f"„{said}“ – das gab der Lotse zu Protokoll.", said)
    assert [link.kind for link in links(left, right)] == ["same_witness"]


def test_two_translations_of_one_statement_have_a_common_witness() -> None:
    one = "Unsere Brigade hält das linke Ufer der Lomna seit 40 Tagen, und kein Panzer kommt über den Fluss"
    two = "Seit 40 Tagen halten wir mit der Brigade das Ufer der Lomna, nicht ein Panzer hat den Fluss überquert"
    left = quoting("a", f"„{one}“, sagte Oberst Horak.", one, "Oberst Horak")
    right = quoting("b", f"Kommandeur Horak erklärte: „{two}“.", two, "Kommandeur Horak")
    other = quoting("c", f"Ministerin Velten erklärte: „{two}“.", two, "Ministerin Velten")
    (link,) = links(left, right)
    assert (link.kind, link.reasons[0].name) == ("same_witness", "retold_quotation")
    assert links(left, other) == []


def test_a_shortened_copy_is_guessed_to_be_the_later_one() -> None:
    long = f"{NEWS} Ein Taucher fand am Grund ein Stück der Kette. Die Wasserbehörde hatte im Frühjahr vor Rost gewarnt. {NEWS[::-1]}"
    (link,) = links(doc_view("a", NEWS), doc_view("b", long))
    assert (link.earlier.doc_id, link.direction, link.reasons[-1].name) == ("b", "guessed", "contained")


def test_a_text_that_names_the_other_as_its_source_came_later() -> None:
    told = Credit(
        "k", "a", 0, 4, "outlet", "Deichblatt", (Reason("outlet_reports", None, "berichtete das Deichblatt"),)
    )
    taker, source = (
        doc_view("a", NEWS, outlet="Wehrdorfer Bote", credits=(told,)),
        doc_view("b", NEWS, outlet="Deichblatt"),
    )
    (link,) = links(taker, source)
    assert (link.earlier.doc_id, link.direction, link.reasons[-1].name) == ("b", "known", "credits_outlet")
