"""Whatever the pile: no step fails, the case verifies, the page is written, its citations stand."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from lagebild.model.account import Problem
from lagebild.model.document import Document
from lagebild.questions.check import check_case
from lagebild.work import build_dossier, export_jsonl, open_case, verify_dossier
from tests.fuzz.mangle import SENTENCES, bounded, mangled, reports

ENDINGS = (".txt", ".html")


@bounded(10)
@given(st.lists(st.tuples(st.one_of(reports, mangled()), st.sampled_from(ENDINGS)), min_size=1, max_size=5))
@example(
    [
        (
            "\u202eDer Landrat\x1b von Neuhardt\r\nBernd Oelze, hat am Dienstag in Kiel\x85 den Notstand ausgerufen.",
            ".txt",
        )
    ]
)
def test_any_pile_gives_a_dossier_that_verifies(texts: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as name:
        pile = Path(name, "in")
        pile.mkdir()
        (pile / "sound.txt").write_text("\n\n".join(SENTENCES[:6]), encoding="utf-8")
        for at, (text, ending) in enumerate(texts):
            (pile / f"{at}{ending}").write_bytes(text.encode("utf-8", "replace"))
        out = Path(name, "out")
        build_dossier([pile], out, workers=1)
        with open_case(out) as case:
            assert [row.message for row in case.rows(Problem) if row.kind == "failed"] == []
            assert check_case(case).wrong == []
            assert case.count(Document) >= 1
            export_jsonl(case, Path(name, "export"), words=True)
        page = out / "dossier.html"
        assert [said for said in verify_dossier(page).wrong if "no passage" not in said] == []
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", page.read_text(encoding="utf-8"))
