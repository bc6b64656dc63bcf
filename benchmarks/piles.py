"""Generated piles of reports for measuring speed: many small stories, each told by several outlets, with copies and furniture.

The texts are put together from parts written for this purpose; every story has words, names and places of its own. They say
nothing about quality, only about time and memory.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["reports", "write_pile"]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


HEADS = _parts(
    "Hafen|Brücken|Klinik|Schul|Bahn|Wald|Fluss|Kraftwerks|Gemeinde|Straßen|Markt|Werft|Berg|Deich|Kanal|Museums|Sport|Energie|"
    "Wasser|Boden|Kirchen|Park|Zoll|Fischerei|Weinbau|Post|Funk|Theater|Archiv|Labor|Stahl|Papier|Glas|Zucker|Milch|Holz|"
    "Torf|Kies|Salz|Kohle|Gas|Strom|Licht|Lärm|Luft|Verkehrs|Pflege|Jugend|Sozial|Kultur"
)
TAILS = _parts(
    "amt|verband|ausschuss|betrieb|halle|anlage|leitung|ordnung|planung|steuer|prüfung|sanierung|erweiterung|schließung|genossenschaft|"
    "gesellschaft|kommission|aufsicht|vertrag|gutachten|becken|depot|zentrum|gelände|speicher|turm|steg|damm|tunnel|hof|lager|werk|"
    "netz|gebühr|frist|klage|wahl|reform|feier|krise|panne|messe|schau|börse|abgabe|rettung|wacht|sperre|schranke|kasse"
)
TOWN_HEADS = _parts(
    "Ober|Unter|Nieder|Hohen|Alt|Neu|Groß|Klein|Bad |Sankt |Wester|Oster|Norder|Süder|Mittel|Wald|Stein|Linden|Eichen|Birken|"
    "Rot|Weißen|Schwarzen|Grün|Kirch|Burg|Mühl|Bach|See|Königs"
)
TOWN_TAILS = _parts(
    "bach|feld|heim|hausen|dorf|stedt|leben|rode|walde|berg|burg|furt|brück|hafen|kirchen|stein|tal|au|moor|büttel|ingen|itz|ow|in|by"
)
FIRST = _parts(
    "Anna|Bernd|Clara|Dieter|Eva|Frank|Greta|Hannes|Ines|Jonas|Karin|Lukas|Maria|Nils|Olga|Peter|Rita|Stefan|Tanja|Uwe|Vera|Werner|"
    "Yusuf|Zoran|Mykola|Oksana|Dmitri|Irina|Pavel|Selma|Thilo|Ronja|Emil|Ida|Oskar|Frieda|Anton|Mathilde|Kurt|Hedwig"
)
LAST_HEADS = _parts(
    "Brand|Acker|Holz|Stein|Wald|Berg|Hart|Lang|Kurz|Feld|Linde|Eich|Sand|Moor|Bach|Hell|Grün|Roth|Weiß|Krug|Korn|Vogel|Wolf|"
    "Fuchs|Bären|Hirsch|Adler|Falken|Raben|Schwan"
)
LAST_TAILS = _parts(
    "mann|meier|huber|bauer|müller|winkel|hagen|kamp|horst|brink|siepen|egger|ner|hofer|stetter|bruch|loh|rath|ow|ski|sen"
)
ROLES = _parts(
    "Bürgermeisterin|Ministerin|Sprecher|Landrat|Vorstandschefin|Betriebsratschef|Feuerwehrchef|Polizeisprecherin|Staatsanwältin|"
    "Hafenmeister|Klinikleiterin|Werksleiter|Gutachterin|Ingenieur|Gewerkschafterin"
)
DONE = _parts(
    "gesperrt|geräumt|beschädigt|geschlossen|verkauft|geprüft|saniert|umgebaut|stillgelegt|überflutet|besetzt|freigegeben|verlegt|gekürzt"
)
MEANS = _parts(
    "prüft|bezweifelt|begrüßt|kritisiert|verschiebt|untersucht|fordert|erwartet|verlangt|erörtert|bemängelt|unterstützt|verteidigt|"
    "dokumentiert|beanstandet|berechnet|vermisst|verkürzt|verteuert|vertagt"
)
BECAUSE = _parts("weil|obwohl|nachdem|während|falls|sobald|bevor|seit|damit|indem")
DAYS = _parts("Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag")
MONTHS = _parts("März|April|Mai|Juni|Juli|August|Oktober|November")
FURNITURE = _parts(
    "Zum Inhalt springen|LESEN SIE AUCH: Was Sie jetzt wissen müssen|© Archiv/Bildagentur|Zur Startseite|Newsletter abonnieren|Mehr zum Thema"
)


@dataclass(frozen=True)
class Words:
    """What one story talks about."""

    things: tuple[str, ...]
    towns: tuple[str, ...]
    people: tuple[tuple[str, str, str], ...]
    day: str
    count: int

    @classmethod
    def drawn(cls, rng: random.Random) -> Words:
        """The words of a new story."""
        things = tuple(rng.choice(HEADS) + rng.choice(TAILS) for _ in range(24))
        towns = tuple(rng.choice(TOWN_HEADS) + rng.choice(TOWN_TAILS) for _ in range(3))
        people = tuple(
            (rng.choice(FIRST), rng.choice(LAST_HEADS) + rng.choice(LAST_TAILS), rng.choice(ROLES))
            for _ in range(4)
        )
        return cls(things, towns, people, rng.choice(DAYS), rng.randint(12, 480))


def _clause(rng: random.Random, words: Words) -> str:
    """Half a sentence of the story's own words."""
    a, b, c = rng.sample(words.things, 3)
    return f"{rng.choice(BECAUSE)} {a} und {b} in {rng.choice(words.towns)} die {c} mit {rng.randint(2, 990)} Stimmen {rng.choice(MEANS)}"


def _story(rng: random.Random, words: Words) -> list[str]:
    """The paragraphs of one story: claims, a denial, figures, quotations."""
    (f1, l1, r1), (f2, l2, r2), (f3, l3, r3), (f4, l4, r4) = words.people
    thing, other, third = words.things[:3]
    town = words.towns[0]
    return [
        f"Die {thing} in {town} ist am {words.day} {rng.choice(DONE)} worden, {_clause(rng, words)}. Das teilte die {other} mit. "
        f"Betroffen sind {words.count} Menschen.",
        f"„Wir haben die {third} lange vor Augen gehabt, {_clause(rng, words)}“, sagte {r1} {f1} {l1} am {words.day}. "
        f"Die {rng.choice(words.things)} habe das nicht gekannt, so {l1}.",
        f"{r2} {f2} {l2} wies diese Darstellung zurück. Die {thing} sei sicher, {_clause(rng, words)}, erklärte {l2}.",
        f"Die {words.things[4]} sprach von etwa {words.count + rng.randint(1, 60)} Betroffenen und {rng.randint(2, 90)} Millionen Euro, "
        f"{_clause(rng, words)}.",
        f"Laut {f3} {l3}, {r3} in {town}, könnte die Sperrung bis Ende {rng.choice(MONTHS)} dauern, {_clause(rng, words)}.",
        *(f"{r4} {f4} {l4} betonte, dass {_clause(rng, words)[5:]}." for _ in range(2)),
        *(_filler(rng, words) for _ in range(3)),
        f"Zuletzt war die {thing} im {rng.choice(MONTHS)} 2024 {rng.choice(DONE)} worden, {_clause(rng, words)}, wie {l3} sagte.",
    ]


def _filler(rng: random.Random, words: Words) -> str:
    a, b = rng.sample(words.things, 2)
    return f"Die {a} in {rng.choice(words.towns)} {rng.choice(MEANS)} die {b}, {_clause(rng, words)}."


def _report(rng: random.Random, words: Words, story: list[str], at: int) -> str:
    """One telling: a copy with cuts, another order, an own lead and own paragraphs; furniture around it."""
    body = list(story) if at % 3 else story[: rng.randint(5, len(story))]
    if at % 4 == 3:
        rng.shuffle(body)
    own = [" ".join(_filler(rng, words) for _ in range(3)) for _ in range(4)]
    body = [own[0], *body, *own[1:]]
    title = f"{words.things[0]} {words.towns[0]}: {rng.choice(['Streit', 'Sorge', 'Kritik', 'Fragen'])} nach der Entscheidung"
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
    number = made = 0
    while made < count:
        rng = random.Random(f"{seed}:{number}")
        words = Words.drawn(rng)
        story = _story(rng, words)
        for at in range(min(8, count - made)):
            yield f"s{number:05d}/r{at}.txt", _report(rng, words, story, at)
            made += 1
        number += 1


def write_pile(folder: Path, count: int, seed: int = 1) -> Path:
    """A pile of `count` reports in `folder`."""
    for path, text in reports(count, seed):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder
