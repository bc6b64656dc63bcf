"""Generated piles of reports for measuring speed: many small stories, each told by several outlets, with copies and furniture.

The texts are made from templates written for this purpose. They say nothing about quality, only about time and memory.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["reports", "write_pile"]

TOWNS = [
    "Kiel",
    "Rostock",
    "Lübeck",
    "Bremen",
    "Emden",
    "Jena",
    "Gera",
    "Halle",
    "Dessau",
    "Görlitz",
    "Passau",
    "Ulm",
    "Trier",
    "Mainz",
    "Kassel",
    "Fulda",
    "Erfurt",
    "Weimar",
    "Husum",
    "Stade",
    "Celle",
    "Goslar",
    "Hameln",
    "Soest",
    "Hagen",
    "Bonn",
    "Aachen",
    "Worms",
    "Speyer",
    "Bamberg",
    "Coburg",
    "Hof",
    "Amberg",
    "Regensburg",
    "Landshut",
]
FIRST = [
    "Anna",
    "Bernd",
    "Clara",
    "Dieter",
    "Eva",
    "Frank",
    "Greta",
    "Hannes",
    "Ines",
    "Jonas",
    "Karin",
    "Lukas",
    "Maria",
    "Nils",
    "Olga",
    "Peter",
    "Rita",
    "Stefan",
    "Tanja",
    "Uwe",
    "Vera",
    "Werner",
    "Xenia",
    "Yusuf",
    "Zoran",
    "Mykola",
    "Oksana",
    "Dmitri",
    "Irina",
    "Pavel",
]
LAST = [
    "Adler",
    "Brandt",
    "Cordes",
    "Dreher",
    "Ehlers",
    "Falk",
    "Gerlach",
    "Hartung",
    "Iwersen",
    "Jansen",
    "Kessler",
    "Lindner",
    "Mertens",
    "Neumann",
    "Oltmann",
    "Petersen",
    "Quandt",
    "Riedel",
    "Sander",
    "Thomsen",
    "Ullrich",
    "Vossen",
    "Wieland",
    "Zander",
    "Kowalenko",
    "Schewtschuk",
    "Petrow",
    "Sorokin",
    "Hrabar",
    "Marek",
    "Novak",
]
ROLES = [
    "Bürgermeisterin",
    "Ministerin",
    "Sprecher",
    "Landrat",
    "Vorstandschefin",
    "Betriebsratschef",
    "Feuerwehrchef",
    "Polizeisprecherin",
    "Staatsanwältin",
    "Hafenmeister",
    "Klinikleiterin",
    "Werksleiter",
]
BODIES = [
    "Hafenamt",
    "Stadtwerk",
    "Umweltministerium",
    "Landeskriminalamt",
    "Klinikum",
    "Straßenbauamt",
    "Wasserverband",
    "Werftverband",
    "Kreisverwaltung",
    "Verkehrsministerium",
    "Bergamt",
    "Zollamt",
]
THINGS = [
    "Brücke",
    "Schleuse",
    "Fabrik",
    "Deponie",
    "Schule",
    "Fähre",
    "Klinik",
    "Bahnlinie",
    "Leitung",
    "Talsperre",
    "Halle",
    "Werft",
    "Mühle",
    "Anlage",
    "Straße",
    "Kläranlage",
]
DONE = [
    "gesperrt",
    "geräumt",
    "beschädigt",
    "geschlossen",
    "verkauft",
    "geprüft",
    "saniert",
    "umgebaut",
    "stillgelegt",
    "überflutet",
    "besetzt",
    "freigegeben",
]
DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
SUBJECTS = [
    "Der Gemeinderat",
    "Die Feuerwehr",
    "Ein Gutachter",
    "Die Kreisverwaltung",
    "Der Landesverband",
    "Eine Bürgerinitiative",
    "Der Betriebsrat",
    "Die Versicherung",
    "Ein Anwohner",
    "Die Hafenbehörde",
    "Der Zweckverband",
    "Die Schulleitung",
    "Ein Ingenieur",
    "Die Polizei",
    "Der Ausschuss",
]
VERBS = [
    "prüft",
    "bezweifelt",
    "begrüßt",
    "kritisiert",
    "verschiebt",
    "untersucht",
    "fordert",
    "erwartet",
    "verlangt",
    "bereitet vor",
    "erörtert",
    "bemängelt",
    "unterstützt",
    "verteidigt",
    "vermisst",
    "dokumentiert",
    "beanstandet",
]
OBJECTS = [
    "den neuen Zeitplan",
    "die höheren Kosten",
    "eine längere Frist",
    "das zweite Gutachten",
    "den Umbau der Zufahrt",
    "die fehlenden Unterlagen",
    "einen anderen Standort",
    "die Sperrung am Wochenende",
    "mehr Personal",
    "die alten Verträge",
    "den Vergleich mit den Nachbarn",
    "die Messungen im Untergrund",
    "das Angebot der Firma",
    "den Antrag der Opposition",
    "die Folgen für den Verkehr",
]
TAILS = [
    "weil die Arbeiten länger dauern",
    "obwohl der Rat zugestimmt hatte",
    "bevor der Winter beginnt",
    "nachdem mehrere Mängel gefunden wurden",
    "damit die Anlage wieder öffnen kann",
    "während die Verhandlungen laufen",
    "ohne dass ein Ergebnis vorliegt",
    "seit die Rechnung bekannt ist",
    "falls das Geld reicht",
    "sobald das Wetter es zulässt",
]


def _filler(rng: random.Random) -> str:
    """A sentence that hardly any other report has."""
    place, number = rng.choice(TOWNS), rng.randint(2, 990)
    return (
        f"{rng.choice(SUBJECTS)} in {place} {rng.choice(VERBS)} {rng.choice(OBJECTS)}, {rng.choice(TAILS)}; "
        f"{rng.choice(['zuletzt', 'bisher', 'inzwischen', 'dort'])} ging es um {number} {rng.choice(THINGS)}-Plätze."
    )


FURNITURE = (
    "Zum Inhalt springen",
    "LESEN SIE AUCH: Was Sie jetzt wissen müssen",
    "© Archiv/Bildagentur",
    "Zur Startseite",
    "Newsletter abonnieren",
)


def _story(rng: random.Random, number: int) -> list[str]:
    """The paragraphs of one story: claims, a denial, figures, quotations."""
    town, thing, done = rng.choice(TOWNS), rng.choice(THINGS), rng.choice(DONE)
    voices = [(rng.choice(FIRST), rng.choice(LAST), rng.choice(ROLES)) for _ in range(3)]
    body, other = rng.sample(BODIES, 2)
    (f1, l1, r1), (f2, l2, r2), (f3, l3, r3) = voices
    day, count = rng.choice(DAYS), rng.randint(12, 480)
    name = f"{thing} {number % 97}"
    more = rng.randint(1, 60)
    return [
        f"{rng.choice(OPENERS)} die {name} bei {town} am {day} {done} worden, {_why(rng)}. {_told(rng, body, town)} Betroffen sind {count} Menschen.",
        f"„{_said(rng)}“, sagte {r1} {f1} {l1} am {day}. {_reported(rng)}, so {l1}.",
        f"{r2} {f2} {l2} wies diese Darstellung zurück. {_reported(rng)}, eine Gefahr für {rng.choice(TOWNS)} bestehe nicht, erklärte {l2}.",
        f"Das {other} sprach dagegen von etwa {count + more} Betroffenen und von {rng.randint(2, 90)} Millionen Euro Schaden, {_why(rng)}.",
        f"Laut {f3} {l3}, {r3} in {town}, könnte die Sperrung bis Ende {rng.choice(MONTHS)} dauern, {_why(rng)}.",
        *(_filler(rng) for _ in range(5)),
        f"Zuletzt war die {thing} im {rng.choice(MONTHS)} 2024 {rng.choice(DONE)} worden, {_why(rng)}, wie {l3} sagte.",
    ]


OPENERS = ["Nach langem Streit ist", "Überraschend ist", "Wie erwartet ist", "Trotz aller Proteste ist", "Am Ende ist", "Ohne Ankündigung ist"]
MONTHS = ["März", "April", "Mai", "Juni", "Juli", "August", "Oktober", "November"]


def _why(rng: random.Random) -> str:
    return f"{rng.choice(TAILS)} und {rng.choice(SUBJECTS).lower()} in {rng.choice(TOWNS)} {rng.choice(OBJECTS)} {rng.choice(VERBS)}"


def _told(rng: random.Random, body: str, town: str) -> str:
    return rng.choice(
        (
            f"Das teilte das {body} in {town} mit.",
            f"Das bestätigte das {body} {town} am Abend.",
            f"Das {body} nannte dafür {rng.randint(2, 9)} Gründe.",
        )
    )


def _said(rng: random.Random) -> str:
    return f"Wir haben {rng.choice(OBJECTS)} {rng.choice(['nie', 'lange', 'kaum', 'immer'])} vor Augen gehabt, {rng.choice(TAILS)}"


def _reported(rng: random.Random) -> str:
    return f"{rng.choice(SUBJECTS)} in {rng.choice(TOWNS)} habe {rng.choice(OBJECTS)} nicht gekannt"


def _report(rng: random.Random, story: list[str], at: int) -> str:
    """One telling: a copy with cuts, another order or another lead; furniture around it."""
    own = f"Eigener Bericht {rng.randint(1, 10**6)} aus {rng.choice(TOWNS)}: {_filler(rng)}"
    body = list(story) if at % 3 else story[: rng.randint(5, len(story))]
    if at % 4 == 3:
        rng.shuffle(body)
    filler = [" ".join(_filler(rng) for _ in range(3)) for _ in range(3)]
    body = [own, *body, *filler]
    title = f"{story[0].split(' ist ')[0]}: {rng.choice(['Streit', 'Sorge', 'Kritik', 'Fragen'])} nach der Entscheidung"
    stamp = f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.2025 {rng.randint(6, 22):02d}:15"
    lines = [
        rng.choice(FURNITURE),
        title,
        *([stamp] if at % 2 else []),
        *body[:4],
        rng.choice(FURNITURE),
        *body[4:],
    ]
    if at % 3 == 0:
        lines.append("(dpa)")
    return "\n\n".join([*lines, rng.choice(FURNITURE)])


def reports(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """`count` reports as (path, text), eight to a story; the first n are the same whatever the count."""
    number = 0
    made = 0
    while made < count:
        rng = random.Random(f"{seed}:{number}")
        story = _story(rng, number)
        for at in range(min(8, count - made)):
            yield f"s{number:05d}/r{at}.txt", _report(rng, story, at)
            made += 1
        number += 1


def write_pile(folder: Path, count: int, seed: int = 1) -> Path:
    """A pile of `count` reports in `folder`."""
    for path, text in reports(count, seed):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder
