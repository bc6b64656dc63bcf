"""Which names of the whole case mean one thing: entities, the forms that mean them, and the pairs that were weighed.

Names are gathered once while the uses stream by. Forms that share a coarse key are compared, the fullest first: a form joins the
one cluster it fits; where it fits several that contradict each other it stays ambiguous. Bare surnames come last. No pair outside
a block is ever weighed and no block is compared all against all, so time grows with the number of different forms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from lagebild.lang.data import LANGUAGES, read_data
from lagebild.model.account import Reason
from lagebild.model.decision import Decision
from lagebild.model.identity import Entity, EntityForm, EntityName, EntityPair, NameUse
from lagebild.model.ids import content_id
from lagebild.model.marks import MentionKind
from lagebild.resolve.facts import facts_digest, name_facts
from lagebild.resolve.keys import block_keys, country_name_of, form_key, given_classes
from lagebild.resolve.parts import person_parts
from lagebild.resolve.roles import read_role
from lagebild.resolve.rulings import in_order, ruled_keys, ruling_reason
from lagebild.resolve.score import SAME, explain_names, surnames_alike
from lagebild.resolve.settle_namesakes import MOST_WITNESSES, bearers, doubtful, is_witness
from lagebild.resolve.uses import in_content
from lagebild.settings import Settings
from lagebild.step import CaseView
from lagebild.tables import Row
from lagebild.textkit.normal import fold
from lagebild.textkit.script import german_spelling, readings, script_of

__all__ = ["SettleTools", "settle_entities"]

_SHOWN = 0.6
"""Pairs below this score are not written down; above it a person may want to rule on them."""

_MOST_COMPARED = 48
_MISREAD = 3
_MOST_NEAR = 144
_MOST_NAMES = 40
_MOST_FORMS = 60
_MOST_MEMBERS = 6
_MOST_FORMERLY = 6
_DOMINANT = 10
"""A surname of several people goes to one of them where that one is named in ten times as many documents as all the others."""

_KINDS: tuple[MentionKind, ...] = ("PER", "ORG", "LOC", "MISC")


class SettleTools:
    """The facts about names of all languages."""

    @classmethod
    def load(cls, settings: Settings) -> SettleTools:
        return cls()

    @classmethod
    def digest(cls) -> str:
        return facts_digest()


@dataclass
class _Form:
    """One key with what the case shows of it."""

    key: str
    kind: MentionKind
    docs: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    languages: dict[str, Counter[str]] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)
    also: set[str] = field(default_factory=set)
    formerly: set[str] = field(default_factory=set)
    witnesses: list[NameUse] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The spelling used most, the first in code point order among equals."""
        return min(self.spellings, key=lambda form: (-self.spellings[form], form))

    def add(self, use: NameUse) -> None:
        weight = 4 if in_content(use) else 1
        self.docs += in_content(use)
        if len(self.spellings) < _MOST_FORMS or use.form in self.spellings:
            self.spellings[use.form] += weight
            self.languages.setdefault(use.form, Counter())[use.language or ""] += 1
        for other in use.others:
            if len(self.others) < _MOST_FORMS or other in self.others:
                self.others[other] += weight
        if len(self.also) < _MOST_FORMS:
            self.also.update(use.also)
            self.formerly.update(use.formerly)
        if is_witness(use) and len(self.witnesses) < MOST_WITNESSES and person_parts(use.form).given:
            self.witnesses.append(use)
        for role in use.roles:
            if len(self.roles) < _MOST_FORMS or (role, use.language or "") in self.roles:
                self.roles[role, use.language or ""] += 1


@dataclass
class _Cluster:
    """Forms that mean one thing."""

    number: int
    kind: MentionKind
    members: list[_Form]

    @property
    def docs(self) -> int:
        return sum(member.docs for member in self.members)


def settle_entities(case: CaseView, tools: SettleTools) -> Iterable[Row]:
    """Entities of the case, every name form with what it means, and the pairs of forms that were weighed at 0.6 or more.

    A form that fits several things that contradict each other means none (`entity_id` None). Rulings (`same`, `not_same`, not
    withdrawn) come first and last: names ruled the same are joined, names ruled apart are never joined, with the reason `ruling`.
    The name of an entity is its most frequent full spelling in Latin letters, one from a German text before all others. Also
    written: forms under `Role.key` for roles that the case knows one bearer of. Countries are one key in every language. Where
    texts tell several bearers of one full name apart (see settle_namesakes), the name means nobody and its uses have forms of their own
    under `NameUse.id`. Names that a text says are one (`NameUse.also`, `formerly`) are joined.
    """
    forms = _gathered(case.rows(NameUse))
    settling = _Settling(forms, in_order(case.rows(Decision), ("same", "not_same")))
    settling.settle()
    yield from settling.rows()


def _gathered(uses: Iterator[NameUse]) -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for use in uses:
        form = forms.get(use.key)
        if form is None:
            form = forms[use.key] = _Form(use.key, use.kind)
        form.add(use)
    return forms


class _Settling:
    """The clusters in the making."""

    def __init__(self, forms: dict[str, _Form], rulings: Sequence[Decision]) -> None:
        self.forms = forms
        self.clusters: dict[str, _Cluster] = {}
        self.ambiguous: dict[str, tuple[Reason, ...]] = {}
        self.surname_only: dict[str, tuple[float, tuple[Reason, ...]]] = {}
        self.pairs: dict[tuple[str, str], EntityPair] = {}
        self.blocks: dict[str, list[_Cluster]] = defaultdict(list)
        self.apart: dict[str, set[str]] = defaultdict(set)
        self.in_force: dict[tuple[str, str], Decision] = {}
        self.ruled: dict[str, list[Reason]] = defaultdict(list)
        self.made = 0
        self.split: dict[str, str] = {}
        self.parts: dict[str, list[str]] = {}
        self.remarks: dict[str, Reason] = {}
        namesakes = self._split_namesakes()
        self._merge_kinds()
        for ruling in rulings:  # of several on the same two names the newest is in force
            self.in_force.update(dict.fromkeys(self._pairs_named(ruling), ruling))
        self._note_rulings()
        for one, other in namesakes:
            said = self.in_force.get((min(one, other), max(one, other)))
            if said is None or said.kind != "same":
                self.apart[one].add(other)
                self.apart[other].add(one)

    # Two people of one name

    def _split_namesakes(self) -> list[tuple[str, str]]:
        """A form for each bearer of a full name that several people have; the pairs of them. The name alone then means nobody."""
        pairs: list[tuple[str, str]] = []
        for form in [form for form in self.forms.values() if form.witnesses]:
            found = bearers(form.witnesses)
            if not found:
                if remark := doubtful(form.witnesses):
                    self.remarks[form.key] = remark
                continue
            keys = []
            for bearer in found:
                key = f"{form.key}~{bearer.sign}"
                part = self.forms.setdefault(key, _Form(key, form.kind))
                for use in bearer.uses:
                    part.add(use)
                    self.split[use.id] = key
                self.remarks[key] = replace(bearer.apart, detail=bearer.sign)
                keys.append(key)
            self.ambiguous[form.key] = (
                replace(found[0].apart, name="namesakes", detail=found[0].apart.name),
            )
            self.parts[form.key] = list(dict.fromkeys(keys))
            pairs += combinations(self.parts[form.key], 2)
        return pairs

    # What people ruled

    def _pairs_named(self, ruling: Decision) -> list[tuple[str, str]]:
        """Pairs of keys that a ruling on two names is about; persons are never joined with anything else."""
        left, right, *keys = ruling.values[:4]
        known = (*keys, "", "")
        sides = [ruled_keys(left, known[0], self.forms), ruled_keys(right, known[1], self.forms)]
        exact = keys == [*sides[0], *sides[1]]
        found: dict[tuple[str, str], None] = {}
        for one in (self.moved.get(key, key) for key in sides[0]):
            for other in (self.moved.get(key, key) for key in sides[1]):
                if one != other and self._may_be_ruled(one, other, exact):
                    found[min(one, other), max(one, other)] = None
        return list(found)

    def _may_be_ruled(self, one: str, other: str, exact: bool) -> bool:
        kinds = {self.forms[one].kind, self.forms[other].kind}
        return len(kinds) == 1 or (exact and "PER" not in kinds)

    def _note_rulings(self) -> None:
        """Every ruling in force as a pair, and as a reason of its names."""
        for (low, high), ruling in self.in_force.items():
            same = ruling.kind == "same"
            if not same:
                self.apart[low].add(high)
                self.apart[high].add(low)
            reason = ruling_reason(ruling, float(same), *ruling.values[:2])
            self._note(self.forms[low], self.forms[high], float(same), same, (reason,))
            self.ruled[low].append(reason)
            self.ruled[high].append(reason)

    def _may_join(self, form: _Form, cluster: _Cluster) -> bool:
        return not self.apart or not self._parted([form], cluster.members)

    def _parted(self, some: Sequence[_Form], others: Sequence[_Form]) -> bool:
        """True where people ruled any two of them apart."""
        keys = {form.key for form in others}
        return any(not keys.isdisjoint(self.apart.get(form.key, ())) for form in some)

    # One thing, two kinds

    def _merge_kinds(self) -> None:
        """„Kreml“ found as ORG and as LOC is one form of the kind that more documents give it; persons only by full names.

        „White House“ as LOC meets „Weißes Haus“ as ORG by what both are known as.
        """
        by_text: dict[str, list[_Form]] = defaultdict(list)
        for form in self.forms.values():
            kind, _, text = form.key.partition(":")
            if text[:1] not in "@#=" and kind != "ORG":
                text = _known_text(form.name) or text
            if text[:1] != "@" and (kind != "PER" or " " in text or text[:1] in "#="):
                by_text[text].append(form)
        self.moved: dict[str, str] = {}
        for rivals in by_text.values():
            if len(rivals) > 1:
                first = min(rivals, key=lambda form: (-form.docs, -form.spellings.total(), form.key))
                for other in rivals:
                    if other is not first:
                        self.moved[other.key] = first.key
                        _absorb(first, other)

        self._move_misread(self._surnames())

    def _surnames(self) -> Counter[str]:
        """Family names of persons named in full, with how many documents name them."""
        found: Counter[str] = Counter()
        for form in self.forms.values():
            if form.kind == "PER" and form.key not in self.moved and person_parts(form.name).given:
                found[fold(person_parts(form.name).surname)] += form.docs
        return found

    def _move_misread(self, surnames: Counter[str]) -> None:
        """A family name alone that a text was read to name as a body or place is a person's where three times as many documents say so.

        Places with an exonym and countries are left alone.
        """
        places = name_facts().places
        for form in [
            form for key, form in self.forms.items() if key not in self.moved and form.kind != "PER"
        ]:
            text = form.key.partition(":")[2]
            told = surnames.get(text, 0)
            if (
                told >= _MISREAD * max(1, form.docs)
                and not places.exonym(form.name)
                and not places.seat_of(form.name)
            ):
                target = self.forms.setdefault(f"PER:{text}", _Form(f"PER:{text}", "PER"))
                self.moved[form.key] = target.key
                _absorb(target, form)

    # Clusters

    def settle(self) -> None:
        """Every form in a cluster, or ambiguous."""
        forms = [
            form for key, form in self.forms.items() if key not in self.moved and key not in self.ambiguous
        ]
        for form in sorted((form for form in forms if not _is_bare(form)), key=_fullest_first):
            self._place(form)
        self._join_aliases()
        self._join_said()
        bare = sorted((form for form in forms if _is_bare(form)), key=_fullest_first)
        for form in bare:
            self._place_bare(form)
        for (key, other), ruling in sorted(self.in_force.items(), key=lambda it: it[0]):
            if ruling.kind == "same":
                self._unite(key, other, ruling)

    def _place(self, form: _Form) -> None:
        fits: list[tuple[float, _Cluster, tuple[Reason, ...]]] = []
        for cluster in self._near(form):
            score, reasons, member = self._weigh(form, cluster)
            if score >= _SHOWN and member:
                self._note(form, member, score, score >= SAME and self._may_join(form, cluster), reasons)
            if score >= SAME and self._may_join(form, cluster):
                fits.append((score, cluster, reasons))
        if len(fits) > 1 and not self._one(fits):
            names = " / ".join(sorted(cluster.members[0].name for _, cluster, _ in fits)[:4])
            self.ambiguous[form.key] = (Reason("several_fit", None, names),)
            return
        target = fits[0][1] if fits else None
        for _, cluster, _ in fits[1:]:
            self._merge(fits[0][1], cluster)
        self._add(form, target)

    def _near(self, form: _Form) -> list[_Cluster]:
        """Clusters that share a block with a form, at most 48 a block; those whose given name begins otherwise are passed over."""
        found: dict[int, _Cluster] = {}
        for key in self._blocks_of(form):
            for cluster in self.blocks[key][:_MOST_COMPARED]:
                found.setdefault(cluster.number, cluster)
        return [found[number] for number in sorted(found)[:_MOST_NEAR]]

    def _blocks_of(self, form: _Form) -> list[str]:
        keys = block_keys(form.kind, form.name)
        if form.kind != "PER":
            return [f"{form.kind}:{key}" for key in keys]
        return [
            *(f"PER:{letter}:{key}" for letter in given_classes(form.name) for key in keys if "+" not in key),
            *(f"PER:{key}" for key in keys if "+" in key),
        ]

    def _weigh(self, form: _Form, cluster: _Cluster) -> tuple[float, tuple[Reason, ...], _Form | None]:
        """The best score with a member, zero where any member contradicts."""
        best: tuple[float, tuple[Reason, ...], _Form | None] = (0.0, (), None)
        for member in cluster.members[:_MOST_MEMBERS]:
            score, reasons = self._explained(form, member)
            if score > best[0] or best[2] is None:
                best = (score, reasons, member)
            if score < _SHOWN and best[0] >= SAME:
                return score, reasons, member
        return best

    @staticmethod
    def _explained(form: _Form, member: _Form) -> tuple[float, tuple[Reason, ...]]:
        if form.kind == "LOC" and (country_name_of(form.key) or country_name_of(member.key)):
            return 0.0, ()
        return explain_names(form.name, member.name, form.kind)

    def _one(self, fits: list[tuple[float, _Cluster, tuple[Reason, ...]]]) -> bool:
        """True where the clusters that fit do not contradict each other."""
        clusters = [cluster for _, cluster, _ in fits]
        return all(
            self._weigh(one.members[0], other)[0] >= SAME and not self._parted(one.members, other.members)
            for at, one in enumerate(clusters)
            for other in clusters[at + 1 :]
        )

    def _add(self, form: _Form, cluster: _Cluster | None) -> None:
        if cluster is None:
            cluster = _Cluster(self.made, form.kind, [])
            self.made += 1
        cluster.members.append(form)
        self.clusters[form.key] = cluster
        for key in self._blocks_of(form):
            if cluster not in self.blocks[key][-_MOST_COMPARED:]:
                self.blocks[key].append(cluster)
        if form.kind == "PER":
            for key in block_keys("PER", person_parts(form.name).surname):
                block = self.blocks[f"PER surname:{key}"]
                if cluster not in block[-_MOST_COMPARED:]:
                    block.append(cluster)

    def _merge(self, target: _Cluster, other: _Cluster) -> None:
        if target is other:
            return
        target.members += other.members
        for member in other.members:
            self.clusters[member.key] = target
        for member in other.members:
            for key in self._blocks_of(member):
                self.blocks[key] = [target if entry is other else entry for entry in self.blocks[key]]
            for key in block_keys("PER", person_parts(member.name).surname) if member.kind == "PER" else ():
                name = f"PER surname:{key}"
                self.blocks[name] = [target if entry is other else entry for entry in self.blocks[name]]

    def _unite(self, key: str, other: str, ruling: Decision) -> None:
        one, two = self.clusters.get(key), self.clusters.get(other)
        for name, cluster in ((key, one), (other, two)):
            if cluster is None:
                self.ambiguous.pop(name, None)
                self.surname_only.pop(name, None)
                self._add(self.forms[name], None)
        if self._parted(self.clusters[key].members, self.clusters[other].members):
            self._take_back(key, other, ruling)
        else:
            self._merge(self.clusters[key], self.clusters[other])

    def _take_back(self, key: str, other: str, ruling: Decision) -> None:
        """Two names ruled the same whose other names are ruled apart: the ruling has no force and is no reason."""
        reason = ruling_reason(ruling, 1.0, *ruling.values[:2])
        left, right = sorted((self.forms[key].name, self.forms[other].name))
        self.pairs.pop((left, right), None)
        for name in (key, other):
            self.ruled[name].remove(reason)

    # Acronyms and other names that a text itself gives a body

    def _join_aliases(self) -> None:
        """„SZU“, introduced behind „ukrainische Streitkräfte“ and behind nothing else, is a form of it."""
        owners: dict[str, set[int]] = defaultdict(set)
        for form in self.forms.values():
            if form.kind in ("ORG", "MISC") and form.key in self.clusters:
                for other in form.others:
                    if other.isupper() and 1 < len(other) < 8:
                        owners[other].add(self.clusters[form.key].number)
        by_number = {cluster.number: cluster for cluster in self.clusters.values()}
        for alias in sorted(owners):
            for kind in ("ORG", "MISC"):
                key = form_key(kind, alias)
                cluster = self.clusters.get(key)
                if cluster is None or cluster.number in owners[alias] or len(owners[alias]) != 1:
                    continue
                target = by_number[next(iter(owners[alias]))]
                if all(self._may_join(member, target) for member in cluster.members):
                    reason = Reason(
                        "introduced_as",
                        0.95,
                        "stands in brackets behind the long form",
                        alias,
                        target.members[0].name,
                    )
                    self._note(self.forms[key], target.members[0], 0.95, True, (reason,))
                    self._merge(target, cluster)

    # What a text says to be the same

    def _join_said(self) -> None:
        """„der Rat, das Oberhaus von Welgorien,“ and „Y, früher X“: names that texts say are one, where no two texts disagree."""
        claims: dict[str, dict[str, str]] = defaultdict(dict)
        for key in sorted(self.forms):
            form = self.forms[key]
            for other in form.also:
                claims[other][key] = "introduced_as"
            for name in form.formerly if form.kind != "PER" else ():
                for kind in ("ORG", "MISC", "LOC"):
                    claims[form_key(kind, name)][key] = "called_before"
        for key in sorted(claims):
            targets = {
                cluster.number: cluster
                for one in claims[key]
                if (cluster := self.clusters.get(self.moved.get(one, one)))
            }
            said = self.clusters.get(self.moved.get(key, key))
            if len(targets) == 1 and said is not None:
                self._join_one(said, next(iter(targets.values())), min(claims[key].values()))

    def _join_one(self, said: _Cluster, target: _Cluster, why: str) -> None:
        if said is target or not all(self._may_join(member, target) for member in said.members):
            return
        reason = Reason(why, 0.9, None, said.members[0].name, target.members[0].name)
        self._note(said.members[0], target.members[0], 0.9, True, (reason,))
        self._merge(target, said)

    # Names that do not tell enough by themselves

    def _place_bare(self, form: _Form) -> None:
        """A surname alone, a body without owner: the one thing of the case it can mean, else nothing or, unheard of, itself."""
        fits = [cluster for cluster in self._fitting_bare(form) if self._may_join(form, cluster)]
        if not fits:
            self._add(form, None)
            return
        best = max(fits, key=lambda cluster: (cluster.docs, -cluster.number))
        rest = sum(cluster.docs for cluster in fits) - best.docs
        names = " / ".join(sorted(cluster.members[0].name for cluster in fits)[:4])
        if len(fits) == 1:
            reason = Reason("only_bearer", 0.85, None, form.name, best.members[0].name)
            self.surname_only[form.key] = (0.85, (reason,))
        elif best.docs >= _DOMINANT * max(1, rest):
            reason = Reason(
                "dominant_bearer",
                0.6,
                f"{best.docs} documents, all others {rest}",
                form.name,
                best.members[0].name,
            )
            self.surname_only[form.key] = (0.6, (reason,))
        else:
            self.ambiguous[form.key] = (Reason("several_fit", None, names),)
            return
        score, reasons = self.surname_only[form.key]
        self._note(form, best.members[0], score, True, reasons)
        best.members.append(form)
        self.clusters[form.key] = best

    def _fitting_bare(self, form: _Form) -> list[_Cluster]:
        found: dict[int, _Cluster] = {}
        if form.kind == "PER":
            surname = person_parts(form.name).surname
            for key in block_keys("PER", form.name):
                for cluster in self.blocks[f"PER surname:{key}"][:_MOST_COMPARED]:
                    if _bears(cluster, surname):
                        found[cluster.number] = cluster
        else:
            for key in self._blocks_of(form):
                for cluster in self.blocks[key][:_MOST_COMPARED]:
                    if any(member.key.partition("@")[0] == form.key for member in cluster.members):
                        found[cluster.number] = cluster
        return [found[number] for number in sorted(found)]

    def _note(self, one: _Form, other: _Form, score: float, same: bool, reasons: tuple[Reason, ...]) -> None:
        left, right = sorted((one.name, other.name))
        known = self.pairs.get((left, right))
        if left == right or (known is not None and known.reasons[0].name == "ruling"):
            return
        self.pairs[left, right] = EntityPair(
            content_id("ep", one.kind, left, right), one.kind, left, right, round(score, 4), same, reasons[:5]
        )

    # Rows

    def rows(self) -> Iterator[Row]:
        """Pairs, entities, forms."""
        yield from (self.pairs[key] for key in sorted(self.pairs))
        clusters = sorted(
            {cluster.number: cluster for cluster in self.clusters.values()}.values(), key=lambda it: it.number
        )
        ids: dict[int, str] = {}
        bearers: dict[str, Counter[int]] = defaultdict(Counter)
        for cluster in clusters:
            entity = _entity(cluster, self._rulings_on(cluster), self._remark(cluster))
            ids[cluster.number] = entity.id
            yield entity
            for key, count in _role_keys(cluster).items():
                bearers[key][cluster.number] += count
        for key in sorted(self.forms):
            yield self._form_row(key, ids)
        for use_id in sorted(self.split):
            yield replace(self._form_row(self.split[use_id], ids), id=content_id("ef", use_id), key=use_id)
        names = {cluster.number: _entity_name(cluster) for cluster in clusters}
        for key in sorted(bearers):
            yield _role_row(key, bearers[key], ids, names)

    def _rulings_on(self, cluster: _Cluster) -> list[Reason]:
        found = (reason for member in cluster.members for reason in self.ruled.get(member.key, ()))
        return list(dict.fromkeys(found))

    def _one_bearer(self, key: str) -> _Cluster | None:
        """The bearer of a name whose bearers people ruled to be one."""
        found = {
            self.clusters[part].number: self.clusters[part]
            for part in self.parts.get(key, ())
            if part in self.clusters
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _remark(self, cluster: _Cluster) -> tuple[Reason, ...]:
        return tuple(self.remarks[member.key] for member in cluster.members if member.key in self.remarks)[:1]

    def _form_row(self, key: str, ids: dict[int, str]) -> EntityForm:
        target = self.moved.get(key, key)
        cluster = self.clusters.get(target) or self._one_bearer(target)
        row_id = content_id("ef", key)
        if cluster is None:
            return EntityForm(
                row_id, key, None, 0.0, self.ambiguous.get(target, (Reason("several_fit", None),))
            )
        score, reasons = self.surname_only.get(target, (0.0, ()))
        if not reasons:
            alone = len(cluster.members) == 1
            score = 0.95 if alone else 0.9
            reasons = (
                Reason(
                    "own_form" if alone else "spelling_of",
                    score,
                    None,
                    self.forms[target].name,
                    _entity_name(cluster),
                ),
            )
        joined = [reason for reason in self.ruled.get(target, ()) if reason.score]
        parted = [reason for reason in self.ruled.get(target, ()) if not reason.score]
        score, reasons = 1.0 if joined else score, (*joined, *reasons, *parted)[:5]
        return EntityForm(row_id, key, ids[cluster.number], score, reasons)


def _known_text(name: str) -> str:
    """The key of a body known by this name („Kreml“, „Pentagon“), without its kind; "" for all others."""
    facts = name_facts()
    known = fold(name) in facts.same_bodies or fold(name) in facts.known_bodies
    return form_key("ORG", name).partition(":")[2] if known else ""


def _absorb(first: _Form, other: _Form) -> None:
    first.docs += other.docs
    first.spellings.update(other.spellings)
    first.others.update(other.others)
    first.also |= other.also
    first.formerly |= other.formerly
    first.roles.update(other.roles)
    for spelling, languages in other.languages.items():
        first.languages.setdefault(spelling, Counter()).update(languages)


def _is_bare(form: _Form) -> bool:
    """A surname alone, or a body that many states have without its owner."""
    if form.kind == "PER":
        return not person_parts(form.name).given
    return form.key.startswith("ORG:#") and "@" not in form.key


def _fullest_first(form: _Form) -> tuple[int, int, str]:
    size = person_parts(form.name).size if form.kind == "PER" else 0
    return (-size, -form.docs, form.key)


def _bears(cluster: _Cluster, surname: str) -> bool:
    return any(
        surnames_alike(person_parts(member.name).surname, surname) >= 0.9
        for member in cluster.members[:_MOST_MEMBERS]
    )


def _entity(cluster: _Cluster, rulings: Sequence[Reason], remarks: Sequence[Reason]) -> Entity:
    smallest = min(member.key for member in cluster.members)
    names = _names(cluster)
    docs = cluster.docs
    reasons = [
        Reason("named_in", None, f"{docs} document{'' if docs == 1 else 's'}, {len(cluster.members)} forms")
    ]
    counts = Counter(role for member in cluster.members for role, _ in member.roles.elements())
    if cluster.kind == "PER":
        reasons += [
            Reason("role", None, role)
            for role, _ in sorted(counts.items(), key=lambda it: (-it[1], it[0]))[:4]
        ]
    code = country_name_of(smallest)
    return Entity(
        id=content_id("e", cluster.kind, smallest),
        kind=cluster.kind,
        name=_entity_name(cluster),
        names=names,
        external_ids=(f"iso3166:{code}",) if code else (),
        formerly=tuple(
            sorted({name for member in cluster.members for name in member.formerly})[:_MOST_FORMERLY]
        ),
        reasons=(*rulings[:3], *remarks, *reasons)[:5],
    )


def _spellings(cluster: _Cluster) -> dict[str, tuple[int, Counter[str]]]:
    """Every spelling with how often it is used, and in texts of which language."""
    found: dict[str, tuple[int, Counter[str]]] = {}
    for member in cluster.members:
        for spelling, count in (
            *member.spellings.items(),
            *((other, count) for other, count in member.others.items()),
        ):
            known = found.get(spelling, (0, Counter()))
            found[spelling] = (known[0] + count, known[1] + member.languages.get(spelling, Counter()))
    return found


def _names(cluster: _Cluster) -> tuple[EntityName, ...]:
    spellings = _spellings(cluster)
    ranked = sorted(spellings, key=lambda text: (-spellings[text][0], text))[:_MOST_NAMES]
    return tuple(EntityName(text, script_of(text), _language(spellings[text][1])) for text in sorted(ranked))


def _language(counts: Counter[str]) -> str | None:
    """The language of the texts that use a spelling, where they agree."""
    known = sorted(language for language in counts if language)
    return known[0] if len(known) == 1 else None


def _entity_name(cluster: _Cluster) -> str:
    """The most frequent full spelling in Latin letters; German texts first, then names of a body's own, then German spelling."""
    spellings = _spellings(cluster)
    code = country_name_of(cluster.members[0].key)
    if code:
        return _country_name(code, spellings)
    full = max((_fullness(cluster.kind, text) for text in spellings), default=0)
    rich = [text for text in spellings if _fullness(cluster.kind, text) >= min(full, 2)] or list(spellings)
    varied = len({readings(text.split()[-1])[:1] for text in rich}) > 1

    own_names = name_facts().known_bodies if cluster.kind == "ORG" else {}

    def rank(text: str) -> tuple[bool, bool, bool, int, int, int, str]:
        count, languages = spellings[text]
        german = -min(1, max(-1, german_spelling(text))) if varied else 0
        own = fold(text) in own_names and not text.isupper()
        return (script_of(text) != "Latn", not languages.get("de"), not own, german, -count, -len(text), text)

    return min(rich, key=rank)


def _country_name(code: str, spellings: dict[str, tuple[int, Counter[str]]]) -> str:
    """The spelling used most that the language data lists as the country's name, German first; no two-letter forms."""
    for language in LANGUAGES:
        listed = read_data(language, "places").get("nations", {}).get(code, {}).get("names", ())
        used = [text for text in spellings if text in listed and len(text) > 2]
        if used:
            return min(used, key=lambda text: (-spellings[text][0], text))
    return min(spellings, key=lambda text: (-spellings[text][0], text))


def _fullness(kind: MentionKind, text: str) -> int:
    if kind == "PER":
        return person_parts(text).size
    return 1 if text.isupper() and len(text) < 8 else 2


def _role_keys(cluster: _Cluster) -> Counter[str]:
    """Keys of the roles that texts give a person, with how many documents do."""
    found: Counter[str] = Counter()
    if cluster.kind == "PER":
        for member in cluster.members:
            for (words, language), count in member.roles.items():
                role = read_role(words, language or "de")
                if role and (role.owner or role.field):
                    found[role.key] += count
    return found


def _role_row(key: str, bearers: Counter[int], ids: dict[int, str], names: dict[int, str]) -> EntityForm:
    """The one bearer of a role in this case, None where there are several."""
    row_id = content_id("ef", key)
    if len(bearers) == 1:
        number, count = next(iter(bearers.items()))
        reason = Reason(
            "role_in_case", 0.5, f"{count} document{'' if count == 1 else 's'}", None, names[number]
        )
        return EntityForm(row_id, key, ids[number], 0.5, (reason,))
    shown = " / ".join(sorted(names[number] for number in bearers)[:4])
    return EntityForm(row_id, key, None, 0.0, (Reason("several_fit", None, shown),))
