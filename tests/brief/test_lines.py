"""Sentences chosen for the brief, and the check that lets them pass."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gold.compare.piles import story, view

from lagebild.brief.check import CheckTools, check_lines
from lagebild.brief.lines import LineTools, write_lines
from lagebild.compare.findings import CompareTools, compare_claims
from lagebild.model.document import Document
from lagebild.model.dossier import BriefLine, DraftLine, Section
from lagebild.model.finding import Finding
from lagebild.model.span import Citation

STORY = "st1"
Texts = list[dict[str, Any]]

DAM: Texts = [
    {
        "path": "a.txt", "outlet": "Lohrer Anzeiger", "day": "2024-05-03", "headlines": ["Angst am Damm"],
        "text": (
            "Angst am Damm\nIn Lohra haben Arbeiter am Freitag das Wehr der Talsperre geöffnet. Er sei sicher, hieß es.\n"
            "Ingenieurin Rosa Feld sagte, der Damm habe Risse. „Wir messen jede Stunde nach. Niemand muss sich fürchten“, versicherte Bürgermeister Karl Uhl.\n"
            "Der Betreiber wies zurück, dass der Damm Risse habe. Wann das Wehr wieder schließt, ist unklar."
        ),
        "names": [["Rosa Feld", "Rosa Feld"], ["Karl Uhl", "Karl Uhl"], ["Lohra", "Lohra", "LOC"]],
        "claims": [
            {"words": "In Lohra haben Arbeiter am Freitag das Wehr der Talsperre geöffnet", "predicate": "geöffnet"},
            {"words": "Er sei sicher", "by": "", "cue": "hieß es"},
            {"words": "der Damm habe Risse", "by": "Ingenieurin Rosa Feld", "who": "Rosa Feld", "cue": "sagte", "predicate": "Risse"},
            {
                "words": "Wir messen jede Stunde nach", "by": "Bürgermeister Karl Uhl", "who": "Karl Uhl", "form": "direct", "cue": "versicherte",
                "quote": "Wir messen jede Stunde nach. Niemand muss sich fürchten",
            },
            {
                "words": "der Damm Risse habe", "quote": "dass der Damm Risse habe", "by": "Der Betreiber", "stance": "deny", "cue": "wies",
                "polarity": "denied", "predicate": "Risse", "kind": "organisation",
            },
        ],
    },
    {
        "path": "b.txt", "outlet": "Talbote", "day": "2024-05-04",
        "text": "Das Wehr der Talsperre in Lohra haben Arbeiter geöffnet. Am Montag will der Landrat die Straße sperren.",
        "claims": [
            {"words": "Das Wehr der Talsperre in Lohra haben Arbeiter geöffnet", "predicate": "geöffnet"},
            {"words": "Am Montag will der Landrat die Straße sperren", "modality": "planned", "predicate": "sperren"},
        ],
    },
]  # fmt: skip


def drafted(texts: Texts) -> tuple[list[DraftLine], Any]:
    """The drafts of a pile, and the group as the check sees it."""
    made, found = story(texts)
    rows = [row for row in compare_claims(view(made, found), CompareTools()) if isinstance(row, Finding)]
    found = {**found, (Finding, STORY): tuple(rows)}
    drafts = list(write_lines(view(made, found), LineTools()))
    return drafts, (made, found)


def checked(drafts: list[DraftLine], pile: Any) -> list[BriefLine]:
    """The lines after the check."""
    made, found = pile
    return list(check_lines(view(made, {**found, (DraftLine, STORY): tuple(drafts)}), CheckTools()))


def told(section: str) -> list[str]:
    return [draft.text for draft in drafted(DAM)[0] if draft.section == section]


def test_what_two_outlets_say_is_known_with_both_places() -> None:
    (line,) = [draft for draft in drafted(DAM)[0] if draft.section == "known"]
    assert line.text == "In Lohra haben Arbeiter am Freitag das Wehr der Talsperre geöffnet."
    assert len({citation.doc_id for citation in line.citations}) == 2


def test_a_dispute_has_a_line_for_each_side() -> None:
    assert told("disputed") == [
        "Ingenieurin Rosa Feld sagte, der Damm habe Risse.",
        "Der Betreiber wies zurück, dass der Damm Risse habe.",
    ]


def test_a_quotation_of_two_sentences_keeps_its_speaker() -> None:
    assert told("claimed") == [
        "„Wir messen jede Stunde nach. Niemand muss sich fürchten“, versicherte Bürgermeister Karl Uhl."
    ]


def test_what_is_open_and_what_is_planned() -> None:
    assert told("unknown") == ["Wann das Wehr wieder schließt, ist unklar."]
    assert told("next") == ["Am Montag will der Landrat die Straße sperren."]


def test_pronouns_first_and_headlines_are_left_out() -> None:
    texts = [draft.text for draft in drafted(DAM)[0]]
    assert not any(text.startswith("Er ") or text == "Angst am Damm" for text in texts)


def test_all_lines_of_the_pile_are_carried() -> None:
    assert {line.verdict for line in checked(*drafted(DAM))} == {"carried"}


def test_every_line_is_the_words_of_its_first_citation() -> None:
    drafts, (made, _) = drafted(DAM)
    texts = {rows[Document][0].id: rows[Document][0].text for rows in made}
    for draft in drafts:
        assert draft.text == draft.citations[0].exact
        assert all(texts[c.doc_id][c.start : c.end] == c.exact for c in draft.citations)


def test_a_lone_outlet_is_marked() -> None:
    drafts, pile = drafted([{**DAM[1], "claims": DAM[1]["claims"][:1]}])
    (line,) = [line for line in checked(drafts, pile) if line.section == "known"]
    assert (line.verdict, line.reasons[0].name) == ("marked", "single_origin")


def verdict_of(**changes: Any) -> tuple[str, str]:
    """Verdict and first reason of the known line after a change."""
    drafts, pile = drafted(DAM)
    draft = replace(drafts[0], **changes)
    (line,) = checked([draft], pile)
    return line.verdict, line.reasons[0].name


def test_a_changed_word_is_found() -> None:
    assert verdict_of(text="In Lohra haben Arbeiter am Samstag das Wehr der Talsperre geöffnet.") == (
        "dropped",
        "word_not_in_citation",
    )


def test_a_left_out_word_is_found() -> None:
    text = "In Lohra haben Arbeiter das Wehr der Talsperre geöffnet."
    assert verdict_of(text=text) == ("dropped", "word_not_in_citation")


def test_a_citation_that_is_not_the_text_is_found() -> None:
    first = drafted(DAM)[0][0].citations[0]
    assert verdict_of(citations=(replace(first, end=first.end - 1),)) == ("dropped", "citation_not_exact")


def cited(words: str, section: Section = "known") -> tuple[str, str]:
    """Verdict and reason of a line made of these words of the first text."""
    drafts, pile = drafted(DAM)
    body = DAM[0]["text"]
    doc_id = next(c.doc_id for d in drafts for c in d.citations if c.exact in body)
    start = body.index(words)
    citation = Citation(doc_id, start, start + len(words), words)
    (line,) = checked([replace(drafts[0], text=words, citations=(citation,), section=section)], pile)
    return line.verdict, line.reasons[0].name


def test_words_cut_from_their_speaker_are_dropped() -> None:
    assert cited("Niemand muss sich fürchten", "claimed") == ("dropped", "cut_from_its_speaker")


def test_reported_words_are_not_known() -> None:
    assert cited("Ingenieurin Rosa Feld sagte, der Damm habe Risse.") == ("dropped", "reported_as_known")


def test_a_cut_sentence_is_dropped() -> None:
    assert cited("In Lohra haben Arbeiter am Freitag", "known") == ("dropped", "sentence_cut")


def test_furniture_is_no_source() -> None:
    texts = [{**DAM[0], "furniture": ["Angst am Damm"], "headlines": []}, DAM[1]]
    drafts, pile = drafted(texts)
    doc_id = next(c.doc_id for d in drafts for c in d.citations if c.exact in texts[0]["text"])
    citation = Citation(doc_id, 0, 13, "Angst am Damm")
    (line,) = checked([replace(drafts[0], text="Angst am Damm", citations=(citation,))], pile)
    assert line.reasons[0].name == "not_part_of_the_report"


def test_planned_is_not_known() -> None:
    drafts, pile = drafted(DAM)
    plan = next(draft for draft in drafts if draft.section == "next")
    (line,) = checked([replace(plan, section="known")], pile)
    assert (line.verdict, line.reasons[0].name) == ("dropped", "planned_as_known")


def test_lines_do_not_depend_on_the_order_of_texts() -> None:
    assert drafted(DAM)[0] == drafted(list(reversed(DAM)))[0]
