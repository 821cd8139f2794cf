"""Tables with merged cells laid out as rows of as many cells, for Word and web pages alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.errors import UnreadableFile
from ingest.formats import render

_FIGURE = re.compile(r"^[\[(]?[£+-]?\d[\d,. ]*(?:%|[a-z]{1,4})?[\])]?$", re.IGNORECASE)
_LABEL = 80
_DEEPEST_HEADER = 2
_WIDEST_SPAN = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as the file holds it: its markup and how many columns and rows it covers."""

    markup: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Laid:
    """A table to print: captions that ran over its full width, header and body rows.

    `sources` are the rows of the file that the body rows come from.
    """

    captions: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header_rows: int
    sources: tuple[int, ...]

    def blocks(self) -> list[str]:
        """The markup: each caption a block in bold, then the table."""
        shown = [render.bold(line) for line in self.captions]
        return [*shown, render.table(self.rows, self.header_rows)] if self.rows else shown

    def parts(self, ends: Sequence[int]) -> Iterator["Laid"]:
        """The table up to each row of the file in `ends`, every part with the header rows."""
        head, body = self.rows[: self.header_rows], self.rows[self.header_rows :]
        begin = 0
        for i, end in enumerate(ends):
            kept = [k for k, source in enumerate(self.sources) if begin <= source < end]
            rows = (*head, *(body[k] for k in kept)) if kept else ()
            sources = tuple(self.sources[k] for k in kept)
            yield Laid(self.captions if i == 0 else (), rows, self.header_rows, sources)
            begin = end


@dataclass(frozen=True, slots=True)
class _Placed:
    """A piece in its place."""

    row: int
    column: int
    piece: Piece


def lay_out(
    rows: Sequence[Sequence[Piece]], header_rows: int, most_cells: int, *, spread: bool = False
) -> Laid:
    """A table's cells in their columns.

    With `spread` a header cell labels every column that it covers; else it stands over the first,
    with blanks after it. A label that covers several body rows is
    said in each, so that a row stands alone; figures and long text are printed once. Rows over
    the full width above the table are its captions; blank rows are left out.
    """
    placed = tuple(_placed(rows))
    width = max((at.column + 1 for at in placed if at.piece.markup), default=0)
    if width * len(rows) > most_cells:
        raise UnreadableFile(
            f"a table has more than {most_cells:,} cells; split the file and try again."
        )
    grid = [[""] * width for _ in rows]
    for at in placed:
        _fill(grid, at, header=at.row < header_rows, spread=spread or header_rows == 1)
    across = {at.row for at in placed if at.piece.across >= width and at.piece.down == 1}
    kept = [i for i, row in enumerate(grid) if any(row)]
    captions: list[str] = []
    while width > 1 and len(kept) > 1 and kept[0] in across:
        captions.append(grid[kept.pop(0)][0].replace(render.BREAK, " ").replace("\\|", "|"))
    heads = sum(i < header_rows for i in kept)
    lines = [tuple(grid[i]) for i in kept]
    if heads > _DEEPEST_HEADER:
        extra = heads - _DEEPEST_HEADER + 1
        lines[:extra] = [_joined(lines[:extra])]
        heads = _DEEPEST_HEADER
    return Laid(tuple(captions), tuple(lines), heads, tuple(i for i in kept if i >= header_rows))


def _placed(rows: Sequence[Sequence[Piece]]) -> Iterator[_Placed]:
    """Each piece with its row and its first column: right of what reaches down from above."""
    reaching: dict[int, int] = {}  # the first row that a column is free in again
    for depth, row in enumerate(rows):
        column = 0
        for piece in row:
            while reaching.get(column, 0) > depth:
                column += 1
            yield _Placed(depth, column, piece)
            stop = column + max(1, min(piece.across, _WIDEST_SPAN))
            for covered in range(column, stop) if piece.down > 1 else ():
                reaching[covered] = depth + piece.down
            column = stop


def _fill(grid: list[list[str]], at: _Placed, *, header: bool, spread: bool) -> None:
    piece = at.piece
    if not piece.markup:
        return
    grid[at.row][at.column] = piece.markup
    if header:
        reach = piece.across if spread else 1
        for column in range(at.column, min(at.column + reach, len(grid[at.row]))):
            grid[at.row][column] = piece.markup
    elif len(piece.markup) <= _LABEL and not _FIGURE.match(piece.markup):
        for row in range(at.row, min(at.row + piece.down, len(grid))):
            grid[row][at.column] = piece.markup


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Header rows as one: the different labels of each column, top first."""
    return tuple(
        " ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)
    )
