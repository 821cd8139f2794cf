"""The order in which a page's lines are read: columns one after the other, side headings first."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.pdf_lines import Line, segments

_MARKER = re.compile(r"^(?:[^\w\s]|o|\(?(?:[a-z]|[ivx]{1,4}|[\d.]{1,8})[).]?|[A-Z]{1,6}/?\d+)$")
_FEWEST_LEFT = 3
_FEWEST_RIGHT = 4
_GUTTER = 7.0
_NEAR = 3.0
_COLUMN_WIDTH = 0.26
_SHORT_SIDE = 0.6
_PROSE = 0.3
_FAR = 2.5


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that follow each other in one column, whose text may reach `right`."""

    lines: tuple[Line, ...]
    right: float


@dataclass(frozen=True, slots=True)
class _Band:
    first: int
    last: int
    left: list[Line]
    right: list[Line]


def reading_runs(lines: Sequence[Line], right: float) -> list[Run]:
    """Lines sorted from the top, as runs in the order they are read."""
    runs: list[Run] = []
    held: list[Line] = []
    rows = [segments(line) for line in lines]
    i = 0
    bands = {band.first: band for band in _bands(rows)}
    while i < len(rows):
        band = bands.get(i)
        if band is None:
            held.append(lines[i])
            i += 1
            continue
        if held:
            runs.append(Run(tuple(held), right))
            held = []
        runs.extend(_ordered(band, right))
        i = band.last + 1
    if held:
        runs.append(Run(tuple(held), right))
    return runs


def column_lines(lines: Sequence[Line]) -> set[int]:
    """The indices of lines that are set in two columns of running text."""
    rows = [segments(line) for line in lines]
    return {
        i for band in _bands(rows) if _two(band) for i in range(band.first, band.last + 1)
    }


def _two(band: _Band) -> bool:
    """Whether both columns are running text, rather than side headings beside it."""
    return len(band.left) > 0.5 * len(band.right)


def _bands(rows: Sequence[Sequence[Line]]) -> list[_Band]:
    """The stretches of a page that are set in two columns."""
    if len(rows) < _FEWEST_RIGHT:
        return []
    leftmost = min(part.x0 for row in rows for part in row)
    widest = max(part.x1 for row in rows for part in row) - leftmost
    starts = Counter(
        round(part.x0 / _NEAR) for row in rows for part in row if part.x0 > leftmost + 0.1 * widest
    )
    for start, _ in starts.most_common(3):
        edge = min(
            part.x0 for row in rows for part in row if abs(part.x0 / _NEAR - start) <= 1.0
        )
        found = [
            band
            for first, last in _stretches(rows, edge)
            if (band := _band(rows, first, last, edge)) and _columns(band, leftmost, widest)
        ]
        if found:
            return found
    return []


def _stretches(rows: Sequence[Sequence[Line]], edge: float) -> list[tuple[int, int]]:
    """Runs of rows that leave the gutter before `edge` free, with something right of it."""
    stretches: list[tuple[int, int]] = []
    start: int | None = None
    for i, row in enumerate([*rows, ()]):
        crossed = not row or any(p.x0 < edge - _GUTTER and p.x1 > edge - _GUTTER for p in row)
        if crossed:
            if start is not None:
                stretches.append((start, i - 1))
            start = None
        elif start is None:
            start = i
    return [
        (first, last)
        for first, last in (_tightened(rows, edge, *stretch) for stretch in stretches)
        if last - first + 1 >= _FEWEST_RIGHT
    ]


def _tightened(
    rows: Sequence[Sequence[Line]], edge: float, first: int, last: int
) -> tuple[int, int]:
    """A stretch from the first to the last row that has something in the right column."""

    def reaches(i: int) -> bool:
        return any(part.x0 >= edge - _GUTTER for part in rows[i])

    while first < last and not reaches(first):
        first += 1
    if not any(part.x0 < edge - _GUTTER for i in range(first, last + 1) for part in rows[i]):
        return first, first
    return first, last


def _band(rows: Sequence[Sequence[Line]], first: int, last: int, edge: float) -> _Band | None:
    left = [part for i in range(first, last + 1) for part in rows[i] if part.x0 < edge - _GUTTER]
    right = [part for i in range(first, last + 1) for part in rows[i] if part.x0 >= edge - _GUTTER]
    if len(left) < _FEWEST_LEFT or len(right) < _FEWEST_RIGHT:
        return None
    markers = sum(1 for part in left if _MARKER.match(part.text))
    return None if markers >= 0.5 * len(left) else _Band(first, last, left, right)


def _columns(band: _Band, leftmost: float, widest: float) -> bool:
    """Whether a band is two columns of running text, or side headings beside running text."""

    def prose(lines: Sequence[Line], least: float) -> float:
        return sum(1 for one in lines if one.x1 - one.x0 >= least * widest) / len(lines)

    if prose(band.right, _COLUMN_WIDTH) < _SHORT_SIDE:
        return False
    if prose(band.left, _COLUMN_WIDTH) >= _SHORT_SIDE:
        return True
    sparse = len(band.left) <= 0.5 * len(band.right)
    return sparse and prose(band.right, 2 * _PROSE) >= 0.5


def _ordered(band: _Band, right: float) -> list[Run]:
    """The left column, then the right; side headings each before the text beside them."""
    if _two(band):
        return [
            Run(tuple(band.left), max(line.x1 for line in band.left)),
            Run(tuple(band.right), max(right, max(line.x1 for line in band.right))),
        ]
    runs: list[Run] = []
    chunks = _chunks(band.left)
    for chunk, following in zip(chunks, [*chunks[1:], None], strict=True):
        top = chunk[0].y - 0.7 * chunk[0].size
        bottom = following[0].y - 0.7 * following[0].size if following else float("inf")
        if not runs:
            before = tuple(line for line in band.right if line.y < top)
            if before:
                runs.append(Run(before, right))
        runs.append(Run(tuple(chunk), max(line.x1 for line in chunk)))
        beside = tuple(line for line in band.right if top <= line.y < bottom)
        if beside:
            runs.append(Run(beside, right))
    return runs


def _chunks(lines: Sequence[Line]) -> list[list[Line]]:
    """Side headings: lines close below each other."""
    chunks: list[list[Line]] = []
    for line in lines:
        if chunks and line.y - chunks[-1][-1].y <= _FAR * 0.7 * line.size:
            chunks[-1].append(line)
        else:
            chunks.append([line])
    return chunks
