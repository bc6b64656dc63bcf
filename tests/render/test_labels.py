"""Labels: complete in both languages, with the same gaps."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import get_args

import pytest
from markupsafe import Markup

from lagebild.model.document import BlockKind
from lagebild.model.finding import FindingKind, OriginKind, Status
from lagebild.model.identity import SpeakerKind
from lagebild.model.marks import Hedge
from lagebild.model.pages import EntryKind
from lagebild.model.speech import Distance, Form, Modality, Stance
from lagebild.render.labels import both, label, labels


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    german, english = labels("de"), labels("en")
    assert sorted(german) == sorted(english)
    for key, value in german.items():
        if isinstance(value, list):
            assert len(value) == len(english[key])
        else:
            assert sorted(re.findall(r"\{(\w+)\}", value)) == sorted(
                re.findall(r"\{(\w+)\}", english[key])
            ), key


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("block", BlockKind), ("kind", FindingKind), ("origin", OriginKind), ("status", Status), ("speaker", SpeakerKind),
        ("figures", Hedge), ("time", EntryKind), ("distance", Distance), ("form", Form), ("modality", Modality),
        ("stance", Stance),
    ],
)  # fmt: skip
def test_every_kind_has_a_label(prefix: str, kind: object) -> None:
    assert [value for value in get_args(kind) if f"{prefix}.{value}" not in labels("de")] == []


def test_every_label_named_in_a_template_exists() -> None:
    named = set()
    for entry in files("lagebild.render").joinpath("templates").iterdir():
        text = entry.read_text(encoding="utf-8")
        named |= set(re.findall(r"\bt\('([a-z_]+\.[a-z_0-9]+)'[,)]", text))
        named |= set(re.findall(r"label\('(?:de|en)', '([a-z_]+\.[a-z_0-9]+)'[,)]", text))
        named |= set(re.findall(r"attr\('[a-z-]+', '([a-z_.0-9]+)'\)", text))
    assert len(named) > 100
    assert named <= set(labels("de"))


def test_both_escapes_and_joins() -> None:
    assert both("<a>", "b") == Markup(
        '<span class="u" lang="de">&lt;a&gt;</span><span class="u" lang="en">b</span>'
    )
    assert both("x", "x") == Markup("x")


def test_label_fills_gaps() -> None:
    assert label("en", "count.texts", n=3) == "3 texts"
