"""Tables without a lattice: between horizontal rulings, or rows that stand in columns."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.formats.pdf_columns import column_lines
from ingest.formats.pdf_lines import Line, segments
from ingest.formats.pdf_marks import Box, Ruling
from ingest.formats.pdf_tables import FIGURE, Table, cell_text, heads_by_figures
from ingest.formats.pdf_text import Word

_BLANK_FIGURE = re.compile(r"^(?:n/?[ark]|tbc|[-–—*.]{1,3})$", re.IGNORECASE)
_PAGES = re.compile(r"^\(?(?:pages?\s*)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\)?$", re.IGNORECASE)
_MARKER = re.compile(r"^(?:[^\w\s]|o|\(?(?:[a-z]|[ivx]{1,4}|[\d.]{1,8})[).]?|[A-Z]{1,6}/?\d+)$")
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
_ROW_REACH = 3.9
_WRAP = 1.4
_MOST_HEADER_LINES = 5
_SAME_EXTENT = 5.0
_SAME_EDGE = 2.5
_COLUMN_GAP = 0.45
_NEW_ROW = 1.1
_MOST_RULES = 14
_LONG_CELL = 160

Span = tuple[float, float]


class _Row(NamedTuple):
    line: Line
    parts: list[Line]
    figures: int


def aligned_tables(
    lines: Sequence[Line], rules: Sequence[Ruling]
) -> tuple[list[Table], list[Line]]:
    """The tables among lines that are sorted from the top, and the lines in none."""
    banded, rest = _between_rules(lines, rules)
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


def _between_rules(
    lines: Sequence[Line], rules: Sequence[Ruling]
) -> tuple[list[Table], list[Line]]:
    """Tables that horizontal rulings of one width enclose, and the lines outside them."""
    tables: list[Table] = []
    rest = list(lines)
    for group in _same_extent(rules):
        first = 0
        while first < len(group) - 1:
            found = None
            for last in range(len(group) - 1, first, -1):
                found = _band(rest, group[first : last + 1])
                if found is not None:
                    table, taken = found
                    tables.append(table)
                    gone = set(map(id, taken))
                    rest = [line for line in rest if id(line) not in gone]
                    first = last
                    break
            if found is None:
                first += 1
    return tables, rest


def _same_extent(rules: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Rulings that begin and end below each other, from the top."""
    left = sorted(rules)
    while left:
        head = left[0]
        alike = [
            rule
            for rule in left
            if abs(rule.start - head.start) <= _SAME_EXTENT
            and abs(rule.end - head.end) <= _SAME_EXTENT
        ]
        gone = set(map(id, alike))
        left = [rule for rule in left if id(rule) not in gone]
        if len(alike) > 1:
            step = max(1, len(alike) // _MOST_RULES)
            yield alike if step == 1 else [alike[0], alike[1], alike[-1]]


def _band(lines: Sequence[Line], rules: Sequence[Ruling]) -> tuple[Table, list[Line]] | None:
    """The table between the first and the last ruling, if what is there stands in columns."""
    top, bottom = rules[0].at, rules[-1].at
    left, right = rules[0].start - _SAME_EXTENT, rules[0].end + _SAME_EXTENT
    held = [
        line for line in lines if top < line.y <= bottom and line.x0 >= left and line.x1 <= right
    ]
    if len(held) < 2 or any(word.turn for line in held for word in line.words):
        return None
    inner = [rule.at for rule in rules[1:-1]]
    head = [line for line in held if inner and line.y < inner[0]]
    body = held[len(head) :]
    if not body or len(head) > _MOST_HEADER_LINES:
        head, body = [], held
    columns = _spans(body)
    if len(columns) < 2:
        return None
    table = _assembled(head, body, columns, inner)
    if table is None or not _tabular(table.rows[table.heads :], len(columns)):
        return None
    return table, held


def _spans(lines: Iterable[Line]) -> list[Span]:
    """The stretches that words cover in any of the lines, from the left."""
    spans: list[Span] = []
    stretches = sorted(
        (word.x0, word.x1 + _COLUMN_GAP * line.size) for line in lines for word in line.words
    )
    for start, end in stretches:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _assembled(
    head: Sequence[Line], body: Sequence[Line], columns: Sequence[Span], inner: Sequence[float]
) -> Table | None:
    edges = _edges(columns)
    groups = _grouped(body, edges, inner)
    cells = [_cells(group, edges, len(columns)) for group in groups]
    above = _head_rows(head, columns, edges)
    if not cells:
        return None
    heads = len(above) or heads_by_figures(cells)
    lines = [*head, *body]
    return Table(_outline(lines), tuple([*above, *cells]), heads)


def _edges(columns: Sequence[Span]) -> list[float]:
    return [(one[1] + two[0]) / 2 for one, two in pairwise(columns)]


def _outline(lines: Sequence[Line]) -> Box:
    return Box(
        min(line.x0 for line in lines),
        min(line.y - line.size for line in lines),
        max(line.x1 for line in lines),
        max(line.y for line in lines),
    )


def _column(word: Word, edges: Sequence[float]) -> int:
    middle = (word.x0 + word.x1) / 2
    return sum(1 for edge in edges if middle > edge)


def _cells(lines: Iterable[Line], edges: Sequence[float], count: int) -> tuple[str, ...]:
    held: list[list[Word]] = [[] for _ in range(count)]
    for line in lines:
        for word in line.words:
            held[_column(word, edges)].append(word)
    return tuple(map(cell_text, held))


def _head_rows(
    head: Sequence[Line], columns: Sequence[Span], edges: Sequence[float]
) -> list[tuple[str, ...]]:
    """Header rows: a line whose labels span columns is one of its own."""
    over = [line for line in head if any(_over(part, columns) > 1 for part in segments(line))]
    under = [line for line in head if line not in over]
    rows: list[tuple[str, ...]] = []
    if over and under:
        spanning = [""] * len(columns)
        for line in over:
            for part in segments(line):
                first = next((i for i, one in enumerate(columns) if one[1] > part.x0), 0)
                spanning[first] = f"{spanning[first]} {part.text}".strip()
        rows.append(tuple(spanning))
    if under or over:
        rows.append(_head_cells(under or over, columns, edges))
    return rows


def _head_cells(
    lines: Sequence[Line], columns: Sequence[Span], edges: Sequence[float]
) -> tuple[str, ...]:
    """Labels put over their columns whole, where each column of a line gets one at most."""
    held: list[list[Word]] = [[] for _ in columns]
    for line in lines:
        chunks = _chunks(line)
        places = [_nearest(chunk, columns) for chunk in chunks]
        if len(set(places)) == len(places):
            for place, chunk in zip(places, chunks, strict=True):
                held[place].extend(chunk)
        else:
            for word in line.words:
                held[_column(word, edges)].append(word)
    return tuple(map(cell_text, held))


def _chunks(line: Line) -> list[list[Word]]:
    """Words that stand a space apart at most."""
    chunks: list[list[Word]] = []
    for word in line.words:
        if chunks and word.x0 - chunks[-1][-1].x1 <= _COLUMN_GAP * line.size:
            chunks[-1].append(word)
        else:
            chunks.append([word])
    return chunks


def _labels(line: Line, columns: Sequence[Span]) -> bool:
    """Whether a line is made of labels, one at most to a column."""
    places = [_nearest(chunk, columns) for chunk in _chunks(line)]
    return len(places) > 1 and len(set(places)) == len(places)


def _nearest(chunk: Sequence[Word], columns: Sequence[Span]) -> int:
    """The column that some words stand over most, or share an edge with."""
    left, right = chunk[0].x0, chunk[-1].x1

    def off(i: int) -> tuple[bool, float]:
        start, end = columns[i]
        overlap = min(right, end) - max(left, start)
        shared = min(abs(left - start), abs(right - end), abs(left + right - start - end) / 2)
        return overlap <= 0, shared - overlap

    return min(range(len(columns)), key=off)


def _over(part: Line, columns: Sequence[Span]) -> int:
    """How many columns a label stands over."""
    return sum(1 for left, right in columns if part.x0 < right - 4 and part.x1 > left + 4)


def _grouped(
    body: Sequence[Line], edges: Sequence[float], inner: Sequence[float]
) -> list[list[Line]]:
    """The lines of each row, told by rulings, by distance, or by what the first column holds."""
    cuts = [at for at in inner if body[0].y < at < body[-1].y]
    if len(cuts) >= 2 or (cuts and len(body) <= 4):
        groups: list[list[Line]] = [[] for _ in range(len(cuts) + 1)]
        for line in body:
            groups[sum(1 for at in cuts if line.y > at)].append(line)
        return [group for group in groups if group]
    steps = [two.y - one.y for one, two in pairwise(body)]
    least = min(steps, default=0.0)
    spaced = any(step > _NEW_ROW * least + 0.5 for step in steps)
    wrapped = spaced and least < _WRAP * body[0].size
    rows: list[list[Line]] = []
    for i, line in enumerate(body):
        labelled = _column(line.words[0], edges) == 0
        far = i == 0 or steps[i - 1] > _NEW_ROW * least + 0.5
        if not rows or (far if wrapped else labelled):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _tabular(cells: Sequence[Sequence[str]], count: int) -> bool:
    """Whether rows are a table rather than numbered paragraphs or a list with hanging text."""
    filled = sum(1 for row in cells if sum(1 for cell in row if cell) > 1)
    if 2 * filled < len(cells) or filled < 2:
        return False
    labels = [row[0] for row in cells if row[0]]
    markers = sum(1 for label in labels if _MARKER.match(label))
    figures = sum(1 for row in cells for cell in row[1:] if FIGURE.match(cell))
    return not (count == 2 and figures == 0 and 2 * markers >= len(labels))


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
    return len(row.parts) == 2 and bool(_MARKER.match(row.parts[0].text))


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
    edges = _edges(columns)
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
    cells = [_cells(group, edges, len(columns)) for group in groups]
    headed = _header(rows, run[0], columns, edges, used)
    above = _head_rows([rows[i].line for i in headed], columns, edges)
    heads = len(above) or heads_by_figures(cells)
    taken = [*headed, *taken]
    return Table(_outline([rows[i].line for i in taken]), tuple([*above, *cells]), heads), taken


def _from_text(
    rows: Sequence[_Row], run: list[int], used: set[int]
) -> tuple[Table, list[int]] | None:
    """The table that rows of words in columns make up, with the lines their cells wrap onto."""
    columns = _spans(rows[i].line for i in range(run[0], run[-1] + 1))
    if len(columns) < 2:
        return None
    edges = _edges(columns)
    first, last = run[0], run[-1]
    while last + 1 < len(rows) and last + 1 not in used and _adjoins(rows, run, last, columns):
        last += 1
    taken = list(range(first, last + 1))
    lines = [rows[i].line for i in taken]
    groups = _grouped(lines, edges, ())
    cells = [_cells(group, edges, len(columns)) for group in groups]
    if len(cells) < 2 or not _tabular(cells, len(columns)) or _prose(cells):
        return None
    bold = rows[first].line.bold and not all(line.bold for line in lines[1:])
    heads = 1 if bold and len(groups[0]) == 1 else heads_by_figures(cells)
    return Table(_outline(lines), tuple(cells), heads), taken


def _adjoins(rows: Sequence[_Row], run: Sequence[int], last: int, columns: Sequence[Span]) -> bool:
    """Whether the line below a table begins where one of its columns does and crosses none."""
    line = rows[last + 1].line
    step = line.y - rows[last].line.y
    if step > _WRAP * line.size or not _fits(line, _edges(columns)):
        return False
    if any(abs(line.x0 - left) <= _SAME_EDGE for left, _ in columns[1:]):
        return True
    steps = [rows[i + 1].line.y - rows[i].line.y for i in range(run[0], last)]
    wraps = min(steps) < step * _NEW_ROW < max(steps) and step <= min(steps) * _NEW_ROW
    several = len(rows[last + 1].parts) > 1
    return abs(line.x0 - columns[0][0]) <= _SAME_EDGE and (several or wraps)


def _prose(cells: Sequence[Sequence[str]]) -> bool:
    """Whether both columns are running text: a page in two columns, not a table."""
    left = [row[0] for row in cells if row[0]]
    return any(len(cell) > _LONG_CELL for cell in left) or (
        len(cells[0]) == 2 and sum(1 for cell in left if len(cell) > 38) > 0.5 * len(left)
    )


def _figured(rows: Sequence[_Row], run: Sequence[int], columns: Sequence[Span]) -> bool:
    edges = _edges(columns)
    filled = [0] * len(columns)
    for i in run:
        for part in rows[i].parts:
            if _is_figure(part):
                filled[_column(part.words[0], edges)] += 1
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
        _column(one, edges) == _column(two, edges) or two.x0 - one.x1 > _COLUMN_GAP * line.size
        for one, two in zip(line.words, line.words[1:], strict=False)
    )


def _wraps(rows: Sequence[_Row], i: int, edges: Sequence[float]) -> bool:
    """Whether a line goes on with the cells of the row above it."""
    row, before = rows[i], rows[i - 1]
    if row.line.y - before.line.y > _WRAP * row.line.size or not _fits(row.line, edges):
        return False
    first = row.line.words[0]
    if _column(first, edges) > 0:
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
        placed = {_column(word, edges) for word in line.words}
        spread = len(placed) > 1 and len(rows[i].parts) > 1
        fits = bool(found) or _fits(line, edges) or _labels(line, columns)
        over = 0 not in placed or spread or (fits and len(placed) > 2)
        wide = line.x1 - line.x0 > 0.9 * (columns[-1][1] - columns[0][0]) and not fits
        if i in used or gap > _ROW_REACH * line.size or not over or wide:
            break
        found.insert(0, i)
    return found
