"""The dossier as Markdown: every line with the passages that carry it, and the sources with their hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lagebild.model.account import Reason
from lagebild.model.pages import (
    Dispute,
    FigureView,
    Line,
    MapDot,
    Mark,
    Page,
    Part,
    Passage,
    Person,
    Run,
    SideView,
    Source,
    TimelineItem,
    Voice,
)
from lagebild.render.dates import moment_words, short_words, stamp_words
from lagebild.render.figures import draw_dot, spread
from lagebild.render.html import shown
from lagebild.render.labels import Lang, label
from lagebild.render.reasons import reason_lines

__all__ = ["render_markdown"]

SIGNS = {
    "undisputed": "●", "single_source": "⊙", "disputed": "◐", "inconsistent": "≠", "open": "◌", "planned": "▭", "background": "–",
}  # fmt: skip
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&!])")


def render_markdown(page: Page) -> str:
    """The page as Markdown in the page's language, the same bytes for the same page.

    A citation reads `[B1 path:start–end]`; offsets are code points, the end not included.
    """
    return "\n".join(_Writer(page).lines()).rstrip() + "\n"


def plain(text: str) -> str:
    """Text on one line in which nothing works as markup."""
    return SPECIAL.sub(r"\\\1", " ".join(shown(text).split()))


def _code(text: str) -> str:
    """Text as inline code; backticks become ordinary quotes."""
    return " ".join(shown(text).split()).replace("`", "'")


class _Writer:
    """Writes the page, part by part."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lang: Lang = page.language
        self._passages = {passage.number: passage for passage in page.passages}
        self._units = {
            source.doc_id: source.path if source.line is None else f"{source.path}#{source.line}"
            for part in page.parts
            for source in part.sources
        }

    def t(self, key: str, *values: object, **gaps: object) -> str:
        return label(self.lang, key, *values, **gaps)

    def lines(self) -> Iterator[str]:
        page = self.page
        if len(page.parts) != 1:
            title = (
                self.t("page.parts_title", n=len(page.parts)) if page.parts else self.t("page.empty_title")
            )
            yield from (f"# {title}", "")
            yield from (f"{part.number}. {plain(part.title)}" for part in page.parts)
            yield from ("", self.t("page.empty", n=page.files)) if not page.parts else ("",)
        for part in page.parts:
            yield from self._part(part)
        yield from self._listed()
        yield from self._problems()

    def cites(self, marks: Iterable[Mark]) -> str:
        return "".join(f" `[{mark.label} {self._place(self._passages[mark.number])}]`" for mark in marks)

    def _place(self, passage: Passage) -> str:
        return f"{_code(self._units.get(passage.doc_id, passage.doc_id))}:{passage.start}–{passage.end}"

    def _counted(self, what: str, number: int) -> str:
        return self.t(f"count.{what}_one") if number == 1 else self.t(f"count.{what}", n=number)

    def _reasons(self, reasons: Sequence[Reason]) -> str:
        return "; ".join(plain(line) for line in reason_lines(reasons, self.lang))

    def _part(self, part: Part) -> Iterator[str]:
        yield from (f"# {plain(part.title)}", "")
        stand = (
            self.t("page.as_of", when=stamp_words(part.as_of, self.lang))
            if part.as_of
            else self.t("page.as_of_unknown")
        )
        yield f"{stand} · {self._counted('texts', part.texts)} · {self._counted('origins', len(part.origins))}"
        yield from ("", f"## {self.t('brief.title')}", "")
        yield from self._brief(part)
        yield from (f"## {self.t('disputes.title')}", "")
        for dispute in part.disputes:
            yield from self._dispute(dispute)
        if not part.disputes:
            yield from (self.t("disputes.none"), "")
        yield from (f"## {self.t('figures.title')}", "")
        for figure in part.figures:
            yield from self._figure(figure)
        if not part.figures:
            yield from (self.t("figures.none"), "")
        yield from self._time_and_place(part)
        yield from (f"## {self.t('quotes.title')}", "")
        yield from self._quotes(part)
        yield from self._open(part)
        yield from self._sources(part)

    def _brief(self, part: Part) -> Iterator[str]:
        short = [self._line(line) for line in part.brief.short]
        if short:
            yield from (*short, "")
        for group in part.brief.groups:
            yield from (
                f"### {self.t('brief.' + group.section)}",
                "",
                *(self._line(line) for line in group.lines),
                "",
            )
        if not short and not part.brief.groups:
            yield from (self.t("brief.none"), "")
        for gone in part.brief.dropped:
            yield f"- ~~{plain(gone.text)}~~ {self.t('brief.not_carried')} {self._reasons(gone.reasons)}{self.cites(gone.cites)}"
        if part.brief.dropped:
            yield ""

    def _line(self, line: Line) -> str:
        origins = f" ({self._counted('origins', line.origins)})" if line.origins else ""
        hedged = line.marked and line.status != "single_source"
        caveat = f" – {self.t('brief.marked')}: {self._reasons(line.reasons)}" if hedged else ""
        return f"- {SIGNS[line.status]} {self.t('status.' + line.status)}: {plain(line.text)}{self.cites(line.cites)}{origins}{caveat}"

    def _dispute(self, dispute: Dispute) -> Iterator[str]:
        yield from (f"### {plain(dispute.question)} ({self.t('status.' + dispute.status)})", "")
        for side in dispute.sides:
            yield from self._side(side)
        if dispute.reasons:
            why = self.t("disputes.why", status=self.t(f"status.{dispute.status}"))
            yield from ("", f"{why} {self._reasons(dispute.reasons[:2])}")
        yield ""

    def _side(self, side: SideView) -> Iterator[str]:
        names = ", ".join(f"{letter} {plain(name)}".strip() for letter, name in side.origins)
        yield f"- **{plain(side.position)}** – {self._counted('origins', len(side.origins))}: {names}"
        yield from (f"  - {self._voice(voice)}" for voice in (*side.voices, *side.more))

    def _voice(self, voice: Voice) -> str:
        name = plain(voice.name) if voice.name else self.t("quotes.unknown")
        role = f" ({plain(voice.role)})" if voice.role else ""
        return f"{name}{role} {self.t('stance.' + (voice.stance or 'own'))}: {self._runs(voice.runs)}{self.cites(voice.cites)}"

    def _runs(self, runs: Sequence[Run]) -> str:
        words = ""
        for run in runs:
            gap = "" if not words or run.text[0] in ".,;:!?" else " "
            words += gap + self._run(run)
        return words

    def _run(self, run: Run) -> str:
        opening, closing = ("„", "“") if self.lang == "de" else ("“", "”")
        if run.literal:
            return f"{opening}{plain(run.text)}{closing}"
        return plain(run.text) if run.told else f"*{plain(run.text)}*"

    def _figure(self, figure: FigureView) -> Iterator[str]:
        yield from (f"### {plain(figure.question)} ({self.t('status.' + figure.status)})", "")
        axis = spread(figure.rows)
        for row in figure.rows:
            name = plain(row.name) if row.name else self.t("quotes.unknown")
            notes = [self.t(f"figures.{key}") for key in ("headline", "latest") if getattr(row, key)]
            tail = f" ({', '.join(notes)})" if notes else ""
            hedge = "" if row.hedge == "exact" else self.t(f"figures.{row.hedge}") + " "
            value = hedge + draw_dot(row, axis).words
            yield f"- {moment_words(row.moment, self.lang)}: {name}: **{value}** – {plain(row.words)}{tail}{self.cites(row.cites)}"
        if figure.reasons:
            yield from ("", f"{self.t('figures.reading')} {self._reasons(figure.reasons)}")
        yield ""

    def _time_and_place(self, part: Part) -> Iterator[str]:
        yield from (f"## {self.t('time.title')}", "")
        yield from (self._entry(item) for item in part.timeline)
        if not part.timeline:
            yield self.t("time.none")
        yield from ("", f"## {self.t('map.title')}", "")
        yield from (self._map_line(dot) for dot in part.dots)
        if not part.dots:
            yield self.t("map.none")
        yield ""

    def _map_line(self, dot: MapDot) -> str:
        told = [self._counted("origins", dot.origins)] if dot.event else [self.t("map.named")]
        if dot.planned:
            told.insert(0, self.t("map.planned"))
        if dot.event:
            told += [stamp_words(day, self.lang) for day in dot.days[:4]] + ["…"] * (len(dot.days) > 4)
        where = f"{dot.lat:.4f}, {dot.lon:.4f}; ± {dot.precision_km:g} km"
        return f"- {plain(dot.name)} ({where}): {'; '.join(told)}{self.cites(dot.cites)}"

    def _entry(self, item: TimelineItem) -> str:
        notes = [self.t(f"modality.{item.modality}")] if item.modality != "happened" else []
        if item.kind == "disputed":
            notes.append(self.t("time.disputed"))
        if item.inferred:
            notes.append(
                f"{self.t('time.inferred')}{': ' + self._reasons(item.reasons[:3]) if item.reasons else ''}"
            )
        tail = f" ({'; '.join(notes)})" if notes else ""
        when = short_words(item.moment, self.lang, None)
        return f"- {item.number}: {when}: {plain(item.text)}{tail}{self.cites(item.cites)}"

    def _quotes(self, part: Part) -> Iterator[str]:
        if part.unread:
            yield from (self.t("quotes.unread", labels=", ".join(part.unread)), "")
        for person in part.people:
            yield from self._person(person)
        if not part.people:
            yield from (self.t("quotes.none"), "")

    def _person(self, person: Person) -> Iterator[str]:
        name = plain(person.name) if person.name else self.t("quotes.unknown")
        roles = f" – {plain(', '.join(person.roles))}" if person.roles else ""
        yield from (f"### {name}{roles}", "")
        for quote in (*person.quotes, *person.more):
            chain = " › ".join(plain(hop) for hop in quote.hops)
            doubt = f", {self.t('distance.' + quote.distance)}" if quote.distance != "neutral" else ""
            yield f"- {self._runs(quote.runs)} ({self.t('form.' + quote.form)}, {self.t('stance.' + quote.stance)}{doubt}; {chain}){self.cites(quote.cites)}"
        yield ""

    def _open(self, part: Part) -> Iterator[str]:
        yield from (f"## {self.t('open.title')}", "")
        yield from (f"- {SIGNS['open']} {plain(one.text)}{self.cites(one.cites)}" for one in part.open)
        if not part.open:
            yield self.t("open.none")
        yield ""
        if part.missing:
            yield from (f"{self.t('open.missing')}:", "")
            yield from (
                f"- {plain(one.name)} ({self.t('origin.' + one.kind)}){self.cites(one.cites)}"
                for one in part.missing
            )
            yield ""

    def _sources(self, part: Part) -> Iterator[str]:
        yield from (f"## {self.t('sources.title')}", "")
        for source in part.sources:
            yield from self._source(source)
        yield ""

    def _source(self, source: Source) -> Iterator[str]:
        date = moment_words(source.published or source.dated, self.lang)
        stated = (
            self.t("sources.stated" if source.published else "sources.inferred")
            if source.published or source.dated
            else ""
        )
        title = plain(source.title) if source.title else self.t("sources.no_title")
        yield f"- **{source.label}** {plain(source.outlet)}: {title} · {date}{f' ({stated})' if stated else ''}"
        yield f"  - `{_code(self._units[source.doc_id])}` · SHA-256 `{source.sha256}` · {self.t('count.characters', n=source.characters)}"
        if source.credits or source.agencies:
            yield f"  - {self.t('lineage.credited', names=plain(', '.join(source.credits or source.agencies)))}"
        if source.published and source.dated:
            yield f"  - {self.t('sources.inferred')}: {moment_words(source.dated, self.lang)}"
        if source.dated and source.date_reasons:
            yield f"  - {self.t('time.inferred_because')} {self._reasons(source.date_reasons)}{self.cites(source.date_cites)}"
        if source.copied:
            shares = ", ".join(f"{name} {round(100 * share)} %" for name, share in source.copied)
            yield f"  - {self.t('lineage.copied')}: {shares}"
        for warning in source.warnings:
            detail = f" {plain(warning.detail)}" if warning.detail else ""
            yield f"  - ⚠ {self.t('warning.' + warning.name, *warning.values)}{detail}"

    def _listed(self) -> Iterator[str]:
        if self.page.listed:
            yield from (f"## {self.t('page.more_listed')}", "")
            yield from (
                f"- {plain(one.title)}: {self._counted('texts', one.texts)}" for one in self.page.listed
            )
            yield ""

    def _problems(self) -> Iterator[str]:
        page = self.page
        yield from (
            f"## {self.t('method.title')}",
            "",
            self.t("method.bound"),
            "",
            self.t("method.independent"),
            "",
        )
        yield f"{self.t('method.version')}: Lagebild {page.version} · {self.t('method.timezone')}: {page.timezone} · {self._counted('files', page.files)}"
        if page.problems:
            yield from ("", f"### {self.t('method.problems', n=len(page.problems))}", "")
            yield from (
                f"- `{_code(one.unit)}` ({one.step}, {one.kind}): {plain(one.message)}"
                for one in page.problems
            )
        if page.unplaced:
            yield from ("", f"### {self.t('method.unplaced', n=len(page.unplaced))}", "")
            yield from (f"- `{_code(unit)}`" for unit in page.unplaced)
