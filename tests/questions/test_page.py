"""The page model: marks, citations, sides, segments."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from lagebild.model.document import Document
from lagebild.model.dossier import BriefLine
from lagebild.model.finding import Finding, Side
from lagebild.model.lineage import CopyLink
from lagebild.model.pages import Mark, Page, Part
from lagebild.questions.page import dossier_page
from lagebild.questions.page_marks import letters_after
from lagebild.questions.page_speech import runs_of
from lagebild.questions.page_texts import merged, within
from lagebild.settings import Settings
from tests import pile as piles
from tests.pile import Small


@pytest.fixture(scope="module")
def page() -> Page:
    return dossier_page(piles.pile(), Settings())


@pytest.fixture(scope="module")
def part(page: Page) -> Part:
    return page.parts[0]


def marks_in(value: Any) -> list[Mark]:
    """Every mark anywhere in a record."""
    if isinstance(value, Mark):
        return [value]
    if isinstance(value, tuple):
        return [mark for one in value for mark in marks_in(one)]
    if is_dataclass(value):
        return [mark for one in fields(value) for mark in marks_in(getattr(value, one.name))]
    return []


@pytest.mark.parametrize("made", [piles.pile, piles.two_stories, piles.hostile, piles.long_text])
def test_passages_are_the_words_of_their_text(made: Any) -> None:
    case = made()
    texts = {doc.id: doc.text for doc in case.rows(Document)}
    page = dossier_page(case, Settings())
    assert page.passages
    for passage in page.passages:
        assert passage.exact == texts[passage.doc_id][passage.start : passage.end] != ""


def test_every_mark_is_in_the_index_and_every_entry_is_cited(page: Page) -> None:
    numbers = {passage.number: passage for passage in page.passages}
    cited = {mark.number for mark in marks_in(page.parts)}
    assert cited == set(numbers)
    assert all(
        numbers[m.number].label == m.label[: len(numbers[m.number].label)] for m in marks_in(page.parts)
    )


def test_segments_join_to_the_text_and_hold_the_passages(page: Page) -> None:
    for source in page.parts[0].sources:
        words: dict[int, str] = {}
        for block in source.blocks:
            for segment in block.segments:
                for number in segment.cites:
                    words[number] = words.get(number, "") + segment.text
        for passage in page.passages:
            if passage.doc_id == source.doc_id:
                assert words[passage.number].replace("\n\n", "") == passage.exact.replace("\n\n", "")


def test_letters_are_origins_and_copies_are_marked(part: Part) -> None:
    rows = {row.letter: [(node.label, node.copy) for node in row.nodes] for row in part.origins}
    assert rows["B"] == [("B1", False), ("B2", True), ("B3", True)]
    assert rows["A"] == [("A1", False)]


def test_a_second_passage_of_a_text_gets_a_suffix(part: Part) -> None:
    figure = next(one for one in part.figures if "Verletzte" in one.question)
    assert [mark.label for row in figure.rows for mark in row.cites] == ["B1", "B2", "C1", "D1", "D1"]
    twice = [m.label for item in part.timeline for m in item.cites]
    assert "B1" in twice


def test_speaker_of_kind_unknown_gets_no_name(part: Part) -> None:
    unknown = part.people[-1]
    assert unknown.name is None
    assert unknown.quotes[0].words_for == "sie"
    assert unknown.quotes[0].runs[0].text == "Da standen wir alle schon im Rauch"


def test_the_same_words_in_a_copy_are_one_quote(part: Part) -> None:
    wolgast = next(person for person in part.people if person.name == "Petra Wolgast")
    (quote,) = wolgast.quotes
    assert (quote.texts, quote.origins, [mark.label for mark in quote.cites]) == (2, 1, ["B1", "B2"])
    assert wolgast.roles == ("Einsatzleiterin",)


def test_quotation_marks_only_around_literal_words(part: Part) -> None:
    blast = part.disputes[0]
    voice = next(v for side in blast.sides for v in side.voices if v.name == "Arne Kranich")
    assert [(run.text, run.literal) for run in voice.runs] == [
        ("Es habe", False), ("zu keinem Zeitpunkt eine Explosion", True), ("gegeben", False),
    ]  # fmt: skip


def test_figures_tell_who_says_them(part: Part) -> None:
    figure = next(one for one in part.figures if "Verletzte" in one.question)
    rows = {row.name: row for row in figure.rows}
    assert rows["rpd"].own
    assert (rows["Ein Feuerwehrmann"].low, rows["Ein Feuerwehrmann"].high) == (4, None)
    assert rows["Ein Feuerwehrmann"].kind == "anonymous"


def test_the_latest_number_is_only_named_where_all_others_are_surely_older(part: Part) -> None:
    left = next(one for one in part.figures if "Häuser" in one.question)
    assert not any(row.latest for row in left.rows)
    assert [row.headline for row in left.rows] == [False, True, False]


def test_entries_planned_disputed_background(part: Part) -> None:
    kinds = [item.kind for item in part.timeline]
    assert kinds[:2] == ["background", "background"]
    assert kinds[2:5] == ["inferred", "disputed", "disputed"]
    assert kinds[6:8] == ["planned", "planned"]


def test_dropped_lines_are_kept_with_their_reason(part: Part) -> None:
    (gone,) = part.brief.dropped
    assert gone.reasons[0].name == "not_entailed"
    assert all(gone.text != line.text for group in part.brief.groups for line in group.lines)


def test_what_is_missing_and_what_was_not_read(part: Part) -> None:
    assert [one.name for one in part.missing] == ["Klinik in Seefurt"]  # nobody can ask a man without a name
    assert part.unread == ("E1",)


def test_warnings_of_sources(part: Part) -> None:
    spread = next(source for source in part.sources if source.doc_id == "d04")
    assert [warning.name for warning in spread.warnings] == [
        "date_inferred",
        "outlet_unknown",
        "uncredited",
        "problem",
    ]
    assert spread.published is None
    assert spread.dated is not None


def test_sources_without_part_are_told(page: Page) -> None:
    assert page.unplaced == ("leer.txt",)


def test_parts_that_find_no_room_are_listed() -> None:
    page = dossier_page(piles.two_stories(), Settings(page_texts=8))
    assert [part.title for part in page.parts] == ["Großbrand auf Recyclinghof in Altmoor – zwei Verletzte"]
    assert [(story.title, story.texts) for story in page.listed] == [("Neue Brücke in Seefurt", 1)]


def test_the_largest_story_is_shown_whatever_the_room() -> None:
    page = dossier_page(piles.two_stories(), Settings(page_texts=1))
    assert page.parts[0].texts == 8


def test_a_case_without_stories_gives_a_page() -> None:
    page = dossier_page(piles.empty(), Settings())
    assert (page.parts, page.files, len(page.problems)) == ((), 0, 1)


def test_a_long_text_is_shown_around_its_passages() -> None:
    page = dossier_page(piles.long_text(), Settings())
    blocks = page.parts[0].sources[0].blocks
    shown = "".join(segment.text for block in blocks for segment in block.segments)
    assert "Ende der Reise." in shown
    assert len(shown) < 30_000
    assert sum(block.skipped for block in blocks) + len(shown) + 2 >= page.parts[0].sources[0].characters


def test_page_does_not_depend_on_the_order_of_rows() -> None:
    case = piles.pile()
    first = dossier_page(case, Settings())
    case.kept.reverse()
    assert dossier_page(case, Settings()) == first


def test_letters_go_on_after_z() -> None:
    letters = letters_after(["A", "C"])
    found = [next(iter([letter])) for letter, _ in zip(letters, range(27), strict=False)]
    assert found[:2] == ["B", "D"]
    assert found[-3:] == ["AA", "AB", "AC"]


def test_runs_leave_marks_of_quotation_to_the_page() -> None:
    from lagebild.model.span import Piece

    text = "Er nannte es „einen Witz“ und ging."
    runs = runs_of(text, [Piece(0, len(text))], [Piece(text.index("einen"), text.index("“"))])
    assert [(run.text, run.literal) for run in runs] == [
        ("Er nannte es", False),
        ("einen Witz", True),
        ("und ging.", False),
    ]


def test_intervals() -> None:
    assert merged([(5, 7), (0, 2), (1, 3), (3, 3)]) == [(0, 3), (5, 7)]
    assert within([(0, 10)], [(2, 3), (5, 20)]) == [(2, 3), (5, 10)]


def test_texts_beyond_the_room_are_shown_around_their_passages() -> None:
    page = dossier_page(piles.pile(), Settings(page_texts=1))
    shown = {s.label: sum(len(g.text) for b in s.blocks for g in b.segments) for s in page.parts[0].sources}
    cited = {
        number for s in page.parts[0].sources for b in s.blocks for g in b.segments for number in g.cites
    }
    assert shown["A1"] > 100
    assert cited == {passage.number for passage in page.passages}


@pytest.fixture
def small() -> Small:
    """Two texts that know each other's words, and nothing else."""
    return Small()


def test_two_speakers_relayed_by_one_text_are_one_origin(small: Small) -> None:
    one = small.text("d1", "Der Deich sei dicht, sagte der Wart. Die Polizei sieht es ebenso.")
    cite = one.cite("Der Deich sei dicht, sagte der Wart.")
    line = BriefLine(
        "l1", "st", 1, "claimed", cite.exact, "de", (cite,), "carried", (), ("o-wart", "o-polizei"), None, ()
    )
    small.case.add(line)
    (shown,) = [line for group in small.part().brief.groups for line in group.lines]
    assert (shown.status, shown.origins) == ("single_source", 1)


def test_the_same_words_of_one_speaker_in_two_texts_have_one_origin(small: Small) -> None:
    for name in ("d1", "d2"):
        made = small.text(name, f"„Wir pumpen weiter“, sagte Wehrführerin Alma Thies im Blatt {name}.")
        quote = made.quote("Wir pumpen weiter", "sagte", "Wehrführerin Alma Thies", kind="person")
        made.claim("Wir pumpen weiter", ["o-thies"], quote=quote)
    (person,) = small.part().people
    assert [(quote.texts, quote.origins) for quote in person.quotes] == [(2, 1)]


def test_unnamed_speakers_of_two_texts_are_not_taken_for_one(small: Small) -> None:
    for name, words in (("d1", "Es ist vorbei"), ("d2", "Es fängt erst an"), ("d3", "Es ist vorbei")):
        made = small.text(name, f"„{words}“, sagte ein Sprecher. Mehr sagte er nicht.")
        made.quote(words, "sagte", "ein Sprecher", kind="anonymous")
    found = [[quote.texts for quote in person.quotes] for person in small.part().people]
    assert found == [[2], [1]]


def test_a_pronoun_is_no_name_and_a_heading_has_no_article(small: Small) -> None:
    made = small.text("d1", "„Das Tor klemmt“, sagte er. „Es hält“, hieß es bei der Feuerwehr.")
    made.quote("Das Tor klemmt", "sagte", "er", kind="person")
    made.quote("Es hält", "hieß es", "der Feuerwehr", kind="organisation")
    people = {person.name: person.quotes[0].words_for for person in small.part().people}
    assert people == {"Feuerwehr": "der Feuerwehr", None: "er"}


def test_words_that_only_name_what_is_said_stand_in_their_sentence(small: Small) -> None:
    made = small.text("d1", "Es regnet. Die Stadt wies diese Darstellung am Abend zurück. Dann schwieg sie.")
    quote = made.quote(
        "diese Darstellung", "wies", "Die Stadt", kind="organisation", form="indirect", stance="deny"
    )
    made.claim("diese Darstellung", ["o-stadt"], quote=quote)
    made.sentences()
    (person,) = small.part().people
    (item,) = person.quotes
    assert [(run.text, run.told) for run in item.runs] == [
        ("Die Stadt wies", True), ("diese Darstellung", False), ("am Abend zurück.", True),
    ]  # fmt: skip
    assert [small.words(mark) for mark in item.cites] == ["Die Stadt wies diese Darstellung am Abend zurück."]


def test_a_clash_of_titles_shows_the_titles_and_who_gives_them(small: Small) -> None:
    first = small.text("d1", "Am Morgen kam Bürgermeister Till Ohm. Er sprach kurz.")
    second = small.text("d2", "„Ich traue Altbürgermeister Till Ohm“, sagte Alma Thies.")
    quote = second.quote("Ich traue Altbürgermeister Till Ohm", "sagte", "Alma Thies", kind="person")
    sides = []
    for made, role, words, inside in (
        (first, "Bürgermeister", "Am Morgen kam Bürgermeister Till Ohm", None),
        (second, "Altbürgermeister", "Ich traue Altbürgermeister Till Ohm", quote),
    ):
        claim = made.claim(words, ["o-thies"], quote=inside)
        made.titled("e-ohm", "Till Ohm", role)
        sides.append(Side(f"{role} Till Ohm", (claim,), ("o-thies",)))
    small.case.add(
        Finding(
            "f1", "st", "role_conflict", True, "Welches Amt hat Till Ohm?", "inconsistent", tuple(sides), ()
        )
    )
    (dispute,) = small.part().disputes
    assert [[(v.name, v.own, v.runs[0].text) for v in side.voices] for side in dispute.sides] == [
        [("d1.txt", True, "Bürgermeister Till Ohm")],
        [("Alma Thies", False, "Altbürgermeister Till Ohm")],
    ]


def test_equal_words_without_direction_are_shared_in_both_texts(small: Small) -> None:
    words = "Das Wasser steht bis zur Kirche."
    first = small.text("d1", f"{words} Niemand wurde verletzt.")
    second = small.text("d2", f"{words} Die Schule bleibt zu.")
    small.case.add(CopyLink("k1", first.span(words), second.span(words), "same_text", "unknown", 1.0))
    sources = {source.doc_id: source for source in small.part().sources}
    assert [[label for label, _ in sources[name].copied] for name in ("d1", "d2")] == [["B1"], ["A1"]]
    assert all(source.own < 0.6 for source in sources.values())
