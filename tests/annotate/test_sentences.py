from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.annotate.sentences import LONGEST_SENTENCE, SentenceTools, sentence_bounds, split_sentences
from lagebild.model.document import Document, Stated, Stretch
from lagebild.model.marks import Sentence
from lagebild.settings import Settings
from lagebild.step import DocView

TOOLS = SentenceTools.load(Settings())


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text, TOOLS)]


@pytest.mark.parametrize(
    "marked",
    [
        "Am 12. März war Markt.|Danach kam der Regen.",
        "Sie dient in der 14. Brigade.",
        "Er wurde Dritter im Lauf 3.|Danach ging er heim.",
        "Das hilft z. B. Bauern.",
        "Äpfel, Birnen usw.|Der Laden schließt.",
        "J. K. Lindner liest.",
        "Die App heißt Radar24.|Sie ist neu.",
        "„Wir kommen.|Wir bleiben“, sagte sie.",
        "„Kommen Sie?|Bald?“, fragte er.",
        "„Das ist aus.“|Er ging.",
        "Sie sagt es.|„Neu ist das nicht.“",
        '"Das dauert."|"Nein."',
        "»Ja.«|»Nein.«",
        "„Nein!“, rief sie.",
        "“Why now?” Jones asked.|Nobody knew.",
        "« Oui. »|« Non. »",
        "‚Halt!’: So endet der Film.",
        "Und dann … war Ruhe.",
        "Das Buch […] fehlt.|Es ist weg.",
        "Ein Foto.|pic.example.com/abc",
        "Mehr auf www.a-b.de.|Bis bald.",
        "Er geht.|(Gut so.)",
        "Ganz klar.|(dpa)",
        "Der Damm brach.|Die Stadt schlief.",
        "Hochwasser\n|Die Pegel steigen.",
        "他来了。|他走了。",
    ],
)
def test_ends_stand_where_they_should(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    glued = marked.replace(".|D", ".D") if "Damm" in marked else marked
    text = glued.replace("。|", "。").replace("\n|", "\n").replace("|", " ")
    assert sentences(text) == expected


def test_a_line_that_was_only_wrapped_does_not_end_a_sentence() -> None:
    text = "Die Gemeinde am Fluss hat gestern mit ihren vielen Anwohnern über\nden Deich gesprochen. Alle waren da."
    assert len(sentences(text)) == 2


def test_a_sentence_never_crosses_a_stretch() -> None:
    text = "Eins ohne Punkt\n\nZwei ohne Punkt"
    view = DocView(
        "d", {Document: (_document(text),), Stretch: (Stretch("b1", "d", 0, 15), Stretch("b2", "d", 17, 32))}
    )
    rows = [row for row in split_sentences([view], TOOLS) if isinstance(row, Sentence)]
    assert [(row.start, row.end, row.block_id) for row in rows] == [(0, 15, "b1"), (17, 32, "b2")]


def test_a_text_over_the_limit_gives_no_sentence() -> None:
    text = "Ein Satz. " * 20
    view = DocView("d", {Document: (_document(text),), Stretch: (Stretch("b", "d", 0, len(text)),)})
    assert list(split_sentences([view], SentenceTools.load(Settings(max_text=100)))) == []


@given(st.text(alphabet="ab D1.!?…\"„“»«')(\n\r 。•", max_size=300))
def test_sentences_cover_all_that_is_no_white_space_once(text: str) -> None:
    bounds = list(sentence_bounds(text, TOOLS))
    assert "".join("".join(text[start:end].split()) for start, end in bounds) == "".join(text.split())
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(bounds))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in bounds)


@pytest.mark.parametrize("unit", [".", ". ", '"', "„", "Am 12. Januar ", "5. ", "x\n", "? ! ", "a ", '." '])
def test_one_phrase_many_times_stays_bounded(unit: str) -> None:
    text = unit * 50_000
    bounds = list(sentence_bounds(text, TOOLS))
    assert max((end - start for start, end in bounds), default=0) <= LONGEST_SENTENCE


def _document(text: str) -> Document:
    return Document("d", text, "text/plain", "utf-8", Stated(), (), None)
