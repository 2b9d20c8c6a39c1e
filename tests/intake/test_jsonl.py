"""Lines of JSON: every bad line is named, every good one is taken."""

from io import BytesIO

import pytest

from tests.intake.corpus import corpus, payload
from workbench.intake.jsonl import ArticleInput, read_lines

# What this importer has no word for: the offsets of spans, fields nobody may set (ignored).
OTHERWISE = {"jsonl-span-offsets", "jsonl-span-utf16"}


def read(data, name="a.jsonl"):
    """(articles, refusals as sentences) of a file with these bytes."""
    taken = list(read_lines(BytesIO(data), name=name))
    articles = [item for item in taken if isinstance(item, ArticleInput)]
    return articles, [str(item) for item in taken if not isinstance(item, ArticleInput)]


@pytest.mark.parametrize("case", corpus("jsonl"))
def test_the_corpus_of_bad_lines_is_judged_as_it_says(case):
    if case["id"] in OTHERWISE:
        pytest.skip("spans are not read")
    given = payload(case)
    articles, refused = read(given if isinstance(given, bytes) else given.encode())
    accepted = case.get("alt_expected", case["expected"]).startswith("accepted")
    if case["expected"].startswith("rejected") and not (accepted and not refused):
        assert any(word in " ".join(refused) for word in case["error_mentions"])
    else:
        assert not refused
        assert len(articles) == case.get("check", {}).get("rows", 1)


def test_the_good_lines_around_a_bad_one_are_taken():
    articles, refused = read(
        b'{"id":1,"text":"One."}\n{"id":2,"text":\n\n{"id":3,"text":"Three."}', "news.jsonl"
    )
    assert [article.id for article in articles] == ["1", "3"]
    assert len(refused) == 1
    assert refused[0].startswith("news.jsonl:2: ")


def test_all_fields_arrive():
    line = (
        b'{"id":"a","text":"T.","published":"2022-01-15","title":"Title","outlet":"O",'
        b'"author":"A","url":"https://example.org/","language":"de","speaker":"S"}'
    )
    (article,), _ = read(line)
    assert (article.title, article.outlet, article.author) == ("Title", "O", "A")
    assert (article.url, article.language, article.speaker) == ("https://example.org/", "de", "S")
    assert str(article.published_on) == "2022-01-15"


def test_a_wrong_date_names_the_field_and_the_way_to_write_it():
    _, refused = read(b'{"text":"T.","published":"15.1.2022"}')
    assert "'15.1.2022' is not a date; write it as YYYY-MM-DD." in refused[0]
