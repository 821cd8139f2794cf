"""How well a figure's period answers for the one that is asked for."""

from collections.abc import Sequence
from datetime import timedelta

from assistant.figures.counting import FLOW
from indicators.catalogue import measure_of, words
from indicators.sentences.flags import CAME_FROM, PRESENT
from ingest.model import Meeting, Observation, Period, PeriodKind

_UNDATED = 0.6
_OF_MORE = 0.5
_LONGER = 1.5
_ASKED_AS_A_WHOLE = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.SPAN)
_YEARS = (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.SPAN)


def time_fit(
    o: Observation, meeting: Meeting, asked: Sequence[Period], throughout: bool = False
) -> float:
    """How well an observation's period fits the best of those asked for, 0 to 1.

    A day or month doesn't answer for all of a year.
    """
    if not asked:
        return 1.0
    fit = max(
        min(_one_time_fit(o, meeting, period), _OF_MORE if _is_of_more(o, period) else 1.0)
        for period in asked
    )
    short = o.period is not None and o.period.kind in (PeriodKind.DAY, PeriodKind.MONTH)
    long = all(p.kind in _YEARS for p in asked)
    return min(fit, 0.5) if throughout and short and long else fit


def _is_of_more(o: Observation, asked: Period) -> bool:
    """Whether a figure adds up what happened over a longer time than is asked for.

    Half a year's adoptions aren't its last quarter's; how many there are at its end is both's.
    """
    has = o.period
    if has is None or not has.contains(asked) or asked.kind not in _ASKED_AS_A_WHOLE:
        return False
    longer = (has.end - has.start) > _LONGER * (asked.end - asked.start)
    measure = measure_of(words(o.measure)) if longer else None
    return longer and (bool(measure and measure.adds) or bool(FLOW.search(o.measure)))


def _one_time_fit(o: Observation, meeting: Meeting, asked: Period) -> float:
    held = meeting.held
    reported = held is not None and asked.start <= held <= asked.end
    if o.period is None and CAME_FROM in o.flags:
        return 0.1  # of a time before, of which no one says when it was
    if o.period is None and PRESENT in o.flags and not reported:
        near = held is not None and abs(held - asked.end) <= timedelta(45)
        return 0.62 if near else 0.1
    if o.period is None and held is None and o.source == "sentence":
        return _UNDATED  # of a paper of which no one knows the date: it may be of any
    if o.period is None:
        return (
            0.8
            if reported
            else 0.62
            if held and timedelta(-30) <= held - asked.end <= timedelta(300)
            else 0.1
        )
    fit = period_fit(o.period, asked)
    if reported and "dated by the report" in o.flags:
        fit = max(fit, 0.75)
    elif reported and fit < 0.5:
        fit = 0.5
    return fit


def period_fit(has: Period, asked: Period) -> float:
    """How well a period answers for another: 1 for the same, 0 for no overlap."""
    if has.start == asked.start and has.end == asked.end:
        return 1.0
    if asked.contains(has):
        if has.kind is PeriodKind.TO_DATE and has.start == asked.start:
            return 0.85  # the year, as far as the paper knows it
        if has.kind is PeriodKind.SEASON and asked.kind is PeriodKind.CALENDAR_YEAR:
            return 0.7  # examinations are of a summer, and asked after by its year
        if asked.kind in _YEARS:
            return 0.85 if has.end == asked.end else 0.5
        return 0.98 if has.end == asked.end else 0.9
    if has.contains(asked):
        if has.kind in _YEARS:
            return 0.8 if has.end == asked.end else 0.35
        return 0.97 if has.end == asked.end else 0.85
    if has.end == asked.end or _is_named_alike(has, asked):
        return 0.8
    overlap = (min(has.end, asked.end) - max(has.start, asked.start)).days
    return 0.3 if overlap > 0 else 0.0


def _is_named_alike(has: Period, asked: Period) -> bool:
    """Whether "2022/23" may be either: a school's year and a council's have one name."""
    kinds = {has.kind, asked.kind}
    named = kinds == {PeriodKind.ACADEMIC_YEAR, PeriodKind.FINANCIAL_YEAR}
    return named and has.start.year == asked.start.year
