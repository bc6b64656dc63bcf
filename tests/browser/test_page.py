"""The page in Chromium: no requests, no errors, marks open the exact words, keys, languages, widths, print."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lagebild.questions.page import dossier_page
from lagebild.render.html import render_html
from lagebild.settings import Settings
from tests import pile as piles

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        if os.environ.get("LAGEBILD_NEED_BROWSER"):
            pytest.fail("Chromium is wanted here (LAGEBILD_NEED_BROWSER) and is not installed")
        pytest.skip("no Chromium on this machine; install it to run the browser tests")
    with sync_api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page")
    for name, pile in (("fire", piles.pile()), ("two", piles.two_stories()), ("hostile", piles.hostile())):
        (made / f"{name}.html").write_text(render_html(dossier_page(pile, Settings())), encoding="utf-8")
    return made


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[tuple[Page, list[str]]]:
    """A tab at 1280 with the fire, and a list of everything that went wrong or was asked of the outside."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto((folder / "fire.html").as_uri())
    yield page, wrong
    assert wrong == []
    page.close()


def test_a_mark_opens_the_exact_words(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    marks = page.locator("#p1d1 .cite")
    for place in range(marks.count()):
        mark = marks.nth(place)
        number = (mark.get_attribute("href") or "")[1:]
        mark.click()
        hit = "".join(page.locator("#evb .hit").all_text_contents())
        assert hit == page.locator(f"#{number} .bq").text_content()
        assert mark.get_attribute("aria-current") == "true"


def test_the_whole_text_opens_at_the_words(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.locator("#p1d1 .cite").first.click()
    page.locator(".evgo").click()
    assert page.locator("#p1src-A1").get_attribute("open") is not None
    assert page.locator("#p1src-A1 .hit2").first.is_visible()


def test_labels_change_language_and_sentences_do_not(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    heading, sentence = page.locator("#p1-kurz h2"), page.locator("#p1-kurz .short p").first
    before = sentence.inner_text().split(":", 1)[1]
    assert heading.inner_text() == "Kurzfassung"
    page.locator("#lang").click()
    assert heading.inner_text() == "Brief"
    assert page.locator("#q").get_attribute("placeholder") == "Search"
    assert sentence.inner_text().split(":", 1)[1] == before


def test_theme_changes(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    page.locator("#theme").click()
    assert page.evaluate(colour) != before


def test_keys_walk_open_search_and_close(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".item.at").count() == 1
    page.keyboard.press("o")
    assert page.locator("#ev.on").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#ev.on").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("explosion")
    page.locator("#qn", has_text="0/").wait_for()
    page.keyboard.press("Enter")
    assert (page.locator("#qn").text_content() or "").startswith("1/")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#dlg").is_visible()


def test_timeline_windows(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    buttons = page.locator("#p1-zeit [data-z]")
    last = buttons.nth(buttons.count() - 1)
    last.click()
    assert last.get_attribute("aria-pressed") == "true"
    assert page.locator("#p1-zeit .tlw.on").count() == 1


@pytest.mark.parametrize("name", ["fire", "two", "hostile"])
@pytest.mark.parametrize("width", [390, 760, 1024, 1280])
def test_nothing_sticks_out_and_nothing_is_too_small(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL) == []
    page.close()


SMALL = """() => {
  const small = new Set();
  for (const e of document.querySelectorAll('body *')) {
    if (!e.getClientRects().length || ![...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim())) continue;
    let size = parseFloat(getComputedStyle(e).fontSize);
    const svg = e.closest('svg[viewBox]');
    if (svg) size *= svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    if (size < 11.9) small.add(e.tagName + ' ' + size + ' ' + e.textContent.slice(0, 30));
  }
  return [...small];
}"""


def test_hostile_words_run_nothing(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((folder / "hostile.html").as_uri())
    assert page.title().startswith(piles.ATTACK[:20])
    page.locator("main .cite").first.click()
    assert page.title() != "x"
    assert wrong == []
    page.close()


def test_marks_lead_to_the_index_without_script(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "fire.html").as_uri())
    page.locator("#p1-kurz .cite").first.click()
    assert "#c" in page.url
    assert page.locator("#" + page.url.split("#")[1]).is_visible()
    context.close()


def test_print_leaves_out_the_tools(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "fire.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator("#ev").is_visible()
    assert page.locator("#p1-kurz .cn").first.is_visible()
    assert len(page.pdf()) > 20_000
    page.close()
