"""The Markdown page: every line with its passages, every source with its hash."""

from __future__ import annotations

import re

from lagebild.questions.page import dossier_page
from lagebild.render.markdown import plain, render_markdown
from lagebild.settings import Settings
from tests import pile as piles


def test_citations_name_path_and_range() -> None:
    page = dossier_page(piles.pile(), Settings())
    text = render_markdown(page)
    cites = {
        (path, int(a), int(b)) for path, a, b in re.findall(r"`\[[A-Z]+\d+[a-z]? (\S+):(\d+)–(\d+)\]`", text)
    }
    units = {s.doc_id: s.path if s.line is None else f"{s.path}#{s.line}" for s in page.parts[0].sources}
    known = {(units[p.doc_id], p.start, p.end) for p in page.passages}
    assert cites
    assert cites <= known


def test_sources_are_listed_with_their_hash() -> None:
    page = dossier_page(piles.pile(), Settings())
    text = render_markdown(page)
    assert all(source.sha256 in text for source in page.parts[0].sources)


def test_hostile_words_stay_words() -> None:
    text = render_markdown(dossier_page(piles.hostile(), Settings()))
    assert re.search(r"(?<!\\)<", re.sub(r"`[^`]*`", "", text)) is None


def test_pages_without_or_with_several_stories() -> None:
    assert render_markdown(dossier_page(piles.empty(), Settings())).startswith("# Kein Dossier")
    assert "2. Neue Brücke in Seefurt" in render_markdown(dossier_page(piles.two_stories(), Settings()))


def test_plain_text_is_not_markup() -> None:
    assert plain("a *b* [c](d)\n<e> `f`") == r"a \*b\* \[c\](d) \<e\> \`f\`"
