"""Names told by lists and patterns: known names, legal forms, compounds, adjectives and inhabitants of places."""

from __future__ import annotations

from dataclasses import replace

from lagebild.annotate.name_facts import Facts
from lagebild.annotate.name_reading import LONGEST_RUN, Reading
from lagebild.annotate.name_shapes import Evidence, Found, Word
from lagebild.model.marks import MentionKind

__all__ = ["Patterns"]


class Patterns(Reading):
    """The names of a document that lists and patterns tell."""

    def _bracketed(self, row: int, words: list[Word], place: int) -> Found | None:
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

    def _listed(self, row: int, words: list[Word], place: int) -> Found | None:
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

    def _long_place(self, row: int, words: list[Word], place: int) -> Found | None:
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

    def _with_organisation_tail(self, words: list[Word], place: int, right: int) -> int:
        while (
            right < len(words)
            and right - place < LONGEST_RUN
            and words[right].joined
            and words[right].form in self.names.legal_forms
        ):
            right += 1
        return right

    def _capital_adjective(self, row: int, words: list[Word], place: int) -> Found | None:
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

    def _organisation(self, row: int, words: list[Word], place: int) -> Found | None:
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

    def _compound(self, row: int, words: list[Word], place: int) -> Found | None:
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
        words: list[Word],
        place: int,
        head: str,
        entry: tuple[MentionKind, str] | None,
        facts: Facts,
    ) -> Found | None:
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

    def _derived(self, row: int, words: list[Word], place: int) -> Found | None:
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

    def _institution(self, row: int, words: list[Word], place: int) -> Found | None:
        word = words[place]
        if not word.facts.institution:
            return None
        evidence: list[Evidence] = [("ORG", 0.7, "institution", word.form)]
        if place and words[place - 1].facts.nation:
            evidence.append(("ORG", 0.5, "nation_before", words[place - 1].form))
        base = self.names.words.listed_lemma(word.form) or word.form
        return self._found(row, words, place, place + 1, evidence, base=base)
