"""Tables printed column by column: all labels one below the other, then each column's figures.

Which line heads a column is told by counting: as many figures as labels follow it, no more. One
column alone is read only where its total bears the count out.
"""

import re
from collections.abc import Iterator, Sequence

from indicators.lines import Line, Places, lines_of
from indicators.quantities import find_quantities
from indicators.stacked_tables import as_table, is_label, is_value
from ingest.model import Cell, Paper, Table
from ingest.periods import find_periods

_FEWEST = 3
_MOST = 14
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d)?(?:\s?\([^()]{1,14}\))?")
_TOTAL = re.compile(r"^\W*(?:(?:grand |over)?total|all)\b", re.IGNORECASE)


def stacked_columns(paper: Paper, taken: Sequence[Table] = ()) -> Iterator[Table]:
    """The tables of a paper whose columns are lines below one another, but for those `taken`."""
    places = Places(paper)
    held = [line for line in lines_of(paper) if not line.mark]
    read = [(table.locator.start, table.locator.end) for table in taken]
    at = 0
    while at < len(held):
        columns = _columns(held, at)
        passage = places.of(held[at].start) if columns else None
        if not columns or passage is None or places.is_table(held[at].start):
            at += 1
            continue
        count = columns[1] - columns[0] - 1 if len(columns) > 1 else _figures_behind(held, at)
        first, last = at - count - 1, columns[-1] + count
        at = last + 1
        if first and not any(
            a <= held[first].start < b or a <= held[last].start < b for a, b in read
        ):
            rows = [
                tuple(map(_cell, (held[first + i], *(held[column + i] for column in columns))))
                for i in range(count + 1)
            ]
            yield as_table(rows[0], rows[1:], held[first - 1].text, passage, paper)


def _columns(held: Sequence[Line], at: int) -> list[int]:
    """Where the columns' heads stand, if the first is at `at`."""
    if not _heads(held[at]):
        return []
    for count in _counts(held, at):
        found = [at]
        while _is_column(held, found[-1] + count + 1, count):
            found.append(found[-1] + count + 1)
        labels = held[max(0, at - count - 1) : at]
        fits = len(labels) == count + 1 and all(map(_labels, labels))
        if fits and (len(found) > 1 or _adds_up(held, at, count)):
            return found
    return []


def _counts(held: Sequence[Line], at: int) -> Iterator[int]:
    """How many figures may stand below a head: up to the next year, or all that follow it."""
    behind = _figures_behind(held, at)
    for count in range(_FEWEST, min(behind, _MOST) + 1):
        ends = at + count + 1
        if count == behind or (ends < len(held) and _YEAR.fullmatch(held[ends].text)):
            yield count


def _figures_behind(held: Sequence[Line], at: int) -> int:
    end = at + 1
    while end < len(held) and is_value(held[end].text):
        end += 1
    return end - at - 1


def _is_column(held: Sequence[Line], at: int, count: int) -> bool:
    """Whether a head with just so many figures below it stands there."""
    if at >= len(held) or not _heads(held[at]):
        return False
    figures = held[at + 1 : at + count + 1]
    after = held[at + count + 1 : at + count + 2]
    whole = len(figures) == count and all(is_value(line.text) for line in figures)
    return whole and not any(is_value(x.text) and not _YEAR.fullmatch(x.text) for x in after)


def _heads(line: Line) -> bool:
    shown = line.text
    worded = is_label(shown) and not is_value(shown) and any(map(str.isalpha, shown))
    return worded or bool(_YEAR.fullmatch(shown) and find_periods(shown))


def _labels(line: Line) -> bool:
    return is_label(line.text) and not is_value(line.text) and any(map(str.isalpha, line.text))


def _adds_up(held: Sequence[Line], at: int, count: int) -> bool:
    """Whether the last label is a total and the last figure the sum of those above it."""
    if not _TOTAL.match(held[at - 1].text):
        return False
    read = [find_quantities(line.text) for line in held[at + 1 : at + count + 1]]
    values = [found[0].value for found in map(list, read) if found]
    return len(values) == count > _FEWEST - 1 and sum(values[:-1]) == values[-1]


def _cell(line: Line) -> Cell:
    return Cell(line.text, line.start, line.end)
