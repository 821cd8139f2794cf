"""Tables that go on below a heading of their rows, or on the next page, without their own head.

A table without a head goes on with the one before it where nothing but short lines stands between
the two, and where it has no more columns than the head and figures under one of them at least.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indicators.cells import find_figures
from ingest.markup import PAGE_MARK
from ingest.model import Cell, Paper, Table
from ingest.periods import find_periods

_FEWEST = 4
_SHORT = 70
_LINES_BETWEEN = 2
_SENTENCE_END = re.compile(r"[.;:?!]$")
_NEW_TABLE = re.compile(r"^\W*(?:table|figure|fig\.|chart|graph|annex|appendix)\b", re.IGNORECASE)


def continued(paper: Paper) -> Iterator[Table]:
    """The tables of a paper; what goes on with a table has its head."""
    opened: Table | None = None
    for table in paper.tables:
        if opened and not table.header and _goes_on(table, opened, paper):
            opened = replace(opened, locator=replace(opened.locator, end=table.locator.end))
            yield replace(table, header=opened.header)
            continue
        alone = not table.header and len(table.rows) == 1 and _is_head(table.rows[0])
        opened = replace(table, header=table.rows, rows=()) if alone else table
        if not alone:
            yield table
            opened = table if table.header else None


def _goes_on(table: Table, opened: Table, paper: Paper) -> bool:
    width, columns = max(map(len, table.rows)), len(opened.header[-1])
    if not _FEWEST <= width <= columns or table.meeting != opened.meeting:
        return False
    between = paper.text[opened.locator.end : table.locator.start].splitlines()
    told = [line.strip() for line in between if any(map(str.isalnum, line))]
    lines = [line for line in told if not PAGE_MARK.match(line)]
    return len(lines) <= _LINES_BETWEEN and all(map(_heads_rows, lines)) and _has_figures(table)


def _heads_rows(line: str) -> bool:
    """Whether a line may head some rows of a table: short, no sentence, no table's own title."""
    plain = line.strip(" *#|")
    return (
        len(plain) <= _SHORT
        and not _SENTENCE_END.search(plain)
        and not _NEW_TABLE.match(plain)
        and not find_periods(plain)
    )


def _has_figures(table: Table) -> bool:
    return any(find_figures(cell.text) for row in table.rows for cell in row[1:])


def _is_head(row: Sequence[Cell]) -> bool:
    """Whether a row alone is a head: several labels and dates, and no figure."""
    labels = [cell.text for cell in row if cell.text]
    return len(labels) >= _FEWEST and not any(map(find_figures, labels))
