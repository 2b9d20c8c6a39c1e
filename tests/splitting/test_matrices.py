"""Products of matrices by numpy: the same parse, and nothing left behind in the pipeline."""

import pytest

from workbench.splitting import load_pipeline
from workbench.splitting.matrices import quick_products

TEXT = (
    "The president of Belarus, Alexander Lukashenko, said on Saturday that Kazakhstan had faced an "
    "attack. The protests caused dozens of deaths, more than a thousand injuries and much damage."
)
ATTRIBUTES = ["HEAD", "DEP", "TAG", "POS", "LEMMA", "ENT_TYPE", "ENT_IOB"]


def operations() -> list[object]:
    pipes = [pipe for _, pipe in load_pipeline().pipeline]
    models = [pipe.model for pipe in pipes if getattr(pipe, "model", None) is not None]
    return [layer.ops for model in models for layer in model.walk()]


def test_the_parse_is_the_same() -> None:
    nlp = load_pipeline()
    usual = nlp(TEXT).to_array(ATTRIBUTES)
    with quick_products(nlp):
        quick = nlp(TEXT).to_array(ATTRIBUTES)
    assert usual.tolist() == quick.tolist()


def test_the_pipeline_multiplies_with_numpy_within_the_block_alone() -> None:
    nlp, before = load_pipeline(), operations()
    with quick_products(nlp):
        assert {type(ops).__name__ for ops in operations()} == {"MatmulOps"}
    assert operations() == before


def test_the_pipeline_is_as_before_when_reading_fails() -> None:
    nlp, before = load_pipeline(), operations()
    with pytest.raises(KeyError), quick_products(nlp):
        raise KeyError
    assert operations() == before
