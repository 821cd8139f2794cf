"""Lists of dates with one figure each, below the line that says what they are of.

Boats in harbour at the end of each month
Apr 2023 12
May 2023 15
"""

import re
from collections.abc import Iterator, Sequence

from indicators.lines import Line, Places, lines_of
from indicators.stacked_tables import as_table, is_label
from ingest.model import Cell, Paper, Table
from ingest.periods import find_periods

_FEWEST = 3
_ROW = re.compile(
    r"(?P<date>\S.*?\d)\W{1,3}(?P<value>[-–+]?£?\d[\d,]*(?:\.\d+)?\s?(?:%|m|k|bn|days)?)"
)


def dated_lists(paper: Paper) -> Iterator[Table]:
    """The tables of a paper that are lines of a date and a figure."""
    places = Places(paper)
    held = [line for line in lines_of(paper) if not line.mark]
    at = 0
    while at < len(held):
        rows = _rows(held, at)
        passage = places.of(held[at].start) if len(rows) >= _FEWEST and at else None
        if passage is not None and not places.is_table(held[at].start) and _says(held[at - 1]):
            above = held[at - 1]
            heads = (
                Cell("", above.start, above.start),
                Cell(above.text, above.start, above.end),
            )
            yield as_table(heads, rows, "", passage, paper)
        at += max(1, len(rows))


def _rows(held: Sequence[Line], at: int) -> list[tuple[Cell, ...]]:
    """The rows of a list that begins there; none where the line is no date with a figure."""
    rows: list[tuple[Cell, ...]] = []
    for line in held[at:]:
        cells = _cells(line)
        if cells is None or (rows and line.apart):
            break
        rows.append(cells)
    return rows


def _cells(line: Line) -> tuple[Cell, ...] | None:
    row = _ROW.fullmatch(line.text)
    named = find_periods(row["date"]) if row else ()
    if row is None or "\t" in line.text or len(named) != 1:
        return None
    if row["date"][: named[0].start].strip() or row["date"][named[0].end :].strip():
        return None
    date, value = row.span("date"), row.span("value")
    return tuple(Cell(line.text[a:b], line.start + a, line.start + b) for a, b in (date, value))


def _says(line: Line) -> bool:
    """Whether a line says what the figures below it are of."""
    text = line.text.rstrip(":")
    return is_label(text) and sum(map(str.isalpha, text)) > 3 and _cells(line) is None
