"""The dossier as one HTML file: no external request, every text escaped, only its own script and styles may run."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from lagebild.model.account import Reason
from lagebild.model.pages import (
    Dispute,
    FigureView,
    Line,
    Mark,
    Moment,
    OriginRow,
    Page,
    Part,
    Person,
    Segment,
    SideView,
    Source,
    SourceBlock,
    TimelineItem,
    Warning,
)
from lagebild.render import lineage
from lagebild.render.dates import moment_words, parse_time, short_words, stamp_words
from lagebild.render.figures import draw_dot, number_words, spread
from lagebild.render.labels import LANGS, Lang, both, label, labels
from lagebild.render.map import draw_map, layer_notes, map_days
from lagebild.render.reasons import reason_lines
from lagebild.render.timeline import draw_windows

__all__ = ["render_html", "shown"]

SECTIONS = (
    ("brief", "kurz"),
    ("disputes", "strittig"),
    ("figures", "zahlen"),
    ("time", "zeit"),
    ("map", "karte"),
    ("quotes", "zitate"),
    ("lineage", "herkunft"),
    ("sources", "quellen"),
    ("open", "offen"),
)
PEOPLE_SHOWN = 12
NOSCRIPT = (
    ".tools,.tlz,.mday,aside{display:none!important}.cols{grid-template-columns:minmax(0,900px)!important}"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Text as a page may hold it: control characters become visible signs, marks that turn the direction of all after them go."""
    plain = CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 32 else "\ufffd", text)
    return TURNING.sub("\ufffd", plain)


def render_html(page: Page) -> str:
    """The page as HTML, the same bytes for the same page."""
    css, js = (
        _static("dossier.css") + _static("map.css") + _static("lineage.css"),
        _static("dossier.js") + _static("map.js"),
    )
    env = _environment()
    sources = {
        source.doc_id: source.key
        for part in reversed(page.parts)
        for source in part.sources
        if not source.elsewhere
    }
    return env.get_template("page.html").render(
        page=page,
        policy=_policy(js, (css, NOSCRIPT)),
        css=Markup(css),
        js=Markup(js),
        noscript_css=Markup(NOSCRIPT),
        sections=SECTIONS,
        shown_at=lambda doc_id: sources.get(doc_id, ""),
        attr=_attribute(page.language),
    )


@cache
def _static(name: str) -> str:
    return files("lagebild.render").joinpath("static", name).read_text(encoding="utf-8")


def _policy(js: str, styles: Sequence[str]) -> str:
    """Content Security Policy: nothing may be loaded, only this script and these styles may run."""
    return (
        f"default-src 'none'; script-src {_hash(js)}; style-src {' '.join(_hash(css) for css in styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("lagebild.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        {function.__name__.strip("_"): function for function in _FUNCTIONS}
        | {"t": _label, "show": shown, "both": both, "label": label, "draw_dot": draw_dot, "spread": spread}
        | {
            **lineage.IN_TEMPLATES,
            "draw_map": draw_map,
            "map_days": map_days,
            "layer_notes": layer_notes,
            "draw_windows": draw_windows,
            "stamp": _stamp,
        }
    )
    return env


def _label(key: str, **gaps: object) -> Markup:
    return both(*(label(lang, key, **gaps) for lang in LANGS))


def _stamp(value: str, lang: Lang, long: bool = False) -> str:
    return stamp_words(value, lang, long=long)


def _attribute(language: Lang) -> Callable[[str, str], Markup]:
    def attr(name: str, key: str) -> Markup:
        """An attribute in the page's language, with both beside it for the switch."""
        de, en = label("de", key), label("en", key)
        return Markup('{}="{}" data-at="{}" data-de="{}" data-en="{}"').format(
            name, label(language, key), name, de, en
        )

    return attr


def _counted(lang: Lang, what: str, number: int) -> str:
    return label(lang, f"count.{what}_one") if number == 1 else label(lang, f"count.{what}", n=number)


def _count(what: str, number: int) -> Markup:
    return both(*(_counted(lang, what, number) for lang in LANGS))


def _count2(key: str, number: int) -> Markup:
    return _label(f"{key}_one") if number == 1 else _label(key, n=number)


def _copies(row: OriginRow) -> Markup:
    return _count2("glance.copies", len(row.nodes) - 1)


def _glyph(status: str) -> str:
    """The sign of a status; statuses and signs have the same names."""
    return status


def _when(moment: Moment | None) -> Markup:
    return both(*(moment_words(moment, lang) for lang in LANGS))


def _short(moment: Moment, part: Part) -> Markup:
    year = parse_time(part.as_of)
    return both(*(short_words(moment, lang, year.year if year else None) for lang in LANGS))


def _days(days: Sequence[str], part: Part, most: int = 4) -> Markup:
    """Days in words, the first ones."""
    year = parse_time(part.as_of)
    cut = days[:most]
    more = " …" if len(days) > most else ""
    listed = (
        ", ".join(
            short_words(Moment(at=day, precision="day"), lang, year.year if year else None) for day in cut
        )
        + more
        for lang in LANGS
    )
    return both(*listed)


def _day_label(day: str, part: Part) -> Markup:
    """A day to choose on the map, with the number of places where something happened."""
    places = sum(day in dot.days for dot in part.dots)
    return both(*(f"{stamp_words(day, lang)} · {_counted(lang, 'places', places)}" for lang in LANGS))


def _layer_as_of(day: str) -> Markup:
    return both(*(label(lang, "map.layer_as_of", when=stamp_words(day, lang)) for lang in LANGS))


def _text_span(moment: Moment) -> Markup:
    """From the first to the last day of the texts."""
    first, last = (moment.earliest or "")[:10], (moment.latest or "")[:10]
    if first == last:
        return both(*(stamp_words(first, lang) for lang in LANGS))
    return both(
        *(label(lang, "date.range", a=stamp_words(first, lang), b=stamp_words(last, lang)) for lang in LANGS)
    )


def _percent(share: float) -> str:
    return f"{round(100 * share)}\u00a0%"


def _number(value: float) -> str:
    return number_words(value)


def _comma(words: str) -> str:
    return words.replace(".", ",")


def _because(reasons: Sequence[Reason]) -> Markup:
    """Reasons in both languages, as short sentences."""
    return both(
        *("".join(f"{_sentence(line)} " for line in reason_lines(reasons, lang)).rstrip() for lang in LANGS)
    )


def _sentence(line: str) -> str:
    words = shown(line).strip().rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."


def _language(code: str | None) -> Markup:
    if code is None:
        return both("–", "–")
    key = f"language.{code.split('-')[0]}"
    return _label(key) if key in labels("de") else _label("language.other", code=code)


def _warned(warning: Warning) -> Markup:
    words = both(*(label(lang, f"warning.{warning.name}", *warning.values) for lang in LANGS))
    return Markup("{} {}").format(words, shown(warning.detail)) if warning.detail else words


def _hashed(digest: str) -> Markup:
    """A digest that may break after every sixteen signs."""
    return Markup("<wbr>").join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _copy_of(part: Part, source: Source) -> Markup:
    """Which origin a copied text goes back to."""
    row = next((row for row in part.origins if any(node.doc_id == source.doc_id for node in row.nodes)), None)
    return _label("sources.copy_of", letter=row.letter, name=shown(row.name)) if row else Markup("")


def _bare(words: str) -> str:
    """Words without marks of quotation, for places that set none."""
    return "".join(ch for ch in shown(words) if ch not in '„“”«»"')


def _nearest(part: Part) -> list[Line]:
    """Lines of one origin each, for a page on which nothing has two."""
    lines = [*part.brief.short, *(line for group in part.brief.groups for line in group.lines)]
    return [line for line in lines if line.section in ("known", "claimed")]


def _side_name(side: SideView, by_name: bool) -> str:
    """A side in a few words: who stands for it, else what it says, cut."""
    speakers = list(dict.fromkeys(voice.name for voice in side.voices if voice.name and not voice.own))
    words = shown(" / ".join(speakers[:2]) if by_name and speakers else side.position)
    return words if len(words) <= 70 else words[:67].rsplit(" ", 1)[0] + " …"


def _by_name(dispute: Dispute) -> bool:
    """True where the sides can be told apart by who stands for them."""
    names = [{voice.name for voice in side.voices if voice.name and not voice.own} for side in dispute.sides]
    return dispute.kind == "dispute" and all(names) and not set.intersection(*names)


def _values(figure: FigureView) -> list[str]:
    """The numbers of a figure, each once, in rising order."""
    axis = spread(figure.rows)
    ordered = sorted(
        figure.rows, key=lambda row: (row.low if row.low is not None else row.high or 0.0, row.high or 0.0)
    )
    return list(dict.fromkeys(draw_dot(row, axis).words for row in ordered))


def _sample(part: Part) -> Mark | None:
    """Any mark of the part, for the legend."""
    lines = [*part.brief.short, *(line for group in part.brief.groups for line in group.lines)]
    quotes = [quote for person in part.people for quote in person.quotes]
    marked = [*(line.cites for line in lines), *(quote.cites for quote in quotes)]
    return next((cites[0] for cites in marked if cites), None)


def _groups(items: Sequence[TimelineItem]) -> list[tuple[str, list[TimelineItem]]]:
    """Timeline entries under the headings of the list: background, happened, planned, unsure, undated."""

    def heading(item: TimelineItem) -> str:
        if not (item.moment.earliest or item.moment.latest):
            return "undated"
        if item.kind == "background":
            return "background"
        return item.kind if item.kind in ("planned", "unsure") else "happened"

    order = ("background", "happened", "planned", "unsure", "undated")
    found = [(name, [item for item in items if heading(item) == name]) for name in order]
    return [(name, members) for name, members in found if members]


def _first_people(people: Sequence[Person]) -> Sequence[Person]:
    return people if len(people) <= PEOPLE_SHOWN + 3 else people[:PEOPLE_SHOWN]


def _more_people(people: Sequence[Person]) -> Sequence[Person]:
    return () if len(people) <= PEOPLE_SHOWN + 3 else people[PEOPLE_SHOWN:]


BLOCK_CLASS = {
    "headline": "h", "caption": "m", "credit": "c", "stamp": "m", "ticker_entry": "t", "post": "t", "list": "l",
}  # fmt: skip


def _paragraphs(blocks: Sequence[SourceBlock]) -> Iterator[Markup]:
    """A source in paragraphs; furniture that stands together shares one frame with one label."""
    for content, members in groupby(blocks, key=lambda block: block.content):
        if content:
            yield from (_paragraph(block, f"rp-{BLOCK_CLASS.get(block.kind, 'p')}") for block in members)
        else:
            inner = Markup("").join(_furniture(block) for block in members)
            yield Markup('<div class="rp rp-b"><span class="bpl">{}</span>{}</div>').format(
                _label("sources.furniture"), inner
            )


def _skipped(block: SourceBlock) -> Markup:
    if not block.skipped:
        return Markup("")
    return Markup('<p class="gap">{}</p>').format(_label("sources.skipped", n=block.skipped))


def _paragraph(block: SourceBlock, kind: str) -> Markup:
    heading = Markup(' role="heading" aria-level="4"') if kind == "rp-h" else ""
    body = Markup("").join(_segment(segment) for segment in block.segments)
    return _skipped(block) + Markup('<p class="rp {}"{}>{}</p>').format(kind, heading, body)


def _furniture(block: SourceBlock) -> Markup:
    body = Markup("").join(_segment(segment) for segment in block.segments)
    return _skipped(block) + (Markup('<p title="{}">{}</p>').format(block.kind, body) if body else Markup(""))


ROLE_CLASS = {"words": "mq", "cue": "mc", "speaker": "ms", "copied": "mk"}


def _segment(segment: Segment) -> Markup:
    text = escape(shown(segment.text))
    if not segment.roles and not segment.cites:
        return text
    classes = " ".join(ROLE_CLASS[role] for role in segment.roles)
    attributes = Markup(' class="{}"').format(classes) if classes else Markup("")
    if segment.cites:
        attributes += Markup(' data-c="{}"').format(" ".join(f"c{number}" for number in segment.cites))
    return Markup("<span{}>{}</span>").format(attributes, text)


_FUNCTIONS: tuple[Callable[..., Any], ...] = (
    _counted, _count, _count2, _copies, _glyph, _when, _short, _text_span, _percent, _number, _comma, _because, _language,
    _warned, _hashed, _copy_of, _bare, _nearest, _side_name, _by_name, _values, _sample, _groups, _days, _day_label, _layer_as_of, _first_people, _more_people, _paragraphs,
)  # fmt: skip
