"""Words of a block as tokens, tokens as frames (sentences outside direct speech), frames as clauses.

There is no parser behind this: German commas and the place of the finite verb carry it. Quotation marks are no tokens; an
utterance in marks is one token of kind `quote`, so that „…“, sagte X is one frame however many sentences the marks hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lagebild.lang.data import read_data
from lagebild.lang.lexicon import Lexicon, lexicon
from lagebild.lang.moods import Moods
from lagebild.quote.marks import Marked
from lagebild.quote.people import People

__all__ = ["Clause", "ClauseKind", "Frame", "Grammar", "Token", "TokenKind", "cut_clauses"]

TokenKind = Literal["word", "mark", "quote"]
ClauseKind = Literal["main", "that", "wh", "sub", "rel", "zu", "purpose", "frag", "quote"]
MOOD_SUBJUNCTIVE = "Mood=Sub"
_CUTTING = frozenset(",;:–—()")
_ENDING = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark, or a whole utterance in marks. `name` is the kind of the mention it lies in, or "".

    `feats`, `relation` and `governor` (where the word starts that it hangs on, -1 the root) are what a language model reads, in Universal
    Dependencies; "" and -1 where none was there.
    """

    start: int
    end: int
    text: str
    lower: str
    lemma: str
    kind: TokenKind
    name: str = ""
    said: Marked | None = None
    mention: int = -1
    feats: str = ""
    relation: str = ""
    governor: int = -1

    @property
    def capital(self) -> bool:
        """A capital first letter, also behind a number („39-Jährige“)."""
        if self.kind != "word":
            return False
        return self.text[:1].isupper() or (
            self.text[:1].isdigit() and self.text.rpartition("-")[2][:1].isupper()
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `first` to `last` (exclusive) of a frame. `verb` is the index of the finite verb or None; `after` the mark before it."""

    first: int
    last: int
    kind: ClauseKind
    verb: int | None
    opener: int
    after: str

    @property
    def verb_first(self) -> bool:
        """True for a clause that begins with its verb („sagte X“, „und betonte“)."""
        return self.verb is not None and self.kind == "main" and self.verb == self.opener


@dataclass(slots=True)
class Frame:
    """A sentence of the text outside direct speech. `opens_block`: it is the first of its block. `marked`: words in marks that are no utterance."""

    tokens: list[Token]
    block: int
    block_kind: str
    opens_block: bool
    clauses: list[Clause] = field(default_factory=list)
    marked: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def words_end(self) -> int:
        """The index after the last token that is not a closing full stop."""
        last = len(self.tokens)
        while last and self.tokens[last - 1].kind == "mark" and self.tokens[last - 1].text[0] in ".!?…:,;":
            last -= 1
        return last


class Grammar:
    """The closed classes of one language (`lang/*/clauses.toml`), its verb forms and its word list."""

    def __init__(
        self, language: str, table: Mapping[str, Any], moods: Moods, words: Lexicon | None, people: People
    ) -> None:
        self.language = language
        self.people = people
        self.moods = moods
        self.words = words
        self.verb_second: bool = table["order"] == "v2"
        self._sets = {name: frozenset(value) for name, value in table.items() if isinstance(value, list)}
        self._ends = {
            name: tuple(sorted(words)) for name, words in self._sets.items() if name.endswith("_ends")
        }
        self.zu: str = table["zu"]
        self.contractions: Mapping[str, list[str]] = table["contractions"]

    @classmethod
    def load(cls, language: str) -> Grammar:
        """The grammar of a language with data."""
        return cls(
            language,
            read_data(language, "clauses"),
            Moods.load(language),
            lexicon(language),
            People.load(language),
        )

    def has(self, name: str, word: str) -> bool:
        """True where `word` (small letters) stands in the class `name`."""
        return word in self._sets[name]

    def ends(self, name: str, word: str) -> bool:
        """True where a word (small letters) ends as one in the class `name`."""
        return word.endswith(self._ends[name])

    def finite(self, token: Token) -> bool:
        """True where a token may be a finite verb; capital letters make it none."""
        return (
            token.kind == "word"
            and token.text[:1].islower()
            and (self.moods.is_finite(token.lower, token.lemma) or self._read_as_verb(token))
        )

    def _read_as_verb(self, token: Token) -> bool:
        """True where a language model reads a subjunctive in a word that lists call an adjective or noun."""
        return MOOD_SUBJUNCTIVE in token.feats and self.moods.may_hide(token.lower)

    def strictly_finite(self, token: Token) -> bool:
        """Finite and not an infinitive as well („sagte“, not „sagen“)."""
        if token.kind != "word" or not token.text[:1].islower():
            return False
        forms = self.moods.forms_of(token.lower, token.lemma)
        finite = forms & {"indicative", "subjunctive1", "subjunctive2", "both"}
        return bool(finite) or self._read_as_verb(token)

    def subjunctive(self, token: Token) -> bool:
        """True where a token is a subjunctive and not an indicative of the same form; where the form is both, a language model may tell."""
        if token.feats and token.kind == "word" and "both" in self.moods.forms_of(token.lower, token.lemma):
            return MOOD_SUBJUNCTIVE in token.feats
        if self._read_as_verb(token):
            return token.kind == "word"
        return token.kind == "word" and self.moods.is_subjunctive(token.lower, token.lemma)

    def speaks(self, word: str) -> bool:
        """True for a noun that is a role or a body."""
        return self.people.speaks(word)

    def like_participle(self, lower: str) -> bool:
        """True for an unknown word that has the shape of a participle („aneinandergeraten“)."""
        return self.moods.like_participle(lower)

    def common_noun(self, token: Token) -> bool:
        """True for a capitalised word that the word list knows as a noun and no mention names."""
        if not token.capital or token.name in ("PER", "ORG", "LOC"):
            return False
        lemma = self.words.lemma(token.text) if self.words else token.lemma
        tail = token.text.rpartition("-")[2]
        known = self.words is not None and (self.words.knows(token.text) or self.words.is_word(tail))
        return known and lemma[:1].isupper()


def cut_clauses(frame: Frame, grammar: Grammar) -> list[Clause]:
    """The clauses of a frame in text order: cut at commas, colons, dashes, brackets, utterances, and before „und“ with a verb."""
    found: list[Clause] = []
    first, after = 0, ""
    tokens = frame.tokens
    beside = _short_brackets(tokens)
    for k, token in enumerate(tokens):
        if token.kind == "quote":
            _add_clause(found, tokens, first, k, after, grammar)
            found.append(Clause(k, k + 1, "quote", None, k, after if first == k else ""))
            first, after = k + 1, "quote"
        elif token.kind == "mark" and token.text[0] in _CUTTING and k not in beside:
            _add_clause(found, tokens, first, k, after, grammar)
            first, after = k + 1, (after if after == "quote" and first == k else "") + token.text[0]
        elif (
            grammar.has("coordinators", token.lower)
            and k > first
            and _verb_follows(tokens, first, k, grammar)
        ):
            _add_clause(found, tokens, first, k, after, grammar)
            first, after = k, token.lower
    _add_clause(found, tokens, first, len(tokens), after, grammar)
    return found


def _short_brackets(tokens: list[Token]) -> set[int]:
    """Brackets around a few words („(BGH)“, „(Grüne)“): they do not cut a clause."""
    found: set[int] = set()
    for k, token in enumerate(tokens):
        if token.text == "(":
            close = next((j for j in range(k + 1, min(k + 6, len(tokens))) if tokens[j].text == ")"), None)
            if close is not None:
                found.update((k, close))
    return found


def _verb_follows(tokens: list[Token], first: int, place: int, grammar: Grammar) -> bool:
    """„… und betonte“: a finite verb right after the coordinator, and not an adjective before its noun."""
    if place + 1 >= len(tokens):
        return False
    if not grammar.strictly_finite(tokens[place + 1]):
        return _plural_follows(tokens, first, place, grammar)
    following = tokens[place + 2] if place + 2 < len(tokens) else None
    adjective = (
        following is not None and following.capital and grammar.ends("past_ends", tokens[place + 1].lower)
    )
    before = tokens[place - 1].lower if place else ""
    return not adjective or (
        place > 0 and (before in grammar.moods.separable or not grammar.has("determiners", before))
    )


def _plural_follows(tokens: list[Token], first: int, place: int, grammar: Grammar) -> bool:
    """„Ärzte berichten von X und **warnen**, …“: a second plural before a comma, where no auxiliary or modal makes it an infinitive."""
    if place + 2 >= len(tokens) or tokens[place + 2].kind != "mark" or tokens[place + 2].text[0] not in ",:":
        return False
    if not grammar.verb_second or not grammar.finite(tokens[place + 1]):
        return False
    verbs = [token for token in tokens[first:place] if grammar.finite(token)]
    return bool(verbs) and not any(
        grammar.moods.is_finite(token.lower, "") or token.lower == grammar.zu for token in tokens[first:place]
    )


def _add_clause(
    found: list[Clause], tokens: list[Token], first: int, last: int, after: str, grammar: Grammar
) -> None:
    while last > first and tokens[last - 1].kind == "mark":
        last -= 1
    while first < last and tokens[first].kind == "mark":
        first += 1
    if first < last:
        opener = _opener(tokens, first, last, grammar)
        kind, verb = _kind_of(tokens, first, opener, last, after, grammar)
        if (
            opener > first
            and after in (",", "quote", "quote,")
            and grammar.has("coordinators", tokens[opener - 1].lower)
        ):
            after = tokens[opener - 1].lower
        found.append(Clause(first, last, kind, verb, opener, after))


def _opener(tokens: list[Token], first: int, last: int, grammar: Grammar) -> int:
    place = first
    while place < last - 1 and (
        grammar.has("coordinators", tokens[place].lower)
        or (
            grammar.has("focus", tokens[place].lower)
            and grammar.has("subordinators", tokens[place + 1].lower)
        )
    ):
        place += 1
    return place


def _kind_of(
    tokens: list[Token], first: int, opener: int, last: int, after: str, grammar: Grammar
) -> tuple[ClauseKind, int | None]:
    verb = _first_finite(tokens, opener, last, grammar)
    if verb is None and opener > first and opener == last - 1 and grammar.finite(tokens[opener]):
        verb = opener  # „… und **warnen**, …“
    if verb is None and after == "," and _opens_with_plural(tokens, opener, last, grammar):
        verb = opener
    if (
        verb == 0 and not after
    ):  # a sentence never begins with a verb in small letters: rests of metadata, mostly
        verb = _first_finite(tokens, 1, last, grammar)
    if (
        verb is None
        and first == 0
        and tokens[-1].text[-1] == "?"
        and grammar.moods.is_finite(tokens[0].lower, tokens[0].lemma)
    ):
        return "main", 0
    ending = _final_verb(tokens, opener, last, grammar)
    word = tokens[opener].lower
    if not grammar.verb_second:
        return _english_kind(tokens, opener, verb, grammar)
    verb_late = ending is not None and (
        verb is None
        or verb >= ending
        or not grammar.strictly_finite(tokens[verb])
        or _joined(tokens, verb, last, grammar)
    )
    if grammar.has("complement", word):
        return "that", ending if ending is not None else verb
    if grammar.has("infinitive_openers", word) and _has_zu(tokens, opener, last, grammar):
        return "purpose", None
    prepositional = grammar.has("subordinators", word) and grammar.has("prepositions", word)
    if prepositional and ending is None and verb is None and _has_zu(tokens, opener, last, grammar):
        return "zu", None  # „…, **bis** Freitag zu warten“
    if grammar.has("subordinators", word) and (ending is not None or verb is None):
        return "sub", ending
    if grammar.has("question_words", word) and verb_late and not grammar.has("relatives", word):
        return "wh", ending
    if verb_late and after in (",", "quote,", "–", "(") and _is_relative(tokens, opener, last, grammar):
        return "rel", ending
    if verb is not None:
        return "main", verb
    if _has_zu(tokens, opener, last, grammar):
        return "zu", None
    if ending is not None and ending > opener:
        return ("sub", ending) if grammar.has("subordinators", word) else ("frag", ending)
    return "frag", None


def _opens_with_plural(tokens: list[Token], first: int, last: int, grammar: Grammar) -> bool:
    """„…, **sagen** Beobachter“, „Wie es heißt, **fehlen** der Klinik …“: a plural that might be an infinitive, before its subject."""
    if not grammar.verb_second or first + 1 >= last or not grammar.finite(tokens[first]):
        return False
    following = tokens[first + 1]
    return following.capital or any(
        grammar.has(name, following.lower) for name in ("determiners", "pronouns", "prepositions", "adverbs")
    )


def _joined(tokens: list[Token], verb: int, last: int, grammar: Grammar) -> bool:
    """„die … vertritt und … hat“: two ends of subordinate clauses under one opening word."""
    return verb + 1 < last and grammar.has("coordinators", tokens[verb + 1].lower)


def _english_kind(
    tokens: list[Token], opener: int, verb: int | None, grammar: Grammar
) -> tuple[ClauseKind, int | None]:
    word = tokens[opener].lower
    if grammar.has("relatives", word) and not grammar.has("complement", word):
        return "rel", verb
    if grammar.has("complement", word):
        return "that", verb
    if grammar.has("subordinators", word):
        return "sub", verb
    return ("main", verb) if verb is not None else ("frag", None)


def _is_relative(tokens: list[Token], opener: int, last: int, grammar: Grammar) -> bool:
    if grammar.has("relatives", tokens[opener].lower):
        return True
    second = tokens[opener + 1].lower if opener + 1 < last else ""
    return grammar.has("prepositions", tokens[opener].lower) and grammar.has("relatives", second)


def _first_finite(tokens: list[Token], first: int, last: int, grammar: Grammar) -> int | None:
    """The first finite verb that is no adjective; an infinitive-like plural only where nothing stricter stands."""
    loose = None
    for k in range(first, last):
        if (
            not grammar.finite(tokens[k])
            or _attributive(tokens, k, last, grammar)
            or _participle_before_verb(tokens, k, last, grammar)
            or _plural_noun(tokens, k, grammar)
        ):
            continue
        if grammar.strictly_finite(tokens[k]):
            if _before_noun(tokens, k, last, grammar):
                continue
            return k if loose is None else loose
        if loose is None and k - first > 0 and not _looks_infinitive(tokens, k, last, grammar):
            loose = k
    if loose is None and first + 2 < last and grammar.has("object_pronouns", tokens[first].lower):
        # „Das **sagte** Vorstandschef Timm“
        return first + 1 if grammar.strictly_finite(tokens[first + 1]) else None
    return loose


def _plural_noun(tokens: list[Token], place: int, grammar: Grammar) -> bool:
    """English „nine **soldiers** die“, „dozens of **civilians** were“: a form in -s behind „nine“ or „of“, or before an auxiliary."""
    if grammar.verb_second or not grammar.ends("plural_ends", tokens[place].lower) or place == 0:
        return False
    if grammar.moods.is_finite(tokens[place].lower, ""):
        return False
    before = tokens[place - 1].lower
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return (
        _ends_noun_phrase(tokens, place, grammar)
        or before[:1].isdigit()
        or grammar.has("determiners", before)
        or grammar.has("prepositions", before)
        or grammar.moods.is_finite(following, "")
    )


def _ends_noun_phrase(tokens: list[Token], place: int, grammar: Grammar) -> bool:
    """“Two crew **members**, who …”: a form in -s before a comma, an article or number a few words before it."""
    if place + 1 >= len(tokens) or tokens[place + 1].text != ",":
        return False
    for k in range(place - 1, max(-1, place - 4), -1):
        if tokens[k].kind != "word" or grammar.has("prepositions", tokens[k].lower):
            return False
        if grammar.has("determiners", tokens[k].lower):
            return True
    return False


def _before_noun(tokens: list[Token], place: int, last: int, grammar: Grammar) -> bool:
    """„Nicht **erklärte** Streiks haben …“: a form in -e or -te before a noun, with another finite verb to come."""
    if (
        not grammar.verb_second
        or not grammar.ends("before_noun_ends", tokens[place].lower)
        or place + 2 >= last
        or not tokens[place + 1].capital
    ):
        return False
    if grammar.moods.is_finite(tokens[place].lower, ""):
        return False
    return any(
        grammar.moods.is_finite(token.lower, "")
        or (
            grammar.strictly_finite(token)
            and "participle" not in grammar.moods.forms_of(token.lower, token.lemma)
        )
        for token in tokens[place + 2 : last]
        if token.kind == "word" and token.text[:1].islower()
    )


def _participle_before_verb(tokens: list[Token], place: int, last: int, grammar: Grammar) -> bool:
    """„erlebt habe“: a form that may be a participle is one right before another verb."""
    if place + 1 >= last or not grammar.verb_second:
        return False
    following = tokens[place + 1]
    if not grammar.finite(following) and following.lower != grammar.zu:
        return False
    return "participle" in grammar.moods.forms_of(tokens[place].lower, tokens[place].lemma)


def _looks_infinitive(tokens: list[Token], place: int, last: int, grammar: Grammar) -> bool:
    before = tokens[place - 1].lower if place else ""
    if before == grammar.zu:
        return True
    return place + 1 < last and grammar.finite(tokens[place + 1])


def _attributive(tokens: list[Token], place: int, last: int, grammar: Grammar) -> bool:
    """„die behauptete Lage“: between an article, preposition or adjective and a noun."""
    token = tokens[place]
    if not grammar.ends("attribute_ends", token.lower) or place + 1 >= last or place == 0:
        return False
    before, following = tokens[place - 1], tokens[place + 1]
    noun_next = following.capital or (
        following.text[:1].islower()
        and grammar.ends("second_attribute_ends", following.lower)
        and place + 2 < last
        and tokens[place + 2].capital
        and not grammar.has("determiners", following.lower)
        and not grammar.has("prepositions", following.lower)
    )
    if not noun_next:
        return False
    leads = grammar.has("determiners", before.lower) or grammar.has("prepositions", before.lower)
    adjective = (
        before.text[:1].islower()
        and grammar.ends("strong_ends", before.lower)
        and not grammar.has("pronouns", before.lower)
    )
    auxiliary = grammar.moods.forms_of(token.lower, "") != frozenset()
    return (leads or (adjective and not grammar.finite(before))) and not auxiliary


def _final_verb(tokens: list[Token], first: int, last: int, grammar: Grammar) -> int | None:
    """The finite verb at the end of a subordinate clause, or None."""
    k = last - 1
    if k <= first or not grammar.finite(tokens[k]) or tokens[k - 1].lower == grammar.zu:
        return None
    return k


def _has_zu(tokens: list[Token], first: int, last: int, grammar: Grammar) -> bool:
    for k in range(first, last):
        token = tokens[k]
        if token.kind != "word" or not token.text[:1].islower():
            continue
        forms = grammar.moods.forms_of(token.lower, token.lemma)
        if "zu" in forms or (
            token.lower == grammar.zu and k + 1 < last and _infinitive(tokens[k + 1], grammar)
        ):
            return True
    return False


def _infinitive(token: Token, grammar: Grammar) -> bool:
    forms = grammar.moods.forms_of(token.lower, token.lemma)
    return bool(forms & {"infinitive", "plural"}) and token.text[:1].islower()
