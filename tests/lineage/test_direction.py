"""Who was first: only what is stated is known, contradictions are left open, the rest is guessed with its reason."""

from __future__ import annotations

import pytest

from lagebild.lineage.credits import CreditTools, find_credits
from lagebild.settings import Settings
from lagebild.step import DocView
from tests.lineage.rows import doc_view, links, quoting
from tests.lineage.test_align import NEWS

TOOLS = CreditTools.load(Settings())


def credited(name: str, text: str, outlet: str | None = None, published: str | None = None) -> DocView:
    """A document with the credits that its text holds."""
    bare = doc_view(name, text, outlet=outlet, published=published)
    return doc_view(
        name, text, outlet=outlet, published=published, credits=tuple(find_credits([bare], TOOLS))
    )


def order(left: DocView, right: DocView) -> tuple[str, str, str]:
    """The earlier document, how sure that is, and the deciding reason."""
    (link,) = {(one.earlier.doc_id, one.direction, one.reasons[-1].name) for one in links(left, right)}
    return link


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"{NEWS} Das berichtet die Zeitung „Deichblatt“.", ("b", "known", "credits_outlet")),
        (
            f"{NEWS}\nDer Wind ließ nach.\nWie die Zeitung „Deichblatt“ berichtet, kommt Regen.",
            ("b", "guessed", "credits_outlet"),
        ),
        (
            f"{NEWS}\nDer Wind ließ nach.\nZuerst hatte das „Deichblatt“ berichtet.",
            ("b", "guessed", "credits_outlet"),
        ),
        (f"{NEWS} Das sagte er dem „Deichblatt“.", ("a", "unknown", "no_direction")),
        (f"{NEWS} Foto: Deichblatt", ("a", "unknown", "no_direction")),
    ],
)
def test_an_outlet_is_named(words: str, expected: tuple[str, str, str]) -> None:
    assert order(credited("a", words, "Bote"), credited("b", NEWS, "Deichblatt")) == expected


def test_two_texts_that_name_each_other_leave_it_open() -> None:
    one = credited("a", f"{NEWS} Das berichtet die Zeitung „Deichblatt“.", "Bote")
    two = credited("b", f"{NEWS} Das meldet die Zeitung „Bote“.", "Deichblatt")
    assert order(one, two)[1] == "unknown"


def test_dates_and_credits_that_contradict_each_other_leave_it_open() -> None:
    taker = credited("a", f"{NEWS} Das berichtet die Zeitung „Deichblatt“.", "Bote", "2025-05-05")
    source = credited("b", NEWS, "Deichblatt", "2025-05-07")
    assert order(taker, source) == ("a", "unknown", "signs_contradict")


def test_a_post_that_is_quoted_is_guessed_to_be_first() -> None:
    quoting = credited("a", f"Auf Telegram schrieb der Verband: „{NEWS}“", "Bote")
    assert order(quoting, credited("b", NEWS, "Telegram")) == ("b", "guessed", "quotes_post")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2025-05-01T12:00+02:00", "2025-05-01T09:30+00:00", ("b", "known")),
        ("2025-05-01T23:40-05:00", "2025-05-02T05:00+02:00", ("b", "known")),
        ("2025-05-01T23:40-05:00", "2025-05-02T07:00", ("a", "unknown")),
        ("2025-05-01T23:40-05:00", "2025-05-02T17:00", ("a", "known")),
        ("2025-05-01T08:00:30", "2025-05-01T08:00:10", ("b", "known")),
        ("2025-05-01T08", "2025-05-01T08:40", ("a", "unknown")),
        ("2025-02-31", "2025-03-01", ("a", "unknown")),
    ],
)
def test_instants_are_compared_at_their_precision_and_zone(
    left: str, right: str, expected: tuple[str, str]
) -> None:
    found = links(doc_view("a", NEWS, published=left), doc_view("b", NEWS, published=right))
    assert (found[0].earlier.doc_id, found[0].direction) == expected


def test_versions_of_one_address_are_told_apart_from_copies() -> None:
    one = doc_view("a", NEWS, url="https://www.bote.de/deich/schleuse.html?ref=x")
    two = doc_view("b", f"{NEWS} Am Abend kam ein zweiter Schlepper.", url="https://bote.de/deich/schleuse")
    (link,) = links(one, two)
    assert (link.version, link.direction) == (True, "unknown")
    assert "same_address" in [reason.name for reason in link.reasons]
    (other,) = links(one, doc_view("c", NEWS, url="https://kurier.de/deich/schleuse.html"))
    assert not other.version


def test_nearly_the_same_text_of_one_outlet_is_a_version() -> None:
    more = "Am Abend kam ein zweiter Schlepper aus Emden. Der Kapitän musste zum Alkoholtest."
    one, two = doc_view("a", NEWS, outlet="Bote"), doc_view("b", f"{NEWS} {more}", outlet="Der Bote")
    (link,) = links(one, two)
    assert link.version
    assert not links(one, doc_view("c", NEWS, outlet="Kurier"))[0].version
    background = doc_view(
        "d", f"{more} {NEWS} {' '.join(f'Eigenes Wort {at} steht hier.' for at in range(30))}", outlet="Bote"
    )
    assert not any(found.version for found in links(one, background))


@pytest.mark.parametrize("url", ["https://bote.de/", "https://[bote.de/x", "kein Verweis"])
def test_addresses_that_say_nothing(url: str) -> None:
    assert not links(doc_view("a", NEWS, url=url), doc_view("b", NEWS, url=url))[0].version


def test_outlets_of_one_house_are_said_to_be() -> None:
    (link,) = links(
        doc_view("a", NEWS, outlet="Ostsee-Zeitung"), doc_view("b", NEWS, outlet="Lübecker Nachrichten")
    )
    assert (link.reasons[-1].name, link.version) == ("same_house", False)


def test_the_same_translation_is_a_common_text() -> None:
    said = (
        "Wir sind Bergleute, denen man dreizehn Löhne schuldet, und wir gehen erst, wenn der Minister kommt"
    )
    bare = quoting("a", f"Der Anführer Lince sagte: „{said}“.", said, "Der Anführer Lince")
    told = quoting("b", f"„{said}“, sagte Lince auf Spanisch.", said, "Lince")
    title = quoting(
        "c", f"„{said}“, sagte der bolivianische Anführer Lince.", said, "der bolivianische Anführer Lince"
    )
    (link,) = links(bare, told)
    assert (link.kind, link.reasons[1].name, link.reasons[1].left) == (
        "same_text",
        "same_translation",
        "auf Spanisch",
    )
    assert links(bare, title)[0].kind == "same_text"
    german = quoting(
        "d", f"„{said}“, sagte der deutsche Anführer Lince.", said, "der deutsche Anführer Lince"
    )
    assert links(bare, german)[0].kind == "same_witness"
