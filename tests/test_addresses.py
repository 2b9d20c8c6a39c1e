"""Two addresses of one document are one; two documents never become one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.corpus import corpus, payload
from workbench.addresses import canonical, is_web_address

parts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=12)
names = st.sampled_from(["id", "q", "utm_source", "fbclid", "a%20b", "é"])
queries = st.lists(st.tuples(names, parts), max_size=4)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    scheme = draw(st.sampled_from(["http", "https", "HTTPS"]))
    host = draw(
        st.sampled_from(["example.org", "WWW.Example.ORG:443", "bücher.example", "[::1]:80"])
    )
    path = "/".join(draw(st.lists(parts, max_size=3)))
    query = "&".join(f"{name}={value}" for name, value in draw(queries))
    return f"{scheme}://{host}/{path}?{query}#{draw(parts)}"


@given(addresses() | st.text(max_size=40))
def test_the_canonical_address_of_a_canonical_address_is_itself(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@given(addresses().filter(is_web_address))
def test_the_canonical_address_is_an_address(url: str) -> None:
    assert is_web_address(canonical(url)) or len(canonical(url)) > 2_000


@pytest.mark.parametrize(
    "same",
    [
        "https://example.org/a?id=7&lang=de",
        "HTTPS://Example.ORG/a?id=7&lang=de",
        "https://example.org:443/a?id=7&lang=de",
        "https://example.org/a?lang=de&id=7",
        "https://example.org/a?id=7&lang=de#section-2",
        "https://example.org/a?id=7&lang=de#:~:text=it%20fell",
        "https://example.org/a?id=7&utm_source=x&utm_medium=mail&lang=de",
        "https://example.org/a?fbclid=IwAR&id=7&lang=de&gclid=9",
        "https://example.org/b/../a?id=7&lang=de",
    ],
)
def test_ways_to_write_the_same_address(same: str) -> None:
    assert canonical(same) == "https://example.org/a?id=7&lang=de"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://youtube.com/watch?v=a", "https://youtube.com/watch?v=b"),
        ("https://en.wikipedia.org/w/index.php?oldid=1", "https://en.wikipedia.org/w/index.php?oldid=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/#!/a", "https://example.org/#!/b"),
        ("https://example.org/?id=1&id=2", "https://example.org/?id=1"),
        ("https://example.org/?session=1", "https://example.org/?session=2"),
        ("https://example.org:8443/", "https://example.org/"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ],
)  # fmt: skip
def test_what_names_the_document_is_kept(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("half", ["", "exam", "https:/", "ftp://example.org", "https://a b.c"])
def test_what_is_no_address_stays_as_it_was_typed(half: str) -> None:
    assert canonical(half) == half


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "HTTPS://EXAMPLE.ORG/A",
        "https://example.org:8443/ä/日本",
        "https://bücher.example/",
        "https://مثال.إختبار/",
        "http://192.0.2.1/report.pdf",
        "http://[2001:db8::1]/",
    ],
)
def test_complete_addresses_are_taken(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/a",
        "//example.org/a",
        "https:",
        "https://",
        "https:///a",
        "https://?q",
        "https://:80/",
        "http://[::1",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://exam ple.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org/\u00a0",
        "https://example.org/" + "a" * 2_000,
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)//https://example.org",
        "data:text/html,https://example.org",
        "mailto:a@example.org",
    ],
    ids=lambda url: url[:40] or "empty",
)
def test_everything_else_is_no_address(url: str) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize("url", ["https://ann@example.org/", "https://ann:s3cret@example.org/"])
def test_nobody_publishes_their_password_with_a_source(url: str) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize("url", ["\x01https://example.org", "https://exa\x01mple.org/"], ids=ascii)
def test_an_address_holds_no_invisible_control_characters(url: str) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize("case", corpus("source-field"))
def test_the_corpus_of_source_addresses_is_judged_as_it_says(case: dict[str, Any]) -> None:
    given = payload(case)
    if not isinstance(given, str):
        pytest.skip("compares two dates that a review form does not hold")
    too_long = case["id"] == "xlsx-url-65530"
    assert is_web_address(given) != (too_long or case["expected"].startswith("rejected"))
