"""Headings of two lines over columns that blanks set out: each column's is what stands above it.

    Measure       Q3      Q4      Target  England
                  22/23   22/23   23/24   latest
    Boats afloat  41.3    40.2    45.0    43.1

Of a line of years over a line of quarters each year goes on until the next.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.headings import Columns, Heading, sort_of
from indicators.lines import Line
from ingest.model import Cell
from ingest.periods import find_periods

_TOKEN = re.compile(r"\S+(?: \S+)*")
_PART_OF_YEAR = re.compile(
    r"(?:Q(?:uarter |tr )?[1-4]|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)",
    re.IGNORECASE,
)
_FEWEST = 3
_ASIDE = 3  # characters that a heading may stand beside its column


@dataclass(frozen=True, slots=True)
class _Token:
    """Words that single blanks join, and the columns of characters that they take."""

    text: str
    left: int
    right: int
    start: int


def stacked(upper: Line, lower: Line, line: Line, cells: Sequence[Cell]) -> Columns | None:
    """The headings of a row's columns from two lines; None where one stands over no column."""
    columns = [
        (c.start - line.start + line.indent, c.end - line.start + line.indent) for c in cells
    ]
    above, below = _tokens(upper), _tokens(lower)
    if len(columns) < _FEWEST or min(len(above), len(below)) < 2:
        return None
    first = columns[0][0] - _ASIDE
    before = tuple(t for t in (*above, *below) if t.right <= first)
    own = _placed([t for t in below if t.right > first], columns)
    over = _spread([t for t in above if t.right > first], columns)
    if own is None or over is None or len(own) + len(over) <= len(columns):
        return None
    if any(i not in own and i not in over for i in range(len(columns))):
        return None
    figures = tuple(_heading(over.get(i), own.get(i)) for i in range(len(columns)))
    labels = tuple(Heading(t.text, t.start, t.start + len(t.text), sort_of(t.text)) for t in before)
    return Columns(labels, figures)


def _tokens(line: Line) -> list[_Token]:
    return [
        _Token(m.group(), m.start() + line.indent, m.end() + line.indent, m.start() + line.start)
        for m in _TOKEN.finditer(line.text)
    ]


def _placed(
    tokens: Sequence[_Token], columns: Sequence[tuple[int, int]]
) -> dict[int, _Token] | None:
    """Each heading by the column that it stands over; None where one has none, or two have one."""
    placed: dict[int, _Token] = {}
    for token in tokens:
        gaps = [max(left - token.right, token.left - right, 0) for left, right in columns]
        nearest = min(range(len(columns)), key=gaps.__getitem__)
        if gaps[nearest] > _ASIDE or nearest in placed:
            return None
        placed[nearest] = token
    return placed


def _spread(
    tokens: Sequence[_Token], columns: Sequence[tuple[int, int]]
) -> dict[int, _Token] | None:
    """The same of the upper line, where a year stands over all columns until the next heading."""
    placed = _placed(tokens, columns)
    years = [t for t in tokens if _is_year(t.text)]
    if placed is None or len(tokens) == len(columns) or len(years) < 2:
        return placed
    held = dict(placed)
    for i in range(len(columns)):
        if i not in held and i - 1 in held and _is_year(held[i - 1].text):
            held[i] = held[i - 1]
    return held


def _is_year(text: str) -> bool:
    mentions = list(find_periods(text))
    return len(mentions) == 1 and not re.search(r"[A-Za-z]", text)


def _heading(over: _Token | None, own: _Token | None) -> Heading:
    """The heading of a column: the upper words first, but "Q2" before the year over it."""
    told = [token for token in (over, own) if token]
    if own and _PART_OF_YEAR.fullmatch(own.text):
        told.reverse()
    text = " ".join(token.text for token in told)
    where = own or told[0]
    return Heading(text, where.start, where.start + len(where.text), sort_of(text))
