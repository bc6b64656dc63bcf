"""Which language a text is written in, by byte n-grams (py3langid, Lui & Baldwin 2012), among the languages expected here."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from lagebild.lang.data import LANGUAGES, read_data

__all__ = ["CANDIDATES", "FEWEST_LETTERS", "passage_language", "read_language"]

CANDIDATES = (
    "ar", "cs", "da", "de", "el", "en", "es", "fr", "he", "hu", "it", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk",
)  # fmt: skip
"""The languages that can be told; a text in another one gets the nearest of these only with a low score, or none."""

SAMPLE = 20_000  # characters read: more changed no answer on pages of 1,000 to 100,000 characters
# Both by gold/annotate/languages.jsonl: 12 letters and half of the weight told 133 of 137 headlines and short sentences in nine
# languages, 1 wrongly; 20 letters told 110.
FEWEST_LETTERS = 12
SURE_ENOUGH = 0.5
SURELY_ANOTHER = (
    0.7  # one false alarm in 6,898 German sentences (UD, GermEval); 110 of 121 foreign headlines told
)
_ENOUGH_WORDS = 5
_KNOWN_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC")


def read_language(text: str) -> tuple[str | None, float]:
    """The language of a text (ISO 639-1) with a score of 0 to 1; (None, score) where it cannot be told.

    None for texts of fewer than 12 letters, for scripts that no candidate is written in, and where no candidate gets half
    of the weight. Only the first 20,000 characters are read. The model is loaded at the first call (about a second).
    """
    sample = text[:SAMPLE]
    letters = [sign for sign in sample if sign.isalpha()]
    if len(letters) < FEWEST_LETTERS or _share_of_known_scripts(letters) < 0.5:
        return None, 0.0
    code, score = _identifier().classify(sample)
    score = round(min(1.0, float(score)), 3)
    return (str(code), score) if score >= SURE_ENOUGH else (None, score)


def passage_language(text: str, document: str | None) -> str | None:
    """The language of a sentence or quotation: its own where that is surely another one, else that of its document.

    A region stays with the document's language („de-AT“). None where neither can be told.
    """
    if document is not None and _sounds_like(text, document.lower().split("-")[0]):
        return document
    code, score = read_language(text)
    if document is None:
        return code
    if code is None or score < SURELY_ANOTHER or code == document.lower().split("-")[0]:
        return document
    return code


def _sounds_like(text: str, language: str) -> bool:
    """Whether five different function words of that language alone stand in a text: nothing more need be asked, which is most of the time."""
    if language not in LANGUAGES:
        return False
    found = set(text.lower().split())
    return len(found & _own_words(language)) >= _ENOUGH_WORDS


@cache
def _own_words(language: str) -> frozenset[str]:
    """Function words of a language that no other language with data has."""
    words = {code: set(read_data(code, "stopwords")["words"].split()) for code in LANGUAGES}
    others = set().union(*(words[code] for code in LANGUAGES if code != language))
    return frozenset(words[language] - others)


def _share_of_known_scripts(letters: list[str]) -> float:
    """Share of letters of known scripts, judged by the first thousand letters."""
    some = letters[:1000]
    known = sum(unicodedata.name(letter, "").startswith(_KNOWN_SCRIPTS) for letter in some)
    return known / len(some)


@cache
def _identifier() -> Any:
    # loads numpy: only when a text has to be read
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(CANDIDATES)
    identifier._full_model = None  # the other languages, kept for another choice: 70 MB
    return identifier
