"""Which date a figure of a sentence is of."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from indicators.quantities import Quantity, find_quantities
from indicators.sentences.clauses import YEAR_BEFORE, distance
from indicators.sentences.flags import CAME_FROM, PRESENT
from indicators.sentences.stretches import Stretch
from ingest.model import (
    Period,
    PeriodKind,
)
from ingest.periods import (
    Mention,
    Part,
    bare_months,
    bare_parts,
    day,
    earlier_year,
    find_periods,
    opening_year,
)
from ingest.periods import month as whole_month

_SINCE = re.compile(
    r"\b(?:compared (?:to|with)|from|than|since|against|same as|similar to|in line with|"
    r"(?:improvement|increase|decrease|reduction|rise|fall|up|down) on)\b",
    re.IGNORECASE,
)
_FROM_TO_IN_BRACKETS = re.compile(
    r"\b(?:ris|ros|fall|fell|increas|decreas|reduc|drop|grow|grew|chang|up|down)\w*\b"
    r"(?:[^.;()]|\.\d){0,40}"
    r"\((?:from\s)?(?P<first>\d[\d,]*(?:\.\d+)?%?)\s?(?:-|–|—|to)\s?"
    r"(?P<last>\d[\d,]*(?:\.\d+)?%?)\)",
    re.IGNORECASE,
)
_SAME_DATE = re.compile(
    r"\bsame (?:date|day|time|month|point|period)\b[^.;]{0,12}?\b(?P<year>(?:19|20)\d\d)\b", re.I
)
_COMPARES = re.compile(
    r"\b(?:than|from|since|compared|against|before)\s(?:[^.;]{0,30}\s)?$", re.IGNORECASE
)
_NOW = re.compile(r"^\s+now\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:this (?:calendar |financial |academic )?year|this (?:quarter|month)|currently|presently|"
    r"at present|now)\b",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+$")
_SET_OFF = re.compile(r"[:;]|\bof which\b", re.IGNORECASE)
_OF_SAYING = re.compile(
    r"\b(?:(?:reported|agreed|published|decided|approved|quoted|announced|told|printed)\s+"
    r"(?:(?:in|on|at)\s+)?|(?:ends?|expires?|starts?|begins?|opens?|closes?|introduced|launched|"
    r"brought in|set up|drawn up)\s+(?:in|on|at|during)\s+)(?:the\s+)?$",
    re.IGNORECASE,
)
_OF_SOURCE = re.compile(
    r"^\s(?:census (?:data|figures|numbers)|prices|price base|pay award)\b", re.IGNORECASE
)
"""Behind the date of what a figure rests on: "on October 2020 census data it is £163m"."""
_CONTRAST = re.compile(
    r"(?:;|,\s(?:while|whilst|whereas|but|and|when)|\b(?:while|whilst|whereas))\s", re.I
)
_ITS_OWN = re.compile(
    r"\b(?:it|they|this|that|there|the\s\w+)\s(?:was|were|is|are|had been|stood at)\s\W*\d", re.I
)
_SENTENCE_PIECE = re.compile(r";|,\s")
_FROM_START = re.compile(r"\bsince\s+(?:the\s+)?(?:end\s+of\s+|beginning\s+of\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:and|to)\s+")
_SAME_STRETCH = re.compile(
    r"\b(?:in|of|for|over)\s+the\s+same\s+(?:months|period|time|quarter|weeks)\s+(?:of|in)\s+$",
    re.IGNORECASE,
)
_OF_THE_YEAR = 25
_SPENDS = re.compile(r"\b(?:budget\w*|(?:over|under)spen\w+|forecast)\b", re.IGNORECASE)
_REPORTED_THEN = re.compile(
    r"\b(?:given|reported|told|presented|shown|published|quoted|stated|said)\b[^.;\d]{0,60}"
    r"\b(?:in|on|of|at)\s+$",
    re.IGNORECASE,
)
"""Before the date on which a figure was told, not that which it is of."""
_OF_NEXT = re.compile(r"^,?\s(?:(?:only|just|about|some|around|nearly)\s)?£?\d")
"""Behind a date that the next figure is of: "stated in April 2019 only 25% were"."""
_FROM = re.compile(r"\bfrom\s+(?:about\s|around\s|just\s|over\s)?$", re.IGNORECASE)
_TO_NEXT = re.compile(
    r"^(?:[^.;\d£]|(?:19|20)\d\d(?:/\d\d)?){0,34}?\bto\s+(?:about\s|just\s)?£?\d", re.IGNORECASE
)
_TO_NEXT_LENGTH = 30
_YEAR_BEFORE_IT = re.compile(
    r"^\W*(?:a|the|one) year (?:before|earlier|ago)\b[^.;\d]{0,40}$", re.IGNORECASE
)
"""What opens a sentence that tells of a year before the one above it."""
_PREVIOUS = re.compile(
    r"\b(?:the|in the) (?:previous year|year before)\b(?!['’])[^.;\d]{0,20}$", re.IGNORECASE
)
"""Before a figure of the year before: "and the previous year was 227"."""
_ASIDE = re.compile(
    r"\d[^;]*;\s(?:(?:and|but|while|whereas)\s)?(?:in|at|on|for|during)\s[^;\d]*$", re.I
)
"""Before a date that opens a clause behind a figure: "88 contacts; in 2021/22 there were 72"."""
_MOVED_ON = re.compile(
    r"(?:;|,\s(?:and|but)|\band|\bbut)\s(?:it|this|that|they|there|which)\s"
    r"(?:had|has|have|is now|was now|are now|were now)\s",
    re.IGNORECASE,
)
"""Between a date and a figure of a later time: "70 in February 2021; it had closed to 43"."""
_SET_AGAINST = re.compile(r"\b(?:while|whereas)\b", re.IGNORECASE)
"""Behind it stands another figure, with its own date."""


def from_to(text: str, periods: Sequence[Mention]) -> Iterator[tuple[Quantity, Period]]:
    """The two figures of "since 31 March 2014 ... decreased by 20% (783-624)", each with its date.

    Two dates must be named, or the second as the same date of another year.
    """
    found = _FROM_TO_IN_BRACKETS.search(text)
    if found is None:
        return
    dates = [m.period for m in periods]
    again = _SAME_DATE.search(text)
    if again and len(dates) > 1:
        first = dates[0]
        dates = [first, whole_month(int(again["year"]), first.end.month)]
    if len(dates) != 2 or dates[0] == dates[1]:
        return
    for name, period in zip(("first", "last"), sorted(dates), strict=True):
        for figure in find_quantities(found[name]):
            start = found.start(name)
            yield replace(figure, start=start, end=start + len(found[name])), period


def dates_of(text: str, held: date | None) -> tuple[Mention, ...]:
    """The periods of a sentence; a month, quarter or half alone is the latest by the meeting."""
    found = list(find_periods(text))
    parts = [p for p in bare_parts(text) if _is_of_a_year(p, text)]
    if held and parts:
        newest = max(parts, key=lambda part: part.number).latest(held)
        first = opening_year(newest.start)
        found += [Mention(part.of(first), part.start, part.end) for part in parts]
    months = bare_months(text) if held else ()
    for i, (number, start, end) in enumerate(months):
        last = bool(re.search(r"\blast\s+$", text[:start], re.IGNORECASE))
        year = held.year - (number + last > held.month) if held else 0
        named = _with_day(Mention(whole_month(year, number), start, end), text)
        if (
            i
            and _TO.fullmatch(text[months[i - 1][2] : start])
            and _BETWEEN.search(text[: months[i - 1][1]])
        ):  # "between October and February" is one stretch of time
            earlier = found.pop()
            opening = earlier.period.start
            if opening > named.period.end:
                opening = opening.replace(year=opening.year - 1)
            span = Period(named.period.end, opening, PeriodKind.SPAN)
            opens = _BETWEEN.search(text[: earlier.start])
            named = Mention(span, opens.start() if opens else earlier.start, end)
        found.append(named)
    return tuple(sorted(found, key=lambda mention: mention.start))


def of_figures(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The dates that figures may be of, without those on which one was told."""
    return (
        tuple(
            m
            for m in mentions
            if not _REPORTED_THEN.search(text[: m.start]) or _OF_NEXT.match(text[m.end :])
        )
        or mentions
    )


def _with_day(named: Mention, text: str) -> Mention:
    """A month with the day that stands before it: "on 20 January"."""
    found = _DAY_BEFORE.search(text[: named.start])
    number = int(found["day"]) if found else 0
    if found is None or not 1 <= number <= named.period.end.day:
        return named
    return Mention(day(named.period.end.replace(day=number)), found.start(), named.end)


def _is_of_a_year(part: Part, text: str) -> bool:
    """Whether a part is of the council's year: "the first six months" alone may be a scheme's."""
    said = text[part.start : part.end + _OF_THE_YEAR]
    own = "months" not in said.lower() or re.search(r"\byear\b", said, re.IGNORECASE)
    return bool(own or _SPENDS.search(text))


def period_of(
    figure: Quantity,
    text: str,
    periods: tuple[Mention, ...],
    default: Period | None,
    within: Mapping[int, Stretch],
    bases: Collection[int],
) -> tuple[Period | None, tuple[str, ...]]:
    """The date that a figure is of, None where that is open; with flags that say where from.

    `bases` are the places of figures that others are set beside.
    """
    own = within[figure.start]
    base = figure.start in bases or _came_first(figure, text)
    came = (CAME_FROM,) if base else ()
    if _is_first(figure, text, periods):
        return _first_of_two(figure, periods), (CAME_FROM,)
    if YEAR_BEFORE.match(text[figure.end : own.end]) or _PREVIOUS.search(
        text[own.start : figure.start]
    ):
        newer = _short(periods, figure) or default
        return (earlier_year(newer) if newer else None), (CAME_FROM,)
    if _YEAR_BEFORE_IT.search(text[: figure.start]):
        return (earlier_year(default) if default else None), ()
    inside = tuple(p for p in periods if own.start <= p.start < own.end)
    if base and not inside:
        return None, came
    reported = (*came, *(("dated by the report",) if default else ()))
    if not inside and is_present(text[own.start : own.end]):
        return default, (*reported, PRESENT)
    fitting = tuple(
        p
        for p in inside or _unclaimed(periods, within, bases)
        if _dates(p, figure, text)
        and not _SET_AGAINST.search(text[figure.end : p.start])
        and not _MOVED_ON.search(text[p.end : figure.start])
    )
    if not fitting or _NOW.match(text[figure.end :]):
        return default, reported
    here = (figure.start, figure.end)
    nearest = min(  # of two as near, the one that follows: "18.2 in May 2023 to 16.1 in May 2024"
        fitting, key=lambda p: (distance(here, (p.start, p.end), text), p.start < figure.start)
    )
    if _is_anothers(nearest, figure, text):
        return default, reported
    return _same_day(nearest, text, periods), came


def is_present(text: str) -> bool:
    """Whether words tell of the time at which they were written: "currently", "this year"."""
    return bool(_PRESENT.search(text))


def _unclaimed(
    periods: tuple[Mention, ...], within: Mapping[int, Stretch], bases: Collection[int]
) -> tuple[Mention, ...]:
    """The dates that may be of any figure: those that open the sentence, else not of a base."""
    opening = tuple(p for p in periods if p.start < min(within))
    if opening:
        return opening
    theirs = [within[start] for start in bases]
    return tuple(p for p in periods if not any(w.start <= p.start < w.end for w in theirs))


def _is_anothers(named: Mention, figure: Quantity, text: str) -> bool:
    """Whether a date behind a figure is that of the one it is set against.

    That stands in a clause of its own: "398 days, while in 2022/23 it was 441".
    """
    between, after = text[figure.end : named.start], text[named.end :]
    if _SINCE.search(between):
        return True
    contrast = _CONTRAST.search(between)
    return bool(contrast and _ITS_OWN.search(_SENTENCE_PIECE.split(after)[0]))


def _is_first(figure: Quantity, text: str, periods: tuple[Mention, ...]) -> bool:
    """Whether a figure is what another came from, with no date of its own: "from 15% to 8%"."""
    return _came_first(figure, text) and not any(
        figure.end <= p.start < figure.end + _TO_NEXT_LENGTH and _TO_NEXT.match(text[p.end :])
        for p in periods
    )


def _came_first(figure: Quantity, text: str) -> bool:
    """Whether a figure is the first of two: "from 15% in May to 8% in June"."""
    further = _TO_NEXT.match(text[figure.end :])
    return bool(_FROM.search(text[: figure.start])) and further is not None


def _first_of_two(figure: Quantity, periods: tuple[Mention, ...]) -> Period | None:
    """The first of two dates named before: "between March 2023 and March 2024 fell from … to"."""
    before = [m.period for m in periods if m.end <= figure.start]
    two = len(before) == len(periods) == 2 and before[0] != before[1]
    return min(before) if two else None


def _dates(named: Mention, figure: Quantity, text: str) -> bool:
    """Whether a date may be a figure's: not that of a report, a start, or what a colon sets off."""
    before = text[: named.start]
    if _OF_SAYING.search(before) or _OF_SOURCE.match(text[named.end :]):
        return False
    if _FROM_START.search(before) and not re.search(r"\([^)]*$", text[: figure.start]):
        return False
    return not (figure.end <= named.start and _SET_OFF.search(text[figure.end : named.start]))


def main_period(text: str, periods: tuple[Mention, ...]) -> Period | None:
    """The date that a sentence is of; None where it only names those that it compares with."""
    own = [
        m
        for m in periods
        if not (_COMPARES.search(text[: m.start]) or _SET_AGAINST.search(text[: m.start]))
        and not _ASIDE.search(text[: m.start])
    ]
    return own[-1].period if own else None


def _short(periods: tuple[Mention, ...], figure: Quantity) -> Period | None:
    """The date that "a year earlier" counts back from: the last one named before the figure."""
    before = [m.period for m in periods if m.end <= figure.start] or [m.period for m in periods]
    return before[0] if before else None


def _same_day(named: Mention, text: str, periods: tuple[Mention, ...]) -> Period:
    """A year compared with a date stands for the same day: "624 at 31 March 2019 ... in 2018".

    "The same months of 2018" are those named before, a year earlier.
    """
    if _SAME_STRETCH.search(text[: named.start]):
        before = [p.period for p in periods if p.end <= named.start]
        if before and named.period.kind is PeriodKind.CALENDAR_YEAR:
            return earlier_year(before[-1], before[-1].end.year - named.period.end.year)
    fuller = next((p for p in periods if p.period.kind in (PeriodKind.DAY, PeriodKind.MONTH)), None)
    if named.period.kind is not PeriodKind.CALENDAR_YEAR or fuller is None:
        return named.period
    if not re.search(r"\b(?:compared|than|from|against)\b", text[: named.start]):
        return named.period
    year, like = named.period.end.year, fuller.period.end
    return whole_month(year, like.month)
