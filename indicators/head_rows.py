"""Heads of tables of bars or tabs that go on in the rows below: units, years, wrapped words.

What the upper rows of a head are of is told as in a table set out by blanks (`columns.py`).
"""

from collections.abc import Sequence
from dataclasses import replace

from indicators.columns import Span, heading, heads_of
from indicators.pieces import Kind, Piece, is_period, kind_of
from ingest.model import Cell, Table

_DEEPEST = 5
_FEWEST = 3
_WIDTH = 10
"""How far apart columns are put whose places no one knows: any number but nought does."""


def with_whole_head(table: Table) -> Table:
    """A table with its head as one row, where it goes on in rows that were taken for its body.

    So, too, where a year stands over the middle of its columns. Any other table is as it was.
    """
    table = _below_its_caption(table)
    rows, given = (*table.header, *table.rows), len(table.header)
    count = given
    while count < min(len(rows) - 1, _DEEPEST) and _heads(rows[count], rows[:count]):
        count += 1
    if count < 2 or not any(map(_has_figure, rows[count:])):
        return table
    flat = _flat(rows[:count], max(map(len, rows)))
    if flat is None or (count == given and not _reach_left(rows[:count], flat)):
        return table
    return replace(table, header=(flat,), rows=rows[count:])


def _below_its_caption(table: Table) -> Table:
    """A table whose first line is a caption, "Table 6 | £000", and whose second is the head."""
    if len(table.header) != 1 or len(table.rows) < _FEWEST:
        return table
    (told,), first = table.header, table.rows[0]
    short = len(told) < len(first) == max(map(len, table.rows))
    worded = all(cell.text and kind_of(cell.text) is not Kind.FIGURE for cell in first)
    if not (short and worded and _has_figure(table.rows[1])):
        return table
    caption = " ".join(cell.text for cell in told if cell.text)
    return replace(table, caption=caption, header=(first,), rows=table.rows[1:])


def _reach_left(head: Sequence[Sequence[Cell]], flat: Sequence[Cell]) -> bool:
    """Whether a year of an upper row is of columns to its left, over the middle of which it is."""
    return any(
        is_period(over.text) and not row[i].text and over.text in flat[i].text
        for row in head[:-1]
        for at, over in enumerate(row)
        for i in range(1, min(at, len(flat)))
    )


def _heads(row: Sequence[Cell], above: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row is a further one of the head."""
    told = [cell.text for cell in row[1:] if cell.text]
    figures = sum(kind_of(text) is Kind.FIGURE for text in told)
    if not above:
        return len(told) > 1 and not figures
    if not row[0].text:
        return bool(told) and 2 * figures < len(told) and not _is_note(told)
    dated = sum(map(is_period, told))
    corner = any(head and head[0].text for head in above)
    return not corner and not figures and 2 * len(told) > len(row) - 1 and dated > 0


def _is_note(told: Sequence[str]) -> bool:
    """Whether the words of a row are a cell's that goes on, and no heading."""
    return any(len(text) > 60 for text in told)


def _has_figure(row: Sequence[Cell]) -> bool:
    return any(kind_of(cell.text) is Kind.FIGURE for cell in row[1:])


def _flat(head: Sequence[Sequence[Cell]], width: int) -> tuple[Cell, ...] | None:
    """One row of headings from several."""
    spans = [Span(i * _WIDTH, (i + 1) * _WIDTH) for i in range(1, width)]
    lines = [
        [
            Piece(cell.text, i * _WIDTH, (i + 1) * _WIDTH, cell.start)
            for i, cell in enumerate(row)
            if i and cell.text
        ]
        for row in head
    ]
    told = heads_of(lines, spans)
    if told is None:
        return None
    at = head[-1][0].start
    corner = Cell(" ".join(row[0].text for row in head if row and row[0].text), at, at)
    cells = (
        Cell(heading(pieces), pieces[-1].start, pieces[-1].end) if pieces else Cell("", at, at)
        for pieces in told
    )
    return (corner, *cells)
