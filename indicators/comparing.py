"""What must be said where figures are set side by side: other dates, ages or definitions."""

import re
from collections.abc import Sequence
from itertools import combinations

from ingest.model import Observation, PeriodKind
from ingest.periods import describe

_AGES = re.compile(
    r"\b(?:aged?|ages)?\s*(?P<first>\d{1,2})\s*(?:-|–|to|and)\s*(?P<last>\d{1,2})"
    r"(?=\s*(?:years?|yrs|year[- ]olds?|in\b|\)|,|$|who|care|population|not|N?EET\b))",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\baged?\s+(?P<first>\d{1,2})\s*(?:-|–|to|and)\s*(?P<last>\d{1,2})\b", re.IGNORECASE
)
_POINTS = (PeriodKind.DAY, PeriodKind.MONTH)


def warnings(observations: Sequence[Observation]) -> tuple[str, ...]:
    """What tells figures apart that are compared: each a sentence."""
    found: list[str] = []
    for one, other in combinations(observations, 2):
        found += filter(None, (_ages(one, other), _dates(one, other)))
    return tuple(dict.fromkeys(found))


def age_band(o: Observation) -> tuple[int, int] | None:
    """The ages that a label says its figure is of, or None."""
    found = _AGED.search(o.measure) or _AGES.search(o.measure)
    if found is None:
        return None
    first, last = int(found["first"]), int(found["last"])
    return (first, last) if first < last <= 25 else None


def _ages(one: Observation, other: Observation) -> str | None:
    bands = age_band(one), age_band(other)
    if bands[0] == bands[1] or not any(bands):
        return None
    told = [f"{b[0]} to {b[1]}" if b else "no ages named" for b in bands]
    return f"the figures are of different age groups ({told[0]}; {told[1]}), so compare with care."


def _dates(one: Observation, other: Observation) -> str | None:
    """Two areas' figures of different dates; two dates of one area are what was asked for."""
    if one.area == other.area or one.period is None or other.period is None:
        return None
    near = abs((one.period.end - other.period.end).days) <= 31
    kinds = {one.period.kind in _POINTS, other.period.kind in _POINTS}
    if near and len(kinds) == 1:
        return None
    told = f"{one.area} {describe(one.period)}, {other.area} {describe(other.period)}"
    return f"the figures are of different dates ({told})."
