"""How sure two names mean one person, body or place: `name_score`, and why: `explain_names`.

Persons: family names are compared by how they may sound (`resolve.sounds`), given names by sound, by the groups of forms in
`lang/*/entities.toml`, by initial; „senior“ and „junior“, middle initials and given names that contradict each other keep two
people apart whatever their family name. Bodies that many states have (a general staff) are compared by what they are and whose.
Equal names are not equal people: a score says how well two spellings fit, not that there is one bearer. Deterministic.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from lagebild.model.account import Reason
from lagebild.model.marks import MentionKind
from lagebild.resolve.bodies import Body, land_stem, read_body, words_in
from lagebild.resolve.facts import name_facts
from lagebild.resolve.parts import PersonParts, given_alike, given_group, is_initial, person_parts
from lagebild.resolve.roles import is_role_word
from lagebild.resolve.sounds import likeness
from lagebild.textkit.normal import fold
from lagebild.textkit.script import coarse_keys

__all__ = ["SAME", "SAME_SURNAME", "explain_names", "kind_of_words", "name_score", "surnames_alike"]

SAME = 0.8
"""From here on two names are taken for one. On the tuning pairs of `gold/resolve` 0.78 to 0.82 gave the same; 0.75 joined two more pairs."""

SAME_SURNAME = 0.88
"""How alike two family names have to sound. Of 51 tuning pairs that are two persons 0.86 joined three, 0.84 six; 0.90 lost none."""

_LONGEST = 200
_HYPHEN = re.compile(r"[-‐‑]")
_APART = 0.45
_BARE = 0.82
_NOTHING_SHARED = ("nothing_shared", 0.0)

Verdict = tuple[float, tuple[Reason, ...]]


def name_score(left: str, right: str, kind: MentionKind | None = None) -> float:
    """0 to 1: how well two names fit one bearer; 0.8 and above is taken for the same. Symmetric.

    Without `kind` the words decide whether persons or bodies are compared. Names are cut at 200 characters; an empty name gives 0.

    >>> name_score("Selenskyj", "Зеленський") > 0.8 > name_score("Hans Müller", "Heinz Müller")
    True
    """
    return explain_names(left, right, kind)[0]


def explain_names(left: str, right: str, kind: MentionKind | None = None) -> Verdict:
    """The score of `name_score`, with at most five reasons, the deciding one first."""
    left, right = left.strip()[:_LONGEST], right.strip()[:_LONGEST]
    if left > right:
        score, reasons = _explained(right, left, kind)
        return score, tuple(Reason(r.name, r.score, r.detail, r.right, r.left) for r in reasons)
    return _explained(left, right, kind)


@lru_cache(maxsize=65536)
def _explained(left: str, right: str, kind: MentionKind | None) -> Verdict:
    if not left or not right:
        return 0.0, (Reason("empty_name", 0.0, None, left, right),)
    if kind is None and _same_town(left, right):
        kind = "LOC"
    if kind is None:
        told = "ORG" in (kind_of_words(left), kind_of_words(right)) or _letters_fit(left, right)
        kind = "ORG" if told else "PER"
    if kind == "PER":
        return _persons(left, right)
    return _places(left, right) if kind == "LOC" else _bodies(left, right)


def kind_of_words(name: str) -> MentionKind:
    """ORG where a word names a kind of body, has a legal form or is known as one; else PER."""
    facts = name_facts()
    if fold(name) in facts.same_bodies or read_body(name).kind:
        return "ORG"
    tokens = words_in(name)
    if any(fold(token) in facts.legal_forms for token in tokens):
        return "ORG"
    last = fold(tokens[-1]) if tokens else ""
    return (
        "ORG"
        if last.endswith(facts.body_endings) and len(tokens) > 1 and last in facts.body_endings
        else "PER"
    )


# Persons


def _persons(left: str, right: str) -> Verdict:
    one, other = person_parts(left), person_parts(right)
    if fold(left) == fold(right):
        return 1.0, (Reason("same_spelling", 1.0, None, left, right),)
    if one.generation != other.generation and (one.generation and other.generation):
        return 0.2, (Reason("generation_differs", 0.2, None, one.generation, other.generation),)
    straight = _in_order(one, other)
    others = (read(one, other) for read in _OTHER_READINGS) if _keys_of(one) & _keys_of(other) else ()
    score, reasons = max((straight, *others), key=lambda verdict: verdict[0])
    if one.generation != other.generation and score >= SAME:
        score = SAME - 0.05
        reasons = (
            Reason("generation_one_side", score, None, one.generation or None, other.generation or None),
            *reasons,
        )
    return round(score, 4), reasons[:5]


def _in_order(one: PersonParts, other: PersonParts) -> Verdict:
    surname = surnames_alike(one.surname, other.surname)
    reason = Reason(
        "surname_sounds" if surname < 1 else "surname_same",
        round(surname, 3),
        None,
        one.surname,
        other.surname,
    )
    if not one.given and not other.given:
        group = given_group(one.surname)
        if group is not None and group == given_group(other.surname) and surname < SAME_SURNAME:
            return 0.9, (Reason("given_variant", 0.9, None, one.surname, other.surname),)
        return surname * 0.95 if surname >= SAME_SURNAME else min(surname, 0.75), (reason,)
    if not one.given or not other.given:
        score = surname * _BARE + 0.02 if surname >= 0.9 else min(surname, 0.7)
        return score, (
            Reason("surname_only", round(score, 3), "one side has no given name", one.surname, other.surname),
            reason,
        )
    given, why, pair = _given_names(one, other)
    middle = Reason(f"given_{why}", round(given, 3), None, *pair)
    if why == "differs":
        return min(_APART, 0.6 * surname * max(given, 0.4)), (middle, reason)
    if surname < SAME_SURNAME - 0.03 * (given >= 0.95):
        return min(surname * 0.85, SAME - 0.06), (reason, middle)
    return 0.6 * surname + 0.4 * given, (reason, middle)


def surnames_alike(left: str, right: str) -> float:
    """0 to 1 for two family names; of a double name one part is enough („Grothe-Vogel“, „Grothe“), at 0.9.

    „Putin-Sprecher“ is a role and no double name. An ending that a language adds to any woman's name („-ová“) does not count.
    """
    if fold(left) == fold(right):
        return 1.0
    whole = max(likeness(left, right), _without_added(left, right))
    lefts, rights = (word.replace("‐", "-").split("-") for word in (left, right))
    if (len(lefts) > 1) == (len(rights) > 1):
        return whole
    short, long = (left, rights) if len(rights) > 1 else (right, lefts)
    if is_role_word(long[-1]) and not is_role_word(short):
        return min(whole, 0.3)
    part = max((likeness(short, piece) for piece in long if len(piece) > 3), default=0.0)
    return max(whole, 0.91 * part)


def _without_added(left: str, right: str) -> float:
    """„Duflotová“, „Duflot“: how alike they are where one alone has such an ending."""
    endings = name_facts().added_surname_endings
    long, short = (left, right) if left.endswith(endings) else (right, left)
    ending = next((it for it in endings if long.endswith(it)), "")
    if not ending or short.endswith(endings) or len(long) < len(ending) + 3:
        return 0.0
    stem = long.removesuffix(ending)
    return 0.95 * max(likeness(stem, short), likeness(stem, short.rstrip("aeyo") or short))


def _in_genitive(one: PersonParts, other: PersonParts) -> Verdict:
    """„Putins“, „Wladimir Putin“: a family name that differs by a genitive -s alone; not one that is a given name without it."""
    long, short = (one, other) if len(one.surname) > len(other.surname) else (other, one)
    stem = _without_genitive(long.surname)
    if not stem or _without_genitive(short.surname) or likeness(stem, short.surname) < 0.95:
        return 0.0, ()
    bare = PersonParts(long.given, long.particles, stem, long.generation)
    score, reasons = _in_order(bare, short)
    reason = Reason("surname_genitive", round(0.98 * score, 3), None, long.surname, short.surname)
    return 0.98 * score, (reason, *reasons)


def _without_genitive(word: str) -> str:
    """The word without -s where that may be a genitive, else ""."""
    stem = word[:-1]
    if not word.endswith("s") or len(stem) < 4 or stem[-1] in "sxzß" or (stem[-1] == "i" and len(stem) < 6):
        return ""
    facts = name_facts()
    return "" if fold(stem) in facts.given_gender or fold(stem) in facts.given_groups else stem


def _given_names(one: PersonParts, other: PersonParts) -> tuple[float, str, tuple[str, str]]:
    """Agreement of the given names, why, and the two that decide: the first ones, then those in between."""
    one, other = _spread(one, other), _spread(other, one)
    first, why = given_alike(one.given[0], other.given[0])
    pair = (one.given[0], other.given[0])
    if why == "differs":
        return _joined(one, other) or _by_middle(one, other) or (first, why, pair)
    if len(one.given) > 1 and len(other.given) > 1:
        score, agree = _middles(one.given[1:], other.given[1:])
        if not agree:
            return score, "differs", (" ".join(one.given[1:]), " ".join(other.given[1:]))
        first = min(first, score)
    elif len(one.given) != len(other.given):
        first = first * (0.85 if any(map(is_initial, (*one.given[1:], *other.given[1:]))) else 0.95)
    return first, why, pair


def _spread(parts: PersonParts, other: PersonParts) -> PersonParts:
    """„V.-L.“ as „V. L.“ beside a name of two given names."""
    if (
        len(parts.given) != 1
        or len(other.given) < 2
        or not is_initial(parts.given[0])
        or "-" not in parts.given[0]
    ):
        return parts
    return replace(parts, given=tuple(parts.given[0].split("-")))


def _joined(one: PersonParts, other: PersonParts) -> tuple[float, str, tuple[str, str]] | None:
    """„Jong Un“ and „Jong-un“, „Abd al-Fattah“: given names written in one word or in several."""
    left, right = "".join(one.given), "".join(other.given)
    if max(len(one.given), len(other.given)) < 2 or any(map(is_initial, (*one.given, *other.given))):
        return None
    score = likeness(left, right)
    return (score * 0.97, "sound", (" ".join(one.given), " ".join(other.given))) if score >= 0.9 else None


def _by_middle(one: PersonParts, other: PersonParts) -> tuple[float, str, tuple[str, str]] | None:
    """„James Keir Starmer“ goes by his second given name."""
    short, long = (one, other) if len(one.given) < len(other.given) else (other, one)
    if len(short.given) != 1 or len(long.given) < 2 or is_initial(short.given[0]):
        return None
    later = [
        (given_alike(short.given[0], name)[0], name)
        for at, name in enumerate(long.given[1:], 1)
        if not is_initial(name) and not _two_in_a_row(list(long.given[:at]))
    ]
    best = max(later, default=(0.0, ""))
    return (best[0] * 0.9, "middle", (short.given[0], best[1])) if best[0] >= 0.9 else None


def _middles(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[float, bool]:
    """Middle names agree where they are equally many and each fits; of unequally many, where one full name fits another."""
    if len(left) == len(right):
        scores = [given_alike(one, other) for one, other in zip(left, right, strict=True)]
        return min(score for score, _ in scores), all(why != "differs" for _, why in scores)
    full = [(one, other) for one in left for other in right if not is_initial(one) and not is_initial(other)]
    best = max((given_alike(one, other)[0] for one, other in full), default=0.0)
    return (best, True) if best >= 0.9 else (0.3, False)


def _turned(one: PersonParts, other: PersonParts) -> Verdict:
    """„Orbán Viktor“: family name first."""
    if len(one.given) != 1 or len(other.given) != 1 or is_initial(one.given[0]) or is_initial(other.given[0]):
        return 0.0, ()
    score = min(likeness(one.surname, other.given[0]), likeness(one.given[0], other.surname))
    if score < SAME_SURNAME:
        return 0.0, ()
    return 0.93 * score, (Reason("order_turned", round(score, 3), None, one.surname, other.given[0]),)


def _rotated(one: PersonParts, other: PersonParts) -> Verdict:
    """„Ротенберг Аркадий Романович“, „Arkadi Rotenberg“: family name first, of names of more than two words."""
    best: Verdict = (0.0, ())
    if one.size + other.size < 5 or not one.given or not other.given:
        return best
    for left, right in ((_family_last(one), other), (one, _family_last(other))):
        if likeness(left.surname, right.surname) >= SAME_SURNAME:
            score, reasons = _in_order(left, right)
            reason = Reason("order_turned", round(0.95 * score, 3), None, left.surname, right.surname)
            best = max(best, (0.95 * score, (reason, *reasons)), key=lambda verdict: verdict[0])
    return best


def _family_last(parts: PersonParts) -> PersonParts:
    given = (*parts.given[1:], parts.surname)
    return PersonParts(given, parts.particles, parts.given[0], parts.generation)


def _words_among(one: PersonParts, other: PersonParts) -> Verdict:
    """„Abu Samah“, „Hamzah Abu Samah“: at least two words, each with its own like in the longer name, in any order."""
    few, many = sorted((_words_of(one), _words_of(other)), key=len)
    if len(few) < 2 or len(few) >= len(many) or any(is_initial(word) for word in few):
        return 0.0, ()
    left, scores, places = list(range(len(many))), list[float](), list[int]()
    for word in few:
        score, at = max(((likeness(word, many[at]), -at) for at in left), default=(0.0, 0))
        if score < 0.93 or not left:
            return 0.0, ()
        left.remove(-at)
        scores.append(score)
        places.append(-at)
    if _two_in_a_row(many[: min(places)]) or _two_in_a_row(many[max(places) + 1 :]):
        return 0.0, ()
    score = (0.86 if places == sorted(places) else 0.82) * min(scores)
    return score, (Reason("name_contained", round(score, 3), None, " ".join(few), " ".join(many)),)


def _two_in_a_row(rest: list[str]) -> bool:
    """True where what is left of the longer name is a full name: „Anke Dorn Bela Ritter“ is a slip of whoever marked the names."""
    return len(rest) > 1 and given_group(rest[0]) is not None and given_group(rest[-1]) is None


def _words_of(parts: PersonParts) -> list[str]:
    return [*parts.given, *(word for word in parts.particles if not word.islower()), parts.surname]


def _contained(one: PersonParts, other: PersonParts) -> Verdict:
    """„Pedro Sánchez“, „Pedro Sánchez Pérez-Castejón“: all words of one name in the other, in order, beginning with the first."""
    short, long = (one, other) if one.size < other.size else (other, one)
    few, many = [*short.given, short.surname], [*long.given, long.surname]
    if len(few) < 2 or len(few) == len(many) or any(is_initial(word) for word in few):
        return 0.0, ()
    if given_alike(few[0], many[0])[0] < 0.9:
        return 0.0, ()
    at, scores = 1, []
    for word in few[1:]:
        fits = [(likeness(word, other_word), -place) for place, other_word in enumerate(many[at:], at)]
        best = max(fits, default=(0.0, 0))
        if best[0] < 0.93:
            return 0.0, ()
        scores.append(best[0])
        at = 1 - best[1]
    score = 0.9 * min(scores)
    return score, (Reason("name_contained", round(score, 3), None, " ".join(few), " ".join(many)),)


def _in_pieces(one: PersonParts, other: PersonParts) -> Verdict:
    """„Kim Jong Un“, „Kim Jong-un“: three or more pieces that agree one by one, however they are joined."""
    lefts, rights = (_HYPHEN.split("-".join((*parts.given, parts.surname))) for parts in (one, other))
    if max(len(lefts), len(rights)) > 2 and fold("".join(lefts)) == fold("".join(rights)):
        return 0.96, (Reason("pieces_agree", 0.96, None, " ".join(lefts), " ".join(rights)),)
    if len(lefts) != len(rights) or len(lefts) < 3 or len(one.given) == len(other.given):
        return 0.0, ()
    score = min(likeness(left, right) for left, right in zip(lefts, rights, strict=True))
    if score < 0.9:
        return 0.0, ()
    return 0.97 * score, (Reason("pieces_agree", round(score, 3), None, " ".join(lefts), " ".join(rights)),)


_OTHER_READINGS = (_turned, _rotated, _contained, _words_among, _in_pieces, _in_genitive)


@lru_cache(maxsize=16384)
def _keys_of(parts: PersonParts) -> frozenset[str]:
    """Coarse keys of all words, whole and in pieces; names that share none are not read in any other order: most pairs."""
    words = _words_of(parts)
    words += [parts.surname.removesuffix(ending) for ending in ("s", *name_facts().added_surname_endings)]
    pieces = (piece for word in words for piece in (word, *_HYPHEN.split(word)))
    return frozenset(key for piece in pieces for key in coarse_keys(piece))


# Bodies and places


def _bodies(left: str, right: str) -> Verdict:
    facts = name_facts()
    if fold(left) == fold(right):
        return 1.0, (Reason("same_spelling", 1.0, None, left, right),)
    known = facts.same_bodies.get(fold(left)), facts.same_bodies.get(fold(right))
    if known[0] and known[0] == known[1]:
        return 0.98, (Reason("known_as_one", 0.98, known[0], left, right),)
    one, other = read_body(left), read_body(right)
    if one.kind or other.kind:
        return _owned_bodies(one, other, left, right)
    if (known[0] and known[1]) or (any(known) and (_is_acronym(left) or _is_acronym(right))):
        return 0.1, (Reason("known_as_two", 0.1, None, left, right),)
    if _is_acronym(left) or _is_acronym(right):
        return _acronyms(left, right)
    return _by_words(one.rest, other.rest, left, right)


def _owned_bodies(one: Body, other: Body, left: str, right: str) -> Verdict:
    if one.kind != other.kind:
        return 0.2, (Reason("body_differs", 0.2, None, one.kind or left, other.kind or right),)
    if one.owner and other.owner and one.owner != other.owner:
        return 0.2, (Reason("owner_differs", 0.2, None, one.owner, other.owner),)
    if one.owner != other.owner:
        return 0.6, (
            Reason(
                "owner_one_side", 0.6, "one side does not say whose", one.owner or None, other.owner or None
            ),
        )
    if one.rest and other.rest and set(one.rest) != set(other.rest):
        return 0.5, (Reason("words_differ", 0.5, None, " ".join(one.rest), " ".join(other.rest)),)
    score = 0.95 if one.owner else 0.85
    return score, (Reason("same_body_and_owner", score, one.kind, left, right),)


def _is_acronym(name: str) -> bool:
    return (
        1 < len(name) <= 6
        and name.isalpha()
        and sum(letter.isupper() for letter in name) * 2 > len(name)
        and " " not in name
    )


def _acronyms(left: str, right: str) -> Verdict:
    """Three letters or more that are just the first letters of the long form are enough; two fit too much."""
    if _is_acronym(left) and _is_acronym(right):
        return 0.1, (Reason("acronyms_differ", 0.1, None, left, right),)
    fits = _letters_fit(left, right)
    score = (0.82 if min(len(left), len(right)) > 2 else 0.6) if fits else 0.1
    return score, (Reason("acronym_fits" if fits else "acronym_differs", score, None, left, right),)


def _letters_fit(left: str, right: str) -> bool:
    """True where one is an acronym and its letters are the first ones of the other's words, of all or of those in capitals."""
    short, long = (left, right) if len(left) < len(right) else (right, left)
    if not _is_acronym(short) or _is_acronym(long):
        return False
    words = words_in(long.replace("-", " "))
    capitals = [word for word in words if not word.islower()]
    return short.casefold() in {"".join(word[0] for word in some).casefold() for some in (words, capitals)}


def _by_words(lefts: tuple[str, ...], rights: tuple[str, ...], left: str, right: str) -> Verdict:
    """Each word needs its like on the other side; a word too many on one side weakens, a different one decides."""
    if not lefts or not rights:
        return 0.0, (Reason(*_NOTHING_SHARED, None, left, right),)
    if any(
        one != other and one.isdigit() and other.isdigit()
        for one, other in zip(sorted(lefts), sorted(rights), strict=False)
    ):
        return 0.2, (Reason("numbers_differ", 0.2, None, left, right),)
    short, long = (lefts, rights) if len(lefts) <= len(rights) else (rights, lefts)
    scores = [max(_words_alike(word, other) for other in long) for word in short]
    worst = min(scores)
    if worst < 0.87:
        return round(min(0.6, worst * 0.7), 4), (Reason("words_differ", round(worst, 3), None, left, right),)
    score = worst * (1 - 0.25 * (len(long) - len(short)))
    return round(max(0.0, score), 4), (Reason("words_sound", round(score, 3), None, left, right),)


def _words_alike(left: str, right: str) -> float:
    """Long common words agree by stem („Europäische“, „Europäischen“; „Afrikanische“, "African")."""
    for ending in ("en", "em", "er", "es", "e", "s", "n"):
        if (
            left.removesuffix(ending) == right.removesuffix(ending)
            or left.removesuffix(ending) == right
            or left == right.removesuffix(ending)
        ):
            return 1.0
    bare = {left.rstrip("nrsme"), right.rstrip("nrsme")}
    if len(bare) == 1 and len(left) > 4:
        return 1.0
    stems = land_stem(left), land_stem(right)
    adjectives = min(map(len, stems)) > 3 and stems != (left, right)
    return max(likeness(left, right), 0.97 * likeness(*stems) if adjectives else 0.0)


def _same_town(left: str, right: str) -> bool:
    """True for two names of one town in the lists of exonyms („Lemberg“, „Lwiw“; „Mailand“, "Milan")."""
    places = name_facts().places
    one, other = places.exonym(left), places.exonym(right)
    if one and other:
        return one == other
    known, name = (one, right) if one else (other, left)
    return known is not None and fold(known[0]) == fold(name)


def _places(left: str, right: str) -> Verdict:
    if fold(left) == fold(right):
        return 1.0, (Reason("same_spelling", 1.0, None, left, right),)
    one, other = name_facts().places.country_of(left), name_facts().places.country_of(right)
    if one or other:
        score = 0.98 if one == other else 0.1
        return score, (
            Reason(
                "country_same" if one == other else "country_differs",
                score,
                None,
                one or left,
                other or right,
            ),
        )
    if _same_town(left, right):
        return 0.97, (Reason("known_as_one", 0.97, None, left, right),)
    lefts, rights = words_in(left), words_in(right)
    if len(lefts) != len(rights):
        return 0.3, (Reason("words_differ", 0.3, None, left, right),)
    score = min((likeness(a, b) for a, b in zip(lefts, rights, strict=True)), default=0.0)
    if len(lefts) == 1 and land_stem(left) == land_stem(right) and len(land_stem(left)) > 4:
        score = max(score, 0.9)
    return round(score if score >= SAME_SURNAME else min(score, 0.75), 4), (
        Reason("place_sounds", round(score, 3), None, left, right),
    )
