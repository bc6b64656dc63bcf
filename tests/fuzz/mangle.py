"""German reports, damaged as scraping damages them: marks gone or doubled, lines broken anywhere, signs nobody expects."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

__all__ = ["bounded", "fragments", "mangled", "reports"]

LONG = int(os.environ.get("LAGEBILD_FUZZ", "1"))
"""Times as many examples as in an ordinary test run; `LAGEBILD_FUZZ=50 pytest tests/fuzz` takes about an hour."""

PHASES = (Phase.explicit, Phase.reuse, Phase.generate) if LONG == 1 else tuple(Phase)
"""An ordinary run that fails says with which text, and does not spend minutes on finding the shortest."""

SENTENCES = (
    "Der Landrat von Neuhardt, Bernd Oelze, hat am Dienstagabend den Katastrophenfall ausgerufen.",
    "„Wir haben die Lage unterschätzt“, sagte Oelze am Mittwoch. „Das wird Folgen haben.“",
    "Nach Angaben der Feuerwehr wurden mindestens 17 Menschen verletzt, drei davon schwer.",
    "Die Sprecherin des Ministeriums, Dr. Ute Hahn-Weber, wies die Vorwürfe zurück: Es habe keine Warnung gegeben.",
    "Man sei, so hieß es in Kreisen der Behörde, „nicht informiert“ worden.",
    "Die Polizei dementierte, dass Schüsse gefallen seien.",
    "Zwischen dem 3. und 5. Mai 2024 sollen 2,5 Millionen Euro geflossen sein, teilte die Bank mit.",
    "Laut einem Bericht der „Neuhardter Zeitung“ will die Stadt im Herbst 2025 rund 40 Prozent der Stellen streichen.",
    "„Ich weiß nicht, ob er gesagt hat: ‚Wir gehen‘“, erklärte Hahn-Weber gegenüber dem Sender.",
    "LESEN SIE AUCH: Zehn Tipps für den Garten",
    "Foto: Agentur/Neumann",
    "(dpa/afp)",
    "14.05.2024, 17:30 Uhr",
    "Die Staatsanwaltschaft prüft, ob Oelze, der seit 2019 im Amt ist, davon wusste; bislang gebe es dafür keine Belege.",
    "“We had no choice,” said spokeswoman Ann Miller on Tuesday. About 30 people left the building.",
    "Was bisher bekannt ist – und was nicht",
    "Er kündigte an, am Freitag zurückzutreten, falls der Rat das verlange.",
    "17:42 Uhr: Erste Straßen sind wieder frei. 17:55 Uhr: Die B 96 bleibt gesperrt.",
)
MARKS = "„“”\"»«‚‘’'›‹()[]{}–—-:;,.!?…/|*#"
SIGNS = "\n\r\t \u00a0\u00ad\u200b\u200e\u202e\ufeff\x00\x1b\u0301\u0308\u2028\U0001f600\U0001f1e9\U0001f1ea\ufffdאب中ﬁǅ٣½"
PIECES = (
    "\n\n",
    "\r\n",
    "„„",
    "““",
    "\"'",
    " – ",
    "...",
    "sagte",
    "Uhr",
    "https://x.example/a?b=1",
    "@name",
    "&amp;",
    "<b>",
    "1.",
    "am ",
)

fragments = st.one_of(
    st.sampled_from(SENTENCES), st.sampled_from(PIECES), st.text(MARKS + SIGNS, min_size=1, max_size=4)
)
reports = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9).map("\n\n".join)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A report with some of its signs taken out and others put in."""
    text = " ".join(draw(st.lists(fragments, min_size=1, max_size=10)))
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.sampled_from((0, 0, 1, 1, 2, 9)))
        new = draw(st.one_of(st.just(""), st.sampled_from(MARKS + SIGNS), st.sampled_from(PIECES)))
        text = text[:at] + new + text[at + gone :]
    return text


def bounded(examples: int) -> settings:
    """So many examples in an ordinary run, without a clock; more where LAGEBILD_FUZZ asks for them."""
    return settings(
        max_examples=examples * LONG, deadline=None, derandomize=LONG == 1, phases=PHASES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )  # fmt: skip
