"""What a page states about itself: title, dates, outlet, address, language, authors.

Read from linked data (JSON-LD, schema.org), meta elements (Open Graph, Dublin Core, Parse.ly), microdata and <time>.
Only statements count: a date in the address, a date in the running text and the time of the crawl are none. Where
two places state different things the first in the order of trust is taken: linked data, meta elements, microdata, <time>.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from lagebild.clean.page_scan import Meta, PageScan, markup_words

Dated = tuple[str, str]

_MAX_LINKED_DATA = 2_000_000  # characters of one script; the largest of 105 news pages has 130,000
_MAX_NODES = 2_000  # objects looked at per page: a report stands among the first
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[T ]+(?P<hour>\d{2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
)
_WEEKDAY = re.compile(r"^[A-Z][a-z]{2}, \d{1,2} ")
_STATED_IN_BROKEN_DATA = {
    "datePublished": re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"'),
    "dateModified": re.compile(r'"dateModified"\s*:\s*"([^"\\]{4,40})"'),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NO_NAME = re.compile(r"://|@|\bwww\.")
_SEVERAL_AUTHORS = re.compile(r"\s*[,;|/&]\s*")


@dataclass(frozen=True)
class PageStatements:
    """What a page states about itself; None or () where it states nothing.

    `titles` in the order of trust, each with the range of the page that holds it, if one does. `published` and
    `modified` are (ISO 8601 cut at its precision, where it was found). `live` is true where the page calls itself a live blog.
    """

    titles: tuple[tuple[str, tuple[int, int] | None], ...]
    description: str | None
    published: Dated | None
    modified: Dated | None
    outlet: str | None
    url: str | None
    language: str | None
    authors: tuple[str, ...]
    live: bool


def read_statements(scan: PageScan, *, url: str | None, first_body_line: int) -> PageStatements:
    """The statements of a scanned page. <time> counts only before the line `first_body_line`: later ones date other things."""
    nodes, broken = _linked_data(scan.json_ld)
    report = _report_node(nodes, scan.canonical or url)
    metas = _first_by_name(scan.metas)
    return PageStatements(
        titles=tuple(_titles(report, scan, metas)),
        description=_text(report.get("description")) or _first_meta(metas, "description"),
        published=_published(report, broken, metas, scan, first_body_line),
        modified=_modified(report, broken, metas, scan),
        outlet=_name(report.get("publisher")) or _outlet_meta(metas) or _outlet_node(nodes),
        url=_address(scan, metas, url),
        language=_language(scan, metas, report),
        authors=_authors(report, metas),
        live=any(kind in markup_words()["types"]["live"] for kind in _types(report)),
    )


# -- linked data -------------------------------------------------------------------------------------------------------


def _linked_data(scripts: Iterable[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """The objects of all scripts, outer before inner, and the scripts that are no JSON."""
    nodes: list[dict[str, Any]] = []
    broken: list[str] = []
    for script in scripts:
        text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if len(text) > _MAX_LINKED_DATA:
            continue
        try:
            nodes.extend(_objects(json.loads(text, strict=False), _MAX_NODES - len(nodes)))
        except (ValueError, RecursionError):
            broken.append(text)
    return nodes, broken


def _objects(value: Any, most: int) -> Iterator[dict[str, Any]]:
    """Objects that can be the page's own report: top level, lists of them, @graph and mainEntity; no parts, no lists of links."""
    waiting = deque([value])
    while waiting and most > 0:
        here = waiting.popleft()
        if isinstance(here, list):
            waiting.extend(here[:_MAX_NODES])
        elif isinstance(here, dict):
            most -= 1
            yield here
            waiting.extend(here[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in here)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1] for kind in kinds if isinstance(kind, str)]


def _report_node(nodes: list[dict[str, Any]], url: str | None) -> dict[str, Any]:
    """The object that describes the report: a kind of article, best with headline and date; {} where there is none."""
    order = markup_words()["types"]["article"]
    best: dict[str, Any] = {}
    best_rank: tuple[int, int] = (0, 0)
    for node in nodes:
        kinds = [order.index(kind) for kind in _types(node) if kind in order]
        if not kinds:
            continue
        page_only = min(kinds) == len(order) - 1
        stated = sum(key in node for key in ("headline", "datePublished", "author", "articleBody"))
        here = url is not None and any(
            _points_to(node.get(key), url) for key in ("url", "@id", "mainEntityOfPage")
        )
        rank = (0 if page_only else 1, 1 + stated + 2 * here)
        if rank > best_rank:
            best, best_rank = node, rank
    return best


def _points_to(value: Any, url: str) -> bool:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return isinstance(value, str) and value.split("#")[0].rstrip("/") == url.split("#")[0].rstrip("/")


def _text(value: Any) -> str | None:
    """A string of linked data as people read it; of a list the first."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    return " ".join(unescape(value[:2_000]).split()) or None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


# -- titles, names, addresses ------------------------------------------------------------------------------------------


def _first_by_name(metas: Iterable[Meta]) -> dict[str, Meta]:
    found: dict[str, Meta] = {}
    for meta in metas:
        if meta.value:
            found.setdefault(meta.name, meta)
    return found


def _first_meta(metas: dict[str, Meta], what: str) -> str | None:
    return next(
        (" ".join(metas[name].value.split()) for name in markup_words()["meta"][what] if name in metas), None
    )


def _titles(
    report: dict[str, Any], scan: PageScan, metas: dict[str, Meta]
) -> Iterator[tuple[str, tuple[int, int] | None]]:
    said = _text(report.get("headline"))
    if said:
        yield said, None
    for name in markup_words()["meta"]["title"]:
        if name in metas:
            yield " ".join(metas[name].value.split()), (metas[name].start, metas[name].end)
    if scan.head_title is not None and scan.head_title.value:
        yield scan.head_title.value, (scan.head_title.start, scan.head_title.end)


def _outlet_meta(metas: dict[str, Meta]) -> str | None:
    names = (metas[name].value for name in markup_words()["meta"]["outlet"] if name in metas)
    return next((" ".join(name.split()) for name in names if "://" not in name), None)


def _outlet_node(nodes: list[dict[str, Any]]) -> str | None:
    site = (node for node in nodes if set(_types(node)) & {"WebSite", "NewsMediaOrganization"})
    return next((name for node in site if (name := _text(node.get("name")))), None)


def _address(scan: PageScan, metas: dict[str, Meta], url: str | None) -> str | None:
    """The address the page gives for itself (absolute http(s)), else the one it was read from."""
    stated = (scan.canonical, metas["og:url"].value if "og:url" in metas else None)
    return next((said for said in stated if said and re.match(r"https?://[^\s/]+", said)), url)


def _language(scan: PageScan, metas: dict[str, Meta], report: dict[str, Any]) -> str | None:
    """BCP 47, as stated: <html lang>, meta elements, linked data."""
    for said in (scan.language, _first_meta(metas, "language"), _text(report.get("inLanguage"))):
        if said and _LANGUAGE.fullmatch(said.strip()):
            return said.strip().replace("_", "-")
    return None


def _authors(report: dict[str, Any], metas: dict[str, Meta]) -> tuple[str, ...]:
    """Names as stated, without repeats, in the page's order; addresses of pages and of mail are no names."""
    stated = report.get("author") or report.get("creator") or []
    stated = stated if isinstance(stated, list) else [stated]
    names = [name for item in stated[:50] for name in _person_names(item)]
    for key in markup_words()["meta"]["author"]:
        if not names and key in metas:
            names = _SEVERAL_AUTHORS.split(" ".join(metas[key].value.split()))
    return tuple(
        dict.fromkeys(name for name in names if name and not _NO_NAME.search(name) and len(name) <= 120)
    )


def _person_names(item: Any) -> list[str]:
    if isinstance(item, dict):
        item = item.get("name")
    items = item if isinstance(item, list) else [item]
    return [part for said in items if (text := _text(said)) for part in _SEVERAL_AUTHORS.split(text)]


# -- dates -------------------------------------------------------------------------------------------------------------


def _published(
    report: dict[str, Any], broken: list[str], metas: dict[str, Meta], scan: PageScan, body: int
) -> Dated | None:
    return (
        _linked_date(report, broken, ("datePublished", "dateCreated"))
        or _meta_date(metas, "published")
        or _timed(scan, ("datepublished", "pubdate"))
        or _header_time(scan, body)
    )


def _modified(
    report: dict[str, Any], broken: list[str], metas: dict[str, Meta], scan: PageScan
) -> Dated | None:
    return (
        _linked_date(report, broken, ("dateModified",))
        or _meta_date(metas, "modified")
        or _timed(scan, ("datemodified",))
    )


def _linked_date(report: dict[str, Any], broken: list[str], keys: tuple[str, ...]) -> Dated | None:
    for key in keys:
        said = cut_date(_text(report.get(key)) or "")
        if said:
            return said, f"json-ld {key}"
    for key in keys:
        pattern = _STATED_IN_BROKEN_DATA.get(key)
        found = {found for text in broken if pattern for found in pattern.findall(text)}
        said = cut_date(found.pop()) if len(found) == 1 else None
        if said:
            return said, f"json-ld {key}"
    return None


def _meta_date(metas: dict[str, Meta], what: str) -> Dated | None:
    for name in markup_words()["meta"][what]:
        said = cut_date(metas[name].value) if name in metas else None
        if said:
            return said, f"meta {name}"
    return None


def _timed(scan: PageScan, kinds: tuple[str, ...]) -> Dated | None:
    for kind, value, _ in scan.times:
        said = cut_date(value) if kind in kinds else None
        if said:
            return said, f"itemprop {kind}" if kind != "pubdate" else "time[pubdate]"
    return None


def _header_time(scan: PageScan, body: int) -> Dated | None:
    """The <time> before the report's text, if all that stand there name one day: the most precise of them."""
    said = [date for _, value, line in scan.times if line <= body and (date := cut_date(value))]
    days = {date[:10] for date in said if len(date) >= 10}
    if len(days) != 1 or any(len(date) < 10 for date in said):
        return None
    return max(said, key=len), "time[datetime]"


def cut_date(said: str) -> str | None:
    """An instant as ISO 8601 cut at its stated precision, with an offset only where one is stated; None if none can be read.

    Read are ISO 8601, RFC 2822 and the day-first form with dots ("14.3.2025, 21:40"). Forms in which day and month
    can be mistaken for each other, epoch numbers and impossible dates are not read. Fractions of seconds are cut.
    """
    said = said.strip()
    found = _ISO.fullmatch(said) or _DAY_FIRST.fullmatch(said)
    if found is None:
        return _from_mail_date(said) if len(said) < 60 and _WEEKDAY.match(said) else None
    parts = found.groupdict()
    values = [
        int(parts[name]) for name in ("year", "month", "day", "hour", "minute", "second") if parts.get(name)
    ]
    if not _possible(values):
        return None
    offset = _offset(parts.get("offset"))
    if offset is None:
        return None
    return _written(values) + offset


def _possible(values: list[int]) -> bool:
    if not 1500 <= values[0] <= 2999:
        return False
    try:
        datetime(*(values + [1, 1][max(0, len(values) - 1) :])[:6])  # type: ignore[arg-type]
    except ValueError:
        return False
    return True


def _offset(said: str | None) -> str | None:
    """An offset like +02:00; "" where none is stated, None for an impossible one."""
    if not said:
        return ""
    if said[0] not in "+-":
        return "+00:00"
    hours, minutes = int(said[1:3]), int(said[3:].lstrip(":") or 0)
    return (
        f"{said[0]}{hours:02}:{minutes:02}"
        if timedelta(hours=hours, minutes=minutes) <= timedelta(hours=15)
        else None
    )


def _written(values: list[int]) -> str:
    marks = ("", "-", "-", "T", ":", ":")
    return "".join(
        f"{mark}{value:04}" if not mark else f"{mark}{value:02}"
        for mark, value in zip(marks, values, strict=False)
    )


def _from_mail_date(said: str) -> str | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat(timespec="seconds") if moment.tzinfo else None
