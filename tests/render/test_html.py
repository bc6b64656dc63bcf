"""The HTML page: closed to the outside, whole, both languages, every mark with its words."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from lxml import html as lxml_html

from lagebild.model.pages import Page
from lagebild.questions.page import dossier_page
from lagebild.render.html import render_html, shown
from lagebild.settings import Settings
from tests import pile as piles

PILES = {
    "pile": piles.pile,
    "two": piles.two_stories,
    "hostile": piles.hostile,
    "empty": piles.empty,
    "long": piles.long_text,
}


def made(name: str) -> tuple[Page, str]:
    page = dossier_page(PILES[name](), Settings())
    return page, render_html(page)


@pytest.fixture(params=sorted(PILES))
def both_of(request: pytest.FixtureRequest) -> tuple[Page, str]:
    return made(request.param)


def test_nothing_is_fetched_from_outside(both_of: tuple[Page, str]) -> None:
    tree = lxml_html.fromstring(both_of[1])
    for attribute in ("src", "href", "action", "data", "poster", "srcset"):
        assert all(value.startswith("#") for value in tree.xpath(f"//@{attribute}")), attribute
    assert not tree.xpath("//link|//iframe|//img|//object|//embed|//base|//form[not(@method='dialog')]")
    assert not re.search(r"url\((?!#ah\))|@import", both_of[1])


def test_only_its_own_script_and_styles_may_run(both_of: tuple[Page, str]) -> None:
    tree = lxml_html.fromstring(both_of[1])
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    (script,) = tree.xpath("//script/text()")
    assert b64encode(sha256(script.encode()).digest()).decode() in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not [
        name for element in tree.iter() for name in element.attrib if name.startswith("on") or name == "style"
    ]


def test_ids_are_unique_and_links_resolve(both_of: tuple[Page, str]) -> None:
    tree = lxml_html.fromstring(both_of[1])
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href")} <= set(ids)


def test_every_mark_leads_to_the_words(both_of: tuple[Page, str]) -> None:
    page, text = both_of
    tree = lxml_html.fromstring(text)
    index = {li.get("id"): li for li in tree.xpath("//details[@id='belege']//li")}
    assert len(index) == len(page.passages)
    for passage in page.passages:
        entry = index[f"c{passage.number}"]
        assert entry.xpath("string(.//bdi)") == shown(passage.exact)
        assert (entry.get("data-start"), entry.get("data-end")) == (str(passage.start), str(passage.end))
    assert {mark.get("href")[1:] for mark in tree.xpath("//a[contains(@class,'cite')]")} <= set(index)


def test_passages_stand_in_the_reader_cut_beforehand() -> None:
    page, text = made("pile")
    tree = lxml_html.fromstring(text)
    for passage in page.passages:
        parts = tree.xpath(f"//*[contains(concat(' ', @data-c, ' '), ' c{passage.number} ')]")
        assert "".join(part.text_content() for part in parts) == passage.exact


def test_hostile_words_stay_words() -> None:
    page, text = made("hostile")
    tree = lxml_html.fromstring(text)
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("string(//title)").startswith(piles.ATTACK)
    assert piles.ATTACK in tree.xpath("string(//h1)")
    assert "\x00" not in text
    assert "\u202e" not in text
    assert page.passages[1].exact == "Ich \x00bin \u202eda"


def test_labels_stand_in_both_languages() -> None:
    tree = lxml_html.fromstring(made("pile")[1])
    spans = tree.xpath("//*[contains(concat(' ', @class, ' '), ' u ')]")
    languages = [span.get("lang") for span in spans]
    assert languages.count("de") > 200
    assert abs(languages.count("de") - languages.count("en")) <= 1


def test_planned_things_are_never_solid() -> None:
    tree = lxml_html.fromstring(made("pile")[1])
    for link in tree.xpath(
        "//a[.//text()[contains(@class,'tbn-planned')]]|//a[text[contains(@class,'tbn-planned')]]"
    ):
        classes = " ".join(link.xpath(".//rect/@class"))
        assert "tb-pl" in classes
        assert "tb-ha" not in classes


def test_empty_sections_say_so() -> None:
    words = lxml_html.fromstring(made("hostile")[1]).text_content()
    for told in (
        "Kein Streit gefunden",
        "Keine widersprüchlichen Zahlen",
        "Kein Ort ließ sich",
        "ließ sich datieren",
    ):
        assert told in words


def test_a_text_that_was_not_read_is_told() -> None:
    tree = lxml_html.fromstring(made("pile")[1])
    polish = tree.get_element_by_id("p1src-E1").text_content()
    assert "(pl) sind keine Daten da" in polish


def test_the_same_page_gives_the_same_bytes() -> None:
    assert made("pile")[1] == made("pile")[1]


def test_shown_makes_controls_visible() -> None:
    assert shown("a\x00b\tc\nd\x85\u202ee\ud800") == "a\u2400b\tc\nd\ufffd\ufffde\ufffd"
