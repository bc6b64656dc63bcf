"""Noun phrases: where one begins and ends. The smallest one with name and role is what names a speaker."""

from __future__ import annotations

from lagebild.quote.clauses import Grammar, Token

__all__ = [
    "MOST",
    "Phrase",
    "attribute_end",
    "closed_class",
    "head_of",
    "inflected",
    "noun_phrase",
    "past_phrase",
    "phrase_ending_at",
]

Phrase = tuple[int, int]
"""First token and the one after the last."""
GENITIVE = "Case=Gen"
MOST = 30
"""Tokens. No noun phrase is followed further."""


def noun_phrase(
    tokens: list[Token], first: int, end: int, grammar: Grammar, whole: bool = False
) -> Phrase | None:
    """The noun phrase that starts at `first`, or None. `whole`: „A und B“ and attributes with a preposition belong to it."""
    end = min(end, first + MOST)
    if first >= end or tokens[first].kind != "word":
        return None
    head = head_of(tokens, first, end, grammar)
    if head is None:
        return (first, first + 1) if grammar.has("speaking_pronouns", tokens[first].lower) else None
    last = _run(tokens, head, end, grammar)
    last = _bracket(tokens, last, end)
    for _ in range(4):
        longer = attribute_end(tokens, last, end, grammar)
        if longer is None:
            break
        last = _bracket(tokens, longer, end)
    if whole and last < end - 1 and grammar.has("coordinators", tokens[last].lower):
        other = noun_phrase(tokens, last + 1, end, grammar)
        if other is not None and other[1] == end:
            last = other[1]
    return first, last


def head_of(tokens: list[Token], first: int, end: int, grammar: Grammar) -> int | None:
    """The first word of the run of nouns, behind articles and adjectives; None where no word is left."""
    if first >= end:
        return None
    k = first
    while (
        k < end and k < first + 3 and tokens[k].kind == "word" and grammar.has("determiners", tokens[k].lower)
    ):
        k += 1
    if not grammar.verb_second:
        return _english_head(tokens, first, k, end, grammar)
    if (
        k == first
        and tokens[k].capital
        and grammar.ends("genitive_ends", tokens[k].lower)
        and _adjective(tokens, k + 1, end, grammar)
    ):
        k += 1
    if _age(tokens, k, end, grammar):  # „der **34 Jahre** alte Angeklagte“
        k += 2
    adjectives = k
    while k < end and k < adjectives + 6 and _adjective(tokens, k, end, grammar):
        k += 1
    if k == first and tokens[k].name == "PER":
        return k
    if k < end and tokens[k].capital and not (k == first and _no_noun(tokens[k], grammar)):
        return k
    return first if tokens[first].capital and grammar.has("counting", tokens[first].lower) else None


def _age(tokens: list[Token], k: int, end: int, grammar: Grammar) -> bool:
    return (
        k + 3 < end
        and tokens[k].text[:1].isdigit()
        and grammar.has("time_nouns", tokens[k + 1].text)
        and tokens[k + 2].text[:1].islower()
        and inflected(tokens[k + 2], grammar)
        and tokens[k + 3].capital
    )


def _english_head(tokens: list[Token], first: int, k: int, end: int, grammar: Grammar) -> int | None:
    if (
        k < end
        and tokens[k].kind == "word"
        and not closed_class(tokens[k], grammar)
        and (k > first or _nominal(tokens[k], grammar))
    ):
        return k
    return None


def _nominal(token: Token, grammar: Grammar) -> bool:
    return (
        token.capital
        or token.text[:1].isdigit()
        or grammar.ends("plural_ends", token.lower)
        or grammar.has("anonymous", token.lower)
    )


def closed_class(token: Token, grammar: Grammar) -> bool:
    classes = ("prepositions", "coordinators", "subordinators", "speaking_pronouns", "relatives", "adverbs")
    return any(grammar.has(name, token.lower) for name in classes)


def _no_noun(token: Token, grammar: Grammar) -> bool:
    """A capital letter that only the beginning of a sentence gives („Gestern“, „Weiter“)."""
    if token.name:
        return False
    return closed_class(token, grammar) or (
        not token.lemma[:1].isupper()
        and grammar.words is not None
        and grammar.words.knows(token.lower)
        and not grammar.words.knows(token.text)
    )


def _adjective(tokens: list[Token], k: int, end: int, grammar: Grammar) -> bool:
    if k + 1 >= end or tokens[k].kind != "word":
        return False
    token = tokens[k]
    if token.capital:
        return False
    if token.text[:1].isdigit():
        return True
    if any(
        grammar.has(name, token.lower)
        for name in ("prepositions", "coordinators", "speaking_pronouns", "reflexives", "relatives")
    ):
        return (
            grammar.has("coordinators", token.lower)
            and inflected(tokens[k - 1], grammar)
            and inflected(tokens[k + 1], grammar)
        )
    if inflected(token, grammar):
        return not (grammar.strictly_finite(token) and not tokens[k + 1].capital)
    return (
        tokens[k + 1].kind == "word"
        and not tokens[k + 1].capital
        and inflected(tokens[k + 1], grammar)
        and not grammar.finite(token)
    )


def inflected(token: Token, grammar: Grammar) -> bool:
    return token.kind == "word" and grammar.ends("adjective_ends", token.lower)


def _run(tokens: list[Token], head: int, end: int, grammar: Grammar) -> int:
    """The end of a run of nouns and names: „US-Präsident Donald Trump“, „Ursula von der Leyen“."""
    k = head + 1
    while k < end:
        token = tokens[k]
        if token.kind != "word":
            if token.text == "." and k + 1 < end and tokens[k + 1].capital and len(tokens[k - 1].text) == 1:
                k += 1
                continue
            break
        if _other_name(tokens, k, grammar):
            break
        if grammar.verb_second:
            if (
                (token.capital)
                or (
                    grammar.has("name_particles", token.lower)
                    and not grammar.has("coordinators", token.lower)
                    and _particle_run(tokens, head, k, end, grammar)
                )
                or _number_in_name(tokens, k, end, grammar)
            ):
                k += 1
            else:
                break
        elif (
            closed_class(token, grammar)
            or grammar.strictly_finite(token)
            or grammar.moods.is_finite(token.lower, "")
            or grammar.has("determiners", token.lower)
        ):
            break
        else:
            k += 1
    return k


def _number_in_name(tokens: list[Token], k: int, end: int, grammar: Grammar) -> bool:
    """„Radio 4 Nord“, but not „nach Angaben der Polizei 12 Menschen“: behind a common noun a number counts what follows."""
    number = tokens[k].text.isdigit() and len(tokens[k].text) <= 2
    if not number or k + 1 >= end or not tokens[k + 1].capital:
        return False
    return not grammar.common_noun(tokens[k + 1])


def _other_name(tokens: list[Token], k: int, grammar: Grammar) -> bool:
    """„drängte Moskau Kiew“: two names side by side are two phrases, unless the first stands in the genitive."""
    before, token = tokens[k - 1], tokens[k]
    return (
        before.name == token.name == "LOC"
        and before.mention != token.mention
        and not grammar.ends("bare_genitive_ends", before.lower)
    )


def _particle_run(tokens: list[Token], head: int, k: int, end: int, grammar: Grammar) -> bool:
    """„Ursula von der Leyen“: particles between the parts of a person's name, not „Sprecher der Polizei“."""
    if grammar.common_noun(tokens[k - 1]) or k + 1 >= end:
        return False
    after = k + 1
    if after < end and grammar.has("name_particles", tokens[after].lower):
        after += 1
    if after >= end or not tokens[after].capital:
        return False
    if tokens[k].name == "PER":
        return True
    if grammar.has("from_words", tokens[k].lower):
        return not grammar.common_noun(tokens[after])
    return not grammar.has("no_name_particles", tokens[k].lower)


def _bracket(tokens: list[Token], last: int, end: int) -> int:
    """„(CDU)“ after a name."""
    if last + 2 < end and tokens[last].text == "(":
        for k in range(last + 1, min(last + 6, end)):
            if tokens[k].text == ")":
                return k + 1
    return last


def attribute_end(tokens: list[Token], last: int, end: int, grammar: Grammar) -> int | None:
    """The end of a genitive or of a phrase with a preposition that belongs to the noun before; names take none."""
    if last >= end or tokens[last].kind != "word":
        return None
    before, token = tokens[last - 1], tokens[last]
    if not grammar.verb_second:
        if grammar.has("attaching_names", token.lower) or (
            grammar.has("attaching_things", token.lower) and not before.capital
        ):
            behind = noun_phrase(tokens, last + 1, end, grammar)
            return behind[1] if behind else None
        return None
    if not (
        grammar.common_noun(before)
        or (
            before.name != "PER"
            and grammar.words is not None
            and grammar.words.is_word(before.text)
            and not grammar.common_noun(before)
        )
    ):
        return None
    if grammar.has("genitive", token.lower):
        inner = _plain_phrase(tokens, last, end, grammar)
        if inner is None or inner == last + 1 or _masculine(tokens[last], tokens[inner - 1], grammar):
            return None
        return inner
    if (
        token.text[:1].islower()
        and grammar.ends("genitive_plural_ends", token.lower)
        and last + 1 < end
        and tokens[last + 1].capital
        and not grammar.finite(token)
        and not any(
            grammar.has(name, token.lower) for name in ("prepositions", "adverbs", "pronouns", "coordinators")
        )
    ):
        return _plain_phrase(tokens, last, end, grammar)  # „der Abzug **russischer Truppen**“
    if grammar.has("attaching", token.lower) and not grammar.has("time_nouns", before.text):
        inner = _plain_phrase(tokens, last + 1, end, grammar)
        time = inner is not None and any(grammar.has("time_nouns", item.text) for item in tokens[last:inner])
        return (
            None
            if time or (grammar.has("placing", token.lower) and not _institution(tokens, last, grammar))
            else inner
        )
    return None


def _masculine(article: Token, noun: Token, grammar: Grammar) -> bool:
    """„der Notruf“ is a subject, „der Feuerwehr“ a genitive: the noun's end says which, where no plural is meant."""
    if not grammar.has("doubtful_articles", article.lower) or noun.name:
        return False
    if GENITIVE in article.feats and GENITIVE in noun.feats:
        return False
    singular = grammar.words is None or grammar.words.lemma(noun.text) == noun.text
    return singular and grammar.ends("masculine_ends", noun.lower)


def _plain_phrase(tokens: list[Token], first: int, end: int, grammar: Grammar) -> int | None:
    head = head_of(tokens, first, end, grammar)
    return None if head is None else _run(tokens, head, end, grammar)


def _institution(tokens: list[Token], place: int, grammar: Grammar) -> bool:
    """„im“ and „in“ belong to a role only before a name („der Generalstab in Kiew“, „Vorsitzender im Bundestag“)."""
    return place + 1 < len(tokens) and (
        tokens[place + 1].name in ("LOC", "ORG")
        or (tokens[place + 1].capital and not grammar.common_noun(tokens[place + 1]))
    )


def phrase_ending_at(tokens: list[Token], last: int, grammar: Grammar, most: int = 14) -> Phrase | None:
    """The noun phrase that ends right before token `last` („**der Agentur Tass** zufolge“), the longest one without a break."""
    best = None
    for first in range(last - 1, max(-1, last - most), -1):
        token = tokens[first]
        if token.kind != "word" or grammar.strictly_finite(token):
            break
        found = noun_phrase(tokens, first, last, grammar)
        if found is not None and found[1] == last:
            best = found
            if grammar.has("determiners", token.lower) and not (
                first and grammar.has("genitive", token.lower) and grammar.common_noun(tokens[first - 1])
            ):
                break
    return best


def past_phrase(tokens: list[Token], first: int, end: int, grammar: Grammar) -> int | None:
    """Behind a preposition with its noun phrase („am Mittwoch vor Reportern“)."""
    k = first + 1
    while k < end and grammar.has("prepositions", tokens[k].lower):
        k += 1
    head = head_of(tokens, k, end, grammar)
    if head is None:
        return k + 1 if k < end else None
    last = head + 1
    while last < end and tokens[last].capital and _belongs(tokens, last, grammar):
        last += 1
    longer = (
        attribute_end(tokens, last, end, grammar)
        if grammar.common_noun(tokens[last - 1]) and not grammar.has("time_nouns", tokens[last - 1].text)
        else None
    )
    if longer is not None and grammar.has("doubtful_articles", tokens[last].lower):
        rest = noun_phrase(tokens, longer, end, grammar)
        return longer if rest is not None or not grammar.has("nominative", tokens[last].lower) else last
    return longer or last


def _belongs(tokens: list[Token], place: int, grammar: Grammar) -> bool:
    """In „am Mittwoch Peskow“ the name is no part of the time."""
    if grammar.has("time_nouns", tokens[place - 1].text) and not grammar.has(
        "time_nouns", tokens[place].text
    ):
        return False
    return not (
        tokens[place].name == "PER"
        and tokens[place - 1].name != "PER"
        and not grammar.common_noun(tokens[place - 1])
    )
