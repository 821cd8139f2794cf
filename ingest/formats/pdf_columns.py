"""The order in which a page's lines are read: columns one after the other, side headings first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.formats.pdf_lines import MARKER, Line, one_line, segments

_FEWEST_LEFT = 3
_FEWEST_RIGHT = 4
_GUTTER = 7.0
_AMPLE = 22.0
_NEAR = 3.0
_MIDDLE = (0.28, 0.72)
_FULL_WIDTH = 0.6
_WORDS_A_LINE = 3.5
_PROSE = 0.6
_FAR = 2.5
_MOST_LINES = 400
_CLOSE = 1.6


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
    bands = {band.first: band for band in _columned(lines)}
    runs: list[Run] = []
    held: list[Line] = []

    def flush() -> None:
        runs.extend(_single(held, right))
        held.clear()

    i = 0
    while i < len(lines):
        band = bands.get(i)
        if band is None:
            held.append(lines[i])
            i += 1
            continue
        flush()
        for side in (band.left, band.right):
            runs.append(Run(tuple(side), max(line.x1 for line in side)))
        i = band.last + 1
    flush()
    return runs


def column_lines(lines: Sequence[Line]) -> set[int]:
    """The indices of lines that are set in two columns of running text."""
    return {i for band in _columned(lines) for i in range(band.first, band.last + 1)}


def _columned(lines: Sequence[Line]) -> list[_Band]:
    """Stretches in which a gap down the middle parts two columns of running text."""
    if not _FEWEST_RIGHT <= len(lines) <= _MOST_LINES:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    gaps = [_gaps(line, low, high) for line in lines]
    found: list[tuple[float, _Band]] = []
    for i in range(len(lines)):
        shared, stop = gaps[i], i + 1
        while stop < len(lines) and (both := _shared(shared, gaps[stop])):
            shared, stop = both, stop + 1
        if stop - i >= _FEWEST_RIGHT:
            found.extend(_parted(lines, i, stop - 1, shared))
    kept: list[_Band] = []
    for _, band in sorted(found, key=lambda one: -one[0]):
        if all(band.last < other.first or other.last < band.first for other in kept):
            kept.append(band)
    return kept


def _gaps(line: Line, low: float, high: float) -> list[tuple[float, float]]:
    """Where nothing stands on a line in the middle of the page."""
    gaps: list[tuple[float, float]] = []
    start = low
    for word in line.words:
        if word.x0 - start >= _GUTTER:
            gaps.append((start, min(word.x0, high)))
        start = max(start, word.x1)
        if start >= high:
            break
    if high - start >= _GUTTER:
        gaps.append((start, high))
    return [gap for gap in gaps if gap[1] - gap[0] >= _GUTTER]


def _shared(
    one: Sequence[tuple[float, float]], two: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in two]
    return [gap for gap in both if gap[1] - gap[0] >= _GUTTER]


def _parted(
    lines: Sequence[Line], first: int, last: int, gaps: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, _Band]]:
    """The two columns beside each gap of a stretch that are running text, and how clear it is."""
    for start, end in gaps:
        middle = (start + end) / 2
        rights = [i for i in range(first, last + 1) if lines[i].x1 > middle]
        if not rights:
            continue
        top, stop = rights[0], rights[-1]
        stop = _tail(lines, stop, last)
        while top > first and lines[top].y - lines[top - 1].y <= _FAR * 0.6 * lines[top].size:
            top -= 1
        held = lines[top : stop + 1]
        left = [side for line in held if (side := _side(line, middle, right=False))]
        right = [side for line in held if (side := _side(line, middle, right=True))]
        if _running(left) and _running(right):
            gap = min(line.x0 for line in right) - max(line.x1 for line in left)
            yield min(gap, _AMPLE) * len(held), _Band(top, stop, left, right)


def _tail(lines: Sequence[Line], stop: int, last: int) -> int:
    """Where the left column ends that goes on below the right one."""
    close, far = stop, stop
    while far < last and lines[far + 1].y - lines[far].y <= _FAR * 0.8 * lines[far].size:
        near = lines[far + 1].y - lines[far].y <= _CLOSE * lines[far].size
        far += 1
        close = far if near and close == far - 1 else close
    return far if far - stop >= _FEWEST_RIGHT else close


def _side(line: Line, middle: float, *, right: bool) -> Line | None:
    words = [word for word in line.words if (word.x0 > middle) == right]
    return one_line(words) if words else None


def _running(lines: Sequence[Line]) -> bool:
    """Whether lines are those of running text: most are as wide as the column, and unbroken."""
    if len(lines) < _FEWEST_RIGHT:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    wide = sum(1 for line in lines if line.x1 - line.x0 >= _FULL_WIDTH * (right - left))
    words = sum(len(line.words) for line in lines) / len(lines)
    broken = sum(1 for line in lines if _broken(line))
    return 2 * wide >= len(lines) and words >= _WORDS_A_LINE and 4 * broken <= len(lines)


def _broken(line: Line) -> bool:
    """Whether a line has a wide gap after something other than a list marker."""
    parts = segments(line)
    return len(parts) > 2 or (len(parts) == 2 and not MARKER.match(parts[0].text))


def _single(lines: Sequence[Line], right: float) -> list[Run]:
    """The runs of lines in one column, with side headings taken before the text beside them."""
    runs: list[Run] = []
    held: list[Line] = []
    rows = [segments(line) for line in lines]
    bands = {band.first: band for band in _bands(rows)}
    i = 0
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


def _bands(rows: Sequence[Sequence[Line]]) -> list[_Band]:
    """The stretches of a page that have side headings."""
    if len(rows) < _FEWEST_RIGHT:
        return []
    leftmost = min(part.x0 for row in rows for part in row)
    widest = max(part.x1 for row in rows for part in row) - leftmost
    starts = Counter(
        round(part.x0 / _NEAR) for row in rows for part in row if part.x0 > leftmost + 0.1 * widest
    )
    for start, count in starts.most_common(3):
        if count < _FEWEST_RIGHT:
            break
        edge = min(part.x0 for row in rows for part in row if abs(part.x0 / _NEAR - start) <= 1.0)
        found = [
            band
            for first, last in _stretches(rows, edge)
            if (band := _band(rows, first, last, edge)) and _headed(band, widest)
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
    markers = sum(1 for part in left if MARKER.match(part.text))
    return None if markers >= 0.5 * len(left) else _Band(first, last, left, right)


def _headed(band: _Band, widest: float) -> bool:
    """Whether a band is side headings beside running text."""
    prose = sum(1 for line in band.right if line.x1 - line.x0 >= _PROSE * widest)
    return 2 * len(band.left) <= len(band.right) and 2 * prose >= len(band.right)


def _ordered(band: _Band, right: float) -> list[Run]:
    """Side headings, each before the text beside it."""
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
