"""Who and where is meant."""

from __future__ import annotations

from collections.abc import Sequence
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
    "PlaceRole",
    "PlaceUse",
    "Speaker",
    "SpeakerKind",
    "chosen_place",
]

PlaceRole = Literal["scene", "acting", "attribute", "dateline", "named"]
SpeakerKind = Literal["person", "organisation", "anonymous", "document", "unknown"]


@dataclass(frozen=True)
class NameUse:
    """One thing named in one document: the names there that mean it, the fullest first.

    `form` is the fullest base form; `roles` are titles standing before or after it („US-Präsident“); `key` is the matching
    form under which it may meet others. `also` are keys of other things that the text says are the same („X, das Oberhaus von Y“),
    `formerly` names that it had before („Y, früher X“), `traits` what tells its bearer from another of that name („age:45“).
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
    also: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()

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
class PlaceUse:
    """What a place name stands for where it stands.

    scene: something is there; acting: those who rule, play or speak there („Moskau fordert“); attribute: it only says of which
    sort or from where something is („Kölner Karneval“, „Bürgermeister von Kiel“); dateline: where the report was written; named:
    all else. `reading` is what of that name is meant: "" (what is usual), "admin1" („Gebiet Kursk“), "district" („Kreis Celle“).
    `inside` are names that are said to hold it („Springfield, Illinois“). `forms` are further forms under which it may be known: as
    it stands, and with the word behind it. `within_km`: how far from it („nahe“), 0 = in it.
    """

    TABLE: ClassVar[str] = "place_use"
    id: str
    doc_id: str
    mention_id: str
    key: str
    role: PlaceRole
    reading: str
    inside: tuple[str, ...]
    forms: tuple[str, ...]
    within_km: float
    reasons: tuple[Reason, ...] = ()

    @property
    def owner(self) -> str:
        return self.doc_id


@dataclass(frozen=True)
class Place:
    """Where an entity lies. `alternatives` are other gazetteer ids the name could mean, best first.

    `reading` as in `PlaceUse`: an entity has a row more where texts say „Gebiet“ or „Kreis“ and another place is meant by that.
    """

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
    reading: str = ""

    @property
    def owner(self) -> str:
        return self.entity_id


def chosen_place(places: Sequence[Place], reading: str = "") -> Place | None:
    """Of the places of one entity the one in this reading, else the usual one; None where there is none."""
    ordered = sorted(places, key=lambda place: (place.reading != reading, place.reading != "", place.id))
    return ordered[0] if ordered else None
