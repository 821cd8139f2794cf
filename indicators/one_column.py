"""Lists of labels with one figure each, below the line that says what they are of.

    Boats in harbour at the end of each month
    Apr 2023 12
    May 2023 15

Labels that are no dates make a list where the last figure is the sum of the others, or where what
stands above says of what date or in what money they are.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indicators.lines import Line, Places, lines_of
from indicators.pieces import Kind, is_period, kind_of
from indicators.quantities import find_quantities
from indicators.stacked_tables import as_table, is_label
from ingest.model import Cell, Paper, Passage, Table
from ingest.periods import find_periods

_FEWEST = 3
_ROW = re.compile(
    r"(?P<label>\S.*?)(?P<between>[\s\u00a0:–-]{1,8})(?P<value>\S+(?:\s?(?:%|m|k|bn|days))?)"
)
_TOTAL = re.compile(r"(?:grand |over)?(?:total|all)\b", re.IGNORECASE)
_CAPTION = re.compile(r"(?:table|figure|annex|appendix)\b", re.IGNORECASE)
_HOLDS_VALUE = re.compile(r"\s(?:[(£-]*\d[\d,]*\.\d\S*|\S*\d\S*\s\S*\d\S*|[(£]\d\S*|\S*\d%\S*)$")
"""Where a label ends in a figure, or two, it is a row of more columns."""
_UNIT = re.compile(r"[£%]|days")
_MONEY = re.compile(r"£")
_LABEL_LENGTH = 90


def one_column(paper: Paper, taken: Sequence[Table] = ()) -> Iterator[Table]:
    """The tables of a paper that are lines of a label and a figure, but for those `taken`."""
    places = Places(paper, taken)
    held = [line for line in lines_of(paper) if not line.mark]
    at, title = 0, ""
    while at < len(held):
        title = _titled(held[at], title)
        rows = _rows(held, at)
        passage = places.of(held[at].start) if len(rows) >= _FEWEST and at else None
        above = held[at - 1]
        if passage is None or places.is_table(held[at].start) or not _says(above):
            at += 1
            continue
        dated = all(is_period(row[0].text) for row in rows)
        if dated or _is_told(rows, above, passage):
            over = " > ".join(t for t in dict.fromkeys((title, above.text)) if t)
            yield as_table(_heads(above, dated=dated), rows, over, passage, paper)
        at += len(rows)


def _titled(line: Line, before: str) -> str:
    """The title with a date that stands over several lists, as long as no text parts them."""
    if _CAPTION.match(line.text) and is_label(line.text):
        return line.text if find_periods(line.text) else ""
    return before if is_label(line.text) else ""


def _heads(above: Line, *, dated: bool) -> tuple[Cell, ...]:
    blank = Cell("", above.start, above.start)
    return (blank, Cell(above.text, above.start, above.end) if dated else blank)


def _rows(held: Sequence[Line], at: int) -> list[tuple[Cell, ...]]:
    """The rows of a list that begins there: all with dates, or all without."""
    rows: list[tuple[Cell, ...]] = []
    for line in held[at:]:
        cells = _cells(line)
        if cells is None or (rows and line.apart):
            break
        rows.append(cells)
        if _TOTAL.match(cells[0].text):
            break
    return rows


def _cells(line: Line) -> tuple[Cell, ...] | None:
    row = _ROW.fullmatch(line.text)
    if row is None or "\t" in line.text or "|" in line.text or len(row["label"]) > _LABEL_LENGTH:
        return None
    if kind_of(row["value"]) is not Kind.FIGURE or find_periods(line.text[row.start("value") :]):
        return None
    label = row["label"]
    if _HOLDS_VALUE.search(label):
        return None
    named = any(map(str.isalpha, label)) and not row["between"].strip() and not find_periods(label)
    if not (named or is_period(label)):
        return None
    return tuple(
        Cell(line.text[a:b], line.start + a, line.start + b)
        for a, b in (row.span("label"), row.span("value"))
    )


def _says(line: Line) -> bool:
    """Whether a line says what the figures below it are of."""
    text = line.text.rstrip(":")
    return is_label(text) and sum(map(str.isalpha, text)) > 2 and _cells(line) is None


def _is_told(rows: Sequence[Sequence[Cell]], above: Line, passage: Passage) -> bool:
    """Whether it is sure that the figures are the labels' and no part of them."""
    labels = [row[0].text for row in rows]
    values = [next(find_quantities(row[1].text), None) for row in rows]
    if len(set(labels)) < len(labels) or any(value is None for value in values):
        return False
    counted = [value.value for value in values if value]
    if _TOTAL.match(labels[-1]):
        return sum(counted[:-1]) == counted[-1]
    rising = all(a < b for a, b in pairwise(counted))
    shown = (above.text, *passage.headings[-1:])
    with_unit = all(_UNIT.search(row[1].text) for row in rows)
    told = with_unit or any(map(find_periods, shown)) or bool(_MONEY.search(above.text))
    return (
        told and not rising and all(label[:1].isupper() or label[:1].isdigit() for label in labels)
    )
