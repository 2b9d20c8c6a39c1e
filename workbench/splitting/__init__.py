"""Articles to claims: found, atomic, standing alone, attributed, dated and ranked.

    from workbench.splitting import split
    for claim in split(text, published=date(2022, 1, 15)):
        print(claim.checkworthiness, claim.claim, claim.attribution)

Nothing here knows a database or a screen, and spaCy is loaded with the first text, not before.
"""

from workbench.splitting.errors import SplittingError
from workbench.splitting.pipeline import (
    attributions,
    check,
    load_pipeline,
    model_id,
    score,
    sentences,
    sentences_many,
    split,
    split_many,
    weighed,
)
from workbench.splitting.pipelines import Pipelines, load_pipelines, splitter_id
from workbench.splitting.records import (
    Attribution,
    ClaimCandidate,
    EntityMention,
    Sentence,
    Span,
    TimeMention,
)

__all__ = [
    "Attribution",
    "ClaimCandidate",
    "EntityMention",
    "Pipelines",
    "Sentence",
    "Span",
    "SplittingError",
    "TimeMention",
    "attributions",
    "check",
    "load_pipeline",
    "load_pipelines",
    "model_id",
    "score",
    "sentences",
    "sentences_many",
    "split",
    "split_many",
    "splitter_id",
    "weighed",
]
