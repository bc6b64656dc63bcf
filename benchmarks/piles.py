"""Generated piles of reports for measuring speed: many small stories, each told by several outlets, with copies and furniture.

The texts are made from templates written for this purpose. They say nothing about quality, only about time and memory.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["reports", "write_pile"]

TOWNS = (
    "Kiel Rostock Lübeck Bremen Emden Jena Gera Halle Dessau Görlitz Passau Ulm Trier Mainz Kassel Fulda Erfurt Weimar "
    "Husum Stade Celle Goslar Hameln Soest Hagen Bonn Aachen Worms Speyer Bamberg Coburg Hof Amberg Regensburg Landshut"
).split()
FIRST = (
    "Anna Bernd Clara Dieter Eva Frank Greta Hannes Ines Jonas Karin Lukas Maria Nils Olga Peter Rita Stefan Tanja Uwe "
    "Vera Werner Xenia Yusuf Zoran Mykola Oksana Dmitri Irina Pavel"
).split()
LAST = (
    "Adler Brandt Cordes Dreher Ehlers Falk Gerlach Hartung Iwersen Jansen Kessler Lindner Mertens Neumann Oltmann Petersen "
    "Quandt Riedel Sander Thomsen Ullrich Vossen Wieland Zander Kowalenko Schewtschuk Petrow Sorokin Hrabar Marek Novak"
).split()
ROLES = (
    "Bürgermeisterin Ministerin Sprecher Landrat Vorstandschefin Betriebsratschef Feuerwehrchef Polizeisprecherin "
    "Staatsanwältin Hafenmeister Klinikleiterin Werksleiter"
).split()
BODIES = (
    "Hafenamt Stadtwerk Umweltministerium Landeskriminalamt Klinikum Straßenbauamt Wasserverband Werftverband Kreisverwaltung "
    "Verkehrsministerium Bergamt Zollamt"
).split()
THINGS = (
    "Brücke Schleuse Fabrik Deponie Schule Fähre Klinik Bahnlinie Leitung Talsperre Halle Werft Mühle Anlage Straße Kläranlage"
).split()
DONE = (
    "gesperrt geräumt beschädigt geschlossen verkauft geprüft saniert umgebaut stillgelegt überflutet besetzt freigegeben"
).split()
DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
FILL = (
    "Über die Folgen wird in der Stadt seit Tagen gestritten, eine Lösung ist bisher nicht in Sicht.",
    "Anwohner berichten von Lärm in der Nacht und von langen Umwegen auf dem Weg zur Arbeit.",
    "Die Kosten sind nach einer ersten Schätzung deutlich höher als im vergangenen Jahr geplant.",
    "Ein Gutachten soll klären, wer für den Schaden aufkommt und wie lange die Arbeiten dauern.",
    "Im Rat hatte es schon im Frühjahr Warnungen gegeben, die damals kaum jemand ernst nahm.",
    "Mehrere Vereine fordern, dass die Betroffenen früher und besser unterrichtet werden.",
    "Für den Abend ist eine Versammlung geplant, zu der mehr als 200 Menschen erwartet werden.",
    "Unklar blieb zunächst, ob auch die Nachbarorte betroffen sind.",
)
FURNITURE = ("Zum Inhalt springen", "LESEN SIE AUCH: Was Sie jetzt wissen müssen", "© Archiv/Bildagentur", "Zur Startseite", "Newsletter abonnieren")


def _story(rng: random.Random, number: int) -> list[str]:
    """The paragraphs of one story: claims, a denial, figures, quotations."""
    town, thing, done = rng.choice(TOWNS), rng.choice(THINGS), rng.choice(DONE)
    voices = [(rng.choice(FIRST), rng.choice(LAST), rng.choice(ROLES)) for _ in range(3)]
    body, other = rng.sample(BODIES, 2)
    (f1, l1, r1), (f2, l2, r2), (f3, l3, r3) = voices
    day, count = rng.choice(DAYS), rng.randint(12, 480)
    name = f"{thing} {number % 97}"
    return [
        f"Die {name} bei {town} ist am {day} {done} worden. Das teilte das {body} in {town} mit. Betroffen sind {count} Menschen.",
        f"„Wir haben keine andere Wahl gehabt“, sagte {r1} {f1} {l1} am {day}. Man habe alles versucht, so {l1}.",
        f"{r2} {f2} {l2} wies diese Darstellung zurück. Die {thing} sei sicher, eine Gefahr bestehe nicht, erklärte {l2}.",
        f"Das {other} sprach dagegen von etwa {count + rng.randint(1, 60)} Betroffenen und von Schäden in Höhe von {rng.randint(2, 90)} Millionen Euro.",
        f"Laut {f3} {l3}, {r3} in {town}, könnte die Sperrung bis Ende {rng.choice(['Mai', 'Juni', 'August', 'Oktober'])} dauern.",
        *rng.sample(FILL, 5),
        f"Zuletzt war die {thing} im {rng.choice(['März', 'April', 'Juli'])} 2024 {rng.choice(DONE)} worden, wie {l3} sagte.",
    ]


def _report(rng: random.Random, story: list[str], at: int) -> str:
    """One telling: a copy with cuts, another order or another lead; furniture around it."""
    own = f"Eigener Bericht {rng.randint(1, 10**6)} aus {rng.choice(TOWNS)}: {rng.choice(FILL)}"
    body = list(story) if at % 3 else story[: rng.randint(5, len(story))]
    if at % 4 == 3:
        rng.shuffle(body)
    filler = [" ".join(rng.sample(FILL, 3)) for _ in range(3)]
    body = [own, *body, *filler]
    title = f"{story[0].split(' ist ')[0]}: {rng.choice(['Streit', 'Sorge', 'Kritik', 'Fragen'])} nach der Entscheidung"
    stamp = f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.2025 {rng.randint(6, 22):02d}:15"
    lines = [rng.choice(FURNITURE), title, *([stamp] if at % 2 else []), *body[:4], rng.choice(FURNITURE), *body[4:]]
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
