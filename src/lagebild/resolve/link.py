"""Which entity each name of a document means, as far as the case can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lagebild.model.account import Reason
from lagebild.model.identity import EntityForm, MentionLink, NameUse
from lagebild.model.ids import content_id
from lagebild.model.marks import Mention
from lagebild.step import DocView

__all__ = ["link_mentions", "use_keys"]


def use_keys(doc: DocView) -> Iterator[str]:
    """The keys under which the names of a document are looked up: those of their forms, and their ids, for names of several people."""
    yield from sorted({key for use in doc.rows(NameUse) for key in (use.key, use.id)})


def link_mentions(docs: Sequence[DocView]) -> Iterable[MentionLink]:
    """A row for every mention whose form means one entity; none where it is ambiguous or unknown.

    `score` is that of the form times what the document adds: a mention whose own words are the form counts in full, one that the
    document gave to a fuller name (a surname alone, an adjective) a little less.
    """
    for doc in docs:
        mentions = {mention.id: mention for mention in doc.rows(Mention)}
        for use in doc.rows(NameUse):
            found = (*doc.look_up(EntityForm, use.id), *doc.look_up(EntityForm, use.key))
            form = next(iter(found), None)
            if form is not None and form.entity_id is not None:
                yield from _links(doc, use, form, form.entity_id, mentions)


def _links(
    doc: DocView, use: NameUse, form: EntityForm, entity_id: str, mentions: dict[str, Mention]
) -> Iterator[MentionLink]:
    for mention_id in use.mention_ids:
        mention = mentions.get(mention_id)
        if mention is None:
            continue
        reasons = form.reasons
        score = form.score
        if mention.base != use.form:
            score *= 0.95
            name = "derived_from" if mention.derived else "same_in_document"
            reasons = (Reason(name, 0.95, None, mention.base, use.form), *reasons)
        row_id = content_id("ml", mention.id, entity_id)
        yield MentionLink(row_id, doc.id, mention.id, entity_id, round(score, 4), reasons[:5])
