"""Tables that blanks set out in columns, read by the place of their characters.

The columns are told from all rows together, and what heads each from all lines above the first row
(`columns.py`). A label may run over several lines, and lines without values between the rows head
those below. A row whose values can't be told apart by column isn't read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from indicators.columns import Span, columns_of, heading, heads_of
from indicators.lines import Line, Places, lines_of
from indicators.pieces import Kind, Piece, is_period, kind_of, pieces_of
from ingest.model import Cell, Locator, Paper, Passage, Table

_FEWEST = 2
_REACH = 8
"""Lines above the first row among which its headings are looked for."""
_MOST_BETWEEN = 2
"""Lines of a group's heading, or of a label, between the headings and the first row."""
_BETWEEN = 4
"""Lines without values that may stand between two rows: wrapped labels and headings of groups."""
_PROSE_WORDS = 14
_LABEL_LENGTH = 110
_HANGS = 6
"""How far the further lines of a label may be set in."""
_ENDS = re.compile(r"[.;:?!][\"”’')\]]*$")
_OPEN = re.compile(
    r"(?:[,(/&–-]|\b(?:the|of|and|or|to|for|in|a|an|with|by|who|on|at|per|their|from|than|within))$"
)
_CLOSES = re.compile(
    r"^(?:chart|graph|figure|fig\.|key|notes?|source|table|\[|\d{1,2}(?:\.\d{1,2})+\s)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:[A-Z]{1,6}[ ./-]?)?\d{1,3}(?:\.\d{1,2})*[a-z]?[.)]?|[A-Z]{1,2}\d?[.)]?"
)


_APART = re.compile(r"\S[ \u00a0]{2,}\S")
_CODE = re.compile(rf"(?:{_REFERENCE.pattern})(?=\s)")
_NOTE = re.compile(r"(?:\((?:[a-z]|\d{1,2})\)|[*†‡^#]+|\d\))\s")
"""The mark of a note below a table."""
_TOTAL = re.compile(r"(?:grand |sub-?|over)?(?:total|all)\b", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z%£#\"“‘'(\d]")


class _Sort(Enum):
    """What a line may be in a table."""

    ROW = auto()
    HEAD = auto()
    WORDS = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class _Read:
    """A line in pieces, the first `labels` of which say what its values are of."""

    line: Line
    pieces: tuple[Piece, ...]
    labels: int
    sort: _Sort

    @property
    def values(self) -> tuple[Piece, ...]:
        """The pieces behind the label."""
        return self.pieces[self.labels :]


@dataclass(slots=True)
class _Block:
    """Rows under one another with the lines between them, and the lines above the first."""

    above: list[_Read]
    lines: list[_Read] = field(default_factory=list)
    since: int = 0
    """How many lines without values the last row has below it."""
    goes_on: bool = False
    """Whether nothing but the end of a page, or other headings, parts it from the block before."""

    @property
    def rows(self) -> list[_Read]:
        return [read for read in self.lines if read.sort is _Sort.ROW]


@dataclass(frozen=True, slots=True)
class _Head:
    """What heads the columns of a block, what stands over its labels, and the line above.

    `between` are the lines that stand between the headings and the first row.
    """

    spans: tuple[Span, ...]
    columns: tuple[tuple[Piece, ...], ...]
    corner: tuple[Piece, ...]
    caption: str
    between: tuple[_Read, ...] = ()

    def fits(self, spans: Sequence[Span]) -> bool:
        """Whether columns stand where those of this head do."""
        pairs = zip(self.spans, spans, strict=False)
        same = all(a.left < b.right and b.left < a.right for a, b in pairs)
        return same and len(spans) == len(self.spans) > 1 and any(self.columns)


@dataclass(slots=True)
class _Row:
    """A row of a table: the lines of its label, and a cell for each column."""

    group: str
    label: list[Piece]
    cells: tuple[Piece | None, ...]
    line: Line


def grids(paper: Paper) -> tuple[Table, ...]:
    """The tables that a paper sets out in columns of characters."""
    places = Places(paper)
    tables: list[Table] = []
    head: _Head | None = None
    for block in _blocks(paper, places):
        head = _headed(block, head if block.goes_on else None)
        passage = places.of(block.rows[0].line.start)
        if passage is not None and head is not None:
            tables.extend(_tables(block, head, passage, paper))
    return tuple(tables)


def _blocks(paper: Paper, places: Places) -> Iterator[_Block]:
    """Lines one after the other, as long as they can be of one table."""
    above: list[_Read] = []
    block: _Block | None = None
    goes_on = False
    for line in lines_of(paper):
        read = _read(line)
        closes = "\t" in line.text or line.text.startswith("|") or places.is_table(line.start)
        if line.mark or closes or read.sort is _Sort.PROSE:
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
            block.since = 0 if read.sort is _Sort.ROW else block.since + 1
        elif read.sort is _Sort.ROW and not _is_head(read, above):
            block = _Block(above[-_REACH:], [read], goes_on=goes_on)
            goes_on = False
        else:
            above.append(read)
    if block:
        yield from _whole(block)


def _whole(block: _Block) -> Iterator[_Block]:
    """The block if it has rows enough, without the lines of headings that hold numbers."""
    usual = _usual_left(block.rows)
    while block.above and block.lines and _is_over(block.lines[0], block.above[-1], usual):
        block.above.append(block.lines.pop(0))
    labelled = sum(bool(row.labels) for row in block.rows)
    if labelled >= _FEWEST or (block.rows and _is_series(block)):
        yield block


def _is_over(read: _Read, above: _Read, usual: int) -> bool:
    """Whether a line goes on with headings: it has nothing where the labels stand."""
    beside = read.pieces[0].left > usual + _HANGS
    return beside and above.sort is _Sort.HEAD and not read.line.apart and read.labels > 0


def _is_series(block: _Block) -> bool:
    """Whether one row of values stands under as many dates, and nothing else."""
    dates = block.above[-1].pieces if block.above else ()
    values = block.rows[0].pieces
    dated = len(dates) == len(values) > _FEWEST and all(p.kind is Kind.PERIOD for p in dates)
    return dated and not block.rows[0].labels


def _read(line: Line) -> _Read:
    pieces = pieces_of(line)
    if len(pieces) == 1 or not _APART.search(line.text):
        text, at = line.text, line.indent
        pieces = (Piece(text, at, at + len(text), line.start),)
        words = len(text.split())
        prose = words > _PROSE_WORDS or (bool(_ENDS.search(text)) and words > 4)
        return _Read(line, pieces, 1, _Sort.PROSE if prose else _Sort.WORDS)
    labels = _labels(pieces)
    kinds = {p.kind for p in pieces[labels:]}
    if Kind.FIGURE in kinds or (Kind.BLANK in kinds and Kind.WORDS not in kinds):
        return _Read(line, pieces, labels, _Sort.ROW)
    return _Read(line, pieces, labels, _Sort.HEAD)


def _labels(pieces: Sequence[Piece]) -> int:
    """How many pieces are the label: none, one, or its number or code and the words."""
    if all(p.kind in (Kind.FIGURE, Kind.BLANK) for p in pieces):
        return 0
    coded = len(pieces) > 2 and _REFERENCE.fullmatch(pieces[0].text)
    return 2 if coded and pieces[1].kind is Kind.WORDS else 1


def _is_head(read: _Read, above: Sequence[_Read]) -> bool:
    """Whether figures are the years under months: "23 23 23" below "Apr May Jun"."""
    if not above or above[-1].sort is not _Sort.HEAD or read.line.apart:
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


def _ends(block: _Block, read: _Read) -> bool:
    """Whether a line can't belong to the rows above it."""
    if read.sort is _Sort.ROW:
        gap = read.line.apart or block.since
        return bool(gap) and not _stands_under(read, block.rows)
    if block.since >= _BETWEEN or _CLOSES.match(read.line.text):
        return True
    if read.sort is _Sort.HEAD and len(read.values) > 1:
        dated = sum(_heads(p) for p in read.pieces)
        return dated > 1 or read.line.apart
    return False


def _heads(piece: Piece) -> bool:
    return piece.kind is Kind.PERIOD


def _stands_under(read: _Read, rows: Sequence[_Read]) -> bool:
    """Whether most values of a row stand under values of the rows above."""
    held = [p for row in rows for p in row.values]
    if not read.values or len(read.values) > 2 * max(len(row.values) for row in rows):
        return False
    under = sum(any(h.left <= p.right and p.left <= h.right for h in held) for p in read.values)
    return 2 * under > len(read.values)


def _tables(block: _Block, head: _Head, passage: Passage, paper: Paper) -> Iterator[Table]:
    if len(head.spans) > 1 and not any(head.columns):
        return
    groups: dict[str, list[_Row]] = {}
    for row in _rows(block, head):
        groups.setdefault(row.group, []).append(row)
    labelled = any(row.label for rows in groups.values() for row in rows)
    at = block.rows[0].line.start
    header = tuple(_head_cell(pieces, at) for pieces in head.columns)
    first = Cell(" ".join(p.text for p in head.corner), at, at)
    for group, rows in groups.items():
        body, coded = _body(rows, labelled=labelled)
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


def _body(rows: Sequence[_Row], *, labelled: bool) -> tuple[tuple[tuple[Cell, ...], ...], int]:
    """Rows of cells, and whether a number or code stands before each label (1 or 0)."""
    labels = [" ".join(piece.text for piece in row.label) for row in rows]
    coded = labelled and _coded(labels)
    return tuple(_cells(row, labelled=labelled, coded=coded) for row in rows), int(coded)


def _coded(labels: Sequence[str]) -> bool:
    """Whether each label but a total's begins with a number or code of its own."""
    told = [label for label in labels if not _TOTAL.match(label)]
    codes = [_CODE.match(label) for label in told]
    found = {code[0] for code in codes if code and _NAMED.match(code.string[code.end() :].strip())}
    return len(told) > 1 and len(found) == len(told)


def _cells(row: _Row, *, labelled: bool, coded: bool) -> tuple[Cell, ...]:
    end = max((p.end for p in row.cells if p), default=row.line.end)
    values = tuple(Cell(p.text, p.start, p.end) if p else Cell("", end, end) for p in row.cells)
    if not labelled:
        return values
    pieces = [word for piece in row.label for word in piece.words()]
    if not pieces:
        at = row.line.start
        return (*[Cell("", at, at)] * (1 + coded), *values)
    told = [pieces]
    if coded:
        told = [[], pieces] if _TOTAL.match(pieces[0].text) else [pieces[:1], pieces[1:]]
    labels = [
        Cell(" ".join(p.text for p in part), part[0].start, part[-1].end)
        if part
        else Cell("", pieces[0].start, pieces[0].start)
        for part in told
    ]
    return (*labels, *values)


def _headed(block: _Block, before: _Head | None) -> _Head | None:
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
    while at and len(lines) < _REACH:
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


def _lowest(block: _Block, read: Sequence[tuple[list[Piece] | None, list[Piece]]]) -> int:
    """Behind which of the lines above the rows the headings end: the heading of a group may follow.

    All of them, where no line has anything over the columns.
    """
    at = len(read)
    while at and len(read) - at < _MOST_BETWEEN and not read[at - 1][0]:
        at -= 1
    return at if at and read[at - 1][0] else len(read)


def _over(read: _Read, spans: Sequence[Span], left: int) -> tuple[list[Piece] | None, list[Piece]]:
    """The pieces of a line that stand over columns, and those over labels; None for a caption."""
    first = spans[0]
    over, beside = [], []
    for piece in read.pieces:
        if piece.right <= first.left or (
            piece.left <= left + 2 and piece.middle < first.left and len(read.pieces) > 1
        ):
            beside.append(piece)
        elif piece.left <= left + 2 and left + 2 < first.left and len(read.pieces) == 1:
            return None, []
        else:
            over.append(piece)
    if not over and len(beside) == 1 and beside[0].right < first.left - 8 and read.line.apart:
        return None, []
    # The last of those before the first column may be its heading, a little to the left.
    if beside and over and not any(first.meets(p) for p in over):
        last = beside[-1]
        if first.gap(last) <= 3 and last.left > left + 2:
            over.insert(0, beside.pop())
    return over, beside


def _rows(block: _Block, head: _Head) -> Iterator[_Row]:
    """The rows with whole labels, each under the heading of its group."""
    rows: list[_Row] = []
    usual = _usual_left(block.rows)
    group, spans = "", head.spans
    waiting = list(head.between)
    for read in block.lines:
        if read.sort is not _Sort.ROW:
            waiting.append(read)
            continue
        cells, label = _placed(read, spans)
        waiting = _finish(rows[-1], waiting, usual, spans) if rows else waiting
        own, group = _begin(label, waiting, usual, group, spans)
        waiting = []
        if cells is not None:
            rows.append(_Row(group, [*own, *label], cells, read.line))
    if rows:
        _finish(rows[-1], waiting, usual, spans)
    yield from rows


def _usual_left(rows: Sequence[_Read]) -> int:
    lefts = [row.pieces[0].left for row in rows if row.labels]
    return max(set(lefts), key=lefts.count) if lefts else 0


def _placed(
    read: _Read, spans: Sequence[Span]
) -> tuple[tuple[Piece | None, ...] | None, list[Piece]]:
    """A row's cells by column, and its label; no cells where two could be of one column."""
    label, values = list(read.pieces[: read.labels]), list(read.values)
    if len(values) == len(spans):
        return tuple(values), label
    if label and spans[0].meets(label[-1]):
        label, values = _taken_off(label, values, spans)
        if len(values) == len(spans):
            return tuple(values), label
    cells: list[Piece | None] = [None] * len(spans)
    for piece in values:
        over = [i for i, span in enumerate(spans) if span.meets(piece)]
        if not over:
            gaps = [span.gap(piece) for span in spans]
            over = [gaps.index(min(gaps))] if min(gaps) <= 3 else []
        if not over:
            return None, label
        parts = piece.words() if len(over) > 1 and piece.kind is Kind.FIGURE else []
        pairs = zip(over, parts, strict=True) if len(parts) == len(over) else [(over[0], piece)]
        for i, part in pairs:
            if cells[i] is not None:
                return None, label
            cells[i] = part
    return tuple(cells), label


def _taken_off(
    label: list[Piece], values: list[Piece], spans: Sequence[Span]
) -> tuple[list[Piece], list[Piece]]:
    """A label with one blank before the first value, parted from it."""
    last = label[-1]
    word = last.words()[-1]
    if kind_of(word.text) not in (Kind.FIGURE, Kind.BLANK) or not spans[0].meets(word):
        return label, values
    kept = last.cut(0, word.left - last.left - 1)
    return [*label[:-1], *([kept] if kept.text else [])], [word, *values]


def _label_part(read: _Read, spans: Sequence[Span]) -> list[Piece]:
    """What a line without values holds under the labels."""
    return [p for p in read.pieces if p.left < spans[0].left and p.right <= spans[-1].right]


def _finish(row: _Row, waiting: Sequence[_Read], usual: int, spans: Sequence[Span]) -> list[_Read]:
    """Add to a row's label the lines below that go on with it; what remains of those lines."""
    rest = list(waiting)
    while rest:
        parts = _label_part(rest[0], spans)
        if parts and (rest[0].line.apart or not _goes_on(parts, row, usual)):
            break
        row.label.extend(parts)
        rest.pop(0)
    return rest


def _goes_on(parts: Sequence[Piece], row: _Row, usual: int) -> bool:
    """Whether words are the next of a row's label."""
    text = " ".join(p.text for p in parts)
    if _NOTE.match(text) or len(text) > _LABEL_LENGTH or _code_of(parts):
        return False
    before = row.label[-1].text if row.label else ""
    leans = text[0].islower() or text[0] in "(&/–-" or bool(_OPEN.search(before))
    return leans or usual < parts[0].left <= usual + _HANGS


def _code_of(parts: Sequence[Piece]) -> bool:
    """Whether a code stands before the words, in a piece of its own."""
    return len(parts) > 1 and bool(_REFERENCE.fullmatch(parts[0].text))


def _begin(
    label: Sequence[Piece],
    waiting: Sequence[_Read],
    usual: int,
    group: str,
    spans: Sequence[Span],
) -> tuple[list[Piece], str]:
    """The lines above a row that are the first of its label, and the heading of its group."""
    lines = [part for read in waiting if (part := _label_part(read, spans))]
    own: list[Piece] = []
    below = label[0].text if label else ""
    while lines:
        text = " ".join(p.text for p in lines[-1])
        leans = not below or below[0].islower() or below[0] in "(&/" or bool(_OPEN.search(text))
        if not (leans or (_code_of(lines[-1]) and not _code_of(label))):
            break
        if len(text) > _LABEL_LENGTH:
            break
        own = [*lines.pop(), *own]
        below = text
        if _code_of(own) or _CODE.match(text):
            break
    if lines:
        group = " ".join(p.text for p in lines[-1])
    return own, group
