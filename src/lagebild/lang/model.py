"""The language model: one ONNX file that reads sentences of words. Names, word classes, features, dependencies, meaning.

The files lie in the package `lagebild-models`; `models.toml` says which ones this version was measured with, and they are checked
against it once a process. One thread: whoever wants more cores starts more processes.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lagebild.errors import ModelError
from lagebild.lang.decoding import best_labels, heads_of, legal_steps
from lagebild.lang.pieces import BEGIN, END, PAD, Pieces, windows
from lagebild.model.marks import NameSpan

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = [
    "LONGEST_ROW",
    "Reader",
    "Reading",
    "checked_folder",
    "model_digest",
    "open_reader",
    "pinned",
    "reads_trees",
]

LONGEST_ROW = 254
"""Pieces of words in one row; longer sentences are read in windows of whole words, as are sentences of more words than `MOST_WORDS`."""
MOST_WORDS = 128
"""Words in one row: the cost of dependencies grows with their square."""
BATCH = 6  # rows read together: 4 to 12 are alike, 32 a fifth slower (caches)
BATCH_PIECES = (
    1_024  # pieces of a batch with its filling: bounds memory (arcs and relations grow with the square)
)
HOW = "install the package again (`pip install --force-reinstall lagebild-models`, in a checkout `make`)"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What the model reads in one sentence: a value a word. `feats` are UD strings ("" for none), `heads` -1 for the root."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[NameSpan, ...]


@dataclass(frozen=True)
class Pinned:
    """The model that this version of lagebild was made with: SHA-256 of each file, languages whose trees are good enough."""

    version: str
    trees: frozenset[str]
    files: Mapping[str, str]


@cache
def pinned() -> Pinned:
    """What `models.toml` says."""
    table = tomllib.loads(files("lagebild.lang").joinpath("models.toml").read_text(encoding="utf-8"))
    return Pinned(table["version"], frozenset(table["trees"]), table["files"])


def reads_trees(language: str | None) -> bool:
    """Whether word classes, features and dependencies are good enough to be kept in a language (BCP 47, region ignored)."""
    return (language or "").lower().split("-")[0] in pinned().trees


@cache
def model_digest() -> str:
    """Names the model in 16 hex digits, after its files were checked. Raises ModelError as `checked_folder` does."""
    checked_folder()
    return sha256("".join(sorted(pinned().files.values())).encode()).hexdigest()[:16]


@cache
def checked_folder() -> Path:
    """The folder of the model's files, each with the digest that `models.toml` names; checked once a process (0.05 s).

    Raises ModelError where the package or a file is missing, or a file is another than the pinned one.
    """
    found = find_spec("lagebild_models")
    if found is None or found.origin is None:
        raise ModelError(f"lagebild-models: the package with the language model is not installed; {HOW}")
    folder = Path(found.origin).resolve().parent
    check_files(folder, pinned())
    return folder


def check_files(folder: Path, model: Pinned) -> None:
    """Raises ModelError where a file is missing or has another digest than the pinned one; says both and what to do."""
    for name, digest in sorted(model.files.items()):
        _check_file(folder / name, digest, model.version)


def _check_file(path: Path, digest: str, version: str) -> None:
    if not path.is_file():
        raise ModelError(
            f"{path}: this file of the language model is missing (version {version}, sha-256 {digest}); {HOW}"
        )
    with path.open("rb") as opened:
        hashed = sha256()
        while part := opened.read(1 << 20):
            hashed.update(part)
    if hashed.hexdigest() != digest:
        raise ModelError(
            f"{path}: not the language model {version} that this lagebild was made with: sha-256 expected {digest}, found {hashed.hexdigest()}; {HOW}"
        )


@cache
def open_reader() -> Reader:
    """The model of this process, loaded at the first call (about half a second). Raises ModelError as `checked_folder` does."""
    return Reader(checked_folder())


class Reader:
    """Reads the sentences of one document with the files in a folder; `network` is another ONNX file with the same labels.

    Rows are read together only with rows of the same call, in an order that depends on them alone: what a document gets can
    not depend on its neighbours.
    """

    def __init__(self, folder: Path, network: Path | None = None) -> None:
        labels: Mapping[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.version = str(labels["version"])
        self.pieces = Pieces(folder / "pieces.json")
        self._network = network or folder / "news.onnx"
        self._upos: tuple[str, ...] = tuple(labels["upos"])
        self._relations: tuple[str, ...] = tuple(labels["rels"])
        self._names: tuple[str, ...] = tuple(labels["names"])
        self._begins, self._follows = legal_steps(self._names)
        self._features: Mapping[str, Sequence[str]] = labels["feats"]
        widths = [len(values) for values in self._features.values()]
        self._columns = list(
            zip(self._features, accumulate(widths, initial=0), accumulate(widths), strict=False)
        )
        self._feature_strings: dict[tuple[int, ...], str] = {}

    @cached_property
    def _session(self) -> InferenceSession:
        return _session(self._network)

    def read(
        self,
        sentences: Sequence[Sequence[str]],
        spaced: Sequence[Sequence[bool]],
    ) -> list[Reading]:
        """What the model reads in each sentence of words; `spaced` says whether white space stands before a word."""
        pieces = [self.pieces.of(words, gaps) for words, gaps in zip(sentences, spaced, strict=True)]
        rows = [
            (sentence, first, last)
            for sentence, found in enumerate(pieces)
            for window in windows([len(one) for one in found], LONGEST_ROW)
            for first, last in _of_few_words(*window)
        ]
        parts: dict[tuple[int, int], Reading] = {}
        for batch in _batches(rows, pieces):
            read = self._read_rows([pieces[sentence][first:last] for sentence, first, last in batch])
            parts.update(
                {(sentence, first): one for (sentence, first, _), one in zip(batch, read, strict=True)}
            )
        by_sentence: list[list[Reading]] = [[] for _ in sentences]
        for sentence, first, _ in rows:
            by_sentence[sentence].append(parts[sentence, first])
        return [_joined(found) for found in by_sentence]

    def meanings(self, texts: Sequence[str]) -> Floats:
        """A row of 384 numbers of length one for each text; texts are cut after 254 pieces. The dot product of two is their likeness."""
        words = [["query", ":", *text.split()[:LONGEST_ROW]] for text in texts]
        gaps = [[True, False, *[True] * (len(found) - 2)] for found in words]
        pieces = [self.pieces.of(found, gap) for found, gap in zip(words, gaps, strict=True)]
        rows = [
            (place, *next(windows([len(one) for one in found], LONGEST_ROW)))
            for place, found in enumerate(pieces)
        ]
        result = np.zeros((len(texts), 384), dtype=np.float32)
        for batch in _batches(rows, pieces):
            (found,) = self._run(("meaning",), [pieces[place][first:last] for place, first, last in batch])
            result[[place for place, _, _ in batch]] = found
        return result

    def _run(self, outputs: Sequence[str], rows: Sequence[Sequence[tuple[int, ...]]]) -> list[Floats]:
        """Outputs for some rows, filled up to one length. Only what the outputs need is computed: words or meaning."""
        lengths = [sum(map(len, row)) for row in rows]
        pieces = np.full((len(rows), max(lengths) + 2), PAD, dtype=np.int64)
        starts = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        for place, row in enumerate(rows):
            pieces[place, 0] = BEGIN
            pieces[place, 1 : lengths[place] + 1] = [piece for word in row for piece in word]
            pieces[place, lengths[place] + 1] = END
            starts[place, : len(row)] = [*accumulate(map(len, row[:-1]), initial=1)]
        given = {"pieces": pieces, "starts": starts, "want_meaning": np.array(["meaning" in outputs])}
        found: list[Floats] = self._session.run(list(outputs), given)
        return found

    def _read_rows(self, rows: Sequence[Sequence[tuple[int, ...]]]) -> list[Reading]:
        names, upos, feats, arcs, relations = self._run(("names", "upos", "feats", "arcs", "rels"), rows)
        return [
            self._reading(
                names[place, :size],
                upos[place, :size],
                feats[place, :size],
                arcs[place, :size, : size + 1],
                relations[place, :size],
            )
            for place, size in enumerate(map(len, rows))
        ]

    def _reading(
        self, names: Floats, upos: Floats, feats: Floats, arcs: Floats, relations: Floats
    ) -> Reading:
        heads = heads_of(arcs)
        labels = relations[np.arange(len(heads)), np.array(heads) + 1].argmax(axis=1).tolist()
        return Reading(
            tuple(self._upos[label] for label in upos.argmax(axis=1).tolist()),
            tuple(self._feature_string(values) for values in self._feature_values(feats)),
            tuple(heads),
            tuple(self._relations[label] for label in labels),
            tuple(self._name_spans(names)),
        )

    def _feature_values(self, feats: Floats) -> Iterable[tuple[int, ...]]:
        columns = [feats[:, left:right].argmax(axis=1).tolist() for _, left, right in self._columns]
        return zip(*columns, strict=True)

    def _feature_string(self, values: tuple[int, ...]) -> str:
        found = self._feature_strings.get(values)
        if found is None:
            pairs = zip(self._features.items(), values, strict=True)
            told = {name: choices[value] for (name, choices), value in pairs if choices[value] != "_"}
            found = "|".join(f"{name}={told[name]}" for name in sorted(told, key=str.lower))
            self._feature_strings[values] = found
        return found

    def _name_spans(self, scores: Floats) -> Iterator[NameSpan]:
        logs = scores - scores.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        labels = best_labels(logs, self._begins, self._follows)
        left = 0
        while left < len(labels):
            name = self._names[labels[left]]
            right = left + 1
            if name == "O":
                left = right
                continue
            while right < len(labels) and self._names[labels[right]] == f"I-{name[2:]}":
                right += 1
            sure = float(np.exp(logs[range(left, right), labels[left:right]]).mean())
            yield NameSpan(left, right, name[2:], round(sure, 2))
            left = right


def _session(path: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_mem_pattern = False  # rows have many lengths: kept patterns only cost memory
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _of_few_words(first: int, last: int) -> Iterator[tuple[int, int]]:
    """A window in equal parts of no more than `MOST_WORDS` words: sentences are not that long, noise is."""
    parts = -(-(last - first) // MOST_WORDS)
    for part in range(parts):
        yield first + (last - first) * part // parts, first + (last - first) * (part + 1) // parts


Row = tuple[int, int, int]


def _batches(rows: Sequence[Row], pieces: Sequence[Sequence[tuple[int, ...]]]) -> Iterator[list[Row]]:
    """Rows of about one length together: the order depends on lengths, then on place in the document."""
    lengths = {row: sum(map(len, pieces[row[0]][row[1] : row[2]])) for row in rows}
    batch: list[Row] = []
    for row in sorted(rows, key=lambda it: (lengths[it], it)):
        if batch and (len(batch) >= BATCH or (len(batch) + 1) * lengths[row] > BATCH_PIECES):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _joined(parts: Sequence[Reading]) -> Reading:
    """The windows of one sentence as one: the roots of later windows hang on the first one's."""
    if len(parts) == 1:
        return parts[0]
    root = next((place for place, head in enumerate(parts[0].heads) if head < 0), 0) if parts else 0
    heads: list[int] = []
    deprels: list[str] = []
    names: list[NameSpan] = []
    for part in parts:
        before = len(heads)
        for head, deprel in zip(part.heads, part.deprels, strict=True):
            hangs = head < 0 and before
            heads.append(root if hangs else head if head < 0 else head + before)
            deprels.append("parataxis" if hangs else deprel)
        names += [NameSpan(it.left + before, it.right + before, it.label, it.score) for it in part.names]
    return Reading(
        tuple(it for part in parts for it in part.upos),
        tuple(it for part in parts for it in part.feats),
        tuple(heads),
        tuple(deprels),
        tuple(names),
    )
