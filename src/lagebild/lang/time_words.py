"""The grammar of time phrases of a language, put together once per process from `lang/<code>/times.toml`."""

from __future__ import annotations

from functools import cache

from lagebild.lang.data import read_data
from lagebild.textkit.time_grammar import TimeGrammar

__all__ = ["time_grammar"]


@cache
def time_grammar(language: str) -> TimeGrammar:
    """The grammar of a language that has time data. Raises FileNotFoundError for another."""
    return TimeGrammar(read_data(language, "times"))
