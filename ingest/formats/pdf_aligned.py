"""Tables without rulings: rows whose figures stand in columns."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.formats.pdf_lines import Line, joined_text, segments
from ingest.formats.pdf_marks import Box
from ingest.formats.pdf_tables import FIGURE, Table, escaped, heads_by_figures
from ingest.formats.pdf_text import Word

_BLANK_FIGURE = re.compile(r"^(?:n/?[ark]|tbc|[-–—*.]{1,3})$", re.IGNORECASE)
_PAGES = re.compile(r"^\(?(?:pages?\s*)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\)?$", re.IGNORECASE)
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
_ROW_REACH = 3.2
_MOST_HEADER_LINES = 4


class _Row(NamedTuple):
    line: Line
    parts: list[Line]
    figures: int


def aligned_tables(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables among lines that are sorted from the top, and the lines in none."""
    rows = [_read(line) for line in lines]
    seeds = [i for i, row in enumerate(rows) if row.figures >= _FEWEST_FIGURES]
    tables: list[Table] = []
    used: set[int] = set()
    for group in _runs(rows, seeds):
        if group[0] in used:
            continue
        found = _table(rows, group, used)
        if found is not None:
            table, taken = found
            tables.append(table)
            used.update(taken)
    return tables, [line for i, line in enumerate(lines) if i not in used]


def _read(line: Line) -> _Row:
    parts = segments(line)
    figures = sum(1 for part in parts if _is_figure(part)) if len(parts) > 1 else 0
    return _Row(line, parts, figures)


def _is_figure(part: Line) -> bool:
    text = part.text
    return bool(FIGURE.match(text) or _BLANK_FIGURE.match(text) or _PAGES.match(text))


def _runs(rows: Sequence[_Row], seeds: Sequence[int]) -> list[list[int]]:
    """Rows of figures that follow each other, with a wrapped label at most between them."""
    runs: list[list[int]] = []
    for i in seeds:
        if runs:
            last = runs[-1][-1]
            gap = rows[i].line.y - rows[last].line.y
            if gap <= _ROW_REACH * 1.2 * rows[i].line.size and i - last <= 3:
                runs[-1].append(i)
                continue
        runs.append([i])
    return [run for run in runs if len(run) >= _FEWEST_ROWS]


def _table(
    rows: Sequence[_Row], run: list[int], used: set[int]
) -> tuple[Table, list[int]] | None:
    columns = _columns([part for i in run for part in rows[i].parts])
    filled = [0] * len(columns)
    for i in run:
        for part in rows[i].parts:
            if _is_figure(part):
                filled[_column(part, columns)] += 1
    if sum(1 for count in filled if count >= _FEWEST_ROWS) < _FEWEST_FIGURES:
        return None
    first, last = run[0], run[-1]
    grid: list[list[list[Word]]] = []
    taken: list[int] = []
    for i in range(first, last + 1):
        if i in run or not grid:
            grid.append([[] for _ in columns])
        for part in rows[i].parts:
            grid[-1][_column(part, columns)].extend(part.words)
        taken.append(i)
    following = last + 1
    while following < len(rows) and _wraps_label(rows, following, columns):
        for part in rows[following].parts:
            grid[-1][_column(part, columns)].extend(part.words)
        taken.append(following)
        following += 1
    head = [[] for _ in columns]  # type: list[list[Word]]
    headed = _header(rows, first, columns, used)
    for i in headed:
        for part in rows[i].parts:
            head[_column(part, columns)].extend(part.words)
    cells = [tuple(escaped(joined_text(words)) for words in row) for row in grid]
    heads = 0
    if any(head):
        cells.insert(0, tuple(escaped(joined_text(words)) for words in head))
        heads = 1
    else:
        heads = heads_by_figures(cells)
    taken = [*headed, *taken]
    lines = [rows[i].line for i in taken]
    box = Box(
        min(line.x0 for line in lines),
        lines[0].y - lines[0].size,
        max(line.x1 for line in lines),
        lines[-1].y,
    )
    return Table(box, tuple(cells), heads), taken


def _columns(parts: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches that the parts of all rows cover between them, from the left."""
    columns: list[tuple[float, float]] = []
    for part in sorted(parts, key=lambda part: part.x0):
        if columns and part.x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], part.x1))
        else:
            columns.append((part.x0, part.x1))
    return columns


def _column(part: Line, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a part overlaps most, or stands nearest to."""
    middle = (part.x0 + part.x1) / 2

    def off(k: int) -> tuple[float, float]:
        left, right = columns[k]
        return -max(0.0, min(part.x1, right) - max(part.x0, left)), abs(middle - (left + right) / 2)

    return min(range(len(columns)), key=off)


def _fits(row: _Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether each part of a row stands over one column only."""
    return all(
        sum(1 for left, right in columns if part.x0 < right - 2 and part.x1 > left + 2) <= 1
        for part in row.parts
    )


def _wraps_label(rows: Sequence[_Row], i: int, columns: Sequence[tuple[float, float]]) -> bool:
    row, before = rows[i], rows[i - 1]
    close = row.line.y - before.line.y <= 1.35 * row.line.size
    alone = len(row.parts) == 1 and len(before.parts) > 1
    lower = row.line.text[:1].islower() or row.line.text[:1] in "(["
    return close and alone and lower and _fits(row, columns)


def _header(
    rows: Sequence[_Row], first: int, columns: Sequence[tuple[float, float]], used: set[int]
) -> list[int]:
    """The lines above the first row that label its columns."""
    found: list[int] = []
    for i in range(first - 1, max(-1, first - 1 - _MOST_HEADER_LINES), -1):
        row = rows[i]
        gap = rows[i + 1].line.y - row.line.y
        if i in used or gap > _ROW_REACH * row.line.size or not _fits(row, columns):
            break
        several = len(row.parts) > 1
        over = len(row.parts) == 1 and _column(row.parts[0], columns) > 0
        if not (several or over):
            break
        found.insert(0, i)
    return found
