"""Words put into the columns of a table that has no lattice: its cells, rows and headers."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.formats.pdf_lines import MARKER, Line, segments
from ingest.formats.pdf_marks import Box
from ingest.formats.pdf_tables import FIGURE, cell_text
from ingest.formats.pdf_text import Word

COLUMN_GAP = 0.45
WRAP = 1.4
NEW_ROW = 1.1

Span = tuple[float, float]


def spans(lines: Iterable[Line]) -> list[Span]:
    """The stretches that words cover in any of the lines, from the left."""
    spans: list[Span] = []
    stretches = sorted(
        (word.x0, word.x1 + COLUMN_GAP * line.size) for line in lines for word in line.words
    )
    for start, end in stretches:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def edges_between(columns: Sequence[Span]) -> list[float]:
    """Where one column ends and the next begins."""
    return [(one[1] + two[0]) / 2 for one, two in pairwise(columns)]


def outline(lines: Sequence[Line]) -> Box:
    """The rectangle that lines fill."""
    return Box(
        min(line.x0 for line in lines),
        min(line.y - line.size for line in lines),
        max(line.x1 for line in lines),
        max(line.y for line in lines),
    )


def column_of(word: Word, edges: Sequence[float]) -> int:
    """The index of the column that a word stands in."""
    middle = (word.x0 + word.x1) / 2
    return sum(1 for edge in edges if middle > edge)


def row_cells(lines: Iterable[Line], edges: Sequence[float], count: int) -> tuple[str, ...]:
    """A row's cells from the lines that it fills."""
    held: list[list[Word]] = [[] for _ in range(count)]
    for line in lines:
        for word in line.words:
            held[column_of(word, edges)].append(word)
    return tuple(map(cell_text, held))


def head_rows(
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
                held[column_of(word, edges)].append(word)
    return tuple(map(cell_text, held))


def _chunks(line: Line) -> list[list[Word]]:
    """Words that stand a space apart at most."""
    chunks: list[list[Word]] = []
    for word in line.words:
        if chunks and word.x0 - chunks[-1][-1].x1 <= COLUMN_GAP * line.size:
            chunks[-1].append(word)
        else:
            chunks.append([word])
    return chunks


def are_labels(line: Line, columns: Sequence[Span]) -> bool:
    """Whether a line is made of labels, one at most to a column."""
    places = [_nearest(chunk, columns) for chunk in _chunks(line)]
    return len(places) > 1 and len(set(places)) == len(places)


def is_sentence(line: Line, columns: Sequence[Span]) -> bool:
    """Whether a line runs from the first column on into others, as no label of a column does."""
    part = segments(line)[0]
    return part.x0 < columns[0][1] and _over(part, columns) > 1


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


def grouped(
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
    spaced = any(step > NEW_ROW * least + 0.5 for step in steps)
    wrapped = spaced and least < WRAP * body[0].size
    rows: list[list[Line]] = []
    for i, line in enumerate(body):
        labelled = column_of(line.words[0], edges) == 0
        far = i == 0 or steps[i - 1] > NEW_ROW * least + 0.5
        if not rows or (far if wrapped else labelled):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def is_tabular(cells: Sequence[Sequence[str]], count: int) -> bool:
    """Whether rows are a table rather than numbered paragraphs or a list with hanging text."""
    filled = sum(1 for row in cells if sum(1 for cell in row if cell) > 1)
    if 2 * filled < len(cells) or filled < 2:
        return False
    labels = [row[0] for row in cells if row[0]]
    markers = sum(1 for label in labels if MARKER.match(label))
    figures = sum(1 for row in cells for cell in row[1:] if FIGURE.match(cell))
    return not (count == 2 and figures == 0 and 2 * markers >= len(labels))
