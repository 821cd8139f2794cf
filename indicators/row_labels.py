"""Rows with their whole labels: a label may run over several lines, before or behind its values.

What else stands between rows heads those below it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.columns import Span
from indicators.lines import Line
from indicators.pieces import Kind, Piece, kind_of
from indicators.set_out import HANGS, REFERENCE, Block, LineKind, SetOut, usual_left
from ingest.model import Cell

_LABEL_LENGTH = 110
_OPEN = re.compile(
    r"(?:[,(/&–-]|\b(?:the|of|and|or|to|for|in|a|an|with|by|who|on|at|per|their|from|than|within))$"
)
_CODE = re.compile(rf"(?:{REFERENCE.pattern})(?=\s)")
_NOTE = re.compile(r"(?:\((?:[a-z]|\d{1,2})\)|[*†‡^#]+|\d\))\s")
"""The mark of a note below a table."""
_TOTAL = re.compile(r"(?:grand |sub-?|over)?(?:total|all)\b", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z%£#\"“‘'(\d]")


@dataclass(slots=True)
class Row:
    """A row of a table: the lines of its label, and a cell for each column."""

    group: str
    label: list[Piece]
    cells: tuple[Piece | None, ...]
    line: Line


def rows_of(block: Block, spans: Sequence[Span], between: Sequence[SetOut]) -> Iterator[Row]:
    """The rows with whole labels, each under the heading of its group.

    `between` are the lines between the headings and the first row. A row whose values can't be
    told apart by column is left out.
    """
    rows: list[Row] = []
    usual = usual_left(block.rows)
    group, waiting = "", list(between)
    last: Row | None = None
    for read in block.lines:
        if read.sort is not LineKind.ROW:
            waiting.append(read)
            continue
        cells, label = _placed(read, spans)
        waiting = _finish(last, waiting, usual, spans) if last else waiting
        own, group = _begin(label, waiting, usual, group, spans)
        waiting = []
        last = Row(group, [*own, *label], cells, read.line) if cells is not None else None
        rows.extend([last] if last else [])
    if last:
        _finish(last, waiting, usual, spans)
    yield from rows


def body_of(rows: Sequence[Row], *, labelled: bool) -> tuple[tuple[tuple[Cell, ...], ...], int]:
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


def _cells(row: Row, *, labelled: bool, coded: bool) -> tuple[Cell, ...]:
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


def _placed(
    read: SetOut, spans: Sequence[Span]
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


def _label_part(read: SetOut, spans: Sequence[Span]) -> list[Piece]:
    """What a line without values holds under the labels."""
    end = spans[1].left if len(spans) > 1 else spans[0].right
    return [p for p in read.pieces if p.left < spans[0].left and p.right <= end]


def _finish(row: Row, waiting: Sequence[SetOut], usual: int, spans: Sequence[Span]) -> list[SetOut]:
    """Add to a row's label the lines below that go on with it; what remains of those lines."""
    rest = list(waiting)
    while rest:
        parts = _label_part(rest[0], spans)
        if parts and (rest[0].line.apart or not _goes_on(parts, row, usual)):
            break
        row.label.extend(parts)
        rest.pop(0)
    return rest


def _is_open(text: str) -> bool:
    """Whether words can't end there: a bracket isn't closed, or "of" stands last."""
    return bool(_OPEN.search(text)) or text.count("(") > text.count(")")


def _goes_on(parts: Sequence[Piece], row: Row, usual: int) -> bool:
    """Whether words are the next of a row's label."""
    text = " ".join(p.text for p in parts)
    if _NOTE.match(text) or len(text) > _LABEL_LENGTH or _code_of(parts):
        return False
    before = row.label[-1].text if row.label else ""
    leans = text[0].islower() or text[0] in "(&/–-" or _is_open(before)
    return leans or usual < parts[0].left <= usual + HANGS


def _code_of(parts: Sequence[Piece]) -> bool:
    """Whether a code stands before the words, in a piece of its own."""
    return len(parts) > 1 and bool(REFERENCE.fullmatch(parts[0].text))


def _begin(
    label: Sequence[Piece],
    waiting: Sequence[SetOut],
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
        leans = not below or below[0].islower() or below[0] in "(&/" or _is_open(text)
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
