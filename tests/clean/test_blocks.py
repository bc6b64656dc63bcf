"""What each block is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.clean.blocks import CONTENT
from lagebild.clean.repeats import line_key
from lagebild.model.document import KindHint, RepeatedLine, Stated
from tests.clean.build import blocks, document, kinds, stretches

BODY = "Der Kreistag hat am Abend den Bau der Umgehung beschlossen. Die Mehrheit war knapp, wie die Verwaltung mitteilte."
MORE = "Gegner kündigten eine Klage an. „Wir geben nicht auf“, sagte Sprecherin Iris Kamp nach der Sitzung."


def kind_of(line: str) -> str:
    """The kind of a line that stands between a title, two paragraphs and a third."""
    text = f"Kreistag beschließt neue Umgehung\n\n{BODY}\n\n{MORE}\n\n{line}\n\n{BODY}"
    return next(kind for kind, exact in kinds(text) if exact == line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Lesen Sie auch: Warum Brücken altern", "teaser"), ("LESEN  Zehn Brücken im Test", "teaser"), ("READ MORE  Ten bridges", "teaser"),
        ("Zum Inhalt springen", "navigation"), ("Politik | Wetter | Sport", "navigation"), ("Teilen  Drucken  Merken", "navigation"),
        ("Einige Inhalte konnten nicht geladen werden.", "notice"), ("Bitte aktivieren Sie JavaScript in Ihrem Browser.", "notice"),
        ("Anzeige", "notice"), ("Sie haben noch 2 freie Artikel", "notice"), ("This video cannot be played.", "notice"),
        ("© Bote/Ute Lang", "credit"), ("Foto: Ute Lang", "credit"), ("picture alliance / dpa | Ute Lang", "credit"), ("(dpa, AFP)", "credit"),
        ("Zusätzliche Berichterstattung von Ute Lang", "credit"), ("Von Ute Lang und Jan Korte", "credit"), ("By Alice Moore", "credit"),
        ("Stand: 14.03.2025, 12:35 Uhr", "stamp"), ("Update", "stamp"), ("Stand:", "stamp"), ("Lesezeit: 4 Minuten", "stamp"),
        ("Zerstörte Brücke bei Aue (Symbolbild)", "caption"), ("Video: So lief die Sitzung", "embed"), ("https://a.example/x", "embed"),
        ("Endlich! — Ute Lang (@ute) 3. Mai 2025", "post"), ("Korrektur: Der Bau kostet 3, nicht 2 Millionen Euro.", "correction"),
        ('isPaid: false', "other"), ('console.log({ user: "" })', "other"), ("- Die Brücke wird breiter.", "list"),
    ],
)  # fmt: skip
def test_kinds_by_the_line_itself(line: str, kind: str) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Lesen Sie Ihrem Kind jeden Tag vor, rät die Stiftung den Eltern.",
        "Jetzt können Patienten ihre Rezepte in der App verwalten.",
        "Die Seite der Stadt konnte am Montag nicht geladen werden, teilte die Verwaltung mit.",
        "Mehr als die Hälfte der Kinder liest regelmäßig Bücher.",
        "Von Berlin nach Hamburg fährt wieder ein Zug.",
        "By Monday the river had fallen again.",
        "„Bitte überprüfen Sie Ihre Daten“, riet ein Sprecher.",
        "Video und Ton waren zu hören, sagte der Richter.",
        "Fotos davon gibt es nicht.",
        "Er kam am 14. März 2025 an.",
        "More than half of the children read books.",
        "Aufnahmen zeigen den Brand.",
        "Das war's.",
    ],
)
def test_real_sentences_are_kept(line: str) -> None:
    assert kind_of(line) in CONTENT


def test_caption_stands_beside_its_credit() -> None:
    text = f"Die alte Brücke bei Aue\n\n© Bote/Ute Lang\n\nKreistag beschließt neue Umgehung\n\n{BODY}"
    assert [kind for kind, _ in kinds(text)] == ["caption", "credit", "headline", "paragraph"]


def test_a_sentence_beside_a_credit_stays() -> None:
    text = f"Kreistag beschließt neue Umgehung\n\n{BODY}\n\nDie Brücke war gesperrt.\n\n© Bote/Ute Lang\n\n{MORE}"
    assert ("paragraph", "Die Brücke war gesperrt.") in kinds(text)


def test_the_only_headline_above_a_credit_is_no_caption() -> None:
    text = f"Kreistag beschließt neue Umgehung\n\n© Bote/Ute Lang\n\n{BODY}"
    assert kinds(text)[0] == ("headline", "Kreistag beschließt neue Umgehung")


def test_teasers_follow_their_heading_until_the_report_goes_on() -> None:
    text = f"Titel der Meldung heute\n\n{BODY}\n\nMehr zum Thema\n\nZehn Brücken im Vergleich\n\nWas Tunnel kosten\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)][2:] == ["teaser", "teaser", "teaser", "paragraph"]


def test_values_of_keys_on_lines_of_their_own() -> None:
    assert [kind for kind, _ in kinds(f"{BODY}\n\nisPaid:\nfalse\npageType:\narticle")] == [
        "paragraph",
        *["other"] * 4,
    ]


def test_post_words_before_a_signature_that_stands_alone() -> None:
    text = f"{BODY}\n\nWir sind sehr froh.\n\n— Ute Lang (@ute) 3. Mai 2025\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "post", "post", "paragraph"]


def test_lead_between_title_and_stamp() -> None:
    text = f"Kreistag beschließt neue Umgehung\n{BODY}\n12.11.2024 08:09\n{MORE}\n{BODY}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "lead", "stamp", "paragraph", "paragraph"]


def test_a_date_between_paragraphs_heads_what_follows() -> None:
    text = f"Chronik eines Streits\n\n{BODY}\n\n{MORE}\n\n3. März 2019\n\n{BODY}"
    assert ("headline", "3. März 2019") in kinds(text)


def test_ticker_entries_begin_with_a_time() -> None:
    text = f"Sturm im Liveticker am Montag\n\n14:35 Uhr: {BODY}\n\n13:10 Uhr: {MORE}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "ticker_entry", "ticker_entry"]


def test_repeated_lines_count_at_the_edges_only() -> None:
    text = (
        f"Der Bote aus Aue\n\nKreistag beschließt neue Umgehung\n\n{BODY}\n\nStimmen zum Beschluss\n\n{MORE}"
    )
    rows = [
        RepeatedLine(f"r{k}", line_key(line) or "", 9)
        for k, line in enumerate(("Der Bote aus Aue", "Stimmen zum Beschluss"))
    ]
    found = {text[b.start : b.end]: b.content for b in blocks(document(text), repeated=rows)}
    assert not found["Der Bote aus Aue"]
    assert found["Stimmen zum Beschluss"]


def test_markup_says_what_a_line_is() -> None:
    text = f"Kurz\n{BODY}"
    doc = document(text, [KindHint(0, 4, "caption"), KindHint(5, len(text), "lead")])
    assert [(b.kind, b.reasons[0].name) for b in blocks(doc)] == [("caption", "markup"), ("lead", "markup")]


def test_the_title_has_its_reason() -> None:
    text = f"Zeile davor ohne Sinn\n\nKreistag beschließt neue Umgehung\n\n{BODY}"
    marked = blocks(document(text, stated=Stated(title="Kreistag beschließt neue Umgehung")))
    assert [b.start for b in marked if b.reasons[0].name == "title"] == [text.index("Kreistag")]


@given(
    st.lists(
        st.sampled_from(
            [
                "Anzeige",
                "LESEN  X",
                BODY,
                MORE,
                "Kurz",
                "— A (@a) 3. Mai 2025",
                "© B/C",
                "isPaid:",
                "false",
                "Mehr zum Thema",
                "# Notizblock",
                "…",
                "(",
                "14:35 Uhr",
            ]
        ),
        max_size=14,
    )
)
@settings(max_examples=80, deadline=None)
def test_every_stretch_is_one_block_with_reasons(lines: list[str]) -> None:
    doc = document("\n\n".join(lines))
    marked = blocks(doc)
    assert [(b.id, b.start, b.end) for b in marked] == [(s.id, s.start, s.end) for s in stretches(doc)]
    assert all(1 <= len(b.reasons) <= 5 and b.content == (b.kind in CONTENT) for b in marked)
