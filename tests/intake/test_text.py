"""Article texts as they arrive: what is taken is taken verbatim, what is refused is told why."""

import time

import pytest

from tests.intake.corpus import corpus, payload
from workbench.errors import InputError
from workbench.intake.text import MAX_BYTES, article_text


@pytest.mark.parametrize("case", corpus("article-text", "article-file"))
def test_the_corpus_of_bad_texts_is_judged_as_it_says(case):
    given = payload(case)
    begin = time.perf_counter()
    if case["expected"].startswith("rejected"):
        with pytest.raises(InputError) as refusal:
            article_text(given)
        assert any(word in str(refusal.value) for word in case["error_mentions"])
    else:
        text = article_text(given)
        assert text == (given if isinstance(given, str) else expected_text(given))
        assert text.startswith(case.get("check", {}).get("starts", ""))
    assert time.perf_counter() - begin < case.get("max_seconds", 5)


def expected_text(data: bytes) -> str:
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def test_line_ends_blanks_and_decomposed_letters_stay():
    text = "  Cafe\u0301.\r\nTwo.\rThree.\u2028Four.\f\tFive. \n\n"
    assert article_text(text) == text
    assert article_text(text.encode()) == text


def test_an_empty_text_is_refused():
    for given in (b"", "", " \n\t\u00a0", "\u200b\ufeff", b"\xef\xbb\xbf"):
        with pytest.raises(InputError, match="empty"):
            article_text(given)


def test_a_text_at_the_limit_is_taken_and_one_above_it_is_not():
    assert len(article_text("é" * (MAX_BYTES // 2))) == MAX_BYTES // 2
    for given in ("é" * (MAX_BYTES // 2) + "!", b"a" * (MAX_BYTES + 1)):
        with pytest.raises(InputError, match="5,000,000"):
            article_text(given)


def test_an_undecodable_file_says_which_encoding_was_tried():
    with pytest.raises(InputError, match=r"not UTF-8.*convert it to UTF-8"):
        article_text("Präsident".encode("cp1252"))
    with pytest.raises(InputError, match=r"not UTF-16.*truncated"):
        article_text("\ufeffabc".encode("utf-16-le")[:-1])
