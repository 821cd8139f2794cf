"""Dates and periods as councils write them: "31st March 2018", "Mar-18", "2017/18", "Q4".

A financial year runs from 1 April to 31 March; "2017/18" is read as one. Two-digit years are
of this century.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.model import Period, PeriodKind

_MONTHS = "january february march april may june july august september october november december"
_NUMBER = {name[:3]: i for i, name in enumerate(_MONTHS.split(), 1)}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?P<{0}>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?"
_DASH = r"\s?(?:-|–|—|/|to)\s?"

_FORMS: tuple[tuple[str, str], ...] = (
    ("day", rf"\b{_DAY.format('d1')}(?:\s+of)?[\s-]+(?P<m1>{_MONTH}),?[\s-]+(?P<y1>{_YEAR})\b"),
    ("day", rf"\b(?P<m2>{_MONTH})\s+{_DAY.format('d2')},?\s+(?P<y2>{_YEAR})\b"),
    ("day", rf"\b(?P<y3>{_YEAR})-(?P<n3>\d\d)-(?P<d3>\d\d)\b"),
    ("day", r"\b(?P<d4>\d{1,2})[./](?P<n4>\d{1,2})[./](?P<y4>(?:20)?\d\d)\b"),
    (
        "span",
        rf"\b(?P<m5>{_MONTH})(?:\s+(?P<y5>{_YEAR}))?\s?(?:-|–|to|and|until)\s?"
        rf"(?P<m5b>{_MONTH})\s+(?P<y5b>{_YEAR})\b",
    ),
    ("month", rf"\b(?P<m6>{_MONTH})\.?,?[\s'’-]+(?:of\s+)?(?P<y6>{_YEAR})\b"),
    ("month", rf"\b(?P<m7>{_MONTH})[\s'’-]*(?P<y7>[0-3]\d)\b(?!\s*(?:%|per 1|(?:,|and)\s*\d))"),
    (
        "quarter",
        rf"\b(?:q|quarter\s)(?P<q8>[1-4])\b(?:\s*(?:of|in|,)?\s*(?P<y8>{_YEAR})"
        rf"(?:{_DASH}(?P<y8b>(?:20)?\d\d))?)?",
    ),
    ("years", rf"\b(?P<y9>{_YEAR})\s?(?:-|–|—|to|/)\s?(?P<y9b>(?:20)?\d\d)\b(?!-\d)"),
    (
        "years",
        r"(?<![\d/.£])(?<!aged )(?<!ages )(?P<y10>[0-3]\d)/(?P<y10b>[0-3]\d)"
        r"(?![\d/]|\s?-?\s?years?\b)",
    ),
    ("year", rf"(?<![\d/.£,-])(?P<y11>{_YEAR})(?![\d/]|,\d|\.\d)\b"),
)
_FORM = re.compile(
    "|".join(f"(?P<{kind}_{i}>{form})" for i, (kind, form) in enumerate(_FORMS)), re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_BARE_MONTH = re.compile(rf"\b(?P<month>{_MONTH})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period and the characters that name it."""

    period: Period
    start: int
    end: int


def day(of: date) -> Period:
    """The one day."""
    return Period(of, of, PeriodKind.DAY)


def month(year: int, number: int) -> Period:
    """A calendar month."""
    last = date(year, number, monthrange(year, number)[1])
    return Period(last, date(year, number, 1), PeriodKind.MONTH)


def financial_year(first: int) -> Period:
    """April of `first` to March of the year after."""
    return Period(date(first + 1, 3, 31), date(first, 4, 1), PeriodKind.FINANCIAL_YEAR)


def calendar_year(year: int) -> Period:
    """January to December."""
    return Period(date(year, 12, 31), date(year, 1, 1), PeriodKind.CALENDAR_YEAR)


def quarter(first: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year that begins in April of `first`."""
    opening = 3 * number + 1
    year = first + (opening > 12)
    start = month(year, opening - 12 if opening > 12 else opening)
    closing = (start.start.month + 2 - 1) % 12 + 1
    return Period(month(start.start.year, closing).end, start.start, PeriodKind.QUARTER)


@lru_cache(maxsize=50_000)
def find_periods(text: str) -> tuple[Mention, ...]:
    """Every dated period in `text`, in order; a month without a year isn't one."""
    return tuple(_mentions(text))


def first_period(text: str) -> Period | None:
    """The first dated period in `text`."""
    return next((mention.period for mention in _mentions(text)), None)


def find_days(text: str) -> tuple[date, ...]:
    """Every full date in `text`, in order."""
    return tuple(m.period.end for m in find_periods(text) if m.period.kind is PeriodKind.DAY)


def bare_months(text: str) -> tuple[tuple[int, int, int], ...]:
    """Months named without a year: (number, start, end); "may" the verb is left out."""
    dated = [(m.start, m.end) for m in find_periods(text)]
    found = []
    for match in _BARE_MONTH.finditer(text):
        inside = any(a <= match.start() < b for a, b in dated)
        verb = match["month"].lower() in ("may", "mar", "march") and match["month"].islower()
        named = not verb or re.search(
            r"\b(?:in|by|at|for|of|since|until|to|and|from|last|end|during)\s+$",
            text[: match.start()],
            re.IGNORECASE,
        )
        if not inside and named:
            found.append((_NUMBER[match["month"][:3].lower()], match.start(), match.end()))
    return tuple(found)


def describe(period: Period) -> str:
    """The period in plain English: "31 March 2018", "March 2018", "2017/18"."""
    last = period.end
    match period.kind:
        case PeriodKind.DAY:
            return f"{last.day} {last:%B %Y}"
        case PeriodKind.MONTH:
            return f"{last:%B %Y}"
        case PeriodKind.QUARTER:
            first = period.start.year - (period.start.month < 4)
            number = (period.start.month - 4) % 12 // 3 + 1
            return f"quarter {number} of {first}/{(first + 1) % 100:02d}"
        case PeriodKind.FINANCIAL_YEAR | PeriodKind.ACADEMIC_YEAR:
            return f"{period.start.year}/{last.year % 100:02d}"
        case PeriodKind.CALENDAR_YEAR:
            return str(last.year)
        case PeriodKind.SPAN:
            return f"{period.start:%B %Y} to {last:%B %Y}"


def _mentions(text: str) -> Iterator[Mention]:
    if not _DIGIT.search(text):  # most labels: no form is without one
        return
    for match in _FORM.finditer(text):
        kind = next(k for k, v in match.groupdict().items() if v is not None and "_" in k)
        groups = {
            re.sub(r"\d+", "", name): value
            for name, value in match.groupdict().items()
            if value is not None and "_" not in name
        }
        period = _period(kind.split("_")[0], groups)
        if period is not None:
            yield Mention(period, match.start(), match.end())


def _period(kind: str, groups: dict[str, str]) -> Period | None:
    try:
        match kind:
            case "day":
                number = int(groups["n"]) if "n" in groups else _month_number(groups["m"])
                return day(date(_full(groups["y"]), number, int(groups["d"])))
            case "month":
                return month(_full(groups["y"]), _month_number(groups["m"]))
            case "span":
                last = month(_full(groups["yb"]), _month_number(groups["mb"]))
                opening = _month_number(groups["m"])
                year = int(groups["y"]) if "y" in groups else last.end.year
                year -= "y" not in groups and opening > last.end.month
                return Period(last.end, date(year, opening, 1), PeriodKind.SPAN)
            case "quarter":
                return quarter(int(groups["y"]), int(groups["q"])) if "y" in groups else None
            case "years":
                return _years(_full(groups["y"]), _full(groups["yb"]))
            case _:
                return calendar_year(int(groups["y"]))
    except ValueError:
        return None


def _years(first: int, last: int) -> Period | None:
    if last == first + 1:
        return financial_year(first)
    if first < last <= first + 12:
        return Period(date(last, 3, 31), date(first, 4, 1), PeriodKind.SPAN)
    return None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month_number(name: str) -> int:
    return _NUMBER[name[:3].lower()]
