"""Which nouns are people or bodies that can speak: roles, bodies, and nouns for people nobody names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lagebild.lang.data import has_data, read_data

__all__ = ["People"]

LONGEST_SIMPLE = 8
"""Letters. Only in longer words the end alone says what it is: „Bauamtsleiter“, but „Gegner“ is no „Gner“."""


class People:
    """Roles from `lang/*/roles.toml` and bodies from `lang/*/speech.toml`, compared in small letters."""

    def __init__(
        self, roles: Mapping[str, Any], bodies: tuple[str, ...], inflections: tuple[str, ...]
    ) -> None:
        words = {word.casefold() for names in roles.get("classes", {}).values() for word in names}
        words |= {word.casefold() for word in roles.get("known", {})}
        self._roles = frozenset(words)
        self._role_ends = tuple(sorted(words))
        self._bodies = frozenset(bodies)
        self._inflections = inflections
        self._body_ends = tuple(sorted(bodies))
        self.role = lru_cache(maxsize=20_000)(self._role)
        self.body = lru_cache(maxsize=20_000)(self._body)

    @classmethod
    def load(cls, language: str) -> People:
        """The words of a language; nothing where it has no data."""
        roles = read_data(language, "roles") if has_data(language, "roles") else {}
        bodies = read_data(language, "speech")["bodies"] if has_data(language, "speech") else {}
        return cls(roles, tuple(bodies.get("ends", ())), tuple(bodies.get("inflections", ())))

    def _role(self, word: str) -> bool:
        """„Vorsitzender“, „Stadträtin“, „Bauamtsleiter“: a role, also feminine, plural, or the last part of a compound."""
        lower = word.casefold()
        forms = {lower, *(lower.removesuffix(end) for end in self._inflections)}
        return bool(forms & self._roles) or (
            len(lower) > LONGEST_SIMPLE and any(form.endswith(self._role_ends) for form in forms)
        )

    def _body(self, word: str) -> bool:
        """„Wirtschaftsverband“, „Leitstelle“, „Gericht“: a body that has people who speak for it."""
        lower = word.casefold()
        forms = {lower, *(lower.removesuffix(end) for end in self._inflections)}
        return bool(forms & self._bodies) or any(form.endswith(self._body_ends) for form in forms)

    def speaks(self, word: str) -> bool:
        """True for both."""
        return self.role(word) or self.body(word)
