"""Keys: one for all words for a country, one for a body and its owner, shared blocks for spellings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lagebild.resolve.keys import block_keys, country_name_of, form_key, given_classes, kind_of_key


def test_words_for_a_country_have_one_key() -> None:
    keys = {
        form_key("LOC", word)
        for word in ("Russland", "Russlands", "russisch", "Russia", "Russische Föderation")
    }
    assert keys == {"LOC:@RU"}
    assert country_name_of("LOC:@RU") == "RU"
    assert country_name_of(form_key("LOC", "Kursk")) is None


def test_a_body_is_told_by_its_owner() -> None:
    assert (
        form_key("ORG", "polnischer Generalstab")
        == form_key("ORG", "Generalstab in Warschau")
        == "ORG:#general_staff@PL"
    )
    assert form_key("ORG", "Generalstab") == "ORG:#general_staff"
    assert form_key("ORG", "Vereinte Nationen") == form_key("ORG", "United Nations")


def test_a_persons_key_keeps_all_that_tells_people_apart() -> None:
    assert form_key("PER", "Hans Müller") != form_key("PER", "Heinz Müller")
    assert form_key("PER", "Hans\u00a0 Müller") == form_key("PER", "hans mueller")
    assert kind_of_key(form_key("PER", "Hans Müller")) == "PER"


def test_spellings_share_a_block() -> None:
    for left, right in (
        ("Oleksij Tschornowol", "Oleksiy Chornovol"),
        ("Wang Jianguo", "Jianguo Wang"),
        ("Юрий Жилин", "Yuri Zhilin"),
        ("Kang Pŏk Su", "Kang Pok-su"),
        ("Aline Bertinová", "Aline Bertin"),
        ("Orlowa Wera Petrowna", "Wera Orlowa"),
    ):
        assert set(block_keys("PER", left)) & set(block_keys("PER", right))
        assert set(given_classes(left)) & set(given_classes(right)) or left.split()[0] in ("Wang", "Orlowa")


@given(st.text(max_size=300))
def test_keys_of_any_text_are_bounded(text: str) -> None:
    for kind in ("PER", "ORG", "LOC", "MISC"):
        assert len(form_key(kind, text)) < 1000
        assert len(block_keys(kind, text)) <= 60
