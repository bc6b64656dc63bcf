"""Labels of the page in German and English, and dates in words. Both languages stand in the page; a switch shows one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from markupsafe import Markup, escape

__all__ = ["LANGS", "Lang", "both", "label", "label_list", "labels"]

Lang = Literal["de", "en"]
LANGS: tuple[Lang, ...] = ("de", "en")


def _flat(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


@cache
def labels(lang: Lang) -> dict[str, Any]:
    """All labels of a language by dotted key („page.search“). Do not change what you get."""
    text = files("lagebild.render").joinpath("labels", f"{lang}.toml").read_text(encoding="utf-8")
    return _flat(tomllib.loads(text))


def label(lang: Lang, key: str, *values: object, **gaps: object) -> str:
    """One label with its gaps filled. Raises KeyError for a key that no label has."""
    text = str(labels(lang)[key])
    return text.format(*values, **gaps) if values or gaps else text


def label_list(lang: Lang, key: str) -> list[str]:
    """A label that is a list: names of months and days."""
    return [str(value) for value in labels(lang)[key]]


def both(de: object, en: object) -> Markup:
    """The same thing in both languages, of which the page shows one; one span where they do not differ."""
    first, second = escape(de), escape(en)
    if first == second:
        return Markup(first)
    return Markup('<span class="u" lang="de">{}</span><span class="u" lang="en">{}</span>').format(
        first, second
    )
