"""People's rulings: places found again by their words or not at all, speakers and names as ruled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from gold.resolve.pile import Resolved, resolved
from hypothesis import given
from hypothesis import strategies as st

from lagebild.model.decision import Decision, Foothold, Ruling
from lagebild.model.document import Document
from lagebild.model.identity import Entity, EntityForm, Speaker
from lagebild.model.source import Declared, RawItem
from lagebild.model.speech import Quote
from lagebild.resolve.rulings import file_rulings, find_place, foothold_at, instant, quote_at
from lagebild.resolve.speakers import SpeakerTools, name_speakers
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView

TEXT = "Der Deich hält, sagte der Graf.\n\nDer Deich hält, sagte die Müllerin. Danach schwiegen alle im Saal."


def foothold(words: str, text: str = TEXT, nth: int = 0) -> Foothold:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return foothold_at("a" * 64, text, start, start + len(words))


# Places


@given(st.text(alphabet="ab \n", min_size=1), st.data())
def test_a_place_in_an_unchanged_text_is_found_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    expected = (start, end) if text[start:end].strip() else None
    assert find_place(text, foothold_at("s", text, start, end)) == expected


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n", min_size=1), st.text(alphabet="abc \n"))
def test_what_is_found_is_the_words_themselves(before: str, words: str, text: str) -> None:
    place = Foothold("s", words, before, "", 3)
    found = find_place(text, place)
    assert found is None or text[slice(*found)].split() == words.split()


def test_words_that_stand_twice_are_told_apart_by_their_surroundings() -> None:
    second = foothold("Der Deich hält", nth=1)
    moved = "Ein neuer Vorspann der Seite.\n\n" + TEXT
    assert find_place(moved, second) == (moved.rindex("Der Deich"), moved.rindex("Der Deich") + 14)


def test_other_white_space_is_the_same_place() -> None:
    place = foothold("Der Deich hält, sagte die Müllerin.")
    text = "Vorweg.  " + TEXT.replace("\n\n", " ").replace("sagte die", "sagte\n  die")
    found = find_place(text, place)
    assert found is not None
    assert text[slice(*found)] == "Der Deich hält, sagte\n  die Müllerin."


def test_one_side_is_enough_where_no_other_place_has_it() -> None:
    place = foothold("Danach schwiegen")
    assert find_place("Ganz anderer Anfang. Danach schwiegen alle im Saal.", place) == (21, 37)


def test_a_place_is_lost_rather_than_guessed() -> None:
    place = foothold("Der Deich hält", nth=1)
    assert find_place("Nichts davon steht noch da.", place) is None
    assert find_place("Er sagte: Der Deich hält. Sie sagte: Der Deich hält.", place) is None
    assert find_place("Oho: Der Deich hält!", place) is None  # too short to be known without surroundings
    assert find_place("", place) is None
    assert find_place("   ", Foothold("s", "  ", "", "", 0)) is None


def test_long_words_that_stand_once_need_no_surroundings() -> None:
    place = foothold("Danach schwiegen alle im Saal.")
    assert find_place("Oho! Danach schwiegen alle im Saal. Ende.", place) == (5, 35)


def test_the_quote_at_a_place_is_the_one_that_overlaps_most() -> None:
    pile = resolved(["„[Ja]{1}“, sagte [er]{1s}. „[Nein, niemals und nirgends]{2}“."])
    quotes = pile.docs["d0"][Quote]
    second = quotes[1]
    assert quote_at(quotes, second.start, second.end - 5) == second
    assert quote_at(quotes, second.start, second.start + 4) is None
    assert quote_at([second, second], second.start, second.end) is None
    assert quote_at([], 0, 3) is None


def test_an_instant_without_offset_is_utc() -> None:
    assert instant("2025-01-01T12:00:00") == instant("2025-01-01T13:00:00+01:00")
    with pytest.raises(ValueError, match="Invalid"):
        instant("gestern")


# Speakers

SPEECH = "[Anke Dorn]{P} und [Uwe Rast]{P} kamen.‖ „[Das Wasser steigt weiter]{1}“, sagte [sie]{1s}.‖ [Sie]{2s} warnte: „[Geht fort.]{2}“"
OTHER = "[Vera Holm]{P} blieb."


def decision(
    pile: Resolved, number: str, *values: str, at: str = "2025-01-01T00:00:00+00:00", **more: Any
) -> Decision:
    text = pile.docs["d0"][Document][0].text
    quote = next(quote for quote in pile.docs["d0"][Quote] if quote.id.endswith(f".{number}"))
    place = foothold_at("5" * 64, text, quote.start, quote.end)
    return Decision(f"r{number}{values[0]}{at}", "speaker_is", (place,), values, "A. Prüferin", at, **more)


def filed(pile: Resolved, decisions: Iterable[Decision], sha256: str = "5" * 64) -> tuple[Ruling, ...]:
    item = RawItem("d0", "a.txt", None, sha256, "text/plain", 1, Declared())
    table: dict[Any, list[Any]] = {
        Decision: list(decisions),
        RawItem: [item],
        EntityForm: list(pile.forms.values()),
        Entity: list(pile.entities.values()),
    }
    return tuple(file_rulings(CaseView(lambda kind: iter(table[kind]))))


def spoken(pile: Resolved, rulings: tuple[Ruling, ...]) -> dict[str, Speaker]:
    found: dict[tuple[type[Any], str], tuple[Any, ...]] = {
        (EntityForm, key): (row,) for key, row in pile.forms.items()
    }
    found[Ruling, "d0"] = rulings
    rows = name_speakers([DocView("d0", pile.docs["d0"], found)], SpeakerTools.load(Settings()))
    quotes = {quote.id: quote.id.rpartition(".")[2] for quote in pile.docs["d0"][Quote]}
    return {quotes[row.quote_id]: row for row in rows}


def name_of(pile: Resolved, speaker: Speaker) -> str | None:
    return pile.entities[speaker.entity_id].name if speaker.entity_id else None


def test_a_ruled_speaker_comes_before_what_the_text_gives_and_goes_on() -> None:
    pile = resolved([SPEECH, OTHER])
    rows = spoken(pile, filed(pile, [decision(pile, "1", "Anke Dorn", "PER:anke dorn")]))
    assert name_of(pile, rows["1"]) == "Anke Dorn"
    assert (rows["1"].kind, rows["1"].score) == ("person", 1.0)
    first = rows["1"].reasons[0]
    assert (first.name, first.score, first.left, first.right) == ("ruling", 1.0, "sie", "Anke Dorn")
    assert "A. Prüferin" in (first.detail or "")
    assert len(rows["1"].reasons) > 1
    assert name_of(pile, rows["2"]) == "Anke Dorn"


def test_somebody_whom_only_another_text_names_may_be_ruled() -> None:
    pile = resolved([SPEECH, OTHER])
    rows = spoken(pile, filed(pile, [decision(pile, "2", "Vera Holm")]))
    assert name_of(pile, rows["2"]) == "Vera Holm"


def test_nobody_known_may_be_ruled() -> None:
    pile = resolved(["„[Das Wasser steigt]{1}“, sagte [[Anke Dorn]{P}]{1s}."])
    rows = spoken(pile, filed(pile, [decision(pile, "1", "")]))
    assert (rows["1"].kind, rows["1"].entity_id) == ("unknown", None)
    assert rows["1"].reasons[0].name == "ruling"


def test_the_newest_instant_decides_whatever_its_offset() -> None:
    pile = resolved([SPEECH, OTHER])
    late = decision(pile, "1", "Vera Holm", at="2025-01-01T11:30:00+00:00")
    early = decision(pile, "1", "Anke Dorn", at="2025-01-01T12:00:00+01:00")
    rows = spoken(pile, filed(pile, [late, early]))
    assert name_of(pile, rows["1"]) == "Vera Holm"


@pytest.mark.parametrize("name", ["Emil Wirth", "Dorn"])
def test_a_name_that_means_nobody_or_several_changes_nothing(name: str) -> None:
    pile = resolved([SPEECH, OTHER, "[Ute Dorn]{P}", "[Dorn]{P}"])
    rulings = filed(pile, [decision(pile, "1", name)])
    assert [(row.entity_id, row.speaker_kind) for row in rulings] == [(None, None)]
    assert spoken(pile, rulings) == spoken(pile, ())


def test_withdrawn_and_foreign_rulings_are_not_filed() -> None:
    pile = resolved([SPEECH])
    gone = decision(pile, "1", "Anke Dorn", withdrawn_at="2025-02-01T00:00:00+00:00")
    kept = decision(pile, "1", "Anke Dorn")
    assert filed(pile, [gone]) == ()
    assert filed(pile, [kept], sha256="6" * 64) == ()
    assert len(filed(pile, [gone, kept])) == 1


# Names


def on_names(kind: str, *values: str, at: int = 1) -> Decision:
    return Decision(f"n{at}", kind, (), values, "A. Prüferin", f"2025-01-0{at}T00:00:00+00:00")


def entity_of(pile: Resolved, key: str) -> str | None:
    return pile.forms[key].entity_id


def test_names_ruled_the_same_say_so_in_every_row() -> None:
    pile = resolved(
        ["[Ann Lee]{P}", "[Anna Leigh-Marsh]{P}"], [on_names("same", "Ann Lee", "Anna Leigh-Marsh")]
    )
    (entity,) = pile.entities.values()
    form = pile.forms["PER:ann lee"]
    (pair,) = pile.pairs
    assert entity.reasons[0] == form.reasons[0] == pair.reasons[0]
    assert (form.reasons[0].name, form.score) == ("ruling", 1.0)
    assert form.reasons[0].detail == "A. Prüferin, 2025-01-01T00:00:00+00:00, n1"


def test_names_ruled_apart_say_so_and_are_not_joined_through_a_third() -> None:
    texts: list[str | tuple[str, str]] = ["[Oleksij Sawtschuk]{P}", ("en", "[Oleksiy Savchuk]{P}"), ("ru", "[Олексій Савчук]{P}")]  # fmt: skip
    assert len(resolved(texts).entities) == 1
    pile = resolved(texts, [on_names("not_same", "Oleksij Sawtschuk", "Oleksiy Savchuk")])
    assert entity_of(pile, "PER:oleksij sawtschuk") != entity_of(pile, "PER:oleksiy savchuk")
    assert all("ruling" in {reason.name for reason in row.reasons} for row in pile.entities.values() if "Sa" in row.name)  # fmt: skip


def test_an_ambiguous_surname_may_be_given_to_one_bearer() -> None:
    texts: list[str | tuple[str, str]] = ["[Anke Dorn]{P}", "[Uwe Dorn]{P}", "[Dorn]{P}"]
    pile = resolved(texts, [on_names("same", "Dorn", "Uwe Dorn")])
    assert entity_of(pile, "PER:dorn") == entity_of(pile, "PER:uwe dorn")
    assert entity_of(pile, "PER:anke dorn") != entity_of(pile, "PER:uwe dorn")


def test_bodies_are_ruled_by_the_key_under_which_they_stood() -> None:
    texts: list[str | tuple[str, str]] = [
        "Der [finnische]{D=finnisch} [Generalstab]{O} übt.",
        "Der [Generalstab]{O} schweigt.",
        "Die [Wehrleitung Nord]{O} übt.",
    ]
    owned = next(use.key for use in resolved(texts).uses if use.key.startswith("ORG:#") and "@" in use.key)
    ruling = on_names("same", "Generalstab", "Wehrleitung Nord", owned, "ORG:wehrleitung nord")
    pile = resolved(texts, [ruling])
    assert entity_of(pile, owned) == entity_of(pile, "ORG:wehrleitung nord") is not None


def test_the_newer_of_two_rulings_on_the_same_names_counts() -> None:
    texts: list[str | tuple[str, str]] = ["[Ann Lee]{P}", "[Anna Leigh-Marsh]{P}"]
    same, apart = on_names("same", "Ann Lee", "Anna Leigh-Marsh", at=1), on_names("not_same", "Anna Leigh-Marsh", "Ann Lee", at=2)  # fmt: skip
    assert len(resolved(texts, [apart, same]).entities) == 2
    assert len(resolved(texts, [same]).entities) == 1


def test_names_ruled_apart_are_never_joined_by_way_of_others() -> None:
    texts: list[str | tuple[str, str]] = ["[Ann Lee]{P}", "[Bea Moor]{P}", "[Cora Nagel]{P}"]
    rulings = [
        on_names("same", "Ann Lee", "Bea Moor", at=1),
        on_names("same", "Bea Moor", "Cora Nagel", at=2),
        on_names("not_same", "Ann Lee", "Cora Nagel", at=3),
    ]
    pile = resolved(texts, rulings)
    assert entity_of(pile, "PER:ann lee") == entity_of(pile, "PER:bea moor")
    assert entity_of(pile, "PER:cora nagel") != entity_of(pile, "PER:ann lee")
    assert pile.forms["PER:cora nagel"].reasons[0].name == "own_form"


@pytest.mark.parametrize(
    "values", [("Ann Lee", "Emil Wirth"), ("Ann Lee", "Hafen Nord"), ("Ann Lee", "Ann Lee")]
)
def test_a_ruling_on_what_is_not_there_or_cannot_be_has_no_force(values: tuple[str, str]) -> None:
    texts: list[str | tuple[str, str]] = ["[Ann Lee]{P}", "[Hafen Nord]{O}"]
    assert resolved(texts, [on_names("same", *values)]).forms == resolved(texts).forms
