"""A filter goes into an address and comes back the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from db.queries.agreement import STAGES
from db.queries.search import ClaimFilter
from workbench.workflow.filtering import from_query, to_query, without

PARAMETERS = (
    "q",
    "state",
    "article",
    "from",
    "said_to",
    "worth_to",
    "ids",
    "flagged",
    "stage",
    "labels",
    "p",
)
WORDS = st.text(max_size=40).map(str.strip)
DAYS = st.none() | st.dates()
SHARES = st.none() | st.floats(0, 1)
PAIRS = st.lists(WORDS, max_size=2).map(tuple)
STATES = st.sampled_from([(), ("proposed",), ("accepted", "rejected"), ("retired",)])


@given(
    st.builds(
        ClaimFilter,
        words=WORDS,
        states=STATES,
        speaker=WORDS,
        label=WORDS,
        article_id=st.none() | st.integers(0, 10**14),
        published_from=DAYS,
        claimed_to=DAYS,
        worth_from=SHARES,
        worth_to=SHARES,
        flagged=st.booleans(),
        claim_type=WORDS,
        stage=st.sampled_from(["", *STAGES]),
        reviewers=PAIRS,
        labels=PAIRS,
        disagreed=st.booleans(),
        rated_to=DAYS,
        ids=st.lists(st.integers(0, 10**9), max_size=3).map(tuple),
    )
)
def test_a_filter_comes_back_from_its_link(wanted: ClaimFilter) -> None:
    assert from_query(to_query(wanted)) == wanted


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.lists(st.text(), max_size=3)))
def test_no_address_is_an_error(query: dict[str, list[str]]) -> None:
    wanted = from_query(query)
    assert from_query(to_query(wanted)) == wanted


def test_what_is_not_asked_for_is_not_in_the_link() -> None:
    assert to_query(ClaimFilter()) == {}
    wanted = ClaimFilter(words="wheat", published_from=date(2026, 1, 2))
    assert to_query(wanted) == {"q": ["wheat"], "from": ["2026-01-02"]}
    assert without(wanted, "words") == ClaimFilter(published_from=date(2026, 1, 2))
