"""Observations from tables: each figure with what its row and its column say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.labels import Label, read_label
from indicators.places import council_names
from indicators.quantities import Quantity, find_quantities
from ingest.model import Basis, Cell, Locator, Observation, Paper, Period, Table
from ingest.periods import bare_months, find_periods, month
from ingest.tables import column_labels

_SUPPRESSED = re.compile(
    r"^\W*(?:(?:fewer|less) than \w+|under \d+|<\s?\d+|[cx]|suppressed|\*+)\W*$", re.IGNORECASE
)
_PROSE = 60
_LABEL_LENGTH = 220


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    label: Label
    printed: str


def read_table(table: Table, own_area: str, paper: Paper) -> Iterator[Observation]:
    """The observations of one table; a table whose columns can't be told apart gives none."""
    own = _label_column(table)
    columns = _columns(table, own, own_area)
    if not columns:
        return
    places = _places(table, own)
    for row in table.rows:
        if own < len(row) and row[own].text and _has_figure(row, own):
            yield from _row(table, row, own, columns, own_area, places, paper)


def _label_column(table: Table) -> int:
    """The first column whose cells are mostly words: row numbers may stand before it."""
    width = max((len(row) for row in table.rows), default=0)
    for index in range(min(2, width)):
        cells = [row[index].text for row in table.rows if index < len(row) and row[index].text]
        if cells and sum(any(c.isalpha() for c in cell) for cell in cells) * 2 > len(cells):
            return index
    return 0


def _columns(table: Table, own: int, own_area: str) -> tuple[_Column, ...]:
    width = max(len(row) for row in (*table.header, *table.rows))
    printed = {i: " ".join(column_labels(table.header, i)) for i in range(own + 1, width)}
    if not any(printed.values()):
        dated = _dated_columns(table, width - own - 1)
        return tuple(
            _Column(own + 1 + i, Label(period, None, Basis.ACTUAL, "", False), "")
            for i, period in enumerate(dated)
        )
    return tuple(
        _Column(index, read_label(text, own_area), text) for index, text in printed.items() if text
    )


def _dated_columns(table: Table, count: int) -> tuple[Period, ...]:
    """Periods for columns without headings, when the text above lists just as many in order."""
    before = table.caption
    dated = [mention.period for mention in find_periods(before)]
    if len(dated) == count:
        return tuple(dated)
    named = bare_months(before)
    if dated and len(named) + 1 == count:
        months = [number for number, _, _ in named] + [dated[-1].end.month]
        year = dated[-1].end.year
        return tuple(month(year - (number > months[-1]), number) for number in months)
    return ()


def _places(table: Table, own: int) -> tuple[frozenset[str], frozenset[str]]:
    """Councils that the rows, and that the columns, are of: one name alone may be a word."""
    rows = [row[own].text for row in table.rows if own < len(row)]
    columns = [cell.text for row in table.header for cell in row]
    return _named(rows), _named(columns)


def _named(labels: Sequence[str]) -> frozenset[str]:
    found = {name for name in council_names() for text in labels if text.startswith(name)}
    return frozenset(found) if len(found) > 1 else frozenset()


def _has_figure(row: Sequence[Cell], own: int) -> bool:
    return any(_figures(cell.text) for cell in row[own + 1 :])


def _figures(text: str) -> list[Quantity]:
    if len(text) > _PROSE or (find_periods(text) and not re.match(r"^\W*\d+(?:\.\d+)?%?\W", text)):
        return []
    return [q for q in find_quantities(text) if "/" not in text[q.start - 1 : q.end + 1]]


def _row(
    table: Table,
    row: tuple[Cell, ...],
    own: int,
    columns: tuple[_Column, ...],
    own_area: str,
    places: tuple[frozenset[str], frozenset[str]],
    paper: Paper,
) -> Iterator[Observation]:
    label = read_label(_first_sentence(row[own].text), own_area)
    start, end = row[0].start, max(cell.end for cell in row)
    where = Locator(
        paper.id, start, end, table.locator.page, " > ".join(h for h in table.headings[-2:] if h)
    )
    for column in columns:
        cell = row[column.index] if column.index < len(row) else None
        named = [name for name in places[0] if row[own].text.startswith(name)]
        named += [name for name in places[1] if column.printed.startswith(name)]
        area = named[0] if named else column.label.area or label.area or own_area
        period = column.label.period or label.period or _caption_period(table)
        basis = column.label.basis if column.label.basis is not Basis.ACTUAL else label.basis
        measure = _measure(label, column.label, table, area, own_area)
        for value, unit, flags, printed in _values(cell, label, column.label, measure):
            yield Observation(
                measure=measure,
                context=" > ".join(h for h in (*table.headings, table.caption[:200]) if h),
                area=area,
                basis=basis,
                period=period,
                value=value,
                unit=unit,
                flags=flags,
                source="table",
                quote=paper.text[start:end],
                printed=printed,
                locator=where,
            )


def _first_sentence(text: str) -> str:
    """A label without the commentary that some tables put below it in the same cell."""
    head = re.split(r"\s\(?(?:Baseline|Operational|Comment|Note|Responsible)\b", text)[0]
    return head[:_LABEL_LENGTH]


def _measure(label: Label, column: Label, table: Table, area: str, own_area: str) -> str:
    parts = [label.rest, column.rest]
    if not any(parts):
        corner = column_labels(table.header, 0)
        parts = [read_label(" ".join(corner), own_area).rest or table.caption]
    elif label.area:
        corner = " ".join(column_labels(table.header, 0))
        parts.append(corner if len(corner) > 8 else "")
    return " ".join(part for part in parts if part)


def _caption_period(table: Table) -> Period | None:
    mentions = find_periods(table.caption) if len(table.caption) < 160 else ()
    return mentions[-1].period if len(mentions) == 1 else None


def _values(
    cell: Cell | None, label: Label, column: Label, measure: str
) -> Iterator[tuple[Decimal | None, str, tuple[str, ...], str]]:
    text = cell.text if cell else ""
    if _SUPPRESSED.match(text):
        yield None, _unit("count", label, column, measure), ("suppressed",), text
        return
    figures = _figures(text)
    if not figures:
        if column.period or column.area or column.basis is Basis.TARGET:
            flag = "blank" if not text.strip("-–— .") else "not a figure"
            yield None, _unit("count", label, column, measure), (flag,), text
        return
    for i, figure in enumerate(figures[:2]):
        unit = figure.unit if i else _unit(figure.unit, label, column, measure)
        flags = (*figure.flags, *(("second figure in the cell",) if i else ()))
        yield figure.value, unit, flags, text


def _unit(printed: str, label: Label, column: Label, measure: str) -> str:
    """The unit: printed with the figure, else what the labels say."""
    if printed != "count":
        return printed
    both = measure.lower()
    if "10,000" in both:
        return "rate per 10,000"
    if re.search(r"\b(?:score|attainment 8|progress 8)\b", both):
        return "score"
    if re.search(r"\bnumber\b|\bno\.|\bcount\b", column.rest.lower()):
        return "count"
    if column.percent or (label.percent and not re.search(r"\bnumber\b", both)):
        return "percent"
    if re.search(r"\bdays\b", both):
        return "days"
    return "gbp" if "£" in both else "count"
