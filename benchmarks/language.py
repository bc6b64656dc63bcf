"""How fast a document is read on one core, in sentences of 35 pieces a second of processor time, and what that costs.

Text: the example piles of this project, their sentences of 25 to 45 pieces (35 on average), in documents of thirty. Measured: words
and model (`split_words`), names (`find_names`), both together; the model alone (its answers not decoded); loading; memory.
Run `python -m benchmarks.language [OTHER.onnx]`: with a second file of the same labels (fp32), the share of labels that differ.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lagebild.annotate.names import NameTools, find_names
from lagebild.annotate.sentences import SentenceTools, sentence_bounds
from lagebild.annotate.words import WordTools, split_words, word_bounds
from lagebild.lang.model import Reader, checked_folder, open_reader, pinned
from lagebild.model.document import Document, Masthead, Stated
from lagebild.model.marks import Sentence, Words
from lagebild.settings import Settings
from lagebild.step import DocView

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = Settings()
IN_ONE = 30
WANTED = 35


def texts() -> Iterator[str]:
    """The sentences of the examples, each once."""
    tools = SentenceTools.load(SETTINGS)
    seen = set()
    for path in sorted((ROOT / "examples").rglob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for line in text.splitlines():
            for start, end in sentence_bounds(line, tools):
                if line[start:end] not in seen:
                    seen.add(line[start:end])
                    yield line[start:end]


def chosen(tools: WordTools) -> list[str]:
    """Sentences of 25 to 45 pieces, with an average of 35 as near as they allow."""
    reader = open_reader()
    sized = []
    for text in texts():
        forms = [text[start:end] for start, end in word_bounds(text, tools)]
        size = sum(map(len, reader.pieces.of(forms, [True] * len(forms))))
        if WANTED - 10 <= size <= WANTED + 10:
            sized.append((size, text))
    while sized and sum(size for size, _ in sized) / len(sized) < WANTED:
        sized.remove(min(sized))
    return [text for _, text in sized]


def documents(sentences: Sequence[str]) -> Iterator[DocView]:
    """Documents of thirty sentences."""
    for first in range(0, len(sentences), IN_ONE):
        part = sentences[first : first + IN_ONE]
        name, text, rows, place = f"d{first}", "\n".join(part), [], 0
        for sentence in part:
            rows.append(Sentence(f"{name}:{place}", name, place, place + len(sentence), f"{name}:{place}"))
            place += len(sentence) + 1
        layers: dict[type[Any], tuple[Any, ...]] = {
            Document: (Document(name, text, "text/plain", "utf-8", Stated(), (), None),),
            Masthead: (Masthead(f"{name}:m", name, "de", None, None, None, None, None, (), ()),),
            Sentence: tuple(rows),
        }
        yield DocView(name, layers)


def with_words(view: DocView, words: Sequence[Words]) -> DocView:
    layers: dict[type[Any], tuple[Any, ...]] = {
        kind: view.rows(kind) for kind in (Document, Masthead, Sentence)
    }
    return DocView(view.id, layers | {Words: tuple(words)})


def main() -> int:
    """Print the figures."""
    started = time.process_time()
    reader = open_reader()
    reader.read([("Ein", "Satz")], [(True, True)])
    loaded = time.process_time() - started
    size = sum((checked_folder() / name).stat().st_size for name in pinned().files)
    print(f"model {pinned().version}: {size / 1e6:.1f} MB, checked and loaded in {loaded:.2f} s")
    tools, names = WordTools.load(SETTINGS), NameTools.load(SETTINGS)
    sentences = chosen(tools)
    views = list(documents(sentences))
    list(split_words(views[:1], tools))  # word lists and language data are read once
    list(find_names([with_words(views[0], list(split_words(views[:1], tools)))], names))
    started = time.process_time()
    read = [with_words(view, list(split_words([view], tools))) for view in views]
    words = time.process_time() - started
    started = time.process_time()
    found = sum(1 for _ in find_names(read, names))
    named = time.process_time() - started
    count = len(sentences)
    print(f"{count} sentences, {found} names")
    print(f"words and model {count / words:6.0f} sentences/s")
    print(f"names           {count / named:6.0f} sentences/s")
    print(f"together        {count / (words + named):6.0f} sentences/s (goal 150, floor 100)")
    print(
        f"memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB at most (bound 500)"
    )
    if len(sys.argv) > 1:
        compare(reader, Reader(checked_folder(), Path(sys.argv[1])), read)
    return 0


def compare(one: Reader, other: Reader, views: Sequence[DocView]) -> None:
    """Share of words whose labels differ between two files of the model."""
    differ = {"upos": 0, "feats": 0, "heads": 0, "deprels": 0, "names": 0}
    count = 0
    for view in views:
        forms = [
            tuple(view.text[start:end] for start, end in zip(row.starts, row.ends, strict=True))
            for row in view.rows(Words)
        ]
        spaced = [(True,) * len(row) for row in forms]
        for left, right in zip(one.read(forms, spaced), other.read(forms, spaced), strict=True):
            count += len(left.upos)
            for layer in ("upos", "feats", "heads", "deprels"):
                pairs = zip(getattr(left, layer), getattr(right, layer), strict=True)
                differ[layer] += sum(a != b for a, b in pairs)
            spans = [{(it.left, it.right, it.label) for it in found.names} for found in (left, right)]
            differ["names"] += len(spans[0] ^ spans[1])
    for layer, number in differ.items():
        print(f"differs in {layer:8} {100 * number / count:.2f} % of words")


if __name__ == "__main__":
    sys.exit(main())
