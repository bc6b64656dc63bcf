"""A made-up pile with rows of every kind the page shows: a fire in a recycling works, eight texts, five origins.

All people, places, outlets and events are invented. `pile()` gives a case that can be read; `hostile()` one whose texts try
to break out of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

from lagebild.model.account import Problem, Reason
from lagebild.model.document import Block, BlockKind, Document, Masthead, Precision, Stamp, Stated
from lagebild.model.dossier import BriefLine, Dossier, MapPoint, OriginMark, Section, TimelineEntry
from lagebild.model.finding import ClaimOrigin, Finding, FindingKind, Origin, OriginKind, Side, Status
from lagebild.model.identity import Entity, EntityName, MentionLink, NameUse, Place, Speaker, SpeakerKind
from lagebild.model.lineage import CopyLink, Credit
from lagebild.model.marks import Hedge, Mention, Quantity, Sentence
from lagebild.model.pages import Mark, Part
from lagebild.model.source import Declared, RawItem
from lagebild.model.span import Citation, Piece, Span
from lagebild.model.speech import Claim, Distance, Form, Modality, Quote, Stance
from lagebild.model.story import Dateline, Story, StoryMember
from lagebild.questions.page import dossier_page
from lagebild.settings import Settings
from lagebild.tables import Row

__all__ = ["Pile", "Small", "empty", "hostile", "long_text", "pile", "two_stories"]

T = TypeVar("T", bound=Row)


@dataclass
class Pile:
    """Rows in memory, read like a case."""

    kept: list[Any] = field(default_factory=list)

    def rows(self, kind: type[T], owner: str | None = None) -> Iterator[T]:
        found = [row for row in self.kept if type(row) is kind and owner in (None, row.owner)]
        return iter(sorted(found, key=lambda row: (row.owner, row.id)))

    def add(self, *rows: Any) -> None:
        self.kept.extend(rows)


@dataclass
class Text:
    """A text being furnished with rows: passages are named by their words."""

    pile: Pile
    id: str
    text: str
    language: str | None = "de"
    numbers: int = 0

    def piece(self, words: str, nth: int = 0) -> Piece:
        """Where the words stand; the test pile is wrong if they do not."""
        at = -1
        for _ in range(nth + 1):
            at = self.text.index(words, at + 1)
        return Piece(at, at + len(words))

    def span(self, words: str) -> Span:
        piece = self.piece(words)
        return Span(self.id, piece.start, piece.end)

    def cite(self, words: str) -> Citation:
        piece = self.piece(words)
        return Citation(self.id, piece.start, piece.end, words)

    def quote(
        self, words: str | Sequence[str], cue: str | None, speaker: str | None, *, entity: str | None = None,
        kind: SpeakerKind = "person", form: Form = "direct", stance: Stance = "assert", marked: Sequence[str] = (),
        distance: Distance = "neutral", by: Sequence[str] = (),
    ) -> str:  # fmt: skip
        """Adds a quote with its speaker; gives its id."""
        self.numbers += 1
        quote_id = f"{self.id}:q{self.numbers:02d}"
        pieces = tuple(self.piece(part) for part in ([words] if isinstance(words, str) else words))
        self.pile.add(
            Quote(
                quote_id, self.id, pieces[0].start, pieces[-1].end, pieces, form, tuple(self.piece(m) for m in marked),
                (self.piece(cue),) if cue else (), self.piece(speaker) if speaker else None, None, stance, distance,
                tuple(self.piece(name) for name in by), None, 0.9,
            ),
            Speaker(f"{quote_id}.s", self.id, quote_id, entity, kind, (None,) * len(by), 0.8),
        )  # fmt: skip
        return quote_id

    def claim(
        self, words: str, origins: Sequence[str], *, quote: str | None = None, numbers: Sequence[str] = (),
        modality: Modality = "happened",
    ) -> str:  # fmt: skip
        """Adds a claim with its origins; gives its id."""
        self.numbers += 1
        claim_id = f"{self.id}:c{self.numbers:02d}"
        piece = self.piece(words)
        self.pile.add(
            Claim(
                claim_id, self.id, piece.start, piece.end, (piece,), quote, None, piece, "affirmed", modality, None, None,
                (), (), tuple(numbers),
            ),
            *(ClaimOrigin(f"{claim_id}.{origin}", self.id, claim_id, origin) for origin in origins),
        )  # fmt: skip
        return claim_id

    def sentences(self) -> None:
        """Adds a row for each sentence; sentences end at a full stop."""
        for at, found in enumerate(re.finditer(r"\S[^.]*\.", self.text)):
            self.pile.add(Sentence(f"{self.id}:s{at:02d}", self.id, found.start(), found.end(), ""))

    def titled(self, entity: str, name: str, role: str) -> None:
        """Adds a name with the title that stands beside it."""
        mention = f"{self.id}:x-{name}"
        self.pile.add(
            Mention(mention, self.id, *_ends(self.piece(name)), name, "PER", False, 0.9),
            MentionLink(mention, self.id, mention, entity, 0.9),
            NameUse(f"{self.id}:u-{name}", self.id, "PER", name, name.lower(), (), (role,), (mention,), self.language),
        )  # fmt: skip

    def quantity(
        self, words: str, low: float | None, high: float | None, hedge: Hedge, counted: str | None
    ) -> str:
        """Adds a number; gives its id."""
        self.numbers += 1
        quantity_id = f"{self.id}:n{self.numbers:02d}"
        piece = self.piece(words)
        self.pile.add(
            Quantity(
                quantity_id,
                self.id,
                piece.start,
                piece.end,
                low,
                high,
                None,
                self.piece(counted) if counted else None,
                hedge,
            )
        )
        return quantity_id


def _blocks(doc_id: str, text: str, kinds: Sequence[BlockKind]) -> Iterator[Block]:
    content: set[BlockKind] = {"headline", "lead", "paragraph", "list", "post", "ticker_entry", "correction"}
    at = 0
    paragraphs = [part for part in text.split("\n\n") if part]
    assert len(paragraphs) == len(kinds), doc_id
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        start = text.index(paragraph, at)
        at = start + len(paragraph)
        yield Block(f"{doc_id}:b{start:05d}", doc_id, start, at, kind, kind in content)


def _text(
    pile: Pile, doc_id: str, path: str, text: str, kinds: Sequence[BlockKind], *, outlet: str | None, title: str | None,
    published: tuple[str, Precision] | None = None, language: str | None = "de", agencies: Sequence[str] = (),
    line: int | None = None, authors: Sequence[str] = (), story: str = "st", background: bool = False,
) -> Text:  # fmt: skip
    """Adds a document with its blocks and masthead."""
    made = Text(pile, doc_id, text, language)
    stamp = Stamp(published[0], published[1], "text") if published else None
    digest = sha256(text.encode()).hexdigest()
    pile.add(
        RawItem(doc_id, path, line, digest, "text/plain", len(text.encode()), Declared()),
        Document(doc_id, text, "text/plain", "utf-8", Stated(), (), None),
        *_blocks(doc_id, text, kinds),
        Masthead(
            f"{doc_id}:m", doc_id, language, title, made.piece(title) if title else None, stamp, outlet, None,
            tuple(agencies), tuple(authors),
        ),
        StoryMember(f"{doc_id}:{story}", doc_id, story, "background" if background else "core"),
    )  # fmt: skip
    return made


@dataclass
class Small:
    """A story of short texts, each of an origin of its own (A, B, …) and of one paragraph."""

    case: Pile = field(default_factory=Pile)
    texts: list[Text] = field(default_factory=list)

    def text(self, doc_id: str, text: str) -> Text:
        """A further text; its file is named after it."""
        made = _text(self.case, doc_id, f"{doc_id}.txt", text, ("paragraph",), outlet=None, title=None)
        self.texts.append(made)
        return made

    def part(self) -> Part:
        """The story as a part of the page."""
        letters = [chr(65 + at) for at in range(len(self.texts))]
        marks = tuple(
            OriginMark(letter, f"o-{text.id}", (text.id,))
            for letter, text in zip(letters, self.texts, strict=True)
        )
        docs = tuple(text.id for text in self.texts)
        self.case.add(Dossier("st:dossier", "st", "Kleine Lage", None, None, docs, marks))
        self.page = dossier_page(self.case, Settings())
        return self.page.parts[0]

    def words(self, mark: Mark) -> str:
        """The cited words."""
        return next(one.exact for one in self.page.passages if one.number == mark.number)


POST = """Recyclinghof Altmoor gerade: Ich habe zwei Explosionen gehört, dann war alles schwarz. Fenster zu, Leute!

2311-mal geteilt"""

WIRE = """Großbrand auf Recyclinghof in Altmoor – zwei Verletzte

Altmoor (rpd) – Auf dem Recyclinghof der Kranich GmbH in Altmoor ist in der Nacht zum Mittwoch ein Großbrand ausgebrochen. Dabei wurden nach Angaben der Feuerwehr zwei Menschen verletzt. „Wir löschen sicher noch bis Donnerstag“, sagte Einsatzleiterin Petra Wolgast der Agentur rpd.

In einem Netzwerk berichtete ein Nutzer von zwei Explosionen. Das Unternehmen widersprach. Es habe „zu keinem Zeitpunkt eine Explosion“ gegeben, teilte Geschäftsführer Arne Kranich mit. Rund 120 Anwohner verließen ihre Häuser.

Umweltminister Tom Reuss kündigte an, am Freitag werde ein Gutachter die Halle betreten. Warum das Feuer ausbrach, sei noch unklar, sagte Reuss.

110342 Jun 26 rpd"""

COPY = """Startseite › Region › Altmoor

Nächtliches Feuer: Zwei Verletzte auf Recyclinghof

Auf dem Recyclinghof der Kranich GmbH in Altmoor ist in der Nacht zum Mittwoch ein Großbrand ausgebrochen. Dabei wurden nach Angaben der Feuerwehr zwei Menschen verletzt. „Wir löschen sicher noch bis Donnerstag“, sagte Einsatzleiterin Petra Wolgast der Agentur rpd.

Das Unternehmen widersprach. Es habe „zu keinem Zeitpunkt eine Explosion“ gegeben, teilte Geschäftsführer Arne Kranich mit.

LESEN SIE AUCH: Die zehn schönsten Moorwege"""

AGGREGATOR = """Schock in Altmoor: 300 Menschen auf der Flucht

Auf dem Recyclinghof der Kranich GmbH in Altmoor ist in der Nacht zum Mittwoch ein Großbrand ausgebrochen. Rund 120 Anwohner verließen ihre Häuser.

Mehr laden"""

RELEASE = """Kranich GmbH – Mitteilung an die Presse

Brand am Standort Altmoor

In der Nacht zum 10. Juni 2026 ist auf unserem Gelände in Altmoor ein Feuer ausgebrochen. Zu keinem Zeitpunkt gab es eine Explosion. Zwei Mitarbeiter wurden leicht verletzt. Die Rauchmelder lösten um 1.40 Uhr aus. Die Halle wurde im April 2021 zuletzt geprüft."""

LOCAL = """Nach dem Feuer: Altmoor fragt nach der Warnung

Von Ilka Brandt

Drei Menschen liegen im Krankenhaus in Seefurt, sagte eine Sprecherin der Klinik am Mittwochabend. Bürgermeisterin Jule Haberkorn sagt, die Sirene sei erst um 2.30 Uhr gegangen. „Da standen wir alle schon im Rauch“, sagt sie. Ein Feuerwehrmann, der nicht genannt werden will, spricht von „mindestens vier“ Verletzten.

Nach Zählung der Stadt haben 140 Menschen ihre Wohnungen verlassen. In der Nacht zum Mittwoch brannte es auf dem Recyclinghof, das ist von der Straße aus zu sehen gewesen. Der Stadtrat will am 15. Juni über den Standort beraten."""

BACKGROUND = """Wohin mit dem Müll?

Der Recyclinghof in Altmoor wurde 1987 eröffnet. Ein Bericht der Aufsicht vom März 2024 bemängelt fehlende Löschwasserbecken. „Wir bauen 2025“, sagte Arne Kranich damals."""

POLISH = """Pożar w Altmoor

W nocy wybuchł pożar na terenie zakładu recyklingu w Altmoor. Dwie osoby zostały ranne."""


def _entity(pile: Pile, entity_id: str, kind: Any, name: str, *others: str) -> str:
    names = tuple(EntityName(text, "Latn", "de") for text in (name, *others))
    pile.add(Entity(entity_id, kind, name, names, (), ()))
    return entity_id


def _origin(
    pile: Pile, origin_id: str, kind: OriginKind, name: str, docs: Sequence[Text], at: Sequence[Span] = ()
) -> str:
    pile.add(Origin(origin_id, "st", kind, name, None, tuple(doc.id for doc in docs), tuple(at)))
    return origin_id


def _place(
    pile: Pile, entity_id: str, name: str, lat: float, lon: float, km: float = 1.0, others: int = 0
) -> None:
    alternatives = tuple(f"geonames:{n}" for n in range(others))
    pile.add(
        Place(f"{entity_id}:p", entity_id, name, "DE", "Norden", lat, lon, km, "geonames:1", alternatives)
    )


def _copy(
    pile: Pile, earlier: Text, later: Text, words: str, direction: Any, kind: Any = "same_text"
) -> None:
    pile.add(
        CopyLink(
            f"{later.id}<{earlier.id}:{later.span(words).start}",
            earlier.span(words),
            later.span(words),
            kind,
            direction,
            1.0,
        )
    )


def _line(
    pile: Pile,
    rank: int,
    section: Section,
    text: str,
    cites: Sequence[Citation],
    origins: Sequence[str],
    **more: Any,
) -> None:
    verdict = more.get("verdict", "carried")
    pile.add(
        BriefLine(
            f"st:l{rank:02d}", "st", rank, section, text, "de", tuple(cites), verdict, (), tuple(origins),
            more.get("finding"), tuple(more.get("reasons", ())),
        )
    )  # fmt: skip


def _entry(
    pile: Pile, rank: int, when: tuple[str | None, str | None], precision: Precision, text: str, cites: Sequence[Citation],
    origins: Sequence[str], *, inferred: bool = False, modality: Modality = "happened", places: Sequence[str] = (),
    reasons: Sequence[Reason] = (),
) -> None:  # fmt: skip
    pile.add(
        TimelineEntry(
            f"st:t{rank:02d}", "st", rank, when[0], when[1], precision, inferred, modality, text, tuple(places),
            tuple(origins), tuple(cites), tuple(reasons),
        )
    )  # fmt: skip


def _finding(
    pile: Pile,
    name: str,
    kind: FindingKind,
    status: Status,
    question: str,
    sides: Iterable[Side],
    *reasons: Reason,
) -> str:
    clash = kind not in ("sequence", "forecast", "agreement", "lone_source")
    pile.add(Finding(name, "st", kind, clash, question, status, tuple(sides), reasons))
    return name


def pile() -> Pile:
    """The fire in Altmoor, with every kind of row."""
    made = Pile()
    post = _text(made, "d01", "netz/export.jsonl", POST, ("post", "other"), outlet="@moorblick", title=None,
                 published=("2026-06-10T01:52", "minute"), line=17)  # fmt: skip
    wire = _text(made, "d02", "rpd-110342.txt", WIRE, ("headline", "lead", "paragraph", "paragraph", "stamp"), outlet="rpd",
                 title="Großbrand auf Recyclinghof in Altmoor – zwei Verletzte", published=("2026-06-10T07:15", "minute"),
                 agencies=("rpd",))  # fmt: skip
    copy = _text(made, "d03", "seefurter-zeitung.html", COPY, ("navigation", "headline", "paragraph", "paragraph", "teaser"),
                 outlet="Seefurter Zeitung", title="Nächtliches Feuer: Zwei Verletzte auf Recyclinghof",
                 published=("2026-06-10", "day"), agencies=("rpd",))  # fmt: skip
    spread = _text(made, "d04", "blitzblick.txt", AGGREGATOR, ("headline", "paragraph", "other"), outlet=None,
                   title="Schock in Altmoor: 300 Menschen auf der Flucht")  # fmt: skip
    release = _text(made, "d05", "kranich.txt", RELEASE, ("other", "headline", "paragraph"), outlet="Kranich GmbH",
                    title="Brand am Standort Altmoor", published=("2026-06-10T09:00", "minute"))  # fmt: skip
    local = _text(made, "d06", "moorbote.txt", LOCAL, ("headline", "credit", "paragraph", "paragraph"), outlet="Moorbote",
                  title="Nach dem Feuer: Altmoor fragt nach der Warnung", published=("2026-06-11T06:00", "minute"),
                  authors=("Ilka Brandt",))  # fmt: skip
    old = _text(made, "d07", "archiv/magazin.txt", BACKGROUND, ("headline", "paragraph"), outlet="Landesmagazin",
                title="Wohin mit dem Müll?", published=("2024-10", "month"), background=True)  # fmt: skip
    polish = _text(made, "d08", "pogranicze.txt", POLISH, ("headline", "paragraph"), outlet="Głos Pogranicza",
                   title="Pożar w Altmoor", published=("2026-06-10T11:30", "minute"), language="pl")  # fmt: skip

    kranich = _entity(made, "e-kranich", "PER", "Arne Kranich", "Kranich")
    firm = _entity(made, "e-firm", "ORG", "Kranich GmbH")
    wolgast = _entity(made, "e-wolgast", "PER", "Petra Wolgast")
    reuss = _entity(made, "e-reuss", "PER", "Tom Reuss", "Tom Reuß")
    haberkorn = _entity(made, "e-haberkorn", "PER", "Jule Haberkorn")
    altmoor = _entity(made, "e-altmoor", "LOC", "Altmoor")
    seefurt = _entity(made, "e-seefurt", "LOC", "Seefurt")
    grauburg = _entity(made, "e-port", "LOC", "Hohenhafen")
    _place(made, altmoor, "Altmoor", 53.42, 8.61, 1.0)
    _place(made, seefurt, "Seefurt", 53.55, 8.95, 12.0, 2)
    _place(made, grauburg, "Hohenhafen", 53.55, 10.0, 3.0)
    made.add(
        Mention("d02:x1", "d02", *_ends(wire.piece("Petra Wolgast")), "Petra Wolgast", "PER", False, 0.9),
        MentionLink("d02:x1", "d02", "d02:x1", wolgast, 0.9),
        NameUse(
            "d02:u1",
            "d02",
            "PER",
            "Petra Wolgast",
            "petra wolgast",
            (),
            ("Einsatzleiterin",),
            ("d02:x1",),
            "de",
        ),
    )

    o_post = _origin(made, "o-post", "post", "@moorblick", [post])
    o_wire = _origin(made, "o-wire", "agency", "rpd", [wire, copy, spread])
    o_firm = _origin(made, "o-firm", "party", "Kranich GmbH", [release])
    o_local = _origin(made, "o-local", "outlet", "Moorbote", [local])
    o_old = _origin(made, "o-old", "outlet", "Landesmagazin", [old])
    o_polish = _origin(made, "o-polish", "outlet", "Głos Pogranicza", [polish])
    o_anon = _origin(
        made, "o-anon", "anonymous", "ein Feuerwehrmann", [local], [local.span("Ein Feuerwehrmann")]
    )
    o_clinic = _origin(
        made, "o-clinic", "party", "Klinik in Seefurt", [local], [local.span("eine Sprecherin der Klinik")]
    )

    for later in (copy, spread):
        _copy(
            made,
            wire,
            later,
            "Auf dem Recyclinghof der Kranich GmbH in Altmoor ist in der Nacht zum Mittwoch ein Großbrand ausgebrochen.",
            "known" if later is copy else "guessed",
        )
    _copy(
        made,
        wire,
        copy,
        "Dabei wurden nach Angaben der Feuerwehr zwei Menschen verletzt. „Wir löschen sicher noch bis Donnerstag“, sagte Einsatzleiterin Petra Wolgast der Agentur rpd.",
        "known",
    )
    _copy(made, wire, spread, "Rund 120 Anwohner verließen ihre Häuser.", "guessed", "edited")
    _copy(made, release, local, "in Altmoor"[:10] if "in Altmoor" in LOCAL else "Altmoor", "unknown")
    made.add(Credit("d03:k", "d03", 0, 1, "agency", "rpd"))

    wire.quote(
        "Wir löschen sicher noch bis Donnerstag",
        "sagte",
        "Einsatzleiterin Petra Wolgast",
        entity=wolgast,
        stance="announce",
    )
    copy.quote(
        "Wir löschen sicher noch bis Donnerstag",
        "sagte",
        "Einsatzleiterin Petra Wolgast",
        entity=wolgast,
        stance="announce",
    )
    q_user = wire.quote(
        "zwei Explosionen",
        "berichtete",
        "ein Nutzer",
        kind="anonymous",
        form="indirect",
        by=("In einem Netzwerk",),
        distance="hearsay",
    )
    q_deny = wire.quote(
        "Es habe „zu keinem Zeitpunkt eine Explosion“ gegeben",
        "teilte",
        "Geschäftsführer Arne Kranich",
        entity=kranich,
        form="mixed",
        stance="deny",
        marked=("zu keinem Zeitpunkt eine Explosion",),
    )
    q_deny_copy = copy.quote(
        "Es habe „zu keinem Zeitpunkt eine Explosion“ gegeben",
        "teilte",
        "Geschäftsführer Arne Kranich",
        entity=kranich,
        form="mixed",
        stance="deny",
        marked=("zu keinem Zeitpunkt eine Explosion",),
    )
    wire.quote(
        "am Freitag werde ein Gutachter die Halle betreten",
        "kündigte an",
        "Umweltminister Tom Reuss",
        entity=reuss,
        form="indirect",
        stance="announce",
    )
    q_open = wire.quote(
        "Warum das Feuer ausbrach, sei noch unklar", "sagte", "Reuss", entity=reuss, form="indirect"
    )
    q_clinic = local.quote(
        "Drei Menschen liegen im Krankenhaus in Seefurt",
        "sagte",
        "eine Sprecherin der Klinik",
        kind="anonymous",
        form="indirect",
    )
    q_siren = local.quote(
        "die Sirene sei erst um 2.30 Uhr gegangen",
        "sagt",
        "Bürgermeisterin Jule Haberkorn",
        entity=haberkorn,
        form="indirect",
    )
    local.quote("Da standen wir alle schon im Rauch", "sagt", "sie", entity=None, kind="unknown")
    q_four = local.quote(
        "mindestens vier",
        "spricht",
        "Ein Feuerwehrmann",
        kind="anonymous",
        form="mixed",
        marked=("mindestens vier",),
    )
    old.quote("Wir bauen 2025", "sagte", "Arne Kranich", entity=kranich, stance="promise")

    yes = [
        post.claim("Ich habe zwei Explosionen gehört", [o_post]),
        wire.claim("zwei Explosionen", [o_post], quote=q_user),
    ]
    no = [
        release.claim("Zu keinem Zeitpunkt gab es eine Explosion", [o_firm]),
        wire.claim("Es habe „zu keinem Zeitpunkt eine Explosion“ gegeben", [o_firm], quote=q_deny),
        copy.claim("Es habe „zu keinem Zeitpunkt eine Explosion“ gegeben", [o_firm], quote=q_deny_copy),
    ]
    blast = _finding(made, "f1", "dispute", "disputed", "Gab es Explosionen?",
                     [Side("Ja, zwei", tuple(yes), (o_post,)), Side("Nein", tuple(no), (o_firm,))],
                     Reason("denial", 0.9, "Das Unternehmen widerspricht dem Beitrag ausdrücklich", "zwei Explosionen", "zu keinem Zeitpunkt"))  # fmt: skip
    early = [release.claim("Die Rauchmelder lösten um 1.40 Uhr aus", [o_firm])]
    late = [local.claim("die Sirene sei erst um 2.30 Uhr gegangen", [o_local], quote=q_siren)]
    _finding(made, "f2", "time_conflict", "inconsistent", "Wann kam der Alarm?",
             [Side("1.40 Uhr", tuple(early), (o_firm,)), Side("2.30 Uhr", tuple(late), (o_local,))])  # fmt: skip
    two_a = wire.claim(
        "Dabei wurden nach Angaben der Feuerwehr zwei Menschen verletzt",
        [o_wire],
        numbers=[wire.quantity("zwei", 2, 2, "exact", "Menschen")],
    )
    two_b = copy.claim(
        "Dabei wurden nach Angaben der Feuerwehr zwei Menschen verletzt",
        [o_wire],
        numbers=[copy.quantity("zwei", 2, 2, "exact", "Menschen")],
    )
    two_c = release.claim(
        "Zwei Mitarbeiter wurden leicht verletzt",
        [o_firm],
        numbers=[release.quantity("Zwei", 2, 2, "exact", "Mitarbeiter")],
    )
    three = local.claim(
        "Drei Menschen liegen im Krankenhaus in Seefurt",
        [o_clinic],
        quote=q_clinic,
        numbers=[local.quantity("Drei", 3, 3, "exact", "Menschen")],
    )
    four = local.claim(
        "mindestens vier",
        [o_anon],
        quote=q_four,
        numbers=[local.quantity("mindestens vier", 4, None, "at_least", "Verletzten")],
    )
    hurt = _finding(made, "f3", "number_conflict", "inconsistent", "Wie viele Verletzte?",
                    [Side("zwei", (two_a, two_b, two_c), (o_wire, o_firm)), Side("drei", (three,), (o_clinic,)), Side("mindestens vier", (four,), (o_anon,))],
                    Reason("later", None, "Die höheren Zahlen stammen vom Tag danach; der Feuerwehrmann ist nicht benannt"))  # fmt: skip
    left = [
        wire.claim(
            "Rund 120 Anwohner verließen ihre Häuser",
            [o_wire],
            numbers=[wire.quantity("Rund 120", 120, 120, "about", "Anwohner")],
        ),
        spread.claim(
            "300 Menschen auf der Flucht",
            [o_wire],
            numbers=[spread.quantity("300", 300, 300, "exact", "Menschen")],
        ),
        local.claim(
            "140 Menschen ihre Wohnungen verlassen",
            [o_local],
            numbers=[local.quantity("140", 140, 140, "exact", "Menschen")],
        ),
    ]
    _finding(made, "f4", "number_conflict", "inconsistent", "Wie viele verließen ihre Häuser?",
             [Side("rund 120", (left[0],), (o_wire,)), Side("300", (left[1],), (o_wire,)), Side("140", (left[2],), (o_local,))])  # fmt: skip
    cause = _finding(made, "f5", "lone_source", "open", "Warum brach das Feuer aus?",
                     [Side("unklar", (wire.claim("Warum das Feuer ausbrach, sei noch unklar", [o_wire], quote=q_open, modality="unknown"),), (o_wire,))])  # fmt: skip

    fire = [wire.cite("Auf dem Recyclinghof der Kranich GmbH in Altmoor ist in der Nacht zum Mittwoch ein Großbrand ausgebrochen"),
            release.cite("In der Nacht zum 10. Juni 2026 ist auf unserem Gelände in Altmoor ein Feuer ausgebrochen"),
            local.cite("In der Nacht zum Mittwoch brannte es auf dem Recyclinghof")]  # fmt: skip
    _line(
        made,
        1,
        "known",
        "In der Nacht zum Mittwoch, 10. Juni 2026, ist auf dem Recyclinghof in Altmoor ein Großbrand ausgebrochen.",
        fire,
        (o_wire, o_firm, o_local),
        reasons=[Reason("origins", None, "Drei Ursprünge, keine Gegenrede")],
    )
    _line(
        made,
        2,
        "known",
        "Zwei Menschen wurden verletzt, wie Feuerwehr und Betreiber angeben.",
        [
            wire.cite("Dabei wurden nach Angaben der Feuerwehr zwei Menschen verletzt"),
            release.cite("Zwei Mitarbeiter wurden leicht verletzt"),
        ],
        (o_wire, o_firm),
        finding=hurt,
    )
    _line(
        made,
        3,
        "known",
        "Das Feuer war von der Straße aus zu sehen.",
        [local.cite("das ist von der Straße aus zu sehen gewesen"), polish.cite("W nocy wybuchł pożar")],
        (o_local, o_polish),
    )
    _line(
        made,
        4,
        "claimed",
        "Die Feuerwehr rechnet damit, bis Donnerstag zu löschen.",
        [
            wire.cite("Wir löschen sicher noch bis Donnerstag"),
            copy.cite("Wir löschen sicher noch bis Donnerstag"),
        ],
        (o_wire,),
        verdict="marked",
    )
    _line(
        made,
        5,
        "disputed",
        "Ein Nutzer will zwei Explosionen gehört haben; die Kranich GmbH bestreitet das.",
        [
            post.cite("Ich habe zwei Explosionen gehört"),
            release.cite("Zu keinem Zeitpunkt gab es eine Explosion"),
            wire.cite("zu keinem Zeitpunkt eine Explosion"),
        ],
        (o_post, o_firm),
        finding=blast,
    )
    _line(
        made,
        6,
        "next",
        "Am Freitag soll ein Gutachter die Halle betreten.",
        [wire.cite("am Freitag werde ein Gutachter die Halle betreten")],
        (o_wire,),
    )
    _line(
        made,
        7,
        "unknown",
        "Warum das Feuer ausbrach, ist unklar.",
        [wire.cite("Warum das Feuer ausbrach, sei noch unklar")],
        (o_wire,),
        finding=cause,
    )
    _line(
        made,
        8,
        "background",
        "Ein Bericht der Aufsicht bemängelte im März 2024 fehlende Löschwasserbecken.",
        [old.cite("Ein Bericht der Aufsicht vom März 2024 bemängelt fehlende Löschwasserbecken")],
        (o_old,),
    )
    _line(
        made,
        9,
        "known",
        "300 Menschen sind nach den Explosionen auf der Flucht.",
        [spread.cite("300 Menschen auf der Flucht")],
        (o_wire,),
        verdict="dropped",
        reasons=[Reason("not_entailed", 0.1, "Der Beleg nennt keine Explosionen; er ist eine Überschrift")],
    )

    day = "2026-06-10T00:00:00"
    _entry(
        made,
        1,
        ("1987-01-01T00:00:00", "1988-01-01T00:00:00"),
        "year",
        "Der Recyclinghof in Altmoor wird eröffnet.",
        [old.cite("Der Recyclinghof in Altmoor wurde 1987 eröffnet")],
        (o_old,),
        places=[altmoor],
    )
    _entry(
        made,
        2,
        ("2024-03-01T00:00:00", "2024-04-01T00:00:00"),
        "month",
        "Ein Bericht der Aufsicht bemängelt fehlende Löschwasserbecken.",
        [old.cite("Ein Bericht der Aufsicht vom März 2024")],
        (o_old,),
    )
    _entry(
        made,
        3,
        ("2026-06-09T22:00:00", "2026-06-10T06:00:00"),
        "hour",
        "Auf dem Recyclinghof in Altmoor bricht ein Großbrand aus.",
        fire,
        (o_wire, o_firm, o_local),
        inferred=True,
        places=[altmoor],
        reasons=[Reason("weekday_from_stamp", None, "„Mittwoch“ vom Agenturstempel aus, 10. Juni 2026")],
    )
    _entry(
        made,
        4,
        ("2026-06-10T01:40:00", "2026-06-10T01:41:00"),
        "minute",
        "Die Rauchmelder lösen aus.",
        [release.cite("Die Rauchmelder lösten um 1.40 Uhr aus")],
        (o_firm,),
        places=[altmoor],
    )
    _entry(
        made,
        5,
        ("2026-06-10T02:30:00", "2026-06-10T02:31:00"),
        "minute",
        "Die Sirene geht, sagt die Bürgermeisterin.",
        [local.cite("die Sirene sei erst um 2.30 Uhr gegangen")],
        (o_local,),
        inferred=True,
        places=[altmoor],
    )
    _entry(
        made,
        6,
        ("2026-06-10T18:00:00", "2026-06-11T00:00:00"),
        "hour",
        "Drei Menschen liegen im Krankenhaus in Seefurt.",
        [local.cite("Drei Menschen liegen im Krankenhaus in Seefurt")],
        (o_clinic,),
        inferred=True,
        places=[seefurt],
    )
    _entry(
        made,
        7,
        ("2026-06-12T00:00:00", "2026-06-13T00:00:00"),
        "day",
        "Ein Gutachter soll die Halle betreten.",
        [wire.cite("am Freitag werde ein Gutachter die Halle betreten")],
        (o_wire,),
        inferred=True,
        modality="planned",
        places=[altmoor],
    )
    _entry(
        made,
        8,
        ("2026-06-15T00:00:00", "2026-06-16T00:00:00"),
        "day",
        "Der Stadtrat will über den Standort beraten.",
        [local.cite("Der Stadtrat will am 15. Juni über den Standort beraten")],
        (o_local,),
        modality="planned",
    )
    _entry(
        made,
        9,
        (None, None),
        "day",
        "Anwohner verlassen ihre Häuser.",
        [wire.cite("Rund 120 Anwohner verließen ihre Häuser")],
        (o_wire,),
    )
    made.add(
        MapPoint("st:m1", "st", altmoor, "event", (o_wire, o_firm, o_local), (wire.cite("in Altmoor"),)),
        MapPoint("st:m2", "st", seefurt, "event", (o_clinic,), (local.cite("im Krankenhaus in Seefurt"),)),
        MapPoint("st:m3", "st", grauburg, "named", (o_local,), (local.cite("Altmoor"),)),
        Dateline("d02:dl", "d02", day, "2026-06-11T00:00:00", "published", (wire.span("110342 Jun 26"),)),
        Dateline("d04:dl", "d04", "2026-06-10T07:15:00", "2026-06-12T00:00:00", "copy", (wire.span("110342 Jun 26"),), (Reason("copied_after", None, "Der Text übernimmt die Meldung der rpd vom 10. Juni 2026"),)),
        Problem("p1", "leer.txt", None, "extract_text", "empty", "die Datei ist leer; nichts gelesen"),
        Problem("p2", "blitzblick.txt", "d04", "read_masthead", "no_date", "kein Datum im Text"),
        RawItem("d99", "leer.txt", None, sha256(b"").hexdigest(), "text/plain", 0, Declared()),
        Story("st", "Großbrand in Altmoor", tuple(f"d0{n}" for n in range(1, 9)), ()),
        Dossier("st:dossier", "st", "Großbrand auf Recyclinghof in Altmoor – zwei Verletzte", wire.span("Großbrand auf Recyclinghof in Altmoor – zwei Verletzte"), "2026-06-11T06:00", tuple(f"d0{n}" for n in range(1, 9)),
                (OriginMark("A", o_post, ("d01",)), OriginMark("B", o_wire, ("d02", "d03", "d04")), OriginMark("C", o_firm, ("d05",)), OriginMark("D", o_local, ("d06",)), OriginMark("E", o_polish, ("d08",)), OriginMark("F", o_old, ("d07",)))),
    )  # fmt: skip
    assert firm
    return made


def _ends(piece: Piece) -> tuple[int, int]:
    return piece.start, piece.end


def empty() -> Pile:
    """A case in which nothing was read."""
    return Pile([Problem("p1", "bild.bin", None, "extract_text", "binary", "keine Schrift")])


def _lone(made: Pile, doc_id: str, story: str, title: str, text: str, kinds: Sequence[BlockKind]) -> Text:
    doc = _text(made, doc_id, f"{doc_id}.txt", text, kinds, outlet="Blatt", title=title, story=story)
    made.add(Dossier(f"{story}:dossier", story, title, doc.span(title), None, (doc_id,), ()))
    return doc


def two_stories() -> Pile:
    """The fire, and a second story of one text."""
    made = pile()
    _lone(
        made,
        "d50",
        "su",
        "Neue Brücke in Seefurt",
        "Neue Brücke in Seefurt\n\nDie Stadt baut eine Brücke.",
        ("headline", "paragraph"),
    )
    return made


ATTACK = "</script><script>document.title='x'</script><img src=x onerror=\"document.title='x'\">"


def hostile() -> Pile:
    """A text whose title, words and path try to run code, with control characters and marks that turn the writing direction."""
    made = Pile()
    text = f"{ATTACK}\n\n„Ich \x00bin \u202eda“, sagte <b>Eva</b> & Co. 'so' \ufffd 🦊 \"gut\"."
    doc = _lone(made, "d01", "st", ATTACK, text, ("headline", "paragraph"))
    doc.quote("Ich \x00bin \u202eda", "sagte", "<b>Eva</b> & Co.")
    made.add(
        BriefLine(
            "st:l1",
            "st",
            1,
            "known",
            f"{ATTACK} & mehr",
            "de",
            (doc.cite("Ich \x00bin \u202eda"),),
            "carried",
            (),
            ("o",),
            None,
        ),
        Problem("p", ATTACK, "d01", "x", "y", ATTACK),
    )
    return made


def long_text() -> Pile:
    """A text far longer than the page shows, cited near its end."""
    made = Pile()
    body = "Wort " * 60_000 + "Ende der Reise." + " Wort" * 5_000
    doc = _lone(made, "d01", "st", "Langer Text", f"Langer Text\n\n{body}", ("headline", "paragraph"))
    made.add(
        BriefLine(
            "st:l1",
            "st",
            1,
            "known",
            "Ende der Reise.",
            "de",
            (doc.cite("Ende der Reise."),),
            "carried",
            (),
            ("o",),
            None,
        )
    )
    return made
