"""Rows that are parts of the years above them: months, quarters or halves down, years across."""

import re
from dataclasses import dataclass

from ingest.model import Period, PeriodKind
from ingest.periods import Part, bare_months, month

_PART = re.compile(
    r"(?:Q|Quarter |Qtr )(?P<quarter>[1-4])|(?:H|Half[ -](?:year )?)(?P<half>[12])", re.IGNORECASE
)
_QUARTER_MONTHS = 3
_HALF_MONTHS = 6
_STARTS = {PeriodKind.FINANCIAL_YEAR: 4, PeriodKind.ACADEMIC_YEAR: 9, PeriodKind.CALENDAR_YEAR: 1}


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A month (1 to 12), or a quarter or half counted from the start of a year."""

    kind: PeriodKind
    number: int

    def within(self, year: Period) -> Period:
        """That part of a year; any other period stays as it is."""
        opens = _STARTS.get(year.kind)
        if opens is None:
            return year
        if self.kind is PeriodKind.MONTH:
            return month(year.start.year + (self.number < opens), self.number)
        if opens == _STARTS[PeriodKind.FINANCIAL_YEAR]:
            return Part(self.kind, self.number, 0, 0).of(year.start.year)
        length = _QUARTER_MONTHS if self.kind is PeriodKind.QUARTER else _HALF_MONTHS
        first = opens - 1 + length * (self.number - 1)
        last = first + length - 1
        begins = month(year.start.year + first // 12, first % 12 + 1)
        ends = month(year.start.year + last // 12, last % 12 + 1)
        return Period(ends.end, begins.start, PeriodKind.SPAN)


def part_of_year(label: str) -> PartOfYear | None:
    """The part of a year that a label is, and nothing else."""
    text = label.strip(" .:*")
    if found := _PART.fullmatch(text):
        kind = PeriodKind.QUARTER if found["quarter"] else PeriodKind.HALF
        return PartOfYear(kind, int(found["quarter"] or found["half"]))
    months = bare_months(text)
    if len(months) == 1 and (months[0][1], months[0][2]) == (0, len(text)):
        return PartOfYear(PeriodKind.MONTH, months[0][0])
    return None
