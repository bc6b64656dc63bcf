"""How a case stands."""

from __future__ import annotations

from pathlib import Path

from lagebild.case.sqlite import Case
from lagebild.plan import PLAN
from lagebild.questions.status import COUNTED, case_status
from lagebild.version import __version__
from lagebild.work import add_reports, open_case
from tests.walks.pile import built_pile, changed_pile


def test_counts_are_those_of_the_tables() -> None:
    with open_case(built_pile()) as case:
        answer = case_status(case)
        assert answer["counts"] == {name: sum(1 for _ in case.rows(kind)) for name, kind in COUNTED}
    assert answer["version"] == __version__
    assert answer["settings"]["timezone"] == "Europe/Berlin"
    assert sum(answer["findings"].values()) == answer["counts"]["findings"]
    assert {kind for _, kind in COUNTED} <= set(PLAN.types)


def test_a_run_that_has_not_finished_is_told(tmp_path: Path) -> None:
    out = changed_pile(tmp_path / "out")
    with open_case(out, write=True) as case:
        case.begin_run(__version__, {}, {})
    with open_case(out) as case:
        assert case_status(case)["interrupted"]
    add_reports(out, [], workers=1)
    with open_case(out) as case:
        assert not case_status(case)["interrupted"]


def test_an_empty_case_has_a_status(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case.lagebild", PLAN.types) as case:
        answer = case_status(case)
    assert set(answer["counts"].values()) == {0}
    assert (answer["version"], answer["interrupted"]) == (None, False)
