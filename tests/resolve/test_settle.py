"""Entities of a case: who is joined, who stays apart, what people rule, and that order does not matter."""

from __future__ import annotations

from gold.resolve.pile import resolved
from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.model.decision import Decision
from lagebild.model.identity import Entity, EntityForm, NameUse
from lagebild.resolve.keys import form_key
from lagebild.resolve.settle import SettleTools, settle_entities
from lagebild.settings import Settings
from lagebild.step import CaseView


def ruling(kind: str, left: str, right: str, withdrawn: str | None = None) -> Decision:
    return Decision(
        f"x{kind}{left}{right}",
        kind,
        (),
        (left, right),
        "A. Prüferin",
        "2025-01-01T00:00:00+00:00",
        withdrawn,
    )


def test_spellings_across_scripts_are_one_entity_named_in_german() -> None:
    pile = resolved(
        [
            "[Jurij Schilin]{P}",
            ("en", "[Yuri Zhilin]{P}"),
            ("en", "[Yury Zhilin]{P}"),
            ("ru", "[Юрий Жилин]{P}"),
        ]
    )
    (entity,) = pile.entities.values()
    assert entity.name == "Jurij Schilin"
    assert {(name.text, name.script, name.language) for name in entity.names} >= {
        ("Юрий Жилин", "Cyrl", "ru"),
        ("Yuri Zhilin", "Latn", "en"),
    }


def test_the_id_is_made_from_the_smallest_form_and_survives_new_documents() -> None:
    few = resolved(["[Anke Dorn]{P}"])
    many = resolved(["[Anke Dorn]{P}", "[Anke Dorn]{P} traf [Bela Ritter]{P}", "[Dorn]{P}"])
    assert set(few.entities) <= set(many.entities)


def test_a_bare_surname_of_the_case_goes_to_its_only_bearer() -> None:
    pile = resolved(["[Anke Dorn]{P}", "[Dorn]{P}"])
    form = pile.forms["PER:dorn"]
    assert form.entity_id is not None
    assert pile.entities[form.entity_id].name == "Anke Dorn"
    assert form.reasons[0].name == "only_bearer"


def test_a_bare_surname_of_two_bearers_means_nobody() -> None:
    pile = resolved(["[Anke Dorn]{P}", "[Uwe Dorn]{P}", "[Dorn]{P}"])
    assert pile.forms["PER:dorn"].entity_id is None
    assert pile.forms["PER:dorn"].reasons[0].name == "several_fit"
    assert len(pile.entities) == 2


def test_ten_times_as_many_documents_make_a_bearer_dominant() -> None:
    pile = resolved([*["[Anke Dorn]{P}"] * 10, "[Uwe Dorn]{P}", "[Dorn]{P}"])
    form = pile.forms["PER:dorn"]
    assert form.entity_id is not None
    assert (form.reasons[0].name, form.score) == ("dominant_bearer", 0.6)


def test_a_name_that_fits_two_who_contradict_each_other_is_ambiguous() -> None:
    pile = resolved(["[George H. Waring]{P}", "[George P. Waring]{P}", "[George Waring]{P}"])
    assert pile.forms["PER:george waring"].entity_id is None
    assert len(pile.entities) == 2


def test_two_general_staffs_stay_apart_and_the_bare_one_means_neither() -> None:
    pile = resolved(
        [
            "Der [finnische]{D=finnisch} [Generalstab]{O} übt.",
            "Der [Generalstab]{O} in [Tallinn]{L} übt.",
            "Der [Generalstab]{O} schweigt.",
        ]
    )
    assert pile.forms["ORG:#general_staff"].entity_id is None
    assert len([entity for entity in pile.entities.values() if entity.kind == "ORG"]) == 2


def test_an_acronym_of_one_document_is_known_in_the_others() -> None:
    pile = resolved(["Die [Nordische Übungsgruppe]{O} ([NÜG]{O}) tagt.", "Die [NÜG]{O} berät."])
    (entity,) = pile.entities.values()
    assert entity.name == "Nordische Übungsgruppe"
    assert pile.forms[form_key("ORG", "NÜG")].entity_id == entity.id


def test_an_acronym_of_two_long_forms_stays_alone() -> None:
    pile = resolved(
        [
            "Die [Nordische Übungsgruppe]{O} ([NÜG]{O}) tagt.",
            "Die [Neue Übergangsregierung]{O} ([NÜG]{O}) tagt.",
            "[NÜG]{O}",
        ]
    )
    assert pile.forms[form_key("ORG", "NÜG")].entity_id not in {
        pile.forms[use.key].entity_id for use in pile.uses if len(use.form) > 3
    }


def test_one_name_under_two_kinds_is_one_entity() -> None:
    pile = resolved(["[Tarsis]{O}", "[Tarsis]{O}", "[Tarsis]{L}"])
    assert [(entity.kind, entity.name) for entity in pile.entities.values()] == [("ORG", "Tarsis")]


def test_what_is_known_as_one_meets_whatever_kind_a_text_was_read_to_name() -> None:
    pile = resolved(
        ["Das [Weiße Haus]{O} und der [Kreml]{M}", ("en", "[White House]{L} and [Kremlin]{L}"), "[Kreml]{O}"]
    )
    assert len(pile.entities) == 2


def test_weighed_pairs_are_kept_with_their_reasons() -> None:
    pile = resolved(["[Oleksij Sawtschuk]{P}", ("en", "[Oleksiy Savchuk]{P}")])
    (pair,) = pile.pairs
    assert pair.same
    assert pair.score >= 0.8
    assert pair.reasons


def test_people_may_join_and_part() -> None:
    texts: list[str | tuple[str, str]] = [
        "[Ann Lee]{P}",
        "[Anna Leigh-Marsh]{P}",
        "[Oleksij Sawtschuk]{P}",
        ("en", "[Oleksiy Savchuk]{P}"),
    ]
    plain = resolved(texts)
    assert len(plain.entities) == 3
    ruled = resolved(
        texts,
        [
            ruling("same", "Ann Lee", "Anna Leigh-Marsh"),
            ruling("not_same", "Oleksiy Savchuk", "Oleksij Sawtschuk"),
        ],
    )
    assert ruled.forms["PER:ann lee"].entity_id == ruled.forms["PER:anna leigh-marsh"].entity_id
    assert ruled.forms["PER:oleksij sawtschuk"].entity_id != ruled.forms["PER:oleksiy savchuk"].entity_id
    assert {pair.reasons[0].name for pair in ruled.pairs} == {"ruling"}


def test_a_withdrawn_ruling_has_no_force() -> None:
    texts = ["[Ann Lee]{P}", "[Anna Leigh-Marsh]{P}"]
    pile = resolved(
        texts, [ruling("same", "Ann Lee", "Anna Leigh-Marsh", withdrawn="2025-02-01T00:00:00+00:00")]
    )
    assert len(pile.entities) == 2


def test_roles_lead_to_their_only_bearer_in_the_case() -> None:
    pile = resolved(["Der dänische Außenminister [Niels Holst]{P} kam.", "Der Minister [Uwe Dorn]{P} kam."])
    form = pile.forms["ROLE:foreign_minister@DK#"]
    assert form.entity_id is not None
    assert pile.entities[form.entity_id].name == "Niels Holst"
    assert "ROLE:minister@#" not in pile.forms


def use(number: int, kind: str, form: str) -> NameUse:
    doc_id = f"d{number:02d}"
    return NameUse(f"{doc_id}:u0-{number}", doc_id, kind, form, form_key(kind, form), (), (), (), "de")  # type: ignore[arg-type]


NAMES = [
    "Anke Dorn",
    "A. Dorn",
    "Dorn",
    "Uwe Dorn",
    "Jurij Schilin",
    "Yuri Zhilin",
    "Юрий Жилин",
    "Schilin",
    "George Waring",
    "George P. Waring",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_entities_do_not_depend_on_which_document_comes_first(names: list[str], order: object) -> None:
    def made(given: list[str]) -> tuple[set[tuple[str, str]], set[tuple[str, str | None]]]:
        uses = [use(number, "PER", name) for number, name in enumerate(given)]
        case = CaseView(lambda kind: iter(uses if kind is NameUse else []))
        rows = list(settle_entities(case, SettleTools.load(Settings())))
        entities = {(row.id, row.name) for row in rows if isinstance(row, Entity)}
        return entities, {(row.key, row.entity_id) for row in rows if isinstance(row, EntityForm)}

    assert made(names) == made(list(reversed(names)))


def test_an_empty_case_has_no_rows() -> None:
    assert list(settle_entities(CaseView(lambda kind: iter(())), SettleTools.load(Settings()))) == []
