"""Answers over time: highest and lowest, totals, averages, trends, months that met a target.

A measure's series is put together from every table and pack that holds it. Where two print another
value for one date, the later paper's counts and the earlier one is told.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.cues import Operation
from assistant.drafts import Draft, Statement
from assistant.figures import Match, period_fit
from assistant.finder import SURE, Finder, day_of, held
from assistant.telling import (
    better,
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
from assistant.understand import Query
from indicators.calculate import (
    average,
    difference,
    highest,
    lowest,
    meeting_target,
    to_date,
    total,
)
from indicators.catalogue import indexed, words
from indicators.quantities import spoken
from ingest.model import Basis, Observation, Period, PeriodKind
from ingest.periods import describe, financial_year, find_periods

_TOTAL_ROW = re.compile(r"\W*(?:total|all|average|overall)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:which|what|when)\b[^?]{0,20}\b(?:month|year|quarter|date|time)\b|\bwhen\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(?:which|what)\s+([\w\s]{3,40}?)\s+(?:had|has|have|is|was|were|did|do|does|in)\b",
    re.IGNORECASE,
)
_RANKING = frozenset(
    words("type kind biggest highest lowest largest most fewest smallest best worst top peak")
)
_OF_TARGETS = frozenset(words("target meet met hit beat manage achieve"))
_POINTS = (PeriodKind.DAY, PeriodKind.MONTH)
_MOST_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Series:
    """A measure over time, oldest first; `restated` what earlier papers printed for its dates."""

    points: tuple[Match, ...]
    restated: tuple[Match, ...] = ()

    @property
    def observations(self) -> list[Observation]:
        """The figures themselves."""
        return [m.observation for m in self.points]


class OverTime:
    """Answers over the dates of one measure."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    # -- the series ------------------------------------------------------------------------

    def series(self, query: Query) -> Series | None:
        """The measure over time: of those that fit best, the one with most dates."""
        ranked = self._finder.ranked(query, periods=())
        tables: dict[object, list[Match]] = {}
        for match in ranked:
            o = match.observation
            if match.text < max(SURE, ranked[0].text - 0.08) or o.source == "sentence":
                continue
            if o.value is not None and o.period is not None and _within(o.period, query):
                tables.setdefault(_table_of(match), []).append(match)
        merged: dict[object, list[list[Match]]] = defaultdict(list)
        for table in tables.values():
            merged[_measure_of(table[0])].append(table)
        found = [s for group in merged.values() if (s := _joined(group))]
        fitting = [s for s in found if len(s.points) >= 2]
        if not fitting:
            return None
        top = max(s.points[0].text for s in fitting)
        near = [s for s in fitting if s.points[0].text >= top - 0.06] or fitting
        return max(near, key=lambda s: (len(s.points), day_of(s.points[-1])))

    # -- highest and lowest ----------------------------------------------------------------

    def extreme(self, query: Query) -> Draft | None:
        """The highest or lowest: over the dates of a measure, or down the rows of a table."""
        pick = highest if query.operation is Operation.HIGHEST else lowest
        along = self.series(query)
        asked = tuple(w for w in query.words if w not in _RANKING)
        query = replace(query, words=asked or query.words)
        if along is None or not _WHEN.search(query.text):
            down = self._down_column(query)
            if down is not None:
                match, column = down
                tops = [replace(match, observation=o) for o in pick(column)]
                return _top_row(tops, query)
        along = along or self.series(query)
        if along is None:
            return None
        tops = [m for m in along.points if m.observation in pick(along.observations)]
        return _top_date(tops, along, query)

    def _down_column(self, query: Query) -> tuple[Match, list[Observation]] | None:
        for match in self._finder.ranked(query)[:12]:
            o = match.observation
            if o.source != "table" or match.text < 0.45 or o.value is None:
                continue
            column = [
                x
                for x in self._finder.figures.column(o)
                if x.value is not None and not _TOTAL_ROW.match(x.measure)
            ]
            if len(column) >= 3 and _is_of(query, o):
                return match, column
        return None

    # -- sums and trends -------------------------------------------------------------------

    def summed(self, query: Query) -> Draft | None:
        """The total or average of a series, worked out."""
        along = self.series(query)
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
        told = [*_restated(along), *noted]
        return calculated(lead, worked, along.points, told, told=(first, last))

    def so_far(self, query: Query) -> Draft | None:
        """The sum of a financial year so far, of what happened in each of its months."""
        along = self.series(query)
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
        return calculated(lead, worked, points, _restated(along), told=points[-1:])

    def on_target(self, query: Query) -> Draft | None:
        """How many dates of a series met its target, and which."""
        asked = tuple(w for w in query.words if w not in _OF_TARGETS)
        along = self.series(replace(query, words=asked or query.words))
        if along is None:
            return None
        goal = self._goal(along)
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
        )

    def _goal(self, along: Series) -> Match | None:
        """The target that stands in the newest row of a series."""
        for match in reversed(along.points):
            for o in self._finder.figures.row(match.observation):
                if o.basis is Basis.TARGET and o.unit == match.observation.unit and o.value:
                    return replace(match, observation=o)
        return None

    def trend(self, query: Query) -> Draft | None:
        """How a measure moved: from first to last, and every figure between."""
        along = self.series(_up_to(query))
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
            *_restated(along),
            *self._finder.cautions.on_comparing(later.observation, later.meeting),
        ]
        return calculated("", worked, [later, earlier], statements)


def _within(period: Period, query: Query) -> bool:
    if not query.periods:
        return True
    if len(query.periods) == 1:
        return query.periods[0].contains(period)
    return any(period_fit(period, p) >= 0.6 for p in query.periods)


def _up_to(query: Query) -> Query:
    """A trend at one date is the one that leads up to it."""
    if len(query.periods) == 1 and query.periods[0].kind in _POINTS:
        last = query.periods[0].end
        return replace(
            query, periods=(Period(last, last.replace(year=last.year - 5, day=1), PeriodKind.SPAN),)
        )
    return query


def _table_of(match: Match) -> object:
    o = match.observation
    return (o.locator.paper, o.context, o.measure, o.area, o.unit, _length(o))


def _measure_of(match: Match) -> object:
    """What the same measure has in common in all its tables: the words of its label."""
    o = match.observation
    shown = o.measure
    for mention in reversed(find_periods(shown)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return (match.meeting.council, frozenset(words(shown)), o.area, o.unit, _length(o))


def _length(o: Observation) -> str:
    kind = o.period.kind if o.period else PeriodKind.DAY
    return "point" if kind in _POINTS else kind.value


def _joined(tables: Sequence[Sequence[Match]]) -> Series | None:
    """One series of several tables; one that mostly disagrees is of something else."""
    ordered = sorted(tables, key=lambda t: (-round(t[0].text, 2), -len(t), -held(t[0])))
    points: dict[object, Match] = {}
    restated: list[Match] = []
    for table in ordered:
        dated: dict[object, Match] = {}
        for match in table:
            dated.setdefault(_date_of(match), match)
        both = [(m, points[date]) for date, m in dated.items() if date in points]
        apart = [(a, b) for a, b in both if a.observation.value != b.observation.value]
        if apart and len(apart) * 2 >= len(both):
            continue
        restated += [min(pair, key=held) for pair in apart]
        for date, match in dated.items():
            if date not in points or held(match) > held(points[date]):
                points[date] = match
    chosen = sorted(points.values(), key=lambda m: m.observation.period.end)  # type: ignore[union-attr]
    return Series(tuple(chosen), tuple(restated)) if chosen else None


def _date_of(match: Match) -> object:
    period = match.observation.period
    if period is None:
        return None
    point = period.kind in _POINTS
    return (period.end.year, period.end.month) if point else (period.start, period.end)


def _restated(along: Series) -> list[Statement]:
    return [stated(m, "An earlier paper printed: ") for m in along.restated[:2]]


def _top_row(tops: Sequence[Match], query: Query) -> Draft:
    first = tops[0].observation
    names = " and ".join(m.observation.measure for m in tops)
    dated = f", {when(first.period)}" if first.period else ""
    value = spoken(first.value or Decimal(0), first.unit)
    lead = f"The {query.operation.value} is {names}, at {value}{dated}."
    return _topped(lead, tops)


def _top_date(tops: Sequence[Match], along: Series, query: Query) -> Draft:
    first = tops[0].observation
    dates = " and ".join(when(m.observation.period) for m in tops)
    span = f"{when(along.observations[0].period)} to {when(along.observations[-1].period)}"
    value = spoken(first.value or Decimal(0), first.unit)
    lead = (
        f"The {query.operation.value} was {value}, in {dates} ({first.area}: {first.measure}; "
        f"of {span})."
    )
    draft = _topped(lead, tops)
    return replace(draft, statements=(*draft.statements, *_restated(along)))


def _topped(lead: str, tops: Sequence[Match]) -> Draft:
    sources = tuple(source_of(m) for m in distinct(tops))
    statement = Statement(lead, sources, labels=labels_of(*tops))
    return Draft(
        Outcome.ANSWERED, (statement,), tops[0].text, figures=tuple(map(figure_of, tops[:1]))
    )


def _is_of(query: Query, o: Observation) -> bool:
    """Whether a table is of the kind of thing asked after: "which type of placement"."""
    found = _WHICH.search(query.text)
    asked = {w[:5] for w in words(found[1])} if found else set()
    return not asked or bool(asked & {w[:5] for w in indexed(f"{o.context} {o.measure}")})
