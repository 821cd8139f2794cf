"""Whatever stands in a table's cells comes out of it again, in every format."""

import csv
import io

from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from ingest.blocks import BlockKind, read_blocks
from ingest.formats.grid import Piece, lay_out
from ingest.formats.html import read_html
from ingest.formats.page import Reading
from ingest.formats.sheets import read_csv
from ingest.tables import read_grids
from tests.ingest.formats.office import LIMITS, read_book, read_word

WORDS = st.text(
    st.sampled_from("abcdefghij ABC 0123456789 £%.,;:()[]*<>&#_'\"+=/\\–é"), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()))
CELLS = st.one_of(WORDS.filter(bool).map("x{}".format), st.just(""))
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).filter(lambda row: sum(map(bool, row)) > 1),
        min_size=2,
        max_size=6,
    )
)


def shown(reading: Reading) -> list[str]:
    """The words of all cells of a reading's tables, as what follows the reader has them."""
    text = reading.pages[0].text
    return [
        cell.text
        for block in read_blocks(text)
        if block.kind is BlockKind.TABLE
        for grid in read_grids(block, text)
        for row in (*grid.header, *grid.rows)
        for cell in row
        if cell.text
    ]


def given_words(rows: list[list[str]]) -> list[str]:
    return [cell for row in rows for cell in row if cell]


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_word_tables_keep_their_cells(rows: list[list[str]]) -> None:
    def build(document: Document) -> None:
        table = document.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text

    assert shown(read_word(build)) == given_words(rows)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_workbooks_keep_their_cells(rows: list[list[str]]) -> None:
    def build(book: Workbook) -> None:
        for i, row in enumerate(rows, 1):
            for j, text in enumerate(row, 1):
                if text:
                    book.active.cell(i, j).value = text
                    book.active.cell(i, j).data_type = "s"

    assert sorted(shown(read_book(build))) == sorted(given_words(rows))


@settings(max_examples=100, deadline=None)
@given(TABLES)
def test_delimited_text_keeps_its_cells(rows: list[list[str]]) -> None:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    assert shown(read_csv(held.getvalue().encode(), LIMITS)) == given_words(rows)


@settings(max_examples=100, deadline=None)
@given(TABLES)
def test_web_tables_keep_their_cells(rows: list[list[str]]) -> None:
    from html import escape

    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    assert shown(read_html(f"<table>{body}</table>".encode(), LIMITS)) == given_words(rows)


PIECES = st.builds(
    Piece, st.from_regex(r"[a-z]{1,3}", fullmatch=True), st.integers(1, 4), st.integers(1, 4)
)


@given(
    st.lists(st.lists(PIECES, min_size=1, max_size=5), min_size=1, max_size=6), st.integers(0, 4)
)
def test_merged_cells_lose_nothing_and_stand_in_rows_of_one_width(
    rows: list[list[Piece]], heads: int
) -> None:
    for number, piece in enumerate(piece for row in rows for piece in row):
        object.__setattr__(piece, "markup", f"c{number}")
    laid = lay_out(rows, min(heads, len(rows)), 10_000)
    words = {word for row in laid.rows for cell in row for word in cell.split()} | {
        word for line in laid.captions for word in line.split()
    }
    assert words == {piece.markup for row in rows for piece in row}
    assert len({len(row) for row in laid.rows}) <= 1
