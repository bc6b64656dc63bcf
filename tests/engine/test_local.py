"""The laws of engines: same rows whatever the batch, the order, the workers; stale units only; a failing unit is one problem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagebild.case.sqlite import Case
from lagebild.engine.local import Account, run_plan
from lagebild.model.account import Problem
from lagebild.settings import Settings
from tests import toy

TEXTS = {
    f"{name}.txt": text
    for name, text in zip("abcdefgh", ["x y", "y z", "z", "q", "x", "x y z", "", "r q"], strict=True)
}


def run(
    path: Path, *portions: Sequence[tuple[str, str]], batch: int = 16, workers: int = 1
) -> list[tuple[str, bytes]]:
    """The rows of a case that got its reports in these portions."""
    with toy.toy_case(path) as case:
        for portion in portions:
            case.add_sources([toy.toy_item(name, text) for name, text in portion])
            run_plan(toy.TOY, case, Settings(), version="1", batch=batch, workers=workers)
        return toy.dump(case)


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_rows_do_not_depend_on_the_batch(tmp_path: Path, batch: int) -> None:
    reports = sorted(TEXTS.items())
    assert run(tmp_path / "a", reports) == run(tmp_path / "b", reports, batch=batch)


def test_rows_do_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    reports = sorted(TEXTS.items())
    assert run(tmp_path / "a", reports) == run(tmp_path / "b", reports[::-1])


def test_rows_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    reports = [(f"{at}.txt", f"w{at % 7} w{at % 5} common") for at in range(40)]
    assert run(tmp_path / "a", reports) == run(tmp_path / "b", reports, workers=2, batch=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from("uvwxyz"), max_size=4).map(" ".join), min_size=1, max_size=6),
    st.integers(0, 6),
)
def test_building_at_once_is_building_and_adding(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("law")
    reports = [(f"{at}.txt", text) for at, text in enumerate(texts)]
    assert run(folder / "once", reports) == run(folder / "twice", reports[:cut], reports[cut:])


def account_of(path: Path, items: Sequence[tuple[str, str]]) -> Account:
    with Case.open(path, toy.TOY.types, write=True) as case:
        case.add_sources([toy.toy_item(name, text) for name, text in items])
        return run_plan(toy.TOY, case, Settings(), version="1")


def test_nothing_new_computes_nothing(tmp_path: Path) -> None:
    run(tmp_path / "case", sorted(TEXTS.items()))
    toy.CALLS.clear()
    account = account_of(tmp_path / "case", sorted(TEXTS.items()))
    assert sum(account.units.values()) == 0
    assert toy.CALLS == []


def test_one_new_report_recomputes_only_what_it_touches(tmp_path: Path) -> None:
    run(tmp_path / "case", [(f"{at}.txt", f"own{at} shared{at % 3}") for at in range(30)])
    account = account_of(tmp_path / "case", [("new.txt", "own5 fresh")])
    assert account.units == {
        "take_text": 1,
        "split_text": 1,
        "count_word": 1,  # own5 is now shared by two
        "mark_common": 2,  # the new one, and the one that had own5
        "count_marks": 1,
    }


def test_a_step_that_gives_the_same_rows_makes_nothing_after_it_stale(tmp_path: Path) -> None:
    run(tmp_path / "case", sorted(TEXTS.items()))
    account = account_of(tmp_path / "case", [("new.txt", "nobody else says this")])
    assert "count_word" not in account.units
    assert account.units["mark_common"] == 1
    assert account.rows["count_marks"] == 1


def test_another_version_recomputes_everything_and_changes_nothing(tmp_path: Path) -> None:
    before = run(tmp_path / "case", sorted(TEXTS.items()))
    with Case.open(tmp_path / "case", toy.TOY.types, write=True) as case:
        account = run_plan(toy.TOY, case, Settings(), version="2")
        assert account.units["take_text"] == len(TEXTS)
        assert toy.dump(case) == before


def test_a_failing_document_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    with toy.toy_case(tmp_path / "case") as case:
        case.add_sources(
            [toy.toy_item("bad.txt", "FAIL"), toy.toy_item("a.txt", "x"), toy.toy_item("b.txt", "x")]
        )
        run_plan(toy.TOY, case, Settings(), version="1")
        problems = list(case.rows(Problem))
        assert [row.unit for row in problems] == ["bad.txt"]
        assert "take_text" in problems[0].message
        assert "this text makes the step fail" in problems[0].message
        assert [row.documents for row in case.rows(toy.Shared)] == [2]


class _Stop(Exception):
    pass


@pytest.mark.parametrize("after", [1, 2, 4, 6, 9])
def test_a_run_that_breaks_off_goes_on_to_the_same_rows(tmp_path: Path, after: int) -> None:
    reports = sorted(TEXTS.items())
    whole = run(tmp_path / "whole", reports)
    with toy.toy_case(tmp_path / "broken") as case:
        case.add_sources([toy.toy_item(name, text) for name, text in reports])
        left = after

        def progress(name: str, done: int, total: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise _Stop

        with pytest.raises(_Stop):
            run_plan(toy.TOY, case, Settings(), version="1", batch=2, progress=progress)
    with Case.open(tmp_path / "broken", toy.TOY.types, write=True) as case:
        run_plan(toy.TOY, case, Settings(), version="1")
        assert toy.dump(case) == whole


def test_steps_over_the_same_groups_run_together_and_see_each_other(tmp_path: Path) -> None:
    """A later step of the run reads what an earlier one wrote: under documents and under the key."""
    with Case.create(tmp_path / "case", toy.GROUPED.types) as case:
        case.add_sources([toy.toy_item(f"{at}.txt", f"word{at % 3} own{at}") for at in range(9)])
        run_plan(toy.GROUPED, case, Settings(), version="1")
        assert sorted(row.total for row in case.rows(toy.Sum)) == [3, 3, 3]
        before = [data for kind in toy.GROUPED.types for data in case.stream(kind.TABLE)]
        again = run_plan(toy.GROUPED, case, Settings(), version="1")
        assert again.units == {}
        case.add_sources([toy.toy_item("new.txt", "word1 x")])
        added = run_plan(toy.GROUPED, case, Settings(), version="1")
        assert {step: units for step, units in added.units.items() if step.endswith("_first")} == {
            "rank_first": 1,
            "sum_first": 1,
        }
    with Case.create(tmp_path / "once", toy.GROUPED.types) as case:
        case.add_sources([toy.toy_item(f"{at}.txt", f"word{at % 3} own{at}") for at in range(9)])
        run_plan(toy.GROUPED, case, Settings(), version="1", batch=1, workers=2)
        assert [data for kind in toy.GROUPED.types for data in case.stream(kind.TABLE)] == before
