"""One pipeline for English, and one for each other language that has been named."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting.errors import SplittingError
from workbench.splitting.languages import (
    ENGLISH,
    known_languages,
    language_of,
    what_is_missing,
)
from workbench.splitting.pipeline import load_pipeline, model_id

if TYPE_CHECKING:
    from spacy.language import Language

ANY_LANGUAGE = "xx"


@dataclasses.dataclass(frozen=True, slots=True)
class Pipelines:
    """`usual` reads English and its own language; `others` have a language each, by its code."""

    usual: Language
    others: dict[str, Language]

    def reading(self, text: str) -> Language:
        """The pipeline of the language that the text is in; one that only finds words if none."""
        language = language_of(text)
        if language in self.others:
            return self.others[language]
        if language == ENGLISH or self.usual.lang in (language, ANY_LANGUAGE):
            return self.usual
        try:
            return load_pipeline(f"blank:{language}")
        except SplittingError:
            return load_pipeline(f"blank:{ANY_LANGUAGE}")


def load_pipelines(model: str | None = None, models: str = "") -> Pipelines:
    """The pipeline `model`, and those of `models`: `de=de_core_news_sm,fr=fr_core_news_sm`.

    All are loaded at once, so that one that is not there is found at the start. Raises
    `SplittingError` for it, and for a list that is written otherwise.
    """
    others = {code: load_pipeline(name) for code, name in _named(models)}
    return Pipelines(load_pipeline(model) if model else load_pipeline(), others)


def _named(models: str) -> list[tuple[str, str]]:
    found = []
    for part in filter(None, (part.strip() for part in models.split(","))):
        code, _, name = (piece.strip() for piece in part.partition("="))
        if not name:
            raise SplittingError(
                f"{part!r} names no pipeline for a language; write WORKBENCH_MODELS as "
                "'de=de_core_news_sm,fr=fr_core_news_sm'."
            )
        if code not in known_languages():
            raise SplittingError(
                f"{code!r} in WORKBENCH_MODELS is no language that is recognised; write its code "
                "of two letters, such as 'de' for German."
            )
        found.append((code, name))
    return found


def splitter_id(text: str, nlp: Language) -> str:
    """What splits a text, for the record: the pipeline, and `+fallback: …` with the reason."""
    missing = what_is_missing(text, nlp)
    return f"{model_id(nlp)}+fallback: {missing}" if missing else model_id(nlp)
