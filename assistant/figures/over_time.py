"""Answers over time: highest and lowest, totals, averages, trends, dates that met a target."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.beside import comparators_of
from assistant.figures.cards import charted
from assistant.figures.finder import DATED, Finder
from assistant.figures.index import Match
from assistant.figures.series import Series, series_of, target_of
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
from indicators.catalogue import indexed, words
from indicators.quantities import spoken
from ingest.model import Observation, Period, PeriodKind
from ingest.periods import describe, financial_year

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


class OverTime:
    """Answers over the dates of one measure."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    # -- highest and lowest ----------------------------------------------------------------

    def extreme(self, query: Query) -> Draft | None:
        """The highest or lowest: over the dates of a measure, or down the rows of a table."""
        pick = highest if query.operation is Operation.HIGHEST else lowest
        along = series_of(self._finder, query)
        asked = tuple(w for w in query.words if w not in _RANKING)
        query = replace(query, words=asked or query.words)
        if along is None or not _WHEN.search(query.text):
            down = self._down_column(query)
            if down is not None:
                match, column = down
                tops = [replace(match, observation=o) for o in pick(column)]
                return _top_row(tops, query)
        along = along or series_of(self._finder, query)
        if along is None:
            return None
        picked = {id(o) for o in pick(along.observations)}
        tops = [m for m in along.points if id(m.observation) in picked]
        return self._charted(_top_date(tops, along, query), along)

    def _down_column(self, query: Query) -> tuple[Match, list[Observation]] | None:
        for match in self._finder.ranked(query)[:12]:
            o = match.observation
            if o.source != "table" or match.text < 0.45 or o.value is None:
                continue
            if query.periods and match.time < DATED:
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
        along = series_of(self._finder, query)
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

    def so_far(self, query: Query) -> Draft | None:
        """The sum of a financial year so far, of what happened in each of its months."""
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
        return self._charted(draft, Series(points))

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
        along = series_of(self._finder, _up_to(query))
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
        return self._charted(calculated("", worked, [later, earlier], statements), along)

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
