"""Answers over time: highest and lowest, totals, averages, trends, dates that met a target."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.beside import comparators_of
from assistant.figures.cards import charted
from assistant.figures.finder import Finder, day_of
from assistant.figures.index import Match
from assistant.figures.rows import Rows, asks_for_a_row
from assistant.figures.series import Series, length_of, series_of, target_of, whole_series
from assistant.figures.telling import (
    calculated,
    change,
    distinct,
    figure_of,
    labels_of,
    source_of,
    stated,
    trended,
    when,
    whose,
)
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.better import better
from indicators.calculate import (
    average,
    difference,
    highest,
    lowest,
    meeting_target,
    to_date,
    total,
)
from indicators.catalogue import words
from indicators.quantities import spoken
from ingest.model import Period, PeriodKind
from ingest.periods import describe, financial_year

_RANKING = frozenset(
    words("type kind biggest highest lowest largest most fewest smallest best worst top peak")
)
_OF_TRENDS = frozenset(words("improve improving trend better worse rise fall number"))
_OF_TARGETS = frozenset(words("target meet met hit beat manage achieve"))
_POINTS = (PeriodKind.DAY, PeriodKind.MONTH)
_MOST_SHOWN = 16
_BEST_OR_WORST = re.compile(r"\b(?:(?P<best>best)|worst)\b", re.IGNORECASE)
_ENDS = 2
_BETWEEN = re.compile(
    r"\bbetween\b.+\band\b|\bfrom\b.+\b(?:to|until|till)\b|\d\s?(?:to|until|till|[-–])\s?[a-z]{3}|"
    r"\b[a-z]{3,9}\s(?:to|until|till)\s[a-z]{3}",
    re.IGNORECASE,
)
_RUN = 2  # steps in one direction that tell something
_OF_A_TIME = re.compile(r"\b(?:wh(?:ich|at) (?:year|quarter|month|week)|when)\b", re.IGNORECASE)
"""What asks for the date of a top: no row of a table is one."""


class OverTime:
    """Answers over the dates of one measure."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._rows = Rows(finder)

    # -- highest and lowest ----------------------------------------------------------------

    def extreme(self, query: Query) -> Draft | None:
        """The highest or lowest: over the dates of a measure, or down the rows of a table."""
        query = _over_the_span(query)
        by_row = asks_for_a_row(query)
        if by_row and (row := self._rows.extreme(query)):
            return row
        asked = tuple(w for w in query.words if w not in _RANKING)
        along = series_of(self._finder, query)
        along = along or series_of(self._finder, replace(query, words=asked or query.words))
        if along is None:
            of_rows = not by_row and not _OF_A_TIME.search(query.text)
            return self._rows.extreme(query) if of_rows else None
        query = replace(query, operation=_judged(query, along))
        pick = highest if query.operation is Operation.HIGHEST else lowest
        picked = {id(o) for o in pick(along.observations)}
        tops = [m for m in along.points if id(m.observation) in picked]
        return self._charted(_top_date(tops, along, query), along)

    # -- sums and trends -------------------------------------------------------------------

    def summed(self, query: Query) -> Draft | None:
        """The total or average of a series, worked out."""
        along = series_of(self._finder, _over_the_span(query))
        if along is None:
            return None
        worked = (total if query.operation is Operation.TOTAL else average)(along.observations)
        result = spoken(worked.result, worked.unit)
        first, last = along.points[0], along.points[-1]
        lead = (
            f"{whose(first.observation)}, {query.operation.value} of "
            f"{when(first.observation.period)} to {when(last.observation.period)}: {result} "
            f"({worked.formula})."
        )
        noted = [Statement(f"Note: {text}", (source_of(last),)) for text in worked.warnings]
        told = [*_unprinted(along, query), *_restated(along), *noted]
        draft = calculated(lead, worked, along.points, told, told=(first, last))
        return self._charted(draft, along)

    def so_far(self, query: Query) -> tuple[int, Draft] | None:
        """The sum of a financial year so far, of what happened in each of its months.

        With the last day that it is of.
        """
        along = series_of(self._finder, query)
        if along is None:
            return None
        last = along.points[-1].observation.period
        first = last.end.year - (last.end.month < 4) if last else 0
        year = financial_year(first)
        points = tuple(
            m for m in along.points if m.observation.period and year.contains(m.observation.period)
        )
        worked = to_date([m.observation for m in points])
        end = points[-1].observation
        lead = (
            f"{whose(end)}, {describe(year)} to the end of {when(end.period)}: "
            f"{spoken(worked.result, worked.unit)} ({worked.formula})."
        )
        beside = [*_unprinted(along, replace(query, periods=(year,))), *_restated(along)]
        draft = calculated(lead, worked, points, beside, told=points[-1:])
        return day_of(points[-1]), self._charted(draft, Series(points))

    def on_target(self, query: Query) -> Draft | None:
        """How many dates of a series met its target, and which."""
        asked = tuple(w for w in query.words if w not in _OF_TARGETS)
        along = series_of(self._finder, replace(query, words=asked or query.words, unit=None))
        if along is None:
            return None
        goal = target_of(self._finder, along)
        if goal is None:
            return None
        met = meeting_target(
            along.observations, goal.observation, better(along.points[-1].observation)
        )
        ends = f"{when(along.observations[0].period)} to {when(along.observations[-1].period)}"
        dates = f": {', '.join(when(o.period) for o in met)}" if met else ""
        value = spoken(goal.observation.value or Decimal(0), goal.observation.unit)
        lead = (
            f"{len(met)} of the {len(along.points)} figures printed for {ends} met the target of "
            f"{value}{dates}."
        )
        shown = [*along.points, goal]
        sources = tuple(source_of(m) for m in distinct(shown))
        counts = f"{labels_of(*shown)} {len(met)} {len(along.points)}"
        return Draft(
            Outcome.ANSWERED,
            (Statement(lead, sources, labels=counts), stated(goal)),
            along.points[0].text,
            figures=tuple(map(figure_of, (goal, along.points[-1]))),
            chart=charted(along, goal, comparators_of(self._finder, along)),
        )

    def trend(self, query: Query) -> Draft | None:
        """How a measure moved: from first to last, and every figure between."""
        along = whole_series(self._finder, _up_to(query))
        if along is None:
            return None
        later, earlier = along.points[-1], along.points[0]
        worked = difference(later.observation, earlier.observation)
        shown = along.points[-_MOST_SHOWN:]
        points = "; ".join(
            f"{when(m.observation.period)}: "
            f"{spoken(m.observation.value or Decimal(0), m.observation.unit)}"
            for m in shown
        )
        statements = [
            change(later, earlier, worked),
            Statement(
                f"In full: {points}.",
                tuple(source_of(m) for m in distinct(shown)),
                labels=labels_of(*shown),
            ),
            trended(along.points, better(later.observation)),
            *_lately(along.points),
            *_of_other_lengths(along),
            *_restated(along),
            *self._said(query, along.points[-1]),
            *self._finder.cautions.on_comparing(later.observation, later.meeting),
        ]
        return self._charted(calculated("", worked, [later, earlier], statements), along)

    def said_since(self, query: Query, draft: Draft) -> list[Statement]:
        """What later papers say in words of how a measure moved, that a draft tells a figure of."""
        source = draft.statements[0].sources[0]
        shown = [
            m
            for m in self._finder.ranked(query)
            if (m.observation.locator.paper, m.observation.locator.start)
            == (source.locator.paper, source.locator.start)
        ]
        return self._said(query, shown[0]) if shown else []

    def _said(self, query: Query, last: Match) -> list[Statement]:
        period = last.observation.period
        if period is None or query.periods:
            return []
        asked = tuple(w for w in query.words if w not in _OF_TRENDS)
        return self._finder.movements.since(last.meeting.council, asked, period.end)

    def drawn(self, draft: Draft, query: Query) -> Draft:
        """A change between two dates with the chart of all that is printed between them."""
        ends = sorted(query.periods)
        span = (Period(ends[-1].end, ends[0].start, PeriodKind.SPAN),) if len(ends) > 1 else ends
        along = series_of(self._finder, replace(query, periods=tuple(span)))
        values = {float(o.value or 0) for o in along.observations} if along else set()
        told = [f.figure.value for f in draft.figures if f.figure.working is None]
        if along is None or not set(told) <= values:
            return draft
        return self._charted(draft, along)

    def _charted(self, draft: Draft, along: Series) -> Draft:
        goal, beside = target_of(self._finder, along), comparators_of(self._finder, along)
        return replace(draft, chart=charted(along, goal, beside))


def _over_the_span(query: Query) -> Query:
    """All of the time between two dates, where a question names its ends: "from May to July"."""
    ends = sorted(query.periods)
    if len(ends) != _ENDS or not _BETWEEN.search(query.text):
        return query
    return replace(query, periods=(Period(ends[1].end, ends[0].start, PeriodKind.SPAN),))


def _judged(query: Query, along: Series) -> Operation:
    """Whether the highest or the lowest is meant: at its worst, a share best low is highest."""
    said, way = _BEST_OR_WORST.search(query.text), better(along.points[-1].observation)
    if said is None or way == "neither":
        return query.operation
    return Operation.HIGHEST if (way == "higher") == bool(said["best"]) else Operation.LOWEST


def _up_to(query: Query) -> Query:
    """A trend at one date is the one that leads up to it."""
    if len(query.periods) == 1 and query.periods[0].kind in _POINTS:
        last = query.periods[0].end
        return replace(
            query, periods=(Period(last, last.replace(year=last.year - 5, day=1), PeriodKind.SPAN),)
        )
    return query


def _unprinted(along: Series, query: Query) -> list[Statement]:
    """What a sum or mean leaves out: dates without a figure, and months that nothing is held of."""
    blank = (
        [
            m
            for m in along.blanks
            if m.observation.period and any(p.contains(m.observation.period) for p in query.periods)
        ]
        if query.periods
        else list(along.blanks)
    )
    if blank:
        dates = ", ".join(when(m.observation.period) for m in blank)
        printed = " ".join(f"{labels_of(m)} {m.observation.printed}" for m in blank)
        sources = tuple(source_of(m) for m in distinct(blank))
        return [Statement(f"Not reported, and so left out: {dates}.", sources, labels=printed)]
    first, last = along.observations[0].period, along.observations[-1].period
    asked = query.periods[-1] if query.periods else None
    short = asked and last and first and (first.start > asked.start or last.end < asked.end)
    if short and asked and asked.kind is not PeriodKind.MONTH:
        text = f"For {describe(asked)} the papers hold {when(first)} to {when(last)} only."
        ends = (along.points[0], along.points[-1])
        return [
            Statement(text, tuple(source_of(m) for m in distinct(ends)), labels=labels_of(*ends))
        ]
    return []


def _of_other_lengths(along: Series) -> list[Statement]:
    """That figures of years and of quarters stand in one series, where they do."""
    kinds = [m for m in along.points if m.observation.period]
    lengths = {length_of(m.observation): m for m in kinds}
    if len(lengths) < 2:
        return []
    sources = tuple(source_of(m) for m in distinct(list(lengths.values())))
    text = (
        "Note: some of these figures are of a whole year and others of a shorter time or one day."
    )
    return [Statement(text, sources, labels=labels_of(*lengths.values()))]


def _lately(points: Sequence[Match]) -> list[Statement]:
    """Which way the last figures go, one after the other, where those before went another way."""
    values = [m.observation.value or Decimal(0) for m in points]
    run = 1
    while run < len(values) and _sign(values[-run] - values[-run - 1]) == _sign(
        values[-1] - values[-2]
    ):
        run += 1
    steps = run - 1
    if steps < _RUN or steps == len(points) - 1 or values[-1] == values[-2]:
        return []
    first, last = points[-run], points[-1]
    way, rose = better(last.observation), values[-1] > values[-2]
    judged = "" if way == "neither" else ": better" if rose == (way == "higher") else ": worse"
    unit = last.observation.unit
    text = (
        f"Lately it {'rose' if rose else 'fell'} from figure to figure, from "
        f"{spoken(values[-run], unit)} ({when(first.observation.period)}) to "
        f"{spoken(values[-1], unit)} ({when(last.observation.period)}){judged}."
    )
    shown = points[-run:]
    return [Statement(text, tuple(source_of(m) for m in distinct(shown)), labels=labels_of(*shown))]


def _sign(step: Decimal) -> int:
    return (step > 0) - (step < 0)


def _restated(along: Series) -> list[Statement]:
    return [stated(m, "An earlier paper printed: ") for m in along.restated[:2]]


def _top_date(tops: Sequence[Match], along: Series, query: Query) -> Draft:
    first = tops[0].observation
    dates = " and ".join(when(m.observation.period) for m in tops)
    span = f"{when(along.observations[0].period)} to {when(along.observations[-1].period)}"
    value = spoken(first.value or Decimal(0), first.unit)
    lead = (
        f"The {query.operation.value} was {value}, in {dates} ({first.area}: {first.measure}; "
        f"of {span})."
    )
    draft = _topped(lead, tops, (along.points[0], along.points[-1]))
    return replace(draft, statements=(*draft.statements, *_restated(along)))


def _topped(lead: str, tops: Sequence[Match], ends: Sequence[Match]) -> Draft:
    """The tops are cited, and the two ends of what they are the tops of."""
    sources = tuple(source_of(m) for m in distinct((*tops, *ends)))
    statement = Statement(lead, sources, labels=labels_of(*tops))
    return Draft(
        Outcome.ANSWERED, (statement,), tops[0].text, figures=tuple(map(figure_of, tops[:1]))
    )
