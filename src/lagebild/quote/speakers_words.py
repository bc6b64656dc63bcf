"""The words that name a speaker: the smallest noun phrase with name and role, found by its place beside the cue.

German: before the finite verb, or right after it where something else stands in front. Never the nearest name: a clause whose
subject cannot be told gives None.
"""

from __future__ import annotations

from lagebild.quote.clauses import Clause, Frame, Grammar, Token
from lagebild.quote.cues import Cue
from lagebild.quote.trees import read_subject

__all__ = [
    "Phrase",
    "addressee_of",
    "agent_of",
    "document_of",
    "like_opener",
    "noun_phrase",
    "phrase_ending_at",
    "resumes",
    "subject_of",
]

Phrase = tuple[int, int]
"""First token and the one after the last."""

_MOST = 30
"""Tokens. No noun phrase is followed further."""
_MOST_SKIPPED = 6


def noun_phrase(
    tokens: list[Token], first: int, end: int, grammar: Grammar, whole: bool = False
) -> Phrase | None:
    """The noun phrase that starts at `first`, or None. `whole`: „A und B“ and attributes with a preposition belong to it."""
    end = min(end, first + _MOST)
    if first >= end or tokens[first].kind != "word":
        return None
    head = _head(tokens, first, end, grammar)
    if head is None:
        return (first, first + 1) if grammar.has("speaking_pronouns", tokens[first].lower) else None
    last = _run(tokens, head, end, grammar)
    last = _bracket(tokens, last, end)
    for _ in range(4):
        longer = _attribute(tokens, last, end, grammar)
        if longer is None:
            break
        last = _bracket(tokens, longer, end)
    if whole and last < end - 1 and grammar.has("coordinators", tokens[last].lower):
        other = noun_phrase(tokens, last + 1, end, grammar)
        if other is not None and other[1] == end:
            last = other[1]
    return first, last


def _head(tokens: list[Token], first: int, end: int, grammar: Grammar) -> int | None:
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
        and tokens[k].lower.endswith(("s", "’", "'"))
        and _adjective(tokens, k + 1, end, grammar)
    ):
        k += 1
    adjectives = k
    while k < end and k < adjectives + 6 and _adjective(tokens, k, end, grammar):
        k += 1
    if k == first and tokens[k].name == "PER":
        return k
    if k < end and tokens[k].capital and not (k == first and _no_noun(tokens[k], grammar)):
        return k
    return first if tokens[first].capital and grammar.has("counting", tokens[first].lower) else None


def _english_head(tokens: list[Token], first: int, k: int, end: int, grammar: Grammar) -> int | None:
    if (
        k < end
        and tokens[k].kind == "word"
        and not _closed(tokens[k], grammar)
        and (k > first or _nominal(tokens[k], grammar))
    ):
        return k
    return None


def _nominal(token: Token, grammar: Grammar) -> bool:
    return (
        token.capital
        or token.text[:1].isdigit()
        or token.lower.endswith("s")
        or grammar.has("anonymous", token.lower)
    )


def _closed(token: Token, grammar: Grammar) -> bool:
    classes = ("prepositions", "coordinators", "subordinators", "speaking_pronouns", "relatives", "adverbs")
    return any(grammar.has(name, token.lower) for name in classes)


def _no_noun(token: Token, grammar: Grammar) -> bool:
    """A capital letter that only the beginning of a sentence gives („Gestern“, „Weiter“)."""
    if token.name:
        return False
    return _closed(token, grammar) or (
        not token.lemma[:1].isupper()
        and grammar.words is not None
        and grammar.words.knows(token.lower)
        and not grammar.words.knows(token.text)
    )


def _adjective(tokens: list[Token], k: int, end: int, grammar: Grammar) -> bool:
    if k + 1 >= end or tokens[k].kind != "word":
        return False
    token = tokens[k]
    if token.text[:1].isdigit():
        return True
    if token.capital:
        return False
    if any(
        grammar.has(name, token.lower)
        for name in ("prepositions", "coordinators", "speaking_pronouns", "reflexives", "relatives")
    ):
        return (
            grammar.has("coordinators", token.lower)
            and _inflected(tokens[k - 1])
            and _inflected(tokens[k + 1])
        )
    if _inflected(token):
        return not (grammar.strictly_finite(token) and not tokens[k + 1].capital)
    return (
        tokens[k + 1].kind == "word"
        and not tokens[k + 1].capital
        and _inflected(tokens[k + 1])
        and not grammar.finite(token)
    )


def _inflected(token: Token) -> bool:
    return token.kind == "word" and token.lower.endswith(("e", "en", "er", "es", "em"))


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
        if _other_name(tokens, k):
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
            _closed(token, grammar)
            or grammar.strictly_finite(token)
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


def _other_name(tokens: list[Token], k: int) -> bool:
    """„drängte Moskau Kiew“: two names side by side are two phrases, unless the first stands in the genitive."""
    before, token = tokens[k - 1], tokens[k]
    return (
        before.name == token.name == "LOC"
        and before.mention != token.mention
        and not before.lower.endswith("s")
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


def _attribute(tokens: list[Token], last: int, end: int, grammar: Grammar) -> int | None:
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
    if noun.relation == "nsubj" or "Case=Nom" in article.feats:
        return True
    if article.feats:
        return False
    singular = grammar.words is None or grammar.words.lemma(noun.text) == noun.text
    return singular and grammar.ends("masculine_ends", noun.lower)


def _plain_phrase(tokens: list[Token], first: int, end: int, grammar: Grammar) -> int | None:
    head = _head(tokens, first, end, grammar)
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


def subject_of(frame: Frame, cue: Cue, grammar: Grammar) -> tuple[Phrase | None, str]:
    """The subject of a cue clause and how it was found: before, after, own (the verb's own clause), none.

    Where a language model has read the sentence, it decides between what stands before the verb and what behind, and finds
    a subject where places alone do not.
    """
    phrase, by = _placed_subject(frame, cue, grammar)
    if cue.passive and not cue.entry.quoted:
        return phrase, by
    read, others = read_subject(frame, cue)
    if read is None or (phrase is not None and not any(phrase[0] <= k < phrase[1] for k in others)):
        return phrase, by
    if phrase is not None and phrase[0] <= read < phrase[1]:
        return phrase, by
    second = _phrase_around(frame, read, cue, grammar)
    return (second, "before" if read < cue.verb else "after") if second is not None else (phrase, by)


def _phrase_around(frame: Frame, place: int, cue: Cue, grammar: Grammar) -> Phrase | None:
    """The noun phrase in which a token stands, if it can speak."""
    tokens = frame.tokens
    token = tokens[place]
    if not (token.capital or grammar.has("speaking_pronouns", token.lower)):
        return None
    clause = next((part for part in frame.clauses if part.first <= place < part.last), None)
    if clause is None or clause.kind == "quote":
        return None
    for first in range(max(clause.first, place - 6), place + 1):
        found = noun_phrase(tokens, first, clause.last, grammar)
        if found is not None and found[0] <= place < found[1] and not found[0] <= cue.verb < found[1]:
            return found if cue.any_subject or _may_speak(tokens, found, grammar) else None
    return None


def _placed_subject(frame: Frame, cue: Cue, grammar: Grammar) -> tuple[Phrase | None, str]:
    clause = frame.clauses[cue.clause]
    if cue.passive and not cue.entry.quoted:
        return agent_of(frame, cue, grammar), "agent"
    if not grammar.verb_second:
        return _english_subject(frame, cue, grammar)
    if clause.kind in ("sub", "that", "rel", "wh"):
        return _subordinate_subject(frame, clause, cue, grammar), "own"
    before = _front_subject(frame, cue, grammar)
    after = _after_verb(frame, cue, grammar)
    if after is not None and any(after[0] <= k < after[1] for k in cue.words):
        after = None
    if (
        clause.verb_first
        and grammar.has("coordinators", clause.after)
        and not _marked_nominative(frame.tokens, after, grammar)
    ):
        return None, "none"
    if before is not None and not (
        _marked_nominative(frame.tokens, after, grammar) and _could_be_object(frame.tokens, before, grammar)
    ):
        return before, "before"
    if after is not None:
        return _without_object(frame.tokens, after, cue), "after"
    titled = _name_with_particle(frame.tokens, clause.opener, cue.verb, grammar)
    return titled, "before" if titled else "none"


def _name_with_particle(tokens: list[Token], first: int, verb: int, grammar: Grammar) -> Phrase | None:
    """„Von der Heyde sagte“ without another subject: a name, not „von“ with its noun."""
    particles = verb - first == 3 and all(
        grammar.has("name_particles", token.lower) for token in tokens[first : first + 2]
    )
    return (first, verb) if particles and tokens[first + 2].capital else None


def _without_object(tokens: list[Token], found: Phrase, cue: Cue) -> Phrase:
    """„spricht die Polizei **von Ausschreitungen**“: the preposition that the verb takes ends its subject."""
    for k in range(found[0] + 1, found[1]):
        if tokens[k].lower in cue.entry.objects:
            return found[0], k
    return found


def agent_of(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """Who does what a passive verb says: „**von X** bestätigt“."""
    clause = frame.clauses[cue.clause]
    for k in range(clause.first, clause.last):
        if grammar.has("agents", frame.tokens[k].lower):
            return noun_phrase(frame.tokens, k + 1, clause.last, grammar)
    return None


def _front_subject(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    clause = frame.clauses[cue.clause]
    tokens = frame.tokens
    first = clause.first
    if clause.verb_first:
        return (
            None
            if _inserted(frame, cue) and like_opener(frame, cue.clause, grammar) is None
            else _parted_subject(frame, cue, grammar)
        )
    while first < cue.verb - 1 and (
        grammar.has("coordinators", tokens[first].lower) or (grammar.has("focus", tokens[first].lower))
    ):
        first += 1
    named = tokens[first].name in ("PER", "ORG")
    if _feminine_dative(tokens, first, grammar):
        return None
    if tokens[first].kind != "word" or (
        not named
        and (grammar.has("prepositions", tokens[first].lower) or grammar.has("oblique", tokens[first].lower))
    ):
        return None
    if (
        grammar.has("adverbs", tokens[first].lower) or grammar.has("empty_subjects", tokens[first].lower)
    ) and not tokens[first].name:
        return None
    if first == cue.verb - 1 and grammar.has("demonstratives", tokens[first].lower):
        return first, cue.verb  # „Der sagte“
    found = _long_attribute(tokens, first, cue.verb, grammar) or noun_phrase(
        tokens, first, cue.verb, grammar, whole=True
    )
    if found is None or not (cue.any_subject or _may_speak(tokens, found, grammar)):
        return None
    rest = tokens[found[1] : cue.verb]
    fits = (
        not rest
        or grammar.has("attaching", rest[0].lower)
        or grammar.has("prepositions", rest[0].lower)
        or grammar.has("adverbs", rest[0].lower)
        or len(rest) <= 2
    )
    if not fits:
        return None
    return found


def _long_attribute(tokens: list[Token], first: int, verb: int, grammar: Grammar) -> Phrase | None:
    """„Zwei **mit dem Vorgang vertraute** Personen“: an attribute with a preposition between number or article and noun."""
    if verb - first < 5 or not tokens[verb - 1].capital or tokens[verb - 1].name:
        return None
    starts = grammar.has("determiners", tokens[first].lower) and grammar.has(
        "prepositions", tokens[first + 1].lower
    )
    attribute = tokens[verb - 2].text[:1].islower() and _inflected(tokens[verb - 2])
    plain = not any(token.kind != "word" for token in tokens[first:verb])
    return (first, verb) if starts and attribute and plain else None


def _feminine_dative(tokens: list[Token], first: int, grammar: Grammar) -> bool:
    """„Der **angesehenen** Zeitung sagte X“: behind a nominative „der“ the adjective ends in -e."""
    following = tokens[first + 1] if first + 1 < len(tokens) else None
    return (
        grammar.has("feminine_dative", tokens[first].lower)
        and following is not None
        and following.text[:1].islower()
        and following.lower.endswith("en")
    )


def resumes(frame: Frame, cue: Cue) -> bool:
    """„Die Mieter, die seit Jahren klagen, **hatten** die Firma **gewarnt**“: the subject stands before a relative clause."""
    k = cue.clause
    perfect = cue.verb not in cue.words
    opened = frame.clauses[k].verb_first and frame.clauses[k].after == "," and k > 1
    return perfect and opened and frame.clauses[k - 1].kind == "rel" and frame.clauses[k - 2].kind == "frag"


def _inserted(frame: Frame, cue: Cue) -> bool:
    """„Die Reparatur, sagte X, habe …“: the clause behind opens with the verb of what stands in front."""
    k = cue.last_clause + 1
    if resumes(frame, cue):
        return False
    return k < len(frame.clauses) and frame.clauses[k].verb_first and frame.clauses[k].after == ","


def _parted_subject(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """„Karoline Leavitt, die Sprecherin des Weißen Hauses, sagte“: parts without a verb right before a clause that opens with it."""
    k = cue.clause
    if frame.clauses[k].after not in (",", "–", ")"):
        return None
    first = None
    while k > 0:
        part = frame.clauses[k - 1]
        if part.kind == "rel":
            k -= 1
            continue
        if part.kind != "frag":
            break
        first = k - 1
        k -= 1
        if frame.clauses[first].after not in (",", "–", "("):
            break
    if first is None:
        return None
    start = frame.clauses[first].opener
    if like_opener(frame, cue.clause, grammar) == first:
        start += 1
    opening = frame.tokens[start].lower
    if any(grammar.has(name, opening) for name in ("prepositions", "adverbs", "oblique")) or _feminine_dative(
        frame.tokens, start, grammar
    ):
        return None
    found = noun_phrase(frame.tokens, start, frame.clauses[first].last, grammar)
    if found is None or not (cue.any_subject or _may_speak(frame.tokens, found, grammar)):
        return None
    return found[0], _with_apposition(frame, first, found[1], cue.clause, grammar)


def like_opener(frame: Frame, number: int, grammar: Grammar) -> int | None:
    """The clause „wie Jan Holm“ of „…, wie Jan Holm, Direktor der Behörde, betont“, where `number` is that of the verb."""
    k = number - 1
    while (
        k > 0
        and frame.clauses[k].kind in ("frag", "rel")
        and not grammar.has("reporting_openers", frame.tokens[frame.clauses[k].opener].lower)
    ):
        k -= 1
    clause = frame.clauses[k] if k >= 0 else None
    return (
        k
        if clause is not None
        and clause.kind == "frag"
        and grammar.has("reporting_openers", frame.tokens[clause.opener].lower)
        else None
    )


def _with_apposition(frame: Frame, number: int, last: int, before: int, grammar: Grammar) -> int:
    """The end of the phrase with the role or name put after it between commas."""
    if last != frame.clauses[number].last or number + 1 >= before:
        return last
    part = frame.clauses[number + 1]
    if part.kind != "frag" or part.after != ",":
        return last
    found = noun_phrase(frame.tokens, part.first, part.last, grammar)
    if found is None or (
        grammar.has("speaking_pronouns", frame.tokens[part.first].lower) and found[1] - found[0] == 1
    ):
        return last
    rest = frame.tokens[found[1] : part.last]
    attached = (
        not rest
        or grammar.has("prepositions", rest[0].lower)
        or grammar.has("coordinators", rest[0].lower)
        or grammar.has("attaching", rest[0].lower)
    )
    return part.last if attached and part.last - part.first <= _MOST else last


def _after_verb(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """The first noun phrase behind the verb that can be its subject: adverbs and phrases with a preposition are passed over."""
    number, tokens, end = cue.clause, frame.tokens, frame.clauses[cue.clause].last
    k = cue.verb + 1
    for _ in range(8):
        if k >= end or tokens[k].kind != "word":
            return None
        lower = tokens[k].lower
        if grammar.has("empty_subjects", lower):
            return None
        if (
            (
                grammar.has("focus", lower)
                and k + 1 < end
                and (tokens[k + 1].capital or grammar.has("determiners", tokens[k + 1].lower))
            )
            or grammar.has("reflexives", lower)
            or (grammar.has("adverbs", lower) and not tokens[k].capital)
        ):
            k += 1
        elif grammar.has("prepositions", lower):
            passed = _past_phrase(tokens, k, end, grammar)
            if passed is None:
                return None
            k = passed
        elif grammar.has("oblique", lower):
            found = noun_phrase(tokens, k, end, grammar)
            k = found[1] if found is not None else k + 1
        else:
            found = noun_phrase(tokens, k, end, grammar)
            if found is None and tokens[k].text[:1].islower() and not grammar.finite(tokens[k]):
                k += 1
                continue
            if found is None or not (cue.any_subject or _may_speak(tokens, found, grammar)):
                return None
            return found[0], _with_apposition(frame, number, found[1], len(frame.clauses), grammar)
    return None


def _past_phrase(tokens: list[Token], first: int, end: int, grammar: Grammar) -> int | None:
    """Behind a preposition with its noun phrase („am Mittwoch vor Reportern“)."""
    k = first + 1
    while k < end and grammar.has("prepositions", tokens[k].lower):
        k += 1
    head = _head(tokens, k, end, grammar)
    if head is None:
        return k + 1 if k < end else None
    last = head + 1
    while last < end and tokens[last].capital and _belongs(tokens, last, grammar):
        last += 1
    longer = (
        _attribute(tokens, last, end, grammar)
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


def _subordinate_subject(frame: Frame, clause: Clause, cue: Cue, grammar: Grammar) -> Phrase | None:
    verb = cue.verb
    tokens, k = frame.tokens, clause.opener + 1
    if clause.kind == "rel" and grammar.has("nominative_relatives", tokens[clause.opener].lower):
        return None
    for _ in range(6):
        if k >= verb:
            return None
        lower = tokens[k].lower
        if grammar.has("empty_subjects", lower):
            return None
        if grammar.has("prepositions", lower):
            passed = _past_phrase(tokens, k, verb, grammar)
            if passed is None:
                return None
            k = passed
        elif (
            grammar.has("adverbs", lower)
            or grammar.has("reflexives", lower)
            or (grammar.has("oblique", lower) and not grammar.has("articles_oblique", lower))
        ):
            k += 1
        else:
            found = noun_phrase(tokens, k, verb, grammar)
            if found is not None:
                return (
                    found
                    if (cue.any_subject or _may_speak(tokens, found, grammar))
                    and not grammar.has("oblique", lower)
                    else None
                )
            k += 1
    return None


def _may_speak(tokens: list[Token], found: Phrase, grammar: Grammar) -> bool:
    words = tokens[found[0] : found[1]]
    if any(grammar.has("empty_subjects", token.lower) for token in words[:1]):
        return False
    if all(
        grammar.has("time_nouns", token.text)
        or grammar.has("determiners", token.lower)
        or (_inflected(token) and not token.capital)
        for token in words
    ):
        return any(grammar.has("speaking_pronouns", token.lower) for token in words) and len(words) == 1
    heads = [token for token in words if token.capital and not grammar.has("determiners", token.lower)]
    return not (len(heads) == 1 and grammar.has("no_speakers", heads[0].text))


def _marked_nominative(tokens: list[Token], found: Phrase | None, grammar: Grammar) -> bool:
    if found is None:
        return False
    first = tokens[found[0]]
    return (
        first.name == "PER"
        or first.lower == "er"
        or (grammar.has("nominative", first.lower) and found[1] - found[0] > 1)
    )


def _could_be_object(tokens: list[Token], found: Phrase, grammar: Grammar) -> bool:
    """„Die Vorwürfe wies der Sprecher zurück“: things, not people, in front of the verb."""
    words = tokens[found[0] : found[1]]
    if any(token.name in ("PER", "ORG") for token in words[:2]):
        return False
    head = next(
        (token for token in words if token.capital and not grammar.has("determiners", token.lower)), None
    )
    return head is not None and grammar.has("object_nouns", head.text)


def _english_subject(frame: Frame, cue: Cue, grammar: Grammar) -> tuple[Phrase | None, str]:
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    if cue.verb == clause.opener:
        parted = _parted_subject(frame, cue, grammar) if clause.after == "," else None
        if parted is not None:
            return parted, "before"
        if grammar.has("coordinators", tokens[clause.first].lower):
            return None, "none"
        found = noun_phrase(tokens, cue.verb + 1, clause.last, grammar) or _plain_role(
            tokens, cue.verb + 1, clause.last, grammar
        )
        if found is not None:
            return (
                found[0],
                _with_apposition(frame, cue.clause, found[1], len(frame.clauses), grammar),
            ), "after"
        return None, "none"
    first = clause.opener
    while first < cue.verb - 1 and (
        grammar.has("adverbs", tokens[first].lower) or grammar.has("coordinators", tokens[first].lower)
    ):
        first += 1
    if grammar.has("subordinators", tokens[first].lower) and first + 1 < cue.verb:
        first += 1
    found = noun_phrase(tokens, first, cue.verb, grammar, whole=True)
    if found is None or grammar.has("prepositions", tokens[first].lower):
        for k in range(cue.verb - 1, first, -1):
            found = noun_phrase(tokens, k, cue.verb, grammar)
            if found is not None and found[1] == cue.verb and tokens[k].capital:
                while k > first and tokens[k - 1].capital:
                    k -= 1
                return (k, cue.verb), "before"
        return None, "none"
    return (found, "before") if found[1] >= cue.verb - 2 else (None, "none")


def _plain_role(tokens: list[Token], first: int, end: int, grammar: Grammar) -> Phrase | None:
    """“said **police chief Tom Reed**”: small words before a name, all of them nouns."""
    k = first
    while (
        k < min(end, first + 4)
        and tokens[k].kind == "word"
        and not tokens[k].capital
        and not _closed(tokens[k], grammar)
    ):
        k += 1
    if first < k < end and tokens[k].capital:
        found = noun_phrase(tokens, k, end, grammar)
        return (first, found[1]) if found is not None else None
    return (first, k) if first < k and grammar.speaks(tokens[k - 1].text) else None


def addressee_of(frame: Frame, cue: Cue, speaker: Phrase | None, grammar: Grammar) -> Phrase | None:
    """Who is spoken to: „gegenüber Journalisten“, „vor Reportern“, a dative right behind verb or subject."""
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    for k in range(clause.first, clause.last - 1):
        if tokens[k].lower == "gegenüber" and grammar.verb_second:
            return noun_phrase(tokens, k + 1, clause.last, grammar)
    if cue.passive and not cue.entry.quoted:
        return _told_passively(frame, cue, grammar)
    place = cue.verb + 1
    for _ in range(_MOST_SKIPPED):
        if speaker is not None and speaker[0] <= place < speaker[1]:
            place = speaker[1]
        if place >= clause.last or tokens[place].kind != "word":
            return None
        lower = tokens[place].lower
        if not (grammar.has("reflexives", lower) and not grammar.has("told_pronouns", lower)) and not (
            grammar.has("adverbs", lower) or place in cue.words
        ):
            break
        place += 1
    return _told_at(tokens, place, clause.last, cue, speaker, grammar)


def _told_at(
    tokens: list[Token], place: int, end: int, cue: Cue, speaker: Phrase | None, grammar: Grammar
) -> Phrase | None:
    """Whom the words behind verb and subject name: a pronoun, a dative, the object of „bitten“, the noun behind „an“."""
    lower, verb = tokens[place].lower, cue.entry.verb
    if grammar.has("told_pronouns", lower):
        return place, place + 1
    if grammar.has("told_behind", lower) and grammar.has("telling_to", verb):
        return noun_phrase(tokens, place + 1, end, grammar)
    found = noun_phrase(tokens, place, end, grammar)
    if found is None or speaker is None or "als" in cue.entry.objects:
        return None
    words = tokens[found[0] : found[1]]
    somebody = any(token.name in ("PER", "ORG") or grammar.speaks(token.text) for token in words)
    dative = (
        grammar.has("oblique", lower)
        or grammar.has("feminine_dative", lower)
        or words[0].name in ("PER", "ORG")
    )
    return (
        found if (dative and grammar.verb_second) or (somebody and grammar.has("told_verbs", verb)) else None
    )


def _told_passively(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """„**Dem Trainer** wurde vorgeworfen, …“, „**Anwohner** wurden aufgefordert“: what stands for a subject is spoken to, it does not speak."""
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    places = [clause.opener] if clause.opener < cue.verb else [cue.verb + 1]
    for place in places:
        if place >= clause.last or tokens[place].kind != "word":
            continue
        lower = tokens[place].lower
        if grammar.has("spoken_to", lower):
            return place, place + 1
        found = noun_phrase(tokens, place, clause.last, grammar)
        words = tokens[found[0] : found[1]] if found is not None else []
        if any(token.name in ("PER", "ORG") or grammar.speaks(token.text) for token in words):
            return found
    return None


def document_of(frame: Frame, cue: Cue, grammar: Grammar) -> Phrase | None:
    """Where it says so: „in **dem Papier** heißt es“, „wie aus **Regierungskreisen** verlautete“. None for places and times."""
    tokens, clause = frame.tokens, frame.clauses[cue.clause]
    for k in range(clause.first, clause.last - 1):
        if not grammar.has("document_prepositions", tokens[k].lower):
            continue
        found = noun_phrase(tokens, k + 1, clause.last, grammar)
        if found is None or any(
            grammar.has("time_nouns", token.text) for token in tokens[found[0] : found[1]]
        ):
            continue
        if tokens[found[0]].name == "LOC" and found[1] - found[0] == 1:
            continue
        return found
    return None
