"""Short lines that several documents print."""

from __future__ import annotations

import pytest

from lagebild.clean.repeats import find_repeated_lines, line_key, print_lines
from lagebild.model.document import Document, Stretch
from lagebild.step import DocView, GroupView
from tests.clean.build import document, stretches


def test_case_marks_and_numbers_do_not_count() -> None:
    assert line_key("» Kommentare (12)") == line_key("KOMMENTARE 7") != line_key("Kommentar")


@pytest.mark.parametrize(
    "line",
    [
        "Der Rat hat am Freitag lange über den neuen Haushalt beraten.",
        "„Wir kommen wieder“",
        "x" * 121,
        "12 : 3",
        "…",
    ],
)
def test_words_of_a_report_have_no_key(line: str) -> None:
    assert line_key(line) is None


def test_prints_are_sorted_and_each_once() -> None:
    doc = document("Menü\nTeilen\nMenü\n\nDer Rat hat am Freitag lange über den neuen Haushalt beraten.")
    (row,) = print_lines([DocView("d1", {Document: (doc,), Stretch: tuple(stretches(doc))})])
    assert list(row.keys) == sorted(row.keys)
    assert len(row.keys) == 2


def test_a_document_without_short_lines_has_no_row() -> None:
    doc = document("Der Rat hat am Freitag lange über den neuen Haushalt beraten.")
    assert not list(print_lines([DocView("d1", {Document: (doc,), Stretch: tuple(stretches(doc))})]))


@pytest.mark.parametrize(("count", "rows"), [(1, 0), (2, 1), (5, 1)])
def test_two_documents_make_a_repeated_line(count: int, rows: int) -> None:
    group = GroupView("l1", tuple(DocView(f"d{k}", {}) for k in range(count)))
    found = list(find_repeated_lines(group))
    assert len(found) == rows
    assert all((row.key, row.owner, row.documents) == ("l1", "l1", count) for row in found)
