"""Columns or rows headed by months without their year, dated by what stands around the table.

In this order: a date in the caption or a heading, a year in another column's heading ("2022/23 year
end" before April, "Target 23/24"), and the meeting, before which the months must be over.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from indicators.labels import read_label
from ingest.model import Basis, Period, PeriodKind, Table
from ingest.periods import (
    account_month,
    account_months,
    bare_months,
    financial_year,
    find_periods,
    month,
)
from ingest.tables import column_labels

_LONG = (
    PeriodKind.FINANCIAL_YEAR,
    PeriodKind.CALENDAR_YEAR,
    PeriodKind.ACADEMIC_YEAR,
    PeriodKind.TO_DATE,
    PeriodKind.SPAN,
    PeriodKind.ROLLING,
)
_FEWEST_ROWS = 2
_IN_THOUSANDS = re.compile(r"£\s?(?:['’]?000['’]?s?|k|m)(?!\w)", re.IGNORECASE)
_SHORT = (PeriodKind.DAY, PeriodKind.MONTH)


def month_columns(table: Table) -> dict[int, Period]:
    """The period of each column that is headed by a month alone; none where nothing dates them."""
    width = max((len(row) for row in (*table.header, *table.rows)), default=0)
    labels = [" ".join(column_labels(table.header, i)) for i in range(width)]
    named = [
        (i, months[0][0])
        for i, label in enumerate(labels)
        if not find_periods(label) and len(months := bare_months(label)) == 1
    ]
    if not named:
        return _account_columns(table, labels)
    numbers = [number for _, number in named]
    shown = [i for i, _ in named if _has_figure(table, i)]
    newest = next((number for i, number in reversed(named) if i in shown[-1:]), numbers[-1])
    years = _year_of_last(table, labels, named[0][0], numbers, newest)
    last = next(years, None)
    if last is None:
        return {}
    return dict(zip((i for i, _ in named), _back_from(last, numbers), strict=True))


def _account_columns(table: Table, labels: Sequence[str]) -> dict[int, Period]:
    """The columns of amounts that are headed by a month of accounts: "M6 forecast £m"."""
    held = table.meeting.held
    if held is None:
        return {}
    scaled = bool(_IN_THOUSANDS.search(table.caption))
    named = {i: account_months(label) for i, label in enumerate(labels) if scaled or "£" in label}
    return {i: account_month(found[0][0], held) for i, found in named.items() if len(found) == 1}


def month_rows(table: Table, labels: Sequence[str]) -> dict[int, Period]:
    """The period of each row whose label is a month and nothing else, as for columns."""
    named = [
        (i, months[0][0])
        for i, label in enumerate(labels)
        if len(months := bare_months(label)) == 1 and not label[months[0][2] :].strip(" .:")
        if not label[: months[0][1]].strip()
    ]
    if len(named) < _FEWEST_ROWS:
        return {}
    numbers = [number for _, number in named]
    last = next(_year_of_last(table, labels, named[0][0], numbers, numbers[-1]), None)
    if last is None:
        return {}
    return dict(zip((i for i, _ in named), _back_from(last, numbers), strict=True))


def _back_from(year: int, numbers: Sequence[int]) -> list[Period]:
    """Months in their order, the last of them in that year."""
    dated = [month(year, numbers[-1])]
    for number, following in zip(reversed(numbers[:-1]), reversed(numbers[1:]), strict=True):
        year -= number > following
        dated.insert(0, month(year, number))
    return dated


def _has_figure(table: Table, column: int) -> bool:
    cells = (row[column].text for row in table.rows if column < len(row))
    return any(any(char.isdigit() for char in cell) for cell in cells)


def _year_of_last(
    table: Table, labels: Sequence[str], first: int, numbers: Sequence[int], newest: int
) -> Iterator[int]:
    """The years that the last month may be of, the surest first."""
    for text in (table.caption, *reversed(table.headings)):
        named = {mention.period for mention in find_periods(text)}
        for period in named if len(named) == 1 else ():
            yield from _within(period, numbers)
            if period.kind in _SHORT and period.end.month == newest:
                yield _last_from(period.end.year, newest, numbers)
    for year in sorted(set(_years_beside(labels, first)), reverse=True):
        yield from _within(financial_year(year), numbers)
    yield from _before(table.meeting.held, numbers, newest)


def _years_beside(labels: Sequence[str], first: int) -> Iterator[int]:
    """The financial years that other columns speak for; an out-turn before April, of the next."""
    for i, label in enumerate(labels):
        found = find_periods(label)
        if found and found[0].period.kind is PeriodKind.FINANCIAL_YEAR:
            earlier = i < first and read_label(label).basis is Basis.ACTUAL
            yield found[0].period.start.year + earlier


def _within(period: Period, numbers: Sequence[int]) -> Iterator[int]:
    """The year of the last month where all of them lie in a longer period."""
    if period.kind not in _LONG:
        return
    for year in (period.end.year, period.start.year):
        if all(period.contains(one) for one in _back_from(year, numbers)):
            yield year


def _last_from(year: int, number: int, numbers: Sequence[int]) -> int:
    """The year of the last month, where the month of that number is of `year`."""
    at = len(numbers) - 1 - list(reversed(numbers)).index(number)
    return year + sum(a > b for a, b in zip(numbers[at:-1], numbers[at + 1 :], strict=True))


def _before(held: date | None, numbers: Sequence[int], newest: int) -> Iterator[int]:
    """The latest year in which the newest month with figures was over before a meeting."""
    if held is not None:
        over = month(held.year, newest).end <= held
        yield _last_from(held.year if over else held.year - 1, newest, numbers)
