"""Who speaks: names, roles, pronouns, bodies; and who stays unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gold.resolve.measure import judged_speakers
from gold.resolve.pile import Resolved, resolved

from lagebild.model.identity import Speaker
from lagebild.model.speech import Quote
from lagebild.resolve.speakers import SpeakerTools, name_speakers
from lagebild.settings import Settings
from lagebild.step import DocView


def said(pile: Resolved, number: str = "1") -> tuple[str, str | None]:
    row = pile.speakers()[number]
    return row.kind, pile.entities[row.entity_id].name if row.entity_id else None


def test_a_name_in_the_words_decides_and_the_possessor_does_not() -> None:
    pile = resolved(
        [
            "[[Brandts]{Pg} Sprecherin [Ute Kamp]{P}]{1s} sagte: „[Nein.]{1}“‖ [Ein Berater von [Olaf Brandt]{P}]{2s} sagte: „[Ja.]{2}“"
        ]
    )
    assert said(pile) == ("person", "Ute Kamp")
    assert said(pile, "2") == ("anonymous", None)


def test_a_role_goes_to_the_person_who_has_it_here() -> None:
    pile = resolved(
        [
            "Der estnische Präsident [Jaak Kask]{P} kam.‖ Der finnische Präsident [Timo Laine]{P} ging.‖ „[Nein]{1}“, sagte [der finnische Präsident]{1s}."
        ]
    )
    assert said(pile) == ("person", "Timo Laine")
    assert pile.speakers()["1"].reasons[0].name == "role_in_document"


def test_a_bearer_named_elsewhere_only_is_a_reason_never_the_answer() -> None:
    pile = resolved(
        [
            "„[Nein]{1}“, sagte [der dänische Außenminister]{1s}.",
            "Der dänische Außenminister [Niels Holst]{P} kam.",
        ]
    )
    row = pile.speakers()["1"]
    assert (row.kind, row.entity_id) == ("person", None)
    assert row.score <= 0.5
    assert (row.reasons[0].name, row.reasons[0].score, row.reasons[0].right) == (
        "candidate_elsewhere",
        0.5,
        "Niels Holst",
    )


def test_a_bearer_whom_the_text_names_without_the_role_is_the_answer() -> None:
    pile = resolved(
        [
            "[Niels Holst]{P} kam.‖ „[Nein]{1}“, sagte [der dänische Außenminister]{1s}.",
            "Der dänische Außenminister [Niels Holst]{P} kam.",
        ]
    )
    assert said(pile) == ("person", "Niels Holst")


def test_a_pronoun_agrees_and_two_in_question_leave_it_open() -> None:
    one = resolved(
        [
            "Richterin [Vera Holm]{P} hörte den Zeugen [Paul Seidel]{P}.‖ „[Nein]{1}“, sagte [er]{1s}.‖ „[Doch]{2}“, sagte [sie]{2s}."
        ]
    )
    assert said(one) == ("person", "Paul Seidel")
    assert said(one, "2") == ("person", "Vera Holm")
    two = resolved(
        ["Gegen [Paul Seidel]{P} und [Jens Reuter]{P} wird ermittelt.‖ „[Nein]{1}“, sagte [er]{1s}."]
    )
    assert said(two) == ("unknown", None)
    assert two.speakers()["1"].reasons[0].name == "several_candidates"


def test_the_speaker_before_goes_on_though_others_are_named() -> None:
    pile = resolved(
        ["[[Paul Seidel]{P}]{1s} sagte, [[Jens Reuter]{P} lüge]{1}.‖ [Er]{2s} fügte hinzu: „[Immer.]{2}“"]
    )
    assert said(pile, "2") == ("person", "Paul Seidel")


def test_anonymous_sources_stay_anonymous_through_pronouns() -> None:
    pile = resolved(
        ["„[Ja]{1}“, sagte [eine Quelle aus dem [Kreml]{O}]{1s}.‖ [Sie]{2s} sprach von „[Druck]{2}“."]
    )
    assert said(pile) == said(pile, "2") == ("anonymous", None)


def test_a_spokesman_without_a_name_speaks_for_his_body() -> None:
    pile = resolved(["„[Nein]{1}“, sagte [eine Sprecherin der [Tarsis SE]{O}]{1s}."])
    assert said(pile) == ("organisation", "Tarsis SE")


def test_bodies_of_two_states_leave_the_bare_word_open() -> None:
    pile = resolved(
        [
            "Der [finnische]{D=finnisch} [Generalstab]{O} und der [estnische]{D=estnisch} [Generalstab]{O} üben.‖ [Der [Generalstab]{O}]{1s} sagte: „[Ja.]{1}“"
        ]
    )
    assert said(pile) == ("organisation", None)


def test_documents_and_missing_words() -> None:
    pile = resolved(["Laut [einem Gutachten]{1s} [bricht die Brücke]{1}.‖ „[Halt!]{2}“"])
    assert said(pile) == ("document", None)
    assert said(pile, "2") == ("unknown", None)


def test_whoever_passes_words_on_is_named_too() -> None:
    pile = resolved(["„[Ja]{1}“, sagte [[Anke Dorn]{P}]{1s} der [Agentur Nord]{O,1r} zufolge."])
    (entity_id,) = pile.speakers()["1"].reported_by
    assert entity_id is not None
    assert pile.entities[entity_id].name == "Agentur Nord"


def test_every_quote_has_one_row_with_reasons() -> None:
    pile = resolved(
        ["„[A]{1}“, sagte [er]{1s}.‖ „[B]{2}“.‖ „[C]{3}“, sagte [ich]{3s}.‖ „[D]{4}“, sagte [sie alle]{4s}."]
    )
    rows = pile.docs["d0"][Speaker]
    assert len(rows) == 4
    assert all(1 <= len(row.reasons) <= 5 and 0.0 <= row.score <= 1.0 for row in rows)


@pytest.mark.parametrize("category", ["anonymous", "document", "possessor", "role_elsewhere"])
def test_gold_that_must_never_fail(category: str) -> None:
    answers = [(right, given) for case, _, right, given in judged_speakers() if case["category"] == category]
    assert answers
    assert all(right == given for right, given in answers)


def test_a_spokesman_of_the_government_speaks_for_no_parliament() -> None:
    pile = resolved(
        ["Er habe einen Termin im [Bundesrat]{O}.‖ [Ein Regierungssprecher]{1s} sagte: „[Ja.]{1}“"]
    )
    assert said(pile) == ("anonymous", None)


def test_a_spokesman_of_the_company_speaks_for_the_only_one() -> None:
    pile = resolved(["Die [Zelgor AG]{O} baut um.‖ [Ein Konzernsprecher]{1s} sagte: „[Ja.]{1}“"])
    assert said(pile) == ("organisation", "Zelgor AG")


def test_an_acronym_that_nobody_explains_is_not_the_company() -> None:
    pile = resolved(
        [
            "Die [Zelgor AG]{O} baut um.‖ Es regnet.‖ Es schneit.‖ Es taut.‖ "
            "Die [KGF]{O} klagt.‖ [Ein Konzernsprecher]{1s} sagte: „[Ja.]{1}“"
        ]
    )
    assert pile.speakers()["1"].entity_id is None


def test_a_pull_quote_has_the_speaker_whom_the_text_gives_the_same_words() -> None:
    pile = resolved(
        [
            "„[Wir haben den Damm nie geprüft]{1}“‖ Es war Nacht.‖ "
            "„[Wir haben den Damm nie geprüft, und wir wussten es]{2}“, [sagte]{2c} [[Anke Dorn]{P}]{2s}."
        ]
    )
    assert said(pile) == ("person", "Anke Dorn")
    assert pile.speakers()["1"].reasons[0].name == "words_in_document"


def test_the_same_words_of_two_speakers_tell_nothing() -> None:
    pile = resolved(
        [
            "„[Wir haben den Damm nie geprüft]{1}“‖ „[Wir haben den Damm nie geprüft]{2}“, [sagte]{2c} [[Anke Dorn]{P}]{2s}.‖ "
            "„[Wir haben den Damm nie geprüft]{3}“, [sagte]{3c} [[Olaf Brandt]{P}]{3s}."
        ]
    )
    assert said(pile) == ("unknown", None)


def test_a_short_form_goes_to_the_only_body_that_ends_so() -> None:
    pile = resolved(["Die [Gemeinsame Mission]{O} kam.‖ [Die Mission]{1s} [sagte]{1c}: „[Wir bleiben.]{1}“"])
    assert said(pile) == ("organisation", "Gemeinsame Mission")


def test_a_name_in_marks_is_an_organisation() -> None:
    pile = resolved(["„[Alles ist verkauft]{1}“, [schrieb]{1c} [der »Elbkurier«]{1s}."])
    assert said(pile) == ("organisation", None)


@pytest.mark.parametrize("words", ["das Hafenamt", "der Sender"])
def test_a_body_that_is_not_named_is_an_organisation(words: str) -> None:
    pile = resolved([f"„[Alles ist verkauft]{{1}}“, [meldete]{{1c}} [{words}]{{1s}}."])
    assert said(pile) == ("organisation", None)


def test_the_company_in_the_genitive_is_the_one_before() -> None:
    pile = resolved(["Die [Zelgor AG]{O} baut um.‖ Nach Angaben [des Unternehmens]{1s} [bleibt alles]{1}."])
    assert said(pile) == ("organisation", "Zelgor AG")


def test_an_authority_is_no_company() -> None:
    pile = resolved(
        ["Das [Landesamt für Deiche]{O} prüft.‖ Nach Angaben [des Unternehmens]{1s} [bleibt alles]{1}."]
    )
    assert said(pile) == ("organisation", None)


def test_i_in_somebodys_own_words_is_that_one() -> None:
    text = "„[[Ich]{2s} sagte ihm: ‚[Geh]{2}‘]{1}“, erzählt [[Ida Merk]{P}]{1s}."
    rows = dict(resolved([text]).docs["d0"])
    outer, inner = sorted(rows[Quote], key=lambda quote: quote.start)
    rows[Quote] = (outer, replace(inner, inside=outer.id))
    found = {row.quote_id: row for row in name_speakers([DocView("d0", rows)], SpeakerTools.load(Settings()))}
    assert found[inner.id].kind == "person"
    assert found[inner.id].reasons[0].name == "pronoun_for_speaker"


def test_a_surname_that_is_a_word_goes_to_the_only_person_who_has_it() -> None:
    pile = resolved(["Die Forscherin [Vera Stahl]{P} kam.‖ [Stahl]{1s}: [Das Wasser reicht.]{1}"])
    assert said(pile) == ("person", "Vera Stahl")
    two = resolved(["[Vera Stahl]{P} und [Jens Stahl]{P} kamen.‖ [Stahl]{1s}: [Das Wasser reicht.]{1}"])
    assert said(two)[1] is None
