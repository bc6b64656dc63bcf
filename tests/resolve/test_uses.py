"""What a document names: names gathered, roles beside them, bodies with their owner, furniture apart."""

from __future__ import annotations

import pytest
from gold.resolve.pile import read_text

from lagebild.model.identity import NameUse
from lagebild.resolve.uses import NameTools, gather_names, in_content
from lagebild.settings import Settings
from lagebild.step import DocView


def uses(marked: str, language: str | None = "de") -> dict[str, NameUse]:
    rows = read_text("d0", marked, language)
    found = list(gather_names([DocView("d0", rows)], NameTools.load(Settings())))
    assert found == sorted(found, key=lambda use: use.id)
    return {use.form: use for use in found}


def test_full_name_surname_and_genitive_are_one_use() -> None:
    found = uses("[Anke Dorn]{P} kam.‖ [Dorns]{Pg} Auto stand vor dem Tor.‖ [Dorn]{P} lachte.")
    assert list(found) == ["Anke Dorn"]
    assert found["Anke Dorn"].others == ("Dorn",)
    assert len(found["Anke Dorn"].mention_ids) == 3


def test_a_surname_before_the_full_name_belongs_to_it() -> None:
    assert list(uses("[Dorn]{P} kam.‖ Später sprach [Anke Dorn]{P}.")) == ["Anke Dorn"]


def test_of_two_bearers_the_one_introduced_first_holds_the_surname_until_the_other_comes() -> None:
    found = uses("[Anke Dorn]{P} kam.‖ [Dorn]{P} lachte.‖ [Uwe Dorn]{P} kam.‖ [Dorn]{P} ging.")
    assert len(found["Anke Dorn"].mention_ids) == 2
    assert found["Dorn"].mention_ids == ("d0:n00000042-00000046",)


def test_spellings_in_one_document_meet() -> None:
    assert list(uses("[Jurij Schilin]{P} kam, «[Юрий Жилин]{P}».")) == ["Jurij Schilin"]


@pytest.mark.parametrize(
    ("marked", "roles"),
    [
        ("Der finnische Präsident [Aki Salo]{P} kam.", ("finnischer Präsident",)),
        ("Das sagte Polizeichefin [Ute Ehlers]{P}.", ("Polizeichefin",)),
        ("[Arne Timm]{P}, Sprecher der Wasserschutzpolizei, kam.", ("Sprecher der Wasserschutzpolizei",)),
        ("Der Sprecher der Wasserschutzpolizei, [Arne Timm]{P}, kam.", ("Sprecher der Wasserschutzpolizei",)),
        ("Dies teilte Bürgermeister [Arne Timm]{P} mit.", ("Bürgermeister",)),
        ("[Arne Timm]{P}, der Minister habe gelogen, rief jemand.", ()),
        ("Neben [Arne Timm]{P}, Minister [Olaf Brandt]{P} und dem Rat.", ("Minister",)),
        ("Thüringens Umweltminister [Olaf Brandt]{P} kam.", ("Thüringens Umweltminister",)),
    ],
)
def test_roles_beside_a_name(marked: str, roles: tuple[str, ...]) -> None:
    found = [use.roles for use in uses(marked).values() if use.roles]
    assert found == ([roles] if roles else [])


def test_english_roles() -> None:
    found = uses(
        "Norwegian Prime Minister [Kari Lund]{P} met [Moira Kent]{P}, a spokeswoman for the board.", "en"
    )
    assert found["Kari Lund"].roles == ("Norwegian Prime Minister",)
    assert found["Moira Kent"].roles == ("spokeswoman for the board",)


def test_adjectives_and_names_of_a_country_are_one_use() -> None:
    found = uses("[Finnland]{L} und der [finnische]{D=finnisch} Wald.")
    assert list(found) == ["Finnland"]
    assert found["Finnland"].key == "LOC:@FI"


def test_a_country_known_by_its_adjective_only_has_its_name() -> None:
    assert list(uses("Der [finnische]{D=finnisch} Wald.")) == ["Finnland"]


def test_inhabitants_of_a_town_go_to_the_town() -> None:
    found = uses("In [Gera]{L} feiern die [Geraer]{D=Geraer} heute.")
    assert list(found) == ["Gera"]
    assert len(found["Gera"].mention_ids) == 2


def test_region_words_beside_a_place_are_kept() -> None:
    assert uses("Im Gebiet [Brjansk]{L} brennt es.")["Brjansk"].roles == ("Gebiet",)


def test_bodies_are_told_by_their_owner() -> None:
    found = uses(
        "Der [finnische]{D=finnisch} [Generalstab]{O} übt.‖ Der [Generalstab]{O} in [Tallinn]{L} schweigt.‖ "
        "Das [Außenministerium]{O} in Xarabel auch."
    )
    keys = {use.key for use in found.values() if use.kind == "ORG"}
    assert keys == {"ORG:#general_staff@FI", "ORG:#general_staff@EE", "ORG:#foreign_ministry@~ksarabel"}
    assert "finnischer Generalstab" in found


def test_a_bare_body_goes_to_the_only_one_of_the_document() -> None:
    found = uses("Der [finnische]{D=finnisch} [Generalstab]{O} übt.‖ Der [Generalstab]{O} schweigt.")
    assert found["finnischer Generalstab"].others == ("Generalstab",)


def test_a_body_without_mention_counts_where_its_owner_is_named() -> None:
    found = uses("Die [estnische]{D=estnisch} Armee zieht ab.‖ Die Polizei auch.")
    assert found["estnische Armee"].mention_ids == ()
    assert not any("Polizei" in form for form in found)


def test_an_acronym_in_brackets_joins_its_long_form() -> None:
    found = uses("Die [Nordische Übungsgruppe]{O} ([NÜG]{O}) tagt.‖ Die [NÜG]{O} berät.")
    assert list(found) == ["Nordische Übungsgruppe"]
    assert found["Nordische Übungsgruppe"].others == ("NÜG",)
    assert len(found["Nordische Übungsgruppe"].mention_ids) == 3


def test_furniture_has_rows_of_its_own() -> None:
    rows = read_text("d0", "~Foto: [Anke Dorn]{P}\n\n[Anke Dorn]{P} kam.\n\n~[Kiel]{L}")
    found = list(gather_names([DocView("d0", rows)], NameTools.load(Settings())))
    assert sorted((use.form, in_content(use)) for use in found) == [
        ("Anke Dorn", False),
        ("Anke Dorn", True),
        ("Kiel", False),
    ]


def test_a_surname_known_from_a_full_name_is_no_town() -> None:
    found = uses("Die Ärztin [Ilse Celle]{P} kam.‖ [Celle]{L} lachte.‖ Sie fuhr nach [Celle]{L}.")
    assert {(use.kind, use.form) for use in found.values()} == {("PER", "Ilse Celle"), ("LOC", "Celle")}


def test_the_kind_most_mentions_have_wins() -> None:
    found = uses("[Tarsis]{O} baut.‖ [Tarsis]{O} wächst.‖ [Tarsis]{L} schweigt.")
    assert [use.kind for use in found.values()] == ["ORG"]


def test_languages_without_data_have_uses_without_roles() -> None:
    found = uses("Prezydent [Adam Duda]{P} i [Duda]{P}.", "pl")
    assert found["Adam Duda"].roles == ()
    assert len(found["Adam Duda"].mention_ids) == 2


def test_many_bearers_of_one_surname_end_in_time() -> None:
    marked = "‖ ".join(f"[X{number} Dorn]{{P}} kam" for number in range(400)) + "‖ [Dorn]{P} ging."
    assert len(uses(marked)["Dorn"].mention_ids) == 1


def test_a_first_name_alone_goes_to_the_one_introduced_by_it() -> None:
    found = uses("[Kang Pok-su]{P} sprach.‖ [Kang]{P} ging.‖ [Anke Dorn]{P} und [Anke]{P} blieben.")
    assert {form: use.others for form, use in found.items()} == {
        "Kang Pok-su": ("Kang",),
        "Anke Dorn": ("Anke",),
    }


def test_of_two_with_one_first_name_neither_is_meant() -> None:
    found = uses("[Anke Dorn]{P} und [Anke Ritter]{P} kamen.‖ [Anke]{P} ging.")
    assert sorted(found) == ["Anke", "Anke Dorn", "Anke Ritter"]


def test_an_acronym_beside_a_bodys_noun_joins_it_and_a_title_alone_is_nobody() -> None:
    found = uses(
        "Der [finnische]{D=finnisch} Geheimdienst [NKV]{O} schwieg.‖ Die [NKV]{O} und [Sir]{P} kamen."
    )
    assert {use.form for use in found.values() if use.kind == "ORG"} == {"finnischer Geheimdienst"}
    assert "Sir" not in found


def test_a_surname_that_looks_like_an_inhabitant_is_one_only_before_a_noun() -> None:
    found = uses("[Enno Glaucher]{P} kam.‖ [Glaucher]{D} lachte.‖ Die [Glaucher]{D} Polizei nicht.")
    assert {use.kind: len(use.mention_ids) for use in found.values()} == {"PER": 2, "LOC": 1}
