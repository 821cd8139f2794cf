"""Lines that blanks set out in columns, gathered into blocks of rows under one another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from indicators.lines import Line, Places, lines_of
from indicators.pieces import Kind, Piece, is_period, pieces_of
from ingest.model import Paper

HANGS = 6
"""How far the further lines of a label may be set in."""
REACH = 8
"""Lines above the first row among which its headings are looked for."""
REFERENCE = re.compile(r"(?:[A-Z]{1,6}[ ./-]?)?\d{1,3}(?:\.\d{1,2})*[a-z]?[.)]?|[A-Z]{1,2}\d?[.)]?")
"""A number or code before a label."""
_FEWEST = 2
_BETWEEN = 4
"""Lines without values that may stand between two rows: wrapped labels and headings of groups."""
_PROSE_WORDS = 14
_ENDS = re.compile(r"[.;:?!][\"”’')\]]*$")
_APART = re.compile(r"\S[ \u00a0]{2,}\S")
_CLOSES = re.compile(
    r"^(?:chart|graph|figure|fig\.|key|notes?|source|table|\[|\d{1,2}(?:\.\d{1,2})+\s)",
    re.IGNORECASE,
)


class LineKind(Enum):
    """What a line may be in a table."""

    ROW = auto()
    HEAD = auto()
    WORDS = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class SetOut:
    """A line in pieces, the first `labels` of which say what its values are of."""

    line: Line
    pieces: tuple[Piece, ...]
    labels: int
    sort: LineKind

    @property
    def values(self) -> tuple[Piece, ...]:
        """The pieces behind the label."""
        return self.pieces[self.labels :]


@dataclass(slots=True)
class Block:
    """Rows under one another with the lines between them, and the lines above the first."""

    above: list[SetOut]
    lines: list[SetOut] = field(default_factory=list)
    since: int = 0
    """How many lines without values the last row has below it."""
    goes_on: bool = False
    """Whether nothing but the end of a page, or other headings, parts it from the block before."""

    @property
    def rows(self) -> list[SetOut]:
        """The lines with values."""
        return [read for read in self.lines if read.sort is LineKind.ROW]


def usual_left(rows: Sequence[SetOut]) -> int:
    """Where most labels begin."""
    lefts = [row.pieces[0].left for row in rows if row.labels]
    return max(set(lefts), key=lefts.count) if lefts else 0


def blocks_of(paper: Paper, places: Places) -> Iterator[Block]:
    """Lines one after the other, as long as they can be of one table."""
    above: list[SetOut] = []
    block: Block | None = None
    goes_on = False
    for line in lines_of(paper):
        read = _read(line)
        closes = "\t" in line.text or line.text.startswith("|") or places.is_table(line.start)
        if line.mark or closes or read.sort is LineKind.PROSE:
            if block:
                yield from _whole(block)
            goes_on = line.mark and (goes_on or block is not None)
            block, above = None, []
            continue
        if block and _ends(block, read):
            yield from _whole(block)
            above = block.lines[len(block.lines) - block.since :]
            block, goes_on = None, True
        if block:
            block.lines.append(read)
            block.since = 0 if read.sort is LineKind.ROW else block.since + 1
        elif read.sort is LineKind.ROW and not _is_head(read, above):
            block = Block(above[-REACH:], [read], goes_on=goes_on)
            goes_on = False
        else:
            above.append(read)
    if block:
        yield from _whole(block)


def _whole(block: Block) -> Iterator[Block]:
    """The block if it has rows enough, without the lines of headings that hold numbers."""
    usual = usual_left(block.rows)
    while block.above and block.lines and _is_over(block.lines[0], block.above[-1], usual):
        block.above.append(block.lines.pop(0))
    labelled = sum(bool(row.labels) for row in block.rows)
    if labelled >= _FEWEST or (block.rows and _is_series(block)):
        yield block


def _is_over(read: SetOut, above: SetOut, usual: int) -> bool:
    """Whether a line goes on with headings: it has nothing where the labels stand."""
    beside = read.pieces[0].left > usual + HANGS
    return beside and above.sort is LineKind.HEAD and not read.line.apart and read.labels > 0


def _is_series(block: Block) -> bool:
    """Whether one row of values stands under as many dates, and nothing else."""
    dates = block.above[-1].pieces if block.above else ()
    values = block.rows[0].pieces
    dated = len(dates) == len(values) > _FEWEST and all(p.kind is Kind.PERIOD for p in dates)
    return dated and not block.rows[0].labels


def _read(line: Line) -> SetOut:
    pieces = pieces_of(line)
    if len(pieces) == 1 or not _APART.search(line.text):
        text, at = line.text, line.indent
        pieces = (Piece(text, at, at + len(text), line.start),)
        words = len(text.split())
        prose = words > _PROSE_WORDS or (bool(_ENDS.search(text)) and words > 4)
        return SetOut(line, pieces, 1, LineKind.PROSE if prose else LineKind.WORDS)
    labels = _labels(pieces)
    kinds = {p.kind for p in pieces[labels:]}
    if Kind.FIGURE in kinds or (Kind.BLANK in kinds and Kind.WORDS not in kinds):
        return SetOut(line, pieces, labels, LineKind.ROW)
    return SetOut(line, pieces, labels, LineKind.HEAD)


def _labels(pieces: Sequence[Piece]) -> int:
    """How many pieces are the label: none, one, or its number or code and the words."""
    if all(p.kind in (Kind.FIGURE, Kind.BLANK) for p in pieces):
        return 0
    coded = len(pieces) > 2 and REFERENCE.fullmatch(pieces[0].text)
    return 2 if coded and pieces[1].kind is Kind.WORDS else 1


def _is_head(read: SetOut, above: Sequence[SetOut]) -> bool:
    """Whether figures are the years under months: "23 23 23" below "Apr May Jun"."""
    if not above or above[-1].sort is not LineKind.HEAD or read.line.apart:
        return False
    over = above[-1].pieces
    joined = [
        f"{o.text} {p.text}"
        for p in read.pieces
        for o in over
        if o.left < p.right and p.left < o.right
    ]
    dated = sum(map(is_period, joined))
    return dated > 1 and dated * 2 > len(read.pieces)


def _ends(block: Block, read: SetOut) -> bool:
    """Whether a line can't belong to the rows above it."""
    if read.sort is LineKind.ROW:
        gap = read.line.apart or block.since
        return bool(gap) and not _stands_under(read, block.rows)
    if block.since >= _BETWEEN or _CLOSES.match(read.line.text):
        return True
    if read.sort is LineKind.HEAD and read.line.apart and block.since:
        return True  # a caption stands between the rows above and a head of its own
    if read.sort is LineKind.HEAD and len(read.values) > 1:
        dated = sum(p.kind is Kind.PERIOD for p in read.pieces)
        return dated > 1 or read.line.apart
    return False


def _stands_under(read: SetOut, rows: Sequence[SetOut]) -> bool:
    """Whether most values of a row stand under values of the rows above."""
    held = [p for row in rows for p in row.values]
    if not read.values or len(read.values) > 2 * max(len(row.values) for row in rows):
        return False
    under = sum(any(h.left <= p.right and p.left <= h.right for h in held) for p in read.values)
    return 2 * under > len(read.values)
