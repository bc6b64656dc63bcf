"""Names in the text by lexicons, shapes and neighbours, without a model; what a document shows of a name once holds for all of it.

Known: `lang/*/names.toml`, given names, the gazetteer, the word lists. German writes every noun with a capital, so a word is taken
for a name because the word lists do not have it, because a list has it as a name, or because of the words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

from lagebild.annotate.name_facts import Facts, NameWords, name_words
from lagebild.lang.data import data_digest
from lagebild.lang.gazetteer import Gazetteer
from lagebild.lang.lexicon import LONGEST, Lexicon
from lagebild.model.account import Reason
from lagebild.model.document import Document, Masthead
from lagebild.model.ids import place_id
from lagebild.model.marks import Mention, MentionKind, Words
from lagebild.settings import Settings
from lagebild.step import DocView

__all__ = ["NameTools", "find_names"]

_SURE = 0.7
_ENOUGH = 0.45
_LONGEST_RUN = 12
_OPENING = frozenset("„“\"»«‚‘'–—-•*:+|/([")
_INITIAL = re.compile(r"[^\W\d_]\.\Z|[^\W\d_]\.-?[^\W\d_]\.\Z")
_ROMAN = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XVI?|XXIII)\.?\Z")
_MIXED = re.compile(r"[a-z]{1,2}[A-Z]|d['’][A-Z]|al-[A-Z]|el-[A-Z]")
_APOSTROPHE_S = re.compile(r"['’]s?\Z")
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûаеёиоуыэюяіїє")

_SHAPES = frozenset({"unknown_word", "surname_like", "capital", "acronym"})
"""What a word's own shape says; it weighs nothing against words beside the name."""

Evidence = tuple[MentionKind, float, str, str]


class NameTools:
    """The name words of each language, opened when a document needs them."""

    @classmethod
    def load(cls, settings: Settings) -> NameTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return (
            f"{data_digest('names', 'given_names', 'sentences')}-{Lexicon.digest()}-{Gazetteer.open().digest}"
        )

    def words_of(self, language: str | None) -> NameWords | None:
        return name_words(language)


@dataclass(frozen=True)
class _Word:
    """A word of a sentence. `first`: a capital says nothing here; `joined`: one plain space lies before it."""

    form: str
    start: int
    end: int
    facts: Facts
    first: bool
    joined: bool

    @property
    def capital(self) -> bool:
        return self.form[:1].isupper() or _MIXED.match(self.form) is not None


@dataclass(frozen=True)
class _Found:
    """A mention in the making: words `left` to `right` (exclusive) of sentence `row`."""

    row: int
    left: int
    right: int
    start: int
    end: int
    base: str
    kind: MentionKind
    derived: bool
    score: float
    reasons: tuple[Reason, ...]


def find_names(docs: Sequence[DocView], tools: NameTools) -> Iterable[Mention]:
    """The names of each document in text order: the longest name at each place, none inside another, none over a line end.

    `base` is the name without a genitive -s, adjectives without their ending; `derived` for „russisch“, „Moskauer“, „Ukrainer“.
    `score` is how sure we are that this is a name of this kind. Without rows: documents in languages without name data.
    Left out: names of works, products and events that are not on the list and look like ordinary words.
    """
    for doc in docs:
        masthead = doc.get(Masthead)
        names = tools.words_of(masthead.language if masthead else None)
        if names is None:
            continue
        reader = _Reader(doc.rows(Document)[0].text, names, doc.rows(Words))
        for found in reader.found():
            row_id = place_id(doc.id, "n", found.start, found.end)
            yield Mention(
                row_id,
                doc.id,
                found.start,
                found.end,
                found.base,
                found.kind,
                found.derived,
                found.score,
                found.reasons,
            )


def _weighed(evidence: Iterable[Evidence]) -> tuple[MentionKind, float, tuple[Reason, ...]]:
    """The kind that most speaks for, 1 - Π(1 - weight) as its score, and what spoke for it, the heaviest first."""
    by_kind: dict[MentionKind, list[Evidence]] = {}
    for item in evidence:
        by_kind.setdefault(item[0], []).append(item)
    if not by_kind:
        return "MISC", 0.0, ()
    scores = {kind: 1 - prod(1 - item[1] for item in items) for kind, items in by_kind.items()}
    kind = max(scores, key=lambda it: (round(scores[it], 6), -list(scores).index(it)))
    told = any(item[2] not in _SHAPES for item in by_kind[kind])
    rivals = sum(
        score
        for other, score in scores.items()
        if other != kind and not (told and all(item[2] in _SHAPES for item in by_kind[other]))
    )
    heaviest = sorted(by_kind[kind], key=lambda it: (-it[1], it[2]))[:5]
    reasons = tuple(Reason(name, round(weight, 2), detail or None) for _, weight, name, detail in heaviest)
    return kind, round(max(0.0, scores[kind] - 0.15 * min(1.0, rivals)), 3), reasons


class _Reader:
    """One document."""

    def __init__(self, text: str, names: NameWords, rows: Sequence[Words]) -> None:
        self.text = text
        self.names = names
        self.lands = _Lands(names, dict.fromkeys(self._forms(rows)))
        self.sentences = [self._words(row) for row in rows]
        self.forms = frozenset(word.form for words in self.sentences for word in words if word.capital)

    def _forms(self, rows: Sequence[Words]) -> Iterator[str]:
        for row in rows:
            for start, end in zip(row.starts, row.ends, strict=True):
                yield self.text[start:end]

    def _words(self, row: Words) -> list[_Word]:
        words: list[_Word] = []
        forms = [self.text[start:end] for start, end in zip(row.starts, row.ends, strict=True)]
        shout = _is_shout(forms)
        title = self.names.language == "en" and _is_title_case(forms)
        first, last_end = True, -1
        for form, start, end in zip(forms, row.starts, row.ends, strict=True):
            shown = form.title() if shout and len(form) > 3 else form
            joined = last_end >= 0 and start - last_end == 1 and self.text[last_end] in " \u00a0\u202f"
            words.append(_Word(shown, start, end, self.lands.facts(shown), first or shout or title, joined))
            if form[:1].isalnum():
                first = False
            elif form in _OPENING or form in ".!?…":
                first = True
            last_end = end
        return words

    def names_of_sentence(self, row: int) -> Iterator[_Found]:
        words, place = self.sentences[row], 0
        while place < len(words):
            found = self._at(row, words, place)
            if found is None:
                place += 1
            else:
                yield found
                place = max(found.right, place + 1)

    def found(self) -> list[_Found]:
        """Both passes: what each sentence shows, then what the sure names of the document say about the others."""
        seen = [found for row in range(len(self.sentences)) for found in self.names_of_sentence(row)]
        known = _Known(seen, self.names.keep_s, self.names.legal_forms)
        by_row: dict[int, list[_Found]] = {}
        for found in seen:
            by_row.setdefault(found.row, []).append(found)
        result: list[_Found] = []
        for row in range(len(self.sentences)):
            result.extend(self._settled(row, by_row.get(row, []), known))
        return result

    def _settled(self, row: int, seen: list[_Found], known: _Known) -> Iterator[_Found]:
        words = self.sentences[row]
        taken = {
            index
            for found in seen
            for index in range(found.left, found.right)
            if known.apply(found).score >= _ENOUGH
        }
        extra: list[_Found] = []
        for index, word in enumerate(words):
            if index in taken or not word.capital or word.facts.ignored or word.facts.nation:
                continue
            if entry := known.entry(word.form):
                kind, base, full = entry
                if word.facts.common == 2 and not self._could_be_surname(words, index):
                    continue
                score = known.score(base)
                reason = Reason("same_document", score, f"elsewhere: {full}")
                extra.append(
                    _Found(row, index, index + 1, word.start, word.end, base, kind, False, score, (reason,))
                )
        whole = [self._whole(words, found, known) for found in seen]
        kept = [found for found in map(known.apply, whole) if found.score >= _ENOUGH]
        yield from sorted([*kept, *extra], key=lambda it: it.start)

    @staticmethod
    def _whole(words: list[_Word], found: _Found, known: _Known) -> _Found:
        """„Baltika-Linie“ as a whole, where the document has that as a name elsewhere („die Reederei Baltika-Linie“)."""
        word = words[found.left]
        if (
            found.right != found.left + 1
            or found.end == word.end
            or (entry := known.entry(word.form)) is None
        ):
            return found
        kind, base, full = entry
        reason = Reason("same_document", 0.7, f"elsewhere: {full}")
        return replace(found, end=word.end, kind=kind, base=base, score=known.score(base), reasons=(reason,))

    def _could_be_surname(self, words: list[_Word], index: int) -> bool:
        """An ordinary word that is somebody's surname here („Koch“): not behind an article or an adjective."""
        if index == 0:
            return len(words) > 1 and self.names.saying.match(words[1].form) is not None
        before = words[index - 1]
        if before.form.lower() in self.names.articles:
            return False
        beside = before.facts.role or before.facts.common < 2 or self.names.saying.match(before.form)
        return bool(beside) or not before.form[:1].isalpha() or self.names.is_starter(before.form)

    # What stands at a place.

    def _at(self, row: int, words: list[_Word], place: int) -> _Found | None:
        word = words[place]
        if not word.form[:1].isalpha() and word.form != "(":
            return None
        return (
            self._bracketed(row, words, place)
            or self._listed(row, words, place)
            or self._long_place(row, words, place)
            or self._capital_adjective(row, words, place)
            or self._organisation(row, words, place)
            or self._compound(row, words, place)
            or self._derived(row, words, place)
            or self._institution(row, words, place)
            or self._run(row, words, place)
            or self._place_in_context(row, words, place)
        )

    def _found(
        self,
        row: int,
        words: list[_Word],
        left: int,
        right: int,
        evidence: Iterable[Evidence],
        *,
        base: str = "",
        derived: bool = False,
    ) -> _Found | None:
        kind, score, reasons = _weighed(evidence)
        if score < 0.2:
            return None
        base = base or self._base(words, left, right)
        return _Found(
            row, left, right, words[left].start, words[right - 1].end, base, kind, derived, score, reasons
        )

    def _base(self, words: list[_Word], left: int, right: int) -> str:
        forms = [word.form for word in words[left:right]]
        forms[-1] = self._without_genitive(words, left, right)
        return " ".join(form for form in forms if form not in "()")

    def _without_genitive(self, words: list[_Word], left: int, right: int) -> str:
        form = words[right - 1].form
        bare = _APOSTROPHE_S.sub("", form)
        if bare != form:
            return bare
        if self.names.language == "en" or not form.endswith("s") or len(form) < 4 or form.isupper():
            return form
        stem = form[:-1]
        behind = words[right] if right < len(words) else None
        if right == left + 1 and behind is not None and behind.joined and self._owned(words[left], behind):
            return stem
        if form.endswith(self.names.keep_s) and not (
            self.names.words.listed_lemma(form) == stem or self.names.facts(stem).place == 4
        ):
            return form
        if (
            stem in self.forms
            or self.lands.facts(stem).place >= 3
            or self.names.facts(stem).given
            or self.names.listed((stem,))
        ):
            return stem
        if self.names.facts(form).place >= 3 or self.names.facts(form).given or self.names.listed((form,)):
            return form
        before = words[left - 1].form if left else ""
        after = words[right] if right < len(words) else None
        noun_after = after is not None and after.capital and after.facts.common == 2
        noun_before = (
            bool(left)
            and words[left - 1].capital
            and words[left - 1].facts.common == 2
            and not words[left - 1].facts.role
        )
        return stem if before.lower() in self.names.genitive_articles or noun_after or noun_before else form

    def _owned(self, word: _Word, behind: _Word) -> bool:
        """„Aurentias Außenministerin“: an unknown name on -s right before a role or body is a genitive, whatever it ends in."""
        facts = self.names.facts(word.form)
        return (
            facts.common == 0
            and not facts.given
            and behind.capital
            and (behind.facts.role or behind.facts.institution)
        )

    def _bracketed(self, row: int, words: list[_Word], place: int) -> _Found | None:
        """„(Donald) Trump“: a given name in brackets belongs to the name after it."""
        if words[place].form != "(" or place + 3 >= len(words) or words[place + 2].form != ")":
            return None
        given, surname = words[place + 1], words[place + 3]
        if not (given.facts.given and surname.capital and surname.joined and not surname.facts.ignored):
            return None
        right = self._run_end(words, place + 3)
        name = self._base(words, place + 3, max(right, place + 4))
        evidence: list[Evidence] = [("PER", 0.9, "given_name", given.form)]
        return self._found(row, words, place, max(right, place + 4), evidence, base=f"{given.form} {name}")

    def _listed(self, row: int, words: list[_Word], place: int) -> _Found | None:
        if not words[place].capital:
            entry = self.names.known.get((words[place].form,))
            return (
                self._found(
                    row, words, place, place + 1, [(entry[0], 0.9, "listed", entry[1])], base=entry[1]
                )
                if entry
                else None
            )
        for length in range(min(self.names.longest_known, len(words) - place), 0, -1):
            right = place + length
            if not all(word.joined for word in words[place + 1 : right]):
                continue
            entry = self.names.listed(tuple(word.form for word in words[place:right]))
            if entry is None or not words[right - 1].capital:
                continue
            if (
                length == 1
                and self._run_end(words, place) > right
                and not (words[place].form.isupper() and entry[0] != "PER")
            ):
                return None
            if (
                length == 1
                and words[place].facts.small
                and not words[place].form.isupper()
                and (words[place].first or entry[0] == "PER")
            ):
                continue
            right = self._with_organisation_tail(words, place, right) if entry[0] == "ORG" else right
            base = entry[1] if right == place + length else ""
            return self._found(row, words, place, right, [(entry[0], 0.95, "listed", entry[1])], base=base)
        return None

    def _long_place(self, row: int, words: list[_Word], place: int) -> _Found | None:
        """„Frankfurt am Main“, „Rostow am Don“: small words inside a place that the gazetteer has as a whole."""
        if not words[place].capital:
            return None
        if (
            words[place].form in self.names.place_prefixes
            and place + 1 < len(words)
            and words[place + 1].joined
            and words[place + 1].capital
        ):
            name = f"{words[place].form} {words[place + 1].form}"
            if self.names.places.knows(name) or self.names.places.knows(name.removesuffix("s")):
                return self._found(row, words, place, place + 2, [("LOC", 0.9, "gazetteer", name)])
        if words[place].facts.place < 2:
            return None
        for length in (3, 4):
            run = words[place : place + length]
            if (
                len(run) < length
                or not all(word.joined for word in run[1:])
                or not run[-1].capital
                or run[1].capital
            ):
                continue
            if self.names.places.knows(" ".join(word.form for word in run)):
                return self._found(row, words, place, place + length, [("LOC", 0.95, "gazetteer", "")])
        return None

    def _with_organisation_tail(self, words: list[_Word], place: int, right: int) -> int:
        while (
            right < len(words)
            and right - place < _LONGEST_RUN
            and words[right].joined
            and words[right].form in self.names.legal_forms
        ):
            right += 1
        return right

    def _capital_adjective(self, row: int, words: list[_Word], place: int) -> _Found | None:
        """„Zweiter Weltkrieg“, „Deutsche Bundesbank“, „Kölner Stadt-Anzeiger“: an adjective with a capital inside a sentence."""
        if self.names.language == "en" or place + 1 >= len(words):
            return None
        word, noun = words[place], words[place + 1]
        if not (word.capital and noun.capital and noun.joined) or noun.facts.ignored:
            return None
        street = (
            noun.form in self.names.heads
            and self.names.heads[noun.form] == "LOC"
            and len(word.form) > 4
            and not word.facts.role
        )
        if noun.form in self.names.local_nouns and word.form.endswith("er"):
            return None
        city = word.form.endswith("er") and (
            word.facts.nation.endswith("er") or (street and (word.facts.common == 0 or not word.first))
        )
        if not city and not self._is_adjective(word):
            return None
        right = place + 2
        while (
            right < len(words)
            and words[right].joined
            and words[right].capital
            and (words[right].facts.org_head or words[right].form in self.names.legal_forms)
            and right - place < 5
        ):
            right += 1
        head = words[right - 1].form
        evidence: list[Evidence] = []
        if words[right - 1].facts.org_head or head in self.names.legal_forms or noun.facts.org_head:
            evidence.append(("ORG", 0.75, "organisation_noun", head))
        elif head in self.names.heads:
            evidence.append((self.names.heads[head], 0.7, "name_noun", head))
        elif city or word.first or word.facts.common == 0:
            return None
        else:
            evidence.append(("MISC", 0.5, "capital_adjective", word.form))
        if word.first and not city and word.facts.nation == "":
            return None
        return self._found(row, words, place, right, evidence)

    def _is_adjective(self, word: _Word) -> bool:
        form = word.form
        if not form.endswith(("e", "en", "er", "es", "em")) or len(form) < 5 or self.names.is_starter(form):
            return False
        if word.facts.nation[:1].islower():
            return True
        listed = self.names.words.listed_lemma(form.lower())
        own = self.names.words.listed_lemma(form)
        return (
            bool(listed)
            and listed != form.lower()
            and not listed.endswith("en")
            and (not own or own[:1].islower() or own.endswith("isch"))
        )

    def _organisation(self, row: int, words: list[_Word], place: int) -> _Found | None:
        """Names held together by a legal form, a club word or an organisation noun with a name beside it."""
        word = words[place]
        if not word.capital or (word.facts.ignored and word.form not in self.names.club_words):
            return None
        if (
            self.names.language == "en"
            and word.facts.org_head
            and place + 2 < len(words)
            and words[place + 1].form == "of"
        ):
            last = self._run_end(words, place + 2)
            if last > place + 2 and words[place + 2].joined:
                return self._found(row, words, place, last, [("ORG", 0.85, "organisation_noun", word.form)])
        right = place + 1
        while (
            right < len(words)
            and right - place < 6
            and words[right].joined
            and (words[right].capital or words[right].form in "&+")
        ):
            right += 1
        for end in range(right, place + 1, -1):
            if words[end - 1].form in self.names.legal_forms and not (
                word.facts.common == 2 and end - place > 2 and self._namey(words[place + 1])
            ):
                return self._found(row, words, place, end, [("ORG", 0.9, "legal_form", words[end - 1].form)])
        if (
            right - place < 2
            or word.facts.role
            or (word.first and word.facts.common == 2 and not word.facts.org_head)
        ):
            return None
        namey = [
            it for it in words[place:right] if it.facts.common < 2 or it.facts.place >= 3 or it.facts.nation
        ]
        if word.form in self.names.club_words and (namey or word.form.isupper()):
            end = place + 2 + (right > place + 2 and words[place + 2].facts.common < 2)
            return self._found(row, words, place, end, [("ORG", 0.85, "club_word", word.form)])
        if self.names.language == "en":
            return None
        if word.facts.org_head and word.facts.common == 2:
            after = words[place + 1].facts
            if after.place >= 3 and after.common < 2:
                return self._found(
                    row, words, place, place + 2, [("ORG", 0.7, "organisation_noun", word.form)]
                )
        return None

    def _compound(self, row: int, words: list[_Word], place: int) -> _Found | None:
        """„US-Präsident“, „Trump-Berater“: the name part of a hyphenated compound; „EU-Kommission“ as a whole."""
        word = words[place]
        head, hyphen, tail = word.form.rpartition("-")
        if (
            not hyphen
            or not head[:1].isupper()
            or word.facts.given
            or word.facts.place >= 2
            or word.facts.nation
        ):
            return None
        entry = self.names.listed((head,))
        if entry is None and self.names.listed((head.partition("-")[0],)):
            head = head.partition("-")[0]
            entry = self.names.listed((head,))
        facts = self.names.facts(head)
        if self.names.heads.get(tail) == "LOC" and word.facts.common != 1:
            return self._found(row, words, place, place + 1, [("LOC", 0.8, "name_noun", tail)])
        if entry is None and tail in self.names.company_nouns and facts.common == 0 and not facts.place:
            return self._found(row, words, place, place + 1, [("ORG", 0.75, "organisation_noun", tail)])
        tail_facts = self.names.facts(tail[:1].upper() + tail[1:]) if tail else Facts()
        if tail in self.names.org_heads or tail in self.names.institutions:
            weight = 0.8 if entry or facts.common < 2 or facts.place >= 3 else 0.1
            return self._found(row, words, place, place + 1, [("ORG", weight, "organisation_noun", tail)])
        before = words[place - 1] if place and word.joined else None
        if before is not None and before.form in self.names.org_nouns and entry is None:
            return self._found(
                row, words, place, place + 1, [("ORG", 0.75, "organisation_noun_before", before.form)]
            )
        if (
            tail
            and (tail_facts.common < 2 or tail_facts.given)
            and not tail.startswith(self.names.company_tails)
        ):
            return None
        return self._name_part(row, words, place, head, entry, facts)

    def _name_part(
        self,
        row: int,
        words: list[_Word],
        place: int,
        head: str,
        entry: tuple[MentionKind, str] | None,
        facts: Facts,
    ) -> _Found | None:
        evidence: list[Evidence] = []
        if entry:
            evidence.append((entry[0], 0.85, "compound", head))
        elif facts.ignored or facts.role or len(head) < 2:
            return None
        elif facts.place >= 3 and facts.common < 2:
            evidence.append(("LOC", 0.8, "compound", head))
        elif facts.acronym:
            evidence.append(("ORG", 0.6, "compound", head))
        elif facts.common == 0 and not facts.english and head.isalpha():
            tail = words[place].form.rpartition("-")[2]
            company = tail.startswith(self.names.company_tails)
            kind: MentionKind = "ORG" if company else "LOC" if facts.place else "PER"
            evidence.append((kind, 0.75 if company else 0.5, "compound", words[place].form))
        if not evidence:
            return None
        found = self._found(row, words, place, place + 1, evidence, base=entry[1] if entry else head)
        return replace(found, end=found.start + len(head)) if found else None

    def _derived(self, row: int, words: list[_Word], place: int) -> _Found | None:
        word = words[place]
        if not word.facts.nation or (
            word.facts.given and place + 1 < len(words) and words[place + 1].capital
        ):
            return None
        if word.facts.place >= 3 and word.facts.common < 2:
            return None
        return self._found(
            row,
            words,
            place,
            place + 1,
            [("LOC", 0.85, "derived", word.facts.nation)],
            base=word.facts.nation,
            derived=True,
        )

    def _institution(self, row: int, words: list[_Word], place: int) -> _Found | None:
        word = words[place]
        if not word.facts.institution:
            return None
        evidence: list[Evidence] = [("ORG", 0.7, "institution", word.form)]
        if place and words[place - 1].facts.nation:
            evidence.append(("ORG", 0.5, "nation_before", words[place - 1].form))
        base = self.names.words.listed_lemma(word.form) or word.form
        return self._found(row, words, place, place + 1, evidence, base=base)

    # Runs of words with capitals.

    def _namey(self, word: _Word) -> bool:
        facts = word.facts
        if not word.capital or facts.ignored or facts.role or facts.nation:
            return False
        if self.names.language == "en":
            return not word.first or facts.given or facts.common < 2 or facts.place >= 3
        return facts.common < 2 or facts.given or bool(_INITIAL.match(word.form))

    def _first_of_several(self, words: list[_Word], place: int) -> bool:
        """English: a word at the beginning of a sentence is part of the name that goes on behind it („Siemens Energy“)."""
        word = words[place]
        if self.names.language != "en" or not word.first or not word.capital or place + 1 >= len(words):
            return False
        facts, after = word.facts, words[place + 1]
        plain = facts.ignored or facts.role or facts.nation or self.names.is_starter(word.form)
        return not plain and after.capital and after.joined and not after.first and not after.facts.ignored

    def _run_end(self, words: list[_Word], place: int) -> int:
        """Where the name that starts here ends; `place` where none starts."""
        if not self._namey(words[place]) and not self._first_of_several(words, place):
            return place
        right, limit = place + 1, min(len(words), place + _LONGEST_RUN)
        while right < limit:
            step = self._extension(words, place, right)
            if not step:
                break
            right += step
        return right

    def _extension(self, words: list[_Word], place: int, right: int) -> int:
        """How many words from `right` on belong to the name that starts at `place`."""
        word, before = words[right], words[right - 1]
        if not word.joined:
            return 0
        named = any(it.facts.given or _INITIAL.match(it.form) for it in words[place:right])
        if self._namey(word):
            if word.form == before.form or (
                _INITIAL.match(before.form) and right - place == 1 and word.facts.common == 2
            ):
                return 0
            starts_anew = (
                word.facts.given
                and not before.facts.given
                and not _INITIAL.match(before.form)
                and right + 1 < len(words)
                and words[right + 1].capital
                and words[right + 1].joined
            )
            both_places = (
                before.facts.place >= 3
                and word.facts.place >= 3
                and before.facts.common
                and word.facts.common
                and not named
                and not self.names.places.knows(f"{before.form} {word.form}")
            )
            return 0 if starts_anew or both_places else 1
        if word.form in self.names.name_suffixes and named:
            return 1
        ordinary = self.names.words.knows(word.form)
        givens = all(
            it.facts.given and not (ordinary and it.form in self.names.weak_given)
            for it in words[place:right]
        )
        if (
            word.capital
            and givens
            and right - place < 3
            and not word.facts.ignored
            and not word.facts.nation
            and not word.facts.role
        ):
            return 1
        if named and _ROMAN.match(word.form):
            return 1
        if right == place + 1 and self._looks_like_compound(words, right):
            return 1
        if word.capital and word.facts.org_head and word.facts.english and not named:
            return 1
        return self._particles(words, place, right, named)

    def _looks_like_compound(self, words: list[_Word], at: int) -> bool:
        """„Philippa Marchmont“: no word of the list, though two listed names side by side make it up, right behind a name."""
        word, before = words[at], words[at - 1]
        if (
            not word.capital
            or word.facts.role
            or word.facts.ignored
            or word.facts.nation
            or before.facts.role
        ):
            return False
        if before.facts.common or before.facts.place >= 3 or self.names.words.knows(word.form):
            return False
        return self.names.language != "en" and self.names.only_of_names(word.form)

    def _particles(self, words: list[_Word], place: int, right: int, named: bool) -> int:
        length = 0
        while (
            length < 2
            and right + length < len(words)
            and words[right + length].joined
            and words[right + length].form in self.names.particles
        ):
            length += 1
        if not length or right + length >= len(words):
            return 0
        after = words[right + length]
        if not (after.joined and after.capital) or after.facts.ignored or after.facts.role:
            return 0
        if after.facts.org_head or after.facts.institution or after.form in self.names.org_nouns:
            return 0
        if words[right].form in self.names.plain_particles and not (
            named and (self._namey(after) or (right - place == 1 and self._is_adjective(after)))
        ):
            return 0
        foreign = words[right].form not in self.names.homely_particles
        return (
            length + 1
            if (named and (foreign or self._namey(after) or length > 1))
            or (foreign and after.facts.common == 0 and words[place].facts.common == 0)
            else 0
        )

    def _run(self, row: int, words: list[_Word], place: int) -> _Found | None:
        right = self._run_end(words, place)
        if right == place:
            return None
        if (
            right - place > 1
            and words[right - 1].form.endswith(".")
            and _INITIAL.match(words[right - 1].form)
            and right == len(words)
        ):
            right -= 0
        evidence = self._several(words, place, right) if right - place > 1 else self._single(words, place)
        return (
            self._found(row, words, place, right, [*evidence, *self._neighbours(words, place, right)])
            if evidence
            else None
        )

    def _several(self, words: list[_Word], left: int, right: int) -> list[Evidence]:
        run = words[left:right]
        forms = " ".join(word.form for word in run)
        heads = [word for word in run if word.facts.org_head]
        places = self.names.places
        stem = forms.removesuffix("s")
        if (
            not run[0].facts.given
            and len(forms) < 60
            and (places.knows(forms) or (stem != forms and places.knows(stem)))
        ):
            return [("LOC", 0.8, "gazetteer", forms)]
        if heads and (heads[-1] is run[-1] or heads[-1].facts.english) and not run[0].facts.given:
            return [("ORG", 0.8, "organisation_noun", heads[-1].form)]
        if run[-1].form in self.names.heads and not run[0].facts.given:
            return [(self.names.heads[run[-1].form], 0.7, "name_noun", run[-1].form)]
        if run[0].facts.given or _INITIAL.match(run[0].form):
            return [("PER", 0.9, "given_name", run[0].form)]
        if any(word.facts.given for word in run):
            return [("PER", 0.7, "given_name", next(word.form for word in run if word.facts.given))]
        english = sum(word.facts.english and not word.facts.given for word in run)
        if self.names.language != "en" and english * 2 >= len(run):
            return [("MISC", 0.5, "foreign_title", forms), ("ORG", 0.45, "foreign_title", forms)]
        if run[-1].facts.place >= 3 and run[0].facts.place < 3 and len(run) == 2:
            return [("ORG", 0.55, "name_with_place", forms)]
        unknown = sum(word.facts.common == 0 for word in run)
        if unknown == 0 and run[0].first:
            return []
        if self.names.language == "en" and all(word.facts.small for word in run):
            return [("ORG", 0.5, "ordinary_words", forms), ("MISC", 0.3, "ordinary_words", forms)]
        return [("PER", 0.6 if unknown > 1 else 0.5, "unknown_words", forms)]

    def _single(self, words: list[_Word], place: int) -> list[Evidence]:
        word = words[place]
        facts = word.facts
        if _INITIAL.match(word.form) or _ROMAN.match(word.form):
            return []
        if any(letter.isdigit() for letter in word.form):
            return [("MISC", 0.3, "capital", word.form)]
        if (
            word.form[:1].isupper()
            and any(letter.isupper() for letter in word.form[2:])
            and word.form[1:2].islower()
            and "-" not in word.form
            and "/" not in word.form
        ):
            return [("ORG", 0.5, "inner_capital", word.form)]
        if facts.acronym:
            return [("ORG", 0.55, "acronym", word.form)] if not word.first or facts.common == 0 else []
        bare = self.lands.facts(word.form[:-1]) if word.form.endswith("s") else Facts()
        place_rank = max(facts.place, bare.place if bare.common < 2 else 0)
        evidence: list[Evidence] = []
        if facts.given or bare.given:
            evidence.append(
                ("PER", 0.25 if word.form in self.names.weak_given else 0.6, "given_name", word.form)
            )
        if place_rank >= 3:
            doubtful = (
                place_rank == 3 and facts.common == 1 and place > 0 and self._noun_context(words[place - 1])
            )
            reason = "adjective_in_document" if self.lands.has(word.form) else "gazetteer"
            evidence.append(("LOC", 0.35 if doubtful else 0.85, reason, word.form))
        elif place_rank:
            weights = (0.4, 0.6) if facts.common == 0 else (0.3, 0.4)
            evidence.append(("LOC", weights[place_rank - 1], "gazetteer", word.form))
        if facts.common < 2 and word.form.endswith(self.names.place_endings) and len(word.form) > 5:
            evidence.append(
                ("LOC", 0.5 if facts.common == 0 or place_rank else 0.2, "place_ending", word.form)
            )
        if facts.common == 0 and not facts.given and word.form.endswith(self.names.land_likely):
            return [*evidence, ("LOC", 0.55, "place_ending", word.form)]
        if facts.common == 1 and not any(item[1] > 0.3 for item in evidence):
            return self._listed_without_plural(words, place, evidence)
        if facts.common == 0 and not (facts.english and self.names.language != "en"):
            known_shape = any(letter in _VOWELS for letter in word.form.lower()) and len(word.form) > 2
            weight = 0.2 if not known_shape else 0.3 if word.first or place_rank > 1 else 0.46
            evidence.append(("PER", weight, "unknown_word", word.form))
        elif self.names.language == "en" and not word.first:
            evidence.append(("MISC", 0.4, "capital", word.form))
        return evidence

    def _listed_without_plural(
        self, words: list[_Word], place: int, evidence: list[Evidence]
    ) -> list[Evidence]:
        """A word that the list has without a plural: a surname or a mass noun; the words beside it must decide."""
        doubtful = words[place].first or (place > 0 and self._noun_context(words[place - 1]))
        return [*evidence, ("PER", 0.2 if doubtful else 0.35, "surname_like", words[place].form)]

    def _noun_context(self, before: _Word) -> bool:
        """An article or an adjective before a word makes it an ordinary noun rather than a name."""
        if before.form.lower() in self.names.articles:
            return True
        return (
            before.form[:1].islower()
            and self._is_small_adjective(before)
            and before.form not in self.names.particles
        )

    def _is_small_adjective(self, word: _Word) -> bool:
        return word.form.endswith(("e", "en", "er", "es", "em")) and len(word.form) > 4

    def _neighbours(self, words: list[_Word], left: int, right: int) -> Iterator[Evidence]:
        names, before = self.names, words[left - 1] if left else None
        after = words[right] if right < len(words) else None
        if before is not None:
            yield from self._before(before, words[left - 2] if left > 1 else None, words[left])
        if after is not None and after.joined and after.form[:1].islower() and names.saying.match(after.form):
            yield ("PER", 0.35, "saying_verb", after.form)
        if after is not None and after.joined and after.form in names.place_nouns_behind:
            yield ("LOC", 0.6, "place_noun", after.form)
        if after is not None and after.form == "," and right + 1 < len(words) and words[right + 1].facts.role:
            yield ("PER", 0.5, "role_after", words[right + 1].form)

    def _before(self, before: _Word, earlier: _Word | None, word: _Word) -> Iterator[Evidence]:
        names = self.names
        if not word.joined:
            return
        if before.form in names.place_nouns or (
            before.capital and before.form.lower().endswith(names.place_noun_endings or "\0")
        ):
            yield ("LOC", 0.6, "place_noun", before.form)
        elif before.form in names.org_nouns or (
            before.capital and before.form.lower().endswith(names.org_noun_endings or "\0")
        ):
            yield ("ORG", 0.7, "organisation_noun_before", before.form)
        elif before.facts.role and (before.capital or names.language == "en") and word.facts.place < 4:
            yield ("PER", 0.75, "role_before", before.form)
        elif before.form.lower() in names.place_prepositions:
            yield ("LOC", 0.5, "place_preposition", before.form)
        elif (
            earlier is not None
            and before.form in names.of_words
            and earlier.form.lower().endswith(names.places_of)
        ):
            yield ("LOC", 0.6, "place_noun", earlier.form)
        elif before.form.lower() in names.weak_place_prepositions and word.facts.place:
            yield ("LOC", 0.3, "place_preposition", before.form)
        elif before.form[:1].islower() and names.saying.match(before.form):
            yield ("PER", 0.35, "saying_verb", before.form)
        elif before.form.lower() in names.articles and not word.facts.given and names.language != "en":
            yield ("ORG", 0.35, "article_before", before.form)
            yield ("MISC", 0.3, "article_before", before.form)

    def _place_in_context(self, row: int, words: list[_Word], place: int) -> _Found | None:
        """„in Essen“, „nach Halle“: a town whose name is an ordinary word, behind a preposition without an article."""
        word = words[place]
        if not word.capital or not place or not word.joined:
            return None
        noun = words[place - 1].form
        if (
            noun in self.names.org_nouns
            and word.facts.common == 2
            and not self.names.words.knows(word.form)
            and not word.facts.role
        ):
            return self._found(row, words, place, place + 1, [("ORG", 0.6, "organisation_noun_before", noun)])
        if word.facts.place < 3 or word.facts.common < 2 or word.facts.ignored or word.facts.role:
            return None
        before = words[place - 1]
        if not word.joined or (
            before.form.lower() not in self.names.sure_prepositions
            and before.form not in self.names.place_nouns
        ):
            return None
        if place + 1 < len(words) and words[place + 1].capital and words[place + 1].joined:
            return None
        return self._found(
            row,
            words,
            place,
            place + 1,
            [("LOC", 0.55, "place_preposition", before.form), ("LOC", 0.3, "gazetteer", word.form)],
        )


class _Lands:
    """Lands that no list has, told by the adjectives and inhabitants beside them in the document: „Aurentien“ by „aurentische“."""

    def __init__(self, names: NameWords, forms: Iterable[str]) -> None:
        self._names = names
        self._nations: dict[str, str] = {}
        self._lands: set[str] = set()
        lands: dict[str, list[str]] = {}
        derived: dict[str, list[tuple[str, str]]] = {}
        for form in forms:
            if not 5 < len(form) <= LONGEST or not form[:1].isalpha():
                continue
            for land in self._readings(form, names.land_endings):
                if form[:1].isupper():
                    lands.setdefault(land, []).append(form)
            for ending in names.land_derived:
                if form.endswith(ending) and len(form) - len(ending) > 3:
                    derived.setdefault(form.removesuffix(ending).lower(), []).append((form, ending))
        for stem in lands.keys() & derived.keys():
            self._take(lands[stem], derived[stem])

    @staticmethod
    def _readings(form: str, endings: Sequence[str]) -> Iterator[str]:
        bare = _APOSTROPHE_S.sub("", form)
        for word in dict.fromkeys((bare, bare.removesuffix("s"))):
            for ending in endings:
                if word.endswith(ending) and len(word) - len(ending) > 3:
                    yield word.removesuffix(ending).lower()

    def _take(self, lands: list[str], derived: list[tuple[str, str]]) -> None:
        unknown = [form for form in lands if self._unknown(form)]
        if not unknown:
            return
        self._lands.update(unknown)
        for form, ending in derived:
            if self._unknown(form) or form[:1].islower():
                base = self._names.land_derived[ending]
                self._nations[form] = form.removesuffix(ending) + base

    def _unknown(self, form: str) -> bool:
        facts = self._names.facts(form)
        return facts.common == 0 and not facts.given and not facts.place and not facts.nation

    def has(self, form: str) -> bool:
        """True for a land told by its adjective."""
        return form in self._lands

    def facts(self, form: str) -> Facts:
        """What the lists say of a word, or the document about a land and its people."""
        facts = self._names.facts(form)
        if nation := self._nations.get(form):
            return replace(facts, nation=nation)
        return replace(facts, place=4, common=1) if form in self._lands else facts


class _Known:
    """The sure names of a document, and what they say about a word that stands alone."""

    def __init__(
        self, seen: Sequence[_Found], keep_s: tuple[str, ...], legal_forms: frozenset[str] = frozenset()
    ) -> None:
        self._names: dict[str, tuple[MentionKind, str, str]] = {}
        self._keep_s = keep_s
        sure = [found for found in seen if found.score >= _SURE and not found.derived]
        for found in sorted(sure, key=lambda it: (-it.score, it.row, it.start)):
            self._names.setdefault(found.base, (found.kind, found.base, found.base))
            if found.kind == "ORG" and (short := _without_legal_form(found.base, legal_forms)):
                self._names.setdefault(short, ("ORG", short, found.base))
            surname = found.base.rpartition(" ")[2]
            if (
                found.kind == "PER"
                and surname != found.base
                and len(surname) > 2
                and not _ROMAN.match(surname)
            ):
                self._names[surname] = ("PER", surname, found.base)
        self._sure = frozenset(self._names)
        likely = [found for found in seen if _ENOUGH <= found.score < _SURE and not found.derived]
        for found in sorted(likely, key=lambda it: (-_by_neighbours(it), -it.score, it.row, it.start)):
            self._names.setdefault(found.base, (found.kind, found.base, found.base))

    def entry(self, form: str) -> tuple[MentionKind, str, str] | None:
        """Kind, base form and full name of a word seen in a sure name."""
        form = _APOSTROPHE_S.sub("", form)
        found = self._names.get(form)
        if found is None and form.endswith("s") and not form.endswith(self._keep_s):
            found = self._names.get(form[:-1])
        return found

    def score(self, base: str) -> float:
        return 0.75 if base in self._sure else 0.5

    def apply(self, found: _Found) -> _Found:
        """The mention with the kind that the document is sure of, where that says otherwise or more."""
        if found.derived or found.score >= 0.9:
            return found
        entry = self._names.get(found.base) or self.entry(found.base)
        if entry is None or (entry[0] == found.kind and (found.score >= _SURE or entry[1] not in self._sure)):
            return found
        kind, base, full = entry
        reason = Reason("same_document", 0.7, f"elsewhere: {full}")
        score = max(found.score, self.score(base))
        return replace(found, kind=kind, base=base, score=score, reasons=(reason, *found.reasons)[:5])


def _without_legal_form(base: str, legal_forms: frozenset[str]) -> str:
    """„Baltika-Linie GmbH“ → Baltika-Linie; "" where there is no legal form or nothing before it."""
    forms = base.split()
    while forms and forms[-1] in legal_forms:
        forms.pop()
    return " ".join(forms) if forms and " ".join(forms) != base else ""


def _by_neighbours(found: _Found) -> float:
    """How much of the kind stands in the words beside the name, not in its own shape."""
    return max((reason.score or 0.0 for reason in found.reasons if reason.name not in _SHAPES), default=0.0)


def _is_shout(forms: Sequence[str]) -> bool:
    """A line in capitals: at least two longer words, nearly all of them in capitals."""
    longer = [form for form in forms if form.isalpha() and len(form) > 3]
    return len(longer) > 1 and sum(form.isupper() for form in longer) > 0.8 * len(longer)


def _is_title_case(forms: Sequence[str]) -> bool:
    longer = [form for form in forms if form.isalpha() and len(form) > 3]
    return len(longer) > 3 and sum(form[0].isupper() for form in longer) > 0.8 * len(longer)
