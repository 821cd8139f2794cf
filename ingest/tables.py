"""Tables from the rows of a block: pipe tables and tab-separated rows.

Header rows are told from body rows by the rule below them and by what they hold; a header
cell that spans columns is carried over the blank cells to its right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.blocks import Block, Line
from ingest.markup import plain
from ingest.model import Cell

_RULE = re.compile(r"^(?:-\s)?[\s|:–-]*--[\s|:–-]*$")
_FIGURE = re.compile(r"^[\[(]?[£+-]?\d[\d,. ]*(?:%|st|nd|rd|th)?[\])]?(?:\s*\(.{1,20}\))?$")

_NO_FIGURE = re.compile(
    r"[-–—.*]+|c|x|tbc|n/?[arks]|nil|not (?:reported|available|known|applicable|collected|due)\b.*|"
    r"no (?:data|figure)\b.*|suppressed|awaited|pending",
    re.IGNORECASE,
)
_STARS = re.compile(r"\*{1,2}")
"""A figure held back, which isn't emphasis of nothing."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DEEPEST_HEADER = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """Header rows and body rows of cells; rows may differ in length."""

    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


@lru_cache(maxsize=64)
def read_grids(block: Block, text: str) -> tuple[Grid, ...]:
    """The tables of a block: a rule heads another, and so does a row of labels amid figures."""
    return tuple(
        part for lines in _ruled_apart(block.lines) for part in _split(_read_grid(lines, text))
    )


def _ruled_apart(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each table: one with a header of its own begins where a blank line was."""
    opened = 0
    for i, line in enumerate(lines):
        begins = i > opened and line.after_blank and not _RULE.match(line.raw)
        if begins and any(
            _RULE.match(later.raw) for later in lines[i + 1 : i + 1 + _DEEPEST_HEADER]
        ):
            yield lines[opened:i]
            opened = i
    yield lines[opened:]


def _split(grid: Grid) -> Iterator[Grid]:
    """A table, cut where a row of labels stands between rows of figures."""
    header, rows = grid.header, list[tuple[Cell, ...]]()
    for i, row in enumerate(grid.rows):
        following = grid.rows[i + 1 : i + 2]
        heads = rows and _has_figures(rows[-1]) and _is_header(row) and _labels_columns(row)
        if heads and row[0].text and any(map(_has_figures, following)):
            yield Grid(header, tuple(rows))
            header, rows = (row,), []
        else:
            rows.append(row)
    yield Grid(header, tuple(rows))


def _labels_columns(row: tuple[Cell, ...]) -> bool:
    """Whether a row names several columns, rather than saying of one that it holds nothing."""
    return sum(bool(cell.text) and not _NO_FIGURE.fullmatch(cell.text) for cell in row[1:]) > 1


def _read_grid(lines: Sequence[Line], text: str) -> Grid:
    header: list[tuple[Cell, ...]] = []
    rows: list[tuple[Cell, ...]] = []
    for line in _joined(lines):
        if _RULE.match(line.raw):
            if not header and 0 < len(rows) <= _DEEPEST_HEADER:
                header, rows = _leading_labels(rows)
            continue
        cells = _cells(line, text)
        if any(cell.text for cell in cells):
            rows.append(cells)
    return _with_headers(header, rows)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Rows of a pipe table whose cells run over several lines, as one line each."""
    joined: list[Line] = []
    for line in lines:
        opened = joined and joined[-1].raw.startswith("|") and not joined[-1].raw.endswith("|")
        if opened and not line.raw.startswith(("|", "- |")):
            last = joined[-1]
            joined[-1] = Line(
                last.start, line.end, "", last.raw + "\n" + line.raw, last.after_blank
            )
        else:
            joined.append(line)
    return joined


def _cells(line: Line, text: str) -> tuple[Cell, ...]:
    source = text[line.start : line.end]
    piped = line.raw.startswith(("|", "- |"))
    offset = source.index("|") + 1 if piped else 0
    closed = len(source.rstrip()) - 1 if piped and source.rstrip().endswith("|") else len(source)
    barred = piped or ("\t" not in source and " | " in source)
    cells = []
    at = offset
    for end in [*_separators(source, offset, closed, "|" if barred else "\t"), closed]:
        raw = source[at:end]
        left = len(raw) - len(raw.lstrip())
        start = line.start + at + left
        stop = max(start, line.start + at + len(raw.rstrip()))
        shown = raw.strip() if _STARS.fullmatch(raw.strip()) else plain(text, start, stop).text
        cells.append(Cell(shown, start, stop))
        at = end + 1
    return tuple(cells)


def _separators(source: str, start: int, end: int, mark: str) -> list[int]:
    return [i for i in range(start, end) if source[i] == mark and source[i - 1] != "\\"]


def _with_headers(header: list[tuple[Cell, ...]], rows: list[tuple[Cell, ...]]) -> Grid:
    """Header rows found below the rule, or above the first row of figures."""
    if not header and len(rows) > 1 and _is_header(rows[0]) and _heads(rows[0], rows[1:]):
        header.append(rows.pop(0))
    if header:
        spanning = any(not cell.text for cell in header[-1][1:])
        if spanning and len(rows) > 1 and _is_header(rows[0]) and _has_figures(rows[1]):
            header.append(rows.pop(0))
    width = len(header[-1]) if header else 0
    return Grid(tuple(header), tuple(_filled(row, width) for row in rows))


def _filled(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """A row with the blank cells at its end that a line of text doesn't keep."""
    end = row[-1].end
    return (*row, *[Cell("", end, end)] * (width - len(row)))


def _heads(labels: tuple[Cell, ...], rows: list[tuple[Cell, ...]]) -> bool:
    """Whether a row of labels heads the rows below: of figures, or of more than two columns."""
    return len(labels) > 2 or any(map(_has_figures, rows))


def _leading_labels(
    rows: list[tuple[Cell, ...]],
) -> tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]]:
    """The rows above the rule: those of labels are the header, the rest is body."""
    count = 0
    while count < len(rows) and _is_header(rows[count]):
        count += 1
    return rows[:count], rows[count:]


def _is_header(row: tuple[Cell, ...]) -> bool:
    """Whether a row holds labels only, in more than its first cell."""
    labels = [cell.text for cell in row[1:] if cell.text]
    if not row[0].text:  # under an empty corner, years are labels
        labels = [text for text in labels if not _YEAR.fullmatch(text)] or ["years"]
    return bool(labels) and not any(_FIGURE.match(text) or len(text) > 70 for text in labels)


def _has_figures(row: tuple[Cell, ...]) -> bool:
    return any(_FIGURE.match(cell.text) for cell in row[1:])


def column_labels(header: tuple[tuple[Cell, ...], ...], column: int) -> tuple[str, ...]:
    """The header labels over a column, top first; a spanning label covers blanks after it."""
    labels = []
    for depth, row in enumerate(header):
        if column < len(row) and row[column].text:
            labels.append(row[column].text)
        elif depth < len(header) - 1 or len(header) == 1:
            spanning = [cell.text for cell in row[1 : column + 1] if cell.text]
            if spanning and column > 0 and len(header) > 1:
                labels.append(spanning[-1])
    return tuple(labels)


def row_sentence(header: tuple[tuple[Cell, ...], ...], row: tuple[Cell, ...]) -> str:
    """A row as a readable sentence: "label — column: value; column: value"."""
    if not header:
        return " | ".join(cell.text for cell in row if cell.text)
    parts = []
    for column, cell in enumerate(row[1:], 1):
        if cell.text:
            labels = " ".join(column_labels(header, column))
            parts.append(f"{labels}: {cell.text}" if labels else cell.text)
    lead = row[0].text or " ".join(column_labels(header, 0))
    return f"{lead} — {'; '.join(parts)}" if lead and parts else lead or "; ".join(parts)
