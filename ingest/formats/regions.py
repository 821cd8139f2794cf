"""The tables on a sheet: where each stands, its titles above, its header rows, its notes below."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.errors import UnreadableFile
from ingest.formats import render
from ingest.formats.grid import Piece, lay_out

_FIGURE = re.compile(r"[\[(]?[£+-]?\d[\d,.]*\s?(?:%|p|k|m|bn)?[\])]?", re.IGNORECASE)
_DEEPEST_HEADER = 4
_LABEL = 60
_PAIR = 2
_FEWEST_LABELS = 3


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that says something: its text as printed, and whether it is a figure."""

    text: str
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Cells merged into one, rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: by row and column, the cells that say something; and what else is to be known."""

    name: str
    rows: Mapping[int, Mapping[int, Value]]
    merged: tuple[Area, ...] = ()
    notes: tuple[str, ...] = ()


def sheet_blocks(sheet: Sheet, most_cells: int) -> list[str]:
    """The markup of a sheet's lines and tables, in printed order; raises UnreadableFile."""
    merged: dict[int, list[Area]] = {}
    for area in sheet.merged:
        if area.left in sheet.rows.get(area.top, ()):
            merged.setdefault(area.top, []).append(area)
    return [
        block
        for band in _bands(sheet)
        for block in _Region(sheet.rows, merged, band).blocks(most_cells)
    ]


def _bands(sheet: Sheet) -> Iterator[list[int]]:
    """Stretches of rows without a blank row; figures without a header go on with those above."""
    held: list[int] = []
    above: set[int] = set()
    figures = False
    for _, group in groupby(enumerate(sorted(sheet.rows)), key=lambda pair: pair[1] - pair[0]):
        band = [row for _, row in group]
        columns = {column for row in band for column in sheet.rows[row]}
        goes_on = (
            columns <= above and min(columns) == min(above) and _opens_with_figures(sheet, band)
        )
        if held and not (figures and goes_on):
            yield held
            held, above, figures = [], set(), False
        held += band
        above |= columns
        figures = figures or any(_has_figures(sheet.rows[row]) for row in band)
    if held:
        yield held


def _opens_with_figures(sheet: Sheet, band: Sequence[int]) -> bool:
    """Whether the first row of more than one cell holds figures, so that it heads nothing."""
    first = next((row for row in band if len(sheet.rows[row]) > 1), None)
    return first is not None and _has_figures(sheet.rows[first])


def _has_figures(row: Mapping[int, Value]) -> bool:
    """Whether a row holds a figure beside its label."""
    first = min(row, default=0)
    return any(value.figure for column, value in row.items() if column != first)


class _Region:
    """A band of rows: lines above, a table, lines below; or several tables side by side."""

    def __init__(
        self,
        cells: Mapping[int, Mapping[int, Value]],
        merged: Mapping[int, Sequence[Area]],
        rows: Sequence[int],
    ) -> None:
        """`merged` are the areas that say something, by their top rows."""
        self._cells = cells
        self._merged = merged
        self._rows = list(rows)

    def blocks(self, most_cells: int) -> Iterator[str]:
        """The band's markup."""
        begin, end = 0, len(self._rows)
        while begin < end and self._alone(begin):
            begin += 1
        while end > begin and self._alone(end - 1):
            end -= 1
        if begin == end:
            yield from map(self._line, self._rows)
            return
        yield from map(self._line, self._rows[:begin])
        for rows in self._parted(self._rows[begin:end]):
            for columns in self._columns(rows):
                yield from self._table(rows, columns, most_cells)
        yield from map(self._line, self._rows[end:])

    def _alone(self, place: int) -> bool:
        """Whether a row is a line of text: one cell, and not a label with its figure missing."""
        return len(self._cells[self._rows[place]]) == 1

    def _line(self, row: int) -> str:
        text = " ".join(value.text for value in self._cells[row].values())
        return render.paragraph(render.escaped(text))

    def _parted(self, rows: list[int]) -> Iterator[list[int]]:
        """The rows, with pairs of label and text above a wider table on their own."""
        widths = [len(self._cells[row]) for row in rows]
        top = next((i for i, width in enumerate(widths) if width > 2), 0)
        pairs = widths[:top]
        figures = any(_has_figures(self._cells[row]) for row in rows[:top])
        if pairs and max(widths) > 3 and not figures and not self._covers(rows[0]):
            yield rows[:top]
            rows = rows[top:]
        yield rows

    def _covers(self, row: int) -> bool:
        """Whether cells merged across columns stand in a row: it heads what is below."""
        return any(area.right > area.left for area in self._merged.get(row, ()))

    def _columns(self, rows: Sequence[int]) -> list[list[int]]:
        """The columns in use, parted where tables with labels of their own stand side by side."""
        filled: dict[int, list[Value]] = {}
        for row in rows:
            for column, value in self._cells[row].items():
                filled.setdefault(column, []).append(value)
        groups: list[list[int]] = []
        for _, group in groupby(enumerate(sorted(filled)), key=lambda pair: pair[1] - pair[0]):
            columns = [column for _, column in group]
            parted = _labelled([filled[column] for column in columns])
            if groups and not (parted and not self._bridged(rows, columns[0])):
                groups[-1] += columns
            else:
                groups.append(columns)
        return groups

    def _bridged(self, rows: Sequence[int], column: int) -> bool:
        """Whether a merged cell reaches over the gap before a column."""
        return any(
            area.left < column <= area.right for row in rows for area in self._merged.get(row, ())
        )

    def _table(self, rows: Sequence[int], columns: Sequence[int], most_cells: int) -> Iterator[str]:
        starts: dict[tuple[int, int], Piece] = {}
        covered: set[tuple[int, int]] = set()
        for row in rows:
            for area in self._merged.get(row, ()):
                below = rows[bisect_left(rows, row) : bisect_right(rows, area.bottom)]
                beside = columns[
                    bisect_left(columns, area.left) : bisect_right(columns, area.right)
                ]
                if not beside or beside[0] != area.left:
                    continue
                if len(covered) + len(below) * len(beside) > most_cells:
                    raise UnreadableFile(
                        f"a sheet has merged cells over more than {most_cells:,} cells; undo them."
                    )
                covered.update((r, c) for r in below for c in beside)
                starts[row, area.left] = Piece(
                    self._markup(row, area.left), len(beside), len(below)
                )
        pieces = [
            [
                starts.get((row, column)) or Piece(self._markup(row, column))
                for column in columns
                if (row, column) in starts or (row, column) not in covered
            ]
            for row in rows
        ]
        heads = self._header_rows(rows, columns)
        yield from lay_out(pieces, heads, most_cells, spread=True).blocks()

    def _markup(self, row: int, column: int) -> str:
        value = self._cells[row].get(column)
        if value is None:
            return ""
        return render.cell(render.escaped(line) for line in value.text.splitlines())

    def _header_rows(self, rows: Sequence[int], columns: Sequence[int]) -> int:
        """How many rows head the table: labels in more than one column, above figures or text.

        None for fields and what they hold, in two columns; what follows may know better.
        """
        shown = [
            {column: self._cells[row][column] for column in columns if column in self._cells[row]}
            for row in rows
        ]
        figures = next((i for i, row in enumerate(shown) if _has_figures(row)), None)
        if figures is None:
            full = len(shown[0]) == len(columns) > _PAIR
            short = all(len(value.text) <= _LABEL for value in shown[0].values())
            return int(full and short and len(shown) > 1)
        if len(columns) == _PAIR and shown[0] and _is_field(shown[0]):
            return 0
        heads = 0
        for row in shown[: min(figures, _DEEPEST_HEADER)]:
            if len(row) < 2 and not (heads == 0 and self._covers(rows[heads])):
                break
            if heads and not self._under(rows[heads - 1], shown[heads - 1], row, columns):
                break
            heads += 1
        return heads

    def _under(
        self,
        row: int,
        above: Mapping[int, Value],
        below: Mapping[int, Value],
        columns: Sequence[int],
    ) -> bool:
        """Whether a row of labels goes on with the header above it, which leaves columns blank."""
        open_above = self._covers(row) or len(above) < len(columns)
        return open_above and any(column not in above for column in below)


def _is_field(row: Mapping[int, Value]) -> bool:
    """Whether a row is a field and what it holds: "Version:" beside "2"."""
    return next(iter(row.values())).text.rstrip().endswith(":")


def _labelled(columns: Sequence[Sequence[Value]]) -> bool:
    """Whether columns begin with one of labels and go on with figures."""
    labels, *rest = columns
    figures = any(value.figure for column in rest for value in column)
    return figures and len(labels) >= _FEWEST_LABELS and not any(v.figure for v in labels)


def is_figure(text: str) -> bool:
    """Whether the text of a cell is a figure, not a label."""
    return bool(_FIGURE.fullmatch(text.strip()))
