"""Excel workbooks: the cells of each sheet as they are printed, and what is merged or hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from ingest.errors import UnreadableFile
from ingest.formats.containers import Container, Element
from ingest.formats.limits import Limits
from ingest.formats.number_formats import (
    BUILT_IN,
    GENERAL,
    NumberFormat,
    decimal_of,
    number_format,
    plain,
)
from ingest.formats.regions import Area, Sheet, Value
from ingest.formats.render import raised

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL_PARTS = ("{*}row", "{*}col", "{*}mergeCell")
_YEARS = (1990, 2100)
_YES = ("1", "true")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets of a workbook, and what was left out of the others by name."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    owner: tuple[str, ...]


@dataclass(slots=True)
class _Read:
    """A sheet as it is read."""

    name: str
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: int = 0
    errors: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)


def read_workbook(raw: bytes, limits: Limits) -> Workbook:
    """The sheets of a workbook in order; raises UnreadableFile."""
    return _Reader(Container(raw, limits), limits).read()


class _Reader:
    def __init__(self, container: Container, limits: Limits) -> None:
        self._container = container
        self._limits = limits
        self._part = container.main_part() or "xl/workbook.xml"
        self._folder = self._part.rpartition("/")[0]
        self._formats: tuple[NumberFormat, ...] = ()
        self._shared: tuple[str, ...] = ()
        self._since_1904 = False
        self._cells = 0

    def read(self) -> Workbook:
        """The workbook: its visible sheets in order."""
        root = self._container.root(self._part)
        listed = None if root is None else root.find("{*}sheets")
        if root is None or listed is None:
            raise UnreadableFile(
                "the file holds no workbook; open it in Excel and save it as .xlsx."
            )
        properties = root.find("{*}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in _YES
        self._formats = self._read_formats()
        self._shared = self._read_shared()
        related = self._container.relations(self._part)
        sheets: list[Sheet] = []
        hidden: list[str] = []
        for sheet in listed.iterfind("{*}sheet"):
            name = sheet.get("name", "")
            if sheet.get("state", "visible") != "visible":
                hidden.append(name)
                continue
            kind, target = related.get(_relation(sheet), ("", ""))
            if kind == "worksheet":
                sheets.append(self._sheet(name, target))
        return Workbook(tuple(sheets), tuple(hidden), tuple(self._owner()))

    def _read_formats(self) -> tuple[NumberFormat, ...]:
        """The number formats by the number that cells name them by."""
        root = self._container.root(f"{self._folder}/styles.xml")
        if root is None:
            return ()
        codes = dict(BUILT_IN)
        for own in root.iterfind("{*}numFmts/{*}numFmt"):
            codes[_number(own.get("numFmtId"), 0)] = own.get("formatCode", GENERAL)
        return tuple(
            number_format(codes.get(_number(style.get("numFmtId"), 0), GENERAL)[:400])
            for style in root.iterfind("{*}cellXfs/{*}xf")
        )

    def _read_shared(self) -> tuple[str, ...]:
        name = f"{self._folder}/sharedStrings.xml"
        for kind, target in self._container.relations(self._part).values():
            name = target if kind == "sharedStrings" else name
        return tuple(map(_rich, self._container.elements(name, ("{*}si",))))

    def _owner(self) -> Iterator[str]:
        """The title and the organisation that the file's properties name."""
        core = self._container.root("docProps/core.xml")
        yield from (e.text for e in (() if core is None else core.iter("{*}title")) if e.text)
        app = self._container.root("docProps/app.xml")
        yield from (e.text for e in (() if app is None else app.iter("{*}Company")) if e.text)

    def _sheet(self, name: str, part: str) -> Sheet:
        read = _Read(name)
        at = 0
        for element in self._container.elements(part, _CELL_PARTS):
            tag = element.tag.rpartition("}")[2]
            if tag == "row":
                at = _number(element.get("r"), at + 1)
                self._row(element, at, read)
            elif tag == "mergeCell":
                if area := _area(element.get("ref", "")):
                    read.merged.append(area)
            elif element.get("hidden") in _YES:
                first, last = _number(element.get("min"), 1), _number(element.get("max"), 1)
                read.hidden_columns.update(range(first, min(last, 16384) + 1))
        return _finished(read)

    def _row(self, row: Element, at: int, read: _Read) -> None:
        values: dict[int, Value] = {}
        column = 0
        for cell in row.iterchildren("{*}c"):
            place = _REFERENCE.match(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            value = self._value(cell, at, column, read)
            if value is not None:
                values[column] = value
        if row.get("hidden") in _YES:
            read.hidden_rows += bool(values)
        elif values:
            self._cells += len(values)
            if self._cells > self._limits.cells:
                raise UnreadableFile(
                    f"the workbook has more than {self._limits.cells:,} cells; split it."
                )
            read.rows[at] = values

    def _value(self, cell: Element, row: int, column: int, read: _Read) -> Value | None:
        kind = cell.get("t", "n")
        text = ""
        counted = False
        for part in cell.iterchildren("{*}v", "{*}is", "{*}f"):
            if part.tag.endswith("}v"):
                text = part.text or ""
            elif part.tag.endswith("}is"):
                text = _rich(part)
            elif part.tag.endswith("}f"):
                counted = True
        if not text:
            if counted and kind != "str":
                read.uncounted.append(f"{_letters(column)}{row}")
            return None
        if kind == "e":
            read.errors.append(f"{_letters(column)}{row} ({text})")
            return None
        if kind == "s":
            place = _number(text, -1)
            text = self._shared[place] if 0 <= place < len(self._shared) else ""
        elif kind == "b":
            text = "TRUE" if text == "1" else "FALSE"
        elif kind in ("n", "d"):
            return self._figure(text, kind, _number(cell.get("s"), 0))
        return Value(_unescaped(text)) if text.strip() else None

    def _figure(self, text: str, kind: str, style: int) -> Value | None:
        form = self._formats[style] if style < len(self._formats) else number_format(GENERAL)
        if kind == "d":
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                return Value(text)
            shaped = form if form.dated else number_format("d mmmm yyyy hh:mm")
            return Value(shaped.show_moment(moment.replace(tzinfo=None)))
        number = decimal_of(text)
        if number is None:
            return Value(text) if text.strip() else None
        shown = form.show(number, since_1904=self._since_1904)
        return (
            Value(shown, figure=not form.dated and not _is_year(number, shown))
            if shown
            else (Value(plain(number), figure=True) if not _blanked(form) else None)
        )


def _blanked(form: NumberFormat) -> bool:
    """Whether a format is there to print nothing (";;;")."""
    return len(form.sections) > 1 or not form.sections


def _is_year(number: Decimal, shown: str) -> bool:
    return shown.isdigit() and _YEARS[0] <= number <= _YEARS[1]


def _finished(read: _Read) -> Sheet:
    """The sheet without its hidden columns, and notes on all that isn't shown."""
    hidden = {
        column for column in read.hidden_columns if any(column in r for r in read.rows.values())
    }
    rows = {
        at: {column: value for column, value in row.items() if column not in hidden}
        for at, row in read.rows.items()
    }
    notes = []
    if hidden or read.hidden_rows:
        parts = [_counted(len(hidden), "column"), _counted(read.hidden_rows, "row")]
        left = " and ".join(part for part in parts if part)
        notes.append(f"Sheet {read.name!r}: {left} hidden in the workbook left out.")
    if read.uncounted:
        notes.append(
            f"Sheet {read.name!r}: {_counted(len(read.uncounted), 'formula')} without saved value"
            f" read as blank ({_some(read.uncounted)}); open the workbook in Excel and save it."
        )
    if read.errors:
        notes.append(
            f"Sheet {read.name!r}: {_counted(len(read.errors), 'error cell')} read as blank "
            f"({_some(read.errors)})."
        )
    return Sheet(read.name, rows, tuple(read.merged), tuple(notes))


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' if count != 1 else ''}" if count else ""


def _some(places: list[str]) -> str:
    return ", ".join(places[:5]) + (", …" if len(places) > 5 else "")


def _rich(element: Element) -> str:
    """A string with its runs in several looks; superscript digits as such, no phonetic guides."""
    pieces: list[str] = []
    for part in element:
        tag = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
        if tag == "t":
            pieces.append(part.text or "")
        elif tag == "r":
            height = part.find("{*}rPr/{*}vertAlign")
            text = "".join(t.text or "" for t in part.iterfind("{*}t"))
            up = height is not None and height.get("val") == "superscript"
            pieces.append(raised(text) if up else text)
    return "".join(pieces)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _relation(element: Element) -> str:
    return next((str(held) for key, held in element.attrib.items() if str(key).endswith("}id")), "")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _area(reference: str) -> Area | None:
    match = _AREA.fullmatch(reference)
    return (
        Area(int(match[2]), _column(match[1]), int(match[4]), _column(match[3])) if match else None
    )
