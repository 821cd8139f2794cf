"""The histories of figures as a council's workbook of indicators, and as a tidy CSV."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from corpus.publishing.container import settled
from corpus.publishing.pack import CORPUS

YEAR = "2023/24"
_MONTHS = (*(f"2023-{month:02}" for month in range(4, 13)), "2024-01", "2024-02", "2024-03")
_COMPARATORS = ("England", "South Midlands", "statistical neighbours")
_SHADE = PatternFill("solid", fgColor="D9E1F2")
_EDGE = Border(*(Side("thin") for _ in range(4)))
_COUNCIL = "Averonshire County Council"


@dataclass(frozen=True)
class _Row:
    """A line of a history: one figure, None where it was not reported."""

    measure: str
    unit: str
    population: str
    basis: str
    area: str
    period: str
    value: float | None
    note: str


@dataclass(frozen=True)
class _Measure:
    """A measure as the workbook names it, by name and population in the history."""

    label: str
    name: str
    population: str
    digits: int = 0


_ALL = "all children looked after, month end"
_TWELVE = "looked after 12 months or longer"
_EET = "Care leavers in education, employment or training"
_THEMES: dict[str, tuple[_Measure, ...]] = {
    "Children looked after": (
        _Measure("Children looked after at month end", "Children looked after", _ALL),
        _Measure(
            "Children looked after per 10,000 aged under 18",
            "Children looked after per 10,000 aged under 18",
            _ALL,
            1,
        ),
        _Measure(
            "Unaccompanied asylum-seeking children looked after",
            "Unaccompanied asylum-seeking children looked after",
            _ALL,
        ),
        _Measure(
            "Foster carer households (quarter end)",
            "Council foster carer households",
            "approved mainstream and kinship households, quarter end",
        ),
    ),
    "Placements": (
        _Measure(
            "Placed more than 20 miles from home (number)",
            "Children placed more than 20 miles from home",
            _ALL,
        ),
        _Measure(
            "Placed more than 20 miles from home (%)",
            "Children placed more than 20 miles from home",
            _ALL,
            1,
        ),
        _Measure(
            "Three or more placements in 12 months",
            "Children with three or more placements in the last 12 months",
            _ALL,
            1,
        ),
        _Measure(
            "Same placement for two years or more",
            "In the same placement for two years or more",
            "under 16, looked after 2.5 years or longer",
        ),
    ),
    "Health and education": (
        _Measure("Health assessment up to date", "Health assessment up to date", _TWELVE),
        _Measure("Dental check up to date", "Dental check up to date", _TWELVE),
        _Measure(
            "Personal education plan up to date",
            "Personal education plan up to date",
            "looked after, school age (no figure in August)",
        ),
    ),
    "Care leavers": (
        _Measure("Care leavers aged 17 and 18 in EET", _EET, "care leavers aged 17 and 18"),
        _Measure("Care leavers aged 19 to 21 in EET", _EET, "care leavers aged 19 to 21"),
        _Measure(
            "Care leavers aged 19 to 21 in suitable accommodation",
            "Care leavers in suitable accommodation",
            "care leavers aged 19 to 21",
        ),
    ),
    "Missing": (
        _Measure(
            "Children who went missing in the month",
            "Children who went missing in the month",
            "all children looked after",
        ),
        _Measure(
            "Missing incidents in the month",
            "Missing incidents in the month",
            "all children looked after",
        ),
    ),
}
_NOTES = (
    "Notes",
    "n/r: a figure was due but could not be produced. A blank cell: no figure was due, or the "
    "figure was not run.",
    "EET: education, employment or training.",
    "Figures are those held on 20 March 2025; some have been restated since they were first "
    "published.",
)


def _history(council: str) -> list[_Row]:
    with (CORPUS / "truth" / f"{council}-history.csv").open(encoding="utf-8", newline="") as file:
        return [
            _Row(
                line["measure"],
                line["unit"],
                line["population"],
                line["basis"],
                line["area"],
                line["period"],
                float(line["value"]) if line["value"] else None,
                line["note"] or "",
            )
            for line in csv.DictReader(file)
        ]


def workbook() -> bytes:
    """Averonshire's figures of 2023/24 as XLSX; the same bytes on every run."""
    rows = _history("averonshire")
    book = Workbook()
    _front(book.worksheets[0])
    for number, (theme, measures) in enumerate(_THEMES.items(), 1):
        _theme(book.create_sheet(theme), number, theme, measures, rows)
    _hidden(book.create_sheet("Draft 2024-25"), rows)
    book.properties.creator = _COUNCIL
    book.properties.title = f"Children in care and care leavers: indicators {YEAR}"
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())


def _front(sheet: Worksheet) -> None:
    sheet.title = "Cover"
    lines = (
        _COUNCIL,
        f"Children in care and care leavers: indicators {YEAR}",
        "Corporate Parenting Board",
        None,
        "Sheets",
        *_THEMES,
        None,
        "Contact: Wendy Garlick, Performance and Intelligence, wendy.garlick@averonshire.example",
    )
    for at, line in enumerate(lines, 1):
        sheet.cell(at, 1, line)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    sheet.column_dimensions["A"].width = 70


def _theme(
    sheet: Worksheet, number: int, theme: str, measures: tuple[_Measure, ...], rows: list[_Row]
) -> None:
    """Title rows, a header of two levels, a row for each measure, notes."""
    sheet.cell(1, 1, _COUNCIL).font = Font(bold=True, size=14)
    sheet.cell(2, 1, f"Indicators {YEAR}: {theme}").font = Font(bold=True)
    sheet.cell(3, 1, "Position at each month end unless stated")
    _header(sheet, 5)
    for at, measure in enumerate(measures, 1):
        _measure_row(sheet, 6 + at, f"{number}.{at}", measure, rows)
    for at, note in enumerate(_NOTES, 9 + len(measures)):
        sheet.cell(at, 1, note).font = Font(italic=at > 9 + len(measures), size=9)
    sheet.column_dimensions["B"].width = 52
    sheet.freeze_panes = "C7"


def _header(sheet: Worksheet, top: int) -> None:
    spans = (("Ref", 1, 1), ("Measure", 2, 2), (YEAR, 3, 14), (f"Target {YEAR}", 15, 15))
    for text, first, last in (*spans, (f"Comparators {YEAR}", 16, 18)):
        sheet.cell(top, first, text)
        below = top if last > first else top + 1
        sheet.merge_cells(start_row=top, end_row=below, start_column=first, end_column=last)
    for column, period in enumerate(_MONTHS, 3):
        year, month = map(int, period.split("-"))
        cell = sheet.cell(top + 1, column, date(year, month, 1))
        cell.number_format = "mmm\\-yy"
    for column, area in enumerate(_COMPARATORS, 16):
        sheet.cell(top + 1, column, area[0].upper() + area[1:])
    for column in range(1, 19):
        for row in (top, top + 1):
            cell = sheet.cell(row, column)
            cell.fill, cell.border, cell.font = _SHADE, _EDGE, Font(bold=True)
            cell.alignment = Alignment(horizontal="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = 9 if column > 2 else 6


def _measure_row(sheet: Worksheet, at: int, ref: str, measure: _Measure, rows: list[_Row]) -> None:
    percent = measure.label.endswith("(%)") or not measure.label.endswith("(number)")
    mine = [r for r in rows if (r.measure, r.population) == (measure.name, measure.population)]
    if len({row.unit for row in mine}) > 1:
        mine = [row for row in mine if (row.unit == "percent") == percent]
    unit = mine[0].unit
    own = [row for row in mine if row.area == "Averonshire" and row.basis.startswith("actual")]
    values = {row.period: row for row in own}
    beside = {row.basis: row for row in mine if row.period == YEAR}
    sheet.cell(at, 1, ref)
    sheet.cell(at, 2, measure.label)
    cells = [values.get(period) for period in _MONTHS]
    cells += [beside.get(basis) for basis in ("target", *_COMPARATORS)]
    for column, row in enumerate(cells, 3):
        cell = sheet.cell(at, column)
        cell.border = _EDGE
        if row is None or (row.value is None and "police" not in row.note):
            continue
        cell.value = "n/r" if row.value is None else _shown(row.value, unit, measure)
        cell.number_format = _number_format(unit, measure)
        if row.value is None:
            cell.comment = Comment("The feed from the police was down.", "Performance team")


def _shown(value: float, unit: str, measure: _Measure) -> float | int:
    if unit == "percent":
        return round(value / 100, 4)
    return value if measure.digits else int(value)


def _number_format(unit: str, measure: _Measure) -> str:
    places = "0." + "0" * measure.digits if measure.digits else "0"
    return places + "%" if unit == "percent" else places


def _hidden(sheet: Worksheet, rows: list[_Row]) -> None:
    """Unchecked working that a council forgets to take out: no part of what it publishes."""
    sheet.sheet_state = "hidden"
    sheet.append(["DRAFT - not checked", None])
    sheet.append(["Measure", "Apr-24"])
    for theme in _THEMES.values():
        for measure in theme:
            key = (measure.name, measure.population, "2024-04")
            held = [r.value for r in rows if (r.measure, r.population, r.period) == key and r.value]
            sheet.append([measure.label, held[0] + 1 if held else None])


def tidy_csv() -> str:
    """Castlebourne's monthly figures of 2023/24, one to a line, as open data."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["Council", "Indicator", "Population", "Period", "Value", "Unit", "Note"])
    writer.writerows(_open_data())
    return out.getvalue()


def _open_data() -> Iterator[list[str]]:
    for row in _history("castlebourne"):
        if row.period in _MONTHS and row.area == "Castlebourne" and _is_open(row):
            value = "" if row.value is None else f"{row.value:g}"
            yield [
                "Castlebourne City Council",
                row.measure,
                row.population,
                _month(row.period),
                value,
                row.unit,
                row.note.split(";")[0] if row.note.startswith(("not ", "restated")) else "",
            ]


def _is_open(row: _Row) -> bool:
    """Neither superseded nor one of the placement counts, which come from another system."""
    superseded = "superseded" in row.note or "mid-2023" in row.basis
    return not superseded and not row.measure.startswith("Placements")


def _month(period: str) -> str:
    year, month = map(int, period.split("-"))
    return f"{date(year, month, 1):%B} {year}"
