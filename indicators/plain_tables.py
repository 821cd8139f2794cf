"""Tables printed as plain lines: a row is a label, then values with blanks between them.

A row belongs under a line of headings only where both have as many columns, ratings stand under
"RAG" and nowhere else, and no number is left over between label and values. What has blank cells,
so that a value may be of one column or another, is read only where the lines are set out in
columns; else it is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indicators.head_lines import in_order
from indicators.headings import Columns, Heading, Sort, cut, find_headings, listed
from indicators.lines import Line, Places, lines_of
from indicators.pieces import is_period, is_range
from ingest.model import Cell, Locator, Paper, Passage, PeriodKind, Table
from ingest.periods import find_periods

_FIGURE = r"(?!£['’]?000)[-−–+]?£?\d[\d,]*(?:\.\d+)?(?:%|m|k|bn|pp)?"
_VALUE = re.compile(
    rf"(?:{_FIGURE}|\[{_FIGURE}\]|\({_FIGURE}\))[*†‡^#]{{0,2}}(?:\((?:r|p|e)\))?"
    r"|[-–—]{1,3}|\.{2,3}|\*{1,2}|<\s?\d+|[cxz]|n/?[akr]|nil|none|tbc"
    r"|not (?:yet )?(?:reported|available|known|published|collected|recorded|measured)",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"not (?:yet )?(?:reported|available|known|published|collected|recorded|measured)|\S+", re.I
)
_RATING = re.compile(
    r"[RAGB]|red|amber|green|blue|[▲▼↑↓→↔◄►⇧⇩⇨=]+|improv(?:ing|ed)|declin(?:ing|ed)|worse(?:ning)?|"
    r"better|static|stable|same|up|down|rising|falling|n/?a|-|–|—",
    re.IGNORECASE,
)
_MARK = re.compile(r"\((?:r|p|e|rev|prov|restated|revised|provisional|estimate)\)", re.IGNORECASE)
_BESIDE = re.compile(rf"\({_FIGURE}\)")
_UNIT = re.compile(r"%|days|per ?cent", re.IGNORECASE)
_IS_YEAR = re.compile(r"(?:19|20)\d\d")
_TAKES_NUMBER = re.compile(
    r"\b(?:per|under|over|aged?|ages|than|stage|KS|grade|level|least|most|within|in|of|last|to|"
    r"tier|phase|and|or|years?|attainment|progress|section|regulation|band|top)$|[-–/&]$",
    re.IGNORECASE,
)
_ENDS_IN_NUMBER = re.compile(
    r"\S\s+(?:aged?|ages|stage|KS|grade|attainment|progress|tier|phase|band|level|year)$",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"\d{1,2}")
_REFERENCE = re.compile(r"(?:[A-Z]{1,5}[ .-]?)?\d{1,3}(?:\.\d{1,2})*[a-z]?[.)]?(?=\s)")
_OPEN = re.compile(r"(?:[,(/&–-]|\b(?:the|of|and|or|to|for|in|a|an|with|by|who|on|at|per|their))$")
_CLOSES = re.compile(
    r"^(?:chart|graph|figure|fig\.|key|notes?|source|\[|(?-i:\d+(?:\.\d+)*\.?\s+[A-Z]{4}))",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"^(?:table|figure|annex|appendix)\b", re.IGNORECASE)
_QUARTER = re.compile(r"Q(?:uarter |tr )?[1-4]", re.IGNORECASE)
_YEARS = (PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR, PeriodKind.CALENDAR_YEAR)
_LABEL_LENGTH = 110
_FEWEST_VALUES = 3
_REACH = 6  # lines above a row among which its headings are looked for
_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class _Values:
    """A line as a label and the values behind it, as cells."""

    line: Line
    cells: tuple[Cell, ...]
    label_end: int

    @property
    def label(self) -> str:
        return self.line.text[: self.label_end].rstrip()


@dataclass(slots=True)
class _Open:
    """Rows under one line of headings, as far as read, and how many others have other columns.

    `usual` is the table whose headings may come back.
    """

    columns: Columns
    heads: Line
    above: str
    rows: list[tuple[str, tuple[Cell, ...]]] = field(default_factory=list)
    usual: "_Open | None" = None
    misfits: int = 0


def plain_tables(paper: Paper, taken: Sequence[Table] = ()) -> tuple[Table, ...]:
    """The tables that a paper prints as lines of words and figures, but for those `taken`."""
    places = Places(paper, taken)
    reader = _Reader()
    for line in lines_of(paper):
        passage = places.of(line.start)
        if passage is None or places.is_table(line.start):
            reader.close()
        else:
            reader.read(line)
    reader.close()
    return tuple(
        table
        for opened in reader.closed
        if (passage := places.of(opened.heads.start)) is not None
        for table in _tables(opened, passage, paper)
    )


class _Reader:
    """Lines one after the other; a row opens a table where headings above it have its columns."""

    def __init__(self) -> None:
        self.closed: list[_Open] = []
        self._open: _Open | None = None
        self._above: list[Line] = []
        self._group = ""
        self._held: Line | None = None
        self._before_held = ""

    def close(self) -> None:
        """Prose, a chart or another kind of table: nothing goes on behind it."""
        self._keep()
        self._open, self._group, self._held = None, "", None
        self._above.clear()

    def _keep(self) -> None:
        if self._open and len(self._open.rows) > self._open.misfits:
            self.closed.append(self._open)

    def read(self, line: Line) -> None:
        """Take in a line."""
        if line.mark:
            return
        if "\t" in line.text or line.text.startswith("|"):
            self.close()
        elif (ways := _values(line)) and self._row(line, ways):
            self._held = None
        elif ways and self._open and not find_headings(line.text):
            self._held = None  # a row with blanks, of which no one can tell where they are
            self._open.misfits += 1
        elif len(line.text) <= _LABEL_LENGTH * 2 and not _is_prose(line.text):
            self._words(line)
        else:
            self.close()

    def _words(self, line: Line) -> None:
        """A line without values: a heading, the first words of a label, or the last."""
        if _CLOSES.match(line.text) and not _CAPTION.match(line.text):
            self.close()
        if self._goes_on(line):
            return
        self._above = [*self._above, line][-_REACH:]
        self._held, self._before_held = line, self._group
        if len(line.text) <= _LABEL_LENGTH:
            self._group = line.text

    def _goes_on(self, line: Line) -> bool:
        """Whether a line holds the last words of the label above, to which they are added."""
        rows = self._open.rows if self._open else []
        if line.apart or self._held or not rows or not line.text[0].islower():
            return False
        group, (label, *cells) = rows[-1]
        rows[-1] = (group, (replace(label, text=f"{label.text} {line.text}"), *cells))
        return True

    def _row(self, line: Line, ways: Sequence[_Values]) -> bool:
        opened = self._open
        while opened:
            if cells := _under(opened.columns, ways):
                if opened is not self._open:
                    self._keep()
                    self._open = opened = replace(opened, rows=[], misfits=0)
                self._add(opened, line, cells)
                return True
            opened = opened.usual
        if found := self._headed(ways):
            self._keep()
            self._open = found[0]
            self._group = self._between(found[0].heads)
            self._add(found[0], line, found[1])
            return True
        return False

    def _add(self, opened: _Open, line: Line, cells: tuple[Cell, ...]) -> None:
        held = self._held
        if held and not line.apart and _leads_on(held.text, cells[0].text):
            cells = (Cell(f"{held.text} {cells[0].text}", held.start, cells[0].end), *cells[1:])
            self._group = self._before_held
        opened.rows.append((self._group, cells))
        self._above.clear()

    def _between(self, heads: Line) -> str:
        """The heading of a group of rows, between the line of headings and the first row."""
        return next(
            (above.text for above in reversed(self._above) if above.start > heads.start), ""
        )

    def _headed(self, ways: Sequence[_Values]) -> tuple[_Open, tuple[Cell, ...]] | None:
        """A table that a row opens, under the nearest line above that has its columns."""
        for i in range(len(self._above) - 1, -1, -1):
            heads = self._above[i]
            if _CAPTION.match(heads.text):
                continue
            over = self._above[i - 1].text if i else ""
            over = self._open.above if self._open and not over else over
            if found := self._several(i, ways):
                return found
            for columns in self._readings(heads, ways):
                if cells := _under(columns, ways):
                    return _Open(columns, heads, over, usual=self._open), cells
        return None

    def _several(self, i: int, ways: Sequence[_Values]) -> tuple[_Open, tuple[Cell, ...]] | None:
        """A table under several lines of headings, the lowest of which is `i` of those above."""
        first = i
        while first and not self._above[first].apart:
            first -= 1
            lines, over = self._above[first : i + 1], self._above[first - 1 : first]
            for count in dict.fromkeys(len(values.cells) for values in ways):
                columns = in_order(lines, count)
                if columns and (cells := _under(columns, ways)):
                    above = over[0].text if over else ""
                    return _Open(columns, lines[-1], above, usual=self._open), cells
        return None

    def _readings(self, heads: Line, ways: Sequence[_Values]) -> Iterator[Columns]:
        if columns := listed(heads.text, heads.start):
            yield columns
            return
        most = max(len(values.cells) for values in ways)
        for count in range(min(most, _COLUMNS), 1, -1):
            if columns := cut(heads.text, count, heads.start):
                yield from (c for c in (self._instead(columns), columns) if c)

    def _instead(self, dates: Columns) -> Columns | None:
        """The open table's headings with other dates for the next rows: terms, not quarters."""
        usual = self._open.columns if self._open else None
        if usual is None or dates.before or len(dates.dated) < len(dates.figures):
            return None
        dated = usual.dated
        if not dated or dated != tuple(range(dated[0], dated[-1] + 1)):
            return None
        kept = (*usual.figures[: dated[0]], *dates.figures, *usual.figures[dated[-1] + 1 :])
        return Columns(usual.before, kept)


def _is_prose(text: str) -> bool:
    return text.endswith((".", ";", "?", "!")) or len(text) > 2 * _LABEL_LENGTH


def _leads_on(held: str, label: str) -> bool:
    """Whether a line of words is the first part of the label below it."""
    leads = _OPEN.search(held) or label[:1].islower() or label[:1] in ("(", "&")
    return bool(leads) and len(held) <= _LABEL_LENGTH


def _values(line: Line) -> tuple[_Values, ...]:
    """The ways to read the values at a line's end; none where there are fewer than two.

    "21% (19)" is one value with a second figure, "3,285 (125)" two.
    """
    found = [(m.start(), m.end()) for m in _WORD.finditer(line.text)]
    apart = _spans(line.text, found, joined=False)
    joined = _spans(line.text, found, joined=True)
    ways = [apart, joined] if joined != apart else [apart]
    ways = [_without_name(line.text, spans) for spans in ways]
    return tuple(_cells(line, spans) for spans in ways if len(spans) > 1)


def _without_name(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The values without a number that ends the label: "Average Attainment 8", "at age 5"."""
    if len(spans) < _FEWEST_VALUES:
        return spans
    (start, end), *rest = spans
    named = _ENDS_IN_NUMBER.search(text[:start].rstrip())
    return tuple(rest) if named and _PLAIN_NUMBER.fullmatch(text[start:end]) else spans


def _spans(
    text: str, found: Sequence[tuple[int, int]], *, joined: bool
) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    behind: int | None = None
    for start, end in reversed(found):
        word = text[start:end]
        if _MARK.fullmatch(word) or (joined and _BESIDE.fullmatch(word)) or _UNIT.fullmatch(word):
            behind = behind or end
        elif _VALUE.fullmatch(word) or _RATING.fullmatch(word):
            spans.insert(0, (start, behind or end))
            behind = None
        else:
            break
    return tuple(spans)


def _cells(line: Line, spans: Sequence[tuple[int, int]]) -> _Values:
    cells = tuple(Cell(line.text[a:b], line.start + a, line.start + b) for a, b in spans)
    return _Values(line, cells, spans[0][0])


def _under(columns: Columns, ways: Sequence[_Values]) -> tuple[Cell, ...] | None:
    """A row's cells, label first, where they fit the columns in one way."""
    count = len(columns.figures)
    fitting = {cells for v in ways if (cells := _last(v, count, columns))}
    fitting = fitting or {cells for v in ways if (cells := _unrated(v, columns))}
    exact = {cells for cells in fitting if any(len(v.cells) == count for v in ways)}
    chosen = exact if len(exact) == 1 else fitting
    return next(iter(chosen)) if len(chosen) == 1 else None


def _last(values: _Values, count: int, columns: Columns) -> tuple[Cell, ...] | None:
    """The last `count` values with the label before them, which may end in a number itself."""
    if len(values.cells) < count:
        return None
    cells = values.cells[-count:]
    line = values.line
    label = line.text[: cells[0].start - line.start].rstrip()
    left = values.cells[:-count]
    dated = bool(left) and is_period(label)
    if left and not dated and (len(left) > 1 or not _TAKES_NUMBER.search(values.label)):
        return None
    if not _is_label(label) or not _fit(cells, columns):
        return None
    return (Cell(label, line.start, line.start + len(label)), *cells)


def _unrated(values: _Values, columns: Columns) -> tuple[Cell, ...] | None:
    """A row without its rating at the end, as nothing is aimed at: "none" stands as its target."""
    figures = columns.figures
    if len(values.cells) != len(figures) - 1 or columns.judged != {len(figures) - 1}:
        return None
    aims = [c for c, h in zip(values.cells, figures, strict=False) if h.sort is Sort.TARGET]
    row = _last(values, len(figures) - 1, Columns(columns.before, figures[:-1]))
    if not aims or any(map(str.isdigit, aims[0].text)) or row is None:
        return None
    return (*row, Cell("", row[-1].end, row[-1].end))


def _is_label(text: str) -> bool:
    told = any(c.isalpha() for c in text) or is_range(text) or is_period(text)
    return len(text) <= 2 * _LABEL_LENGTH and told


def _fit(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether ratings stand under the headings of ratings, and figures under the others."""
    if all(_IS_YEAR.fullmatch(cell.text) for cell in cells):
        return False  # a line of headings itself
    if len(cells) == 2 and cells[0].text in "-–—":
        return False  # "Target - 428 days"
    if not any(any(c.isdigit() for c in cell.text) for cell in cells):
        return False
    for i, cell in enumerate(cells):
        form = _RATING if i in columns.judged else _VALUE
        if not (form.fullmatch(_bare(cell.text)) or form.fullmatch(cell.text)):
            return False
    return True


def _bare(text: str) -> str:
    """A value without the marks and the second figure behind it."""
    return re.split(r"\s", text, maxsplit=1)[0]


def _tables(opened: _Open, passage: Passage, paper: Paper) -> Iterator[Table]:
    """A table for each group of rows; where no heading is known for one, of two rows at least."""
    money = any("£" in h.text for h in opened.columns.figures)
    told = money or _is_told_of(opened.above, passage)
    if opened.columns.plain and not (_is_full(opened.rows) and told):
        return
    groups: dict[str, list[tuple[Cell, ...]]] = {}
    for group, row in opened.rows:
        groups.setdefault(group, []).append(row)
    referred = all(_REFERENCE.match(row[0].text) for _, row in opened.rows)
    counted = opened.columns.before[:1] and opened.columns.before[0].sort is Sort.REFERENCE
    numbered = referred and (bool(counted) or len(opened.rows) > 2)
    for group, rows in groups.items():
        body = tuple(map(_numbered, rows)) if numbered else tuple(rows)
        header = _header(opened, numbered=numbered)
        start, end = body[0][0].start, max(cell.end for cell in body[-1])
        caption = " > ".join(text for text in (opened.above, group) if text)
        where = Locator(paper.id, start, end, passage.locator.page, passage.locator.item)
        headings = (passage.part_title, *passage.headings)
        yield Table(caption, headings, (header,), body, passage.meeting, where)


def _is_told_of(above: str, passage: Passage) -> bool:
    """Whether a caption or heading says of what date, or in what money, a table is."""
    shown = (above, passage.part_title, *passage.headings[-1:])
    return bool(_CAPTION.match(above) or "£" in above or any(map(find_periods, shown)))


def _is_full(rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> bool:
    """Whether there are two rows at least and a figure in every column: no list with dashes."""
    held = zip(*(cells[1:] for _, cells in rows), strict=True)
    return len(rows) > 1 and all(any(any(map(str.isdigit, c.text)) for c in of) for of in held)


def _numbered(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row whose number has a cell of its own."""
    label = row[0]
    number = _REFERENCE.match(label.text)
    end = number.end() if number else 0
    rest = label.text[end:]
    at = label.start + end + len(rest) - len(rest.lstrip())
    return (
        Cell(label.text[:end], label.start, label.start + end),
        Cell(rest.strip(), at, label.end),
        *row[1:],
    )


def _years_over(above: str, figures: Sequence[Heading]) -> dict[int, str]:
    """The year of each bare quarter, where a line of years stands above the quarters.

    Another year begins where they do: "Q3 Q4 Q1 Q2" stand under two.
    """
    years = [above[m.start : m.end] for m in find_periods(above) if m.period.kind in _YEARS]
    quarters = [(i, int(h.text[-1])) for i, h in enumerate(figures) if _QUARTER.fullmatch(h.text)]
    runs: list[list[int]] = []
    before = 0
    for i, number in quarters:
        if not runs or number <= before:
            runs.append([])
        runs[-1].append(i)
        before = number
    if len(runs) != len(years):
        return {}
    return {i: year for run, year in zip(runs, years, strict=True) for i in run}


def _header(opened: _Open, *, numbered: bool) -> tuple[Cell, ...]:
    heads, columns = opened.heads, opened.columns
    text = " ".join(h.text for h in columns.before if h.sort is not Sort.REFERENCE)
    blank = Cell("", heads.start, heads.start)
    first = Cell(text, heads.start, heads.start + len(text))
    years = _years_over(opened.above, columns.figures)
    figures = [
        Cell(f"{h.text} {years[i]}" if i in years else h.text, h.start, h.end)
        for i, h in enumerate(columns.figures)
    ]
    return (*((blank,) if numbered else ()), first, *figures)
