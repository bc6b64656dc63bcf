"""The things a document names: full name, surname alone, genitive, acronym and institution gathered, with the roles beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lagebild.lang.data import LANGUAGES, read_data
from lagebild.lang.lexicon import Lexicon, lexicon
from lagebild.model.document import Block, Document, Masthead
from lagebild.model.identity import NameUse
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, MentionKind, Sentence
from lagebild.resolve.bodies import institution, land_stem, owner_of, read_body
from lagebild.resolve.facts import facts_digest, name_facts
from lagebild.resolve.keys import block_keys, country_name_of, form_key
from lagebild.resolve.parts import person_parts
from lagebild.resolve.score import SAME, explain_names, surnames_alike
from lagebild.resolve.standing import (
    acronym_after,
    adjective_owner,
    follows_as_owner,
    roles_after,
    roles_before,
)
from lagebild.resolve.uses_traits import (
    age_beside,
    closes_apposition,
    former_order,
    opens_apposition,
    origin_follows,
)
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.normal import fold

__all__ = ["FURNITURE", "NameTools", "gather_names", "in_content"]

FURNITURE = "furniture"
"""The note in the id of a use that stands in furniture only: such names make no place and weigh nothing."""

_SEAT = re.compile(r"[ \u00a0]in[ \u00a0]([A-ZÄÖÜ][\w’'-]{2,30})(?![\w-])")
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CAPITAL = re.compile(r"[A-ZÄÖÜ][\w’'-]{3,40}")
_MOST_ROLES = 6
_MOST_OTHERS = 20
_MOST_SAID = 4
_MOST_COMPARED = 12


def in_content(use: NameUse) -> bool:
    """False for a use whose mentions all stand in furniture."""
    return not use.id.endswith(f".{FURNITURE}")


class NameTools:
    """The facts about names of all languages; they are read when first needed."""

    @classmethod
    def load(cls, settings: Settings) -> NameTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return f"{facts_digest()}-{Lexicon.digest()}"


@dataclass
class _Item:
    """One name at one place; `mention_id` "" for an institution's noun that no mention covers."""

    start: int
    end: int
    form: str
    kind: MentionKind
    key: str
    mention_id: str
    content: bool
    derived: bool = False
    roles: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()


@dataclass
class _Group:
    """Items that mean one thing."""

    kind: MentionKind
    key: str
    items: list[_Item] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    formerly: list[str] = field(default_factory=list)


def gather_names(docs: Sequence[DocView], tools: NameTools) -> Iterable[NameUse]:
    """One row a thing that a document names, in order of first naming; names in furniture have rows of their own (`in_content`).

    A bare surname goes to the one person of that name introduced before it, else to the only one of the document, else stays alone.
    A body that many states have („Generalstab“) is told by its owner („in Kiew“, „ukrainische“); without one it goes to the only
    such body of the document. `roles` are titles for persons and words like „Gebiet“ for places. `key` = `keys.form_key` of `form`.
    A body's noun without a mention has a use with no mentions, where its owner is known. `also`: keys of bodies that stand in
    apposition („der Rat, das Oberhaus von Welgorien,“); `formerly`: names before („Y, früher X“); `traits`: „age:45“, „from:“ a key.
    """
    for doc in docs:
        yield from _Gathering(doc).uses()


class _Gathering:
    """One document."""

    def __init__(self, doc: DocView) -> None:
        self.id = doc.id
        self.text = doc.rows(Document)[0].text
        masthead = doc.get(Masthead)
        self.language = (masthead.language or "" if masthead else "").split("-")[0]
        self.mentions = sorted(doc.rows(Mention), key=lambda it: (it.start, it.end))
        self.blocks = sorted(doc.rows(Block), key=lambda it: it.start)
        self.block_starts = [block.start for block in self.blocks]
        self.sentences = sorted(doc.rows(Sentence), key=lambda it: it.start)
        self.sentence_starts = [sentence.start for sentence in self.sentences]
        self.phrases = dict(self._phrases())
        self.kinds = self._majorities()
        self.surnames = self._full_surnames()
        self.first_names: dict[str, list[_Group]] = defaultdict(list)

    def uses(self) -> Iterator[NameUse]:
        """All uses of the document."""
        groups = [*self._persons(), *self._places(), *self._bodies()]
        self._note_former_names(groups)
        rows = [row for group in groups for row in self._rows(group)]
        yield from sorted(rows, key=lambda row: row.id)

    # Where something stands

    def _in_content(self, start: int) -> bool:
        at = bisect_right(self.block_starts, start) - 1
        return not self.blocks or (at >= 0 and start < self.blocks[at].end and self.blocks[at].content)

    def _sentence(self, start: int) -> tuple[int, int]:
        at = bisect_right(self.sentence_starts, start) - 1
        if at >= 0 and start < self.sentences[at].end:
            return self.sentences[at].start, self.sentences[at].end
        return max(0, start - 200), min(len(self.text), start + 200)

    def _majorities(self) -> dict[str, MentionKind]:
        """The kind that most mentions of a form have, by the sum of their scores."""
        votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
        for mention in self.mentions:
            votes[fold(mention.base)][mention.kind] += round(100 * mention.score) + 1
        return {form: max(sorted(counts), key=lambda kind: counts[kind]) for form, counts in votes.items()}

    def _full_surnames(self) -> set[str]:
        """The family names of persons whom the document names in full: the same word alone is no town."""
        full = [
            mention.base
            for mention in self.mentions
            if not mention.derived and self.kinds[fold(mention.base)] == "PER"
        ]
        return {
            fold(parts.surname) for parts in map(person_parts, full) if parts.given and len(parts.surname) > 3
        }

    def _kind(self, mention: Mention) -> MentionKind:
        if mention.id in self.phrases:
            return "ORG"
        key = fold(mention.base)
        if mention.derived:
            return "PER" if key in self.surnames and self._stands_alone(mention) else "LOC"
        if key in self.surnames and self.kinds[key] != "PER" and not self._after_preposition(mention):
            return "PER"
        return self.kinds[key]

    def _stands_alone(self, mention: Mention) -> bool:
        """False before a noun: „Leipziger Polizei“ is no Mr Leipziger, even where there is one."""
        return re.match(r"[ \u00a0][A-ZÄÖÜ]", self.text[mention.end : mention.end + 2]) is None

    def _after_preposition(self, mention: Mention) -> bool:
        before = self.text[max(0, mention.start - 12) : mention.start].split()
        return bool(before) and before[-1].lower() in name_facts().places.prepositions

    def _phrases(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Mentions inside the name of a body of several words ("General Staff"), with the place of the whole."""
        if self.language != "en":
            return
        for mention in self.mentions:
            before = [
                match.start() for match in _TOKEN.finditer(self.text, max(0, mention.start - 40), mention.end)
            ]
            ends = [match.end() for match in _TOKEN.finditer(self.text, mention.start, mention.end + 40)]
            spans = [
                (start, end)
                for start in before[-3:]
                for end in ends[:3]
                if start <= mention.start and end >= mention.end
            ]
            for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
                if " " in self.text[start:end] and institution(self.text[start:end]):
                    yield mention.id, (start, end)
                    break

    def _note_former_names(self, groups: list[_Group]) -> None:
        """„Y, früher X,“ and „X (heute Y)“: X among the former names of Y's group."""
        placed = sorted(
            ((item, group) for group in groups for item in group.items),
            key=lambda it: (it[0].start, it[0].end),
        )
        for (one, first), (other, second) in pairwise(placed):
            if first is second or (first.kind != second.kind and "PER" in (first.kind, second.kind)):
                continue
            order = former_order(self.text, one.start, one.end, other.start)
            if order > 0:
                first.formerly.append(other.form)
            elif order < 0:
                second.formerly.append(one.form)

    # Persons

    def _persons(self) -> list[_Group]:
        titles = name_facts().titles
        items = [
            self._person(mention)
            for mention in self.mentions
            if self._kind(mention) == "PER" and fold(mention.base) not in titles
        ]
        full = [item for item in items if person_parts(item.form).given]
        groups: dict[str, _Group] = {}
        near: dict[str, list[_Group]] = defaultdict(list)
        for item in full:
            group = groups.get(item.key) or self._meeting(item, near)
            if group is None:
                group = _Group("PER", item.key)
                for key in block_keys("PER", item.form):
                    near[key].append(group)
            groups[item.key] = group
            group.items.append(item)
        found = list({id(group): group for group in groups.values()}.values())
        for group in found:
            self.first_names[fold(person_parts(group.items[0].form).given[0])].append(group)
        return [*found, *self._surnames([item for item in items if not person_parts(item.form).given], near)]

    def _person(self, mention: Mention) -> _Item:
        low, high = self._sentence(mention.start)
        names = frozenset(
            other.start
            for other in self._around(mention.start, mention.end + 160)
            if other.start != mention.start
        )
        roles: tuple[str, ...] = ()
        if self.language in LANGUAGES:
            roles = (
                *roles_before(self.text, mention.start, low, self.language),
                *roles_after(self.text, mention.end, high, self.language, names),
            )
        content = self._in_content(mention.start)
        base = mention.base
        traits = tuple(self._traits(mention, low)) if person_parts(base).given else ()
        key = form_key("PER", base)
        return _Item(
            mention.start, mention.end, base, "PER", key, mention.id, content, roles=roles, traits=traits
        )

    def _traits(self, mention: Mention, floor: int) -> Iterator[str]:
        """How old and from where, as the words beside a full name tell."""
        age = age_beside(self.text, mention.start, mention.end, floor)
        if age is not None:
            yield f"age:{age}"
        at = bisect_right(self.mentions, mention.start, key=lambda it: it.start)
        after = self.mentions[at] if at < len(self.mentions) else None
        near = after is not None and after.kind == "LOC" and after.start - mention.end < 20
        if after is not None and near and origin_follows(self.text[mention.end : after.start]):
            yield f"from:{form_key('LOC', after.base)}"

    def _around(self, start: int, end: int) -> Iterator[Mention]:
        at = bisect_right(self.mentions, start, key=lambda it: it.start)
        while at < len(self.mentions) and self.mentions[at].start < end:
            other = self.mentions[at]
            if other.kind == "PER" and not other.derived and other.id not in self.phrases:
                yield self.mentions[at]
            at += 1

    def _meeting(self, item: _Item, near: dict[str, list[_Group]]) -> _Group | None:
        """The one group of the document whose name is another spelling of this one."""
        candidates = {
            id(group): group for key in block_keys("PER", item.form) for group in near[key][:_MOST_COMPARED]
        }
        found = [
            group
            for group in candidates.values()
            if explain_names(item.form, group.items[0].form, "PER")[0] >= SAME
        ]
        return found[0] if len(found) == 1 else None

    def _surnames(self, items: list[_Item], near: dict[str, list[_Group]]) -> list[_Group]:
        """Bare surnames: given to persons of the document, the others in groups of their own."""
        alone: dict[str, _Group] = {}
        for item in items:
            group = self._bearer(item, near)
            if group is None:
                group = alone.setdefault(item.key, _Group("PER", item.key))
            group.items.append(item)
        return list(alone.values())

    def _bearer(self, item: _Item, near: dict[str, list[_Group]]) -> _Group | None:
        candidates = {
            id(group): group for key in block_keys("PER", item.form) for group in near[key][:_MOST_COMPARED]
        }
        fits = [
            group
            for group in candidates.values()
            if surnames_alike(person_parts(group.items[0].form).surname, person_parts(item.form).surname)
            >= 0.9
        ]
        if not fits:
            return self._first_named(item)
        before = [group for group in fits if group.items[0].start < item.start]
        if len(before) == 1:
            return before[0]
        return fits[0] if len(fits) == 1 else None

    def _first_named(self, item: _Item) -> _Group | None:
        """„Kang“ behind „Kang Pok-su“, „Anke“ behind „Anke Dorn“: the one person introduced before whose name begins so."""
        fits = [
            group for group in self.first_names.get(fold(item.form), ()) if group.items[0].start < item.start
        ]
        return fits[0] if len(fits) == 1 else None

    # Places

    def _places(self) -> list[_Group]:
        groups: dict[str, _Group] = {}
        stems: dict[str, str] = {}
        mentions = [mention for mention in self.mentions if self._kind(mention) == "LOC"]
        for mention in mentions:
            key = form_key("LOC", mention.base)
            if not mention.derived and not country_name_of(key):
                stems.setdefault(land_stem(mention.base), key)
                stems.setdefault(fold(mention.base), key)
        for mention in mentions:
            key, form = self._place(mention, stems)
            group = groups.setdefault(key, _Group("LOC", key))
            roles = self._region_words(mention)
            group.items.append(
                _Item(
                    mention.start,
                    mention.end,
                    form,
                    "LOC",
                    key,
                    mention.id,
                    self._in_content(mention.start),
                    mention.derived,
                    roles,
                )
            )
        return list(groups.values())

    def _place(self, mention: Mention, stems: dict[str, str]) -> tuple[str, str]:
        """Key and form; adjectives and inhabitants go to the place of the document that they are made from."""
        key = form_key("LOC", mention.base)
        if not mention.derived or country_name_of(key):
            return key, mention.base
        base = fold(mention.base)
        for ending in ("er", "ern", "erin", "isch", ""):
            stem = base.removesuffix(ending) if ending else land_stem(mention.base)
            if stem in stems:
                return stems[stem], mention.base
            if ending == "er" and stem + "e" in stems:
                return stems[stem + "e"], mention.base
        stem = mention.base.removesuffix("er")
        if stem != mention.base and name_facts().places.seat_of(stem):
            return form_key("LOC", stem), stem
        return key, mention.base

    def _region_words(self, mention: Mention) -> tuple[str, ...]:
        """„Gebiet“, „Stadt“ before the name, „Oblast“ behind it."""
        if mention.derived and not mention.base.endswith("er"):
            return ()
        words = name_facts().places.region_words
        before = self.text[max(0, mention.start - 40) : mention.start].split()[-1:]
        after = (
            self.text[mention.end : mention.end + 30].split()[:1]
            if self.text[mention.end : mention.end + 1] == " "
            else []
        )
        return tuple(
            word for word in (*before, *(part.rstrip(".,;:") for part in after)) if fold(word) in words
        )

    # Bodies

    def _bodies(self) -> list[_Group]:
        items = [self._body(mention) for mention in self.mentions if self._kind(mention) in ("ORG", "MISC")]
        items += self._nouns()
        items.sort(key=lambda item: (item.start, item.end))
        owned: dict[str, set[str]] = defaultdict(set)
        for item in items:
            if "@" in item.key:
                owned[item.key.partition("@")[0]].add(item.key)
        groups: dict[str, _Group] = {}
        for item in items:
            keys = owned.get(item.key, set())
            if not item.mention_id and "@" not in item.key and len(keys) != 1:
                continue
            key = next(iter(keys)) if len(keys) == 1 else item.key
            groups.setdefault(key, _Group(item.kind, key)).items.append(item)
        self._note_appositions(sorted(items, key=lambda item: (item.start, item.end)), groups)
        return self._with_acronyms(groups)

    def _note_appositions(self, items: list[_Item], groups: dict[str, _Group]) -> None:
        """„der Rat, das Oberhaus von Welgorien,“: two names of one body, where one has a name of its own."""
        for one, other in pairwise(items):
            gap = self.text[one.end : other.start]
            if ("#" in one.key) == ("#" in other.key) or other.start - one.end > 60:
                continue
            named, told = (one, other) if "#" in other.key else (other, one)
            fits = "@" in told.key and opens_apposition(gap) and closes_apposition(self.text, other.end)
            if fits and named.key in groups and told.key not in groups[named.key].also:
                groups[named.key].also.append(told.key)

    def _body(self, mention: Mention) -> _Item:
        start, end = self.phrases.get(mention.id, (mention.start, mention.end))
        base = self.text[start:end] if mention.id in self.phrases else mention.base
        form = self._owned_form(start, end, base)
        kind = self._kind(mention)
        kind = "ORG" if read_body(form).kind else kind
        return _Item(
            start, end, form, kind, form_key(kind, form), mention.id, self._in_content(mention.start)
        )

    def _owned_form(self, start: int, end: int, base: str) -> str:
        """„ukrainischer Generalstab“, „Verteidigungsministerium in Starograd“: the noun with the words that say whose it is."""
        body = read_body(base)
        if not body.kind or body.owner or self.language not in LANGUAGES:
            return base
        low, high = self._sentence(start)
        owner, word = adjective_owner(self.text, start, low, self.language)
        if owner:
            return f"{self._adjective(word, body.gender)} {base}"
        at = bisect_right(self.mentions, end, key=lambda it: it.start)
        if at < len(self.mentions):
            after = self.mentions[at]
            gap = self.text[end : after.start]
            if (
                after.end <= high
                and (after.kind == "LOC" or owner_of(after.base)[:1] != "~")
                and follows_as_owner(gap)
            ):
                return f"{base}{self.text[end : after.end]}"
        return base + self._unknown_seat(end)

    def _unknown_seat(self, end: int) -> str:
        """„ in Portalba“: a place that no list has, behind a body; ordinary nouns („in Aussicht“) are left out."""
        match = _SEAT.match(self.text, end)
        words = lexicon(self.language)
        if match is None or words is None or words.knows(match[1]) or words.knows(match[1].lower()):
            return ""
        return match[0]

    def _adjective(self, word: str, gender: str) -> str:
        if not word[:1].islower() or self.language != "de":
            return word
        stem = re.sub(r"(?:en|er|es|em|e)\Z", "", word)
        return stem + name_facts().adjective_endings.get(gender, "e")

    def _nouns(self) -> Iterator[_Item]:
        """Nouns of bodies that no mention covers."""
        if self.language not in LANGUAGES:
            return
        covered = sorted(
            self.phrases.get(mention.id, (mention.start, mention.end)) for mention in self.mentions
        )
        starts = [start for start, _ in covered]
        for block in self.blocks:
            if not block.content:
                continue
            for match in _CAPITAL.finditer(self.text, block.start, block.end):
                if not (phrase := self._institution_at(match)):
                    continue
                start, end = match.start(), match.start() + len(phrase)
                at = bisect_right(starts, start) - 1
                if at >= 0 and covered[at][1] > start:
                    continue
                base = _bare(phrase)
                form = self._owned_form(start, end, base)
                yield _Item(start, end, form, "ORG", form_key("ORG", form), "", True)

    def _institution_at(self, match: re.Match[str]) -> str:
        if institution(match[0]):
            return match[0]
        if self.language == "en":
            words = self.text[match.start() : match.start() + 60].split()[:3]
            for length in (3, 2):
                phrase = " ".join(words[:length]).rstrip(".,;:")
                if len(words) >= length and institution(phrase):
                    return phrase
        return ""

    def _with_acronyms(self, groups: dict[str, _Group]) -> list[_Group]:
        """„Streitkräfte (SZU)“: the acronym's own uses join the long form's, where one long form alone introduces it."""
        introduced: dict[str, set[str]] = defaultdict(set)
        for key, group in groups.items():
            for item in group.items:
                if acronym := acronym_after(self.text, item.end) or self._acronym_beside(item):
                    introduced[acronym].add(key)
        for acronym in sorted(introduced):
            keys = introduced[acronym]
            if len(keys) != 1 or (target := groups[next(iter(keys))]).key == form_key("ORG", acronym):
                continue
            target.aliases.append(acronym)
            for kind in ("ORG", "MISC"):
                other = groups.pop(form_key(kind, acronym), None)
                if other:
                    target.items += other.items
        return list(groups.values())

    def _acronym_beside(self, item: _Item) -> str:
        """„Auslandsgeheimdienst SVR“: an acronym marked as a body right behind a noun for a body."""
        at = bisect_right(self.mentions, item.end, key=lambda it: it.start)
        after = self.mentions[at] if at < len(self.mentions) else None
        if (
            after is None
            or after.start != item.end + 1
            or "#" not in item.key
            or after.kind not in ("ORG", "MISC")
        ):
            return ""
        return after.base if after.base.isupper() and after.base.isalpha() and 1 < len(after.base) < 7 else ""

    # Rows

    def _rows(self, group: _Group) -> Iterator[NameUse]:
        for content in (True, False):
            items = sorted(
                (item for item in group.items if item.content == content), key=lambda it: (it.start, it.end)
            )
            if items:
                yield self._row(group, items, content)

    def _row(self, group: _Group, items: list[_Item], content: bool) -> NameUse:
        forms = list(dict.fromkeys(item.form for item in items if not item.derived)) or [items[0].form]
        counts = Counter(item.form for item in items)
        ranked = sorted(
            forms, key=lambda form: (-_fullness(group.kind, form, group.aliases), -counts[form], form)
        )
        form = (
            self._country_form(group.key) or ranked[0] if all(item.derived for item in items) else ranked[0]
        )
        key = form_key(group.kind, form) if group.kind == "PER" else group.key
        others = dict.fromkeys([*ranked, *group.aliases])
        others.pop(form, None)
        roles = dict.fromkeys(role for item in items for role in item.roles)
        return NameUse(
            id=place_id(self.id, "u", items[0].start, items[0].end, "" if content else FURNITURE),
            doc_id=self.id,
            kind=group.kind,
            form=form,
            key=key,
            others=tuple(others)[:_MOST_OTHERS],
            roles=tuple(roles)[:_MOST_ROLES],
            mention_ids=tuple(item.mention_id for item in items if item.mention_id),
            language=self.language or None,
            also=tuple(group.also[:_MOST_SAID]),
            formerly=tuple(dict.fromkeys(group.formerly[:_MOST_SAID])),
            traits=tuple(sorted({trait for item in items for trait in item.traits})[:_MOST_SAID]),
        )

    def _country_form(self, key: str) -> str | None:
        """The country's name in the document's language, where the document has only its adjective."""
        code = country_name_of(key)
        if code is None:
            return None
        for language in dict.fromkeys((self.language, *LANGUAGES)):
            if language in LANGUAGES:
                names = read_data(language, "places").get("nations", {}).get(code, {}).get("names", ())
                if names:
                    return str(names[0])
        return None


def _bare(noun: str) -> str:
    """„Generalstabs“ → „Generalstab“, where the table knows both."""
    for ending in ("es", "s", "n"):
        if noun.endswith(ending) and institution(noun[: -len(ending)]):
            return noun[: -len(ending)]
    return noun


def _fullness(kind: MentionKind, form: str, aliases: list[str]) -> int:
    """How much a form tells: words of a person's name, length of others; acronyms last."""
    if kind == "PER":
        return person_parts(form).size * 100 + sum(len(word) > 2 for word in form.split())
    if kind == "ORG" and read_body(form).owner:
        return 2
    return 0 if form in aliases or form.isupper() else 1
