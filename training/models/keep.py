"""Writes which sentences are reserved, before any training, and chooses the pieces that the model keeps."""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

from texts import dfki, germeval, reserved, uner, universal
from vocabulary import choose
from weights import read_encoder

MOST = 48_000


def main() -> None:
    """`reserved.json` beside this file, and the list of kept pieces."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--corpora", required=True)
    read.add_argument("--encoder", required=True)
    read.add_argument("--vocabulary", required=True)
    options = read.parse_args()
    folder = Path(options.corpora)
    sentences = list(germeval(folder))
    sources = sorted({e.source for e in sentences if reserved(e.source)})
    (Path(__file__).with_name("reserved.json")).write_text(
        json.dumps(
            {
                "germeval14 part A": {
                    "rule": "SHA-256 of the source line's name, first 8 hex digits, modulo 100, under 22",
                    "sources": len(sources),
                    "sentences": sum(reserved(e.source) for e in sentences),
                    "sha256 of the names, one a line": sha256("\n".join(sources).encode()).hexdigest(),
                },
                "UD German PUD + GSD dev": {
                    "rule": "five folds by document (PUD) or run of ten sentences (GSD): SHA-256 of its name, first 8 hex digits, modulo 5",
                    "folds": [
                        sum(
                            int(sha256(e.source.encode()).hexdigest()[:8], 16) % 5 == k
                            for e in universal(folder)
                        )
                        for k in range(5)
                    ],
                },
            },
            indent=1,
        )
        + "\n"
    )
    words: list[tuple[str, float]] = []
    for examples, weight in (
        ([e for e in sentences if not reserved(e.source)], 3.0), (universal(folder), 3.0), (dfki(folder), 2.0), (uner(folder), 0.5),
    ):  # fmt: skip
        for example in examples:
            words += [(word, weight) for word in example.words]
    for person in (folder / "names/people.jsonl").read_text(encoding="utf-8").splitlines():
        for language, name in json.loads(person)["names"]:
            if language in {"de", "en", "ru", "uk", "pl", "fr"}:
                words += [(word, 1.0) for word in name.split()]
    words += [(word, weight) for code, weight in LISTS.items() for word in _listed(code)]
    encoder = read_encoder(Path(options.encoder))
    print(f"encoder {encoder.digest}", file=sys.stderr)
    Path(options.vocabulary).write_text(
        json.dumps(choose(encoder, words, MOST, Path(options.vocabulary).with_suffix(".all")))
    )


LISTS = {
    "de": 0.02,
    "en": 0.01,
    "uk": 0.004,
    "ru": 0.004,
    "fr": 0.003,
    "pl": 0.003,
    "it": 0.001,
    "es": 0.001,
    "nl": 0.001,
}
"""Word lists of simplemma, by weight a word."""


def _listed(code: str) -> list[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return sorted(str(word) for word in DefaultDictionaryFactory().get_dictionary(code))[::7]


if __name__ == "__main__":
    main()
