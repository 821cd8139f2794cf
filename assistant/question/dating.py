"""Dates that lean on the present or on one spoken of, made full: "last March", "Q3 last year".

The present is the newest paper held: papers of years ago are asked about as of their time.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from ingest.model import Period, PeriodKind
from ingest.periods import bare_months, earlier_year, find_periods, month, opening_year, quarter

_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNT = r"(?P<n>an?|one|two|three|four|five|six|[1-9]|1[0-2])"
_NTH = ("first", "second", "third", "fourth")
_QUARTER = rf"(?:q(?:uarter )?(?P<q>[1-4])|(?P<nth>{'|'.join(_NTH)}|1st|2nd|3rd|4th) quarter)"
_NO_YEAR = r"(?!,? (?:of )?['’]?(?:19|20)?\d\d\b)"
_COMPARED = re.compile(
    r"\b(?:than|to|with|on|from|against|versus|vs?\.?|since|over|and)\s+(?:the )?$", re.IGNORECASE
)
"""Before a time that a figure is set beside: the figure asked for isn't of it."""
_FINANCIAL = r"(?:financial |municipal )?"
_FORESEEN = re.compile(r"\b(?:forecast|projected|projection|expected|monitoring)(?: as)? $", re.I)
"""Before the month in which the figure of a year was foreseen."""
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_ANY_MONTH = rf"(?P<month>{_MONTHS}|{_SHORT})\b\.?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LAST_MONTH = _form(rf"\b(?:last|this past) (?P<month>{_MONTHS})\b(?!,? (?:19|20)\d\d)")
_YEARS_AGO = _form(rf"\b{_COUNT} years? ago\b")
_THIS_TIME_LAST_YEAR = _form(r"\b(?:(?:at |by )?this time|the same time|same month) last year\b")
_MONTHS_AGO = _form(
    rf"\b(?:(?P<before>the month before last)|(?P<last>last month)|{_COUNT} months? ago)\b"
)
_QUARTER_OF = _form(rf"\b{_QUARTER} (?:of|in|for) (?=(?:the (?:financial )?year )?(?:20)?\d\d)")
_QUARTER_THAT_YEAR = _form(
    rf"\b{_QUARTER},?(?: (?:of|in))?(?: the)? (?P<year>last|this|previous) {_FINANCIAL}year\b"
)
_LAST_QUARTER = _form(r"\b(?:last|previous) quarter\b(?! of\b)")
_LAST_YEAR = _form(r"\b(?:last|previous) (?:financial|municipal) year\b")
_YEAR_END = _form(
    rf"\b(?P<at>at|by) (?:the )?(?:{_FINANCIAL}year[- ]end|end of (?:the |last )?{_FINANCIAL}"
    r"year)\b"
    r"(?! (?:of )?\d)"
)
_YEAR_TO = _form(
    r"\b(?P<long>(?:year|12 months|twelve months) (?:to|ending|ended)(?: the)?(?: end of)?) "
    rf"{_ANY_MONTH}{_NO_YEAR}"
)
_IN_MONTH = _form(
    r"(?P<in>\b(?:in|for|at|by|of|during|since|after|until)|[-–,:])\s+"
    rf"{_ANY_MONTH}{_NO_YEAR}(?=\W*$|[,;?]| (?:compared|against|versus|than|do|did|does|is|was|"
    r"are|were|has|have|had|in|for|at)\b)"
)
_IN_SEASON = _form(
    r"\b(?P<in>in|over|during|last|this past) (?:the )?(?P<season>spring|summer|autumn|winter)"
    r"(?: term)?(?=\W*$|[,;?]| (?:do|did|does|is|was|are|were|has|have|had)\b)"
)


def dated(text: str, newest: date) -> str:
    """A question of minutes or figures with dates that lean on the present made full."""
    for form, full in _FULL:
        text = form.sub(lambda match, full=full: full(match, newest), text)  # type: ignore[misc]
    return text


def dated_figure(text: str, newest: date) -> str:
    """The same for a figure, whose month or season named alone is the latest that was over.

    In a date of minutes a month is left alone: which year's is told by what is found.
    """
    full = dated(text, newest)
    if bare_months(full) and not find_periods(full):
        full = _IN_MONTH.sub(lambda match: _in_month(match, newest), full)
        full = _YEAR_TO.sub(lambda match: _year_to(match, newest), full)
    return _IN_SEASON.sub(lambda match: _in_season(match, newest), full)


def moved(question: str, base: Period) -> Period | None:
    """The period that a follow-up moves to from the one before: "the quarter before"; else None."""
    if _THE_LAST_QUARTER.search(question) and base.kind is PeriodKind.QUARTER:
        last = quarter(opening_year(base.start), len(_NTH))
        return last if last != base else None
    match = _STEP.search(question)
    if match is None:
        return None
    back = bool(match["before"] or match["earlier"])
    count = _COUNTS.get((match["n"] or "a").lower().replace("an", "a")) or int(match["n"])
    unit = (match["unit"] or match["unit_after"]).lower()
    return _stepped(base, unit, -count if back else count)


_THE_LAST_QUARTER = _form(r"\b(?:the|that year['’]s) (?:last|final) quarter\b")
_STEP = _form(
    r"\b(?:(?:(?P<before>previous|last|prior|preceding)|next|following) "
    rf"(?P<unit>year|quarter|month)|(?:{_COUNT} |the )?(?P<unit_after>year|quarter|month)s? "
    r"(?:(?P<earlier>before|earlier|prior|previously)|after|later|following))\b"
)


def _stepped(base: Period, unit: str, count: int) -> Period | None:
    if unit == "year":
        return earlier_year(base, -count)
    if unit == "quarter" and base.kind is PeriodKind.QUARTER:
        number = (base.start.month - 4) % 12 // 3 + count
        return quarter(opening_year(base.start) + number // 4, number % 4 + 1)
    if unit == "month" and base.kind in (PeriodKind.MONTH, PeriodKind.DAY):
        return _month_from(base.end, count)
    return None


def _month_from(day: date, count: int) -> Period:
    number = day.year * 12 + day.month - 1 + count
    return month(number // 12, number % 12 + 1)


def _latest_month(number: int, newest: date) -> Period:
    """The latest such month that was over by a day."""
    this = month(newest.year, number)
    return this if this.end <= newest else month(newest.year - 1, number)


def _named(period: Period) -> str:
    return f"{period.end:%B %Y}"


def _number(match: re.Match[str]) -> int:
    return bare_months(f"in {match['month'].rstrip('.')}")[0][0]


def _count(match: re.Match[str]) -> int:
    said = match["n"].lower()
    return _COUNTS.get("a" if said == "an" else said) or int(said)


def _quarter_number(match: re.Match[str]) -> int:
    if match["q"]:
        return int(match["q"])
    nth = match["nth"].lower()
    return int(nth[0]) if nth[0].isdigit() else _NTH.index(nth) + 1


def _last_month(match: re.Match[str], newest: date) -> str:
    number = _number(match)
    return f"{match['month']} {newest.year - (number >= newest.month)}"


def _years_ago(match: re.Match[str], newest: date) -> str:
    return f"in {newest.year - _count(match)}"


def _this_time(match: re.Match[str], newest: date) -> str:
    return f"{newest:%B} {newest.year - 1}"


def _months_ago(match: re.Match[str], newest: date) -> str:
    if _compared(match):
        return match[0]
    count = 2 if match["before"] else 1 if match["last"] else _count(match)
    return f"in {_named(_month_from(newest, -count))}"


def _quarter_of(match: re.Match[str], newest: date) -> str:
    return f"Q{_quarter_number(match)} "


def _quarter_that_year(match: re.Match[str], newest: date) -> str:
    opening = opening_year(newest) - (match["year"].lower() != "this")
    return f"Q{_quarter_number(match)} {opening}/{(opening + 1) % 100:02d}"


def _last_quarter(match: re.Match[str], newest: date) -> str:
    if _compared(match):
        return match[0]
    over = _month_from(newest, -((newest.month - 1) % 3 + 1)).end
    opening = opening_year(over)
    return f"Q{(over.month - 4) % 12 // 3 + 1} {opening}/{(opening + 1) % 100:02d}"


def _last_year(match: re.Match[str], newest: date) -> str:
    if _compared(match):
        return match[0]
    opening = opening_year(newest) - 1
    return f"{opening}/{(opening + 1) % 100:02d}"


def _year_end(match: re.Match[str], newest: date) -> str:
    return f"{match['at']} 31 {_named(_latest_month(3, newest))}"


def _in_month(match: re.Match[str], newest: date) -> str:
    if _FORESEEN.search(match.string[: match.start()]):
        return match[0]
    return f"{match['in']} {_named(_latest_month(_number(match), newest))}"


def _year_to(match: re.Match[str], newest: date) -> str:
    return f"{match['long']} {_named(_latest_month(_number(match), newest))}"


def _in_season(match: re.Match[str], newest: date) -> str:
    opening = _SEASONS[match["season"].lower()]
    last = _latest_month((opening + 1) % 12 + 1, newest - timedelta(days=1))
    year = last.end.year - (opening == _SEASONS["winter"])
    return f"{match['in']} {match['season']} {year}"


def _compared(match: re.Match[str]) -> bool:
    return bool(_COMPARED.search(match.string[: match.start()]))


_FULL: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str]], ...] = (
    (_LAST_MONTH, _last_month),
    (_YEARS_AGO, _years_ago),
    (_THIS_TIME_LAST_YEAR, _this_time),
    (_QUARTER_THAT_YEAR, _quarter_that_year),
    (_QUARTER_OF, _quarter_of),
    (_LAST_QUARTER, _last_quarter),
    (_LAST_YEAR, _last_year),
    (_MONTHS_AGO, _months_ago),
    (_YEAR_END, _year_end),
)
