"""Numbers that answer the same question differently."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lagebild.compare.asking import shortened
from lagebild.compare.assertions import Assertion, Pile, Report, apart, long_ago
from lagebild.lang.wording import Wording
from lagebild.model.account import Reason
from lagebild.model.marks import Quantity

__all__ = ["Clash", "Count", "counted_end", "find_clashes"]

_PAUSE = re.compile(r"[,;:–(]")
_JOINED = re.compile(r" (\w{2,5}) (\w+)")
_ABOUT = 0.1  # „etwa 35“ may be 31.5 to 38.5
_OTHER_SCOPE = 8.0  # factors beyond this mean another time or area far more often than another count
_BESIDE = 40  # characters before and behind a number in which „davon“ speaks of it
_FOLLOWS = (
    3  # sentences between a count and one that takes its topic up („Die Polizei sprach von 1800 Teilnehmern“)
)
_SAME_TAIL = 4  # letters; „Radfahrer“ are „Fahrer“
_COMPARED = 60  # numbers of one kind held against each other


@dataclass(frozen=True)
class Count:
    """A number in a claim, with what it counts."""

    claim: Assertion
    quantity: Quantity
    counted: frozenset[str]
    head: str
    words: str

    @property
    def interval(self) -> tuple[float, float]:
        """What the number may be, ends included."""
        low = -math.inf if self.quantity.low is None else self.quantity.low
        high = math.inf if self.quantity.high is None else self.quantity.high
        hedge = self.quantity.hedge
        if hedge == "vague":
            return (low / 2 if math.isfinite(low) else low), math.inf
        if hedge == "about":
            return low - abs(low) * _ABOUT if math.isfinite(low) else low, high + abs(
                high
            ) * _ABOUT if math.isfinite(high) else high
        if hedge in ("at_least", "more_than"):
            return low, math.inf
        if hedge in ("at_most", "less_than"):
            return -math.inf, high
        return low, high


@dataclass(frozen=True)
class Clash:
    """Counts of one thing. `grows`: each later report has the higher number, so that they need not contradict each other."""

    counts: tuple[Count, ...]
    grows: bool
    question: str
    reason: Reason
    about: frozenset[str] = frozenset()


def find_clashes(pile: Pile) -> tuple[list[Clash], bool]:
    """Numbers of the same thing under the same predicate that cannot both be right; and whether some were left out.

    Two numbers meet where unit and counted noun are the same, their claims share a predicate or a further word, and neither dates,
    places nor the attributes of the noun exclude each other; dead, wounded and missing people of one story always meet. „mehr als 40“ and 45 agree; „etwa“ reaches a tenth to both sides.
    Numbers that differ by more than a factor of eight are taken to be of another scope. Past 60 numbers of a kind the rest is
    left out.
    """
    kinds: dict[tuple[str, str], list[Count]] = {}
    counts = list(_counts(pile))
    persons = frozenset(term for one in pile.reports if one.wording for term in one.wording.persons)
    shorter = _shorter({count.head for count in counts})
    for count in counts:
        kinds.setdefault((count.quantity.unit or "", shorter.get(count.head, count.head)), []).append(count)
    full = any(len(counts) > _COMPARED for counts in kinds.values())
    found = [
        clash
        for _, counts in sorted(_with_general(kinds, persons).items())
        for clash in _clashes(counts[:_COMPARED])
    ]
    return [one for one in found if not any(_within(one, other) for other in found)], full


def _within(one: Clash, other: Clash) -> bool:
    """True where another clash has all these counts and more."""
    return (
        one is not other
        and len(one.counts) < len(other.counts)
        and set(map(id, one.counts)) <= set(map(id, other.counts))
    )


def _with_general(
    kinds: dict[tuple[str, str], list[Count]], persons: frozenset[str]
) -> dict[tuple[str, str], list[Count]]:
    """Counts of a fate („12 Verletzte“) with those of a part („30 verletzte Fans“) that is more than the whole."""
    joined = {key: list(counts) for key, counts in kinds.items()}
    for (unit, head), counts in sorted(kinds.items()):
        whole = joined.get((unit, head.split()[0]))
        if head.partition(" ")[2] in persons and whole:
            most = min(count.interval[1] for count in kinds[unit, head.split()[0]])
            whole += [count for count in counts if count.interval[0] > most]
    return joined


def _shorter(heads: set[str]) -> dict[str, str]:
    """For compounds the shorter head that ends them: „radfahr“ is counted with „fahr“."""
    ends: dict[tuple[str, str], str] = {}
    for head in sorted(heads, key=len, reverse=True):
        fate, _, noun = head.rpartition(" ")
        if len(noun) >= _SAME_TAIL and noun[0] != "=":
            ends[(fate, noun)] = head
    found = {}
    for head in heads:
        fate, _, noun = head.rpartition(" ")
        tails = [noun[k:] for k in range(2, len(noun) - _SAME_TAIL + 1)] if noun[:1] != "=" else []
        match = next((ends[fate, tail] for tail in reversed(tails) if (fate, tail) in ends), None)
        if match:
            found[head] = match
    return found


def _counts(pile: Pile) -> Iterator[Count]:
    for one in pile.assertions:
        for quantity_id in one.claim.quantities:
            quantity = one.report.quantities.get(quantity_id)
            if (
                quantity is not None
                and one.solid
                and not one.denied
                and not one.report.background
                and not long_ago(one)
            ):
                count = _count(one, quantity, one.report)
                if count:
                    yield count


def _count(one: Assertion, quantity: Quantity, report: Report) -> Count | None:
    if report.wording is None or quantity.counted is None or (quantity.low is None and quantity.high is None):
        return None
    words = report.text[quantity.counted.start : quantity.counted.end]
    listed = [term for term in report.wording.terms.listed(words) if not term[:1].isdigit()]
    if not listed or _of_others(one, quantity, report, report.wording):
        return None
    fate = _fate(one, quantity, report, report.wording)
    head = _made(listed[-1], one, report.wording)
    if fate:
        head = fate if head == fate or head in report.wording.general else f"{fate} {head}"
    return Count(one, quantity, frozenset(listed), head, words)


def _made(head: str, one: Assertion, wording: Wording) -> str:
    """„An Bord waren 200 Menschen“ counts passengers."""
    made = next((made for key, made in wording.makes if key in one.terms), "")
    return made if made and head in wording.general else head


def _of_others(one: Assertion, quantity: Quantity, report: Report, wording: Wording) -> bool:
    """„weitere zwölf“, „davon 1100“: others than those counted before, or a part of them."""
    words = wording.words(one.words)
    before = wording.words(report.text[max(one.claim.start, quantity.start - _BESIDE) : quantity.start])
    behind = wording.words(report.text[quantity.end : min(one.claim.end, quantity.end + _BESIDE)])
    near = {*before[-3:], *behind[:3]}
    aside = bool(before) and before[-1] in wording.negations
    return aside or bool(wording.others & set(words)) or bool(wording.parts & near)


def _beside(one: Assertion, report: Report) -> list[Quantity]:
    """The numbers of the same claim."""
    return [report.quantities[row] for row in one.claim.quantities if row in report.quantities]


def _fate(one: Assertion, quantity: Quantity, report: Report, wording: Wording) -> str:
    """What befell those who are counted: killed, wounded, missing …; "" where nothing is said. The word nearest behind decides."""
    starts = [row.start for row in _beside(one, report) if quantity.end <= row.start < one.claim.end]
    behind = report.text[quantity.end : min([one.claim.end, *starts])]
    before = report.text[one.claim.start : quantity.start]
    terms = [*wording.terms.listed(behind), *reversed(wording.terms.listed(before))]
    return next((term for term in terms if term in wording.growing), "")


def _clashes(counts: Sequence[Count]) -> Iterator[Clash]:
    """Groups of counts that meet, with those that clash with another one of their group."""
    for group in _groups(counts):
        clashing = [one for one in group if any(_excludes(one, other) for other in group)]
        if len(clashing) > 1:
            grows = _grows(clashing)
            first = clashing[0]
            reason = Reason("numbers_exclude_each_other", None, first.words, *_ends(clashing))
            about = frozenset(one.head.split()[0] for one in clashing)
            yield Clash(tuple(clashing), grows, _how_many(clashing), reason, about)


def _ends(counts: Sequence[Count]) -> tuple[str, str]:
    ordered = sorted(counts, key=lambda one: (one.interval, one.claim.order))
    return _number(ordered[0]), _number(ordered[-1])


def _number(count: Count) -> str:
    return shortened(count.claim.report.text[count.quantity.start : count.quantity.end], 60)


def _groups(counts: Sequence[Count]) -> Iterator[list[Count]]:
    """Connected by meeting; in the order of the pile."""
    left = list(counts)
    while left:
        group, rest = [left[0]], left[1:]
        for member in group:
            joined = [one for one in rest if _meets(member, one)]
            rest = [one for one in rest if one not in joined]
            group += joined
        left = rest
        yield sorted(group, key=lambda one: (one.claim.order, one.quantity.start))


def _meets(left: Count, right: Count) -> bool:
    a, b = left.claim, right.claim
    if (
        a.claim.id == b.claim.id
        or apart(a.times, b.times)
        or (a.places and b.places and not a.places & b.places)
    ):
        return False
    nouns = frozenset(
        {*left.head.split(), *right.head.split(), *(a.report.wording.general if a.report.wording else ())}
    )
    attributes = left.counted - nouns, right.counted - nouns
    if all(attributes) and not attributes[0] & attributes[1]:
        return False
    if a.report.wording and left.head.split()[0] in a.report.wording.growing:
        return True
    if _takes_up(left, right) or _takes_up(right, left):
        return True
    shared = (a.terms & b.terms) - left.counted - right.counted
    acts = a.acts & b.acts
    if acts:
        return len(shared) > 1 or any(term.startswith("=") for term in acts & shared)
    general = a.report.wording is not None and left.head in a.report.wording.general
    different = 2 if a.acts and b.acts else 0
    return not general and len(shared) > different


def _takes_up(left: Count, right: Count) -> bool:
    """True for a bare count right behind another one: „Die Polizei sprach von 1800 Teilnehmern“."""
    a, b = left.claim, right.claim
    bare = not b.terms - right.counted
    return (
        bare
        and a.report is b.report
        and 0 < b.sentence - a.sentence <= _FOLLOWS
        and not a.origins & b.origins
    )


def _excludes(left: Count, right: Count) -> bool:
    (low, high), (other_low, other_high) = left.interval, right.interval
    if not (high < other_low or other_high < low):
        return False
    values = [abs(v) for v in (low, high, other_low, other_high) if math.isfinite(v) and v]
    return bool(values) and max(values) / min(values) <= _OTHER_SCOPE


def _grows(counts: Sequence[Count]) -> bool:
    """True for dead, wounded, missing … where every later report has at least the number before, and all are dated apart."""
    wording = counts[0].claim.report.wording
    if wording is None or counts[0].head.split()[0] not in wording.growing:
        return False
    ordered = sorted(counts, key=lambda one: (one.claim.report.day, one.interval))
    for before, after in pairwise(ordered):
        if _excludes(before, after) and not (
            before.claim.report.day[1] <= after.claim.report.day[0]
            and before.interval[0] <= after.interval[0]
        ):
            return False
    return True


def _how_many(counts: Sequence[Count]) -> str:
    """„Wie viele“ and the words that follow the number where it opens the claim, else what is counted."""
    for one in counts:
        claim, quantity, wording = one.claim.claim, one.quantity, one.claim.report.wording
        before = one.claim.report.text[claim.start : quantity.start].strip()
        rest = one.claim.report.text[quantity.end : claim.end].strip(" ,;:.!?")
        whole = len(claim.pieces) == 1 and not _PAUSE.search(rest) and 2 <= len(rest.split()) <= 14
        if wording and not before and whole:
            return _asked(wording, shortened(rest, 120))
    best = min(
        counts,
        key=lambda one: (
            one.claim.headline, len(one.claim.words) > 110, len(one.words.split()), one.claim.order
        ),
    )  # fmt: skip
    wording = best.claim.report.wording
    counted = best.quantity.counted
    words = best.claim.report.text[counted.start : counted_end(best)] if counted else best.words
    asked = _asked(wording, shortened(words, 80)) if wording else best.words
    text, claim = best.claim.report.text, best.claim.claim
    return f"{asked} ({shortened(text[claim.start : best.quantity.start] + '…' + text[best.quantity.end : claim.end], 140)})"


def counted_end(count: Count) -> int:
    """Where the words end that say what is counted: „Frauen **und Männer**“ are one kind."""
    counted, wording = count.quantity.counted, count.claim.report.wording
    if counted is None or wording is None:
        return count.quantity.end
    text = count.claim.report.text
    joined = _JOINED.match(text, counted.end)
    alike = joined and wording.terms.term(joined[2]) == wording.terms.term(count.words.split()[-1])
    return joined.end() if joined and alike and joined[1].lower() in wording.ask.joins else counted.end


def _asked(wording: Wording, words: str) -> str:
    return wording.ask.templates["how_many"].format(words=words)
