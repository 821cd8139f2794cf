"""The closed set of calculations: pure functions on observations, in Decimal.

Each returns a Calculation with the formula in figures and the observations that went in, so
that the answer can show its working. Units are checked: what can't be compared is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from indicators.catalogue import measure_of, words
from indicators.quantities import spoken
from ingest.errors import BoardPapersError
from ingest.model import Observation, Period, PeriodKind
from ingest.periods import describe

_POINTS = (PeriodKind.DAY, PeriodKind.MONTH)
_SHARES = ("percent", "rate per 1,000", "rate per 10,000", "rate per 100,000", "ratio", "score")
_ALL = re.compile(r"^\W*(?:(?:grand |over)?total|all|overall)\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"\bof (?:which|whom|these|those)\b|\bincluding\b", re.IGNORECASE)
_PLAIN_MEAN = (
    "this is the plain mean of the printed figures, not weighted by how many each is a share of."
)


class NotComparable(BoardPapersError):
    """Figures that can't be put into one calculation."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result with its unit ("pp" for a difference of percentages), formula, inputs, warnings."""

    result: Decimal
    unit: str
    formula: str
    inputs: tuple[Observation, ...]
    warnings: tuple[str, ...] = ()


def value_at(series: Sequence[Observation], period: Period) -> Observation:
    """The figure of a series for one period: a month's also where its last day is asked for."""
    for o in series:
        if o.period and (o.period.start, o.period.end) == (period.start, period.end):
            return _reported(o)
    ends = [o for o in series if o.period and o.period.end == period.end and _is_point(o)]
    if ends and period.kind in _POINTS:
        return _reported(ends[0])
    raise NotComparable(f"There is no figure for {describe(period)}.")


def latest(series: Sequence[Observation]) -> Observation:
    """The newest figure that is reported."""
    held = [o for o in series if o.value is not None and o.period is not None]
    if not held:
        raise NotComparable("There are no dated figures to choose the latest from.")
    return max(held, key=lambda o: o.period.end)  # type: ignore[union-attr]


def difference(later: Observation, earlier: Observation) -> Calculation:
    """`later` less `earlier`; of percentages, in percentage points."""
    a, b = _value(later), _value(earlier)
    unit = _common_unit((later, earlier))
    result = a - b
    shown = "pp" if unit == "percent" else unit
    formula = f"{spoken(a, unit)} − {spoken(b, unit)} = {spoken(result, shown)}"
    return Calculation(result, shown, formula, (later, earlier))


def percent_change(later: Observation, earlier: Observation) -> Calculation:
    """The change from `earlier` to `later` as a percentage of `earlier`."""
    a, b = _value(later), _value(earlier)
    unit = _common_unit((later, earlier))
    if unit == "percent":
        raise NotComparable(
            "A change of a percentage is told in percentage points; ask for the difference."
        )
    if b == 0:
        raise NotComparable("The earlier figure is 0: no percentage change can be worked out.")
    result = _rounded((a - b) / b * 100)
    before, shown = spoken(b, unit), spoken(result, "percent")
    formula = f"({spoken(a, unit)} − {before}) ÷ {before} × 100 = {shown}"
    return Calculation(result, "percent", formula, (later, earlier))


def before_change(level: Observation, change: Observation, *, rose: bool) -> Calculation:
    """What a level was before a change to it: "136, four more than in 2016/17" was 132.

    The change is in the level's unit, or a percentage of what was before.
    """
    now, size = _value(level), abs(_value(change))
    shown, sign = spoken(now, level.unit), "−" if rose else "+"
    if change.unit == "percent" and level.unit != "percent":
        factor = 1 + (size if rose else -size) / 100
        if factor <= 0:
            raise NotComparable("A fall by all of it leaves nothing to work back from.")
        result = _rounded(now / factor)
        formula = f"{shown} ÷ (1 {'+' if rose else '−'} {spoken(size, 'percent')})"
    else:
        _common_unit((level, change))
        result = now - size if rose else now + size
        formula = f"{shown} {sign} {spoken(size, level.unit)}"
    unit = level.unit
    return Calculation(result, unit, f"{formula} = {spoken(result, unit)}", (level, change))


def share(part: Observation, whole: Observation) -> Calculation:
    """`part` as a percentage of `whole`: counts or amounts, not rates or percentages."""
    a, b = _value(part), _value(whole)
    if _common_unit((part, whole)) not in ("count", "gbp", "days"):
        raise NotComparable("Percentages and rates aren't parts of a whole number.")
    if b == 0:
        raise NotComparable("The whole is 0: no share can be worked out.")
    result = _rounded(a / b * 100)
    unit = "gbp" if part.unit == "gbp" else "count"
    formula = f"{spoken(a, unit)} ÷ {spoken(b, unit)} × 100 = {spoken(result, 'percent')}"
    return Calculation(result, "percent", formula, (part, whole))


def share_of_sum(part: Observation, wholes: Sequence[Observation]) -> Calculation:
    """`part` as a percentage of all of `wholes` together."""
    if len(wholes) == 1:
        return share(part, wholes[0])
    whole = total(wholes)
    if whole.result == 0:
        raise NotComparable("The whole is 0: no share can be worked out.")
    if _common_unit((part, *wholes)) not in ("count", "gbp", "days"):
        raise NotComparable("Percentages and rates aren't parts of a whole number.")
    result = _rounded(_value(part) / whole.result * 100)
    added = whole.formula.rpartition(" = ")[0]
    formula = f"{spoken(_value(part), part.unit)} ÷ ({added}) × 100 = {spoken(result, 'percent')}"
    return Calculation(result, "percent", formula, (part, *wholes))


def ratio(top: Observation, bottom: Observation) -> Calculation:
    """`top` for each `bottom`."""
    a, b = _value(top), _value(bottom)
    if b == 0:
        raise NotComparable("There are none to divide by: no ratio can be worked out.")
    result = _rounded(a / b)
    formula = f"{spoken(a, top.unit)} ÷ {spoken(b, bottom.unit)} = {spoken(result, 'ratio')}"
    return Calculation(result, "ratio", formula, (top, bottom))


def total(parts: Sequence[Observation]) -> Calculation:
    """The sum of counts or amounts of parts that don't overlap, or of what happened over time.

    Percentages and rates don't add up; groups that overlap, and how many there were on several
    days, would count the same children again: all are refused.
    """
    unit = _common_unit(parts)
    if unit not in ("count", "gbp", "days"):
        raise NotComparable("Percentages and rates can't be added up.")
    _refuse_overlaps(parts)
    values = [_value(part) for part in parts]
    result = sum(values, Decimal(0))
    formula = f"{' + '.join(spoken(v, unit) for v in values)} = {spoken(result, unit)}"
    return Calculation(result, unit, formula, tuple(parts))


def together(
    parts: Sequence[Observation], rows: Sequence[Observation], whole: Observation | None = None
) -> Calculation:
    """The sum of some of the `rows` that make up one whole: percentages, or counts of `whole`.

    Refused where the rows don't come to 100, but for rounding, or to the whole: they may overlap.
    """
    unit = _common_unit((*parts, *rows))
    if unit != "percent" and whole is None:
        return total(parts)
    made_up = _value(whole) if whole and unit != "percent" else Decimal(100)
    rounding = Decimal(len(rows)) / 2 if unit == "percent" else Decimal(0)
    if abs(sum(map(_value, rows), Decimal(0)) - made_up) > rounding:
        raise NotComparable("These figures don't make up one whole, so they can't be added.")
    values = [_value(part) for part in parts]
    result = sum(values, Decimal(0))
    formula = f"{' + '.join(spoken(v, unit) for v in values)} = {spoken(result, unit)}"
    return Calculation(result, unit, formula, tuple(parts))


def average(parts: Sequence[Observation]) -> Calculation:
    """The plain mean of one measure over periods.

    Percentages and rates of several groups have no plain mean: their populations differ in size.
    """
    unit = _common_unit(parts)
    shares = unit in _SHARES
    if shares and len({(o.area, o.measure) for o in parts}) > 1:
        raise NotComparable(
            "Percentages and rates of groups of different size can't be averaged: ask for the "
            "figure of all of them together."
        )
    values = [_value(part) for part in parts]
    result = _rounded(sum(values, Decimal(0)) / len(values))
    added = " + ".join(spoken(v, unit) for v in values)
    formula = f"({added}) ÷ {len(values)} = {spoken(result, unit)}"
    warned = (_PLAIN_MEAN,) if shares and len(parts) > 1 else ()
    return Calculation(result, unit, formula, tuple(parts), warned)


def complement(of: Observation) -> Calculation:
    """100 less a percentage."""
    value = _value(of)
    if of.unit != "percent":
        raise NotComparable("Only a percentage has a complement.")
    result = Decimal(100) - value
    return Calculation(
        result, "percent", f"100% − {spoken(value, 'percent')} = {spoken(result, 'percent')}", (of,)
    )


def highest(series: Sequence[Observation]) -> tuple[Observation, ...]:
    """The highest observations of a series: all of them where they tie."""
    _common_unit(series)
    top = max(_value(o) for o in series)
    return tuple(o for o in series if o.value == top)


def lowest(series: Sequence[Observation]) -> tuple[Observation, ...]:
    """The lowest observations of a series: all of them where they tie."""
    _common_unit(series)
    bottom = min(_value(o) for o in series)
    return tuple(o for o in series if o.value == bottom)


def rate_per_10_000(cases: Observation, population: Observation) -> Calculation:
    """Cases for every 10,000 of a population."""
    a, b = _value(cases), _value(population)
    if _common_unit((cases, population)) != "count":
        raise NotComparable("A rate is worked out from two counts.")
    if b == 0:
        raise NotComparable("The population is 0: no rate can be worked out.")
    result = _rounded(a / b * 10_000)
    shown = spoken(result, "rate per 10,000")
    formula = f"{spoken(a, 'count')} ÷ {spoken(b, 'count')} × 10,000 = {shown}"
    return Calculation(result, "rate per 10,000", formula, (cases, population))


def to_date(series: Sequence[Observation]) -> Calculation:
    """The sum of a financial year so far, of what happened in each month or quarter."""
    years = {_financial_year(o) for o in series}
    if len(years) > 1:
        raise NotComparable("These figures are of more than one financial year.")
    return total(series)


def gap_to_target(own: Observation, target: Observation, better: str) -> Calculation:
    """How far a figure is from its target: above nought it is past it, for the better.

    `better` is the way that is better for the measure: "higher" or "lower".
    """
    if better not in ("higher", "lower"):
        raise NotComparable("Whether higher or lower is better isn't known for this measure.")
    apart = difference(own, target)
    return apart if better == "higher" else difference(target, own)


def meeting_target(
    series: Sequence[Observation], target: Observation, better: str
) -> tuple[Observation, ...]:
    """The figures of a series that meet a target; those that aren't reported count as neither."""
    held = [o for o in series if o.value is not None]
    return tuple(o for o in held if gap_to_target(o, target, better).result >= 0)


@dataclass(frozen=True, slots=True)
class Place:
    """An observation's place in a ranking, 1 for the first; `ties` where it is shared."""

    position: int
    ties: bool
    observation: Observation


def rank(figures: Sequence[Observation], better: str) -> tuple[Place, ...]:
    """Areas in order of one measure at one date, the best first; the highest where none is better.

    Equal figures share a place.
    """
    _common_unit(figures)
    if len({o.area for o in figures}) != len(figures):
        raise NotComparable("An area stands twice among the figures to be ranked.")
    values = [_value(o) for o in figures]
    first = sorted(values, reverse=better != "lower")
    ordered = sorted(figures, key=lambda o: first.index(_value(o)))
    return tuple(Place(first.index(_value(o)) + 1, values.count(_value(o)) > 1, o) for o in ordered)


@dataclass(frozen=True, slots=True)
class Trend:
    """A series from first to last. `clear` where the net change is at least half of its range."""

    net: Decimal
    low: Decimal
    high: Decimal
    unit: str
    formula: str

    @property
    def clear(self) -> bool:
        """Whether the series moved rather than went to and fro."""
        return self.net != 0 and abs(self.net) * 2 >= self.high - self.low

    def judged(self, better: str) -> str:
        """The direction in words, by which way is better ("higher", "lower", "neither")."""
        if not self.clear:
            return "no clear change"
        way = "rising" if self.net > 0 else "falling"
        if better == "neither":
            return way
        return f"{way}, which is {'better' if (self.net > 0) == (better == 'higher') else 'worse'}"


def trend(series: Sequence[Observation]) -> Trend:
    """The direction of a series, oldest first: its net change beside its range."""
    if len(series) < 2:
        raise NotComparable("One figure alone shows no trend.")
    moved = difference(series[-1], series[0])
    low, high = _value(lowest(series)[0]), _value(highest(series)[0])
    return Trend(moved.result, low, high, moved.unit, moved.formula)


def _refuse_overlaps(parts: Sequence[Observation]) -> None:
    for one, other in combinations(parts, 2):
        dates = one.period, other.period
        if None not in dates and dates[0] != dates[1]:
            _refuse_over_time(one, other)
        elif _is_part_of(one, other) or _is_part_of(other, one):
            raise NotComparable(
                f"“{one.measure}” and “{other.measure}” overlap, so they can't be added up."
            )


def _refuse_over_time(one: Observation, other: Observation) -> None:
    first, last = one.period, other.period
    if first and last and first.start <= last.end and last.start <= first.end:
        raise NotComparable(
            f"{describe(first)} and {describe(last)} overlap, so their figures can't be added up."
        )
    measure = measure_of(words(one.measure))
    if measure is not None and not measure.adds and one.unit == "count":
        raise NotComparable(
            f"“{one.measure}” counts how many there are at one time: figures of several dates "
            "would count the same children again, so they can't be added up."
        )


def _is_part_of(one: Observation, other: Observation) -> bool:
    """Whether one figure's group lies within the other's, as far as their labels tell."""
    if one.area != other.area or one == other:
        return one == other
    if _ALL.match(other.measure) or _OF_WHICH.search(one.measure):
        return True
    mine, theirs = (set(re.findall(r"[a-z0-9]+", o.measure.lower())) for o in (one, other))
    return bool(theirs) and theirs < mine


def _financial_year(o: Observation) -> int | None:
    return o.period.end.year - (o.period.end.month < 4) if o.period else None


def _is_point(o: Observation) -> bool:
    return o.period is not None and o.period.kind in _POINTS


def _reported(o: Observation) -> Observation:
    _value(o)
    return o


def _value(of: Observation) -> Decimal:
    if of.value is None:
        raise NotComparable(f"{of.measure} isn't reported for this date: a blank is not a nought.")
    return of.value


def _common_unit(parts: Sequence[Observation]) -> str:
    units = {part.unit for part in parts}
    if not units:
        raise NotComparable("There are no figures to work with.")
    if len(units) > 1:
        raise NotComparable(f"These figures are in different units: {', '.join(sorted(units))}.")
    return units.pop()


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01")).normalize() + 0
