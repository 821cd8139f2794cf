"""Spreadsheets: Excel workbooks and delimited text, each table under its sheet and titles."""

import csv
import io
from collections import Counter
from collections.abc import Sequence

from ingest.errors import UnreadableFile
from ingest.formats import render
from ingest.formats.limits import Limits
from ingest.formats.page import PageText, Reading
from ingest.formats.regions import Sheet, Value, is_figure, sheet_blocks
from ingest.formats.workbook import read_workbook

_DELIMITERS = (",", "\t", ";", "|")
_TRIED_ROWS = 200
_TRIED_CHARACTERS = 200_000
_LONGEST_FIELD = 1_000_000


def read_xlsx(raw: bytes, limits: Limits) -> Reading:
    """The visible sheets of a workbook, each under its name; raises UnreadableFile."""
    workbook = read_workbook(raw, limits)
    blocks: list[str] = []
    notes: list[str] = []
    for sheet in workbook.sheets:
        notes.extend(sheet.notes)
        tables = sheet_blocks(sheet, limits.cells)
        if tables:
            blocks += [render.heading(2, render.escaped(sheet.name)), *tables]
    if not blocks:
        raise UnreadableFile("the workbook's visible sheets hold no text; check the right one.")
    if workbook.hidden:
        names = ", ".join(repr(name) for name in workbook.hidden)
        notes.append(f"Hidden sheets left out: {names}.")
    said = " ".join(blocks)
    owner = [render.paragraph(render.escaped(line)) for line in workbook.owner]
    return Reading(
        (PageText(render.page([*(line for line in owner if line not in said), *blocks])),),
        tuple(notes),
    )


def read_csv(raw: bytes, limits: Limits) -> Reading:
    """The tables of delimited text, whatever its delimiter; raises UnreadableFile."""
    text = _decoded(raw)
    rows = _rows(text, _delimiter(text), limits)
    cells = {
        at: {
            column: Value(field, is_figure(field))
            for column, field in enumerate(row, 1)
            if field.strip()
        }
        for at, row in enumerate(rows, 1)
    }
    sheet = Sheet("", {at: row for at, row in cells.items() if row})
    blocks = sheet_blocks(sheet, limits.cells)
    if not blocks:
        raise UnreadableFile("the file holds no text; check that the right file was saved.")
    return Reading((PageText(render.page(blocks)),))


def _decoded(raw: bytes) -> str:
    """The file's characters: UTF-16 where it is marked, else UTF-8 or Windows text."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("the file is neither UTF-8 nor Windows text; save it as CSV UTF-8.")


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows into the same number of fields, more than one."""
    head = text[:_TRIED_CHARACTERS]

    def fit(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        widths: Counter[int] = Counter()
        try:
            for _, row in zip(range(_TRIED_ROWS), reader, strict=False):
                widths[len(row)] += len(row) > 1
        except csv.Error:
            return (0, 0)
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return (count, width)

    return max(_DELIMITERS, key=fit)


def _rows(text: str, delimiter: str, limits: Limits) -> Sequence[Sequence[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    rows: list[list[str]] = []
    count = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            count += len(row)
            if count > limits.cells:
                raise UnreadableFile(f"the file has more than {limits.cells:,} cells; split it.")
            rows.append(row)
    except csv.Error as error:
        raise UnreadableFile(
            f"the file isn't delimited text ({error}); save it as CSV and try again."
        ) from error
    return rows
