"""Where a page's ruled tables are: lattices of rulings and the edges of shaded areas."""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.formats.pdf_marks import Box, Marks, Ruling

_SNAP = 2.5
_JOIN = 4.0
_TOUCH = 4.0
_MOST_RULINGS = 4000
_MOST_CELLS = 20_000
_FRAME = 0.9
_FILL_HEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Lattice:
    """Columns between `xs` and rows between `ys`.

    `owner[row][column]` is the first (row, column) of the cell there: merged cells share theirs.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def box(self) -> Box:
        """The table's outline."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.ys) - 1

    def cell_at(self, x: float, y: float) -> tuple[int, int]:
        """(row, column) of the cell that a point lies in, or is nearest to."""
        row = min(max(bisect.bisect_right(self.ys, y) - 1, 0), self.rows - 1)
        column = min(max(bisect.bisect_right(self.xs, x) - 1, 0), self.columns - 1)
        return self.owner[row][column]


def find_lattices(marks: Marks, width: float, height: float) -> list[Lattice]:
    """The ruled tables of a page, top first; none where it has too many lines to be one."""
    across = _joined([*marks.across, *_edges(marks.fills, width, height, down=False)])
    down = _joined([*marks.down, *_edges(marks.fills, width, height, down=True)])
    if len(across) + len(down) > _MOST_RULINGS:
        return []
    found = []
    for rows, columns in _components(across, down):
        lattice = _lattice(rows, columns)
        if lattice is not None and not _stripe(lattice, marks):
            found.append(lattice)
    found.sort(key=lambda lattice: lattice.ys[0])
    return _outermost(found)


def _stripe(lattice: Lattice, marks: Marks) -> bool:
    """Whether a lattice is one shaded row without rulings: every second row of some tables."""
    box = lattice.box
    return lattice.rows == 1 and not any(
        box.y0 - _TOUCH <= rule.at <= box.y1 + _TOUCH and rule.end > box.x0 and rule.start < box.x1
        for rule in marks.across
    )


def _edges(fills: Iterable[Box], width: float, height: float, *, down: bool) -> list[Ruling]:
    """The edges of shaded areas that may be cells: not the page's ground or a panel on it."""
    cells = [
        box
        for box in fills
        if box.y1 - box.y0 < _FILL_HEIGHT * height and box.area < _FILL_HEIGHT * width * height
    ]
    if down:
        return [Ruling(at, box.y0, box.y1) for box in cells for at in (box.x0, box.x1)]
    return [Ruling(at, box.x0, box.x1) for box in cells for at in (box.y0, box.y1)]


def _joined(rulings: list[Ruling]) -> list[Ruling]:
    """Rulings on (nearly) one line as one, where they touch."""
    rulings.sort()
    lines: list[list[Ruling]] = []
    for ruling in rulings:
        if lines and ruling.at - lines[-1][0].at <= _SNAP:
            lines[-1].append(ruling)
        else:
            lines.append([ruling])
    joined: list[Ruling] = []
    for line in lines:
        at = sum(ruling.at for ruling in line) / len(line)
        start = end = None
        for _, begin, stop in sorted(line, key=lambda ruling: ruling.start):
            if start is None or end is None:
                start, end = begin, stop
            elif begin <= end + _JOIN:
                end = max(end, stop)
            else:
                joined.append(Ruling(at, start, end))
                start, end = begin, stop
        if start is not None and end is not None:
            joined.append(Ruling(at, start, end))
    return joined


def _components(
    across: Sequence[Ruling], down: Sequence[Ruling]
) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Groups of rulings that cross or touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [ruling.at for ruling in across]
    for j, column in enumerate(down):
        low = bisect.bisect_left(heights, column.start - _TOUCH)
        high = bisect.bisect_right(heights, column.end + _TOUCH)
        for i in range(low, high):
            if across[i].start - _TOUCH <= column.at <= across[i].end + _TOUCH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, ruling in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(ruling)
    for j, ruling in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(ruling)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _lattice(across: list[Ruling], down: list[Ruling]) -> Lattice | None:
    """The cells that a group of rulings encloses, if it is a table at all."""
    xs = _places([*(r.at for r in down), min(r.start for r in across), max(r.end for r in across)])
    ys = _places([*(r.at for r in across), min(r.start for r in down), max(r.end for r in down)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > _MOST_CELLS:
        return None
    beside = _by_place(down, xs)
    below = _by_place(across, ys)
    parent = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    def join(one: tuple[int, int], two: tuple[int, int]) -> None:
        first, second = sorted((root(one), root(two)))
        parent[second] = first

    for r in range(rows):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(columns):
            if c + 1 < columns and not _covers(beside[c + 1], middle):
                join((r, c), (r, c + 1))
            centre = (xs[c] + xs[c + 1]) / 2
            if r + 1 < rows and not _covers(below[r + 1], centre):
                join((r, c), (r + 1, c))
    owner = tuple(tuple(root((r, c)) for c in range(columns)) for r in range(rows))
    return _trimmed(Lattice(tuple(xs), tuple(ys), owner))


def _trimmed(lattice: Lattice) -> Lattice | None:
    """A lattice without rows and columns that add no cell; None when one cell is left."""
    keep_rows = [
        r for r in range(lattice.rows) if r == 0 or lattice.owner[r] != lattice.owner[r - 1]
    ]
    keep_columns = [
        c
        for c in range(lattice.columns)
        if c == 0 or any(row[c] != row[c - 1] for row in lattice.owner)
    ]
    if len({cell for row in lattice.owner for cell in row}) < 2:
        return None
    place_row = {r: i for i, r in enumerate(keep_rows)}
    place_column = {c: i for i, c in enumerate(keep_columns)}

    def moved(cell: tuple[int, int]) -> tuple[int, int]:
        row = max(r for r in keep_rows if r <= cell[0])
        column = max(c for c in keep_columns if c <= cell[1])
        return place_row[row], place_column[column]

    return Lattice(
        (*(lattice.xs[c] for c in keep_columns), lattice.xs[-1]),
        (*(lattice.ys[r] for r in keep_rows), lattice.ys[-1]),
        tuple(tuple(moved(lattice.owner[r][c]) for c in keep_columns) for r in keep_rows),
    )


def _places(values: Iterable[float]) -> list[float]:
    """Positions in order, those that are nearly the same as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOUCH:
            places.append(value)
    return places


def _by_place(rulings: Iterable[Ruling], places: Sequence[float]) -> list[list[Ruling]]:
    """The rulings at each place."""
    placed: list[list[Ruling]] = [[] for _ in places]
    for ruling in rulings:
        i = bisect.bisect_left(places, ruling.at)
        near = min(
            (k for k in (i - 1, i) if 0 <= k < len(places)),
            key=lambda k: abs(places[k] - ruling.at),
        )
        placed[near].append(ruling)
    return placed


def _covers(rulings: Iterable[Ruling], at: float) -> bool:
    return any(ruling.start - 0.5 <= at <= ruling.end + 0.5 for ruling in rulings)


def _outermost(lattices: list[Lattice]) -> list[Lattice]:
    """Lattices that don't lie inside another."""
    kept: list[Lattice] = []
    for lattice in sorted(lattices, key=lambda one: -one.box.area):
        box = lattice.box
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        if not any(other.box.holds(x, y) for other in kept):
            kept.append(lattice)
    return sorted(kept, key=lambda lattice: lattice.ys[0])
