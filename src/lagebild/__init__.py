"""Lagebild turns a pile of reports into a dossier that can be checked: see `build` and `open_case`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lagebild.version import __version__

if TYPE_CHECKING:
    from lagebild.api import OpenCase, build, open_case

__all__ = ["OpenCase", "__version__", "build", "open_case"]


def __getattr__(name: str) -> Any:
    """The API is loaded when it is first asked for, so that `import lagebild` stays quick."""
    if name in __all__:
        import lagebild.api

        return getattr(lagebild.api, name)
    raise AttributeError(f"module 'lagebild' has no attribute {name!r}")
