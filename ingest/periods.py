"""Dates and periods as councils write them: "31st March 2018", "Mar-18", "2017/18", "Q4".

A financial year runs from 1 April to 31 March; "2017/18" is read as one. Two-digit years are
of this century.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
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
_HALVES = r"(?:half|six\smonths)"
_ANY_YEAR = rf"(?:{_YEAR}|\d\d(?=/\d\d))"
_YEAR_ON = rf"(?:{'|'.join(f'{year}[-–]{year + 1}' for year in range(20, 40))})"

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
    (
        "span",
        rf"\b(?P<m24>{_MONTH})\s?[-–]\s?(?P<m24b>{_MONTH})\s+['’]?(?P<y24b>[0-3]\d)\b(?!\s?%)",
    ),
    (
        "span",
        rf"\b(?P<y21b>{_YEAR})\s?\((?P<m21>{_MONTH})\s?(?:-|–|to)\s?(?P<m21b>{_MONTH})\)",
    ),
    ("month", rf"\b(?P<m6>{_MONTH})\.?,?[\s'’-]+(?:of\s+)?(?P<y6>{_YEAR})\b"),
    (
        "month",
        rf"\b(?P<m7>{_MONTH})[\s'’-]*(?P<y7>[0-3]\d)\b(?!\s*(?:%|per 1|(?:,|and)\s*\d)|"
        r"\s(?:children|people|young|new|looked|(?!reports|papers|figures|minutes|shows|was|is|has|"
        r"this|as)[a-z]{3,}s)\b)",
    ),
    (
        "season",
        rf"\b(?P<s12>spring|summer|autumn|winter)(?P<t12>\s+term)?(?:\s+of)?,?\s+(?P<y12>{_YEAR})"
        r"(?:/(?P<y12b>\d\d))?\b",
    ),
    (
        "season",
        r"\b(?P<s17>spring|summer|autumn|winter)(?P<t17>\s+term)?\s+['’]?(?P<y17>[0-3]\d)\b"
        r"(?![/%.,]\d|\s*(?:%|per\b))",
    ),
    (
        "quarter",
        r"(?<![\d/.£])(?P<y18>[0-3]\d)/(?P<y18b>[0-3]\d),?\s+(?:q|quarter\s)(?P<q18>[1-4])\b",
    ),
    (
        "quarter",
        r"\b(?:q|qtr\s?|quarter\s)(?P<q19>[1-4])\b\s*(?:of|in|,)?\s*(?P<y19>[0-3]\d)"
        r"[/-](?P<y19b>[0-3]\d)(?![\d/-])",
    ),
    (
        "half",
        rf"\b(?P<nth14>first|second|1st|2nd|last)\s{_HALVES}\sof\s(?:the\s)?(?:(?:financial|municipal)\s)?"
        rf"(?:year\s)?(?P<y14>{_ANY_YEAR})(?:{_DASH}(?P<y14b>(?:20)?\d\d))?\b",
    ),
    (
        "half",
        rf"\b(?:h|half[\s-](?:year\s)?)(?P<h15>[12])\b\s*(?:of|in|,)?\s*(?P<y15>{_ANY_YEAR})"
        rf"(?:{_DASH}(?P<y15b>(?:20)?\d\d))?\b",
    ),
    (
        "half",
        rf"\b(?P<y16>{_ANY_YEAR})(?:{_DASH}(?P<y16b>(?:20)?\d\d))?,?\s+"
        r"(?:h|half[\s-](?:year\s)?)(?P<h16>[12])\b",
    ),
    (
        "quarter",
        r"\b(?:(?P<nth22>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th))\squarter|"
        r"quarter\s(?P<named22>one|two|three|four))\b,?\s(?:(?:of|in|for)\s)?\(?(?:the\s)?"
        rf"(?:(?:financial|municipal)\s)?(?:year\s)?(?P<y22>{_ANY_YEAR})"
        rf"(?:{_DASH}(?P<y22b>(?:20)?\d\d))?\b",
    ),
    (
        "quarter",
        rf"\b(?P<y13>{_YEAR})(?:{_DASH}(?P<y13b>(?:20)?\d\d))?,?\s+(?:q|quarter\s)(?P<q13>[1-4])\b",
    ),
    (
        "quarter",
        rf"\b(?:q|quarter\s)(?P<q8>[1-4])\b(?:\s*(?:of|in|,|(?:(?:of\s)?(?:last|this)\syear\s)?\()?\s*"
        rf"(?P<y8>{_YEAR})(?:{_DASH}(?P<y8b>(?:20)?\d\d))?)?",
    ),
    (
        "years",
        rf"\b(?P<y9>{_YEAR})\s?(?:-|–|—|to|/)\s?(?P<y9b>(?:20)?\d\d)\b(?!-\d|%|[.,]\d)",
    ),
    (
        "years",
        r"(?<![\d/.£])(?<!aged )(?<!ages )(?P<y10>[0-3]\d)/(?P<y10b>[0-3]\d)"
        r"(?![\d/]|\s?-?\s?years?\b)",
    ),
    (
        "years",  # "in 22-23"; elsewhere "22-23" may be ages
        r"(?:(?<=\bin )|(?<=\bfor )|(?<=\bduring )|(?<=\bsince )|(?<=\btarget ))"
        rf"(?={_YEAR_ON})(?P<y20>\d\d)[-–](?P<y20b>\d\d)(?![\d/%-]|\.\d|s\b|\s?-?\s?(?:year|day|week))",
    ),
    ("year", rf"(?<![\d/.£,-])(?P<y11>{_YEAR})(?![\d/]|,\d|\.\d)\b"),
)
_OPENING = (
    *_NUMBER, "spring", "summer", "autumn", "winter", "q", "h", "first", "second", "third",
    "fourth", "last", "final",
)  # fmt: skip
"""What every form that doesn't open with a digit opens with: elsewhere none is tried."""
_FORM = re.compile(
    rf"(?=\d|\b(?:{'|'.join(_OPENING)}))"
    rf"(?:{'|'.join(f'(?P<{kind}_{i}>{form})' for i, (kind, form) in enumerate(_FORMS))})"
)
"""Of small letters: a pattern for either case can't skip to where a letter stands."""
_PARTS = {
    f"{kind}_{i}": [(re.sub(r"\d+", "", of), of) for of in re.findall(r"\?P<(\w+)>", form)]
    for i, (kind, form) in enumerate(_FORMS)
}
"""The parts of each form by their plain names: "y", and the group's own "y13"."""
_DIGIT = re.compile(r"\d")
_LONG_BEFORE = re.compile(
    r"\b(?:(?:(?P<rolling>(?:rolling\s+)?(?:12|twelve)[\s-]months?|year)|"
    r"(?P<six>(?:six|6)[\s-]months?|half[\s-]year)|(?P<three>(?:three|3)[\s-]months?|quarter))\s+"
    r"(?:to|ending|ended|up\s+to|until)|"
    r"(?P<date>(?:(?:financial\s+)?year[\s-]to[\s-]date|ytd)(?:\s+(?:to|at|as\s+at)|,|:)?))"
    r"\s+\(?(?:on\s+)?(?:the\s+)?(?:end\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_ACADEMIC = (
    re.compile(r"\b(?:academic|school)\s+years?\s+\(?$", re.IGNORECASE),
    re.compile(r"^\s+(?:academic|school)\s+year\b", re.IGNORECASE),
)
_TO_DAY = re.compile(
    rf"^\s*\(?(?:up )?to\s+(?:the\s+)?(?:end\s+(?:of\s+)?)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    rf"(?P<month>{_MONTH})\b(?!\s+(?:{_YEAR}|\d{{2}}\b))",
    re.IGNORECASE,
)
_BEFORE = 40
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_TERMS = {"spring": (1, 3), "summer": (4, 8), "autumn": (9, 12), "winter": (1, 3)}
_NTH = ("first", "second", "third", "fourth")
_NAMED = ("one", "two", "three", "four")
_BARE_PART = re.compile(
    rf"\b(?:q(?:uarter\s)?(?P<q>[1-4])|quarter\s(?P<named>{'|'.join(_NAMED)})|(?P<quarter>{'|'.join(_NTH)})\squarter|h(?P<h>[12])|"
    rf"(?P<half>first|second)\s{_HALVES}"
    r"(?!\sof\s(?!(?:the|this|last)\s(?:(?:financial|municipal)\s)?year)))\b",
    re.IGNORECASE,
)
_ACCOUNT_MONTH = re.compile(r"\b(?:(?:M|P)(?=\d)|(?i:month|period)\s)(?P<n>\d{1,2})\b(?![/.,]?\d)")
_MONTHS_A_YEAR = 12
_BARE_MONTH = re.compile(rf"\b(?P<month>{_MONTH})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period and the characters that name it."""

    period: Period
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A quarter or half named without its year, and the characters that name it."""

    kind: PeriodKind
    number: int
    start: int
    end: int

    def of(self, first: int) -> Period:
        """That part of the financial year that begins in April of `first`."""
        return (half if self.kind is PeriodKind.HALF else quarter)(first, self.number)

    def latest(self, by: date) -> Period:
        """The latest such part that was over by a day."""
        year = opening_year(by)
        this = self.of(year)
        return this if this.end <= by else self.of(year - 1)


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


def opening_year(day: date) -> int:
    """The year in whose April the financial year of a day began."""
    return day.year - (day.month < 4)


def academic_year(first: int) -> Period:
    """September of `first` to August of the year after."""
    return Period(date(first + 1, 8, 31), date(first, 9, 1), PeriodKind.ACADEMIC_YEAR)


def rolling_year(end: date) -> Period:
    """The twelve months up to a day; up to the end of March they are a financial year."""
    after = end + timedelta(days=1)
    start = after.replace(year=after.year - 1, day=min(after.day, 28 if after.month == 2 else 31))
    whole = (end.month, end.day) == (3, 31)
    return Period(end, start, PeriodKind.FINANCIAL_YEAR if whole else PeriodKind.ROLLING)


def year_to_date(end: date) -> Period:
    """From the first of April up to a day; up to the end of March it is the financial year."""
    start = date(end.year - (end.month < 4), 4, 1)
    if (end.month, end.day) == (3, 31):
        return financial_year(start.year)
    return Period(end, start, PeriodKind.TO_DATE)


def earlier_year(period: Period, years: int = 1) -> Period:
    """The same stretch of time, that many years before."""
    return Period(_back(period.end, years), _back(period.start, years), period.kind)


def _back(day: date, years: int) -> date:
    """The same day of an earlier year; the last of a month stays the last."""
    year = day.year - years
    last = monthrange(day.year, day.month)[1] == day.day
    return date(year, day.month, monthrange(year, day.month)[1] if last else day.day)


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


def half(first: int, number: int) -> Period:
    """The first or second half of the financial year that begins in April of `first`."""
    one, other = quarter(first, 2 * number - 1), quarter(first, 2 * number)
    return Period(other.end, one.start, PeriodKind.HALF)


def bare_parts(text: str) -> tuple[Part, ...]:
    """Quarters and halves of a year named without one, in order: "Q3", "the first half"."""
    dated = [(m.start, m.end) for m in find_periods(text)]
    found = []
    for match in _BARE_PART.finditer(text):
        if any(a <= match.start() < b for a, b in dated):
            continue
        number, kind = _numbered(match)
        found.append(Part(kind, number, match.start(), match.end()))
    return tuple(found)


def _numbered(part: re.Match[str]) -> tuple[int, PeriodKind]:
    kind = PeriodKind.HALF if part["h"] or part["half"] else PeriodKind.QUARTER
    if said := part["q"] or part["h"]:
        return int(said), kind
    if part["named"]:
        return _NAMED.index(part["named"].lower()) + 1, kind
    return _NTH.index((part["quarter"] or part["half"]).lower()) + 1, kind


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


def account_months(text: str) -> tuple[tuple[int, int, int], ...]:
    """Months of accounts, counted from April: (number, start, end) of "M6", "month 8", "P10"."""
    found = [(int(m["n"]), m.start(), m.end()) for m in _ACCOUNT_MONTH.finditer(text)]
    return tuple((n, start, end) for n, start, end in found if 1 <= n <= _MONTHS_A_YEAR)


def account_month(number: int, by: date) -> Period:
    """The latest such month of accounts that was over by a day; month 1 is April."""
    calendar = (number + 2) % 12 + 1
    this = month(by.year, calendar)
    return this if this.end <= by else month(by.year - 1, calendar)


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
        case PeriodKind.HALF:
            year = period.start.year
            which = "first" if period.start.month == 4 else "second"
            return f"{which} half of {year}/{(year + 1) % 100:02d}"
        case PeriodKind.FINANCIAL_YEAR:
            return f"{period.start.year}/{last.year % 100:02d}"
        case PeriodKind.ACADEMIC_YEAR:
            return f"academic year {period.start.year}/{last.year % 100:02d}"
        case PeriodKind.CALENDAR_YEAR:
            return str(last.year)
        case PeriodKind.TO_DATE:
            return f"{period.start:%B %Y} to {last:%B %Y} (year to date)"
        case PeriodKind.ROLLING:
            return f"the twelve months to {last.day} {last:%B %Y}"
        case PeriodKind.SEASON:
            return _season(period)
        case PeriodKind.SPAN:
            return f"{period.start:%B %Y} to {last:%B %Y}"


def _season(period: Period) -> str:
    months = (period.start.month, period.end.month)
    for names, term in ((_SEASONS, ""), (_TERMS, " term")):
        for name, of in names.items():
            if of == months:
                year = period.start.year
                over = f"/{period.end.year % 100:02d}" if period.end.year > year else ""
                return f"{name}{term} {year}{over}"
    return f"{period.start:%B %Y} to {period.end:%B %Y}"


def _mentions(text: str) -> Iterator[Mention]:
    if not _DIGIT.search(text):  # most labels: no form is without one
        return
    for match in _FORM.finditer(_small(text)):
        form = str(match.lastgroup)  # the outermost, which ends last
        groups = {name: match[of] for name, of in _PARTS[form] if match[of] is not None}
        period = _period(form.partition("_")[0], groups)
        if period is not None:
            yield _lengthened(Mention(period, match.start(), match.end()), text)


def _small(text: str) -> str:
    """The text in small letters, each where it stood."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _lengthened(named: Mention, text: str) -> Mention:
    """A mention with what stands beside it: "twelve months to", "year to date", "academic year"."""
    period, before = named.period, text[max(0, named.start - _BEFORE) : named.start]
    if period.kind in (PeriodKind.DAY, PeriodKind.MONTH) and (found := _LONG_BEFORE.search(before)):
        longer = _reaching_back(period.end, found)
        return Mention(longer, named.start - len(before) + found.start(), named.end)
    if period.kind is PeriodKind.FINANCIAL_YEAR:
        ahead, behind = _ACADEMIC[0].search(before), _ACADEMIC[1].match(text[named.end :])
        if ahead or behind:
            start = named.start - len(before) + ahead.start() if ahead else named.start
            end = named.end + behind.end() if behind else named.end
            return Mention(academic_year(period.start.year), start, end)
        if part := _TO_DAY.match(text[named.end :]):  # "2020/21 to 28 February"
            last = month(period.start.year, _month_number(part["month"])).end
            last = last if period.start <= last else _back(last, -1)
            last = last.replace(day=min(int(part["day"]), last.day)) if part["day"] else last
            return Mention(year_to_date(last), named.start, named.end + part.end())
    return named


def _reaching_back(end: date, found: re.Match[str]) -> Period:
    if found["rolling"]:
        return rolling_year(end)
    if found["date"]:
        return year_to_date(end)
    months, kind = (6, PeriodKind.HALF) if found["six"] else (3, PeriodKind.QUARTER)
    opening = end.month - months + 1
    start = date(end.year - (opening < 1), opening + 12 * (opening < 1), 1)
    whole = (start.month - 4) % months == 0 and month(end.year, end.month).end == end
    return Period(end, start, kind if whole else PeriodKind.SPAN)


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
                return _quartered(groups) if "y" in groups else None
            case "half":
                return _half(groups)
            case "season":
                return _seasonal(groups)
            case "years":
                return _years(_full(groups["y"]), _full(groups["yb"]))
            case _:
                return calendar_year(int(groups["y"]))
    except ValueError:
        return None


def _quartered(groups: dict[str, str]) -> Period:
    """Of a financial year; "the last quarter of 2023" is of the calendar's."""
    first, number = _full(groups["y"]), _which(groups)
    if "nth" in groups and "yb" not in groups:
        opening, closing = month(first, 3 * number - 2), month(first, 3 * number)
        return Period(closing.end, opening.start, PeriodKind.QUARTER)
    return quarter(first, number)


def _which(groups: dict[str, str]) -> int:
    """The number of a quarter: "Q3", "quarter three", "the third", "the last quarter"."""
    if "q" in groups:
        return int(groups["q"])
    if "named" in groups:
        return _NAMED.index(groups["named"]) + 1
    said = groups["nth"]
    if said[0].isdigit():
        return int(said[0])
    return _NTH.index(said) + 1 if said in _NTH else len(_NTH)


def _half(groups: dict[str, str]) -> Period:
    """Of a financial year; "the first half of 2022" is of the calendar's."""
    first = _full(groups["y"])
    number = (
        2 - (groups["nth"].lower() in ("first", "1st")) if "nth" in groups else int(groups["h"])
    )
    if "nth" in groups and "yb" not in groups:
        opening, closing = (1, 6) if number == 1 else (7, 12)
        return Period(month(first, closing).end, date(first, opening, 1), PeriodKind.SPAN)
    return half(first, number)


def _seasonal(groups: dict[str, str]) -> Period:
    year, name = _full(groups["y"]), groups["s"].lower()
    first, last = (_TERMS if "t" in groups else _SEASONS)[name]
    if (
        "yb" in groups and "t" in groups and name != "autumn"
    ):  # the spring term of 2023/24 is in 2024
        year += 1
    closing = month(year + (last < first), last)
    return Period(closing.end, date(year, first, 1), PeriodKind.SEASON)


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
