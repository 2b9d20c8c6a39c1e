"""Blocks, sentences and quotations, found before anything is parsed."""

import pytest

from workbench.splitting.blocks import Block, find_blocks
from workbench.splitting.quotations import find_quotations
from workbench.splitting.segmenting import find_sentences


def sentences(text: str) -> list[str]:
    return [text[s:e] for s, e in find_sentences(text, Block(0, len(text), "body"))]


def kinds(text: str) -> list[str]:
    return [block.kind for block in find_blocks(text)]


def test_a_site_name_is_no_part_of_the_title() -> None:
    text = "Prices rise again | Daily News\n\nPrices rose in May."
    title = find_blocks(text)[0]
    assert (title.kind, text[title.start : title.end]) == ("title", "Prices rise again")


def test_a_related_headline_between_paragraphs_is_a_heading() -> None:
    assert kinds("The war ended.\n\nTroops leave the capital\n\nThe army left.")[1] == "heading"


def test_bylines_and_boilerplate_are_furniture() -> None:
    text = "Title here\n\nBy Jane Roe\n\nIt rained in May.\n\nRead more: weather"
    assert kinds(text) == ["title", "furniture", "body", "furniture"]


def test_a_date_on_top_is_no_title() -> None:
    text = "Friday, August 30, 2019\n\nIt rained in May.\n\n—Jane Roe, farmer\n\nIt was wet."
    assert kinds(text) == ["furniture", "body", "furniture", "body"]
    assert kinds("May 7, 2015\n\nRain at last\n\nIt rained.")[1] == "title"


def test_dashes_in_a_list_are_items() -> None:
    assert kinds("There are:\n- Apples from Kent\n- Pears from Spain")[1:] == ["item", "item"]


def test_a_lone_line_without_a_full_stop_is_body() -> None:
    assert kinds("Unemployment fell to 4%") == ["body"]


def test_lines_wrapped_at_a_width_are_joined() -> None:
    text = "The sentence of this paragraph was wrapped by hand at some\nwidth and goes on here."
    assert len(find_blocks(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith met Gov. Lee. They left.", ["Mr. Smith met Gov. Lee.", "They left."]),
        ("It grew 2.5 percent. The U.S. won.", ["It grew 2.5 percent.", "The U.S. won."]),
        ('"Why?" Smith asked. He left.', ['"Why?" Smith asked.', "He left."]),
        ("“Go.” She went.", ["“Go.”", "She went."]),
        ("It ended . . The next began.", ["It ended . .", "The next began."]),
        (
            "He fell. [17] She ran. [3] [4] It won.",
            ["He fell. [17]", "She ran. [3] [4]", "It won."],
        ),
        ("Ada (b. May 1990) won. She ran.", ["Ada (b. May 1990) won.", "She ran."]),
        ("Il part. à midi, il mange.", ["Il part.", "à midi, il mange."]),
        ("他走了。她来了。", ["他走了。", "她来了。"]),
        ("Er kam am 21. Oktober. Sie ging.", ["Er kam am 21. Oktober.", "Sie ging."]),
    ],
)
def test_sentences_end_where_they_should(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_open_quotation_runs_to_the_end_of_its_paragraph() -> None:
    text = "“This quotation goes on in the next paragraph of it.\n\n“It ends here,” she said."
    first, second = (text[: text.index("\n")], text[text.index("\n") + 2 :])
    spans = [(0, len(first)), (len(first) + 2, len(text))]
    assert [text[q.start : q.end] for q in find_quotations(text, spans)] == [
        first,
        second[: second.index(" she")],
    ]


def test_an_apostrophe_opens_no_quotation() -> None:
    text = "The players' union isn't Smith's."
    assert find_quotations(text, [(0, len(text))]) == []
