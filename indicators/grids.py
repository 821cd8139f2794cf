"""Tables that blanks set out in columns, read by the place of their characters.

The columns are told from all rows together, and what heads each from all lines above the first row
(`columns.py`); which lines are rows says `set_out.py`, which words label them `row_labels.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indicators.columns import Span, columns_of, heading, heads_of
from indicators.lines import Places
from indicators.pieces import Piece
from indicators.row_labels import Row, body_of, rows_of
from indicators.set_out import REACH, Block, SetOut, blocks_of
from ingest.model import Cell, Locator, Paper, Passage, Table

_MOST_BETWEEN = 2
"""Lines of a group's heading, or of a label, between the headings and the first row."""
_BESIDE = 2
"""How far from the left of the labels what stands over them may begin."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What heads the columns of a block, what stands over its labels, and the line above.

    `between` are the lines that stand between the headings and the first row.
    """

    spans: tuple[Span, ...]
    columns: tuple[tuple[Piece, ...], ...]
    corner: tuple[Piece, ...]
    caption: str
    between: tuple[SetOut, ...] = ()

    def fits(self, spans: Sequence[Span]) -> bool:
        """Whether columns stand where those of this head do."""
        pairs = zip(self.spans, spans, strict=False)
        same = all(a.left < b.right and b.left < a.right for a, b in pairs)
        return same and len(spans) == len(self.spans) > 1 and any(self.columns)


def grids(paper: Paper) -> tuple[Table, ...]:
    """The tables that a paper sets out in columns of characters."""
    places = Places(paper)
    tables: list[Table] = []
    head: _Head | None = None
    for block in blocks_of(paper, places):
        head = _headed(block, head if block.goes_on else None)
        passage = places.of(block.rows[0].line.start)
        if passage is not None and head is not None:
            tables.extend(_tables(block, head, passage, paper))
    return tuple(tables)


def _tables(block: Block, head: _Head, passage: Passage, paper: Paper) -> Iterator[Table]:
    if len(head.spans) > 1 and not any(head.columns):
        return
    groups: dict[str, list[Row]] = {}
    for row in rows_of(block, head.spans, head.between):
        groups.setdefault(row.group, []).append(row)
    labelled = any(row.label for rows in groups.values() for row in rows)
    at = block.rows[0].line.start
    header = tuple(_head_cell(pieces, at) for pieces in head.columns)
    first = Cell(" ".join(p.text for p in head.corner), at, at)
    for group, rows in groups.items():
        body, coded = body_of(rows, labelled=labelled)
        over = tuple([Cell("", at, at)] * coded) + ((first,) if labelled else ())
        where = Locator(
            paper.id,
            min(row[0].start for row in body),
            max(cell.end for row in body for cell in row),
            passage.locator.page,
            passage.locator.item,
        )
        yield Table(
            " > ".join(text for text in (head.caption, group) if text),
            (passage.part_title, *passage.headings),
            ((*over, *header),),
            body,
            passage.meeting,
            where,
        )


def _head_cell(pieces: Sequence[Piece], at: int) -> Cell:
    if not pieces:
        return Cell("", at, at)
    return Cell(heading(pieces), pieces[-1].start, pieces[-1].end)


def _headed(block: Block, before: _Head | None) -> _Head | None:
    """The head of a block: that of the block before where its columns go on without one."""
    spans = columns_of([row.values for row in block.rows])
    if not spans:
        return None
    left = min(row.pieces[0].left for row in block.rows)
    read = [_over(line, spans, left) for line in block.above]
    at = _lowest(block, read)
    between = block.above[at:]
    lines: list[list[Piece]] = []
    corner: list[Piece] = []
    apart = False
    while at and len(lines) < REACH:
        over, beside = read[at - 1]
        far = apart and lines and len(over or ()) < min(len(spans), 2)
        if not over or far:
            break
        lines.insert(0, over)
        corner = [*beside, *corner]
        at -= 1
        apart = block.above[at].line.apart
    columns = heads_of(lines, spans)
    if columns is None:
        return None
    caption = block.above[at - 1].line.text if at else ""
    if before and not lines and before.fits(spans):
        return replace(before, between=tuple(block.above))
    return _Head(spans, columns, tuple(corner), caption, tuple(between))


def _lowest(block: Block, read: Sequence[tuple[list[Piece] | None, list[Piece]]]) -> int:
    """Behind which of the lines above the rows the headings end: the heading of a group may follow.

    All of them, where no line has anything over the columns.
    """
    at = len(read)
    while at and len(read) - at < _MOST_BETWEEN and not read[at - 1][0]:
        at -= 1
    return at if at and read[at - 1][0] else len(read)


def _over(read: SetOut, spans: Sequence[Span], left: int) -> tuple[list[Piece] | None, list[Piece]]:
    """The pieces of a line that stand over columns, and those over labels; None for a caption."""
    first = spans[0]
    over, beside = [], []
    for piece in read.pieces:
        if piece.right <= first.left or (
            piece.left <= left + _BESIDE and piece.middle < first.left and len(read.pieces) > 1
        ):
            beside.append(piece)
        elif piece.left <= left + _BESIDE and left + _BESIDE < first.left and len(read.pieces) == 1:
            return None, []
        else:
            over.append(piece)
    if not over and len(beside) == 1 and beside[0].right < first.left - 8 and read.line.apart:
        return None, []
    # The last of those before the first column may be its heading, a little to the left.
    if beside and over and not any(first.meets(p) for p in over):
        last = beside[-1]
        if first.gap(last) <= 3 and last.left > left + _BESIDE:
            over.insert(0, beside.pop())
    return over, beside
