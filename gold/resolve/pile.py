"""Small piles written by hand, with names, quotations and speakers marked, run through the steps of `resolve`.

`[Anna Berg]{P} [sagte]{1c}: „[Ja.]{1}“‖ [Sie]{2s} …`: P, O, L, M mark names of persons, bodies, places, others; g after it a genitive
(`Pg`: the base form loses its last letter); D a place's adjective; `=` gives a base form (`D=russisch`). A number marks the words
of a quotation, with s its speaker, with c its cue, with r who passes it on. ‖ ends a sentence, an empty line a paragraph; a
paragraph that begins with ~ is furniture. `#x` behind the letters says which thing of the pile a name means (`P#x`, `Dg#x=base`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lagebild.model.decision import Decision
from lagebild.model.document import Block, Document, Masthead, Stated
from lagebild.model.identity import (
    Entity,
    EntityForm,
    EntityPair,
    MentionLink,
    NameUse,
    Place,
    PlaceUse,
    Speaker,
)
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, MentionKind, Sentence, Words
from lagebild.model.span import Piece
from lagebild.model.speech import Quote
from lagebild.resolve.link import link_mentions
from lagebild.resolve.places import PlaceTools, place_entities
from lagebild.resolve.places_uses import PlaceUseTools, read_places
from lagebild.resolve.settle import SettleTools, settle_entities
from lagebild.resolve.speakers import SpeakerTools, name_speakers
from lagebild.resolve.uses import NameTools, gather_names
from lagebild.settings import Settings
from lagebild.step import CaseView, DocView

__all__ = ["Resolved", "meant", "read_text", "resolved"]

KINDS: dict[str, MentionKind] = {"P": "PER", "O": "ORG", "L": "LOC", "M": "MISC", "D": "LOC"}
_MARK = re.compile(r"\[|\]\{([^}]*)\}|‖|\n\n~?")

Rows = dict[type[Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Resolved:
    """What the steps made of a pile; `docs` holds the rows of each text under its id (d0, d1 …)."""

    docs: dict[str, Rows]
    uses: tuple[NameUse, ...]
    entities: dict[str, Entity]
    forms: dict[str, EntityForm]
    pairs: tuple[EntityPair, ...]
    case: CaseView

    def entity_named(self, name: str) -> Entity | None:
        """The one entity that has this spelling."""
        found = [entity for entity in self.entities.values() if name in {it.text for it in entity.names}]
        return found[0] if len(found) == 1 else None

    def linked(self, doc_id: str) -> dict[tuple[int, int], str]:
        """The entity of each name of a text that means one, by its place."""
        places = {mention.id: (mention.start, mention.end) for mention in self.docs[doc_id][Mention]}
        return {places[link.mention_id]: link.entity_id for link in self.docs[doc_id][MentionLink]}

    def speakers(self, doc_id: str = "d0") -> dict[str, Speaker]:
        """The speakers of a text by the number of the quotation."""
        quotes = {quote.id: quote.id.rpartition(".")[2] for quote in self.docs[doc_id][Quote]}
        return {quotes[row.quote_id]: row for row in self.docs[doc_id][Speaker]}

    def places(self) -> dict[str, Place]:
        """The places by the name of their entity."""
        tools = PlaceTools.load(Settings())
        found = {self.entities[place.entity_id].name: place for place in place_entities(self.case, tools)}
        tools.gazetteer.close()
        return found


def meant(marked: str) -> dict[tuple[int, int], str]:
    """What each name of a marked text means, by its place: the words behind # in its mark."""
    found = {}
    for label, start, end in _unmarked(marked)[1]:
        thing = label.partition("=")[0].partition("#")[2]
        if thing:
            found[start, end] = thing
    return found


def read_text(doc_id: str, marked: str, language: str | None = "de") -> Rows:
    """The rows of one marked text. Raises ValueError for marks that do not match."""
    text, places, sentence_ends, blocks = _unmarked(marked)
    rows: Rows = {
        Document: (Document(doc_id, text, "text/plain", "utf-8", Stated(), (), None),),
        Masthead: (
            Masthead(place_id(doc_id, "h", 0, 0), doc_id, language, None, None, None, None, None, (), ()),
        ),
        Block: tuple(
            Block(
                place_id(doc_id, "b", start, end),
                doc_id,
                start,
                end,
                "paragraph" if content else "other",
                content,
            )
            for start, end, content in blocks
        ),
        Words: (),
    }
    rows[Sentence] = tuple(_sentences(doc_id, text, sentence_ends, rows[Block]))
    rows[Mention] = tuple(sorted(_mentions(doc_id, text, places), key=lambda row: row.id))
    rows[Quote] = tuple(sorted(_quotes(doc_id, places), key=lambda row: row.id))
    return rows


def resolved(texts: Sequence[str | tuple[str, str]], decisions: Sequence[Decision] = ()) -> Resolved:
    """The steps of `resolve` run over marked texts; a text is German unless it is given as (language, text)."""
    docs: dict[str, Rows] = {}
    for number, given in enumerate(texts):
        language, marked = ("de", given) if isinstance(given, str) else given
        docs[f"d{number}"] = read_text(f"d{number}", marked, language)
    tools = NameTools.load(Settings())
    for doc_id, rows in docs.items():
        rows[NameUse] = tuple(sorted(gather_names([DocView(doc_id, rows)], tools), key=lambda use: use.id))
        rows[PlaceUse] = tuple(read_places([DocView(doc_id, rows)], PlaceUseTools.load(Settings())))
    uses = tuple(use for doc_id in sorted(docs) for use in docs[doc_id][NameUse])
    told = tuple(row for doc_id in sorted(docs) for row in docs[doc_id][PlaceUse])
    table: dict[type[Any], Iterable[Any]] = {NameUse: uses, PlaceUse: told, Decision: decisions}
    case = CaseView(lambda kind: iter(sorted(table[kind], key=lambda row: (row.owner, row.id))))
    made = list(settle_entities(case, SettleTools.load(Settings())))
    for kind in (Entity, EntityForm, EntityPair):
        table[kind] = [row for row in made if isinstance(row, kind)]
    forms = {row.key: row for row in made if isinstance(row, EntityForm)}
    found = {(EntityForm, key): (row,) for key, row in forms.items()}
    for doc_id, rows in docs.items():
        rows[MentionLink] = tuple(
            sorted(link_mentions([DocView(doc_id, rows, found)]), key=lambda row: row.id)
        )
        rows[Speaker] = tuple(name_speakers([DocView(doc_id, rows, found)], SpeakerTools.load(Settings())))
    entities = {row.id: row for row in made if isinstance(row, Entity)}
    pairs = tuple(row for row in made if isinstance(row, EntityPair))
    return Resolved(docs, uses, entities, forms, pairs, case)


def _unmarked(marked: str) -> tuple[str, list[tuple[str, int, int]], list[int], list[tuple[int, int, bool]]]:
    text, last, opened = "", 0, list[int]()
    places: list[tuple[str, int, int]] = []
    ends: list[int] = []
    blocks: list[tuple[int, int, bool]] = []
    block_start, content = 0, not marked.startswith("~")
    marked = marked.removeprefix("~")
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match[0] == "[":
            opened.append(len(text))
        elif match[0].startswith("]"):
            if not opened:
                raise ValueError(f"closing mark without an opening one: {marked!r}")
            start = opened.pop()
            places += [(label.strip(), start, len(text)) for label in match[1].split(",")]
        else:
            ends.append(len(text))
            if match[0].startswith("\n"):
                blocks.append((block_start, len(text), content))
                text += "\n\n"
                block_start, content = len(text), not match[0].endswith("~")
    text += marked[last:]
    if opened:
        raise ValueError(f"opening mark without a closing one: {marked!r}")
    blocks.append((block_start, len(text), content))
    return text, places, [*ends, len(text)], blocks


def _sentences(doc_id: str, text: str, ends: list[int], blocks: tuple[Block, ...]) -> Iterable[Sentence]:
    start = 0
    for end in ends:
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            block = next(block for block in blocks if block.start <= start < block.end)
            yield Sentence(place_id(doc_id, "s", start, end), doc_id, start, end, block.id)
        start = end


def _mentions(doc_id: str, text: str, places: list[tuple[str, int, int]]) -> Iterable[Mention]:
    for label, start, end in places:
        if label[:1] not in KINDS:
            continue
        exact = text[start:end]
        base = label.partition("=")[2] or (
            exact.removesuffix("'s").removesuffix("’s") if "'" in exact or "’" in exact else exact
        )
        if label[1:2] == "g" and base == exact:
            base = exact[:-1]
        derived = label[0] == "D"
        yield Mention(
            place_id(doc_id, "n", start, end), doc_id, start, end, base, KINDS[label[0]], derived, 0.9
        )


def _quotes(doc_id: str, places: list[tuple[str, int, int]]) -> Iterable[Quote]:
    numbers = sorted({label for label, _, _ in places if label.isdigit()}, key=int)
    for number in numbers:
        pieces = tuple(
            Piece(start, end) for label, start, end in sorted(places, key=lambda it: it[1]) if label == number
        )
        speaker = next((Piece(start, end) for label, start, end in places if label == f"{number}s"), None)
        cue = tuple(Piece(start, end) for label, start, end in places if label == f"{number}c")
        relays = tuple(Piece(start, end) for label, start, end in places if label == f"{number}r")
        yield Quote(
            place_id(doc_id, "q", pieces[0].start, pieces[-1].end, number), doc_id, pieces[0].start, pieces[-1].end, pieces,
            "direct", (), cue, speaker, None, "assert", "neutral", relays, None, 0.9,
        )  # fmt: skip
