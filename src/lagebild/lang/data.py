"""Facts about languages: TOML files in `lang/<code>/`, read once, with a digest that changes when any of them does."""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

__all__ = ["LANGUAGES", "data_digest", "has_data", "read_data"]

LANGUAGES = ("de", "en")
"""Languages with data, the first one decides in doubt."""


@cache
def read_data(language: str, name: str) -> dict[str, Any]:
    """The contents of `lang/<language>/<name>.toml`. Raises FileNotFoundError where there is none. Do not change what you get."""
    text = files("lagebild.lang").joinpath(language, f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def has_data(language: str, name: str) -> bool:
    """True where `lang/<language>/<name>.toml` exists."""
    return files("lagebild.lang").joinpath(language, f"{name}.toml").is_file()


@cache
def data_digest(*names: str) -> str:
    """16 hex digits over the named data files of all languages (a name without file counts as absent)."""
    hashed = sha256()
    for language in LANGUAGES:
        for name in names:
            hashed.update(f"{language}/{name}\0".encode())
            entry = files("lagebild.lang").joinpath(language, f"{name}.toml")
            if entry.is_file():
                hashed.update(entry.read_bytes())
    return hashed.hexdigest()[:16]
