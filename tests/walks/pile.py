"""A tiny pile with known answers: an agency text, its copy, a denial, a translated report, a page, posts, an old backgrounder."""

from __future__ import annotations

import json
from atexit import register
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

from lagebild.work import build_dossier

__all__ = ["REPORTS", "built_pile", "changed_pile", "write_reports"]

AGENCY = """Brückensperrung in Wendlau

Wendlau (dpa) – Die Hafenbrücke in Wendlau ist seit Mittwoch gesperrt. Das Straßenbauamt sprach von 23 Rissen im Beton. \
„Wir konnten keine Stunde länger warten“, sagte Amtsleiterin Irina Kowaljowa am Mittwoch. Die Brücke sei seit Jahren überlastet.

Der Bauunternehmer Jens Mattfeld behauptete, das Amt habe die Schäden seit Monaten verschwiegen. Das Straßenbauamt wies diese \
Behauptung zurück. (dpa)
"""
COPY = """Zum Inhalt springen

Stau nach Sperrung

Seit dem Morgen stehen Pendler rund um Wendlau im Stau.

Die Hafenbrücke in Wendlau ist seit Mittwoch gesperrt. Das Straßenbauamt sprach von 23 Rissen im Beton. \
„Wir konnten keine Stunde länger warten“, sagte Amtsleiterin Irina Kowaljowa am Mittwoch.

LESEN SIE AUCH: Die schönsten Brücken der Region

Nach Angaben der Polizei wichen etwa 130 Lastwagen aus.

(dpa)

© Archiv/Bilddienst
"""
DENIAL = """Straßenbauamt Wendlau widerspricht

12.03.2025 14:30

Das Straßenbauamt in Wendlau hat am Mittwoch Vorwürfe zurückgewiesen. Eine Verschleppung der Schäden habe es nicht gegeben, \
sagte Leiterin Irina Kovaleva. „Die Risse sind erst im Februar entstanden“, erklärte sie. Am Freitag soll ein Gutachten vorliegen.
"""
ENGLISH = """Bridge closed

The harbour bridge in Wendlau was closed on Wednesday. “We could not wait an hour longer,” said Irina Kovalyova, head of the road office. \
According to the police, 41 cracks were found.
"""
PAGE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Brücke &amp; Streit | Wendlauer Bote</title>
<meta property="article:published_time" content="2025-03-13T08:15:00+01:00"><meta property="og:site_name" content="Wendlauer Bote"></head>
<body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav><article><h1>Brücke &amp; Streit</h1>
<p>Die Hafenbr&uuml;cke in <b>Wendlau</b> bleibt bis Ende Mai gesperrt, wie das Stra&szlig;en&shy;bauamt am Donnerstag mitteilte.
Betroffen sind nach Angaben der Stadt mehr als 40 Betriebe im Hafen und viele Pendler aus dem Umland.</p>
<p>„Uns hat niemand gefragt“, sagte der Bauunternehmer Jens Mattfeld dem <a href="/x">Boten</a>. Er sprach von 30 Rissen.
Die Stadt will am Freitag über Entschädigungen beraten, eine Entscheidung ist noch nicht gefallen.</p></article>
<footer><p>© Wendlauer Bote</p><script>alert("nichts")</script></footer></body></html>
"""
POSTS = [
    {
        "id": "p1",
        "text": "Die Brücke ist zu. Wir stehen seit einer Stunde. #Wendlau",
        "published": "2025-03-12T17:05:00+01:00",
        "source": "Post",
    },
    {"id": "p2", "text": "Мост закрыт, объезд через Гросдорф занимает час.", "lang": "ru"},
]
OLD = """Sanierung der Hafenbrücke verschoben

14.11.2023

Die Sanierung der Hafenbrücke in Wendlau verschiebt sich. Das teilte das Straßenbauamt am Dienstag mit. Im Sommer 2022 war die Brücke \
zuletzt geprüft worden.
"""

REPORTS: dict[str, bytes] = {
    "01_agentur.txt": AGENCY.encode(),
    "02_kopie.txt": COPY.encode("cp1252"),
    "03_amt.txt": b"\xef\xbb\xbf" + DENIAL.replace("\n", "\r\n").encode(),
    "04_english.txt": ENGLISH.encode(),
    "05_seite.html": PAGE.encode(),
    "06_posts.jsonl": b"".join(json.dumps(post, ensure_ascii=False).encode() + b"\n" for post in POSTS),
    "07_archiv.txt": OLD.encode(),
}


def write_reports(folder: Path, names: list[str] | None = None) -> Path:
    """The pile, or some of it, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in REPORTS.items():
        if names is None or name in names:
            (folder / name).write_bytes(data)
    return folder


@cache
def built_pile() -> Path:
    """The dossier of the pile, built once per test process; for reading only (copy the folder to change it)."""
    folder = Path(mkdtemp(prefix="lagebild-walk-"))
    register(rmtree, folder, ignore_errors=True)
    build_dossier([write_reports(folder / "in")], folder / "out", workers=1)
    return folder / "out"


def changed_pile(to: Path) -> Path:
    """A copy of the built dossier that a test may change."""
    return Path(copytree(built_pile(), to))


SUBJECTS = (
    ("Deichbruch", "Odersum", "Wasserverband", "Jelka Brand", "Deich", "Häuser", "evakuiert"),
    ("Streik", "Mahlwerder", "Gewerkschaft", "Tomas Riedel", "Werft", "Schichten", "ausgefallen"),
    ("Waldbrand", "Kiefernau", "Forstamt", "Svenja Kolb", "Forst", "Hektar", "verbrannt"),
    ("Museumsraub", "Althagen", "Staatsanwaltschaft", "Ruben Stahl", "Sammlung", "Münzen", "verschwunden"),
    ("Bürgermeisterwahl", "Steinrode", "Wahlausschuss", "Carla Wendt", "Auszählung", "Stimmen", "ungültig"),
    ("Grippewelle", "Nordheide", "Gesundheitsamt", "Malte Frings", "Klinik", "Betten", "belegt"),
)


def small_reports(count: int) -> dict[str, bytes]:
    """Short reports on six subjects in turn, each worded a little differently, with names, figures and speech of its subject."""
    made = {}
    for at in range(count):
        what, place, office, person, thing, counted, done = SUBJECTS[at % len(SUBJECTS)]
        turn = at // len(SUBJECTS)
        text = (
            f"{what} in {place}: Bericht {at}\n\n{10 + turn:02d}.03.2025 {8 + turn % 10:02d}:{at % 60:02d}\n\n"
            f"Nach dem {what} in {place} sind {20 + turn} {counted} {done}. „{OPENINGS[turn % len(OPENINGS)]}“, sagte {person} "
            f"vom {office} am Montag in {place}. {CLOSINGS[(turn + at) % len(CLOSINGS)].format(thing=thing, person=person)}\n"
        )
        made[f"{at:03d}_{place.lower()}.txt"] = text.encode()
    return made


OPENINGS = (
    "Wir prüfen noch, was geschehen ist",
    "So etwas haben wir lange nicht erlebt",
    "Für Vorwürfe ist es zu früh",
    "Die Lage ist ernst, aber beherrschbar",
    "Es fehlt an Leuten und an Geld",
)
CLOSINGS = (
    "{person} schloss nicht aus, dass die Arbeiten an {thing} bis zum Sommer dauern.",
    "Ob jemand die Schuld daran trägt, ist nach Angaben der Polizei offen.",
    "Anwohner hatten schon im Januar auf den Zustand hingewiesen: {thing} sei vernachlässigt worden.",
    "Der Kreis will am Freitag beraten, wie es mit {thing} weitergeht.",
)
