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
