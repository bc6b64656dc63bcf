"""Who stands behind a claim."""

from __future__ import annotations

from typing import Any

from gold.compare.piles import entity_id, story

from lagebild.model.document import Document
from lagebild.model.finding import ClaimOrigin, Origin
from lagebild.model.speech import Claim

STORY = "st1"
SHARED = "Der Pegel der Lauer stieg in der Nacht auf sechs Meter"


def origins(*texts: dict[str, Any]) -> dict[str, Origin]:
    """The origin of each claim by „path: words“."""
    made, found = story(texts)
    by_id = {row.id: row for row in found[(Origin, STORY)]}
    told: dict[str, Origin] = {}
    for text, rows in zip(texts, made, strict=True):
        body = rows[Document][0].text
        words = {claim.id: f"{text['path']}: {body[claim.start : claim.end]}" for claim in rows[Claim]}
        told |= {words[row.claim_id]: by_id[row.origin_id] for row in rows[ClaimOrigin]}
    return told


def test_own_voice_goes_back_to_the_outlet() -> None:
    told = origins(
        {"path": "a.txt", "text": f"{SHARED}.", "outlet": "Lauerbote", "claims": [{"words": SHARED}]}
    )
    (origin,) = told.values()
    assert (origin.kind, origin.name) == ("outlet", "Lauerbote")


def test_a_text_without_outlet_is_its_own_origin() -> None:
    told = origins({"path": "a.txt", "text": f"{SHARED}.", "claims": [{"words": SHARED}]})
    (origin,) = told.values()
    assert (origin.kind, origin.name) == ("outlet", "a.txt")


def test_agency_copy_goes_back_to_the_agency() -> None:
    told = origins(
        {
            "path": "a.txt",
            "text": f"{SHARED}.",
            "agencies": ["dpa"],
            "outlet": "X",
            "claims": [{"words": SHARED}],
        }
    )
    (origin,) = told.values()
    assert (origin.kind, origin.name) == ("agency", "dpa")


def test_three_copies_are_one_origin() -> None:
    texts = [
        {"path": f"{name}.txt", "text": f"{SHARED}.", "outlet": name, "claims": [{"words": SHARED}]}
        for name in "abc"
    ]
    texts[0]["agencies"] = ["dpa"]
    for text in texts[1:]:
        text["copies"] = [[SHARED, "a.txt", SHARED]]
    told = origins(*texts)
    assert len(told) == 3
    assert {origin.name for origin in told.values()} == {"dpa"}


def test_a_chain_of_copies_is_one_origin() -> None:
    texts = [
        {"path": f"{name}.txt", "text": f"{SHARED}.", "outlet": name, "claims": [{"words": SHARED}]}
        for name in "abc"
    ]
    texts[1]["copies"] = [[SHARED, "a.txt", SHARED]]
    texts[2]["copies"] = [[SHARED, "b.txt", SHARED]]
    assert len({origin.id for origin in origins(*texts).values()}) == 1


def test_own_words_beside_a_copied_passage_stay_the_outlets() -> None:
    own = "Vor dem Rathaus von Lauerau standen am Morgen Sandsäcke"
    first = {"path": "a.txt", "text": f"{SHARED}.", "agencies": ["dpa"], "claims": [{"words": SHARED}]}
    second = {
        "path": "b.txt", "text": f"{SHARED}. {own}.", "outlet": "B", "claims": [{"words": SHARED}, {"words": own}],
        "copies": [[SHARED, "a.txt", SHARED]],
    }  # fmt: skip
    told = origins(first, second)
    assert told[f"b.txt: {SHARED}"].name == "dpa"
    assert told[f"b.txt: {own}"].name == "B"


def test_a_quoted_person_is_one_origin_in_all_texts() -> None:
    claim = {"words": "der Deich hält", "by": "Deichgraf Ott", "who": "Jan Ott", "cue": "sagte"}
    texts = [
        {
            "path": f"{name}.txt",
            "text": "Deichgraf Ott sagte, der Deich hält.",
            "outlet": name,
            "claims": [claim],
        }
        for name in "ab"
    ]
    told = origins(*texts)
    assert {(o.kind, o.name, o.entity_id) for o in told.values()} == {
        ("party", "Jan Ott", entity_id("Jan Ott"))
    }
    assert len({origin.id for origin in told.values()}) == 1
    assert len(next(iter(told.values())).doc_ids) == 2


def test_nameless_speakers_are_told_apart_by_passage() -> None:
    claim = {"words": "der Deich sei weich", "by": "Ein Insider", "kind": "anonymous", "cue": "sagte"}
    text = "Ein Insider sagte, der Deich sei weich."
    a, b = ({"path": f"{n}.txt", "text": text, "claims": [claim]} for n in "ab")
    assert len({origin.id for origin in origins(a, b).values()}) == 2
    copied = {**b, "copies": [[text, "a.txt", text]]}
    assert len({origin.id for origin in origins(a, copied).values()}) == 1


def test_witnesses_and_posts_have_their_kind() -> None:
    seen = {"words": "Das Wasser kam von links", "by": "eine Anwohnerin", "form": "direct", "cue": "sagte"}
    post = {
        "words": "Wir räumen jetzt",
        "by": "Landrätin Kehl",
        "who": "Ida Kehl",
        "form": "direct",
        "cue": "schrieb",
    }
    text = "„Das Wasser kam von links“, sagte eine Anwohnerin.\n„Wir räumen jetzt“, schrieb Landrätin Kehl auf Mastodon."
    kinds = {
        origin.kind for origin in origins({"path": "a.txt", "text": text, "claims": [seen, post]}).values()
    }
    assert kinds == {"witness", "post"}


def test_a_reported_denial_goes_back_to_the_denier() -> None:
    claim = {"words": "Der Deichverband wies das zurück", "actor": "Der Deichverband"}
    told = origins(
        {"path": "a.txt", "text": "Der Deichverband wies das zurück.", "outlet": "A", "claims": [claim]}
    )
    assert [(o.kind, o.name) for o in told.values()] == [("party", "Der Deichverband")]


def test_words_without_speaker_go_back_to_the_outlet() -> None:
    claim = {"words": "Der Deich sei weich", "by": "", "cue": "hieß es"}
    told = origins(
        {"path": "a.txt", "text": "Der Deich sei weich, hieß es.", "outlet": "A", "claims": [claim]}
    )
    assert [o.kind for o in told.values()] == ["outlet"]


def test_every_claim_has_an_origin_with_a_reason() -> None:
    texts = [
        {
            "path": "a.txt",
            "text": f"{SHARED}. Die Lauer fällt.",
            "claims": [{"words": SHARED}, {"words": "Die Lauer fällt"}],
        }
    ]
    made, _ = story(texts)
    assert len(made[0][ClaimOrigin]) == 2
    assert all(row.reasons for row in made[0][ClaimOrigin])
