"""Reasons in words: a label per name with gaps for what was compared; what has no label is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagebild.model.account import Reason
from lagebild.render.dates import stamp_words
from lagebild.render.labels import Lang, label, label_list, labels

__all__ = ["reason_lines"]

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:]+)?")
LONGEST = 100  # characters; two of them still make one readable line and a half
GAP = re.compile(r"\{(\w+)\}")


def reason_lines(reasons: Sequence[Reason], lang: Lang) -> list[str]:
    """Reasons in one language, each wording once, in order; those whose label is empty are left out."""
    return [line for line in dict.fromkeys(_words(reason, lang) for reason in reasons) if line]


def _words(reason: Reason, lang: Lang) -> str:
    key = f"reason.{reason.name}"
    if key not in labels(lang):
        return _without_label(reason)
    text = str(labels(lang)[key])
    values = {name: _value(reason, name, lang) for name in GAP.findall(text)}
    if any(value == "" for value in values.values()):
        return text.split(":", 1)[0]
    return label(lang, key, **values)


def _without_label(reason: Reason) -> str:
    if reason.detail:
        return reason.detail.rstrip(".")
    compared = " – ".join(side for side in (reason.left, reason.right) if side)
    name = reason.name.replace("_", " ")
    return f"{name}: {compared}" if compared else name


def _value(reason: Reason, name: str, lang: Lang) -> str:
    """What goes into a gap: a day in words, a weekday by its number, else the text as it is."""
    if name == "weekday":
        names = label_list(lang, "date.weekdays")
        number = int(reason.left) if reason.left and reason.left.isdigit() else 0
        return names[number - 1] if 1 <= number <= 7 else ""
    value = {"left": reason.left, "right": reason.right, "detail": reason.detail}.get(name) or ""
    return stamp_words(value[:16], lang) if ISO_DAY.fullmatch(value) else _short(value)


def _short(value: str) -> str:
    """Words compared, cut between two words where they are many: the passage itself is one click away."""
    if len(value) <= LONGEST:
        return value
    return value[: LONGEST - 2].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + " …"
