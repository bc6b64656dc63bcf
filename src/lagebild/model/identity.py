"""Who and where is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lagebild.model.account import Reason
from lagebild.model.marks import MentionKind

__all__ = [
    "Entity",
    "EntityForm",
    "EntityName",
    "EntityPair",
    "MentionLink",
    "NameUse",
    "Place",
    "Speaker",
    "SpeakerKind",
]

SpeakerKind = Literal["person", "organisation", "anonymous", "document", "unknown"]


@dataclass(frozen=True)
class NameUse:
    """One thing named in one document: the names there that mean it, the fullest first.

    `form` is the fullest base form; `roles` are titles standing before or after it („US-Präsident“); `key` is the matching
    form under which it may meet others.
    """

    TABLE: ClassVar[str] = "name_use"
    id: str
    doc_id: str
    kind: MentionKind
    form: str
    key: str
    others: tuple[str, ...]
    roles: tuple[str, ...]
    mention_ids: tuple[str, ...]
    language: str | None

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class EntityPair:
    """Two name forms held against each other. `same` is the verdict; a person's ruling is a reason of score 1 or 0."""

    TABLE: ClassVar[str] = "entity_pair"
    id: str
    kind: MentionKind
    left: str
    right: str
    score: float
    same: bool
    reasons: tuple[Reason, ...]

    @property
    def owner(self) -> str:
        return ""


@dataclass(frozen=True)
class EntityName:
    """One spelling: `script` is ISO 15924, `language` BCP 47 where known."""

    text: str
    script: str
    language: str | None


@dataclass(frozen=True)
class Entity:
    """A person, organisation, place or other named thing. The id is that of its smallest name form."""

    TABLE: ClassVar[str] = "entity"
    id: str
    kind: MentionKind
    name: str
    names: tuple[EntityName, ...]
    external_ids: tuple[str, ...]
    formerly: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.id


@dataclass(frozen=True)
class EntityForm:
    """Which entity a name form means in this case; looked up under `key` = kind and matching form. None = ambiguous."""

    TABLE: ClassVar[str] = "entity_form"
    id: str
    key: str
    entity_id: str | None
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.key


@dataclass(frozen=True)
class MentionLink:
    """A mention means an entity. No row = unknown."""

    TABLE: ClassVar[str] = "mention_link"
    id: str
    doc_id: str
    mention_id: str
    entity_id: str
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Speaker:
    """Who a quote's speaker is. `entity_id` None with kind unknown: the text does not say."""

    TABLE: ClassVar[str] = "speaker"
    id: str
    doc_id: str
    quote_id: str
    entity_id: str | None
    kind: SpeakerKind
    reported_by: tuple[str | None, ...]
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Place:
    """Where an entity lies. `alternatives` are other gazetteer ids the name could mean, best first."""

    TABLE: ClassVar[str] = "place"
    id: str
    entity_id: str
    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    precision_km: float
    gazetteer_id: str
    alternatives: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.entity_id
