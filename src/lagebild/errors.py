"""The errors people may meet. Each message says what, where, and what now.

LagebildError
├── InputError      something given to lagebild cannot be read
│   └── NothingReadable   … and nothing else was left to read
├── UsageError      the call itself is wrong
├── SettingsError   a setting has a value it cannot have
├── CaseError       the case cannot be used: locked, newer, damaged, not a case
├── MachineError    the machine refused: disk full, permission
│   └── ModelError        the language model is missing or is another than the one this version was made with
├── PlanError       steps are declared in an order that cannot run
└── BugInLagebild   something that must not be; please report it
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "BugInLagebild", "CaseError", "InputError", "LagebildError", "MachineError", "ModelError", "NothingReadable", "PlanError",
    "SettingsError", "UsageError",
]  # fmt: skip


class LagebildError(Exception):
    """Any error lagebild raises on purpose. `exit_code` is what the command line returns for it."""

    exit_code: ClassVar[int] = 1


class InputError(LagebildError):
    """Something given to lagebild cannot be read."""

    exit_code = 3


class NothingReadable(InputError):
    """Nothing in the input could be read."""


class UsageError(LagebildError):
    """The call itself is wrong."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting has a value it cannot have."""


class CaseError(LagebildError):
    """The case cannot be used: locked, newer than this version, damaged, or not a case."""

    exit_code = 4


class MachineError(LagebildError):
    """The machine refused: disk full, permission."""

    exit_code = 5


class ModelError(MachineError):
    """The language model is missing, or is another than the one this version was made with."""


class PlanError(LagebildError):
    """Steps are declared in an order that cannot run."""


class BugInLagebild(LagebildError):
    """Something that must not be."""
