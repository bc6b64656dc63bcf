"""The Python API: build a dossier, open a case, read its records. The records are those of the export (docs/reference/records.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lagebild.case.sqlite import Case
from lagebild.model.open import OPEN_FILES
from lagebild.questions.check import Checked, check_case
from lagebild.questions.listing import listing
from lagebild.questions.open import OpenRecords
from lagebild.questions.trail import Trail, follow
from lagebild.settings import Settings
from lagebild.work import BuildReport, build_dossier, export_jsonl
from lagebild.work import open_case as _open

__all__ = ["OpenCase", "build", "open_case"]


def build(
    inputs: Sequence[Path | str] | Path | str,
    out: Path | str,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
) -> BuildReport:
    """Make or continue the dossier in folder `out` from files and folders; the same as `lagebild build`.

    >>> import lagebild, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("„Die Fähre fährt wieder“, sagte Anna Brandt am Montag in Kiel.", encoding="utf-8")
    >>> report = lagebild.build(folder / "a.txt", folder / "dossier")
    >>> report.documents, [page.name for page in report.pages]
    (1, ['dossier.html', 'dossier.md'])

    Raises LagebildError: NothingReadable, UsageError, CaseError, MachineError (see lagebild.errors).
    """
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    return build_dossier(given, Path(out), settings=settings, workers=workers)


def open_case(path: Path | str) -> OpenCase:
    """The case in a folder or file, for reading; use it as a context manager or close it.

    >>> import lagebild, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("„Die Fähre fährt wieder“, sagte Anna Brandt am Montag in Kiel.", encoding="utf-8")
    >>> _ = lagebild.build(folder / "a.txt", folder / "dossier")
    >>> with lagebild.open_case(folder / "dossier") as case:
    ...     [quote["exact"] for quote in case.quotes()]
    ['Die Fähre fährt wieder']

    Raises CaseError where it is missing, damaged, or written by a newer version.
    """
    return OpenCase(_open(Path(path)))


class OpenCase:
    """A case open for reading. Records are plain dictionaries with the keys of the export."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._records = OpenRecords(case)

    def __enter__(self) -> OpenCase:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._case.close()

    @property
    def files(self) -> tuple[str, ...]:
        """Names of all kinds of records."""
        return tuple(OPEN_FILES)

    def records(self, file: str) -> Iterator[dict[str, Any]]:
        """The rows of one file of the export, in its order, as you read them. Raises KeyError for an unknown name."""
        return self._records.file(file)

    def documents(self) -> Iterator[dict[str, Any]]:
        """Documents by path and line, with their whole text."""
        return self.records("documents")

    def quotes(self, speaker: str | None = None) -> Iterator[dict[str, Any]]:
        """Quotations in text order; only of speakers whose name or words hold `speaker`, where given."""
        return (row.record for row in listing(self._case, "quotes", speaker=speaker))

    def findings(self, *, clash: bool | None = None) -> Iterator[dict[str, Any]]:
        """Questions and the answers to them; only those that clash, or only those that do not, where `clash` is given."""
        return (row for row in self.records("findings") if clash is None or row["clash"] == clash)

    def search(self, query: str, limit: int = 20) -> list[dict[str, Any]]:
        """Blocks that hold all words of the query, best first, as block records with `path` and `rank`."""
        hits = []
        for found in self._case.search(query, limit):
            for block in self._records.blocks_of(found.doc_id):
                if block["id"] == found.block_id:
                    path = self._records.items[found.doc_id].unit
                    hits.append({**block, "path": path, "rank": round(found.rank, 4)})
        return hits

    def why(self, row_id: str, *, depth: int = 4) -> Trail | None:
        """The trail of a row down to the bytes of its sources; None where no row has this id."""
        return follow(self._case, row_id, depth=depth)

    def verify(self) -> Checked:
        """Every stored byte, place, citation and reference checked again."""
        return check_case(self._case)

    def export(self, to: Path | str, *, words: bool = False) -> tuple[Path, ...]:
        """Write the records to folder `to`, a JSON Lines file for each kind."""
        return export_jsonl(self._case, Path(to), words=words)
