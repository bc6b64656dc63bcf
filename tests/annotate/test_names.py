from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lagebild.annotate.names import NameTools, find_names
from lagebild.model.marks import Mention
from lagebild.settings import Settings
from lagebild.step import DocView

Annotated = Callable[..., DocView]
TOOLS = NameTools.load(Settings())


def names(view: DocView) -> list[Mention]:
    return list(find_names([view], TOOLS))


def shown(view: DocView) -> list[str]:
    """Each name as „words KIND“, a small d for derived."""
    return [f"{view.text[it.start : it.end]} {it.kind}{'d' if it.derived else ''}" for it in names(view)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministerin Annika Voss kam.", ["Annika Voss PER"]),
        ("Das sagte Mykola Zubrenko gestern.", ["Mykola Zubrenko PER"]),
        ("Laut Ostapa Hrinko, Direktorin des Northern Policy Research Network, ist es ruhig.", ["Ostapa Hrinko PER", "Northern Policy Research Network ORG"]),
        ("Sie lebt in Koblenz.", ["Koblenz LOC"]),
        ("Er zog nach Essen.", ["Essen LOC"]),
        ("Das Essen war kalt.", []),
        ("Die russische Armee zog ab.", ["russische LOCd"]),
        ("Viele Ukrainer flohen.", ["Ukrainer LOCd"]),
        ("Die Moskauer Börse schloss.", ["Moskauer LOCd"]),
        ("Der US-Vorschlag liegt vor.", ["US LOC"]),
        ("Der Merz-Berater schwieg.", ["Merz PER"]),
        ("Die EU-Kommission tagt.", ["EU-Kommission ORG"]),
        ("Das Weiße Haus schwieg.", ["Weiße Haus ORG"]),
        ("Er traf Ursula von der Leyen.", ["Ursula von der Leyen PER"]),
        ("Es sprach Kim Jong-un.", ["Kim Jong-un PER"]),
        ("Wie (Wladimir) Koslow sagte.", ["(Wladimir) Koslow PER"]),
        ("Er gratulierte Wladimir Koslow Martin Brenner zum Sieg.", ["Wladimir Koslow PER", "Martin Brenner PER"]),
        ("Die Hansen AG baut.", ["Hansen AG ORG"]),
        ("Bei Frankfurt am Main brennt es.", ["Frankfurt am Main LOC"]),
        ("Die Truppen blieben im Lager.", []),
        ("Die Drohnenbediener und die Waffenstillstandsvereinbarung", []),
        ("Im Zweiten Weltkrieg", ["Zweiten Weltkrieg MISC"]),
        ("Er schrieb auf Truth Social.", ["Truth Social ORG"]),
        ("Das schrieb Ovelyn Marchmont gestern.", ["Ovelyn Marchmont PER"]),
        ("Der Sender Vantare Portalba schwieg.", ["Vantare Portalba ORG"]),
        ("Ostrelien schwieg. Die ostrelische Armee zog ab.", ["Ostrelien LOC", "ostrelische LOCd"]),
        ("Ostrelia schwieg. Die Soldaten Ostrelias zogen ab.", ["Ostrelia LOC", "Ostrelias LOC"]),
        ("Die Brücke von Tremogorsk ist zu.", ["Tremogorsk LOC"]),
        ("Die Werft liegt in Tremogorsk. Gestern traf Tremogorsk ein Sturm.", ["Tremogorsk LOC", "Tremogorsk LOC"]),
        ("Die Zelgor-Aktie fiel. Zelgor schweigt.", ["Zelgor ORG", "Zelgor ORG"]),
        ("Die Reederei Nordia-Linie schweigt. Später handelte Nordia-Linie doch.", ["Nordia-Linie ORG", "Nordia-Linie ORG"]),
    ],
)  # fmt: skip
def test_names_and_their_kinds(annotated: Annotated, text: str, expected: list[str]) -> None:
    assert shown(annotated(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops from Ostrelia left. The Ostrelian army had crossed.", ["Ostrelia LOC", "Ostrelian LOCd"]),
        ("It was counted by the Southern Monitoring Mission.", ["Southern Monitoring Mission ORG"]),
    ],
)
def test_english_lands_and_bodies_are_no_persons(
    annotated: Annotated, text: str, expected: list[str]
) -> None:
    assert shown(annotated(text, language="en")) == expected


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Hier steht Putins Haus.", "Putin"),
        ("Hier steht Johannes.", "Johannes"),
        ("Russlands Präsident kam.", "Russland"),
        ("Die Stadt Paris ist groß.", "Paris"),
        ("Die russischen Häfen", "russisch"),
        ("Bei den Ukrainern", "Ukrainer"),
        ("Vor dem Weißen Haus", "Weißes Haus"),
        ("Wie (Wladimir) Koslow sagte.", "Wladimir Koslow"),
    ],
)
def test_the_base_form_has_no_ending(annotated: Annotated, text: str, base: str) -> None:
    assert [it.base for it in names(annotated(text))] == [base]


def test_what_a_document_shows_once_holds_for_all_of_it(annotated: Annotated) -> None:
    view = annotated(
        "Koch sprach zuerst.\nDer Landrat Roland Koch kam spät. Für Koch war es neu. Der Koch kochte."
    )
    assert shown(view) == ["Koch PER", "Roland Koch PER", "Koch PER"]


def test_a_name_does_not_run_over_a_line_end(annotated: Annotated) -> None:
    assert shown(annotated("Moskau\nKiew")) == ["Moskau LOC", "Kiew LOC"]


def test_a_line_in_capitals_is_read(annotated: Annotated) -> None:
    assert [(it.base, it.kind) for it in names(annotated("PUTIN WARNT RUSSLAND"))] == [
        ("Putin", "PER"),
        ("Russland", "LOC"),
    ]


def test_english_names(annotated: Annotated) -> None:
    view = annotated(
        "Siemens Energy will leave Hull. Chief executive Ann Roe met British officials on Friday.",
        language="en",
    )
    assert shown(view) == ["Siemens Energy ORG", "Hull LOC", "Ann Roe PER", "British LOCd"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Emmanuel Macron est arrivé à Paris.", ["Emmanuel Macron PER", "Paris LOC"]),
        ("uk", "Володимир Зеленський прибув до Києва.", ["Володимир Зеленський PER", "Києва LOC"]),
        ("ru", "Владимир Путин прибыл в Москву.", ["Владимир Путин PER", "Москву LOC"]),
    ],
)
def test_a_language_without_data_has_the_names_of_the_model(
    annotated: Annotated, language: str, text: str, expected: list[str]
) -> None:
    assert shown(annotated(text, language=language)) == expected


def test_a_foreign_sentence_is_read_in_its_own_language(annotated: Annotated) -> None:
    view = annotated(
        "Der Minister reiste nach Kiel. We have to talk about the weather and the harvest in Poland."
    )
    assert shown(view) == ["Kiel LOC", "Poland LOC"]


def test_every_name_has_its_reasons_and_a_score(annotated: Annotated) -> None:
    for it in names(
        annotated("Der Sprecher Peter Lund sagte in Kiew, die NATO und Zubrenko seien informiert.")
    ):
        assert 0 < it.score <= 1
        assert 1 <= len(it.reasons) <= 5


@given(st.text(alphabet="ABDabdein äö-’'.,()/\n„“XIVs1", max_size=120))
@hypothesis_settings(deadline=None)
def test_any_text_gives_names_in_order_without_overlap(text: str) -> None:
    view = _view(text)
    spans = [(it.start, it.end) for it in names(view)]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


def _view(text: str) -> DocView:
    from lagebild.annotate.sentences import SentenceTools, split_sentences
    from lagebild.annotate.words import WordTools, split_words
    from lagebild.model.document import Document, Masthead, Stated, Stretch
    from lagebild.model.marks import Sentence, Words

    rows: dict[type, tuple[object, ...]] = {
        Document: (Document("d", text, "text/plain", "utf-8", Stated(), (), None),),
        Stretch: (Stretch("b", "d", 0, len(text)),),
        Masthead: (Masthead("d:m", "d", "de", None, None, None, None, None, (), ()),),
    }
    found = split_sentences([DocView("d", rows)], SentenceTools.load(Settings()))
    rows[Sentence] = tuple(row for row in found if isinstance(row, Sentence))
    rows[Words] = tuple(split_words([DocView("d", rows)], WordTools.load(Settings())))
    return DocView("d", rows)
