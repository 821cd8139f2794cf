"""Tables without any ruling: rows whose figures or words stand in columns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats.pdf_bands import tables_between_rules
from ingest.formats.pdf_cells import (
    COLUMN_GAP,
    NEW_ROW,
    WRAP,
    Span,
    are_labels,
    column_of,
    edges_between,
    grouped,
    head_rows,
    is_tabular,
    outline,
    row_cells,
    spans,
)
from ingest.formats.pdf_columns import column_lines
from ingest.formats.pdf_lines import MARKER, Line, segments
from ingest.formats.pdf_marks import Ruling
from ingest.formats.pdf_tables import FIGURE, Table, heads_by_figures

_BLANK_FIGURE = re.compile(r"^(?:n/?[ark]|tbc|[-–—*.]{1,3})$", re.IGNORECASE)
_PAGES = re.compile(r"^\(?(?:pages?\s*)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\)?$", re.IGNORECASE)
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
_ROW_REACH = 3.9
_HEADER_STEP = 2.0
_MOST_HEADER_LINES = 5
_SAME_EDGE = 2.5
_LONG_CELL = 160
_LONG_LABEL = 38
_WHOLE_WIDTH = 0.9


class _Row(NamedTuple):
    line: Line
    parts: list[Line]
    figures: int


def aligned_tables(
    lines: Sequence[Line], rules: Sequence[Ruling]
) -> tuple[list[Table], list[Line]]:
    """The tables among lines that are sorted from the top, and the lines in none."""
    banded, rest = tables_between_rules(lines, rules)
    columns = column_lines(rest)
    rows = [_read(line) for line in rest]
    tables: list[Table] = []
    used: set[int] = set()
    for run, figured in _runs(rows, columns):
        if used.intersection(run):
            continue
        found = (_from_figures if figured else _from_text)(rows, run, used)
        if found is not None:
            tables.append(found[0])
            used.update(found[1])
    return [*banded, *tables], [line for i, line in enumerate(rest) if i not in used]


def _read(line: Line) -> _Row:
    parts = segments(line)
    figures = sum(1 for part in parts if _is_figure(part)) if len(parts) > 1 else 0
    return _Row(line, parts, figures)


def _is_figure(part: Line) -> bool:
    text = part.text
    return bool(FIGURE.match(text) or _BLANK_FIGURE.match(text) or _PAGES.match(text))


def _runs(rows: Sequence[_Row], columns: set[int]) -> Iterator[tuple[list[int], bool]]:
    """Rows that follow each other and stand in columns, and whether figures make them up."""
    figured = [
        i for i, row in enumerate(rows) if row.figures >= _FEWEST_FIGURES and i not in columns
    ]
    for run in _close(rows, figured, 3):
        yield run, True
    several = [
        i
        for i, row in enumerate(rows)
        if len(row.parts) > 1 and i not in columns and not _numbered(row)
    ]
    for run in _close(rows, several, 2):
        yield from ((part, False) for part in _lined_up(rows, run))


def _numbered(row: _Row) -> bool:
    return len(row.parts) == 2 and bool(MARKER.match(row.parts[0].text))


def _close(rows: Sequence[_Row], seeds: Sequence[int], reach: int) -> list[list[int]]:
    runs: list[list[int]] = []
    for i in seeds:
        if runs:
            last = runs[-1][-1]
            gap = rows[i].line.y - rows[last].line.y
            if gap <= _ROW_REACH * rows[i].line.size and i - last <= reach:
                runs[-1].append(i)
                continue
        runs.append([i])
    return [run for run in runs if len(run) >= _FEWEST_ROWS]


def _lined_up(rows: Sequence[_Row], run: Sequence[int]) -> Iterator[list[int]]:
    """Stretches of a run whose cells begin below each other, as columns of text do."""
    starts = Counter(round(part.x0 / _SAME_EDGE) for i in run for part in rows[i].parts[1:])
    common = [start for start, count in starts.items() if count >= _FEWEST_ROWS]

    def stands(i: int) -> bool:
        return any(
            abs(part.x0 / _SAME_EDGE - start) <= 1 for part in rows[i].parts[1:] for start in common
        )

    part: list[int] = []
    for i in run:
        if stands(i):
            part.append(i)
            continue
        if len(part) >= _FEWEST_ROWS:
            yield part
        part = []
    if len(part) >= _FEWEST_ROWS:
        yield part


def _from_figures(
    rows: Sequence[_Row], run: list[int], used: set[int]
) -> tuple[Table, list[int]] | None:
    """The table that rows of figures are part of, with the header above them."""
    columns = _part_spans([part for i in run for part in rows[i].parts])
    if len(columns) < 2 or not _figured(rows, run, columns):
        return None
    edges = edges_between(columns)
    taken = list(range(run[0], run[-1] + 1))
    if not all(_fits(rows[i].line, edges) for i in taken):
        return None
    following = run[-1] + 1
    while following < len(rows) and _wraps(rows, following, edges):
        taken.append(following)
        following += 1
    groups: list[list[Line]] = []
    for i in taken:
        if groups and _wraps(rows, i, edges):
            groups[-1].append(rows[i].line)
        else:
            groups.append([rows[i].line])
    cells = [row_cells(group, edges, len(columns)) for group in groups]
    headed = _header(rows, run[0], columns, edges, used)
    above = head_rows([rows[i].line for i in headed], columns, edges)
    heads = len(above) or heads_by_figures(cells)
    taken = [*headed, *taken]
    return Table(outline([rows[i].line for i in taken]), tuple([*above, *cells]), heads), taken


def _from_text(
    rows: Sequence[_Row], run: list[int], used: set[int]
) -> tuple[Table, list[int]] | None:
    """The table that rows of words in columns make up, with the lines their cells wrap onto."""
    columns = spans(rows[i].line for i in range(run[0], run[-1] + 1))
    if len(columns) < 2:
        return None
    edges = edges_between(columns)
    first, last = run[0], run[-1]
    while last + 1 < len(rows) and last + 1 not in used and _adjoins(rows, run, last, columns):
        last += 1
    taken = list(range(first, last + 1))
    lines = [rows[i].line for i in taken]
    groups = grouped(lines, edges, ())
    cells = [row_cells(group, edges, len(columns)) for group in groups]
    if len(cells) < 2 or not is_tabular(cells, len(columns)) or _prose(cells):
        return None
    bold = rows[first].line.bold and not all(line.bold for line in lines[1:])
    heads = 1 if bold and len(groups[0]) == 1 else heads_by_figures(cells)
    return Table(outline(lines), tuple(cells), heads), taken


def _adjoins(rows: Sequence[_Row], run: Sequence[int], last: int, columns: Sequence[Span]) -> bool:
    """Whether the line below a table begins where one of its columns does and crosses none."""
    line = rows[last + 1].line
    step = line.y - rows[last].line.y
    if step > WRAP * line.size or not _fits(line, edges_between(columns)):
        return False
    if any(abs(line.x0 - left) <= _SAME_EDGE for left, _ in columns[1:]):
        return True
    steps = [rows[i + 1].line.y - rows[i].line.y for i in range(run[0], last)]
    wraps = min(steps) < step * NEW_ROW < max(steps) and step <= min(steps) * NEW_ROW
    several = len(rows[last + 1].parts) > 1
    return abs(line.x0 - columns[0][0]) <= _SAME_EDGE and (several or wraps)


def _prose(cells: Sequence[Sequence[str]]) -> bool:
    """Whether both columns are running text: a page in two columns, not a table."""
    left = [row[0] for row in cells if row[0]]
    return any(len(cell) > _LONG_CELL for cell in left) or (
        len(cells[0]) == 2 and sum(1 for cell in left if len(cell) > _LONG_LABEL) > 0.5 * len(left)
    )


def _figured(rows: Sequence[_Row], run: Sequence[int], columns: Sequence[Span]) -> bool:
    edges = edges_between(columns)
    filled = [0] * len(columns)
    for i in run:
        for part in rows[i].parts:
            if _is_figure(part):
                filled[column_of(part.words[0], edges)] += 1
    return sum(1 for count in filled if count >= _FEWEST_ROWS) >= _FEWEST_FIGURES


def _part_spans(parts: Sequence[Line]) -> list[Span]:
    """The stretches that the parts of all rows cover between them, from the left."""
    columns: list[Span] = []
    for part in sorted(parts, key=lambda part: part.x0):
        if columns and part.x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], part.x1))
        else:
            columns.append((part.x0, part.x1))
    return columns


def _fits(line: Line, edges: Sequence[float]) -> bool:
    """Whether no word crosses from one column to the next, and words part where columns do."""
    if any(word.x0 < edge - 1 and word.x1 > edge + 1 for word in line.words for edge in edges):
        return False
    return all(
        column_of(one, edges) == column_of(two, edges) or two.x0 - one.x1 > COLUMN_GAP * line.size
        for one, two in zip(line.words, line.words[1:], strict=False)
    )


def _wraps(rows: Sequence[_Row], i: int, edges: Sequence[float]) -> bool:
    """Whether a line goes on with the cells of the row above it."""
    row, before = rows[i], rows[i - 1]
    if row.line.y - before.line.y > WRAP * row.line.size or not _fits(row.line, edges):
        return False
    first = row.line.words[0]
    if column_of(first, edges) > 0:
        return row.figures == 0
    return len(row.parts) == 1 and (first.text[:1].islower() or first.text[:1] in "([")


def _header(
    rows: Sequence[_Row],
    first: int,
    columns: Sequence[Span],
    edges: Sequence[float],
    used: set[int],
) -> list[int]:
    """The lines above the first row that label its columns."""
    found: list[int] = []
    for i in range(first - 1, max(-1, first - 1 - _MOST_HEADER_LINES), -1):
        line = rows[i].line
        gap = rows[i + 1].line.y - line.y
        placed = {column_of(word, edges) for word in line.words}
        spread = len(placed) > 1 and len(rows[i].parts) > 1
        fits = bool(found) or _fits(line, edges) or are_labels(line, columns)
        over = 0 not in placed or spread or (fits and len(placed) > 2)
        wide = line.x1 - line.x0 > _WHOLE_WIDTH * (columns[-1][1] - columns[0][0]) and not fits
        reach = _HEADER_STEP if found else _ROW_REACH
        if i in used or gap > reach * line.size or not over or wide or _numbered(rows[i]):
            break
        found.insert(0, i)
    return found
