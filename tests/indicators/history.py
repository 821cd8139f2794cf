"""The demonstration packs beside the history of figures from which they were written.

Two readings are compared. What a pack *prints* is told line by line, without parsing cells: a
row or a dashboard line prints a figure of the history when it holds the value, its own words
and those over it hold the measure's words, and the period (for a comparator or target: the
area) is written over it or in it. What the extractors *observe* must then agree with the
history in value, unit, period, area and basis, and in at least half of the measure's words.
Comparators and targets stand undated in most tables, so that their year is not compared.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from indicators.catalogue import words
from indicators.extract import observe
from ingest.model import Basis, Observation, Paper
from ingest.reading import read
from ingest.structure import understand

CORPUS = Path(__file__).parents[2] / "corpus"
COUNCILS = ("averonshire", "castlebourne")
_MONTHS = "January February March April May June July August September October November December"
_UNITS = {"children per worker": "count"}
_GENERIC = frozenset(words("number average share total rate year month all children"))
_QUARTERS = {"Q1": "April to June", "Q2": "July to September"}
_QUARTERS |= {"Q3": "October to December", "Q4": "January to March"}
_VALUE = re.compile(r"(?<![\w.,/])\d[\d,]*(?:\.\d+)?%?(?![\w/])")


@dataclass(frozen=True)
class Row:
    """One line of a history file."""

    measure: str
    unit: str
    population: str
    basis: Basis
    area: str
    district: str
    period: str
    value: Decimal

    @property
    def told(self) -> frozenset[str]:
        return telling(self.measure)

    @property
    def compared(self) -> bool:
        """Whether it is a comparator or a target, which tables print without a year."""
        return self.basis is Basis.TARGET or self.area in (
            "England", "South Midlands", "statistical neighbours",
        )  # fmt: skip

    def dated(self, observation: Observation) -> bool:
        if self.compared:
            return True
        period = observation.period
        return period is not None and _ends(self.period, period.end)


def telling(text: str) -> frozenset[str]:
    """The words that say what is measured."""
    return frozenset(w for w in words(text) if not w[0].isdigit()) - _GENERIC


def _ends(period: str, end: date) -> bool:
    """Whether a period of the history ends on a day (a school year in its summer)."""
    if "Q" in period:
        year, number = int(period[:4]), int(period[-1])
        month = (6, 9, 12, 3)[number - 1]
        return (end.year, end.month) == (year + (month == 3), month)
    if "/" in period:
        return (end.year, end.month) == (2000 + int(period[-2:]), 3)
    if "-" in period:
        return (end.year, end.month) == (int(period[:4]), int(period[5:7]))
    return end.year == int(period)


@cache
def rows(council: str) -> tuple[Row, ...]:
    """The history of one council, without what is not reported."""
    own = council.capitalize()
    with (CORPUS / "truth" / f"{council}-history.csv").open(encoding="utf-8") as file:
        return tuple(_row(line, own) for line in csv.DictReader(file) if line["value"])


def _row(line: dict[str, str], own: str) -> Row:
    target = "target" in (line["basis"], line["area"].lower())
    area = line["area"].replace("Statistical", "statistical")
    known = area in (own, "England", "South Midlands", "statistical neighbours")
    return Row(
        line["measure"],
        _UNITS.get(line["unit"], line["unit"]),
        line["population"],
        Basis.TARGET if target else Basis.ACTUAL,
        area if known and not target else own,
        "" if known or target else area,
        line["period"],
        Decimal(line["value"]),
    )


@cache
def papers(council: str) -> tuple[Paper, ...]:
    return tuple(
        understand(read(path)) for path in sorted((CORPUS / "papers").glob(f"{council}-*.md"))
    )


@cache
def observed(paper_id: str) -> tuple[Observation, ...]:
    """What the extractors find in a pack's tables and dashboards."""
    paper = next(p for p in papers(paper_id.split("-")[0]) if p.id == paper_id)
    return tuple(o for o in observe(paper) if o.source != "sentence")


def agrees(row: Row, o: Observation, least: float = 0.5) -> bool:
    """The matching rule: value, unit, period, area and basis alike, and half of the words."""
    if o.value != row.value or o.unit != row.unit or o.basis is not row.basis:
        return False
    if o.area != row.area or not row.dated(o) or row.district not in o.measure:
        return False
    said = telling(f"{o.measure} {o.context}")
    return len(row.told & said) >= least * len(row.told)


@dataclass(frozen=True)
class Printed:
    """A value that a line prints, `times` over, with the rows of the history that explain it."""

    line: str
    times: int
    rows: tuple[Row, ...]

    @property
    def found(self) -> int:
        """How many figures of the history a reader of the line expects."""
        return min(self.times, len(self.rows))


def printed(council: str, paper: Paper) -> Iterator[Printed]:
    """What a pack's tables and dashboards print of the history."""
    for line, above in dict(_lines(paper.text)).items():
        shown = [v.replace(",", "") for v in _VALUE.findall(line)]
        for value in dict.fromkeys(shown):
            explained = {
                (row.measure, row.population, row.area, row.district, row.basis,
                 None if row.compared else row.period): row
                for row in rows(council)
                if _plain(row) == value and _explains(row, line, above)
            }  # fmt: skip
            if explained:
                yield Printed(line, shown.count(value), tuple(explained.values()))


def recalled(item: Printed, observations: Iterable[Observation]) -> int:
    """How many of a printed value's figures were observed."""
    held = tuple(observations)
    return min(item.found, sum(any(agrees(row, o) for o in held) for row in item.rows))


def judged(council: str, o: Observation) -> bool:
    """Whether an observation claims to be of a measure that the history knows."""
    said = telling(o.measure)
    return any(
        row.unit == o.unit and len(row.told & said) >= 0.6 * len(row.told | said)
        for row in rows(council)
        if row.told
    )


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line of a table or dashboard with what stands over it."""
    lines = [line.strip().strip("*").strip() for line in text.splitlines()]
    for i, line in enumerate(lines):
        if not _VALUE.search(line) or len(re.findall(r"[a-z]{2,} [a-z]{2,}", line)) > 8:
            continue
        if "|" in line or "\t" in line:
            top = i
            while top and ("|" in lines[top - 1] or "\t" in lines[top - 1]):
                top -= 1
            caption = [t for t in lines[max(0, top - 3) : top] if t][-1:]
            yield line, "\n".join([*caption, *lines[top : top + 3]])
        elif len(line) < 60 and not line.endswith(".") and not re.match(r"^\d+\.\d", line):
            above = [t for t in lines[max(0, i - 7) : i] if t]
            yield line, "\n".join(above[-5:])


def _plain(row: Row) -> str:
    return f"{row.value:f}%" if row.unit == "percent" else f"{row.value:f}"


def _explains(row: Row, line: str, above: str) -> bool:
    whole = f"{above}\n{line}"
    if row.district not in line or not row.told <= telling(whole):
        return False
    return _names_area(row, whole) if row.compared else any(p in whole for p in _spellings(row))


def _names_area(row: Row, text: str) -> bool:
    if row.basis is Basis.TARGET:
        return "target" in text.lower()
    return row.area.split()[-1] in text.lower() or row.area in text


def _spellings(row: Row) -> tuple[str, ...]:
    period = row.period
    if "Q" in period:
        year = int(period[:4]) + period.endswith("Q4")
        return (f"{_QUARTERS[period[-2:]]} {year}",)
    if "/" in period:
        return (period, period.replace("/", "-"), f"{period[:4]}-20{period[-2:]}")
    if "-" in period:
        name = _MONTHS.split()[int(period[5:7]) - 1]
        return (f"{name} {period[:4]}", f"{name[:3]}-{period[2:4]}")
    return (period, f"{int(period) - 1}/{period[-2:]}")
