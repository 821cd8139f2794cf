"""Observations from tables: each figure with what its row and its column say."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indicators.cells import Says, find_figures, is_range, read_cell
from indicators.findings import CHANGE, EARLIER
from indicators.head_rows import with_whole_head
from indicators.labels import Label, read_label
from indicators.month_columns import month_columns, month_rows
from indicators.parts_of_years import part_of_year
from indicators.places import council_names, find_area
from indicators.quantities import Quantity, find_quantities
from ingest.model import Basis, Cell, Locator, Observation, Paper, Period, PeriodKind, Table
from ingest.periods import (
    Part,
    account_months,
    bare_months,
    day,
    earlier_year,
    financial_year,
    find_periods,
    month,
    opening_year,
    year_to_date,
)
from ingest.tables import column_labels

_LABEL_LENGTH = 220
_CAPTION = 160
_KIND_LENGTH = 40
_FEWEST_ROWS = 4
_EXPECTED = re.compile(r"\b(?:forecast|projected|projection|estimated?)\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"\b(?:at\s+)?\d{1,2}(?:st|nd|rd|th)?\s+$", re.IGNORECASE)
_THOUSANDS = re.compile(r"£\s?['’]?000['’]?s?")
_SCALE_FIRST = re.compile(r"^\W*£\s?(?:['’]?000['’]?s?|k|m|mn|millions?|thousands?)\s+(?=\S)", re.I)
_OF_MONEY = re.compile(
    r"\b(?:budget|forecast|variance|out-?turn|actual|spend|spent|expenditure)\b", re.IGNORECASE
)
_WORDS_A_CELL = 3
_NOT_FIGURES = re.compile(
    r"^\W*(?:(?:page|item|minute|paragraph|agenda item)s?(?: (?:no|number)s?)?|ref(?:erence)?|"
    r"(?:(?:due|target|meeting|completion|review|start|end) )?dates?|(?:by )?when|deadline|due|"
    r"time ?(?:scale|frame|line)s?|who|lead|owner|(?:lead |responsible )?officer|contact|"
    r"tel(?:ephone)?|phone|venue|time|rag|status)\W*$",
    re.IGNORECASE,
)
_NOT_A_MEASURE = re.compile(
    r"^\W*(?:(?:agenda )?item(?: (?:no|number))?|report title|tel(?:ephone)?|phone|e-?mail|"
    r"contact|version|pages?|date|meeting date)\W*$",
    re.IGNORECASE,
)
_CORNER = re.compile(
    r"^\W*(?:area|council|(?:local )?authority|region|place|year|period|month|"
    r"quarter|half[ -]?year|category|type|measure|indicator|group)s?\W*$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)",
    re.IGNORECASE,
)
_CODE = re.compile(r"^\W*(?:[A-Z]{1,6}[ ./-]?)+\d{1,4}(?:\.\d+)*[a-z]?\W*$")
_SAYS_MEASURE = re.compile(r"\b(?:indicator|measure|description)s?\b", re.IGNORECASE)
_SAYS_BETTER = re.compile(
    r"\b(?:good (?:is|to be|performance)|polarity|bigger or smaller|better|preferred|aim to)\b",
    re.IGNORECASE,
)
_LOWER = re.compile(r"^\W*(?:low(?:er)?|small(?:er)?|down|decreas\w*|reduc\w*|minimi[sz]e)\b", re.I)
_HIGHER = re.compile(r"^\W*(?:high(?:er)?|big(?:ger)?|up|increas\w*|maximi[sz]e)\b", re.I)
_QUARTER = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d(?:/\d\d)?)\s+)?"
    r"(?:(?:Q|Quarter )(?P<n>[1-4])|(?:H|Half[ -](?:year )?)(?P<half>[12]))",
    re.IGNORECASE,
)
_YEARS_ONLY = re.compile(r"[\s|]*(?:(?:19|20)\d\d(?:[/-]\d\d)?[\s|]*)+")
_SHIFTED = re.compile(
    r"\b(?:(?:same|equivalent|corresponding) (?:period|quarter|month|time|point)"
    r"(?: (?:of|in))?(?: the)? (?:last|previous|prior) year"
    r"|(?:same|equivalent|corresponding) (?:period|quarter|month) (?:a )?year (?:ago|before)"
    r"|(?:last|previous|prior) (?P<step>years?|quarter|month|period)(?:['’]s)?"
    r"|(?:a )?year (?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"^\W*(?:the )?(?:last|previous|prior) year\b", re.IGNORECASE)
_BASELINE = re.compile(
    r"\bbaselines?\b[\s:(]*(?P<date>[^:=()]{4,40}?)\s*(?:[:=]|\s[-–]\s)\s*"
    r"(?P<value>£?\d[\d,]*(?:\.\d+)?\s?%?)(?=\s*(?:[).,;]|$))",
    re.IGNORECASE,
)
_UNITS = re.compile(r"^\W*(?:units?(?: of measure(?:ment)?)?|format|data type)\W*$", re.IGNORECASE)
_TO_DATE = re.compile(r"\b(?:year[\s-]to[\s-]date|ytd)\b", re.IGNORECASE)
_SO_FAR = re.compile(r"\b(?:so far|to date)\b", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH.pattern})\b(?!,?\s+\d)", re.I)
_OWN = re.compile(
    r"(?:the |our |this )?(?:county|borough|city|district|council|la|(?:local )?authority|local)",
    re.IGNORECASE,
)
_BENCHMARK = re.compile(r"\W*benchmark", re.IGNORECASE)
"""An aim where nothing else is, but beside a target somebody else's figure, nobody says whose."""
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z.]\s)['’]?(\d\d)\W*$")
_COMPARED = re.compile(
    r"\b(?:compar(?:e|ed|ison|isons|ing)|councils|authorit(?:y|ies)|districts|region|areas?)\b",
    re.I,
)
_COUNTS = re.compile(r"\b(?:number|no\.|count|score|average|rate|cohort)\b|£", re.I)
_SHARES = re.compile(r"(?<![\d\s])%|(?<!\d)\s%|^%|\bpercentages?\b", re.IGNORECASE)
"""What makes a caption say that its figures are shares: no "5%" of its own."""
_MOVED = re.compile(
    r"\b(?:variance|variation|difference|movement|change|direction|trend|gap|"
    r"(?<!requires )(?<!require )improvement)\b|\+/-",
    re.IGNORECASE,
)
_IS_VARIANCE = re.compile(
    r"\b(?:variance|variation|over\s?/\s?\(?under\)?|\(?under\)?\s?/\s?over|overspend|underspend)",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"^\W*(?:rag|r/a/g|status|dot)(?: (?:rating|status|score))?\W*$", re.IGNORECASE
)
_HOW_ONLY = re.compile(
    r"^\W*(?:per\s?cent|percent|percentage|%(?: of total)?|rate|share|proportion)\W*$",
    re.IGNORECASE,
)
"""A row or column that gives the one before it in another unit."""
_PLAIN_COUNT = re.compile(r"^\W*(?:(?:number|no|total|count|all)\b\W*)*$", re.IGNORECASE)
_REPORTED = (PeriodKind.QUARTER, PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR)
_NO_AIM = re.compile(r"^\W*none(?: set)?\W*$", re.IGNORECASE)
_SERIAL = re.compile(r"^\W*(\d{1,3})[.)]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures. `step` names one that is dated by another: "last year", "to date"."""

    index: int
    label: Label
    printed: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is to be read: its label column, its columns of figures, and whose it is."""

    table: Table
    own: int
    columns: tuple[_Column, ...]
    row_places: frozenset[str]
    column_places: frozenset[str]
    own_area: str
    numbered: bool

    @property
    def year(self) -> Period | None:
        """The one financial year that a table's columns name: of its forecast and variance, too."""
        named = {c.label.period for c in self.columns if c.label.period}
        year = next(iter(named)) if len(named) == 1 else None
        return year if year and year.kind is PeriodKind.FINANCIAL_YEAR else None

    def year_beside(self, column: _Column) -> Period | None:
        """The financial year that a variance is of: the one of the column to its left."""
        if not _IS_VARIANCE.search(column.printed):
            return None
        before = [c.label.period for c in self.columns if c.index == column.index - 1]
        year = before[0] if before else None
        return year if year and year.kind is PeriodKind.FINANCIAL_YEAR else None

    @property
    def corner(self) -> str:
        """What stands over the labels."""
        return " ".join(column_labels(self.table.header, 0))

    @property
    def kind(self) -> tuple[str, ...]:
        """What the rows are, where the corner says so: services, areas, types of placement."""
        corner = " ".join(column_labels(self.table.header, max(self.own, 0)))
        said = 0 < len(corner) <= _KIND_LENGTH and not _SAYS_MEASURE.search(corner)
        return (corner,) if said and corner.strip(" -#").isascii() else ()


def read_table(table: Table, own_area: str, paper: Paper) -> Iterator[Observation]:
    """The observations of one table; a table whose columns can't be told apart gives none."""
    table = _aligned(_scaled(_captioned(_headed(with_whole_head(table)), paper)), paper)
    own = _label_column(table)
    columns = _columns(table, own, own_area)
    if not columns:
        return
    labels = [_label_text(row, own, table) for row in table.rows]
    heads = [cell.text for row in table.header for cell in row]
    layout = _Layout(
        table,
        own,
        columns,
        _named(labels) or _areas(labels, own_area, table),
        _named(heads),
        own_area,
        _is_numbered(labels),
    )
    above, months = "", month_rows(table, labels)
    for i, (row, label) in enumerate(zip(table.rows, labels, strict=True)):
        if _is_measure(label) and _has_figure(row, columns):
            leaning = bool(above and _HOW_ONLY.match(label))
            shown = f"{above}, {label}" if leaning else label
            yield from _row(layout, row, shown, paper, months.get(i))
            above = above if leaning else label


def _headed(table: Table) -> Table:
    """A table whose first row is its header, though nothing set it off: words over figures."""
    if table.header or len(table.rows) < _FEWEST_ROWS:
        return table
    first, rest = table.rows[0], table.rows[1:]
    shown = [_THOUSANDS.sub("in thousands", cell.text.strip()) for cell in first]
    if not all(shown) or any(map(find_figures, shown)):
        return table
    figured = [
        i
        for i in range(1, len(first))
        if all(i < len(row) and find_figures(row[i].text) for row in rest)
    ]
    return replace(table, header=(first,), rows=rest) if figured else table


def _scaled(table: Table) -> Table:
    """A table of money with the "£000" that stands at the right above it in its caption.

    There it was taken for a part of the last column's head.
    """
    if len(table.header) != 1:
        return table
    head = table.header[0]
    of_money = [cell for cell in head[1:] if _OF_MONEY.search(cell.text)]
    scale = _SCALE_FIRST.match(head[-1].text) if head else None
    if scale is None or len(of_money) < len(head) - 1 or "£" in "".join(c.text for c in head[:-1]):
        return table
    last = replace(head[-1], text=head[-1].text[scale.end() :])
    caption = f"{table.caption} {scale.group().strip()}".strip()
    return replace(table, caption=caption, header=((*head[:-1], last),))


def _captioned(table: Table, paper: Paper) -> Table:
    """A table whose header is blank, with the line of text above it as its caption."""
    if any(c.isalnum() for c in table.caption):
        return table
    above = paper.text[max(0, table.locator.start - 2_000) : table.locator.start].splitlines()
    told = (
        line.strip()
        for line in reversed(above)
        if any(c.isalnum() for c in line) and not line.lstrip().startswith("|")
    )
    return replace(table, caption=next(told, ""))


def _aligned(table: Table, paper: Paper) -> Table:
    """A table whose header lost the blank cell over the labels: its cells move one to the right."""
    width = max((len(row) for row in table.rows), default=0)
    if not table.header or len(table.header[-1]) != width - 1 or not table.rows:
        return table
    first = [row[0].text for row in table.rows if row]
    if not _is_worded(first) or not all(_is_date_word(cell.text) for cell in table.header[-1]):
        return table
    at = table.header[0][0].start
    blank = Cell("", at, at)
    years = _years_above(paper.text[max(0, at - 300) : at], len(table.header[-1]))
    above = ((blank, *(Cell(year, at, at) for year in years)),) if years else ()
    return replace(table, header=(*above, *((blank, *row) for row in table.header)))


def _years_above(before: str, columns: int) -> list[str]:
    """The years of a line that stands over just so many columns, each over its share of them."""
    lines = [line.strip() for line in before.splitlines() if line.strip()]
    if not lines or not _YEARS_ONLY.fullmatch(lines[-1]):
        return []
    years = re.findall(r"(?:19|20)\d\d(?:[/-]\d\d)?", lines[-1])
    share, rest = divmod(columns, len(years))
    return [] if rest else [year for year in years for _ in range(share)]


def _is_date_word(text: str) -> bool:
    return bool(
        _QUARTER.fullmatch(text.strip()) or re.fullmatch(_MONTH, text) or find_periods(text)
    )


def _label_text(row: Sequence[Cell], own: int, table: Table) -> str:
    if own < 0:
        return table.caption
    return row[own].text if own < len(row) else ""


def _label_column(table: Table) -> int:
    """The column that says what a row is of: numbers, codes or themes may stand before it.

    -1 where the columns are months from the first on, so that the caption is the label.
    """
    if table.header and all(_is_date_word(cell.text) for cell in table.header[-1]):
        return -1
    width = max((len(row) for row in table.rows), default=0)
    worded = [i for i in range(min(4, width)) if _is_worded(_cells(table, i))]
    named = [i for i in worded if _SAYS_MEASURE.search(" ".join(column_labels(table.header, i)))]
    if not worded:
        return 0
    first = _cells(table, worded[0])
    repeated = len(first) > 3 and len(set(first)) * 2 <= len(first)
    return named[0] if named and (worded[0] == named[0] or repeated) else worded[0]


def _cells(table: Table, index: int) -> list[str]:
    return [row[index].text for row in table.rows if index < len(row) and row[index].text]


def _is_worded(cells: Sequence[str]) -> bool:
    """Whether a column's cells are mostly words, not figures or codes such as "CP01"."""
    told = [sum(map(str.isalpha, cell)) > 1 and not _CODE.match(cell) for cell in cells]
    return sum(told) * 2 > len(told)


def _columns(table: Table, own: int, own_area: str) -> tuple[_Column, ...]:
    width = max(len(row) for row in (*table.header, *table.rows))
    printed = {i: " ".join(column_labels(table.header, i)) for i in range(own + 1, width)}
    if not any(printed.values()):
        if table.header and width - own == 2:
            return (_Column(own + 1, Label(None, None, Basis.ACTUAL, "", False), ""),)
        dated = _dated_columns(table, width - own - 1)
        return tuple(
            _Column(own + 1 + i, Label(period, None, Basis.ACTUAL, "", False), "")
            for i, period in enumerate(dated)
        )
    months = month_columns(table)
    kept = (
        _column(index, text, table, own_area, months.get(index))
        for index, text in printed.items()
        if text and not _NOT_FIGURES.match(text) and not _is_page_column(table, index)
    )
    told = [c for c in kept if not (_JUDGED.match(c.label.rest) or _is_prose(table, c))]
    aimed = any(c.label.basis is Basis.TARGET and not _BENCHMARK.match(c.printed) for c in told)
    told = list(_leaning([c for c in told if not (aimed and _BENCHMARK.match(c.printed))]))
    # Two columns under one date and label can't be told apart.
    twins: Counter[object] = Counter((c.printed, c.label.period) for c in told if c.label.period)
    return tuple(c for c in told if twins[c.printed, c.label.period] < 2)


def _leaning(columns: Sequence[_Column]) -> Iterator[_Column]:
    """The columns; one that is headed "%" and no more gives the one before it as a share."""
    before: _Column | None = None
    for column in columns:
        alone = _HOW_ONLY.match(column.printed)
        if before and alone and not _PLAIN_COUNT.match(before.label.rest):
            label = replace(column.label, rest=before.label.rest, period=before.label.period)
            column = replace(column, label=label)
        yield column
        before = column


def _column(
    index: int, text: str, table: Table, own_area: str, month_named: Period | None
) -> _Column:
    label = _column_label(text, table, own_area, month_named)
    shifted, to_date = _SHIFTED.search(text), _TO_DATE.search(text)
    if shifted and label.period is None:
        step = (shifted["step"] or "year").lower().removesuffix("s")
        if _LAST_YEAR.match(shifted.group()):
            step = "last year"
        rest = read_label(_SHIFTED.sub(" ", text), own_area).rest
        return _Column(index, replace(label, rest=rest), text, step)
    whole_year = label.period and label.period.kind is PeriodKind.FINANCIAL_YEAR
    if whole_year and (so_far := _SO_FAR.search(text)) and not to_date:
        rest = read_label(text[: so_far.start()] + text[so_far.end() :], own_area).rest
        return _Column(index, replace(label, rest=rest), text)
    if to_date and (label.period is None or whole_year):
        rest = read_label(_TO_DATE.sub(" ", text), own_area).rest
        return _Column(index, replace(label, period=None, rest=rest), text, "to date")
    return _Column(index, label, text)


def _column_label(text: str, table: Table, own_area: str, period: Period | None) -> Label:
    """A column's label; `period` is that of a month printed without its year."""
    label = _of_own(read_label(text, own_area), own_area)
    year = None if label.period else _SHORT_YEAR.search(text)
    if year and (dated := _year_beside(year[1], table)):
        return replace(read_label(text[: year.start()], own_area), period=dated)
    bare = _QUARTER.fullmatch(text.strip())
    if bare and (named := _quarter(bare, table)):
        return replace(label, period=named, rest="")
    counted = account_months(text)
    if period is not None and counted and not _EXPECTED.search(text):
        _, start, end = counted[0]
        return replace(read_label(text[:start] + text[end:], own_area), period=period)
    if period is None or label.period or _EXPECTED.search(text):
        return label  # a forecast made in a month is of the year
    _, start, end = bare_months(text)[0]
    if day := _DAY_BEFORE.search(text[:start]):
        start = day.start()
    return replace(read_label(text[:start] + text[end:], own_area), period=period)


def _of_own(label: Label, own_area: str) -> Label:
    """A column's label; one headed "County" or "LA" and no more is of the council itself."""
    own = not label.area and _OWN.fullmatch(label.rest)
    return replace(label, area=own_area or None, rest="") if own else label


def _year_beside(digits: str, table: Table) -> Period | None:
    """The calendar year of "Eng 23", where another column is headed 2023."""
    heads = (" ".join(column_labels(table.header, i)) for i in range(len(table.header[-1])))
    years = {m.period for head in heads for m in find_periods(head)}
    named = {
        year
        for year in years
        if year.kind is PeriodKind.CALENDAR_YEAR and f"{year.end.year}"[2:] == digits
    }
    return named.pop() if len(named) == 1 else None


def _quarter(named: re.Match[str], table: Table) -> Period | None:
    """The period of a column of a quarter or half: of the year over it, else a heading's.

    Without either, the latest such part that was over when the paper was written. Under a
    calendar year stand calendar quarters and halves.
    """
    part = _part(named)
    if named["year"] and "/" not in named["year"]:
        year, months = int(named["year"]), 12 // _parts(part)
        first, last = month(year, months * (part.number - 1) + 1), month(year, months * part.number)
        kind = PeriodKind.QUARTER if part.kind is PeriodKind.QUARTER else PeriodKind.SPAN
        return Period(last.end, first.start, kind)
    if named["year"]:
        return part.of(int(named["year"][:4]))
    for text in (table.caption, *reversed(table.headings)):
        years = {
            opening_year(mention.period.start)
            for mention in find_periods(text)
            if mention.period.kind in (PeriodKind.FINANCIAL_YEAR, part.kind)
        }
        if len(years) > 1:
            return None  # a line of years, of which one may be of this quarter
        if years:
            return part.of(years.pop())
    held = table.meeting.held
    if held is None:
        return None
    columns = [" ".join(column_labels(table.header, i)).strip() for i in range(20)]
    shown = [_part(m) for text in columns if (m := _QUARTER.fullmatch(text))]
    newest = max((p for p in shown if p.kind is part.kind), key=lambda p: p.number, default=part)
    return part.of(opening_year(newest.latest(held).start))


def _part(named: re.Match[str]) -> Part:
    kind = PeriodKind.HALF if named["half"] else PeriodKind.QUARTER
    return Part(kind, int(named["half"] or named["n"]), *named.span())


def _parts(part: Part) -> int:
    """Into how many such parts a year falls."""
    return 2 if part.kind is PeriodKind.HALF else 4


def _is_prose(table: Table, column: _Column) -> bool:
    """Whether a column holds remarks: figures in them have other labels."""
    label = column.label
    if label.period or label.area or label.basis is not Basis.ACTUAL:
        return False
    cells = [row[column.index].text for row in table.rows if column.index < len(row)]
    told = [len(re.findall(r"[^\W\d]{2,}", text)) for text in cells if text]
    return bool(told) and sum(told) > _WORDS_A_CELL * len(told)


def _is_page_column(table: Table, index: int) -> bool:
    """Whether a column holds the pages of a table of contents, whatever stands over it."""
    cells = [row[index].text for row in table.rows if index < len(row) and row[index].text]
    if not any(map(is_range, cells)):
        return False
    if not all(is_range(cell) or cell.strip().isdigit() for cell in cells):
        return False
    first = [int(re.findall(r"\d+", cell)[0]) for cell in cells]
    return first == sorted(first)


def _dated_columns(table: Table, count: int) -> tuple[Period, ...]:
    """Periods for columns without headings, when the text above lists just as many in order."""
    before = table.caption
    dated = [mention.period for mention in find_periods(before)]
    if len(dated) == count:
        return tuple(dated)
    if not dated:
        return ()
    last = dated[-1]  # "March, April and May 2018": the last two are read as a span
    closing = list(range(last.start.month, last.end.month + 1)) if _is_short(last) else []
    months = [number for number, _, _ in bare_months(before)] + closing
    if len(months) != count:
        return ()
    return tuple(month(last.end.year - (number > months[-1]), number) for number in months)


def _is_short(period: Period) -> bool:
    """A month, or two of one year."""
    return period.start.year == period.end.year and period.end.month - period.start.month < 2


def _named(labels: Sequence[str]) -> frozenset[str]:
    """Councils that labels begin with: one name alone may be a word."""
    found = {name for name in council_names() for text in labels if text.startswith(name)}
    return frozenset(found) if len(found) > 1 else frozenset()


def _areas(labels: Sequence[str], own_area: str, table: Table) -> frozenset[str]:
    """The labels of rows that are one area each: the council's own name among others compared."""
    above = f"{' '.join(column_labels(table.header, 0))} {table.caption}"
    told = {label.strip() for label in labels}
    if own_area not in told or not _COMPARED.search(above):
        return frozenset()
    return frozenset(name for name in told if not (find_area(name) or find_periods(name)))


def _is_numbered(labels: Sequence[str]) -> bool:
    """Whether the rows carry running numbers: "1 Children", "2 Rate", "3 3 or more"."""
    numbers = [int(m[1]) for label in labels if (m := _SERIAL.match(label))]
    return len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(labels)))


def _is_measure(label: str) -> bool:
    return bool(label) and not _NOT_A_MEASURE.match(label)


def _has_figure(row: Sequence[Cell], columns: Sequence[_Column]) -> bool:
    return any(find_figures(row[c.index].text) for c in columns if c.index < len(row))


def _row(
    layout: _Layout, row: tuple[Cell, ...], printed: str, paper: Paper, month_named: Period | None
) -> Iterator[Observation]:
    """The figures of a row whose label is `printed`; `month_named` where that is a month alone."""
    table = layout.table
    above = (*table.headings[-1:], table.caption[-240:])
    shown = _first_sentence(_SERIAL.sub("", printed) if layout.numbered else printed)
    part = part_of_year(printed)
    label = read_label("" if month_named or part else shown, layout.own_area)
    label = replace(label, period=label.period or month_named)
    start, end = row[0].start, max(cell.end for cell in row)
    where = Locator(
        paper.id, start, end, table.locator.page, " > ".join(h for h in table.headings[-2:] if h)
    )
    context = " > ".join(h for h in (*table.headings[:-1], *layout.kind, *above) if h)
    better = _better(table, row)
    newest = _newest(layout, row, label)
    if (stated := _baseline(printed)) and label.rest:
        value, dated = stated
        yield Observation(
            measure=label.rest,
            context=context,
            area=label.area or layout.own_area,
            basis=Basis.BASELINE,
            period=dated,
            value=value.value,
            unit=value.unit if value.unit != "count" or not label.percent else "percent",
            flags=value.flags,
            source="table",
            quote=paper.text[start:end],
            printed=value.printed,
            locator=where,
        )
    unit = _unit_cell(table, row) or ("%" if _are_shares(layout, row, shown) else "")
    for column in layout.columns:
        text = row[column.index].text if column.index < len(row) else ""
        if column.label.basis is Basis.TARGET and _NO_AIM.match(text):
            text = ""
        measure = _measure(label, column.label, layout)
        period = _dated(layout, column, label, newest)
        period = part.within(period) if part and period else period
        expected = bool(
            column.label.period or column.label.area or column.label.basis is Basis.TARGET
        )
        for reading in read_cell(
            text, _says(layout, shown, label, column, measure, unit), expected=expected
        ):
            yield Observation(
                measure=measure,
                context=context,
                area=_area(layout, printed, label, column),
                basis=_basis(label, column.label),
                period=period or (_of_accounts(layout, column) if reading.unit == "gbp" else None),
                value=reading.value,
                unit=reading.unit,
                flags=(*reading.flags, *better, *_noted(column, reading.unit)),
                source="table",
                quote=paper.text[start:end],
                printed=text,
                locator=where,
            )


def _of_accounts(layout: _Layout, column: _Column) -> Period | None:
    """The financial year of an amount of money whose column has no date of its own."""
    return layout.year or layout.year_beside(column)


def _are_shares(layout: _Layout, row: Sequence[Cell], shown: str) -> bool:
    """Whether a caption makes a row's figures percentages, as none of them is above a hundred."""
    if not _SHARES.search(layout.table.caption) or _COUNTS.search(shown):
        return False
    cells = [row[c.index].text for c in layout.columns if c.index < len(row)]
    return all(q.unit == "count" and 0 <= q.value <= 100 for t in cells for q in find_figures(t))


def _baseline(label: str) -> tuple[Quantity, Period] | None:
    """The baseline that a label names with its date: "(Baseline 31 March 2018: 147)"."""
    found = _BASELINE.search(label)
    dated = find_periods(found["date"]) if found else ()
    value = next(find_quantities(found["value"]), None) if found else None
    return (value, dated[0].period) if value and dated else None


def _newest(layout: _Layout, row: Sequence[Cell], label: Label) -> Period | None:
    """The period of a row's newest own figure, by which "last year" and "to date" are dated."""
    dated = [
        c.label.period
        for c in layout.columns
        if c.label.period
        and c.label.area in (None, layout.own_area)
        and c.label.basis is Basis.ACTUAL
        and c.index < len(row)
        and find_figures(row[c.index].text)
    ]
    own = Label(None, None, Basis.ACTUAL, "", False)
    return max(dated, default=None) or label.period or _stated_period(layout, own)


def _dated(layout: _Layout, column: _Column, label: Label, newest: Period | None) -> Period | None:
    """The period of a cell; None for "last year" beside nothing that has a date."""
    if not column.step:
        period = column.label.period or label.period or _stated_period(layout, column.label)
        return _on_its_day(period, layout.table.caption)
    if newest is None:
        return None
    match column.step:
        case "to date":
            return year_to_date(newest.end)
        case "year":
            return earlier_year(newest)
        case "last year":
            return _year_before(layout, newest)
        case "quarter" | "month" | "period":
            return _one_before(newest, column.step)
        case _:  # pragma: no cover - the pattern names no other
            return None


def _on_its_day(period: Period | None, caption: str) -> Period | None:
    """The day of a calendar year that a caption names for all columns: "at 31 July each year"."""
    named = {(int(m[1]), bare_months(m[2])[0][0]) for m in _DAY_OF_YEAR.finditer(caption)}
    if period is None or period.kind is not PeriodKind.CALENDAR_YEAR or len(named) != 1:
        return period
    number, of_month = next(iter(named))
    try:
        return day(date(period.end.year, of_month, number))
    except ValueError:  # 31 June: a misprint
        return period


def _year_before(layout: _Layout, newest: Period) -> Period | None:
    """The year before, whole: beside parts of a year only where the whole stands there, too."""
    if newest.kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR):
        return earlier_year(newest)
    if not any(c.step == "to date" for c in layout.columns):
        return None
    return financial_year(newest.end.year - (newest.end.month < 4) - 1)


def _one_before(period: Period, step: str) -> Period | None:
    """The quarter or month before; None where the period isn't one."""
    point = period.kind in (PeriodKind.DAY, PeriodKind.MONTH)
    if step != "quarter" and point:
        start = period.end.replace(day=1) - timedelta(days=1)
        return month(start.year, start.month)
    if step == "month" or period.kind is not PeriodKind.QUARTER:
        return None
    last = period.start - timedelta(days=1)
    first = month(last.year, last.month - 2)
    return Period(last, first.start, PeriodKind.QUARTER)


def _noted(column: _Column, unit: str) -> tuple[str, ...]:
    """What is to be known of a column's figures: they are an earlier period's, or a movement.

    By how much money moved is a figure of its own.
    """
    earlier = (EARLIER,) if column.step not in ("", "to date") else ()
    return (*earlier, *((CHANGE,) if unit != "gbp" and _MOVED.search(column.printed) else ()))


def _better(table: Table, row: Sequence[Cell]) -> tuple[str, ...]:
    """Which way is better, where a column of its own prints it."""
    for index, cell in enumerate(row):
        if _SAYS_BETTER.search(" ".join(column_labels(table.header, index))):
            if _LOWER.match(cell.text):
                return ("lower is better",)
            if _HIGHER.match(cell.text):
                return ("higher is better",)
    return ()


def _says(
    layout: _Layout, shown: str, label: Label, column: _Column, measure: str, unit: str
) -> Says:
    above = f"{layout.corner} {layout.table.caption}"
    percent = label.percent or unit.strip() == "%" or unit.lower().startswith("per cent")
    return Says(
        f"{measure} {unit}", f"{shown} {unit}", column.printed, above, percent, column.label.percent
    )


def _unit_cell(table: Table, row: Sequence[Cell]) -> str:
    """What a column of units says of a row: "%", "days", "no."."""
    for index, cell in enumerate(row):
        if _UNITS.match(" ".join(column_labels(table.header, index))) and len(cell.text) <= 20:
            return cell.text
    return ""


def _area(layout: _Layout, printed: str, label: Label, column: _Column) -> str:
    """Whose figure it is: a council that the row or column begins with, else what they name."""
    named = [name for name in layout.row_places if printed.startswith(name)]
    named += [name for name in layout.column_places if column.printed.startswith(name)]
    return named[0] if named else column.label.area or label.area or layout.own_area


def _basis(label: Label, column: Label) -> Basis:
    return column.basis if column.basis is not Basis.ACTUAL else label.basis


def _first_sentence(text: str) -> str:
    """A label without the commentary that some tables put below it in the same cell."""
    head = re.split(r"\s\(?(?:Baseline|Operational|Comment|Note|Responsible)\b", text)[0]
    return head[:_LABEL_LENGTH]


def _measure(label: Label, column: Label, layout: _Layout) -> str:
    parts = [label.rest, column.rest]
    if not any(parts):
        corner = "" if _CORNER.match(layout.corner) else layout.corner
        parts = [read_label(corner, layout.own_area).rest or layout.table.caption]
    elif label.area:
        parts.append(layout.corner if len(layout.corner) > 8 else "")
    return " ".join(part for part in parts if part)


def _stated_period(layout: _Layout, column: Label) -> Period | None:
    """The period of a whole table: in its corner, its caption, or the heading above it.

    A heading dates the council's own figures; comparators and targets beside them may be older.
    So does the title of the report, where it names a year or a quarter.
    """
    table = layout.table
    own = column.area in (None, layout.own_area) and column.basis is Basis.ACTUAL
    for text in (layout.corner, table.caption, *(table.headings[-1:] if own else ())):
        mentions = find_periods(text) if len(text) < _CAPTION else ()
        if len(mentions) == 1:
            return mentions[0].period
    titled = find_periods(table.headings[0]) if own and table.headings else ()
    undated = not any(c.label.period for c in layout.columns)
    if undated and len(titled) == 1 and titled[0].period.kind in _REPORTED:
        return titled[0].period
    return None
