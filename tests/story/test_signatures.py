"""Signatures hold stems, entities and named days, heaviest first."""

from __future__ import annotations

from lagebild.model.identity import MentionLink
from lagebild.model.story import Signature
from lagebild.step import DocView
from lagebild.story.signatures import sign_documents

from .rows import SIGNATURES, layers


def signature(text: str, **more: str) -> Signature:
    row: Signature = layers("d", text, **more)[Signature][0]  # type: ignore[arg-type]
    return row


def test_inflected_words_are_one_term_and_function_words_none() -> None:
    terms = signature("Die Brücke brannte. Brücken brennen.").terms
    assert "bruck" in terms
    assert not {"die", "und"} & set(terms)


def test_frequent_terms_weigh_more() -> None:
    row = signature("Kran Kran Kran Hafen.")
    assert row.terms[0] == "kran"
    assert list(row.weights) == sorted(row.weights, reverse=True)


def test_entities_are_terms() -> None:
    rows = layers("d", "Der Hafen.")
    rows[MentionLink] = (MentionLink("l1", "d", "m1", "e7", 1.0), MentionLink("l2", "d", "m2", "e7", 1.0))
    (row,) = sign_documents([DocView("d", rows)], SIGNATURES)
    assert "e:e7" in row.terms


def test_named_days_place_the_text_in_time_without_weight() -> None:
    row = signature("Am 12. März 2025 sank das Schiff.\npost: Bild — @x 13. März 2025")
    assert [
        (term, weight) for term, weight in zip(row.terms, row.weights, strict=True) if term.startswith("d:")
    ] == [
        ("d:2025-03-12", 0.0),
        ("d:2025-03-13", 0.0),
    ]


def test_days_to_come_do_not_place_it() -> None:
    assert not [
        term for term in signature("Am 12. März 2031 soll es beginnen.").terms if term.startswith("d:")
    ]


def test_only_a_stamp_precise_to_the_day_is_a_stated_day() -> None:
    assert signature("Hafen.", stated="2025-03-14T08:00", precision="minute").stated_day == "2025-03-14"
    assert signature("Hafen.", stated="2025-03", precision="month").stated_day is None


def test_furniture_is_left_out() -> None:
    assert "teas" not in signature("Hafen.\npost: Teaser Teaser").terms
