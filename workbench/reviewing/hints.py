"""What a careful colleague would ask about a review: hints that never block.

One rule a function, data in and hints out, registered under `@rule`. A hint is a question or an
observation: it may be wrong, and says what to look at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from workbench.reviewing.factcheckers import desk_of, reads_like_a_check
from workbench.reviewing.matching import n_words, near_equal, stands_in

MIN_SHARED_WORDS = 12
_VERB = {"supports": "supports", "refutes": "refutes"}
_OTHER = {"supports": "refutes", "refutes": "supports"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A stored copy of a document."""

    text_sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence; `name` is what the reviewer sees, such as “Source 2”.

    `address` is the canonical URL, empty where no document is cited.
    """

    name: str
    address: str
    title: str = ""
    published_on: date | None = None
    quote: str = ""
    stance: str = "context"
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A review as it stands; `leaning` is what its verdict means: supports, refutes or neither.

    `claimed_on` is when the claim was made, `article_address` the canonical URL of its article.
    """

    verdict: str = ""
    leaning: str = ""
    claimed_on: date | None = None
    article_address: str = ""
    evidence: tuple[Cited, ...] = ()

    @property
    def documents(self) -> tuple[Cited, ...]:
        """The evidence that cites a document."""
        return tuple(entry for entry in self.evidence if entry.address)


@dataclass(frozen=True, slots=True)
class Hint:
    """`key` names the rule, `text` is one sentence for the reviewer."""

    key: str
    text: str


Rule = Callable[[Case], Iterator[str]]
_rules: dict[str, Rule] = {}


def rule(check: Rule) -> Rule:
    """Register the decorated function; its name is the key of its hints."""
    if check.__name__ in _rules:
        raise ValueError(f"two rules are named {check.__name__!r}")
    _rules[check.__name__] = check
    return check


def rules() -> dict[str, Rule]:
    """Every rule by its key, in the order in which their hints are shown."""
    return dict(_rules)


def hints(case: Case) -> list[Hint]:
    """What there is to say about the review; an empty list when nothing strikes."""
    return [
        Hint(key, text[0].upper() + text[1:])
        for key, check in _rules.items()
        for text in check(case)
    ]


@rule
def verdict_without_evidence(case: Case) -> Iterator[str]:
    """A verdict that needs evidence rests on none."""
    if case.leaning and not case.documents:
        yield f"The verdict is {case.verdict}, and there is no source for it yet."


@rule
def stances_against_verdict(case: Case) -> Iterator[str]:
    """What the sources do to the claim is the opposite of the verdict."""
    if not case.leaning:
        return
    against = [each for each in case.documents if each.stance == _OTHER[case.leaning]]
    if not against:
        return
    verb = _OTHER[case.leaning].removesuffix("s") if len(against) > 1 else _OTHER[case.leaning]
    alone = not any(each.stance == case.leaning for each in case.documents)
    more = f", and no source {_VERB[case.leaning]} it" if alone else ""
    yield f"The verdict is {case.verdict}, but {_listed(against)} {verb} the claim{more}."


@rule
def published_after_claim(case: Case) -> Iterator[str]:
    """The document appeared after the claim was made: it could not have been known then."""
    for each in case.documents:
        if case.claimed_on and each.published_on and each.published_on > case.claimed_on:
            yield (
                f"{each.name} was published on {each.published_on}, after the claim "
                f"({case.claimed_on})."
            )


@rule
def is_the_article(case: Case) -> Iterator[str]:
    """The claim's own article is cited as evidence for it."""
    for each in case.documents:
        if each.address == case.article_address:
            yield f"{each.name} is the article that the claim stands in."


@rule
def is_a_fact_check(case: Case) -> Iterator[str]:
    """The document seems to be somebody else's check: cite what it rests on."""
    for each in case.documents:
        if desk := desk_of(each.address):
            yield f"{each.name} is by {desk}, so it may be a fact-check of this claim itself."
        elif reads_like_a_check(each.title):
            yield f"{each.name} reads like a fact-check; it may be one of this claim itself."


@rule
def quote_not_in_copy(case: Case) -> Iterator[str]:
    """The quote is in none of the stored copies of its document."""
    for each in case.documents:
        found = any(stands_in(each.quote, copy.text) for copy in each.copies)
        if each.copies and not found:
            yield f"The quote of {each.name} is not in its stored copy."


@rule
def one_witness(case: Case) -> Iterator[str]:
    """Two documents carry the same text, such as one agency's report: one witness, not two."""
    for one, other in combinations(case.documents, 2):
        if one.address != other.address and (_same_copy(one, other) or _same_quote(one, other)):
            yield f"{one.name} and {other.name} carry the same text: they may be one witness."


def _same_copy(one: Cited, other: Cited) -> bool:
    return bool({c.text_sha256 for c in one.copies} & {c.text_sha256 for c in other.copies})


def _same_quote(one: Cited, other: Cited) -> bool:
    enough = min(n_words(one.quote), n_words(other.quote)) >= MIN_SHARED_WORDS
    return enough and near_equal(one.quote, other.quote)


def _listed(entries: list[Cited]) -> str:
    *first, last = [each.name for each in entries]
    return f"{', '.join(first)} and {last}" if first else last
