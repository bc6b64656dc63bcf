"""A story's rows written by hand: texts with their claims, so that comparing is measured alone, whatever the stages before do.

A text is {"path", "text"} and, where wanted, "language", "outlet", "agencies", "day" (YYYY-MM-DD), "role", "headlines", "posts",
"furniture" (words of blocks), "claims", "names", "times", "copies". A claim is {"words"} and, where wanted, "by" (the speaker's words;
without it the outlet speaks), "who" (who that is), "kind" of speaker, "stance", "form", "cue", "quote" (words of the whole
utterance), "actor", "predicate", "polarity", "modality", "condition", "numbers": [[words, low, high, hedge, counted, unit]].
A name is [words, who, kind]; a time [words, earliest, latest, anchor, unanchored value]; a copy [words, path of the other text, its words].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lagebild.compare.findings import CompareTools, compare_claims
from lagebild.compare.origins import OriginTools, find_origins
from lagebild.model.document import Block, Document, Masthead, Stamp, Stated
from lagebild.model.finding import ClaimOrigin, Finding, Origin
from lagebild.model.identity import Entity, MentionLink, NameUse, Place, PlaceUse, Speaker
from lagebild.model.ids import content_id, place_id
from lagebild.model.lineage import CopyLink, Credit
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase, Words
from lagebild.model.source import Declared, RawItem
from lagebild.model.span import Piece, Span
from lagebild.model.speech import Claim, Quote
from lagebild.model.story import Dateline, Story, StoryMember, When
from lagebild.settings import Settings
from lagebild.step import DocView, GroupView

STORY = "st1"
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]+)*[.!?]*[“\"»«’]*", re.UNICODE)
Rows = dict[type[Any], list[Any]]
TYPES = (
    RawItem, Document, Block, Masthead, Sentence, Words, Mention, TimePhrase, Quantity, Quote, Claim, Speaker, MentionLink, NameUse,
    Credit, CopyLink, Dateline, When, StoryMember, ClaimOrigin, PlaceUse,
)  # fmt: skip


def entity_id(who: str) -> str:
    """The id of a person, body or place in these piles."""
    return content_id("e", who)


def story(
    texts: Sequence[Mapping[str, Any]], *, origins: bool = True
) -> tuple[list[Rows], dict[tuple[type[Any], str], tuple[Any, ...]]]:
    """The rows of each text, and what can be looked up."""
    made = [_text(text) for text in texts]
    for text, rows in zip(texts, made, strict=True):
        rows[CopyLink] += [_copy(text, copy, texts) for copy in text.get("copies", ())]
    entities: dict[str, Any] = {
        name[1]: name[2] if len(name) > 2 else "PER" for text in texts for name in text.get("names", ())
    }
    entities |= {
        c["who"]: "PER"
        for text in texts
        for c in text.get("claims", ())
        if "who" in c and c["who"] not in entities
    }
    found: dict[tuple[type[Any], str], tuple[Any, ...]] = {
        (Entity, entity_id(who)): (Entity(entity_id(who), kind, who, (), (), ()),)
        for who, kind in entities.items()
    }
    for who, kind in entities.items():
        if kind == "LOC":
            row = Place(
                content_id("pl", who), entity_id(who), who, "XX", None, 1.0, 2.0, 1.0, "geonames:1", ()
            )
            found[(Place, entity_id(who))] = (row,)
    title = _title(texts)
    found[(Story, STORY)] = (Story(STORY, title, tuple(sorted(_doc_id(t) for t in texts)), ()),)
    if origins:
        rows_ = list(find_origins(view(made, found), OriginTools()))
        found[(Origin, STORY)] = tuple(
            sorted((r for r in rows_ if isinstance(r, Origin)), key=lambda r: r.id)
        )
        for rows in made:
            doc_id = rows[Document][0].id
            rows[ClaimOrigin] = [r for r in rows_ if isinstance(r, ClaimOrigin) and r.doc_id == doc_id]
    return made, found


def _title(texts: Sequence[Mapping[str, Any]]) -> str:
    return str(texts[0]["text"]).split("\n")[0][:80]


def view(made: Iterable[Rows], found: Mapping[tuple[type[Any], str], tuple[Any, ...]]) -> GroupView:
    """The group of a story as a step sees it."""
    ordered = sorted(made, key=lambda rows: rows[Document][0].id)
    docs = [DocView(rows[Document][0].id, {kind: tuple(rows[kind]) for kind in TYPES}) for rows in ordered]
    return GroupView(STORY, tuple(docs), dict(found))


def findings(texts: Sequence[Mapping[str, Any]]) -> tuple[list[Finding], dict[str, str]]:
    """The findings of a pile, and the words of every claim by its id as „path: words“."""
    made, found = story(texts)
    rows = [row for row in compare_claims(view(made, found), CompareTools()) if isinstance(row, Finding)]
    words: dict[str, str] = {}
    for text in made:
        path, body = text[RawItem][0].path, text[Document][0].text
        words |= {claim.id: f"{path}: {body[claim.start : claim.end]}" for claim in text[Claim]}
    return rows, words


def _doc_id(text: Mapping[str, Any]) -> str:
    return content_id("d", text["path"])


def _text(text: Mapping[str, Any]) -> Rows:
    doc_id, body = _doc_id(text), str(text["text"])
    rows: Rows = {kind: [] for kind in TYPES}
    rows[RawItem] = [RawItem(doc_id, text["path"], None, "0" * 64, "text/plain", len(body), Declared())]
    rows[Document] = [Document(doc_id, body, "text/plain", "utf-8", Stated(), (), None)]
    day = text.get("day")
    stamp = Stamp(day, "day", "test") if day else None
    rows[Masthead] = [
        Masthead(
            f"{doc_id}:m", doc_id, text.get("language", "de"), None, None, stamp, text.get("outlet"), None,
            tuple(text.get("agencies", ())), (),
        )
    ]  # fmt: skip
    if day:
        rows[Dateline] = [
            Dateline(f"{doc_id}:dl", doc_id, f"{day}T00:00:00", f"{_next(day)}T00:00:00", "published", ())
        ]
    rows[StoryMember] = [StoryMember(f"{doc_id}:sm", doc_id, STORY, text.get("role", "core"))]
    _lay_out(text, doc_id, body, rows)
    _name(text, doc_id, body, rows)
    for number, claim in enumerate(text.get("claims", ())):
        _claim(claim, number, doc_id, body, rows)
    return rows


def _next(day: str) -> str:
    return f"{day[:8]}{int(day[8:]) + 1:02d}"


def _lay_out(text: Mapping[str, Any], doc_id: str, body: str, rows: Rows) -> None:
    at = 0
    for line in body.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        kind = next(
            (k for k in ("headlines", "posts", "furniture") if any(w in line for w in text.get(k, ()))),
            "paragraph",
        )
        named = {"headlines": "headline", "posts": "post", "furniture": "navigation"}.get(kind, kind)
        block = Block(place_id(doc_id, "b", start, end), doc_id, start, end, named, kind != "furniture")  # type: ignore[arg-type]
        rows[Block].append(block)
        for found in _SENTENCE.finditer(line):
            words = found.group()
            first = start + found.start() + len(words) - len(words.lstrip())
            last = start + found.start() + len(words.rstrip())
            if first < last:
                rows[Sentence].append(
                    Sentence(place_id(doc_id, "s", first, last), doc_id, first, last, block.id)
                )


def _name(text: Mapping[str, Any], doc_id: str, body: str, rows: Rows) -> None:
    for words, who, *rest in text.get("names", ()):
        for found in re.finditer(rf"\b{re.escape(words)}", body):
            row_id = place_id(doc_id, "n", found.start(), found.end())
            derived = len(rest) > 1 and rest[1] == "derived"
            kind: Any = rest[0] if rest else "PER"
            rows[Mention].append(
                Mention(row_id, doc_id, found.start(), found.end(), words, kind, derived, 1.0)
            )
            rows[MentionLink].append(MentionLink(f"{row_id}:l", doc_id, row_id, entity_id(who), 1.0))
    for who, role, words in text.get("titles", ()):
        mentions = tuple(m.id for m in rows[Mention] if body[m.start : m.end] == words)
        rows[NameUse].append(
            NameUse(content_id("u", doc_id, who), doc_id, "PER", who, who, (), (role,), mentions, "de")
        )
    for words, earliest, latest, *rest in text.get("times", ()):
        for found in re.finditer(re.escape(words), body):
            row_id = place_id(doc_id, "t", found.start(), found.end())
            rows[TimePhrase].append(
                TimePhrase(
                    row_id,
                    doc_id,
                    found.start(),
                    found.end(),
                    "DATE",
                    rest[1] if len(rest) > 1 else earliest[:10],
                    None,
                    "r",
                    "unknown",
                )
            )
            rows[When].append(
                When(
                    f"{row_id}:w",
                    doc_id,
                    row_id,
                    earliest[:10],
                    earliest,
                    latest,
                    rest[0] if rest else "published",
                    None,
                )
            )


def _piece(body: str, words: str | None, near: int) -> Piece | None:
    """The occurrence of words that is nearest to a place."""
    if not words:
        return None
    places = [found.start() for found in re.finditer(re.escape(words), body)]
    if not places:
        raise ValueError(f"the text has no {words!r}")
    start = min(places, key=lambda place: (abs(place - near), place))
    return Piece(start, start + len(words))


def _claim(claim: Mapping[str, Any], number: int, doc_id: str, body: str, rows: Rows) -> None:
    start = body.index(claim["words"])
    end = start + len(claim["words"])
    quote_id = _quote(claim, start, end, doc_id, body, rows) if "by" in claim else None
    predicate = _piece(body, claim.get("predicate"), end) or Piece(start, end)
    quantities = []
    for words, low, high, hedge, counted, *unit in claim.get("numbers", ()):
        at = body.index(words, start)
        row_id = place_id(doc_id, "q", at, at + len(words))
        rows[Quantity].append(
            Quantity(
                row_id,
                doc_id,
                at,
                at + len(words),
                low,
                high,
                unit[0] if unit else None,
                _piece(body, counted, at),
                hedge,
            )
        )
        quantities.append(row_id)

    def inside(row: Any) -> bool:
        return bool(start <= row.start < end)

    rows[Claim].append(
        Claim(
            place_id(doc_id, "c", start, end, str(number)), doc_id, start, end, (Piece(start, end),), quote_id,
            _piece(body, claim.get("actor"), start), predicate, claim.get("polarity", "affirmed"), claim.get("modality", "happened"),
            None, _piece(body, claim.get("condition"), end), tuple(r.id for r in rows[TimePhrase] if inside(r)),
            tuple(r.id for r in rows[Mention] if inside(r)), tuple(quantities),
        )
    )  # fmt: skip


def _quote(claim: Mapping[str, Any], start: int, end: int, doc_id: str, body: str, rows: Rows) -> str:
    whole = _piece(body, claim.get("quote"), start) or Piece(start, end)
    row_id = place_id(doc_id, "u", whole.start, whole.end)
    if any(row.id == row_id for row in rows[Quote]):
        return row_id
    cue = _piece(body, claim.get("cue"), whole.start)
    speaker = _piece(body, claim["by"], start) if claim["by"] else None
    form = claim.get("form", "indirect")
    marked = (whole,) if form == "direct" else ()
    rows[Quote].append(
        Quote(
            row_id, doc_id, whole.start, whole.end, (whole,), form, marked, (cue,) if cue else (), speaker, None,
            claim.get("stance", "assert"), "neutral", (), None, 1.0,
        )
    )  # fmt: skip
    entity = entity_id(claim["who"]) if "who" in claim else None
    rows[Speaker].append(
        Speaker(f"{row_id}:sp", doc_id, row_id, entity, claim.get("kind", "person"), (), 1.0)
    )
    return row_id


def _copy(text: Mapping[str, Any], copy: Sequence[str], texts: Sequence[Mapping[str, Any]]) -> CopyLink:
    words, path, others = copy
    other = next(one for one in texts if one["path"] == path)
    here, there = text["text"].index(words), other["text"].index(others)
    later = Span(_doc_id(text), here, here + len(words))
    earlier = Span(_doc_id(other), there, there + len(others))
    return CopyLink(content_id("cl", later, earlier), earlier, later, "same_text", "known", 1.0)


def settings() -> Settings:
    """The default settings."""
    return Settings()
