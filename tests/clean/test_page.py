"""What is read from a page: its text, the way back, and what the page states."""

from __future__ import annotations

import pytest

from lagebild.clean.page import PageText, read_page
from lagebild.clean.page_metadata import cut_date

NAVIGATION = (
    "<nav><ul><li><a href=/>Start</a><li><a href=/sport>Sport</a><li><a href=/wetter>Wetter</a></ul></nav>"
)
PARAGRAPHS = (
    "Der Pegel der Lauer ist in der Nacht um vierzig Zentimeter gestiegen, teilte das Wasserwerk mit.",
    "Die Feuerwehr sperrte die untere Uferstraße und pumpte zwei Keller leer; verletzt wurde niemand.",
    "Am Mittag soll der Scheitel die Altstadt erreichen, sagte Einsatzleiterin Britta Velten.",
    "Die Schule am Anger bleibt bis Mittwoch geschlossen, der Busverkehr wird über den Ring geleitet.",
)


def page(body: str, head: str = "", attributes: str = ' lang="de"') -> str:
    return f"<!DOCTYPE html><html{attributes}><head><title>Hochwasser in Lauern</title>{head}</head><body>{body}</body></html>"


def article(*blocks: str) -> str:
    return f"{NAVIGATION}<main><article>{''.join(blocks)}</article></main><footer><p>Impressum und Datenschutz der Lauerner Zeitung</p></footer>"


def paragraphs() -> str:
    return "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def kinds(read: PageText) -> list[tuple[str, str]]:
    return [(kind, read.text[start:end]) for start, end, kind in read.kinds]


def source_of(read: PageText, html: str, words: str) -> list[str]:
    """The stretches of the page that stand behind these words of the text."""
    at = read.text.index(words)
    found = []
    for start, end, source, source_end in read.pieces:
        first, last = max(start, at), min(end, at + len(words))
        if first < last and end - start == source_end - source:
            found.append(html[source + first - start : source + last - start])
        elif first < last:
            found.append(html[source:source_end])
    return found


# -- text ------------------------------------------------------------------------------------------------------------


def test_article_without_menu_and_footer() -> None:
    read = read_page(page(article("<h1>Hochwasser in Lauern</h1>", paragraphs())))
    assert read.text == "\n".join(["Hochwasser in Lauern", *PARAGRAPHS])


def test_headline_comes_first_and_is_the_title() -> None:
    html = page(article("<header><h1>Hochwasser in Lauern</h1></header>", paragraphs()))
    read = read_page(html)
    assert (read.title, read.title_at) == ("Hochwasser in Lauern", (0, 20))
    assert source_of(read, html, "Hochwasser in Lauern") == ["Hochwasser in Lauern"]


def test_a_title_stated_in_the_head_only_is_mapped_to_the_head() -> None:
    html = page(article(paragraphs()))
    read = read_page(html)
    assert read.title_at == (0, 20)
    assert read.pieces[0] == (0, 20, html.index("Hochwasser"), html.index("</title>"))


def test_the_visible_headline_wins_over_a_breadcrumb() -> None:
    crumbs = '<ol class="breadcrumb"><li><a href=/>Start</a></li><li><h1>Hochwasser in Lauern</h1></li></ol>'
    html = page(
        article(crumbs, "<h2>Lauern: Pegel steigt weiter</h2>", paragraphs()),
        '<meta property="og:title" content="Lauern: Pegel steigt weiter">',
    )
    assert read_page(html).title == "Lauern: Pegel steigt weiter"


def test_kicker_and_headline_in_one_heading_are_two_words() -> None:
    html = page(article("<h1><span>Unwetter</span><span>Hochwasser in Lauern</span></h1>", paragraphs()))
    assert read_page(html).title == "Unwetter Hochwasser in Lauern"


def test_lead_caption_credit_and_stamp_are_kept() -> None:
    html = page(
        article(
            "<h1>Hochwasser in Lauern</h1>",
            '<p class="article-lead">Die Lauer steigt schneller als erwartet, die Stadt bereitet sich vor.</p>',
            '<div class="byline">Von Jost Amberg</div><div><time datetime="2025-03-14T08:10:00+01:00">14. März 2025, 8.10 Uhr</time></div>',
            "<figure><img src=a.jpg><figcaption>Sandsäcke am Ufer der Lauer. Foto: Hein/LZ</figcaption></figure>",
            paragraphs(),
        )
    )
    found = kinds(read_page(html))
    assert ("lead", "Die Lauer steigt schneller als erwartet, die Stadt bereitet sich vor.") in found
    assert ("credit", "Von Jost Amberg") in found
    assert ("stamp", "14. März 2025, 8.10 Uhr") in found
    assert ("caption", "Sandsäcke am Ufer der Lauer. Foto: Hein/LZ") in found


def test_list_and_subheading_are_kept() -> None:
    html = page(
        article(
            "<h1>Hochwasser in Lauern</h1>",
            paragraphs(),
            "<h2>Was gesperrt ist</h2><ul><li>Uferstraße bis zum Hafen</li><li>Parkhaus am Anger</li></ul>",
            paragraphs(),
        )
    )
    found = kinds(read_page(html))
    assert ("headline", "Was gesperrt ist") in found
    assert [text for kind, text in found if kind == "list"] == [
        "Uferstraße bis zum Hafen",
        "Parkhaus am Anger",
    ]


def test_entries_of_a_live_ticker_survive_with_their_times() -> None:
    entries = "".join(
        f'<article class="liveticker-entry"><time datetime="2025-03-14T{hour:02}:00:00+01:00">{hour}:00 Uhr</time>'
        f"<h3><a href=#{hour}>Meldung {hour} aus Lauern</a></h3><p>{text} Stand {hour} Uhr.</p></article>"
        for hour, text in zip((12, 11, 10, 9), PARAGRAPHS, strict=True)
    )
    read = read_page(
        page(
            f"{NAVIGATION}<main><h1>Hochwasser in Lauern</h1><section class=liveticker>{entries}</section></main>"
        )
    )
    found = kinds(read)
    assert [text for kind, text in found if kind == "stamp"] == [
        "12:00 Uhr",
        "11:00 Uhr",
        "10:00 Uhr",
        "9:00 Uhr",
    ]
    assert [text for kind, text in found if kind == "ticker_entry"] == [
        f"{t} Stand {h} Uhr." for t, h in zip(PARAGRAPHS, (12, 11, 10, 9), strict=True)
    ]
    assert "Meldung 11 aus Lauern" in read.text


def test_line_breaks_make_lines_and_preformatted_text_keeps_them() -> None:
    html = page(
        article(
            "<h1>Hochwasser in Lauern</h1>",
            paragraphs(),
            "<p>Notruf der Stadt: 112 und 113<br>Bürgertelefon der Stadt: 115</p>",
            "<pre>Pegel  4,10\nPegel  4,30</pre>",
        )
    )
    lines = read_page(html).text.split("\n")
    assert lines[-4:] == [
        "Notruf der Stadt: 112 und 113",
        "Bürgertelefon der Stadt: 115",
        "Pegel 4,10",
        "Pegel 4,30",
    ]


def test_text_that_stands_in_linked_data_only_is_read_and_placed() -> None:
    body = "\\n".join(PARAGRAPHS)
    html = page(
        "<div id=app></div>",
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Hochwasser in Lauern","articleBody":"{body}"}}</script>',
    )
    read = read_page(html)
    assert all(source_of(read, html, text) == [text] for text in PARAGRAPHS)


# -- the way back ----------------------------------------------------------------------------------------------------


def test_entities_and_marks_are_pieces_of_their_own() -> None:
    inside = "Die Bru\u0308cke f&uuml;hrt &uuml;ber die Lauer &amp; den Kanal."
    html = page(article("<h1>Hochwasser in Lauern</h1>", paragraphs(), f"<p>{inside}</p>"))
    read = read_page(html)
    assert "Die Brücke führt über die Lauer & den Kanal." in read.text
    assert source_of(read, html, "Brücke") == ["Br", "u\u0308", "cke"]
    assert source_of(read, html, "führt") == ["f", "&uuml;", "hrt"]


def test_inline_markup_splits_pieces_not_words() -> None:
    html = page(
        article(
            "<h1>Hochwasser in Lauern</h1>",
            paragraphs(),
            "<p>Der <b>Deich</b><i>bruch</i> bei <a href=x>Hohenlauer</a> ist abgewendet worden.</p>",
        )
    )
    read = read_page(html)
    assert source_of(read, html, "Deichbruch bei Hohenlauer") == ["Deich", "bruch", " bei ", "Hohenlauer"]


def test_soft_hyphens_are_left_out_and_wrapped_lines_are_spaces() -> None:
    html = page(
        article(
            "<h1>Hochwasser in Lauern</h1>",
            paragraphs(),
            "<p>Die Hoch&shy;wasser\u00adzentrale\n     meldet Entwarnung für den Oberlauf.</p>",
        )
    )
    read = read_page(html)
    assert "Die Hochwasserzentrale meldet Entwarnung" in read.text
    assert source_of(read, html, "Hochwasserzentrale meldet") == ["Hoch", "wasser", "zentrale", "meldet"]


def test_repeated_sentences_lead_to_their_own_places() -> None:
    again = "Die Stadt bittet darum, das Ufer zu meiden und auf Durchsagen zu achten."
    html = page(article("<h1>Hochwasser in Lauern</h1>", f"<p>{again}</p>", paragraphs(), f"<p>{again}</p>"))
    read = read_page(html)
    starts = [start for start, _, _, _ in read.pieces if read.text.startswith(again, start)]
    assert len(starts) == read.text.count(again) >= 1


# -- what the page states --------------------------------------------------------------------------------------------


LINKED = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","name":"Startseite"},
{"@type":"NewsArticle","headline":"Hochwasser in Lauern","datePublished":"2025-03-14T08:10:00+01:00",
"dateModified":"2025-03-14T09:30:12Z","author":[{"@type":"Person","name":"Jost Amberg"},{"name":"Mia Tal"}],
"publisher":{"@type":"Organization","name":"Lauerner Zeitung"}}]}</script>"""


def test_linked_data_states_dates_authors_and_outlet() -> None:
    read = read_page(
        page(article(paragraphs()), LINKED + '<link rel="canonical" href="https://lz.example/hochwasser">'),
        url="https://lz.example/hochwasser?x=1",
    )
    assert read.published == ("2025-03-14T08:10:00+01:00", "json-ld datePublished")
    assert read.modified == ("2025-03-14T09:30:12+00:00", "json-ld dateModified")
    assert read.authors == ("Jost Amberg", "Mia Tal")
    assert (read.outlet, read.url, read.language) == (
        "Lauerner Zeitung",
        "https://lz.example/hochwasser",
        "de",
    )


def test_meta_elements_state_what_linked_data_does_not() -> None:
    head = '<meta property="article:published_time" content="2025-03-14"><meta name="author" content="Jost Amberg, Mia Tal"><meta property="og:site_name" content="LZ">'
    read = read_page(page(article(paragraphs()), head))
    assert read.published == ("2025-03-14", "meta article:published_time")
    assert (read.authors, read.outlet) == (("Jost Amberg", "Mia Tal"), "LZ")


def test_a_time_above_the_text_dates_the_page_and_a_teaser_does_not() -> None:
    above = '<h1>Hochwasser in Lauern</h1><time datetime="2025-03-14T08:10">14.3.</time>'
    below = '<aside><time datetime="2024-01-01">1.1.</time></aside>'
    assert read_page(page(article(above, paragraphs(), below))).published == (
        "2025-03-14T08:10",
        "time[datetime]",
    )
    assert read_page(page(article("<h1>Hochwasser in Lauern</h1>", paragraphs(), below))).published is None


def test_a_date_in_the_address_is_no_date() -> None:
    read = read_page(page(article(paragraphs())), url="https://lz.example/2025/03/14/hochwasser.html")
    assert (read.published, read.url) == (None, "https://lz.example/2025/03/14/hochwasser.html")


def test_the_date_of_a_listed_article_is_not_the_date_of_the_page() -> None:
    listed = '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Anderes","datePublished":"2020-01-01"}]}</script>'
    assert read_page(page(article(paragraphs()), listed)).published is None


def test_broken_linked_data_still_states_its_only_date() -> None:
    broken = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Hoch"wasser","datePublished":"2025-03-14",}</script>'
    assert read_page(page(article(paragraphs()), broken)).published == ("2025-03-14", "json-ld datePublished")


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-14", "2025-03-14"),
        ("2025-03-14T21:40", "2025-03-14T21:40"),
        ("2025-03-14 21:40:05", "2025-03-14T21:40:05"),
        ("2025-03-14T21:40:05.123+0100", "2025-03-14T21:40:05+01:00"),
        ("2025-03-14T21:40:05Z", "2025-03-14T21:40:05+00:00"),
        ("14.3.2025", "2025-03-14"),
        ("14.03.2025, 21:40", "2025-03-14T21:40"),
        ("Fri, 14 Mar 2025 21:40:00 GMT", "2025-03-14T21:40:00+00:00"),
        ("2025-02-30", None),
        ("2025-03-14T25:00", None),
        ("03/04/2025", None),
        ("1741953600", None),
        ("heute", None),
        ("", None),
    ],
)
def test_dates_are_cut_at_their_stated_precision(said: str, cut: str | None) -> None:
    assert cut_date(said) == cut


# -- hostile pages ---------------------------------------------------------------------------------------------------


def test_unclosed_elements_far_beyond_any_parser() -> None:
    read = read_page("<html><body>" + "<div>" * 50_000 + paragraphs())
    assert read.text == "\n".join(PARAGRAPHS)
    assert any("open elements" in note for note in read.notes)


def test_more_tags_than_the_extractor_is_given() -> None:
    read = read_page("<article>" + "<p>Nur ein kurzer Satz</p>" * 40_000 + "</article>")
    assert read.text.count("Nur ein kurzer Satz") == 40_000
    assert any("tags" in note for note in read.notes)


def test_wrong_end_tags_cost_no_text() -> None:
    read = read_page(
        page(
            article("<h1>Hochwasser in Lauern</b></h1>", paragraphs().replace("</p>", "</span></i></p></p>"))
        )
    )
    assert [line for line in read.text.split("\n") if line in PARAGRAPHS] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "html",
    [
        "", " \n", "\0\0", "<", "<!", "</", "<!--", "<p", '<a b="', "&", "&#", "&#xffffffff;", "<title>", "<script>", "\ud800",
        "<frameset><frame src=a><noframes>Bitte Rahmen einschalten</noframes></frameset>", "<?xml version='1.0' encoding='utf-16'?><html>",
        "<table><tr><td><table><p></table>", "<svg><title>x</title></svg>", "<body></body></html><p>", "]]>", "<![CDATA[x]]>",
    ],
)  # fmt: skip
def test_fragments_and_broken_pages_are_answered(html: str) -> None:
    read = read_page(html)
    assert all(read.text[start:end] for start, end, _ in read.kinds)


def test_a_page_without_text_says_so() -> None:
    assert read_page("<html><head></head><body></body></html>").notes == ("no readable text found",)


def test_script_in_a_title_stays_words() -> None:
    read = read_page("<title><script>alert(1)</script></title><article>" + paragraphs() + "</article>")
    assert read.title == "<script>alert(1)</script>"


def test_nul_in_a_word_is_left_out() -> None:
    html = page(article("<h1>Hochwasser in Lauern</h1>", paragraphs().replace("Scheitel", "Schei\0tel")))
    read = read_page(html)
    assert source_of(read, html, "Scheitel") == ["Schei", "tel"]


def test_an_answer_does_not_depend_on_earlier_pages() -> None:
    html = page(article("<h1>Hochwasser in Lauern</h1>", paragraphs()))
    first = read_page(html)
    for _ in range(5):
        read_page(html.replace("Lauern", "Hohenlauer"))
    assert read_page(html) == first
