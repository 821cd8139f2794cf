import pytest

from ingest.blocks import Block, BlockKind, read_blocks
from ingest.markup import plain


def _shape(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in read_blocks(text)]


def _first(text: str) -> Block:
    return read_blocks(text)[0]


def test_a_sentence_torn_by_a_page_mark_is_one_paragraph() -> None:
    """What broke: the page mark ended the sentence, and neither half could be quoted."""
    text = (
        "The Panel heard that visits had fallen because nobody had told the\n\n"
        "Page 1\n\nschool when they were moved.\n\nPage 2\n"
    )
    (block,) = read_blocks(text)
    assert (block.kind, block.text) == (
        BlockKind.PARAGRAPH,
        "The Panel heard that visits had fallen because nobody had told the "
        "school when they were moved.",
    )
    assert text[block.start : block.end].startswith("The Panel")
    assert text[block.start : block.end].endswith("moved.")


def test_a_list_item_torn_by_a_blank_line_is_one_item() -> None:
    """What broke: "1." lost its second half, which became a paragraph of its own."""
    text = "1. That the number of visits be counted each month and\n\nreported to the Panel.\n"
    assert _shape(text) == [
        (
            "list item",
            "1. That the number of visits be counted each month and reported to the Panel.",
        )
    ]


def test_a_bold_heading_over_two_lines_is_one_numbered_heading() -> None:
    """What broke: the second line of a minute's title was taken for its text."""
    block = _first("**12 Family time for\nbrothers and sisters**\n\nThe Panel heard why.\n")
    assert (block.kind, block.text, block.marker, block.level) == (
        BlockKind.HEADING,
        "12 Family time for brothers and sisters",
        "12",
        4,
    )


def test_a_run_in_heading_is_parted_from_its_text() -> None:
    """What broke: minutes whose headings run into the text had no headings at all."""
    text = (
        "**128. Apologies.** From Cllr Ogden, who was at a funeral.\n\n"
        "**129. Interests.** There were none to declare.\n"
    )
    heading, paragraph, *_ = read_blocks(text)
    assert (heading.kind, heading.text, heading.marker) == (
        BlockKind.HEADING,
        "128. Apologies",
        "128",
    )
    assert (paragraph.kind, paragraph.text) == (
        BlockKind.PARAGRAPH,
        "From Cllr Ogden, who was at a funeral.",
    )
    assert text[paragraph.start : paragraph.end] == paragraph.text


@pytest.mark.parametrize(
    ("line", "kind", "marker"),
    [
        ("## Homes near the sea", BlockKind.HEADING, None),
        ("3.0 Legal implications", BlockKind.HEADING, "3.0"),
        ("3.0 What was done in 2023-24:", BlockKind.HEADING, "3.0"),
        ("CPP/24/7 Kinship carers", BlockKind.HEADING, "CPP/24/7"),
        ("### CPP/24/7 Kinship carers", BlockKind.HEADING, "CPP/24/7"),
        ("3.1 The cost is £4,200 a year.", BlockKind.LIST_ITEM, "3.1"),
        ("(ii) the wait for a passport, and", BlockKind.LIST_ITEM, "(ii)"),
        ("• beds were short", BlockKind.LIST_ITEM, "•"),
        ("Cared-for children", BlockKind.HEADING, None),
        ("84%", BlockKind.PARAGRAPH, None),
        ("219 Children in assessment", BlockKind.HEADING, None),
    ],
)
def test_a_line_on_its_own(line: str, kind: BlockKind, marker: str | None) -> None:
    block = _first(f"{line}\n\nThe clerk read the rest of the paper to the members.\n")
    assert (block.kind, block.marker) == (kind, marker)


def test_high_numbers_head_items_only_where_they_count_up() -> None:
    """What broke: "219 Children in assessment" was minute 219."""
    text = "219 Children in assessment\n\n134 Apologies\n\nNone came.\n\n135 Interests\n\nNone.\n"
    assert [block.marker for block in read_blocks(text) if block.kind is BlockKind.HEADING] == [
        None,
        "134",
        "135",
    ]


def test_furniture_is_left_out() -> None:
    text = (
        "This page is intentionally left blank\n\n---\n\n[NOT PROTECTIVELY MARKED]\n\nText here.\n"
    )
    assert _shape(text) == [("paragraph", "Text here.")]


def test_figures_below_a_label_stay_on_their_own_lines() -> None:
    """What broke: "84%" was wrapped onto the label above it."""
    assert _shape("Children seen by a dentist\n84%\nTarget = 90%\n") == [
        ("heading", "Children seen by a dentist"),
        ("paragraph", "84%"),
        ("paragraph", "Target = 90%"),
    ]


def test_rows_of_a_table_are_one_block() -> None:
    pipes = "| A | B |\n|---|---|\n| one\ntwo | 2 |\n\nAfter it.\n"
    tabs = "Lead\tDue\nCllr Ogden\tMay\n\nAfter it.\n"
    assert [block.kind.value for block in read_blocks(pipes)] == ["table", "paragraph"]
    assert [block.kind.value for block in read_blocks(tabs)] == ["table", "paragraph"]


def test_markup_is_dropped_and_every_character_can_be_found_again() -> None:
    source = "See **the&nbsp;[plan](https://thistle.example/p)**,<br>item&amp;note."
    shown = plain(source, 0, len(source))
    assert shown.text == "See the plan, item&note."
    start = shown.text.index("plan")
    assert source[slice(*shown.span(start, start + 4))] == "plan"


def test_what_stands_between_two_pages_is_no_text() -> None:
    """What broke: a sentence that runs over a page was quoted with "Page 4" inside it."""
    source = "Nobody\n\nPage 4\nThis report is public\n[NOT PROTECTIVELY MARKED]\n\nknows why."
    assert plain(source, 0, len(source)).text == "Nobody knows why."


def test_minutes_numbered_with_a_point_after_the_letters() -> None:
    blocks = read_blocks("HP.31 APOLOGIES FOR ABSENCE\n\nThere were none.\n\nHP.32 BOATS\n\nFew.\n")
    assert [block.marker for block in blocks] == ["HP.31", None, "HP.32", None]


def test_the_empty_corner_of_a_table_s_head_is_a_cell() -> None:
    """What broke: each figure of a month stood under the next column's name."""
    text = "Harbour\n\n\tBoats\tOars\tLights\nSep-22\t5\t57\t6\nOct-22\t4\t58\t7\n\n\tAn indent.\n"
    table, indented = read_blocks(text)[1:]
    assert [line.raw.split("\t")[0] for line in table.lines] == ["", "Sep-22", "Oct-22"]
    assert (indented.kind, indented.text) == (BlockKind.PARAGRAPH, "An indent.")


def test_a_number_alone_on_its_line_belongs_to_the_title_below() -> None:
    text = (
        "39.\n\nInterests\n\nMinutes:\n\nThere were "
        "none.\n\n40.\n\nHarbour lights pdf icon PDF 9 KB"
        "\n\nThey were lit.\n\nHPN/15/24\n\nBuoys\n\nAll were there.\n\nHPN/16/24\n\nTides\n"
    )
    assert [(b.marker, b.text) for b in read_blocks(text) if b.marker] == [
        ("39", "39. Interests"),
        ("40", "40. Harbour lights"),
        ("HPN/15/24", "HPN/15/24 Buoys"),
        ("HPN/16/24", "HPN/16/24 Tides"),
    ]


def test_a_number_that_counts_with_no_other_is_no_item() -> None:
    """What broke: "Jan-18" over a heading of a table's column, and figures, headed items."""
    text = "Boats\n\n12.\n\nLights that are out\n\n47.\n\nBuoys\n\nJan-18\n\nDredging\n"
    assert not [b for b in read_blocks(text) if b.level == 4]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("44/23 APOLOGIES", "44/23"),
        ("Co.33 Apologies for absence", "Co.33"),
        ("2Apologies for Absence", "2"),
        ("23/24 Outturn", None),
        ("27 April 2021 – Minutes", None),
    ],
)
def test_series_of_minutes(line: str, number: str | None) -> None:
    assert _first(f"{line}\n\nThere were none.\n").marker == number


def test_a_list_of_people_keeps_its_lines() -> None:
    """What broke: the second of two officers was read as the end of the first one's post."""
    text = (
        "Mr P Ogden – Conservation and Harbour Design Manager\n"
        "Miss T Reed – Senior Planning Officer\n"
    )
    assert len(read_blocks(text)) == 2


def test_a_title_in_capitals_ends_before_its_text() -> None:
    text = (
        "APOLOGIES FOR ABSENCE AND DETAILS OF SUBSTITUTES TODAY\nThere were none to be heard of.\n"
    )
    assert [b.text for b in read_blocks(text)][1] == "There were none to be heard of."
