"""Sentence boundaries beside SoMaJo, the splitter of Proisl and Uhrig (2016), on the torture cases of `gold/annotate/sentences.jsonl`.

    python -m benchmarks.sentences [--misses]

A case counts where every sentence of it is right. SoMaJo is GPL and no dependency: it is asked where it can be imported
(`pip install SoMaJo==2.5.0` in an environment of its own that also has lagebild), and left out with a note where not. It gets the
case as one paragraph a line, with `de_CMC` or `en_PTB`, as its manual advises; its sentences are laid over the text by their
characters. Ours were tuned while reading the cases not held, SoMaJo's rules on other texts: look at the held ones.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable
from typing import Any

from gold.annotate.measure import Case, cases, sentences_of

Splitter = Callable[[Case], list[str]]
PLAIN = "plain"
"""Category of the cases that are no torture."""


def torture() -> list[Case]:
    """The cases compared, in file order."""
    return [case for case in cases("sentences") if case["category"] != PLAIN]


def wanted(case: Case) -> list[str]:
    """The sentences of a case as labelled."""
    return [part.strip() for part in case["marked"].split("‖")]


def somajo() -> Splitter | None:
    """SoMaJo as a splitter; None where it is not installed."""
    try:
        tool = importlib.import_module("somajo")
    except ModuleNotFoundError:
        return None
    tools: dict[str, Any] = {name: tool.SoMaJo(name) for name in ("de_CMC", "en_PTB")}

    def split(case: Case) -> list[str]:
        text = case["marked"].replace("‖", "")
        chosen = tools["en_PTB" if case["category"] == "english" else "de_CMC"]
        found = chosen.tokenize_text(line for line in text.split("\n") if line.strip())
        return laid_over(text, ["".join(_letters(token) for token in sentence) for sentence in found])

    return split


def _letters(token: Any) -> str:
    """What a token had in the text, without white space."""
    return "".join((token.original_spelling or token.text).split())


def laid_over(text: str, sentences: Iterable[str]) -> list[str]:
    """The stretches of a text that hold as many visible characters as each sentence, in order."""
    visible = [at for at, char in enumerate(text) if not char.isspace()]
    parts: list[str] = []
    place = 0
    for sentence in sentences:
        if not sentence:
            continue
        last = min(place + len(sentence), len(visible)) - 1
        parts.append(text[visible[place] : visible[last] + 1])
        place = last + 1
    return parts


def share(splitter: Splitter, chosen: list[Case]) -> tuple[int, int]:
    """How many cases are right to the last sentence, and how many there are."""
    return sum(splitter(case) == wanted(case) for case in chosen), len(chosen)


def main(arguments: list[str]) -> int:
    """Print the figures; with `--misses` also what was missed in cases that are not held."""
    splitters: dict[str, Splitter] = {"lagebild": sentences_of}
    peer = somajo()
    if peer is None:
        print("SoMaJo is not installed here: lagebild alone")
    else:
        splitters["SoMaJo"] = peer
    every = torture()
    for name, splitter in splitters.items():
        figures = [
            share(splitter, [case for case in every if case["split"] == it]) for it in ("tune", "held")
        ]
        (right, asked), (held_right, held_asked) = figures
        print(
            f"{name:9} exact cases {right + held_right}/{asked + held_asked}; held alone {held_right}/{held_asked}"
        )
    if "--misses" in arguments:
        for case in (case for case in every if case["split"] == "tune"):
            for name, splitter in splitters.items():
                if splitter(case) != wanted(case):
                    print(f"{case['id']} {case['category']} {name}: {' ‖ '.join(splitter(case))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
