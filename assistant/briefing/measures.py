"""Indicators that bear on an agenda item: of its reports' tables, with earlier papers' figures."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.answer import Chart, Point
from assistant.drafts import Source, Statement
from assistant.figures.telling import label_of, when
from indicators.better import better
from indicators.catalogue import Measure, measure_of, words
from indicators.quantities import spoken
from ingest.model import Basis, Meeting, Observation, PeriodKind
from ingest.periods import find_periods

_YEAR = timedelta(days=330)
_ENOUGH = 4  # points of a chart
_FEW = 10  # children, whose number goes up and down by chance
_NOTABLE = Decimal("0.02")  # of the earlier reading
_POINTS = (PeriodKind.DAY, PeriodKind.MONTH)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure with the meeting whose papers print it."""

    figure: Observation
    meeting: Meeting

    @property
    def source(self) -> Source:
        """Where it stands."""
        return Source(self.figure.locator, self.figure.quote, self.meeting)

    @property
    def told(self) -> str:
        """Its value with its unit, as a person says it."""
        value = self.figure.value
        return spoken(value, self.figure.unit) if value is not None else "not reported"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A council's measure: its readings, oldest first, its target, and others' figures.

    `unreported` is the newest cell of its table where that is blank.
    """

    readings: tuple[Printed, ...]
    target: Printed | None
    peers: tuple[Printed, ...]
    unreported: Printed | None

    @property
    def latest(self) -> Printed:
        """The newest reading."""
        return self.readings[-1]

    @property
    def label(self) -> str:
        """What is measured, as printed."""
        return label_of(self.latest.figure)

    @property
    def unit(self) -> str:
        """The unit of its readings."""
        return self.latest.figure.unit

    @property
    def can_be_told(self) -> bool:
        """Whether its label says what is measured: "Northtown" in a table of places doesn't."""
        named = re.search(r"[^\W\d_]{3}", self.label) is not None
        beside = self.target is not None or bool(self.peers)
        enough = self.unit != "count" or len(self.readings) >= _ENOUGH
        return named and (self._known is not None or beside or enough)

    @property
    def way(self) -> str:
        """Which way is better: "higher", "lower" or "neither", where nothing tells.

        What the catalogue knows as a share says nothing of the count of it.
        """
        printed = any(flag.endswith("is better") for flag in self.latest.figure.flags)
        known = self._known
        told = known is not None and (known.unit == self.unit or self.unit != "count")
        return better(self.latest.figure) if printed or told or self.target else "neither"

    @property
    def _known(self) -> Measure | None:
        return measure_of(words(self.latest.figure.measure))

    @property
    def before(self) -> Printed | None:
        """The reading a year or so before, else the oldest."""
        newest = _end(self.latest)
        earlier = [reading for reading in self.readings[:-1] if newest - _end(reading) >= _YEAR]
        return earlier[-1] if earlier else self.readings[0] if len(self.readings) > 1 else None

    @property
    def misses_target(self) -> bool:
        """Whether the newest reading falls short of its target."""
        return self.target is not None and self._worse(self.latest, self.target)

    @property
    def never_met(self) -> bool:
        """Whether none of the readings, of which there are a few, meets the target."""
        return (
            self.target is not None
            and len(self.readings) >= _ENOUGH
            and all(self._worse(reading, self.target) for reading in self.readings)
        )

    @property
    def got_worse(self) -> bool:
        """Whether the newest reading is worse than the one a year before."""
        if self.before is None or not self._worse(self.latest, self.before):
            return False
        now, then = self.latest.figure.value or Decimal(0), self.before.figure.value or Decimal(0)
        few = self.unit == "count" and max(now, then) < _FEW
        return not few and abs(now - then) >= _NOTABLE * abs(then)

    @property
    def behind(self) -> tuple[Printed, ...]:
        """Others whose figures are better."""
        return tuple(peer for peer in self.peers if self._worse(self.latest, peer))

    @property
    def weight(self) -> float:
        """How much a councillor should know of it."""
        missed, worse = self.misses_target, self.got_worse
        return 3.0 * missed + 3.0 * self._short + 2.0 * worse + 1.0 * bool(self.behind)

    @property
    def _short(self) -> float:
        """How far the newest reading is from a target that it misses, 0 to 1."""
        goal = self.target.figure.value if self.target and self.misses_target else None
        gap = abs((self.latest.figure.value or Decimal(0)) - goal) / abs(goal) if goal else 0
        return min(1.0, float(gap))

    @property
    def statement(self) -> Statement:
        """The indicator in a sentence, with the rows that it stands in."""
        parts = [f"{self.label}: {self.latest.told} in {when(self.latest.figure.period)}"]
        if self.target:
            parts.append(f"target {self.target.told}")
        if self.before:
            parts.append(f"{self._moved(self.before)} {when(self.before.figure.period)}")
        parts += [f"{peer.figure.area} {peer.told}" for peer in self.peers]
        if self.unreported:
            parts.append(f"nothing reported for {when(self.unreported.figure.period)}")
        return Statement(", ".join(parts) + ".", self.sources, labels=self.label)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The rows that its figures stand in, each once."""
        used = (self.latest, self.before, self.target, *self.peers)
        found = {cell.figure.locator: cell.source for cell in used if cell}
        return tuple(found.values())

    @property
    def chart(self) -> Chart | None:
        """Its readings as a chart, where there are enough for one."""
        if len(self.readings) < _ENOUGH:
            return None
        latest = self.latest.figure
        return Chart(
            title=f"{latest.area}: {self.label}",
            unit=latest.unit,
            better=self.way,
            points=tuple(
                Point(
                    when(r.figure.period),
                    _end(r).isoformat(),
                    float(r.figure.value or 0),
                    r.figure.locator.paper,
                )
                for r in self.readings
            ),
            target=float(self.target.figure.value)
            if self.target and self.target.figure.value is not None
            else None,
        )

    def _moved(self, before: Printed) -> str:
        now, then = self.latest.figure.value or 0, before.figure.value or 0
        if now == then:
            return f"unchanged from {before.told} in"
        verdict = "" if self.way == "neither" else "worse, " if self.got_worse else "better, "
        return f"{verdict}{'up' if now > then else 'down'} from {before.told} in"

    def _worse(self, one: Printed, other: Printed) -> bool:
        mine, its = one.figure.value, other.figure.value
        if mine is None or its is None or self.way == "neither":
            return False
        return mine < its if self.way == "higher" else mine > its


def indicators_in(
    held: Iterable[Printed], inside: Callable[[Observation], bool], area: str
) -> tuple[Indicator, ...]:
    """The indicators whose tables stand inside an item's reports, weightiest first."""
    rows: dict[object, list[Printed]] = defaultdict(list)
    groups: dict[object, list[Printed]] = defaultdict(list)
    for cell in held:
        if cell.figure.source == "table":
            rows[_row(cell)].append(cell)
            if cell.figure.area == area and cell.figure.basis is Basis.ACTUAL:
                groups[_measure(cell)].append(cell)
    found = (
        _indicator(group, rows, inside)
        for group in groups.values()
        if any(inside(cell.figure) for cell in group)
    )
    kept = [one for one in found if one is not None and one.can_be_told]
    shares = {one.latest.figure.locator: len(one.readings) for one in kept if one.unit == "percent"}
    kept = [
        one
        for one in kept
        if one.unit == "percent" or shares.get(one.latest.figure.locator, 0) < len(one.readings)
    ]
    return tuple(sorted(kept, key=lambda one: -one.weight))


def _indicator(
    group: Sequence[Printed],
    rows: dict[object, list[Printed]],
    inside: Callable[[Observation], bool],
) -> Indicator | None:
    """An indicator, where the item's own table dates a figure and something stands beside it."""
    readings = _readings(group)
    own = [cell for cell in readings if inside(cell.figure)]
    if not own:
        return None
    row = rows[_row(own[-1])]
    unit = own[-1].figure.unit
    beside = [c for c in row if c.figure.unit == unit and c.figure.value is not None]
    target = next((c for c in beside if c.figure.basis is Basis.TARGET), None)
    peers = tuple(
        c for c in beside if c.figure.area != own[-1].figure.area and c.figure.basis is Basis.ACTUAL
    )
    if len(readings) < 2 and target is None and not peers:
        return None
    upto = readings[: readings.index(own[-1]) + 1]
    return Indicator(tuple(upto), target, peers, _blank_after(own[-1], row))


def _readings(group: Sequence[Printed]) -> list[Printed]:
    """One reading a date, oldest first: what the later paper prints counts."""
    by_date: dict[object, Printed] = {}
    ordered = sorted(group, key=lambda c: c.meeting.held.toordinal() if c.meeting.held else 0)
    for cell in ordered:
        if cell.figure.value is not None and cell.figure.period is not None:
            by_date[_date(cell)] = cell
    return sorted(by_date.values(), key=_end)


def _blank_after(latest: Printed, row: Sequence[Printed]) -> Printed | None:
    """The cell right after the newest reading, where the table leaves it blank."""
    blanks = [
        c
        for c in row
        if c.figure.value is None
        and c.figure.period is not None
        and c.figure.area == latest.figure.area
        and c.figure.basis is Basis.ACTUAL
        and _end(c) > _end(latest)
    ]
    return max(blanks, key=_end, default=None)


def _measure(cell: Printed) -> object:
    """What the same measure has in common in all tables: the words of its label, and its unit."""
    figure = cell.figure
    shown = figure.measure
    for mention in reversed(find_periods(shown)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    kind = figure.period.kind if figure.period else PeriodKind.DAY
    length = "point" if kind in _POINTS else kind.value
    return (frozenset(words(shown)), figure.unit, length)


def _row(cell: Printed) -> object:
    return (cell.figure.locator.paper, cell.figure.locator.start)


def _date(cell: Printed) -> object:
    period = cell.figure.period
    if period is None:
        return None
    if period.kind in _POINTS:
        return (period.end.year, period.end.month)
    return (period.start, period.end)


def _end(cell: Printed) -> date:
    return cell.figure.period.end if cell.figure.period else date.min
