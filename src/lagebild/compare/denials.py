"""Who says of what that it is not so: denials in a clause of their own, and denials that point back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lagebild.compare.assertions import Assertion, Pile, Report, apart, long_ago
from lagebild.lang.wording import Wording
from lagebild.model.account import Reason

__all__ = ["Contradiction", "find_contradictions"]

_BACK = (
    5  # sentences between what is denied and a denial that points back; in news the denial follows closely
)
_SAME_SPEAKER = 3  # sentences of one speaker that „die Darstellung“ sums up
_NEARBY = 14  # sentences in which one shared word is enough, because the text itself sets the two against each other
_COVERED = 0.7
_COVERED_NEARBY = 0.5
_NO_ASSERTION = ("demand", "ask", "hope", "promise", "threaten", "refuse", "no_comment")
_BARE = 6
_SHORT = 14  # words of a clause that says „das ist falsch“ and nothing else
_LISTED = 300  # claims looked at for one word; commoner words tell nothing
_STEM = 5  # letters from which one term may begin another
_HANGS_ON = 3  # characters between a clause and the one that hangs on it
_TOLD = 4  # words of a clause that can deny by one word
_PAIRS = 200_000  # pairs held against each other in one story
_KEPT = 600  # contradictions kept of one story


@dataclass(frozen=True)
class Contradiction:
    """`denial` says of `claim` that it is not so."""

    denial: Assertion
    claim: Assertion
    reason: Reason


@dataclass(frozen=True)
class _Denial:
    """`terms` is what is denied; empty: what was said before. `at` is the sentence.

    `bare`: nothing but who denies („Die Firma widersprach“). `hints` are words of the sentence that tell what or whose it was.
    `ahead`: what is denied is told in the next sentence. `whole`: all that the other said in the paragraph („die Darstellung“).
    `retort`: the words answer what another one said of the same thing.
    """

    by: Assertion
    terms: frozenset[str]
    at: int
    back: bool
    bare: bool = False
    hints: frozenset[str] = frozenset()
    ahead: bool = False
    whole: bool = False
    retort: bool = False


def find_contradictions(pile: Pile) -> tuple[list[Contradiction], bool]:
    """Each pair of a denial and what it denies, in the order of the pile; and whether pairs were left out for their number.

    A denial that points back („wies diese Behauptung zurück“) means the last thing that somebody else was reported to say, at
    most five sentences before. A denial with words of its own means claims of others that share most of these words. Plans,
    demands, conditions and what is long past are no answers to each other. The outlet's own voice denies only with at least
    three shared words. Without a negation deny: words that say the contrary („alle seien wohlauf“), an answer („entgegnete“) to
    what was just said of the same thing, and the literal words that follow a denial and tell of the same thing.
    """
    found: list[Contradiction] = []
    board = _Board(pile)
    for report in pile.reports:
        for denial in _denials(report):
            found += _with_explanation(report, denial, _pointed_at(report, denial)) if denial.back else []
            if denial.terms:
                found += board.answered(denial)
    kept = _once(found)
    return kept[:_KEPT], board.full or len(kept) > _KEPT


def _once(found: Sequence[Contradiction]) -> list[Contradiction]:
    kept: dict[tuple[int, int], Contradiction] = {}
    for one in found:
        kept.setdefault((one.denial.order, one.claim.order), one)
    return [kept[key] for key in sorted(kept)]


# denials of one text


def _denials(report: Report) -> Iterator[_Denial]:
    if report.wording is None:
        return
    for index in range(len(report.sentences)):
        here = report.in_sentence(index)
        explicit = [
            one
            for one in here
            if one.denied
            and one.solid
            and _has_content(one)
            and not long_ago(one)
            and not _is_addressee(report.wording, one)
        ]
        for one in explicit:
            such = _such(report.wording, one)
            if such is None:
                yield _Denial(one, _main_terms(one, report.wording), index, False)
            else:
                yield _Denial(one, frozenset(), index, True, hints=such)
        if not any(one.spoken for one in explicit):
            yield from _by_sentence(report, report.wording, index, here)
        yield from _contraries(report.wording, index, here)
        yield from _retorts(report, report.wording, index, here)


def _contraries(wording: Wording, index: int, here: Sequence[Assertion]) -> Iterator[_Denial]:
    """„Alle seien wohlauf“ denies without a negation that somebody was hurt; „zwei blieben unverletzt“ does not."""
    for one in here:
        words = wording.words(one.words)
        if not one.solid or one.denied or _holds_negation(one) or long_ago(one) or one.claim.quantities:
            continue
        for of, phrases in wording.contraries:
            places = phrases.found(words)
            if places and not wording.partial & set(words[: places[0]]):
                said = {wording.terms.term(words[k]) for k in places}
                yield _Denial(one, (one.terms - said) | {of}, index, False)


def _retorts(report: Report, wording: Wording, index: int, here: Sequence[Assertion]) -> Iterator[_Denial]:
    """„Die Leitung lag bei uns“, entgegnete X: the text says itself that one answers the other."""
    for one in here:
        quote = report.quotes.get(one.claim.quote_id or "")
        if quote is not None and one.solid and not one.denied and one.terms:
            cue = [
                word for piece in quote.cue for word in wording.words(report.text[piece.start : piece.end])
            ]
            if wording.retorts.found(cue):
                yield _Denial(one, frozenset(), index, True, hints=one.terms, retort=True)


def _is_addressee(wording: Wording, one: Assertion) -> bool:
    """„widersprach **dem Gutachter**“: who is contradicted, not what."""
    said = wording.said_before.any_of(wording.words(one.words))
    verbs = wording.words(one.report.sentence_words(one.sentence))
    return _is_nominal(one) and not said and bool(wording.deny_whom & set(verbs))


def _is_nominal(one: Assertion) -> bool:
    """True for a noun phrase or infinitive that is denied („Berichte über einen Verkauf“)."""
    predicate = one.claim.predicate
    return predicate.start <= one.claim.start and one.claim.end <= predicate.end


def _is_contrary(one: Assertion) -> bool:
    """„Entgegen ersten Meldungen wurde niemand verletzt“: the text says itself that it contradicts."""
    wording = one.report.wording
    return wording is not None and bool(wording.contrary & set(wording.words(one.words)[:1]))


def _such(wording: Wording, one: Assertion) -> frozenset[str] | None:
    """The noun of „keine solche Forderung“, which points back to where it was named; None where nothing does so.

    „Einen solchen Satz hat kein Prüfer gesagt“: what was said is meant, so who is said not to have said it tells whose it was.
    """
    words = wording.words(one.words)
    at = next((k for k, word in enumerate(words) if word in wording.such), -1)
    if at < 0:
        return None
    noun = next((k for k in range(at + 1, min(at + 3, len(words))) if wording.terms.term(words[k])), at)
    if noun == at:
        return frozenset([words[at]])  # no term: nothing fits it
    if wording.said_before.has(words[noun]):
        who = _words_at(one.report, wording, one.claim.actor) if one.claim.actor else frozenset()
        said = {wording.terms.term(words[noun])}
        return who - said or _nobody(wording, one, words) - said
    return frozenset([wording.terms.term(words[noun])]) - {""}


def _nobody(wording: Wording, one: Assertion, words: Sequence[str]) -> frozenset[str]:
    """„kein Prüfer“ in a clause that tells what nobody did."""
    places = [k + 1 for k, word in enumerate(words[:-1]) if word in wording.negations]
    return frozenset(wording.terms.term(words[k]) for k in places if one.acts) - {""}


def _main_terms(one: Assertion, wording: Wording) -> frozenset[str]:
    """What the clause itself denies: reasons behind „weil“ or „da“ are left out."""
    words = wording.words(one.words)
    if _is_contrary(one):
        skipped = next((k + 1 for k, word in enumerate(words) if wording.said_before.has(word)), 1)
        words = words[skipped:]
        opening, comma, _ = one.words.partition(",")
        words = words[max(0, len(wording.words(opening)) - skipped) if comma else 0 :]
    end = next((k for k, word in enumerate(words) if k > 2 and word in wording.ask.closes), len(words))
    kept = [word for word in words[:end] if not wording.said_before.has(word)]
    terms = wording.terms.of(" ".join(kept))
    return frozenset(term for term in terms if not term[:1].isdigit()) or one.terms


def _has_content(one: Assertion) -> bool:
    """False for „diese Behauptung“: it only names what was said."""
    wording = one.report.wording
    if wording is None:
        return False
    return any(
        wording.terms.term(word) for word in wording.words(one.words) if not wording.said_before.has(word)
    )


def _by_sentence(
    report: Report, wording: Wording, index: int, here: Sequence[Assertion]
) -> Iterator[_Denial]:
    """A denial by a verb or by a word like „falsch“, without a clause that says what is denied."""
    words = wording.words(report.sentence_words(index))
    verb, false = wording.denial_in(words), wording.false.found(words)
    by = _speaker_of(wording, here) if verb or false else None
    if by is None or (verb and _of_something_else(wording, words)):
        return
    back = _points_back(wording, words, bool(verb), by)
    bare = len(words) <= _BARE
    mentioned = _mentioned(report, index, by) if back else None
    if mentioned:
        yield _Denial(by, mentioned.terms, index, False)
        return
    if verb:
        terms = _denied_terms(report, wording, words, verb, by)
        if back or terms:
            hints = _hints(report, wording, words, by)
            whole = any(wording.said_before.has(word) for word in words)
            back = back or not terms
            yield _Denial(
                by, terms, index, back, bare, hints, back and _told_next(report, wording, index, by), whole
            )
    elif back and len(wording.words(by.words)) <= _SHORT:
        yield _Denial(by, frozenset(), index, True, bare, _hints(report, wording, words, by))


def _told_next(report: Report, wording: Wording, index: int, by: Assertion) -> bool:
    """„Damit widersprach sie dem Amt. Dessen Sprecher **hatte** gesagt, …“: the next sentence tells what was said before."""
    told = [one for one in report.in_sentence(index + 1) if one.spoken and not one.origins & by.origins]
    if not told:
        return False
    sentence = report.sentences[index + 1]
    before = wording.words(report.text[sentence.start : told[0].claim.start])
    return bool(wording.earlier & set(before))


def _mentioned(report: Report, index: int, by: Assertion) -> Assertion | None:
    """„Zu der Behauptung, X sei Y, stellen wir fest: Diese Behauptung ist falsch.“ What is denied stands there without a speaker."""
    near = [*report.in_sentence(index), *report.in_sentence(index - 1)]
    return next(
        (one for one in near if one.mentioned and one is not by and one.claim.start < by.claim.start), None
    )


def _of_something_else(wording: Wording, words: Sequence[str]) -> bool:
    """„wies die Kritik zurück“, „wiesen den Angriff zurück“: nothing is said to be false."""
    return wording.deny_not_of.any_of(words) and not wording.said_before.any_of(words)


def _points_back(wording: Wording, words: Sequence[str], verb: bool, by: Assertion) -> bool:
    named = [k for k, word in enumerate(words) if wording.said_before.has(word)]
    if any(k and words[k - 1] in wording.pointing for k in named):
        return True
    if verb:
        return not named or by.claim.quote_id is None or _stands_alone(wording, words, named[0])
    if named:
        return True
    first = wording.words(by.words)[:2]
    return any(word in wording.pointing for word in first)


def _stands_alone(wording: Wording, words: Sequence[str], at: int) -> bool:
    """„wies die Darstellung zurück“: nothing behind the noun says what it was."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return following not in wording.attaches and not wording.opens_denied & set(words[at + 1 :])


def _speaker_of(wording: Wording, here: Sequence[Assertion]) -> Assertion | None:
    """The claim that stands for the denial: one in the denier's mouth, else the clause with the verb of denial."""
    here = [one for one in here if not one.mentioned]
    for one in here:
        quote = one.report.quotes.get(one.claim.quote_id or "")
        if quote is not None and quote.stance == "deny":
            return one
    verbs = [one for one in here if wording.denies(wording.words(one.words))]
    return next(iter(verbs or [one for one in here if one.spoken] or here), None)


def _denied_terms(
    report: Report, wording: Wording, words: Sequence[str], verb: tuple[int, ...], by: Assertion
) -> frozenset[str]:
    """What the object of the verb is about: „wies Vorwürfe der Bestechung zurück“ is about bribery."""
    quote = report.quotes.get(by.claim.quote_id or "")
    if quote is not None and quote.form == "direct":
        return frozenset()
    speaker = _words_at(report, wording, quote.speaker) if quote and quote.speaker else frozenset()
    actor = _words_at(report, wording, by.claim.actor) if by.claim.actor else frozenset()
    verb_words = {words[k] for k in verb}
    kept = [word for word in words if word not in verb_words and not wording.said_before.has(word)]
    terms = {wording.terms.term(word) for word in kept} - speaker - actor - {""}
    return frozenset(term for term in terms if term.startswith("="))


def _hints(report: Report, wording: Wording, words: Sequence[str], by: Assertion) -> frozenset[str]:
    """Content words behind the noun that points back: „Angaben der Gewerkschaft“ are the union's."""
    named = [k for k, word in enumerate(words) if wording.said_before.has(word)]
    if not named:
        return frozenset()
    at = named[0] + 1
    if at + 1 >= len(words) or words[at] not in wording.attaches:
        return frozenset()
    who = _words_at(report, wording, by.claim.actor) if by.claim.actor else frozenset()
    terms = {wording.terms.term(word) for word in words[at + 1 : at + 3]} - {""}
    return frozenset(terms) - who - _marks_of_denial(wording, words)


def _marks_of_denial(wording: Wording, words: Sequence[str]) -> frozenset[str]:
    places = (*wording.deny.found(words), *wording.false.found(words))
    return frozenset(wording.terms.term(words[k]) for k in places)


def _words_at(report: Report, wording: Wording, piece: object) -> frozenset[str]:
    start, end = getattr(piece, "start", 0), getattr(piece, "end", 0)
    return wording.terms.of(report.text[start:end])


def _answered_by(report: Report, denial: _Denial) -> list[Contradiction]:
    """What another speaker said of the same thing in one of the last sentences, with the clause on which it hangs."""
    for index in range(denial.at - 1, max(-1, denial.at - 1 - _SAME_SPEAKER), -1):
        others = [
            one for one in report.in_sentence(index) if one.spoken and not one.origins & denial.by.origins
        ]
        meant = [one for one in others if _on_one_thing(one.terms, denial.hints)]
        if meant:
            heads = [one for one in others for by in meant if 0 < by.claim.start - one.claim.end <= _HANGS_ON]
            said = sorted({one.order: one for one in (*meant, *heads) if one.solid}.values(), key=_order)
            return [_pointing(denial, one, said[0], "denial_points_back", 0.7) for one in said]
    return []


def _order(one: Assertion) -> int:
    return one.order


def _on_one_thing(left: frozenset[str], right: frozenset[str]) -> bool:
    """True for a shared term, also as the beginning of a compound: „Einsatz“ and „Einsatzleitung“."""
    if left & right:
        return True
    return any(
        len(a) >= _STEM and len(b) >= _STEM and (a.startswith(b) or b.startswith(a))
        for a in sorted(left)
        for b in sorted(right)
    )


def _pointed_at(report: Report, denial: _Denial) -> list[Contradiction]:
    """The claims of the nearest sentence before in which somebody else is reported to say something."""
    if denial.retort:
        return _answered_by(report, denial)
    if denial.ahead:
        told = [one for one in report.in_sentence(denial.at + 1) if _may_be_denied(one, denial)]
        return [_pointing(denial, one, told[0], "denial_points_ahead", 0.9) for one in told]
    for index in range(denial.at, max(-1, denial.at - 1 - _BACK), -1):
        if not _in_reach(report, index, denial.at):
            break
        said = [one for one in _said_by_others(report, index, denial) if _fits(one, denial)]
        if said:
            back = _one_further(report, index, said, denial)
            links = [_pointing(denial, one, said[0], "denial_points_further_back", 0.6) for one in back]
            return links + [_pointing(denial, one, said[0], "denial_points_back", 0.9) for one in said]
    return []


def _with_explanation(report: Report, denial: _Denial, links: list[Contradiction]) -> list[Contradiction]:
    """„Die Polizei trat dem entgegen. „Der Test ergab null Promille“, stellte ein Sprecher klar.“: his words stand beside the denial."""
    here, wording = report.sentences[denial.at], report.wording
    if denial.retort or denial.ahead or wording is None or denial.at + 1 >= len(report.sentences):
        return links
    if report.sentences[denial.at + 1].block_id != here.block_id:
        return links
    asserting = {origin for link in links for origin in link.claim.origins}
    told = [
        one
        for one in report.in_sentence(denial.at + 1)
        if one.spoken and one.solid and not one.origins & asserting and _explains(one, denial, wording)
    ]
    kept = {link.claim.order: link for link in links}
    more = [
        Contradiction(one, link.claim, replace(link.reason, score=0.6))
        for one in told
        for link in kept.values()
        if _on_one_thing(one.terms | _contrary_of(one, wording), link.claim.terms)
    ]
    return links + more


def _contrary_of(one: Assertion, wording: Wording) -> frozenset[str]:
    """The classes of which the words say the contrary."""
    words = wording.words(one.words)
    return frozenset(of for of, phrases in wording.contraries if phrases.found(words))


def _explains(one: Assertion, denial: _Denial, wording: Wording) -> bool:
    """A literal quotation of the denier, or of one who speaks for a body."""
    quote = one.report.quotes.get(one.claim.quote_id or "")
    if quote is None or quote.form != "direct" or denial.by.claim.quote_id == quote.id:
        return False
    if one.origins & denial.by.origins:
        return True
    speaker = quote.speaker
    words = wording.words(one.report.text[speaker.start : speaker.end]) if speaker else []
    cue = [word for piece in quote.cue for word in wording.words(one.report.text[piece.start : piece.end])]
    return wording.speaks_for.any_of(words) or bool(wording.retorts.found(cue))


def _pointing(denial: _Denial, one: Assertion, nearest: Assertion, why: str, score: float) -> Contradiction:
    return Contradiction(denial.by, one, Reason(why, score, None, denial.by.words[:120], nearest.words[:120]))


def _in_reach(report: Report, index: int, at: int) -> bool:
    """Entries of a ticker and headlines stand for themselves."""
    here = report.blocks[report.sentences[at].block_id]
    return here.id == report.sentences[index].block_id or here.kind not in (
        "ticker_entry",
        "headline",
        "list",
    )


def _fits(one: Assertion, denial: _Denial) -> bool:
    """False where the denial names words or a speaker that the claim has not."""
    quote = one.report.quotes.get(one.claim.quote_id or "")
    wording = one.report.wording
    if not denial.hints or quote is None or wording is None or _is_meant_act(one, denial):
        return True
    speaker = _words_at(one.report, wording, quote.speaker) if quote.speaker else frozenset()
    return bool(denial.hints & (one.terms | speaker))


def _said_by_others(report: Report, index: int, denial: _Denial) -> list[Assertion]:
    start = denial.by.claim.start
    return [
        one for one in report.in_sentence(index) if _may_be_denied(one, denial) and one.claim.end <= start
    ]


def _may_be_denied(one: Assertion, denial: _Denial) -> bool:
    meant = _asserts(one) or _is_meant_act(one, denial)
    return one.spoken and meant and not one.origins & denial.by.origins


def _is_meant_act(one: Assertion, denial: _Denial) -> bool:
    """„Eine solche Forderung“: what somebody demanded, or made his condition."""
    quote, wording = one.report.quotes.get(one.claim.quote_id or ""), one.report.wording
    if quote is None or wording is None:
        return False
    wanted = {act for hint in denial.hints for act in wording.acts.get(hint, ())}
    conditional = one.claim.condition is not None or one.claim.modality == "hypothetical"
    return quote.stance in wanted or ("condition" in wanted and conditional)


def _asserts(one: Assertion) -> bool:
    """True for what is said to be so, by a clause that neither denies nor tells of a denial."""
    quote = one.report.quotes.get(one.claim.quote_id or "")
    if quote is not None and quote.stance in _NO_ASSERTION:
        return False
    return one.solid and not one.denied and not _holds_negation(one) and not _is_speech_act(one)


def _is_speech_act(one: Assertion) -> bool:
    wording = one.report.wording
    return wording is not None and wording.denies(wording.words(one.words))


def _one_further(report: Report, index: int, said: Sequence[Assertion], denial: _Denial) -> list[Assertion]:
    """„Wir haben das gemeldet“: what was said itself points to the sentence before."""
    wording = report.wording
    if wording is None or index == 0:
        return []
    if report.sentences[index].block_id != report.sentences[index - 1].block_id:
        return []
    before = _said_by_others(report, index - 1, denial) if _in_reach(report, index - 1, denial.at) else []
    if denial.whole:
        return _paragraph(report, index, said, denial)
    points = denial.bare or any(wording.leans(wording.words(one.words)) for one in said)
    same = {origin for one in said for origin in one.origins}
    return [one for one in before if points or one.origins & same]


def _paragraph(report: Report, index: int, said: Sequence[Assertion], denial: _Denial) -> list[Assertion]:
    """What the same speaker was reported to say in the sentences before, up to the beginning of the paragraph."""
    speaker = {origin for one in said for origin in one.origins}
    block = report.sentences[index].block_id
    found: list[Assertion] = []
    for place in range(index - 1, max(-1, index - 1 - _SAME_SPEAKER), -1):
        if report.sentences[place].block_id != block:
            break
        found += [one for one in _said_by_others(report, place, denial) if one.origins & speaker]
    return found


# over the whole pile


class _Board:
    """Claims by their words, so that a denial meets only those that share one."""

    def __init__(self, pile: Pile) -> None:
        self._pile = pile
        self.full = False
        self._pairs = 0
        self._by_term: dict[str, list[Assertion]] = {}
        for one in pile.assertions:
            if _asserts(one) and not long_ago(one):
                for term in sorted(one.terms):
                    self._by_term.setdefault(term, []).append(one)

    def answered(self, denial: _Denial) -> list[Contradiction]:
        """The claims of others that the denial answers."""
        found = []
        for one in self._meeting(denial.terms):
            self._pairs += 1
            if self._pairs > _PAIRS:
                self.full = True
                break
            share = self._share(denial, one)
            if share:
                shared = ", ".join(sorted(denial.terms & one.terms)[:6])
                found.append(
                    Contradiction(
                        denial.by,
                        one,
                        Reason(
                            "denial_of_content",
                            round(share, 3),
                            shared,
                            denial.by.words[:120],
                            one.words[:120],
                        ),
                    )
                )
        return [link for link in found if link.claim.predicate & denial.terms] or found

    def _meeting(self, terms: frozenset[str]) -> list[Assertion]:
        lists = sorted((self._by_term[term] for term in sorted(terms) if term in self._by_term), key=len)
        short = [listed for listed in lists if len(listed) <= _LISTED] or lists[:1]
        met = {one.order: one for listed in short for one in listed[:_LISTED]}
        return [met[order] for order in sorted(met)]

    def _share(self, denial: _Denial, one: Assertion) -> float:
        """How much of what is denied the claim says; 0 where it is no answer."""
        by, shared = denial.by, denial.terms & one.terms
        near = one.report is by.report and 0 <= denial.at - one.sentence <= _NEARBY
        named = one.predicate | _classes(one.terms) if near and len(denial.terms) == 1 else one.predicate
        if _is_nominal(by) and len(shared) > 2:
            named = one.terms
        if one.origins & by.origins or not named & denial.terms:
            return 0.0
        if apart(by.times, one.times) or (by.places and one.places and not by.places & one.places):
            return 0.0
        if len(shared) < _least(denial, one, shared, near):
            return 0.0
        share = self._pile.weight(shared) / max(1e-9, self._pile.weight(denial.terms))
        return share if share >= (_COVERED_NEARBY if near else _COVERED) else 0.0


def _holds_negation(one: Assertion) -> bool:
    wording = one.report.wording
    return wording is not None and bool(wording.negations & set(wording.words(one.words)))


def _classes(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term for term in terms if term.startswith("="))


def _least(denial: _Denial, one: Assertion, shared: frozenset[str], near: bool) -> int:
    """How many words must be shared: one where a text itself sets two speakers against each other."""
    acted = one.spoken and bool(one.acts & denial.by.acts & shared)
    if not (denial.by.spoken or _is_contrary(denial.by)) or not (
        _classes(shared) or denial.terms == one.terms or acted
    ):
        return 3
    if len(denial.by.words.split()) < _TOLD:
        return 2
    return 1 if near and len(denial.terms) == 1 and one.spoken else 2
