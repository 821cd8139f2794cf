"""Word files: what people see of them, in order, and on which page."""

import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.errors import UnreadableFile
from ingest.formats.docx import read_docx
from ingest.markup import plain
from tests.ingest.formats.office import (
    LIMITS,
    add,
    blocks,
    body,
    numbered,
    paragraph,
    read_word,
    repacked,
    with_list,
    word,
)

RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
PAGE_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def read_body(xml: str) -> list[str]:
    return blocks(read_docx(body(xml), LIMITS))


def test_headings_bold_lines_and_run_in_titles() -> None:
    def build(document: Document) -> None:
        document.add_heading("Penmoor Council", 0)
        document.add_heading("Findings", 2)
        document.add_paragraph().add_run("Present").bold = True
        lead = document.add_paragraph()
        lead.add_run("Resolved").bold = True
        lead.add_run(": ").bold = True
        lead.add_run("that the report be received.")

    assert blocks(read_word(build)) == [
        "# Penmoor Council",
        "## Findings",
        "**Present**",
        "**Resolved:** that the report be received.",
    ]


def test_characters_that_would_read_as_markup_are_kept_as_characters() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Age <b> 5* &amp; [note](here) a_b |")

    (block,) = blocks(read_word(build))
    assert plain(block, 0, len(block)).text == "Age <b> 5* &amp; [note](here) a_b |"


def test_lists_are_numbered_as_printed() -> None:
    def build(document: Document) -> None:
        levels = {
            0: ("decimal", "%1.0", 1),
            1: ("decimal", "%1.%2", 1),
            2: ("lowerLetter", "(%3)", 1),
            3: ("lowerRoman", "%4)", 1),
        }
        held = with_list(document, levels)
        for depth, text in (
            (0, "Purpose"),
            (1, "First"),
            (1, "Second"),
            (2, "a"),
            (3, "i"),
            (3, "ii"),
            (2, "b"),
            (0, "Advice"),
            (1, "Again"),
        ):
            add(document, paragraph(text, numbered(held, depth)))
        document.add_paragraph("A point", style="List Bullet")

    assert blocks(read_word(build)) == [
        "1.0 Purpose",
        "1.1 First",
        "1.2 Second",
        "(a) a",
        "i) i",
        "ii) ii",
        "(b) b",
        "2.0 Advice",
        "2.1 Again",
        "- A point",
    ]


def test_a_second_list_of_the_same_kind_restarts_only_where_it_says_so() -> None:
    def build(document: Document) -> None:
        held = with_list(document, {0: ("upperLetter", "%1.", 3)})
        root = document.part.numbering_part.element
        for known, override in (("777", ""), ("778", '<w:startOverride w:val="1"/>')):
            root.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{known}"><w:abstractNumId w:val="{held}"/>'
                    f'<w:lvlOverride w:ilvl="0">{override}</w:lvlOverride></w:num>'
                )
            )
        for list_id in (held, "777", "778", "778"):
            add(document, paragraph("x", numbered(list_id)))

    assert blocks(read_word(build)) == ["C. x", "D. x", "A. x", "B. x"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_decline() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("one", style="List Number")
        held = document.add_paragraph("none", style="List Number")
        held._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
        document.add_paragraph("two", style="List Number")

    assert blocks(read_word(build)) == ["1. one", "none", "2. two"]


def test_insertions_are_in_and_deletions_moves_and_hidden_text_out() -> None:
    xml = (
        "<w:p><w:r><w:t xml:space='preserve'>Members </w:t></w:r>"
        "<w:del w:id='1'><w:r><w:delText>refused</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>agreed</w:t></w:r></w:ins>"
        "<w:moveFrom w:id='3'><w:r><w:t> never</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r>"
        "<w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert read_body(xml) == ["Members agreed."]


def test_a_deleted_paragraph_end_joins_the_next_paragraph() -> None:
    xml = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
        "<w:r><w:t xml:space='preserve'>Half </w:t></w:r></w:p>" + paragraph("and half.")
    )
    assert read_body(xml) == ["Half and half."]


def test_fields_links_tabs_and_text_boxes_show_their_words() -> None:
    box = (
        "<w:p><w:r><w:t>Beside</w:t></w:r><w:r><w:pict><w:txbxContent>"
        + paragraph("In the box")
        + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    xml = (
        "<w:p><w:r><w:t>Tel:</w:t><w:tab/><w:t>01632 960000</w:t></w:r></w:p>"
        "<w:p><w:hyperlink><w:r><w:t>clerk@penmoor.example</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText>REF x</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>item 4</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>" + box
    )
    assert read_body(xml) == [
        "Tel: 01632 960000",
        "clerk@penmoor.example",
        "item 4",
        "Beside",
        "In the box",
    ]


def test_a_raised_note_number_isn_t_read_as_part_of_the_figure() -> None:
    xml = (
        "<w:p><w:r><w:t>523</w:t></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r></w:p>"
    )
    assert read_body(xml) == ["523²"]


def test_lines_of_a_paragraph_are_blocks_but_a_sentence_runs_on() -> None:
    xml = (
        "<w:p><w:r><w:t>Councillor Ash</w:t><w:br/><w:t>Councillor Birch</w:t><w:br/>"
        "<w:t>and others</w:t></w:r></w:p>"
    )
    assert read_body(xml) == ["Councillor Ash", "Councillor Birch and others"]


def test_footnotes_stand_after_their_paragraph_and_leave_no_number_behind() -> None:
    raw = body("<w:p><w:r><w:t>783</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>")
    notes = (
        "<w:footnotes xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:footnote w:type='separator' w:id='1'><w:p/></w:footnote>"
        f"<w:footnote w:id='2'>{paragraph('Provisional.')}</w:footnote></w:footnotes>"
    )
    reading = read_docx(repacked(raw, {"word/footnotes.xml": notes.encode()}), LIMITS)
    assert blocks(reading) == ["783", "[Note 1: Provisional.]"]


def test_tables_keep_every_cell_and_header_rows_that_repeat() -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 3)
        for row, cells in enumerate(
            (("Measure", "2023", "2024"), ("Children", "1,2|3", "")), start=0
        ):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(2, 0).text = "Homes\nand flats"
        table.cell(2, 2).text = "4"
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    assert blocks(read_word(build)) == [
        "| Measure | 2023 | 2024 |\n|---|---|---|\n| Children | 1,2\\|3 |  |\n"
        "| Homes<br>and flats |  | 4 |"
    ]


def test_merged_cells_fill_their_places() -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}x"
        table.cell(1, 1).merge(table.cell(1, 2)).text = "wide"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"

    assert blocks(read_word(build)) == [
        "| 00x | 01x | 02x |\n| tall | wide |  |\n| tall | 21x | 22x |"
    ]


def test_numbers_beside_minutes_in_a_table_head_their_text() -> None:
    def build(document: Document) -> None:
        table = document.add_table(2, 2)
        for row, (number, title, said) in enumerate(
            (
                ("4.", "Fostering", "Resolved: that it be noted."),
                ("5.", "Homes", "Two were opened."),
            )
        ):
            table.cell(row, 0).text = number
            table.cell(row, 1).text = title
            table.cell(row, 1).add_paragraph(said)

    assert blocks(read_word(build)) == [
        "#### 4. Fostering",
        "Resolved: that it be noted.",
        "#### 5. Homes",
        "Two were opened.",
    ]


def test_minutes_in_a_table_under_a_header_are_minutes_and_an_action_log_stays_a_table() -> None:
    def build(document: Document) -> None:
        for cells in (
            (("Item", "Minute"), ("1", "Carers\nResolved: that it be noted.")),
            (("No.", "Action", "Owner"), ("1", "Write to the Trust\nResolved: at once.", "Clerk")),
        ):
            table = document.add_table(len(cells), len(cells[0]))
            for row, texts in enumerate(cells):
                for column, text in enumerate(texts):
                    first, *rest = text.split("\n")
                    table.cell(row, column).text = first
                    for line in rest:
                        table.cell(row, column).add_paragraph(line)
            document.add_paragraph("Next")

    assert blocks(read_word(build)) == [
        "#### 1 Carers",
        "Resolved: that it be noted.",
        "Next",
        "| No. | Action | Owner |\n| 1 | Write to the Trust<br><br>Resolved: at once. | Clerk |",
        "Next",
    ]


def test_lines_that_tabs_set_in_columns_are_rows_and_numbered_paragraphs_are_not() -> None:
    def build(document: Document) -> None:
        for text in (
            "1\tApologies\t2",
            "2\tMinutes of 4 May\t3 - 6",
            "",
            "3.1\tThis paragraph was numbered by hand.",
            "3.2\tSo was this one.",
            "Tel:\t01632 960000",
        ):
            document.add_paragraph(text)

    assert blocks(read_word(build)) == [
        "| 1 | Apologies | 2 |\n| 2 | Minutes of 4 May | 3 - 6 |",
        "3.1 This paragraph was numbered by hand.",
        "3.2 So was this one.",
        "Tel: 01632 960000",
    ]


def test_a_box_around_text_is_text() -> None:
    def build(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "Recommendation"
        cell.add_paragraph("That members note it.")

    assert blocks(read_word(build)) == ["Recommendation", "That members note it."]


def test_a_file_without_breaks_is_one_page_without_numbers() -> None:
    (page,) = read_word(lambda document: document.add_paragraph("All of it") and None).pages
    assert (page.text, page.sheet, page.printed) == ("All of it", None, None)


def test_every_break_begins_a_page_and_none_is_counted_twice() -> None:
    def build(document: Document) -> None:
        held = document.add_paragraph("one")
        held.add_run().add_break(WD_BREAK.PAGE)
        add(document, f"<w:p>{RENDERED}<w:r><w:t>two</w:t></w:r></w:p>")
        add(document, f"<w:p>{RENDERED}<w:r><w:t>three</w:t></w:r></w:p>")
        document.add_paragraph("four").paragraph_format.page_break_before = True
        document.add_section(WD_SECTION.NEW_PAGE)
        document.add_paragraph("five")
        document.add_section(WD_SECTION.CONTINUOUS)
        document.add_paragraph("still five")

    pages = read_word(build).pages
    assert [(page.sheet, page.text) for page in pages] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (4, "four"),
        (5, "five\n\nstill five"),
    ]


def test_a_paragraph_over_two_pages_stays_whole_on_the_first() -> None:
    xml = (
        "<w:p><w:r><w:t xml:space='preserve'>It began </w:t></w:r>"
        f"{RENDERED}<w:r><w:t>and ended.</w:t></w:r></w:p>" + paragraph("Next.")
    )
    pages = read_docx(body(xml), LIMITS).pages
    assert [page.text for page in pages] == ["It began and ended.", "Next."]


def test_printed_numbers_follow_the_sections_where_the_foot_prints_them() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("cover").add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("inside")
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0]._p.extend(
            list(parse_xml(f"<w:p {nsdecls('w')}>{PAGE_FIELD}</w:p>"))
        )
        section._sectPr.append(OxmlElement("w:pgNumType", {qn("w:start"): "7"}))
        document.add_paragraph("seven").add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("eight")

    pages = read_word(build).pages
    assert [(page.sheet, page.printed) for page in pages] == [
        (1, None),
        (2, None),
        (3, 7),
        (4, 8),
    ]


def test_a_table_over_two_pages_is_cut_where_its_header_repeats() -> None:
    def row(first: str, second: str, *, head: bool = False, late: bool = False) -> str:
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
        lead = RENDERED if late else ""
        return (
            f"<w:tr>{mark}<w:tc><w:p>{lead}<w:r><w:t>{first}</w:t></w:r></w:p></w:tc>"
            f"<w:tc><w:p><w:r><w:t>{second}</w:t></w:r></w:p></w:tc></w:tr>"
        )

    table = (
        "<w:tbl>"
        + row("Measure", "March", head=True)
        + row("Homes", "4")
        + row("Carers", "9", late=True)
        + "</w:tbl>"
    )
    pages = read_docx(body(table), LIMITS).pages
    head = "| Measure | March |\n|---|---|\n"
    assert [page.text for page in pages] == [head + "| Homes | 4 |", head + "| Carers | 9 |"]


def test_what_the_head_of_the_first_page_says_comes_first_once() -> None:
    def build(document: Document) -> None:
        header = document.sections[0].header
        header.paragraphs[0].text = "Penmoor Borough Council"
        header.add_paragraph("Agenda")
        header.add_paragraph("Page 1 of 3")
        document.add_paragraph("Agenda")

    assert blocks(read_word(build)) == ["Penmoor Borough Council", "Agenda"]


def test_pictures_are_told_and_a_file_of_nothing_else_is_refused() -> None:
    picture = "<w:p><w:r><w:drawing/></w:r></w:p>"
    reading = read_docx(body(paragraph("Words") + picture + picture), LIMITS)
    assert reading.notes == (
        "The file holds 2 pictures: their values and words aren't in the text.",
    )
    with pytest.raises(UnreadableFile, match="only pictures; save it as PDF"):
        read_docx(body(picture), LIMITS)
    with pytest.raises(UnreadableFile, match="holds no text"):
        read_docx(word(lambda document: None), LIMITS)
