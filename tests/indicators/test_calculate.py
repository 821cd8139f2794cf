"""The calculations against sums worked by hand (`calculations.csv`)."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from indicators import calculate
from indicators.calculate import Calculation, NotComparable, together
from ingest.model import Observation
from tests.indicators.making import OWN, figure, period

_TWO = {
    "difference": calculate.difference,
    "percent_change": calculate.percent_change,
    "share": calculate.share,
    "ratio": calculate.ratio,
    "rate_per_10_000": calculate.rate_per_10_000,
}
_MANY = {"total": calculate.total, "average": calculate.average, "to_date": calculate.to_date}
_PICK = {"highest": calculate.highest, "lowest": calculate.lowest}


@dataclass(frozen=True)
class Case:
    operation: str
    inputs: tuple[Observation, ...]
    at: str
    better: str
    result: str
    unit: str

    @property
    def expected(self) -> tuple[object, ...]:
        if self.operation == "trend":
            return (self.result,)
        return tuple(Decimal(v) for v in self.result.split() if v != "none")

    def worked(self) -> tuple[object, ...]:
        """What the operation gives: values or places; with a unit, its values must bear it."""
        held = self.inputs
        match self.operation:
            case name if name in _PICK:
                return self._values(_PICK[name](held))
            case "meeting_target":
                return self._values(calculate.meeting_target(held[:-1], held[-1], self.better))
            case "rank":
                places = calculate.rank(held, self.better)
                return tuple(
                    Decimal(next(p.position for p in places if p.observation is o)) for o in held
                )
            case "latest":
                return self._values((calculate.latest(held),))
            case "value_at":
                return self._values((calculate.value_at(held, period(self.at)),))
            case "trend":
                return (calculate.trend(held).judged(self.better),)
        done = self._calculation()
        assert done.unit == self.unit
        return (done.result,)

    def _values(self, picked: Sequence[Observation]) -> tuple[object, ...]:
        assert {o.unit for o in picked} <= {self.unit}
        return tuple(o.value for o in picked)

    def _calculation(self) -> Calculation:
        if self.operation in _TWO:
            return _TWO[self.operation](*self.inputs)
        if self.operation in _MANY:
            return _MANY[self.operation](self.inputs)
        if self.operation == "gap_to_target":
            return calculate.gap_to_target(*self.inputs, self.better)
        if self.operation == "share_of_sum":
            return calculate.share_of_sum(self.inputs[0], self.inputs[1:])
        return calculate.complement(*self.inputs)


def _inputs(text: str, unit: str, *, apart: bool) -> tuple[Observation, ...]:
    """Values alone, of groups or months apart; or "value | label | date | area", one after ";"."""
    if "|" not in text:
        pieces = text.replace(";", " ").split()
        return tuple(
            _input(value, unit, f"Group {i if apart else ''}") for i, value in enumerate(pieces)
        )
    told = [piece.split(" | ") for piece in text.split("; ") if not piece.startswith("@")]
    return tuple(_input(value, unit, *rest) for value, *rest in told)


def _input(
    text: str, unit: str, label: str, when: str = "31 March 2024", area: str = OWN
) -> Observation:
    pounds, percent = text.startswith("£"), text.endswith("%")
    kind = "gbp" if pounds else "percent" if percent else unit
    value = None if text == "blank" else text.strip("£%")
    return figure(value, kind, measure=label, when=when, area=area)


def _cases() -> list[Case]:
    with Path(__file__).with_name("calculations.csv").open(encoding="utf-8") as file:
        return [
            Case(
                line["operation"],
                _inputs(line["inputs"], line["unit"], apart=line["operation"] != "average"),
                line["inputs"].partition("@ ")[2],
                line["better"],
                line["result"],
                line["result_unit"],
            )
            for line in csv.DictReader(file)
        ]


@pytest.mark.parametrize("case", _cases(), ids=lambda c: f"{c.operation}-{c.result}")
def test_worked_by_hand(case: Case) -> None:
    if case.result == "refused":
        with pytest.raises(NotComparable):
            case.worked()
        return
    assert case.worked() == case.expected


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 150


@pytest.mark.parametrize(
    ("work", "formula"),
    [
        (
            lambda: calculate.difference(figure("602"), figure("624")),
            "602 − 624 = -22",
        ),
        (
            lambda: calculate.difference(figure("61", "percent"), figure("60", "percent")),
            "61% − 60% = 1 percentage point",
        ),
        (
            lambda: calculate.percent_change(figure("150"), figure("100")),
            "(150 − 100) ÷ 100 × 100 = 50%",
        ),
        (lambda: calculate.share(figure("1"), figure("8")), "1 ÷ 8 × 100 = 12.5%"),
        (
            lambda: calculate.total([figure("1200"), figure("34", measure="Children elsewhere")]),
            "1,200 + 34 = 1,234",
        ),
        (lambda: calculate.average([figure("3"), figure("6")]), "(3 + 6) ÷ 2 = 4.5"),
        (lambda: calculate.complement(figure("85", "percent")), "100% − 85% = 15%"),
    ],
)
def test_formula_shows_the_working(work: Callable[[], Calculation], formula: str) -> None:
    assert work().formula == formula


def test_what_went_in_is_kept() -> None:
    later, earlier = figure("5"), figure("4")
    assert calculate.difference(later, earlier).inputs == (later, earlier)


def test_parts_of_one_whole_add_up() -> None:
    whole = [figure(value, "percent") for value in ("12.5", "37.5", "50")]
    worked = together(whole[:2], whole)
    assert (worked.result, worked.unit) == (Decimal("50.0"), "percent")
    assert worked.formula == "12.5% + 37.5% = 50%"
    counts = [figure(value, measure=label) for value, label in (("3", "Late"), ("4", "Very late"))]
    assert together(counts, counts, figure("7", measure="Total")).result == 7


def test_parts_that_may_overlap_do_not_add_up() -> None:
    reasons = [figure(value, "percent") for value in ("61", "48", "17")]
    counts = [figure(value) for value in ("3", "4")]
    for parts, whole in ((reasons, None), (counts, figure("6"))):
        with pytest.raises(NotComparable, match="one whole"):
            together(parts[:2], parts, whole)
