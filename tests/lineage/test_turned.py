"""Sentences turned round: found without their order, joined over parts, cut at what is put in, bounded where a text repeats itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lagebild.lineage.passages import Passage, shared_passages
from lagebild.lineage.turned import (
    COMMON,
    Sentences,
    sentence_ranges,
    turned_passages,
    with_turned,
    without_own,
)
from lagebild.textkit.shingles import tokens_of
from tests.lineage.rows import doc_view, links, words_of

FERRY = "Die Fähre Marit lief am Abend mit Kühen und zwei Traktoren an Bord auf den Pfeiler der Zugbrücke bei Sundhagen."
TURNED = "Auf den Pfeiler der Zugbrücke bei Sundhagen lief am Abend, Kühe und zwei Traktoren an Bord, die Fähre Marit."
OTHER = "Bei Sundhagen stieß ein Schiff an ein Bauwerk; Vieh ging dabei nicht verloren."


def cut(text: str) -> Sentences:
    tokens = tokens_of(text, 0, len(text))
    forms = [token.form for token in tokens]
    return Sentences(forms, [float(len(form) > 2) for form in forms], sentence_ranges(text, tokens))


def test_a_sentence_turned_round_is_found_and_another_of_the_same_event_is_not() -> None:
    (passage,) = turned_passages(cut(FERRY), cut(TURNED))
    assert passage.left[1] - passage.left[0] >= 16
    assert turned_passages(cut(FERRY), cut(OTHER)) == []


def test_a_sentence_made_two_is_one_passage() -> None:
    parts = "Auf den Pfeiler der Zugbrücke lief am Abend die Fähre Marit. An Bord: Kühe und zwei Traktoren."
    whole = with_turned([], turned_passages(cut(FERRY), cut(parts)), (frozenset(), frozenset()))
    assert len(whole) == 1


def test_sentences_that_changed_places_stay_two_passages() -> None:
    second = "Taucher fanden am Grund des Sundes die Glocke und einen Anhänger voller Rüben."
    left, right = cut(f"{FERRY} {second}"), cut(f"{second} {TURNED}")
    whole = with_turned(
        shared_passages(left.forms, right.forms),
        turned_passages(left, right),
        (frozenset(), frozenset()),
    )
    assert len(whole) == 2


def test_furniture_keeps_passages_apart() -> None:
    second = "Taucher fanden am Grund des Sundes die Glocke und einen Anhänger voller Rüben."
    both = cut(f"{FERRY} {second}")
    found = turned_passages(both, both)
    at = both.ranges[1][0]
    assert len(with_turned([], found, (frozenset(), frozenset()))) == 1
    assert len(with_turned([], found, (frozenset({at}), frozenset()))) == 2


def test_a_sentence_put_in_cuts_the_passage() -> None:
    second = "Taucher fanden am Grund des Sundes die Glocke und einen Anhänger voller Rüben."
    left, right = (
        cut(f"{FERRY} {second}"),
        cut(f"{FERRY} Im Hafen drehte derweil kalter Wind nach Norden. {second}"),
    )
    (chain,) = [
        Passage((0, len(left.forms)), (0, len(right.forms)), tuple(run for one in shared_passages(left.forms, right.forms) for run in one.runs))
    ]  # fmt: skip
    assert [left.forms[one.left[0]] for one in without_own([chain], left, right)] == ["die", "taucher"]


def test_a_number_or_a_name_with_a_full_stop_ends_no_sentence() -> None:
    assert len(cut("Es waren 1.200 Meter und 2,5 Liter").ranges) == 1
    assert cut("Erstens: zweitens; drittens.").ranges == [(0, 3), (0, 1), (1, 2), (2, 3)]


def test_a_text_that_repeats_itself_makes_no_work() -> None:
    text = cut(f"{FERRY} " * 3_000)
    assert turned_passages(text, text) == []
    assert min(len(numbers) for numbers in text.holders.values()) > COMMON


words = st.lists(
    st.sampled_from(["Aal", "Boot", "Deich", "Ebbe", "Flut", "Gicht", "Hafen", "Insel", "Kai", "Luv"]),
    max_size=60,
)


@given(words, words, st.sampled_from([". ", "; ", " "]))
def test_passages_lie_inside_and_hold_equal_words(left: list[str], right: list[str], mark: str) -> None:
    a, b = cut(mark.join(left)), cut(mark.join(right))
    found = with_turned(shared_passages(a.forms, b.forms), turned_passages(a, b), (frozenset(), frozenset()))
    for one in without_own(found, a, b):
        assert 0 <= one.left[0] < one.left[1] <= len(a.forms)
        assert 0 <= one.right[0] < one.right[1] <= len(b.forms)
        used: set[int] = set()
        for run in one.runs:
            assert a.forms[run.left : run.left_end] == b.forms[run.right : run.right_end]
            assert not used & set(range(run.left, run.left_end))
            used |= set(range(run.left, run.left_end))


def test_a_turned_copy_is_an_edited_copy() -> None:
    more = "Der Maat Ocke Brarens sprang ins Wasser und hielt die Leine, bis Schlepper aus Wismar kamen."
    again = (
        "Bis Schlepper aus Wismar kamen, hielt Maat Ocke Brarens, der ins Wasser gesprungen war, die Leine."
    )
    left, right = doc_view("a", f"{FERRY} {more}"), doc_view("b", f"{TURNED} {again}")
    (link,) = links(left, right)
    assert link.kind == "edited"
    assert words_of(left, link).startswith("Die Fähre")
