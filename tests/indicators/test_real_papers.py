"""Figures of the public packs, cell by cell; skipped where those packs don't stand.

The dataset's table is taken apart here by its bars alone, without the reader under test.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from indicators.checks import find_findings
from indicators.extract import observe
from indicators.findings import Rule
from ingest.model import Basis, Observation
from ingest.periods import find_periods
from ingest.reading import read
from ingest.structure import understand

WORCESTERSHIRE = "worcestershire-cpb-2018-07-12"
MARCH_2018, MARCH_2019 = "wolverhampton-cpb-2018-03-22", "wolverhampton-cpb-2019-09-26"
_PRINTED = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<percent>%)?")


@cache
def _figures(folder: Path, paper: str) -> tuple[Observation, ...]:
    return tuple(o for o in observe(understand(read(folder / f"{paper}.txt"))))


def _dataset(folder: Path) -> tuple[list[str], list[list[str]]]:
    """(the header's cells, each measure's cells) of the table as printed."""
    lines = (folder / f"{WORCESTERSHIRE}.txt").read_text("utf-8").splitlines()
    top = next(i for i, line in enumerate(lines) if line.startswith("| Measure "))
    rows = []
    for line in lines[top + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [cell.strip() for cell in lines[top].strip("|").split("|")], rows


def _values(cell: str) -> set[Decimal]:
    """The figures of a cell; a year in brackets is none."""
    shown = re.sub(r"\((?:19|20)\d\d\)", " ", cell)
    return {Decimal(m["number"]) for m in _PRINTED.finditer(shown)}


def _read(
    held: list[Observation], *, area: str, basis: Basis, end: date | None = None
) -> set[Decimal]:
    return {
        o.value
        for o in held
        if o.value is not None
        and (o.area, o.basis) == (area, basis)
        and (end is None or (o.period is not None and o.period.end == end))
    }


def test_the_dataset_is_complete_cell_by_cell(real_papers: Path) -> None:
    header, rows = _dataset(real_papers)
    assert (len(rows), len(header)) == (31, 16)
    figures = [o for o in _figures(real_papers, WORCESTERSHIRE) if o.source == "table"]
    wrong, cells = [], 0
    for row in rows:
        held = [o for o in figures if o.quote.lstrip("| ").startswith(row[0])]
        for label, cell in zip(header[1:13], row[1:13], strict=True):
            end = find_periods(label)[0].period.end
            got = _read(held, area="Worcestershire", basis=Basis.ACTUAL, end=end)
            printed = set() if "measure" in cell else _values(cell)
            cells += len(printed)
            if got != printed:
                wrong.append((row[0], label, printed, got))
        for cell, area, basis in (
            (row[13], "Worcestershire", Basis.TARGET),
            (row[14], "England", Basis.ACTUAL),
            (row[15], "statistical neighbours", Basis.ACTUAL),
        ):
            got = _read(held, area=area, basis=basis)
            cells += len(_values(cell))
            if got != _values(cell):
                wrong.append((row[0], area, _values(cell), got))
    assert wrong == []
    assert cells == 337


def test_brackets_are_kept_as_a_caveat(real_papers: Path) -> None:
    figures = _figures(real_papers, WORCESTERSHIRE)
    bracketed = {o.value for o in figures if "bracketed" in o.flags and o.source == "table"}
    assert {Decimal(715), Decimal(553), Decimal(41), Decimal(71), Decimal("48.5")} <= bracketed


_OWN = "Wolverhampton"
_NEIGHBOURS, _REGION, _ENGLAND = "statistical neighbours", "West Midlands", "England"
FIGURES = [
    # key stage 2, looked after and all children, and whom they are compared with
    (MARCH_2019, "CYPiC Maths KS2", _OWN, "actual", date(2018, 12, 31), "36", "percent"),
    (MARCH_2019, "CYPiC Reading KS2", _OWN, "actual", date(2018, 12, 31), "50", "percent"),
    (MARCH_2019, "CYPiC Writing KS2", _OWN, "actual", date(2018, 12, 31), "45", "percent"),
    (MARCH_2019, "CYPiC Reading, Writing and Maths", _OWN, "actual", date(2018, 12, 31), "21",
     "percent"),
    (MARCH_2019, "Maths KS2", _OWN, "actual", date(2018, 12, 31), "76", "percent"),
    (MARCH_2019, "Reading, Writing and Maths KS2", _OWN, "actual", date(2018, 12, 31), "65",
     "percent"),
    (MARCH_2019, "CYPiC Maths KS2", _REGION, "actual", date(2018, 12, 31), "46", "percent"),
    (MARCH_2019, "CYPiC Writing KS2", _NEIGHBOURS, "actual", date(2018, 12, 31), "48", "percent"),
    (MARCH_2019, "CYPiC Reading, Writing and Maths", _ENGLAND, "actual", date(2018, 12, 31), "35",
     "percent"),
    # key stage 4, below a header of its own in the same table
    (MARCH_2019, "CYPiC 9-4 Pass", _OWN, "actual", date(2018, 12, 31), "12", "percent"),
    (MARCH_2019, "9-4 Pass", _OWN, "actual", date(2018, 12, 31), "58", "percent"),
    (MARCH_2019, "CYPiC 9-4 Pass", _NEIGHBOURS, "actual", date(2018, 12, 31), "20", "percent"),
    (MARCH_2019, "CYPiC Attainment 8", _ENGLAND, "actual", date(2018, 12, 31), "19", "percent"),
    (MARCH_2019, "Attainment 8", _OWN, "actual", date(2018, 12, 31), "44", "percent"),
    # where reviews are held, and in time
    (WORCESTERSHIRE, "Placement No. of reviews", "Worcestershire", "actual", date(2018, 3, 31),
     "59", "count"),
    (WORCESTERSHIRE, "School of reviews", "Worcestershire", "actual", date(2018, 4, 30), "28.1",
     "percent"),
    (WORCESTERSHIRE, "Office No. of reviews", "Worcestershire", "actual", date(2018, 4, 30), "51",
     "count"),
    (WORCESTERSHIRE, "Other of reviews", "Worcestershire", "actual", date(2018, 5, 31), "10.5",
     "percent"),
    (WORCESTERSHIRE, "First LAC reviews completed on time In time", "Worcestershire", "actual",
     date(2018, 3, 31), "10", "count"),
    (WORCESTERSHIRE, "Second LAC reviews completed on time Percentage", "Worcestershire", "actual",
     date(2018, 5, 31), "100", "percent"),
    (WORCESTERSHIRE, "Subsequent LAC reviews completed on time Total", "Worcestershire", "actual",
     date(2018, 4, 30), "78", "count"),
    (WORCESTERSHIRE, "Attendance", "Worcestershire", "actual", date(2018, 4, 30), "67.6",
     "percent"),
    # sufficiency indicators, with targets and a baseline
    (MARCH_2019, "Number of early permanence placements", _OWN, "actual", date(2019, 3, 31), "7",
     "count"),
    (MARCH_2019, "Number of early permanence placements", _OWN, "target", date(2019, 3, 31), "6",
     "count"),
    (MARCH_2019, "Number of Adoption Orders granted", _OWN, "actual", date(2019, 3, 31), "43",
     "count"),
    (MARCH_2019, "Number of Adoption Orders granted", _OWN, "target", date(2019, 3, 31), "46",
     "count"),
    (MARCH_2019, "NI62", _OWN, "actual", date(2019, 3, 31), "15", "percent"),
    (MARCH_2019, "NI62", _OWN, "target", date(2019, 3, 31), "16", "percent"),
    (MARCH_2019, "NI63", _OWN, "actual", date(2019, 3, 31), "67", "percent"),
    (MARCH_2019, "Number of available internal foster carers", _OWN, "baseline",
     date(2018, 3, 31), "147", "count"),
    (MARCH_2019, "Number of available internal foster carers", _OWN, "actual",
     date(2019, 3, 31), "168", "count"),
    # inspection ratings of the region's councils, in columns broken over lines
    (MARCH_2018, "Outstanding Children", _OWN, "actual", date(2017, 8, 31), "12.50", "percent"),
    (MARCH_2018, "Good Children", _REGION, "actual", date(2017, 8, 31), "61.70", "percent"),
    (MARCH_2018, "Inadequate Independent", _OWN, "actual", date(2017, 8, 31), "1", "count"),
    (MARCH_2018, "Good Birmingham Children", "Birmingham", "actual", date(2017, 8, 31), "31",
     "count"),
]  # fmt: skip
_GRADES = ("Outstanding", "Good", "Requires Improvement", "Inadequate", "Not Yet Inspected")


def test_every_rating_is_its_share_of_the_total_of_its_area(real_papers: Path) -> None:
    """Two tables of eight areas: 96 counts, and the percentage that each makes of its total."""
    held = [o for o in _figures(real_papers, MARCH_2018) if "Regional Ofsted" in o.context]
    counts = {(o.area, o.measure.removesuffix(" No. of Services")): o.value for o in held}
    shares = [o for o in held if o.unit == "percent"]
    assert len(shares) == 96
    for o in shares:
        label = o.measure.removesuffix(" % of Services")
        grade = next((g for g in _GRADES if label.startswith(g)), "TOTAL")
        count, whole = counts[o.area, label], counts[o.area, label.replace(grade, "TOTAL", 1)]
        assert count is not None and whole and o.value is not None
        assert abs(o.value - 100 * count / whole) < Decimal("0.01")


@pytest.mark.parametrize(
    ("paper", "label", "area", "basis", "end", "value", "unit"),
    FIGURES,
    ids=lambda part: part if isinstance(part, str) and part[:1].isupper() else "",
)
def test_a_figure_of_a_public_pack(
    real_papers: Path,
    paper: str,
    label: str,
    area: str,
    basis: str,
    end: date,
    value: str,
    unit: str,
) -> None:
    found = [
        o
        for o in _figures(real_papers, paper)
        if o.measure.startswith(label)
        and (o.area, o.basis.value, o.unit) == (area, basis, unit)
        and o.period is not None
        and o.period.end == end
    ]
    assert Decimal(value) in {o.value for o in found}


def test_contradictions_of_the_public_packs(real_papers: Path) -> None:
    """What the packs print against themselves and the text allows to see, and nothing besides."""
    held = [o for path in real_papers.glob("*.txt") for o in _figures(real_papers, path.stem)]
    found = find_findings(held)
    told = [(f.rule, f.sentence) for f in found]
    for rule, words in (
        (Rule.PERCENTAGE, "97 of 798 is 12.2%"),
        (Rule.OVER_HUNDRED, "82% and 24%"),
        (Rule.NARRATIVE, "A2 is printed as 191 days"),
        (Rule.BASELINE, "147 and 14 make 161"),
        (Rule.TWO_VALUES, "61% is printed"),
        (Rule.LISTED, "20, but 22 are listed"),
    ):
        assert any(r is rule and words in sentence for r, sentence in told), (rule, words)
    assert len(told) == 6, told
