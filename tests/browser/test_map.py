"""The map in Chromium: choosing a day by keyboard and mouse, layers as they stood, without script, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lagebild.model.layers import LayerShape, MapLayer
from lagebild.questions.page import dossier_page
from lagebild.render.html import render_html
from lagebild.settings import Settings
from tests import pile as piles
from tests.browser.test_page import browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = pytest.mark.browser

RING = tuple(
    number for point in ((0, 40), (20, 40), (20, 60), (0, 60), (0, 40)) for number in map(float, point)
)


def layer(day: str) -> MapLayer:
    shape = LayerShape("area", (RING,))
    return MapLayer(f"ly{day}", "Lage <b>", f"{day}.geojson", day, "Karte & Co.", "0" * 64, (shape,))


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a pile whose first place has two days, its second one, and a layer that changes."""
    page = dossier_page(piles.pile(), Settings())
    part = page.parts[0]
    dot = part.dots[0]
    dots = (
        replace(dot, event=True, days=("2024-05-01", "2024-05-03")),
        replace(dot, key="p1m8", name="Zweitort", lat=dot.lat + 0.4, event=True, days=("2024-05-02",)),
        replace(dot, key="p1m9", name="Drittort", lon=dot.lon + 0.6, event=False, days=()),
    )
    layers = tuple(map(layer, ("2024-04-30", "2024-05-02")))
    page = replace(page, parts=(replace(part, dots=dots, layers=layers), *page.parts[1:]))
    target = tmp_path_factory.mktemp("map") / "page.html"
    target.write_text(render_html(page), encoding="utf-8")
    return target


@pytest.fixture
def opened(browser: Browser, page_file: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(page_file.as_uri())
    yield page
    assert wrong == []
    page.close()


def on(page: Page) -> list[str | None]:
    """The first days of the layers that are shown."""
    shown = page.locator("svg.map.wide .lay.on")
    return [shown.nth(n).get_attribute("data-since") for n in range(shown.count())]


def test_arrow_keys_go_through_the_days(opened: Page) -> None:
    opened.focus(".mday input")
    told = opened.locator(".mday output")
    assert on(opened) == ["2024-05-02"]
    seen = []
    for _ in range(3):
        opened.keyboard.press("ArrowRight")
        seen.append((told.inner_text(), on(opened), opened.locator("li.pl.off").count()))
    places = opened.locator("li.pl").count()
    assert [text.split(" · ")[0].replace("\xa0", " ") for text, _, _ in seen] == [
        "Mi, 1. Mai 2024", "Do, 2. Mai 2024", "Fr, 3. Mai 2024",
    ]  # fmt: skip
    assert [layers for _, layers, _ in seen] == [["2024-04-30"], ["2024-05-02"], ["2024-05-02"]]
    assert [off for _, _, off in seen] == [places - 1, places - 2, places - 2]
    assert opened.locator("li.pl.was").count() == 1
    assert "Mai" in (opened.get_attribute(".mday input", "aria-valuetext") or "")


def test_buttons_and_the_other_language(opened: Page) -> None:
    opened.click(".mday [data-step='1']")
    opened.click("#lang")
    assert "May" in opened.locator(".mday output").inner_text()
    opened.click(".mday [data-step='-1']")
    assert opened.locator(".mday output").inner_text() == "all days"
    assert opened.locator(".off").count() == 0
    assert opened.is_disabled(".mday [data-step='-1']")


def test_a_place_on_the_map_leads_to_its_passages(opened: Page) -> None:
    spot = opened.locator("svg.map.wide a").first
    target = (spot.get_attribute("href") or "")[1:]
    spot.focus()
    opened.keyboard.press("Enter")
    assert opened.evaluate("location.hash") == f"#{target}"
    passage = opened.locator("#evb .evp").inner_text()
    assert passage
    assert opened.locator(f"#{target} .cite[aria-current]").count() == 1
    assert opened.evaluate("document.activeElement.id") == target


def test_the_legend_escapes_and_credits(opened: Page) -> None:
    words = opened.locator(".layk").inner_text()
    assert "Lage <b>" in words
    assert "Karte & Co." in words


def test_without_script_all_days_are_shown(browser: Browser, page_file: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(page_file.as_uri())
    assert not page.is_visible(".mday")
    assert page.locator(".off, .was").count() == 0
    assert on(page) == ["2024-05-02"]
    assert (
        page.locator("li.pl").first.inner_text().count("Mai")
        + page.locator("li.pl").first.inner_text().count(".5.")
        > 0
    )
    page.close()


def test_on_paper_all_days_are_shown(opened: Page) -> None:
    opened.focus(".mday input")
    opened.keyboard.press("ArrowRight")
    opened.emulate_media(media="print")
    assert not opened.is_visible(".mday")
    shades = opened.evaluate("[...document.querySelectorAll('.off')].map(n => getComputedStyle(n).opacity)")
    assert set(shades) == {"1"}
