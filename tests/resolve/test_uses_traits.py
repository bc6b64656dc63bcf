"""What stands beside a name: age, home town, former name, apposition."""

from __future__ import annotations

import pytest
from gold.resolve.pile import resolved
from hypothesis import given
from hypothesis import strategies as st

from lagebild.resolve.uses_traits import age_beside, closes_apposition, former_order, opens_apposition


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Der 45-jährige Lehrer Anke kam.", 45), ("Anke (45) kam.", 45), ("Anke, 45, kam.", 45), ("Anke, a 45-year-old teacher", 45),
        ("Im 45-köpfigen Chor sang Anke.", None), ("Anke (2019) kam.", None), ("Anke, 45 Meter hoch", None), ("Anke (200) kam.", None),
    ],
)  # fmt: skip
def test_ages(text: str, age: int | None) -> None:
    start = text.index("Anke")
    assert age_beside(text, start, start + 4, 0) == age


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Vitra, früher Norda, zahlt", 1), ("Vitra (vormals Norda) zahlt", 1), ("Vitra, das frühere Norda", 1), ("Norda (heute Vitra)", -1),
        ("Norda heißt jetzt Vitra", -1), ("Vitra, formerly known as Norda", 1), ("bei Vitra, früher Norda", 0), ("Vitra und Norda", 0),
        ("Norda wurde in Vitra umbenannt", -1),
    ],
)  # fmt: skip
def test_former_names(text: str, order: int) -> None:
    first, second = sorted((text.index("Vitra"), text.index("Norda")))
    assert former_order(text, first, first + 5, second) == order


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Der Rat, das Oberhaus von Welgorien, tagt.", True), ("Der Rat (das welgorische Oberhaus) tagt.", True),
        ("Der Rat, das Oberhaus und die Banken tagen.", False), ("Der Rat, das Oberhaus, die Banken und", False),
        ("Der Rat und das Oberhaus", False), ("Der Rat, ihr Oberhaus.", False),
    ],
)  # fmt: skip
def test_appositions(text: str, fits: bool) -> None:
    end = text.index("Oberhaus")
    assert (opens_apposition(text[7:end]) and closes_apposition(text, end + 8)) == fits


def test_a_renamed_body_is_one_and_keeps_its_former_name() -> None:
    pile = resolved(
        ["Die [Vitra SE]{O}, früher [Norda]{O}, zahlt.", "[Norda]{O} zahlt.", "[Vitra]{O} zahlt."]
    )
    (entity,) = pile.entities.values()
    assert entity.formerly == ("Norda",)
    assert {pair.reasons[0].name for pair in pile.pairs} >= {"called_before"}


def test_a_former_name_of_two_is_nobodys() -> None:
    pile = resolved(["[Vitra]{O}, früher [Norda]{O}, zahlt.", "[Lumex]{O}, früher [Norda]{O}, zahlt."])
    assert len(pile.entities) == 3


def test_a_body_told_in_apposition_is_known_in_other_texts() -> None:
    pile = resolved(
        [
            "Der [Rat der Ältesten]{O}, das Oberhaus von [Welgorien]{L}, tagt.",
            "Das Oberhaus von [Welgorien]{L} und sein [Oberhaus]{O} tagen.",
        ]
    )
    named = {name.text for entity in pile.entities.values() if entity.kind == "ORG" for name in entity.names}
    assert len([entity for entity in pile.entities.values() if entity.kind == "ORG"]) == 1
    assert "Rat der Ältesten" in named


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_is_read_without_error(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    assert age_beside(text, start, end, 0) is None or text
    assert former_order(text, start, end, len(text)) in (-1, 0, 1)
    assert closes_apposition(text, end) in (True, False)
