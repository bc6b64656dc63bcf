"""The timeline as a picture."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from lagebild.model.pages import EntryKind, Moment, Part, TimelineItem
from lagebild.model.speech import Modality
from lagebild.questions.page import dossier_page
from lagebild.render.timeline import TimePicture, draw_windows
from lagebild.settings import Settings
from tests import pile as piles


def part() -> Part:
    return dossier_page(piles.pile(), Settings()).parts[0]


def bars(picture: TimePicture) -> dict[str, str]:
    return {bar.number: bar.kind for band in picture.bands for bar in band.bars}


def crowd(kind: EntryKind, modality: Modality, number: int) -> tuple[TimelineItem, ...]:
    first = part().timeline[2]
    return tuple(
        replace(
            first, number=n, key=f"x{n}", kind=kind, modality=modality,
            moment=Moment(precision="day", earliest=f"{2000 + n // 3}-06-01T00:00:00", latest=f"{2000 + n // 3}-06-02T00:00:00"),
        )
        for n in range(1, number + 1)
    )  # fmt: skip


def test_windows_story_first_then_everything() -> None:
    windows = draw_windows(part())
    assert windows[0].chosen
    assert windows[0].de.startswith("Di\u00a09.6.")
    assert windows[-1].de == "1985–2028"


def test_every_dated_entry_is_drawn_or_named_at_the_edge() -> None:
    for window in draw_windows(part()):
        for picture in window.pictures:
            drawn = {n for band in picture.bands for bar in band.bars for n in bar.title.split("; ")}
            numbers = {one.split(".")[0] for one in drawn}
            edges = {
                n for band in picture.bands for n in (*band.before.split(", "), *band.after.split(", ")) if n
            }
            assert numbers | edges == {"1", "2", "3", "4", "5", "6", "7", "8"}


def test_kinds_are_drawn_as_they_are() -> None:
    wide = draw_windows(part())[0].pictures[0]
    assert bars(wide)["3"] == "inferred"
    assert bars(wide)["4"] == "disputed"
    assert bars(wide)["7"] == "planned"


def test_a_cluster_of_planned_things_is_planned() -> None:
    kinds: tuple[tuple[EntryKind, Modality], ...] = (("planned", "planned"), ("unsure", "demanded"))
    for kind, modality in kinds:
        picture = draw_windows(replace(part(), timeline=crowd(kind, modality, 60)))[-1].pictures[0]
        assert {bar.kind for band in picture.bands for bar in band.bars} == {"planned"}


def test_bars_and_words_of_a_row_do_not_overlap() -> None:
    for window in draw_windows(part()):
        for picture in window.pictures:
            for band in picture.bands:
                rows: dict[float, list[tuple[float, float]]] = {}
                for bar in band.bars:
                    rows.setdefault(bar.y, []).append((bar.x, bar.x + bar.width))
                for spans in rows.values():
                    ordered = sorted(spans)
                    assert all(a[1] <= b[0] for a, b in pairwise(ordered))


def test_bars_stay_inside_the_picture() -> None:
    for window in draw_windows(replace(part(), timeline=crowd("happened", "happened", 90))):
        for picture in window.pictures:
            assert all(
                picture.left <= bar.x <= bar.x + bar.width <= picture.width
                for b in picture.bands
                for bar in b.bars
            )


def test_nothing_dated_gives_no_picture() -> None:
    assert draw_windows(replace(part(), timeline=())) == ()
