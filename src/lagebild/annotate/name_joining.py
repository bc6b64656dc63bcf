"""What rules and the language model find in one sentence, joined: the model finds, lists correct, rules fill what it is blind to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lagebild.annotate.name_shapes import Found

__all__ = ["joined"]

# Measured on the part of GermEval 2014 that the model is trained on, with a model trained without it: alone, beside no name of the
# model, lists are right in two cases of three, every other rule in less than one of ten; where both see the same words and differ in
# kind, lists are right in four of five, all else in one of ten; where they differ in the words, the model.
_ALONE = {
    "listed": 0.9, "gazetteer": 0.8, "given_name": 0.8, "legal_form": 0.8, "club_word": 0.8, "role_before": 0.9,
    "organisation_noun_before": 0.75, "institution": 0.7,
    "adjective_in_document": 0.8, "compound": 0.75,
}  # fmt: skip
_KNOWN_FORMS = frozenset({"listed", "gazetteer", "derived"})
_WHOLE = ("listed", "given_name", "gazetteer")
# against a model that is less sure than this of another kind: a country, region or city by its name, a word beside the name
_TOLD = (
    "gazetteer",
    "organisation_noun_before",
    "role_before",
    "legal_form",
    "club_word",
    "compound",
    "institution",
)
_SURE_MODEL = 0.8
_LISTED_COMPOUND = 0.85
_WHOLE_PLACE = 0.9  # several words that the gazetteer has as one place („Frankfurt am Main“)
_SURE_COMPOUND = 0.8


def joined(rules: Sequence[Found], model: Sequence[Found]) -> list[Found]:
    """The names of a sentence in text order, without overlap."""
    left = [rule for rule in rules if not any(_overlap(rule, name) for name in model)]
    kept = [rule for rule in left if _stands_alone(rule)]
    for name in model:
        beside = [rule for rule in rules if _overlap(rule, name)]
        kept += _split(name, beside) or [_settled(name, beside)]
    return list(_without_overlap(kept))


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _first_reason(found: Found) -> str:
    return found.reasons[0].name if found.reasons else ""


def _stands_alone(rule: Found) -> bool:
    """A name that the rules know and the model does not see."""
    return rule.score >= _ALONE.get(_first_reason(rule), 2.0)


def _split(name: Found, beside: Sequence[Found]) -> list[Found]:
    """„Wladimir Koslow Martin Brenner“: two persons side by side, each with a given name, that fill what the model takes for one."""
    people = [rule for rule in beside if rule.kind == "PER" and _first_reason(rule) == "given_name"]
    whole = len(people) > 1 and len(people) == len(beside) and name.kind == "PER"
    fills = whole and people[0].left == name.left and people[-1].right == name.right
    several = fills and all(rule.right - rule.left > 1 for rule in people)
    return people if several and all(one.right == other.left for one, other in pairwise(people)) else []


def _settled(name: Found, beside: Sequence[Found]) -> Found:
    """One name of the model, with what the rules say of the same words."""
    same = next((rule for rule in beside if (rule.start, rule.end) == (name.start, name.end)), None)
    if same is not None:
        return _agreed(name, same)
    better = (rule for rule in beside if _is_name_part(rule, name) or _is_whole(rule, name))
    return next(better, name)


def _is_whole(rule: Found, name: Found) -> bool:
    """„Weißes Haus“ around „Weißes“, „(Wladimir) Koslow“ around „Koslow“."""
    around = rule.start <= name.start and name.end <= rule.end
    return around and _first_reason(rule) in _WHOLE and rule.score >= _ALONE[_first_reason(rule)]


def _is_name_part(rule: Found, name: Found) -> bool:
    """„EU“ of „EU-Gipfel“: a listed name or a place at the head of a compound, whatever the compound as a whole is taken for."""
    single = name.right - name.left == 1 and rule.start == name.start and rule.end < name.end
    return single and _first_reason(rule) == "compound" and rule.score >= _SURE_COMPOUND


def _agreed(name: Found, rule: Found) -> Found:
    """The same words: the model's kind, or that of a list; both kinds of evidence in the reasons."""
    reason = _first_reason(rule)
    derived = rule.derived if reason in _KNOWN_FORMS else name.derived
    if name.kind == rule.kind:
        score = round(1 - (1 - name.score) * (1 - 0.5 * rule.score), 3)
        base = rule.base if derived == rule.derived else name.base
        return replace(
            rule, base=base, derived=derived, score=score, reasons=(*name.reasons, *rule.reasons)[:5]
        )
    if rule.derived:
        # „Russisch“ is a language where the model takes it for a name of its own; „russisch“ and „Spanier“ go with their land
        language = rule.base[:1].isupper() and rule.base.endswith("isch")
        return replace(name, base=rule.base, derived=True) if language else rule
    told = reason in _TOLD and rule.score >= _ALONE[reason] and name.score < _SURE_MODEL
    if reason == "gazetteer" and rule.score >= _WHOLE_PLACE:
        return rule
    if reason == "listed" or (reason == "compound" and rule.score >= _LISTED_COMPOUND) or told:
        return rule
    return replace(name, base=name.base if name.derived != rule.derived else rule.base)


def _without_overlap(found: Sequence[Found]) -> Iterator[Found]:
    """The better of two that overlap (score, then length, then place)."""
    taken: list[Found] = []
    for one in sorted(found, key=lambda it: (-it.score, it.start - it.end, it.start)):
        if not any(_overlap(one, other) for other in taken):
            taken.append(one)
    yield from sorted(taken, key=lambda it: it.start)
