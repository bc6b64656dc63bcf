"""What a document says of itself."""

from __future__ import annotations

import pytest

from lagebild.model.document import Stated
from lagebild.model.source import Declared
from lagebild.model.span import Piece
from tests.clean.build import masthead

TITLE = "Kreistag beschließt neue Umgehung"
BODY = "Der Kreistag hat am Abend den Bau der Umgehung beschlossen. Die Mehrheit war knapp, wie die Verwaltung mitteilte."
MORE = "Gegner kündigten eine Klage an. „Wir geben nicht auf“, sagte Sprecherin Iris Kamp nach der Sitzung."


def published(text: str, **keys: str) -> tuple[str, str] | None:
    stamp = masthead(text, stated=Stated(**keys) if keys else None).published  # type: ignore[arg-type]
    return (stamp.value, stamp.precision) if stamp else None


@pytest.mark.parametrize(
    ("stamp", "value"),
    [
        ("12.11.2024 08:09", ("2024-11-12T08:09", "minute")), ("Stand: 14.03.2025, 12 Uhr", ("2025-03-14T12", "hour")),
        ("14. März 2025", ("2025-03-14", "day")), ("Von Ute Lang, 14. März 2025", ("2025-03-14", "day")), ("Stand:", None), ("Update", None),
    ],
)  # fmt: skip
def test_stamp_below_the_title(stamp: str, value: tuple[str, str] | None) -> None:
    assert published(f"{TITLE}\n\n{stamp}\n\n{BODY}\n\n{MORE}") == value


@pytest.mark.parametrize(
    "line",
    [
        "Endlich! — Ute Lang (@ute) 3. Mai 2025", "Die Brücke am 3. Mai 2025 (Archivbild)", "Lesen Sie auch: Der Stau vom 3. Mai 2025",
        "© 2024 Bote Verlag, alle Rechte vorbehalten", "Der Bau begann am 3. Mai 2025 und dauert an.",
    ],
)  # fmt: skip
def test_dates_of_other_things_are_not_of_publication(line: str) -> None:
    assert published(f"{TITLE}\n\n{line}\n\n{BODY}\n\n{line}\n\n{MORE}") is None


def test_published_goes_before_updated() -> None:
    assert published(
        f"{TITLE}\n\nAktualisiert am 15.3.2025, 8:00 Uhr | Veröffentlicht am 14.3.2025\n\n{BODY}"
    ) == ("2025-03-14", "day")


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("Aue, 12. September 2024. ", "2024-09-12"),
        ("VIENNA, May 8, 2025 (Reuters) - ", "2025-05-08"),
        ("Am 3. Mai 2025 in Aue, ", None),
    ],
)
def test_datelines(start: str, day: str | None) -> None:
    found = published(f"{TITLE}\n\n{start}{BODY}\n\n{MORE}")
    assert (found[0] if found else None) == day


def test_leaked_month_has_its_precision() -> None:
    row = masthead(f" date 2025-03 {BODY}\n\n{MORE}")
    assert row.published is not None
    assert (row.published.value, row.published.precision) == ("2025-03", "month")
    assert row.title is None


def test_declared_wins_over_stated_over_text() -> None:
    text = f"{TITLE}\n\n12.11.2024 08:09\n\n{BODY}"
    stated = Stated(published="2024-11-13", published_by="jsonl:published", outlet="Bote", language="de")
    declared = Declared(published="2024-11-14", outlet="Kurier", language="de_AT", said_by="lagebild.csv")
    both = masthead(text, stated=stated, declared=declared)
    assert both.published is not None
    assert (both.published.value, both.published.said_by, both.outlet, both.language) == (
        "2024-11-14",
        "lagebild.csv",
        "Kurier",
        "de-AT",
    )
    one = masthead(text, stated=stated)
    assert one.published is not None
    assert (one.published.value, one.published.said_by, one.outlet) == (
        "2024-11-13",
        "jsonl:published",
        "Bote",
    )


def test_title_is_a_line_of_the_text() -> None:
    text = f"Zum Inhalt\n\n{TITLE}\n\n{BODY}"
    row = masthead(text)
    assert row.title == TITLE
    assert row.title_at == Piece(12, 12 + len(TITLE))


def test_stated_title_that_does_not_stand_in_the_text_has_no_place() -> None:
    row = masthead(f"{BODY}\n\n{MORE}", stated=Stated(title="Anderswo"))
    assert (row.title, row.title_at) == ("Anderswo", None)


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n\n{MORE}",
        f"Richtig sei, dass der Bau erst im Mai beginnt.\n\n{BODY}",
        f"Er kam am Freitag an und blieb lange dort.\n\n{BODY}",
        BODY,
        "Kurz.",
    ],
)
def test_no_title_is_made_up(text: str) -> None:
    assert masthead(text).title is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{TITLE}\n\n{BODY} (dpa, AFP)", ("dpa", "AFP")), (f"{TITLE}\n\nAue (dpa/lsn) - {BODY}", ("dpa",)),
        (f"{TITLE}\n\n{BODY}\n\nEine Brücke © Bote/AFP/Getty Images\n\n{MORE}", ()), (f"{TITLE}\n\n{BODY}\n\nQuelle: dpa", ("dpa",)),
        (f"{TITLE}\n\nDer Sprecher (dpa) - {BODY}", ("dpa",)), (f"{TITLE}\n\nDas meldete die Agentur (AFP) am Abend. {BODY}", ()),
    ],
)  # fmt: skip
def test_agencies_come_from_credits_of_the_text(text: str, names: tuple[str, ...]) -> None:
    assert masthead(text).agencies == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von Ute Lang und Jan Korte", ("Ute Lang", "Jan Korte")), ("By Alice Moore", ("Alice Moore",)), ("Von Ute Lang, Aue", ("Ute Lang",)),
        ("Zusätzliche Berichterstattung von Ute Lang", ()), ("Von der Elbe bis zur Oder", ()), ("Von Hamburg nach Aue", ()),
    ],
)  # fmt: skip
def test_authors_without_helpers(line: str, names: tuple[str, ...]) -> None:
    assert masthead(f"{TITLE}\n\n{line}\n\n{BODY}").authors == names


def test_language_is_read_from_the_report() -> None:
    text = (
        "Skip to content\n\nSign in\n\n"
        + f"{TITLE}\n\n{BODY}\n\n{MORE}\n\nRead more: The best bridges of the world and how to find them"
    )
    assert masthead(text).language == "de"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"ROUNDUP: {TITLE}", TITLE), (f"ROUNDUP 2: {TITLE}", TITLE), (f"EILMELDUNG: {TITLE}", TITLE), (f"Update: {TITLE}", TITLE),
        (f"Kreis Aue: {TITLE}", f"Kreis Aue: {TITLE}"),
    ],
)  # fmt: skip
def test_an_agencys_slug_is_no_part_of_the_title(line: str, title: str) -> None:
    row = masthead(f"{line}\n\n{BODY}\n\n{MORE}")
    assert row.title == title
    assert row.title_at == Piece(len(line) - len(title), len(line))


def test_a_line_with_a_dateline_is_no_title_and_credits_its_agency() -> None:
    wrapped = (
        "Aue/Zwickau (dpa) - Der Kreistag hat am Montagabend nach langer Aussprache den Bau der Umgehung von Aue mit knapper\n"
        "Mehrheit beschlossen. Gegner kündigten noch in der Nacht eine Klage gegen den Beschluss an.\n"
    )
    row = masthead(f"{wrapped}\n{MORE}\n")
    assert row.title is None
    assert row.agencies == ("dpa",)
