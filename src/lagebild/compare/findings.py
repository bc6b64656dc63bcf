"""Where the reports of a story agree, clash or stand alone: one finding per question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.compare.agreement import Agreement, find_agreements, find_time_clashes, largest, moment
from lagebild.compare.asking import is_alone, position, question, shortened, speaks_of_self
from lagebild.compare.assertions import Assertion, Pile, same_claim
from lagebild.compare.denials import Contradiction, find_contradictions
from lagebild.compare.numbers import Clash, Count, counted_end, find_clashes
from lagebild.compare.offices import Attribution, Title, find_attributions, find_title_clashes
from lagebild.lang.data import data_digest
from lagebild.lang.terms import TERM_FILES
from lagebild.lang.wording import wording_of
from lagebild.model.account import Problem, Reason
from lagebild.model.finding import Finding, FindingKind, Side, Status
from lagebild.model.identity import Entity, MentionLink
from lagebild.model.ids import content_id
from lagebild.settings import Settings
from lagebild.step import GroupView, problem

__all__ = ["CompareTools", "compare_claims", "linked_entities", "story_key"]

_CLAIMS = 60  # claims named on one side; a side of more is cut, the origins of the rest are lost with them
_AGREEMENTS = 20
_ALONE = 10
_REASONS = 5
_SURE = 0.7  # links below it stand on a side, but do not say what the question is


@dataclass(frozen=True)
class CompareTools:
    """Nothing but the data files."""

    @classmethod
    def load(cls, settings: Settings) -> CompareTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return data_digest(*TERM_FILES, "roles")


def story_key(group: GroupView) -> Iterator[str]:
    """The story itself: rows that lie under it."""
    yield group.key


def linked_entities(group: GroupView) -> Iterator[str]:
    """Ids of the entities named in the documents of a story."""
    yield from sorted({row.entity_id for doc in group.docs for row in doc.rows(MentionLink)})


def compare_claims(group: GroupView, tools: CompareTools) -> Iterable[Finding | Problem]:
    """Disputes, clashing numbers, dates, titles and attributions, developments of a number, agreements, claims that stand alone.

    `clash` is false for sequence, agreement and lone_source. A dispute has the side that asserts first. Status: disputed for
    disputes, inconsistent for other clashes, single_source where all claims go back to one origin, else undisputed. The work is
    bounded: what is left out for its number is told in a Problem.
    """
    pile = Pile(group)
    contradictions, pairs_cut = find_contradictions(pile)
    clashes, numbers_cut = find_clashes(pile)
    agreements = find_agreements(pile)
    answered = [
        *_disputes(pile, contradictions, agreements),
        *(_number_finding(pile, clash) for clash in clashes),
        *(_time_finding(pile, claims) for claims in find_time_clashes(pile)),
    ]
    yield from answered
    yield from _title_findings(pile, group)
    yield from _attribution_findings(pile, group)
    yield from _supports(pile, agreements, answered)
    if pairs_cut or numbers_cut:
        unit = group.docs[0].item.unit
        message = "so many claims in one story that not all were held against each other; split the pile to compare the rest"
        yield problem(unit, None, "compare_claims", "too_many_claims", message)


def _finding(
    pile: Pile,
    kind: FindingKind,
    asked: str,
    status: Status,
    sides: Sequence[Side],
    reasons: Sequence[Reason],
) -> Finding:
    clash = kind not in ("sequence", "forecast", "agreement", "lone_source")
    claims = sorted(claim for side in sides for claim in side.claim_ids)
    row_id = content_id("f", pile.story_id, kind, *claims)
    return Finding(row_id, pile.story_id, kind, clash, asked, status, tuple(sides), tuple(reasons[:_REASONS]))


def _side(words: str, claims: Sequence[Assertion]) -> Side:
    kept = sorted({one.order: one for one in claims}.values(), key=lambda one: one.order)[:_CLAIMS]
    origins = {origin for one in kept for origin in one.origins}
    return Side(words, tuple(one.claim.id for one in kept), tuple(sorted(origins)))


# disputes


@dataclass
class _Quarrel:
    """One question on its way to a finding."""

    links: list[Contradiction]

    @property
    def asserted(self) -> list[Assertion]:
        return [link.claim for link in self.links]

    @property
    def denying(self) -> list[Assertion]:
        return [link.denial for link in self.links]


def _disputes(
    pile: Pile, links: Sequence[Contradiction], agreements: Sequence[Agreement]
) -> Iterator[Finding]:
    for quarrel in _quarrels(links):
        deniers = {origin for one in quarrel.denying for origin in one.origins}
        core = _core(quarrel)
        surest = max(link.reason.score or 0 for link in quarrel.links)
        meant = {link.claim.order for link in quarrel.links if (link.reason.score or 0) >= min(surest, _SURE)}
        asserted = [
            one for one in _with_same(quarrel.asserted, agreements, core) if not one.origins & deniers
        ]
        if not asserted:
            continue
        telling = [one for one in asserted if len(one.terms) > 1] or asserted
        sure = [one for one in telling if one.order in meant] or telling
        named = _understood(sure) or _understood(telling) or sure
        sides = (
            _side(position(_spokesman(named, core)), asserted),
            _side(position(_spokesman(quarrel.denying, core)), _with_same_denials(quarrel, agreements, core)),
        )
        reasons = sorted(
            {link.reason for link in quarrel.links},
            key=lambda r: (-(r.score or 0), r.name, r.left or "", r.right or ""),
        )
        yield _finding(pile, "dispute", question(_about(named, core)), "disputed", sides, reasons)


def _understood(claims: Sequence[Assertion]) -> list[Assertion]:
    """The claims that can be read alone; where there is none, those that at least do not say „ich“."""
    alone = [one for one in claims if is_alone(one)]
    return alone or [one for one in claims if not speaks_of_self(one)]


def _quarrels(links: Sequence[Contradiction]) -> list[_Quarrel]:
    """Contradictions about one thing: they share a claim or a denial, or their claims say the same."""
    quarrels: list[_Quarrel] = []
    for link in links:
        meeting = [one for one in quarrels if any(_same_question(link, other) for other in one.links)]
        merged = _Quarrel([other for one in meeting for other in one.links] + [link])
        quarrels = [one for one in quarrels if one not in meeting] + [merged]
    return sorted(quarrels, key=lambda one: min(link.claim.order for link in one.links))


def _same_question(left: Contradiction, right: Contradiction) -> bool:
    if left.claim.order == right.claim.order:
        return True
    if left.denial.order == right.denial.order:
        back = all(link.reason.name.startswith("denial_points") for link in (left, right))
        return back or left.reason.name == right.reason.name or same_claim(left.claim, right.claim)
    return same_claim(left.claim, right.claim)


def _with_same(
    claims: Sequence[Assertion], agreements: Sequence[Agreement], core: frozenset[str]
) -> list[Assertion]:
    """The claims and those of other texts that say the same of the same."""
    wanted = {one.order for one in claims}
    more = [
        one
        for group in agreements
        if wanted & {m.order for m in group.claims}
        for one in group.claims
        if one.terms & core
    ]
    return sorted({one.order: one for one in (*claims, *more)}.values(), key=lambda one: one.order)


def _with_same_denials(
    quarrel: _Quarrel, agreements: Sequence[Agreement], core: frozenset[str]
) -> list[Assertion]:
    """What denies, and what other texts say alike where it is said without a negation; not what the other side says."""
    asserting = {origin for one in quarrel.asserted for origin in one.origins}
    said = [one for one in quarrel.denying if not one.denied]
    more = [one for one in _with_same(said, agreements, core) if not one.origins & asserting]
    return [*quarrel.denying, *more]


def _core(quarrel: _Quarrel) -> frozenset[str]:
    """What the question is about: predicates that several of its claims share, else those of the first."""
    counts: dict[str, int] = {}
    denying = [one for one in quarrel.denying if one.spoken]  # not „widersprach“
    for one in {c.order: c for c in (*quarrel.asserted, *denying)}.values():
        for term in one.predicate:
            counts[term] = counts.get(term, 0) + 1
    most = max(counts.values(), default=0)
    return frozenset(term for term, count in counts.items() if count == most)


def _about(claims: Sequence[Assertion], core: frozenset[str]) -> list[Assertion]:
    """The claims that are about the thing itself; all where none is."""
    about = [one for one in claims if one.terms & core] or list(claims)
    return [one for one in about if one.predicate & core] or about


def _spokesman(claims: Sequence[Assertion], core: frozenset[str]) -> Assertion:
    """The claim whose words stand for a side: about the thing itself, understood alone, not too short."""
    return min(
        claims,
        key=lambda one: (
            not one.predicate & core,
            not one.terms & core,
            one.headline,
            _is_denied_outside(one),
            not is_alone(one),
            not one.spoken,
            len(one.terms) < 2,
            len(one.words) > 160,
            one.order,
        ),
    )


def _is_denied_outside(one: Assertion) -> bool:
    """True for „dass X sei“ under a word of denial: it says the contrary when it is read alone."""
    wording = one.report.wording
    return one.denied and wording is not None and not wording.negations & set(wording.words(one.words))


# numbers, dates, titles, attributions


def _number_finding(pile: Pile, clash: Clash) -> Finding:
    by_number: dict[tuple[float, float, str], list[Count]] = {}
    for count in clash.counts:
        by_number.setdefault((*count.interval, count.quantity.hedge), []).append(count)
    sides = [
        _side(_number_words(counts[0]), [one.claim for one in counts])
        for _, counts in sorted(by_number.items())
    ]
    kind: FindingKind = "sequence" if clash.grows else "number_conflict"
    claims = [one.claim for one in clash.counts]
    status = _support(claims) if clash.grows else _unless_open("inconsistent", claims, pile, clash.about)
    return _finding(pile, kind, clash.question, status, sides, [clash.reason])


def _number_words(count: Count) -> str:
    counted = count.quantity.counted
    end = (
        max(count.quantity.end, counted_end(count))
        if counted and counted.start >= count.quantity.end
        else count.quantity.end
    )
    text = count.claim.report.text
    return shortened(
        text[count.quantity.start : end]
        if end - count.quantity.start < 120
        else text[count.quantity.start : count.quantity.end]
    )


def _support(claims: Sequence[Assertion]) -> Status:
    return "undisputed" if len({origin for one in claims for origin in one.origins}) > 1 else "single_source"


def _time_finding(pile: Pile, claims: Sequence[Assertion]) -> Finding:
    told: dict[str, list[Assertion]] = {}
    for one in claims:
        told.setdefault(moment(one), []).append(one)
    best = min(claims, key=lambda one: (one.headline, one.words[:1].islower(), not is_alone(one), one.order))
    shared = frozenset.intersection(*(one.terms for one in claims))
    moments = sorted(told)
    reason = Reason("dates_exclude_each_other", None, ", ".join(sorted(shared)[:6]), moments[0], moments[-1])
    asked = _template(best, "when").format(words=shortened(best.words, 120))
    sides = [_side(position(told[when][0]), told[when]) for when in moments]
    return _finding(
        pile, "time_conflict", asked, _unless_open("inconsistent", claims, pile, frozenset()), sides, [reason]
    )


def _unless_open(status: Status, claims: Sequence[Assertion], pile: Pile, about: frozenset[str]) -> Status:
    """„open“ where a text says, beside one of the claims or of the same thing, that how many or when is not known."""
    places = {(one.report.rank, one.sentence) for one in claims}
    for rank, index, terms in pile.left_open:
        if about & terms or any((rank, near) in places for near in range(index - 1, index + 2)):
            return "open"
    return status


def _template(one: Assertion, name: str) -> str:
    wording = one.report.wording or wording_of("de")
    return wording.ask.templates[name] if wording else "{words}{name}"


def _title_findings(pile: Pile, group: GroupView) -> Iterator[Finding]:
    for titles in find_title_clashes(pile, group):
        entity = next(iter(group.look_up(Entity, titles[0].entity_id)), None)
        asked = _template(titles[0].claim, "role").format(name=entity.name if entity else titles[0].words)
        sides: dict[tuple[str, bool], list[Title]] = {}
        for title in titles:
            sides.setdefault((title.office, title.former), []).append(title)
        rows = [_side(group_[0].words, [one.claim for one in group_]) for _, group_ in sorted(sides.items())]
        reason = Reason("titles_exclude_each_other", None, None, rows[0].position, rows[-1].position)
        yield _finding(pile, "role_conflict", asked, "inconsistent", rows, [reason])


def _attribution_findings(pile: Pile, group: GroupView) -> Iterator[Finding]:
    for mouths in find_attributions(pile, group):
        asked = _template(mouths[0].claims[0], "attributed").format(
            words=shortened(mouths[0].claims[0].words, 120)
        )
        sides = [_side(_name(group, one), one.claims) for one in mouths]
        reason = Reason("same_words_two_speakers", None, None, sides[0].position, sides[1].position)
        yield _finding(pile, "attribution_conflict", asked, "inconsistent", sides, [reason])


def _name(group: GroupView, one: Attribution) -> str:
    entity = next(iter(group.look_up(Entity, one.speaker)), None)
    return entity.name if entity else shortened(one.words, 60)


# support


def _supports(pile: Pile, agreements: Sequence[Agreement], answered: Sequence[Finding]) -> Iterator[Finding]:
    """What several independent origins say, and what several texts have from a single one. Clashing claims are left out."""
    clashing = {claim for finding in answered for side in finding.sides for claim in side.claim_ids}
    free = [one for one in agreements if not clashing & {claim.claim.id for claim in one.claims}]
    shared = largest([one for one in free if len(one.origins) > 1 and one.wordings > 1], _AGREEMENTS)
    alone = largest([one for one in free if len(one.origins) == 1], _ALONE)
    for group in shared:
        yield _support_finding(pile, "agreement", "undisputed", group, "independent_origins")
    for group in alone:
        yield _support_finding(pile, "lone_source", "single_source", group, "one_origin_behind_texts")


def _support_finding(pile: Pile, kind: FindingKind, status: Status, group: Agreement, why: str) -> Finding:
    claims = list(group.claims)
    detail = f"{len(group.origins)} origins, {group.documents} texts"
    best = min(claims, key=lambda one: (one.headline, not is_alone(one), len(one.words) > 160, one.order))
    return _finding(
        pile,
        kind,
        question(claims, template="said"),
        status,
        [_side(position(best), claims)],
        [Reason(why, None, detail)],
    )
