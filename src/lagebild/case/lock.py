"""One writer at a time: an advisory lock on the case file itself, gone with the process that holds it."""

from __future__ import annotations

import os
from pathlib import Path

from lagebild.errors import CaseError, MachineError

try:
    import fcntl
except ImportError:  # Windows has no flock; SQLite's own locks remain
    fcntl = None  # type: ignore[assignment]

__all__ = ["WriteLock"]


class WriteLock:
    """Held until `release`, or until the process ends."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> WriteLock:
        """The lock on `path`. Raises CaseError where another process holds it, MachineError where writing is not allowed."""
        try:
            handle = os.open(path, os.O_RDWR)
        except OSError as error:
            raise MachineError(f"{path}: {error.strerror}; check the permissions of the file") from error
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(handle)
                raise CaseError(
                    f"{path} is being written by another lagebild; try again when it has finished"
                ) from error
        return cls(handle)

    def release(self) -> None:
        """Let others write. Called after SQLite has closed the file: closing a handle drops this process's other locks."""
        os.close(self._handle)
