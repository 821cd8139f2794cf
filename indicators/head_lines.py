"""Headings that run over several lines in which nothing is set out: only their order tells.

    Ref Measure 21/22 22/23 Apr May Jun Target
    London England
    23 23 23 23/24

The first line, with the next where it has too few, must come to as many headings as the rows have
columns. A further line only says of what year they are: it is taken where it can stand in one place
alone, so that months and targets get their years. Other words of further lines are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indicators.headings import Columns, Heading, Sort, cut
from indicators.lines import Line
from indicators.pieces import is_period
from ingest.periods import find_periods

_FEWEST = 3
_UNIT = re.compile(r"\(?(?:£\S{0,5}|%|no\.?|number|fte|days)\)?", re.IGNORECASE)
_KNOWN = frozenset({Sort.PERIOD, Sort.TARGET, Sort.AREA, Sort.KNOWN, Sort.JUDGED})
_BARE = frozenset({Sort.PERIOD, Sort.TARGET, Sort.AREA})


def in_order(lines: Sequence[Line], count: int) -> Columns | None:
    """The headings of `count` columns from lines, top first; None where they don't come to that."""
    if count < _FEWEST or len(lines) < 2:
        return None
    for columns, rest in _opened(lines, count):
        figures = columns.figures
        for line in rest:
            figures = _in_units(figures, line) or _dated(figures, line)
        if figures != columns.figures or len(rest) < len(lines) - 1:
            return replace(columns, figures=figures)
    return _grouped(lines[-2], lines[-1], count)


def _grouped(upper: Line, lower: Line, count: int) -> Columns | None:
    """The lower of two lines, where it says the same of each of several that the upper names."""
    columns = cut(lower.text, count, lower.start)
    if columns is None:
        return None
    told = [h.text for h in columns.figures]
    size = next((n for n in range(2, count) if told == told[:n] * (count // n)), 0)
    over = cut(upper.text, count // size, upper.start) if size else None
    if over is None or over.before:
        return None
    figures = tuple(
        replace(h, text=f"{over.figures[i // size].text} {h.text}")
        for i, h in enumerate(columns.figures)
    )
    return Columns(columns.before, figures)


def _in_units(figures: Sequence[Heading], line: Line) -> tuple[Heading, ...] | None:
    """The headings with the units of a line that has one for each: "£000 £000 %"."""
    words = line.text.split()
    if len(words) != len(figures) or not all(map(_UNIT.fullmatch, words)):
        return None
    return tuple(replace(h, text=f"{h.text} {w}") for h, w in zip(figures, words, strict=True))


def _opened(lines: Sequence[Line], count: int) -> Iterator[tuple[Columns, Sequence[Line]]]:
    """The first line as all headings or, with the second, as the first of them."""
    first, second = lines[0], lines[1]
    if whole := cut(first.text, count, first.start):
        yield whole, lines[1:]
    for some in range(count - 1, 0, -1):
        one = cut(first.text, some, first.start)
        more = cut(second.text, count - some, second.start) if one else None
        if one and more and not more.before and _are_known(one) and _are_known(more):
            yield Columns(one.before, (*one.figures, *more.figures)), lines[2:]


def _are_known(columns: Columns) -> bool:
    return all(h.sort in _KNOWN for h in columns.figures)


def _dated(figures: Sequence[Heading], line: Line) -> tuple[Heading, ...]:
    """The headings with the years of a line, where these can only be of one run of them."""
    words = line.text.split()
    ways = [
        way
        for at in range(len(figures) - len(words) + 1)
        if (way := _with_years(figures, words, at)) is not None
    ]
    return ways[0] if len(ways) == 1 else tuple(figures)


def _with_years(
    figures: Sequence[Heading], words: Sequence[str], at: int
) -> tuple[Heading, ...] | None:
    """The headings from `at` on with a word each; None where a number dates none of them."""
    dated = list(figures)
    for i, word in enumerate(words, at):
        if not any(map(str.isdigit, word)):
            continue
        text = f"{figures[i].text} {word}"
        bare = figures[i].sort in _BARE and not find_periods(figures[i].text)
        named = figures[i].sort is not Sort.PERIOD and is_period(word)
        if not bare or not (named or is_period(text)):
            return None
        dated[i] = replace(figures[i], text=text)
    return tuple(dated) if dated != list(figures) else None
