"""The closed set of calculations: pure functions on observations, in Decimal.

Each returns a Calculation with the formula in figures and the observations that went in, so
that the answer can show its working. Units are checked: what can't be compared is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.quantities import spoken
from ingest.errors import BoardPapersError
from ingest.model import Observation


class NotComparable(BoardPapersError):
    """Figures that can't be put into one calculation."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result with its unit ("pp" for a difference of percentages), formula and inputs."""

    result: Decimal
    unit: str
    formula: str
    inputs: tuple[Observation, ...]


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
    """The sum of counts or amounts; percentages and rates don't add up and are refused."""
    unit = _common_unit(parts)
    if unit not in ("count", "gbp", "days"):
        raise NotComparable("Percentages and rates can't be added up.")
    values = [_value(part) for part in parts]
    result = sum(values, Decimal(0))
    formula = f"{' + '.join(spoken(v, unit) for v in values)} = {spoken(result, unit)}"
    return Calculation(result, unit, formula, tuple(parts))


def average(parts: Sequence[Observation]) -> Calculation:
    """The plain mean of one measure over periods."""
    unit = _common_unit(parts)
    values = [_value(part) for part in parts]
    result = _rounded(sum(values, Decimal(0)) / len(values))
    added = " + ".join(spoken(v, unit) for v in values)
    return Calculation(
        result, unit, f"({added}) ÷ {len(values)} = {spoken(result, unit)}", tuple(parts)
    )


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
