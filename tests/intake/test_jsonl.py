"""Lines of JSON: every bad line is named, every good one is taken."""

import pytest

from tests.intake.corpus import corpus, payload
from workbench.intake.jsonl import read_lines

# What this importer has no word for: the offsets of spans, fields nobody may set (ignored).
OTHERWISE = {"jsonl-span-offsets", "jsonl-span-utf16"}


@pytest.mark.parametrize("case", corpus("jsonl"))
def test_the_corpus_of_bad_lines_is_judged_as_it_says(case):
    if case["id"] in OTHERWISE:
        pytest.skip("spans are not read")
    given = payload(case)
    lines = read_lines(given if isinstance(given, bytes) else given.encode(), name="a.jsonl")
    accepted = case.get("alt_expected", case["expected"]).startswith("accepted")
    if case["expected"].startswith("rejected") and not (accepted and not lines.refused):
        assert any(word in " ".join(lines.refused) for word in case["error_mentions"])
    else:
        assert not lines.refused
        assert len(lines.articles) == case.get("check", {}).get("rows", 1)


def test_the_good_lines_around_a_bad_one_are_taken():
    lines = read_lines(
        b'{"id":1,"text":"One."}\n{"id":2,"text":\n\n{"id":3,"text":"Three."}', name="news.jsonl"
    )
    assert [article.id for article in lines.articles] == ["1", "3"]
    assert len(lines.refused) == 1
    assert lines.refused[0].startswith("news.jsonl:2: ")


def test_all_fields_arrive():
    line = (
        b'{"id":"a","text":"T.","published":"2022-01-15","title":"Title","outlet":"O",'
        b'"author":"A","url":"https://example.org/","language":"de","speaker":"S"}'
    )
    (article,) = read_lines(line, name="a.jsonl").articles
    assert (article.title, article.outlet, article.author) == ("Title", "O", "A")
    assert (article.url, article.language, article.speaker) == ("https://example.org/", "de", "S")
    assert str(article.published_on) == "2022-01-15"


def test_a_wrong_date_names_the_field_and_the_way_to_write_it():
    lines = read_lines(b'{"text":"T.","published":"15.1.2022"}', name="a.jsonl")
    assert "'15.1.2022' is not a date; write it as YYYY-MM-DD." in lines.refused[0]
