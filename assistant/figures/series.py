"""A measure over time, put together from every table and pack that holds it.

Where two papers print another value for one date, the later one's counts and the earlier is told.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.figures.dating import period_fit
from assistant.figures.finder import SURE, Finder, day_of, held, sure
from assistant.figures.index import Match
from assistant.question.understand import Query
from indicators.catalogue import measure_of, words
from indicators.comparing import age_band
from indicators.findings import CHANGE
from ingest.model import Basis, Observation, Period, PeriodKind
from ingest.periods import find_periods

_FEWEST_LISTED = 3
_OTHER_LABEL = 0.35  # of the same measure, in more words
_POINT = 31  # days of a month at the most
_COUNTED = frozenset(words("number count"))  # "(number)" in one paper is "(no.)" in another
_POINTS = (PeriodKind.DAY, PeriodKind.MONTH)


_BY_MONTH = re.compile(r"\b(?:which|what|best|worst|highest|lowest) month\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Series:
    """A measure over time, oldest first.

    `restated` is what earlier papers printed for its dates, `blanks` the cells without a figure
    between its first and its last date.
    """

    points: tuple[Match, ...]
    restated: tuple[Match, ...] = ()
    blanks: tuple[Match, ...] = ()

    @property
    def observations(self) -> list[Observation]:
        """The figures themselves."""
        return [m.observation for m in self.points]


def series_of(finder: Finder, query: Query) -> Series | None:
    """The measure over time: of those that fit best, the one with most dates."""
    return _chosen(finder, query, finder.ranked(query, periods=()))


def _chosen(finder: Finder, query: Query, ranked: Sequence[Match]) -> Series | None:
    tables: dict[object, list[Match]] = {}
    blanks: list[Match] = []
    if _BY_MONTH.search(query.text):
        ranked = [m for m in ranked if length_of(m.observation) == "point"] or ranked
    sure = [m for m in ranked if m.text >= max(SURE, ranked[0].text - 0.08)]
    finder.read_rows(m.observation for m in sure if m.observation.source == "sentence")
    for match in sure:
        o = match.observation
        if not _is_listed(finder, o):
            continue
        if o.value is None:
            blanks.append(match)
        elif o.period is not None and _within(o.period, query):
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
    rows = {_row_of(s) for s in near if s.points[0].text == top}
    chosen = max(
        near,
        key=lambda s: (
            len(s.points),
            _is_share(s) and _row_of(s) in rows,
            s.points[0].text,
            day_of(s.points[-1]),
        ),
    )
    return replace(chosen, blanks=_between(chosen, blanks))


def whole_series(finder: Finder, query: Query) -> Series | None:
    """The measure over all the time that papers tell of: years, quarters and days in one order.

    Figures of other lengths of time, other tables' and sentences' are taken in where they are of
    the same measure, area, ages and unit, and don't count what happened while it lasted. What
    shorter figures cover, no longer one stands beside.
    """
    ranked = finder.ranked(query, periods=())
    along = _chosen(finder, query, ranked)
    seed = along.points if along else tuple(m for m in ranked[:1] if m.text >= SURE)
    if not seed or not _is_level(seed[-1].observation):
        return along
    own = seed[-1]
    points = {date_of(m): m for m in (along.points if along else ())}
    beside = [m for m in ranked if _is_like(m, own) and date_of(m) not in points]
    for match in sorted(beside, key=lambda m: (_days(_period(m)), m.observation.source, -held(m))):
        period = _period(match)
        if not _within(period, query) or any(_covers(_period(p), period) for p in points.values()):
            continue
        if _is_kin(finder, match, own):
            points[date_of(match)] = match
    chosen = sorted(points.values(), key=lambda m: _period(m).end)
    if len(chosen) < 2:
        return along
    return Series(tuple(chosen), along.restated if along else (), along.blanks if along else ())


def _is_level(o: Observation) -> bool:
    """Whether figures of a year and of a day may stand in one series.

    A percentage, or how many there are; not what is counted or spent in a stretch of time.
    """
    if o.unit in ("percent", "score"):
        return True
    measure = measure_of(words(o.measure))
    return o.unit not in ("gbp", "ratio") and measure is not None and not measure.adds


def _is_like(match: Match, own: Match) -> bool:
    """Whether a figure is a level with a date, of the same council, area, basis and unit."""
    o, first = match.observation, own.observation
    same = (o.area, o.unit, o.basis) == (first.area, first.unit, first.basis)
    dated = o.value is not None and o.period is not None and CHANGE not in o.flags
    if not same or not dated or match.meeting.council != own.meeting.council:
        return False
    return o.period is not None and o.period.kind is not PeriodKind.TO_DATE


def _is_kin(finder: Finder, match: Match, own: Match) -> bool:
    """Whether a figure is of the same measure as those of a series, whatever its label's words."""
    o, first = match.observation, own.observation
    if age_band(o) != age_band(first):
        return False
    measures = measure_of(words(first.measure)), measure_of(words(o.measure))
    if o.source != "sentence" and _named(o) == _named(first):
        return True
    if measures[0] is None or measures[0] != measures[1]:
        return False
    if o.source != "sentence":
        return match.text >= own.text - _OTHER_LABEL
    alone = [
        x
        for x in finder.figures.row(o)
        if (x.unit, x.area, x.basis, x.period) == (o.unit, o.area, o.basis, o.period)
    ]
    return sure(match) and not match.did and len(alone) == 1 and "worded" not in o.flags


def _covers(one: Period, other: Period) -> bool:
    """Whether two figures can't stand side by side: they end together, or one holds the other."""
    same = (one.end.year, one.end.month) == (other.end.year, other.end.month)
    return same or (_days(one) > _POINT < _days(other) and one.contains(other))


def _days(period: Period) -> int:
    return (period.end - period.start).days


def _period(match: Match) -> Period:
    """The period of a figure that has one."""
    if match.observation.period is None:
        raise AssertionError(f"{match.observation.measure} has no period.")
    return match.observation.period


def _row_of(series: Series) -> tuple[str, int]:
    where = series.points[-1].observation.locator
    return (where.paper, where.start)


def _is_share(series: Series) -> bool:
    """Of a count and its percentage, both along one row, the percentage shows the way."""
    return series.points[-1].observation.unit == "percent"


def _between(series: Series, blanks: Sequence[Match]) -> tuple[Match, ...]:
    """The cells of a series' own label that hold no figure, one a date that none else has."""
    own = {_measure_of(m)[:3] for m in series.points}
    dated = {date_of(m) for m in series.points}
    first, last = day_of(series.points[0]), day_of(series.points[-1])
    found: dict[object, Match] = {}
    for match in blanks:
        inside = first < day_of(match) < last and date_of(match) not in dated
        if inside and _measure_of(match)[:3] in own:
            found.setdefault(date_of(match), match)
    return tuple(found.values())


def _is_listed(finder: Finder, o: Observation) -> bool:
    """Whether a figure stands among others of its measure; in a sentence, three or more dates'."""
    if o.source != "sentence":
        return True
    alike = [
        x.period
        for x in finder.figures.row(o)
        if (x.unit, x.area, x.basis) == (o.unit, o.area, o.basis) and CHANGE not in x.flags
    ]
    dated = {p for p in alike if p}
    return CHANGE not in o.flags and len(alike) == len(dated) >= _FEWEST_LISTED


def target_of(finder: Finder, along: Series) -> Match | None:
    """The target that stands in the newest row of a series."""
    for match in reversed(along.points):
        for o in finder.figures.row(match.observation):
            if o.basis is Basis.TARGET and o.unit == match.observation.unit and o.value:
                return replace(match, observation=o)
    return None


def _within(period: Period, query: Query) -> bool:
    if not query.periods:
        return True
    if len(query.periods) == 1:
        return query.periods[0].contains(period)
    spans = (p for p in query.periods if p.kind is PeriodKind.SPAN)
    inside = any(span.contains(period) for span in spans)
    return inside or any(period_fit(period, p) >= 0.6 for p in query.periods)


def _table_of(match: Match) -> tuple[object, ...]:
    o = match.observation
    if o.source == "sentence":
        return (o.locator.paper, o.locator.start, o.area, o.unit, length_of(o))
    return (o.locator.paper, o.context, o.measure, o.area, o.unit, length_of(o))


def _measure_of(match: Match) -> tuple[object, ...]:
    """What the same measure has in common in all its tables: the words of its label."""
    o = match.observation
    if o.source == "sentence":
        return _table_of(match)
    return (match.meeting.council, _named(o), o.area, o.unit, length_of(o))


def _named(o: Observation) -> frozenset[str]:
    """The words of a label, without its dates and what only says that it is a number."""
    shown = o.measure
    for mention in reversed(find_periods(shown)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return frozenset(words(shown)) - _COUNTED


def measure_of_series(match: Match) -> tuple[object, ...]:
    """What the figures of one measure have in common, whatever area they are of."""
    council, label, _, unit, length = _measure_of(match)
    return (council, label, unit, length)


def labels_of_series(series: Series) -> dict[frozenset[str], set[str]]:
    """The words of a series' labels; for sentences, which have none, their papers under no word."""
    found: dict[frozenset[str], set[str]] = {}
    for o in series.observations:
        label = frozenset[str]() if o.source == "sentence" else _named(o)
        found.setdefault(label, set()).add(o.locator.paper)
    return found


def length_of(o: Observation) -> str:
    """How long a figure's time is: a point, or the kind of its period."""
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
            dated.setdefault(date_of(match), match)
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


def date_of(match: Match) -> object:
    """What tells a figure's date from others along a series; None where it has none."""
    period = match.observation.period
    if period is None:
        return None
    point = period.kind in _POINTS
    return (period.end.year, period.end.month) if point else (period.start, period.end)
