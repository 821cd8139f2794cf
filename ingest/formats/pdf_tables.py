"""Ruled tables of a page: words put into the cells of its lattices."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.formats.pdf_grid import Lattice
from ingest.formats.pdf_lines import Line, read_lines
from ingest.formats.pdf_marks import Box
from ingest.formats.pdf_text import Word

FIGURE = re.compile(
    r"^[\[(]?\s?[£€$+<>~≥≤–-]?\s?\d[\d,.]*(?:\s\d{3})*\s?(?:%|k|m|bn|pp|days?|weeks?)?[\])]?[*†^]?$",
    re.IGNORECASE,
)
_NEW_ENTRY = re.compile(r"^(?:[•●▪■◦‣·\uf0b7\uf0a7–-]\s|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).]\s)")
_TORN_NUMBER = re.compile(r"(?:^|\s)\d{1,3}(?:,\d{3})*(?:\.\n\d|,\n\d{3}\b|\n[.,]\d)")
TORN = "\x1f"
"""Where a word may have been torn in a narrow cell, or two words stand below each other."""

_NARROW = 6.0
_LETTER = 0.6
_MOST_HEADS = 2
_MOST_PROSE_COLUMNS = 3
_LONG = 180
_MOST_OF_IT = 0.7
_PARAGRAPH_GAP = 1.75
_PARAGRAPH_STEP = 1.3
_MANY_SHADED = 0.5


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of one length; the first `heads` rows are headers, `caption` stands above.

    `prose` is set where the rulings only lay out running text, as in minutes whose rows are
    number, discussion and action: the lines of each cell of the rows below the headers.
    """

    box: Box
    rows: tuple[tuple[str, ...], ...]
    heads: int = 0
    caption: str = ""
    prose: tuple[tuple[tuple[Line, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a lattice: its number and cells, whether all of it is bold, and all shaded."""

    number: int
    cells: tuple[str, ...]
    bold: bool
    shaded: bool


def ruled_tables(
    lattices: Sequence[Lattice], words: Iterable[Word], fills: Sequence[Box]
) -> tuple[list[Table], list[Word]]:
    """The tables of the lattices, and the words that stand in none."""
    rest: list[Word] = []
    inside: list[list[Word]] = [[] for _ in lattices]
    boxes = [lattice.box for lattice in lattices]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.y - 0.3 * word.size
        at = next((i for i, box in enumerate(boxes) if box.holds(x, y, 1.0)), None)
        (rest if at is None else inside[at]).append(word)
    tables: list[Table] = []
    for lattice, held in zip(lattices, inside, strict=True):
        table = _table(lattice, held, fills)
        if table is None:
            rest.extend(held)
        else:
            tables.append(table)
    return tables, rest


def _table(lattice: Lattice, words: Sequence[Word], fills: Sequence[Box]) -> Table | None:
    """A table, or None where the rulings frame text rather than rows and columns."""
    placed: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        cell = lattice.cell_at((word.x0 + word.x1) / 2, word.y - 0.3 * word.size)
        placed.setdefault(cell, []).append(word)
    if len({column for _, column in placed}) < 2:
        return None
    rows = [_row(lattice, r, placed, fills) for r in range(lattice.rows)]
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        return None
    caption = ""
    if len(rows) > 2 and sum(map(bool, rows[0].cells)) == 1 and rows[0].cells[0]:
        spans = len(set(lattice.owner[0])) == 1
        if spans:
            caption = rows[0].cells[0]
            rows = rows[1:]
    used = [
        c for c in range(lattice.columns) if any(row.cells[c] for row in rows) or _broad(lattice, c)
    ]
    cells = tuple(tuple(row.cells[c] for c in used) for row in rows)
    heads = _heads(rows, cells)
    prose: tuple[tuple[tuple[Line, ...], ...], ...] = ()
    if main_column(cells[heads:]) is not None:
        prose = tuple(
            tuple(tuple(read_lines(placed.get((row.number, c), ()))) for c in used)
            for row in rows[heads:]
        )
    return Table(lattice.box, cells, heads, caption, prose)


def main_column(cells: Sequence[Sequence[str]]) -> int | None:
    """The column that holds running text in paragraphs, where rulings only lay it out."""
    if not cells or not 2 <= len(cells[0]) <= _MOST_PROSE_COLUMNS:
        return None
    lengths = [sum(map(len, column)) for column in zip(*cells, strict=True)]
    main = lengths.index(max(lengths))
    texts = [row[main] for row in cells if row[main]]
    long = sum(1 for text in texts if len(text) >= _LONG and "<br>" in text)
    whole = lengths[main] >= _MOST_OF_IT * sum(lengths)
    return main if whole and 2 * long >= len(texts) else None


def _broad(lattice: Lattice, column: int) -> bool:
    """Whether a blank column is wide enough to be one, rather than a double ruling."""
    own = any(lattice.owner[r][column] == (r, column) for r in range(lattice.rows))
    return own and lattice.xs[column + 1] - lattice.xs[column] > 10


def _row(
    lattice: Lattice,
    r: int,
    placed: dict[tuple[int, int], list[Word]],
    fills: Sequence[Box],
) -> _Row:
    cells: list[str] = []
    bolds: list[bool] = []
    shades: list[bool] = []
    for c in range(lattice.columns):
        held = placed.get((r, c), []) if lattice.owner[r][c] == (r, c) else []
        cells.append(cell_text(held, _room(lattice, r, c, held)))
        if held:
            bolds.append(all(word.bold for word in held if any(map(str.isalnum, word.text))))
        x = (lattice.xs[c] + lattice.xs[c + 1]) / 2
        y = (lattice.ys[r] + lattice.ys[r + 1]) / 2
        shades.append(any(box.holds(x, y) for box in fills))
    return _Row(r, tuple(cells), bool(bolds) and all(bolds), all(shades))


def _room(lattice: Lattice, r: int, c: int, held: Sequence[Word]) -> float:
    """How wide a line of text can be in a cell, its padding taken to be the same on both sides."""
    if not held:
        return 0.0
    end = c + 1
    while end < lattice.columns and lattice.owner[r][end] == (r, c):
        end += 1
    left, right = lattice.xs[c], lattice.xs[end]
    padding = min(min(word.x0 for word in held) - left, right - max(word.x1 for word in held))
    return right - left - 2 * max(0.0, padding)


def _heads(rows: Sequence[_Row], cells: Sequence[Sequence[str]]) -> int:
    """How many of the first rows are headers: by their weight, their ground, or what they hold."""
    signs: tuple[Callable[[int], bool], ...] = (
        lambda i: rows[i].bold,
        lambda i: rows[i].shaded,
    )
    for sign in signs:
        marked = [sign(i) for i in range(len(rows))]
        count = next((i for i, one in enumerate(marked) if not one), len(marked))
        rest = marked[count:]
        if 0 < count <= _MOST_HEADS and rest and sum(rest) <= _MANY_SHADED * len(rest):
            return count
    return heads_by_figures(cells)


def heads_by_figures(cells: Sequence[Sequence[str]]) -> int:
    """Rows of labels above rows of figures: one, or two where the first has spanning cells."""
    figured = [sum(1 for cell in row[1:] if FIGURE.match(cell)) for row in cells]
    if not any(figured) or figured[0]:
        return 0
    count = next(i for i, figures in enumerate(figured) if figures)
    labelled = sum(1 for cell in cells[0] if cell) > 1
    if count == 1:
        return 1 if labelled else 0
    blank = any(not cell for cell in cells[0][1:])
    return count if count == _MOST_HEADS and blank and labelled else 1 if labelled else 0


def cell_text(words: Sequence[Word], room: float = 0.0) -> str:
    """A cell's text on one line: `<br>` where an entry begins, twice where a paragraph does.

    Where the cell has so little `room` that words may be torn in it, `TORN` stands at such places.
    """
    if not words:
        return ""
    turned = [word for word in words if word.turn]
    upright = read_lines(word for word in words if not word.turn)
    pieces: list[str] = []
    before: Line | None = None
    steps = [two.y - one.y for one, two in pairwise(upright)]
    apart = min(_PARAGRAPH_GAP * upright[0].size, _PARAGRAPH_STEP * min(steps)) if steps else 0.0
    for line in upright:
        text = line.text
        if before is not None:
            gap = _between(before, line, apart, pieces[-1], text)
            torn = gap == " " and room and _fills(before, room) and _goes_on(text)
            pieces.append(TORN if torn and pieces[-1][-1].isalnum() else gap)
        pieces.append(text)
        before = line
    if turned:
        pieces.append(" " if pieces else "")
        pieces.append(" ".join(word.text for word in turned))
    return escaped("".join(pieces))


def escaped(text: str) -> str:
    """Text that a pipe row can hold."""
    return text.replace("|", "\\|")


def _goes_on(text: str) -> bool:
    """Whether a line begins as the rest of a torn word may."""
    return text[0].isalnum() and not text[0].isupper()


def _fills(line: Line, room: float) -> bool:
    """Whether not one letter more had room on a line of a narrow cell."""
    return room <= _NARROW * line.size and line.x1 - line.x0 + _LETTER * line.size > room


def _between(before: Line, line: Line, apart: float, said: str, text: str) -> str:
    if line.y - before.y > apart:
        return "<br><br>"
    if _NEW_ENTRY.match(text) or (before.bold and not line.bold and len(line.words) > 1):
        return "<br>"
    if said.endswith(("\u00ad", "-")) and said[-2:-1].isalnum():
        return ""
    if text[0] == "%" or _TORN_NUMBER.search(f"{said}\n{text}"):
        return ""
    return " "


def with_lines(table: Table) -> str:
    """A table as pipe rows, with a rule after its headers."""
    rows = [f"| {' | '.join(row)} |" for row in table.rows]
    if table.heads:
        rows.insert(table.heads, "|" + "---|" * len(table.rows[0]))
    return "\n".join(rows)
