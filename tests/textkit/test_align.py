"""Lines of an extractor are found again in a text, or not at all."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lagebild.textkit.align import Range, matching_form, place_lines

LETTERS = st.text(alphabet="ab ü\u0308\u00ad-\n", max_size=40)


def placed(lines: list[str], text: str) -> list[str | None]:
    """The words at each line's place, parts joined by "|"."""
    return [
        "|".join(text[start:end] for start, end in ranges) if ranges else None
        for ranges in place_lines(lines, text)
    ]


def test_a_line_that_occurs_once_is_found() -> None:
    assert placed(["Der Pegel steigt weiter."], "Menü\nDer Pegel steigt weiter.\nImpressum") == [
        "Der Pegel steigt weiter."
    ]


def test_white_space_does_not_count() -> None:
    assert placed(["Der Pegel steigt"], "x Der\n   Pegel\u00a0steigt y") == ["Der\n   Pegel\u00a0steigt"]


def test_letter_and_mark_match_the_composed_letter_whole() -> None:
    text = "Die Bru\u0308cke"
    assert placed(["Brücke"], text) == ["Bru\u0308cke"]


def test_a_letter_is_not_cut_from_its_mark() -> None:
    assert placed(["Ziel x"], "Ziel x\u0301 erreicht") == [None]


def test_soft_hyphens_and_zero_width_spaces_do_not_count() -> None:
    assert placed(["Hochwasserschutz"], "der Hoch\u00adwasser\u200bschutz hält") == [
        "Hoch\u00adwasser\u200bschutz"
    ]


def test_a_repeated_line_goes_between_its_neighbours() -> None:
    text = "Mehr dazu\nErster Absatz hier\nMehr dazu\nZweiter Absatz hier\nMehr dazu"
    found = place_lines(["Erster Absatz hier", "Mehr dazu", "Zweiter Absatz hier"], text)
    assert found[1] == ((29, 38),)


def test_equal_lines_take_places_one_after_the_other() -> None:
    assert place_lines(["Ja.", "Ja."], "Ja.\nNein.\nJa.") == (((0, 3),), ((10, 13),))


def test_text_inserted_by_the_page_splits_the_place() -> None:
    text = "Am Abend wurde die Straße [Bild öffnen] für den Verkehr gesperrt."
    assert placed(["Am Abend wurde die Straße für den Verkehr gesperrt."], text) == [
        "Am Abend wurde die Straße|für den Verkehr gesperrt."
    ]


def test_an_insertion_that_begins_like_the_rest_is_still_an_insertion() -> None:
    text = "Die Stadtwerke wollen mehr (mehr dazu) mobile Pumpen kaufen."
    assert placed(["Die Stadtwerke wollen mehr mobile Pumpen kaufen."], text) == [
        "Die Stadtwerke wollen mehr|mobile Pumpen kaufen."
    ]


def test_a_line_with_another_word_has_no_place() -> None:
    assert placed(["Am Abend wurde die Brücke gesperrt."], "Am Abend wurde die Straße gesperrt.") == [None]


def test_a_line_never_fits_inside_words() -> None:
    text = "Wasserstandsmeldung und Wetterbericht"
    assert placed(["Wasserstand und Wetterbericht"], text) == [None]


def test_a_line_out_of_order_keeps_its_only_place() -> None:
    text = "Absatz eins steht hier.\nAbsatz zwei steht hier.\nAbsatz drei steht hier."
    lines = ["Absatz drei steht hier.", "Absatz eins steht hier.", "Absatz zwei steht hier."]
    assert placed(lines, text) == lines


def test_empty_lines_have_no_place() -> None:
    assert place_lines(["", " \u00ad "], "Text") == ((), ())


def test_many_lines_are_all_found() -> None:
    lines = [f"Meldung Nummer {k} aus dem Lagezentrum." for k in range(5000)]
    assert all(place_lines(lines, "\n".join(lines)))


@given(st.lists(LETTERS, max_size=8), LETTERS)
def test_a_place_holds_the_line_and_nothing_else(lines: list[str], text: str) -> None:
    for line, ranges in zip(lines, place_lines(lines, text), strict=True):
        if ranges:
            assert (
                "".join(matching_form(text[start:end]).chars for start, end in ranges)
                == matching_form(line).chars
            )


@given(st.lists(LETTERS, max_size=8), LETTERS)
def test_places_do_not_overlap(lines: list[str], text: str) -> None:
    taken: list[Range] = sorted(part for ranges in place_lines(lines, text) for part in ranges)
    assert all(left[1] <= right[0] for left, right in pairwise(taken))


@given(
    st.lists(
        st.text(alphabet="abcdefgh", min_size=1, max_size=6).map(lambda word: f"{word} Ende"),
        unique=True,
        max_size=12,
    )
)
def test_whole_lines_are_found_in_their_own_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert placed(lines, text) == lines


@given(LETTERS)
def test_the_form_leads_back_to_the_text(text: str) -> None:
    form = matching_form(text)
    assert len(form.chars) == len(form.places) == len(form.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(form.places, form.ends, strict=True))
