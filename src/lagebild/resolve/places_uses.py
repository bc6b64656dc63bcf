"""What each place name of a text stands for where it stands: the scene of something, those who rule there, an attribute, a dateline."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lagebild.errors import BugInLagebild
from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.lang.lexicon import Lexicon, lexicon
from lagebild.model.account import Reason
from lagebild.model.document import Block, Masthead
from lagebild.model.identity import NameUse, PlaceRole, PlaceUse
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, Sentence
from lagebild.resolve.facts import facts_digest, name_facts
from lagebild.settings import Settings
from lagebild.step import DocView
from lagebild.textkit.normal import fold

__all__ = ["PlaceUseTools", "read_places"]

_TOKEN = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*|[^\s\w]")
_CLAUSE_END = frozenset(',;:.!?–—()„“”"»«')
_REACH = 200  # characters of a sentence looked at on either side: what governs a name stands near it
_BACK = 9  # words between a preposition and its name: „in der umkämpften ostukrainischen Kleinstadt …“
_NEAR_WORDS = 6
_AGENCY = re.compile(r"\s*\([^()\n]{2,40}\)\s*(?:[-–—:.]|(?=\w)|$)")
_DASH = re.compile(
    r"\s*(?:,\s*\d{1,2}\.\s?[\w.]+(?:\s\d{4})?|\s\d{1,2}\.\s?[\w.]+(?:\s\d{4})?)?\s*(?:\([^()\n]{2,40}\)\s*)?(?:[–—]|\s--?\s|\.(?=\s+\w))"
)
_NEXT_WORD = re.compile(r" [A-ZÄÖÜ][a-zäöüß]{1,15}\b")
_BY_RIVER = re.compile(r" (?:an der|am|im|in der|in|ob der|unter|bei|upon|on) [A-ZÄÖÜ][a-zäöüß]{2,20}\b")
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d+)?")
_KM_PER_MILE = 1.609
_MOST_KM = 500.0
_MOST_INSIDE = 3
_LEAST_BEHIND = 20  # characters of the block behind a dateline: a name alone in its line is none


class _Words:
    """A list of words; `a*` stands for words that begin with a, `*a*` for those that hold it. Compared without case."""

    def __init__(self, entries: Iterable[str]) -> None:
        listed = [entry.casefold() for entry in entries]
        self._whole = frozenset(entry for entry in listed if "*" not in entry)
        self._starts = tuple(sorted(e[:-1] for e in listed if e.endswith("*") and not e.startswith("*")))
        self._inside = tuple(sorted(entry.strip("*") for entry in listed if entry.startswith("*")))

    def has(self, word: str) -> bool:
        """True for a word of the list."""
        word = word.casefold()
        return (
            word in self._whole or word.startswith(self._starts) or any(part in word for part in self._inside)
        )

    def any_of(self, words: Iterable[str]) -> str | None:
        """The first of these words that is in the list."""
        return next((word for word in words if self.has(word)), None)


@dataclass(frozen=True)
class _Told:
    """The data of one language (`places_uses.toml`)."""

    at: frozenset[str]
    towards: frozenset[str]
    not_at: frozenset[str]
    from_: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    for_whom: frozenset[str]
    until: frozenset[str]
    near: dict[str, float]
    lands: dict[str, str]
    units: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    passive: frozenset[str]
    has: frozenset[str]
    strikes: _Words
    leaves: _Words
    flees: _Words
    stems: _Words
    goes: _Words
    suffers: _Words
    acts: _Words
    act_verbs: frozenset[str]
    lemmas: Lexicon
    based: _Words
    voices: _Words
    people: _Words
    offices: _Words
    bodies: _Words
    parts: _Words
    states_of: _Words
    it_says: _Words
    reporters: _Words
    reports: _Words
    ours: _Words

    def act(self, words: Sequence[str]) -> str | None:
        """The first of these words that is a deed or saying of those who rule."""
        listed = self.acts.any_of(words)
        return listed or next(
            (word for word in words if word.islower() and self.lemmas.lemma(word) in self.act_verbs), None
        )

    @property
    def prepositions(self) -> frozenset[str]:
        return self.at | self.not_at | self.from_ | self.of | self.to


_LISTS = (
    "strikes", "leaves", "flees", "stems", "goes", "suffers", "acts", "voices", "people", "offices", "bodies", "parts", "states_of",
    "it_says", "based",
)  # fmt: skip


def _act_verbs(language: str, data: dict[str, Any]) -> frozenset[str]:
    """Infinitives by which a place name stands for people: those of the list and the verbs of saying („vor|werfen“: vorwerfen)."""
    said = {
        verb.partition(":")[0].split()[-1].replace("|", "")
        for group in read_data(language, "cues")["group"]
        for verb in group["verbs"]
    }
    return frozenset({*data["act_verbs"], *said} - set(data["act_not"]))


def _lexicon(language: str) -> Lexicon:
    found = lexicon(language)
    if found is None:
        raise BugInLagebild(f"no word list for {language}, which has data")
    return found


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


@cache
def _told(language: str) -> _Told:
    data: dict[str, Any] = read_data(language, "places_uses")
    sets: dict[str, Any] = {
        name: _folded(data[name]) for name in ("at", "towards", "not_at", "of", "to", "for_whom", "until")
    }
    words: dict[str, Any] = {
        name: _folded(data["words"][name]) for name in ("units", "joins", "articles", "passive", "has")
    }
    lists: dict[str, Any] = {name: _Words(data[name]) for name in _LISTS}
    return _Told(
        act_verbs=_act_verbs(language, data), lemmas=_lexicon(language),
        **sets, **words, **lists, from_=_folded(data["from"]), near={key.casefold(): km for key, km in data["near"].items()}, lands=dict(data.get("lands", {})),
        reporters=_Words(data["reporter"]["before"]), reports=_Words(data["reporter"]["verbs"]), ours=_Words(data["reporter"]["ours"]),
    )  # fmt: skip


class PlaceUseTools:
    """Language data; read when first needed."""

    @classmethod
    def load(cls, settings: Settings) -> PlaceUseTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return f"{data_digest('places_uses', 'cues')}-{facts_digest()}-{Lexicon.digest()}"


def read_places(docs: Sequence[DocView], tools: PlaceUseTools) -> Iterable[PlaceUse]:
    """A row for each name of a place (kind LOC) in the body of a report: what it stands for there, and which place it asks for.

    Decided from the words around it in its sentence: the preposition that governs it, what stands before that, the verbs of its clause.
    Names joined by „und“ or commas share one answer. Adjectives and inhabitants are attributes. A text in a language without data
    gives `named` throughout. Furniture is left out.
    """
    for doc in docs:
        yield from _Reader(doc).rows()


@dataclass(frozen=True)
class _Verdict:
    role: PlaceRole
    reason: str
    word: str = ""
    within_km: float = 0.0


@dataclass(frozen=True)
class _Phrase:
    """What stands before a name: its preposition ("" none) with where that stands in the words before, words in between."""

    preposition: str
    at: int
    between: tuple[str, ...]
    head: str


class _Reader:
    """The place names of one document."""

    def __init__(self, doc: DocView) -> None:
        self.doc = doc
        self.text = doc.text
        masthead = doc.get(Masthead)
        language = (masthead.language or "").split("-")[0] if masthead else ""
        self.told = _told(language) if language in LANGUAGES and has_data(language, "places_uses") else None
        self.german = language == "de"
        self.blocks = [block for block in doc.rows(Block) if block.content]
        self.sentences = doc.rows(Sentence)
        self.starts = [sentence.start for sentence in self.sentences]
        self.keys = {mention_id: use.key for use in doc.rows(NameUse) for mention_id in use.mention_ids}
        self.places = sorted(
            (m for m in doc.rows(Mention) if m.kind == "LOC"), key=lambda m: (m.start, m.end, m.id)
        )
        self.covered = {place.start for place in self.places}

    def rows(self) -> Iterator[PlaceUse]:
        """The rows in text order."""
        before: tuple[Mention, _Verdict] | None = None
        for at, mention in enumerate(self.places):
            block = self._block(mention.start)
            if block is None:
                continue
            verdict = self._verdict(mention, block, before)
            before = (mention, verdict)
            yield self._row(mention, at, verdict)

    def _row(self, mention: Mention, at: int, verdict: _Verdict) -> PlaceUse:
        reading, word = self._reading(mention)
        inside = self._inside(mention, at)
        reasons = [Reason(verdict.reason, None, verdict.word or None)]
        if word:
            reasons.append(Reason("region_word", None, word))
        if inside:
            reasons.append(Reason("said_to_lie_in", None, ", ".join(inside)))
        if verdict.within_km:
            reasons.append(Reason("near_it", None, f"{verdict.within_km:g} km"))
        return PlaceUse(
            id=place_id(self.doc.id, "pu", mention.start, mention.end),
            doc_id=self.doc.id,
            mention_id=mention.id,
            key=self.keys.get(mention.id, ""),
            role=verdict.role,
            reading=reading,
            inside=inside,
            forms=self._forms(mention),
            within_km=verdict.within_km,
            reasons=tuple(reasons),
        )

    def _block(self, offset: int) -> Block | None:
        at = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[at] if at >= 0 and offset < self.blocks[at].end else None

    def _sentence(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return max(0, offset - _REACH), min(len(self.text), offset + _REACH)
        sentence = self.sentences[at]
        return max(sentence.start, offset - _REACH), min(max(sentence.end, offset + 1), offset + _REACH)

    # what it stands for

    def _verdict(self, mention: Mention, block: Block, before: tuple[Mention, _Verdict] | None) -> _Verdict:
        if mention.derived:
            return _Verdict("attribute", "place_adjective")
        if (
            self.text[mention.end : mention.end + 1] == "-"
            or self.text[mention.start - 1 : mention.start] == "-"
        ):
            return _Verdict("attribute", "part_of_a_word")
        if self._is_dateline(mention, block):
            return _Verdict("dateline", "dateline")
        if self.told is None:
            return _Verdict("named", "language_without_data")
        low, high = self._sentence(mention.start)
        if joined := self._joined(mention, before, low):
            return joined
        left = _TOKEN.findall(self.text, low, mention.start)
        right = _TOKEN.findall(self.text, mention.end, high)
        verdict = _judge(mention, self._is_ruler(mention), self._own_form(mention), left, right, self.told)
        if verdict.within_km and name_facts().places.country_of(mention.base):
            return _Verdict("acting", "meant_for", verdict.word)  # „bei Russland sei das anders“
        return verdict

    def _own_form(self, mention: Mention) -> bool:
        """False for a genitive („Moskaus“)."""
        exact = self.text[mention.start : mention.end]
        return exact == mention.base or not exact.endswith(("s", "’", "'"))

    def _is_ruler(self, mention: Mention) -> bool:
        """True for a seat of government and for a state: names that stand for those who rule."""
        words = name_facts().places
        return bool(words.seat_of(mention.base) or words.country_of(mention.base))

    def _joined(self, mention: Mention, before: tuple[Mention, _Verdict] | None, low: int) -> _Verdict | None:
        """The verdict of the name before, where only „und“, „,“ and the like stand between."""
        if before is None or self.told is None or before[0].end < low or before[1].role == "dateline":
            return None
        earlier, verdict = before
        between = _TOKEN.findall(self.text, earlier.end, mention.start)
        if earlier.derived or not between or len(between) > 4:
            return None
        plain = [word.casefold() for word in between]
        joins = self.told.joins
        if all(word in joins or word in (",", "/") or word in self.told.articles for word in plain) and (
            any(word in joins or word in (",", "/") for word in plain)
        ):
            if plain == [","] and self._after_comma_contains(mention):
                return _Verdict("named", "said_to_lie_in")
            return replace(verdict, reason="joined_with", word=self.text[earlier.start : earlier.end])
        return None

    def _after_comma_contains(self, mention: Mention) -> bool:
        """„Austin, Texas“: a state or region behind a comma and before another one."""
        words = name_facts().places
        return bool(words.country_named(mention.base)) and self.text[mention.end : mention.end + 1] in (
            ",",
            ")",
        )

    def _is_dateline(self, mention: Mention, block: Block) -> bool:
        """„Kiew (dpa) –“, „KIEW/MOSKAU, 12. März –“, „Von Anna Berg, Kairo“ at the head of a block."""
        if mention.start - block.start > 60:
            return False
        if block.kind in ("credit", "stamp"):
            return True
        head = self.text[block.start : mention.start]
        first = bisect_left(self.places, block.start, key=lambda place: place.start)
        last = bisect_left(self.places, mention.start, key=lambda place: place.start)
        names = [place for place in self.places[first:last] if place.end <= mention.start]
        for place in reversed(names):
            head = head[: place.start - block.start] + head[place.end - block.start :]
        if head.strip(" \t\n/,+|*") not in ("", "und", "and"):
            return False
        end = self._dateline_end(mention)
        if block.kind == "headline":
            return False
        follows = _AGENCY.match(self.text, end) or _DASH.match(self.text, end)
        return follows is not None and block.end - end > _LEAST_BEHIND

    def _dateline_end(self, mention: Mention) -> int:
        """End of the last of several names joined by strokes."""
        end = mention.end
        at = bisect_left(self.places, mention.start, key=lambda place: place.start)
        for place in self.places[at + 1 : at + 4]:
            if self.text[end : place.start].strip(" ") not in ("/", ","):
                break
            end = place.end
        return end

    # which place

    def _reading(self, mention: Mention) -> tuple[str, str]:
        """„Gebiet Kursk“, „Oblast“, „Kursker Gebiet“: admin1; „Kreis Celle“: district; "" where no such word stands by."""
        if mention.derived and not mention.base.endswith("er"):
            return "", ""
        words = name_facts().places.region_words
        own = mention.base.split()
        before = self.text[max(0, mention.start - 40) : mention.start].split()[-1:]
        after = (
            self.text[mention.end : mention.end + 30].split()[:1]
            if self.text[mention.end : mention.end + 1] == " "
            else []
        )
        told = (*(own[:1] if len(own) > 1 else ()), *before, *(own[-1:] if len(own) > 1 else ()), *after)
        for word in told:
            bare = word.strip('.,;:()„“"»«')
            level = words.get(fold(bare))
            if level:
                return level, bare
        return "", ""

    def _forms(self, mention: Mention) -> tuple[str, ...]:
        """The name as it stands where its base form differs, and with a capitalised word behind it („Tschassiw“ + „Jar“)."""
        exact = self.text[mention.start : mention.end]
        found = [exact] if exact != mention.base and not mention.derived else []
        if mention.derived and self.told:
            found += [
                land for land in (self.told.lands.get(mention.base.casefold()),) if land and len(land) > 2
            ]
        if not mention.derived:
            behind = (pattern.match(self.text, mention.end) for pattern in (_NEXT_WORD, _BY_RIVER))
            found += [exact + match[0] for match in behind if match]
        return tuple(found)

    def _inside(self, mention: Mention, at: int) -> tuple[str, ...]:
        """Names that are said to hold it: behind it in brackets, after a comma or „in“; before it as an adjective."""
        found: list[str] = []
        if at + 1 < len(self.places):
            after = self.places[at + 1]
            gap = self.text[mention.end : after.start]
            if len(gap) <= 60 and self._holds(gap, after):
                found.append(after.base)
        if at:
            earlier = self.places[at - 1]
            gap = self.text[earlier.end : mention.start]
            words = gap.split()
            if (
                earlier.derived
                and len(words) <= 3
                and earlier.end < mention.start
                and self._all_describe(words)
            ):
                lands = self.told.lands if self.told else {}
                found.append(lands.get(earlier.base.casefold(), earlier.base))
        found += self._adjectives(mention)
        return tuple(dict.fromkeys(found))[:_MOST_INSIDE]

    def _all_describe(self, words: Sequence[str]) -> bool:
        """True for adjectives and words like „Stadt“ alone: „ukrainische Großstadt Charkiw“."""
        regions = name_facts().places.region_words
        return all(_is_adjective(word) or fold(word.rpartition("-")[2]) in regions for word in words)

    def _holds(self, gap: str, after: Mention) -> bool:
        """True for „ (“, „, “, „ in “, „ im US-Bundesstaat “ before a name that can hold another."""
        if gap.strip() == "(" or (gap == ", " and self.text[after.end : after.end + 1] in ",.)–"):
            return True
        words = gap.split()
        if not words or "\n" in gap or gap[0] != " ":
            return False
        told = self.told
        articles = told.articles if told else frozenset[str]()
        first = words[0].casefold().strip("(,")
        if first not in ("in", "im"):
            return False
        regions = name_facts().places.region_words
        return all(
            word.casefold() in articles or fold(word.rpartition("-")[2]) in regions or _is_adjective(word)
            for word in words[1:]
        )

    def _adjectives(self, mention: Mention) -> Iterator[str]:
        """„im südtürkischen Adana“: an adjective of a state before the name that was not found as a name."""
        start = max(0, mention.start - 60)
        words = list(_TOKEN.finditer(self.text, start, mention.start))[-3:]
        places = name_facts().places
        lands = self.told.lands if self.told else {}
        for found in words:
            if found.start() in self.covered or not _is_adjective(found[0]):
                continue
            word = found[0].casefold()
            for side in ("", *_SIDES):
                if not word.startswith(side):
                    continue
                rest = word[len(side) :]
                land = next((lands[rest[:cut]] for cut in (None, -1, -2) if rest[:cut] in lands), None)
                if land or (code := places.country_of(rest)):
                    yield land or code or ""
                    break


_SIDES = ("südost", "südwest", "nordost", "nordwest", "süd", "nord", "ost", "west", "zentral")


def _is_adjective(word: str) -> bool:
    return (
        word[:1].islower()
        and len(word) > 4
        and word.endswith(("e", "en", "er", "em", "es", "ish", "ian", "ern"))
    )


def _judge(
    mention: Mention, ruler: bool, own_form: bool, left: list[str], right: list[str], told: _Told
) -> _Verdict:
    """The verdict from the words before and behind a name in its sentence."""
    phrase = _phrase(left, told)
    clause = _clause(left, right, told)
    if not own_form:
        return _genitive(phrase, left, right, told)
    if phrase.preposition:
        return _governed(phrase, ruler, left, right, clause, told)
    if left and left[-1] == "(":
        return _Verdict("named", "in_brackets")
    if phrase.head and told.parts.has(phrase.head) and not _ends_clause(left):
        return _Verdict("scene", "part_of_place", phrase.head)
    named_after = (
        phrase.head[:1].isupper()
        and not phrase.between
        and len(left) > 1
        and left[-2].casefold() in told.articles
    )
    of_it = all(one.casefold() in told.of or _is_region_word(one) for one in phrase.between)
    if named_after or (phrase.head[:1].isupper() and of_it and told.offices.has(phrase.head)):
        return _Verdict("attribute", "office_of", phrase.head)
    return _bare(phrase, ruler, left, right, clause, told)


def _is_region_word(word: str) -> bool:
    """„Gebiet“, „Grenzregion“, „Hafenstadt“."""
    return fold(word.rpartition("-")[2]) in name_facts().places.region_words


def _ends_clause(left: Sequence[str]) -> bool:
    return bool(left) and left[-1] in _CLAUSE_END


def _phrase(left: Sequence[str], told: _Told) -> _Phrase:
    """Back from the name over articles, adjectives, words like „Stadt“ to its preposition."""
    between: list[str] = []
    for back, word in enumerate(reversed(left[-_BACK:])):
        at = len(left) - 1 - back
        lower = word.casefold()
        two = f"{left[at - 1].casefold()} {lower}" if at else ""
        if two in told.at or two in told.to:
            return _Phrase(two, at - 1, tuple(between), left[at - 2] if at > 1 else "")
        if lower in told.prepositions and not (lower in told.articles and lower in told.of):
            return _Phrase(lower, at, tuple(between), left[at - 1] if at else "")
        if lower in told.articles and between and between[-1].casefold() in told.articles:
            return _Phrase("", -1, tuple(between), "")  # „…, in der die Ukraine“: a clause begins
        known = lower in told.articles or _is_region_word(word) or told.parts.has(word) or _is_adjective(word)
        if not known:
            return _Phrase("", -1, tuple(between), word)
        between.append(word)
    return _Phrase("", -1, tuple(between), "")


def _clause(left: Sequence[str], right: Sequence[str], told: _Told) -> list[str]:
    """The words of the clause a name stands in."""
    before: list[str] = []
    for word in reversed(left):
        if word in _CLAUSE_END:
            break
        before.append(word)
    after: list[str] = []
    for word in right:
        if word in _CLAUSE_END:
            break
        after.append(word)
    return [*reversed(before), *after]


def _near_before(left: Sequence[str], at: int, count: int = _NEAR_WORDS) -> list[str]:
    """Words before the preposition in its clause, nearest first."""
    found: list[str] = []
    for word in reversed(left[max(0, at - count) : max(at, 0)]):
        if word in _CLAUSE_END:
            break
        found.append(word)
    return found


def _genitive(phrase: _Phrase, left: Sequence[str], right: Sequence[str], told: _Told) -> _Verdict:
    """„Moskaus Forderung“, „im Norden Malis“, „Kölns Innenstadt“."""
    noun = next((word for word in right[:4] if word[:1].isupper()), "")
    if noun and told.parts.has(noun):
        return _Verdict("scene", "part_of_place", noun)
    before = next((word for word in reversed(left[-3:]) if word[:1].isupper()), "")
    if before and told.parts.has(before):
        return _Verdict("scene", "part_of_place", before)
    if (
        phrase.preposition in told.at
        and phrase.preposition not in told.towards
        and phrase.at == len(left) - 1
        and not noun
    ):
        return _Verdict("scene", "place_preposition", phrase.preposition)
    return _Verdict("attribute", "genitive", noun or before)


def _governed(
    phrase: _Phrase,
    ruler: bool,
    left: Sequence[str],
    right: Sequence[str],
    clause: Sequence[str],
    told: _Told,
) -> _Verdict:
    """A name behind a preposition."""
    preposition = phrase.preposition
    before = _near_before(left, phrase.at)
    km = _within_km(phrase, left, told)
    if km and preposition not in told.to | told.not_at and (not ruler or preposition not in told.towards):
        return _Verdict("scene", "near_it", preposition, km)
    if preposition in told.from_:
        return _from(before, ruler, clause, phrase, told)
    if preposition in told.of:
        return _of(phrase, ruler, before, right, clause, told)
    if preposition in told.to:
        return _to(before, ruler, clause, phrase, told)
    if preposition in told.not_at and preposition not in told.towards:
        word = told.strikes.any_of(before[:2])
        return _Verdict("acting" if ruler or not word else "scene", "not_where", preposition)
    if preposition in told.for_whom and ruler and not told.strikes.any_of(before):
        return _Verdict("acting", "meant_for", preposition)
    if preposition in told.towards:
        if any(told.parts.has(word) for word in phrase.between):
            return _Verdict("scene", "part_of_place", preposition)
        behind = _until_break(right, _NEAR_WORDS)
        word = told.strikes.any_of([*before, *behind]) or told.goes.any_of([*before, *behind])
        if word or not ruler:
            return _Verdict("scene", "done_there", word or preposition)
        return _Verdict("acting", "meant_for", preposition)
    return _in(phrase, ruler, before, right, clause, told)


def _in(
    phrase: _Phrase,
    ruler: bool,
    before: Sequence[str],
    right: Sequence[str],
    clause: Sequence[str],
    told: _Told,
) -> _Verdict:
    """„in Kiew“: the scene, but „hieß es in Kiew“, „die Regierung in Kiew“, „unsere Korrespondentin in Kairo“."""
    if any(told.parts.has(word) for word in phrase.between):
        return _Verdict("scene", "part_of_place", phrase.preposition)
    word = told.reporters.any_of(before[:4]) or told.ours.any_of(before[1:3])
    if word:
        return _Verdict("dateline", "reporter", word)
    if word := told.based.any_of([*before[:2], *_until_break(right, 2)]):
        return _Verdict("attribute", "based_there", word)
    if ruler:
        inside = any(word.casefold() in told.at for word in before[1:3])
        if before and before[0][:1].isupper() and told.bodies.has(before[0]) and not inside:
            return _Verdict("attribute", "office_of", before[0])
        if word := told.it_says.any_of(clause) or told.states_of.any_of(clause):
            return _Verdict("acting", "speaks_there", word)
    return _Verdict("scene", "place_preposition", phrase.preposition)


def _from(
    before: Sequence[str], ruler: bool, clause: Sequence[str], phrase: _Phrase, told: _Told
) -> _Verdict:
    """„aus Kiew hieß es“, „Menschen flohen aus Sumy“, „eine Familie aus Köln“."""
    if any(told.parts.has(word) for word in phrase.between):
        return _Verdict("scene", "part_of_place", "aus")
    if word := told.voices.any_of(before[:2]):
        return _Verdict("acting", "voice_from", word)
    if word := told.stems.any_of(clause):
        return _Verdict("attribute", "from_there", word)
    noun = before[0] if before and before[0][:1].isupper() else ""
    if (before and told.people.has(before[0])) or (noun and not told.leaves.any_of([noun, *clause])):
        return _Verdict("attribute", "from_there", before[0])
    if word := told.reporters.any_of(before[:4]) or told.reports.any_of(clause):
        return _Verdict("dateline", "reporter", word)
    if ruler and (word := told.voices.any_of(clause)):
        return _Verdict("acting", "voice_from", word)
    if word := told.leaves.any_of(clause):
        return _Verdict("scene", "leaves_it", word)
    return _Verdict("acting" if ruler else "scene", "from_there", phrase.preposition)


def _of(
    phrase: _Phrase,
    ruler: bool,
    before: Sequence[str],
    right: Sequence[str],
    clause: Sequence[str],
    told: _Told,
) -> _Verdict:
    """„Bürgermeister von Kiel“, „südlich von Kiel“, „die Einnahme von Torezk“, „von Moskau gefordert“."""
    head = before[0] if before else ""
    if (
        any(told.parts.has(word) for word in phrase.between)
        or told.parts.has(head)
        or head.casefold() in told.at
    ):
        return _Verdict("scene", "part_of_place", head or phrase.preposition)
    if told.offices.has(head) or told.people.has(head) or fold(head) in name_facts().roles:
        return _Verdict("attribute", "office_of", head)
    if ruler and not any(word.casefold() in told.to or word.casefold() in told.until for word in right[:2]):
        return _Verdict("acting", "done_by", phrase.preposition)
    return _Verdict("scene", "place_preposition", phrase.preposition)


def _to(before: Sequence[str], ruler: bool, clause: Sequence[str], phrase: _Phrase, told: _Told) -> _Verdict:
    """„nach Genf gereist“; „ein Signal nach Moskau“."""
    if ruler and (word := told.voices.any_of(before[:2])) and not told.goes.any_of(clause):
        return _Verdict("acting", "meant_for", word)
    return _Verdict("scene", "goes_there", told.goes.any_of(clause) or phrase.preposition)


def _until_break(words: Sequence[str], count: int) -> list[str]:
    """The first words up to the end of the clause."""
    found: list[str] = []
    for word in words[:count]:
        if word in _CLAUSE_END:
            break
        found.append(word)
    return found


def _bare(
    phrase: _Phrase,
    ruler: bool,
    left: Sequence[str],
    right: Sequence[str],
    clause: Sequence[str],
    told: _Told,
) -> _Verdict:
    """A name without preposition: subject or object, or before a colon."""
    if not left and right and right[0] == ":":
        return _Verdict("scene", "before_colon")
    lower = [word.casefold() for word in clause]
    suffers = told.suffers.any_of(clause)
    passive = any(word in told.passive for word in lower)
    active = any(word in told.has for word in lower) and not passive
    if suffers and not (ruler and active) and (not ruler or passive or not told.act(clause)):
        return _Verdict("scene", "happens_to_it", suffers)
    near = [*_until_break(right, 2), *_until_break(left[::-1], 2)]
    of_it = any(one.casefold() in told.of for one in phrase.between)
    if word := told.act(near) if not of_it else None:
        return _Verdict("acting", "acts", word)
    if part := next((one for one in phrase.between if told.parts.has(one) or _is_region_word(one)), ""):
        return _Verdict("scene", "part_of_place", part)
    word = told.act(clause)
    if ruler or word:
        return _Verdict("acting", "acts", word or "")
    return _Verdict("scene", "no_preposition")


def _within_km(phrase: _Phrase, left: Sequence[str], told: _Told) -> float:
    """How far from the name, where „nahe“, „in der Nähe von“, „20 Kilometer südlich von“ stand before it; 0 where it is in it."""
    around = [word.casefold() for word in left[max(0, phrase.at - _NEAR_WORDS) :]]
    joined = f" {' '.join(around)} "
    kinds = [
        told.near[key] for key in sorted(told.near) if f" {key} " in joined and _governs(key, phrase, around)
    ]
    if not kinds:
        return 0.0
    for at, word in enumerate(around):
        if word in told.units and at and (number := _NUMBER.fullmatch(around[at - 1])):
            km = float(number[0].replace(".", "").replace(",", "."))
            return round(min(_MOST_KM, km * (_KM_PER_MILE if word.startswith(("meil", "mile")) else 1)), 1)
    return max(kinds)


def _governs(key: str, phrase: _Phrase, around: Collection[str]) -> bool:
    """True where the words of nearness are the preposition itself or stand right before it or between it and the name."""
    words = key.split()
    tail = list(around)[-(len(phrase.between) + 3 + len(words)) :]
    return all(word in tail for word in words)
