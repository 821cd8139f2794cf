"""Workbooks and delimited text: tables with their titles, figures as printed."""

import io
import time
from datetime import date, datetime

import pytest
from openpyxl.workbook import Workbook

from ingest.errors import UnreadableFile
from ingest.formats.limits import Limits
from ingest.formats.regions import Area, Sheet, Value, sheet_blocks
from ingest.formats.sheets import read_csv, read_xlsx
from tests.ingest.formats.office import LIMITS, blocks, edited, read_book, workbook


def rows(*cells: tuple[object, ...], name: str = "Sheet") -> list[str]:
    """The blocks of a workbook of one sheet with these rows, without the sheet's heading."""

    def build(book: Workbook) -> None:
        book.active.title = name
        for row in cells:
            book.active.append(row)

    return blocks(read_book(build))[1:]


def test_titles_table_and_notes_of_a_sheet() -> None:
    assert rows(
        ("Penmoor Council",),
        ("Children in care 2023/24",),
        (),
        ("Measure", "April", "May"),
        ("Children", 12, 14),
        ("Homes", None, 3),
        (),
        ("Provisional.",),
    ) == [
        "Penmoor Council",
        "Children in care 2023/24",
        "| Measure | April | May |\n|---|---|---|\n| Children | 12 | 14 |\n| Homes |  | 3 |",
        "Provisional.",
    ]


def test_two_header_rows_with_merged_labels() -> None:
    def build(book: Workbook) -> None:
        sheet = book.active
        sheet.append(("Measure", "2023", None, "Target"))
        sheet.append((None, "Q1", "Q2", None))
        sheet.append(("Visits", 4, 5, 6))
        for area in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(area)

    assert blocks(read_book(build)) == [
        "## Sheet",
        "| Measure | 2023 | 2023 | Target |\n|  | Q1 | Q2 |  |\n|---|---|---|---|\n"
        "| Visits | 4 | 5 | 6 |",
    ]


def test_a_merged_cell_that_says_nothing_moves_nothing() -> None:
    def build(book: Workbook) -> None:
        sheet = book.active
        sheet.append(())
        for row in (("Area", "Q1", "Q2"), ("North", 4, 5)):
            sheet.append(row)
        sheet.merge_cells("A1:A2")

    assert blocks(read_book(build))[1:] == ["|  | Q1 | Q2 |\n|---|---|---|\n| North | 4 | 5 |"]


def test_thousands_of_merged_cells_and_of_gaps_take_little_time() -> None:
    rows = {
        2 * row: {1: Value(f"Area {row}"), 9: Value("5", figure=True)} for row in range(1, 9000)
    }
    merged = tuple(Area(row, 1, row + 1, 3) for row in rows)
    wide = {row: {2 * column: Value("x") for column in range(1, 4000)} for row in range(1, 5)}
    begun = time.monotonic()
    (table,) = sheet_blocks(Sheet("Long", rows, merged), LIMITS.cells)
    assert table.count("\n") == 8998
    assert len(sheet_blocks(Sheet("Wide", wide), LIMITS.cells)) == 1
    assert time.monotonic() - begun < 10


def test_years_as_numbers_head_a_table() -> None:
    assert rows(("Area", 2021, 2022), ("North", 5, 6)) == [
        "| Area | 2021 | 2022 |\n|---|---|---|\n| North | 5 | 6 |"
    ]


def test_figures_after_a_blank_row_go_on_and_a_new_header_begins_a_table() -> None:
    assert rows(
        ("Area", "Count"),
        ("North", 5),
        (),
        ("South", 6),
        (),
        ("Team", "Cost"),
        ("East", 9),
    ) == [
        "| Area | Count |\n|---|---|\n| North | 5 |\n| South | 6 |",
        "| Team | Cost |\n|---|---|\n| East | 9 |",
    ]


def test_tables_side_by_side_are_told_apart_and_a_gap_within_one_is_none() -> None:
    assert rows(
        ("Area", "Count", None, "Team", "Cost"),
        ("North", 5, None, "East", 9),
        ("South", 6, None, "West", 8),
    ) == [
        "| Area | Count |\n|---|---|\n| North | 5 |\n| South | 6 |",
        "| Team | Cost |\n|---|---|\n| East | 9 |\n| West | 8 |",
    ]
    assert rows(("Area", "2023", None, "2024"), ("North", 5, None, 6), ("South", 7, None, 8)) == [
        "| Area | 2023 | 2024 |\n|---|---|---|\n| North | 5 | 6 |\n| South | 7 | 8 |"
    ]


def test_a_table_of_words_is_headed_by_its_full_first_row() -> None:
    assert rows(("Action", "Owner", "Due"), ("Write", "A Clerk", "May"), ("Go", "B", "")) == [
        "| Action | Owner | Due |\n|---|---|---|\n| Write | A Clerk | May |\n| Go | B |  |"
    ]


def test_fields_and_what_they_hold_have_no_header() -> None:
    assert rows(("Name:", "A Clerk"), ("Version:", 2)) == ["| Name: | A Clerk |\n| Version: | 2 |"]


def test_figures_are_printed_by_their_formats_and_dates_in_words() -> None:
    def build(book: Workbook) -> None:
        sheet = book.active
        sheet.append(("What", "Value"))
        for value, form in (
            (0.8525, "0%"),
            (0.8525, "0.0%"),
            (1234.5, "#,##0.00"),
            (1234567, "£#,##0"),
            (-5, "#,##0;(#,##0)"),
            (0, '0;-0;"–"'),
            (12.100000000000001, "General"),
            (datetime(2024, 3, 31), "mmm-yy"),
            (date(2024, 3, 31), "dd/mm/yyyy"),
            (datetime(2024, 3, 31, 14, 5), "dd/mm/yyyy hh:mm"),
            (True, "General"),
            ("n/r", "General"),
        ):
            sheet.append(("x", value))
            sheet.cell(sheet.max_row, 2).number_format = form

    table = blocks(read_book(build))[1]
    assert [row.split(" | ")[1].rstrip(" |") for row in table.split("\n")[2:]] == [
        "85%",
        "85.3%",
        "1,234.50",
        "£1,234,567",
        "(5)",
        "–",
        "12.1",
        "March 2024",
        "31 March 2024",
        "31 March 2024 14:05",
        "TRUE",
        "n/r",
    ]


def test_what_is_hidden_is_left_out_and_said() -> None:
    def build(book: Workbook) -> None:
        sheet = book.active
        for row in (("Area", "Count", "Secret"), ("North", 5, 1), ("South", 6, 2)):
            sheet.append(row)
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[3].hidden = True
        other = book.create_sheet("Working")
        other.append(("x",))
        other.sheet_state = "hidden"

    reading = read_book(build)
    assert blocks(reading)[1:] == ["| Area | Count |\n|---|---|\n| North | 5 |"]
    assert reading.notes == (
        "Sheet 'Sheet': 1 column and 1 row hidden in the workbook left out.",
        "Hidden sheets left out: 'Working'.",
    )


def test_formulas_without_values_and_errors_are_blank_and_said() -> None:
    def build(book: Workbook) -> None:
        book.active.append(("Area", "Sum", "Rate"))
        book.active.append(("North", "=1+1", 7))

    raw = edited(
        workbook(build),
        "xl/worksheets/sheet1.xml",
        r'<c r="C2"[^>]*><v>7</v></c>',
        '<c r="C2" t="e"><v>#DIV/0!</v></c>',
    )
    reading = read_xlsx(raw, LIMITS)
    assert reading.notes == (
        "Sheet 'Sheet': 1 formula without saved value read as blank (B2); "
        "open the workbook in Excel and save it.",
        "Sheet 'Sheet': 1 error cell read as blank (C2 (#DIV/0!)).",
    )


def test_saved_values_of_formulas_are_read() -> None:
    raw = edited(
        workbook(lambda book: book.active.append(("Sum", "=1+1"))),
        "xl/worksheets/sheet1.xml",
        r"<f>1\+1</f><v>?.*?(?=</c>)",
        "<f>1+1</f><v>2</v>",
    )
    assert blocks(read_xlsx(raw, LIMITS))[1:] == ["| Sum | 2 |"]


def test_the_properties_name_whose_workbook_it_is() -> None:
    def build(book: Workbook) -> None:
        book.properties.title = "Penmoor Council: indicators"
        book.active.append(("Area", "Count"))
        book.active.append(("North", 1))

    assert blocks(read_book(build))[0] == "Penmoor Council: indicators"


def test_more_cells_than_allowed_are_refused() -> None:
    raw = workbook(lambda book: [book.active.append((1, 2)) for _ in range(10)] and None)
    with pytest.raises(UnreadableFile, match="more than 10 cells; split it"):
        read_xlsx(raw, Limits(cells=10))
    with pytest.raises(UnreadableFile, match="more than 10 cells; split it"):
        read_csv(b"1,2\n" * 6, Limits(cells=10))


def test_a_workbook_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="hold no text"):
        read_xlsx(workbook(lambda book: None), LIMITS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimited_text_of_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    text = 'Area|Cost\nNorth|"£1,234"\n"South\nWest; and more"|5\n'.replace("|", delimiter)
    reading = read_csv(text.replace("\n", "\r\n").encode(encoding), LIMITS)
    assert blocks(reading) == [
        "| Area | Cost |\n|---|---|\n| North | £1,234 |\n| South<br>West; and more | 5 |"
    ]


def test_delimited_text_with_titles_and_ragged_rows() -> None:
    raw = b"Penmoor Council,,\nApril 2024,,\n\nArea,Count,Note\nNorth,5\nSouth,6,est.,x\n"
    assert blocks(read_csv(raw, LIMITS)) == [
        "Penmoor Council",
        "April 2024",
        "| Area | Count | Note |  |\n|---|---|---|---|\n| North | 5 |  |  |\n"
        "| South | 6 | est. | x |",
    ]


def test_long_rows_of_observations_are_one_table() -> None:
    raw = io.StringIO()
    raw.write("Council,Indicator,Period,Value\n")
    for month in range(1, 60):
        raw.write(f"Penmoor,Children,month {month},{month}\n")
    (table,) = blocks(read_csv(raw.getvalue().encode(), LIMITS))
    assert table.count("\n") == 60


def test_delimited_text_that_is_none_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        read_csv(b"\n\n", LIMITS)
    with pytest.raises(UnreadableFile, match="save it as CSV"):
        read_csv(b'"' + b"x" * 2_000_000, LIMITS)
