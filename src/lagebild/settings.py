"""What the user may set: one frozen record, every field with its default, unit and help."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lagebild.errors import SettingsError

__all__ = ["Settings", "read_settings"]


@dataclass(frozen=True)
class Settings:
    """Everything a step may know beside its rows. The same settings and input give the same case."""

    timezone: str = field(
        default="Europe/Berlin", metadata={"help": "IANA zone in which the dates of the case are written"}
    )
    max_text: int = field(
        default=1_000_000,
        metadata={
            "help": "longest text that is read closely, in characters; longer ones are stored and searched only"
        },
    )
    page_texts: int = field(
        default=200, metadata={"help": "how many documents the page shows in full; the others are listed"}
    )

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingsError(
                f"timezone: {self.timezone!r} is not a zone this machine knows; use a name such as Europe/Berlin"
            ) from error


def read_settings(path: Path) -> Settings:
    """The settings in a TOML file. Raises SettingsError for a file that is not TOML, an unknown key or a wrong type."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML ({error}); correct or remove it") from error
    known = {entry.name: entry for entry in fields(Settings)}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{path}: unknown setting {name!r}; known are {', '.join(sorted(known))}")
        if type(value) is not type(known[name].default):
            raise SettingsError(
                f"{path}: {name} must be of type {type(known[name].default).__name__}, not {value!r}"
            )
    return Settings(**values)
