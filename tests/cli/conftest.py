"""The command line called in this process, and the dossier it is tried on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lagebild.cli.main import main
from tests.walks.pile import built_pile

Call = Callable[..., Result]


@pytest.fixture
def call() -> Call:
    """Calls a command with these words; unforeseen errors are raised and not turned into an exit code."""

    def run(*words: object, stdin: bytes = b"") -> Result:
        return CliRunner(catch_exceptions=False).invoke(main, [str(word) for word in words], input=stdin)

    return run


@pytest.fixture
def ask(call: Call) -> Callable[..., Any]:
    """The one JSON object that a command prints with --json; nothing else may stand on stdout."""

    def run(*words: object, stdin: bytes = b"") -> Any:
        result = call(*words, "--json", stdin=stdin)
        assert result.exit_code == 0, result.stderr
        answer = json.loads(result.stdout)
        assert isinstance(answer, dict)
        return answer

    return run


@pytest.fixture(scope="session")
def dossier() -> Path:
    """The dossier of the pile of the walks; for reading only."""
    return built_pile()
