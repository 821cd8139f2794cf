"""What papers print beside a series: England, the region, statistical neighbours."""

from assistant.answer import Comparator
from assistant.figures.finder import Finder
from assistant.figures.series import Series, date_of, labels_of_series, measure_of_series
from assistant.figures.telling import point_of
from indicators.findings import CHANGE
from indicators.places import NATIONS, NEIGHBOURS, is_region
from ingest.model import Basis, Observation

_FEWEST = 2


def comparators_of(finder: Finder, along: Series) -> tuple[Comparator, ...]:
    """The comparators of a series: by date where they are printed so, else as one level.

    A level is what the newest of the series' own rows prints without a date.
    """
    dated = _dated(finder, along)
    levels = {area: o for area, o in _levels(finder, along).items() if area not in dated}
    points = {area: tuple(map(point_of, held)) for area, held in dated.items()}
    points |= {area: (point_of(o),) for area, o in levels.items()}
    return tuple(Comparator(area, points[area]) for area in sorted(points, key=_rank))


def _rank(area: str) -> tuple[int, str]:
    return (0 if area in NATIONS else 2 if area == NEIGHBOURS else 1, area)


def _is_comparator(o: Observation, unit: str) -> bool:
    told = o.value is not None and CHANGE not in o.flags
    return _compares(o.area) and told and o.basis is Basis.ACTUAL and o.unit == unit


def _compares(area: str) -> bool:
    return area in (*NATIONS, NEIGHBOURS) or is_region(area)


def _dated(finder: Finder, along: Series) -> dict[str, list[Observation]]:
    """Figures of the same measure, for dates of the series, where there are enough for a line."""
    last = along.points[-1]
    dates = {date_of(m) for m in along.points}
    measures = {measure_of_series(m) for m in along.points}
    found: dict[str, dict[object, Observation]] = {}
    for match in finder.figures.elsewhere(last, _compares, labels_of_series(along)):
        o = match.observation
        if _is_comparator(o, last.observation.unit) and measure_of_series(match) in measures:
            date = date_of(match)
            if date is not None and date in dates:
                found.setdefault(o.area, {})[date] = o
    return {
        area: sorted(held.values(), key=lambda o: o.period.end.toordinal() if o.period else 0)
        for area, held in found.items()
        if len(held) >= _FEWEST
    }


def _levels(finder: Finder, along: Series) -> dict[str, Observation]:
    unit = along.points[-1].observation.unit
    for match in reversed(along.points):
        beside = {
            o.area: o
            for o in finder.figures.row(match.observation)
            if o.period is None and _is_comparator(o, unit)
        }
        if beside:
            return beside
    return {}
