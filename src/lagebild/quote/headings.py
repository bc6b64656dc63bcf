"""Headings that quote in short: „Name: Die Lage ist ernst“."""

from __future__ import annotations

from functools import cache

from lagebild.lang.data import LANGUAGES, read_data
from lagebild.quote.clauses import Frame, Grammar, Token
from lagebild.quote.drafts import Context, Draft
from lagebild.quote.phrases import noun_phrase

__all__ = ["place_heading"]

LONGEST_NAME = 6
LONGEST_TIME = 6
LONGEST_HEADING = 24
"""Tokens."""


def place_heading(frame: Frame, number: int, alone: bool, context: Context, grammar: Grammar) -> bool:
    """Add what a heading quotes; True where it does. `alone`: the frame is the only one of its block."""
    tokens = frame.tokens[_time(frame.tokens, grammar) :]
    spoken = _says_in_marks(tokens)
    if (
        not tokens
        or not (alone or spoken)
        or len(tokens) > LONGEST_HEADING
        or (frame.block_kind != "headline" and tokens[-1].kind == "mark")
    ):
        return False
    colon = next((k for k, token in enumerate(tokens[: LONGEST_NAME + 1]) if token.text == ":"), 0)
    if not colon or colon + 1 >= len(tokens) or tokens[colon - 1].text.casefold() in _slugs():
        return False
    phrase = noun_phrase(tokens, 0, colon, grammar)
    named = tokens[colon - 1].name in ("PER", "ORG")
    told = tokens[colon + 1].kind == "quote" or _verb_behind(tokens, colon, grammar)
    if phrase != (0, colon) or not (
        (named and not grammar.ends("topic_ends", tokens[colon - 1].lower))
        or (told and any(grammar.speaks(token.text) for token in tokens[:colon]))
        or (
            frame.block_kind in ("headline", "lead")
            and told
            and not grammar.common_noun(tokens[colon - 1])
            and not _topic(tokens[colon - 1], grammar)
        )
    ):
        return False
    said = tokens[colon + 1].said if tokens[colon + 1].kind == "quote" else None
    piece = (
        (said.inner_start, said.inner_end) if said is not None else (tokens[colon + 1].start, tokens[-1].end)
    )
    context.add(
        Draft(
            [piece],
            "direct" if said is not None else "indirect",
            (),
            (tokens[0].start, tokens[colon - 1].end),
            "assert",
            "neutral",
            0.7,
            "heading",
            by="before",
            frame=number,
        )
    )
    return True


def _says_in_marks(tokens: list[Token]) -> bool:
    """„Bürgermeister Kurz: „…““ and nothing more."""
    return len(tokens) > 2 and tokens[-1].kind == "quote" and tokens[-2].text == ":"


@cache
def _slugs() -> frozenset[str]:
    """What agencies write before a title („ROUNDUP: …“), in any language with data."""
    return frozenset(
        word for language in LANGUAGES for word in read_data(language, "mastheads")["slugs"]["words"]
    )


def _topic(token: Token, grammar: Grammar) -> bool:
    """„Elbe-Brücke: …“, „EILMELDUNG: …“: what it is about, or a label, speaks no words."""
    tail = token.text.rpartition("-")[2]
    if grammar.ends("topic_ends", token.lower):
        return True
    label = len(token.text) > 4 and token.text.isupper() and not token.name
    thing = tail != token.text and grammar.words is not None and grammar.words.is_word(tail)
    return label or (thing and token.name not in ("PER", "ORG"))


def _verb_behind(tokens: list[Token], colon: int, grammar: Grammar) -> bool:
    return any(token.kind == "quote" or grammar.finite(token) for token in tokens[colon + 1 :])


def _time(tokens: list[Token], grammar: Grammar) -> int:
    """The first token behind the clock time of a ticker entry: „14:05 Uhr Leitstelle: …“, „14.05 – Leitstelle: …“."""
    k = 0
    while k < min(len(tokens), LONGEST_TIME) and (
        tokens[k].text[:1].isdigit()
        or grammar.has("time_nouns", tokens[k].text)
        or (k and tokens[k].text in ":.–—-")
    ):
        k += 1
    return k
