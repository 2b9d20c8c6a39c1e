"""Whatever the text, a claim's offsets give back its quote, and nothing crashes."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.splitting.conftest import SHARED
from workbench.splitting import SplittingError, load_pipeline, sentences, split

WORDS = st.sampled_from(
    [
        "He",
        "she",
        "the",
        "president",
        "said",
        "that",
        "“",
        "”",
        '"',
        ",",
        ".",
        ". .",
        "and",
        "which",
        "2014",
        "5%",
        "Kazakhstan",
        "U.S.",
        "(",
        ")",
        "troops",
        "killed",
        "were",
        "who",
        "\n\n",
        "\n",
        "👩‍👩‍👧",
        "مرحبا",
        "\u200b",
        "’s",
        "according",
        "to",
        "denied",
        "?",
        "said,",
        "- ",
        "| News",
        "this",
        "country",
        "their",
        "\t",
        "é",
        "e\u0301",
    ]
)


def check(text: str) -> None:
    try:
        claims = split(text)
    except SplittingError:
        return
    for claim in claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote.strip()
        assert claim.claim.strip()
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end
        assert "\n\n" not in text[claim.sentence_start : claim.sentence_end]
        json.dumps(claim.as_json())
        spans = [*claim.times, *claim.entities]
        if claim.attribution:
            spans += [span for span in (claim.attribution.speaker, claim.attribution.cue) if span]
        for span in spans:
            assert text[span.start : span.end] == span.text
    for sentence in sentences(text):
        assert 0 <= sentence.start < sentence.end <= len(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120))
@example("\u00ad0")
def test_offsets_hold_on_arbitrary_text(text: str) -> None:
    check(text)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_offsets_hold_on_broken_news_prose(text: str) -> None:
    check(text)


def test_offsets_hold_on_raw_news() -> None:
    path = SHARED / "gold" / "rawnews" / "dev.jsonl"
    if not path.exists():
        pytest.skip("the raw news are not beside the repository")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]
    for row in rows[::60]:
        check(row["text"])


def test_offsets_hold_on_bad_inputs() -> None:
    folder = SHARED / "badinputs" / "files"
    if not folder.exists():
        pytest.skip("the bad inputs are not beside the repository")
    texts = [path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".html")]
    assert texts
    for path in texts:
        check(path.read_bytes()[:3_000].decode("utf-8", errors="replace"))


def test_the_package_does_not_load_spacy_by_itself() -> None:
    import subprocess
    import sys

    code = "import sys, workbench.splitting; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b\u200b", "?!", "PK\x00\x01\x02", "x" * 300_000]
)
def test_what_is_no_article_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(SplittingError) as refusal:
        split(text)
    assert str(refusal.value).count("\n") == 0


def test_an_unknown_pipeline_is_named() -> None:
    with pytest.raises(SplittingError, match="no_such_model"):
        load_pipeline("no_such_model")
