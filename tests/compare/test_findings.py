"""Disputes, clashes and agreements of small piles; the labelled cases in gold/compare hold many more."""

from __future__ import annotations

from typing import Any

import pytest
from gold.compare.measure import cases, judged
from gold.compare.piles import findings, story, view

from lagebild.compare.findings import CompareTools, compare_claims
from lagebild.model.account import Problem
from lagebild.model.finding import Finding

CASES = {case["id"]: case for case in cases()}


@pytest.mark.parametrize("name", sorted(CASES))
def test_labelled_pile(name: str) -> None:
    assert [verdict for verdict in judged(CASES[name]) if verdict[1] != "right"] == []


def one(name: str, kind: str) -> Finding:
    rows, _ = findings(CASES[name]["texts"])
    (found,) = [row for row in rows if row.kind == kind]
    return found


def test_a_dispute_is_asked_in_the_words_of_the_sources() -> None:
    found = one("plant-three", "dispute")
    assert found.question == "Hat der Vorstand die Schließung der Ziegelei beschlossen?"
    assert found.status == "disputed"
    assert found.clash
    assert found.reasons


def test_the_side_that_denies_is_told_with_its_denial() -> None:
    found = one("dam-clause", "dispute")
    assert found.sides[1].position.startswith("Der Vorstand der Talsperren AG bestritt")


def test_origins_of_a_side_are_those_of_its_claims() -> None:
    found = one("plant-three", "dispute")
    assert len(found.sides[0].origin_ids) == 2
    assert not set(found.sides[0].origin_ids) & set(found.sides[1].origin_ids)


def test_a_number_conflict_has_a_side_for_each_number() -> None:
    found = one("numbers-wounded", "number_conflict")
    assert [side.position for side in found.sides] == ["17 Menschen", "Mehr als 20 Menschen", "25 Menschen"]
    assert found.status == "inconsistent"


def test_a_growing_number_is_no_clash() -> None:
    found = one("numbers-grow", "sequence")
    assert not found.clash


def test_copies_are_a_lone_source() -> None:
    found = one("lone-copies", "lone_source")
    assert (found.status, found.clash) == ("single_source", False)
    assert len(found.sides[0].origin_ids) == 1


def test_a_title_clash_names_the_person() -> None:
    assert one("title-former", "role_conflict").question == "Welches Amt hat Berta Wolff?"


def test_the_same_rows_give_the_same_findings_in_any_order_of_texts() -> None:
    texts = CASES["plant-three"]["texts"]
    assert findings(texts)[0] == findings(list(reversed(texts)))[0]


def test_the_speaker_who_denies_does_not_assert() -> None:
    text = (
        "Der Koch sagte, die Küche sei nicht geschlossen. Der Koch sagte später, die Küche sei geschlossen."
    )
    claims = [
        {
            "words": "die Küche sei nicht geschlossen",
            "by": "Der Koch",
            "polarity": "denied",
            "cue": "sagte",
            "predicate": "geschlossen",
        },
        {"words": "die Küche sei geschlossen", "by": "Der Koch", "cue": "sagte", "predicate": "geschlossen"},
    ]
    rows, _ = findings([{"path": "a.txt", "text": text, "claims": claims}])
    assert rows == []


def test_questions_assert_nothing() -> None:
    claims: list[dict[str, Any]] = [
        {
            "words": "Ist die Fabrik geschlossen",
            "by": "Die Reporterin",
            "form": "direct",
            "cue": "fragte",
            "predicate": "geschlossen",
        },
        {
            "words": "Die Fabrik sei nicht geschlossen",
            "by": "der Besitzer",
            "polarity": "denied",
            "cue": "sagte",
            "predicate": "geschlossen",
        },
    ]
    text = "„Ist die Fabrik geschlossen?“, fragte Die Reporterin. Die Fabrik sei nicht geschlossen, sagte der Besitzer."
    assert findings([{"path": "a.txt", "text": text, "claims": claims}])[0] == []


def test_one_denial_of_many_claims_is_one_finding_of_bounded_size() -> None:
    said = [f"die Fabrik {k} am Kanal sei geschlossen" for k in range(400)]
    denied = "die Fabrik am Kanal sei nicht geschlossen"
    lines = [f"Zeuge Z{k} sagte, {words}." for k, words in enumerate(said)]
    claims: list[dict[str, Any]] = [
        {"words": words, "by": f"Zeuge Z{k}", "who": f"Z{k}", "cue": "sagte", "predicate": "geschlossen"}
        for k, words in enumerate(said)
    ]
    claims.append(
        {"words": denied, "by": "Der Chef", "polarity": "denied", "cue": "meinte", "predicate": "geschlossen"}
    )
    rows, _ = findings(
        [{"path": "a.txt", "text": "\n".join([*lines, f"Der Chef meinte, {denied}."]), "claims": claims}]
    )
    assert [row.kind for row in rows] == ["dispute"]
    assert len(rows[0].sides[0].claim_ids) == 60


def test_too_many_numbers_of_a_kind_are_told() -> None:
    lines = [f"Im Werk {chr(65 + k % 26)}{k} arbeiten {1000 + k} Leute am Band." for k in range(70)]
    claims = [
        {
            "words": line[:-1],
            "predicate": "arbeiten",
            "numbers": [[str(1000 + k), 1000 + k, 1000 + k, "exact", "Leute"]],
        }
        for k, line in enumerate(lines)
    ]
    made, found = story([{"path": "a.txt", "text": "\n".join(lines), "claims": claims}])
    rows = list(compare_claims(view(made, found), CompareTools()))
    assert [row.kind for row in rows if isinstance(row, Problem)] == ["too_many_claims"]


def said(words: str, by: str, predicate: str, **more: Any) -> dict[str, Any]:
    return {"words": words, "by": by, "kind": "organisation", "predicate": predicate, **more}


def kinds(texts: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Each dispute or clash with the positions of its sides."""
    rows, _ = findings(texts)
    return [(row.kind, [side.position for side in row.sides]) for row in rows if row.clash]


def test_a_denial_may_stand_before_what_it_denies() -> None:
    text = "Damit widersprach das Museum dem Verein. Dieser hatte erklärt, der Turm sei undicht."
    claims = [
        {
            "words": "Damit widersprach das Museum dem Verein",
            "actor": "das Museum",
            "predicate": "widersprach",
        },
        said("der Turm sei undicht", "Dieser", "undicht", cue="hatte erklärt"),
    ]
    found = kinds([{"path": "a.txt", "text": text, "claims": claims}])
    assert found == [("dispute", ["der Turm sei undicht", "Damit widersprach das Museum dem Verein"])]


@pytest.mark.parametrize(("noun", "met"), [("Verhandlungen", 1), ("Pläne", 0)])
def test_such_a_thing_means_where_it_was_named(noun: str, met: int) -> None:
    text = (
        "Die Zeitung schrieb, der Konzern verhandle mit Kroll. Das Wetter war schön. "
        f"Der Konzern erklärte, solche {noun} gebe es nicht."
    )
    claims = [
        said("der Konzern verhandle mit Kroll", "Die Zeitung", "verhandle", cue="schrieb"),
        said(f"solche {noun} gebe es nicht", "Der Konzern", "gebe", cue="erklärte", polarity="denied"),
    ]
    assert len(kinds([{"path": "a.txt", "text": text, "claims": claims}])) == met


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("alle Helfer seien wohlauf", 1),
        ("einige Helfer seien wohlauf", 0),
        ("alle Helfer seien nicht wohlauf", 0),
        ("alle Schafe seien wohlauf", 0),
    ],
)
def test_the_contrary_denies_without_a_negation(words: str, met: int) -> None:
    text = f"Der Sender meldete, zwei Helfer seien verletzt worden. Die Wehr sagte, {words}."
    claims = [
        said("zwei Helfer seien verletzt worden", "Der Sender", "verletzt worden", cue="meldete"),
        said(words, "Die Wehr", "wohlauf", cue="sagte"),
    ]
    assert len(kinds([{"path": "a.txt", "text": text, "claims": claims}])) == met


@pytest.mark.parametrize(
    ("cue", "topic", "met"),
    [("entgegnete", "Der Deich", 1), ("sagte", "Der Deich", 0), ("entgegnete", "Das Tor", 0)],
)
def test_an_answer_contradicts_what_was_said_of_the_same_thing(cue: str, topic: str, met: int) -> None:
    text = f"„Der Deich ist alt“, klagte Frau Ihde. „{topic} ist sicher“, {cue} Herr Bohm."
    claims = [
        said("Der Deich ist alt", "Frau Ihde", "alt", cue="klagte", form="direct"),
        said(f"{topic} ist sicher", "Herr Bohm", "sicher", cue=cue, form="direct"),
    ]
    assert len(kinds([{"path": "a.txt", "text": text, "claims": claims}])) == met


@pytest.mark.parametrize(
    ("words", "beside"), [("Der Test ergab null Promille", True), ("Wir danken allen Gästen", False)]
)
def test_the_words_behind_a_denial_stand_beside_it(words: str, beside: bool) -> None:
    text = f"Im Netz hieß es, der Fahrer sei betrunken gewesen. Die Polizei widersprach. „{words}“, erklärte ein Sprecher."
    claims = [
        said("der Fahrer sei betrunken gewesen", "Im Netz", "betrunken", cue="hieß es"),
        {"words": "Die Polizei widersprach", "actor": "Die Polizei", "predicate": "widersprach"},
        said(words, "ein Sprecher", words, cue="erklärte", form="direct"),
    ]
    (row,), claim_words = findings([{"path": "a.txt", "text": text, "claims": claims}])
    assert any(words in claim_words[one] for one in row.sides[1].claim_ids) is beside


@pytest.mark.parametrize(("stance", "met"), [("demand", 1), ("hope", 0)])
def test_such_a_demand_is_one_that_was_made(stance: str, met: int) -> None:
    text = (
        "Der Verband verlangte, die Halle solle öffnen. Der Rat sagte, eine solche Forderung gebe es nicht."
    )
    claims = [
        said(
            "die Halle solle öffnen",
            "Der Verband",
            "öffnen",
            cue="verlangte",
            stance=stance,
            modality="demanded",
        ),
        said("eine solche Forderung gebe es nicht", "Der Rat", "gebe", cue="sagte", polarity="denied"),
    ]
    assert len(kinds([{"path": "a.txt", "text": text, "claims": claims}])) == met


def test_such_a_sentence_is_one_of_him_who_is_said_not_to_have_said_it() -> None:
    text = (
        "„Der Kran hält“, sagte der Prüfer. „Der Kran rostet“, sagte der Mieter. "
        "Einen solchen Satz habe kein Prüfer gesagt, teilte die Firma mit."
    )
    claims = [
        said("Der Kran hält", "der Prüfer", "hält", form="direct", cue="sagte"),
        said("Der Kran rostet", "der Mieter", "rostet", form="direct", cue="sagte"),
        said(
            "Einen solchen Satz habe kein Prüfer gesagt", "die Firma", "gesagt", cue="teilte", polarity="denied", actor="kein Prüfer",
        ),
    ]  # fmt: skip
    found = kinds([{"path": "a.txt", "text": text, "claims": claims}])
    assert found == [("dispute", ["Der Kran hält", "Einen solchen Satz habe kein Prüfer gesagt"])]


def counted(path: str, text: str, number: list[Any], predicate: str, words: str = "") -> dict[str, Any]:
    claim = {"words": words or text.rstrip("."), "predicate": predicate, "numbers": [number]}
    return {"path": path, "text": text, "claims": [claim]}


def test_compounds_are_counted_with_their_head_word() -> None:
    texts = [
        counted("a.txt", "Fünf Fahrer wurden verletzt.", ["Fünf", 5, 5, "exact", "Fahrer"], "verletzt"),
        counted("b.txt", "Acht Radfahrer wurden verletzt.", ["Acht", 8, 8, "exact", "Radfahrer"], "verletzt"),
    ]
    assert kinds(texts) == [("number_conflict", ["Fünf Fahrer", "Acht Radfahrer"])]


@pytest.mark.parametrize(
    ("second", "met"), [("53 Reisende waren an Bord", 1), ("53 weitere Reisende waren an Bord", 0)]
)
def test_people_on_board_are_counted_alike_unless_they_are_others(second: str, met: int) -> None:
    texts = [
        counted("a.txt", "48 Menschen waren an Bord.", ["48", 48, 48, "exact", "Menschen"], "waren"),
        counted("b.txt", f"{second}.", ["53", 53, 53, "exact", "Reisende"], "waren"),
    ]
    assert len(kinds(texts)) == met


def test_more_of_a_part_than_of_the_whole_is_a_clash() -> None:
    texts = [
        counted("a.txt", "12 Menschen wurden verletzt.", ["12", 12, 12, "exact", "Menschen"], "verletzt"),
        counted("b.txt", "30 Fans wurden verletzt.", ["30", 30, 30, "exact", "Fans"], "verletzt"),
        counted("c.txt", "Neun Kinder wurden verletzt.", ["Neun", 9, 9, "exact", "Kinder"], "verletzt"),
    ]
    assert kinds(texts) == [("number_conflict", ["12 Menschen", "30 Fans"])]


def test_a_number_that_a_text_calls_unknown_is_open() -> None:
    texts = [
        counted("a.txt", "12 Menschen wurden verletzt.", ["12", 12, 12, "exact", "Menschen"], "verletzt"),
        counted("b.txt", "20 Menschen wurden verletzt.", ["20", 20, 20, "exact", "Menschen"], "verletzt"),
        {"path": "c.txt", "text": "Wie viele Verletzte es gab, ist unklar.", "claims": []},
    ]
    rows, _ = findings(texts)
    assert [row.status for row in rows if row.clash] == ["open"]


@pytest.mark.parametrize(("value", "met"), [((), 1), (("published", "XXXX-WXX-6"), 0)])
def test_the_same_weekday_in_two_texts_is_no_clash_of_dates(value: tuple[str, ...], met: int) -> None:
    words = "Am Samstag ist die marode Talbrücke in Ossing gesperrt worden"
    texts: list[dict[str, Any]] = [
        {
            "path": path,
            "text": f"{words}.",
            "claims": [{"words": words, "predicate": "gesperrt"}],
            "times": [["Samstag", f"2024-04-{day}T00:00:00", f"2024-04-{day + 1}T00:00:00", *value]],
        }
        for path, day in (("a.txt", 13), ("b.txt", 20))
    ]
    assert [kind for kind, _ in kinds(texts)] == ["time_conflict"] * met
