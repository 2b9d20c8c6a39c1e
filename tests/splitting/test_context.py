"""What stands alone and how: the last sentence of a text, and what it becomes."""

import pytest

from workbench.splitting import sentences, split

ALONE = [
    # names told again in fewer words
    (
        "The National Transportation Safety Board opened an inquiry. The board found two faults.",
        "The National Transportation Safety Board found two faults.",
    ),
    (
        "The Supreme Court of Ohio ruled on a New York state law. Nobody had read the law.",
        "Nobody had read the New York state law.",
    ),
    (
        "There have been four female presidents of the United States. The presidents were tall.",
        "The female presidents of the United States were tall.",
    ),
    (
        "He swam the English Channel. The Channel was cold.",
        "The English Channel was cold.",
    ),
    (
        "The most popular restaurant in Oslo is Maaemo. People come for the restaurant's fish.",
        "People come for Maaemo's fish.",
    ),
    # countries
    (
        "Protests began in southwestern Kazakhstan. They spread to other areas of the country.",
        "Protests spread to other areas of Kazakhstan.",
    ),
    (
        "Voters in Norway chose. This country's parliament has 169 seats.",
        "Norway's parliament has 169 seats.",
    ),
    # deeds and events
    (
        "Argentina has won the cup. This win was led by Diego Maradona.",
        "Argentina's win was led by Diego Maradona.",
    ),
    (
        "Protests originated in the west. The riots that followed these events caused deaths.",
        "The riots that followed the protests caused deaths.",
    ),
    # periods
    (
        "Arsenal played from 1989 to 2005. Arsenal won 10 trophies during that period.",
        "Arsenal won 10 trophies from 1989 to 2005.",
    ),
    (
        "The firm was sold in 2010. That year, profits fell.",
        "In 2010, profits fell.",
    ),
    # pronouns
    (
        "The children were ill. Doctors came and treated them.",
        "Doctors came and treated the children.",
    ),
    (
        "The new Boeing was not airworthy, investigators said. It disintegrated upon impact.",
        "The new Boeing disintegrated upon impact.",
    ),
    (
        "Some of the siblings cried. They were hungry.",
        "The siblings were hungry.",
    ),
    # connectives
    ("Cats sleep. Similarly, dogs sleep.", "Dogs sleep."),
    ("Cats sleep. In contrast, dogs bark.", "Dogs bark."),
]
LEFT = [
    # not another thing of the kind
    "The New York law was old. Ohio passed a law. Nobody had read the law.",
    "The Liberal Party and the Labour Party voted. The party with most seats wins.",
    # no person is `no two people`
    "No two people should marry. They should wait.",
    # a range is no year
    "Arsenal won between 1989 and 2005. That year was good.",
    # a city is no country
    "The mayor of Boston spoke. Many in the country listened.",
    # a country that does something to another
    "Riots shook Kazakhstan. Kazakhstan fell. Russia then supported this country.",
    # two people of one name, and a family
    "Anna Smith met Carl Smith. Smith paid.",
    "Gloria Vanderbilt was born in 1924. She left the Vanderbilt family.",
]


@pytest.mark.parametrize(("text", "expected"), ALONE)
def test_the_last_sentence_stands_alone(text: str, expected: str) -> None:
    assert sentences(text)[-1].claim == expected


@pytest.mark.parametrize("text", LEFT)
def test_what_is_not_sure_stays_as_it_is(text: str) -> None:
    last = sentences(text)[-1]
    ends = last.claim.split()[-3:]
    assert ends == text[last.start : last.end].split()[-3:]


def test_a_pronoun_that_needs_nobody_is_not_ambiguous() -> None:
    text = "The success makes it possible to say that the force works. It is too late for talks."
    assert not any(claim.ambiguous for claim in split(text))


def test_what_could_not_be_told_is_ambiguous() -> None:
    text = "Anna Smith and Maria Jones met in Rome. She paid the bill in cash."
    assert split(text)[-1].ambiguous


def test_this_country_is_the_one_in_the_sentence_that_does_nothing_to_it() -> None:
    text = (
        "Kazakhstan faced riots. Kazakhstan asked for troops. "
        "The organizers were trying to aggravate the situation around Russia's borders and weaken "
        "this country."
    )
    assert "The organizers were trying to weaken Russia." in [claim.claim for claim in split(text)]


def test_a_long_name_is_not_put_before_another_noun() -> None:
    text = (
        "The Collective Security Treaty Organization (CSTO) met. The CSTO operation was short. "
        "The CSTO has six members."
    )
    assert [sentence.claim for sentence in sentences(text)][1:] == [
        "The CSTO operation was short.",
        "The Collective Security Treaty Organization has six members.",
    ]
