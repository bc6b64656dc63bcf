"""The language model's files, and what is read with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lagebild.errors import ModelError
from lagebild.lang.model import (
    LONGEST_ROW,
    Pinned,
    Reader,
    Reading,
    check_files,
    checked_folder,
    open_reader,
    pinned,
)


def read(*sentences: str) -> list[Reading]:
    words = [sentence.split() for sentence in sentences]
    return open_reader().read(words, [[True] * len(found) for found in words])


def test_a_missing_file_says_which_digest_is_wanted_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"news\.onnx.*missing.*0123.*install"):
        check_files(tmp_path, Pinned("1", frozenset(), {"news.onnx": "0123"}))


def test_an_altered_file_says_both_digests(tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"labels\.json.*expected 0123, found 44136fa3.*install"):
        check_files(tmp_path, Pinned("1", frozenset(), {"labels.json": "0123"}))


def test_the_installed_model_is_the_pinned_one() -> None:
    assert set(pinned().files) == {"labels.json", "news.onnx", "pieces.json"}
    assert checked_folder().is_dir()
    assert open_reader().version == pinned().version


def test_every_word_has_a_value_in_each_layer() -> None:
    (row,) = read("Die alten Leute lachten laut .")
    assert len(row.upos) == len(row.feats) == len(row.heads) == len(row.deprels) == 6
    assert row.heads.count(-1) == 1
    assert row.deprels[row.heads.index(-1)] == "root"


def test_a_sentence_longer_than_a_row_is_one_tree() -> None:
    (row,) = read("Der Zug fährt nach Kiel und " * 200)
    assert len(row.heads) == 1200 > LONGEST_ROW
    assert row.heads.count(-1) == 1
    assert all(-1 <= head < 1200 for head in row.heads)


def test_the_same_sentences_give_the_same_rows() -> None:
    sentences = [
        "Anna Beispiel kommt aus Kiel .",
        "Es regnet .",
        "Die Regierung in Warschau wollte dazu nichts sagen .",
    ]
    assert read(*sentences) == read(*sentences)


@pytest.mark.parametrize("word", ["\x00", "a" * 100_000, "😀", "\u202e", "\ufeff", "١٢٣"])
def test_any_word_is_read(word: str) -> None:
    (row,) = read(f"Das {word.strip() or word} steht da .")
    assert len(row.upos) >= 4


def test_no_sentences_give_nothing() -> None:
    assert read() == []


def test_meanings_have_length_one_and_put_paraphrases_nearest() -> None:
    found = open_reader().meanings(
        [
            "Die Waffenruhe gilt seit Montag.",
            "Der Waffenstillstand ist seit Montag in Kraft.",
            "Bananen sind gelb.",
            "",
        ]
    )
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4), abs=1e-4)
    assert found[0] @ found[1] > found[0] @ found[2]


def test_a_reader_of_another_network_is_its_own(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"none\.onnx"):
        Reader(checked_folder(), tmp_path / "none.onnx").read([["Es"]], [[True]])
