"""Content terms of the languages with data: stop words and words of one meaning from `lang/*/`."""

from __future__ import annotations

from functools import cache

from lagebild.lang.data import LANGUAGES, data_digest, has_data, read_data
from lagebild.textkit.terms import Terms

__all__ = ["TERM_FILES", "base_language", "terms_of"]

TERM_FILES = ("stopwords", "compare")
"""The data files that decide about terms; name them in `data_digest` of tools that use `terms_of`."""


def base_language(language: str | None) -> str:
    """The language whose data are used for a text: „de-AT“ is read as „de“; "" where there are no data."""
    code = (language or "").split("-")[0].lower()
    return code if code in LANGUAGES and has_data(code, "compare") else ""


@cache
def terms_of(language: str) -> Terms:
    """The terms of a language with data. Raises FileNotFoundError where it has no `compare.toml`."""
    data = read_data(language, "compare")
    stop = set(data["stop"])
    if has_data(language, "stopwords"):
        stop |= set(str(read_data(language, "stopwords")["words"]).split())
    return Terms(data["stemmer"], stop, data["classes"])


def terms_digest() -> str:
    """Changes whenever terms can change."""
    return data_digest(*TERM_FILES)
