"""What holds for every page, whatever is in it."""

from __future__ import annotations

import unicodedata
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.clean.page import PageText, read_page
from lagebild.clean.page_scan import scan_page

WORDS = st.sampled_from(
    [
        "Der Pegel",
        "steigt",
        "u\u0308ber",
        "&uuml;ber",
        "&amp;",
        "a&shy;b",
        "\u00ad",
        "&nbsp;",
        "\n  ",
        " ",
        "e\u0301\u0323",
        "&#776;",
        "&",
        "x\0y",
        "„Wir“",
        "\u2028",
        "\r\n",
        "&lt;b&gt;",
        "&#x200b;",
    ]
)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<h1>", "</h1>", "<li>", "<ul>", "</ul>", "<article>", "</article>", "<time datetime=2025-03-14>", "</time>", "<figure>",
     "<figcaption>", "</figure>", "<span hidden>", "</span>", "<!-- x -->", "<script>x</script>", "<pre>", "</pre>", "<a href=x>", "</a>", "<td>", "<tr>", "<table>", "</table>", "<nav>", "</nav>", "<svg/>",
     '<script type="application/ld+json">{"articleBody":"Der Pegel \\u00fc\\n steigt"}</script>', "<title>Pegel</title>", '<meta property="og:title" content="Der &uuml; Pegel">', "<p class='lead'>", "<x-teil>"]
)  # fmt: skip
PAGES = st.lists(st.one_of(WORDS, TAGS, WORDS), max_size=60).map("".join)


def check(html: str, read: PageText) -> None:
    last = last_source = 0
    for start, end, source, source_end in read.pieces:
        assert last <= start < end <= len(read.text)
        assert last_source <= source < source_end <= len(html)
        ours, theirs = read.text[start:end], html[source:source_end]
        assert ours == theirs or ours == unicodedata.normalize("NFC", unescape(theirs))
        last, last_source = end, source_end


@given(PAGES)
@settings(max_examples=300, deadline=None)
def test_every_piece_leads_to_equal_characters(html: str) -> None:
    check(html, read_page(html))


@given(PAGES)
@settings(max_examples=200, deadline=None)
def test_kinds_cover_the_text_line_by_line(html: str) -> None:
    read = read_page(html)
    assert [read.text[start:end] for start, end, _ in read.kinds] == (
        read.text.split("\n") if read.text else []
    )
    assert read.title_at is None or read.text[slice(*read.title_at)] == read.title


@given(st.text(st.characters(), max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_string_is_answered(html: str) -> None:
    check(html, read_page(html))


@given(st.text(alphabet="<>/!-?abp =\"'&#;x\n\0", max_size=120))
@settings(max_examples=300, deadline=None)
def test_broken_markup_is_answered(html: str) -> None:
    check(html, read_page(html))


@given(st.text(alphabet="<>/!-?abp =\"'&#;x\n\0", max_size=300))
@settings(max_examples=300, deadline=None)
def test_lines_of_a_scan_come_in_page_order(html: str) -> None:
    starts = [piece[2] for line in scan_page(html).lines for piece in line.pieces]
    assert starts == sorted(starts)
