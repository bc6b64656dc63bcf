"""Two people of one full name are told apart by what reports say of them, and by nothing less."""

from __future__ import annotations

import pytest
from gold.resolve.pile import Resolved, resolved

from lagebild.model.decision import Decision

OLD = "Der Bürgermeister von [Wurzen]{L}, [Enno Dorn]{P} (61), geht.‖ [Dorn]{P} ist müde."
YOUNG = "Der 24-jährige [Enno Dorn]{P} aus [Greiz]{L} verletzte sich."


def bearers(pile: Resolved, name: str) -> list[str]:
    """The entity of each place where a name of these words stands, in order of the texts."""
    found = []
    for doc_id in sorted(pile.docs):
        links = pile.linked(doc_id)
        found += [
            pile.entities[links[place]].id
            for place in sorted(links)
            if pile.entities[links[place]].name == name
        ]
    return found


def test_ages_far_apart_are_two_people_and_each_has_his_own_uses() -> None:
    pile = resolved([OLD, YOUNG, "[Enno Dorn]{P}, 25, spielt wieder."])
    one, surname, other, again = bearers(pile, "Enno Dorn")
    assert one == surname != other == again
    assert pile.entities[one].reasons[0].name == "age_differs"


def test_the_name_alone_then_means_nobody_and_says_why() -> None:
    pile = resolved([OLD, YOUNG, "[Enno Dorn]{P} schweigt.‖ [E. Dorn]{P} auch."])
    form = pile.forms["PER:enno dorn"]
    assert (form.entity_id, form.reasons[0].name) == (None, "namesakes")
    assert pile.linked("d2") == {}


@pytest.mark.parametrize(
    ("first", "second", "several"),
    [
        ("Die Bürgermeisterin von [Wurzen]{L}, [Anke Dorn]{P}, kam.", "Die Bürgermeisterin von [Greiz]{L}, [Anke Dorn]{P}, kam.", True),
        ("Die Ärztin [Anke Dorn]{P} aus [Wurzen]{L} kam.", "Die Ministerin [Anke Dorn]{P} aus [Greiz]{L} kam.", True),
        ("Die Ärztin [Anke Dorn]{P} kam.", "Die Ministerin [Anke Dorn]{P} kam.", False),
        ("[Anke Dorn]{P} aus [Wurzen]{L} kam.", "[Anke Dorn]{P} aus [Greiz]{L} kam.", False),
        ("[Anke Dorn]{P} (44) kam.", "Die 45-jährige [Anke Dorn]{P} kam.", False),
        ("Die Bürgermeisterin von [Wurzen]{L}, [Anke Dorn]{P}, kam.", "[Wurzens]{Lg} Bürgermeisterin [Anke Dorn]{P} kam.", False),
        ("Die frühere Bürgermeisterin von [Wurzen]{L}, [Anke Dorn]{P}, kam.", "Die Ministerin [Anke Dorn]{P} kam.", False),
    ],
)  # fmt: skip
def test_what_tells_people_apart(first: str, second: str, several: bool) -> None:
    assert len(set(bearers(resolved([first, second]), "Anke Dorn"))) == 1 + several


def test_what_is_only_possible_is_said() -> None:
    pile = resolved(["Die Ärztin [Anke Dorn]{P} kam.", "Die Ministerin [Anke Dorn]{P} kam."])
    (entity,) = (entity for entity in pile.entities.values() if entity.kind == "PER")
    assert entity.reasons[0].name == "perhaps_several"


def test_a_ruling_joins_what_was_told_apart() -> None:
    apart = resolved([OLD, YOUNG])
    keys = tuple(sorted(key for key in apart.forms if key.startswith("PER:enno dorn~")))
    ruling = Decision(
        "x", "same", (), ("Enno Dorn", "Enno Dorn", *keys), "A. Prüferin", "2025-01-01T00:00:00+00:00"
    )
    joined = resolved([OLD, YOUNG, "[Enno Dorn]{P} schweigt."], [ruling])
    assert len(set(bearers(apart, "Enno Dorn"))) == 2
    assert len(bearers(joined, "Enno Dorn")) == 4
    assert len(set(bearers(joined, "Enno Dorn"))) == 1


def test_the_order_of_the_reports_does_not_matter() -> None:
    one = resolved([OLD, YOUNG, "[Enno Dorn]{P}, 25, spielt."])
    other = resolved(["[Enno Dorn]{P}, 25, spielt.", YOUNG, OLD])
    assert {key for key in one.forms if "~" in key} == {key for key in other.forms if "~" in key}
