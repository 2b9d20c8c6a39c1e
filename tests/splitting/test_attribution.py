"""Who says what, by which words: one text for each rule, and offsets on made-up quotations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.splitting import Attribution, attributions, split

Found = tuple[str | None, str, list[str]]


def found_in(text: str) -> list[Found]:
    return [
        (
            a.speaker.text if a.speaker else None,
            a.cue.text if a.cue else "",
            [text[start:end] for start, end in a.parts],
        )
        for a in attributions(text)
    ]


def only(text: str) -> Attribution:
    (attribution,) = attributions(text)
    return attribution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said that prices fell in May.",
            ("The minister", "said", ["that prices fell in May"]),
        ),
        (
            "Prices fell in May, the minister said.",
            ("the minister", "said", ["Prices fell in May"]),
        ),
        (
            "According to the ministry, prices fell in May.",
            ("the ministry", "According to", ["prices fell in May"]),
        ),
        (
            "The mayor plans to build a new bridge.",
            ("The mayor", "plans", ["to build a new bridge"]),
        ),
        (
            "Voters are concerned about the economy.",
            ("Voters", "are concerned about", ["the economy"]),
        ),
        (
            "The senator criticized the president for his silence.",
            ("The senator", "criticized", ["the president for his silence"]),
        ),
        (
            "The senator was criticized for his silence.",
            (None, "was criticized", ["The senator", "for his silence"]),
        ),
        (
            "In a national poll, Mr. Brown leads by four points.",
            ("a national poll", "In", ["Mr. Brown leads by four points"]),
        ),
        (
            "The mayor said the days when the town had two newspapers are gone.",
            ("The mayor", "said", ["the days when the town had two newspapers are gone"]),
        ),
        (
            "The mayor said that rents rose in May and cautioned against new taxes.",
            ("The mayor", "said", ["that rents rose in May"]),
        ),
        (
            "The mayor said that the plan failed, and that nobody knew why.",
            ("The mayor", "said", ["that the plan failed, and that nobody knew why"]),
        ),
        (
            "The minister announced a plan to close two mines.",
            ("The minister", "announced a plan", ["to close two mines"]),
        ),
        (
            "The mayor attacked her in a television interview.",
            ("The mayor", "attacked", ["her"]),
        ),
        (
            "The mayor declined to speak to reporters as she left the hall.",
            ("The mayor", "declined", ["to speak to reporters"]),
        ),
        (
            "The law, opposed by the unions, was repealed.",
            ("the unions", "opposed", ["The law"]),
        ),
        (
            "The minister was troubled by the report.",
            ("The minister", "was troubled by", ["the report"]),
        ),
        (
            "The town rejects the approach the minister advocated.",
            ("The town", "rejects", ["the approach the minister advocated"]),
        ),
        (
            "Republicans, concerned about the vote, left early.",
            ("Republicans", "concerned about", ["the vote"]),
        ),
        (
            "There were many questions about his health.",
            (None, "questions about", ["his health"]),
        ),
        (
            "The harbour is known as a refuge.",
            (None, "is known as", ["The harbour", "a refuge"]),
        ),
        (
            "The minister said that the plan was “a disaster” for the town.",
            ("The minister", "said", ["that the plan was “a disaster” for the town"]),
        ),
        (
            "LONDON — Prices fell in May, according to the ministry.",
            ("the ministry", "according to", ["Prices fell in May"]),
        ),
        (
            "Although wages rose, prices fell in May, according to the ministry.",
            ("the ministry", "according to", ["prices fell in May"]),
        ),
        (
            "But as the minister noted, prices fell in May.",
            ("the minister", "noted", ["prices fell in May"]),
        ),
        (
            "His claim that prices fell was wrong.",
            ("His", "claim", ["that prices fell"]),
        ),
    ],
)
def test_each_construction_gives_source_cue_and_content(text: str, expected: Found) -> None:
    assert expected in found_in(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“I have voted for him twice and never will again.” ― Jane Doe",
            ("Jane Doe", "―", ["“I have voted for him twice and never will again.”"]),
        ),
        (
            'Mary Hart, The Daily News: "This was his best debate of the year."',
            ("Mary Hart, The Daily News", ":", ['"This was his best debate of the year."']),
        ),
        (
            'The governor resisted: "I do not have the power to suspend the law."',
            ("The governor", "resisted", ['"I do not have the power to suspend the law."']),
        ),
        (
            '"I wrote to the board about it," Ms. Hart said, adding that nobody answered.',
            ("Ms. Hart", "said", ['"I wrote to the board about it,"']),
        ),
        (
            'After the debate, the mayor said, "We will certainly win this election."',
            ("the mayor", "said", ['"We will certainly win this election."']),
        ),
        (
            '"One of the brightest members of the council," Mr. Brown said in an interview.',
            (
                "Mr. Brown",
                "said",
                ['"One of the brightest members of the council,"'],
            ),
        ),
        (
            'Asked whether he would resign, Mr. Brown said, "Probably."',
            ("Mr. Brown", "said", ['"Probably."']),
        ),
        (
            'Mr. Brown said in a statement. "There are no ballots that we could count again."',
            ("Mr. Brown", "said", ['"There are no ballots that we could count again."']),
        ),
        (
            '"This is a big year for our town!" Mr. Brown shouted to the crowd.',
            ("Mr. Brown", "shouted", ['"This is a big year for our town!"']),
        ),
        (
            '"I have never seen this before,” Mr. Brown said.',
            ("Mr. Brown", "said", ['"I have never seen this before,”']),
        ),
        (
            "“We won the vote,” Mr. Brown said. But “they lost it badly.”",
            ("Mr. Brown", "said", ["“We won the vote,”", "“they lost it badly.”"]),
        ),
        (
            "Mr. Brown said on Monday, in reference to his daughter, “Next summer she will marry.”",
            ("Mr. Brown", "said", ["“Next summer she will marry.”"]),
        ),
        (
            "“I voted for him twice and never will again.”\xa0― Jane Doe",
            ("Jane Doe", "―", ["“I voted for him twice and never will again.”"]),
        ),
        (
            "”The wall will never be paid for by Mexico,” Mr. Brown said.",
            ("Mr. Brown", "said", ["”The wall will never be paid for by Mexico,”"]),
        ),
    ],
)
def test_a_quotation_finds_its_speaker_and_keeps_to_its_marks(text: str, expected: Found) -> None:
    assert expected in found_in(text)


def test_a_quotation_in_the_next_sentence_continues_the_speaker() -> None:
    text = (
        '"We won the vote," said Ann Hart, a lawyer who lives in the old town of Springfield. '
        '"They lost it badly."'
    )
    assert (
        "Ann Hart, a lawyer who lives in the old town of Springfield",
        "said",
        ['"We won the vote,"', '"They lost it badly."'],
    ) in found_in(text)


def test_a_quotation_within_a_quotation_ends_with_its_own_mark() -> None:
    text = "“She calls the plan a “fraud” and I agree with her,” Mr. Brown said."
    assert (
        "Mr. Brown",
        "said",
        ["“She calls the plan a “fraud” and I agree with her,”"],
    ) in found_in(text)


def test_denials_and_hedges_are_marked() -> None:
    assert only("The company denied that it had sold the data.").negated
    assert only("The company did not say that it had sold the data.").negated
    assert only("The company reportedly sold the data in May.").hedged
    assert only("The company seems to have sold the data.").hedged
    plain = only("The company said that it had sold the data.")
    assert not plain.negated
    assert not plain.hedged


def test_a_pronoun_is_kept_as_written_and_resolved() -> None:
    text = "Alexander Lukashenko met the press on Monday. He said that the riots were over."
    said = next(a for a in attributions(text) if a.cue and a.cue.text == "said")
    assert said.speaker is not None
    assert (said.speaker.text, said.name) == ("He", "Alexander Lukashenko")


def test_a_source_is_named_without_what_is_said_about_it_by_the_way() -> None:
    said = only("The central bank, which raised its rates, said that prices fell in May.")
    assert said.speaker is not None
    assert said.speaker.text == "The central bank, which raised its rates"
    assert said.name == "The central bank"


def test_those_who_pass_words_on_make_a_chain() -> None:
    text = "According to local media, which quote Alexander Lukashenko, the mission is over."
    passed_on = only(text)
    assert passed_on.name == "Alexander Lukashenko"
    assert passed_on.through == ("local media",)


def test_an_attribution_without_a_claim_of_its_own_is_carried_by_one() -> None:
    text = "The two reasons why Israel refuses to sign the treaty are old."
    carried = [claim.attribution for claim in split(text) if claim.attribution]
    assert [(a.cue.text, a.kind) for a in carried if a.cue] == [("refuses", "intention")]


def test_an_attribution_that_no_claim_holds_gets_a_claim() -> None:
    text = (
        "Mr. Brown, the sitting governor, repeated accusations that Mr. Hart recites the same "
        "campaign points."
    )
    (claim,) = [claim for claim in split(text) if claim.attribution]
    assert claim.claim == "Mr. Hart recites the same campaign points."
    assert claim.attribution is not None
    assert claim.attribution.cue is not None
    assert claim.attribution.cue.text == "accusations"


PIECES = st.sampled_from(
    ['"', "“", "”", "''", "‘", "’", ",", ".", ":", "―", "—", "\n\n", "he said", "Ann Hart said",
     "adding that", "according to", "in a poll", "prices fell", "They won the vote", "?"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25))
def test_spans_lie_in_the_text_and_parts_in_order(pieces: list[str]) -> None:
    text = "It rained. " + " ".join(pieces)
    for a in attributions(text):
        for span in (a.speaker, a.cue):
            assert span is None or text[span.start : span.end] == span.text
        assert a.parts
        edges = [edge for part in a.parts for edge in part]
        assert edges == sorted(edges)
        assert (a.content_start, a.content_end) == (edges[0], edges[-1])
        assert 0 <= edges[0] < edges[-1] <= len(text)
        assert all(any(c.isalnum() for c in text[start:end]) for start, end in a.parts)
