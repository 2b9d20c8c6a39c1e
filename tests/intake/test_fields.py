"""The fields beside an article's text."""

from datetime import date

import pytest

from tests.intake.corpus import corpus, payload
from workbench.errors import InputError
from workbench.intake.fields import day, link, one_line, published


@pytest.mark.parametrize("case", corpus("date"))
def test_the_corpus_of_dates_is_judged_as_it_says(case):
    if case["expected"].startswith("rejected"):
        with pytest.raises(InputError, match="date"):
            day(payload(case))
    else:
        assert day(payload(case)).isoformat() == payload(case)


def test_no_date_is_no_date():
    assert published("  ") is None
    assert published(" 2022-01-15 ") == date(2022, 1, 15)


def test_only_web_addresses_are_links():
    assert link(" https://example.org/a?b=c#d ") == "https://example.org/a?b=c#d"
    assert link("") == ""
    for given in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "http://a b/",
        "ftp://x",
    ):
        with pytest.raises(InputError, match="http"):
            link(given)


def test_a_field_that_is_too_long_is_told_the_limit():
    assert one_line("title", "a" * 500) == "a" * 500
    with pytest.raises(InputError, match="501 characters; the limit is 500"):
        one_line("title", "a" * 501)
