"""Which language a text is in, by py3langid, and what is missing where it is not English.

py3langid is a naive Bayes classifier over byte n-grams (M. Lui, T. Baldwin, *langid.py*, ACL 2012).
Its model is loaded with the first text, not before.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

ENGLISH = "en"
READ = 2000
HARDLY = 0.01
SURE = 0.9
FEW_WORDS = 6
CAPITAL_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def known_languages() -> frozenset[str]:
    """The codes, mostly of ISO 639-1, that `language_of` can give."""
    return frozenset(_identifier().labels)


def language_of(text: str) -> str:
    """The code of the language that the first 2,000 characters of a text are most likely in.

    English gets the benefit of the doubt: another language is named only where the probability of
    English is below .01; in a text of fewer than six words, which may be all names, only where the
    other's is also at least .9.

    >>> language_of("Der Präsident sagte am Montag, dass die Regierung das Gesetz zurückzieht.")
    'de'
    >>> language_of("The president said on Monday that the government withdraws the bill.")
    'en'
    >>> language_of("Miami Beach")
    'en'
    """
    return _language_of(text[:READ])


@functools.lru_cache(maxsize=256)
def _language_of(text: str) -> str:
    """Asked several times of a text: which pipeline, which rules, what to say of it."""
    ranked = _identifier().rank(text)
    likeliest, share = ranked[0]
    if dict(ranked)[ENGLISH] >= HARDLY:
        return ENGLISH
    short = len(text.split()) < FEW_WORDS
    return ENGLISH if short and share < SURE else str(likeliest)


def is_english(text: str) -> bool:
    """Whether the rules of grammar, which are for English, may read a text."""
    return language_of(text) == ENGLISH


def name_of(code: str) -> str:
    """The language's name in English where spaCy knows it, else its code in quotation marks.

    >>> name_of("de"), name_of("la"), name_of("zzz")
    ('German', 'Latin', "'zzz'")
    """
    from spacy.util import get_lang_class

    try:
        return CAPITAL_INSIDE.sub(" ", get_lang_class(code).__name__)
    except ImportError:
        return repr(code)


def what_is_missing(text: str, nlp: Language) -> str | None:
    """Why a text is read for its sentences and direct quotations alone; None if it is not."""
    language = language_of(text)
    if language != ENGLISH:
        return f"no rules for {name_of(language)}"
    if nlp.lang != ENGLISH:
        return f"its pipeline is for {name_of(nlp.lang or 'xx')}"
    return None if "parser" in nlp.pipe_names else "the pipeline has no parser"
